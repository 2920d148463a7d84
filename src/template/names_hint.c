/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What to say of a name that isn't known: the nearest one, a column, a filter that
 * stands where a name should, or what there is. */
#include "template/pipeline.h"

#include <string.h>

static bool name_is_plain(const struct scope *scope, struct slice name,
                          struct found_name *found)
{
    return !(name.size && memchr(name.data, '.', name.size)) &&
           name_find(scope, name, found);
}

static const struct scope *national_scope(const struct scope *scope)
{
    while (scope->outer)
        scope = scope->outer;
    return scope;
}

/* "did you mean …?", only of what there is. */
static bool offer(const struct scope *scope, struct diag *diag, struct slice head,
                  struct slice tail)
{
    struct found_name found;
    const char *whole =
        arena_print(scope->arena, "%.*s.%.*s", SLICE_PRINT(head), SLICE_PRINT(tail));
    if (!name_find(scope, slice_of(whole), &found))
        return false;
    diag_hint(scope->diags, diag, "did you mean \"%s\"?", whole);
    return true;
}

/* "data.row", "data.nap.rows" where there is no table nap, "data.used.previous". */
static void suggest_data(const struct scope *scope, struct diag *diag,
                         struct slice tail)
{
    struct arena *arena = scope->arena;
    struct name_list figures = data_figures(arena);
    struct slice table = {0}, figure = tail;
    const char *dot = memrchr(tail.data, '.', tail.size);
    if (dot) {
        table = (struct slice){tail.data, (size_t)(dot - tail.data)};
        figure = slice_from(tail, table.size + 1);
    }
    int nearest = text_nearest(figure, figures.name, figures.count);
    bool is_figure = nearest >= 0;
    if (!dot && is_figure &&
        offer(scope, diag, SLICE_LITERAL("data"), figures.name[nearest]))
        return;
    struct slice *known = ARENA_ARRAY(arena, struct slice, scope->table_count);
    for (size_t i = 0; i < scope->table_count; i++)
        known[i] = scope->tables[i].name;
    int near_table = text_nearest(table, known, scope->table_count);
    if (dot && is_figure && near_table >= 0 &&
        offer(scope, diag,
              slice_of(arena_print(arena, "data.%.*s", SLICE_PRINT(known[near_table]))),
              figures.name[nearest]))
        return;
    struct text list = {.arena = arena};
    bool lists_tables = dot && is_figure;
    size_t count = lists_tables ? scope->table_count : figures.count;
    for (size_t i = 0; i < count; i++)
        text_print(&list, "%s%.*s", i ? ", " : "",
                   SLICE_PRINT(lists_tables ? known[i] : figures.name[i]));
    diag_hint(scope->diags, diag,
              lists_tables ? "the tables are %.*s; without a name it is the first"
                           : "of the data there are %.*s",
              SLICE_PRINT(text_slice(&list)));
}

/* "attacks.previus", "national.atacks": each half is looked at alone. */
static bool suggest_dotted(const struct scope *scope, struct diag *diag,
                           struct slice name)
{
    const struct slice views[] = {SLICE_LITERAL("previous"), SLICE_LITERAL("average")};
    const char *dot = name.size ? memchr(name.data, '.', name.size) : NULL;
    if (!dot)
        return false;
    struct slice head = {name.data, (size_t)(dot - name.data)};
    struct slice tail = slice_from(name, head.size + 1);
    struct found_name found;
    if (slice_equal_any_case(head, SLICE_LITERAL("data"))) {
        suggest_data(scope, diag, tail);
    } else if (slice_is(head, "national")) {
        struct name_list known = names_list(national_scope(scope));
        int nearest = text_nearest(tail, known.name, known.count);
        if (nearest >= 0)
            offer(scope, diag, head, known.name[nearest]);
    } else if (name_is_plain(scope, head, &found) && found.kind == NAME_PERIOD) {
        diag_hint(scope->diags, diag, "did you mean \"period.previous\"?");
    } else if (name_is_plain(scope, head, &found) && found.kind == NAME_MEASURE) {
        diag_hint(scope->diags, diag,
                  "of a measure there are %.*s.previous and %.*s.average",
                  SLICE_PRINT(head), SLICE_PRINT(head));
        if (text_nearest(tail, views, 2) >= 0)
            diag_hint(scope->diags, diag, "did you mean \"%.*s.%.*s\"?",
                      SLICE_PRINT(head),
                      SLICE_PRINT(views[text_nearest(tail, views, 2)]));
    } else if (name_is_plain(scope, head, &found)) {
        diag_hint(scope->diags, diag, "a value has no more: write {{ %.*s }}",
                  SLICE_PRINT(head));
    }
    if (diag->hint)
        return true;
    struct name_list known = names_list(scope);
    int nearest = text_nearest(head, known.name, known.count);
    bool is_national = slice_starts_with(SLICE_LITERAL("national"), "nation") &&
                       slice_starts_with(head, "nation");
    return is_national ? offer(scope, diag, SLICE_LITERAL("national"), tail)
                       : nearest >= 0 && offer(scope, diag, known.name[nearest], tail);
}

/* "attacks are many", "attacks count": a name, and words that don't belong to it. */
static bool suggest_beginning(const struct scope *scope, struct diag *diag,
                              struct slice name)
{
    struct found_name found;
    struct slice head = name;
    do {
        const char *space = head.size ? memrchr(head.data, ' ', head.size) : NULL;
        head.size = space ? (size_t)(space - head.data) : 0;
    } while (head.size && !name_is_plain(scope, head, &found));
    if (head.size)
        diag_hint(scope->diags, diag,
                  "\"%.*s\" is known: a comparison follows it in an if, else | and a "
                  "filter",
                  SLICE_PRINT(head));
    return head.size > 0;
}

/* Measures and values, without what a template seldom means. */
static void suggest_list(const struct scope *scope, struct diag *diag)
{
    struct name_list known = names_list(scope);
    struct text list = {.arena = scope->arena};
    enum { MOST_LISTED = 12 };
    size_t count = scope->measures ? scope->measures->count : 0;
    for (size_t i = 0; i < known.count && i < count && i < MOST_LISTED; i++)
        text_print(&list, "%s%.*s", i ? ", " : "", SLICE_PRINT(known.name[i]));
    if (list.size)
        diag_hint(scope->diags, diag,
                  "%s %.*s%s; texts of your own are named under `values:`",
                  count == 1 ? "the only measure is" : "measures are",
                  SLICE_PRINT(text_slice(&list)), count > MOST_LISTED ? " …" : "");
}

/* "count("attack") | attacks", "number | attacks": the wrong way round. */
static bool suggest_turned(const struct scope *scope, struct diag *diag,
                           struct slice name)
{
    size_t size = 0;
    while (size < name.size && name.data[size] >= 'a' && name.data[size] <= 'z')
        size++;
    const struct filter *filter = filter_find((struct slice){name.data, size});
    if (!filter || (size < name.size && name.data[size] != '('))
        return false;
    diag_hint(scope->diags, diag, "a filter stands behind the name: {{ attacks | %s }}",
              filter->usage);
    return true;
}

/* Signs that other programs' templates calculate or compare with. */
static bool suggest_signs(const struct scope *scope, struct diag *diag,
                          struct slice name)
{
    static const char *const signs[][2] = {
        {"&gt;", "write > itself"},
        {"&lt;", "write < itself"},
        {"&amp;", "write and"},
        {" + ", "values aren't calculated: define a measure over a wider `where`"},
        {" - ", "values aren't calculated: {{ attacks | change }} says the difference"},
        {" * ", "values aren't calculated: define a measure"},
        {" / ",
         "values aren't calculated: define a measure, A per B or share of A in B"},
        {" : ", "a filter is divided from the name by |"},
        {"\xC2\xA6", "a filter is divided from the name by |"},
        {"{", "two braces open a value: {{ attacks }}"},
        {"#each", "a section for each province reads ::: each province … ::: end each"},
        {"/each", "a section ends with ::: end each"},
        {"#if", "a condition reads {{ if attacks > 0 }} … {{ end }}"},
        {"/if", "a condition ends with {{ end }}"},
        {"->", "a name stands alone, or before | and a filter"},
        {"SUM(", "sums are measures: `killed: sum of killed`"},
        {"COUNT(", "counts are measures: `attacks: count where side is attack`"},
    };
    if (slice_starts_with(name, ">")) {
        diag_hint(scope->diags, diag,
                  "a part stands on a line of its own: {{> part.md }}");
        return true;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!memmem(name.data, name.size, signs[i][0], strlen(signs[i][0])))
            continue;
        diag_hint(scope->diags, diag, "%s", signs[i][1]);
        return true;
    }
    return false;
}

/* A column of words is known where its groups are gone through; one of numbers can be
 * summed. A column that only goes by this name in other files isn't meant. */
static bool suggest_column(const struct scope *scope, struct diag *diag,
                           struct slice name)
{
    const struct table *table = scope->table_count ? scope->tables[0].table : NULL;
    const struct column *column = table ? table_find(table, name) : NULL;
    struct arena *arena = scope->arena;
    if (!column ||
        (!slice_equal(slice_fold(arena, column->name), slice_fold(arena, name)) &&
         !slice_equal(slice_fold(arena, column->header), slice_fold(arena, name))))
        return false;
    if (column->type == COLUMN_CATEGORY)
        diag_hint(scope->diags, diag,
                  "it is a column: known inside ::: each %.*s, and to "
                  "{{ attacks | top(\"%.*s\") }}",
                  SLICE_PRINT(name), SLICE_PRINT(name));
    else
        diag_hint(scope->diags, diag,
                  "it is a column: add `%.*s: %s of %.*s` to the measures",
                  SLICE_PRINT(name), column->type == COLUMN_NUMBER ? "sum" : "number",
                  SLICE_PRINT(name));
    return true;
}

/* The day of printing is no part of a brief: it would be another tomorrow. */
static bool suggest_day(const struct scope *scope, struct diag *diag, struct slice name)
{
    static const char *const words[] = {"today", "now", "date", "day"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!slice_equal(slice_fold(scope->arena, name), slice_of(words[i])))
            continue;
        diag_hint(scope->diags, diag,
                  "the day the brief speaks of is {{ data.as of | date }}; its period "
                  "{{ period }}");
        return true;
    }
    return false;
}

void name_suggest(const struct scope *scope, struct diag *diag, struct slice name)
{
    struct name_list known = names_list(scope);
    if (suggest_day(scope, diag, name))
        return;
    if (!memchr(name.data, ' ', name.size) || !suggest_signs(scope, diag, name)) {
        if (text_nearest(name, known.name, known.count) >= 0)
            diag_suggest(scope->diags, diag, name, known.name, known.count);
        else if (!suggest_column(scope, diag, name) &&
                 !suggest_dotted(scope, diag, name) &&
                 !suggest_turned(scope, diag, name) &&
                 !suggest_signs(scope, diag, name) &&
                 !suggest_beginning(scope, diag, name))
            suggest_list(scope, diag);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparing what two editions printed. Groups have other names in other languages, so a
 * figure is its measure, its conditions, its period and its number. */
#include "brief/twins.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct place copy_place(struct place at, struct arena *arena)
{
    if (at.file)
        at.file = slice_c_string(arena, slice_of(at.file));
    return at;
}

static int compare_places(const struct place *a, const struct place *b)
{
    int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
    order = order ? order : (a->line > b->line) - (a->line < b->line);
    return order ? order : (a->column > b->column) - (a->column < b->column);
}

/* Where a value stands, and in which text. */
struct value_place {
    struct place at;
    const struct twin_text *text;
};

static int by_value_place(const void *a, const void *b)
{
    return compare_places(&((const struct value_place *)a)->at,
                          &((const struct value_place *)b)->at);
}

/* Texts don't move any more. */
static void place_facts(struct twin *twin, struct arena *arena)
{
    struct value_place *list = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < twin->text_count; i++) {
        for (size_t j = 0; j < twin->text[i].value_count; j++)
            *ARENA_APPEND(arena, list, count, capacity) =
                (struct value_place){twin->text[i].value[j], &twin->text[i]};
    }
    if (count)
        qsort(list, count, sizeof *list, by_value_place);
    for (size_t i = 0; count && i < twin->count; i++) {
        const struct value_place wanted = {.at = twin->fact[i].at};
        const struct value_place *found =
            bsearch(&wanted, list, count, sizeof *list, by_value_place);
        twin->fact[i].text = found ? found->text : NULL;
    }
}

static void add_fact(struct twin *twin, struct arena *arena, struct fact fact)
{
    *ARENA_APPEND(arena, twin->fact, twin->count, twin->capacity) = fact;
}

static void keep_figure(const struct figure *figure, struct arena *arena,
                        struct twin *twin)
{
    add_fact(twin, arena,
             (struct fact){
                 .at = copy_place(figure->at, arena),
                 .expression = slice_copy(arena, figure->expression),
                 .printed = slice_copy(arena, figure->printed),
                 .measure = slice_copy(arena, figure->measure),
                 .condition = slice_copy(arena, figure->condition),
                 .period = figure->period,
                 .number = figure->number,
                 .is_share = figure->is_share,
             });
}

/* The editor's values are compared as texts; here they may answer for a number. */
static bool is_named_value(const struct brief *brief, struct slice name)
{
    const struct edition *edition = brief->edition;
    for (size_t i = 0; i < edition->value_count; i++) {
        if (slice_equal_any_case(edition->values[i].name, name))
            return edition->values[i].value.kind == VALUE_TEXT;
    }
    return false;
}

static void keep_words(const struct brief *brief, const struct said_value *said,
                       const struct number_words *words, struct arena *arena,
                       struct twin *twin)
{
    bool is_own = !said->plain.size;
    bool is_value = is_own && is_named_value(brief, said->expression);
    /* Names of the data may hold words that are numbers elsewhere. */
    bool is_name = is_own && !memchr(said->expression.data, '|', said->expression.size);
    const struct number_said *number;
    size_t count =
        is_own ? numbers_typed(said->printed, words, arena, &number)
               : numbers_said(said->plain, brief->figures.plain, arena, &number);
    /* Once, however many numbers are in it. */
    const struct place at = copy_place(said->at, arena);
    const struct slice expression = slice_copy(arena, said->expression);
    const struct slice printed = slice_copy(arena, said->printed);
    for (size_t i = 0; i < count; i++)
        add_fact(twin, arena,
                 (struct fact){
                     .at = at,
                     .token = slice_copy(arena, number[i].token),
                     .is_offered = is_value || number[i].is_offered ||
                                   (is_name && number[i].is_word),
                     .expression = expression,
                     .printed = printed,
                 });
}

void twin_keep(const struct brief *brief, struct arena *arena, struct twin *out)
{
    const struct edition *edition = brief->edition;
    const struct figures *figures = &brief->figures;
    const struct number_words *words =
        number_words_new(edition->locale, figures->plain, arena);
    *out = (struct twin){
        .language = slice_copy(arena, edition->front.language),
        .period = brief->scope.period.whole,
        .rows = edition->table_count ? edition->tables[0].table->row_count : 0,
        .spells = number_words_are_spelled(words),
    };
    for (size_t i = 0; i < figures->count; i++) {
        if (!figures->figure[i].is_of_length)
            keep_figure(&figures->figure[i], arena, out);
    }
    for (size_t i = 0; i < figures->said_count; i++)
        keep_words(brief, &figures->said[i], words, arena, out);
    twin_keep_texts(brief, words, arena, out);
    place_facts(out, arena);
}

/* -- Order ------------------------------------------------------------------------------ */

static int compare_numbers(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

static int compare_days(const struct period *a, const struct period *b)
{
    if (a->first_day != b->first_day)
        return a->first_day < b->first_day ? -1 : 1;
    return (a->last_day > b->last_day) - (a->last_day < b->last_day);
}

/* What a figure is, wherever it stands. */
static int compare_facts(const struct fact *a, const struct fact *b)
{
    int order = slice_compare(a->token, b->token);
    if (order || a->token.size)
        return order;
    order = slice_compare(a->measure, b->measure);
    order = order ? order : slice_compare(a->condition, b->condition);
    order = order ? order : compare_days(&a->period, &b->period);
    order = order ? order : a->is_share - b->is_share;
    return order ? order : compare_numbers(a->number, b->number);
}

static int by_fact(const void *a, const void *b)
{
    return compare_facts(*(const struct fact *const *)a,
                         *(const struct fact *const *)b);
}

static int by_place(const void *a, const void *b)
{
    const struct fact *left = *(const struct fact *const *)a;
    const struct fact *right = *(const struct fact *const *)b;
    int order = compare_places(&left->at, &right->at);
    return order ? order : compare_facts(left, right);
}

static const struct fact **sorted(const struct twin *twin, struct arena *arena,
                                  int (*compare)(const void *, const void *))
{
    const struct fact **list = ARENA_ARRAY(arena, const struct fact *, twin->count);
    for (size_t i = 0; i < twin->count; i++)
        list[i] = &twin->fact[i];
    if (twin->count)
        qsort(list, twin->count, sizeof *list, compare);
    return list;
}

/* -- Comparing -------------------------------------------------------------------------- */

struct twin_check {
    const struct twin *twin[2];
    const struct fact **place[2]; /* by place */
    const struct fact **fact[2];  /* by fact */
    struct odd_numbers *odd;
    const struct fact *told; /* the last that differed */
};

/* The numbers of one value differ for one reason. */
static bool is_told(const struct twin_check *comparison, const struct fact *fact)
{
    const struct fact *told = comparison->told;
    return told && told->at.line == fact->at.line &&
           told->at.column == fact->at.column &&
           compare_places(&told->at, &fact->at) == 0 &&
           (told->token.size || fact->token.size);
}

/* "6%", as on paper; with the whole phrase where it says more. */
static struct slice told_number(const struct fact *fact, struct arena *arena)
{
    if (!fact->token.size)
        return slice_of(fact->printed.size
                            ? arena_print(arena, "\"%.*s\"", SLICE_PRINT(fact->printed))
                            : arena_print(arena, "%.6g", fact->number));
    if (slice_equal(fact->token, fact->printed) ||
        slice_starts_with(fact->token, "month"))
        return slice_of(arena_print(arena, "\"%.*s\"", SLICE_PRINT(fact->printed)));
    return slice_of(arena_print(arena, "%.*s (\"%.*s\")", SLICE_PRINT(fact->token),
                                SLICE_PRINT(fact->printed)));
}

/* "count where side is attack = 31, 2026-11-09 to 2026-11-15" */
static struct slice describe(const struct fact *fact, struct arena *arena)
{
    const struct civil first = civil_of(fact->period.first_day);
    const struct civil last = civil_of(fact->period.last_day);
    if (fact->token.size)
        return (struct slice){0};
    return slice_of(arena_print(
        arena, "%.*s = %.6g%s%.*s, %04d-%02d-%02d to %04d-%02d-%02d",
        SLICE_PRINT(fact->measure.size ? fact->measure : fact->expression),
        fact->number, fact->condition.size ? ", " : "", SLICE_PRINT(fact->condition),
        first.year, first.month, first.day, last.year, last.month, last.day));
}

static void differ(struct twin_check *comparison, const struct fact *fact, size_t in)
{
    struct slice what = fact->measure.size ? fact->measure : fact->expression;
    struct arena *arena = comparison->odd->arena;
    if (is_told(comparison, fact))
        return;
    comparison->told = fact;
    const char *place =
        arena_print(arena, "%s:%d:%d", fact->at.file ? fact->at.file : "",
                    fact->at.line, fact->at.column);
    odd_add(comparison->odd,
            (struct odd_number){.in = in,
                                .key = fact->text ? fact->text->key : slice_of(place),
                                .block = fact->text ? fact->text->block : 0,
                                .at = fact->at,
                                .shown = told_number(fact, arena),
                                .detail = describe(fact, arena),
                                .what = what});
}

/* The first of the other edition's that is the same fact; NULL: none. */
static const struct fact *const *find_same(const struct twin_check *comparison,
                                           size_t in, const struct fact *fact)
{
    const struct fact *const *list = comparison->fact[in];
    size_t low = 0, high = comparison->twin[in]->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_facts(list[middle], fact) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_there =
        low < comparison->twin[in]->count && compare_facts(list[low], fact) == 0;
    return is_there ? &list[low] : NULL;
}

static bool is_in_text(const struct twin_check *comparison, size_t in,
                       const struct fact *fact)
{
    const struct fact *const *found = find_same(comparison, in, fact);
    const struct fact *const *end = comparison->fact[in] + comparison->twin[in]->count;
    for (; found && found < end && compare_facts(*found, fact) == 0; found++) {
        if ((*found)->text && slice_equal((*found)->text->key, fact->text->key))
            return true;
    }
    return false;
}

/* The number as an editor would type it. */
static struct slice number_of(const struct fact *fact, struct arena *arena)
{
    struct text token = {.arena = arena};
    if (fact->token.size)
        return fact->token;
    for (size_t i = 0; i < fact->printed.size && !token.size;) {
        size_t next = i;
        if (rune_digit(utf8_next(fact->printed, &next)) >= 0)
            number_digits(fact->printed, i, &token);
        i = next;
    }
    if (!token.size)
        text_print(&token, "%.12g", fact->number);
    return text_slice(&token);
}

/* The other language may have typed what this one computes. */
static bool is_typed(const struct twin_check *comparison, size_t in,
                     const struct fact *fact)
{
    const struct twin *twin = comparison->twin[in];
    struct slice token = number_of(fact, comparison->odd->arena);
    for (size_t i = 0; i < twin->text_count; i++) {
        const struct twin_text *text = &twin->text[i];
        if (!slice_equal(text->key, fact->text->key))
            continue;
        for (size_t j = 0; j < text->count; j++) {
            if (slice_equal(text->number[j].said.token, token))
                return true;
        }
    }
    return false;
}

/* A value in a key's text has its counterpart in that key; in a section for one language
 * anywhere. */
static void check_own_text(struct twin_check *comparison, size_t in,
                           const struct fact *fact)
{
    if (fact->is_offered)
        return;
    bool is_keyed = fact->text && fact->text->kind == TWIN_KEYED &&
                    twin_text_place(comparison->twin[!in], fact->text->key).line;
    bool is_there = is_keyed ? is_in_text(comparison, !in, fact)
                             : find_same(comparison, !in, fact) != NULL;
    if (!is_there && !(fact->text && is_typed(comparison, !in, fact)))
        differ(comparison, fact, in);
}

/* The first figure behind from that stands elsewhere. */
static size_t end_of_place(const struct twin_check *comparison, size_t in, size_t from)
{
    const struct fact **list = comparison->place[in];
    size_t end = from;
    while (end < comparison->twin[in]->count &&
           compare_places(&list[end]->at, &list[from]->at) == 0)
        end++;
    return end;
}

static size_t count_asking(const struct fact **fact, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += !fact[i]->is_offered;
    return count;
}

/* Those of one edition's block are all among the other's. */
static void check_among(struct twin_check *comparison, size_t in, const size_t from[2],
                        const size_t to[2])
{
    const struct fact **own = comparison->place[in], **other = comparison->place[!in];
    size_t j = from[!in];
    for (size_t i = from[in]; i < to[in]; i++) {
        while (j < to[!in] && compare_facts(other[j], own[i]) < 0)
            j++;
        if (j < to[!in] && compare_facts(other[j], own[i]) == 0)
            j++;
        else if (!own[i]->is_offered)
            differ(comparison, own[i], in);
    }
}

/* One may show fewer rows: they are among the other's. */
static void check_shared_block(struct twin_check *comparison, const size_t from[2],
                               const size_t to[2])
{
    size_t count[2];
    for (size_t in = 0; in < 2; in++)
        count[in] = count_asking(comparison->place[in], from[in], to[in]);
    for (size_t in = 0; in < 2; in++) {
        if (count[in] <= count[!in])
            check_among(comparison, in, from, to);
    }
}

static void check_figures(struct twin_check *comparison)
{
    size_t at[2] = {0, 0}, end[2];
    const size_t *const count[2] = {&comparison->twin[0]->count,
                                    &comparison->twin[1]->count};
    while (at[0] < *count[0] || at[1] < *count[1]) {
        int order = at[0] >= *count[0] ? 1
                    : at[1] >= *count[1]
                        ? -1
                        : compare_places(&comparison->place[0][at[0]]->at,
                                         &comparison->place[1][at[1]]->at);
        if (order) {
            size_t in = order > 0;
            check_own_text(comparison, in, comparison->place[in][at[in]++]);
            continue;
        }
        for (size_t i = 0; i < 2; i++)
            end[i] = end_of_place(comparison, i, at[i]);
        check_shared_block(comparison, at, end);
        memcpy(at, end, sizeof at);
    }
}

static bool same_ground(const struct twin *first, const struct twin *second,
                        struct diags *diags)
{
    bool same_period = compare_days(&first->period, &second->period) == 0;
    if (!same_period)
        diags_error(diags, (struct place){0}, "Q120",
                    "\"%.*s\" and \"%.*s\" speak of different periods",
                    SLICE_PRINT(first->language), SLICE_PRINT(second->language));
    if (first->rows != second->rows)
        diags_error(diags, (struct place){0}, "Q121",
                    "\"%.*s\" has %zu rows of data and \"%.*s\" %zu",
                    SLICE_PRINT(first->language), first->rows,
                    SLICE_PRINT(second->language), second->rows);
    return same_period && first->rows == second->rows;
}

bool twins_agree(const struct twin *first, const struct twin *second,
                 struct diags *diags)
{
    if (!same_ground(first, second, diags))
        return false;
    struct arena *arena = arena_new();
    struct odd_numbers odd = {.arena = arena};
    struct twin_check comparison = {
        .twin = {first, second},
        .place = {sorted(first, arena, by_place), sorted(second, arena, by_place)},
        .fact = {sorted(first, arena, by_fact), sorted(second, arena, by_fact)},
        .odd = &odd,
    };
    twin_match_texts(comparison.twin, &odd);
    check_figures(&comparison);
    odd_tell(&odd, comparison.twin, diags);
    arena_free(arena);
    return odd.count == 0;
}

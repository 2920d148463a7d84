/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a name in {{ }} means: a measure, a key of the front matter or issue file, the
 * group of an `each`, the period, a page number or a figure about the data. */
#include "template/pipeline.h"

#include <math.h>
#include <string.h>

static const struct scope *outermost(const struct scope *scope)
{
    while (scope->outer)
        scope = scope->outer;
    return scope;
}

/* The data's own figures -------------------------------------------------------------- */

static const char *const data_names[] = {
    "rows",  "used", "excluded", "skipped", "rejects", "as of",
    "first", "last", "file",     "name",    "source",
};
enum {
    DATA_ROWS,
    DATA_USED,
    DATA_EXCLUDED,
    DATA_SKIPPED,
    DATA_REJECTS,
    DATA_AS_OF,
    DATA_FIRST,
    DATA_LAST,
    DATA_FILE,
    DATA_NAME,
    DATA_SOURCE,
    DATA_COUNT
};

static struct value value_of_day(int32_t day)
{
    struct value value = value_number(NAN);
    value.kind = VALUE_DAY;
    value.day = day;
    return value;
}

/* A table without dates or rows has no first day, not one of 1970. */
static struct value day_of_rows(const struct source_table *source, int32_t day)
{
    const struct table *table = source->table;
    const bool is_read = source->plan != NULL;
    return !is_read || (table->date && table->row_count)
               ? value_of_day(day)
               : value_unknown("the table has no rows with a date");
}

/* Only the name of a file: paths of somebody's machine don't belong in a brief. */
static struct slice file_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slice_of(slash ? slash + 1 : path);
}

/* In a brief of --each the rows that count are the group's. */
static struct value data_figure(const struct scope *scope,
                                const struct source_table *source, size_t item)
{
    const struct table *table = source->table;
    switch (item) {
    case DATA_ROWS: return value_number((double)table->rows_read);
    case DATA_USED:
        return value_number(
            (double)(source->rows ? source->rows->count : table->row_count));
    case DATA_EXCLUDED: return value_number((double)table->rows_excluded);
    case DATA_SKIPPED: return value_number((double)table->rows_skipped);
    case DATA_REJECTS: return value_number((double)table->reject_count);
    case DATA_AS_OF: return value_of_day(scope->frame->as_of);
    case DATA_FIRST: return day_of_rows(source, table->first_day);
    case DATA_LAST: return day_of_rows(source, table->last_day);
    case DATA_FILE: return value_text(file_name(table->file));
    case DATA_SOURCE:
        return value_text(table->schema ? table->schema->source_line : table->name);
    default: return value_text(table->name);
    }
}

/* `rows`, or `nap.rows` for another table. */
static bool find_data(const struct scope *scope, struct slice name,
                      struct found_name *out)
{
    const struct source_table *source = scope->table_count ? &scope->tables[0] : NULL;
    for (size_t i = 0; i < scope->table_count; i++) {
        struct slice known = scope->tables[i].name;
        if (name.size > known.size && name.data[known.size] == '.' &&
            slice_equal_any_case((struct slice){name.data, known.size}, known)) {
            source = &scope->tables[i];
            name = slice_from(name, known.size + 1);
            break;
        }
    }
    for (size_t i = 0; source && i < DATA_COUNT; i++) {
        if (!slice_equal_any_case(name, slice_of(data_names[i])))
            continue;
        out->kind = NAME_VALUE;
        out->value = data_figure(scope, source, i);
        return true;
    }
    return false;
}

/* Names ------------------------------------------------------------------------------- */

static bool find_fixed(const struct scope *scope, struct slice name,
                       struct found_name *out)
{
    static const char data[] = "data.";
    out->kind = NAME_VALUE;
    if (slice_equal_any_case(name, SLICE_LITERAL("period"))) {
        out->kind = NAME_PERIOD;
        return true;
    }
    if (slice_equal_any_case(name, SLICE_LITERAL("page")) ||
        slice_equal_any_case(name, SLICE_LITERAL("pages"))) {
        size_t number = name.size == 4 ? scope->page : scope->pages;
        out->value = number ? value_number((double)number)
                            : value_unknown("page numbers are known in footers only");
        return true;
    }
    if (name.size > 5 &&
        slice_equal_any_case((struct slice){name.data, 5}, slice_of(data)))
        return find_data(scope, slice_from(name, 5), out);
    return false;
}

static struct value group_word(const struct scope *scope)
{
    const struct words *words = &scope->each->words;
    if (scope->rehearsal || scope->group >= words->count)
        return value_text((struct slice){0});
    return value_text(
        locale_name(scope->locale, words->word[scope->group], scope->arena));
}

static bool find_value(const struct scope *scope, struct slice name,
                       struct found_name *out)
{
    out->kind = NAME_VALUE;
    for (; scope; scope = scope->outer) {
        if (scope->each && slice_equal_any_case(scope->each->name, name)) {
            out->value = group_word(scope);
            return true;
        }
        for (size_t i = scope->value_count; i-- > 0;) {
            if (slice_equal_any_case(scope->values[i].name, name)) {
                out->value = scope->values[i].value;
                return true;
            }
        }
    }
    return false;
}

static bool find_measure(const struct scope *scope, struct slice name,
                         struct found_name *out)
{
    out->kind = NAME_MEASURE;
    out->measure = measures_named(scope->measures, name);
    return out->measure != NULL;
}

static bool find_plain(const struct scope *scope, struct slice name,
                       struct found_name *out)
{
    *out = (struct found_name){.scope = scope};
    return find_fixed(scope, name, out) || find_measure(scope, name, out) ||
           find_value(scope, name, out);
}

static bool ends_with(struct slice name, const char *ending)
{
    struct slice end = slice_of(ending);
    return name.size > end.size &&
           slice_equal_any_case(slice_from(name, name.size - end.size), end);
}

/* `killed.previous`, `killed.average`, `period.previous`. */
static bool find_view(const struct scope *scope, struct slice name,
                      struct found_name *out)
{
    static const struct {
        const char *ending;
        enum name_view view;
    } views[] = {{".previous", VIEW_PREVIOUS}, {".average", VIEW_AVERAGE}};
    for (size_t i = 0; i < 2; i++) {
        if (!ends_with(name, views[i].ending))
            continue;
        struct slice plain = {name.data, name.size - strlen(views[i].ending)};
        if (!find_plain(scope, plain, out))
            return false;
        out->view = views[i].view;
        return out->kind == NAME_MEASURE ||
               (out->kind == NAME_PERIOD && out->view == VIEW_PREVIOUS);
    }
    return false;
}

bool name_find(const struct scope *scope, struct slice name, struct found_name *out)
{
    static const char national[] = "national.";
    size_t size = sizeof national - 1;
    if (find_plain(scope, name, out) || find_view(scope, name, out))
        return true;
    return name.size > size &&
           slice_equal_any_case((struct slice){name.data, size}, slice_of(national)) &&
           name_find(outermost(scope), slice_from(name, size), out);
}

/* Every name --------------------------------------------------------------------------- */

struct name_collection {
    struct arena *arena;
    struct slice *name;
    size_t count, capacity;
};

static void collect(struct name_collection *names, struct slice name)
{
    *ARENA_APPEND(names->arena, names->name, names->count, names->capacity) = name;
}

struct name_list data_figures(struct arena *arena)
{
    struct slice *name = ARENA_ARRAY(arena, struct slice, DATA_COUNT);
    for (size_t i = 0; i < DATA_COUNT; i++)
        name[i] = slice_of(data_names[i]);
    return (struct name_list){name, DATA_COUNT, NULL};
}

struct name_list names_list(const struct scope *scope)
{
    struct name_collection names = {.arena = scope->arena};
    for (size_t i = 0; scope->measures && i < scope->measures->count; i++) {
        if (scope->measures->measure[i]->name.size)
            collect(&names, scope->measures->measure[i]->name);
    }
    for (const struct scope *one = scope; one; one = one->outer) {
        if (one->each)
            collect(&names, one->each->name);
        for (size_t i = 0; i < one->value_count; i++)
            collect(&names, one->values[i].name);
    }
    collect(&names, SLICE_LITERAL("period"));
    collect(&names, SLICE_LITERAL("page"));
    collect(&names, SLICE_LITERAL("pages"));
    for (size_t i = 0; i < DATA_COUNT; i++)
        collect(&names, slice_of(arena_print(scope->arena, "data.%s", data_names[i])));
    return (struct name_list){names.name, names.count, NULL};
}

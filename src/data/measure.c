/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measures against a table, and what kinds of measures allow. The grammar is in
 * measure_parse.c. */
#include "data/measure.h"

static void unknown_column(const struct measure *measure, const struct table *table,
                           struct diags *diags)
{
    struct name_list known = condition_fields(table, diags_arena(diags));
    struct diag *diag =
        diags_error(diags, measure->field_at, "M201", "\"%.*s\" is no column of %.*s",
                    SLICE_PRINT(measure->field), SLICE_PRINT(table->name));
    diag->width = measure->field_width > 0 ? measure->field_width : 1;
    diag_suggest(diags, diag, measure->field, known.name, known.count);
}

static const char *type_name(enum column_type type)
{
    switch (type) {
    case COLUMN_TEXT: return "free text";
    case COLUMN_CATEGORY: return "words";
    case COLUMN_DAY: return "dates";
    case COLUMN_NUMBER: break;
    }
    return "numbers";
}

static bool check_type(const struct measure *measure, struct diags *diags)
{
    enum column_type type = measure->column->type;
    bool fits =
        measure->kind == MEASURE_DISTINCT ? type != COLUMN_TEXT : type == COLUMN_NUMBER;
    if (fits)
        return true;
    struct diag *diag = diags_error(
        diags, measure->field_at, "M214", "\"%.*s\" needs %s, but \"%.*s\" holds %s",
        SLICE_PRINT(measure->source),
        measure->kind == MEASURE_DISTINCT ? "words, numbers or dates" : "numbers",
        SLICE_PRINT(measure->field), type_name(type));
    diag->width = measure->field_width > 0 ? measure->field_width : 1;
    if (type != COLUMN_TEXT)
        diag_hint(diags, diag, "to count its different values: number of %.*s",
                  SLICE_PRINT(measure->field));
    return false;
}

static bool bind_field(struct measure *measure, struct diags *diags)
{
    struct table *table = measure->table;
    measure->column = table_find(table, measure->field);
    if (!measure->column) {
        unknown_column(measure, table, diags);
        return false;
    }
    if (measure->kind == MEASURE_DISTINCT)
        table_want(table, measure->column);
    else
        table_want_numbers(table, measure->column);
    return !measure->column->field || check_type(measure, diags);
}

bool measure_is_composite(const struct measure *measure)
{
    return measure->kind == MEASURE_RATIO || measure->kind == MEASURE_SHARE;
}

bool measure_bind(struct measure *measure, struct table *table, struct arena *arena,
                  struct diags *diags)
{
    measure->table = table;
    if (measure_is_composite(measure)) {
        bool ok = measure_bind(measure->numerator, table, arena, diags);
        return measure_bind(measure->denominator, table, arena, diags) && ok;
    }
    bool ok = measure->kind == MEASURE_COUNT || bind_field(measure, diags);
    ok = condition_bind(measure->where, table, arena, &measure->bound, diags) && ok;
    measure->where = measure->bound;
    return ok;
}

bool measure_resolve(struct measure *measure, struct arena *arena, struct diags *diags)
{
    if (measure_is_composite(measure)) {
        bool ok = measure_resolve(measure->numerator, arena, diags);
        return measure_resolve(measure->denominator, arena, diags) && ok;
    }
    bool ok = !measure->column || check_type(measure, diags);
    return condition_resolve(measure->bound, measure->table, arena, diags) && ok;
}

const struct measure *measures_find(const struct measures *measures, struct slice name)
{
    struct arena *scratch = arena_new();
    const struct measure *found = NULL;
    name = slice_fold(scratch, name);
    for (size_t i = 0; measures && !found && i < measures->count; i++)
        if (slice_equal(measures->measure[i]->folded, name))
            found = measures->measure[i];
    arena_free(scratch);
    return found;
}

static uint64_t hash_any_case(struct slice name)
{
    uint64_t hash = name.size;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        hash = hash_join(hash, (unsigned char)(c >= 'A' && c <= 'Z' ? c | 32 : c));
    }
    return hash;
}

void measures_index(struct measures *measures, struct arena *arena)
{
    for (size_t i = 0; i < measures->count; i++)
        shelf_add(&measures->by_name, arena, hash_any_case(measures->measure[i]->name),
                  (struct measure *)measures->measure[i]);
}

const struct measure *measures_named(const struct measures *measures, struct slice name)
{
    const struct measure *measure;
    if (!measures)
        return NULL;
    for (size_t i = 0; !measures->by_name.count && i < measures->count; i++)
        if (slice_equal_any_case(measures->measure[i]->name, name))
            return measures->measure[i];
    uint64_t hash = hash_any_case(name);
    for (size_t at = 0; (measure = shelf_next(&measures->by_name, hash, &at));)
        if (slice_equal_any_case(measure->name, name))
            return measure;
    return NULL;
}

bool measure_is_additive(const struct measure *measure)
{
    return measure->kind == MEASURE_COUNT || measure->kind == MEASURE_SUM;
}

bool measure_is_count(const struct measure *measure)
{
    return measure->kind == MEASURE_COUNT;
}

bool measure_equal(const struct measure *a, const struct measure *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->table != b->table || a->column != b->column)
        return false;
    if (!measure_is_composite(a))
        return condition_equal(a->where, b->where);
    bool same_scale = !(a->scale < b->scale) && !(a->scale > b->scale);
    return same_scale && measure_equal(a->numerator, b->numerator) &&
           measure_equal(a->denominator, b->denominator);
}

uint64_t measure_hash(const struct measure *measure)
{
    uint64_t hash = hash_join((uint64_t)measure->kind, (uintptr_t)measure->column);
    if (!measure_is_composite(measure))
        return hash_join(hash, condition_hash(measure->where));
    hash = hash_join(hash, measure_hash(measure->numerator));
    return hash_join(hash, measure_hash(measure->denominator));
}

struct measure *measure_copy(const struct measure *measure, struct arena *arena)
{
    if (!measure)
        return NULL;
    struct measure *copy = arena_copy(arena, measure, sizeof *measure);
    copy->where = condition_copy(measure->where, arena);
    copy->numerator = measure_copy(measure->numerator, arena);
    copy->denominator = measure_copy(measure->denominator, arena);
    return copy;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding and ordering the rows that a block lists. */
#include "block/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool ends_in(struct slice text, const char *ending)
{
    size_t size = strlen(ending);
    return text.size >= size && memcmp(text.data + text.size - size, ending, size) == 0;
}

bool read_row_order(struct block_reader *reader, const char *key, struct table *table,
                    struct row_order *out)
{
    const struct yaml *value = yaml_find(reader->node->body, key);
    *out = (struct row_order){0};
    if (!value || !value->text.size)
        return true;
    struct slice rest = value->text, name;
    slice_cut(&rest, ',', &name);
    name = slice_trim(name);
    rest = slice_trim(rest);
    struct yaml *first = arena_copy(reader->arena, value, sizeof *value);
    first->at = yaml_text_at(value);
    first->width = (int)utf8_length(name);
    if (!find_column(reader, table, value, name, &out->column))
        return false;
    out->descending = ends_in(rest, "highest first") || ends_in(rest, "newest first") ||
                      (!rest.size && out->column->type == COLUMN_NUMBER);
    bool understood = !rest.size || out->descending || ends_in(rest, "lowest first") ||
                      ends_in(rest, "oldest first") || ends_in(rest, "a to z");
    if (understood)
        return true;
    struct diag *diag =
        reader_error(reader, value, "M125", "sort order \"%.*s\"", SLICE_PRINT(rest));
    diag_hint(
        reader->diags, diag,
        "write highest first, lowest first, newest first, oldest first or a to z");
    return false;
}

double number_in(const struct column *column, uint32_t row)
{
    if (!column || !column->is_read || !column_is_known(column, row))
        return NAN;
    switch (column->type) {
    case COLUMN_NUMBER: return column->as.number[row];
    case COLUMN_DAY: return column->as.day[row];
    default: return NAN;
    }
}

bool is_at_least(const struct column *column, uint32_t row)
{
    return column && column->at_least && (column->at_least[row / 64] >> (row % 64) & 1);
}

struct sorted_row {
    double key;
    struct slice text;
    uint32_t row;
};

static int compare_keys(const void *a, const void *b)
{
    const struct sorted_row *left = a, *right = b;
    if (isnan(left->key) != isnan(right->key))
        return isnan(left->key) ? 1 : -1;
    if (left->key != right->key && !isnan(left->key))
        return left->key < right->key ? -1 : 1;
    int by_text = slice_compare(left->text, right->text);
    if (by_text)
        return by_text;
    return left->row < right->row ? -1 : left->row > right->row;
}

static void sort_rows(const struct table *table, struct row_order order, uint32_t *row,
                      size_t count, struct arena *arena)
{
    const struct column *column = order.column;
    if (!column || !count)
        return;
    struct sorted_row *sorted = ARENA_ARRAY(arena, struct sorted_row, count);
    bool by_text = column->type == COLUMN_CATEGORY || column->type == COLUMN_TEXT;
    for (size_t i = 0; i < count; i++) {
        sorted[i].row = row[i];
        if (by_text) {
            sorted[i].text = table_text(table, column, row[i], arena);
            sorted[i].key = sorted[i].text.size ? 0 : NAN;
        } else {
            double number = number_in(column, row[i]);
            sorted[i].key = order.descending ? -number : number;
        }
    }
    qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t i = 0; i < count; i++)
        row[i] = sorted[i].row;
}

/* A block keeps the table that it found when it was prepared, once for all briefs; the
 * brief's own view of it may have fewer rows. */
static const struct source_table *brief_view(const struct scope *scope,
                                             const struct source_table *source)
{
    for (size_t i = 0; i < scope->table_count; i++) {
        if (scope->tables[i].table == source->table)
            return &scope->tables[i];
    }
    return source;
}

const uint32_t *rows_found(const struct scope *scope, const struct source_table *source,
                           const struct condition *where, const struct period *period,
                           struct row_order order, size_t *count)
{
    source = brief_view(scope, source);
    const struct table *table = source->table;
    size_t all = source->rows ? source->rows->count : table->row_count;
    bool is_main = source == &scope->tables[0];
    const struct groups groups = scope_groups(scope, source->table);
    size_t capacity = 0;
    uint32_t *found = NULL;
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        uint32_t row =
            source->rows && source->rows->row ? source->rows->row[i] : (uint32_t)i;
        if (period && table->date) {
            double day = number_in(table->date, row);
            if (!(day >= period->first_day && day <= period->last_day))
                continue;
        }
        if (!groups_hold(&groups, row) ||
            (is_main && scope->where && !condition_accepts(scope->where, table, row)))
            continue;
        if (where && !condition_accepts(where, table, row))
            continue;
        *ARENA_APPEND(scope->arena, found, *count, capacity) = row;
    }
    sort_rows(table, order, found, *count, scope->arena);
    return found;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a measure table that are made of others: the rest, groups and their
 * subtotals. Only what may be added up is: counts and sums, a lower limit in them
 * making the sum one, too. */
#include "block/table_data.h"

#include <math.h>

/* A row that names two places counts in both: the parts may be more than the whole. */
static uint32_t sum_of(uint32_t sum, uint32_t count, int sign)
{
    return sign > 0 ? sum + count : sum > count ? sum - count : 0;
}

static void add_cell(struct cell *sum, const struct cell *cell, int sign)
{
    double low = isnan(cell->low) ? cell->value : cell->low;
    double high = isnan(cell->high) ? cell->value : cell->high;
    sum->rows = sum_of(sum->rows, cell->rows, sign);
    sum->unknown = sum_of(sum->unknown, cell->unknown, sign);
    sum->at_least = sum_of(sum->at_least, cell->at_least, sign);
    sum->provisional = sum->provisional || cell->provisional;
    if (isnan(cell->value))
        return;
    sum->value =
        isnan(sum->value) ? sign * cell->value : sum->value + sign * cell->value;
    sum->low = isnan(sum->low) ? sign * low : sum->low + sign * low;
    sum->high = isnan(sum->high) ? sign * high : sum->high + sign * high;
}

static const struct cell unknown_cell = {.value = NAN, .low = NAN, .high = NAN};

/* "Others" is the whole less the rows shown. */
static struct cell others_cell(const struct table_data *data, size_t column,
                               enum window window)
{
    struct cell rest = data->total[window][column];
    const struct table_row *row = data->row;
    for (; row < data->row + data->row_count && !row->is_others; row++) {
        if (row_is_own(row))
            add_cell(&rest, &data->cell[window][column][row->code], -1);
    }
    rest.low = rest.high = NAN; /* a difference has no bounds of its own */
    return rest;
}

struct cell row_cell(const struct table_data *data, const struct table_row *row,
                     size_t column, enum window window)
{
    const struct cell *by_code = data->cell[window][column];
    struct cell sum = unknown_cell;
    if (row->is_total)
        return data->total[window][column];
    if (!row->is_others && !row->members)
        return by_code[row->code];
    if (!measure_is_additive(data->table->shown[column].measure))
        return unknown_cell;
    if (row->is_others)
        return others_cell(data, column, window);
    for (size_t i = 1; i <= row->members; i++)
        add_cell(&sum, &by_code[(row - i)->code], 1);
    return sum;
}

bool row_is_blank(const struct table_data *data, const struct table_row *row,
                  size_t column)
{
    const struct shown *shown = &data->table->shown[column];
    switch (shown->aspect) {
    case ASPECT_SPARKLINE:
    case ASPECT_TAU:
    case ASPECT_P:
    case ASPECT_VERDICT:
    case ASPECT_EXPECTED:
    case ASPECT_TREND: return row->members > 0;
    default: return row->members > 0 && !measure_is_additive(shown->measure);
    }
}

/* -- Groups ------------------------------------------------------------------------ */

void name_row_groups(struct table_data *data)
{
    struct arena *arena = data->context->chart.arena;
    const struct column *groups = data->table->groups;
    const uint32_t *group = groups ? group_words(data->table, arena) : NULL;
    if (group)
        data->group_rows = ARENA_ARRAY(arena, size_t, groups->words.count + 1);
    for (size_t i = 0; i < data->row_count; i++) {
        data->row[i].rank = i + 1;
        data->row[i].group = group ? group[data->row[i].code] : 0;
        if (group)
            data->group_rows[data->row[i].group]++;
    }
}

struct regrouping {
    const struct table_data *data;
    size_t *shown;         /* rows of each group; 0 when it has been taken */
    struct table_row *row; /* in the new order */
    struct slice *head;
    size_t count;
};

/* Where a part of the group's rows is left out, the sum is of the others. */
static struct slice subtotal_name(const struct table_data *data, struct slice group,
                                  bool is_whole)
{
    const struct phrase_part part = {"group", group};
    return print_phrase(data->context,
                        is_whole ? "table.subtotal" : "table.subtotal shown", 1, &part,
                        1);
}

/* One row's own sum would be that row again. */
static void take_group(struct regrouping *new, uint32_t group)
{
    const struct table_data *data = new->data;
    const struct slice name = group_name(data->table, data->context, group);
    const size_t shown = new->shown[group];
    new->head[new->count] = name;
    for (size_t i = 0; i < data->row_count; i++) {
        if (row_is_own(&data->row[i]) && data->row[i].group == group)
            new->row[new->count++] = data->row[i];
    }
    if (data->table->subtotals && shown > 1)
        new->row[new->count++] = (struct table_row){
            .name = subtotal_name(data, name, shown == data->group_rows[group]),
            .members = shown};
    new->shown[group] = 0;
}

void group_table_rows(struct table_data *data, struct sheet *sheet)
{
    struct arena *arena = data->context->chart.arena;
    size_t words = data->table->groups->words.count + 1;
    struct regrouping new = {
        .data = data,
        .shown = ARENA_ARRAY(arena, size_t, words),
        .row = ARENA_ARRAY(arena, struct table_row, data->row_count + words),
        .head = ARENA_ARRAY(arena, struct slice, data->row_count + words)};
    for (size_t i = 0; i < data->row_count; i++)
        new.shown[data->row[i].group] += row_is_own(&data->row[i]);
    for (size_t i = 0; i < data->row_count; i++) {
        const struct table_row *row = &data->row[i];
        sheet->total_rows += row->is_others; /* they belong to no group */
        if (!row_is_own(row))
            new.row[new.count++] = *row;
        else if (new.shown[row->group])
            take_group(&new, row->group);
    }
    data->row = new.row;
    data->row_count = new.count;
    sheet->group = new.head;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Groups of rows: columns of numbers and days as words, and the rows of each word. */
#include "data/series.h"

#include <stdlib.h>
#include <string.h>

/* Distinct values by an open hash table of indices into value[]. */
struct distinct {
    double *value;
    size_t count, capacity;
    uint32_t *slot; /* index + 1 */
    size_t slot_count;
    struct arena *arena;
};

static size_t slot_of(const struct distinct *distinct, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = (bits ^ bits >> 32) * 0x9E3779B97F4A7C15u;
    size_t slot = (size_t)(bits >> 20) & (distinct->slot_count - 1);
    while (distinct->slot[slot]) {
        double other = distinct->value[distinct->slot[slot] - 1];
        if (!(other < value) && !(other > value))
            break;
        slot = (slot + 1) & (distinct->slot_count - 1);
    }
    return slot;
}

static void grow_slots(struct distinct *distinct)
{
    distinct->slot_count = distinct->slot_count ? distinct->slot_count * 4 : 256;
    distinct->slot = ARENA_ARRAY(distinct->arena, uint32_t, distinct->slot_count);
    for (size_t i = 0; i < distinct->count; i++)
        distinct->slot[slot_of(distinct, distinct->value[i])] = (uint32_t)(i + 1);
}

static uint32_t distinct_index(struct distinct *distinct, double value)
{
    if (distinct->count * 2 >= distinct->slot_count)
        grow_slots(distinct);
    value += 0.0; /* -0 and 0 are one value */
    size_t slot = slot_of(distinct, value);
    if (!distinct->slot[slot]) {
        *ARENA_APPEND(distinct->arena, distinct->value, distinct->count,
                      distinct->capacity) = value;
        distinct->slot[slot] = (uint32_t)distinct->count;
    }
    return distinct->slot[slot] - 1;
}

static double value_of(const struct column *column, size_t row)
{
    return column->type == COLUMN_DAY ? column->as.day[row] : column->as.number[row];
}

struct ranked {
    double value;
    uint32_t index;
};

static int compare_ranked(const void *a, const void *b)
{
    double x = ((const struct ranked *)a)->value, y = ((const struct ranked *)b)->value;
    return (x > y) - (x < y);
}

static struct slice name_value(const struct column *column, double value,
                               struct arena *arena)
{
    char label[PERIOD_LABEL_SIZE], number[NUMBER_TEXT_SIZE];
    if (column->type == COLUMN_DAY) {
        struct period day = {PERIOD_DAY, (int32_t)value, (int32_t)value};
        period_label(day, 0, label);
        return slice_copy(arena, slice_of(label));
    }
    number_print(number, value);
    return slice_copy(arena, slice_of(number));
}

/* Words in the order of their values; code_of maps first-seen indices to codes. */
static struct words rank_values(const struct column *column,
                                const struct distinct *distinct, uint32_t *code_of,
                                struct arena *arena)
{
    size_t count = distinct->count;
    struct ranked *ranked = ARENA_ARRAY(distinct->arena, struct ranked, count);
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){distinct->value[i], (uint32_t)i};
    if (count > 1)
        qsort(ranked, count, sizeof *ranked, compare_ranked);
    struct slice *word = ARENA_ARRAY(arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++) {
        word[i + 1] = name_value(column, ranked[i].value, arena);
        code_of[ranked[i].index] = (uint32_t)(i + 1);
    }
    return (struct words){count + 1, word};
}

static const struct column *
make_groups(const struct table *table, const struct column *column, struct arena *arena)
{
    struct arena *scratch = arena_new();
    struct distinct distinct = {.arena = scratch};
    uint32_t *category = ARENA_ARRAY(arena, uint32_t, table->row_count);
    for (size_t row = 0; row < table->row_count; row++)
        if (column_is_known(column, row))
            category[row] = distinct_index(&distinct, value_of(column, row));
    uint32_t *code_of = ARENA_ARRAY(scratch, uint32_t, distinct.count + 1);
    struct column *groups = arena_copy(arena, column, sizeof *column);
    groups->words = rank_values(column, &distinct, code_of, arena);
    for (size_t row = 0; row < table->row_count; row++)
        category[row] = column_is_known(column, row) ? code_of[category[row]] : 0;
    groups->type = COLUMN_CATEGORY;
    groups->as.category = category;
    groups->at_least = NULL;
    groups->low = groups->high = NULL;
    arena_free(scratch);
    return groups;
}

const struct column *groups_of(struct table *table, const struct column *column)
{
    if (column->type == COLUMN_CATEGORY)
        return column;
    if (column->type == COLUMN_TEXT)
        return NULL;
    for (size_t i = 0; i < table->grouped_count; i++)
        if (table->grouped[i].source == column)
            return table->grouped[i].groups;
    const struct column *groups = make_groups(table, column, table->arena);
    *ARENA_APPEND(table->arena, table->grouped, table->grouped_count,
                  table->grouped_capacity) = (struct grouped){column, groups};
    return groups;
}

struct row_index rows_by(const struct table *table, const struct column *column,
                         struct arena *arena)
{
    size_t *start = ARENA_ARRAY(arena, size_t, column->words.count + 2);
    for (size_t row = 0; row < table->row_count; row++) {
        struct codes codes = column_codes(column, (uint32_t)row);
        for (size_t i = 0; i < codes.count; i++)
            start[codes.code[i] + 2]++;
    }
    for (size_t code = 1; code <= column->words.count; code++)
        start[code + 1] += start[code];
    /* start[code + 1] is where the next row of a code goes; in the end, where the rows
     * of the code after it begin. */
    uint32_t *rows = ARENA_ARRAY(arena, uint32_t, start[column->words.count + 1]);
    for (size_t row = 0; row < table->row_count; row++) {
        struct codes codes = column_codes(column, (uint32_t)row);
        for (size_t i = 0; i < codes.count; i++)
            rows[start[codes.code[i] + 1]++] = (uint32_t)row;
    }
    return (struct row_index){start, rows};
}

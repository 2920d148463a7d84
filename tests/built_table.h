/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables made by hand, for tests of what reads tables: no file, no schema. */
#ifndef SITREP_TESTS_BUILT_TABLE_H
#define SITREP_TESTS_BUILT_TABLE_H

#include "base/civil.h"
#include "data/table.h"

#include <math.h>
#include <string.h>

enum { BUILT_COLUMNS = 24, NO_DAY = INT32_MIN };

static inline struct table *built_table(struct arena *arena, size_t row_count)
{
    struct table *table = ARENA_NEW(arena, struct table);
    table->name = SLICE_LITERAL("incidents");
    table->row_count = row_count;
    table->column = ARENA_ARRAY(arena, struct column, BUILT_COLUMNS);
    table->last_day = -1;
    return table;
}

static inline struct column *built_column(struct table *table, struct arena *arena,
                                          const char *name, enum column_type type)
{
    struct column *column = &table->column[table->column_count++];
    column->name = column->header = slice_of(name);
    column->type = type;
    column->source = SIZE_MAX;
    column->is_read = true;
    column->known = ARENA_ARRAY(arena, uint64_t, table->row_count / 64 + 1);
    return column;
}

static inline void built_know(struct column *column, size_t row)
{
    ((uint64_t *)column->known)[row / 64] |= (uint64_t)1 << (row % 64);
    column->known_count++;
}

static inline uint32_t built_code(struct column *column, struct arena *arena,
                                  struct slice word)
{
    enum { MOST = 4096 };
    if (!column->words.word) {
        column->words.word = ARENA_ARRAY(arena, struct slice, MOST);
        column->words.count = 1;
    }
    word = slice_trim(word);
    for (size_t i = 0; i < column->words.count; i++)
        if (slice_equal(column->words.word[i], word))
            return (uint32_t)i;
    ((struct slice *)column->words.word)[column->words.count] = word;
    return (uint32_t)column->words.count++;
}

/* cells: one word a row, '|' between, blank = unknown. */
static inline struct column *built_words(struct table *table, struct arena *arena,
                                         const char *name, const char *cells)
{
    struct column *column = built_column(table, arena, name, COLUMN_CATEGORY);
    uint32_t *category = ARENA_ARRAY(arena, uint32_t, table->row_count);
    struct slice rest = slice_of(cells), cell = {0};
    built_code(column, arena, cell);
    for (size_t row = 0; row < table->row_count && slice_cut(&rest, '|', &cell);
         row++) {
        category[row] = built_code(column, arena, cell);
        if (category[row])
            built_know(column, row);
    }
    column->as.category = category;
    return column;
}

/* cells: ';' between the words of a cell; each row has a set of its own. */
static inline struct column *built_lists(struct table *table, struct arena *arena,
                                         const char *name, const char *cells)
{
    struct column *column = built_column(table, arena, name, COLUMN_CATEGORY);
    uint32_t *category = ARENA_ARRAY(arena, uint32_t, table->row_count);
    uint32_t *start = ARENA_ARRAY(arena, uint32_t, table->row_count + 1);
    uint32_t *code = ARENA_ARRAY(arena, uint32_t, strlen(cells) + 1);
    uint32_t used = 0;
    struct slice rest = slice_of(cells), cell, word = {0};
    built_code(column, arena, word);
    for (size_t row = 0; row < table->row_count && slice_cut(&rest, '|', &cell);
         row++) {
        category[row] = (uint32_t)row;
        start[row] = used;
        while (slice_cut(&cell, ';', &word))
            if (slice_trim(word).size)
                code[used++] = built_code(column, arena, word);
        start[row + 1] = used;
        if (used > start[row])
            built_know(column, row);
    }
    column->as.category = category;
    column->is_list = true;
    column->set_count = table->row_count;
    column->set_start = start;
    column->set_code = code;
    return column;
}

/* NAN = unknown. */
static inline struct column *built_numbers(struct table *table, struct arena *arena,
                                           const char *name, const double *number)
{
    struct column *column = built_column(table, arena, name, COLUMN_NUMBER);
    double *copy = arena_copy(arena, number, table->row_count * sizeof *number);
    for (size_t row = 0; row < table->row_count; row++) {
        if (isnan(copy[row]))
            copy[row] = 0;
        else
            built_know(column, row);
    }
    column->as.number = copy;
    return column;
}

/* NO_DAY = unknown. Becomes the table's date. */
static inline struct column *built_days(struct table *table, struct arena *arena,
                                        const char *name, const int32_t *day)
{
    struct column *column = built_column(table, arena, name, COLUMN_DAY);
    int32_t *copy = arena_copy(arena, day, table->row_count * sizeof *day);
    for (size_t row = 0; row < table->row_count; row++) {
        if (copy[row] == NO_DAY) {
            copy[row] = 0;
            continue;
        }
        built_know(column, row);
        if (column->known_count == 1 || copy[row] < table->first_day)
            table->first_day = copy[row];
        if (column->known_count == 1 || copy[row] > table->last_day)
            table->last_day = copy[row];
    }
    column->as.day = copy;
    table->date = column;
    return column;
}

static inline void built_at_least(struct column *column, struct table *table,
                                  struct arena *arena, size_t row)
{
    if (!column->at_least)
        column->at_least = ARENA_ARRAY(arena, uint64_t, table->row_count / 64 + 1);
    ((uint64_t *)column->at_least)[row / 64] |= (uint64_t)1 << (row % 64);
}

/* Until the reader of tables is there. */
__attribute__((weak)) struct column *table_find(const struct table *table,
                                                struct slice name)
{
    struct arena *arena = arena_new();
    struct column *found = NULL;
    for (size_t i = 0; !found && i < table->column_count; i++)
        if (slice_equal(slice_fold(arena, table->column[i].name),
                        slice_fold(arena, name)))
            found = &table->column[i];
    arena_free(arena);
    return found;
}
__attribute__((weak)) void table_want(struct table *table, struct column *column)
{
    (void)table;
    (void)column;
}
__attribute__((weak)) uint32_t column_code(const struct column *column,
                                           struct slice word)
{
    struct arena *arena = arena_new();
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 1; i < column->words.count; i++)
        if (slice_equal(slice_fold(arena, column->words.word[i]),
                        slice_fold(arena, word)))
            found = i;
    arena_free(arena);
    return found;
}
__attribute__((weak)) struct slice table_text(const struct table *table,
                                              const struct column *column, size_t row,
                                              struct arena *arena)
{
    (void)table;
    (void)column;
    (void)row;
    (void)arena;
    return SLICE_LITERAL("");
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables made by hand, for tests of what reads tables: no file, no schema. */
#ifndef SITREP_TESTS_BUILT_TABLE_H
#define SITREP_TESTS_BUILT_TABLE_H

#include "base/civil.h"
#include "data/table.h"
#include "data/words.h"

#include <math.h>
#include <string.h>

enum { BUILT_COLUMNS = 24, NO_DAY = INT32_MIN };

static inline struct table *built_table(struct arena *arena, size_t row_count)
{
    struct table *table = ARENA_NEW(arena, struct table);
    table->name = SLICE_LITERAL("incidents");
    table->arena = arena;
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

/* Gives a column of words its dictionary, which built_free releases. */
static inline struct dictionary *built_dictionary(struct column *column,
                                                  struct arena *arena)
{
    struct dictionary *dictionary =
        dictionary_new(arena, NULL, (struct slice){NULL, 0});
    column->dictionary = dictionary;
    return dictionary;
}

static inline void built_words_end(struct column *column, struct arena *arena)
{
    column->words.word = dictionary_words(column->dictionary, arena);
    column->words.count = column->dictionary->words.count;
}

static inline void built_free(struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->column[i].dictionary)
            dictionary_free((struct dictionary *)table->column[i].dictionary);
}

/* cells: one word a row, '|' between, blank = unknown. */
static inline struct column *built_words(struct table *table, struct arena *arena,
                                         const char *name, const char *cells)
{
    struct column *column = built_column(table, arena, name, COLUMN_CATEGORY);
    uint32_t *category = ARENA_ARRAY(arena, uint32_t, table->row_count);
    struct dictionary *dictionary = built_dictionary(column, arena);
    struct slice rest = slice_of(cells), cell;
    for (size_t row = 0; row < table->row_count && slice_cut(&rest, '|', &cell);
         row++) {
        category[row] = dictionary_code(dictionary, cell);
        if (category[row])
            built_know(column, row);
    }
    built_words_end(column, arena);
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
    struct dictionary *dictionary = built_dictionary(column, arena);
    struct slice rest = slice_of(cells), cell, word;
    for (size_t row = 0; row < table->row_count && slice_cut(&rest, '|', &cell);
         row++) {
        category[row] = (uint32_t)row;
        start[row] = used;
        while (slice_cut(&cell, ';', &word))
            if (slice_trim(word).size)
                code[used++] = dictionary_code(dictionary, word);
        start[row + 1] = used;
        if (used > start[row])
            built_know(column, row);
    }
    built_words_end(column, arena);
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
        if (!isnan(copy[row]))
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
        if (copy[row] == NO_DAY)
            continue;
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

#endif

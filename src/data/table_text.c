/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows as they stand in the source, read again at their offset. */
#include "data/table_parts.h"

int table_line(const struct table *table, size_t row)
{
    return csv_line_of(table->source, table_offset(table, row));
}

struct taken {
    struct arena *arena;
    struct slice *cell; /* room for count, blank */
    size_t first, count;
};

static bool take_cells(const struct csv_record *record, void *context)
{
    struct taken *taken = context;
    for (size_t i = 0; i < taken->count && taken->first + i < record->count; i++)
        taken->cell[i] = slice_copy(taken->arena, record->cell[taken->first + i]);
    return false;
}

static bool read_cells(const struct table *table, size_t row, struct taken *taken)
{
    return csv_read(table->source, table_offset(table, row), table->file,
                    table->dialect, take_cells, taken, NULL);
}

bool table_row(const struct table *table, size_t row, struct arena *arena,
               const struct slice **cell, size_t *count)
{
    struct slice *room = ARENA_ARRAY(arena, struct slice, table->header_count);
    struct taken taken = {arena, room, 0, table->header_count};
    *cell = room;
    *count = table->header_count;
    return read_cells(table, row, &taken);
}

static struct slice text_of_words(const struct column *column, size_t row,
                                  struct arena *arena)
{
    uint32_t code = column->as.category[row];
    if (!column->is_list)
        return column->words.word[code];
    struct text text = {.arena = arena};
    for (size_t i = column->set_start[code]; i < column->set_start[code + 1]; i++) {
        struct slice word = column->words.word[column->set_code[i]];
        text_print(&text, "%s%.*s", text.size ? ", " : "", SLICE_PRINT(word));
    }
    return text_slice(&text);
}

static struct slice text_of_day(int32_t day, struct arena *arena)
{
    struct civil civil = civil_of(day);
    return slice_of(
        arena_print(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day));
}

static struct slice text_of_value(const struct column *column, size_t row,
                                  struct arena *arena)
{
    char *number;
    if (!column->is_read || !column_is_known(column, row))
        return SLICE_LITERAL("");
    switch (column->type) {
    case COLUMN_CATEGORY: return text_of_words(column, row, arena);
    case COLUMN_DAY: return text_of_day(column->as.day[row], arena);
    case COLUMN_NUMBER:
        number = arena_alloc(arena, NUMBER_TEXT_SIZE);
        number_print(number, column->as.number[row]);
        return slice_of(number);
    case COLUMN_TEXT: break;
    }
    return SLICE_LITERAL("");
}

struct slice table_text(const struct table *table, const struct column *column,
                        size_t row, struct arena *arena)
{
    bool is_coded = column->type == COLUMN_CATEGORY && column->is_read;
    if (is_coded || column->source == SIZE_MAX)
        return text_of_value(column, row, arena);
    struct slice cell = {0};
    struct taken taken = {arena, &cell, column->source, 1};
    read_cells(table, row, &taken);
    cell = slice_trim(cell);
    return missing_is(column->field, cell) ? SLICE_LITERAL("") : cell;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows as they stand in the source, read again at their offset. */
#include "data/table_parts.h"

int table_line(const struct table *table, size_t row)
{
    return csv_line_of(table->source, table_offset(table, row));
}

struct taken {
    const struct table *table;
    struct arena *arena;
    struct slice *cell;
    size_t only; /* index of the one cell that is wanted, SIZE_MAX = all */
};

static bool take_one_record(const struct csv_record *record, void *context)
{
    struct taken *taken = context;
    size_t count = taken->table->header_count;
    taken->cell = ARENA_ARRAY(taken->arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        bool is_wanted = taken->only == SIZE_MAX || taken->only == i;
        taken->cell[i] = i < record->count && is_wanted
                             ? slice_copy(taken->arena, record->cell[i])
                             : SLICE_LITERAL("");
    }
    return false;
}

static bool take_cells(struct taken *taken, size_t row)
{
    const struct table *table = taken->table;
    return csv_read(table->source, table_offset(table, row), table->file,
                    table->dialect, take_one_record, taken, diags_new(taken->arena)) &&
           taken->cell;
}

bool table_row(const struct table *table, size_t row, struct arena *arena,
               const struct slice **cell, size_t *count)
{
    struct taken taken = {table, arena, NULL, SIZE_MAX};
    bool ok = take_cells(&taken, row);
    *cell = taken.cell;
    *count = ok ? table->header_count : 0;
    return ok;
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
    struct taken taken = {table, arena, NULL, column->source};
    if (!take_cells(&taken, row))
        return SLICE_LITERAL("");
    struct slice cell = slice_trim(taken.cell[column->source]);
    return missing_is(column->field, cell) ? SLICE_LITERAL("") : cell;
}

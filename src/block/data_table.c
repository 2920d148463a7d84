/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A data table: the rows of a tracker as they are, with status marks and formats by
 * column type. Every row is shown, or how many are is said. */
#include "block/rows.h"
#include "block/table_block.h"

#include <math.h>

/* All columns of the file when the template names none. */
static size_t listed_columns(const struct table_arguments *arguments,
                             struct arena *arena, const struct column ***out)
{
    const struct table *table = arguments->table->table;
    size_t count =
        arguments->shown_count ? arguments->shown_count : table->column_count;
    const struct column **column = ARENA_ARRAY(arena, const struct column *, count);
    for (size_t i = 0; i < count; i++)
        column[i] =
            arguments->shown_count ? arguments->shown[i].column : &table->column[i];
    *out = column;
    return count;
}

static struct slice cell_text(const struct table *table, const struct column *column,
                              uint32_t row, const struct block_context *context)
{
    struct arena *arena = context->chart.arena;
    struct text text = {.arena = arena};
    double number = number_in(column, row);
    if (column->is_read && column->type == COLUMN_NUMBER && !isnan(number)) {
        locale_number(context->chart.locale, number, number == floor(number) ? 0 : 1,
                      &text);
        return text_slice(&text);
    }
    if (column->is_read && column->type == COLUMN_DAY && !isnan(number)) {
        locale_day(context->chart.locale, (int32_t)number, "d MMM yyyy", &text);
        return text_slice(&text);
    }
    struct slice written = table_text(table, column, row, arena);
    return written.size ? written : SLICE_LITERAL("\xe2\x80\x93");
}

/* A word for done, partly or none gets its mark, whatever its language. */
static struct slice status_text(const struct block_context *context, struct slice word)
{
    static const struct {
        const char *key, *mark;
    } marks[] = {
        {"status.done", "\xe2\x97\x8f "},
        {"status.partly", "\xe2\x97\x90 "},
        {"status.none", "\xe2\x97\x8b "},
    };
    struct arena *arena = context->chart.arena;
    struct slice folded = slice_fold(arena, word);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct slice words = print_phrase(context, marks[i].key, 1, NULL, 0), one;
        while (slice_cut(&words, ',', &one)) {
            if (slice_equal(slice_fold(arena, one), folded)) {
                struct text text = {.arena = arena};
                text_append_string(&text, marks[i].mark);
                text_append(&text, word);
                return text_slice(&text);
            }
        }
    }
    return word;
}

static struct sheet_column sheet_column_of(const struct table_arguments *arguments,
                                           size_t i, const struct column *column,
                                           const struct block_context *context)
{
    struct measure named = {.name =
                                column->header.size ? column->header : column->name};
    if (arguments->shown_count && arguments->shown[i].label.size)
        named.label = arguments->shown[i].label;
    bool is_number = column->is_read && column->type == COLUMN_NUMBER;
    return (struct sheet_column){
        .head = measure_label(&named, context->chart.locale, context->chart.arena),
        .kind = is_number ? SHEET_NUMBER : SHEET_TEXT,
        .strong = i == 0};
}

struct box *lay_data_table(const struct table_arguments *arguments,
                           const struct block_context *context, double width)
{
    const struct scope *scope = context->scope;
    struct arena *arena = context->chart.arena;
    if (scope->rehearsal)
        return box_new(arena, "rehearsal", 0, 0);
    struct table *table = arguments->table->table;
    size_t all;
    const uint32_t *row = rows_found(scope, arguments->table, arguments->where, NULL,
                                     arguments->order, &all);
    size_t shown =
        arguments->top && all > (size_t)arguments->top ? (size_t)arguments->top : all;
    const struct column **column;
    size_t columns = listed_columns(arguments, arena, &column);
    struct sheet sheet = {
        .column_count = columns, .row_count = shown, .has_head = true};
    struct sheet_column *about = ARENA_ARRAY(arena, struct sheet_column, columns);
    sheet.cell = ARENA_ARRAY(arena, struct sheet_cell, columns * shown);
    for (size_t j = 0; j < columns; j++) {
        about[j] = sheet_column_of(arguments, j, column[j], context);
        bool is_status = slice_equal(column[j]->name, arguments->status) ||
                         slice_equal(column[j]->header, arguments->status);
        for (size_t i = 0; i < shown; i++) {
            struct slice text = cell_text(table, column[j], row[i], context);
            sheet.cell[i * columns + j].text =
                is_status ? status_text(context, text) : text;
        }
    }
    sheet.column = about;
    return sheet_box(&context->chart, &sheet, width);
}

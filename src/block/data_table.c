/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A data table: the rows of a tracker as they are, with status marks and formats by
 * column type. Every row is shown, or how many are is said. */
#include "block/cell_format.h"
#include "block/question.h"
#include "block/status.h"
#include "block/table_block.h"

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

/* "10 of 14 rows" below a table that doesn't show them all. */
static struct box *with_count(const struct block_context *context, struct box *sheet,
                              size_t shown, size_t all)
{
    struct arena *arena = context->chart.arena;
    if (shown == all && all)
        return sheet;
    struct text number[2] = {{.arena = arena}, {.arena = arena}};
    locale_number(context->chart.locale, (double)shown, 0, &number[0]);
    locale_number(context->chart.locale, (double)all, 0, &number[1]);
    const struct phrase_part part[] = {{"shown", text_slice(&number[0])},
                                       {"all", text_slice(&number[1])}};
    struct flow *flow = ARENA_NEW(arena, struct flow);
    *flow = (struct flow){.arena = arena, .width = sheet->width};
    flow_add(flow, sheet)->keep_with_next = true;
    struct slice line =
        print_phrase(context, all ? "table.shown" : "table.no rows", 1, part, 2);
    flow_add(flow, text_box(context, line, TEXT_SOURCE, sheet->width))->space_before =
        4;
    return flow_box(flow, "table and count");
}

/* A column of days or numbers with something else in it is text: the cells that stand out
 * are printed as they are written, and it is said. */
enum cell_kind { CELL_DAY, CELL_NUMBER, CELL_WORDS, CELL_KINDS };

static enum cell_kind kind_of(struct slice text)
{
    int32_t day;
    double number;
    return is_written_day(text, &day)                ? CELL_DAY
           : number_parse(slice_trim(text), &number) ? CELL_NUMBER
                                                     : CELL_WORDS;
}

static void warn_odd_cells(const struct block_context *context,
                           const struct table *table, const struct column *column,
                           const uint32_t *row, size_t count)
{
    struct arena *arena = context->chart.arena;
    size_t found[CELL_KINDS] = {0}, all = 0, odd = SIZE_MAX;
    if (column->is_read &&
        (column->type == COLUMN_NUMBER || column->type == COLUMN_DAY))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct slice text = table_text(table, column, row[i], arena);
        found[kind_of(text)] += text.size > 0;
        all += text.size > 0;
    }
    enum cell_kind most =
        found[CELL_DAY] >= found[CELL_NUMBER] ? CELL_DAY : CELL_NUMBER;
    if (found[most] < 2 || found[most] == all || 2 * found[most] <= all)
        return;
    struct slice text = {0};
    for (size_t i = 0; i < count && odd == SIZE_MAX; i++) {
        text = table_text(table, column, row[i], arena);
        odd = text.size && kind_of(text) != most ? i : SIZE_MAX;
    }
    struct place at = {table->file, table_line(table, row[odd]), 1};
    slice_place(table->source, text, &at.line, &at.column);
    struct diag *diag =
        diags_warn(context->chart.diags, at, "D219",
                   "\"%.*s\" in \"%.*s\" is no %s as others are: printed as written",
                   SLICE_PRINT(text),
                   SLICE_PRINT(column->header.size ? column->header : column->name),
                   most == CELL_DAY ? "day" : "number");
    diag->width = (int)utf8_length(text);
    diag_hint(
        context->chart.diags, diag, "write it like the others%s",
        all - found[most] > 1
            ? arena_print(arena, "; %zu cells of the column aren't", all - found[most])
            : "");
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
        warn_odd_cells(context, table, column[j], row, shown);
        bool is_status = slice_equal(column[j]->name, arguments->status) ||
                         slice_equal(column[j]->header, arguments->status);
        for (size_t i = 0; i < shown; i++) {
            struct slice text;
            if (!arguments->shown_count ||
                !cell_format_print(context, &arguments->shown[j].format, table,
                                   column[j], row[i], &text))
                text = tracker_cell(context, table, column[j], row[i]);
            struct sheet_cell *cell = &sheet.cell[i * columns + j];
            cell->text = is_status ? status_text(context, text) : text;
            if (about[j].kind == SHEET_NUMBER)
                sheet_know(cell, number_in(column[j], row[i]));
            cell->at_least = is_at_least(column[j], row[i]);
        }
    }
    sheet.column = about;
    if (arguments->groups)
        group_sheet(context, &sheet, groups_of_rows(arguments, context, row, shown),
                    shown);
    struct box *box =
        with_count(context, sheet_box(&context->chart, &sheet, width), shown, all);
    box->picture = sheet_picture(&sheet, context->chart.arena);
    return box;
}

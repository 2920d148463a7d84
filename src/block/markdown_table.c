/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables written in Markdown: sheets whose cells are inline nodes. */
#include "block/prose.h"
#include "block/sheet.h"
#include "block/walk.h"

static struct sheet_cell markdown_cell(const struct composer *composer,
                                       const struct scope *scope,
                                       const struct inlines *inlines, bool is_head)
{
    const struct theme *theme = composer->context->chart.theme;
    const struct text_style *style =
        &theme->text[is_head ? TEXT_TABLE_HEAD : TEXT_TABLE_CELL];
    struct sheet_cell cell = {.style = style};
    cell.span_count = inline_spans(inlines, scope, theme, style, &cell.span);
    cell.text = inline_text(inlines, scope);
    return cell;
}

/* A head that is but words is a label, as other tables' heads are. */
static struct sheet_column markdown_column(const struct composer *composer,
                                           const struct scope *scope,
                                           const struct inlines *inlines, char align)
{
    struct sheet_cell cell = markdown_cell(composer, scope, inlines, true);
    struct sheet_column column = {.head = cell.text, .align = align};
    for (size_t i = 0; i < inlines->count; i++) {
        enum inline_kind kind = inlines->item[i].kind;
        bool is_words = kind == INLINE_TEXT || kind == INLINE_VALUE;
        column.head_span_count = is_words ? column.head_span_count : cell.span_count;
    }
    column.head_span = cell.span;
    return column;
}

void compose_markdown_table(struct composer *composer, const struct node *node,
                            const struct scope *scope, struct flow *flow)
{
    struct arena *arena = flow->arena;
    size_t columns = node->column_count, rows = node->row_count;
    if (!columns || !rows)
        return;
    struct sheet_column *column = ARENA_ARRAY(arena, struct sheet_column, columns);
    struct sheet_cell *cell = ARENA_ARRAY(arena, struct sheet_cell, columns * rows);
    for (size_t j = 0; j < columns; j++)
        column[j] =
            markdown_column(composer, scope, &node->cell[j], node->alignment[j]);
    for (size_t i = columns; i < columns * rows; i++)
        cell[i - columns] = markdown_cell(composer, scope, &node->cell[i], false);
    for (size_t i = 0; i < columns * rows && flow_is_narrow(composer, flow); i++)
        check_width(composer, flow, inline_text(&node->cell[i], scope));
    const struct sheet sheet = {.column_count = columns,
                                .row_count = rows - 1,
                                .column = column,
                                .cell = cell,
                                .has_head = true};
    struct chart_context context = composer->context->chart;
    context.at = node->at;
    context.wider = composer->wider;
    struct box *box = sheet_box(&context, &sheet, flow->width);
    box->at = node->at;
    struct flow_item *item = flow_add(flow, box);
    item->space_before = item->space_after =
        context.theme->length[LENGTH_PARAGRAPH_GAP] * 1.5;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Footnotes: whatever Markdown allows in one, in its size, the number before its first
 * words. */
#include "block/prose.h"
#include "block/walk.h"

#include <string.h>

/* Isolated: a number that the note begins with would go before it in Urdu. The mark of
 * an Arabic letter keeps it at the right of a note in Latin letters, too. */
static const char *note_number(const struct chart_context *chart, size_t number)
{
    bool mirrored = typesetter_direction(chart->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    struct text digits = {.arena = chart->arena};
    locale_count(chart->locale, number, &digits);
    return arena_print(chart->arena,
                       mirrored ? "\xd8\x9c\xe2\x81\xa8%.*s\xe2\x81\xa9  " : "%.*s  ",
                       SLICE_PRINT(text_slice(&digits)));
}

static void add_note_paragraph(struct composer *composer, const struct span *span,
                               size_t count, struct place at, struct flow *flow)
{
    const struct chart_context *chart = &composer->context->chart;
    struct span *all = ARENA_ARRAY(chart->arena, struct span, count + 1);
    all[0] = (struct span){
        .text =
            slice_of(composer->note_is_open ? note_number(chart, composer->note) : ""),
        .style = running_style(composer)};
    composer->note_is_open = false;
    if (count)
        memcpy(all + 1, span, count * sizeof *span);
    struct paragraph paragraph = {
        .span_count = count + 1, .span = all, .divided = chart->theme->hyphenated};
    flow_add(flow, running_box(composer, &paragraph, "footnote", ROLE_NOTE, at, flow));
}

void compose_note_paragraph(struct composer *composer, const struct node *node,
                            const struct scope *scope, struct flow *flow)
{
    const struct span *span;
    size_t count = inline_spans(&node->inlines, scope, composer->context->chart.theme,
                                running_style(composer), &span);
    add_note_paragraph(composer, span, count, node->at, flow);
}

struct box *footnote_box(struct composer *composer, const struct printed_note *note,
                         size_t number, double width, compose_fn *compose)
{
    const struct nodes *nodes = note->nodes;
    struct flow *flow = flow_of_width(composer->context->chart.arena, width);
    composer->note = number;
    composer->note_is_open = true;
    if (!nodes->count || nodes->item[0].kind != NODE_PARAGRAPH) {
        struct place at = {0};
        add_note_paragraph(composer, NULL, 0, nodes->count ? nodes->item[0].at : at,
                           flow);
    }
    compose(composer, nodes, note->scope, flow);
    composer->note = 0;
    return flow_box(flow, "footnote");
}

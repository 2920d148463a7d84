/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "●●○ Moderate confidence": a paragraph that begins with dots is a line in the label
 * style behind small drawn dots, as they stand beside incidents. */
#include "block/prose.h"
#include "block/walk.h"

static const double DOT = 2, PITCH = 5.8, OUTLINE = 0.7, BEHIND_DOTS = 3.4,
                    ABOVE_BASELINE = 2.25, ABOVE_NASTALIQ_BASELINE = 2.65;
enum { MOST_DOTS = 10, DOT_BYTES = 3 };

struct dots {
    int count;
    bool filled[MOST_DOTS];
    bool mirrored;
    double y;
    struct colour colour;
};

static bool is_dot(struct slice text, bool *filled)
{
    *filled = slice_starts_with(text, "\xe2\x97\x8f");
    return *filled || slice_starts_with(text, "\xe2\x97\x8b");
}

bool is_confidence_line(struct slice text)
{
    bool filled;
    return is_dot(slice_trim(text), &filled);
}

static void draw_dots(const struct box *box, cairo_t *cairo)
{
    const struct dots *dots = box->content;
    for (int i = 0; i < dots->count; i++) {
        double x = DOT + i * PITCH, line = dots->filled[i] ? 0 : OUTLINE;
        cairo_new_path(cairo);
        circle_path(cairo, dots->mirrored ? box->width - x : x, dots->y,
                    DOT - line / 2);
        set_colour(cairo, dots->colour);
        if (dots->filled[i]) {
            cairo_fill(cairo);
        } else {
            cairo_set_line_width(cairo, OUTLINE);
            stroke_path(cairo);
        }
    }
}

static struct slice behind_spaces(struct slice text)
{
    while (text.size && (text.data[0] == ' ' || text.data[0] == '\n'))
        text = slice_from(text, 1);
    return text;
}

/* Takes the dots off the spans' beginning; the words behind them stay. */
static void take_dots(struct dots *dots, struct span *span, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool filled;
        span[i].text = behind_spaces(span[i].text);
        while (dots->count < MOST_DOTS && is_dot(span[i].text, &filled)) {
            dots->filled[dots->count++] = filled;
            span[i].text = slice_from(span[i].text, DOT_BYTES);
        }
        span[i].text = behind_spaces(span[i].text);
        if (span[i].text.size)
            return;
    }
}

static struct box *dots_box(const struct composer *composer, struct dots *dots,
                            const struct text_style *style)
{
    const struct chart_context *chart = &composer->context->chart;
    dots->mirrored = typesetter_direction(chart->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    dots->colour = chart->theme->colour[COLOUR_SECONDARY];
    dots->y = first_baseline(style, dots->mirrored) -
              (dots->mirrored ? ABOVE_NASTALIQ_BASELINE : ABOVE_BASELINE);
    struct box *box =
        box_new(chart->arena, "dots", dots->count * PITCH + BEHIND_DOTS, 2 * DOT);
    box->role = ROLE_ARTIFACT;
    box->draw = draw_dots;
    box->content = dots;
    return box;
}

struct box *confidence_box(const struct composer *composer, const struct node *node,
                           const struct scope *scope, double width)
{
    const struct chart_context *chart = &composer->context->chart;
    const struct text_style *style = &chart->theme->text[TEXT_CARD_NOTE];
    const struct span *found;
    struct dots *dots = ARENA_NEW(chart->arena, struct dots);
    size_t count = inline_spans(&node->inlines, scope, chart->theme, style, &found);
    struct span *span = arena_copy(chart->arena, found, count * sizeof *span);
    take_dots(dots, span, count);
    struct paragraph paragraph = {.span_count = count, .span = span};
    struct box *cell[2] = {dots_box(composer, dots, style), NULL};
    const double cells[2] = {cell[0]->width, width - cell[0]->width};
    cell[1] = typeset_paragraph(chart->typesetter, &paragraph, cells[1]);
    cell[1]->role = ROLE_NONE;
    struct box *box = row_box(chart->arena, cell, cells, 2, 0, dots->mirrored);
    box->name = "confidence";
    box->room_above = cell[1]->room_above;
    box->role = ROLE_P;
    box->text = inline_text(&node->inlines, scope);
    return box;
}

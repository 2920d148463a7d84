/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Free room on a map: where keys and the scale bar stand. */
#include "map/sheet.h"

#include <math.h>

static const double CLEAR = 4, SLIDE = 6, GAP_BELOW = 6;
static const double BAR_SHARE = 0.22, BAR_TICK = 3, BAR_LINE = 0.6;

struct point sheet_point(const struct sheet *sheet, struct degrees at)
{
    struct point point = base_map_point(sheet->base, at);
    return (struct point){point.x + sheet->offset.x, point.y + sheet->offset.y};
}

static bool touch(const struct frame *a, const struct frame *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom &&
           b->top < a->bottom;
}

static bool circle_touches(struct point centre, double radius,
                           const struct frame *frame)
{
    double x = fmax(frame->left, fmin(centre.x, frame->right));
    double y = fmax(frame->top, fmin(centre.y, frame->bottom));
    return hypot(centre.x - x, centre.y - y) < radius;
}

static bool touches_symbols(const struct symbol *symbol, size_t count,
                            const struct frame *frame)
{
    for (size_t i = 0; i < count; i++) {
        if (circle_touches(symbol[i].centre, symbol[i].radius + 1, frame))
            return true;
    }
    return false;
}

bool sheet_is_free(const struct sheet *sheet, struct frame frame, bool over_land)
{
    struct frame on_base = {frame.left - sheet->offset.x, frame.top - sheet->offset.y,
                            frame.right - sheet->offset.x,
                            frame.bottom - sheet->offset.y};
    if (frame.left < -0.01 || frame.top < -0.01 ||
        frame.right > sheet->plot.width + 0.01 ||
        frame.bottom > sheet->plot.height + 0.01)
        return false;
    for (size_t i = 0; i < sheet->taken_count; i++) {
        if (touch(&sheet->taken[i], &frame))
            return false;
    }
    if (touches_symbols(sheet->symbol, sheet->symbol_count, &frame) ||
        touches_symbols(sheet->inset.symbol, sheet->inset.symbol_count, &frame))
        return false;
    if (!raster_is_empty(&sheet->dots, frame))
        return false;
    return over_land || raster_is_empty(&sheet->base->raster, on_base);
}

void sheet_take(struct sheet *sheet, struct frame frame)
{
    *ARENA_APPEND(sheet->plot.context->arena, sheet->taken, sheet->taken_count,
                  sheet->taken_capacity) = frame;
}

static struct frame at_corner(const struct sheet *sheet, enum corner corner,
                              double width, double height, double away)
{
    bool left = corner == BOTTOM_LEFT || corner == TOP_LEFT;
    bool top = corner == TOP_LEFT || corner == TOP_RIGHT;
    double x = left ? away : sheet->plot.width - width - away;
    double y = top ? 0 : sheet->plot.height - height;
    return (struct frame){x, y, x + width, y + height};
}

static struct frame grown(struct frame frame)
{
    return (struct frame){frame.left - CLEAR, frame.top - CLEAR, frame.right + CLEAR,
                          frame.bottom + CLEAR};
}

static bool corner_is_free(const struct sheet *sheet, struct frame frame)
{
    struct frame with_margin = grown(frame);
    with_margin.left = fmax(with_margin.left, 0);
    with_margin.top = fmax(with_margin.top, 0);
    with_margin.right = fmin(with_margin.right, sheet->plot.width);
    with_margin.bottom = fmin(with_margin.bottom, sheet->plot.height);
    return frame.left >= 0 && frame.right <= sheet->plot.width &&
           sheet_is_free(sheet, with_margin, false);
}

bool sheet_find_corner(struct sheet *sheet, double width, double height,
                       enum corner first, struct frame *out)
{
    enum { CORNERS = 4 };
    for (int i = 0; i < CORNERS; i++) {
        enum corner corner = (enum corner)(((int)first + i) % CORNERS);
        for (double away = 0; away + width <= sheet->plot.width / 2; away += SLIDE) {
            *out = at_corner(sheet, corner, width, height, away);
            if (!corner_is_free(sheet, *out))
                continue;
            sheet_take(sheet, grown(*out));
            return true;
        }
    }
    return false;
}

struct frame sheet_corner(struct sheet *sheet, double width, double height,
                          enum corner first)
{
    struct frame frame;
    if (sheet_find_corner(sheet, width, height, first, &frame))
        return frame;
    sheet->plot.height += height + GAP_BELOW;
    frame = at_corner(sheet, first, width, height, 0);
    sheet_take(sheet, frame);
    return frame;
}

/* -- Scale bar ------------------------------------------------------------------------------ */

static double round_length(double kilometres)
{
    double power = pow(10, floor(log10(kilometres)));
    double part = kilometres / power;
    return power * (part >= 5 ? 5 : part >= 2 ? 2 : 1);
}

void sheet_scale_bar(struct sheet *sheet)
{
    struct plot *plot = &sheet->plot;
    if (!extent_has_a_scale(sheet->data->boundaries->extent))
        return; /* no length is true all over it */
    double most = sheet->base->width * BAR_SHARE / sheet->base->scale / 1000;
    double kilometres = round_length(most);
    double length = kilometres * 1000 * sheet->base->scale;
    const struct phrase_part number = {"number", sheet_number(sheet, kilometres)};
    const struct label *label = plot_measure(
        plot, print_words(plot, "map.kilometres", kilometres, &number, 1), TEXT_SOURCE);
    double width = fmax(length, label->width);
    struct frame at =
        sheet_corner(sheet, width, label->height + BAR_TICK + 2, BOTTOM_LEFT);
    struct colour line = plot_colour(plot, COLOUR_TERTIARY);
    double y = at.bottom - BAR_LINE, end = at.left + length;
    plot_segment(plot, at.left, y, end, y, BAR_LINE, line);
    plot_segment(plot, at.left, y - BAR_TICK, at.left, y, BAR_LINE, line);
    plot_segment(plot, end, y - BAR_TICK, end, y, BAR_LINE, line);
    struct label_request *request =
        plot_place(plot, label, at.left, at.top + label->ascent, 0);
    request->is_fixed = request->is_tick = true;
    request->importance = 85;
}

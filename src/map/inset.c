/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small inset: the part of the map where circles crowd, larger, in a free corner.
 * Circles keep their size there, so that they come apart; names of the places in it
 * stand in the inset where they fit, else on the map. */
#include "map/sheet.h"

#include <math.h>

static const double SHARE[] = {0.37, 0.31, 0.26}; /* of the width, largest first */
static const double LARGER = 2.3, FRAME_LINE = 0.5;
enum { CROWDED = 3 }; /* pairs of circles that overlap */

static bool is_in(const struct frame *frame, struct point at, double margin)
{
    return at.x >= frame->left + margin && at.x <= frame->right - margin &&
           at.y >= frame->top + margin && at.y <= frame->bottom - margin;
}

static struct frame window_round(struct point centre, double side)
{
    return (struct frame){centre.x - side / 2, centre.y - side / 2, centre.x + side / 2,
                          centre.y + side / 2};
}

static size_t pairs_in(const struct sheet *sheet, const struct frame *window)
{
    size_t pairs = 0;
    for (size_t i = 0; i < sheet->symbol_count; i++) {
        const struct symbol *a = &sheet->symbol[i];
        for (size_t j = 0; j < i && is_in(window, a->centre, 0); j++) {
            const struct symbol *b = &sheet->symbol[j];
            pairs += is_in(window, b->centre, 0) &&
                     hypot(a->centre.x - b->centre.x, a->centre.y - b->centre.y) <
                         a->radius + b->radius;
        }
    }
    return pairs;
}

/* The window round a circle in which most overlap. */
static bool find_window(const struct sheet *sheet, double side, struct frame *out)
{
    enum { SEARCHED = 300 };
    size_t most = CROWDED - 1;
    for (size_t i = 0; i < sheet->symbol_count && i < SEARCHED; i++) {
        struct frame window = window_round(sheet->symbol[i].centre, side);
        size_t pairs = pairs_in(sheet, &window);
        if (pairs <= most)
            continue;
        most = pairs;
        *out = window;
    }
    return most >= CROWDED;
}

/* The same land at a larger scale, cut to the frame when it is drawn. */
static struct base_map *larger_land(const struct sheet *sheet,
                                    const struct frame *window, double side)
{
    struct arena *arena = sheet->plot.context->arena;
    const struct boundaries *boundaries = sheet->data->boundaries;
    struct base_map paper = *sheet->base;
    paper.scale *= LARGER;
    paper.west_north.x += (window->left - sheet->offset.x) / sheet->base->scale;
    paper.west_north.y -= (window->top - sheet->offset.y) / sheet->base->scale;
    paper.width = paper.height = side;
    bool *is_drawn = ARENA_ARRAY(arena, bool, boundaries->unit_count);
    for (size_t i = 0; i < boundaries->unit_count; i++)
        is_drawn[i] = sheet->base->first_outline[i + 1] > sheet->base->first_outline[i];
    const struct base_request request = {.boundaries = boundaries,
                                         .projection = sheet->base->projection,
                                         .is_drawn = is_drawn,
                                         .width = side,
                                         .height = side,
                                         .onto = &paper};
    return base_map_new(&request, arena);
}

static void frame_mark(struct plot *plot, struct frame at)
{
    struct mark *mark = plot_rectangle(plot, at, (struct colour){0});
    mark->stroke = plot_colour(plot, COLOUR_TERTIARY);
    mark->line_width = FRAME_LINE;
}

/* What the inset shows stays open to labels, its lines don't. */
static void mark_window(struct sheet *sheet, struct frame at)
{
    const struct point corner[] = {{at.left, at.top},
                                   {at.right, at.top},
                                   {at.right, at.bottom},
                                   {at.left, at.bottom}};
    struct plot *plot = &sheet->plot;
    for (size_t i = 0; i < 4; i++) {
        struct point a = corner[i], b = corner[(i + 1) % 4];
        plot_segment(plot, a.x, a.y, b.x, b.y, FRAME_LINE,
                     plot_colour(plot, COLOUR_TERTIARY));
        sheet_take(sheet, (struct frame){fmin(a.x, b.x) - FRAME_LINE,
                                         fmin(a.y, b.y) - FRAME_LINE,
                                         fmax(a.x, b.x) + FRAME_LINE,
                                         fmax(a.y, b.y) + FRAME_LINE});
    }
}

static void add_symbols(struct sheet *sheet)
{
    struct inset *inset = &sheet->inset;
    struct plot *plot = &sheet->plot;
    inset->symbol =
        ARENA_ARRAY(plot->context->arena, struct symbol, sheet->symbol_count);
    for (size_t i = 0; i < sheet->symbol_count; i++) {
        struct symbol symbol = sheet->symbol[i];
        symbol.centre.x =
            inset->frame.left + (symbol.centre.x - inset->window.left) * LARGER;
        symbol.centre.y =
            inset->frame.top + (symbol.centre.y - inset->window.top) * LARGER;
        if (!is_in(&inset->frame, symbol.centre, symbol.radius))
            continue;
        symbol.mark = (long)plot->mark_count;
        struct mark like = plot->mark[sheet->symbol[i].mark];
        plot_circle(plot, symbol.centre, symbol.radius, like.fill, like.stroke,
                    like.line_width);
        inset->symbol[inset->symbol_count++] = symbol;
    }
}

/* The largest that finds a free corner. */
static bool find_room(struct sheet *sheet)
{
    struct inset *inset = &sheet->inset;
    bool is_crowded = false;
    for (size_t i = 0; i < sizeof SHARE / sizeof *SHARE; i++) {
        double side = sheet->plot.width * SHARE[i];
        bool found = find_window(sheet, side / LARGER, &inset->window);
        is_crowded |= found;
        if (found && sheet_find_corner(sheet, side, side, TOP_LEFT, &inset->frame))
            return true;
    }
    const struct chart_context *context = sheet->plot.context;
    if (is_crowded)
        diags_note(context->diags, context->at, "L203",
                   "inset left out of the map \"%.*s\": no corner is free; less "
                   "`height` makes room beside the land",
                   SLICE_PRINT(sheet->options->title));
    return false;
}

void inset_lay(struct sheet *sheet)
{
    struct inset *inset = &sheet->inset;
    if (!find_room(sheet))
        return;
    sheet->taken_count--; /* its own names are placed in it first */
    inset->base =
        larger_land(sheet, &inset->window, inset->frame.right - inset->frame.left);
    inset->mark = (long)sheet->plot.mark_count;
    frame_mark(&sheet->plot, inset->frame);
    mark_window(sheet, inset->window);
    add_symbols(sheet);
}

void inset_close(struct sheet *sheet)
{
    if (sheet->inset.base)
        sheet_take(sheet, sheet->inset.frame);
}

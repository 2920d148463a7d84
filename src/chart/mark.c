/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marks: points on paper, and nothing known of data. All stays vector. */
#include "chart/plot.h"

#include <math.h>

static const double HATCH_STEP = 3, HATCH_LINE = 0.4;
/* Radius of a point without neighbours, in widths of its line. */
static const double ALONE = 0.75;

static struct mark *add_mark(struct plot *plot, enum mark_shape shape)
{
    struct mark *mark = ARENA_APPEND(plot->context->arena, plot->mark, plot->mark_count,
                                     plot->mark_capacity);
    *mark = (struct mark){.shape = shape, .layer = LAYER_MARK};
    return mark;
}

/* Corners in order, and finite: what isn't known isn't drawn. */
static struct frame sane_frame(struct frame at)
{
    if (!isfinite(at.left) || !isfinite(at.right) || !isfinite(at.top) ||
        !isfinite(at.bottom))
        return (struct frame){0};
    return (struct frame){fmin(at.left, at.right), fmin(at.top, at.bottom),
                          fmax(at.left, at.right), fmax(at.top, at.bottom)};
}

struct mark *plot_rectangle(struct plot *plot, struct frame at, struct colour fill)
{
    struct mark *mark = add_mark(plot, MARK_RECTANGLE);
    mark->at = sane_frame(at);
    mark->fill = fill;
    mark->is_obstacle = true;
    return mark;
}

static struct mark *add_points(struct plot *plot, enum mark_shape shape,
                               const struct point *point, size_t count)
{
    struct mark *mark = add_mark(plot, shape);
    mark->point = arena_copy(plot->context->arena, point, count * sizeof *point);
    mark->count = count;
    return mark;
}

struct mark *plot_line(struct plot *plot, const struct point *point, size_t count,
                       double line_width, struct colour stroke)
{
    struct mark *mark = add_points(plot, MARK_LINE, point, count);
    mark->stroke = stroke;
    mark->line_width = line_width;
    mark->is_obstacle = true;
    return mark;
}

static bool is_known(struct point point)
{
    return isfinite(point.x) && isfinite(point.y);
}

void plot_trace(struct plot *plot, const struct point *point, size_t count,
                double line_width, struct colour stroke)
{
    plot_line(plot, point, count, line_width, stroke);
    for (size_t i = 0; i < count; i++) {
        bool is_alone = is_known(point[i]) && (i == 0 || !is_known(point[i - 1])) &&
                        (i + 1 == count || !is_known(point[i + 1]));
        if (is_alone)
            plot_circle(plot, point[i], ALONE * line_width, stroke, (struct colour){0},
                        0);
    }
}

struct mark *plot_area(struct plot *plot, const struct point *point, size_t count,
                       struct colour fill)
{
    struct mark *mark = add_points(plot, MARK_AREA, point, count);
    mark->fill = fill;
    mark->is_obstacle = true;
    return mark;
}

struct mark *plot_circle(struct plot *plot, struct point centre, double radius,
                         struct colour fill, struct colour stroke, double line_width)
{
    struct mark *mark = add_mark(plot, MARK_CIRCLE);
    bool is_known = isfinite(centre.x) && isfinite(centre.y) && isfinite(radius);
    mark->centre = is_known ? centre : (struct point){0, 0};
    mark->radius = is_known ? radius : 0;
    mark->fill = fill;
    mark->stroke = stroke;
    mark->line_width = line_width;
    mark->is_obstacle = true;
    return mark;
}

struct mark *plot_segment(struct plot *plot, double x1, double y1, double x2, double y2,
                          double line_width, struct colour stroke)
{
    const struct point ends[] = {{x1, y1}, {x2, y2}};
    return plot_line(plot, ends, 2, line_width, stroke);
}

/* -- Drawing ----------------------------------------------------------------------- */

static void trace_points(const struct mark *mark, cairo_t *cairo)
{
    bool drawing = false;
    for (size_t i = 0; i < mark->count; i++) {
        struct point point = mark->point[i];
        if (!isfinite(point.x) || !isfinite(point.y)) {
            drawing = false; /* a gap is a gap */
            continue;
        }
        if (drawing)
            cairo_line_to(cairo, point.x, point.y);
        else
            cairo_move_to(cairo, point.x, point.y);
        drawing = true;
    }
}

/* Lines at 45° through the rectangle, each cut to it. */
static void trace_hatch(const struct mark *mark, cairo_t *cairo)
{
    const struct frame *at = &mark->at;
    double first = at->left + at->top, last = at->right + at->bottom;
    for (double sum = ceil(first / HATCH_STEP) * HATCH_STEP; sum < last;
         sum += HATCH_STEP) {
        double x = fmax(at->left, sum - at->bottom);
        double end = fmin(at->right, sum - at->top);
        cairo_move_to(cairo, x, sum - x);
        cairo_line_to(cairo, end, sum - end);
    }
}

static void trace_circle(const struct mark *mark, cairo_t *cairo)
{
    circle_path(cairo, mark->centre.x, mark->centre.y, mark->radius);
}

static void trace(const struct mark *mark, cairo_t *cairo)
{
    cairo_new_path(cairo);
    switch (mark->shape) {
    case MARK_RECTANGLE:
        cairo_rectangle(cairo, mark->at.left, mark->at.top,
                        mark->at.right - mark->at.left, mark->at.bottom - mark->at.top);
        break;
    case MARK_CIRCLE:
        for (const struct mark *each = mark; each; each = each->next)
            trace_circle(each, cairo);
        break;
    case MARK_HATCH: trace_hatch(mark, cairo); break;
    case MARK_LINE: trace_points(mark, cairo); break;
    case MARK_AREA:
        trace_points(mark, cairo);
        cairo_close_path(cairo);
        break;
    }
}

static void set_pen(const struct mark *mark, cairo_t *cairo)
{
    const double dash[] = {mark->dash_on, mark->dash_off};
    cairo_set_dash(cairo, dash, mark->dash_on > 0 ? 2 : 0, 0);
    cairo_set_line_width(cairo,
                         mark->shape == MARK_HATCH ? HATCH_LINE : mark->line_width);
    cairo_set_line_join(cairo, mark->shape == MARK_RECTANGLE ? CAIRO_LINE_JOIN_MITER
                                                             : CAIRO_LINE_JOIN_ROUND);
}

/* The touch of a round pen, which takes a PDF a quarter of the numbers of four curves. */
static void draw_dots(const struct mark *mark, cairo_t *cairo)
{
    cairo_new_path(cairo);
    for (const struct mark *each = mark; each; each = each->next) {
        cairo_move_to(cairo, each->centre.x, each->centre.y);
        cairo_line_to(cairo, each->centre.x, each->centre.y);
    }
    cairo_set_line_width(cairo, 2 * mark->radius);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    stroke_path(cairo);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

static void fill(const struct mark *mark, cairo_t *cairo)
{
    set_colour(cairo, mark->fill);
    if (mark->shape == MARK_CIRCLE) {
        draw_dots(mark, cairo);
        return;
    }
    trace(mark, cairo);
    cairo_fill(cairo);
}

void mark_draw(const struct mark *mark, cairo_t *cairo)
{
    if (mark->is_joined)
        return;
    if (mark->fill.alpha > 0)
        fill(mark, cairo);
    if (mark->stroke.alpha > 0) {
        set_colour(cairo, mark->stroke);
        set_pen(mark, cairo);
        trace(mark, cairo);
        stroke_path(cairo);
        cairo_set_dash(cairo, NULL, 0, 0);
    }
    cairo_new_path(cairo);
}

void mark_flip(struct mark *mark, double width)
{
    double left = mark->at.left;
    mark->at.left = width - mark->at.right;
    mark->at.right = width - left;
    mark->centre.x = width - mark->centre.x;
    for (size_t i = 0; i < mark->count; i++)
        mark->point[i].x = width - mark->point[i].x;
}

bool area_holds(const struct mark *area, struct point at)
{
    bool is_inside = false;
    for (size_t i = 0, j = area->count - 1; i < area->count; j = i++) {
        struct point a = area->point[i], b = area->point[j];
        if ((a.y > at.y) != (b.y > at.y) &&
            at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x))
            is_inside = !is_inside;
    }
    return is_inside;
}

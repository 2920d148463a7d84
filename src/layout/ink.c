/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far apart lines must stand for their ink not to touch. Nastaliq slopes: what one
 * word hangs down often meets nothing of the line below, whose heights alone would part
 * them by half as much again. So lines are compared column by column, by the outlines
 * that will be drawn. */
#include "layout/typesetter.h"

#include <math.h>

/* Between inks, and how wide the columns are. */
static const double CLEAR = 1.2, COLUMN = 1;
enum { MOST_COLUMNS = 1000 };

/* Without edges: of a picture, cairo leaves out the letters that stand outside it. */
cairo_t *outline_canvas(void)
{
    cairo_surface_t *surface =
        cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    cairo_t *cairo = cairo_create(surface);
    cairo_surface_destroy(surface);
    return cairo;
}

/* How far ink reaches in each column, downwards from the baseline: the lowest there is,
 * or the highest. */
struct skyline {
    double left;
    size_t count;
    double *reach;
    bool is_lowest;
};

static void reach_to(struct skyline *skyline, double column, double y)
{
    if (column < 0 || column >= (double)skyline->count)
        return;
    double *reach = &skyline->reach[(size_t)column];
    *reach = skyline->is_lowest ? fmax(*reach, y) : fmin(*reach, y);
}

/* An edge reaches as far as its ends in each column that it passes. */
static void add_edge(double x1, double y1, double x2, double y2, void *context)
{
    struct skyline *skyline = context;
    if (x1 > x2) {
        add_edge(x2, y2, x1, y1, skyline);
        return;
    }
    double first = floor((x1 - skyline->left) / COLUMN);
    double last = floor((x2 - skyline->left) / COLUMN);
    double slope = x2 > x1 ? (y2 - y1) / (x2 - x1) : 0;
    for (double column = fmax(first, 0); column <= last; column++) {
        if (column >= (double)skyline->count)
            return;
        double from = fmax(x1, skyline->left + column * COLUMN);
        double to = fmin(x2, skyline->left + (column + 1) * COLUMN);
        reach_to(skyline, column, y1 + (from - x1) * slope);
        reach_to(skyline, column, column < last ? y1 + (to - x1) * slope : y2);
    }
}

void path_edges(const cairo_path_t *path, edge_fn *take, void *context)
{
    double x = 0, y = 0, start_x = 0, start_y = 0;
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        bool closes = data->header.type == CAIRO_PATH_CLOSE_PATH;
        double to_x = closes ? start_x : data[1].point.x;
        double to_y = closes ? start_y : data[1].point.y;
        if (data->header.type == CAIRO_PATH_MOVE_TO) {
            start_x = to_x;
            start_y = to_y;
        } else {
            take(x, y, to_x, to_y, context);
        }
        x = to_x;
        y = to_y;
    }
}

static void add_line(struct skyline *skyline, cairo_t *cairo,
                     const struct set_line *line, double x)
{
    cairo_new_path(cairo);
    for (size_t i = 0; i < line->run_count; i++) {
        trace_run(cairo, &line->run[i], x, 0);
        x += line->run[i].width;
    }
    cairo_path_t *path = cairo_copy_path_flat(cairo);
    path_edges(path, add_edge, skyline);
    cairo_path_destroy(path);
}

/* The most that a column, or its neighbours, need. */
static double widest_need(const struct skyline *upper, const struct skyline *lower)
{
    double need = -INFINITY;
    for (size_t i = 0; i < upper->count; i++) {
        size_t first = i ? i - 1 : 0, last = i + 1 < upper->count ? i + 1 : i;
        for (size_t j = first; j <= last; j++)
            need = fmax(need, upper->reach[i] - lower->reach[j]);
    }
    return need;
}

static double measured_need(const struct set_line *upper, double upper_x,
                            const struct set_line *lower, double lower_x, double left,
                            double right)
{
    double low[MOST_COLUMNS], high[MOST_COLUMNS];
    size_t count = (size_t)fmin(ceil((right - left) / COLUMN), MOST_COLUMNS);
    struct skyline above = {left, count, low, true}, below = {left, count, high, false};
    for (size_t i = 0; i < count; i++) {
        low[i] = -INFINITY;
        high[i] = INFINITY;
    }
    cairo_t *cairo = outline_canvas();
    add_line(&above, cairo, upper, upper_x);
    add_line(&below, cairo, lower, lower_x);
    cairo_destroy(cairo);
    return widest_need(&above, &below);
}

double lines_drop(const struct set_line *upper, double upper_x,
                  const struct set_line *lower, double lower_x, double drop)
{
    if (!upper->has_arabic && !lower->has_arabic)
        return drop; /* Latin keeps within its leading */
    struct ink above = line_ink(upper), below = line_ink(lower);
    double left = fmax(upper_x + above.left, lower_x + below.left) - COLUMN;
    double right = fmin(upper_x + above.right, lower_x + below.right) + COLUMN;
    if (right <= left || above.below + below.above + CLEAR <= drop)
        return drop;
    return fmax(drop,
                measured_need(upper, upper_x, lower, lower_x, left, right) + CLEAR);
}

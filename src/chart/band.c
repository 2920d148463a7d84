/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The range to be expected, or that a value lies in, as an area behind a line. */
#include "chart/plot.h"

#include <math.h>

static void add_stretch(struct plot *plot, const double *low, const double *high,
                        size_t from, size_t to, struct colour fill)
{
    size_t used = 0;
    struct point *edge =
        ARENA_ARRAY(plot->context->arena, struct point, 2 * (to - from) + 1);
    for (size_t i = from; i < to; i++)
        edge[used++] =
            (struct point){position_x(plot, i), scale_map(&plot->y, high[i])};
    for (size_t i = to; i-- > from;)
        edge[used++] = (struct point){
            position_x(plot, i), fmin(scale_map(&plot->y, low[i]), plot->frame.bottom)};
    if (used > 2)
        plot_area(plot, edge, used, fill)->layer = LAYER_GUIDE;
}

void plot_band(struct plot *plot, const double *low, const double *high,
               struct colour fill)
{
    size_t count = plot->data->count;
    for (size_t from = 0; from < count;) {
        size_t to = from;
        while (to < count && isfinite(low[to]) && isfinite(high[to]))
            to++;
        add_stretch(plot, low, high, from, to, fill);
        from = to + 1;
    }
}

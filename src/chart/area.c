/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Area: amounts over time from the baseline up, one or several on each other. */
#include "chart/plot.h"

#include <math.h>

static const double EDGE = 1.9, GAP = 0.8, UNFINISHED = 0.55, OVERHANG = 4.5;

struct layers {
    size_t count; /* of positions */
    double *base, *top;
};

static double amount(const struct plot *plot, size_t series, size_t i)
{
    double value = plot->data->series[series].value[i];
    return isfinite(value) ? fmax(value, 0) : 0;
}

/* Unknown where no series is known, or nothing of those that had any rows. */
static bool is_known(const struct plot *plot, size_t i)
{
    if (plot->data->state && plot->data->state[i] == POINT_UNKNOWN)
        return false;
    for (size_t s = 0; s < plot->data->series_count; s++) {
        if (isfinite(plot->data->series[s].value[i]))
            return true;
    }
    return false;
}

static double whole(const struct plot *plot, size_t i)
{
    double sum = 0;
    for (size_t s = 0; s < plot->data->series_count; s++)
        sum += amount(plot, s, i);
    return sum;
}

static void add_run(struct plot *plot, const struct layers *layers, size_t from,
                    size_t to, struct colour fill)
{
    size_t used = 0;
    struct point *edge =
        ARENA_ARRAY(plot->context->arena, struct point, 2 * (to - from) + 2);
    for (size_t i = from; i < to; i++)
        edge[used++] =
            (struct point){position_x(plot, i), scale_map(&plot->y, layers->top[i])};
    for (size_t i = to; i-- > from;)
        edge[used++] =
            (struct point){position_x(plot, i), scale_map(&plot->y, layers->base[i])};
    plot_area(plot, edge, used, fill);
}

/* A single known position between unknown ones still shows: as a thin column. */
static void add_alone(struct plot *plot, const struct layers *layers, size_t i,
                      struct colour fill)
{
    double x = position_x(plot, i);
    plot_rectangle(plot,
                   (struct frame){x - 0.8, scale_map(&plot->y, layers->top[i]), x + 0.8,
                                  scale_map(&plot->y, layers->base[i])},
                   fill);
}

static void draw_layer(struct plot *plot, const struct layers *layers,
                       struct colour fill)
{
    struct colour pale =
        mixed_colour(fill, plot_colour(plot, COLOUR_PAPER), UNFINISHED);
    size_t complete = layers->count;
    while (complete && plot_is_provisional(plot, complete - 1))
        complete--;
    for (size_t from = 0; from < layers->count;) {
        size_t to = from;
        while (to < layers->count && is_known(plot, to))
            to++;
        size_t end = to < complete ? to : complete;
        if (end > from + 1)
            add_run(plot, layers, from, end, fill);
        if (to > complete && to > from + 1)
            add_run(plot, layers, complete > from ? complete - 1 : from, to, pale);
        if (to == from + 1)
            add_alone(plot, layers, from, to > complete ? pale : fill);
        from = to + 1;
    }
}

static void draw_edge(struct plot *plot, const struct layers *layers, double line_width,
                      struct colour colour)
{
    struct point *point =
        ARENA_ARRAY(plot->context->arena, struct point, layers->count + 1);
    for (size_t i = 0; i < layers->count; i++)
        point[i] = (struct point){
            position_x(plot, i),
            is_known(plot, i) ? scale_map(&plot->y, layers->top[i]) : NAN};
    plot_line(plot, point, layers->count, line_width, colour);
}

static void draw_layers(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    struct arena *arena = plot->context->arena;
    struct layers layers = {.count = data->count,
                            .base = ARENA_ARRAY(arena, double, data->count + 1),
                            .top = ARENA_ARRAY(arena, double, data->count + 1)};
    bool is_single = data->series_count == 1;
    for (size_t s = 0; s < data->series_count; s++) {
        for (size_t i = 0; i < data->count; i++) {
            double unit = chart_divides(data) ? whole(plot, i) : 1;
            layers.base[i] = layers.top[i];
            layers.top[i] += unit > 0 ? amount(plot, s, i) / unit : 0;
        }
        struct colour fill =
            is_single ? tone_light_colour(plot->context->theme, data->series[0].tone)
                      : series_colour(plot, s);
        draw_layer(plot, &layers, fill);
        if (is_single)
            draw_edge(plot, &layers, EDGE, series_colour(plot, s));
        else if (s + 1 < data->series_count)
            draw_edge(plot, &layers, GAP, plot_colour(plot, COLOUR_PAPER));
    }
}

static void annotate(struct plot *plot)
{
    for (size_t i = 0; i < plot->data->note_count; i++) {
        const struct chart_note *note = &plot->data->note[i];
        if (note->position >= plot->data->count || !is_known(plot, note->position))
            continue;
        double total = chart_divides(plot->data) ? 1 : whole(plot, note->position);
        struct point at = {position_x(plot, note->position),
                           scale_map(&plot->y, total)};
        plot_note(plot, note, at, 1)->side = SIDE_ABOVE;
    }
}

/* Less than nothing can't be stacked: such series are lines. */
static bool can_stack(const struct plot *plot)
{
    for (size_t s = 0; s < plot->data->series_count; s++) {
        for (size_t i = 0; i < plot->data->count; i++) {
            if (plot->data->series[s].value[i] < 0)
                return false;
        }
    }
    return true;
}

static void lay_area(struct plot *plot)
{
    if (!can_stack(plot)) {
        chart_kind_find(SLICE_LITERAL("line"))->lay(plot);
        return;
    }
    double highest = 0;
    for (size_t i = 0; i < plot->data->count; i++)
        highest = fmax(highest, whole(plot, i));
    plot->overhang = OVERHANG;
    plot->frame.right = plot->width - OVERHANG;
    axis_foot(plot);
    plot_key(plot);
    axis_values(plot, 0, chart_divides(plot->data) ? 1 : highest, false);
    axis_time(plot, false);
    draw_layers(plot);
    annotate(plot);
}

const struct chart_kind chart_area = {
    .name = "area",
    .help = "amounts over time, one or several on each other, or their shares",
    .needs = NEEDS_TIME | PARTS_OF_WHOLE,
    .height_pt = 150,
    .lay = lay_area,
};

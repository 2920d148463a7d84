/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scatter: each incident a circle at two numbers, usually longitude and latitude; area
 * by size, colour by group, the largest drawn first. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>

static const double POINT = 2.4, LARGEST = 11, SMALLEST = 1.2, OPACITY = 0.6;
static const double STROKE = 0.6, MARGIN_SHARE = 0.04, KEY_GAP = 8, COVERED = 0.4;
enum { MOST_LABELS = 6, MOST_GROUPS = THEME_CATEGORICAL };

struct sized {
    double radius;
    size_t index;
};

static int compare_sized(const void *a, const void *b)
{
    const struct sized *left = a, *right = b;
    if (left->radius != right->radius)
        return left->radius > right->radius ? -1 : 1;
    return left->index < right->index ? -1 : 1;
}

static double largest_size(const struct chart_data *data)
{
    double largest = 0;
    for (size_t i = 0; i < data->point_count; i++) {
        double size = data->point[i].size;
        if (isfinite(size) && size > largest)
            largest = size;
    }
    return largest;
}

/* All alike where no size tells them apart. */
static double radius_of(double size, double largest)
{
    if (!(largest > 0))
        return POINT;
    if (!isfinite(size) || size <= 0)
        return SMALLEST;
    return fmax(SMALLEST, LARGEST * sqrt(size / largest));
}

/* All circles together cover at most a part of the plot. */
static void shrink_crowd(const struct plot *plot, struct sized *sized)
{
    double area = 0, width = plot->frame.right - plot->frame.left;
    double room = COVERED * width * (plot->frame.bottom - plot->frame.top);
    for (size_t i = 0; i < plot->data->point_count; i++)
        area += 3.14159 * sized[i].radius * sized[i].radius;
    double factor = area > room && room > 0 ? sqrt(room / area) : 1;
    for (size_t i = 0; i < plot->data->point_count; i++)
        sized[i].radius = fmax(sized[i].radius * factor, SMALLEST / 2);
}

static struct sized *sort_points(const struct plot *plot)
{
    const struct chart_data *data = plot->data;
    double largest = largest_size(data);
    struct sized *sized =
        ARENA_ARRAY(plot->context->arena, struct sized, data->point_count);
    for (size_t i = 0; i < data->point_count; i++)
        sized[i] = (struct sized){radius_of(data->point[i].size, largest), i};
    shrink_crowd(plot, sized);
    qsort(sized, data->point_count, sizeof *sized, compare_sized);
    return sized;
}

static void domain_of(const struct chart_data *data, struct scale *x, struct scale *y)
{
    *x = *y = scale_nothing();
    for (size_t i = 0; i < data->point_count; i++) {
        scale_include(x, &data->point[i].x, 1);
        scale_include(y, &data->point[i].y, 1);
    }
    double dx = (x->high - x->low) * MARGIN_SHARE;
    double dy = (y->high - y->low) * MARGIN_SHARE;
    if (isfinite(dx) && isfinite(dy)) {
        x->low -= dx;
        x->high += dx;
        y->low -= dy;
        y->high += dy;
    }
}

static const struct point_group *find_group(const struct point_group *group,
                                            size_t count, size_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (group[i].code == code)
            return &group[i];
    }
    return NULL;
}

static void add_point(struct plot *plot, const struct sized *sized, struct colour fill)
{
    const struct chart_point *point = &plot->data->point[sized->index];
    struct point at = {scale_map(&plot->x, point->x), scale_map(&plot->y, point->y)};
    struct colour paper = plot_colour(plot, COLOUR_PAPER);
    bool is_large = sized->radius > POINT;
    fill.alpha *= OPACITY;
    struct mark *mark = plot_circle(plot, at, sized->radius, fill,
                                    is_large ? paper : (struct colour){0}, STROKE);
    mark->is_obstacle = is_large;
    mark->is_soft = !is_large;
}

static void label_points(struct plot *plot, const struct sized *sized)
{
    size_t labelled = 0;
    for (size_t i = 0; i < plot->data->point_count && labelled < MOST_LABELS; i++) {
        const struct chart_point *point = &plot->data->point[sized[i].index];
        if (!point->label.size)
            continue;
        struct point at = {scale_map(&plot->x, point->x),
                           scale_map(&plot->y, point->y)};
        plot_annotation(plot, point->label, at, sized[i].radius)->importance =
            30 - (int)labelled++;
    }
}

/* The groups' names as coloured words: the series of the key are the groups in use. */
static void add_key(struct plot *plot, const struct point_group *group, size_t count)
{
    if (count < 2)
        return;
    double x = 0, baseline = 0, pitch = 0;
    for (size_t i = 0; i < count && i < MOST_GROUPS; i++) {
        const struct label *label =
            plot_measure_in(plot, group[i].name, TEXT_LABEL_STRONG, plot->width, 1);
        pitch = fmax(pitch, label->height + 1.5);
        if (baseline == 0)
            baseline = plot->frame.top + fmax(label->ascent, 7);
        if (x > 0 && x + label->width > plot->width) {
            x = 0;
            baseline += pitch;
        }
        double left = plot->mirrored ? plot->width - x - label->width : x;
        struct label_request *word = plot_place(plot, label, left, baseline, 0);
        word->is_fixed = true;
        word->importance = 80;
        word->colour = group[i].text_colour;
        x += label->width + KEY_GAP;
    }
    plot->frame.top = baseline + pitch * 0.3 + 2;
}

static void lay_scatter(struct plot *plot)
{
    struct scale x, y;
    struct point_group *group;
    size_t groups = point_groups(plot, &group);
    domain_of(plot->data, &x, &y);
    add_key(plot, group, groups);
    struct slice title = print_words(plot, "chart.longitude", 1, NULL, 0);
    plot->frame.bottom =
        plot->height - fmax(14, 11.5 + plot_measure(plot, title, TEXT_AXIS)->descent);
    plot->frame.right = plot->width - LARGEST;
    plot->value_title = print_words(plot, "chart.latitude", 1, NULL, 0);
    axis_values(plot, y.low, y.high, true);
    axis_numbers_below(plot, x.low, x.high, title);
    struct sized *sized = sort_points(plot);
    for (size_t i = 0; i < plot->data->point_count; i++) {
        const struct point_group *of =
            find_group(group, groups, plot->data->point[sized[i].index].group);
        add_point(plot, &sized[i], of ? of->colour : plot_colour(plot, COLOUR_NEUTRAL));
    }
    label_points(plot, sized);
}

const struct chart_kind chart_scatter = {
    .name = "scatter",
    .help = "each incident a circle at its coordinates, sized and coloured by fields",
    .needs = NEEDS_POINTS,
    .height_pt = 220,
    .lay = lay_scatter,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scatter: each incident a circle at its longitude and latitude, or each place at two
 * measures; area by size, colour by group, the largest drawn first. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>

static const double POINT = 2.4, LARGEST = 11, SMALLEST = 1.2, OPACITY = 0.6;
static const double STROKE = 0.6, MARGIN_SHARE = 0.04, KEY_GAP = 8, COVERED = 0.32,
                    HALF_CAPITAL = 2.75;
static const double KEY_LINE = 0.5, KEY_LABEL_GAP = 3, KEY_CLEAR = 12, BELOW_KEY = 2;
static const double WIDER = 1.12, LEAST_MAP = 120;
static const double PI = 3.14159265358979323846;
enum { MOST_LABELS = 6, MOST_GROUPS = THEME_CATEGORICAL, KEY_CIRCLES = 2 };

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

/* By how much all radii shrink, so that the circles together cover at most a part of
 * the figure. */
static double crowd_factor(const struct plot *plot, double largest)
{
    const struct chart_data *data = plot->data;
    double area = 0, room = COVERED * plot->width * plot->height;
    for (size_t i = 0; i < data->point_count; i++) {
        double radius = radius_of(data->point[i].size, largest);
        area += PI * radius * radius;
    }
    return area > room && room > 0 ? sqrt(room / area) : 1;
}

static struct sized *sort_points(const struct plot *plot)
{
    const struct chart_data *data = plot->data;
    double largest = largest_size(data), factor = crowd_factor(plot, largest);
    struct sized *sized =
        ARENA_ARRAY(plot->context->arena, struct sized, data->point_count);
    for (size_t i = 0; i < data->point_count; i++)
        sized[i] = (struct sized){
            fmax(radius_of(data->point[i].size, largest) * factor, SMALLEST / 2), i};
    qsort(sized, data->point_count, sizeof *sized, compare_sized);
    return sized;
}

static bool is_on_globe(const struct chart_data *data)
{
    return !data->x_name.size;
}

static void domain_of(const struct chart_data *data, struct scale *x, struct scale *y)
{
    static const double zero = 0;
    *x = *y = scale_nothing();
    for (size_t i = 0; i < data->point_count; i++) {
        scale_include(x, &data->point[i].x, 1);
        scale_include(y, &data->point[i].y, 1);
    }
    if (!is_on_globe(data)) { /* amounts: their ratio is read from the origin */
        scale_include(x, &zero, 1);
        scale_include(y, &zero, 1);
    }
    double dx = (x->high - x->low) * MARGIN_SHARE;
    double dy = (y->high - y->low) * MARGIN_SHARE;
    if (!isfinite(dx) || !isfinite(dy))
        return;
    bool from_origin = !is_on_globe(data);
    x->low -= from_origin && x->low == 0 ? 0 : dx;
    y->low -= from_origin && y->low == 0 ? 0 : dy;
    x->high += dx;
    y->high += dy;
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
    plot_circle(plot, at, sized->radius, fill, is_large ? paper : (struct colour){0},
                STROKE);
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

/* -- Keys: groups as coloured words, sizes as circles ------------------------------------- */

/* Returns where the words end; the baseline moves down with each line. */
static double add_groups(struct plot *plot, const struct point_group *group,
                         size_t count, double *baseline)
{
    double x = 0, pitch = 0;
    for (size_t i = 0; i < count && i < MOST_GROUPS; i++) {
        const struct label *label = key_word_label(plot, group[i].name, plot->width);
        pitch = fmax(pitch, label->height + 1.5);
        if (i == 0)
            *baseline = plot->frame.top + fmax(label->ascent, 7);
        double width = key_word_width(label);
        if (x > 0 && x + width > plot->width) {
            x = 0;
            *baseline += pitch;
        }
        struct colour fill = group[i].colour;
        fill.alpha *= OPACITY;
        plot_key_word(plot, label, fill, x, *baseline)->colour = group[i].text_colour;
        x += width + KEY_GAP;
    }
    return x;
}

/* The largest of 1, 2 and 5 times a power of ten up to value. */
static double round_below(double value)
{
    double power = pow(10, floor(log10(value) + 1e-9)), part = value / power + 1e-9;
    return power * (part >= 5 ? 5 : part >= 2 ? 2 : 1);
}

struct size_key {
    size_t count;
    double radius[KEY_CIRCLES], width, height;
    const struct label *name, *label[KEY_CIRCLES];
};

/* Two sizes small enough to stand in a line; none where all circles are alike. */
static struct size_key size_key_of(const struct plot *plot)
{
    static const double share[KEY_CIRCLES] = {0.06, 0.3};
    double largest = largest_size(plot->data), before = 0;
    double factor = crowd_factor(plot, largest);
    struct size_key key = {.count = 0};
    if (!(largest > 1) || !plot->data->size_name.size)
        return key;
    key.name = plot_measure(plot, plot->data->size_name, TEXT_AXIS);
    key.width = key.name->width;
    key.height = key.name->height;
    for (size_t i = 0; i < KEY_CIRCLES; i++) {
        double value = round_below(fmax(largest * share[i], 1));
        if (value == before)
            continue;
        before = value;
        double radius = radius_of(value, largest) * factor;
        key.radius[key.count] = radius;
        key.label[key.count] =
            plot_measure(plot, print_compact(plot, value), TEXT_AXIS);
        key.width += KEY_GAP + 2 * radius + KEY_LABEL_GAP + key.label[key.count]->width;
        key.height = fmax(key.height, 2 * radius + KEY_LINE);
        key.count++;
    }
    return key;
}

/* From left to right as it is read: name, circle, number, circle, number. */
static void add_sizes(struct plot *plot, const struct size_key *key, double left,
                      double middle)
{
    double way = plot->mirrored ? -1 : 1;
    double x = plot->mirrored ? left + key->width : left;
    double anchor = plot->mirrored ? 1 : 0, baseline = middle + HALF_CAPITAL;
    struct colour grey = plot_colour(plot, COLOUR_SECONDARY);
    struct label_request *name = plot_place(plot, key->name, x, baseline, anchor);
    name->is_fixed = true;
    name->importance = 79;
    x += way * key->name->width;
    for (size_t i = 0; i < key->count; i++) {
        double radius = key->radius[i];
        x += way * (KEY_GAP + radius);
        plot_circle(plot, (struct point){x, middle}, radius, (struct colour){0}, grey,
                    KEY_LINE);
        x += way * (radius + KEY_LABEL_GAP);
        struct label_request *number =
            plot_place(plot, key->label[i], x, baseline, anchor);
        number->is_fixed = true;
        number->importance = 79;
        x += way * key->label[i]->width;
    }
}

static void add_keys(struct plot *plot, const struct point_group *group, size_t count)
{
    struct size_key sizes = size_key_of(plot);
    double baseline = plot->frame.top, words = 0;
    if (count > 1)
        words = add_groups(plot, group, count, &baseline);
    double bottom =
        count > 1
            ? baseline + plot_measure(plot, group[0].name, TEXT_LABEL_STRONG)->descent
            : plot->frame.top;
    if (sizes.count) {
        bool fits = count > 1 && words + KEY_CLEAR + sizes.width <= plot->width;
        double middle = fits ? baseline - HALF_CAPITAL : bottom + sizes.height / 2 + 1;
        middle = fmax(middle, plot->frame.top + sizes.height / 2);
        bool at_end = fits != plot->mirrored;
        add_sizes(plot, &sizes,
                  at_end ? plot->width - sizes.width - KEY_LINE : KEY_LINE, middle);
        bottom = fmax(bottom, middle + sizes.height / 2);
    }
    if (bottom > plot->frame.top)
        plot->frame.top = bottom + BELOW_KEY;
}

/* -- The whole ------------------------------------------------------------------------------ */

/* A degree of longitude is shorter than one of latitude, by the cosine of it: land
 * keeps its shape. The longer way decides; what the other has too much of it gives up,
 * but for a margin. */
static void keep_shape(struct plot *plot, struct scale *x, struct scale *y)
{
    if (!is_on_globe(plot->data) || !(x->low <= x->high))
        return;
    double middle = (y->low + y->high) / 2, centre = (x->low + x->high) / 2;
    double shrink = fmax(cos(fmin(fabs(middle), 85) * PI / 180), 0.05);
    double width = fmax(plot->frame.right - plot->frame.left, 1);
    double height = fmax(plot->frame.bottom - plot->frame.top, 1);
    double unit =
        fmax((x->high - x->low) * shrink / width, (y->high - y->low) / height);
    if (!(unit > 0))
        return;
    double used = fmax(WIDER * (x->high - x->low) * shrink / unit, LEAST_MAP);
    double beyond = fmax(0, width - used);
    plot->frame.right -= beyond;
    plot->axis_right -= beyond;
    double dx = unit * (width - beyond) / shrink, dy = unit * height;
    *x = (struct scale){.low = centre - dx / 2, .high = centre + dx / 2};
    *y = (struct scale){.low = middle - dy / 2, .high = middle + dy / 2};
}

static void lay_axes(struct plot *plot)
{
    struct scale x, y;
    const struct chart_data *data = plot->data;
    bool on_globe = is_on_globe(data);
    struct slice title =
        on_globe ? print_words(plot, "chart.longitude", 1, NULL, 0) : data->x_name;
    plot->value_title =
        on_globe ? print_words(plot, "chart.latitude", 1, NULL, 0) : data->y_name;
    domain_of(data, &x, &y);
    plot->frame.bottom =
        plot->height - fmax(14, 11.5 + plot_measure(plot, title, TEXT_AXIS)->descent);
    plot->frame.right = plot->width - LARGEST;
    keep_shape(plot, &x, &y);
    for (size_t i = 0; i < data->point_count; i++)
        axis_count_unlogged(plot, data->point[i].y);
    axis_values(plot, y.low, y.high, true);
    axis_numbers_below(plot, x.low, x.high, title);
}

static void lay_scatter(struct plot *plot)
{
    struct point_group *group;
    size_t groups = point_groups(plot, &group);
    add_keys(plot, group, groups);
    lay_axes(plot);
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
    .help = "each incident a circle at its coordinates, or each place at two measures",
    .needs = NEEDS_POINTS | TAKES_LOG,
    .height_pt = 220,
    .lay = lay_scatter,
};

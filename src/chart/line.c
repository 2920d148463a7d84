/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Line: values over time. One series with its average and expected range, or several
 * lines named at their ends. What isn't known breaks the line; what isn't over is
 * hollow and dashed. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>

static const double MAIN_LINE = 1.9, LIGHT_LINE = 0.8, TREND_LINE = 1.1, DOT = 0.95,
                    OUTSIDE_DOT = 1.5;
static const double LAST_DOT = 2.6, LAST_STROKE = 1.2, OVERHANG = 4.5, END_GAP = 7;
static const double END_LABEL_WIDTH = 62, LONG_END_LABEL = 78, BAND_LEADER = 4,
                    BLOCK_GAP = 4, DENSE = 2.6;
/* Lines of counts begin at 0 unless they span less than this part of their level. */
static const double NARROW_SPAN = 0.3;
enum { COLOURED_LINES = 4, MOST_END_LABELS = 24 };

/* What stands at the end of a line: a name, and a quieter line below it. */
struct end_label {
    const struct label *name, *state;
    const double *value; /* of the line it ends */
    struct colour colour;
    double middle, height;
    int importance;
};

struct ends {
    struct end_label label[MOST_END_LABELS];
    size_t count;
    double width;
};

static double block_height(const struct end_label *end)
{
    return end->name->height + (end->state ? end->state->height : 0) + BLOCK_GAP;
}

static struct end_label *add_end(const struct plot *plot, struct ends *ends,
                                 struct slice name, enum text_role role,
                                 struct slice state)
{
    if (!name.size || ends->count == MOST_END_LABELS)
        return NULL;
    struct end_label *end = &ends->label[ends->count++];
    double most = plot->data->series_count > 1 ? LONG_END_LABEL : END_LABEL_WIDTH;
    double room = fmin(most, plot->width * 0.3);
    *end = (struct end_label){.name = plot_measure_in(plot, name, role, room, 3)};
    if (end->name->line_count == 2)
        end->name = label_balanced(plot->context, name, role, room);
    if (state.size)
        end->state = plot_measure_in(plot, state, TEXT_AXIS, room, 1);
    end->height = block_height(end);
    ends->width = fmax(ends->width, end->name->width);
    if (end->state)
        ends->width = fmax(ends->width, end->state->width);
    return end;
}

static const struct chart_series *first_series(const struct plot *plot)
{
    return &plot->data->series[0];
}

static size_t last_known(const struct plot *plot, const double *value)
{
    size_t i = plot->data->count;
    while (i > 0 && !isfinite(value[i - 1]))
        i--;
    return i ? i - 1 : SIZE_MAX;
}

/* The first position that isn't over, nor is any behind it. */
static size_t complete_count(const struct plot *plot)
{
    size_t count = plot->data->count;
    while (count && plot_is_provisional(plot, count - 1))
        count--;
    return count;
}

/* -- Colours --------------------------------------------------------------------------- */

static bool is_quiet(const struct plot *plot, size_t series)
{
    if (plot->data->series_count <= COLOURED_LINES)
        return false;
    size_t loud = plot->options->highlight;
    return series != (loud < plot->data->series_count ? loud : 0);
}

static struct colour line_colour(const struct plot *plot, size_t series)
{
    if (is_quiet(plot, series))
        return plot_colour(plot, COLOUR_NEUTRAL_LIGHT);
    return plot->data->series_count > COLOURED_LINES ? series_colour(plot, 0)
                                                     : series_colour(plot, series);
}

static struct colour line_text_colour(const struct plot *plot, size_t series)
{
    if (is_quiet(plot, series))
        return plot_colour(plot, COLOUR_SECONDARY);
    return plot->data->series_count > COLOURED_LINES ? series_text_colour(plot, 0)
                                                     : series_text_colour(plot, series);
}

/* -- Ends, before the frame is known: how much room they take -------------------------- */

static void gather_line(const struct plot *plot, struct ends *ends, const double *value,
                        struct slice name, enum text_role role, int importance)
{
    struct end_label *end;
    bool is_series = value == first_series(plot)->value;
    struct slice state = is_series ? plot->data->last_state : (struct slice){0};
    if (!value || last_known(plot, value) == SIZE_MAX ||
        !(end = add_end(plot, ends, name, role, state)))
        return;
    end->value = value;
    end->colour = series_text_colour(plot, 0);
    end->importance = importance;
}

/* As far as periods are complete; else its name stands where it ends. */
static bool average_reaches_end(const struct plot *plot)
{
    const double *average = plot->data->average;
    size_t last = average ? last_known(plot, average) : SIZE_MAX;
    return last != SIZE_MAX && last + 1 >= complete_count(plot);
}

static void gather_single(const struct plot *plot, struct ends *ends)
{
    const struct chart_data *data = plot->data;
    if (average_reaches_end(plot))
        gather_line(plot, ends, data->average, data->average_name, TEXT_LABEL_STRONG,
                    75);
    gather_line(plot, ends, first_series(plot)->value, data->last_label,
                TEXT_AXIS_STRONG, 78);
    size_t before = ends->count;
    gather_line(plot, ends, data->trend ? data->trend : first_series(plot)->value,
                data->trend_name, TEXT_AXIS, 70);
    if (ends->count == before)
        return;
    ends->label[before].colour = plot_colour(plot, COLOUR_SECONDARY);
    ends->label[before].state = NULL;
    ends->label[before].height = block_height(&ends->label[before]);
}

static void gather_several(const struct plot *plot, struct ends *ends)
{
    for (size_t s = 0; s < plot->data->series_count; s++) {
        const struct chart_series *series = &plot->data->series[s];
        size_t last = last_known(plot, series->value);
        if (last == SIZE_MAX || !series->label.size)
            continue;
        struct text text = plot_text(plot);
        text_append(&text, series->label);
        text_append_string(&text, " ");
        text_append(&text, print_bounded(plot, series, last,
                                         print_number(plot, series->value[last])));
        struct end_label *end = add_end(
            plot, ends, text_slice(&text),
            is_quiet(plot, s) ? TEXT_AXIS : TEXT_LABEL_STRONG, (struct slice){0});
        if (!end)
            break;
        end->value = series->value;
        end->colour = line_text_colour(plot, s);
        end->importance = is_quiet(plot, s) ? 60 : 75;
    }
}

/* -- Ends, on paper -------------------------------------------------------------------- */

static double end_height(const struct plot *plot, const double *value)
{
    size_t last = last_known(plot, value);
    return last == SIZE_MAX ? NAN : scale_map(&plot->y, value[last]);
}

static void aim_ends(const struct plot *plot, struct ends *ends)
{
    for (size_t i = 0; i < ends->count; i++)
        ends->label[i].middle = end_height(plot, ends->label[i].value);
}

static int compare_ends(const void *a, const void *b)
{
    const struct end_label *left = a, *right = b;
    double before = isfinite(left->middle) ? left->middle : INFINITY;
    double after = isfinite(right->middle) ? right->middle : INFINITY;
    return (before > after) - (before < after);
}

static void place_end(struct plot *plot, const struct end_label *end, double middle)
{
    double x = plot->frame.right + END_GAP;
    double y = middle - (end->height - BLOCK_GAP) / 2 + end->name->ascent;
    struct label_request *request = plot_place(plot, end->name, x, y, 0);
    request->colour = end->colour;
    request->importance = end->importance;
    y += end->name->height - end->name->ascent;
    if (!end->state)
        return;
    request = plot_place(plot, end->state, x, y + end->state->ascent, 0);
    request->colour = plot_colour(plot, COLOUR_SECONDARY);
    request->importance = end->importance;
}

static void place_ends(struct plot *plot, struct ends *ends)
{
    double middle[MOST_END_LABELS], height[MOST_END_LABELS];
    aim_ends(plot, ends);
    qsort(ends->label, ends->count, sizeof *ends->label, compare_ends);
    for (size_t i = 0; i < ends->count; i++) {
        middle[i] = isfinite(ends->label[i].middle) ? ends->label[i].middle
                                                    : plot->frame.bottom;
        height[i] = ends->label[i].height;
    }
    labels_spread(middle, height, ends->count, 0, plot->frame.bottom + 3);
    for (size_t i = 0; i < ends->count; i++)
        place_end(plot, &ends->label[i], middle[i]);
}

/* -- Lines ------------------------------------------------------------------------------ */

static struct point *trace(const struct plot *plot, const double *value)
{
    size_t count = plot->data->count;
    struct point *point = ARENA_ARRAY(plot->context->arena, struct point, count);
    for (size_t i = 0; i < count; i++)
        point[i] = (struct point){position_x(plot, i), scale_map(&plot->y, value[i])};
    return point;
}

/* Solid over complete periods, dashed from the last of them on. */
static void draw_trace(struct plot *plot, const struct point *point, double line_width,
                       struct colour colour)
{
    size_t count = plot->data->count, complete = complete_count(plot);
    plot_trace(plot, point, complete, line_width, colour);
    if (complete == count)
        return;
    size_t from = complete ? complete - 1 : 0;
    struct mark *link =
        plot_line(plot, point + from, count - from, fmax(line_width, 0.9), colour);
    link->dash_on = 2;
    link->dash_off = 1.6;
}

static void draw_last(struct plot *plot, const struct point *point, const double *value,
                      struct colour colour)
{
    size_t last = last_known(plot, value);
    if (last == SIZE_MAX)
        return;
    struct colour paper = plot_colour(plot, COLOUR_PAPER), none = {0};
    for (size_t i = complete_count(plot); i < plot->data->count; i++) {
        if (isfinite(value[i]))
            plot_circle(plot, point[i], LAST_DOT, paper, colour, LAST_STROKE)->layer =
                LAYER_OVER;
    }
    if (!plot_is_provisional(plot, last))
        plot_circle(plot, point[last], LAST_DOT, colour, none, 0)->layer = LAYER_OVER;
}

static bool is_outside(const struct chart_data *data, size_t i, double value)
{
    return data->band_low && data->band_high &&
           (value < data->band_low[i] || value > data->band_high[i]);
}

static void draw_dots(struct plot *plot, const struct point *point, struct colour full,
                      struct colour light)
{
    const double *value = first_series(plot)->value;
    bool dense = position_width(plot) < DENSE;
    for (size_t i = 0; i < complete_count(plot); i++) {
        if (!isfinite(value[i]) || !isfinite(point[i].y))
            continue;
        bool outside = is_outside(plot->data, i, value[i]);
        if (outside || !dense)
            plot_circle(plot, point[i], outside ? OUTSIDE_DOT : DOT,
                        outside ? full : light, (struct colour){0}, 0);
    }
}

static void name_band(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    if (!data->band_low || !data->band_high)
        return;
    size_t at = data->count * 2 / 5;
    if (!isfinite(data->band_low[at]) || !isfinite(data->band_high[at]))
        return;
    double low = scale_map(&plot->y, data->band_low[at]);
    double high = scale_map(&plot->y, data->band_high[at]);
    struct point inside = {position_x(plot, at),
                           fmax(low - BAND_LEADER, (low + high) / 2)};
    struct slice name = data->band_name.size
                            ? data->band_name
                            : print_words(plot, "chart.expected", 1, NULL, 0);
    struct label_request *request = plot_annotation(plot, name, inside, 0);
    request->colour = plot_colour(plot, COLOUR_SECONDARY);
    request->importance = 24;
    request->side = SIDE_BELOW;
}

static void name_broken_average(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    size_t last = data->average ? last_known(plot, data->average) : SIZE_MAX;
    if (last == SIZE_MAX || average_reaches_end(plot))
        return;
    struct point at = {position_x(plot, last),
                       scale_map(&plot->y, data->average[last])};
    struct label_request *name =
        plot_annotation(plot, data->average_name, at, OUTSIDE_DOT);
    name->colour = series_text_colour(plot, 0);
    name->importance = 75;
}

static void draw_trend(struct plot *plot)
{
    const double *value = plot->data->trend;
    if (!value)
        return;
    struct mark *mark = plot_line(plot, trace(plot, value), plot->data->count,
                                  TREND_LINE, plot_colour(plot, COLOUR_SECONDARY));
    mark->dash_on = 4;
    mark->dash_off = 2.4;
}

/* A level stands over its periods, half a position to either side. */
static void draw_levels(struct plot *plot)
{
    const double *level = plot->data->level;
    double half = position_width(plot) / 2;
    size_t count = level ? plot->data->count : 0;
    for (size_t from = 0, to = 0; from < count; from = to) {
        for (to = from + 1; to < count && level[to] == level[from];)
            to++;
        if (!isfinite(level[from]))
            continue;
        double y = scale_map(&plot->y, level[from]);
        const struct point end[] = {{position_x(plot, from) - half, y},
                                    {position_x(plot, to - 1) + half, y}};
        plot_line(plot, end, 2, TREND_LINE, plot_colour(plot, COLOUR_INK));
    }
}

static void draw_single(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    const struct chart_series *series = first_series(plot);
    const struct theme *theme = plot->context->theme;
    struct colour full = tone_colour(theme, series->tone);
    struct colour light = tone_light_colour(theme, series->tone);
    struct point *point = trace(plot, series->value);
    if (data->band_low && data->band_high)
        plot_band(plot, data->band_low, data->band_high,
                  plot_colour(plot, COLOUR_EXPECTED));
    else if (series->low && series->high)
        plot_band(plot, series->low, series->high,
                  mixed_colour(light, plot_colour(plot, COLOUR_PAPER), 0.5));
    draw_trace(plot, point, data->average ? LIGHT_LINE : MAIN_LINE,
               data->average ? light : full);
    if (data->average) {
        draw_dots(plot, point, full, light);
        plot_trace(plot, trace(plot, data->average), data->count, MAIN_LINE, full);
    }
    draw_levels(plot);
    draw_trend(plot);
    draw_last(plot, point, series->value, full);
    name_band(plot);
    name_broken_average(plot);
}

static void draw_several(struct plot *plot)
{
    for (int loud = 0; loud < 2; loud++) {
        for (size_t s = 0; s < plot->data->series_count; s++) {
            if (is_quiet(plot, s) == (loud == 1))
                continue;
            const double *value = plot->data->series[s].value;
            struct point *point = trace(plot, value);
            struct colour colour = line_colour(plot, s);
            draw_trace(plot, point, loud ? MAIN_LINE : 1.1, colour);
            draw_last(plot, point, value, colour);
        }
    }
}

static void annotate(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    const double *value = first_series(plot)->value;
    for (size_t i = 0; i < data->note_count; i++) {
        const struct chart_note *note = &data->note[i];
        if (note->position >= data->count || !isfinite(value[note->position]))
            continue;
        struct point at = {position_x(plot, note->position),
                           scale_map(&plot->y, value[note->position])};
        plot_note(plot, note, at, OUTSIDE_DOT);
    }
}

/* -- The whole ------------------------------------------------------------------------------ */

static struct scale domain_of(const struct plot *plot)
{
    const struct chart_data *data = plot->data;
    struct scale domain = scale_nothing();
    for (size_t s = 0; s < data->series_count; s++) {
        scale_include(&domain, data->series[s].value, data->count);
        if (data->series_count == 1 && !data->band_low) {
            scale_include(&domain, data->series[s].low, data->count);
            scale_include(&domain, data->series[s].high, data->count);
        }
    }
    scale_include(&domain, data->average, data->count);
    scale_include(&domain, data->trend, data->count);
    scale_include(&domain, data->band_low, data->count);
    scale_include(&domain, data->band_high, data->count);
    return domain;
}

static void count_unlogged(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    for (size_t s = 0; s < data->series_count; s++) {
        for (size_t i = 0; i < data->count; i++)
            axis_count_unlogged(plot, data->series[s].value[i]);
    }
}

static void lay_line(struct plot *plot)
{
    struct ends ends = {.count = 0};
    if (plot->data->series_count == 1)
        gather_single(plot, &ends);
    else
        gather_several(plot, &ends);
    struct scale domain = domain_of(plot);
    bool tight = domain.low > 0 && plot->data->count > 1 &&
                 domain.high - domain.low < NARROW_SPAN * domain.high;
    plot->overhang = OVERHANG;
    plot->frame.right =
        plot->width - (ends.width > 0 ? ends.width + END_GAP : OVERHANG);
    axis_foot(plot);
    count_unlogged(plot);
    axis_values(plot, domain.low, domain.high, tight);
    axis_time(plot, false);
    if (plot->data->series_count == 1)
        draw_single(plot);
    else
        draw_several(plot);
    place_ends(plot, &ends);
    annotate(plot);
}

const struct chart_kind chart_line = {
    .name = "line",
    .help = "values over time, with average, expected range and annotations",
    .needs = NEEDS_TIME | TAKES_LOG,
    .height_pt = 160,
    .lay = lay_line,
};

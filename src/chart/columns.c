/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns: vertical bars over periods, plain, stacked or beside each other. */
#include "chart/plot.h"

#include <math.h>

static const double COLUMN_SHARE = 0.72, WIDEST_COLUMN = 34, GAP = 0.8;
static const double PROVISIONAL_LINE = 1.0, TICK = 1.1, TICK_REACH = 1.5,
                    AVERAGE_LINE = 1.9;
static const double LABEL_ABOVE = 2.6, NUMBER_ROOM = 1.5, NARROWEST_NUMBER = 6;

static double column_width(const struct plot *plot)
{
    return fmin(position_width(plot) * COLUMN_SHARE, WIDEST_COLUMN);
}

static struct frame column_frame(const struct plot *plot, size_t position, double from,
                                 double to)
{
    double x = position_x(plot, position), half = column_width(plot) / 2;
    return (struct frame){x - half, scale_map(&plot->y, to), x + half,
                          scale_map(&plot->y, from)};
}

/* A period that isn't over is drawn hollow. */
static void make_hollow(const struct plot *plot, struct mark *mark)
{
    double inset = PROVISIONAL_LINE / 2;
    mark->stroke = mark->fill;
    mark->fill = plot_colour(plot, COLOUR_PAPER);
    mark->line_width = PROVISIONAL_LINE;
    mark->dash_on = 2;
    mark->dash_off = 1.6;
    mark->at.left += inset;
    mark->at.right -= inset;
    mark->at.top = fmin(mark->at.top + inset, mark->at.bottom);
}

/* Of a column, or of a stack with any part that is a lower limit. */
static struct slice column_text(const struct plot *plot, size_t position, double value)
{
    return print_least(plot, plot_has_limit(plot, position), print_short(plot, value));
}

static void label_column(struct plot *plot, size_t position, double value, double top,
                         int importance)
{
    if (!isfinite(value))
        return;
    double y = scale_map(&plot->y, top);
    struct label_request *label =
        plot_label(plot, column_text(plot, position, value), TEXT_LABEL_STRONG,
                   position_x(plot, position), y - LABEL_ABOVE, 0.5);
    double half = label->label ? label->label->width / 2 : 0;
    label->x = fmax(half, fmin(label->x, plot->width - half));
    if (value < 0)
        label->y = y + LABEL_ABOVE + (label->label ? label->label->ascent : 0);
    label->importance = importance;
    label->has_halo = true;
    label->reach = 0;
}

static bool labels_fit(const struct plot *plot, const double *value)
{
    double widest = 0;
    if (position_width(plot) < NARROWEST_NUMBER)
        return false;
    for (size_t i = 0; i < plot->data->count; i++)
        widest = fmax(widest, plot_measure(plot, column_text(plot, i, value[i]),
                                           TEXT_LABEL_STRONG)
                                  ->width);
    return widest + 3 <= position_width(plot);
}

/* All numbers where there is room for all; else the highest and the last. They stand at
 * the tops of their columns. */
static void label_columns(struct plot *plot, const double *value, const double *top)
{
    size_t highest = SIZE_MAX, last = plot->data->count - 1;
    if (!plot->options->show_values)
        return;
    bool all = labels_fit(plot, value);
    for (size_t i = 0; i < plot->data->count; i++) {
        if (isfinite(value[i]) && (highest == SIZE_MAX || value[i] > value[highest]))
            highest = i;
    }
    for (size_t i = 0; i < plot->data->count; i++) {
        if (all || i == highest || i == last)
            label_column(plot, i, value[i], top[i],
                         i == last      ? 22
                         : i == highest ? 21
                                        : 20);
    }
}

static bool is_unknown(const struct plot *plot, size_t position)
{
    if (plot->data->state && plot->data->state[position] == POINT_UNKNOWN)
        return true;
    for (size_t s = 0; s < plot->data->series_count; s++) {
        if (isfinite(plot->data->series[s].value[position]))
            return false;
    }
    return true;
}

/* What isn't known isn't nothing: a dash stands where its column would. */
static void mark_unknown(struct plot *plot)
{
    double zero = scale_map(&plot->y, fmax(plot->y.low, 0));
    for (size_t i = 0; i < plot->data->count; i++) {
        if (!is_unknown(plot, i) || position_width(plot) < NARROWEST_NUMBER)
            continue;
        struct label_request *dash =
            plot_label(plot, print_number(plot, NAN), TEXT_AXIS, position_x(plot, i),
                       zero - LABEL_ABOVE, 0.5);
        dash->importance = 15;
        dash->reach = 0;
    }
}

static void add_average(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    if (!data->average)
        return;
    struct point *point = ARENA_ARRAY(plot->context->arena, struct point, data->count);
    for (size_t i = 0; i < data->count; i++)
        point[i] =
            (struct point){position_x(plot, i), scale_map(&plot->y, data->average[i])};
    plot_trace(plot, point, data->count, AVERAGE_LINE,
               plot_colour(plot, COLOUR_NEUTRAL));
}

static void add_notes(struct plot *plot, const double *value)
{
    for (size_t i = 0; i < plot->data->note_count; i++) {
        const struct chart_note *note = &plot->data->note[i];
        if (note->position >= plot->data->count || !isfinite(value[note->position]))
            continue;
        struct point top = {position_x(plot, note->position),
                            scale_map(&plot->y, value[note->position])};
        plot_note(plot, note, top, 1);
    }
}

/* The highest column's number may stand higher than the axis' own. */
static void leave_room_above(struct plot *plot)
{
    if (plot->options->show_values)
        plot->frame.top += NUMBER_ROOM;
}

void lay_columns(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    const struct chart_series *series = &data->series[0];
    struct scale domain = scale_nothing();
    scale_include(&domain, series->value, data->count);
    scale_include(&domain, data->average, data->average ? data->count : 0);
    scale_include(&domain, data->tick, data->count);
    axis_foot(plot);
    leave_room_above(plot);
    axis_values(plot, domain.low, domain.high, false);
    axis_time(plot, true);
    size_t highlight = plot->options->highlight;
    for (size_t i = 0; i < data->count; i++) {
        if (!isfinite(series->value[i]))
            continue;
        bool is_light = highlight < data->count && highlight != i;
        struct colour fill = is_light
                                 ? tone_light_colour(plot->context->theme, series->tone)
                                 : tone_colour(plot->context->theme, series->tone);
        struct frame at = column_frame(plot, i, fmax(0, plot->y.low), series->value[i]);
        struct mark *column = plot_rectangle(plot, at, fill);
        if (plot_is_provisional(plot, i))
            make_hollow(plot, column);
        if (data->tick && isfinite(data->tick[i])) {
            double y = scale_map(&plot->y, data->tick[i]);
            double reach =
                fmin(TICK_REACH, (position_width(plot) - column_width(plot)) / 2);
            plot_segment(plot, at.left - reach, y, at.right + reach, y, TICK,
                         plot_colour(plot, COLOUR_INK));
        }
    }
    mark_unknown(plot);
    add_average(plot);
    label_columns(plot, series->value, series->value);
    add_notes(plot, series->value);
}

/* -- Stacked ------------------------------------------------------------------------- */

static double part_of(const struct plot *plot, size_t series, size_t position)
{
    double value = plot->data->series[series].value[position];
    return isfinite(value) ? value : 0;
}

static double total_of(const struct plot *plot, size_t position)
{
    double sum = 0;
    for (size_t s = 0; s < plot->data->series_count; s++)
        sum += fabs(part_of(plot, s, position));
    return sum;
}

/* White between the parts, but never more of it than of the part. */
static void add_part(struct plot *plot, size_t series, size_t position, double from,
                     double to)
{
    struct frame at = column_frame(plot, position, from, to);
    double top = fmin(at.top, at.bottom), bottom = fmax(at.top, at.bottom);
    if (bottom - top > 2 * GAP && from != 0)
        bottom -= GAP;
    struct mark *mark =
        plot_rectangle(plot, (struct frame){at.left, top, at.right, bottom},
                       series_colour(plot, series));
    if (plot_is_provisional(plot, position))
        mark->fill = mixed_colour(mark->fill, plot_colour(plot, COLOUR_PAPER), 0.5);
}

static void add_stack(struct plot *plot, size_t position)
{
    double above = 0, below = 0;
    double whole = plot->data->shares ? total_of(plot, position) : 1;
    for (size_t s = 0; whole > 0 && s < plot->data->series_count; s++) {
        double value = part_of(plot, s, position) / whole;
        double *end = value < 0 ? &below : &above;
        if (value != 0)
            add_part(plot, s, position, *end, *end + value);
        *end += value;
    }
}

void lay_stacked_columns(struct plot *plot)
{
    size_t count = plot->data->count;
    double *total = ARENA_ARRAY(plot->context->arena, double, count);
    double *top = ARENA_ARRAY(plot->context->arena, double, count);
    struct scale domain = scale_nothing();
    for (size_t i = 0; i < count; i++) {
        double above = 0, below = 0;
        for (size_t s = 0; s < plot->data->series_count; s++) {
            double value = part_of(plot, s, i);
            above += fmax(value, 0);
            below += fmin(value, 0);
        }
        total[i] = is_unknown(plot, i) ? NAN
                   : plot->data->whole ? plot->data->whole[i]
                                       : above + below;
        top[i] = above;
        domain.low = fmin(domain.low, below);
        domain.high = fmax(domain.high, above);
    }
    if (plot->data->shares)
        domain = (struct scale){.low = 0, .high = 1};
    axis_foot(plot);
    plot_key(plot);
    leave_room_above(plot);
    axis_values(plot, domain.low, domain.high, false);
    axis_time(plot, true);
    for (size_t i = 0; i < count; i++)
        add_stack(plot, i);
    mark_unknown(plot);
    if (!plot->data->shares && domain.low >= 0)
        label_columns(plot, total, top);
}

/* -- Beside each other ------------------------------------------------------------------- */

static const double INSIDE = 1, NARROWEST_COLUMN = 0.8;

struct group {
    double width, one, gap; /* of all columns, of one, between two */
};

/* Where there is no room for gaps, there are none. */
static struct group group_of(const struct plot *plot)
{
    double count = (double)plot->data->series_count;
    double width = fmin(position_width(plot) * COLUMN_SHARE, WIDEST_COLUMN * count);
    double one = (width - INSIDE * (count - 1)) / count;
    if (one < NARROWEST_COLUMN)
        return (struct group){width, width / count, 0};
    return (struct group){width, one, INSIDE};
}

static void add_group(struct plot *plot, size_t position)
{
    struct group group = group_of(plot);
    double left = position_x(plot, position) - group.width / 2;
    for (size_t s = 0; s < plot->data->series_count; s++) {
        double value = plot->data->series[s].value[position];
        double x = left + (double)s * (group.one + group.gap);
        if (!isfinite(value) || value == 0)
            continue;
        struct mark *column =
            plot_rectangle(plot,
                           (struct frame){x, scale_map(&plot->y, value), x + group.one,
                                          scale_map(&plot->y, 0)},
                           series_colour(plot, s));
        if (plot_is_provisional(plot, position))
            make_hollow(plot, column);
    }
}

void lay_grouped_columns(struct plot *plot)
{
    struct scale domain = scale_nothing();
    for (size_t s = 0; s < plot->data->series_count; s++)
        scale_include(&domain, plot->data->series[s].value, plot->data->count);
    axis_foot(plot);
    plot_key(plot);
    axis_values(plot, domain.low, domain.high, false);
    axis_time(plot, true);
    for (size_t i = 0; i < plot->data->count; i++)
        add_group(plot, i);
    mark_unknown(plot);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Grouped: the series of each category as bars side by side, or of each period as
 * columns. */
#include "chart/plot.h"

#include <math.h>

static const double THICKNESS = 7, THINNEST = 3.2, INSIDE = 1, BETWEEN = 8,
                    LABEL_GAP = 4;
static const double HALF_CAPITAL = 2.75, GROUP_HEIGHT = 31;
static const double LEAST_FOR_NUMBER = 6.4;
enum { MOST_NUMBERED = 4 };

struct group {
    double bar, total; /* height of one bar, of the bars of a row */
};

static struct group measure_group(size_t series)
{
    double count = (double)series;
    struct group group = {.bar = THICKNESS};
    if (series > MOST_NUMBERED)
        group.bar = fmax(THINNEST, (GROUP_HEIGHT - INSIDE * (count - 1)) / count);
    group.total = group.bar * count + INSIDE * (count - 1);
    return group;
}

static double widest_number(const struct plot *plot, size_t rows)
{
    double widest = 0;
    for (size_t s = 0; s < plot->data->series_count; s++) {
        for (size_t i = 0; i < rows; i++)
            widest =
                fmax(widest,
                     plot_measure(plot, print_at(plot, plot->data->series[s].value, i),
                                  TEXT_AXIS)
                         ->width);
    }
    return widest;
}

static void add_bar(struct plot *plot, size_t series, size_t row, double top,
                    double thickness)
{
    double value = plot->data->series[series].value[row];
    if (!isfinite(value))
        return;
    double from = scale_map(&plot->x, 0), to = scale_map(&plot->x, value);
    if (value != 0)
        plot_rectangle(plot, (struct frame){from, top, to, top + thickness},
                       series_colour(plot, series));
    if (thickness < LEAST_FOR_NUMBER)
        return;
    bool is_negative = value < 0;
    struct label_request *number =
        plot_label(plot, print_at(plot, plot->data->series[series].value, row),
                   TEXT_AXIS, is_negative ? to - LABEL_GAP : fmax(to, from) + LABEL_GAP,
                   top + thickness / 2 + HALF_CAPITAL - 0.1, is_negative ? 1 : 0);
    number->importance = 50;
    number->reach = 0;
    number->colour = series_text_colour(plot, series);
}

static void lay_rows(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    struct group group = measure_group(data->series_count);
    struct row_request request = {.thickness = group.total,
                                  .pitch = group.total + BETWEEN,
                                  .names_beside = true,
                                  .has_key = true};
    plot->flips = plot->mirrored;
    struct rows rows = rows_lay(plot, &request);
    double bar = group.bar * rows.thickness / group.total;
    struct scale domain = scale_nothing();
    for (size_t s = 0; s < data->series_count; s++)
        scale_include(&domain, data->series[s].value, rows.count);
    double numbers = widest_number(plot, rows.count) + LABEL_GAP;
    plot->frame.right = fmax(plot->frame.right - numbers, plot->frame.left + 10);
    if (domain.low < 0)
        plot->frame.left = fmin(plot->frame.left + numbers, plot->frame.right - 10);
    axis_values_below(plot, domain.low, domain.high, false);
    for (size_t i = 0; i < rows.count; i++) {
        double top = row_middle(&rows, i) - rows.thickness / 2;
        for (size_t s = 0; s < data->series_count; s++)
            add_bar(plot, s, i, top + (double)s * (bar + INSIDE), bar);
    }
    rows_baseline(plot, &rows, scale_map(&plot->x, 0));
}

static void lay_grouped(struct plot *plot)
{
    if (plot->data->period)
        lay_grouped_columns(plot);
    else
        lay_rows(plot);
}

const struct chart_kind chart_grouped = {
    .name = "grouped",
    .help = "two or more measures beside each other for each category or period",
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_grouped,
};

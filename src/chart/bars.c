/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bars: categories ranked as rows, or periods as columns. */
#include "chart/plot.h"

#include <math.h>

static const double THICKNESS = 9.4, TICK = 1.1, TICK_REACH = 2.6, WHISKER = 0.75;

static struct colour bar_colour(const struct plot *plot, size_t row)
{
    enum chart_tone tone = plot->data->series[0].tone;
    size_t highlight = plot->options->highlight;
    if (highlight < plot->data->count && highlight != row)
        return tone_light_colour(plot->context->theme, tone);
    return tone_colour(plot->context->theme, tone);
}

static const struct slice *print_all(const struct plot *plot, const double *value)
{
    struct slice *text =
        ARENA_ARRAY(plot->context->arena, struct slice, plot->data->count);
    for (size_t i = 0; i < plot->data->count; i++)
        text[i] = print_at(plot, value, i);
    return text;
}

static void add_row(struct plot *plot, const struct rows *rows, size_t row)
{
    const struct chart_series *series = &plot->data->series[0];
    double middle = row_middle(rows, row), half = rows->thickness / 2;
    double from = scale_map(&plot->x, 0), value = series->value[row];
    if (isfinite(value) && value != 0)
        plot_rectangle(plot,
                       (struct frame){from, middle - half, scale_map(&plot->x, value),
                                      middle + half},
                       bar_colour(plot, row));
    struct colour ink = plot_colour(plot, COLOUR_INK);
    if (series->low && series->high)
        plot_segment(plot, scale_map(&plot->x, series->low[row]), middle,
                     scale_map(&plot->x, series->high[row]), middle, WHISKER, ink)
            ->layer = LAYER_OVER;
    if (!plot->data->tick || !isfinite(plot->data->tick[row]))
        return;
    double at = scale_map(&plot->x, plot->data->tick[row]);
    plot_segment(plot, at, fmax(middle - half - TICK_REACH, 0), at,
                 fmin(middle + half + TICK_REACH, plot->height), TICK, ink)
        ->layer = LAYER_OVER;
}

static void lay_rows(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    const struct chart_series *series = &data->series[0];
    struct row_request request = {
        .thickness = THICKNESS,
        .column_count = data->tick ? 2 : 1,
        .column = {{.head = data->value_name,
                    .text = print_all(plot, series->value),
                    .is_strong = true}},
    };
    if (data->tick)
        request.column[1] = (struct row_column){.head = data->tick_name,
                                                .text = print_all(plot, data->tick)};
    plot->flips = plot->mirrored;
    struct rows rows = rows_lay(plot, &request);
    struct scale domain = scale_nothing();
    scale_include(&domain, series->value, rows.count);
    scale_include(&domain, series->high, rows.count);
    scale_include(&domain, data->tick, rows.count);
    axis_values_below(plot, domain.low, domain.high, false);
    for (size_t i = 0; i < rows.count; i++)
        add_row(plot, &rows, i);
    rows_baseline(plot, &rows, scale_map(&plot->x, 0));
}

static void lay_bars(struct plot *plot)
{
    if (plot->data->period)
        lay_columns(plot);
    else
        lay_rows(plot);
}

const struct chart_kind chart_bars = {
    .name = "bars",
    .help = "ranked bars of a field's values, or columns over periods",
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_bars,
};

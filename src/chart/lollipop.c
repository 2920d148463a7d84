/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lollipop: ranked values as dots on stems, where bars would be too heavy. */
#include "chart/plot.h"

#include <math.h>

static const double STEM = 1.2, HEAD = 3.2, THICKNESS = 7, TICK = 1.1;

static void add_row(struct plot *plot, const struct rows *rows, size_t row)
{
    const struct chart_series *series = &plot->data->series[0];
    double value = series->value[row], y = row_middle(rows, row);
    size_t highlight = plot->options->highlight;
    bool is_light = highlight < plot->data->count && highlight != row;
    struct colour colour = is_light
                               ? tone_light_colour(plot->context->theme, series->tone)
                               : tone_colour(plot->context->theme, series->tone);
    if (plot->data->tick && isfinite(plot->data->tick[row])) {
        double at = scale_map(&plot->x, plot->data->tick[row]);
        double reach = fmin(HEAD + 1.2, rows->pitch / 2 - 0.6);
        plot_segment(plot, at, y - reach, at, y + reach, TICK,
                     plot_colour(plot, COLOUR_INK));
    }
    if (!isfinite(value))
        return;
    double x = scale_map(&plot->x, value);
    plot_segment(plot, scale_map(&plot->x, 0), y, x, y, STEM, colour);
    plot_circle(plot, (struct point){x, y}, fmin(HEAD, rows->pitch / 2 - 0.6), colour,
                (struct colour){0}, 0);
}

static const struct slice *print_all(const struct plot *plot, const double *value)
{
    struct slice *text =
        ARENA_ARRAY(plot->context->arena, struct slice, plot->data->count + 1);
    for (size_t i = 0; i < plot->data->count; i++)
        text[i] = print_at(plot, value, i);
    return text;
}

static void lay_lollipop(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    const struct chart_series *series = &data->series[0];
    struct row_request request = {
        .thickness = THICKNESS,
        .names_beside = true,
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
    scale_include(&domain, data->tick, data->tick ? rows.count : 0);
    plot->frame.right = fmax(plot->frame.right - HEAD, plot->frame.left + 1);
    axis_values_below(plot, domain.low, domain.high, false);
    for (size_t i = 0; i < rows.count; i++)
        add_row(plot, &rows, i);
    rows_baseline(plot, &rows, scale_map(&plot->x, 0));
}

const struct chart_kind chart_lollipop = {
    .name = "lollipop",
    .help = "ranked values as dots on stems, for more than a dozen categories",
    .needs = NEEDS_CATEGORIES | ONE_SERIES,
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_lollipop,
};

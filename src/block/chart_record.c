/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a chart shows, for figures.json: every plotted value, the marks of the period
 * before, the averages, and what points add up to. */
#include "block/chart_block.h"

#include <math.h>

struct plotted {
    const struct chart_arguments *chart;
    const struct block_context *context;
    const struct chart_data *data;
    bool is_before; /* the values are those of the period before */
    bool is_whole;  /* or what parts add up to */
};

static struct slice join(struct arena *arena, struct slice series,
                         struct slice category)
{
    if (!series.size || !category.size)
        return series.size ? series : category;
    return slice_of(
        arena_print(arena, "%.*s, %.*s", SLICE_PRINT(series), SLICE_PRINT(category)));
}

static double whole_at(const struct chart_data *data, size_t position)
{
    double whole = NAN;
    for (size_t i = 0; i < data->series_count; i++) {
        double value = data->series[i].value[position];
        if (isfinite(value))
            whole = isnan(whole) ? value : whole + value;
    }
    return whole;
}

/* Parts of a hundred are counted, but printed as shares. */
static struct slice printed_share(const struct plotted *plotted, double value,
                                  size_t position)
{
    const struct chart_data *data = plotted->data;
    if (!plotted->chart->shares || !data->values_are_counts || plotted->is_whole)
        return (struct slice){0};
    double whole = whole_at(data, position);
    const struct measure share = {.kind = MEASURE_SHARE};
    return whole > 0 ? print_value(plotted->context, &share, value / whole)
                     : (struct slice){0};
}

static void record_value(const struct plotted *plotted, const char *what, size_t s,
                         size_t i, const struct cell *cell)
{
    const struct chart_data *data = plotted->data;
    const struct chart_arguments *chart = plotted->chart;
    const struct scope *scope = plotted->context->scope;
    const struct measure *measure =
        chart->shown[!chart->is_split && s < chart->shown_count ? s : 0].measure;
    struct slice series =
        data->series_count > 1 ? data->series[s].label : (struct slice){0};
    struct slice category = data->category ? data->category[i] : (struct slice){0};
    struct period period = data->period ? data->period[i] : chart_window(chart, scope);
    if (plotted->is_before)
        period = period_shift(period, -1, scope->frame->week_start);
    struct slice share = printed_share(plotted, cell->value, i);
    struct figures *figures = scope->figures;
    const size_t before = figures ? figures->count : 0;
    record_figure(plotted->context, what, measure, chart->where, period,
                  join(scope->arena, series, category), cell, share);
    if (figures && figures->count > before)
        figures->figure[before].is_share = share.size > 0;
}

static void record_series(const struct plotted *plotted, size_t s)
{
    const struct chart_series *series = &plotted->data->series[s];
    for (size_t i = 0; i < plotted->data->count; i++) {
        const struct cell cell = {.value = series->value[i],
                                  .low = series->low ? series->low[i] : NAN,
                                  .high = series->high ? series->high[i] : NAN,
                                  .rows = series->rows ? series->rows[i] : 0,
                                  .at_least = series->at_least && series->at_least[i]};
        record_value(plotted, "chart", s, i, &cell);
    }
}

static void record_beside(const struct plotted *plotted, const char *what,
                          const double *value, const uint32_t *rows,
                          const bool *at_least)
{
    for (size_t i = 0; value && i < plotted->data->count; i++) {
        const struct cell cell = {.value = value[i],
                                  .low = NAN,
                                  .high = NAN,
                                  .rows = rows ? rows[i] : 0,
                                  .at_least = at_least && at_least[i]};
        record_value(plotted, what, 0, i, &cell);
    }
}

static void record_band(const struct plotted *plotted)
{
    const struct chart_data *data = plotted->data;
    for (size_t i = 0; data->band_low && data->band_high && i < data->count; i++) {
        const struct cell cell = {
            .value = NAN, .low = data->band_low[i], .high = data->band_high[i]};
        if (!isnan(cell.low))
            record_value(plotted, "chart, range to be expected", 0, i, &cell);
    }
}

static void record_number(const struct plotted *plotted, const char *what,
                          double number, size_t rows, struct slice printed)
{
    const struct block_context *context = plotted->context;
    const struct condition *where = plotted->chart->where;
    figures_add(context->scope->figures,
                &(struct figure){
                    .at = context->chart.at,
                    .expression = slice_of(what),
                    .printed = printed,
                    .number = number,
                    .low = NAN,
                    .high = NAN,
                    .condition = where ? where->source : (struct slice){0},
                    .period = chart_window(plotted->chart, context->scope),
                    .rows = rows,
                });
}

/* Written behind stacked bars. */
static void record_totals(const struct plotted *plotted)
{
    const struct chart_data *data = plotted->data;
    struct plotted whole = *plotted;
    struct chart_data one = *data;
    one.series_count = 1;
    whole.data = &one;
    whole.is_whole = true;
    for (size_t i = 0; i < data->count; i++) {
        struct cell cell = {.value = data->whole ? data->whole[i] : whole_at(data, i),
                            .low = NAN,
                            .high = NAN};
        for (size_t s = 0; s < data->series_count; s++) {
            const struct chart_series *part = &data->series[s];
            cell.at_least += part->at_least && part->at_least[i];
            cell.rows += data->series[s].rows ? data->series[s].rows[i] : 0;
        }
        record_value(&whole, "chart, all parts", 0, i, &cell);
    }
}

/* One mark a row: how many, what they add up to, and those that are named. */
static void record_points(const struct plotted *plotted)
{
    const struct chart_data *data = plotted->data;
    double sum = 0, largest = 0;
    bool is_known = false;
    for (size_t i = 0; i < data->point_count; i++) {
        const struct chart_point *point = &data->point[i];
        if (!isfinite(point->size))
            continue;
        is_known = true;
        sum += point->size;
        largest = fmax(largest, point->size);
        if (point->label.size)
            record_number(plotted, "chart, a row", point->size, 1, point->label);
    }
    record_number(plotted, "chart, rows", (double)data->point_count, data->point_count,
                  (struct slice){0});
    if (!is_known)
        return;
    record_number(plotted, "chart, sum of the rows", sum, data->point_count,
                  (struct slice){0});
    record_number(plotted, "chart, largest row", largest, data->point_count,
                  (struct slice){0});
}

void record_chart(const struct chart_arguments *chart,
                  const struct block_context *context, const struct chart_data *data)
{
    const struct plotted plotted = {.chart = chart, .context = context, .data = data};
    struct plotted before = plotted;
    before.is_before = true;
    if (context->scope->rehearsal || !context->scope->figures)
        return;
    if (chart->kind->needs & NEEDS_POINTS && !data->category) {
        record_points(&plotted);
        return;
    }
    for (size_t i = 0; i < data->series_count; i++)
        record_series(&plotted, i);
    if (chart->is_split && measure_is_additive(chart->shown[0].measure))
        record_totals(&plotted);
    record_beside(&before, "chart, the period before", data->tick, data->tick_rows,
                  data->tick_at_least);
    record_beside(&plotted, "chart, average", data->average, NULL, NULL);
    record_beside(&plotted, "chart, trend", data->trend, NULL, NULL);
    record_beside(&plotted, "chart, level", data->level, NULL, NULL);
    record_band(&plotted);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: over the calendar's cycles, alone or across a field or the
 * periods: week × weekday, weekday × province, month of year × weekday. */
#include "block/chart_cross.h"

#include <math.h>

enum { MOST_PARTS = 7, MOST_ROWS = 60 };

static enum calendar_cycle cycle_of(const struct axis *axis)
{
    return axis->kind == AXIS_WEEKDAY ? CYCLE_WEEKDAY : CYCLE_MONTH;
}

static struct slice cycle_name(const struct axis *axis,
                               const struct block_context *context, size_t i)
{
    struct text text = {.arena = context->chart.arena};
    size_t week_start = (size_t)context->scope->frame->week_start;
    if (axis->kind == AXIS_WEEKDAY) /* 5 January 1970 was a Monday */
        locale_day(context->chart.locale, 4 + (int32_t)((i + week_start) % 7), "EEE",
                   &text);
    else
        locale_day(context->chart.locale, civil_day(2001, (int)i + 1, 1), "MMM", &text);
    return text_slice(&text);
}

/* Weekdays begin with the brief's own first day of the week. */
static struct side side_of_cycle(const struct chart_arguments *chart,
                                 const struct axis *axis,
                                 const struct block_context *context)
{
    struct arena *arena = context->scope->arena;
    size_t count = axis->kind == AXIS_WEEKDAY ? 7 : 12;
    size_t first =
        axis->kind == AXIS_WEEKDAY ? (size_t)context->scope->frame->week_start : 0;
    uint32_t *code = ARENA_ARRAY(arena, uint32_t, count);
    struct slice *name = ARENA_ARRAY(arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        code[i] = (uint32_t)((i + first) % count) + 1;
        name[i] = cycle_name(axis, context, i);
    }
    return (struct side){.column = calendar_groups(chart->table->table, cycle_of(axis)),
                         .count = count,
                         .code = code,
                         .name = name};
}

/* What `top` and `others` choose of a field, as positions or as parts. */
static struct side side_of_field(const struct chart_arguments *chart,
                                 const struct axis *axis,
                                 const struct block_context *context,
                                 struct period window)
{
    bool is_parts =
        axis == &chart->split && !slice_is(slice_of(chart->kind->name), "heat");
    size_t most = is_parts ? MOST_PARTS : MOST_ROWS;
    const struct parts parts = {
        .column = axis->column,
        .window = window,
        .most = chart->top ? (size_t)chart->top + chart->others : most,
        .with_rest = chart->others || (is_parts && !chart->top)};
    return side_of_parts(chart, context, &parts);
}

static struct side side_of_axis(const struct chart_arguments *chart,
                                const struct axis *axis,
                                const struct block_context *context,
                                struct period window, size_t periods)
{
    switch (axis->kind) {
    case AXIS_WEEKDAY:
    case AXIS_MONTH: return side_of_cycle(chart, axis, context);
    case AXIS_COLUMN: return side_of_field(chart, axis, context, window);
    default: return side_of_periods(periods, context->scope->arena);
    }
}

/* The periods of an axis over periods, cut to the window; else the window itself. */
static size_t grid_periods(const struct axis *axis, const struct scope *scope,
                           struct period window, const struct period **period,
                           const struct period **cut)
{
    *period = *cut = arena_copy(scope->arena, &window, sizeof window);
    if (!axis || window.last_day < window.first_day)
        return 1;
    size_t count = period_list(axis->unit, window.first_day, window.last_day,
                               scope->frame->week_start, scope->arena, period);
    struct period *inside = arena_copy(scope->arena, *period, count * sizeof **period);
    for (size_t i = 0; i < count; i++) {
        if (inside[i].first_day < window.first_day)
            inside[i].first_day = window.first_day;
        if (inside[i].last_day > window.last_day)
            inside[i].last_day = window.last_day;
    }
    *cut = inside;
    return count;
}

static struct slice *period_names(const struct block_context *context,
                                  const struct period *period, size_t count)
{
    struct slice *name = ARENA_ARRAY(context->chart.arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct text text = {.arena = context->chart.arena};
        locale_period(context->chart.locale, period[i], &text);
        name[i] = text_slice(&text);
    }
    return name;
}

/* A day that the data don't reach has no number: it isn't 0. */
static void blank_days(const struct cross *cross, const struct period *week,
                       struct period window, struct cell *cell)
{
    const struct coverage known =
        scope_coverage(cross->context->scope, cross->measure->table);
    int32_t first =
        known.first_day > window.first_day ? known.first_day : window.first_day;
    int32_t last = known.last_day < window.last_day ? known.last_day : window.last_day;
    for (size_t j = 0; j < cross->split.count; j++) {
        for (size_t i = 0; i < cross->by.count; i++) {
            size_t at = cross->by.is_periods ? i : j;
            int32_t day = week[at].first_day + (int32_t)(cross->by.is_periods ? j : i);
            if (day < first || day > last)
                cell[j * cross->by.count + i].value = NAN;
        }
    }
}

static bool is_week_by_day(const struct chart_arguments *chart,
                           const struct axis *split)
{
    const struct axis *weeks = chart->by.kind == AXIS_PERIODS ? &chart->by : split;
    const struct axis *days = weeks == split ? &chart->by : split;
    return weeks->kind == AXIS_PERIODS && weeks->unit == PERIOD_WEEK &&
           days->kind == AXIS_WEEKDAY;
}

static void bind_cycle_before(const struct cross *cross, struct chart_data *data)
{
    const struct scope *scope = cross->context->scope;
    struct cross earlier = *cross;
    struct period before = period_shift(*cross->period, -1, scope->frame->week_start);
    earlier.period = arena_copy(scope->arena, &before, sizeof before);
    cross_ask(&earlier);
    if (scope->rehearsal || chart_comparison(cross->chart, scope) != COMPARED)
        return;
    const struct cell *cell = cross_cells(&earlier);
    const struct chart_series *series = cross_series(&earlier, cell);
    data->tick = series->value;
    data->tick_rows = series->rows;
    data->tick_at_least =
        limits_of(cell, cross->by.count, cross->measure, scope->arena);
    data->value_name = print_phrase(cross->context, "chart.now", 1, NULL, 0);
    data->tick_name = print_phrase(cross->context, "chart.earlier", 1, NULL, 0);
}

/* Without a second side a series each measure. */
static void bind_cycle(const struct chart_arguments *chart, struct cross *cross,
                       struct chart_data *data)
{
    const struct scope *scope = cross->context->scope;
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, chart->shown_count);
    for (size_t s = 0; s < chart->shown_count; s++) {
        cross->measure = chart->shown[s].measure;
        cross_ask(cross);
        if (scope->rehearsal)
            continue;
        series[s] = cross_series(cross, cross_cells(cross))[0];
        series[s].label =
            chart->shown[s].label.size
                ? chart->shown[s].label
                : measure_label(cross->measure, scope->locale, scope->arena);
    }
    data->series = series;
    data->series_count = chart->shown_count;
    if (chart->tick && chart->shown_count == 1)
        bind_cycle_before(cross, data);
}

void bind_grid(const struct chart_arguments *chart, const struct block_context *context,
               struct chart_data *data)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    /* A grid has weekdays below each other where the template says nothing; bars have
     * one series then. */
    bool is_grid = chart->is_split || (chart->kind->needs & NEEDS_SPLIT);
    struct axis split = chart->split;
    if (!chart->is_split)
        split.kind = AXIS_WEEKDAY;
    const struct axis *split_axis = chart->is_split ? &chart->split : &split;
    const struct axis *timed = chart->by.kind == AXIS_PERIODS          ? &chart->by
                               : is_grid && split.kind == AXIS_PERIODS ? split_axis
                                                                       : NULL;
    struct period window = chart_window(chart, scope);
    const struct period *period, *cut;
    size_t periods = grid_periods(timed, scope, window, &period, &cut);
    struct cross cross = {.chart = chart,
                          .context = context,
                          .measure = measure,
                          .period = cut,
                          .period_count = periods,
                          .by =
                              side_of_axis(chart, &chart->by, context, window, periods),
                          .split = {.count = 1}};
    if (is_grid)
        cross.split = side_of_axis(chart, split_axis, context, window, periods);
    data->count = cross.by.count;
    data->period = cross.by.is_periods ? period : NULL;
    data->category = cross.by.name;
    data->values_are_counts = measure_is_additive(measure);
    data->shares = data->shares || measure->kind == MEASURE_SHARE;
    if (!is_grid) {
        bind_cycle(chart, &cross, data);
        return;
    }
    cross_ask(&cross);
    if (scope->rehearsal)
        return;
    if (cross.split.is_periods)
        cross.split.name = period_names(context, period, periods);
    struct cell *cell = cross_cells(&cross);
    if (is_week_by_day(chart, split_axis))
        blank_days(&cross, period, window, cell);
    data->series = cross_series(&cross, cell);
    data->series_count = cross.split.count;
    data->parts_left_out = cross.split.left_out;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: two-field grids over the calendar, and one mark a row. */
#include "block/chart_block.h"
#include "block/rows.h"

#include <math.h>

/* -- Grids: month of year × weekday, week × weekday, field × weekday ------------------ */

static size_t axis_size(const struct axis *axis, size_t periods)
{
    switch (axis->kind) {
    case AXIS_WEEKDAY: return 7;
    case AXIS_MONTH: return 12;
    case AXIS_COLUMN: return axis->column->words.count;
    default: return periods;
    }
}

static struct slice axis_label(const struct axis *axis,
                               const struct block_context *context, size_t i)
{
    struct text text = {.arena = context->chart.arena};
    int week_start = context->scope->frame->week_start;
    switch (axis->kind) {
    case AXIS_WEEKDAY: /* 5 January 1970 was a Monday */
        locale_day(context->chart.locale, 4 + (int32_t)((i + (size_t)week_start) % 7),
                   "EEE", &text);
        break;
    case AXIS_MONTH:
        locale_day(context->chart.locale, civil_day(2001, (int)i + 1, 1), "MMM", &text);
        break;
    case AXIS_COLUMN:
        text_append(&text,
                    locale_name(context->chart.locale, axis->column->words.word[i],
                                context->chart.arena));
        break;
    default: break;
    }
    return text_slice(&text);
}

struct grid {
    const struct chart_arguments *chart;
    const struct scope *scope;
    struct period window;
    const struct period *week; /* when one axis runs over periods */
    size_t week_count;
};

static size_t axis_index(const struct grid *grid, const struct axis *axis, int32_t day)
{
    int week_start = grid->scope->frame->week_start;
    switch (axis->kind) {
    case AXIS_WEEKDAY: return (size_t)((civil_weekday(day) - week_start + 7) % 7);
    case AXIS_MONTH: return (size_t)civil_of(day).month - 1;
    default: {
        size_t low = 0, high = grid->week_count;
        while (low + 1 < high) {
            size_t middle = (low + high) / 2;
            if (grid->week[middle].first_day <= day)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
    }
}

static struct period grid_window(const struct chart_arguments *chart,
                                 const struct scope *scope)
{
    if (chart->last_count || chart->by.kind == AXIS_PERIODS)
        return chart_window(chart, scope);
    /* The calendar's own rhythm is read off all data. */
    return (struct period){PERIOD_RANGE, scope->frame->data_first,
                           scope->frame->data_last};
}

static const struct period *days_of(struct period window, struct arena *arena,
                                    size_t *count)
{
    *count = window.last_day < window.first_day ? 0 : (size_t)period_days(window);
    struct period *day = ARENA_ARRAY(arena, struct period, *count);
    for (size_t i = 0; i < *count; i++) {
        int32_t at = window.first_day + (int32_t)i;
        day[i] = (struct period){PERIOD_DAY, at, at};
    }
    return day;
}

static double **grid_rows(const struct grid *grid, size_t rows, size_t columns)
{
    double **value = ARENA_ARRAY(grid->scope->arena, double *, rows);
    for (size_t i = 0; i < rows; i++)
        value[i] = ARENA_ARRAY(grid->scope->arena, double, columns);
    return value;
}

void bind_grid(const struct chart_arguments *chart, const struct block_context *context,
               struct chart_data *data)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    struct grid grid = {
        .chart = chart, .scope = scope, .window = grid_window(chart, scope)};
    if (chart->by.kind == AXIS_PERIODS)
        grid.week_count =
            period_list(chart->by.unit, grid.window.first_day, grid.window.last_day,
                        scope->frame->week_start, scope->arena, &grid.week);
    size_t day_count, groups[2];
    const struct period *day = days_of(grid.window, scope->arena, &day_count);
    bool by_field = chart->by.kind == AXIS_COLUMN;
    const struct column *const by[2] = {by_field ? chart->by.column : NULL, NULL};
    const struct cell *cell =
        scope_cells(scope, measure, chart->where, by, day, day_count, groups);
    if (scope->rehearsal)
        return;
    size_t columns = axis_size(&chart->by, grid.week_count);
    struct axis split = chart->split;
    if (!chart->is_split)
        split.kind = AXIS_WEEKDAY;
    size_t rows = axis_size(&split, 0);
    double **value = grid_rows(&grid, rows, columns);
    for (size_t group = 0; group < groups[0]; group++) {
        for (size_t i = 0; i < day_count; i++) {
            const struct cell *one = &cell[group * day_count + i];
            int32_t at = day[i].first_day;
            size_t column = by_field ? group : axis_index(&grid, &chart->by, at);
            if (!isnan(one->value))
                value[axis_index(&grid, &split, at)][column] += one->value;
        }
    }
    struct chart_series *series = ARENA_ARRAY(scope->arena, struct chart_series, rows);
    for (size_t i = 0; i < rows; i++)
        series[i] = (struct chart_series){.label = axis_label(&split, context, i),
                                          .tone = measure_tone(measure),
                                          .value = value[i]};
    data->count = columns;
    data->series = series;
    data->series_count = rows;
    data->period = grid.week;
    if (!grid.week) {
        struct slice *name = ARENA_ARRAY(scope->arena, struct slice, columns);
        for (size_t i = 0; i < columns; i++)
            name[i] = axis_label(&chart->by, context, i);
        data->category = name;
    }
}

/* -- Points ----------------------------------------------------------------------------- */

static size_t point_group(const struct column *colour, uint32_t row)
{
    if (!colour || !colour->is_read || colour->type != COLUMN_CATEGORY ||
        colour->is_list)
        return 0;
    return colour->as.category[row];
}

void bind_points(const struct chart_arguments *chart,
                 const struct block_context *context, struct chart_data *data)
{
    const struct scope *scope = context->scope;
    if (scope->rehearsal)
        return;
    struct period window = chart_window(chart, scope);
    size_t found, count = 0;
    const uint32_t *row = rows_found(scope, chart->table, chart->where, &window,
                                     (struct row_order){0}, &found);
    bool by_day =
        !(chart->longitude && chart->latitude) || chart->by.kind == AXIS_PERIODS;
    struct chart_point *point = ARENA_ARRAY(scope->arena, struct chart_point, found);
    for (size_t i = 0; i < found; i++) {
        double x = by_day ? number_in(chart->table->table->date, row[i])
                          : number_in(chart->longitude, row[i]);
        double y = by_day ? 0 : number_in(chart->latitude, row[i]);
        if (isnan(x) || isnan(y))
            continue;
        point[count++] = (struct chart_point){
            .x = x,
            .y = y,
            .size = number_in(chart->size, row[i]),
            .group = point_group(chart->colour, row[i]),
        };
    }
    /* Evenly thinned, so that the picture keeps its shape; every k-th is drawn. */
    size_t step = count > (size_t)chart->limit
                      ? (count + (size_t)chart->limit - 1) / (size_t)chart->limit
                      : 1;
    for (size_t i = 0; i * step < count; i++)
        point[i] = point[i * step];
    data->point = point;
    data->point_count = (count + step - 1) / step;
    data->count = data->point_count;
    const struct column *colour = chart->colour;
    size_t groups = colour && colour->is_read && colour->type == COLUMN_CATEGORY
                        ? colour->words.count
                        : 1;
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, groups);
    for (size_t i = 0; i < groups; i++)
        series[i].label =
            groups > 1 ? locale_name(scope->locale, colour->words.word[i], scope->arena)
                       : (struct slice){0};
    data->series = series;
    data->series_count = groups;
}

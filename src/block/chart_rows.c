/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: two-field grids over the calendar, and one mark a row. */
#include "block/chart_block.h"
#include "block/rows.h"

#include <math.h>
#include <string.h>

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

/* Every day's cell goes to its place of the calendar. */
struct folded {
    size_t rows, columns;
    double **value;   /* [row][column] */
    uint32_t *behind; /* rows of the table behind each */
};

static struct folded fold_days(const struct grid *grid, const struct axis *split,
                               size_t rows, const struct cell *cell, size_t groups,
                               const struct period *day, size_t day_count)
{
    const struct axis *by = &grid->chart->by;
    struct folded folded = {.rows = rows, .columns = axis_size(by, grid->week_count)};
    folded.value = grid_rows(grid, rows, folded.columns);
    folded.behind = ARENA_ARRAY(grid->scope->arena, uint32_t, rows * folded.columns);
    for (size_t group = 0; group < groups; group++) {
        for (size_t i = 0; i < day_count; i++) {
            const struct cell *one = &cell[group * day_count + i];
            int32_t at = day[i].first_day;
            size_t column = by->kind == AXIS_COLUMN ? group : axis_index(grid, by, at);
            size_t row = rows > 1 ? axis_index(grid, split, at) : 0;
            folded.behind[row * folded.columns + column] += one->rows;
            if (!isnan(one->value))
                folded.value[row][column] += one->value;
        }
    }
    return folded;
}

static void name_columns(const struct grid *grid, const struct block_context *context,
                         struct chart_data *data)
{
    data->period = grid->week;
    if (grid->week)
        return;
    struct slice *name = ARENA_ARRAY(grid->scope->arena, struct slice, data->count);
    for (size_t i = 0; i < data->count; i++)
        name[i] = axis_label(&grid->chart->by, context, i);
    data->category = name;
}

void bind_grid(const struct chart_arguments *chart, const struct block_context *context,
               struct chart_data *data)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    struct grid grid = {
        .chart = chart, .scope = scope, .window = chart_window(chart, scope)};
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
    /* A grid has weekdays below each other where the template says nothing; bars have
     * one series then. */
    struct axis split = chart->split;
    bool is_grid = chart->is_split || (chart->kind->needs & NEEDS_SPLIT);
    if (!chart->is_split)
        split.kind = AXIS_WEEKDAY;
    const struct folded folded =
        fold_days(&grid, &split, is_grid ? axis_size(&split, 0) : 1, cell, groups[0],
                  day, day_count);
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, folded.rows);
    for (size_t i = 0; i < folded.rows; i++)
        series[i] = (struct chart_series){
            .label = is_grid ? axis_label(&split, context, i)
                             : measure_label(measure, scope->locale, scope->arena),
            .tone = measure_tone(measure),
            .value = folded.value[i],
            .rows = folded.behind + i * folded.columns};
    data->count = folded.columns;
    data->series = series;
    data->series_count = folded.rows;
    name_columns(&grid, context, data);
}

/* -- Points ----------------------------------------------------------------------------- */

struct cloud {
    const struct chart_arguments *chart;
    const struct block_context *context;
    struct chart_point *point;
    uint32_t *row; /* of each point */
    size_t count;
};

static bool is_coded(const struct column *column)
{
    return column && column->is_read && column->type == COLUMN_CATEGORY &&
           !column->is_list;
}

static size_t point_group(const struct column *colour, uint32_t row)
{
    return is_coded(colour) ? colour->as.category[row] : 0;
}

static void take_points(struct cloud *cloud, const uint32_t *row, size_t found)
{
    const struct chart_arguments *chart = cloud->chart;
    bool by_place = chart->longitude && chart->latitude;
    struct arena *arena = cloud->context->chart.arena;
    cloud->point = ARENA_ARRAY(arena, struct chart_point, found);
    cloud->row = ARENA_ARRAY(arena, uint32_t, found);
    for (size_t i = 0; i < found; i++) {
        double x = by_place ? number_in(chart->longitude, row[i])
                            : number_in(chart->table->table->date, row[i]);
        double y = by_place ? number_in(chart->latitude, row[i]) : 0;
        if (isnan(x) || isnan(y))
            continue;
        cloud->row[cloud->count] = row[i];
        cloud->point[cloud->count++] = (struct chart_point){
            .x = x,
            .y = y,
            .size = number_in(chart->size, row[i]),
            .group = point_group(chart->colour, row[i]),
        };
    }
}

/* Evenly thinned, so that the picture keeps its shape; every k-th is drawn. */
static void thin_points(struct cloud *cloud)
{
    size_t most = (size_t)cloud->chart->limit;
    size_t step = cloud->count > most ? (cloud->count + most - 1) / most : 1;
    size_t kept = (cloud->count + step - 1) / step;
    for (size_t i = 0; i < kept; i++) {
        cloud->point[i] = cloud->point[i * step];
        cloud->row[i] = cloud->row[i * step];
    }
    cloud->count = kept;
}

/* "killed": what circles are sized by, in the brief's language. */
static struct slice size_name(const struct chart_arguments *chart,
                              const struct block_context *context)
{
    if (!chart->size)
        return (struct slice){0};
    return locale_name(context->chart.locale, chart->size->name, context->chart.arena);
}

/* "killed", "civilians killed"; without any the mark itself counts. */
static bool is_deaths(const struct column *size)
{
    const struct slice word = SLICE_LITERAL("killed");
    return !size ||
           (size->name.size >= word.size &&
            slice_equal(slice_from(size->name, size->name.size - word.size), word));
}

/* Without a place or a type the phrase begins with the stops behind them. */
static struct slice behind_stops(struct slice label)
{
    static const char *const stop[] = {":", ",", "\xd8\x8c", " "};
    for (size_t i = 0; i < sizeof stop / sizeof *stop;) {
        bool begins = slice_starts_with(label, stop[i]);
        if (begins)
            label = slice_from(label, strlen(stop[i]));
        i = begins ? 0 : i + 1;
    }
    return label;
}

/* "Bannu: car bomb, 19 killed" */
static struct slice point_label(const struct cloud *cloud, size_t i)
{
    const struct chart_arguments *chart = cloud->chart;
    const struct locale *locale = cloud->context->chart.locale;
    const struct table *table = chart->table->table;
    struct arena *arena = cloud->context->chart.arena;
    struct text size = {.arena = arena};
    double number = cloud->point[i].size;
    locale_number(locale, number, number == floor(number) ? 0 : 1, &size);
    const struct column *column[] = {chart->label_place, chart->label_type};
    struct slice word[2] = {{0}, {0}};
    for (size_t j = 0; j < 2; j++) {
        if (column[j])
            word[j] = locale_name(
                locale, table_text(table, column[j], cloud->row[i], arena), arena);
    }
    const struct phrase_part part[] = {{"place", word[0]},
                                       {"type", word[1]},
                                       {"size", text_slice(&size)},
                                       {"name", size_name(chart, cloud->context)}};
    struct slice label = print_phrase(
        cloud->context, is_deaths(chart->size) ? "chart.point" : "chart.point other",
        number, part, 4);
    return behind_stops(label);
}

static size_t largest_unnamed(const struct cloud *cloud)
{
    size_t largest = SIZE_MAX;
    for (size_t i = 0; i < cloud->count; i++) {
        const struct chart_point *point = &cloud->point[i];
        if (point->label.size || !(point->size > 0))
            continue;
        if (largest == SIZE_MAX || point->size > cloud->point[largest].size)
            largest = i;
    }
    return largest;
}

static void name_largest(const struct cloud *cloud)
{
    for (long named = 0; named < cloud->chart->labels; named++) {
        size_t largest = largest_unnamed(cloud);
        if (largest == SIZE_MAX)
            return;
        cloud->point[largest].label = point_label(cloud, largest);
    }
}

static void bind_point_groups(const struct cloud *cloud, struct chart_data *data)
{
    const struct column *colour = cloud->chart->colour;
    const struct block_context *context = cloud->context;
    struct arena *arena = context->chart.arena;
    size_t groups = is_coded(colour) ? colour->words.count : 1;
    struct chart_series *series = ARENA_ARRAY(arena, struct chart_series, groups);
    for (size_t i = 0; i < groups && is_coded(colour); i++) {
        struct slice word = colour->words.word[i];
        const struct measure named = {.tone = word};
        series[i].tone = measure_tone(&named);
        series[i].label =
            i ? capitalised(context, locale_name(context->chart.locale, word, arena))
              : print_phrase(context, "unknown group", 1, NULL, 0);
    }
    data->series = series;
    data->series_count = groups;
}

void bind_points(const struct chart_arguments *chart,
                 const struct block_context *context, struct chart_data *data)
{
    const struct scope *scope = context->scope;
    if (scope->rehearsal)
        return;
    struct period window = chart_window(chart, scope);
    struct cloud cloud = {.chart = chart, .context = context};
    size_t found;
    const uint32_t *row = rows_found(scope, chart->table, chart->where, &window,
                                     (struct row_order){0}, &found);
    take_points(&cloud, row, found);
    thin_points(&cloud);
    bind_point_groups(&cloud, data);
    data->point = cloud.point;
    data->point_count = cloud.count;
    data->count = cloud.count;
    data->size_name = size_name(chart, context);
    data->size_is_other = !is_deaths(chart->size);
    name_largest(&cloud);
    if (!(chart->kind->needs & NEEDS_TIME))
        return;
    data->period = days_of(window, scope->arena, &data->count);
}

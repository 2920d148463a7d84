/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: one mark a row. */
#include "block/chart_block.h"
#include "block/rows.h"

#include <math.h>
#include <string.h>

/* -- Points ----------------------------------------------------------------------------- */

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
            .at_least = is_at_least(chart->size, row[i]),
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
    const struct phrase_part digits = {"number", text_slice(&size)};
    const struct slice number_text =
        cloud->point[i].at_least
            ? print_phrase(cloud->context, "table.at least", NAN, &digits, 1)
            : digits.text;
    const struct column *column[] = {chart->label_place, chart->label_type};
    struct slice word[2] = {{0}, {0}};
    for (size_t j = 0; j < 2; j++) {
        if (column[j])
            word[j] = locale_name(
                locale, table_text(table, column[j], cloud->row[i], arena), arena);
    }
    const struct phrase_part part[] = {{"place", word[0]},
                                       {"type", word[1]},
                                       {"size", number_text},
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
              : unknown_name(context, colour);
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

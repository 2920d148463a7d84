/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `title: finding`: what a chart shows first, as a sentence that is true of the numbers
 * drawn. Where two are alike or nothing stands out there is none. */
#include "block/chart_block.h"
#include "map/map.h"

#include <math.h>

enum { NONE = -1 };

/* The one that is larger than all others, or NONE. What a lower limit stands for may be
 * larger than any: only where it is the largest itself is that known. */
static long largest_of(const double *value, const bool *limit, size_t count)
{
    long largest = NONE;
    bool is_tied = false;
    size_t limits = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(value[i]))
            continue;
        limits += limit && limit[i];
        if (largest == NONE || fabs(value[i]) > fabs(value[largest])) {
            largest = (long)i;
            is_tied = false;
        } else {
            is_tied |= fabs(value[i]) == fabs(value[largest]);
        }
    }
    if (largest == NONE || is_tied || value[largest] == 0)
        return NONE;
    return limits > (size_t)(limit && limit[largest]) ? NONE : largest;
}

static struct slice number_of(const struct block_context *context, double value,
                              bool at_least)
{
    struct text text = {.arena = context->chart.arena};
    locale_number(context->chart.locale, value, 0, &text);
    const struct phrase_part part = {"number", text_slice(&text)};
    return at_least ? print_phrase(context, "table.at least", NAN, &part, 1)
                    : part.text;
}

static struct slice say(const struct chart_arguments *chart,
                        const struct block_context *context, const char *key,
                        struct slice name, struct slice value)
{
    const struct phrase_part part[] = {
        {"name", name},
        {"value", value},
        {"measure", locale_name(context->chart.locale, chart->shown[0].measure->name,
                                context->chart.arena)}};
    return capitalised(context, print_phrase(context, key, 1, part, 3));
}

/* Which changed most, in numbers. */
static struct slice change_found(const struct chart_arguments *chart,
                                 const struct block_context *context,
                                 const struct chart_data *data)
{
    double *change = ARENA_ARRAY(context->chart.arena, double, data->count + 1);
    const bool *now = data->series[0].at_least, *before = data->tick_at_least;
    for (size_t i = 0; i < data->count; i++) {
        if ((now && now[i]) || (before && before[i]))
            return (struct slice){0}; /* its change isn't known, and may be larger */
        change[i] = data->series[0].value[i] - data->tick[i];
    }
    long most = largest_of(change, NULL, data->count);
    if (most == NONE)
        return (struct slice){0};
    return say(chart, context,
               change[most] > 0 ? "chart.finding more" : "chart.finding fewer",
               data->category[most], number_of(context, fabs(change[most]), false));
}

static double *sums_of(const struct block_context *context,
                       const struct chart_data *data, bool *limit)
{
    double *sum = ARENA_ARRAY(context->chart.arena, double, data->series_count + 1);
    for (size_t s = 0; s < data->series_count; s++) {
        for (size_t i = 0; i < data->count; i++) {
            double value = data->series[s].value[i];
            sum[s] += isfinite(value) ? value : 0;
            limit[s] |= data->series[s].at_least && data->series[s].at_least[i];
        }
    }
    return sum;
}

static struct slice weekday_name(const struct block_context *context, size_t i)
{
    struct text text = {.arena = context->chart.arena};
    size_t week_start = (size_t)context->scope->frame->week_start;
    locale_day(context->chart.locale, 4 + (int32_t)((i + week_start) % 7), "EEEE",
               &text);
    return text_slice(&text);
}

/* Without a number: their sums stand nowhere in the figure. */
static struct slice series_found(const struct chart_arguments *chart,
                                 const struct block_context *context,
                                 const struct chart_data *data)
{
    bool *limit = ARENA_ARRAY(context->chart.arena, bool, data->series_count + 1);
    const double *sum = sums_of(context, data, limit);
    long most = largest_of(sum, limit, data->series_count);
    if (most == NONE)
        return (struct slice){0};
    struct slice name = data->series[most].label, no_number = {0};
    bool are_days = chart->is_split && chart->split.kind == AXIS_WEEKDAY;
    if (are_days)
        name = weekday_name(context, (size_t)most);
    bool are_parts = chart->shares && chart->shown_count > 1;
    return say(chart, context,
               are_parts  ? "chart.finding part"
               : are_days ? "chart.finding first day"
                          : "chart.finding first",
               name, no_number);
}

struct slice chart_finding(const struct chart_arguments *chart,
                           const struct block_context *context,
                           const struct chart_data *data)
{
    bool is_open = period_is_provisional(chart_window(chart, context->scope),
                                         context->scope->frame);
    bool is_share = chart->shares && chart->shown_count == 1;
    if (chart->others || is_share || !data->values_are_counts || !data->count ||
        !data->series_count || is_open || chart->kind->needs & NEEDS_POINTS)
        return (struct slice){0};
    if (chart->kind->needs & NEEDS_BEFORE)
        return data->tick && data->category && data->series_count == 1
                   ? change_found(chart, context, data)
                   : (struct slice){0};
    if (data->series_count > 1)
        return series_found(chart, context, data);
    const struct chart_series *series = &data->series[0];
    long most = data->category
                    ? largest_of(series->value, series->at_least, data->count)
                    : NONE;
    if (most == NONE)
        return (struct slice){0};
    bool are_days = chart->by.kind == AXIS_WEEKDAY;
    return say(chart, context,
               are_days ? "chart.finding most day" : "chart.finding most",
               data->category[most],
               number_of(context, series->value[most],
                         series->at_least && series->at_least[most]));
}

struct slice map_finding(const struct chart_arguments *ranking,
                         const struct block_context *context,
                         const struct map_data *data)
{
    double *value = ARENA_ARRAY(context->chart.arena, double, data->place_count + 1);
    bool *limit = ARENA_ARRAY(context->chart.arena, bool, data->place_count + 1);
    for (size_t i = 0; i < data->place_count; i++) {
        value[i] = data->place[i].value;
        limit[i] = data->place[i].is_limit;
    }
    long most = data->shares ? NONE : largest_of(value, limit, data->place_count);
    if (most == NONE || value[most] != floor(value[most]))
        return (struct slice){0};
    return say(ranking, context, "chart.finding most", data->place[most].name,
               number_of(context, value[most], limit[most]));
}

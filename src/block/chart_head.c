/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands over a chart where the template says nothing: which measures, by what,
 * of which rows, of which days. */
#include "block/chart_block.h"

enum { MOST_NAMED = 4 };

static struct slice field_name(const struct axis *axis,
                               const struct block_context *context)
{
    if (axis->kind == AXIS_COLUMN)
        return locale_name(context->chart.locale, axis->column->name,
                           context->chart.arena);
    if (axis->kind == AXIS_WEEKDAY || axis->kind == AXIS_MONTH)
        return print_phrase(context,
                            axis->kind == AXIS_WEEKDAY ? "chart.weekday"
                                                       : "chart.month of year",
                            1, NULL, 0);
    return locale_unit(context->chart.locale, axis->unit, 1);
}

static struct slice shown_name(const struct block_context *context,
                               const struct shown *shown)
{
    return shown->label.size || !shown->measure
               ? shown->label
               : measure_label(shown->measure, context->chart.locale,
                               context->chart.arena);
}

struct slice chart_title(const struct chart_arguments *chart,
                         const struct block_context *context)
{
    if (!chart->shown_count) { /* it draws the table's rows */
        const struct measure rows = {.name = chart->table->name};
        return measure_label(&rows, context->chart.locale, context->chart.arena);
    }
    return shown_name(context, &chart->shown[0]);
}

static void append(const struct block_context *context, struct text *text,
                   struct slice words)
{
    if (text->size && words.size)
        text_append(text, print_phrase(context, "list.comma", 1, NULL, 0));
    text_append(text, words);
}

/* Of more than a few only the first: the key names them all. */
static struct slice measure_names(const struct chart_arguments *chart,
                                  const struct block_context *context)
{
    struct text text = {.arena = context->chart.arena};
    size_t named = chart->is_split ? 1 : chart->shown_count;
    for (size_t i = 0; i < named && named <= MOST_NAMED; i++)
        append(context, &text, shown_name(context, &chart->shown[i]));
    return text.size ? text_slice(&text) : chart_title(chart, context);
}

/* The days, and before them which rows alone are meant. */
static struct slice rows_and_period(const struct chart_arguments *chart,
                                    const struct block_context *context,
                                    const struct chart_data *data)
{
    struct text text = {.arena = context->chart.arena};
    struct period window = chart_window(chart, context->scope);
    if (data->period && data->count) /* a month that isn't over is drawn, too */
        window = (struct period){PERIOD_RANGE, data->period[0].first_day,
                                 data->period[data->count - 1].last_day};
    append(context, &text, condition_words(context, chart->where));
    if (data->shares && data->values_are_counts)
        append(context, &text, print_phrase(context, "chart.in percent", 1, NULL, 0));
    append(context, &text, place_and_period(context, window));
    if (chart->kind->needs & PANELS)
        append(context, &text, print_phrase(context, "chart.same scale", 1, NULL, 0));
    return text_slice(&text);
}

struct slice chart_subtitle(const struct chart_arguments *chart,
                            const struct block_context *context,
                            const struct chart_data *data)
{
    bool is_split = chart->is_split;
    struct phrase_part part[] = {
        {"measure", measure_names(chart, context)},
        {"by", field_name(&chart->by, context)},
        {"period", rows_and_period(chart, context, data)},
        {"split", is_split ? field_name(&chart->split, context) : (struct slice){0}},
    };
    const char *key = chart->by.kind == AXIS_ROWS ? "chart.rows"
                      : chart->by.kind == AXIS_PERIODS
                          ? is_split ? "chart.per period split" : "chart.per period"
                      : is_split ? "chart.by field split"
                                 : "chart.by field";
    return print_phrase(context, key, 1, part, 4);
}

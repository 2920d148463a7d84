/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: measures over periods. */
#include "block/chart_cross.h"
#include "stats/verdict.h"

#include <math.h>

/* -- By period --------------------------------------------------------------------- */

static size_t default_positions(enum period_unit unit)
{
    switch (unit) {
    case PERIOD_DAY: return 28;
    case PERIOD_WEEK: return 52;
    case PERIOD_MONTH: return 24;
    case PERIOD_QUARTER: return 12;
    default: return 10;
    }
}

/* Positions of `last` in the unit of `by`: last 26 weeks by day is 182. */
static size_t position_count(const struct chart_arguments *chart,
                             const struct scope *scope)
{
    if (!chart->last_count && scope->period.count > 1 &&
        scope->period.unit == chart->by.unit)
        return scope->period.count;
    if (!chart->last_count)
        return default_positions(chart->by.unit);
    if (chart->last_unit == chart->by.unit)
        return chart->last_count;
    struct period window = chart_window(chart, scope);
    const struct period *period;
    return period_list(chart->by.unit, window.first_day, window.last_day,
                       scope->frame->week_start, scope->arena, &period);
}

/* Only of complete periods, all in the data and on one side of every break. */
static const double *complete_average(const struct block_context *context,
                                      const struct measure *measure,
                                      const struct history *history,
                                      const double *value, size_t length)
{
    double *average =
        trailing_average(context->chart.arena, value, history->count, length);
    for (size_t i = 0; i < history->count; i++) {
        const struct period *first =
            &history->period[i + 1 < length ? 0 : i + 1 - length];
        if (history->state[i] == POINT_PROVISIONAL ||
            !scope_compares(context->scope, measure->table, *first, history->period[i]))
            average[i] = NAN;
    }
    return average;
}

static bool any_known(const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isnan(value[i]))
            return true;
    }
    return false;
}

static void add_averages(const struct chart_arguments *chart,
                         const struct block_context *context,
                         const struct history *history, struct chart_data *data)
{
    if (!chart->average_count || !history->count)
        return;
    /* Asked further back, so that the average is there from the first position on. */
    size_t length = chart->average_count;
    const struct measure *measure = chart->shown[0].measure;
    struct history longer =
        history_from(context->scope, measure, chart->where, chart->by.unit,
                     history->count + length - 1, history->first_day);
    const double *average =
        complete_average(context, measure, &longer, longer.value, length) +
        (longer.count - history->count);
    if (!any_known(average, history->count))
        return; /* no line: no name for one */
    data->average = average;
    struct text words = {.arena = context->chart.arena};
    locale_words(context->chart.locale, (double)length, &words);
    const struct phrase_part part[] = {
        {"count", text_slice(&words)},
        {"unit", locale_unit(context->chart.locale, chart->by.unit, 1)},
    };
    data->average_name = capitalised(
        context, print_phrase(context, "chart.average", (double)length, part, 2));
}

static void add_band(const struct chart_arguments *chart,
                     const struct block_context *context, const struct history *history,
                     struct chart_data *data)
{
    double *low, *high;
    if (!chart->band || !expected_band(context->scope, chart->shown[0].measure,
                                       chart->where, history, &low, &high))
        return;
    data->band_low = low;
    data->band_high = high;
    data->band_name = print_phrase(context, "chart.band", 1, NULL, 0);
}

static void add_last_label(const struct chart_arguments *chart,
                           const struct block_context *context,
                           const struct history *history, struct chart_data *data)
{
    if (!history->count || isnan(history->value[history->count - 1]))
        return;
    size_t last = history->count - 1;
    const struct phrase_part part[] = {
        {"value", print_cell(context, chart->shown[0].measure, &history->cell[last])},
        {"unit", locale_unit(context->chart.locale, chart->by.unit, 1)},
    };
    data->last_label = print_phrase(context, "chart.last", 1, part, 2);
    if (history->state[last] == POINT_PROVISIONAL)
        data->last_state = print_phrase(context, "chart.provisional", 1, NULL, 0);
}

/* The position that a note's key names: a period, or one that lies in it, or a word. */
static size_t noted_position(const struct chart_data *data, struct slice key)
{
    struct period noted;
    bool is_period = data->period && period_parse_date(key, &noted);
    for (size_t i = 0; i < data->count; i++) {
        if (data->period ? is_period && noted.first_day >= data->period[i].first_day &&
                               noted.last_day <= data->period[i].last_day
                         : slice_equal(key, data->category[i]))
            return i;
    }
    return SIZE_MAX;
}

/* The period from whose beginning on, or within which, reporting is another. */
static size_t break_position(const struct chart_data *data, int32_t day)
{
    for (size_t i = 0; i < data->count; i++) {
        if (data->period[i].first_day <= day && day <= data->period[i].last_day)
            return i;
    }
    return SIZE_MAX;
}

/* A note in the block that its chart has no place for; a file has those of all times. */
static void tell_unseen(const struct chart_arguments *chart,
                        const struct block_context *context, const struct yaml *key)
{
    const char *unit = period_unit_name(chart->by.unit);
    struct diag *diag =
        diags_note(context->chart.diags, yaml_text_at(key), "M148",
                   "no %s of the chart holds \"%.*s\": its note isn't shown", unit,
                   SLICE_PRINT(key->text));
    diag->width = key->width;
}

void note_positions(const struct chart_arguments *chart,
                    const struct block_context *context, struct chart_data *data)
{
    const struct scope *scope = context->scope;
    const struct yaml *notes = chart->notes;
    size_t written = notes && notes->kind == YAML_MAPPING ? notes->count : 0, count = 0;
    struct chart_note *note = ARENA_ARRAY(context->chart.arena, struct chart_note,
                                          written + scope->break_count);
    for (size_t i = 0; data->period && i < scope->break_count; i++) {
        size_t position = break_position(data, scope->break_day[i]);
        if (position < SIZE_MAX && scope->break_reason[i].size)
            note[count++] = (struct chart_note){position, scope->break_reason[i], true};
    }
    for (size_t i = 0; i < written; i++) {
        const struct yaml *key = &notes->key[i];
        size_t position = noted_position(data, key->text);
        if (position < SIZE_MAX)
            note[count++] = (struct chart_note){position, notes->item[i].text, true};
        else if (data->period && !chart->notes_are_many)
            tell_unseen(chart, context, key);
        else if (chart->by.kind == AXIS_COLUMN)
            column_check_word(chart->by.column, key->text, yaml_text_at(key),
                              context->chart.diags);
    }
    data->note = note;
    data->note_count = count;
}

static const uint32_t *rows_of(const struct history *history, struct arena *arena)
{
    uint32_t *rows = ARENA_ARRAY(arena, uint32_t, history->count + 1);
    for (size_t i = 0; history->cell && i < history->count; i++)
        rows[i] = history->cell[i].rows;
    return rows;
}

const bool *limits_of(const struct cell *cell, size_t count,
                      const struct measure *measure, struct arena *arena)
{
    bool *limit = ARENA_ARRAY(arena, bool, count + 1);
    bool any = false;
    for (size_t i = 0; cell && i < count; i++) {
        limit[i] = is_limit(&cell[i], measure);
        any = any || limit[i];
    }
    return any ? limit : NULL;
}

/* How many periods before the first position panels look at. */
static size_t panel_lead(const struct chart_arguments *chart)
{
    if (!(chart->kind->needs & PANELS))
        return 0;
    size_t average = chart->average_count ? chart->average_count - 1 : 0;
    size_t base = chart->band ? VERDICT_BASE : 0;
    return average > base ? average : base;
}

/* Each panel's own average and range, of values from `lead` periods before the first
 * position on, which then begin at the first. */
static void finish_panels(const struct chart_arguments *chart,
                          const struct block_context *context,
                          const struct history *longer, size_t lead,
                          struct chart_series *series, size_t count)
{
    const struct measure *measure = chart->shown[0].measure;
    bool is_count = measure_is_count(measure);
    for (size_t i = 0; i < count; i++) {
        const double *value = series[i].value;
        double *low, *high;
        if (chart->kind->needs & PANELS && chart->average_count)
            series[i].average = complete_average(context, measure, longer, value,
                                                 chart->average_count) +
                                lead;
        if (chart->kind->needs & PANELS && chart->band && is_count &&
            expected_of(context->scope, measure, longer, value, lead, &low, &high)) {
            series[i].band_low = low;
            series[i].band_high = high;
        }
        series[i].value += lead;
        series[i].rows += lead;
        if (series[i].at_least)
            series[i].at_least += lead;
    }
}

/* A line, layer or panel each; panels are all drawn to one scale, which a sum of the
 * others would set. */
static struct side side_of_split(const struct chart_arguments *chart,
                                 const struct block_context *context,
                                 struct period window)
{
    enum { MOST_PARTS = 7, MOST_PANELS = 12 };
    bool is_panels = (chart->kind->needs & PANELS) != 0;
    bool with_rest = chart->others || chart->shares || (!chart->top && !is_panels);
    const struct parts parts = {
        .column = chart->split.column,
        .window = window,
        .most = chart->top  ? (size_t)chart->top + with_rest
                : is_panels ? MOST_PANELS
                            : MOST_PARTS,
        .with_rest = with_rest,
    };
    return side_of_parts(chart, context, &parts);
}

static void bind_split_periods(const struct chart_arguments *chart,
                               const struct block_context *context,
                               struct chart_data *data)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    size_t shown = position_count(chart, scope);
    struct history longer = history_of(scope, measure, chart->where, chart->by.unit,
                                       shown + panel_lead(chart));
    size_t lead = longer.count > shown ? longer.count - shown : 0;
    struct period window = {
        PERIOD_RANGE, longer.count ? longer.period[lead].first_day : 0,
        longer.count ? longer.period[longer.count - 1].last_day : -1};
    struct cross cross = {.chart = chart,
                          .context = context,
                          .measure = measure,
                          .period = longer.period,
                          .period_count = longer.count,
                          .by = side_of_periods(longer.count, scope->arena),
                          .split = side_of_split(chart, context, window)};
    cross_ask(&cross);
    if (scope->rehearsal)
        return;
    struct chart_series *series = cross_series(&cross, cross_cells(&cross));
    data->count = longer.count - lead;
    data->period = longer.period + lead;
    data->state = longer.state + lead;
    data->whole = measure_is_additive(measure) ? longer.value + lead : NULL;
    data->series_count = cross.split.count;
    data->parts_left_out = cross.split.left_out;
    data->series = series;
    data->values_are_counts = measure_is_additive(measure);
    data->shares = data->shares || measure->kind == MEASURE_SHARE;
    finish_panels(chart, context, &longer, lead, series, data->series_count);
    note_positions(chart, context, data);
}

void bind_periods(const struct chart_arguments *chart,
                  const struct block_context *context, struct chart_data *data)
{
    if (chart->is_split) {
        bind_split_periods(chart, context, data);
        return;
    }
    const struct scope *scope = context->scope;
    size_t count = position_count(chart, scope);
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, chart->shown_count);
    struct history first = {0};
    int32_t first_day = first_day_shown(chart->shown, chart->shown_count, scope);
    for (size_t i = 0; i < chart->shown_count; i++) {
        const struct shown *shown = &chart->shown[i];
        struct history history = history_from(scope, shown->measure, chart->where,
                                              chart->by.unit, count, first_day);
        series[i] = (struct chart_series){
            .label = shown->label.size
                         ? shown->label
                         : measure_label(shown->measure, scope->locale, scope->arena),
            .tone = measure_tone(shown->measure),
            .value = history.value,
            .low = history.has_bounds ? history.low : NULL,
            .high = history.has_bounds ? history.high : NULL,
            .rows = rows_of(&history, scope->arena),
            .at_least =
                limits_of(history.cell, history.count, shown->measure, scope->arena),
        };
        if (i == 0) {
            first = history;
            data->count = history.count;
            data->period = history.period;
            data->state = history.state;
            add_averages(chart, context, &history, data);
            add_band(chart, context, &history, data);
            add_trend(chart, context, &history, data);
            add_last_label(chart, context, &history, data);
            data->values_are_counts = measure_is_additive(shown->measure);
            data->shares = data->shares || shown->measure->kind == MEASURE_SHARE;
        }
    }
    data->series = series;
    data->series_count = chart->shown_count;
    if (!scope->rehearsal)
        note_positions(chart, context, data);
    add_levels(chart, context, &first, data);
}

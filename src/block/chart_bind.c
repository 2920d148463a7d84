/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: measures over periods, and over the values of a field. */
#include "block/chart_block.h"

#include <math.h>
#include <stdlib.h>

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

static void add_averages(const struct chart_arguments *chart,
                         const struct block_context *context,
                         const struct history *history, struct chart_data *data)
{
    if (!chart->average_count || !history->count)
        return;
    /* Asked further back, so that the average is there from the first position on. */
    size_t length = chart->average_count;
    struct history longer =
        history_of(context->scope, chart->shown[0].measure, chart->where,
                   chart->by.unit, history->count + length - 1);
    size_t complete = longer.count;
    while (complete && longer.state[complete - 1] == POINT_PROVISIONAL)
        complete--;
    double *average =
        trailing_average(context->chart.arena, longer.value, longer.count, length);
    for (size_t i = complete; i < longer.count; i++)
        average[i] = NAN;
    data->average = average + (longer.count - history->count);
    data->average_length = length;
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
        {"value", print_value(context, chart->shown[0].measure, history->value[last])},
        {"unit", locale_unit(context->chart.locale, chart->by.unit, 1)},
    };
    data->last_label = print_phrase(context, "chart.last", 1, part, 2);
    if (history->state[last] == POINT_PROVISIONAL)
        data->last_state = print_phrase(context, "chart.provisional", 1, NULL, 0);
}

static void note_positions(const struct chart_arguments *chart,
                           const struct block_context *context, struct chart_data *data)
{
    const struct yaml *notes = chart->notes;
    if (!notes || notes->kind != YAML_MAPPING)
        return;
    struct chart_note *note =
        ARENA_ARRAY(context->chart.arena, struct chart_note, notes->count);
    size_t count = 0;
    for (size_t i = 0; i < notes->count; i++) {
        for (size_t j = 0; j < data->count; j++) {
            char label[PERIOD_LABEL_SIZE] = "";
            if (data->period)
                period_label(data->period[j], context->scope->frame->week_start, label);
            bool here = data->period
                            ? slice_is(notes->key[i].text, label)
                            : slice_equal(notes->key[i].text, data->category[j]);
            if (here)
                note[count++] = (struct chart_note){j, notes->item[i].text, true};
        }
    }
    data->note = note;
    data->note_count = count;
}

static void record_history(const struct block_context *context,
                           const struct chart_arguments *chart,
                           const struct measure *measure, const struct history *history)
{
    for (size_t i = 0; i < history->count; i++)
        record_figure(context, "chart", measure, chart->where, history->period[i],
                      (struct slice){0}, &history->cell[i], (struct slice){0});
}

/* -- Groups ------------------------------------------------------------------------ */

struct group {
    uint32_t code;
    double value; /* over the window: sets the order */
    double before;
    bool ever; /* the measure was above zero here at some time */
    struct slice name;
    const struct cell *cell;
};

static int compare_groups(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    if (left->value > right->value)
        return -1;
    if (left->value < right->value)
        return 1;
    return slice_compare(left->name, right->name);
}

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

/* Groups of a field by a measure over one period, largest first; those without any
 * row in either period are left to the caller's zero note. */
static size_t rank_groups(const struct chart_arguments *chart,
                          const struct block_context *context,
                          const struct column *column, const struct measure *measure,
                          struct period window, struct group **out)
{
    const struct scope *scope = context->scope;
    const struct column *const by[2] = {column, NULL};
    size_t groups[2];
    struct period before = period_shift(window, -1, scope->frame->week_start);
    if (!chart->last_count)
        before = scope->compare.whole;
    const struct cell *now =
        scope_cells(scope, measure, chart->where, by, &window, 1, groups);
    const struct cell *then =
        scope_cells(scope, measure, chart->where, by, &before, 1, groups);
    const struct period all = {PERIOD_RANGE, scope->frame->data_first,
                               scope->frame->data_last};
    const struct cell *ever =
        scope_cells(scope, measure, chart->where, by, &all, 1, groups);
    struct group *group = ARENA_ARRAY(scope->arena, struct group, groups[0] + 1);
    size_t count = 0;
    for (uint32_t code = 1; !scope->rehearsal && code < groups[0]; code++)
        group[count++] = (struct group){
            .code = code,
            .value = or_zero(now[code].value),
            .before = or_zero(then[code].value),
            .ever = or_zero(ever[code].value) > 0,
            .name = column->words.word[code],
            .cell = &now[code],
        };
    /* A row of unknown place still counts; it is shown, not lost. */
    if (!scope->rehearsal && groups[0] && now[0].rows)
        group[count++] = (struct group){
            .code = 0,
            .value = or_zero(now[0].value),
            .before = or_zero(then[0].value),
            .name = print_phrase(context, "unknown group", 1, NULL, 0),
            .cell = &now[0],
        };
    qsort(group, count, sizeof *group, compare_groups);
    *out = group;
    return count;
}

static void bind_split_periods(const struct chart_arguments *chart,
                               const struct block_context *context,
                               struct chart_data *data)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    struct column *column = chart->split.column;
    struct history total = history_of(scope, measure, chart->where, chart->by.unit,
                                      position_count(chart, scope));
    const struct column *const by[2] = {column, NULL};
    size_t groups[2];
    const struct cell *cell = scope_cells(scope, measure, chart->where, by,
                                          total.period, total.count, groups);
    struct group *group;
    struct period window = {PERIOD_RANGE, total.count ? total.period[0].first_day : 0,
                            total.count ? total.period[total.count - 1].last_day : -1};
    size_t count = rank_groups(chart, context, column, measure, window, &group);
    if (scope->rehearsal)
        return;
    while (count && group[count - 1].value == 0)
        count--;
    size_t most = chart->top ? (size_t)chart->top : 7;
    size_t shown = count > most ? most - (chart->others || !chart->top ? 1 : 0) : count;
    bool with_rest = count > shown && (chart->others || !chart->top);
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, shown + 1);
    for (size_t g = 0; g < count; g++) {
        if (g >= shown && !with_rest)
            break;
        size_t at = g < shown ? g : shown;
        double *value = (double *)series[at].value;
        if (!value) {
            value = ARENA_ARRAY(scope->arena, double, total.count);
            series[at] = (struct chart_series){
                .label = g < shown ? group[g].name
                                   : print_phrase(context, "others", 1, NULL, 0),
                .tone = measure_tone(measure),
                .value = value};
        }
        for (size_t i = 0; i < total.count; i++)
            value[i] += or_zero(cell[group[g].code * total.count + i].value);
    }
    data->count = total.count;
    data->period = total.period;
    data->state = total.state;
    data->series = series;
    data->series_count = shown + (with_rest ? 1 : 0);
    record_history(context, chart, measure, &total);
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
    for (size_t i = 0; i < chart->shown_count; i++) {
        const struct shown *shown = &chart->shown[i];
        struct history history =
            history_of(scope, shown->measure, chart->where, chart->by.unit, count);
        series[i] = (struct chart_series){
            .label = shown->label.size ? shown->label
                                       : measure_label(shown->measure, scope->arena),
            .tone = measure_tone(shown->measure),
            .value = history.value,
            .low = history.has_bounds ? history.low : NULL,
            .high = history.has_bounds ? history.high : NULL,
        };
        if (i == 0) {
            data->count = history.count;
            data->period = history.period;
            data->state = history.state;
            add_averages(chart, context, &history, data);
            add_band(chart, context, &history, data);
            add_last_label(chart, context, &history, data);
            data->values_are_counts = measure_is_additive(shown->measure);
            data->shares = data->shares || shown->measure->kind == MEASURE_SHARE;
        }
        record_history(context, chart, shown->measure, &history);
    }
    data->series = series;
    data->series_count = chart->shown_count;
    if (!scope->rehearsal)
        note_positions(chart, context, data);
}

/* -- By field ------------------------------------------------------------------------ */

/* "No attacks in either week: Islamabad, Azad Kashmir". Only places that had some at
 * another time: a raid is no kind of attack in any week. */
static void note_zeros(const struct chart_arguments *chart,
                       const struct block_context *context, const struct group *group,
                       size_t count, struct chart_data *data)
{
    enum { NAMED = 12 };
    struct text names = {.arena = context->chart.arena};
    struct text rest = {.arena = context->chart.arena};
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!group[i].ever || ++found > NAMED)
            continue;
        if (names.size)
            text_append(&names, print_phrase(context, "list.comma", 1, NULL, 0));
        text_append(&names, group[i].name);
    }
    if (!found)
        return;
    locale_number(context->chart.locale, found > NAMED ? (double)(found - NAMED) : 0, 0,
                  &rest);
    const struct phrase_part part[] = {
        {"measure", chart->shown[0].measure->name},
        {"names", text_slice(&names)},
        {"rest", text_slice(&rest)},
    };
    const char *key = found > NAMED ? "chart.zero many"
                      : chart->tick ? "chart.zero"
                                    : "chart.zero now";
    data->zero_count = found;
    data->zero_note = print_phrase(context, key, 1, part, 3);
}

/* The parts of a stacked or grouped bar: measures, or the values of `split by`. */
static void fill_layers(const struct chart_arguments *chart,
                        const struct block_context *context, const struct group *group,
                        size_t count, struct chart_data *data)
{
    const struct scope *scope = context->scope;
    struct period window = chart_window(chart, scope);
    const struct measure *measure = chart->shown[0].measure;
    size_t groups[2];
    if (!chart->is_split) {
        struct chart_series *series =
            ARENA_ARRAY(scope->arena, struct chart_series, chart->shown_count);
        const struct column *const by[2] = {chart->by.column, NULL};
        for (size_t s = 0; s < chart->shown_count; s++) {
            const struct shown *shown = &chart->shown[s];
            const struct cell *cell = scope_cells(scope, shown->measure, chart->where,
                                                  by, &window, 1, groups);
            double *value = ARENA_ARRAY(scope->arena, double, count);
            for (size_t i = 0; i < count; i++)
                value[i] = cell[group[i].code].value;
            series[s] = (struct chart_series){
                .label = shown->label.size
                             ? shown->label
                             : measure_label(shown->measure, scope->arena),
                .tone = measure_tone(shown->measure),
                .value = value};
        }
        data->series = series;
        data->series_count = chart->shown_count;
        return;
    }
    const struct column *const by[2] = {chart->by.column, chart->split.column};
    const struct cell *cell =
        scope_cells(scope, measure, chart->where, by, &window, 1, groups);
    struct group *part;
    size_t part_count =
        rank_groups(chart, context, chart->split.column, measure, window, &part);
    if (scope->rehearsal)
        return;
    while (part_count && part[part_count - 1].value == 0)
        part_count--;
    const size_t most = 7;
    size_t shown = part_count > most ? most - 1 : part_count;
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, shown + 1);
    for (size_t p = 0; p < part_count; p++) {
        size_t at = p < shown ? p : shown;
        double *value = (double *)series[at].value;
        if (!value) {
            value = ARENA_ARRAY(scope->arena, double, count);
            series[at] = (struct chart_series){
                .label = p < shown ? part[p].name
                                   : print_phrase(context, "others", 1, NULL, 0),
                .tone = measure_tone(measure),
                .value = value};
        }
        for (size_t i = 0; i < count; i++)
            value[i] += or_zero(cell[group[i].code * groups[1] + part[p].code].value);
    }
    data->series = series;
    data->series_count = shown + (part_count > shown ? 1 : 0);
}

static size_t find_highlight(const struct chart_arguments *chart,
                             const struct group *group, size_t count)
{
    for (size_t i = 0; chart->highlight.size && i < count; i++) {
        if (column_code(chart->by.column, chart->highlight) == group[i].code)
            return i;
    }
    return count ? 0 : SIZE_MAX;
}

static void fold_others(const struct block_context *context, struct group *group,
                        size_t shown, size_t count)
{
    struct group *rest = &group[shown];
    for (size_t i = shown + 1; i < count; i++) {
        rest->value += group[i].value;
        rest->before += group[i].before;
    }
    rest->name = print_phrase(context, "others", 1, NULL, 0);
}

void bind_categories(const struct chart_arguments *chart,
                     const struct block_context *context, struct chart_data *data,
                     size_t *highlight)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    struct period window = chart_window(chart, scope);
    struct group *group;
    size_t all = rank_groups(chart, context, chart->by.column, measure, window, &group);
    bool layered = chart->is_split || chart->shown_count > 1;
    if (scope->rehearsal) {
        if (layered)
            fill_layers(chart, context, NULL, 0, data);
        return;
    }
    size_t count = all;
    while (count && group[count - 1].value == 0 &&
           (!chart->tick || group[count - 1].before == 0))
        count--;
    note_zeros(chart, context, group + count, all - count, data);
    if (chart->top && count > (size_t)chart->top) {
        size_t shown = (size_t)chart->top;
        if (chart->others && !layered) {
            fold_others(context, group, shown, count);
            shown++;
        }
        count = shown;
    }
    struct slice *name = ARENA_ARRAY(scope->arena, struct slice, count);
    double *value = ARENA_ARRAY(scope->arena, double, count);
    double *before = ARENA_ARRAY(scope->arena, double, count);
    for (size_t i = 0; i < count; i++) {
        name[i] = group[i].name;
        value[i] = group[i].value;
        before[i] = group[i].before;
        record_figure(context, "chart", measure, chart->where, window, name[i],
                      group[i].cell, (struct slice){0});
    }
    data->count = count;
    data->category = name;
    data->shares = data->shares || measure->kind == MEASURE_SHARE;
    data->values_are_counts = measure_is_additive(measure);
    if (chart->tick) {
        data->tick = before;
        data->value_name = print_phrase(context, "chart.this", 1, NULL, 0);
        data->tick_name = print_phrase(context, "chart.before", 1, NULL, 0);
    }
    *highlight = find_highlight(chart, group, count);
    if (layered) {
        fill_layers(chart, context, group, count, data);
        return;
    }
    struct chart_series *series = ARENA_NEW(scope->arena, struct chart_series);
    *series = (struct chart_series){.label = measure_label(measure, scope->arena),
                                    .tone = measure_tone(measure),
                                    .value = value};
    data->series = series;
    data->series_count = 1;
    note_positions(chart, context, data);
}

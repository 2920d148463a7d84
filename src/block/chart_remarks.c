/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a chart doesn't show and why, in words under it: no comparison, a period that
 * isn't over, records that stand in several parts. */
#include "block/chart_block.h"

static struct slice not_over(const struct block_context *context, const char *key,
                             struct period period)
{
    struct text text = {.arena = context->chart.arena};
    locale_period(context->chart.locale, period, &text);
    const struct phrase_part part = {"period", text_slice(&text)};
    return capitalised(context, print_phrase(context, key, 1, &part, 1));
}

static struct slice because_of(const struct block_context *context, const char *key,
                               int32_t day)
{
    const struct phrase_part part = {"day", print_full_day(context, day)};
    return print_phrase(context, key, 1, &part, 1);
}

static struct slice not_compared(const struct chart_arguments *chart,
                                 const struct block_context *context)
{
    const struct scope *scope = context->scope;
    struct period window = chart_window(chart, scope);
    struct period before = period_shift(window, -1, scope->frame->week_start);
    const struct table *table = chart_table(chart, scope, before);
    switch (chart_comparison(chart, scope)) {
    case NOT_OVER: return not_over(context, "chart.not over", window);
    case NOT_COVERED:
        return because_of(context, "chart.not covered",
                          scope_coverage(scope, table).first_day);
    case ENDED:
        return because_of(context, "chart.ended",
                          scope_coverage(scope, table).last_day);
    case BROKEN:
        return because_of(context, "chart.broken",
                          scope_compared_from(scope, table, window.last_day));
    case NOT_ASKED:
    case COMPARED: break;
    }
    return (struct slice){0};
}

/* A single line says so at its last point. */
static struct slice unfinished(const struct chart_arguments *chart,
                               const struct block_context *context,
                               const struct chart_data *data)
{
    bool says_itself =
        slice_is(slice_of(chart->kind->name), "line") && data->series_count == 1;
    for (size_t i = 0; data->state && !says_itself && i < data->count; i++) {
        if (data->state[i] == POINT_PROVISIONAL)
            return not_over(context, "chart.unfinished", data->period[i]);
    }
    if (!data->period && data->count && !data->not_compared.size && !data->tick &&
        period_is_provisional(chart_window(chart, context->scope),
                              context->scope->frame))
        return not_over(context, "chart.unfinished",
                        chart_window(chart, context->scope));
    return (struct slice){0};
}

/* Parts that overlap add up to more than their whole. */
static struct slice overlapping(const struct chart_arguments *chart,
                                const struct block_context *context)
{
    const struct column *column = chart->is_split ? chart->split.column : NULL;
    if (chart->kind->needs & DRAWS_CHANGES)
        column = chart->by.column;
    bool adds_parts = chart->kind->needs & (PARTS_OF_WHOLE | DRAWS_CHANGES);
    if (!column || !column->is_list || !adds_parts)
        return (struct slice){0};
    const struct phrase_part part = {
        "field",
        locale_name(context->chart.locale, column->name, context->chart.arena)};
    return print_phrase(context, "chart.several", 1, &part, 1);
}

static struct slice more_parts(const struct block_context *context,
                               const struct chart_data *data)
{
    struct text number = {.arena = context->chart.arena};
    if (!data->parts_left_out)
        return (struct slice){0};
    locale_number(context->chart.locale, (double)data->parts_left_out, 0, &number);
    const struct phrase_part part = {"count", text_slice(&number)};
    return print_phrase(context, "chart.more parts", (double)data->parts_left_out,
                        &part, 1);
}

static void add_sentence(struct text *text, struct slice sentence)
{
    if (text->size && sentence.size)
        text_append_string(text, " ");
    text_append(text, sentence);
}

/* A chart that has nothing to draw of what can be counted says that it is none. */
static void name_nothing(const struct chart_arguments *chart,
                         const struct block_context *context, struct chart_data *data)
{
    const struct measure *measure = chart->shown_count ? chart->shown[0].measure : NULL;
    bool has_positions = data->count && data->series_count;
    if (has_positions || data->zero_note.size || !measure ||
        (chart->kind->needs & NEEDS_POINTS) || !measure_is_additive(measure) ||
        !chart->table->table->row_count)
        return;
    data->zero_note =
        print_coverage(context, measure, chart_window(chart, context->scope));
    if (data->zero_note.size)
        return;
    data->zero_note = chart->shown_count > 1
                          ? print_phrase(context, "chart.none here", 1, NULL, 0)
                          : print_none(context, measure);
}

/* Numbers of a longer time than a file knows of; along periods the gap is seen. */
static void add_coverage(const struct chart_arguments *chart,
                         const struct block_context *context,
                         const struct chart_data *data, struct text *text)
{
    for (size_t i = 0; i < chart->shown_count && !data->period; i++) {
        const struct measure *measure = chart->shown[i].measure;
        if (measure && !data->zero_note.size)
            add_sentence(text, print_coverage(context, measure,
                                              chart_window(chart, context->scope)));
    }
}

/* -- Lower limits --------------------------------------------------------------------- */

static bool is_limited(const struct chart_data *data, size_t position)
{
    for (size_t s = 0; s < data->series_count; s++) {
        if (data->series[s].at_least && data->series[s].at_least[position])
            return true;
    }
    return data->tick && data->tick_at_least && data->tick_at_least[position];
}

/* Of "40+" no share is known: such a position keeps its whole and loses its parts. */
static void lose_shares(const struct block_context *context, struct chart_data *data)
{
    struct arena *arena = context->chart.arena;
    struct chart_series *series =
        arena_copy(arena, data->series, data->series_count * sizeof *series);
    double *whole = ARENA_ARRAY(arena, double, data->count + 1);
    for (size_t i = 0; i < data->count; i++)
        whole[i] = data->whole ? data->whole[i] : NAN;
    for (size_t s = 0; s < data->series_count; s++) {
        double *value = ARENA_ARRAY(arena, double, data->count + 1);
        for (size_t i = 0; i < data->count; i++) {
            const double one = series[s].value[i];
            value[i] = is_limited(data, i) ? NAN : one;
            if (!data->whole && isfinite(one))
                whole[i] = isnan(whole[i]) ? one : whole[i] + one;
        }
        series[s].value = value;
    }
    data->series = series;
    data->whole = whole;
}

/* What can't be said of numbers like "40+", and that it can't. */
static void mind_limits(const struct chart_arguments *chart,
                        const struct block_context *context, struct chart_data *data,
                        struct text *text)
{
    const unsigned needs = chart->kind->needs;
    const bool are_shares =
        chart->shares && data->values_are_counts && data->series_count > 1;
    const bool compares = (needs & (NEEDS_BEFORE | DRAWS_CHANGES)) && data->tick;
    bool any = false;
    for (size_t i = 0; i < data->count; i++)
        any = any || is_limited(data, i);
    if (!any || !(are_shares || compares))
        return;
    if (are_shares)
        lose_shares(context, data);
    if (compares && (needs & NEEDS_BEFORE) && (needs & DRAWS_CHANGES)) {
        /* the steps of a waterfall have to add up */
        data->tick = NULL;
        data->totals = NULL;
        data->not_compared = print_phrase(context, "chart.limited", 1, NULL, 0);
        return;
    }
    add_sentence(text, print_phrase(context, "table.because.limit", 1, NULL, 0));
}

void add_remarks(const struct chart_arguments *chart,
                 const struct block_context *context, struct chart_data *data)
{
    struct text text = {.arena = context->chart.arena};
    name_nothing(chart, context, data);
    if (!(chart->kind->needs & NEEDS_POINTS) && !data->period &&
        (data->series_count == 1 || !chart->shown_count))
        data->not_compared = not_compared(chart, context);
    if (chart->kind->needs & NEEDS_POINTS)
        return;
    mind_limits(chart, context, data, &text);
    add_coverage(chart, context, data, &text);
    add_sentence(&text, unfinished(chart, context, data));
    add_sentence(&text, overlapping(chart, context));
    add_sentence(&text, more_parts(context, data));
    data->remark = text_slice(&text);
}

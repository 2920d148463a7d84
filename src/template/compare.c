/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a value is compared with, and what the verdict module is asked about it. */
#include "template/filters.h"

#include <math.h>

enum { PAST_PERIODS = VERDICT_PHI_PERIODS + 1 };

/* The base ---------------------------------------------------------------------------- */

const char *unit_key(const struct scope *scope)
{
    return scope->period.count > 1 ? "range" : period_unit_name(scope->period.unit);
}

static bool words_are(struct slice text, const char *words, struct arena *arena)
{
    return slice_is(slice_fold(arena, text), words);
}

static bool is_year_before(const struct scope *scope)
{
    int week_start = scope->frame->week_start;
    struct period whole = scope->period.whole, own = scope->compare.whole;
    return period_equal(own, period_year_before(whole, week_start)) &&
           !period_equal(own, period_shift(whole, -1, week_start));
}

/* "12-week average", or "average": the brief's own. */
static bool parse_average(struct slice text, const struct scope *scope,
                          struct base *out)
{
    static const char ending[] = "average";
    struct slice folded = slice_fold(scope->arena, text);
    size_t size = sizeof ending - 1;
    if (folded.size < size || !slice_is(slice_from(folded, folded.size - size), ending))
        return false;
    enum period_unit unit;
    *out = (struct base){BASE_AVERAGE,
                         scope->average_count ? scope->average_count : VERDICT_BASE};
    struct slice length = slice_trim((struct slice){folded.data, folded.size - size});
    return !length.size || (period_parse_length(length, &out->count, &unit) &&
                            unit == scope->period.unit && out->count > 0);
}

/* "previous week" where the brief is of a week; "previous 4 weeks" where it is of 4. */
static bool names_own_length(struct slice text, const struct scope *scope)
{
    size_t count, own = scope->period.count ? scope->period.count : 1;
    enum period_unit unit;
    return period_parse_length(text, &count, &unit) && count == own &&
           unit == scope->period.unit;
}

bool base_parse(struct slice text, const struct scope *scope, struct base *out)
{
    struct arena *arena = scope->arena;
    text = slice_trim(text);
    *out = (struct base){.kind = BASE_PREVIOUS};
    if (!text.size && is_year_before(scope))
        out->kind = BASE_YEAR_BEFORE;
    if (!text.size || words_are(text, "previous", arena) ||
        words_are(text, "previous period", arena))
        return true;
    if (slice_starts_with(text, "previous ") &&
        names_own_length(slice_trim(slice_from(text, 9)), scope))
        return true;
    if (words_are(text, "year before", arena) ||
        words_are(text, "previous year", arena) ||
        words_are(text, "a year before", arena)) {
        out->kind = BASE_YEAR_BEFORE;
        return true;
    }
    return parse_average(text, scope, out);
}

struct slice base_name(const struct base *base, const struct scope *scope)
{
    struct text out = {.arena = scope->arena}, count = {.arena = scope->arena};
    const char *kind = base->kind == BASE_AVERAGE       ? "average"
                       : base->kind == BASE_YEAR_BEFORE ? "year before"
                                                        : "previous";
    locale_number(scope->locale, (double)base->count, 0, &count);
    struct phrase_part part = {"count", text_slice(&count)};
    locale_phrase(scope->locale,
                  arena_print(scope->arena, "base.%s.%s", kind, unit_key(scope)), NAN,
                  &part, 1, &out);
    return text_slice(&out);
}

static struct period base_period(const struct scope *scope, const struct base *base)
{
    int week_start = scope->frame->week_start;
    return base->kind == BASE_YEAR_BEFORE
               ? period_year_before(scope->period.whole, week_start)
               : period_shift(scope->period.whole, -1, week_start);
}

/* The past ------------------------------------------------------------------------------ */

static bool has_unlike_lengths(const struct past *past)
{
    for (size_t i = 1; i < past->size; i++) {
        if (period_days(past->period[i]) != period_days(past->period[0]))
            return true;
    }
    return false;
}

struct past past_of(const struct scope *scope, const struct measure *measure,
                    size_t count)
{
    struct past past = {0};
    past.cell = history_cells(scope, measure, count, &past.size, &past.period);
    past.value = ARENA_ARRAY(scope->arena, double, past.size);
    for (size_t i = 0; i < past.size; i++) {
        past.value[i] = past.cell[i].value;
        past.provisional = past.cell[i].provisional ? past.provisional + 1 : 0;
    }
    if (has_unlike_lengths(&past)) {
        past.exposure = ARENA_ARRAY(scope->arena, double, past.size);
        for (size_t i = 0; i < past.size; i++)
            past.exposure[i] = period_days(past.period[i]);
    }
    past.breaks = scope_breaks(scope, past.period, past.size, &past.break_count);
    return past;
}

/* Comparing ----------------------------------------------------------------------------- */

/* How many periods before the brief's own the base lies; SIZE_MAX: not in the past. */
static size_t find_back(const struct past *past, struct period base)
{
    for (size_t back = 1; back < past->size; back++) {
        struct period one = past->period[past->size - 1 - back];
        if (one.first_day == base.first_day && one.last_day == base.last_day)
            return back;
    }
    return SIZE_MAX;
}

static void compare_counts(const struct scope *scope, const struct past *past,
                           struct compared *out)
{
    struct verdict_question question = {
        .count = past->value,
        .exposure = past->exposure,
        .size = past->size,
        .provisional = past->provisional,
        .breaks = past->breaks,
        .break_count = past->break_count,
        .back = out->base.kind == BASE_AVERAGE ? 1 : find_back(past, out->period),
        .base = out->base.kind == BASE_AVERAGE && out->base.count > VERDICT_BASE
                    ? out->base.count
                    : 0, /* the usual range is the same however short the average */
    };
    bool is_elsewhere = question.back == SIZE_MAX && !isnan(out->before);
    if (is_elsewhere)
        return; /* a base that is none of the past periods: counts, no test */
    verdict_of_change(&question, scope->arena, &out->verdict);
    figures_count_test(scope->figures, TESTED_COUNT);
    out->has_verdict = out->verdict.situation != SITUATION_UNKNOWN;
}

size_t past_first(const struct past *past)
{
    size_t first = 0;
    for (size_t i = 0; i < past->break_count; i++)
        first = past->breaks[i] > first ? past->breaks[i] : first;
    return first;
}

/* The mean of up to count complete periods before the brief's own. */
static double average_before(const struct past *past, size_t count, bool *at_least)
{
    double sum = 0;
    size_t known = 0, first = past_first(past);
    for (size_t i = past->size - 1; i-- > first && known < count;) {
        if (past->cell[i].provisional || isnan(past->value[i]))
            continue;
        sum += past->value[i];
        *at_least = *at_least || past->cell[i].at_least;
        known++;
    }
    bool is_cut = first > 0 && known < count; /* a break leaves fewer than are named */
    return known && !is_cut ? sum / (double)known : NAN;
}

void compare_with(const struct evaluation *evaluation, struct slice comparison,
                  struct compared *out)
{
    const struct scope *scope = evaluation->scope;
    const struct measure *measure = evaluation->name.measure;
    *out = (struct compared){.before = NAN};
    base_parse(comparison, scope, &out->base);
    out->period = base_period(scope, &out->base);
    size_t count = out->base.kind == BASE_AVERAGE && out->base.count >= PAST_PERIODS
                       ? out->base.count + 1
                       : PAST_PERIODS;
    struct past past = past_of(scope, measure, count);
    struct cell before = scope_cell(scope, measure, out->period);
    if (measure->kind == MEASURE_SUM)
        compare_deaths(evaluation, out);
    out->now = past.value[past.size - 1];
    out->is_provisional = past.provisional > 0;
    bool is_count = measure->kind == MEASURE_COUNT;
    out->now_is_limit = !is_count && past.cell[past.size - 1].at_least;
    bool is_limit = before.at_least;
    if (out->base.kind == BASE_AVERAGE) {
        is_limit = false;
        out->before = average_before(&past, out->base.count, &is_limit);
    } else if (scope_covers(scope, measure->table, out->period))
        out->before = before.value;
    out->before_is_limit = !is_count && is_limit;
    out->is_after_break =
        out->base.kind != BASE_AVERAGE && !isnan(out->before) &&
        !scope_compares(scope, measure->table, out->period, scope->period.whole);
    if (!scope->rehearsal && measure_is_count(measure))
        compare_counts(scope, &past, out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filters that look far back: the usual range, the trend, the record. */
#include "template/filters.h"

#include "stats/record.h"

#include <math.h>

enum { PAST_PERIODS = VERDICT_PHI_PERIODS + 1, TREND_PERIODS = 26 };

/* expected ---------------------------------------------------------------------------- */

struct range {
    double low, high;
    enum usual position;
    size_t periods;
    bool is_limit; /* "40+" went in: neither end nor position is known */
};

/* Whole counts that lie inside the limits. */
static void round_inwards(double low, double high, struct range *out)
{
    out->low = ceil(low);
    out->high = floor(high);
    if (out->low > out->high) {
        out->low = floor(low);
        out->high = ceil(high);
    }
}

static bool usual_range(const struct scope *scope, const struct past *past,
                        struct range *out)
{
    struct verdict_question question = {
        .count = past->value,
        .exposure = past->exposure,
        .size = past->size,
        .provisional = past->provisional,
        .breaks = past->breaks,
        .break_count = past->break_count,
    };
    struct verdict verdict;
    verdict_of_change(&question, scope->arena, &verdict);
    figures_count_test(scope->figures, TESTED_COUNT);
    if (isnan(verdict.usual_low))
        return false;
    round_inwards(verdict.usual_low, verdict.usual_high, out);
    out->position = verdict.position;
    out->periods = verdict.base;
    return true;
}

/* Sums aren't counts of incidents: only what was seen is said. */
static bool seen_range(const struct past *past, struct range *out)
{
    double now = past->value[past->size - 1];
    size_t first = past_first(past);
    *out = (struct range){.low = INFINITY, .high = -INFINITY};
    for (size_t i = past->size - 1; i-- > first && out->periods < VERDICT_BASE;) {
        if (past->cell[i].provisional || isnan(past->value[i]))
            continue;
        out->is_limit = out->is_limit || past->cell[i].at_least;
        out->low = fmin(out->low, past->value[i]);
        out->high = fmax(out->high, past->value[i]);
        out->periods++;
    }
    out->position = past->provisional ? USUAL_NO_HISTORY
                    : now > out->high ? USUAL_ABOVE
                    : now < out->low  ? USUAL_BELOW
                                      : USUAL_INSIDE;
    out->is_limit = out->periods >= VERDICT_PERIODS_LEAST &&
                    (out->is_limit || past->cell[past->size - 1].at_least);
    return out->periods >= VERDICT_PERIODS_LEAST && !isnan(now) && !out->is_limit;
}

static struct value tell_range(const struct evaluation *evaluation,
                               const struct range *range, const char *kind)
{
    static const char *const positions[] = {
        [USUAL_NO_HISTORY] = "provisional",
        [USUAL_BELOW] = "below",
        [USUAL_INSIDE] = "inside",
        [USUAL_ABOVE] = "above",
    };
    const struct scope *scope = evaluation->scope;
    struct text limits = {.arena = scope->arena}, count = {.arena = scope->arena};
    locale_range(scope->locale, range->low, range->high,
                 value_decimals(&evaluation->value), &limits);
    locale_number(scope->locale, (double)range->periods, 0, &count);
    struct phrase_part part[] = {
        {"range", text_slice(&limits)},
        {"count", text_slice(&count)},
        {"units",
         locale_unit(scope->locale,
                     scope->period.count > 1 ? PERIOD_RANGE : scope->period.unit,
                     (double)range->periods)},
    };
    const char *key =
        arena_print(scope->arena, "expected.%s.%s", kind, positions[range->position]);
    return phrase(evaluation, key, NAN, part, 3);
}

struct value filter_expected(const struct evaluation *evaluation,
                             const struct filter_call *call)
{
    (void)call;
    const struct scope *scope = evaluation->scope;
    struct past past = past_of(scope, evaluation->name.measure, PAST_PERIODS);
    struct range range = {0};
    if (scope->rehearsal)
        return value_unknown("this is the rehearsal");
    bool is_count = measure_is_count(evaluation->name.measure);
    if (is_count ? usual_range(scope, &past, &range) : seen_range(&past, &range))
        return tell_range(evaluation, &range, is_count ? "usual" : "seen");
    return phrase(evaluation, range.is_limit ? "expected.limits" : "expected.too early",
                  NAN, NULL, 0);
}

/* trend ------------------------------------------------------------------------------- */

static struct value tell_trend(const struct evaluation *evaluation,
                               const struct trend_verdict *trend, bool with_interval)
{
    const struct scope *scope = evaluation->scope;
    bool rises = trend->direction == DIRECTION_ROSE;
    double sign = rises ? 0.01 : -0.01, percent = trend->pct * sign;
    double low = trend->pct_low * sign, high = trend->pct_high * sign;
    int decimals = percent < 0.01 ? 1 : 0;
    struct text range = {.arena = scope->arena};
    locale_range(scope->locale, 100 * fmin(low, high), 100 * fmax(low, high), decimals,
                 &range);
    struct phrase_part part[] = {
        {"percent", in_percent(percent, decimals, scope->locale, scope->arena)},
        {"unit", locale_unit(scope->locale, scope->period.unit, 1)},
        {"range", text_slice(&range)},
    };
    return phrase(evaluation,
                  with_interval ? (rises ? "trend.rising range" : "trend.falling range")
                                : (rises ? "trend.rising" : "trend.falling"),
                  NAN, part, 3);
}

struct value filter_trend(const struct evaluation *evaluation,
                          const struct filter_call *call)
{
    const struct scope *scope = evaluation->scope;
    size_t count = TREND_PERIODS;
    enum period_unit unit;
    if (argument_at(call, 0).size)
        period_parse_length(argument_at(call, 0), &count, &unit);
    bool is_open = scope_is_provisional(scope, evaluation->name.measure->table,
                                        scope->period.whole);
    struct past past =
        past_of(scope, evaluation->name.measure, count + (is_open ? 1 : 0));
    if (scope->rehearsal)
        return value_unknown("this is the rehearsal");
    struct verdict_question question = {.count = past.value,
                                        .exposure = past.exposure,
                                        .size = past.size,
                                        .provisional = past.provisional,
                                        .breaks = past.breaks,
                                        .break_count = past.break_count};
    struct trend_verdict trend;
    verdict_of_trend(&question, scope->arena, &trend);
    figures_count_test(scope->figures, TESTED_TREND);
    if (trend.situation == SITUATION_RISING || trend.situation == SITUATION_FALLING)
        return tell_trend(evaluation, &trend, has_argument(call, "interval"));
    return phrase(evaluation,
                  trend.situation == SITUATION_TREND_UNCLEAR ? "trend.unclear"
                                                             : "trend.too short",
                  NAN, NULL, 0);
}

/* record ------------------------------------------------------------------------------ */

/* A record says something when it reaches back so many periods. */
static ptrdiff_t least_reach(enum period_unit unit)
{
    switch (unit) {
    case PERIOD_DAY: return 28;
    case PERIOD_MONTH: return 4;
    case PERIOD_QUARTER:
    case PERIOD_YEAR: return 3;
    default: return 8;
    }
}

/* "June", or "June 2024" where the year isn't the brief's own. */
static struct slice since(const struct scope *scope, struct period period)
{
    struct text out = {.arena = scope->arena};
    struct period own = scope->period.whole;
    bool same_year = civil_of(period.first_day).year == civil_of(own.last_day).year;
    if (period.unit == PERIOD_QUARTER || period.unit == PERIOD_YEAR)
        locale_period(scope->locale, period, &out);
    else
        locale_day(scope->locale, period.first_day, same_year ? "MMMM" : "MMMM yyyy",
                   &out);
    return text_slice(&out);
}

static struct value tell_record(const struct evaluation *evaluation,
                                const struct past *past, const char *kind,
                                ptrdiff_t beyond, ptrdiff_t level)
{
    const struct scope *scope = evaluation->scope;
    struct phrase_part part[] = {
        {"since", since(scope, past->period[beyond == RECORD_NONE ? 0 : beyond])},
        {"level", since(scope, past->period[level == RECORD_NONE ? 0 : level])},
    };
    const char *form = level > beyond ? (beyond == RECORD_NONE ? "level ever" : "level")
                       : beyond == RECORD_NONE ? "ever"
                                               : "since";
    return phrase(evaluation, arena_print(scope->arena, "record.%s.%s", kind, form),
                  NAN, part, 2);
}

/* The periods since the last break and the last gap. */
static struct past known_stretch(const struct past *past)
{
    struct past known = *past;
    size_t first = past_first(past);
    for (size_t i = first; i < past->size; i++) {
        if (isnan(past->value[i]))
            first = i + 1;
    }
    first = first < past->size ? first : past->size - 1;
    known.value += first;
    known.cell += first;
    known.period += first;
    known.size -= first;
    return known;
}

/* Enough periods to reach the first day of the data. */
static size_t periods_since_start(const struct scope *scope,
                                  const struct measure *measure)
{
    enum { MOST = 20000, MONTH = 28 };
    int32_t days =
        scope->period.whole.last_day - scope_coverage(scope, measure->table).first_day;
    int32_t length = period_days(scope->period.whole);
    if (days < 1)
        return 1;
    size_t count = (size_t)(days / (length < MONTH ? length : MONTH)) + 2;
    return count < MOST ? count : MOST;
}

/* Whether "40+" went into a sum of any of the periods: it may be larger than it seems. */
static bool has_limit(const struct past *past, const struct measure *measure,
                      ptrdiff_t first, ptrdiff_t to)
{
    for (ptrdiff_t i = first; i <= to && measure->kind != MEASURE_COUNT; i++) {
        if (past->cell[i].at_least)
            return true;
    }
    return false;
}

struct value filter_record(const struct evaluation *evaluation,
                           const struct filter_call *call)
{
    (void)call;
    const struct scope *scope = evaluation->scope;
    const struct measure *measure = evaluation->name.measure;
    struct past all = past_of(scope, measure, periods_since_start(scope, measure));
    if (scope->rehearsal)
        return value_unknown("this is the rehearsal");
    struct text empty = {.arena = scope->arena};
    struct past past = known_stretch(&all);
    struct record record;
    stat_record(past.value, past.size, &record);
    ptrdiff_t last = (ptrdiff_t)past.size - 1, reach = least_reach(scope->period.unit);
    bool is_silent = record.unknown_because || past.provisional || last < reach;
    bool is_most = !has_limit(&past, measure, record.last_above + 1, last - 1);
    is_silent = is_silent || has_limit(&past, measure, last, last);
    if (!is_silent && is_most && last - record.last_at_least >= reach &&
        past.value[last] > 0)
        return tell_record(evaluation, &past, "most", record.last_above,
                           record.last_at_least);
    if (!is_silent && last - record.last_at_most >= reach)
        return tell_record(evaluation, &past, past.value[last] > 0 ? "fewest" : "none",
                           record.last_below, record.last_at_most);
    return value_phrase(&evaluation->value, &empty);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * change and say: what a brief may claim about a difference. Counts and sums speak by
 * the verdict; rates, means and shares are only set side by side. */
#include "template/filters.h"

#include <math.h>

enum { SAID_IN_WORDS = 10 };

struct telling {
    const struct evaluation *evaluation;
    const struct compared *compared;
    double difference;
    bool is_small; /* under 10, now or then: no percentage, no verdict in words */
};

static struct value tell(const struct telling *telling, const char *key)
{
    const struct scope *scope = telling->evaluation->scope;
    const struct compared *compared = telling->compared;
    struct value plain = value_number(0);
    double size = fabs(telling->difference);
    double percent = compared->before > 0 ? size / compared->before : 0;
    struct phrase_part part[] = {
        {"base", base_name(&compared->base, scope)},
        {"difference", in_words(&plain, size, scope->locale, scope->arena)},
        {"percent", in_percent(percent, 0, scope->locale, scope->arena)},
        {"before", in_words(&plain, compared->before, scope->locale, scope->arena)},
        {"now", in_words(&plain, compared->now, scope->locale, scope->arena)},
    };
    return phrase(telling->evaluation, key, size, part, 5);
}

/* "40+" went into one of them: the two numbers, no difference. */
static struct value tell_limits(const struct telling *telling)
{
    const struct scope *scope = telling->evaluation->scope;
    const struct compared *compared = telling->compared;
    const bool is_average = compared->base.kind == BASE_AVERAGE;
    struct value before = value_number(0);
    before.at_least = compared->before_is_limit;
    if (is_average)
        before.decimals = compared->before >= 10 ? 0 : 1;
    const struct phrase_part part[] = {
        {"base", base_name(&compared->base, scope)},
        {"before",
         is_average ? in_digits(&before, compared->before, scope->locale, scope->arena)
                    : in_words(&before, compared->before, scope->locale, scope->arena)},
    };
    return phrase(telling->evaluation, is_average ? "change.against" : "change.limits",
                  NAN, part, 2);
}

/* Counts ---------------------------------------------------------------------------- */

/* A difference that no test calls clear. Up to ten it is said in words; a larger one
 * would read as a claim. */
static struct value tell_unclear(const struct telling *telling, bool is_usual)
{
    bool rises = telling->difference > 0;
    if (telling->difference == 0)
        return tell(telling, "change.same");
    if (telling->is_small)
        return tell(telling, rises ? "change.more" : "change.fewer");
    if (fabs(telling->difference) > SAID_IN_WORDS)
        return tell(telling, "change.unclear");
    if (is_usual)
        return tell(telling, rises ? "change.more usual" : "change.fewer usual");
    return tell(telling, rises ? "change.more unclear" : "change.fewer unclear");
}

/* Outside the usual range, though the change from the one before isn't clear. */
static struct value tell_outside(const struct telling *telling)
{
    const struct scope *scope = telling->evaluation->scope;
    const struct verdict *verdict = &telling->compared->verdict;
    struct value told = tell_unclear(telling, false);
    struct text range = {.arena = scope->arena};
    locale_range(scope->locale, verdict->usual_least, verdict->usual_most, 0, &range);
    const struct phrase_part part[] = {{"text", told.text},
                                       {"range", text_slice(&range)}};
    return phrase(telling->evaluation,
                  verdict->situation == SITUATION_ABOVE ? "change.above usual"
                                                        : "change.below usual",
                  NAN, part, 2);
}

/* Percentages are of counts; where periods differ in length the verdict's are a day. */
static struct value tell_clear(const struct telling *telling)
{
    const struct verdict *verdict = &telling->compared->verdict;
    bool rises = verdict->direction == DIRECTION_ROSE;
    double pct = 100 * (telling->compared->now / telling->compared->before - 1);
    if (fabs(verdict->pct - pct) <= 1)
        return tell(telling, rises ? "change.rose" : "change.fell");
    const struct scope *scope = telling->evaluation->scope;
    struct value plain = value_number(0);
    struct phrase_part part[] = {
        {"percent",
         in_percent(fabs(verdict->pct) / 100, 0, scope->locale, scope->arena)},
        {"before",
         in_words(&plain, telling->compared->before, scope->locale, scope->arena)},
        {"now", in_words(&plain, telling->compared->now, scope->locale, scope->arena)},
    };
    return phrase(telling->evaluation,
                  rises ? "change.rose a day" : "change.fell a day", NAN, part, 3);
}

static struct value tell_first(const struct telling *telling)
{
    const struct scope *scope = telling->evaluation->scope;
    struct text start = {.arena = scope->arena};
    locale_day(
        scope->locale,
        scope_coverage(scope, telling->evaluation->name.measure->table).first_day,
        slice_c_string(scope->arena, yaml_text(yaml_find(scope->locale->root, "date"),
                                               "month", "yyyy")),
        &start);
    struct phrase_part part = {"start", text_slice(&start)};
    return phrase(telling->evaluation, "change.first ever", NAN, &part, 1);
}

static struct value tell_counts(const struct telling *telling)
{
    bool rises = telling->difference > 0;
    switch (telling->compared->verdict.situation) {
    case SITUATION_NOTHING_EARLIER: return tell(telling, "change.nothing earlier");
    case SITUATION_AFTER_BREAK: return tell(telling, "change.after break");
    case SITUATION_FIRST_EVER: return tell_first(telling);
    case SITUATION_NONE_AGAIN: return tell(telling, "change.none again");
    case SITUATION_FROM_NONE: return tell(telling, "change.from none");
    case SITUATION_TO_NONE: return tell(telling, "change.to none");
    case SITUATION_ROSE:
    case SITUATION_FELL: return tell_clear(telling);
    case SITUATION_ROSE_FEW:
    case SITUATION_FELL_FEW:
    case SITUATION_TOO_FEW_PERIODS:
        return tell(telling, rises ? "change.more" : "change.fewer");
    case SITUATION_USUAL: return tell_unclear(telling, true);
    case SITUATION_ABOVE:
    case SITUATION_BELOW: return tell_outside(telling);
    default: return tell_unclear(telling, false);
    }
}

/* Without a verdict: the counts, and no claim. */
static struct value tell_plain(const struct telling *telling)
{
    const struct compared *compared = telling->compared;
    if (compared->before == 0)
        return tell(telling,
                    compared->now == 0 ? "change.none again" : "change.from none");
    if (compared->now == 0)
        return tell(telling, "change.to none");
    return tell(telling, telling->difference > 0   ? "change.more"
                         : telling->difference < 0 ? "change.fewer"
                                                   : "change.same");
}

/* Sums over incidents ----------------------------------------------------------------- */

/* "two more": what is left of the difference without the largest incident. */
static struct slice rest_of_difference(const struct telling *telling)
{
    const struct scope *scope = telling->evaluation->scope;
    double rest = telling->difference - telling->compared->deaths.largest;
    struct value plain = value_number(0);
    struct text out = {.arena = scope->arena};
    struct phrase_part part = {
        "difference", in_words(&plain, fabs(rest), scope->locale, scope->arena)};
    locale_phrase(scope->locale,
                  rest > 0   ? "change.without.more"
                  : rest < 0 ? "change.without.fewer"
                             : "change.without.same",
                  fabs(rest), &part, 1, &out);
    return text_slice(&out);
}

static struct value tell_largest(const struct telling *telling, struct value told,
                                 const char *key)
{
    const struct scope *scope = telling->evaluation->scope;
    struct value plain = value_number(0);
    struct phrase_part part[] = {
        {"text", told.text},
        {"largest", in_words(&plain, telling->compared->deaths.largest, scope->locale,
                             scope->arena)},
        {"without", rest_of_difference(telling)},
        {"share", in_percent(telling->compared->deaths.largest_share, 0, scope->locale,
                             scope->arena)},
    };
    return phrase(telling->evaluation, key, NAN, part, 4);
}

static struct value tell_sum(const struct telling *telling)
{
    const struct deaths_verdict *deaths = &telling->compared->deaths;
    bool rises = telling->difference > 0;
    struct value told;
    switch (deaths->situation) {
    case SITUATION_DEATHS_ROSE:
    case SITUATION_DEATHS_FELL:
        told = tell(telling, rises ? "change.rose" : "change.fell");
        break;
    case SITUATION_DEATHS_UNCLEAR: told = tell_unclear(telling, false); break;
    case SITUATION_DEATHS_BY_ONE:
        return tell_largest(telling, tell_plain(telling), "change.by one");
    default: told = tell_plain(telling); break;
    }
    bool is_small = telling->compared->now < VERDICT_PERCENT_LEAST;
    if (!(deaths->largest >= 2) || (is_small && !deaths->must_name_largest))
        return told;
    return tell_largest(telling, told,
                        is_small ? "change.largest" : "change.largest share");
}

/* Rates and averages -------------------------------------------------------------------- */

/* Numbers that print alike are the same to a reader. */
static int printed_order(const struct value *value, double now, double before)
{
    double scale = pow(10, value_decimals(value) + (value->is_share ? 2 : 0));
    double a = round(now * scale), b = round(before * scale);
    return (a > b) - (a < b);
}

static struct value tell_levels(const struct telling *telling, const char *const key[3])
{
    const struct scope *scope = telling->evaluation->scope;
    const struct compared *compared = telling->compared;
    struct value value = telling->evaluation->value, base = value;
    if (compared->base.kind == BASE_AVERAGE && measure_is_additive(value.measure))
        base.decimals = compared->before >= 10 ? 0 : 1;
    struct text points = {.arena = scope->arena};
    locale_number(scope->locale, 100 * fabs(telling->difference), 1, &points);
    struct phrase_part part[] = {
        {"base", base_name(&compared->base, scope)},
        {"before", in_digits(&base, compared->before, scope->locale, scope->arena)},
        {"now", in_digits(&value, compared->now, scope->locale, scope->arena)},
        {"points", text_slice(&points)},
    };
    int order = printed_order(&base, compared->now, compared->before);
    return phrase(telling->evaluation, key[order + 1], NAN, part, 4);
}

/* A count is called above or below only where it leaves its usual range; without one the
 * average is only named. */
static struct value tell_average(const struct telling *telling)
{
    static const char *const keys[] = {"change.below", "change.at", "change.above"};
    static const char *const near[] = {"change.near", "change.near", "change.near"};
    static const char *const against[] = {"change.against", "change.at",
                                          "change.against"};
    const struct compared *compared = telling->compared;
    const bool is_count = measure_is_count(telling->evaluation->name.measure);
    const enum usual position =
        compared->has_verdict ? compared->verdict.position : USUAL_NO_HISTORY;
    if (is_count && position == USUAL_NO_HISTORY)
        return tell_levels(telling, against);
    return tell_levels(telling, is_count && position == USUAL_INSIDE ? near : keys);
}

/* Filters ------------------------------------------------------------------------------- */

static bool is_counted(const struct measure *measure, const struct compared *compared)
{
    return measure_is_additive(measure) && compared->now == floor(compared->now) &&
           compared->before == floor(compared->before);
}

static bool is_of_limits(const struct compared *compared)
{
    return compared->now_is_limit || compared->before_is_limit;
}

/* The change of a share is in percentage points, unless there are none to print. */
static bool has_points(const struct telling *telling)
{
    return telling->evaluation->value.is_share && fabs(telling->difference) >= 0.0005;
}

struct value filter_change(const struct evaluation *evaluation,
                           const struct filter_call *call)
{
    static const char *const levels[] = {"change.lower", "change.level",
                                         "change.higher"};
    static const char *const shares[] = {"change.lower share", "change.level",
                                         "change.higher share"};
    struct compared compared;
    compare_with(evaluation, argument_at(call, 0), &compared);
    if (evaluation->scope->rehearsal)
        return value_unknown("this is the rehearsal");
    struct telling telling = {evaluation, &compared, compared.now - compared.before,
                              compared.now < VERDICT_PERCENT_LEAST ||
                                  compared.before < VERDICT_PERCENT_LEAST};
    if (compared.is_provisional)
        return tell(&telling, "change.provisional");
    if (compared.is_after_break)
        return tell(&telling, "change.after break");
    if (compared.has_verdict && compared.base.kind != BASE_AVERAGE)
        return tell_counts(&telling);
    if (isnan(telling.difference))
        return tell(&telling, "change.unknown");
    if (is_of_limits(&compared))
        return tell_limits(&telling);
    if (compared.base.kind == BASE_AVERAGE)
        return tell_average(&telling);
    if (!is_counted(evaluation->name.measure, &compared))
        return tell_levels(&telling, has_points(&telling) ? shares : levels);
    return compared.has_deaths ? tell_sum(&telling) : tell_plain(&telling);
}

static enum direction direction_of(const struct compared *compared)
{
    if (compared->is_after_break || is_of_limits(compared))
        return DIRECTION_UNKNOWN;
    if (compared->has_deaths)
        return compared->deaths.direction;
    if (!compared->has_verdict)
        return DIRECTION_UNKNOWN;
    if (compared->base.kind != BASE_AVERAGE)
        return compared->verdict.direction;
    return compared->verdict.position == USUAL_ABOVE   ? DIRECTION_ROSE
           : compared->verdict.position == USUAL_BELOW ? DIRECTION_FELL
                                                       : DIRECTION_UNCLEAR;
}

/* A period that isn't over, or with nothing earlier to compare, has not "no change". */
static const char *say_key(const struct compared *compared,
                           const struct filter_call *call)
{
    enum direction direction = direction_of(compared);
    if (compared->is_provisional && has_argument(call, "provisional"))
        return "provisional";
    if ((compared->is_provisional || direction == DIRECTION_UNKNOWN) &&
        has_argument(call, "unknown"))
        return "unknown";
    if (compared->is_provisional)
        return "same";
    return direction == DIRECTION_ROSE   ? "rose"
           : direction == DIRECTION_FELL ? "fell"
                                         : "same";
}

struct value filter_say(const struct evaluation *evaluation,
                        const struct filter_call *call)
{
    struct compared compared;
    compare_with(evaluation, argument_at(call, 0), &compared);
    if (evaluation->scope->rehearsal)
        return value_unknown("this is the rehearsal");
    struct value value = evaluation->value;
    value.kind = VALUE_TEXT;
    value.text = argument_named(call, say_key(&compared, call));
    return value;
}

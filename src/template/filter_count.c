/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filters about one measure at one place: its count with a noun, its bounds, its
 * change against an earlier time. */
#include "template/filters.h"

#include <math.h>

/* count and range --------------------------------------------------------------------- */

static struct value say_provisional(const struct evaluation *evaluation,
                                    struct value value)
{
    if (!evaluation->value.provisional)
        return value;
    struct phrase_part part = {"text", value.text};
    return phrase(evaluation, "count.provisional", NAN, &part, 1);
}

struct value filter_count(const struct evaluation *evaluation,
                          const struct filter_call *call)
{
    const struct scope *scope = evaluation->scope;
    struct value value = evaluation->value;
    double number;
    bool is_known = value_as_number(&value, &number);
    if (!is_known)
        number = NAN;
    value.number = number;
    struct slice noun = locale_noun(scope->locale, argument_at(call, 0),
                                    argument_at(call, 1), number, scope->arena);
    struct phrase_part part[] = {
        {"noun", noun},
        {"number", in_words(&value, number, scope->locale, scope->arena)},
    };
    const char *key = !is_known                        ? "count.unknown"
                      : number == 0 && !value.at_least ? "count.none"
                                                       : "count.some";
    return say_provisional(evaluation, phrase(evaluation, key, number, part, 2));
}

struct value filter_range(const struct evaluation *evaluation,
                          const struct filter_call *call)
{
    (void)call;
    const struct scope *scope = evaluation->scope;
    const struct value *value = &evaluation->value;
    if (value->kind != VALUE_NUMBER || isnan(value->low) || isnan(value->high) ||
        value->low == value->high)
        return *value;
    struct text range = {.arena = scope->arena};
    locale_range(scope->locale, value->low, value->high, value_decimals(value), &range);
    struct phrase_part part[] = {
        {"number", in_digits(value, value->number, scope->locale, scope->arena)},
        {"range", text_slice(&range)},
    };
    return phrase(evaluation, "range.with", NAN, part, 2);
}

/* Comparisons -------------------------------------------------------------------------- */

static bool words_are(struct slice text, const char *words, struct arena *arena)
{
    return slice_is(slice_fold(arena, text), words);
}

const char *unit_key(const struct scope *scope)
{
    return scope->period.count > 1 ? "range" : period_unit_name(scope->period.unit);
}

/* "12-week average", "average of 12 weeks". */
static bool parse_average(struct slice text, const struct scope *scope,
                          struct base *out)
{
    static const char ending[] = "average";
    struct slice folded = slice_fold(scope->arena, text);
    size_t size = sizeof ending - 1;
    if (folded.size < size || !slice_is(slice_from(folded, folded.size - size), ending))
        return false;
    enum period_unit unit;
    *out =
        (struct base){BASE_AVERAGE, scope->average_count ? scope->average_count : 12};
    struct slice length = slice_trim((struct slice){folded.data, folded.size - size});
    return !length.size || (period_parse_length(length, &out->count, &unit) &&
                            unit == scope->period.unit && out->count > 0);
}

bool base_parse(struct slice text, const struct scope *scope, struct base *out)
{
    struct arena *arena = scope->arena;
    *out = (struct base){.kind = BASE_PREVIOUS};
    text = slice_trim(text);
    if (!text.size || words_are(text, "previous", arena) ||
        words_are(text, "previous period", arena))
        return true;
    if (slice_starts_with(text, "previous ")) {
        size_t count;
        enum period_unit unit;
        struct slice length = slice_trim(slice_from(text, 9));
        size_t own = scope->period.count ? scope->period.count : 1;
        return period_parse_length(length, &count, &unit) && count == own &&
               unit == scope->period.unit;
    }
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

static double average_before(const struct scope *scope, const struct measure *measure,
                             size_t count)
{
    size_t size, known = 0;
    const struct period *period;
    const struct cell *cell = history_cells(scope, measure, count + 1, &size, &period);
    double sum = 0;
    for (size_t i = 0; i + 1 < size; i++) {
        if (cell[i].provisional || isnan(cell[i].value))
            continue;
        sum += cell[i].value;
        known++;
    }
    return known ? sum / (double)known : NAN;
}

static struct period period_before(const struct scope *scope, enum base_kind kind)
{
    return kind == BASE_YEAR_BEFORE
               ? period_year_before(scope->period.whole, scope->frame->week_start)
               : scope->compare.whole;
}

bool compare_with(const struct evaluation *evaluation, struct slice comparison,
                  struct compared *out)
{
    const struct scope *scope = evaluation->scope;
    const struct measure *measure = evaluation->name.measure;
    struct cell now = scope_cell(scope, measure, scope->period.whole);
    *out = (struct compared){.now = now.value, .is_provisional = now.provisional};
    if (!base_parse(comparison, scope, &out->base))
        return false;
    if (out->base.kind == BASE_AVERAGE) {
        out->before = average_before(scope, measure, out->base.count);
    } else {
        struct period before = period_before(scope, out->base.kind);
        struct cell cell = scope_cell(scope, measure, before);
        bool is_covered = before.first_day >= scope->frame->data_first;
        out->before = is_covered ? cell.value : NAN;
        out->is_provisional = out->is_provisional || cell.provisional;
    }
    return !isnan(out->now) && !isnan(out->before);
}

/* change and say ------------------------------------------------------------------------ */

enum { PERCENT_LEAST = 10 };

static bool is_whole(double number)
{
    return number == floor(number);
}

/* Counts that differ by a number that can be said in words. */
static struct value say_difference(const struct evaluation *evaluation,
                                   const struct compared *compared)
{
    const struct scope *scope = evaluation->scope;
    struct value plain = value_number(0);
    double difference = compared->now - compared->before;
    struct phrase_part part[] = {
        {"base", base_name(&compared->base, scope)},
        {"difference", in_words(&plain, fabs(difference), scope->locale, scope->arena)},
    };
    const char *key = difference > 0   ? "change.more"
                      : difference < 0 ? "change.fewer"
                                       : "change.same";
    if (compared->before == 0)
        key = difference > 0 ? "change.from none" : "change.none again";
    return phrase(evaluation, key, fabs(difference), part, 2);
}

static struct value say_percent(const struct evaluation *evaluation,
                                const struct compared *compared)
{
    const struct scope *scope = evaluation->scope;
    struct value plain = value_number(0);
    double ratio = compared->now / compared->before - 1;
    struct phrase_part part[] = {
        {"base", base_name(&compared->base, scope)},
        {"percent", in_percent(fabs(ratio), 0, scope->locale, scope->arena)},
        {"before", in_digits(&plain, compared->before, scope->locale, scope->arena)},
        {"now", in_digits(&plain, compared->now, scope->locale, scope->arena)},
    };
    return phrase(evaluation, ratio > 0 ? "change.up" : "change.down", NAN, part, 4);
}

/* Rates, means and shares: from one to the other. */
static struct value say_levels(const struct evaluation *evaluation,
                               const struct compared *compared)
{
    const struct scope *scope = evaluation->scope;
    const struct value *value = &evaluation->value;
    double scale = pow(10, value_decimals(value) + (value->is_share ? 2 : 0));
    double now = round(compared->now * scale), before = round(compared->before * scale);
    struct phrase_part part[] = {
        {"base", base_name(&compared->base, scope)},
        {"before", in_digits(value, compared->before, scope->locale, scope->arena)},
        {"now", in_digits(value, compared->now, scope->locale, scope->arena)},
    };
    const char *key = now > before   ? "change.higher"
                      : now < before ? "change.lower"
                                     : "change.level";
    return phrase(evaluation, key, NAN, part, 3);
}

static bool is_counted(const struct measure *measure, const struct compared *compared)
{
    return measure_is_additive(measure) && is_whole(compared->now) &&
           is_whole(compared->before);
}

struct value filter_change(const struct evaluation *evaluation,
                           const struct filter_call *call)
{
    struct compared compared;
    bool is_known = compare_with(evaluation, argument_at(call, 0), &compared);
    if (evaluation->scope->rehearsal)
        return value_unknown("this is the rehearsal");
    struct phrase_part part = {"base", base_name(&compared.base, evaluation->scope)};
    if (compared.is_provisional)
        return phrase(evaluation, "change.provisional", NAN, &part, 1);
    if (!is_known)
        return phrase(evaluation, "change.unknown", NAN, &part, 1);
    if (!is_counted(evaluation->name.measure, &compared))
        return say_levels(evaluation, &compared);
    if (compared.now < PERCENT_LEAST || compared.before < PERCENT_LEAST ||
        compared.now == compared.before)
        return say_difference(evaluation, &compared);
    return say_percent(evaluation, &compared);
}

struct value filter_say(const struct evaluation *evaluation,
                        const struct filter_call *call)
{
    struct compared compared;
    bool is_known = compare_with(evaluation, argument_at(call, 0), &compared);
    if (evaluation->scope->rehearsal)
        return value_unknown("this is the rehearsal");
    const char *key = !is_known || compared.now == compared.before ? "same"
                      : compared.now > compared.before             ? "rose"
                                                                   : "fell";
    if (compared.is_provisional)
        key = has_argument(call, "provisional") ? "provisional" : "same";
    struct value value = evaluation->value;
    value.kind = VALUE_TEXT;
    value.is_phrase = true;
    value.text = argument_named(call, key);
    return value;
}

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
        {"digits", in_digits(&value, number, scope->locale, scope->arena)},
    };
    /* A form that leaves the number to its noun would leave out "at least", too. */
    const double form = value.at_least ? NAN : number;
    const char *key = !is_known                        ? "count.unknown"
                      : number == 0 && !value.at_least ? "count.none"
                                                       : "count.some";
    return say_provisional(evaluation, phrase(evaluation, key, form, part, 3));
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

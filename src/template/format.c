/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How values look: decimals by kind, "at least", percent, foreign words set apart. */
#include "template/filters.h"

#include <math.h>
#include <stdlib.h>

#define FIRST_STRONG_ISOLATE "\xE2\x81\xA8"
#define POP_ISOLATE          "\xE2\x81\xA9"
#define EN_DASH              "\xE2\x80\x93"

/* Counts have none, rates and means one; sums of measured things as they come. */
int value_decimals(const struct value *value)
{
    if (value->decimals >= 0)
        return value->decimals;
    if (value->is_share)
        return 0;
    if (value->measure &&
        (value->measure->kind == MEASURE_RATIO || value->measure->kind == MEASURE_MEAN))
        return 1;
    return value->number == floor(value->number) ? 0 : 1;
}

struct slice in_percent(double share, int decimals, const struct locale *locale,
                        struct arena *arena)
{
    struct text number = {.arena = arena}, out = {.arena = arena};
    locale_number(locale, share * 100, decimals, &number);
    struct phrase_part part = {"number", text_slice(&number)};
    locale_phrase(locale, "number.percent", NAN, &part, 1, &out);
    return text_slice(&out);
}

static void value_print_number(const struct value *value, double number,
                               const struct locale *locale, struct text *out)
{
    if (value->is_share)
        text_append(out, in_percent(number, value_decimals(value), locale, out->arena));
    else
        locale_number(locale, number, value_decimals(value), out);
}

/* Latin letters in a right-to-left line keep their own direction. */
static bool needs_isolate(struct slice text, const struct locale *locale)
{
    for (size_t i = 0; locale->right_to_left && i < text.size; i++) {
        char c = (char)(text.data[i] | 32);
        if (c >= 'a' && c <= 'z')
            return true;
    }
    return false;
}

static void print_words(const struct value *value, const struct locale *locale,
                        struct text *out)
{
    bool isolates = !value->is_phrase && needs_isolate(value->text, locale);
    double number;
    text_append_string(out, isolates ? FIRST_STRONG_ISOLATE : "");
    if (value_as_number(value, &number)) /* "46" of an issue file */
        locale_digits(locale, value->text, out);
    else
        text_append(out, value->text);
    text_append_string(out, isolates ? POP_ISOLATE : "");
}

void value_print(const struct value *value, const struct locale *locale,
                 struct text *out)
{
    switch (value->kind) {
    case VALUE_UNKNOWN: text_append_string(out, EN_DASH); break;
    case VALUE_TEXT: print_words(value, locale, out); break;
    case VALUE_DAY: locale_day(locale, value->day, NULL, out); break;
    case VALUE_PERIOD: locale_period(locale, value->period, out); break;
    case VALUE_NUMBER:
        text_append(out, in_digits(value, value->number, locale, out->arena));
        break;
    }
}

static struct slice at_least(struct slice number, const struct locale *locale,
                             struct arena *arena)
{
    struct text out = {.arena = arena};
    struct phrase_part part = {"number", number};
    locale_phrase(locale, "number.at least", NAN, &part, 1, &out);
    return text_slice(&out);
}

struct slice in_digits(const struct value *about, double number,
                       const struct locale *locale, struct arena *arena)
{
    struct text out = {.arena = arena};
    value_print_number(about, number, locale, &out);
    return about->at_least && !about->is_share
               ? at_least(text_slice(&out), locale, arena)
               : text_slice(&out);
}

struct slice in_words(const struct value *about, double number,
                      const struct locale *locale, struct arena *arena)
{
    struct text out = {.arena = arena};
    if (about->is_share || value_decimals(about) || number != floor(number))
        return in_digits(about, number, locale, arena);
    locale_words(locale, number, &out);
    return about->at_least ? at_least(text_slice(&out), locale, arena)
                           : text_slice(&out);
}

struct slice join_words(const struct slice *word, size_t count, bool ends_with_and,
                        const struct locale *locale, struct arena *arena)
{
    struct slice joined = count ? word[0] : (struct slice){0};
    for (size_t i = 1; i < count; i++) {
        struct text out = {.arena = arena};
        struct phrase_part part[] = {{"first", joined}, {"last", word[i]}};
        bool with_and = ends_with_and && i + 1 == count;
        locale_phrase(locale, with_and ? "join.and" : "join.comma", NAN, part, 2, &out);
        joined = text_slice(&out);
    }
    return joined;
}

struct value phrase(const struct evaluation *evaluation, const char *key, double count,
                    const struct phrase_part *part, size_t part_count)
{
    struct text out = {.arena = evaluation->scope->arena};
    locale_phrase(evaluation->scope->locale, key, count, part, part_count, &out);
    return value_phrase(&evaluation->value, &out);
}

/* Filters that only format ----------------------------------------------------------- */

static int whole_argument(const struct filter_call *call, size_t index, int fallback)
{
    double number;
    return number_parse(argument_at(call, index), &number) ? (int)number : fallback;
}

/* The value as a number: issue keys are texts that may hold one. */
static struct value as_number(const struct value *value)
{
    struct value number = *value;
    if (value->kind == VALUE_NUMBER || value->kind == VALUE_UNKNOWN)
        return number;
    if (!value_as_number(value, &number.number))
        return value_unknown("it is no number");
    number.kind = VALUE_NUMBER;
    return number;
}

struct value filter_number(const struct evaluation *evaluation,
                           const struct filter_call *call)
{
    struct value value = as_number(&evaluation->value);
    value.decimals = whole_argument(call, 0, value.decimals);
    value.is_share = false;
    return value;
}

struct value filter_percent(const struct evaluation *evaluation,
                            const struct filter_call *call)
{
    struct value value = as_number(&evaluation->value);
    value.is_share = true;
    value.decimals = whole_argument(call, 0, 0);
    return value;
}

struct value filter_words(const struct evaluation *evaluation,
                          const struct filter_call *call)
{
    (void)call;
    struct value value = as_number(&evaluation->value);
    struct text out = {.arena = evaluation->scope->arena};
    if (value.kind == VALUE_UNKNOWN)
        return value;
    text_append(&out, in_words(&value, value.number, evaluation->scope->locale,
                               evaluation->scope->arena));
    return value_phrase(&value, &out);
}

/* By the first of the language's [last digits, suffix] that fits. */
static struct slice ordinal_suffix(const struct locale *locale, struct slice digits)
{
    const struct yaml *list = yaml_find(locale->root, "ordinal endings");
    for (size_t i = 0; i < yaml_length(list); i++) {
        const struct yaml *pair = yaml_at(list, i);
        if (yaml_length(pair) != 2)
            continue;
        struct slice ending = yaml_at(pair, 0)->text;
        if (ending.size <= digits.size &&
            slice_equal(slice_from(digits, digits.size - ending.size), ending))
            return yaml_at(pair, 1)->text;
    }
    return (struct slice){0};
}

/* The language's own word for the first few, "پہلا" as "first"; empty: it has none. */
static struct slice ordinal_word(const struct locale *locale, double number)
{
    const struct yaml *list = yaml_find(locale->root, "ordinal words");
    if (!(number >= 1) || !(number <= (double)yaml_length(list)))
        return (struct slice){0};
    return yaml_at(list, (size_t)number - 1)->text;
}

struct value filter_ordinal(const struct evaluation *evaluation,
                            const struct filter_call *call)
{
    (void)call;
    struct value value = as_number(&evaluation->value);
    struct arena *arena = evaluation->scope->arena;
    struct text out = {.arena = arena};
    if (value.kind == VALUE_UNKNOWN)
        return value;
    const char *plain = arena_print(arena, "%.0f", value.number);
    struct slice word = ordinal_word(evaluation->scope->locale, strtod(plain, NULL));
    text_append(&out, word);
    if (word.size)
        return value_phrase(&value, &out);
    locale_number(evaluation->scope->locale, value.number, 0, &out);
    text_append(&out, ordinal_suffix(evaluation->scope->locale, slice_of(plain)));
    return value_phrase(&value, &out);
}

struct value filter_date(const struct evaluation *evaluation,
                         const struct filter_call *call)
{
    struct value value = evaluation->value;
    struct text out = {.arena = evaluation->scope->arena};
    struct slice layout = argument_at(call, 0);
    if (!value_as_day(&value, &value.day))
        return value_unknown("it is no day");
    locale_day(evaluation->scope->locale, value.day,
               layout.size ? slice_c_string(out.arena, layout) : NULL, &out);
    return value_phrase(&value, &out);
}

struct value filter_dates(const struct evaluation *evaluation,
                          const struct filter_call *call)
{
    (void)call;
    struct value value = evaluation->value;
    struct text out = {.arena = evaluation->scope->arena};
    if (value.kind != VALUE_PERIOD)
        return value_unknown("it is no period");
    struct period days = {PERIOD_RANGE, value.period.first_day, value.period.last_day};
    locale_period(evaluation->scope->locale, days, &out);
    return value_phrase(&value, &out);
}

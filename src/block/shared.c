/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What blocks share when they lay themselves: histories, labels, tones, printed
 * numbers and the trace of each number. */
#include "block/block.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Periods of the history from first_day on; the newest is the brief's own. */
static size_t history_periods(const struct scope *scope, enum period_unit unit,
                              size_t count, int32_t first_day,
                              const struct period **out)
{
    int week_start = scope->frame->week_start;
    struct period last =
        unit == PERIOD_RANGE
            ? scope->period.whole
            : period_holding(unit, scope->period.whole.last_day, week_start);
    struct period *period = ARENA_ARRAY(scope->arena, struct period, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct period one = period_shift(last, -(int)(count - 1 - i), week_start);
        bool before_data = one.last_day < first_day && i + 1 < count;
        if (!before_data)
            period[kept++] = one;
    }
    *out = period;
    return kept;
}

struct period last_periods(const struct scope *scope, size_t count,
                           enum period_unit unit)
{
    struct period whole = scope->period.whole;
    if (!count)
        return whole;
    int week_start = scope->frame->week_start;
    struct period last = period_holding(unit, whole.last_day, week_start);
    if (last.last_day > whole.last_day)
        last = period_shift(last, -1, week_start);
    struct period first = period_shift(last, 1 - (int)count, week_start);
    return (struct period){PERIOD_RANGE, first.first_day, last.last_day};
}

struct history history_of(const struct scope *scope, const struct measure *measure,
                          const struct condition *where, enum period_unit unit,
                          size_t count)
{
    return history_from(scope, measure, where, unit, count,
                        scope_coverage(scope, measure->table).first_day);
}

struct history history_from(const struct scope *scope, const struct measure *measure,
                            const struct condition *where, enum period_unit unit,
                            size_t count, int32_t first_day)
{
    struct history history = {.first_day = first_day};
    const struct column *const by[2] = {NULL, NULL};
    size_t groups[2];
    history.count = history_periods(scope, unit, count, first_day, &history.period);
    history.cell =
        scope_cells(scope, measure, where, by, history.period, history.count, groups);
    history.value = ARENA_ARRAY(scope->arena, double, history.count);
    history.low = ARENA_ARRAY(scope->arena, double, history.count);
    history.high = ARENA_ARRAY(scope->arena, double, history.count);
    history.state = ARENA_ARRAY(scope->arena, enum point_state, history.count);
    for (size_t i = 0; i < history.count; i++) {
        const struct cell *cell = &history.cell[i];
        history.value[i] = cell->value;
        history.low[i] = cell->low;
        history.high[i] = cell->high;
        history.has_bounds = history.has_bounds || cell->low < cell->high;
        history.state[i] = isnan(cell->value)  ? POINT_UNKNOWN
                           : cell->provisional ? POINT_PROVISIONAL
                                               : POINT_COMPLETE;
    }
    return history;
}

int32_t first_day_shown(const struct shown *shown, size_t count,
                        const struct scope *scope)
{
    int32_t first = INT32_MAX;
    for (size_t i = 0; i < count; i++) {
        const struct table *table = shown[i].measure ? shown[i].measure->table : NULL;
        const struct coverage known = scope_coverage(scope, table);
        first = known.first_day < first ? known.first_day : first;
    }
    return count ? first : scope_coverage(scope, NULL).first_day;
}

double *trailing_average(struct arena *arena, const double *value, size_t count,
                         size_t length)
{
    double *average = ARENA_ARRAY(arena, double, count);
    double sum = 0;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(value[i])) {
            sum += value[i];
            known++;
        }
        if (i >= length && !isnan(value[i - length])) {
            sum -= value[i - length];
            known--;
        }
        average[i] = i + 1 >= length && known == length ? sum / (double)length : NAN;
    }
    return average;
}

double measure_span(const struct measure *measure)
{
    enum { NARROWEST = 6 };
    switch (measure->kind) {
    case MEASURE_SHARE: return NARROWEST / 100.0;
    case MEASURE_RATIO:
    case MEASURE_MEAN: return 0;
    default: return NARROWEST;
    }
}

/* -- Names and tones ----------------------------------------------------------------- */

static struct slice capital_first(struct arena *arena, struct slice text)
{
    if (!text.size || !islower((unsigned char)text.data[0]))
        return text;
    char *copy = arena_copy(arena, text.data, text.size);
    copy[0] = (char)toupper((unsigned char)copy[0]);
    return (struct slice){copy, text.size};
}

struct slice capitalised(const struct block_context *context, struct slice text)
{
    return capital_first(context->chart.arena, text);
}

struct slice measure_label(const struct measure *measure, const struct locale *locale,
                           struct arena *arena)
{
    struct slice name = measure->label.size ? measure->label : measure->name;
    struct slice known = locale_name(locale, name, arena);
    return measure->label.size ? known : capital_first(arena, known);
}

struct slice print_none(const struct block_context *context,
                        const struct measure *measure)
{
    const struct slice name = measure->name;
    const struct phrase_part part = {
        "measure", locale_name(context->chart.locale, name, context->chart.arena)};
    bool is_foreign = /* a word of the template's own, in another script */
        context->chart.locale->right_to_left && slice_equal(part.text, name);
    return print_phrase(context, is_foreign ? "chart.none here" : "chart.none", 1,
                        &part, 1);
}

struct slice print_full_day(const struct block_context *context, int32_t day)
{
    struct text text = {.arena = context->chart.arena};
    locale_period(context->chart.locale, (struct period){PERIOD_DAY, day, day}, &text);
    return text_slice(&text);
}

struct slice print_coverage(const struct block_context *context,
                            const struct measure *measure, struct period window)
{
    const struct scope *scope = context->scope;
    const struct chart_context *chart = &context->chart;
    const struct coverage known = scope_coverage(scope, measure->table);
    const enum period_unit unit = scope->period.unit;
    struct period first =
        unit == PERIOD_RANGE
            ? window
            : period_holding(unit, window.first_day, scope->frame->week_start);
    bool begins = known.first_day > first.last_day;
    bool ends = known.last_day < scope->period.whole.first_day &&
                known.last_day < window.last_day;
    if (!begins && !ends)
        return (struct slice){0};
    struct slice day_of_first = print_full_day(context, known.first_day);
    const struct phrase_part part[] = {
        {"measure", measure_label(measure, chart->locale, chart->arena)},
        {"day", ends ? print_full_day(context, known.last_day) : day_of_first},
        {"first", day_of_first},
    };
    const char *key = !ends ? "chart.begins" : !begins ? "chart.ends" : "chart.spans";
    return print_phrase(context, key, NAN, part, 3);
}

static bool is_place(struct slice name)
{
    static const char *const place[] = {"province",    "district", "place",   "tehsil",
                                        "subdistrict", "country",  "region",  "city",
                                        "division",    "town",     "location"};
    for (size_t i = 0; i < sizeof place / sizeof *place; i++) {
        if (slice_is(name, place[i]))
            return true;
    }
    return false;
}

struct slice unknown_name(const struct block_context *context,
                          const struct column *column)
{
    if (is_place(column->name))
        return print_phrase(context, "unknown group", 1, NULL, 0);
    const struct phrase_part part = {
        "field",
        locale_name(context->chart.locale, column->name, context->chart.arena)};
    return capitalised(context, print_phrase(context, "unknown field", 1, &part, 1));
}

static bool condition_names(const struct condition *condition, const char *word)
{
    if (!condition)
        return false;
    if (condition->kind == CONDITION_IS && !condition->negated) {
        for (size_t i = 0; i < condition->value_count; i++) {
            if (slice_is(condition->value[i], word))
                return true;
        }
    }
    return condition_names(condition->left, word) ||
           condition_names(condition->right, word);
}

static const struct {
    const char *name;
    enum chart_tone tone;
} tones[] = {
    {"attack", TONE_ATTACK},
    {"operation", TONE_OPERATION},
    {"neutral", TONE_NEUTRAL},
    {"attention", TONE_ATTENTION},
};

bool check_tone(struct diags *diags, const struct yaml *value)
{
    enum { COUNT = sizeof tones / sizeof *tones };
    struct slice name[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        name[i] = slice_of(tones[i].name);
        if (slice_equal(value->text, name[i]))
            return true;
    }
    struct diag *diag =
        diags_error(diags, value->at, "M117", "there is no tone \"%.*s\"",
                    SLICE_PRINT(value->text));
    diag->width = value->width;
    diag_suggest(diags, diag, value->text, name, COUNT);
    return false;
}

enum chart_tone measure_tone(const struct measure *measure)
{
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++) {
        if (slice_is(measure->tone, tones[i].name))
            return tones[i].tone;
    }
    if (measure->numerator)
        return measure_tone(measure->numerator);
    if (condition_names(measure->where, "attack"))
        return TONE_ATTACK;
    if (condition_names(measure->where, "operation"))
        return TONE_OPERATION;
    return TONE_NEUTRAL;
}

/* More operations is neither good nor bad; more of anything else is worse. */
bool measure_is_harm(const struct measure *measure)
{
    return measure_tone(measure) != TONE_OPERATION;
}

/* -- Printed numbers ------------------------------------------------------------------ */

struct slice print_value(const struct block_context *context,
                         const struct measure *measure, double value)
{
    struct text text = {.arena = context->chart.arena};
    const struct locale *locale = context->chart.locale;
    if (isnan(value)) {
        text_append_string(&text, "\xe2\x80\x93");
        return text_slice(&text);
    }
    switch (measure->kind) {
    case MEASURE_SHARE:
        locale_number(locale, value * 100, 0, &text);
        text_append_string(&text, locale_percent_sign(locale));
        break;
    case MEASURE_RATIO:
    case MEASURE_MEAN: locale_number(locale, value, 1, &text); break;
    default: locale_number(locale, value, value == floor(value) ? 0 : 1, &text); break;
    }
    return text_slice(&text);
}

/* "12 (9–15)" where sources differ, "40+" where they say at least. */
struct slice print_cell(const struct block_context *context,
                        const struct measure *measure, const struct cell *cell)
{
    const struct locale *locale = context->chart.locale;
    struct slice number = print_value(context, measure, cell->value);
    const struct phrase_part part = {"number", number};
    if (isnan(cell->value))
        return number;
    if (is_limit(cell, measure))
        number = print_phrase(context, "table.at least", NAN, &part, 1);
    if (!(cell->low < cell->high))
        return number;
    struct text range = {.arena = context->chart.arena};
    double scale = measure->kind == MEASURE_SHARE ? 100 : 1;
    bool whole = cell->low == floor(cell->low) && cell->high == floor(cell->high);
    locale_range(locale, cell->low * scale, cell->high * scale,
                 whole || scale > 1 ? 0 : 1, &range);
    const struct phrase_part parts[] = {{"number", number},
                                        {"range", text_slice(&range)}};
    return print_phrase(context, "range.with", NAN, parts, 2);
}

/* A signed difference with a true minus and a plus. */
static struct slice print_difference(const struct block_context *context,
                                     double difference, int decimals)
{
    struct text text = {.arena = context->chart.arena};
    if (isnan(difference)) {
        text_append_string(&text, "\xe2\x80\x93");
        return text_slice(&text);
    }
    if (difference > 0)
        locale_plus(context->chart.locale, &text);
    locale_number(context->chart.locale, difference, decimals, &text);
    return text_slice(&text);
}

struct slice print_points(const struct block_context *context, double difference,
                          bool is_signed)
{
    struct text number = {.arena = context->chart.arena};
    if (is_signed)
        text_append(&number, print_difference(context, 100 * difference, 1));
    else
        locale_number(context->chart.locale, 100 * difference, 1, &number);
    const struct phrase_part part = {"number", text_slice(&number)};
    return isnan(difference) ? part.text
                             : print_phrase(context, "number.points", NAN, &part, 1);
}

struct slice print_change(const struct block_context *context,
                          const struct measure *measure, double difference)
{
    if (measure->kind == MEASURE_SHARE)
        return print_points(context, difference, true);
    return print_difference(context, difference,
                            difference == floor(difference) ? 0 : 1);
}

struct slice print_phrase(const struct block_context *context, const char *key,
                          double count, const struct phrase_part *part,
                          size_t part_count)
{
    struct text text = {.arena = context->chart.arena};
    locale_phrase(context->chart.locale, key, count, part, part_count, &text);
    return text_slice(&text);
}

/* How large the others are together depends on how many are shown. */
static bool is_of_others(const struct block_context *context, struct slice group)
{
    if (!context->scope->figures->plain || !group.size)
        return false;
    struct slice others = print_phrase(context, "others", 1, NULL, 0);
    return group.size >= others.size &&
           (slice_equal(slice_from(group, group.size - others.size), others) ||
            slice_equal((struct slice){group.data, others.size}, others));
}

void record_figure(const struct block_context *context, const char *what,
                   const struct measure *measure, const struct condition *where,
                   struct period period, struct slice group, const struct cell *cell,
                   struct slice printed)
{
    const struct scope *scope = context->scope;
    if (scope->rehearsal || !scope->figures)
        return;
    figures_add(scope->figures,
                &(struct figure){
                    .at = context->chart.at,
                    .expression = slice_of(what),
                    .printed = printed,
                    .number = cell->value,
                    .low = cell->low,
                    .high = cell->high,
                    .measure = measure->source,
                    .condition = where ? where->source : (struct slice){0},
                    .period = period,
                    .group = group,
                    .rows = cell->rows,
                    .at_least = is_limit(cell, measure),
                    .is_of_length = is_of_others(context, group),
                });
}

struct box *text_box(const struct block_context *context, struct slice text,
                     enum text_role role, double width)
{
    const struct span span = {.text = text, .style = &context->chart.theme->text[role]};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *box = typeset_paragraph(context->chart.typesetter, &paragraph, width);
    box->role = ROLE_P;
    box->text = text;
    return box;
}

/* A brief made for one of many names it in its head already. */
struct slice place_and_period(const struct block_context *context, struct period period)
{
    const struct locale *locale = context->chart.locale;
    struct text text = {.arena = context->chart.arena};
    for (const struct scope *scope = context->scope; scope; scope = scope->outer) {
        if (!scope->each || scope->group >= scope->each->words.count)
            continue;
        struct slice word = scope->each->words.word[scope->group];
        text_append(&text, locale_name(locale, word, text.arena));
        text_append(&text, print_phrase(context, "list.comma", 1, NULL, 0));
    }
    locale_period(locale, period, &text);
    return text_slice(&text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a name through its filters to a value, and the truth of conditions. Everything
 * is asked whatever the answers are: see scope.h on the rehearsal. */
#include "template/pipeline.h"

#include <math.h>
#include <string.h>

/* Values --------------------------------------------------------------------------- */

struct value value_number(double number)
{
    return (struct value){.kind = VALUE_NUMBER,
                          .number = number,
                          .low = NAN,
                          .high = NAN,
                          .decimals = -1};
}

struct value value_unknown(const char *because)
{
    struct value value = value_number(NAN);
    value.kind = VALUE_UNKNOWN;
    value.unknown_because = because;
    return value;
}

struct value value_text(struct slice text)
{
    struct value value = value_number(NAN);
    value.kind = VALUE_TEXT;
    value.text = text;
    return value;
}

struct value value_phrase(const struct value *about, const struct text *words)
{
    struct value value = *about;
    value.kind = VALUE_TEXT;
    value.text = text_slice(words);
    value.is_phrase = true;
    return value;
}

bool value_as_number(const struct value *value, double *out)
{
    *out = value->number;
    if (value->kind == VALUE_NUMBER)
        return isfinite(value->number);
    return value->kind == VALUE_TEXT && !value->is_phrase &&
           number_parse(slice_trim(value->text), out);
}

bool value_as_day(const struct value *value, int32_t *out)
{
    struct period period;
    *out = value->day;
    if (value->kind == VALUE_DAY)
        return true;
    if (value->kind != VALUE_TEXT || value->is_phrase ||
        !period_parse_date(slice_trim(value->text), &period) ||
        period.first_day != period.last_day)
        return false;
    *out = period.first_day;
    return true;
}

/* Names ---------------------------------------------------------------------------- */

static struct value value_of_cell(struct cell cell, const struct measure *measure)
{
    struct value value = value_number(cell.value);
    value.low = cell.low;
    value.high = cell.high;
    value.at_least = cell.at_least > 0;
    value.provisional = cell.provisional;
    value.is_share = measure->kind == MEASURE_SHARE;
    value.measure = measure;
    value.rows = cell.rows;
    if (!isnan(cell.value))
        return value;
    value.kind = VALUE_UNKNOWN;
    value.unknown_because = cell.at_least ? "of a lower limit no share is known"
                            : cell.rows   ? "the cells are blank"
                                          : "there are no rows";
    return value;
}

/* The mean of the periods before the brief's. */
static struct value average_of(const struct scope *scope, const struct measure *measure)
{
    size_t count = scope->average_count ? scope->average_count : 12, size;
    const struct period *period;
    const struct cell *cell = history_cells(scope, measure, count + 1, &size, &period);
    double sum = 0;
    size_t known = 0, rows = 0;
    bool at_least = false;
    int32_t from =
        size ? scope_compared_from(scope, measure->table, period[size - 1].last_day)
             : 0;
    for (size_t i = 0; i + 1 < size; i++) {
        if (cell[i].provisional || isnan(cell[i].value) || period[i].first_day < from)
            continue;
        sum += cell[i].value;
        rows += cell[i].rows;
        at_least = at_least || cell[i].at_least;
        known++;
    }
    struct value value = known ? value_number(sum / (double)known)
                               : value_unknown("there are no earlier periods");
    if (from > scope_coverage(scope, measure->table).first_day && known < count &&
        known + 1 < size)
        value = value_unknown("a break in reporting lies between");
    value.at_least = at_least && measure->kind != MEASURE_COUNT;
    value.decimals = measure->kind == MEASURE_SHARE ? -1
                     : fabs(value.number) >= 10     ? 0
                                                    : 1;
    value.is_share = measure->kind == MEASURE_SHARE;
    value.measure = measure;
    value.rows = rows;
    return value;
}

static struct value evaluate_name(const struct found_name *name)
{
    const struct scope *scope = name->scope;
    if (name->kind == NAME_VALUE)
        return name->value;
    struct period period =
        name->view == VIEW_PREVIOUS ? scope->compare.whole : scope->period.whole;
    if (name->kind == NAME_MEASURE && name->view == VIEW_AVERAGE)
        return average_of(scope, name->measure);
    if (name->kind == NAME_MEASURE) {
        struct value value =
            value_of_cell(scope_cell(scope, name->measure, period), name->measure);
        if (!scope->rehearsal && !scope_covers(scope, name->measure->table, period) &&
            name->view == VIEW_PREVIOUS)
            return value_unknown("it lies before the data begin");
        value.period = period;
        return value;
    }
    struct value value = value_number(NAN);
    value.kind = VALUE_PERIOD;
    value.period = period;
    value.provisional = period_is_provisional(period, scope->frame);
    return value;
}

struct value evaluate(const struct pipeline *pipeline, const struct scope *scope)
{
    struct evaluation evaluation = {.scope = scope};
    if (!name_find(scope, pipeline->name, &evaluation.name))
        return value_unknown("the name is unknown");
    evaluation.scope = evaluation.name.scope;
    evaluation.value = evaluate_name(&evaluation.name);
    for (size_t i = 0; i < pipeline->call_count; i++) {
        const struct filter_call *call = &pipeline->call[i];
        if (call->filter)
            evaluation.value = call->filter->apply(&evaluation, call);
    }
    return evaluation.value;
}

/* History -------------------------------------------------------------------------- */

const struct cell *history_cells(const struct scope *scope,
                                 const struct measure *measure, size_t count,
                                 size_t *size, const struct period **period)
{
    struct period *bin = ARENA_ARRAY(scope->arena, struct period, count);
    int week_start = scope->frame->week_start;
    const struct column *const none[2] = {NULL, NULL};
    *size = 0;
    for (size_t i = count; i-- > 0;) {
        struct period one = period_shift(scope->period.whole, -(int)i, week_start);
        bool is_covered = scope_covers(scope, measure->table, one);
        bool is_new = !*size || one.first_day > bin[*size - 1].last_day;
        *size -= i == 0 && !is_new; /* at the calendar's start it is there already */
        if (i == 0 || (is_covered && is_new))
            bin[(*size)++] = one;
    }
    *period = bin;
    return scope_cells(scope, measure, NULL, none, bin, *size, NULL);
}

/* Conditions ------------------------------------------------------------------------- */

enum truth { FALSE, TRUE, UNKNOWN };

static struct value operand(const struct term *term, const struct scope *scope)
{
    if (term->kind == TERM_NUMBER)
        return value_number(term->number);
    if (term->kind == TERM_TEXT)
        return value_text(term->text);
    return evaluate(term->pipeline, scope);
}

static bool meets(double order, enum comparison comparison)
{
    switch (comparison) {
    case COMPARE_LESS: return order < 0;
    case COMPARE_AT_MOST: return order <= 0;
    case COMPARE_EQUAL: return order == 0;
    case COMPARE_NOT_EQUAL: return order != 0;
    case COMPARE_AT_LEAST: return order >= 0;
    case COMPARE_MORE: return order > 0;
    }
    return false;
}

/* Days are compared as days, numbers as numbers, anything else as folded text. */
/* A word of the data may be written by its own spelling in every language: "Sindh" is
 * what a brief in Urdu prints as سندھ. */
static int compare_words(struct slice left, struct slice right,
                         const struct scope *scope)
{
    struct arena *arena = scope->arena;
    if (slice_equal(locale_word(scope->locale, right, arena), left) ||
        slice_equal(locale_word(scope->locale, left, arena), right))
        return 0;
    return slice_compare(slice_fold(arena, left), slice_fold(arena, right));
}

static enum truth compare(const struct value *left, const struct value *right,
                          enum comparison comparison, const struct scope *scope)
{
    double a, b;
    int32_t first, second;
    if (left->kind == VALUE_UNKNOWN || right->kind == VALUE_UNKNOWN)
        return UNKNOWN;
    if (value_as_number(left, &a) && value_as_number(right, &b))
        return meets((a > b) - (a < b), comparison);
    if (value_as_day(left, &first) && value_as_day(right, &second))
        return meets((first > second) - (first < second), comparison);
    if (left->kind != VALUE_TEXT || right->kind != VALUE_TEXT)
        return UNKNOWN;
    return meets(compare_words(left->text, right->text, scope), comparison);
}

static bool says_no(struct slice text, struct arena *arena)
{
    struct slice folded = slice_fold(arena, text);
    return !folded.size || slice_is(folded, "no") || slice_is(folded, "false") ||
           slice_is(folded, "off");
}

/* A value alone: there, not 0, not "no". */
static enum truth truth_of(const struct value *value, struct arena *arena)
{
    switch (value->kind) {
    case VALUE_UNKNOWN: return UNKNOWN;
    case VALUE_NUMBER: return value->number != 0 ? TRUE : FALSE;
    case VALUE_TEXT: return says_no(value->text, arena) ? FALSE : TRUE;
    default: return TRUE;
    }
}

static enum truth decide(const struct term *term, const struct scope *scope)
{
    switch (term->kind) {
    case TERM_AND:
    case TERM_OR: {
        enum truth left = decide(term->left, scope), right = decide(term->right, scope);
        enum truth settles = term->kind == TERM_AND ? FALSE : TRUE;
        if (left == settles || right == settles)
            return settles;
        return left == UNKNOWN || right == UNKNOWN ? UNKNOWN : !settles;
    }
    case TERM_NOT: {
        enum truth truth = decide(term->left, scope);
        return truth == UNKNOWN ? UNKNOWN : !truth;
    }
    case TERM_COMPARE: {
        struct value left = operand(term->left, scope);
        struct value right = operand(term->right, scope);
        return compare(&left, &right, term->comparison, scope);
    }
    case TERM_KNOWN: {
        struct value value = operand(term->left, scope);
        return value.kind == VALUE_UNKNOWN ? FALSE : TRUE;
    }
    default: {
        struct value value = operand(term, scope);
        return truth_of(&value, scope->arena);
    }
    }
}

bool expression_is_true(const struct expression *expression, const struct scope *scope)
{
    if (expression->condition)
        return decide(expression->condition->term, scope) == TRUE;
    struct value value = evaluate(expression->pipeline, scope);
    return truth_of(&value, scope->arena) == TRUE;
}

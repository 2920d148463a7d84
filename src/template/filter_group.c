/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filters about groups: which lead, and what share one has. */
#include "template/filters.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_TIED = 4, SHARE_LEAST = 20 };

struct group {
    struct slice word;
    double value;
    bool at_least;
};

/* The measure by the words of a column; groups[0] stands for an unknown word. */
struct grouping {
    const struct column *column;
    struct group *group;
    size_t count;
    double total;
    bool is_additive;
};

static struct grouping group_by(const struct evaluation *evaluation, struct slice field)
{
    const struct scope *scope = evaluation->scope;
    const struct measure *measure = evaluation->name.measure;
    struct grouping grouping = {.column = table_find(measure->table, field),
                                .is_additive = measure_is_additive(measure)};
    const struct column *by[2] = {grouping.column, NULL};
    struct cell total = scope_cell(scope, measure, scope->period.whole);
    grouping.total = total.value;
    if (!grouping.column)
        return grouping;
    struct cells cells =
        scope_cells_by(scope, measure, NULL, by, &scope->period.whole, 1);
    if (cells.by[0])
        grouping.column = cells.by[0];
    grouping.count = cells.groups[0];
    grouping.group = ARENA_ARRAY(scope->arena, struct group, grouping.count);
    for (size_t i = 0; i < grouping.count; i++) {
        struct slice word = {0};
        if (i < grouping.column->words.count)
            word = grouping.column->words.word[i];
        grouping.group[i] =
            (struct group){word, cells.cell[i].value, cells.cell[i].at_least > 0};
    }
    return grouping;
}

/* top --------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    const struct group *first = a, *second = b;
    if (first->value != second->value)
        return first->value < second->value ? 1 : -1;
    return slice_compare(first->word, second->word);
}

/* Known groups with something in them, highest first; returns how many. */
static size_t rank(struct grouping *grouping)
{
    size_t kept = 0;
    for (size_t i = 1; i < grouping->count; i++) {
        if (!isnan(grouping->group[i].value) && grouping->group[i].value > 0)
            grouping->group[kept++] = grouping->group[i];
    }
    if (kept)
        qsort(grouping->group, kept, sizeof *grouping->group, by_value);
    return kept;
}

/* All groups that share the last place are named. */
static size_t with_ties(const struct grouping *grouping, size_t most, size_t count)
{
    size_t named = most < count ? most : count;
    while (named && named < count &&
           grouping->group[named].value == grouping->group[named - 1].value)
        named++;
    return named;
}

static struct slice group_name(const struct evaluation *evaluation,
                               const struct group *group)
{
    return locale_name(evaluation->scope->locale, group->word,
                       evaluation->scope->arena);
}

/* "Sindh (20 of 31)"; further ones without the total. */
static struct slice describe(const struct evaluation *evaluation,
                             const struct grouping *grouping, size_t i)
{
    const struct scope *scope = evaluation->scope;
    const struct value *value = &evaluation->value;
    const struct group *group = &grouping->group[i];
    struct value own = *value;
    own.at_least = value->at_least && group->at_least;
    struct phrase_part part[] = {
        {"name", group_name(evaluation, group)},
        {"number", in_digits(&own, group->value, scope->locale, scope->arena)},
        {"total", in_digits(value, grouping->total, scope->locale, scope->arena)},
    };
    struct text out = {.arena = scope->arena};
    locale_phrase(scope->locale,
                  i == 0 && grouping->is_additive ? "top.of total" : "top.alone", NAN,
                  part, 3, &out);
    return text_slice(&out);
}

/* The first groups with their numbers: "Sindh (20 of 31) and Punjab (9)". */
static struct slice join_described(const struct evaluation *evaluation,
                                   const struct grouping *grouping, size_t count)
{
    const struct scope *scope = evaluation->scope;
    struct slice *word = ARENA_ARRAY(scope->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        word[i] = describe(evaluation, grouping, i);
    return join_words(word, count, true, scope->locale, scope->arena);
}

static struct slice join_names(const struct evaluation *evaluation,
                               const struct grouping *grouping, size_t count,
                               bool are_all)
{
    const struct scope *scope = evaluation->scope;
    struct slice *word = ARENA_ARRAY(scope->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        word[i] = group_name(evaluation, &grouping->group[i]);
    return join_words(word, count, are_all, scope->locale, scope->arena);
}

/* Several groups with one value: "Balochistan and Sindh (8 each, of 31)". */
static struct value say_tied(const struct evaluation *evaluation,
                             const struct grouping *grouping, size_t count)
{
    const struct scope *scope = evaluation->scope;
    const struct value *value = &evaluation->value;
    size_t named = count > MOST_TIED ? MOST_TIED - 1 : count;
    struct text rest = {.arena = scope->arena};
    locale_words(scope->locale, (double)(count - named), &rest);
    struct phrase_part part[] = {
        {"names", join_names(evaluation, grouping, named, named == count)},
        {"number",
         in_digits(value, grouping->group[0].value, scope->locale, scope->arena)},
        {"total", in_digits(value, grouping->total, scope->locale, scope->arena)},
        {"others", text_slice(&rest)},
    };
    const char *key = named < count           ? "top.tied with others"
                      : grouping->is_additive ? "top.tied of total"
                                              : "top.tied";
    return phrase(evaluation, key, (double)(count - named), part, 4);
}

struct value filter_top(const struct evaluation *evaluation,
                        const struct filter_call *call)
{
    struct grouping grouping = group_by(evaluation, argument_at(call, 0));
    double most = 1;
    if (evaluation->scope->rehearsal)
        return value_unknown("this is the rehearsal");
    if (argument_at(call, 1).size)
        number_parse(argument_at(call, 1), &most);
    if (isnan(grouping.total) && grouping.is_additive)
        return value_unknown("the data hold no day of the period");
    size_t count = rank(&grouping), named = with_ties(&grouping, (size_t)most, count);
    if (!named)
        return phrase(evaluation, "top.none", NAN, NULL, 0);
    if (named > 1 && grouping.group[0].value == grouping.group[named - 1].value)
        return say_tied(evaluation, &grouping, named);
    struct text out = {.arena = evaluation->scope->arena};
    text_append(&out, join_described(evaluation, &grouping, named));
    struct value value = value_phrase(&evaluation->value, &out);
    value.is_phrase = false; /* a name keeps its letters */
    return value;
}

/* share ------------------------------------------------------------------------------- */

static bool warn_absent(const struct evaluation *evaluation,
                        const struct filter_call *call, const struct column *column)
{
    const struct argument *argument = &call->argument[1];
    struct diag *diag =
        diags_warn(evaluation->scope->diags, argument->at, "M202",
                   "\"%.*s\" occurs nowhere in \"%.*s\"", SLICE_PRINT(argument->text),
                   SLICE_PRINT(column->name));
    diag->width = argument->width;
    if (column->words.count > 1)
        diag_suggest(evaluation->scope->diags, diag, argument->text,
                     column->words.word + 1, column->words.count - 1);
    return false;
}

static bool find_group(const struct evaluation *evaluation,
                       const struct filter_call *call, const struct grouping *grouping,
                       struct group *out)
{
    *out = (struct group){.value = 0};
    if (!grouping->column)
        return false;
    uint32_t code = column_code(grouping->column, argument_at(call, 1));
    if (code >= grouping->count)
        return warn_absent(evaluation, call, grouping->column);
    *out = grouping->group[code];
    return true;
}

/* Of amounts, some of which are below zero. */
static void warn_above_whole(const struct evaluation *evaluation,
                             const struct filter_call *call)
{
    struct diags *diags = evaluation->scope->diags;
    struct diag *diag =
        diags_warn(diags, call->at, "M215",
                   "this share is above 100%%: other groups are below zero");
    diag->width = (int)utf8_length(call->name);
    diag_hint(diags, diag, "print the amount, as a measure: %.*s where %.*s is %.*s",
              SLICE_PRINT(evaluation->name.measure->name),
              SLICE_PRINT(argument_at(call, 0)), SLICE_PRINT(argument_at(call, 1)));
}

struct value filter_share(const struct evaluation *evaluation,
                          const struct filter_call *call)
{
    const struct scope *scope = evaluation->scope;
    struct grouping grouping = group_by(evaluation, argument_at(call, 0));
    if (scope->rehearsal)
        return value_unknown("this is the rehearsal");
    struct group group;
    find_group(evaluation, call, &grouping, &group);
    struct value own = evaluation->value;
    own.at_least = own.at_least && group.at_least;
    if (isnan(grouping.total) || isnan(group.value) || !grouping.is_additive)
        return value_unknown("a share needs counts");
    if (grouping.total == 0)
        return phrase(evaluation, "share.of none", NAN, NULL, 0);
    double share = group.value / grouping.total;
    if (share > 1 + 1e-9)
        warn_above_whole(evaluation, call);
    /* Of "40+" no share is known. */
    bool is_few = grouping.total < SHARE_LEAST || evaluation->value.at_least;
    struct phrase_part part[] = {
        {"percent", in_percent(share, 0, scope->locale, scope->arena)},
        {"number", in_digits(&own, group.value, scope->locale, scope->arena)},
        {"total",
         in_digits(&evaluation->value, grouping.total, scope->locale, scope->arena)},
    };
    struct value value =
        phrase(evaluation, is_few ? "share.few" : "share.percent", NAN, part, 3);
    value.number = share;
    return value;
}

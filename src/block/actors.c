/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `actors`: who is active. Each group under the name that the house style prefers,
 * with its attacks, what the verdict on them is, the toll, where and when last. */
#include "block/naming.h"
#include "stats/verdict.h"

#include <math.h>
#include <stdlib.h>

struct actors {
    struct question question;
    const struct measure *measure, *killed;
    struct column *actor, *district, *toll;
    const struct yaml *prefer, *leave_out;
    long top;
};

enum { BINS = VERDICT_PHI_PERIODS + 1 };

static const struct block_key keys[] = {
    {"show", "attacks", "the measure that counts them; else attacks", TAKES_WORD},
    {"by", "actor", "the column of groups, which may hold several; else actor",
     TAKES_WORD},
    {"prefer", "{Fitna al Khawaraj: TTP}", "the house's name for these words",
     TAKES_KEYS},
    {"leave out", "unidentified", "words that are no group", TAKES_LIST},
    {"top", "10", "most groups", TAKES_WHOLE(1, 1000)},
    QUESTION_KEYS,
    {0},
};

static bool read_actors(struct block_reader *reader, const void **arguments)
{
    struct actors *actors = ARENA_NEW(reader->arena, struct actors);
    *arguments = actors;
    struct table *table = reader->scope->tables[0].table;
    const struct yaml *body = reader->node->body, *value = yaml_find(body, "show");
    bool ok = read_question(reader, &actors->question);
    ok &= read_count_measure(reader, value && value->text.size ? "show" : "attacks",
                             &actors->measure);
    ok &= read_category(reader, "by", "actor", &actors->actor);
    ok &= read_optional(reader, "district", table, "district", &actors->district);
    ok &= read_optional(reader, "killed", table, "killed", &actors->toll);
    ok &= read_whole(reader, "top", 10, &actors->top);
    actors->prefer = yaml_find(body, "prefer");
    actors->leave_out = yaml_find(body, "leave out");
    if (ok && actors->toll)
        actors->killed =
            measure_of_rows(actors->measure, MEASURE_SUM, actors->toll, reader->arena);
    return needs_incidents(reader, &actors->question) && ok;
}

/* -- Counting ------------------------------------------------------------------------------ */

struct group {
    uint32_t name;
    double count[BINS]; /* oldest first, the newest is the window */
    double now;         /* the newest count */
    double killed, largest;
    bool largest_is_limit;
    bool is_limit; /* "40+" went into killed */
    size_t districts;
    uint64_t *seen; /* districts of the window, a bit each */
    int32_t last_day;
};

struct activity {
    struct naming naming;
    struct group *group;
    size_t bins, unnamed, rows;
    struct period bin[BINS];
    double exposure[BINS];
    struct districts_verdict all; /* over all groups, by name */
    size_t changed;               /* groups called so, or nearly */
};

static void settle_bins(const struct actors *actors, const struct scope *scope,
                        struct activity *activity)
{
    struct period window = question_window(&actors->question, scope);
    for (int back = BINS - 1; back >= 0; back--) {
        struct period one = period_shift(window, -back, scope->frame->week_start);
        if (!scope_covers(scope, actors->question.table->table, one) && back)
            continue;
        activity->exposure[activity->bins] = period_days(one);
        activity->bin[activity->bins++] = one;
    }
}

static void count_toll(const struct actors *actors, uint32_t row, struct group *group)
{
    double killed = number_in(actors->toll, row);
    if (!isnan(killed)) {
        group->killed += killed;
        const bool is_limit = is_at_least(actors->toll, row);
        if (!(killed < group->largest))
            group->largest_is_limit =
                is_limit || (group->largest_is_limit && !(killed > group->largest));
        group->largest = fmax(group->largest, killed);
        const uint64_t *limits = actors->toll->at_least;
        group->is_limit =
            group->is_limit || (limits && (limits[row / 64] >> (row % 64) & 1));
    }
    if (!actors->district)
        return;
    struct codes codes = column_codes(actors->district, row);
    for (size_t i = 0; i < codes.count; i++) {
        uint64_t bit = (uint64_t)1 << (codes.code[i] % 64);
        if (!codes.code[i] || (group->seen[codes.code[i] / 64] & bit))
            continue;
        group->seen[codes.code[i] / 64] |= bit;
        group->districts++;
    }
}

static void count_row(const struct actors *actors, struct activity *activity,
                      uint32_t row, int32_t day, size_t bin)
{
    uint32_t name[NAMES_OF_ROW];
    bool is_known, is_now = bin + 1 == activity->bins;
    size_t count = names_of_row(&activity->naming, row, name, &is_known);
    activity->rows += is_now;
    activity->unnamed += is_now && !count;
    for (size_t i = 0; i < count; i++) {
        struct group *group = &activity->group[name[i]];
        group->count[bin]++;
        group->last_day = day > group->last_day ? day : group->last_day;
        if (is_now)
            count_toll(actors, row, group);
    }
}

static void count_activity(const struct actors *actors,
                           const struct block_context *context,
                           struct activity *activity)
{
    const struct scope *scope = context->scope;
    size_t words = actors->district ? actors->district->words.count / 64 + 1 : 0;
    size_t names = activity->naming.count;
    activity->group = ARENA_ARRAY(scope->arena, struct group, names);
    for (uint32_t i = 0; i < names; i++) {
        activity->group[i].name = i;
        activity->group[i].last_day = INT32_MIN;
        activity->group[i].seen = ARENA_ARRAY(scope->arena, uint64_t, words);
    }
    struct period all = {PERIOD_RANGE, activity->bin[0].first_day,
                         activity->bin[activity->bins - 1].last_day};
    size_t count, bin = 0;
    const uint32_t *row =
        question_rows(&actors->question, scope, actors->measure, all, &count);
    for (size_t i = 0; i < count; i++) {
        int32_t day = (int32_t)number_in(actors->question.table->table->date, row[i]);
        while (bin + 1 < activity->bins && day > activity->bin[bin].last_day)
            bin++;
        count_row(actors, activity, row[i], day, bin);
    }
}

/* -- The table ------------------------------------------------------------------------------- */

static int compare_groups(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    if (left->now != right->now)
        return left->now > right->now ? -1 : 1;
    if (left->last_day != right->last_day)
        return left->last_day > right->last_day ? -1 : 1;
    return left->name < right->name ? -1 : left->name > right->name;
}

static size_t rank_groups_active(struct activity *activity)
{
    size_t count = 0;
    for (size_t i = 1; i < activity->naming.count; i++) {
        struct group *group = &activity->group[i];
        group->now = group->count[activity->bins - 1];
        if (group->last_day != INT32_MIN && !activity->naming.left_out[i])
            activity->group[count++] = *group;
    }
    qsort(activity->group, count, sizeof *activity->group, compare_groups);
    return count;
}

static void judge_all(const struct block_context *context, struct activity *activity)
{
    const struct scope *scope = context->scope;
    size_t names = activity->naming.count, size = activity->bins;
    double *count = ARENA_ARRAY(scope->arena, double, names *size);
    for (size_t i = 0; i < names; i++) {
        for (size_t j = 0; j < size && !activity->naming.left_out[i]; j++)
            count[i * size + j] = activity->group[i].count[j];
    }
    struct districts_question question = {
        .count = count,
        .districts = names,
        .exposure = activity->exposure,
        .size = size,
        .provisional = period_is_provisional(activity->bin[size - 1], scope->frame),
    };
    question.breaks = scope_breaks(scope, activity->bin, size, &question.break_count);
    verdict_of_districts(&question, scope->arena, &activity->all);
}

static struct slice verdict_of_group(const struct block_context *context,
                                     struct activity *activity,
                                     const struct group *group)
{
    const struct scope *scope = context->scope;
    struct verdict_question question = {
        .count = group->count,
        .exposure = activity->exposure,
        .size = activity->bins,
        .provisional =
            period_is_provisional(activity->bin[activity->bins - 1], scope->frame),
    };
    question.breaks =
        scope_breaks(scope, activity->bin, activity->bins, &question.break_count);
    struct verdict verdict;
    verdict_of_change(&question, scope->arena, &verdict);
    figures_count_test(scope->figures, TESTED_COUNT);
    activity->changed +=
        verdict.direction == DIRECTION_ROSE || verdict.direction == DIRECTION_FELL;
    verdict_among_many(&activity->all, group->name, &verdict);
    return situation_words(context, verdict.situation);
}

static void put_group(struct reply *reply, const struct actors *actors,
                      struct activity *activity, struct sheet *sheet, size_t row,
                      const struct group *group)
{
    const struct block_context *context = reply->context;
    size_t last = activity->bins - 1, column = 0;
    struct traced traced = {actors->measure,
                            activity->bin[last],
                            activity->naming.name[group->name],
                            group->count[last],
                            NAN,
                            NAN,
                            (size_t)group->count[last]};
    sheet_put(sheet, row, column++, traced.group);
    sheet_put(sheet, row, column++, traced_number(reply, traced, 0));
    bool compares =
        last && scope_compares(context->scope, actors->question.table->table,
                               activity->bin[last - 1], traced.period);
    traced.value = compares ? group->count[last - 1] : NAN;
    sheet_put(sheet, row, column++, traced_number(reply, traced, 0));
    sheet_put(sheet, row, column++, verdict_of_group(context, activity, group));
    if (actors->toll) {
        traced.measure = actors->killed;
        traced.value = group->killed;
        struct slice killed = traced_limit(reply, traced, group->is_limit);
        traced.value = group->largest;
        const struct phrase_part part[] = {
            {"killed", killed},
            {"largest", traced_limit(reply, traced, group->largest_is_limit)}};
        bool says_largest = group->largest >= 2 && group->largest < group->killed;
        sheet_put(sheet, row, column++,
                  says_largest ? print_phrase(context, "actors.toll", NAN, part, 2)
                               : killed);
    }
    if (actors->district) {
        traced.value = (double)group->districts;
        sheet_put(sheet, row, column++, traced_number(reply, traced, 0));
    }
    sheet_put(sheet, row, column, plain_day(context, group->last_day));
}

static void lay_groups(struct reply *reply, const struct actors *actors,
                       struct activity *activity, size_t count)
{
    const struct block_context *context = reply->context;
    struct sheet *sheet = sheet_new(context->chart.arena, 7, count);
    size_t column = 0;
    sheet_head(context, sheet, column++, "actors.actor", SHEET_TEXT);
    sheet_head(context, sheet, column++, "actors.attacks", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "table.before", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "actors.verdict", SHEET_TEXT);
    if (actors->toll)
        sheet_head(context, sheet, column++, "actors.killed", SHEET_NUMBER);
    if (actors->district)
        sheet_head(context, sheet, column++, "actors.districts", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "actors.last", SHEET_NUMBER);
    sheet->column_count = column;
    for (size_t i = 0; i < count; i++)
        put_group(reply, actors, activity, sheet, i, &activity->group[i]);
    reply_sheet(reply, sheet);
}

static void note_actors(struct reply *reply, const struct actors *actors,
                        const struct activity *activity, size_t shown, size_t all)
{
    const struct block_context *context = reply->context;
    struct traced traced = {actors->measure,
                            activity->bin[activity->bins - 1],
                            {0},
                            (double)activity->unnamed,
                            NAN,
                            NAN,
                            activity->rows};
    struct slice unnamed = traced_number(reply, traced, 0);
    traced.value = (double)activity->rows;
    const struct phrase_part part[] = {
        {"unnamed", unnamed},
        {"total", traced_number(reply, traced, 0)},
        {"shown", plain_number(context, (double)shown, 0)},
        {"all", plain_number(context, (double)all, 0)},
    };
    reply_note(reply, "actors.note", (double)activity->unnamed, part, 4);
    if (activity->changed)
        reply_note(reply, "actors.rule", (double)all, part, 4);
    if (shown < all) {
        reply_note(reply, "actors.rest", (double)all, part, 4);
        traced.value = (double)all;
        reply_trace(reply, &traced, part[3].text);
        traced.value = (double)shown;
        reply_trace(reply, &traced, part[2].text);
    }
}

static struct box *lay_actors(const void *arguments,
                              const struct block_context *context, double width)
{
    const struct actors *actors = arguments;
    const struct scope *scope = context->scope;
    struct reply reply = reply_begin(&actors->question, context, "actors", width);
    if (scope->rehearsal)
        return reply_box(&reply);
    struct activity *activity = ARENA_NEW(scope->arena, struct activity);
    activity->naming = naming_of(context, actors->actor, actors->prefer,
                                 actors->leave_out, "actors.nobody");
    settle_bins(actors, scope, activity);
    count_activity(actors, context, activity);
    judge_all(context, activity);
    size_t all = rank_groups_active(activity);
    size_t shown = all < (size_t)actors->top ? all : (size_t)actors->top;
    reply_head(&reply, "actors");
    if (shown)
        lay_groups(&reply, actors, activity, shown);
    note_actors(&reply, actors, activity, shown, all);
    return reply_box(&reply);
}

const struct block_kind block_actors = {
    "actors",   "groups under the house's names: attacks, verdict, toll, last",
    keys,       read_actors,
    lay_actors,
};

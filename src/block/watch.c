/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `watch`: districts to watch. Which changed against the periods before, tested over
 * all of them, silent ones included, and in how few the incidents lie. */
#include "block/question.h"
#include "stats/concentration.h"
#include "stats/verdict.h"

#include <math.h>
#include <stdlib.h>

struct watch {
    struct question question;
    const struct measure *measure;
    struct column *district;
    long districts; /* of the country, silent ones too; 0: those in the data */
};

enum { BINS = VERDICT_BASE + 1, NAMED = 6 };

static const struct block_key keys[] = {
    {"show", "attacks", "the measure that counts them; else attacks", TAKES_WORD},
    {"by", "district", "the column of places; else district", TAKES_WORD},
    {"places", "136", "how many places there are; else those in the data",
     TAKES_WHOLE(1, 100000)},
    QUESTION_KEYS,
    {0},
};

static bool read_watch(struct block_reader *reader, const void **arguments)
{
    struct watch *watch = ARENA_NEW(reader->arena, struct watch);
    *arguments = watch;
    const struct yaml *value = yaml_find(reader->node->body, "show");
    bool ok = read_question(reader, &watch->question);
    ok &= read_count_measure(reader, value && value->text.size ? "show" : "attacks",
                             &watch->measure);
    ok &= read_whole(reader, "places", 0, &watch->districts);
    return read_category(reader, "by", "district", &watch->district) && ok;
}

/* -- Answers ------------------------------------------------------------------------------ */

struct grid {
    size_t bins, districts, in_data; /* districts: the frame */
    struct period bin[BINS];
    double *count; /* districts × bins */
    double exposure[BINS];
    const size_t *breaks;
    size_t break_count, provisional;
    double placeless; /* in the newest bin */
};

static void settle_bins(const struct watch *watch, const struct scope *scope,
                        struct grid *grid)
{
    struct period window = question_window(&watch->question, scope);
    for (int back = BINS - 1; back >= 0; back--) {
        struct period one = period_shift(window, -back, scope->frame->week_start);
        if (!scope_covers(scope, watch->question.table->table, one) && back)
            continue;
        grid->exposure[grid->bins] = period_days(one);
        grid->bin[grid->bins++] = one;
    }
    grid->breaks = scope_breaks(scope, grid->bin, grid->bins, &grid->break_count);
    grid->provisional =
        scope_is_provisional(scope, watch->question.table->table, window);
}

static void fill_grid(const struct watch *watch, const struct scope *scope,
                      const struct cell *cell, size_t groups, struct grid *grid)
{
    grid->in_data = groups - 1;
    grid->districts = watch->districts > (long)grid->in_data ? (size_t)watch->districts
                                                             : grid->in_data;
    grid->count = ARENA_ARRAY(scope->arena, double, grid->districts * grid->bins);
    for (size_t d = 0; d < grid->in_data; d++) {
        for (size_t i = 0; i < grid->bins; i++) {
            double value = cell[(d + 1) * grid->bins + i].value;
            grid->count[d * grid->bins + i] = isnan(value) ? 0 : value;
        }
    }
    double placeless = cell[grid->bins - 1].value;
    grid->placeless = isnan(placeless) ? 0 : placeless;
}

static double mean_before(const struct grid *grid, size_t district)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < grid->bins; i++)
        sum += grid->count[district * grid->bins + i];
    return grid->bins > 1 ? sum / (double)(grid->bins - 1) : NAN;
}

/* -- Concentration -------------------------------------------------------------------------- */

struct ranked {
    double total;
    uint32_t code;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->total != right->total)
        return left->total > right->total ? -1 : 1;
    return left->code < right->code ? -1 : left->code > right->code;
}

static struct slice names_of_half(const struct watch *watch,
                                  const struct block_context *context,
                                  struct ranked *ranked, size_t count, size_t half)
{
    struct text text = {.arena = context->chart.arena};
    struct slice comma = print_phrase(context, "list.comma", 1, NULL, 0);
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < half && i < NAMED; i++) {
        if (i)
            text_append(&text, comma);
        text_append(&text, word_name(context, watch->district, ranked[i].code));
    }
    const struct phrase_part part[] = {
        {"names", text_slice(&text)},
        {"count", plain_number(context, (double)half - NAMED, 0)},
    };
    return half > NAMED ? print_phrase(context, "watch.more", NAN, part, 2)
                        : text_slice(&text);
}

static void say_concentration(struct reply *reply, const struct watch *watch,
                              const struct grid *grid)
{
    const struct block_context *context = reply->context;
    struct arena *arena = context->chart.arena;
    double *total = ARENA_ARRAY(arena, double, grid->districts);
    struct ranked *ranked = ARENA_ARRAY(arena, struct ranked, grid->districts);
    for (size_t d = 0; d < grid->districts; d++) {
        for (size_t i = 0; i < grid->bins; i++)
            total[d] += grid->count[d * grid->bins + i];
        ranked[d] = (struct ranked){total[d], (uint32_t)d + 1};
    }
    struct concentration found;
    stat_concentration(total, grid->districts, arena, &found);
    if (found.unknown_because || found.units < 2 || found.total < VERDICT_PERCENT_LEAST)
        return;
    struct period period = {PERIOD_RANGE, grid->bin[0].first_day,
                            grid->bin[grid->bins - 1].last_day};
    struct traced traced = {
        watch->measure,     period, {0}, (double)found.units_for_half, NAN, NAN,
        (size_t)found.total};
    struct slice half = traced_number(reply, traced, 0);
    traced.value = (double)found.units;
    struct slice all = traced_number(reply, traced, 0);
    traced.value = found.total;
    const struct phrase_part part[] = {
        {"half", half},
        {"all", all},
        {"total", traced_number(reply, traced, 0)},
        {"measure", locale_name(context->chart.locale, watch->measure->name, arena)},
        {"period", plain_period(context, period)},
        {"names",
         names_of_half(watch, context, ranked, grid->districts, found.units_for_half)},
    };
    reply_say(reply, "watch.half", (double)found.units_for_half, part, 6);
}

/* -- Districts that changed ------------------------------------------------------------------- */

static void lay_changed(struct reply *reply, const struct watch *watch,
                        const struct grid *grid,
                        const struct districts_verdict *verdict)
{
    const struct block_context *context = reply->context;
    struct sheet *sheet = sheet_new(context->chart.arena, 5, verdict->flagged_count);
    static const char *const heads[] = {"watch.place", "watch.now", "watch.mean",
                                        "watch.verdict", "watch.p"};
    for (size_t j = 0; j < 5; j++)
        sheet_head(context, sheet, j, heads[j],
                   j == 0 || j == 3 ? SHEET_TEXT : SHEET_NUMBER);
    for (size_t i = 0; i < verdict->flagged_count; i++) {
        size_t d = verdict->flagged[i];
        double now = grid->count[d * grid->bins + grid->bins - 1];
        bool rose = verdict->direction[d] == DIRECTION_ROSE;
        struct traced traced = {watch->measure,
                                grid->bin[grid->bins - 1],
                                word_name(context, watch->district, (uint32_t)d + 1),
                                now,
                                NAN,
                                NAN,
                                (size_t)now};
        sheet_put(sheet, i, 0, traced.group);
        sheet_put(sheet, i, 1, traced_number(reply, traced, 0));
        traced.value = mean_before(grid, d);
        sheet_put(sheet, i, 2, traced_number(reply, traced, 1));
        sheet_put(
            sheet, i, 3,
            print_phrase(context, rose ? "watch.rose" : "watch.fell", 1, NULL, 0));
        traced.value = verdict->p_adj[d];
        sheet_put(sheet, i, 4,
                  traced.value < 0.001
                      ? print_phrase(context, "watch.tiny p", 1, NULL, 0)
                      : traced_number(reply, traced, 3));
    }
    reply_sheet(reply, sheet);
}

static void say_changed(struct reply *reply, const struct watch *watch,
                        const struct grid *grid)
{
    const struct block_context *context = reply->context;
    const struct districts_question question = {
        .count = grid->count,
        .districts = grid->districts,
        .exposure = grid->exposure,
        .size = grid->bins,
        .provisional = grid->provisional,
        .breaks = grid->breaks,
        .break_count = grid->break_count,
    };
    struct districts_verdict verdict;
    verdict_of_districts(&question, context->scope->arena, &verdict);
    for (size_t i = 0; i < verdict.tests; i++)
        figures_count_test(context->scope->figures, TESTED_PLACES);
    struct period window = grid->bin[grid->bins - 1];
    struct traced traced = {
        watch->measure, window, {0}, (double)verdict.flagged_count, NAN, NAN, 0};
    struct slice count = traced_number(reply, traced, 0);
    traced.value = (double)verdict.tests;
    struct slice tests = traced_number(reply, traced, 0);
    traced.value = (double)verdict.base;
    const struct phrase_part part[] = {
        {"count", count},
        {"all", tests},
        {"measure", locale_name(context->chart.locale, watch->measure->name,
                                context->chart.arena)},
        {"window", window_words(&watch->question, context)},
        {"periods", traced_number(reply, traced, 0)},
    };
    if (grid->districts < 2) {
        reply_say(reply, "watch.one place", 1, part, 5);
        return;
    }
    if (verdict.unknown_because) {
        reply_say(reply, grid->provisional ? "watch.provisional" : "watch.too early", 1,
                  part, 5);
        return;
    }
    reply_say(reply, verdict.flagged_count ? "watch.changed" : "watch.none changed",
              (double)verdict.flagged_count, part, 5);
    if (verdict.flagged_count)
        lay_changed(reply, watch, grid, &verdict);
    reply_note(reply, "watch.rule", (double)verdict.tests, part, 5);
}

static void note_placeless(struct reply *reply, const struct watch *watch,
                           const struct grid *grid)
{
    if (!(grid->placeless > 0))
        return;
    struct traced traced = {watch->measure,
                            grid->bin[grid->bins - 1],
                            {0},
                            grid->placeless,
                            NAN,
                            NAN,
                            (size_t)grid->placeless};
    const struct phrase_part part = {"count", traced_number(reply, traced, 0)};
    reply_note(reply, "watch.placeless", grid->placeless, &part, 1);
}

static struct box *lay_watch(const void *arguments, const struct block_context *context,
                             double width)
{
    const struct watch *watch = arguments;
    const struct scope *scope = context->scope;
    struct reply reply = reply_begin(&watch->question, context, "watch", width);
    struct grid *grid = ARENA_NEW(context->chart.arena, struct grid);
    const struct column *const by[2] = {watch->district, NULL};
    size_t groups[2];
    settle_bins(watch, scope, grid);
    const struct cell *cell = scope_cells(scope, watch->measure, watch->question.where,
                                          by, grid->bin, grid->bins, groups);
    if (scope->rehearsal)
        return reply_box(&reply);
    fill_grid(watch, scope, cell, groups[0], grid);
    reply_head(&reply, "watch");
    say_concentration(&reply, watch, grid);
    say_changed(&reply, watch, grid);
    note_placeless(&reply, watch, grid);
    return reply_box(&reply);
}

const struct block_kind block_watch = {
    "watch",   "districts that changed, tested over all, and where half of it was",
    keys,      read_watch,
    lay_watch,
};

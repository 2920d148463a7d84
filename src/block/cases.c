/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `cases`: court cases, or anything that goes through steps: how many reached each,
 * how long it took with those still waiting counted, what came of them, and who waits
 * longest. */
#include "block/question.h"
#include "stats/share.h"
#include "stats/waiting.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_STEPS = 8 };

struct cases {
    struct question question;
    struct column *from, *outcome, *name;
    struct column *step[MOST_STEPS]; /* the last one ends a case */
    size_t steps;
    long top;
};

static const struct block_key keys[] = {
    {"data", "cases", "the table of cases", TAKES_WORD},
    {"from", "arrested", "the day a case begins; else arrested", TAKES_WORD},
    {"steps", "charged, trial opened, verdict date", "days of steps, the last ends it",
     TAKES_LIST, IS_NEEDED},
    {"outcome", "verdict", "the column that says how it ended", TAKES_WORD},
    {"name", "case", "the column that names a case; else the first", TAKES_WORD},
    {"top", "5", "so many of those that wait longest are listed; 0: none",
     TAKES_WHOLE(0, 1000)},
    QUESTION_KEYS,
    {0},
};

static bool read_steps(struct block_reader *reader, struct cases *cases)
{
    struct table *table = cases->question.table->table;
    size_t count;
    const struct yaml *value = yaml_find(reader->node->body, "steps");
    const struct yaml *list = yaml_list(value, reader->arena, &count);
    if (!count)
        return reader_missing(reader, "steps", "charged, verdict date");
    bool ok = true;
    for (size_t i = 0; i < count && i < MOST_STEPS; i++)
        ok &= find_column(reader, table, &list[i], list[i].text, &cases->step[i]);
    cases->steps = count < MOST_STEPS ? count : (size_t)MOST_STEPS;
    return ok;
}

static bool read_cases(struct block_reader *reader, const void **arguments)
{
    struct cases *cases = ARENA_NEW(reader->arena, struct cases);
    *arguments = cases;
    const struct source_table *source;
    if (!read_table(reader, &source) ||
        !read_data_question(reader, source, &cases->question))
        return false;
    bool ok = read_optional(reader, "from", source->table, "arrested", &cases->from);
    if (ok && !cases->from)
        ok = reader_missing(reader, "from", "arrested");
    ok &= read_steps(reader, cases);
    ok &= read_column(reader, "outcome", source->table, &cases->outcome);
    ok &= read_column(reader, "name", source->table, &cases->name);
    if (!cases->name)
        cases->name = first_column(source->table);
    return read_whole(reader, "top", 5, &cases->top) && ok;
}

/* -- Durations ----------------------------------------------------------------------------- */

struct docket {
    const uint32_t *row;
    size_t rows, undated, disordered;
    double *start; /* of each row; NAN: not known */
    double as_of;
};

static struct docket open_docket(const struct cases *cases, const struct scope *scope)
{
    struct docket docket = {.as_of = scope->frame->as_of};
    const struct row_order as_filed = {0};
    docket.row = rows_found(scope, cases->question.table, cases->question.where, NULL,
                            as_filed, &docket.rows);
    docket.start = ARENA_ARRAY(scope->arena, double, docket.rows);
    const struct column *end = cases->step[cases->steps - 1];
    for (size_t i = 0; i < docket.rows; i++) {
        docket.start[i] = number_in(cases->from, docket.row[i]);
        bool is_future = docket.start[i] > docket.as_of;
        bool is_before = number_in(end, docket.row[i]) < docket.start[i];
        docket.undated += isnan(docket.start[i]) ? 1 : 0;
        docket.disordered += is_before || is_future;
        if (is_before || is_future)
            docket.start[i] = NAN;
    }
    return docket;
}

/* Days from the beginning to a step, or so far: nobody knows of what comes later than
 * the day the brief speaks of. A case that ended without the step isn't waiting for it
 * any more: its wait is cut at its end. */
static void measure_step(const struct cases *cases, const struct docket *docket,
                         size_t step, struct arena *arena, struct waiting *out)
{
    double *days = ARENA_ARRAY(arena, double, docket->rows);
    bool *done = ARENA_ARRAY(arena, bool, docket->rows);
    size_t count = 0;
    const struct column *last = cases->step[cases->steps - 1];
    for (size_t i = 0; i < docket->rows; i++) {
        if (isnan(docket->start[i]))
            continue;
        double at = number_in(cases->step[step], docket->row[i]);
        double end = fmin(docket->as_of, fmax(number_in(last, docket->row[i]), 0));
        if (isnan(number_in(last, docket->row[i])))
            end = docket->as_of;
        done[count] = at <= docket->as_of && at >= docket->start[i];
        days[count] = (done[count] ? at : end) - docket->start[i];
        count++;
    }
    const struct waiting_question question = {days, done, count, 0.95};
    stat_waiting(&question, arena, out);
}

static struct slice traced_days(const struct reply *reply, struct slice step,
                                double value, int decimals)
{
    return traced_number(reply,
                         (struct traced){.period = reply->context->scope->period.whole,
                                         .group = step,
                                         .value = value,
                                         .low = NAN,
                                         .high = NAN},
                         decimals);
}

/* "312 (250–401)"; a limit that isn't reached is open. */
static struct slice median_words(const struct reply *reply, struct slice step,
                                 const struct waiting *waiting)
{
    const struct block_context *context = reply->context;
    if (isnan(waiting->median))
        return EN_DASH;
    struct text range = {.arena = context->chart.arena};
    if (isnan(waiting->high)) {
        const struct phrase_part part = {"number",
                                         plain_number(context, waiting->low, 0)};
        text_append(&range, print_phrase(context, "number.at least", NAN, &part, 1));
    } else {
        locale_range(context->chart.locale, waiting->low, waiting->high, 0, &range);
    }
    const struct phrase_part part[] = {
        {"number", plain_number(context, waiting->median, 0)},
        {"range", text_slice(&range)},
    };
    struct slice printed = print_phrase(context, "range.with", NAN, part, 2);
    reply_trace(reply,
                &(struct traced){.period = context->scope->period.whole,
                                 .group = step,
                                 .value = waiting->median,
                                 .low = waiting->low,
                                 .high = waiting->high,
                                 .rows = waiting->done + waiting->pending},
                printed);
    return printed;
}

static bool lay_steps(struct reply *reply, const struct cases *cases,
                      const struct docket *docket)
{
    static const char *const heads[] = {"cases.step", "cases.reached", "cases.waiting",
                                        "cases.median", "cases.longest"};
    const struct block_context *context = reply->context;
    struct sheet *sheet = sheet_new(context->chart.arena, 5, cases->steps);
    bool is_open = false; /* a median wasn't reached */
    for (size_t j = 0; j < 5; j++)
        sheet_head(context, sheet, j, heads[j], j ? SHEET_NUMBER : SHEET_TEXT);
    for (size_t i = 0; i < cases->steps; i++) {
        struct waiting waiting;
        measure_step(cases, docket, i, context->chart.arena, &waiting);
        struct slice name = column_title(context, cases->step[i]);
        sheet_put(sheet, i, 0, name);
        sheet_put(sheet, i, 1, traced_days(reply, name, (double)waiting.done, 0));
        sheet_put(sheet, i, 2, traced_days(reply, name, (double)waiting.pending, 0));
        sheet_put(sheet, i, 3, median_words(reply, name, &waiting));
        sheet_put(sheet, i, 4, traced_days(reply, name, waiting.longest_pending, 0));
        is_open = is_open || isnan(waiting.median);
    }
    reply_sheet(reply, sheet);
    return is_open;
}

/* -- Outcomes and those that wait --------------------------------------------------------------- */

struct outcome {
    double count;
    uint32_t code;
};

/* Blank ones stand last. */
static int compare_outcomes(const void *a, const void *b)
{
    const struct outcome *left = a, *right = b;
    if (!left->code != !right->code)
        return left->code ? -1 : 1;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return left->code < right->code ? -1 : left->code > right->code;
}

static size_t count_outcomes(const struct cases *cases, const struct docket *docket,
                             struct outcome *found, double *ended)
{
    const struct column *column = cases->outcome;
    const struct column *end = cases->step[cases->steps - 1];
    size_t kinds = 0;
    *ended = 0;
    for (uint32_t code = 0; code < column->words.count; code++)
        found[code].code = code;
    for (size_t i = 0; i < docket->rows; i++) {
        if (!(number_in(end, docket->row[i]) <= docket->as_of))
            continue;
        ++*ended;
        found[column_codes(column, docket->row[i]).code[0]].count++;
    }
    for (uint32_t code = 0; code < column->words.count; code++) {
        if (found[code].count > 0)
            found[kinds++] = found[code];
    }
    qsort(found, kinds, sizeof *found, compare_outcomes);
    return kinds;
}

/* "convicted 18 (60%, range 42–75%)"; counts alone of fewer than 20. */
static struct slice outcome_words(struct reply *reply, const struct cases *cases,
                                  const struct outcome *outcome, double ended)
{
    const struct block_context *context = reply->context;
    struct text range = {.arena = context->chart.arena}, text = range;
    struct slice name = outcome->code
                            ? locale_word(context->chart.locale,
                                          cases->outcome->words.word[outcome->code],
                                          context->chart.arena)
                            : print_phrase(context, "cases.not stated", 1, NULL, 0);
    struct wilson wilson;
    stat_wilson(outcome->count, ended, 0.95, &wilson);
    locale_range(context->chart.locale, 100 * wilson.low, 100 * wilson.high, 0, &range);
    const struct phrase_part part[] = {
        {"number", plain_number(context, outcome->count, 0)},
        {"percent", plain_percent(context, wilson.estimate)},
        {"range", text_slice(&range)},
    };
    bool is_few = ended < VERDICT_SHARE_LEAST;
    struct slice printed =
        is_few ? part[0].text : print_phrase(context, "share.part", NAN, part, 3);
    text_print(&text, "%.*s %.*s", SLICE_PRINT(name), SLICE_PRINT(printed));
    struct traced traced = {.period = context->scope->period.whole,
                            .group = name,
                            .value = outcome->count,
                            .low = NAN,
                            .high = NAN,
                            .rows = (size_t)ended};
    reply_trace(reply, &traced, part[0].text);
    traced.value = wilson.estimate;
    traced.low = wilson.low;
    traced.high = wilson.high;
    if (!is_few)
        reply_trace(reply, &traced, printed);
    return text_slice(&text);
}

static void say_outcomes(struct reply *reply, const struct cases *cases,
                         const struct docket *docket)
{
    const struct block_context *context = reply->context;
    const struct column *column = cases->outcome;
    struct text list = {.arena = context->chart.arena};
    double ended;
    if (!column || !column->is_read || column->type != COLUMN_CATEGORY)
        return;
    struct outcome *found =
        ARENA_ARRAY(list.arena, struct outcome, column->words.count);
    size_t kinds = count_outcomes(cases, docket, found, &ended);
    for (size_t i = 0; i < kinds; i++) {
        if (i)
            text_append(&list, print_phrase(context, "list.comma", 1, NULL, 0));
        text_append(&list, outcome_words(reply, cases, &found[i], ended));
    }
    const struct phrase_part part[] = {
        {"count", traced_days(reply, (struct slice){0}, ended, 0)},
        {"list", text_slice(&list)},
    };
    if (list.size)
        reply_say(reply, "cases.outcomes", ended, part, 2);
}

struct waiter {
    double days;
    uint32_t row;
};

static int compare_waiters(const void *a, const void *b)
{
    const struct waiter *left = a, *right = b;
    if (left->days != right->days)
        return left->days > right->days ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

static struct slice last_step(const struct reply *reply, const struct cases *cases,
                              uint32_t row, double as_of)
{
    for (size_t i = cases->steps; i-- > 0;) {
        if (number_in(cases->step[i], row) <= as_of)
            return column_title(reply->context, cases->step[i]);
    }
    return column_title(reply->context, cases->from);
}

static void lay_waiting(struct reply *reply, const struct cases *cases,
                        const struct docket *docket)
{
    static const char *const heads[] = {"cases.name", "cases.since", "cases.days",
                                        "cases.stage"};
    const struct block_context *context = reply->context;
    const struct table *table = cases->question.table->table;
    const struct column *end = cases->step[cases->steps - 1];
    struct waiter *waiter =
        ARENA_ARRAY(context->chart.arena, struct waiter, docket->rows);
    size_t count = 0;
    for (size_t i = 0; i < docket->rows; i++) {
        if (!isnan(docket->start[i]) &&
            !(number_in(end, docket->row[i]) <= docket->as_of))
            waiter[count++] =
                (struct waiter){docket->as_of - docket->start[i], docket->row[i]};
    }
    qsort(waiter, count, sizeof *waiter, compare_waiters);
    size_t shown = count < (size_t)cases->top ? count : (size_t)cases->top;
    if (!shown)
        return;
    struct sheet *sheet = sheet_new(context->chart.arena, 4, shown);
    for (size_t j = 0; j < 4; j++)
        sheet_head(context, sheet, j, heads[j],
                   j == 1 || j == 2 ? SHEET_NUMBER : SHEET_TEXT);
    for (size_t i = 0; i < shown; i++) {
        struct slice name = tracker_cell(context, table, cases->name, waiter[i].row);
        sheet_put(sheet, i, 0, name);
        sheet_put(sheet, i, 1,
                  plain_day(context, (int32_t)(docket->as_of - waiter[i].days)));
        sheet_put(sheet, i, 2, traced_days(reply, name, waiter[i].days, 0));
        sheet_put(sheet, i, 3, last_step(reply, cases, waiter[i].row, docket->as_of));
    }
    reply_sheet(reply, sheet);
    const struct phrase_part part[] = {
        {"shown", traced_days(reply, (struct slice){0}, (double)shown, 0)},
        {"all", traced_days(reply, (struct slice){0}, (double)count, 0)},
    };
    reply_note(reply, "cases.longest waiting", (double)count, part, 2);
}

static void note_cases(struct reply *reply, const struct docket *docket, bool is_open)
{
    const struct phrase_part part[] = {
        {"undated", traced_days(reply, (struct slice){0}, (double)docket->undated, 0)},
        {"disordered",
         traced_days(reply, (struct slice){0}, (double)docket->disordered, 0)},
        {"day", plain_day(reply->context, (int32_t)docket->as_of)},
    };
    reply_note(reply, "cases.rule", 1, part, 3);
    if (is_open)
        reply_note(reply, "cases.open", 1, part, 3);
    if (docket->undated)
        reply_note(reply, "cases.undated", (double)docket->undated, part, 3);
    if (docket->disordered)
        reply_note(reply, "cases.disordered", (double)docket->disordered, part, 3);
}

static struct box *lay_cases(const void *arguments, const struct block_context *context,
                             double width)
{
    const struct cases *cases = arguments;
    struct reply reply = reply_begin(&cases->question, context, "cases", width);
    if (context->scope->rehearsal)
        return reply_box(&reply);
    struct docket docket = open_docket(cases, context->scope);
    reply_title(&reply, "cases");
    if (!docket.rows) {
        reply_say(&reply, "cases.none", 1, NULL, 0);
        return reply_box(&reply);
    }
    say_outcomes(&reply, cases, &docket);
    bool is_open = lay_steps(&reply, cases, &docket);
    note_cases(&reply, &docket, is_open);
    if (cases->top)
        lay_waiting(&reply, cases, &docket);
    return reply_box(&reply);
}

const struct block_kind block_cases = {
    "cases",   "court cases from arrest to verdict: how long, what came of them",
    keys,      read_cases,
    lay_cases,
};

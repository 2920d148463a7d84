/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `targets`: whom the attacks were aimed at, by class, as shares with intervals;
 * below 20 attacks as counts alone. */
#include "block/naming.h"
#include "stats/district.h"
#include "stats/share.h"
#include "stats/verdict.h"

#include <math.h>
#include <stdlib.h>

struct targets {
    struct question question;
    const struct measure *measure;
    struct column *target;
    const struct yaml *classes, *leave_out;
    bool only; /* classes named, no other words */
    long top;
};

static const double FALSE_DISCOVERIES = 0.1;

static const struct block_key keys[] = {
    {"show", "attacks", "the measure that counts them; else attacks", TAKES_WORD},
    {"by", "target", "the column of targets, which may hold several; else target",
     TAKES_WORD},
    {"classes", "{Schools: [school, teacher]}", "several words as one class",
     TAKES_KEYS},
    {"only", "yes", "the classes named and no others", TAKES_YES_NO},
    {"leave out", "unknown", "words that are no target", TAKES_LIST},
    {"top", "15", "most classes; the others are one more row", TAKES_WHOLE(1, 1000)},
    QUESTION_KEYS,
    {0},
};

static bool read_targets(struct block_reader *reader, const void **arguments)
{
    struct targets *targets = ARENA_NEW(reader->arena, struct targets);
    *arguments = targets;
    const struct yaml *body = reader->node->body, *value = yaml_find(body, "show");
    bool ok = read_question(reader, &targets->question);
    ok &= read_count_measure(reader, value && value->text.size ? "show" : "attacks",
                             &targets->measure);
    ok &= read_category(reader, "by", "target", &targets->target);
    ok &= read_bool(reader, "only", false, &targets->only);
    ok &= read_whole(reader, "top", 15, &targets->top);
    targets->classes = yaml_find(body, "classes");
    targets->leave_out = yaml_find(body, "leave out");
    if (targets->only && (!targets->classes || !targets->classes->count))
        ok = reader_missing(reader, "classes", "{Schools: [school, teacher]}");
    return needs_incidents(reader, &targets->question) && ok;
}

/* -- Counting ----------------------------------------------------------------------------- */

struct tally {
    size_t rows, known;
    double *count; /* by name */
};

static struct tally tally_rows(const struct targets *targets, const struct scope *scope,
                               const struct naming *naming, struct period period)
{
    struct tally tally = {.count = ARENA_ARRAY(scope->arena, double, naming->count)};
    const uint32_t *row =
        question_rows(&targets->question, scope, targets->measure, period, &tally.rows);
    for (size_t r = 0; r < tally.rows; r++) {
        uint32_t name[NAMES_OF_ROW];
        bool is_known;
        size_t count = names_of_row(naming, row[r], name, &is_known);
        tally.known += count > 0;
        for (size_t i = 0; i < count; i++)
            tally.count[name[i]]++;
    }
    return tally;
}

struct class_row {
    uint32_t name;
    double now, before, p;
    struct share_change change;
};

static int compare_classes(const void *a, const void *b)
{
    const struct class_row *left = a, *right = b;
    if (left->now != right->now)
        return left->now > right->now ? -1 : 1;
    if (left->before != right->before)
        return left->before > right->before ? -1 : 1;
    return left->name < right->name ? -1 : left->name > right->name;
}

static size_t rank_classes(const struct targets *targets, const struct naming *naming,
                           const struct tally *now, const struct tally *before,
                           struct class_row *row)
{
    size_t named = targets->classes ? targets->classes->count : 0, count = 0;
    for (uint32_t name = 1; name < naming->count; name++) {
        bool is_named = name <= named;
        if ((targets->only && !is_named) || naming->left_out[name])
            continue;
        if (!is_named && now->count[name] == 0 && before->count[name] == 0)
            continue;
        row[count++] = (struct class_row){.name = name,
                                          .now = now->count[name],
                                          .before = before->count[name],
                                          .p = NAN};
    }
    qsort(row, count, sizeof *row, compare_classes);
    return count;
}

/* Each class's share against the window before, adjusted over all of them. */
static bool test_classes(const struct targets *targets, const struct scope *scope,
                         const struct tally *now, const struct tally *before,
                         struct class_row *row, size_t count)
{
    double *p = ARENA_ARRAY(scope->arena, double, count);
    if (!may_compare(&targets->question, scope) || now->known < VERDICT_SHARE_LEAST ||
        before->known < VERDICT_SHARE_LEAST)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct share_pair pair = {row[i].now, (double)now->known, row[i].before,
                                        (double)before->known};
        stat_share_change(&pair, 0.95, &row[i].change);
        figures_count_test(scope->figures, TESTED_SHARE);
        p[i] = row[i].change.p;
    }
    stat_bh(p, count, scope->arena, p);
    for (size_t i = 0; i < count; i++)
        row[i].p = p[i];
    return true;
}

/* -- The table ------------------------------------------------------------------------------ */

struct page {
    const struct targets *targets;
    struct reply *reply;
    const struct naming *naming;
    struct tally now, before;
    bool compares, tested;
    struct sheet *sheet;
};

static struct slice verdict_words(const struct page *page, const struct class_row *row)
{
    const char *key = "targets.unclear";
    if (row->p <= FALSE_DISCOVERIES)
        key = row->change.diff > 0 ? "targets.rose" : "targets.fell";
    return print_phrase(page->reply->context, key, 1, NULL, 0);
}

static void put_class(const struct page *page, size_t at, const struct class_row *row)
{
    const struct block_context *context = page->reply->context;
    double whole = (double)page->now.known;
    struct wilson wilson;
    struct text range = {.arena = context->chart.arena};
    stat_wilson(row->now, whole, 0.95, &wilson);
    struct traced traced = {page->targets->measure,
                            question_window(&page->targets->question, context->scope),
                            page->naming->name[row->name],
                            row->now,
                            NAN,
                            NAN,
                            (size_t)row->now};
    size_t column = 0;
    sheet_put(page->sheet, at, column++, traced.group);
    sheet_put(page->sheet, at, column++, traced_number(page->reply, traced, 0));
    if (whole >= VERDICT_SHARE_LEAST) {
        struct slice percent = plain_percent(context, wilson.estimate);
        locale_range(context->chart.locale, 100 * wilson.low, 100 * wilson.high, 0,
                     &range);
        sheet_put(page->sheet, at, column++, percent);
        sheet_put(page->sheet, at, column++, text_slice(&range));
        traced.value = wilson.estimate;
        traced.low = wilson.low;
        traced.high = wilson.high;
        reply_trace(page->reply, &traced, percent);
        reply_trace(page->reply, &traced, text_slice(&range));
    }
    if (!page->compares)
        return;
    traced = (struct traced){page->targets->measure,
                             question_before(&page->targets->question, context->scope),
                             page->naming->name[row->name],
                             row->before,
                             NAN,
                             NAN,
                             (size_t)row->before};
    if (page->tested) {
        struct slice percent =
            plain_percent(context, row->before / (double)page->before.known);
        traced.value = row->before / (double)page->before.known;
        reply_trace(page->reply, &traced, percent);
        sheet_put(page->sheet, at, column++, percent);
    } else {
        sheet_put(page->sheet, at, column++, traced_number(page->reply, traced, 0));
    }
    if (page->tested)
        sheet_put(page->sheet, at, column, verdict_words(page, row));
}

static void lay_classes(struct page *page, const struct class_row *row, size_t count)
{
    const struct block_context *context = page->reply->context;
    bool has_shares = page->now.known >= VERDICT_SHARE_LEAST;
    size_t column = 0;
    page->sheet = sheet_new(context->chart.arena, 6, count);
    sheet_head(context, page->sheet, column++, "targets.target", SHEET_TEXT);
    sheet_head(context, page->sheet, column++, "targets.attacks", SHEET_NUMBER);
    if (has_shares) {
        sheet_head(context, page->sheet, column++, "table.share", SHEET_NUMBER);
        sheet_head(context, page->sheet, column++, "targets.range", SHEET_NUMBER);
    }
    if (page->compares)
        sheet_head(context, page->sheet, column++,
                   page->tested ? "targets.before" : "targets.count before",
                   SHEET_NUMBER);
    if (page->tested)
        sheet_head(context, page->sheet, column++, "targets.verdict", SHEET_TEXT);
    page->sheet->column_count = column;
    for (size_t i = 0; i < count; i++)
        put_class(page, i, &row[i]);
    reply_sheet(page->reply, page->sheet);
}

static void note_targets(const struct page *page, size_t shown, size_t count)
{
    struct reply *reply = page->reply;
    const struct block_context *context = reply->context;
    struct traced traced = {page->targets->measure,
                            question_window(&page->targets->question, context->scope),
                            {0},
                            (double)page->now.known,
                            NAN,
                            NAN,
                            page->now.known};
    struct slice known = traced_number(reply, traced, 0);
    traced.value = (double)(page->now.rows - page->now.known);
    struct slice unknown = traced_number(reply, traced, 0);
    traced.value = (double)(count - shown);
    const struct phrase_part part[] = {
        {"count", known},
        {"unknown", unknown},
        {"rest", traced_number(reply, traced, 0)},
        {"all", plain_number(context, (double)count, 0)}};
    reply_note(reply,
               page->now.known < VERDICT_SHARE_LEAST ? "targets.few" : "targets.note",
               (double)page->now.known, part, 2);
    if (page->now.rows > page->now.known)
        reply_note(reply, "targets.unknown", traced.value, part, 2);
    if (page->tested)
        reply_note(reply, "targets.rule", (double)count, part, 4);
    if (shown < count)
        reply_note(reply, "targets.rest", (double)(count - shown), part, 4);
}

static struct box *lay_targets(const void *arguments,
                               const struct block_context *context, double width)
{
    const struct targets *targets = arguments;
    const struct scope *scope = context->scope;
    struct reply reply = reply_begin(&targets->question, context, "targets", width);
    if (scope->rehearsal)
        return reply_box(&reply);
    struct naming naming = naming_of(context, targets->target, targets->classes,
                                     targets->leave_out, "targets.nobody");
    struct page page = {.targets = targets, .reply = &reply, .naming = &naming};
    page.now =
        tally_rows(targets, scope, &naming, question_window(&targets->question, scope));
    page.before =
        tally_rows(targets, scope, &naming, question_before(&targets->question, scope));
    page.compares = may_compare(&targets->question, scope);
    struct class_row *row = ARENA_ARRAY(scope->arena, struct class_row, naming.count);
    size_t count = rank_classes(targets, &naming, &page.now, &page.before, row);
    page.tested = test_classes(targets, scope, &page.now, &page.before, row, count);
    size_t shown = count < (size_t)targets->top ? count : (size_t)targets->top;
    reply_head(&reply, "targets");
    if (shown)
        lay_classes(&page, row, shown);
    note_targets(&page, shown, count);
    return reply_box(&reply);
}

const struct block_kind block_targets = {
    "targets",   "whom attacks were aimed at: shares of classes, with ranges",
    keys,        read_targets,
    lay_targets,
};

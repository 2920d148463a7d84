/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `joint`: the share of operations by two or more agencies, and which agencies went
 * together. */
#include "block/naming.h"
#include "stats/share.h"
#include "stats/verdict.h"

#include <math.h>
#include <stdlib.h>

struct joint {
    struct question question;
    const struct measure *measure;
    struct column *agency;
    const struct yaml *names;
    long top;
};

static const struct block_key keys[] = {
    {"show", "operations", "the measure that counts them; else operations", TAKES_WORD},
    {"by", "agency", "the column that may hold several words; else agency", TAKES_WORD},
    {"prefer", "{Police: [police, Levies]}", "several words under one name",
     TAKES_KEYS},
    {"top", "8", "most names in the table", TAKES_WHOLE(2, 20)},
    QUESTION_KEYS,
    {0},
};

static bool read_joint(struct block_reader *reader, const void **arguments)
{
    struct joint *joint = ARENA_NEW(reader->arena, struct joint);
    *arguments = joint;
    const struct yaml *value = yaml_find(reader->node->body, "show");
    bool ok = read_question(reader, &joint->question);
    ok &= read_count_measure(reader, value && value->text.size ? "show" : "operations",
                             &joint->measure);
    ok &= read_category(reader, "by", "agency", &joint->agency);
    ok &= read_whole(reader, "top", 8, &joint->top);
    joint->names = yaml_find(reader->node->body, "prefer");
    return needs_incidents(reader, &joint->question) && ok;
}

/* -- Counting --------------------------------------------------------------------------- */

struct together {
    struct naming naming;
    size_t rows, known, joint;
    double *with;  /* names × names: rows of both; on the diagonal rows of it alone */
    double *total; /* rows of each name */
};

static struct together count_together(const struct joint *joint,
                                      const struct block_context *context,
                                      struct period period)
{
    struct together out = {.naming = naming_of(context, joint->agency, joint->names,
                                               NULL, "targets.nobody")};
    size_t names = out.naming.count;
    const uint32_t *row = question_rows(&joint->question, context->scope,
                                        joint->measure, period, &out.rows);
    out.with = ARENA_ARRAY(context->chart.arena, double, names *names);
    out.total = ARENA_ARRAY(context->chart.arena, double, names);
    for (size_t r = 0; r < out.rows; r++) {
        uint32_t name[NAMES_OF_ROW];
        bool is_known;
        size_t count = names_of_row(&out.naming, row[r], name, &is_known);
        out.known += count > 0;
        out.joint += count > 1;
        if (count == 1)
            out.with[name[0] * names + name[0]]++;
        for (size_t i = 0; i < count; i++) {
            out.total[name[i]]++;
            for (size_t j = 0; j < count; j++) {
                if (i != j)
                    out.with[name[i] * names + name[j]]++;
            }
        }
    }
    return out;
}

/* Names by how many rows they have, at most `top`. */
static size_t rank_names(const struct together *together, size_t top, uint32_t *order)
{
    size_t count = 0;
    for (uint32_t name = 1; name < together->naming.count; name++) {
        if (!(together->total[name] > 0))
            continue;
        size_t at = count < top ? count++ : top;
        if (at == top && together->total[order[top - 1]] >= together->total[name])
            continue;
        at = at == top ? top - 1 : at;
        for (; at > 0 && together->total[order[at - 1]] < together->total[name]; at--)
            order[at] = order[at - 1];
        order[at] = name;
    }
    return count;
}

/* -- Words and table ---------------------------------------------------------------------- */

static struct slice traced_share(const struct reply *reply, const struct joint *joint,
                                 const struct together *together, struct period period)
{
    struct wilson wilson;
    double part = (double)together->joint, whole = (double)together->known;
    stat_wilson(part, whole, 0.95, &wilson);
    struct slice printed = plain_share(reply->context, part, whole);
    reply_trace(reply,
                &(struct traced){joint->measure,
                                 period,
                                 {0},
                                 wilson.estimate,
                                 wilson.low,
                                 wilson.high,
                                 together->known},
                printed);
    return printed;
}

static void say_change(struct reply *reply, const struct joint *joint,
                       const struct together *now, const struct together *before)
{
    struct share_change change;
    const struct share_pair pair = {(double)now->joint, (double)now->known,
                                    (double)before->joint, (double)before->known};
    const char *key = "joint.before";
    if (now->known >= VERDICT_SHARE_LEAST && before->known >= VERDICT_SHARE_LEAST) {
        stat_share_change(&pair, 0.95, &change);
        figures_count_test(reply->context->scope->figures, TESTED_SHARE);
        bool is_clear = change.p < 0.05;
        key = is_clear && change.low > 0    ? "joint.rose"
              : is_clear && change.high < 0 ? "joint.fell"
                                            : "joint.unclear";
    }
    struct period period = question_before(&joint->question, reply->context->scope);
    const struct phrase_part part[] = {
        {"window", window_words(&joint->question, reply->context)},
        {"share", traced_share(reply, joint, before, period)},
    };
    if (before->known)
        reply_say(reply, key, NAN, part, 2);
}

static void lay_matrix(struct reply *reply, const struct joint *joint,
                       const struct together *now)
{
    const struct block_context *context = reply->context;
    uint32_t order[20];
    size_t count = rank_names(now, (size_t)joint->top, order);
    size_t names = now->naming.count;
    struct sheet *sheet = sheet_new(context->chart.arena, count + 2, count);
    sheet_head(context, sheet, 0, NULL, SHEET_TEXT);
    sheet_head(context, sheet, count + 1, "total", SHEET_NUMBER);
    for (size_t i = 0; i < count; i++) {
        sheet_head(context, sheet, i + 1, NULL, SHEET_NUMBER);
        ((struct sheet_column *)sheet->column)[i + 1].head = now->naming.name[order[i]];
    }
    struct traced traced = {
        .measure = joint->measure,
        .period = question_window(&joint->question, context->scope),
        .low = NAN,
        .high = NAN,
    };
    for (size_t i = 0; i < count; i++) {
        traced.group = now->naming.name[order[i]];
        sheet_put(sheet, i, 0, traced.group);
        for (size_t j = 0; j <= count; j++) {
            traced.value = j < count ? now->with[order[i] * names + order[j]]
                                     : now->total[order[i]];
            traced.rows = (size_t)traced.value;
            sheet_put(sheet, i, j + 1, traced_number(reply, traced, 0));
        }
    }
    if (count)
        reply_sheet(reply, sheet);
}

static void note_joint(struct reply *reply, const struct together *now)
{
    size_t unknown = now->rows - now->known;
    reply_note(reply, "joint.note", 1, NULL, 0);
    if (!unknown)
        return;
    struct traced traced = {
        .value = (double)unknown,
        .low = NAN,
        .high = NAN,
        .rows = unknown,
        .period = question_window(reply->question, reply->context->scope)};
    const struct phrase_part part = {"count", traced_number(reply, traced, 0)};
    reply_note(reply, "joint.unknown", (double)unknown, &part, 1);
}

static struct box *lay_joint(const void *arguments, const struct block_context *context,
                             double width)
{
    const struct joint *joint = arguments;
    const struct scope *scope = context->scope;
    struct reply reply = reply_begin(&joint->question, context, "joint", width);
    if (scope->rehearsal)
        return reply_box(&reply);
    struct period window = question_window(&joint->question, scope);
    struct together now = count_together(joint, context, window);
    reply_head(&reply, "joint");
    const struct phrase_part part[] = {
        {"share", traced_share(&reply, joint, &now, window)},
        {"measure", locale_name(context->chart.locale, joint->measure->name,
                                context->chart.arena)},
    };
    reply_say(&reply, now.known ? "joint.share" : "joint.none", NAN, part, 2);
    if (may_compare(&joint->question, scope) && now.known) {
        struct together before =
            count_together(joint, context, question_before(&joint->question, scope));
        say_change(&reply, joint, &now, &before);
    }
    lay_matrix(&reply, joint, &now);
    if (now.known)
        note_joint(&reply, &now);
    return reply_box(&reply);
}

const struct block_kind block_joint = {
    "joint",   "the share by two or more agencies, and which went together",
    keys,      read_joint,
    lay_joint,
};

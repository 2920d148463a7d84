/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `status`: points of a policy with what is done of them, and what moved since the
 * last issue: by a column that holds the status then, or by an older file. */
#include "block/status.h"
#include "block/question.h"

#include <math.h>
#include <string.h>
#include <stdlib.h>

static const struct {
    const char *key, *mark;
} kinds[] = {
    [STATUS_NONE] = {"status.none", "\xe2\x97\x8b "},
    [STATUS_PARTLY] = {"status.partly", "\xe2\x97\x90 "},
    [STATUS_DONE] = {"status.done", "\xe2\x97\x8f "},
};

enum status status_of(const struct block_context *context, struct slice word)
{
    struct arena *arena = context->chart.arena;
    struct slice folded = slice_fold(arena, word);
    for (size_t i = 0; i < STATUS_OTHER; i++) {
        struct slice words = print_phrase(context, kinds[i].key, 1, NULL, 0), one;
        while (slice_cut(&words, ',', &one)) {
            if (slice_equal(slice_fold(arena, one), folded))
                return (enum status)i;
        }
    }
    return STATUS_OTHER;
}

struct slice status_text(const struct block_context *context, struct slice word)
{
    enum status status = status_of(context, word);
    struct text text = {.arena = context->chart.arena};
    struct slice name = locale_word(context->chart.locale, word, context->chart.arena);
    if (status == STATUS_OTHER)
        return name;
    text_append_string(&text, kinds[status].mark);
    text_append(&text, name);
    return text_slice(&text);
}

/* -- The block ---------------------------------------------------------------------- */

struct tracker {
    struct question question; /* table: the one named by data */
    const struct source_table *before;
    const struct shown *shown;
    size_t shown_count;
    struct column *status, *previous, *key, *key_before, *status_before;
    struct row_order order;
    bool changed_only;
    struct place status_at; /* of the key's word, else of the block */
    int status_width;
};

static const struct block_key keys[] = {
    {"data", "nap", "the table of points", TAKES_WORD},
    {"columns", "point, title, status", "columns shown; else all", TAKES_LIST},
    {"status", "status", "the column that says what is done; else status", TAKES_WORD},
    {"previous", "previous status", "the column with the status before; else that",
     TAKES_WORD},
    {"before", "nap45", "an older file of the same points instead", TAKES_WORD},
    {"key", "point", "the column by which its points are found; else the first",
     TAKES_WORD},
    {"sort", "title, a to z", "else as in the file", TAKES_WORD},
    {"changed", "yes", "only points that moved", TAKES_YES_NO},
    QUESTION_KEYS,
    {0},
};

static bool read_columns(struct block_reader *reader, struct tracker *tracker)
{
    struct table *table = tracker->question.table->table;
    const struct yaml *named = yaml_find(reader->node->body, "status");
    bool ok = read_optional(reader, "status", table, "status", &tracker->status);
    tracker->status_at = named ? yaml_text_at(named) : reader->node->at;
    tracker->status_width = named ? named->width : (int)strlen("```status");
    ok &=
        read_optional(reader, "previous", table, "previous status", &tracker->previous);
    ok &= read_column(reader, "key", table, &tracker->key);
    if (ok && !tracker->status)
        ok = reader_missing(reader, "status", "status");
    if (!tracker->key)
        tracker->key = first_column(table);
    size_t count;
    const struct yaml *list =
        yaml_list(yaml_find(reader->node->body, "columns"), reader->arena, &count);
    struct shown *shown =
        ARENA_ARRAY(reader->arena, struct shown, count + table->column_count);
    for (size_t i = 0; i < count; i++)
        ok &= find_column(reader, table, &list[i], list[i].text, &shown[i].column);
    for (size_t i = 0; !count && i < table->column_count; i++) {
        if (&table->column[i] == tracker->previous)
            continue;
        table_want(table, &table->column[i]);
        shown[tracker->shown_count++].column = &table->column[i];
    }
    tracker->shown = shown;
    tracker->shown_count = count ? count : tracker->shown_count;
    return ok;
}

static bool read_before(struct block_reader *reader, struct tracker *tracker)
{
    const struct yaml *value = yaml_find(reader->node->body, "before");
    if (!value || !value->text.size)
        return true;
    tracker->before = scope_table(reader->scope, value->text);
    if (!tracker->before) {
        reader_error(reader, value, "M105", "unknown data table \"%.*s\"",
                     SLICE_PRINT(value->text));
        return false;
    }
    struct table *table = tracker->before->table;
    tracker->key_before = table_find(table, tracker->key->name);
    tracker->status_before = table_find(table, tracker->status->name);
    if (!tracker->key_before || !tracker->status_before) {
        reader_error(reader, value, "M142", "%.*s has no column \"%.*s\"",
                     SLICE_PRINT(value->text),
                     SLICE_PRINT(tracker->key_before ? tracker->status->name
                                                     : tracker->key->name));
        return false;
    }
    table_want(table, tracker->key_before);
    table_want(table, tracker->status_before);
    return true;
}

static bool read_status(struct block_reader *reader, const void **arguments)
{
    struct tracker *tracker = ARENA_NEW(reader->arena, struct tracker);
    *arguments = tracker;
    const struct source_table *source;
    if (!read_table(reader, &source) ||
        !read_data_question(reader, source, &tracker->question))
        return false;
    bool ok = read_columns(reader, tracker);
    ok = ok && read_before(reader, tracker);
    ok &= read_row_order(reader, "sort", source->table, &tracker->order);
    return read_bool(reader, "changed", false, &tracker->changed_only) && ok;
}

/* -- Laying ------------------------------------------------------------------------------ */

struct point {
    uint32_t row;
    enum status now, before; /* STATUS_OTHER: not known */
    struct slice word, word_before;
};

static struct slice word_before(const struct tracker *tracker, struct arena *arena,
                                uint32_t row)
{
    const struct table *table = tracker->question.table->table;
    if (!tracker->before)
        return tracker->previous ? table_text(table, tracker->previous, row, arena)
                                 : (struct slice){0};
    struct slice key = slice_fold(arena, table_text(table, tracker->key, row, arena));
    const struct table *old = tracker->before->table;
    for (size_t i = 0; i < old->row_count; i++) {
        struct slice other =
            slice_fold(arena, table_text(old, tracker->key_before, i, arena));
        if (slice_equal(key, other))
            return table_text(old, tracker->status_before, i, arena);
    }
    return (struct slice){0};
}

static struct point *list_points(const struct tracker *tracker,
                                 const struct block_context *context, size_t *count)
{
    const struct table *table = tracker->question.table->table;
    struct arena *arena = context->chart.arena;
    const uint32_t *row =
        rows_found(context->scope, tracker->question.table, tracker->question.where,
                   NULL, tracker->order, count);
    struct point *point = ARENA_ARRAY(arena, struct point, *count);
    for (size_t i = 0; i < *count; i++) {
        point[i].row = row[i];
        point[i].word = table_text(table, tracker->status, row[i], arena);
        point[i].word_before = word_before(tracker, arena, row[i]);
        point[i].now = status_of(context, point[i].word);
        point[i].before = point[i].word_before.size
                              ? status_of(context, point[i].word_before)
                              : STATUS_OTHER;
    }
    return point;
}

static int moved(const struct point *point)
{
    if (point->now == STATUS_OTHER || point->before == STATUS_OTHER)
        return 0;
    return (point->now > point->before) - (point->now < point->before);
}

static struct slice traced_count(const struct reply *reply, size_t count)
{
    return traced_number(reply,
                         (struct traced){.period = reply->context->scope->period.whole,
                                         .value = (double)count,
                                         .low = NAN,
                                         .high = NAN,
                                         .rows = count},
                         0);
}

static void say_points(struct reply *reply, const struct tracker *tracker,
                       const struct point *point, size_t count)
{
    size_t in[STATUS_COUNT] = {0}, forward = 0, back = 0;
    for (size_t i = 0; i < count; i++) {
        in[point[i].now]++;
        forward += moved(&point[i]) > 0;
        back += moved(&point[i]) < 0;
    }
    const struct phrase_part part[] = {
        {"all", traced_count(reply, count)},
        {"done", traced_count(reply, in[STATUS_DONE])},
        {"partly", traced_count(reply, in[STATUS_PARTLY])},
        {"none", traced_count(reply, in[STATUS_NONE])},
        {"other", traced_count(reply, in[STATUS_OTHER])},
        {"forward", traced_count(reply, forward)},
        {"back", traced_count(reply, back)},
    };
    reply_say(reply, in[STATUS_OTHER] ? "points.summary other" : "points.summary",
              (double)count, part, 7);
    if (tracker->before || tracker->previous)
        reply_say(reply, forward || back ? "points.moved" : "points.none moved",
                  (double)(forward + back), part, 7);
}

static void put_point(const struct block_context *context,
                      const struct tracker *tracker, struct sheet *sheet, size_t row,
                      const struct point *point)
{
    const struct table *table = tracker->question.table->table;
    for (size_t j = 0; j < tracker->shown_count; j++) {
        const struct column *column = tracker->shown[j].column;
        struct slice text = tracker_cell(context, table, column, point->row);
        sheet_put(sheet, row, j,
                  column == tracker->status ? status_text(context, point->word) : text);
    }
    const struct phrase_part part = {
        "before",
        locale_word(context->chart.locale, point->word_before, context->chart.arena)};
    const char *key = moved(point) > 0 ? "points.forward" : "points.back";
    if (moved(point))
        sheet_put(sheet, row, tracker->shown_count,
                  print_phrase(context, key, 1, &part, 1));
}

static void lay_points(struct reply *reply, const struct tracker *tracker,
                       const struct point *point, size_t count)
{
    const struct block_context *context = reply->context;
    bool has_before = tracker->before || tracker->previous;
    size_t columns = tracker->shown_count + has_before, rows = 0;
    struct sheet *sheet = sheet_new(context->chart.arena, columns, count);
    for (size_t j = 0; j < tracker->shown_count; j++)
        tracker_head(context, sheet, j, tracker->shown[j].column);
    if (has_before)
        sheet_head(context, sheet, tracker->shown_count, "points.change", SHEET_TEXT);
    for (size_t i = 0; i < count; i++) {
        if (!tracker->changed_only || moved(&point[i]))
            put_point(context, tracker, sheet, rows++, &point[i]);
    }
    sheet->row_count = rows;
    if (rows)
        reply_sheet(reply, sheet);
}

/* A column of other words makes every point one of no status, which is no finding. */
static void warn_of_no_status(const struct tracker *tracker,
                              const struct block_context *context,
                              const struct point *point, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (point[i].now != STATUS_OTHER)
            return;
    }
    if (!count)
        return;
    struct diag *diag = diags_warn(context->chart.diags, tracker->status_at, "M202",
                                   "no cell of \"%.*s\" is a status",
                                   SLICE_PRINT(tracker->status->name));
    diag->width = tracker->status_width;
    struct text words = {.arena = context->chart.arena};
    for (size_t i = 0; i < STATUS_OTHER; i++)
        text_print(&words, "%s%.*s", i ? "; " : "",
                   SLICE_PRINT(print_phrase(context, kinds[i].key, 1, NULL, 0)));
    diag_hint(context->chart.diags, diag, "known are %.*s",
              SLICE_PRINT(text_slice(&words)));
}

static struct box *lay_status(const void *arguments,
                              const struct block_context *context, double width)
{
    const struct tracker *tracker = arguments;
    struct reply reply = reply_begin(&tracker->question, context, "status", width);
    if (context->scope->rehearsal)
        return reply_box(&reply);
    size_t count;
    const struct point *point = list_points(tracker, context, &count);
    warn_of_no_status(tracker, context, point, count);
    reply_title(&reply, "points");
    say_points(&reply, tracker, point, count);
    lay_points(&reply, tracker, point, count);
    return reply_box(&reply);
}

const struct block_kind block_status = {
    "status",   "points of a policy: done, partly, none, and what moved",
    keys,       read_status,
    lay_status,
};

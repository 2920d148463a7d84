/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `waves`: bursts of attacks over many districts within days, each with its incidents.
 * That they were coordinated is never said: numbers can't show it. */
#include "block/question.h"
#include "stats/burst.h"

#include <math.h>

struct waves {
    struct question question;
    const struct measure *measure;
    struct column *district, *type, *actor, *killed;
    long within, districts, limit, reference;
};

static const double ALPHA = 0.001;

static const struct block_key keys[] = {
    {"show", "attacks", "the measure that counts them; else attacks", TAKES_WORD},
    {"by", "district", "the column of places; else district", TAKES_WORD},
    {"within", "2", "days that make a wave, 1 to 3; else 1", TAKES_WHOLE(1, 3)},
    {"places", "5", "fewest different places of a wave", TAKES_WHOLE(2, 1000)},
    {"reference", "56", "days before to compare with", TAKES_WHOLE(14, 730)},
    {"limit", "20", "most incidents listed of a wave; how many there are is said",
     TAKES_WHOLE(1, 1000)},
    QUESTION_KEYS,
    {0},
};

static bool read_waves(struct block_reader *reader, const void **arguments)
{
    struct waves *waves = ARENA_NEW(reader->arena, struct waves);
    *arguments = waves;
    struct table *table = reader->scope->tables[0].table;
    const struct yaml *value = yaml_find(reader->node->body, "show");
    bool ok = read_question(reader, &waves->question);
    ok &= read_count_measure(reader, value && value->text.size ? "show" : "attacks",
                             &waves->measure);
    ok &= read_category(reader, "by", "district", &waves->district);
    ok &= read_whole(reader, "within", 1, &waves->within);
    ok &= read_whole(reader, "places", 5, &waves->districts);
    ok &= read_whole(reader, "reference", 56, &waves->reference);
    ok &= read_whole(reader, "limit", 20, &waves->limit);
    ok &= read_optional(reader, "type", table, "type", &waves->type);
    ok &= read_optional(reader, "actor", table, "actor", &waves->actor);
    ok &= read_optional(reader, "killed", table, "killed", &waves->killed);
    return needs_incidents(reader, &waves->question) && ok;
}

/* -- The scan ---------------------------------------------------------------------------- */

struct scan {
    struct bursts bursts;
    const uint32_t *row; /* of all days, by date */
    size_t rows, placeless;
    int32_t first_day; /* day 0 of the scan */
};

/* All days from the beginning of what the window's first day is compared with. */
static struct scan scan_days(const struct waves *waves, const struct scope *scope)
{
    struct period window = question_window(&waves->question, scope);
    int32_t back = (int32_t)(waves->reference + waves->within);
    struct period days = {PERIOD_RANGE, window.first_day - back, window.last_day};
    int32_t first =
        scope_compared_from(scope, waves->question.table->table, days.last_day);
    if (days.first_day < first)
        days.first_day = first;
    struct scan scan = {.first_day = days.first_day};
    scan.row = question_rows(&waves->question, scope, waves->measure, days, &scan.rows);
    int32_t *day = ARENA_ARRAY(scope->arena, int32_t, scan.rows);
    int32_t *unit = ARENA_ARRAY(scope->arena, int32_t, scan.rows);
    size_t events = 0;
    for (size_t i = 0; i < scan.rows; i++) {
        struct codes codes = column_codes(waves->district, scan.row[i]);
        if (!codes.code[0]) {
            scan.placeless++;
            continue;
        }
        day[events] =
            (int32_t)number_in(waves->question.table->table->date, scan.row[i]) -
            days.first_day;
        unit[events++] = (int32_t)codes.code[0];
    }
    const struct burst_question question = {
        .day = day,
        .unit = unit,
        .events = events,
        .days = (size_t)period_days(days),
        .window = (size_t)waves->within,
        .reference = (size_t)waves->reference,
        .alpha = ALPHA,
        .min_units = (size_t)waves->districts,
    };
    stat_burst(&question, scope->arena, &scan.bursts);
    return scan;
}

/* -- Words and lists ------------------------------------------------------------------------ */

/* The wave's own rows: those without a place aren't part of it. */
static size_t rows_of_wave(const struct waves *waves, const struct scan *scan,
                           const struct wave *wave, uint32_t *row)
{
    const struct column *date = waves->question.table->table->date;
    size_t count = 0;
    for (size_t i = 0; i < scan->rows; i++) {
        int32_t day = (int32_t)number_in(date, scan->row[i]) - scan->first_day;
        if (day >= wave->start && day <= wave->end &&
            column_codes(waves->district, scan->row[i]).code[0])
            row[count++] = scan->row[i];
    }
    return count;
}

static struct slice row_word(const struct block_context *context,
                             const struct table *table, const struct column *column,
                             uint32_t row)
{
    struct slice text = table_text(table, column, row, context->chart.arena);
    return text.size ? locale_name(context->chart.locale, text, context->chart.arena)
                     : EN_DASH;
}

static void lay_incidents(struct reply *reply, const struct waves *waves,
                          const uint32_t *row, size_t count)
{
    const struct block_context *context = reply->context;
    const struct table *table = waves->question.table->table;
    const struct column *column[] = {waves->district, waves->type, waves->actor};
    static const char *const heads[] = {"waves.place", "waves.type", "waves.actor"};
    size_t columns = 1;
    struct sheet *sheet = sheet_new(context->chart.arena, 5, count);
    sheet_head(context, sheet, 0, "waves.day", SHEET_TEXT);
    for (size_t i = 0; i < 3; i++) {
        if (column[i])
            sheet_head(context, sheet, columns++, heads[i], SHEET_TEXT);
    }
    if (waves->killed)
        sheet_head(context, sheet, columns++, "ledger.killed", SHEET_NUMBER);
    sheet->column_count = columns;
    for (size_t r = 0; r < count; r++) {
        size_t at = 0;
        int32_t day = (int32_t)number_in(table->date, row[r]);
        sheet_put(sheet, r, at++, plain_day(context, day));
        for (size_t i = 0; i < 3; i++) {
            if (column[i])
                sheet_put(sheet, r, at++, row_word(context, table, column[i], row[r]));
        }
        if (!waves->killed)
            continue;
        struct traced traced = {.period = {PERIOD_DAY, day, day},
                                .value = number_in(waves->killed, row[r]),
                                .low = NAN,
                                .high = NAN,
                                .rows = 1};
        sheet_put(sheet, r, at,
                  traced_limit(reply, traced, is_at_least(waves->killed, row[r])));
    }
    reply_sheet(reply, sheet);
}

static void say_wave(struct reply *reply, const struct waves *waves,
                     const struct scan *scan, const struct wave *wave)
{
    const struct block_context *context = reply->context;
    int32_t start = wave->start + scan->first_day, end = wave->end + scan->first_day;
    size_t days = (size_t)(end - start) + 1;
    struct traced traced = {
        waves->measure, {PERIOD_RANGE, start, end}, {0}, (double)wave->events, NAN, NAN,
        wave->events};
    struct slice events = traced_number(reply, traced, 0);
    traced.value = (double)wave->units;
    const struct phrase_part part[] = {
        {"count", events},
        {"measure", locale_name(context->chart.locale, waves->measure->name,
                                context->chart.arena)},
        {"places", traced_number(reply, traced, 0)},
        {"days", plain_number(context, (double)days, 0)},
        {"period",
         plain_period(context, days == 1 ? (struct period){PERIOD_DAY, start, start}
                                         : traced.period)},
    };
    reply_text(reply,
               print_phrase(context, days == 1 ? "waves.one day" : "waves.days",
                            (double)wave->events, part, 5),
               TEXT_INCIDENT_HEAD);
    struct flow_item *head = &reply->flow.item[reply->flow.count - 1];
    head->keep_with_next = true;
    head->box->role = ROLE_CAPTION;
    uint32_t *row = ARENA_ARRAY(context->chart.arena, uint32_t, scan->rows);
    size_t count = rows_of_wave(waves, scan, wave, row);
    size_t shown = count > (size_t)waves->limit ? (size_t)waves->limit : count;
    lay_incidents(reply, waves, row, shown);
    const struct phrase_part of[] = {
        {"shown", plain_number(context, (double)shown, 0)},
        {"all", plain_number(context, (double)count, 0)},
    };
    if (shown < count)
        reply_note(reply, "incidents.shown", (double)count, of, 2);
}

static void note_rule(struct reply *reply, const struct waves *waves,
                      const struct scan *scan)
{
    const struct block_context *context = reply->context;
    const struct phrase_part part[] = {
        {"places", plain_number(context, (double)waves->districts, 0)},
        {"days", plain_number(context, (double)waves->reference, 0)},
        {"once", plain_number(context, 1 / ALPHA, 0)},
        {"count", plain_number(context, (double)scan->placeless, 0)},
    };
    reply_note(reply, "waves.rule", 1, part, 3);
    if (scan->placeless)
        reply_note(reply, "waves.placeless", (double)scan->placeless, part, 4);
    reply_trace(
        reply,
        &(struct traced){.period = question_window(&waves->question, context->scope),
                         .value = ALPHA,
                         .low = NAN,
                         .high = NAN,
                         .rows = scan->rows},
        print_phrase(context, "waves.rule", 1, part, 3));
    reply_trace(
        reply,
        &(struct traced){.period = question_window(&waves->question, context->scope),
                         .value = (double)scan->placeless,
                         .low = NAN,
                         .high = NAN,
                         .rows = scan->placeless},
        (struct slice){0});
}

static struct box *lay_waves(const void *arguments, const struct block_context *context,
                             double width)
{
    const struct waves *waves = arguments;
    const struct scope *scope = context->scope;
    struct reply reply = reply_begin(&waves->question, context, "waves", width);
    if (scope->rehearsal)
        return reply_box(&reply);
    struct scan scan = scan_days(waves, scope);
    struct period window = question_window(&waves->question, scope);
    int32_t first = window.first_day - scan.first_day;
    size_t found = 0;
    reply_head(&reply, "waves");
    for (size_t i = scan.bursts.wave_count; i-- > 0;) {
        if (scan.bursts.wave[i].end < first)
            continue;
        say_wave(&reply, waves, &scan, &scan.bursts.wave[i]);
        found++;
    }
    int32_t tested =
        scan.bursts.unknown_because || (int32_t)scan.bursts.first > first
            ? window.last_day - scan.first_day + 1 - (int32_t)scan.bursts.first
            : period_days(window);
    for (int32_t i = 0; i < tested && !scan.bursts.unknown_because; i++)
        figures_count_test(scope->figures, TESTED_OTHER);
    if (scan.bursts.unknown_because || tested <= 0)
        reply_say(&reply, "waves.too early", 1, NULL, 0);
    else if (!found)
        reply_say(&reply, "waves.none", 1, NULL, 0);
    note_rule(&reply, waves, &scan);
    return reply_box(&reply);
}

const struct block_kind block_waves = {
    "waves",   "bursts of attacks over many districts within days", keys, read_waves,
    lay_waves,
};

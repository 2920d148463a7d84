/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `ledger`: attacks against operations. Incidents and deaths by side, deaths by who
 * died, in sums that close; where they don't, a row says by how much. */
#include "block/question.h"

#include <math.h>

enum { SIDE_ATTACKS, SIDE_OPERATIONS, SIDE_ALL, SIDES };
enum { TAKE_COUNT, TAKE_KILLED, TAKE_CIVILIANS, TAKE_FORCES, TAKE_MILITANTS, TAKES };
enum { WINDOW_NOW, WINDOW_BEFORE, WINDOWS };

struct ledger {
    struct question question;
    const struct measure *measure[SIDES][TAKES]; /* NULL: the file has no such column */
    const struct measure *largest[SIDES];
};

static const struct block_key keys[] = {
    {"attacks", "attacks", "the measure that counts attacks", TAKES_WORD},
    {"operations", "operations", "the measure that counts operations", TAKES_WORD},
    QUESTION_KEYS,
    {0},
};

static const char *const take_columns[TAKES] = {
    [TAKE_KILLED] = "killed",
    [TAKE_CIVILIANS] = "civilians killed",
    [TAKE_FORCES] = "security forces killed",
    [TAKE_MILITANTS] = "militants killed",
};
static const char *const take_keys[TAKES] = {
    [TAKE_COUNT] = "ledger.incidents",     [TAKE_KILLED] = "ledger.killed",
    [TAKE_CIVILIANS] = "ledger.civilians", [TAKE_FORCES] = "ledger.forces",
    [TAKE_MILITANTS] = "ledger.militants",
};

static void derive_measures(struct block_reader *reader, struct ledger *ledger)
{
    struct table *table = ledger->question.table->table;
    for (size_t take = TAKE_KILLED; take < TAKES; take++) {
        struct column *column = table_find(table, slice_of(take_columns[take]));
        if (!column)
            continue;
        table_want(table, column);
        for (size_t side = 0; side < SIDES; side++) {
            const struct measure *counted = ledger->measure[side][TAKE_COUNT];
            ledger->measure[side][take] =
                measure_of_rows(counted, MEASURE_SUM, column, reader->arena);
            if (take == TAKE_KILLED)
                ledger->largest[side] =
                    measure_of_rows(counted, MEASURE_HIGHEST, column, reader->arena);
        }
    }
}

static bool read_ledger(struct block_reader *reader, const void **arguments)
{
    struct ledger *ledger = ARENA_NEW(reader->arena, struct ledger);
    *arguments = ledger;
    bool ok = read_question(reader, &ledger->question);
    ok &= read_count_measure(reader, "attacks",
                             &ledger->measure[SIDE_ATTACKS][TAKE_COUNT]);
    ok &= read_count_measure(reader, "operations",
                             &ledger->measure[SIDE_OPERATIONS][TAKE_COUNT]);
    /* A brief's first measure counts all rows. */
    ledger->measure[SIDE_ALL][TAKE_COUNT] = reader->scope->measures->measure[0];
    if (ok)
        derive_measures(reader, ledger);
    return ok;
}

/* -- Answers -------------------------------------------------------------------------- */

struct entries {
    struct cell cell[SIDES][TAKES][WINDOWS], largest[SIDES];
    bool has_parts; /* who died is known to the file */
    bool compares;
};

static struct cell ask(const struct ledger *ledger, const struct scope *scope,
                       const struct measure *measure, const struct period *period)
{
    const struct column *const by[2] = {NULL, NULL};
    if (!measure)
        return (struct cell){.value = NAN, .low = NAN, .high = NAN};
    return *scope_cells(scope, measure, ledger->question.where, by, period, 1, NULL);
}

static void ask_ledger(const struct ledger *ledger, const struct scope *scope,
                       struct entries *entries)
{
    const struct period window[WINDOWS] = {question_window(&ledger->question, scope),
                                           question_before(&ledger->question, scope)};
    for (size_t side = 0; side < SIDES; side++) {
        for (size_t take = 0; take < TAKES; take++) {
            for (size_t i = 0; i < WINDOWS; i++)
                entries->cell[side][take][i] =
                    ask(ledger, scope, ledger->measure[side][take], &window[i]);
        }
        entries->largest[side] =
            ask(ledger, scope, ledger->largest[side], &window[WINDOW_NOW]);
    }
    entries->has_parts = ledger->measure[SIDE_ALL][TAKE_CIVILIANS] ||
                         ledger->measure[SIDE_ALL][TAKE_FORCES] ||
                         ledger->measure[SIDE_ALL][TAKE_MILITANTS];
    entries->compares = may_compare(&ledger->question, scope);
}

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

/* Deaths that are in no part (above 0), or in more than one (below). */
static double unparted(const struct entries *entries, size_t side, size_t window)
{
    double rest = or_zero(entries->cell[side][TAKE_KILLED][window].value);
    for (size_t take = TAKE_CIVILIANS; take < TAKES; take++)
        rest -= or_zero(entries->cell[side][take][window].value);
    return rest;
}

/* What is on neither side (above 0), or on both (below). */
static double unsided(const struct entries *entries, size_t take)
{
    return or_zero(entries->cell[SIDE_ALL][take][WINDOW_NOW].value) -
           or_zero(entries->cell[SIDE_ATTACKS][take][WINDOW_NOW].value) -
           or_zero(entries->cell[SIDE_OPERATIONS][take][WINDOW_NOW].value);
}

/* -- The table ------------------------------------------------------------------------ */

struct layout {
    const struct ledger *ledger;
    struct reply *reply;
    const struct entries *entries;
    struct sheet *sheet;
    size_t take[TAKES], takes; /* rows, but the check */
    bool has_unsided;
};

static void put_cell(const struct layout *layout, size_t row, size_t column,
                     size_t side, size_t window)
{
    size_t take = layout->take[row];
    const struct measure *measure = layout->ledger->measure[side][take];
    const struct block_context *context = layout->reply->context;
    const struct question *question = &layout->ledger->question;
    const struct cell *cell = &layout->entries->cell[side][take][window];
    struct slice printed = print_cell(context, measure, cell);
    sheet_put(layout->sheet, row, column, printed);
    record_figure(context, "ledger", measure, question->where,
                  window == WINDOW_NOW ? question_window(question, context->scope)
                                       : question_before(question, context->scope),
                  (struct slice){0}, cell, printed);
}

static void put_row(const struct layout *layout, size_t row)
{
    const struct block_context *context = layout->reply->context;
    size_t take = layout->take[row], column = 0;
    sheet_put(layout->sheet, row, column++,
              print_phrase(context, take_keys[take], 1, NULL, 0));
    for (size_t side = 0; side < SIDE_ALL; side++) {
        put_cell(layout, row, column++, side, WINDOW_NOW);
        if (layout->entries->compares)
            put_cell(layout, row, column++, side, WINDOW_BEFORE);
    }
    if (layout->has_unsided) {
        struct traced rest = {
            .value = unsided(layout->entries, take),
            .low = NAN,
            .high = NAN,
            .period = question_window(&layout->ledger->question, context->scope)};
        sheet_put(layout->sheet, row, column++, traced_number(layout->reply, rest, 0));
    }
    put_cell(layout, row, column, SIDE_ALL, WINDOW_NOW);
}

/* "closes", "2 missing", "1 twice". */
static struct slice check_words(const struct layout *layout, double rest)
{
    const struct block_context *context = layout->reply->context;
    struct traced traced = {
        .value = fabs(rest),
        .low = NAN,
        .high = NAN,
        .period = question_window(&layout->ledger->question, context->scope)};
    struct phrase_part part = {"count", plain_number(context, fabs(rest), 0)};
    if (rest == 0)
        return print_phrase(context, "ledger.closes", 1, NULL, 0);
    part.text = traced_number(layout->reply, traced, 0);
    return print_phrase(context, rest > 0 ? "ledger.missing" : "ledger.twice", NAN,
                        &part, 1);
}

static void put_check(const struct layout *layout, size_t row)
{
    const struct entries *entries = layout->entries;
    size_t column = 0;
    sheet_put(layout->sheet, row, column++,
              print_phrase(layout->reply->context, "ledger.check", 1, NULL, 0));
    for (size_t side = 0; side < SIDES; side++) {
        bool is_all = side == SIDE_ALL;
        if (is_all && layout->has_unsided)
            column++;
        sheet_put(layout->sheet, row, column++,
                  check_words(layout, unparted(entries, side, WINDOW_NOW)));
        if (!is_all && entries->compares)
            sheet_put(layout->sheet, row, column++,
                      check_words(layout, unparted(entries, side, WINDOW_BEFORE)));
    }
}

static void put_heads(const struct layout *layout)
{
    const struct block_context *context = layout->reply->context;
    struct sheet *sheet = layout->sheet;
    bool compares = layout->entries->compares;
    size_t column = 0;
    sheet_head(context, sheet, column++, NULL, SHEET_TEXT);
    sheet_head(context, sheet, column++, "ledger.attacks", SHEET_NUMBER);
    if (compares)
        sheet_head(context, sheet, column++, "table.before", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "ledger.operations", SHEET_NUMBER);
    if (compares)
        sheet_head(context, sheet, column++, "table.before", SHEET_NUMBER);
    if (layout->has_unsided)
        sheet_head(context, sheet, column++,
                   unsided(layout->entries, TAKE_COUNT) < 0 ? "ledger.both"
                                                            : "ledger.neither",
                   SHEET_NUMBER);
    sheet_head(context, sheet, column, "ledger.all", SHEET_NUMBER);
}

static void lay_sheet(struct layout *layout)
{
    const struct entries *entries = layout->entries;
    for (size_t take = 0; take < TAKES; take++) {
        if (layout->ledger->measure[SIDE_ALL][take])
            layout->take[layout->takes++] = take;
    }
    layout->has_unsided = unsided(entries, TAKE_COUNT) != 0;
    size_t columns = 4 + 2 * (size_t)entries->compares + (size_t)layout->has_unsided;
    size_t rows = layout->takes + (size_t)entries->has_parts;
    layout->sheet = sheet_new(layout->reply->context->chart.arena, columns, rows);
    layout->sheet->total_rows = entries->has_parts ? 1 : 0;
    put_heads(layout);
    for (size_t row = 0; row < layout->takes; row++)
        put_row(layout, row);
    if (entries->has_parts)
        put_check(layout, layout->takes);
    reply_sheet(layout->reply, layout->sheet);
}

/* -- Notes ------------------------------------------------------------------------------ */

static void note_largest(const struct layout *layout, size_t side, const char *key)
{
    const struct cell *largest = &layout->entries->largest[side];
    const struct cell *all = &layout->entries->cell[side][TAKE_KILLED][WINDOW_NOW];
    struct reply *reply = layout->reply;
    struct period window =
        question_window(&layout->ledger->question, reply->context->scope);
    if (!(largest->value >= 2) || !(all->value > largest->value))
        return;
    const struct block_context *context = reply->context;
    const struct phrase_part of[] = {
        {"number", print_cell(context, layout->ledger->largest[side], largest)},
        {"range", plain_percent(context, largest->value / all->value)},
    };
    const struct phrase_part part[] = {
        {"largest",
         all->at_least ? of[0].text : print_phrase(context, "range.with", NAN, of, 2)},
        {"killed",
         print_cell(context, layout->ledger->measure[side][TAKE_KILLED], all)},
    };
    reply_trace(
        reply,
        &(struct traced){
            layout->ledger->largest[side], window, {0}, largest->value, NAN, NAN, 1},
        part[0].text);
    reply_note(reply, key, largest->value, part, 2);
}

static void note_check(const struct layout *layout)
{
    const struct entries *entries = layout->entries;
    bool closes = !layout->has_unsided;
    for (size_t side = 0; entries->has_parts && side < SIDES; side++)
        closes = closes && unparted(entries, side, WINDOW_NOW) == 0;
    if (!entries->has_parts)
        return;
    reply_note(layout->reply, closes ? "ledger.note closes" : "ledger.note open", 1,
               NULL, 0);
}

static void note_unknown(const struct layout *layout)
{
    uint32_t unknown = layout->entries->cell[SIDE_ALL][TAKE_KILLED][WINDOW_NOW].unknown;
    struct reply *reply = layout->reply;
    if (!unknown)
        return;
    struct traced traced = {
        .measure = layout->ledger->measure[SIDE_ALL][TAKE_KILLED],
        .value = unknown,
        .low = NAN,
        .high = NAN,
        .rows = unknown,
        .period = question_window(&layout->ledger->question, reply->context->scope)};
    const struct phrase_part part = {"count", traced_number(reply, traced, 0)};
    reply_note(reply, "ledger.unknown", unknown, &part, 1);
}

static struct box *lay_ledger(const void *arguments,
                              const struct block_context *context, double width)
{
    const struct ledger *ledger = arguments;
    struct reply reply = reply_begin(&ledger->question, context, "ledger", width);
    struct entries entries;
    ask_ledger(ledger, context->scope, &entries);
    if (context->scope->rehearsal)
        return reply_box(&reply);
    struct layout layout = {.ledger = ledger, .reply = &reply, .entries = &entries};
    reply_head(&reply, "ledger");
    lay_sheet(&layout);
    note_largest(&layout, SIDE_ATTACKS, "ledger.largest attack");
    note_largest(&layout, SIDE_OPERATIONS, "ledger.largest operation");
    note_check(&layout);
    note_unknown(&layout);
    return reply_box(&reply);
}

const struct block_kind block_ledger = {
    "ledger",   "attacks against operations, and who died, in sums that close",
    keys,       read_ledger,
    lay_ledger,
};

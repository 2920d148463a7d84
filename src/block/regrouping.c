/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `regrouping`: where attacks resumed within days of an operation, and how that
 * compares with the same districts at other times and with those without one. */
#include "block/question.h"
#include "stats/resumption.h"

#include <math.h>
#include <stdlib.h>

struct regrouping {
    struct question question;
    const struct measure *attacks, *operations;
    struct column *district;
    long within, top;
};

/* Places times days that are looked at: 1,000 of a hundred thousand days. */
enum { WEEKS = 26, MOST_CELLS = 100000000 };

static const struct block_key keys[] = {
    {"attacks", "attacks", "the measure that counts attacks", TAKES_WORD},
    {"operations", "operations", "the measure that counts operations", TAKES_WORD},
    {"in", "district", "the column of places; else district", TAKES_WORD},
    {"within", "14", "days after an operation", TAKES_WHOLE(1, 180)},
    {"top", "10", "most districts listed", TAKES_WHOLE(1, 1000)},
    QUESTION_KEYS,
    {0},
};

static bool read_regrouping(struct block_reader *reader, const void **arguments)
{
    struct regrouping *regrouping = ARENA_NEW(reader->arena, struct regrouping);
    *arguments = regrouping;
    bool ok = read_question(reader, &regrouping->question);
    ok &= read_count_measure(reader, "attacks", &regrouping->attacks);
    ok &= read_count_measure(reader, "operations", &regrouping->operations);
    ok &= read_category(reader, "in", "district", &regrouping->district);
    ok &= read_whole(reader, "within", 14, &regrouping->within);
    ok &= read_whole(reader, "top", 10, &regrouping->top);
    if (!regrouping->question.last_count) {
        regrouping->question.last_count = WEEKS;
        regrouping->question.last_unit = PERIOD_WEEK;
    }
    return needs_incidents(reader, &regrouping->question) && ok;
}

/* -- Days --------------------------------------------------------------------------------------- */

/* Incidents by district and day; those without a district can't be placed. */
static uint16_t *days_of(const struct regrouping *regrouping, const struct scope *scope,
                         const struct measure *measure, struct period window)
{
    const struct column *district = regrouping->district;
    size_t days = (size_t)period_days(window), rows;
    uint16_t *count = ARENA_ARRAY(scope->arena, uint16_t, district->words.count * days);
    const uint32_t *row =
        question_rows(&regrouping->question, scope, measure, window, &rows);
    for (size_t r = 0; r < rows; r++) {
        size_t day =
            (size_t)(number_in(regrouping->question.table->table->date, row[r]) -
                     window.first_day);
        struct codes codes = column_codes(district, row[r]);
        for (size_t i = 0; i < codes.count && codes.code[0]; i++) {
            uint16_t *cell = &count[codes.code[i] * days + day];
            *cell = *cell < UINT16_MAX ? (uint16_t)(*cell + 1) : UINT16_MAX;
        }
    }
    return count;
}

/* Whole days that are known: a window ends where the data are complete. */
static struct period known_days(const struct regrouping *regrouping,
                                const struct scope *scope)
{
    struct period window = question_window(&regrouping->question, scope);
    int32_t first =
        scope_compared_from(scope, regrouping->question.table->table, window.last_day);
    if (window.first_day < first)
        window.first_day = first;
    if (window.last_day > scope->frame->complete_until)
        window.last_day = scope->frame->complete_until;
    window.unit = PERIOD_RANGE;
    return window;
}

/* -- Words ---------------------------------------------------------------------------------------- */

struct telling {
    struct reply *reply;
    const struct regrouping *regrouping;
    const struct resumption *found;
    struct period window;
    size_t places; /* units of found: codes from 1 on */
};

static struct slice told(const struct telling *telling, double value, int decimals)
{
    return traced_number(
        telling->reply,
        (struct traced){
            telling->regrouping->attacks, telling->window, {0}, value, NAN, NAN, 0},
        decimals);
}

/* Like with like: of districts that are within reach of operations on all days nothing
 * can be said. */
static void say_usual(const struct telling *telling)
{
    const struct resumption *found = telling->found;
    struct reply *reply = telling->reply;
    struct traced traced = {telling->regrouping->operations,
                            telling->window,
                            {0},
                            found->expected / found->comparable,
                            NAN,
                            NAN,
                            (size_t)found->comparable};
    const struct phrase_part part[] = {
        {"expected", plain_percent(reply->context, traced.value)},
        {"days", plain_number(reply->context, (double)telling->regrouping->within, 0)},
        {"count", plain_number(reply->context, found->comparable, 0)},
        {"share",
         plain_percent(reply->context, found->comparable_resumed / found->comparable)},
    };
    bool is_all = found->comparable == found->operations;
    reply_trace(reply, &traced, part[0].text);
    if (!is_all) {
        traced.value = found->comparable_resumed / found->comparable;
        reply_trace(reply, &traced, part[3].text);
        traced.value = found->comparable;
        reply_trace(reply, &traced, part[2].text);
    }
    reply_say(reply, is_all ? "regrouping.usual" : "regrouping.usual of", NAN, part, 4);
}

static void say_resumed(const struct telling *telling)
{
    const struct resumption *found = telling->found;
    struct reply *reply = telling->reply;
    /* Days after operations overlap: a share, but no interval. */
    const struct phrase_part of[] = {
        {"percent", plain_percent(reply->context, found->resumed / found->operations)},
        {"number", plain_number(reply->context, found->resumed, 0)},
        {"total", plain_number(reply->context, found->operations, 0)},
    };
    bool is_few = found->operations < VERDICT_SHARE_LEAST;
    struct slice share = print_phrase(
        reply->context, is_few ? "share.few" : "share.percent", NAN, of, 3);
    const struct phrase_part part[] = {
        {"share", share},
        {"days", told(telling, (double)telling->regrouping->within, 0)},
    };
    struct traced traced = {telling->regrouping->operations,
                            telling->window,
                            {0},
                            found->resumed / found->operations,
                            NAN,
                            NAN,
                            (size_t)found->operations};
    reply_trace(reply, &traced, share);
    reply_say(reply, "regrouping.resumed", NAN, part, 2);
    if (found->comparable > 0)
        say_usual(telling);
}

/* The ratio's interval is one of large numbers. */
static bool has_enough(const struct telling *telling)
{
    const struct resumption *found = telling->found;
    double after = 0, other = 0;
    for (size_t i = 0; i < telling->places; i++) {
        const struct resumption_unit *unit = &found->unit[i];
        if (!(unit->after_days > 0) || !(unit->other_days > 0))
            continue;
        after += unit->after_attacks;
        other += unit->other_attacks;
    }
    return !found->unknown_because && after >= VERDICT_PERCENT_LEAST &&
           other >= VERDICT_PERCENT_LEAST;
}

/* Three keys before anything is said: enough of both, the interval, the direction. */
static void say_ratio(const struct telling *telling)
{
    const struct resumption *found = telling->found;
    struct reply *reply = telling->reply;
    if (!has_enough(telling)) {
        reply_say(reply, "regrouping.unknown", 1, NULL, 0);
        return;
    }
    figures_count_test(reply->context->scope->figures, TESTED_OTHER);
    struct text range = {.arena = reply->context->chart.arena};
    locale_range(reply->context->chart.locale, found->low, found->high, 2, &range);
    const struct phrase_part part[] = {
        {"ratio", plain_number(reply->context, found->ratio, 2)},
        {"range", text_slice(&range)},
        {"days", plain_number(reply->context, (double)telling->regrouping->within, 0)},
    };
    const char *key = found->low > 1    ? "regrouping.more"
                      : found->high < 1 ? "regrouping.fewer"
                                        : "regrouping.unclear";
    struct slice words = print_phrase(reply->context, key, NAN, part, 3);
    reply_trace(reply,
                &(struct traced){telling->regrouping->attacks,
                                 telling->window,
                                 {0},
                                 found->ratio,
                                 found->low,
                                 found->high,
                                 0},
                words);
    reply_text(reply, words, TEXT_BODY);
}

static void say_elsewhere(const struct telling *telling)
{
    const struct resumption *found = telling->found;
    double attacks = 0, days = 0;
    for (size_t i = 0; i < telling->places; i++) {
        attacks += found->unit[i].after_attacks;
        days += found->unit[i].after_days;
    }
    if (!(found->elsewhere_days > 0) || !(days > 0))
        return;
    const struct phrase_part part[] = {
        {"after", told(telling, 100 * attacks / days, 1)},
        {"elsewhere",
         told(telling, 100 * found->elsewhere_attacks / found->elsewhere_days, 1)},
        {"days", told(telling, (double)telling->regrouping->within, 0)},
    };
    reply_say(telling->reply, "regrouping.elsewhere", NAN, part, 3);
}

/* -- The table -------------------------------------------------------------------------------------- */

struct resumed_in {
    const struct resumption_unit *unit;
    uint32_t code;
};

static int compare_places(const void *a, const void *b)
{
    const struct resumed_in *left = a, *right = b;
    if (left->unit->resumed != right->unit->resumed)
        return left->unit->resumed > right->unit->resumed ? -1 : 1;
    if (left->unit->operations != right->unit->operations)
        return left->unit->operations > right->unit->operations ? -1 : 1;
    return left->code < right->code ? -1 : left->code > right->code;
}

static void put_place(const struct telling *telling, struct sheet *sheet, size_t row,
                      const struct resumed_in *place)
{
    const struct block_context *context = telling->reply->context;
    const struct resumption_unit *unit = place->unit;
    struct traced traced = {
        telling->regrouping->operations,
        telling->window,
        word_name(context, telling->regrouping->district, place->code),
        unit->operations,
        NAN,
        NAN,
        (size_t)unit->operations};
    sheet_put(sheet, row, 0, traced.group);
    sheet_put(sheet, row, 1, traced_number(telling->reply, traced, 0));
    traced.value = unit->resumed;
    sheet_put(sheet, row, 2, traced_number(telling->reply, traced, 0));
    traced.value = unit->usual * unit->operations;
    sheet_put(sheet, row, 3, traced_number(telling->reply, traced, 1));
    traced.value = unit->days_to_next;
    bool whole = traced.value == floor(traced.value);
    sheet_put(sheet, row, 4, traced_number(telling->reply, traced, whole ? 0 : 1));
}

static void lay_places(const struct telling *telling)
{
    static const char *const heads[] = {"regrouping.place", "regrouping.operations",
                                        "regrouping.followed", "regrouping.expected",
                                        "regrouping.delay"};
    struct reply *reply = telling->reply;
    const struct regrouping *regrouping = telling->regrouping;
    size_t count = 0;
    struct resumed_in *place =
        ARENA_ARRAY(reply->context->chart.arena, struct resumed_in, telling->places);
    for (uint32_t i = 0; i < telling->places; i++) {
        if (telling->found->unit[i].operations > 0)
            place[count++] = (struct resumed_in){&telling->found->unit[i], i + 1};
    }
    qsort(place, count, sizeof *place, compare_places);
    size_t shown = count < (size_t)regrouping->top ? count : (size_t)regrouping->top;
    struct sheet *sheet = sheet_new(reply->context->chart.arena, 5, shown);
    for (size_t j = 0; j < 5; j++)
        sheet_head(reply->context, sheet, j, heads[j], j ? SHEET_NUMBER : SHEET_TEXT);
    for (size_t i = 0; i < shown; i++)
        put_place(telling, sheet, i, &place[i]);
    reply_sheet(reply, sheet);
    const struct phrase_part part[] = {{"shown", told(telling, (double)shown, 0)},
                                       {"all", told(telling, (double)count, 0)}};
    if (shown < count)
        reply_note(reply, "regrouping.rest", (double)count, part, 2);
}

static void note_regrouping(const struct telling *telling)
{
    const struct phrase_part part[] = {
        {"open", told(telling, telling->found->open, 0)},
        {"days", told(telling, (double)telling->regrouping->within, 0)},
    };
    if (telling->found->open > 0)
        reply_note(telling->reply, "regrouping.open", telling->found->open, part, 2);
    reply_note(telling->reply, "regrouping.rule", 1, part, 2);
}

static struct box *lay_regrouping(const void *arguments,
                                  const struct block_context *context, double width)
{
    const struct regrouping *regrouping = arguments;
    const struct scope *scope = context->scope;
    struct reply reply =
        reply_begin(&regrouping->question, context, "regrouping", width);
    if (scope->rehearsal)
        return reply_box(&reply);
    struct period window = known_days(regrouping, scope);
    reply_head(&reply, "regrouping");
    struct resumption found = {.unknown_because = "no days"};
    size_t places = regrouping->district->words.count - 1, days = 0;
    if (window.last_day >= window.first_day)
        days = (size_t)period_days(window);
    if (places && days && (places + 1) * days <= MOST_CELLS) {
        const struct resumption_question question = {
            .attacks = days + days_of(regrouping, scope, regrouping->attacks, window),
            .operations =
                days + days_of(regrouping, scope, regrouping->operations, window),
            .units = places,
            .days = days,
            .within = (size_t)regrouping->within,
            .conf = 0.95,
        };
        stat_resumption(&question, scope->arena, &found);
    }
    struct telling telling = {&reply, regrouping, &found, window, places};
    if (!(found.operations > 0)) {
        reply_say(&reply, "regrouping.none", 1, NULL, 0);
        return reply_box(&reply);
    }
    say_resumed(&telling);
    say_ratio(&telling);
    say_elsewhere(&telling);
    lay_places(&telling);
    note_regrouping(&telling);
    return reply_box(&reply);
}

const struct block_kind block_regrouping = {
    "regrouping",   "districts where attacks resumed after an operation",
    keys,           read_regrouping,
    lay_regrouping,
};

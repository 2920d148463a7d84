/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `method`: the note that says how a brief's numbers were made. It writes itself, and
 * says only what was so in this brief: counting rule, period and comparison, cut-off,
 * tests made, rows left out and unlocated, provisional days. */
#include "block/block.h"

#include <math.h>

struct method {
    const struct template_text *title;
    const struct column *place; /* the finest place column there is, or NULL */
};

static const struct block_key keys[] = {
    {"title", "\"How the numbers were made\"", "else the language's own", TAKES_TEXT},
    {0},
};

static bool read_method(struct block_reader *reader, const void **arguments)
{
    struct method *method = ARENA_NEW(reader->arena, struct method);
    struct table *table = reader->scope->tables[0].table;
    static const char *const places[] = {"district", "province", "country"};
    *arguments = method;
    for (size_t i = 0; i < 3 && !method->place; i++) {
        struct column *column = table_find(table, slice_of(places[i]));
        if (column)
            table_want(table, column);
        method->place = column;
    }
    return read_text(reader, "title", &method->title);
}

struct note {
    const struct block_context *context;
    struct text text;
};

/* A number of the note, for figures.json. */
static void record(struct note *note, const char *what, size_t number,
                   struct slice printed)
{
    const struct block_context *context = note->context;
    if (!context->scope->figures)
        return;
    figures_add(context->scope->figures, &(struct figure){
                                             .at = context->chart.at,
                                             .expression = slice_of(what),
                                             .printed = printed,
                                             .number = (double)number,
                                             .low = NAN,
                                             .high = NAN,
                                             .period = context->scope->period.whole,
                                             .rows = number,
                                         });
}

static struct slice number_text(const struct note *note, double number)
{
    struct text text = {.arena = note->context->chart.arena};
    locale_number(note->context->chart.locale, number, 0, &text);
    return text_slice(&text);
}

static struct slice day_text(const struct note *note, int32_t day)
{
    struct text text = {.arena = note->context->chart.arena};
    locale_day(note->context->chart.locale, day, NULL, &text);
    return text_slice(&text);
}

static struct slice period_text(const struct note *note, struct period period)
{
    struct text text = {.arena = note->context->chart.arena};
    locale_period(note->context->chart.locale, period, &text);
    return text_slice(&text);
}

static void say(struct note *note, const char *key, double count,
                const struct phrase_part *part, size_t part_count)
{
    if (note->text.size)
        text_append_string(&note->text, " ");
    locale_phrase(note->context->chart.locale, key, count, part, part_count,
                  &note->text);
}

static void say_count(struct note *note, const char *key, size_t count)
{
    const struct phrase_part part = {"count", number_text(note, (double)count)};
    if (!count)
        return;
    say(note, key, (double)count, &part, 1);
    record(note, key, count, part.text);
}

static void say_periods(struct note *note, const struct table *table)
{
    const struct scope *scope = note->context->scope;
    const struct phrase_part part[] = {
        {"period", period_text(note, scope->period.whole)},
        {"compared", period_text(note, scope->compare.whole)},
        {"day", day_text(note, scope->frame->as_of)},
    };
    bool by_end = table->schema && slice_is(table->schema->count_by, "end");
    say(note, by_end ? "method.counted by end" : "method.counted by start", 1, NULL, 0);
    say(note, "method.period", 1, part, 3);
    if (scope->frame->complete_until < scope->frame->as_of) {
        const struct phrase_part from = {"day",
                                         day_text(note, scope->frame->complete_until)};
        say(note, "method.provisional", 1, &from, 1);
    }
}

/* Breaks that lie in the data and not after the brief. */
static void say_breaks(struct note *note)
{
    const struct scope *scope = note->context->scope;
    struct text days = {.arena = note->context->chart.arena};
    size_t count = 0;
    for (size_t i = 0; i < scope->break_count; i++) {
        int32_t day = scope->break_day[i];
        struct slice reason = scope->break_reason[i];
        if (day <= scope->frame->data_first || day > scope->period.whole.last_day)
            continue;
        if (count++)
            text_append(&days, print_phrase(note->context, "list.comma", 1, NULL, 0));
        text_append(&days, day_text(note, day));
        if (reason.size)
            text_print(&days, " (%.*s)", SLICE_PRINT(reason));
    }
    const struct phrase_part part = {"days", text_slice(&days)};
    if (count)
        say(note, "method.breaks", (double)count, &part, 1);
}

/* A brief of --each: which of the rows it is made of. */
static void say_group(struct note *note)
{
    const struct scope *scope = note->context->scope;
    const struct rows *rows = scope->tables[0].rows;
    if (!scope->outer || !rows || !scope->value_count)
        return;
    const struct phrase_part part[] = {
        {"count", number_text(note, (double)rows->count)},
        {"group", scope->values[scope->value_count - 1].value.text},
    };
    say(note, "method.group", (double)rows->count, part, 2);
    record(note, "method.group", rows->count, part[0].text);
}

static void say_rows(struct note *note, const struct table *table)
{
    const struct phrase_part part[] = {
        {"read", number_text(note, (double)table->rows_read)},
        {"used", number_text(note, (double)table->row_count)},
    };
    say(note, "method.rows", (double)table->row_count, part, 2);
    record(note, "method.rows read", table->rows_read, part[0].text);
    record(note, "method.rows used", table->row_count, part[1].text);
    say_count(note, "method.excluded", table->rows_excluded);
    say_group(note);
    size_t cells = table->reject_count > table->rows_excluded
                       ? table->reject_count - table->rows_excluded
                       : 0;
    say_count(note, "method.unusable", cells);
    if (!table->schema || table->schema->complete)
        say(note, "method.complete", 1, NULL, 0);
    if (table->schema && table->schema->coverage_note.size) {
        text_append_string(&note->text, " ");
        text_append(&note->text, table->schema->coverage_note);
    }
}

static size_t unlocated_rows(const struct scope *scope, const struct column *place)
{
    const struct source_table *source = &scope->tables[0];
    size_t all = source->rows ? source->rows->count : source->table->row_count;
    size_t count = 0;
    for (size_t i = 0; place && place->is_read && i < all; i++) {
        uint32_t row =
            source->rows && source->rows->row ? source->rows->row[i] : (uint32_t)i;
        count += !column_is_known(place, row);
    }
    return count;
}

static void say_places(struct note *note, const struct column *place)
{
    size_t count = unlocated_rows(note->context->scope, place);
    const struct phrase_part part[] = {
        {"count", number_text(note, (double)count)},
        {"place", place ? place->name : (struct slice){0}},
    };
    if (!count)
        return;
    say(note, "method.unlocated", (double)count, part, 2);
    record(note, "method.unlocated", count, part[0].text);
}

/* "40 of 44 districts matched …", once for each kind of place, of the map that names
 * most of them. */
static void say_matched(struct note *note, const char *key)
{
    const struct figures *figures = note->context->scope->figures;
    const struct figure *most = NULL;
    for (size_t i = 0; figures && i + 1 < figures->count; i++) {
        const struct figure *named = &figures->figure[i + 1];
        if (slice_is(figures->figure[i].expression, key) &&
            slice_is(named->expression, MAP_NAMED) &&
            (!most || named->number > most[1].number))
            most = &figures->figure[i];
    }
    if (!most)
        return;
    const struct phrase_part part[] = {{"matched", most[0].printed},
                                       {"all", most[1].printed}};
    say(note, key, most[0].number, part, 2);
}

static bool prints_deaths(const struct figures *figures)
{
    for (size_t i = 0; figures && i < figures->count; i++) {
        if (slice_starts_with(figures->figure[i].measure, "sum of killed"))
            return true;
    }
    return false;
}

/* Only of tests that were made: in the whole brief, wherever the note stands. */
static void say_tests(struct note *note)
{
    static const char *const rules[TESTED_KINDS] = {
        [TESTED_COUNT] = "method.rules",
        [TESTED_TREND] = "method.trends",
        [TESTED_SHARE] = "method.shares",
        [TESTED_PLACES] = "method.places",
    };
    const struct figures *figures = note->context->scope->figures;
    size_t tests = 0;
    if (figures && figures->whole)
        figures = figures->whole;
    for (size_t i = 0; figures && i < TESTED_KINDS; i++)
        tests += figures->tests[i];
    say_count(note, "method.tests", tests);
    for (size_t i = 0; figures && i < TESTED_KINDS; i++) {
        if (figures->tests[i] && rules[i])
            say(note, rules[i], 1, NULL, 0);
    }
    if (prints_deaths(figures) || (figures && figures->tests[TESTED_DEATHS]))
        say(note, "method.deaths", 1, NULL, 0);
}

static struct box *lay_method(const void *arguments,
                              const struct block_context *context, double width)
{
    static const char *const matched[] = {"map.matched districts",
                                          "map.matched provinces", "map.matched"};
    const struct method *method = arguments;
    const struct scope *scope = context->scope;
    struct slice title =
        method->title ? template_text_print(method->title, scope) : (struct slice){0};
    if (scope->rehearsal)
        return box_new(context->chart.arena, "rehearsal", 0, 0);
    if (!title.size)
        title = print_phrase(context, "method.title", 1, NULL, 0);
    struct note note = {context, {.arena = context->chart.arena}};
    const struct table *table = scope->tables[0].table;
    say_periods(&note, table);
    say_breaks(&note);
    say_rows(&note, table);
    say_places(&note, method->place);
    for (size_t i = 0; i < sizeof matched / sizeof *matched; i++)
        say_matched(&note, matched[i]);
    say_tests(&note);
    struct flow *flow = ARENA_NEW(context->chart.arena, struct flow);
    *flow = (struct flow){.arena = context->chart.arena, .width = width};
    flow_add_title(flow, text_box(context, title, TEXT_CALLOUT_TITLE, width));
    flow_add(flow, text_box(context, text_slice(&note.text), TEXT_FOOTNOTE, width))
        ->space_before = 2;
    return flow_box(flow, "method note");
}

const struct block_kind block_method = {
    "method",   "the note on how the numbers were made, which writes itself",
    keys,       read_method,
    lay_method,
};

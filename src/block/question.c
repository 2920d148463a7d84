/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys, windows, rows and replies of the blocks that answer a question of the field. */
#include "block/question.h"
#include "stats/share.h"
#include "stats/verdict.h"

#include <math.h>

/* -- Keys -------------------------------------------------------------------------- */

bool read_question(struct block_reader *reader, struct question *out)
{
    return read_data_question(reader, &reader->scope->tables[0], out);
}

bool read_data_question(struct block_reader *reader, const struct source_table *table,
                        struct question *out)
{
    out->table = table;
    bool ok = read_text(reader, "title", &out->title);
    ok &= read_text(reader, "subtitle", &out->subtitle);
    ok &= read_where(reader, "where", out->table->table, &out->where);
    return read_length(reader, "last", &out->last_count, &out->last_unit) && ok;
}

static bool no_such_measure(struct block_reader *reader, const struct yaml *value,
                            struct slice name)
{
    const struct measures *measures = reader->scope->measures;
    struct slice *known = ARENA_ARRAY(reader->arena, struct slice, measures->count);
    for (size_t i = 0; i < measures->count; i++)
        known[i] = measures->measure[i]->name;
    struct diag *diag = reader_error(reader, value, "M104", "unknown measure \"%.*s\"",
                                     SLICE_PRINT(name));
    diag_suggest(reader->diags, diag, name, known, measures->count);
    if (!value)
        diag_hint(reader->diags, diag,
                  "define it in the front matter, `%.*s: count where …`, or name "
                  "another: `%.*s: MEASURE`",
                  SLICE_PRINT(name), SLICE_PRINT(name));
    return false;
}

bool read_count_measure(struct block_reader *reader, const char *key,
                        const struct measure **out)
{
    const struct yaml *value = yaml_find(reader->node->body, key);
    if (value && !value->text.size)
        value = NULL;
    struct slice name = value ? value->text : slice_of(key);
    *out = measures_find(reader->scope->measures, name);
    if (!*out)
        return no_such_measure(reader, value, name);
    if (measure_is_count(*out) && (*out)->table == reader->scope->tables[0].table)
        return true;
    struct diag *diag =
        reader_error(reader, value, "M140", "%.*s doesn't count rows of %.*s",
                     SLICE_PRINT(name), SLICE_PRINT(reader->scope->tables[0].name));
    diag_hint(reader->diags, diag, "name a measure that is a `count where …`");
    return false;
}

bool read_optional(struct block_reader *reader, const char *key, struct table *table,
                   const char *name, struct column **out)
{
    if (!read_column(reader, key, table, out))
        return false;
    if (*out)
        return true;
    *out = table_find(table, slice_of(name));
    if (*out)
        table_want(table, *out);
    return true;
}

bool read_category(struct block_reader *reader, const char *key, const char *name,
                   struct column **out)
{
    struct table *table = reader->scope->tables[0].table;
    const struct yaml *value = yaml_find(reader->node->body, key);
    if (value && value->text.size)
        return read_group_column(reader, key, table, out);
    *out = table_find(table, slice_of(name));
    if (*out) {
        table_want(table, *out);
        return true;
    }
    return reader_missing(reader, key, name);
}

struct column *first_column(struct table *table)
{
    struct column *first = &table->column[0];
    for (size_t i = 1; i < table->column_count; i++) {
        if (table->column[i].source < first->source)
            first = &table->column[i];
    }
    table_want(table, first);
    return first;
}

bool needs_incidents(struct block_reader *reader, const struct question *question)
{
    const struct table *table = question->table->table;
    if (!table->weight && table->date)
        return true;
    struct diag *diag =
        reader_error(reader, NULL, "M141", "%.*s has no incident a row with its day",
                     SLICE_PRINT(question->table->name));
    diag_hint(reader->diags, diag, "a %.*s looks at incidents one by one",
              SLICE_PRINT(reader->node->word));
    return false;
}

static const char *kind_words(enum measure_kind kind)
{
    return kind == MEASURE_HIGHEST ? "highest" : "sum of";
}

const struct measure *measure_of_rows(const struct measure *counted,
                                      enum measure_kind kind, struct column *column,
                                      struct arena *arena)
{
    struct measure *measure = arena_copy(arena, counted, sizeof *counted);
    measure->kind = kind;
    measure->column = column;
    measure->name = measure->field = column->name;
    measure->label = (struct slice){0};
    measure->source = slice_of(arena_print(
        arena, "%s %.*s%s%.*s", kind_words(kind), SLICE_PRINT(column->name),
        counted->where ? " where " : "",
        SLICE_PRINT(counted->where ? counted->where->source : (struct slice){0})));
    return measure;
}

/* -- Windows and rows -------------------------------------------------------------- */

struct period question_window(const struct question *question,
                              const struct scope *scope)
{
    return last_periods(scope, question->last_count, question->last_unit);
}

struct period question_before(const struct question *question,
                              const struct scope *scope)
{
    if (!question->last_count)
        return scope->compare.whole;
    return period_shift(question_window(question, scope), -1, scope->frame->week_start);
}

bool may_compare(const struct question *question, const struct scope *scope)
{
    struct period now = question_window(question, scope);
    struct period before = question_before(question, scope);
    const struct table *table = question->table->table;
    return scope_compares(scope, table, before, now) &&
           !scope_is_provisional(scope, table, now);
}

const uint32_t *question_rows(const struct question *question,
                              const struct scope *scope, const struct measure *counted,
                              struct period period, size_t *count)
{
    const struct condition *condition =
        conditions_both(counted->bound, question->where, scope->arena);
    const struct row_order by_date = {question->table->table->date, false};
    return rows_found(scope, question->table, condition, &period, by_date, count);
}

/* -- Replies ------------------------------------------------------------------------ */

struct reply reply_begin(const struct question *question,
                         const struct block_context *context, const char *what,
                         double width)
{
    struct reply reply = {.context = context, .question = question, .what = what};
    reply.width = width;
    reply.flow = (struct flow){.arena = context->chart.arena, .width = width};
    if (!context->scope->rehearsal)
        return reply;
    if (question->title)
        template_text_print(question->title, context->scope);
    if (question->subtitle)
        template_text_print(question->subtitle, context->scope);
    return reply;
}

static void add_head(struct reply *reply, const char *key, struct slice subtitle)
{
    const struct block_context *context = reply->context;
    const struct question *question = reply->question;
    const char *title_key = arena_print(context->chart.arena, "%s.title", key);
    struct slice title = question->title
                             ? template_text_print(question->title, context->scope)
                             : print_phrase(context, title_key, 1, NULL, 0);
    if (question->subtitle)
        subtitle = template_text_print(question->subtitle, context->scope);
    flow_add(&reply->flow, figure_head(&context->chart, title, subtitle, reply->width))
        ->keep_with_next = true;
}

void reply_head(struct reply *reply, const char *key)
{
    struct period window = question_window(reply->question, reply->context->scope);
    add_head(reply, key, plain_period(reply->context, window));
}

void reply_title(struct reply *reply, const char *key)
{
    if (reply->question->last_count)
        reply_head(reply, key);
    else
        add_head(reply, key, (struct slice){0});
}

void reply_text(struct reply *reply, struct slice text, enum text_role role)
{
    enum { ABOVE = 4 };
    if (text.size)
        flow_add(&reply->flow, text_box(reply->context, text, role, reply->width))
            ->space_before = ABOVE;
}

void reply_say(struct reply *reply, const char *key, double count,
               const struct phrase_part *part, size_t part_count)
{
    reply_text(reply, print_phrase(reply->context, key, count, part, part_count),
               TEXT_BODY);
}

void reply_note(struct reply *reply, const char *key, double count,
                const struct phrase_part *part, size_t part_count)
{
    size_t at = reply->flow.count;
    reply_text(reply, print_phrase(reply->context, key, count, part, part_count),
               TEXT_SOURCE);
    if (reply->flow.count > at) /* what stands under a table belongs to it */
        reply->flow.item[at].box->role = ROLE_CAPTION;
}

void reply_sheet(struct reply *reply, const struct sheet *sheet)
{
    enum { ABOVE = 6, SHORT = 12 };
    /* No sentence is left behind on the page before. */
    for (size_t i = reply->flow.count; i-- > 0;) {
        const struct box *above = reply->flow.item[i].box;
        if (above->role == ROLE_TABLE || above->role == ROLE_CAPTION)
            break;
        reply->flow.item[i].keep_with_next = true;
    }
    struct flow_item *item =
        flow_add(&reply->flow, sheet_box(&reply->context->chart, sheet, reply->width));
    item->space_before = ABOVE;
    item->keep_together = sheet->row_count <= SHORT;
}

struct box *reply_box(struct reply *reply)
{
    struct flow *flow =
        arena_copy(reply->context->chart.arena, &reply->flow, sizeof reply->flow);
    return flow_box(flow, reply->what);
}

/* -- Words and numbers ---------------------------------------------------------------- */

static void trace(const struct reply *reply, const struct traced *traced, bool at_least,
                  struct slice printed)
{
    static const struct measure rows = {.kind = MEASURE_SUM};
    const struct cell cell = {.value = traced->value,
                              .low = traced->low,
                              .high = traced->high,
                              .rows = (uint32_t)traced->rows,
                              .at_least = at_least};
    record_figure(reply->context, reply->what,
                  traced->measure ? traced->measure : &rows, reply->question->where,
                  traced->period, traced->group, &cell, printed);
}

void reply_trace(const struct reply *reply, const struct traced *traced,
                 struct slice printed)
{
    trace(reply, traced, false, printed);
}

struct slice plain_number(const struct block_context *context, double number,
                          int decimals)
{
    struct text text = {.arena = context->chart.arena};
    if (isnan(number))
        return EN_DASH;
    locale_number(context->chart.locale, number, decimals, &text);
    return text_slice(&text);
}

struct slice traced_number(const struct reply *reply, struct traced traced,
                           int decimals)
{
    struct slice printed = plain_number(reply->context, traced.value, decimals);
    reply_trace(reply, &traced, printed);
    return printed;
}

struct slice traced_limit(const struct reply *reply, struct traced traced,
                          bool at_least)
{
    struct slice printed = plain_number(reply->context, traced.value, 0);
    const struct phrase_part part = {"number", printed};
    if (at_least && !isnan(traced.value))
        printed = print_phrase(reply->context, "table.at least", NAN, &part, 1);
    trace(reply, &traced, at_least, printed);
    return printed;
}

struct slice plain_percent(const struct block_context *context, double share)
{
    const struct phrase_part part = {"number", plain_number(context, 100 * share, 0)};
    if (isnan(share))
        return EN_DASH;
    return print_phrase(context, "number.percent", NAN, &part, 1);
}

struct slice plain_share(const struct block_context *context, double part, double whole)
{
    struct wilson wilson;
    stat_wilson(part, whole, 0.95, &wilson);
    struct text range = {.arena = context->chart.arena};
    if (wilson.unknown_because)
        return EN_DASH;
    locale_range(context->chart.locale, 100 * wilson.low, 100 * wilson.high, 0, &range);
    const struct phrase_part parts[] = {
        {"number", plain_number(context, part, 0)},
        {"total", plain_number(context, whole, 0)},
        {"percent", plain_percent(context, wilson.estimate)},
        {"range", text_slice(&range)},
    };
    const char *key = whole < VERDICT_SHARE_LEAST ? "share.few" : "share.interval";
    return print_phrase(context, key, NAN, parts, 4);
}

struct slice plain_period(const struct block_context *context, struct period period)
{
    struct text text = {.arena = context->chart.arena};
    locale_period(context->chart.locale, period, &text);
    return text_slice(&text);
}

struct slice plain_day(const struct block_context *context, int32_t day)
{
    struct text text = {.arena = context->chart.arena};
    locale_day(context->chart.locale, day, "d MMM yyyy", &text);
    return text_slice(&text);
}

struct slice window_words(const struct question *question,
                          const struct block_context *context)
{
    const struct scope *scope = context->scope;
    const struct locale *locale = context->chart.locale;
    size_t count = question->last_count ? question->last_count : scope->period.count;
    enum period_unit unit =
        question->last_count ? question->last_unit : scope->period.unit;
    struct slice name = locale_unit(locale, unit, (double)(count ? count : 1));
    if (count <= 1)
        return name;
    struct text text = {.arena = context->chart.arena};
    locale_number(locale, (double)count, 0, &text);
    text_print(&text, " %.*s", SLICE_PRINT(name));
    return text_slice(&text);
}

struct slice word_name(const struct block_context *context, const struct column *column,
                       uint32_t code)
{
    if (!code || code >= column->words.count)
        return print_phrase(context, "unknown word", 1, NULL, 0);
    return capitalised(context,
                       locale_name(context->chart.locale, column->words.word[code],
                                   context->chart.arena));
}

struct slice column_title(const struct block_context *context,
                          const struct column *column)
{
    const struct measure named = {.name = column->header.size ? column->header
                                                              : column->name};
    return measure_label(&named, context->chart.locale, context->chart.arena);
}

bool is_written_day(struct slice text, int32_t *day)
{
    enum { ISO_DAY = 10 }; /* 2026-11-03; 2026 alone is a number */
    struct period period;
    text = slice_trim(text);
    if (text.size != ISO_DAY || !period_parse_date(text, &period) ||
        period.first_day != period.last_day)
        return false;
    *day = period.first_day;
    return true;
}

struct slice tracker_cell(const struct block_context *context,
                          const struct table *table, const struct column *column,
                          uint32_t row)
{
    double number = number_in(column, row);
    if (column->is_read && column->type == COLUMN_NUMBER && !isnan(number))
        return plain_number(context, number, number == floor(number) ? 0 : 1);
    if (column->is_read && column->type == COLUMN_DAY && !isnan(number))
        return plain_day(context, (int32_t)number);
    struct slice written = table_text(table, column, row, context->chart.arena);
    int32_t day;
    if (is_written_day(written, &day)) /* in a column that holds other things, too */
        return plain_day(context, day);
    return written.size
               ? locale_word(context->chart.locale, written, context->chart.arena)
               : EN_DASH;
}

struct slice situation_words(const struct block_context *context,
                             enum situation situation)
{
    const char *key =
        arena_print(context->chart.arena, "verdict.%s", situation_key(situation));
    if (!locale_has(context->chart.locale, key))
        return EN_DASH;
    return print_phrase(context, key, 1, NULL, 0);
}

/* -- Sheets ------------------------------------------------------------------------------ */

struct sheet *sheet_new(struct arena *arena, size_t columns, size_t rows)
{
    struct sheet *sheet = ARENA_NEW(arena, struct sheet);
    sheet->column_count = columns;
    sheet->row_count = rows;
    sheet->column = ARENA_ARRAY(arena, struct sheet_column, columns);
    sheet->cell = ARENA_ARRAY(arena, struct sheet_cell, columns * rows);
    sheet->has_head = true;
    return sheet;
}

void sheet_head(const struct block_context *context, struct sheet *sheet, size_t column,
                const char *key, enum sheet_kind kind)
{
    struct sheet_column *about = (struct sheet_column *)&sheet->column[column];
    about->head = key ? print_phrase(context, key, 1, NULL, 0) : (struct slice){0};
    about->kind = kind;
    about->strong = column == 0;
}

void tracker_head(const struct block_context *context, struct sheet *sheet,
                  size_t column, const struct column *of)
{
    struct sheet_column *about = (struct sheet_column *)&sheet->column[column];
    about->head = column_title(context, of);
    about->kind = of->is_read && of->type == COLUMN_NUMBER ? SHEET_NUMBER : SHEET_TEXT;
    about->strong = column == 0;
}

void sheet_put(struct sheet *sheet, size_t row, size_t column, struct slice text)
{
    sheet->cell[row * sheet->column_count + column].text = text;
}

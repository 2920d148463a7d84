/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `relief`: what was pledged against what was paid, beside the people it is for. */
#include "block/question.h"

#include <math.h>
#include <stdlib.h>

enum { FLOW_DISPLACED, FLOW_RETURNED, FLOW_PLEDGED, FLOW_PAID, FLOWS };

struct relief {
    struct question question;
    struct column *by, *place, *still, *date;
    struct column *flow[FLOWS];
    long top;
};

static const struct block_key keys[] = {
    {"data", "displaced", "the table", TAKES_WORD},
    {"by", "province", "one row for each of its values", TAKES_WORD, IS_NEEDED},
    {"pledged", "relief pledged", "the column of what was pledged", TAKES_WORD},
    {"paid", "relief paid", "the column of what was paid", TAKES_WORD},
    {"displaced", "families displaced", "people or families newly displaced",
     TAKES_WORD},
    {"returned", "families returned", "those who went back", TAKES_WORD},
    {"still", "families still displaced",
     "a level, not a sum: the newest of each place counts", TAKES_WORD},
    {"place", "district", "what such a level is of; else the same as `by`", TAKES_WORD},
    {"date", "month", "the day of a row, for the window and the newest level",
     TAKES_WORD},
    {"top", "10", "most rows; the total is of all", TAKES_WHOLE(1, 10000)},
    QUESTION_KEYS,
    {0},
};

static bool read_relief(struct block_reader *reader, const void **arguments)
{
    static const char *const names[FLOWS] = {"displaced", "returned", "pledged",
                                             "paid"};
    struct relief *relief = ARENA_NEW(reader->arena, struct relief);
    *arguments = relief;
    const struct source_table *source;
    if (!read_table(reader, &source) ||
        !read_data_question(reader, source, &relief->question))
        return false;
    struct table *table = source->table;
    bool ok = read_group_column(reader, "by", table, &relief->by);
    if (ok && !relief->by)
        ok = reader_missing(reader, "by", "province");
    for (size_t i = 0; i < FLOWS; i++)
        ok &= read_column(reader, names[i], table, &relief->flow[i]);
    ok &= read_column(reader, "still", table, &relief->still);
    ok &= read_group_column(reader, "place", table, &relief->place);
    ok &= read_column(reader, "date", table, &relief->date);
    if (!relief->date)
        relief->date = table->date;
    if (ok && (!relief->flow[FLOW_PLEDGED] || !relief->flow[FLOW_PAID]))
        ok = reader_missing(reader, relief->flow[FLOW_PLEDGED] ? "paid" : "pledged",
                            "relief pledged");
    return read_whole(reader, "top", 1000, &relief->top) && ok;
}

/* -- Sums ----------------------------------------------------------------------------------- */

struct sums {
    double flow[FLOWS], still;
    size_t rows, blank; /* blank: pledged or paid isn't known */
    uint32_t code;
    int decimals; /* of money in print */
};

struct level {
    double day, value;
    uint32_t code; /* of `by` */
};

static bool in_window(const struct relief *relief, const struct scope *scope,
                      uint32_t row)
{
    double day = number_in(relief->date, row);
    int32_t last = scope->frame->as_of;
    if (!relief->date)
        return true;
    if (!relief->question.last_count)
        return isnan(day) || day <= last;
    struct period window = question_window(&relief->question, scope);
    return day >= window.first_day && day <= window.last_day;
}

static void add_row(const struct relief *relief, uint32_t row, struct sums *sums)
{
    bool is_blank = false;
    for (size_t i = 0; i < FLOWS; i++) {
        double value = number_in(relief->flow[i], row);
        if (!isnan(value))
            sums->flow[i] += value;
        is_blank = is_blank || (isnan(value) && i >= FLOW_PLEDGED);
    }
    sums->rows++;
    sums->blank += is_blank;
}

static uint32_t code_of(const struct column *column, uint32_t row)
{
    return column ? column_codes(column, row).code[0] : 0;
}

/* The newest level of each place, added to the group it lies in. */
static void add_levels(const struct relief *relief, const struct scope *scope,
                       const uint32_t *row, size_t rows, struct sums *sums)
{
    const struct column *place = relief->place ? relief->place : relief->by;
    struct level *level = ARENA_ARRAY(scope->arena, struct level, place->words.count);
    for (size_t i = 0; i < place->words.count; i++)
        level[i].value = NAN;
    for (size_t i = 0; i < rows; i++) {
        struct level *own = &level[code_of(place, row[i])];
        double value = number_in(relief->still, row[i]);
        double day = relief->date ? number_in(relief->date, row[i]) : 0;
        if (isnan(value) || isnan(day) || !in_window(relief, scope, row[i]) ||
            (!isnan(own->value) && day < own->day))
            continue;
        *own = (struct level){day, value, code_of(relief->by, row[i])};
    }
    for (size_t i = 0; i < place->words.count; i++) {
        if (!isnan(level[i].value))
            sums[level[i].code].still += level[i].value;
    }
}

static int compare_sums(const void *a, const void *b)
{
    const struct sums *left = a, *right = b;
    double gap = left->flow[FLOW_PLEDGED] - left->flow[FLOW_PAID];
    double other = right->flow[FLOW_PLEDGED] - right->flow[FLOW_PAID];
    if (gap != other)
        return gap > other ? -1 : 1;
    return left->code < right->code ? -1 : left->code > right->code;
}

static struct sums *add_up(const struct relief *relief, const struct scope *scope,
                           size_t *count, struct sums *total)
{
    size_t rows, words = relief->by->words.count;
    const struct row_order as_filed = {0};
    const uint32_t *row = rows_found(scope, relief->question.table,
                                     relief->question.where, NULL, as_filed, &rows);
    struct sums *sums = ARENA_ARRAY(scope->arena, struct sums, words);
    for (uint32_t i = 0; i < words; i++)
        sums[i].code = i;
    for (size_t i = 0; i < rows; i++) {
        if (in_window(relief, scope, row[i]))
            add_row(relief, row[i], &sums[code_of(relief->by, row[i])]);
    }
    if (relief->still)
        add_levels(relief, scope, row, rows, sums);
    *count = 0;
    for (size_t i = 0; i < words; i++) {
        if (!sums[i].rows)
            continue;
        for (size_t j = 0; j < FLOWS; j++)
            total->flow[j] += sums[i].flow[j];
        total->still += sums[i].still;
        total->rows += sums[i].rows;
        total->blank += sums[i].blank;
        sums[(*count)++] = sums[i];
    }
    qsort(sums, *count, sizeof *sums, compare_sums);
    return sums;
}

/* -- The table -------------------------------------------------------------------------------- */

/* "million rupees" of a column headed "Relief pledged (million rupees)". */
static struct slice unit_of(const struct block_context *context,
                            const struct column *column)
{
    struct slice title = column_title(context, column);
    size_t at = title.size;
    if (!title.size || title.data[title.size - 1] != ')')
        return (struct slice){0};
    while (at > 0 && title.data[at - 1] != '(')
        at--;
    return at ? (struct slice){title.data + at, title.size - at - 1}
              : (struct slice){0};
}

/* A whole column has decimals when one of its sums does, so that it adds up in print. */
static int money_decimals(const struct sums *sums, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = FLOW_PLEDGED; j < FLOWS; j++) {
            if (sums[i].flow[j] != floor(sums[i].flow[j]))
                return 1;
        }
    }
    return 0;
}

static struct slice traced_count(const struct reply *reply, double value)
{
    return traced_number(reply,
                         (struct traced){.period = reply->context->scope->period.whole,
                                         .value = value,
                                         .low = NAN,
                                         .high = NAN},
                         0);
}

/* of: the column, for the trace. */
static struct slice traced_sum(const struct reply *reply, struct slice of,
                               struct slice group, double value, int decimals)
{
    struct arena *arena = reply->context->chart.arena;
    struct measure *measure = ARENA_NEW(arena, struct measure);
    measure->kind = MEASURE_SUM;
    measure->name = of;
    measure->source = slice_of(arena_print(arena, "sum of %.*s", SLICE_PRINT(of)));
    struct traced traced = {.measure = measure,
                            .period = reply->context->scope->period.whole,
                            .group = group,
                            .value = value,
                            .low = NAN,
                            .high = NAN};
    return traced_number(reply, traced, decimals);
}

static struct slice paid_share(const struct reply *reply, struct slice group,
                               const struct sums *sums)
{
    double share = sums->flow[FLOW_PLEDGED] > 0
                       ? sums->flow[FLOW_PAID] / sums->flow[FLOW_PLEDGED]
                       : NAN;
    struct slice printed = plain_percent(reply->context, share);
    reply_trace(reply,
                &(struct traced){.period = reply->context->scope->period.whole,
                                 .group = group,
                                 .value = share,
                                 .low = NAN,
                                 .high = NAN,
                                 .rows = sums->rows},
                printed);
    return printed;
}

static void put_sums(const struct reply *reply, const struct relief *relief,
                     struct sheet *sheet, size_t row, struct slice name,
                     const struct sums *sums)
{
    size_t column = 0;
    sheet_put(sheet, row, column++, name);
    for (size_t i = 0; i < FLOWS; i++) {
        int decimals = i >= FLOW_PLEDGED ? sums->decimals : 0;
        if (i == FLOW_PLEDGED && relief->still)
            sheet_put(sheet, row, column++,
                      traced_sum(reply, relief->still->name, name, sums->still, 0));
        if (relief->flow[i])
            sheet_put(sheet, row, column++,
                      traced_sum(reply, relief->flow[i]->name, name, sums->flow[i],
                                 decimals));
    }
    sheet_put(sheet, row, column++, paid_share(reply, name, sums));
    sheet_put(sheet, row, column,
              traced_sum(reply, slice_of("pledged less paid"), name,
                         sums->flow[FLOW_PLEDGED] - sums->flow[FLOW_PAID],
                         sums->decimals));
}

static struct sheet *relief_sheet(const struct reply *reply,
                                  const struct relief *relief, size_t rows)
{
    const struct block_context *context = reply->context;
    struct sheet *sheet = sheet_new(context->chart.arena, 8, rows);
    size_t column = 0;
    tracker_head(context, sheet, column++, relief->by);
    if (relief->flow[FLOW_DISPLACED])
        sheet_head(context, sheet, column++, "relief.displaced", SHEET_NUMBER);
    if (relief->flow[FLOW_RETURNED])
        sheet_head(context, sheet, column++, "relief.returned", SHEET_NUMBER);
    if (relief->still)
        sheet_head(context, sheet, column++, "relief.still", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "relief.pledged", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "relief.paid", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "relief.percent", SHEET_NUMBER);
    sheet_head(context, sheet, column++, "relief.gap", SHEET_NUMBER);
    sheet->column_count = column;
    sheet->total_rows = 1;
    return sheet;
}

static void say_relief(struct reply *reply, const struct relief *relief,
                       const struct sums *total)
{
    const struct block_context *context = reply->context;
    const struct column *pledged = relief->flow[FLOW_PLEDGED];
    const struct slice none = {0};
    const struct phrase_part part[] = {
        {"pledged", traced_sum(reply, pledged->name, none, total->flow[FLOW_PLEDGED],
                               total->decimals)},
        {"paid", traced_sum(reply, relief->flow[FLOW_PAID]->name, none,
                            total->flow[FLOW_PAID], total->decimals)},
        {"percent", paid_share(reply, none, total)},
        {"unit", unit_of(context, pledged)},
    };
    if (!(total->flow[FLOW_PLEDGED] > 0))
        reply_say(reply, "relief.none", NAN, part, 4);
    else
        reply_say(reply, part[3].text.size ? "relief.summary of" : "relief.summary",
                  NAN, part, 4);
}

static void note_relief(struct reply *reply, const struct relief *relief,
                        const struct sums *total, size_t shown, size_t count)
{
    const struct phrase_part part[] = {
        {"what", column_title(reply->context, relief->flow[FLOW_PLEDGED])},
        {"blank", traced_count(reply, (double)total->blank)},
        {"shown", traced_count(reply, (double)shown)},
        {"all", traced_count(reply, (double)count)},
    };
    reply_note(reply, relief->still ? "relief.note" : "relief.note flows", NAN, part,
               4);
    if (total->blank)
        reply_note(reply, "relief.blank", (double)total->blank, part, 4);
    if (total->flow[FLOW_PAID] > total->flow[FLOW_PLEDGED])
        reply_note(reply, "relief.over", NAN, part, 4);
    if (shown < count)
        reply_note(reply, "relief.rest", (double)count, part, 4);
}

static struct box *lay_relief(const void *arguments,
                              const struct block_context *context, double width)
{
    const struct relief *relief = arguments;
    struct reply reply = reply_begin(&relief->question, context, "relief", width);
    if (context->scope->rehearsal)
        return reply_box(&reply);
    struct sums total = {0};
    size_t count;
    struct sums *sums = add_up(relief, context->scope, &count, &total);
    total.decimals = money_decimals(sums, count);
    size_t shown = count < (size_t)relief->top ? count : (size_t)relief->top;
    reply_title(&reply, "relief");
    say_relief(&reply, relief, &total);
    struct sheet *sheet = relief_sheet(&reply, relief, shown + 1);
    for (size_t i = 0; i < shown; i++) {
        sums[i].decimals = total.decimals;
        put_sums(&reply, relief, sheet, i, word_name(context, relief->by, sums[i].code),
                 &sums[i]);
    }
    put_sums(&reply, relief, sheet, shown, print_phrase(context, "total", 1, NULL, 0),
             &total);
    reply_sheet(&reply, sheet);
    note_relief(&reply, relief, &total, shown, count);
    return reply_box(&reply);
}

const struct block_kind block_relief = {
    "relief",   "relief pledged against paid, and the people it is for",
    keys,       read_relief,
    lay_relief,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a column of a tracker is printed: `amount number(1)`, `due date("d MMM")`. */
#include "block/cell_format.h"

#include "block/question.h"
#include "block/rows.h"

#include <string.h>

enum { MOST_DECIMALS = 6 };

static struct slice without_quotes(struct slice text)
{
    text = slice_trim(text);
    const bool is_quoted = text.size > 1 &&
                           (text.data[0] == '"' || text.data[0] == '\'') &&
                           text.data[text.size - 1] == text.data[0];
    return is_quoted ? (struct slice){text.data + 1, text.size - 2} : text;
}

/* What stands in brackets behind the filter's name, without quotes; empty: nothing. */
static bool read_argument(enum cell_format_kind kind, struct slice argument,
                          struct cell_format *out)
{
    double decimals;
    *out = (struct cell_format){.kind = kind, .decimals = -1};
    argument = without_quotes(argument);
    if (kind == CELL_AS_DATE) {
        out->layout = argument;
        return true;
    }
    if (!argument.size)
        return true;
    if (!number_parse(argument, &decimals) || decimals < 0 || decimals > MOST_DECIMALS)
        return false;
    out->decimals = (int)decimals;
    return true;
}

/* Where the format begins: the last word, or the one before the brackets at the end. */
static size_t start_of_format(struct slice word, struct slice *argument)
{
    size_t end = word.size;
    *argument = (struct slice){0};
    if (end && word.data[end - 1] == ')') {
        const char *open = memchr(word.data, '(', word.size);
        if (!open)
            return 0;
        const size_t at = (size_t)(open - word.data);
        *argument = (struct slice){open + 1, end - at - 2};
        end = at;
    }
    while (end && word.data[end - 1] != ' ' && word.data[end - 1] != '|')
        end--;
    return end;
}

bool cell_format_take(struct slice *word, struct cell_format *out)
{
    static const struct {
        const char *name;
        enum cell_format_kind kind;
    } formats[] = {{"number", CELL_AS_NUMBER},
                   {"percent", CELL_AS_PERCENT},
                   {"date", CELL_AS_DATE}};
    struct slice argument;
    const size_t start = start_of_format(*word, &argument);
    size_t size = 0;
    while (start + size < word->size && word->data[start + size] != '(')
        size++;
    const struct slice name = {word->data + start, size};
    struct slice rest = slice_trim((struct slice){word->data, start});
    if (rest.size && rest.data[rest.size - 1] == '|')
        rest = slice_trim((struct slice){rest.data, rest.size - 1});
    for (size_t i = 0; rest.size && i < sizeof formats / sizeof *formats; i++) {
        if (!slice_is(name, formats[i].name) ||
            !read_argument(formats[i].kind, argument, out))
            continue;
        *word = rest;
        return true;
    }
    return false;
}

static bool day_in(const struct block_context *context, const struct table *table,
                   const struct column *column, uint32_t row, int32_t *day)
{
    if (column->type == COLUMN_DAY) {
        const double number = number_in(column, row);
        *day = isnan(number) ? 0 : (int32_t)number;
        return !isnan(number);
    }
    return is_written_day(table_text(table, column, row, context->chart.arena), day);
}

bool cell_format_print(const struct block_context *context,
                       const struct cell_format *format, const struct table *table,
                       const struct column *column, uint32_t row, struct slice *out)
{
    struct text text = {.arena = context->chart.arena};
    const struct locale *locale = context->chart.locale;
    const bool is_percent = format->kind == CELL_AS_PERCENT;
    const int decimals = format->decimals < 0 ? 0 : format->decimals;
    int32_t day;
    if (format->kind == CELL_AS_DATE && day_in(context, table, column, row, &day)) {
        if (format->layout.size)
            locale_day(locale, day,
                       slice_c_string(context->chart.arena, format->layout), &text);
        else
            locale_period(locale, (struct period){PERIOD_DAY, day, day}, &text);
        *out = text_slice(&text);
        return true;
    }
    const double number = number_in(column, row);
    if (format->kind == CELL_AS_PLAIN || format->kind == CELL_AS_DATE ||
        isnan(number) || column->type != COLUMN_NUMBER)
        return false;
    locale_number(locale, is_percent ? 100 * number : number, decimals, &text);
    const struct phrase_part part = {"number", text_slice(&text)};
    *out =
        is_percent ? print_phrase(context, "number.percent", NAN, &part, 1) : part.text;
    return true;
}

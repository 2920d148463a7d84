/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer as csv, json or a table for a terminal. */
#include "data/query.h"

#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct query_cell *cell_at(const struct query_result *result, size_t row,
                                        size_t column)
{
    return &result->cell[row * result->column_count + column];
}

/* CSV ---------------------------------------------------------------------------- */

static bool needs_quotes(struct slice text)
{
    if (!text.size)
        return false;
    if (text.data[0] == ' ' || text.data[text.size - 1] == ' ')
        return true;
    for (size_t i = 0; i < text.size; i++)
        if (strchr(",\"\r\n", text.data[i]) && text.data[i])
            return true;
    return false;
}

static void print_csv_word(struct text *out, struct slice word)
{
    if (!needs_quotes(word)) {
        text_append(out, word);
        return;
    }
    text_append_string(out, "\"");
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] == '"')
            text_append_string(out, "\"");
        text_append(out, (struct slice){word.data + i, 1});
    }
    text_append_string(out, "\"");
}

static void print_csv_cell(struct text *out, const struct query_column *column,
                           const struct query_cell *cell)
{
    char number[NUMBER_TEXT_SIZE];
    if (cell->is_unknown)
        return;
    if (!column->is_number) {
        print_csv_word(out, cell->word);
        return;
    }
    if (isinf(cell->number)) {
        text_append_string(out, cell->number > 0 ? "Inf" : "-Inf");
        return;
    }
    number_print(number, cell->number);
    text_append_string(out, number);
}

void query_print_csv(const struct query_result *result, struct text *out)
{
    for (size_t i = 0; i < result->column_count; i++) {
        text_append_string(out, i ? "," : "");
        print_csv_word(out, result->column[i].header);
    }
    text_append_string(out, "\n");
    for (size_t row = 0; row < result->row_count; row++) {
        for (size_t i = 0; i < result->column_count; i++) {
            text_append_string(out, i ? "," : "");
            print_csv_cell(out, &result->column[i], cell_at(result, row, i));
        }
        text_append_string(out, "\n");
    }
}

/* JSON --------------------------------------------------------------------------- */

static void print_json_cell(struct json *json, const struct query_column *column,
                            const struct query_cell *cell)
{
    if (cell->is_unknown)
        json_c_string(json, NULL);
    else if (!column->is_number)
        json_text(json, cell->word);
    else if (isinf(cell->number))
        json_c_string(json, cell->number > 0 ? "Inf" : "-Inf");
    else
        json_number(json, cell->number);
}

void query_print_json(const struct query_result *result, struct text *out)
{
    struct json json = {.out = out};
    json_open_array(&json);
    for (size_t row = 0; row < result->row_count; row++) {
        json_open_object(&json);
        for (size_t i = 0; i < result->column_count; i++) {
            json_key_slice(&json, result->column[i].header);
            print_json_cell(&json, &result->column[i], cell_at(result, row, i));
        }
        json_close_object(&json);
    }
    json_close_array(&json);
    text_append_string(out, "\n");
}

/* Table -------------------------------------------------------------------------- */

static size_t columns_of(struct slice text)
{
    size_t columns = 0;
    for (size_t offset = 0; offset < text.size;)
        columns += (size_t)utf8_columns(utf8_next(text, &offset));
    return columns;
}

/* What would break lines or upset a terminal becomes a space. */
static struct slice printable(struct slice word, struct arena *arena)
{
    struct text text = {.arena = arena};
    for (size_t offset = 0; offset < word.size;) {
        uint32_t rune = utf8_next(word, &offset);
        bool is_control = rune < 0x20 || (rune >= 0x7F && rune < 0xA0);
        text_append_rune(&text, is_control ? ' ' : rune);
    }
    return text_slice(&text);
}

static bool is_whole(double number)
{
    return !(fabs(number) >= 1e15) && !(floor(number) < number);
}

static bool column_is_whole(const struct query_result *result, size_t column)
{
    for (size_t row = 0; row < result->row_count; row++) {
        const struct query_cell *cell = cell_at(result, row, column);
        if (!cell->is_unknown && !is_whole(cell->number))
            return false;
    }
    return true;
}

/* Statistics as small as p-values keep four places. */
static int column_decimals(const struct query_result *result, size_t column)
{
    const struct query_column *asked = &result->column[column];
    if (!asked->is_number || column_is_whole(result, column))
        return 0;
    for (size_t row = 0; row < result->row_count && asked->is_statistic; row++) {
        const struct query_cell *cell = cell_at(result, row, column);
        if (!cell->is_unknown && !is_whole(cell->number) && fabs(cell->number) < 0.1)
            return 4;
    }
    return 2;
}

/* 1234567.891 as "1,234,567.89". */
static struct slice print_rounded(double number, int decimals, struct arena *arena)
{
    if (isinf(number))
        return slice_of(number > 0 ? "Inf" : "-Inf");
    if (!(fabs(number) < 1e15))
        return slice_of(arena_print(arena, "%g", number));
    const char *plain = arena_print(arena, "%.*f", decimals, fabs(number));
    struct text text = {.arena = arena};
    size_t digits = strcspn(plain, ".");
    bool is_zero = strspn(plain, "0.") == strlen(plain);
    text_append_string(&text, number < 0 && !is_zero ? "-" : "");
    for (size_t i = 0; plain[i]; i++) {
        if (i > 0 && i < digits && (digits - i) % 3 == 0)
            text_append_string(&text, ",");
        text_append(&text, (struct slice){plain + i, 1});
    }
    return text_slice(&text);
}

static struct slice table_word(const struct query_column *column,
                               const struct query_cell *cell, int decimals,
                               struct arena *arena)
{
    if (cell->is_unknown)
        return column->is_number || column->is_statistic ? SLICE_LITERAL("\xE2\x80\x93")
                                                         : SLICE_LITERAL("(unknown)");
    if (column->is_number)
        return slice_of(arena_print(
            arena, "%.*s%s", SLICE_PRINT(print_rounded(cell->number, decimals, arena)),
            cell->at_least ? "+" : ""));
    return printable(cell->word, arena);
}

static void print_padded(struct text *out, struct slice word, size_t width,
                         bool to_the_right, bool is_last)
{
    size_t used = columns_of(word);
    int gap = used < width ? (int)(width - used) : 0;
    if (to_the_right)
        text_print(out, "%*s", gap, "");
    text_append(out, word);
    if (!to_the_right && !is_last)
        text_print(out, "%*s", gap, "");
    text_append_string(out, is_last ? "\n" : "  ");
}

struct sheet {
    struct slice *word; /* the head, then row by row */
    size_t *width;
};

static struct sheet lay_sheet(const struct query_result *result, struct arena *arena)
{
    size_t columns = result->column_count;
    struct sheet sheet = {
        .word = ARENA_ARRAY(arena, struct slice, (result->row_count + 1) * columns),
        .width = ARENA_ARRAY(arena, size_t, columns),
    };
    for (size_t i = 0; i < columns; i++) {
        const struct query_column *column = &result->column[i];
        int decimals = column_decimals(result, i);
        sheet.word[i] = printable(column->header, arena);
        for (size_t row = 0; row < result->row_count; row++)
            sheet.word[(row + 1) * columns + i] =
                table_word(column, cell_at(result, row, i), decimals, arena);
        for (size_t row = 0; row <= result->row_count; row++) {
            size_t width = columns_of(sheet.word[row * columns + i]);
            if (width > sheet.width[i])
                sheet.width[i] = width;
        }
    }
    return sheet;
}

static void print_row_name(const struct query_result *result, size_t row,
                           struct arena *arena, struct text *out)
{
    bool is_first = true;
    for (size_t i = 0; i < result->column_count; i++) {
        const struct query_column *column = &result->column[i];
        if (column->is_number || column->is_statistic || column->is_reason)
            continue;
        text_append_string(out, is_first ? "" : " ");
        text_append(out, table_word(column, cell_at(result, row, i), 0, arena));
        is_first = false;
    }
}

static bool is_reason_of(const struct query_result *result, size_t row, size_t column,
                         struct slice reason)
{
    const struct query_cell *cell = cell_at(result, row, column);
    return !cell->is_unknown && slice_equal(cell->word, reason);
}

/* One line a reason: "trend: all zero: Islamabad; Gilgit-Baltistan". */
static void print_reasons(const struct query_result *result, size_t column,
                          struct arena *arena, struct text *out)
{
    struct slice header = result->column[column].header, method;
    slice_cut(&header, '.', &method);
    for (size_t row = 0; row < result->row_count; row++) {
        struct slice reason = cell_at(result, row, column)->word;
        bool is_said = cell_at(result, row, column)->is_unknown;
        for (size_t i = 0; i < row && !is_said; i++)
            is_said = is_reason_of(result, i, column, reason);
        if (is_said)
            continue;
        struct text names = {.arena = arena};
        for (size_t i = row; i < result->row_count; i++) {
            if (!is_reason_of(result, i, column, reason))
                continue;
            text_append_string(&names, i > row ? "; " : "");
            print_row_name(result, i, arena, &names);
        }
        text_print(out, "\xE2\x80\x93 %.*s: %.*s", SLICE_PRINT(method),
                   SLICE_PRINT(reason));
        text_print(out, names.size ? ": %.*s\n" : "%.*s\n",
                   SLICE_PRINT(text_slice(&names)));
    }
}

static size_t last_printed(const struct query_result *result)
{
    size_t last = result->column_count;
    while (last > 0 && result->column[last - 1].is_reason)
        last--;
    return last;
}

static void print_lines(const struct query_result *result, const struct sheet *sheet,
                        struct text *out)
{
    size_t columns = result->column_count, end = last_printed(result);
    for (size_t row = 0; row <= result->row_count; row++)
        for (size_t i = 0; i < end; i++)
            if (!result->column[i].is_reason)
                print_padded(out, sheet->word[row * columns + i], sheet->width[i],
                             result->column[i].is_number, i + 1 == end);
}

/* A row's statistics below each other. */
static void print_upright(const struct query_result *result, const struct sheet *sheet,
                          struct arena *arena, struct text *out)
{
    size_t columns = result->column_count, widest = 0;
    for (size_t i = 0; i < columns; i++)
        if (!result->column[i].is_reason && columns_of(sheet->word[i]) > widest)
            widest = columns_of(sheet->word[i]);
    for (size_t row = 0; row < result->row_count; row++) {
        size_t before = out->size;
        print_row_name(result, row, arena, out);
        text_append_string(out, out->size > before ? "\n" : "");
        for (size_t i = 0; i < columns; i++) {
            const struct query_column *column = &result->column[i];
            if (column->is_reason || !(column->is_number || column->is_statistic))
                continue;
            text_append_string(out, "  ");
            print_padded(out, sheet->word[i], widest, false, false);
            print_padded(out, sheet->word[(row + 1) * columns + i], 0, false, true);
        }
    }
}

/* Several statistics are more than a terminal's line can hold. */
static bool is_too_wide(const struct query_result *result, const struct sheet *sheet)
{
    enum { LINE = 120 };
    size_t width = 0, statistics = 0;
    for (size_t i = 0; i < last_printed(result); i++) {
        width += result->column[i].is_reason ? 0 : sheet->width[i] + 2;
        statistics += result->column[i].is_statistic;
    }
    return statistics && width > LINE + 2;
}

void query_print_table(const struct query_result *result, struct text *out)
{
    struct arena *arena = arena_new();
    struct sheet sheet = lay_sheet(result, arena);
    size_t columns = result->column_count;
    if (is_too_wide(result, &sheet))
        print_upright(result, &sheet, arena, out);
    else
        print_lines(result, &sheet, out);
    if (result->row_count < result->total_count)
        text_print(out, "%zu of %zu rows\n", result->row_count, result->total_count);
    for (size_t i = 0; i < columns; i++)
        if (result->column[i].is_reason)
            print_reasons(result, i, arena, out);
    arena_free(arena);
}

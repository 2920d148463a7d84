/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep profile`: what a file holds, as words for a terminal or as JSON. */
#include "base/json.h"
#include "brief/report.h"
#include "data/profile.h"

#include <string.h>

static const char *const type_name[] = {
    [COLUMN_TEXT] = "text",
    [COLUMN_CATEGORY] = "words",
    [COLUMN_NUMBER] = "number",
    [COLUMN_DAY] = "date",
};

static const char *day_text(struct arena *arena, int32_t day)
{
    struct civil civil = civil_of(day);
    return arena_print(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static const char *range_text(struct arena *arena, const struct profile_column *column)
{
    char low[NUMBER_TEXT_SIZE], high[NUMBER_TEXT_SIZE];
    if (!column->has_range)
        return "";
    if (column->type == COLUMN_DAY)
        return arena_print(arena, "%s to %s", day_text(arena, column->first_day),
                           day_text(arena, column->last_day));
    number_print(low, column->lowest);
    number_print(high, column->highest);
    return arena_print(arena, "%s to %s", low, high);
}

/* One line, cut after about 24 letters. */
static const char *short_text(struct arena *arena, struct slice value)
{
    enum { MOST = 24 };
    struct text text = {.arena = arena};
    size_t offset = 0;
    for (int i = 0; offset < value.size && i < MOST; i++) {
        uint32_t rune = utf8_next(value, &offset);
        text_append_rune(&text, rune < 32 ? ' ' : rune);
    }
    if (offset < value.size)
        text_append_string(&text, "\xe2\x80\xa6");
    return slice_c_string(arena, text_slice(&text));
}

/* -- For a terminal ------------------------------------------------------------------ */

static void print_rows(const struct table *table, struct text *out)
{
    text_print(out, "rows      %zu read, %zu used, %zu excluded", table->rows_read,
               table->row_count, table->rows_excluded);
    if (table->rows_skipped)
        text_print(out, ", %zu skipped (units or totals)", table->rows_skipped);
    if (table->ragged_count)
        text_print(out, ", %zu with more or fewer cells than the header",
                   table->ragged_count);
    text_append_string(out, "\n");
    size_t kept = table->reject_count < TABLE_REJECTS ? table->reject_count
                                                      : (size_t)TABLE_REJECTS;
    enum { SHOWN = 10 };
    if (table->reject_count)
        text_print(out, "rejects   %zu cells that can't be used\n",
                   table->reject_count);
    for (size_t i = 0; i < kept && i < SHOWN; i++) {
        const struct reject *reject = &table->reject[i];
        text_print(out, "          line %d, %.*s: \"%s\" is %s%s\n", reject->line,
                   SLICE_PRINT(reject->header), short_text(out->arena, reject->value),
                   reject->rule, reject->excludes_row ? "; row left out" : "");
    }
    if (table->reject_count > SHOWN)
        text_print(out, "          and %zu more\n", table->reject_count - SHOWN);
}

static void print_head(const struct profile *profile, struct text *out)
{
    const struct table *table = profile->table;
    text_print(out, "file      %s\n", table->file);
    if (table->schema)
        text_print(out, "schema    %.*s: %.*s\n", SLICE_PRINT(table->schema->name),
                   SLICE_PRINT(table->schema->title));
    else
        text_append_string(out, "schema    none fits this header\n");
    print_rows(table, out);
    if (profile->date_column != SIZE_MAX) {
        const struct profile_column *date = &profile->column[profile->date_column];
        text_print(out, "date      %.*s, written %.*s%s\n", SLICE_PRINT(date->header),
                   SLICE_PRINT(date->layout),
                   date->order_is_open ? " or the other way round: nothing tells" : "");
    } else {
        text_append_string(out, "date      no column looks like one\n");
    }
    if (profile->trouble)
        text_print(out, "trouble   %s\n", profile->trouble->message);
    text_append_string(out, "\n");
}

static void pad(struct text *out, struct slice text, size_t width)
{
    text_append(out, text);
    size_t length = utf8_length(text);
    do {
        text_append_string(out, " ");
    } while (++length < width);
}

static void print_column(const struct profile_column *column, size_t width,
                         struct text *out)
{
    struct arena *arena = out->arena;
    pad(out, slice_of(short_text(arena, column->header)), width);
    pad(out, column->field, 18);
    pad(out, slice_of(type_name[column->type]), 8);
    text_print(out, "%8zu %8zu%s  ", column->known, column->distinct,
               column->has_more ? "+" : " ");
    const char *range = range_text(arena, column);
    text_append_string(out, range);
    for (size_t i = 0; !*range && i < column->example_count; i++)
        text_print(out, "%s%s", i ? " | " : "", short_text(arena, column->example[i]));
    if (column->misfits)
        text_print(out, " (%zu are not %s: \"%s\")", column->misfits,
                   type_name[column->type], short_text(arena, column->misfit));
    text_append_string(out, "\n");
}

static void print_table(const struct profile *profile, struct text *out)
{
    size_t width = 8;
    print_head(profile, out);
    for (size_t i = 0; i < profile->column_count; i++) {
        size_t length =
            utf8_length(slice_of(short_text(out->arena, profile->column[i].header)));
        if (width < length + 2)
            width = length + 2;
    }
    pad(out, slice_of("column"), width);
    text_append_string(out, "field             type       known distinct   "
                            "range or examples\n");
    for (size_t i = 0; i < profile->column_count; i++)
        print_column(&profile->column[i], width, out);
}

/* -- JSON ------------------------------------------------------------------------------- */

static void write_number(struct json *json, const char *key, double number)
{
    json_key(json, key);
    json_number(json, number);
}

static void write_slice(struct json *json, const char *key, struct slice text)
{
    json_key(json, key);
    if (text.size)
        json_text(json, text);
    else
        json_nothing(json);
}

static void write_range(struct json *json, const struct profile_column *column)
{
    struct arena *arena = json->out->arena;
    if (!column->has_range)
        return;
    if (column->type == COLUMN_DAY) {
        write_slice(json, "first", slice_of(day_text(arena, column->first_day)));
        write_slice(json, "last", slice_of(day_text(arena, column->last_day)));
        return;
    }
    write_number(json, "lowest", column->lowest);
    write_number(json, "highest", column->highest);
}

static void write_column(struct json *json, const struct profile_column *column)
{
    json_open_object(json);
    write_slice(json, "header", column->header);
    write_slice(json, "field", column->field);
    json_key(json, "type");
    json_c_string(json, type_name[column->type]);
    write_number(json, "known", (double)column->known);
    write_number(json, "misfits", (double)column->misfits);
    write_number(json, "distinct", (double)column->distinct);
    json_key(json, "distinct_is_more");
    json_bool(json, column->has_more);
    write_range(json, column);
    write_slice(json, "layout", column->layout);
    json_key(json, "examples");
    json_open_array(json);
    for (size_t i = 0; i < column->example_count; i++)
        json_text(json, column->example[i]);
    json_close_array(json);
    json_close_object(json);
}

static void write_reject(struct json *json, const struct reject *reject)
{
    json_open_object(json);
    write_number(json, "line", reject->line);
    write_number(json, "column", reject->column);
    write_slice(json, "header", reject->header);
    write_slice(json, "value", reject->value);
    json_key(json, "rule");
    json_c_string(json, reject->rule);
    json_key(json, "excludes_row");
    json_bool(json, reject->excludes_row);
    json_close_object(json);
}

static void print_json(const struct profile *profile, struct text *out)
{
    const struct table *table = profile->table;
    struct json json = {.out = out};
    json_open_object(&json);
    json_key(&json, "file");
    json_c_string(&json, table->file);
    write_slice(&json, "schema",
                table->schema ? table->schema->name : (struct slice){0});
    write_number(&json, "rows_read", (double)table->rows_read);
    write_number(&json, "rows_used", (double)table->row_count);
    write_number(&json, "rows_excluded", (double)table->rows_excluded);
    write_number(&json, "rows_skipped", (double)table->rows_skipped);
    write_number(&json, "rows_ragged", (double)table->ragged_count);
    write_slice(&json, "date_column",
                profile->date_column != SIZE_MAX
                    ? profile->column[profile->date_column].header
                    : (struct slice){0});
    write_slice(&json, "trouble",
                slice_of(profile->trouble ? profile->trouble->message : NULL));
    json_key(&json, "columns");
    json_open_array(&json);
    for (size_t i = 0; i < profile->column_count; i++)
        write_column(&json, &profile->column[i]);
    json_close_array(&json);
    write_number(&json, "reject_count", (double)table->reject_count);
    json_key(&json, "rejects");
    json_open_array(&json);
    for (size_t i = 0; i < table->reject_count && i < TABLE_REJECTS; i++)
        write_reject(&json, &table->reject[i]);
    json_close_array(&json);
    json_close_object(&json);
    text_append_string(out, "\n");
}

bool report_profile(struct session *session, const char *file, const char *format,
                    struct arena *arena, struct slice *out)
{
    struct table *table;
    struct profile profile;
    bool as_json = format && strcmp(format, "json") == 0;
    if (format && !as_json && strcmp(format, "table") != 0) {
        static const struct slice names[] = {{"table", 5}, {"json", 4}};
        struct diag *diag =
            diags_error(session->diags, (struct place){"--format", 0, 0}, "U106",
                        "there is no format \"%s\"", format);
        diag_suggest(session->diags, diag, slice_of(format), names, 2);
        return false;
    }
    if (!report_open_file(session, file, &table) ||
        !profile_fill(table, arena, &profile, session->diags))
        return false;
    struct text text = {.arena = arena};
    if (as_json)
        print_json(&profile, &text);
    else
        print_table(&profile, &text);
    *out = text_slice(&text);
    /* The rejects are listed already. */
    return !session_setting(session, "max-rejects").size ||
           session_accepts(session, table);
}

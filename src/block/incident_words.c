/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of an incident's entry: place, account, numbers, date. */
#include "block/incident_words.h"
#include "template/filters.h"

#include <math.h>
#include <string.h>

struct slice incident_field(const struct incidents *incidents,
                            const struct column *column, uint32_t row,
                            const struct locale *locale, struct arena *arena)
{
    if (!column)
        return (struct slice){0};
    struct slice text = table_text(incidents->table->table, column, row, arena);
    return column->type == COLUMN_CATEGORY ? locale_name(locale, text, arena) : text;
}

static void append_part(struct text *text, struct slice part, const char *separator)
{
    if (!part.size)
        return;
    if (text->size)
        text_append_string(text, separator);
    text_append(text, part);
}

struct slice incident_place(const struct incidents *incidents, uint32_t row,
                            const struct locale *locale, struct arena *arena)
{
    const struct column *column[] = {incidents->place, incidents->district,
                                     incidents->province};
    struct slice name[3];
    size_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        name[count] = incident_field(incidents, column[i], row, locale, arena);
        count += name[count].size > 0;
    }
    struct text text = {.arena = arena};
    text_append(&text, join_words(name, count, false, locale, arena));
    append_part(&text, incident_field(incidents, incidents->actor, row, locale, arena),
                " \xc2\xb7 ");
    return text_slice(&text);
}

/* "police statement, hospital": each by the language. */
static struct slice entry_source(const struct incidents *incidents, uint32_t row,
                                 const struct locale *locale, struct arena *arena)
{
    struct slice text =
        incident_field(incidents, incidents->source, row, locale, arena);
    char separator = memchr(text.data ? text.data : "", ';', text.size) ? ';' : ',';
    struct slice rest = text, part, joined = {0};
    size_t known = 0;
    while (slice_cut(&rest, separator, &part)) {
        struct slice word = locale_word(locale, slice_trim(part), arena);
        struct slice both[] = {joined, word};
        known += !slice_equal(word, slice_trim(part));
        joined = joined.size ? join_words(both, 2, false, locale, arena) : word;
    }
    return known ? joined : text;
}

struct slice incident_words(const struct incidents *incidents, uint32_t row,
                            const struct locale *locale, struct arena *arena)
{
    struct text text = {.arena = arena};
    append_part(&text,
                incident_field(incidents, incidents->summary, row, locale, arena), " ");
    struct slice source = entry_source(incidents, row, locale, arena);
    if (source.size)
        text_print(&text, "%s(%.*s)", text.size ? " " : "", SLICE_PRINT(source));
    /* Line breaks inside a cell are spaces in running text. */
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n' || text.data[i] == '\r')
            text.data[i] = ' ';
    }
    return text_slice(&text);
}

struct slice incident_number(const struct column *column,
                             const struct block_context *context, uint32_t row)
{
    struct text text = {.arena = context->chart.arena};
    const double number = number_in(column, row);
    if (isnan(number))
        return (struct slice){0};
    locale_number(context->chart.locale, number, number == floor(number) ? 0 : 1,
                  &text);
    const struct phrase_part part = {"number", text_slice(&text)};
    return is_at_least(column, row)
               ? print_phrase(context, "table.at least", NAN, &part, 1)
               : part.text;
}

static struct slice other_text(const struct incidents *incidents,
                               const struct column *column,
                               const struct block_context *context, uint32_t row)
{
    struct text text = {.arena = context->chart.arena};
    const double day = number_in(column, row);
    if (column->type == COLUMN_NUMBER)
        return incident_number(column, context, row);
    if (column->type != COLUMN_DAY || isnan(day))
        return incident_field(incidents, column, row, context->chart.locale,
                              context->chart.arena);
    locale_day(context->chart.locale, (int32_t)day, "d MMM yyyy", &text);
    return text_slice(&text);
}

struct slice incident_others(const struct incidents *incidents,
                             const struct block_context *context, uint32_t row)
{
    struct arena *arena = context->chart.arena;
    struct text text = {.arena = arena};
    for (size_t i = 0; i < incidents->other_count; i++) {
        const struct column *column = incidents->other[i];
        const struct slice value = other_text(incidents, column, context, row);
        if (!value.size)
            continue;
        const struct measure named = {.name = column->name};
        append_part(&text, measure_label(&named, context->chart.locale, arena),
                    " \xc2\xb7 ");
        append_part(&text, value, " ");
    }
    return text_slice(&text);
}

struct slice incident_date(const struct incidents *incidents,
                           const struct block_context *context, uint32_t row)
{
    struct text text = {.arena = context->chart.arena};
    double day = number_in(incidents->date, row);
    struct period window =
        last_periods(context->scope, incidents->last_count, incidents->last_unit);
    const char *layout = period_days(window) <= 31 ? "EEE d" : "d MMM yyyy";
    if (!isnan(day))
        locale_day(context->chart.locale, (int32_t)day, layout, &text);
    return text_slice(&text);
}

void incident_append(const struct incidents *incidents,
                     const struct block_context *context, uint32_t row,
                     struct text *out)
{
    const struct locale *locale = context->chart.locale;
    struct arena *arena = context->chart.arena;
    append_part(out, incident_date(incidents, context, row), " ");
    append_part(out, incident_field(incidents, incidents->type, row, locale, arena),
                " ");
    append_part(out, incident_place(incidents, row, locale, arena), " ");
    append_part(out, incident_words(incidents, row, locale, arena), " ");
    append_part(out, incident_others(incidents, context, row), " ");
}

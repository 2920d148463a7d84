/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the cells of a CSV column to an array of codes, numbers or days. This is where
 * a large file spends its time, so the ordinary cell takes a short way. */
#include "data/plain.h"
#include "data/table_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REJECT_VALUE = 80, EXACT_DIGITS = 15 };

/* Memory ------------------------------------------------------------------------- */

static void *resize(void *items, size_t item_size, size_t count)
{
    void *moved = realloc(items, item_size * (count ? count : 1));
    if (!moved)
        abort();
    return moved;
}

static uint64_t *resize_bits(uint64_t *bits, size_t old_capacity, size_t capacity)
{
    size_t before = bits ? bits_words(old_capacity) : 0, after = bits_words(capacity);
    if (!bits) {
        /* Fresh pages are zero already, and stay untouched until they are used. */
        bits = calloc(after ? after : 1, sizeof *bits);
        if (!bits)
            abort();
        return bits;
    }
    bits = resize(bits, sizeof *bits, after);
    if (after > before)
        memset(bits + before, 0, (after - before) * sizeof *bits);
    return bits;
}

void cells_reserve(struct cell_reader *reader, size_t old_capacity, size_t capacity)
{
    reader->known = resize_bits(reader->known, old_capacity, capacity);
    if (reader->at_least)
        reader->at_least = resize_bits(reader->at_least, old_capacity, capacity);
    switch (reader->column->type) {
    case COLUMN_CATEGORY:
        reader->category = resize(reader->category, sizeof *reader->category, capacity);
        break;
    case COLUMN_NUMBER:
        reader->number = resize(reader->number, sizeof *reader->number, capacity);
        break;
    case COLUMN_DAY:
        reader->day = resize(reader->day, sizeof *reader->day, capacity);
        break;
    case COLUMN_TEXT: break;
    }
}

void cells_release(struct cell_reader *reader)
{
    free(reader->category);
    free(reader->number);
    free(reader->day);
    free(reader->known);
    free(reader->at_least);
    if (reader->dictionary)
        dictionary_free(reader->dictionary);
}

/* A missing code such as -9 or 9999-01-01 is a value by its looks: then every cell is
 * held against the codes before it is read, else only those that can't be read. */
static bool has_lookalike(const struct schema_field *field, struct date_reader dates)
{
    double number;
    int32_t day;
    for (size_t i = 0; field && i < field->missing_count; i++) {
        if (number_parse(field->missing[i], &number))
            return true;
        if (field->type == COLUMN_DAY &&
            date_read(&dates, field->missing[i], &day) != DATE_NONE)
            return true;
    }
    return false;
}

/* By the layout given from outside, else by the schema's. */
static struct date_reader dates_of(struct table_store *store,
                                   const struct schema_field *field)
{
    if (store->date_layout.size)
        return date_reader_new(store->arena, &store->date_layout, 1, false);
    return date_reader_new(store->arena, field ? field->layout : NULL,
                           field ? field->layout_count : 0,
                           field && store->table.schema->month_first);
}

void cells_prepare(struct table_store *store, struct cell_reader *reader)
{
    const struct schema_field *field = reader->column->field;
    if (reader->column->type == COLUMN_CATEGORY)
        reader->dictionary = dictionary_new(store->arena, field, store->table.source);
    if (reader->column->type == COLUMN_DAY)
        reader->dates = dates_of(store, field);
    reader->has_lookalike = has_lookalike(field, reader->dates);
    if (field && reader->column->type == COLUMN_NUMBER) {
        reader->below = arena_print(store->arena, "below %g", field->lowest);
        reader->above = arena_print(store->arena, "above %g", field->highest);
    }
}

/* Rejects ------------------------------------------------------------------------ */

static struct slice pass_cell(const struct pass *pass, size_t source)
{
    return source < pass->record->count ? pass->record->cell[source]
                                        : (struct slice){"", 0};
}

static int line_of_record(struct pass *pass)
{
    pass->counted_lines += csv_count_lines(pass->store->table.source, pass->counted_to,
                                           pass->record->offset);
    pass->counted_to = pass->record->offset;
    return 1 + pass->counted_lines;
}

/* The first 80 bytes, cut between characters. */
static struct slice cut_value(struct slice cell)
{
    if (cell.size > REJECT_VALUE) {
        cell.size = REJECT_VALUE;
        while (cell.size && ((unsigned char)cell.data[cell.size] & 0xC0) == 0x80)
            cell.size--;
    }
    return cell;
}

static struct reject_reason *find_reason(struct pass *pass, struct slice header,
                                         const char *rule, bool excludes_row)
{
    struct table_store *store = pass->store;
    if (!store->reason)
        store->reason = ARENA_ARRAY(store->arena, struct reject_reason, TABLE_REASONS);
    store->table.reason = store->reason;
    for (size_t i = 0; i < store->table.reason_count; i++) {
        struct reject_reason *reason = &store->reason[i];
        if (reason->header.data == header.data && reason->rule == rule &&
            reason->excludes_row == excludes_row)
            return reason;
    }
    if (store->table.reason_count == TABLE_REASONS)
        return NULL;
    struct reject_reason *reason = &store->reason[store->table.reason_count++];
    *reason =
        (struct reject_reason){header, rule, excludes_row, 0, line_of_record(pass)};
    return reason;
}

void pass_reject(struct pass *pass, size_t source, struct slice cell, const char *rule,
                 bool excludes_row)
{
    struct table_store *store = pass->store;
    struct slice header = store->table.header[source];
    struct reject_reason *reason = find_reason(pass, header, rule, excludes_row);
    if (reason)
        reason->count++;
    size_t kept = store->table.reject_count++;
    if (kept >= TABLE_REJECTS)
        return;
    if (!store->reject)
        store->reject = ARENA_ARRAY(store->arena, struct reject, TABLE_REJECTS);
    store->table.reject = store->reject;
    store->reject[kept] =
        (struct reject){.line = line_of_record(pass),
                        .column = (int)source + 1,
                        .header = header,
                        .value = slice_copy(store->arena, cut_value(cell)),
                        .rule = rule,
                        .excludes_row = excludes_row};
}

/* Numbers ------------------------------------------------------------------------ */

/* Up to 15 digits with at most one point: an exact integer divided by an exact power
 * of ten is rounded once, so correctly. All else is number_parse's. */
static bool read_plain_number(struct slice cell, double *out)
{
    static const double power_of_ten[EXACT_DIGITS + 1] = {
        1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
        1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t at = cell.size && cell.data[0] == '-';
    size_t digits = 0, point = 0;
    uint64_t value = 0;
    if (cell.size - at > EXACT_DIGITS + 1)
        return false;
    for (size_t i = at; i < cell.size; i++) {
        unsigned digit = (unsigned)((unsigned char)cell.data[i] - '0');
        if (digit <= 9) {
            value = value * 10 + digit;
            digits++;
        } else if (cell.data[i] == '.' && !point && i > at) {
            point = i;
        } else {
            return false;
        }
    }
    size_t decimals = point ? cell.size - point - 1 : 0;
    if (digits == 0 || digits > EXACT_DIGITS || (point && !decimals))
        return false;
    *out = (double)value / power_of_ten[decimals];
    if (at)
        *out = -*out;
    return true;
}

/* "40+" is at least 40. */
static bool read_at_least(const struct cell_reader *reader, struct slice cell,
                          double *out)
{
    const struct schema_field *field = reader->column->field;
    if (!field || !field->reads_at_least || cell.size < 2 ||
        cell.data[cell.size - 1] != '+')
        return false;
    return plain_read_number(slice_trim((struct slice){cell.data, cell.size - 1}), out);
}

/* What no whole number is exact beyond, and nothing countable reaches; sums of such
 * would be infinite. */
static const double largest_number = 1e15;

static void set_number(struct pass *pass, struct cell_reader *reader, struct slice cell,
                       double number)
{
    const struct schema_field *field = reader->column->field;
    if (fabs(number) > largest_number) {
        pass_reject(pass, reader->source, cell, "too large a number", false);
        return;
    }
    if (field && field->is_whole && cell.size >= PLAIN_OPEN_SIZE &&
        plain_is_open_count(cell)) {
        pass_reject(pass, reader->source, cell, "a thousand or a fraction", false);
        return;
    }
    if (field && !(number >= field->lowest && number <= field->highest)) {
        pass_reject(pass, reader->source, cell,
                    number < field->lowest ? reader->below : reader->above, false);
        return;
    }
    reader->number[pass->row] = number;
    bits_set(reader->known, pass->row);
    reader->known_count++;
}

static void mark_at_least(struct pass *pass, struct cell_reader *reader)
{
    if (!reader->at_least)
        reader->at_least = resize_bits(NULL, 0, pass->store->capacity);
    bits_set(reader->at_least, pass->row);
}

/* A word that the schema gives a value: "nil" is 0. */
static bool read_number_word(struct pass *pass, const struct cell_reader *reader,
                             struct slice cell, double *out)
{
    const struct schema_field *field = reader->column->field;
    if (!field || !field->alias_count)
        return false;
    const struct schema_alias *alias =
        alias_find(field, word_fold(pass->scratch, cell));
    bool is_known = alias && number_parse(alias->to, out);
    arena_reset(pass->scratch);
    return is_known;
}

static void read_odd_number(struct pass *pass, struct cell_reader *reader,
                            struct slice cell)
{
    double number;
    cell = slice_trim(cell);
    if (!cell.size || missing_is(reader->column->field, cell))
        return;
    if (plain_read_number(cell, &number) ||
        read_number_word(pass, reader, cell, &number)) {
        set_number(pass, reader, cell, number);
    } else if (read_at_least(reader, cell, &number)) {
        size_t known_before = reader->known_count;
        set_number(pass, reader, cell, number);
        if (reader->known_count > known_before)
            mark_at_least(pass, reader);
    } else {
        pass_reject(pass, reader->source, cell, "not a number", false);
    }
}

static void read_number(struct pass *pass, struct cell_reader *reader,
                        struct slice cell)
{
    double number;
    reader->number[pass->row] = NAN;
    if (cell.size == 0)
        return;
    if (!reader->has_lookalike && read_plain_number(cell, &number))
        set_number(pass, reader, cell, number);
    else
        read_odd_number(pass, reader, cell);
}

/* Days --------------------------------------------------------------------------- */

static const char *rule_of(enum date_result result)
{
    return result == DATE_NO_DAY ? "no such day" : "not a date";
}

static enum date_result read_parts(struct pass *pass, struct cell_reader *reader,
                                   int32_t *day)
{
    double part[DATE_PARTS];
    for (size_t i = 0; i < DATE_PARTS; i++) {
        struct slice cell = slice_trim(pass_cell(pass, reader->part[i]));
        int month = i == 1 ? date_month_of(cell) : 0;
        if (month)
            part[i] = month;
        else if (!plain_read_number(cell, &part[i]) || part[i] != floor(part[i]) ||
                 fabs(part[i]) > 9999)
            return DATE_NONE;
    }
    if (!civil_is_valid((int)part[0], (int)part[1], (int)part[2]))
        return DATE_NO_DAY;
    *day = civil_day((int)part[0], (int)part[1], (int)part[2]);
    return DATE_READ;
}

static void set_day(struct pass *pass, struct cell_reader *reader, int32_t day)
{
    reader->day[pass->row] = day;
    bits_set(reader->known, pass->row);
    reader->known_count++;
}

static bool is_unknown(const struct cell_reader *reader, struct slice cell)
{
    return cell.size == 0 || missing_is(reader->column->field, cell);
}

static bool is_day(enum date_result result)
{
    return result == DATE_READ || result == DATE_OPEN;
}

/* *is_blank: the cell says that the day isn't known. */
static enum date_result read_day_cell(struct cell_reader *reader, struct slice cell,
                                      int32_t *day, bool *is_blank)
{
    *is_blank = cell.size == 0 || (reader->has_lookalike && is_unknown(reader, cell));
    if (*is_blank)
        return DATE_NONE;
    enum date_result result = date_read(&reader->dates, cell, day);
    *is_blank = !is_day(result) && is_unknown(reader, cell);
    return result;
}

static void read_day(struct pass *pass, struct cell_reader *reader)
{
    int32_t day;
    bool is_blank;
    reader->day[pass->row] = INT32_MIN;
    if (reader->column->origin == ORIGIN_PARTS) {
        if (is_day(read_parts(pass, reader, &day)))
            set_day(pass, reader, day);
        return;
    }
    struct slice cell = slice_trim(pass_cell(pass, reader->source));
    enum date_result result = read_day_cell(reader, cell, &day, &is_blank);
    if (is_day(result))
        set_day(pass, reader, day);
    else if (!is_blank)
        pass_reject(pass, reader->source, cell, rule_of(result), false);
}

/* What stands in the three columns of a date: "2000-1-0". */
static struct slice join_parts(struct pass *pass, const struct cell_reader *reader)
{
    enum { LONGEST_PART = 14 };
    int used = 0;
    for (size_t i = 0; i < DATE_PARTS; i++) {
        struct slice part = slice_trim(pass_cell(pass, reader->part[i]));
        int size = part.size < LONGEST_PART ? (int)part.size : LONGEST_PART;
        while (size < (int)part.size && size > 0 &&
               ((unsigned char)part.data[size] & 0xC0) == 0x80)
            size--;
        used += snprintf(pass->parts + used, sizeof pass->parts - (size_t)used,
                         "%s%.*s", i ? "-" : "", size, part.data ? part.data : "");
    }
    return (struct slice){pass->parts, (size_t)used};
}

static bool cannot_use(struct pass *pass, size_t source, struct slice cell,
                       const char *rule)
{
    pass->unusable = (struct unusable){source, cell, rule};
    return false;
}

bool cells_read_date(struct pass *pass)
{
    struct cell_reader *reader = pass->date;
    bool has_parts = reader->column->origin == ORIGIN_PARTS, is_blank = false;
    size_t source = has_parts ? reader->part[0] : reader->source;
    struct slice cell = slice_trim(pass_cell(pass, source));
    int32_t day;
    enum date_result result = has_parts ? read_parts(pass, reader, &day)
                                        : read_day_cell(reader, cell, &day, &is_blank);
    if (is_blank && pass->start_source != SIZE_MAX) {
        cell = slice_trim(pass_cell(pass, source = pass->start_source));
        result = read_day_cell(reader, cell, &day, &is_blank);
    }
    if (is_day(result)) {
        set_day(pass, reader, day);
        return true;
    }
    if (has_parts)
        cell = join_parts(pass, reader);
    return cannot_use(pass, source, cell, is_blank ? "no date" : rule_of(result));
}

bool cells_read_weight(struct pass *pass)
{
    struct cell_reader *reader = pass->weight;
    struct slice cell = slice_trim(pass_cell(pass, reader->source));
    double number;
    bool is_known = !missing_is(reader->column->field, cell) &&
                    plain_read_number(cell, &number) && number >= 0 &&
                    number <= largest_number;
    if (!is_known)
        return cannot_use(pass, reader->source, cell, "not a count of incidents");
    reader->number[pass->row] = number;
    bits_set(reader->known, pass->row);
    reader->known_count++;
    return true;
}

/* Any ---------------------------------------------------------------------------- */

static void read_category(struct pass *pass, struct cell_reader *reader,
                          struct slice cell)
{
    uint32_t code = cell.size ? dictionary_code(reader->dictionary, cell) : 0;
    reader->category[pass->row] = code;
    if (code) {
        bits_set(reader->known, pass->row);
        reader->known_count++;
    }
}

static void note_text(struct pass *pass, struct cell_reader *reader, struct slice cell)
{
    cell = slice_trim(cell);
    if (!is_unknown(reader, cell)) {
        bits_set(reader->known, pass->row);
        reader->known_count++;
    }
}

void cells_read(struct pass *pass, struct cell_reader *reader)
{
    switch (reader->column->type) {
    case COLUMN_CATEGORY:
        read_category(pass, reader, pass_cell(pass, reader->source));
        break;
    case COLUMN_NUMBER:
        read_number(pass, reader, pass_cell(pass, reader->source));
        break;
    case COLUMN_DAY: read_day(pass, reader); break;
    case COLUMN_TEXT: note_text(pass, reader, pass_cell(pass, reader->source)); break;
    }
}

/* The end ------------------------------------------------------------------------ */

static struct place place_of_example(const struct table *table,
                                     const struct date_example *example)
{
    uintptr_t first = (uintptr_t)table->source.data, at = (uintptr_t)example->at;
    if (at < first || at - first >= table->source.size)
        return (struct place){table->file, 0, 0};
    return csv_place_of(table->source, table->file, at - first);
}

static void hint_order(struct pass *pass, struct diag *diag, struct slice cell,
                       struct slice field)
{
    struct text day = {.arena = diags_arena(pass->diags)}, month = day;
    if (!date_layout_of(cell, false, &day))
        text_append_string(&day, "d/M/yyyy");
    if (!date_layout_of(cell, true, &month))
        text_append_string(&month, "M/d/yyyy");
    diag_hint(pass->diags, diag,
              "say it: --dates %.*s or --dates %.*s; for good, in the schema under the "
              "field \"%.*s\": layout: %.*s",
              SLICE_PRINT(text_slice(&day)), SLICE_PRINT(text_slice(&month)),
              SLICE_PRINT(field), SLICE_PRINT(text_slice(&day)));
}

static bool report_order(struct pass *pass, struct cell_reader *reader,
                         enum date_order order)
{
    const struct table *table = &pass->store->table;
    const struct date_example *open = &reader->dates.open;
    struct slice cell = {open->text, open->size}, name = reader->column->header;
    struct place at = place_of_example(table, open);
    struct diag *diag;
    if (order == ORDER_MIXED)
        diag = diags_error(
            pass->diags, at, "D203",
            "column \"%.*s\": day or month first? \"%.*s\" can be read both ways; "
            "\"%.*s\" has the day first, \"%.*s\" the month",
            SLICE_PRINT(name), SLICE_PRINT(cell), (int)reader->dates.day_first.size,
            reader->dates.day_first.text, (int)reader->dates.month_first.size,
            reader->dates.month_first.text);
    else
        diag = diags_error(pass->diags, at, "D203",
                           "column \"%.*s\": day or month first? \"%.*s\" can be read "
                           "both ways, and no cell has a number over 12",
                           SLICE_PRINT(name), SLICE_PRINT(cell));
    diag->width = (int)cell.size;
    hint_order(pass, diag, cell, reader->column->name);
    return false;
}

static bool finish_days(struct pass *pass, struct cell_reader *reader)
{
    if (reader->dates.open.size) {
        enum date_order order = date_order(&reader->dates);
        if (order != ORDER_DAY_FIRST && order != ORDER_MONTH_FIRST)
            return report_order(pass, reader, order);
        for (size_t row = 0; row < pass->row; row++)
            reader->day[row] = date_settle(reader->day[row], order);
    }
    reader->column->as.day = reader->day;
    return true;
}

/* Where no cell turned out to hold several values, sets are their one word. */
static void flatten_sets(struct pass *pass, struct cell_reader *reader)
{
    const struct dictionary *dictionary = reader->dictionary;
    for (size_t row = 0; row < pass->row; row++) {
        uint32_t set = reader->category[row];
        reader->category[row] =
            set ? dictionary->set_code[dictionary->set_start[set]] : 0;
    }
}

static void finish_words(struct pass *pass, struct cell_reader *reader)
{
    struct column *column = reader->column;
    struct dictionary *dictionary = reader->dictionary;
    column->words.word = dictionary_words(dictionary, pass->store->arena);
    column->words.count = dictionary->words.count;
    column->dictionary = dictionary;
    column->is_list = dictionary->has_several;
    if (column->is_list) {
        column->set_count = dictionary->set_count;
        column->set_start = dictionary->set_start;
        column->set_code = dictionary->set_code;
    } else if (column->field && column->field->separator) {
        flatten_sets(pass, reader);
    }
    column->as.category = reader->category;
}

bool cells_finish(struct pass *pass, struct cell_reader *reader)
{
    struct column *column = reader->column;
    if (column->type == COLUMN_CATEGORY)
        finish_words(pass, reader);
    else if (column->type == COLUMN_NUMBER)
        column->as.number = reader->number;
    else if (column->type == COLUMN_DAY && !finish_days(pass, reader))
        return false;
    column->known = reader->known;
    column->known_count = reader->known_count;
    column->at_least = reader->at_least;
    column->is_read = true;
    return true;
}

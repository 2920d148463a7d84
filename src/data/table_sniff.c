/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A look at the first rows: what kind of values the columns hold that no schema knows,
 * and how many bytes a row takes. */
#include "data/plain.h"
#include "data/table_parts.h"

/* Rows to look at for the types of columns, and for the length of a row alone. */
enum { SNIFF_ROWS = 1000, SNIFF_LENGTHS = 250, LONG_TEXT = 80, MOST_DIGITS = 15 };

struct sniffed {
    bool is_own;
    struct date_reader dates;
    size_t known, numbers, days, bytes;
    size_t layout; /* of the first date */
    bool has_code; /* 007: a number nobody would sum */
};

struct sniffing {
    struct table_store *store;
    struct sniffed *column; /* by header index */
    size_t records, most, last_offset;
};

/* 007, and what has more digits than a number can keep. */
static bool is_code(struct slice cell)
{
    size_t digits = 0;
    while (digits < cell.size && cell.data[digits] >= '0' && cell.data[digits] <= '9')
        digits++;
    return digits > MOST_DIGITS || (digits > 1 && cell.data[0] == '0');
}

static void sniff_cell(struct sniffed *sniffed, struct slice cell)
{
    double number;
    int32_t day;
    cell = slice_trim(cell);
    if (!cell.size)
        return;
    bool may_be_days = sniffed->days == sniffed->known;
    sniffed->known++;
    sniffed->bytes += cell.size;
    sniffed->has_code |= is_code(cell);
    if (plain_read_number(cell, &number)) {
        sniffed->numbers++;
        return;
    }
    /* One cell that is no day settles it; a day is looked for in thirty ways. */
    if (!may_be_days)
        return;
    enum date_result result = date_read(&sniffed->dates, cell, &day);
    if (result != DATE_READ && result != DATE_OPEN)
        return;
    if (sniffed->days == 0)
        sniffed->layout = sniffed->dates.used;
    sniffed->days += sniffed->dates.used == sniffed->layout;
}

static bool sniff_record(const struct csv_record *record, void *context)
{
    struct sniffing *sniffing = context;
    sniffing->last_offset = record->offset;
    size_t index = sniffing->records++;
    if (index == 0 || (index == 1 && csv_is_tags(record)))
        return true;
    for (size_t i = 0; i < record->count && i < sniffing->store->table.header_count;
         i++)
        if (sniffing->column[i].is_own)
            sniff_cell(&sniffing->column[i], record->cell[i]);
    return sniffing->records <= sniffing->most;
}

static enum column_type type_of(const struct sniffed *sniffed)
{
    enum date_order order = date_order(&sniffed->dates);
    bool is_settled = !sniffed->dates.open.size || order == ORDER_DAY_FIRST ||
                      order == ORDER_MONTH_FIRST;
    if (sniffed->known == 0)
        return COLUMN_CATEGORY;
    if (sniffed->numbers == sniffed->known && !sniffed->has_code)
        return COLUMN_NUMBER;
    if (sniffed->days == sniffed->known && is_settled)
        return COLUMN_DAY;
    return sniffed->bytes / sniffed->known > LONG_TEXT ? COLUMN_TEXT : COLUMN_CATEGORY;
}

/* "Incidents" may head a column of words: then it is no weight, and nobody's field. */
static void check_weight(struct table *table, const struct sniffed *sniffed)
{
    struct column *weight = table->weight;
    if (!weight || weight->origin != ORIGIN_SOURCE ||
        sniffed[weight->source].numbers > 0 || sniffed[weight->source].known == 0)
        return;
    weight->field = NULL;
    weight->name = weight->header;
    table->weight = NULL;
}

static bool is_sniffed(const struct table *table, const struct column *column)
{
    return !column->field ||
           (column == table->weight && column->origin == ORIGIN_SOURCE);
}

void columns_sniff(struct table_store *store)
{
    struct table *table = &store->table;
    struct arena *scratch = arena_new();
    struct sniffing sniffing = {.store = store, .most = SNIFF_LENGTHS};
    sniffing.column = ARENA_ARRAY(scratch, struct sniffed, table->header_count);
    struct date_reader dates = date_reader_new(scratch, NULL, 0, false);
    for (size_t i = 0; i < table->column_count; i++) {
        if (!is_sniffed(table, &table->column[i]))
            continue;
        sniffing.column[table->column[i].source] =
            (struct sniffed){.is_own = true, .dates = dates};
        if (!table->column[i].field)
            sniffing.most = SNIFF_ROWS;
    }
    /* What is broken is reported when the rows are read. */
    csv_read(table->source, table->start, table->file, table->dialect, sniff_record,
             &sniffing, NULL);
    check_weight(table, sniffing.column);
    for (size_t i = 0; i < table->column_count; i++) {
        struct column *column = &table->column[i];
        if (column->field)
            continue;
        column->type = type_of(&sniffing.column[column->source]);
        column->is_blank = sniffing.column[column->source].known == 0;
    }
    store->bytes_per_row =
        sniffing.records > 1 && sniffing.last_offset
            ? (double)sniffing.last_offset / (double)(sniffing.records - 1)
            : (double)table->source.size + 1;
    arena_free(scratch);
}

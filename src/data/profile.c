/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Profiles: every cell is tried as a number and as a date, and counted. */
#include "data/profile.h"

#include "data/dates.h"
#include "data/plain.h"
#include "data/words.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_EXAMPLE = 60, LONG_TEXT = 80 };

/* A set of hashes: two different cells of one hash are counted once, which among a
 * hundred thousand happens once in billions of files. */
struct hashes {
    uint64_t *slot; /* 0 = free */
    size_t slot_count, count;
};

struct range {
    bool is_there;
    int32_t first, last;
};

struct looking {
    struct profile_column *out;
    const struct schema_field *field;
    struct hashes seen;
    struct date_reader dates;
    size_t *of_layout; /* cells by layout */
    size_t numbers, days, bytes, codes;
    struct slice not_number, not_day; /* the first of each */
    double lowest, highest;
    struct range day_first, month_first; /* days under either reading */
};

struct search {
    struct table *table;
    struct arena *arena;
    struct looking *looking; /* by CSV column */
    size_t records;
};

/* Distinct cells --------------------------------------------------------------------- */

static void place_hash(struct hashes *hashes, uint64_t hash)
{
    size_t at = (size_t)hash & (hashes->slot_count - 1);
    while (hashes->slot[at] && hashes->slot[at] != hash)
        at = (at + 1) & (hashes->slot_count - 1);
    hashes->count += hashes->slot[at] == 0;
    hashes->slot[at] = hash;
}

static void widen(struct hashes *hashes)
{
    struct hashes wider = {.slot_count =
                               hashes->slot_count ? hashes->slot_count * 2 : 16};
    wider.slot = calloc(wider.slot_count, sizeof *wider.slot);
    if (!wider.slot)
        abort();
    for (size_t i = 0; i < hashes->slot_count; i++) {
        if (hashes->slot[i])
            place_hash(&wider, hashes->slot[i]);
    }
    free(hashes->slot);
    *hashes = wider;
}

static bool add_distinct(struct looking *looking, struct slice cell)
{
    uint64_t hash = slice_hash(cell);
    size_t before = looking->seen.count;
    if (looking->out->has_more)
        return false;
    if ((before + 1) * 2 > looking->seen.slot_count)
        widen(&looking->seen);
    place_hash(&looking->seen, hash ? hash : 1);
    looking->out->has_more = looking->seen.count > PROFILE_DISTINCT;
    return looking->seen.count > before;
}

/* Cells ------------------------------------------------------------------------------ */

static struct slice cut_example(struct arena *arena, struct slice cell)
{
    if (cell.size > LONGEST_EXAMPLE) {
        cell.size = LONGEST_EXAMPLE;
        while (cell.size && ((unsigned char)cell.data[cell.size] & 0xC0) == 0x80)
            cell.size--;
        return slice_of(arena_print(arena, "%.*s…", SLICE_PRINT(cell)));
    }
    return slice_copy(arena, cell);
}

static void note_example(struct search *search, struct looking *looking,
                         struct slice cell)
{
    struct profile_column *out = looking->out;
    if (add_distinct(looking, cell) && out->example_count < PROFILE_EXAMPLES)
        out->example[out->example_count++] = cut_example(search->arena, cell);
}

static bool read_number(const struct looking *looking, struct slice cell,
                        double *number)
{
    bool is_at_least = looking->field && looking->field->reads_at_least &&
                       cell.data[cell.size - 1] == '+';
    if (is_at_least)
        cell = slice_trim((struct slice){cell.data, cell.size - 1});
    return plain_read_number(cell, number);
}

static void try_number(struct search *search, struct looking *looking,
                       struct slice cell)
{
    double number;
    if (!read_number(looking, cell, &number)) {
        if (!looking->not_number.size)
            looking->not_number = cut_example(search->arena, cell);
        return;
    }
    if (looking->numbers == 0 || number < looking->lowest)
        looking->lowest = number;
    if (looking->numbers == 0 || number > looking->highest)
        looking->highest = number;
    looking->numbers++;
    looking->codes += cell.size > 1 && cell.data[0] == '0' && cell.data[1] >= '0' &&
                      cell.data[1] <= '9';
}

static void extend(struct range *range, int32_t day)
{
    if (!range->is_there || day < range->first)
        range->first = day;
    if (!range->is_there || day > range->last)
        range->last = day;
    range->is_there = true;
}

static void try_day(struct search *search, struct looking *looking, struct slice cell)
{
    int32_t day;
    enum date_result result = date_read(&looking->dates, cell, &day);
    if (result != DATE_READ && result != DATE_OPEN) {
        if (!looking->not_day.size)
            looking->not_day = cut_example(search->arena, cell);
        return;
    }
    looking->of_layout[looking->dates.used]++;
    looking->days++;
    extend(&looking->day_first, date_settle(day, ORDER_DAY_FIRST));
    extend(&looking->month_first, date_settle(day, ORDER_MONTH_FIRST));
}

static void look_at_cell(struct search *search, struct looking *looking,
                         struct slice cell)
{
    cell = slice_trim(cell);
    if (!cell.size || missing_is(looking->field, cell))
        return;
    looking->out->known++;
    looking->bytes += cell.size;
    note_example(search, looking, cell);
    try_number(search, looking, cell);
    try_day(search, looking, cell);
}

static bool look_at_record(const struct csv_record *record, void *context)
{
    struct search *search = context;
    size_t index = search->records++;
    if (index == 0 || (index == 1 && csv_is_tags(record)))
        return true;
    for (size_t i = 0; i < record->count && i < search->table->header_count; i++)
        look_at_cell(search, &search->looking[i], record->cell[i]);
    return true;
}

/* Columns ---------------------------------------------------------------------------- */

static void start_column(struct search *search, size_t i, struct profile_column *out,
                         const struct date_reader *usual)
{
    const struct table *table = search->table;
    struct looking *looking = &search->looking[i];
    const struct schema_field *field = looking->field;
    looking->out = out;
    looking->dates = *usual;
    out->header = table->header[i];
    if (field)
        out->field = field->name;
    if (field && field->type == COLUMN_DAY)
        looking->dates =
            date_reader_new(search->arena, field->layout, field->layout_count,
                            table->schema->month_first);
    looking->of_layout = ARENA_ARRAY(search->arena, size_t, looking->dates.count);
}

static bool is_most(size_t count, const struct looking *looking)
{
    return looking->out->known > 0 && count * 10 >= looking->out->known * 9;
}

static enum column_type guess_type(const struct looking *looking)
{
    if (looking->field)
        return looking->field->type;
    if (is_most(looking->numbers, looking) && looking->codes == 0)
        return COLUMN_NUMBER;
    if (is_most(looking->days, looking))
        return COLUMN_DAY;
    bool is_long =
        looking->out->known && looking->bytes / looking->out->known > LONG_TEXT;
    return is_long ? COLUMN_TEXT : COLUMN_CATEGORY;
}

static struct slice swap_order(struct arena *arena, struct slice layout)
{
    struct slice swapped = slice_copy(arena, layout);
    char *text = (char *)(uintptr_t)swapped.data;
    for (size_t i = 0; i < swapped.size; i++)
        text[i] = layout.data[i] == 'd' ? 'M' : layout.data[i] == 'M' ? 'd' : text[i];
    return swapped;
}

static void finish_days(struct search *search, struct looking *looking)
{
    struct profile_column *out = looking->out;
    size_t best = 0;
    for (size_t i = 1; i < looking->dates.count; i++)
        best = looking->of_layout[i] > looking->of_layout[best] ? i : best;
    enum date_order order = looking->dates.given == ORDER_UNKNOWN
                                ? date_order(&looking->dates)
                                : looking->dates.given;
    bool is_settled = order == ORDER_DAY_FIRST || order == ORDER_MONTH_FIRST;
    bool is_month_first = order == ORDER_MONTH_FIRST;
    out->layout = looking->dates.layout[best].text;
    if (best >= looking->dates.first_open && is_month_first)
        out->layout = swap_order(search->arena, out->layout);
    out->order_is_open = looking->dates.open.size && !is_settled;
    struct range range = is_month_first ? looking->month_first : looking->day_first;
    out->has_range = range.is_there && !out->order_is_open;
    out->first_day = range.first;
    out->last_day = range.last;
}

static void finish_column(struct search *search, struct looking *looking)
{
    struct profile_column *out = looking->out;
    out->type = guess_type(looking);
    out->distinct = looking->seen.count - out->has_more;
    if (out->type == COLUMN_NUMBER) {
        out->misfits = out->known - looking->numbers;
        out->misfit = looking->not_number;
        out->has_range = looking->numbers > 0;
        out->lowest = looking->lowest;
        out->highest = looking->highest;
    }
    if (out->type == COLUMN_DAY) {
        out->misfits = out->known - looking->days;
        out->misfit = looking->not_day;
        if (looking->days)
            finish_days(search, looking);
    }
    free(looking->seen.slot);
}

/* The table's own date, else the first of the columns that hold most dates. */
static size_t find_date(const struct search *search, const struct profile *profile)
{
    size_t best = SIZE_MAX, most = 0;
    if (search->table->date && search->table->date->source != SIZE_MAX)
        return search->table->date->source;
    for (size_t i = 0; i < profile->column_count; i++) {
        bool is_day = profile->column[i].type == COLUMN_DAY;
        if (is_day && search->looking[i].days > most) {
            most = search->looking[i].days;
            best = i;
        }
    }
    return best;
}

/* Reads the table with all that a schema knows. What is wrong with its dates is kept
 * for the profile; the notes of a successful reading are left to those who use it. */
static const struct diag *read_table(struct table *table, struct arena *arena)
{
    struct diags *diags = diags_new(arena);
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->column[i].field)
            table_want(table, &table->column[i]);
    }
    if (table_read(table, diags))
        return NULL;
    size_t i = 0;
    while (diags_at(diags, i)->severity != SEVERITY_ERROR)
        i++;
    return diags_at(diags, i);
}

bool profile_fill(struct table *table, struct arena *arena, struct profile *out,
                  struct diags *diags)
{
    struct search search = {.table = table, .arena = arena};
    struct profile_column *column =
        ARENA_ARRAY(arena, struct profile_column, table->header_count);
    search.looking = ARENA_ARRAY(arena, struct looking, table->header_count);
    struct date_reader usual = date_reader_new(arena, NULL, 0, false);
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->column[i].source != SIZE_MAX &&
            !search.looking[table->column[i].source].field)
            search.looking[table->column[i].source].field = table->column[i].field;
    }
    for (size_t i = 0; i < table->header_count; i++)
        start_column(&search, i, &column[i], &usual);
    bool ok = csv_read(table->source, table->start, table->file, table->dialect,
                       look_at_record, &search, diags);
    *out = (struct profile){.table = table,
                            .column_count = table->header_count,
                            .column = column,
                            .date_column = SIZE_MAX};
    for (size_t i = 0; i < table->header_count; i++)
        finish_column(&search, &search.looking[i]);
    if (!ok)
        return false;
    out->trouble = read_table(table, arena);
    out->date_column = find_date(&search, out);
    return true;
}

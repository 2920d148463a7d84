/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pass over the records of a table: which rows are used, and their cells. */
#include "data/table_parts.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_CAPACITY = 64 };

/* Places of rows ------------------------------------------------------------------ */

static void *resize(void *items, size_t item_size, size_t count)
{
    void *moved = realloc(items, item_size * (count ? count : 1));
    if (!moved)
        abort();
    return moved;
}

size_t table_offset(const struct table *table, size_t row)
{
    const struct row_offsets *offsets = &table->offsets;
    size_t high = 0;
    while (high < offsets->wrap_count && offsets->wrap[high] <= row)
        high++;
    return (size_t)((uint64_t)high << 32 | offsets->low[row]);
}

static void note_offset(struct table *table, size_t row, size_t offset)
{
    struct row_offsets *offsets = &table->offsets;
    while (offsets->wrap_count < (uint64_t)offset >> 32) {
        offsets->wrap =
            resize(offsets->wrap, sizeof *offsets->wrap, offsets->wrap_count + 1);
        offsets->wrap[offsets->wrap_count++] = row;
    }
    offsets->low[row] = (uint32_t)offset;
}

static void reserve_rows(struct pass *pass, size_t capacity)
{
    struct table_store *store = pass->store;
    struct row_offsets *offsets = &store->table.offsets;
    offsets->low = resize(offsets->low, sizeof *offsets->low, capacity);
    for (size_t i = 0; i < pass->reader_count; i++)
        cells_reserve(pass->reader[i], store->capacity, capacity);
    store->capacity = capacity;
}

/* Rows that are no data ----------------------------------------------------------- */

static struct slice first_filled(const struct csv_record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        if (slice_trim(record->cell[i]).size)
            return record->cell[i];
    }
    return (struct slice){"", 0};
}

static bool is_one_of(struct pass *pass, struct slice cell, struct slice words)
{
    struct slice word;
    struct slice folded = slice_fold(pass->scratch, cell);
    bool found = false;
    if (folded.size && folded.data[folded.size - 1] == ':')
        folded.size--;
    while (!found && slice_cut(&words, '|', &word))
        found = folded.size && slice_equal(word, folded);
    arena_reset(pass->scratch);
    return found;
}

static bool is_units_row(struct pass *pass)
{
    const struct schema *schema = pass->store->table.schema;
    if (pass->record_index != 1)
        return false;
    return csv_is_tags(pass->record) ||
           (schema && schema->skip_first.size &&
            is_one_of(pass, first_filled(pass->record), schema->skip_first));
}

/* The word of a totals row in its first filled cell. Rows with a date are never asked,
 * others seldom get past the first letter. */
static bool is_totals_row(struct pass *pass)
{
    static const struct slice usual = SLICE_LITERAL(SCHEMA_TOTALS);
    const struct schema *schema = pass->store->table.schema;
    struct slice words = schema ? schema->skip_total : usual;
    struct slice cell = slice_trim(first_filled(pass->record));
    struct slice rest = words, word;
    bool may_be = false;
    while (cell.size && cell.size <= 40 && slice_cut(&rest, '|', &word))
        may_be |= word.size && (word.data[0] & 0xDF) == (cell.data[0] & 0xDF);
    return may_be && is_one_of(pass, cell, words);
}

/* Rows ---------------------------------------------------------------------------- */

static void note_ragged(struct pass *pass)
{
    struct table *table = &pass->store->table;
    if (pass->record->count == table->header_count)
        return;
    if (table->ragged_count++ == 0) {
        pass->first_ragged = pass->record->offset;
        pass->first_ragged_count = pass->record->count;
    }
}

static void read_cells(struct pass *pass)
{
    for (size_t i = 0; i < pass->reader_count; i++) {
        if (pass->reader[i] != pass->date && pass->reader[i] != pass->weight)
            cells_read(pass, pass->reader[i]);
    }
}

enum fate { ROW_USED, ROW_EXCLUDED, ROW_SKIPPED };

/* A totals row has no date; in a table without dates its word must do. */
static enum fate decide(struct pass *pass)
{
    if (is_units_row(pass))
        return ROW_SKIPPED;
    if (!pass->date || !cells_read_date(pass)) {
        if (is_totals_row(pass) || !first_filled(pass->record).size)
            return ROW_SKIPPED;
        if (pass->date)
            return ROW_EXCLUDED;
    }
    if (pass->weight && !cells_read_weight(pass))
        return ROW_EXCLUDED;
    return ROW_USED;
}

static bool take_new_row(struct pass *pass)
{
    struct table *table = &pass->store->table;
    if (pass->row == pass->store->capacity)
        reserve_rows(pass, pass->row + pass->row / 2 + LEAST_CAPACITY);
    enum fate fate = decide(pass);
    table->rows_read++;
    table->rows_skipped += fate == ROW_SKIPPED;
    table->rows_excluded += fate == ROW_EXCLUDED;
    if (fate != ROW_SKIPPED)
        note_ragged(pass);
    if (fate == ROW_EXCLUDED)
        pass_reject(pass, pass->unusable.source, pass->unusable.cell,
                    pass->unusable.rule, true);
    if (fate != ROW_USED)
        return true;
    read_cells(pass);
    note_offset(table, pass->row, pass->record->offset);
    pass->row++;
    pass->is_too_long = pass->row == UINT32_MAX;
    return !pass->is_too_long;
}

static void begin_record(struct pass *pass, const struct csv_record *record)
{
    const struct table_store *store = pass->store;
    pass->record = record;
    if (record->offset - pass->let_go_to < FILE_STRIDE)
        return;
    const struct slice done = {store->table.source.data + pass->let_go_to,
                               record->offset - pass->let_go_to};
    if (store->has_file)
        file_let_go(&store->file, done);
    pass->let_go_to = record->offset;
}

static bool take_record(const struct csv_record *record, void *context)
{
    struct pass *pass = context;
    begin_record(pass, record);
    bool goes_on = pass->record_index == 0 || take_new_row(pass);
    pass->record_index++;
    return goes_on;
}

/* A later pass takes the rows that the first one used. */
static bool retake_record(const struct csv_record *record, void *context)
{
    struct pass *pass = context;
    const struct table *table = &pass->store->table;
    begin_record(pass, record);
    if (pass->row == table->row_count)
        return false;
    if (record->offset == table_offset(table, pass->row)) {
        read_cells(pass);
        pass->row++;
    }
    return true;
}

/* Passes -------------------------------------------------------------------------- */

static bool is_read_here(const struct column *column)
{
    return column->is_wanted && !column->is_read &&
           (column->origin == ORIGIN_SOURCE || column->origin == ORIGIN_PARTS);
}

static void choose_readers(struct pass *pass)
{
    struct table_store *store = pass->store;
    struct table *table = &store->table;
    pass->reader = ARENA_ARRAY(store->arena, struct cell_reader *, table->column_count);
    for (size_t i = 0; i < table->column_count; i++) {
        if (!is_read_here(&table->column[i]))
            continue;
        struct cell_reader *reader = &store->reader[i];
        cells_prepare(store, reader);
        pass->reader[pass->reader_count++] = reader;
        if (&table->column[i] == table->date && !store->has_rows)
            pass->date = reader;
        if (&table->column[i] == table->weight && !store->has_rows)
            pass->weight = reader;
    }
}

/* Where rows are counted by their end, a row without one counts by its start. */
static size_t find_start(const struct table *table)
{
    struct column *start = table_find(table, SLICE_LITERAL("date"));
    bool is_other =
        table->date && start && start != table->date && start->origin == ORIGIN_SOURCE;
    return is_other ? start->source : SIZE_MAX;
}

static void warn_of_ragged(struct pass *pass)
{
    const struct table *table = &pass->store->table;
    if (!table->ragged_count)
        return;
    struct place at = csv_place_of(table->source, table->file, pass->first_ragged);
    struct diag *diag = diags_warn(pass->diags, at, "D211",
                                   "%zu %s not as many cells as the header (%zu); the "
                                   "first has %zu",
                                   table->ragged_count,
                                   table->ragged_count == 1 ? "row has" : "rows have",
                                   table->header_count, pass->first_ragged_count);
    diag_hint(
        pass->diags, diag,
        "missing cells are unknown, further ones are left out; is a comma inside a "
        "cell without quotes?");
}

/* The cure for a date that can't be read. */
static void hint_at_layout(struct pass *pass, struct diag *diag, struct slice value)
{
    const struct table *table = &pass->store->table;
    struct text day = {.arena = diags_arena(pass->diags)}, month = day;
    double number;
    if (number_parse(value, &number) && number > 20000 && number < 80000) {
        diag_hint(pass->diags, diag,
                  "a spreadsheet's number of a day: format the column as a date there "
                  "and save the CSV again");
        return;
    }
    bool by_day = date_layout_of(value, false, &day);
    bool by_month = date_layout_of(value, true, &month);
    if (!by_day && !by_month) {
        text_append_string(&day, "d.M.yy");
        text_append_string(&month, "M/d/yy");
    }
    const struct slice layout = text_slice(day.size ? &day : &month);
    const struct slice other = day.size ? text_slice(&month) : (struct slice){0};
    diag_hint(
        pass->diags, diag,
        "say how its days are written%s --dates %.*s%s%.*s; for good, in the schema "
        "under the field \"%.*s\": layout: %.*s",
        other.size ? ", for instance" : ":", SLICE_PRINT(layout),
        other.size ? " or " : "", SLICE_PRINT(other), SLICE_PRINT(table->date->name),
        SLICE_PRINT(layout));
}

static bool report_no_rows(struct pass *pass)
{
    const struct table *table = &pass->store->table;
    const struct reject *first = table->reject;
    struct place at = {table->file, first->line, 0};
    bool is_weight = pass->weight && first->column == (int)pass->weight->source + 1;
    struct diag *diag =
        diags_error(pass->diags, at, "D204",
                    "no row %s; in column \"%.*s\" the first is \"%.*s\": %s",
                    is_weight ? "can be counted" : "has a usable date",
                    SLICE_PRINT(first->header), SLICE_PRINT(first->value), first->rule);
    if (is_weight)
        diag_hint(pass->diags, diag,
                  "a column of this name says how many incidents a row stands for; "
                  "call it otherwise when it doesn't");
    else
        hint_at_layout(pass, diag, first->value);
    return false;
}

static void note_days(struct table *table)
{
    table->first_day = 0;
    table->last_day = -1;
    for (size_t row = 0; table->date && row < table->row_count; row++) {
        int32_t day = table->date->as.day[row];
        if (row == 0 || day < table->first_day)
            table->first_day = day;
        if (row == 0 || day > table->last_day)
            table->last_day = day;
    }
}

/* A year typed wrong makes its day the newest, and the last complete week one that is
 * far from all others. */
static void warn_of_lone_day(struct pass *pass)
{
    const struct table *table = &pass->store->table;
    enum { LONELY = 366 };
    int32_t before = INT32_MIN;
    size_t newest = 0;
    for (size_t row = 0; table->date && row < table->row_count; row++) {
        int32_t day = table->date->as.day[row];
        if (day == table->last_day)
            newest = row;
        else if (day > before)
            before = day;
    }
    if (before == INT32_MIN || table->last_day - before < LONELY)
        return;
    struct civil last = civil_of(table->last_day);
    struct diag *diag = diags_warn(
        pass->diags, (struct place){table->file, table_line(table, newest), 0}, "D213",
        "the newest day, %d-%02d-%02d, lies %d days after the one before", last.year,
        last.month, last.day, (int)(table->last_day - before));
    diag_hint(pass->diags, diag, "is its year right? The brief's period depends on it");
}

static bool finish_pass(struct pass *pass)
{
    bool ok = true;
    for (size_t i = 0; i < pass->reader_count; i++)
        ok = cells_finish(pass, pass->reader[i]) && ok;
    return ok;
}

static bool finish_first(struct pass *pass)
{
    struct table *table = &pass->store->table;
    if (pass->is_too_long) {
        diags_error(pass->diags, (struct place){table->file, 0, 0}, "D212",
                    "more than 4,294,967,294 rows");
        return false;
    }
    table->row_count = pass->row;
    warn_of_ragged(pass);
    if (table->date && pass->row == 0 && table->rows_excluded > 0)
        return report_no_rows(pass);
    if (!finish_pass(pass))
        return false;
    pass->store->has_rows = true;
    note_days(table);
    warn_of_lone_day(pass);
    return true;
}

static bool read_first(struct pass *pass)
{
    struct table *table = &pass->store->table;
    double rows = (double)table->source.size / pass->store->bytes_per_row;
    /* A tenth more than it looks like: pages that aren't used cost nothing. */
    reserve_rows(pass, (size_t)(rows * 1.1) + LEAST_CAPACITY);
    pass->start_source = find_start(table);
    return csv_read(table->source, table->start, table->file, table->dialect,
                    take_record, pass, pass->diags) &&
           finish_first(pass);
}

static bool read_again(struct pass *pass)
{
    struct table *table = &pass->store->table;
    for (size_t i = 0; i < pass->reader_count; i++)
        cells_reserve(pass->reader[i], 0, pass->store->capacity);
    return csv_read(table->source, table->start, table->file, table->dialect,
                    retake_record, pass, pass->diags) &&
           finish_pass(pass);
}

bool table_read(struct table *table, struct diags *diags)
{
    struct table_store *store = store_of(table);
    struct pass pass = {.store = store,
                        .diags = diags,
                        .start_source = SIZE_MAX,
                        .first_ragged = SIZE_MAX};
    bool ok = true;
    if (table->date)
        table_want(table, table->date);
    if (table->weight)
        table_want(table, table->weight);
    choose_readers(&pass);
    if (!store->has_rows || pass.reader_count > 0) {
        pass.scratch = arena_new();
        ok = store->has_rows ? read_again(&pass) : read_first(&pass);
        arena_free(pass.scratch);
    }
    if (ok)
        columns_derive(store, diags);
    return ok;
}

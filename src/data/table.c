/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening a table (bytes, encoding, delimiter, header, schema, columns), finding its
 * columns, and closing it. */
#include "data/table.h"

#include "data/encoding.h"
#include "data/dates.h"
#include "data/table_parts.h"

#include <stdlib.h>
#include <string.h>

/* The schema ---------------------------------------------------------------------- */

static struct slice list_names(const struct table_options *options, struct arena *arena)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < options->schema_count; i++)
        text_print(&text, "%s%.*s", i ? ", " : "",
                   SLICE_PRINT(options->schemas[i]->name));
    return text_slice(&text);
}

static bool find_named_schema(struct table_store *store,
                              const struct table_options *options, struct diags *diags)
{
    for (size_t i = 0; i < options->schema_count; i++) {
        if (slice_equal(options->schemas[i]->name, options->schema))
            store->table.schema = options->schemas[i];
    }
    if (store->table.schema)
        return true;
    struct slice *name = ARENA_ARRAY(store->arena, struct slice, options->schema_count);
    for (size_t i = 0; i < options->schema_count; i++)
        name[i] = options->schemas[i]->name;
    struct diag *diag =
        diags_error(diags, options->schema_at, "D202", "unknown schema \"%.*s\"",
                    SLICE_PRINT(options->schema));
    diag->width = (int)utf8_length(options->schema);
    diag_hint(diags, diag, "there are: %.*s",
              SLICE_PRINT(list_names(options, diags_arena(diags))));
    diag_suggest(diags, diag, options->schema, name, options->schema_count);
    return false;
}

static void report_lacking(const struct table *table, const struct schema_field *field,
                           struct diags *diags)
{
    struct text names = {.arena = diags_arena(diags)};
    for (size_t i = 0; i < field->source_count && i < 6; i++)
        text_print(&names, "%s\"%.*s\"", i ? ", " : "", SLICE_PRINT(field->source[i]));
    struct diag *diag =
        diags_error(diags, (struct place){table->file, 1, 0}, "D201",
                    "no column for \"%.*s\", which schema \"%.*s\" requires",
                    SLICE_PRINT(field->name), SLICE_PRINT(table->schema->name));
    if (names.size)
        diag_hint(diags, diag, "the header may call it %.*s%s",
                  SLICE_PRINT(text_slice(&names)),
                  field->source_count > 6 ? ", …" : "");
}

/* A column that is said to be the date goes by that name; one that had it goes by
 * another. */
static bool name_date(struct table_store *store, const struct table_options *options,
                      struct diags *diags)
{
    const struct table *table = &store->table;
    const struct slice wanted = slice_fold(store->arena, options->date_column);
    const struct slice date = SLICE_LITERAL("date");
    struct slice *folded = arena_copy(store->arena, store->folded_header,
                                      table->header_count * sizeof *folded);
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < table->header_count; i++) {
        if (found == SIZE_MAX && slice_equal(folded[i], wanted))
            found = i;
        else if (slice_equal(folded[i], date))
            folded[i] = SLICE_LITERAL("date (2)");
    }
    if (!wanted.size || found < SIZE_MAX) {
        if (found < SIZE_MAX) {
            folded[found] = date;
            store->folded_header = folded;
        }
        return true;
    }
    struct diag *diag =
        diags_error(diags, options->date_column_at, "D220",
                    "\"%s\" has no column \"%.*s\" to take the days from", table->file,
                    SLICE_PRINT(options->date_column));
    diag->width = (int)utf8_length(options->date_column);
    diag_suggest(diags, diag, options->date_column, table->header, table->header_count);
    return false;
}

static bool choose_schema(struct table_store *store,
                          const struct table_options *options, struct diags *diags)
{
    struct table *table = &store->table;
    if (!name_date(store, options, diags))
        return false;
    if (!options->schema.size)
        return schema_match(
            options->schemas, options->schema_count,
            (struct header_names){store->folded_header, table->header_count},
            &table->schema, diags);
    if (!find_named_schema(store, options, diags) || !schema_read(table->schema, diags))
        return false;
    const struct schema_field *lacking =
        schema_find_lacking(table->schema, store->folded_header, table->header_count);
    if (lacking)
        report_lacking(table, lacking, diags);
    return !lacking;
}

/* Bytes --------------------------------------------------------------------------- */

static void choose_dialect(struct table *table, const struct table_options *options)
{
    table->start = csv_skip_separator_line(table->source, &table->dialect);
    if (options->delimiter)
        table->dialect.delimiter = options->delimiter;
    if (!table->dialect.delimiter)
        table->dialect = csv_guess_dialect(table->source);
}

/* The encoding that the header's schema declares, or NULL. A header is nearly always
 * ASCII, so it can be read before the text is decoded. */
static const char *expect_encoding(struct table_store *store, struct slice bytes,
                                   const struct table_options *options)
{
    struct arena *scratch = arena_new();
    struct diags *ignored = diags_new(scratch);
    struct table_store peek = {.arena = scratch};
    const char *expected = NULL;
    peek.table.source = bytes;
    choose_dialect(&peek.table, options);
    preamble_skip(&peek, options, ignored);
    if (header_read(&peek, ignored) && choose_schema(&peek, options, ignored) &&
        peek.table.schema && peek.table.schema->encoding.size)
        expected = encoding_expect(
            bytes, slice_c_string(store->arena, peek.table.schema->encoding));
    arena_free(scratch);
    return expected;
}

/* What is often given in place of a CSV, by its first bytes. */
static const struct {
    const char *bytes;
    size_t size;
    const char *what, *cure;
} foreign[] = {
    {"PK\3\4", 4, "a spreadsheet or another packed file",
     "save the sheet as CSV UTF-8"},
    {"\xD0\xCF\x11\xE0", 4, "an old spreadsheet", "save the sheet as CSV UTF-8"},
    {"\x1F\x8B", 2, "a compressed file", "unpack it first"},
    {"%PDF", 4, "a PDF", "the table that it was made from is needed"},
    {"\x89PNG", 4, "a picture", "the table that it was made from is needed"},
    {"\xFF\xD8\xFF", 3, "a picture", "the table that it was made from is needed"},
    {"<!DOCTYPE", 9, "a web page", "was it a page to sign in that was downloaded?"},
    {"<html", 5, "a web page", "was it a page to sign in that was downloaded?"},
};

static bool is_csv(struct slice bytes, const struct table_options *options,
                   struct diags *diags)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (bytes.size < foreign[i].size ||
            memcmp(bytes.data, foreign[i].bytes, foreign[i].size) != 0)
            continue;
        struct diag *diag =
            diags_error(diags, (struct place){options->file, 0, 0}, "D103",
                        "this is %s, not a CSV file", foreign[i].what);
        diag_hint(diags, diag, "%s", foreign[i].cure);
        return false;
    }
    return true;
}

static bool read_source(struct table_store *store, const struct table_options *options,
                        struct diags *diags)
{
    struct table *table = &store->table;
    struct slice bytes = options->bytes;
    if (!bytes.data) {
        if (!file_open_named(&store->file, options->file, options->at, diags))
            return false;
        store->has_file = true;
        bytes = store->file.bytes;
    }
    if (!is_csv(bytes, options, diags))
        return false;
    bool is_declared = options->encoding && options->encoding[0];
    const char *encoding =
        is_declared ? options->encoding : expect_encoding(store, bytes, options);
    if (!encoding_read(bytes, encoding, table->file,
                       store->has_file ? &store->file : NULL, store->arena,
                       &table->source, diags))
        return false;
    choose_dialect(table, options);
    preamble_skip(store, options, diags);
    return true;
}

static bool take_date_layout(struct table_store *store,
                             const struct table_options *options, struct diags *diags)
{
    struct date_layout layout;
    store->date_layout = slice_copy(store->arena, options->dates);
    if (!options->dates.size)
        return true;
    const char *wrong = date_layout_parse(store->date_layout, &layout);
    if (!wrong)
        return true;
    struct diag *diag = diags_error(diags, (struct place){"--dates", 0, 0}, "U110",
                                    "\"%.*s\" is no layout of dates: %s",
                                    SLICE_PRINT(options->dates), wrong);
    diag_hint(diags, diag, "write it like d/M/yyyy or M-d-yy");
    return false;
}

bool table_open(struct table **out, const struct table_options *options,
                struct diags *diags)
{
    struct arena *arena = arena_new();
    struct table_store *store = ARENA_NEW(arena, struct table_store);
    struct table *table = &store->table;
    store->arena = table->arena = arena;
    table->file = options->file;
    table->name = slice_copy(arena, options->name);
    table->last_day = -1;
    bool ok = take_date_layout(store, options, diags) &&
              read_source(store, options, diags) && header_read(store, diags) &&
              choose_schema(store, options, diags) &&
              (!table->schema ||
               schema_complete(table->schema, arena, &table->schema, diags));
    if (!ok) {
        table_close(table);
        return false;
    }
    columns_lay_out(store);
    columns_sniff(store);
    *out = table;
    return true;
}

void table_close(struct table *table)
{
    if (!table)
        return;
    struct table_store *store = store_of(table);
    for (size_t i = 0; i < table->column_count; i++)
        cells_release(&store->reader[i]);
    free(table->offsets.low);
    free(table->offsets.wrap);
    if (store->has_file)
        file_close(&store->file);
    arena_free(store->arena);
}

/* Columns ------------------------------------------------------------------------- */

static bool has_source(const struct column *column, struct slice folded)
{
    for (size_t i = 0; column->field && i < column->field->source_count; i++) {
        if (slice_equal(column->field->source[i], folded))
            return true;
    }
    return false;
}

enum naming { BY_NAME, BY_HEADER, BY_SYNONYM };

static bool is_called(const struct column *column, struct slice folded, enum naming by,
                      struct arena *scratch)
{
    switch (by) {
    case BY_NAME: return slice_equal(slice_fold(scratch, column->name), folded);
    case BY_HEADER:
        return column->header.size &&
               slice_equal(slice_fold(scratch, column->header), folded);
    case BY_SYNONYM: return has_source(column, folded);
    }
    return false;
}

struct column *table_find(const struct table *table, struct slice name)
{
    struct column *found = NULL;
    struct arena *scratch = arena_new();
    struct slice folded = slice_fold(scratch, name);
    for (enum naming by = BY_NAME; by <= BY_SYNONYM && !found; by++) {
        for (size_t i = 0; i < table->column_count && !found; i++) {
            if (folded.size && is_called(&table->column[i], folded, by, scratch))
                found = &table->column[i];
        }
    }
    arena_free(scratch);
    return found;
}

static void want_named(struct table *table, struct slice name)
{
    for (size_t i = 0; i < table->column_count && name.size; i++) {
        if (slice_equal(table->column[i].name, name))
            table->column[i].is_wanted = true;
    }
}

void table_want(struct table *table, struct column *column)
{
    column->is_wanted = true;
    if (!column->field)
        return;
    struct slice rest = column->field->plus, name;
    want_named(table, column->field->low);
    want_named(table, column->field->high);
    if (column->origin == ORIGIN_WORDS)
        want_named(table, column->field->from);
    while (column->origin == ORIGIN_SUM && slice_cut(&rest, ',', &name))
        want_named(table, name);
}

void table_want_numbers(struct table *table, struct column *column)
{
    if (column->is_blank && !column->is_read)
        column->type = COLUMN_NUMBER;
    table_want(table, column);
}

uint32_t column_code(const struct column *column, struct slice word)
{
    return column->dictionary ? dictionary_find(column->dictionary, word) : UINT32_MAX;
}

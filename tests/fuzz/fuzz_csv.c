/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a CSV file: opened, read and profiled with the house's schemas, and the
 * scanner held against libcsv with each delimiter. */
#include "data/profile.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena *kept;
static const struct schema **schemas;
static size_t schema_count;

/* The schema with its spellings, so that these aren't read anew for each input. */
static const struct schema *complete(const struct schema *schema)
{
    const struct schema *whole;
    struct diags *diags = diags_new(kept);
    if (!schema_read(schema, diags) || !schema_complete(schema, kept, &whole, diags))
        abort();
    struct schema *own = arena_copy(kept, whole, sizeof *whole);
    struct schema_field *field =
        arena_copy(kept, whole->field, whole->field_count * sizeof *field);
    for (size_t i = 0; i < whole->field_count; i++)
        field[i].spelling_file_count = 0;
    own->field = field;
    return own;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    const struct schema *const *loaded;
    kept = arena_new();
    if (!schema_load_folder("templates/schemas", kept, &loaded, &schema_count,
                            diags_new(kept)))
        abort();
    schemas = ARENA_ARRAY(kept, const struct schema *, schema_count);
    for (size_t i = 0; i < schema_count; i++)
        schemas[i] = complete(loaded[i]);
    return 0;
}

static bool add_up(const struct csv_record *record, void *context)
{
    uint64_t *sum = context;
    *sum = *sum * 31 + record->offset + record->count;
    for (size_t i = 0; i < record->count; i++)
        *sum = *sum * 31 + slice_hash(record->cell[i]);
    return true;
}

static void compare_readers(struct slice bytes, char delimiter, struct diags *diags)
{
    uint64_t ours = 0, theirs = 0;
    struct csv_dialect dialect = {delimiter};
    bool ok = csv_read(bytes, 0, "fuzz.csv", dialect, add_up, &ours, diags);
    bool same =
        ok == csv_read_by_library(bytes, 0, "x.csv", dialect, add_up, &theirs, diags);
    if (!same || ours != theirs)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct table_options options = {.file = "fuzz.csv",
                                    .bytes = {data ? (const char *)data : "", size},
                                    .schemas = schemas,
                                    .schema_count = schema_count};
    struct profile profile;
    struct table *table = NULL;
    if (table_open(&table, &options, diags)) {
        bool ok = profile_fill(table, arena, &profile, diags);
        if (ok && !profile.trouble &&
            table->rows_read !=
                table->row_count + table->rows_excluded + table->rows_skipped)
            abort();
    }
    table_close(table);
    compare_readers(options.bytes, ",;\t|"[size % 4], diags);
    arena_free(arena);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a CSV file: opened, read and profiled with the generic schema, and the
 * scanner held against libcsv. */
#include "data/profile.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena *kept;
static const struct schema *const *schemas;
static size_t schema_count;

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    kept = arena_new();
    schema_load_folder("templates/schemas", kept, &schemas, &schema_count,
                       diags_new(kept));
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
    uint64_t ours = 0, theirs = 0;
    if (table_open(&table, &options, diags))
        profile_fill(table, arena, &profile, diags);
    table_close(table);
    struct csv_dialect comma = {','};
    bool ok = csv_read(options.bytes, 0, "fuzz.csv", comma, add_up, &ours, diags);
    bool same = ok == csv_read_by_library(options.bytes, 0, "x.csv", comma, add_up,
                                          &theirs, diags);
    if (!same || ours != theirs)
        abort();
    arena_free(arena);
    return 0;
}

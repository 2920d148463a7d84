/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a CSV file: opened, read and profiled with the generic schema. */
#include "data/profile.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    const struct schema *const *schemas = NULL;
    struct table_options options = {.file = "fuzz.csv",
                                    .bytes = {(const char *)data, size}};
    struct profile profile;
    struct table *table = NULL;
    schema_load_folder("templates/schemas", arena, &schemas, &options.schema_count,
                       diags);
    options.schemas = schemas;
    if (data && table_open(&table, &options, diags))
        profile_fill(table, arena, &profile, diags);
    table_close(table);
    arena_free(arena);
    return 0;
}

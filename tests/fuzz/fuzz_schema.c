/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a schema, used on a small table when it can be read. */
#include "data/table.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char csv[] =
        "date,type,killed,low,a;b\n03/04/2026,\"x; y\",40+,-9,z\n";
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct schema *schema = NULL;
    struct table *table = NULL;
    struct slice source = {(const char *)data, size};
    if (schema_parse(source, "templates/schemas/fuzz.yaml", arena, &schema, diags)) {
        const struct schema *list[] = {schema};
        struct table_options options = {.file = "fuzz.csv",
                                        .bytes = SLICE_LITERAL(csv),
                                        .schema = schema->name,
                                        .schemas = list,
                                        .schema_count = 1};
        if (table_open(&table, &options, diags)) {
            for (size_t i = 0; i < table->column_count; i++)
                table_want(table, &table->column[i]);
            table_read(table, diags);
        }
    }
    table_close(table);
    arena_free(arena);
    return 0;
}

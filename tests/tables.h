/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables for tests: from a text with a schema in YAML, or from a file with the
 * project's schemas. */
#ifndef SITREP_TESTS_TABLES_H
#define SITREP_TESTS_TABLES_H

#include "support.h"

#include "base/civil.h"
#include "data/table.h"

#include <stdlib.h>

struct tables {
    struct arena *arena;
    struct diags *diags;
    struct table *table;
    const struct schema *const *schemas;
    size_t schema_count;
};

static inline int tables_set_up(void **state)
{
    struct tables *tables = calloc(1, sizeof *tables);
    tables->arena = arena_new();
    tables->diags = diags_new(tables->arena);
    *state = tables;
    return 0;
}

static inline int tables_tear_down(void **state)
{
    struct tables *tables = *state;
    table_close(tables->table);
    arena_free(tables->arena);
    free(tables);
    return 0;
}

static inline void tables_print_diags(const struct tables *tables)
{
    struct text text = {.arena = tables->arena};
    for (size_t i = 0; i < diags_total(tables->diags); i++)
        diag_print(tables->diags, diags_at(tables->diags, i), &text);
    print_error("%.*s", SLICE_PRINT(text_slice(&text)));
}

static inline void tables_load_schemas(struct tables *tables)
{
    if (!schema_load_folder("templates/schemas", tables->arena, &tables->schemas,
                            &tables->schema_count, tables->diags)) {
        tables_print_diags(tables);
        fail_msg("the schemas have errors");
    }
}

static inline void tables_use_schema(struct tables *tables, const char *yaml)
{
    struct schema *schema;
    if (!schema_parse(slice_of(yaml), "test.yaml", tables->arena, &schema,
                      tables->diags)) {
        tables_print_diags(tables);
        fail_msg("the test's schema has errors");
    }
    const struct schema **list = ARENA_NEW(tables->arena, const struct schema *);
    *list = schema;
    tables->schemas = list;
    tables->schema_count = 1;
}

static inline bool tables_open(struct tables *tables, struct table_options options)
{
    options.schemas = tables->schemas;
    options.schema_count = tables->schema_count;
    options.name = SLICE_LITERAL("incidents");
    return table_open(&tables->table, &options, tables->diags);
}

static inline bool tables_read(struct tables *tables)
{
    for (size_t i = 0; i < tables->table->column_count; i++)
        table_want(tables->table, &tables->table->column[i]);
    return table_read(tables->table, tables->diags);
}

/* Opens a text and reads all of its columns. */
static inline struct table *tables_read_bytes(struct tables *tables, struct slice csv)
{
    if (!tables_open(tables, (struct table_options){.file = "x.csv", .bytes = csv}) ||
        !tables_read(tables)) {
        tables_print_diags(tables);
        fail_msg("the table can't be read");
    }
    return tables->table;
}

static inline struct table *tables_read_file(struct tables *tables, const char *path)
{
    tables_load_schemas(tables);
    if (!tables_open(tables, (struct table_options){.file = path}) ||
        !tables_read(tables)) {
        tables_print_diags(tables);
        fail_msg("%s can't be read", path);
    }
    return tables->table;
}

static inline struct column *column_of(const struct table *table, const char *name)
{
    struct column *column = table_find(table, slice_of(name));
    if (!column)
        fail_msg("no column \"%s\"", name);
    return column;
}

static inline double number_at(const struct table *table, const char *name, size_t row)
{
    const struct column *column = column_of(table, name);
    assert_int_equal(column->type, COLUMN_NUMBER);
    assert_true(isnan(column->as.number[row]) == !column_is_known(column, row));
    return column->as.number[row];
}

static inline struct slice word_at(const struct table *table, const char *name,
                                   size_t row)
{
    const struct column *column = column_of(table, name);
    assert_int_equal(column->type, COLUMN_CATEGORY);
    assert_false(column->is_list);
    assert_true((column->as.category[row] == 0) == !column_is_known(column, row));
    return column->words.word[column->as.category[row]];
}

/* Days as 2026-03-04, "" where unknown. */
static inline struct slice day_at(struct tables *tables, const char *name, size_t row)
{
    const struct column *column = column_of(tables->table, name);
    assert_int_equal(column->type, COLUMN_DAY);
    if (!column_is_known(column, row))
        return SLICE_LITERAL("");
    struct civil civil = civil_of(column->as.day[row]);
    return slice_of(arena_print(tables->arena, "%04d-%02d-%02d", civil.year,
                                civil.month, civil.day));
}

static inline const struct diag *find_diag(const struct tables *tables,
                                           const char *code)
{
    for (size_t i = 0; i < diags_total(tables->diags); i++) {
        if (strcmp(diags_at(tables->diags, i)->code, code) == 0)
            return diags_at(tables->diags, i);
    }
    return NULL;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of a table: those of the schema that the header (or other columns) can
 * fill, then the header's others as own columns. */
#include "data/table_parts.h"

static struct column *find_named(const struct table *table, struct slice name)
{
    for (size_t i = 0; i < table->column_count && name.size; i++) {
        if (slice_equal(table->column[i].name, name))
            return &table->column[i];
    }
    return NULL;
}

static struct column *add_column(struct table *table, struct column column)
{
    table->column[table->column_count] = column;
    return &table->column[table->column_count++];
}

static size_t find_part(const struct table_store *store, struct slice part)
{
    for (size_t i = 0; i < store->table.header_count && part.size; i++) {
        if (slice_equal(store->folded_header[i], part))
            return i;
    }
    return SIZE_MAX;
}

static bool find_parts(const struct table_store *store,
                       const struct schema_field *field, struct cell_reader *reader)
{
    for (size_t i = 0; i < DATE_PARTS; i++) {
        reader->part[i] = find_part(store, field->part[i]);
        if (reader->part[i] == SIZE_MAX)
            return false;
    }
    return true;
}

/* A field that the CSV itself fills; others are added once these are known. */
static void add_read_field(struct table_store *store, const struct schema_field *field)
{
    struct table *table = &store->table;
    struct cell_reader *reader = &store->reader[table->column_count];
    struct column column = {
        .name = field->name,
        .type = field->type,
        .field = field,
        .source = schema_find_source(field, store->folded_header, table->header_count)};
    bool has_parts = field->type == COLUMN_DAY && find_parts(store, field, reader);
    /* A column "day" beside "year" and "month" holds no dates. */
    if (has_parts && column.source == reader->part[DATE_PARTS - 1])
        column.source = SIZE_MAX;
    if (column.source == SIZE_MAX && !has_parts)
        return;
    if (column.source == SIZE_MAX) {
        column.origin = ORIGIN_PARTS;
    } else {
        column.header = table->header[column.source];
        reader->source = column.source;
    }
    add_column(table, column);
}

static bool has_a_summand(const struct table *table, const struct schema_field *field)
{
    struct slice rest = field->plus, name;
    while (slice_cut(&rest, ',', &name)) {
        if (find_named(table, name))
            return true;
    }
    return false;
}

static void add_made_field(struct table_store *store, const struct schema_field *field)
{
    struct table *table = &store->table;
    struct column column = {
        .name = field->name, .type = field->type, .field = field, .source = SIZE_MAX};
    if (find_named(table, field->name))
        return;
    if (has_a_summand(table, field))
        column.origin = ORIGIN_SUM;
    else if (find_named(table, field->from))
        column.origin = ORIGIN_WORDS;
    else if (field->constant.size)
        column.origin = ORIGIN_CONSTANT;
    else
        return;
    add_column(table, column);
}

static void mark_used(const struct table_store *store, bool *is_used)
{
    for (size_t i = 0; i < store->table.column_count; i++) {
        if (store->table.column[i].origin == ORIGIN_SOURCE)
            is_used[store->table.column[i].source] = true;
        for (size_t j = 0; j < DATE_PARTS; j++) {
            if (store->table.column[i].origin == ORIGIN_PARTS)
                is_used[store->reader[i].part[j]] = true;
        }
    }
}

static void add_own_columns(struct table_store *store)
{
    struct table *table = &store->table;
    bool *is_used = ARENA_ARRAY(store->arena, bool, table->header_count);
    mark_used(store, is_used);
    for (size_t i = 0; i < table->header_count; i++) {
        if (is_used[i])
            continue;
        store->reader[table->column_count].source = i;
        add_column(table, (struct column){.name = table->header[i],
                                          .header = table->header[i],
                                          .type = COLUMN_CATEGORY,
                                          .source = i});
    }
}

static void link_bounds(struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct schema_field *field = table->column[i].field;
        if (!field)
            continue;
        table->column[i].low = find_named(table, field->low);
        table->column[i].high = find_named(table, field->high);
    }
}

static void choose_date_and_weight(struct table *table)
{
    table->date = find_named(table, SLICE_LITERAL("date"));
    struct column *end = find_named(table, SLICE_LITERAL("end date"));
    if (end && slice_is(table->schema->count_by, "end"))
        table->date = end;
    if (table->date && table->date->type != COLUMN_DAY)
        table->date = NULL;
    table->weight = find_named(table, SLICE_LITERAL("weight"));
    if (table->weight && table->weight->type != COLUMN_NUMBER)
        table->weight = NULL;
}

void columns_lay_out(struct table_store *store)
{
    struct table *table = &store->table;
    const struct schema *schema = table->schema;
    size_t most = table->header_count + (schema ? schema->field_count : 0);
    table->column = ARENA_ARRAY(store->arena, struct column, most);
    store->reader = ARENA_ARRAY(store->arena, struct cell_reader, most);
    for (size_t i = 0; schema && i < schema->field_count; i++)
        add_read_field(store, &schema->field[i]);
    for (size_t i = 0; schema && i < schema->field_count; i++)
        add_made_field(store, &schema->field[i]);
    if (schema) {
        link_bounds(table);
        choose_date_and_weight(table);
    }
    add_own_columns(store);
    for (size_t i = 0; i < table->column_count; i++)
        store->reader[i].column = &table->column[i];
}

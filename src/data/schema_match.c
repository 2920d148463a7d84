/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which schema fits a header, and which column a field reads. */
#include "data/schema_parts.h"

#include <string.h>

const char *column_type_name(enum column_type type)
{
    static const char *const names[] = {"text", "category", "number", "day"};
    return names[type];
}

static size_t find_header(struct slice name, const struct slice *header, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(name, header[i]))
            return i;
    }
    return SIZE_MAX;
}

size_t schema_find_source(const struct schema_field *field, const struct slice *header,
                          size_t header_count)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < field->source_count && found == SIZE_MAX; i++)
        found = find_header(field->source[i], header, header_count);
    return found;
}

const struct schema_field *schema_find_field(const struct schema *schema,
                                             struct slice name)
{
    for (size_t i = 0; i < schema->field_count; i++) {
        if (slice_equal(schema->field[i].name, name))
            return &schema->field[i];
    }
    return NULL;
}

static bool has_parts(const struct schema_field *field, const struct slice *header,
                      size_t header_count)
{
    for (size_t i = 0; i < DATE_PARTS; i++) {
        if (!field->part[i].size ||
            find_header(field->part[i], header, header_count) == SIZE_MAX)
            return false;
    }
    return true;
}

static bool is_there(const struct schema_field *field, const struct slice *header,
                     size_t header_count)
{
    return schema_find_source(field, header, header_count) != SIZE_MAX ||
           has_parts(field, header, header_count) || field->constant.size;
}

const struct schema_field *schema_find_lacking(const struct schema *schema,
                                               const struct slice *header,
                                               size_t header_count)
{
    for (size_t i = 0; i < schema->field_count; i++) {
        const struct schema_field *field = &schema->field[i];
        if (field->required && !is_there(field, header, header_count))
            return field;
    }
    return NULL;
}

static bool fits(const struct schema *schema, const struct slice *header, size_t count)
{
    for (size_t i = 0; i < schema->signature_count; i++) {
        if (find_header(schema->signature[i], header, count) == SIZE_MAX)
            return false;
    }
    return !schema_find_lacking(schema, header, count);
}

static size_t count_matched(const struct schema *schema, const struct slice *header,
                            size_t count)
{
    size_t matched = 0;
    for (size_t i = 0; i < schema->field_count; i++)
        matched += is_there(&schema->field[i], header, count) &&
                   !schema->field[i].constant.size;
    return matched;
}

size_t schema_count_fields(const struct schema *schema, struct header_names header,
                           struct diags *diags)
{
    if (!schema_may_fit(schema, header) || !schema_read(schema, diags) ||
        !fits(schema, header.name, header.count))
        return 0;
    return count_matched(schema, header.name, header.count);
}

bool schema_match(const struct schema *const *schema, size_t count,
                  struct header_names header, const struct schema **out,
                  struct diags *diags)
{
    struct arena *scratch = arena_new();
    struct slice *folded = ARENA_ARRAY(scratch, struct slice, header.count);
    for (size_t i = 0; i < header.count; i++)
        folded[i] = slice_fold(scratch, header.name[i]);
    header.name = folded;
    const struct schema *best = NULL;
    size_t best_matched = 0;
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        if (!schema_may_fit(schema[i], header))
            continue;
        ok = schema_read(schema[i], diags);
        if (!ok || !fits(schema[i], folded, header.count))
            continue;
        size_t matched = count_matched(schema[i], folded, header.count);
        bool is_better = !best || schema[i]->signature_count > best->signature_count ||
                         (schema[i]->signature_count == best->signature_count &&
                          matched > best_matched);
        if (matched > 0 && is_better) {
            best = schema[i];
            best_matched = matched;
        }
    }
    arena_free(scratch);
    *out = best;
    return ok;
}

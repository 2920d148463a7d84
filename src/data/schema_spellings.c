/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Spellings of words: in the schema itself and in the files that schemas share. */
#include "base/file.h"
#include "data/schema_parts.h"
#include "data/words.h"

#include <string.h>

static bool report_no_mapping(const struct yaml *node, struct diags *diags)
{
    struct diag *diag = diags_error(
        diags, node->at, "D403", "expected lines like \"word: [spelling, spelling]\"");
    diag->width = node->width;
    return false;
}

static size_t count_spellings(const struct yaml *node)
{
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++)
        count += 1 + yaml_length(&node->item[i]);
    return count;
}

static void add(struct schema_field *field, struct schema_alias *alias,
                const struct yaml *spelling, struct slice word, struct arena *arena)
{
    alias[field->alias_count++] =
        (struct schema_alias){word_fold(arena, spelling->text), word, spelling->at};
}

/* The word is a spelling of itself. */
bool spellings_append(const struct yaml *node, struct schema_field *field,
                      struct arena *arena, struct diags *diags)
{
    if (node->kind != YAML_MAPPING)
        return report_no_mapping(node, diags);
    size_t count = field->alias_count + count_spellings(node);
    struct schema_alias *alias = ARENA_ARRAY(arena, struct schema_alias, count);
    if (field->alias_count)
        memcpy(alias, field->alias, field->alias_count * sizeof *alias);
    field->alias = alias;
    for (size_t i = 0; i < node->count; i++) {
        struct slice word = slice_copy(arena, node->key[i].text);
        add(field, alias, &node->key[i], word, arena);
        for (size_t j = 0; j < yaml_length(&node->item[i]); j++) {
            const struct yaml *spelling = yaml_at(&node->item[i], j);
            if (spelling->kind != YAML_SCALAR)
                return report_no_mapping(spelling, diags);
            add(field, alias, spelling, word, arena);
        }
    }
    return true;
}

/* Files ---------------------------------------------------------------------------- */

/* Path and text live as long as the diagnostics that may show them. */
static bool append_file(const struct schema *schema, struct schema_field *field,
                        struct slice name, struct arena *arena, struct diags *diags)
{
    struct arena *kept = diags_arena(diags);
    const char *path = path_beside(kept, schema->file, slice_c_string(kept, name));
    if (!path_is_below(path, path_folder(kept, schema->file))) {
        diags_error(diags, field->spelling_at, "D406",
                    "spellings lie beside the schema or below, not \"%.*s\"",
                    SLICE_PRINT(name));
        return false;
    }
    struct file file;
    const struct yaml *root;
    if (!file_open_named(&file, path, field->spelling_at, diags))
        return false;
    struct slice source = slice_copy(kept, file.bytes);
    file_close(&file);
    diags_add_source(diags, path, source);
    return yaml_parse(source, path, 1, 'D', arena, &root, diags) &&
           spellings_append(root, field, arena, diags);
}

/* One spelling can stand for one word only. */
static bool check_spellings(const struct schema_field *field, struct arena *arena,
                            struct diags *diags)
{
    struct byte_map map = {0};
    const struct schema_alias **first =
        ARENA_ARRAY(arena, const struct schema_alias *, field->alias_count);
    bool ok = true;
    for (size_t i = 0; i < field->alias_count; i++) {
        const struct schema_alias *alias = &field->alias[i];
        bool is_new;
        uint32_t index = byte_map_add(&map, alias->from, &is_new);
        if (is_new) {
            first[index] = alias;
        } else if (!slice_equal(first[index]->to, alias->to)) {
            ok = false;
            diags_error(
                diags, alias->at, "D409",
                "\"%.*s\" is a spelling of \"%.*s\" already (line %d), and can't "
                "be one of \"%.*s\" too",
                SLICE_PRINT(alias->from), SLICE_PRINT(first[index]->to),
                first[index]->at.line, SLICE_PRINT(alias->to));
        }
    }
    byte_map_free(&map);
    return ok;
}

bool schema_complete(const struct schema *schema, struct arena *arena,
                     const struct schema **out, struct diags *diags)
{
    struct schema *complete = ARENA_NEW(arena, struct schema);
    bool ok = schema_read(schema, diags);
    *complete = *schema;
    struct schema_field *field =
        ARENA_ARRAY(arena, struct schema_field, schema->field_count);
    complete->field = field;
    for (size_t i = 0; i < schema->field_count; i++) {
        field[i] = schema->field[i];
        for (size_t j = 0; j < field[i].spelling_file_count; j++)
            ok = append_file(schema, &field[i], field[i].spelling_file[j], arena,
                             diags) &&
                 ok;
        ok = check_spellings(&field[i], arena, diags) && ok;
    }
    *out = complete;
    return ok;
}

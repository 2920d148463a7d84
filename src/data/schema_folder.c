/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schemas of a folder. */
#include "data/schema_parts.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool list_schemas(const char *folder, struct arena *arena, const char ***out,
                         size_t *count, struct diags *diags)
{
    size_t capacity = 0;
    DIR *dir = opendir(folder);
    if (!dir) {
        diags_error(diags, (struct place){folder, 0, 0}, "D408",
                    "can't read the folder of schemas: %s", strerror(errno));
        return false;
    }
    *count = 0;
    *out = NULL;
    for (struct dirent *entry; (entry = readdir(dir));) {
        size_t size = strlen(entry->d_name);
        if (size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0)
            *ARENA_APPEND(arena, *out, *count, capacity) =
                arena_print(arena, "%s/%s", folder, entry->d_name);
    }
    closedir(dir);
    if (*count)
        qsort(*out, *count, sizeof **out, compare_paths);
    return true;
}

/* A schema's source, until it is read. */
struct unread {
    struct slice source;
    struct arena *arena;
};

static bool load_file(const char *path, struct arena *arena, const struct schema **out,
                      struct diags *diags)
{
    struct file file;
    if (!file_open(&file, path, diags))
        return false;
    struct unread *unread = ARENA_NEW(arena, struct unread);
    *unread = (struct unread){slice_copy(arena, file.bytes), arena};
    file_close(&file);
    struct schema *schema = ARENA_NEW(arena, struct schema);
    *schema = (struct schema){
        .name = schema_name_of(path, arena), .file = path, .unread = unread};
    *out = schema;
    return true;
}

bool schema_load_folder(const char *folder, struct arena *arena,
                        const struct schema *const **out, size_t *count,
                        struct diags *diags)
{
    const char **path;
    if (!list_schemas(folder, arena, &path, count, diags))
        return false;
    const struct schema **schema = ARENA_ARRAY(arena, const struct schema *, *count);
    bool ok = true;
    for (size_t i = 0; i < *count; i++)
        ok = load_file(path[i], arena, &schema[i], diags) && ok;
    *out = schema;
    return ok;
}

bool schema_read(const struct schema *schema, struct diags *diags)
{
    const struct unread *unread = schema->unread;
    struct schema *whole;
    if (!unread)
        return true;
    diags_add_source(diags, schema->file, unread->source);
    if (!schema_parse(unread->source, schema->file, unread->arena, &whole, diags))
        return false;
    /* Whoever holds the schema sees it read: it was promised, and not used before. */
    *(struct schema *)schema = *whole;
    return true;
}

/* A look at a signature before the schema is read ---------------------------------- */

static bool is_plain(struct slice word)
{
    for (size_t i = 0; i < word.size; i++) {
        const char c = word.data[i];
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '_' && c != ' ')
            return false;
    }
    return word.size > 0;
}

static bool has_name(struct header_names header, struct slice name)
{
    struct arena *scratch = arena_new();
    const struct slice folded = slice_fold(scratch, name);
    bool found = false;
    for (size_t i = 0; i < header.count && !found; i++)
        found = slice_equal(header.name[i], folded);
    arena_free(scratch);
    return found;
}

/* The words between the brackets of `signature: [a, b]`; empty when there is no such
 * line at the margin, or it isn't all on the line. */
static struct slice signature_words(struct slice source)
{
    static const struct slice key = SLICE_LITERAL("signature: [");
    struct slice line;
    while (slice_cut(&source, '\n', &line)) {
        const char *end = line.size ? memchr(line.data, ']', line.size) : NULL;
        if (slice_starts_with(line, "signature: [") && end)
            return (struct slice){line.data + key.size,
                                  (size_t)(end - line.data) - key.size};
    }
    return (struct slice){0};
}

bool schema_may_fit(const struct schema *schema, struct header_names header)
{
    if (!schema->unread)
        return true;
    struct slice words = signature_words(schema->unread->source), word;
    bool may = true;
    while (may && slice_cut(&words, ',', &word)) {
        word = slice_trim(word);
        may = !is_plain(word) || has_name(header, word);
    }
    return may;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schemas of a folder. */
#include "data/schema.h"

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

static bool load_file(const char *path, struct arena *arena, const struct schema **out,
                      struct diags *diags)
{
    struct file file;
    struct schema *schema = NULL;
    if (!file_open(&file, path, diags))
        return false;
    struct slice source = slice_copy(arena, file.bytes);
    file_close(&file);
    diags_add_source(diags, path, source);
    bool ok = schema_parse(source, path, arena, &schema, diags);
    *out = schema;
    return ok;
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

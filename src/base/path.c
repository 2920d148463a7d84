/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths: beside, below, folder and name. */
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    while (slash > path && slash[-1] == '/')
        slash--;
    if (slash == path)
        return "/";
    return slice_c_string(arena, (struct slice){path, (size_t)(slash - path)});
}

const char *path_beside(struct arena *arena, const char *base, const char *path)
{
    if (!base || !strchr(base, '/') || path[0] == '/' || strcmp(path, "-") == 0)
        return path;
    return arena_print(arena, "%.*s%s", (int)(path_name(base) - base), base, path);
}

/* realpath for a path whose last parts may not exist yet: those are taken as they
 * are written. NULL when they climb or when a link on the way leads nowhere. */
static char *resolve(struct arena *scratch, const char *path)
{
    char *real = realpath(path, NULL);
    if (real || errno != ENOENT)
        return real;
    struct stat status;
    const char *name = path_name(path);
    if (lstat(path, &status) == 0 || strcmp(path, ".") == 0 || strcmp(name, "..") == 0)
        return NULL;
    char *folder = resolve(scratch, path_folder(scratch, path));
    if (!folder || !*name || strcmp(name, ".") == 0)
        return folder;
    const char *joined = arena_print(scratch, "%s/%s", folder, name);
    free(folder);
    return strdup(joined);
}

bool path_is_below(const char *path, const char *folder)
{
    struct arena *scratch = arena_new();
    char *real_folder = realpath(*folder ? folder : ".", NULL);
    char *real = strlen(path) < 4096 ? resolve(scratch, path) : NULL;
    bool is_below = false;
    if (real && real_folder) {
        size_t size = strlen(real_folder);
        if (size == 1) /* the root */
            size = 0;
        is_below = strncmp(real, real_folder, size) == 0 &&
                   (real[size] == '/' || real[size] == '\0');
    }
    free(real);
    free(real_folder);
    arena_free(scratch);
    return is_below;
}

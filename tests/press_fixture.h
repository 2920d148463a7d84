/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of the press share: a folder for documents, and commands run there. */
#ifndef SITREP_TESTS_PRESS_FIXTURE_H
#define SITREP_TESTS_PRESS_FIXTURE_H

#include "support.h"

#include <stdlib.h>

struct state {
    struct arena *arena;
    struct diags *diags;
    struct slice cairo; /* pages as cairo draws them */
    char folder[64];
};

static inline struct state *open_folder(const char *name)
{
    struct state *own = calloc(1, sizeof *own);
    own->arena = arena_new();
    own->diags = diags_new(own->arena);
    snprintf(own->folder, sizeof own->folder, "/tmp/%s.XXXXXX", name);
    assert_non_null(mkdtemp(own->folder));
    return own;
}

static inline int close_folder(void **state)
{
    struct state *own = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", own->folder);
    int status = system(command);
    arena_free(own->arena);
    free(own);
    return status;
}

static inline void save(const struct state *own, const char *name, struct slice bytes)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", own->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    fclose(file);
}

static inline bool keep(const void *bytes, size_t size, void *context)
{
    text_append(context, (struct slice){bytes, size});
    return true;
}

#endif

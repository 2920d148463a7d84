/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For programs whose every test reads a table by the schemas that are shipped. */
#ifndef SITREP_TESTS_TABLE_FIXTURE_H
#define SITREP_TESTS_TABLE_FIXTURE_H

#include "support.h"

#include "data/table.h"

struct fixture {
    struct arena *arena;
    struct diags *diags;
    const struct schema *const *schemas;
    size_t schema_count;
    struct table *table;
};

static inline int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = arena;
    f->diags = diags_new(arena);
    *state = f;
    return schema_load_folder("templates/schemas", arena, &f->schemas, &f->schema_count,
                              f->diags)
               ? 0
               : -1;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    table_close(f->table);
    arena_free(f->arena);
    return 0;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For programs whose every test begins with an empty arena and no messages:
 * cmocka_unit_test_setup_teardown(test, begin, end). */
#ifndef SITREP_TESTS_FIXTURE_H
#define SITREP_TESTS_FIXTURE_H

#include "support.h"

static struct arena *arena;
static struct diags *diags;

static inline int begin(void **state)
{
    (void)state;
    arena = arena_new();
    diags = diags_new(arena);
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#endif

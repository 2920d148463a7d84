/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Setup and teardown of tests that lay figures: *state is a studio. */
#ifndef SITREP_TESTS_STUDIO_FIXTURE_H
#define SITREP_TESTS_STUDIO_FIXTURE_H

#include "support.h"

#include "figures.h"

static inline int open_studio(void **state)
{
    struct studio *studio = calloc(1, sizeof *studio);
    *state = studio;
    return studio_open(studio) ? 0 : -1;
}

static inline int shut_studio(void **state)
{
    studio_close(*state);
    free(*state);
    return 0;
}

#endif

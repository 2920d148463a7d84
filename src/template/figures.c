/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of every number in a brief. */
#include "template/scope.h"

void figures_add(struct figures *figures, const struct figure *figure)
{
    *ARENA_APPEND(figures->arena, figures->figure, figures->count, figures->capacity) =
        *figure;
}

void figures_add_said(struct figures *figures, const struct said_value *said)
{
    *ARENA_APPEND(figures->arena, figures->said, figures->said_count,
                  figures->said_capacity) = *said;
}

void figures_count_test(struct figures *figures, enum tested tested)
{
    if (figures)
        figures->tests[tested]++;
}

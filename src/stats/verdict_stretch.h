/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the verdicts only: what of a series may be compared at all. */
#ifndef SITREP_STATS_VERDICT_STRETCH_H
#define SITREP_STATS_VERDICT_STRETCH_H

#include <stddef.h>

/* Complete periods [first, end) since the last break. */
struct stretch {
    size_t first, end;
};

static inline struct stretch stretch_of(size_t size, size_t provisional,
                                        const size_t *breaks, size_t break_count)
{
    struct stretch stretch = {.first = 0, .end = size};
    stretch.end -= provisional < size ? provisional : size;
    for (size_t i = 0; i < break_count; i++)
        if (breaks[i] > stretch.first && breaks[i] < size)
            stretch.first = breaks[i];
    if (stretch.first > stretch.end)
        stretch.first = stretch.end;
    return stretch;
}

#endif

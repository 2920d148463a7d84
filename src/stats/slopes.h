/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All slopes between pairs of points of a series, asked by rank without keeping them
 * all: between kendall.c and slopes.c only. */
#ifndef SITREP_STATS_SLOPES_H
#define SITREP_STATS_SLOPES_H

#include "base/arena.h"

#include <stddef.h>

/* Pairs i < j with j - i a multiple of period; a slope's unit is one period. With
 * period 1 these are all pairs. */
struct slopes {
    const double *x;
    size_t n, period;
    size_t falling, level, rising; /* pairs by sign */
    double var_s;                  /* of rising - falling by chance; ties corrected */
};

/* Fills in the pairs by sign and their variance,
 * [n(n-1)(2n+5) - sum t(t-1)(2t+5)]/18 over groups of t tied values, summed over
 * seasons.
 *   cost  O(n log n) */
void slopes_count(struct slopes *slopes, struct arena *scratch);
static inline size_t slopes_total(const struct slopes *slopes)
{
    return slopes->falling + slopes->level + slopes->rising;
}

/* The slopes at up to 200 0-based ranks, in any order.
 *   cost  nothing where the rank falls among level pairs, as it mostly does for
 *         small counts; else two passes over the pairs for all ranks together */
void slopes_at_ranks(const struct slopes *slopes, const size_t *rank, size_t count,
                     struct arena *scratch, double *out);

#endif

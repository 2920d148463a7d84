/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In how few districts? How unevenly counts lie over units. */
#ifndef SITREP_STATS_CONCENTRATION_H
#define SITREP_STATS_CONCENTRATION_H

#include "base/arena.h"

#include <stddef.h>

struct concentration {
    double total;
    size_t units, active;        /* all of the frame; those with an incident */
    double top1, top3, top5;     /* shares of the largest units, 0 to 1 */
    size_t units_for_half;       /* fewest units holding at least half; 0 = unknown */
    double gini;                 /* 0 even … (n-1)/n all in one */
    double hhi, effective;       /* sum of squared shares, and one over it */
    const char *unknown_because; /* why the shares are unknown, or NULL */
};

/* gini = sum (2i-n-1) x(i) / (n total) in ascending order, without small-sample
 * factor. "Half of all attacks in 4 of 136 districts" says more to readers.
 *
 *   x        counts of all n units of the frame, zeros included
 *   unknown  total 0; no units; input that is no count
 *   cost     O(n log n) time, n doubles of scratch
 *   source   Gini (1912); Hirschman (1964), American Economic Review 54:761–762 */
void stat_concentration(const double *x, size_t n, struct arena *scratch,
                        struct concentration *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many tests at once: p-values adjusted for their number, and the scan over all
 * districts that needs it. 120 untouched districts give 6 false headlines at 5 %. */
#ifndef SITREP_STATS_DISTRICT_H
#define SITREP_STATS_DISTRICT_H

#include "base/arena.h"

#include <stddef.h>

/* Benjamini–Hochberg step-up: p_adj(i) = min over j >= i of min(1, m p(j)/j) in
 * ascending order, m the number of p-values that are there. NAN stays NAN and isn't
 * counted. p_adj may be p. Answers NULL, or why nothing was adjusted (all NAN).
 *
 *   unknown  a p below 0 or above 1
 *   cost     O(n log n) time, n positions of scratch
 *   source   Benjamini & Hochberg (1995), JRSS B 57:289–300 */
const char *stat_bh(const double *p, size_t n, struct arena *scratch, double *p_adj);

struct district_question {
    const double *x1, *x0; /* n counts now and before; silent districts included */
    size_t n;
    double t1, t0;         /* exposures of now and before, the same for all */
    double phi;            /* pooled dispersion, at least 1; 1 = plain exact test */
    const double *own_phi; /* n dispersions; the larger counts; NULL = phi for all */
    double fdr;            /* share of false flags borne, 0.1 */
};

struct district_scan {
    const double *p, *p_adj; /* n each, in the arena */
    const size_t *flagged;   /* 0-based, ascending: p_adj <= fdr */
    size_t flagged_count;
    const char *unknown_because;
};

/* Which of many districts changed: stat_rate_change_phi in each, adjusted over all,
 * those with 0 and 0 (p = 1) too.
 *
 *   unknown  a count that is none in any district (then nothing is flagged)
 *   cost     O(n) tests of 5 µs
 *   source   Benjamini & Hochberg (1995), as above */
void stat_district_scan(const struct district_question *question, struct arena *arena,
                        struct district_scan *out);

/* One dispersion for all districts, from their earlier periods: the Pearson X² of
 * every district with an incident, summed, over the sum of their degrees of freedom;
 * at least 1. Districts alone are too thin to tell.
 *
 *   count    districts × periods, a row each
 *   unknown  NAN: fewer than 2 periods, or no incidents
 *   source   McCullagh & Nelder (1989), Generalized Linear Models, §4.5 */
double district_pooled_phi(const double *count, size_t districts, size_t periods);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deaths come in clumps: a period's deaths are a sum over incidents, and one incident
 * can be most of it. Nothing here treats a death as an incident. All take `killed`,
 * the deaths of each incident of a period (zeros included, in any order). */
#ifndef SITREP_STATS_CASUALTY_H
#define SITREP_STATS_CASUALTY_H

#include "base/arena.h"

#include <stddef.h>

struct casualty_total {
    size_t incidents;
    double total, low, high;
    double poisson_low, poisson_high; /* as if deaths were independent: for contrast */
    const char *unknown_because;
};

/* Gamma interval of Fay and Feuer for a compound Poisson sum, weights = deaths of an
 * incident: v = sum k², w = max(1, max k),
 * low = v/2y chi2(alpha/2; 2y²/v), high = (v+w²)/2(y+w) chi2(1-alpha/2; 2(y+w)²/(v+w²)).
 *
 *   unknown  input that is no count; no incidents give 0 with its interval
 *   cost     O(n)
 *   source   Fay & Feuer (1997), Statistics in Medicine 16:791–801 */
void stat_casualty_total(const double *killed, size_t n, double conf,
                         struct casualty_total *out);

struct casualty_pair {
    const double *killed1; /* n1 incidents later, over exposure t1 */
    size_t n1;
    double t1;
    const double *killed0; /* n0 incidents earlier, over exposure t0 */
    size_t n0;
    double t0;
};

struct casualty_change {
    double total1, total0;
    double pct;                                /* of the rates; NAN from 0 */
    double diff_per_unit, diff_low, diff_high; /* deaths per unit of exposure */
    double z, p;                         /* two-sided normal; 0 and 1 without deaths */
    double ratio, ratio_low, ratio_high; /* of the rates; NAN when a total is 0 */
    const char *unknown_because;         /* why the ratio is unknown, or NULL */
};

/* Compound Poisson: Var(total) = sum k². Normal for the difference of rates,
 * log-normal for their ratio.
 *
 *   unknown  the ratio: a period without deaths; all: input that is no count
 *   cost     O(n1 + n0)
 *   source   Feller (1968), An Introduction to Probability Theory 1, §XII.2 */
void stat_casualty_change(const struct casualty_pair *pair, double conf,
                          struct casualty_change *out);

struct casualty_intensity {
    size_t n;
    double total, mean, low, high, phi; /* deaths per incident; low, high, phi NAN for
                                           n < 2 or without deaths */
    double median, max;
    double share_of_max;     /* of all deaths, 0 to 1 */
    double mean_without_max; /* without one largest incident; NAN for n < 2 */
    double lethal_share, lethal_low, lethal_high; /* incidents with a death, Wilson */
    const char *unknown_because; /* why the interval is unknown, or NULL */
};

/* Deaths per incident with a quasi-Poisson interval,
 * mean exp(∓ t sqrt(phi/total)), phi = max(1, Pearson X²/(n-1)), t on n-1 degrees.
 *
 *   unknown  no incidents; the interval: fewer than 2, or no deaths
 *   cost     O(n log n) time, n doubles of scratch
 *   source   McCullagh & Nelder (1989), Generalized Linear Models, §6.2 */
void stat_casualty_intensity(const double *killed, size_t n, double conf,
                             struct arena *scratch, struct casualty_intensity *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Did a rate change between two periods? Two counts with their exposures (days),
 * compared exactly, or after shrinking them to what clumped counts are worth. */
#ifndef SITREP_STATS_RATE_H
#define SITREP_STATS_RATE_H

#include <stddef.h>

/* x1 is the later period's count, x0 the earlier one's; t1, t0 their exposures. */
struct rate_pair {
    double x1, t1, x0, t0;
};

struct rate_change {
    double ratio;       /* (x1/t1) / (x0/t0); NAN when x0 is 0 */
    double pct;         /* 100 (ratio - 1); NAN when x0 is 0 */
    double pct_rounded; /* whole per cent, halves away from zero; NAN when x0 is 0 */
    double low, high;   /* of the ratio; high is INFINITY when x0 is 0 */
    double p;
    const char *unknown_because; /* why the ratio is unknown, or NULL */
};

/* Exact conditional test of equal rates. Given n = x1 + x0, x1 is binomial with
 * q = t1 / (t1 + t0); p is twice the smaller tail, at most 1, so that p < 1 - conf
 * exactly when the interval leaves 1 out. The interval is Clopper–Pearson's for
 * x1/n, mapped by q/(1-q) t0/t1.
 *
 *   pair     whole counts, positive exposures in any one unit
 *   conf     two-sided level, 0.95
 *   unknown  ratio: nothing in the earlier period (p and the interval stand);
 *            all: negative, fractional, missing or infinite input
 *   cost     four incomplete betas, about 5 µs
 *   source   Przyborowski & Wilenski (1940), Biometrika 31:313–323;
 *            Fay (2010), R Journal 2(1):53–58 */
void stat_rate_change(const struct rate_pair *pair, double conf,
                      struct rate_change *out);

/* The same for clumped counts: x1/phi and x0/phi stand for the counts in the beta
 * form of the test. phi = 1 gives stat_rate_change.
 *
 *   phi      dispersion of earlier periods, at least 1
 *   unknown  as above; phi below 1
 *   source   the device of Korn & Graubard (1998), Survey Methodology 24:193–201 */
void stat_rate_change_phi(const struct rate_pair *pair, double phi, double conf,
                          struct rate_change *out);

#endif

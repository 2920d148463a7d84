/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is usual? A period against the periods before it, and the range to expect of
 * the next one. */
#ifndef SITREP_STATS_BASELINE_H
#define SITREP_STATS_BASELINE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum usual { USUAL_NO_HISTORY, USUAL_BELOW, USUAL_INSIDE, USUAL_ABOVE };
const char *usual_name(enum usual usual); /* no_history, below, usual, above */

struct baseline {
    size_t k, n_at_least;          /* earlier periods; of these, with y or more */
    double mean, median, min, max; /* of the base; NAN for k = 0 */
    double pct;                    /* y against the mean; NAN for mean 0 */
    double ratio_low, ratio_high, p_exact; /* stat_rate_change(y, 1, sum, k) */
    double phi_raw;                  /* Pearson X²/(k-1); NAN for k < 2 or mean 0 */
    double phi;                      /* at least 1 */
    double usual_low, usual_high, z; /* NAN for mean 0 */
    enum usual verdict;
    const char *unknown_because; /* why there is no usual range, or NULL */
};

/* The usual range of a count, from k earlier counts of equal length, by the
 * quasi-Poisson interval on the 2/3-power scale, where counts are near normal:
 * tau = phi (1 + 1/k), se = sqrt(4/9 mean^(1/3) tau),
 * limits (mean^(2/3) ∓ z se)^(3/2), 0 where the root is negative.
 *
 *   y, base  whole counts; k of them, in any order
 *   conf     two-sided level, 0.95
 *   unknown  the range: no earlier period, or none with an incident
 *   cost     O(k log k) time, k doubles of scratch
 *   source   Farrington et al. (1996), JRSS A 159:547–563, without trend */
void stat_baseline(double y, const double *base, size_t k, double conf,
                   struct arena *scratch, struct baseline *out);

/* The limits of stat_baseline's usual range alone, for which no test is needed, as
 * charts draw them for each of many periods. False and NAN where they are unknown.
 *
 *   cost     O(k)
 *   source   see stat_baseline */
bool stat_usual_range(const double *base, size_t k, double conf, double *low,
                      double *high);

struct predictive_question {
    double y;           /* the count to place; NAN: only the range is asked for */
    const double *base; /* k earlier counts of equal length */
    size_t k;
    double h; /* how many periods ahead, together; 1 */
    double conf;
};

struct predictive {
    double mean, low, high;       /* of the next h periods' total; whole limits */
    double p_at_least, p_at_most; /* of y; NAN without y */
    const char *unknown_because;
};

/* Range to expect if nothing changes: the total of the next h periods is negative
 * binomial with size 1/2 + sum(base) and probability k/(k+h), which is Poisson with
 * Jeffreys' prior. Limits are the smallest integers whose cdf reaches alpha/2 and
 * 1 - alpha/2. Only for counts that are not over-dispersed: ask stat_dispersion.
 *
 *   unknown  no earlier period; input that is no count
 *   cost     O(k)
 *   source   Jeffreys (1961), Theory of Probability, §3.1; surveillance
 *            algo.bayes; Höhle (2007), Computational Statistics 22:571–582 */
void stat_predictive(const struct predictive_question *question,
                     struct predictive *out);

#endif

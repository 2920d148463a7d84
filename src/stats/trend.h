/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trend: is a series rising or falling, and by how many per cent per period?
 * Neither fit may be used to look beyond the series' end. */
#ifndef SITREP_STATS_TREND_H
#define SITREP_STATS_TREND_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct trend_question {
    const double *y;        /* n counts, one a period, evenly spaced, oldest first */
    const double *exposure; /* days each period covers, or NULL for equal periods */
    size_t n;
    double conf;
};

enum trend_status {
    TREND_OK,
    TREND_TOO_SHORT, /* n < 3 */
    TREND_ALL_ZERO,
    TREND_UNBOUNDED,     /* every event in the first or in the last period */
    TREND_POISSON_LIMIT, /* negbin only: no more spread than Poisson's */
    TREND_REFUSED,       /* the input is no series of counts */
};
const char *trend_status_name(enum trend_status status); /* ok, too_short, … */

/* All numbers are NAN unless the status is TREND_OK. */
struct trend {
    enum trend_status status;
    double intercept, slope;       /* of log counts per period; the first is period 0 */
    double se_poisson, se;         /* of the slope; se = se_poisson sqrt(phi) */
    double phi_raw, phi;           /* Pearson X²/(n-2); at least 1 */
    double t, df, p;               /* two-sided */
    double pct, pct_low, pct_high; /* change per period, per cent */
    double deviance;
    const char *unknown_because;
};

/* Quasi-Poisson log-linear trend: log E[y_t] = intercept + slope t + log exposure_t.
 * Poisson maximum likelihood; the variance is phi times the mean, phi never below 1,
 * since claiming more certainty than chance allows is no service.
 *
 *   out      per cent per period, with an interval from Student's t on n-2 degrees
 *   unknown  see enum trend_status
 *   cost     O(n) a step, about 40 µs for 260 periods; n doubles of scratch
 *   source   McCullagh & Nelder (1989), Generalized Linear Models, §6.2 */
void stat_trend(const struct trend_question *question, struct arena *scratch,
                struct trend *out);

struct trend_negbin {
    enum trend_status status;
    double theta; /* variance mu + mu²/theta */
    double intercept, slope, se, z, p;
    double pct, pct_low, pct_high;
    double lr, lr_p; /* likelihood ratio against Poisson; half a chi-square tail */
    const char *unknown_because;
};

/* The same line with NB2 variance, for clumped counts (phi above 2): full maximum
 * likelihood over intercept, slope and theta. The standard error takes theta as
 * known.
 *
 *   unknown  as for stat_trend; TREND_POISSON_LIMIT when sum((y-mu)² - y) <= 0 at
 *            the Poisson fit, where theta has no finite maximum
 *   cost     O(n) a step, about 0.7 ms for 260 periods; n doubles of scratch
 *   source   Lawless (1987), Canadian Journal of Statistics 15:209–225 */
void stat_trend_negbin(const struct trend_question *question, struct arena *scratch,
                       struct trend_negbin *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alarm with three or more years of history: the same weeks of earlier years say what
 * to expect. For briefs alpha 0.01. */
#ifndef SITREP_STATS_FARRINGTON_H
#define SITREP_STATS_FARRINGTON_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct farrington_question {
    const double *x; /* n counts, oldest first */
    size_t n;
    size_t freq;   /* periods in a year, 52 or 12 */
    size_t b, w;   /* years back; periods on either side of each */
    double alpha;  /* two-sided */
    bool reweight; /* past outbreaks count less */
};

struct farrington {
    double expected, upper; /* NAN when unknown; upper 0: too few events to alarm */
    bool alarm, trend;      /* a trend was kept in the fit */
    const char *unknown_because;
};

/* The limit for position t. References are t - freq·year - w … + w of years 1 … b. A
 * quasi-Poisson line over them (phi = max(1, Pearson X²/df)); with reweight once more,
 * weights gamma/s² where the Anscombe residual s is above 1, else gamma, summing to n.
 * The slope stays only if b >= 3, its t-test has p < 0.05 (dispersion not floored) and
 * the prediction at t isn't above every reference. upper = (mu^(2/3) +
 * z sqrt(4/9 mu^(1/3) (phi + se²/mu)))^(3/2). Below 5 events in the last 4 periods:
 * upper 0, no alarm. Fits are run to rounding level.
 *
 *   unknown  references before the series' start; fewer than 2 of them
 *   cost     four fits of b(2w+1) values, about 10 µs; scratch for them
 *   source   Farrington, Andrews, Beale & Catchpole (1996), JRSS A 159:547–563 */
void stat_farrington(const struct farrington_question *question, size_t t,
                     struct arena *scratch, struct farrington *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Are counts as even as chance would make them, clumped, or dependent on the period
 * before? The gate in front of every test that assumes Poisson counts. */
#ifndef SITREP_STATS_DISPERSION_H
#define SITREP_STATS_DISPERSION_H

#include <stddef.h>

struct dispersion {
    size_t n, zeros;
    double mean;            /* NAN for n = 0 */
    double variance;        /* divisor n - 1; NAN below n = 2 */
    double index;           /* variance / mean: 1 for Poisson, more when clumped */
    double x2;              /* (n - 1) index */
    double p_over, p_under; /* chi-square tails of x2, n - 1 degrees of freedom */
    double r1;              /* lag-1 autocorrelation; NAN below n = 3 or constant */
    const char *unknown_because; /* why the index is unknown, or NULL */
};

/* Fisher's index of dispersion and the lag-1 autocorrelation,
 * r1 = sum (x[t]-m)(x[t+1]-m) / sum (x[t]-m)².
 *
 *   x        n counts of equally long periods
 *   unknown  index, x2, p: fewer than 2 counts, or all zero
 *   cost     O(n)
 *   source   Fisher (1925), Statistical Methods for Research Workers, §16 */
void stat_dispersion(const double *x, size_t n, struct dispersion *out);

/* Lag-1 autocorrelation alone, of any finite numbers. */
double dispersion_lag1(const double *x, size_t n);

#endif

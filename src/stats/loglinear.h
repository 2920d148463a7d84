/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The Poisson log-linear line log E[y] = intercept + slope time + log(exposure),
 * by maximum likelihood to rounding level: what trend and farrington share. */
#ifndef SITREP_STATS_LOGLINEAR_H
#define SITREP_STATS_LOGLINEAR_H

#include <stdbool.h>
#include <stddef.h>

struct loglinear {
    const double *y, *time;
    const double *exposure; /* NULL = 1 */
    const double *weight;   /* prior weights; NULL = 1 */
    size_t n;
    /* fitted */
    double intercept, slope;
    double total;  /* weighted sum of y, which equals that of the fitted means */
    double centre; /* mean of time, weighted by the fitted means */
    double spread; /* variance of time, weighted likewise: the slope's expected
                       * information is total × spread */
};

/* The slope is finite unless every event sits at the first or at the last time. */
bool loglinear_is_bounded(const struct loglinear *line);

/* Fits the slope, or without one (slope 0). Given the slope the intercept is known,
 * and the slope's score is the distance between two means of time; it falls
 * steadily, so Newton's steps inside a shrinking bracket can't miss its root.
 *   needs   counts not all zero; bounded when with_slope
 *   cost    O(n) per step, 5 to 10 steps */
void loglinear_fit(struct loglinear *line, bool with_slope);

double loglinear_mean(const struct loglinear *line, size_t i);
/* Pearson's X², with the prior weights. */
double loglinear_pearson(const struct loglinear *line);
double loglinear_deviance(const struct loglinear *line);
/* Variance of log mean at `time` for dispersion 1. */
double loglinear_variance_at(const struct loglinear *line, double time,
                             bool with_slope);

#endif

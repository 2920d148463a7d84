/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Since when has the level been different? The best partition of a series into
 * stretches of one level each. */
#ifndef SITREP_STATS_CHANGEPOINT_H
#define SITREP_STATS_CHANGEPOINT_H

#include "base/arena.h"

#include <stddef.h>

/* Longer series are refused: every stretch is tried. */
enum { CHANGEPOINT_PERIODS_AT_MOST = 10000 };

struct changepoints {
    const size_t *first; /* 0-based first position of each new segment; count of them */
    size_t count;
    const double *mean; /* of each segment; count + 1 of them, none for n = 0 */
    double cost;        /* without penalties */
    const char *unknown_because;
};

/* Segments of at least min_seg values that minimize the sum of -2 S log(S/m) (S the
 * segment's sum, m its length, 0 when S = 0) plus penalty for each change: twice the
 * Poisson log-likelihood, negative, without what all partitions share. Exact, by
 * dynamic programming. On ties the partition with the longer last segment stands.
 *
 *   x        n counts of equally long periods
 *   penalty  3 log n; times the dispersion when counts are clumped, or noise becomes
 *            change points (changepoint_penalty)
 *   unknown  input that is no count; no periods; more than 10,000
 *   cost     O(n²) time, O(n) memory
 *   source   Jackson et al. (2005), IEEE Signal Processing Letters 12:105–108;
 *            Killick, Fearnhead & Eckley (2012), JASA 107:1590–1598 */
void stat_changepoint(const double *x, size_t n, double penalty, size_t min_seg,
                      struct arena *arena, struct changepoints *out);

/* 3 phi log n, phi at least 1. */
double changepoint_penalty(size_t n, double phi);

/* Dispersion from neighbours, sum (x[t+1] - x[t])² / sum (x[t+1] + x[t]), at least 1:
 * steps between levels, which swell the plain index, hardly touch it.
 *   unknown  1 for fewer than 2 counts or all zero
 *   source   von Neumann et al. (1941), Annals of Mathematical Statistics 12:153–162 */
double changepoint_phi(const double *x, size_t n);

#endif

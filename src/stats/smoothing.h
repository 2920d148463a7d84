/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Moving averages. Trailing ones for the current edge, centred ones for history
 * only, since they end before the series does. */
#ifndef SITREP_STATS_SMOOTHING_H
#define SITREP_STATS_SMOOTHING_H

#include <stddef.h>

/* Each fills out[0..n-1], NAN where it isn't defined, and answers NULL, or says why
 * nothing could be averaged (then all of out is NAN). A gap (NAN) in x makes every
 * average that would use it NAN.
 *
 *   x        n values; may not be the same array as out
 *   unknown  no window (k = 0), a weight outside 0 < lambda <= 1, infinite values
 *   cost     O(n) */

/* Mean of the last k values; from index k-1 on. */
const char *smooth_trailing(const double *x, size_t n, size_t k, double *out);

/* Mean of k values around each; even k gives half weight to both of k+1 ends.
 *   source   Kendall & Stuart (1966), The Advanced Theory of Statistics 3, §46 */
const char *smooth_centred(const double *x, size_t n, size_t k, double *out);

/* e[0] = x[0], e[t] = lambda x[t] + (1 - lambda) e[t-1].
 *   source   Roberts (1959), Technometrics 1:239–250 */
const char *smooth_exponential(const double *x, size_t n, double lambda, double *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Variance to mean ratio and lag-1 autocorrelation. */
#include "stats/dispersion.h"

#include "stats/check.h"
#include "stats/distributions.h"

#include <math.h>

static const struct dispersion nothing_known = {
    .mean = NAN,
    .variance = NAN,
    .index = NAN,
    .x2 = NAN,
    .p_over = NAN,
    .p_under = NAN,
    .r1 = NAN,
};

double dispersion_lag1(const double *x, size_t n)
{
    double mean = mean_of(x, n), squares = squares_about(x, n, mean), products = 0;
    if (n < 3 || !(squares > 0))
        return NAN;
    for (size_t i = 0; i + 1 < n; i++)
        products += (x[i] - mean) * (x[i + 1] - mean);
    return products / squares;
}

void stat_dispersion(const double *x, size_t n, struct dispersion *out)
{
    *out = nothing_known;
    out->n = n;
    out->unknown_because = check_counts(x, n);
    if (out->unknown_because)
        return;
    for (size_t i = 0; i < n; i++)
        out->zeros += x[i] == 0;
    out->mean = mean_of(x, n);
    if (n < 2) {
        out->unknown_because = "fewer than 2 periods";
        return;
    }
    double df = (double)n - 1;
    out->variance = squares_about(x, n, out->mean) / df;
    out->r1 = dispersion_lag1(x, n);
    if (out->zeros == n) {
        out->unknown_because = "every period has none";
        return;
    }
    out->index = out->variance / out->mean;
    out->x2 = df * out->index;
    out->p_over = dist_chi_square_tail(out->x2, df, UPPER_TAIL);
    out->p_under = dist_chi_square_tail(out->x2, df, LOWER_TAIL);
}

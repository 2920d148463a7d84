/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Top shares, Gini and Herfindahl over the units of a frame. */
#include "stats/concentration.h"

#include "stats/check.h"

#include <math.h>

static double top_share(const double *ascending, size_t n, size_t top, double total)
{
    double sum = 0;
    for (size_t i = 0; i < n && i < top; i++)
        sum += ascending[n - 1 - i];
    return sum / total;
}

static size_t count_for_half(const double *ascending, size_t n, double total)
{
    double sum = 0;
    size_t units = 0;
    while (units < n && 2 * sum < total)
        sum += ascending[n - 1 - units++];
    return units;
}

void stat_concentration(const double *x, size_t n, struct arena *scratch,
                        struct concentration *out)
{
    *out = (struct concentration){NAN, n, 0, NAN, NAN, NAN, 0, NAN, NAN, NAN, NULL};
    out->unknown_because = check_counts(x, n);
    if (out->unknown_because)
        return;
    out->total = sum_of(x, n);
    for (size_t i = 0; i < n; i++)
        out->active += x[i] > 0;
    if (out->total == 0) {
        out->unknown_because = n ? "every unit has none" : "no units";
        return;
    }
    double *sorted = arena_copy(scratch, x, n * sizeof *x), size = (double)n;
    double weighed = 0;
    sort_numbers(sorted, n);
    for (size_t i = 0; i < n; i++)
        weighed += (2 * ((double)i + 1) - size - 1) * sorted[i];
    out->top1 = top_share(sorted, n, 1, out->total);
    out->top3 = top_share(sorted, n, 3, out->total);
    out->top5 = top_share(sorted, n, 5, out->total);
    out->units_for_half = count_for_half(sorted, n, out->total);
    out->gini = weighed / (size * out->total);
    out->hhi = squares_about(sorted, n, 0) / (out->total * out->total);
    out->effective = 1 / out->hhi;
}

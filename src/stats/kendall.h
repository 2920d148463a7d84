/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mann–Kendall and Theil–Sen: a monotone trend by ranks, and its slope by the median
 * of all pairs of points. They stand up to outliers, which counts of incidents have. */
#ifndef SITREP_STATS_KENDALL_H
#define SITREP_STATS_KENDALL_H

#include "base/arena.h"

#include <stddef.h>

/* Longer series are refused: all pairs are looked at. 27 years of days. */
enum { KENDALL_PERIODS_AT_MOST = 10000 };

enum kendall_status {
    KENDALL_OK,
    KENDALL_TOO_SHORT,
    KENDALL_CONSTANT,
    KENDALL_REFUSED
};
const char *kendall_status_name(enum kendall_status status); /* ok, too_short, … */

struct mann_kendall {
    enum kendall_status status;
    double s, var_s;             /* var_s corrected for ties */
    double tau_b;                /* NAN when constant */
    double z, p;                 /* z = (s - sign s)/sqrt(var_s), two-sided normal p */
    double p_exact;              /* no ties and n <= 50, else NAN */
    double sen_slope;            /* per period, in units of x */
    double sen_low, sen_high;    /* NAN when constant or too few pairs */
    double intercept;            /* median(x) - slope median(t), t = 0 … n-1 */
    const char *unknown_because; /* why all or the interval is unknown, or NULL */
};

/* Interval by Gilbert: ranks (N ∓ C)/2 of the N sorted slopes (the upper one + 1),
 * C = z sqrt(var_s), interpolated between neighbours.
 *
 *   x        n finite values, evenly spaced, oldest first
 *   unknown  fewer than 3 values; the interval: constant, or ranks outside 1 … N
 *   cost     O(n²) time, 0.02 to 0.25 ms for 260 periods; scratch for the slopes
 *            next to the wanted ranks
 *   source   Mann (1945), Econometrica 13:245–259; Kendall (1975), Rank Correlation
 *            Methods; Sen (1968), JASA 63:1379–1389; Gilbert (1987), Statistical
 *            Methods for Environmental Pollution Monitoring, §16.4; intercept
 *            Conover (1999), Practical Nonparametric Statistics, §5.5 */
void stat_mann_kendall(const double *x, size_t n, double conf, struct arena *scratch,
                       struct mann_kendall *out);

struct seasonal_kendall {
    double s, var_s, z, p;
    double sen_slope_per_cycle; /* median of all slopes within seasons; NAN: none */
    const char *unknown_because;
};

/* Trend net of season: s and var_s summed over seasons (position modulo period),
 * without covariance between them. A season with one value adds nothing. Needs four
 * years of months to say much.
 *
 *   unknown  period 0; no season with two values
 *   source   Hirsch, Slack & Smith (1982), Water Resources Research 18:107–121 */
void stat_seasonal_kendall(const double *x, size_t n, size_t period,
                           struct arena *scratch, struct seasonal_kendall *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two counts compared: one routine, since the exact test is the clumped one with a
 * dispersion of 1. */
#include "stats/rate.h"

#include "stats/check.h"
#include "stats/distributions.h"

#include <math.h>
#include <stdint.h>

static const struct rate_change nothing_known = {
    .ratio = NAN,
    .pct = NAN,
    .pct_rounded = NAN,
    .low = NAN,
    .high = NAN,
    .p = NAN,
};

/* Exposures such as 30.4 are decimals that a double only comes near. The power of
 * ten that makes both whole again, or 0 when there is none up to a million. */
static int64_t decimal_scale(double t1, double t0)
{
    for (int64_t scale = 1; scale <= 1000000; scale *= 10) {
        double a = t1 * (double)scale, b = t0 * (double)scale;
        if (a < 1e12 && b < 1e12 && fabs(a - round(a)) <= 1e-15 * a &&
            fabs(b - round(b)) <= 1e-15 * b)
            return scale;
    }
    return 0;
}

/* 8 to 7 is -12.5 %, printed -13 %; in binary fractions such ties fall anywhere, so
 * they are decided in whole numbers: 100 (x1 t0 - x0 t1) / (x0 t1). */
static double round_per_cent(const struct rate_pair *pair, double pct)
{
    int64_t scale = decimal_scale(pair->t1, pair->t0);
    if (!scale || pair->x1 > 1e13 || pair->x0 > 1e13 || fabs(pct) > 1e15)
        return round(pct);
    __int128 t1 = (int64_t)round(pair->t1 * (double)scale);
    __int128 t0 = (int64_t)round(pair->t0 * (double)scale);
    __int128 base = (int64_t)pair->x0 * t1;
    __int128 difference = (int64_t)pair->x1 * t0 - base;
    __int128 size = difference < 0 ? -difference : difference;
    double whole = (double)((200 * size + base) / (2 * base));
    return difference < 0 ? -whole : whole;
}

/* Twice the smaller tail of e1 out of e1 + e0 trials, in their beta form. */
static double central_p(double e1, double e0, double q)
{
    double at_most = e0 > 0 ? dist_beta_tail(q, e1 + 1, e0, UPPER_TAIL) : 1;
    double at_least = e1 > 0 ? dist_beta_tail(q, e1, e0 + 1, LOWER_TAIL) : 1;
    return fmin(1, 2 * fmin(at_most, at_least));
}

static void compare(const struct rate_pair *pair, double phi, double conf,
                    struct rate_change *out)
{
    double e1 = pair->x1 / phi, e0 = pair->x0 / phi;
    double half_alpha = (1 - conf) / 2, scale = pair->t0 / pair->t1;
    out->p = central_p(e1, e0, pair->t1 / (pair->t1 + pair->t0));
    out->low = e1 > 0 ? dist_beta_odds(half_alpha, e1, e0 + 1, LOWER_TAIL) * scale : 0;
    out->high =
        e0 > 0 ? dist_beta_odds(half_alpha, e1 + 1, e0, UPPER_TAIL) * scale : INFINITY;
    if (pair->x0 == 0) {
        out->unknown_because = "the earlier period has none";
        return;
    }
    double base = pair->x0 * pair->t1;
    out->ratio = pair->x1 * pair->t0 / base;
    out->pct = 100 * (pair->x1 * pair->t0 - base) / base;
    out->pct_rounded = round_per_cent(pair, out->pct);
}

void stat_rate_change_phi(const struct rate_pair *pair, double phi, double conf,
                          struct rate_change *out)
{
    *out = nothing_known;
    out->unknown_because = CHECK_FIRST(
        check_count(pair->x1), check_count(pair->x0), check_exposure(pair->t1),
        check_exposure(pair->t0), check_level(conf),
        phi >= 1 && !isinf(phi) ? NULL : "the dispersion is below 1");
    if (!out->unknown_because)
        compare(pair, phi, conf, out);
}

void stat_rate_change(const struct rate_pair *pair, double conf,
                      struct rate_change *out)
{
    stat_rate_change_phi(pair, 1, conf, out);
}

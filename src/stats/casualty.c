/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Totals, changes and intensity of deaths, from the deaths of each incident. */
#include "stats/casualty.h"

#include "stats/check.h"
#include "stats/distributions.h"
#include "stats/share.h"

#include <math.h>

static const struct casualty_change no_change_known = {
    .total1 = NAN,
    .total0 = NAN,
    .pct = NAN,
    .diff_per_unit = NAN,
    .diff_low = NAN,
    .diff_high = NAN,
    .z = NAN,
    .p = NAN,
    .ratio = NAN,
    .ratio_low = NAN,
    .ratio_high = NAN,
};

static const struct casualty_intensity no_intensity_known = {
    .total = NAN,
    .mean = NAN,
    .low = NAN,
    .high = NAN,
    .phi = NAN,
    .median = NAN,
    .max = NAN,
    .share_of_max = NAN,
    .mean_without_max = NAN,
    .lethal_share = NAN,
    .lethal_low = NAN,
    .lethal_high = NAN,
};

static double largest_of(const double *x, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, x[i]);
    return largest;
}

/* The gamma quantile of a sum with this mean and variance. */
static double gamma_limit(double mean, double variance, double p, enum tail tail)
{
    double df = 2 * mean * mean / variance;
    return variance / (2 * mean) * dist_chi_square_quantile(p, df, tail);
}

void stat_casualty_total(const double *killed, size_t n, double conf,
                         struct casualty_total *out)
{
    *out = (struct casualty_total){n, NAN, NAN, NAN, NAN, NAN, NULL};
    out->unknown_because = CHECK_FIRST(check_counts(killed, n), check_level(conf));
    if (out->unknown_because)
        return;
    double half_alpha = (1 - conf) / 2;
    double y = sum_of(killed, n), v = squares_about(killed, n, 0);
    double w = fmax(1, largest_of(killed, n));
    out->total = y;
    out->low = y > 0 ? gamma_limit(y, v, half_alpha, LOWER_TAIL) : 0;
    out->high = gamma_limit(y + w, v + w * w, half_alpha, UPPER_TAIL);
    out->poisson_low = y > 0 ? gamma_limit(y, y, half_alpha, LOWER_TAIL) : 0;
    out->poisson_high = gamma_limit(y + 1, y + 1, half_alpha, UPPER_TAIL);
}

static void compare_rates(const struct casualty_pair *pair, double conf,
                          struct casualty_change *out)
{
    double v1 = squares_about(pair->killed1, pair->n1, 0);
    double v0 = squares_about(pair->killed0, pair->n0, 0);
    double k1 = out->total1, k0 = out->total0, t1 = pair->t1, t0 = pair->t0;
    double z = dist_normal_two_sided(conf);
    double se = sqrt(v1 / (t1 * t1) + v0 / (t0 * t0));
    out->diff_per_unit = k1 / t1 - k0 / t0;
    out->diff_low = out->diff_per_unit - z * se;
    out->diff_high = out->diff_per_unit + z * se;
    out->z = se > 0 ? out->diff_per_unit / se : 0;
    out->p = se > 0 ? dist_normal_p(out->z) : 1;
    if (k0 > 0)
        out->pct = 100 * (k1 * t0 - k0 * t1) / (k0 * t1);
    if (k1 == 0 || k0 == 0) {
        out->unknown_because = "a period has no deaths";
        return;
    }
    double reach = z * sqrt(v1 / (k1 * k1) + v0 / (k0 * k0));
    out->ratio = k1 * t0 / (k0 * t1);
    out->ratio_low = out->ratio * exp(-reach);
    out->ratio_high = out->ratio * exp(reach);
}

void stat_casualty_change(const struct casualty_pair *pair, double conf,
                          struct casualty_change *out)
{
    *out = no_change_known;
    out->unknown_because = CHECK_FIRST(
        check_counts(pair->killed1, pair->n1), check_counts(pair->killed0, pair->n0),
        check_exposure(pair->t1), check_exposure(pair->t0), check_level(conf));
    if (out->unknown_because)
        return;
    out->total1 = sum_of(pair->killed1, pair->n1);
    out->total0 = sum_of(pair->killed0, pair->n0);
    compare_rates(pair, conf, out);
}

static void describe_lethal(const double *killed, size_t n, double conf,
                            struct casualty_intensity *out)
{
    size_t lethal = 0;
    for (size_t i = 0; i < n; i++)
        lethal += killed[i] > 0;
    struct wilson share;
    stat_wilson((double)lethal, (double)n, conf, &share);
    out->lethal_share = share.estimate;
    out->lethal_low = share.low;
    out->lethal_high = share.high;
}

void stat_casualty_intensity(const double *killed, size_t n, double conf,
                             struct arena *scratch, struct casualty_intensity *out)
{
    *out = no_intensity_known;
    out->n = n;
    out->unknown_because = CHECK_FIRST(check_counts(killed, n), check_level(conf));
    if (out->unknown_because)
        return;
    out->total = sum_of(killed, n);
    if (n == 0) {
        out->unknown_because = "no incidents";
        return;
    }
    double df = (double)n - 1;
    out->mean = out->total / (double)n;
    out->max = largest_of(killed, n);
    out->median = median_in_place(arena_copy(scratch, killed, n * sizeof *killed), n);
    describe_lethal(killed, n, conf, out);
    if (out->total > 0)
        out->share_of_max = out->max / out->total;
    if (n > 1)
        out->mean_without_max = (out->total - out->max) / df;
    if (n < 2 || out->total == 0) {
        out->unknown_because = n < 2 ? "only one incident" : "no deaths";
        return;
    }
    out->phi = fmax(1, squares_about(killed, n, out->mean) / out->mean / df);
    double reach = dist_student_two_sided(conf, df) * sqrt(out->phi / out->total);
    out->low = out->mean * exp(-reach);
    out->high = out->mean * exp(reach);
}

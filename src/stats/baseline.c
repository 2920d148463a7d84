/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The usual range from earlier periods, and the range to expect of the next. */
#include "stats/baseline.h"

#include "stats/check.h"
#include "stats/distributions.h"
#include "stats/rate.h"

#include <math.h>

static const struct baseline nothing_known = {
    .mean = NAN,
    .median = NAN,
    .min = NAN,
    .max = NAN,
    .pct = NAN,
    .ratio_low = NAN,
    .ratio_high = NAN,
    .p_exact = NAN,
    .phi_raw = NAN,
    .phi = NAN,
    .usual_low = NAN,
    .usual_high = NAN,
    .z = NAN,
    .verdict = USUAL_NO_HISTORY,
};

const char *usual_name(enum usual usual)
{
    static const char *const names[] = {
        [USUAL_NO_HISTORY] = "no_history",
        [USUAL_BELOW] = "below",
        [USUAL_INSIDE] = "usual",
        [USUAL_ABOVE] = "above",
    };
    return names[usual];
}

static void describe_base(double y, const double *base, size_t k, struct arena *scratch,
                          struct baseline *out)
{
    double *sorted = arena_copy(scratch, base, k * sizeof *base);
    out->mean = mean_of(base, k);
    out->median = median_in_place(sorted, k);
    out->min = sorted[0];
    out->max = sorted[k - 1];
    for (size_t i = 0; i < k; i++)
        out->n_at_least += base[i] >= y;
}

/* The base on the 2/3-power scale, and its limits back from there. */
struct usual_range {
    double phi_raw, phi, root, se, low, high;
};

static struct usual_range range_of_base(const double *base, size_t count, double mean,
                                        double conf)
{
    struct usual_range range = {.phi_raw = NAN};
    double k = (double)count;
    if (count >= 2)
        range.phi_raw = squares_about(base, count, mean) / mean / (k - 1);
    range.phi = fmax(1, range.phi_raw);
    double tau = range.phi * (1 + 1 / k);
    range.se = sqrt(4.0 / 9 * cbrt(mean) * tau);
    range.root = pow(mean, 2.0 / 3);
    double reach = dist_normal_two_sided(conf) * range.se;
    range.low = pow(fmax(0, range.root - reach), 1.5);
    range.high = pow(range.root + reach, 1.5);
    return range;
}

static void judge(double y, const double *base, double conf, struct baseline *out)
{
    struct usual_range range = range_of_base(base, out->k, out->mean, conf);
    out->phi_raw = range.phi_raw;
    out->phi = range.phi;
    out->pct = 100 * (y - out->mean) / out->mean;
    out->usual_low = range.low;
    out->usual_high = range.high;
    out->z = (pow(y, 2.0 / 3) - range.root) / range.se;
    out->verdict = y > out->usual_high  ? USUAL_ABOVE
                   : y < out->usual_low ? USUAL_BELOW
                                        : USUAL_INSIDE;
}

bool stat_usual_range(const double *base, size_t k, double conf, double *low,
                      double *high)
{
    *low = *high = NAN;
    double sum = sum_of(base, k);
    if (CHECK_FIRST(check_counts(base, k), check_count(sum), check_level(conf)) ||
        sum == 0)
        return false;
    struct usual_range range = range_of_base(base, k, mean_of(base, k), conf);
    *low = range.low;
    *high = range.high;
    return true;
}

void stat_baseline(double y, const double *base, size_t k, double conf,
                   struct arena *scratch, struct baseline *out)
{
    *out = nothing_known;
    out->k = k;
    out->unknown_because =
        CHECK_FIRST(check_count(y), check_counts(base, k), check_level(conf),
                    k ? NULL : "no earlier period to compare with");
    if (out->unknown_because)
        return;
    describe_base(y, base, k, scratch, out);
    struct rate_change change;
    stat_rate_change(&(struct rate_pair){y, 1, sum_of(base, k), (double)k}, conf,
                     &change);
    if (isnan(change.p)) {
        out->unknown_because = change.unknown_because;
        return;
    }
    out->ratio_low = change.low;
    out->ratio_high = change.high;
    out->p_exact = change.p;
    if (out->mean > 0) {
        judge(y, base, conf, out);
        return;
    }
    out->phi = 1;
    out->verdict = y == 0 ? USUAL_INSIDE : USUAL_NO_HISTORY;
    out->unknown_because = "none in any earlier period";
}

void stat_predictive(const struct predictive_question *question, struct predictive *out)
{
    *out = (struct predictive){NAN, NAN, NAN, NAN, NAN, NULL};
    double y = question->y, h = question->h, k = (double)question->k;
    out->unknown_because = CHECK_FIRST(
        isnan(y) ? NULL : check_count(y), check_counts(question->base, question->k),
        check_level(question->conf),
        question->k ? NULL : "no earlier period to predict from",
        h > 0 && !isinf(h) ? NULL : "no period to predict");
    if (out->unknown_because)
        return;
    double size = 0.5 + sum_of(question->base, question->k), prob = k / (k + h);
    double half_alpha = (1 - question->conf) / 2;
    out->mean = size * h / k;
    out->low = dist_negbin_quantile(half_alpha, size, prob, LOWER_TAIL);
    out->high = dist_negbin_quantile(half_alpha, size, prob, UPPER_TAIL);
    if (isnan(y))
        return;
    out->p_at_least = dist_negbin_at_least(y, size, prob);
    out->p_at_most = dist_negbin_at_most(y, size, prob);
}

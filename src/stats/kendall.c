/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mann–Kendall's test, plain and by season, with Theil–Sen slopes. */
#include "stats/kendall.h"

#include "stats/check.h"
#include "stats/distributions.h"
#include "stats/slopes.h"

#include <math.h>

static const struct mann_kendall nothing_known = {
    .s = NAN,
    .var_s = NAN,
    .tau_b = NAN,
    .z = NAN,
    .p = NAN,
    .p_exact = NAN,
    .sen_slope = NAN,
    .sen_low = NAN,
    .sen_high = NAN,
    .intercept = NAN,
};

const char *kendall_status_name(enum kendall_status status)
{
    static const char *const names[] = {
        [KENDALL_OK] = "ok",
        [KENDALL_TOO_SHORT] = "too_short",
        [KENDALL_CONSTANT] = "constant",
        [KENDALL_REFUSED] = "refused",
    };
    return names[status];
}

static const char *check_series(const double *x, size_t n)
{
    return CHECK_FIRST(check_values(x, n),
                       n > KENDALL_PERIODS_AT_MOST ? "more than 10,000 periods" : NULL);
}

static double score_of(const struct slopes *slopes)
{
    return (double)slopes->rising - (double)slopes->falling;
}

static double standardize(double s, double var_s)
{
    return s == 0 ? 0 : (s - copysign(1, s)) / sqrt(var_s);
}

/* P(inversions <= most) among n! orders, by adding the orders of one more value at a
 * time: it makes 0 to size-1 inversions with those before it. */
static double inversions_at_most(size_t n, size_t most, struct arena *scratch)
{
    double *share = ARENA_ARRAY(scratch, double, most + 1);
    double *grown = ARENA_ARRAY(scratch, double, most + 1);
    share[0] = 1;
    for (size_t size = 2; size <= n; size++) {
        for (size_t k = 0; k <= most; k++) {
            double sum = 0;
            for (size_t more = 0; more < size && more <= k; more++)
                sum += share[k - more];
            grown[k] = sum / (double)size;
        }
        double *used = share;
        share = grown;
        grown = used;
    }
    return sum_of(share, most + 1);
}

static double exact_p(double s, size_t n, struct arena *scratch)
{
    double pairs = (double)n * ((double)n - 1) / 2;
    double fewer = (pairs - fabs(s)) / 2; /* inversions on the rarer side */
    return fmin(1, 2 * inversions_at_most(n, (size_t)fewer, scratch));
}

/* Median and limits of the slopes; all needed ranks are asked for at once. */
static void describe_slopes(const struct slopes *slopes, double reach,
                            struct arena *scratch, struct mann_kendall *out)
{
    size_t total = slopes_total(slopes);
    double pairs = (double)total, low = (pairs - reach) / 2;
    double high = (pairs + reach) / 2 + 1; /* 1-based, may lie between ranks */
    if (low < 1 || high > pairs) {
        size_t middle[] = {(total - 1) / 2, total / 2};
        double slope[2];
        slopes_at_ranks(slopes, middle, 2, scratch, slope);
        out->sen_slope = (slope[0] + slope[1]) / 2;
        out->unknown_because = "too few pairs of periods for an interval";
        return;
    }
    size_t first = (size_t)low, last = (size_t)high;
    size_t rank[] = {first - 1,       first < total ? first : total - 1,
                     (total - 1) / 2, total / 2,
                     last - 1,        last < total ? last : total - 1};
    double slope[6];
    slopes_at_ranks(slopes, rank, 6, scratch, slope);
    out->sen_low = slope[0] + (low - (double)first) * (slope[1] - slope[0]);
    out->sen_slope = (slope[2] + slope[3]) / 2;
    out->sen_high = slope[4] + (high - (double)last) * (slope[5] - slope[4]);
}

static void describe_constant(double value, struct mann_kendall *out)
{
    out->status = KENDALL_CONSTANT;
    out->s = out->var_s = out->z = out->sen_slope = 0;
    out->p = 1;
    out->intercept = value;
    out->unknown_because = "every period has the same value";
}

void stat_mann_kendall(const double *x, size_t n, double conf, struct arena *scratch,
                       struct mann_kendall *out)
{
    *out = nothing_known;
    out->status = KENDALL_REFUSED;
    out->unknown_because = CHECK_FIRST(check_series(x, n), check_level(conf));
    if (out->unknown_because)
        return;
    if (n < 3) {
        out->status = KENDALL_TOO_SHORT;
        out->unknown_because = "fewer than 3 periods";
        return;
    }
    struct slopes slopes = {.x = x, .n = n, .period = 1};
    slopes_count(&slopes, scratch);
    if (slopes.level == slopes_total(&slopes)) {
        describe_constant(x[0], out);
        return;
    }
    double pairs = (double)slopes_total(&slopes), level = (double)slopes.level;
    out->status = KENDALL_OK;
    out->s = score_of(&slopes);
    out->var_s = slopes.var_s;
    out->tau_b = out->s / sqrt(pairs * (pairs - level));
    out->z = standardize(out->s, out->var_s);
    out->p = dist_normal_p(out->z);
    if (level == 0 && n <= 50)
        out->p_exact = exact_p(out->s, n, scratch);
    double reach = dist_normal_two_sided(conf) * sqrt(out->var_s);
    describe_slopes(&slopes, reach, scratch, out);
    double middle = median_in_place(arena_copy(scratch, x, n * sizeof *x), n);
    out->intercept = middle - out->sen_slope * ((double)n - 1) / 2;
}

void stat_seasonal_kendall(const double *x, size_t n, size_t period,
                           struct arena *scratch, struct seasonal_kendall *out)
{
    *out = (struct seasonal_kendall){NAN, NAN, NAN, NAN, NAN, NULL};
    out->unknown_because =
        CHECK_FIRST(check_series(x, n), period ? NULL : "the cycle has no periods");
    if (out->unknown_because)
        return;
    /* Beyond the series' length every season has one value; steps must not wrap. */
    struct slopes slopes = {.x = x, .n = n, .period = period > n ? n + 1 : period};
    slopes_count(&slopes, scratch);
    out->s = score_of(&slopes);
    out->var_s = slopes.var_s;
    out->z = standardize(out->s, out->var_s);
    out->p = dist_normal_p(out->z);
    size_t total = slopes_total(&slopes);
    if (total == 0) {
        out->unknown_because = "less than two cycles";
        return;
    }
    double slope[2];
    slopes_at_ranks(&slopes, (size_t[]){(total - 1) / 2, total / 2}, 2, scratch, slope);
    out->sen_slope_per_cycle = (slope[0] + slope[1]) / 2;
}

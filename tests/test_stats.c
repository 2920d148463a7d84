/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold for any counts: symmetries, scales and orders of the statistics on
 * rates, ranges, trends and records. */
#include "fixture.h"
#include "bench/steady.h"

#include "stats/baseline.h"
#include "stats/dispersion.h"
#include "stats/kendall.h"
#include "stats/rate.h"
#include "stats/record.h"
#include "stats/smoothing.h"
#include "stats/trend.h"

#include <stdlib.h>

enum { ROUNDS = 200, LENGTH = 40 };

/* Length 3 to LENGTH, of any level and clumping; never all zero. */
static size_t draw_series(struct steady *steady, double *out)
{
    size_t n = 3 + (size_t)(steady_uniform(steady) * (LENGTH - 3));
    double mean = exp(6 * steady_uniform(steady) - 1);
    double size = steady_uniform(steady) < 0.5 ? INFINITY : 3;
    for (size_t i = 0; i < n; i++)
        out[i] = steady_count(steady, mean, size);
    out[n / 2]++;
    return n;
}

static void reverse(const double *x, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = x[n - 1 - i];
}

static double draw_count(struct steady *steady)
{
    return floor(exp(16 * steady_uniform(steady)) - 1);
}

static void assert_rate_same(const struct rate_change *a, const struct rate_change *b)
{
    assert_near(a->ratio, b->ratio, 1e-10 * fabs(b->ratio));
    assert_near(a->p, b->p, 1e-9);
    assert_near(a->low, b->low, 1e-9 * fabs(b->low));
    if (isfinite(b->high))
        assert_near(a->high, b->high, 1e-9 * b->high);
    assert_true(a->pct_rounded == b->pct_rounded || isnan(b->pct_rounded));
}

static void scaling_both_exposures_leaves_the_rate_change(void **state)
{
    (void)state;
    struct steady steady = {1};
    for (int i = 0; i < ROUNDS; i++) {
        struct rate_pair pair = {draw_count(&steady), 7, draw_count(&steady), 84};
        struct rate_pair scaled = {pair.x1, 7 * 3.5, pair.x0, 84 * 3.5};
        struct rate_change a, b;
        stat_rate_change(&pair, 0.95, &a);
        stat_rate_change(&scaled, 0.95, &b);
        assert_rate_same(&b, &a);
    }
}

static void swapping_the_periods_inverts_the_rate_ratio(void **state)
{
    (void)state;
    struct steady steady = {2};
    for (int i = 0; i < ROUNDS; i++) {
        struct rate_pair pair = {draw_count(&steady) + 1, 31, draw_count(&steady) + 1,
                                 28};
        struct rate_pair swapped = {pair.x0, pair.t0, pair.x1, pair.t1};
        struct rate_change a, b;
        stat_rate_change_phi(&pair, 1.7, 0.9, &a);
        stat_rate_change_phi(&swapped, 1.7, 0.9, &b);
        assert_near(a.ratio * b.ratio, 1, 1e-12);
        assert_near(a.low * b.high, 1, 1e-9);
        assert_near(a.p, b.p, 1e-9);
    }
}

static void the_p_value_agrees_with_the_interval(void **state)
{
    (void)state;
    struct steady steady = {3};
    for (int i = 0; i < 20 * ROUNDS; i++) {
        double mean = 1 + 60 * steady_uniform(&steady);
        struct rate_pair pair = {steady_poisson(&steady, mean * 1.4), 7,
                                 steady_poisson(&steady, mean), 7};
        struct rate_change change;
        stat_rate_change_phi(&pair, 1 + steady_uniform(&steady), 0.95, &change);
        bool leaves_one_out = change.low > 1 || change.high < 1;
        if (fabs(change.p - 0.05) > 1e-9)
            assert_int_equal(change.p < 0.05, leaves_one_out);
    }
}

static void clumping_widens_and_never_sharpens(void **state)
{
    (void)state;
    struct steady steady = {4};
    for (int i = 0; i < ROUNDS; i++) {
        struct rate_pair pair = {draw_count(&steady), 7, draw_count(&steady), 14};
        struct rate_change plain, same, clumped;
        stat_rate_change(&pair, 0.95, &plain);
        stat_rate_change_phi(&pair, 1, 0.95, &same);
        stat_rate_change_phi(&pair, 3, 0.95, &clumped);
        assert_true(plain.p == same.p && plain.low == same.low);
        assert_true(clumped.low <= plain.low && clumped.high >= plain.high);
        assert_true(clumped.p >= plain.p * (1 - 1e-12));
    }
}

static double rounded(double x1, double t1, double x0, double t0)
{
    struct rate_change change;
    stat_rate_change(&(struct rate_pair){x1, t1, x0, t0}, 0.95, &change);
    return change.pct_rounded;
}

static void per_cents_are_rounded_in_whole_numbers(void **state)
{
    (void)state;
    assert_true(rounded(7, 1, 8, 1) == -13);
    assert_true(rounded(9, 1, 8, 1) == 13);
    assert_true(rounded(201, 1, 200, 1) == 1);
    assert_true(rounded(199, 1, 200, 1) == -1);
    assert_true(rounded(203, 1, 200, 1) == 2);
    assert_true(rounded(10000000, 30, 9950249, 30) == 0);
    /* 1.005 × 30.4/30.4: the exposures are decimals that no double holds */
    assert_true(rounded(201, 30.4, 200, 30.4) == 1);
    assert_true(rounded(9, 0.7, 8, 0.7) == 13);
    assert_true(rounded(21, 0.3, 10, 0.1) == -30);
    assert_true(rounded(29, 1, 15, 1) == 93);
    assert_true(rounded(21, 1, 24, 1) == -13);
    assert_true(rounded(0, 7, 5, 7) == -100);
    assert_true(isnan(rounded(5, 7, 0, 7)));
}

static void from_nothing_there_is_an_interval_but_no_ratio(void **state)
{
    (void)state;
    struct rate_change change;
    stat_rate_change(&(struct rate_pair){5, 7, 0, 7}, 0.95, &change);
    assert_true(isnan(change.ratio) && isnan(change.pct));
    assert_true(isinf(change.high) && change.low > 0.9);
    assert_near(change.p, 0.0625, 1e-15);
    assert_non_null(change.unknown_because);
}

static void tiny_p_values_keep_their_digits(void **state)
{
    (void)state;
    struct rate_change change;
    /* R: log10(2) + pbinom(100, 1100, 0.5, log = TRUE) / log(10) */
    stat_rate_change(&(struct rate_pair){100, 1, 1000, 1}, 0.95, &change);
    assert_near(log10(change.p), -186.6331, 1e-4);
    stat_rate_change(&(struct rate_pair){10000000, 31, 9000000, 30}, 0.95, &change);
    assert_true(change.p >= 0 && change.p < 1e-300);
    assert_true(change.low < change.ratio && change.ratio < change.high);
}

static void dispersion_does_not_know_left_from_right(void **state)
{
    (void)state;
    struct steady steady = {5};
    double x[LENGTH], back[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct dispersion a, b;
        reverse(x, n, back);
        stat_dispersion(x, n, &a);
        stat_dispersion(back, n, &b);
        assert_near(a.index, b.index, 1e-10 * b.index);
        if (!isnan(b.r1))
            assert_near(a.r1, b.r1, 1e-9);
        assert_near(a.p_over + a.p_under, 1, 1e-12);
    }
}

static void shifting_counts_leaves_their_variance(void **state)
{
    (void)state;
    struct steady steady = {6};
    double x[LENGTH], shifted[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct dispersion a, b;
        for (size_t t = 0; t < n; t++)
            shifted[t] = x[t] + 1e7;
        stat_dispersion(x, n, &a);
        stat_dispersion(shifted, n, &b);
        assert_near(a.variance, b.variance, 1e-6 * a.variance + 1e-9);
    }
}

static void the_order_of_earlier_periods_is_no_matter(void **state)
{
    (void)state;
    struct steady steady = {7};
    double x[LENGTH], back[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct baseline a, b;
        reverse(x, n, back);
        stat_baseline(x[0], x, n, 0.95, arena, &a);
        stat_baseline(x[0], back, n, 0.95, arena, &b);
        assert_near(a.usual_low, b.usual_low, 1e-9 * (1 + a.usual_low));
        assert_near(a.usual_high, b.usual_high, 1e-9 * a.usual_high);
        assert_true(a.median == b.median && a.verdict == b.verdict);
        assert_true(a.usual_low <= a.mean && a.mean <= a.usual_high);
        assert_true(a.min <= a.median && a.median <= a.max && a.n_at_least >= 1);
    }
}

static void the_usual_range_alone_is_baselines(void **state)
{
    (void)state;
    struct steady steady = {11};
    double x[LENGTH], low, high;
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct baseline whole;
        stat_baseline(x[0], x, n, 0.9, arena, &whole);
        assert_int_equal(stat_usual_range(x, n, 0.9, &low, &high),
                         !isnan(whole.usual_high));
        if (!isnan(low))
            assert_true(low == whole.usual_low && high == whole.usual_high);
        else
            assert_true(isnan(high) && isnan(whole.usual_low));
    }
    assert_false(stat_usual_range((double[]){0, 0}, 2, 0.9, &low, &high));
    assert_false(stat_usual_range((double[]){3, 0.5}, 2, 0.9, &low, &high));
    assert_false(stat_usual_range((double[]){3, 4}, 2, 1, &low, &high));
    assert_false(stat_usual_range(NULL, 0, 0.9, &low, &high));
    assert_true(isnan(low) && isnan(high));
}

static void a_predicted_range_holds_its_share(void **state)
{
    (void)state;
    struct steady steady = {8};
    double x[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct predictive out;
        struct predictive_question question = {NAN, x, n, 2, 0.9};
        stat_predictive(&question, &out);
        assert_true(isnan(out.p_at_least));
        assert_true(out.low <= out.mean && out.mean <= out.high);
        question.y = out.high;
        stat_predictive(&question, &out);
        assert_true(out.p_at_most >= 0.95 && out.p_at_least > 0.05 - 1e-12);
        question.y = out.high - 1;
        stat_predictive(&question, &out);
        assert_true(out.p_at_most < 0.95);
    }
}

static void reversing_a_series_negates_its_trend(void **state)
{
    (void)state;
    struct steady steady = {9};
    double y[LENGTH], back[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, y);
        struct trend a, b;
        reverse(y, n, back);
        stat_trend(&(struct trend_question){y, NULL, n, 0.95}, arena, &a);
        stat_trend(&(struct trend_question){back, NULL, n, 0.95}, arena, &b);
        assert_int_equal(a.status, b.status);
        if (a.status != TREND_OK)
            continue;
        assert_near(a.slope, -b.slope, 1e-11);
        assert_near(a.se, b.se, 1e-9 * a.se);
        assert_near(a.p, b.p, 1e-9);
        assert_near(a.deviance, b.deviance, 1e-8 * (1 + a.deviance));
    }
}

static void longer_periods_scale_the_level_not_the_trend(void **state)
{
    (void)state;
    struct steady steady = {10};
    double y[LENGTH], days[LENGTH], doubled[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, y);
        struct trend a, b;
        for (size_t t = 0; t < n; t++) {
            days[t] = 28 + 3 * steady_uniform(&steady);
            doubled[t] = 2 * days[t];
        }
        stat_trend(&(struct trend_question){y, days, n, 0.95}, arena, &a);
        stat_trend(&(struct trend_question){y, doubled, n, 0.95}, arena, &b);
        if (a.status != TREND_OK)
            continue;
        assert_near(a.slope, b.slope, 1e-11);
        assert_near(a.intercept, b.intercept + log(2), 1e-10);
        assert_near(a.pct_high, b.pct_high, 1e-8 * (1 + fabs(a.pct_high)));
    }
}

static void an_exact_exponential_is_found(void **state)
{
    (void)state;
    double y[] = {1, 2, 4, 8, 16, 32, 64, 128};
    struct trend trend;
    stat_trend(&(struct trend_question){y, NULL, 8, 0.95}, arena, &trend);
    assert_near(trend.pct, 100, 1e-9);
    assert_near(trend.intercept, 0, 1e-10);
    assert_near(trend.deviance, 0, 1e-10);
    assert_true(trend.phi == 1);
}

static void counts_that_span_the_doubles_do_not_break_a_trend(void **state)
{
    (void)state;
    double steep[100] = {[98] = 1, [99] = 1e7};
    double far[100] = {[0] = 1, [98] = 1, [99] = 1e7};
    struct trend trend;
    stat_trend(&(struct trend_question){steep, NULL, 100, 0.95}, arena, &trend);
    assert_int_equal(trend.status, TREND_OK);
    assert_near(trend.slope, log(1e7), 1e-6);
    stat_trend(&(struct trend_question){far, NULL, 100, 0.95}, arena, &trend);
    assert_true(trend.status != TREND_OK && isnan(trend.slope));
    assert_non_null(trend.unknown_because);
}

static void a_negative_binomial_trend_reverses_too(void **state)
{
    (void)state;
    struct steady steady = {11};
    double y[LENGTH], back[LENGTH];
    int fitted = 0;
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, y);
        struct trend_negbin a, b;
        reverse(y, n, back);
        stat_trend_negbin(&(struct trend_question){y, NULL, n, 0.95}, arena, &a);
        stat_trend_negbin(&(struct trend_question){back, NULL, n, 0.95}, arena, &b);
        assert_int_equal(a.status, b.status);
        if (a.status != TREND_OK)
            continue;
        fitted++;
        assert_near(a.slope, -b.slope, 1e-8);
        assert_near(log(a.theta), log(b.theta), 1e-7);
        assert_true(a.lr >= 0 && a.lr_p <= 0.5);
    }
    assert_true(fitted > ROUNDS / 4);
}

static void reversing_a_series_negates_kendalls_score(void **state)
{
    (void)state;
    struct steady steady = {12};
    double x[LENGTH], back[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct mann_kendall a, b;
        reverse(x, n, back);
        stat_mann_kendall(x, n, 0.95, arena, &a);
        stat_mann_kendall(back, n, 0.95, arena, &b);
        assert_true(a.s == -b.s && a.var_s == b.var_s && a.p == b.p);
        assert_near(a.sen_slope, -b.sen_slope, 1e-12 * fabs(a.sen_slope));
        if (!isnan(a.sen_low))
            assert_near(a.sen_low, -b.sen_high, 1e-9);
    }
}

static void ranks_do_not_see_a_monotone_scale(void **state)
{
    (void)state;
    struct steady steady = {13};
    double x[LENGTH], scaled[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct mann_kendall a, b, linear;
        for (size_t t = 0; t < n; t++)
            scaled[t] = sqrt(x[t]);
        stat_mann_kendall(x, n, 0.95, arena, &a);
        stat_mann_kendall(scaled, n, 0.95, arena, &b);
        assert_true(a.s == b.s && a.p == b.p);
        for (size_t t = 0; t < n; t++)
            scaled[t] = 3 * x[t] - 1000;
        stat_mann_kendall(scaled, n, 0.95, arena, &linear);
        assert_near(linear.sen_slope, 3 * a.sen_slope, 1e-9);
        assert_near(linear.intercept, 3 * a.intercept - 1000, 1e-9);
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void theil_sen_is_the_median_of_all_slopes(void **state)
{
    (void)state;
    struct steady steady = {14};
    double x[LENGTH], slope[LENGTH * LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x), count = 0;
        double s = 0;
        for (size_t b = 1; b < n; b++)
            for (size_t a = 0; a < b; a++) {
                slope[count++] = (x[b] - x[a]) / (double)(b - a);
                s += (x[b] > x[a]) - (x[b] < x[a]);
            }
        qsort(slope, count, sizeof *slope, compare_doubles);
        struct mann_kendall out;
        stat_mann_kendall(x, n, 0.95, arena, &out);
        assert_true(out.s == s);
        double median = (slope[(count - 1) / 2] + slope[count / 2]) / 2;
        assert_true(out.sen_slope == median);
        if (!isnan(out.sen_low))
            assert_true(out.sen_low <= median && median <= out.sen_high);
    }
}

static void theil_sen_ignores_one_outlier(void **state)
{
    (void)state;
    double x[] = {10, 12, 14, 16, 900, 20, 22, 24};
    struct mann_kendall out;
    stat_mann_kendall(x, 8, 0.95, arena, &out);
    assert_near(out.sen_slope, 2, 1e-12);
}

static void one_season_a_cycle_is_plain_mann_kendall(void **state)
{
    (void)state;
    struct steady steady = {15};
    double x[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct mann_kendall plain;
        struct seasonal_kendall seasonal;
        stat_mann_kendall(x, n, 0.95, arena, &plain);
        stat_seasonal_kendall(x, n, 1, arena, &seasonal);
        assert_true(plain.s == seasonal.s && plain.var_s == seasonal.var_s);
        assert_true(plain.sen_slope == seasonal.sen_slope_per_cycle);
    }
}

static void kendalls_exact_p_sums_over_all_orders(void **state)
{
    (void)state;
    /* R: cor.test(1:n, x, method = "kendall", exact = TRUE)$p.value */
    double rising[] = {1, 2, 3, 4, 5, 6}, mixed[] = {2, 1, 4, 3, 6, 5};
    struct mann_kendall out;
    stat_mann_kendall(rising, 6, 0.95, arena, &out);
    assert_near(out.p_exact, 2.0 / 720, 1e-15);
    stat_mann_kendall(mixed, 6, 0.95, arena, &out);
    assert_near(out.p_exact, 0.1361111111111, 1e-12);
}

static void a_mean_of_equal_values_is_that_value(void **state)
{
    (void)state;
    double x[20], out[20];
    for (size_t i = 0; i < 20; i++)
        x[i] = 7;
    for (size_t k = 1; k <= 20; k++) {
        assert_null(smooth_trailing(x, 20, k, out));
        for (size_t i = 0; i < 20; i++)
            assert_true(i + 1 < k ? isnan(out[i]) : out[i] == 7);
        assert_null(smooth_centred(x, 20, k, out));
        for (size_t i = 0; i < 20; i++)
            assert_true(i < k / 2 || i + k / 2 >= 20 ? isnan(out[i]) : out[i] == 7);
    }
}

static void a_gap_blanks_the_averages_that_need_it(void **state)
{
    (void)state;
    double x[] = {1, 2, NAN, 4, 5, 6, 7}, out[7];
    assert_null(smooth_trailing(x, 7, 2, out));
    assert_true(out[1] == 1.5 && isnan(out[2]) && isnan(out[3]) && out[4] == 4.5);
    assert_null(smooth_centred(x, 7, 3, out));
    assert_true(isnan(out[3]) && out[4] == 5 && out[5] == 6);
}

static void smoothing_refuses_what_it_cannot_average(void **state)
{
    (void)state;
    double x[] = {1, INFINITY, 3}, out[3] = {0};
    assert_non_null(smooth_trailing(x, 3, 2, out));
    assert_true(isnan(out[0]) && isnan(out[2]));
    x[1] = 2;
    assert_non_null(smooth_trailing(x, 3, 0, out));
    assert_non_null(smooth_exponential(x, 3, 0, out));
    assert_non_null(smooth_exponential(x, 3, NAN, out));
    assert_null(smooth_exponential(x, 3, 0.5, out));
    assert_true(out[0] == 1 && out[1] == 1.5 && out[2] == 2.25);
}

static void records_of_the_negated_series_are_mirrored(void **state)
{
    (void)state;
    struct steady steady = {16};
    double x[LENGTH], negated[LENGTH];
    for (int i = 0; i < ROUNDS; i++) {
        size_t n = draw_series(&steady, x);
        struct record a, b;
        for (size_t t = 0; t < n; t++)
            negated[t] = -x[t];
        stat_record(x, n, &a);
        stat_record(negated, n, &b);
        assert_true(a.last_above == b.last_below && a.last_at_most == b.last_at_least);
        assert_true(a.record_high == b.record_low && a.tied == b.tied);
        assert_int_equal(a.rank_high + a.tied + b.rank_high - 1, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scaling_both_exposures_leaves_the_rate_change),
        cmocka_unit_test(swapping_the_periods_inverts_the_rate_ratio),
        cmocka_unit_test(the_p_value_agrees_with_the_interval),
        cmocka_unit_test(clumping_widens_and_never_sharpens),
        cmocka_unit_test(per_cents_are_rounded_in_whole_numbers),
        cmocka_unit_test(from_nothing_there_is_an_interval_but_no_ratio),
        cmocka_unit_test(tiny_p_values_keep_their_digits),
        cmocka_unit_test(dispersion_does_not_know_left_from_right),
        cmocka_unit_test(shifting_counts_leaves_their_variance),
        cmocka_unit_test(the_order_of_earlier_periods_is_no_matter),
        cmocka_unit_test(the_usual_range_alone_is_baselines),
        cmocka_unit_test(a_predicted_range_holds_its_share),
        cmocka_unit_test(reversing_a_series_negates_its_trend),
        cmocka_unit_test(longer_periods_scale_the_level_not_the_trend),
        cmocka_unit_test(an_exact_exponential_is_found),
        cmocka_unit_test(counts_that_span_the_doubles_do_not_break_a_trend),
        cmocka_unit_test(a_negative_binomial_trend_reverses_too),
        cmocka_unit_test(reversing_a_series_negates_kendalls_score),
        cmocka_unit_test(ranks_do_not_see_a_monotone_scale),
        cmocka_unit_test(theil_sen_is_the_median_of_all_slopes),
        cmocka_unit_test(theil_sen_ignores_one_outlier),
        cmocka_unit_test(one_season_a_cycle_is_plain_mann_kendall),
        cmocka_unit_test(kendalls_exact_p_sums_over_all_orders),
        cmocka_unit_test(a_mean_of_equal_values_is_that_value),
        cmocka_unit_test(a_gap_blanks_the_averages_that_need_it),
        cmocka_unit_test(smoothing_refuses_what_it_cannot_average),
        cmocka_unit_test(records_of_the_negated_series_are_mirrored),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

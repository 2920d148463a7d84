/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold for any counts: shares, their changes, and deaths. */
#include "fixture.h"
#include "bench/steady.h"

#include "stats/casualty.h"
#include "stats/share.h"

enum { ROUNDS = 200 };

static size_t below(struct steady *steady, size_t limit)
{
    return (size_t)(steady_uniform(steady) * (double)limit);
}

static void a_share_lies_inside_its_interval_inside_0_and_1(void **state)
{
    (void)state;
    struct steady steady = {1};
    for (int i = 0; i < 10 * ROUNDS; i++) {
        double n = 1 + floor(exp(16 * steady_uniform(&steady)));
        double x = floor((n + 1) * steady_uniform(&steady));
        double conf = 0.5 + 0.499 * steady_uniform(&steady);
        struct wilson share, rest;
        stat_wilson(x, n, conf, &share);
        stat_wilson(n - x, n, conf, &rest);
        assert_true(0 <= share.low && share.low <= share.estimate);
        assert_true(share.estimate <= share.high && share.high <= 1);
        assert_near(share.low + rest.high, 1, 1e-12);
    }
}

static void shares_of_nothing_and_everything_have_exact_ends(void **state)
{
    (void)state;
    struct wilson share;
    for (double n = 1; n < 1e8; n *= 7) {
        stat_wilson(0, n, 0.95, &share);
        assert_true(share.low == 0 && share.high > 0);
        stat_wilson(n, n, 0.95, &share);
        assert_true(share.high == 1 && share.low < 1);
    }
}

static void swapping_the_periods_negates_a_change_of_share(void **state)
{
    (void)state;
    struct steady steady = {2};
    for (int i = 0; i < ROUNDS; i++) {
        double n1 = 1 + (double)below(&steady, 300),
               n0 = 1 + (double)below(&steady, 300);
        struct share_pair pair = {(double)below(&steady, (size_t)n1 + 1), n1,
                                  (double)below(&steady, (size_t)n0 + 1), n0};
        struct share_pair swapped = {pair.x0, n0, pair.x1, n1};
        struct share_change a, b;
        stat_share_change(&pair, 0.95, &a);
        stat_share_change(&swapped, 0.95, &b);
        assert_near(a.diff, -b.diff, 1e-15);
        assert_near(a.low, -b.high, 1e-12);
        assert_near(a.p, b.p, 1e-9);
        assert_true(a.p > 0 && a.p <= 1);
        assert_true(a.low >= -1 - 1e-12 && a.high <= 1 + 1e-12);
    }
}

static void a_tea_taster_is_not_convincing(void **state)
{
    (void)state;
    struct share_change change;
    stat_share_change(&(struct share_pair){3, 4, 1, 4}, 0.95, &change);
    assert_near(change.p, 34.0 / 70, 1e-12);
}

static void deaths_that_fall_one_by_one_are_poisson(void **state)
{
    (void)state;
    double ones[50];
    struct casualty_total out;
    for (size_t n = 0; n <= 50; n++) {
        for (size_t i = 0; i < n; i++)
            ones[i] = 1;
        stat_casualty_total(ones, n, 0.95, &out);
        assert_near(out.low, out.poisson_low, 1e-9);
        assert_near(out.high, out.poisson_high, 1e-9);
        assert_true(out.low <= out.total && out.total < out.high);
    }
}

static void one_large_attack_widens_the_interval(void **state)
{
    (void)state;
    double even[] = {4, 4, 4, 4, 4, 4}, uneven[] = {1, 1, 1, 1, 0, 20};
    struct casualty_total a, b;
    stat_casualty_total(even, 6, 0.95, &a);
    stat_casualty_total(uneven, 6, 0.95, &b);
    assert_true(a.total == b.total && b.low < a.low && b.high > a.high);
    assert_true(a.high > a.poisson_high);
}

static void incidents_without_deaths_change_no_total(void **state)
{
    (void)state;
    double with[] = {3, 0, 5, 0, 0, 1}, without[] = {3, 5, 1};
    struct casualty_total a, b;
    struct casualty_change c, d;
    stat_casualty_total(with, 6, 0.9, &a);
    stat_casualty_total(without, 3, 0.9, &b);
    assert_true(a.low == b.low && a.high == b.high);
    stat_casualty_change(&(struct casualty_pair){with, 6, 7, without, 1, 7}, 0.9, &c);
    stat_casualty_change(&(struct casualty_pair){without, 3, 7, without, 1, 7}, 0.9,
                         &d);
    assert_true(c.p == d.p && c.ratio_low == d.ratio_low);
}

static void deaths_per_day_scale_and_their_ratio_does_not(void **state)
{
    (void)state;
    double later[] = {3, 0, 5, 2}, earlier[] = {1, 1, 2};
    struct casualty_change days, weeks, back;
    stat_casualty_change(&(struct casualty_pair){later, 4, 28, earlier, 3, 35}, 0.95,
                         &days);
    stat_casualty_change(&(struct casualty_pair){later, 4, 4, earlier, 3, 5}, 0.95,
                         &weeks);
    stat_casualty_change(&(struct casualty_pair){earlier, 3, 35, later, 4, 28}, 0.95,
                         &back);
    assert_near(weeks.diff_per_unit, 7 * days.diff_per_unit, 1e-12);
    assert_near(weeks.ratio_low, days.ratio_low, 1e-12);
    assert_near(weeks.p, days.p, 1e-12);
    assert_near(back.ratio_high * days.ratio_low, 1, 1e-12);
    assert_near(back.z, -days.z, 1e-12);
}

static void intensity_names_the_largest_incident(void **state)
{
    (void)state;
    double killed[] = {0, 2, 30, 1, 0, 3};
    struct casualty_intensity out;
    stat_casualty_intensity(killed, 6, 0.95, arena, &out);
    assert_true(out.max == 30 && out.total == 36 && out.median == 1.5);
    assert_near(out.share_of_max, 30.0 / 36, 1e-15);
    assert_near(out.mean_without_max, 6.0 / 5, 1e-15);
    assert_near(out.lethal_share, 4.0 / 6, 1e-15);
    assert_true(out.low < out.mean && out.mean < out.high);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_lies_inside_its_interval_inside_0_and_1),
        cmocka_unit_test(shares_of_nothing_and_everything_have_exact_ends),
        cmocka_unit_test(swapping_the_periods_negates_a_change_of_share),
        cmocka_unit_test(a_tea_taster_is_not_convincing),
        cmocka_unit_test(deaths_that_fall_one_by_one_are_poisson),
        cmocka_unit_test(one_large_attack_widens_the_interval),
        cmocka_unit_test(incidents_without_deaths_change_no_total),
        cmocka_unit_test(deaths_per_day_scale_and_their_ratio_does_not),
        cmocka_unit_test(intensity_names_the_largest_incident),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold for any counts: statistics over districts, alarms, change points,
 * waves and periods. */
#include "fixture.h"
#include "bench/steady.h"

#include "base/civil.h"
#include "stats/burst.h"
#include "stats/changepoint.h"
#include "stats/concentration.h"
#include "stats/district.h"
#include "stats/ears.h"
#include "stats/farrington.h"
#include "stats/periods.h"

enum { ROUNDS = 200, UNITS = 60 };

static size_t below(struct steady *steady, size_t limit)
{
    return (size_t)(steady_uniform(steady) * (double)limit);
}

static void draw_order(struct steady *steady, size_t n, size_t *order)
{
    for (size_t i = 0; i < n; i++) {
        size_t j = below(steady, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}

static void adjusted_p_values_are_monotone_and_at_most_1(void **state)
{
    (void)state;
    struct steady steady = {3};
    double p[UNITS], adjusted[UNITS];
    for (int round = 0; round < ROUNDS; round++) {
        size_t n = 1 + below(&steady, UNITS);
        for (size_t i = 0; i < n; i++)
            p[i] =
                steady_uniform(&steady) < 0.1 ? NAN : pow(steady_uniform(&steady), 4);
        assert_null(stat_bh(p, n, arena, adjusted));
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(isnan(p[i]), isnan(adjusted[i]));
            assert_false(adjusted[i] > 1 || adjusted[i] < p[i]);
            for (size_t j = 0; j < n; j++)
                assert_false(p[i] < p[j] && adjusted[i] > adjusted[j]);
        }
    }
}

static void a_p_value_outside_0_and_1_is_refused(void **state)
{
    (void)state;
    double high[] = {0.1, 1.5}, low[] = {-0.1, 0.5}, out[2];
    assert_non_null(stat_bh(high, 2, arena, out));
    assert_true(isnan(out[0]) && isnan(out[1]));
    assert_non_null(stat_bh(low, 2, arena, out));
    assert_null(stat_bh(out, 0, arena, out));
}

static void the_order_of_districts_is_no_matter(void **state)
{
    (void)state;
    struct steady steady = {4};
    double x1[UNITS], x0[UNITS], y1[UNITS], y0[UNITS];
    size_t order[UNITS];
    for (int round = 0; round < 20; round++) {
        draw_order(&steady, UNITS, order);
        for (size_t i = 0; i < UNITS; i++) {
            x1[i] = steady_poisson(&steady, i < 4 ? 9 : 1);
            x0[i] = steady_poisson(&steady, 12);
        }
        for (size_t i = 0; i < UNITS; i++)
            y1[i] = x1[order[i]], y0[i] = x0[order[i]];
        struct district_question question = {
            .x1 = x1, .x0 = x0, .n = UNITS, .t1 = 7, .t0 = 84, .phi = 1.2, .fdr = 0.1};
        struct district_scan a, b;
        stat_district_scan(&question, arena, &a);
        question.x1 = y1, question.x0 = y0;
        stat_district_scan(&question, arena, &b);
        assert_int_equal(a.flagged_count, b.flagged_count);
        for (size_t i = 0; i < UNITS; i++)
            assert_true(b.p_adj[i] == a.p_adj[order[i]]);
    }
}

static void silent_districts_count_as_tests(void **state)
{
    (void)state;
    double x1[UNITS] = {5}, x0[UNITS] = {10};
    struct district_question few = {
        .x1 = x1, .x0 = x0, .n = 1, .t1 = 7, .t0 = 84, .phi = 1, .fdr = 0.1};
    struct district_question many = few;
    many.n = UNITS;
    struct district_scan a, b;
    stat_district_scan(&few, arena, &a);
    stat_district_scan(&many, arena, &b);
    assert_int_equal(a.flagged_count, 1);
    assert_int_equal(b.flagged_count, 0);
    assert_true(b.p[UNITS - 1] == 1);
    assert_near(b.p_adj[0], fmin(1, UNITS * a.p[0]), 1e-12);
}

static void one_bad_district_flags_none(void **state)
{
    (void)state;
    double x1[] = {50, -1}, x0[] = {1, 1};
    struct district_scan out;
    stat_district_scan(
        &(struct district_question){
            .x1 = x1, .x0 = x0, .n = 2, .t1 = 7, .t0 = 7, .phi = 1, .fdr = 0.1},
        arena, &out);
    assert_non_null(out.unknown_because);
    assert_int_equal(out.flagged_count, 0);
}

static void pooled_dispersion_sees_clumping_and_floors_at_1(void **state)
{
    (void)state;
    struct steady steady = {5};
    double plain[UNITS * 12], clumped[UNITS * 12], none[24] = {0};
    for (size_t i = 0; i < UNITS * 12; i++) {
        plain[i] = steady_poisson(&steady, 3);
        clumped[i] = steady_count(&steady, 3, 1.5);
    }
    assert_near(district_pooled_phi(plain, UNITS, 12), 1, 0.15);
    assert_near(district_pooled_phi(clumped, UNITS, 12), 3, 0.6);
    assert_true(isnan(district_pooled_phi(none, 2, 12)));
    assert_true(isnan(district_pooled_phi(plain, UNITS, 1)));
}

static void ears_follow_a_shift_of_the_level(void **state)
{
    (void)state;
    struct steady steady = {6};
    double x[60], shifted[60], a[60], b[60];
    bool alarm[60], alarm_shifted[60];
    for (size_t i = 0; i < 60; i++) {
        x[i] = steady_poisson(&steady, 5);
        shifted[i] = x[i] + 1000;
    }
    for (enum ears_variant variant = EARS_C1; variant <= EARS_C3; variant++) {
        struct ears_question question = {x, 60, variant, 7, 1, 0.01};
        assert_null(stat_ears(&question, a, alarm));
        question.x = shifted;
        assert_null(stat_ears(&question, b, alarm_shifted));
        for (size_t t = 0; t < 60; t++) {
            assert_int_equal(isnan(a[t]), t < 7 + 2 * (size_t)variant);
            assert_int_equal(alarm[t], x[t] > a[t]);
            if (!isnan(a[t]) && variant != EARS_C3)
                assert_near(b[t], a[t] + 1000, 1e-9);
        }
    }
}

static void ears_refuse_windows_they_cannot_use(void **state)
{
    (void)state;
    double x[] = {1, 2, 3, 4}, upper[4];
    bool alarm[4];
    assert_non_null(
        stat_ears(&(struct ears_question){x, 4, EARS_C1, 1, 0, 0.01}, upper, alarm));
    assert_true(isnan(upper[3]) && !alarm[3]);
    assert_non_null(
        stat_ears(&(struct ears_question){x, 4, EARS_C1, 2, NAN, 0.01}, upper, alarm));
    assert_null(stat_ears(&(struct ears_question){x, 4, EARS_C3, SIZE_MAX, 0, 0.01},
                          upper, alarm));
    assert_true(isnan(upper[3]));
}

static void farrington_alarms_above_its_limit_only(void **state)
{
    (void)state;
    struct steady steady = {7};
    double x[260];
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < 260; i++)
            x[i] = steady_count(&steady, 6, 10);
        struct farrington_question question = {x, 260, 52, 3, 3, 0.01, true};
        struct farrington out;
        x[259] = 60;
        stat_farrington(&question, 259, arena, &out);
        assert_true(out.alarm && out.upper < 60 && out.upper > out.expected);
        x[259] = 5;
        stat_farrington(&question, 259, arena, &out);
        assert_false(out.alarm);
        stat_farrington(&question, 100, arena, &out);
        assert_non_null(out.unknown_because);
        assert_true(isnan(out.expected));
    }
}

static void farrington_with_an_empty_past_needs_five_events(void **state)
{
    (void)state;
    double x[220] = {0};
    struct farrington_question question = {x, 220, 52, 3, 3, 0.01, true};
    struct farrington out;
    stat_farrington(&question, 219, arena, &out);
    assert_true(out.expected == 0 && out.upper == 0 && !out.alarm);
    x[219] = 4;
    stat_farrington(&question, 219, arena, &out);
    assert_false(out.alarm);
    x[219] = 5;
    stat_farrington(&question, 219, arena, &out);
    assert_true(out.alarm);
}

static void past_outbreaks_count_less_when_reweighted(void **state)
{
    (void)state;
    struct steady steady = {8};
    double x[220];
    for (size_t i = 0; i < 220; i++)
        x[i] = steady_poisson(&steady, 6);
    x[219 - 52] = 60;
    struct farrington_question question = {x, 220, 52, 3, 3, 0.01, false};
    struct farrington plain, reweighted;
    stat_farrington(&question, 219, arena, &plain);
    question.reweight = true;
    stat_farrington(&question, 219, arena, &reweighted);
    assert_true(reweighted.upper < plain.upper);
    assert_true(reweighted.expected < plain.expected);
}

static double cost_of(const double *x, size_t first, size_t end)
{
    double sum = 0;
    for (size_t i = first; i < end; i++)
        sum += x[i];
    return sum > 0 ? -2 * sum * log(sum / (double)(end - first)) : 0;
}

/* Tries every set of changes, as bits of `cuts`. */
static double least_cost(const double *x, size_t n, double penalty, size_t min_seg)
{
    double least = INFINITY;
    for (unsigned cuts = 0; cuts < 1u << (n - 1); cuts++) {
        double cost = 0;
        size_t first = 0;
        bool allowed = true;
        for (size_t end = 1; end <= n; end++) {
            bool cut = end == n || (cuts >> (end - 1) & 1);
            if (!cut)
                continue;
            allowed &= end - first >= min_seg;
            cost += cost_of(x, first, end) + (end < n ? penalty : 0);
            first = end;
        }
        if (allowed)
            least = fmin(least, cost);
    }
    return least;
}

static void no_partition_is_better_than_the_one_found(void **state)
{
    (void)state;
    struct steady steady = {9};
    double x[12];
    for (int round = 0; round < 60; round++) {
        size_t n = 2 + below(&steady, 11), min_seg = 1 + below(&steady, 3);
        min_seg = min_seg > n ? n : min_seg;
        for (size_t i = 0; i < n; i++)
            x[i] = steady_poisson(&steady, i < n / 2 ? 2 : 9);
        struct changepoints out;
        stat_changepoint(x, n, 5, min_seg, arena, &out);
        assert_near(out.cost + 5 * (double)out.count, least_cost(x, n, 5, min_seg),
                    1e-9 * (1 + fabs(out.cost)));
    }
}

static void a_clear_step_is_found_where_it_is(void **state)
{
    (void)state;
    double x[60];
    struct steady steady = {10};
    for (size_t i = 0; i < 60; i++)
        x[i] = steady_poisson(&steady, i < 23 ? 10 : 22);
    struct changepoints out;
    stat_changepoint(x, 60, changepoint_penalty(60, 1), 4, arena, &out);
    assert_int_equal(out.count, 1);
    assert_true(out.first[0] >= 22 && out.first[0] <= 24);
    assert_near(out.mean[0], 10, 2);
    assert_near(out.mean[1], 22, 3);
    assert_near(changepoint_penalty(60, 0.3), 3 * log(60), 1e-12);
    assert_near(changepoint_phi(x, 60), 1,
                0.5); /* the step doesn't count as clumping */
}

static void shares_of_units_do_not_depend_on_order_or_scale(void **state)
{
    (void)state;
    struct steady steady = {11};
    double x[UNITS], y[UNITS];
    size_t order[UNITS];
    for (int round = 0; round < ROUNDS; round++) {
        draw_order(&steady, UNITS, order);
        for (size_t i = 0; i < UNITS; i++)
            x[i] = steady_count(&steady, 4, 1.5);
        for (size_t i = 0; i < UNITS; i++)
            y[i] = 7 * x[order[i]];
        struct concentration a, b;
        stat_concentration(x, UNITS, arena, &a);
        stat_concentration(y, UNITS, arena, &b);
        assert_near(a.gini, b.gini, 1e-12);
        assert_near(a.hhi, b.hhi, 1e-12);
        assert_int_equal(a.units_for_half, b.units_for_half);
        assert_true(a.top1 <= a.top3 && a.top3 <= a.top5 && a.top5 <= 1);
        assert_true(a.effective >= 1 && a.effective <= (double)a.active + 1e-9);
    }
}

struct planted {
    int32_t day[400], unit[400];
    size_t count;
};

static void plant(struct planted *planted, int32_t day, int32_t unit)
{
    planted->day[planted->count] = day;
    planted->unit[planted->count++] = unit;
}

/* One event every third day in few districts, and eleven in nine within a day. */
static void plant_a_wave(struct planted *out)
{
    *out = (struct planted){.count = 0};
    for (int32_t day = 0; day < 200; day += 3)
        plant(out, day, day % 5);
    for (int32_t i = 0; i < 11; i++)
        plant(out, 151, 100 + i % 9);
}

static struct burst_question asked_of(const struct planted *planted)
{
    return (struct burst_question){.day = planted->day,
                                   .unit = planted->unit,
                                   .events = planted->count,
                                   .days = 200,
                                   .window = 1,
                                   .reference = 56,
                                   .alpha = 0.001,
                                   .min_units = 5};
}

static void a_planted_wave_is_found_whatever_the_order(void **state)
{
    (void)state;
    struct planted planted, shuffled;
    struct steady steady = {12};
    size_t order[400];
    struct bursts out;
    plant_a_wave(&planted);
    draw_order(&steady, planted.count, order);
    shuffled = planted;
    for (size_t i = 0; i < planted.count; i++) {
        shuffled.day[i] = planted.day[order[i]];
        shuffled.unit[i] = -7 * planted.unit[order[i]];
    }
    struct burst_question question = asked_of(&shuffled);
    stat_burst(&question, arena, &out);
    assert_int_equal(out.wave_count, 1);
    assert_int_equal(out.wave[0].start, 151);
    assert_int_equal(out.wave[0].end, 151);
    assert_int_equal(out.wave[0].events, 11);
    assert_int_equal(out.wave[0].units, 9);
    assert_int_equal(out.first, 56);
    assert_true(isnan(out.n[55]) && !isnan(out.n[56]));
}

static void windows_that_touch_are_one_wave(void **state)
{
    (void)state;
    struct planted planted = {.count = 0};
    struct bursts out;
    for (int32_t i = 0; i < 8; i++) {
        plant(&planted, 100, i);
        plant(&planted, 102, i);
        plant(&planted, 150, i);
    }
    struct burst_question question = asked_of(&planted);
    question.window = 2;
    question.alpha = 0.05;
    stat_burst(&question, arena, &out);
    assert_int_equal(out.wave_count, 2);
    assert_int_equal(out.wave[0].start, 100);
    assert_int_equal(out.wave[0].end, 102);
    assert_int_equal(out.wave[0].units, 8);
    assert_int_equal(out.wave[0].events, 16);
}

static void many_attacks_in_one_district_are_no_wave(void **state)
{
    (void)state;
    struct planted planted = {.count = 0};
    struct bursts out;
    for (int i = 0; i < 20; i++)
        plant(&planted, 120, 4);
    struct burst_question question = asked_of(&planted);
    stat_burst(&question, arena, &out);
    assert_true(out.p[120] < 1e-6);
    assert_int_equal(out.wave_count, 0);
}

static void a_wave_outside_the_days_is_refused(void **state)
{
    (void)state;
    struct planted planted = {.count = 0};
    struct bursts out;
    plant(&planted, 200, 4);
    struct burst_question question = asked_of(&planted);
    stat_burst(&question, arena, &out);
    assert_non_null(out.unknown_because);
    question.days = SIZE_MAX;
    stat_burst(&question, arena, &out);
    assert_non_null(out.unknown_because);
    question.days = 200, question.events = 0, question.window = 0;
    stat_burst(&question, arena, &out);
    assert_non_null(out.unknown_because);
    question.window = 900;
    stat_burst(&question, arena, &out);
    assert_null(out.unknown_because);
    assert_int_equal(out.wave_count, 0);
}

static void days_of_a_week_share_its_facts(void **state)
{
    (void)state;
    struct iso_week_facts first, facts;
    int32_t monday = civil_day(1998, 12, 28);
    for (int week = 0; week < 2600; week++, monday += 7) {
        stat_iso_week(monday, &first);
        assert_int_equal(first.iso_weekday, 1);
        assert_int_equal(first.week_start, monday);
        for (int day = 1; day < 7; day++) {
            stat_iso_week(monday + day, &facts);
            assert_string_equal(facts.label, first.label);
            assert_int_equal(facts.iso_weekday, day + 1);
        }
        stat_iso_week(monday + 7, &facts);
        assert_string_equal(facts.previous_week, first.label);
        assert_string_equal(first.next_week, facts.label);
    }
}

static void every_event_inside_is_counted_once(void **state)
{
    (void)state;
    struct steady steady = {13};
    int32_t day[300], from = civil_day(2020, 2, 20);
    for (int round = 0; round < 100; round++) {
        int32_t to = from + (int32_t)below(&steady, 500);
        double inside = 0;
        for (size_t i = 0; i < 300; i++) {
            day[i] = from - 50 + (int32_t)below(&steady, 600);
            inside += day[i] >= from && day[i] <= to;
        }
        for (enum count_unit unit = COUNT_BY_WEEK; unit <= COUNT_BY_MONTH; unit++) {
            struct period_counts out;
            double counted = 0, days = 0;
            stat_period_counts(&(struct count_question){day, 300, from, to, unit},
                               arena, &out);
            for (size_t i = 0; i < out.size; i++) {
                counted += out.count[i];
                days += out.days[i];
                if (i > 0 && i + 1 < out.size)
                    assert_true(out.complete[i]);
            }
            assert_true(counted == inside && days == to - from + 1);
        }
    }
}

static void a_span_that_ends_before_it_begins_is_refused(void **state)
{
    (void)state;
    struct period_counts out;
    stat_period_counts(&(struct count_question){NULL, 0, 10, 9, COUNT_BY_WEEK}, arena,
                       &out);
    assert_non_null(out.unknown_because);
    stat_period_counts(
        &(struct count_question){NULL, 0, INT32_MIN, INT32_MAX, COUNT_BY_MONTH}, arena,
        &out);
    assert_non_null(out.unknown_because);
    assert_int_equal(out.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adjusted_p_values_are_monotone_and_at_most_1),
        cmocka_unit_test(a_p_value_outside_0_and_1_is_refused),
        cmocka_unit_test(the_order_of_districts_is_no_matter),
        cmocka_unit_test(silent_districts_count_as_tests),
        cmocka_unit_test(one_bad_district_flags_none),
        cmocka_unit_test(pooled_dispersion_sees_clumping_and_floors_at_1),
        cmocka_unit_test(ears_follow_a_shift_of_the_level),
        cmocka_unit_test(ears_refuse_windows_they_cannot_use),
        cmocka_unit_test(farrington_alarms_above_its_limit_only),
        cmocka_unit_test(farrington_with_an_empty_past_needs_five_events),
        cmocka_unit_test(past_outbreaks_count_less_when_reweighted),
        cmocka_unit_test(no_partition_is_better_than_the_one_found),
        cmocka_unit_test(a_clear_step_is_found_where_it_is),
        cmocka_unit_test(shares_of_units_do_not_depend_on_order_or_scale),
        cmocka_unit_test(a_planted_wave_is_found_whatever_the_order),
        cmocka_unit_test(windows_that_touch_are_one_wave),
        cmocka_unit_test(many_attacks_in_one_district_are_no_wave),
        cmocka_unit_test(a_wave_outside_the_days_is_refused),
        cmocka_unit_test(days_of_a_week_share_its_facts),
        cmocka_unit_test(every_event_inside_is_counted_once),
        cmocka_unit_test(a_span_that_ends_before_it_begins_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

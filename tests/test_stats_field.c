/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statistics of the field's questions: groups that meet, waiting cases, attacks after
 * operations. Expected numbers are worked out by hand beside them. */
#include "fixture.h"
#include "bench/steady.h"

#include "stats/pairs.h"
#include "stats/resumption.h"
#include "stats/waiting.h"

/* -- Pairs ---------------------------------------------------------------------------- */

static struct pair_chance chance_of(const struct pair_stratum *stratum, size_t strata,
                                    double observed)
{
    struct pair_chance out;
    const struct pair_question question = {stratum, strata, observed, 0.95};
    stat_pair_chance(&question, arena, &out);
    return out;
}

/* Two of four weeks each: the six ways to lay two weeks share 0 once, 1 four times, 2
 * once. */
static void two_weeks_of_four_meet_twice_in_one_of_six(void **state)
{
    (void)state;
    const struct pair_stratum one = {4, 2, 2};
    struct pair_chance out = chance_of(&one, 1, 2);
    assert_null(out.unknown_because);
    assert_near(out.expected, 1, 1e-14);
    assert_near(out.p_at_least, 1.0 / 6, 1e-14);
    assert_near(out.p_at_most, 1, 1e-14);
    assert_near(chance_of(&one, 1, 1).p_at_least, 5.0 / 6, 1e-14);
}

/* In two districts: 4 shared 1/36, 3 shared 2 × 4/36, 2 shared (2 + 16)/36. */
static void strata_add_up(void **state)
{
    (void)state;
    const struct pair_stratum two[] = {{4, 2, 2}, {4, 2, 2}};
    assert_near(chance_of(two, 2, 4).p_at_least, 1.0 / 36, 1e-14);
    assert_near(chance_of(two, 2, 3).p_at_least, 9.0 / 36, 1e-14);
    assert_near(chance_of(two, 2, 2).p_at_least, 27.0 / 36, 1e-14);
    assert_near(chance_of(two, 2, 2).expected, 2, 1e-14);
    assert_near(chance_of(two, 2, 0).p_at_least, 1, 1e-14);
}

/* Always there means always met: sharing all weeks is then no surprise. */
static void a_group_that_is_always_there_meets_by_chance(void **state)
{
    (void)state;
    const struct pair_stratum one = {13, 13, 5};
    struct pair_chance out = chance_of(&one, 1, 5);
    assert_near(out.expected, 5, 1e-12);
    assert_near(out.p_at_least, 1, 1e-12);
    assert_near(out.low, 5, 0);
    assert_near(out.high, 5, 0);
}

static void draws_agree_with_the_distribution(void **state)
{
    (void)state;
    enum { DRAWS = 20000, WEEKS = 13 };
    const struct pair_stratum strata[] = {{WEEKS, 4, 6}, {WEEKS, 5, 3}};
    struct steady steady = {7};
    double at_least = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
        int shared = 0;
        for (size_t s = 0; s < 2; s++) {
            /* a's weeks lie first; b's are drawn one by one. */
            uint32_t left = strata[s].b, own = strata[s].a;
            for (uint32_t week = 0; week < WEEKS; week++) {
                bool drawn = steady_uniform(&steady) * (WEEKS - week) < left;
                left -= drawn;
                shared += drawn && week < own;
            }
        }
        at_least += shared >= 5;
    }
    assert_near(chance_of(strata, 2, 5).p_at_least, at_least / DRAWS, 0.01);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    const struct pair_stratum bad = {4, 5, 2}, one = {4, 2, 2};
    assert_non_null(chance_of(&bad, 1, 1).unknown_because);
    assert_non_null(chance_of(&one, 1, 3).unknown_because);
    assert_non_null(chance_of(&one, 1, NAN).unknown_because);
    assert_non_null(chance_of(NULL, 0, 0).unknown_because);
    assert_true(isnan(chance_of(NULL, 0, 0).p_at_least));
}

/* -- Waiting --------------------------------------------------------------------------- */

static struct waiting waiting_of(const double *days, const bool *done, size_t n)
{
    struct waiting out;
    const struct waiting_question question = {days, done, n, 0.95};
    stat_waiting(&question, arena, &out);
    return out;
}

/* The maintained group of the leukaemia trial in Miller (1981), Survival Analysis. At 18
 * days the share still waiting is 10/11 · 9/10 · 7/8 = 0.716, at 31 it is · 6/7 · 4/5 =
 * 0.491. R: survfit(…, conf.type = "log-log") gives 31 with limits 13 and NA. */
static void the_median_counts_those_that_wait(void **state)
{
    (void)state;
    const double days[] = {9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161};
    const bool done[] = {1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0};
    struct waiting out = waiting_of(days, done, 11);
    assert_null(out.unknown_because);
    assert_int_equal(out.done, 7);
    assert_int_equal(out.pending, 4);
    assert_near(out.median, 31, 0);
    assert_near(out.low, 13, 0);
    assert_true(isnan(out.high));
    assert_near(out.median_done, 23, 0);
    assert_near(out.longest_pending, 161, 0);
}

static void with_none_waiting_it_is_the_lower_median(void **state)
{
    (void)state;
    const double days[] = {40, 10, 30, 20};
    const bool done[] = {1, 1, 1, 1};
    struct waiting out = waiting_of(days, done, 4);
    assert_near(out.median, 20, 0); /* the first time at which half are done */
    assert_true(isnan(out.longest_pending));
}

/* Of three the median may lie beyond the last: all are below it in one of 8 samples. */
static void three_cases_have_no_upper_limit(void **state)
{
    (void)state;
    const double days[] = {10, 20, 30};
    const bool done[] = {1, 1, 1};
    struct waiting out = waiting_of(days, done, 3);
    assert_near(out.median, 20, 0);
    assert_near(out.low, 10, 0);
    assert_true(isnan(out.high));
}

static void fewer_than_half_done_have_no_median(void **state)
{
    (void)state;
    const double days[] = {5, 90, 80}, early[] = {-1};
    const bool done[] = {1, 0, 0};
    struct waiting out = waiting_of(days, done, 3);
    assert_true(isnan(out.median));
    assert_string_equal(out.unknown_because, "fewer than half are done");
    assert_non_null(waiting_of(days, done, 0).unknown_because);
    assert_non_null(waiting_of(early, done, 1).unknown_because);
}

/* -- Resumption ------------------------------------------------------------------------- */

static struct resumption resumption_of(const uint16_t *attacks,
                                       const uint16_t *operations, size_t units,
                                       size_t days, size_t within)
{
    struct resumption out;
    const struct resumption_question question = {attacks, operations, units,
                                                 days,    within,     0.95};
    stat_resumption(&question, arena, &out);
    return out;
}

/* An operation on day 3, attacks on days 4 and 8, two days of reach. Days 0 and 1 have
 * no days before, day 3 is the operation's: within reach lie 4 and 5 (one attack), the
 * others are 2, 6, 7, 8, 9 (one attack). The ratio is (1/2) / (1/5). Of the other days
 * with two days after them, 2, 6 and 7, all three were followed by an attack. */
static void days_after_an_operation_are_told_from_others(void **state)
{
    (void)state;
    const uint16_t attacks[10] = {[4] = 1, [8] = 1}, operations[10] = {[3] = 1};
    struct resumption out = resumption_of(attacks, operations, 1, 10, 2);
    assert_null(out.unknown_because);
    assert_near(out.operations, 1, 0);
    assert_near(out.resumed, 1, 0);
    assert_near(out.open, 0, 0);
    assert_near(out.unit[0].days_to_next, 1, 0);
    assert_near(out.unit[0].after_days, 2, 0);
    assert_near(out.unit[0].after_attacks, 1, 0);
    assert_near(out.unit[0].other_days, 5, 0);
    assert_near(out.unit[0].other_attacks, 1, 0);
    assert_near(out.unit[0].usual, 1, 0);
    assert_near(out.expected, 1, 0);
    assert_near(out.ratio, 2.5, 1e-14);
    assert_true(out.low < 1 && out.high > 1);
}

static void an_operation_whose_days_arent_over_is_open(void **state)
{
    (void)state;
    const uint16_t attacks[10] = {[9] = 1}, operations[10] = {[8] = 2};
    struct resumption out = resumption_of(attacks, operations, 1, 10, 2);
    assert_near(out.open, 2, 0);
    assert_near(out.operations, 0, 0);
}

static void an_attack_on_the_operations_own_day_is_no_resumption(void **state)
{
    (void)state;
    const uint16_t attacks[10] = {[4] = 3}, operations[10] = {[4] = 1};
    struct resumption out = resumption_of(attacks, operations, 1, 10, 2);
    assert_near(out.operations, 1, 0);
    assert_near(out.resumed, 0, 0);
    assert_near(out.unit[0].after_attacks + out.unit[0].other_attacks, 0, 0);
    assert_non_null(out.unknown_because);
}

/* Attacks that fall by chance: the interval holds 1 in about 19 of 20 runs. */
static void without_an_effect_the_interval_holds_one(void **state)
{
    (void)state;
    enum { UNITS = 30, DAYS = 200, RUNS = 200 };
    struct steady steady = {11};
    int missed = 0;
    for (int run = 0; run < RUNS; run++) {
        uint16_t *attacks = ARENA_ARRAY(arena, uint16_t, UNITS * DAYS);
        uint16_t *operations = ARENA_ARRAY(arena, uint16_t, UNITS * DAYS);
        for (size_t i = 0; i < UNITS * DAYS; i++) {
            double level = (double)(i / DAYS) / UNITS; /* places differ in both */
            attacks[i] = steady_uniform(&steady) < 0.1 * level;
            operations[i] = steady_uniform(&steady) < 0.1 * level;
        }
        struct resumption out = resumption_of(attacks, operations, UNITS, DAYS, 7);
        missed += out.low > 1 || out.high < 1;
    }
    assert_true(missed <= RUNS * 9 / 100);
    assert_true(missed >= 1); /* an interval that never misses is too wide */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_weeks_of_four_meet_twice_in_one_of_six),
        cmocka_unit_test(strata_add_up),
        cmocka_unit_test(a_group_that_is_always_there_meets_by_chance),
        cmocka_unit_test(draws_agree_with_the_distribution),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(the_median_counts_those_that_wait),
        cmocka_unit_test(with_none_waiting_it_is_the_lower_median),
        cmocka_unit_test(three_cases_have_no_upper_limit),
        cmocka_unit_test(fewer_than_half_done_have_no_median),
        cmocka_unit_test(days_after_an_operation_are_told_from_others),
        cmocka_unit_test(an_operation_whose_days_arent_over_is_open),
        cmocka_unit_test(an_attack_on_the_operations_own_day_is_no_resumption),
        cmocka_unit_test(without_an_effect_the_interval_holds_one),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

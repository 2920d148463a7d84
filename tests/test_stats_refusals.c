/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bad input: negative, fractional, missing and infinite counts, too few of them, and
 * nonsense for every other argument. A result says in words why it is unknown, or its
 * numbers are there; nothing crashes. */
#include "fixture.h"
#include "bench/steady.h"

#include "stats/baseline.h"
#include "stats/casualty.h"
#include "stats/changepoint.h"
#include "stats/check.h"
#include "stats/concentration.h"
#include "stats/dispersion.h"
#include "stats/district.h"
#include "stats/ears.h"
#include "stats/farrington.h"
#include "stats/kendall.h"
#include "stats/rate.h"
#include "stats/record.h"
#include "stats/share.h"
#include "stats/trend.h"
#include "stats/verdict.h"

/* What every statistic of a series answers for one input: its headline number and the
 * reason why there is none. */
struct answer {
    const char *method;
    double headline;
    const char *unknown_because;
};

enum { SERIES_METHODS = 15 };

static void ask_ranges(const double *x, size_t n, struct answer *out)
{
    struct dispersion dispersion;
    struct baseline baseline;
    struct predictive predictive;
    struct record record;
    struct concentration concentration;
    stat_dispersion(x, n, &dispersion);
    out[0] =
        (struct answer){"dispersion", dispersion.index, dispersion.unknown_because};
    stat_baseline(3, x, n, 0.95, arena, &baseline);
    out[1] = (struct answer){"baseline", baseline.usual_high, baseline.unknown_because};
    stat_predictive(&(struct predictive_question){3, x, n, 1, 0.95}, &predictive);
    out[2] = (struct answer){"predictive", predictive.high, predictive.unknown_because};
    stat_record(x, n, &record);
    out[3] = (struct answer){"record", n ? 0 : NAN, record.unknown_because};
    stat_concentration(x, n, arena, &concentration);
    out[4] = (struct answer){"concentration", concentration.gini,
                             concentration.unknown_because};
}

static void ask_trends(const double *x, size_t n, struct answer *out)
{
    struct trend_question question = {x, NULL, n, 0.95};
    struct trend trend;
    struct trend_negbin negbin;
    struct mann_kendall kendall;
    struct seasonal_kendall seasonal;
    struct changepoints changes;
    stat_trend(&question, arena, &trend);
    out[0] = (struct answer){"trend", trend.pct_high, trend.unknown_because};
    stat_trend_negbin(&question, arena, &negbin);
    out[1] = (struct answer){"trend_negbin", negbin.pct_high, negbin.unknown_because};
    stat_mann_kendall(x, n, 0.95, arena, &kendall);
    out[2] = (struct answer){"mann_kendall", kendall.sen_high, kendall.unknown_because};
    stat_seasonal_kendall(x, n, 4, arena, &seasonal);
    out[3] = (struct answer){"seasonal_kendall", seasonal.sen_slope_per_cycle,
                             seasonal.unknown_because};
    stat_changepoint(x, n, 5, 2, arena, &changes);
    out[4] = (struct answer){"changepoint", changes.mean ? changes.cost : NAN,
                             changes.unknown_because};
}

static void ask_deaths_and_verdicts(const double *x, size_t n, struct answer *out)
{
    struct casualty_total total;
    struct casualty_intensity intensity;
    struct casualty_change change;
    struct verdict verdict;
    struct trend_verdict trend;
    struct verdict_question question = {.count = x, .size = n};
    stat_casualty_total(x, n, 0.95, &total);
    out[0] = (struct answer){"casualty_total", total.high, total.unknown_because};
    stat_casualty_intensity(x, n, 0.95, arena, &intensity);
    out[1] = (struct answer){"casualty_intensity", intensity.high,
                             intensity.unknown_because};
    stat_casualty_change(&(struct casualty_pair){x, n, 7, (double[]){3}, 1, 7}, 0.95,
                         &change);
    out[2] = (struct answer){"casualty_change", change.ratio, change.unknown_because};
    verdict_of_change(&question, arena, &verdict);
    out[3] =
        (struct answer){"verdict", verdict.direction == DIRECTION_UNKNOWN ? NAN : 0,
                        verdict.unknown_because};
    verdict_of_trend(&question, arena, &trend);
    out[4] =
        (struct answer){"trend verdict", trend.direction == DIRECTION_UNKNOWN ? NAN : 0,
                        trend.unknown_because};
}

static void ask_all(const double *x, size_t n, struct answer *out)
{
    ask_ranges(x, n, out);
    ask_trends(x, n, out + 5);
    ask_deaths_and_verdicts(x, n, out + 10);
}

/* Unknown numbers have a reason, and a reason reads like one. */
static void assert_honest(const struct answer *answer, const char *input)
{
    if (isnan(answer->headline) && !answer->unknown_because) {
        print_error("%s of %s: NAN without a reason\n", answer->method, input);
        fail();
    }
    if (answer->unknown_because)
        assert_true(strlen(answer->unknown_because) > 5);
}

static void assert_all_refuse(const double *x, size_t n, const char *reason)
{
    struct answer answer[SERIES_METHODS];
    ask_all(x, n, answer);
    for (size_t i = 0; i < SERIES_METHODS; i++) {
        bool takes_any_number = strcmp(answer[i].method, "record") == 0 ||
                                strcmp(answer[i].method, "mann_kendall") == 0 ||
                                strcmp(answer[i].method, "seasonal_kendall") == 0;
        assert_honest(&answer[i], reason);
        if (takes_any_number && x[0] <= 1e9)
            continue;
        assert_non_null(answer[i].unknown_because);
        assert_string_equal(answer[i].unknown_because, reason);
    }
}

static void input_that_is_no_count_is_refused_in_words(void **state)
{
    (void)state;
    double negative[] = {3, 4, -1, 2, 5, 6, 7, 8, 9, 10};
    double fractional[] = {3, 4, 1.5, 2, 5, 6, 7, 8, 9, 10};
    double missing[] = {3, 4, NAN, 2, 5, 6, 7, 8, 9, 10};
    double infinite[] = {3, 4, INFINITY, 2, 5, 6, 7, 8, 9, 10};
    double huge[] = {3, 4, 1e300, 2, 5, 6, 7, 8, 9, 10};
    assert_all_refuse(negative, 10, "a count is negative");
    assert_all_refuse(fractional, 10, "a count is not a whole number");
    assert_all_refuse(missing, 10, "a value is missing");
    assert_all_refuse(infinite, 10, "a value is infinite");
    assert_all_refuse(huge, 10, "a count is above 1e15");
}

static void gaps_and_infinities_are_no_series_for_ranks_either(void **state)
{
    (void)state;
    double gap[] = {1, 2, NAN, 4, 5}, wide[] = {1, 2, -INFINITY, 4, 5};
    struct mann_kendall kendall;
    struct seasonal_kendall seasonal;
    struct record record;
    const double *const series[] = {gap, wide};
    for (size_t i = 0; i < 2; i++) {
        stat_mann_kendall(series[i], 5, 0.95, arena, &kendall);
        stat_seasonal_kendall(series[i], 5, 2, arena, &seasonal);
        stat_record(series[i], 5, &record);
        assert_non_null(kendall.unknown_because);
        assert_non_null(seasonal.unknown_because);
        assert_non_null(record.unknown_because);
        assert_true(isnan(kendall.s) && isnan(seasonal.s));
    }
}

static void few_and_empty_and_constant_series_are_answered_honestly(void **state)
{
    (void)state;
    static const double none[12] = {0}, one[] = {4}, two[] = {4, 7}, same[] = {7, 7, 7};
    static const double end[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 3};
    static const double large[] = {1e7, 1e7 + 3, 1e7 - 9, 1e7, 1e7 + 4,
                                   1e7, 1e7 + 1, 1e7 - 2, 1e7, 1e7 + 8};
    const struct {
        const char *name;
        const double *x;
        size_t n;
    } inputs[] = {{"nothing", NULL, 0}, {"one", one, 1},     {"two", two, 2},
                  {"zeros", none, 12},  {"same", same, 3},   {"one zero", none, 1},
                  {"end", end, 10},     {"large", large, 10}};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        struct answer answer[SERIES_METHODS];
        ask_all(inputs[i].x, inputs[i].n, answer);
        for (size_t j = 0; j < SERIES_METHODS; j++)
            assert_honest(&answer[j], inputs[i].name);
    }
}

/* Any bytes, read as doubles: mostly absurd numbers, NANs and infinities among them. */
static double draw_anything(struct steady *steady)
{
    double kind = steady_uniform(steady), number;
    if (kind < 0.6)
        return floor(40 * steady_uniform(steady));
    if (kind < 0.7)
        return floor(exp(40 * steady_uniform(steady)));
    uint64_t bits = (uint64_t)(steady_uniform(steady) * 9.2e18) * 2;
    memcpy(&number, &bits, sizeof number);
    return kind < 0.75 ? NAN : kind < 0.98 ? floor(3 * steady_uniform(steady)) : number;
}

static void anything_at_all_is_survived(void **state)
{
    (void)state;
    struct steady steady = {99};
    double x[30];
    for (int round = 0; round < 1500; round++) {
        size_t n = (size_t)(30 * steady_uniform(&steady));
        bool clean = steady_uniform(&steady) < 0.7;
        struct answer answer[SERIES_METHODS];
        for (size_t i = 0; i < n; i++)
            x[i] = clean ? steady_count(&steady, 1 + (double)(round % 7), 2)
                         : draw_anything(&steady);
        ask_all(x, n, answer);
        for (size_t j = 0; j < SERIES_METHODS; j++)
            assert_honest(&answer[j], "anything");
        arena_reset(arena);
    }
}

static void a_rate_change_refuses_every_bad_argument(void **state)
{
    (void)state;
    const struct rate_pair bad[] = {
        {-1, 7, 3, 7}, {1.5, 7, 3, 7}, {NAN, 7, 3, 7},   {1, 0, 3, 7},
        {1, 7, 3, -7}, {1, NAN, 3, 7}, {1, 7, 3, 1e300}, {INFINITY, 7, 3, 7}};
    struct rate_change change;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        stat_rate_change(&bad[i], 0.95, &change);
        assert_non_null(change.unknown_because);
        assert_true(isnan(change.p) && isnan(change.ratio) && isnan(change.high));
    }
    const double levels[] = {0, 1, -0.5, 95, NAN, INFINITY};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        stat_rate_change(&(struct rate_pair){3, 7, 3, 7}, levels[i], &change);
        assert_string_equal(change.unknown_because, "the level is not between 0 and 1");
    }
    stat_rate_change_phi(&(struct rate_pair){3, 7, 3, 7}, 0.9, 0.95, &change);
    assert_non_null(change.unknown_because);
    stat_rate_change_phi(&(struct rate_pair){3, 7, 3, 7}, NAN, 0.95, &change);
    assert_non_null(change.unknown_because);
}

static void a_share_refuses_a_part_above_its_whole(void **state)
{
    (void)state;
    struct wilson share;
    struct share_change change;
    stat_wilson(5, 4, 0.95, &share);
    assert_string_equal(share.unknown_because, "a part is larger than its whole");
    stat_wilson(0, 0, 0.95, &share);
    assert_non_null(share.unknown_because);
    assert_true(isnan(share.estimate));
    stat_share_change(&(struct share_pair){1, 2, 3, 2}, 0.95, &change);
    assert_non_null(change.unknown_because);
    stat_share_change(&(struct share_pair){1, 2e9, 3, 4}, 0.95, &change);
    assert_string_equal(change.unknown_because, "a count is above 1e9");
    stat_share_change(&(struct share_pair){1, -2, 3, NAN}, 0.95, &change);
    assert_true(isnan(change.p) && change.unknown_because != NULL);
}

static void exposures_must_cover_some_days(void **state)
{
    (void)state;
    double y[] = {3, 4, 5, 6}, days[] = {7, 7, 0, 7};
    struct trend trend;
    stat_trend(&(struct trend_question){y, days, 4, 0.95}, arena, &trend);
    assert_int_equal(trend.status, TREND_REFUSED);
    assert_string_equal(trend.unknown_because, "a period covers no days");
}

static void series_too_long_for_all_pairs_are_refused(void **state)
{
    (void)state;
    size_t n = KENDALL_PERIODS_AT_MOST + 1;
    double *x = ARENA_ARRAY(arena, double, n);
    struct mann_kendall kendall;
    struct changepoints changes;
    stat_mann_kendall(x, n, 0.95, arena, &kendall);
    stat_changepoint(x, n, 5, 4, arena, &changes);
    assert_non_null(kendall.unknown_because);
    assert_non_null(changes.unknown_because);
}

static void farrington_refuses_references_that_are_not_there(void **state)
{
    (void)state;
    double x[120] = {1, 2, 3};
    struct farrington out;
    const struct farrington_question bad[] = {{x, 120, 52, 0, 3, 0.05, true},
                                              {x, 120, 0, 3, 3, 0.05, true},
                                              {x, 120, 52, 3, 3, 0.05, true},
                                              {x, 120, 52, 1, 0, 0.05, true},
                                              {x, 120, 52, 2, SIZE_MAX / 2, 0.05, true},
                                              {x, 120, 12, 3, 1, 1.5, true},
                                              {x, 120, 12, SIZE_MAX, 1, 0.05, true},
                                              {x, 0, 12, 3, 1, 0.05, true}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        stat_farrington(&bad[i], 110, arena, &out);
        assert_non_null(out.unknown_because);
        assert_true(isnan(out.upper) && !out.alarm);
    }
    stat_farrington(&(struct farrington_question){x, 120, 12, 3, 1, 0.05, true}, 120,
                    arena, &out);
    assert_non_null(out.unknown_because);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_that_is_no_count_is_refused_in_words),
        cmocka_unit_test(gaps_and_infinities_are_no_series_for_ranks_either),
        cmocka_unit_test(few_and_empty_and_constant_series_are_answered_honestly),
        cmocka_unit_test(anything_at_all_is_survived),
        cmocka_unit_test(a_rate_change_refuses_every_bad_argument),
        cmocka_unit_test(a_share_refuses_a_part_above_its_whole),
        cmocka_unit_test(exposures_must_cover_some_days),
        cmocka_unit_test(series_too_long_for_all_pairs_are_refused),
        cmocka_unit_test(farrington_refuses_references_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

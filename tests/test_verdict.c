/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which test may speak: the rules of sentences, row by row, and how often they speak
 * of a change where there is none. */
#include "fixture.h"
#include "bench/steady.h"

#include "stats/verdict.h"

enum { MOST = 60 };

/* Periods as text: "9 12 10 | 40" where a bar is a break set by the editor. */
struct periods {
    double count[MOST];
    size_t size, breaks[MOST], break_count;
};

static struct periods read_periods(const char *text)
{
    struct periods out = {.size = 0};
    int read = 0;
    for (; *text; text += read) {
        read = 1;
        if (*text == '|')
            out.breaks[out.break_count++] = out.size;
        else if (sscanf(text, "%lf%n", &out.count[out.size], &read) == 1)
            out.size++;
    }
    return out;
}

static struct verdict judge(const char *text, size_t provisional)
{
    struct periods periods = read_periods(text);
    struct verdict_question question = {.count = periods.count,
                                        .size = periods.size,
                                        .provisional = provisional,
                                        .breaks = periods.breaks,
                                        .break_count = periods.break_count};
    struct verdict out;
    verdict_of_change(&question, arena, &out);
    return out;
}

static void every_situation_has_its_row(void **state)
{
    (void)state;
    static const struct {
        const char *periods;
        enum situation situation;
        enum direction direction;
        enum usual position;
        bool percent;
    } rows[] = {
        {"-1 4", SITUATION_UNKNOWN, DIRECTION_UNKNOWN, USUAL_NO_HISTORY, false},
        {"7", SITUATION_NOTHING_EARLIER, DIRECTION_UNKNOWN, USUAL_NO_HISTORY, false},
        {"10 12 11 | 30", SITUATION_AFTER_BREAK, DIRECTION_UNKNOWN, USUAL_NO_HISTORY,
         false},
        {"0 0 0 0 0 0 0 0 0", SITUATION_NONE_AGAIN, DIRECTION_UNKNOWN, USUAL_INSIDE,
         false},
        {"3 0 5 2 4 1 3 2 0 0", SITUATION_NONE_AGAIN, DIRECTION_UNKNOWN, USUAL_INSIDE,
         false},
        {"0 0 0 0 0 0 0 0 2", SITUATION_FIRST_EVER, DIRECTION_UNKNOWN, USUAL_NO_HISTORY,
         false},
        {"0 2", SITUATION_FIRST_EVER, DIRECTION_UNKNOWN, USUAL_NO_HISTORY, false},
        {"3 1 5 2 4 1 3 2 0 5", SITUATION_FROM_NONE, DIRECTION_UNCLEAR, USUAL_INSIDE,
         false},
        {"3 1 5 2 4 1 3 2 0 15", SITUATION_FROM_NONE, DIRECTION_ROSE, USUAL_ABOVE,
         false},
        {"2 0 4 1 3 0 2 1 3 0", SITUATION_TO_NONE, DIRECTION_UNCLEAR, USUAL_INSIDE,
         false},
        {"14 11 15 12 14 11 13 12 14 0", SITUATION_TO_NONE, DIRECTION_FELL, USUAL_BELOW,
         false},
        {"54 99", SITUATION_TOO_FEW_PERIODS, DIRECTION_UNKNOWN, USUAL_NO_HISTORY, true},
        {"56 77", SITUATION_NO_CLEAR_CHANGE, DIRECTION_UNCLEAR, USUAL_NO_HISTORY, true},
        {"8 7", SITUATION_NO_CLEAR_CHANGE, DIRECTION_UNCLEAR, USUAL_NO_HISTORY, false},
        {"10 12 9 11 10 13 8 11 10 12", SITUATION_USUAL, DIRECTION_UNCLEAR,
         USUAL_INSIDE, true},
        {"10 12 9 11 10 13 8 11 15 21", SITUATION_ABOVE, DIRECTION_UNCLEAR, USUAL_ABOVE,
         true},
        {"20 22 19 21 20 23 18 21 14 10", SITUATION_BELOW, DIRECTION_UNCLEAR,
         USUAL_BELOW, true},
        {"50 54 49 55 52 48 53 51 54 99", SITUATION_ROSE, DIRECTION_ROSE, USUAL_ABOVE,
         true},
        {"50 54 49 55 52 48 53 51 54 22", SITUATION_FELL, DIRECTION_FELL, USUAL_BELOW,
         true},
        {"3 1 4 2 4 1 3 2 2 15", SITUATION_ROSE_FEW, DIRECTION_ROSE, USUAL_ABOVE,
         false},
        {"20 22 19 21 20 23 18 21 20 4", SITUATION_FELL_FEW, DIRECTION_FELL,
         USUAL_BELOW, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct verdict out = judge(rows[i].periods, 0);
        if (out.situation != rows[i].situation || out.direction != rows[i].direction ||
            out.position != rows[i].position)
            print_error("row %zu: %s is \"%s\", not \"%s\"\n", i, rows[i].periods,
                        situation_key(out.situation), situation_key(rows[i].situation));
        assert_int_equal(out.situation, rows[i].situation);
        assert_int_equal(out.direction, rows[i].direction);
        assert_int_equal(out.position, rows[i].position);
        assert_int_equal(out.may_print_percent, rows[i].percent);
        assert_int_equal(out.direction == DIRECTION_UNKNOWN,
                         out.unknown_because != NULL);
        assert_int_equal(isnan(out.pct), !rows[i].percent);
    }
}

static void every_situation_has_its_own_key(void **state)
{
    (void)state;
    for (int i = 0; i < SITUATION_COUNT; i++) {
        assert_true(strlen(situation_key((enum situation)i)) > 2);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(situation_key((enum situation)i),
                                    situation_key((enum situation)j));
    }
}

static void clumped_counts_need_more_to_rise(void **state)
{
    (void)state;
    /* The same last two periods; only what came before differs. */
    struct verdict even = judge("54 52 55 53 56 54 53 55 54 52 54 90", 0);
    struct verdict clumped = judge("20 95 41 88 15 70 54 33 99 12 54 90", 0);
    assert_int_equal(even.situation, SITUATION_ROSE);
    assert_string_equal(even.spoke, "rate_change_phi");
    assert_true(even.phi == 1);
    assert_int_equal(clumped.situation, SITUATION_USUAL);
    assert_string_equal(clumped.spoke, "baseline");
    assert_true(clumped.phi > 5 && clumped.p > even.p);
}

static void a_clear_change_inside_the_usual_range_is_usual(void **state)
{
    (void)state;
    struct verdict out = judge("30 29 31 33 28 30 32 29 31 30 13 29", 0);
    assert_int_equal(out.situation, SITUATION_USUAL);
    assert_int_equal(out.direction, DIRECTION_UNCLEAR);
}

static void partial_and_fresh_periods_are_never_compared(void **state)
{
    (void)state;
    struct verdict out = judge("50 54 49 55 52 48 53 51 54 2", 1);
    assert_int_equal(out.situation, SITUATION_PROVISIONAL);
    assert_int_equal(out.direction, DIRECTION_UNKNOWN);
    assert_int_equal(out.position, USUAL_NO_HISTORY);
    assert_true(out.current == 2 && isnan(out.earlier) && isnan(out.pct));
    /* the range to expect stands, from complete periods alone */
    assert_int_equal(out.base, 9);
    assert_true(out.usual_low > 35 && out.usual_high < 75);
    struct verdict two = judge("50 54 49 55 52 48 53 51 54 500 2", 2);
    assert_true(two.usual_high == out.usual_high);
    assert_int_equal(judge("3 4 5", 99).situation, SITUATION_PROVISIONAL);
}

static void breaks_cut_the_usual_range_and_the_dispersion(void **state)
{
    (void)state;
    const char *cut = "90 95 99 91 96 92 98 94 | 10 12 9 11 10 13 8 11 10 11";
    struct verdict with = judge(cut, 0);
    struct verdict fresh = judge("10 12 9 11 10 13 8 11 10 11", 0);
    assert_int_equal(with.base, 9);
    assert_true(with.usual_high == fresh.usual_high && with.phi == fresh.phi);
    struct verdict short_since = judge("90 95 99 91 96 92 98 94 | 10 12 9 11", 0);
    assert_int_equal(short_since.base, 3);
    assert_true(isnan(short_since.usual_high));
    assert_int_equal(short_since.situation, SITUATION_NO_CLEAR_CHANGE);
}

static void the_usual_range_is_that_of_baseline(void **state)
{
    (void)state;
    struct periods periods = read_periods("99 4 3 3 4 4 2 1 2 3 2 2 0 4");
    struct verdict out = judge("99 4 3 3 4 4 2 1 2 3 2 2 0 4", 0);
    struct baseline baseline;
    stat_baseline(4, periods.count + 1, 12, 0.95, arena, &baseline);
    assert_near(out.usual_low, baseline.usual_low, 1e-12);
    assert_near(out.usual_high, baseline.usual_high, 1e-12);
    assert_int_equal(out.base, 12);
    assert_true(out.usual_least == 1 && out.usual_most == 6); /* 0.13 to 6.34 */
}

static void short_months_are_compared_by_their_days(void **state)
{
    (void)state;
    double count[] = {310, 280, 310, 300, 310, 300, 310,
                      310, 300, 310, 300, 310, 310, 280};
    double days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28};
    struct verdict_question question = {.count = count, .exposure = days, .size = 14};
    struct verdict out;
    verdict_of_change(&question, arena, &out);
    assert_true(out.pct == 0 && out.phi == 1);
    assert_near((out.usual_low + out.usual_high) / 2, 280, 2);
    question.exposure = NULL;
    verdict_of_change(&question, arena, &out);
    assert_true(out.pct == -10);
}

static void a_period_may_be_compared_with_one_further_back(void **state)
{
    (void)state;
    struct periods periods = read_periods("50 22 49 55 52 48 53 51 54 52 99");
    struct verdict_question question = {
        .count = periods.count, .size = periods.size, .back = 9};
    struct verdict out;
    verdict_of_change(&question, arena, &out);
    assert_true(out.earlier == 22 && out.pct == 350);
    question.back = 11;
    verdict_of_change(&question, arena, &out);
    assert_int_equal(out.situation, SITUATION_NOTHING_EARLIER);
}

static struct trend_verdict judge_trend(const char *text, size_t provisional)
{
    struct periods periods = read_periods(text);
    struct verdict_question question = {.count = periods.count,
                                        .size = periods.size,
                                        .provisional = provisional,
                                        .breaks = periods.breaks,
                                        .break_count = periods.break_count};
    struct trend_verdict out;
    verdict_of_trend(&question, arena, &out);
    return out;
}

static void a_trend_needs_all_its_keys(void **state)
{
    (void)state;
    struct trend_verdict rising = judge_trend("10 14 12 16 18 15 21 20 24 23 28", 0);
    assert_int_equal(rising.situation, SITUATION_RISING);
    assert_null(rising.held_back_by);
    assert_true(rising.pct_low > 0 && rising.kendall_p < 0.05 && rising.r1 < 0.3);
    struct trend_verdict falling = judge_trend("28 23 24 20 21 15 18 16 12 14 10", 0);
    assert_int_equal(falling.direction, DIRECTION_FELL);
    /* the interval includes 0 */
    struct trend_verdict flat = judge_trend("10 12 9 11 10 13 8 11 10 12", 0);
    assert_string_equal(flat.held_back_by, "trend");
    assert_int_equal(flat.situation, SITUATION_TREND_UNCLEAR);
    /* one outlier at the end tilts the line, not the ranks */
    struct trend_verdict outlier =
        judge_trend("5 6 4 5 6 5 4 6 5 5 6 4 5 5 6 5 4 5 24 25", 0);
    assert_string_equal(outlier.held_back_by, "mann_kendall");
    /* each period resembles the one before: a walk, no line */
    struct trend_verdict walk = judge_trend(
        "20 21 22 24 30 38 44 48 50 48 42 36 34 33 36 42 50 58 64 68 70 68 60 52", 0);
    assert_string_equal(walk.held_back_by, "dispersion");
    assert_true(walk.r1 > 0.3 && walk.direction == DIRECTION_UNCLEAR);
}

static void a_steep_line_is_no_autocorrelation(void **state)
{
    (void)state;
    struct trend_verdict out =
        judge_trend("10 11 14 14 17 18 22 23 27 29 34 36 42 45 52 57", 0);
    assert_int_equal(out.situation, SITUATION_RISING);
    assert_near(out.pct, 12, 2);
}

static void a_trend_takes_complete_periods_since_the_last_break(void **state)
{
    (void)state;
    struct trend_verdict out =
        judge_trend("90 95 | 10 14 12 16 18 15 21 20 24 23 28 1", 1);
    assert_int_equal(out.n, 11);
    assert_int_equal(out.situation, SITUATION_RISING);
    struct trend_verdict brief = judge_trend("10 14 12 16 18 15 21 20", 1);
    assert_int_equal(brief.situation, SITUATION_TREND_TOO_SHORT);
    assert_non_null(brief.unknown_because);
    assert_true(isnan(brief.pct));
    struct trend_verdict none = judge_trend("0 0 0 0 0 0 0 0 0", 0);
    assert_int_equal(none.situation, SITUATION_TREND_UNCLEAR);
    assert_int_equal(none.direction, DIRECTION_UNKNOWN);
    assert_int_equal(judge_trend("1 2.5 3", 0).situation, SITUATION_UNKNOWN);
    assert_int_equal(judge_trend("", 0).situation, SITUATION_TREND_TOO_SHORT);
}

static struct deaths_verdict judge_deaths(const char *later, const char *earlier)
{
    static struct periods killed1, killed0;
    killed1 = read_periods(later);
    killed0 = read_periods(earlier);
    struct deaths_question question = {
        .pair = {killed1.count, killed1.size, 7, killed0.count, killed0.size, 7}};
    struct deaths_verdict out;
    verdict_of_deaths(&question, arena, &out);
    return out;
}

static void deaths_are_described_before_they_are_tested(void **state)
{
    (void)state;
    struct deaths_verdict few = judge_deaths("0 3 1 0 24 2", "1 0 2 1");
    assert_int_equal(few.situation, SITUATION_DEATHS_DESCRIBED);
    assert_int_equal(few.direction, DIRECTION_UNKNOWN);
    assert_false(few.may_print_percent);
    assert_int_equal(few.lethal1, 4);
    assert_int_equal(few.lethal0, 3);
    assert_int_equal(judge_deaths("0 0", "0").situation, SITUATION_NO_DEATHS);
    assert_int_equal(judge_deaths("", "").situation, SITUATION_NO_DEATHS);
    assert_int_equal(judge_deaths("1 -2", "3").situation, SITUATION_UNKNOWN);
}

static void the_largest_incident_stands_beside_the_deaths(void **state)
{
    (void)state;
    struct deaths_verdict out = judge_deaths("0 3 1 0 24 2", "1 0 2 1");
    assert_int_equal(out.largest_at, 4);
    assert_true(out.largest == 24 && out.must_name_largest);
    assert_near(out.largest_share, 0.8, 1e-15);
    assert_true(out.change.total1 == 30 && out.change_without.total1 == 6);
    assert_false(judge_deaths("4 3 5 4", "1").must_name_largest);
}

static void deaths_that_rose_are_said_to_rise(void **state)
{
    (void)state;
    struct deaths_verdict out =
        judge_deaths("4 3 5 4 6 3 4 5 4 3 5 4 6 5 4", "1 1 2 1 1 2 1 1 1 2");
    assert_int_equal(out.situation, SITUATION_DEATHS_ROSE);
    assert_true(out.may_print_percent && out.change.pct > 300);
    struct deaths_verdict back =
        judge_deaths("1 1 2 1 1 2 1 1 1 2", "4 3 5 4 6 3 4 5 4 3 5 4 6 5 4");
    assert_int_equal(back.situation, SITUATION_DEATHS_FELL);
    struct deaths_verdict same =
        judge_deaths("1 1 2 1 1 2 1 1 1 2", "1 2 1 1 3 1 1 1 2 1");
    assert_int_equal(same.situation, SITUATION_DEATHS_UNCLEAR);
}

static void when_one_incident_decides_it_says_so(void **state)
{
    (void)state;
    const char *many = "1 3 3 2 3 1 2 3 2 1 2 2 3 2 1 2 3 1 1 1 2 2 6";
    const char *fewer = "2 1 1 1 2 1 3 2 3 3 2";
    struct deaths_verdict rise = judge_deaths(many, fewer);
    assert_true(rise.change.p < 0.05 && rise.change_without.p > 0.05);
    assert_int_equal(rise.situation, SITUATION_DEATHS_BY_ONE);
    assert_int_equal(rise.direction, DIRECTION_UNCLEAR);
    struct deaths_verdict fall = judge_deaths(fewer, many);
    assert_int_equal(fall.situation, SITUATION_DEATHS_BY_ONE);
}

static void provisional_deaths_are_not_compared(void **state)
{
    (void)state;
    double killed1[12] = {4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4};
    double killed0[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    struct deaths_question question = {.pair = {killed1, 12, 7, killed0, 12, 7},
                                       .provisional = true};
    struct deaths_verdict out;
    verdict_of_deaths(&question, arena, &out);
    assert_int_equal(out.situation, SITUATION_PROVISIONAL);
    assert_int_equal(out.direction, DIRECTION_UNKNOWN);
}

enum { DISTRICTS = 30, WEEKS = 13 };

static struct districts_verdict judge_districts(struct districts_question *question,
                                                double *count)
{
    struct districts_verdict out;
    question->count = count;
    question->districts = DISTRICTS;
    question->size = WEEKS;
    verdict_of_districts(question, arena, &out);
    return out;
}

static void of_many_districts_the_changed_one_is_flagged(void **state)
{
    (void)state;
    struct steady steady = {31};
    double count[DISTRICTS * WEEKS] = {0};
    for (size_t i = 0; i < 20 * WEEKS; i++)
        count[i] = steady_poisson(&steady, 2);
    count[3 * WEEKS + WEEKS - 1] = 25;
    struct districts_question question = {.fdr = 0.1};
    struct districts_verdict out = judge_districts(&question, count);
    assert_int_equal(out.flagged_count, 1);
    assert_int_equal(out.flagged[0], 3);
    assert_int_equal(out.direction[3], DIRECTION_ROSE);
    assert_int_equal(out.direction[29], DIRECTION_UNCLEAR);
    assert_true(out.p_adj[29] == 1 && out.tests == DISTRICTS && out.base == 12);
    question.provisional = 1;
    out = judge_districts(&question, count);
    assert_true(out.flagged_count == 0 && out.unknown_because != NULL);
    question.provisional = 0;
    question.breaks = (size_t[]){8};
    question.break_count = 1;
    assert_non_null(judge_districts(&question, count).unknown_because);
}

/* What one district alone would be called isn't said of one among many that the test
 * over all doesn't flag. */
static void among_many_a_change_needs_the_test_over_all(void **state)
{
    (void)state;
    const enum direction direction[] = {DIRECTION_UNCLEAR, DIRECTION_ROSE};
    const struct districts_verdict all = {.direction = direction};
    const struct verdict rose = {.situation = SITUATION_ROSE,
                                 .direction = DIRECTION_ROSE,
                                 .position = USUAL_ABOVE,
                                 .current = 30,
                                 .earlier = 10};
    struct verdict verdict = rose;
    verdict_among_many(&all, 0, &verdict);
    assert_int_equal(verdict.situation, SITUATION_ABOVE);
    assert_int_equal(verdict.direction, DIRECTION_UNCLEAR);
    verdict = rose;
    verdict_among_many(&all, 1, &verdict);
    assert_int_equal(verdict.situation, SITUATION_ROSE);
    const struct districts_verdict none = {.unknown_because = "no periods"};
    verdict_among_many(&none, 0, &verdict);
    assert_int_equal(verdict.situation, SITUATION_ROSE);
    verdict = rose;
    verdict.situation = SITUATION_FROM_NONE;
    verdict.earlier = 0;
    verdict_among_many(&all, 0, &verdict);
    assert_int_equal(verdict.situation, SITUATION_FROM_NONE);
    assert_int_equal(verdict.direction, DIRECTION_UNCLEAR);
}

static void districts_without_counts_or_periods_are_refused(void **state)
{
    (void)state;
    double count[DISTRICTS * WEEKS] = {[5] = -1}, none[DISTRICTS * WEEKS] = {0};
    struct districts_question question = {.fdr = 0};
    assert_string_equal(judge_districts(&question, count).unknown_because,
                        "a count is negative");
    struct districts_verdict silent = judge_districts(&question, none);
    assert_true(!silent.unknown_because && silent.flagged_count == 0);
    assert_true(silent.phi == 1);
    struct districts_verdict out;
    verdict_of_districts(&(struct districts_question){.districts = 3}, arena, &out);
    assert_non_null(out.unknown_because);
    verdict_of_districts(&(struct districts_question){.size = 3}, arena, &out);
    assert_non_null(out.unknown_because);
}

/* tests/bench/false_alarms has the whole table. */
static void steady_clumped_counts_seldom_rise_or_fall(void **state)
{
    (void)state;
    struct steady steady = {2026};
    enum { SERIES = 2000, PERIODS = 13 };
    const double sizes[] = {INFINITY, 5, 2};
    for (size_t s = 0; s < 3; s++) {
        int changed = 0, trends = 0;
        for (int i = 0; i < SERIES; i++) {
            double count[PERIODS];
            struct verdict verdict;
            struct trend_verdict trend;
            struct verdict_question question = {.count = count, .size = PERIODS};
            for (size_t t = 0; t < PERIODS; t++)
                count[t] = steady_count(&steady, 20, sizes[s]);
            verdict_of_change(&question, arena, &verdict);
            verdict_of_trend(&question, arena, &trend);
            changed += verdict.direction >= DIRECTION_ROSE;
            trends += trend.direction >= DIRECTION_ROSE;
            arena_reset(arena);
        }
        assert_true(changed <= SERIES / 20 && trends <= SERIES / 20);
        assert_true(changed > 0); /* a rule that never speaks would pass too */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_situation_has_its_row),
        cmocka_unit_test(every_situation_has_its_own_key),
        cmocka_unit_test(clumped_counts_need_more_to_rise),
        cmocka_unit_test(a_clear_change_inside_the_usual_range_is_usual),
        cmocka_unit_test(partial_and_fresh_periods_are_never_compared),
        cmocka_unit_test(breaks_cut_the_usual_range_and_the_dispersion),
        cmocka_unit_test(the_usual_range_is_that_of_baseline),
        cmocka_unit_test(short_months_are_compared_by_their_days),
        cmocka_unit_test(a_period_may_be_compared_with_one_further_back),
        cmocka_unit_test(a_trend_needs_all_its_keys),
        cmocka_unit_test(a_steep_line_is_no_autocorrelation),
        cmocka_unit_test(a_trend_takes_complete_periods_since_the_last_break),
        cmocka_unit_test(deaths_are_described_before_they_are_tested),
        cmocka_unit_test(the_largest_incident_stands_beside_the_deaths),
        cmocka_unit_test(deaths_that_rose_are_said_to_rise),
        cmocka_unit_test(when_one_incident_decides_it_says_so),
        cmocka_unit_test(provisional_deaths_are_not_compared),
        cmocka_unit_test(of_many_districts_the_changed_one_is_flagged),
        cmocka_unit_test(among_many_a_change_needs_the_test_over_all),
        cmocka_unit_test(districts_without_counts_or_periods_are_refused),
        cmocka_unit_test(steady_clumped_counts_seldom_rise_or_fall),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

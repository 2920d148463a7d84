/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sitrep query --stat through the public interface: series of known counts become
 * incidents of a CSV, and the answer is R's (4.2.2; the lines stand beside it). */
#include "support.h"

#include "base/civil.h"
#include "sitrep.h"

#include <jansson.h>
#include <stdlib.h>

struct fixture {
    struct arena *arena;
    struct sitrep *sitrep;
    struct text csv;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = arena;
    f->csv.arena = arena;
    f->sitrep = sitrep_new(".");
    text_append_string(&f->csv, "date,province,side,killed\n");
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    sitrep_free(f->sitrep);
    arena_free(f->arena);
    return 0;
}

static void add_incidents(struct fixture *f, int32_t day, const char *province,
                          double count)
{
    struct civil date = civil_of(day);
    for (int i = 0; i < (int)count; i++)
        text_print(&f->csv, "%04d-%02d-%02d,%s,attack,%d\n", date.year, date.month,
                   date.day, province, i % 3);
}

/* A count a week from Monday, 5 January 2026, or from an earlier Monday. */
static void add_weeks(struct fixture *f, int32_t monday, const char *province,
                      const double *count, size_t size)
{
    for (size_t i = 0; i < size; i++)
        add_incidents(f, monday + 7 * (int32_t)i, province, count[i]);
}

/* Where the file ends: an operation on the last day, so that all weeks are complete. */
static void end_at(struct fixture *f, int32_t first, int32_t last)
{
    struct civil from = civil_of(first), to = civil_of(last);
    text_print(&f->csv, "%04d-%02d-%02d,Sindh,operation,0\n", from.year, from.month,
               from.day);
    text_print(&f->csv, "%04d-%02d-%02d,Sindh,operation,0\n", to.year, to.month,
               to.day);
}

static const char *ask(struct fixture *f, struct sitrep_query query, int expected)
{
    const char *text;
    size_t size;
    char path[] = "/tmp/query-stat-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_true(write(file, f->csv.data, f->csv.size) == (ssize_t)f->csv.size);
    close(file);
    query.file = path;
    int status = sitrep_run_query(f->sitrep, &query, &text, &size);
    unlink(path);
    if (status != expected) {
        for (size_t i = 0; i < sitrep_message_count(f->sitrep); i++)
            print_error("%s", sitrep_message_text(f->sitrep, i));
        fail_msg("status %d", status);
    }
    return slice_c_string(f->arena, (struct slice){text, size});
}

static json_t *ask_json(struct fixture *f, struct sitrep_query query)
{
    query.format = "json";
    json_t *answer = json_loads(ask(f, query, SITREP_OK), 0, NULL);
    assert_non_null(answer);
    return answer;
}

static double number_of(const json_t *answer, size_t row, const char *column)
{
    const json_t *value = json_object_get(json_array_get(answer, row), column);
    if (!value || !json_is_number(value))
        fail_msg("row %zu has no number \"%s\"", row, column);
    return json_number_value(value);
}

static const char *word_of(const json_t *answer, size_t row, const char *column)
{
    const json_t *value = json_object_get(json_array_get(answer, row), column);
    if (!value)
        fail_msg("no column \"%s\"", column);
    return json_is_string(value) ? json_string_value(value) : NULL;
}

enum { MONDAY = 20458 }; /* 2026-01-05 */
static const double rising[] = {5, 8, 6, 9, 12, 7, 11, 14, 10, 16};

/* y <- c(5,8,6,9,12,7,11,14,10,16); t <- 0:9; m <- glm(y~t, family=poisson,
 *   control=list(epsilon=1e-16)), whose default stops too early
 * phi <- max(1, sum(residuals(m,"pearson")^2)/8)
 * S by pairs; cor.test(t, y, method="kendall", exact=TRUE)
 * tau <- phi*(1+1/9); se <- sqrt(4/9*mu^(1/3)*tau); (mu^(2/3) -+ qnorm(.975)*se)^1.5 */
static void weekly_statistics_are_those_of_r(void **state)
{
    struct fixture *f = *state;
    add_weeks(f, MONDAY, "KP", rising, 10);
    end_at(f, MONDAY, MONDAY + 69);
    json_t *answer = ask_json(f, (struct sitrep_query){
                                     .by = "week",
                                     .where = "side is attack",
                                     .stat = "trend, mann_kendall, usual_range",
                                 });
    assert_int_equal(json_array_size(answer), 1);
    assert_string_equal(word_of(answer, 0, "from"), "2026-W02");
    assert_string_equal(word_of(answer, 0, "to"), "2026-W11");
    assert_near(number_of(answer, 0, "periods"), 10, 0);
    assert_near(number_of(answer, 0, "trend.pct"), 10.156114079893, 1e-9);
    assert_near(number_of(answer, 0, "trend.pct_low"), 1.381034564004, 1e-9);
    assert_near(number_of(answer, 0, "trend.pct_high"), 19.690724417709, 1e-9);
    assert_near(number_of(answer, 0, "trend.p"), 0.027624020867, 1e-9);
    assert_near(number_of(answer, 0, "mann_kendall.s"), 29, 0);
    assert_near(number_of(answer, 0, "mann_kendall.p"), 0.012266061386, 1e-9);
    assert_near(number_of(answer, 0, "mann_kendall.p_exact"), 0.009148478836, 1e-9);
    assert_near(number_of(answer, 0, "mann_kendall.sen_slope"), 1, 1e-12);
    assert_near(number_of(answer, 0, "usual_range.mean"), 82.0 / 9, 1e-12);
    assert_near(number_of(answer, 0, "usual_range.usual_low"), 3.652675159789, 1e-9);
    assert_near(number_of(answer, 0, "usual_range.usual_high"), 16.012065301557, 1e-9);
    assert_string_equal(word_of(answer, 0, "usual_range.verdict"), "usual");
    assert_null(word_of(answer, 0, "trend.unknown_because"));
    json_decref(answer);
}

/* ym <- c(31,20,40,35,50); d <- c(31,28,31,30,31)
 * glm(ym ~ tm + offset(log(d)), family=poisson); poisson.test(c(50,35), c(31,30)) */
static void months_are_compared_by_their_days(void **state)
{
    struct fixture *f = *state;
    static const double count[] = {31, 20, 40, 35, 50};
    for (int month = 1; month <= 5; month++)
        add_incidents(f, civil_day(2026, month, 11), "KP", count[month - 1]);
    end_at(f, civil_day(2026, 1, 1), civil_day(2026, 5, 31));
    json_t *answer = ask_json(f, (struct sitrep_query){.by = "month",
                                                       .where = "side is attack",
                                                       .stat = "trend,rate_change"});
    assert_near(number_of(answer, 0, "trend.pct"), 15.454244081760, 1e-8);
    assert_near(number_of(answer, 0, "trend.pct_low"), -5.670375300372, 1e-8);
    assert_near(number_of(answer, 0, "trend.pct_high"), 41.309609986640, 1e-8);
    assert_near(number_of(answer, 0, "rate_change.ratio"), 1.382488479263, 1e-9);
    assert_near(number_of(answer, 0, "rate_change.low"), 0.879832501958, 1e-9);
    assert_near(number_of(answer, 0, "rate_change.high"), 2.194092296195, 1e-9);
    json_decref(answer);
}

/* Every case of the trend's reference values that weeks can hold. */
static void the_oracles_series_give_the_oracles_trend(void **state)
{
    struct fixture *f = *state;
    SKIP_WITHOUT(SHARED("oracles/trend.json"));
    json_t *file = json_load_file(SHARED("oracles/trend.json"), 0, NULL);
    assert_non_null(file);
    const json_t *each, *cases = json_object_get(file, "cases");
    size_t i, checked = 0;
    json_array_foreach(cases, i, each)
    {
        const json_t *input = json_object_get(each, "input");
        const json_t *y = json_object_get(input, "y"), *expected;
        expected = json_object_get(each, "expected");
        size_t n = json_array_size(y);
        double count[120], total = 0;
        for (size_t t = 0; t < n && n <= 120; t++)
            total += count[t] = json_number_value(json_array_get(y, t));
        if (n < 3 || n > 120 || total > 2000 || json_object_get(input, "exposure") ||
            fabs(json_number_value(json_object_get(input, "conf")) - 0.95) > 1e-12)
            continue;
        f->csv.size = 0;
        text_append_string(&f->csv, "date,province,side,killed\n");
        add_weeks(f, MONDAY, "KP", count, n);
        end_at(f, MONDAY, MONDAY + 7 * (int32_t)n - 1);
        json_t *answer =
            ask_json(f, (struct sitrep_query){
                            .by = "week", .where = "side is attack", .stat = "trend"});
        const json_t *pct = json_object_get(expected, "pct");
        if (json_is_number(pct))
            assert_near(number_of(answer, 0, "trend.pct"), json_number_value(pct),
                        1e-8 * fmax(1, fabs(json_number_value(pct))));
        else
            assert_non_null(total > 0 ? word_of(answer, 0, "trend.unknown_because")
                                      : "no row of attacks at all");
        checked++;
        json_decref(answer);
    }
    json_decref(file);
    assert_true(checked >= 5);
}

static void each_group_has_a_series_with_its_silent_weeks(void **state)
{
    struct fixture *f = *state;
    static const double sparse[] = {0, 0, 0, 1, 0, 0, 0, 0, 2, 0};
    add_weeks(f, MONDAY, "KP", rising, 10);
    add_weeks(f, MONDAY, "Punjab", sparse, 10);
    end_at(f, MONDAY, MONDAY + 69);
    json_t *answer = ask_json(f, (struct sitrep_query){.by = "week, province",
                                                       .where = "side is attack",
                                                       .stat = "dispersion"});
    assert_int_equal(json_array_size(answer), 2);
    assert_string_equal(word_of(answer, 0, "province"), "Khyber Pakhtunkhwa");
    assert_string_equal(word_of(answer, 1, "province"), "Punjab");
    assert_near(number_of(answer, 1, "dispersion.n"), 10, 0);
    assert_near(number_of(answer, 1, "dispersion.zeros"), 8, 0);
    assert_near(number_of(answer, 1, "dispersion.mean"), 0.3, 1e-12);
    json_decref(answer);
}

/* The file begins on a Wednesday and ends on a Tuesday: both weeks are left out. */
static void partial_weeks_at_both_ends_are_left_out(void **state)
{
    struct fixture *f = *state;
    static const double count[] = {4, 5, 6};
    add_incidents(f, MONDAY - 5, "KP", 50);
    add_weeks(f, MONDAY, "KP", count, 3);
    add_incidents(f, MONDAY + 22, "KP", 50);
    json_t *answer =
        ask_json(f, (struct sitrep_query){.by = "week", .stat = "dispersion,record"});
    assert_near(number_of(answer, 0, "periods"), 3, 0);
    assert_near(number_of(answer, 0, "dispersion.mean"), 5, 1e-12);
    assert_string_equal(word_of(answer, 0, "from"), "2026-W02");
    assert_string_equal(word_of(answer, 0, "to"), "2026-W04");
    assert_string_equal(word_of(answer, 0, "record.record_high"), "yes");
    json_decref(answer);
}

static void deaths_are_never_tested_as_incidents(void **state)
{
    struct fixture *f = *state;
    add_weeks(f, MONDAY, "KP", rising, 10);
    end_at(f, MONDAY, MONDAY + 69);
    json_t *answer =
        ask_json(f, (struct sitrep_query){.show = "count, sum of killed",
                                          .by = "week",
                                          .stat = "rate_change, mann_kendall"});
    assert_int_equal(json_array_size(answer), 2);
    assert_string_equal(word_of(answer, 1, "measure"), "sum of killed");
    assert_null(word_of(answer, 0, "rate_change.unknown_because"));
    assert_string_equal(word_of(answer, 1, "rate_change.unknown_because"),
                        "only counts of incidents are tested so");
    assert_true(number_of(answer, 1, "mann_kendall.s") > 0);
    json_decref(answer);
}

static void what_is_unknown_is_empty_with_its_reason(void **state)
{
    struct fixture *f = *state;
    static const double two[] = {3, 4};
    add_weeks(f, MONDAY, "KP", two, 2);
    end_at(f, MONDAY, MONDAY + 13);
    struct sitrep_query query = {
        .by = "week", .where = "side is attack", .stat = "trend", .format = "csv"};
    const char *csv = ask(f, query, SITREP_OK);
    assert_non_null(strstr(csv, "trend.pct,trend.pct_low,trend.pct_high"));
    assert_non_null(strstr(csv, "2026-W02,2026-W03,2,too_short,,,"));
    assert_non_null(strstr(csv, "fewer than 3"));
    query.format = "table";
    const char *table = ask(f, query, SITREP_OK);
    assert_null(strstr(table, "unknown_because"));
    assert_null(strstr(table, "nan"));
    assert_non_null(strstr(table, "\n\xE2\x80\x93 trend: fewer than 3"));
}

/* Nothing but zeros before: the ratio's upper limit is infinite, in words. */
static void no_limit_is_said_in_every_format(void **state)
{
    struct fixture *f = *state;
    add_incidents(f, MONDAY + 7, "KP", 6);
    end_at(f, MONDAY, MONDAY + 13);
    struct sitrep_query query = {
        .by = "week", .where = "side is attack", .stat = "rate_change"};
    json_t *answer = ask_json(f, query);
    assert_string_equal(word_of(answer, 0, "rate_change.high"), "Inf");
    json_decref(answer);
    query.format = "csv";
    assert_non_null(strstr(ask(f, query, SITREP_OK), ",Inf,"));
    query.format = "table";
    assert_non_null(strstr(ask(f, query, SITREP_OK), "Inf"));
}

static void a_file_of_no_complete_week_has_reasons_only(void **state)
{
    struct fixture *f = *state;
    add_incidents(f, MONDAY + 2, "KP", 4);
    json_t *answer =
        ask_json(f, (struct sitrep_query){.by = "week",
                                          .stat = "trend,mann_kendall,ears,record,"
                                                  "changepoint,smoothing"});
    assert_int_equal(json_array_size(answer), 1);
    assert_near(number_of(answer, 0, "periods"), 0, 0);
    assert_null(word_of(answer, 0, "from"));
    assert_non_null(word_of(answer, 0, "trend.unknown_because"));
    assert_non_null(word_of(answer, 0, "record.unknown_because"));
    json_decref(answer);
}

static void assert_message(struct fixture *f, const char *part)
{
    assert_true(sitrep_message_count(f->sitrep) > 0);
    const char *text = sitrep_message_text(f->sitrep, 0);
    if (!strstr(text, part))
        fail_msg("\"%s\" isn't in: %s", part, text);
    sitrep_clear_messages(f->sitrep);
}

static void what_makes_no_series_is_told(void **state)
{
    struct fixture *f = *state;
    add_weeks(f, MONDAY, "KP", rising, 10);
    ask(f, (struct sitrep_query){.by = "province", .stat = "trend"}, SITREP_USAGE);
    assert_message(f, "statistics need a period");
    ask(f, (struct sitrep_query){.stat = "trend"}, SITREP_USAGE);
    assert_message(f, "statistics need a period");
    ask(f, (struct sitrep_query){.by = "week", .stat = "trnd"}, SITREP_USAGE);
    assert_message(f, "did you mean \"trend\"?");
    ask(f, (struct sitrep_query){.by = "week", .stat = " , "}, SITREP_USAGE);
    assert_message(f, "names no statistic");
    ask(f, (struct sitrep_query){.by = "week", .stat = "trend", .sort = "week"},
        SITREP_USAGE);
    assert_message(f, "can't be given together");
}

static void two_provinces(struct fixture *f)
{
    static const double even[] = {4, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    add_weeks(f, MONDAY, "KP", rising, 10);
    add_weeks(f, MONDAY, "Punjab", even, 10);
    end_at(f, MONDAY, MONDAY + 69);
}

/* binom.test(16, 26)$p.value; the interval is Wilson's for 98 of 147. */
static void methods_may_look_at_the_other_groups(void **state)
{
    struct fixture *f = *state;
    two_provinces(f);
    json_t *answer = ask_json(
        f,
        (struct sitrep_query){
            .by = "week, province",
            .where = "side is attack",
            .stat = "wilson, share_change, concentration, bh, district_scan, iso_week",
        });
    assert_int_equal(json_array_size(answer), 2);
    assert_near(number_of(answer, 0, "wilson.x"), 98, 0);
    assert_near(number_of(answer, 0, "wilson.n"), 147, 0);
    assert_near(number_of(answer, 0, "wilson.low"), 0.5870742063506962, 1e-12);
    assert_near(number_of(answer, 0, "wilson.high"), 0.7377701725295591, 1e-12);
    assert_near(number_of(answer, 1, "wilson.estimate"), 1.0 / 3, 1e-12);
    assert_near(number_of(answer, 0, "share_change.diff"), 16.0 / 21 - 10.0 / 15,
                1e-12);
    assert_near(number_of(answer, 1, "concentration.top1"), 2.0 / 3, 1e-12);
    assert_near(number_of(answer, 0, "bh.p"), 0.32693958282470703, 1e-12);
    assert_near(number_of(answer, 0, "bh.p_adj"), 2 * 0.32693958282470703, 1e-12);
    assert_near(number_of(answer, 1, "bh.p_adj"), 1, 1e-12);
    assert_string_equal(word_of(answer, 1, "district_scan.flagged"), "no");
    assert_string_equal(word_of(answer, 0, "iso_week.label"), "2026-W11");
    json_decref(answer);
}

static void methods_may_look_at_the_incidents(void **state)
{
    struct fixture *f = *state;
    two_provinces(f);
    json_t *answer =
        ask_json(f, (struct sitrep_query){
                        .by = "week, province",
                        .show = "sum of killed",
                        .where = "side is attack",
                        .stat = "casualty_total, casualty_change, casualty_intensity",
                    });
    assert_int_equal(json_array_size(answer), 2);
    assert_near(number_of(answer, 0, "casualty_total.incidents"), 16, 0);
    assert_near(number_of(answer, 0, "casualty_total.total"), 15, 0);
    assert_near(number_of(answer, 0, "casualty_change.total0"), 9, 0);
    assert_near(number_of(answer, 0, "casualty_change.ratio"), 15.0 / 9, 1e-12);
    assert_near(number_of(answer, 0, "casualty_intensity.mean"), 15.0 / 16, 1e-12);
    assert_near(number_of(answer, 1, "casualty_total.total"), 4, 0);
    json_decref(answer);
}

static void what_a_method_lacks_is_said(void **state)
{
    struct fixture *f = *state;
    two_provinces(f);
    struct sitrep_query query = {.by = "week, province",
                                 .where = "side is attack",
                                 .stat = "wilson, casualty_total, burst",
                                 .limit = "1"};
    json_t *answer = ask_json(f, query);
    assert_string_equal(word_of(answer, 0, "wilson.unknown_because"),
                        "needs all groups: --by with a field, and no --limit");
    assert_string_equal(word_of(answer, 0, "casualty_total.unknown_because"),
                        "needs a sum, as in --show 'sum of killed'");
    assert_string_equal(word_of(answer, 0, "burst.unknown_because"),
                        "needs the day and the district of each incident");
    json_decref(answer);
}

static void a_limit_is_one_of_groups(void **state)
{
    struct fixture *f = *state;
    add_weeks(f, MONDAY, "KP", rising, 10);
    add_weeks(f, MONDAY, "Punjab", rising, 10);
    add_weeks(f, MONDAY, "Sindh", rising, 10);
    struct sitrep_query query = {
        .by = "province, week", .stat = "record", .limit = "2", .format = "table"};
    const char *table = ask(f, query, SITREP_OK);
    assert_non_null(strstr(table, "Punjab"));
    assert_null(strstr(table, "Sindh"));
    assert_non_null(strstr(table, "2 of 3 rows"));
}

static void every_statistic_explains_itself(void **state)
{
    struct fixture *f = *state;
    size_t count = sitrep_list(f->sitrep, "statistics");
    assert_int_equal(count, 25);
    const char *name[25], *text;
    for (size_t i = 0; i < count; i++)
        name[i] = sitrep_list_name(f->sitrep, i);
    for (size_t i = 0; i < count; i++) {
        size_t size;
        assert_int_equal(sitrep_explain(f->sitrep, name[i], &text, &size), SITREP_OK);
        assert_true(strncmp(text, name[i], strlen(name[i])) == 0);
        static const char *const slots[] = {"\ntakes ", "\ndefinition ", "\nunknown ",
                                            "\nsource ", "\nquery "};
        for (size_t j = 0; j < sizeof slots / sizeof *slots; j++)
            assert_non_null(strstr(text, slots[j]));
    }
    size_t size;
    assert_int_equal(sitrep_explain(f->sitrep, "usual_rang", &text, &size),
                     SITREP_USAGE);
    assert_message(f, "did you mean \"usual_range\"?");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(weekly_statistics_are_those_of_r),
        TEST(months_are_compared_by_their_days),
        TEST(the_oracles_series_give_the_oracles_trend),
        TEST(each_group_has_a_series_with_its_silent_weeks),
        TEST(partial_weeks_at_both_ends_are_left_out),
        TEST(deaths_are_never_tested_as_incidents),
        TEST(what_is_unknown_is_empty_with_its_reason),
        TEST(no_limit_is_said_in_every_format),
        TEST(a_file_of_no_complete_week_has_reasons_only),
        TEST(what_makes_no_series_is_told),
        TEST(methods_may_look_at_the_other_groups),
        TEST(methods_may_look_at_the_incidents),
        TEST(what_a_method_lacks_is_said),
        TEST(a_limit_is_one_of_groups),
        TEST(every_statistic_explains_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

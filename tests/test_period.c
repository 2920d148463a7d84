/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "data/period.h"

static int32_t day(int year, int month, int date)
{
    return civil_day(year, month, date);
}

static void assert_label_at(struct period period, int week_start, const char *want,
                            const char *file, int line)
{
    char label[PERIOD_LABEL_SIZE];
    period_label(period, week_start, label);
    assert_slice_at(slice_of(label), want, file, line);
}
#define assert_label(period, want)                                                     \
    assert_label_at((period), 0, (want), __FILE__, __LINE__)

static void assert_days_at(struct period period, int32_t first, int32_t last,
                           const char *file, int line)
{
    if (period.first_day == first && period.last_day == last)
        return;
    char got[PERIOD_LABEL_SIZE], want[PERIOD_LABEL_SIZE];
    period_label((struct period){PERIOD_RANGE, period.first_day, period.last_day}, 0,
                 got);
    period_label((struct period){PERIOD_RANGE, first, last}, 0, want);
    print_error("got %s, not %s\n", got, want);
    _fail(file, line);
}
#define assert_days(period, first, last)                                               \
    assert_days_at((period), (first), (last), __FILE__, __LINE__)

/* 2026-11-18 is a Wednesday; the file's last day. */
static struct period_frame frame_of_a_wednesday(void)
{
    return (struct period_frame){
        .week_start = 0,
        .data_first = day(2024, 1, 1),
        .data_last = day(2026, 11, 18),
        .as_of = day(2026, 11, 18),
        .complete_until = day(2026, 11, 18),
    };
}

static struct period_span parse_in(const struct period_frame *frame, const char *text)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct period_span span = {0};
    struct place at = {"t.md", 3, 9};
    if (!period_parse(slice_of(text), frame, at, &span, diags)) {
        print_error("\"%s\": %s\n", text, diags_at(diags, 0)->message);
        arena_free(arena);
        fail();
    }
    assert_int_equal(diags_total(diags), 0);
    arena_free(arena);
    return span;
}

static struct period_span parse(const char *text)
{
    struct period_frame frame = frame_of_a_wednesday();
    return parse_in(&frame, text);
}

static void assert_refused_at(const struct period_frame *frame, const char *text,
                              const char *code, const char *part, int line)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct period_span span;
    bool ok =
        period_parse(slice_of(text), frame, (struct place){"t.md", 3, 9}, &span, diags);
    const struct diag *diag = diags_total(diags) ? diags_at(diags, 0) : NULL;
    bool fits =
        !ok && diag && strcmp(diag->code, code) == 0 && diag->at.line == 3 &&
        (strstr(diag->message, part) || (diag->hint && strstr(diag->hint, part)));
    if (!fits)
        print_error("\"%s\": %d, %s, %s, %s\n", text, ok, diag ? diag->code : "",
                    diag ? diag->message : "", diag && diag->hint ? diag->hint : "");
    arena_free(arena);
    if (!fits)
        _fail(__FILE__, line);
}
#define assert_refused(text, code, part)                                               \
    do {                                                                               \
        struct period_frame frame_ = frame_of_a_wednesday();                           \
        assert_refused_at(&frame_, (text), (code), (part), __LINE__);                  \
    } while (0)

static void a_day_lies_in_one_period_of_each_unit(void **state)
{
    (void)state;
    int32_t wednesday = day(2026, 11, 18);
    assert_days(period_holding(PERIOD_DAY, wednesday, 0), wednesday, wednesday);
    assert_days(period_holding(PERIOD_WEEK, wednesday, 0), day(2026, 11, 16),
                day(2026, 11, 22));
    assert_days(period_holding(PERIOD_MONTH, wednesday, 0), day(2026, 11, 1),
                day(2026, 11, 30));
    assert_days(period_holding(PERIOD_QUARTER, wednesday, 0), day(2026, 10, 1),
                day(2026, 12, 31));
    assert_days(period_holding(PERIOD_YEAR, wednesday, 0), day(2026, 1, 1),
                day(2026, 12, 31));
}

static void weeks_start_on_any_weekday(void **state)
{
    (void)state;
    int32_t wednesday = day(2026, 11, 18);
    const int32_t first[] = {16, 17, 18, 12, 13, 14, 15};
    for (int start = 0; start < 7; start++) {
        struct period week = period_holding(PERIOD_WEEK, wednesday, start);
        assert_days(week, day(2026, 11, first[start]), day(2026, 11, first[start]) + 6);
        assert_int_equal(civil_weekday(week.first_day), start);
    }
}

static void days_before_1970_have_weeks_too(void **state)
{
    (void)state;
    assert_days(period_holding(PERIOD_WEEK, day(1969, 12, 31), 0), day(1969, 12, 29),
                day(1970, 1, 4));
    assert_days(period_holding(PERIOD_WEEK, day(1947, 8, 14), 6), day(1947, 8, 10),
                day(1947, 8, 16));
}

static void week_53_is_labelled_and_shifted(void **state)
{
    (void)state;
    struct period week = period_holding(PERIOD_WEEK, day(2020, 12, 31), 0);
    assert_label(week, "2020-W53");
    assert_label(period_shift(week, 1, 0), "2021-W01");
    assert_label(period_shift(week, -1, 0), "2020-W52");
    assert_label(period_holding(PERIOD_WEEK, day(2021, 1, 3), 0), "2020-W53");
    assert_label(period_year_before(week, 0), "2019-W52");
    assert_label(
        period_year_before(period_holding(PERIOD_WEEK, day(2021, 12, 30), 0), 0),
        "2020-W52");
    assert_label(period_year_before(period_holding(PERIOD_WEEK, day(2021, 1, 4), 0), 0),
                 "2020-W01");
}

static void the_week_of_a_year_ago_has_the_same_number(void **state)
{
    (void)state;
    for (int32_t monday = day(1990, 1, 1); monday < day(2040, 1, 1); monday += 7) {
        struct iso_week now = iso_week_of(monday);
        struct period before =
            period_year_before(period_holding(PERIOD_WEEK, monday, 0), 0);
        struct iso_week then = iso_week_of(before.first_day);
        int weeks = iso_weeks_in_year(now.year - 1);
        assert_int_equal(then.year, now.year - 1);
        assert_int_equal(then.week, now.week < weeks ? now.week : weeks);
        assert_int_equal(period_days(before), 7);
    }
}

static void weeks_from_saturday_meet_the_year_before_too(void **state)
{
    (void)state;
    for (int32_t first = day(1999, 1, 2); first < day(2040, 1, 1); first += 7) {
        struct period before =
            period_year_before(period_holding(PERIOD_WEEK, first, 5), 5);
        assert_int_equal(civil_weekday(before.first_day), 5);
        int32_t back = first - before.first_day;
        assert_true(back == 364 || back == 371);
    }
}

static void months_quarters_and_years_shift_over_year_ends(void **state)
{
    (void)state;
    struct period january = period_holding(PERIOD_MONTH, day(2024, 1, 31), 0);
    assert_label(period_shift(january, 1, 0), "2024-02");
    assert_int_equal(period_days(period_shift(january, 1, 0)), 29);
    assert_label(period_shift(january, -1, 0), "2023-12");
    assert_label(period_shift(january, -25, 0), "2021-12");
    struct period quarter = period_holding(PERIOD_QUARTER, day(2024, 3, 31), 0);
    assert_label(period_shift(quarter, -1, 0), "2023-Q4");
    assert_label(period_shift(quarter, 4, 0), "2025-Q1");
    assert_label(period_year_before(quarter, 0), "2023-Q1");
    assert_label(period_shift(period_holding(PERIOD_YEAR, day(2024, 3, 1), 0), -24, 0),
                 "2000");
}

static void a_range_moves_by_its_own_length(void **state)
{
    (void)state;
    struct period range = {PERIOD_RANGE, day(2026, 11, 1), day(2026, 11, 15)};
    assert_days(period_shift(range, -1, 0), day(2026, 10, 17), day(2026, 10, 31));
    assert_days(period_shift(range, 2, 0), day(2026, 12, 1), day(2026, 12, 15));
    assert_days(period_year_before(range, 0), day(2025, 11, 1), day(2025, 11, 15));
    struct period leap = {PERIOD_DAY, day(2024, 2, 29), day(2024, 2, 29)};
    assert_label(period_year_before(leap, 0), "2023-02-28");
}

static void the_calendar_ends_without_wrapping(void **state)
{
    (void)state;
    struct period year = period_holding(PERIOD_YEAR, day(2026, 1, 1), 0);
    assert_label(period_shift(year, INT32_MAX, 0), "9999");
    assert_label(period_shift(year, INT32_MIN, 0), "0001");
    struct period week = period_holding(PERIOD_WEEK, INT32_MAX, 3);
    assert_int_equal(week.last_day, day(9999, 12, 31));
    week = period_shift(week, INT32_MIN, 3);
    assert_int_equal(week.first_day, day(1, 1, 1));
    assert_label(period_year_before(period_holding(PERIOD_WEEK, INT32_MIN, 6), 6),
                 "0001-W01");
    period_year_before(period_holding(PERIOD_DAY, INT32_MIN, 0), 0);
}

static void periods_are_listed_without_gaps(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int unit = PERIOD_DAY; unit <= PERIOD_YEAR; unit++) {
        const struct period *list;
        size_t count = period_list((enum period_unit)unit, day(2019, 12, 30),
                                   day(2021, 1, 5), 2, arena, &list);
        assert_true(list[0].first_day <= day(2019, 12, 30));
        assert_true(list[count - 1].last_day >= day(2021, 1, 5));
        for (size_t i = 1; i < count; i++)
            assert_int_equal(list[i].first_day, list[i - 1].last_day + 1);
    }
    const struct period *list;
    assert_int_equal(period_list(PERIOD_MONTH, 0, -1, 0, arena, &list), 0);
    assert_int_equal(
        period_list(PERIOD_WEEK, day(2020, 12, 27), day(2021, 1, 4), 0, arena, &list),
        3);
    assert_label(list[1], "2020-W53");
    assert_int_equal(
        period_list(PERIOD_RANGE, day(2021, 1, 1), day(2021, 1, 9), 0, arena, &list),
        1);
    assert_int_equal(period_days(list[0]), 9);
    arena_free(arena);
}

static void periods_within_a_year_are_cut_and_keep_their_label(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct period year = period_holding(PERIOD_YEAR, day(2021, 6, 1), 0);
    const struct period *list;
    size_t count = period_list_within(PERIOD_WEEK, year, 0, arena, &list);
    assert_int_equal(count, 53);
    assert_label(list[0], "2020-W53");
    assert_days(list[0], day(2021, 1, 1), day(2021, 1, 3));
    assert_label(list[52], "2021-W52");
    assert_days(list[52], day(2021, 12, 27), day(2021, 12, 31));
    count = period_list_within(PERIOD_WEEK, year, 6, arena, &list);
    assert_days(list[0], day(2021, 1, 1), day(2021, 1, 2));
    assert_label_at(list[0], 6, "2020-12-27", __FILE__, __LINE__);
    assert_int_equal(count, 53);
    arena_free(arena);
}

static void labels_are_isos(void **state)
{
    (void)state;
    int32_t monday = day(2021, 9, 6);
    assert_label(period_holding(PERIOD_YEAR, monday, 0), "2021");
    assert_label(period_holding(PERIOD_QUARTER, monday, 0), "2021-Q3");
    assert_label(period_holding(PERIOD_MONTH, monday, 0), "2021-09");
    assert_label(period_holding(PERIOD_WEEK, monday, 0), "2021-W36");
    assert_label_at(period_holding(PERIOD_WEEK, monday, 6), 6, "2021-09-05", __FILE__,
                    __LINE__);
    assert_label(period_holding(PERIOD_DAY, monday, 0), "2021-09-06");
    assert_label(((struct period){PERIOD_RANGE, monday, monday + 13}),
                 "2021-09-06..2021-09-19");
    assert_string_equal(period_unit_name(PERIOD_QUARTER), "quarter");
}

static void written_dates_are_periods(void **state)
{
    (void)state;
    static const char *const same[] = {"2026", "2026-Q3", "2026-10", "2026-W46",
                                       "2026-11-05"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct period_span span = parse(same[i]);
        assert_label(span.whole, same[i]);
        assert_int_equal(span.count, 1);
        assert_int_equal(span.unit, span.whole.unit);
    }
    assert_label(parse(" 2026-w46 ").whole, "2026-W46");
    assert_label(parse("2026W01").whole, "2026-W01");
    assert_label(parse("2020-W53").whole, "2020-W53");
    assert_label(parse("2024-02-29").whole, "2024-02-29");
}

static void ranges_are_read_with_any_joint(void **state)
{
    (void)state;
    static const char *const ranges[] = {
        "2026-11-01..2026-11-15",
        "2026-11-01 .. 2026-11-15",
        "2026-11-01...2026-11-15",
        "2026-11-01 to 2026-11-15",
        "2026-11-01\xE2\x80\x93"
        "2026-11-15",
        "2026-11-01 - 2026-11-15",
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        struct period_span span = parse(ranges[i]);
        assert_label(span.whole, "2026-11-01..2026-11-15");
        assert_int_equal(span.unit, PERIOD_RANGE);
        assert_int_equal(span.count, 1);
    }
    assert_label(parse("2026-11-10..").whole, "2026-11-10..2026-11-18");
    assert_label(parse("since 2026-11-10").whole, "2026-11-10..2026-11-18");
    assert_label(parse("..2024-02-01").whole, "2024-01-01..2024-02-01");
}

static void ranges_of_units_know_their_parts(void **state)
{
    (void)state;
    struct period_span span = parse("2020-W52..2021-W02");
    assert_label(span.whole, "2020-12-21..2021-01-17");
    assert_int_equal(span.unit, PERIOD_WEEK);
    assert_int_equal(span.count, 4);
    span = parse("2025-11..2026-02");
    assert_int_equal(span.unit, PERIOD_MONTH);
    assert_int_equal(span.count, 4);
    assert_int_equal(parse("2025-Q4..2026-Q2").count, 3);
    assert_int_equal(parse("2019..2021").count, 3);
    span = parse("2025-11..2026-02-03");
    assert_int_equal(span.unit, PERIOD_RANGE);
    assert_label(span.whole, "2025-11-01..2026-02-03");
}

static void the_last_complete_week_ends_before_a_wednesday(void **state)
{
    (void)state;
    assert_label(parse("last complete week").whole, "2026-W46");
    assert_label(parse("last week").whole, "2026-W46");
    assert_label(parse("Last Complete  Week").whole, "2026-W46");
    assert_label(parse("this week").whole, "2026-W47");
    assert_label(parse("previous week").whole, "2026-W46");
    assert_label(parse("this month").whole, "2026-11");
    assert_label(parse("previous month").whole, "2026-10");
    assert_label(parse("last month").whole, "2026-10");
    assert_label(parse("last complete quarter").whole, "2026-Q3");
    assert_label(parse("this year").whole, "2026");
    assert_label(parse("today").whole, "2026-11-18");
    assert_label(parse("all").whole, "2024-01-01..2026-11-18");
    assert_label(parse("week of 2026-11-05").whole, "2026-W45");
    assert_label(parse("month of 2026-11-05").whole, "2026-11");
}

static void a_week_that_ends_on_the_day_is_complete(void **state)
{
    (void)state;
    struct period_frame frame = frame_of_a_wednesday();
    frame.as_of = frame.complete_until = day(2026, 11, 22);
    assert_label(parse_in(&frame, "last complete week").whole, "2026-W47");
    assert_label(parse_in(&frame, "previous week").whole, "2026-W46");
    frame.complete_until = day(2026, 11, 20);
    assert_label(parse_in(&frame, "last complete week").whole, "2026-W46");
    frame.as_of = day(2026, 11, 10);
    assert_label(parse_in(&frame, "last complete week").whole, "2026-W45");
    frame.week_start = 2;
    frame.as_of = frame.complete_until = day(2026, 11, 17);
    assert_days(parse_in(&frame, "last complete week").whole, day(2026, 11, 11),
                day(2026, 11, 17));
}

static void the_last_weeks_are_one_range_of_parts(void **state)
{
    (void)state;
    struct period_span span = parse("last 4 weeks");
    assert_days(span.whole, day(2026, 10, 19), day(2026, 11, 15));
    assert_int_equal(span.whole.unit, PERIOD_RANGE);
    assert_int_equal(span.unit, PERIOD_WEEK);
    assert_int_equal(span.count, 4);
    assert_days(parse("last 4 complete weeks").whole, day(2026, 10, 19),
                day(2026, 11, 15));
    assert_days(parse("last 30 days").whole, day(2026, 10, 20), day(2026, 11, 18));
    assert_days(parse("last 12 months").whole, day(2025, 11, 1), day(2026, 10, 31));
    span = parse("last 1 week");
    assert_label(span.whole, "2026-W46");
    assert_int_equal(span.count, 1);
}

static void the_whole_file_ends_with_the_day_spoken_of(void **state)
{
    (void)state;
    struct period_frame frame = frame_of_a_wednesday();
    frame.as_of = day(2025, 6, 30);
    assert_label(parse_in(&frame, "all").whole, "2024-01-01..2025-06-30");
    frame.data_first = 0;
    frame.data_last = -1;
    assert_days(parse_in(&frame, "all").whole, frame.as_of, frame.as_of);
}

static void what_isnt_a_period_is_explained(void **state)
{
    (void)state;
    assert_refused("last complet week", "M301", "did you mean \"last complete week\"?");
    assert_refused("tis month", "M301", "did you mean \"this month\"?");
    assert_refused("next fortnight", "M301", "last 4 weeks");
    assert_refused("", "M301", "no period");
    assert_refused("..", "M301", "no period");
    assert_refused("last", "M301", "no period");
    assert_refused("all of it", "M301", "no period");
    assert_refused("2026-1-5", "M301", "no period");
    assert_refused("last 0 weeks", "M303", "counts none");
    assert_refused("last 99999999999999999999 weeks", "M303", "more than 100,000");
    assert_refused("last 100000 years", "M303", "year 1");
    assert_refused("2026-13", "M302", "doesn't exist");
    assert_refused("2026-02-30", "M302", "doesn't exist");
    assert_refused("2026-Q5", "M302", "doesn't exist");
    assert_refused("0000", "M302", "doesn't exist");
    assert_refused("2021-W53", "M302", "W52");
    assert_refused("2026-W00", "M302", "W01");
    assert_refused("2026-11-15..2026-11-01", "M305", "ends before it begins");
}

static void week_numbers_need_weeks_from_monday(void **state)
{
    (void)state;
    struct period_frame frame = frame_of_a_wednesday();
    frame.week_start = 6;
    assert_refused_at(&frame, "2026-W46", "M304", "week of 2026-11-05", __LINE__);
    assert_days(parse_in(&frame, "week of 2026-11-05").whole, day(2026, 11, 1),
                day(2026, 11, 7));
}

static void lengths_and_units_are_read(void **state)
{
    (void)state;
    size_t count;
    enum period_unit unit;
    assert_true(period_parse_length(slice_of("52 weeks"), &count, &unit));
    assert_int_equal(count, 52);
    assert_int_equal(unit, PERIOD_WEEK);
    assert_true(period_parse_length(slice_of(" 12-week "), &count, &unit));
    assert_int_equal(count, 12);
    assert_true(period_parse_length(slice_of("4 Month"), &count, &unit));
    assert_int_equal(unit, PERIOD_MONTH);
    assert_true(period_parse_length(slice_of("year"), &count, &unit));
    assert_int_equal(count, 1);
    assert_false(period_parse_length(slice_of("0 weeks"), &count, &unit));
    assert_false(period_parse_length(slice_of("100001 weeks"), &count, &unit));
    assert_false(period_parse_length(slice_of("12"), &count, &unit));
    assert_false(period_parse_length(slice_of("12 weeks ago"), &count, &unit));
    assert_false(period_parse_length(slice_of("-3 weeks"), &count, &unit));
    assert_false(period_parse_length((struct slice){0}, &count, &unit));
    assert_true(period_parse_unit(slice_of("weekly"), &unit));
    assert_int_equal(unit, PERIOD_WEEK);
    assert_true(period_parse_unit(slice_of("Quarters"), &unit));
    assert_int_equal(unit, PERIOD_QUARTER);
    assert_false(period_parse_unit(slice_of("weekday"), &unit));
}

static void a_period_that_runs_on_is_provisional(void **state)
{
    (void)state;
    struct period_frame frame = frame_of_a_wednesday();
    assert_true(period_is_provisional(parse("this week").whole, &frame));
    assert_false(period_is_provisional(parse("last week").whole, &frame));
    assert_false(period_is_provisional(parse("today").whole, &frame));
    frame.complete_until = day(2026, 11, 14);
    assert_true(period_is_provisional(parse("2026-W46").whole, &frame));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_lies_in_one_period_of_each_unit),
        cmocka_unit_test(weeks_start_on_any_weekday),
        cmocka_unit_test(days_before_1970_have_weeks_too),
        cmocka_unit_test(week_53_is_labelled_and_shifted),
        cmocka_unit_test(the_week_of_a_year_ago_has_the_same_number),
        cmocka_unit_test(weeks_from_saturday_meet_the_year_before_too),
        cmocka_unit_test(months_quarters_and_years_shift_over_year_ends),
        cmocka_unit_test(a_range_moves_by_its_own_length),
        cmocka_unit_test(the_calendar_ends_without_wrapping),
        cmocka_unit_test(periods_are_listed_without_gaps),
        cmocka_unit_test(periods_within_a_year_are_cut_and_keep_their_label),
        cmocka_unit_test(labels_are_isos),
        cmocka_unit_test(written_dates_are_periods),
        cmocka_unit_test(ranges_are_read_with_any_joint),
        cmocka_unit_test(ranges_of_units_know_their_parts),
        cmocka_unit_test(the_last_complete_week_ends_before_a_wednesday),
        cmocka_unit_test(a_week_that_ends_on_the_day_is_complete),
        cmocka_unit_test(the_last_weeks_are_one_range_of_parts),
        cmocka_unit_test(the_whole_file_ends_with_the_day_spoken_of),
        cmocka_unit_test(what_isnt_a_period_is_explained),
        cmocka_unit_test(week_numbers_need_weeks_from_monday),
        cmocka_unit_test(lengths_and_units_are_read),
        cmocka_unit_test(a_period_that_runs_on_is_provisional),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

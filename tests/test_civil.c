/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "base/civil.h"

static void the_epoch_is_day_zero_and_a_thursday(void **state)
{
    (void)state;
    assert_int_equal(civil_day(1970, 1, 1), 0);
    assert_int_equal(civil_weekday(0), 3);
    assert_int_equal(civil_weekday(-1), 2);
    assert_int_equal(civil_weekday(civil_day(2026, 11, 16)), 0);
}

static void known_dates_have_their_day_numbers(void **state)
{
    (void)state;
    assert_int_equal(civil_day(2000, 3, 1), 11017);
    assert_int_equal(civil_day(1969, 12, 31), -1);
    assert_int_equal(civil_day(2021, 1, 1), 18628);
    assert_int_equal(civil_day(1, 1, 1), -719162);
    assert_int_equal(civil_day(9999, 12, 31), 2932896);
}

static void every_day_of_ten_thousand_years_comes_back(void **state)
{
    (void)state;
    int32_t day = civil_day(1, 1, 1);
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int i = 1; i <= civil_days_in_month(year, month); i++, day++) {
                struct civil civil = civil_of(day);
                if (civil_day(year, month, i) != day || civil.year != year ||
                    civil.month != month || civil.day != i)
                    fail_msg("%d-%d-%d is day %d", year, month, i, day);
            }
        }
    }
    assert_int_equal(day, civil_day(9999, 12, 31) + 1);
}

static void dates_that_are_not_in_the_calendar_are_invalid(void **state)
{
    (void)state;
    assert_true(civil_is_valid(2024, 2, 29));
    assert_true(civil_is_valid(2000, 2, 29));
    assert_false(civil_is_valid(1900, 2, 29));
    assert_false(civil_is_valid(2023, 2, 29));
    assert_false(civil_is_valid(2023, 4, 31));
    assert_false(civil_is_valid(2023, 13, 1));
    assert_false(civil_is_valid(2023, 0, 1));
    assert_false(civil_is_valid(2023, 1, 0));
    assert_false(civil_is_valid(0, 1, 1));
    assert_false(civil_is_valid(10000, 1, 1));
    assert_false(civil_is_valid(2023, -2147483647 - 1, 1));
}

/* The examples of ISO 8601's week dates where the year differs from the calendar's. */
static void iso_weeks_at_the_turn_of_the_year(void **state)
{
    (void)state;
    static const struct {
        int year, month, day, iso_year, week;
    } cases[] = {
        {2005, 1, 1, 2004, 53}, {2005, 1, 2, 2004, 53},   {2005, 12, 31, 2005, 52},
        {2007, 1, 1, 2007, 1},  {2008, 12, 28, 2008, 52}, {2008, 12, 29, 2009, 1},
        {2010, 1, 3, 2009, 53}, {2020, 12, 31, 2020, 53}, {2021, 1, 3, 2020, 53},
        {2021, 1, 4, 2021, 1},  {2026, 12, 31, 2026, 53}, {2026, 11, 9, 2026, 46},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct iso_week week =
            iso_week_of(civil_day(cases[i].year, cases[i].month, cases[i].day));
        assert_int_equal(week.year, cases[i].iso_year);
        assert_int_equal(week.week, cases[i].week);
    }
}

static void weeks_and_their_mondays_agree(void **state)
{
    (void)state;
    for (int32_t day = civil_day(1900, 1, 1); day < civil_day(2400, 1, 1); day++) {
        struct iso_week week = iso_week_of(day);
        assert_int_equal(iso_week_monday(week.year, week.week),
                         day - civil_weekday(day));
        assert_in_range(week.week, 1, iso_weeks_in_year(week.year));
    }
}

/* 71 of every 400 years have a week 53. */
static void long_years_are_seventy_one_in_four_hundred(void **state)
{
    (void)state;
    int count = 0;
    for (int year = 2001; year <= 2400; year++)
        count += iso_weeks_in_year(year) == 53;
    assert_int_equal(count, 71);
    assert_int_equal(iso_weeks_in_year(2020), 53);
    assert_int_equal(iso_weeks_in_year(2021), 52);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_epoch_is_day_zero_and_a_thursday),
        cmocka_unit_test(known_dates_have_their_day_numbers),
        cmocka_unit_test(every_day_of_ten_thousand_years_comes_back),
        cmocka_unit_test(dates_that_are_not_in_the_calendar_are_invalid),
        cmocka_unit_test(iso_weeks_at_the_turn_of_the_year),
        cmocka_unit_test(weeks_and_their_mondays_agree),
        cmocka_unit_test(long_years_are_seventy_one_in_four_hundred),
    };
    return cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}

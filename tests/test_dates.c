/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dates as files write them, and columns whose day and month order must be settled. */
#include "support.h"

#include "data/dates.h"

#include <stdlib.h>

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void expect_day(struct date_reader *reader, const char *cell, int year,
                       int month, int day)
{
    int32_t got;
    enum date_result result = date_read(reader, slice_of(cell), &got);
    if (result != DATE_READ || got != civil_day(year, month, day))
        print_error("\"%s\" gave result %d, day %d\n", cell, (int)result, (int)got);
    assert_int_equal(result, DATE_READ);
    assert_int_equal(got, civil_day(year, month, day));
}

static void expect_result(struct date_reader *reader, const char *cell,
                          enum date_result want)
{
    int32_t day;
    enum date_result got = date_read(reader, slice_of(cell), &day);
    if (got != want)
        print_error("\"%s\"\n", cell);
    assert_int_equal(got, want);
}

static struct date_reader usual(void **state)
{
    return date_reader_new(*state, NULL, 0, false);
}

static void usual_layouts_need_no_schema(void **state)
{
    static const char *const cells[] = {
        "2026-03-04",
        "2026-3-4",
        "2026/03/04",
        "2026.03.04",
        "20260304",
        "4 March 2026",
        "04 Mar 2026",
        "4 Mar. 2026",
        "4 mar, 2026",
        "04-Mar-2026",
        "4-MARCH-2026",
        "4/Mar/2026",
        "4.Mar.2026",
        "04MAR2026",
        "March 4, 2026",
        "Mar. 4, 2026",
        "March 4th, 2026",
        "Mar 4 2026",
        "Mar-04-2026",
        "2026 March 4",
        "2026-Mar-04",
        "4-Mar-26",
        "04 Mar 26",
        "Wednesday, 4 March 2026",
        "Wed 4 March 2026",
        "Wed. 4 Mar 2026",
        "Wednesday, March 4th, 2026",
        "Wednesday March 4 2026",
        "Wednesday-March 4-2026",
        "Wednesday-Mar-04-2026",
        "Thursay-March 4-2026",
        "Wednesday-4 March-2026",
    };
    struct date_reader reader = usual(state);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        expect_day(&reader, cells[i], 2026, 3, 4);
}

static void a_time_of_day_is_dropped(void **state)
{
    static const char *const cells[] = {
        "2026-03-04T22:36:58.340Z",  "2026-03-04 00:00:00.000", "2026-03-04 10:30",
        "2026-03-04T10:30:00+05:00", "2026-03-04 10:30 PM",     "March 4, 2026, 10:30",
        "04 Mar 2026 23:59:59 UTC",
    };
    struct date_reader reader = usual(state);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        expect_day(&reader, cells[i], 2026, 3, 4);
}

static void what_is_no_date_is_not_read(void **state)
{
    static const char *const cells[] = {
        "x",
        "2026",
        "2026-03",
        "March 2026",
        "4 Mar",
        "2026-03-04x",
        "2026-03-04 x",
        "2026-03-04 : ",
        "3/4/26",
        "26-03-04",
        "45123",
        "4 Mrch 2026",
        "4 Ma 2026",
        "12026-03-04",
        "2026-03-041",
        "-2026-03-04",
        "next Tuesday",
        "http://x.y/2015-10-10/a",
    };
    struct date_reader reader = usual(state);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        expect_result(&reader, cells[i], DATE_NONE);
    expect_result(&reader, "", DATE_NONE);
}

static void days_that_dont_exist_are_told_from_no_dates(void **state)
{
    struct date_reader reader = usual(state);
    expect_result(&reader, "2026-02-29", DATE_NO_DAY);
    expect_result(&reader, "2026-13-01", DATE_NO_DAY);
    expect_result(&reader, "31 April 2026", DATE_NO_DAY);
    expect_result(&reader, "0000-01-01", DATE_NO_DAY);
    expect_result(&reader, "32/13/2026", DATE_NO_DAY);
    expect_day(&reader, "2024-02-29", 2024, 2, 29);
}

static void two_digit_years_are_near_2000(void **state)
{
    struct date_reader reader = usual(state);
    expect_day(&reader, "1-Jan-70", 1970, 1, 1);
    expect_day(&reader, "1-Jan-69", 2069, 1, 1);
    expect_day(&reader, "1-Jan-00", 2000, 1, 1);
}

static void a_number_over_12_settles_the_day_first(void **state)
{
    struct date_reader reader = usual(state);
    int32_t token;
    assert_int_equal(date_read(&reader, SLICE_LITERAL("03/04/2026"), &token),
                     DATE_OPEN);
    assert_int_equal(date_order(&reader), ORDER_UNKNOWN);
    expect_day(&reader, "13/04/2026", 2026, 4, 13);
    assert_int_equal(date_order(&reader), ORDER_DAY_FIRST);
    assert_int_equal(date_settle(token, ORDER_DAY_FIRST), civil_day(2026, 4, 3));
    assert_int_equal(date_settle(civil_day(2026, 4, 13), ORDER_DAY_FIRST),
                     civil_day(2026, 4, 13));
}

static void a_number_over_12_settles_the_month_first(void **state)
{
    struct date_reader reader = usual(state);
    int32_t token;
    expect_day(&reader, "4-13-2026", 2026, 4, 13);
    assert_int_equal(date_read(&reader, SLICE_LITERAL("3-4-2026"), &token), DATE_OPEN);
    assert_int_equal(date_order(&reader), ORDER_MONTH_FIRST);
    assert_int_equal(date_settle(token, ORDER_MONTH_FIRST), civil_day(2026, 3, 4));
}

static void both_orders_in_one_column_contradict(void **state)
{
    struct date_reader reader = usual(state);
    expect_day(&reader, "13.04.2026", 2026, 4, 13);
    expect_day(&reader, "04.13.2026", 2026, 4, 13);
    assert_int_equal(date_order(&reader), ORDER_MIXED);
    assert_int_equal(reader.open.size, 0);
}

static void equal_numbers_are_no_riddle(void **state)
{
    struct date_reader reader = usual(state);
    expect_day(&reader, "05/05/2026", 2026, 5, 5);
    assert_int_equal(date_order(&reader), ORDER_UNKNOWN);
    assert_int_equal(reader.open.size, 0);
}

static void the_first_open_cell_is_kept(void **state)
{
    struct date_reader reader = usual(state);
    const char *cell = "01/02/2026";
    expect_result(&reader, cell, DATE_OPEN);
    expect_result(&reader, "03/04/2026", DATE_OPEN);
    assert_int_equal(reader.open.size, 10);
    assert_memory_equal(reader.open.text, "01/02/2026", 10);
    assert_ptr_equal(reader.open.at, cell);
}

static void a_schema_says_that_months_come_first(void **state)
{
    struct date_reader reader = date_reader_new(*state, NULL, 0, true);
    expect_day(&reader, "3/4/2026", 2026, 3, 4);
    expect_result(&reader, "13/4/2026", DATE_NO_DAY);
    expect_day(&reader, "2026-05-06", 2026, 5, 6);
}

static void a_schemas_layout_comes_first_and_settles(void **state)
{
    struct slice layout[] = {SLICE_LITERAL("d/M/yyyy"), SLICE_LITERAL("d.M.yy")};
    struct date_reader reader = date_reader_new(*state, layout, 2, false);
    expect_day(&reader, "3/4/2026", 2026, 4, 3);
    expect_day(&reader, "03/04/2026 10:00", 2026, 4, 3);
    expect_day(&reader, "3.4.99", 1999, 4, 3);
    expect_day(&reader, "2026-05-06", 2026, 5, 6);
    expect_result(&reader, "4/13/2026", DATE_NO_DAY);
    expect_result(&reader, "3-4-2026", DATE_NONE);
}

static bool match(const char *layout, const char *cell, struct civil *civil)
{
    struct date_layout parsed;
    assert_null(date_layout_parse(slice_of(layout), &parsed));
    return date_layout_match(&parsed, slice_of(cell), civil);
}

static void layouts_have_optional_parts_and_a_wild_end(void **state)
{
    (void)state;
    struct civil civil;
    assert_true(match("EEEE[,] d MMMM[,] yyyy", "Friday 2 May 2025", &civil));
    assert_true(match("EEEE[,] d MMMM[,] yyyy", "Friday, 2 May, 2025", &civil));
    assert_int_equal(civil.month, 5);
    assert_true(match("d MMM yyyy*", "2 May 2025 (night)", &civil));
    assert_int_equal(civil.day, 2);
    assert_false(match("d MMM yyyy", "2 May 2025 (night)", &civil));
    assert_true(match("yyyyMMddTHHmmss", "20250502T101112", &civil));
    assert_false(match("yyyyMMdd", "2025052", &civil));
    assert_true(match("d MMM yyyy", "2   May\t2025", &civil));
    assert_true(match("dd/MM/yyyy", "2/5/2025", &civil));
    assert_true(match("'d'/M/yyyy", "'2'/5/2025", &civil));
}

static void wrong_layouts_are_explained(void **state)
{
    (void)state;
    struct date_layout layout;
    assert_non_null(date_layout_parse(SLICE_LITERAL(""), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("yyyy-MM"), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("d/d/yyyy"), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("yyyyy-MM-dd"), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("DD/MM/YYYY"), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("d/M/yyyy["), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("d/M/yyyy]"), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("[[d]]/M/yyyy"), &layout));
    assert_non_null(date_layout_parse(SLICE_LITERAL("*d/M/yyyy"), &layout));
    assert_non_null(date_layout_parse(
        SLICE_LITERAL("d/M/yyyy--------------------------------------------"),
        &layout));
}

static void cells_of_any_bytes_end(void **state)
{
    struct date_reader reader = usual(state);
    char cell[300];
    memset(cell, '1', sizeof cell);
    int32_t day;
    assert_int_equal(date_read(&reader, (struct slice){cell, sizeof cell}, &day),
                     DATE_NONE);
    uint32_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        static const char letters[] = "0123 /-.,JanMoTZ:\xC3\0";
        size_t size = (size_t)i % 40;
        for (size_t j = 0; j < size; j++) {
            seed = seed * 1664525u + 1013904223u;
            cell[j] = letters[(seed >> 16) % sizeof letters];
        }
        enum date_result result = date_read(&reader, (struct slice){cell, size}, &day);
        if (result == DATE_READ)
            assert_true(civil_of(day).year >= 1 && civil_of(day).year <= 9999);
    }
}

static void the_same_cell_twice_reads_the_same(void **state)
{
    struct date_reader reader = usual(state);
    int32_t first, second;
    assert_int_equal(date_read(&reader, SLICE_LITERAL("3/4/2026"), &first), DATE_OPEN);
    assert_int_equal(date_read(&reader, SLICE_LITERAL("3/4/2026"), &second), DATE_OPEN);
    assert_int_equal(first, second);
    expect_result(&reader, "nothing", DATE_NONE);
    expect_result(&reader, "nothing", DATE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(usual_layouts_need_no_schema),
        TEST(a_time_of_day_is_dropped),
        TEST(what_is_no_date_is_not_read),
        TEST(days_that_dont_exist_are_told_from_no_dates),
        TEST(two_digit_years_are_near_2000),
        TEST(a_number_over_12_settles_the_day_first),
        TEST(a_number_over_12_settles_the_month_first),
        TEST(both_orders_in_one_column_contradict),
        TEST(equal_numbers_are_no_riddle),
        TEST(the_first_open_cell_is_kept),
        TEST(a_schema_says_that_months_come_first),
        TEST(a_schemas_layout_comes_first_and_settles),
        TEST(layouts_have_optional_parts_and_a_wild_end),
        TEST(wrong_layouts_are_explained),
        TEST(cells_of_any_bytes_end),
        TEST(the_same_cell_twice_reads_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

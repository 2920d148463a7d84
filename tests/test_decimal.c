/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "base/decimal.h"

#include <float.h>

static void check(double value, int decimals)
{
    char want[512], got[DECIMAL_TEXT_SIZE] = "";
    snprintf(want, sizeof want, "%.*f", decimals, value);
    size_t length = decimal_print(got, value, decimals);
    if (length == 0)
        return;
    assert_string_equal(got, want);
    assert_int_equal(length, strlen(want));
}

static void digits_are_those_of_printf(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 300000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = seed ^ seed >> 29;
        double value;
        memcpy(&value, &bits, sizeof value); /* of any size, also NAN */
        check(value, i % 20);
        check(ldexp((double)(int32_t)(bits >> 32), -(i % 60)), i % 19);
        check((double)(int32_t)(bits >> 32) / 256, i % 2 ? 3 : 6); /* cairo's points */
    }
}

static void ties_go_to_the_even_digit(void **state)
{
    (void)state;
    char out[DECIMAL_TEXT_SIZE];
    decimal_print(out, 0.5, 0);
    assert_string_equal(out, "0");
    decimal_print(out, 1.5, 0);
    assert_string_equal(out, "2");
    decimal_print(out, 2.5, 0);
    assert_string_equal(out, "2");
    decimal_print(out, -118.40625, 4);
    assert_string_equal(out, "-118.4062");
    decimal_print(out, 0.1, 18);
    assert_string_equal(out, "0.100000000000000006");
}

static void ordinary_numbers_are_printed_here(void **state)
{
    (void)state;
    char out[DECIMAL_TEXT_SIZE];
    const double value[] = {0, -0.0, 1, -1, 0.000001, 595.276, 1e12, -1e-9, 14400.5};
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        for (int decimals = 0; decimals <= 6; decimals++) {
            assert_int_not_equal(decimal_print(out, value[i], decimals), 0);
            check(value[i], decimals);
        }
}

static void the_rest_is_left_to_printf(void **state)
{
    (void)state;
    char out[DECIMAL_TEXT_SIZE];
    const double value[] = {NAN, INFINITY, -INFINITY, DBL_MAX, 1e19, DBL_MIN / 8};
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        assert_int_equal(decimal_print(out, value[i], 2), 0);
    assert_int_equal(decimal_print(out, 1, 19), 0);
    assert_int_equal(decimal_print(out, 1, -1), 0);
    assert_int_equal(decimal_print(out, 100, 18), 0);
}

/* printf's digits without the zeros at the end, as cairo prints a number's. */
static void check_short(double value, int decimals)
{
    char want[512], got[DECIMAL_TEXT_SIZE];
    int size = snprintf(want, sizeof want, "%.*f", decimals, value == 0 ? 0.0 : value);
    while (decimals && want[size - 1] == '0')
        want[--size] = 0;
    if (decimals && want[size - 1] == '.')
        want[--size] = 0;
    size_t length = decimal_print_short(got, value, decimals);
    if (length == 0)
        return;
    assert_string_equal(got, want);
    assert_int_equal(length, strlen(want));
}

static void zeros_at_the_end_are_dropped(void **state)
{
    (void)state;
    char out[DECIMAL_TEXT_SIZE];
    decimal_print_short(out, 100, 6);
    assert_string_equal(out, "100");
    decimal_print_short(out, 100, 0);
    assert_string_equal(out, "100");
    decimal_print_short(out, -0.0, 6);
    assert_string_equal(out, "0");
    decimal_print_short(out, -0.0000001, 6);
    assert_string_equal(out, "-0");
    decimal_print_short(out, 0.00050, 24);
    assert_string_equal(out, "0.0005");
    assert_int_equal(decimal_print_short(out, NAN, 6), 0);
    for (int i = -70000; i < 70000; i++)
        check_short(i / 256.0, i % 2 ? 3 : 6);
}

static void zeros_behind_the_point_are_counted(void **state)
{
    (void)state;
    assert_int_equal(decimal_leading_zeros(7), 0);
    assert_int_equal(decimal_leading_zeros(0.1), 0);
    assert_int_equal(decimal_leading_zeros(-0.099), 1);
    assert_int_equal(decimal_leading_zeros(0.00123), 2);
    assert_int_equal(decimal_leading_zeros(1e-18), 17);
    assert_int_equal(decimal_leading_zeros(0), 18);
    assert_int_equal(decimal_leading_zeros(INFINITY), 0);
}

/* What cairo prints of a number below 0.1: it counts the zeros of eighteen decimals. */
static void small_numbers_are_cairos(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 100000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double value = ldexp((double)(int64_t)seed, -66 - i % 60);
        char digits[64], want[64], got[DECIMAL_TEXT_SIZE];
        snprintf(digits, sizeof digits, "%.18f", fabs(value));
        int zeros = (int)strspn(digits + 2, "0");
        if (fabs(value) >= 0.1)
            continue;
        int size = zeros + 6 < 18
                       ? snprintf(want, sizeof want, "%.*f", zeros + 6, value)
                       : snprintf(want, sizeof want, "%.18f", value);
        while (want[size - 1] == '0')
            want[--size] = 0;
        if (want[size - 1] == '.')
            want[--size] = 0;
        if (decimal_print_short(got, value, 6 + decimal_leading_zeros(value)))
            assert_string_equal(got, want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_those_of_printf),
        cmocka_unit_test(ties_go_to_the_even_digit),
        cmocka_unit_test(ordinary_numbers_are_printed_here),
        cmocka_unit_test(the_rest_is_left_to_printf),
        cmocka_unit_test(zeros_at_the_end_are_dropped),
        cmocka_unit_test(zeros_behind_the_point_are_counted),
        cmocka_unit_test(small_numbers_are_cairos),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as people type them, and back to the shortest text. strtod and printf see
 * the C locale only: sitrep never calls setlocale. */
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 400, EXACT_DIGITS = 15, EXACT_POWER = 22 };

/* What the text says, read once: its digits without grouping, for strtod, and the
 * same as an integer and a power of ten while both are exact. */
struct reading {
    struct slice rest;
    char plain[LONGEST + 2];
    size_t size;
    uint64_t digits;
    int digit_count; /* without leading zeros */
    int power;
    bool is_negative;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void keep(struct reading *reading, char c)
{
    reading->plain[reading->size++] = c;
}

static void keep_digit(struct reading *reading, char c)
{
    keep(reading, c);
    if (reading->digit_count == 0 && c == '0')
        return;
    if (++reading->digit_count <= EXACT_DIGITS)
        reading->digits = reading->digits * 10 + (uint64_t)(c - '0');
}

static size_t take_digits(struct reading *reading)
{
    size_t count = 0;
    while (count < reading->rest.size && is_digit(reading->rest.data[count]))
        keep_digit(reading, reading->rest.data[count++]);
    reading->rest = slice_from(reading->rest, count);
    return count;
}

static bool take(struct reading *reading, char c)
{
    if (!reading->rest.size || reading->rest.data[0] != c)
        return false;
    reading->rest = slice_from(reading->rest, 1);
    return true;
}

static void take_sign(struct reading *reading)
{
    if (slice_starts_with(reading->rest, "\xE2\x88\x92")) {
        reading->rest = slice_from(reading->rest, 3);
        reading->is_negative = true;
    } else if (take(reading, '-')) {
        reading->is_negative = true;
    } else {
        take(reading, '+');
    }
}

/* Digits before the point. Grouped ones are 1,234,567 or 12,34,567: the last group
 * has three, those between all three or all two, the first no more than they. */
static bool take_whole(struct reading *reading, size_t *count)
{
    size_t first = take_digits(reading), group = first, between = 0, commas = 0;
    *count = first;
    for (; take(reading, ','); commas++) {
        if (commas > 0) {
            bool fits = between ? group == between : group == 2 || group == 3;
            if (!fits)
                return false;
            between = group;
        }
        group = take_digits(reading);
        *count += group;
    }
    return commas == 0 ||
           (group == 3 && first >= 1 && first <= (between ? between : 3));
}

static bool take_exponent(struct reading *reading)
{
    if (!take(reading, 'e') && !take(reading, 'E'))
        return true;
    keep(reading, 'e');
    bool is_negative = take(reading, '-');
    if (is_negative)
        keep(reading, '-');
    else
        take(reading, '+');
    size_t count = 0;
    int exponent = 0;
    for (; count < reading->rest.size && is_digit(reading->rest.data[count]); count++) {
        keep(reading, reading->rest.data[count]);
        if (exponent < 10000)
            exponent = exponent * 10 + (reading->rest.data[count] - '0');
    }
    reading->rest = slice_from(reading->rest, count);
    reading->power += is_negative ? -exponent : exponent;
    return count > 0;
}

static bool fits_exactly(const struct reading *reading)
{
    return reading->digit_count <= EXACT_DIGITS && reading->power >= -EXACT_POWER &&
           reading->power <= EXACT_POWER;
}

/* Two exact doubles multiplied or divided once are rounded once, so correctly
 * (Clinger 1990). */
static double scale_exact(uint64_t digits, int power)
{
    static const double ten_to[EXACT_POWER + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (power < 0)
        return (double)digits / ten_to[-power];
    return (double)digits * ten_to[power];
}

static bool parse_long(struct slice a, double *out)
{
    struct reading reading;
    reading.rest = a;
    reading.size = 0;
    reading.digits = 0;
    reading.digit_count = reading.power = 0;
    reading.is_negative = false;
    size_t whole = 0, fraction = 0;
    take_sign(&reading);
    if (!take_whole(&reading, &whole))
        return false;
    if (take(&reading, '.')) {
        keep(&reading, '.');
        fraction = take_digits(&reading);
        reading.power = -(int)fraction;
    }
    if (whole + fraction == 0 || !take_exponent(&reading) || reading.rest.size)
        return false;
    keep(&reading, '\0');
    double value = fits_exactly(&reading) ? scale_exact(reading.digits, reading.power)
                                          : strtod(reading.plain, NULL);
    if (!isfinite(value))
        return false;
    *out = reading.is_negative ? -value : value;
    return true;
}

/* What most cells hold: a sign, at most 15 digits, a point. */
static bool parse_short(struct slice a, double *out)
{
    uint64_t digits = 0;
    int digit_count = 0, places = -1;
    size_t at = a.data[0] == '-';
    for (; at < a.size; at++) {
        if (is_digit(a.data[at])) {
            digits = digits * 10 + (uint64_t)(a.data[at] - '0');
            digit_count++;
            places += places >= 0;
        } else if (a.data[at] == '.' && places < 0) {
            places = 0;
        } else {
            return false;
        }
    }
    if (!digit_count || digit_count > EXACT_DIGITS)
        return false;
    double value = places > 0 ? scale_exact(digits, -places) : (double)digits;
    *out = a.data[0] == '-' ? -value : value;
    return true;
}

bool number_parse(struct slice a, double *out)
{
    if (a.size == 0 || a.size > LONGEST)
        return false;
    return (a.size <= EXACT_DIGITS + 2 && parse_short(a, out)) || parse_long(a, out);
}

void number_print(char out[NUMBER_TEXT_SIZE], double number)
{
    static const double largest_exact = 9007199254740992.0; /* 2^53 */
    if (isnan(number)) {
        out[0] = '\0';
        return;
    }
    if (number == trunc(number) && fabs(number) <= largest_exact) {
        snprintf(out, NUMBER_TEXT_SIZE, "%.0f", number == 0 ? 0.0 : number);
        return;
    }
    /* Below the normal range a double holds fewer digits than 15. */
    int digits = fpclassify(number) == FP_SUBNORMAL ? 1 : 15;
    do
        snprintf(out, NUMBER_TEXT_SIZE, "%.*g", digits, number);
    while (++digits <= 17 && strtod(out, NULL) != number);
}

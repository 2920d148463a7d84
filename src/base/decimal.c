/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A double is a whole number of up to 53 bits times a power of two. Times 10^18 it
 * still fits into 128 bits, so the digits come from one product and one shift. */
#include "base/decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { FRACTION_BITS = 52, EXPONENT_MASK = 0x7ff, BIAS = 1075, WIDEST_SHIFT = 126 };

/* |value| is whole * 2^-shift. False for what is too large, or so small that all
 * digits of the product would be shifted out. */
static bool take_apart(double value, uint64_t *whole, int *shift)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int exponent = (int)(bits >> FRACTION_BITS & EXPONENT_MASK);
    *whole = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    if (exponent == 0)
        return *whole == 0 && (*shift = 0, true);
    *whole |= (uint64_t)1 << FRACTION_BITS;
    *shift = BIAS - exponent;
    return *shift >= 0 && *shift <= WIDEST_SHIFT;
}

static bool scale(double value, int decimals, uint64_t *out)
{
    static const double power_of_ten[DECIMAL_MOST + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
        1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    uint64_t whole;
    int shift;
    if (!take_apart(value, &whole, &shift))
        return false;
    unsigned __int128 product =
        (unsigned __int128)whole * (uint64_t)power_of_ten[decimals];
    unsigned __int128 digits = product >> shift;
    unsigned __int128 rest = product - (digits << shift);
    unsigned __int128 half = shift ? (unsigned __int128)1 << (shift - 1) : 1;
    digits += rest > half || (rest == half && (digits & 1));
    *out = (uint64_t)digits;
    return digits <= INT64_MAX;
}

size_t decimal_print(char out[DECIMAL_TEXT_SIZE], double value, int decimals)
{
    uint64_t digits;
    if (decimals < 0 || decimals > DECIMAL_MOST || !scale(value, decimals, &digits))
        return 0;
    char text[DECIMAL_TEXT_SIZE], *end = text + sizeof text, *at = end;
    for (int i = 0; digits || i <= decimals; i++) {
        if (i == decimals && decimals)
            *--at = '.';
        *--at = (char)('0' + digits % 10);
        digits /= 10;
    }
    if (signbit(value))
        *--at = '-';
    size_t size = (size_t)(end - at);
    memcpy(out, at, size);
    out[size] = 0;
    return size;
}

size_t decimal_print_short(char out[DECIMAL_TEXT_SIZE], double value, int decimals)
{
    if (value == 0)
        value = 0;
    if (decimals > DECIMAL_MOST)
        decimals = DECIMAL_MOST;
    size_t size = decimal_print(out, value, decimals);
    if (!size || !decimals)
        return size;
    while (out[size - 1] == '0')
        size--;
    size -= out[size - 1] == '.';
    out[size] = 0;
    return size;
}

int decimal_leading_zeros(double value)
{
    static const double power[DECIMAL_MOST] = {
        1e-1,  1e-2,  1e-3,  1e-4,  1e-5,  1e-6,  1e-7,  1e-8,  1e-9,
        1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18};
    int zeros = 0;
    while (zeros < DECIMAL_MOST && fabs(value) < power[zeros])
        zeros++;
    return zeros;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number with a given count of decimals, digit for digit what printf's "%.*f" gives
 * in the C locale, at a twentieth of its price. */
#ifndef SITREP_BASE_DECIMAL_H
#define SITREP_BASE_DECIMAL_H

#include <stddef.h>

enum { DECIMAL_MOST = 18, DECIMAL_TEXT_SIZE = 48 };

/* Prints value to out, NUL-terminated, rounded half to even on its exact value.
 * Returns the length, or 0 for what printf has to do: more than 18 decimals, digits
 * beyond 2^63, and what isn't finite. */
size_t decimal_print(char out[DECIMAL_TEXT_SIZE], double value, int decimals);
/* The same without zeros at the end; 0 has no sign. Of more than 18 decimals 18. */
size_t decimal_print_short(char out[DECIMAL_TEXT_SIZE], double value, int decimals);
/* Zeros between the point and the first other digit: 2 of 0.00123, at most 18. */
int decimal_leading_zeros(double value);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reasons for refusing input, and the few sums every family needs. */
#include "stats/check.h"

#include <math.h>
#include <stdlib.h>

/* Sums of squares of such counts are still far from overflow, and the counts
 * themselves exact in a double. */
static const double largest_count = 1e15;

const char *check_count(double x)
{
    if (isnan(x))
        return "a value is missing";
    if (isinf(x))
        return "a value is infinite";
    if (x < 0)
        return "a count is negative";
    if (x != floor(x))
        return "a count is not a whole number";
    return x > largest_count ? "a count is above 1e15" : NULL;
}

const char *check_counts(const double *x, size_t n)
{
    const char *reason = NULL;
    for (size_t i = 0; i < n && !reason; i++)
        reason = check_count(x[i]);
    return reason;
}

const char *check_values(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]))
            return "a value is missing";
        if (fabs(x[i]) > largest_count)
            return isinf(x[i]) ? "a value is infinite" : "a value is beyond 1e15";
    }
    return NULL;
}

const char *check_exposure(double x)
{
    if (isnan(x))
        return "a period's length is missing";
    if (!(x > 0))
        return "a period covers no days";
    return x > largest_count ? "a period's length is infinite" : NULL;
}

const char *check_exposures(const double *x, size_t n)
{
    const char *reason = NULL;
    for (size_t i = 0; x && i < n && !reason; i++)
        reason = check_exposure(x[i]);
    return reason;
}

const char *check_level(double level)
{
    return level > 0 && level < 1 ? NULL : "the level is not between 0 and 1";
}

const char *check_first(const char *const *reasons, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (reasons[i])
            return reasons[i];
    return NULL;
}

double sum_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

double mean_of(const double *x, size_t n)
{
    return n ? sum_of(x, n) / (double)n : NAN;
}

double squares_about(const double *x, size_t n, double centre)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (x[i] - centre) * (x[i] - centre);
    return sum;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void sort_numbers(double *x, size_t n)
{
    if (n)
        qsort(x, n, sizeof *x, compare_numbers);
}

double median_in_place(double *x, size_t n)
{
    if (n == 0)
        return NAN;
    sort_numbers(x, n);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

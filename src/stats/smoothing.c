/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Moving averages by one running sum. It is kept in long double, so that taking a
 * value out again leaves no trace of it in whole numbers. */
#include "stats/smoothing.h"

#include "stats/check.h"

#include <math.h>
#include <stdbool.h>

struct window {
    const double *x;
    size_t gaps;
    long double sum;
};

static void take_in(struct window *window, size_t i)
{
    if (isnan(window->x[i]))
        window->gaps++;
    else
        window->sum += (long double)window->x[i];
}

static void leave_out(struct window *window, size_t i)
{
    if (isnan(window->x[i]))
        window->gaps--;
    else
        window->sum -= (long double)window->x[i];
}

static const char *start(const double *x, size_t n, const char *refused, double *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = NAN;
        if (isinf(x[i]))
            refused = "a value is infinite";
    }
    return refused;
}

const char *smooth_trailing(const double *x, size_t n, size_t k, double *out)
{
    const char *refused = start(x, n, k ? NULL : "the window is empty", out);
    if (refused)
        return refused;
    struct window window = {.x = x};
    for (size_t i = 0; i < n; i++) {
        take_in(&window, i);
        if (i >= k)
            leave_out(&window, i - k);
        if (i + 1 >= k && window.gaps == 0)
            out[i] = (double)(window.sum / k);
    }
    return NULL;
}

const char *smooth_centred(const double *x, size_t n, size_t k, double *out)
{
    const char *refused = start(x, n, k ? NULL : "the window is empty", out);
    if (refused)
        return refused;
    size_t half = k / 2, width = 2 * half + 1;
    struct window window = {.x = x};
    for (size_t i = 0; i < n; i++) {
        take_in(&window, i);
        if (i >= width)
            leave_out(&window, i - width);
        if (i + 1 < width || window.gaps)
            continue;
        long double ends = k % 2 ? 0 : ((long double)x[i] + x[i + 1 - width]) / 2;
        out[i - half] = (double)((window.sum - ends) / k);
    }
    return NULL;
}

const char *smooth_exponential(const double *x, size_t n, double lambda, double *out)
{
    bool usable = lambda > 0 && lambda <= 1;
    const char *refused =
        start(x, n, usable ? NULL : "the weight is not between 0 and 1", out);
    if (refused)
        return refused;
    for (size_t i = 0; i < n; i++)
        out[i] = i ? lambda * x[i] + (1 - lambda) * out[i - 1] : x[i];
    return NULL;
}

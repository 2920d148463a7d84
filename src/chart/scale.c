/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scales: numbers to points on paper, and ticks at round numbers. */
#include "chart/plot.h"

#include <math.h>

static const double NEAREST_TICKS = 26, ROOM_PER_POWER = 35, MOST_STEPS = 4.3;
enum { MOST_POWERS = 5 };
/* How far values may reach beyond the last tick, in steps. */
static const double OVERSHOOT = 0.3;
/* Beyond this, steps aren't told apart from rounding any more. */
static const double LARGEST = 1e15;

struct scale scale_nothing(void)
{
    return (struct scale){.low = INFINITY, .high = -INFINITY};
}

void scale_include(struct scale *scale, const double *value, size_t count)
{
    for (size_t i = 0; value && i < count; i++) {
        if (!isfinite(value[i]))
            continue;
        scale->low = fmin(scale->low, value[i]);
        scale->high = fmax(scale->high, value[i]);
    }
}

double scale_map(const struct scale *scale, double value)
{
    double low = scale->low, high = scale->high;
    if (scale->logarithmic) {
        if (!(value > 0))
            return NAN;
        low = log10(low);
        high = log10(high);
        value = log10(value);
    }
    if (!(high > low))
        return scale->from;
    return scale->from + (value - low) / (high - low) * (scale->to - scale->from);
}

/* The smallest round step whose ticks stand far enough apart and aren't too many. */
static double choose_step(double span, double room_pt)
{
    static const double part[] = {1, 2, 5};
    double smallest = fmax(span * NEAREST_TICKS / fmax(room_pt, 2 * NEAREST_TICKS),
                           span / MOST_STEPS);
    double power = pow(10, floor(log10(smallest)));
    for (int i = 0; i < 3; i++) {
        if (part[i] * power >= smallest * (1 - 1e-9))
            return part[i] * power;
    }
    return 10 * power;
}

/* A domain with a length, finite, whatever came in. */
static void mend_domain(struct scale *scale, bool whole)
{
    if (!(scale->low <= scale->high)) {
        scale->low = 0;
        scale->high = 1;
    }
    scale->low = fmax(scale->low, -LARGEST);
    scale->high = fmin(scale->high, LARGEST);
    if (scale->high - scale->low > fabs(scale->high) * 1e-9)
        return;
    double level = scale->high;
    double margin = whole ? fmax(1, fabs(level) * 0.1) : fmax(fabs(level) * 0.1, 0.1);
    if (level == 0 && !whole)
        margin = 1;
    scale->low = level > 0 ? fmax(level - margin, 0) : level == 0 ? 0 : level - margin;
    scale->high = level + margin;
}

static size_t settle_linear(struct scale *scale, double room_pt, bool whole,
                            double *out)
{
    double step = choose_step(scale->high - scale->low, room_pt);
    if (whole)
        step = fmax(step, 1);
    double first = floor(scale->low / step + 1e-9);
    double last = ceil(scale->high / step - 1e-9);
    if (last - first > 1 && scale->high - (last - 1) * step <= OVERSHOOT * step)
        last--;
    if (scale->low < 0 && last - first > 1 &&
        (first + 1) * step - scale->low <= OVERSHOOT * step)
        first++;
    if (scale->keeps_ends) {
        first = ceil(scale->low / step - 1e-9);
        last = floor(scale->high / step + 1e-9);
    }
    size_t count = 0;
    for (double i = first; i <= last && count < SCALE_TICKS; i++)
        out[count++] = i * step + 0.0;
    if (scale->keeps_ends)
        return count;
    scale->low = fmin(scale->low, first * step);
    scale->high = fmax(scale->high, last * step);
    return count;
}

/* Powers of ten; with 2 and 5 between when there are few of them. */
static size_t settle_logarithmic(struct scale *scale, double room_pt, double *out)
{
    static const double few[] = {1, 2, 5};
    if (!(scale->high > 0))
        scale->high = 10;
    if (!(scale->low > 0))
        scale->low = fmin(1, scale->high / 10);
    double first = floor(log10(scale->low) + 1e-9),
           last = ceil(log10(scale->high) - 1e-9);
    if (last <= first)
        last = first + 1;
    double most = fmax(2, fmin(floor(room_pt / ROOM_PER_POWER) + 1, MOST_POWERS));
    double stride = ceil((last - first) / most);
    bool with_few = last - first <= 1.5;
    size_t count = 0;
    for (double power = first; power <= last; power += fmax(stride, 1)) {
        for (size_t i = 0; i < (with_few ? 3 : 1) && count < SCALE_TICKS; i++) {
            double tick = few[i] * pow(10, power);
            if (tick <= pow(10, last) * (1 + 1e-9))
                out[count++] = tick;
        }
    }
    scale->low = pow(10, first);
    scale->high = pow(10, last);
    return count;
}

size_t scale_settle(struct scale *scale, double room_pt, bool whole,
                    double out[SCALE_TICKS])
{
    if (scale->logarithmic)
        return settle_logarithmic(scale, room_pt, out);
    mend_domain(scale, whole);
    return settle_linear(scale, room_pt, whole, out);
}

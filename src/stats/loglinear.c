/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Maximum likelihood for a line through counts on the log scale. */
#include "stats/loglinear.h"

#include "stats/distributions.h"

#include <math.h>

static double weight_at(const struct loglinear *line, size_t i)
{
    return line->weight ? line->weight[i] : 1;
}

static double exposure_at(const struct loglinear *line, size_t i)
{
    return line->exposure ? line->exposure[i] : 1;
}

bool loglinear_is_bounded(const struct loglinear *line)
{
    double first = INFINITY, last = -INFINITY, first_event = INFINITY,
           last_event = -INFINITY;
    for (size_t i = 0; i < line->n; i++) {
        first = fmin(first, line->time[i]);
        last = fmax(last, line->time[i]);
        if (line->y[i] > 0) {
            first_event = fmin(first_event, line->time[i]);
            last_event = fmax(last_event, line->time[i]);
        }
    }
    return first < last && last_event > first && first_event < last;
}

/* Mean and variance of time under weights exposure × exp(slope time), about `at`.
 * The largest exponent is taken out, so nothing overflows. Returns the log of the
 * sum of those weights. */
static double tilt(const struct loglinear *line, double slope, double at, double *mean,
                   double *variance)
{
    double top = -INFINITY, sum = 0, first = 0, second = 0;
    for (size_t i = 0; i < line->n; i++)
        top = fmax(top, slope * (line->time[i] - at));
    for (size_t i = 0; i < line->n; i++) {
        double distance = line->time[i] - at;
        double share =
            weight_at(line, i) * exposure_at(line, i) * exp(slope * distance - top);
        sum += share;
        first += share * distance;
        second += share * distance * distance;
    }
    *mean = first / sum;
    *variance = second / sum - *mean * *mean;
    return log(sum) + top;
}

/* One Newton step from *slope, kept inside the bracket, which it narrows. */
static double step_towards(double slope, double score, double variance, double *low,
                           double *high)
{
    if (score > 0)
        *low = slope;
    else
        *high = slope;
    double next = slope + score / variance;
    if (next > *low && next < *high)
        return next;
    if (isinf(*low) || isinf(*high)) {
        double reach = fmax(1, 2 * fabs(slope));
        return score > 0 ? slope + reach : slope - reach;
    }
    return *low + (*high - *low) / 2;
}

static double find_slope(const struct loglinear *line, double target)
{
    enum { STEPS_AT_MOST = 200 };
    double slope = 0, low = -INFINITY, high = INFINITY;
    for (int i = 0; i < STEPS_AT_MOST; i++) {
        double mean, variance;
        tilt(line, slope, target, &mean, &variance);
        if (mean == 0)
            break;
        double next = step_towards(slope, -mean, variance, &low, &high);
        double step = next - slope;
        slope = next;
        if (fabs(step) <= 1e-15 * fabs(slope) || fabs(step) < 1e-300)
            break;
    }
    return slope;
}

void loglinear_fit(struct loglinear *line, bool with_slope)
{
    double total = 0, moment = 0, mean, variance;
    for (size_t i = 0; i < line->n; i++) {
        total += weight_at(line, i) * line->y[i];
        moment += weight_at(line, i) * line->y[i] * line->time[i];
    }
    double target = moment / total; /* the events' own mean time */
    line->total = total;
    line->slope = with_slope ? find_slope(line, target) : 0;
    double log_sum = tilt(line, line->slope, target, &mean, &variance);
    line->intercept = log(total) - log_sum - line->slope * target;
    line->centre = target + mean;
    line->spread = variance;
}

double loglinear_mean(const struct loglinear *line, size_t i)
{
    return exposure_at(line, i) * exp(line->intercept + line->slope * line->time[i]);
}

double loglinear_pearson(const struct loglinear *line)
{
    double sum = 0;
    for (size_t i = 0; i < line->n; i++) {
        double mean = loglinear_mean(line, i), rest = line->y[i] - mean;
        /* A mean may underflow where nothing happened; it then adds nothing. */
        double part = line->y[i] == 0 ? mean : rest * rest / mean;
        sum += weight_at(line, i) * part;
    }
    return sum;
}

/* 2 (y log(y/mean) - (y - mean)), as -2y (log(1+x) - x) with x = (mean-y)/y, which
 * keeps its digits for counts near 1e7. */
double loglinear_deviance(const struct loglinear *line)
{
    double sum = 0;
    for (size_t i = 0; i < line->n; i++) {
        double mean = loglinear_mean(line, i), y = line->y[i];
        double part = y == 0 ? mean : -y * dist_log1p_minus((mean - y) / y);
        sum += 2 * weight_at(line, i) * part;
    }
    return sum;
}

double loglinear_variance_at(const struct loglinear *line, double time, bool with_slope)
{
    double distance = time - line->centre;
    double of_slope = with_slope ? distance * distance / line->spread : 0;
    return (1 + of_slope) / line->total;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steady series from a seed, in which nothing happens: what a verdict must not call a
 * change. Its own generator, so that every machine draws the same numbers. */
#ifndef SITREP_TESTS_STEADY_H
#define SITREP_TESTS_STEADY_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

struct steady {
    uint64_t state;
};

/* Steele, Lea & Flood (2014), SplitMix64; above 0 and below 1. */
static inline double steady_uniform(struct steady *steady)
{
    uint64_t z = steady->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/* Box & Muller (1958). */
static inline double steady_normal(struct steady *steady)
{
    double radius = sqrt(-2 * log(steady_uniform(steady)));
    return radius * cos(2 * 3.14159265358979323846 * steady_uniform(steady));
}

/* Marsaglia & Tsang (2000), mean `shape`; shape >= 1. */
static inline double steady_gamma(struct steady *steady, double shape)
{
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = steady_normal(steady), v = 1 + c * x;
        v = v * v * v;
        if (v > 0 && log(steady_uniform(steady)) < x * x / 2 + d - d * v + d * log(v))
            return d * v;
    }
}

/* By multiplication, in pieces small enough for exp(-mean). */
static inline double steady_poisson(struct steady *steady, double mean)
{
    double count = 0;
    for (; mean > 0; mean -= 30) {
        double limit = exp(-fmin(mean, 30)), product = steady_uniform(steady);
        for (; product > limit; count++)
            product *= steady_uniform(steady);
    }
    return count;
}

/* Negative binomial with variance mean + mean²/size; size INFINITY is Poisson. */
static inline double steady_count(struct steady *steady, double mean, double size)
{
    double rate = isinf(size) ? mean : mean * steady_gamma(steady, size) / size;
    return steady_poisson(steady, rate);
}

/* Counts whose log rate wanders around its mean with lag-1 correlation r. */
static inline void steady_wander(struct steady *steady, double mean, double spread,
                                 double r, size_t n, double *out)
{
    double state = steady_normal(steady);
    for (size_t i = 0; i < n; i++) {
        out[i] =
            steady_poisson(steady, mean * exp(spread * state - spread * spread / 2));
        state = r * state + sqrt(1 - r * r) * steady_normal(steady);
    }
}

/* Deaths of an incident: most kill none, a few many. */
static inline double steady_deaths(struct steady *steady)
{
    if (steady_uniform(steady) < 0.5)
        return 0;
    double drawn = exp(1.1 * steady_normal(steady) + 0.4);
    return fmin(150, 1 + floor(drawn));
}

#endif

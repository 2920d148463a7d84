/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws from the distributions that incidents follow. */
#include "random.h"

#include <math.h>

static uint64_t split_mix(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

void random_seed(struct random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        random->state[i] = split_mix(&seed);
}

static uint64_t rotate(uint64_t bits, int by)
{
    return bits << by | bits >> (64 - by);
}

uint64_t random_next(struct random *random)
{
    uint64_t *s = random->state;
    const uint64_t result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

double random_unit(struct random *random)
{
    return (double)(random_next(random) >> 11) * 0x1p-53;
}

size_t random_below(struct random *random, size_t count)
{
    return (size_t)(random_unit(random) * (double)count);
}

bool random_chance(struct random *random, double probability)
{
    return random_unit(random) < probability;
}

/* The polar method: no sine, so the same bits wherever log and sqrt agree. */
double random_normal(struct random *random)
{
    for (;;) {
        const double x = 2 * random_unit(random) - 1, y = 2 * random_unit(random) - 1;
        const double square = x * x + y * y;
        if (square > 0 && square < 1)
            return x * sqrt(-2 * log(square) / square);
    }
}

/* Marsaglia and Tsang (2000), ACM TOMS 26:363–372; shapes below 1 by their boost. */
double random_gamma(struct random *random, double shape)
{
    if (shape < 1) {
        const double boosted = random_gamma(random, shape + 1);
        return boosted * pow(random_unit(random), 1 / shape);
    }
    const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double x = random_normal(random), v = pow(1 + c * x, 3);
        if (v <= 0)
            continue;
        const double u = 1 - random_unit(random);
        if (log(u) < x * x / 2 + d - d * v + d * log(v))
            return d * v;
    }
}

int random_poisson(struct random *random, double mean)
{
    const double limit = exp(-mean);
    double product = random_unit(random);
    int count = 0;
    while (product > limit) {
        product *= random_unit(random);
        count++;
    }
    return count;
}

int random_clumped(struct random *random, double mean, double size)
{
    return mean > 0 ? random_poisson(random, random_gamma(random, size) * mean / size)
                    : 0;
}

size_t random_weighted(struct random *random, const double *weight, size_t count)
{
    double total = 0, left;
    for (size_t i = 0; i < count; i++)
        total += weight[i];
    left = random_unit(random) * total;
    for (size_t i = 0; i < count; i++) {
        left -= weight[i];
        if (left < 0)
            return i;
    }
    return count - 1;
}

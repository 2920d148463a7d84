/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random numbers of our own, so that the same seed gives the same file on every
 * machine. Life: random_seed, then draws; the state is a plain value. */
#ifndef SAMPLES_RANDOM_H
#define SAMPLES_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* xoshiro256**, seeded by splitmix64.
 *   source  Blackman and Vigna (2021), ACM TOMS 47(4) */
struct random {
    uint64_t state[4];
};

void random_seed(struct random *random, uint64_t seed);
uint64_t random_next(struct random *random);
double random_unit(struct random *random);                /* 0 <= x < 1 */
size_t random_below(struct random *random, size_t count); /* 0 .. count - 1 */
bool random_chance(struct random *random, double probability);
double random_normal(struct random *random); /* mean 0, deviation 1 */
double random_gamma(struct random *random, double shape);
int random_poisson(struct random *random, double mean); /* mean below 500 */
/* Counts that vary more than chance alone: variance = mean + mean² / size. */
int random_clumped(struct random *random, double mean, double size);
/* Index drawn by weight; the weights needn't sum to 1, but must sum to more than 0. */
size_t random_weighted(struct random *random, const double *weight, size_t count);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a statistic may be computed from. Each check answers NULL, or says in words
 * why not: that text becomes a result's unknown_because. */
#ifndef SITREP_STATS_CHECK_H
#define SITREP_STATS_CHECK_H

#include <stddef.h>

/* Whole numbers from 0 to 1e15; NAN is a gap and no count. */
const char *check_counts(const double *x, size_t n);
const char *check_count(double x);
/* Finite numbers. */
const char *check_values(const double *x, size_t n);
/* Positive and finite: days covered. x may be NULL, for periods of equal length. */
const char *check_exposures(const double *x, size_t n);
const char *check_exposure(double x);
/* A confidence, a level or an alpha: above 0 and below 1. */
const char *check_level(double level);
/* The first reason of several checks, or NULL. */
#define CHECK_FIRST(...)                                                               \
    check_first((const char *const[]){__VA_ARGS__},                                    \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
const char *check_first(const char *const *reasons, size_t n);

/* Moments that stay exact near 1e7: the mean is subtracted before squaring. */
double sum_of(const double *x, size_t n);
double mean_of(const double *x, size_t n); /* NAN without values */
double squares_about(const double *x, size_t n, double centre);
/* Median of x, which is sorted on the way. NAN without values. */
double median_in_place(double *x, size_t n);
void sort_numbers(double *x, size_t n);

#endif

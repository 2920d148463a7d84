/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Class breaks: where values part into few classes, at the roundest numbers that part
 * them so. */
#ifndef SITREP_MAP_BREAKS_H
#define SITREP_MAP_BREAKS_H

#include "template/theme.h"

enum break_rule { BREAKS_QUANTILE, BREAKS_NATURAL, BREAKS_GIVEN };

struct breaks {
    size_t count; /* classes: 1 to THEME_SEQUENTIAL, 0 without values */
    double
        limit[THEME_SEQUENTIAL]; /* class i begins at limit[i]; limit[0] = -INFINITY */
};

/* value: count of them, any order, NAN passed over; want: most classes.
 *   quantile  as many values in each class as can be; equal values stay together
 *   natural   least sum of squares within classes (Fisher 1958, Jenks 1977); of more
 *             than 400 values, 400 evenly taken from the sorted ones decide
 *   cost      O(n log n), natural O(400² × classes) */
struct breaks breaks_of(enum break_rule rule, size_t want, const double *value,
                        size_t count, struct arena *scratch);
/* Ascending limits between classes: limits + 1 classes. */
struct breaks breaks_given(const double *limit, size_t limits);
size_t breaks_class(const struct breaks *breaks, double value);

/* The roundest number above low and not above high: 0.5, 20, 1500. */
double round_between(double low, double high);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values with weights, and their medians. The functions reorder what they are given;
 * their results don't depend on the order they get it in. */
#ifndef SITREP_DATA_SAMPLES_H
#define SITREP_DATA_SAMPLES_H

#include <stddef.h>

struct sample {
    double value, weight;
};

void samples_sort(struct sample *sample, size_t count); /* ascending by value */

/* The middle value, or the mean of the two middle ones; NAN of none. Weights are not
 * looked at.
 *   cost  count on the whole, count × log count at worst */
double median_plain(struct sample *sample, size_t count);

/* The value at which half of the weight is passed; where a value reaches exactly half,
 * the mean of it and the next. With whole weights this is the plain median of the rows
 * written out. Weights of 0 and below count nothing; NAN when none is above. */
double median_weighted(struct sample *sample, size_t count);

#endif

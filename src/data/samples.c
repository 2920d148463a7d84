/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Medians by partial sorting. */
#include "data/samples.h"

#include <math.h>
#include <stdlib.h>

static int compare_samples(const void *a, const void *b)
{
    double x = ((const struct sample *)a)->value, y = ((const struct sample *)b)->value;
    return (x > y) - (x < y);
}

void samples_sort(struct sample *sample, size_t count)
{
    if (count > 1)
        qsort(sample, count, sizeof *sample, compare_samples);
}

static void swap(struct sample *a, struct sample *b)
{
    struct sample kept = *a;
    *a = *b;
    *b = kept;
}

/* Puts the middle one of first, middle and last in the middle. */
static double choose_pivot(struct sample *sample, size_t first, size_t last)
{
    size_t middle = first + (last - first) / 2;
    if (sample[middle].value < sample[first].value)
        swap(&sample[middle], &sample[first]);
    if (sample[last].value < sample[middle].value)
        swap(&sample[last], &sample[middle]);
    if (sample[middle].value < sample[first].value)
        swap(&sample[middle], &sample[first]);
    return sample[middle].value;
}

/* Orders so far that sample[index] is what it would be in order, with nothing greater
 * before it. Halves by Hoare; a series that keeps halving badly is sorted instead. */
static void select_index(struct sample *sample, size_t count, size_t index)
{
    size_t first = 0, last = count - 1;
    int patience = 64;
    while (first < last) {
        if (patience-- == 0) {
            samples_sort(sample + first, last - first + 1);
            return;
        }
        double pivot = choose_pivot(sample, first, last);
        size_t i = first, j = last;
        for (;;) {
            while (sample[i].value < pivot)
                i++;
            while (sample[j].value > pivot)
                j--;
            if (i >= j)
                break;
            swap(&sample[i++], &sample[j--]);
        }
        if (index <= j)
            last = j;
        else
            first = j + 1;
    }
}

double median_plain(struct sample *sample, size_t count)
{
    if (count == 0)
        return NAN;
    size_t middle = count / 2;
    select_index(sample, count, middle);
    double upper = sample[middle].value;
    if (count % 2)
        return upper;
    double lower = sample[0].value;
    for (size_t i = 1; i < middle; i++)
        lower = sample[i].value > lower ? sample[i].value : lower;
    return (lower + upper) / 2;
}

double median_weighted(struct sample *sample, size_t count)
{
    size_t kept = 0;
    double total = 0, sum = 0;
    for (size_t i = 0; i < count; i++)
        if (sample[i].weight > 0)
            sample[kept++] = sample[i];
    samples_sort(sample, kept);
    for (size_t i = 0; i < kept; i++)
        total += sample[i].weight;
    for (size_t i = 0; i < kept; i++) {
        sum += sample[i].weight;
        if (sum * 2 > total || i + 1 == kept)
            return sample[i].value;
        if (sum * 2 >= total)
            return (sample[i].value + sample[i + 1].value) / 2;
    }
    return NAN;
}

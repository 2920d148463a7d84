/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Waves: many attacks in many districts within days, against the weeks before. That
 * they were coordinated is an inference: "11 attacks in 9 districts within 24 hours". */
#ifndef SITREP_STATS_BURST_H
#define SITREP_STATS_BURST_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct burst_question {
    const int32_t *day;  /* of each event, 0 … days-1, in any order */
    const int32_t *unit; /* its district, any number */
    size_t events;
    size_t days;
    size_t window;    /* days that make a wave; 1 to 3 */
    size_t reference; /* days before the window to compare with; 56 */
    double alpha;     /* 0.001 */
    size_t min_units; /* different districts that a wave needs; 5 */
};

/* [start, end] are the first and last day with an event. */
struct wave {
    int32_t start, end;
    size_t events, units;
};

struct bursts {
    size_t first;        /* first day with a full reference, or days */
    const double *n;     /* per day: events in the window that ends on it */
    const double *units; /* per day: different districts among them */
    const double *p;     /* per day; all three NAN before `first` */
    const struct wave *wave;
    size_t wave_count;
    const char *unknown_because;
};

/* For each day t: n events in [t-window+1, t], S events in the `reference` days before;
 * p = P(Y >= n), Y negative binomial with size 1/2 + S and probability
 * reference/(reference + window). Flagged: p <= alpha and units >= min_units. Windows
 * of flagged days that overlap or touch are one wave.
 *
 *   unknown  an event outside the days; a window or reference of 0; alpha
 *   cost     O(events log events + days) time and memory; more than 1,000,000 days are
 *            refused
 *   source   the predictive distribution of Jeffreys (1961) as a scan; compare
 *            Naus (1965), JASA 60:532–538 */
void stat_burst(const struct burst_question *question, struct arena *arena,
                struct bursts *out);

#endif

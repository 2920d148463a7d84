/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alarm with little history: the last weeks' mean and spread. For series of less than
 * two years; with three, farrington.h. */
#ifndef SITREP_STATS_EARS_H
#define SITREP_STATS_EARS_H

#include <stdbool.h>
#include <stddef.h>

enum ears_variant { EARS_C1, EARS_C2, EARS_C3 };

struct ears_question {
    const double *x; /* n counts, oldest first */
    size_t n;
    enum ears_variant variant;
    size_t baseline;  /* values in the window, 7; at least 2 */
    double min_sigma; /* floor of the spread; 1 for weekly counts, else any event
                       * after a run of zeros alarms */
    double alpha;     /* one-sided */
};

/* C1: mean + z max(sd, min_sigma) of the `baseline` values that end at t-1; C2: at t-3;
 * C3: max(0, x[t] + s (z - sum over i = 1, 2 of max(0, c2[t-i] - 1))), where c2 is the
 * standardized value on its own C2 window and s the spread on that of t.
 *
 *   upper    n limits, NAN before the first t assessed (baseline, + 2, + 4) and where
 *            a spread of 0 leaves C3 undefined
 *   alarm    n answers, x[t] > upper[t]; false where upper is NAN
 *   returns  NULL, or why nothing was assessed
 *   cost     O(n × baseline)
 *   source   Hutwagner et al. (2003), Journal of Urban Health 80:i89–i96;
 *            Salmon, Schumacher & Höhle (2016), JSS 70(10) */
const char *stat_ears(const struct ears_question *question, double *upper, bool *alarm);

#endif

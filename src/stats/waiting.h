/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long until it is done, when some are still waiting? The median of those done is
 * too short: the quick ones are done first. */
#ifndef SITREP_STATS_WAITING_H
#define SITREP_STATS_WAITING_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct waiting_question {
    const double *days; /* of each case: until it was done, or so far */
    const bool *done;
    size_t n;
    double conf; /* 0.95 */
};

struct waiting {
    size_t done, pending;
    double median, low, high; /* days by which half are done; NAN: not reached, so high
                                 without a limit. All NAN without cases */
    double median_done;       /* of those done alone, for contrast */
    double longest_pending;   /* NAN: none is pending */
    const char *unknown_because; /* why there is no median, or NULL */
};

/* Product-limit estimate; the median is the first time at which the estimate of those
 * still waiting is at most one half. Its limits are the first times at which the
 * limits of the estimate are, on the log(-log) scale with Greenwood's variance; where
 * all are done the estimate has no limits, so few cases have no upper one. R:
 * survfit(Surv(days, done) ~ 1, conf.type = "log-log").
 *
 *   unknown  no cases; a time below 0 or not finite; the median: never one half
 *   cost     O(n log n) time, n pairs of scratch
 *   source   Kaplan & Meier (1958), JASA 53:457–481; Brookmeyer & Crowley (1982),
 *            Biometrics 38:29–41 */
void stat_waiting(const struct waiting_question *question, struct arena *scratch,
                  struct waiting *out);

#endif

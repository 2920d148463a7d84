/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a statistic answers with. Statistics don't fail: too few points give an
 * estimate with unknown_because. */
#ifndef SITREP_STATS_ESTIMATE_H
#define SITREP_STATS_ESTIMATE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct estimate {
    double value, low, high; /* the interval at the asked confidence; may be infinite */
    double p;                /* NAN where no test was made */
    size_t n;
    const char *method;          /* registry name, "trend" */
    const char *unknown_because; /* NULL, or the reason in words */
};

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Highest since …": where the last value of a series stands among the earlier ones,
 * ties told apart. */
#ifndef SITREP_STATS_RECORD_H
#define SITREP_STATS_RECORD_H

#include <stdbool.h>
#include <stddef.h>

enum { RECORD_NONE = -1 };

struct record {
    /* 0-based position of the most recent earlier value that is >=, >, <=, < the
     * last one, or RECORD_NONE. "Highest since X" is honest only with X =
     * last_at_least, and says "equal to" when that value is equal. */
    ptrdiff_t last_at_least, last_above, last_at_most, last_below;
    size_t rank_high;             /* 1 + number of earlier values above it */
    size_t tied;                  /* earlier values equal to it */
    bool record_high, record_low; /* beyond every earlier value; false for n = 1 */
    const char *unknown_because;
};

/*   x        n finite values, oldest first
 *   unknown  no values; a gap or an infinity among them
 *   cost     O(n)
 *   source   order comparison; Glick (1978), American Mathematical Monthly 85:2–26 */
void stat_record(const double *x, size_t n, struct record *out);

#endif

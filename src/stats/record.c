/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The last value of a series against all earlier ones. */
#include "stats/record.h"

#include "stats/check.h"

void stat_record(const double *x, size_t n, struct record *out)
{
    *out = (struct record){RECORD_NONE, RECORD_NONE, RECORD_NONE, RECORD_NONE, 0,
                           0,           false,       false,       NULL};
    out->unknown_because = CHECK_FIRST(check_values(x, n), n ? NULL : "no periods");
    if (out->unknown_because)
        return;
    size_t above = 0, below = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        double earlier = x[i], last = x[n - 1];
        ptrdiff_t at = (ptrdiff_t)i;
        if (earlier >= last)
            out->last_at_least = at;
        if (earlier > last)
            out->last_above = at;
        if (earlier <= last)
            out->last_at_most = at;
        if (earlier < last)
            out->last_below = at;
        above += earlier > last;
        below += earlier < last;
    }
    out->rank_high = 1 + above;
    out->tied = n - 1 - above - below;
    out->record_high = n > 1 && below == n - 1;
    out->record_low = n > 1 && above == n - 1;
}

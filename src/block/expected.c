/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The expected range behind lines and sparklines: for each period the usual range of
 * the complete periods before it, the very range that verdicts speak by. Counts of
 * incidents only; deaths come in clumps and have none. */
#include "block/block.h"
#include "stats/baseline.h"
#include "stats/verdict.h"

#include <math.h>

static const double CONFIDENCE = 0.95;

static size_t complete_before(const struct scope *scope, const struct measure *measure,
                              const struct history *longer, const double *value,
                              size_t at, double *base)
{
    int32_t from =
        scope_compared_from(scope, measure->table, longer->period[at].last_day);
    size_t count = 0;
    for (size_t i = at; i-- > 0 && count < VERDICT_BASE;) {
        if (longer->state[i] == POINT_COMPLETE && longer->period[i].first_day >= from)
            base[count++] = value[i];
    }
    return count;
}

bool expected_of(const struct scope *scope, const struct measure *measure,
                 const struct history *longer, const double *value, size_t ahead,
                 double **low, double **high)
{
    bool any = false;
    size_t count = longer->count - ahead;
    *low = ARENA_ARRAY(scope->arena, double, count);
    *high = ARENA_ARRAY(scope->arena, double, count);
    for (size_t i = 0; i < count; i++) {
        double base[VERDICT_BASE];
        size_t known = complete_before(scope, measure, longer, value, ahead + i, base);
        (*low)[i] = (*high)[i] = NAN;
        if (known >= VERDICT_PERIODS_LEAST && !scope->rehearsal)
            any |= stat_usual_range(base, known, CONFIDENCE, &(*low)[i], &(*high)[i]);
    }
    return any;
}

bool expected_band(const struct scope *scope, const struct measure *measure,
                   const struct condition *where, const struct history *history,
                   double **low, double **high)
{
    if (!measure_is_count(measure) || !history->count)
        return false;
    enum period_unit unit = history->period[0].unit;
    struct history longer = history_from(
        scope, measure, where, unit, history->count + VERDICT_BASE, history->first_day);
    return expected_of(scope, measure, &longer, longer.value,
                       longer.count - history->count, low, high);
}

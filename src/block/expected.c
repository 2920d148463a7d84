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

static size_t complete_before(const struct scope *scope, const struct history *longer,
                              size_t at, double *base)
{
    int32_t from = scope_compared_from(scope, longer->period[at].last_day);
    size_t count = 0;
    for (size_t i = at; i-- > 0 && count < VERDICT_BASE;) {
        if (longer->state[i] == POINT_COMPLETE && longer->period[i].first_day >= from)
            base[count++] = longer->value[i];
    }
    return count;
}

bool expected_band(const struct scope *scope, const struct measure *measure,
                   const struct condition *where, const struct history *history,
                   double **low, double **high)
{
    if (!measure_is_count(measure) || !history->count)
        return false;
    enum period_unit unit = history->period[0].unit;
    struct history longer =
        history_of(scope, measure, where, unit, history->count + VERDICT_BASE);
    *low = ARENA_ARRAY(scope->arena, double, history->count);
    *high = ARENA_ARRAY(scope->arena, double, history->count);
    bool any = false;
    size_t ahead = longer.count - history->count;
    for (size_t i = 0; i < history->count; i++) {
        double base[VERDICT_BASE];
        struct baseline usual = {.usual_low = NAN, .usual_high = NAN};
        size_t known = complete_before(scope, &longer, ahead + i, base);
        if (known >= VERDICT_PERIODS_LEAST && !scope->rehearsal)
            stat_baseline(base[0], base, known, CONFIDENCE, scope->arena, &usual);
        (*low)[i] = usual.usual_low;
        (*high)[i] = usual.usual_high;
        any = any || !isnan(usual.usual_high);
    }
    return any;
}

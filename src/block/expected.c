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

static size_t complete_before(const double *value, const enum point_state *state,
                              size_t at, double *base)
{
    size_t count = 0;
    for (size_t i = at; i-- > 0 && count < VERDICT_BASE;) {
        if (state[i] == POINT_COMPLETE)
            base[count++] = value[i];
    }
    return count;
}

bool expected_of(const struct scope *scope, const double *value,
                 const enum point_state *state, size_t count, size_t ahead,
                 double **low, double **high)
{
    bool any = false;
    *low = ARENA_ARRAY(scope->arena, double, count - ahead);
    *high = ARENA_ARRAY(scope->arena, double, count - ahead);
    for (size_t i = ahead; i < count; i++) {
        double base[VERDICT_BASE];
        struct baseline usual = {.usual_low = NAN, .usual_high = NAN};
        size_t known = complete_before(value, state, i, base);
        if (known >= VERDICT_PERIODS_LEAST && !scope->rehearsal)
            stat_baseline(base[0], base, known, CONFIDENCE, scope->arena, &usual);
        (*low)[i - ahead] = usual.usual_low;
        (*high)[i - ahead] = usual.usual_high;
        any = any || !isnan(usual.usual_high);
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
    struct history longer =
        history_of(scope, measure, where, unit, history->count + VERDICT_BASE);
    return expected_of(scope, longer.value, longer.state, longer.count,
                       longer.count - history->count, low, high);
}

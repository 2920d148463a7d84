/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * EARS C1, C2 and C3. */
#include "stats/ears.h"

#include "stats/check.h"
#include "stats/distributions.h"

#include <math.h>

struct spread {
    double mean, sigma;
};

/* Of the window that ends `lag` before t. */
static struct spread spread_before(const struct ears_question *question, size_t t,
                                   size_t lag)
{
    size_t n = question->baseline;
    const double *x = question->x + (t - lag + 1 - n);
    double mean = mean_of(x, n);
    double sd = sqrt(squares_about(x, n, mean) / ((double)n - 1));
    return (struct spread){mean, fmax(sd, question->min_sigma)};
}

/* By how many spreads, above one, the value at t lay above its own C2 window. */
static double memory_of(const struct ears_question *question, size_t t)
{
    struct spread spread = spread_before(question, t, 3);
    if (spread.sigma == 0)
        return question->x[t] == spread.mean ? 0 : NAN;
    return fmax(0, (question->x[t] - spread.mean) / spread.sigma - 1);
}

static double limit_at(const struct ears_question *question, size_t t, double z)
{
    struct spread spread =
        spread_before(question, t, question->variant == EARS_C1 ? 1 : 3);
    if (question->variant != EARS_C3)
        return spread.mean + z * spread.sigma;
    double memory = memory_of(question, t - 1) + memory_of(question, t - 2);
    double limit = question->x[t] + spread.sigma * (z - memory);
    return isnan(limit) ? NAN : fmax(0, limit);
}

const char *stat_ears(const struct ears_question *question, double *upper, bool *alarm)
{
    static const size_t extra[] = {[EARS_C1] = 0, [EARS_C2] = 2, [EARS_C3] = 4};
    bool has_floor = question->min_sigma >= 0 && !isinf(question->min_sigma);
    const char *refused = CHECK_FIRST(
        check_counts(question->x, question->n), check_level(question->alpha),
        question->baseline >= 2 ? NULL : "the window is under 2 periods",
        has_floor ? NULL : "the spread's floor is below 0");
    size_t first = question->baseline + extra[question->variant];
    double z = refused ? NAN : dist_normal_upper(question->alpha);
    for (size_t t = 0; t < question->n; t++) {
        bool assessed = !refused && t >= first && question->baseline <= question->n;
        upper[t] = assessed ? limit_at(question, t, z) : NAN;
        alarm[t] = question->x[t] > upper[t];
    }
    return refused;
}

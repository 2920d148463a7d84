/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The quasi-Poisson trend, and what both trends check first. */
#include "stats/trend.h"

#include "stats/check.h"
#include "stats/distributions.h"
#include "stats/loglinear.h"
#include "stats/trend_line.h"

#include <math.h>

static const struct trend nothing_known = {
    .intercept = NAN,
    .slope = NAN,
    .se_poisson = NAN,
    .se = NAN,
    .phi_raw = NAN,
    .phi = NAN,
    .t = NAN,
    .df = NAN,
    .p = NAN,
    .pct = NAN,
    .pct_low = NAN,
    .pct_high = NAN,
    .deviance = NAN,
};

static const struct {
    const char *name, *reason;
} statuses[] = {
    [TREND_OK] = {"ok", NULL},
    [TREND_TOO_SHORT] = {"too_short", "fewer than 3 periods"},
    [TREND_ALL_ZERO] = {"all_zero", "every period has none"},
    [TREND_UNBOUNDED] = {"unbounded", "all of them are in the first or last period"},
    [TREND_POISSON_LIMIT] = {"poisson_limit", "the counts are not clumped"},
    [TREND_REFUSED] = {"refused", NULL},
};

const char *trend_status_name(enum trend_status status)
{
    return statuses[status].name;
}

const char *trend_status_reason(enum trend_status status)
{
    return statuses[status].reason;
}

enum trend_status trend_line_start(const struct trend_question *question,
                                   struct arena *scratch, struct loglinear *line,
                                   const char **refused_because)
{
    *refused_because = CHECK_FIRST(check_counts(question->y, question->n),
                                   check_exposures(question->exposure, question->n),
                                   check_level(question->conf));
    if (*refused_because)
        return TREND_REFUSED;
    if (question->n < 3)
        return TREND_TOO_SHORT;
    if (sum_of(question->y, question->n) == 0)
        return TREND_ALL_ZERO;
    double *time = ARENA_ARRAY(scratch, double, question->n);
    for (size_t i = 0; i < question->n; i++)
        time[i] = (double)i;
    *line = (struct loglinear){.y = question->y,
                               .time = time,
                               .exposure = question->exposure,
                               .n = question->n};
    return loglinear_is_bounded(line) ? TREND_OK : TREND_UNBOUNDED;
}

static void describe_slope(const struct loglinear *line, double conf, struct trend *out)
{
    out->df = (double)line->n - 2;
    out->intercept = line->intercept;
    out->slope = line->slope;
    out->se_poisson = 1 / sqrt(line->total * line->spread);
    out->phi_raw = loglinear_pearson(line) / out->df;
    out->phi = fmax(1, out->phi_raw);
    out->se = out->se_poisson * sqrt(out->phi);
    out->t = out->slope / out->se;
    out->p = dist_student_p(out->t, out->df);
    double reach = dist_student_two_sided(conf, out->df) * out->se;
    out->pct = 100 * expm1(out->slope);
    out->pct_low = 100 * expm1(out->slope - reach);
    out->pct_high = 100 * expm1(out->slope + reach);
    out->deviance = loglinear_deviance(line);
}

void stat_trend(const struct trend_question *question, struct arena *scratch,
                struct trend *out)
{
    *out = nothing_known;
    struct loglinear line;
    out->status = trend_line_start(question, scratch, &line, &out->unknown_because);
    if (out->status != TREND_REFUSED)
        out->unknown_because = trend_status_reason(out->status);
    if (out->status != TREND_OK)
        return;
    loglinear_fit(&line, true);
    describe_slope(&line, question->conf, out);
    if (isfinite(out->phi) && isfinite(out->se) && out->se > 0)
        return;
    *out = nothing_known;
    out->status = TREND_UNBOUNDED;
    out->unknown_because = "the counts differ too widely for a trend";
}

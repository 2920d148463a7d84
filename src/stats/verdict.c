/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verdict on a change and on a trend: guards first, then the tests in the order in
 * which they may speak. */
#include "stats/verdict.h"

#include "stats/check.h"
#include "stats/dispersion.h"
#include "stats/kendall.h"
#include "stats/rate.h"
#include "stats/trend.h"
#include "stats/verdict_stretch.h"

#include <math.h>

static const double usual_conf = 0.95;
static const double agreeing_p = 0.05;
static const double dependent_r1 = 0.3;

const char *situation_key(enum situation situation)
{
    static const char *const keys[] = {
#define SITUATION(constant, key) [SITUATION_##constant] = key,
#include "stats/situations.def"
#undef SITUATION
    };
    return keys[situation];
}

static double exposure_at(const struct verdict_question *question, size_t i)
{
    return question->exposure ? question->exposure[i] : 1;
}

static double conf_of(double conf)
{
    return conf == 0 ? usual_conf : conf;
}

/* Pearson's X² per degree of freedom around one common rate; at least 1. */
static double dispersion_around_rate(const struct verdict_question *question,
                                     size_t first, size_t end)
{
    double total = 0, exposure = 0, x2 = 0;
    for (size_t i = first; i < end; i++) {
        total += question->count[i];
        exposure += exposure_at(question, i);
    }
    if (total == 0)
        return 1;
    for (size_t i = first; i < end; i++) {
        double expected = total * exposure_at(question, i) / exposure;
        double rest = question->count[i] - expected;
        x2 += rest * rest / expected;
    }
    return fmax(1, x2 / (double)(end - first - 1));
}

static bool settle(struct verdict *out, enum situation situation, const char *reason)
{
    out->situation = situation;
    out->unknown_because = reason;
    return true;
}

/* The range that [first, end) makes for a period; months of unlike length scale it. */
static void find_usual_range(const struct verdict_question *question,
                             struct stretch base, struct arena *scratch,
                             struct verdict *out)
{
    size_t most = question->base ? question->base : VERDICT_BASE;
    size_t current = question->size - 1;
    if (base.end - base.first > most)
        base.first = base.end - most;
    out->base = base.end - base.first;
    if (out->base < VERDICT_PERIODS_LEAST)
        return;
    struct baseline baseline;
    stat_baseline(question->count[current], question->count + base.first, out->base,
                  conf_of(question->conf), scratch, &baseline);
    double days = 0;
    for (size_t i = base.first; i < base.end; i++)
        days += exposure_at(question, i);
    double scale = exposure_at(question, current) * (double)out->base / days;
    out->usual_low = baseline.usual_low * scale;
    out->usual_high = baseline.usual_high * scale;
    out->usual_least = ceil(out->usual_low);
    out->usual_most = floor(out->usual_high);
    if (isnan(baseline.usual_low))
        out->position = baseline.verdict;
    else
        out->position = out->current > out->usual_high  ? USUAL_ABOVE
                        : out->current < out->usual_low ? USUAL_BELOW
                                                        : USUAL_INSIDE;
}

static bool is_refused(const struct verdict_question *question, struct verdict *out)
{
    const char *reason =
        CHECK_FIRST(question->size ? NULL : "no periods",
                    check_counts(question->count, question->size),
                    check_exposures(question->exposure, question->size),
                    check_level(conf_of(question->conf)));
    return reason ? settle(out, SITUATION_UNKNOWN, reason) : false;
}

/* Nothing to compare with, or nothing that may be compared. */
static bool is_incomparable(const struct verdict_question *question,
                            struct stretch stretch, struct verdict *out)
{
    size_t current = question->size - 1, back = question->back ? question->back : 1;
    if (question->provisional) {
        out->position = USUAL_NO_HISTORY;
        return settle(out, SITUATION_PROVISIONAL, "the period isn't complete");
    }
    if (back > current)
        return settle(out, SITUATION_NOTHING_EARLIER, "no earlier period");
    if (current - back < stretch.first)
        return settle(out, SITUATION_AFTER_BREAK,
                      "a break lies between the two periods");
    out->earlier = question->count[current - back];
    return false;
}

/* Zeros have sentences of their own, without a percentage. */
static bool is_about_zero(const struct verdict_question *question,
                          struct stretch stretch, struct verdict *out)
{
    double before =
        sum_of(question->count + stretch.first, question->size - 1 - stretch.first);
    if (out->current == 0 && out->earlier == 0)
        return settle(out, SITUATION_NONE_AGAIN, "none in either period");
    if (before == 0)
        return settle(out, SITUATION_FIRST_EVER, "none in any earlier period");
    return false;
}

static void print_percent(const struct rate_change *change, struct verdict *out)
{
    out->may_print_percent =
        out->current >= VERDICT_PERCENT_LEAST && out->earlier >= VERDICT_PERCENT_LEAST;
    if (!out->may_print_percent)
        return;
    out->pct = change->pct_rounded;
    out->pct_low = 100 * (change->low - 1);
    out->pct_high = 100 * (change->high - 1);
}

/* The sentence, once both keys are known. */
static void conclude(struct verdict *out, bool clear, bool rises)
{
    bool above = out->position == USUAL_ABOVE, below = out->position == USUAL_BELOW;
    bool rose = clear && rises && above, fell = clear && !rises && below;
    out->direction = rose ? DIRECTION_ROSE : fell ? DIRECTION_FELL : DIRECTION_UNCLEAR;
    out->spoke = rose || fell ? "rate_change_phi" : "baseline";
    if (out->earlier == 0)
        out->situation = SITUATION_FROM_NONE;
    else if (out->current == 0)
        out->situation = SITUATION_TO_NONE;
    else if (rose)
        out->situation = out->may_print_percent ? SITUATION_ROSE : SITUATION_ROSE_FEW;
    else if (fell)
        out->situation = out->may_print_percent ? SITUATION_FELL : SITUATION_FELL_FEW;
    else
        out->situation = above   ? SITUATION_ABOVE
                         : below ? SITUATION_BELOW
                                 : SITUATION_USUAL;
}

/* Fewer than 8 earlier periods don't tell clumping from change. A difference that even
 * the test for unclumped counts finds unclear is unclear all the same. */
static void conclude_without_dispersion(struct verdict *out, bool clear)
{
    out->direction = clear ? DIRECTION_UNKNOWN : DIRECTION_UNCLEAR;
    out->spoke = clear ? NULL : "rate_change";
    if (clear)
        out->unknown_because = "fewer than 8 earlier periods";
    out->situation = out->earlier == 0   ? SITUATION_FROM_NONE
                     : out->current == 0 ? SITUATION_TO_NONE
                     : clear             ? SITUATION_TOO_FEW_PERIODS
                                         : SITUATION_NO_CLEAR_CHANGE;
}

static void test_change(const struct verdict_question *question, struct stretch stretch,
                        struct verdict *out)
{
    size_t current = question->size - 1, back = question->back ? question->back : 1;
    size_t earlier = current - stretch.first;
    bool known = earlier >= VERDICT_PERIODS_LEAST;
    size_t first =
        earlier > VERDICT_PHI_PERIODS ? current - VERDICT_PHI_PERIODS : stretch.first;
    double phi = known ? dispersion_around_rate(question, first, current) : 1;
    double conf = conf_of(question->conf);
    struct rate_pair pair = {out->current, exposure_at(question, current), out->earlier,
                             exposure_at(question, current - back)};
    struct rate_change change;
    stat_rate_change_phi(&pair, phi, conf, &change);
    bool clear = change.p < 1 - conf;
    out->p = change.p;
    print_percent(&change, out);
    if (known) {
        out->phi = phi;
        conclude(out, clear, pair.x1 * pair.t0 > pair.x0 * pair.t1);
    } else {
        conclude_without_dispersion(out, clear);
    }
}

void verdict_of_change(const struct verdict_question *question, struct arena *scratch,
                       struct verdict *out)
{
    *out = (struct verdict){.current = NAN,
                            .earlier = NAN,
                            .p = NAN,
                            .phi = NAN,
                            .pct = NAN,
                            .pct_low = NAN,
                            .pct_high = NAN,
                            .usual_low = NAN,
                            .usual_high = NAN,
                            .usual_least = NAN,
                            .usual_most = NAN};
    if (is_refused(question, out))
        return;
    struct stretch stretch = stretch_of(question->size, question->provisional,
                                        question->breaks, question->break_count),
                   base = stretch;
    out->current = question->count[question->size - 1];
    if (base.end == question->size)
        base.end--;
    if (base.first < base.end)
        find_usual_range(question, base, scratch, out);
    if (is_incomparable(question, stretch, out) ||
        is_about_zero(question, stretch, out))
        return;
    test_change(question, stretch, out);
}

static double residual_r1(const struct trend_question *question,
                          const struct trend *trend, struct arena *scratch)
{
    double *residual = ARENA_ARRAY(scratch, double, question->n);
    for (size_t i = 0; i < question->n; i++) {
        double mean = exp(trend->intercept + trend->slope * (double)i);
        if (question->exposure)
            mean *= question->exposure[i];
        residual[i] = mean > 0 ? (question->y[i] - mean) / sqrt(mean) : 0;
    }
    return dispersion_lag1(residual, question->n);
}

static double kendall_p(const struct trend_question *question, struct arena *scratch)
{
    double *rate = arena_copy(scratch, question->y, question->n * sizeof *rate);
    for (size_t i = 0; question->exposure && i < question->n; i++)
        rate[i] /= question->exposure[i];
    struct mann_kendall kendall;
    stat_mann_kendall(rate, question->n, question->conf, scratch, &kendall);
    return kendall.p;
}

static void turn_keys(const struct trend *trend, struct trend_verdict *out)
{
    bool leaves_zero_out = trend->pct_low > 0 || trend->pct_high < 0;
    out->held_back_by = !leaves_zero_out                 ? "trend"
                        : !(out->kendall_p < agreeing_p) ? "mann_kendall"
                        : !(out->r1 < dependent_r1)      ? "dispersion"
                                                         : NULL;
    bool rising = trend->slope > 0;
    out->situation = out->held_back_by ? SITUATION_TREND_UNCLEAR
                     : rising          ? SITUATION_RISING
                                       : SITUATION_FALLING;
    out->direction = out->held_back_by ? DIRECTION_UNCLEAR
                     : rising          ? DIRECTION_ROSE
                                       : DIRECTION_FELL;
}

void verdict_of_trend(const struct verdict_question *question, struct arena *scratch,
                      struct trend_verdict *out)
{
    *out = (struct trend_verdict){.situation = SITUATION_UNKNOWN,
                                  .pct = NAN,
                                  .pct_low = NAN,
                                  .pct_high = NAN,
                                  .kendall_p = NAN,
                                  .r1 = NAN};
    struct stretch stretch = stretch_of(question->size, question->provisional,
                                        question->breaks, question->break_count);
    struct trend_question asked = {
        .y = question->size ? question->count + stretch.first : NULL,
        .exposure = question->exposure ? question->exposure + stretch.first : NULL,
        .n = stretch.end - stretch.first,
        .conf = conf_of(question->conf)};
    struct trend trend;
    stat_trend(&asked, scratch, &trend);
    out->n = asked.n;
    out->unknown_because = trend.unknown_because;
    if (trend.status == TREND_REFUSED)
        return;
    out->situation = SITUATION_TREND_TOO_SHORT;
    if (asked.n < VERDICT_PERIODS_LEAST) {
        out->unknown_because = "fewer than 8 complete periods";
        return;
    }
    out->situation = SITUATION_TREND_UNCLEAR;
    if (trend.status != TREND_OK)
        return;
    out->pct = trend.pct;
    out->pct_low = trend.pct_low;
    out->pct_high = trend.pct_high;
    out->kendall_p = kendall_p(&asked, scratch);
    out->r1 = residual_r1(&asked, &trend, scratch);
    turn_keys(&trend, out);
}

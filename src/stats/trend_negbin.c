/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log-linear trend with NB2 variance. For a given theta the line is the top of a
 * concave likelihood; theta itself is the root of its score along those lines. All
 * differences of gamma functions are written so that theta may be large: near the
 * Poisson limit the plain ones are nothing but rounding. */
#include "stats/trend.h"

#include "stats/distributions.h"
#include "stats/loglinear.h"
#include "stats/trend_line.h"

#include <math.h>

static const struct trend_negbin nothing_known = {
    .theta = NAN,
    .intercept = NAN,
    .slope = NAN,
    .se = NAN,
    .z = NAN,
    .p = NAN,
    .pct = NAN,
    .pct_low = NAN,
    .pct_high = NAN,
    .lr = NAN,
    .lr_p = NAN,
};

/* The line while theta is held: log mean = level + slope (time - centre). */
struct negbin {
    const struct loglinear *poisson; /* the Poisson fit: data and first guess */
    double theta, centre, level, slope;
};

static double exposure_at(const struct negbin *fit, size_t i)
{
    return fit->poisson->exposure ? fit->poisson->exposure[i] : 1;
}

static double mean_at(const struct negbin *fit, size_t i)
{
    double distance = fit->poisson->time[i] - fit->centre;
    return exposure_at(fit, i) * exp(fit->level + fit->slope * distance);
}

/* log Gamma(x) without (x - 1/2) log x - x + log sqrt(2 pi), and the derivative of
 * that rest without -1/(2x). Both vanish like a power of 1/x. */
static double log_gamma_rest(double x)
{
    if (x < 15)
        return dist_log_gamma(x) - ((x - 0.5) * log(x) - x + 0.91893853320467274178);
    double r = 1 / (x * x);
    return (1.0 / 12 -
            r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) /
           x;
}

static double digamma_rest(double x)
{
    if (x < 15)
        return dist_digamma(x) - log(x) + 1 / (2 * x);
    double r = 1 / (x * x);
    return -r *
           (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132))));
}

/* Derivative of the log-likelihood by theta. */
static double theta_score(const struct negbin *fit)
{
    double theta = fit->theta, sum = 0;
    for (size_t i = 0; i < fit->poisson->n; i++) {
        double y = fit->poisson->y[i], mean = mean_at(fit, i);
        sum += y / (2 * theta * (y + theta)) + digamma_rest(y + theta) -
               digamma_rest(theta) + dist_log1p_minus((y - mean) / (mean + theta));
    }
    return sum;
}

struct newton {
    double level_score, slope_score;
    double level_info, slope_info, cross_info;
    double log_likelihood; /* up to what depends on theta alone */
};

static void differentiate(const struct negbin *fit, struct newton *out)
{
    *out = (struct newton){0};
    for (size_t i = 0; i < fit->poisson->n; i++) {
        double y = fit->poisson->y[i], mean = mean_at(fit, i), theta = fit->theta;
        double distance = fit->poisson->time[i] - fit->centre;
        double score = theta * (y - mean) / (mean + theta);
        double info = theta * mean * (y + theta) / ((mean + theta) * (mean + theta));
        out->level_score += score;
        out->slope_score += score * distance;
        out->level_info += info;
        out->slope_info += info * distance * distance;
        out->cross_info += info * distance;
        out->log_likelihood += (y > 0 ? y * (fit->level + fit->slope * distance) : 0) -
                               (y + theta) * log(mean + theta);
    }
}

/* Halves the step until the likelihood doesn't fall; it is concave. *now becomes the
 * derivatives where it ends. */
static void move(struct negbin *fit, struct newton *now, double level_step,
                 double slope_step)
{
    double level = fit->level, slope = fit->slope;
    double least = now->log_likelihood - 1e-12 * fabs(now->log_likelihood);
    for (int halvings = 0; halvings < 60; halvings++) {
        fit->level = level + level_step;
        fit->slope = slope + slope_step;
        differentiate(fit, now);
        if (now->log_likelihood >= least)
            return;
        level_step /= 2;
        slope_step /= 2;
    }
}

/* Newton's step for level and slope. False: no curvature left to step by. */
static bool solve(const struct newton *now, double *level_step, double *slope_step)
{
    double determinant =
        now->level_info * now->slope_info - now->cross_info * now->cross_info;
    *level_step =
        (now->slope_info * now->level_score - now->cross_info * now->slope_score) /
        determinant;
    *slope_step =
        (now->level_info * now->slope_score - now->cross_info * now->level_score) /
        determinant;
    return determinant > 0;
}

/* Until the step is rounding: tiny, or small and no longer shrinking. */
static void fit_line(struct negbin *fit)
{
    enum { STEPS_AT_MOST = 100 };
    double before = INFINITY, level_step, slope_step;
    struct newton now;
    differentiate(fit, &now);
    for (int i = 0; i < STEPS_AT_MOST; i++) {
        if (!solve(&now, &level_step, &slope_step))
            return;
        double size = fabs(level_step) + fabs(slope_step) * (double)fit->poisson->n;
        if (size <= 1e-14 || (size < 1e-9 && size > before / 2))
            return;
        move(fit, &now, level_step, slope_step);
        before = size;
    }
}

/* The profile's score at log theta. */
static double profile_score(struct negbin *fit, double log_theta)
{
    fit->theta = exp(log_theta);
    fit_line(fit);
    return theta_score(fit) * fit->theta;
}

struct bracket {
    double low, high, low_score, high_score;
};

/* Brackets the root outwards from a guess; the score falls from plus to minus. */
static bool find_bracket(struct negbin *fit, double guess, struct bracket *out)
{
    enum { STEPS_AT_MOST = 60 };
    double score = profile_score(fit, guess);
    *out = (struct bracket){guess, guess, score, score};
    for (int i = 0; i < STEPS_AT_MOST && out->low_score <= 0; i++) {
        out->high = out->low, out->high_score = out->low_score;
        out->low_score = profile_score(fit, out->low -= 1);
    }
    for (int i = 0; i < STEPS_AT_MOST && out->high_score > 0; i++) {
        out->low = out->high, out->low_score = out->high_score;
        out->high_score = profile_score(fit, out->high += 1);
    }
    return out->low_score > 0 && out->high_score <= 0;
}

/* Regula falsi with the Illinois rule: superlinear, never outside the bracket.
 *   source  Dowell & Jarratt (1971), BIT 11:168–174 */
static void find_theta(struct negbin *fit, struct bracket *b)
{
    enum { STEPS_AT_MOST = 200 };
    double previous = b->low;
    int side = 0;
    for (int i = 0; i < STEPS_AT_MOST; i++) {
        double next = (b->low_score * b->high - b->high_score * b->low) /
                      (b->low_score - b->high_score);
        if (!(next > b->low && next < b->high))
            next = b->low + (b->high - b->low) / 2;
        double score = profile_score(fit, next);
        if (score == 0 || fabs(next - previous) <= 1e-13)
            return;
        previous = next;
        if (score > 0) {
            b->low = next, b->low_score = score;
            b->high_score /= side > 0 ? 2 : 1;
        } else {
            b->high = next, b->high_score = score;
            b->low_score /= side < 0 ? 2 : 1;
        }
        side = score > 0 ? 1 : -1;
    }
}

/* sum((y - mean)² - y) and sum(mean²) at the Poisson fit: their ratio is the guess. */
static double excess_of(const struct loglinear *line, double *mean_squares)
{
    double excess = 0;
    *mean_squares = 0;
    for (size_t i = 0; i < line->n; i++) {
        double mean = loglinear_mean(line, i), rest = line->y[i] - mean;
        excess += rest * rest - line->y[i];
        *mean_squares += mean * mean;
    }
    return excess;
}

/* Twice the log-likelihood's gain over the Poisson line. */
static double likelihood_ratio(const struct negbin *fit)
{
    double sum = 0, theta = fit->theta;
    for (size_t i = 0; i < fit->poisson->n; i++) {
        double y = fit->poisson->y[i], mean = mean_at(fit, i);
        double poisson = loglinear_mean(fit->poisson, i);
        sum += poisson - mean - 0.5 * log1p(y / theta) + log_gamma_rest(y + theta) -
               log_gamma_rest(theta) -
               (y + theta) * dist_log1p_minus((mean - y) / (y + theta));
        if (y > 0)
            sum += y * log(mean / poisson);
    }
    return fmax(0, 2 * sum);
}

/* From the expected information X'WX, W = mean/(1 + mean/theta). */
static double slope_error(const struct negbin *fit)
{
    double sum = 0, first = 0, second = 0;
    for (size_t i = 0; i < fit->poisson->n; i++) {
        double mean = mean_at(fit, i), distance = fit->poisson->time[i] - fit->centre;
        double weight = mean / (1 + mean / fit->theta);
        sum += weight;
        first += weight * distance;
        second += weight * distance * distance;
    }
    return 1 / sqrt(second - first * first / sum);
}

static void describe_fit(const struct negbin *fit, double conf,
                         struct trend_negbin *out)
{
    out->theta = fit->theta;
    out->slope = fit->slope;
    out->intercept = fit->level - fit->slope * fit->centre;
    out->se = slope_error(fit);
    out->z = out->slope / out->se;
    out->p = dist_normal_p(out->z);
    double reach = dist_normal_two_sided(conf) * out->se;
    out->pct = 100 * expm1(out->slope);
    out->pct_low = 100 * expm1(out->slope - reach);
    out->pct_high = 100 * expm1(out->slope + reach);
    out->lr = likelihood_ratio(fit);
    out->lr_p = dist_chi_square_tail(out->lr, 1, UPPER_TAIL) / 2;
}

void stat_trend_negbin(const struct trend_question *question, struct arena *scratch,
                       struct trend_negbin *out)
{
    *out = nothing_known;
    struct loglinear line;
    out->status = trend_line_start(question, scratch, &line, &out->unknown_because);
    double mean_squares = 0, excess = 0;
    struct bracket bracket;
    if (out->status == TREND_OK) {
        loglinear_fit(&line, true);
        excess = excess_of(&line, &mean_squares);
        if (!(excess > 0))
            out->status = TREND_POISSON_LIMIT;
    }
    if (out->status != TREND_REFUSED)
        out->unknown_because = trend_status_reason(out->status);
    if (out->status != TREND_OK)
        return;
    struct negbin fit = {.poisson = &line,
                         .centre = line.centre,
                         .level = line.intercept + line.slope * line.centre,
                         .slope = line.slope};
    if (find_bracket(&fit, log(mean_squares / excess), &bracket)) {
        find_theta(&fit, &bracket);
        describe_fit(&fit, question->conf, out);
        return;
    }
    out->status = TREND_POISSON_LIMIT;
    out->unknown_because = "the counts give no dispersion for a trend";
}

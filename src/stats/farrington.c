/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Farrington's alarm of 1996, on the shared log-linear fit. */
#include "stats/farrington.h"

#include "stats/check.h"
#include "stats/distributions.h"
#include "stats/loglinear.h"

#include <math.h>

static const double keeps_trend_below = 0.05;
static const double fewest_events = 5;

struct fit {
    struct loglinear line;
    double *weight;
    double phi_raw, phi;
    bool with_slope;
};

static void measure_phi(struct fit *fit)
{
    double df = (double)fit->line.n - (fit->with_slope ? 2 : 1);
    fit->phi_raw = loglinear_pearson(&fit->line) / df;
    fit->phi = fmax(1, fit->phi_raw);
}

/* Anscombe's residual, with the leverage of its own reference taken out. */
static double anscombe(const struct fit *fit, size_t i)
{
    double mean = loglinear_mean(&fit->line, i), y = fit->line.y[i];
    double leverage =
        mean * loglinear_variance_at(&fit->line, fit->line.time[i], fit->with_slope);
    double residual = 1.5 * (pow(y, 2.0 / 3) * pow(mean, -1.0 / 6) - sqrt(mean));
    return residual / sqrt(fit->phi * fmax(0, 1 - leverage));
}

static void reweigh(struct fit *fit)
{
    double sum = 0, n = (double)fit->line.n;
    for (size_t i = 0; i < fit->line.n; i++) {
        double s = anscombe(fit, i);
        fit->weight[i] = s > 1 ? 1 / (s * s) : 1;
        sum += fit->weight[i];
    }
    for (size_t i = 0; i < fit->line.n; i++)
        fit->weight[i] *= n / sum;
}

static void fit_references(struct fit *fit, bool with_slope, bool reweight)
{
    fit->with_slope = with_slope;
    for (size_t i = 0; i < fit->line.n; i++)
        fit->weight[i] = 1;
    fit->line.weight = fit->weight;
    loglinear_fit(&fit->line, with_slope);
    measure_phi(fit);
    if (!reweight)
        return;
    reweigh(fit);
    loglinear_fit(&fit->line, with_slope);
    measure_phi(fit);
}

static double mean_at(const struct fit *fit, double time)
{
    return exp(fit->line.intercept + fit->line.slope * time);
}

static bool may_keep_trend(const struct fit *fit, double time)
{
    double largest = 0, df = (double)fit->line.n - 2;
    for (size_t i = 0; i < fit->line.n; i++)
        largest = fmax(largest, fit->line.y[i]);
    double se = sqrt(fit->phi_raw / (fit->line.total * fit->line.spread));
    return dist_student_p(fit->line.slope / se, df) < keeps_trend_below &&
           mean_at(fit, time) <= largest;
}

static double upper_limit(const struct fit *fit, double time, double mean, double alpha)
{
    double relative =
        fit->phi * loglinear_variance_at(&fit->line, time, fit->with_slope);
    double spread = fit->phi + relative * mean; /* phi + se²/mean, se of the mean */
    double reach =
        dist_normal_two_sided(1 - alpha) * sqrt(4.0 / 9 * cbrt(mean) * spread);
    return pow(pow(mean, 2.0 / 3) + reach, 1.5);
}

/* The references as x by time, oldest first. False: some lie before the start. */
static bool collect(const struct farrington_question *question, size_t t,
                    struct arena *scratch, struct fit *fit)
{
    size_t width = 2 * question->w + 1, count = question->b * width;
    if (question->b * question->freq + question->w > t)
        return false;
    double *y = ARENA_ARRAY(scratch, double, count);
    double *time = ARENA_ARRAY(scratch, double, count);
    for (size_t year = question->b, to = 0; year > 0; year--)
        for (size_t i = 0; i < width; i++, to++) {
            size_t at = t - question->freq * year - question->w + i;
            y[to] = question->x[at];
            time[to] = (double)at;
        }
    fit->weight = ARENA_ARRAY(scratch, double, count);
    fit->line = (struct loglinear){.y = y, .time = time, .n = count};
    return true;
}

static void assess(const struct farrington_question *question, size_t t,
                   struct fit *fit, struct farrington *out)
{
    double x = question->x[t], time = (double)t;
    bool happened = sum_of(fit->line.y, fit->line.n) > 0;
    if (happened && question->b >= 3 && loglinear_is_bounded(&fit->line)) {
        fit_references(fit, true, question->reweight);
        out->trend = may_keep_trend(fit, time);
    }
    if (happened && !out->trend)
        fit_references(fit, false, question->reweight);
    out->expected = happened ? mean_at(fit, time) : 0;
    size_t recent = t >= 3 ? 4 : t + 1;
    if (sum_of(question->x + t + 1 - recent, recent) < fewest_events) {
        out->upper = 0;
        return;
    }
    out->upper = happened ? upper_limit(fit, time, out->expected, question->alpha) : 0;
    out->alarm = x > out->upper;
}

void stat_farrington(const struct farrington_question *question, size_t t,
                     struct arena *scratch, struct farrington *out)
{
    *out = (struct farrington){NAN, NAN, false, false, NULL};
    bool sane = question->freq > 2 * question->w && question->b > 0 &&
                question->freq <= question->n && question->b <= question->n;
    out->unknown_because = CHECK_FIRST(
        check_counts(question->x, question->n), check_level(question->alpha),
        t < question->n ? NULL : "the period is outside the series",
        sane ? NULL : "the series is shorter than the reference",
        question->b * (2 * question->w + 1) >= 2 ? NULL
                                                 : "fewer than 2 reference periods");
    if (out->unknown_because)
        return;
    struct fit fit;
    if (!collect(question, t, scratch, &fit)) {
        out->unknown_because = "the series begins after its reference";
        return;
    }
    assess(question, t, &fit, out);
    if (isfinite(out->expected) && isfinite(out->upper))
        return;
    *out =
        (struct farrington){NAN, NAN, false, false, "the references differ too widely"};
}

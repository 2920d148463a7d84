/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The methods by name. A method that answers for one series has a table of its result's
 * fields; what the method needs beside the series (how many earlier periods, which
 * window) takes the values that briefs use. */
#include "stats/registry_parts.h"

#include "stats/baseline.h"
#include "stats/changepoint.h"
#include "stats/check.h"
#include "stats/dispersion.h"
#include "stats/ears.h"
#include "stats/farrington.h"
#include "stats/kendall.h"
#include "stats/rate.h"
#include "stats/record.h"
#include "stats/smoothing.h"
#include "stats/trend.h"
#include "stats/verdict.h"

#include <math.h>

struct field {
    const char *name;
    size_t offset;
};

#define FIELD(type, member)                                                            \
    {                                                                                  \
#member, offsetof(type, member)                                                \
    }

void answer_number(struct stat_answer *out, const char *name, double number)
{
    out->value[out->count++] = (struct stat_value){name, number, NULL};
}

void answer_text(struct stat_answer *out, const char *name, const char *text)
{
    out->value[out->count++] = (struct stat_value){name, NAN, text};
}

static void add_truth(struct stat_answer *out, const char *name, bool truth)
{
    answer_text(out, name, truth ? "yes" : "no");
}

static void add_position(struct stat_answer *out, const char *name, ptrdiff_t position)
{
    answer_number(out, name, position < 0 ? NAN : (double)position);
}

static void add_fields(struct stat_answer *out, const void *result,
                       const struct field *field, size_t count)
{
    for (size_t i = 0; i < count; i++)
        answer_number(out, field[i].name,
                      *(const double *)((const char *)result + field[i].offset));
}
#define ADD_FIELDS(out, result, fields)                                                \
    add_fields((out), (result), (fields), sizeof(fields) / sizeof *(fields))

static double exposure_at(const struct stat_series *series, size_t i)
{
    return series->exposure ? series->exposure[i] : 1;
}

/* The periods before the last one, at most VERDICT_BASE of them. */
static const double *base_of(const struct stat_series *series, size_t *count)
{
    size_t earlier = series->size ? series->size - 1 : 0;
    *count = earlier < VERDICT_BASE ? earlier : VERDICT_BASE;
    return *count ? series->count + (earlier - *count) : NULL;
}

static const struct field rate_fields[] = {
    FIELD(struct rate_change, ratio),       FIELD(struct rate_change, pct),
    FIELD(struct rate_change, pct_rounded), FIELD(struct rate_change, low),
    FIELD(struct rate_change, high),        FIELD(struct rate_change, p)};

static void change_of_last(const struct stat_series *series, double phi,
                           struct stat_answer *out)
{
    if (series->size < 2) {
        out->unknown_because = "fewer than 2 periods";
        return;
    }
    size_t last = series->size - 1;
    struct rate_pair pair = {series->count[last], exposure_at(series, last),
                             series->count[last - 1], exposure_at(series, last - 1)};
    struct rate_change change;
    stat_rate_change_phi(&pair, phi, series->conf, &change);
    ADD_FIELDS(out, &change, rate_fields);
    out->unknown_because = change.unknown_because;
}

static void on_rate_change(const struct stat_series *series, struct arena *scratch,
                           struct stat_answer *out)
{
    (void)scratch;
    change_of_last(series, 1, out);
}

static void on_rate_change_phi(const struct stat_series *series, struct arena *scratch,
                               struct stat_answer *out)
{
    struct verdict verdict;
    verdict_of_change(&(struct verdict_question){.count = series->count,
                                                 .exposure = series->exposure,
                                                 .size = series->size,
                                                 .conf = series->conf},
                      scratch, &verdict);
    if (isnan(verdict.phi)) {
        out->unknown_because = verdict.unknown_because ? verdict.unknown_because
                                                       : "fewer than 8 earlier periods";
        return;
    }
    answer_number(out, "phi", verdict.phi);
    change_of_last(series, verdict.phi, out);
}

static const struct field dispersion_fields[] = {
    FIELD(struct dispersion, mean),   FIELD(struct dispersion, variance),
    FIELD(struct dispersion, index),  FIELD(struct dispersion, x2),
    FIELD(struct dispersion, p_over), FIELD(struct dispersion, p_under),
    FIELD(struct dispersion, r1)};

static void on_dispersion(const struct stat_series *series, struct arena *scratch,
                          struct stat_answer *out)
{
    (void)scratch;
    struct dispersion result;
    stat_dispersion(series->count, series->size, &result);
    answer_number(out, "n", (double)result.n);
    answer_number(out, "zeros", (double)result.zeros);
    ADD_FIELDS(out, &result, dispersion_fields);
    out->unknown_because = result.unknown_because;
}

static const struct field baseline_fields[] = {
    FIELD(struct baseline, mean),       FIELD(struct baseline, median),
    FIELD(struct baseline, min),        FIELD(struct baseline, max),
    FIELD(struct baseline, pct),        FIELD(struct baseline, ratio_low),
    FIELD(struct baseline, ratio_high), FIELD(struct baseline, p_exact),
    FIELD(struct baseline, phi_raw),    FIELD(struct baseline, phi),
    FIELD(struct baseline, usual_low),  FIELD(struct baseline, usual_high),
    FIELD(struct baseline, z)};

static void on_baseline(const struct stat_series *series, struct arena *scratch,
                        struct stat_answer *out)
{
    struct baseline result;
    size_t k;
    const double *base = base_of(series, &k);
    double y = series->size ? series->count[series->size - 1] : 0;
    stat_baseline(y, base, k, series->conf, scratch, &result);
    answer_number(out, "k", (double)k);
    ADD_FIELDS(out, &result, baseline_fields);
    answer_number(out, "n_at_least", (double)result.n_at_least);
    answer_text(out, "verdict", usual_name(result.verdict));
    out->unknown_because = result.unknown_because;
}

/* From the last periods, the last one included: what comes next. */
static void on_predictive(const struct stat_series *series, struct arena *scratch,
                          struct stat_answer *out)
{
    (void)scratch;
    size_t k = series->size < VERDICT_BASE ? series->size : VERDICT_BASE;
    const double *base = k ? series->count + (series->size - k) : NULL;
    struct predictive result;
    stat_predictive(&(struct predictive_question){NAN, base, k, 1, series->conf},
                    &result);
    answer_number(out, "mean", result.mean);
    answer_number(out, "low", result.low);
    answer_number(out, "high", result.high);
    out->unknown_because = result.unknown_because;
}

static const struct field trend_fields[] = {
    FIELD(struct trend, intercept),  FIELD(struct trend, slope),
    FIELD(struct trend, se_poisson), FIELD(struct trend, phi_raw),
    FIELD(struct trend, phi),        FIELD(struct trend, se),
    FIELD(struct trend, t),          FIELD(struct trend, df),
    FIELD(struct trend, p),          FIELD(struct trend, pct),
    FIELD(struct trend, pct_low),    FIELD(struct trend, pct_high),
    FIELD(struct trend, deviance)};

static void on_trend(const struct stat_series *series, struct arena *scratch,
                     struct stat_answer *out)
{
    struct trend result;
    stat_trend(&(struct trend_question){series->count, series->exposure, series->size,
                                        series->conf},
               scratch, &result);
    answer_text(out, "status", trend_status_name(result.status));
    ADD_FIELDS(out, &result, trend_fields);
    out->unknown_because = result.unknown_because;
}

static const struct field negbin_fields[] = {
    FIELD(struct trend_negbin, theta),    FIELD(struct trend_negbin, intercept),
    FIELD(struct trend_negbin, slope),    FIELD(struct trend_negbin, se),
    FIELD(struct trend_negbin, z),        FIELD(struct trend_negbin, p),
    FIELD(struct trend_negbin, pct),      FIELD(struct trend_negbin, pct_low),
    FIELD(struct trend_negbin, pct_high), FIELD(struct trend_negbin, lr),
    FIELD(struct trend_negbin, lr_p)};

static void on_trend_negbin(const struct stat_series *series, struct arena *scratch,
                            struct stat_answer *out)
{
    struct trend_negbin result;
    stat_trend_negbin(&(struct trend_question){series->count, series->exposure,
                                               series->size, series->conf},
                      scratch, &result);
    answer_text(out, "status", trend_status_name(result.status));
    ADD_FIELDS(out, &result, negbin_fields);
    out->unknown_because = result.unknown_because;
}

static const struct field kendall_fields[] = {
    FIELD(struct mann_kendall, s),         FIELD(struct mann_kendall, var_s),
    FIELD(struct mann_kendall, tau_b),     FIELD(struct mann_kendall, z),
    FIELD(struct mann_kendall, p),         FIELD(struct mann_kendall, p_exact),
    FIELD(struct mann_kendall, sen_slope), FIELD(struct mann_kendall, sen_low),
    FIELD(struct mann_kendall, sen_high),  FIELD(struct mann_kendall, intercept)};

static void on_mann_kendall(const struct stat_series *series, struct arena *scratch,
                            struct stat_answer *out)
{
    struct mann_kendall result;
    stat_mann_kendall(series->count, series->size, series->conf, scratch, &result);
    answer_text(out, "status", kendall_status_name(result.status));
    ADD_FIELDS(out, &result, kendall_fields);
    out->unknown_because = result.unknown_because;
}

static const struct field seasonal_fields[] = {
    FIELD(struct seasonal_kendall, s), FIELD(struct seasonal_kendall, var_s),
    FIELD(struct seasonal_kendall, z), FIELD(struct seasonal_kendall, p),
    FIELD(struct seasonal_kendall, sen_slope_per_cycle)};

static void on_seasonal_kendall(const struct stat_series *series, struct arena *scratch,
                                struct stat_answer *out)
{
    struct seasonal_kendall result;
    stat_seasonal_kendall(series->count, series->size, series->cycle, scratch, &result);
    ADD_FIELDS(out, &result, seasonal_fields);
    out->unknown_because = result.unknown_because;
}

/* The averages at the current edge: of the last 4 and 12 periods. */
static void on_smoothing(const struct stat_series *series, struct arena *scratch,
                         struct stat_answer *out)
{
    size_t n = series->size;
    double *average = ARENA_ARRAY(scratch, double, n + 1);
    const char *reason = n ? NULL : "no periods";
    static const struct {
        const char *name;
        size_t k;
    } windows[] = {{"trailing_4", 4}, {"trailing_12", VERDICT_BASE}};
    for (size_t i = 0; i < 2 && n; i++) {
        reason = smooth_trailing(series->count, n, windows[i].k, average);
        answer_number(out, windows[i].name, average[n - 1]);
        if (!reason && isnan(average[n - 1]))
            reason = "fewer periods than the window";
    }
    if (n && !smooth_exponential(series->count, n, 0.3, average))
        answer_number(out, "ewma", average[n - 1]);
    out->unknown_because = reason;
}

static void on_record(const struct stat_series *series, struct arena *scratch,
                      struct stat_answer *out)
{
    (void)scratch;
    struct record result;
    stat_record(series->count, series->size, &result);
    out->unknown_because = result.unknown_because;
    if (result.unknown_because)
        return;
    add_position(out, "last_at_least", result.last_at_least);
    add_position(out, "last_above", result.last_above);
    add_position(out, "last_at_most", result.last_at_most);
    add_position(out, "last_below", result.last_below);
    answer_number(out, "rank_high", (double)result.rank_high);
    answer_number(out, "tied", (double)result.tied);
    add_truth(out, "record_high", result.record_high);
    add_truth(out, "record_low", result.record_low);
}

/* C2 on 7 periods with a floor of 1, for the last period. */
static void on_ears(const struct stat_series *series, struct arena *scratch,
                    struct stat_answer *out)
{
    size_t n = series->size;
    double *upper = ARENA_ARRAY(scratch, double, n + 1);
    bool *alarm = ARENA_ARRAY(scratch, bool, n + 1);
    struct ears_question question = {series->count, n, EARS_C2, 7, 1, 0.01};
    out->unknown_because = stat_ears(&question, upper, alarm);
    bool assessed = n && !isnan(upper[n - 1]);
    if (!out->unknown_because && !assessed)
        out->unknown_because = "fewer than 10 periods";
    answer_number(out, "upper", assessed ? upper[n - 1] : NAN);
    if (assessed)
        add_truth(out, "alarm", alarm[n - 1]);
}

/* As many years back as there are, 3 to 5; three weeks or one month on either side. */
static void on_farrington(const struct stat_series *series, struct arena *scratch,
                          struct stat_answer *out)
{
    size_t w = series->cycle >= 52 ? 3 : 1, years = 0;
    if (series->cycle > 2 * w && series->size > w)
        years = (series->size - 1 - w) / series->cycle;
    if (years < 3) {
        out->unknown_because = "fewer than 3 earlier years";
        return;
    }
    struct farrington_question question = {
        series->count, series->size, series->cycle, years > 5 ? 5 : years, w,
        0.01,          true};
    struct farrington result;
    stat_farrington(&question, series->size - 1, scratch, &result);
    out->unknown_because = result.unknown_because;
    answer_number(out, "expected", result.expected);
    answer_number(out, "upper", result.upper);
    if (result.unknown_because)
        return;
    add_truth(out, "alarm", result.alarm);
    add_truth(out, "trend", result.trend);
}

/* The latest change, under a penalty that clumping raises. */
static void on_changepoint(const struct stat_series *series, struct arena *scratch,
                           struct stat_answer *out)
{
    enum { SEGMENT_LEAST = 4 };
    struct changepoints result;
    double phi = changepoint_phi(series->count, series->size);
    double penalty = changepoint_penalty(series->size, phi);
    stat_changepoint(series->count, series->size, penalty, SEGMENT_LEAST, scratch,
                     &result);
    out->unknown_because = result.unknown_because;
    if (result.unknown_because)
        return;
    size_t count = result.count;
    answer_number(out, "phi", phi);
    answer_number(out, "changepoints", (double)count);
    add_position(out, "last_change", count ? (ptrdiff_t)result.first[count - 1] : -1);
    answer_number(out, "mean_before", count ? result.mean[count - 1] : NAN);
    answer_number(out, "mean_since", result.mean[count]);
}

enum method_place {
#define STAT(name, family, on_series, title, help) PLACE_##name,
#include "stats/stats.def"
#undef STAT
    METHODS
};

static const struct stat_manual manuals[METHODS] = {
#define MANUAL(name, takes, definition, unknown, source)                               \
    [PLACE_##name] = {takes, definition, unknown, source},
#include "stats/manual.def"
#undef MANUAL
};

static const struct stat_method methods[METHODS] = {
#define STAT(name, family, on_series, title, help)                                     \
    {#name, family, title, help, &manuals[PLACE_##name], on_series},
#include "stats/stats.def"
#undef STAT
};

const struct stat_method *stat_methods(size_t *count)
{
    *count = sizeof methods / sizeof *methods;
    return methods;
}

void stat_method_answer(const struct stat_method *method,
                        const struct stat_series *series, struct arena *scratch,
                        struct stat_answer *out)
{
    *out = (struct stat_answer){.count = 0};
    method->on_series(series, scratch, out);
    for (size_t i = 0; i < out->count && !out->unknown_because; i++)
        if (!out->value[i].text && isnan(out->value[i].number))
            out->unknown_because = "not every value is defined for these counts";
}

bool stat_method_takes_any_numbers(const struct stat_method *method)
{
    return method->on_series == on_mann_kendall ||
           method->on_series == on_seasonal_kendall ||
           method->on_series == on_smoothing || method->on_series == on_record ||
           method->on_series == on_iso_week || method->on_series == on_period_counts ||
           (stat_method_needs_incidents(method) && method->on_series != on_burst);
}

bool stat_method_needs_incidents(const struct stat_method *method)
{
    return method->on_series == on_casualty_total ||
           method->on_series == on_casualty_change ||
           method->on_series == on_casualty_intensity || method->on_series == on_burst;
}

/* What a well-behaved series is answered: five years with a step in them, beside
 * another group, with an incident in each of six districts every day. */
void stat_method_values(const struct stat_method *method, struct arena *scratch,
                        struct stat_answer *out)
{
    enum { WEEKS = 260, DISTRICTS = 6, EVENTS = 7 * WEEKS * DISTRICTS };
    double *count = ARENA_ARRAY(scratch, double, WEEKS);
    struct stat_span *bin = ARENA_ARRAY(scratch, struct stat_span, WEEKS);
    int32_t *day = ARENA_ARRAY(scratch, int32_t, EVENTS);
    int32_t *unit = ARENA_ARRAY(scratch, int32_t, EVENTS);
    double *deaths = ARENA_ARRAY(scratch, double, EVENTS);
    for (size_t i = 0; i < WEEKS; i++) {
        count[i] = (double)(3 + i * 7919 % 11 + (i > WEEKS / 2 ? 9 : 0));
        bin[i] = (struct stat_span){(int32_t)(7 * i), (int32_t)(7 * i + 6)};
    }
    for (size_t i = 0; i < EVENTS; i++) {
        day[i] = (int32_t)(i / DISTRICTS);
        unit[i] = (int32_t)(i % DISTRICTS);
        deaths[i] = (double)(i % 5);
    }
    const double *const groups[] = {count, count};
    const struct stat_around around = {groups, 2, 0, bin, day, deaths, unit, EVENTS};
    const struct stat_series series = {count, NULL, WEEKS, 52, 0.95, &around};
    stat_method_answer(method, &series, scratch, out);
}

const struct stat_method *stat_method_find(struct slice name)
{
    if (slice_is(name, "usual_range"))
        name = slice_of("baseline");
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (slice_is(name, methods[i].name))
            return &methods[i];
    return NULL;
}

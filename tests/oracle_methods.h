/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reference cases, method by method: a case's input object goes in, an object with
 * the fields that its "expected" has comes out. NAN is null, INFINITY is "Inf". */
#ifndef SITREP_TESTS_ORACLE_METHODS_H
#define SITREP_TESTS_ORACLE_METHODS_H

#include "base/arena.h"
#include "base/civil.h"
#include "stats/baseline.h"
#include "stats/burst.h"
#include "stats/casualty.h"
#include "stats/changepoint.h"
#include "stats/concentration.h"
#include "stats/dispersion.h"
#include "stats/district.h"
#include "stats/ears.h"
#include "stats/farrington.h"
#include "stats/kendall.h"
#include "stats/periods.h"
#include "stats/rate.h"
#include "stats/record.h"
#include "stats/share.h"
#include "stats/smoothing.h"
#include "stats/trend.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct oracle {
    const json_t *input;
    struct arena *arena;
    json_t *got;
};

struct numbers {
    double *at;
    size_t n;
};

static double oracle_number_of(const json_t *value)
{
    if (json_is_string(value) && strcmp(json_string_value(value), "Inf") == 0)
        return INFINITY;
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static double in_number(const struct oracle *oracle, const char *key)
{
    return oracle_number_of(json_object_get(oracle->input, key));
}

static size_t in_size(const struct oracle *oracle, const char *key)
{
    double number = in_number(oracle, key);
    return number >= 0 && number < 1e15 ? (size_t)number : 0;
}

static struct numbers in_numbers(const struct oracle *oracle, const char *key)
{
    const json_t *array = json_object_get(oracle->input, key);
    struct numbers out = {.n = json_array_size(array)};
    out.at = ARENA_ARRAY(oracle->arena, double, out.n + 1);
    for (size_t i = 0; i < out.n; i++)
        out.at[i] = oracle_number_of(json_array_get(array, i));
    return out;
}

static json_t *json_of(double number)
{
    if (isnan(number))
        return json_null();
    if (isinf(number))
        return json_string(number > 0 ? "Inf" : "-Inf");
    return json_real(number);
}

static void put_json(struct oracle *oracle, const char *key, json_t *value)
{
    json_object_set_new(oracle->got, key, value);
}

static void put(struct oracle *oracle, const char *key, double number)
{
    put_json(oracle, key, json_of(number));
}

static void put_text(struct oracle *oracle, const char *key, const char *text)
{
    put_json(oracle, key, json_string(text));
}

static void put_truth(struct oracle *oracle, const char *key, bool truth)
{
    put_json(oracle, key, json_boolean(truth));
}

static void put_position(struct oracle *oracle, const char *key, ptrdiff_t position)
{
    put_json(oracle, key, position < 0 ? json_null() : json_integer(position));
}

static void put_numbers(struct oracle *oracle, const char *key, const double *number,
                        size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, json_of(number[i]));
    put_json(oracle, key, array);
}

#define PUT(field) put(oracle, #field, (double)out.field)

static struct rate_pair in_rate_pair(const struct oracle *oracle)
{
    return (struct rate_pair){in_number(oracle, "x1"), in_number(oracle, "t1"),
                              in_number(oracle, "x0"), in_number(oracle, "t0")};
}

static void put_rate(struct oracle *oracle, const struct rate_change *change)
{
    put(oracle, "ratio", change->ratio);
    put(oracle, "pct", change->pct);
    put(oracle, "pct_rounded", change->pct_rounded);
    put(oracle, "ci_low", change->low);
    put(oracle, "ci_high", change->high);
    put(oracle, "p", change->p);
}

static void run_rate_change(struct oracle *oracle)
{
    struct rate_pair pair = in_rate_pair(oracle);
    struct rate_change out;
    stat_rate_change(&pair, in_number(oracle, "conf"), &out);
    put_rate(oracle, &out);
}

static void run_rate_change_phi(struct oracle *oracle)
{
    struct rate_pair pair = in_rate_pair(oracle);
    struct rate_change out;
    stat_rate_change_phi(&pair, in_number(oracle, "phi"), in_number(oracle, "conf"),
                         &out);
    put_rate(oracle, &out);
}

static void run_dispersion(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    struct dispersion out;
    stat_dispersion(x.at, x.n, &out);
    PUT(n), PUT(mean), PUT(variance), PUT(index), PUT(x2);
    PUT(p_over), PUT(p_under), PUT(zeros), PUT(r1);
}

static void run_baseline(struct oracle *oracle)
{
    struct numbers base = in_numbers(oracle, "base");
    struct baseline out;
    stat_baseline(in_number(oracle, "y"), base.at, base.n, in_number(oracle, "conf"),
                  oracle->arena, &out);
    PUT(k), PUT(mean), PUT(median), PUT(min), PUT(max), PUT(n_at_least), PUT(pct);
    PUT(ratio_low), PUT(ratio_high), PUT(p_exact), PUT(phi_raw), PUT(phi);
    PUT(usual_low), PUT(usual_high), PUT(z);
    put_text(oracle, "verdict", usual_name(out.verdict));
}

static void run_predictive(struct oracle *oracle)
{
    struct numbers base = in_numbers(oracle, "base");
    struct predictive out;
    stat_predictive(&(struct predictive_question){in_number(oracle, "y"), base.at,
                                                  base.n, in_number(oracle, "h"),
                                                  in_number(oracle, "conf")},
                    &out);
    PUT(mean), PUT(low), PUT(high), PUT(p_at_least), PUT(p_at_most);
}

static struct trend_question in_trend_question(const struct oracle *oracle)
{
    struct numbers y = in_numbers(oracle, "y");
    bool weighed = json_is_array(json_object_get(oracle->input, "exposure"));
    return (struct trend_question){y.at,
                                   weighed ? in_numbers(oracle, "exposure").at : NULL,
                                   y.n, in_number(oracle, "conf")};
}

static void run_trend(struct oracle *oracle)
{
    struct trend_question question = in_trend_question(oracle);
    struct trend out;
    stat_trend(&question, oracle->arena, &out);
    put_text(oracle, "status", trend_status_name(out.status));
    PUT(intercept), PUT(slope), PUT(se_poisson), PUT(phi_raw), PUT(phi), PUT(se);
    PUT(t), PUT(df), PUT(p), PUT(pct), PUT(pct_low), PUT(pct_high), PUT(deviance);
}

static void run_mann_kendall(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    struct mann_kendall out;
    stat_mann_kendall(x.at, x.n, in_number(oracle, "conf"), oracle->arena, &out);
    put_text(oracle, "status", kendall_status_name(out.status));
    PUT(s), PUT(var_s), PUT(tau_b), PUT(z), PUT(p), PUT(p_exact);
    PUT(sen_slope), PUT(sen_low), PUT(sen_high), PUT(intercept);
}

static void run_seasonal_mann_kendall(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    struct seasonal_kendall out;
    stat_seasonal_kendall(x.at, x.n, in_size(oracle, "period"), oracle->arena, &out);
    PUT(s), PUT(var_s), PUT(z), PUT(p), PUT(sen_slope_per_cycle);
}

static void run_record(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    struct record out;
    stat_record(x.at, x.n, &out);
    put_position(oracle, "last_at_least", out.last_at_least);
    put_position(oracle, "last_above", out.last_above);
    put_position(oracle, "last_at_most", out.last_at_most);
    put_position(oracle, "last_below", out.last_below);
    PUT(rank_high), PUT(tied);
    put_truth(oracle, "record_high", out.record_high);
    put_truth(oracle, "record_low", out.record_low);
}

static void run_smoothing(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    size_t k = in_size(oracle, "k");
    double *out = ARENA_ARRAY(oracle->arena, double, x.n + 1);
    smooth_trailing(x.at, x.n, k, out);
    put_numbers(oracle, "trailing", out, x.n);
    smooth_centred(x.at, x.n, k, out);
    put_numbers(oracle, "centred", out, x.n);
    smooth_exponential(x.at, x.n, in_number(oracle, "lambda"), out);
    put_numbers(oracle, "ewma", out, x.n);
}

static void run_wilson(struct oracle *oracle)
{
    struct wilson out;
    stat_wilson(in_number(oracle, "x"), in_number(oracle, "n"),
                in_number(oracle, "conf"), &out);
    PUT(estimate), PUT(low), PUT(high);
}

static void run_share_change(struct oracle *oracle)
{
    struct share_change out;
    struct share_pair pair = {in_number(oracle, "x1"), in_number(oracle, "n1"),
                              in_number(oracle, "x0"), in_number(oracle, "n0")};
    stat_share_change(&pair, in_number(oracle, "conf"), &out);
    PUT(diff), PUT(low), PUT(high), PUT(p);
}

static void run_trend_negbin(struct oracle *oracle)
{
    struct trend_question question = in_trend_question(oracle);
    struct trend_negbin out;
    stat_trend_negbin(&question, oracle->arena, &out);
    put_text(oracle, "status", trend_status_name(out.status));
    PUT(theta), PUT(intercept), PUT(slope), PUT(se), PUT(z), PUT(p);
    PUT(pct), PUT(pct_low), PUT(pct_high), PUT(lr), PUT(lr_p);
}

static void run_bh(struct oracle *oracle)
{
    struct numbers p = in_numbers(oracle, "p");
    stat_bh(p.at, p.n, oracle->arena, p.at);
    put_numbers(oracle, "p_adj", p.at, p.n);
}

static void run_district_scan(struct oracle *oracle)
{
    struct numbers x1 = in_numbers(oracle, "x1"), x0 = in_numbers(oracle, "x0");
    struct district_scan out;
    stat_district_scan(&(struct district_question){.x1 = x1.at,
                                                   .x0 = x0.at,
                                                   .n = x1.n,
                                                   .t1 = in_number(oracle, "t1"),
                                                   .t0 = in_number(oracle, "t0"),
                                                   .phi = 1,
                                                   .fdr = in_number(oracle, "fdr")},
                       oracle->arena, &out);
    put_numbers(oracle, "p", out.p, x1.n);
    put_numbers(oracle, "p_adj", out.p_adj, x1.n);
    json_t *flagged = json_array();
    for (size_t i = 0; i < out.flagged_count; i++)
        json_array_append_new(flagged, json_integer((json_int_t)out.flagged[i]));
    put_json(oracle, "flagged", flagged);
}

static void run_casualty_total(struct oracle *oracle)
{
    struct numbers killed = in_numbers(oracle, "killed");
    struct casualty_total out;
    stat_casualty_total(killed.at, killed.n, in_number(oracle, "conf"), &out);
    PUT(incidents), PUT(total), PUT(low), PUT(high), PUT(poisson_low),
        PUT(poisson_high);
}

static void run_casualty_change(struct oracle *oracle)
{
    struct numbers killed1 = in_numbers(oracle, "killed1");
    struct numbers killed0 = in_numbers(oracle, "killed0");
    struct casualty_change out;
    stat_casualty_change(&(struct casualty_pair){killed1.at, killed1.n,
                                                 in_number(oracle, "t1"), killed0.at,
                                                 killed0.n, in_number(oracle, "t0")},
                         in_number(oracle, "conf"), &out);
    PUT(total1), PUT(total0), PUT(pct), PUT(diff_per_unit), PUT(diff_low);
    PUT(diff_high), PUT(z), PUT(p), PUT(ratio), PUT(ratio_low), PUT(ratio_high);
}

static void run_casualty_intensity(struct oracle *oracle)
{
    struct numbers killed = in_numbers(oracle, "killed");
    struct casualty_intensity out;
    stat_casualty_intensity(killed.at, killed.n, in_number(oracle, "conf"),
                            oracle->arena, &out);
    PUT(n), PUT(total), PUT(mean), PUT(low), PUT(high), PUT(phi), PUT(median), PUT(max);
    PUT(share_of_max), PUT(mean_without_max);
    PUT(lethal_share), PUT(lethal_low), PUT(lethal_high);
}

static void put_alarms(struct oracle *oracle, const double *upper, const bool *alarm,
                       size_t n)
{
    json_t *alarms = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(alarms,
                              isnan(upper[i]) ? json_null() : json_boolean(alarm[i]));
    put_numbers(oracle, "upper", upper, n);
    put_json(oracle, "alarm", alarms);
}

static void run_ears(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    const char *variant = json_string_value(json_object_get(oracle->input, "variant"));
    struct ears_question question = {
        .x = x.at,
        .n = x.n,
        .variant = (enum ears_variant)(variant && variant[0] ? variant[1] - '1' : 0),
        .baseline = in_size(oracle, "baseline"),
        .min_sigma = in_number(oracle, "min_sigma"),
        .alpha = in_number(oracle, "alpha")};
    double *upper = ARENA_ARRAY(oracle->arena, double, x.n + 1);
    bool *alarm = ARENA_ARRAY(oracle->arena, bool, x.n + 1);
    stat_ears(&question, upper, alarm);
    put_alarms(oracle, upper, alarm, x.n);
}

static void run_farrington(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x"), t = in_numbers(oracle, "t");
    struct farrington_question question = {
        .x = x.at,
        .n = x.n,
        .freq = in_size(oracle, "freq"),
        .b = in_size(oracle, "b"),
        .w = in_size(oracle, "w"),
        .alpha = in_number(oracle, "alpha"),
        .reweight = json_is_true(json_object_get(oracle->input, "reweight"))};
    double *expected = ARENA_ARRAY(oracle->arena, double, t.n + 1);
    double *upper = ARENA_ARRAY(oracle->arena, double, t.n + 1);
    bool *alarm = ARENA_ARRAY(oracle->arena, bool, t.n + 1);
    json_t *trend = json_array();
    for (size_t i = 0; i < t.n; i++) {
        struct farrington out;
        stat_farrington(&question, (size_t)t.at[i], oracle->arena, &out);
        expected[i] = out.expected;
        upper[i] = out.upper;
        alarm[i] = out.alarm;
        json_array_append_new(trend, json_boolean(out.trend));
    }
    put_numbers(oracle, "expected", expected, t.n);
    put_alarms(oracle, upper, alarm, t.n);
    put_json(oracle, "trend", trend);
}

static void run_changepoint(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    struct changepoints out;
    stat_changepoint(x.at, x.n, in_number(oracle, "penalty"),
                     in_size(oracle, "min_seg"), oracle->arena, &out);
    json_t *first = json_array();
    for (size_t i = 0; i < out.count; i++)
        json_array_append_new(first, json_integer((json_int_t)out.first[i]));
    put_json(oracle, "changepoints", first);
    put_numbers(oracle, "means", out.mean, out.mean ? out.count + 1 : 0);
    PUT(cost);
}

static void run_concentration(struct oracle *oracle)
{
    struct numbers x = in_numbers(oracle, "x");
    struct concentration out;
    stat_concentration(x.at, x.n, oracle->arena, &out);
    PUT(total), PUT(units), PUT(active), PUT(top1), PUT(top3), PUT(top5), PUT(gini);
    PUT(hhi), PUT(effective);
    put(oracle, "units_for_half",
        out.units_for_half ? (double)out.units_for_half : NAN);
}

static const int32_t *in_integers(const struct oracle *oracle, const char *key)
{
    struct numbers numbers = in_numbers(oracle, key);
    int32_t *out = ARENA_ARRAY(oracle->arena, int32_t, numbers.n + 1);
    for (size_t i = 0; i < numbers.n; i++)
        out[i] = (int32_t)numbers.at[i];
    return out;
}

static json_t *json_of_wave(const struct wave *wave)
{
    return json_pack("{s:i, s:i, s:i, s:i}", "start", (int)wave->start, "end",
                     (int)wave->end, "events", (int)wave->events, "units",
                     (int)wave->units);
}

static void run_burst(struct oracle *oracle)
{
    struct burst_question question = {
        .day = in_integers(oracle, "day"),
        .unit = in_integers(oracle, "unit"),
        .events = json_array_size(json_object_get(oracle->input, "day")),
        .days = in_size(oracle, "days"),
        .window = in_size(oracle, "window"),
        .reference = in_size(oracle, "reference"),
        .alpha = in_number(oracle, "alpha"),
        .min_units = in_size(oracle, "min_units")};
    struct bursts out;
    stat_burst(&question, oracle->arena, &out);
    json_t *waves = json_array();
    for (size_t i = 0; i < out.wave_count; i++)
        json_array_append_new(waves, json_of_wave(&out.wave[i]));
    put_json(oracle, "waves", waves);
    put_numbers(oracle, "n", out.n, question.days);
    put_numbers(oracle, "units", out.units, question.days);
    put_numbers(oracle, "p", out.p, question.days);
}

static int32_t oracle_day_of(const json_t *text)
{
    int year = 1, month = 1, day = 1;
    sscanf(json_is_string(text) ? json_string_value(text) : "", "%d-%d-%d", &year,
           &month, &day);
    return civil_is_valid(year, month, day) ? civil_day(year, month, day) : 0;
}

static void put_day(struct oracle *oracle, const char *key, int32_t day)
{
    struct civil civil = civil_of(day);
    put_json(oracle, key,
             json_sprintf("%04d-%02d-%02d", civil.year, civil.month, civil.day));
}

static void run_iso_week(struct oracle *oracle)
{
    struct iso_week_facts out;
    stat_iso_week(oracle_day_of(json_object_get(oracle->input, "date")), &out);
    PUT(iso_year), PUT(iso_week), PUT(iso_weekday);
    PUT(weeks_in_iso_year), PUT(days_in_month);
    put_text(oracle, "label", out.label);
    put_text(oracle, "previous_week", out.previous_week);
    put_text(oracle, "next_week", out.next_week);
    put_text(oracle, "same_week_last_year", out.same_week_last_year);
    put_text(oracle, "month", out.month);
    put_text(oracle, "previous_month", out.previous_month);
    put_text(oracle, "same_month_last_year", out.same_month_last_year);
    put_day(oracle, "week_start", out.week_start);
    put_day(oracle, "week_end", out.week_end);
    put_day(oracle, "month_start", out.month_start);
    put_day(oracle, "month_end", out.month_end);
}

static void run_period_counts(struct oracle *oracle)
{
    const json_t *dates = json_object_get(oracle->input, "dates");
    const char *unit = json_string_value(json_object_get(oracle->input, "unit"));
    size_t events = json_array_size(dates);
    int32_t *day = ARENA_ARRAY(oracle->arena, int32_t, events + 1);
    for (size_t i = 0; i < events; i++)
        day[i] = oracle_day_of(json_array_get(dates, i));
    struct period_counts out;
    stat_period_counts(
        &(struct count_question){
            day, events, oracle_day_of(json_object_get(oracle->input, "from")),
            oracle_day_of(json_object_get(oracle->input, "to")),
            unit && strcmp(unit, "month") == 0 ? COUNT_BY_MONTH : COUNT_BY_WEEK},
        oracle->arena, &out);
    json_t *labels = json_array(), *complete = json_array();
    for (size_t i = 0; i < out.size; i++) {
        json_array_append_new(labels, json_string(out.label[i]));
        json_array_append_new(complete, json_boolean(out.complete[i]));
    }
    put_json(oracle, "labels", labels);
    put_json(oracle, "complete", complete);
    put_numbers(oracle, "counts", out.count, out.size);
    put_numbers(oracle, "days", out.days, out.size);
}

static const struct oracle_method {
    const char *name;
    void (*run)(struct oracle *oracle);
} oracle_methods[] = {
    {"baseline", run_baseline},
    {"bh", run_bh},
    {"burst", run_burst},
    {"casualty_change", run_casualty_change},
    {"casualty_intensity", run_casualty_intensity},
    {"casualty_total", run_casualty_total},
    {"changepoint", run_changepoint},
    {"concentration", run_concentration},
    {"dispersion", run_dispersion},
    {"district_scan", run_district_scan},
    {"ears", run_ears},
    {"farrington", run_farrington},
    {"iso_week", run_iso_week},
    {"mann_kendall", run_mann_kendall},
    {"period_counts", run_period_counts},
    {"predictive", run_predictive},
    {"rate_change", run_rate_change},
    {"rate_change_phi", run_rate_change_phi},
    {"record", run_record},
    {"seasonal_mann_kendall", run_seasonal_mann_kendall},
    {"share_change", run_share_change},
    {"smoothing", run_smoothing},
    {"trend", run_trend},
    {"trend_negbin", run_trend_negbin},
    {"wilson", run_wilson},
};

static const struct oracle_method *oracle_find_method(const char *name)
{
    size_t count = sizeof oracle_methods / sizeof *oracle_methods;
    for (size_t i = 0; name && i < count; i++)
        if (strcmp(oracle_methods[i].name, name) == 0)
            return &oracle_methods[i];
    return NULL;
}

#endif

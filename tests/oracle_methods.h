/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reference cases, method by method: a case's input object goes in, an object with
 * the fields that its "expected" has comes out. NAN is null, INFINITY is "Inf". */
#ifndef SITREP_TESTS_ORACLE_METHODS_H
#define SITREP_TESTS_ORACLE_METHODS_H

#include "base/arena.h"
#include "stats/baseline.h"
#include "stats/dispersion.h"
#include "stats/kendall.h"
#include "stats/rate.h"
#include "stats/record.h"
#include "stats/share.h"
#include "stats/smoothing.h"
#include "stats/trend.h"

#include <jansson.h>
#include <math.h>
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

static const struct oracle_method {
    const char *name;
    void (*run)(struct oracle *oracle);
} oracle_methods[] = {
    {"baseline", run_baseline},
    {"dispersion", run_dispersion},
    {"mann_kendall", run_mann_kendall},
    {"predictive", run_predictive},
    {"rate_change", run_rate_change},
    {"rate_change_phi", run_rate_change_phi},
    {"record", run_record},
    {"seasonal_mann_kendall", run_seasonal_mann_kendall},
    {"share_change", run_share_change},
    {"smoothing", run_smoothing},
    {"trend", run_trend},
    {"wilson", run_wilson},
};

#endif

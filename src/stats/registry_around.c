/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Methods that look at more than the counts of one series: at the same of the other
 * groups, at the incidents behind the counts, at the calendar. "Last" and "before" are
 * the last complete period and the one before it. */
#include "stats/registry_parts.h"

#include "stats/burst.h"
#include "stats/casualty.h"
#include "stats/concentration.h"
#include "stats/district.h"
#include "stats/periods.h"
#include "stats/rate.h"
#include "stats/share.h"

#include <math.h>

static const char TOO_SHORT[] = "needs two complete periods";
static const char NO_GROUPS[] = "needs all groups: --by with a field, and no --limit";
static const double FDR = 0.1;

static double total_of(const double *count, size_t size)
{
    double total = 0;
    for (size_t i = 0; i < size; i++)
        total += isfinite(count[i]) ? count[i] : 0;
    return total;
}

/* -- The calendar ------------------------------------------------------------------------ */

void on_iso_week(const struct stat_series *series, struct arena *scratch,
                 struct stat_answer *out)
{
    struct iso_week_facts facts;
    if (!series->size || !series->around || !series->around->bin)
        out->unknown_because = "there is no complete period";
    if (out->unknown_because)
        return;
    stat_iso_week(series->around->bin[series->size - 1].first_day, &facts);
    answer_text(out, "label", arena_copy(scratch, facts.label, sizeof facts.label));
    answer_text(out, "month", arena_copy(scratch, facts.month, sizeof facts.month));
    answer_number(out, "weeks_in_iso_year", facts.weeks_in_iso_year);
    answer_number(out, "days_in_month", facts.days_in_month);
}

void on_period_counts(const struct stat_series *series, struct arena *scratch,
                      struct stat_answer *out)
{
    (void)scratch;
    double lowest = NAN, highest = NAN, empty = 0;
    for (size_t i = 0; i < series->size; i++) {
        lowest = fmin(lowest, series->count[i]);
        highest = fmax(highest, series->count[i]);
        empty += series->count[i] == 0;
    }
    if (!series->size)
        out->unknown_because = "there is no complete period";
    if (out->unknown_because)
        return;
    answer_number(out, "total", total_of(series->count, series->size));
    answer_number(out, "empty", empty);
    answer_number(out, "lowest", lowest);
    answer_number(out, "highest", highest);
    answer_number(out, "last", series->count[series->size - 1]);
}

/* -- The other groups --------------------------------------------------------------------- */

/* The counts of every group in the period `back` before the last. */
static double *across(const struct stat_series *series, size_t back,
                      struct arena *scratch)
{
    const struct stat_around *around = series->around;
    double *count = ARENA_ARRAY(scratch, double, around->groups);
    for (size_t i = 0; i < around->groups; i++)
        count[i] = around->count[i][series->size - 1 - back];
    return count;
}

static double days_of(const struct stat_series *series, size_t back)
{
    return series->exposure ? series->exposure[series->size - 1 - back] : 1;
}

static bool has_two(const struct stat_series *series, struct stat_answer *out)
{
    if (!series->around || !series->around->count)
        out->unknown_because = NO_GROUPS;
    else if (series->size < 2)
        out->unknown_because = TOO_SHORT;
    return !out->unknown_because;
}

/* Now against before in every group; the dispersion is pooled over the periods before
 * the last. */
static void scan_groups(const struct stat_series *series, struct arena *scratch,
                        struct district_scan *out)
{
    const struct stat_around *around = series->around;
    size_t past = series->size - 1;
    double *all = ARENA_ARRAY(scratch, double, around->groups *past);
    for (size_t i = 0; i < around->groups; i++)
        for (size_t j = 0; j < past; j++)
            all[i * past + j] = around->count[i][j];
    double phi = district_pooled_phi(all, around->groups, past);
    const struct district_question question = {
        .x1 = across(series, 0, scratch),
        .x0 = across(series, 1, scratch),
        .n = around->groups,
        .t1 = days_of(series, 0),
        .t0 = days_of(series, 1),
        .phi = phi >= 1 ? phi : 1,
        .fdr = FDR,
    };
    stat_district_scan(&question, scratch, out);
}

void on_district_scan(const struct stat_series *series, struct arena *scratch,
                      struct stat_answer *out)
{
    struct district_scan scan;
    if (!has_two(series, out))
        return;
    scan_groups(series, scratch, &scan);
    out->unknown_because = scan.unknown_because;
    if (scan.unknown_because)
        return;
    size_t at = series->around->at;
    answer_number(out, "p", scan.p[at]);
    answer_number(out, "p_adj", scan.p_adj[at]);
    answer_text(out, "flagged", scan.p_adj[at] <= FDR ? "yes" : "no");
}

/* Of the plain exact tests of each group's last period against the one before. */
void on_bh(const struct stat_series *series, struct arena *scratch,
           struct stat_answer *out)
{
    if (!has_two(series, out))
        return;
    size_t groups = series->around->groups, at = series->around->at;
    const double *now = across(series, 0, scratch),
                 *before = across(series, 1, scratch);
    double *p = ARENA_ARRAY(scratch, double, groups);
    double *p_adj = ARENA_ARRAY(scratch, double, groups);
    for (size_t i = 0; i < groups; i++) {
        struct rate_change change;
        stat_rate_change(&(struct rate_pair){now[i], days_of(series, 0), before[i],
                                             days_of(series, 1)},
                         series->conf, &change);
        p[i] = change.p;
    }
    out->unknown_because = stat_bh(p, groups, scratch, p_adj);
    if (out->unknown_because)
        return;
    answer_number(out, "p", p[at]);
    answer_number(out, "p_adj", p_adj[at]);
}

/* The group's share of all groups, over all periods. */
void on_wilson(const struct stat_series *series, struct arena *scratch,
               struct stat_answer *out)
{
    (void)scratch;
    struct wilson wilson;
    if (!series->around || !series->around->count) {
        out->unknown_because = NO_GROUPS;
        return;
    }
    double all = 0, own = total_of(series->count, series->size);
    for (size_t i = 0; i < series->around->groups; i++)
        all += total_of(series->around->count[i], series->size);
    stat_wilson(own, all, series->conf, &wilson);
    out->unknown_because = wilson.unknown_because;
    answer_number(out, "x", own);
    answer_number(out, "n", all);
    answer_number(out, "estimate", wilson.estimate);
    answer_number(out, "low", wilson.low);
    answer_number(out, "high", wilson.high);
}

/* The group's share of all groups, in the last period against the one before. */
void on_share_change(const struct stat_series *series, struct arena *scratch,
                     struct stat_answer *out)
{
    struct share_change change;
    if (!has_two(series, out))
        return;
    size_t groups = series->around->groups, size = series->size;
    const struct share_pair pair = {
        series->count[size - 1], total_of(across(series, 0, scratch), groups),
        series->count[size - 2], total_of(across(series, 1, scratch), groups)};
    stat_share_change(&pair, series->conf, &change);
    out->unknown_because = change.unknown_because;
    answer_number(out, "diff", change.diff);
    answer_number(out, "low", change.low);
    answer_number(out, "high", change.high);
    answer_number(out, "p", change.p);
}

/* Of all groups, over all periods: the same for each. */
void on_concentration(const struct stat_series *series, struct arena *scratch,
                      struct stat_answer *out)
{
    struct concentration result;
    if (!series->around || !series->around->count) {
        out->unknown_because = NO_GROUPS;
        return;
    }
    size_t groups = series->around->groups;
    double *total = ARENA_ARRAY(scratch, double, groups);
    for (size_t i = 0; i < groups; i++)
        total[i] = total_of(series->around->count[i], series->size);
    stat_concentration(total, groups, scratch, &result);
    out->unknown_because = result.unknown_because;
    answer_number(out, "total", result.total);
    answer_number(out, "units", (double)result.units);
    answer_number(out, "active", (double)result.active);
    answer_number(out, "top1", result.top1);
    answer_number(out, "top3", result.top3);
    answer_number(out, "top5", result.top5);
    answer_number(out, "units_for_half",
                  result.units_for_half ? (double)result.units_for_half : NAN);
    answer_number(out, "gini", result.gini);
    answer_number(out, "hhi", result.hhi);
    answer_number(out, "effective", result.effective);
}

/* -- The incidents -------------------------------------------------------------------------- */

/* Deaths of the incidents of the period `back` before the last; how many. */
static size_t deaths_of(const struct stat_series *series, size_t back,
                        struct arena *scratch, const double **out)
{
    const struct stat_around *around = series->around;
    const struct stat_span bin = around->bin[series->size - 1 - back];
    double *killed = ARENA_ARRAY(scratch, double, around->events + 1);
    size_t count = 0;
    for (size_t i = 0; i < around->events; i++) {
        bool is_inside =
            around->day[i] >= bin.first_day && around->day[i] <= bin.last_day;
        if (is_inside && isfinite(around->deaths[i]))
            killed[count++] = around->deaths[i];
    }
    *out = killed;
    return count;
}

static bool has_deaths(const struct stat_series *series, size_t periods,
                       struct stat_answer *out)
{
    const struct stat_around *around = series->around;
    if (!around || !around->deaths || !around->bin)
        out->unknown_because = "needs a sum, as in --show 'sum of killed'";
    else if (series->size < periods)
        out->unknown_because = periods > 1 ? TOO_SHORT : "there is no complete period";
    return !out->unknown_because;
}

void on_casualty_total(const struct stat_series *series, struct arena *scratch,
                       struct stat_answer *out)
{
    struct casualty_total result;
    const double *killed;
    if (!has_deaths(series, 1, out))
        return;
    size_t count = deaths_of(series, 0, scratch, &killed);
    stat_casualty_total(killed, count, series->conf, &result);
    out->unknown_because = result.unknown_because;
    answer_number(out, "incidents", (double)result.incidents);
    answer_number(out, "total", result.total);
    answer_number(out, "low", result.low);
    answer_number(out, "high", result.high);
}

void on_casualty_change(const struct stat_series *series, struct arena *scratch,
                        struct stat_answer *out)
{
    struct casualty_pair pair = {.t1 = 1, .t0 = 1};
    struct casualty_change result;
    if (!has_deaths(series, 2, out))
        return;
    pair.n1 = deaths_of(series, 0, scratch, &pair.killed1);
    pair.n0 = deaths_of(series, 1, scratch, &pair.killed0);
    pair.t1 = days_of(series, 0);
    pair.t0 = days_of(series, 1);
    stat_casualty_change(&pair, series->conf, &result);
    out->unknown_because = result.unknown_because;
    answer_number(out, "total1", result.total1);
    answer_number(out, "total0", result.total0);
    answer_number(out, "pct", result.pct);
    answer_number(out, "z", result.z);
    answer_number(out, "p", result.p);
    answer_number(out, "ratio", result.ratio);
    answer_number(out, "ratio_low", result.ratio_low);
    answer_number(out, "ratio_high", result.ratio_high);
}

void on_casualty_intensity(const struct stat_series *series, struct arena *scratch,
                           struct stat_answer *out)
{
    struct casualty_intensity result;
    const double *killed;
    if (!has_deaths(series, 1, out))
        return;
    size_t count = deaths_of(series, 0, scratch, &killed);
    stat_casualty_intensity(killed, count, series->conf, scratch, &result);
    out->unknown_because = result.unknown_because;
    answer_number(out, "n", (double)result.n);
    answer_number(out, "mean", result.mean);
    answer_number(out, "low", result.low);
    answer_number(out, "high", result.high);
    answer_number(out, "median", result.median);
    answer_number(out, "max", result.max);
    answer_number(out, "share_of_max", result.share_of_max);
    answer_number(out, "lethal_share", result.lethal_share);
}

/* Waves of attacks within a day over five districts or more, as the block `waves`. */
void on_burst(const struct stat_series *series, struct arena *scratch,
              struct stat_answer *out)
{
    const struct stat_around *around = series->around;
    struct bursts bursts;
    if (!series->size || !around || !around->unit || !around->bin)
        out->unknown_because = "needs the day and the district of each incident";
    if (out->unknown_because)
        return;
    int32_t first = around->bin[0].first_day;
    int32_t last = around->bin[series->size - 1].last_day;
    int32_t *day = ARENA_ARRAY(scratch, int32_t, around->events + 1);
    int32_t *unit = ARENA_ARRAY(scratch, int32_t, around->events + 1);
    struct burst_question question = {.day = day,
                                      .unit = unit,
                                      .days = (size_t)(last - first) + 1,
                                      .window = 1,
                                      .reference = 56,
                                      .alpha = 0.001,
                                      .min_units = 5};
    for (size_t i = 0; i < around->events; i++) {
        if (around->day[i] < first || around->day[i] > last)
            continue;
        day[question.events] = around->day[i] - first;
        unit[question.events++] = around->unit[i];
    }
    stat_burst(&question, scratch, &bursts);
    out->unknown_because = bursts.unknown_because;
    if (bursts.unknown_because)
        return;
    const struct wave *newest =
        bursts.wave_count ? &bursts.wave[bursts.wave_count - 1] : NULL;
    answer_number(out, "waves", (double)bursts.wave_count);
    answer_number(out, "last_events", newest ? (double)newest->events : NAN);
    answer_number(out, "last_units", newest ? (double)newest->units : NAN);
    answer_number(out, "last_ended_days_ago",
                  newest ? (double)(last - first - newest->end) : NAN);
}

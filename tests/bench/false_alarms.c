/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How often a verdict speaks of a change where nothing happens: steady series, plain
 * and clumped, judged as a brief would. Nominal rate 5 %; exits with 1 when rose/fell,
 * a trend or deaths exceed it. usage: false_alarms [SERIES] */
#include "steady.h"

#include "stats/rate.h"
#include "stats/verdict.h"

#include <stdio.h>
#include <stdlib.h>

enum { PERIODS_AT_MOST = 60 };

struct setting {
    double mean, size; /* negative binomial; INFINITY is Poisson */
    size_t periods;    /* with the current one */
};

struct alarms {
    double exact, outside, changed, trend;
};

static void judge(const double *count, size_t n, struct arena *arena,
                  struct alarms *alarms)
{
    struct verdict_question question = {.count = count, .size = n};
    struct verdict verdict;
    struct trend_verdict trend;
    struct rate_change change;
    verdict_of_change(&question, arena, &verdict);
    verdict_of_trend(&question, arena, &trend);
    stat_rate_change(&(struct rate_pair){count[n - 1], 1, count[n - 2], 1}, 0.95,
                     &change);
    alarms->exact += change.p < 0.05;
    alarms->outside +=
        verdict.position == USUAL_ABOVE || verdict.position == USUAL_BELOW;
    alarms->changed +=
        verdict.direction == DIRECTION_ROSE || verdict.direction == DIRECTION_FELL;
    alarms->trend +=
        trend.direction == DIRECTION_ROSE || trend.direction == DIRECTION_FELL;
    arena_reset(arena);
}

/* Twice the simulation's own error above the nominal rate counts as above it. */
static int is_too_often(double rate, size_t series)
{
    return rate > 0.05 + 2 * sqrt(0.05 * 0.95 / (double)series);
}

static int report(const struct alarms *alarms, size_t series)
{
    double n = (double)series;
    int too_often = is_too_often(alarms->changed / n, series) ||
                    is_too_often(alarms->trend / n, series);
    printf("  %6.1f %9.1f %12.1f %8.1f%s\n", 100 * alarms->exact / n,
           100 * alarms->outside / n, 100 * alarms->changed / n,
           100 * alarms->trend / n, too_often ? "  above 5 %" : "");
    return too_often;
}

static int simulate_counts(struct steady *steady, size_t series, struct arena *arena)
{
    static const double means[] = {1, 3, 10, 20, 60};
    static const double sizes[] = {INFINITY, 5, 2};
    static const size_t periods[] = {9, 13, 27, 53};
    int failed = 0;
    double count[PERIODS_AT_MOST];
    printf(
        "mean size periods   exact   outside  rose or fell  rising or falling (%%)\n");
    for (size_t m = 0; m < sizeof means / sizeof *means; m++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
            for (size_t p = 0; p < sizeof periods / sizeof *periods; p++) {
                struct alarms alarms = {0};
                for (size_t i = 0; i < series; i++) {
                    for (size_t t = 0; t < periods[p]; t++)
                        count[t] = steady_count(steady, means[m], sizes[s]);
                    judge(count, periods[p], arena, &alarms);
                }
                printf("%4.0f %4.0f %7zu", means[m], sizes[s], periods[p]);
                failed |= report(&alarms, series);
            }
    return failed;
}

/* Without a trend, but with weeks that resemble the week before: reported, not judged,
 * since no test of a trend keeps its level there. */
static void simulate_wandering(struct steady *steady, size_t series,
                               struct arena *arena)
{
    double count[PERIODS_AT_MOST];
    printf(
        "wandering rate, mean 10, spread 0.4\n  r periods   exact   outside  rose or "
        "fell  rising or falling (%%)\n");
    for (double r = 0.3; r < 0.8; r += 0.2)
        for (size_t n = 27; n <= 53; n += 26) {
            struct alarms alarms = {0};
            for (size_t i = 0; i < series; i++) {
                steady_wander(steady, 10, 0.4, r, n, count);
                judge(count, n, arena, &alarms);
            }
            printf("%.1f %7zu   ", r, n);
            report(&alarms, series);
        }
}

static size_t draw_deaths(struct steady *steady, double incidents, double *killed)
{
    size_t n = (size_t)steady_poisson(steady, incidents);
    for (size_t i = 0; i < n; i++)
        killed[i] = steady_deaths(steady);
    return n;
}

static int simulate_deaths(struct steady *steady, size_t series, struct arena *arena)
{
    static const double incidents[] = {15, 25, 40, 100};
    double killed1[300], killed0[300];
    int failed = 0;
    printf("deaths, incidents a period: tested, rose or fell, decided by one (%%)\n");
    for (size_t m = 0; m < sizeof incidents / sizeof *incidents; m++) {
        double tested = 0, changed = 0, by_one = 0;
        for (size_t i = 0; i < series; i++) {
            struct deaths_question question = {
                .pair = {.killed1 = killed1, .killed0 = killed0, .t1 = 7, .t0 = 7}};
            struct deaths_verdict out;
            question.pair.n1 = draw_deaths(steady, incidents[m], killed1);
            question.pair.n0 = draw_deaths(steady, incidents[m], killed0);
            verdict_of_deaths(&question, arena, &out);
            tested += out.unknown_because == NULL;
            changed += out.direction >= DIRECTION_ROSE;
            by_one += out.situation == SITUATION_DEATHS_BY_ONE;
            arena_reset(arena);
        }
        double n = (double)series;
        printf("%4.0f %6.1f %6.1f %6.1f\n", incidents[m], 100 * tested / n,
               100 * changed / n, 100 * by_one / n);
        failed |= is_too_often(changed / n, series);
    }
    return failed;
}

/* A scan of all districts, levels from silent to busy: how often it flags any. */
static int simulate_districts(struct steady *steady, size_t scans, struct arena *arena)
{
    enum { DISTRICTS = 136, WEEKS = 13 };
    static const double sizes[] = {INFINITY, 5, 2};
    static double count[DISTRICTS * WEEKS];
    int failed = 0;
    printf("scans of %d districts at 10 %%: size, any flagged (%%), flags a scan\n",
           DISTRICTS);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        double any = 0, flags = 0, n = (double)scans;
        for (size_t i = 0; i < scans; i++) {
            for (size_t j = 0; j < DISTRICTS * WEEKS; j++) {
                double level = 6 * pow(0.97, (double)(j / WEEKS)) - 0.5;
                count[j] = steady_count(steady, level, sizes[s]);
            }
            struct districts_verdict out;
            struct districts_question question = {
                .count = count, .districts = DISTRICTS, .size = WEEKS};
            verdict_of_districts(&question, arena, &out);
            any += out.flagged_count > 0;
            flags += (double)out.flagged_count;
            arena_reset(arena);
        }
        printf("%4.0f %6.1f %6.2f\n", sizes[s], 100 * any / n, flags / n);
        failed |= any / n > 0.1 + 2 * sqrt(0.09 / n);
    }
    return failed;
}

int main(int argc, char **argv)
{
    size_t series = argc > 1 ? strtoul(argv[1], NULL, 10) : 4000;
    if (series == 0) {
        fprintf(stderr, "usage: false_alarms [SERIES]\n");
        return 2;
    }
    struct steady steady = {.state = 20261121};
    struct arena *arena = arena_new();
    int failed = simulate_counts(&steady, series, arena);
    simulate_wandering(&steady, series, arena);
    failed |= simulate_deaths(&steady, series, arena);
    failed |= simulate_districts(&steady, series / 10 + 1, arena);
    arena_free(arena);
    return failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The statistics of a brief over 136 districts and 260 weeks: a verdict on the change
 * and one on the trend of every district, the scan over all of them, the change points
 * and the national series' own. Median processor time of RUNS runs; exits with 1 above
 * 30 ms. usage: statistics [RUNS] */
#include "steady.h"

#include "stats/changepoint.h"
#include "stats/concentration.h"
#include "stats/kendall.h"
#include "stats/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DISTRICTS = 136, WEEKS = 260, RUNS_AT_MOST = 1000 };

struct work {
    double count[DISTRICTS * WEEKS], nation[WEEKS], latest[DISTRICTS];
    size_t changed, trends; /* so that nothing is left out as unused */
};

enum phase { CHANGES, TRENDS, SCAN, NATION, PHASES };
static const char *const phase_name[PHASES] = {"verdicts on change", "trends",
                                               "district scan", "national series"};

/* A few busy districts, many quiet ones, clumped. */
static void fill(struct work *work)
{
    struct steady steady = {20260};
    for (size_t d = 0; d < DISTRICTS; d++) {
        double mean = 6.0 / (double)(1 + d / 4);
        for (size_t t = 0; t < WEEKS; t++) {
            double count = steady_count(&steady, mean, 3);
            work->count[d * WEEKS + t] = count;
            work->nation[t] += count;
        }
        work->latest[d] = work->count[d * WEEKS + WEEKS - 1];
    }
}

static struct verdict_question question_of(const double *count)
{
    return (struct verdict_question){.count = count, .size = WEEKS};
}

static void judge_changes(struct work *work, struct arena *arena)
{
    for (size_t d = 0; d < DISTRICTS; d++) {
        struct verdict_question question = question_of(work->count + d * WEEKS);
        struct verdict verdict;
        verdict_of_change(&question, arena, &verdict);
        work->changed += verdict.direction >= DIRECTION_ROSE;
    }
}

static void judge_trends(struct work *work, struct arena *arena)
{
    for (size_t d = 0; d < DISTRICTS; d++) {
        struct verdict_question question = question_of(work->count + d * WEEKS);
        struct trend_verdict verdict;
        verdict_of_trend(&question, arena, &verdict);
        work->trends += verdict.direction >= DIRECTION_ROSE;
    }
}

static void scan_districts(struct work *work, struct arena *arena)
{
    struct districts_question question = {
        .count = work->count, .districts = DISTRICTS, .size = WEEKS};
    struct districts_verdict verdict;
    struct concentration concentration;
    verdict_of_districts(&question, arena, &verdict);
    stat_concentration(work->latest, DISTRICTS, arena, &concentration);
    work->changed += verdict.flagged_count + concentration.units_for_half;
}

static void judge_nation(struct work *work, struct arena *arena)
{
    struct verdict_question question = question_of(work->nation);
    struct verdict verdict;
    struct trend_verdict trend;
    struct changepoints changes;
    verdict_of_change(&question, arena, &verdict);
    verdict_of_trend(&question, arena, &trend);
    double phi = changepoint_phi(work->nation, WEEKS);
    stat_changepoint(work->nation, WEEKS, changepoint_penalty(WEEKS, phi), 4, arena,
                     &changes);
    work->trends += trend.direction >= DIRECTION_ROSE;
    work->changed += (verdict.direction >= DIRECTION_ROSE) + changes.count;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(double *time, size_t runs)
{
    qsort(time, runs, sizeof *time, compare_numbers);
    return (time[(runs - 1) / 2] + time[runs / 2]) / 2;
}

int main(int argc, char **argv)
{
    static void (*const run_phase[PHASES])(struct work *, struct arena *) = {
        judge_changes, judge_trends, scan_districts, judge_nation};
    static double time[PHASES + 1][RUNS_AT_MOST];
    static struct work work;
    long given = argc > 1 ? strtol(argv[1], NULL, 10) : 21;
    size_t runs = given < 1 ? 1 : given > RUNS_AT_MOST ? RUNS_AT_MOST : (size_t)given;
    struct arena *arena = arena_new();
    fill(&work);
    for (size_t run = 0; run < runs; run++) {
        double began = milliseconds(), from = began;
        for (int i = 0; i < PHASES; i++) {
            run_phase[i](&work, arena);
            double now = milliseconds();
            time[i][run] = now - from;
            from = now;
        }
        time[PHASES][run] = from - began;
        arena_reset(arena);
    }
    arena_free(arena);
    printf("statistics of %d districts x %d weeks, median of %zu runs\n", DISTRICTS,
           WEEKS, runs);
    for (int i = 0; i < PHASES; i++)
        printf("  %-20s %6.2f ms\n", phase_name[i], median_of(time[i], runs));
    double all = median_of(time[PHASES], runs);
    printf("  %-20s %6.2f ms  %s 30 ms (%zu changed, %zu trends)\n", "all", all,
           all <= 30 ? "within" : "OVER", work.changed / runs, work.trends / runs);
    return all > 30;
}

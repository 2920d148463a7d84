/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Benjamini–Hochberg, and the rate change in every district under it. */
#include "stats/district.h"

#include "stats/check.h"
#include "stats/rate.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    double p;
    size_t at;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

const char *stat_bh(const double *p, size_t n, struct arena *scratch, double *p_adj)
{
    struct ranked *ranked = ARENA_ARRAY(scratch, struct ranked, n + 1);
    size_t known = 0;
    const char *refused = NULL;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < 0 || p[i] > 1)
            refused = "a p-value is not between 0 and 1";
        if (!isnan(p[i]))
            ranked[known++] = (struct ranked){p[i], i};
    }
    for (size_t i = 0; i < n; i++)
        p_adj[i] = NAN;
    if (refused)
        return refused;
    qsort(ranked, known, sizeof *ranked, compare_ranked);
    double lowest = 1;
    for (size_t rank = known; rank > 0; rank--) {
        const struct ranked *one = &ranked[rank - 1];
        lowest = fmin(lowest, (double)known / (double)rank * one->p);
        p_adj[one->at] = lowest;
    }
    return NULL;
}

void stat_district_scan(const struct district_question *question, struct arena *arena,
                        struct district_scan *out)
{
    *out = (struct district_scan){0};
    size_t n = question->n;
    double *p = ARENA_ARRAY(arena, double, n + 1);
    double *p_adj = ARENA_ARRAY(arena, double, n + 1);
    size_t *flagged = ARENA_ARRAY(arena, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct rate_change change;
        double phi = question->phi;
        if (question->own_phi && question->own_phi[i] > phi)
            phi = question->own_phi[i];
        stat_rate_change_phi(&(struct rate_pair){question->x1[i], question->t1,
                                                 question->x0[i], question->t0},
                             phi, 0.95, &change);
        p[i] = change.p;
        if (isnan(change.p))
            out->unknown_because = change.unknown_because;
    }
    if (!out->unknown_because)
        out->unknown_because = check_level(question->fdr);
    stat_bh(p, n, arena, p_adj);
    for (size_t i = 0; i < n && !out->unknown_because; i++)
        if (p_adj[i] <= question->fdr)
            flagged[out->flagged_count++] = i;
    out->p = p;
    out->p_adj = p_adj;
    out->flagged = flagged;
}

double district_pooled_phi(const double *count, size_t districts, size_t periods)
{
    double x2 = 0, df = 0;
    if (periods < 2 || check_counts(count, districts * periods))
        return NAN;
    for (size_t i = 0; i < districts; i++) {
        double mean = mean_of(count + i * periods, periods);
        if (mean == 0)
            continue;
        x2 += squares_about(count + i * periods, periods, mean) / mean;
        df += (double)periods - 1;
    }
    return df > 0 ? fmax(1, x2 / df) : NAN;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Optimal partition under Poisson cost. */
#include "stats/changepoint.h"

#include "stats/check.h"

#include <math.h>

static double segment_cost(double sum, size_t length)
{
    return sum > 0 ? -2 * sum * log(sum / (double)length) : 0;
}

/* best[e] is the least penalized cost of the first e values, start[e] where its last
 * segment begins. */
struct partition {
    double *best;
    size_t *start;
};

static void find_start(const double *before, size_t end, size_t min_seg, double penalty,
                       struct partition *partition)
{
    double best = segment_cost(before[end], end);
    size_t start = 0;
    for (size_t s = min_seg; end >= min_seg && s <= end - min_seg; s++) {
        double cost = partition->best[s] + penalty +
                      segment_cost(before[end] - before[s], end - s);
        if (cost < best) {
            best = cost;
            start = s;
        }
    }
    partition->best[end] = best;
    partition->start[end] = start;
}

static void trace_back(const double *before, size_t n,
                       const struct partition *partition, struct arena *arena,
                       struct changepoints *out)
{
    for (size_t end = n; partition->start[end] > 0; end = partition->start[end])
        out->count++;
    size_t *first = ARENA_ARRAY(arena, size_t, out->count + 1);
    double *mean = ARENA_ARRAY(arena, double, out->count + 1);
    size_t end = n;
    for (size_t segment = out->count + 1; segment-- > 0;) {
        size_t start = partition->start[end];
        double sum = before[end] - before[start];
        if (segment > 0)
            first[segment - 1] = start;
        mean[segment] = sum / (double)(end - start);
        out->cost += segment_cost(sum, end - start);
        end = start;
    }
    out->first = first;
    out->mean = mean;
}

void stat_changepoint(const double *x, size_t n, double penalty, size_t min_seg,
                      struct arena *arena, struct changepoints *out)
{
    *out = (struct changepoints){0};
    out->unknown_because =
        CHECK_FIRST(check_counts(x, n), n ? NULL : "no periods",
                    n > CHANGEPOINT_PERIODS_AT_MOST ? "more than 10,000 periods" : NULL,
                    penalty >= 0 ? NULL : "the penalty is below 0");
    if (out->unknown_because)
        return;
    if (min_seg == 0)
        min_seg = 1;
    double *before = ARENA_ARRAY(arena, double, n + 1); /* sums of the first i values */
    struct partition partition = {ARENA_ARRAY(arena, double, n + 1),
                                  ARENA_ARRAY(arena, size_t, n + 1)};
    for (size_t i = 0; i < n; i++)
        before[i + 1] = before[i] + x[i];
    for (size_t end = 1; end <= n; end++)
        find_start(before, end, min_seg, penalty, &partition);
    trace_back(before, n, &partition, arena, out);
}

double changepoint_penalty(size_t n, double phi)
{
    return 3 * fmax(1, phi) * log((double)(n ? n : 1));
}

double changepoint_phi(const double *x, size_t n)
{
    double squares = 0, sums = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        squares += (x[i + 1] - x[i]) * (x[i + 1] - x[i]);
        sums += x[i + 1] + x[i];
    }
    return sums > 0 ? fmax(1, squares / sums) : 1;
}

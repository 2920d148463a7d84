/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quantiles and natural breaks over sorted values; then round numbers. */
#include "map/breaks.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_NATURAL = 400 };

double round_between(double low, double high)
{
    static const double part[] = {5, 2, 1};
    for (int power = 15; power >= -15; power--) {
        for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
            /* a division keeps 0.1 what it is written as */
            double whole = part[i] * pow(10, abs(power));
            double step = power < 0 ? part[i] : whole;
            double unit = power < 0 ? pow(10, -power) : 1;
            double rounded = floor(high * unit / step + 1e-9) * step / unit;
            if (rounded > low && rounded <= high)
                return rounded;
        }
    }
    return high;
}

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static size_t sort_known(const double *value, size_t count, double *out)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(value[i]))
            out[known++] = value[i];
    }
    qsort(out, known, sizeof *out, compare_numbers);
    return known;
}

static void add_break(struct breaks *breaks, const double *sorted, size_t at)
{
    if (breaks->count == THEME_SEQUENTIAL || sorted[at - 1] == sorted[at])
        return;
    double limit = round_between(sorted[at - 1], sorted[at]);
    if (limit > breaks->limit[breaks->count - 1])
        breaks->limit[breaks->count++] = limit;
}

/* -- Quantiles -------------------------------------------------------------------------- */

/* The cut between different values that is nearest to the wanted one. */
static size_t nearest_cut(const double *sorted, size_t count, size_t wanted)
{
    for (size_t away = 0; away < count; away++) {
        size_t up = wanted + away;
        if (up < count && up > 0 && sorted[up - 1] != sorted[up])
            return up;
        if (away < wanted && sorted[wanted - away - 1] != sorted[wanted - away])
            return wanted - away;
    }
    return 0;
}

/* A quantile may move by an eighth of a class for a rounder number. */
static void cut_quantiles(struct breaks *breaks, const double *sorted, size_t count,
                          size_t want)
{
    size_t slack = count / want / 8, last = 0;
    for (size_t i = 1; i < want; i++) {
        size_t at = nearest_cut(sorted, count, count * i / want);
        if (at <= last)
            continue;
        size_t low = at > last + slack + 1 ? at - slack : last + 1;
        size_t high = at + slack < count ? at + slack : count - 1;
        if (sorted[low - 1] == sorted[high])
            low = high = at;
        double limit = round_between(sorted[low - 1], sorted[high]);
        if (limit > breaks->limit[breaks->count - 1])
            breaks->limit[breaks->count++] = limit;
        last = at;
    }
}

/* -- Natural breaks ------------------------------------------------------------------------ */

struct partition {
    const double *value; /* sorted */
    size_t count;
    double *sum, *square; /* running, count + 1 each */
    double *cost;         /* of the best partition of the first i values */
    uint16_t *start;      /* of its last class: [class][i] */
};

static double spread(const struct partition *p, size_t from, size_t to)
{
    double sum = p->sum[to] - p->sum[from], size = (double)(to - from);
    return p->square[to] - p->square[from] - sum * sum / size;
}

static void fill_partition(struct partition *p, size_t classes, struct arena *scratch)
{
    double *next = ARENA_ARRAY(scratch, double, p->count + 1);
    for (size_t i = 1; i <= p->count; i++)
        p->cost[i] = spread(p, 0, i);
    for (size_t k = 1; k < classes; k++) {
        for (size_t i = k + 1; i <= p->count; i++) {
            next[i] = INFINITY;
            for (size_t from = k; from < i; from++) {
                double cost = p->cost[from] + spread(p, from, i);
                if (cost < next[i]) {
                    next[i] = cost;
                    p->start[k * (p->count + 1) + i] = (uint16_t)from;
                }
            }
        }
        for (size_t i = k + 1; i <= p->count; i++)
            p->cost[i] = next[i];
    }
}

static void cut_naturally(struct breaks *breaks, const double *sorted, size_t count,
                          size_t want, struct arena *scratch)
{
    struct partition p = {.value = sorted, .count = count};
    p.sum = ARENA_ARRAY(scratch, double, count + 1);
    p.square = ARENA_ARRAY(scratch, double, count + 1);
    p.cost = ARENA_ARRAY(scratch, double, count + 1);
    p.start = ARENA_ARRAY(scratch, uint16_t, want * (count + 1));
    double middle = sorted[count / 2]; /* keeps the squares small */
    for (size_t i = 0; i < count; i++) {
        double value = sorted[i] - middle;
        p.sum[i + 1] = p.sum[i] + value;
        p.square[i + 1] = p.square[i] + value * value;
    }
    fill_partition(&p, want, scratch);
    size_t cut[THEME_SEQUENTIAL] = {0}, end = count;
    for (size_t k = want; k-- > 1;)
        cut[k] = end = p.start[k * (count + 1) + end];
    for (size_t k = 1; k < want; k++)
        add_break(breaks, sorted, cut[k]);
}

static size_t count_distinct(const double *sorted, size_t count)
{
    size_t distinct = count > 0;
    for (size_t i = 1; i < count; i++)
        distinct += sorted[i] != sorted[i - 1];
    return distinct;
}

struct breaks breaks_of(enum break_rule rule, size_t want, const double *value,
                        size_t count, struct arena *scratch)
{
    struct breaks breaks = {.count = 0};
    double *sorted = ARENA_ARRAY(scratch, double, count + 1);
    size_t known = sort_known(value, count, sorted);
    size_t distinct = count_distinct(sorted, known);
    if (!known)
        return breaks;
    breaks.limit[breaks.count++] = -INFINITY;
    want = want > THEME_SEQUENTIAL ? THEME_SEQUENTIAL : want;
    want = want > distinct ? distinct : want;
    if (want < 2)
        return breaks;
    if (rule == BREAKS_QUANTILE) {
        cut_quantiles(&breaks, sorted, known, want);
        return breaks;
    }
    if (known > MOST_NATURAL) {
        for (size_t i = 0; i < MOST_NATURAL; i++)
            sorted[i] = sorted[i * (known - 1) / (MOST_NATURAL - 1)];
        known = MOST_NATURAL;
        distinct = count_distinct(sorted, known);
        want = want > distinct ? distinct : want;
    }
    cut_naturally(&breaks, sorted, known, want, scratch);
    return breaks;
}

struct breaks breaks_given(const double *limit, size_t limits)
{
    struct breaks breaks = {.count = 1, .limit = {-INFINITY}};
    for (size_t i = 0; i < limits && breaks.count < THEME_SEQUENTIAL; i++)
        breaks.limit[breaks.count++] = limit[i];
    return breaks;
}

size_t breaks_class(const struct breaks *breaks, double value)
{
    size_t class = 0;
    while (class + 1 < breaks->count && value >= breaks->limit[class + 1])
        class ++;
    return class;
}

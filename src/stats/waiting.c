/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kaplan–Meier's median with its limits. */
#include "stats/waiting.h"

#include "stats/check.h"
#include "stats/distributions.h"

#include <math.h>
#include <stdlib.h>

struct one_case {
    double days;
    bool done;
};

static int compare_cases(const void *a, const void *b)
{
    const struct one_case *left = a, *right = b;
    return (left->days > right->days) - (left->days < right->days);
}

static const char *gather(const struct waiting_question *question,
                          struct one_case *sorted, double *done, struct waiting *out)
{
    out->longest_pending = NAN;
    for (size_t i = 0; i < question->n; i++) {
        double days = question->days[i];
        if (!(days >= 0) || isinf(days))
            return "a length of time below 0 or unknown";
        sorted[i] = (struct one_case){days, question->done[i]};
        if (question->done[i])
            done[out->done++] = days;
        else
            out->longest_pending = fmax(out->longest_pending, days);
    }
    out->pending = question->n - out->done;
    qsort(sorted, question->n, sizeof *sorted, compare_cases);
    out->median_done = median_in_place(done, out->done);
    return question->n ? NULL : "no cases";
}

/* The limits of the share still waiting; at 0, where all are done, it has none. */
static void limits_of(double waiting, double greenwood, double z, double *low,
                      double *high)
{
    *low = waiting;
    *high = waiting > 0 ? waiting : NAN;
    if (!(waiting > 0) || waiting >= 1)
        return;
    double spread = z * sqrt(greenwood) / fabs(log(waiting));
    *low = pow(waiting, exp(spread));
    *high = pow(waiting, exp(-spread));
}

/* A product of fractions is one half only to rounding. */
static bool is_half(double share)
{
    return share <= 0.5 + 1e-12;
}

static void walk(const struct one_case *sorted, size_t n, double z, struct waiting *out)
{
    double waiting = 1, greenwood = 0;
    for (size_t i = 0; i < n;) {
        double days = sorted[i].days, at_risk = (double)(n - i), done = 0;
        for (; i < n && sorted[i].days == days; i++)
            done += sorted[i].done;
        if (done == 0)
            continue;
        double low, high;
        waiting *= 1 - done / at_risk;
        if (done < at_risk)
            greenwood += done / (at_risk * (at_risk - done));
        limits_of(waiting, greenwood, z, &low, &high);
        if (isnan(out->low) && is_half(low))
            out->low = days;
        if (isnan(out->median) && is_half(waiting))
            out->median = days;
        if (isnan(out->high) && is_half(high))
            out->high = days;
    }
}

void stat_waiting(const struct waiting_question *question, struct arena *scratch,
                  struct waiting *out)
{
    *out = (struct waiting){0, 0, NAN, NAN, NAN, NAN, NAN, NULL};
    struct one_case *sorted = ARENA_ARRAY(scratch, struct one_case, question->n);
    double *done = ARENA_ARRAY(scratch, double, question->n);
    out->unknown_because = CHECK_FIRST(check_level(question->conf));
    if (!out->unknown_because)
        out->unknown_because = gather(question, sorted, done, out);
    if (out->unknown_because)
        return;
    walk(sorted, question->n, dist_normal_two_sided(question->conf), out);
    if (isnan(out->median))
        out->unknown_because = "fewer than half are done";
}

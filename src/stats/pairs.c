/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The distribution of shared occasions under chance, stratum by stratum. */
#include "stats/pairs.h"

#include "stats/check.h"
#include "stats/distributions.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOST_SHARED = 10000 };

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static const char *check_strata(const struct pair_question *question, size_t *most)
{
    *most = 0;
    for (size_t i = 0; i < question->strata; i++) {
        const struct pair_stratum *stratum = &question->stratum[i];
        if (stratum->a > stratum->size || stratum->b > stratum->size)
            return "more occasions than there are in a stratum";
        *most += smaller(stratum->a, stratum->b);
        if (*most > MOST_SHARED)
            return "more than 10,000 occasions could be shared";
    }
    if (!question->strata)
        return "no occasions";
    return question->observed > (double)*most ? "more are shared than can be" : NULL;
}

/* next[k] = the probability of k shared after one more stratum. */
static void convolve(const struct pair_stratum *stratum, const double *probability,
                     size_t reach, double *next)
{
    uint32_t most = smaller(stratum->a, stratum->b);
    memset(next, 0, (reach + most + 1) * sizeof *next);
    for (uint32_t shared = 0; shared <= most; shared++) {
        double here = dist_hyper_density(shared, stratum->a, stratum->size - stratum->a,
                                         stratum->b);
        if (!(here > 0))
            continue;
        for (size_t i = 0; i <= reach; i++)
            next[i + shared] += probability[i] * here;
    }
}

static void read_range(const double *probability, size_t most, double conf,
                       struct pair_chance *out)
{
    double alpha = (1 - conf) / 2, below = 0, above = 0;
    size_t low = 0, high = most;
    /* The widest tails that hold at most alpha each. */
    while (low < most && below + probability[low] <= alpha)
        below += probability[low++];
    while (high > low && above + probability[high] <= alpha)
        above += probability[high--];
    out->low = (double)low;
    out->high = (double)high;
}

void stat_pair_chance(const struct pair_question *question, struct arena *scratch,
                      struct pair_chance *out)
{
    size_t most, reach = 0;
    *out = (struct pair_chance){NAN, NAN, NAN, NAN, NAN, NULL};
    out->unknown_because =
        CHECK_FIRST(check_strata(question, &most), check_count(question->observed),
                    check_level(question->conf));
    if (out->unknown_because)
        return;
    double *probability = ARENA_ARRAY(scratch, double, most + 1);
    double *next = ARENA_ARRAY(scratch, double, most + 1);
    probability[0] = 1;
    out->expected = 0;
    for (size_t i = 0; i < question->strata; i++) {
        const struct pair_stratum *stratum = &question->stratum[i];
        if (!stratum->a || !stratum->b)
            continue;
        out->expected += (double)stratum->a * stratum->b / stratum->size;
        convolve(stratum, probability, reach, next);
        reach += smaller(stratum->a, stratum->b);
        double *swap = probability;
        probability = next;
        next = swap;
    }
    size_t observed = (size_t)question->observed;
    out->p_at_least = sum_of(probability + observed, most + 1 - observed);
    out->p_at_most = sum_of(probability, observed + 1);
    out->p_at_least = fmin(out->p_at_least, 1);
    out->p_at_most = fmin(out->p_at_most, 1);
    read_range(probability, most, question->conf, out);
}

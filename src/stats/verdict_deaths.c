/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verdict on deaths: compound sums, the largest incident always beside them. */
#include "stats/verdict.h"

#include "stats/check.h"

#include <math.h>

static size_t lethal_of(const double *killed, size_t n)
{
    size_t lethal = 0;
    for (size_t i = 0; i < n; i++)
        lethal += killed[i] > 0;
    return lethal;
}

static size_t largest_of(const double *killed, size_t n)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (killed[i] > killed[at])
            at = i;
    return at;
}

/* A copy of n counts without the one at `at`. */
static const double *copy_without(const double *killed, size_t n, size_t at,
                                  struct arena *scratch)
{
    double *rest = ARENA_ARRAY(scratch, double, n);
    for (size_t i = 0, to = 0; i < n; i++)
        if (i != at)
            rest[to++] = killed[i];
    return rest;
}

static void set_largest_apart(const struct casualty_pair *pair, double conf,
                              struct arena *scratch, struct deaths_verdict *out)
{
    if (pair->n1 > 0) {
        struct casualty_pair without = *pair;
        out->largest_at = largest_of(pair->killed1, pair->n1);
        out->largest = pair->killed1[out->largest_at];
        without.killed1 =
            copy_without(pair->killed1, without.n1--, out->largest_at, scratch);
        stat_casualty_change(&without, conf, &out->change_without);
    }
    if (pair->n0 > 0) {
        struct casualty_pair without = *pair;
        without.killed0 = copy_without(pair->killed0, without.n0--,
                                       largest_of(pair->killed0, pair->n0), scratch);
        stat_casualty_change(&without, conf, &out->change_without_earlier);
    }
    if (out->change.total1 > 0)
        out->largest_share = out->largest / out->change.total1;
    out->must_name_largest = out->largest_share > 0.5;
}

static enum direction direction_of(const struct casualty_change *change, double alpha)
{
    if (!(change->p < alpha))
        return DIRECTION_UNCLEAR;
    return change->diff_per_unit > 0 ? DIRECTION_ROSE : DIRECTION_FELL;
}

static void conclude(struct deaths_verdict *out, double alpha)
{
    static const enum situation of_direction[] = {
        [DIRECTION_UNCLEAR] = SITUATION_DEATHS_UNCLEAR,
        [DIRECTION_ROSE] = SITUATION_DEATHS_ROSE,
        [DIRECTION_FELL] = SITUATION_DEATHS_FELL,
    };
    enum direction with = direction_of(&out->change, alpha);
    bool decides = with != direction_of(&out->change_without, alpha) ||
                   with != direction_of(&out->change_without_earlier, alpha);
    out->direction = decides ? DIRECTION_UNCLEAR : with;
    out->situation = decides ? SITUATION_DEATHS_BY_ONE : of_direction[with];
    out->may_print_percent = out->change.total1 >= VERDICT_PERCENT_LEAST &&
                             out->change.total0 >= VERDICT_PERCENT_LEAST;
}

static void leave_untested(struct deaths_verdict *out, enum situation situation,
                           const char *reason)
{
    out->situation = situation;
    out->unknown_because = reason;
}

void verdict_of_deaths(const struct deaths_question *question, struct arena *scratch,
                       struct deaths_verdict *out)
{
    double conf = question->conf == 0 ? 0.95 : question->conf;
    const struct casualty_pair *pair = &question->pair;
    *out = (struct deaths_verdict){.largest = NAN, .largest_share = NAN};
    stat_casualty_change(pair, conf, &out->change);
    out->change_without = out->change_without_earlier = out->change;
    if (isnan(out->change.p)) {
        leave_untested(out, SITUATION_UNKNOWN, out->change.unknown_because);
        return;
    }
    out->lethal1 = lethal_of(pair->killed1, pair->n1);
    out->lethal0 = lethal_of(pair->killed0, pair->n0);
    set_largest_apart(pair, conf, scratch, out);
    if (question->provisional)
        leave_untested(out, SITUATION_PROVISIONAL, "the period isn't complete");
    else if (out->lethal1 + out->lethal0 == 0)
        leave_untested(out, SITUATION_NO_DEATHS, "no deaths in either period");
    else if (out->lethal1 < VERDICT_LETHAL_LEAST || out->lethal0 < VERDICT_LETHAL_LEAST)
        leave_untested(out, SITUATION_DEATHS_DESCRIBED,
                       "fewer than 10 lethal incidents in a period");
    else
        conclude(out, 1 - conf);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two things in the same place at the same time: how often, and how often chance alone
 * would have it. */
#ifndef SITREP_STATS_PAIRS_H
#define SITREP_STATS_PAIRS_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Strata are places within seasons: in each, `size` occasions (weeks), of which `a` saw
 * the one and `b` the other. */
struct pair_stratum {
    uint32_t size, a, b;
};

struct pair_question {
    const struct pair_stratum *stratum;
    size_t strata;
    double observed; /* occasions that saw both, over all strata */
    double conf;     /* of the range that chance gives, 0.95 */
};

struct pair_chance {
    double expected;
    double low, high; /* what chance gives in conf of all cases */
    double p_at_least, p_at_most;
    const char *unknown_because;
};

/* The null: within each stratum either keeps the number of its occasions, and which
 * they are is drawn anew. Groups that share a district and a season so meet by chance
 * already; only weeks shared beyond that count. The total is a sum of hypergeometric
 * counts; its distribution is computed whole, without simulation. This is the exact
 * conditional test of no association in stratified 2 × 2 tables.
 *
 *   unknown  more than size in a stratum; more observed than can be; no strata
 *   cost     the square of the sum of min(a, b) over strata, which must be <= 10,000
 *   source   Zelen (1971), Biometrika 58:129–137; Gart (1970), Biometrika 57:471–475 */
void stat_pair_chance(const struct pair_question *question, struct arena *scratch,
                      struct pair_chance *out);

#endif

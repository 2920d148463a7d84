/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A measure across one or two sides of a chart: the values of a field, the calendar's
 * cycles, or periods. What a side folds into "others" is recomputed from its rows
 * wherever adding up the groups would say something false. */
#ifndef SITREP_BLOCK_CHART_CROSS_H
#define SITREP_BLOCK_CHART_CROSS_H

#include "block/chart_groups.h"

/* One way across; without a column and without periods it has a single place. */
struct side {
    const struct column *column; /* of words, or NULL */
    bool is_periods;             /* its places are the cross' periods */
    size_t count;                /* of places, the rest among them */
    const uint32_t *code;        /* of each place: of its group, or a period's index */
    const struct slice *name;    /* of each place; NULL for periods */
    bool has_rest;               /* the last place is all these groups together: */
    const uint32_t *rest;
    size_t rest_count;
    size_t left_out; /* groups of something that have no place and no rest */
};

struct cross {
    const struct chart_arguments *chart;
    const struct block_context *context;
    const struct measure *measure;
    const struct period *period; /* the window, or the periods of a side */
    size_t period_count;
    struct side by, split;
};

/* The first groups as places of their own; with_rest: all others as one more. */
struct side side_of_groups(const struct block_context *context,
                           const struct column *column, const struct group *group,
                           size_t count, size_t shown, bool with_rest);
/* The largest groups of the first measure; those of nothing are left out. */
struct side side_of_parts(const struct chart_arguments *chart,
                          const struct block_context *context,
                          const struct parts *parts);
struct side side_of_periods(size_t count, struct arena *arena);
/* Asks for the groups of both sides; comes before the answer in the rehearsal, too. */
void cross_ask(const struct cross *cross);
/* [split][by]: every place of both sides, the rests among them. */
struct cell *cross_cells(const struct cross *cross);
/* One series for each place of `split`. */
struct chart_series *cross_series(const struct cross *cross, const struct cell *cell);

#endif

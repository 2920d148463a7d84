/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Groups of a field as a chart shows them: ranked, and folded into the parts of a
 * whole. */
#ifndef SITREP_BLOCK_CHART_GROUPS_H
#define SITREP_BLOCK_CHART_GROUPS_H

#include "block/chart_block.h"

struct group {
    uint32_t code;
    double value; /* over the window, all measures: sets the order; NAN unknown */
    double before;
    bool is_zero;               /* of each measure, and known to be */
    uint32_t rows, rows_before; /* behind them */
    bool ever;                  /* above zero here at some time */
    struct slice name;
    struct slice word; /* as in the data: ties are in the same order in all languages */
    const struct cell *cell; /* of the first measure */
};

struct ranking {
    const struct column *column;
    const struct shown *shown;
    size_t shown_count;
    struct period window;
};

/* Groups by the sum of the measures over the window, largest first, ties by name; the
 * rows of no known group come as one group more. Empty in the rehearsal. */
size_t rank_groups(const struct chart_arguments *chart,
                   const struct block_context *context, const struct ranking *ranking,
                   struct group **out);

/* Moves the groups that are kept to the front, in their order; how many. */
size_t keep_groups(struct group *group, size_t count, struct arena *arena,
                   bool (*keeps)(const struct group *group));

/* The parts of `split by`. */
struct parts {
    const struct column *column;
    struct period window; /* over which they are ranked */
    size_t most;          /* at most, the rest among them */
    bool with_rest;
};

#endif

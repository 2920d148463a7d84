/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Groups of a field as a chart shows them: ranked, and folded into the parts of a
 * whole. */
#ifndef SITREP_BLOCK_CHART_GROUPS_H
#define SITREP_BLOCK_CHART_GROUPS_H

#include "block/chart_block.h"

struct group {
    uint32_t code;
    double value; /* over the window, all measures: sets the order */
    double before;
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

double or_zero(double value);

/* Groups by the sum of the measures over the window, largest first, ties by name; the
 * rows of no known group come as one group more. Empty in the rehearsal. */
size_t rank_groups(const struct chart_arguments *chart,
                   const struct block_context *context, const struct ranking *ranking,
                   struct group **out);

/* The largest groups as series and the rest as one more. */
struct parts {
    const struct group *group;
    size_t group_count;
    size_t most; /* series at most, the rest among them */
    bool with_rest;
    enum chart_tone tone;
    size_t position_count;
    const struct cell *(*cell)(const void *cells, uint32_t code, size_t position);
    const void *cells;
};
size_t fold_parts(const struct block_context *context, const struct parts *parts,
                  struct chart_series **out);

#endif

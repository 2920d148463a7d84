/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside of a plan: what series.c collects, scan.c walks and tally.c adds up.
 *
 * Questions that look at the same rows in the same cells share a lane. A batch of
 * rows becomes, per lane, a list of entries (row, cell); each question of the lane
 * then runs one tight loop over the entries. Most questions are of few weeks: rows
 * that lie in no question's periods are left out of the batch, and what a batch holds
 * of each set of periods is found once for all lanes that count in them. */
#ifndef SITREP_DATA_PLAN_H
#define SITREP_DATA_PLAN_H

#include "data/series.h"
#include "data/shelf.h"

enum { BATCH = 2048 };
#define NO_CELL UINT32_MAX

/* The rows of a batch that lie in some bin, by their index in it, and their bins. */
struct window {
    size_t count;
    uint16_t at[BATCH];
    uint32_t bin[BATCH];
};

/* Bins and the table from days to them, shared by questions with equal bins. */
struct binning {
    const struct period *bin;
    size_t bin_count;
    int32_t first_day;
    uint32_t day_count;
    const uint32_t *bin_of_day; /* NO_CELL between bins */
    struct window *window;      /* while the scan runs */
};

/* How rows fall into cells, shared by questions with equal bins and groups. */
struct grid {
    const struct column *by[ASK_GROUPS];
    size_t groups[ASK_GROUPS], bin_count, cell_count;
    const struct binning *binning; /* NULL = one bin */
    bool has_list;
    const struct window *window; /* of its binning, or of all rows */
    uint32_t *cell; /* of each row in the window; with lists only its bin */
};

struct selection {
    const struct condition *condition;
    bool is_evaluated; /* for this batch */
    uint8_t *mask;     /* of the batch */
};

struct lane {
    const struct grid *grid;
    struct selection *selection[2]; /* the measure's and the asker's, or NULL */
    uint32_t *rows;                 /* a cell */
    struct question *first, *last;
};

/* Values gathered for medians and large sets, in blocks that never move. */
struct samples {
    struct sample_block *first, *last;
    size_t count;
};

struct question {
    struct answer answer; /* first: callers hold its address */
    struct question *next_in_lane;
    struct lane *lane; /* NULL: composite */
    struct question *part[2];
    const struct column *column, *weight;
    const struct column *low_column, *high_column;
    bool has_unknown; /* some row of the table has no field or weight */
    double *value, *low, *high;
    double *known_weight; /* of means of weighted rows */
    uint32_t *unknown, *at_least;
    uint64_t *seen;     /* a bit per word and cell */
    size_t seen_stride; /* words of 64 bits a cell */
    struct samples samples;
    struct arena *scratch; /* lives as long as the scan */
};

struct plan {
    struct table *table;
    struct arena *arena;
    struct question **question;
    size_t question_count, question_capacity, filled_count;
    struct binning **binning;
    size_t binning_count, binning_capacity;
    /* of questions not yet answered */
    struct lane **lane;
    size_t lane_count, lane_capacity;
    struct grid **grid;
    size_t grid_count, grid_capacity;
    struct selection **selection;
    size_t selection_count, selection_capacity;
    struct shelf known_questions, known_lanes, known_selections;
    size_t cells;
};

/* Entries: rows of the table and the cells they count in. */
struct entries {
    const uint32_t *row, *cell;
    size_t count;
};

void tally_begin(struct question *question, struct arena *arena, struct arena *scratch);
void tally_add(struct question *question, struct entries entries);
void tally_finish(struct question *question);
/* True when the question's values are gathered and sorted, 28 bytes each. */
bool tally_gathers(const struct measure *measure, size_t cell_count);
/* Words of 64 bits that tell which words of the column a cell has seen. */
size_t tally_seen_words(const struct measure *measure, size_t cell_count);

#endif

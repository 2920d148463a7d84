/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan collects every question that a brief has for a table and answers all of
 * them in one scan.
 * Life: plan_new … plan_ask (any number) … plan_fill (once) … answers are read as
 * long as the arena lives. */
#ifndef SITREP_DATA_SERIES_H
#define SITREP_DATA_SERIES_H

#include "data/measure.h"
#include "data/period.h"

enum { ASK_GROUPS = 2 };

struct ask {
    const struct measure *measure; /* bound; composites are asked part by part */
    const struct condition *where; /* bound; on top of the measure's own; or NULL */
    const struct column *by[ASK_GROUPS]; /* category columns, NULL = no more */
    const struct period *bin;            /* ascending, not overlapping */
    size_t bin_count;
};

/* Values by [group of by[0]][group of by[1]][bin]; a group's index is its category
 * code (so 0 = unknown place), without `by` there is one group. */
struct answer {
    const struct ask *ask;
    size_t groups[ASK_GROUPS]; /* 1 without a by */
    size_t bin_count;
    const double *value;      /* NAN: rows there, but none known */
    const double *low, *high; /* of a triple, else NULL */
    const uint32_t *rows;     /* rows that went in: the trace in figures.json */
    const uint32_t *unknown;  /* rows accepted whose field is blank; may be NULL */
    const uint32_t *at_least; /* rows with "40+"; may be NULL */
};

/* Rows of a table that a brief may see, e.g. those of one district. */
struct rows {
    const uint32_t *row; /* ascending; NULL = all of the table */
    size_t count;
};

struct plan;
struct plan *plan_new(struct table *table, struct arena *arena);
/* The same question asked twice is one answer. The answer is empty until filled. */
const struct answer *plan_ask(struct plan *plan, const struct ask *ask);
/* One scan over rows. cost: rows × (distinct conditions + questions). Answers are
 * the same for any order of asking. */
void plan_fill(struct plan *plan, const struct rows *rows);

static inline size_t answer_index(const struct answer *answer, size_t a, size_t b,
                                  size_t bin)
{
    return (a * answer->groups[1] + b) * answer->bin_count + bin;
}

/* Rows whose category column has each code: one counting sort, for many briefs from
 * one table. start has words.count + 1 offsets into row. A row with several values
 * appears under each. */
struct row_index {
    const size_t *start;
    const uint32_t *row;
};
struct row_index rows_by(const struct table *table, const struct column *column,
                         struct arena *arena);

#endif

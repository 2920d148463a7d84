/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan collects every question that a brief has for a table and answers all of
 * them in one scan.
 * Life: plan_new (rows are read) … plan_ask (any number) … plan_fill … answers are
 * read as long as the arena lives. Asking on after a fill is allowed: the next fill
 * answers what is new. */
#ifndef SITREP_DATA_SERIES_H
#define SITREP_DATA_SERIES_H

#include "data/measure.h"
#include "data/period.h"

enum { ASK_GROUPS = 2 };

struct ask {
    const struct measure *measure; /* bound; composites have their parts asked too */
    const struct condition *where; /* bound; on top of the measure's own; or NULL */
    const struct column *by[ASK_GROUPS]; /* category columns; numbers and days are
                                           grouped by their values; NULL = no more */
    const struct period *bin; /* ascending, not overlapping; NULL = one bin */
    size_t bin_count;         /* of all rows, dated or not */
};

/* Values by [group of by[0]][group of by[1]][bin]; a group's index is its category
 * code (so 0 = unknown place), without `by` there is one group. A row with several
 * values in a `by` column counts in each of its groups. */
struct answer {
    struct ask ask;
    const struct column *by[ASK_GROUPS]; /* whose words name the groups */
    size_t groups[ASK_GROUPS];           /* 1 without a by */
    size_t bin_count;                    /* at least 1 */
    bool is_filled;                      /* before, all arrays below are NULL */
    const double *value;          /* NAN: rows there, but none known; mean, median and
                                   highest also of no rows; a ratio to nothing */
    const double *low, *high;     /* of a triple, else NULL; sums, means and ratios.
                                   A blank bound is the row's value; low <= value */
    const uint32_t *rows;         /* rows that met the conditions: the trace in
                                   figures.json; of a ratio its denominator's */
    const uint32_t *unknown;      /* of these, rows whose field (or weight) is blank;
                                   NULL = none. Of a ratio its numerator's. */
    const uint32_t *at_least;     /* of these, rows with "40+"; NULL = none */
    const struct answer *part[2]; /* numerator and denominator of a ratio or share */
};

/* Rows of a table that a brief may see, e.g. those of one district. */
struct rows {
    const uint32_t *row; /* ascending; NULL = all of the table */
    size_t count;
};

/* Limits of a plan: cells of all its answers together, and rows taken apart into
 * groups by columns with several values. */
enum { PLAN_CELLS = 50 * 1000 * 1000, PLAN_ENTRIES = 1000 * 1000 * 1000 };

struct plan;
struct plan *plan_new(struct table *table, struct arena *arena);
/* The same question asked twice is one answer; answers are the same for any order of
 * asking. The answer is empty until filled. NULL: it can't be answered, and an error
 * was added at the measure's place: M220 more than PLAN_CELLS or PLAN_ENTRIES, M221
 * periods of a table without dates, M222 groups of free text. */
const struct answer *plan_ask(struct plan *plan, const struct ask *ask,
                              struct diags *diags);
/* Whether anything asked for the measure, by itself or as part of another. */
bool plan_asks(const struct plan *plan, const struct measure *measure);
/* One scan over rows (NULL = all) answers what isn't answered yet. Each distinct
 * condition is evaluated once a row; sums are added in the order of rows.
 *   cost    rows × (distinct conditions + questions); medians and large numbers of
 *           different values also sort the rows that went in
 *   memory  at most 36 bytes a cell; 20 bytes a row more for each median while it runs
 *   a row with a blank weight counts as unknown */
void plan_fill(struct plan *plan, const struct rows *rows);

static inline size_t answer_index(const struct answer *answer, size_t a, size_t b,
                                  size_t bin)
{
    return (a * answer->groups[1] + b) * answer->bin_count + bin;
}

/* The column itself when it holds words; numbers and days become a new column with
 * their values in order as words ("1", "2", "2026-11-05"); NULL for free text. Made
 * once: it lives as long as the table, and serves every brief made from it. */
const struct column *groups_of(struct table *table, const struct column *column);

/* The weekdays (1 Monday … 7 Sunday) or months (1 … 12) of the table's dates as groups,
 * of the same life; NULL without dates. */
const struct column *calendar_groups(struct table *table, enum calendar_cycle cycle);

/* Rows whose category column has each code: one counting sort, for many briefs from
 * one table. start has words.count + 1 offsets into row. A row with several values
 * appears under each. */
struct row_index {
    const size_t *start;
    const uint32_t *row;
};
struct row_index rows_by(const struct table *table, const struct column *column,
                         struct arena *arena);

/* The codes of one row: one for a column of single values, 0 when it is unknown. */
struct codes {
    const uint32_t *code;
    size_t count;
};
static inline struct codes column_codes(const struct column *column, uint32_t row)
{
    static const uint32_t unknown[1] = {0};
    const uint32_t *category = &column->as.category[row];
    if (!column->is_list)
        return (struct codes){category, 1};
    uint32_t start = column->set_start[*category],
             end = column->set_start[*category + 1];
    if (start == end)
        return (struct codes){unknown, 1};
    return (struct codes){column->set_code + start, end - start};
}

#endif

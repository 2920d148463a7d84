/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions from the command line: measures of a table by periods and columns, as a
 * table of words and numbers.
 * Life: query_prepare (before the rows are read: columns are wanted) … table_read …
 * query_answer … query_print_… */
#ifndef SITREP_DATA_QUERY_H
#define SITREP_DATA_QUERY_H

#include "base/text.h"
#include "data/measure.h"
#include "data/period.h"

/* As typed; empty = not given. Places of messages are "--show" and so on. */
struct query_measure {
    struct slice name, definition;
};
struct query_text {
    struct slice show;   /* "count, sum of killed": names of measures or definitions */
    struct slice by;     /* "year, province": at most one period unit and two columns. A
                            word that is both means the unit; in quotes the column. */
    struct slice where;  /* a condition on all measures */
    struct slice period; /* as in templates; rows outside are not counted */
    struct slice last;   /* "4 weeks": the last complete ones */
    struct slice sort;   /* "killed, highest first": columns of the answer, each perhaps
                            with highest first, lowest first, ascending, descending.
                            Alone, measures go highest first and groups ascending. */
    struct slice limit;  /* a whole number of rows */
    struct slice as_of;  /* a day: what comes after it isn't counted */
    bool as_series;      /* for statistics: see query_result */
    size_t measure_count;
    const struct query_measure
        *measure;   /* usable in show, each after those before it */
    int week_start; /* 0 Monday … 6 Sunday */
};

struct query;

/* Reads all of it and binds it to the table's columns. Errors of measures, conditions
 * and periods as in their headers; U201 nothing to show, U202 period and last, U203 too
 * many or doubled columns, U204 a sort that names no column, U205 limit, U206 as of, U208
 * series without a period or with an order. */
bool query_prepare(const struct query_text *text, struct table *table,
                   struct arena *arena, struct query **out, struct diags *diags);

struct query_column {
    struct slice header; /* as typed */
    bool is_number;      /* cells are numbers, else words */
    bool is_statistic;   /* of words: no group's, and unknown as a number may be */
    bool is_reason;      /* why statistics are unknown: below the table */
};
struct query_cell {
    struct slice word; /* of groups: a word or a period's label */
    double number;
    bool is_unknown; /* no such word, or a number that isn't known */
    bool at_least;   /* a lower limit: 40+ went in */
};
struct query_result {
    size_t column_count, row_count;
    const struct query_column *column;
    const struct query_cell *cell; /* row by row */
    size_t total_count;            /* of rows before the limit */
    struct slice note; /* on provisional periods, for the caller to say; may be empty */
    /* As series, rows are groups in their order and in each its periods, oldest first,
     * bin_count of them; the period is the last group and the limit is of groups.
     * Those from first_complete to before end_complete are whole and not provisional. */
    size_t bin_count, first_complete, end_complete;
    const struct period *bin;
};
enum { QUERY_ROWS = 2 * 1000 * 1000 };

/* Whether the i-th of what is shown counts incidents. */
bool query_shows_count(const struct query *query, size_t shown);

/* Behind an answer. The rows of a group, named by the words that its row of the answer
 * begins with, which the i-th of what is shown counts or sums and whose date is known;
 * `row` has room for all rows. Returns how many. Where a group is no word (a number),
 * query_groups_are_words is false and there are none to be found.
 *   cost  a test of every row */
size_t query_rows(const struct query *query, const struct query_cell *name,
                  size_t shown, uint32_t *row);
bool query_groups_are_words(const struct query *query);
/* The column that the i-th of what is shown sums, or NULL. */
const struct column *query_summed(const struct query *query, size_t shown);
struct table *query_table(const struct query *query);

/* After the rows are read: one scan. Every period is there for every group that
 * occurs; rows of no known group make the unknown group, which comes last. More than
 * QUERY_ROWS rows without a limit are an error (U207). */
bool query_answer(struct query *query, struct arena *arena, struct query_result *out,
                  struct diags *diags);

/* csv: RFC 4180 with line feeds; an unknown group or number is an empty cell.
 * json: an array of objects, null for what is unknown. Numbers unrounded in both.
 * An infinite number is "Inf".
 * table: aligned for a terminal, numbers rounded to 2 places, small statistics to 4;
 * "(unknown)" groups; reasons below. Statistics wider than 120 columns stand below
 * each other, group by group. */
void query_print_csv(const struct query_result *result, struct text *out);
void query_print_json(const struct query_result *result, struct text *out);
void query_print_table(const struct query_result *result, struct text *out);

#endif

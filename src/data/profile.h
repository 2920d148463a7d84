/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is in a file: for each column of the CSV its kind, range and examples, and what
 * became of the rows. Works for files that no schema knows.
 * Life: table_open … profile_fill … read as long as arena and table live. */
#ifndef SITREP_DATA_PROFILE_H
#define SITREP_DATA_PROFILE_H

#include "data/table.h"

enum { PROFILE_EXAMPLES = 3, PROFILE_DISTINCT = 100000 };

struct profile_column {
    struct slice header;
    struct slice field;    /* the schema's name for it, or empty */
    enum column_type type; /* the schema's, else what at least nine in ten cells are */
    size_t known;          /* cells that are neither blank nor a missing code */
    size_t misfits;        /* known cells that aren't of that type */
    struct slice misfit;   /* the first of them */
    size_t distinct;       /* as typed, ends trimmed */
    bool has_more;         /* more than PROFILE_DISTINCT: counting stopped there */
    size_t example_count;
    struct slice example[PROFILE_EXAMPLES]; /* the first different ones */
    bool has_range;                         /* numbers and days */
    double lowest, highest;
    int32_t first_day, last_day;
    struct slice layout; /* of most dates: "d/M/yyyy"; empty for other types */
    bool order_is_open;  /* nothing tells day from month; no range then */
};

struct profile {
    const struct table *table; /* rows read, used, excluded, skipped; reasons */
    size_t column_count;
    const struct profile_column *column; /* in the order of the CSV */
    size_t date_column; /* the date, or what looks most like it; SIZE_MAX = none */
    const struct diag *trouble; /* why the table can't be used as it is, or NULL */
};

/* Reads the rows twice: as the table does, and cell by cell. Trouble with the dates is
 * told in the profile and is no error; broken CSV is (D11x).
 *   memory  bounded for each column: examples and 100,000 hashes */
bool profile_fill(struct table *table, struct arena *arena, struct profile *out,
                  struct diags *diags);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside a measure table: its rows, and the answers their cells are made of. */
#ifndef SITREP_BLOCK_TABLE_DATA_H
#define SITREP_BLOCK_TABLE_DATA_H

#include "block/table_verdict.h"

struct table_row {
    struct slice name;
    struct slice word; /* as in the data: ties are in the same order in all languages */
    uint32_t code;
    uint32_t group; /* word of the column that gives groups; 0: none */
    size_t rank;    /* 1.., 0: a closing row or a subtotal */
    double key;     /* sorts */
    bool is_total, is_others;
    size_t members; /* of a subtotal: so many rows just before it */
};

/* Values are of NOW; changes are LATE against BEFORE. */
enum window { NOW, LATE, BEFORE, WINDOWS };

struct table_data {
    const struct table_arguments *table;
    const struct block_context *context;
    struct period window[WINDOWS];
    size_t groups;
    const struct period *slot;         /* rows by period: groups of them, else NULL */
    const struct cell **cell[WINDOWS]; /* [shown], by group */
    struct cell *total[WINDOWS];       /* [shown], all groups together */
    const struct cell **history;       /* [shown] sparkline bins, NULL if none asked */
    const struct period *bin;
    size_t bin_count;
    size_t *group_rows; /* by word of the column that gives groups: rows before top */
    size_t row_count;
    struct table_row *row;
    struct table_judge *judge;
};

/* A row of one of the codes, and no sum of several. */
static inline bool row_is_own(const struct table_row *row)
{
    return !row->is_total && !row->is_others && !row->members;
}

/* -- table_sums.c -- */

/* What a row says of a column: its own cell, the whole's, what the rows shown leave of
 * it, or the sum of a group's rows. */
struct cell row_cell(const struct table_data *data, const struct table_row *row,
                     size_t column, enum window window);
/* A subtotal of what can't be added up, rates and medians, or of no number: blank. */
bool row_is_blank(const struct table_data *data, const struct table_row *row,
                  size_t column);
/* Gives every row its group; before any is left out. */
void name_row_groups(struct table_data *data);
/* Puts rows of one group below each other, with their subtotals; closing rows stay last.
 * Sets the sheet's heads. */
void group_table_rows(struct table_data *data, struct sheet *sheet);

#endif

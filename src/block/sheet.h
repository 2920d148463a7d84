/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sheet is a table on paper: columns that find their own widths, rows that split
 * between pages under repeated heads (STYLE.md 5, table). Measure tables, data
 * tables and Markdown tables are all sheets. */
#ifndef SITREP_BLOCK_SHEET_H
#define SITREP_BLOCK_SHEET_H

#include "block/block.h"

enum sheet_kind { SHEET_TEXT, SHEET_NUMBER, SHEET_BAR, SHEET_BOX };

struct sheet_column {
    struct slice head;
    size_t head_span_count; /* Markdown heads: spans of the same words */
    const struct span *head_span;
    enum sheet_kind kind;
    enum chart_tone tone; /* of bars */
    bool strong;          /* the first column's names */
    char align;           /* 'l' 'r' 'c', 0 = by kind: text start, numbers end */
    double box_width;     /* SHEET_BOX */
};

struct sheet_cell {
    struct slice text;
    const struct text_style *style; /* NULL: the theme's cell style */
    size_t span_count;              /* Markdown cells: spans instead of text */
    const struct span *span;
    double share;    /* SHEET_BAR: 0 to 1 of the longest bar */
    bool light;      /* a bar in the light tint: below the cut */
    struct box *box; /* SHEET_BOX */
    bool has_number; /* number is what text says, unrounded */
    double number;
    bool at_least; /* it is a lower limit: 40+ */
};

static inline void sheet_know(struct sheet_cell *cell, double number)
{
    cell->has_number = number - number == 0;
    cell->number = number;
}

struct sheet {
    size_t column_count, row_count;
    const struct sheet_column *column;
    struct sheet_cell *cell;   /* row by row */
    size_t total_rows;         /* last rows, under a rule, in strong */
    size_t cut_row;            /* a grey rule below this many rows, 0 = none */
    const struct slice *group; /* by row: the head that stands above it, or NULL */
    const bool *is_sum;        /* by row: a subtotal, in strong; or NULL */
    bool has_head;
};

/* A sheet of the width. Columns too many for it are a warning (L110) that says what
 * to do; its text columns wrap first. cost: cells. */
struct box *sheet_box(const struct chart_context *context, const struct sheet *sheet,
                      double width);

/* Its data alone, for the web edition: sheet_csv.c. */
const struct picture *sheet_picture(const struct sheet *sheet, struct arena *arena);

#endif

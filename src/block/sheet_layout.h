/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sheet while it is laid: what its widths and its rows share. */
#ifndef SITREP_BLOCK_SHEET_LAYOUT_H
#define SITREP_BLOCK_SHEET_LAYOUT_H

#include "block/sheet.h"

/* Rows of a sheet that are kept until they are drawn; those of longer ones are made
 * again. */
enum { SHEET_MOST_KEPT = 150 };

enum { SHEET_GAP = 10, SHEET_BAR_WIDTH = 70, SHEET_BAR_GAP = 5 };

struct sheet_layout {
    const struct chart_context *context;
    const struct sheet *sheet;
    double *width; /* of each column */
    double gap;
    double total_width;
    bool mirrored;
};

/* The cell's own style, or that of its row and column. */
const struct text_style *sheet_cell_style(const struct sheet_layout *layout, size_t row,
                                          size_t column);

/* Finds each column's width and the gap between them; warns (L110) of columns that
 * don't fit. cost: cells. */
void sheet_settle_widths(struct sheet_layout *layout);

#endif

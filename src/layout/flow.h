/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A flow is a column of boxes that pages are filled from: spaces, keeps, splits,
 * footnotes. */
#ifndef SITREP_LAYOUT_FLOW_H
#define SITREP_LAYOUT_FLOW_H

#include "layout/box.h"

struct flow_item {
    struct box *box;
    double space_before, space_after; /* neighbours overlap: the larger counts; none at
                                         the top of a page */
    bool keep_with_next;              /* headings, figure titles */
    bool page_break_before;
    bool keep_together; /* `::: together`: not split though it could */
    bool starts_landscape, ends_landscape;
};

struct flow {
    struct arena *arena;
    double width;
    size_t count, capacity;
    struct flow_item *item;
};

struct flow_item *flow_add(struct flow *flow, struct box *box);
/* Height of all items stacked, with the spaces between them. */
double flow_height(const struct flow *flow);
/* All items in one box of the flow's width, splittable between items and inside
 * splittable ones. */
struct box *flow_box(const struct flow *flow, const char *name);

/* Boxes side by side, tops aligned; the height is the highest's. Splits only when
 * each box can (text columns), else stays whole. From the right in a right-to-left
 * brief. */
struct box *row_box(struct arena *arena, struct box *const *cell, const double *width,
                    size_t count, double gutter, bool right_to_left);

/* Widths of spans of a 12-column grid: 8+4 -> two widths. Spans must sum to 12. */
bool grid_widths(const int *span, size_t count, double total_width, double gutter,
                 double *width);

/* Rule for splitting lines: at least this many stay together at either end. */
enum { WIDOW_LINES = 2, ORPHAN_LINES = 2 };

#endif

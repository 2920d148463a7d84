/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A flow is a column of boxes that pages are filled from: spaces, keeps, splits,
 * footnotes. The boxes made here split between pages and so do boxes of such boxes:
 * columns of flows in rows of flows. */
#ifndef SITREP_LAYOUT_FLOW_H
#define SITREP_LAYOUT_FLOW_H

#include "layout/box.h"

struct flow_item {
    struct box *box;
    double space_before, space_after; /* neighbours overlap: the larger counts; none at
                                         the top of a page */
    bool keep_with_next;              /* headings, figure titles */
    bool page_break_before;           /* counts in the outermost flow only */
    bool keep_together; /* `::: together`, headings: not split though it could, unless
                           it is higher than a page */
    bool starts_landscape, ends_landscape; /* the first and the last item of a run of
                                              landscape pages; outermost flow only */
};

struct flow {
    struct arena *arena;
    double width;
    size_t count, capacity;
    struct flow_item *item;
};

/* Appends a box; set the item's fields before the next one is added. */
struct flow_item *flow_add(struct flow *flow, struct box *box);
/* Appends a heading or title: not split, and on the page of what follows. */
struct flow_item *flow_add_title(struct flow *flow, struct box *box);
/* Height of all items stacked, with the spaces between them. */
double flow_height(const struct flow *flow);
/* All items in one box of the flow's width, splittable between items and inside
 * splittable ones. The flow isn't used again. */
struct box *flow_box(const struct flow *flow, const char *name);

/* Boxes side by side, tops aligned; the height is the highest's. Splits only when
 * each box can (text columns) or fits, else stays whole; boxes with ROLE_ARTIFACT
 * are cut to the height of each part. From the right in a right-to-left brief. */
struct box *row_box(struct arena *arena, struct box *const *cell, const double *width,
                    size_t count, double gutter, bool right_to_left);

/* Of a row that was split: which one it was, and of a first part what is left, cell by
 * cell, before that is split again, or NULL. */
struct row_part {
    const void *whole;
    const struct box *rest;
};
const struct row_part *row_part_of(const struct box *box); /* NULL: never split */

/* A table or long list: rows stacked without space, split between rows; the head
 * stands again, as an artifact, on each further part. A row is split inside, where its
 * own box can be, only if it is higher than a page. */
struct box *rows_box(struct arena *arena, const char *name, double width,
                     struct box *const *head, size_t head_count, struct box *const *row,
                     size_t row_count);
/* The same with all that can be said of it. */
struct row_stack {
    const char *name;
    double width;
    size_t head_count;
    struct box *const *head;
    size_t row_count;
    struct box *const *row;
    const bool
        *keep_with_next; /* by row: group heads, the row before a total; or NULL */
    struct box *foot; /* a rule that stands below each part, as an artifact; or NULL */
};
struct box *row_stack_box(struct arena *arena, const struct row_stack *rows);

/* A box with padding and a background that is drawn for each part at its own height:
 * callouts, quotes with a bar, table cells with padding. draw NULL = padding only. */
struct panel {
    const char *name;
    enum box_role role;
    double left, right, top, bottom;
    void (*draw)(const struct box *box, cairo_t *cairo);
    const void *content; /* draw's own: box->content */
};
struct box *panel_box(struct arena *arena, const struct panel *panel,
                      struct box *inside);

/* Widths of spans of a 12-column grid: 8+4 -> two widths. Spans must sum to 12. */
bool grid_widths(const int *span, size_t count, double total_width, double gutter,
                 double *width);

/* Rule for splitting lines: at least this many stay together at either end. */
enum { WIDOW_LINES = 2, ORPHAN_LINES = 2 };

#endif

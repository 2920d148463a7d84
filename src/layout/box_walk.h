/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walking a tree of boxes, with what recipes make where it is asked for. */
#ifndef SITREP_LAYOUT_BOX_WALK_H
#define SITREP_LAYOUT_BOX_WALK_H

#include "layout/box.h"

/* Where a walk stands: the boxes above, each with the child that comes next. The
 * stack is on the heap where a tree is deep, so that no nesting exhausts the C
 * stack. */
struct box_step {
    const struct box *box;
    size_t next;
    double x, y, scale; /* of the box's corner and its children's lengths */
    int depth;          /* the walker's own */
    bool tagged;        /* the walker's own */
    const char *tag;    /* the element that box_draw opened for it, or NULL */
    bool is_merged;     /* its words are those of the element around it */
    size_t holder;      /* of the step with the innermost element around its children */
    bool in_list;       /* an L is open for the items among these */
    struct arena_mark mark; /* of what a recipe made */
};

enum { SHALLOW = 48 };

struct box_walk {
    struct arena *made; /* by recipes; NULL: they aren't looked into */
    struct box_step *step;
    size_t count, capacity;
    struct box_step shallow[SHALLOW];
};

void box_walk_open(struct box_walk *walk, bool makes);
void box_walk_close(struct box_walk *walk);
/* Goes to a box whose corner is at x, y and whose lengths are scaled. */
struct box_step *box_walk_push(struct box_walk *walk, const struct box *box, double x,
                               double y, double scale);
struct box_step *box_walk_top(struct box_walk *walk); /* NULL: at the end */
/* Goes down to the next child of the top; NULL when it has no more. */
struct box_step *box_walk_down(struct box_walk *walk);
void box_walk_pop(struct box_walk *walk);
/* The next box of all, parents first; NULL at the end. */
struct box_step *box_walk_on(struct box_walk *walk);

#endif

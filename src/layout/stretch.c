/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a page has left is given to figures that may grow: `height: 120 to 200`.
 *
 * Boxes below each other share the room by how much each can take; of boxes beside
 * each other the figures that can grow as high as their row becomes. */
#include "layout/page.h"

#include <math.h>

static const double SLACK = 0.01;

/* Tables, lists and running text hold no figure: they aren't looked into. */
static bool may_hold_figures(const struct box *box)
{
    return box->child_count && box->scale == 0 &&
           (box->role == ROLE_NONE || box->role == ROLE_SECTION);
}

static bool stand_beside(const struct box *box)
{
    for (size_t i = 1; i < box->child_count; i++) {
        if (fabs(box->child[i]->y - box->child[0]->y) > SLACK)
            return false;
    }
    return box->child_count > 1;
}

static bool is_figure(const struct box *box)
{
    return box->picture && box->picture->settle;
}

/* How much higher a box can get. */
static double give_of(const struct box *box)
{
    if (is_figure(box))
        return box->picture->give;
    double most = 0, sum = 0;
    for (size_t i = 0; may_hold_figures(box) && i < box->child_count; i++) {
        const struct box *child = box->child[i];
        const double give = give_of(child);
        most = give > 0 ? fmax(most, child->y + child->height + give) : most;
        sum += give;
    }
    return stand_beside(box) ? fmax(0, most - box->height) : sum;
}

/* The figure laid again; it stays what it was for the page: its place, its anchor, its
 * footnotes. */
static void grow_figure(struct box *box, double extra)
{
    if (extra <= SLACK)
        return;
    const struct box *higher = box->picture->grow(box->picture, extra);
    const struct box was = *box;
    if (higher->height > was.height + extra + SLACK || higher->height <= was.height)
        return;
    *box = *higher;
    box->x = was.x;
    box->y = was.y;
    box->at = was.at;
    box->anchor = was.anchor;
    box->bookmark = was.bookmark;
    box->note = was.note;
    box->note_count = was.note_count;
}

static void grow(struct box *box, double extra);

/* Neighbours: each as high as the row becomes, if it can; a rule between columns too. */
static void grow_beside(struct box *box, double extra)
{
    const double bottom = box->height + extra;
    double lowest = box->height;
    for (size_t i = 0; i < box->child_count; i++) {
        struct box *child = box->child[i];
        grow(child, fmin(give_of(child), bottom - child->y - child->height));
        lowest = fmax(lowest, child->y + child->height);
    }
    for (size_t i = 0; i < box->child_count; i++) {
        struct box *child = box->child[i];
        if (child->role == ROLE_ARTIFACT &&
            child->y + child->height >= box->height - SLACK)
            child->height = lowest - child->y;
    }
    box->height = lowest;
}

/* A column: what stands below moves down. */
static void grow_below(struct box *box, double extra)
{
    const double give = give_of(box);
    double moved = 0;
    for (size_t i = 0; i < box->child_count; i++) {
        struct box *child = box->child[i];
        const double own = give_of(child), before = child->height;
        child->y += moved;
        grow(child, give > 0 ? extra * own / give : 0);
        moved += child->height - before;
    }
    box->height += moved;
}

static void grow(struct box *box, double extra)
{
    if (is_figure(box))
        grow_figure(box, extra);
    else if (!may_hold_figures(box))
        return;
    else if (stand_beside(box))
        grow_beside(box, extra);
    else
        grow_below(box, extra);
}

static bool settle(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    (void)context;
    if (is_figure(box))
        box->picture->settle(box->picture);
    return may_hold_figures(box);
}

void box_fill(struct box *box, double room)
{
    grow(box, fmin(give_of(box), fmax(0, room)));
    box_visit(box, settle, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages are filled to their feet: what a page has left goes to the figures whose height
 * is a range, and figures beside each other end level. Nothing moves to another page. */
#include "brief/brief.h"

#include <math.h>
#include <string.h>

/* A tint panel is stretched to at most so many times its height. */
static const double PANEL_REACH = 1;

enum purpose { FOR_PAGE, FOR_ROW };

static bool is_named(const struct box *box, const char *name)
{
    return box->name && strcmp(box->name, name) == 0;
}

static bool is_open(const struct box *box)
{
    return box->picture && box->picture->settle;
}

/* By how much a box can be made higher. */
static double reach_of(const struct box *box, enum purpose purpose)
{
    if (is_open(box))
        return purpose == FOR_PAGE ? box->picture->page_reach : box->picture->row_reach;
    if (is_named(box, "callout"))
        return purpose == FOR_ROW ? PANEL_REACH * box->height : 0;
    bool is_row = is_named(box, "row");
    double reach = 0;
    for (size_t i = 0; i < box->child_count && !(box->scale > 0); i++) {
        const struct box *child = box->child[i];
        double own = reach_of(child, purpose);
        reach = is_row ? fmax(reach, child->height + own - box->height) : reach + own;
    }
    return reach;
}

static void give(struct box *box, double growth, enum purpose purpose);

/* Cells end level, as far as each can. */
static void give_row(struct box *row, double growth)
{
    double height = row->height + growth;
    for (size_t i = 0; i < row->child_count; i++) {
        struct box *cell = row->child[i];
        give(cell, fmin(height - cell->height, reach_of(cell, FOR_ROW)), FOR_ROW);
    }
    row->height = 0;
    for (size_t i = 0; i < row->child_count; i++)
        row->height = fmax(row->height, row->child[i]->height);
}

/* Each gets its part by how much it can take; what stands below moves down. */
static void give_stack(struct box *stack, double growth, enum purpose purpose)
{
    double reach = growth > 0 ? reach_of(stack, purpose) : 0, shift = 0;
    for (size_t i = 0; i < stack->child_count; i++) {
        struct box *child = stack->child[i];
        double height = child->height;
        double part = reach > 0 ? growth * reach_of(child, purpose) / reach : 0;
        child->y += shift;
        give(child, part, purpose);
        shift += child->height - height;
    }
    stack->height += shift;
}

static void give(struct box *box, double growth, enum purpose purpose)
{
    if (is_open(box))
        box->picture->settle(box, growth);
    else if (is_named(box, "callout"))
        box->height += growth;
    else if (is_named(box, "row"))
        give_row(box, growth);
    else
        give_stack(box, growth, purpose);
}

static bool seek_open(const struct box *box, double x, double y, void *context)
{
    bool *is_found = context;
    (void)x;
    (void)y;
    *is_found = *is_found || is_open(box) || is_named(box, "callout");
    return !*is_found;
}

static double room_left(const struct page *page, const struct page_geometry *geometry)
{
    const struct box *body = page->body;
    double room = body->height - body->child[0]->height;
    return page->notes ? room - page->notes->height - geometry->note_space : room;
}

void brief_fill_pages(struct brief *brief, const struct page_geometry *geometry)
{
    for (size_t i = 0; i < brief->pages.count; i++) {
        const struct page *page = &brief->pages.page[i];
        bool has_open = false;
        box_visit(page->body, seek_open, &has_open);
        if (!has_open)
            continue;
        struct box *content = page->body->child[0];
        double room = fmax(0, room_left(page, geometry));
        give(content, fmin(room, reach_of(content, FOR_PAGE)), FOR_PAGE);
    }
}

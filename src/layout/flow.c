/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Flows, rows of boxes, panels, and the grid. What stacks boxes is in stack.c. */
#include "layout/flow.h"

enum { GRID_COLUMNS = 12 };

static const double SLACK = 0.01;

struct flow_item *flow_add(struct flow *flow, struct box *box)
{
    struct flow_item *item =
        ARENA_APPEND(flow->arena, flow->item, flow->count, flow->capacity);
    *item = (struct flow_item){.box = box};
    return item;
}

struct flow_item *flow_add_title(struct flow *flow, struct box *box)
{
    struct flow_item *item = flow_add(flow, box);
    item->keep_with_next = item->keep_together = true;
    return item;
}

bool grid_widths(const int *span, size_t count, double total_width, double gutter,
                 double *width)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (span[i] < 1 || span[i] > GRID_COLUMNS)
            return false;
        sum += span[i];
    }
    if (sum != GRID_COLUMNS)
        return false;
    double column = (total_width - (GRID_COLUMNS - 1) * gutter) / GRID_COLUMNS;
    for (size_t i = 0; i < count; i++)
        width[i] = span[i] * column + (span[i] - 1) * gutter;
    return true;
}

/* Rows --------------------------------------------------------------------------- */

/* An artifact is as high as its part: bars beside quotes, rules between columns. */
static struct box *cut_artifact(struct arena *arena, const struct box *box,
                                double height)
{
    struct box *cut = ARENA_NEW(arena, struct box);
    *cut = *box;
    cut->height = height;
    return cut;
}

static bool split_cell(struct box *cell, double height, enum split_rule rule,
                       struct arena *arena, struct box **first, struct box **rest)
{
    *first = cell;
    *rest = NULL;
    if (cell->role == ROLE_ARTIFACT) {
        *rest = cell;
        return true;
    }
    if (cell->height <= height + SLACK)
        return true;
    if (box_split(cell, height, rule, arena, first, rest))
        return true;
    if (rule == SPLIT_WELL)
        return false;
    *first = box_scaled(arena, cell, height > 1 ? height : 1);
    *rest = NULL;
    return true;
}

static void add_cells(struct arena *arena, struct box *row, struct box *const *cell,
                      const struct box *whole)
{
    row->height = 0;
    for (size_t i = 0; i < whole->child_count; i++) {
        if (cell[i]->role != ROLE_ARTIFACT && cell[i]->height > row->height)
            row->height = cell[i]->height;
    }
    for (size_t i = 0; i < whole->child_count; i++) {
        struct box *child = cell[i];
        if (child->role == ROLE_ARTIFACT)
            child = cut_artifact(arena, child, row->height);
        box_add(arena, row, child, whole->child[i]->x, 0);
    }
}

static void note_part(struct arena *arena, const struct box *row, struct box *part,
                      const struct box *rest)
{
    const struct row_part *before = row->content;
    const struct row_part own = {before ? before->whole : row, rest};
    part->content = arena_copy(arena, &own, sizeof own);
}

static bool row_split(const struct box *row, double height, enum split_rule rule,
                      struct arena *arena, struct box **first, struct box **rest)
{
    struct box **upper = ARENA_ARRAY(arena, struct box *, row->child_count);
    struct box **lower = ARENA_ARRAY(arena, struct box *, row->child_count);
    bool goes_on = false;
    for (size_t i = 0; i < row->child_count; i++) {
        struct box *cell = row->child[i];
        if (!split_cell(cell, height, rule, arena, &upper[i], &lower[i]))
            return false;
        goes_on = goes_on || (lower[i] && cell->role != ROLE_ARTIFACT);
        if (!lower[i]) {
            lower[i] = box_part(arena, cell, true);
            lower[i]->height = 0;
            lower[i]->draw = NULL;
            lower[i]->describe = NULL;
            lower[i]->split = NULL;
            lower[i]->text = (struct slice){0};
        }
    }
    *first = box_part(arena, row, false);
    add_cells(arena, *first, upper, row);
    *rest = goes_on ? box_part(arena, row, true) : NULL;
    if (!goes_on)
        return true;
    add_cells(arena, *rest, lower, row);
    note_part(arena, row, *first, *rest);
    note_part(arena, row, *rest, NULL);
    return true;
}

struct box *row_box(struct arena *arena, struct box *const *cell, const double *width,
                    size_t count, double gutter, bool right_to_left)
{
    double total = 0, highest = 0, x = 0;
    for (size_t i = 0; i < count; i++) {
        total += width[i] + (i > 0 ? gutter : 0);
        if (cell[i]->height > highest)
            highest = cell[i]->height;
    }
    struct box *row = box_new(arena, "row", total, highest);
    for (size_t i = 0; i < count; i++) {
        box_add(arena, row, cell[i], right_to_left ? total - x - width[i] : x, 0);
        x += width[i] + gutter;
    }
    row->split = row_split;
    return row;
}

const struct row_part *row_part_of(const struct box *box)
{
    return box->split == row_split ? box->content : NULL;
}

/* Panels ------------------------------------------------------------------------- */

static const struct box *inside_of(const struct box *box)
{
    return box->child[0];
}

static struct box *wrap_part(struct arena *arena, const struct box *whole, bool is_rest,
                             struct box *part)
{
    const struct box *inside = inside_of(whole);
    struct box *box = box_part(arena, whole, is_rest);
    box->height = whole->height - inside->height + part->height;
    if (whole->text.size)
        box->text = part->text;
    box_add(arena, box, part, inside->x, inside->y);
    return box;
}

static bool panel_split(const struct box *box, double height, enum split_rule rule,
                        struct arena *arena, struct box **first, struct box **rest)
{
    struct box *inside = box->child[0], *upper, *lower;
    double room = height - (box->height - inside->height);
    if (room <= 0 || box->height <= height + SLACK ||
        !split_cell(inside, room, rule, arena, &upper, &lower))
        return false;
    *first = wrap_part(arena, box, false, upper);
    *rest = lower ? wrap_part(arena, box, true, lower) : NULL;
    return true;
}

struct box *panel_box(struct arena *arena, const struct panel *panel,
                      struct box *inside)
{
    struct box *box =
        box_new(arena, panel->name, panel->left + inside->width + panel->right,
                panel->top + inside->height + panel->bottom);
    box->role = panel->role;
    box->draw = panel->draw;
    box->content = panel->content;
    box->split = panel_split;
    box_add(arena, box, inside, panel->left, panel->top);
    return box;
}

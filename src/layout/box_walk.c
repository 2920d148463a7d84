/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/box_walk.h"

#include <stdlib.h>
#include <string.h>

void box_walk_open(struct box_walk *walk, bool makes)
{
    walk->made = makes ? arena_new() : NULL;
    walk->step = walk->shallow;
    walk->count = 0;
    walk->capacity = SHALLOW;
}

static void free_steps(struct box_walk *walk)
{
    if (walk->step != walk->shallow)
        free(walk->step);
}

void box_walk_close(struct box_walk *walk)
{
    free_steps(walk);
    arena_free(walk->made);
}

static void box_walk_widen(struct box_walk *walk)
{
    size_t size = walk->capacity * sizeof *walk->step;
    struct box_step *wider = malloc(2 * size);
    if (!wider)
        abort();
    memcpy(wider, walk->step, size);
    free_steps(walk);
    walk->step = wider;
    walk->capacity *= 2;
}

struct box_step *box_walk_push(struct box_walk *walk, const struct box *box, double x,
                               double y, double scale)
{
    if (walk->count == walk->capacity)
        box_walk_widen(walk);
    struct box_step *step = &walk->step[walk->count++];
    *step = (struct box_step){.box = box, .x = x, .y = y, .scale = scale};
    if (box->scale > 0)
        step->scale *= box->scale;
    return step;
}

struct box_step *box_walk_top(struct box_walk *walk)
{
    return walk->count ? &walk->step[walk->count - 1] : NULL;
}

static const struct box *next_child(struct box_walk *walk)
{
    struct box_step *top = box_walk_top(walk);
    const struct box *box = top->box;
    if (!box->recipe)
        return top->next < box->child_count ? box->child[top->next++] : NULL;
    if (!walk->made || top->next)
        return NULL;
    top->next = 1;
    top->mark = arena_mark(walk->made);
    return box->recipe->make(box->recipe, walk->made, true);
}

struct box_step *box_walk_down(struct box_walk *walk)
{
    const struct box *child = next_child(walk);
    const struct box_step *top = box_walk_top(walk);
    return child ? box_walk_push(walk, child, top->x + top->scale * child->x,
                                 top->y + top->scale * child->y, top->scale)
                 : NULL;
}

void box_walk_pop(struct box_walk *walk)
{
    const struct box_step *top = box_walk_top(walk);
    if (top->box->recipe && top->next)
        arena_release(walk->made, top->mark);
    walk->count--;
}

struct box_step *box_walk_on(struct box_walk *walk)
{
    while (walk->count) {
        struct box_step *step = box_walk_down(walk);
        if (step)
            return step;
        box_walk_pop(walk);
    }
    return NULL;
}

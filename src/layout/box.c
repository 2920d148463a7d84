/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boxes: building the tree, splitting it, looking into it, and dumping it as text. */
#include "layout/box_walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPLIT_LEVEL_MAX = 128 };

/* Building ----------------------------------------------------------------------- */

static double sane_length(double length)
{
    return isfinite(length) && length > 0 ? length : 0;
}

struct box *box_new(struct arena *arena, const char *name, double width, double height)
{
    struct box *box = ARENA_NEW(arena, struct box);
    box->name = name;
    box->width = sane_length(width);
    box->height = sane_length(height);
    return box;
}

/* The array of children doubles whenever their number is a power of two. */
static void append_child(struct arena *arena, struct box *parent, struct box *child)
{
    size_t count = parent->child_count;
    if ((count & (count - 1)) == 0) {
        struct box **wider = ARENA_ARRAY(arena, struct box *, count ? count * 2 : 1);
        for (size_t i = 0; i < count; i++)
            wider[i] = parent->child[i];
        parent->child = wider;
    }
    parent->child[parent->child_count++] = child;
}

struct box *box_part(struct arena *arena, const struct box *whole, bool is_rest)
{
    struct box *part = ARENA_NEW(arena, struct box);
    *part = *whole;
    part->x = part->y = 0;
    part->child = NULL;
    part->child_count = 0;
    part->level = 0;
    if (is_rest) {
        part->is_rest = true;
        part->anchor = part->bookmark = (struct slice){0};
        part->note_count = 0;
        part->note = NULL;
    }
    return part;
}

void box_add(struct arena *arena, struct box *parent, struct box *child, double x,
             double y)
{
    child->x = x;
    child->y = y;
    append_child(arena, parent, child);
    if (parent->level <= child->level)
        parent->level = child->level + 1;
}

struct box *box_scaled(struct arena *arena, const struct box *box, double height)
{
    double scale = box->height > 0 ? height / box->height : 1;
    struct box *scaled = box_new(arena, "scaled", box->width * scale, height);
    struct box *copy = ARENA_NEW(arena, struct box);
    *copy = *box;
    scaled->scale = scale;
    scaled->at = box->at;
    box_add(arena, scaled, copy, 0, 0);
    return scaled;
}

bool box_split(const struct box *box, double height, enum split_rule rule,
               struct arena *arena, struct box **first, struct box **rest)
{
    if (!box->split || box->level > SPLIT_LEVEL_MAX)
        return false;
    return box->split(box, height, rule, arena, first, rest);
}

/* Walking ------------------------------------------------------------------------ */

static void visit_boxes(const struct box *box, bool makes, box_visit_fn *visit,
                        void *context)
{
    struct box_walk walk;
    box_walk_open(&walk, makes);
    for (struct box_step *step = box_walk_push(&walk, box, box->x, box->y, 1); step;
         step = box_walk_on(&walk)) {
        if (!visit(step->box, step->x, step->y, context))
            box_walk_pop(&walk);
    }
    box_walk_close(&walk);
}

void box_visit(const struct box *box, box_visit_fn *visit, void *context)
{
    visit_boxes(box, false, visit, context);
}

void box_visit_all(const struct box *box, box_visit_fn *visit, void *context)
{
    visit_boxes(box, true, visit, context);
}

struct figure_list {
    struct arena *arena;
    const struct box **figure;
    size_t count, capacity;
};

static bool collect_figure(const struct box *box, double x, double y, void *context)
{
    struct figure_list *list = context;
    (void)x;
    (void)y;
    if (box->role == ROLE_FIGURE)
        *ARENA_APPEND(list->arena, list->figure, list->count, list->capacity) = box;
    return box->role != ROLE_FIGURE && box->role != ROLE_ARTIFACT;
}

size_t box_figures(const struct box *box, struct arena *arena,
                   const struct box *const **out)
{
    struct figure_list list = {.arena = arena};
    box_visit(box, collect_figure, &list);
    *out = list.figure;
    return list.count;
}

/* Recipes ------------------------------------------------------------------------ */

struct mark_list {
    struct arena *arena;
    size_t *mark;
    size_t count, capacity;
};

static bool collect_marks(const struct box *box, double x, double y, void *context)
{
    struct mark_list *list = context;
    (void)x;
    (void)y;
    for (size_t i = 0; i < box->note_count; i++)
        *ARENA_APPEND(list->arena, list->mark, list->count, list->capacity) =
            box->note[i];
    return box->role != ROLE_ARTIFACT;
}

static bool split_made(const struct box *box, double height, enum split_rule rule,
                       struct arena *arena, struct box **first, struct box **rest)
{
    const struct box *made = box->recipe->make(box->recipe, arena, true);
    return box_split(made, height, rule, arena, first, rest);
}

struct box *box_of_recipe(struct arena *arena, struct arena *aside,
                          const struct recipe *recipe)
{
    const struct arena_mark mark = arena_mark(aside);
    const struct box *made = recipe->make(recipe, aside, false);
    struct mark_list notes = {.arena = arena};
    struct box *box = box_new(arena, NULL, made->width, made->height);
    box_visit(made, collect_marks, &notes);
    box->note = notes.mark;
    box->note_count = notes.count;
    box->room_above = made->room_above;
    box->level = made->level + 1;
    box->at = made->at;
    box->split = split_made;
    box->recipe = recipe;
    arena_release(aside, mark);
    return box;
}

/* Dumping ------------------------------------------------------------------------ */

/* To one decimal, without a negative zero. */
static double tenth(double length)
{
    return round(length * 10) / 10 + 0.0;
}

static bool is_shown(const struct box *box)
{
    return box->name && *box->name;
}

static void dump_line(const struct box *box, double x, double y, int depth,
                      struct text *out)
{
    for (int i = 0; i < depth; i++)
        text_append_string(out, "  ");
    text_print(out, "%s %.1f %.1f %.1f %.1f", box->name, tenth(x), tenth(y),
               tenth(box->width), tenth(box->height));
    if (box->describe) {
        text_append_string(out, " ");
        box->describe(box, out);
    }
    text_append_string(out, "\n");
}

/* x and y of a step count from the nearest box above that is shown. */
void box_dump(const struct box *box, int depth, struct text *out)
{
    struct box_walk walk;
    box_walk_open(&walk, true);
    struct box_step *step = box_walk_push(&walk, box, box->x, box->y, 1);
    step->depth = depth;
    while (step) {
        if (is_shown(step->box)) {
            dump_line(step->box, step->x, step->y, step->depth, out);
            step->x = step->y = 0;
        }
        step->scale = 1;
        step = box_walk_on(&walk);
        if (step)
            step->depth = step[-1].depth + is_shown(step[-1].box);
    }
    box_walk_close(&walk);
}

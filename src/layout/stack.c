/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boxes stacked over each other, split between pages: behind flow_box and rows_box.
 *
 * The boxes of a stack are laid once, in one long column. A part of it, the first or
 * the rest of a split, is a window on that column: an opening (the rest of a box that
 * was split before), whole boxes from..to, and a closing (the first part of a box).
 * The whole boxes are never touched or copied again, so a stack over many pages is
 * cut in linear time, and a split that is tried and thrown away leaves no trace. */
#include "layout/flow.h"

struct stacked {
    struct box *box;
    double y; /* in the column */
    bool keep_with_next, keep_together;
};

struct stack {
    const struct stacked *item;
    struct box **box; /* the items' boxes, for slices of children */
    size_t count;
    struct box *head, *foot; /* repeated on each part, or NULL */
    bool splits_items;       /* false: inside an item only where nothing else helps */
    size_t fewest;           /* items that stay together at either end */
    int level;               /* of a slice of boxes: above the deepest */
};

struct window {
    const struct stack *stack;
    size_t from, to;
    struct box *opening; /* the rest of item from - 1, or NULL */
    struct box *closing; /* the first part of item to, or NULL */
    bool is_rest;
};

static const double SLACK = 0.01; /* sums of heights may be off by rounding */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double bottom_of(const struct stacked *item)
{
    return item->y + item->box->height;
}

/* What is added to a place in the column to get the place in the window, whose
 * content begins at 0. */
static double shift_of(const struct window *window)
{
    const struct stacked *item = window->stack->item;
    size_t from = window->from;
    if (!window->opening)
        return from < window->stack->count ? -item[from].y : 0;
    return window->opening->height - bottom_of(&item[from - 1]);
}

/* Height of the content, without head and foot. */
static double content_height(const struct window *window)
{
    const struct stacked *item = window->stack->item;
    double shift = shift_of(window), height = 0;
    if (window->opening)
        height = window->opening->height;
    if (window->to > window->from)
        height = bottom_of(&item[window->to - 1]) + shift;
    if (window->closing)
        height = item[window->to].y + shift + window->closing->height;
    return height;
}

static bool window_split(const struct box *box, double height, enum split_rule rule,
                         struct arena *arena, struct box **first, struct box **rest);

static void add_whole_items(struct arena *arena, struct box *box,
                            const struct window *window, double y)
{
    if (window->to == window->from)
        return;
    struct box *slice = box_new(arena, NULL, box->width, content_height(window));
    slice->child = window->stack->box + window->from;
    slice->child_count = window->to - window->from;
    slice->level = window->stack->level;
    box_add(arena, box, slice, 0, y + shift_of(window));
}

static struct box *head_again(struct arena *arena, const struct box *head)
{
    struct box *copy = ARENA_NEW(arena, struct box);
    *copy = *head;
    copy->role = ROLE_ARTIFACT;
    copy->anchor = copy->bookmark = copy->text = (struct slice){0};
    copy->note_count = 0;
    return copy;
}

/* Puts into an empty box what the window shows. */
static struct box *fill_window(struct arena *arena, struct box *box,
                               const struct window *window)
{
    const struct stack *stack = window->stack;
    double y = 0;
    if (stack->head) {
        struct box *head = stack->head;
        box_add(arena, box, window->is_rest ? head_again(arena, head) : head, 0, 0);
        y = head->height;
    }
    if (window->opening)
        box_add(arena, box, window->opening, 0, y);
    add_whole_items(arena, box, window, y);
    if (window->closing)
        box_add(arena, box, window->closing, 0,
                y + stack->item[window->to].y + shift_of(window));
    y += content_height(window);
    if (stack->foot) {
        box_add(arena, box, head_again(arena, stack->foot), 0, y);
        y += stack->foot->height;
    }
    box->height = y;
    box->split = window_split;
    box->content = arena_copy(arena, window, sizeof *window);
    return box;
}

/* The window as a box, with the manners of whole. */
static struct box *window_box(struct arena *arena, const struct box *whole,
                              const struct window *window)
{
    return fill_window(arena, box_part(arena, whole, window->is_rest), window);
}

/* Splitting ---------------------------------------------------------------------- */

/* A window as a plain list: its opening is element 0. */
struct element {
    struct box *box;
    double y;
    bool keep_with_next, keep_together;
};

static size_t element_count(const struct window *window)
{
    return (window->opening != NULL) + (window->to - window->from) +
           (window->closing != NULL);
}

static struct element element_at(const struct window *window, size_t index)
{
    const struct stacked *item = window->stack->item;
    size_t at = window->from + index - (window->opening != NULL);
    struct element element = {item[at].box, item[at].y + shift_of(window),
                              item[at].keep_with_next, item[at].keep_together};
    if (window->opening && index == 0) {
        element.box = window->opening;
        element.y = 0;
    } else if (window->closing && at == window->to) {
        element.box = window->closing;
    }
    return element;
}

/* The first element that doesn't fit whole; they are in order, so it is bisected. */
static size_t first_too_low(const struct window *window, double limit)
{
    size_t low = 0, high = element_count(window);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct element element = element_at(window, middle);
        if (element.y + element.box->height > limit + SLACK)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A break before element `index`, or inside it where first is its first part. */
struct cut {
    size_t index;
    struct box *first, *rest;
};

static bool cut_inside(const struct window *window, size_t index, double limit,
                       enum split_rule rule, struct arena *arena, struct cut *out)
{
    struct element element = element_at(window, index);
    double room = limit - element.y;
    bool is_allowed = window->stack->splits_items && !element.keep_together;
    if (room <= 0 || (rule == SPLIT_WELL && !is_allowed))
        return false;
    *out = (struct cut){.index = index};
    return box_split(element.box, room, rule, arena, &out->first, &out->rest);
}

/* The lowest break at or above element `index` that separates no kept neighbours. */
static bool cut_above(const struct window *window, size_t index, struct cut *out)
{
    size_t count = element_count(window), fewest = window->stack->fewest;
    if (count >= 2 * fewest && index > count - fewest)
        index = count - fewest;
    while (index > 0 && element_at(window, index - 1).keep_with_next)
        index--;
    bool is_start = window->is_rest || index >= fewest || index == count;
    *out = (struct cut){.index = index};
    return index > 0 && is_start;
}

static void scale_to_fit(const struct window *window, size_t index, double room,
                         struct arena *arena, struct cut *out)
{
    struct element element = element_at(window, index);
    *out = (struct cut){.index = index};
    out->first = box_scaled(arena, element.box, room > 1 ? room : 1);
}

static bool choose_cut(const struct window *window, double limit, enum split_rule rule,
                       struct arena *arena, struct cut *out)
{
    size_t index = first_too_low(window, limit);
    if (cut_inside(window, index, limit, SPLIT_WELL, arena, out) ||
        cut_above(window, index, out))
        return true;
    if (rule == SPLIT_WELL)
        return false;
    *out = (struct cut){.index = index};
    if (index == 0 && !cut_inside(window, 0, limit, SPLIT_ANYWHERE, arena, out))
        scale_to_fit(window, 0, limit, arena, out);
    return true;
}

static void divide(const struct window *window, const struct cut *cut,
                   struct window *upper, struct window *lower)
{
    size_t at = window->from + cut->index - (window->opening != NULL);
    *upper = *lower = *window;
    lower->is_rest = true;
    lower->opening = cut->rest;
    upper->closing = NULL;
    if (cut->index == 0 && window->opening) {
        upper->to = upper->from;
        upper->opening = cut->first;
        return;
    }
    upper->to = at;
    upper->closing = cut->first;
    lower->from = cut->first ? at + 1 : at;
    if (lower->from > lower->to) { /* the closing was cut */
        lower->to = lower->from;
        lower->closing = NULL;
    }
}

/* A head too high to be repeated on every page stands once, as the first item. */
static struct window without_head(const struct window *window, struct arena *arena)
{
    struct stack *stack = ARENA_NEW(arena, struct stack);
    struct window plain = *window;
    *stack = *window->stack;
    plain.stack = stack;
    stack->head = NULL;
    if (window->is_rest)
        return plain;
    const struct box *head = window->stack->head;
    struct stacked *item = ARENA_ARRAY(arena, struct stacked, stack->count + 1);
    struct box **box = ARENA_ARRAY(arena, struct box *, stack->count + 1);
    box[0] = box_part(arena, head, false);
    *box[0] = *head;
    box[0]->y = -head->height;
    item[0] = (struct stacked){.box = box[0], .y = -head->height};
    for (size_t i = 0; i < stack->count; i++) {
        item[i + 1] = stack->item[i];
        box[i + 1] = stack->box[i];
    }
    stack->item = item;
    stack->box = box;
    stack->count++;
    plain.to++;
    return plain;
}

static bool window_split(const struct box *box, double height, enum split_rule rule,
                         struct arena *arena, struct box **first, struct box **rest)
{
    struct window window = *(const struct window *)box->content, upper, lower;
    const struct box *head = window.stack->head, *foot = window.stack->foot;
    if (element_count(&window) == 0 || box->height <= height + SLACK)
        return false;
    if (head && head->height > height / 2 && rule == SPLIT_ANYWHERE) {
        window = without_head(&window, arena);
        head = NULL;
    }
    double limit = height - (head ? head->height : 0) - (foot ? foot->height : 0);
    struct cut cut;
    if ((limit <= 0 && rule == SPLIT_WELL) ||
        !choose_cut(&window, limit, rule, arena, &cut))
        return false;
    divide(&window, &cut, &upper, &lower);
    *first = window_box(arena, box, &upper);
    *rest = element_count(&lower) ? window_box(arena, box, &lower) : NULL;
    return true;
}

/* Making ------------------------------------------------------------------------- */

/* Puts the next box into the column, space below the one before. */
static void stack_put(struct stack *stack, struct stacked *item, size_t index,
                      struct box *box, double space)
{
    item[index].box = stack->box[index] = box;
    item[index].y = index > 0 ? bottom_of(&item[index - 1]) + space : 0;
    box->x = 0;
    box->y = item[index].y;
    if (stack->level <= box->level)
        stack->level = box->level + 1;
}

static struct box *stack_box(struct arena *arena, const struct stack *stack,
                             struct box *empty)
{
    struct window window = {.stack = stack, .to = stack->count};
    return fill_window(arena, empty, &window);
}

/* What Nastaliq keeps clear above its first line counts as space. */
static double space_between(const struct flow_item *above,
                            const struct flow_item *below)
{
    double space = larger(above->space_after, below->space_before);
    return larger(0, space - below->box->room_above);
}

double flow_height(const struct flow *flow)
{
    double height = 0;
    for (size_t i = 0; i < flow->count; i++) {
        height += flow->item[i].box->height;
        if (i > 0)
            height += space_between(&flow->item[i - 1], &flow->item[i]);
    }
    return height;
}

struct box *flow_box(const struct flow *flow, const char *name)
{
    struct arena *arena = flow->arena;
    struct stack *stack = ARENA_NEW(arena, struct stack);
    struct stacked *item = ARENA_ARRAY(arena, struct stacked, flow->count);
    *stack = (struct stack){.item = item, .count = flow->count, .fewest = 1};
    stack->splits_items = true;
    stack->box = ARENA_ARRAY(arena, struct box *, flow->count);
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_item *from = &flow->item[i];
        stack_put(stack, item, i, from->box, i > 0 ? space_between(from - 1, from) : 0);
        item[i].keep_with_next = from->keep_with_next;
        item[i].keep_together = from->keep_together;
    }
    return stack_box(arena, stack, box_new(arena, name, flow->width, 0));
}

static struct box *stack_heads(struct arena *arena, const struct row_stack *rows)
{
    if (rows->head_count == 0)
        return NULL;
    struct box *head = box_new(arena, NULL, rows->width, 0);
    for (size_t i = 0; i < rows->head_count; i++) {
        box_add(arena, head, rows->head[i], 0, head->height);
        head->height += rows->head[i]->height;
    }
    return head;
}

struct box *row_stack_box(struct arena *arena, const struct row_stack *rows)
{
    struct stack *stack = ARENA_NEW(arena, struct stack);
    struct stacked *item = ARENA_ARRAY(arena, struct stacked, rows->row_count);
    *stack = (struct stack){.item = item, .count = rows->row_count, .foot = rows->foot};
    stack->box = ARENA_ARRAY(arena, struct box *, rows->row_count);
    stack->head = stack_heads(arena, rows);
    stack->fewest = 2;
    for (size_t i = 0; i < rows->row_count; i++) {
        stack_put(stack, item, i, rows->row[i], 0);
        item[i].keep_with_next = rows->keep_with_next && rows->keep_with_next[i];
    }
    return stack_box(arena, stack, box_new(arena, rows->name, rows->width, 0));
}

struct box *rows_box(struct arena *arena, const char *name, double width,
                     struct box *const *head, size_t head_count, struct box *const *row,
                     size_t row_count)
{
    const struct row_stack rows = {.name = name,
                                   .width = width,
                                   .head_count = head_count,
                                   .head = head,
                                   .row_count = row_count,
                                   .row = row};
    return row_stack_box(arena, &rows);
}

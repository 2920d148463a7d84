/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boxes: building the tree, walking it, drawing it with structure tags, and dumping
 * it as text. */
#include "layout/box.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPLIT_LEVEL_MAX = 128, TAG_DEPTH_MAX = 64 };

/* The structure types of PDF as cairo knows them. The press turns Private into
 * artifacts. */
static const char LIST_TAG[] = "L";
static const char *const tag_names[] = {
    [ROLE_NONE] = NULL,
    [ROLE_ARTIFACT] = "Private",
    [ROLE_DOCUMENT] = "Document",
    [ROLE_SECTION] = "Sect",
    [ROLE_H1] = "H1",
    [ROLE_H2] = "H2",
    [ROLE_H3] = "H3",
    [ROLE_H4] = "H4",
    [ROLE_H5] = "H5",
    [ROLE_H6] = "H6",
    [ROLE_P] = "P",
    [ROLE_QUOTE] = "BlockQuote",
    [ROLE_CODE] = "Code",
    [ROLE_NOTE] = "Note",
    [ROLE_CAPTION] = "Caption",
    [ROLE_ITEM] = "LI",
    [ROLE_LABEL] = "Lbl",
    [ROLE_BODY] = "LBody",
    [ROLE_TABLE] = "Table",
    [ROLE_ROW] = "TR",
    [ROLE_HEAD_CELL] = "TH",
    [ROLE_CELL] = "TD",
    [ROLE_FIGURE] = "Figure",
    [ROLE_CONTENTS] = "TOC",
    [ROLE_CONTENTS_ENTRY] = "TOCI",
};

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

/* Where a walk stands: the boxes above, each with the child that comes next. The
 * stack is on the heap where a tree is deep, so that no nesting exhausts the C
 * stack. */
struct step {
    const struct box *box;
    size_t next;
    double x, y, scale; /* of the box's corner and its children's lengths */
    int depth;          /* the walker's own */
    bool tagged;        /* the walker's own */
    const char *tag;    /* the element that box_draw opened for it, or NULL */
    size_t holder;      /* of the step with the innermost element around its children */
    bool in_list;       /* an L is open for the items among these */
    struct arena_mark mark; /* of what a recipe made */
};

enum { SHALLOW = 48 };

struct walk {
    struct arena *made; /* by recipes; NULL: they aren't looked into */
    struct step *step;
    size_t count, capacity;
    struct step shallow[SHALLOW];
};

static void walk_open(struct walk *walk, bool makes)
{
    walk->made = makes ? arena_new() : NULL;
    walk->step = walk->shallow;
    walk->count = 0;
    walk->capacity = SHALLOW;
}

static void free_steps(struct walk *walk)
{
    if (walk->step != walk->shallow)
        free(walk->step);
}

static void walk_close(struct walk *walk)
{
    free_steps(walk);
    arena_free(walk->made);
}

static void walk_widen(struct walk *walk)
{
    size_t size = walk->capacity * sizeof *walk->step;
    struct step *wider = malloc(2 * size);
    if (!wider)
        abort();
    memcpy(wider, walk->step, size);
    free_steps(walk);
    walk->step = wider;
    walk->capacity *= 2;
}

static struct step *walk_push(struct walk *walk, const struct box *box, double x,
                              double y, double scale)
{
    if (walk->count == walk->capacity)
        walk_widen(walk);
    struct step *step = &walk->step[walk->count++];
    *step = (struct step){.box = box, .x = x, .y = y, .scale = scale};
    if (box->scale > 0)
        step->scale *= box->scale;
    return step;
}

static struct step *walk_top(struct walk *walk)
{
    return walk->count ? &walk->step[walk->count - 1] : NULL;
}

static const struct box *next_child(struct walk *walk)
{
    struct step *top = walk_top(walk);
    const struct box *box = top->box;
    if (!box->recipe)
        return top->next < box->child_count ? box->child[top->next++] : NULL;
    if (!walk->made || top->next)
        return NULL;
    top->next = 1;
    top->mark = arena_mark(walk->made);
    return box->recipe->make(box->recipe, walk->made, true);
}

/* Goes down to the next child of the top; NULL when it has no more. */
static struct step *walk_down(struct walk *walk)
{
    const struct box *child = next_child(walk);
    const struct step *top = walk_top(walk);
    return child ? walk_push(walk, child, top->x + top->scale * child->x,
                             top->y + top->scale * child->y, top->scale)
                 : NULL;
}

static void walk_pop(struct walk *walk)
{
    const struct step *top = walk_top(walk);
    if (top->box->recipe && top->next)
        arena_release(walk->made, top->mark);
    walk->count--;
}

/* The next box of all, parents first; NULL at the end. */
static struct step *walk_on(struct walk *walk)
{
    while (walk->count) {
        struct step *step = walk_down(walk);
        if (step)
            return step;
        walk_pop(walk);
    }
    return NULL;
}

static void visit_boxes(const struct box *box, bool makes, box_visit_fn *visit,
                        void *context)
{
    struct walk walk;
    walk_open(&walk, makes);
    for (struct step *step = walk_push(&walk, box, box->x, box->y, 1); step;
         step = walk_on(&walk)) {
        if (!visit(step->box, step->x, step->y, context))
            walk_pop(&walk);
    }
    walk_close(&walk);
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

/* Drawing ------------------------------------------------------------------------ */

static const cairo_user_data_key_t tagged_key;

bool drawing_is_tagged(cairo_t *cairo)
{
    return cairo_get_user_data(cairo, &tagged_key) != NULL;
}

static void set_tagged(cairo_t *cairo, bool tagged)
{
    cairo_set_user_data(cairo, &tagged_key, tagged ? (void *)&tagged_key : NULL, NULL);
}

void append_anchor_name(struct text *out, struct slice anchor)
{
    for (size_t i = 0; i < anchor.size; i++) {
        unsigned char byte = (unsigned char)anchor.data[i];
        bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= '0' && byte <= '9') || byte == '-' || byte == '.';
        if (is_plain)
            text_append(out, (struct slice){&anchor.data[i], 1});
        else
            text_print(out, "_%02X", byte);
    }
}

struct slice anchor_first(struct slice anchor)
{
    struct slice first = {0};
    slice_cut(&anchor, '\n', &first);
    return first;
}

bool anchor_has(struct slice anchor, struct slice name)
{
    struct slice one;
    while (slice_cut(&anchor, '\n', &one)) {
        if (slice_equal(one, name))
            return true;
    }
    return false;
}

static void mark_anchor(struct slice name, cairo_t *cairo)
{
    double x = 0, y = 0;
    cairo_user_to_device(cairo, &x, &y);
    struct text attributes = {.arena = arena_new()};
    text_append_string(&attributes, "name='");
    append_anchor_name(&attributes, name);
    text_print(&attributes, "' x=%.2f y=%.2f", x, y);
    cairo_tag_begin(cairo, CAIRO_TAG_DEST,
                    slice_c_string(attributes.arena, text_slice(&attributes)));
    cairo_tag_end(cairo, CAIRO_TAG_DEST);
    arena_free(attributes.arena);
}

/* cairo drops the text of an element that has elements inside, so what a box with
 * children or without a role draws itself gets an element of its own. */
static void draw_own(const struct box *box, cairo_t *cairo, bool tagged, bool has_tag)
{
    if (!box->draw)
        return;
    bool needs_tag = tagged && (!has_tag || box->child_count > 0);
    const char *tag = !box->text.size          ? tag_names[ROLE_ARTIFACT]
                      : box->role == ROLE_ITEM ? tag_names[ROLE_LABEL]
                                               : "Span";
    if (needs_tag)
        cairo_tag_begin(cairo, tag, NULL);
    cairo_save(cairo);
    box->draw(box, cairo);
    cairo_restore(cairo);
    if (needs_tag)
        cairo_tag_end(cairo, tag);
}

static bool hides_tags(const struct box *box)
{
    return box->role == ROLE_FIGURE || box->role == ROLE_ARTIFACT;
}

/* Deeper elements than readers take are left out; their text gets a Span. What stands
 * in an item without a role is its body. */
static const char *tag_of(const struct step *step, const struct box *parent)
{
    if (!step->tagged || step->depth >= TAG_DEPTH_MAX)
        return NULL;
    bool is_body = parent && parent->role == ROLE_ITEM && step->box->role == ROLE_NONE;
    return tag_names[is_body ? ROLE_BODY : step->box->role];
}

/* Items that follow one another in an element are a list, whatever boxes they are
 * wrapped in: an entry of a long list has a recipe's around it. */
static void turn_list(struct step *holder, const struct box *next, cairo_t *cairo)
{
    bool is_item = next && next->role == ROLE_ITEM;
    if (holder->in_list && (!is_item || next->begins_list))
        cairo_tag_end(cairo, LIST_TAG);
    else if (is_item == holder->in_list)
        return;
    if (is_item)
        cairo_tag_begin(cairo, LIST_TAG, NULL);
    holder->in_list = is_item;
}

static void enter_box(struct step *step, cairo_t *cairo)
{
    const struct box *box = step->box;
    cairo_save(cairo);
    cairo_translate(cairo, box->x, box->y);
    for (struct slice names = box->anchor, name; slice_cut(&names, '\n', &name);)
        mark_anchor(name, cairo);
    if (step->tag)
        cairo_tag_begin(cairo, step->tag, NULL);
    if (hides_tags(box))
        set_tagged(cairo, false);
    draw_own(box, cairo, step->tagged && !hides_tags(box), step->tag != NULL);
    if (box->scale > 0)
        cairo_scale(cairo, box->scale, box->scale);
}

static void leave_box(struct step *step, cairo_t *cairo)
{
    turn_list(step, NULL, cairo);
    if (hides_tags(step->box))
        set_tagged(cairo, step->tagged);
    if (step->tag)
        cairo_tag_end(cairo, step->tag);
    cairo_restore(cairo);
}

/* The element of a child, in that of its parent. */
static void open_element(struct walk *walk, struct step *child, cairo_t *cairo)
{
    const struct step *parent = child - 1;
    struct step *holder = &walk->step[parent->holder];
    child->tagged = parent->tagged && !hides_tags(parent->box);
    child->depth = parent->depth + (parent->tag != NULL) + holder->in_list;
    child->tag = tag_of(child, parent->box);
    child->holder = child->tag ? walk->count - 1 : parent->holder;
    if (child->tag || (child->tagged && child->box->draw))
        turn_list(holder, child->tag ? child->box : NULL, cairo);
}

void box_draw(const struct box *box, cairo_t *cairo, bool tagged)
{
    struct walk walk;
    walk_open(&walk, true);
    set_tagged(cairo, tagged);
    struct step *first = walk_push(&walk, box, 0, 0, 1);
    first->tagged = tagged;
    first->tag = tag_of(first, NULL);
    enter_box(first, cairo);
    while (walk.count) {
        struct step *child = walk_down(&walk);
        if (child) {
            open_element(&walk, child, cairo);
            enter_box(child, cairo);
        } else {
            leave_box(walk_top(&walk), cairo);
            walk_pop(&walk);
        }
    }
    walk_close(&walk);
    set_tagged(cairo, false);
}

void set_colour(cairo_t *cairo, struct colour colour)
{
    cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, colour.alpha);
}

/* The pen's diameter: of a round pen cairo then takes the four corners. From twice that
 * on it would take one for a point and leave the stroke out. 0.1 is cairo's default. */
static double rough_tolerance(cairo_t *cairo)
{
    double x = cairo_get_line_width(cairo) / 2, y = 0;
    cairo_user_to_device_distance(cairo, &x, &y);
    return fmax(2 * hypot(x, y), 0.1);
}

void stroke_path(cairo_t *cairo)
{
    double tolerance = cairo_get_tolerance(cairo);
    cairo_surface_t *surface = cairo_get_target(cairo);
    if (cairo_surface_get_type(surface) == CAIRO_SURFACE_TYPE_PDF)
        cairo_set_tolerance(cairo, rough_tolerance(cairo));
    cairo_stroke(cairo);
    cairo_set_tolerance(cairo, tolerance);
}

void circle_path(cairo_t *cairo, double x, double y, double radius)
{
    static const double CROWDED = 1.5, FINE = 0.02, PI = 3.14159265358979;
    double tolerance = cairo_get_tolerance(cairo);
    if (radius > CROWDED)
        cairo_set_tolerance(cairo, fmin(tolerance, FINE));
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x, y, radius, 0, 2 * PI);
    cairo_close_path(cairo);
    cairo_set_tolerance(cairo, tolerance);
}

void fill_rectangle(cairo_t *cairo, double x, double y, double width, double height,
                    struct colour colour)
{
    set_colour(cairo, colour);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

void stroke_line(cairo_t *cairo, double x1, double y1, double x2, double y2,
                 double line_width, struct colour colour)
{
    set_colour(cairo, colour);
    cairo_set_line_width(cairo, line_width);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
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
    struct walk walk;
    walk_open(&walk, true);
    struct step *step = walk_push(&walk, box, box->x, box->y, 1);
    step->depth = depth;
    while (step) {
        if (is_shown(step->box)) {
            dump_line(step->box, step->x, step->y, step->depth, out);
            step->x = step->y = 0;
        }
        step->scale = 1;
        step = walk_on(&walk);
        if (step)
            step->depth = step[-1].depth + is_shown(step[-1].box);
    }
    walk_close(&walk);
}

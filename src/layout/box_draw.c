/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawing boxes with the structure tags of PDF, and the strokes and fills of drawers. */
#include "layout/box_walk.h"

#include <math.h>

enum { TAG_DEPTH_MAX = 64 };

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

/* A cell's only paragraph needs no element in the cell's: half of all in a long table. */
static bool is_merged(const struct box *box, const struct box *parent)
{
    return parent && box->role == ROLE_P && !box->draws_tags && !box->child_count &&
           (parent->role == ROLE_CELL || parent->role == ROLE_HEAD_CELL) &&
           parent->child_count == 1 && !parent->draw;
}

/* Deeper elements than readers take are left out; their text gets a Span. What stands
 * in an item without a role is its body. */
static const char *tag_of(const struct box_step *step, const struct box *parent)
{
    if (!step->tagged || step->is_merged || step->depth >= TAG_DEPTH_MAX)
        return NULL;
    bool is_body = parent && parent->role == ROLE_ITEM && step->box->role == ROLE_NONE;
    return tag_names[is_body ? ROLE_BODY : step->box->role];
}

/* Items that follow one another in an element are a list, whatever boxes they are
 * wrapped in: an entry of a long list has a recipe's around it. */
static void turn_list(struct box_step *holder, const struct box *next, cairo_t *cairo)
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

static void enter_box(struct box_step *step, cairo_t *cairo)
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
    draw_own(box, cairo, step->tagged && !hides_tags(box),
             step->tag || step->is_merged);
    if (box->scale > 0)
        cairo_scale(cairo, box->scale, box->scale);
}

static void leave_box(struct box_step *step, cairo_t *cairo)
{
    turn_list(step, NULL, cairo);
    if (hides_tags(step->box))
        set_tagged(cairo, step->tagged);
    if (step->tag)
        cairo_tag_end(cairo, step->tag);
    cairo_restore(cairo);
}

/* The element of a child, in that of its parent. */
static void open_element(struct box_walk *walk, struct box_step *child, cairo_t *cairo)
{
    const struct box_step *parent = child - 1;
    struct box_step *holder = &walk->step[parent->holder];
    child->tagged = parent->tagged && !hides_tags(parent->box);
    child->depth = parent->depth + (parent->tag != NULL) + holder->in_list;
    child->is_merged = parent->tag && is_merged(child->box, parent->box);
    child->tag = tag_of(child, parent->box);
    child->holder = child->tag ? walk->count - 1 : parent->holder;
    if (child->tag || (child->tagged && child->box->draw))
        turn_list(holder, child->tag ? child->box : NULL, cairo);
}

void box_draw(const struct box *box, cairo_t *cairo, bool tagged)
{
    struct box_walk walk;
    box_walk_open(&walk, true);
    set_tagged(cairo, tagged);
    struct box_step *first = box_walk_push(&walk, box, 0, 0, 1);
    first->tagged = tagged;
    first->tag = tag_of(first, NULL);
    enter_box(first, cairo);
    while (walk.count) {
        struct box_step *child = box_walk_down(&walk);
        if (child) {
            open_element(&walk, child, cairo);
            enter_box(child, cairo);
        } else {
            leave_box(box_walk_top(&walk), cairo);
            box_walk_pop(&walk);
        }
    }
    box_walk_close(&walk);
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boxes: building the tree, walking it, drawing it with structure tags, and dumping
 * it as text. */
#include "layout/box.h"

#include <math.h>

/* The structure types of PDF as cairo knows them. The press turns Private into
 * artifacts. */
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
    [ROLE_LIST] = "L",
    [ROLE_ITEM] = "LI",
    [ROLE_LABEL] = "Lbl",
    [ROLE_BODY] = "LBody",
    [ROLE_TABLE] = "Table",
    [ROLE_ROW] = "TR",
    [ROLE_HEAD_CELL] = "TH",
    [ROLE_CELL] = "TD",
    [ROLE_FIGURE] = "Figure",
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
    part->child_count = part->note_count = 0;
    part->note = NULL;
    part->level = 0;
    if (is_rest)
        part->anchor = part->bookmark = (struct slice){0};
    return part;
}

struct flattening {
    struct arena *arena;
    struct box *flat;
    const struct box *top;
};

static bool add_flat(const struct box *box, double x, double y, void *context)
{
    struct flattening *flattening = context;
    if (box == flattening->top)
        return true;
    struct box *copy = box_part(flattening->arena, box, false);
    copy->split = NULL;
    copy->note = box->note;
    copy->note_count = box->note_count;
    copy->x = x;
    copy->y = y;
    if (box->scale > 0) {
        copy->child = box->child;
        copy->child_count = box->child_count;
        copy->level = box->level;
    }
    append_child(flattening->arena, flattening->flat, copy);
    return box->scale <= 0;
}

/* The same boxes at the same places, all of them children of one. */
static struct box *flatten(struct arena *arena, struct box *box)
{
    struct flattening flattening = {arena, box_part(arena, box, false), box};
    flattening.flat->split = NULL;
    flattening.flat->note = box->note;
    flattening.flat->note_count = box->note_count;
    box_visit(box, add_flat, &flattening);
    flattening.flat->level = 1;
    return flattening.flat;
}

void box_add(struct arena *arena, struct box *parent, struct box *child, double x,
             double y)
{
    if (child->level >= BOX_LEVEL_MAX)
        child = flatten(arena, child);
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

/* Walking ------------------------------------------------------------------------ */

static void visit_below(const struct box *box, double x, double y, double scale,
                        box_visit_fn *visit, void *context)
{
    if (!visit(box, x, y, context))
        return;
    if (box->scale > 0)
        scale *= box->scale;
    for (size_t i = 0; i < box->child_count; i++) {
        const struct box *child = box->child[i];
        visit_below(child, x + scale * child->x, y + scale * child->y, scale, visit,
                    context);
    }
}

void box_visit(const struct box *box, box_visit_fn *visit, void *context)
{
    visit_below(box, box->x, box->y, 1, visit, context);
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

static void mark_anchor(const struct box *box, cairo_t *cairo)
{
    double x = 0, y = 0;
    cairo_user_to_device(cairo, &x, &y);
    struct text attributes = {.arena = arena_new()};
    text_append_string(&attributes, "name='");
    append_anchor_name(&attributes, box->anchor);
    text_print(&attributes, "' x=%.2f y=%.2f", x, y);
    cairo_tag_begin(cairo, CAIRO_TAG_DEST,
                    slice_c_string(attributes.arena, text_slice(&attributes)));
    cairo_tag_end(cairo, CAIRO_TAG_DEST);
    arena_free(attributes.arena);
}

/* cairo drops the text of an element that has elements inside, so what a box with
 * children or without a role draws itself gets an element of its own. */
static void draw_own(const struct box *box, cairo_t *cairo, bool tagged)
{
    if (!box->draw)
        return;
    bool needs_tag = tagged && (box->role == ROLE_NONE || box->child_count > 0);
    const char *tag = box->text.size ? "Span" : tag_names[ROLE_ARTIFACT];
    if (needs_tag)
        cairo_tag_begin(cairo, tag, NULL);
    cairo_save(cairo);
    box->draw(box, cairo);
    cairo_restore(cairo);
    if (needs_tag)
        cairo_tag_end(cairo, tag);
}

static void draw_below(const struct box *box, cairo_t *cairo, bool tagged)
{
    const char *tag = tagged ? tag_names[box->role] : NULL;
    bool is_opaque = box->role == ROLE_FIGURE || box->role == ROLE_ARTIFACT;
    bool inside = tagged && !is_opaque;
    cairo_save(cairo);
    cairo_translate(cairo, box->x, box->y);
    if (box->anchor.size)
        mark_anchor(box, cairo);
    if (tag)
        cairo_tag_begin(cairo, tag, NULL);
    if (inside != tagged)
        set_tagged(cairo, inside);
    draw_own(box, cairo, inside);
    if (box->scale > 0)
        cairo_scale(cairo, box->scale, box->scale);
    for (size_t i = 0; i < box->child_count; i++)
        draw_below(box->child[i], cairo, inside);
    if (inside != tagged)
        set_tagged(cairo, tagged);
    if (tag)
        cairo_tag_end(cairo, tag);
    cairo_restore(cairo);
}

void box_draw(const struct box *box, cairo_t *cairo, bool tagged)
{
    set_tagged(cairo, tagged);
    draw_below(box, cairo, tagged);
    set_tagged(cairo, false);
}

void set_colour(cairo_t *cairo, struct colour colour)
{
    cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, colour.alpha);
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

static void dump_below(const struct box *box, double dx, double dy, int depth,
                       struct text *out)
{
    double x = box->x + dx, y = box->y + dy;
    bool is_shown = box->name && *box->name;
    if (is_shown) {
        for (int i = 0; i < depth; i++)
            text_append_string(out, "  ");
        text_print(out, "%s %.1f %.1f %.1f %.1f", box->name, tenth(x), tenth(y),
                   tenth(box->width), tenth(box->height));
        if (box->describe) {
            text_append_string(out, " ");
            box->describe(box, out);
        }
        text_append_string(out, "\n");
        x = y = 0;
    }
    for (size_t i = 0; i < box->child_count; i++)
        dump_below(box->child[i], x, y, depth + (is_shown ? 1 : 0), out);
}

void box_dump(const struct box *box, int depth, struct text *out)
{
    dump_below(box, 0, 0, depth, out);
}

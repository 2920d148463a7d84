/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A box is a laid rectangle that can draw itself. Boxes hold boxes; positions are
 * relative to the parent, in points, y downwards. */
#ifndef SITREP_LAYOUT_BOX_H
#define SITREP_LAYOUT_BOX_H

#include "base/diag.h"
#include "template/theme.h"

#include <cairo.h>

/* What a box is to a reader: becomes a structure tag in the PDF, in tree order. */
enum box_role {
    ROLE_NONE,     /* a wrapper, no tag */
    ROLE_ARTIFACT, /* furniture and decoration */
    ROLE_DOCUMENT,
    ROLE_SECTION,
    ROLE_H1,
    ROLE_H2,
    ROLE_H3,
    ROLE_H4,
    ROLE_H5,
    ROLE_H6,
    ROLE_P,
    ROLE_QUOTE,
    ROLE_CODE,
    ROLE_NOTE,
    ROLE_CAPTION,
    ROLE_ITEM, /* box_draw gathers items into lists */
    ROLE_LABEL,
    ROLE_BODY,
    ROLE_TABLE,
    ROLE_ROW,
    ROLE_HEAD_CELL,
    ROLE_CELL,
    ROLE_FIGURE,
    ROLE_CONTENTS,
    ROLE_CONTENTS_ENTRY,
};

/* How a box may be split. */
enum split_rule {
    SPLIT_WELL,     /* widows, orphans and keeps count */
    SPLIT_ANYWHERE, /* at the top of a page: between any two lines; what can't be split
                       and is too high is scaled down */
};

/* How a box makes its only child, again and again; callers' structures begin with it. */
struct recipe {
    /* In the arena. again: nothing is told, recorded or asked that was the first time. */
    struct box *(*make)(const struct recipe *recipe, struct arena *arena, bool again);
};

/* How a figure stands alone: laid again for another frame, and its numbers. Both only
 * while the brief it was made for lives. */
struct picture {
    bool has_source; /* names its own source */
    /* At most width x height. */
    struct box *(*lay)(const struct picture *picture, double width, double height);
    void (*write_csv)(const struct picture *picture, struct text *out);
    /* By how much it can be higher: to fill its page, and to end with the others of its
     * row. Once the page stands, settle is called with what it gets, 0 too. */
    double page_reach, row_reach;
    void (*settle)(struct box *figure, double growth);
    const void *elastic; /* settle's own */
    double plot_height;  /* what asks for the same again */
    size_t dropped_labels;
};

struct box {
    double x, y, width, height;
    enum box_role role;
    struct slice alt;  /* of a figure: written from the numbers or by the editor */
    struct slice text; /* what the text press prints for it, in reading order;
                                a box with text isn't descended into by that press */
    bool begins_list;  /* an item: not of the list above it */
    bool draws_tags;   /* opens elements of its own: links */
    bool is_rest;      /* of a box whose first part stands on the page before */
    const struct picture *picture; /* of a figure, or NULL */
    const struct recipe *recipe;   /* see box_of_recipe; NULL: children are all there */
    struct slice anchor;   /* names of a link target, one a line, its own first */
    struct slice bookmark; /* title in the PDF's outline, level by role */
    struct place at;       /* line of the template that made it */
    const char *name;      /* for the layout dump: "paragraph", "chart line" */
    size_t child_count;
    struct box **child;
    /* Draws the box's own content with the origin at its corner; children are drawn
     * after it by box_draw. NULL = nothing of its own. */
    void (*draw)(const struct box *box, cairo_t *cairo);
    const void *content; /* draw's own */
    /* For the layout dump: one line about content, or NULL. */
    void (*describe)(const struct box *box, struct text *out);
    /* Splits a box that is higher than height: the first part is at most that high
     * and holds something; *rest is NULL when nothing is left, since the box was
     * scaled down. false = no such place. NULL = can't be split. The box stays as it
     * was and may be asked again for another height. */
    bool (*split)(const struct box *box, double height, enum split_rule rule,
                  struct arena *arena, struct box **first, struct box **rest);
    size_t note_count;  /* footnotes whose marks stand in it, in order */
    const size_t *note; /* 1-based */
    double room_above;  /* kept free at the top for Nastaliq, part of height */
    double scale;       /* of the children inside; 0 = not scaled */
    int level;          /* boxes below it, the longest way down; kept by box_add */
};

struct box *box_new(struct arena *arena, const char *name, double width, double height);
/* Puts a finished box into parent: children are added before their parent is. */
void box_add(struct arena *arena, struct box *parent, struct box *child, double x,
             double y);
/* A box that is made to be measured and then forgotten, until it is drawn, written or
 * divided: a row of a long table, an entry of a long list, of which an annex would hold
 * thousands. Inside are no headings, link targets and figures. aside: as it was. */
struct box *box_of_recipe(struct arena *arena, struct arena *aside,
                          const struct recipe *recipe);
/* Draws a box and its children, with structure tags when tagged. */
void box_draw(const struct box *box, cairo_t *cairo, bool tagged);
/* All figures below, in the order box_draw meets them (for /Alt). */
size_t box_figures(const struct box *box, struct arena *arena,
                   const struct box *const **out);
/* The tree as text, two spaces a level: name, x y w h (one decimal), describe. A box
 * without a name is left out and its children stand in its place. */
void box_dump(const struct box *box, int depth, struct text *out);

/* Every box below and box itself, parents first, with its corner's place relative to
 * box's parent. Where visit returns false the children are left out. */
typedef bool box_visit_fn(const struct box *box, double x, double y, void *context);
void box_visit(const struct box *box, box_visit_fn *visit, void *context);
/* The same with what recipes make, which is gone afterwards. */
void box_visit_all(const struct box *box, box_visit_fn *visit, void *context);

/* Splits a box that can be and isn't nested too deeply for it; true as split says. */
bool box_split(const struct box *box, double height, enum split_rule rule,
               struct arena *arena, struct box **first, struct box **rest);
/* For boxes that cut themselves: a new box like whole without children and place; the
 * rest carries no anchor, bookmark or notes. */
struct box *box_part(struct arena *arena, const struct box *whole, bool is_rest);
/* A box that draws box smaller, so that it is as high as height. */
struct box *box_scaled(struct arena *arena, const struct box *box, double height);

/* The first of a box's names, and whether one of them is `name`. */
struct slice anchor_first(struct slice anchor);
bool anchor_has(struct slice anchor, struct slice name);

/* True inside box_draw with tags, where a draw function that draws links or several
 * runs must wrap each run in a Span of its own. */
bool drawing_is_tagged(cairo_t *cairo);

/* An anchor as the name of a destination: ASCII that no parser of PDF or of cairo's
 * tags stumbles over. */
void append_anchor_name(struct text *out, struct slice anchor);

void set_colour(cairo_t *cairo, struct colour colour);
/* Strokes the path. A PDF holds its curves and pen as they are, and cairo flattens them
 * only to know which pixels they may touch, three times; there it is told to do so
 * roughly, which changes no byte and spares a brief with a scatter a twelfth of its
 * instructions. */
void stroke_path(cairo_t *cairo);
/* A circle as a part of the path. Of one that is wider than a dot in a crowd cairo is
 * asked for four curves: the two that it takes by itself are seen in print. */
void circle_path(cairo_t *cairo, double x, double y, double radius);
void fill_rectangle(cairo_t *cairo, double x, double y, double width, double height,
                    struct colour colour);
void stroke_line(cairo_t *cairo, double x1, double y1, double x2, double y2,
                 double line_width, struct colour colour);

#endif

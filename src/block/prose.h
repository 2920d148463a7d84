/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prose: headings, paragraphs, lists, quotes, Markdown tables and footnotes as
 * boxes. */
#ifndef SITREP_BLOCK_PROSE_H
#define SITREP_BLOCK_PROSE_H

#include "block/compose.h"
#include "block/contents.h"
#include "template/anchor.h"

struct printed_note; /* walk.h */

struct composer {
    const struct prepared *prepared;
    const struct block_context *context;
    double landscape_width;
    bool headline_is_set; /* the first level-1 heading is the headline */
    bool in_section;      /* below a level-1 heading that isn't the headline */
    bool in_callout;
    size_t note;       /* inside that footnote: set in its size; 0 = none */
    bool note_is_open; /* its number still has to be printed */
    bool break_before_next;
    bool after_kicker; /* the heading stands close below it */
    struct place
        narrow_at; /* what left text too little width, where it has too little */
    const char
        *wider; /* what gives a block here more width, see struct chart_context */
    int list_depth;
    size_t paragraph_count; /* so far */
    struct slice first_heading;
    const struct flow *outermost;
    struct contents_place contents;
    struct anchors anchors; /* of headings, which `each` repeats */
    struct inner_links links;
};

/* links.c: takes the names that stand outside any `each`; the names of a heading or block
 * here, one a line; and warns of links that lead nowhere. */
void links_begin(struct composer *composer, const struct nodes *body);
struct slice link_names(struct composer *composer, const struct scope *scope,
                        struct slice own);
void links_check(struct composer *composer);

typedef void compose_fn(struct composer *composer, const struct nodes *nodes,
                        const struct scope *scope, struct flow *flow);

struct flow *flow_of_width(struct arena *arena, double width);
/* A narrower flow inside another, at least a point wide. Text that finds no room for a
 * word in it is told once, as a fault of what stands at that place (L112). */
bool flow_is_narrow(const struct composer *composer, const struct flow *flow);
struct flow *flow_inside(struct composer *composer, const struct flow *outer,
                         double width, struct place at);
void check_width(const struct composer *composer, const struct flow *flow,
                 struct slice text);

/* Of running text, by where it stands: body, callout or footnote. */
const struct text_style *running_style(const struct composer *composer);
/* Of a text's first line, below its box's top. */
double first_baseline(const struct text_style *style, bool mirrored);
struct box *spans_box(const struct composer *composer,
                      const struct paragraph *paragraph, const char *name,
                      double width);
/* The same where it is to be kept, and of a long document made again when it is drawn:
 * the flow's own, with its role and line. */
struct box *running_box(struct composer *composer, const struct paragraph *paragraph,
                        const char *name, enum box_role role, struct place at,
                        const struct flow *flow);
/* Inline nodes set in one style as a paragraph box. */
struct box *prose_box(const struct composer *composer, const struct inlines *inlines,
                      const struct scope *scope, const struct text_style *style,
                      const char *name, double width);

/* A paragraph that begins with ●●○, see confidence.c. */
bool is_confidence_line(struct slice text);
struct box *confidence_box(const struct composer *composer, const struct node *node,
                           const struct scope *scope, double width);

void compose_heading(struct composer *composer, const struct node *node,
                     const struct scope *scope, struct flow *flow);
void compose_kicker(struct composer *composer, const struct node *node,
                    const struct scope *scope, struct flow *flow);
void compose_paragraph(struct composer *composer, const struct node *node,
                       const struct scope *scope, struct flow *flow);
void compose_list(struct composer *composer, const struct node *node,
                  const struct scope *scope, struct flow *flow, compose_fn *compose);
void compose_quote(struct composer *composer, const struct node *node,
                   const struct scope *scope, struct flow *flow, compose_fn *compose);
void compose_code(struct composer *composer, const struct node *node,
                  struct flow *flow);
void compose_rule(struct composer *composer, struct flow *flow);
void compose_markdown_table(struct composer *composer, const struct node *node,
                            const struct scope *scope, struct flow *flow);
void compose_contents(struct composer *composer, const struct node *node,
                      struct flow *flow);
void compose_note_paragraph(struct composer *composer, const struct node *node,
                            const struct scope *scope, struct flow *flow);
struct box *footnote_box(struct composer *composer, const struct printed_note *note,
                         size_t number, double width, compose_fn *compose);

#endif

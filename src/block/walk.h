/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the walkers of a template share: finding what was prepared for a node, the
 * groups of an `each`, and inline text as spans. */
#ifndef SITREP_BLOCK_WALK_H
#define SITREP_BLOCK_WALK_H

#include "block/compose.h"

const struct prepared_block *prepared_block_of(const struct prepared *prepared,
                                               const struct node *node);
const struct prepared_each *prepared_each_of(const struct prepared *prepared,
                                             const struct node *node);

/* Asks what the choice and order of an each's groups need. */
void each_ask(const struct prepared_each *each, const struct scope *scope);
/* Category codes of the groups to print, in order. count may be 0. */
size_t each_groups(const struct prepared_each *each, const struct scope *scope,
                   const uint32_t **out);
/* The scope inside an each at one group; values[0] is the group's name. */
struct scope each_scope(const struct prepared_each *each, const struct scope *outer,
                        uint32_t group);

/* links.c: names of headings and blocks in a subtree, without those of an `each` in it;
 * what those of a group end with, "-sindh"; and where a link leads from here. */
size_t names_inside(const struct nodes *nodes, struct arena *arena,
                    const struct slice **out);
struct slice group_suffix(struct slice outer, struct slice word, struct arena *arena);
struct slice link_within(const struct scope *scope, struct slice target);
/* An address in the web or of a mail; anything else that a reader could be made to run or
 * open is told (M164) and empty. */
struct slice link_outward(const struct scope *scope, struct slice url, struct place at);

/* notes.c: the footnotes that marks ask for, in the order of their first marks, each
 * with the scope of its mark. Laying one may ask for more. */
struct printed_note {
    const struct nodes *nodes;
    const struct scope *scope;
    bool is_turned; /* the first mark stands on a turned page, as wide as which it is */
};
struct note_book *notes_begin(const struct template *template, struct arena *arena);
const struct printed_note *notes_printed(const struct note_book *book, size_t *count);
/* From now on marks stand on a turned page, or don't; what was so before. */
bool notes_turn(struct note_book *book, bool is_turned);
/* The number of the template's note where its mark stands in the scope. */
size_t notes_number(size_t note, const struct scope *scope);
/* Before anything is printed: the template's note, unless it was met in this `each`
 * before; of no nodes then. */
struct note_visits {
    const struct template *template;
    struct note_visit **last; /* a note */
};
struct note_visits notes_unvisited(const struct template *template,
                                   struct arena *arena);
struct nodes notes_visit(struct note_visits *visits, size_t note,
                         const struct scope *scope);

/* Inline nodes as spans in the given style; values printed, `if` decided. */
size_t inline_spans(const struct inlines *inlines, const struct scope *scope,
                    const struct theme *theme, const struct text_style *style,
                    const struct span **out);
/* The same without styles. */
struct slice inline_text(const struct inlines *inlines, const struct scope *scope);
/* Spans as one text, marks of footnotes in brackets or left out: the only span's own
 * where there is one. */
struct slice spans_text(const struct span *span, size_t count, bool with_marks,
                        struct arena *arena);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Composing: the template's tree, walked three times. prepare checks every name and
 * reads every block's keys, before any row is read; rehearse asks every question;
 * compose lays the boxes. */
#ifndef SITREP_BLOCK_COMPOSE_H
#define SITREP_BLOCK_COMPOSE_H

#include "block/block.h"

struct prepared_block {
    const struct node *node;
    const struct block_kind *kind;
    const void *arguments;
};

struct prepared_each {
    const struct node *node;
    struct column *column;
    const struct measure *order; /* NULL: by name */
    bool highest_first;
    size_t name_count; /* of headings and blocks inside, which links lead to */
    const struct slice *name;
};

struct prepared {
    struct arena *arena;
    size_t block_count, block_capacity;
    struct prepared_block *block;
    size_t each_count, each_capacity;
    struct prepared_each *each;
    struct condition_list conditions;
    struct boundary_list boundaries;
};

/* Checks the body and the footnotes it asks for; collects every error. */
bool prepare_template(const struct template *template, const struct scope *scope,
                      struct prepared *prepared, struct diags *diags);

/* Puts every question into the scope's plans. */
void rehearse_template(const struct template *template, const struct prepared *prepared,
                       const struct block_context *context);

struct composition {
    struct flow flow;
    size_t note_count;
    struct box **note;          /* footnotes, laid */
    struct slice first_heading; /* text of the first level-1 heading */
};

/* Lays the brief at the given width; what stands in `::: landscape` at that of the
 * turned page. */
void compose_template(const struct template *template, const struct prepared *prepared,
                      const struct block_context *context, double width,
                      double turned_width, struct composition *out);

#endif

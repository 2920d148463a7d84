/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of contents; see contents.c. */
#ifndef SITREP_BLOCK_CONTENTS_H
#define SITREP_BLOCK_CONTENTS_H

#include "layout/page.h"

struct composer;

struct contents_place {
    struct flow *flow; /* NULL: none asked for */
    size_t item;
};

/* When all of flow is composed: fills the list's box. */
void contents_fill(struct composer *composer, struct flow *flow);
/* When the pages are cut: sets the page numbers that entries draw. */
void contents_number(const struct pages *pages, struct arena *arena);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A brief: an edition laid out for all rows or for those of one group.
 * Life: brief_compose … brief_write (any number of formats) … brief_free. */
#ifndef SITREP_BRIEF_BRIEF_H
#define SITREP_BRIEF_BRIEF_H

#include "brief/edition.h"

struct brief {
    struct arena *arena;
    struct edition *edition;
    struct typesetter *typesetter;
    struct scope whole; /* over all rows: `national.` means this */
    struct scope scope; /* over the brief's own rows */
    struct block_context context;
    struct figures figures;
    struct composition composition;
    struct furniture furniture;
    struct pages pages;
    struct slice *foot; /* of each page: the words at its foot, but for its number */
    size_t dropped_labels, figure_count;
    struct slice group_name; /* "Sindh", empty without a group */
};

/* column NULL: all rows. rows: those of the group. */
bool brief_compose(struct edition *edition, const struct column *column, uint32_t group,
                   const struct rows *rows, struct brief **out);
/* Figures take what their pages have left. */
struct page_geometry;
void brief_fill_pages(struct brief *brief, const struct page_geometry *geometry);
/* Says what the typesetter couldn't do: L301 letters that no font has, L205 words that
 * aren't divided. */
void brief_check_letters(const struct brief *brief);
void brief_free(struct brief *brief);
/* Before the first of many groups' briefs: what they share is made once, and what their
 * workers inherit needn't be made by each: answers over all rows, numbers as words,
 * fonts. Says nothing that each brief won't say itself. */
void brief_expect(struct edition *edition, const struct column *column, uint32_t group);

typedef bool brief_sink(const void *bytes, size_t size, void *context);

struct brief_choice;

struct brief_format {
    const char *name, *help;
    bool (*write)(const struct brief *brief, const struct brief_choice *choice,
                  brief_sink *sink, void *context);
};

/* What of a brief a picture shows. */
struct brief_choice {
    size_t page; /* from 1 */
    double dpi;
    const struct box *figure;   /* instead of a page, or NULL */
    double width_pt, height_pt; /* of the figure's picture; 0 = as in the brief */
};
const struct brief_format *brief_format_find(struct slice name);
const struct brief_format *brief_formats(size_t *count);
/* A figure by its id or its number from 1; NULL: none. */
const struct box *brief_figure(const struct brief *brief, struct slice id);

#endif

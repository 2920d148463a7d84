/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages: a flow is cut into pages, with footnotes at the foot and furniture (cover
 * band, running head, footer) around. */
#ifndef SITREP_LAYOUT_PAGE_H
#define SITREP_LAYOUT_PAGE_H

#include "layout/flow.h"
#include "layout/text.h"

struct page_size {
    double width, height; /* A4 595.28 × 841.89, Letter 612 × 792 */
};

struct page_geometry {
    struct page_size size;
    double left, right;    /* margins */
    double first_top, top; /* y where content starts, first page and others */
    double bottom;         /* y where content ends */
    double note_space;     /* between content and the footnotes below it */
    double note_gap;       /* between footnotes */
    struct box *note_rule; /* drawn above the first footnote of a page, or NULL; at
                            * the side that lines begin at */
    bool right_to_left;
};

struct page {
    struct page_size size;
    size_t number;     /* from 1 */
    bool goes_on;      /* with what didn't fit on the page before: it doesn't begin at
                              a page break or turn */
    struct box *body;  /* role ROLE_NONE; positioned on the page */
    struct box *notes; /* footnotes at the foot, or NULL */
    struct box *furniture; /* ROLE_ARTIFACT, set by the caller once the number of
                                pages is known; drawn first */
};

struct pages {
    size_t count;
    struct page *page;
};

/* Fills pages from a flow; an empty one gives one empty page. On landscape pages
 * width and height are swapped and the margins stay. note[i] is the box of footnote
 * i + 1; it goes to the foot of the page where its mark stands, or, when it doesn't fit
 * there with at least its mark's line, continues on the next that is as wide.
 * Footnotes without a mark stand on the last page.
 * A box higher than a page that can't be split
 * is scaled down to fit and reported (warning L101 with its place), as is what should
 * stay together and can't (L103). Nothing is ever dropped.
 *   errors  L102 the geometry leaves no room for content
 *   cost    linear */
bool pages_fill(const struct flow *flow, const struct page_geometry *geometry,
                struct box *const *note, size_t note_count, struct arena *arena,
                struct pages *out, struct diags *diags);

/* Pages as text: "page 1 595.3 x 841.9" and the trees of its boxes. */
void pages_dump(const struct pages *pages, struct text *out);
void page_draw(const struct page *page, cairo_t *cairo, bool tagged);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Furniture: cover band, running head and foot of a page (STYLE.md 1). */
#ifndef SITREP_BLOCK_FURNITURE_H
#define SITREP_BLOCK_FURNITURE_H

#include "block/block.h"
#include "layout/page.h"

/* Where the furniture stands: as the theme says, further apart where the ink of Nastaliq
 * needs it. Baselines and edges from the page's top, the foot's from its bottom. */
struct furniture_levels {
    double title, issue, band;     /* of the cover: baselines, the band's lower edge */
    double running, running_rule;  /* of the pages after it */
    double foot_rule, foot_bottom; /* the rule above the foot, its last baseline */
};

/* The texts as they are set: smaller where they are wide, then on more lines, then cut.
 * NULL: there is none. */
struct furniture_labels {
    const struct label *title, *issue, *notice, *detail; /* of the cover */
    const struct label *running_title, *running_issue, *running_notice;
    const struct label *notice_line;
};

struct furniture {
    struct slice title;                 /* "Pakistan Security Brief" */
    struct slice issue_line;            /* "Weekly · No. 46 · 9–15 November 2026" */
    struct slice notice;                /* "SAMPLE DATA", or empty */
    struct slice notice_detail;         /* under it in the band */
    struct slice source;                /* at the foot: source, cut-off, method */
    struct slice notice_line;           /* at the foot in the attention colour */
    const struct template_text *footer; /* the editor's own foot line, or NULL */
    bool has_cover;                     /* page 1 carries the band */
    struct furniture_labels label;      /* set by furniture_geometry */
    struct furniture_levels levels;     /* … too */
};

/* Sets the labels, and the levels by them; the texts are those of page 1. */
struct page_geometry furniture_geometry(const struct block_context *context,
                                        struct furniture *furniture,
                                        struct page_size size);
/* scope->page and scope->pages are set. Role: artifact. */
struct box *furniture_box(const struct block_context *context,
                          const struct furniture *furniture, const struct page *page);

#endif

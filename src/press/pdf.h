/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The PDF press: pages that cairo drew become a document that libharu writes.
 * Same inputs, same bytes. */
#ifndef SITREP_PRESS_PDF_H
#define SITREP_PRESS_PDF_H

#include "base/diag.h"

/* Hangs below the nearest one before it that is of a higher level. */
struct pdf_bookmark {
    int level;          /* 1 = top */
    struct slice title; /* UTF-8 */
    size_t page;        /* from 0 */
    double y_pt;        /* of the target, from the page's top edge */
};

/* The n-th Figure tag in reading order, furniture's left out. */
struct pdf_figure {
    struct slice alt;
};

struct pdf_size {
    double width_pt, height_pt;
};

/* Empty texts are left out; beyond 2,000 code points texts and bookmarks are clipped. */
struct pdf_info {
    struct slice title, author, subject, keywords, creator;
    struct slice language; /* "en", "ur" */
    int32_t created_day;   /* days since 1970-01-01; printed as D:…000000Z, left out
                              outside the years 1 to 9999 */
    size_t bookmark_count;
    const struct pdf_bookmark *bookmark;
    size_t figure_count;
    const struct pdf_figure *figure;
    /* What is left of each page, from its top left corner; NULL: all that was drawn. */
    const struct pdf_size *page_size;
    size_t first_page_number; /* page labels count from here; 0 is taken for 1 */
};

typedef bool pdf_sink_fn(const void *bytes, size_t size, void *context);

/* A document in parts: pages that are drawn, grafted and written are forgotten before
 * the next are drawn. Life: pdf_open … pdf_add … pdf_finish … pdf_close. */
struct pdf;

/* NULL: libharu can't (I303). What info refers to must stay until pdf_close. */
struct pdf *pdf_open(const struct pdf_info *info, pdf_sink_fn *sink, void *context,
                     struct diags *diags);

/* Adds pages behind those that are there and hands them to sink, in pieces.
 *   pages      a cairo PDF 1.5 surface of its own, as surface_draw_pdf gives it. What is
 *              below a "Private" tag is furniture: it leaves the structure tree and
 *              becomes an artifact. A link may lead to a name of another part
 *   is_last    no more come: what would be missing is an error before they are written
 *   errors     anything in pages that isn't understood (I301 syntax, I302 tags, I303
 *              objects and libharu), naming cairo's version: no byte of the part was
 *              given to sink; a sink that fails (I305). Of a document with an error
 *              what sink has is worth nothing. Other numbers of figures than info has:
 *              words might stand with the wrong figure (I302).
 *              Warning I304: a page that cairo drew partly as a picture
 *   cost       linear; about 1 ms for four pages, and as much again to inflate and
 *              deflate pages that have furniture. What stays of a page is 2 kB, and
 *              40 bytes for each of its objects */
bool pdf_add(struct pdf *pdf, struct slice pages, bool is_last);
/* Writes what stands behind the pages. errors: I302, I303, I305 */
bool pdf_finish(struct pdf *pdf);
void pdf_close(struct pdf *pdf); /* NULL is fine */

/* A document of one part. errors: as above; nothing is given to sink of pages that
 * can't be understood */
bool pdf_write(struct slice pages, const struct pdf_info *info, pdf_sink_fn *sink,
               void *context, struct diags *diags);

#endif

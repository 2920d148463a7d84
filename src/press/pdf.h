/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The PDF press: pages that cairo drew become a document that libharu writes.
 * Same inputs, same bytes. */
#ifndef SITREP_PRESS_PDF_H
#define SITREP_PRESS_PDF_H

#include "base/diag.h"

struct pdf_bookmark {
    int level;          /* 1 = top */
    struct slice title; /* UTF-8 */
    size_t page;        /* from 0 */
    double y_pt;        /* of the target, from the page's top edge */
};

struct pdf_figure { /* the n-th Figure tag in reading order */
    struct slice alt;
};

struct pdf_info {
    struct slice title, author, subject, keywords, creator;
    struct slice language; /* "en", "ur" */
    int32_t created_day;   /* days since 1970-01-01; printed as D:…000000Z */
    size_t bookmark_count;
    const struct pdf_bookmark *bookmark;
    size_t figure_count;
    const struct pdf_figure *figure;
    size_t first_page_number; /* page labels count from here; usually 1 */
};

typedef bool pdf_sink_fn(const void *bytes, size_t size, void *context);

/* cairo_pdf: the bytes of one cairo PDF 1.5 surface with all pages, tagged. Anything
 * in it that isn't understood is an error (I3xx) that names cairo's version; nothing
 * half right is written. cost: linear; libharu borrows cairo_pdf until the end. */
bool pdf_write(struct slice cairo_pdf, const struct pdf_info *info, pdf_sink_fn *sink,
               void *context, struct diags *diags);

#endif

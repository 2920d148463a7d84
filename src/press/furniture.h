/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running heads and page numbers aren't part of what a brief says. cairo knows no tag
 * for that, so they are drawn under "Private", and their marks in a page's content
 * become "/Artifact BMC" here. The door to zlib.
 * Life: furniture_open … furniture_rewrite … furniture_close. */
#ifndef SITREP_PRESS_FURNITURE_H
#define SITREP_PRESS_FURNITURE_H

#include "base/diag.h"

struct furniture;

struct furniture *furniture_open(struct arena *arena, struct diags *diags);
void furniture_close(struct furniture *furniture);

/* A page's content as cairo wrote it. It compresses contents unless CAIRO_DEBUG_PDF is
 * in the environment, which spares a program that sets it a tenth of a brief's time. */
struct page_content {
    struct slice bytes;
    bool is_deflated;
    const bool *is_furniture; /* for each of the page's marks */
    size_t mark_count;
    size_t page; /* from 1, for messages */
};

/* The content deflated, with its furniture marked; out is in the arena. A content
 * without any of these marks (a page that cairo drew partly as a picture, which hides
 * them) stays as it is, with a warning (I304); one that holds some of them is an error
 * (I303).
 *   cost  inflating and deflating, some 10 ns a byte of content */
bool furniture_rewrite(struct furniture *furniture, const struct page_content *content,
                       struct slice *out);
/* Any other bytes, deflated. errors: I303 */
bool furniture_deflate(struct furniture *furniture, struct slice plain,
                       struct slice *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paper to draw on: the same draw function fills a PDF with all pages, a PNG or an SVG
 * of one. Same inputs, same bytes.
 *
 * What a drawer must know about cairo 1.16's tags, when they are for the PDF:
 * - an element that has children loses what is drawn directly in it: each run of text
 *   in an element of its own (Span);
 * - furniture goes under "Private", never inside a leaf; all below it leaves the
 *   structure tree and becomes an artifact;
 * - names of destinations: ASCII, each once;
 * - an address goes into a Link through surface_link_uri, since cairo escapes nothing.
 * Operators IN, OUT, ATOP, DEST_*, XOR, ADD, SATURATE make a part of a PDF's page a
 * picture; in an SVG every operator but OVER does, MULTIPLY too, and a group
 * leaks half a kilobyte. */
#ifndef SITREP_PRESS_SURFACE_H
#define SITREP_PRESS_SURFACE_H

#include "base/diag.h"

#include <cairo.h>

/* Draws a page, from 0, in points from its upper left corner. */
typedef void surface_draw_fn(cairo_t *cairo, size_t page, void *context);
typedef bool surface_write_fn(const void *bytes, size_t size, void *context);

struct surface_size {
    double width_pt, height_pt;
};

struct surface_drawing {
    size_t page_count;
    const struct surface_size *size; /* of each page */
    bool tagged; /* a PDF's pages stand below one "Document" element */
    surface_draw_fn *draw;
    void *context;
    struct slice title, description; /* of an SVG, for who doesn't see it; or empty */
};

struct surface_sink {
    surface_write_fn *write;
    void *context;
};

/* count pages from first on as one PDF 1.5, for pdf_add. errors: I306, also for tags
 * that don't match, which cairo tells of only at the end. */
bool surface_draw_pages(const struct surface_drawing *drawing, size_t first,
                        size_t count, struct arena *arena, struct slice *out,
                        struct diags *diags);
/* All of them. */
bool surface_draw_pdf(const struct surface_drawing *drawing, struct arena *arena,
                      struct slice *out, struct diags *diags);

/* One page on white, 24 bits a pixel. errors: I306, also beyond 32,767 pixels a side
 * or 250 million in all; I305 when the sink fails */
bool surface_draw_png(const struct surface_drawing *drawing, size_t page, double dpi,
                      const struct surface_sink *sink, struct diags *diags);

/* One page without background. cairo numbers what it defines across the process; here
 * numbers begin at 1 in each file. errors: as above */
bool surface_draw_svg(const struct surface_drawing *drawing, size_t page,
                      const struct surface_sink *sink, struct diags *diags);

/* No hinting, neither of outlines nor of widths, and grey edges: a text is as wide on
 * a screen as on paper. Free with cairo_font_options_destroy. */
cairo_font_options_t *surface_font_options(void);

/* The attributes of a Link tag to an address: characters that would end the string, in
 * cairo's attributes or in the PDF, become %-escapes; the rest stays. */
const char *surface_link_uri(struct arena *arena, struct slice uri);

#endif

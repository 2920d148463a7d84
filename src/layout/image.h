/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures from files: PNG, whose pixels are embedded, and SVG, which is drawn as
 * lines. The bytes are kept and decoded when they are drawn. */
#ifndef SITREP_LAYOUT_IMAGE_H
#define SITREP_LAYOUT_IMAGE_H

#include "base/diag.h"

#include <cairo.h>

struct image {
    const char *path;
    struct slice bytes;        /* live in the arena */
    bool is_vector, has_words; /* words: an SVG with text */
    double width, height;      /* pixels; of an SVG its own units, 96 to the inch */
};

/* Errors stand where the file was named:
 *   F401 there is no such file, F402 it is no PNG or SVG, F403 it is damaged,
 *   F404 it is too large, F405 the library that draws SVG isn't installed */
bool image_open(const char *path, struct place named_at, int named_width,
                struct arena *arena, struct image *out, struct diags *diags);
/* Draws it in width x height points from the origin. false: cairo or librsvg couldn't,
 * which an image that image_open took doesn't happen to. */
bool image_draw(const struct image *image, cairo_t *cairo, double width, double height);

/* svg.c, the door to librsvg, which is loaded when the first SVG is there: a brief
 * without one needn't wait for it. */
bool svg_is_possible(void);
/* false: it can't be read. Its size is 0 where it says none. */
bool svg_measure(struct slice bytes, double *width, double *height);
bool svg_draw(struct slice bytes, cairo_t *cairo, double width, double height);
/* svg_words.c: the words of its text elements, divided by points. */
struct slice svg_words(struct slice svg, struct arena *arena);

#endif

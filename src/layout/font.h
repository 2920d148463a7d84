/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the room: the listed faces as Pango's fonts. Pango's own font map asks
 * fontconfig for the best face of a whole machine, in two threads for each size of each
 * style; here the list has said which face it is, and nothing is read of a face before
 * its first letter.
 * Types are named as GObject's macros want them. */
#ifndef SITREP_LAYOUT_FONT_H
#define SITREP_LAYOUT_FONT_H

#include <cairo.h>
#include <pango/pango.h>

#include <stdbool.h>

/* A face of the list. */
struct face {
    const char *family, *path;
    double weight;
    bool is_italic;
};

/* What is read of a face, once for all sizes. */
struct loaded_face {
    const struct face *face;
    hb_face_t *shapes; /* NULL until the first letter is asked for */
    PangoCoverage *characters;
    cairo_font_face_t *outlines;
    struct font *fonts; /* one a size */
};

void face_unload(struct loaded_face *face);

/* A face at a size. Belongs to its map, which outlives it. size: Pango's units. */
PangoFont *font_new(PangoFontMap *map, struct loaded_face *face, int size);
/* The same again, or NULL. */
PangoFont *font_find(const struct loaded_face *face, int size);
/* What cairo draws the font's glyphs with. */
cairo_scaled_font_t *font_outlines(PangoFont *font);
/* The font's space, 0 where it has none. */
PangoGlyph font_blank_glyph(PangoFont *font);

/* Faces stand in for each other in their order; they and count outlive the map. */
PangoFontMap *font_map_new(const struct face *face, size_t count);
/* Styles at sizes that the map has been asked for and keeps. */
size_t font_map_size(PangoFontMap *map);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the room: font maps over the private list of faces. A font map keeps loaded
 * faces and their shaping tables, which are dear, so one that a typesetter returns
 * serves the next. */
#ifndef SITREP_LAYOUT_FONTS_H
#define SITREP_LAYOUT_FONTS_H

#include "layout/hyphen.h"
#include "layout/text.h"

#include <pango/pango.h>

/* One user at a time; any thread. */
PangoFontMap *fonts_take_map(struct fonts *fonts);
void fonts_return_map(struct fonts *fonts, PangoFontMap *map);
/* Those listed in hyphenation.conf beside the list of faces. */
struct hyphens *fonts_hyphens(const struct fonts *fonts);

/* svg_fonts.c: a configuration of fontconfig that holds these faces and no others, and
 * makes it the process's. */
struct face;
void *svg_fonts_new(const struct face *face, size_t count);
void svg_fonts_use(void *config);
bool svg_fonts_have(void *config, uint32_t rune);
void svg_fonts_free(void *config);

#endif

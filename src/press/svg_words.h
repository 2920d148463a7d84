/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an SVG says to those who don't see it: browsers and screen readers take title and
 * desc as its name and description. */
#ifndef SITREP_PRESS_SVG_WORDS_H
#define SITREP_PRESS_SVG_WORDS_H

#include "base/text.h"

/* Copies svg as an image with that title and description; either may be empty. */
void svg_add_words(struct slice svg, struct slice title, struct slice description,
                   struct text *out);

#endif

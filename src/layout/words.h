/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of Arabic script, shaped once. Shaping Nastaliq takes ten times as long as Latin,
 * and a page says most of its words again. In fonts known to shape a word between spaces
 * the same whatever stands beside it, a run is put together of its words; in others Pango
 * shapes the whole run. */
#ifndef SITREP_LAYOUT_WORDS_H
#define SITREP_LAYOUT_WORDS_H

#include "base/arena.h"

#include <pango/pango.h>
#include <stdbool.h>

struct words;

struct words *words_new(void);
void words_free(struct words *words);

/* The glyphs of a run from right to left, as pango_shape gives them; text is the item's
 * own. false: its font isn't one of those, and out is as it was.
 *   cost  linear; at most 8,192 words are kept, some 3 MB */
bool words_shape(struct words *words, const PangoItem *item, const char *text,
                 PangoGlyphString *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Anchors: what links within a brief lead to, made of a heading's words. */
#ifndef SITREP_TEMPLATE_ANCHOR_H
#define SITREP_TEMPLATE_ANCHOR_H

#include "base/text.h"

/* "Khyber Pakhtunkhwa: the week" is khyber-pakhtunkhwa-the-week. */
struct slice anchor_of_words(struct slice words, struct arena *arena);

/* How often each was given. Life: that of the arena. */
struct anchors {
    struct arena *arena;
    struct anchor_slot *slot;
    size_t count, slot_count; /* a power of two */
};
/* The anchor, or where it is taken the first of anchor-1, anchor-2 … that isn't.
 * cost: constant, however often one repeats */
struct slice anchors_take(struct anchors *anchors, struct slice anchor);
/* Takes it only when nobody has; true when it did. */
bool anchors_take_free(struct anchors *anchors, struct slice anchor);
bool anchors_is_taken(const struct anchors *anchors, struct slice anchor);
/* All that were taken, in the anchors' arena. */
size_t anchors_list(const struct anchors *anchors, const struct slice **out);

#endif

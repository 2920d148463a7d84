/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Twin editions: the same brief in two languages prints the same numbers. */
#ifndef SITREP_BRIEF_TWINS_H
#define SITREP_BRIEF_TWINS_H

#include "brief/brief.h"

/* What a brief printed, kept when the brief itself is gone. */
struct twin {
    struct slice language;
    struct period period;
    size_t rows, count;
    const struct figure *figure;
};

void twin_keep(const struct brief *brief, struct arena *arena, struct twin *out);
/* False after errors Q120 to Q122. A block that both languages print has the same
 * figures; one of them may show fewer ({en: 7, ur: 6}), never others. A number that
 * stands in one language's own text stands somewhere in the other, too. */
bool twins_agree(const struct twin *first, const struct twin *second,
                 struct diags *diags);

#endif

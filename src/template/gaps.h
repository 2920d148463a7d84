/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Closing up a text around values that printed nothing. */
#ifndef SITREP_TEMPLATE_GAPS_H
#define SITREP_TEMPLATE_GAPS_H

#include "base/text.h"

struct gap_text {
    struct slice text;
    bool is_gap;   /* a value or an `if` that printed nothing: text is empty */
    bool is_fixed; /* code, a footnote's mark: stays as it is */
};

/* Shortens the texts beside each gap. */
void gaps_close(struct gap_text *text, size_t count);

#endif

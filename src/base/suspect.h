/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line that an editor got wrong, when YAML has been refused: the library speaks of
 * where its grammar ended, which is often a line too early. */
#ifndef SITREP_BASE_SUSPECT_H
#define SITREP_BASE_SUSPECT_H

#include "base/text.h"

struct suspect {
    int line, column, width;    /* line from 1, in the text */
    const char *message, *hint; /* in the arena, or constant */
};

/* Looks at line and the next for what YAML can't say well: "=" for a colon, a colon
 * without its space or of another script, a line that starts with a no-break space, a
 * line indented deeper than the key above it has room for. */
bool yaml_suspect(struct slice text, int line, struct arena *arena,
                  struct suspect *out);
/* The cure for a bracket or quote at `at` that is never closed. */
const char *yaml_closing_cure(struct slice text, size_t at);

#endif

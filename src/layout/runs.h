/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the room: text made safe for Pango and divided into runs of one span and one
 * script. Knows Unicode, no fonts. */
#ifndef SITREP_LAYOUT_RUNS_H
#define SITREP_LAYOUT_RUNS_H

#include "layout/text.h"

struct text_run {
    size_t start, end; /* bytes of the text */
    size_t span;
    bool is_arabic;  /* set in the style's Arabic family and size */
    bool is_figures; /* digits and signs alone, in an Arabic text */
};

struct run_text {
    struct slice text;
    size_t run_count;
    const struct text_run *run;
    bool has_arabic, has_latin; /* letters; digits and signs are neither */
    bool right_to_left;         /* base direction */
    size_t mark_count;          /* isolates that were put in, by offset; 3 bytes each */
    const size_t *mark;
};

/* clean.c: as runs_of says of its text. */
void append_clean(struct slice text, struct text *out);
/* Line breaks become U+2028, tabs four spaces, bytes that aren't UTF-8 and control
 * characters U+FFFD; embeddings and overrides of direction are left out, since one
 * stray in the data could turn a sentence round. Spaces and punctuation between two
 * words of one script go with it. Words of the other script than the base's are
 * isolated, so that numbers beside them stay where they belong. cost: linear */
void runs_of(const struct span *span, size_t span_count, enum text_direction direction,
             struct arena *arena, struct run_text *out);
/* The run that holds a byte of the text. */
const struct text_run *run_at(const struct run_text *text, size_t offset);
/* Bytes from..to as they were before isolates were put in. */
struct slice runs_plain(const struct run_text *text, size_t from, size_t to,
                        struct arena *arena);

#endif

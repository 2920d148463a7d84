/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the room: a line while it is set. Its runs are Pango's, in scratch; what is
 * kept of them until they are drawn is packed in the end.
 * Life: line_begin … line_add_sign … line_measure … line_justify … line_keep. */
#ifndef SITREP_LAYOUT_LINE_H
#define SITREP_LAYOUT_LINE_H

#include "layout/typesetter.h"

struct open_run {
    PangoGlyphItem item;
    const struct set_span *span;
    double width;
    bool is_arabic;
    bool has_text; /* false: a sign that isn't in the text */
};

struct open_line {
    struct typesetter *typesetter;
    const struct set_text *text;
    const char *piece;    /* that the items' offsets count from */
    struct open_run *run; /* logical order until it is measured, then visual */
    size_t run_count;
};

/* Characters from..to of a piece, with room for one sign more. */
struct open_line line_begin(struct typesetter *typesetter, const struct set_text *text,
                            const struct piece *piece, size_t from, size_t to);
/* A run in whose style a sign at a character would be set. */
struct open_run run_like(const struct set_text *text, const struct piece *piece,
                         size_t character);
double sign_width(struct typesetter *typesetter, const char *sign,
                  const struct open_run *like);
/* Puts a sign that isn't in the text after the last run, in its style. */
void line_add_sign(struct open_line *line, const char *sign);
/* Puts the runs into visual order; sets what out has of widths and heights. */
void line_measure(struct open_line *line, struct set_line *out);
/* Widens the spaces by extra altogether. */
void line_justify(struct open_line *line, double extra, struct set_line *out);
/* The runs of out, in the typesetter's arena. */
void line_keep(const struct open_line *line, struct set_line *out);

#endif

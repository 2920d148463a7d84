/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the room: styles as Pango wants them, text broken into lines, lines drawn.
 * Labels and paragraphs are made of this. */
#ifndef SITREP_LAYOUT_TYPESETTER_H
#define SITREP_LAYOUT_TYPESETTER_H

#include "layout/runs.h"

#include <cairo.h>
#include <pango/pango.h>

/* A style by value: equal styles are one. */
struct set_style {
    struct text_style style;
    PangoFontDescription *latin, *arabic, *mark; /* mark: of a footnote */
};

struct set_span {
    const struct set_style *style;
    struct slice link;
    size_t note;
};

/* Text with its styles, ready to be broken into lines. */
struct set_text {
    struct run_text runs;
    const struct set_span *span;
    size_t span_count;
};

void set_text_of(struct typesetter *typesetter, const struct span *span,
                 size_t span_count, struct set_text *out);

/* A line places its baseline by the leading of its styles: below it `below`, above it
 * the rest of the leading; but at least `clear` where nothing but the top of a box is
 * above it. */
struct set_line {
    PangoLayoutLine *line;
    const char *text;  /* that the items' offsets count from */
    size_t start, end; /* bytes of the set text; end is where the next line starts */
    double x, width, leading, below, clear;
    bool has_arabic;
};

struct line_request {
    const struct set_text *text;
    double width; /* negative: as wide as the text is */
    double first_indent, hanging_indent;
    bool justify;
    int max_lines; /* 0 = all */
};

struct set_lines {
    struct set_line *line;
    size_t count, capacity;
    bool is_shortened;
};

/* cost: linear, also for one paragraph of a hundred thousand words */
void set_lines(struct typesetter *typesetter, const struct line_request *request,
               struct set_lines *out);
/* The smallest width at which the text takes no more lines than at request's. */
double balanced_width(struct typesetter *typesetter, const struct line_request *request,
                      size_t line_count);
/* How far ink reaches from the line's start: left, right, above and below the
 * baseline. */
struct ink {
    double left, right, above, below;
};
struct ink line_ink(const struct set_line *line);
double run_width(const PangoGlyphItem *run);
/* Draws a run with its baseline's start at x, y, in the source colour. */
void draw_run(cairo_t *cairo, const struct set_line *line, PangoGlyphItem *run,
              double x, double y);
/* Adds the letters' outlines to the current path. */
void trace_run(cairo_t *cairo, const struct set_line *line, PangoGlyphItem *run,
               double x, double y);

/* One layout for each base direction, used for one text after another. */
PangoLayout *typesetter_layout(const struct typesetter *typesetter, bool right_to_left);
PangoLanguage *typesetter_arabic_language(const struct typesetter *typesetter);
/* Keeps a line until the typesetter is freed, longer than its layout has it. */
PangoLayoutLine *typesetter_keep_line(struct typesetter *typesetter,
                                      PangoLayoutLine *line);
void typesetter_note_missing(struct typesetter *typesetter, uint32_t rune);

struct arena *typesetter_arena(const struct typesetter *typesetter);
const struct set_style *typesetter_style(struct typesetter *typesetter,
                                         const struct text_style *style);
void typesetter_note_shortened(struct typesetter *typesetter, struct slice text);

/* Labels by text, style, width and lines. */
struct label_key {
    struct slice text;
    const struct set_style *style;
    double width;
    int max_lines;
};
/* The slot of a label: NULL inside while there is none. */
struct label **typesetter_label_slot(struct typesetter *typesetter,
                                     const struct label_key *key);

#endif

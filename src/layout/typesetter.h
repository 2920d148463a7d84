/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the room: styles as Pango wants them, text shaped once, broken into lines,
 * lines drawn. Labels and paragraphs are made of this. */
#ifndef SITREP_LAYOUT_TYPESETTER_H
#define SITREP_LAYOUT_TYPESETTER_H

#include "layout/runs.h"

#include <cairo.h>
#include <pango/pango.h>

/* A style by value: equal styles are one. */
struct set_style {
    struct text_style style;
    PangoFontDescription *latin, *arabic, *mark; /* mark: of a footnote */
    PangoFontDescription *figures;               /* digits among Nastaliq */
};

struct set_span {
    const struct set_style *style;
    struct slice link;
    size_t note;
};

/* Text with its styles, ready to be shaped. */
struct set_text {
    struct run_text runs;
    const struct set_span *span;
    size_t span_count;
};

void set_text_of(struct typesetter *typesetter, const struct span *span,
                 size_t span_count, struct set_text *out);

/* -- Shaped text (shape.c) ------------------------------------------------------ */

enum {
    CAN_BREAK = 1,
    IS_WHITE = 2,
    IS_CURSOR = 4,
    ADDS_HYPHEN = 8,
    IS_GLUED = 16 /* breaks only where nothing else does: between number and unit */
};

/* One item of glyphs, in logical order. */
struct shaped_run {
    PangoGlyphItem *item;
    size_t first, last; /* characters of the piece */
};

/* A piece of text without a line break, shaped as one long line. Where a text is long,
 * a piece may end in the middle of a line: then its last line is begun again. */
struct piece {
    size_t start, end, next; /* bytes of the text; next: where the next piece starts */
    bool is_open;            /* ends in the middle of a line */
    size_t run_count;
    struct shaped_run *run;
    size_t count;    /* characters */
    size_t *offset;  /* of each in bytes from start; one more at the end */
    double *advance; /* of each */
    unsigned char *flags;
};

/* The next piece of a text from a byte on, in scratch until the next set_lines. */
struct piece *shape_piece(struct typesetter *typesetter, const struct set_text *text,
                          size_t start);
/* joint.c: keeps Nastaliq off the Latin beside it; in a text from right to left. */
void part_scripts(const struct piece *piece, const struct set_text *text);
/* A short text by itself, in a style: an ellipsis, a hyphen. */
PangoGlyphItem *shape_sign(struct typesetter *typesetter, const char *sign,
                           const PangoFontDescription *font);

/* -- Lines (lines.c) -------------------------------------------------------------- */

/* A glyph of ordinary text, in Pango's units; and any glyph. */
struct small_glyph {
    uint16_t glyph;
    int16_t width;
};
struct placed_glyph {
    PangoGlyph glyph;
    int width, x, y;
};

/* Glyphs that wait to be drawn, in visual order: four bytes each where that is all there
 * is to say. */
struct set_run {
    PangoFont *font; /* its map's */
    const struct set_span *span;
    struct slice text; /* that they stand for; no data: a sign that isn't in the text */
    double width;
    size_t glyph_count;
    const struct small_glyph *small; /* NULL: placed */
    const struct placed_glyph *placed;
    const uint16_t *letter; /* byte of text that each begins at; NULL: one a letter */
    bool is_arabic, is_backward;
};

/* A line places its baseline by the leading of its styles: below it `below`, above it
 * the rest of the leading; but at least `clear` where nothing but the top of a box is
 * above it. */
struct set_line {
    struct set_run *run; /* in visual order */
    size_t run_count;
    size_t start, end; /* bytes of the set text; end is where the next line starts */
    double x, width, leading, below, clear;
    double top;  /* in a paragraph: leadings above it */
    double hang; /* how far its first sign stands out */
    bool has_arabic;
    bool is_divided; /* ends with a hyphen that isn't in the text */
};

struct line_request {
    const struct set_text *text;
    double width; /* negative: as wide as the text is */
    double first_indent, hanging_indent;
    bool justify;
    bool balanced;     /* the smallest width that takes no more lines */
    bool no_lone_word; /* balanced where the last line were one word */
    bool divided;      /* long words may be */
    int max_lines;     /* 0 = all */
};

struct set_lines {
    struct set_line *line;
    size_t count, capacity;
    bool is_shortened;
};

/* cost: linear, also for one paragraph of a hundred thousand words */
void set_lines(struct typesetter *typesetter, const struct line_request *request,
               struct set_lines *out);
/* -- Dividing words (divide.c) ---------------------------------------------------- */

/* A line from..to ends before a word of which as much as fits may go with it, ended by
 * a hyphen: the character to divide at, else `to`. room: what the line has left. */
size_t divide_word(struct typesetter *typesetter, const struct set_text *text,
                   struct piece *piece, size_t to, double room, double hyphen_width);

/* How far ink reaches from the line's start: left, right, above and below the
 * baseline. */
struct ink {
    double left, right, above, below;
};
struct ink line_ink(const struct set_line *line);
/* ink.c: what outlines are traced on, for cairo_destroy. */
cairo_t *outline_canvas(void);
/* The edges of a flat path, those that close it too. */
typedef void edge_fn(double x1, double y1, double x2, double y2, void *context);
void path_edges(const cairo_path_t *path, edge_fn *take, void *context);
/* How far below one line's baseline another's must be for their ink to stay
 * apart, at least `drop`; the lines begin at the x from the left. */
double lines_drop(const struct set_line *upper, double upper_x,
                  const struct set_line *lower, double lower_x, double drop);
/* Draws a run with its baseline's start at x, y, in the source colour. */
void draw_run(cairo_t *cairo, const struct set_run *run, double x, double y);
/* missing.c: a box of the width with a code point in it, where a letter of the size would
 * stand on the baseline y. */
void draw_missing(cairo_t *cairo, uint32_t rune, double x, double y, double width,
                  double size);
/* A space of the run's font, without ink. */
void draw_space(cairo_t *cairo, const struct set_run *run, double x, double y);
/* The space behind a line's last run, which ends at x: without it the words on both sides
 * of the break are one for whoever has a page read aloud. Of a line that isn't the last. */
void draw_space_after(cairo_t *cairo, const struct set_run *run, double x, double y);
/* Adds the letters' outlines to the current path. */
void trace_run(cairo_t *cairo, const struct set_run *run, double x, double y);

/* -- What a typesetter keeps (typesetter.c) ------------------------------------- */

/* One for each base direction. */
PangoContext *typesetter_context(const struct typesetter *typesetter,
                                 bool right_to_left);
PangoLanguage *typesetter_arabic_language(const struct typesetter *typesetter);
/* Words that were shaped before. */
struct words *typesetter_words(const struct typesetter *typesetter);
/* A run without glyphs yet of an item, which it takes; both until typesetter_clear. */
PangoGlyphItem *typesetter_keep_run(struct typesetter *typesetter, PangoItem *item);
void typesetter_note_missing(struct typesetter *typesetter, uint32_t rune);
/* How often anything was noted so far, and in which brief. */
struct told {
    size_t notes, brief;
};
struct told typesetter_told(const struct typesetter *typesetter);

/* For what is kept of lines. */
struct arena *typesetter_arena(const struct typesetter *typesetter);
/* For what set_lines needs until it has put a piece into lines. */
struct arena *typesetter_scratch(const struct typesetter *typesetter);
/* For lines that aren't all there yet. */
struct arena *typesetter_draft(const struct typesetter *typesetter);
/* Forgets scratch and the runs in it. */
void typesetter_clear(struct typesetter *typesetter);
const struct set_style *typesetter_style(struct typesetter *typesetter,
                                         const struct text_style *style);
void typesetter_note_shortened(struct typesetter *typesetter, struct slice text);
/* Of the typesetter's language, read when they are first asked for; NULL: none. */
const struct patterns *typesetter_patterns(struct typesetter *typesetter);

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
/* A copy with the typesetter's life. */
struct label *typesetter_keep_label(struct typesetter *typesetter,
                                    const struct label *label);
/* One that was set before, or NULL. */
const struct label *typesetter_find_label(const struct typesetter *typesetter,
                                          const struct label_key *key);
size_t typesetter_labels(const struct typesetter *typesetter); /* that are kept */
/* True between lay_aside and lay_back, with what it was given. */
bool typesetter_is_aside(const struct typesetter *typesetter, struct aside *out);

#endif

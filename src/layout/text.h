/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text in Pango: measured labels for charts and paragraphs broken into lines. The
 * door to Pango.
 *
 * Fonts come from a private list of files, never from the machine's configuration,
 * so that every machine sets the same lines.
 * Life: fonts_open once a process … typesetter_new, for one brief or for several one
 * after the other, with typesetter_begin between them … typesetter_free … fonts_close.
 * One typesetter per thread. */
#ifndef SITREP_LAYOUT_TEXT_H
#define SITREP_LAYOUT_TEXT_H

#include "base/diag.h"
#include "template/theme.h"

#include <cairo.h>

struct fonts;
/* Reads fonts/families.conf: a line a face: family | weight | italic | file, the file
 * searched in the conf's own folder, then the system's font folders. A family of
 * which no face is found is an error F101 naming the package that has it. */
bool fonts_open(struct fonts **out, const char *families_conf, struct diags *diags);
void fonts_close(struct fonts *fonts);

/* From now on the words in SVGs are set in these faces alone, by the names of their
 * families; unknown families and sans-serif are Inter. */
void fonts_serve_svg(struct fonts *fonts);
/* Whether one of them has the letter; once they serve. */
bool fonts_have_for_svg(const struct fonts *fonts, uint32_t rune);

struct typesetter;
enum text_direction { DIRECTION_LEFT_TO_RIGHT, DIRECTION_RIGHT_TO_LEFT };
struct typesetter *typesetter_new(struct fonts *fonts, const char *language,
                                  enum text_direction direction, struct arena *arena);
/* Another brief: what was missing or shortened is forgotten. Labels that were set are
 * not set again: most of a further brief's are those of the one before. */
void typesetter_begin(struct typesetter *typesetter);
/* Releases what Pango holds; boxes made by it can't be drawn any more. */
void typesetter_free(struct typesetter *typesetter);
struct fonts *typesetter_fonts(const struct typesetter *typesetter);
enum text_direction typesetter_direction(const struct typesetter *typesetter);
/* Characters no font had, each once, for the report. */
size_t typesetter_missing(const struct typesetter *typesetter, const uint32_t **runes);
/* Texts that lost their end to an ellipsis, in order, whole, for the report. */
size_t typesetter_shortened(const struct typesetter *typesetter,
                            const struct slice **text);
/* Runs of text that were shaped so far: what laying text costs, whatever the machine. */
size_t typesetter_shaped(const struct typesetter *typesetter);
/* True: a word should have been divided, but its language has no patterns; package is
 * what has them, empty when nothing is known. */
bool typesetter_undivided(const struct typesetter *typesetter, struct slice *package);

/* Where paragraphs go instead of the typesetter's own arena, until lay_back. again: they
 * were laid before, and what was shortened is known. The first few thousand labels stay
 * the typesetter's. */
struct aside {
    struct arena *arena;
    bool again;
};
struct aside typesetter_lay_aside(struct typesetter *typesetter, struct arena *arena,
                                  bool again); /* what was so until now */
void typesetter_lay_back(struct typesetter *typesetter, struct aside before);

/* -- Labels: short texts on charts ------------------------------------------- */

struct label {
    struct slice text;
    const struct text_style *style;
    double width;           /* of the widest line, ink may overhang */
    double ascent, descent; /* first baseline to top, last baseline to bottom */
    double height;          /* ascent + descent + leading between lines */
    int line_count;
    bool is_shortened; /* ended with an ellipsis */
    void *layout;      /* the lines, owned by the typesetter */
};

/* One line, or several where text holds newlines. Equal calls share one label. */
const struct label *typeset_label(struct typesetter *typesetter, struct slice text,
                                  const struct text_style *style);
/* How wide a label would be; its lines aren't kept. */
double typeset_width(struct typesetter *typesetter, struct slice text,
                     const struct text_style *style);
/* Wrapped to width, ended with an ellipsis after max_lines (0 = no end). */
const struct label *typeset_label_in(struct typesetter *typesetter, struct slice text,
                                     const struct text_style *style, double width,
                                     int max_lines);
/* How far below a label's last baseline the first one of another stands at least for
 * their ink to stay apart, both drawn at the same x and anchor: `drop`, or more. Either
 * may be NULL. */
double label_drop(const struct label *upper, const struct label *lower, double anchor,
                  double drop);
/* From the first line's baseline to the last one's. */
double label_baselines(const struct label *label);
/* anchor: 0 = x is the left edge, 0.5 = the middle, 1 = the right edge.
 * y is the first line's baseline. Leaves no current point. */
void label_draw(const struct label *label, cairo_t *cairo, double x, double y,
                double anchor);
void label_draw_coloured(const struct label *label, cairo_t *cairo, double x, double y,
                         double anchor, struct colour colour);
/* Once it is drawn there: a space without ink, for those who copy or hear what comes
 * next. */
void label_draw_space(const struct label *label, cairo_t *cairo, double x, double y,
                      double anchor);
/* With a halo of width points around the letters, drawn first. */
void label_draw_halo(const struct label *label, cairo_t *cairo, double x, double y,
                     double anchor, struct colour colour, struct colour halo,
                     double width);

/* -- Paragraphs --------------------------------------------------------------- */

struct span {
    struct slice text;
    const struct text_style *style;
    struct slice link; /* "https://…" or "#anchor", empty = none */
    size_t note;       /* 1.. = this span is the mark of that footnote, 0 = none */
};

enum text_align { ALIGN_START, ALIGN_END, ALIGN_CENTRE, ALIGN_JUSTIFY };

struct paragraph {
    size_t span_count;
    const struct span *span;
    enum text_align align;
    bool balanced;     /* smallest width that keeps the line count */
    bool no_lone_word; /* balanced, but only where the last line were one word */
    bool divided;      /* long words may be, where a line would stay short without */
    int max_lines;     /* 0 = all; else ellipsis, see typesetter_shortened */
    double first_indent, hanging_indent;
};

struct box;
/* Lines as a box of the given width, with ROLE_P and the text; its height is the sum of
 * the leadings, a line's being the largest of its spans', and with Arabic script in
 * the first line what 2.1 em above its baseline need more. Lines are filled greedily at
 * the places Pango allows, soft hyphens too; a number stays with the word after it.
 * Quotes at the start of a line, and stops and hyphens at the end of a justified one,
 * hang out a little. Splits between lines (see flow.h), never behind a divided word. */
struct box *typeset_paragraph(struct typesetter *typesetter,
                              const struct paragraph *paragraph, double width);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where scripts meet on a line. A word in Nastaliq begins high and leans out over what
 * stands before it; between two such words that is how they are written, but over a
 * number, a name in Latin or a footnote's mark it hides the space, or the sign. */
#include "layout/font.h"
#include "layout/typesetter.h"

#include <math.h>

/* What is left clear at least of a space, and where there is none, in parts of the
 * Arabic size; how high and low the Latin stands, in parts of its own. */
static const double LEAST_SPACE = 0.15, LEAST_GAP = 0.03;
static const double LATIN_ABOVE = 0.85, LATIN_BELOW = 0.25;

/* The ink between two heights, from the item's left edge. */
struct inked {
    double top, bottom; /* heights, downwards */
    double left, right;
};

/* What of an edge lies between the heights. */
static void add_edge(double x1, double y1, double x2, double y2, void *context)
{
    struct inked *inked = context;
    if (y1 > y2) {
        add_edge(x2, y2, x1, y1, context);
        return;
    }
    if (y2 < inked->top || y1 > inked->bottom)
        return;
    double slope = y2 > y1 ? (x2 - x1) / (y2 - y1) : 0;
    double from = y1 < inked->top ? x1 + (inked->top - y1) * slope : x1;
    double to = y2 > inked->bottom ? x1 + (inked->bottom - y1) * slope : x2;
    inked->left = fmin(inked->left, fmin(from, to));
    inked->right = fmax(inked->right, fmax(from, to));
}

static void trace_item(const PangoGlyphItem *item, struct inked *inked)
{
    const PangoGlyphString *glyphs = item->glyphs;
    cairo_t *cairo = outline_canvas();
    cairo_set_scaled_font(cairo, font_outlines(item->item->analysis.font));
    int x = 0;
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        const PangoGlyphGeometry *at = &glyphs->glyphs[i].geometry;
        const cairo_glyph_t glyph = {glyphs->glyphs[i].glyph,
                                     (double)(x + at->x_offset) / PANGO_SCALE,
                                     (double)at->y_offset / PANGO_SCALE};
        x += at->width;
        if (glyphs->glyphs[i].glyph < PANGO_GLYPH_EMPTY)
            cairo_glyph_path(cairo, &glyph, 1);
    }
    cairo_path_t *path = cairo_copy_path_flat(cairo);
    path_edges(path, add_edge, inked);
    cairo_path_destroy(path);
    cairo_destroy(cairo);
}

/* A side of Arabic text that meets Latin: its item there, and how many are behind it. */
struct joint {
    const struct shaped_run *run;
    size_t count;
    bool at_right; /* of the Arabic: it begins behind the Latin */
    const struct text_style *arabic, *latin;
};

static const PangoGlyphItem *item_of(const struct joint *joint, size_t i)
{
    return joint->at_right ? joint->run[i].item : (joint->run - i)->item;
}

/* What an item leaves clear at the side of the joint; more than wanted isn't measured. */
static double clear_of_item(const struct joint *joint, const PangoGlyphItem *item,
                            double wanted, bool *is_inked)
{
    PangoRectangle ink, box;
    pango_glyph_string_extents(item->glyphs, item->item->analysis.font, &ink, &box);
    double width = (double)box.width / PANGO_SCALE;
    double left = (double)ink.x / PANGO_SCALE;
    double right = width - (double)(ink.x + ink.width) / PANGO_SCALE;
    *is_inked = ink.width > 0 && ink.height > 0;
    if (!*is_inked)
        return width;
    if ((joint->at_right ? right : left) >= wanted)
        return wanted;
    struct inked inked = {-LATIN_ABOVE * joint->latin->size_pt,
                          LATIN_BELOW * joint->latin->size_pt, INFINITY, -INFINITY};
    trace_item(item, &inked);
    return joint->at_right ? width - inked.right : inked.left;
}

/* A space may be an item of its own. */
static double clear_at(const struct joint *joint, double wanted)
{
    double clear = 0;
    bool is_inked = false;
    for (size_t i = 0; i < joint->count && !is_inked && clear < wanted; i++)
        clear += clear_of_item(joint, item_of(joint, i), wanted - clear, &is_inked);
    return clear;
}

/* The glyph at a side is a space: what is given to it goes with it where a line ends. */
static bool ends_in_space(const PangoGlyphItem *item, const char *text, bool at_right)
{
    const PangoGlyphString *glyphs = item->glyphs;
    int edge = at_right ? glyphs->num_glyphs - 1 : 0;
    return text[item->item->offset + glyphs->log_clusters[edge]] == ' ';
}

static void widen_item(const PangoGlyphItem *item, bool at_right, double extra)
{
    PangoGlyphString *glyphs = item->glyphs;
    PangoGlyphGeometry *edge =
        &glyphs->glyphs[at_right ? glyphs->num_glyphs - 1 : 0].geometry;
    int units = (int)(extra * PANGO_SCALE);
    edge->width += units;
    if (!at_right)
        edge->x_offset += units;
}

static void part_joint(const struct joint *joint, const char *text)
{
    const PangoGlyphItem *item = item_of(joint, 0);
    if (item->glyphs->num_glyphs == 0)
        return;
    bool is_space = ends_in_space(item, text, joint->at_right);
    double wanted =
        (is_space ? LEAST_SPACE : LEAST_GAP) * joint->arabic->arabic_size_pt;
    double clear = clear_at(joint, wanted);
    if (clear < wanted)
        widen_item(item, joint->at_right, wanted - clear);
}

static const struct text_run *source_of(const struct set_text *text,
                                        const struct piece *piece, size_t i)
{
    return run_at(&text->runs, piece->start + (size_t)piece->run[i].item->item->offset);
}

static const struct text_style *style_of(const struct set_text *text,
                                         const struct piece *piece, size_t i)
{
    return &text->span[source_of(text, piece, i)->span].style->style;
}

/* Words in Arabic script; its digits stand upright. */
static bool leans(const struct set_text *text, const struct piece *piece, size_t i)
{
    return source_of(text, piece, i)->is_arabic &&
           piece->run[i].item->item->analysis.level % 2 == 1;
}

/* How many items of a piece are such words, from one on in a direction. */
static size_t count_leaning(const struct set_text *text, const struct piece *piece,
                            size_t from, bool onwards)
{
    size_t count = 0, room = onwards ? piece->run_count - from : from + 1;
    while (count < room && leans(text, piece, onwards ? from + count : from - count))
        count++;
    return count;
}

void part_scripts(const struct piece *piece, const struct set_text *text)
{
    const char *bytes = text->runs.text.data + piece->start;
    for (size_t i = 1; i < piece->run_count && text->runs.right_to_left; i++) {
        bool begins = leans(text, piece, i);
        if (begins == leans(text, piece, i - 1))
            continue;
        const struct text_style *first = style_of(text, piece, i - 1);
        const struct text_style *second = style_of(text, piece, i);
        size_t at = begins ? i : i - 1;
        const struct joint joint = {.run = &piece->run[at],
                                    .count = count_leaning(text, piece, at, begins),
                                    .at_right = begins,
                                    .arabic = begins ? second : first,
                                    .latin = begins ? first : second};
        part_joint(&joint, bytes);
    }
}

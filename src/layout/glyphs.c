/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run's glyphs: their ink, and they on cairo with the text that each stands for. */
#include "layout/font.h"
#include "layout/typesetter.h"

#include <math.h>

static struct placed_glyph glyph_of(const struct set_run *run, size_t i)
{
    if (!run->small)
        return run->placed[i];
    return (struct placed_glyph){run->small[i].glyph, run->small[i].width, 0, 0};
}

/* Ink ---------------------------------------------------------------------------- */

static double points(int units)
{
    return (double)units / PANGO_SCALE;
}

static PangoRectangle ink_of_run(const struct set_run *run)
{
    bool is_inked = false;
    int x = 0, left = 0, right = 0, top = 0, bottom = 0;
    for (size_t i = 0; i < run->glyph_count; i++) {
        const struct placed_glyph glyph = glyph_of(run, i);
        PangoRectangle ink;
        pango_font_get_glyph_extents(run->font, glyph.glyph, &ink, NULL);
        ink.x += x + glyph.x;
        ink.y += glyph.y;
        x += glyph.width;
        if (!ink.width || !ink.height)
            continue;
        left = is_inked ? MIN(left, ink.x) : ink.x;
        right = is_inked ? MAX(right, ink.x + ink.width) : ink.x + ink.width;
        top = is_inked ? MIN(top, ink.y) : ink.y;
        bottom = is_inked ? MAX(bottom, ink.y + ink.height) : ink.y + ink.height;
        is_inked = true;
    }
    return (PangoRectangle){left, top, right - left, bottom - top};
}

struct ink line_ink(const struct set_line *line)
{
    struct ink ink = {0};
    double x = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        const PangoRectangle box = ink_of_run(&line->run[i]);
        double left = x + points(box.x);
        ink.left = fmin(ink.left, left);
        ink.right = fmax(ink.right, left + points(box.width));
        ink.above = fmax(ink.above, -points(box.y));
        ink.below = fmax(ink.below, points(box.y + box.height));
        x += line->run[i].width;
    }
    return ink;
}

/* Drawing ------------------------------------------------------------------------ */

static bool is_drawn(PangoGlyph glyph)
{
    return glyph != PANGO_GLYPH_EMPTY && glyph != (PANGO_GLYPH_UNKNOWN_FLAG | ' ');
}

static bool is_missing(PangoGlyph glyph)
{
    return glyph & PANGO_GLYPH_UNKNOWN_FLAG && is_drawn(glyph);
}

/* A letter that no font has stays in the text, as a blank under its box. */
static void draw_boxes(cairo_t *cairo, const struct set_run *run, double x, double y)
{
    const struct text_style *style = &run->span->style->style;
    double size = run->is_arabic ? style->arabic_size_pt : style->size_pt;
    for (size_t i = 0; i < run->glyph_count; i++) {
        const struct placed_glyph glyph = glyph_of(run, i);
        if (is_missing(glyph.glyph))
            draw_missing(cairo, glyph.glyph & ~(PangoGlyph)PANGO_GLYPH_UNKNOWN_FLAG, x,
                         y, points(glyph.width), size);
        x += points(glyph.width);
    }
}

/* Those to draw, with the run's baseline beginning at x, y; room for all. */
static int place_glyphs(const struct set_run *run, double x, double y,
                        cairo_glyph_t *out)
{
    int count = 0, at = 0;
    for (size_t i = 0; i < run->glyph_count; i++) {
        const struct placed_glyph glyph = glyph_of(run, i);
        if (is_drawn(glyph.glyph))
            out[count++] = (cairo_glyph_t){
                is_missing(glyph.glyph) ? font_blank_glyph(run->font) : glyph.glyph,
                x + points(at + glyph.x), y + points(glyph.y)};
        at += glyph.width;
    }
    return count;
}

/* Where the letters end that the i-th glyph in the order of the text stands for, which
 * begin at `from`. */
static size_t end_of_letters(const struct set_run *run, size_t i, size_t from)
{
    const char *text = run->text.data;
    if (i + 1 == run->glyph_count)
        return run->text.size;
    if (!run->letter)
        return (size_t)(g_utf8_next_char(text + from) - text);
    size_t last = run->glyph_count - 1;
    size_t next = run->letter[run->is_backward ? last - i - 1 : i + 1];
    return next > run->letter[run->is_backward ? last - i : i] ? next : from;
}

/* Letters that glyphs stand for together, in the order of the text; room for as many as
 * there are glyphs. */
static int find_clusters(const struct set_run *run, cairo_text_cluster_t *cluster)
{
    int count = 0, drawn = 0;
    size_t from = 0;
    for (size_t i = 0; i < run->glyph_count; i++) {
        size_t visual = run->is_backward ? run->glyph_count - 1 - i : i;
        size_t end = end_of_letters(run, i, from);
        drawn += is_drawn(glyph_of(run, visual).glyph);
        if (end == from)
            continue;
        cluster[count++] = (cairo_text_cluster_t){(int)(end - from), drawn};
        from = end;
        drawn = 0;
    }
    return count;
}

static void show(cairo_t *cairo, const struct set_run *run, const cairo_glyph_t *glyph,
                 int count)
{
    cairo_set_scaled_font(cairo, font_outlines(run->font));
    if (!run->text.data) {
        cairo_show_glyphs(cairo, glyph, count);
        return;
    }
    cairo_text_cluster_t *cluster = cairo_text_cluster_allocate((int)run->glyph_count);
    int clusters = find_clusters(run, cluster);
    cairo_show_text_glyphs(cairo, run->text.data, (int)run->text.size, glyph, count,
                           cluster, clusters,
                           run->is_backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
    cairo_text_cluster_free(cluster);
}

/* Through the middle of small letters; Nastaliq's words slope down to the baseline from
 * far above it. */
static void strike(cairo_t *cairo, const struct set_run *run, double x, double y)
{
    static const double THICKNESS = 0.06, LATIN_HEIGHT = 0.26, ARABIC_HEIGHT = 0.34;
    const struct text_style *style = &run->span->style->style;
    double size = run->is_arabic ? style->arabic_size_pt : style->size_pt;
    double height = run->is_arabic ? ARABIC_HEIGHT : LATIN_HEIGHT;
    double thick = THICKNESS * style->size_pt;
    cairo_rectangle(cairo, x, y - height * size - thick / 2, run->width, thick);
    cairo_fill(cairo);
}

void draw_run(cairo_t *cairo, const struct set_run *run, double x, double y)
{
    if (run->span->style->style.struck)
        strike(cairo, run, x, y);
    cairo_glyph_t *glyph = cairo_glyph_allocate((int)run->glyph_count);
    int count = place_glyphs(run, x, y, glyph);
    show(cairo, run, glyph, count);
    cairo_glyph_free(glyph);
    draw_boxes(cairo, run, x, y);
}

/* On a whole point cairo takes a glyph without ink for nothing and drops it. */
static double off_the_grid(double at)
{
    static const double FIXED = 1.0 / 256, NUDGE = 0.25;
    return fabs(at - round(at)) < FIXED ? at + NUDGE : at;
}

void draw_space(cairo_t *cairo, const struct set_run *run, double x, double y)
{
    cairo_user_to_device(cairo, &x, &y);
    x = off_the_grid(x);
    y = off_the_grid(y);
    cairo_device_to_user(cairo, &x, &y);
    const cairo_text_cluster_t cluster = {1, 1};
    const cairo_glyph_t glyph = {font_blank_glyph(run->font), x, y};
    cairo_set_scaled_font(cairo, font_outlines(run->font));
    cairo_show_text_glyphs(cairo, " ", 1, &glyph, 1, &cluster, 1, 0);
}

void draw_space_after(cairo_t *cairo, const struct set_run *run, double x, double y)
{
    if (!run->is_backward && run->text.data && run->text.data[run->text.size] == ' ')
        draw_space(cairo, run, x, y);
}

void trace_run(cairo_t *cairo, const struct set_run *run, double x, double y)
{
    cairo_glyph_t *glyph = cairo_glyph_allocate((int)run->glyph_count);
    int count = place_glyphs(run, x, y, glyph);
    cairo_set_scaled_font(cairo, font_outlines(run->font));
    cairo_glyph_path(cairo, glyph, count);
    cairo_glyph_free(glyph);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run's glyphs on cairo, with the text that each stands for. */
#include "layout/font.h"
#include "layout/typesetter.h"

static bool is_drawn(PangoGlyph glyph)
{
    return glyph != PANGO_GLYPH_EMPTY && glyph != (PANGO_GLYPH_UNKNOWN_FLAG | ' ');
}

/* Those to draw, with the run's baseline beginning at x, y; room for all. */
static int place_glyphs(const PangoGlyphString *run, double x, double y,
                        cairo_glyph_t *glyph)
{
    int count = 0, at = 0;
    for (int i = 0; i < run->num_glyphs; i++) {
        const PangoGlyphInfo *info = &run->glyphs[i];
        if (is_drawn(info->glyph))
            glyph[count++] = (cairo_glyph_t){
                font_drawn_glyph(info->glyph),
                x + (double)(at + info->geometry.x_offset) / PANGO_SCALE,
                y + (double)info->geometry.y_offset / PANGO_SCALE};
        at += info->geometry.width;
    }
    return count;
}

static int count_drawn(const PangoGlyphString *run, int from, int to)
{
    int count = 0;
    for (int i = from; i < to; i++)
        count += is_drawn(run->glyphs[i].glyph);
    return count;
}

/* Letters that glyphs stand for together; room for as many as there are glyphs. */
static int find_clusters(PangoGlyphItem *run, const char *text,
                         cairo_text_cluster_t *cluster)
{
    PangoGlyphItemIter at;
    int count = 0;
    bool more = pango_glyph_item_iter_init_start(&at, run, text);
    for (; more; more = pango_glyph_item_iter_next_cluster(&at)) {
        bool is_reversed = at.start_glyph > at.end_glyph;
        int from = is_reversed ? at.end_glyph + 1 : at.start_glyph;
        int to = is_reversed ? at.start_glyph + 1 : at.end_glyph;
        cluster[count++] = (cairo_text_cluster_t){at.end_index - at.start_index,
                                                  count_drawn(run->glyphs, from, to)};
    }
    return count;
}

static void show(cairo_t *cairo, const struct set_line *line, struct set_run *run,
                 const cairo_glyph_t *glyph, int count)
{
    const PangoItem *item = run->item.item;
    bool is_backward = item->analysis.level % 2;
    cairo_set_scaled_font(cairo, font_outlines(item->analysis.font));
    if (!run->has_text) {
        cairo_show_glyphs(cairo, glyph, count);
        return;
    }
    cairo_text_cluster_t *cluster =
        cairo_text_cluster_allocate(run->item.glyphs->num_glyphs);
    int clusters = find_clusters(&run->item, line->text, cluster);
    cairo_show_text_glyphs(cairo, line->text + item->offset, item->length, glyph, count,
                           cluster, clusters,
                           is_backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
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

void draw_run(cairo_t *cairo, const struct set_line *line, struct set_run *run,
              double x, double y)
{
    if (run->span->style->style.struck)
        strike(cairo, run, x, y);
    cairo_glyph_t *glyph = cairo_glyph_allocate(run->item.glyphs->num_glyphs);
    x += (double)run->item.start_x_offset / PANGO_SCALE;
    int count = place_glyphs(run->item.glyphs, x, y, glyph);
    show(cairo, line, run, glyph, count);
    cairo_glyph_free(glyph);
}

void trace_run(cairo_t *cairo, const struct set_line *line, struct set_run *run,
               double x, double y)
{
    (void)line;
    cairo_glyph_t *glyph = cairo_glyph_allocate(run->item.glyphs->num_glyphs);
    int count = place_glyphs(run->item.glyphs, x, y, glyph);
    cairo_set_scaled_font(cairo, font_outlines(run->item.item->analysis.font));
    cairo_glyph_path(cairo, glyph, count);
    cairo_glyph_free(glyph);
}

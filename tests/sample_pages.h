/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages as a brief has them, for tests of the press: Latin and Urdu text, a table with
 * heads, links and their targets, charts with alpha, gradients, clips and groups,
 * furniture, one landscape page. */
#ifndef SITREP_TESTS_SAMPLE_PAGES_H
#define SITREP_TESTS_SAMPLE_PAGES_H

#include "press/surface.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>

enum { SAMPLE_PAGES = 3, SAMPLE_FIGURES = 3 };

static const struct surface_size sample_size[SAMPLE_PAGES] = {
    {595.28, 841.89}, {595.28, 841.89}, {841.89, 595.28}};

static inline void sample_text(cairo_t *cairo, const char *font, double x, double y,
                               const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    PangoFontDescription *description = pango_font_description_from_string(font);
    cairo_font_options_t *options = surface_font_options();
    PangoContext *context = pango_layout_get_context(layout);
    pango_cairo_context_set_resolution(context, 72);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_layout_context_changed(layout);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_width(layout, 480 * PANGO_SCALE);
    pango_layout_set_text(layout, text, -1);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout);
    cairo_new_path(cairo);
    cairo_font_options_destroy(options);
    pango_font_description_free(description);
    g_object_unref(layout);
}

static inline void sample_element(cairo_t *cairo, const char *tag, const char *font,
                                  double x, double y, const char *text)
{
    cairo_tag_begin(cairo, tag, NULL);
    sample_text(cairo, font, x, y, text);
    cairo_tag_end(cairo, tag);
}

/* Nested, as boxes inside furniture would tag themselves. */
static inline void sample_furniture(cairo_t *cairo, size_t page)
{
    char text[64];
    snprintf(text, sizeof text, "Running head, page %zu of %d", page + 1, SAMPLE_PAGES);
    cairo_tag_begin(cairo, "Private", NULL);
    sample_element(cairo, "P", "Inter 8", 50, 20, text);
    sample_element(cairo, "Span", "Inter 8", 400, 20, "Not for release");
    cairo_tag_end(cairo, "Private");
}

/* cairo's SVG turns a page with MULTIPLY on it into a picture, and leaks 472 bytes a
 * group. */
static inline void sample_chart(cairo_t *cairo, double x, double y, bool for_svg)
{
    cairo_tag_begin(cairo, "Figure", NULL);
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_pattern_t *shade = cairo_pattern_create_linear(0, 0, 0, 120);
    cairo_pattern_add_color_stop_rgba(shade, 0, .8, .1, .1, .2);
    cairo_pattern_add_color_stop_rgba(shade, 1, .1, .1, .6, .9);
    cairo_set_source(cairo, shade);
    cairo_pattern_destroy(shade);
    cairo_rectangle(cairo, 0, 0, 220, 120);
    cairo_clip(cairo);
    cairo_move_to(cairo, 0, 120);
    for (int i = 0; i <= 20; i++)
        cairo_line_to(cairo, 11 * i, 60 - 40 * sin(i * .7));
    cairo_line_to(cairo, 220, 120);
    cairo_fill(cairo);
    if (!for_svg)
        cairo_push_group(cairo);
    cairo_set_source_rgb(cairo, .2, .5, .2);
    cairo_arc(cairo, 60, 60, 30, 0, 6.2);
    cairo_fill(cairo);
    cairo_arc(cairo, 85, 60, 30, 0, 6.2);
    cairo_fill(cairo);
    if (!for_svg) {
        cairo_pop_group_to_source(cairo);
        cairo_paint_with_alpha(cairo, .4);
    }
    cairo_set_source_rgba(cairo, 0, 0, 0, .7);
    if (!for_svg)
        cairo_set_operator(cairo, CAIRO_OPERATOR_MULTIPLY);
    cairo_rectangle(cairo, 120, 20, 40, 60);
    cairo_fill(cairo);
    cairo_set_operator(cairo, CAIRO_OPERATOR_OVER);
    sample_text(cairo, "Inter 7", 10, 100, "2,317 killed");
    cairo_restore(cairo);
    cairo_tag_end(cairo, "Figure");
}

static inline void sample_table(cairo_t *cairo, double y)
{
    static const char *const rows[3][2] = {
        {"Province", "Attacks"}, {"Balochistan", "17"}, {"Sindh", "3"}};
    cairo_tag_begin(cairo, "Table", NULL);
    for (int row = 0; row < 3; row++) {
        cairo_tag_begin(cairo, "TR", NULL);
        for (int cell = 0; cell < 2; cell++)
            sample_element(cairo, row == 0 || cell == 0 ? "TH" : "TD", "Inter 9",
                           50 + 120 * cell, y + 14 * row, rows[row][cell]);
        cairo_tag_end(cairo, "TR");
    }
    cairo_tag_end(cairo, "Table");
}

static inline void sample_links(cairo_t *cairo, double y)
{
    cairo_tag_begin(cairo, "P", NULL);
    sample_element(cairo, "Span", "Inter 9", 50, y, "Source: ");
    cairo_tag_begin(cairo, CAIRO_TAG_LINK, "uri='https://example.org/a%28b%29?c=d'");
    sample_text(cairo, "Inter 9", 100, y, "the register");
    cairo_tag_end(cairo, CAIRO_TAG_LINK);
    cairo_tag_begin(cairo, CAIRO_TAG_LINK, "dest='notes'");
    sample_text(cairo, "Inter 9", 200, y, "see the notes");
    cairo_tag_end(cairo, CAIRO_TAG_LINK);
    cairo_tag_end(cairo, "P");
}

static inline void sample_draw(cairo_t *cairo, size_t page, void *context)
{
    const bool *for_svg = context;
    sample_furniture(cairo, page);
    cairo_tag_begin(cairo, CAIRO_TAG_DEST,
                    page == 2 ? "name='notes'"
                    : page    ? "name='two'"
                              : "name='one'");
    sample_element(cairo, "H1", "Inter Bold 20", 50, 50,
                   page ? "Districts" : "Weekly brief: “attacks” & operations");
    cairo_tag_end(cairo, CAIRO_TAG_DEST);
    sample_element(cairo, "P", "Inter 10", 50, 90,
                   "Attacks fell from 31 to 24; five people were killed in two attacks "
                   "near the border. The week’s operations are listed by district.");
    sample_element(cairo, "P", "Noto Nastaliq Urdu 12", 50, 130,
                   "اس ہفتے صوبے میں ۲۴ حملے ہوئے");
    sample_element(cairo, "P", "Noto Naskh Arabic 12", 50, 190, "پاکستان کی صورت حال");
    sample_chart(cairo, 50, 240, for_svg && *for_svg);
    sample_table(cairo, 380);
    sample_links(cairo, 440);
}

static const struct surface_drawing sample_drawing = {.page_count = SAMPLE_PAGES,
                                                      .size = sample_size,
                                                      .tagged = true,
                                                      .draw = sample_draw};

#endif

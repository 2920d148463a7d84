/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text shaped by Pango, once. Pango's own line breaking shapes every line a second
 * time, which doubles the cost of a paragraph; so it is given no width, and lines are
 * cut out of the one long line it makes. */
#include "layout/typesetter.h"

#include <stdlib.h>
#include <string.h>

/* Shaping a text in pieces bounds what Pango holds at once. */
enum { LONGEST_PIECE = 6000, SEPARATOR_SIZE = 3, SOFT_HYPHEN = 0xAD };

/* Attributes --------------------------------------------------------------------- */

static void put_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t start,
                          size_t end)
{
    attribute->start_index = (guint)start;
    attribute->end_index = (guint)end;
    pango_attr_list_insert(list, attribute);
}

/* Figures of one width. Letters are composed before they are shaped, which plain ASCII
 * needn't be; saying so saves a tenth of the shaping. */
static const char *features_of(struct slice text)
{
    bool has_figures = false, is_ascii = true;
    for (size_t i = 0; i < text.size; i++) {
        has_figures = has_figures || (text.data[i] >= '0' && text.data[i] <= '9');
        is_ascii = is_ascii && (unsigned char)text.data[i] < 0x80;
    }
    if (!has_figures)
        return NULL;
    return is_ascii ? "tnum=1,ccmp=0" : "tnum=1";
}

/* start and end count from the piece. Neighbouring spans get different colours, which
 * keeps Pango from joining their runs; they are drawn in the spans' own. */
static void put_run(struct typesetter *typesetter, const struct set_text *text,
                    const struct text_run *run, size_t start, size_t end,
                    PangoAttrList *list)
{
    const struct set_span *span = &text->span[run->span];
    const struct set_style *style = span->style;
    if (run->is_arabic) {
        PangoLanguage *language = typesetter_arabic_language(typesetter);
        put_attribute(list, pango_attr_font_desc_new(style->arabic), start, end);
        put_attribute(list, pango_attr_language_new(language), start, end);
    } else if (span->note) {
        put_attribute(list, pango_attr_font_desc_new(style->mark), start, end);
    } else if (run->is_figures) {
        put_attribute(list, pango_attr_font_desc_new(style->figures), start, end);
    } else if (style != text->span[0].style) {
        put_attribute(list, pango_attr_font_desc_new(style->latin), start, end);
    }
    struct slice own = {text->runs.text.data + run->start, run->end - run->start};
    const char *features = style->style.tabular ? features_of(own) : NULL;
    if (features && !run->is_arabic)
        put_attribute(list, pango_attr_font_features_new(features), start, end);
    if (style->style.letter_spacing_pt != 0 && !run->is_arabic)
        put_attribute(list,
                      pango_attr_letter_spacing_new(
                          (int)(style->style.letter_spacing_pt * PANGO_SCALE)),
                      start, end);
    if (text->span_count > 1)
        put_attribute(list, pango_attr_foreground_new((guint16)(run->span % 2), 0, 0),
                      start, end);
}

static void put_attributes(struct typesetter *typesetter, const struct set_text *text,
                           size_t from, size_t to, PangoLayout *layout)
{
    PangoAttrList *list = pango_attr_list_new();
    const struct text_run *end = text->runs.run + text->runs.run_count;
    for (const struct text_run *run = run_at(&text->runs, from);
         run < end && run->start < to; run++) {
        size_t first = run->start > from ? run->start - from : 0;
        size_t last = run->end < to ? run->end - from : to - from;
        if (first < last)
            put_run(typesetter, text, run, first, last, list);
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

/* Pieces ------------------------------------------------------------------------- */

static void bound_piece(struct slice text, size_t start, struct piece *piece)
{
    size_t room = text.size - start;
    size_t longest = room < LONGEST_PIECE ? room : LONGEST_PIECE;
    const char *separator = memmem(text.data + start, longest, "\xE2\x80\xA8", 3);
    piece->start = start;
    if (separator) {
        piece->end = (size_t)(separator - text.data);
        piece->next = piece->end + SEPARATOR_SIZE;
        return;
    }
    size_t end = start + longest;
    piece->is_open = longest < room;
    while (piece->is_open && end > start + longest / 2 && text.data[end - 1] != ' ')
        end--;
    if (piece->is_open && text.data[end - 1] != ' ')
        end = start + longest;
    while (end < text.size && ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    piece->end = piece->next = end;
}

static int compare_offsets(const void *a, const void *b)
{
    const struct shaped_run *left = a, *right = b;
    return left->item->item->offset - right->item->item->offset;
}

/* Pango's runs are in visual order; lines are filled in logical order. */
static void sort_runs(struct piece *piece, PangoLayoutLine *line, struct arena *arena)
{
    for (GSList *link = line->runs; link; link = link->next)
        piece->run_count++;
    piece->run = ARENA_ARRAY(arena, struct shaped_run, piece->run_count);
    size_t count = 0;
    for (GSList *link = line->runs; link; link = link->next)
        piece->run[count++].item = link->data;
    if (count > 1)
        qsort(piece->run, count, sizeof *piece->run, compare_offsets);
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        piece->run[i].first = first;
        first += (size_t)piece->run[i].item->item->num_chars;
        piece->run[i].last = first;
    }
    piece->count = first;
}

static unsigned char flags_of(const PangoLogAttr *attribute)
{
    return (unsigned char)((attribute->is_line_break ? CAN_BREAK : 0) |
                           (attribute->is_white ? IS_WHITE : 0) |
                           (attribute->is_cursor_position ? IS_CURSOR : 0));
}

static void measure_characters(struct piece *piece, const char *text,
                               const PangoLogAttr *attribute, struct arena *arena)
{
    int *width = ARENA_ARRAY(arena, int, piece->count + 1);
    const char *at = text;
    piece->offset = ARENA_ARRAY(arena, size_t, piece->count + 1);
    piece->advance = ARENA_ARRAY(arena, double, piece->count + 1);
    piece->flags = arena_alloc(arena, piece->count + 1);
    for (size_t i = 0; i < piece->run_count; i++) {
        struct shaped_run *run = &piece->run[i];
        pango_glyph_item_get_logical_widths(run->item, text, width + run->first);
    }
    for (size_t i = 0; i < piece->count; i++) {
        piece->offset[i] = (size_t)(at - text);
        piece->advance[i] = (double)width[i] / PANGO_SCALE;
        piece->flags[i] |= flags_of(&attribute[i]);
        if (g_utf8_get_char(at) == SOFT_HYPHEN)
            piece->flags[i + 1] |= ADDS_HYPHEN;
        at = g_utf8_next_char(at);
    }
    piece->offset[piece->count] = (size_t)(at - text);
}

struct piece *shape_piece(struct typesetter *typesetter, const struct set_text *text,
                          size_t start)
{
    struct arena *arena = typesetter_scratch(typesetter);
    struct piece *piece = ARENA_NEW(arena, struct piece);
    PangoLayout *layout = typesetter_layout(typesetter, text->runs.right_to_left);
    bound_piece(text->runs.text, start, piece);
    pango_layout_set_font_description(layout, text->span[0].style->latin);
    put_attributes(typesetter, text, piece->start, piece->end, layout);
    pango_layout_set_text(layout, text->runs.text.data + start,
                          (int)(piece->end - piece->start));
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    int count;
    const PangoLogAttr *attribute = pango_layout_get_log_attrs_readonly(layout, &count);
    typesetter_keep_line(typesetter, line);
    sort_runs(piece, line, arena);
    measure_characters(piece, pango_layout_get_text(layout), attribute, arena);
    return piece;
}

PangoGlyphItem *shape_sign(struct typesetter *typesetter, const char *sign,
                           const PangoFontDescription *font)
{
    PangoLayout *layout = typesetter_layout(typesetter, false);
    pango_layout_set_attributes(layout, NULL);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, sign, -1);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    typesetter_keep_line(typesetter, line);
    return line->runs ? line->runs->data : NULL;
}

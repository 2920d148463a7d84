/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text shaped by Pango, once, as one long line that lines are cut out of. Pango's own
 * layouts shape every line a second time and measure the ink of all they set. */
#include "layout/typesetter.h"
#include "layout/words.h"

#include <stdlib.h>
#include <string.h>

/* Shaping a text in pieces bounds what Pango holds at once. */
enum { LONGEST_PIECE = 6000, SEPARATOR_SIZE = 3, SOFT_HYPHEN = 0xAD };
_Static_assert(LONGEST_PIECE <= UINT16_MAX, "set_run.letter counts a piece's bytes");

/* Attributes --------------------------------------------------------------------- */

static void put_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t start,
                          size_t end)
{
    attribute->start_index = (guint)start;
    attribute->end_index = (guint)end;
    pango_attr_list_insert(list, attribute);
}

/* Figures of one width where the style asks for them. Letters are composed before they
 * are shaped, which plain ASCII needn't be; saying so saves a tenth of the shaping. */
static const char *features_of(struct slice text, bool tabular)
{
    bool has_figures = false, is_ascii = true;
    for (size_t i = 0; i < text.size; i++) {
        has_figures = has_figures || (text.data[i] >= '0' && text.data[i] <= '9');
        is_ascii = is_ascii && (unsigned char)text.data[i] < 0x80;
    }
    if (tabular && has_figures)
        return is_ascii ? "tnum=1,ccmp=0" : "tnum=1";
    return is_ascii ? "ccmp=0" : NULL;
}

/* The part of a run that lies in a piece, whose bytes start and end count from. */
struct stretch {
    const char *piece;
    size_t start, end;
};

/* Neighbouring spans get different colours, which keeps Pango from joining their runs;
 * they are drawn in the spans' own. */
static void put_run(struct typesetter *typesetter, const struct set_text *text,
                    const struct text_run *run, const struct stretch *stretch,
                    PangoAttrList *list)
{
    size_t start = stretch->start, end = stretch->end;
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
    struct slice own = {stretch->piece + start, end - start};
    const char *features = features_of(own, style->style.tabular);
    if (features && !run->is_arabic)
        put_attribute(list, pango_attr_font_features_new(features), start, end);
    if (text->span_count > 1)
        put_attribute(list, pango_attr_foreground_new((guint16)(run->span % 2), 0, 0),
                      start, end);
}

static PangoAttrList *attributes_of(struct typesetter *typesetter,
                                    const struct set_text *text, size_t from, size_t to)
{
    PangoAttrList *list = pango_attr_list_new();
    const struct text_run *end = text->runs.run + text->runs.run_count;
    for (const struct text_run *run = run_at(&text->runs, from);
         run < end && run->start < to; run++) {
        size_t first = run->start > from ? run->start - from : 0;
        size_t last = run->end < to ? run->end - from : to - from;
        const struct stretch stretch = {text->runs.text.data + from, first, last};
        if (first < last)
            put_run(typesetter, text, run, &stretch, list);
    }
    return list;
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

/* Space between letters, none at the ends of the piece. */
static void space_letters(const struct piece *piece, size_t index, const char *text,
                          PangoLogAttr *attribute, double spacing_pt)
{
    PangoGlyphItem *run = piece->run[index].item;
    int spacing = (int)(spacing_pt * PANGO_SCALE), left = spacing / 2;
    PangoGlyphInfo *glyph = run->glyphs->glyphs;
    pango_glyph_item_letter_space(run, text, attribute, spacing);
    if (index > 0) {
        glyph[0].geometry.width += left;
        glyph[0].geometry.x_offset += left;
    }
    if (index + 1 < piece->run_count)
        glyph[run->glyphs->num_glyphs - 1].geometry.width += spacing - left;
}

/* Items are in logical order. */
static void take_items(struct typesetter *typesetter, struct piece *piece, GList *items)
{
    size_t count = g_list_length(items);
    piece->run = ARENA_ARRAY(typesetter_scratch(typesetter), struct shaped_run, count);
    for (GList *link = items; link; link = link->next) {
        struct shaped_run *run = &piece->run[piece->run_count++];
        run->item = typesetter_keep_run(typesetter, link->data);
        run->first = piece->count;
        piece->count += (size_t)run->item->item->num_chars;
        run->last = piece->count;
    }
    g_list_free(items);
}

/* One attribute a character and one for the end. */
static PangoLogAttr *find_breaks(const struct piece *piece, const char *text,
                                 struct arena *arena)
{
    PangoLogAttr *attribute = ARENA_ARRAY(arena, PangoLogAttr, piece->count + 1);
    pango_default_break(text, (int)(piece->end - piece->start), NULL, attribute,
                        (int)piece->count + 1);
    for (size_t i = 0; i < piece->run_count; i++) {
        PangoItem *item = piece->run[i].item->item;
        pango_tailor_break(text + item->offset, item->length, &item->analysis, -1,
                           attribute + piece->run[i].first, item->num_chars + 1);
    }
    return attribute;
}

static void shape_runs(struct typesetter *typesetter, const struct piece *piece,
                       const struct set_text *text, PangoLogAttr *attribute)
{
    const char *start = text->runs.text.data + piece->start;
    for (size_t i = 0; i < piece->run_count; i++) {
        PangoGlyphItem *run = piece->run[i].item;
        PangoLogAttr *own = attribute + piece->run[i].first;
        const struct text_run *source =
            run_at(&text->runs, piece->start + (size_t)run->item->offset);
        if (!source->is_arabic || !words_shape(typesetter_words(typesetter), run->item,
                                               start + run->item->offset, run->glyphs))
            pango_shape_item(run->item, start, (int)(piece->end - piece->start), own,
                             run->glyphs, PANGO_SHAPE_NONE);
        const struct text_style *style = &text->span[source->span].style->style;
        if (style->letter_spacing_pt != 0 && !source->is_arabic)
            space_letters(piece, i, start, own, style->letter_spacing_pt);
    }
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

static bool is_digit(const struct piece *piece, const char *text, size_t i)
{
    char byte = text[piece->offset[i]];
    return byte >= '0' && byte <= '9';
}

/* "5–30%": a range stays on one line. */
static void glue_ranges(struct piece *piece, const char *text)
{
    enum { EN_DASH = 0x2013 };
    for (size_t i = 2; i < piece->count; i++) {
        if (piece->flags[i] & CAN_BREAK && is_digit(piece, text, i) &&
            is_digit(piece, text, i - 2) &&
            g_utf8_get_char(text + piece->offset[i - 1]) == EN_DASH)
            piece->flags[i] |= IS_GLUED;
    }
}

/* "31 attacks", "9 November", "5 km": the number stays with what it counts. A year
 * counts nothing. */
static void glue_numbers(struct piece *piece, const char *text)
{
    for (size_t i = 2; i < piece->count; i++) {
        size_t first = i - 1;
        if (!(piece->flags[i] & CAN_BREAK) || text[piece->offset[i - 1]] != ' ' ||
            !is_digit(piece, text, i - 2))
            continue;
        while (first > 0 && is_digit(piece, text, first - 1))
            first--;
        gunichar before =
            first ? g_utf8_get_char(text + piece->offset[first - 1]) : ' ';
        bool is_year = i - 1 - first == 4 && (before == ' ' || before == '(');
        if (!is_year && !g_unichar_isalpha(before) &&
            g_unichar_isalpha(g_utf8_get_char(text + piece->offset[i])))
            piece->flags[i] |= IS_GLUED;
    }
}

struct piece *shape_piece(struct typesetter *typesetter, const struct set_text *text,
                          size_t start)
{
    struct arena *arena = typesetter_scratch(typesetter);
    struct piece *piece = ARENA_NEW(arena, struct piece);
    const char *bytes = text->runs.text.data + start;
    PangoContext *context = typesetter_context(typesetter, text->runs.right_to_left);
    bound_piece(text->runs.text, start, piece);
    pango_context_set_font_description(context, text->span[0].style->latin);
    PangoAttrList *list = attributes_of(typesetter, text, piece->start, piece->end);
    int size = (int)(piece->end - piece->start);
    take_items(typesetter, piece, pango_itemize(context, bytes, 0, size, list, NULL));
    pango_attr_list_unref(list);
    PangoLogAttr *attribute = find_breaks(piece, bytes, arena);
    shape_runs(typesetter, piece, text, attribute);
    part_scripts(piece, text);
    measure_characters(piece, bytes, attribute, arena);
    glue_numbers(piece, bytes);
    glue_ranges(piece, bytes);
    return piece;
}

PangoGlyphItem *shape_sign(struct typesetter *typesetter, const char *sign,
                           const PangoFontDescription *font)
{
    int size = (int)strlen(sign);
    PangoContext *context = typesetter_context(typesetter, false);
    pango_context_set_font_description(context, font);
    GList *items = pango_itemize(context, sign, 0, size, NULL, NULL);
    PangoGlyphItem *run = typesetter_keep_run(typesetter, items->data);
    pango_shape(sign, size, &run->item->analysis, run->glyphs);
    g_list_free_full(items->next, (GDestroyNotify)pango_item_free);
    g_list_free_1(items);
    return run;
}

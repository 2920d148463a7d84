/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runs of a line: cut out of shaped text, put into visual order, measured,
 * justified, packed. */
#include "layout/line.h"

/* Cutting ------------------------------------------------------------------------ */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* The first glyph whose cluster starts at or after an offset, seen from the logical
 * start. */
static int glyph_at(const PangoGlyphString *glyphs, int offset, bool backwards)
{
    int low = 0, high = glyphs->num_glyphs;
    while (low < high) {
        int middle = (low + high) / 2;
        bool is_before = glyphs->log_clusters[middle] < offset;
        if (is_before != backwards)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Bytes from..to of an item, whose glyphs it shares: no other line has them. */
static void cut_item(const PangoGlyphItem *whole, int from, int to, int characters,
                     struct arena *arena, PangoGlyphItem *out)
{
    const PangoGlyphString *glyphs = whole->glyphs;
    bool backwards = whole->item->analysis.level % 2 == 1;
    int first = glyph_at(glyphs, backwards ? to : from, backwards);
    int last = glyph_at(glyphs, backwards ? from : to, backwards);
    PangoGlyphString *cut = ARENA_NEW(arena, PangoGlyphString);
    PangoItem *item = arena_copy(arena, whole->item, sizeof *item);
    item->offset += from;
    item->length = to - from;
    item->num_chars = characters;
    cut->num_glyphs = last - first;
    cut->glyphs = glyphs->glyphs + first;
    cut->log_clusters = ARENA_ARRAY(arena, int, (size_t)cut->num_glyphs);
    for (int i = 0; i < cut->num_glyphs; i++)
        cut->log_clusters[i] = glyphs->log_clusters[first + i] - from;
    *out = (PangoGlyphItem){.item = item, .glyphs = cut};
}

static double glyphs_width(const PangoGlyphString *glyphs)
{
    int width = 0;
    for (int i = 0; i < glyphs->num_glyphs; i++)
        width += glyphs->glyphs[i].geometry.width;
    return (double)width / PANGO_SCALE;
}

static size_t first_run(const struct piece *piece, size_t character)
{
    size_t low = 0, high = piece->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (piece->run[middle].last <= character)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct open_line line_begin(struct typesetter *typesetter, const struct set_text *text,
                            const struct piece *piece, size_t from, size_t to)
{
    struct arena *scratch = typesetter_scratch(typesetter);
    struct open_line line = {typesetter, text, text->runs.text.data + piece->start,
                             NULL, 0};
    size_t first = first_run(piece, from), last = first;
    while (last < piece->run_count && piece->run[last].first < to)
        last++;
    line.run = ARENA_ARRAY(scratch, struct open_run, last - first + 1);
    for (size_t i = first; i < last; i++) {
        const struct shaped_run *shaped = &piece->run[i];
        struct open_run *run = &line.run[line.run_count++];
        size_t start = shaped->first > from ? shaped->first : from;
        size_t end = shaped->last < to ? shaped->last : to;
        size_t base = piece->offset[shaped->first];
        *run = run_like(text, piece, start);
        run->item = *shaped->item;
        if (start > shaped->first || end < shaped->last)
            cut_item(shaped->item, (int)(piece->offset[start] - base),
                     (int)(piece->offset[end] - base), (int)(end - start), scratch,
                     &run->item);
        run->has_text = true;
        run->width = glyphs_width(run->item.glyphs);
    }
    return line;
}

/* Signs -------------------------------------------------------------------------- */

struct open_run run_like(const struct set_text *text, const struct piece *piece,
                         size_t character)
{
    const struct text_run *run =
        run_at(&text->runs, piece->start + piece->offset[character]);
    return (struct open_run){.span = &text->span[run->span],
                             .is_arabic = run->is_arabic};
}

static PangoGlyphItem *sign_like(struct typesetter *typesetter, const char *sign,
                                 const struct open_run *like)
{
    const struct set_style *style = like->span->style;
    return shape_sign(typesetter, sign, like->is_arabic ? style->arabic : style->latin);
}

double sign_width(struct typesetter *typesetter, const char *sign,
                  const struct open_run *like)
{
    return glyphs_width(sign_like(typesetter, sign, like)->glyphs);
}

void line_add_sign(struct open_line *line, const char *sign)
{
    if (line->run_count == 0)
        return;
    const struct open_run *like = &line->run[line->run_count - 1];
    struct open_run *run = &line->run[line->run_count++];
    *run = *like;
    run->item = *sign_like(line->typesetter, sign, like);
    run->item.item->analysis.level = line->text->runs.right_to_left;
    run->has_text = false;
    run->width = glyphs_width(run->item.glyphs);
}

/* Measuring ---------------------------------------------------------------------- */

/* Visual order from embedding levels: rule L2 of UAX #9. */
static void order_runs(struct open_line *line)
{
    int highest = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        int level = line->run[i].item.item->analysis.level;
        highest = level > highest ? level : highest;
    }
    for (; highest > 0; highest--) {
        for (size_t i = 0, end; i < line->run_count; i = end + 1) {
            end = i;
            while (end < line->run_count &&
                   line->run[end].item.item->analysis.level >= highest)
                end++;
            for (size_t a = i, b = end; a + 1 < b; a++, b--) {
                struct open_run swap = line->run[a];
                line->run[a] = line->run[b - 1];
                line->run[b - 1] = swap;
            }
        }
    }
}

/* Latin stands in the middle of its leading by the height of its capitals; Nastaliq
 * needs all it has above. Both by STYLE: 0.7 em hang below at most, 2.1 em stand. */
static const double CAPITAL_CENTRE = 0.36;
static const double ARABIC_BELOW = 0.7, ARABIC_CLEAR = 2.1;

static void widen_by_style(struct set_line *line, const struct text_style *style,
                           bool arabic)
{
    if (arabic) {
        line->leading = larger(line->leading, style->arabic_leading_pt);
        line->below = larger(line->below, ARABIC_BELOW * style->arabic_size_pt);
        line->clear = larger(line->clear, ARABIC_CLEAR * style->arabic_size_pt);
        line->has_arabic = true;
    } else {
        double below = style->leading_pt / 2 - CAPITAL_CENTRE * style->size_pt;
        line->leading = larger(line->leading, style->leading_pt);
        line->below = larger(line->below, larger(0, below));
    }
}

static void look_for_missing(struct typesetter *typesetter, const PangoGlyphString *run)
{
    for (int i = 0; i < run->num_glyphs; i++) {
        PangoGlyph glyph = run->glyphs[i].glyph;
        if (glyph & PANGO_GLYPH_UNKNOWN_FLAG && glyph != PANGO_GLYPH_EMPTY)
            typesetter_note_missing(typesetter,
                                    glyph & ~(PangoGlyph)PANGO_GLYPH_UNKNOWN_FLAG);
    }
}

void line_measure(struct open_line *line, struct set_line *out)
{
    const struct text_style *base = &line->text->span[0].style->style;
    order_runs(line);
    for (size_t i = 0; i < line->run_count; i++) {
        const struct open_run *run = &line->run[i];
        out->width += run->width;
        if (!run->span->note)
            widen_by_style(out, &run->span->style->style, run->is_arabic);
        look_for_missing(line->typesetter, run->item.glyphs);
    }
    if (out->leading <= 0)
        widen_by_style(out, base, false);
    if (line->text->runs.right_to_left)
        widen_by_style(out, base, true);
}

/* Justifying --------------------------------------------------------------------- */

static bool is_space(const struct open_line *line, const struct open_run *run,
                     int glyph)
{
    const char *text = line->piece + run->item.item->offset;
    return run->has_text && text[run->item.glyphs->log_clusters[glyph]] == ' ';
}

static int count_spaces(const struct open_line *line)
{
    int spaces = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        for (int j = 0; j < line->run[i].item.glyphs->num_glyphs; j++)
            spaces += is_space(line, &line->run[i], j);
    }
    return spaces;
}

void line_justify(struct open_line *line, double extra, struct set_line *out)
{
    int spaces = count_spaces(line), widened = 0;
    int total = (int)(extra * PANGO_SCALE), given = 0;
    for (size_t i = 0; spaces > 0 && i < line->run_count; i++) {
        struct open_run *run = &line->run[i];
        PangoGlyphString *glyphs = run->item.glyphs;
        for (int j = 0; j < glyphs->num_glyphs; j++) {
            if (!is_space(line, run, j))
                continue;
            int share = (int)((long)total * ++widened / spaces) - given;
            glyphs->glyphs[j].geometry.width += share;
            given += share;
        }
        run->width = glyphs_width(glyphs);
    }
    out->width += (double)given / PANGO_SCALE;
}

/* Packing ------------------------------------------------------------------------ */

static bool is_small(const PangoGlyphInfo *glyph)
{
    const PangoGlyphGeometry *geometry = &glyph->geometry;
    return glyph->glyph <= UINT16_MAX && geometry->width >= INT16_MIN &&
           geometry->width <= INT16_MAX && !geometry->x_offset && !geometry->y_offset;
}

static void pack_glyphs(const PangoGlyphString *glyphs, struct arena *arena,
                        struct set_run *out)
{
    size_t count = out->glyph_count = (size_t)glyphs->num_glyphs;
    size_t small = 0;
    while (small < count && is_small(&glyphs->glyphs[small]))
        small++;
    if (small == count) {
        struct small_glyph *glyph = ARENA_ARRAY(arena, struct small_glyph, count);
        for (size_t i = 0; i < count; i++)
            glyph[i] = (struct small_glyph){(uint16_t)glyphs->glyphs[i].glyph,
                                            (int16_t)glyphs->glyphs[i].geometry.width};
        out->small = glyph;
        return;
    }
    struct placed_glyph *glyph = ARENA_ARRAY(arena, struct placed_glyph, count);
    for (size_t i = 0; i < count; i++) {
        const PangoGlyphGeometry *geometry = &glyphs->glyphs[i].geometry;
        glyph[i] = (struct placed_glyph){glyphs->glyphs[i].glyph, geometry->width,
                                         geometry->x_offset, geometry->y_offset};
    }
    out->placed = glyph;
}

/* Whether every glyph is one letter, in the text's order. */
static bool spells(const PangoGlyphString *glyphs, struct slice text)
{
    size_t at = 0;
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        if ((size_t)glyphs->log_clusters[i] != at || at == text.size)
            return false;
        at += (size_t)(g_utf8_next_char(text.data + at) - (text.data + at));
    }
    return at == text.size;
}

static void pack_letters(const PangoGlyphString *glyphs, struct arena *arena,
                         struct set_run *out)
{
    if (spells(glyphs, out->text))
        return;
    uint16_t *letter = ARENA_ARRAY(arena, uint16_t, out->glyph_count);
    for (size_t i = 0; i < out->glyph_count; i++)
        letter[i] = (uint16_t)glyphs->log_clusters[i];
    out->letter = letter;
}

void line_keep(const struct open_line *line, struct set_line *out)
{
    struct arena *arena = typesetter_arena(line->typesetter);
    struct set_run *kept = ARENA_ARRAY(arena, struct set_run, line->run_count);
    for (size_t i = 0; i < line->run_count; i++) {
        const struct open_run *run = &line->run[i];
        const PangoItem *item = run->item.item;
        kept[i] = (struct set_run){.font = item->analysis.font,
                                   .span = run->span,
                                   .width = run->width,
                                   .is_arabic = run->is_arabic,
                                   .is_backward = item->analysis.level % 2};
        if (run->has_text)
            kept[i].text =
                (struct slice){line->piece + item->offset, (size_t)item->length};
        pack_glyphs(run->item.glyphs, arena, &kept[i]);
        if (run->has_text)
            pack_letters(run->item.glyphs, arena, &kept[i]);
    }
    out->run = kept;
    out->run_count = line->run_count;
}

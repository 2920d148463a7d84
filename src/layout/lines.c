/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text broken into lines by Pango, and what a line needs to be placed and drawn. */
#include "layout/typesetter.h"

#include <math.h>
#include <string.h>

/* Attributes --------------------------------------------------------------------- */

static void put_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t start,
                          size_t end)
{
    attribute->start_index = (guint)start;
    attribute->end_index = (guint)end;
    pango_attr_list_insert(list, attribute);
}

/* start and end count from the text that is laid out. Neighbouring runs get different
 * colours, which keeps Pango from joining them; they are drawn in their spans'. */
static void put_run(struct typesetter *typesetter, const struct set_text *text,
                    const struct text_run *run, size_t start, size_t end,
                    PangoAttrList *list)
{
    const struct set_span *span = &text->span[run->span];
    const struct set_style *style = span->style;
    if (run->is_arabic) {
        put_attribute(list, pango_attr_font_desc_new(style->arabic), start, end);
        put_attribute(list,
                      pango_attr_language_new(typesetter_arabic_language(typesetter)),
                      start, end);
    } else if (span->note) {
        put_attribute(list, pango_attr_font_desc_new(style->mark), start, end);
    } else if (style != text->span[0].style) {
        put_attribute(list, pango_attr_font_desc_new(style->latin), start, end);
    }
    if (style->style.tabular && !run->is_arabic)
        put_attribute(list, pango_attr_font_features_new("tnum=1"), start, end);
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
    const struct text_run *run = text->runs.run;
    const struct text_run *end = run + text->runs.run_count;
    for (run = run_at(&text->runs, from); run < end && run->start < to; run++) {
        size_t first = run->start > from ? run->start - from : 0;
        size_t last = run->end < to ? run->end - from : to - from;
        if (first < last)
            put_run(typesetter, text, run, first, last, list);
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

/* Lines -------------------------------------------------------------------------- */

/* Latin stands in the middle of its leading by the height of its capitals; Nastaliq
 * needs all it has above. Both by STYLE: 0.7 em hang below at most, 2.1 em stand. */
static const double CAPITAL_CENTRE = 0.36;
static const double ARABIC_BELOW = 0.7, ARABIC_CLEAR = 2.1;

static double larger(double a, double b)
{
    return a > b ? a : b;
}

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

double run_width(const PangoGlyphItem *run)
{
    int width = 0;
    for (int i = 0; i < run->glyphs->num_glyphs; i++)
        width += run->glyphs->glyphs[i].geometry.width;
    return (double)width / PANGO_SCALE;
}

static void measure_line(struct typesetter *typesetter, const struct set_text *text,
                         size_t chunk_start, struct set_line *line)
{
    const struct text_style *base = &text->span[0].style->style;
    for (GSList *link = line->line->runs; link; link = link->next) {
        const PangoGlyphItem *item = link->data;
        size_t offset = chunk_start + (size_t)item->item->offset;
        const struct text_run *run = run_at(&text->runs, offset);
        const struct set_span *span = &text->span[run->span];
        line->width += run_width(item);
        if (!span->note)
            widen_by_style(line, &span->style->style, run->is_arabic);
        look_for_missing(typesetter, item->glyphs);
    }
    if (line->leading <= 0)
        widen_by_style(line, base, false);
    if (text->runs.right_to_left)
        widen_by_style(line, base, true);
}

/* Of the glyphs, not of Pango's line, which knows its extents only as long as the
 * layout holds it. */
struct ink line_ink(const struct set_line *line)
{
    struct ink ink = {0};
    double x = 0;
    for (GSList *link = line->line->runs; link; link = link->next) {
        PangoGlyphItem *run = link->data;
        PangoRectangle box;
        pango_glyph_string_extents(run->glyphs, run->item->analysis.font, &box, NULL);
        double left = x + (double)box.x / PANGO_SCALE;
        ink.left = fmin(ink.left, left);
        ink.right = fmax(ink.right, left + (double)box.width / PANGO_SCALE);
        ink.above = fmax(ink.above, -(double)box.y / PANGO_SCALE);
        ink.below = fmax(ink.below, (double)(box.y + box.height) / PANGO_SCALE);
        x += run_width(run);
    }
    return ink;
}

/* Breaking ----------------------------------------------------------------------- */

/* Pango takes time in the square of a layout's length, so long text is laid out in
 * pieces: of each all lines count but the last, with which the next piece begins.
 * A piece also ends at a line break, or Pango would justify the line before it. */
enum { LONGEST_PIECE = 6000, SEPARATOR_SIZE = 3 };

struct piece {
    size_t start, end;
    size_t next;  /* where the following piece starts, unless its last line is undone */
    bool is_open; /* ends in the middle of a line */
};

static struct piece piece_at(struct slice text, size_t start)
{
    size_t room = text.size - start;
    size_t longest = room < LONGEST_PIECE ? room : LONGEST_PIECE;
    const char *separator = memmem(text.data + start, longest, "\xE2\x80\xA8", 3);
    if (separator) {
        size_t end = (size_t)(separator - text.data);
        return (struct piece){start, end, end + SEPARATOR_SIZE, false};
    }
    if (longest == room)
        return (struct piece){start, text.size, text.size, false};
    size_t end = start + longest;
    while (end > start + longest / 2 && text.data[end - 1] != ' ')
        end--;
    if (text.data[end - 1] != ' ')
        end = start + longest;
    while (((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    return (struct piece){start, end, end, true};
}

static double smaller_indent(const struct line_request *request)
{
    return request->first_indent < request->hanging_indent ? request->first_indent
                                                           : request->hanging_indent;
}

static PangoLayout *lay_piece(struct typesetter *typesetter,
                              const struct line_request *request, size_t start,
                              size_t end)
{
    const struct set_text *text = request->text;
    PangoLayout *layout = typesetter_layout(typesetter, text->runs.right_to_left);
    bool is_first = start == 0, has_width = request->width >= 0;
    double inset = is_first ? smaller_indent(request) : request->hanging_indent;
    double indent = is_first ? request->first_indent - request->hanging_indent : 0;
    double width = larger(request->width - inset, 1);
    pango_layout_set_font_description(layout, text->span[0].style->latin);
    pango_layout_set_width(layout, has_width ? (int)(width * PANGO_SCALE) : -1);
    pango_layout_set_indent(layout, (int)(indent * PANGO_SCALE));
    pango_layout_set_justify(layout, request->justify);
    pango_layout_set_ellipsize(layout, request->max_lines ? PANGO_ELLIPSIZE_END
                                                          : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_height(layout, request->max_lines ? -request->max_lines : -1);
    put_attributes(typesetter, text, start, end, layout);
    pango_layout_set_text(layout, text->runs.text.data + start, (int)(end - start));
    return layout;
}

static void take_line(struct typesetter *typesetter, const struct line_request *request,
                      PangoLayoutLine *line, size_t piece_start, struct set_lines *out)
{
    struct set_line *set = ARENA_APPEND(typesetter_arena(typesetter), out->line,
                                        out->count, out->capacity);
    *set = (struct set_line){.line = typesetter_keep_line(typesetter, line)};
    set->text = request->text->runs.text.data + piece_start;
    set->start = piece_start + (size_t)line->start_index;
    set->end = set->start + (size_t)line->length;
    if (out->count > 1)
        set[-1].end = set->start;
    set->x = out->count == 1 ? request->first_indent : request->hanging_indent;
    measure_line(typesetter, request->text, piece_start, set);
}

void set_lines(struct typesetter *typesetter, const struct line_request *request,
               struct set_lines *out)
{
    struct slice text = request->text->runs.text;
    bool in_pieces = request->width >= 0 && request->max_lines == 0;
    *out = (struct set_lines){0};
    for (size_t start = 0; start < text.size;) {
        struct piece piece = {0, text.size, text.size, false};
        if (in_pieces)
            piece = piece_at(text, start);
        PangoLayout *layout = lay_piece(typesetter, request, piece.start, piece.end);
        GSList *line = pango_layout_get_lines_readonly(layout);
        do {
            take_line(typesetter, request, line->data, piece.start, out);
            line = line->next;
        } while (line && (!piece.is_open || line->next));
        out->is_shortened = request->max_lines && pango_layout_is_ellipsized(layout);
        start = piece.next;
        if (line)
            start = piece.start + (size_t)((PangoLayoutLine *)line->data)->start_index;
    }
    if (out->count)
        out->line[out->count - 1].end = text.size;
}

/* Balancing ---------------------------------------------------------------------- */

struct word {
    double start, end; /* on one long line */
    bool ends_line;
};

/* Lines that words take at a width, as Pango fills them. */
static size_t lines_at(const struct word *word, size_t count, double width)
{
    size_t lines = count > 0;
    double start = count > 0 ? word[0].start : 0;
    for (size_t i = 1; i < count; i++) {
        if (word[i - 1].ends_line || word[i].end - start > width) {
            lines++;
            start = word[i].start;
        }
    }
    return lines;
}

/* Advance of each character, at the byte where it begins. */
static double *advances_of(PangoLayout *layout, struct arena *arena)
{
    const char *text = pango_layout_get_text(layout);
    size_t size = strlen(text);
    double *advance = ARENA_ARRAY(arena, double, size + 1);
    int *width = ARENA_ARRAY(arena, int, size + 1);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    for (GSList *link = line->runs; link; link = link->next) {
        PangoGlyphItem *run = link->data;
        const char *at = text + run->item->offset;
        pango_glyph_item_get_logical_widths(run, text, width);
        for (int i = 0; i < run->item->num_chars; i++, at = g_utf8_next_char(at))
            advance[at - text] = (double)width[i] / PANGO_SCALE;
    }
    return advance;
}

/* The words between places where a line may break, in logical order. */
static size_t words_of(PangoLayout *layout, struct arena *arena, struct word **out)
{
    const char *text = pango_layout_get_text(layout);
    const double *advance = advances_of(layout, arena);
    int count;
    const PangoLogAttr *attribute = pango_layout_get_log_attrs_readonly(layout, &count);
    struct word *word = ARENA_ARRAY(arena, struct word, (size_t)count);
    size_t words = 0;
    double at = 0, trimmed = 0;
    const char *next = text;
    for (int i = 0; i + 1 < count; i++, next = g_utf8_next_char(next)) {
        if (words == 0 || attribute[i].is_line_break)
            word[words++] = (struct word){.start = at};
        at += advance[next - text];
        if (!attribute[i].is_white)
            trimmed = at;
        word[words - 1].end = trimmed;
        word[words - 1].ends_line = attribute[i + 1].is_mandatory_break;
    }
    *out = word;
    return words;
}

double balanced_width(struct typesetter *typesetter, const struct line_request *request,
                      size_t line_count)
{
    enum { LONGEST_BALANCED = 600, HALVINGS = 16 };
    struct line_request one = *request;
    struct word *word;
    size_t size = request->text->runs.text.size;
    if (line_count < 2 || size > LONGEST_BALANCED)
        return request->width;
    one.width = -1;
    PangoLayout *layout = lay_piece(typesetter, &one, 0, size);
    size_t count = words_of(layout, typesetter_arena(typesetter), &word);
    double low = request->width / 4, high = request->width;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (lines_at(word, count, middle) <= line_count)
            high = middle;
        else
            low = middle;
    }
    return high + 0.5 < request->width ? high + 0.5 : request->width;
}

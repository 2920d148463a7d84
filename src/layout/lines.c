/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines cut out of shaped text: filled greedily, put into visual order, justified,
 * ended with an ellipsis, measured, drawn. */
#include "layout/typesetter.h"

#include <math.h>
#include <string.h>

/* A label is as wide as it measured itself to be. */
static const double SLACK = 0.01;

struct setter {
    struct typesetter *typesetter;
    const struct line_request *request;
    struct set_lines *out;
};

/* Filling ------------------------------------------------------------------------ */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Where a line that can't break between words breaks: before a character that doesn't
 * fit, but not inside what a reader sees as one, nor where a hyphen would stand for
 * which there is no room. */
static size_t break_word(const struct piece *piece, size_t from, size_t at)
{
    size_t back = at;
    while (back > from && (piece->flags[back] & (IS_CURSOR | ADDS_HYPHEN)) != IS_CURSOR)
        back--;
    if (back > from)
        return back;
    for (at = from + 1; at < piece->count && !(piece->flags[at] & IS_CURSOR);)
        at++;
    return at;
}

/* The character at which the line after the one from `from` starts. White space may
 * hang over the edge. */
static size_t fill_line(const struct piece *piece, size_t from, double width,
                        double hyphen_width)
{
    size_t best = from, glued = from;
    double used = 0;
    if (width < 0)
        return piece->count;
    for (size_t i = from; i < piece->count; i++) {
        unsigned char flags = piece->flags[i];
        bool fits = !(flags & ADDS_HYPHEN) || used + hyphen_width <= width + SLACK;
        if (flags & CAN_BREAK && i > from && fits)
            *(flags & IS_GLUED ? &glued : &best) = i;
        bool overflows = used + piece->advance[i] > width + SLACK;
        if (overflows && !(flags & IS_WHITE) && i > from)
            return best > from    ? best
                   : glued > from ? glued
                                  : break_word(piece, from, i);
        used += piece->advance[i];
    }
    return piece->count;
}

static size_t trim_end(const struct piece *piece, size_t from, size_t to)
{
    while (to > from && piece->flags[to - 1] & IS_WHITE)
        to--;
    return to;
}

/* Runs of a line ----------------------------------------------------------------- */

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

/* Bytes from..to of an item, which keeps its own. */
static void cut_item(const PangoGlyphItem *whole, int from, int to, int characters,
                     struct arena *arena, PangoGlyphItem *out)
{
    const PangoGlyphString *glyphs = whole->glyphs;
    bool backwards = whole->item->analysis.level % 2 == 1;
    int first = glyph_at(glyphs, backwards ? to : from, backwards);
    int last = glyph_at(glyphs, backwards ? from : to, backwards);
    PangoGlyphString *cut = ARENA_NEW(arena, PangoGlyphString);
    PangoItem *item = ARENA_NEW(arena, PangoItem);
    *item = *whole->item;
    item->offset += from;
    item->length = to - from;
    item->num_chars = characters;
    cut->num_glyphs = last - first;
    cut->glyphs = glyphs->glyphs + first;
    cut->log_clusters = ARENA_ARRAY(arena, int, (size_t)cut->num_glyphs);
    for (int i = 0; i < cut->num_glyphs; i++)
        cut->log_clusters[i] = glyphs->log_clusters[first + i] - from;
    *out = *whole;
    out->item = item;
    out->glyphs = cut;
    if (from > 0)
        out->start_x_offset = 0;
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

/* Characters from..to of a piece as runs in logical order, with room for one more. */
static void collect_runs(const struct setter *setter, const struct piece *piece,
                         size_t from, size_t to, struct set_line *line)
{
    struct arena *arena = typesetter_arena(setter->typesetter);
    const struct set_text *text = setter->request->text;
    size_t first = first_run(piece, from), last = first;
    while (last < piece->run_count && piece->run[last].first < to)
        last++;
    line->run = ARENA_ARRAY(arena, struct set_run, last - first + 1);
    for (size_t i = first; i < last; i++) {
        const struct shaped_run *shaped = &piece->run[i];
        struct set_run *run = &line->run[line->run_count++];
        size_t start = shaped->first > from ? shaped->first : from;
        size_t end = shaped->last < to ? shaped->last : to;
        size_t base = piece->offset[shaped->first];
        run->item = *shaped->item;
        if (start > shaped->first || end < shaped->last)
            cut_item(shaped->item, (int)(piece->offset[start] - base),
                     (int)(piece->offset[end] - base), (int)(end - start), arena,
                     &run->item);
        const struct text_run *source =
            run_at(&text->runs, piece->start + piece->offset[start]);
        run->span = &text->span[source->span];
        run->is_arabic = source->is_arabic;
        run->has_text = true;
        run->width = glyphs_width(run->item.glyphs);
    }
}

/* Visual order from embedding levels: rule L2 of UAX #9. */
static void order_runs(struct set_line *line)
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
                struct set_run swap = line->run[a];
                line->run[a] = line->run[b - 1];
                line->run[b - 1] = swap;
            }
        }
    }
}

static const PangoFontDescription *font_of(const struct set_run *run)
{
    return run->is_arabic ? run->span->style->arabic : run->span->style->latin;
}

static double sign_width(const struct setter *setter, const char *sign,
                         const struct set_run *like)
{
    PangoGlyphItem *item = shape_sign(setter->typesetter, sign, font_of(like));
    return glyphs_width(item->glyphs);
}

/* Puts a sign that isn't in the text after the last run, in its style. */
static void append_sign(const struct setter *setter, struct set_line *line,
                        const char *sign)
{
    if (line->run_count == 0)
        return;
    const struct set_run *like = &line->run[line->run_count - 1];
    PangoGlyphItem *item = shape_sign(setter->typesetter, sign, font_of(like));
    struct set_run *run = &line->run[line->run_count++];
    *run = *like;
    run->item = *item;
    run->item.item = arena_copy(typesetter_arena(setter->typesetter), item->item,
                                sizeof *item->item);
    run->item.item->analysis.level = setter->request->text->runs.right_to_left;
    run->has_text = false;
    run->width = glyphs_width(item->glyphs);
}

/* Justifying --------------------------------------------------------------------- */

static bool is_space(const char *text, const struct set_run *run, int glyph)
{
    const PangoItem *item = run->item.item;
    const char *at = text + item->offset + run->item.glyphs->log_clusters[glyph];
    return run->has_text && *at == ' ';
}

static int count_spaces(const struct set_line *line)
{
    int spaces = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        for (int j = 0; j < line->run[i].item.glyphs->num_glyphs; j++)
            spaces += is_space(line->text, &line->run[i], j);
    }
    return spaces;
}

/* Widens the spaces by extra altogether; the glyphs are copied, since other lines may
 * share them. */
static void justify_line(struct set_line *line, double extra, struct arena *arena)
{
    int spaces = count_spaces(line), widened = 0;
    int total = (int)(extra * PANGO_SCALE), given = 0;
    for (size_t i = 0; spaces > 0 && i < line->run_count; i++) {
        struct set_run *run = &line->run[i];
        PangoGlyphString *own =
            arena_copy(arena, run->item.glyphs, sizeof *run->item.glyphs);
        own->glyphs = arena_copy(arena, own->glyphs,
                                 (size_t)own->num_glyphs * sizeof *own->glyphs);
        for (int j = 0; j < own->num_glyphs; j++) {
            if (!is_space(line->text, run, j))
                continue;
            int share = (int)((long)total * ++widened / spaces) - given;
            own->glyphs[j].geometry.width += share;
            given += share;
        }
        run->item.glyphs = own;
        run->width = glyphs_width(own);
    }
    line->width += (double)given / PANGO_SCALE;
}

/* Measuring ---------------------------------------------------------------------- */

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

static void measure_line(const struct setter *setter, struct set_line *line)
{
    const struct set_text *text = setter->request->text;
    const struct text_style *base = &text->span[0].style->style;
    for (size_t i = 0; i < line->run_count; i++) {
        const struct set_run *run = &line->run[i];
        line->width += run->width;
        if (!run->span->note)
            widen_by_style(line, &run->span->style->style, run->is_arabic);
        look_for_missing(setter->typesetter, run->item.glyphs);
    }
    if (line->leading <= 0)
        widen_by_style(line, base, false);
    if (text->runs.right_to_left)
        widen_by_style(line, base, true);
}

struct ink line_ink(const struct set_line *line)
{
    struct ink ink = {0};
    double x = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        const struct set_run *run = &line->run[i];
        PangoRectangle box;
        pango_glyph_string_extents(run->item.glyphs, run->item.item->analysis.font,
                                   &box, NULL);
        double left = x + (double)box.x / PANGO_SCALE;
        ink.left = fmin(ink.left, left);
        ink.right = fmax(ink.right, left + (double)box.width / PANGO_SCALE);
        ink.above = fmax(ink.above, -(double)box.y / PANGO_SCALE);
        ink.below = fmax(ink.below, (double)(box.y + box.height) / PANGO_SCALE);
        x += run->width;
    }
    return ink;
}

/* Setting ------------------------------------------------------------------------ */

static double indent_of(const struct line_request *request, size_t index)
{
    return index == 0 ? request->first_indent : request->hanging_indent;
}

/* Room of the index-th line; negative = no limit. */
static double room_of(const struct line_request *request, size_t index)
{
    if (request->width < 0)
        return -1;
    return larger(request->width - indent_of(request, index), 1);
}

/* The last character of the last line allowed, when more follow: what leaves room for
 * the ellipsis. Arabic words aren't cut, their letters would lose their shape. */
static size_t fill_shortened(const struct piece *piece, size_t from, double room,
                             double ellipsis, bool between_words)
{
    double used = 0;
    size_t best = from;
    for (size_t i = from; i < piece->count; i++) {
        bool can_end = piece->flags[i] & (between_words ? CAN_BREAK : IS_CURSOR);
        if (can_end && used + ellipsis <= room + SLACK)
            best = i;
        used += piece->advance[i];
        if (used > room)
            break;
    }
    if (best == from && between_words)
        return fill_shortened(piece, from, room, ellipsis, false);
    return trim_end(piece, from, best);
}

/* Optical margins: how much of a small sign at the edge of a line stands outside it. */
static const double QUOTE_HANG = 0.6, STOP_HANG = 0.5;

static uint32_t letter_of(const struct setter *setter, const struct piece *piece,
                          size_t character)
{
    const char *text = setter->request->text->runs.text.data + piece->start;
    return g_utf8_get_char(text + piece->offset[character]);
}

static double hang_of_start(const struct setter *setter, const struct piece *piece,
                            size_t from)
{
    if (setter->request->text->runs.right_to_left || setter->request->width < 0 ||
        from >= piece->count)
        return 0;
    uint32_t letter = letter_of(setter, piece, from);
    bool is_quote = letter == 0x201C || letter == 0x2018 || letter == '"';
    return is_quote ? QUOTE_HANG * piece->advance[from] : 0;
}

static double hang_of_end(const struct setter *setter, const struct piece *piece,
                          size_t to, const struct set_line *line)
{
    if (!setter->request->justify || setter->request->text->runs.right_to_left)
        return 0;
    if (line->is_divided)
        return STOP_HANG * line->run[line->run_count - 1].width;
    while (to > 0 && piece->flags[to - 1] & IS_WHITE)
        to--;
    if (!to)
        return 0;
    uint32_t letter = letter_of(setter, piece, to - 1);
    bool is_small = letter == '.' || letter == ',' || letter == '-' ||
                    letter == 0x201D || letter == 0x2019;
    return is_small ? STOP_HANG * piece->advance[to - 1] : 0;
}

static void put_line(const struct setter *setter, const struct piece *piece,
                     size_t from, size_t to, bool is_last, bool is_shortened)
{
    const struct line_request *request = setter->request;
    struct arena *arena = typesetter_arena(setter->typesetter);
    struct set_lines *out = setter->out;
    struct set_line *line = ARENA_APPEND(arena, out->line, out->count, out->capacity);
    double room = room_of(request, out->count - 1);
    *line = (struct set_line){.text = request->text->runs.text.data + piece->start};
    line->start = piece->start + piece->offset[from];
    line->end = is_last ? piece->next : piece->start + piece->offset[to];
    line->x = indent_of(request, out->count - 1);
    collect_runs(setter, piece, from, trim_end(piece, from, to), line);
    if (is_shortened)
        append_sign(setter, line, "\xE2\x80\xA6");
    line->is_divided = !is_last && !is_shortened && piece->flags[to] & ADDS_HYPHEN;
    if (line->is_divided)
        append_sign(setter, line, "-");
    order_runs(line);
    measure_line(setter, line);
    line->hang = hang_of_start(setter, piece, from);
    room += line->hang + hang_of_end(setter, piece, to, line);
    if (request->justify && !is_last && !is_shortened && room > line->width)
        justify_line(line, room - line->width, arena);
}

/* A run in whose style a sign at a character would be set. */
static struct set_run run_like(const struct setter *setter, const struct piece *piece,
                               size_t character)
{
    const struct set_text *text = setter->request->text;
    const struct text_run *run =
        run_at(&text->runs, piece->start + piece->offset[character]);
    return (struct set_run){.span = &text->span[run->span],
                            .is_arabic = run->is_arabic};
}

static void put_shortened(const struct setter *setter, const struct piece *piece,
                          size_t from)
{
    const struct set_run like = run_like(setter, piece, from);
    double room = room_of(setter->request, setter->out->count);
    double ellipsis = sign_width(setter, "\xE2\x80\xA6", &like);
    size_t to = room < 0 ? piece->count
                         : fill_shortened(piece, from, room, ellipsis, like.is_arabic);
    if (to == from && from < piece->count)
        to = from + 1;
    put_line(setter, piece, from, to, false, true);
    setter->out->is_shortened = true;
}

/* A ragged line may stay this part of its width short before a word is divided to fill
 * it; a justified one less, as its spaces would gape. */
static const double RAGGED_ZONE = 0.17, JUSTIFIED_ZONE = 0.04;
enum { MOST_DIVIDED = 2, MOST_DIVIDED_JUSTIFIED = 3 }; /* lines below each other */

static size_t divided_above(const struct set_lines *lines)
{
    size_t count = 0;
    while (count < lines->count && lines->line[lines->count - 1 - count].is_divided)
        count++;
    return count;
}

/* Where the line from..to ends when the word after it may be divided. */
static size_t divide_next(const struct setter *setter, struct piece *piece, size_t from,
                          size_t to, double room)
{
    const struct line_request *request = setter->request;
    size_t most = request->justify ? MOST_DIVIDED_JUSTIFIED : MOST_DIVIDED;
    if (!request->divided || room < 0 || divided_above(setter->out) >= most)
        return to;
    bool is_word = !(piece->flags[to] & CAN_BREAK); /* too long for any line */
    size_t word = is_word ? from : to;
    double left = room;
    for (size_t i = from; i < word; i++)
        left -= piece->advance[i];
    const struct set_run like = run_like(setter, piece, word);
    if (left <= room * (request->justify ? JUSTIFIED_ZONE : RAGGED_ZONE) ||
        like.is_arabic || like.span->note)
        return to;
    size_t at = divide_word(setter->typesetter, request->text, piece, word, left,
                            sign_width(setter, "-", &like));
    return at > word ? at : to;
}

/* Breaks a piece into lines; returns the byte at which the text goes on. */
static size_t break_piece(const struct setter *setter, struct piece *piece,
                          size_t text_size)
{
    const struct line_request *request = setter->request;
    size_t from = 0, most = (size_t)request->max_lines;
    double hyphen = 0;
    for (size_t i = 0; i < piece->count && hyphen <= 0; i++) {
        if (piece->flags[i] & ADDS_HYPHEN) {
            const struct set_run like = run_like(setter, piece, i);
            hyphen = sign_width(setter, "-", &like);
        }
    }
    do {
        double room = room_of(request, setter->out->count);
        size_t to = fill_line(piece, from, room, hyphen);
        bool ends = to == piece->count;
        if (most && setter->out->count + 1 == most &&
            (!ends || piece->next < text_size)) {
            put_shortened(setter, piece, from);
            return text_size;
        }
        if (ends && piece->is_open && from > 0)
            return piece->start + piece->offset[from];
        if (!ends)
            to = divide_next(setter, piece, from, to, room);
        put_line(setter, piece, from, to, ends, false);
        from = to;
    } while (from < piece->count);
    return piece->next;
}

/* Balancing ---------------------------------------------------------------------- */

enum { LONGEST_BALANCED = 600, HALVINGS = 16, MOST_PIECES = 8 };

static size_t count_lines(struct piece *const *piece, size_t pieces, double width)
{
    size_t lines = 0;
    for (size_t i = 0; i < pieces; i++) {
        size_t from = 0;
        do {
            from = fill_line(piece[i], from, width, 0);
            lines++;
        } while (from < piece[i]->count);
    }
    return lines;
}

/* The smallest width at which short text takes no more lines than at the request's. */
static double balanced_width(struct typesetter *typesetter,
                             const struct line_request *request)
{
    struct slice text = request->text->runs.text;
    struct piece *piece[MOST_PIECES];
    size_t pieces = 0;
    if (request->width < 0 || text.size > LONGEST_BALANCED)
        return request->width;
    for (size_t start = 0; start < text.size; start = piece[pieces - 1]->next) {
        if (pieces == MOST_PIECES)
            return request->width;
        piece[pieces++] = shape_piece(typesetter, request->text, start);
    }
    size_t wanted = count_lines(piece, pieces, request->width);
    double low = request->width / 4, high = request->width;
    for (int i = 0; i < HALVINGS && wanted > pieces; i++) {
        double middle = (low + high) / 2;
        if (count_lines(piece, pieces, middle) <= wanted)
            high = middle;
        else
            low = middle;
    }
    return high;
}

void set_lines(struct typesetter *typesetter, const struct line_request *request,
               struct set_lines *out)
{
    struct slice text = request->text->runs.text;
    struct line_request own = *request;
    const struct setter setter = {typesetter, &own, out};
    arena_reset(typesetter_scratch(typesetter));
    *out = (struct set_lines){0};
    own.divided = request->divided && !request->balanced;
    if (request->balanced)
        own.width = balanced_width(typesetter, request);
    for (size_t start = 0; start < text.size;) {
        struct piece *piece = shape_piece(typesetter, request->text, start);
        start = break_piece(&setter, piece, text.size);
        arena_reset(typesetter_scratch(typesetter));
    }
    if (out->count)
        out->line[out->count - 1].end = text.size;
}

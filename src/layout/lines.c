/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where lines end: filled greedily, words divided, ended with an ellipsis, balanced. */
#include "layout/line.h"

#include <string.h>

/* A label is as wide as it measured itself to be. */
static const double SLACK = 0.01;

struct setter {
    struct typesetter *typesetter;
    const struct line_request *request;
    struct set_lines *out; /* in the draft until all are there */
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
                          size_t to, const struct open_line *line, bool is_divided)
{
    if (!setter->request->justify || setter->request->text->runs.right_to_left)
        return 0;
    if (is_divided)
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
    struct arena *draft = typesetter_draft(setter->typesetter);
    struct set_lines *out = setter->out;
    struct set_line *line = ARENA_APPEND(draft, out->line, out->count, out->capacity);
    double room = room_of(request, out->count - 1);
    *line = (struct set_line){.x = indent_of(request, out->count - 1)};
    line->start = piece->start + piece->offset[from];
    line->end = is_last ? piece->next : piece->start + piece->offset[to];
    struct open_line open = line_begin(setter->typesetter, request->text, piece, from,
                                       trim_end(piece, from, to));
    if (is_shortened)
        line_add_sign(&open, "\xE2\x80\xA6");
    line->is_divided = !is_last && !is_shortened && piece->flags[to] & ADDS_HYPHEN;
    if (line->is_divided)
        line_add_sign(&open, "-");
    line_measure(&open, line);
    line->hang = hang_of_start(setter, piece, from);
    room += line->hang + hang_of_end(setter, piece, to, &open, line->is_divided);
    if (request->justify && !is_last && !is_shortened && room > line->width)
        line_justify(&open, room - line->width, line);
    line_keep(&open, line);
}

static void put_shortened(const struct setter *setter, const struct piece *piece,
                          size_t from)
{
    const struct open_run like = run_like(setter->request->text, piece, from);
    double room = room_of(setter->request, setter->out->count);
    double ellipsis = sign_width(setter->typesetter, "\xE2\x80\xA6", &like);
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
    const struct open_run like = run_like(setter->request->text, piece, word);
    if (left <= room * (request->justify ? JUSTIFIED_ZONE : RAGGED_ZONE) ||
        like.is_arabic || like.span->note)
        return to;
    size_t at = divide_word(setter->typesetter, request->text, piece, word, left,
                            sign_width(setter->typesetter, "-", &like));
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
            const struct open_run like = run_like(setter->request->text, piece, i);
            hyphen = sign_width(setter->typesetter, "-", &like);
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

static bool ends_in_lone_word(const struct set_lines *lines, struct slice text)
{
    if (lines->count < 2)
        return false;
    const struct set_line *last = &lines->line[lines->count - 1];
    struct slice words =
        slice_trim((struct slice){text.data + last->start, text.size - last->start});
    return !memchr(words.data, ' ', words.size);
}

static void balance_again(struct typesetter *typesetter,
                          const struct line_request *request, struct set_lines *out)
{
    struct line_request own = *request;
    own.no_lone_word = false;
    own.balanced = true;
    set_lines(typesetter, &own, out);
}

void set_lines(struct typesetter *typesetter, const struct line_request *request,
               struct set_lines *out)
{
    struct slice text = request->text->runs.text;
    struct line_request own = *request;
    const struct setter setter = {typesetter, &own, out};
    typesetter_clear(typesetter);
    arena_reset(typesetter_draft(typesetter));
    *out = (struct set_lines){0};
    own.divided = request->divided && !request->balanced;
    if (request->balanced)
        own.width = balanced_width(typesetter, request);
    for (size_t start = 0; start < text.size;) {
        struct piece *piece = shape_piece(typesetter, request->text, start);
        start = break_piece(&setter, piece, text.size);
        typesetter_clear(typesetter);
    }
    if (!out->count)
        return;
    if (request->no_lone_word && ends_in_lone_word(out, text)) {
        balance_again(typesetter, request, out);
        return;
    }
    out->line[out->count - 1].end = text.size;
    out->line = arena_copy(typesetter_arena(typesetter), out->line,
                           out->count * sizeof *out->line);
    out->capacity = out->count;
}

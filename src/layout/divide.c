/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dividing a word at the end of a line. Only ordinary words are: small letters and
 * nothing else between spaces, but for stops, quotes and brackets around them. So names,
 * abbreviations, addresses and numbers stay whole. */
#include "layout/hyphen.h"
#include "layout/typesetter.h"

#include <string.h>

static gunichar letter_at(const struct set_text *text, const struct piece *piece,
                          size_t character)
{
    return g_utf8_get_char(text->runs.text.data + piece->start +
                           piece->offset[character]);
}

static bool is_around_words(gunichar letter)
{
    static const char around[] = "()[],.;:!?\"";
    return letter < 0x80 ? letter && strchr(around, (int)letter) != NULL
                         : letter == 0x201C || letter == 0x201D || letter == 0x2018 ||
                               letter == 0x2026;
}

/* The letters of the ordinary word that begins at or shortly behind `from` and ends
 * before `to`. */
static bool find_letters(const struct set_text *text, const struct piece *piece,
                         size_t from, size_t to, size_t *first, size_t *last)
{
    while (from < to && is_around_words(letter_at(text, piece, from)))
        from++;
    while (to > from && (piece->flags[to - 1] & IS_WHITE ||
                         is_around_words(letter_at(text, piece, to - 1))))
        to--;
    for (size_t i = from; i < to; i++) {
        if (!g_unichar_islower(letter_at(text, piece, i)))
            return false;
    }
    *first = from;
    *last = to;
    return to - from >= SHORTEST_DIVIDED && to - from <= LONGEST_DIVIDED;
}

static size_t next_break(const struct piece *piece, size_t from)
{
    size_t at = from + 1;
    while (at < piece->count && !(piece->flags[at] & CAN_BREAK))
        at++;
    return at;
}

/* A ligature can't be cut. */
static bool starts_glyphs(const struct piece *piece, size_t character)
{
    for (size_t i = 0; i < piece->run_count; i++) {
        const struct shaped_run *run = &piece->run[i];
        if (character < run->first || character >= run->last)
            continue;
        size_t offset = piece->offset[character] - piece->offset[run->first];
        const PangoGlyphString *glyphs = run->item->glyphs;
        for (int j = 0; j < glyphs->num_glyphs; j++) {
            if (glyphs->log_clusters[j] == (int)offset)
                return true;
        }
    }
    return false;
}

/* The last of a paragraph's words stays whole: its rest would be a line. */
static bool is_last_word(const struct piece *piece, size_t end)
{
    return end >= piece->count;
}

size_t divide_word(struct typesetter *typesetter, const struct set_text *text,
                   struct piece *piece, size_t to, double room, double hyphen_width)
{
    size_t end = next_break(piece, to), first, last, best = to;
    bool may_divide[LONGEST_DIVIDED];
    if (is_last_word(piece, end) || !find_letters(text, piece, to, end, &first, &last))
        return to;
    const struct patterns *patterns = typesetter_patterns(typesetter);
    struct slice word = {text->runs.text.data + piece->start + piece->offset[first],
                         piece->offset[last] - piece->offset[first]};
    if (!patterns || !hyphenate(patterns, word, may_divide))
        return to;
    double used = hyphen_width;
    for (size_t i = to; i < last && used <= room; used += piece->advance[i++]) {
        if (i > first && may_divide[i - first] && starts_glyphs(piece, i))
            best = i;
    }
    if (best > to)
        piece->flags[best] |= ADDS_HYPHEN;
    return best;
}

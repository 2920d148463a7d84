/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody may have meant by a period that isn't understood: days written as in
 * letters, Urdu digits, numbers in words. It is only ever proposed. */
#include "data/period.h"

#include <string.h>

enum { MOST_PIECES = 5 };

/* A number or a word, cut at white space and punctuation. */
struct piece {
    struct slice word; /* folded */
    int number;        /* -1: a word */
    int digits;
};

struct pieces {
    size_t count;
    struct piece piece[MOST_PIECES];
};

/* The n-th of words separated by spaces that begins with the word's three letters;
 * -1 when none does. */
static int find_word(const char *words, struct slice word)
{
    int index = 0;
    for (const char *at = words; *at; index++) {
        size_t size = strcspn(at, " ");
        if (word.size >= 3 && word.size <= size &&
            memcmp(at, word.data, word.size) == 0)
            return index;
        at += size + (at[size] == ' ');
    }
    return -1;
}

static int month_of(struct slice word)
{
    return 1 + find_word("january february march april may june july august september "
                         "october november december",
                         word);
}

static int count_of(struct slice word)
{
    int index =
        find_word("two three four five six seven eight nine ten eleven twelve", word);
    return index < 0 ? 0 : index + 2;
}

/* 0 to 9 in the digits of Europe, Arabia and Urdu; -1 for anything else. */
static int digit_of(uint32_t rune)
{
    if (rune >= '0' && rune <= '9')
        return (int)(rune - '0');
    if (rune >= 0x660 && rune <= 0x669)
        return (int)(rune - 0x660);
    return rune >= 0x6F0 && rune <= 0x6F9 ? (int)(rune - 0x6F0) : -1;
}

static bool is_letter(uint32_t rune)
{
    return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z' && rune < 0x80;
}

/* Cuts "9 Nov 2026" and "2026-W6" into words and numbers; false when there are more
 * than a date has, or signs that none has. */
static bool cut_pieces(struct slice text, struct arena *arena, struct pieces *out)
{
    *out = (struct pieces){0};
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t rune = utf8_next(text, &at);
        int digit = digit_of(rune);
        if (digit < 0 && !is_letter(rune))
            continue;
        if (out->count == MOST_PIECES)
            return false;
        struct piece *piece = &out->piece[out->count++];
        *piece = (struct piece){.number = digit, .digits = digit >= 0};
        for (size_t next = at; next < text.size; at = next) {
            rune = utf8_next(text, &next);
            digit = digit_of(rune);
            if ((piece->number < 0) != (digit < 0) || (digit < 0 && !is_letter(rune)) ||
                piece->digits > 4)
                break;
            if (digit >= 0) {
                piece->number = piece->number * 10 + digit;
                piece->digits++;
            }
        }
        piece->word = slice_fold(arena, (struct slice){text.data + start, at - start});
    }
    return out->count > 0;
}

static const char *day_text(struct arena *arena, int year, int month, int day)
{
    if (month < 1 || month > 12 || !civil_is_valid(year, month, day))
        return NULL;
    return arena_print(arena, "%04d-%02d-%02d", year, month, day);
}

/* 9/11/2026: day or month first is theirs to say, where both exist. */
static const char *guess_numbers(const struct piece *piece, struct arena *arena)
{
    const struct piece *year = piece[0].digits == 4 ? &piece[0] : &piece[2];
    if (year->digits != 4)
        return NULL;
    if (year == piece)
        return day_text(arena, year->number, piece[1].number, piece[2].number);
    const char *british =
        day_text(arena, year->number, piece[1].number, piece[0].number);
    const char *american =
        day_text(arena, year->number, piece[0].number, piece[1].number);
    if (!british || !american || strcmp(british, american) == 0)
        return british ? british : american;
    return arena_print(arena, "%s or %s", british, american);
}

/* 9 November 2026, November 9 2026, November 2026, 9–15 November 2026. */
static const char *guess_named(const struct pieces *pieces, struct arena *arena)
{
    int month = 0, year = 0, day[2] = {0}, days = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->piece[i];
        if (piece->number < 0 && !month && month_of(piece->word))
            month = month_of(piece->word);
        else if (piece->digits == 4 && !year)
            year = piece->number;
        else if (piece->number > 0 && days < 2)
            day[days++] = piece->number;
        else
            return NULL;
    }
    if (!month || !year)
        return NULL;
    if (!days)
        return arena_print(arena, "%04d-%02d", year, month);
    const char *first = day_text(arena, year, month, day[0]);
    const char *last = days > 1 ? day_text(arena, year, month, day[1]) : NULL;
    if (!first || days == 1)
        return first;
    return last ? arena_print(arena, "%s..%s", first, last) : NULL;
}

/* Week 6 of 2026, 2026-W6, Q3 2026, 2026 W 46 in Urdu digits. */
static const char *guess_part(const struct pieces *pieces, struct arena *arena)
{
    int year = 0, part = 0;
    char letter = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->piece[i];
        if (piece->digits == 4 && !year)
            year = piece->number;
        else if (piece->number > 0 && piece->digits <= 2 && !part)
            part = piece->number;
        else if (slice_is(piece->word, "w") || slice_is(piece->word, "week"))
            letter = 'W';
        else if (slice_is(piece->word, "q") || slice_is(piece->word, "quarter"))
            letter = 'Q';
        else if (!slice_is(piece->word, "of"))
            return NULL;
    }
    if (!year || !part)
        return NULL;
    if (letter == 'W')
        return part <= iso_weeks_in_year(year)
                   ? arena_print(arena, "%04d-W%02d", year, part)
                   : NULL;
    if (letter == 'Q')
        return part <= 4 ? arena_print(arena, "%04d-Q%d", year, part) : NULL;
    return part <= 12 ? arena_print(arena, "%04d-%02d", year, part) : NULL;
}

static const char *guess_last(const struct pieces *pieces, struct arena *arena)
{
    enum period_unit unit;
    const struct piece *piece = pieces->piece;
    if (pieces->count == 2 &&
        (slice_is(piece[1].word, "fortnight") || slice_is(piece[1].word, "fortnights")))
        return "last 2 weeks";
    int count = pieces->count == 3
                    ? piece[1].number > 0 ? piece[1].number : count_of(piece[1].word)
                    : 0;
    if (!count || !period_parse_unit(piece[2].word, &unit))
        return NULL;
    return arena_print(arena, "last %d %.*s", count, SLICE_PRINT(piece[2].word));
}

const char *period_guess(struct slice text, struct arena *arena)
{
    struct pieces pieces;
    if (text.size > 60 || !cut_pieces(text, arena, &pieces))
        return NULL;
    bool all_numbers = true;
    for (size_t i = 0; i < pieces.count; i++)
        all_numbers &= pieces.piece[i].number >= 0;
    if (slice_is(pieces.piece[0].word, "last") ||
        slice_is(pieces.piece[0].word, "past"))
        return guess_last(&pieces, arena);
    if (all_numbers && pieces.count == 3)
        return guess_numbers(pieces.piece, arena);
    const char *named = guess_named(&pieces, arena);
    return named ? named : guess_part(&pieces, arena);
}

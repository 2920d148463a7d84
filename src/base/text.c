/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Slices, the folded key of a name, the nearest name, and growing text. The door to
 * utf8proc. */
#include "base/text.h"

#include <utf8proc.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
}

bool slice_equal_any_case(struct slice a, struct slice b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = a.size; i-- > 0;) { /* many names begin alike */
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    }
    return true;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared ? memcmp(a.data, b.data, shared) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_no_break_space(const char *bytes)
{
    return bytes[0] == '\xC2' && bytes[1] == '\xA0';
}

struct slice slice_trim(struct slice a)
{
    for (;;) {
        size_t drop = 0;
        if (a.size && is_space(a.data[0]))
            drop = 1;
        else if (a.size >= 2 && is_no_break_space(a.data))
            drop = 2;
        if (!drop)
            break;
        a = slice_from(a, drop);
    }
    for (;;) {
        if (a.size && is_space(a.data[a.size - 1]))
            a.size -= 1;
        else if (a.size >= 2 && is_no_break_space(a.data + a.size - 2))
            a.size -= 2;
        else
            return a;
    }
}

struct slice slice_from(struct slice a, size_t start)
{
    if (start == 0)
        return a;
    if (start > a.size)
        start = a.size;
    return (struct slice){a.data ? a.data + start : NULL, a.size - start};
}

struct slice slice_copy(struct arena *arena, struct slice a)
{
    return (struct slice){arena_copy(arena, a.data, a.size), a.size};
}

const char *slice_c_string(struct arena *arena, struct slice a)
{
    char *copy = arena_alloc(arena, a.size + 1);
    if (a.size)
        memcpy(copy, a.data, a.size);
    return copy;
}

static uint64_t load_little(const unsigned char *byte, size_t size)
{
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++)
        word |= (uint64_t)byte[i] << (8 * i);
    return word;
}

uint64_t slice_hash(struct slice a)
{
    static const uint64_t odd = 0x9E3779B97F4A7C15u;
    const unsigned char *byte = (const unsigned char *)a.data;
    uint64_t hash = odd ^ a.size;
    size_t at = 0;
    for (; at + 8 <= a.size; at += 8) {
        hash = (hash ^ load_little(byte + at, 8)) * odd;
        hash ^= hash >> 32;
    }
    if (at < a.size)
        hash = (hash ^ load_little(byte + at, a.size - at)) * odd;
    hash = (hash ^ hash >> 32) * odd;
    return hash ^ hash >> 29;
}

bool slice_place(struct slice text, struct slice part, int *line, int *column)
{
    const char *found =
        text.size ? memmem(text.data, text.size, part.data, part.size) : NULL;
    const char *start = text.data;
    if (!found)
        return false;
    *line = 1;
    for (const char *end; (end = memchr(start, '\n', (size_t)(found - start)));
         start = end + 1)
        ++*line;
    *column = 1 + (int)utf8_length((struct slice){start, (size_t)(found - start)});
    return true;
}

bool slice_cut(struct slice *rest, char separator, struct slice *part)
{
    if (!rest->size)
        return false;
    const char *end = memchr(rest->data, separator, rest->size);
    if (!end) {
        *part = *rest;
        *rest = slice_from(*rest, rest->size);
        return true;
    }
    *part = (struct slice){rest->data, (size_t)(end - rest->data)};
    *rest = slice_from(*rest, part->size + 1);
    return true;
}

/* Folding ---------------------------------------------------------------------- */

static bool divides_ascii(unsigned char c)
{
    return is_space((char)c) || c == '-' || c == '_' || c == '.' || c == '\'' ||
           c == '"' || c == '`';
}

static bool divides(uint32_t code_point)
{
    if (code_point < 0x80)
        return divides_ascii((unsigned char)code_point);
    switch (utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF: return true;
    default: break;
    }
    /* Low quotes, next line, primes, the minus sign, the Urdu full stop, and the
     * modifier letters that transliteration uses as apostrophes. */
    return code_point == 0x201A || code_point == 0x201E || code_point == 0x85 ||
           (code_point >= 0x2032 && code_point <= 0x2036) || code_point == 0x2212 ||
           code_point == 0x06D4 || (code_point >= 0x02B9 && code_point <= 0x02BF);
}

/* Keyboards differ: Urdu names are typed with Arabic letters and the reverse. */
static uint32_t fold_arabic(uint32_t code_point)
{
    switch (code_point) {
    case 0x0649: /* alef maksura */
    case 0x064A: /* Arabic yeh */
    case 0x06D2: return 0x06CC;
    case 0x0643: return 0x06A9; /* Arabic kaf */
    case 0x0629:                /* teh marbuta */
    case 0x06BE:
    case 0x06C1:
    case 0x06C3:
    case 0x06D5: return 0x0647;
    default: return code_point;
    }
}

/* Writes single spaces between words and none at the ends. */
struct folding {
    struct text out;
    bool space_is_due;
};

static void fold_append(struct folding *folding, const char *bytes, size_t size)
{
    if (folding->space_is_due && folding->out.size)
        text_append(&folding->out, SLICE_LITERAL(" "));
    folding->space_is_due = false;
    text_append(&folding->out, (struct slice){bytes, size});
}

static void fold_code_point(struct folding *folding, uint32_t code_point)
{
    enum { LONGEST_DECOMPOSITION = 32 };
    utf8proc_int32_t part[LONGEST_DECOMPOSITION];
    int last_class = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code_point, part, LONGEST_DECOMPOSITION,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
            UTF8PROC_IGNORE,
        &last_class);
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        if (divides((uint32_t)part[i])) {
            folding->space_is_due = true;
            continue;
        }
        char bytes[4];
        size_t size = utf8_encode(fold_arabic((uint32_t)part[i]), bytes);
        fold_append(folding, bytes, size);
    }
}

static struct slice fold_unicode(struct arena *arena, struct slice a)
{
    struct folding folding = {.out = {.arena = arena}};
    for (size_t at = 0; at < a.size;) {
        uint32_t code_point;
        size_t size = utf8_decode(a, at, &code_point);
        if (!size)
            fold_append(&folding, a.data + at, 1);
        else if (divides(code_point))
            folding.space_is_due = true;
        else
            fold_code_point(&folding, code_point);
        at += size ? size : 1;
    }
    return text_slice(&folding.out);
}

struct slice slice_fold(struct arena *arena, struct slice a)
{
    char *out = arena_alloc(arena, a.size + 1);
    size_t size = 0;
    bool space_is_due = false;
    for (size_t i = 0; i < a.size; i++) {
        unsigned char c = (unsigned char)a.data[i];
        if (c >= 0x80)
            return fold_unicode(arena, a);
        if (divides_ascii(c)) {
            space_is_due = size > 0;
            continue;
        }
        if (space_is_due)
            out[size++] = ' ';
        space_is_due = false;
        out[size++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return (struct slice){out, size};
}

int utf8_columns(uint32_t code_point)
{
    if (code_point < 0x80)
        return 1;
    int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
    return width < 0 ? 0 : width;
}

/* The nearest name --------------------------------------------------------------- */

enum { LONGEST_WORD = 96 };

struct word {
    uint32_t letter[LONGEST_WORD];
    size_t count;
};

static bool word_of(struct slice folded, struct word *word)
{
    word->count = 0;
    for (size_t at = 0; at < folded.size;) {
        if (word->count == LONGEST_WORD)
            return false;
        word->letter[word->count++] = utf8_next(folded, &at);
    }
    return true;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: insert, delete, replace, swap neighbours. */
static int edit_distance(const struct word *a, const struct word *b)
{
    int rows[3][LONGEST_WORD + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b->count; j++)
        above[j] = (int)j;
    for (size_t i = 1; i <= a->count; i++) {
        row[0] = (int)i;
        for (size_t j = 1; j <= b->count; j++) {
            int change = a->letter[i - 1] != b->letter[j - 1];
            row[j] = least(above[j - 1] + change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a->letter[i - 1] == b->letter[j - 2] &&
                a->letter[i - 2] == b->letter[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        int *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b->count];
}

static int most_edits(size_t letters)
{
    return letters < 2 ? 0 : letters < 4 ? 1 : 2;
}

int text_nearest(struct slice word, const struct slice *candidate, size_t count)
{
    int nearest = -1;
    struct word wanted, other;
    struct arena *scratch = arena_new();
    if (word_of(slice_fold(scratch, word), &wanted)) {
        int limit = most_edits(wanted.count) + 1;
        for (size_t i = 0; i < count && limit > 0; i++) {
            arena_reset(scratch);
            if (!word_of(slice_fold(scratch, candidate[i]), &other))
                continue;
            if (abs((int)wanted.count - (int)other.count) >= limit)
                continue;
            int distance = edit_distance(&wanted, &other);
            if (distance < limit) {
                limit = distance;
                nearest = (int)i;
            }
        }
    }
    arena_free(scratch);
    return nearest;
}

/* Growing text ------------------------------------------------------------------- */

void text_widen(struct text *text, size_t more)
{
    if (more > SIZE_MAX / 4 || text->size > SIZE_MAX / 4)
        abort();
    size_t wider = text->capacity ? text->capacity * 2 : 64;
    while (wider - text->size < more)
        wider *= 2;
    text->data = arena_widen(text->arena, text->data, text->capacity, wider);
    text->capacity = wider;
}

void text_room(struct text *text, size_t more)
{
    if (text->capacity - text->size >= more)
        return;
    if (more > SIZE_MAX / 4)
        abort();
    text->data =
        arena_widen(text->arena, text->data, text->capacity, text->size + more);
    text->capacity = text->size + more;
}

void text_append_string(struct text *text, const char *c_string)
{
    text_append(text, slice_of(c_string));
}

void text_append_rune(struct text *text, uint32_t code_point)
{
    text->size += utf8_encode(code_point, text_reserve(text, 4));
}

void text_print(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t room = text->capacity - text->size;
    int size =
        vsnprintf(room ? text->data + text->size : NULL, room, format, arguments);
    va_end(arguments);
    if (size < 0)
        abort();
    if ((size_t)size >= room)
        vsnprintf(text_reserve(text, (size_t)size + 1), (size_t)size + 1, format,
                  again);
    va_end(again);
    text->size += (size_t)size;
}

struct slice text_slice(const struct text *text)
{
    return (struct slice){text->data ? text->data : "", text->size};
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Borrowed slices of UTF-8 and a growing text. A slice owns nothing: its bytes live
 * in an arena, a mapped file or a literal. */
#ifndef SITREP_BASE_TEXT_H
#define SITREP_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *data;
    size_t size;
};

/* For printf: printf("%.*s", SLICE_PRINT(name)). */
#define SLICE_PRINT(slice)     (int)(slice).size, (slice).data ? (slice).data : ""
#define SLICE_LITERAL(literal) ((struct slice){(literal), sizeof(literal) - 1})

/* Here, so that the compiler knows the length of a literal. NULL is the empty slice. */
static inline struct slice slice_of(const char *c_string)
{
    return (struct slice){c_string, c_string ? strlen(c_string) : 0};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool slice_is(struct slice a, const char *c_string)
{
    return slice_equal(a, slice_of(c_string));
}

static inline bool slice_starts_with(struct slice a, const char *c_string)
{
    size_t size = strlen(c_string);
    return a.size >= size && (size == 0 || memcmp(a.data, c_string, size) == 0);
}

bool slice_equal_any_case(struct slice a, struct slice b); /* of ASCII letters */
int slice_compare(struct slice a, struct slice b);         /* byte order, as strcmp */
/* Line and column, from 1, in code points, where text first holds part. */
bool slice_place(struct slice text, struct slice part, int *line, int *column);
struct slice slice_trim(struct slice a); /* drops ASCII white space and U+00A0 */
struct slice slice_from(struct slice a, size_t start);
struct slice slice_copy(struct arena *arena, struct slice a);
const char *slice_c_string(struct arena *arena, struct slice a);
uint64_t slice_hash(struct slice a); /* for hash tables; same on every machine */

/* Cuts the part before the first separator off *rest; false when *rest is used up.
 * A separator at the very end adds no empty part. */
bool slice_cut(struct slice *rest, char separator, struct slice *part);

/* The key under which two spellings of a name meet: case folded, marks removed,
 * white space, hyphens, underscores, dots and quotes reduced to single spaces, ends
 * trimmed. "D.I Khan " and "d. i  khan" meet as "d i khan". Arabic and Urdu forms of
 * yeh, kaf and heh meet too. Invalid UTF-8 folds byte by byte. */
struct slice slice_fold(struct arena *arena, struct slice a);

/* Index of the candidate nearest to word by edit distance over folded names, at
 * most 2 edits (1 for words under 4 letters, none for a single letter); the first of
 * equals; -1 when none is near. Swapping neighbours is one edit. */
int text_nearest(struct slice word, const struct slice *candidate, size_t count);

/* True when all bytes are valid UTF-8; else *bad is the offset of the first that
 * isn't. */
bool utf8_is_valid(struct slice a, size_t *bad);
/* Decodes one code point at *offset and moves past it; invalid bytes give U+FFFD. */
uint32_t utf8_next(struct slice a, size_t *offset);
size_t utf8_length(struct slice a); /* code points */
/* Bytes of the valid sequence at offset, 0 when there is none. */
size_t utf8_decode(struct slice a, size_t offset, uint32_t *code_point);
/* Bytes written for a code point; one that UTF-8 can't hold is written as U+FFFD. */
size_t utf8_encode(uint32_t code_point, char out[4]);
int utf8_columns(uint32_t code_point); /* on a terminal: 0, 1 or 2 */

/* A decimal number, independent of locale: optional sign (also U+2212), digits with
 * optional thousands commas in groups of three or Indian grouping, one point,
 * exponent. All of the slice must be used. Never NaN or infinite; rounded correctly.
 * Texts over 400 bytes are no numbers. */
bool number_parse(struct slice a, double *out);
enum { NUMBER_TEXT_SIZE = 32 };
/* Shortest text that reads back as the same double; integers without a point.
 * NaN prints as an empty text, minus zero as 0. */
void number_print(char out[NUMBER_TEXT_SIZE], double number);

/* A growing text in an arena. Zero-initialise with the arena set. */
struct text {
    struct arena *arena;
    char *data;
    size_t size, capacity;
};
/* Room for so many bytes more, and not for twice as many: what a text outgrows stays
 * behind in its arena. */
void text_room(struct text *text, size_t more);
void text_widen(struct text *text, size_t more); /* makes room for so many bytes */

static inline char *text_reserve(struct text *text, size_t more)
{
    if (text->capacity - text->size < more)
        text_widen(text, more);
    return text->data + text->size;
}

static inline void text_append(struct text *text, struct slice a)
{
    if (!a.size)
        return;
    memcpy(text_reserve(text, a.size), a.data, a.size);
    text->size += a.size;
}

void text_append_string(struct text *text, const char *c_string);
void text_append_rune(struct text *text, uint32_t code_point);
void text_print(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct slice text_slice(const struct text *text);

#endif

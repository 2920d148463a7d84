/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the short phrases in which editors write conditions, measures and periods:
 * words, symbols, quotes of any make, and names that hold spaces. Nothing here knows
 * what a phrase means. */
#ifndef SITREP_DATA_PHRASE_H
#define SITREP_DATA_PHRASE_H

#include "base/diag.h"

/* Some steps below look ahead to the end at each quotation mark, so whoever reads a
 * stranger's phrase refuses longer ones first. */
enum { PHRASE_LONGEST = 10000 };

/* Names that may hold spaces; the longest that fits wins. */
struct name_list {
    const struct slice *name;
    size_t count;
    const struct slice *folded; /* slice_fold of each; NULL: made when it is needed */
};

/* A place to read at. Life: as long as the text and the arena. */
struct phrase {
    struct slice text;
    size_t offset;
    struct place at; /* of the text's first byte; line 0 = unknown */
    struct arena *arena;
    struct diags *diags;
    const struct name_list *folded_of; /* the list that folded was made from */
    const struct slice *folded;
};

/* The place of a byte offset: columns are code points. */
struct place phrase_place(const struct phrase *phrase, size_t offset);
struct slice phrase_part(const struct phrase *phrase, size_t from, size_t to);
struct slice phrase_rest(const struct phrase *phrase);

void phrase_skip_spaces(struct phrase *phrase); /* ASCII white space and U+00A0 */
bool phrase_is_done(struct phrase *phrase);     /* nothing but spaces is left */

/* Each takes what it names, after spaces, and moves past it; else moves nothing.
 * Words are whole words in any letter case: "in" isn't taken from "india" or "in_x". */
bool phrase_take_word(struct phrase *phrase, const char *word);
bool phrase_take_words(struct phrase *phrase, const char *words); /* "sum of" */
bool phrase_sees_word(struct phrase *phrase, const char *word);
bool phrase_take_symbol(struct phrase *phrase, const char *symbol);
/* The longest name that stands here as whole words, in any spelling that folds the
 * same; *name is the list's spelling. */
bool phrase_take_name(struct phrase *phrase, const struct name_list *names,
                      struct slice *name);
/* A text in quotes, straight or curly, single or double; an apostrophe inside single
 * quotes belongs to the text. PHRASE_BROKEN: an error was added, code, since the
 * quote isn't closed. */
enum phrase_quote { PHRASE_NONE, PHRASE_QUOTED, PHRASE_BROKEN };
enum phrase_quote phrase_take_quoted(struct phrase *phrase, const char *code,
                                     struct slice *inside);
/* The end of the word at offset: the next space, bracket, comma, comparison or
 * quotation mark. Always past offset, unless the text ends. */
size_t phrase_word_end(struct slice text, size_t offset);

/* An error at from, with the width of the words from..to; to may lie past the end. */
struct diag *phrase_error(const struct phrase *phrase, size_t from, size_t to,
                          const char *code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The parts between commas, trimmed. Commas in quotes, in brackets and inside a number
 * (100,000) don't divide. Empty parts are kept. Returns how many; at least 1. */
struct phrase_item {
    struct slice text;
    size_t offset;
};
size_t phrase_split(const struct phrase *phrase, const struct phrase_item **out);

#endif

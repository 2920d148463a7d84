/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where words may be divided, by the patterns of their language. The door to libhyphen.
 *
 * Life: hyphens_new … hyphens_of (reads a language's patterns when they are first
 * wanted: some 10 ms) … hyphens_free. Any thread. */
#ifndef SITREP_LAYOUT_HYPHEN_H
#define SITREP_LAYOUT_HYPHEN_H

#include "base/text.h"

struct hyphens;
struct patterns;

/* conf: fonts/hyphenation.conf, read when patterns are first wanted. */
struct hyphens *hyphens_new(const char *conf);
void hyphens_free(struct hyphens *hyphens);

/* NULL: the language isn't listed, or its file isn't there or holds no patterns. package
 * is then what has them, empty when nothing is known. tag: "en", "en-GB". */
const struct patterns *hyphens_of(struct hyphens *hyphens, const char *tag,
                                  struct slice *package);

enum {
    SHORTEST_DIVIDED = 5, /* letters of a word */
    LONGEST_DIVIDED = 60,
    LETTERS_BEFORE = 2, /* of a word that stay on the line */
    LETTERS_AFTER = 3,  /* … and on the next */
};
/* may_divide[i], one for each letter of the word: it may be divided before letter i. All
 * letters are small. False: nowhere. */
bool hyphenate(const struct patterns *patterns, struct slice word,
               bool may_divide[LONGEST_DIVIDED]);

#endif

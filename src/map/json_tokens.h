/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON as a run of tokens, read straight from the bytes: no tree, no recursion, no
 * memory of its own. A copy of the struct is a bookmark to read on from later.
 *
 * libjansson builds a tree: of 2 MB of coordinates in 185 ms and 19 MB, where a whole
 * brief has 50 ms. The tests compare the two. */
#ifndef SITREP_MAP_JSON_TOKENS_H
#define SITREP_MAP_JSON_TOKENS_H

#include "base/text.h"

enum json_token {
    TOKEN_ERROR, /* from now on: trouble and trouble_at say what and where */
    TOKEN_END,
    TOKEN_OBJECT,
    TOKEN_OBJECT_END,
    TOKEN_ARRAY,
    TOKEN_ARRAY_END,
    TOKEN_KEY, /* text, escapes not resolved */
    TOKEN_TEXT,
    TOKEN_NUMBER, /* text */
    TOKEN_TRUE,
    TOKEN_FALSE,
    TOKEN_NULL,
};

enum { JSON_DEPTH = 64 };

struct json_tokens {
    struct slice source;
    size_t at;
    uint64_t is_object; /* a bit a level */
    int depth;
    int expects; /* the module's own */
    struct slice text;
    bool has_escape;
    const char *trouble;
    size_t trouble_at;
};

struct json_tokens tokens_of(struct slice source);
enum json_token tokens_next(struct json_tokens *tokens);
/* Passes over the rest of a value whose first token was just read. False on error. */
bool tokens_skip(struct json_tokens *tokens, enum json_token first);
/* Positions as files have them by the thousand: lists of two plain numbers or more that
 * follow each other. Inside of an array, reads up to `most` of them in one go and
 * returns how many; 0 and nothing was read when something else stands there. Numbers
 * behind the second are passed over, and digits beyond the 18th. */
struct json_position {
    double number[2];
    size_t offset; /* behind its bracket */
};
size_t tokens_positions(struct json_tokens *tokens, struct json_position *out,
                        size_t most);
/* An error of meaning at the last token: the next token is TOKEN_ERROR. */
void tokens_fail(struct json_tokens *tokens, const char *trouble);
/* The text of a key or text, escapes resolved. */
struct slice tokens_text(const struct json_tokens *tokens, struct arena *arena);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words that stand in an SVG, for those who read it as text, and for letters that no
 * font has. Not a reader of XML: librsvg has taken the file before. */
#include "layout/image.h"

#include <stdlib.h>
#include <string.h>

struct words {
    struct slice rest;
    struct text out;
    int depth;     /* of text elements */
    bool is_apart; /* what comes next is another text */
};

/* Past the first `end` in rest; to its end without one. */
static void skip_past(struct words *words, const char *end)
{
    const char *found =
        words->rest.size ? memmem(words->rest.data, words->rest.size, end, strlen(end))
                         : NULL;
    size_t size =
        found ? (size_t)(found - words->rest.data) + strlen(end) : words->rest.size;
    words->rest = slice_from(words->rest, size);
}

static void put(struct words *words, uint32_t rune)
{
    bool is_space = rune == ' ' || rune == '\n' || rune == '\t' || rune == '\r';
    bool after_space = !words->out.size || words->out.data[words->out.size - 1] == ' ';
    if (words->depth <= 0 || (rune < ' ' && !is_space))
        return;
    if (is_space) {
        text_append_string(&words->out, after_space ? "" : " ");
        return;
    }
    if (words->is_apart) {
        while (words->out.size && words->out.data[words->out.size - 1] == ' ')
            words->out.size--;
        text_append_string(&words->out, words->out.size ? " \xc2\xb7 " : "");
    }
    words->is_apart = false;
    text_append_rune(&words->out, rune);
}

/* "&amp;", "&#1575;" or "&#x627;": the letter, and past it. */
static uint32_t take_entity(struct words *words)
{
    static const struct {
        const char *name;
        uint32_t rune;
    } named[] = {{"&amp;", '&'},
                 {"&lt;", '<'},
                 {"&gt;", '>'},
                 {"&quot;", '"'},
                 {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (slice_starts_with(words->rest, named[i].name)) {
            words->rest = slice_from(words->rest, strlen(named[i].name));
            return named[i].rune;
        }
    }
    const char *end = memchr(words->rest.data, ';', words->rest.size);
    size_t size = end ? (size_t)(end - words->rest.data) + 1 : 0;
    char digits[12] = "";
    if (!slice_starts_with(words->rest, "&#") || size < 4 ||
        size - 3 >= sizeof digits) {
        words->rest = slice_from(words->rest, 1);
        return '&';
    }
    memcpy(digits, words->rest.data + 2, size - 3);
    words->rest = slice_from(words->rest, size);
    bool is_hex = digits[0] == 'x' || digits[0] == 'X';
    unsigned long rune = strtoul(digits + is_hex, NULL, is_hex ? 16 : 10);
    bool is_letter = rune <= 0x10FFFF && (rune < 0xD800 || rune > 0xDFFF);
    return is_letter ? (uint32_t)rune : 0;
}

/* A tag's name without its prefix. */
static struct slice tag_name(struct slice tag)
{
    size_t size = 0;
    while (size < tag.size && !strchr(" \t\r\n/>", tag.data[size]))
        size++;
    const char *colon = size ? memchr(tag.data, ':', size) : NULL;
    size_t from = colon ? (size_t)(colon - tag.data) + 1 : 0;
    return (struct slice){tag.data + from, size - from};
}

/* Its ">" stands outside quotes. */
static struct slice take_tag(struct words *words)
{
    char quote = 0;
    size_t at = 1;
    for (; at < words->rest.size; at++) {
        char c = words->rest.data[at];
        if (!quote && c == '>')
            break;
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
    }
    struct slice tag = {words->rest.data + 1, at - 1};
    words->rest = slice_from(words->rest, at < words->rest.size ? at + 1 : at);
    return tag;
}

static void take_markup(struct words *words)
{
    if (slice_starts_with(words->rest, "<!--")) {
        skip_past(words, "-->");
        return;
    }
    if (slice_starts_with(words->rest, "<![CDATA[")) {
        words->rest = slice_from(words->rest, strlen("<![CDATA["));
        while (words->rest.size && !slice_starts_with(words->rest, "]]>")) {
            size_t at = 0;
            put(words, utf8_next(words->rest, &at));
            words->rest = slice_from(words->rest, at);
        }
        skip_past(words, "]]>");
        return;
    }
    struct slice tag = take_tag(words);
    bool closes = slice_starts_with(tag, "/");
    bool is_empty = tag.size && tag.data[tag.size - 1] == '/';
    struct slice name = tag_name(slice_from(tag, closes ? 1 : 0));
    if (slice_is(name, "text") && !is_empty) {
        words->depth += closes ? -(words->depth > 0) : 1;
        words->is_apart = true;
    } else if (slice_is(name, "tspan")) {
        put(words, ' ');
    }
}

struct slice svg_words(struct slice svg, struct arena *arena)
{
    struct words words = {.rest = svg, .out = {.arena = arena}};
    while (words.rest.size) {
        size_t at = 0;
        if (words.rest.data[0] == '<') {
            take_markup(&words);
        } else if (words.rest.data[0] == '&') {
            put(&words, take_entity(&words));
        } else {
            put(&words, utf8_next(words.rest, &at));
            words.rest = slice_from(words.rest, at);
        }
    }
    return slice_trim(text_slice(&words.out));
}

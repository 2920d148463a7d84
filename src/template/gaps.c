/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a value or an `if` printed nothing, the text closes up as an editor would close
 * it: no space stands twice or before a stop, no comma before another, at the start or at
 * the end, no bracket or quote around nothing. Spaces elsewhere stay as typed. */
#include "template/gaps.h"

#include <string.h>

static bool starts_with_any(struct slice text, const char *const *sign, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_starts_with(text, sign[i]))
            return true;
    }
    return false;
}

static bool ends_with(struct slice text, const char *end)
{
    size_t size = strlen(end);
    return text.size >= size && memcmp(text.data + text.size - size, end, size) == 0;
}

/* Urdu's comma, semicolon, full stop and question mark as well. */
static const char *const commas[] = {",", ";", "\xD8\x8C", "\xD8\x9B"};
static const char *const stops[] = {",",
                                    ";",
                                    ".",
                                    ":",
                                    "!",
                                    "?",
                                    ")",
                                    "]",
                                    "\xD8\x8C",
                                    "\xD8\x9B",
                                    "\xDB\x94",
                                    "\xD8\x9F",
                                    "\xE2\x80\x9D",
                                    "\xE2\x80\x99",
                                    "\xE2\x80\xA6"};
/* What ends a sentence; nothing but a space may follow it. */
static const char *const ends[] = {".",        ":",        "!",           "?",
                                   "\xDB\x94", "\xD8\x9F", "\xE2\x80\xA6"};
static const char *const pairs[][2] = {{"(", ")"},
                                       {"[", "]"},
                                       {"\"", "\""},
                                       {"\xE2\x80\x9C", "\xE2\x80\x9D"},
                                       {"\xE2\x80\x98", "\xE2\x80\x99"},
                                       {"\xC2\xAB", "\xC2\xBB"}};
/* Between spaces; alone it may be a value that isn't known. */
static const char *const dividers[] = {"\xC2\xB7", "\xE2\x80\x93", "\xE2\x80\x94"};
enum {
    COMMAS = sizeof commas / sizeof *commas,
    STOPS = sizeof stops / sizeof *stops,
    ENDS = sizeof ends / sizeof *ends,
    PAIRS = sizeof pairs / sizeof *pairs,
    DIVIDERS = sizeof dividers / sizeof *dividers
};

static void drop_spaces_before(struct slice *text)
{
    while (text->size && text->data[text->size - 1] == ' ')
        text->size--;
}

static void drop_spaces_after(struct slice *text)
{
    while (text->size && text->data[0] == ' ')
        *text = slice_from(*text, 1);
}

static void drop_comma_before(struct slice *text)
{
    for (size_t i = 0; i < COMMAS; i++) {
        if (ends_with(*text, commas[i])) {
            text->size -= strlen(commas[i]);
            return;
        }
    }
}

static void drop_divider_after(struct slice *text)
{
    for (size_t i = 0; i < DIVIDERS; i++) {
        struct slice rest = slice_starts_with(*text, dividers[i])
                                ? slice_from(*text, strlen(dividers[i]))
                                : (struct slice){0};
        if (slice_starts_with(rest, " "))
            *text = rest;
    }
}

static void drop_divider_before(struct slice *text)
{
    for (size_t i = 0; i < DIVIDERS; i++) {
        struct slice rest = *text;
        if (!ends_with(rest, dividers[i]))
            continue;
        rest.size -= strlen(dividers[i]);
        if (ends_with(rest, " "))
            *text = rest;
    }
}

/* At a beginning: a comma, or a stop that stands alone; ".5" and "..." are words. */
static void drop_stop_after(struct slice *text)
{
    drop_divider_after(text);
    for (size_t i = 0; i < COMMAS; i++) {
        if (slice_starts_with(*text, commas[i]))
            *text = slice_from(*text, strlen(commas[i]));
    }
    for (size_t i = 0; i < ENDS; i++) {
        if (!slice_starts_with(*text, ends[i]))
            continue;
        struct slice rest = slice_from(*text, strlen(ends[i]));
        if (!rest.size || rest.data[0] == ' ' || rest.data[0] == '\n')
            *text = rest;
    }
    drop_spaces_after(text);
}

static void drop_pair(struct slice *before, struct slice *after)
{
    for (size_t i = 0; i < PAIRS; i++) {
        if (ends_with(*before, pairs[i][0]) && slice_starts_with(*after, pairs[i][1])) {
            before->size -= strlen(pairs[i][0]);
            *after = slice_from(*after, strlen(pairs[i][1]));
            return;
        }
    }
}

static bool is_line_start(const struct slice *before)
{
    return !before || ends_with(*before, "\xE2\x80\xA8") || ends_with(*before, "\n");
}

/* Behind what opens, and behind the end of a sentence. */
static bool is_beginning(struct slice before)
{
    for (size_t i = 0; i < PAIRS; i++) {
        if (ends_with(before, pairs[i][0]) && pairs[i][0][0] != '"')
            return true;
    }
    if (!ends_with(before, " "))
        return false;
    drop_spaces_before(&before);
    for (size_t i = 0; i < ENDS; i++) {
        if (ends_with(before, ends[i]))
            return true;
    }
    return false;
}

static void close_end(struct slice *before)
{
    drop_spaces_before(before);
    drop_divider_before(before);
    drop_spaces_before(before);
    drop_comma_before(before);
}

/* Of two dividers around nothing one is enough. */
static void join_dividers(const struct slice *before, struct slice *after)
{
    struct slice words = *before;
    drop_spaces_before(&words);
    const size_t size = words.size;
    drop_divider_before(&words);
    if (words.size < size)
        drop_divider_after(after);
    drop_spaces_after(after);
}

static void close_gap(struct slice *before, struct slice *after)
{
    if (before && after)
        drop_pair(before, after);
    if (before && !before->size)
        before = NULL;
    if (!after || !after->size) {
        if (before)
            close_end(before);
        return;
    }
    if (is_line_start(before) || is_beginning(*before)) {
        drop_spaces_after(after);
        drop_stop_after(after);
        return;
    }
    if (!ends_with(*before, " "))
        return;
    if (slice_starts_with(*after, " ")) {
        drop_spaces_after(after);
        join_dividers(before, after);
    } else if (starts_with_any(*after, stops, STOPS)) {
        drop_spaces_before(before);
        drop_comma_before(before);
    }
}

void gaps_close(struct gap_text *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t before = i, after = i;
        if (!text[i].is_gap)
            continue;
        while (before-- > 0 && !text[before].text.size)
            ;
        while (after < count && !text[after].text.size)
            after++;
        const bool has_before = before != (size_t)-1;
        bool has_after = after < count;
        if ((has_before && text[before].is_fixed) ||
            (has_after && text[after].is_fixed))
            continue;
        close_gap(has_before ? &text[before].text : NULL,
                  has_after ? &text[after].text : NULL);
        while (has_after && !text[after].text.size)
            has_after = ++after < count;
        if (has_before && !has_after)
            close_end(&text[before].text);
    }
}

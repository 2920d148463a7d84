/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a value or an `if` printed nothing, the text closes up as an editor would close
 * it: no space stands twice or before a stop, no comma before another, no bracket around
 * nothing. Spaces elsewhere stay as they were typed. */
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
static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}};
enum {
    COMMAS = sizeof commas / sizeof *commas,
    STOPS = sizeof stops / sizeof *stops,
    PAIRS = sizeof pairs / sizeof *pairs
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

static void drop_brackets(struct slice *before, struct slice *after)
{
    for (size_t i = 0; i < PAIRS; i++) {
        if (ends_with(*before, pairs[i][0]) && slice_starts_with(*after, pairs[i][1])) {
            before->size--;
            *after = slice_from(*after, 1);
            return;
        }
    }
}

static bool is_line_start(const struct slice *before)
{
    return !before || ends_with(*before, "\xE2\x80\xA8") || ends_with(*before, "\n");
}

static void close_gap(struct slice *before, struct slice *after)
{
    if (before && after)
        drop_brackets(before, after);
    if (before && !before->size)
        before = NULL;
    if (!after || !after->size) {
        if (before)
            drop_spaces_before(before);
        return;
    }
    if (is_line_start(before)) {
        drop_spaces_after(after);
        return;
    }
    if (!ends_with(*before, " "))
        return;
    if (slice_starts_with(*after, " ")) {
        drop_spaces_after(after);
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
        bool has_before = before != (size_t)-1, has_after = after < count;
        if ((has_before && text[before].is_fixed) ||
            (has_after && text[after].is_fixed))
            continue;
        close_gap(has_before ? &text[before].text : NULL,
                  has_after ? &text[after].text : NULL);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typography that Markdown's own doesn't know: a hyphen typed before a number is a
 * minus, which is as wide as a plus and never breaks from its number. */
#include "template/tree.h"

static bool is_digit(struct slice text, size_t i)
{
    return i < text.size && text.data[i] >= '0' && text.data[i] <= '9';
}

/* Not in "9-15", "F-16" or behind a value: only where a word could begin. */
static bool is_minus(struct slice text, size_t i, bool begins_line)
{
    if (text.data[i] != '-' || !is_digit(text, i + 1))
        return false;
    return i ? text.data[i - 1] == ' ' || text.data[i - 1] == '(' : begins_line;
}

struct slice tree_minus(struct slice text, bool begins_line, struct arena *arena)
{
    struct text out = {.arena = arena};
    size_t from = 0, count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += is_minus(text, i, begins_line);
    if (!count)
        return slice_copy(arena, text);
    text_room(&out, text.size + 2 * count);
    for (size_t i = 0; i < text.size; i++) {
        if (!is_minus(text, i, begins_line))
            continue;
        text_append(&out, (struct slice){text.data + from, i - from});
        text_append_string(&out, "\xE2\x88\x92");
        from = i + 1;
    }
    text_append(&out, slice_from(text, from));
    return text_slice(&out);
}

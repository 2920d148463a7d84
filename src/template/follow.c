/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Markdown's containers, fences and comments, line by line: no more of its block
 * structure than tells code from text. */
#include "template/follow.h"

#include <string.h>

enum { CODE_INDENT = 4, FENCE_LEAST = 3, TAB = 4, NOTE_INDENT = 4, MOST_DIGITS = 9 };

/* A place in a line; a tab reaches to the next fourth column. */
struct reading {
    struct slice rest;
    size_t column;
    size_t spare; /* columns of a tab of which some are taken */
};

static size_t tab_width(size_t column)
{
    return TAB - column % TAB;
}

/* Columns of blank space at hand. */
static size_t indent_of(const struct reading *reading)
{
    size_t column = reading->column + reading->spare;
    for (size_t i = 0; i < reading->rest.size; i++) {
        if (reading->rest.data[i] == ' ')
            column++;
        else if (reading->rest.data[i] == '\t')
            column += tab_width(column);
        else
            break;
    }
    return column - reading->column;
}

static void skip_columns(struct reading *reading, size_t count)
{
    for (; count > 0; count--) {
        if (!reading->spare && reading->rest.size) {
            bool is_tab = reading->rest.data[0] == '\t';
            reading->spare = is_tab ? tab_width(reading->column) : 1;
            reading->rest = slice_from(reading->rest, 1);
        }
        reading->spare -= reading->spare > 0;
        reading->column++;
    }
}

static bool is_blank(struct slice text)
{
    return !slice_trim(text).size;
}

/* -- What a line begins with ---------------------------------------------------------- */

static size_t sign_count(struct slice text, char sign)
{
    size_t count = 0;
    while (count < text.size && text.data[count] == sign)
        count++;
    return count;
}

static bool opens_fence(struct slice text, char *sign, size_t *length,
                        struct slice *info)
{
    *sign = text.size ? text.data[0] : 0;
    *length = *sign == '`' || *sign == '~' ? sign_count(text, *sign) : 0;
    *info = slice_trim(slice_from(text, *length));
    bool is_span = *sign == '`' && info->size && memchr(info->data, '`', info->size);
    return *length >= FENCE_LEAST && !is_span;
}

/* ---, * * *: a line across the page, which begins no list. */
static bool is_rule(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == text.data[0])
            count++;
        else if (text.data[i] != ' ' && text.data[i] != '\t')
            return false;
    }
    return count >= 3 && strchr("-*_", text.data[0]);
}

static bool is_heading(struct slice text)
{
    size_t marks = sign_count(text, '#');
    return marks > 0 && marks <= 6 &&
           (marks == text.size || text.data[marks] == ' ' || text.data[marks] == '\t');
}

/* The bytes of "-", "12." or "[^note]:" at the start of text; 0: none. */
static size_t item_mark(struct slice text, bool in_paragraph)
{
    size_t size = 0;
    if (slice_starts_with(text, "[^")) {
        const char *close = memchr(text.data, ']', text.size);
        size = close ? (size_t)(close - text.data) + 2 : 0;
        return size && size <= text.size && close[1] == ':' ? size : 0;
    }
    while (size < text.size && size < MOST_DIGITS && text.data[size] >= '0' &&
           text.data[size] <= '9')
        size++;
    bool is_first = size == 1 && text.data[0] == '1';
    const char *marks = size ? ".)" : "-+*";
    if (size == text.size || !strchr(marks, text.data[size]) || is_rule(text) ||
        (size && in_paragraph && !is_first))
        return 0;
    struct slice after = slice_from(text, ++size);
    bool is_apart = !after.size || after.data[0] == ' ' || after.data[0] == '\t';
    return is_apart && !(in_paragraph && is_blank(after)) ? size : 0;
}

static bool begins_block(struct slice text, bool in_paragraph)
{
    char sign;
    size_t length;
    struct slice info;
    return is_blank(text) || opens_fence(text, &sign, &length, &info) ||
           is_heading(text) || is_rule(text) || text.data[0] == '>' ||
           slice_starts_with(text, "<!--") || slice_starts_with(text, ":::") ||
           item_mark(text, in_paragraph) > 0;
}

/* -- Containers ----------------------------------------------------------------------- */

static bool continues(const struct container *container, struct reading *reading)
{
    size_t indent = indent_of(reading);
    bool blank = is_blank(reading->rest);
    if (!container->is_quote) {
        bool belongs = blank || indent >= container->indent;
        skip_columns(reading, indent < container->indent ? indent : container->indent);
        return belongs;
    }
    struct reading next = *reading;
    skip_columns(&next, indent);
    if (blank || indent >= CODE_INDENT || next.rest.data[0] != '>')
        return false;
    skip_columns(&next, 1);
    skip_columns(&next, indent_of(&next) > 0);
    *reading = next;
    return true;
}

static size_t count_continued(const struct follower *follower, struct reading *reading)
{
    size_t count = 0;
    while (count < follower->depth) {
        struct reading before = *reading;
        if (!continues(&follower->container[count], reading)) {
            *reading = before;
            break;
        }
        count++;
    }
    return count;
}

static void push(struct follower *follower, struct container container)
{
    follower->container[follower->depth++] = container;
    follower->in_paragraph = false;
}

/* Takes one > or list mark at the start of what is left; false when there is none. */
static bool open_container(struct follower *follower, struct reading *reading)
{
    size_t indent = indent_of(reading);
    struct reading next = *reading;
    if (indent >= CODE_INDENT || is_blank(reading->rest) ||
        follower->depth == DEEPEST_CONTAINER)
        return false;
    skip_columns(&next, indent);
    if (next.rest.data[0] == '>') {
        skip_columns(&next, 1);
        skip_columns(&next, indent_of(&next) > 0);
        push(follower, (struct container){.is_quote = true});
        *reading = next;
        return true;
    }
    size_t mark = item_mark(next.rest, follower->in_paragraph);
    if (!mark)
        return false;
    bool is_note = next.rest.data[0] == '[';
    skip_columns(&next, mark);
    size_t space = indent_of(&next);
    if (is_blank(next.rest) || space > CODE_INDENT)
        space = space > 0;
    skip_columns(&next, space);
    push(follower,
         (struct container){.indent = is_note ? NOTE_INDENT : indent + mark + space});
    *reading = next;
    return true;
}

/* -- Lines ----------------------------------------------------------------------------- */

static enum line_kind follow_code(struct follower *follower,
                                  const struct reading *reading)
{
    struct reading inner = *reading;
    size_t indent = indent_of(&inner);
    skip_columns(&inner, indent);
    size_t length = sign_count(inner.rest, follower->fence);
    if (indent >= CODE_INDENT || length < follower->fence_length ||
        !is_blank(slice_from(inner.rest, length)))
        return LINE_CODE;
    follower->fence = 0;
    return LINE_ENDS_CODE;
}

static enum line_kind follow_comment(struct follower *follower, struct slice text)
{
    follower->in_paragraph = false;
    follower->in_comment = !text.size || !memmem(text.data, text.size, "-->", 3);
    return LINE_COMMENT;
}

static enum line_kind follow_text(struct follower *follower, struct slice text,
                                  size_t indent)
{
    if (!text.size) {
        follower->in_paragraph = false;
        return LINE_BLANK;
    }
    if (indent >= CODE_INDENT)
        return follower->in_paragraph ? LINE_TEXT : LINE_INDENTED;
    if (slice_starts_with(text, "<!--"))
        return follow_comment(follower, text);
    if (opens_fence(text, &follower->fence, &follower->fence_length, &follower->info)) {
        follower->in_paragraph = false;
        return LINE_OPENS_CODE;
    }
    follower->fence = 0;
    follower->in_paragraph = !begins_block(text, follower->in_paragraph);
    return LINE_TEXT;
}

enum line_kind follow_line(struct follower *follower, struct slice line)
{
    struct reading reading = {.rest = line};
    size_t count = count_continued(follower, &reading);
    bool is_all = count == follower->depth;
    follower->content = reading.rest;
    if (is_all && follower->fence)
        return follow_code(follower, &reading);
    if (is_all && follower->in_comment)
        return follow_comment(follower, line);
    size_t indent = indent_of(&reading);
    struct reading inner = reading;
    skip_columns(&inner, indent);
    bool is_lazy = !is_all && follower->in_paragraph &&
                   (indent >= CODE_INDENT ? !is_blank(inner.rest)
                                          : !begins_block(inner.rest, true));
    if (is_lazy)
        return LINE_TEXT;
    if (!is_all) {
        follower->depth = count;
        follower->fence = 0;
        follower->in_comment = follower->in_paragraph = false;
    }
    while (open_container(follower, &reading))
        ;
    indent = indent_of(&reading);
    skip_columns(&reading, indent);
    follower->content = reading.rest;
    return follow_text(follower, slice_trim(reading.rest), indent);
}

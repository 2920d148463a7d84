/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The normal form of what stands between {{ and }}: one space around bars and behind
 * commas and colons, none inside brackets. Quoted texts stay as they are. */
#include "template/normal.h"

#include "template/pipeline.h"

#include <string.h>

struct tidying {
    struct slice text;
    size_t at;
    int depth;
    bool in_filter; /* behind a bar: a bracket belongs to the word before it */
    struct text out;
};

static void drop_spaces(struct tidying *tidying)
{
    while (tidying->out.size && tidying->out.data[tidying->out.size - 1] == ' ')
        tidying->out.size--;
}

static void skip_spaces(struct tidying *tidying)
{
    while (tidying->at < tidying->text.size &&
           strchr(" \t", tidying->text.data[tidying->at]))
        tidying->at++;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/* A word of letters alone behind a bracket or a comma: the name of an argument. */
static bool ends_in_keyword(const struct tidying *tidying)
{
    size_t size = tidying->out.size;
    while (size && is_letter(tidying->out.data[size - 1]))
        size--;
    size_t end = size;
    while (size && tidying->out.data[size - 1] == ' ')
        size--;
    return end < tidying->out.size && size && strchr("(,", tidying->out.data[size - 1]);
}

static void put_sign(struct tidying *tidying, char c)
{
    tidying->at++;
    if (c == '|' && tidying->depth == 0) {
        bool is_escaped =
            tidying->out.size && tidying->out.data[tidying->out.size - 1] == '\\';
        tidying->out.size -= is_escaped;
        drop_spaces(tidying);
        text_append_string(&tidying->out, is_escaped ? " \\| " : " | ");
        tidying->in_filter = true;
        skip_spaces(tidying);
    } else if (c == '(') {
        if (tidying->in_filter && tidying->depth == 0)
            drop_spaces(tidying);
        text_append_string(&tidying->out, "(");
        tidying->depth++;
        skip_spaces(tidying);
    } else if (c == ')') {
        drop_spaces(tidying);
        text_append_string(&tidying->out, ")");
        tidying->depth -= tidying->depth > 0;
    } else if (c == ',' && tidying->depth > 0) {
        drop_spaces(tidying);
        text_append_string(&tidying->out, ", ");
        skip_spaces(tidying);
    } else if (c == ':' && tidying->depth > 0 && ends_in_keyword(tidying)) {
        text_append_string(&tidying->out, ": ");
        skip_spaces(tidying);
    } else {
        text_append(&tidying->out, (struct slice){&c, 1});
    }
}

/* Numbers hold commas: 1,000 in a condition's brackets. */
static bool is_number_comma(const struct tidying *tidying)
{
    size_t at = tidying->at;
    return tidying->text.data[at] == ',' && at > 0 && at + 1 < tidying->text.size &&
           tidying->text.data[at - 1] >= '0' && tidying->text.data[at - 1] <= '9' &&
           tidying->text.data[at + 1] >= '0' && tidying->text.data[at + 1] <= '9';
}

struct slice value_normal_form(struct slice inside, struct arena *arena)
{
    struct tidying tidying = {.text = slice_trim(inside), .out = {.arena = arena}};
    if (memchr(inside.data, '\n', inside.size))
        return tidying.text;
    while (tidying.at < tidying.text.size) {
        size_t end = quoted_end(tidying.text, tidying.at);
        if (end == SIZE_MAX)
            return tidying.text; /* it isn't ours to read */
        char c = tidying.text.data[tidying.at];
        if (end > tidying.at) {
            text_append(&tidying.out, (struct slice){tidying.text.data + tidying.at,
                                                     end - tidying.at});
            tidying.at = end;
        } else if (strchr("|(),:", c) && !is_number_comma(&tidying)) {
            put_sign(&tidying, c);
        } else {
            text_append(&tidying.out, (struct slice){&c, 1});
            tidying.at++;
        }
    }
    drop_spaces(&tidying);
    return text_slice(&tidying.out);
}

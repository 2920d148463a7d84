/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Line by line: front matter, fences of ours, fences of others, text. */
#include "template/normal.h"

#include "base/forgive.h"
#include "template/follow.h"

#include <string.h>

enum { DEEPEST = 64, CODE_INDENT = 4 };

struct normal {
    struct arena *arena;
    const struct slice *fence;
    size_t fence_count;
    struct slice rest; /* lines still to come */
    struct text out;
    size_t blank; /* empty lines waiting */
    struct follower follower;
};

static struct slice cut_line(struct slice *rest)
{
    const char *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    struct slice line = {rest->data, size};
    *rest = slice_from(*rest, size + (end ? 1 : 0));
    while (line.size && line.data[line.size - 1] == '\r')
        line.size--;
    return line;
}

static struct slice without_end(struct slice line)
{
    while (line.size &&
           (line.data[line.size - 1] == ' ' || line.data[line.size - 1] == '\t'))
        line.size--;
    return line;
}

static size_t indent_of(struct slice line)
{
    size_t indent = 0;
    while (indent < line.size && line.data[indent] == ' ')
        indent++;
    return indent;
}

static void put_line(struct normal *normal, struct slice line)
{
    text_append(&normal->out, line);
    text_append_string(&normal->out, "\n");
}

/* YAML -------------------------------------------------------------------------------- */

static void put_quoted(struct text *out, struct slice value)
{
    text_append_string(out, "\"");
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"' || value.data[i] == '\\')
            text_append_string(out, "\\");
        text_append(out, (struct slice){value.data + i, 1});
    }
    text_append_string(out, "\"");
}

/* `key: |`: the spaces of the lines below may be meant. */
static bool has_block_scalar(struct slice yaml)
{
    while (yaml.size) {
        struct slice line = without_end(cut_line(&yaml));
        for (size_t i = 1; i < line.size; i++) {
            bool is_mark = line.data[i] == '|' || line.data[i] == '>';
            if (is_mark && line.data[i - 1] == ' ' && line.size - i <= 3)
                return true;
        }
    }
    return false;
}

/* A quotation that goes on in the next line: its spaces are meant. */
static bool has_long_quotation(struct slice yaml)
{
    while (yaml.size) {
        struct slice line = without_end(cut_line(&yaml));
        const char *colon = line.size ? memmem(line.data, line.size, ": ", 2) : NULL;
        struct slice value =
            colon ? slice_trim(slice_from(line, (size_t)(colon - line.data) + 1))
                  : (struct slice){0};
        size_t quotes = 0;
        for (size_t i = 0; i < line.size; i++)
            quotes += line.data[i] == '"' && (i == 0 || line.data[i - 1] != '\\');
        bool opens_single = slice_starts_with(value, "'") &&
                            !memchr(value.data + 1, '\'', value.size - 1);
        if (quotes % 2 || opens_single)
            return true;
    }
    return false;
}

/* "key:   value" as "key: value". */
static struct slice spaced_key(struct normal *normal, struct slice line)
{
    size_t at = indent_of(line);
    if (at == line.size || line.data[at] == '#')
        return line;
    while (at < line.size && line.data[at] != ':' &&
           !strchr("\"'[]{}#,", line.data[at]))
        at++;
    struct slice value = slice_from(line, at < line.size ? at + 1 : at);
    if (at == line.size || line.data[at] != ':' || !slice_starts_with(value, "  "))
        return line;
    value = slice_trim(value);
    if (!value.size || value.data[0] == '#')
        return line;
    return slice_of(arena_print(normal->arena, "%.*s: %.*s", (int)at, line.data,
                                SLICE_PRINT(value)));
}

static void put_yaml(struct normal *normal, struct slice yaml)
{
    struct forgiveness forgiveness = {0};
    struct text quoted = {.arena = normal->arena};
    const char *from = yaml.data;
    yaml_forgive(yaml, DEEPEST, normal->arena, &forgiveness);
    for (size_t i = 0; i < forgiveness.count; i++) {
        struct slice value = forgiveness.value[i].value;
        text_append(&quoted, (struct slice){from, (size_t)(value.data - from)});
        put_quoted(&quoted, value);
        from = value.data + value.size;
    }
    text_append(&quoted, (struct slice){from, (size_t)(yaml.data + yaml.size - from)});
    struct slice rest = text_slice(&quoted);
    bool keeps_spaces = has_block_scalar(rest);
    bool is_by_line = !keeps_spaces && !has_long_quotation(rest);
    while (rest.size) {
        struct slice line = cut_line(&rest);
        line = keeps_spaces ? line : without_end(line);
        put_line(normal, is_by_line ? spaced_key(normal, line) : line);
    }
}

/* Fences ------------------------------------------------------------------------------ */

static bool is_ours(const struct normal *normal, struct slice info)
{
    for (size_t i = 0; i < normal->fence_count; i++) {
        if (slice_equal(info, normal->fence[i]))
            return true;
    }
    return false;
}

/* The keys of a block of ours, up to the line that ends it; one without an end stays
 * as it is. */
static void put_block(struct normal *normal)
{
    struct slice rest = normal->rest, body = rest;
    struct follower follower = normal->follower;
    while (rest.size) {
        const char *line_begin = rest.data;
        struct slice line = cut_line(&rest);
        enum line_kind kind = follow_line(&follower, line);
        if (kind == LINE_CODE)
            continue;
        if (kind != LINE_ENDS_CODE)
            return;
        body.size = (size_t)(line_begin - body.data);
        put_yaml(normal, body);
        put_line(normal, without_end(line));
        normal->rest = rest;
        normal->follower = follower;
        return;
    }
}

/* Text -------------------------------------------------------------------------------- */

/* The bytes from {{ to the }} that ends it, as mark.c finds it; 0: it goes on in
 * another line, or another value begins before. */
static size_t value_size(struct slice text)
{
    bool is_quoted = false;
    for (size_t i = 2; i + 1 < text.size; i++) {
        is_quoted ^= text.data[i] == '"';
        if (!is_quoted && text.data[i] == '{' && text.data[i + 1] == '{')
            return 0;
        if (!is_quoted && text.data[i] == '}' && text.data[i + 1] == '}')
            return i + 2;
    }
    return 0;
}

static void put_value(struct text *out, struct slice inside)
{
    struct slice tidy = value_normal_form(inside, out->arena);
    bool is_part = slice_starts_with(tidy, ">");
    if (is_part)
        tidy = slice_trim(slice_from(tidy, 1));
    text_print(out, is_part ? "{{> %.*s }}" : "{{ %.*s }}", SLICE_PRINT(tidy));
}

/* "{{x}}" as "{{ x }}"; \{{x}} are characters. */
static void put_values(struct text *out, struct slice line)
{
    while (line.size) {
        size_t plain = 0;
        while (plain < line.size && line.data[plain] != '\\' &&
               !slice_starts_with(slice_from(line, plain), "{{"))
            plain++;
        text_append(out, (struct slice){line.data, plain});
        line = slice_from(line, plain);
        if (!line.size)
            return;
        size_t size = line.data[0] == '{' ? value_size(line) : 0;
        if (size) {
            put_value(out, (struct slice){line.data + 2, size - 4});
        } else {
            size = line.data[0] == '{' ? line.size : line.size < 2 ? 1 : 2;
            text_append(out, (struct slice){line.data, size});
        }
        line = slice_from(line, size);
    }
}

/* ":::each x" as "::: each x". */
static struct slice spaced_structure(struct normal *normal, struct slice line)
{
    struct slice words = slice_trim(slice_from(line, 3));
    bool is_structure =
        slice_starts_with(line, ":::") && words.size && words.data[0] != ':';
    if (!is_structure)
        return line;
    return slice_of(arena_print(normal->arena, "::: %.*s", SLICE_PRINT(words)));
}

/* "#   Head" as "# Head". */
static struct slice spaced_heading(struct normal *normal, struct slice line)
{
    size_t marks = 0;
    while (marks < line.size && line.data[marks] == '#')
        marks++;
    if (marks > 6 || marks == line.size || line.data[marks] != ' ')
        return line;
    struct slice words = slice_trim(slice_from(line, marks));
    return slice_of(arena_print(normal->arena, "%.*s %.*s", (int)marks, line.data,
                                SLICE_PRINT(words)));
}

static bool breaks_line(const struct normal *normal, struct slice line)
{
    struct slice after = normal->rest;
    struct slice next = after.size ? without_end(cut_line(&after)) : (struct slice){0};
    return next.size && line.size >= 2 && line.data[line.size - 1] == ' ' &&
           line.data[line.size - 2] == ' ';
}

static void put_blank(struct normal *normal, bool keeps_all)
{
    size_t blank = normal->blank && !keeps_all ? 1 : normal->blank;
    for (size_t i = 0; i < blank && normal->out.size; i++)
        text_append_string(&normal->out, "\n");
    normal->blank = 0;
}

static void put_text(struct normal *normal, struct slice line, bool is_code)
{
    struct slice text = without_end(line);
    bool is_heading = text.data[0] == '#';
    bool breaks = !is_heading && breaks_line(normal, line);
    text = is_heading ? spaced_heading(normal, text) : spaced_structure(normal, text);
    /* Beside a backtick a value may be code, and stays. */
    if (is_code || memchr(text.data, '`', text.size))
        text_append(&normal->out, text);
    else
        put_values(&normal->out, text);
    text_append_string(&normal->out, breaks ? "  \n" : "\n");
}

/* Code and comments stay as they are, with their empty lines. */
static void put_body_line(struct normal *normal, struct slice line)
{
    bool was_comment = normal->follower.in_comment;
    enum line_kind kind = follow_line(&normal->follower, line);
    bool is_inside = kind == LINE_CODE || kind == LINE_ENDS_CODE || was_comment;
    if (!slice_trim(line).size && !is_inside) {
        normal->blank++;
        return;
    }
    bool is_code = indent_of(line) >= CODE_INDENT || slice_starts_with(line, "\t");
    put_blank(normal, is_code || kind == LINE_INDENTED || is_inside);
    if (kind == LINE_CODE || kind == LINE_COMMENT)
        put_line(normal, line);
    else if (kind == LINE_ENDS_CODE || kind == LINE_OPENS_CODE)
        put_line(normal, without_end(line));
    else
        put_text(normal, line, is_code || kind == LINE_INDENTED);
    if (kind == LINE_OPENS_CODE && !normal->follower.depth &&
        is_ours(normal, normal->follower.info))
        put_block(normal);
}

static void put_front(struct normal *normal)
{
    struct slice rest = normal->rest;
    if (!slice_is(without_end(cut_line(&rest)), "---"))
        return;
    const char *begin = rest.data;
    while (rest.size) {
        const char *line_begin = rest.data;
        if (!slice_is(without_end(cut_line(&rest)), "---"))
            continue;
        text_append_string(&normal->out, "---\n");
        put_yaml(normal, (struct slice){begin, (size_t)(line_begin - begin)});
        text_append_string(&normal->out, "---\n");
        normal->rest = rest;
        return;
    }
}

struct slice template_normal_form(struct slice source, const struct slice *fence,
                                  size_t fence_count, struct arena *arena)
{
    struct normal normal = {.arena = arena,
                            .fence = fence,
                            .fence_count = fence_count,
                            .rest = source,
                            .out = {.arena = arena}};
    if (slice_starts_with(source, "\xef\xbb\xbf"))
        normal.rest = slice_from(source, 3);
    put_front(&normal);
    while (normal.rest.size)
        put_body_line(&normal, cut_line(&normal.rest));
    return text_slice(&normal.out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Line by line: front matter, fences of ours, fences of others, text. */
#include "template/normal.h"

#include "base/forgive.h"

#include <string.h>

enum { DEEPEST = 64, FENCE_LEAST = 3, CODE_INDENT = 4 };

struct normal {
    struct arena *arena;
    const struct slice *fence;
    size_t fence_count;
    struct slice rest; /* lines still to come */
    struct text out;
    size_t blank; /* empty lines waiting */
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

struct fence_mark {
    char sign; /* 0: no fence */
    size_t count, indent;
    struct slice info;
};

static struct fence_mark fence_mark_of(struct slice line)
{
    struct fence_mark mark = {.indent = indent_of(line)};
    struct slice text = slice_from(line, mark.indent);
    if (mark.indent >= CODE_INDENT || !text.size ||
        (text.data[0] != '`' && text.data[0] != '~'))
        return mark;
    while (mark.count < text.size && text.data[mark.count] == text.data[0])
        mark.count++;
    mark.info = slice_trim(slice_from(text, mark.count));
    bool is_code_span = text.data[0] == '`' && mark.info.size &&
                        memchr(mark.info.data, '`', mark.info.size);
    if (mark.count >= FENCE_LEAST && !is_code_span)
        mark.sign = text.data[0];
    return mark;
}

static bool is_ours(const struct normal *normal, struct slice info)
{
    for (size_t i = 0; i < normal->fence_count; i++) {
        if (slice_equal(info, normal->fence[i]))
            return true;
    }
    return false;
}

static void put_fence(struct normal *normal, struct slice opening,
                      const struct fence_mark *mark)
{
    bool ours = is_ours(normal, mark->info);
    const char *begin = normal->rest.data;
    put_line(normal, without_end(opening));
    while (normal->rest.size) {
        const char *line_begin = normal->rest.data;
        struct slice line = cut_line(&normal->rest);
        struct fence_mark closing = fence_mark_of(line);
        bool closes = closing.sign == mark->sign && closing.count >= mark->count &&
                      !closing.info.size;
        if (closes && ours)
            put_yaml(normal, (struct slice){begin, (size_t)(line_begin - begin)});
        if (closes)
            line = without_end(line);
        if (closes || !ours)
            put_line(normal, line);
        if (closes)
            return;
    }
}

/* Text -------------------------------------------------------------------------------- */

/* Cuts text at the }} that ends the value, which stands outside quotes; false: it ends
 * in another line, or another value begins before. */
static bool cut_value(struct slice *text)
{
    const char *end = text->data + text->size;
    bool is_quoted = false;
    for (const char *at = text->data; at + 1 < end; at++) {
        is_quoted ^= *at == '"';
        if (is_quoted)
            continue;
        if (at[0] == '{' && at[1] == '{')
            return false;
        if (at[0] == '}' && at[1] == '}') {
            text->size = (size_t)(at - text->data);
            return true;
        }
    }
    return false;
}

/* "{{x}}" as "{{ x }}", but not of \{{x}}. Beside a backtick it may be code and stays. */
static void put_values(struct text *out, struct slice line)
{
    while (line.size) {
        const char *open = memmem(line.data, line.size, "{{", 2);
        if (!open)
            break;
        struct slice inside = slice_from(line, (size_t)(open - line.data) + 2);
        bool is_escaped = open > line.data && open[-1] == '\\';
        if (is_escaped || !cut_value(&inside)) {
            text_append(out, (struct slice){line.data, (size_t)(open + 2 - line.data)});
            line = slice_from(line, (size_t)(open - line.data) + 2);
            continue;
        }
        const char *close = inside.data + inside.size;
        text_append(out, (struct slice){line.data, (size_t)(open - line.data)});
        struct slice tidy = value_normal_form(inside, out->arena);
        bool is_part = slice_starts_with(tidy, ">");
        if (is_part)
            tidy = slice_trim(slice_from(tidy, 1));
        text_print(out, is_part ? "{{> %.*s }}" : "{{ %.*s }}", SLICE_PRINT(tidy));
        line = slice_from(line, (size_t)(close - line.data) + 2);
    }
    text_append(out, line);
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

static void put_text(struct normal *normal, struct slice line)
{
    struct slice text = without_end(line);
    if (!text.size) {
        normal->blank++;
        return;
    }
    bool is_code = indent_of(text) >= CODE_INDENT || text.data[0] == '\t';
    size_t blank = normal->blank && !is_code ? 1 : normal->blank;
    for (size_t i = 0; i < blank && normal->out.size; i++)
        text_append_string(&normal->out, "\n");
    normal->blank = 0;
    struct fence_mark mark = fence_mark_of(text);
    if (mark.sign) {
        put_fence(normal, line, &mark);
        return;
    }
    bool is_heading = text.data[0] == '#';
    bool breaks = !is_heading && breaks_line(normal, line);
    text = is_heading ? spaced_heading(normal, text) : spaced_structure(normal, text);
    if (is_code || memchr(text.data, '`', text.size))
        text_append(&normal->out, text);
    else
        put_values(&normal->out, text);
    text_append_string(&normal->out, breaks ? "  \n" : "\n");
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
        put_text(&normal, cut_line(&normal.rest));
    return text_slice(&normal.out);
}

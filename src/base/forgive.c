/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line at a time, with just enough of YAML to know where a line is not ours to
 * read: inside block scalars, quotes, brackets, and values continued from above. */
#include "base/forgive.h"

#include <string.h>

enum { NOTHING_HELD = -2 };

struct scan {
    struct slice source;
    size_t at;     /* where the next line begins */
    size_t copied; /* source up to here is in out */
    int held;      /* lines indented deeper belong to the value above */
    int parent;    /* indentation of the last key or dash without a value */
    int deepest;
    bool is_done;
    struct text out;
    struct arena *arena;
    struct forgiveness *result;
};

/* Lines and white space ------------------------------------------------------------ */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static char char_at(const struct scan *scan, size_t at)
{
    return at < scan->source.size ? scan->source.data[at] : '\n';
}

static size_t skip_blanks(const struct scan *scan, size_t at)
{
    while (at < scan->source.size && is_blank(scan->source.data[at]))
        at++;
    return at;
}

static size_t line_end(const struct scan *scan, size_t at)
{
    while (at < scan->source.size && !is_break(scan->source.data[at]))
        at++;
    return at;
}

static size_t next_line(const struct scan *scan, size_t at)
{
    at = line_end(scan, at);
    if (char_at(scan, at) == '\r' && char_at(scan, at + 1) == '\n')
        at++;
    return at < scan->source.size ? at + 1 : at;
}

static bool starts(const struct scan *scan, size_t at, const char *text)
{
    return char_at(scan, at) == *text &&
           slice_starts_with(slice_from(scan->source, at), text);
}

/* White space, a line break or the end: what must follow a colon or a dash. */
static bool is_gap(const struct scan *scan, size_t at)
{
    return is_blank(char_at(scan, at)) || is_break(char_at(scan, at));
}

/* Nothing but white space and a comment from here to the line's end. */
static bool is_rest_empty(const struct scan *scan, size_t at)
{
    size_t next = skip_blanks(scan, at);
    return is_break(char_at(scan, next)) || (next > at && char_at(scan, next) == '#');
}

/* Quotes and brackets -------------------------------------------------------------- */

/* Past the quote that closes the one at `at`, on whichever line; the end when none. */
static size_t skip_quoted(const struct scan *scan, size_t at)
{
    char quote = char_at(scan, at);
    for (at++; at < scan->source.size; at++) {
        char c = scan->source.data[at];
        if (c == '\\' && quote == '"')
            at++;
        else if (c == quote && quote == '\'' && char_at(scan, at + 1) == quote)
            at++;
        else if (c == quote)
            return at + 1;
    }
    return scan->source.size + 1;
}

static void give_up(struct scan *scan, enum forgive_trouble trouble, size_t at)
{
    scan->is_done = true;
    scan->result->trouble = trouble;
    scan->result->trouble_at = at;
}

/* Past the bracket that closes the one at `at`, on whichever line; past the end when
 * none does. A quote opens only where a value begins: don't is a word. */
static size_t skip_flow(struct scan *scan, size_t at)
{
    int depth = 0;
    char before = '[';
    for (; at < scan->source.size; at++) {
        char c = scan->source.data[at];
        if (is_blank(c) || is_break(c))
            continue;
        if (c == '#' && at > 0 && is_gap(scan, at - 1)) {
            at = line_end(scan, at);
            continue;
        }
        if ((c == '"' || c == '\'') && strchr("[{,:", before)) {
            at = skip_quoted(scan, at) - 1;
        } else if (c == '[' || c == '{') {
            if (++depth > scan->deepest) {
                give_up(scan, FORGIVE_DEEP, at);
                return at;
            }
        } else if ((c == ']' || c == '}') && --depth == 0) {
            return at + 1;
        }
        before = c;
    }
    return scan->source.size + 1;
}

/* Past the "}}" of the "{{" at `at`, or the line's end. */
static size_t skip_expression(const struct scan *scan, size_t at)
{
    while (!is_break(char_at(scan, at)) && !starts(scan, at, "}}"))
        at++;
    return starts(scan, at, "}}") ? at + 2 : at;
}

/* Values --------------------------------------------------------------------------- */

struct value {
    size_t start, end; /* without the comment; a "#" in {{ }} begins none */
    size_t plain_end;  /* where YAML would see the comment begin */
    bool has_colon;    /* what YAML would take for a key's */
};

static struct value measure_value(const struct scan *scan, size_t start)
{
    struct value value = {.start = start, .plain_end = SIZE_MAX};
    size_t at = start, inside_until = start;
    for (; !is_break(char_at(scan, at)); at++) {
        if (at >= inside_until && starts(scan, at, "{{"))
            inside_until = skip_expression(scan, at);
        char c = scan->source.data[at];
        if (c == ':' && is_gap(scan, at + 1))
            value.has_colon = true;
        if (c == '#' && at > start && is_blank(scan->source.data[at - 1])) {
            if (value.plain_end == SIZE_MAX)
                value.plain_end = at;
            if (at >= inside_until)
                break;
        }
    }
    if (value.plain_end == SIZE_MAX)
        value.plain_end = at;
    while (at > start && is_blank(scan->source.data[at - 1]))
        at--;
    value.end = at;
    return value;
}

static void copy_until(struct scan *scan, size_t until)
{
    text_append(&scan->out,
                (struct slice){scan->source.data + scan->copied, until - scan->copied});
    scan->copied = until;
}

/* What stands between the quotes is never read again, so inner quotes need only be
 * harmless. */
static void quote(struct scan *scan, size_t start)
{
    struct value value = measure_value(scan, start);
    copy_until(scan, start);
    struct slice typed = {scan->source.data + start, value.end - start};
    *ARENA_APPEND(scan->arena, scan->result->value, scan->result->count,
                  scan->result->capacity) = (struct forgiven){scan->out.size, typed};
    text_append_string(&scan->out, "'");
    for (size_t i = 0; i < typed.size; i++) {
        char c = typed.data[i] == '\'' ? '"' : typed.data[i];
        text_append(&scan->out, (struct slice){&c, 1});
    }
    text_append_string(&scan->out, "'");
    scan->copied = value.end;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-';
}

/* "|" or ">" with nothing but its indicators is a block of lines, else text. */
static bool is_block_header(const struct scan *scan, size_t at)
{
    for (at++; strchr("+-123456789", char_at(scan, at)) && char_at(scan, at); at++)
        ;
    return is_rest_empty(scan, at);
}

/* An alias is one word; *emphasis* and **strong** text are none. */
static bool is_alias(const struct scan *scan, size_t at)
{
    size_t end = at + 1;
    while (is_name(char_at(scan, end)))
        end++;
    return end > at + 1 && is_rest_empty(scan, end);
}

/* Whether a value that YAML begins in a special way is text after all. */
static bool is_text(const struct scan *scan, size_t at)
{
    char next = char_at(scan, at + 1);
    switch (char_at(scan, at)) {
    case '%':
    case '@':
    case '`':
    case ',':
    case ']':
    case '}': return true;
    case '*': return !is_alias(scan, at);
    case '&': return !is_name(next);
    case '!': return is_gap(scan, at + 1);
    case '|':
    case '>': return !is_block_header(scan, at);
    case '-':
    case '?': return is_gap(scan, at + 1) && is_rest_empty(scan, at + 1);
    default: return false;
    }
}

/* After a value that closed on its own line: a word or a comma makes the whole text,
 * as in: "per attack", killed. Anything nearer is left for YAML to refuse. */
static bool is_text_after(const struct scan *scan, size_t start, size_t end)
{
    char c = char_at(scan, end);
    if (is_rest_empty(scan, end))
        return false;
    if (char_at(scan, start) == '[' || char_at(scan, start) == '{')
        return c != ':' && c != ']' && c != '}';
    return c == ',' || is_blank(c);
}

static void scan_closed(struct scan *scan, size_t start, int parent)
{
    char c = char_at(scan, start);
    bool is_flow = c == '[' || c == '{';
    size_t end = is_flow ? skip_flow(scan, start) : skip_quoted(scan, start);
    if (scan->is_done)
        return;
    if (end > scan->source.size) {
        scan->result->unclosed = scan->out.size + start - scan->copied;
        scan->is_done = true;
    } else if (end <= line_end(scan, start) && is_text_after(scan, start, end)) {
        quote(scan, start);
        scan->held = parent;
    } else {
        scan->at = next_line(scan, end);
    }
}

static void scan_plain(struct scan *scan, size_t start, int parent)
{
    struct value value = measure_value(scan, start);
    scan->held = parent;
    if (value.has_colon || value.plain_end < value.end)
        quote(scan, start);
}

static void scan_value(struct scan *scan, size_t start, int parent)
{
    char c = char_at(scan, start);
    if (is_break(c) || c == '#') {
        scan->parent = parent;
    } else if (starts(scan, start, "{{") || is_text(scan, start)) {
        quote(scan, start);
        scan->held = parent;
    } else if (c == '|' || c == '>') {
        scan->held = parent;
    } else if (strchr("[{\"'", c)) {
        scan_closed(scan, start, parent);
    } else if (!strchr("*&!-?", c) || !is_gap(scan, start + 1)) {
        scan_plain(scan, start, parent);
    }
}

/* Lines ---------------------------------------------------------------------------- */

static const size_t no_colon = SIZE_MAX;

/* The colon that ends a key beginning at `at`, or no_colon. Colons in {{ }} end none. */
static size_t find_colon(const struct scan *scan, size_t at)
{
    char c = char_at(scan, at);
    if (c == '"' || c == '\'') {
        size_t end = skip_quoted(scan, at);
        if (end > line_end(scan, at))
            return no_colon;
        end = skip_blanks(scan, end);
        return char_at(scan, end) == ':' && is_gap(scan, end + 1) ? end : no_colon;
    }
    if (c == '[' || c == '{')
        return no_colon;
    for (; !is_break(char_at(scan, at)); at++) {
        if (starts(scan, at, "{{"))
            at = skip_expression(scan, at);
        c = char_at(scan, at);
        if (c == ':' && is_gap(scan, at + 1))
            return at;
        if (is_break(c) || (is_blank(c) && char_at(scan, at + 1) == '#'))
            return no_colon;
    }
    return no_colon;
}

static void scan_content(struct scan *scan, size_t line, size_t at)
{
    int parent = scan->parent;
    bool is_item = false;
    while (char_at(scan, at) == '-' && is_gap(scan, at + 1)) {
        parent = (int)(at - line);
        is_item = true;
        at = skip_blanks(scan, at + 1);
    }
    bool is_text_item =
        is_item && char_at(scan, at) && strchr("*&!|>%@`", char_at(scan, at));
    size_t colon = is_text_item ? no_colon : find_colon(scan, at);
    if (colon != no_colon)
        scan_value(scan, skip_blanks(scan, colon + 1), (int)(at - line));
    else if (char_at(scan, at) != '?' || !is_gap(scan, at + 1))
        scan_value(scan, at, parent);
}

static bool is_document_line(const struct scan *scan, size_t line)
{
    return char_at(scan, line) == '%' ||
           ((starts(scan, line, "---") || starts(scan, line, "...")) &&
            is_gap(scan, line + 3));
}

static void scan_line(struct scan *scan)
{
    size_t line = scan->at, at = line;
    while (char_at(scan, at) == ' ')
        at++;
    size_t content = skip_blanks(scan, at);
    scan->at = next_line(scan, line);
    if (is_break(char_at(scan, content)))
        return;
    if ((int)(at - line) > scan->held && scan->held != NOTHING_HELD)
        return;
    scan->held = NOTHING_HELD;
    if (char_at(scan, content) == '#' || is_document_line(scan, line))
        return;
    if (content > at)
        give_up(scan, FORGIVE_TAB, scan->out.size + at - scan->copied);
    else
        scan_content(scan, line, at);
}

void yaml_forgive(struct slice source, int deepest, struct arena *arena,
                  struct forgiveness *out)
{
    *out = (struct forgiveness){.text = source, .unclosed = SIZE_MAX};
    struct scan scan = {.source = source,
                        .held = NOTHING_HELD,
                        .parent = -1,
                        .deepest = deepest,
                        .out = {.arena = arena},
                        .arena = arena,
                        .result = out};
    while (scan.at < source.size && !scan.is_done)
        scan_line(&scan);
    if (out->count) {
        copy_until(&scan, source.size);
        out->text = text_slice(&scan.out);
    }
}

/* -- Quotes -------------------------------------------------------------------------- */

/* One break between two lines is a space, more are one less. Returns past them and
 * the next line's indentation. */
static size_t fold_breaks(struct slice raw, size_t at, struct text *out)
{
    size_t breaks = 0;
    while (out->size && strchr(" \t", out->data[out->size - 1]))
        out->size--;
    for (; at < raw.size && strchr(" \t\r\n", raw.data[at]); at++) {
        bool is_pair =
            raw.data[at] == '\r' && at + 1 < raw.size && raw.data[at + 1] == '\n';
        breaks += !is_pair && strchr("\r\n", raw.data[at]) != NULL;
    }
    if (breaks == 1)
        text_append_string(out, " ");
    for (; breaks > 1; breaks--)
        text_append_string(out, "\n");
    return at;
}

struct slice yaml_unquote(struct slice raw, struct arena *arena)
{
    struct text out = {.arena = arena};
    for (size_t at = 0; at < raw.size;) {
        char c = raw.data[at];
        if (c == '\n' || c == '\r') {
            at = fold_breaks(raw, at, &out);
            continue;
        }
        text_append(&out, (struct slice){&raw.data[at], 1});
        at += c == '\'' ? 2 : 1;
    }
    return text_slice(&out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line at a time, by its indentation. Each function returns false as soon as it meets
 * what isn't plain. */
#include "base/yaml_plain.h"

enum { DEEPEST = 32, LONGEST_KEY = 1000 };

struct scan {
    struct slice text;
    struct arena *arena;
    size_t at, line; /* of the line it is in, where that matters */
    bool is_done;
    struct yaml_part *part;
    size_t count, capacity;
};

/* Characters ----------------------------------------------------------------------- */

static char char_at(const struct scan *scan, size_t at)
{
    return at < scan->text.size ? scan->text.data[at] : '\n';
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\n';
}

static bool is_bracket(char c)
{
    return c == '[' || c == ']' || c == '{' || c == '}';
}

/* Tabs, carriage returns, and beyond ASCII what YAML takes for line ends or refuses. */
static bool is_odd(const struct scan *scan, size_t at)
{
    unsigned char c = (unsigned char)scan->text.data[at];
    if (c >= ' ' && c < 0xC2)
        return false;
    if (c == 0xC2)
        return (unsigned char)char_at(scan, at + 1) < 0xA0;
    bool is_separator = c == 0xE2 && (unsigned char)char_at(scan, at + 1) == 0x80 &&
                        ((unsigned char)char_at(scan, at + 2) & 0xFE) == 0xA8;
    return c < ' ' || c == 0xEF || is_separator;
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* The first characters of a bare text that mean nothing else. */
static bool begins_bare(const struct scan *scan, size_t at)
{
    char c = char_at(scan, at), next = char_at(scan, at + 1);
    if (c == '-')
        return is_letter_or_digit(next);
    if (c == '.') /* three end a document */
        return next != '.' || char_at(scan, at + 2) != '.';
    return is_letter_or_digit(c) || c == '(' || c == '/' || c == '+' || c == '_' ||
           c == ';';
}

/* Parts ---------------------------------------------------------------------------- */

static void add(struct scan *scan, enum yaml_part_kind kind, size_t start)
{
    *ARENA_APPEND(scan->arena, scan->part, scan->count, scan->capacity) =
        (struct yaml_part){kind, false, start, start};
}

static void add_scalar(struct scan *scan, const struct yaml_part *scalar)
{
    *ARENA_APPEND(scan->arena, scan->part, scan->count, scan->capacity) = *scalar;
}

/* Lines ---------------------------------------------------------------------------- */

static void skip_spaces(struct scan *scan)
{
    while (char_at(scan, scan->at) == ' ')
        scan->at++;
}

static bool skip_comment(struct scan *scan)
{
    for (; char_at(scan, scan->at) != '\n'; scan->at++) {
        if (is_odd(scan, scan->at))
            return false;
    }
    return true;
}

/* From the start of a line to the content of this or a later one. */
static bool find_content(struct scan *scan)
{
    for (; scan->at < scan->text.size; scan->at++) {
        scan->line = scan->at;
        skip_spaces(scan);
        if (char_at(scan, scan->at) == '#' && !skip_comment(scan))
            return false;
        if (char_at(scan, scan->at) != '\n')
            return true;
    }
    scan->is_done = true;
    return true;
}

/* Behind a value stands nothing more, or a comment; then to the next content. */
static bool end_line(struct scan *scan)
{
    skip_spaces(scan);
    if (char_at(scan, scan->at) == '#' && scan->text.data[scan->at - 1] == ' ' &&
        !skip_comment(scan))
        return false;
    if (char_at(scan, scan->at) != '\n')
        return false;
    scan->at++;
    return find_content(scan);
}

static size_t column(const struct scan *scan)
{
    return scan->at - scan->line;
}

static bool is_deeper(const struct scan *scan, size_t indent)
{
    return !scan->is_done && column(scan) > indent;
}

static bool is_level(const struct scan *scan, size_t indent)
{
    return !scan->is_done && column(scan) == indent;
}

/* Scalars -------------------------------------------------------------------------- */

static bool scan_quoted(struct scan *scan, struct yaml_part *out)
{
    char quote = scan->text.data[scan->at];
    size_t start = ++scan->at;
    for (char c; (c = char_at(scan, scan->at)) != quote; scan->at++) {
        if (c == '\n' || (c == '\\' && quote == '"') || is_odd(scan, scan->at))
            return false;
    }
    *out = (struct yaml_part){PART_SCALAR, true, start, scan->at++};
    return quote == '"' || char_at(scan, scan->at) != quote;
}

/* Ends before a colon with a gap behind it, a comment, and within brackets a comma or
 * bracket. {{ }} is never plain, nor is a bracket's text with a comment. */
static bool scan_bare(struct scan *scan, bool in_brackets, struct yaml_part *out)
{
    size_t start = scan->at, end = start;
    if (!begins_bare(scan, start))
        return false;
    for (char c; (c = char_at(scan, scan->at)) != '\n'; scan->at++) {
        char next = char_at(scan, scan->at + 1);
        if (c == ':' && is_gap(next))
            break;
        if (c == '#' && scan->text.data[scan->at - 1] == ' ') {
            if (in_brackets)
                return false;
            break;
        }
        if (in_brackets && (c == ',' || c == ']' || c == '}'))
            break;
        if (is_odd(scan, scan->at) || (c == '{' && next == '{') ||
            (in_brackets &&
             (is_bracket(c) || (c == ':' && (next == ',' || is_bracket(next))))))
            return false;
        if (c != ' ')
            end = scan->at + 1;
    }
    *out = (struct yaml_part){PART_SCALAR, false, start, end};
    return true;
}

static bool scan_scalar(struct scan *scan, bool in_brackets, struct yaml_part *out)
{
    char c = char_at(scan, scan->at);
    return c == '"' || c == '\'' ? scan_quoted(scan, out)
                                 : scan_bare(scan, in_brackets, out);
}

/* Moves behind the colon of a key. */
static bool take_colon(struct scan *scan, const struct yaml_part *key)
{
    skip_spaces(scan);
    if (char_at(scan, scan->at) != ':' || !is_gap(char_at(scan, scan->at + 1)) ||
        key->end - key->start > LONGEST_KEY)
        return false;
    scan->at++;
    return true;
}

/* Brackets ------------------------------------------------------------------------- */

/* Their lines are indented deeper than what they belong to. */
static bool skip_gap(struct scan *scan, size_t indent)
{
    skip_spaces(scan);
    while (char_at(scan, scan->at) == '\n') {
        if (scan->at >= scan->text.size)
            return false;
        size_t line = ++scan->at;
        skip_spaces(scan);
        char c = char_at(scan, scan->at);
        if (c == '#' || (c != '\n' && scan->at - line <= indent))
            return false;
    }
    return true;
}

static bool scan_brackets(struct scan *scan, size_t indent, int depth);

static bool scan_item(struct scan *scan, size_t indent, int depth)
{
    struct yaml_part scalar;
    char c = char_at(scan, scan->at);
    if (c == '[' || c == '{')
        return scan_brackets(scan, indent, depth + 1);
    if (!scan_scalar(scan, true, &scalar))
        return false;
    add_scalar(scan, &scalar);
    return true;
}

static bool scan_pair(struct scan *scan, size_t indent, int depth)
{
    struct yaml_part key;
    if (!scan_scalar(scan, true, &key) || !take_colon(scan, &key))
        return false;
    add_scalar(scan, &key);
    return skip_gap(scan, indent) && scan_item(scan, indent, depth);
}

static bool scan_brackets(struct scan *scan, size_t indent, int depth)
{
    bool is_list = scan->text.data[scan->at] == '[';
    char close = is_list ? ']' : '}';
    if (depth > DEEPEST)
        return false;
    add(scan, is_list ? PART_SEQUENCE : PART_MAPPING, scan->at++);
    if (!skip_gap(scan, indent))
        return false;
    while (char_at(scan, scan->at) != close) {
        if (!(is_list ? scan_item : scan_pair)(scan, indent, depth) ||
            !skip_gap(scan, indent))
            return false;
        char c = char_at(scan, scan->at);
        if (c != close && c != ',')
            return false;
        if (c == ',' &&
            (++scan->at, !skip_gap(scan, indent) || char_at(scan, scan->at) == close))
            return false;
    }
    add(scan, PART_END, scan->at++);
    return true;
}

/* Blocks --------------------------------------------------------------------------- */

static bool scan_block(struct scan *scan, int depth);

static bool is_dash(const struct scan *scan)
{
    return char_at(scan, scan->at) == '-' && char_at(scan, scan->at + 1) == ' ';
}

/* A value on the line of its key or dash. It doesn't go on in the next. */
static bool scan_inline(struct scan *scan, size_t indent, int depth)
{
    struct yaml_part scalar;
    char c = char_at(scan, scan->at);
    if (c == '[' || c == '{') {
        if (!scan_brackets(scan, indent, depth + 1))
            return false;
    } else if (scan_scalar(scan, false, &scalar)) {
        add_scalar(scan, &scalar);
    } else {
        return false;
    }
    return end_line(scan) && !is_deeper(scan, indent);
}

/* "- key: value" */
static bool begins_mapping(struct scan *scan)
{
    struct yaml_part key;
    size_t start = scan->at;
    bool begins = scan_scalar(scan, false, &key) && take_colon(scan, &key);
    scan->at = start;
    return begins;
}

static bool begins_block(struct scan *scan)
{
    return is_dash(scan) || begins_mapping(scan);
}

static bool scan_mapping(struct scan *scan, int depth);

static bool scan_sequence(struct scan *scan, int depth)
{
    size_t indent = column(scan);
    add(scan, PART_SEQUENCE, scan->at);
    while (is_level(scan, indent) && is_dash(scan)) {
        scan->at++;
        skip_spaces(scan);
        if (!(begins_mapping(scan) ? scan_mapping(scan, depth + 1)
                                   : scan_inline(scan, indent, depth)))
            return false;
    }
    add(scan, PART_END, scan->at);
    return !is_deeper(scan, indent);
}

/* Behind a key's colon. */
static bool scan_value(struct scan *scan, size_t indent, int depth)
{
    size_t colon = scan->at;
    skip_spaces(scan);
    char c = char_at(scan, scan->at);
    if (c != '\n' && c != '#')
        return scan_inline(scan, indent, depth);
    scan->at = colon;
    if (!end_line(scan))
        return false;
    if (is_deeper(scan, indent))
        return begins_block(scan) ? scan_block(scan, depth + 1)
                                  : scan_inline(scan, indent, depth);
    if (is_level(scan, indent) && is_dash(scan))
        return scan_sequence(scan, depth + 1);
    add(scan, PART_SCALAR, colon);
    return true;
}

static bool scan_mapping(struct scan *scan, int depth)
{
    size_t indent = column(scan);
    if (depth > DEEPEST)
        return false;
    add(scan, PART_MAPPING, scan->at);
    do {
        struct yaml_part key;
        if (!scan_scalar(scan, false, &key) || !take_colon(scan, &key))
            return false;
        add_scalar(scan, &key);
        if (!scan_value(scan, indent, depth))
            return false;
    } while (is_level(scan, indent));
    add(scan, PART_END, scan->at);
    return !is_deeper(scan, indent);
}

/* What is indented alike ends with less indentation. */
static bool scan_block(struct scan *scan, int depth)
{
    size_t indent = column(scan);
    return depth <= DEEPEST &&
           (is_dash(scan) ? scan_sequence : scan_mapping)(scan, depth) &&
           !is_level(scan, indent);
}

bool yaml_scan_plain(struct slice text, struct arena *arena, struct yaml_part **part,
                     size_t *count)
{
    struct scan scan = {.text = text, .arena = arena};
    bool is_plain =
        find_content(&scan) && (scan.is_done || scan_block(&scan, 0)) && scan.is_done;
    *part = scan.part;
    *count = scan.count;
    return is_plain;
}

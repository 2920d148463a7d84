/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One test a mistake, on single lines: nothing here parses YAML. */
#include "base/suspect.h"

#include "base/complaint.h"

#include <string.h>

struct line {
    struct slice text;
    size_t indent; /* bytes of plain spaces */
    int number;
};

static struct slice line_at(struct slice text, int number)
{
    struct slice line = {0}, rest = text;
    for (int i = 0; i < number; i++) {
        if (!slice_cut(&rest, '\n', &line))
            return (struct slice){0};
    }
    return line;
}

static struct line read_line(struct slice text, int number)
{
    struct line line = {.text = line_at(text, number), .number = number};
    while (line.text.size && strchr("\r ", line.text.data[line.text.size - 1]))
        line.text.size--;
    while (line.indent < line.text.size && line.text.data[line.indent] == ' ')
        line.indent++;
    return line;
}

static void accuse(struct suspect *out, const struct line *line, size_t from, size_t to,
                   const char *message, const char *hint)
{
    *out = (struct suspect){.line = line->number, .message = message, .hint = hint};
    struct slice before = {line->text.data, from};
    struct slice wrong = slice_from(line->text, from);
    wrong.size = to - from;
    out->column = (int)utf8_length(before) + 1;
    out->width = to > from ? (int)utf8_length(wrong) : 1;
}

/* The words a key may be made of, from the indentation on. */
static size_t key_end(const struct line *line)
{
    size_t at = line->indent;
    while (at < line->text.size && !strchr(":=#\"'[]{}|>,", line->text.data[at]) &&
           (unsigned char)line->text.data[at] < 0x80)
        at++;
    return at;
}

static struct slice key_of(const struct line *line, size_t end)
{
    struct slice key = slice_from(line->text, line->indent);
    key.size = end - line->indent;
    return slice_trim(key);
}

/* Spaces that aren't one: no-break, narrow, ideographic, and none at all. */
static bool starts_with_odd_space(const struct line *line)
{
    static const char *const odd[] = {"\xC2\xA0",     "\xE2\x80\xAF", "\xE3\x80\x80",
                                      "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x89"};
    struct slice rest = slice_from(line->text, line->indent);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (slice_starts_with(rest, odd[i]))
            return true;
    }
    return false;
}

/* A colon of another script, or one that isn't followed by a space. */
static bool suspect_colon(const struct line *line, size_t end, struct arena *arena,
                          struct suspect *out)
{
    static const char *const colons[] = {"\xEF\xBC\x9A", "\xEA\x9E\x89", "\xCB\x90",
                                         "\xE2\x88\xB6", "\xD8\x9B"};
    struct slice rest = slice_from(line->text, end), key = key_of(line, end);
    for (size_t i = 0; i < sizeof colons / sizeof *colons; i++) {
        size_t size = strlen(colons[i]);
        if (!slice_starts_with(rest, colons[i]))
            continue;
        struct slice value = slice_trim(slice_from(rest, size));
        accuse(out, line, end, end + size, "this sign looks like a colon and is none",
               arena_print(arena, "write %.*s: %.*s", SLICE_PRINT(key),
                           SLICE_PRINT(value)));
        return true;
    }
    if (rest.size < 2 || rest.data[0] != ':' || strchr(" /\\:", rest.data[1]))
        return false;
    accuse(out, line, end, end + 1, "a space is missing behind the colon",
           arena_print(arena, "write %.*s: %.*s", SLICE_PRINT(key),
                       SLICE_PRINT(slice_from(rest, 1))));
    return true;
}

static bool suspect_line(const struct line *line, struct arena *arena,
                         struct suspect *out)
{
    if (starts_with_odd_space(line)) {
        accuse(out, line, line->indent, line->indent + 2,
               "a no-break space, as word processors make, is used as indentation",
               "delete it and indent with ordinary spaces");
        out->width = 1;
        return true;
    }
    size_t end = key_end(line);
    struct slice key = key_of(line, end), rest = slice_from(line->text, end);
    if (!key.size || key.data[0] == '-' || key.data[0] == '#')
        return false;
    if (slice_starts_with(key, "<!--")) {
        accuse(out, line, line->indent, line->text.size,
               "a comment of Markdown stands among keys",
               "a comment begins with # here");
        return true;
    }
    if (slice_starts_with(rest, "=")) {
        struct slice value = slice_trim(slice_from(rest, 1));
        accuse(out, line, end, end + 1, "\"=\" stands where a colon belongs",
               arena_print(arena, "write %.*s: %.*s", SLICE_PRINT(key),
                           SLICE_PRINT(value)));
        return true;
    }
    return suspect_colon(line, end, arena, out);
}

/* "key: value", and the next line deeper, as if the value went on there. */
static bool suspect_depth(const struct line *above, const struct line *line,
                          struct suspect *out)
{
    size_t end = key_end(above);
    struct slice value = slice_trim(slice_from(above->text, end));
    size_t at = key_end(line);
    bool has_key = at < line->text.size && line->text.data[at] == ':';
    if (value.size < 2 || value.data[0] != ':' || line->indent <= above->indent ||
        !has_key || strchr("|>", slice_trim(slice_from(value, 1)).data[0]))
        return false;
    accuse(out, line, line->indent, at,
           "this line is indented deeper than the one above, whose value is complete",
           "indent it as the line above");
    return true;
}

/* "type bars", with keys around it. */
static bool suspect_words(const struct line *line, struct arena *arena,
                          struct suspect *out)
{
    size_t end = key_end(line);
    struct slice words = key_of(line, end), value = words, key;
    bool is_plain = end == line->text.size && words.size && words.data[0] != '-' &&
                    words.data[0] != '#' && words.data[0] >= 'a' &&
                    words.data[0] <= 'z';
    if (!is_plain || !slice_cut(&value, ' ', &key) || !value.size)
        return false;
    accuse(
        out, line, line->indent, line->indent + key.size,
        "a line that is neither \"key: value\" nor a part of the one above",
        arena_print(arena, "write %.*s: %.*s", SLICE_PRINT(key), SLICE_PRINT(value)));
    return true;
}

bool yaml_suspect(struct slice text, int line, struct arena *arena, struct suspect *out)
{
    struct line here = read_line(text, line), next = read_line(text, line + 1);
    return suspect_line(&here, arena, out) || suspect_line(&next, arena, out) ||
           suspect_depth(&here, &next, out) || suspect_words(&here, arena, out);
}

const char *yaml_closing_cure(struct slice text, size_t at)
{
    struct slice line = {0}, rest = slice_from(text, at + 1);
    bool is_quote = text.data[at] == '"' || text.data[at] == '\'';
    slice_cut(&rest, '\n', &line);
    bool ends_curly = line.size && (memmem(line.data, line.size, "\xE2\x80\x9D", 3) ||
                                    memmem(line.data, line.size, "\xE2\x80\x99", 3));
    return is_quote && ends_curly
               ? "a curly quote doesn't close a straight one: use the same at both ends"
               : "close it, or " QUOTE_IT;
}

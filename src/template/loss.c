/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What Markdown would lose without a word: footnotes that are defined twice or never
 * called, cells that a table has no column for, everything behind a comment that isn't
 * closed; and headings and tables that it doesn't take for one. */
#include "template/tree.h"

#include <string.h>

struct footnote {
    struct slice name;
    struct place at;
    bool is_called;
};

struct losing {
    const struct tree *tree;
    struct place at;
    struct footnote *note; /* slots, by the hash of the name; an empty name is free */
    size_t slots;
    size_t columns;  /* of the table that is open, 0: none */
    bool after_bars; /* the line before began with a bar */
};

static struct diag *tell(const struct losing *losing, enum severity severity,
                         struct slice line, struct slice part, const char *message)
{
    struct place at = losing->at;
    struct diags *diags = losing->tree->diags;
    at.column = 1 + (int)utf8_length(
                        (struct slice){line.data, (size_t)(part.data - line.data)});
    struct diag *diag = severity == SEVERITY_ERROR
                            ? diags_error(diags, at, "M087", "%s", message)
                            : diags_warn(diags, at, "M087", "%s", message);
    diag->width = (int)utf8_length(part);
    return diag;
}

/* Footnotes --------------------------------------------------------------------------- */

/* "[^src]" at the start of text; the name without its signs. */
static bool begins_note(struct slice text, struct slice *name)
{
    if (!slice_starts_with(text, "[^"))
        return false;
    const char *close = memchr(text.data, ']', text.size);
    if (!close)
        return false;
    *name = (struct slice){text.data + 2, (size_t)(close - text.data) - 2};
    return name->size > 0 && !memchr(name->data, ' ', name->size);
}

/* The footnote's slot, or the free one where it belongs. */
static struct footnote *note_slot(const struct losing *losing, struct slice name)
{
    size_t at = slice_hash(name) % losing->slots;
    while (losing->note[at].name.size && !slice_equal(losing->note[at].name, name))
        at = (at + 1) % losing->slots;
    return &losing->note[at];
}

/* "[^src]:" at the start of a line. */
static bool defines_note(struct slice line, struct slice *name)
{
    return begins_note(line, name) && name->size + 3 < line.size &&
           line.data[name->size + 3] == ':';
}

static void define_note(struct losing *losing, struct slice line, struct slice name)
{
    struct slice sign = {name.data - 2, name.size + 3};
    struct footnote *note = note_slot(losing, name);
    if (note->name.size) {
        struct diag *diag =
            tell(losing, SEVERITY_WARNING, line, sign,
                 "this footnote has a text already, and this one is lost");
        diag_hint(losing->tree->diags, diag,
                  "line %d has the other: give this a name of its own", note->at.line);
        return;
    }
    *note = (struct footnote){name, losing->at, false};
}

static void call_notes(struct losing *losing, struct slice line)
{
    struct slice name, defined;
    for (size_t i = 0; i < line.size; i++) {
        struct slice rest = slice_from(line, i);
        if (rest.data[0] != '[' || !begins_note(rest, &name))
            continue;
        struct footnote *note = note_slot(losing, name);
        if (note->name.size && (i > 0 || !defines_note(line, &defined)))
            note->is_called = true;
        i += name.size;
    }
}

static void warn_uncalled(struct losing *losing)
{
    for (size_t i = 0; i < losing->slots; i++) {
        const struct footnote *note = &losing->note[i];
        if (!note->name.size || note->is_called)
            continue;
        struct diag *diag =
            diags_warn(losing->tree->diags, note->at, "M087",
                       "footnote [^%.*s] is called nowhere, and isn't printed",
                       SLICE_PRINT(note->name));
        diag->width = (int)utf8_length(note->name) + 3;
        diag_hint(losing->tree->diags, diag,
                  "write [^%.*s] in the text where it belongs",
                  SLICE_PRINT(note->name));
    }
}

/* Tables and headings ------------------------------------------------------------------- */

/* Cells of a line of bars; bars in values and code divide nothing. */
static size_t count_cells(struct slice line)
{
    size_t bars = 0;
    char inside = 0;
    line = slice_trim(line);
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (c == '\\') {
            i++;
        } else if (inside) {
            inside = c == inside ? 0 : inside;
        } else if (c == '{' && slice_starts_with(slice_from(line, i), "{{")) {
            inside = '}';
        } else if (c == '`') {
            inside = '`';
        } else {
            bars += c == '|' && i > 0 && i + 1 < line.size;
        }
    }
    return bars + 1;
}

/* |---|:--|: the second line of a table. */
static bool is_rule(struct slice line)
{
    bool has_dash = false;
    for (size_t i = 0; i < line.size; i++) {
        has_dash |= line.data[i] == '-';
        if (!memchr("|-: \t", line.data[i], 5))
            return false;
    }
    return has_dash;
}

static void look_at_table(struct losing *losing, struct slice line, struct slice next)
{
    bool has_bars = slice_starts_with(line, "|");
    if (!slice_trim(line).size)
        losing->columns = 0;
    if (has_bars && !losing->after_bars && !losing->columns && !is_rule(line)) {
        struct slice bar = {line.data, 1};
        if (is_rule(next))
            losing->columns = count_cells(line);
        else if (slice_starts_with(next, "|"))
            diag_hint(losing->tree->diags,
                      tell(losing, SEVERITY_WARNING, line, bar,
                           "this isn't read as a table, and is printed as it stands"),
                      "the second line of a table is made of dashes: |---|---|");
    } else if (has_bars && losing->columns && count_cells(line) > losing->columns) {
        struct diag *diag = tell(losing, SEVERITY_WARNING, line, slice_trim(line),
                                 "this row has more cells than its table has columns");
        diag_hint(
            losing->tree->diags, diag,
            "the table has %zu; what is over is lost. For the character write \\|",
            losing->columns);
    }
    losing->after_bars = has_bars;
}

static void look_at_heading(const struct losing *losing, struct slice line)
{
    size_t marks = 0;
    while (marks < line.size && line.data[marks] == '#')
        marks++;
    char next = marks < line.size ? line.data[marks] : ' ';
    bool is_word = (next >= 'A' && next <= 'Z') || next == '{' || next == '*' ||
                   (unsigned char)next >= 0x80;
    if (!marks || marks > 6 || !is_word)
        return;
    struct diag *diag =
        tell(losing, SEVERITY_WARNING, line, (struct slice){line.data, marks},
             "this isn't read as a heading, and is printed as it stands");
    diag_hint(losing->tree->diags, diag, "write a space behind it");
}

/* The whole ----------------------------------------------------------------------------- */

static struct slice peek(const struct text_lines *lines)
{
    struct slice rest = lines->rest, line = {0};
    slice_cut(&rest, '\n', &line);
    return line;
}

static size_t count_notes(struct slice body)
{
    struct slice line, name;
    size_t count = 0;
    while (slice_cut(&body, '\n', &line))
        count += defines_note(line, &name);
    return count;
}

void losses_warn(const struct tree *tree, struct slice body, struct place at)
{
    struct losing losing = {.tree = tree, .slots = 2 * count_notes(body) + 1};
    struct slice line, name;
    losing.note = ARENA_ARRAY(tree->arena, struct footnote, losing.slots);
    at.line--;
    struct text_lines lines = {.rest = body, .at = at};
    while (text_lines_next(&lines, &line)) {
        losing.at = lines.at;
        if (defines_note(line, &name))
            define_note(&losing, line, name);
        look_at_table(&losing, line, peek(&lines));
        look_at_heading(&losing, line);
    }
    if (lines.comment_line) {
        struct diag *diag = diags_error(
            tree->diags, (struct place){at.file, lines.comment_line, 1}, "M088",
            "the comment that opens here is never closed: nothing below it is printed");
        diag->width = 4;
        diag_hint(tree->diags, diag, "close it with -->");
        return;
    }
    if (body.size && memmem(body.data, body.size, "{{>", 3))
        return; /* a part may call them */
    lines = (struct text_lines){.rest = body, .at = at};
    while (text_lines_next(&lines, &line))
        call_notes(&losing, line);
    warn_uncalled(&losing);
}

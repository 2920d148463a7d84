/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What Markdown would lose without a word: cells that a table has no column for and
 * everything behind a comment that isn't closed; and headings and tables that it
 * doesn't take for one. Footnotes: notes.c. */
#include "template/tree.h"

#include <string.h>

struct losing {
    const struct tree *tree;
    struct place at;
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

void losses_warn(const struct tree *tree, struct slice body, struct place at)
{
    struct losing losing = {.tree = tree};
    struct slice line;
    at.line--;
    struct text_lines lines = {.rest = body, .at = at};
    while (text_lines_next(&lines, &line)) {
        losing.at = lines.at;
        look_at_table(&losing, line, peek(&lines));
        look_at_heading(&losing, line);
    }
    if (lines.comment_line) {
        struct diag *diag = diags_error(
            tree->diags, (struct place){at.file, lines.comment_line, 1}, "M088",
            "the comment that opens here is never closed: nothing below it is printed");
        diag->width = 4;
        diag_hint(tree->diags, diag, "close it with -->");
    }
}

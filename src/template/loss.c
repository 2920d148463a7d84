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
    bool after_mark; /* a mark stood between rows, or rows behind one */
    bool is_torn;    /* a mark stood between the rows of a table, and that was told */
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

/* "::: each …", "{{ if … }}" or "{{ end }}" alone on a line: it ends a table. */
static bool is_mark(struct slice line)
{
    line = slice_trim(line);
    return slice_starts_with(line, ":::") ||
           (slice_starts_with(line, "{{") && line.size > 4 &&
            memcmp(line.data + line.size - 2, "}}", 2) == 0);
}

static bool is_row(struct slice line)
{
    line = slice_trim(line);
    return line.size > 2 && line.data[0] == '|' && line.data[line.size - 1] == '|';
}

static void warn_unread(const struct losing *losing, struct slice line,
                        const char *hint)
{
    struct diag *diag =
        tell(losing, SEVERITY_WARNING, line, (struct slice){line.data, 1},
             "this isn't read as a table, and is printed as it stands");
    diag_hint(losing->tree->diags, diag, "%s", hint);
}

/* The first line of what looks like a table, and what is next. */
static void look_at_head(struct losing *losing, struct slice line, struct slice next)
{
    size_t cells = count_cells(line);
    if (is_rule(next) && count_cells(next) == cells)
        losing->columns = cells;
    else if (is_rule(next))
        warn_unread(losing, line,
                    arena_print(losing->tree->arena,
                                "it has %zu cells and the dashes below it %zu: write "
                                "|---| for each",
                                cells, count_cells(next)));
    else if (slice_starts_with(next, "|"))
        warn_unread(losing, line,
                    "the second line of a table is made of dashes: |---|---|");
}

static void warn_torn(struct losing *losing, struct slice line)
{
    struct diag *diag = tell(losing, SEVERITY_WARNING, line, slice_trim(line),
                             "this row isn't part of the table above, and is printed "
                             "as it stands");
    diag_hint(losing->tree->diags, diag,
              "if and each go around whole tables; rows by a field make a block: "
              "```table and rows: province");
    losing->is_torn = true;
}

static void look_at_table(struct losing *losing, struct slice line, struct slice next)
{
    bool has_bars = slice_starts_with(line, "|");
    bool was_marked = losing->after_mark;
    losing->after_mark = is_mark(line) && (losing->columns || was_marked);
    if (losing->after_mark || !slice_trim(line).size)
        losing->columns = 0;
    if (!has_bars && !losing->after_mark)
        losing->is_torn = false;
    if (has_bars && was_marked && is_row(line) && !is_rule(next)) {
        if (!losing->is_torn)
            warn_torn(losing, line);
        losing->after_mark = true;
    } else if (has_bars && !losing->after_bars && !losing->columns && !is_rule(line)) {
        look_at_head(losing, line, next);
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

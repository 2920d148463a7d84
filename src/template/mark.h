/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A template's text made ready for Markdown: parts included, and every value, `if`
 * and `:::` line taken out and replaced by a mark. A mark is one code point of the
 * supplementary private use areas, which Markdown treats as a letter; one that the
 * author typed himself becomes a mark too, so marks can't be forged. Every line keeps
 * the place it came from. */
#ifndef SITREP_TEMPLATE_MARK_H
#define SITREP_TEMPLATE_MARK_H

#include "base/diag.h"

enum mark_kind {
    MARK_VALUE,
    MARK_IF,
    MARK_ELSE, /* text: its condition, empty for a plain else */
    MARK_END,
    MARK_STRUCTURE, /* a `:::` line; text: what follows the colons */
    MARK_LITERAL,   /* text: characters that stand for themselves */
    MARK_GLUE,      /* the rest of a value that was typed over two lines */
    MARK_UNCLOSED,  /* {{ without }} */
};

struct mark {
    enum mark_kind kind;
    bool is_block;   /* alone on its line: stands as <!--mark--> in the text */
    struct place at; /* of {{ or ::: */
    int width;
    struct slice raw;  /* as typed, put back where text is code */
    struct slice text; /* between the braces, without if and else */
    struct place text_at;
    size_t offset; /* in the marked text */
};

struct marked {
    struct slice text;
    size_t line_count;
    const struct place *line; /* where each line was typed */
    size_t mark_count;
    const struct mark *mark;
};

/* -- Reading: source.c walks the lines, mark.c what is in them -------------------- */

/* A place in a file being read. */
struct cursor {
    const char *file;
    struct slice text;
    size_t at, line_start;
    int line;
    size_t counted_at; /* column is known here, so that long lines stay cheap */
    int column;
    size_t next_close; /* of the first }} after `at`, when has_close */
    bool has_close;
};

struct marker {
    struct arena *arena;
    struct arena *aside; /* of the marked text and its lines */
    struct diags *diags;
    struct text out;
    struct place *line;
    size_t line_count, line_capacity;
    struct mark *mark;
    size_t mark_count, mark_capacity;
    bool ok;
};

struct place cursor_place(struct cursor *cursor);
struct slice cursor_rest(const struct cursor *cursor);
/* Says where the marked text's next line was typed. */
void marker_start_line(struct marker *marker, const char *file, int line);
/* Appends a mark for size bytes at the cursor; NULL when there are too many. */
struct mark *marker_put(struct marker *marker, struct cursor *cursor,
                        enum mark_kind kind, size_t size);
/* Copies to the end of the line (or of a value that is longer), putting marks. */
void marker_copy_line(struct marker *marker, struct cursor *cursor, bool with_values);
/* The text with comment signs around block marks; nothing may be put afterwards. */
struct marked marker_finish(struct marker *marker);

/* -- What is known afterwards ------------------------------------------------------ */

struct tree;

/* body starts at first_line of file. Includes ({{> part.md }} alone on a line) are
 * read from file's folder or below, at most 8 deep and 16 MiB in all. The marked text
 * and its lines are put aside: what is made of them is a copy. */
bool source_mark(struct slice body, const char *file, int first_line,
                 const struct tree *tree, struct arena *aside, struct marked *out);

/* The mark a code point stands for, NULL for an ordinary one. */
const struct mark *marked_find(const struct marked *marked, uint32_t code_point);
/* Text with its marks turned back into what was typed. */
struct slice marked_restore(const struct marked *marked, struct slice text,
                            struct arena *arena);
/* HTML between its comments. */
struct slice without_comments(struct slice html, struct arena *arena);
/* The one block mark that a line of text is, or NULL. */
const struct mark *marked_line(const struct marked *marked, struct slice line);

/* CR and CRLF as LF, without a byte order mark; false when it isn't UTF-8. */
bool source_clean(struct slice source, const char *file, struct arena *arena,
                  struct slice *out, struct diags *diags);
/* Cuts `---` … `---` off the start. *first_line: of what is left in *body. */
bool source_cut_front(struct slice source, const char *file, struct slice *front,
                      struct slice *body, int *first_line, struct diags *diags);

#endif

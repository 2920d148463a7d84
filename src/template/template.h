/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A template as a tree: front matter, Markdown, values, fences and structure, each
 * node with its place. Parsing knows no data.
 *
 * Values are taken out before Markdown is parsed and put back as nodes afterwards,
 * so that neither `*` inside {{ }} nor anything in the data can become markup. */
#ifndef SITREP_TEMPLATE_TEMPLATE_H
#define SITREP_TEMPLATE_TEMPLATE_H

#include "base/yaml.h"
#include "template/expression.h"

enum inline_kind {
    INLINE_TEXT,
    INLINE_EMPHASIS,
    INLINE_STRONG,
    INLINE_STRIKE, /* children */
    INLINE_CODE,
    INLINE_LINK,  /* url, children */
    INLINE_IMAGE, /* url, children = alt */
    INLINE_NOTE,  /* footnote mark: note */
    INLINE_BREAK, /* hard line break */
    INLINE_VALUE, /* expression */
    INLINE_IF,    /* branch: condition (NULL = else) and children of each */
};

struct inlines {
    size_t count;
    const struct inline_node *item;
};

struct inline_branch {
    const struct expression *condition;
    struct inlines body;
};

struct inline_node {
    enum inline_kind kind;
    struct place at;
    struct slice text, url;             /* url as typed */
    const struct template_text *target; /* url that holds {{ }}, else NULL */
    size_t note;                        /* 1-based, order of first mark */
    const struct expression *expression;
    struct inlines children;
    size_t branch_count;
    const struct inline_branch *branch;
};

enum node_kind {
    NODE_HEADING,   /* level, inlines */
    NODE_PARAGRAPH, /* inlines */
    NODE_LIST,      /* children: NODE_ITEM; ordered, first number, tight */
    NODE_ITEM,      /* children; task: 0 none, 1 open, 2 done */
    NODE_QUOTE,     /* children */
    NODE_RULE,
    NODE_CODE,    /* text: an indented block or a fence that is no block of ours */
    NODE_TABLE,   /* GFM: row_count × column_count cells, first row is the head */
    NODE_FENCE,   /* word ("chart"), body: YAML */
    NODE_COLUMNS, /* cells: one list of nodes per column */
    NODE_ROW,     /* cells with spans that sum to 12 */
    NODE_EACH,    /* field, where, order; children, otherwise */
    NODE_IF,      /* branches around whole blocks */
    NODE_CALLOUT, /* `::: note`, inlines: its title; children */
    NODE_TOGETHER,
    NODE_LANDSCAPE, /* children */
    NODE_ONLY,      /* word: a language; children. Gone once the language is chosen */
    NODE_PAGE_BREAK,
    NODE_CONTENTS,
};

struct nodes {
    size_t count;
    const struct node *item;
};

struct node_branch {
    const struct expression *condition; /* NULL = else */
    struct nodes body;
};

struct node {
    enum node_kind kind;
    struct place at;
    int level;           /* heading 1 to 6 */
    struct slice anchor; /* heading: a link target from its text */
    bool is_shared;      /* of a brief in another language than the template's own */
    struct place only; /* in `::: only`: where the sections side by side begin, the same
                          place in every language; else line 0 */
    struct inlines inlines;
    struct nodes children, otherwise;
    bool ordered, tight;
    int first_number, task;
    struct slice text;
    size_t row_count, column_count;
    const struct inlines *cell; /* row by row */
    const char *alignment;      /* 'l' 'c' 'r' or 0 a column */
    struct slice
        word; /* fence, code: the word behind ```; a fence's text is the rest */
    const struct yaml *body;
    size_t part_count; /* columns, row */
    const struct nodes *part;
    const int *span;    /* row */
    struct slice field; /* each */
    struct place field_at;
    const struct condition *where; /* each: on measures, `attacks >= 3`; unbound */
    struct slice order;            /* each: "killed highest first" */
    struct place order_at;
    size_t limit; /* each: `top 5`, 0 = all */
    size_t branch_count;
    const struct node_branch *branch;
};

struct template
{
    const char *file;
    struct slice source;
    const struct yaml *front; /* front matter, a mapping */
    struct nodes body;
    size_t note_count;
    const struct nodes *note; /* footnotes by number - 1 */
};

/* Markdown is CommonMark with GFM's tables, strikethrough, task lists and bare addresses,
 * and footnotes. HTML isn't read: comments vanish, <br> breaks the line, other tags are
 * printed as typed, with a warning. Quotes and dashes are made typographic in English,
 * or where the front matter says `smart: yes`, and never in code and values.
 *
 * Reads a file's text and the parts it includes ({{> part.md }}: in the template's
 * folder or below, at most 8 deep). fences: names of our blocks, so that others stay
 * code and near misses are an error. Errors M0xx; runs to the end and collects. */
bool template_parse(struct slice source, const char *file, const struct slice *fence,
                    size_t fence_count, struct arena *arena, struct template **out,
                    struct diags *diags);

/* Leaves of a template what its language prints: of `{en: …, ur: …}` in front matter and
 * blocks one text, of `::: only ur` the inside or nothing. language empty: the template's
 * own, which also stands in for a text that is missing (a warning, M083). */
void template_choose_language(struct template *template, struct slice language,
                              struct arena *arena, struct diags *diags);
/* The same for the issue file's values. own: the template's language. */
const struct yaml *language_choose_values(const struct yaml *root,
                                          struct slice language, struct slice own,
                                          struct arena *arena, struct diags *diags);

/* Warns (M089) of languages named in `::: only` and in `{en: …, fr: …}` that are none of
 * the known ones. */
void template_check_languages(const struct template *template,
                              const struct slice *known, size_t count,
                              struct diags *diags);
/* "en", "ur", "pnb", "en-GB". */
bool is_language_tag(struct slice word);

/* Warns (M079) of findings typed into the text and the titles of blocks ("rose",
 * "highest") of a template whose period moves: next week they are wrong. What stands in
 * an `if` is spoken only when it holds. The words are the locale's "stale". */
void template_warn_stale(const struct template *template, const struct locale *locale,
                         struct diags *diags);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From Markdown's flat lists to the template's tree: what stands between an opening
 * mark and its end becomes the node's children. */
#ifndef SITREP_TEMPLATE_TREE_H
#define SITREP_TEMPLATE_TREE_H

#include "template/follow.h"
#include "template/mark.h"
#include "template/template.h"

struct tree {
    struct arena *arena;
    struct diags *diags;
    struct name_list measures; /* names in the front matter, for `each … where` */
    const struct slice *fence; /* words of our blocks */
    size_t fence_count;
    bool is_smart; /* typographic quotes and dashes */
};

/* A node, or the mark of something that opens, divides or ends. */
struct flat_node {
    const struct mark *mark;
    struct node node;
};
struct flat_inline {
    const struct mark *mark;
    struct inline_node node;
};

/* markdown.c: the whole text, notes included. */
void markdown_parse(const struct tree *tree, const struct marked *marked,
                    struct template *out);

/* minus.c: a copy with "-5" as a true minus. begins_line: nothing stands before it. */
struct slice tree_minus(struct slice text, bool begins_line, struct arena *arena);
/* tree.c */
struct nodes tree_fold(const struct tree *tree, const struct flat_node *item,
                       size_t count);
/* A line of text that may hold values, without other markup. */
struct inlines tree_title(const struct tree *tree, struct slice text, struct place at);
struct inlines tree_fold_inlines(const struct tree *tree,
                                 const struct flat_inline *item, size_t count);

/* structure.c: the words behind ::: */
enum structure_kind {
    STRUCTURE_OPEN, /* columns, row, each, note, together, landscape, only */
    STRUCTURE_LEAF, /* page break, contents */
    STRUCTURE_NEXT,
    STRUCTURE_OTHERWISE,
    STRUCTURE_END,
    STRUCTURE_WRONG, /* an error was added */
};
struct structure {
    enum structure_kind kind;
    enum node_kind node; /* OPEN, LEAF; of NEXT and END when has_node */
    bool has_node;
    struct slice rest; /* after the words */
    struct place rest_at;
    struct slice slip; /* of OPEN: the unknown word that was told */
};
extern const char structure_words_hint[]; /* "there are columns, row …" */
struct structure structure_parse(const struct tree *tree, const struct mark *mark);
const char *structure_name(enum node_kind node); /* "columns" */
/* Fills what the opening line says: spans, field, title … */
void structure_open(const struct tree *tree, const struct structure *structure,
                    struct node *node);

/* pairs.c: a flat list's marks in order, each with what it does. Those that do nothing
 * are wrong, or follow from one that is: errors were added. Of each that opens the end
 * comes, and nothing crosses. */
enum step_role { STEP_NOTHING, STEP_OPENS, STEP_DIVIDES, STEP_ENDS, STEP_LEAF };
struct step {
    const struct mark *mark;
    struct structure structure; /* of if, else and end too: node NODE_IF */
    enum step_role role;
    int opener;         /* of DIVIDES and ENDS: its step */
    int partner, below; /* while they are looked for */
};
struct steps {
    struct step *item;
    bool has_slip;
};
struct steps pairs_find(const struct tree *tree, const struct flat_node *item,
                        size_t count);

/* fence.c: the word behind ``` */
bool fence_is_block(const struct tree *tree, struct slice word);
struct slice fence_word(struct slice info, struct slice *rest);
/* A word next to one of ours is a slip, not a language. */
void fence_check_word(const struct tree *tree, struct slice word, struct slice body,
                      struct place at);
/* Words behind the block's own; false when they were meant as keys: an error. */
bool fence_check_extra(const struct tree *tree, const struct node *fence);
/* fence_end.c: what to leave out, lines from the one at `at` on which opens code, so
 * that what follows is read rightly; 0: nothing, for it is closed. Errors are added.
 *   opened  the follower behind that line; rest: the lines below it */
size_t fence_mend(const struct tree *tree, const struct follower *opened,
                  struct slice rest, struct place at);

/* notes.c: marks of footnotes that Markdown left as text, for it knows none of theirs. */
struct lost_notes {
    struct arena *arena;
    struct lost_note {
        struct slice name;
        struct place at; /* of the text it stands in */
    } * item;
    size_t count, capacity;
};
void notes_collect(struct lost_notes *lost, struct slice text, struct place at);
/* Warns of footnotes that aren't printed (M078) and of marks without a text (M071). */
void notes_check(const struct tree *tree, const struct marked *marked,
                 const struct lost_notes *lost);

/* A body's lines without those of code and comments. at.line is the line at hand, and
 * before the first one less than its number. */
struct text_lines {
    struct slice rest;
    struct place at;
    struct follower follower;
    int comment_line; /* of the comment that is open, else 0 */
};
bool text_lines_next(struct text_lines *lines, struct slice *line);
/* Tells what Markdown would lose or misread without a word. */
void losses_warn(const struct tree *tree, struct slice body, struct place at);
/* Warns of text in a template's body, which begins at `at`, that looks like a mark and
 * is none. */
void lookalikes_warn(const struct tree *tree, struct slice body, struct place at);

/* sentence.c: which values begin a sentence, and which take the comma before them
 * along when they print nothing. */
void sentence_mark(struct inlines inlines);

#endif

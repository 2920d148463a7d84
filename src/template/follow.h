/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each line of a template is: text, code or comment, as Markdown will read it. A
 * follower is fed lines in order, from the body's first; a copy of it may look ahead. */
#ifndef SITREP_TEMPLATE_FOLLOW_H
#define SITREP_TEMPLATE_FOLLOW_H

#include "base/text.h"

enum line_kind {
    LINE_TEXT,
    LINE_BLANK,
    LINE_OPENS_CODE, /* ``` and what follows it */
    LINE_CODE,
    LINE_ENDS_CODE,
    LINE_INDENTED, /* code by four spaces */
    LINE_COMMENT,  /* from <!-- to --> */
};

enum { DEEPEST_CONTAINER = 32 };

/* A quotation, list item or footnote that is open: a line belongs to it which begins
 * with > or is indented so far. */
struct container {
    bool is_quote;
    size_t indent;
};

struct follower {
    struct container container[DEEPEST_CONTAINER];
    size_t depth;
    char fence; /* ` or ~ while code is open, else 0 */
    size_t fence_length;
    bool in_comment, in_paragraph;
    struct slice content; /* of the last line, behind its containers' marks */
    struct slice info;    /* of a line that opens code: what stands behind its fence */
};

enum line_kind follow_line(struct follower *follower, struct slice line);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Editions that are open, one for each language that is printed at once, and the groups
 * that `--each` divides them into.
 *
 * Life: editions_open … as often as a template or language changes … editions_close. */
#ifndef SITREP_BRIEF_OPENED_H
#define SITREP_BRIEF_OPENED_H

#include "brief/edition.h"

struct opened {
    struct edition *edition;
    const struct column *group_column; /* NULL: not divided yet */
    size_t group_count;
    const uint32_t *group_code;
    struct row_index group_rows;
};

enum { MOST_OPENED = 8 };

struct editions {
    size_t count;
    struct opened *item[MOST_OPENED];
};

/* The template's edition in the session's language; is_new: it wasn't open. NULL after
 * errors. The one opened longest ago is closed when there are too many. */
struct opened *editions_open(struct editions *editions, struct session *session,
                             const char *path, bool *is_new);
/* Closes all others: what they were opened with has changed. */
void editions_keep(struct editions *editions, const struct opened *opened);
void editions_close(struct editions *editions);

/* Divides it by a field, once. False after errors. */
bool opened_divide(struct opened *opened, const char *field);

#endif

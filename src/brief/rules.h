/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What front matter and blocks may hold, as a JSON Schema that an editor program
 * checks by while a template is typed. */
#ifndef SITREP_BRIEF_RULES_H
#define SITREP_BRIEF_RULES_H

#include "brief/session.h"

/* One schema each, lines with line feeds: the front matter's, and the blocks', each
 * below "definitions". */
void rules_print_front(struct session *session, struct text *out);
void rules_print_blocks(struct session *session, struct text *out);

#endif

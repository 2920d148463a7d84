/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checking a template without writing: also with an empty period, one incident and a
 * huge week. */
#ifndef SITREP_BRIEF_CHECK_H
#define SITREP_BRIEF_CHECK_H

#include "brief/brief.h"

/* Messages say what was found, each with its place and once; false when an error was
 * among them. Warnings: M079 a finding typed where the period moves, M131 a measure
 * used nowhere, M132 no data in the period, M133 an empty block, M144 an empty each,
 * L302 more pages than `pages:` says, L312 a phrase that the language lacks. What only a
 * trial shows is said with the trial's name. layout: also L310 pages, L311 labels left
 * out. */
bool check_edition(struct edition *edition, bool layout);
/* page_target.c: L302 with what could give, and by how much, the most first. */
void check_page_target(const struct brief *brief);

/* check_orphans.c: L313 a heading with nothing below it, L314 a page for a few lines;
 * trial: as their names are said, or NULL. */
void check_orphans(const struct brief *brief, const char *trial);

/* Parts of it. The page that holds what a line of the template made; 0: none. */
size_t check_page_of(const struct brief *brief, struct place at);
struct place check_first_place(const struct page *page); /* of what begins it */
void check_empty_sections(const struct brief *brief);

#endif

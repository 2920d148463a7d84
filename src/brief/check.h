/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checking a template without writing: also with an empty period, one incident and a
 * huge week. */
#ifndef SITREP_BRIEF_CHECK_H
#define SITREP_BRIEF_CHECK_H

#include "brief/brief.h"

/* Messages say what was found; false when an error was among them. layout: also
 * labels dropped, missing glyphs and pages. */
bool check_edition(struct edition *edition, bool layout);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cairo names what an SVG file defines after counters that run on through the process
 * ("surface31", "image27"): the second file would differ from the first. */
#ifndef SITREP_PRESS_SVG_IDS_H
#define SITREP_PRESS_SVG_IDS_H

#include "base/text.h"

/* Copies svg with these names numbered from 1 in the order they occur in it. */
void svg_renumber(struct slice svg, struct text *out);

#endif

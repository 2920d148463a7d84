/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers and days as keyboards, spreadsheets and other scripts leave them in cells:
 * with Arabic, Persian or full-width digits, long dashes, no-break spaces, marks that
 * show nothing, or an apostrophe in front. */
#ifndef SITREP_DATA_PLAIN_H
#define SITREP_DATA_PLAIN_H

#include "base/text.h"

enum { PLAIN_SIZE = 128 };

/* The cell with ASCII digits, dashes and spaces and without what shows nothing; other
 * letters stay. `group` is what a narrow or no-break space, or an apostrophe, between
 * two digits becomes: ',' in numbers, ' ' in days. The cell itself when there is
 * nothing to change or it is longer than PLAIN_SIZE. */
struct slice plain_cell(struct slice cell, char group, char out[PLAIN_SIZE]);

/* number_parse, and once more of the plain cell. */
bool plain_read_number(struct slice cell, double *out);

/* True for 1.250 and 12.000: who groups thousands by points means 1250. None is shorter
 * than PLAIN_OPEN_SIZE, as most cells are. */
enum { PLAIN_OPEN_SIZE = 5 };
bool plain_is_open_count(struct slice cell);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a column of a tracker is printed: `amount number(1)`, `due date("d MMM")`. */
#ifndef SITREP_BLOCK_CELL_FORMAT_H
#define SITREP_BLOCK_CELL_FORMAT_H

#include "block/block.h"

/* Takes the format from the end of what an editor wrote for a column, with or without a
 * bar before it; false: there is none, and word stays as it is. */
bool cell_format_take(struct slice *word, struct cell_format *out);
/* The cell by its format; false: the format doesn't fit what is in it. */
bool cell_format_print(const struct block_context *context,
                       const struct cell_format *format, const struct table *table,
                       const struct column *column, uint32_t row, struct slice *out);

#endif

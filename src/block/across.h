/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks and measures of several tables. */
#ifndef SITREP_BLOCK_ACROSS_H
#define SITREP_BLOCK_ACROSS_H

#include "block/block.h"

/* The table of a block that has no `data:`, by what it shows. */
const struct source_table *table_shown(const struct block_reader *reader,
                                       const struct yaml *list, size_t count);
/* Whether a measure can stand in a block about source: a measure of another table where
 * both have the columns that make groups, by name, and there is no `where`. Inside an
 * `each` its table must have the field. Errors: M147. */
bool fits_table(struct block_reader *reader, const struct shown *shown,
                const struct source_table *source);
/* Whether a block's table, which value names, can be divided by the `each` around. */
bool fits_each(struct block_reader *reader, const struct yaml *value,
               const struct source_table *source);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a table as blocks list them: which meet the conditions, in which order. */
#ifndef SITREP_BLOCK_ROWS_H
#define SITREP_BLOCK_ROWS_H

#include "block/block.h"

struct row_order {
    struct column *column; /* NULL: as in the file */
    bool descending;
};

/* Reads `sort: killed, highest first` (also "newest first", "a to z"). */
bool read_row_order(struct block_reader *reader, const char *key, struct table *table,
                    struct row_order *out);

/* Rows that the scope may see, that meet its own, the each's and the block's
 * condition and lie in the period (NULL: any). Sorted by order, ties as in the file;
 * unknown values last. *count is all that were found. */
const uint32_t *rows_found(const struct scope *scope, const struct source_table *source,
                           const struct condition *where, const struct period *period,
                           struct row_order order, size_t *count);

double number_in(const struct column *column, uint32_t row); /* NAN: unknown */
bool is_at_least(const struct column *column, uint32_t row); /* written as 40+ */

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of trackers for what is done, partly done and not done. */
#ifndef SITREP_BLOCK_STATUS_H
#define SITREP_BLOCK_STATUS_H

#include "block/block.h"

enum status { STATUS_NONE, STATUS_PARTLY, STATUS_DONE, STATUS_OTHER };
enum { STATUS_COUNT = STATUS_OTHER + 1 };

/* By the language's lists of words, folded. */
enum status status_of(const struct block_context *context, struct slice word);
/* The word behind its mark: ● done, ◐ partly, ○ none; others as they are. */
struct slice status_text(const struct block_context *context, struct slice word);

#endif

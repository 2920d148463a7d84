/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The registry of blocks. */
#include "block/block.h"

#define BLOCK(id) extern const struct block_kind block_##id;
#include "block/blocks.def"

static const struct block_kind *const kinds[] = {
#define BLOCK(id) &block_##id,
#include "block/blocks.def"
};

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

const struct block_kind *block_find(struct slice word)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (slice_is(word, kinds[i]->name))
            return kinds[i];
    }
    return NULL;
}

const struct block_kind *const *block_kinds(size_t *count)
{
    *count = KIND_COUNT;
    return kinds;
}

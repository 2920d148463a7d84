/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Things found again by a hash of what they are. Whoever looks compares them: other
 * things may have the same hash. */
#ifndef SITREP_DATA_SHELF_H
#define SITREP_DATA_SHELF_H

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

struct shelf_slot {
    uint64_t hash;
    void *thing; /* NULL = free */
};

struct shelf {
    struct shelf_slot *slot;
    size_t slot_count, count;
};

/* The next thing of that hash, NULL when there are no more. *at is 0 at first. */
static inline void *shelf_next(const struct shelf *shelf, uint64_t hash, size_t *at)
{
    for (size_t mask = shelf->slot_count - 1; *at < shelf->slot_count;) {
        const struct shelf_slot *slot = &shelf->slot[(hash + (*at)++) & mask];
        if (!slot->thing)
            return NULL;
        if (slot->hash == hash)
            return slot->thing;
    }
    return NULL;
}

static inline void shelf_place(struct shelf *shelf, uint64_t hash, void *thing)
{
    size_t at = hash & (shelf->slot_count - 1);
    while (shelf->slot[at].thing)
        at = (at + 1) & (shelf->slot_count - 1);
    shelf->slot[at] = (struct shelf_slot){hash, thing};
}

static inline void shelf_add(struct shelf *shelf, struct arena *arena, uint64_t hash,
                             void *thing)
{
    if (shelf->count * 2 >= shelf->slot_count) {
        struct shelf wider = {.slot_count =
                                  shelf->slot_count ? shelf->slot_count * 2 : 64};
        wider.slot = ARENA_ARRAY(arena, struct shelf_slot, wider.slot_count);
        for (size_t i = 0; i < shelf->slot_count; i++)
            if (shelf->slot[i].thing)
                shelf_place(&wider, shelf->slot[i].hash, shelf->slot[i].thing);
        wider.count = shelf->count;
        *shelf = wider;
    }
    shelf_place(shelf, hash, thing);
    shelf->count++;
}

static inline void shelf_clear(struct shelf *shelf)
{
    if (shelf->slot)
        memset(shelf->slot, 0, shelf->slot_count * sizeof *shelf->slot);
    shelf->count = 0;
}

/* One hash of two. */
static inline uint64_t hash_join(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

#endif

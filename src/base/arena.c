/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arena over a chain of blocks; each block is at least twice the one before, up to
 * a ceiling, so that small briefs stay small and large tables need few blocks. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 4 * 1024 * 1024, ALIGNMENT = 16 };
/* From this size on the system has zeroed what it hands out, page by page as it is
 * touched; to zero it again would touch what is never used. Smaller blocks come from
 * the heap and are zeroed as they are handed out, for the same reason. */
enum { ZEROED_BLOCK = 1024 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    size_t dirty; /* bytes from here on are zero */
    _Alignas(ALIGNMENT) char bytes[];
};

struct owned {
    struct owned *next;
    void *bytes;
};

struct arena {
    struct block *first, *current;
    struct owned *owned;
    size_t held;
};

static void *allocate_or_abort(size_t size)
{
    void *bytes = size < ZEROED_BLOCK ? malloc(size) : calloc(1, size);
    if (!bytes)
        abort();
    return bytes;
}

struct arena *arena_new(void)
{
    struct arena *arena = allocate_or_abort(sizeof *arena);
    *arena = (struct arena){0};
    return arena;
}

static void free_blocks(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

static void free_owned(struct arena *arena)
{
    for (const struct owned *owned = arena->owned; owned; owned = owned->next)
        free(owned->bytes);
    arena->owned = NULL;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_owned(arena);
    free_blocks(arena->first);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    free_owned(arena);
    for (struct block *block = arena->first; block; block = block->next)
        block->used = 0;
    arena->current = arena->first;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    const size_t used = arena->current ? arena->current->used : 0;
    return (struct arena_mark){arena->current, used};
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
    if (!mark.block)
        mark = (struct arena_mark){arena->first, 0};
    for (struct block *block = mark.block; block; block = block->next)
        block->used = 0;
    if (mark.block)
        mark.block->used = mark.used;
    arena->current = mark.block;
}

static struct block *append_block(struct arena *arena, size_t need)
{
    size_t size = arena->current ? arena->current->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < need)
        size = need;
    struct block *block = allocate_or_abort(sizeof *block + size);
    *block = (struct block){.size = size,
                            .dirty = sizeof *block + size < ZEROED_BLOCK ? size : 0};
    if (arena->current) {
        block->next = arena->current->next;
        arena->current->next = block;
    } else {
        arena->first = block;
    }
    arena->current = block;
    arena->held += sizeof *block + size;
    return block;
}

static size_t aligned(size_t size)
{
    if (size > SIZE_MAX / 2)
        abort();
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static struct block *find_room(struct arena *arena, size_t need)
{
    struct block *block = arena->current;
    while (block && block->size - block->used < need && block->next) {
        block = block->next;
        arena->current = block;
    }
    if (!block || block->size - block->used < need)
        block = append_block(arena, need);
    return block;
}

/* need more bytes of a block that has them, zeroed from the first `kept` on. */
static void *take(struct block *block, size_t need, size_t kept)
{
    char *bytes = block->bytes + block->used;
    size_t was_dirty = block->dirty > block->used ? block->dirty - block->used : 0;
    size_t to_clear = was_dirty < need ? was_dirty : need;
    block->used += need;
    if (to_clear > kept)
        memset(bytes + kept, 0, to_clear - kept);
    if (block->dirty < block->used)
        block->dirty = block->used;
    return bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t need = aligned(size);
    return take(find_room(arena, need), need, 0);
}

void *arena_alloc_array(struct arena *arena, size_t item_size, size_t count)
{
    if (item_size && count > SIZE_MAX / 2 / item_size)
        abort();
    return arena_alloc(arena, item_size * count);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    size_t need = aligned(size);
    void *copy = take(find_room(arena, need), need, size);
    return size ? memcpy(copy, bytes, size) : copy;
}

/* Whether size bytes are the last that were handed out and the block has more. */
static bool can_widen(const struct arena *arena, const void *bytes, size_t size,
                      size_t more)
{
    const struct block *block = arena->current;
    return bytes && block && block->used >= size &&
           bytes == block->bytes + block->used - size &&
           block->size - block->used >= more;
}

void *arena_widen(struct arena *arena, void *bytes, size_t size, size_t wider)
{
    size_t had = aligned(size), need = aligned(wider);
    if (can_widen(arena, bytes, had, need - had)) {
        take(arena->current, need - had, 0);
        return bytes;
    }
    void *moved = take(find_room(arena, need), need, size);
    return size ? memcpy(moved, bytes, size) : moved;
}

void arena_own(struct arena *arena, void *bytes)
{
    struct owned *owned = ARENA_NEW(arena, struct owned);
    *owned = (struct owned){arena->owned, bytes};
    arena->owned = owned;
}

char *arena_vprint(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0)
        abort();
    char *text = arena_alloc(arena, (size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, arguments);
    return text;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprint(arena, format, arguments);
    va_end(arguments);
    return text;
}

size_t arena_size(const struct arena *arena)
{
    return arena->held;
}

size_t arena_used(const struct arena *arena)
{
    size_t used = 0;
    for (const struct block *block = arena->first; block; block = block->next)
        used += block->used;
    return used;
}

/* Most lists of large items hold one or two: a paragraph's spans, a line's runs. */
static size_t first_capacity(size_t item_size)
{
    enum { FIRST_BYTES = 64 };
    return item_size < FIRST_BYTES ? FIRST_BYTES / item_size : 1;
}

void *arena_grow(struct arena *arena, void *items, size_t item_size, size_t *count,
                 size_t *capacity)
{
    if (*count == *capacity) {
        size_t wider = *capacity ? *capacity * 2 : first_capacity(item_size);
        if (wider > SIZE_MAX / 2 / item_size)
            abort();
        items = arena_widen(arena, items, item_size * *capacity, item_size * wider);
        *capacity = wider;
    }
    *count += 1;
    return items;
}

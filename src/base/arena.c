/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arena over a chain of blocks; each block is at least twice the one before, up to
 * a ceiling, so that small briefs stay small and large tables need few blocks. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 4 * 1024 * 1024, ALIGNMENT = 16 };

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(ALIGNMENT) char bytes[];
};

struct arena {
    struct block *first, *current;
    size_t held;
};

static void *allocate_or_abort(size_t size)
{
    void *bytes = malloc(size);
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

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->first);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    for (struct block *block = arena->first; block; block = block->next)
        block->used = 0;
    arena->current = arena->first;
}

static struct block *append_block(struct arena *arena, size_t need)
{
    size_t size = arena->current ? arena->current->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < need)
        size = need;
    struct block *block = allocate_or_abort(sizeof *block + size);
    *block = (struct block){.size = size};
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

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        abort();
    size_t need = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct block *block = arena->current;
    while (block && block->size - block->used < need && block->next) {
        block = block->next;
        arena->current = block;
    }
    if (!block || block->size - block->used < need)
        block = append_block(arena, need);
    void *bytes = block->bytes + block->used;
    block->used += need;
    return memset(bytes, 0, need);
}

void *arena_alloc_array(struct arena *arena, size_t item_size, size_t count)
{
    if (item_size && count > SIZE_MAX / 2 / item_size)
        abort();
    return arena_alloc(arena, item_size * count);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_alloc(arena, size);
    return size ? memcpy(copy, bytes, size) : copy;
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

void *arena_grow(struct arena *arena, void *items, size_t item_size, size_t *count,
                 size_t *capacity)
{
    if (*count == *capacity) {
        size_t wider = *capacity ? *capacity * 2 : 8;
        void *moved = arena_alloc_array(arena, item_size, wider);
        if (*count)
            memcpy(moved, items, item_size * *count);
        items = moved;
        *capacity = wider;
    }
    *count += 1;
    return items;
}

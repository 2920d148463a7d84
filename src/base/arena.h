/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An arena hands out memory that is all released at once. sitrep keeps three:
 * session (tables, diagnostics), brief (template to pages) and scratch.
 * Life: arena_new … arena_alloc … (arena_reset …) arena_free. */
#ifndef SITREP_BASE_ARENA_H
#define SITREP_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;
struct block;

struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Forgets everything handed out and keeps the memory for the next round. */
void arena_reset(struct arena *arena);

/* Gives back all that was handed out since the mark was taken. */
struct arena_mark {
    struct block *block; /* NULL: nothing had been handed out */
    size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/* size bytes, zeroed, aligned to 16. Never NULL: a machine without memory aborts
 * the process, since no caller could do better. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_alloc_array(struct arena *arena, size_t item_size, size_t count);
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* size bytes with room for wider, zeroed: in place where they were the last handed
 * out, else a copy of them. bytes may be NULL with size 0. */
void *arena_widen(struct arena *arena, void *bytes, size_t size, size_t wider);

/* Takes over what malloc gave: it is freed with the arena, or when that is reset. */
void arena_own(struct arena *arena, void *bytes);

/* A NUL-terminated string by printf's rules. */
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *arena, const char *format, va_list arguments);

/* Bytes the arena holds from the system, and those of them that are handed out. */
size_t arena_size(const struct arena *arena);
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count)                                                \
    ((type *)arena_alloc_array((arena), sizeof(type), (count)))

/* Appends one item to a growing arena array: *items, *count and *capacity describe
 * it; returns the new item's address. Growth doubles, so the arena holds at most
 * twice the final size. */
void *arena_grow(struct arena *arena, void *items, size_t item_size, size_t *count,
                 size_t *capacity);
#define ARENA_APPEND(arena, items, count, capacity)                                    \
    ((items) = arena_grow((arena), (items), sizeof *(items), &(count), &(capacity)),   \
     &(items)[(count)-1])

#endif

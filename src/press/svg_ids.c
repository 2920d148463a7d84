/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A name stands behind id=" or behind #, and nowhere else in what cairo writes: text is
 * outlines, pictures are base64. */
#include "press/svg_ids.h"

#include <string.h>

static const char *const numbered[] = {"surface", "image", "pattern"};

enum { KINDS = sizeof numbered / sizeof *numbered };

struct ids {
    struct arena *arena;
    struct slice *seen; /* "surface31" is seen[n]: its new number is n + 1 */
    size_t count, capacity;
};

static size_t new_number(struct ids *ids, struct slice name)
{
    for (size_t i = 0; i < ids->count; i++)
        if (slice_equal(ids->seen[i], name))
            return i + 1;
    *ARENA_APPEND(ids->arena, ids->seen, ids->count, ids->capacity) = name;
    return ids->count;
}

static size_t count_digits(struct slice text)
{
    size_t count = 0;
    while (count < text.size && text.data[count] >= '0' && text.data[count] <= '9')
        count++;
    return count;
}

/* The kind of the name that text begins with, and the name's length; NULL for none. */
static const char *match_name(struct slice text, size_t *size)
{
    for (size_t i = 0; i < KINDS; i++) {
        size_t word = strlen(numbered[i]);
        if (!slice_starts_with(text, numbered[i]))
            continue;
        size_t digits = count_digits(slice_from(text, word));
        *size = word + digits;
        if (digits)
            return numbered[i];
    }
    return NULL;
}

static bool is_name_ahead(struct slice svg, size_t at)
{
    return at >= 1 && (svg.data[at - 1] == '#' ||
                       (at >= 4 && memcmp(svg.data + at - 4, "id=\"", 4) == 0));
}

void svg_renumber(struct slice svg, struct text *out)
{
    struct ids ids = {.arena = out->arena};
    size_t copied = 0;
    for (size_t at = 0; at < svg.size; at++) {
        size_t size;
        if (!is_name_ahead(svg, at))
            continue;
        const char *kind = match_name(slice_from(svg, at), &size);
        if (!kind)
            continue;
        text_append(out, (struct slice){svg.data + copied, at - copied});
        text_print(out, "%s%zu", kind,
                   new_number(&ids, (struct slice){svg.data + at, size}));
        copied = at + size;
    }
    text_append(out, slice_from(svg, copied));
}

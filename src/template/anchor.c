/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Anchors from words, each given once. */
#include "template/anchor.h"

#include <stdlib.h>

struct slice anchor_of_words(struct slice words, struct arena *arena)
{
    struct text out = {.arena = arena};
    struct slice folded = slice_fold(arena, words);
    for (size_t at = 0; at < folded.size;) {
        uint32_t c = utf8_next(folded, &at);
        bool is_word = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
        if (is_word)
            text_append_rune(&out, c);
        else if (out.size && out.data[out.size - 1] != '-')
            text_append_string(&out, "-");
    }
    while (out.size && out.data[out.size - 1] == '-')
        out.size--;
    return text_slice(&out);
}

/* In an open hash table. */
struct anchor_slot {
    struct slice anchor;
    size_t times;
};

static struct anchor_slot *find_taken(const struct anchors *anchors,
                                      struct slice anchor)
{
    size_t i = (size_t)slice_hash(anchor) & (anchors->slot_count - 1);
    while (anchors->slot[i].times && !slice_equal(anchors->slot[i].anchor, anchor))
        i = (i + 1) & (anchors->slot_count - 1);
    return &anchors->slot[i];
}

static void make_room(struct anchors *anchors)
{
    struct anchors wider = *anchors;
    if (anchors->count * 2 < anchors->slot_count)
        return;
    wider.slot_count = anchors->slot_count ? anchors->slot_count * 4 : 64;
    wider.slot = ARENA_ARRAY(anchors->arena, struct anchor_slot, wider.slot_count);
    for (size_t i = 0; i < anchors->slot_count; i++) {
        if (anchors->slot[i].times)
            *find_taken(&wider, anchors->slot[i].anchor) = anchors->slot[i];
    }
    *anchors = wider;
}

/* Times it was taken before. */
static size_t take(struct anchors *anchors, struct slice anchor)
{
    make_room(anchors);
    struct anchor_slot *taken = find_taken(anchors, anchor);
    anchors->count += !taken->times;
    taken->anchor = anchor;
    return taken->times++;
}

struct slice anchors_take(struct anchors *anchors, struct slice anchor)
{
    size_t before = take(anchors, anchor);
    while (before) {
        struct slice numbered = slice_of(
            arena_print(anchors->arena, "%.*s-%zu", SLICE_PRINT(anchor), before));
        if (!take(anchors, numbered))
            return numbered;
        before = take(anchors, anchor);
    }
    return anchor;
}

bool anchors_is_taken(const struct anchors *anchors, struct slice anchor)
{
    return anchors->slot_count && find_taken(anchors, anchor)->times;
}

bool anchors_take_free(struct anchors *anchors, struct slice anchor)
{
    return !anchors_is_taken(anchors, anchor) && !take(anchors, anchor);
}

static int compare_anchors(const void *left, const void *right)
{
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

size_t anchors_list(const struct anchors *anchors, const struct slice **out)
{
    struct slice *list = ARENA_ARRAY(anchors->arena, struct slice, anchors->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < anchors->slot_count; i++) {
        if (anchors->slot[i].times)
            list[count++] = anchors->slot[i].anchor;
    }
    qsort(list, count, sizeof *list, compare_anchors);
    *out = list;
    return count;
}

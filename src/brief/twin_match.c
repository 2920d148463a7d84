/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparing the texts of two editions: of a key the same numbers as often; of sections
 * beside each other the same numbers, though one may repeat some. */
#include "brief/twins.h"

#include <stdlib.h>

/* Texts of one key lie from text[0] to text[count]. */
struct text_group {
    const struct twin_text *const *text;
    size_t count;
};

/* A number of either edition, on the way to its match. */
struct candidate {
    const struct twin_number *number; /* or NULL: a fact that a value printed */
    struct slice token;
    size_t in, order; /* edition; place in the list of both */
    const struct twin_text *text;
    bool asks, is_left;
};

struct matching {
    const struct twin *const *twin;
    struct odd_numbers *odd;
    struct arena *arena;
    const struct twin_text *const *sorted[2];
    struct slice *said[2]; /* every number of an edition, sorted */
    size_t said_count[2];
    const struct fact **fact[2]; /* numbers in values, by their text */
    size_t fact_count[2];
    bool both_spell;
};

/* -- Orders ----------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct twin_text *left = *(const struct twin_text *const *)a;
    const struct twin_text *right = *(const struct twin_text *const *)b;
    int order = slice_compare(left->key, right->key);
    return order ? order : (left > right) - (left < right);
}

static int by_slice(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Equal numbers together; of them the first edition's before the other's, and those
 * that ask before those that are offered; else as written. */
static int by_token(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;
    int order = slice_compare(left->token, right->token);
    order = order ? order : (left->in > right->in) - (left->in < right->in);
    order = order ? order : right->asks - left->asks;
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

static const struct twin_text *const *sort_texts(const struct twin *twin,
                                                 struct arena *arena)
{
    const struct twin_text **list =
        ARENA_ARRAY(arena, const struct twin_text *, twin->text_count);
    for (size_t i = 0; i < twin->text_count; i++)
        list[i] = &twin->text[i];
    if (twin->text_count)
        qsort(list, twin->text_count, sizeof *list, by_key);
    return list;
}

static int by_text(const void *a, const void *b)
{
    const struct fact *left = *(const struct fact *const *)a;
    const struct fact *right = *(const struct fact *const *)b;
    int order = (left->text > right->text) - (left->text < right->text);
    return order ? order : (left > right) - (left < right);
}

static void list_facts(struct matching *matching, size_t in)
{
    const struct twin *twin = matching->twin[in];
    const struct fact **list =
        ARENA_ARRAY(matching->arena, const struct fact *, twin->count);
    size_t count = 0;
    for (size_t i = 0; i < twin->count; i++) {
        if (twin->fact[i].text && twin->fact[i].token.size)
            list[count++] = &twin->fact[i];
    }
    if (count)
        qsort(list, count, sizeof *list, by_text);
    matching->fact[in] = list;
    matching->fact_count[in] = count;
}

static void list_said(struct matching *matching, size_t in)
{
    const struct twin *twin = matching->twin[in];
    size_t capacity = 0;
    for (size_t i = 0; i < twin->text_count; i++) {
        for (size_t j = 0; j < twin->text[i].count; j++)
            *ARENA_APPEND(matching->arena, matching->said[in], matching->said_count[in],
                          capacity) = twin->text[i].number[j].said.token;
    }
    for (size_t i = 0; i < twin->count; i++) {
        if (twin->fact[i].token.size)
            *ARENA_APPEND(matching->arena, matching->said[in], matching->said_count[in],
                          capacity) = twin->fact[i].token;
    }
    if (matching->said_count[in])
        qsort(matching->said[in], matching->said_count[in], sizeof(struct slice),
              by_slice);
}

static bool is_said(const struct matching *matching, size_t in, struct slice token)
{
    return matching->said_count[in] &&
           bsearch(&token, matching->said[in], matching->said_count[in],
                   sizeof(struct slice), by_slice);
}

/* -- Numbers of both ---------------------------------------------------------------------------- */

static bool number_asks(const struct matching *matching,
                        const struct twin_number *number)
{
    return !number->said.is_offered && (matching->both_spell || !number->said.is_word);
}

static void tell(struct matching *matching, const struct twin_text *text,
                 const struct twin_number *number, struct place at, size_t in)
{
    struct slice typed = number->said.typed, token = number->said.token;
    bool is_plain = slice_equal(typed, token) || number->said.is_hijri ||
                    slice_starts_with(token, "month");
    struct arena *arena = matching->odd->arena;
    const char *shown = is_plain ? arena_print(arena, "\"%.*s\"", SLICE_PRINT(typed))
                                 : arena_print(arena, "%.*s (\"%.*s\")",
                                               SLICE_PRINT(token), SLICE_PRINT(typed));
    odd_add(matching->odd, (struct odd_number){.in = in,
                                               .key = text->key,
                                               .block = text->block,
                                               .is_word = number->said.is_word,
                                               .at = at,
                                               .shown = slice_of(shown),
                                               .what = text->what});
}

struct candidates {
    size_t count, capacity;
    struct candidate *item;
};

/* The text in which a value stands has its numbers, too, to answer with. */
static void add_facts(const struct matching *matching, const struct twin_text *text,
                      size_t in, struct candidates *out)
{
    const struct fact *const *fact = matching->fact[in];
    size_t low = 0, high = matching->fact_count[in];
    while (text->value_count && low < high) {
        size_t middle = low + (high - low) / 2;
        if (fact[middle]->text < text)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < matching->fact_count[in] && fact[low]->text == text; low++)
        *ARENA_APPEND(matching->arena, out->item, out->count, out->capacity) =
            (struct candidate){.token = fact[low]->token, .in = in, .text = text};
}

static void add_candidates(const struct matching *matching, struct text_group group,
                           size_t in, struct candidates *out)
{
    for (size_t i = 0; i < group.count; i++) {
        const struct twin_text *text = group.text[i];
        for (size_t j = 0; j < text->count; j++)
            *ARENA_APPEND(matching->arena, out->item, out->count, out->capacity) =
                (struct candidate){.number = &text->number[j],
                                   .token = text->number[j].said.token,
                                   .in = in,
                                   .text = text,
                                   .asks = number_asks(matching, &text->number[j])};
        add_facts(matching, text, in, out);
    }
}

/* Of a run of equal numbers those that ask and find no other's are left over. */
static void leave_over(struct candidate *run, size_t count, size_t in)
{
    size_t asking = 0, other = 0, left = 0;
    for (size_t i = 0; i < count; i++) {
        asking += run[i].in == in && run[i].asks;
        other += run[i].in != in;
    }
    for (size_t i = count; i-- > 0 && asking > other + left;) {
        bool is_over = run[i].in == in && run[i].asks;
        run[i].is_left = run[i].is_left || is_over;
        left += is_over;
    }
}

/* Days of another calendar may stand in one language alone; in both they agree. */
static void ask_for_hijri(struct candidates *list)
{
    bool has[2] = {false, false};
    for (size_t i = 0; i < list->count; i++) {
        const struct candidate *item = &list->item[i];
        has[item->in] |= item->number && item->number->said.is_hijri;
    }
    for (size_t i = 0; has[0] && has[1] && i < list->count; i++) {
        struct candidate *item = &list->item[i];
        item->asks |= item->number && item->number->said.is_hijri;
    }
}

/* Where the run of equal numbers ends that begins at from. */
static size_t run_end(const struct candidates *list, size_t from)
{
    size_t end = from;
    while (end < list->count &&
           slice_equal(list->item[end].token, list->item[from].token))
        end++;
    return end;
}

/* The numbers of both, sorted, with those marked that find no other. */
static struct candidates list_numbers(const struct matching *matching,
                                      const struct text_group group[2])
{
    struct candidates list = {0};
    for (size_t in = 0; in < 2; in++)
        add_candidates(matching, group[in], in, &list);
    ask_for_hijri(&list);
    for (size_t i = 0; i < list.count; i++)
        list.item[i].order = i;
    if (list.count)
        qsort(list.item, list.count, sizeof *list.item, by_token);
    for (size_t i = 0, end; i < list.count; i = end) {
        end = run_end(&list, i);
        for (size_t in = 0; in < 2; in++)
            leave_over(&list.item[i], end - i, in);
    }
    return list;
}

static void tell_left(struct matching *matching, const struct candidates *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct candidate *item = &list->item[i];
        if (item->is_left)
            tell(matching, item->text, item->number, item->number->at, item->in);
    }
}

/* -- Sections for one language ---------------------------------------------------------- */

/* Running text may repeat a number: left over is what the other doesn't say at all. */
static void forgive_repeats(struct candidates *list)
{
    for (size_t i = 0, end; i < list->count; i = end) {
        bool has[2] = {false, false};
        end = run_end(list, i);
        for (size_t j = i; j < end; j++)
            has[list->item[j].in] = true;
        for (size_t j = i; has[0] && has[1] && j < end; j++)
            list->item[j].is_left = false;
    }
}

/* How many of the sorted numbers come before a token, or with it. */
static size_t count_to(const struct candidates *list, struct slice token, bool with)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(list->item[middle].token, token);
        if (order < 0 || (with && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of equal numbers the first edition's come before the other's. */
static bool is_in_both(const struct candidates *whole, struct slice token)
{
    size_t first = count_to(whole, token, false), end = count_to(whole, token, true);
    return end > first && whole->item[first].in != whole->item[end - 1].in;
}

/* Where two paragraphs stand beside each other and each has a number that the other
 * lacks, one stands for the other, though both be said elsewhere. */
static void match_block(struct matching *matching, const struct text_group block[2],
                        const struct candidates *whole)
{
    struct candidates list = list_numbers(matching, block);
    bool has_left[2] = {false, false};
    for (size_t i = 0; i < list.count; i++)
        has_left[list.item[i].in] |= list.item[i].is_left;
    if (!has_left[0] || !has_left[1])
        return;
    for (size_t i = 0; i < list.count; i++)
        list.item[i].is_left &= is_in_both(whole, list.item[i].token);
    tell_left(matching, &list);
}

static struct text_group block_at(struct text_group group, size_t at)
{
    size_t count = 0;
    while (at + count < group.count &&
           group.text[at + count]->block == group.text[at]->block)
        count++;
    return (struct text_group){group.text + at, count};
}

/* As many paragraphs, items and cells, of the same kinds in turn. */
static bool same_shape(const struct text_group group[2])
{
    size_t at[2] = {0, 0};
    while (at[0] < group[0].count && at[1] < group[1].count) {
        if (group[0].text[at[0]]->shape != group[1].text[at[1]]->shape)
            return false;
        for (size_t in = 0; in < 2; in++)
            at[in] += block_at(group[in], at[in]).count;
    }
    return at[0] == group[0].count && at[1] == group[1].count;
}

static void match_sections(struct matching *matching, const struct text_group group[2])
{
    struct candidates whole = list_numbers(matching, group);
    forgive_repeats(&whole);
    tell_left(matching, &whole);
    size_t at[2] = {0, 0};
    const bool is_alike = same_shape(group);
    while (is_alike && at[0] < group[0].count) {
        const struct text_group block[2] = {block_at(group[0], at[0]),
                                            block_at(group[1], at[1])};
        match_block(matching, block, &whole);
        for (size_t in = 0; in < 2; in++)
            at[in] += block[in].count;
    }
}

/* -- Keys ------------------------------------------------------------------------------- */

static void match_settings(struct matching *matching, const struct text_group group[2])
{
    for (size_t in = 0; in < 2; in++) {
        const struct twin_text *text = group[in].text[0];
        odd_add(matching->odd, (struct odd_number){.in = in,
                                                   .key = text->key,
                                                   .at = text->at,
                                                   .shown = slice_of(arena_print(
                                                       matching->odd->arena, "\"%.*s\"",
                                                       SLICE_PRINT(text->raw))),
                                                   .what = text->what,
                                                   .is_setting = true});
    }
}

static void match_groups(struct matching *matching, const struct text_group group[2])
{
    const struct twin_text *first = group[0].text[0], *second = group[1].text[0];
    if (first->kind == TWIN_RUNNING) {
        match_sections(matching, group);
    } else if (slice_equal(first->raw, second->raw)) {
        return;
    } else if (first->kind == TWIN_SETTING) {
        match_settings(matching, group);
    } else {
        const struct candidates list = list_numbers(matching, group);
        tell_left(matching, &list);
    }
}

/* A text without another beside it: its numbers stand anywhere in the other edition. */
static void match_alone(struct matching *matching, struct text_group group, size_t in)
{
    for (size_t i = 0; i < group.count; i++) {
        const struct twin_text *text = group.text[i];
        for (size_t j = 0; j < text->count; j++) {
            if (number_asks(matching, &text->number[j]) &&
                !is_said(matching, !in, text->number[j].said.token))
                tell(matching, text, &text->number[j],
                     text->printed_at.line ? text->printed_at : text->number[j].at, in);
        }
    }
}

/* -- All of them ------------------------------------------------------------------------ */

static struct text_group group_at(const struct matching *matching, size_t in, size_t at)
{
    const struct twin_text *const *text = matching->sorted[in] + at;
    size_t most = matching->twin[in]->text_count - at, count = 0;
    while (count < most && slice_equal(text[count]->key, text[0]->key))
        count++;
    return (struct text_group){text, count};
}

void twin_match_texts(const struct twin *const twin[2], struct odd_numbers *odd)
{
    struct arena *arena = arena_new();
    struct matching matching = {.twin = twin,
                                .odd = odd,
                                .arena = arena,
                                .both_spell = twin[0]->spells && twin[1]->spells};
    size_t at[2] = {0, 0};
    for (size_t in = 0; in < 2; in++) {
        matching.sorted[in] = sort_texts(twin[in], arena);
        list_said(&matching, in);
        list_facts(&matching, in);
    }
    while (at[0] < twin[0]->text_count || at[1] < twin[1]->text_count) {
        struct text_group group[2] = {group_at(&matching, 0, at[0]),
                                      group_at(&matching, 1, at[1])};
        int order = !group[0].count ? 1
                    : !group[1].count
                        ? -1
                        : slice_compare(group[0].text[0]->key, group[1].text[0]->key);
        if (order == 0)
            match_groups(&matching, group);
        else
            match_alone(&matching, group[order > 0], order > 0);
        at[0] += order <= 0 ? group[0].count : 0;
        at[1] += order >= 0 ? group[1].count : 0;
    }
    arena_free(arena);
}

struct place twin_text_place(const struct twin *twin, struct slice key)
{
    for (size_t i = 0; i < twin->text_count; i++) {
        if (slice_equal(twin->text[i].key, key))
            return twin->text[i].at;
    }
    return (struct place){0};
}

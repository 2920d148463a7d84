/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sorted list of all keys of all shapes, in which each word is looked up. */
#include "map/join.h"
#include "map/known.h"

#include "data/words.h"

#include <stdlib.h>
#include <string.h>

/* What a place's name may have around it. */
static const char *const generic_words[] = {
    "district", "districts", "distt",  "dist",   "agency",      "division",
    "province", "territory", "tribal", "pa",     "the",         "of",
    "and",      "&",         "state",  "county", "governorate",
};

static bool is_generic(struct slice word)
{
    for (size_t i = 0; i < sizeof generic_words / sizeof *generic_words; i++) {
        if (slice_is(word, generic_words[i]))
            return true;
    }
    return false;
}

static bool is_bracket(char byte)
{
    return byte == '(' || byte == ')' || byte == ',' || byte == '/' || byte == '\'';
}

static struct slice joined_words(struct arena *arena, struct slice folded, bool all)
{
    struct text key = {.arena = arena};
    struct slice rest = folded, word;
    while (slice_cut(&rest, ' ', &word)) {
        while (word.size && is_bracket(word.data[0]))
            word = slice_from(word, 1);
        while (word.size && is_bracket(word.data[word.size - 1]))
            word.size--;
        if (all || !is_generic(word))
            text_append(&key, word);
    }
    return text_slice(&key);
}

struct slice place_key(struct arena *arena, struct slice name)
{
    struct slice folded = word_fold(arena, name);
    struct slice key = joined_words(arena, folded, false);
    return key.size ? key : joined_words(arena, folded, true);
}

struct slice code_key(struct arena *arena, struct slice code)
{
    struct slice folded = slice_fold(arena, code);
    while (folded.size > 1 && folded.data[0] == '0')
        folded = slice_from(folded, 1);
    return folded;
}

/* -- The list ------------------------------------------------------------------------ */

struct entry {
    struct slice key;
    enum match_kind kind;
    size_t unit;
};

struct index {
    const struct join_request *request;
    struct arena *arena;
    struct entry *entry;
    size_t count, capacity;
    struct byte_map known; /* names whose canonical word was looked up */
    struct slice *word;    /* and what it is */
    size_t word_count, word_capacity;
};

static void add_entry(struct index *index, struct slice key, enum match_kind kind,
                      size_t unit)
{
    if (key.size)
        *ARENA_APPEND(index->arena, index->entry, index->count, index->capacity) =
            (struct entry){key, kind, unit};
}

/* The schema's word for a spelling; empty when it has none. Provinces and old names
 * come again with each district, and the aliases are many. */
static struct slice canonical(struct index *index, struct slice name)
{
    const struct schema_field *field = index->request->field;
    bool is_new;
    if (!field)
        return (struct slice){0};
    uint32_t at = byte_map_add(&index->known, name, &is_new);
    if (!is_new)
        return index->word[at];
    const struct schema_alias *alias = alias_find(field, word_fold(index->arena, name));
    struct slice word = alias ? alias->to : (struct slice){0};
    *ARENA_APPEND(index->arena, index->word, index->word_count, index->word_capacity) =
        word;
    return word;
}

static void add_name(struct index *index, struct slice name, enum match_kind kind,
                     size_t unit)
{
    struct slice key = place_key(index->arena, name), other = canonical(index, name);
    add_entry(index, key, kind, unit);
    if (!other.size)
        return;
    other = place_key(index->arena, other);
    if (!slice_equal(key, other))
        add_entry(index, other, kind, unit);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = slice_compare(left->key, right->key);
    if (order)
        return order;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return (left->unit > right->unit) - (left->unit < right->unit);
}

static void build_index(struct index *index)
{
    const struct boundaries *boundaries = index->request->boundaries;
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        if (!unit->ring_count)
            continue; /* nothing to draw it as */
        add_name(index, unit->name, MATCH_NAME, i);
        for (size_t j = 0; j < unit->code.count; j++)
            add_entry(index, code_key(index->arena, unit->code.item[j]), MATCH_CODE, i);
        for (size_t j = 0; j < unit->variant.count; j++)
            add_name(index, unit->variant.item[j], MATCH_VARIANT, i);
    }
    if (index->count)
        qsort(index->entry, index->count, sizeof *index->entry, compare_entries);
}

/* -- Looking up ------------------------------------------------------------------------ */

struct entries {
    const struct entry *entry;
    size_t count;
};

static struct entries find_entries(const struct index *index, struct slice key,
                                   enum match_kind kind)
{
    size_t low = 0, high = index->count;
    if (!index->count)
        return (struct entries){NULL, 0};
    struct entry wanted = {key, kind, 0};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_entries(&index->entry[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < index->count && index->entry[end].kind == kind &&
           slice_equal(index->entry[end].key, key))
        end++;
    return (struct entries){index->entry + low, end - low};
}

static bool holds(struct slice text, struct slice part)
{
    return text.size > part.size && part.size &&
           memmem(text.data, text.size, part.data, part.size) != NULL;
}

/* "FR Bannu" tells a shape apart from plain Bannu. */
static bool is_told_apart(const struct index *index, size_t unit, struct slice key)
{
    const struct slices *variant = &index->request->boundaries->unit[unit].variant;
    for (size_t i = 0; i < variant->count; i++) {
        if (holds(place_key(index->arena, variant->item[i]), key))
            return true;
    }
    return false;
}

struct choice {
    size_t unit, other, count;
};

static struct choice choose(const struct index *index, struct entries found, bool ended,
                            bool told_apart)
{
    struct choice choice = {SIZE_MAX, SIZE_MAX, 0};
    for (size_t i = 0; i < found.count; i++) {
        size_t unit = found.entry[i].unit;
        bool has_ended = index->request->boundaries->unit[unit].has_ended;
        if (unit == choice.unit || has_ended != ended ||
            (!told_apart && is_told_apart(index, unit, found.entry[i].key)))
            continue;
        if (choice.count++)
            choice.other = unit;
        else
            choice.unit = unit;
    }
    return choice;
}

static bool match_entries(const struct index *index, struct entries found,
                          struct match *out)
{
    if (!found.count)
        return false;
    /* What is there today goes before what has ended. */
    for (int ended = 0; ended < 2; ended++) {
        struct choice choice = choose(index, found, ended, true);
        if (!choice.count)
            continue;
        struct choice plain = choose(index, found, ended, false);
        if (choice.count > 1 && plain.count == 1)
            choice = plain;
        bool is_one = choice.count == 1;
        *out = (struct match){is_one ? found.entry[0].kind : MATCH_SEVERAL, choice.unit,
                              is_one ? SIZE_MAX : choice.other};
        return true;
    }
    return false;
}

static struct match match_word(struct index *index, struct slice word)
{
    struct match match = {MATCH_NONE, SIZE_MAX, SIZE_MAX};
    struct slice other = canonical(index, word);
    struct slice key[2] = {place_key(index->arena, word),
                           other.size ? place_key(index->arena, other) : other};
    struct slice code = code_key(index->arena, word);
    if (!slice_trim(word).size)
        return match;
    if (match_entries(index, find_entries(index, code, MATCH_CODE), &match))
        return match;
    static const enum match_kind kinds[] = {MATCH_NAME, MATCH_VARIANT};
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < 2; j++) {
            if (key[j].size &&
                match_entries(index, find_entries(index, key[j], kinds[i]), &match))
                return match;
        }
    }
    return match;
}

static const struct given_place *find_given(const struct join_request *request,
                                            struct slice word, struct arena *arena)
{
    struct slice folded = slice_fold(arena, word);
    for (size_t i = 0; i < request->given_count; i++) {
        if (slice_equal(slice_fold(arena, request->given[i].word), folded))
            return &request->given[i];
    }
    return NULL;
}

/* Two words of the data with different names on one shape, one of them by a variant
 * that may mean another place: neither is surely right. */
static void find_rivals(const struct join_request *request, struct match *match,
                        struct arena *arena)
{
    size_t units = request->boundaries->unit_count;
    size_t *first = ARENA_ARRAY(arena, size_t, units); /* index + 1 */
    for (size_t i = 0; i < request->count; i++) {
        if (match[i].kind == MATCH_NAME || match[i].kind == MATCH_CODE)
            first[match[i].unit] = i + 1;
    }
    for (size_t i = 0; i < request->count; i++) {
        if (match[i].kind != MATCH_VARIANT)
            continue;
        size_t *other = &first[match[i].unit];
        if (*other && !slice_equal(place_key(arena, request->word[*other - 1]),
                                   place_key(arena, request->word[i])))
            match[i].rival = *other - 1;
        else
            *other = i + 1;
    }
}

/* -- Words that mean a known place --------------------------------------------------------- */

/* "PAK" finds the shape 586, and "DR Congo" the Dem. Rep. Congo. */
static void match_known(const struct index *index, const struct slice *word,
                        struct match *match)
{
    size_t left = 0;
    for (size_t i = 0; i < index->request->count; i++)
        left += match[i].kind == MATCH_NONE && word[i].size;
    struct known_places known;
    if (!left || !known_find(index->request->boundaries, index->arena, &known))
        return;
    for (size_t i = 0; i < index->request->count; i++) {
        bool is_code;
        if (match[i].kind != MATCH_NONE || !word[i].size)
            continue;
        const struct known_place *place = known_place_of(&known, word[i], &is_code);
        size_t unit = place ? known_unit(&known, place) : SIZE_MAX;
        if (unit != SIZE_MAX)
            match[i] =
                (struct match){is_code ? MATCH_CODE : MATCH_NAME, unit, SIZE_MAX};
    }
}

struct match *join_places(const struct join_request *request, struct arena *arena)
{
    struct index index = {.request = request, .arena = arena};
    struct match *match = ARENA_ARRAY(arena, struct match, request->count);
    struct slice *word = ARENA_ARRAY(arena, struct slice, request->count);
    build_index(&index);
    for (size_t i = 0; i < request->count; i++) {
        const struct given_place *given = find_given(request, request->word[i], arena);
        word[i] = given ? given->unit : request->word[i];
        match[i] = match_word(&index, word[i]);
    }
    match_known(&index, word, match);
    for (size_t i = 0; i < request->count; i++) {
        if (match_is_good(&match[i]) && find_given(request, request->word[i], arena))
            match[i].kind = MATCH_GIVEN;
    }
    byte_map_free(&index.known);
    find_rivals(request, match, arena);
    return match;
}

/* -- Hints -------------------------------------------------------------------------------- */

static void add_nearest(struct slice name, struct slice out[NEAREST_MOST],
                        size_t *count)
{
    for (size_t i = 0; i < *count; i++) {
        if (slice_equal(out[i], name))
            return;
    }
    if (*count < NEAREST_MOST)
        out[(*count)++] = name;
}

size_t join_nearest(const struct boundaries *boundaries, struct slice word,
                    struct arena *arena, struct slice out[NEAREST_MOST])
{
    enum { SHORTEST = 4 };
    size_t count = 0;
    struct slice *name = ARENA_ARRAY(arena, struct slice, boundaries->unit_count);
    for (size_t i = 0; i < boundaries->unit_count; i++)
        name[i] = boundaries->unit[i].name;
    int nearest = text_nearest(word, name, boundaries->unit_count);
    if (nearest >= 0)
        add_nearest(name[nearest], out, &count);
    struct slice key = place_key(arena, word);
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        struct slice other = place_key(arena, name[i]);
        if ((other.size >= SHORTEST && holds(key, other)) ||
            (key.size >= SHORTEST && holds(other, key)))
            add_nearest(name[i], out, &count);
    }
    return count;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hash maps of borrowed bytes, and on them the dictionary of a column. */
#include "data/words.h"

#include <stdlib.h>
#include <string.h>

/* Maps --------------------------------------------------------------------------- */

enum { FIRST_SLOTS = 64 };

static uint64_t load_8(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t load_4(const char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* The last load overlaps the one before it, so that no byte is read twice over or
 * beyond the end. Order of codes doesn't depend on it: any hash would do. */
static uint64_t hash_bytes(struct slice key)
{
    uint64_t hash = key.size;
    if (key.size >= 8) {
        for (size_t at = 0; at + 8 < key.size; at += 8)
            hash = mix(hash, load_8(key.data + at));
        return mix(mix(hash, load_8(key.data + key.size - 8)), key.size);
    }
    if (key.size >= 4)
        return mix(mix(hash, load_4(key.data) << 32 | load_4(key.data + key.size - 4)),
                   1);
    for (size_t i = 0; i < key.size; i++)
        hash = hash << 8 | (unsigned char)key.data[i];
    return mix(mix(key.size, hash), 2);
}

static void *resize(void *items, size_t item_size, size_t count)
{
    void *moved = realloc(items, item_size * (count ? count : 1));
    if (!moved)
        abort();
    return moved;
}

static void place_key(struct byte_map *map, uint32_t index)
{
    size_t mask = map->slot_count - 1, at = (size_t)map->hash[index] & mask;
    while (map->slot[at])
        at = (at + 1) & mask;
    map->slot[at] = index + 1;
}

static void widen(struct byte_map *map)
{
    map->slot_count = map->slot_count ? map->slot_count * 2 : FIRST_SLOTS;
    map->slot = resize(map->slot, sizeof *map->slot, map->slot_count);
    memset(map->slot, 0, map->slot_count * sizeof *map->slot);
    for (uint32_t i = 0; i < map->count; i++)
        place_key(map, i);
}

static uint32_t find_hashed(const struct byte_map *map, struct slice key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    if (!map->slot_count)
        return UINT32_MAX;
    for (size_t at = (size_t)hash & mask; map->slot[at]; at = (at + 1) & mask) {
        uint32_t index = map->slot[at] - 1;
        if (map->hash[index] == hash && slice_equal(map->key[index], key))
            return index;
    }
    return UINT32_MAX;
}

uint32_t byte_map_find(const struct byte_map *map, struct slice key)
{
    return find_hashed(map, key, hash_bytes(key));
}

uint32_t byte_map_add(struct byte_map *map, struct slice key, bool *is_new)
{
    uint64_t hash = hash_bytes(key);
    uint32_t index = find_hashed(map, key, hash);
    *is_new = index == UINT32_MAX;
    if (!*is_new)
        return index;
    if (map->count >= UINT32_MAX - 2)
        abort();
    if (map->count == map->capacity) {
        map->capacity = map->capacity ? map->capacity * 2 : FIRST_SLOTS;
        map->key = resize(map->key, sizeof *map->key, map->capacity);
        map->hash = resize(map->hash, sizeof *map->hash, map->capacity);
    }
    index = (uint32_t)map->count++;
    map->key[index] = key;
    map->hash[index] = hash;
    if (map->count * 2 > map->slot_count)
        widen(map);
    else
        place_key(map, index);
    return index;
}

void byte_map_free(struct byte_map *map)
{
    free(map->key);
    free(map->hash);
    free(map->slot);
    *map = (struct byte_map){0};
}

/* Folding ------------------------------------------------------------------------ */

static bool is_initial(struct slice word, size_t at)
{
    bool is_letter = word.data[at] >= 'a' && word.data[at] <= 'z';
    return is_letter && (at == 0 || word.data[at - 1] == ' ') &&
           (at + 1 == word.size || word.data[at + 1] == ' ');
}

/* -9 isn't 9, though a hyphen is nothing in a name. */
static bool is_negative(struct slice word)
{
    word = slice_trim(word);
    return word.size > 1 && word.data[0] == '-' && word.data[1] >= '0' &&
           word.data[1] <= '9';
}

struct slice word_fold(struct arena *arena, struct slice word)
{
    struct slice folded = slice_fold(arena, word);
    char *out = arena_alloc(arena, folded.size + 1);
    size_t size = 0;
    if (is_negative(word))
        out[size++] = '-';
    for (size_t i = 0; i < folded.size; i++) {
        bool is_between = folded.data[i] == ' ' && i > 0 && i + 1 < folded.size &&
                          is_initial(folded, i - 1) && is_initial(folded, i + 1);
        if (!is_between)
            out[size++] = folded.data[i];
    }
    return (struct slice){out, size};
}

/* Aliases ------------------------------------------------------------------------ */

static bool is_glob(struct slice pattern)
{
    return pattern.size > 1 &&
           (pattern.data[0] == '*' || pattern.data[pattern.size - 1] == '*');
}

static bool glob_fits(struct slice pattern, struct slice text)
{
    bool open_start = pattern.data[0] == '*';
    bool open_end = pattern.data[pattern.size - 1] == '*';
    struct slice core = slice_from(pattern, open_start);
    core.size -= open_end;
    if (core.size > text.size)
        return false;
    size_t last = text.size - core.size;
    if (open_start && open_end)
        return memmem(text.data, text.size, core.data, core.size) != NULL;
    return memcmp(text.data + (open_start ? last : 0), core.data, core.size) == 0;
}

static const struct schema_alias *find_glob(const struct schema_field *field,
                                            struct slice folded)
{
    for (size_t i = 0; i < field->alias_count; i++) {
        if (is_glob(field->alias[i].from) && glob_fits(field->alias[i].from, folded))
            return &field->alias[i];
    }
    return NULL;
}

const struct schema_alias *alias_find(const struct schema_field *field,
                                      struct slice folded)
{
    const struct schema_alias *glob = NULL;
    for (size_t i = 0; i < field->alias_count; i++) {
        const struct schema_alias *alias = &field->alias[i];
        if (alias->from.size == folded.size && slice_equal(alias->from, folded))
            return alias;
        if (!glob && is_glob(alias->from) && glob_fits(alias->from, folded))
            glob = alias;
    }
    return glob;
}

bool missing_is(const struct schema_field *field, struct slice cell)
{
    if (!field)
        return false;
    for (size_t i = 0; i < field->missing_count; i++) {
        if (slice_equal_any_case(field->missing[i], cell))
            return true;
    }
    return false;
}

/* Dictionaries ------------------------------------------------------------------- */

static void *grow(void *items, size_t item_size, size_t need, size_t *capacity)
{
    if (need <= *capacity)
        return items;
    *capacity = need * 2;
    return resize(items, item_size, *capacity);
}

static uint32_t add_word(struct dictionary *dictionary, struct slice folded,
                         struct slice house_spelling)
{
    bool is_new;
    uint32_t code = byte_map_add(&dictionary->words, folded, &is_new);
    if (is_new) {
        dictionary->word = grow(dictionary->word, sizeof *dictionary->word, code + 1u,
                                &dictionary->word_capacity);
        dictionary->word[code] = house_spelling;
        dictionary->last_cell =
            grow(dictionary->last_cell, sizeof *dictionary->last_cell, code + 1u,
                 &dictionary->last_cell_capacity);
        dictionary->last_cell[code] = 0;
    }
    return code;
}

static void add_aliases(struct dictionary *dictionary)
{
    for (size_t i = 0; i < dictionary->field->alias_count; i++) {
        bool is_new;
        byte_map_add(&dictionary->aliases, dictionary->field->alias[i].from, &is_new);
        if (!is_new) /* keep indices equal to the field's */
            byte_map_add(&dictionary->aliases,
                         slice_of(arena_print(dictionary->arena, "\1%zu", i)), &is_new);
    }
}

struct dictionary *dictionary_new(struct arena *arena, const struct schema_field *field,
                                  struct slice source)
{
    struct dictionary *dictionary = ARENA_NEW(arena, struct dictionary);
    dictionary->arena = arena;
    dictionary->field = field;
    dictionary->source = source;
    add_word(dictionary, SLICE_LITERAL(""), SLICE_LITERAL(""));
    if (field)
        add_aliases(dictionary);
    return dictionary;
}

void dictionary_free(struct dictionary *dictionary)
{
    byte_map_free(&dictionary->spellings);
    byte_map_free(&dictionary->words);
    byte_map_free(&dictionary->aliases);
    free(dictionary->spelling);
    free(dictionary->word);
    free(dictionary->last_cell);
    free(dictionary->set_start);
    free(dictionary->set_code);
}

static const struct schema_alias *find_alias(const struct dictionary *dictionary,
                                             struct slice folded)
{
    if (!dictionary->field)
        return NULL;
    uint32_t index = byte_map_find(&dictionary->aliases, folded);
    if (index != UINT32_MAX)
        return &dictionary->field->alias[index];
    return find_glob(dictionary->field, folded);
}

static size_t last_word_start(struct slice text)
{
    size_t at = text.size;
    while (at > 0 && text.data[at - 1] != ' ')
        at--;
    return at;
}

/* "Swat district" without the endings that the field drops: "Swat". */
static struct slice strip_ending(const struct dictionary *dictionary, struct slice text)
{
    size_t start = last_word_start(text);
    if (!dictionary->field || !dictionary->field->strip.size || start == 0)
        return text;
    struct slice folded = word_fold(dictionary->arena, slice_from(text, start));
    struct slice rest = dictionary->field->strip, ending;
    while (slice_cut(&rest, '|', &ending)) {
        if (slice_equal(folded, ending))
            return slice_trim((struct slice){text.data, start});
    }
    return text;
}

/* A grade in a column of the file's own: "A-" isn't "A". Three letters at most, so that
 * no name loses its hyphen's tolerance. */
static bool is_grade(struct slice part)
{
    size_t letters = 0;
    while (letters < part.size && (part.data[letters] & 0xDF) >= 'A' &&
           (part.data[letters] & 0xDF) <= 'Z')
        letters++;
    return letters >= 1 && letters <= 3 && letters + 1 == part.size &&
           part.data[letters] == '-';
}

static struct slice fold_cell(const struct dictionary *dictionary, struct arena *arena,
                              struct slice part)
{
    struct slice folded = word_fold(arena, part);
    if (dictionary->field || !is_grade(part))
        return folded;
    return slice_of(arena_print(arena, "%.*s-", SLICE_PRINT(folded)));
}

/* Bytes of a cell that will stay: its own where they lie in the source. */
static struct slice keep(struct dictionary *dictionary, struct slice cell)
{
    uintptr_t first = (uintptr_t)dictionary->source.data, at = (uintptr_t)cell.data;
    bool is_borrowed = at >= first && at - first < dictionary->source.size;
    return is_borrowed ? cell : slice_copy(dictionary->arena, cell);
}

/* "Tehrik-i-Taliban Pakistan (TTP)": a name, and in brackets another for the same. The
 * alias when both lead to one name of the house, else NULL. */
static const struct schema_alias *alias_of_brackets(const struct dictionary *dictionary,
                                                    struct slice text)
{
    struct arena *arena = dictionary->arena;
    const char *open = text.size && text.data[text.size - 1] == ')'
                           ? memrchr(text.data, '(', text.size)
                           : NULL;
    if (!open || !dictionary->field || !dictionary->field->alias_count)
        return NULL;
    size_t before = (size_t)(open - text.data);
    struct slice outer = word_fold(arena, (struct slice){text.data, before});
    struct slice inner =
        word_fold(arena, (struct slice){open + 1, text.size - before - 2});
    const struct schema_alias *first = find_alias(dictionary, outer);
    const struct schema_alias *second = find_alias(dictionary, inner);
    outer = first ? word_fold(arena, first->to) : outer;
    inner = second ? word_fold(arena, second->to) : inner;
    return !slice_equal(outer, inner) ? NULL : first ? first : second;
}

/* Code of a trimmed, kept part of a cell. */
static uint32_t code_of_word(struct dictionary *dictionary, struct slice part)
{
    if (missing_is(dictionary->field, part))
        return 0;
    struct slice folded = fold_cell(dictionary, dictionary->arena, part);
    const struct schema_alias *alias = find_alias(dictionary, folded);
    if (!alias) {
        struct slice stripped = strip_ending(dictionary, part);
        if (stripped.size < part.size) {
            folded = word_fold(dictionary->arena, stripped);
            alias = find_alias(dictionary, folded);
        }
    }
    if (!alias)
        alias = alias_of_brackets(dictionary, part);
    if (alias)
        return add_word(dictionary, word_fold(dictionary->arena, alias->to), alias->to);
    return folded.size ? add_word(dictionary, folded, (struct slice){0}) : 0;
}

/* Sets are numbered as they come; set 0 is empty. */
static uint32_t set_of_cell(struct dictionary *dictionary, struct slice cell)
{
    size_t from = dictionary->set_code_count;
    struct slice part;
    dictionary->cell_count++;
    while (slice_cut(&cell, dictionary->field->separator, &part)) {
        uint32_t code = code_of_word(dictionary, slice_trim(part));
        if (code == 0 || dictionary->last_cell[code] == dictionary->cell_count)
            continue;
        dictionary->last_cell[code] = dictionary->cell_count;
        dictionary->set_code =
            grow(dictionary->set_code, sizeof *dictionary->set_code,
                 dictionary->set_code_count + 1, &dictionary->set_code_capacity);
        dictionary->set_code[dictionary->set_code_count++] = code;
        dictionary->word[code] =
            dictionary->word[code].size ? dictionary->word[code] : slice_trim(part);
    }
    size_t count = dictionary->set_code_count - from;
    dictionary->has_several |= count > 1;
    if (count == 0)
        return 0;
    dictionary->set_start =
        grow(dictionary->set_start, sizeof *dictionary->set_start,
             dictionary->set_count + 3, &dictionary->set_start_capacity);
    if (dictionary->set_count == 0)
        dictionary->set_start[dictionary->set_count++] = 0;
    dictionary->set_start[dictionary->set_count++] = (uint32_t)from;
    dictionary->set_start[dictionary->set_count] = (uint32_t)dictionary->set_code_count;
    return (uint32_t)dictionary->set_count - 1;
}

static uint32_t add_spelling(struct dictionary *dictionary, uint32_t index,
                             struct slice cell)
{
    struct slice kept = keep(dictionary, cell);
    dictionary->spellings.key[index] = kept;
    dictionary->spelling = grow(dictionary->spelling, sizeof *dictionary->spelling,
                                index + 1u, &dictionary->spelling_capacity);
    bool is_list = dictionary->field && dictionary->field->separator;
    uint32_t code = is_list ? set_of_cell(dictionary, slice_trim(kept))
                            : code_of_word(dictionary, slice_trim(kept));
    dictionary->spelling[index] = (struct spelling){code, 1};
    return code;
}

uint32_t dictionary_code(struct dictionary *dictionary, struct slice cell)
{
    bool is_new;
    uint32_t index = byte_map_add(&dictionary->spellings, cell, &is_new);
    if (is_new)
        return add_spelling(dictionary, index, cell);
    dictionary->spelling[index].uses++;
    return dictionary->spelling[index].code;
}

uint32_t dictionary_find(const struct dictionary *dictionary, struct slice word)
{
    struct arena *scratch = arena_new();
    struct slice folded = fold_cell(dictionary, scratch, slice_trim(word));
    const struct schema_alias *alias = find_alias(dictionary, folded);
    if (alias)
        folded = word_fold(scratch, alias->to);
    uint32_t code = byte_map_find(&dictionary->words, folded);
    arena_free(scratch);
    return code;
}

static void *allocate_zeroed(size_t item_size, size_t count)
{
    void *items = calloc(count ? count : 1, item_size);
    if (!items)
        abort();
    return items;
}

/* The commonest form of each word, as cells have it trimmed and without the endings
 * that the field drops; of two as common the one that came first. */
static void choose_forms(const struct dictionary *dictionary, struct slice *word)
{
    struct byte_map forms = {0};
    size_t *uses = allocate_zeroed(sizeof *uses, dictionary->spellings.count);
    uint32_t *code = allocate_zeroed(sizeof *code, dictionary->spellings.count);
    size_t *most = allocate_zeroed(sizeof *most, dictionary->words.count);
    for (size_t i = 0; i < dictionary->spellings.count; i++) {
        bool is_new;
        struct slice cell = slice_trim(dictionary->spellings.key[i]);
        uint32_t form = byte_map_add(&forms, strip_ending(dictionary, cell), &is_new);
        uses[form] += dictionary->spelling[i].uses;
        code[form] = dictionary->spelling[i].code;
    }
    for (size_t form = 0; form < forms.count; form++) {
        if (dictionary->word[code[form]].size || uses[form] <= most[code[form]])
            continue;
        most[code[form]] = uses[form];
        word[code[form]] = forms.key[form];
    }
    byte_map_free(&forms);
    free(uses);
    free(code);
    free(most);
}

struct slice *dictionary_words(const struct dictionary *dictionary, struct arena *arena)
{
    size_t count = dictionary->words.count;
    struct slice *word = ARENA_ARRAY(arena, struct slice, count);
    memcpy(word, dictionary->word, count * sizeof *word);
    if (!dictionary->field || !dictionary->field->separator)
        choose_forms(dictionary, word);
    word[0] = SLICE_LITERAL("");
    return word;
}

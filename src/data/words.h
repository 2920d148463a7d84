/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dictionary of a category column while it is read: cells as typed become codes,
 * each spelling is folded and looked up among the aliases once only.
 * Life: dictionary_new … dictionary_code (cells) … dictionary_words … the arena's. */
#ifndef SITREP_DATA_WORDS_H
#define SITREP_DATA_WORDS_H

#include "data/schema.h"

/* Open addressing from bytes to an index that the owner counts. */
struct byte_map {
    struct slice *key; /* by index */
    uint64_t *hash;
    size_t count, capacity;
    uint32_t *slot; /* index + 1, 0 = free */
    size_t slot_count;
};

/* Index of key, added when it is new; the key's bytes are borrowed. */
uint32_t byte_map_add(struct byte_map *map, struct slice key, bool *is_new);
uint32_t byte_map_find(const struct byte_map *map,
                       struct slice key); /* or UINT32_MAX */
void byte_map_free(struct byte_map *map);

struct spelling {
    uint32_t code; /* of the word, or of the set of words */
    uint32_t uses;
};

struct dictionary {
    struct arena *arena;
    const struct schema_field *field; /* NULL = plain */
    struct slice source;              /* cells within it needn't be copied */
    struct byte_map spellings;        /* cells as typed */
    struct spelling *spelling;        /* by index in spellings */
    size_t spelling_capacity;
    struct byte_map words; /* folded; index = code, 0 = unknown */
    struct slice *word;    /* the house's spelling, else empty */
    size_t word_capacity;
    struct byte_map aliases; /* folded alias -> field->alias */
    /* of several values in one cell */
    uint32_t *last_cell; /* by code: the last cell that held it, from 1 */
    uint32_t cell_count;
    size_t last_cell_capacity;
    uint32_t *set_start, *set_code;
    size_t set_count, set_start_capacity, set_code_count, set_code_capacity;
    bool has_several;
};

struct dictionary *dictionary_new(struct arena *arena, const struct schema_field *field,
                                  struct slice source);
void dictionary_free(struct dictionary *dictionary);

/* Code of a cell: of its word, or where the field has a separator of its set. */
uint32_t dictionary_code(struct dictionary *dictionary, struct slice cell);
/* Code of one word that isn't counted as a cell; UINT32_MAX when there is none such. */
uint32_t dictionary_find(const struct dictionary *dictionary, struct slice word);
/* Words by code: the alias's spelling, else the one most cells have. */
struct slice *dictionary_words(const struct dictionary *dictionary,
                               struct arena *arena);

/* The canonical word of a field for a folded spelling, NULL when no alias names it. */
const struct schema_alias *alias_find(const struct schema_field *field,
                                      struct slice folded);
bool missing_is(const struct schema_field *field, struct slice cell);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which fields of a boundary file tell its shapes apart, and how many of the data's
 * words each of them knows: for whoever has to say why a join failed. */
#include "map/join.h"

#include "data/words.h"

#include <stdlib.h>

struct value {
    struct slice key, text;
    size_t unit;
};

struct field {
    struct slice name;
    size_t count, capacity, last_unit; /* last_unit: + 1 */
    struct value *value;
};

enum { FIELDS = 256 };

static struct field *field_named(struct field *field, size_t *count, struct slice name)
{
    for (size_t i = 0; i < *count; i++) {
        if (slice_equal(field[i].name, name))
            return &field[i];
    }
    if (*count == FIELDS)
        return NULL;
    field[*count].name = name;
    return &field[(*count)++];
}

/* Each unit's first value of each field. */
static size_t list_values(const struct boundaries *boundaries, struct field *field,
                          struct arena *scratch)
{
    size_t count = 0;
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        for (size_t j = 0; unit->ring_count && j < unit->property_count; j++) {
            const struct property *property =
                &boundaries->property[unit->first_property + j];
            struct field *own = field_named(field, &count, property->key);
            if (!own || own->last_unit == i + 1)
                continue;
            own->last_unit = i + 1;
            *ARENA_APPEND(scratch, own->value, own->count, own->capacity) =
                (struct value){code_key(scratch, property->value), property->value, i};
        }
    }
    return count;
}

static int compare_values(const void *a, const void *b)
{
    const struct value *left = a, *right = b;
    return slice_compare(left->key, right->key);
}

/* Nearly every unit has a value, and nearly no two the same. */
static bool tells_apart(struct field *field, size_t unit_count, struct arena *scratch)
{
    static const double NEARLY = 0.9;
    size_t distinct = 0;
    struct value *value =
        arena_copy(scratch, field->value, field->count * sizeof *value);
    qsort(value, field->count, sizeof *value, compare_values);
    for (size_t i = 0; i < field->count; i++)
        distinct += !i || !slice_equal(value[i].key, value[i - 1].key);
    return (double)distinct >= NEARLY * (double)unit_count;
}

static size_t words_known(const struct field *field, const struct join_request *request,
                          struct arena *scratch)
{
    struct byte_map map = {0};
    size_t known = 0;
    bool is_new;
    for (size_t i = 0; i < field->count; i++)
        byte_map_add(&map, field->value[i].key, &is_new);
    for (size_t i = 0; i < request->count; i++)
        known += request->word[i].size &&
                 byte_map_find(&map, code_key(scratch, request->word[i])) != UINT32_MAX;
    byte_map_free(&map);
    return known;
}

static int compare_joinable(const void *a, const void *b)
{
    const struct joinable *left = a, *right = b;
    if (left->words != right->words)
        return left->words > right->words ? -1 : 1;
    return (left->rank > right->rank) - (left->rank < right->rank);
}

/* A geometry's length tells shapes apart, too: numbers with a point are no codes, nor
 * are texts of a sentence's length. */
static bool looks_like_a_code(const struct field *field)
{
    enum { LONGEST = 40, LOOKED_AT = 20 };
    for (size_t i = 0; i < field->count && i < LOOKED_AT; i++) {
        struct slice text = field->value[i].text;
        double number;
        if (text.size > LONGEST ||
            (number_parse(text, &number) && number != (double)(int64_t)number))
            return false;
    }
    return true;
}

size_t join_fields(const struct join_request *request, struct arena *arena,
                   struct joinable out[JOINABLE_MOST])
{
    const struct boundaries *boundaries = request->boundaries;
    struct arena *scratch = arena_new();
    struct field *field = ARENA_ARRAY(scratch, struct field, FIELDS);
    size_t units = 0, found = 0, count = list_values(boundaries, field, scratch);
    struct joinable *all = ARENA_ARRAY(scratch, struct joinable, FIELDS);
    for (size_t i = 0; i < boundaries->unit_count; i++)
        units += boundaries->unit[i].ring_count > 0;
    for (size_t i = 0; i < count; i++) {
        bool is_parent = boundaries->parent_field.size &&
                         slice_equal(field[i].name, boundaries->parent_field);
        if (!is_parent &&
            (!tells_apart(&field[i], units, scratch) || !looks_like_a_code(&field[i])))
            continue;
        struct joinable *own = &all[found++];
        bool is_id = slice_is(field[i].name, "(id)");
        *own = (struct joinable){
            .field = is_id ? SLICE_LITERAL("id") : slice_copy(arena, field[i].name),
            .is_parent = is_parent,
            .words = words_known(&field[i], request, scratch),
            .rank = slice_equal(field[i].name, boundaries->name_field) ? 0 : i + 1};
        for (size_t j = 0; j < field[i].count && own->examples < JOINABLE_EXAMPLES; j++)
            own->example[own->examples++] = slice_copy(arena, field[i].value[j].text);
    }
    qsort(all, found, sizeof *all, compare_joinable);
    count = 0;
    for (size_t i = 0; i < found && count < JOINABLE_MOST; i++) {
        if (!i || !slice_equal(all[i].field, all[i - 1].field)) /* id and (id) */
            out[count++] = all[i];
    }
    arena_free(scratch);
    return count;
}

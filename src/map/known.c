/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the shapes of a file to known places, and from a word to one. First cheaply, by
 * bytes as they are, for the files that have no such places: then it ends there. */
#include "map/known.h"

#include "map/join.h"

#include <string.h>

enum known_kind { COUNTRIES, STATES, KINDS };

struct known_place {
    enum known_kind kind;
    const char *letters2, *letters3; /* "" = has none */
    int number;                      /* 0 = has none */
    const char *names;               /* '|' between them */
};

#define PLACE(kind, letters2, letters3, number, names)                                 \
    {kind, letters2, letters3, number, names},
static const struct known_place places[] = {
#include "map/known_places.def"
};
#undef PLACE
enum { PLACES = sizeof places / sizeof *places };

/* Codes are capitals, whatever the file has. */
static bool is_code(struct slice word, const char *code)
{
    size_t size = strlen(code);
    if (!size || word.size != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char byte = word.data[i];
        if ((byte >= 'a' && byte <= 'z' ? byte - 32 : byte) != code[i])
            return false;
    }
    return true;
}

/* "004" is 4; 0 when it is no such number. */
static int number_of(struct slice word)
{
    int number = 0;
    if (!word.size || word.size > 4)
        return 0;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9')
            return 0;
        number = number * 10 + (word.data[i] - '0');
    }
    return number;
}

static bool has_name(const struct known_place *place, struct slice name)
{
    struct slice rest = slice_of(place->names), other;
    while (slice_cut(&rest, '|', &other)) {
        if (slice_equal(other, name))
            return true;
    }
    return false;
}

static bool has_names(const struct boundaries *boundaries)
{
    return boundaries->name_field.size && !slice_is(boundaries->name_field, "(id)");
}

/* -- Cheaply: which kind the file's shapes are ---------------------------------------- */

static bool looks_known(const struct boundaries *boundaries, const struct unit *unit,
                        const struct known_place *place)
{
    if (has_names(boundaries) && has_name(place, unit->name))
        return true;
    for (size_t i = 0; i < unit->code.count; i++) {
        struct slice code = unit->code.item[i];
        if (is_code(code, place->letters3) ||
            (!has_names(boundaries) && place->number &&
             number_of(code) == place->number))
            return true;
    }
    return false;
}

/* States lie where they lie, so that ids from 1 on aren't taken for them elsewhere. */
static bool may_be(enum known_kind kind, const struct boundaries *boundaries)
{
    const struct extent *extent = &boundaries->extent;
    return kind != STATES || (extent->north < 75 && extent->south > -20 &&
                              extent->east - extent->west < 300 &&
                              (extent->east < -60 || extent->west > 130));
}

/* A sample of the shapes decides. */
static bool is_of_kind(const struct boundaries *boundaries, enum known_kind kind)
{
    enum { SAMPLE = 60, FEWEST = 3 };
    size_t step = boundaries->unit_count / SAMPLE + 1, seen = 0, found = 0;
    if (!may_be(kind, boundaries))
        return false;
    for (size_t i = 0; i < boundaries->unit_count; i += step, seen++) {
        size_t at = 0;
        while (at < PLACES &&
               (places[at].kind != kind ||
                !looks_known(boundaries, &boundaries->unit[i], &places[at])))
            at++;
        found += at < PLACES;
    }
    return found >= FEWEST && found * 2 >= seen;
}

/* -- Thoroughly: what a word means ---------------------------------------------------- */

static const struct known_place *by_code(const struct known_places *known,
                                         struct slice code)
{
    int number = number_of(code);
    for (size_t i = 0; i < known->count; i++) {
        const struct known_place *place = &known->first[i];
        if (is_code(code, place->letters3) || is_code(code, place->letters2) ||
            (number && number == place->number))
            return place;
    }
    return NULL;
}

static void list_names(struct known_places *known)
{
    for (size_t i = 0; i < known->count; i++) {
        struct slice rest = slice_of(known->first[i].names), name;
        while (slice_cut(&rest, '|', &name))
            *ARENA_APPEND(known->arena, known->name, known->name_count,
                          known->name_capacity) =
                (struct known_name){place_key(known->arena, name), &known->first[i]};
    }
}

static const struct known_place *by_name(struct known_places *known, struct slice name)
{
    for (size_t i = 0; i < known->count; i++) {
        if (has_name(&known->first[i], name))
            return &known->first[i];
    }
    if (!known->name_count)
        list_names(known);
    struct slice key = place_key(known->arena, name);
    for (size_t i = 0; i < known->name_count; i++) {
        if (slice_equal(known->name[i].key, key))
            return known->name[i].place;
    }
    return NULL;
}

const struct known_place *known_place_of(struct known_places *known, struct slice word,
                                         bool *is_code)
{
    word = slice_trim(word);
    const struct known_place *place = by_code(known, word);
    *is_code = place != NULL;
    return place || !word.size ? place : by_name(known, word);
}

size_t known_unit(const struct known_places *known, const struct known_place *place)
{
    size_t unit = SIZE_MAX;
    for (size_t i = 0; i < known->boundaries->unit_count; i++) {
        if (known->of[i] != place || known->boundaries->unit[i].has_ended)
            continue;
        if (unit != SIZE_MAX)
            return SIZE_MAX;
        unit = i;
    }
    return unit;
}

struct slice known_name_of(const struct known_place *place)
{
    struct slice names = slice_of(place->names), name = names;
    slice_cut(&names, '|', &name);
    return name;
}

/* -- Each shape's place ------------------------------------------------------------------ */

/* A name says more than a number, which may be another list's. */
static const struct known_place *place_of(struct known_places *known,
                                          const struct unit *unit)
{
    const struct known_place *place = NULL;
    if (has_names(known->boundaries))
        place = by_name(known, unit->name);
    for (size_t i = 0; !place && i < unit->code.count; i++)
        place = by_code(known, unit->code.item[i]);
    return place;
}

bool known_find(const struct boundaries *boundaries, struct arena *arena,
                struct known_places *out)
{
    int kind = 0;
    size_t first = 0;
    while (kind < KINDS && !is_of_kind(boundaries, (enum known_kind)kind))
        kind++;
    *out = (struct known_places){.boundaries = boundaries, .arena = arena};
    if (kind == KINDS)
        return false;
    while ((int)places[first].kind != kind)
        first++;
    out->first = places + first;
    while (first + out->count < PLACES && (int)places[first + out->count].kind == kind)
        out->count++;
    out->of = ARENA_ARRAY(arena, const struct known_place *, boundaries->unit_count);
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        if (boundaries->unit[i].ring_count)
            out->of[i] = place_of(out, &boundaries->unit[i]);
    }
    return true;
}

void known_name_units(struct boundaries *boundaries, struct arena *arena)
{
    struct known_places known;
    if (has_names(boundaries) || !known_find(boundaries, arena, &known))
        return;
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        if (known.of[i])
            boundaries->unit[i].name = known_name_of(known.of[i]);
    }
}

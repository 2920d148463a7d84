/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Countries, and states of the United States: what boundary files and data call them
 * by different codes and names, so that "PAK" finds the shape 586. Facts of
 * known_places.def; only asked where a file's shapes are such places. */
#ifndef SITREP_MAP_KNOWN_H
#define SITREP_MAP_KNOWN_H

#include "map/boundary.h"

struct known_place;

struct known_name {
    struct slice key; /* place_key of a name */
    const struct known_place *place;
};

struct known_places { /* of a file */
    const struct boundaries *boundaries;
    struct arena *arena;
    const struct known_place **of;   /* by unit; NULL = none */
    const struct known_place *first; /* all of the kind */
    size_t count;
    size_t name_count, name_capacity;
    struct known_name *name; /* made when the first is looked for */
};

/* Whether at least half of the shapes are places of one kind: by name or letters, or in
 * a file without names by number. Nothing is done for any other file. */
bool known_find(const struct boundaries *boundaries, struct arena *arena,
                struct known_places *out);
/* The names of the places for the shapes of a file that has codes only. */
void known_name_units(struct boundaries *boundaries, struct arena *arena);

/* What a word of the data is known to mean; NULL = nothing. */
const struct known_place *known_place_of(struct known_places *known, struct slice word,
                                         bool *is_code);
/* The unit that is this place; SIZE_MAX = none, or several. */
size_t known_unit(const struct known_places *known, const struct known_place *place);
/* Its usual name. */
struct slice known_name_of(const struct known_place *place);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which shape a word of the data means. By code, by name, and last by other names: a
 * variant ("Hazara") may stand for several districts.
 *
 * Names meet whatever their case, marks, spaces and the words district, agency,
 * division, province … around them, and through the schema's own spellings. Of two
 * shapes with one name (Bannu and the former frontier region FR Bannu) the one is
 * meant that no other name tells apart. */
#ifndef SITREP_MAP_JOIN_H
#define SITREP_MAP_JOIN_H

#include "data/schema.h"
#include "map/boundary.h"

enum match_kind {
    MATCH_NONE,
    MATCH_SEVERAL, /* several shapes may be meant, and nothing tells which */
    MATCH_GIVEN,   /* the template says so */
    MATCH_CODE,
    MATCH_NAME,
    MATCH_VARIANT,
};

struct match {
    enum match_kind kind;
    size_t unit;  /* SIZE_MAX = none */
    size_t rival; /* MATCH_SEVERAL: two of the shapes. MATCH_VARIANT: another word of
                     the data that means this shape, so that one of them is wrong;
                     else SIZE_MAX */
};

struct given_place { /* `places: {Chaman: Killa Abdullah}` */
    struct slice word, unit;
};

struct join_request {
    const struct boundaries *boundaries;
    size_t count;
    const struct slice *word;         /* empty words match nothing */
    const struct schema_field *field; /* whose spellings count, or NULL */
    size_t given_count;
    const struct given_place *given;
};

/* One match a word. */
struct match *join_places(const struct join_request *request, struct arena *arena);
static inline bool match_is_good(const struct match *match)
{
    return match->unit != SIZE_MAX && match->rival == SIZE_MAX;
}

/* Names of shapes that look like a word, best first. */
enum { NEAREST_MOST = 3 };
size_t join_nearest(const struct boundaries *boundaries, struct slice word,
                    struct arena *arena, struct slice out[NEAREST_MOST]);

/* Fields of the file that tell its shapes apart, those first that know most words of
 * the data: what `code` or `name field` could name. fields.c */
enum { JOINABLE_MOST = 4, JOINABLE_EXAMPLES = 3 };
struct joinable {
    struct slice field;
    size_t words;   /* of the request that are values of it */
    size_t rank;    /* in the file; 0 = the field of names */
    bool is_parent; /* tells provinces of several shapes apart, as a `name field` */
    size_t examples;
    struct slice example[JOINABLE_EXAMPLES];
};
size_t join_fields(const struct join_request *request, struct arena *arena,
                   struct joinable out[JOINABLE_MOST]);

/* Codes without case and leading zeros, which numbers in JSON have lost. */
struct slice code_key(struct arena *arena, struct slice code);
/* "Mirpur Khas District" and "mirpurkhas" are "mirpurkhas". */
struct slice place_key(struct arena *arena, struct slice name);

#endif

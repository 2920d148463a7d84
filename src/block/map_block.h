/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The `map` block: its keys, read once with the boundaries that they name, and how the
 * data come to shapes. */
#ifndef SITREP_BLOCK_MAP_BLOCK_H
#define SITREP_BLOCK_MAP_BLOCK_H

#include "block/chart_block.h"
#include "map/join.h"
#include "map/map.h"

struct map_arguments {
    struct chart_arguments ranking; /* table, texts, measure, field, condition, window;
                                       printed instead when there are no boundaries */
    const struct yaml *by_key; /* where unmatched names are reported; NULL: absent */
    enum map_style style;
    const struct boundaries *boundaries, *outlines; /* NULL = none */
    struct projection projection;
    bool has_projection, allow_unmatched, inset;
    enum break_rule breaks;
    size_t class_count;
    const double *limit;
    size_t label_count, label_name_count;
    const struct slice *label_name;
    size_t given_count;
    const struct given_place *given;
    const struct template_text *credit, *disclaimer;
    /* A count per 100,000 people, who are counted in another table; NULL: as it is. */
    const struct source_table *people;
    struct column *people_place, *people_count;
    struct condition *exact; /* which rows are exact; or by the column: */
    struct column *precision, *longitude, *latitude; /* NULL: the table has none */
};

/* "Attacks", "Attacks per 100,000 people" */
struct slice map_measure_name(const struct map_arguments *map,
                              const struct block_context *context);

/* -- map_people.c -- */
extern const double people_scale;
bool read_people(struct block_reader *reader, struct map_arguments *map);
double *people_by_unit(const struct map_arguments *map, struct arena *arena);

bool map_read(struct block_reader *reader, const void **arguments);

/* What a map of these arguments shows, at this scope. */
struct map_binding {
    struct map_data data;
    size_t matched, named; /* places of the data with a shape, and all */
    size_t line_count;
    struct slice line[3]; /* the note on what is missing */
};

/* In the rehearsal only asks. False: an error was added, since places have no shape
 * or a doubtful one and that isn't allowed (Q301). */
bool bind_map(const struct map_arguments *map, const struct block_context *context,
              struct map_binding *out);

#endif

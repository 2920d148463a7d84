/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A map's data on their way to shapes: what map_bind.c finds, and what map_lost.c says
 * of it to the reader and to the editor. */
#ifndef SITREP_BLOCK_MAP_BINDING_H
#define SITREP_BLOCK_MAP_BINDING_H

#include "block/map_block.h"

/* What is known of one word of the field, in the window. */
struct place_tally {
    size_t rows;      /* that the measure looks at */
    double coarse;    /* of points: rows without an exact place */
    size_t elsewhere; /* rows whose point lies in another shape than the named one */
    size_t seen_in; /* a shape that its points lie in, most of them; SIZE_MAX = none */
    size_t seen;
};

struct binding {
    const struct map_arguments *map;
    const struct block_context *context;
    const struct measure *measure;
    const struct column *groups; /* whose words name the places */
    struct period window;
    const struct cell *cell, *numerator, *denominator; /* by word; parts of a ratio */
    struct join_request request; /* for which shapes which words ask, and … */
    struct match *match;         /* … what they got */
    struct place_tally *tally;
    struct map_binding *out;
    const double *people; /* by shape; NULL: no rate per head */
    size_t unpeopled;     /* places of the data without a number of people */
    size_t dot_capacity;
    size_t elsewhere, coarse_rows, dot_rows;
    size_t outside_rows; /* exact, but beyond the map */
};

/* The number of a word of the field, as the map takes it. */
double word_value(const struct binding *binding, size_t word);

/* -- map_lost.c -- */
/* Counts the places that have a shape, reports those that have none or a doubtful one
 * (Q301), and writes the note under the map. Returns how many have none. */
size_t tell_lost(struct binding *binding);

#endif

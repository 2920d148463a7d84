/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measures: what is counted or summed, declared once and used everywhere by name.
 *   attacks: count where side is attack
 *   killed: sum of killed where side is attack
 *   per attack: killed per attacks
 *   rate: attacks per 100,000 population      share: share of attacks in all
 *
 *   count                     rows
 *   sum of F, mean of F, median of F, highest F     of a number column
 *   number of F               how many different known values; also "number of
 *                             different F"
 *   A per B, A per 1,000 B    A and B: measures, or any of the lines above
 *   share of A in B           B may be "all": A without its condition
 *   A                         a measure again, under a new name or condition
 * and after any of these `where` and a condition; on A per B and share of A in B it
 * narrows both. Field names may hold spaces or stand in quotes. */
#ifndef SITREP_DATA_MEASURE_H
#define SITREP_DATA_MEASURE_H

#include "data/filter.h"
#include "data/shelf.h"

enum measure_kind {
    MEASURE_COUNT, /* rows, or the sum of weights */
    MEASURE_SUM,   /* of a number column; carries low and high of a triple */
    MEASURE_MEAN,
    MEASURE_MEDIAN,
    MEASURE_HIGHEST,
    MEASURE_DISTINCT, /* different known values: `number of district` */
    MEASURE_RATIO,    /* numerator per denominator, times scale */
    MEASURE_SHARE,    /* numerator in denominator, 0 to 1 */
};

struct measure {
    struct slice name, folded; /* by its key two spellings of the name meet */
    struct slice source;       /* as written */
    struct place at;
    enum measure_kind kind;
    struct slice field; /* SUM, MEAN, MEDIAN, HIGHEST, DISTINCT */
    struct place field_at;
    int field_width;
    const struct condition *where; /* of simple kinds; those of composites went into
                                     their parts. Unbound, then bound. */
    struct measure *numerator, *denominator; /* own copies, with their conditions */
    double scale;                            /* 1, or 100000 */
    struct slice label; /* how the brief names it; empty: its name */
    struct slice tone;  /* "attack", "operation" …; empty: by its conditions */
    /* bound */
    struct condition *bound; /* where, for measure_resolve */
    struct table *table;
    struct column *column;
};

struct measures {
    size_t count;
    const struct measure *const *measure;
    struct shelf by_name; /* see measures_index */
};

/* Parses one definition; name and text are borrowed. known: measures defined before,
 * usable in ratios; fields: names of columns (condition_fields), the longest wins.
 * Errors: M210 not understood, M211 unknown measure, M212 a name defined twice, M213 a
 * column's name in another meaning, and those of conditions. */
bool measure_parse(struct slice name, struct slice text, struct place at,
                   const struct measures *known, const struct name_list *fields,
                   struct arena *arena, struct measure **out, struct diags *diags);
/* The cure for words that are no measure, NULL when none comes to mind, and for what
 * stands behind one where `where` should. */
const char *measure_meant(struct slice words, const struct name_list *fields,
                          struct arena *arena);
const char *measure_rest_meant(struct slice rest);
/* Binds columns and conditions and wants them: M201 unknown column. A sum of words is
 * an error (M214) here when the schema gives the column's type, else in resolve. */
bool measure_bind(struct measure *measure, struct table *table, struct arena *arena,
                  struct diags *diags);
bool measure_resolve(struct measure *measure, struct arena *arena, struct diags *diags);
/* By any spelling of the name; by letters of either case, as {{ }} has it. NULL: none. */
const struct measure *measures_find(const struct measures *measures, struct slice name);
const struct measure *measures_named(const struct measures *measures,
                                     struct slice name);
/* Lets measures_named find without a look at each, once there are no more to come. */
void measures_index(struct measures *measures, struct arena *arena);
/* Sums over periods and disjoint groups are the whole's value: count and sum. */
bool measure_is_additive(const struct measure *measure);
bool measure_is_count(const struct measure *measure); /* of incidents: may be tested */
bool measure_is_composite(const struct measure *measure); /* has parts */
/* A copy with its parts and conditions; names, texts and what was bound are shared. */
struct measure *measure_copy(const struct measure *measure, struct arena *arena);
/* Bound measures that ask the same of the same rows, whatever their names. */
bool measure_equal(const struct measure *a, const struct measure *b);
uint64_t measure_hash(const struct measure *measure); /* equal ones have one */

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measures: what is counted or summed, declared once and used everywhere by name.
 *   attacks: count where side is attack
 *   killed: sum of killed where side is attack
 *   per attack: killed per attacks
 *   rate: attacks per 100,000 population      share: share of attacks in all */
#ifndef SITREP_DATA_MEASURE_H
#define SITREP_DATA_MEASURE_H

#include "data/filter.h"

enum measure_kind {
    MEASURE_COUNT, /* rows, or the sum of weights */
    MEASURE_SUM,   /* of a number column; carries low and high of a triple */
    MEASURE_MEAN,
    MEASURE_MEDIAN,
    MEASURE_HIGHEST,
    MEASURE_DISTINCT, /* different known values of a category: `number of district` */
    MEASURE_RATIO,    /* numerator per denominator, times scale */
    MEASURE_SHARE,    /* numerator in denominator, 0 to 1 */
};

struct measure {
    struct slice name;
    struct slice source; /* as written */
    struct place at;
    enum measure_kind kind;
    struct slice field; /* SUM, MEAN, MEDIAN, HIGHEST, DISTINCT */
    struct place field_at;
    const struct condition *where;
    const struct measure *numerator, *denominator;
    double scale;       /* 1, or 100000 */
    struct slice label; /* how the brief names it; empty: its name */
    struct slice tone;  /* "attack", "operation" …; empty: by its conditions */
    /* bound */
    struct table *table;
    struct column *column;
};

struct measures {
    size_t count;
    const struct measure *const *measure;
};

/* Parses one definition. known: measures defined before, usable in ratios. */
bool measure_parse(struct slice name, struct slice text, struct place at,
                   const struct measures *known, const struct name_list *fields,
                   struct arena *arena, struct measure **out, struct diags *diags);
/* Binds columns and conditions and wants them. A sum of a category is an error. */
bool measure_bind(struct measure *measure, struct table *table, struct arena *arena,
                  struct diags *diags);
void measure_resolve(struct measure *measure, struct arena *arena, struct diags *diags);
const struct measure *measures_find(const struct measures *measures, struct slice name);
/* Sums over periods and disjoint groups are the whole's value: count and sum. */
bool measure_is_additive(const struct measure *measure);
bool measure_is_count(const struct measure *measure); /* of incidents: may be tested */

#endif

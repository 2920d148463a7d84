/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The filters' functions and what they share. */
#ifndef SITREP_TEMPLATE_FILTERS_H
#define SITREP_TEMPLATE_FILTERS_H

#include "stats/verdict.h"
#include "template/pipeline.h"

#define FILTER(name, usage, help, takes, gives, parameters)                            \
    struct value filter_##name(const struct evaluation *evaluation,                    \
                               const struct filter_call *call);
#include "template/filters.def"
#undef FILTER

/* A number as sentences have it: in words up to ten when it is whole, "at least" where
 * cells said so. */
struct slice in_words(const struct value *about, double number,
                      const struct locale *locale, struct arena *arena);
struct slice in_digits(const struct value *about, double number,
                       const struct locale *locale, struct arena *arena);
struct slice in_percent(double share, int decimals, const struct locale *locale,
                        struct arena *arena);
/* "A", "A and B", "A, B and C"; only commas where others follow. */
struct slice join_words(const struct slice *word, size_t count, bool ends_with_and,
                        const struct locale *locale, struct arena *arena);
/* A phrase of the locale about a value. */
struct value phrase(const struct evaluation *evaluation, const char *key, double count,
                    const struct phrase_part *part, size_t part_count);

/* -- Comparisons: compare.c --------------------------------------------------------- */

enum base_kind { BASE_PREVIOUS, BASE_AVERAGE, BASE_YEAR_BEFORE };
struct base {
    enum base_kind kind;
    size_t count; /* periods of an average */
};
/* "previous week", "12-week average", "year before"; empty: the brief's own. */
bool base_parse(struct slice text, const struct scope *scope, struct base *out);
struct slice base_name(const struct base *base, const struct scope *scope);
const char *unit_key(const struct scope *scope); /* "week", "range" */

/* A measure's past as the verdicts want it: one value a period, the brief's own last. */
struct past {
    size_t size;
    const struct period *period;
    const struct cell *cell;
    double *value;
    double *exposure;   /* days, where periods differ in length; else NULL */
    size_t provisional; /* of the last ones */
    const size_t *breaks;
    size_t break_count;
};
struct past past_of(const struct scope *scope, const struct measure *measure,
                    size_t count);
/* The first position that the last one may be compared with. */
size_t past_first(const struct past *past);

/* The brief's own value of a measure beside what it is compared with. */
struct compared {
    struct base base;
    struct period period; /* of the base, unless it is an average */
    double now, before;   /* NAN: unknown */
    bool is_provisional;
    bool is_after_break; /* the editor's break lies between: no comparison */
    bool now_is_limit, before_is_limit; /* "40+" went in: a lower limit */
    bool has_verdict;
    struct verdict verdict; /* of counts */
    bool has_deaths;
    struct deaths_verdict deaths; /* of sums over incidents */
};
void compare_with(const struct evaluation *evaluation, struct slice comparison,
                  struct compared *out);
/* deaths.c: asks for the incidents behind two periods of a sum. */
void compare_deaths(const struct evaluation *evaluation, struct compared *compared);

#endif

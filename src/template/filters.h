/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The filters' functions and what they share. */
#ifndef SITREP_TEMPLATE_FILTERS_H
#define SITREP_TEMPLATE_FILTERS_H

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
/* "A", "A and B", "A, B and C". */
struct slice join_words(const struct slice *word, size_t count,
                        const struct locale *locale, struct arena *arena);
/* A phrase of the locale about a value. */
struct value phrase(const struct evaluation *evaluation, const char *key, double count,
                    const struct phrase_part *part, size_t part_count);

/* The brief's own value of a measure beside what it is compared with. */
struct compared {
    struct base base;
    double now, before; /* NAN: unknown */
    bool is_provisional;
};
bool compare_with(const struct evaluation *evaluation, struct slice comparison,
                  struct compared *out);

#endif

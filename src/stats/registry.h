/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All methods by name, with a line of help each, and their answer for one series as
 * named values: what `sitrep stats` lists and `sitrep query --stat` prints. */
#ifndef SITREP_STATS_REGISTRY_H
#define SITREP_STATS_REGISTRY_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stat_span {
    int32_t first_day, last_day;
};

/* What is asked of by methods that look at more than one series of counts. Parts that
 * are NULL aren't known, and the methods that need them say so. */
struct stat_around {
    const double *const *count;  /* the same of every group, this one among them */
    size_t groups, at;           /* `at` is this one */
    const struct stat_span *bin; /* the days of each period of the series */
    const int32_t *day;          /* of each incident of this group */
    const double *deaths;        /* what is summed of each, NAN unknown */
    const int32_t *unit;         /* its district, any number */
    size_t events;
};

struct stat_series {
    const double *count;    /* size complete periods, oldest first */
    const double *exposure; /* days each covers, or NULL for equal periods */
    size_t size;
    size_t cycle;                     /* periods in a year, 52 or 12; 0 = no season */
    double conf;                      /* two-sided level, 0.95 */
    const struct stat_around *around; /* or NULL */
};

/* A number (NAN = unknown, INFINITY = no limit), or a word. */
struct stat_value {
    const char *name; /* "pct_low", as in the oracles where they have it */
    double number;
    const char *text; /* NULL: a number; may lie in the scratch */
};

enum { STAT_VALUES_AT_MOST = 24 };

struct stat_answer {
    struct stat_value value[STAT_VALUES_AT_MOST];
    size_t count;
    const char *unknown_because; /* why its numbers or some of them are unknown */
};

struct stat_manual { /* for editors; see manual.def */
    const char *takes, *definition, *unknown, *source;
};

struct stat_method {
    const char *name, *family, *title, *help;
    const struct stat_manual *manual;
    void (*on_series)(const struct stat_series *series, struct arena *scratch,
                      struct stat_answer *out);
};

const struct stat_method *stat_methods(size_t *count);

/* A method's values for one series. Where a value is NAN there is a reason. */
void stat_method_answer(const struct stat_method *method,
                        const struct stat_series *series, struct arena *scratch,
                        struct stat_answer *out);

/* The names of a method's values, in order: all that any series of counts can have. */
void stat_method_values(const struct stat_method *method, struct arena *scratch,
                        struct stat_answer *out);

/* Whether a series may be of any numbers. Else it is one of counts of incidents, which
 * sums of deaths and means aren't. */
bool stat_method_takes_any_numbers(const struct stat_method *method);

/* Whether it looks at the incidents behind the counts, as deaths and waves ask for. */
bool stat_method_needs_incidents(const struct stat_method *method);

/* By name, "trend"; "usual_range" is baseline's. NULL: none. */
const struct stat_method *stat_method_find(struct slice name);

#endif

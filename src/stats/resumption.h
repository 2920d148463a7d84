/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Did attacks resume after operations, and more than in the same places at other times?
 * Operations go where attacks are: nothing here says that one causes the other. */
#ifndef SITREP_STATS_RESUMPTION_H
#define SITREP_STATS_RESUMPTION_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct resumption_question {
    const uint16_t *attacks;    /* units × days, a row of days each */
    const uint16_t *operations; /* likewise */
    size_t units, days;
    size_t within; /* days after an operation in which attacks resume */
    double conf;   /* 0.95 */
};

struct resumption_unit {
    double operations, resumed; /* with all days after them known; an attack in these */
    double days_to_next;        /* median over resumed; NAN: none */
    double usual;               /* share of other days followed by an attack within as
                                   many days; NAN: no such days */
    double after_attacks, after_days; /* days within an operation's reach */
    double other_attacks, other_days;
};

struct resumption {
    const struct resumption_unit *unit;
    double operations, resumed; /* over all units */
    double open;                /* operations left out: their days aren't over */
    /* Of units that have other days: operations, of these resumed, and how many would
     * have, had each been one of its unit's other days. */
    double comparable, comparable_resumed, expected;
    double ratio, low, high, p; /* attacks a day within reach against other days, unit
                                   by unit; NAN when unknown */
    double phi;                 /* dispersion of attacks a week that the interval has */
    double elsewhere_attacks, elsewhere_days; /* units without any operation */
    const char *unknown_because;              /* why there is no ratio, or NULL */
};

/* An operation's reach are the `within` days after its own; the day of an operation is
 * in neither part, since which came first isn't known, and neither are the first
 * `within` days, whose operations before aren't. The ratio is Mantel–Haenszel's over
 * units, its variance that of Greenland and Robins times phi: attacks come in clumps.
 *
 *   unknown  within 0 or as long as all; no attacks or days in one part
 *   cost     units × days, once each
 *   source   Rothman & Greenland (1998), Modern Epidemiology, ch. 15; Greenland &
 *            Robins (1985), Biometrics 41:55–68 */
void stat_resumption(const struct resumption_question *question, struct arena *arena,
                     struct resumption *out);

#endif

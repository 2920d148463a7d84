/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which test may speak, and what it may say. The rules of a brief's sentences in one
 * place: every comparison, trend and count of deaths asks here, none asks a test.
 *
 * - Partial and provisional periods are compared with nothing.
 * - A break that the editor has set cuts off all that lies before it.
 * - The usual range is the default verdict: inside it nothing rose or fell.
 * - "Rose" and "fell" need two keys: outside the usual range, and a rate change that
 *   stays clear after dividing by the dispersion of at least 8 earlier periods. The
 *   exact test alone calls every second clumped series changed.
 * - A trend needs three: its interval leaves 0 out, Mann–Kendall agrees, and what the
 *   line leaves over isn't dependent from period to period.
 * - No percentage when either count is under 10.
 * - Deaths are never tested as if they were incidents, and not at all with fewer than
 *   10 lethal incidents in a period.
 *
 * - Of many districts those changed that Benjamini–Hochberg at 10 % leaves, over all of
 *   them, silent ones included, with the dispersion pooled over all or its own, the
 *   larger.
 *
 * There are no words here: a situation is a key into the locale files. */
#ifndef SITREP_STATS_VERDICT_H
#define SITREP_STATS_VERDICT_H

#include "stats/baseline.h"
#include "stats/casualty.h"

#include <stdbool.h>
#include <stddef.h>

enum situation {
#define SITUATION(constant, key) SITUATION_##constant,
#include "stats/situations.def"
#undef SITUATION
    SITUATION_COUNT
};
const char *situation_key(enum situation situation); /* "no clear change" */

enum direction { DIRECTION_UNKNOWN, DIRECTION_UNCLEAR, DIRECTION_ROSE, DIRECTION_FELL };

enum {
    VERDICT_PERIODS_LEAST =
        8,                    /* earlier periods for a dispersion, periods of a trend */
    VERDICT_BASE = 12,        /* periods that make the usual range */
    VERDICT_PHI_PERIODS = 52, /* periods that the dispersion looks back at most */
    VERDICT_PERCENT_LEAST = 10,
    VERDICT_LETHAL_LEAST = 10,
    VERDICT_SHARE_LEAST = 20, /* below this whole, a share is printed as counts */
};

struct verdict_question {
    const double *count;    /* size periods, oldest first; the last is the current */
    const double *exposure; /* days each covers, or NULL for equal periods */
    size_t size;
    size_t provisional;   /* of the last periods, how many aren't complete */
    const size_t *breaks; /* positions of the first period after each break */
    size_t break_count;
    size_t back; /* compare with so many periods before; 0 = 1 */
    size_t base; /* periods that make the usual range; 0 = VERDICT_BASE */
    double conf; /* 0 = 0.95 */
};

struct verdict {
    enum situation situation;
    enum direction direction;
    const char *spoke;             /* the method that decided, "baseline"; NULL: none */
    double current, earlier;       /* the counts compared; NAN when there is none */
    double p, phi;                 /* of the rate change; NAN when not tested */
    bool may_print_percent;        /* both counts are 10 or more */
    double pct, pct_low, pct_high; /* rates per day when exposures are given; NAN unless
                                    * may_print_percent; pct is whole */
    enum usual position;          /* of the current period; USUAL_NO_HISTORY: unknown */
    double usual_low, usual_high; /* NAN: no usual range */
    double usual_least, usual_most; /* whole counts inside it, for print */
    size_t base;                    /* periods it rests on */
    const char *unknown_because;    /* why there is no direction, or NULL */
};

/* Did the current period change? Always gives the usual range where there is one, also
 * under a provisional period (which then has no position in it).
 *
 *   unknown  direction: see the situations; unknown_because says which in words
 *   cost     O(size); two rate changes
 *   source   ../../shared: design/statistics.md, sections 3 and 4; the rates of false
 *            alarms are simulated in tests/bench/false_alarms.c */
void verdict_of_change(const struct verdict_question *question, struct arena *scratch,
                       struct verdict *out);

struct trend_verdict {
    enum situation situation; /* TREND_TOO_SHORT, TREND_UNCLEAR, RISING, FALLING, … */
    enum direction direction;
    double pct, pct_low, pct_high; /* per period */
    double kendall_p, r1;          /* r1 of the Pearson residuals; NAN when too few */
    size_t n;                      /* complete periods since the last break */
    const char *held_back_by;      /* the first key that didn't turn: "trend",
                                    * "mann_kendall", "dispersion"; NULL: all did */
    const char *unknown_because;
};

/* Is the series rising or falling? Over all complete periods since the last break;
 * back and base aren't used. Autocorrelation is taken of the residuals: of the counts
 * themselves it would forbid every steep trend.
 *
 *   unknown  fewer than 8 complete periods; all zero; all at one end
 *   cost     stat_trend and stat_mann_kendall
 *   source   design/statistics.md, section 3, the two-key rule */
void verdict_of_trend(const struct verdict_question *question, struct arena *scratch,
                      struct trend_verdict *out);

struct deaths_question {
    struct casualty_pair pair; /* deaths of each incident, current and earlier period */
    bool provisional;          /* the current period isn't complete */
    double conf;               /* 0 = 0.95 */
};

struct deaths_verdict {
    enum situation situation;
    enum direction direction;
    struct casualty_change change;
    bool may_print_percent;        /* tested, and both totals are 10 or more */
    size_t lethal1, lethal0;       /* incidents with a death */
    size_t largest_at;             /* position of the largest incident in killed1 */
    double largest, largest_share; /* its deaths; of all, NAN without deaths */
    bool must_name_largest;        /* more than half of all deaths */
    struct casualty_change change_without;         /* that incident left out */
    struct casualty_change change_without_earlier; /* the earlier period's largest */
    const char *unknown_because;
};

/* Did deaths change? With the largest incident of either period left out the answer
 * must be the same, or the situation says that one incident decides.
 *
 *   unknown  direction: fewer than 10 lethal incidents in a period; provisional
 *   cost     O(n1 + n0) time, n1 + n0 doubles of scratch
 *   source   design/statistics.md, sections 3 (deaths) and 4 (one incident) */
void verdict_of_deaths(const struct deaths_question *question, struct arena *scratch,
                       struct deaths_verdict *out);

struct districts_question {
    const double *count; /* districts × size, a row of periods each, all districts of
                             * the frame, silent ones too */
    size_t districts;
    const double *exposure; /* of the size periods, or NULL */
    size_t size;            /* periods, oldest first; the last is the current */
    size_t provisional;     /* of the last periods, how many aren't complete */
    const size_t *breaks;   /* positions of the first period after each break */
    size_t break_count;
    size_t base; /* periods to compare with; 0 = VERDICT_BASE */
    double fdr;  /* 0 = 0.1 */
};

struct districts_verdict {
    const enum direction *direction; /* a district each: ROSE, FELL, UNCLEAR */
    const double *p_adj;             /* likewise */
    const size_t *flagged;           /* those that rose or fell, ascending */
    size_t flagged_count;
    size_t tests; /* made: all districts; 0 when unknown */
    double phi;   /* pooled */
    size_t base;  /* periods compared with */
    const char *unknown_because;
};

/* Which districts changed against the periods before?
 *
 *   unknown  fewer than 8 comparable periods; a provisional current one; no counts
 *   cost     O(districts × size) time and one rate change a district
 *   source   Benjamini & Hochberg (1995), JRSS B 57:289–300; design/statistics.md,
 *            section 3 (many districts) */
void verdict_of_districts(const struct districts_question *question,
                          struct arena *arena, struct districts_verdict *out);

/* A verdict on one of many counts that are shown together: rose and fell stand only
 * where the test over all of them agrees; else the usual range alone speaks. Without
 * an answer over all it stays as it is.
 *
 *   district  its position in the question that `all` answers
 *   cost      O(1)
 *   source    as of verdict_of_districts */
void verdict_among_many(const struct districts_verdict *all, size_t district,
                        struct verdict *verdict);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Periods: days, weeks with any first weekday, months, quarters, years and plain
 * ranges of days; what comes before and after; their ISO labels. No clock: "last
 * week" is counted from a day that is given. */
#ifndef SITREP_DATA_PERIOD_H
#define SITREP_DATA_PERIOD_H

#include "base/civil.h"
#include "base/diag.h"

enum period_unit {
    PERIOD_DAY,
    PERIOD_WEEK,
    PERIOD_MONTH,
    PERIOD_QUARTER,
    PERIOD_YEAR,
    PERIOD_RANGE, /* any run of days; its neighbours have the same length */
};

struct period {
    enum period_unit unit;
    int32_t first_day, last_day; /* both belong to it */
};

/* What "last", "this" and "complete" are counted from. */
struct period_frame {
    int week_start;                /* 0 Monday … 6 Sunday */
    int32_t data_first, data_last; /* days the file covers */
    int32_t as_of;                 /* the day the brief speaks of; usually data_last */
    int32_t complete_until;        /* later days are provisional; usually as_of */
};

struct period period_holding(enum period_unit unit, int32_t day, int week_start);
/* count units later (earlier when negative). A range moves by its own length. */
struct period period_shift(struct period period, int count, int week_start);
/* The same period one year earlier: same ISO week number, month, quarter. */
struct period period_year_before(struct period period, int week_start);
int32_t period_days(struct period period);
bool period_equal(struct period a, struct period b);
/* Consecutive periods of unit from the one holding first to the one holding last. */
size_t period_list(enum period_unit unit, int32_t first, int32_t last, int week_start,
                   struct arena *arena, const struct period **out);

/* Reads a period as an editor writes it: "last complete week", "this month",
 * "last 4 weeks", "2026-W46", "2026-10", "2026-Q3", "2026", "2026-11-05",
 * "2026-11-01..2026-11-15", "all". "last 4 weeks" gives the four together as one
 * PERIOD_RANGE in *out with its parts' unit and number in *unit and *count (1
 * otherwise). Errors M3xx say what is understood. */
struct period_span {
    struct period whole;
    enum period_unit unit;
    size_t count;
};
bool period_parse(struct slice text, const struct period_frame *frame, struct place at,
                  struct period_span *out, struct diags *diags);
/* "52 weeks", "26 weeks", "4 week", "12 months" -> 52, PERIOD_WEEK. */
bool period_parse_length(struct slice text, size_t *count, enum period_unit *unit);
bool period_parse_unit(struct slice text, enum period_unit *out); /* "week", "weekly" */

/* Not all of its days lie at or before complete_until. */
bool period_is_provisional(struct period period, const struct period_frame *frame);

/* ISO label: 2021, 2021-Q3, 2021-09, 2021-W36 (weeks from Monday; other weeks by
 * their first day 2021-09-06), 2021-09-06, 2021-09-06..2021-09-19. */
enum { PERIOD_LABEL_SIZE = 32 };
void period_label(struct period period, int week_start, char out[PERIOD_LABEL_SIZE]);
const char *period_unit_name(enum period_unit unit); /* "week" */

#endif

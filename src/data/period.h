/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Periods: days, weeks with any first weekday, months, quarters, years and plain
 * ranges of days; what comes before and after; their ISO labels. No clock: "last
 * week" is counted from a day that is given.
 *
 * The calendar runs from 0001-01-01 to 9999-12-31. What would lie beyond is cut off
 * at its ends; period_parse refuses it. */
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

/* The period of unit that day lies in; PERIOD_RANGE gives the day alone as a range. */
struct period period_holding(enum period_unit unit, int32_t day, int week_start);
/* count units later (earlier when negative). A range moves by its own length. */
struct period period_shift(struct period period, int count, int week_start);
/* The same period one year earlier: same week number, month, quarter; a day or a
 * range by its dates (29 February by the 28th). Week 53 meets the last week of a
 * year that has only 52. Weeks that don't start on Monday are numbered by ISO's
 * rule too: a week belongs to the year that holds its fourth day. */
struct period period_year_before(struct period period, int week_start);
int32_t period_days(struct period period);
bool period_equal(struct period a, struct period b);
/* Consecutive periods of unit from the one holding first to the one holding last,
 * whole ones; PERIOD_RANGE gives the one range. Returns how many, 0 when last lies
 * before first. */
size_t period_list(enum period_unit unit, int32_t first, int32_t last, int week_start,
                   struct arena *arena, const struct period **out);
/* The same, but the first and last are cut to whole's days: a week that begins in
 * December counts only its January days for a January. Cut ones keep their label. */
size_t period_list_within(enum period_unit unit, struct period whole, int week_start,
                          struct arena *arena, const struct period **out);

/* Reads a period as an editor writes it:
 *   2026, 2026-Q3, 2026-10, 2026-W46, 2026-11-05   (week numbers only from Monday)
 *   2026-11-01..2026-11-15, 2026-W40..2026-W46, 2026-11-01.., ..2026-11-15; also
 *     "to" or a dash between dates
 *   week of 2026-11-05        the week that holds the day
 *   last complete week, last week    the latest whose days are all complete
 *   last 4 weeks, last 4 complete weeks     the four up to and with that one
 *   this month                the one that holds as_of; complete or not
 *   previous month            the one before that
 *   today                     the day as_of
 *   all                       the days of the file up to as_of
 * *out: the whole, and the parts it was written in: "last 4 weeks" is one
 * PERIOD_RANGE of 4 weeks, so are 2026-W40..2026-W43; what was written as one period
 * has its own unit and count 1. Errors M30x say what is understood. */
struct period_span {
    struct period whole;
    enum period_unit unit;
    size_t count;
};
bool period_parse(struct slice text, const struct period_frame *frame, struct place at,
                  struct period_span *out, struct diags *diags);
/* The same where one day is wanted, as in `as of`: a longer period's last. */
bool period_parse_day(struct slice text, const struct period_frame *frame,
                      struct place at, int32_t *out, struct diags *diags);
/* What may have been meant by a period that isn't understood, as it would be written:
 * "15 November 2026", "09/11/2026" (two of them, joined by "or"), "2026-W6", "last six
 * weeks". NULL when nothing comes to mind. */
const char *period_guess(struct slice text, struct arena *arena);
/* The forms of the first line alone, that need no frame: 2026 … 2026-11-05. Weeks
 * are ISO's. False when text is none of them or names no day that exists. */
bool period_parse_date(struct slice text, struct period *out);
/* "52 weeks", "26 weeks", "4 week", "12-week", "12 months" -> 52, PERIOD_WEEK; a unit
 * alone is one of it. At most 100,000. */
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

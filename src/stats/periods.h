/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ISO weeks and calendar months with their neighbours, and counts by period in which a
 * period without incidents is a 0. */
#ifndef SITREP_STATS_PERIODS_H
#define SITREP_STATS_PERIODS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STAT_LABEL_SIZE = 16 };

struct iso_week_facts {
    int iso_year, iso_week, iso_weekday; /* 1 Monday … 7 Sunday */
    int weeks_in_iso_year;               /* 52 or 53 */
    int32_t week_start, week_end;        /* days */
    char label[STAT_LABEL_SIZE];         /* 2020-W53 */
    char previous_week[STAT_LABEL_SIZE], next_week[STAT_LABEL_SIZE];
    char same_week_last_year[STAT_LABEL_SIZE]; /* W53 falls back to W52 */
    int32_t month_start, month_end;
    int days_in_month;
    char month[STAT_LABEL_SIZE]; /* 2020-12 */
    char previous_month[STAT_LABEL_SIZE], same_month_last_year[STAT_LABEL_SIZE];
};

/* Which week and month a day is in: ISO 8601 weeks (Monday to Sunday, week 1 holds the
 * year's first Thursday), proleptic Gregorian calendar.
 *
 *   day      since 1970-01-01; year 2 to 9998
 *   source   ISO 8601-1:2019 */
void stat_iso_week(int32_t day, struct iso_week_facts *out);

enum count_unit { COUNT_BY_WEEK, COUNT_BY_MONTH };

struct period_counts {
    size_t size; /* periods from the one of `from` to the one of `to` */
    const char (*label)[STAT_LABEL_SIZE];
    const double *count;
    const double *days;   /* of each period that lie in from … to */
    const bool *complete; /* all of them do */
    const char *unknown_because;
};

struct count_question {
    const int32_t *day; /* of each event, in any order; those outside are dropped */
    size_t events;
    int32_t from, to; /* both belong to the span */
    enum count_unit unit;
};

/* Counts days per ISO week or calendar month; every period in between appears.
 *
 *   unknown  from after to; more than 10,000 years
 *   cost     O(events + periods) time
 *   source   ISO 8601-1:2019 */
void stat_period_counts(const struct count_question *question, struct arena *arena,
                        struct period_counts *out);

#endif

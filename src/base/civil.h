/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Civil dates as day numbers: int32_t days since 1970-01-01, proleptic Gregorian.
 * No clock, no time zone. */
#ifndef SITREP_BASE_CIVIL_H
#define SITREP_BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
    int year, month, day; /* month and day 1-based */
};

struct iso_week {
    int year, week; /* week 1 holds the year's first Thursday */
};

bool civil_is_valid(int year, int month, int day); /* years 1 to 9999 */
int32_t civil_day(int year, int month, int day);   /* valid dates only */
struct civil civil_of(int32_t day);
int civil_weekday(int32_t day); /* 0 Monday … 6 Sunday */
int civil_days_in_month(int year, int month);
struct iso_week iso_week_of(int32_t day);
int32_t iso_week_monday(int year, int week);
int iso_weeks_in_year(int year); /* 52 or 53 */

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The proleptic Gregorian calendar and ISO 8601 weeks, in integers. */
#include "base/civil.h"

enum { DAYS_IN_400_YEARS = 146097, EPOCH = 719468 /* 0000-03-01 to 1970-01-01 */ };

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool civil_is_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= civil_days_in_month(year, month);
}

/* Years that begin in March put the leap day last, so that the months before a date
 * have (153 m + 2) / 5 days, whatever the year. */
int32_t civil_day(int year, int month, int day)
{
    int64_t from_march = (month + 9) % 12;
    int64_t y = (int64_t)year - (month <= 2);
    int64_t leap_days =
        floor_divide(y, 4) - floor_divide(y, 100) + floor_divide(y, 400);
    int64_t days = y * 365 + leap_days + (153 * from_march + 2) / 5 + day - 1;
    return (int32_t)(days - EPOCH);
}

struct civil civil_of(int32_t day)
{
    int64_t days = (int64_t)day + EPOCH;
    int64_t cycle = floor_divide(days, DAYS_IN_400_YEARS);
    int64_t left = days - cycle * DAYS_IN_400_YEARS;
    /* Take the leap days of the cycle out, then every year has 365 days. */
    int64_t year = (left - left / 1460 + left / 36524 - left / 146096) / 365;
    int64_t of_year = left - (365 * year + year / 4 - year / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    struct civil civil;
    civil.day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
    civil.month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    civil.year = (int)(year + cycle * 400 + (civil.month <= 2));
    return civil;
}

int civil_weekday(int32_t day)
{
    int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - floor_divide(since_monday, 7) * 7);
}

int32_t iso_week_monday(int year, int week)
{
    int32_t fourth = civil_day(year, 1, 4); /* 4 January is in week 1 always */
    return fourth - civil_weekday(fourth) + 7 * (week - 1);
}

struct iso_week iso_week_of(int32_t day)
{
    int32_t thursday = day - civil_weekday(day) + 3;
    int year = civil_of(thursday).year;
    int32_t new_year = civil_day(year, 1, 1);
    return (struct iso_week){year, (int)(thursday - new_year) / 7 + 1};
}

int iso_weeks_in_year(int year)
{
    return (iso_week_monday(year + 1, 1) - iso_week_monday(year, 1)) / 7;
}

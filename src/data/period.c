/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Periods as pairs of days: finding, shifting, listing, naming them. What editors
 * write is read in period_parse.c. */
#include "data/period.h"

#include <stdio.h>

enum { FIRST_YEAR = 1, LAST_YEAR = 9999, DAYS_A_WEEK = 7 };
/* 1 January of the first and 31 December of the last year. */
enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };

static int32_t clamp_day(int64_t day)
{
    return day < FIRST_DAY ? FIRST_DAY : day > LAST_DAY ? LAST_DAY : (int32_t)day;
}

static struct period clamp_period(enum period_unit unit, int64_t first, int64_t last)
{
    return (struct period){unit, clamp_day(first), clamp_day(last)};
}

/* Months are counted from year 0, so that quarters and years are aligned runs of
 * them; a run beyond the calendar becomes its first or last. */
static struct period run_of_months(enum period_unit unit, int64_t month, int count)
{
    int64_t earliest = FIRST_YEAR * 12, latest = (LAST_YEAR + 1) * 12 - count;
    if (month < earliest)
        month = earliest;
    if (month > latest)
        month = latest;
    int64_t end = month + count - 1;
    int year = (int)(end / 12), last_month = (int)(end % 12) + 1;
    return (struct period){
        unit, civil_day((int)(month / 12), (int)(month % 12) + 1, 1),
        civil_day(year, last_month, civil_days_in_month(year, last_month))};
}

static int months_in(enum period_unit unit)
{
    switch (unit) {
    case PERIOD_MONTH: return 1;
    case PERIOD_QUARTER: return 3;
    case PERIOD_YEAR: return 12;
    case PERIOD_DAY:
    case PERIOD_WEEK:
    case PERIOD_RANGE: break;
    }
    return 0;
}

static int32_t week_first_day(int32_t day, int week_start)
{
    return day - (civil_weekday(day) - week_start + DAYS_A_WEEK) % DAYS_A_WEEK;
}

struct period period_holding(enum period_unit unit, int32_t day, int week_start)
{
    day = clamp_day(day);
    int months = months_in(unit);
    if (months) {
        struct civil date = civil_of(day);
        int month = date.month - 1;
        return run_of_months(unit, date.year * 12 + month - month % months, months);
    }
    if (unit == PERIOD_WEEK) {
        int32_t first = week_first_day(day, week_start);
        return clamp_period(unit, first, (int64_t)first + DAYS_A_WEEK - 1);
    }
    return (struct period){unit, day, day};
}

struct period period_shift(struct period period, int count, int week_start)
{
    int months = months_in(period.unit);
    if (months) {
        struct period held = period_holding(period.unit, period.first_day, week_start);
        struct civil date = civil_of(held.first_day);
        int64_t month = date.year * 12 + date.month - 1 + (int64_t)count * months;
        return run_of_months(period.unit, month, months);
    }
    if (period.unit == PERIOD_WEEK)
        period = period_holding(PERIOD_WEEK, period.first_day, week_start);
    int64_t step = (int64_t)count * ((int64_t)period.last_day - period.first_day + 1);
    return clamp_period(period.unit, period.first_day + step, period.last_day + step);
}

static int32_t day_year_before(int32_t day)
{
    struct civil date = civil_of(day);
    int year = date.year > FIRST_YEAR ? date.year - 1 : FIRST_YEAR;
    int days = civil_days_in_month(year, date.month);
    return civil_day(year, date.month, date.day < days ? date.day : days);
}

static struct period week_year_before(struct period week, int week_start)
{
    enum { FOURTH_DAY = 3 };
    int32_t middle = week_first_day(week.first_day, week_start) + FOURTH_DAY;
    int year = civil_of(clamp_day(middle)).year;
    if (year <= FIRST_YEAR)
        return week;
    int number = (middle - civil_day(year, 1, 1)) / DAYS_A_WEEK;
    int32_t first_week = week_first_day(civil_day(year - 1, 1, 4), week_start);
    int32_t first = first_week + number * DAYS_A_WEEK;
    if (first + FOURTH_DAY >= civil_day(year, 1, 1))
        first -= DAYS_A_WEEK;
    return clamp_period(PERIOD_WEEK, first, (int64_t)first + DAYS_A_WEEK - 1);
}

struct period period_year_before(struct period period, int week_start)
{
    int months = months_in(period.unit);
    if (months)
        return period_shift(period, -12 / months, week_start);
    if (period.unit == PERIOD_WEEK)
        return week_year_before(period, week_start);
    return (struct period){period.unit, day_year_before(period.first_day),
                           day_year_before(period.last_day)};
}

int32_t period_days(struct period period)
{
    return period.last_day - period.first_day + 1;
}

bool period_equal(struct period a, struct period b)
{
    return a.unit == b.unit && a.first_day == b.first_day && a.last_day == b.last_day;
}

size_t period_list(enum period_unit unit, int32_t first, int32_t last, int week_start,
                   struct arena *arena, const struct period **out)
{
    *out = NULL;
    first = clamp_day(first);
    last = clamp_day(last);
    if (last < first)
        return 0;
    struct period *list = NULL;
    size_t count = 0, capacity = 0;
    struct period next = period_holding(unit, first, week_start);
    if (unit == PERIOD_RANGE)
        next.last_day = last;
    for (;;) {
        *ARENA_APPEND(arena, list, count, capacity) = next;
        if (next.last_day >= last)
            break;
        next = period_holding(unit, next.last_day + 1, week_start);
    }
    *out = list;
    return count;
}

size_t period_list_within(enum period_unit unit, struct period whole, int week_start,
                          struct arena *arena, const struct period **out)
{
    const struct period *list;
    size_t count =
        period_list(unit, whole.first_day, whole.last_day, week_start, arena, &list);
    *out = list;
    if (!count)
        return 0;
    struct period *cut = arena_copy(arena, list, count * sizeof *list);
    if (cut[0].first_day < whole.first_day)
        cut[0].first_day = whole.first_day;
    if (cut[count - 1].last_day > whole.last_day)
        cut[count - 1].last_day = whole.last_day;
    *out = cut;
    return count;
}

bool period_is_provisional(struct period period, const struct period_frame *frame)
{
    return period.last_day > frame->complete_until;
}

static int print_day(char *out, size_t size, int32_t day)
{
    struct civil date = civil_of(day);
    return snprintf(out, size, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void print_week(char *out, size_t size, struct period week, int week_start)
{
    if (week_start != 0) {
        print_day(out, size, week_first_day(week.first_day, week_start));
        return;
    }
    struct iso_week iso = iso_week_of(week.first_day);
    snprintf(out, size, "%04d-W%02d", iso.year, iso.week);
}

void period_label(struct period period, int week_start, char out[PERIOD_LABEL_SIZE])
{
    struct civil date = civil_of(clamp_day(period.first_day));
    int used;
    switch (period.unit) {
    case PERIOD_YEAR: snprintf(out, PERIOD_LABEL_SIZE, "%04d", date.year); return;
    case PERIOD_QUARTER:
        snprintf(out, PERIOD_LABEL_SIZE, "%04d-Q%d", date.year, (date.month + 2) / 3);
        return;
    case PERIOD_MONTH:
        snprintf(out, PERIOD_LABEL_SIZE, "%04d-%02d", date.year, date.month);
        return;
    case PERIOD_WEEK: print_week(out, PERIOD_LABEL_SIZE, period, week_start); return;
    case PERIOD_DAY:
        print_day(out, PERIOD_LABEL_SIZE, clamp_day(period.first_day));
        return;
    case PERIOD_RANGE: break;
    }
    used = print_day(out, PERIOD_LABEL_SIZE, clamp_day(period.first_day));
    used += snprintf(out + used, PERIOD_LABEL_SIZE - (size_t)used, "..");
    print_day(out + used, PERIOD_LABEL_SIZE - (size_t)used, clamp_day(period.last_day));
}

const char *period_unit_name(enum period_unit unit)
{
    static const char *const names[] = {
        [PERIOD_DAY] = "day",         [PERIOD_WEEK] = "week", [PERIOD_MONTH] = "month",
        [PERIOD_QUARTER] = "quarter", [PERIOD_YEAR] = "year", [PERIOD_RANGE] = "range",
    };
    return names[unit];
}

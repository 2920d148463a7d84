/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weeks, months and zero-filled counts, through base/civil. */
#include "stats/periods.h"

#include "base/civil.h"

#include <stdio.h>

static void label_week(int year, int week, char out[STAT_LABEL_SIZE])
{
    snprintf(out, STAT_LABEL_SIZE, "%04d-W%02d", year, week);
}

static void label_month(int year, int month, char out[STAT_LABEL_SIZE])
{
    snprintf(out, STAT_LABEL_SIZE, "%04d-%02d", year, month);
}

static void label_week_of(int32_t day, char out[STAT_LABEL_SIZE])
{
    struct iso_week week = iso_week_of(day);
    label_week(week.year, week.week, out);
}

static void describe_month(int32_t day, struct iso_week_facts *out)
{
    struct civil civil = civil_of(day);
    out->days_in_month = civil_days_in_month(civil.year, civil.month);
    out->month_start = day - (civil.day - 1);
    out->month_end = out->month_start + out->days_in_month - 1;
    label_month(civil.year, civil.month, out->month);
    label_month(civil.year - 1, civil.month, out->same_month_last_year);
    struct civil before = civil_of(out->month_start - 1);
    label_month(before.year, before.month, out->previous_month);
}

void stat_iso_week(int32_t day, struct iso_week_facts *out)
{
    struct iso_week week = iso_week_of(day);
    int last_year = iso_weeks_in_year(week.year - 1);
    out->iso_year = week.year;
    out->iso_week = week.week;
    out->iso_weekday = civil_weekday(day) + 1;
    out->weeks_in_iso_year = iso_weeks_in_year(week.year);
    out->week_start = day - civil_weekday(day);
    out->week_end = out->week_start + 6;
    label_week(week.year, week.week, out->label);
    label_week_of(out->week_start - 7, out->previous_week);
    label_week_of(out->week_start + 7, out->next_week);
    label_week(week.year - 1, week.week > last_year ? last_year : week.week,
               out->same_week_last_year);
    describe_month(day, out);
}

struct bounds {
    int32_t first, last;
};

static struct bounds bounds_of(int32_t day, enum count_unit unit)
{
    if (unit == COUNT_BY_WEEK) {
        int32_t monday = day - civil_weekday(day);
        return (struct bounds){monday, monday + 6};
    }
    struct civil civil = civil_of(day);
    int32_t first = day - (civil.day - 1);
    return (struct bounds){first,
                           first + civil_days_in_month(civil.year, civil.month) - 1};
}

/* Periods between that of `from` and that of `day`. */
static size_t position_of(int32_t day, const struct count_question *question)
{
    struct bounds first = bounds_of(question->from, question->unit);
    if (question->unit == COUNT_BY_WEEK)
        return (size_t)((day - first.first) / 7);
    struct civil start = civil_of(question->from), here = civil_of(day);
    return (size_t)((here.year - start.year) * 12 + here.month - start.month);
}

static void name_period(int32_t first_day, enum count_unit unit,
                        char out[STAT_LABEL_SIZE])
{
    struct civil civil = civil_of(first_day);
    if (unit == COUNT_BY_WEEK)
        label_week_of(first_day, out);
    else
        label_month(civil.year, civil.month, out);
}

void stat_period_counts(const struct count_question *question, struct arena *arena,
                        struct period_counts *out)
{
    *out = (struct period_counts){0};
    if (question->from > question->to)
        out->unknown_because = "the span ends before it begins";
    else if (question->from < civil_day(1, 1, 1) ||
             question->to > civil_day(9999, 12, 31))
        out->unknown_because = "the span leaves the years 1 to 9999";
    if (out->unknown_because)
        return;
    size_t size = position_of(question->to, question) + 1;
    char(*label)[STAT_LABEL_SIZE] = arena_alloc_array(arena, sizeof *label, size);
    double *count = ARENA_ARRAY(arena, double, size);
    double *days = ARENA_ARRAY(arena, double, size);
    bool *complete = ARENA_ARRAY(arena, bool, size);
    int32_t day = question->from;
    for (size_t i = 0; i < size; i++) {
        struct bounds bounds = bounds_of(day, question->unit);
        int32_t last = bounds.last < question->to ? bounds.last : question->to;
        name_period(bounds.first, question->unit, label[i]);
        days[i] = last - day + 1;
        complete[i] = day == bounds.first && last == bounds.last;
        day = bounds.last + 1;
    }
    for (size_t i = 0; i < question->events; i++)
        if (question->day[i] >= question->from && question->day[i] <= question->to)
            count[position_of(question->day[i], question)]++;
    *out = (struct period_counts){.size = size,
                                  .label = (const char(*)[STAT_LABEL_SIZE])label,
                                  .count = count,
                                  .days = days,
                                  .complete = complete};
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Waves of events over days and units: one sliding window for the days' figures, then
 * the merged windows of flagged days. */
#include "stats/burst.h"

#include "stats/check.h"
#include "stats/distributions.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const size_t days_at_most = 1000000;

/* Events ordered by day, their units as dense codes. */
struct events {
    const size_t *start; /* days + 1 offsets into code */
    size_t *code;
    size_t units;
};

static int compare_units(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void order_events(const struct burst_question *question, struct arena *arena,
                         struct events *out)
{
    size_t count = question->events;
    int32_t *unit = ARENA_ARRAY(arena, int32_t, count + 1);
    for (size_t i = 0; i < count; i++)
        unit[i] = question->unit[i];
    qsort(unit, count, sizeof *unit, compare_units);
    out->units = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || unit[i] != unit[i - 1])
            unit[out->units++] = unit[i];
    size_t *start = ARENA_ARRAY(arena, size_t, question->days + 2);
    for (size_t i = 0; i < count; i++)
        start[question->day[i] + 2]++;
    for (size_t day = 1; day < question->days + 2; day++)
        start[day] += start[day - 1];
    out->code = ARENA_ARRAY(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        const int32_t *found =
            bsearch(&question->unit[i], unit, out->units, sizeof *unit, compare_units);
        out->code[start[question->day[i] + 1]++] = (size_t)(found - unit);
    }
    out->start = start;
}

static size_t count_events(const struct events *events, size_t first, size_t end)
{
    return events->start[end] - events->start[first];
}

static int compare_codes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Different units on days [first, end). */
static size_t count_units(const struct events *events, size_t first, size_t end,
                          struct arena *arena)
{
    size_t count = count_events(events, first, end), units = 0;
    size_t *code = ARENA_ARRAY(arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        code[i] = events->code[events->start[first] + i];
    qsort(code, count, sizeof *code, compare_codes);
    for (size_t i = 0; i < count; i++)
        units += i == 0 || code[i] != code[i - 1];
    return units;
}

/* Slides a window over the days and keeps how often each unit is in it. */
static void fill_units(const struct burst_question *question,
                       const struct events *events, size_t first_day,
                       struct arena *arena, double *units)
{
    size_t *present = ARENA_ARRAY(arena, size_t, events->units + 1), different = 0;
    for (size_t day = 0; day < question->days; day++) {
        for (size_t i = events->start[day]; i < events->start[day + 1]; i++)
            different += present[events->code[i]]++ == 0;
        if (day >= question->window) {
            size_t gone = day - question->window;
            for (size_t i = events->start[gone]; i < events->start[gone + 1]; i++)
                different -= --present[events->code[i]] == 0;
        }
        units[day] = day >= first_day ? (double)different : NAN;
    }
}

static void fill_days(const struct burst_question *question,
                      const struct events *events, size_t first_day, double *n,
                      double *p)
{
    double reference = (double)question->reference;
    double prob = reference / (reference + (double)question->window);
    for (size_t day = 0; day < question->days; day++) {
        n[day] = p[day] = NAN;
        if (day < first_day)
            continue;
        size_t window = day + 1 - question->window;
        size_t before = count_events(events, window - question->reference, window);
        n[day] = (double)count_events(events, window, day + 1);
        p[day] = dist_negbin_at_least(n[day], 0.5 + (double)before, prob);
    }
}

/* The wave on days [first, end), without its empty days at both ends. */
static struct wave measure_wave(const struct events *events, size_t first, size_t end,
                                struct arena *arena)
{
    while (first + 1 < end && count_events(events, first, first + 1) == 0)
        first++;
    while (end - 1 > first && count_events(events, end - 1, end) == 0)
        end--;
    return (struct wave){.start = (int32_t)first,
                         .end = (int32_t)end - 1,
                         .events = count_events(events, first, end),
                         .units = count_units(events, first, end, arena)};
}

static void merge_waves(const struct burst_question *question,
                        const struct events *events, struct arena *arena,
                        struct bursts *out)
{
    struct wave *wave = NULL;
    size_t capacity = 0, first = 0, end = 0;
    for (size_t day = out->first; day <= question->days; day++) {
        bool is_last = day == question->days;
        bool flagged = !is_last && out->p[day] <= question->alpha &&
                       out->units[day] >= (double)question->min_units;
        size_t start = day + 1 - question->window;
        if (end > 0 && (is_last || (flagged && start > end))) {
            *ARENA_APPEND(arena, wave, out->wave_count, capacity) =
                measure_wave(events, first, end, arena);
            end = 0;
        }
        if (flagged && end == 0)
            first = start;
        if (flagged)
            end = day + 1;
    }
    out->wave = wave;
}

static const char *check_burst(const struct burst_question *question)
{
    const char *refused = CHECK_FIRST(
        question->window && question->reference ? NULL : "the window has no days",
        question->days > days_at_most || question->window > days_at_most ||
                question->reference > days_at_most
            ? "more than 1,000,000 days"
            : NULL,
        check_level(question->alpha));
    for (size_t i = 0; i < question->events && !refused; i++)
        if (question->day[i] < 0 || (size_t)question->day[i] >= question->days)
            refused = "an event lies outside the days";
    return refused;
}

void stat_burst(const struct burst_question *question, struct arena *arena,
                struct bursts *out)
{
    *out = (struct bursts){.first = question->days};
    out->unknown_because = check_burst(question);
    if (out->unknown_because)
        return;
    size_t full = question->window + question->reference - 1;
    if (full < question->days)
        out->first = full;
    struct events events;
    order_events(question, arena, &events);
    double *n = ARENA_ARRAY(arena, double, question->days + 1);
    double *units = ARENA_ARRAY(arena, double, question->days + 1);
    double *p = ARENA_ARRAY(arena, double, question->days + 1);
    fill_days(question, &events, out->first, n, p);
    fill_units(question, &events, out->first, arena, units);
    out->n = n;
    out->units = units;
    out->p = p;
    merge_waves(question, &events, arena, out);
}

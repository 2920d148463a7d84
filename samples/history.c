/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Simulates the two years day by day. Weekly totals vary more than chance alone
 * (negative binomial around a season), and where they fall depends on what happened
 * before: districts heat up and cool, a deadly operation quietens its district for
 * two weeks, after which attacks resume. */
#include "history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DISTRICTS = 160, QUIET_DAYS = 14, RESUMED_DAYS = 28, DEADLY_OPERATION = 5 };

struct state {
    struct random random, words; /* apart: another wording leaves the numbers */
    struct history *history;
    double heat[MOST_DISTRICTS];    /* log of what multiplies a district's weight */
    double memory[MOST_DISTRICTS];  /* recent attacks, fading */
    int32_t struck[MOST_DISTRICTS]; /* day of the last deadly operation */
    bool failed;
};

/* Weeks whose totals are set by hand, so that the sample brief has something to say. */
static const struct pinned {
    int week, attacks, operations;
} pinned[] = {{81, 58, 19}, {102, 37, 15}, {103, 31, 22}};

/* Many attacks in many districts on one day, by one group. */
static const struct wave {
    int32_t day; /* since FIRST_DAY */
    enum region first, last;
    size_t attacks, districts;
    const char *family;
} waves[] = {
    {303, SOUTHERN_KP, NORTHERN_KP, 8, 6, "TTP"},
    {568, MAKRAN, INTERIOR_BALOCHISTAN, 11, 9, "BLA"},
};

static const struct planted {
    int32_t day; /* since FIRST_DAY */
    const char *district, *place, *type, *target, *family, *agency;
    int civilians, forces, militants, injured, sources;
    const char *source, *summary;
} planted[] = {
    {723, "Bannu", "Mandan", "Car bomb", "police", "TTP", "police", 7, 12, 0, 24, 5,
     "police statement; hospital; local reporter",
     "A car packed with explosives was driven into the police checkpost at Mandan; "
     "12 policemen and 7 civilians died and 24 people were hurt."},
    {725, "Quetta", "Sariab Road", "Bombing", "transport", "", "", 14, 0, 0, 31, 3,
     "local reporter; rescue service",
     "A device went off beside a bus stand on Sariab Road in the evening. All 14 dead "
     "were civilians; no group has claimed it."},
    {726, "North Waziristan", "Mir Ali", "Raid", NULL, NULL, "army; CTD", 0, 0, 11, 1,
     1, "military statement",
     "The army said that a night raid near Mir Ali killed 11 militants; there is no "
     "independent account so far."},
};
enum {
    PINNED = sizeof pinned / sizeof *pinned,
    WAVES = sizeof waves / sizeof *waves,
    PLANTED = sizeof planted / sizeof *planted
};

/* Attacks a week: few in winter, most in June, slowly more from year to year. */
static double expected_attacks(int week)
{
    const double turn = 2 * 3.14159265358979323846 / 365.25;
    const double season = 1 + .25 * cos(turn * (FIRST_DAY + 7 * week + 3 - 20255));
    return 33.2 * season * (1 + .05 * week / 52.0);
}

/* Where it grows and where it fades over the last three months. */
static double region_trend(enum region region, int week)
{
    const double late = week > 91 ? (week - 91) / 12.0 : 0;
    return region == SOUTHERN_KP ? 1 + .35 * late
           : region == MAKRAN    ? 1 - .55 * late
                                 : 1;
}

static double answer_to_operations(const struct state *state, size_t district,
                                   int32_t day)
{
    const int32_t since = day - state->struck[district];
    return since <= QUIET_DAYS ? .4 : since <= RESUMED_DAYS ? 1.3 : 1;
}

static bool is_in_wave(enum region region, int32_t day)
{
    for (size_t i = 0; i < WAVES; i++)
        if (waves[i].day == day && region >= waves[i].first && region <= waves[i].last)
            return true;
    return false;
}

static size_t draw_attacked(struct state *state, int32_t day)
{
    double weight[MOST_DISTRICTS];
    for (size_t i = 0; i < district_count; i++)
        weight[i] = is_in_wave(districts[i].region, day)
                        ? 0
                        : districts[i].weight * exp(state->heat[i]) *
                              region_trend(districts[i].region, (int)(day / 7)) *
                              answer_to_operations(state, i, day);
    return random_weighted(&state->random, weight, district_count);
}

static size_t draw_searched(struct state *state)
{
    double weight[MOST_DISTRICTS];
    for (size_t i = 0; i < district_count; i++)
        weight[i] = .1 * districts[i].weight + state->memory[i];
    return random_weighted(&state->random, weight, district_count);
}

static struct incident *add_incident(struct state *state)
{
    struct history *history = state->history;
    if (history->count == history->capacity) {
        const size_t capacity = history->capacity ? 2 * history->capacity : 1024;
        struct incident *grown =
            realloc(history->incident, capacity * sizeof *history->incident);
        if (!grown) {
            state->failed = true;
            return NULL;
        }
        history->incident = grown;
        history->capacity = capacity;
    }
    return &history->incident[history->count++];
}

static struct incident *happen(struct state *state, size_t district, int32_t day,
                               bool is_operation, const char *family)
{
    struct incident *incident = add_incident(state);
    if (!incident)
        return NULL;
    incident_draw(&state->random,
                  &(struct outline){.day = FIRST_DAY + day,
                                    .district = &districts[district],
                                    .is_operation = is_operation,
                                    .year = day / 365.25,
                                    .family = family},
                  incident);
    incident_describe(&state->words, incident);
    if (!is_operation)
        state->memory[district] += 1;
    else if (incident->militants >= DEADLY_OPERATION)
        state->struck[district] = day;
    return incident;
}

static void happen_in_wave(struct state *state, const struct wave *wave)
{
    size_t chosen[16];
    double weight[MOST_DISTRICTS];
    for (size_t i = 0; i < district_count; i++)
        weight[i] =
            districts[i].region >= wave->first && districts[i].region <= wave->last
                ? sqrt(districts[i].weight)
                : 0;
    for (size_t i = 0; i < wave->districts; i++) {
        chosen[i] = random_weighted(&state->random, weight, district_count);
        weight[chosen[i]] = 0;
    }
    for (size_t i = 0; i < wave->attacks; i++)
        happen(state, chosen[i % wave->districts], wave->day, false, wave->family);
}

static size_t find_district(const char *name)
{
    size_t i = 0;
    while (strcmp(districts[i].name, name) != 0)
        i++;
    return i;
}

static void happen_as_planted(struct state *state, const struct planted *plan)
{
    struct incident *incident = happen(state, find_district(plan->district), plan->day,
                                       !plan->target, plan->family);
    if (!incident)
        return;
    incident->type = plan->type;
    for (size_t i = 0; plan->target && i < target_count; i++)
        if (strcmp(targets[i].name, plan->target) == 0)
            incident->target = &targets[i];
    incident->civilians = plan->civilians;
    incident->forces = plan->forces;
    incident->militants = plan->militants;
    incident->injured = plan->injured;
    incident->arrested = 0;
    incident->sources = plan->sources;
    snprintf(incident->place, sizeof incident->place, "%s", plan->place);
    snprintf(incident->agency, sizeof incident->agency, "%s", plan->agency);
    snprintf(incident->source, sizeof incident->source, "%s", plan->source);
    snprintf(incident->summary, sizeof incident->summary, "%s", plan->summary);
}

struct week {
    int attacks[7], operations[7];
};

/* Fridays are the worst days, Sundays the calmest; operations keep Fridays free. */
static void spread_over_days(struct random *random, int attacks, int operations,
                             struct week *week)
{
    static const double attack[7] = {1.14, .98, 1.0, .92, 1.30, .88, .78};
    static const double operation[7] = {1.0, 1.05, 1.1, 1.1, .7, 1.1, .95};
    for (int i = 0; i < attacks; i++)
        week->attacks[random_weighted(random, attack, 7)]++;
    for (int i = 0; i < operations; i++)
        week->operations[random_weighted(random, operation, 7)]++;
}

static void pass_day(struct state *state, int32_t day, int attacks, int operations)
{
    for (size_t i = 0; i < district_count; i++)
        state->memory[i] *= .94;
    for (size_t i = 0; i < WAVES; i++)
        if (waves[i].day == day)
            happen_in_wave(state, &waves[i]);
    for (size_t i = 0; i < PLANTED; i++)
        if (planted[i].day == day)
            happen_as_planted(state, &planted[i]);
    while (attacks + operations > 0) {
        const bool is_operation =
            random_below(&state->random, (size_t)(attacks + operations)) >=
            (size_t)attacks;
        if (is_operation)
            operations--;
        else
            attacks--;
        happen(state, is_operation ? draw_searched(state) : draw_attacked(state, day),
               day, is_operation, NULL);
    }
}

/* What waves and planted incidents already bring to a pinned week. */
static void subtract_fixed(int week, int *attacks, int *operations)
{
    for (size_t i = 0; i < WAVES; i++)
        if (waves[i].day / 7 == week)
            *attacks -= (int)waves[i].attacks;
    for (size_t i = 0; i < PLANTED; i++)
        if (planted[i].day / 7 == week)
            --*(planted[i].target ? attacks : operations);
}

static void pass_week(struct state *state, int number, double mood)
{
    struct random *random = &state->random;
    const double mean = expected_attacks(number) * exp(mood);
    int attacks = random_clumped(random, mean, 45);
    int operations = random_clumped(random, 16.3 * sqrt(mean / 34), 30);
    struct week week = {0};
    for (size_t i = 0; i < PINNED; i++) {
        if (pinned[i].week != number)
            continue;
        attacks = pinned[i].attacks;
        operations = pinned[i].operations;
        subtract_fixed(number, &attacks, &operations);
    }
    for (size_t i = 0; i < district_count; i++)
        state->heat[i] = .82 * state->heat[i] + .3 * random_normal(random);
    spread_over_days(random, attacks, operations, &week);
    for (int day = 0; day < 7; day++)
        pass_day(state, 7 * number + day, week.attacks[day], week.operations[day]);
}

bool history_draw(struct history *history, uint64_t seed)
{
    struct state state = {.history = history};
    double mood = 0; /* of the whole country: weeks resemble their neighbours */
    *history = (struct history){0};
    random_seed(&state.random, seed);
    random_seed(&state.words, seed);
    for (size_t i = 0; i < MOST_DISTRICTS; i++)
        state.struck[i] = -1000;
    for (int week = 0; week < WEEKS && !state.failed; week++) {
        mood = .6 * mood + .07 * random_normal(&state.random);
        pass_week(&state, week, mood);
    }
    if (state.failed)
        history_free(history);
    return !state.failed;
}

void history_free(struct history *history)
{
    free(history->incident);
    *history = (struct history){0};
}

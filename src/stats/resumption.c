/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days within the reach of an operation against the other days of the same unit. */
#include "stats/resumption.h"

#include "stats/check.h"
#include "stats/distributions.h"
#include "stats/district.h"

#include <math.h>
#include <stdbool.h>

struct walk {
    const struct resumption_question *question;
    const uint16_t *attacks, *operations; /* of the unit */
    size_t *next_attack; /* by day: the first day from it on with an attack, or days */
};

static void find_next(const struct walk *walk)
{
    size_t days = walk->question->days;
    walk->next_attack[days] = days;
    for (size_t day = days; day-- > 0;)
        walk->next_attack[day] = walk->attacks[day] ? day : walk->next_attack[day + 1];
}

/* Days until the next attack after the day; 0: none within reach. */
static size_t days_to_next(const struct walk *walk, size_t day)
{
    size_t next = walk->next_attack[day + 1];
    bool is_near = next < walk->question->days && next - day <= walk->question->within;
    return is_near ? next - day : 0;
}

static void count_days(const struct walk *walk, size_t day, bool in_reach,
                       struct resumption_unit *unit)
{
    if (day < walk->question->within || walk->operations[day])
        return;
    if (in_reach) {
        unit->after_days++;
        unit->after_attacks += walk->attacks[day];
    } else {
        unit->other_days++;
        unit->other_attacks += walk->attacks[day];
    }
}

/* delays: room for a double a day. Returns operations whose days aren't over. */
static double walk_unit(const struct walk *walk, double *delays,
                        struct resumption_unit *unit)
{
    size_t days = walk->question->days, within = walk->question->within;
    size_t since = within + 1, resumed = 0; /* days since the last operation */
    double open = 0, other = 0, followed = 0;
    find_next(walk);
    for (size_t day = 0; day < days; day++) {
        bool in_reach = since <= within;
        bool is_over = day + within < days;
        size_t delay = is_over ? days_to_next(walk, day) : 0;
        count_days(walk, day, in_reach, unit);
        for (uint16_t i = 0; i < walk->operations[day]; i++) {
            open += !is_over;
            unit->operations += is_over;
            unit->resumed += delay > 0;
            if (delay && i == 0)
                delays[resumed++] = (double)delay;
        }
        bool is_other = day >= within && is_over && !in_reach && !walk->operations[day];
        other += is_other;
        followed += is_other && delay > 0;
        since = walk->operations[day] ? 1 : since + 1;
    }
    unit->days_to_next = median_in_place(delays, resumed);
    unit->usual = other > 0 ? followed / other : NAN;
    return open;
}

static double weekly_phi(const struct resumption_question *question,
                         struct arena *arena)
{
    size_t weeks = question->days / 7;
    double *count = ARENA_ARRAY(arena, double, question->units *weeks);
    for (size_t u = 0; u < question->units; u++) {
        for (size_t day = 0; day < weeks * 7; day++)
            count[u * weeks + day / 7] += question->attacks[u * question->days + day];
    }
    double phi = district_pooled_phi(count, question->units, weeks);
    return isnan(phi) ? 1 : phi;
}

static void compare(const struct resumption_question *question, struct resumption *out)
{
    double reach = 0, others = 0, variance = 0;
    for (size_t u = 0; u < question->units; u++) {
        const struct resumption_unit *unit = &out->unit[u];
        double days = unit->after_days + unit->other_days;
        if (!(unit->after_days > 0) || !(unit->other_days > 0))
            continue;
        reach += unit->after_attacks * unit->other_days / days;
        others += unit->other_attacks * unit->after_days / days;
        variance += (unit->after_attacks + unit->other_attacks) * unit->after_days *
                    unit->other_days / (days * days);
    }
    if (!(reach > 0) || !(others > 0)) {
        out->unknown_because = "no attacks after operations or at other times";
        return;
    }
    double z = dist_normal_two_sided(question->conf);
    double error = sqrt(variance / (reach * others) * out->phi);
    out->ratio = reach / others;
    out->low = out->ratio * exp(-z * error);
    out->high = out->ratio * exp(z * error);
    out->p = dist_normal_p(log(out->ratio) / error);
}

static bool has_operation(const uint16_t *operations, size_t days)
{
    for (size_t day = 0; day < days; day++) {
        if (operations[day])
            return true;
    }
    return false;
}

void stat_resumption(const struct resumption_question *question, struct arena *arena,
                     struct resumption *out)
{
    *out = (struct resumption){.ratio = NAN, .low = NAN, .high = NAN, .p = NAN};
    struct resumption_unit *unit =
        ARENA_ARRAY(arena, struct resumption_unit, question->units);
    out->unit = unit;
    out->phi = NAN;
    if (question->within == 0 || question->within >= question->days)
        out->unknown_because = "no days after operations";
    out->unknown_because =
        CHECK_FIRST(out->unknown_because, check_level(question->conf));
    if (out->unknown_because)
        return;
    double *delays = ARENA_ARRAY(arena, double, question->days);
    struct walk walk = {.question = question,
                        .next_attack = ARENA_ARRAY(arena, size_t, question->days + 1)};
    for (size_t u = 0; u < question->units; u++) {
        walk.attacks = question->attacks + u * question->days;
        walk.operations = question->operations + u * question->days;
        out->open += walk_unit(&walk, delays, &unit[u]);
        out->operations += unit[u].operations;
        out->resumed += unit[u].resumed;
        if (!isnan(unit[u].usual)) {
            out->comparable += unit[u].operations;
            out->comparable_resumed += unit[u].resumed;
            out->expected += unit[u].operations * unit[u].usual;
        }
        if (has_operation(walk.operations, question->days))
            continue;
        out->elsewhere_attacks += unit[u].other_attacks;
        out->elsewhere_days += unit[u].other_days;
    }
    out->phi = weekly_phi(question, arena);
    compare(question, out);
}

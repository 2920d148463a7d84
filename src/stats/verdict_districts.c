/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verdict on many districts at once. */
#include "stats/verdict.h"

#include "stats/check.h"
#include "stats/district.h"
#include "stats/verdict_stretch.h"

#include <math.h>

/* Where the periods to compare with lie, or why there are none. */
static const char *find_base(const struct districts_question *question,
                             struct stretch *base)
{
    size_t most = question->base ? question->base : VERDICT_BASE;
    *base = stretch_of(question->size, question->provisional, question->breaks,
                       question->break_count);
    if (question->size == 0 || question->districts == 0)
        return question->size ? "no districts" : "no periods";
    if (question->provisional)
        return "the period isn't complete";
    base->end--;
    if (base->end < base->first + VERDICT_PERIODS_LEAST)
        return "fewer than 8 earlier periods";
    if (base->end - base->first > most)
        base->first = base->end - most;
    return NULL;
}

static double exposure_of(const struct districts_question *question,
                          struct stretch stretch)
{
    double sum = 0;
    for (size_t i = stretch.first; i < stretch.end; i++)
        sum += question->exposure ? question->exposure[i] : 1;
    return sum;
}

/* The base periods of every district, row by row, the sums now and before, and the
 * dispersions: clumping grows with the level, and the pooled one is for the thin. */
static double *gather(const struct districts_question *question, struct stretch base,
                      struct arena *arena, struct district_question *scan)
{
    size_t width = base.end - base.first;
    double *past = ARENA_ARRAY(arena, double, question->districts *width);
    double *now = ARENA_ARRAY(arena, double, question->districts);
    double *before = ARENA_ARRAY(arena, double, question->districts);
    double *phi = ARENA_ARRAY(arena, double, question->districts);
    for (size_t d = 0; d < question->districts; d++) {
        const double *row = question->count + d * question->size;
        now[d] = row[question->size - 1];
        before[d] = sum_of(row + base.first, width);
        for (size_t i = 0; i < width; i++)
            past[d * width + i] = row[base.first + i];
        phi[d] = district_pooled_phi(past + d * width, 1, width);
    }
    scan->own_phi = phi;
    scan->x1 = now;
    scan->x0 = before;
    return past;
}

static void describe(const struct district_question *asked,
                     const struct district_scan *scan, struct arena *arena,
                     struct districts_verdict *out)
{
    enum direction *direction = ARENA_ARRAY(arena, enum direction, asked->n);
    for (size_t d = 0; d < asked->n; d++)
        direction[d] = DIRECTION_UNCLEAR;
    for (size_t i = 0; i < scan->flagged_count; i++) {
        size_t d = scan->flagged[i];
        bool rose = asked->x1[d] * asked->t0 > asked->x0[d] * asked->t1;
        direction[d] = rose ? DIRECTION_ROSE : DIRECTION_FELL;
    }
    out->direction = direction;
    out->p_adj = scan->p_adj;
    out->flagged = scan->flagged;
    out->flagged_count = scan->flagged_count;
    out->tests = asked->n;
}

void verdict_of_districts(const struct districts_question *question,
                          struct arena *arena, struct districts_verdict *out)
{
    *out = (struct districts_verdict){.phi = NAN};
    struct stretch base, current = {question->size - 1, question->size};
    const char *reason = find_base(question, &base);
    out->unknown_because =
        CHECK_FIRST(reason, check_exposures(question->exposure, question->size));
    if (out->unknown_because)
        return;
    struct district_question asked = {.n = question->districts,
                                      .t1 = exposure_of(question, current),
                                      .t0 = exposure_of(question, base),
                                      .fdr = question->fdr == 0 ? 0.1 : question->fdr};
    struct district_scan scan;
    out->base = base.end - base.first;
    double *past = gather(question, base, arena, &asked);
    double phi = district_pooled_phi(past, asked.n, out->base);
    asked.phi = isnan(phi) ? 1 : phi;
    stat_district_scan(&asked, arena, &scan);
    out->unknown_because =
        CHECK_FIRST(scan.unknown_because, check_counts(past, asked.n * out->base));
    if (out->unknown_because)
        return;
    out->phi = asked.phi;
    describe(&asked, &scan, arena, out);
}

void verdict_among_many(const struct districts_verdict *all, size_t district,
                        struct verdict *verdict)
{
    bool is_change =
        verdict->direction == DIRECTION_ROSE || verdict->direction == DIRECTION_FELL;
    if (all->unknown_because || !is_change ||
        all->direction[district] == verdict->direction)
        return;
    verdict->direction = DIRECTION_UNCLEAR;
    verdict->spoke = "baseline";
    /* From none and to none are told as counts already. */
    if (verdict->earlier == 0 || verdict->current == 0)
        return;
    verdict->situation =
        verdict->position == USUAL_ABOVE ? SITUATION_ABOVE : SITUATION_BELOW;
}

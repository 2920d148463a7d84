/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deaths come in clumps, so their change is judged by the incidents behind them. One
 * question gives these: how many rows have each number of deaths, in two periods. */
#include "template/filters.h"

#include <math.h>

/* Rows by the value of the sum's own column. */
static struct measure *rows_of(const struct measure *sum, struct arena *arena)
{
    struct measure *count = arena_copy(arena, sum, sizeof *sum);
    count->kind = MEASURE_COUNT;
    count->column = NULL;
    return count;
}

/* The deaths of each incident: a value as often as rows have it. false: the rows aren't
 * incidents with whole numbers. */
static bool unfold(const struct cells *cells, size_t bin, struct arena *arena,
                   const double **out, size_t *count)
{
    double rows = 0;
    *count = 0;
    for (size_t i = 0; i < cells->groups[0]; i++)
        rows += cells->cell[i * 2 + bin].value;
    double *killed = ARENA_ARRAY(arena, double, (size_t)rows + 1);
    for (size_t i = 1; i < cells->groups[0]; i++) {
        double times = cells->cell[i * 2 + bin].value, value;
        if (times == 0)
            continue;
        if (!number_parse(cells->by[0]->words.word[i], &value) || value < 0 ||
            value != floor(value) || times != floor(times))
            return false;
        for (double j = 0; j < times; j++)
            killed[(*count)++] = value;
    }
    *out = killed;
    return true;
}

void compare_deaths(const struct evaluation *evaluation, struct compared *compared)
{
    const struct scope *scope = evaluation->scope;
    const struct measure *sum = evaluation->name.measure;
    struct period now = scope->period.whole, before = compared->period;
    if (compared->base.kind == BASE_AVERAGE || before.last_day >= now.first_day ||
        !sum->column || sum->table->weight)
        return;
    const struct period bin[2] = {before, now};
    const struct column *const by[2] = {sum->column, NULL};
    struct cells cells =
        scope_cells_by(scope, rows_of(sum, scope->arena), NULL, by, bin, 2);
    struct deaths_question question = {.provisional = cells.cell[1].provisional};
    question.pair.t1 = period_days(now);
    question.pair.t0 = period_days(before);
    if (scope->rehearsal || !cells.by[0] ||
        !scope_compares(scope, sum->table, before, now) ||
        !unfold(&cells, 1, scope->arena, &question.pair.killed1, &question.pair.n1) ||
        !unfold(&cells, 0, scope->arena, &question.pair.killed0, &question.pair.n0))
        return;
    verdict_of_deaths(&question, scope->arena, &compared->deaths);
    figures_count_test(scope->figures, TESTED_DEATHS);
    compared->has_deaths = compared->deaths.situation != SITUATION_UNKNOWN;
}

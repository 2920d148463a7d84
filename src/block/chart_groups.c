/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ranking the groups of a field, and folding them into parts of a whole. */
#include "block/chart_groups.h"

#include <math.h>
#include <stdlib.h>

double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

static int compare_groups(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    if (left->value > right->value)
        return -1;
    if (left->value < right->value)
        return 1;
    if (!left->word.size != !right->word.size)
        return left->word.size ? -1 : 1; /* the unknown place after its equals */
    return slice_compare(left->word, right->word);
}

static const struct cell *cells_over(const struct chart_arguments *chart,
                                     const struct scope *scope,
                                     const struct column *column,
                                     const struct measure *measure,
                                     struct period period, size_t *count)
{
    const struct column *const by[2] = {column, NULL};
    size_t groups[2];
    const struct period *bin = arena_copy(scope->arena, &period, sizeof period);
    const struct cell *cell =
        scope_cells(scope, measure, chart->where, by, bin, 1, groups);
    *count = groups[0];
    return cell;
}

/* Adds one measure's values to every group. */
static void add_measure(const struct chart_arguments *chart, const struct scope *scope,
                        const struct ranking *ranking, const struct measure *measure,
                        struct group **group, size_t *count)
{
    int week_start = scope->frame->week_start;
    const struct period all = {PERIOD_RANGE, scope->frame->data_first,
                               scope->frame->data_last};
    struct period before = period_shift(ranking->window, -1, week_start);
    const struct column *column = ranking->column;
    const struct cell *now =
        cells_over(chart, scope, column, measure, ranking->window, count);
    const struct cell *then = cells_over(chart, scope, column, measure, before, count);
    const struct cell *ever = cells_over(chart, scope, column, measure, all, count);
    if (!*group)
        *group = ARENA_ARRAY(scope->arena, struct group, *count + 1);
    for (size_t code = 0; !scope->rehearsal && code < *count; code++) {
        struct group *one = &(*group)[code];
        one->value += or_zero(now[code].value);
        one->before += or_zero(then[code].value);
        one->rows += now[code].rows;
        one->rows_before += then[code].rows;
        one->ever = one->ever || or_zero(ever[code].value) > 0;
        if (!one->cell)
            one->cell = &now[code];
    }
}

size_t rank_groups(const struct chart_arguments *chart,
                   const struct block_context *context, const struct ranking *ranking,
                   struct group **out)
{
    const struct scope *scope = context->scope;
    struct group *group = NULL;
    size_t count = 0;
    for (size_t i = 0; i < ranking->shown_count; i++)
        add_measure(chart, scope, ranking, ranking->shown[i].measure, &group, &count);
    *out = group;
    if (scope->rehearsal || !count)
        return 0;
    for (uint32_t code = 0; code < count; code++) {
        group[code].code = code;
        group[code].word = ranking->column->words.word[code];
        group[code].name =
            code ? locale_name(scope->locale, ranking->column->words.word[code],
                               scope->arena)
                 : print_phrase(context, "unknown group", 1, NULL, 0);
    }
    /* A row of unknown place still counts; it is shown, not lost. */
    if (!group[0].cell->rows) {
        group++;
        count--;
    }
    qsort(group, count, sizeof *group, compare_groups);
    *out = group;
    return count;
}

static void add_part(const struct parts *parts, const struct group *group,
                     double *value, uint32_t *rows)
{
    for (size_t i = 0; i < parts->position_count; i++) {
        const struct cell *cell = parts->cell(parts->cells, group->code, i);
        value[i] += or_zero(cell->value);
        rows[i] += cell->rows;
    }
}

size_t fold_parts(const struct block_context *context, const struct parts *parts,
                  struct chart_series **out)
{
    struct arena *arena = context->chart.arena;
    size_t count = parts->group_count;
    while (count && parts->group[count - 1].value == 0)
        count--;
    bool folds = parts->with_rest && count > parts->most;
    size_t shown = count > parts->most ? parts->most - folds : count;
    struct chart_series *series =
        ARENA_ARRAY(arena, struct chart_series, shown + folds);
    double **value = ARENA_ARRAY(arena, double *, shown + folds);
    uint32_t **rows = ARENA_ARRAY(arena, uint32_t *, shown + folds);
    for (size_t i = 0; i < shown + folds; i++) {
        value[i] = ARENA_ARRAY(arena, double, parts->position_count);
        rows[i] = ARENA_ARRAY(arena, uint32_t, parts->position_count);
        series[i] = (struct chart_series){
            .label = i < shown ? parts->group[i].name
                               : print_phrase(context, "others", 1, NULL, 0),
            .tone = parts->tone,
            .value = value[i],
            .rows = rows[i]};
    }
    for (size_t i = 0; i < count && (i < shown || folds); i++)
        add_part(parts, &parts->group[i], value[i < shown ? i : shown],
                 rows[i < shown ? i : shown]);
    *out = series;
    return shown + folds;
}

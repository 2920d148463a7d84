/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ranking the groups of a field, and folding them into parts of a whole. */
#include "block/chart_cross.h"

#include <math.h>
#include <stdlib.h>

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

/* The largest first, what isn't known last. */
static int compare_groups(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    if (isnan(left->value) != isnan(right->value))
        return isnan(left->value) ? 1 : -1;
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

/* Known parts add up; without any the sum isn't known either. */
static double add_known(double sum, double value)
{
    return isnan(sum) ? value : sum + or_zero(value);
}

/* Adds one measure's values to every group. */
static void add_measure(const struct chart_arguments *chart, const struct scope *scope,
                        const struct ranking *ranking, const struct measure *measure,
                        struct group **group, size_t *count)
{
    int week_start = scope->frame->week_start;
    const struct period all = {PERIOD_RANGE, measure->table->first_day,
                               measure->table->last_day};
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
        one->value =
            one->cell ? add_known(one->value, now[code].value) : now[code].value;
        one->before =
            one->cell ? add_known(one->before, then[code].value) : then[code].value;
        one->is_zero = (one->is_zero || !one->cell) && now[code].value == 0;
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
                 : unknown_name(context, ranking->column);
    }
    /* A row of unknown place still counts; it is shown, not lost. */
    if (!group[0].rows && !group[0].rows_before) {
        group++;
        count--;
    }
    qsort(group, count, sizeof *group, compare_groups);
    *out = group;
    return count;
}

size_t keep_groups(struct group *group, size_t count, struct arena *arena,
                   bool (*keeps)(const struct group *group))
{
    struct group *left_out = ARENA_ARRAY(arena, struct group, count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (keeps(&group[i]))
            group[kept++] = group[i];
        else
            left_out[i - kept] = group[i];
    }
    for (size_t i = kept; i < count; i++)
        group[i] = left_out[i - kept];
    return kept;
}

static bool has_rows(const struct group *group)
{
    return group->rows > 0;
}

static bool has_amount(const struct group *group)
{
    return has_rows(group) && !group->is_zero;
}

struct side side_of_parts(const struct chart_arguments *chart,
                          const struct block_context *context,
                          const struct parts *parts)
{
    const struct ranking ranking = {parts->column, chart->shown, 1, parts->window};
    struct group *group;
    struct arena *arena = context->scope->arena;
    size_t all = rank_groups(chart, context, &ranking, &group), count = 0;
    if (measure_is_additive(chart->shown[0].measure))
        count = keep_groups(group, all, arena, has_amount);
    if (!count) /* a rate of 0 is a rate; and where all are 0, that is known */
        count = keep_groups(group, all, arena, has_rows);
    bool folds = parts->with_rest && count > parts->most;
    size_t shown = count > parts->most ? parts->most - folds : count;
    struct side side = side_of_groups(context, parts->column, group, all, shown, folds);
    side.left_out = folds ? 0 : count - shown;
    return side;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `::: each FIELD where …, MEASURE highest first`: which groups are printed, in what
 * order, and what names mean inside. One question answers all groups at once. */
#include "block/walk.h"

#include <stdlib.h>

/* The measures' values of every group over the brief's period. */
static const struct cell *group_cells(const struct prepared_each *each,
                                      const struct scope *scope,
                                      const struct measure *measure, size_t *count)
{
    const struct column *by[2] = {each->column, NULL};
    size_t groups[2];
    const struct cell *cell =
        scope_cells(scope, measure, NULL, by, &scope->period.whole, 1, groups);
    *count = groups[0];
    return cell;
}

static void ask_condition(const struct prepared_each *each, const struct scope *scope,
                          const struct condition *condition)
{
    if (!condition)
        return;
    size_t count;
    const struct measure *measure = measures_find(scope->measures, condition->field);
    if (condition->kind == CONDITION_COMPARE && measure)
        group_cells(each, scope, measure, &count);
    ask_condition(each, scope, condition->left);
    ask_condition(each, scope, condition->right);
}

/* Measure 0 counts all rows of the main table. */
static const struct measure *ordering(const struct prepared_each *each,
                                      const struct scope *scope)
{
    return each->order ? each->order : scope->measures->measure[0];
}

void each_ask(const struct prepared_each *each, const struct scope *scope)
{
    size_t count;
    ask_condition(each, scope, each->node->where);
    group_cells(each, scope, ordering(each, scope), &count);
    group_cells(each, scope, scope->measures->measure[0], &count);
}

static bool compare(double value, enum comparison comparison, double bound)
{
    switch (comparison) {
    case COMPARE_LESS: return value < bound;
    case COMPARE_AT_MOST: return value <= bound;
    case COMPARE_EQUAL: return value == bound;
    case COMPARE_NOT_EQUAL: return value != bound;
    case COMPARE_AT_LEAST: return value >= bound;
    case COMPARE_MORE: return value > bound;
    }
    return false;
}

static bool group_is_named(const struct prepared_each *each,
                           const struct condition *condition, uint32_t group)
{
    for (size_t i = 0; i < condition->value_count; i++) {
        if (column_code(each->column, condition->value[i]) == group)
            return !condition->negated;
    }
    return condition->negated;
}

static bool group_compares(const struct prepared_each *each, const struct scope *scope,
                           const struct condition *condition, uint32_t group)
{
    size_t count;
    double bound;
    const struct measure *measure = measures_find(scope->measures, condition->field);
    if (!measure || !condition->value_count ||
        !number_parse(condition->value[0], &bound))
        return false;
    double value = group_cells(each, scope, measure, &count)[group].value;
    return compare(value, condition->comparison, bound);
}

static bool group_passes(const struct prepared_each *each, const struct scope *scope,
                         const struct condition *condition, uint32_t group)
{
    if (!condition)
        return true;
    switch (condition->kind) {
    case CONDITION_AND:
        return group_passes(each, scope, condition->left, group) &&
               group_passes(each, scope, condition->right, group);
    case CONDITION_OR:
        return group_passes(each, scope, condition->left, group) ||
               group_passes(each, scope, condition->right, group);
    case CONDITION_NOT: return !group_passes(each, scope, condition->left, group);
    case CONDITION_IS: return group_is_named(each, condition, group);
    case CONDITION_COMPARE: return group_compares(each, scope, condition, group);
    default: return false;
    }
}

struct ranked {
    double value;
    struct slice name;
    uint32_t group;
};

/* Unknown values go last; equal ones go by name. */
static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->value > right->value)
        return -1;
    if (left->value < right->value)
        return 1;
    return slice_compare(left->name, right->name);
}

static double rank_value(const struct prepared_each *each, double value)
{
    if (!each->order)
        return 0;
    if (value != value)
        return -1e300;
    return each->highest_first ? value : -value;
}

size_t each_groups(const struct prepared_each *each, const struct scope *scope,
                   const uint32_t **out)
{
    size_t groups;
    const struct cell *rows =
        group_cells(each, scope, scope->measures->measure[0], &groups);
    const struct cell *order = group_cells(each, scope, ordering(each, scope), &groups);
    struct ranked *ranked = ARENA_ARRAY(scope->arena, struct ranked, groups);
    size_t count = 0;
    for (uint32_t group = 1; group < groups; group++) { /* 0 is the unknown place */
        if (!rows[group].rows || !group_passes(each, scope, each->node->where, group))
            continue;
        ranked[count++] = (struct ranked){rank_value(each, order[group].value),
                                          each->column->words.word[group], group};
    }
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    if (each->node->limit && count > each->node->limit)
        count = each->node->limit;
    uint32_t *group = ARENA_ARRAY(scope->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        group[i] = ranked[i].group;
    *out = group;
    return count;
}

struct scope each_scope(const struct prepared_each *each, const struct scope *outer,
                        uint32_t group)
{
    struct scope inner = *outer;
    struct named_value *values =
        ARENA_ARRAY(outer->arena, struct named_value, outer->value_count + 1);
    for (size_t i = 0; i < outer->value_count; i++)
        values[i] = outer->values[i];
    struct slice word = group < each->column->words.count
                            ? each->column->words.word[group]
                            : (struct slice){0};
    values[outer->value_count] = (struct named_value){
        .name = each->column->name,
        .value = {.kind = VALUE_TEXT, .text = word, .decimals = -1},
        .at = each->node->at,
    };
    inner.outer = outer;
    inner.suffix = group_suffix(outer->suffix, word, outer->arena);
    inner.name_count = each->name_count;
    inner.name = each->name;
    inner.each = each->column;
    inner.group = group;
    inner.values = values;
    inner.value_count = outer->value_count + 1;
    return inner;
}

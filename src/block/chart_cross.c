/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A measure across two sides of a chart, the rest of each recomputed where it must. */
#include "block/chart_cross.h"

#include <math.h>

/* -- Sides ----------------------------------------------------------------------------- */

struct side side_of_groups(const struct block_context *context,
                           const struct column *column, const struct group *group,
                           size_t count, size_t shown, bool with_rest)
{
    struct arena *arena = context->chart.arena;
    shown = shown < count ? shown : count;
    bool has_rest = with_rest && count > shown;
    uint32_t *code = ARENA_ARRAY(arena, uint32_t, count + 1);
    struct slice *name = ARENA_ARRAY(arena, struct slice, shown + 1);
    for (size_t i = 0; i < count; i++)
        code[i] = group[i].code;
    for (size_t i = 0; i < shown; i++)
        name[i] = group[i].name;
    if (has_rest)
        name[shown] = print_phrase(context, "others", 1, NULL, 0);
    return (struct side){.column = column,
                         .count = shown + has_rest,
                         .code = code,
                         .name = name,
                         .has_rest = has_rest,
                         .rest = code + shown,
                         .rest_count = count - shown};
}

struct side side_of_periods(size_t count, struct arena *arena)
{
    uint32_t *code = ARENA_ARRAY(arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++)
        code[i] = (uint32_t)i;
    return (struct side){.is_periods = true, .count = count, .code = code};
}

/* Rows of any of the groups that a side folds. */
static const struct condition *rest_condition(const struct side *side,
                                              struct arena *arena)
{
    const struct column *column = side->column;
    struct slice *word = ARENA_ARRAY(arena, struct slice, side->rest_count + 1);
    uint8_t *in_rest = ARENA_ARRAY(arena, uint8_t, column->words.count + 1);
    for (size_t i = 0; i < side->rest_count; i++) {
        in_rest[side->rest[i]] = 1;
        word[i] = column->words.word[side->rest[i]];
    }
    size_t count = column->is_list ? column->set_count : column->words.count;
    uint8_t *verdict = ARENA_ARRAY(arena, uint8_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool holds = !column->is_list && in_rest[i];
        size_t from = column->is_list ? column->set_start[i] : 0;
        size_t to = column->is_list ? column->set_start[i + 1] : 0;
        for (size_t j = from; j < to; j++)
            holds = holds || in_rest[column->set_code[j]];
        if (column->is_list && from == to) /* a blank cell is in the nameless group */
            holds = in_rest[0];
        verdict[i] = holds ? CONDITION_YES : CONDITION_NO;
    }
    return arena_copy(arena,
                      &(struct condition){.kind = CONDITION_IS,
                                          .field = column->name,
                                          .value_count = side->rest_count,
                                          .value = word,
                                          .column = (struct column *)column,
                                          .verdict = verdict},
                      sizeof(struct condition));
}

/* -- Asking ---------------------------------------------------------------------------- */

/* Cells, and how far apart those of neighbouring groups of each side lie. */
struct answered {
    const struct cell *cell;
    size_t by_step, split_step;
};

static size_t step_of(const struct side *side, const struct column *const by[2],
                      const size_t groups[2], size_t periods, bool is_rest)
{
    if (side->is_periods)
        return 1;
    if (!side->column || is_rest)
        return 0;
    return side->column == by[0] ? groups[1] * periods : periods;
}

static struct answered ask(const struct cross *cross, bool by_rest, bool split_rest)
{
    const struct scope *scope = cross->context->scope;
    const struct column *by[2] = {NULL, NULL};
    const struct condition *where = cross->chart->where;
    size_t used = 0, groups[2] = {1, 1};
    if (by_rest)
        where = conditions_both(where, rest_condition(&cross->by, scope->arena),
                                scope->arena);
    else if (cross->by.column)
        by[used++] = cross->by.column;
    if (split_rest)
        where = conditions_both(where, rest_condition(&cross->split, scope->arena),
                                scope->arena);
    else if (cross->split.column)
        by[used++] = cross->split.column;
    struct answered answered = {scope_cells(scope, cross->measure, where, by,
                                            cross->period, cross->period_count, groups),
                                0, 0};
    size_t periods = cross->period_count;
    answered.by_step = step_of(&cross->by, by, groups, periods, by_rest);
    /* Both sides by one field: the second of the two columns is the split's. */
    answered.split_step = !split_rest && cross->split.column == by[1] && by[1]
                              ? periods
                              : step_of(&cross->split, by, groups, periods, split_rest);
    return answered;
}

void cross_ask(const struct cross *cross)
{
    ask(cross, false, false);
}

/* -- The rest -------------------------------------------------------------------------- */

static void add_cell(struct cell *sum, const struct cell *one)
{
    double value = isnan(one->value) ? 0 : one->value;
    sum->low += isnan(one->low) ? value : one->low;
    sum->high += isnan(one->high) ? value : one->high;
    sum->value += value;
    sum->rows += one->rows;
    sum->unknown += one->unknown;
    sum->at_least += one->at_least;
    sum->provisional = sum->provisional || one->provisional;
}

/* Unknown when there are rows and nothing is known of any. */
static void finish_sum(struct cell *sum)
{
    if (sum->rows && sum->unknown >= sum->rows)
        sum->value = NAN;
    if (!(sum->low < sum->high) || isnan(sum->value))
        sum->low = sum->high = NAN;
}

/* Groups of a row that has one group each, of what is counted or summed. */
static bool adds_up(const struct cross *cross, const struct side *side)
{
    return !side->has_rest ||
           (measure_is_additive(cross->measure) && !side->column->is_list);
}

static struct cell sum_rests(const struct cross *cross, const struct answered *asked,
                             size_t i, size_t j)
{
    const struct side *by = &cross->by, *split = &cross->split;
    bool is_rest[2] = {by->has_rest && i + 1 == by->count,
                       split->has_rest && j + 1 == split->count};
    size_t count[2] = {is_rest[0] ? by->rest_count : 1,
                       is_rest[1] ? split->rest_count : 1};
    struct cell sum = {.value = 0};
    for (size_t b = 0; b < count[1]; b++) {
        for (size_t a = 0; a < count[0]; a++) {
            size_t code = is_rest[0] ? by->rest[a] : by->code ? by->code[i] : 0;
            size_t part = is_rest[1]    ? split->rest[b]
                          : split->code ? split->code[j]
                                        : 0;
            add_cell(&sum,
                     &asked->cell[code * asked->by_step + part * asked->split_step]);
        }
    }
    finish_sum(&sum);
    return sum;
}

static struct cell cell_of(const struct cross *cross, const struct answered *asked,
                           size_t i, size_t j)
{
    size_t code = cross->by.code ? cross->by.code[i] : 0;
    size_t part = cross->split.code ? cross->split.code[j] : 0;
    return asked->cell[code * asked->by_step + part * asked->split_step];
}

struct cell *cross_cells(const struct cross *cross)
{
    const struct side *by = &cross->by, *split = &cross->split;
    bool sums = adds_up(cross, by) && adds_up(cross, split);
    struct answered asked[2][2] = {{ask(cross, false, false)}};
    for (int rests = 1; rests < 4 && !sums; rests++) {
        bool of_by = rests & 1, of_split = rests & 2;
        if ((!of_by || by->has_rest) && (!of_split || split->has_rest))
            asked[of_by][of_split] = ask(cross, of_by, of_split);
    }
    struct cell *cell = ARENA_ARRAY(cross->context->scope->arena, struct cell,
                                    by->count * split->count + 1);
    for (size_t j = 0; j < split->count; j++) {
        for (size_t i = 0; i < by->count; i++) {
            bool b = by->has_rest && i + 1 == by->count;
            bool s = split->has_rest && j + 1 == split->count;
            cell[j * by->count + i] = sums && (b || s)
                                          ? sum_rests(cross, &asked[0][0], i, j)
                                          : cell_of(cross, &asked[b][s], i, j);
        }
    }
    return cell;
}

struct chart_series *cross_series(const struct cross *cross, const struct cell *cell)
{
    struct arena *arena = cross->context->scope->arena;
    size_t count = cross->by.count;
    struct chart_series *series =
        ARENA_ARRAY(arena, struct chart_series, cross->split.count + 1);
    for (size_t j = 0; j < cross->split.count; j++) {
        double *value = ARENA_ARRAY(arena, double, count + 1);
        uint32_t *rows = ARENA_ARRAY(arena, uint32_t, count + 1);
        for (size_t i = 0; i < count; i++) {
            value[i] = cell[j * count + i].value;
            rows[i] = cell[j * count + i].rows;
        }
        series[j] = (struct chart_series){
            .label = cross->split.name ? cross->split.name[j] : (struct slice){0},
            .tone = measure_tone(cross->measure),
            .value = value,
            .rows = rows,
            .at_least = limits_of(cell + j * count, count, cross->measure, arena)};
    }
    return series;
}

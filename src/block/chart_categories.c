/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: measures over the values of a field. */
#include "block/chart_groups.h"

#include <math.h>

/* "No attacks in either week: Islamabad, Azad Kashmir"; of many their number. Only places that had some at
 * another time: a raid is no kind of attack in any week. */
static void note_zeros(const struct chart_arguments *chart,
                       const struct block_context *context, const struct group *group,
                       size_t count, struct chart_data *data)
{
    enum { NAMED = 8 };
    struct text names = {.arena = context->chart.arena};
    struct text rest = {.arena = context->chart.arena};
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!group[i].ever || ++found > NAMED)
            continue;
        if (names.size)
            text_append(&names, print_phrase(context, "list.comma", 1, NULL, 0));
        text_append(&names, group[i].name);
    }
    if (!found)
        return;
    locale_number(context->chart.locale, (double)found, 0, &rest);
    const struct phrase_part part[] = {
        {"measure", chart->shown[0].measure->name},
        {"names", text_slice(&names)},
        {"rest", text_slice(&rest)},
    };
    const char *key = found > NAMED                             ? "chart.zero many"
                      : chart->shown_count > 1                  ? "chart.zero all"
                      : chart_has_before(chart, context->scope) ? "chart.zero"
                                                                : "chart.zero now";
    data->zero_count = found;
    data->zero_note = print_phrase(context, key, 1, part, 3);
}

struct field_cells {
    const struct cell *cell; /* [category][part] */
    size_t part_count;
    const struct group *category;
};

static const struct cell *field_cell(const void *cells, uint32_t code, size_t position)
{
    const struct field_cells *all = cells;
    return &all->cell[all->category[position].code * all->part_count + code];
}

/* One series a measure. */
static void bind_measures(const struct chart_arguments *chart,
                          const struct block_context *context,
                          const struct group *group, size_t count,
                          struct chart_data *data)
{
    const struct scope *scope = context->scope;
    struct period window = chart_window(chart, scope);
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, chart->shown_count);
    const struct column *const by[2] = {chart->by.column, NULL};
    size_t groups[2];
    for (size_t s = 0; s < chart->shown_count; s++) {
        const struct shown *shown = &chart->shown[s];
        const struct cell *cell =
            scope_cells(scope, shown->measure, chart->where, by, &window, 1, groups);
        double *value = ARENA_ARRAY(scope->arena, double, count);
        uint32_t *rows = ARENA_ARRAY(scope->arena, uint32_t, count);
        for (size_t i = 0; i < count; i++) {
            value[i] = cell[group[i].code].value;
            rows[i] = cell[group[i].code].rows;
        }
        series[s] = (struct chart_series){
            .label = shown->label.size
                         ? shown->label
                         : measure_label(shown->measure, scope->locale, scope->arena),
            .tone = measure_tone(shown->measure),
            .value = value,
            .rows = rows};
    }
    data->series = series;
    data->series_count = chart->shown_count;
}

/* One series for each of the largest values of `split by`. */
static void bind_split(const struct chart_arguments *chart,
                       const struct block_context *context, const struct group *group,
                       size_t count, struct chart_data *data)
{
    enum { MOST_PARTS = 7 };
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    struct period window = chart_window(chart, scope);
    const struct column *const by[2] = {chart->by.column, chart->split.column};
    size_t groups[2];
    const struct field_cells cells = {
        scope_cells(scope, measure, chart->where, by, &window, 1, groups), groups[1],
        group};
    const struct ranking ranking = {chart->split.column, chart->shown, 1, window};
    struct group *part;
    size_t part_count = rank_groups(chart, context, &ranking, &part);
    if (scope->rehearsal)
        return;
    const struct parts parts = {
        .group = part,
        .group_count = part_count,
        .most = MOST_PARTS,
        .with_rest = true,
        .tone = measure_tone(measure),
        .position_count = count,
        .cell = field_cell,
        .cells = &cells,
    };
    struct chart_series *series;
    data->series_count = fold_parts(context, &parts, &series);
    data->series = series;
}

static void bind_layers(const struct chart_arguments *chart,
                        const struct block_context *context, const struct group *group,
                        size_t count, struct chart_data *data)
{
    if (chart->is_split)
        bind_split(chart, context, group, count, data);
    else
        bind_measures(chart, context, group, count, data);
}

static size_t find_highlight(const struct chart_arguments *chart,
                             const struct block_context *context,
                             const struct group *group, size_t count)
{
    const struct yaml *wanted = chart->highlight;
    if (!wanted || !wanted->text.size)
        return count ? 0 : SIZE_MAX;
    column_check_word(chart->by.column, wanted->text, yaml_text_at(wanted),
                      context->chart.diags);
    for (size_t i = 0; i < count; i++) {
        if (column_code(chart->by.column, wanted->text) == group[i].code)
            return i;
    }
    return count ? 0 : SIZE_MAX;
}

static void fold_others(const struct block_context *context, struct group *group,
                        size_t shown, size_t count)
{
    struct group *rest = &group[shown];
    for (size_t i = shown + 1; i < count; i++) {
        rest->value += group[i].value;
        rest->before += group[i].before;
        rest->rows += group[i].rows;
        rest->rows_before += group[i].rows_before;
    }
    rest->name = print_phrase(context, "others", 1, NULL, 0);
}

/* How many of the ranked groups get a position of their own; the rest is folded into
 * one more or named as zero. */
static size_t positions_shown(const struct chart_arguments *chart,
                              const struct block_context *context, struct group *group,
                              size_t all, struct chart_data *data)
{
    bool layered = chart->is_split || chart->shown_count > 1;
    bool has_before = chart_has_before(chart, context->scope);
    size_t count = all;
    while (count && group[count - 1].value == 0 &&
           (!has_before || group[count - 1].before == 0))
        count--;
    note_zeros(chart, context, group + count, all - count, data);
    if (!chart->top || count <= (size_t)chart->top)
        return count;
    size_t shown = (size_t)chart->top;
    if (!chart->others || layered)
        return shown;
    fold_others(context, group, shown, count);
    return shown + 1;
}

/* Where sources differ or give a lower limit; "others" and sums of measures have neither. */
static void add_bounds(const struct scope *scope, const struct group *group,
                       size_t count, const struct measure *measure,
                       struct chart_series *series)
{
    double *low = ARENA_ARRAY(scope->arena, double, count);
    double *high = ARENA_ARRAY(scope->arena, double, count);
    bool *at_least = ARENA_ARRAY(scope->arena, bool, count);
    bool has_bounds = false, has_limits = false;
    for (size_t i = 0; i < count; i++) {
        const struct cell *cell = group[i].cell;
        bool is_own = cell && cell->value == group[i].value;
        low[i] = is_own ? cell->low : NAN;
        high[i] = is_own ? cell->high : NAN;
        at_least[i] = is_own && cell->at_least && measure->kind != MEASURE_COUNT;
        has_bounds = has_bounds || low[i] < high[i];
        has_limits = has_limits || at_least[i];
    }
    series->low = has_bounds ? low : NULL;
    series->high = has_bounds ? high : NULL;
    series->at_least = has_limits ? at_least : NULL;
}

static void bind_bars(const struct chart_arguments *chart,
                      const struct block_context *context, const struct group *group,
                      size_t count, struct chart_data *data)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    double *value = ARENA_ARRAY(scope->arena, double, count);
    double *before = ARENA_ARRAY(scope->arena, double, count);
    uint32_t *rows = ARENA_ARRAY(scope->arena, uint32_t, count);
    uint32_t *rows_before = ARENA_ARRAY(scope->arena, uint32_t, count);
    struct chart_series *series = ARENA_NEW(scope->arena, struct chart_series);
    for (size_t i = 0; i < count; i++) {
        value[i] = group[i].value;
        before[i] = group[i].before;
        rows[i] = group[i].rows;
        rows_before[i] = group[i].rows_before;
    }
    *series = (struct chart_series){
        .label = measure_label(measure, scope->locale, scope->arena),
        .tone = measure_tone(measure),
        .value = value,
        .rows = rows};
    add_bounds(scope, group, count, measure, series);
    data->series = series;
    data->series_count = 1;
    if (!chart_has_before(chart, scope))
        return;
    data->tick = before;
    data->tick_rows = rows_before;
    bool is_one = chart->last_count <= 1; /* "this" week and "last"; of four, now */
    data->value_name =
        print_phrase(context, is_one ? "chart.this" : "chart.now", 1, NULL, 0);
    data->tick_name =
        print_phrase(context, is_one ? "chart.before" : "chart.earlier", 1, NULL, 0);
}

void bind_categories(const struct chart_arguments *chart,
                     const struct block_context *context, struct chart_data *data,
                     size_t *highlight)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    const struct ranking ranking = {chart->by.column, chart->shown, chart->shown_count,
                                    chart_window(chart, scope)};
    bool layered = chart->is_split || chart->shown_count > 1;
    struct group *group;
    size_t all = rank_groups(chart, context, &ranking, &group);
    size_t count =
        scope->rehearsal ? 0 : positions_shown(chart, context, group, all, data);
    if (layered)
        bind_layers(chart, context, group, count, data);
    if (scope->rehearsal)
        return;
    struct slice *name = ARENA_ARRAY(scope->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        name[i] = group[i].name;
    data->count = count;
    data->category = name;
    data->shares = data->shares || measure->kind == MEASURE_SHARE;
    data->values_are_counts = measure_is_additive(measure);
    *highlight = find_highlight(chart, context, group, count);
    if (!layered)
        bind_bars(chart, context, group, count, data);
    note_positions(chart, context, data);
}

/* -- A point for each value of a field ------------------------------------------------ */

static size_t farthest_unnamed(const struct chart_point *point, size_t count,
                               double x_most, double y_most)
{
    size_t farthest = SIZE_MAX;
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        double x = x_most > 0 ? point[i].x / x_most : 0;
        double y = y_most > 0 ? point[i].y / y_most : 0;
        double far = fmax(x, y);
        if (!point[i].label.size && far > most) {
            most = far;
            farthest = i;
        }
    }
    return farthest;
}

/* Those that stand out along either axis. */
static void name_farthest(const struct chart_data *data, struct chart_point *point,
                          size_t count, const size_t *position, long labels)
{
    double x_most = 0, y_most = 0;
    for (size_t i = 0; i < count; i++) {
        x_most = fmax(x_most, point[i].x);
        y_most = fmax(y_most, point[i].y);
    }
    for (long named = 0; named < labels; named++) {
        size_t i = farthest_unnamed(point, count, x_most, y_most);
        if (i == SIZE_MAX)
            return;
        point[i].label = data->category[position[i]];
    }
}

void bind_category_points(const struct chart_arguments *chart,
                          const struct block_context *context, struct chart_data *data)
{
    size_t highlight, count = 0;
    bind_categories(chart, context, data, &highlight);
    if (context->scope->rehearsal || data->series_count < 2)
        return;
    struct arena *arena = context->chart.arena;
    struct chart_point *point = ARENA_ARRAY(arena, struct chart_point, data->count);
    size_t *position = ARENA_ARRAY(arena, size_t, data->count);
    for (size_t i = 0; i < data->count; i++) {
        double x = data->series[0].value[i], y = data->series[1].value[i];
        if (!isfinite(x) || !isfinite(y))
            continue;
        position[count] = i;
        point[count++] = (struct chart_point){.x = x, .y = y, .size = NAN};
    }
    name_farthest(data, point, count, position, chart->labels);
    data->point = point;
    data->point_count = count;
    data->x_name = data->series[0].label;
    data->y_name = data->series[1].label;
}

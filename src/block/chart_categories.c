/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binding a chart's data: measures over the values of a field. */
#include "block/chart_cross.h"

#include <math.h>
#include <stdlib.h>

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
    data->zero_note = print_coverage(context, chart->shown[0].measure,
                                     chart_window(chart, context->scope));
    if (!found || data->zero_note.size)
        return;
    locale_number(context->chart.locale, (double)found, 0, &rest);
    const struct phrase_part part[] = {
        {"measure", chart->shown[0].measure->name},
        {"names", text_slice(&names)},
        {"rest", text_slice(&rest)},
    };
    const char *key = found > NAMED            ? "chart.zero many"
                      : chart->shown_count > 1 ? "chart.zero all"
                      : chart_comparison(chart, context->scope) == COMPARED
                          ? "chart.zero"
                          : "chart.zero now";
    data->zero_note = print_phrase(context, key, 1, part, 3);
}

/* Parts of each position, or measures: in layers. */
static bool is_layered(const struct chart_arguments *chart)
{
    return chart->is_split || chart->shown_count > 1;
}

/* One series a measure. */
static void bind_measures(struct cross *cross, struct chart_data *data)
{
    const struct chart_arguments *chart = cross->chart;
    const struct scope *scope = cross->context->scope;
    struct chart_series *series =
        ARENA_ARRAY(scope->arena, struct chart_series, chart->shown_count);
    for (size_t s = 0; s < chart->shown_count; s++) {
        const struct shown *shown = &chart->shown[s];
        cross->measure = shown->measure;
        cross_ask(cross);
        if (scope->rehearsal)
            continue;
        series[s] = cross_series(cross, cross_cells(cross))[0];
        series[s].label =
            shown->label.size
                ? shown->label
                : measure_label(shown->measure, scope->locale, scope->arena);
    }
    data->series = series;
    data->series_count = chart->shown_count;
}

static const double *values_of(const struct cell *cell, size_t count,
                               struct arena *arena)
{
    double *value = ARENA_ARRAY(arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        value[i] = cell[i].value;
    return value;
}

/* One series for each of the largest values of `split by`; what they come to is asked
 * on its own: a row may have several of the values, and the least are left out. */
static void bind_split(struct cross *cross, struct chart_data *data)
{
    enum { MOST_PARTS = 7, MOST_ROWS = 60 };
    const struct chart_arguments *chart = cross->chart;
    const struct block_context *context = cross->context;
    struct cross whole = *cross;
    bool is_heat = slice_is(slice_of(chart->kind->name), "heat");
    bool is_slope = slice_is(slice_of(chart->kind->name), "slope");
    bool has_two = chart->kind->needs & TWO_SIDES;
    const struct parts parts = {.column = chart->split.column,
                                .window = cross->period[0],
                                .most = has_two    ? 2
                                        : is_slope ? 3
                                        : is_heat  ? MOST_ROWS
                                                   : MOST_PARTS,
                                .with_rest = !has_two && !is_slope};
    cross->split = side_of_parts(chart, context, &parts);
    cross_ask(&whole);
    cross_ask(cross);
    if (context->scope->rehearsal)
        return;
    data->series = cross_series(cross, cross_cells(cross));
    data->series_count = cross->split.count;
    data->parts_left_out = cross->split.left_out;
    if (measure_is_additive(cross->measure))
        data->whole =
            values_of(cross_cells(&whole), whole.by.count, context->scope->arena);
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

/* -- Which groups have a position ------------------------------------------------------ */

static bool is_told(const struct group *group)
{
    return group->rows || group->rows_before;
}

/* Something now or before; nothing in both is told in a line below. */
static bool has_mark(const struct group *group)
{
    bool is_nothing_now = group->is_zero || !group->rows;
    return !is_nothing_now || (group->before != 0 && group->rows_before);
}

/* Of what doesn't add up 0 is a value as any other. */
static bool has_value(const struct group *group)
{
    return is_told(group) && (!isnan(group->value) || !isnan(group->before));
}

static double change_of(const struct group *group)
{
    return fabs(group->value - group->before);
}

static int compare_changes(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    double x = change_of(left), y = change_of(right);
    if (isnan(x) != isnan(y))
        return isnan(x) ? 1 : -1;
    if (x != y && !isnan(x))
        return x > y ? -1 : 1;
    return slice_compare(left->word, right->word);
}

/* Whether the marks of this kind are changes: then `top` means the largest. */
static bool shows_changes(const struct chart_arguments *chart,
                          const struct block_context *context)
{
    return chart_comparison(chart, context->scope) == COMPARED && !is_layered(chart) &&
           (chart->kind->needs & (NEEDS_BEFORE | DRAWS_CHANGES));
}

/* The groups that get a position of their own come first. Those of nothing are named in
 * a line below, unless there are no others. */
static struct side choose_positions(const struct chart_arguments *chart,
                                    const struct block_context *context,
                                    struct group *group, size_t all,
                                    struct chart_data *data)
{
    struct arena *arena = context->scope->arena;
    bool adds_up = true;
    for (size_t i = 0; i < chart->shown_count; i++)
        adds_up = adds_up && measure_is_additive(chart->shown[i].measure);
    size_t count = keep_groups(group, all, arena, adds_up ? has_mark : has_value);
    bool is_waterfall = slice_is(slice_of(chart->kind->name), "waterfall");
    if (!count) /* they are 0, or unknown: that is what there is to show */
        count = keep_groups(group, all, arena, is_told);
    size_t shown =
        chart->top && count > (size_t)chart->top ? (size_t)chart->top : count;
    if (is_waterfall) {
        data->most_steps = (size_t)chart->top;
        shown = count;
    }
    bool folds = chart->others && shown < count;
    if (adds_up && (shown == count || folds)) /* a choice names no others */
        note_zeros(chart, context, group + count, all - count, data);
    data->shows_changes = shows_changes(chart, context);
    if (shown < count && data->shows_changes)
        qsort(group, count, sizeof *group, compare_changes);
    data->left_out = folds ? 0 : count - shown;
    data->left_out_most = data->left_out ? change_of(&group[shown]) : NAN;
    return side_of_groups(context, chart->by.column, group, all, shown, folds);
}

/* -- Bars ------------------------------------------------------------------------------ */

/* Where sources differ or give a lower limit. */
static void add_bounds(const struct scope *scope, const struct cell *cell, size_t count,
                       const struct measure *measure, struct chart_series *series)
{
    double *low = ARENA_ARRAY(scope->arena, double, count + 1);
    double *high = ARENA_ARRAY(scope->arena, double, count + 1);
    bool has_bounds = false;
    for (size_t i = 0; i < count; i++) {
        low[i] = cell[i].low;
        high[i] = cell[i].high;
        has_bounds = has_bounds || low[i] < high[i];
    }
    series->low = has_bounds ? low : NULL;
    series->high = has_bounds ? high : NULL;
    series->at_least = limits_of(cell, count, measure, scope->arena);
}

/* A row with several values is in several positions, but once in the whole. */
static void bind_totals(const struct cross *cross, const struct cross *earlier,
                        struct chart_data *data)
{
    const struct cross *of[2] = {earlier, cross};
    struct arena *arena = cross->context->scope->arena;
    double *total = ARENA_ARRAY(arena, double, 2);
    for (size_t i = 0; i < 2; i++) {
        struct cross whole = *of[i];
        whole.by = (struct side){.count = 1};
        cross_ask(&whole);
        if (!cross->context->scope->rehearsal)
            total[i] = cross_cells(&whole)[0].value;
    }
    if (cross->by.column->is_list)
        data->totals = total;
}

static struct slice either_name(const struct chart_arguments *chart,
                                const struct block_context *context, const char *one,
                                const char *many)
{
    bool is_one = chart->last_count <= 1; /* "this" week and "last"; of four, now */
    return print_phrase(context, is_one ? one : many, 1, NULL, 0);
}

static void bind_bars(struct cross *cross, struct chart_data *data)
{
    const struct chart_arguments *chart = cross->chart;
    const struct scope *scope = cross->context->scope;
    struct period before = period_shift(cross->period[0], -1, scope->frame->week_start);
    struct cross earlier = *cross;
    earlier.period = arena_copy(scope->arena, &before, sizeof before);
    cross_ask(cross);
    cross_ask(&earlier);
    bind_totals(cross, &earlier, data);
    if (scope->rehearsal)
        return;
    size_t count = cross->by.count;
    const struct cell *cell = cross_cells(cross);
    struct chart_series *series = cross_series(cross, cell);
    series->label = measure_label(cross->measure, scope->locale, scope->arena);
    add_bounds(scope, cell, count, cross->measure, series);
    data->series = series;
    data->series_count = 1;
    if (chart_comparison(chart, scope) != COMPARED)
        return;
    const struct cell *then = cross_cells(&earlier);
    data->tick = values_of(then, count, scope->arena);
    data->tick_rows = cross_series(&earlier, then)->rows;
    data->tick_at_least = limits_of(then, count, cross->measure, scope->arena);
    data->value_name = either_name(chart, cross->context, "chart.this", "chart.now");
    data->tick_name =
        either_name(chart, cross->context, "chart.before", "chart.earlier");
}

void bind_categories(const struct chart_arguments *chart,
                     const struct block_context *context, struct chart_data *data,
                     size_t *highlight)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = chart->shown[0].measure;
    struct period window = chart_window(chart, scope);
    const struct ranking ranking = {chart->by.column, chart->shown, chart->shown_count,
                                    window};
    struct group *group = NULL;
    size_t all = rank_groups(chart, context, &ranking, &group);
    struct cross cross = {.chart = chart,
                          .context = context,
                          .measure = measure,
                          .period = arena_copy(scope->arena, &window, sizeof window),
                          .period_count = 1,
                          .by = {.column = chart->by.column},
                          .split = {.count = 1}};
    for (size_t i = 0; i < all && chart_comparison(chart, scope) != COMPARED; i++)
        group[i].before = group[i].rows_before = 0;
    if (!scope->rehearsal)
        cross.by = choose_positions(chart, context, group, all, data);
    if (chart->is_split)
        bind_split(&cross, data);
    else if (chart->shown_count > 1)
        bind_measures(&cross, data);
    else
        bind_bars(&cross, data);
    if (scope->rehearsal)
        return;
    data->count = cross.by.count;
    data->category = cross.by.name;
    data->shares = data->shares || measure->kind == MEASURE_SHARE;
    data->values_are_counts = measure_is_additive(measure);
    *highlight =
        find_highlight(chart, context, group, cross.by.count - cross.by.has_rest);
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

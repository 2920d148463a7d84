/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Positions in another order, and what a change between two periods looks like. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    double value;
    size_t position;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->value > right->value)
        return -1;
    if (left->value < right->value)
        return 1;
    return left->position < right->position ? -1 : 1;
}

/* The largest first; what isn't known comes last. */
size_t *order_by(const struct plot *plot, const double *value, size_t count)
{
    struct ranked *ranked = ARENA_ARRAY(plot->context->arena, struct ranked, count + 1);
    size_t *order = ARENA_ARRAY(plot->context->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){isnan(value[i]) ? -INFINITY : value[i], i};
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < count; i++)
        order[i] = ranked[i].position;
    return order;
}

static const double *pick(const struct plot *plot, const double *value,
                          const size_t *order, size_t count)
{
    if (!value)
        return NULL;
    double *picked = ARENA_ARRAY(plot->context->arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        picked[i] = value[order[i]];
    return picked;
}

static const bool *pick_flags(const struct plot *plot, const bool *flag,
                              const size_t *order, size_t count)
{
    if (!flag)
        return NULL;
    bool *picked = ARENA_ARRAY(plot->context->arena, bool, count + 1);
    for (size_t i = 0; i < count; i++)
        picked[i] = flag[order[i]];
    return picked;
}

void plot_reorder(struct plot *plot, const size_t *order, size_t count)
{
    struct arena *arena = plot->context->arena;
    struct chart_data *data = arena_copy(arena, plot->data, sizeof *plot->data);
    struct slice *name = ARENA_ARRAY(arena, struct slice, count + 1);
    struct chart_series *series = arena_copy(
        arena, data->series, data->series_count * sizeof(struct chart_series));
    size_t highlight = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        name[i] = print_period(plot, order[i]);
        if (order[i] == plot->options->highlight)
            highlight = i;
    }
    for (size_t s = 0; s < data->series_count; s++) {
        series[s].value = pick(plot, series[s].value, order, count);
        series[s].low = pick(plot, series[s].low, order, count);
        series[s].high = pick(plot, series[s].high, order, count);
        series[s].at_least = pick_flags(plot, series[s].at_least, order, count);
        series[s].rows = NULL;
    }
    data->tick = pick(plot, data->tick, order, count);
    data->tick_at_least = pick_flags(plot, data->tick_at_least, order, count);
    data->tick_rows = NULL;
    data->whole = pick(plot, data->whole, order, count);
    data->category = name;
    data->period = NULL;
    data->state = NULL;
    data->series = series;
    data->count = count;
    data->note_count = 0;
    struct chart_options *options =
        arena_copy(arena, plot->options, sizeof *plot->options);
    options->highlight = highlight;
    plot->options = options;
    plot->data = data;
}

/* -- Two periods ---------------------------------------------------------------------- */

bool plot_pair(const struct plot *plot, struct pair *out)
{
    const struct chart_data *data = plot->data;
    if (data->series_count > 1) {
        *out = (struct pair){data->series[0].value, data->series[1].value,
                             data->series[0].label, data->series[1].label};
    } else if (data->tick) {
        *out = (struct pair){.before = data->tick, .now = data->series[0].value};
    } else {
        return false;
    }
    if (!out->before_name.size)
        out->before_name = print_words(plot, "chart.earlier", 1, NULL, 0);
    if (!out->now_name.size)
        out->now_name = print_words(plot, "chart.now", 1, NULL, 0);
    return true;
}

/* Of a lower limit, as 40+, no difference is known. */
const double *pair_changes(const struct plot *plot, const struct pair *pair)
{
    const struct chart_data *data = plot->data;
    double *change = ARENA_ARRAY(plot->context->arena, double, data->count + 1);
    for (size_t i = 0; i < data->count; i++) {
        bool is_limit = data->tick_at_least && data->tick_at_least[i];
        for (size_t s = 0; s < data->series_count && s < 2; s++)
            is_limit =
                is_limit || (data->series[s].at_least && data->series[s].at_least[i]);
        change[i] = is_limit ? NAN : pair->now[i] - pair->before[i];
    }
    return change;
}

static const double *keep_changes(struct plot *plot, const double *change, size_t most)
{
    size_t count = plot->data->count, kept = most < count ? most : count;
    struct arena *arena = plot->context->arena;
    double *size = ARENA_ARRAY(arena, double, count + 1);
    double *value = ARENA_ARRAY(arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        size[i] = fabs(change[i]);
    const size_t *by_size = order_by(plot, size, count);
    double left_out = plot->data->left_out ? plot->data->left_out_most : NAN;
    if (kept < count)
        left_out = fmax(left_out, size[by_size[kept]]);
    for (size_t i = 0; i < kept; i++)
        value[i] = change[by_size[i]];
    const size_t *order = order_by(plot, value, kept);
    size_t *chosen = ARENA_ARRAY(arena, size_t, kept + 1);
    double *sorted = ARENA_ARRAY(arena, double, kept + 1);
    for (size_t i = 0; i < kept; i++) {
        chosen[i] = by_size[order[i]];
        sorted[i] = change[chosen[i]];
    }
    plot_reorder(plot, chosen, kept);
    struct chart_data *data = arena_copy(arena, plot->data, sizeof *plot->data);
    data->shows_changes = true;
    data->left_out += count - kept;
    data->left_out_most = left_out;
    plot->data = data;
    return sorted;
}

void plot_report_cut(const struct plot *plot, size_t cut, size_t count)
{
    if (!cut || !plot->context->diags)
        return;
    double height = plot->options->height;
    const char *reason =
        height > 0 ? arena_print(plot->context->arena,
                                 "its height: %.0f has no room for more", height)
                   : "it would be higher than a page";
    diags_note(plot->context->diags, plot_at(plot), "L203",
               "%zu of %zu rows left out of the figure \"%.*s\": %s", cut, count,
               SLICE_PRINT(plot->options->title), reason);
}

const double *plot_keep_changes(struct plot *plot, const double *change,
                                struct row_request (*request)(const struct plot *plot,
                                                              const double *change))
{
    const struct chart_data *data = plot->data;
    const struct chart_options *options = plot->options;
    size_t most = data->count;
    for (const double *kept = change;;) {
        struct row_request rows = request(plot, kept);
        size_t room = rows_fit(plot, &rows);
        bool fits = kept != change && room >= most;
        if (fits) {
            plot_report_cut(plot, data->count - most, data->count);
            return kept;
        }
        most = room < most ? room : most;
        plot->data = data;
        plot->options = options;
        kept = keep_changes(plot, change, most);
    }
}

/* More is worse only where harm is counted. */
static bool is_harm(const struct plot *plot)
{
    enum chart_tone tone = plot->data->series[0].tone;
    return tone == TONE_ATTACK || tone == TONE_ATTENTION;
}

struct colour change_colour(const struct plot *plot, double change)
{
    if (!(change > 0 || change < 0))
        return plot_colour(plot, COLOUR_NEUTRAL);
    if (!is_harm(plot))
        return tone_colour(plot->context->theme, plot->data->series[0].tone);
    return plot_colour(plot, change > 0 ? COLOUR_ATTACK : COLOUR_OPERATION);
}

struct colour change_text_colour(const struct plot *plot, double change)
{
    if (!(change > 0 || change < 0))
        return plot_colour(plot, COLOUR_SECONDARY);
    if (!is_harm(plot))
        return tone_text_colour(plot->context->theme, plot->data->series[0].tone);
    return plot_colour(plot, change > 0 ? COLOUR_ATTACK_TEXT : COLOUR_OPERATION_TEXT);
}

/* A column of signed changes in their colours. */
struct row_column change_column(const struct plot *plot, const double *change)
{
    size_t count = plot->data->count;
    struct slice *text = ARENA_ARRAY(plot->context->arena, struct slice, count + 1);
    struct colour *colour = ARENA_ARRAY(plot->context->arena, struct colour, count + 1);
    for (size_t i = 0; i < count; i++) {
        text[i] = print_signed(plot, change[i]);
        colour[i] = change_text_colour(plot, change[i]);
    }
    return (struct row_column){.head = print_words(plot, "chart.change", 1, NULL, 0),
                               .text = text,
                               .colour = colour,
                               .is_strong = true};
}

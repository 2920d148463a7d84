/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Groups of points: the lanes of a timeline, the colours of a scatter. */
#include "chart/plot.h"

#include <math.h>

static size_t group_total(const struct chart_data *data)
{
    size_t most = 0;
    for (size_t i = 0; i < data->point_count; i++) {
        if (data->point[i].group + 1 > most)
            most = data->point[i].group + 1;
    }
    return most;
}

static bool tones_differ(const struct chart_data *data, const struct point_group *group,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (group[i].code >= data->series_count ||
                group[j].code >= data->series_count ||
                data->series[group[i].code].tone == data->series[group[j].code].tone)
                return false;
        }
    }
    return count > 0;
}

/* Attacks stand before operations, whichever the file names first. */
static void order_by_tone(const struct chart_data *data, struct point_group *group,
                          size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct point_group moved = group[i];
        size_t at = i;
        for (; at > 0 &&
               data->series[group[at - 1].code].tone > data->series[moved.code].tone;
             at--)
            group[at] = group[at - 1];
        group[at] = moved;
    }
}

static void colour_groups(const struct plot *plot, struct point_group *group,
                          size_t count)
{
    const struct theme *theme = plot->context->theme;
    bool by_tone = tones_differ(plot->data, group, count);
    if (by_tone)
        order_by_tone(plot->data, group, count);
    for (size_t i = 0; i < count; i++) {
        if (by_tone && group[i].code < plot->data->series_count) {
            enum chart_tone tone = plot->data->series[group[i].code].tone;
            group[i].colour = tone_colour(theme, tone);
            group[i].text_colour = tone_text_colour(theme, tone);
            continue;
        }
        group[i].colour = i < THEME_CATEGORICAL
                              ? theme->categorical[i]
                              : plot_colour(plot, COLOUR_NEUTRAL_LIGHT);
        group[i].text_colour = readable_colour(plot, group[i].colour);
    }
}

size_t point_groups(const struct plot *plot, struct point_group **out)
{
    const struct chart_data *data = plot->data;
    size_t total = group_total(data), count = 0;
    struct point_group *all =
        ARENA_ARRAY(plot->context->arena, struct point_group, total + 1);
    for (size_t i = 0; i < data->point_count; i++) {
        struct point_group *group = &all[data->point[i].group];
        double size = data->point[i].size;
        group->count++;
        group->known += isfinite(size) ? 1 : 0;
        group->sum += isfinite(size) ? fmax(size, 0) : 0;
        group->sum_is_limit = group->sum_is_limit || data->point[i].at_least;
        group->largest = fmax(group->largest, isfinite(size) ? size : 0);
    }
    for (size_t code = 0; code < total; code++) {
        if (!all[code].count)
            continue;
        struct point_group used = all[code];
        used.code = code;
        if (code < data->series_count)
            used.name = data->series[code].label;
        if (!used.name.size && total > 1)
            used.name = print_words(plot, "unknown group", 1, NULL, 0);
        all[count++] = used;
    }
    colour_groups(plot, all, count);
    *out = all;
    return count;
}

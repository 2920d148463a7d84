/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Axes: gridlines along values with labels above them, and the baseline. Calendar
 * ticks are calendar.c. No kind draws its own. */
#include "chart/plot.h"

#include <math.h>

static const double GRIDLINE = 0.5, BASELINE = 0.75;
static const double CLEAR = 0.5, ABOVE_GRIDLINE = 2.4, BEHIND_NUMBER = 5,
                    BEHIND_LABELS = 10;
static const double BELOW_TICK_LABELS = 11.5;

/* An axis that isn't the usual one says what it is, behind its highest number. */
static void name_axis(struct plot *plot, double tick, bool is_cut)
{
    if (!plot->y.logarithmic && !is_cut)
        return;
    const struct phrase_part part[] = {
        {"number", print_compact(plot, plot->y.low)},
        {"count", print_number(plot, (double)plot->not_on_log)}};
    const char *key = !plot->y.logarithmic ? "chart.cut axis"
                      : plot->not_on_log   ? "chart.log without"
                                           : "chart.log";
    double count = plot->y.logarithmic ? (double)plot->not_on_log : 1;
    double x = plot->axis_left + BEHIND_NUMBER +
               plot_measure(plot, print_compact(plot, tick), TEXT_AXIS)->width;
    struct label_request *label =
        plot_label(plot, print_words(plot, key, count, part, 2), TEXT_AXIS, x,
                   scale_map(&plot->y, tick) - ABOVE_GRIDLINE, 0);
    label->importance = 76;
    label->sideways = true;
    label->reach = plot->frame.right - x;
}

static void add_gridline(struct plot *plot, double y, bool is_base)
{
    struct mark *line =
        plot_segment(plot, plot->axis_left, y, plot->frame.right + plot->overhang, y,
                     is_base ? BASELINE : GRIDLINE,
                     plot_colour(plot, is_base ? COLOUR_INK : COLOUR_GRIDLINE));
    line->layer = is_base ? LAYER_OVER : LAYER_GUIDE;
}

static void add_value_label(struct plot *plot, struct slice text, double y)
{
    double above =
        fmax(ABOVE_GRIDLINE, plot_measure(plot, text, TEXT_AXIS)->descent + CLEAR);
    struct label_request *label =
        plot_label(plot, text, TEXT_AXIS, plot->axis_left, y - above, 0);
    label->is_fixed = true;
    label->is_tick = text.data != plot->value_title.data;
    label->importance = 40;
}

/* Height of the tallest tick label above its gridline. */
static double label_room(const struct plot *plot)
{
    double ascent = plot_measure(plot, print_compact(plot, 0), TEXT_AXIS)->ascent;
    if (plot->value_title.size)
        ascent = fmax(ascent, plot_measure(plot, plot->value_title, TEXT_AXIS)->ascent);
    return ascent + ABOVE_GRIDLINE;
}

/* An axis that begins anywhere: a rule at the foot, its title at the top. */
static void close_frame(struct plot *plot, double title_base)
{
    add_gridline(plot, plot->frame.bottom, true);
    plot->mark[plot->mark_count - 1].is_obstacle = true;
    add_value_label(plot, plot->value_title, title_base);
    plot->label[plot->label_count - 1].importance++;
}

static bool is_whole(const struct plot *plot)
{
    return plot->data->values_are_counts && !plot->data->shares;
}

void axis_count_unlogged(struct plot *plot, double value)
{
    plot->not_on_log += plot->options->logarithmic && value <= 0;
}

/* Has no logarithm, so isn't drawn: said on the page beside the scale's name, too. */
static void report_unlogged(const struct plot *plot)
{
    if (plot->not_on_log && plot->context->diags)
        diags_note(plot->context->diags, plot_at(plot), "L207",
                   "%zu value%s of 0 or less not drawn on the logarithmic scale of the "
                   "figure \"%.*s\"",
                   plot->not_on_log, plot->not_on_log > 1 ? "s" : "",
                   SLICE_PRINT(plot->options->title));
}

void axis_values(struct plot *plot, double low, double high, bool tight)
{
    double tick[SCALE_TICKS];
    bool logarithmic = plot->options->logarithmic;
    bool has_title = tight && plot->value_title.size > 0;
    plot->frame.top += label_room(plot);
    double title_base = plot->frame.top;
    if (has_title && logarithmic) /* which ends with a number */
        plot->frame.top += label_room(plot);
    double room = plot->frame.bottom - plot->frame.top;
    plot->y = (struct scale){.low = low, .high = high, .logarithmic = logarithmic};
    if (!logarithmic && !tight && low <= high) {
        plot->y.low = fmin(low, 0);
        plot->y.high = fmax(high, 0);
    }
    plot->y.keeps_ends = has_title;
    size_t count = scale_settle(&plot->y, room, is_whole(plot), tick);
    plot->y.from = plot->frame.bottom;
    plot->y.to = plot->frame.top;
    double widest = 0;
    for (size_t i = 0; i < count; i++)
        widest = fmax(
            widest, plot_measure(plot, print_compact(plot, tick[i]), TEXT_AXIS)->width);
    plot->frame.left = plot->axis_left + widest + BEHIND_LABELS;
    bool is_cut = tight && !logarithmic && plot->y.low > 0 && !plot->y.keeps_ends;
    bool has_zero =
        plot->y.low <= 0 && plot->y.high >= 0 && !logarithmic && !plot->y.keeps_ends;
    for (size_t i = 0; i < count; i++) {
        double y = scale_map(&plot->y, tick[i]);
        add_gridline(plot, y, has_zero ? tick[i] == 0 : i == 0 && logarithmic);
        if (plot->hides_values)
            continue;
        if (!has_title || logarithmic || y > plot->frame.top + label_room(plot))
            add_value_label(plot, print_compact(plot, tick[i]), y);
    }
    if (count && !plot->hides_values)
        name_axis(plot, tick[count - 1], is_cut);
    if (!plot->hides_values)
        report_unlogged(plot);
    if (has_title)
        close_frame(plot, title_base);
}

static void add_tick_below(struct plot *plot, double tick, bool is_base)
{
    double x = scale_map(&plot->x, tick);
    struct mark *line = plot_segment(
        plot, x, plot->frame.top, x, plot->frame.bottom, is_base ? BASELINE : GRIDLINE,
        plot_colour(plot, is_base ? COLOUR_INK : COLOUR_GRIDLINE));
    line->layer = is_base ? LAYER_OVER : LAYER_GUIDE;
    const struct label *label =
        plot_measure(plot, print_compact(plot, tick), TEXT_AXIS);
    double middle = fmin(x, plot->width - label->width / 2);
    struct label_request *request =
        plot_place(plot, label, middle, plot->frame.bottom + BELOW_TICK_LABELS, 0.5);
    request->is_fixed = request->is_tick = true;
    request->importance = 40;
}

void axis_values_below(struct plot *plot, double low, double high, bool labelled)
{
    double tick[SCALE_TICKS];
    plot->x = (struct scale){.low = fmin(low, 0), .high = fmax(high, 0)};
    if (!(low <= high))
        plot->x = (struct scale){.low = 0, .high = 1};
    plot->x.from = plot->frame.left;
    plot->x.to = plot->frame.right;
    if (plot->x.low == plot->x.high)
        plot->x.high = plot->x.low + 1;
    if (!labelled)
        return;
    size_t count = scale_settle(&plot->x, plot->frame.right - plot->frame.left,
                                is_whole(plot), tick);
    for (size_t i = 0; i < count; i++)
        add_tick_below(plot, tick[i], tick[i] == 0);
}

void axis_numbers_below(struct plot *plot, double low, double high, struct slice title)
{
    double tick[SCALE_TICKS];
    plot->x = (struct scale){.low = low,
                             .high = high,
                             .from = plot->frame.left,
                             .to = plot->frame.right,
                             .keeps_ends = true};
    size_t count =
        scale_settle(&plot->x, plot->frame.right - plot->frame.left, false, tick);
    double free_until = plot->axis_right;
    if (title.size) {
        const struct label *label = plot_measure(plot, title, TEXT_AXIS);
        struct label_request *request = plot_place(
            plot, label, plot->axis_right, plot->frame.bottom + BELOW_TICK_LABELS, 1);
        request->is_fixed = true;
        request->importance = 45;
        free_until -= label->width + 6;
    }
    for (size_t i = 0; i < count; i++) {
        double half =
            plot_measure(plot, print_compact(plot, tick[i]), TEXT_AXIS)->width / 2;
        if (scale_map(&plot->x, tick[i]) + half <= free_until)
            add_tick_below(plot, tick[i], false);
    }
}

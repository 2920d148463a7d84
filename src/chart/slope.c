/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Slope: how few things moved between two or three dates, each a line with its name
 * and numbers at both ends. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LINES = 8, MOST_DATES = 3 };
static const double LINE = 1.6, QUIET_LINE = 1, DOT = 2.4, LABEL_GAP = 10,
                    LEAST_SPAN = 12, GUIDE = 0.5, LEAST_LED = 3;
static const double WIDEST_LABEL = 0.4, HEAD_DROP = 7.4, BELOW_HEAD = 8, BLOCK_GAP = 1,
                    WORD_GAP = 3, HEAD_GAP = 4;
static const double BOTTOM = 5, DASH = 2, DASH_GAP = 1.6, OPEN_LINE = 1.2;

struct slope_line {
    struct slice name;
    double value[MOST_DATES];
    struct slice number[MOST_DATES]; /* as it is printed */
    struct colour colour, text_colour;
    bool is_loud;
};

struct slopes {
    size_t line_count, date_count, left_out;
    struct slope_line line[MOST_LINES];
    struct slice date[MOST_DATES];
    bool is_open; /* the last of the dates isn't over */
    bool is_time; /* from left to right in every language */
};

/* -- What the lines are ---------------------------------------------------------------- */

static void take_value(const struct plot *plot, struct slope_line *line, size_t date,
                       const double *value, size_t position)
{
    line->value[date] = value ? value[position] : NAN;
    line->number[date] =
        value ? print_at(plot, value, position) : print_short(plot, NAN);
}

/* Over periods: a line a series, from the first to the last, by the middle of three. */
static void take_periods(const struct plot *plot, struct slopes *slopes)
{
    const struct chart_data *data = plot->data;
    size_t at[MOST_DATES] = {0, data->count - 1, data->count - 1};
    slopes->is_time = true;
    slopes->date_count = data->count < 2 ? 1 : 2;
    if (data->count == 3) {
        at[1] = 1;
        slopes->date_count = 3;
    }
    slopes->is_open =
        slopes->date_count > 1 && plot_is_provisional(plot, data->count - 1);
    for (size_t d = 0; d < slopes->date_count; d++)
        slopes->date[d] = print_period(plot, at[d]);
    for (size_t s = 0; s < data->series_count; s++) {
        if (s >= MOST_LINES) {
            slopes->left_out++;
            continue;
        }
        struct slope_line *line = &slopes->line[slopes->line_count++];
        line->name = data->series[s].label;
        for (size_t d = 0; d < slopes->date_count; d++)
            take_value(plot, line, d, data->series[s].value, at[d]);
    }
}

/* Over categories: a line each, from the period before, or from measure to measure. */
static void take_categories(const struct plot *plot, struct slopes *slopes)
{
    const struct chart_data *data = plot->data;
    struct pair pair;
    bool has_pair = plot_pair(plot, &pair);
    bool three = data->series_count >= MOST_DATES;
    slopes->is_time = has_pair && data->series_count == 1;
    slopes->date_count = three ? 3 : has_pair ? 2 : 1;
    slopes->date[0] = has_pair ? pair.before_name : data->series[0].label;
    slopes->date[1] = has_pair ? pair.now_name : (struct slice){0};
    if (three)
        slopes->date[2] = data->series[2].label;
    for (size_t i = 0; i < data->count; i++) {
        if (i >= MOST_LINES) {
            slopes->left_out++;
            continue;
        }
        struct slope_line *line = &slopes->line[slopes->line_count++];
        line->name = print_period(plot, i);
        take_value(plot, line, 0, has_pair ? pair.before : data->series[0].value, i);
        take_value(plot, line, 1, has_pair ? pair.now : NULL, i);
        take_value(plot, line, 2, three ? data->series[2].value : NULL, i);
    }
}

static void colour_lines(const struct plot *plot, struct slopes *slopes)
{
    size_t loud = plot->options->highlight;
    enum chart_tone tone = plot->data->series[0].tone;
    for (size_t i = 0; i < slopes->line_count; i++) {
        struct slope_line *line = &slopes->line[i];
        line->is_loud = i == (loud < slopes->line_count ? loud : 0);
        line->colour = line->is_loud ? tone_colour(plot->context->theme, tone)
                                     : plot_colour(plot, COLOUR_NEUTRAL);
        line->text_colour = line->is_loud ? tone_text_colour(plot->context->theme, tone)
                                          : plot_colour(plot, COLOUR_SECONDARY);
    }
}

/* -- Labels at the ends ------------------------------------------------------------------ */

struct end {
    const struct label *name, *number;
    double middle;
    size_t line;
};

static struct end end_of(const struct plot *plot, const struct slope_line *line,
                         size_t date)
{
    enum text_role role = line->is_loud ? TEXT_LABEL_STRONG : TEXT_LABEL;
    struct end end = {.number = plot_measure(plot, line->number[date], role)};
    double room = plot->width * WIDEST_LABEL - end.number->width - WORD_GAP;
    end.name = plot_measure_in(plot, line->name, role, fmax(room, 12), 1);
    return end;
}

static double end_width(const struct end *end)
{
    return end->number->width + WORD_GAP + end->name->width;
}

static double labels_width(const struct plot *plot, const struct slopes *slopes,
                           size_t date)
{
    double width = 0;
    for (size_t i = 0; i < slopes->line_count; i++) {
        struct end end = end_of(plot, &slopes->line[i], date);
        if (isfinite(slopes->line[i].value[date]))
            width = fmax(width, end_width(&end));
    }
    return width;
}

static int compare_ends(const void *a, const void *b)
{
    const struct end *left = a, *right = b;
    if (left->middle != right->middle)
        return left->middle < right->middle ? -1 : 1;
    return left->line < right->line ? -1 : 1;
}

/* A label that had to move is led back to its dot. */
static void lead_back(const struct plot *plot, struct label_request *label, double dot,
                      double middle, bool at_left)
{
    double sign = at_left ? -1 : 1;
    double x = at_left ? plot->frame.left : plot->frame.right;
    label->has_leader = label->is_tied = fabs(middle - dot) >= LEAST_LED;
    label->target = (struct point){x + sign * (DOT + 0.8), dot};
    label->leader_end = (struct point){x + sign * (LABEL_GAP - 1), middle};
}

/* The number beside the line, the name behind it. */
static void place_end(struct plot *plot, const struct slope_line *line,
                      const struct end *end, double middle, bool at_left)
{
    double x = at_left ? plot->frame.left - LABEL_GAP : plot->frame.right + LABEL_GAP;
    double step = end->number->width + WORD_GAP;
    double height = fmax(end->name->height, end->number->height);
    double y = middle - height / 2 + fmax(end->name->ascent, end->number->ascent);
    const struct label *label[] = {end->number, end->name};
    for (int i = 0; i < 2; i++) {
        struct label_request *request = plot_place(
            plot, label[i], x + (i ? (at_left ? -step : step) : 0), y, at_left ? 1 : 0);
        request->colour = line->text_colour;
        request->importance = line->is_loud ? 80 : 60;
        request->reach = 0;
        if (i == 0)
            lead_back(plot, request, end->middle, middle, at_left);
    }
}

static void place_ends(struct plot *plot, const struct slopes *slopes, size_t date,
                       bool at_left)
{
    struct end end[MOST_LINES];
    double middle[MOST_LINES], height[MOST_LINES];
    size_t count = 0;
    for (size_t i = 0; i < slopes->line_count; i++) {
        if (!isfinite(slopes->line[i].value[date]))
            continue;
        end[count] = end_of(plot, &slopes->line[i], date);
        end[count].middle = scale_map(&plot->y, slopes->line[i].value[date]);
        end[count++].line = i;
    }
    qsort(end, count, sizeof *end, compare_ends);
    for (size_t i = 0; i < count; i++) {
        middle[i] = end[i].middle;
        height[i] = fmax(end[i].name->height, end[i].number->height) + BLOCK_GAP;
    }
    labels_spread(middle, height, count, plot->frame.top - BELOW_HEAD / 2,
                  plot->height);
    for (size_t i = 0; i < count; i++) {
        place_end(plot, &slopes->line[end[i].line], &end[i], middle[i], at_left);
    }
}

/* -- On paper ------------------------------------------------------------------------------ */

static double date_x(const struct plot *plot, const struct slopes *slopes, size_t date)
{
    if (slopes->date_count < 2)
        return plot->frame.left;
    return plot->frame.left + (plot->frame.right - plot->frame.left) * (double)date /
                                  (double)(slopes->date_count - 1);
}

static void draw_dates(struct plot *plot, const struct slopes *slopes, double baseline)
{
    for (size_t d = 0; d < slopes->date_count; d++) {
        double x = date_x(plot, slopes, d);
        double anchor = d == 0 ? 1 : d + 1 == slopes->date_count ? 0 : 0.5;
        plot_segment(plot, x, plot->frame.top - BELOW_HEAD / 2, x, plot->frame.bottom,
                     GUIDE, plot_colour(plot, COLOUR_GRIDLINE))
            ->layer = LAYER_GUIDE;
        const struct label *label =
            plot_measure_in(plot, slopes->date[d],
                            d + 1 == slopes->date_count ? TEXT_AXIS_STRONG : TEXT_AXIS,
                            plot->width / (double)slopes->date_count - HEAD_GAP, 1);
        double reach = anchor == 1 ? x + DOT : anchor == 0 ? x - DOT : x;
        if (anchor == 1)
            reach = fmax(reach, label->width);
        if (anchor == 0)
            reach = fmin(reach, plot->width - label->width);
        struct label_request *head = plot_place(plot, label, reach, baseline, anchor);
        head->is_fixed = true;
        head->importance = 90;
    }
}

/* A period that isn't over: a dashed line to a hollow dot. */
static void draw_open_end(struct plot *plot, struct point from, struct point to,
                          double line_width, struct colour colour)
{
    const struct point both[] = {from, to};
    struct mark *link = plot_line(plot, both, 2, line_width, colour);
    link->dash_on = DASH;
    link->dash_off = DASH_GAP;
    plot_circle(plot, to, DOT, plot_colour(plot, COLOUR_PAPER), colour, OPEN_LINE);
}

static void draw_line(struct plot *plot, const struct slopes *slopes,
                      const struct slope_line *line)
{
    struct point point[MOST_DATES];
    for (size_t d = 0; d < slopes->date_count; d++)
        point[d] = (struct point){date_x(plot, slopes, d),
                                  scale_map(&plot->y, line->value[d])};
    double line_width = line->is_loud ? LINE : QUIET_LINE;
    size_t open = slopes->date_count - slopes->is_open; /* dates from here on */
    plot_line(plot, point, open, line_width, line->colour);
    for (size_t d = 0; d < slopes->date_count; d++) {
        if (!isfinite(point[d].y))
            continue;
        if (d < open)
            plot_circle(plot, point[d], DOT, line->colour, (struct colour){0}, 0);
        else
            draw_open_end(plot, point[d - 1], point[d], line_width, line->colour);
    }
}

static void settle_scale(struct plot *plot, const struct slopes *slopes)
{
    struct scale domain = scale_nothing();
    for (size_t i = 0; i < slopes->line_count; i++)
        scale_include(&domain, slopes->line[i].value, slopes->date_count);
    if (!(domain.low < domain.high)) {
        domain.low -= 1;
        domain.high += 1;
    }
    domain.from = plot->frame.bottom - BOTTOM;
    domain.to = plot->frame.top;
    plot->y = domain;
}

/* Names wider than the figure leave the lines a little of it, and go themselves. */
static void keep_lines_open(struct plot *plot)
{
    const double lack = LEAST_SPAN - (plot->frame.right - plot->frame.left);
    if (lack <= 0)
        return;
    plot->frame.left -= lack / 2;
    plot->frame.right += lack / 2;
}

static void report_left_out(struct plot *plot, const struct slopes *slopes)
{
    struct text number = plot_text(plot);
    locale_number(plot->context->locale, (double)slopes->left_out, 0, &number);
    const struct phrase_part part = {"count", text_slice(&number)};
    if (slopes->left_out)
        plot_remark(plot, print_words(plot, "chart.more parts",
                                      (double)slopes->left_out, &part, 1));
    if (slopes->left_out && plot->context->diags)
        diags_note(plot->context->diags, plot_at(plot), "L203",
                   "%zu line%s left out of the figure \"%.*s\": it shows at most %d",
                   slopes->left_out, slopes->left_out == 1 ? "" : "s",
                   SLICE_PRINT(plot->options->title), MOST_LINES);
}

static void lay_slope(struct plot *plot)
{
    struct slopes slopes = {0};
    if (plot->data->period)
        take_periods(plot, &slopes);
    else
        take_categories(plot, &slopes);
    colour_lines(plot, &slopes);
    plot->flips = plot->mirrored && !slopes.is_time;
    const struct label *head = plot_measure(plot, slopes.date[0], TEXT_AXIS);
    double baseline = plot->frame.top + fmax(HEAD_DROP, head->ascent);
    plot->frame.top = baseline + BELOW_HEAD;
    size_t last = slopes.date_count - 1;
    plot->frame.left = labels_width(plot, &slopes, 0) + LABEL_GAP;
    plot->frame.right = plot->width;
    if (last > 0)
        plot->frame.right -= labels_width(plot, &slopes, last) + LABEL_GAP;
    keep_lines_open(plot);
    settle_scale(plot, &slopes);
    draw_dates(plot, &slopes, baseline);
    for (int loud = 0; loud < 2; loud++) {
        for (size_t i = 0; i < slopes.line_count; i++) {
            if (slopes.line[i].is_loud == (loud == 1))
                draw_line(plot, &slopes, &slopes.line[i]);
        }
    }
    place_ends(plot, &slopes, 0, true);
    if (last > 0)
        place_ends(plot, &slopes, last, false);
    report_left_out(plot, &slopes);
}

const struct chart_kind chart_slope = {
    .name = "slope",
    .help = "a few lines between two or three dates, named at both ends",
    .needs = NEEDS_BEFORE,
    .height_pt = 170,
    .lay = lay_slope,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stacked: the parts of each category as a row of segments, of each period as a
 * column; as numbers or as shares of the whole. */
#include "chart/plot.h"

#include <math.h>

static const double THICKNESS = 9.4, GAP = 0.8, ROOM_FOR_NUMBER = 16,
                    HALF_CAPITAL = 2.75;
static const double NUMBER_INSET = 4, LEAST_FOR_NUMBER = 8;

static double value_at(const struct plot *plot, size_t series, size_t row)
{
    double value = plot->data->series[series].value[row];
    return isfinite(value) ? value : 0;
}

/* Less than nothing has no segment. */
static double part_at(const struct plot *plot, size_t series, size_t row)
{
    return fmax(value_at(plot, series, row), 0);
}

/* Of the segments. */
static double length_at(const struct plot *plot, size_t row)
{
    double sum = 0;
    for (size_t s = 0; s < plot->data->series_count; s++)
        sum += part_at(plot, s, row);
    return sum;
}

/* What is printed behind them: negative parts count, and a row once that has several of
 * the parts. */
static double whole_at(const struct plot *plot, size_t row)
{
    double sum = 0;
    size_t known = 0;
    if (plot->data->whole)
        return plot->data->whole[row];
    for (size_t s = 0; s < plot->data->series_count; s++) {
        sum += value_at(plot, s, row);
        known += isfinite(plot->data->series[s].value[row]) ? 1 : 0;
    }
    return known ? sum : NAN;
}

/* The number stands inside where its segment holds it. */
static void number_segment(struct plot *plot, struct frame at, struct slice text,
                           struct colour fill)
{
    const struct label *label = plot_measure(plot, text, TEXT_LABEL_STRONG);
    if (at.bottom - at.top < LEAST_FOR_NUMBER)
        return;
    if (at.right - at.left < fmax(ROOM_FOR_NUMBER, label->width + 2 * NUMBER_INSET))
        return;
    struct label_request *number =
        plot_place(plot, label, at.left + NUMBER_INSET,
                   (at.top + at.bottom) / 2 + HALF_CAPITAL, 0);
    number->colour = colour_on(plot, fill);
    number->host = (long)plot->mark_count - 1;
    number->is_fixed = true;
    number->importance = 70;
}

/* Shares are printed without their sign: the subtitle says percent. */
static struct slice segment_text(const struct plot *plot, size_t series, size_t row,
                                 double whole)
{
    const double part = part_at(plot, series, row);
    if (!plot->data->shares)
        return print_at(plot, plot->data->series[series].value, row);
    struct text text = plot_text(plot);
    locale_number(plot->context->locale, 100 * part / whole, 0, &text);
    return text_slice(&text);
}

static void add_row(struct plot *plot, const struct rows *rows, size_t row)
{
    double whole = length_at(plot, row), sum = 0;
    double middle = row_middle(rows, row), half = rows->thickness / 2;
    double unit = plot->data->shares && whole > 0 ? whole : 1;
    for (size_t s = 0; s < plot->data->series_count; s++) {
        double part = part_at(plot, s, row);
        if (part <= 0)
            continue;
        struct frame at = {scale_map(&plot->x, sum / unit), middle - half,
                           scale_map(&plot->x, (sum + part) / unit), middle + half};
        sum += part;
        if (at.right - at.left > 2 * GAP && sum < whole)
            at.right -= GAP;
        struct colour fill = series_colour(plot, s);
        plot_rectangle(plot, at, fill);
        number_segment(plot, at, segment_text(plot, s, row, whole), fill);
    }
}

/* Totals behind the bars: of counts always, of shares when they come from counts. */
static bool has_totals(const struct plot *plot)
{
    if (!plot->data->shares)
        return true;
    for (size_t i = 0; i < plot->data->count; i++) {
        double whole = length_at(plot, i);
        if (whole > 0 && fabs(whole - 1) > 1e-6)
            return true;
    }
    return false;
}

static const struct slice *print_totals(const struct plot *plot)
{
    struct slice *text =
        ARENA_ARRAY(plot->context->arena, struct slice, plot->data->count);
    for (size_t i = 0; i < plot->data->count; i++) {
        struct text number = plot_text(plot);
        double whole = whole_at(plot, i);
        if (!plot->data->shares || !isfinite(whole)) {
            text[i] =
                print_least(plot, plot_has_limit(plot, i), print_short(plot, whole));
            continue;
        }
        locale_number(plot->context->locale, whole, whole == floor(whole) ? 0 : 1,
                      &number);
        text[i] = print_least(plot, plot_has_limit(plot, i), text_slice(&number));
    }
    return text;
}

static void remark_negatives(struct plot *plot)
{
    for (size_t s = 0; s < plot->data->series_count; s++) {
        for (size_t i = 0; i < plot->data->count; i++) {
            if (value_at(plot, s, i) >= 0)
                continue;
            plot_remark(plot, print_words(plot, "chart.negative", 1, NULL, 0));
            return;
        }
    }
}

static void lay_rows(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    struct row_request request = {
        .thickness = THICKNESS, .names_beside = true, .has_key = true};
    if (has_totals(plot)) {
        request.column_count = 1;
        request.column[0] = (struct row_column){
            .head = data->value_name.size
                        ? data->value_name
                        : print_words(plot, "chart.total", 1, NULL, 0),
            .text = print_totals(plot),
            .is_strong = true,
        };
    }
    plot->flips = plot->mirrored;
    struct rows rows = rows_lay(plot, &request);
    double highest = 0;
    for (size_t i = 0; i < rows.count; i++)
        highest = fmax(highest, length_at(plot, i));
    remark_negatives(plot);
    axis_values_below(plot, 0, data->shares ? 1 : highest, false);
    for (size_t i = 0; i < rows.count; i++)
        add_row(plot, &rows, i);
}

static void lay_stacked(struct plot *plot)
{
    if (plot->data->period)
        lay_stacked_columns(plot);
    else
        lay_rows(plot);
}

const struct chart_kind chart_stacked = {
    .name = "stacked",
    .help = "parts of a whole: a row for each category or a column for each period",
    .needs = PARTS_OF_WHOLE,
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_stacked,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Diverging: bars to either side of nothing, each name on the side its bar leaves
 * free. With the period before, the bars are the changes. */
#include "chart/plot.h"

#include <math.h>

static const double THICKNESS = 9.4, GAP = 4, NAME_GAP = 5, HALF_CAPITAL = 2.75;
static const double WIDEST_NAME = 0.4, EXACT = 1e-3;

struct side { /* what one side of zero has to hold */
    double name, number, value;
};

static double extent(const struct side *side, double unit)
{
    return fmax(side->name, side->value * unit + side->number);
}

static void measure(const struct plot *plot, const double *value,
                    const struct rows *rows, struct side *left, struct side *right)
{
    for (size_t i = 0; i < rows->count; i++) {
        double name =
            row_name(plot, rows, i, plot->width * WIDEST_NAME)->width + NAME_GAP;
        double number =
            plot_measure(plot, print_signed(plot, value[i]), TEXT_LABEL_STRONG)->width +
            GAP;
        struct side *bar = value[i] < 0 ? left : right;
        struct side *free = value[i] < 0 ? right : left;
        free->name = fmax(free->name, name);
        bar->value = fmax(bar->value, isfinite(value[i]) ? fabs(value[i]) : 0);
        bar->number = fmax(bar->number, number);
    }
}

/* The largest scale at which both sides fit. */
static double choose_unit(const struct side *left, const struct side *right,
                          double width)
{
    double most = left->value + right->value;
    double low = 0, high = most > 0 ? width / most : 0;
    for (int i = 0; i < 60 && high - low > high * EXACT; i++) {
        double unit = (low + high) / 2;
        if (extent(left, unit) + extent(right, unit) <= width)
            low = unit;
        else
            high = unit;
    }
    return low;
}

static void add_row(struct plot *plot, const struct rows *rows, size_t row,
                    double value)
{
    double zero = scale_map(&plot->x, 0), end = scale_map(&plot->x, value);
    double middle = row_middle(rows, row), half = rows->thickness / 2;
    bool is_negative = value < 0;
    if (isfinite(value) && value != 0)
        plot_rectangle(plot, (struct frame){zero, middle - half, end, middle + half},
                       change_colour(plot, value));
    else
        end = zero;
    const struct label *name = row_name(plot, rows, row, plot->width * WIDEST_NAME);
    struct label_request *label =
        plot_place(plot, name, is_negative ? zero + NAME_GAP : zero - NAME_GAP,
                   row_baseline(rows, row, name), is_negative ? 0 : 1);
    label->importance = 80;
    label->is_fixed = true;
    struct label_request *number =
        plot_label(plot, print_signed(plot, value), TEXT_LABEL_STRONG,
                   is_negative ? end - GAP : end + GAP, middle + HALF_CAPITAL,
                   is_negative ? 1 : 0);
    number->importance = 70;
    number->is_fixed = true;
    number->colour = change_text_colour(plot, value);
}

static struct row_request request_rows(const struct plot *plot, const double *value)
{
    (void)value; /* numbers stand at the bars, not in a column */
    return (struct row_request){.thickness = THICKNESS,
                                .names_inside = true,
                                .name_room = plot->width * WIDEST_NAME};
}

static void lay_diverging(struct plot *plot)
{
    struct pair pair;
    const double *value = plot->data->series[0].value;
    if (plot_pair(plot, &pair))
        value = pair_changes(plot, &pair);
    plot->flips = plot->mirrored;
    const double *sorted = plot_keep_changes(plot, value, request_rows);
    struct row_request request = request_rows(plot, sorted);
    struct rows rows = rows_lay(plot, &request);
    struct side left = {0}, right = {0};
    measure(plot, sorted, &rows, &left, &right);
    double unit = choose_unit(&left, &right, plot->width);
    double zero = extent(&left, unit);
    plot->x = (struct scale){
        .low = 0, .high = 1, .from = zero, .to = zero + fmax(unit, 1e-12)};
    for (size_t i = 0; i < rows.count; i++)
        add_row(plot, &rows, i, sorted[i]);
    rows_baseline(plot, &rows, zero);
}

const struct chart_kind chart_diverging = {
    .name = "diverging",
    .help = "bars to both sides of nothing: changes, or values that can be negative",
    .needs = NEEDS_CATEGORIES | ONE_SERIES | DRAWS_CHANGES,
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_diverging,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pyramid: two measures back to back, attacks | operations, names between them, one
 * scale for both sides. */
#include "chart/plot.h"

#include <math.h>

static const double THICKNESS = 9.4, NAME_GAP = 6, NUMBER_GAP = 4, HALF_CAPITAL = 2.75;
static const double WIDEST_NAME = 0.36, HEAD_DROP = 7.6, BELOW_HEAD = 4.4;

struct sides {
    double name;   /* width of the names' column */
    double number; /* and of the widest number */
    double room;   /* for a bar */
    double high;   /* of the scale */
};

static const double *side_values(const struct plot *plot, int side)
{
    size_t series = side && plot->data->series_count > 1 ? 1 : 0;
    return plot->data->series[series].value;
}

static bool has_side(const struct plot *plot, int side)
{
    return side == 0 || plot->data->series_count > 1;
}

static struct sides measure(const struct plot *plot, const struct rows *rows)
{
    struct sides sides = {0};
    for (size_t i = 0; i < rows->count; i++) {
        sides.name =
            fmax(sides.name, row_name(plot, rows, i, plot->width * WIDEST_NAME)->width);
        for (int side = 0; side < 2 && has_side(plot, side); side++) {
            const double *values = side_values(plot, side), value = values[i];
            sides.number =
                fmax(sides.number,
                     plot_measure(plot, print_at(plot, values, i), TEXT_LABEL_STRONG)
                         ->width);
            if (isfinite(value))
                sides.high = fmax(sides.high, fabs(value));
        }
    }
    sides.name += 2 * NAME_GAP;
    sides.room = fmax((plot->width - sides.name) / 2 - sides.number - NUMBER_GAP, 4);
    sides.high = fmax(sides.high, 1e-9);
    return sides;
}

/* Where the bars of a side stand, and the way they grow. */
static double side_base(const struct plot *plot, const struct sides *sides, int side)
{
    return plot->width / 2 + (side ? 1 : -1) * sides->name / 2;
}

static void add_bar(struct plot *plot, const struct rows *rows,
                    const struct sides *sides, int side, size_t row)
{
    double value = side_values(plot, side)[row], sign = side ? 1 : -1;
    double base = side_base(plot, sides, side), middle = row_middle(rows, row);
    double length = isfinite(value) ? fabs(value) / sides->high * sides->room : 0;
    struct frame at = {base, middle - rows->thickness / 2, base + sign * length,
                       middle + rows->thickness / 2};
    if (length > 0) {
        struct mark *bar = plot_rectangle(plot, at, series_colour(plot, (size_t)side));
        if (value < 0) /* no length is negative: it is drawn hollow */
            *bar = (struct mark){.shape = MARK_RECTANGLE,
                                 .layer = LAYER_MARK,
                                 .at = bar->at,
                                 .stroke = bar->fill,
                                 .line_width = 0.8,
                                 .is_obstacle = true};
    }
    struct label_request *number = plot_label(
        plot, print_at(plot, side_values(plot, side), row), TEXT_LABEL_STRONG,
        base + sign * (length + NUMBER_GAP), middle + HALF_CAPITAL, side ? 0 : 1);
    number->is_fixed = true;
    number->importance = 70;
}

static void add_heads(struct plot *plot, const struct sides *sides, double baseline)
{
    for (int side = 0; side < 2 && has_side(plot, side); side++) {
        double x = side_base(plot, sides, side);
        const struct label *label =
            plot_measure_in(plot, plot->data->series[side].label, TEXT_LABEL_STRONG,
                            side ? plot->width - x : x, 1);
        struct label_request *head = plot_place(plot, label, x, baseline, side ? 0 : 1);
        head->colour = series_text_colour(plot, (size_t)side);
        head->is_fixed = true;
        head->importance = 90;
    }
}

static void add_name(struct plot *plot, const struct rows *rows, size_t row)
{
    const struct label *label = row_name(plot, rows, row, plot->width * WIDEST_NAME);
    struct label_request *name =
        plot_place(plot, label, plot->width / 2, row_baseline(rows, row, label), 0.5);
    name->is_fixed = true;
    name->importance = 88;
}

static void lay_pyramid(struct plot *plot)
{
    struct row_request request = {.thickness = THICKNESS,
                                  .names_inside = true,
                                  .name_room = plot->width * WIDEST_NAME};
    double ascent = HEAD_DROP;
    for (int side = 0; side < 2 && has_side(plot, side); side++)
        ascent = fmax(ascent, plot_measure(plot, plot->data->series[side].label,
                                           TEXT_LABEL_STRONG)
                                  ->ascent);
    double baseline = plot->frame.top + ascent;
    plot->frame.top = baseline + BELOW_HEAD;
    plot->flips = plot->mirrored;
    struct rows rows = rows_lay(plot, &request);
    struct sides sides = measure(plot, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        add_name(plot, &rows, i);
        for (int side = 0; side < 2 && has_side(plot, side); side++)
            add_bar(plot, &rows, &sides, side, i);
    }
    for (int side = 0; side < 2; side++)
        rows_baseline(plot, &rows, side_base(plot, &sides, side));
    add_heads(plot, &sides, baseline);
}

const struct chart_kind chart_pyramid = {
    .name = "pyramid",
    .help = "two measures back to back over the same categories",
    .needs = NEEDS_CATEGORIES | TWO_SIDES,
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_pyramid,
};

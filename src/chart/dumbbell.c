/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dumbbell: two periods or measures of each category, the earlier hollow, the later
 * filled, sorted by the change between them. */
#include "chart/plot.h"

#include <math.h>

static const double OLD = 2.8, OLD_LINE = 1.1, NEW = 3.3, LINK = 2.2,
                    LINK_OPACITY = 0.45;
static const double PITCH = 17, THICKNESS = 8, FOOT = 14, HEAD_REACH = 60, HEAD_GAP = 5;

static void add_row(struct plot *plot, const struct rows *rows, const struct pair *pair,
                    size_t row)
{
    double before = pair->before[row], now = pair->now[row], y = row_middle(rows, row);
    struct colour colour = change_colour(plot, now - before), link = colour;
    struct point old = {scale_map(&plot->x, before), y};
    struct point new = {scale_map(&plot->x, now), y};
    link.alpha *= LINK_OPACITY;
    if (isfinite(old.x) && isfinite(new.x))
        plot_segment(plot, old.x, y, new.x, y, LINK, link);
    if (isfinite(old.x) && before != now)
        plot_circle(plot, old, OLD, plot_colour(plot, COLOUR_PAPER), colour, OLD_LINE);
    if (isfinite(new.x))
        plot_circle(plot, new, NEW, colour, (struct colour){0}, 0);
}

/* "before" and "now" over the first row that has both. */
static void add_heads(struct plot *plot, const struct rows *rows,
                      const struct pair *pair)
{
    size_t row = 0;
    if (plot->data->not_compared.size)
        return;
    while (row < rows->count &&
           !(isfinite(pair->before[row]) && isfinite(pair->now[row]) &&
             pair->before[row] != pair->now[row]))
        row++;
    double before = row < rows->count ? pair->before[row] : 0;
    double now = row < rows->count ? pair->now[row] : 0;
    const struct label *label[] = {
        plot_measure(plot, pair->before_name, TEXT_AXIS),
        plot_measure(plot, pair->now_name, TEXT_AXIS_STRONG),
    };
    double x[] = {scale_map(&plot->x, before), scale_map(&plot->x, now)};
    double room = (label[0]->width + label[1]->width) / 2 + HEAD_GAP;
    bool is_close = fabs(x[1] - x[0]) < room;
    for (int i = 0; i < 2; i++) {
        bool is_left = x[i] < x[!i] || (x[i] == x[!i] && i == 0);
        double middle = (x[0] + x[1]) / 2;
        double at = !is_close ? x[i] : middle + (is_left ? -HEAD_GAP : HEAD_GAP) / 2;
        struct label_request *head = plot_place(plot, label[i], at, rows->head_baseline,
                                                !is_close ? 0.5
                                                : is_left ? 1
                                                          : 0);
        head->sideways = true;
        head->reach = HEAD_REACH;
        head->importance = 84;
    }
}

/* Without the period before no change is known. */
static void lack_before(struct plot *plot)
{
    struct arena *arena = plot->context->arena;
    struct chart_data *data = arena_copy(arena, plot->data, sizeof *plot->data);
    double *before = ARENA_ARRAY(arena, double, data->count + 1);
    for (size_t i = 0; i < data->count; i++)
        before[i] = NAN;
    data->tick = before;
    plot->data = data;
}

static struct row_request request_rows(const struct plot *plot, const double *change)
{
    struct pair pair;
    plot_pair(plot, &pair);
    return (struct row_request){.thickness = THICKNESS,
                                .pitch = PITCH,
                                .names_beside = true,
                                .foot = FOOT,
                                .column_count = 1,
                                .column = {change_column(plot, change)},
                                .head_word = {pair.before_name, pair.now_name}};
}

static void lay_dumbbell(struct plot *plot)
{
    struct pair pair;
    if (!plot_pair(plot, &pair)) {
        lack_before(plot);
        plot_pair(plot, &pair);
    }
    const double *change = pair_changes(plot, &pair);
    change = plot_keep_changes(plot, change, request_rows);
    struct row_request request = request_rows(plot, change);
    plot_pair(plot, &pair);
    plot->flips = plot->mirrored;
    struct rows rows = rows_lay(plot, &request);
    struct scale domain = scale_nothing();
    scale_include(&domain, pair.before, rows.count);
    scale_include(&domain, pair.now, rows.count);
    plot->frame.right = fmax(plot->frame.right - 2 * NEW, plot->frame.left + 1);
    axis_values_below(plot, domain.low, domain.high, true);
    for (size_t i = 0; i < rows.count; i++)
        add_row(plot, &rows, &pair, i);
    add_heads(plot, &rows, &pair);
}

const struct chart_kind chart_dumbbell = {
    .name = "dumbbell",
    .help = "two periods of each category as a hollow and a filled dot, by change",
    .needs = NEEDS_CATEGORIES | TWO_SIDES | NEEDS_BEFORE,
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_dumbbell,
};

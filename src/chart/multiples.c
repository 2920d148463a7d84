/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small multiples: a little line chart for each series, all on one scale, one of them
 * in colour. */
#include "chart/plot.h"

#include <math.h>

enum { MOST_PANELS = 12, MOST_ACROSS = 4 };
static const double GAP = 14, NARROWEST = 74, PANEL = 74, PANEL_GAP = 10,
                    TITLE_DROP = 7.6;
static const double BELOW_TITLE = 3, ABOVE_TITLES = 3.4;
static const double LINE = 1.5, THIN_LINE = 0.7, DOT = 2.2, NUMBER_ABOVE = 4.5,
                    NUMBER_REACH = 40;

struct panels {
    size_t count, across, down;
    double width, height, title; /* height of a panel, of its title */
    double baseline;             /* of the titles, below their panels' tops */
    double top, foot;            /* of the first; of the axis below each */
    struct scale domain;
};

static bool is_loud(const struct plot *plot, size_t series)
{
    size_t highlight = plot->options->highlight;
    return series == (highlight < plot->data->series_count ? highlight : 0);
}

static struct panels arrange(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    struct panels panels = {
        .count = data->series_count < MOST_PANELS ? data->series_count : MOST_PANELS};
    double across = floor((plot->width + GAP) / (NARROWEST + GAP));
    across = fmax(1, fmin(across, fmin(MOST_ACROSS, (double)panels.count)));
    double down = ceil((double)panels.count / across);
    /* Six in two rows of three, not four and two. */
    across = ceil((double)panels.count / down);
    panels.across = (size_t)across;
    panels.down = (size_t)down;
    panels.width = (plot->width - GAP * (across - 1)) / across;
    panels.domain = scale_nothing();
    double below = 0;
    for (size_t s = 0; s < panels.count; s++) {
        const struct label *title =
            plot_measure(plot, data->series[s].label, TEXT_LABEL_STRONG);
        panels.baseline = fmax(panels.baseline, fmax(TITLE_DROP, title->ascent));
        below = fmax(below, title->descent);
        scale_include(&panels.domain, data->series[s].value, data->count);
        scale_include(&panels.domain, data->series[s].average, data->count);
        scale_include(&panels.domain, data->series[s].band_low, data->count);
        scale_include(&panels.domain, data->series[s].band_high, data->count);
    }
    panels.title = fmax(panels.baseline + below, TITLE_DROP + 2) +
                   (plot->mirrored ? 0 : BELOW_TITLE); /* Nastaliq has its own */
    double room = plot->height - plot->frame.top - PANEL_GAP * (down - 1);
    panels.height = plot->options->height > 0 ? room / down : PANEL + panels.title;
    panels.height = fmax(panels.height, panels.title + 34);
    plot->height = plot->frame.top + panels.height * down + PANEL_GAP * (down - 1);
    return panels;
}

static void name_panel(struct plot *plot, size_t series, double left, double baseline,
                       double width)
{
    const struct label *label = plot_measure_in(plot, plot->data->series[series].label,
                                                TEXT_LABEL_STRONG, width, 1);
    double x = plot->mirrored ? left + width : left;
    struct label_request *name =
        plot_place(plot, label, x, baseline, plot->mirrored ? 1 : 0);
    name->is_fixed = true;
    name->importance = 95;
    if (is_loud(plot, series))
        name->colour =
            tone_text_colour(plot->context->theme, plot->data->series[series].tone);
}

static void label_last(struct plot *plot, const struct point *point,
                       const double *value, struct colour colour)
{
    size_t last = plot->data->count;
    while (last > 0 && !isfinite(value[last - 1]))
        last--;
    if (!last)
        return;
    struct point at = point[last - 1];
    bool is_open = plot_is_provisional(plot, last - 1);
    plot_circle(plot, at, DOT, is_open ? plot_colour(plot, COLOUR_PAPER) : colour,
                is_open ? colour : (struct colour){0}, is_open ? 1 : 0)
        ->layer = LAYER_OVER;
    struct label_request *number =
        plot_label(plot, print_at(plot, value, last - 1), TEXT_LABEL_STRONG,
                   plot->axis_right, at.y - NUMBER_ABOVE, 1);
    number->importance = 60;
    number->reach = NUMBER_REACH;
    number->has_halo = true;
    number->colour = readable_colour(plot, colour);
}

static struct point *trace(const struct plot *plot, const double *value)
{
    size_t count = plot->data->count;
    struct point *point = ARENA_ARRAY(plot->context->arena, struct point, count + 1);
    for (size_t i = 0; i < count; i++)
        point[i] = (struct point){position_x(plot, i), scale_map(&plot->y, value[i])};
    return point;
}

/* With an average the values themselves are a thin line behind it. */
static void draw_panel(struct plot *plot, size_t series)
{
    const struct chart_series *of = &plot->data->series[series];
    const struct theme *theme = plot->context->theme;
    bool loud = is_loud(plot, series);
    struct colour colour =
        loud ? tone_colour(theme, of->tone) : plot_colour(plot, COLOUR_NEUTRAL);
    struct colour light = tone_light_colour(theme, loud ? of->tone : TONE_NEUTRAL);
    if (of->band_low && of->band_high)
        plot_band(plot, of->band_low, of->band_high,
                  plot_colour(plot, COLOUR_EXPECTED));
    struct point *point = trace(plot, of->value);
    plot_trace(plot, point, plot->data->count, of->average ? THIN_LINE : LINE,
               of->average ? light : colour);
    if (of->average)
        plot_trace(plot, trace(plot, of->average), plot->data->count, LINE, colour);
    label_last(plot, point, of->value, colour);
}

static void lay_panel(struct plot *plot, const struct panels *panels, size_t series)
{
    size_t from_start = series % panels->across;
    double column =
        (double)(plot->mirrored ? panels->across - 1 - from_start : from_start);
    double row = (double)(series / panels->across);
    double left = column * (panels->width + GAP);
    double top = panels->top + row * (panels->height + PANEL_GAP);
    name_panel(plot, series, left, top + panels->baseline, panels->width);
    plot->axis_left = left;
    plot->axis_right = left + panels->width;
    plot->hides_values = column > 0;
    plot->frame = (struct frame){left, top + panels->title, plot->axis_right - DOT - 1,
                                 top + panels->height - panels->foot};
    plot->overhang = DOT + 1;
    plot->names_ends = true;
    axis_values(plot, panels->domain.low, panels->domain.high, false);
    axis_time(plot, false);
    draw_panel(plot, series);
}

static void report_left_out(struct plot *plot, size_t count)
{
    struct text number = plot_text(plot);
    locale_number(plot->context->locale, (double)count, 0, &number);
    const struct phrase_part part = {"count", text_slice(&number)};
    if (!count)
        return;
    plot_remark(plot, print_words(plot, "chart.more parts", (double)count, &part, 1));
    if (plot->context->diags)
        diags_note(plot->context->diags, plot_at(plot), "L203",
                   "%zu panel%s left out of the figure \"%.*s\": it shows at most %d",
                   count, count == 1 ? "" : "s", SLICE_PRINT(plot->options->title),
                   MOST_PANELS);
}

static void lay_multiples(struct plot *plot)
{
    axis_foot(plot);
    plot->frame.top += ABOVE_TITLES;
    double foot = plot->height - plot->frame.bottom;
    struct panels panels = arrange(plot);
    panels.top = plot->frame.top;
    panels.foot = foot;
    for (size_t s = 0; s < panels.count; s++) {
        for (size_t i = 0; i < plot->data->count; i++)
            axis_count_unlogged(plot, plot->data->series[s].value[i]);
    }
    for (size_t s = 0; s < panels.count; s++)
        lay_panel(plot, &panels, s);
    report_left_out(plot, plot->data->series_count - panels.count);
}

const struct chart_kind chart_multiples = {
    .name = "multiples",
    .help = "a small line chart for each value of a field, all on one scale",
    .needs = NEEDS_TIME | PANELS | TAKES_LOG,
    .height_pt = 160,
    .height_by_count = true,
    .lay = lay_multiples,
};

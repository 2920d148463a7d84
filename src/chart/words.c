/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a figure says: its numbers, days and phrases in the brief's language. */
#include "chart/plot.h"

#include <math.h>

static const double LONG_NUMBER = 1e7;
static const struct slice EN_DASH = {"\xe2\x80\x93", 3};

struct slice print_words(const struct plot *plot, const char *key, double count,
                         const struct phrase_part *part, size_t part_count)
{
    struct text text = plot_text(plot);
    locale_phrase(plot->context->locale, key, count, part, part_count, &text);
    return text_slice(&text);
}

/* Whole numbers stay whole; others get the one decimal of rates, small ones two. */
static int decimals_of(double value)
{
    double size = fabs(value);
    if (size >= 1000 || fabs(size - round(size)) < 1e-9)
        return 0;
    return size < 0.1 ? 2 : 1;
}

static struct slice print_plain(const struct plot *plot, double value, int decimals)
{
    struct text text = plot_text(plot);
    locale_number(plot->context->locale, value, decimals, &text);
    return text_slice(&text);
}

struct slice print_percent(const struct plot *plot, double share)
{
    if (!isfinite(share))
        return EN_DASH;
    const struct phrase_part part = {"number", print_plain(plot, share * 100, 0)};
    return print_words(plot, "number.percent", 1, &part, 1);
}

struct slice print_number(const struct plot *plot, double value)
{
    if (!isfinite(value))
        return EN_DASH;
    if (plot->data->shares)
        return print_percent(plot, value);
    return print_plain(plot, value, decimals_of(value));
}

static int axis_decimals(double value)
{
    int decimals = 0;
    double scaled = fabs(value);
    while (decimals < 6 && fabs(scaled - round(scaled)) > 1e-6 * fmax(scaled, 1e-3)) {
        scaled *= 10;
        decimals++;
    }
    return decimals;
}

/* In millions, or in lakhs and crores where numbers are grouped so: the number before
 * the unit with some decimals. */
static struct slice print_unit(const struct plot *plot, double value, bool is_rounded)
{
    static const struct {
        double unit;
        const char *key;
    } thousands[] = {{1e12, "chart.trillion"},
                     {1e9, "chart.billion"},
                     {1e6, "chart.million"}},
      lakhs[] = {{1e7, "chart.crore"}, {1e5, "chart.lakh"}}, *units = thousands;
    size_t count = sizeof thousands / sizeof *thousands;
    if (plot->context->locale->indian_grouping) {
        units = lakhs;
        count = sizeof lakhs / sizeof *lakhs;
    }
    for (size_t i = 0; i < count; i++) {
        double part = value / units[i].unit;
        if (fabs(part) < 1)
            continue;
        int decimals = axis_decimals(part);
        int most = !is_rounded ? 2 : fabs(part) >= 100 ? 0 : fabs(part) >= 10 ? 1 : 2;
        const struct phrase_part number = {
            "number", print_plain(plot, part, decimals < most ? decimals : most)};
        return print_words(plot, units[i].key, part, &number, 1);
    }
    return print_plain(plot, value, axis_decimals(value));
}

struct slice print_compact(const struct plot *plot, double value)
{
    return plot->data->shares ? print_percent(plot, value)
                              : print_unit(plot, value, false);
}

struct slice print_short(const struct plot *plot, double value)
{
    if (plot->data->shares || !isfinite(value) || fabs(value) < LONG_NUMBER)
        return print_number(plot, value);
    return print_unit(plot, value, true);
}

struct slice print_least(const struct plot *plot, bool at_least, struct slice printed)
{
    const struct phrase_part part = {"number", printed};
    return at_least ? print_words(plot, "table.at least", 1, &part, 1) : printed;
}

struct slice print_bounded(const struct plot *plot, const struct chart_series *series,
                           size_t position, struct slice printed)
{
    return print_least(plot, series->at_least && series->at_least[position], printed);
}

bool plot_is_limit(const struct plot *plot, const double *value, size_t position)
{
    const struct chart_data *data = plot->data;
    if (value == data->tick)
        return data->tick_at_least && data->tick_at_least[position];
    for (size_t s = 0; s < data->series_count; s++) {
        const struct chart_series *series = &data->series[s];
        if (value == series->value)
            return series->at_least && series->at_least[position];
    }
    return false;
}

bool plot_has_limit(const struct plot *plot, size_t position)
{
    for (size_t s = 0; s < plot->data->series_count; s++) {
        if (plot_is_limit(plot, plot->data->series[s].value, position))
            return true;
    }
    return false;
}

struct slice print_at(const struct plot *plot, const double *value, size_t position)
{
    return print_least(plot, plot_is_limit(plot, value, position),
                       print_short(plot, value[position]));
}

struct slice print_signed(const struct plot *plot, double value)
{
    struct text text = plot_text(plot);
    bool in_points = plot->data->shares && isfinite(value);
    if (value > 0)
        locale_plus(plot->context->locale, &text);
    text_append(&text, in_points ? print_plain(plot, 100 * value, 1)
                                 : print_short(plot, value));
    const struct phrase_part part = {"number", text_slice(&text)};
    return in_points ? print_words(plot, "number.points", 1, &part, 1) : part.text;
}

struct slice print_day(const struct plot *plot, int32_t day, const char *layout)
{
    struct text text = plot_text(plot);
    locale_day(plot->context->locale, day, layout, &text);
    return text_slice(&text);
}

struct slice print_period(const struct plot *plot, size_t position)
{
    if (!plot->data->period)
        return plot->data->category ? plot->data->category[position]
                                    : (struct slice){0};
    struct text text = plot_text(plot);
    locale_period(plot->context->locale, plot->data->period[position], &text);
    return text_slice(&text);
}

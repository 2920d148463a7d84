/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours of series, and the key that names them: coloured words, each behind a
 * swatch of its marks' own colour, which tells them apart in greys, too. */
#include "chart/plot.h"
#include "template/contrast.h"

#include <math.h>

static const double WORD_GAP = 10, SUBTITLE_GAP = 14, KEY_DROP = 8, KEY_PITCH = 10.5;
static const double READABLE = 4.5;
static const double SWATCH = 5.6, SWATCH_GAP = 3, HALF_CAPITAL = 2.75;

/* -- Readable colours --------------------------------------------------------------- */

struct colour mixed_colour(struct colour a, struct colour b, double share_of_b)
{
    double share = 1 - share_of_b;
    return (struct colour){
        a.red * share + b.red * share_of_b, a.green * share + b.green * share_of_b,
        a.blue * share + b.blue * share_of_b, a.alpha * share + b.alpha * share_of_b};
}

struct colour readable_colour(const struct plot *plot, struct colour colour)
{
    struct colour paper = plot_colour(plot, COLOUR_PAPER);
    struct colour ink = plot_colour(plot, COLOUR_INK);
    for (double share = 0; share < 1; share += 0.1) {
        struct colour mixed = mixed_colour(colour, ink, share);
        if (colour_contrast(mixed, paper) >= READABLE)
            return mixed;
    }
    return ink;
}

struct colour colour_on(const struct plot *plot, struct colour fill)
{
    struct colour paper = plot_colour(plot, COLOUR_PAPER);
    struct colour ink = plot_colour(plot, COLOUR_INK);
    return colour_contrast(paper, fill) >= READABLE - 0.5 ? paper : ink;
}

/* -- Series -------------------------------------------------------------------------- */

static bool tones_differ(const struct chart_data *data)
{
    for (size_t i = 0; i < data->series_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (data->series[i].tone == data->series[j].tone)
                return false;
        }
    }
    return true;
}

/* The last of several parts that gathers what is left. */
static bool is_rest(const struct plot *plot, size_t series)
{
    const struct chart_data *data = plot->data;
    return series > 0 && series + 1 == data->series_count &&
           slice_equal(data->series[series].label,
                       print_words(plot, "others", 1, NULL, 0));
}

struct colour series_colour(const struct plot *plot, size_t series)
{
    const struct theme *theme = plot->context->theme;
    if (is_rest(plot, series))
        return plot_colour(plot, COLOUR_NEUTRAL_LIGHT);
    if (tones_differ(plot->data))
        return tone_colour(theme, plot->data->series[series].tone);
    if (series < THEME_CATEGORICAL)
        return theme->categorical[series];
    return plot_colour(plot, COLOUR_NEUTRAL_LIGHT);
}

struct colour series_text_colour(const struct plot *plot, size_t series)
{
    if (!is_rest(plot, series) && tones_differ(plot->data))
        return tone_text_colour(plot->context->theme, plot->data->series[series].tone);
    return readable_colour(plot, series_colour(plot, series));
}

/* -- Key ----------------------------------------------------------------------------- */

const struct label *key_word_label(const struct plot *plot, struct slice text,
                                   double room)
{
    return plot_measure_in(plot, text, TEXT_LABEL_STRONG,
                           fmax(room - SWATCH - SWATCH_GAP, 1), 1);
}

double key_word_width(const struct label *label)
{
    return SWATCH + SWATCH_GAP + label->width;
}

/* In a figure that doesn't flip the words still run as the brief does. */
static double reading_x(const struct plot *plot, double x, double width)
{
    return plot->mirrored && !plot->flips ? plot->width - x - width : x;
}

struct label_request *plot_key_word(struct plot *plot, const struct label *label,
                                    struct colour fill, double x, double baseline)
{
    double left = reading_x(plot, x, SWATCH), middle = baseline - HALF_CAPITAL;
    plot_rectangle(
        plot,
        (struct frame){left, middle - SWATCH / 2, left + SWATCH, middle + SWATCH / 2},
        fill);
    x += SWATCH + SWATCH_GAP;
    struct label_request *word =
        plot_place(plot, label, reading_x(plot, x, label->width), baseline, 0);
    word->is_fixed = true;
    word->importance = 80;
    return word;
}

double plot_key_width(const struct plot *plot)
{
    double width = 0;
    for (size_t i = 0; i < plot->data->series_count; i++)
        width += key_word_width(plot_measure(plot, plot->data->series[i].label,
                                             TEXT_LABEL_STRONG)) +
                 (i ? WORD_GAP : 0);
    return width;
}

static void add_word(struct plot *plot, size_t series, const struct label *label,
                     double x, double baseline)
{
    plot_key_word(plot, label, series_colour(plot, series), x, baseline)->colour =
        series_text_colour(plot, series);
}

double plot_key_line(struct plot *plot, double x, double baseline, double end)
{
    for (size_t i = 0; i < plot->data->series_count; i++) {
        const struct label *label =
            key_word_label(plot, plot->data->series[i].label, end - x);
        add_word(plot, i, label, x, baseline);
        x += key_word_width(label) + WORD_GAP;
    }
    return x - WORD_GAP;
}

static double lines_from(struct plot *plot)
{
    double x = 0, descent = 0, ascent = KEY_DROP;
    for (size_t i = 0; i < plot->data->series_count; i++) {
        const struct label *label =
            plot_measure(plot, plot->data->series[i].label, TEXT_LABEL_STRONG);
        ascent = fmax(ascent, label->ascent);
        descent = fmax(descent, label->descent);
    }
    double baseline = plot->frame.top + ascent;
    double pitch = fmax(KEY_PITCH, ascent + descent);
    for (size_t i = 0; i < plot->data->series_count; i++) {
        const struct label *label =
            key_word_label(plot, plot->data->series[i].label, plot->width);
        double width = key_word_width(label);
        if (x > 0 && x + width > plot->width) {
            x = 0;
            baseline += pitch;
        }
        add_word(plot, i, label, x, baseline);
        x += width + WORD_GAP;
    }
    return baseline + pitch - ascent + 2;
}

void plot_key(struct plot *plot)
{
    if (plot->data->series_count < 2)
        return;
    double width = plot_key_width(plot);
    struct slice subtitle = plot->options->subtitle;
    double taken =
        subtitle.size ? plot_measure(plot, subtitle, TEXT_SUBTITLE)->width : 0;
    /* Nastaliq needs a line of its own. */
    if (!plot->mirrored && plot->head_room > 0 &&
        taken + SUBTITLE_GAP + width <= plot->width) {
        plot_key_line(plot, plot->width - width, -figure_below_subtitle, plot->width);
        return;
    }
    plot->frame.top = lines_from(plot);
}

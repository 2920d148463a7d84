/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Classes: values in few steps of colour. Whole numbers get classes of whole numbers;
 * what can be negative gets two directions round nothing. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double SWATCH_HEIGHT = 9.7, SWATCH_PADDING = 4.4, SWATCH_GAP = 0.8,
                    HATCHED = 14, HATCH_GAP = 4, HATCH_BEFORE = 4;
static const double SUBTITLE_GAP = 12, HALF_DIGIT = 2.55, NARROWEST_SWATCH = 19;
static const double BELOW_KEY = 5, USUAL_TOP = 0.95, FAR_FROM_NOTHING = 0.25;
static const double BELOW_SUBTITLE_BASELINE = 3.2;

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The size that all but the largest few values stay below. */
static double usual_size(const struct plot *plot, const double *value, size_t count)
{
    double *size = ARENA_ARRAY(plot->context->arena, double, count + 1);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(value[i]) && value[i] != 0)
            size[known++] = fabs(value[i]);
    }
    if (!known)
        return 0;
    qsort(size, known, sizeof *size, compare_numbers);
    return size[(size_t)((double)(known - 1) * USUAL_TOP)];
}

static double largest_of(const double *value, size_t count)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = isfinite(value[i]) ? fmax(largest, fabs(value[i])) : largest;
    return largest;
}

static double round_step(double smallest)
{
    if (!(smallest > 0))
        return 1;
    double power = pow(10, floor(log10(smallest)));
    double part = smallest / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

static void add_class(struct classes *classes, double low, double high,
                      struct colour colour, struct slice name)
{
    classes->of[classes->count++] = (struct class){low, high, colour, name};
}

static struct slice range_name(const struct plot *plot, double low, double high)
{
    struct text text = plot_text(plot);
    if (low == high)
        return print_compact(plot, low);
    if (plot->data->shares) {
        low *= 100;
        high *= 100;
    }
    if (fmax(fabs(low), fabs(high)) >= 1e6) {
        text_append(&text, print_compact(plot, low));
        text_append_string(&text, "\xe2\x80\x93");
        text_append(&text, print_compact(plot, high));
        return text_slice(&text);
    }
    int decimals = low == floor(low) && high == floor(high) ? 0 : 1;
    locale_range(plot->context->locale, low, high, decimals, &text);
    return text_slice(&text);
}

static struct slice open_name(const struct plot *plot, double low)
{
    struct text text = plot_text(plot);
    text_append(&text, print_compact(plot, low));
    text_append_string(&text, "+");
    return text_slice(&text);
}

static double smallest_of(const double *value, size_t count)
{
    double smallest = INFINITY;
    for (size_t i = 0; i < count; i++)
        smallest = isfinite(value[i]) ? fmin(smallest, value[i]) : smallest;
    return isfinite(smallest) ? smallest : 0;
}

/* 0, 1–2, 3–4, 5–6, 7–8, 9+; where all values lie far from nothing, from below the
 * smallest on. */
static void whole_classes(const struct plot *plot, double smallest, double usual,
                          double largest, struct classes *classes)
{
    const struct colour *colour = plot->context->theme->sequential;
    double base = smallest > usual * FAR_FROM_NOTHING ? smallest - 1 : 0;
    double step = fmax(1, ceil((usual - base) / THEME_SEQUENTIAL));
    if (step > 9)
        step = round_step(step);
    base = floor(base / step) * step;
    for (int i = 0; i < THEME_SEQUENTIAL; i++) {
        double low = base + i * step + 1, high = base + (i + 1) * step;
        if (low > largest && i > 0)
            break;
        bool is_open = i + 1 == THEME_SEQUENTIAL && largest > high;
        add_class(classes, low - 0.5, is_open ? INFINITY : high + 0.5, colour[i],
                  is_open ? open_name(plot, low)
                          : range_name(plot, step < 1000 ? low : low - 1, high));
    }
}

static void measured_classes(const struct plot *plot, double usual, double largest,
                             struct classes *classes)
{
    const struct colour *colour = plot->context->theme->sequential;
    double step = round_step(usual / THEME_SEQUENTIAL);
    for (int i = 0; i < THEME_SEQUENTIAL; i++) {
        double low = i * step, high = (i + 1) * step;
        if (low > largest && i > 0)
            break;
        bool is_open = i + 1 == THEME_SEQUENTIAL && largest > high;
        add_class(classes, i ? low : 0, is_open ? INFINITY : high, colour[i],
                  is_open ? open_name(plot, low) : range_name(plot, low, high));
    }
}

static void diverging_classes(const struct plot *plot, double usual,
                              struct classes *classes)
{
    const struct colour *colour = plot->context->theme->diverging;
    double step = round_step(usual / 3);
    for (int i = 0; i < THEME_DIVERGING; i++) {
        int from = i - THEME_DIVERGING / 2; /* -2 … 2 */
        double low = i ? (from - 0.5) * step : -INFINITY;
        double high = i + 1 < THEME_DIVERGING ? (from + 0.5) * step : INFINITY;
        add_class(classes, low, high, colour[i], print_signed(plot, from * step + 0.0));
    }
}

struct classes classes_of(const struct plot *plot, const double *value, size_t count)
{
    struct classes classes = {.count = 0};
    double usual = usual_size(plot, value, count), largest = largest_of(value, count);
    bool has_negative = false, whole = !plot->data->shares;
    for (size_t i = 0; i < count; i++) {
        has_negative |= value[i] < 0;
        whole &= !isfinite(value[i]) || value[i] == floor(value[i]);
        classes.has_unknown |= !isfinite(value[i]);
    }
    if (has_negative) {
        diverging_classes(plot, usual, &classes);
        return classes;
    }
    double smallest = smallest_of(value, count);
    if (!(whole && smallest > usual * FAR_FROM_NOTHING) || largest == 0)
        add_class(&classes, -INFINITY, whole ? 0.5 : 0, plot_colour(plot, COLOUR_ZERO),
                  print_compact(plot, 0));
    if (largest > 0 && whole)
        whole_classes(plot, smallest, usual, largest, &classes);
    else if (largest > 0)
        measured_classes(plot, usual, largest, &classes);
    return classes;
}

const struct class *class_of(const struct classes *classes, double value)
{
    for (size_t i = 0; i < classes->count; i++) {
        if (value <= classes->of[i].high)
            return &classes->of[i];
    }
    return classes->count ? &classes->of[classes->count - 1] : NULL;
}

/* -- The key: swatches that hold their classes' names ------------------------------------- */

static double swatch_width(const struct plot *plot, const struct class *class)
{
    double width = plot_measure(plot, class->name, TEXT_AXIS)->width;
    if (isnan(class->high))
        return HATCH_BEFORE + HATCHED + HATCH_GAP + width;
    return fmax(NARROWEST_SWATCH, width + 2 * SWATCH_PADDING);
}

/* The classes, and one more for what isn't known. */
struct swatches {
    size_t count;
    struct class of[THEME_SEQUENTIAL + 2];
};

static struct swatches swatches_of(const struct plot *plot,
                                   const struct classes *classes)
{
    struct swatches swatches = {.count = classes->count};
    memcpy(swatches.of, classes->of, classes->count * sizeof *classes->of);
    if (classes->has_unknown)
        swatches.of[swatches.count++] =
            (struct class){.low = NAN,
                           .high = NAN,
                           .name = print_words(plot, "map.unknown", 1, NULL, 0)};
    return swatches;
}

static double key_width(const struct plot *plot, const struct swatches *swatches)
{
    double width = 0;
    for (size_t i = 0; i < swatches->count; i++)
        width += swatch_width(plot, &swatches->of[i]) + (i ? SWATCH_GAP : 0);
    return width;
}

/* Letters on hatching can't be read: the name stands beside it. */
static void add_unknown(struct plot *plot, const struct class *class, struct frame at)
{
    bool at_right = plot->mirrored && !plot->flips;
    double name_x = at.left + HATCH_BEFORE + HATCHED + HATCH_GAP;
    struct frame hatched = {at.left + HATCH_BEFORE, at.top,
                            at.left + HATCH_BEFORE + HATCHED, at.bottom};
    if (at_right) {
        name_x = at.right - HATCH_BEFORE - HATCHED - HATCH_GAP;
        hatched.left = at.right - HATCH_BEFORE - HATCHED;
        hatched.right = at.right - HATCH_BEFORE;
    }
    struct mark *hatch = plot_rectangle(plot, hatched, (struct colour){0});
    hatch->shape = MARK_HATCH;
    hatch->stroke = plot_colour(plot, COLOUR_TERTIARY);
    struct label_request *name =
        plot_label(plot, class->name, TEXT_AXIS, name_x,
                   (at.top + at.bottom) / 2 + HALF_DIGIT, at_right ? 1 : 0);
    name->is_fixed = true;
    name->importance = 80;
}

static void add_swatch(struct plot *plot, const struct class *class, struct frame at)
{
    if (isnan(class->high)) {
        add_unknown(plot, class, at);
        return;
    }
    plot_rectangle(plot, at, class->colour);
    struct label_request *name =
        plot_label(plot, class->name, TEXT_AXIS, (at.left + at.right) / 2,
                   (at.top + at.bottom) / 2 + HALF_DIGIT, 0.5);
    name->colour = colour_on(plot, class->colour);
    name->host = (long)plot->mark_count - 1;
    name->is_fixed = true;
    name->importance = 80;
}

static double swatch_left(const struct plot *plot, double x, double width)
{
    return plot->mirrored && !plot->flips ? plot->width - x - width : x;
}

/* Row after row from the start, when the subtitle's line has no room. */
static void add_key_rows(struct plot *plot, const struct swatches *swatches)
{
    double x = 0, bottom = plot->frame.top + SWATCH_HEIGHT;
    for (size_t i = 0; i < swatches->count; i++) {
        double width = swatch_width(plot, &swatches->of[i]);
        if (x > 0 && x + width > plot->width) {
            x = 0;
            bottom += SWATCH_HEIGHT + SWATCH_GAP;
        }
        double left = swatch_left(plot, x, width);
        add_swatch(plot, &swatches->of[i],
                   (struct frame){left, bottom - SWATCH_HEIGHT, left + width, bottom});
        x += width + SWATCH_GAP;
    }
    plot->frame.top = bottom + BELOW_KEY;
}

void plot_class_key(struct plot *plot, const struct classes *classes)
{
    struct swatches swatches = swatches_of(plot, classes);
    double width = key_width(plot, &swatches), x = plot->width - width;
    struct slice subtitle = plot->options->subtitle;
    double taken =
        subtitle.size ? plot_measure(plot, subtitle, TEXT_SUBTITLE)->width : 0;
    double bottom = BELOW_SUBTITLE_BASELINE - figure_below_subtitle;
    if (plot->head_room <= 0 || taken + SUBTITLE_GAP + width > plot->width) {
        add_key_rows(plot, &swatches);
        return;
    }
    for (size_t i = 0; i < swatches.count; i++) {
        double swatch = swatch_width(plot, &swatches.of[i]);
        double left = swatch_left(plot, x, swatch);
        add_swatch(plot, &swatches.of[i],
                   (struct frame){left, bottom - SWATCH_HEIGHT, left + swatch, bottom});
        x += swatch + SWATCH_GAP;
    }
}

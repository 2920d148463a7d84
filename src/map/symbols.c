/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Circles whose area is the number, with three of them nested as the key; and dots for
 * exact places. */
#include "map/sheet.h"

#include <math.h>
#include <stdlib.h>

static const double LARGEST = 11, OF_SIDE = 0.054, OPACITY = 0.62, RIM = 0.6, DOT = 1.7;
/* One incident alone isn't drawn as large as a hundred are elsewhere. */
static const double LEAST_SCALE = 9;
/* Nothing that happened is too small to be seen, nor all rim. */
static const double SMALLEST = 1, RIM_SHARE = 0.3;
static const double KEY_LEADER = 8, KEY_GAP = 2, KEY_LINE = 0.5, HALF_DIGIT = 2.6;
/* Circles that stand for what dots can't show keep the dots in sight. */
static const double FAINT = 0.16;

static int compare_symbols(const void *a, const void *b)
{
    const struct symbol *left = a, *right = b;
    if (left->place->value != right->place->value)
        return left->place->value > right->place->value ? -1 : 1;
    int by_word = slice_compare(left->place->word, right->place->word);
    return by_word ? by_word : slice_compare(left->place->name, right->place->name);
}

/* A small map has small circles. */
static double largest_radius(const struct sheet *sheet)
{
    double height = sheet->options->height;
    double side = height > 0 ? fmin(height, sheet->plot.width) : sheet->plot.width;
    return fmin(LARGEST, side * OF_SIDE);
}

static double radius_of(const struct sheet *sheet, double value, double largest)
{
    return fmax(SMALLEST,
                largest_radius(sheet) * sqrt(value / fmax(largest, LEAST_SCALE)));
}

static double rim_of(double radius)
{
    return fmin(RIM, radius * RIM_SHARE);
}

static double largest_value(const struct sheet *sheet)
{
    double largest = 0;
    for (size_t i = 0; i < sheet->data->place_count; i++) {
        double value = sheet->data->place[i].value;
        largest = isfinite(value) ? fmax(largest, value) : largest;
    }
    return largest;
}

void symbols_measure(struct sheet *sheet)
{
    const struct map_data *data = sheet->data;
    double largest = largest_value(sheet);
    sheet->symbol =
        ARENA_ARRAY(sheet->plot.context->arena, struct symbol, data->place_count);
    sheet->symbol_count = 0;
    for (size_t i = 0; i < data->place_count; i++) {
        const struct map_place *place = &data->place[i];
        if (!(place->value > 0) || !isfinite(place->value))
            continue;
        sheet->symbol[sheet->symbol_count++] = (struct symbol){
            .place = place, .radius = radius_of(sheet, place->value, largest)};
    }
    qsort(sheet->symbol, sheet->symbol_count, sizeof *sheet->symbol, compare_symbols);
}

/* -- Key ---------------------------------------------------------------------------------- */

enum { KEY_CIRCLES = 3 };

/* The largest of 1, 2, 2.5 (from 25 on) and 5 times a power of ten up to value. */
static double round_below(double value)
{
    static const double part[] = {5, 2.5, 2, 1};
    for (double power = pow(10, floor(log10(value) + 1e-9)); power > 0; power /= 10) {
        for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
            bool is_whole = part[i] != 2.5 || power >= 10;
            if (is_whole && part[i] * power <= value * (1 + 1e-9))
                return part[i] * power;
        }
    }
    return value;
}

static size_t key_values(double largest, bool whole, double out[KEY_CIRCLES])
{
    static const double share[KEY_CIRCLES] = {1, 0.41, 0.07};
    size_t count = 0;
    for (size_t i = 0; i < KEY_CIRCLES; i++) {
        double wanted = largest * share[i];
        double value = whole && wanted < 1 ? 1 : round_below(wanted);
        if (!count || value < out[count - 1])
            out[count++] = value;
    }
    return count;
}

static struct label_request *key_label(struct sheet *sheet, const struct label *label,
                                       double x, double y, double anchor)
{
    struct label_request *request = plot_place(&sheet->plot, label, x, y, anchor);
    request->is_fixed = true;
    request->importance = 90;
    request->colour = plot_colour(&sheet->plot, COLOUR_SECONDARY);
    return request;
}

struct symbol_key {
    size_t count;
    double pitch; /* of labels */
    double value[KEY_CIRCLES], radius[KEY_CIRCLES];
    const struct label *title, *label[KEY_CIRCLES];
    double label_width, width, height, top; /* top: of the largest circle */
};

/* Where a circle's line begins: level with its top, where the labels above leave room.
 * From the top of the largest. */
static double key_line(const struct symbol_key *key, size_t i)
{
    double y = 0;
    for (size_t j = 1; j <= i; j++)
        y = fmax(y + key->pitch, 2 * (key->radius[0] - key->radius[j]));
    return y;
}

static double last_line(const struct symbol_key *key)
{
    return key->count ? key_line(key, key->count - 1) : 0;
}

static struct symbol_key measure_key(const struct sheet *sheet)
{
    struct symbol_key key = {.label_width = 0};
    const struct plot *plot = &sheet->plot;
    double largest = largest_value(sheet);
    bool whole = true;
    for (size_t i = 0; i < sheet->symbol_count; i++)
        whole &= sheet->symbol[i].place->value == floor(sheet->symbol[i].place->value);
    bool under_dots = sheet->options->style == MAP_POINTS;
    key.count = key_values(largest, whole, key.value);
    key.title = plot_measure(plot,
                             under_dots ? print_words(plot, "map.inexact", 1, NULL, 0)
                                        : sheet->data->measure,
                             TEXT_AXIS);
    for (size_t i = 0; i < key.count; i++) {
        key.radius[i] = radius_of(sheet, key.value[i], largest);
        key.label[i] = plot_measure(plot, print_number(plot, key.value[i]), TEXT_AXIS);
        key.label_width = fmax(key.label_width, key.label[i]->width);
    }
    key.width = fmax(key.title->width,
                     key.label_width + KEY_GAP + KEY_LEADER + 2 * key.radius[0]);
    key.pitch = key.label[0]->height + 0.3;
    key.top = key.title->height + key.label[0]->ascent - HALF_DIGIT + 0.6;
    key.height = key.top + fmax(2 * key.radius[0], last_line(&key) + key.pitch / 2) + 1;
    return key;
}

/* A line from the label to the top of its circle, level for as long as it can be. */
static void lay_leader(struct plot *plot, struct point from, struct point to,
                       struct colour line)
{
    const struct point bend = {to.x - 4, from.y};
    plot_segment(plot, from.x, from.y, bend.x, bend.y, KEY_LINE, line);
    plot_segment(plot, bend.x, bend.y, to.x, to.y, KEY_LINE, line);
}

static void lay_key(struct sheet *sheet)
{
    struct plot *plot = &sheet->plot;
    struct symbol_key key = measure_key(sheet);
    struct frame at = sheet_corner(sheet, key.width, key.height, BOTTOM_RIGHT);
    double centre = at.right - key.radius[0], top = at.top + key.top;
    double bottom = top + 2 * key.radius[0];
    double start = centre - key.radius[0] - KEY_LEADER;
    struct colour line = plot_colour(plot, COLOUR_SECONDARY);
    key_label(sheet, key.title, at.right, at.top + key.title->ascent, 1);
    for (size_t i = 0; i < key.count; i++) {
        double own = bottom - 2 * key.radius[i], y = top + key_line(&key, i);
        struct mark *mark =
            plot_circle(plot, (struct point){centre, bottom - key.radius[i]},
                        key.radius[i], (struct colour){0}, line, KEY_LINE);
        mark->is_obstacle = false;
        lay_leader(plot, (struct point){start, y}, (struct point){centre, own}, line);
        key_label(sheet, key.label[i], start - KEY_GAP, y + HALF_DIGIT, 1);
    }
}

/* -- Laying ----------------------------------------------------------------------------------- */

void symbols_lay(struct sheet *sheet)
{
    struct plot *plot = &sheet->plot;
    bool under_dots = sheet->options->style == MAP_POINTS;
    struct colour fill = tone_colour(plot->context->theme, sheet->data->tone);
    struct colour rim = under_dots ? fill : plot_colour(plot, COLOUR_PAPER);
    fill.alpha = under_dots ? FAINT : OPACITY;
    for (size_t i = 0; i < sheet->symbol_count; i++) {
        struct symbol *symbol = &sheet->symbol[i];
        const struct unit *unit = &sheet->data->boundaries->unit[symbol->place->unit];
        symbol->centre = sheet_point(sheet, unit->label);
        symbol->mark = (long)plot->mark_count;
        plot_circle(plot, symbol->centre, symbol->radius, fill, rim,
                    rim_of(symbol->radius));
    }
    if (sheet->symbol_count)
        lay_key(sheet);
}

/* Where dots are there is no room for names and keys. Thousands of them: so a raster,
 * and no obstacles of the label solver. */
void dots_mark(struct sheet *sheet)
{
    static const double CELL = 1;
    const struct plot *plot = &sheet->plot;
    if (!sheet->data->dot_count)
        return;
    sheet->dots = raster_new(plot->width, plot->height, CELL, plot->context->arena);
    for (size_t i = 0; i < sheet->data->dot_count; i++) {
        struct point at = sheet_point(sheet, sheet->data->dot[i]);
        for (double y = at.y - DOT; y <= at.y + DOT; y += CELL) {
            for (double x = at.x - DOT; x <= at.x + DOT; x += CELL)
                raster_set(&sheet->dots, x, y, 1);
        }
    }
}

/* Whoever supplies dots leaves out those beyond the land; none is drawn over a title. */
static bool is_on_paper(const struct sheet *sheet, struct point at)
{
    double bottom = sheet->offset.y + sheet->base->height;
    return at.x >= DOT && at.x <= sheet->plot.width - DOT && at.y >= DOT &&
           at.y <= fmin(bottom, sheet->plot.height - DOT);
}

void dots_lay(struct sheet *sheet)
{
    struct plot *plot = &sheet->plot;
    struct colour fill = tone_colour(plot->context->theme, sheet->data->tone);
    fill.alpha = OPACITY;
    for (size_t i = 0; i < sheet->data->dot_count; i++) {
        struct point at = sheet_point(sheet, sheet->data->dot[i]);
        if (!is_on_paper(sheet, at))
            continue;
        struct mark *mark =
            plot_circle(plot, at, DOT, fill, plot_colour(plot, COLOUR_PAPER), 0.3);
        mark->is_obstacle = false;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes coloured by the class of their rate. Zero has a colour of its own, what isn't
 * known is hatched; the key counts the shapes of each. */
#include "map/sheet.h"

#include <math.h>

static const double SWATCH_WIDTH = 13, SWATCH_HEIGHT = 8, LEAST_PITCH = 10.6, GAP = 4;
static const double HALF_HEIGHT = 2.6, COLUMN_GAP = 16;

/* -- Classes ------------------------------------------------------------------------------ */

/* Enough decimals to print every limit as it is. */
static int decimals_of(const struct breaks *breaks, double factor)
{
    int most = 0;
    for (size_t i = 1; i < breaks->count; i++) {
        double value = fabs(breaks->limit[i] * factor);
        int decimals = 0;
        while (decimals < 4 && fabs(value - round(value)) > 1e-6) {
            value *= 10;
            decimals++;
        }
        most = decimals > most ? decimals : most;
    }
    return most;
}

struct class_names {
    const struct sheet *sheet;
    const struct breaks *breaks;
    double only;   /* the one value that all have; NAN = several */
    double factor; /* 100 for shares */
    int decimals;
    bool whole; /* all values are whole numbers: 5–9 and not 5–10 */
};

static struct slice print_limit(const struct class_names *names, double limit)
{
    struct text text = plot_text(&names->sheet->plot);
    locale_number(names->sheet->plot.context->locale, limit * names->factor,
                  names->decimals, &text);
    return text_slice(&text);
}

static struct slice with_percent(const struct class_names *names, struct slice number)
{
    const struct phrase_part part = {"number", number};
    return names->factor > 1
               ? print_words(&names->sheet->plot, "number.percent", 1, &part, 1)
               : number;
}

static struct slice class_name(const struct class_names *names, size_t class)
{
    const struct breaks *breaks = names->breaks;
    const struct plot *plot = &names->sheet->plot;
    if (breaks->count == 1 && !isnan(names->only))
        return print_number(plot, names->only);
    if (breaks->count == 1)
        return print_words(plot, "map.above zero", 1, NULL, 0);
    struct slice low = with_percent(names, print_limit(names, breaks->limit[class]));
    if (class + 1 == breaks->count) {
        const struct phrase_part part = {"number", low};
        if (names->sheet->data->shares && breaks->limit[class] >= 1)
            return low; /* nothing is more than all */
        return print_words(plot, "map.or more", 1, &part, 1);
    }
    double end = breaks->limit[class + 1];
    struct slice high = with_percent(names, print_limit(names, end));
    if (class == 0) {
        const struct phrase_part part = {"number", high};
        return print_words(plot, "map.under", 1, &part, 1);
    }
    struct text text = plot_text(plot);
    double last = names->whole ? end - 1 : end;
    if (last <= breaks->limit[class])
        return low;
    locale_range(plot->context->locale, breaks->limit[class] * names->factor,
                 last * names->factor, names->decimals, &text);
    return with_percent(names, text_slice(&text));
}

/* -- Key -------------------------------------------------------------------------------------- */

enum { ROWS = THEME_SEQUENTIAL + 2 };

struct class_row {
    struct colour colour;
    bool is_hatched;
    const struct label *name, *count;
};

struct class_key {
    size_t count;
    struct class_row row[ROWS];
    const struct label *title, *units;
    double name_width, count_width, row_width, head_width, head_height, pitch;
    size_t columns;
};

static void add_row(const struct sheet *sheet, struct class_key *key,
                    struct colour colour, bool is_hatched, struct slice name,
                    size_t units)
{
    const struct plot *plot = &sheet->plot;
    struct class_row *row = &key->row[key->count++];
    *row = (struct class_row){
        colour, is_hatched, plot_measure(plot, name, TEXT_AXIS),
        plot_measure(plot, sheet_number(sheet, (double)units), TEXT_AXIS)};
    key->name_width = fmax(key->name_width, row->name->width);
    key->count_width = fmax(key->count_width, row->count->width);
    key->pitch = fmax(fmax(key->pitch, LEAST_PITCH), row->name->height + 0.4);
}

static void measure_key(const struct sheet *sheet, struct class_key *key)
{
    const struct plot *plot = &sheet->plot;
    key->title = plot_measure(plot, sheet->data->measure, TEXT_AXIS);
    key->units = plot_measure(plot, sheet->data->units, TEXT_SOURCE);
    key->row_width = SWATCH_WIDTH + GAP + key->name_width + 2 * GAP + key->count_width;
    double head = key->title->width + 2 * GAP + key->units->width;
    key->head_width = fmax(key->row_width, head);
    key->head_height = key->title->height + 2;
}

/* A key is text: it runs from right to left where the brief does, unlike the map. */
struct key_line {
    struct sheet *sheet;
    struct frame at;
};

static void key_label(const struct key_line *line, const struct label *label,
                      double away, double y, bool at_end, enum colour_role colour)
{
    struct plot *plot = &line->sheet->plot;
    bool at_right = at_end != plot->mirrored;
    double x = at_right ? line->at.right - away : line->at.left + away;
    struct label_request *request = plot_place(plot, label, x, y, at_right ? 1 : 0);
    request->is_fixed = true;
    request->importance = 90;
    request->colour = plot_colour(plot, colour);
}

static void key_swatch(const struct key_line *line, const struct class_row *row,
                       double middle)
{
    struct plot *plot = &line->sheet->plot;
    double x = plot->mirrored ? line->at.right - SWATCH_WIDTH : line->at.left;
    struct frame at = {x, middle - SWATCH_HEIGHT / 2, x + SWATCH_WIDTH,
                       middle + SWATCH_HEIGHT / 2};
    struct mark *mark = plot_rectangle(plot, at, row->colour);
    mark->is_obstacle = false;
    if (row->is_hatched) {
        mark->shape = MARK_HATCH;
        mark->fill = (struct colour){0};
        mark->stroke = plot_colour(plot, COLOUR_TERTIARY);
    }
}

/* One column in a corner of the map; where it finds none, two columns below. */
static struct frame place_key(struct sheet *sheet, struct class_key *key)
{
    struct frame at;
    double rows = (double)key->count;
    key->columns = 1;
    if (sheet_find_corner(sheet, key->head_width, key->head_height + key->pitch * rows,
                          BOTTOM_RIGHT, &at))
        return at;
    double two = 2 * key->row_width + COLUMN_GAP;
    if (two <= sheet->plot.width && key->count > 3)
        key->columns = 2;
    double width = key->columns == 2 ? fmax(two, key->head_width) : key->head_width;
    return sheet_corner(
        sheet, width, key->head_height + key->pitch * ceil(rows / (double)key->columns),
        BOTTOM_RIGHT);
}

static void lay_row(struct key_line line, const struct class_row *row, double middle)
{
    key_swatch(&line, row, middle);
    key_label(&line, row->name, SWATCH_WIDTH + GAP, middle + HALF_HEIGHT, false,
              COLOUR_INK);
    key_label(&line, row->count, 0, middle + HALF_HEIGHT, true, COLOUR_TERTIARY);
}

static void lay_key(struct sheet *sheet, struct class_key *key)
{
    measure_key(sheet, key);
    struct key_line line = {sheet, place_key(sheet, key)};
    double head = line.at.top + key->title->ascent;
    size_t rows = (key->count + key->columns - 1) / key->columns;
    key_label(&line, key->title, 0, head, false, COLOUR_SECONDARY);
    key_label(&line, key->units, 0, head, true, COLOUR_TERTIARY);
    for (size_t i = 0; i < key->count; i++) {
        struct key_line column = line;
        double away = (double)(i / rows) * (key->row_width + COLUMN_GAP);
        if (key->columns == 2 && sheet->plot.mirrored) {
            column.at.right -= away;
            column.at.left = column.at.right - key->row_width;
        } else if (key->columns == 2) {
            column.at.left += away;
            column.at.right = column.at.left + key->row_width;
        }
        lay_row(column, &key->row[i],
                line.at.top + key->head_height +
                    key->pitch * ((double)(i % rows) + 0.5));
    }
}

/* -- Laying ----------------------------------------------------------------------------------- */

struct shading {
    struct breaks breaks;
    size_t in_class[THEME_SEQUENTIAL], zeros, unknown;
    bool whole, zero_apart; /* nothing is a class of its own: no value is below it */
    double only;
};

static bool is_of_class(const struct shading *shading, double value)
{
    return isfinite(value) && (value != 0 || !shading->zero_apart);
}

static struct shading find_classes(const struct sheet *sheet)
{
    const struct map_options *options = sheet->options;
    struct arena *scratch = arena_new();
    size_t count = sheet->data->place_count, known = 0;
    double *value = ARENA_ARRAY(scratch, double, count);
    struct shading shading = {
        .whole = !sheet->data->shares, .zero_apart = true, .only = NAN};
    for (size_t i = 0; i < count; i++)
        shading.zero_apart &= !(sheet->data->place[i].value < 0);
    for (size_t i = 0; i < count; i++) {
        double one = sheet->data->place[i].value;
        if (!is_of_class(&shading, one))
            continue;
        shading.whole &= one == floor(one);
        value[known++] = one;
        shading.only = known == 1 || one == shading.only ? one : NAN;
    }
    shading.breaks =
        options->breaks == BREAKS_GIVEN
            ? breaks_given(options->limit, options->class_count - 1)
            : breaks_of(options->breaks, options->class_count, value, known, scratch);
    arena_free(scratch);
    return shading;
}

/* Few classes take the ends and the middle of the row of colours. */
static struct colour class_colour(const struct sheet *sheet,
                                  const struct breaks *breaks, size_t class)
{
    const struct theme *theme = sheet->plot.context->theme;
    size_t steps = breaks->count > 1 ? breaks->count - 1 : 1;
    return theme->sequential[class * (THEME_SEQUENTIAL - 1) / steps];
}

static void shade_units(struct sheet *sheet, struct shading *shading)
{
    const struct boundaries *boundaries = sheet->data->boundaries;
    struct colour *fill =
        ARENA_ARRAY(sheet->plot.context->arena, struct colour, boundaries->unit_count);
    for (size_t i = 0; i < sheet->data->place_count; i++) {
        const struct map_place *place = &sheet->data->place[i];
        if (!isfinite(place->value))
            continue;
        size_t class = breaks_class(&shading->breaks, place->value);
        bool has_class = is_of_class(shading, place->value);
        shading->zeros += !has_class;
        shading->in_class[class] += has_class;
        fill[place->unit] = has_class ? class_colour(sheet, &shading->breaks, class)
                                      : plot_colour(&sheet->plot, COLOUR_ZERO);
    }
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        bool is_drawn =
            sheet->base->first_outline[i + 1] > sheet->base->first_outline[i];
        shading->unknown += is_drawn && fill[i].alpha == 0;
    }
    sheet->fill = fill;
}

void choropleth_lay(struct sheet *sheet)
{
    const struct plot *plot = &sheet->plot;
    struct shading shading = find_classes(sheet);
    struct class_names names = {.sheet = sheet,
                                .breaks = &shading.breaks,
                                .factor = sheet->data->shares ? 100 : 1,
                                .only = shading.only,
                                .whole = shading.whole};
    struct class_key *key = ARENA_NEW(plot->context->arena, struct class_key);
    struct colour none = {0};
    names.decimals = decimals_of(&shading.breaks, names.factor);
    shade_units(sheet, &shading);
    if (shading.zeros)
        add_row(sheet, key, plot_colour(plot, COLOUR_ZERO), false,
                print_words(plot, "map.zero", 1, NULL, 0), shading.zeros);
    for (size_t i = 0; i < shading.breaks.count; i++)
        add_row(sheet, key, class_colour(sheet, &shading.breaks, i), false,
                class_name(&names, i), shading.in_class[i]);
    if (shading.unknown)
        add_row(sheet, key, none, true, print_words(plot, "map.unknown", 1, NULL, 0),
                shading.unknown);
    lay_key(sheet, key);
}

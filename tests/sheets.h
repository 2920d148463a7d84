/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All sheets of the gallery: the kinds of charts of figures.h, and here the two forms
 * that aren't charts, KPI cards and maps, with the same ordinary and ugly cases. Used
 * by the gallery and by test_golden.c. */
#ifndef SITREP_TESTS_SHEETS_H
#define SITREP_TESTS_SHEETS_H

#include "figures.h"
#include "map/boundary.h"
#include "map/sheet.h"

typedef struct box *sheet_fn(struct studio *studio, size_t which, double width);

struct gallery_sheet {
    const char *name;
    double width; /* of a figure */
    size_t case_count;
    const char *const *case_name;
    sheet_fn *lay; /* NULL: the kind of figures.h that has the name */
};

/* -- Cards ------------------------------------------------------------------------------ */

enum { CARD_WIDTH = 118, CARDS = 2 };

static const char *const card_cases[] = {
    "ordinary", "empty", "one week",      "all zeros", "gaps",        "60 weeks",
    "long",     "huge",  "below nothing", "outlier",   "provisional", "Urdu",
};
enum { CARD_CASES = sizeof card_cases / sizeof *card_cases };

static inline struct slice card_number_text(struct studio *studio, bool urdu,
                                            double value)
{
    struct text text = {.arena = studio->arena};
    locale_number(studio->locale[urdu], value, 0, &text);
    return text_slice(&text);
}

static inline struct card card_words_of(enum figure_case which, size_t i)
{
    static const char *const label[2][CARDS] = {{"Attacks", "Killed in attacks"},
                                                {"حملے", "حملوں میں ہلاک"}};
    bool urdu = which == CASE_URDU;
    struct card card = {.label = slice_of(label[urdu][i]),
                        .tone = i ? TONE_ATTENTION : TONE_ATTACK};
    if (which == CASE_LONG_NAMES)
        card.label = slice_of(i ? "Members of the security forces killed in attacks"
                                : "Attacks with improvised explosive devices");
    if (which == CASE_EMPTY)
        return card;
    if (which == CASE_BOUNDS)
        card.verdict = SLICE_LITERAL("provisional");
    card.average = slice_of(urdu ? "12 ہفتے: اوسط 34" : "12-wk avg 34");
    card.standing = i ? slice_of(urdu ? "ایک میں 19" : "19 in one") : card.standing;
    return card;
}

/* A card as the block makes it: number, change, average, 26 weeks with their band. */
static inline struct box *one_card(struct studio *studio, enum figure_case which,
                                   size_t i, double width)
{
    size_t count = which == CASE_MANY ? 60 : which == CASE_ONE ? 1 : 26;
    uint32_t seed = (uint32_t)(3 + i);
    unsigned losses;
    bool urdu = which == CASE_URDU;
    struct chart_context context = studio_context(studio, urdu);
    struct card card = card_words_of(which, i);
    double *value = numbers(studio, count), *low = numbers(studio, count),
           *high = numbers(studio, count);
    for (size_t j = 0; j < count; j++) {
        value[j] = case_value(which, j, count, &seed);
        double wave = which == CASE_HUGE ? 36 * 27182818.0 : 36;
        low[j] = which == CASE_NEGATIVE ? -14 : wave * 0.75;
        high[j] = which == CASE_NEGATIVE ? 14 : wave * 1.3;
    }
    if (which == CASE_EMPTY) {
        card.number = SLICE_LITERAL("\xE2\x80\x93");
        return card_box(&context, &card, width, &losses);
    }
    double last = value[count - 1], before = count > 1 ? value[count - 2] : NAN;
    card.number = card_number_text(studio, urdu, last);
    card.direction = (last > before) - (last < before);
    card.direction_is_bad = true;
    if (!isnan(before))
        card.change = card_number_text(studio, urdu, fabs(last - before));
    if (!isnan(before) && !card.verdict.size)
        card.change_suffix = slice_of(card.direction ? (urdu ? "ہفتے میں" : "on week")
                                      : urdu         ? "کوئی تبدیلی نہیں"
                                                     : "no change");
    if (which == CASE_HUGE)
        card.average = SLICE_LITERAL("12-wk avg 978,581,448");
    bool has_band = i == 0 && which != CASE_ZEROS && which != CASE_OUTLIER;
    if (count > 1)
        card.sparkline = sparkline_box(&context, value, count, has_band ? low : NULL,
                                       has_band ? high : NULL, card.tone,
                                       which == CASE_BOUNDS, 6, width * 0.52, 18);
    return card_box(&context, &card, width, &losses);
}

static inline struct box *lay_cards_case(struct studio *studio, size_t which,
                                         double width)
{
    struct chart_context context = studio_context(studio, which == CASE_URDU);
    struct box *row = box_new(studio->arena, "cards", width, 0);
    double x = 0, gutter = context.theme->length[LENGTH_GUTTER];
    for (size_t i = 0; i < CARDS; i++, x += CARD_WIDTH + gutter) {
        struct box *card = one_card(studio, (enum figure_case)which, i, CARD_WIDTH);
        double at = which == CASE_URDU ? width - CARD_WIDTH - x : x;
        row->height = card->height;
        box_add(studio->arena, row, card, at, 0);
    }
    row->alt = row->child[0]->text;
    return row;
}

/* -- Land for maps ------------------------------------------------------------------------ */

enum { LAND_COLUMNS = 9, LAND_ROWS = 8, LAND_STEPS = 6 };

static inline double land_noise(size_t a, size_t b, double reach)
{
    uint32_t seed = (uint32_t)(a * 7919 + b * 104729 + 17);
    noise(&seed);
    return noise_in(&seed, -reach, reach);
}

/* Nearer together about a third of the way. */
static inline double crowded(double share)
{
    double away = share - 0.33;
    return 0.33 +
           (away < 0 ? -0.33 : 0.67) * pow(fabs(away / (away < 0 ? 0.33 : 0.67)), 2.2);
}

/* A corner of the grid: jittered, between 62 and 76 east, 24 and 36 north. */
static inline struct degrees land_corner(size_t column, size_t row, bool is_crowded)
{
    double x = (double)column / LAND_COLUMNS, y = (double)row / LAND_ROWS;
    double reach = is_crowded ? 0.1 : 0.45;
    if (is_crowded) {
        x = crowded(x);
        y = crowded(y);
    }
    return (struct degrees){62 + 14 * x + land_noise(column, row, reach),
                            24 + 12 * y + land_noise(row, column + 50, reach)};
}

/* A bent line from corner to corner without its end, the same from both sides. */
static inline void land_edge(struct text *json, const size_t from[2],
                             const size_t to[2], bool is_crowded)
{
    struct degrees a = land_corner(from[0], from[1], is_crowded);
    struct degrees b = land_corner(to[0], to[1], is_crowded);
    size_t key = (from[0] + to[0]) * 100 + from[1] + to[1];
    bool is_turned = from[0] > to[0] || from[1] > to[1];
    for (size_t i = 0; i < LAND_STEPS; i++) {
        double share = (double)i / LAND_STEPS;
        size_t step = is_turned ? LAND_STEPS - i : i;
        double bend = i ? land_noise(key, step, is_crowded ? 0.03 : 0.12) : 0;
        text_print(json, "[%.4f,%.4f],", a.lon + (b.lon - a.lon) * share + bend,
                   a.lat + (b.lat - a.lat) * share - bend);
    }
}

/* Round in outline: the corners of the grid are sea. */
static inline bool is_land(size_t column, size_t row)
{
    double x = ((double)column + 0.5) / LAND_COLUMNS * 2 - 1;
    double y = ((double)row + 0.5) / LAND_ROWS * 2 - 1;
    return fabs(x + y * 0.3) < 0.95 && x * x + y * y < 1.35;
}

static inline struct boundaries *land_of(struct studio *studio, enum figure_case which,
                                         bool is_crowded)
{
    static const char *const provinces[2][4] = {
        {"Northland", "Westland", "Eastland", "South Coast"},
        {"شمال", "مغرب", "مشرق", "جنوبی ساحل"}};
    const char *const *province = provinces[which == CASE_URDU];
    struct text json = {.arena = studio->arena};
    size_t units = 0;
    text_append_string(&json, "{\"features\":[");
    for (size_t row = 0; row < LAND_ROWS; row++) {
        for (size_t column = 0; column < LAND_COLUMNS; column++) {
            const size_t corner[][2] = {{column, row},
                                        {column + 1, row},
                                        {column + 1, row + 1},
                                        {column, row + 1}};
            if (!is_land(column, row))
                continue;
            struct slice name = case_category(studio, which, units, english_names);
            if (which == CASE_URDU)
                name = slice_of(urdu_names[units % 8]);
            size_t part = row > 5 ? 0 : row < 2 ? 3 : column < 4 ? 1 : 2;
            text_print(&json,
                       "%s{\"properties\":{\"ADM2_EN\":\"%.*s\",\"ADM1_EN\":\"%s\","
                       "\"id\":%zu},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                       "[[",
                       units ? "," : "", SLICE_PRINT(name), province[part], units + 1);
            for (size_t i = 0; i < 4; i++)
                land_edge(&json, corner[i], corner[(i + 1) % 4], is_crowded);
            struct degrees first = land_corner(column, row, is_crowded);
            text_print(&json, "[%.4f,%.4f]]]}}", first.lon, first.lat);
            units++;
        }
    }
    text_append_string(&json, "]}");
    struct boundaries *land = NULL;
    struct boundary_source source = {.file = "land.geojson",
                                     .bytes = text_slice(&json)};
    if (!boundaries_parse(&source, studio->arena, &land, studio->diags))
        abort();
    return land;
}

/* -- Maps -------------------------------------------------------------------------------- */

static const char *const symbol_cases[] = {
    "ordinary",   "empty", "one place",     "all zeros", "gaps",  "60 places",
    "long names", "huge",  "below nothing", "outlier",   "inset", "Urdu",
};
static const char *const choropleth_cases[] = {
    "quantile",     "empty",      "one place", "all zeros",     "gaps",
    "60 places",    "long names", "huge",      "below nothing", "outlier",
    "given limits", "Urdu",       "natural",   "shares",
};
static const char *const point_cases[] = {
    "ordinary",   "empty", "one place",     "only coarse", "only exact", "2,000 dots",
    "long names", "huge",  "below nothing", "outlier",     "outside",    "Urdu",
};
enum {
    SYMBOL_CASES = sizeof symbol_cases / sizeof *symbol_cases,
    CHOROPLETH_CASES = sizeof choropleth_cases / sizeof *choropleth_cases,
    POINT_CASES = sizeof point_cases / sizeof *point_cases,
    CASE_NATURAL = CASE_COUNT,
    CASE_SHARES,
};

/* Many in the south-west, few elsewhere, none in some. */
static inline double place_value(enum figure_case which, const struct unit *unit,
                                 size_t i, size_t count, uint32_t *seed)
{
    double far = hypot(unit->label.lon - 65, unit->label.lat - 28) / 3;
    double draw = noise_in(seed, 0, 1);
    double value = floor(46 * draw * draw / (1 + far * far) + draw * 2);
    switch (which) {
    case CASE_ZEROS: return 0;
    case CASE_GAPS: return i % 5 == 2 ? NAN : value;
    case CASE_MANY: return value + 1;
    case CASE_HUGE: return value * 27182818.0;
    case CASE_NEGATIVE: return value - 6;
    case CASE_OUTLIER: return i == count / 2 ? 2400 : value;
    default: return value;
    }
}

static inline void add_places(struct studio *studio, enum figure_case which,
                              bool is_rate, struct map_data *data)
{
    size_t units = data->boundaries->unit_count;
    size_t count = which == CASE_EMPTY ? 0 : which == CASE_ONE ? 1 : units;
    struct map_place *place = ARENA_ARRAY(studio->arena, struct map_place, units);
    uint32_t seed = 21;
    for (size_t i = 0; i < count; i++) {
        size_t unit = which == CASE_ONE ? units / 2 : i;
        const struct unit *at = &data->boundaries->unit[unit];
        double value = place_value(which, at, i, count, &seed);
        struct text printed = {.arena = studio->arena};
        if (which == CASE_ONE)
            value = 3;
        if (is_rate)
            value = data->shares ? fmin(1, value / 46) : value / 10;
        locale_number(studio->locale[which == CASE_URDU],
                      data->shares ? value * 100 : value, is_rate && !data->shares,
                      &printed);
        place[i] = (struct map_place){.unit = unit,
                                      .name = at->name,
                                      .printed = text_slice(&printed),
                                      .value = value,
                                      .is_named = which == CASE_LONG_NAMES && i == 3};
    }
    data->place = place;
    data->place_count = count;
}

static inline void add_dots(struct studio *studio, enum figure_case which,
                            struct map_data *data)
{
    size_t count = which == CASE_MANY    ? 2000
                   : which == CASE_EMPTY ? 0
                   : which == CASE_ONE   ? 1
                   : which == CASE_ZEROS ? 0
                                         : 70;
    struct degrees *dot = ARENA_ARRAY(studio->arena, struct degrees, count + 1);
    uint32_t seed = 9;
    for (size_t i = 0; i < count; i++) {
        double away = noise_in(&seed, 0, 1), turn = noise_in(&seed, 0, 6.28);
        dot[i] = (struct degrees){66 + 5 * away * away * cos(turn),
                                  29 + 4 * away * away * sin(turn)};
        if (which == CASE_BOUNDS) /* at sea and abroad, some of it off the paper */
            dot[i] = (struct degrees){noise_in(&seed, 55, 85), noise_in(&seed, 18, 42)};
    }
    data->dot = dot;
    data->dot_count = count;
}

static inline void add_map_words(struct studio *studio, enum figure_case which,
                                 struct map_options *options, struct map_data *data)
{
    bool urdu = which == CASE_URDU;
    struct slice *line = ARENA_ARRAY(studio->arena, struct slice, 2);
    options->title = slice_of(urdu ? "حملے جنوب مغرب میں زیادہ"
                                   : "Attacks cluster in the south-west");
    options->subtitle = slice_of(urdu ? "حملے ضلع وار، گزشتہ چار ہفتے"
                                      : "Attacks by district, last four weeks");
    options->alt = options->subtitle;
    line[0] =
        slice_of(urdu ? "135 میں سے 131 اضلاع نقشے پر ملے۔"
                      : "131 of 135 districts matched. Not on it: Chaman 3, Hub 1, "
                        "Surab 1, Duki 1.");
    line[1] = slice_of(urdu ? "حدود: نمونہ۔" : "Boundaries: made up for the gallery.");
    options->line = line;
    options->line_count = 2;
    data->measure = slice_of(urdu ? "حملے" : "Attacks");
    data->units = slice_of(urdu ? "اضلاع" : "Districts");
    data->tone = TONE_ATTACK;
}

static inline struct box *lay_map_case(struct studio *studio, enum figure_case which,
                                       enum map_style style, double width)
{
    static const double limit[] = {0.5, 1, 2, 4};
    struct map_data data = {
        .boundaries =
            land_of(studio, which, which == CASE_BOUNDS && style == MAP_SYMBOLS)};
    struct map_options options = {
        .style = style, .label_count = style == MAP_SYMBOLS ? 6 : 0, .class_count = 5};
    struct chart_context context = studio_context(studio, which == CASE_URDU);
    bool is_rate = style == MAP_CHOROPLETH;
    add_map_words(studio, which, &options, &data);
    data.shares = (int)which == CASE_SHARES;
    if (style != MAP_POINTS || which != CASE_GAPS)
        add_places(studio,
                   style == MAP_POINTS && which == CASE_ZEROS ? CASE_ORDINARY : which,
                   is_rate, &data);
    if (style == MAP_POINTS)
        add_dots(studio, which, &data);
    if (which == CASE_MANY || which == CASE_LONG_NAMES)
        options.label_count = style == MAP_POINTS ? 0 : which == CASE_MANY ? 60 : 3;
    if (is_rate && which == CASE_ORDINARY)
        options.label_count = 3;
    options.inset = style == MAP_SYMBOLS && which == CASE_BOUNDS;
    options.height = options.inset ? 150 : 0;
    options.breaks = (int)which == CASE_NATURAL ? BREAKS_NATURAL : BREAKS_QUANTILE;
    if (is_rate && which == CASE_BOUNDS) {
        options.breaks = BREAKS_GIVEN;
        options.limit = limit;
    }
    if (is_rate)
        data.measure = slice_of(which == CASE_URDU ? "فی لاکھ" : "Per 100,000");
    return map_lay(&context, &options, &data, width);
}

static inline struct box *lay_symbols(struct studio *studio, size_t which, double width)
{
    return lay_map_case(studio, (enum figure_case)which, MAP_SYMBOLS, width);
}

static inline struct box *lay_choropleth(struct studio *studio, size_t which,
                                         double width)
{
    return lay_map_case(studio, (enum figure_case)which, MAP_CHOROPLETH, width);
}

static inline struct box *lay_points(struct studio *studio, size_t which, double width)
{
    return lay_map_case(studio, (enum figure_case)which, MAP_POINTS, width);
}

/* -- All of them ---------------------------------------------------------------------------- */

static const struct gallery_sheet other_sheets[] = {
    {"cards", 248.8, CARD_CASES, card_cases, lay_cards_case},
    {"map-symbols", 248.8, SYMBOL_CASES, symbol_cases, lay_symbols},
    {"map-choropleth", 248.8, CHOROPLETH_CASES, choropleth_cases, lay_choropleth},
    {"map-points", 248.8, POINT_CASES, point_cases, lay_points},
};
enum {
    OTHER_SHEETS = sizeof other_sheets / sizeof *other_sheets,
    SHEETS = FIGURE_MAKERS + OTHER_SHEETS,
};

static inline struct gallery_sheet sheet_at(size_t i)
{
    if (i >= FIGURE_MAKERS)
        return other_sheets[i - FIGURE_MAKERS];
    return (struct gallery_sheet){figure_makers[i].kind, figure_makers[i].width,
                                  CASE_COUNT, case_names, NULL};
}

static inline struct gallery_sheet sheet_named(const char *name)
{
    size_t i = 0;
    while (strcmp(sheet_at(i).name, name))
        i++;
    return sheet_at(i);
}

static inline struct box *sheet_lay(struct studio *studio,
                                    const struct gallery_sheet *sheet, size_t which)
{
    if (sheet->lay)
        return sheet->lay(studio, which, sheet->width);
    size_t i = 0;
    while (strcmp(figure_makers[i].kind, sheet->name))
        i++;
    struct figure figure =
        figure_of(studio, &figure_makers[i], (enum figure_case)which);
    return figure_lay(studio, &figure, sheet->width);
}

#endif

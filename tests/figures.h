/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures to try charts with: the ordinary one of each kind and the ugly ones. Used by
 * test_chart.c and by the gallery. */
#ifndef SITREP_TESTS_FIGURES_H
#define SITREP_TESTS_FIGURES_H

#include "base/file.h"
#include "chart/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct studio { /* what charts need beside data */
    struct arena *arena;
    struct diags *diags;
    struct fonts *fonts;
    struct theme *theme;
    struct locale *locale[2];
    struct typesetter *typesetter[2]; /* English, Urdu */
    struct file file[3];
    size_t dropped;
};

static inline bool studio_open(struct studio *studio)
{
    static const char *const path[] = {"templates/themes/strategic.yaml",
                                       "templates/locales/en.yaml",
                                       "templates/locales/ur.yaml"};
    *studio = (struct studio){.arena = arena_new()};
    studio->diags = diags_new(studio->arena);
    bool ok = fonts_open(&studio->fonts, "fonts/families.conf", studio->diags);
    for (int i = 0; i < 3; i++)
        ok = ok && file_open(&studio->file[i], path[i], studio->diags);
    ok = ok && theme_parse(studio->file[0].bytes, path[0], NULL, studio->arena,
                           &studio->theme, studio->diags);
    for (int i = 0; i < 2; i++)
        ok = ok && locale_parse(studio->file[i + 1].bytes, path[i + 1], NULL,
                                studio->arena, &studio->locale[i], studio->diags);
    for (size_t i = 0; !ok && i < diags_total(studio->diags); i++)
        printf("%s\n", diags_at(studio->diags, i)->message);
    if (!ok)
        return false;
    studio->typesetter[0] =
        typesetter_new(studio->fonts, "en", DIRECTION_LEFT_TO_RIGHT, studio->arena);
    studio->typesetter[1] =
        typesetter_new(studio->fonts, "ur", DIRECTION_RIGHT_TO_LEFT, studio->arena);
    return true;
}

static inline void studio_close(struct studio *studio)
{
    for (int i = 0; i < 2; i++)
        typesetter_free(studio->typesetter[i]);
    fonts_close(studio->fonts);
    for (int i = 0; i < 3; i++)
        file_close(&studio->file[i]);
    arena_free(studio->arena);
}

static inline struct chart_context studio_context(struct studio *studio, bool urdu)
{
    return (struct chart_context){
        .typesetter = studio->typesetter[urdu],
        .theme = studio->theme,
        .locale = studio->locale[urdu],
        .arena = studio->arena,
        .diags = studio->diags,
        .at = {"gallery.md", 1, 1},
        .dropped_labels = &studio->dropped,
    };
}

/* -- Cases ------------------------------------------------------------------------- */

enum figure_case {
    CASE_ORDINARY,
    CASE_EMPTY,
    CASE_ONE,
    CASE_ZEROS,
    CASE_GAPS,
    CASE_MANY,
    CASE_LONG_NAMES,
    CASE_HUGE,
    CASE_NEGATIVE,
    CASE_OUTLIER,
    CASE_BOUNDS,
    CASE_URDU,
    CASE_COUNT
};

static const char *const case_names[] = {
    "ordinary",   "empty", "one position",  "all zeros", "gaps",   "60 positions",
    "long names", "huge",  "below nothing", "outlier",   "bounds", "Urdu",
};

static const char *const english_names[] = {
    "Khyber Pakhtunkhwa", "Balochistan", "Sindh",   "Punjab",
    "Islamabad",          "Gilgit",      "Kashmir", "Karachi"};
static const char *const short_names[] = {"KP",   "Balochistan", "Sindh",  "Punjab",
                                          "Kech", "Bannu",       "Quetta", "Khyber"};
static const char *const urdu_names[] = {"خیبر پختونخوا", "بلوچستان", "سندھ",  "پنجاب",
                                         "کیچ",           "بنوں",     "کوئٹہ", "خیبر"};
static const char *const english_parts[] = {"Security forces", "Civilians", "Attackers",
                                            "Others"};
static const char *const urdu_parts[] = {"سکیورٹی فورسز", "شہری", "حملہ آور", "دیگر"};

static inline uint32_t noise(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static inline double noise_in(uint32_t *state, double low, double high)
{
    return low + (high - low) * (double)(noise(state) % 10007) / 10006.0;
}

struct figure {
    struct chart_options options;
    struct chart_data data;
    bool is_urdu;
};

static inline double *numbers(struct studio *studio, size_t count)
{
    return ARENA_ARRAY(studio->arena, double, count + 1);
}

/* Attacks a week: a wave with noise, and what the cases do to it. */
static inline double case_value(enum figure_case which, size_t i, size_t count,
                                uint32_t *seed)
{
    double wave = 36 + 9 * sin(6.0 * (double)i / (double)(count ? count : 1) - 1);
    double value = round(wave + noise_in(seed, -11, 11));
    switch (which) {
    case CASE_ZEROS: return 0;
    case CASE_GAPS: return i % 7 == 3 || (i > 20 && i < 25) ? NAN : value;
    case CASE_HUGE: return value * 27182818.0;
    case CASE_NEGATIVE: return value - 40;
    case CASE_OUTLIER: return i == count / 2 ? value * 60 : value;
    default: return value;
    }
}

static inline struct slice case_category(struct studio *studio, enum figure_case which,
                                         size_t i, const char *const *names)
{
    if (which == CASE_LONG_NAMES)
        return slice_of(arena_print(
            studio->arena, "Federally Administered Agency No. %zu of forty", i));
    if (which == CASE_URDU)
        return slice_of(urdu_names[i % 8]);
    if (i >= 8)
        return slice_of(arena_print(studio->arena, "District %zu", i + 1));
    return slice_of(names[i]);
}

static inline void set_titles(struct figure *figure, const char *title,
                              const char *subtitle, enum figure_case which)
{
    figure->options.title = slice_of(title);
    figure->options.subtitle = slice_of(subtitle);
    if (which == CASE_URDU) {
        figure->options.title = slice_of("حملے دوبارہ متوقع حد کے اندر آ گئے");
        figure->options.subtitle = slice_of("حملے فی ہفتہ، چار ہفتوں کا اوسط");
    }
    figure->is_urdu = which == CASE_URDU;
}

static inline size_t case_size(enum figure_case which, size_t ordinary)
{
    return which == CASE_EMPTY  ? 0
           : which == CASE_ONE  ? 1
           : which == CASE_MANY ? 60
                                : ordinary;
}

/* -- Data of each shape ---------------------------------------------------------------- */

static inline void add_weeks(struct studio *studio, struct chart_data *data,
                             size_t count)
{
    struct period *period = ARENA_ARRAY(studio->arena, struct period, count + 1);
    enum point_state *state = ARENA_ARRAY(studio->arena, enum point_state, count + 1);
    int32_t last = civil_day(2026, 11, 9);
    for (size_t i = 0; i < count; i++) {
        int32_t monday = last - 7 * (int32_t)(count - 1 - i);
        period[i] = (struct period){PERIOD_WEEK, monday, monday + 6};
    }
    data->count = count;
    data->period = period;
    data->state = state;
}

static inline void add_series(struct studio *studio, struct chart_data *data,
                              enum figure_case which, size_t count)
{
    const char *const *names = which == CASE_URDU ? urdu_parts : english_parts;
    static const enum chart_tone tones[] = {TONE_OPERATION, TONE_ATTENTION, TONE_ATTACK,
                                            TONE_NEUTRAL};
    struct chart_series *series =
        ARENA_ARRAY(studio->arena, struct chart_series, count);
    uint32_t seed = 7;
    for (size_t s = 0; s < count; s++) {
        double *value = numbers(studio, data->count);
        double *low = numbers(studio, data->count),
               *high = numbers(studio, data->count);
        for (size_t i = 0; i < data->count; i++) {
            double share = data->category ? 2.0 / (double)(i + 1) : 1;
            value[i] = round(case_value(which, i, data->count, &seed) * share /
                             (double)(s + 1));
            low[i] = value[i] * 0.7;
            high[i] = value[i] * 1.4;
        }
        series[s] =
            (struct chart_series){.label = slice_of(names[s % 4]),
                                  .tone = count > 1 ? tones[s % 4] : TONE_ATTACK,
                                  .value = value};
        if (which == CASE_BOUNDS) {
            series[s].low = low;
            series[s].high = high;
        }
    }
    data->series = series;
    data->series_count = count;
    data->values_are_counts = true;
}

static inline void add_average(struct studio *studio, struct chart_data *data,
                               enum figure_case which)
{
    double *average = numbers(studio, data->count);
    double *low = numbers(studio, data->count), *high = numbers(studio, data->count);
    const double *value = data->series[0].value;
    for (size_t i = 0; i < data->count; i++) {
        double sum = 0;
        for (size_t j = 0; j < 4; j++)
            sum += i >= j ? value[i - j] : NAN;
        average[i] = sum / 4;
        double wave = 36 + 9 * sin(6.0 * (double)i / (double)data->count - 1);
        low[i] = wave - 9;
        high[i] = wave + 9;
    }
    if (data->count)
        average[data->count - 1] = NAN;
    data->average = average;
    if (which == CASE_ORDINARY || which == CASE_URDU || which == CASE_GAPS) {
        data->band_low = low;
        data->band_high = high;
    }
    bool urdu = which == CASE_URDU;
    data->average_name = slice_of(urdu ? "چار ہفتوں کا اوسط" : "Four-week average");
    data->last_label = slice_of(urdu ? "اس ہفتے 31" : "31 this week");
    data->last_state = slice_of(urdu ? "(عبوری)" : "(provisional)");
    if (data->count)
        ((enum point_state *)data->state)[data->count - 1] = POINT_PROVISIONAL;
}

static inline void add_notes(struct studio *studio, struct chart_data *data,
                             enum figure_case which)
{
    struct chart_note *note = ARENA_ARRAY(studio->arena, struct chart_note, 2);
    bool urdu = which == CASE_URDU;
    note[0] = (struct chart_note){
        data->count / 3,
        slice_of(urdu ? "8 جون کا ہفتہ: 58 حملے"
                      : "Week of 8 June: 58 attacks, highest of the year"),
        true};
    note[1] = (struct chart_note){
        data->count * 3 / 4, slice_of(urdu ? "بنوں میں کار بم" : "Car bomb in Bannu"),
        false};
    data->note = note;
    data->note_count = 2;
}

static inline void add_categories(struct studio *studio, struct chart_data *data,
                                  enum figure_case which, size_t count,
                                  const char *const *names)
{
    struct slice *name = ARENA_ARRAY(studio->arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++)
        name[i] = case_category(studio, which, i, names);
    data->count = count;
    data->category = name;
}

static inline void add_tick(struct studio *studio, struct chart_data *data,
                            enum figure_case which)
{
    double *tick = numbers(studio, data->count);
    for (size_t i = 0; i < data->count; i++)
        tick[i] = round(data->series[0].value[i] * 1.15 + 1);
    data->tick = tick;
    data->value_name = slice_of(which == CASE_URDU ? "اس" : "This");
    data->tick_name = slice_of(which == CASE_URDU ? "پچھلے" : "Last");
    data->zero_note = slice_of(
        which == CASE_URDU
            ? "دونوں ہفتوں میں کوئی حملہ نہیں: اسلام آباد، گلگت بلتستان، آزاد کشمیر"
            : "No attacks in either week: Islamabad, Gilgit-Baltistan, Azad "
              "Kashmir");
}

/* -- A figure of a kind ---------------------------------------------------------------- */

static inline void line_figure(struct studio *studio, enum figure_case which,
                               struct figure *figure)
{
    set_titles(figure, "Attacks are back inside the expected range",
               "Attacks per week, with four-week average and 80% expected range",
               which);
    add_weeks(studio, &figure->data, case_size(which, 53));
    add_series(studio, &figure->data, which, which == CASE_LONG_NAMES ? 4 : 1);
    if (which != CASE_LONG_NAMES && which != CASE_BOUNDS && which != CASE_HUGE)
        add_average(studio, &figure->data, which);
    if (which != CASE_LONG_NAMES && figure->data.count)
        add_notes(studio, &figure->data, which);
}

static inline void bars_figure(struct studio *studio, enum figure_case which,
                               struct figure *figure)
{
    set_titles(figure, "Two of every three attacks were in Khyber Pakhtunkhwa",
               "Attacks, 9–15 November; tick marks show the previous week", which);
    if (which == CASE_GAPS) {
        add_weeks(studio, &figure->data, 26);
        ((enum point_state *)figure->data.state)[25] = POINT_PROVISIONAL;
    } else {
        add_categories(studio, &figure->data, which, case_size(which, 4),
                       english_names);
    }
    add_series(studio, &figure->data, which, 1);
    if (which != CASE_MANY && which != CASE_GAPS && which != CASE_BOUNDS)
        add_tick(studio, &figure->data, which);
    figure->options.highlight = which == CASE_GAPS ? SIZE_MAX : 0;
}

static inline void stacked_figure(struct studio *studio, enum figure_case which,
                                  struct figure *figure)
{
    set_titles(figure, "Security forces bear most deaths, except in Sindh",
               "People killed by attacks, last four weeks, share in %", which);
    if (which == CASE_GAPS || which == CASE_NEGATIVE || which == CASE_OUTLIER)
        add_weeks(studio, &figure->data, 26);
    else
        add_categories(studio, &figure->data, which, case_size(which, 4), short_names);
    add_series(studio, &figure->data, which, which == CASE_BOUNDS ? 4 : 3);
    figure->data.shares = which == CASE_ORDINARY || which == CASE_URDU;
    if (figure->data.shares)
        figure->data.value_name = slice_of(which == CASE_URDU ? "ہلاک" : "killed");
}

static inline void heat_figure(struct studio *studio, enum figure_case which,
                               struct figure *figure)
{
    static const char *const english[] = {"Mon", "Tue", "Wed", "Thu",
                                          "Fri", "Sat", "Sun"};
    static const char *const urdu[] = {"پیر",  "منگل", "بدھ",  "جمعرات",
                                       "جمعہ", "ہفتہ", "اتوار"};
    set_titles(figure, "Fridays and Mondays are the most violent days",
               "Attacks per day, last 26 weeks", which);
    if (which == CASE_LONG_NAMES || which == CASE_NEGATIVE)
        add_categories(studio, &figure->data, which, 6, short_names);
    else
        add_weeks(studio, &figure->data, case_size(which, 26));
    struct chart_series *series = ARENA_ARRAY(studio->arena, struct chart_series, 7);
    uint32_t seed = 5;
    for (size_t row = 0; row < 7; row++) {
        double *value = numbers(studio, figure->data.count);
        for (size_t i = 0; i < figure->data.count; i++)
            value[i] = round(case_value(which, i, figure->data.count, &seed) / 9);
        series[row] = (struct chart_series){
            .label = slice_of(which == CASE_URDU ? urdu[row] : english[row]),
            .value = value};
        if (which == CASE_LONG_NAMES)
            series[row].label = case_category(studio, which, row, short_names);
    }
    figure->data.series = series;
    figure->data.series_count = 7;
    figure->data.values_are_counts = true;
}

static inline void points_of(struct studio *studio, enum figure_case which,
                             struct figure *figure, size_t count, bool by_day)
{
    static const char *const english[] = {"Attacks", "Operations",
                                          "Incidents at the border"};
    static const char *const urdu[] = {"حملے", "کارروائیاں", "سرحدی واقعات"};
    struct chart_point *point =
        ARENA_ARRAY(studio->arena, struct chart_point, count + 1);
    struct chart_series *series = ARENA_ARRAY(studio->arena, struct chart_series, 60);
    uint32_t seed = 11;
    for (size_t i = 0; i < count; i++) {
        double draw = noise_in(&seed, 0, 1);
        point[i] = (struct chart_point){
            .x = by_day ? civil_day(2026, 11, 9) + floor(noise_in(&seed, 0, 6.99))
                        : noise_in(&seed, 61, 76),
            .y = by_day ? 0 : noise_in(&seed, 24, 36.5),
            .size = floor(draw * draw * draw * draw * 13),
            .group = noise_in(&seed, 0, 1) < 0.6 ? 0 : 1,
        };
        if (which == CASE_MANY)
            point[i].group = i % 9;
        if (which == CASE_ZEROS)
            point[i].size = 0;
        if (which == CASE_GAPS && i % 5 == 0)
            point[i].size = NAN;
        if (which == CASE_HUGE)
            point[i].size *= 27182818;
        if (which == CASE_BOUNDS && by_day)
            point[i].x = civil_day(2024, 1, 1) + floor(noise_in(&seed, 0, 900));
    }
    if (count > 12) {
        bool is_urdu = which == CASE_URDU;
        point[5].size = which == CASE_OUTLIER ? 900 : which == CASE_ZEROS ? 0 : 19;
        point[5].label = slice_of(is_urdu ? "بنوں: چوکی پر کار بم، 19 ہلاک"
                                          : "Bannu: car bomb at checkpost, 19 killed");
        point[9].size = which == CASE_ZEROS ? 0 : 14;
        point[9].label =
            slice_of(is_urdu ? "کوئٹہ: بس اڈے کے قریب دھماکہ، 14 ہلاک"
                             : "Quetta: bombing near bus stand, 14 killed");
    }
    for (size_t s = 0; s < 60; s++) {
        series[s].label = slice_of(which == CASE_URDU ? urdu[s % 3] : english[s % 3]);
        series[s].tone = s == 1 ? TONE_OPERATION : TONE_ATTACK;
        if (which == CASE_LONG_NAMES)
            series[s].label = case_category(studio, which, s, english);
    }
    figure->data.point = point;
    figure->data.point_count = count;
    figure->data.count = count;
    figure->data.series = series;
    figure->data.series_count = 60;
}

static inline void timeline_figure(struct studio *studio, enum figure_case which,
                                   struct figure *figure)
{
    set_titles(figure, "Two bombings caused nearly half of the week’s deaths",
               "Each circle is one incident; area shows people killed, hollow = none",
               which);
    points_of(studio, which, figure, which == CASE_MANY ? 600 : case_size(which, 53),
              true);
    if (which == CASE_BOUNDS)
        return;
    struct period *day = ARENA_ARRAY(studio->arena, struct period, 7);
    for (int32_t i = 0; i < 7; i++) {
        int32_t at = civil_day(2026, 11, 9) + i;
        day[i] = (struct period){PERIOD_DAY, at, at};
    }
    figure->data.period = day;
    figure->data.count = 7;
}

static inline void scatter_figure(struct studio *studio, enum figure_case which,
                                  struct figure *figure)
{
    set_titles(figure, "Attacks cluster in southern KP",
               "Attacks by place, last four weeks", which);
    points_of(studio, which, figure, which == CASE_MANY ? 2000 : case_size(which, 90),
              false);
    figure->data.size_name = slice_of("killed");
}

/* Categories with the period before, as diverging, dumbbell, slope, waterfall take. */
static inline void pair_figure(struct studio *studio, enum figure_case which,
                               struct figure *figure)
{
    set_titles(figure, "Attacks doubled in South Waziristan",
               "Attacks in the last four weeks against the four before", which);
    add_categories(studio, &figure->data, which, case_size(which, 8), short_names);
    add_series(studio, &figure->data, which, 1);
    double *before = numbers(studio, figure->data.count);
    uint32_t seed = 3;
    for (size_t i = 0; i < figure->data.count; i++)
        before[i] = round(figure->data.series[0].value[i] *
                          noise_in(&seed, which == CASE_ZEROS ? 1 : 0.3, 1.7));
    figure->data.tick = before;
    figure->options.highlight = 1;
}

/* Two measures of each category, or of each week. */
static inline void two_figure(struct studio *studio, enum figure_case which,
                              struct figure *figure)
{
    set_titles(figure, "Operations follow attacks",
               "Attacks and operations by district", which);
    bool by_week = which == CASE_GAPS && slice_is(figure->options.kind, "grouped");
    if (by_week) {
        add_weeks(studio, &figure->data, 26);
        ((enum point_state *)figure->data.state)[25] = POINT_PROVISIONAL;
    } else {
        add_categories(studio, &figure->data, which, case_size(which, 6), short_names);
    }
    add_series(studio, &figure->data, which, which == CASE_BOUNDS ? 4 : 2);
}

static inline void one_figure(struct studio *studio, enum figure_case which,
                              struct figure *figure)
{
    set_titles(figure, "Five districts account for nearly six in ten attacks",
               "Attacks by district, last four weeks", which);
    add_categories(studio, &figure->data, which, case_size(which, 18), short_names);
    add_series(studio, &figure->data, which, 1);
    figure->options.highlight = 0;
}

/* Several series by week, as area and multiples take. */
static inline void weekly_figure(struct studio *studio, enum figure_case which,
                                 struct figure *figure)
{
    set_titles(figure, "Only southern KP is above its expected range",
               "Attacks per week, last 52 weeks, same scale", which);
    add_weeks(studio, &figure->data, case_size(which, 53));
    add_series(studio, &figure->data, which, which == CASE_BOUNDS ? 1 : 4);
    if (figure->data.count)
        ((enum point_state *)figure->data.state)[figure->data.count - 1] =
            POINT_PROVISIONAL;
    if (which == CASE_BOUNDS)
        add_notes(studio, &figure->data, which);
}

/* The mean of four values, and some around it. */
static inline void add_panel_range(struct studio *studio, const struct chart_data *data,
                                   struct chart_series *series)
{
    double *average = numbers(studio, data->count);
    double *low = numbers(studio, data->count), *high = numbers(studio, data->count);
    for (size_t i = 0; i < data->count; i++) {
        double sum = 0;
        for (size_t j = i < 3 ? 0 : i - 3; j <= i; j++)
            sum += series->value[j];
        average[i] = i < 3 ? NAN : sum / 4;
        low[i] = average[i] * 0.6;
        high[i] = average[i] * 1.4 + 1;
    }
    series->average = average;
    series->band_low = low;
    series->band_high = high;
}

static inline void multiples_figure(struct studio *studio, enum figure_case which,
                                    struct figure *figure)
{
    weekly_figure(studio, which, figure);
    add_series(studio, &figure->data, which, which == CASE_MANY ? 20 : 6);
    struct chart_series *series = (struct chart_series *)figure->data.series;
    for (size_t s = 0; s < figure->data.series_count; s++) {
        series[s].tone = TONE_ATTACK;
        series[s].label = case_category(studio, which, s, short_names);
        if (which == CASE_ORDINARY || which == CASE_GAPS || which == CASE_URDU)
            add_panel_range(studio, &figure->data, &series[s]);
    }
}

typedef void figure_fn(struct studio *studio, enum figure_case which,
                       struct figure *figure);

struct figure_maker {
    const char *kind;
    figure_fn *make;
    double width; /* of the ordinary one */
};

// clang-format off
static const struct figure_maker figure_makers[] = {
    {"line", line_figure, 336.16},
    {"bars", bars_figure, 162.08},
    {"stacked", stacked_figure, 205.6},
    {"heat", heat_figure, 292.6},
    {"scatter", scatter_figure, 248.8},
    {"timeline", timeline_figure, 292.6},
    {"grouped", two_figure, 205.6},
    {"diverging", pair_figure, 205.6},
    {"lollipop", one_figure, 205.6},
    {"dumbbell", pair_figure, 205.6},
    {"slope", pair_figure, 205.6},
    {"multiples", multiples_figure, 292.6},
    {"area", weekly_figure, 292.6},
    {"waterfall", pair_figure, 205.6},
    {"pyramid", two_figure, 248.8},
};
// clang-format on
enum { FIGURE_MAKERS = sizeof figure_makers / sizeof *figure_makers };

static inline struct figure figure_of(struct studio *studio,
                                      const struct figure_maker *maker,
                                      enum figure_case which)
{
    struct figure figure = {
        .options = {.kind = slice_of(maker->kind),
                    .highlight = SIZE_MAX,
                    .show_values = true},
    };
    maker->make(studio, which, &figure);
    return figure;
}

static inline struct box *figure_lay(struct studio *studio, const struct figure *figure,
                                     double width)
{
    struct chart_context context = studio_context(studio, figure->is_urdu);
    return chart_lay(&context, &figure->options, &figure->data, width);
}

#endif

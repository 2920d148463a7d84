/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checking a theme's colours: text on its ground, all that carries data on paper, lists
 * of colours against each other. A warning stands where the colour is written. */
#include "template/contrast.h"

#include <math.h>

static const double TEXT_LEAST = 4.5, MARK_LEAST = 3;
static const double APART = 10, CLASS_APART = 8, TINT_APART = 4; /* CIEDE2000 */

// clang-format off
static const char *const text_name[] = {
#define TEXT_ROLE(id, name) name,
#include "template/text_roles.def"
};
static const char *const colour_name[] = {
#define COLOUR_ROLE(id, name) name,
#include "template/colour_roles.def"
};
// clang-format on

static const char *const sight_name[SIGHT_COUNT] = {
    [SIGHT_USUAL] = "any reader",
    [SIGHT_NO_RED] = "readers without red cones",
    [SIGHT_NO_GREEN] = "readers without green cones",
    [SIGHT_NO_BLUE] = "readers without blue cones",
};

/* The theme's file where nothing says more. */
static struct place place_of(const struct theme *theme, struct place at)
{
    return at.file ? at : (struct place){theme->file, 0, 0};
}

static struct place colour_place(const struct theme *theme, enum colour_role role)
{
    return place_of(theme, theme->colour_at[role]);
}

/* What makes a colour stand out from its ground. */
static const char *way_from(struct colour ground)
{
    return colour_lab(ground).lightness > 50 ? "darker" : "lighter";
}

static void check_text(const struct theme *theme, const char *kind, const char *name,
                       struct colour colour, struct place at, enum colour_role ground,
                       struct diags *diags)
{
    double contrast = colour_contrast(colour, theme->colour[ground]);
    if (contrast >= TEXT_LEAST)
        return;
    struct diag *diag =
        diags_warn(diags, place_of(theme, at), "F210",
                   "%s \"%s\" on \"%s\" has a contrast of %.1f, expected %.1f", kind,
                   name, colour_name[ground], contrast, TEXT_LEAST);
    diag_hint(diags, diag, "make it %s, or its ground the other way",
              way_from(theme->colour[ground]));
}

static bool is_on_band(enum text_role role)
{
    return role == TEXT_MASTHEAD || role == TEXT_ISSUE_LINE || role == TEXT_BAND_NOTE ||
           role == TEXT_BAND_SMALL;
}

static void check_texts(const struct theme *theme, struct diags *diags)
{
    static const enum colour_role words[] = {
        COLOUR_INK,
        COLOUR_SECONDARY,
        COLOUR_TERTIARY,
        COLOUR_ATTACK_TEXT,
        COLOUR_OPERATION_TEXT,
        COLOUR_NEUTRAL_TEXT,
        COLOUR_ATTENTION_TEXT,
        COLOUR_LINK,
    };
    /* Panels and cards stand on the tint. */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct colour colour = theme->colour[words[i]];
        struct place at = theme->colour_at[words[i]];
        check_text(theme, "colour", colour_name[words[i]], colour, at, COLOUR_PAPER,
                   diags);
        check_text(theme, "colour", colour_name[words[i]], colour, at, COLOUR_TINT,
                   diags);
    }
    /* Those written in a colour by name have its place: it is told once. */
    for (enum text_role i = 0; i < TEXT_ROLE_COUNT; i++)
        check_text(theme, "text", text_name[i], theme->text[i].colour,
                   theme->text_at[i], is_on_band(i) ? COLOUR_BAND : COLOUR_PAPER,
                   diags);
}

static void check_ink(const struct theme *theme, const char *name, struct colour colour,
                      struct place at, double least, struct diags *diags)
{
    struct colour paper = theme->colour[COLOUR_PAPER];
    double contrast = colour_contrast(colour, paper);
    if (contrast >= least)
        return;
    struct diag *diag =
        diags_warn(diags, place_of(theme, at), "F211",
                   "\"%s\" on \"paper\" has a contrast of %.2f, expected %.2f", name,
                   contrast, least);
    diag_hint(diags, diag, "what is drawn in it would not be seen: make it %s",
              way_from(paper));
}

/* Marks by themselves; tints and grounds, which carry data or hold it, as pale as the
 * house's own may be. */
static void check_marks(const struct theme *theme, struct diags *diags)
{
    static const struct {
        enum colour_role role;
        double least;
    } ink[] = {{COLOUR_ATTACK, 3},
               {COLOUR_OPERATION, 3},
               {COLOUR_NEUTRAL, 3},
               {COLOUR_RULE, 3},
               {COLOUR_ATTENTION, 1.5},
               {COLOUR_ATTACK_LIGHT, 1.5},
               {COLOUR_OPERATION_LIGHT, 1.5},
               {COLOUR_NEUTRAL_LIGHT, 1.3},
               {COLOUR_GRIDLINE, 1.3},
               {COLOUR_EXPECTED, 1.15},
               {COLOUR_LAND, 1.1},
               {COLOUR_ZERO, 1.03}};
    for (size_t i = 0; i < sizeof ink / sizeof *ink; i++)
        check_ink(theme, colour_name[ink[i].role], theme->colour[ink[i].role],
                  theme->colour_at[ink[i].role], ink[i].least, diags);
    for (size_t i = 0; i < THEME_CATEGORICAL; i++)
        check_ink(theme, "categorical", theme->categorical[i], theme->categorical_at,
                  i < 2 ? MARK_LEAST : 1.3, diags);
    for (size_t i = 0; i < THEME_SEQUENTIAL; i++)
        check_ink(theme, "sequential", theme->sequential[i], theme->sequential_at, 1.1,
                  diags);
}

/* A bar and the one that is highlighted, a line and its average. */
static void check_tints(const struct theme *theme, struct diags *diags)
{
    static const enum colour_role pair[][2] = {
        {COLOUR_ATTACK, COLOUR_ATTACK_LIGHT},
        {COLOUR_OPERATION, COLOUR_OPERATION_LIGHT},
        {COLOUR_NEUTRAL, COLOUR_NEUTRAL_LIGHT},
        {COLOUR_ATTACK_LIGHT, COLOUR_EXPECTED},
        {COLOUR_OPERATION_LIGHT, COLOUR_EXPECTED}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        double distance = lab_distance(colour_lab(theme->colour[pair[i][0]]),
                                       colour_lab(theme->colour[pair[i][1]]));
        if (distance >= TINT_APART)
            continue;
        struct diag *diag =
            diags_warn(diags, colour_place(theme, pair[i][1]), "F215",
                       "\"%s\" is hardly apart from \"%s\"", colour_name[pair[i][1]],
                       colour_name[pair[i][0]]);
        diag_hint(diags, diag,
                  "they are %.1f apart (CIEDE2000), expected %.0f: make one lighter",
                  distance, TINT_APART);
    }
}

/* Nothing is paler than the least there is. */
static void check_zero(const struct theme *theme, struct diags *diags)
{
    double paper = colour_lab(theme->colour[COLOUR_PAPER]).lightness;
    double zero = colour_lab(theme->colour[COLOUR_ZERO]).lightness;
    double first = colour_lab(theme->sequential[0]).lightness;
    if (fabs(zero - paper) < fabs(first - paper))
        return;
    struct diag *diag = diags_warn(diags, colour_place(theme, COLOUR_ZERO), "F213",
                                   "\"zero\" stands out more than the first of "
                                   "\"sequential\", the lowest class above it");
    diag_hint(diags, diag, "a colour between that and \"paper\" reads as nothing");
}

static void check_distances(const struct theme *theme, const char *list,
                            struct place at, const struct colour *colour, size_t count,
                            double least, struct diags *diags)
{
    for (enum sight sight = 0; sight < SIGHT_COUNT; sight++) {
        size_t first, second;
        double distance = nearest_colours(colour, count, sight, &first, &second);
        if (distance >= least)
            continue;
        struct diag *diag = diags_warn(diags, place_of(theme, at), "F212",
                                       "%s colours %zu and %zu are alike to %s", list,
                                       first + 1, second + 1, sight_name[sight]);
        diag_hint(diags, diag,
                  "they are %.1f apart (CIEDE2000), expected %.0f: make one much "
                  "lighter or darker",
                  distance, least);
    }
}

static void check_order(const struct theme *theme, struct diags *diags)
{
    double way = 0;
    for (size_t i = 1; i < THEME_SEQUENTIAL; i++) {
        double step = colour_lab(theme->sequential[i]).lightness -
                      colour_lab(theme->sequential[i - 1]).lightness;
        if (way * step < 0 || step == 0) {
            struct diag *diag =
                diags_warn(diags, place_of(theme, theme->sequential_at), "F213",
                           "sequential colour %zu turns back", i + 1);
            diag_hint(diags, diag,
                      "each must be darker than the one before, or each lighter: a "
                      "copy in grey shows nothing else");
            return;
        }
        way = step;
    }
}

/* -- How well it does ------------------------------------------------------------------ */

static double least_contrast(const struct theme *theme, enum text_role *role)
{
    double least = INFINITY;
    for (enum text_role i = 0; i < TEXT_ROLE_COUNT; i++) {
        enum colour_role ground = is_on_band(i) ? COLOUR_BAND : COLOUR_PAPER;
        double contrast = colour_contrast(theme->text[i].colour, theme->colour[ground]);
        if (contrast >= least)
            continue;
        least = contrast;
        *role = i;
    }
    return least;
}

static double least_distance(const struct theme *theme, enum sight *sight)
{
    double least = INFINITY;
    for (enum sight i = 0; i < SIGHT_COUNT; i++) {
        size_t first, second;
        double distance =
            nearest_colours(theme->categorical, THEME_CATEGORICAL, i, &first, &second);
        if (distance >= least)
            continue;
        least = distance;
        *sight = i;
    }
    return least;
}

void theme_report(const struct theme *theme, struct diags *diags)
{
    enum text_role role = 0;
    enum sight sight = SIGHT_USUAL;
    double contrast = least_contrast(theme, &role);
    double distance = least_distance(theme, &sight);
    diags_note(diags, (struct place){theme->file, 0, 0}, "F214",
               "the lowest contrast of text is %.1f (\"%s\"); the categorical colours "
               "are at least %.1f apart for %s",
               contrast, text_name[role], distance, sight_name[sight]);
}

void theme_check(const struct theme *theme, struct diags *diags)
{
    const struct colour tones[] = {
        theme->colour[COLOUR_ATTACK],
        theme->colour[COLOUR_OPERATION],
        theme->colour[COLOUR_NEUTRAL],
        theme->colour[COLOUR_ATTENTION],
    };
    check_texts(theme, diags);
    check_marks(theme, diags);
    check_tints(theme, diags);
    check_distances(theme, "tone", theme->colour_at[COLOUR_OPERATION], tones, 4, APART,
                    diags);
    check_distances(theme, "categorical", theme->categorical_at, theme->categorical,
                    THEME_CATEGORICAL, APART, diags);
    check_distances(theme, "sequential", theme->sequential_at, theme->sequential,
                    THEME_SEQUENTIAL, CLASS_APART, diags);
    check_distances(theme, "diverging", theme->diverging_at, theme->diverging,
                    THEME_DIVERGING, CLASS_APART, diags);
    check_zero(theme, diags);
    check_order(theme, diags);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checking a theme's colours: text on its ground, marks on paper, lists of colours
 * against each other. */
#include "template/contrast.h"

#include <math.h>

static const double TEXT_LEAST = 4.5, MARK_LEAST = 3;
static const double APART = 10, CLASS_APART = 8; /* CIEDE2000 */

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

static struct place place_of(const struct theme *theme)
{
    return (struct place){theme->file, 0, 0};
}

static void check_text(const struct theme *theme, const char *kind, const char *name,
                       struct colour colour, enum colour_role ground,
                       struct diags *diags)
{
    double contrast = colour_contrast(colour, theme->colour[ground]);
    if (contrast >= TEXT_LEAST)
        return;
    struct diag *diag = diags_warn(diags, place_of(theme), "F210",
                                   "%s \"%s\" on \"%s\" has a contrast of %.1f", kind,
                                   name, colour_name[ground], contrast);
    diag_hint(diags, diag, "text needs 4.5: make it darker or its ground lighter");
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
    for (enum text_role i = 0; i < TEXT_ROLE_COUNT; i++)
        check_text(theme, "text", text_name[i], theme->text[i].colour,
                   is_on_band(i) ? COLOUR_BAND : COLOUR_PAPER, diags);
    /* Panels and cards stand on the tint. */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct colour colour = theme->colour[words[i]];
        check_text(theme, "colour", colour_name[words[i]], colour, COLOUR_PAPER, diags);
        check_text(theme, "colour", colour_name[words[i]], colour, COLOUR_TINT, diags);
    }
}

static void check_marks(const struct theme *theme, struct diags *diags)
{
    static const enum colour_role marks[] = {COLOUR_ATTACK, COLOUR_OPERATION,
                                             COLOUR_NEUTRAL, COLOUR_RULE};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        double contrast =
            colour_contrast(theme->colour[marks[i]], theme->colour[COLOUR_PAPER]);
        if (contrast >= MARK_LEAST)
            continue;
        struct diag *diag = diags_warn(diags, place_of(theme), "F211",
                                       "marks in \"%s\" have a contrast of %.1f",
                                       colour_name[marks[i]], contrast);
        diag_hint(diags, diag, "marks need 3 against \"paper\"");
    }
}

static void check_distances(const struct theme *theme, const char *list,
                            const struct colour *colour, size_t count, double least,
                            struct diags *diags)
{
    for (enum sight sight = 0; sight < SIGHT_COUNT; sight++) {
        size_t first, second;
        double distance = nearest_colours(colour, count, sight, &first, &second);
        if (distance >= least)
            continue;
        struct diag *diag = diags_warn(diags, place_of(theme), "F212",
                                       "%s colours %zu and %zu are alike to %s", list,
                                       first + 1, second + 1, sight_name[sight]);
        diag_hint(diags, diag, "they are %.1f apart (CIEDE2000), expected %.0f",
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
            struct diag *diag = diags_warn(diags, place_of(theme), "F213",
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
    diags_note(diags, place_of(theme), "F214",
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
    check_distances(theme, "tone", tones, 4, APART, diags);
    check_distances(theme, "categorical", theme->categorical, THEME_CATEGORICAL, APART,
                    diags);
    check_distances(theme, "sequential", theme->sequential, THEME_SEQUENTIAL,
                    CLASS_APART, diags);
    check_distances(theme, "diverging", theme->diverging, THEME_DIVERGING, CLASS_APART,
                    diags);
    check_order(theme, diags);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A theme is the look as data: text styles by role, colours by use, measures of the
 * page. YAML in templates/themes/; nothing of the look is written in C. */
#ifndef SITREP_TEMPLATE_THEME_H
#define SITREP_TEMPLATE_THEME_H

#include "base/diag.h"
#include "base/yaml.h"

struct colour {
    double red, green, blue, alpha; /* 0 to 1 */
};

struct text_style {
    const char *family; /* "Inter", "Noto Serif" */
    double size_pt, leading_pt;
    int weight; /* 400, 500, 600, 700 */
    bool italic, tabular;
    bool struck; /* a line through it: of a text's part, never of a theme's style */
    double letter_spacing_pt;
    struct colour colour;
    /* How Arabic script is set inside it. */
    const char *arabic_family;
    double arabic_size_pt, arabic_leading_pt;
    int arabic_weight;
};

enum text_role {
#define TEXT_ROLE(id, name) TEXT_##id,
#include "template/text_roles.def"
    TEXT_ROLE_COUNT
};

enum colour_role {
#define COLOUR_ROLE(id, name) COLOUR_##id,
#include "template/colour_roles.def"
    COLOUR_ROLE_COUNT
};

enum length_role {
#define LENGTH_ROLE(id, name, fallback) LENGTH_##id,
#include "template/length_roles.def"
    LENGTH_ROLE_COUNT
};

enum { THEME_CATEGORICAL = 7, THEME_SEQUENTIAL = 5, THEME_DIVERGING = 5 };

struct theme {
    struct slice name;
    const char *file; /* that it was read from */
    struct text_style text[TEXT_ROLE_COUNT];
    /* The role that a style's colour was named by, so that a theme that changes the
     * colour changes the text; COLOUR_ROLE_COUNT = a colour of its own. */
    enum colour_role text_colour[TEXT_ROLE_COUNT];
    struct colour colour[COLOUR_ROLE_COUNT];
    struct colour categorical[THEME_CATEGORICAL];
    struct colour sequential[THEME_SEQUENTIAL];
    struct colour diverging[THEME_DIVERGING];
    double length[LENGTH_ROLE_COUNT]; /* points */
    double albers[3]; /* of the house's maps: parallels from south to north, meridian */
    bool has_albers;
    /* Where each was written, in this file or a base's; of texts, where their colour
     * was. */
    struct place colour_at[COLOUR_ROLE_COUNT], text_at[TEXT_ROLE_COUNT];
    struct place categorical_at, sequential_at, diverging_at;
    bool justified;
    bool hyphenated; /* running text: long words are divided where a line would gape */
    bool has_cover_band;
};

/* Reads a theme file. Top-level keys, all optional with a base, all but the first
 * three required without one:
 *   extends, type scale, name
 *   justified, cover band       yes or no
 *   hyphenated                  yes or no; no where no base says otherwise
 *   colours                     by name (colour_roles.def): "#RRGGBB", "#RRGGBBAA"
 *   categorical, sequential, diverging   lists of colours or names of colours
 *   lengths                     by name (length_roles.def), points; these have fallbacks
 *   projection                  "albers 26 35 69.5": of maps whose land reaches over
 *                               both parallels and the meridian; "by the land": of none
 *   text                        by name (text_roles.def), each a mapping of family,
 *                               size, leading, weight, italic, tabular, spacing,
 *                               colour, arabic family, arabic size, arabic leading,
 *                               arabic weight
 * `type scale: 1.2` makes the base's type larger before own styles are read.
 * `extends: strategic` names the base, which the caller resolves by find.
 *   errors  F201 unknown key, F202 value, F203 a key is missing */
bool theme_parse(struct slice source, const char *file, const struct theme *base,
                 struct arena *arena, struct theme **out, struct diags *diags);
/* The name after `extends:` in a theme file, empty when it has none. */
struct slice theme_extends(struct slice source, const char *file, struct arena *arena);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a theme: three registries of names (text, colours, lengths) filled from
 * YAML over a copy of the base. Reads to the end and reports everything wrong. */
#include "template/theme.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Registries --------------------------------------------------------------------- */

// clang-format off
static const struct slice text_names[] = {
#define TEXT_ROLE(id, name) SLICE_LITERAL(name),
#include "template/text_roles.def"
};
static const struct slice colour_names[] = {
#define COLOUR_ROLE(id, name) SLICE_LITERAL(name),
#include "template/colour_roles.def"
};
static const struct slice length_names[] = {
#define LENGTH_ROLE(id, name, fallback) SLICE_LITERAL(name),
#include "template/length_roles.def"
};
static const double length_fallbacks[] = {
#define LENGTH_ROLE(id, name, fallback) fallback,
#include "template/length_roles.def"
};
// clang-format on

static const struct slice top_names[] = {
    SLICE_LITERAL("name"),        SLICE_LITERAL("extends"),
    SLICE_LITERAL("justified"),   SLICE_LITERAL("cover band"),
    SLICE_LITERAL("projection"),  SLICE_LITERAL("hyphenated"),
    SLICE_LITERAL("type scale"),  SLICE_LITERAL("colours"),
    SLICE_LITERAL("categorical"), SLICE_LITERAL("sequential"),
    SLICE_LITERAL("diverging"),   SLICE_LITERAL("lengths"),
    SLICE_LITERAL("text"),
};

static const struct slice style_names[] = {
    SLICE_LITERAL("family"),         SLICE_LITERAL("size"),
    SLICE_LITERAL("leading"),        SLICE_LITERAL("weight"),
    SLICE_LITERAL("italic"),         SLICE_LITERAL("tabular"),
    SLICE_LITERAL("spacing"),        SLICE_LITERAL("colour"),
    SLICE_LITERAL("arabic family"),  SLICE_LITERAL("arabic size"),
    SLICE_LITERAL("arabic leading"), SLICE_LITERAL("arabic weight"),
};

/* Reading ------------------------------------------------------------------------ */

struct reader {
    struct theme *theme;
    const struct theme *base;
    const struct yaml *root;
    struct arena *arena;
    struct diags *diags;
    bool ok;
};

static int find_name(const struct slice *name, size_t count, struct slice wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(name[i], wanted))
            return (int)i;
    }
    return -1;
}

static struct diag *fail(struct reader *reader, const struct yaml *at, const char *code,
                         const char *what, const char *expected)
{
    reader->ok = false;
    struct diag *diag =
        diags_error(reader->diags, at->at, code, "expected %s as %s, found \"%.*s\"",
                    expected, what, SLICE_PRINT(at->text));
    diag->width = at->width;
    return diag;
}

static void check_keys(struct reader *reader, const struct yaml *mapping,
                       const struct slice *name, size_t count, const char *what)
{
    if (!mapping)
        return;
    if (mapping->kind != YAML_MAPPING) {
        fail(reader, mapping, "F202", what, "keys with values");
        return;
    }
    for (size_t i = 0; i < mapping->count; i++) {
        const struct yaml *key = &mapping->key[i];
        if (find_name(name, count, key->text) >= 0)
            continue;
        struct diag *diag =
            diags_error(reader->diags, key->at, "F201", "unknown key \"%.*s\" in %s",
                        SLICE_PRINT(key->text), what);
        diag->width = key->width;
        diag_suggest(reader->diags, diag, key->text, name, count);
        reader->ok = false;
    }
}

static void read_number(struct reader *reader, const struct yaml *node, const char *key,
                        double lowest, double highest, double *out)
{
    const struct yaml *value = yaml_find(node, key);
    double number;
    if (!value)
        return;
    if (yaml_number(value, &number) && number >= lowest && number <= highest) {
        *out = number;
        return;
    }
    const char *expected =
        arena_print(reader->arena, "a number from %g to %g", lowest, highest);
    fail(reader, value, "F202", key, expected);
}

static void read_bool(struct reader *reader, const struct yaml *node, const char *key,
                      bool *out)
{
    const struct yaml *value = yaml_find(node, key);
    if (value && !yaml_bool(value, out))
        fail(reader, value, "F202", key, "yes or no");
}

static void read_weight(struct reader *reader, const struct yaml *node, const char *key,
                        int *out)
{
    double weight = *out;
    read_number(reader, node, key, 100, 900, &weight);
    *out = (int)weight;
}

static void read_family(struct reader *reader, const struct yaml *node, const char *key,
                        const char **out)
{
    const struct yaml *value = yaml_find(node, key);
    if (!value)
        return;
    if (value->kind != YAML_SCALAR || value->text.size == 0)
        fail(reader, value, "F202", key, "the name of a font family");
    else
        *out = slice_c_string(reader->arena, value->text);
}

/* Colours ------------------------------------------------------------------------ */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool parse_hex(struct slice text, struct colour *out)
{
    double part[4] = {0, 0, 0, 1};
    if ((text.size != 7 && text.size != 9) || text.data[0] != '#')
        return false;
    for (size_t i = 0; i < (text.size - 1) / 2; i++) {
        int high = hex_digit(text.data[1 + 2 * i]),
            low = hex_digit(text.data[2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        part[i] = (high * 16 + low) / 255.0;
    }
    *out = (struct colour){part[0], part[1], part[2], part[3]};
    return true;
}

/* A colour or the name of one; *role says which. */
static bool read_colour(struct reader *reader, const struct yaml *value,
                        const char *what, struct colour *out, enum colour_role *role)
{
    *role = COLOUR_ROLE_COUNT;
    if (value->kind == YAML_SCALAR && parse_hex(value->text, out))
        return true;
    int name = find_name(colour_names, COUNT(colour_names), value->text);
    if (value->kind == YAML_SCALAR && name >= 0) {
        *role = (enum colour_role)name;
        *out = reader->theme->colour[name];
        return true;
    }
    struct diag *diag =
        fail(reader, value, "F202", what, "\"#RRGGBB\" or the name of a colour");
    diag_suggest(reader->diags, diag, value->text, colour_names, COUNT(colour_names));
    return false;
}

static void miss(struct reader *reader, const struct yaml *at, const char *what,
                 struct slice name)
{
    struct place place = {at->at.file, at->at.line, 0}; /* many may be missing there */
    diags_error(reader->diags, place, "F203", "the theme has no %s \"%.*s\"", what,
                SLICE_PRINT(name));
    reader->ok = false;
}

static void read_colours(struct reader *reader)
{
    const struct yaml *colours = yaml_find(reader->root, "colours");
    check_keys(reader, colours, colour_names, COUNT(colour_names), "colours");
    for (size_t i = 0; i < COUNT(colour_names); i++) {
        const struct yaml *value = yaml_find(colours, colour_names[i].data);
        if (!value && !reader->base)
            miss(reader, colours ? colours : reader->root, "colour", colour_names[i]);
        if (value)
            reader->theme->colour_at[i] = value->at;
        if (!value || parse_hex(value->text, &reader->theme->colour[i]))
            continue;
        fail(reader, value, "F202", colour_names[i].data, "a colour as \"#RRGGBB\"");
    }
}

static void read_palette(struct reader *reader, const char *key, struct colour *out,
                         size_t count, struct place *at)
{
    const struct yaml *list = yaml_find(reader->root, key);
    enum colour_role role;
    if (!list && !reader->base)
        miss(reader, reader->root, "list", slice_of(key));
    if (!list)
        return;
    *at = list->at;
    if (yaml_length(list) != count) {
        const char *expected =
            arena_print(reader->arena, "a list of %zu colours", count);
        fail(reader, list, "F202", key, expected);
        return;
    }
    for (size_t i = 0; i < count; i++)
        read_colour(reader, yaml_at(list, i), key, &out[i], &role);
}

/* Lengths and text --------------------------------------------------------------- */

static void read_lengths(struct reader *reader)
{
    const struct yaml *lengths = yaml_find(reader->root, "lengths");
    check_keys(reader, lengths, length_names, COUNT(length_names), "lengths");
    for (size_t i = 0; i < COUNT(length_names); i++) {
        double *length = &reader->theme->length[i];
        if (!reader->base)
            *length = length_fallbacks[i];
        read_number(reader, lengths, length_names[i].data, 0, 1000, length);
    }
}

enum { SMALLEST = 1, LARGEST = 400 };

/* What a style says of Arabic script when the theme doesn't. */
static void read_arabic(struct reader *reader, const struct yaml *node,
                        struct text_style *style)
{
    if (style->arabic_size_pt <= 0)
        style->arabic_size_pt = style->size_pt * 1.2;
    if (!style->arabic_family)
        style->arabic_family = "Noto Nastaliq Urdu";
    if (style->arabic_weight == 0)
        style->arabic_weight = style->weight >= 600 ? 700 : 400;
    read_family(reader, node, "arabic family", &style->arabic_family);
    read_number(reader, node, "arabic size", SMALLEST, LARGEST, &style->arabic_size_pt);
    if (style->arabic_leading_pt <= 0)
        style->arabic_leading_pt = style->arabic_size_pt * 1.8;
    read_number(reader, node, "arabic leading", SMALLEST, LARGEST,
                &style->arabic_leading_pt);
    read_weight(reader, node, "arabic weight", &style->arabic_weight);
}

static void require_style_keys(struct reader *reader, const struct yaml *node,
                               struct slice role)
{
    static const char *const required[] = {"family", "size", "leading", "weight"};
    for (size_t i = 0; i < COUNT(required); i++) {
        if (yaml_find(node, required[i]))
            continue;
        const char *what = arena_print(reader->arena, "%s for text", required[i]);
        miss(reader, node, what, role);
    }
}

static void read_style(struct reader *reader, size_t role, const struct yaml *node)
{
    struct text_style *style = &reader->theme->text[role];
    const struct yaml *colour = yaml_find(node, "colour");
    const char *what =
        arena_print(reader->arena, "text \"%.*s\"", SLICE_PRINT(text_names[role]));
    check_keys(reader, node, style_names, COUNT(style_names), what);
    if (!reader->base) {
        require_style_keys(reader, node, text_names[role]);
        *style = (struct text_style){.family = "Inter", .tabular = true, .weight = 400};
        style->size_pt = style->leading_pt = 10;
        reader->theme->text_colour[role] = COLOUR_INK;
    }
    read_family(reader, node, "family", &style->family);
    read_number(reader, node, "size", SMALLEST, LARGEST, &style->size_pt);
    read_number(reader, node, "leading", SMALLEST, LARGEST, &style->leading_pt);
    read_weight(reader, node, "weight", &style->weight);
    read_bool(reader, node, "italic", &style->italic);
    read_bool(reader, node, "tabular", &style->tabular);
    read_number(reader, node, "spacing", -5, 20, &style->letter_spacing_pt);
    if (colour) {
        reader->theme->text_at[role] = colour->at;
        read_colour(reader, colour, what, &style->colour,
                    &reader->theme->text_colour[role]);
    }
    read_arabic(reader, node, style);
}

static void read_texts(struct reader *reader)
{
    const struct yaml *texts = yaml_find(reader->root, "text");
    struct theme *theme = reader->theme;
    check_keys(reader, texts, text_names, COUNT(text_names), "text");
    for (size_t i = 0; i < COUNT(text_names); i++) {
        const struct yaml *node = yaml_find(texts, text_names[i].data);
        if (node)
            read_style(reader, i, node);
        else if (!reader->base)
            miss(reader, texts ? texts : reader->root, "text", text_names[i]);
        enum colour_role named = theme->text_colour[i];
        if (named == COLOUR_ROLE_COUNT)
            continue;
        theme->text[i].colour = theme->colour[named];
        theme->text_at[i] = theme->colour_at[named];
    }
}

static void scale_type(struct reader *reader)
{
    double scale = 1;
    read_number(reader, reader->root, "type scale", 0.5, 4, &scale);
    for (size_t i = 0; i < COUNT(text_names); i++) {
        struct text_style *style = &reader->theme->text[i];
        style->size_pt *= scale;
        style->leading_pt *= scale;
        style->letter_spacing_pt *= scale;
        style->arabic_size_pt *= scale;
        style->arabic_leading_pt *= scale;
    }
}

static void require_switches(struct reader *reader)
{
    static const char *const keys[] = {"justified", "cover band"};
    for (size_t i = 0; i < COUNT(keys) && !reader->base; i++) {
        if (!yaml_find(reader->root, keys[i]))
            miss(reader, reader->root, "key", slice_of(keys[i]));
    }
}

/* "albers 26 35 69.5" */
static bool read_albers(struct slice text, double out[3])
{
    struct slice rest = text, word;
    int count = -1;
    while (slice_cut(&rest, ' ', &word)) {
        if (!word.size)
            continue;
        if (count < 0 ? !slice_is(word, "albers")
                      : count == 3 || !number_parse(word, &out[count]))
            return false;
        count++;
    }
    return count == 3 && out[0] >= -90 && out[0] <= out[1] && out[1] <= 90 &&
           fabs(out[2]) <= 180;
}

static void read_projection(struct reader *reader)
{
    const struct yaml *value = yaml_find(reader->root, "projection");
    struct theme *theme = reader->theme;
    if (!value)
        return;
    theme->has_albers = false;
    if (value->kind == YAML_SCALAR && slice_is(value->text, "by the land"))
        return;
    theme->has_albers =
        value->kind == YAML_SCALAR && read_albers(value->text, theme->albers);
    if (!theme->has_albers)
        fail(reader, value, "F202", "projection",
             "albers with two parallels, the southern first, and the central meridian "
             "(albers 26 35 69.5), or \"by the land\"");
}

bool theme_parse(struct slice source, const char *file, const struct theme *base,
                 struct arena *arena, struct theme **out, struct diags *diags)
{
    struct reader reader = {.base = base, .arena = arena, .diags = diags, .ok = true};
    if (!yaml_parse(source, file, 1, 'F', arena, &reader.root, diags))
        return false;
    struct theme *theme = reader.theme = ARENA_NEW(arena, struct theme);
    if (base)
        *theme = *base;
    theme->file = slice_c_string(arena, slice_of(file));
    check_keys(&reader, reader.root, top_names, COUNT(top_names), "the theme");
    require_switches(&reader);
    theme->name = yaml_text(reader.root, "name", "");
    read_bool(&reader, reader.root, "justified", &theme->justified);
    read_bool(&reader, reader.root, "cover band", &theme->has_cover_band);
    read_bool(&reader, reader.root, "hyphenated", &theme->hyphenated);
    read_colours(&reader);
    read_palette(&reader, "categorical", theme->categorical, THEME_CATEGORICAL,
                 &theme->categorical_at);
    read_palette(&reader, "sequential", theme->sequential, THEME_SEQUENTIAL,
                 &theme->sequential_at);
    read_palette(&reader, "diverging", theme->diverging, THEME_DIVERGING,
                 &theme->diverging_at);
    read_lengths(&reader);
    read_projection(&reader);
    scale_type(&reader);
    read_texts(&reader);
    *out = reader.ok ? theme : NULL;
    return reader.ok;
}

struct slice theme_extends(struct slice source, const char *file, struct arena *arena)
{
    struct diags *unheard = diags_new(arena);
    const struct yaml *root;
    bool may_extend = memmem(source.data, source.size, "extends", 7) != NULL;
    if (!may_extend || !yaml_parse(source, file, 1, 'F', arena, &root, unheard))
        return (struct slice){0};
    return yaml_text(root, "extends", "");
}

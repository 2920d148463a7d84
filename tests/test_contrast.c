/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contrast against values of WCAG's own formula, CIEDE2000 against the published test
 * pairs of Sharma, Wu and Dalal (2005), sight against the house style's numbers. */
#include "support.h"

#include "base/file.h"
#include "template/contrast.h"

static struct colour hex(unsigned rgb)
{
    return (struct colour){(rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0,
                           (rgb & 255) / 255.0, 1};
}

static void contrast_is_as_wcag_defines_it(void **state)
{
    (void)state;
    assert_near(colour_contrast(hex(0), hex(0xFFFFFF)), 21, 1e-9);
    assert_near(colour_contrast(hex(0x777777), hex(0xFFFFFF)), 4.48, 0.005);
    assert_near(colour_contrast(hex(0xFFFFFF), hex(0x767676)), 4.54, 0.005);
    assert_near(colour_contrast(hex(0x1B5480), hex(0x1B5480)), 1, 1e-12);
    assert_near(colour_contrast(hex(0xC2352B), hex(0xFFFFFF)), 5.5, 0.05);
}

static void ciede2000_gives_the_published_distances(void **state)
{
    (void)state;
    static const struct {
        struct lab one, two;
        double distance;
    } pair[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0000},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, 2.49, -0.001}, {50, -2.49, 0.0009}, 7.1792},
        {{50, 2.49, -0.001}, {50, -2.49, 0.0011}, 7.2195},
        {{50, -0.001, 2.49}, {50, 0.0011, -2.49}, 4.7461},
        {{50, 2.5, 0}, {50, 0, -2.5}, 4.3065},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
        {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, 0.0447}, 1.4441},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        assert_near(lab_distance(pair[i].one, pair[i].two), pair[i].distance, 5e-5);
        assert_near(lab_distance(pair[i].two, pair[i].one), pair[i].distance, 5e-5);
    }
}

static void lab_of_known_colours(void **state)
{
    (void)state;
    struct lab white = colour_lab(hex(0xFFFFFF)), red = colour_lab(hex(0xFF0000));
    assert_near(white.lightness, 100, 1e-3);
    assert_near(hypot(white.a, white.b), 0, 0.02);
    assert_near(red.lightness, 53.24, 0.01);
    assert_near(red.a, 80.09, 0.02);
    assert_near(red.b, 67.20, 0.02);
}

/* Greys stay grey for everybody, within what the published matrices sum to. */
static void greys_look_alike_to_every_sight(void **state)
{
    (void)state;
    for (enum sight sight = 0; sight < SIGHT_COUNT; sight++) {
        struct colour seen = colour_seen(hex(0x808080), sight);
        assert_near(seen.red, 128 / 255.0, 1e-4);
        assert_near(seen.green, 128 / 255.0, 1e-4);
        assert_near(seen.blue, 128 / 255.0, 1e-4);
    }
}

static bool load(const char *name, const struct theme *base, struct arena *arena,
                 struct theme **theme, struct diags *diags)
{
    struct file file;
    const char *path = arena_print(arena, "templates/themes/%s.yaml", name);
    if (!file_open(&file, path, diags))
        return false;
    struct slice copy = slice_copy(arena, file.bytes);
    file_close(&file);
    return theme_parse(copy, path, base, arena, theme, diags);
}

/* The smallest distances that STYLE.md 3 states of its seven colours. */
static void the_house_palette_is_as_far_apart_as_stated(void **state)
{
    (void)state;
    static const double stated[SIGHT_COUNT] = {18.7, 14.3, 11.4, 16.4};
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct theme *theme;
    size_t first, second;
    assert_true(load("strategic", NULL, arena, &theme, diags));
    for (enum sight sight = 0; sight < SIGHT_COUNT; sight++)
        assert_near(nearest_colours(theme->categorical, THEME_CATEGORICAL, sight,
                                    &first, &second),
                    stated[sight], 0.06);
    arena_free(arena);
}

static void every_theme_can_be_read(void **state)
{
    (void)state;
    static const char *const names[] = {"strategic", "paper", "ocha", "dark", "large"};
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct theme *base = NULL, *theme;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(load(names[i], base, arena, &theme, diags));
        if (!base)
            base = theme;
        theme_check(theme, diags);
        for (size_t j = 0; j < diags_total(diags); j++)
            print_error("%s: %s\n", names[i], diags_at(diags, j)->message);
        assert_int_equal(diags_total(diags), 0);
    }
    arena_free(arena);
}

static bool has_code(const struct diags *diags, const char *code)
{
    for (size_t i = 0; i < diags_total(diags); i++) {
        if (!strcmp(diags_at(diags, i)->code, code))
            return true;
    }
    return false;
}

static void each_fault_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *code, *yaml;
    } fault[] = {
        {"F210", "colours: {tertiary: \"#8A8F98\"}\n"},
        {"F210", "colours: {band: \"#8090A0\"}\n"},
        {"F210", "text: {footnote: {colour: \"#A0A0A0\"}}\n"},
        {"F211", "colours: {attack: \"#F08880\"}\n"},
        {"F212", "colours: {operation: \"#0A7A20\", attack: \"#C2352B\"}\n"
                 "categorical: [\"#C2352B\", \"#6B6B00\", \"#E0A030\", \"#4FB3A0\", "
                 "\"#3D1F4E\", \"#6E7781\", \"#B5D8EE\"]\n"},
        {"F211", "colours: {attack light: \"#FFFFFF\"}\n"},
        {"F211", "colours: {operation light: \"#FFFFFF\"}\n"},
        {"F211", "colours: {neutral light: \"#FDFDFD\"}\n"},
        {"F211", "colours: {expected range: \"#FFFFFF\"}\n"},
        {"F211", "colours: {gridline: \"#FFFFFF\"}\n"},
        {"F211", "colours: {land: \"#FFFFFF\"}\n"},
        {"F211", "colours: {zero: \"#FFFFFF\"}\n"},
        {"F211", "colours: {attention: \"#FFFDF9\"}\n"},
        {"F211", "categorical: [\"#C2352B\", \"#1B5480\", \"#E0A030\", \"#4FB3A0\", "
                 "\"#3D1F4E\", \"#6E7781\", \"#FFFFFF\"]\n"},
        {"F211", "sequential: [\"#FFFFFF\", \"#F3BFA8\", \"#E28A70\", \"#C24B3D\", "
                 "\"#7F1418\"]\n"},
        {"F213", "colours: {zero: \"#7F1418\"}\n"},
        {"F215", "colours: {attack light: \"#C2352B\"}\n"},
        {"F215", "colours: {expected range: \"#E3A8A1\"}\n"},
        {"F213", "sequential: [\"#FBE7DD\", \"#E28A70\", \"#F3BFA8\", \"#C24B3D\", "
                 "\"#7F1418\"]\n"},
    };
    struct arena *arena = arena_new();
    struct theme *base, *theme;
    assert_true(load("strategic", NULL, arena, &base, diags_new(arena)));
    for (size_t i = 0; i < sizeof fault / sizeof *fault; i++) {
        struct diags *diags = diags_new(arena);
        assert_true(
            theme_parse(slice_of(fault[i].yaml), "t.yaml", base, arena, &theme, diags));
        theme_check(theme, diags);
        if (!has_code(diags, fault[i].code))
            fail_msg("%s not found in %s", fault[i].code, fault[i].yaml);
    }
    arena_free(arena);
}

static void a_warning_stands_where_the_colour_is_written(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct theme *base, *theme;
    assert_true(load("strategic", NULL, arena, &base, diags_new(arena)));
    assert_true(theme_parse(SLICE_LITERAL("name: Mine\ncolours:\n"
                                          "  gridline: \"#FEFEFE\"\n"),
                            "mine.yaml", base, arena, &theme, diags));
    theme_check(theme, diags);
    assert_int_equal(diags_total(diags), 1);
    assert_string_equal(diags_at(diags, 0)->at.file, "mine.yaml");
    assert_int_equal(diags_at(diags, 0)->at.line, 3);
    assert_non_null(strstr(diags_at(diags, 0)->hint, "darker"));
    /* Inherited: in the base's own file. */
    base->colour[COLOUR_LAND] = base->colour[COLOUR_PAPER];
    assert_true(theme_parse(SLICE_LITERAL("name: Mine\n"), "mine.yaml", base, arena,
                            &theme, diags));
    diags_truncate(diags, 0);
    theme_check(theme, diags);
    assert_int_equal(diags_total(diags), 1);
    assert_non_null(strstr(diags_at(diags, 0)->at.file, "strategic.yaml"));
    assert_true(diags_at(diags, 0)->at.line > 1);
    arena_free(arena);
}

/* All that a copy in one ink keeps: the tones by lightness alone. */
static void paper_needs_no_colour(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct theme *base, *theme;
    assert_true(load("strategic", NULL, arena, &base, diags) &&
                load("paper", base, arena, &theme, diags));
    for (size_t i = 0; i < COLOUR_ROLE_COUNT; i++) {
        struct lab lab = colour_lab(theme->colour[i]);
        assert_true(hypot(lab.a, lab.b) < 0.5);
    }
    for (size_t i = 0; i < THEME_CATEGORICAL; i++) {
        struct lab lab = colour_lab(theme->categorical[i]);
        assert_true(hypot(lab.a, lab.b) < 0.5);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_as_wcag_defines_it),
        cmocka_unit_test(ciede2000_gives_the_published_distances),
        cmocka_unit_test(lab_of_known_colours),
        cmocka_unit_test(greys_look_alike_to_every_sight),
        cmocka_unit_test(the_house_palette_is_as_far_apart_as_stated),
        cmocka_unit_test(every_theme_can_be_read),
        cmocka_unit_test(each_fault_is_found),
        cmocka_unit_test(a_warning_stands_where_the_colour_is_written),
        cmocka_unit_test(paper_needs_no_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

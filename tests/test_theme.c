/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "base/file.h"
#include "template/theme.h"

#include <stdlib.h>

static const char STRATEGIC[] = "templates/themes/strategic.yaml";

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct file file;
    struct theme *strategic;
};

static int open_fixture(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    if (!file_open(&fixture->file, STRATEGIC, fixture->diags) ||
        !theme_parse(fixture->file.bytes, STRATEGIC, NULL, fixture->arena,
                     &fixture->strategic, fixture->diags)) {
        for (size_t i = 0; i < diags_total(fixture->diags); i++)
            print_error("%d: %s\n", diags_at(fixture->diags, i)->at.line,
                        diags_at(fixture->diags, i)->message);
        return -1;
    }
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;
    file_close(&fixture->file);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static bool parse(struct fixture *fixture, const char *source, struct theme **out)
{
    return theme_parse(slice_of(source), "t.yaml", fixture->strategic, fixture->arena,
                       out, fixture->diags);
}

static void assert_first_error(const struct fixture *fixture, const char *code,
                               int line, const char *part_of_message)
{
    assert_true(diags_total(fixture->diags) > 0);
    const struct diag *diag = diags_at(fixture->diags, 0);
    assert_string_equal(diag->code, code);
    assert_int_equal(diag->at.line, line);
    if (!strstr(diag->message, part_of_message))
        fail_msg("\"%s\" isn't in \"%s\"", part_of_message, diag->message);
}

static void strategic_has_the_values_of_the_house_style(void **state)
{
    const struct theme *theme = ((struct fixture *)*state)->strategic;
    const struct text_style *body = &theme->text[TEXT_BODY];
    assert_string_equal(body->family, "Noto Serif");
    assert_near(body->size_pt, 8.5, 0);
    assert_near(body->leading_pt, 12.4, 0);
    assert_near(body->arabic_size_pt, 10.9, 0);
    assert_near(body->arabic_leading_pt, 19.5, 0);
    assert_string_equal(body->arabic_family, "Noto Nastaliq Urdu");
    assert_near(theme->text[TEXT_HEADLINE].size_pt, 23, 0);
    assert_int_equal(theme->text[TEXT_HEADLINE].arabic_weight, 700);
    assert_false(theme->text[TEXT_HEADLINE].tabular);
    assert_true(theme->text[TEXT_TABLE_CELL].tabular);
    assert_near(theme->colour[COLOUR_ATTACK].red, 0xC2 / 255.0, 1e-12);
    assert_near(theme->categorical[0].red, 0xC2 / 255.0, 1e-12);
    assert_near(theme->categorical[6].blue, 0xEE / 255.0, 1e-12);
    assert_near(theme->length[LENGTH_MARGIN_SIDE], 42.5, 0);
    assert_slice(theme->name, "Strategic");
    assert_true(theme->has_cover_band);
}

static void no_text_is_smaller_than_the_minimum(void **state)
{
    const struct theme *theme = ((struct fixture *)*state)->strategic;
    for (size_t i = 0; i < TEXT_ROLE_COUNT; i++) {
        assert_true(theme->text[i].size_pt >= 6.6);
        assert_true(theme->text[i].arabic_size_pt >= 8);
    }
}

static double linear(double part)
{
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

/* WCAG 2.1, relative luminance. */
static double luminance(struct colour c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

static double contrast(struct colour a, struct colour b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void all_text_stands_out_from_what_it_is_printed_on(void **state)
{
    const struct theme *theme = ((struct fixture *)*state)->strategic;
    for (size_t i = 0; i < TEXT_ROLE_COUNT; i++) {
        bool on_band = i == TEXT_MASTHEAD || i == TEXT_ISSUE_LINE ||
                       i == TEXT_BAND_NOTE || i == TEXT_BAND_SMALL;
        struct colour ground = theme->colour[on_band ? COLOUR_BAND : COLOUR_PAPER];
        assert_true(contrast(theme->text[i].colour, ground) >= 4.5);
    }
}

static void a_theme_changes_only_what_it_names(void **state)
{
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_true(parse(fixture,
                      "name: Paper\nextends: strategic\njustified: yes\n"
                      "lengths: {gutter: 14}\n"
                      "text:\n  body: {size: 9}\n",
                      &theme));
    assert_slice(theme->name, "Paper");
    assert_true(theme->justified);
    assert_near(theme->length[LENGTH_GUTTER], 14, 0);
    assert_near(theme->length[LENGTH_ROW_GAP], 15, 0);
    assert_near(theme->text[TEXT_BODY].size_pt, 9, 0);
    assert_near(theme->text[TEXT_BODY].leading_pt, 12.4, 0);
    assert_near(theme->text[TEXT_BODY].arabic_size_pt, 10.9, 0);
    assert_near(fixture->strategic->text[TEXT_BODY].size_pt, 8.5, 0);
}

static void a_new_ink_reaches_all_text_that_was_named_by_it(void **state)
{
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_true(parse(fixture, "colours: {ink: \"#FF0000\"}\n", &theme));
    assert_near(theme->text[TEXT_BODY].colour.red, 1, 0);
    assert_near(theme->text[TEXT_BODY].colour.green, 0, 0);
    assert_near(theme->text[TEXT_ISSUE_LINE].colour.red, 0xB5 / 255.0, 1e-12);
}

static void a_type_scale_enlarges_type_but_no_lengths(void **state)
{
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_true(parse(fixture, "type scale: 2\ntext: {label: {size: 9}}\n", &theme));
    assert_near(theme->text[TEXT_BODY].size_pt, 17, 0);
    assert_near(theme->text[TEXT_BODY].arabic_leading_pt, 39, 0);
    assert_near(theme->text[TEXT_LABEL].size_pt, 9, 0);
    assert_near(theme->length[LENGTH_GUTTER], 12, 0);
}

static void an_unknown_key_is_an_error_with_the_nearest(void **state)
{
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_false(parse(fixture, "text:\n  boddy: {size: 9}\n", &theme));
    assert_null(theme);
    assert_first_error(fixture, "F201", 2, "\"boddy\"");
    assert_string_equal(diags_at(fixture->diags, 0)->hint, "did you mean \"body\"?");
}

static void a_theme_has_its_house_s_projection(void **state)
{
    static const char *const wrong[] = {
        "mercator",          "albers 26 35",     "albers 26 35 69.5 1",
        "albers 35 26 69.5", "albers 26 35 190", "[albers, 26, 35, 69.5]"};
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_true(fixture->strategic->has_albers);
    assert_near(fixture->strategic->albers[2], 69.5, 0);
    assert_true(parse(fixture, "projection: albers 31 37 68\n", &theme));
    assert_near(theme->albers[0], 31, 0);
    assert_true(parse(fixture, "projection: by the land\n", &theme));
    assert_false(theme->has_albers);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fixture->diags = diags_new(fixture->arena);
        assert_false(parse(fixture,
                           arena_print(fixture->arena, "projection: %s\n", wrong[i]),
                           &theme));
        assert_first_error(fixture, "F202", 1, "expected albers with two parallels");
    }
}

static void each_wrong_value_is_reported_where_it_stands(void **state)
{
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_false(parse(fixture,
                       "justified: perhaps\n"
                       "colours: {ink: black}\n"
                       "text:\n"
                       "  body: {size: -3, weight: bold, colour: inc}\n"
                       "categorical: [ink]\n"
                       "lengths: 3\n",
                       &theme));
    assert_first_error(fixture, "F202", 1, "expected yes or no");
    assert_int_equal(diags_count(fixture->diags, SEVERITY_ERROR), 7);
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(diags_at(fixture->diags, i)->code, "F202");
}

static void without_a_base_everything_missing_is_named(void **state)
{
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_false(theme_parse(slice_of("name: Bare\n"), "t.yaml", NULL, fixture->arena,
                             &theme, fixture->diags));
    size_t wanted = 2 + COLOUR_ROLE_COUNT + 3 + TEXT_ROLE_COUNT;
    assert_int_equal(diags_count(fixture->diags, SEVERITY_ERROR), wanted);
}

static void broken_yaml_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct theme *theme;
    assert_false(parse(fixture, "text: [\n", &theme));
    assert_true(diags_count(fixture->diags, SEVERITY_ERROR) > 0);
    assert_true(parse(fixture, "", &theme));
    assert_false(parse(fixture, "- a\n- b\n", &theme));
    assert_false(parse(fixture, "text: {body: 3}\n", &theme));
    assert_false(parse(fixture, "colours: {ink: [a, b]}\n", &theme));
}

static void extends_is_read_without_a_base(void **state)
{
    struct fixture *fixture = *state;
    assert_slice(theme_extends(slice_of("extends: strategic\nnonsense: 1\n"), "t.yaml",
                               fixture->arena),
                 "strategic");
    assert_int_equal(theme_extends(slice_of("a: 1\n"), "t.yaml", fixture->arena).size,
                     0);
    assert_int_equal(theme_extends(slice_of("[\n"), "t.yaml", fixture->arena).size, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(strategic_has_the_values_of_the_house_style),
        TEST(no_text_is_smaller_than_the_minimum),
        TEST(all_text_stands_out_from_what_it_is_printed_on),
        TEST(a_theme_changes_only_what_it_names),
        TEST(a_new_ink_reaches_all_text_that_was_named_by_it),
        TEST(a_type_scale_enlarges_type_but_no_lengths),
        TEST(an_unknown_key_is_an_error_with_the_nearest),
        TEST(a_theme_has_its_house_s_projection),
        TEST(each_wrong_value_is_reported_where_it_stands),
        TEST(without_a_base_everything_missing_is_named),
        TEST(broken_yaml_is_refused),
        TEST(extends_is_read_without_a_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

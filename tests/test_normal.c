/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The normal form of values and conditions: one for all that say the same, the same
 * again when it is made again, and never another meaning. */
#include "fixture.h"
#include "support.h"

#include "template/normal.h"

#include <string.h>

static void assert_normal(const char *typed, const char *want)
{
    struct slice got = value_normal_form(slice_of(typed), arena);
    if (!slice_is(got, want))
        print_error("\"%s\" became \"%.*s\", not \"%s\"\n", typed, SLICE_PRINT(got),
                    want);
    assert_true(slice_is(got, want));
    assert_slice(value_normal_form(got, arena), want);
}

static void signs_and_words_of_conditions_have_a_space_at_both_sides(void **state)
{
    (void)state;
    assert_normal("if attacks>3", "if attacks > 3");
    assert_normal("if attacks  >=3 and  killed<1,000",
                  "if attacks >= 3 and killed < 1,000");
    assert_normal("if( attacks=3 )or( not killed is  not 2 )",
                  "if (attacks = 3) or (not killed is not 2)");
    assert_normal("if not(attacks>3)", "if not (attacks > 3)");
    assert_normal("If per attack is known", "if per attack is known");
    assert_normal("if attacks|change(\"previous week\")is unknown",
                  "if attacks | change(\"previous week\") is unknown");
}

static void signs_that_mean_the_same_are_written_as_one(void **state)
{
    (void)state;
    assert_normal("if a\xE2\x89\xA4"
                  "3",
                  "if a <= 3");
    assert_normal("if a\xE2\x89\xA5"
                  "3 and b<>2",
                  "if a >= 3 and b != 2");
    assert_normal("if a==3", "if a = 3");
    assert_normal("elif a>3", "else if a > 3");
    assert_normal("else   if a>3", "else if a > 3");
    assert_normal("ELSE", "else");
    assert_normal("endif", "end");
    assert_normal("end if", "end");
}

static void filters_and_arguments_have_one_space_between(void **state)
{
    (void)state;
    assert_normal("attacks|number", "attacks | number");
    assert_normal(" attacks  |  count (  \"attack\" ,\"attacks\"  )",
                  "attacks | count(\"attack\", \"attacks\")");
    assert_normal("attacks|say(rose:\"up\",fell:  \"down\")",
                  "attacks | say(rose: \"up\", fell: \"down\")");
    assert_normal("attacks|top(\"district\",3)|x",
                  "attacks | top(\"district\", 3) | x");
    assert_normal("attacks|count(\"a\"\xD8\x8C\"b\")", "attacks | count(\"a\", \"b\")");
    assert_normal("attacks\\|number", "attacks \\| number");
}

static void names_and_quoted_texts_stay_as_they_are(void **state)
{
    (void)state;
    assert_normal("killed (a,b)|number", "killed (a,b) | number");
    assert_normal("a|say(rose: \"x|y ,  (z)>3\")", "a | say(rose: \"x|y ,  (z)>3\")");
    assert_normal("if a is \"x>3  and y\"", "if a is \"x>3  and y\"");
    assert_normal("a|say(rose: 'it's  a>b')", "a | say(rose: 'it's  a>b')");
    assert_normal("a|say(\"not closed  ,)", "a|say(\"not closed  ,)");
    assert_normal("if a >", "if a >");
}

/* -- Anything ----------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static const char *const pieces[] = {"attacks",
                                     "per attack",
                                     "a (b)",
                                     "3",
                                     "1,000",
                                     "40%",
                                     "\"x , y>3\"",
                                     "'p|q'",
                                     "\"( and \"",
                                     "|",
                                     "|",
                                     "(",
                                     ")",
                                     "(",
                                     ")",
                                     ",",
                                     ":",
                                     ">",
                                     ">=",
                                     "<",
                                     "=",
                                     "==",
                                     "!=",
                                     "<>",
                                     " and ",
                                     " or ",
                                     " not ",
                                     " is ",
                                     " known",
                                     " is not ",
                                     " ",
                                     "  ",
                                     "\t",
                                     "rose:",
                                     "count(\"a\")",
                                     "number",
                                     "\xD8\x8C",
                                     "\xE2\x89\xA4",
                                     "say(rose: \"a\", b)",
                                     "top(\"x\",3)",
                                     "\\|",
                                     "\"",
                                     "\xE2\x80\x9C",
                                     "\xE2\x80\x9D",
                                     "2026-11-01",
                                     "=",
                                     "is",
                                     "and"};

static struct slice random_value(uint32_t *seed)
{
    struct text text = {.arena = arena};
    size_t count = 1 + next_random(seed) % 12;
    for (size_t i = 0; i < count; i++)
        text_append_string(
            &text, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
    return text_slice(&text);
}

/* Sentences of the grammar, loosely spaced. */
static void add_space(struct text *text, uint32_t *seed, bool must)
{
    static const char *const spaces[] = {"", " ", "  ", "\t "};
    text_append_string(text, spaces[must + next_random(seed) % (4U - must)]);
}

static void add_value(struct text *text, uint32_t *seed)
{
    static const char *const names[] = {"attacks", "per attack", "killed.previous",
                                        "women's", "a-b"};
    static const char *const filters[] = {"number", "count(\"a , b\")", "say ( x:'y' )",
                                          "top(\"p>q\"  ,2)",
                                          "change( previous week )"};
    text_append_string(text, names[next_random(seed) % 5]);
    for (size_t i = next_random(seed) % 3; i > 0; i--) {
        add_space(text, seed, false);
        text_append_string(text, "|");
        add_space(text, seed, false);
        text_append_string(text, filters[next_random(seed) % 5]);
    }
}

static void add_condition(struct text *text, uint32_t *seed, int depth)
{
    static const char *const signs[] = {">", ">=", "<", "=", "==", "!=", "<>", "<="};
    uint32_t kind = next_random(seed) % (depth > 0 ? 6 : 3);
    if (kind == 3) {
        text_append_string(text, "not");
        add_space(text, seed, true);
        add_condition(text, seed, 0);
    } else if (kind > 3) {
        text_append_string(text, "(");
        add_space(text, seed, false);
        add_condition(text, seed, depth - 1);
        add_space(text, seed, false);
        text_append_string(text, ")");
        add_space(text, seed, false);
        text_append_string(text, kind == 4 ? "and" : "or");
        add_space(text, seed, true);
        add_condition(text, seed, 0);
    } else {
        add_value(text, seed);
        bool is_word = kind == 2;
        add_space(text, seed, is_word);
        text_append_string(text, is_word ? "is" : signs[next_random(seed) % 8]);
        add_space(text, seed, is_word);
        text_append_string(text, is_word ? "known" : "1,000");
    }
}

static void check_form(struct slice typed, bool is_condition)
{
    struct slice form = value_normal_form(typed, arena);
    struct slice again = value_normal_form(form, arena);
    if (!slice_equal(form, again))
        print_error("\"%.*s\" became \"%.*s\", then \"%.*s\"\n", SLICE_PRINT(typed),
                    SLICE_PRINT(form), SLICE_PRINT(again));
    assert_true(slice_equal(form, again));
    size_t word = is_condition ? 3 : 0;
    typed = slice_from(typed, word);
    form = slice_from(form, word);
    if (!value_is_same(typed, typed, is_condition, arena))
        return; /* it can't be read */
    if (!value_is_same(typed, form, is_condition, arena))
        print_error("\"%.*s\" became \"%.*s\"\n", SLICE_PRINT(typed),
                    SLICE_PRINT(form));
    assert_true(value_is_same(typed, form, is_condition, arena));
}

static struct slice as_condition(struct slice text)
{
    return slice_of(arena_print(arena, "if %.*s", SLICE_PRINT(text)));
}

static void any_bytes_keep_their_meaning_and_have_one_form(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        struct slice typed = slice_trim(random_value(&seed));
        check_form(as_condition(typed), true);
        uint64_t is_word = slice_starts_with(typed, "if") ||
                           slice_starts_with(typed, "end") ||
                           slice_starts_with(typed, "el");
        if (!is_word)
            check_form(typed, false);
    }
}

/* However it is spaced, all of a condition but its names and quoted texts has one form. */
static void sentences_of_the_grammar_are_read_and_put_in_order(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int i = 0; i < 5000; i++) {
        struct text text = {.arena = arena};
        add_condition(&text, &seed, 3);
        struct slice typed = text_slice(&text);
        assert_true(value_is_same(typed, typed, true, arena));
        struct slice form = value_normal_form(as_condition(typed), arena);
        check_form(as_condition(typed), true);
        assert_null(memchr(form.data, '\t', form.size));
        assert_null(memmem(form.data, form.size, "<>", 2));
        assert_null(memmem(form.data, form.size, "( ", 2));
        const char *sign = memmem(form.data, form.size, "1,000", 5);
        assert_true(!sign || sign[-1] == ' ');
    }
}

#define NORMAL_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        NORMAL_TEST(signs_and_words_of_conditions_have_a_space_at_both_sides),
        NORMAL_TEST(signs_that_mean_the_same_are_written_as_one),
        NORMAL_TEST(filters_and_arguments_have_one_space_between),
        NORMAL_TEST(names_and_quoted_texts_stay_as_they_are),
        NORMAL_TEST(any_bytes_keep_their_meaning_and_have_one_form),
        NORMAL_TEST(sentences_of_the_grammar_are_read_and_put_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

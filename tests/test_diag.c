/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

static struct slice printed(const struct diag *diag)
{
    struct text out = {.arena = arena};
    diag_print(diags, diag, &out);
    return text_slice(&out);
}

static void a_diagnostic_shows_its_line_caret_and_hint(void **state)
{
    (void)state;
    static const struct slice names[] = {{"attacks", 7}, {"killed", 6}};
    diags_add_source(diags, "weekly.md",
                     slice_of("title: x\r\nshow: kiled, attacks\r\n"));
    struct diag *diag = diags_error(diags, (struct place){"weekly.md", 2, 7}, "M104",
                                    "unknown measure \"%s\"", "kiled");
    diag->width = 5;
    diag_suggest(diags, diag, slice_of("kiled"), names, 2);
    assert_slice(printed(diag),
                 "weekly.md:2:7: error[M104]: unknown measure \"kiled\"\n"
                 "    2 | show: kiled, attacks\n"
                 "      |       ^^^^^ did you mean \"killed\"?\n");
}

static void a_repeated_warning_stays_a_warning(void **state)
{
    (void)state;
    struct diags *others = diags_new(arena);
    struct diag *diag =
        diags_warn(others, (struct place){"w.md", 2, 0}, "L208", "too long");
    diag_hint(others, diag, "shorten it");
    diags_repeat(diags, diag);
    diags_repeat(diags, diag);
    assert_int_equal(diags_total(diags), 1);
    assert_int_equal(diags_count(diags, SEVERITY_WARNING), 1);
    assert_slice(printed(diags_at(diags, 0)),
                 "w.md:2: warning[L208]: too long\n      = shorten it\n");
}

static void a_part_says_what_includes_it_also_in_a_circle(void **state)
{
    (void)state;
    static const char *const files[] = {"w.md", "parts/a.md", "parts/b.md"};
    for (int i = 0; i < 3; i++)
        diags_add_source(diags, files[i], slice_of("text"));
    diags_add_include(diags, "parts/a.md", (struct place){"w.md", 9, 5});
    diags_add_include(diags, "parts/a.md", (struct place){"w.md", 9, 5});
    diags_add_include(diags, "parts/b.md", (struct place){"parts/a.md", 3, 5});
    struct diag *diag =
        diags_error(diags, (struct place){"parts/b.md", 1, 1}, "M1", "no");
    assert_slice(printed(diag), "parts/b.md:1:1: error[M1]: no\n    1 | text\n"
                                "      | ^\n"
                                "      = included from parts/a.md:3, w.md:9\n");
    diags_add_include(diags, "parts/a.md", (struct place){"w.md", 12, 5});
    diag = diags_error(diags, (struct place){"parts/a.md", 0, 0}, "M1", "no");
    assert_slice(printed(diag), "parts/a.md: error[M1]: no\n"
                                "      = included from w.md:9 and w.md:12\n");
    diags_add_include(diags, "w.md", (struct place){"parts/b.md", 1, 5});
    assert_true(printed(diag).size < 500);
}

static void lines_end_as_in_any_text_file(void **state)
{
    (void)state;
    static const char *const sources[] = {"a\n\nxyz\n", "a\r\n\r\nxyz\r\n",
                                          "a\r\rxyz\r",
                                          "\xEF\xBB\xBF"
                                          "a\n\rxyz"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const char *file = arena_print(arena, "%zu", i);
        diags_add_source(diags, file, slice_of(sources[i]));
        struct diag *diag = diags_error(diags, (struct place){file, 3, 1}, "M1", "no");
        assert_slice(printed(diag), arena_print(arena,
                                                "%zu:3:1: error[M1]: no\n"
                                                "    3 | xyz\n      | ^\n",
                                                i));
    }
    diags_add_source(diags, "bom", slice_of("\xEF\xBB\xBFtitle"));
    struct diag *diag = diags_error(diags, (struct place){"bom", 1, 1}, "M1", "no");
    assert_slice(printed(diag), "bom:1:1: error[M1]: no\n    1 | title\n      | ^\n");
}

static void without_a_source_line_the_hint_stands_alone(void **state)
{
    (void)state;
    struct diag *diag =
        diags_warn(diags, (struct place){"a.csv", 7, 0}, "D012", "blank");
    diag_hint(diags, diag, "fill it in");
    assert_slice(printed(diag), "a.csv:7: warning[D012]: blank\n      = fill it in\n");
    diag = diags_note(diags, (struct place){0}, "I001", "100 %% done");
    assert_slice(printed(diag), "note[I001]: 100 % done\n");
    diag_hint(diags, NULL, "no diagnostic, no hint");
}

static void far_words_get_the_list_when_it_is_short(void **state)
{
    (void)state;
    struct slice names[13];
    for (size_t i = 0; i < 13; i++)
        names[i] = slice_of("line");
    names[1] = slice_of("bars");
    struct diag *diag = diags_error(diags, (struct place){0}, "M200", "unknown chart");
    diag_suggest(diags, diag, slice_of("pie"), names, 13);
    assert_null(diag->hint);
    diag_suggest(diags, diag, slice_of("pie"), names, 2);
    assert_string_equal(diag->hint, "there are: line, bars");
    diag_suggest(diags, diag, slice_of("pie"), names, 1);
    assert_string_equal(diag->hint, "there is only: line");
}

static void the_caret_stands_under_wide_and_combining_letters(void **state)
{
    (void)state;
    /* a, a mark above it, a wide ideograph, then the word at fault */
    diags_add_source(diags, "x", slice_of("a\xCC\x84\xE4\xB8\xAD\tbad"));
    struct diag *diag = diags_error(diags, (struct place){"x", 1, 5}, "M1", "no");
    diag->width = 3;
    assert_slice(printed(diag), "x:1:5: error[M1]: no\n"
                                "    1 | a\xCC\x84\xE4\xB8\xAD bad\n"
                                "      |     ^^^\n");
}

static void a_caret_past_the_end_of_the_line_is_one_wide(void **state)
{
    (void)state;
    diags_add_source(diags, "x", slice_of("ab"));
    struct diag *diag = diags_error(diags, (struct place){"x", 1, 3}, "M1", "no");
    diag->width = 1000000;
    assert_slice(printed(diag), "x:1:3: error[M1]: no\n    1 | ab\n      |   ^\n");
}

static void a_long_line_is_cut_around_the_caret(void **state)
{
    (void)state;
    char *line = arena_alloc(arena, 100001);
    memset(line, '.', 100000);
    memcpy(line + 50000, "bad", 3);
    diags_add_source(diags, "x", slice_of(line));
    struct diag *diag = diags_error(diags, (struct place){"x", 1, 50001}, "M1", "no");
    diag->width = 3;
    struct slice text = printed(diag), row;
    assert_true(text.size < 600);
    assert_true(slice_cut(&text, '\n', &row));
    assert_true(slice_cut(&text, '\n', &row));
    const char *word = memmem(row.data, row.size, "bad", 3);
    assert_non_null(word);
    /* The ellipsis takes three bytes and one column. */
    ptrdiff_t column = word - row.data - 2;
    assert_true(slice_cut(&text, '\n', &row));
    assert_int_equal((const char *)memchr(row.data, '^', row.size) - row.data, column);
}

static void words_from_files_cannot_upset_a_terminal(void **state)
{
    (void)state;
    diags_add_source(diags, "x", slice_of("\x1B[31m\xFF"));
    struct diag *diag = diags_error(diags, (struct place){"x", 1, 1}, "M1",
                                    "bad \"\x1B]0;\a\n\xFF\xE2\x80\xAE\"");
    assert_slice(printed(diag),
                 "x:1:1: error[M1]: bad \"\\x1b]0;\\x07\\n\\xff\\u202e\"\n"
                 "    1 | \xEF\xBF\xBD[31m\xEF\xBF\xBD\n"
                 "      | ^\n");
}

static void the_same_code_at_the_same_place_is_kept_once(void **state)
{
    (void)state;
    struct place at = {"x", 3, 4};
    struct diag *first = diags_error(diags, at, "M1", "one");
    diag_hint(diags, first, "the cure of one");
    diag_hint(diags, diags_error(diags, at, "M1", "two"), "the cure of two");
    assert_string_equal(first->message, "one");
    assert_string_equal(first->hint, "the cure of one");
    diags_error(diags, at, "M2", "another code");
    diags_error(diags, (struct place){"y", 3, 4}, "M1", "another file");
    assert_int_equal(diags_total(diags), 3);
    /* Two fields of one row, no column known: the words tell them apart. */
    diags_error(diags, (struct place){"x", 9, 0}, "D1", "\"killed\" is blank");
    diags_error(diags, (struct place){"x", 9, 0}, "D1", "\"injured\" is blank");
    diags_error(diags, (struct place){"x", 9, 0}, "D1", "\"injured\" is blank");
    assert_int_equal(diags_total(diags), 5);
}

static void a_hundred_thousand_diagnostics_are_counted(void **state)
{
    (void)state;
    for (int i = 0; i < 100000; i++) {
        diags_warn(diags, (struct place){"x", i + 1, 1}, "D1", "row");
        diags_warn(diags, (struct place){"x", i + 1, 1}, "D1", "row");
    }
    assert_int_equal(diags_count(diags, SEVERITY_WARNING), 100000);
    assert_int_equal(diags_count(diags, SEVERITY_ERROR), 0);
    assert_int_equal(diags_at(diags, 99999)->at.line, 100000);
    assert_null(diags_at(diags, 100000));
}

static void truncating_forgets_what_came_later(void **state)
{
    (void)state;
    diags_error(diags, (struct place){"x", 1, 1}, "M1", "kept");
    diags_warn(diags, (struct place){"x", 2, 1}, "M1", "forgotten");
    diags_truncate(diags, 1);
    diags_truncate(diags, 5);
    assert_int_equal(diags_total(diags), 1);
    assert_int_equal(diags_count(diags, SEVERITY_WARNING), 0);
    diags_warn(diags, (struct place){"x", 2, 1}, "M1", "said again");
    diags_error(diags, (struct place){"x", 1, 1}, "M1", "kept");
    assert_int_equal(diags_total(diags), 2);
    assert_string_equal(diags_at(diags, 1)->message, "said again");
}

static void a_source_can_be_replaced(void **state)
{
    (void)state;
    diags_add_source(diags, "x", slice_of("old"));
    diags_add_source(diags, "x", slice_of("new"));
    struct diag *diag = diags_error(diags, (struct place){"x", 1, 1}, "M1", "no");
    assert_slice(printed(diag), "x:1:1: error[M1]: no\n    1 | new\n      | ^\n");
    diag = diags_error(diags, (struct place){"x", 5, 1}, "M1", "past the end");
    assert_slice(printed(diag), "x:5:1: error[M1]: past the end\n");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_diagnostic_shows_its_line_caret_and_hint),
        TEST(a_repeated_warning_stays_a_warning),
        TEST(a_part_says_what_includes_it_also_in_a_circle),
        TEST(lines_end_as_in_any_text_file),
        TEST(without_a_source_line_the_hint_stands_alone),
        TEST(far_words_get_the_list_when_it_is_short),
        TEST(the_caret_stands_under_wide_and_combining_letters),
        TEST(a_caret_past_the_end_of_the_line_is_one_wide),
        TEST(a_long_line_is_cut_around_the_caret),
        TEST(words_from_files_cannot_upset_a_terminal),
        TEST(the_same_code_at_the_same_place_is_kept_once),
        TEST(a_hundred_thousand_diagnostics_are_counted),
        TEST(truncating_forgets_what_came_later),
        TEST(a_source_can_be_replaced),
    };
    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}

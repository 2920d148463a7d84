/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Encodings: marks, declared names, and bytes that don't fit. */
#include "fixture.h"

#include "data/encoding.h"

#include <stdlib.h>

static bool decode(void **state, struct slice source, const char *declared,
                   struct slice *out)
{
    (void)state;
    return encoding_read(source, declared, "x.csv", NULL, arena, out, diags);
}

static const struct diag *first(void **state)
{
    (void)state;
    assert_int_equal(diags_total(diags), 1);
    return diags_at(diags, 0);
}

static void utf8_is_borrowed(void **state)
{
    struct slice source = SLICE_LITERAL("Gauß, دھماکہ\n"), out;
    assert_true(decode(state, source, NULL, &out));
    assert_ptr_equal(out.data, source.data);
    assert_int_equal(out.size, source.size);
    assert_true(decode(state, (struct slice){0}, NULL, &out));
    assert_int_equal(out.size, 0);
}

static void a_mark_is_dropped_and_decides(void **state)
{
    struct slice out;
    assert_true(decode(state,
                       SLICE_LITERAL("\xEF\xBB\xBF"
                                     "é"),
                       NULL, &out));
    assert_slice(out, "é");
    assert_true(decode(state,
                       SLICE_LITERAL("\xEF\xBB\xBF"
                                     "é"),
                       "windows-1252", &out));
    assert_slice(out, "é");
    assert_true(decode(state,
                       SLICE_LITERAL("\xFF\xFE"
                                     "a\0\xE9\0"),
                       NULL, &out));
    assert_slice(out, "aé");
    assert_true(decode(state,
                       SLICE_LITERAL("\xFE\xFF"
                                     "\0a\0\xE9"),
                       NULL, &out));
    assert_slice(out, "aé");
    assert_true(decode(state,
                       SLICE_LITERAL("\xFF\xFE\0\0"
                                     "a\0\0\0\x26\xF9\x01\0"),
                       NULL, &out));
    assert_slice(out, "a🤦");
    assert_true(decode(state,
                       SLICE_LITERAL("\0\0\xFE\xFF"
                                     "\0\0\0a"),
                       NULL, &out));
    assert_slice(out, "a");
}

static void declared_names_are_iconvs(void **state)
{
    struct slice out;
    assert_true(decode(state, SLICE_LITERAL("\x93q\x94 \x80"), "windows-1252", &out));
    assert_slice(out, "“q” €");
    assert_true(decode(state, SLICE_LITERAL("\xE9"), "ISO-8859-1", &out));
    assert_slice(out, "é");
    assert_true(decode(state, SLICE_LITERAL("\xC7"), "windows-1256", &out));
    assert_slice(out, "ا");
    assert_true(decode(state, SLICE_LITERAL("\x82\xA0"), "Shift_JIS", &out));
    assert_slice(out, "あ");
    assert_true(decode(state, SLICE_LITERAL("a\0b\0"), "utf-16le", &out));
    assert_slice(out, "ab");
    assert_true(decode(state, SLICE_LITERAL("é"), "UTF-8", &out));
    assert_slice(out, "é");
}

static void long_texts_are_converted_whole(void **state)
{
    (void)state;
    enum { SIZE = 100000 };
    char *bytes = arena_alloc(arena, SIZE);
    struct slice out;
    memset(bytes, '\xE9', SIZE);
    assert_true(decode(state, (struct slice){bytes, SIZE}, "latin1", &out));
    assert_int_equal(out.size, 2 * SIZE);
    assert_true(utf8_is_valid(out, NULL));
}

static void undeclared_bytes_name_their_place_and_a_cure(void **state)
{
    struct slice out;
    assert_false(decode(state, SLICE_LITERAL("a,b\nné,\x93x\n"), NULL, &out));
    assert_string_equal(first(state)->code, "D101");
    assert_int_equal(first(state)->at.line, 2);
    assert_int_equal(first(state)->at.column, 4);
    assert_non_null(strstr(first(state)->message, "0x93"));
    assert_non_null(strstr(first(state)->hint, "--encoding windows-1252"));
}

static void bytes_that_a_declared_encoding_lacks_are_errors(void **state)
{
    struct slice out;
    assert_false(decode(state, SLICE_LITERAL("a\nbc\x81"), "windows-1252", &out));
    assert_string_equal(first(state)->code, "D101");
    assert_int_equal(first(state)->at.line, 2);
    assert_int_equal(first(state)->at.column, 3);
}

static void a_text_cut_within_a_character_is_an_error(void **state)
{
    struct slice out;
    assert_false(decode(state, SLICE_LITERAL("a\0b"), "utf-16le", &out));
    assert_string_equal(first(state)->code, "D101");
}

static void utf8_that_was_declared_is_checked(void **state)
{
    struct slice out;
    assert_false(decode(state,
                        SLICE_LITERAL("\xEF\xBB\xBF"
                                      "a\xFF"),
                        NULL, &out));
    assert_string_equal(first(state)->code, "D101");
    assert_int_equal(first(state)->at.column, 2);
}

static void unknown_names_are_errors_with_the_nearest(void **state)
{
    struct slice out;
    assert_false(decode(state, SLICE_LITERAL("a"), "windows-1225", &out));
    assert_string_equal(first(state)->code, "D102");
    assert_non_null(strstr(first(state)->hint, "windows-125"));
}

static void a_name_cant_ask_to_drop_characters(void **state)
{
    struct slice out;
    assert_false(decode(state, SLICE_LITERAL("a\xFF"), "utf-8//IGNORE", &out));
    assert_string_equal(first(state)->code, "D102");
}

static void utf8_read_as_another_encoding_is_warned_of(void **state)
{
    struct slice out;
    assert_true(decode(state, SLICE_LITERAL("plain"), "windows-1252", &out));
    assert_true(decode(state, SLICE_LITERAL("caf\xE9"), "windows-1252", &out));
    assert_true(decode(state, SLICE_LITERAL("caf\xC3\xA9"), "windows-1252", &out));
    assert_string_equal(first(state)->code, "D104");
    assert_int_equal(first(state)->severity, SEVERITY_WARNING);
}

static void a_usual_encoding_yields_to_what_the_bytes_say(void **state)
{
    (void)state;
    const char *usual = "windows-1252";
    assert_ptr_equal(encoding_expect(SLICE_LITERAL("plain"), usual), usual);
    assert_ptr_equal(encoding_expect(SLICE_LITERAL("caf\xE9"), usual), usual);
    assert_null(encoding_expect(SLICE_LITERAL("café"), usual));
    assert_null(encoding_expect(SLICE_LITERAL("\xFF\xFE"
                                              "a\0"),
                                usual));
}

/* Long files are looked at stride by stride. */
static void a_character_may_lie_across_two_strides(void **state)
{
    const size_t size = (size_t)FILE_STRIDE * 2 + 5;
    char *bytes = arena_alloc(arena, size);
    struct slice source = {bytes, size}, out;
    for (size_t lead = 1; lead <= 3; lead++) {
        memset(bytes, 'a', size);
        memcpy(bytes + FILE_STRIDE - lead, "\xF0\x9F\x8C\x99", 4); /* a moon */
        assert_true(decode(state, source, NULL, &out));
        assert_ptr_equal(out.data, source.data);
    }
    assert_int_equal(diags_total(diags), 0);
}

static void a_bad_byte_far_down_has_its_place(void **state)
{
    const size_t size = (size_t)FILE_STRIDE * 2 + 5;
    char *bytes = arena_alloc(arena, size);
    struct slice source = {bytes, size}, out;
    memset(bytes, 'a', size);
    bytes[FILE_STRIDE - 10] = '\n';
    bytes[FILE_STRIDE] = '\x80'; /* begins a stride, but no character */
    assert_false(decode(state, source, NULL, &out));
    assert_int_equal(first(state)->at.line, 2);
    assert_int_equal(first(state)->at.column, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(utf8_is_borrowed),
        TEST(a_character_may_lie_across_two_strides),
        TEST(a_bad_byte_far_down_has_its_place),
        TEST(a_mark_is_dropped_and_decides),
        TEST(declared_names_are_iconvs),
        TEST(long_texts_are_converted_whole),
        TEST(undeclared_bytes_name_their_place_and_a_cure),
        TEST(bytes_that_a_declared_encoding_lacks_are_errors),
        TEST(a_text_cut_within_a_character_is_an_error),
        TEST(utf8_that_was_declared_is_checked),
        TEST(unknown_names_are_errors_with_the_nearest),
        TEST(a_name_cant_ask_to_drop_characters),
        TEST(utf8_read_as_another_encoding_is_warned_of),
        TEST(a_usual_encoding_yields_to_what_the_bytes_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

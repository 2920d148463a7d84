/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include <stdlib.h>

#include <float.h>

static int new_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

/* Slices */

static void trimming_drops_white_space_and_no_break_spaces(void **state)
{
    (void)state;
    assert_slice(slice_trim(slice_of("\xC2\xA0 \t killed \r\n\xC2\xA0")), "killed");
    assert_slice(slice_trim(slice_of(" \t ")), "");
    assert_slice(slice_trim(slice_of("\xC2")), "\xC2");
    assert_slice(slice_trim((struct slice){0}), "");
}

static void comparing_goes_by_bytes_then_length(void **state)
{
    (void)state;
    assert_true(slice_compare(slice_of("ab"), slice_of("abc")) < 0);
    assert_true(slice_compare(slice_of("b"), slice_of("abc")) > 0);
    assert_true(slice_compare(slice_of("\xFF"), slice_of("a")) > 0);
    assert_int_equal(slice_compare((struct slice){0}, slice_of("")), 0);
}

static void cutting_gives_each_part_and_no_empty_last_one(void **state)
{
    (void)state;
    struct slice rest = slice_of("a,,b,"), part;
    assert_true(slice_cut(&rest, ',', &part));
    assert_slice(part, "a");
    assert_true(slice_cut(&rest, ',', &part));
    assert_slice(part, "");
    assert_true(slice_cut(&rest, ',', &part));
    assert_slice(part, "b");
    assert_false(slice_cut(&rest, ',', &part));
    rest = (struct slice){0};
    assert_false(slice_cut(&rest, ',', &part));
}

static void starting_past_the_end_gives_nothing(void **state)
{
    (void)state;
    assert_int_equal(slice_from(slice_of("abc"), 9).size, 0);
    assert_slice(slice_from(slice_of("abc"), 1), "bc");
}

static void the_hash_is_the_same_on_every_machine(void **state)
{
    (void)state;
    assert_true(slice_hash(slice_of("killed by year")) == 0x50ED1E12D6FE24D2u);
    assert_true(slice_hash(slice_of("")) == slice_hash((struct slice){0}));
    assert_true(slice_hash(slice_of("a")) != slice_hash((struct slice){"a\0", 2}));
}

/* Low bits choose the bucket: 4096 like names should fill a table of 4096 about as
 * well as chance does, which leaves 1/e of it empty. */
static void hashes_of_like_names_spread_in_their_low_bits(void **state)
{
    (void)state;
    enum { COUNT = 4096 };
    static unsigned char is_used[COUNT];
    char name[32];
    int empty = COUNT;
    memset(is_used, 0, sizeof is_used);
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "district %d", i);
        unsigned char *used = &is_used[slice_hash(slice_of(name)) % COUNT];
        empty -= !*used;
        *used = 1;
    }
    assert_in_range(empty, COUNT * 33 / 100, COUNT * 41 / 100);
}

/* Folding */

static void spellings_of_a_name_fold_to_one_key(void **state)
{
    static const char *const pair[][2] = {
        {"D.I Khan ", "d i khan"},
        {"d. i  khan", "d i khan"},
        {"D.I. Khan", "d i khan"},
        {"KHYBER-PAKHTUNKHWA", "khyber pakhtunkhwa"},
        {"__north_waziristan..", "north waziristan"},
        {"Dera Isma\xC4\xABl Kh\xC4\x81n", "dera ismail khan"}, /* composed */
        {"Kha\xCC\x84n", "khan"},                               /* decomposed */
        {"O\xE2\x80\x99Neill", "o neill"},
        {"\"O'Neill\"", "o neill"},
        {"Bath\xC2\xA0\xE2\x80\x93 Hill", "bath hill"},
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"\xC4\xB0zmir", "izmir"},  /* dotted capital I */
        {"so\xC2\xADnic", "sonic"}, /* soft hyphen */
        {"\xEF\xBB\xBF"
         "date",
         "date"},
        {"", ""},
        {" - ", ""},
        {"killed_min", "killed min"},
    };
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        assert_slice(slice_fold(*state, slice_of(pair[i][0])), pair[i][1]);
}

static void arabic_and_urdu_letters_meet(void **state)
{
    /* Karachi with Arabic kaf and yeh, and with Urdu ones. */
    struct slice arabic =
        slice_fold(*state, slice_of("\xD9\x83\xD8\xB1\xD8\xA7\xDA\x86\xD9\x8A"));
    struct slice urdu =
        slice_fold(*state, slice_of("\xDA\xA9\xD8\xB1\xD8\xA7\xDA\x86\xDB\x8C"));
    assert_true(arabic.size > 0);
    assert_true(slice_equal(arabic, urdu));
}

static void invalid_bytes_survive_folding(void **state)
{
    assert_slice(slice_fold(*state, slice_of("A\xFF \xC3")), "a\xFF \xC3");
}

static void folding_is_idempotent(void **state)
{
    static const char *const names[] = {
        "\xC7\x84", "\xEF\xB7\xBA", "\xCE\xA3\xCE\x91\xCE\xA3",
        "\xED\x95\x9C\xEA\xB5\xAD", "a\xCC\xB8.B-\xE2\x85\xA7"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct slice once = slice_fold(*state, slice_of(names[i]));
        assert_true(slice_equal(once, slice_fold(*state, once)));
    }
}

/* The nearest name */

static int nearest_in(const char *word)
{
    static const struct slice names[] = {
        {"killed", 6}, {"injured", 7}, {"per attack", 10}, {"lat", 3}, {"kp", 2}};
    return text_nearest(slice_of(word), names, sizeof names / sizeof *names);
}

static void the_nearest_name_is_two_edits_away_at_most(void **state)
{
    (void)state;
    assert_int_equal(nearest_in("kiled"), 0);
    assert_int_equal(nearest_in("Killed"), 0);
    assert_int_equal(nearest_in("kllied"), 0);
    assert_int_equal(nearest_in("injurd"), 1);
    assert_int_equal(nearest_in("per_atack"), 2);
    assert_int_equal(nearest_in("kilometre"), -1);
    assert_int_equal(nearest_in(""), -1);
}

static void short_words_need_a_nearer_match(void **state)
{
    (void)state;
    assert_int_equal(nearest_in("lon"), -1);
    assert_int_equal(nearest_in("lst"), 3);
    assert_int_equal(nearest_in("pk"), 4);
    assert_int_equal(nearest_in("k"), -1);
}

static void a_word_of_a_megabyte_is_near_nothing(void **state)
{
    char *word = arena_alloc(*state, 1 << 20);
    memset(word, 'k', (1 << 20) - 1);
    assert_int_equal(nearest_in(word), -1);
}

/* UTF-8 */

static void invalid_utf8_is_found_at_its_first_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"0123456789\xFF", 10},
        {"\xC0\x80", 0},         /* overlong */
        {"\xE0\x80\x80", 0},     /* overlong */
        {"a\xED\xA0\x80", 1},    /* a surrogate */
        {"\xF4\x90\x80\x80", 0}, /* past U+10FFFF */
        {"\xF0\x8F\xBF\xBF", 0}, /* overlong */
        {"\xC3", 0},             /* cut short */
        {"ab\xE2\x80", 2},       /* cut short */
        {"\x80", 0},             /* a continuation alone */
        {"\xC3\xA9\xC3\xA9 long ascii run here, then \xE9", 31},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = 999;
        assert_false(utf8_is_valid(slice_of(cases[i].text), &bad));
        assert_int_equal(bad, cases[i].bad);
    }
}

/* Every position of a bad byte against every length: the eight-byte steps must not
 * step over one. */
static void a_bad_byte_is_found_wherever_it_stands(void **state)
{
    (void)state;
    char text[100];
    for (size_t size = 1; size <= sizeof text; size++) {
        memset(text, 'a', sizeof text);
        assert_true(utf8_is_valid((struct slice){text, size}, NULL));
        for (size_t at = 0; at < size; at++) {
            size_t bad = 999;
            text[at] = '\xFF';
            assert_false(utf8_is_valid((struct slice){text, size}, &bad));
            assert_int_equal(bad, at);
            text[at] = 'a';
        }
    }
}

static void every_code_point_survives_encoding_and_decoding(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t size = utf8_encode(c, bytes);
        struct slice a = {bytes, size};
        size_t at = 0;
        uint32_t back = utf8_next(a, &at);
        bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
        assert_int_equal(back, is_surrogate ? 0xFFFD : c);
        assert_int_equal(at, size);
        assert_true(utf8_is_valid(a, NULL));
    }
}

static void lengths_count_code_points_and_bad_bytes(void **state)
{
    (void)state;
    assert_int_equal(utf8_length(slice_of("Kh\xC4\x81n")), 4);
    assert_int_equal(utf8_length(slice_of("\xF0\x9F\x98\x80 0123456789 0123456789")),
                     23);
    assert_int_equal(utf8_length(slice_of("\xFF\xFE")), 2);
    assert_int_equal(utf8_length(slice_of("")), 0);
}

/* Numbers */

static void numbers_as_people_type_them_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0},
        {"7299", 7299},
        {"007", 7},
        {"+5", 5},
        {"-5", -5},
        {"\xE2\x88\x92"
         "5.25",
         -5.25},
        {"1,234", 1234},
        {"12,34,567", 1234567},
        {"1,234,567.5", 1234567.5},
        {"1,23,45,678", 12345678},
        {"123,456", 123456},
        {"-.5", -0.5},
        {"-34.01513", -34.01513},
        {"999999999999999", 999999999999999.0},
        {"0.000000000000007", 7e-15},
        {".5", 0.5},
        {"5.", 5},
        {"1e3", 1000},
        {"1.5E-3", 0.0015},
        {"34.0151", 34.0151},
        {"0.1", 0.1},
        {"9007199254740993", 9007199254740992.0},
        {"123456789012345678", 123456789012345678.0},
        {"1e23", 1e23},
        {"8.41e21", 8.41e21},
        {"2.2250738585072011e-308", 2.2250738585072011e-308},
        {"1e-999", 0},
        {"17976931348623157000000e286", DBL_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double got = NAN;
        if (!number_parse(slice_of(cases[i].text), &got) || got != cases[i].value)
            fail_msg("\"%s\" reads as %.17g", cases[i].text, got);
    }
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"",
                                        "-.",
                                        "1..2",
                                        "-1-",
                                        "-",
                                        " 5",
                                        "5 ",
                                        "-",
                                        "+",
                                        ".",
                                        ",",
                                        "e5",
                                        "5e",
                                        "5e+",
                                        "--5",
                                        "+-5",
                                        "1,2",
                                        "12,3456",
                                        "1,23",
                                        ",123",
                                        "1,,234",
                                        "1,234,",
                                        "1,234,56",
                                        "1,23,4567",
                                        "12,345,67",
                                        "1234,567",
                                        "1.2.3",
                                        "1.234,5",
                                        "0x10",
                                        "nan",
                                        "inf",
                                        "infinity",
                                        "NaN",
                                        "1e999",
                                        "-1e999",
                                        "40+",
                                        "5%",
                                        "1 234",
                                        "1_000",
                                        "\xD9\xA5",
                                        "5\xE2\x88\x92",
                                        "1,23,456,789",
                                        "1,234,56,789"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double got;
        if (number_parse(slice_of(cases[i]), &got))
            fail_msg("\"%s\" reads as %.17g", cases[i], got);
    }
}

static void bytes_after_the_slice_are_not_read(void **state)
{
    (void)state;
    double got;
    assert_true(number_parse((struct slice){"12345", 2}, &got));
    assert_near(got, 12, 0);
    assert_false(number_parse((struct slice){"5\0", 2}, &got));
}

/* strtod of the C library rounds correctly; the fast path must agree with it. */
static void parsing_rounds_as_the_c_library_does(void **state)
{
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t digits = (seed >> 33) % 100000000;
        int places = (int)(seed >> 20) % 30;
        char text[64];
        snprintf(text, sizeof text, "%llu.%0*lluE%d",
                 (unsigned long long)(digits % 9973), places > 0 ? places : -places,
                 (unsigned long long)digits, i % 40 - 20);
        double got = NAN;
        assert_true(number_parse(slice_of(text), &got));
        if (got != strtod(text, NULL))
            fail_msg("\"%s\" reads as %.17g", text, got);
    }
}

static void numbers_of_any_length_end_in_an_answer(void **state)
{
    (void)state;
    char text[2000];
    double got = 0;
    memset(text, '0', sizeof text);
    assert_true(number_parse((struct slice){text, 400}, &got));
    assert_false(number_parse((struct slice){text, sizeof text}, &got));
    memset(text, '9', sizeof text);
    assert_false(number_parse((struct slice){text, 400}, &got)); /* infinite */
    assert_true(number_parse((struct slice){text, 300}, &got));
    assert_true(got == 1e300);
    memset(text, 'e', sizeof text);
    text[0] = '1';
    assert_false(number_parse((struct slice){text, 400}, &got));
}

static void assert_prints(double number, const char *want)
{
    char text[NUMBER_TEXT_SIZE];
    number_print(text, number);
    assert_string_equal(text, want);
}

static void numbers_print_shortest(void **state)
{
    (void)state;
    assert_prints(0, "0");
    assert_prints(-0.0, "0");
    assert_prints(7299, "7299");
    assert_prints(-12.5, "-12.5");
    assert_prints(0.1, "0.1");
    assert_prints(0.1 + 0.2, "0.30000000000000004");
    assert_prints(1.0 / 3, "0.3333333333333333");
    assert_prints(1e15, "1000000000000000");
    assert_prints(9007199254740992.0, "9007199254740992");
    assert_prints(1e22, "1e+22");
    assert_prints(5e-324, "5e-324");
    assert_prints(-1.7976931348623157e308, "-1.7976931348623157e+308");
    assert_prints(NAN, "");
}

static void printed_numbers_read_back_the_same(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 100000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = seed ^ seed >> 31;
        double number, back = NAN;
        char text[NUMBER_TEXT_SIZE];
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number))
            continue;
        number_print(text, number);
        assert_true(number_parse(slice_of(text), &back));
        assert_true(back == number);
    }
}

/* Growing text */

static void text_grows_and_keeps_what_it_had(void **state)
{
    struct text text = {.arena = *state};
    for (int i = 0; i < 1000; i++)
        text_print(&text, "%d,", i);
    text_append_rune(&text, 0x2013);
    text_append_rune(&text, 0xD800);
    text_append(&text, (struct slice){0});
    text_append_string(&text, "end");
    struct slice rest = text_slice(&text), part;
    for (int i = 0; i < 1000; i++) {
        char want[16];
        snprintf(want, sizeof want, "%d", i);
        assert_true(slice_cut(&rest, ',', &part));
        assert_slice(part, want);
    }
    assert_slice(rest, "\xE2\x80\x93\xEF\xBF\xBD"
                       "end");
}

static void a_long_print_is_not_cut(void **state)
{
    struct text text = {.arena = *state};
    text_print(&text, "%s", "");
    text_print(&text, "%5000d", 7);
    assert_int_equal(text.size, 5000);
    assert_int_equal(text.data[4999], '7');
}

static void an_empty_text_is_an_empty_slice(void **state)
{
    struct text text = {.arena = *state};
    assert_slice(text_slice(&text), "");
    assert_non_null(text_slice(&text).data);
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, new_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trimming_drops_white_space_and_no_break_spaces),
        cmocka_unit_test(comparing_goes_by_bytes_then_length),
        cmocka_unit_test(cutting_gives_each_part_and_no_empty_last_one),
        cmocka_unit_test(starting_past_the_end_gives_nothing),
        cmocka_unit_test(the_hash_is_the_same_on_every_machine),
        cmocka_unit_test(hashes_of_like_names_spread_in_their_low_bits),
        WITH_ARENA(spellings_of_a_name_fold_to_one_key),
        WITH_ARENA(arabic_and_urdu_letters_meet),
        WITH_ARENA(invalid_bytes_survive_folding),
        WITH_ARENA(folding_is_idempotent),
        cmocka_unit_test(the_nearest_name_is_two_edits_away_at_most),
        cmocka_unit_test(short_words_need_a_nearer_match),
        WITH_ARENA(a_word_of_a_megabyte_is_near_nothing),
        cmocka_unit_test(invalid_utf8_is_found_at_its_first_byte),
        cmocka_unit_test(a_bad_byte_is_found_wherever_it_stands),
        cmocka_unit_test(every_code_point_survives_encoding_and_decoding),
        cmocka_unit_test(lengths_count_code_points_and_bad_bytes),
        cmocka_unit_test(numbers_as_people_type_them_are_read),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(bytes_after_the_slice_are_not_read),
        cmocka_unit_test(parsing_rounds_as_the_c_library_does),
        cmocka_unit_test(numbers_of_any_length_end_in_an_answer),
        cmocka_unit_test(numbers_print_shortest),
        cmocka_unit_test(printed_numbers_read_back_the_same),
        WITH_ARENA(text_grows_and_keeps_what_it_had),
        WITH_ARENA(a_long_print_is_not_cut),
        WITH_ARENA(an_empty_text_is_an_empty_slice),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a text in the words of its language, as editions are compared. */
#include "brief/twins.h"

#include "fixture.h"
#include "locale_fixture.h"

/* "7 month_6 2?": what is offered only has a question mark. */
static struct slice typed(const struct number_words *words, const char *text)
{
    const struct number_said *number;
    struct text out = {.arena = arena};
    size_t count = numbers_typed(slice_of(text), words, arena, &number);
    for (size_t i = 0; i < count; i++)
        text_print(&out, "%s%.*s%s", i ? "|" : "", SLICE_PRINT(number[i].token),
                   number[i].is_offered ? "?" : "");
    return text_slice(&out);
}

struct example {
    const char *text, *numbers;
};

static void check_examples(const char *tag, const struct example *example, size_t count)
{
    const struct locale *english = fixture_locale("en", arena),
                        *own = fixture_locale(tag, arena);
    const struct number_words *words = number_words_new(own, english, arena);
    assert_true(number_words_are_spelled(words));
    for (size_t i = 0; i < count; i++) {
        struct slice numbers = typed(words, example[i].text);
        if (!slice_is(numbers, example[i].numbers))
            print_error("%s\n", example[i].text);
        assert_slice(numbers, example[i].numbers);
    }
}
#define CHECK(tag, list) check_examples((tag), (list), sizeof(list) / sizeof *(list))

static void english_words_are_numbers(void **state)
{
    (void)state;
    static const struct example list[] = {
        {"Seven killed in Bannu", "7"},
        {"twenty-one of ninety nine", "21|99"},
        {"twenty 5", "20|5"},
        {"one hundred and five, two thousand six hundred", "105|2600"},
        {"two and a half million; 2.5 million; 25 lakh", "2500000|2500000|2500000"},
        {"1.1 million, $1.5bn, 20k, 5 m", "1100000|1500000000|20000|5"},
        {"two dozen, a dozen; dozens", "24|12?"},
        {"several thousand, thousands", "1000?"},
        {"one of them, no one, both", "1?|0?|1?|2?"},
        {"killed two hundred and 20 wounded", "200|20"},
        {"2 thousand and 15 wounded", "2000|15"},
        {"the fourth, twenty-first and 47th", "4|21|47"},
        {"first, second and third", "1?|2?|3?"},
        {"two-thirds", "2|3?"},
        {"seven-day and 12-week", "7|12"},
        {"9 to 15, 9\xE2\x80\x93"
         "15; 12,345; 1,23,456",
         "9|15|9|15|12345|123456"},
        {"G7, AK-47 and 14-point", "7|47|14"},
        {"05 and 0.50", "5|0.50"},
        {"2024\xE2\x80\x93"
         "26, 2024-2026; 2026-11",
         "2024|2026|2024|2026|2026|11"},
        {"XI Corps, VIP, I", "11?"},
        {"a network of ants", ""},
    };
    CHECK("en", list);
}

static void urdu_words_are_numbers(void **state)
{
    (void)state;
    static const struct example list[] = {
        {"بنوں میں نو ہلاک", "9"},
        {"سولہ، اکیس، ننانوے", "16|21|99"},
        {"ایک سو پانچ؛ دو ہزار چھ سو", "105|2600"},
        {"25 لاکھ، ڈھائی لاکھ، ساڑھے تین ہزار", "2500000|250000|3500"},
        {"دو درجن، ہزاروں", "24"},
        {"25لاکھ 50 ہزار، دو تین، سو رہے تھے", "2550000|2|3|100?"},
        {"گیارہویں، اکیسواں، تیسرا، پہلا", "11|21|3|1?"},
        {"۱۲٬۳۴۵ اور ۲٫۵", "12345|2.5"},
        /* That very week, better, an air base, a newly elected one. */
        {"اسی ہفتے بہتر", "80?|72?"},
        {"ایئر بیس پر نو منتخب ناظم", ""},
        {"بیس افراد", "20"},
        {"دونوں اضلاع", "2?"},
        {"Seven ہلاک", "7"},
    };
    CHECK("ur", list);
}

static void months_and_days_are_the_same_however_written(void **state)
{
    (void)state;
    static const struct example english[] = {
        {"since June", "month 6"},
        {"attacks may march on", ""},
        {"May 2026, Long March", "month 5|2026"},
        {"2026-11-05", "2026|5|month 11"},
        {"15/11/2026 or 11/15/2026 or 05.11.2026",
         "2026|15|month 11|2026|15|month 11|2026|5|month 11"},
        {"2026-W24", "2026|24"},
        {"7/12 districts", "7|12"},
        {"10 Muharram 1448 AH", "hijri 10?|hijri 1448?"},
    };
    static const struct example urdu[] = {
        {"جولائی کے بعد", "month 7"},
        {"5 نومبر 2026", "5|month 11|2026"},
        {"مارچ", "month 3?"},
        {"لانگ مارچ", ""},
        {"4 جمادی الثانی 1448ھ، 2026ء", "hijri 4?|hijri 1448?|2026"},
    };
    CHECK("en", english);
    CHECK("ur", urdu);
}

static void every_number_to_ninety_nine_has_an_urdu_word(void **state)
{
    (void)state;
    const struct locale *english = fixture_locale("en", arena),
                        *own = fixture_locale("ur", arena);
    const struct number_words *words = number_words_new(own, english, arena);
    const struct yaml *spelled = yaml_find(yaml_find(own->root, "number"), "spelled");
    bool has[100] = {false};
    for (size_t i = 0; i < spelled->count; i++) {
        struct slice rest = spelled->item[i].text, entry, head, word;
        while (slice_cut(&rest, ',', &entry)) {
            entry = slice_trim(entry);
            slice_cut(&entry, ' ', &head);
            if (!slice_cut(&entry, ' ', &word))
                continue;
            struct number_word found = number_word_find(words, word, arena);
            if ((found.kind == WORD_NUMBER || found.kind == WORD_UNSURE) &&
                found.value < 100 && found.value == (int)found.value)
                has[(int)found.value] = true;
        }
    }
    for (size_t i = 0; i < 100; i++) {
        if (!has[i])
            print_error("%zu has no word\n", i);
        assert_true(has[i]);
    }
}

/* No spelling means two numbers, which one of them would get is by chance. */
static void no_word_means_two_numbers(void **state)
{
    (void)state;
    static const char *const tags[] = {"en", "ur"};
    for (size_t t = 0; t < 2; t++) {
        const struct locale *own = fixture_locale(tags[t], arena);
        const struct number_words *words = number_words_new(own, NULL, arena);
        const struct yaml *spelled =
            yaml_find(yaml_find(own->root, "number"), "spelled");
        for (size_t i = 0; i < spelled->count; i++) {
            struct slice rest = spelled->item[i].text, entry, head, word;
            while (slice_cut(&rest, ',', &entry)) {
                double value;
                entry = slice_trim(entry);
                slice_cut(&entry, ' ', &head);
                while (head.size && strchr("?*+/", head.data[head.size - 1]))
                    head.size--;
                while (number_parse(head, &value) && slice_cut(&entry, ' ', &word)) {
                    if (number_word_find(words, word, arena).value != value)
                        print_error("%.*s\n", SLICE_PRINT(word));
                    assert_near(number_word_find(words, word, arena).value, value, 0);
                }
            }
        }
    }
}

static void a_language_without_a_list_offers_its_words(void **state)
{
    (void)state;
    const struct locale *english = fixture_locale("en", arena),
                        *own = fixture_locale("sd", arena);
    const struct number_words *words = number_words_new(own, english, arena);
    struct slice seven =
        yaml_at(yaml_find(yaml_find(own->root, "number"), "words"), 7)->text;
    assert_false(number_words_are_spelled(words));
    assert_slice(typed(words, slice_c_string(arena, seven)), "7?");
    assert_slice(typed(words, "7"), "7");
}

static void broken_bytes_are_no_numbers(void **state)
{
    (void)state;
    const struct locale *english = fixture_locale("en", arena);
    const struct number_words *words = number_words_new(english, english, arena);
    assert_slice(typed(words, "\xD9 7 \xFF\xFE- \xDB"), "7");
    assert_slice(typed(words, "and a half and two and a"), "50?|2");
    assert_slice(typed(words, ""), "");
    assert_slice(typed(words, "99999999999999999999 million"), "1e+26");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(english_words_are_numbers),
        TEST(urdu_words_are_numbers),
        TEST(months_and_days_are_the_same_however_written),
        TEST(every_number_to_ninety_nine_has_an_urdu_word),
        TEST(no_word_means_two_numbers),
        TEST(a_language_without_a_list_offers_its_words),
        TEST(broken_bytes_are_no_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

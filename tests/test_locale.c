/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brief_fixture.h"

static int open_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct slice number(const struct locale *locale, double value, int decimals,
                           struct arena *arena)
{
    struct text out = {.arena = arena};
    locale_number(locale, value, decimals, &out);
    return text_slice(&out);
}

static struct slice day(const struct locale *locale, int32_t value, const char *layout,
                        struct arena *arena)
{
    struct text out = {.arena = arena};
    locale_day(locale, value, layout, &out);
    return text_slice(&out);
}

static struct slice period(const struct locale *locale, enum period_unit unit,
                           int32_t first, int32_t last, struct arena *arena)
{
    struct text out = {.arena = arena};
    locale_period(locale, (struct period){unit, first, last}, &out);
    return text_slice(&out);
}

static void numbers_are_grouped_and_rounded(void **state)
{
    struct arena *arena = *state;
    const struct locale *en = fixture_locale("en", arena);
    assert_slice(number(en, 0, 0, arena), "0");
    assert_slice(number(en, 12345, 0, arena), "12,345");
    assert_slice(number(en, 1234567.891, 2, arena), "1,234,567.89");
    assert_slice(number(en, -6, 0, arena), "−6");
    assert_slice(number(en, -0.2, 0, arena), "0");
    assert_slice(number(en, 2.5, 0, arena), "3");
    assert_slice(number(en, 0.125, 2, arena), "0.13");
    assert_slice(number(en, 999.96, 1, arena), "1,000.0");
    assert_slice(number(en, 1e15, 0, arena), "1,000,000,000,000,000");
    assert_slice(number(en, NAN, 0, arena), "–");
    assert_slice(number(en, INFINITY, 1, arena), "–");
    assert_int_equal(number(en, 1e300, 9, arena).size, 301 + 100 + 10);
}

static void numbers_follow_the_settings_of_a_language(void **state)
{
    struct arena *arena = *state;
    struct locale *ur = fixture_locale("ur", arena);
    assert_slice(number(ur, 12345.6, 1, arena), "12,345.6");
    assert_slice(number(ur, -6, 0, arena), "\xE2\x80\x8E−6");
    ur->indian_grouping = true;
    assert_slice(number(ur, 1234567, 0, arena), "12,34,567");
    assert_slice(number(ur, 123, 0, arena), "123");
    assert_slice(number(ur, 12345, 0, arena), "12,345");
    ur->urdu_digits = true;
    assert_slice(number(ur, 1234567.5, 1, arena), "۱۲٬۳۴٬۵۶۷٫۵");
    assert_slice(day(ur, civil_day(2026, 11, 15), NULL, arena), "۱۵ نومبر ۲۰۲۶");
}

static void small_numbers_are_words(void **state)
{
    struct arena *arena = *state;
    const struct locale *en = fixture_locale("en", arena);
    struct text out = {.arena = arena};
    static const double numbers[] = {0, 6, 10, 11, 2.5, -3};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        locale_words(en, numbers[i], &out);
        text_append_string(&out, " ");
    }
    assert_slice(text_slice(&out), "zero six ten 11 2.5 −3 ");
}

static void days_follow_a_layout(void **state)
{
    struct arena *arena = *state;
    const struct locale *en = fixture_locale("en", arena);
    int32_t one = civil_day(2026, 11, 5);
    assert_slice(day(en, one, NULL, arena), "5 November 2026");
    assert_slice(day(en, one, "EEEE, dd MMM yy", arena), "Thursday, 05 Nov 26");
    assert_slice(day(en, one, "yyyy-MM-dd", arena), "2026-11-05");
    assert_slice(day(en, one, "'day' d 'o''clock' M", arena), "day 5 o'clock 11");
    assert_slice(day(en, one, "", arena), "");
    assert_slice(day(fixture_locale("ur", arena), one, "EEEE d MMMM", arena),
                 "جمعرات 5 نومبر");
}

static void periods_are_as_short_as_they_can_be(void **state)
{
    struct arena *arena = *state;
    const struct locale *en = fixture_locale("en", arena);
    const struct locale *ur = fixture_locale("ur", arena);
    int32_t a = civil_day(2026, 11, 9), b = civil_day(2026, 11, 15);
    assert_slice(period(en, PERIOD_WEEK, a, b, arena), "9–15 November 2026");
    assert_slice(period(ur, PERIOD_WEEK, a, b, arena), "9 تا 15 نومبر 2026");
    assert_slice(
        period(en, PERIOD_WEEK, civil_day(2026, 11, 30), civil_day(2026, 12, 6), arena),
        "30 Nov – 6 Dec 2026");
    assert_slice(
        period(en, PERIOD_WEEK, civil_day(2026, 12, 28), civil_day(2027, 1, 3), arena),
        "28 Dec 2026 – 3 Jan 2027");
    assert_slice(period(en, PERIOD_RANGE, a, a, arena), "9 November 2026");
    assert_slice(period(en, PERIOD_DAY, a, a, arena), "9 November 2026");
    assert_slice(period(en, PERIOD_MONTH, civil_day(2026, 11, 1),
                        civil_day(2026, 11, 30), arena),
                 "November 2026");
    assert_slice(period(en, PERIOD_QUARTER, civil_day(2026, 7, 1),
                        civil_day(2026, 9, 30), arena),
                 "Q3 2026");
    assert_slice(period(ur, PERIOD_QUARTER, civil_day(2026, 7, 1),
                        civil_day(2026, 9, 30), arena),
                 "2026 کی سہ ماہی 3");
    assert_slice(
        period(en, PERIOD_YEAR, civil_day(2026, 1, 1), civil_day(2026, 12, 31), arena),
        "2026");
}

static void nouns_take_the_plural_of_their_language(void **state)
{
    struct arena *arena = *state;
    const struct locale *en = fixture_locale("en", arena);
    const struct locale *ur = fixture_locale("ur", arena);
    static const struct {
        const char *one, *other, *want;
        double count;
    } rows[] = {
        {"attack", "", "attack", 1},       {"attack", "", "attacks", 0},
        {"attack", "", "attacks", 2.4},    {"person", "", "people", 3},
        {"casualty", "", "casualties", 3}, {"day", "", "days", 3},
        {"bus", "", "buses", 3},           {"crisis", "", "crises", 3},
        {"ambush", "", "ambushes", 3},     {"policeman", "", "policemen", 3},
        {"ox", "oxen", "oxen", 2},         {"hostage taken", "", "hostage takens", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_slice(locale_noun(en, slice_of(rows[i].one), slice_of(rows[i].other),
                                 rows[i].count, arena),
                     rows[i].want);
    struct slice none = {0};
    assert_slice(locale_noun(ur, SLICE_LITERAL("attack"), none, 1, arena), "حملہ");
    assert_slice(locale_noun(ur, SLICE_LITERAL("Attack"), none, 31, arena), "حملے");
    assert_slice(locale_noun(ur, SLICE_LITERAL("operation"), none, 22, arena),
                 "کارروائیاں");
    assert_slice(
        locale_noun(ur, SLICE_LITERAL("چوکی"), SLICE_LITERAL("چوکیاں"), 2, arena),
        "چوکیاں");
}

static void arabic_counts_take_six_forms(void **state)
{
    struct arena *arena = *state;
    const struct locale *ar = fixture_locale("ar", arena);
    static const struct {
        double count;
        const char *day, *attack;
    } rows[] = {
        {0, "يوم", "هجمات"},    {1, "يوم", "هجوم"},     {2, "يومان", "هجومان"},
        {3, "أيام", "هجمات"},   {10, "أيام", "هجمات"},  {11, "يومًا", "هجومًا"},
        {99, "يومًا", "هجومًا"},  {100, "يوم", "هجوم"},   {102, "يوم", "هجوم"},
        {103, "أيام", "هجمات"}, {111, "يومًا", "هجومًا"}, {2.5, "يوم", "هجوم"},
        {-4, "أيام", "هجمات"},  {1000, "يوم", "هجوم"},  {1e300, "يوم", "هجوم"},
    };
    const struct slice none = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_slice(locale_unit(ar, PERIOD_DAY, rows[i].count), rows[i].day);
        assert_slice(
            locale_noun(ar, SLICE_LITERAL("attack"), none, rows[i].count, arena),
            rows[i].attack);
    }
}

static void rules_of_plurals_are_checked_when_read(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *yaml;
        bool ok;
    } rows[] = {
        {"few: 3..10 of 100\nmany: 11..99 of 100\n", true},
        {"two: 2\n", true},
        {"couple: 2\n", false},
        {"few: some\n", false},
        {"few: 9..3\n", false},
        {"other: 4\n", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct diags *diags = diags_new(arena);
        struct plural_rule rule[MOST_PLURAL_RULES];
        const struct yaml *node;
        size_t count;
        assert_true(
            yaml_parse(slice_of(rows[i].yaml), "x", 1, 'F', arena, &node, diags));
        assert_int_equal(plurals_read(node, rule, &count, diags), rows[i].ok);
        assert_int_equal(diags_count(diags, SEVERITY_ERROR), !rows[i].ok);
    }
}

static void names_of_the_data_have_words_of_the_language(void **state)
{
    struct arena *arena = *state;
    const struct locale *ur = fixture_locale("ur", arena);
    assert_slice(locale_name(ur, SLICE_LITERAL("Khyber Pakhtunkhwa"), arena),
                 "خیبر پختونخوا");
    assert_slice(locale_name(ur, SLICE_LITERAL("Gilgit-Baltistan"), arena),
                 "گلگت بلتستان");
    assert_slice(locale_name(ur, SLICE_LITERAL("Nowhere"), arena), "Nowhere");
}

/* Days are when, not where; numbers that are many take the form of many; a phrase about
 * any number of points has no verb that would agree with one or several. */
static void urdu_words_take_the_form_that_their_phrase_asks_for(void **state)
{
    struct arena *arena = *state;
    const struct locale *ur = fixture_locale("ur", arena);
    struct text out = {.arena = arena};
    const struct phrase_part part[] = {
        {"name", SLICE_LITERAL("جمعہ")},  {"measure", SLICE_LITERAL("حملے")},
        {"value", SLICE_LITERAL("45")},   {"unit", SLICE_LITERAL("ہفتہ")},
        {"count", SLICE_LITERAL("31")},   {"expected", SLICE_LITERAL("حد کے اندر")},
        {"periods", SLICE_LITERAL("26")}, {"units", SLICE_LITERAL("ہفتے")},
        {"trend", SLICE_LITERAL("کمی")},  {"forward", SLICE_LITERAL("2")},
        {"back", SLICE_LITERAL("1")},
    };
    const struct {
        const char *key, *expected;
    } rows[] = {
        {"chart.finding first day", "سب سے زیادہ حملے جمعے کو"},
        {"chart.finding most day", "سب سے زیادہ حملے جمعے کو: 45"},
        {"tempo.verdict", "تازہ ترین ہفتے میں 31، حد کے اندر؛ 26 ہفتوں میں کمی"},
        {"points.moved", "پچھلے شمارے کے بعد 2 میں پیش رفت اور 1 میں پسپائی ہوئی۔"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        out.size = 0;
        locale_phrase(ur, rows[i].key, 1, part, sizeof part / sizeof *part, &out);
        assert_slice(text_slice(&out), rows[i].expected);
    }
}

static void phrases_are_filled_and_missing_ones_are_seen(void **state)
{
    struct arena *arena = *state;
    const struct locale *ur = fixture_locale("ur", arena);
    const struct locale *en = fixture_locale("en", arena);
    struct text out = {.arena = arena};
    struct phrase_part part[] = {{"unit", SLICE_LITERAL("ہفتہ")},
                                 {"count", SLICE_LITERAL("چار")}};
    locale_phrase(ur, "chart.average", 4, part, 2, &out);
    assert_slice(text_slice(&out), "چار ہفتوں کا اوسط");
    out.size = 0;
    locale_phrase(en, "no.such.key", 4, part, 2, &out);
    assert_slice(text_slice(&out), "⟦no.such.key⟧");
    out.size = 0;
    locale_phrase(en, "change", 4, part, 2, &out);
    assert_slice(text_slice(&out), "⟦change⟧");
    out.size = 0;
    locale_phrase(en, "change.more", 4, part, 2, &out);
    assert_slice(text_slice(&out), "{difference} more than {base}");
    const char *const *gap;
    locale_phrase(en, "change", 4, part, 2, &out);
    assert_int_equal(locale_gaps(en, &gap), 4);
    assert_string_equal(gap[0], "the language \"en\" has no phrase \"no.such.key\"");
    assert_non_null(strstr(gap[2], "\"{difference}\""));
    assert_int_equal(locale_gaps(ur, &gap), 0);
    assert_true(locale_has(en, "change.more"));
    assert_false(locale_has(en, "change.more.still"));
}

/* The two files -------------------------------------------------------------------------- */

/* Lists of words differ by language; phrases may not. */
static bool is_own_list(struct slice key)
{
    return slice_is(key, "nouns") || slice_is(key, "names") || slice_is(key, "forms") ||
           slice_is(key, "noun endings") || slice_is(key, "ordinal endings") ||
           slice_is(key, "ordinal words");
}

static bool is_plural(const struct yaml *node)
{
    return node->kind == YAML_MAPPING && yaml_find(node, "other");
}

static size_t missing_keys(const struct yaml *from, const struct yaml *in,
                           const char *path, struct arena *arena)
{
    size_t missing = 0;
    for (size_t i = 0; from->kind == YAML_MAPPING && i < from->count; i++) {
        struct slice key = from->key[i].text;
        const char *here = arena_print(arena, "%s%.*s.", path, SLICE_PRINT(key));
        if (is_own_list(key) || is_plural(from))
            continue;
        const struct yaml *other = yaml_find(in, slice_c_string(arena, key));
        if (!other) {
            print_error("missing: %s\n", here);
            missing++;
        } else {
            missing += missing_keys(&from->item[i], other, here, arena);
        }
    }
    return missing;
}

static void both_languages_have_the_same_phrases(void **state)
{
    struct arena *arena = *state;
    const struct locale *en = fixture_locale("en", arena);
    const struct locale *ur = fixture_locale("ur", arena);
    assert_int_equal(missing_keys(en->root, ur->root, "", arena), 0);
    assert_int_equal(missing_keys(ur->root, en->root, "", arena), 0);
}

/* The {parts} of a phrase, in order, without their forms. */
static struct slice parts_of(struct slice phrase, struct arena *arena)
{
    static const char *const names[] = {
        "all",     "average", "base",    "before",  "by",      "count",  "difference",
        "first",   "high",    "issue",   "largest", "last",    "level",  "low",
        "measure", "name",    "names",   "noun",    "now",     "number", "others",
        "page",    "pages",   "percent", "period",  "quarter", "range",  "rest",
        "shown",   "since",   "start",   "text",    "total",   "unit",   "units",
        "value",   "without", "year",
    };
    struct text out = {.arena = arena};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *plain = arena_print(arena, "{%s}", names[i]);
        const char *form = arena_print(arena, "{%s|", names[i]);
        if (memmem(phrase.data, phrase.size, plain, strlen(plain)) ||
            memmem(phrase.data, phrase.size, form, strlen(form)))
            text_print(&out, "%s ", names[i]);
    }
    return text_slice(&out);
}

static size_t strange_parts(const struct yaml *en, const struct yaml *ur,
                            struct arena *arena)
{
    size_t strange = 0;
    for (size_t i = 0; en->kind == YAML_MAPPING && i < en->count; i++) {
        struct slice key = en->key[i].text;
        const struct yaml *other = yaml_find(ur, slice_c_string(arena, key));
        if (other && !is_own_list(key))
            strange += strange_parts(&en->item[i], other, arena);
    }
    if (en->kind != YAML_SCALAR || ur->kind != YAML_SCALAR)
        return strange;
    struct slice allowed = parts_of(en->text, arena), used = parts_of(ur->text, arena),
                 one;
    while (slice_cut(&used, ' ', &one)) {
        if (one.size && !memmem(allowed.data, allowed.size, one.data, one.size)) {
            print_error("{%.*s} isn't filled in \"%.*s\"\n", SLICE_PRINT(one),
                        SLICE_PRINT(ur->text));
            strange++;
        }
    }
    return strange;
}

static void urdu_phrases_use_only_parts_that_are_filled(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(strange_parts(fixture_locale("en", arena)->root,
                                   fixture_locale("ur", arena)->root, arena),
                     0);
}

/* Latin letters outside {parts}; trackers' status words and keys of data aside. */
static size_t english_left(const struct yaml *node, struct arena *arena)
{
    size_t left = 0;
    bool in_part = false;
    for (size_t i = 0; node->kind == YAML_MAPPING && i < node->count; i++) {
        struct slice key = node->key[i].text;
        bool is_code = slice_is(key, "status") || slice_is(key, "language") ||
                       slice_is(key, "direction") || slice_is(key, "grouping") ||
                       slice_is(key, "digits") || slice_is(key, "tau") ||
                       slice_is(key, "p") || slice_is(key, "date") ||
                       slice_is(key, "first") || slice_is(key, "last") ||
                       slice_is(key, "nobody"); /* words of data, in any language */
        left += is_code ? 0 : english_left(&node->item[i], arena);
    }
    for (size_t i = 0; node->kind == YAML_SCALAR && i < node->text.size; i++) {
        char c = node->text.data[i];
        in_part = c == '{' || (in_part && c != '}');
        if (!in_part && ((c | 32) >= 'a' && (c | 32) <= 'z')) {
            print_error("English is left in \"%.*s\"\n", SLICE_PRINT(node->text));
            return 1;
        }
    }
    return left;
}

static void nothing_english_is_left_in_urdu(void **state)
{
    assert_int_equal(english_left(fixture_locale("ur", *state)->root, *state), 0);
}

static void every_situation_of_the_verdict_is_worded(void **state)
{
    const struct locale *en = fixture_locale("en", *state);
    static const char *const keys[] = {
        "change.unknown",     "change.provisional",  "change.nothing earlier",
        "change.after break", "change.first ever",   "change.none again",
        "change.from none",   "change.to none",      "change.unclear",
        "change.more usual",  "change.more unclear", "change.rose",
        "change.fell",        "change.more",         "change.fewer",
        "trend.too short",    "trend.unclear",       "trend.rising",
        "trend.falling",      "change.by one",       "change.largest",
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_true(locale_has(en, keys[i]));
}

static struct locale *inheriting_locale(const char *tag, struct arena *arena)
{
    struct diags *diags = diags_new(arena);
    struct locale *locale = NULL;
    const char *path;
    struct slice source = locale_source(tag, arena, &path);
    struct slice base = locale_inherits(source, path, arena);
    assert_true(base.size > 0);
    assert_true(locale_parse(source, path,
                             fixture_locale(slice_c_string(arena, base), arena), arena,
                             &locale, diags));
    assert_int_equal(diags_total(diags), 0);
    return locale;
}

static void a_language_may_inherit_what_it_has_no_words_for(void **state)
{
    struct arena *arena = *state;
    static const char *const tags[] = {"sd", "ps", "ar"};
    for (size_t i = 0; i < 3; i++) {
        struct locale *locale = inheriting_locale(tags[i], arena);
        struct text own = {.arena = arena}, other = {.arena = arena};
        assert_true(locale->right_to_left);
        assert_false(slice_equal(locale->arabic_family, (struct slice){0}));
        locale_day(locale, civil_day(2026, 11, 15), NULL, &own);
        locale_day(locale->base, civil_day(2026, 11, 15), NULL, &other);
        if (i < 2) /* November is نومبر in Urdu, too */
            assert_true(slice_equal(text_slice(&own), text_slice(&other)));
        else
            assert_slice(text_slice(&own), "15 نوفمبر 2026");
        assert_true(locale_has(locale, "regrouping.rule"));
        assert_false(slice_equal(locale_unit(locale, PERIOD_WEEK, 2),
                                 locale_unit(locale->base, PERIOD_WEEK, 2)));
    }
    struct locale *arabic = inheriting_locale("ar", arena);
    struct text number = {.arena = arena};
    arabic->urdu_digits = true;
    locale_number(arabic, 1026, 0, &number);
    assert_slice(text_slice(&number), "١٬٠٢٦");
    /* A place that Sindhi has no word for has Urdu's. */
    const struct locale *sindhi = inheriting_locale("sd", arena);
    assert_slice(locale_name(sindhi, SLICE_LITERAL("Sindh"), arena), "سنڌ");
    assert_slice(locale_name(sindhi, SLICE_LITERAL("Bannu"), arena), "بنوں");
}

static void a_file_that_lacks_words_is_refused(void **state)
{
    struct arena *arena = *state;
    struct diags *diags = diags_new(arena);
    struct locale *locale;
    assert_false(locale_parse(SLICE_LITERAL("language: xx\nmonths: [a, b]\n"),
                              "xx.yaml", NULL, arena, &locale, diags));
    assert_string_equal(diags_at(diags, 0)->message,
                        "the language file has no \"date.day\"");
    assert_false(
        locale_parse(SLICE_LITERAL("a: [\n"), "xx.yaml", NULL, arena, &locale, diags));
}

#define arena_test(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(numbers_are_grouped_and_rounded),
        arena_test(numbers_follow_the_settings_of_a_language),
        arena_test(small_numbers_are_words),
        arena_test(days_follow_a_layout),
        arena_test(periods_are_as_short_as_they_can_be),
        arena_test(nouns_take_the_plural_of_their_language),
        arena_test(arabic_counts_take_six_forms),
        arena_test(rules_of_plurals_are_checked_when_read),
        arena_test(names_of_the_data_have_words_of_the_language),
        arena_test(urdu_words_take_the_form_that_their_phrase_asks_for),
        arena_test(phrases_are_filled_and_missing_ones_are_seen),
        arena_test(both_languages_have_the_same_phrases),
        arena_test(urdu_phrases_use_only_parts_that_are_filled),
        arena_test(nothing_english_is_left_in_urdu),
        arena_test(every_situation_of_the_verdict_is_worded),
        arena_test(a_language_may_inherit_what_it_has_no_words_for),
        arena_test(a_file_that_lacks_words_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of situations and their words, row by row and in both languages: a series
 * that is in the situation, by the rules' own answer, and the sentence a brief makes
 * of it. Both languages must give the same numbers. */
#include "support.h"

#include "base/civil.h"
#include "sitrep.h"
#include "stats/verdict.h"

#include <stdlib.h>

enum { WEEKS = 14 };
enum { FIRST_MONDAY = 20458 }; /* 2026-01-05 */

struct row {
    enum situation situation;
    const char *expression;
    size_t weeks;
    double count[WEEKS];
    const char *as_of; /* NULL: all weeks are complete */
    const char *en, *ur;
};

// clang-format off
static const struct row rows[] = {
#include "wording_counts.def"
};
// clang-format on

struct out {
    char *data;
    size_t size;
};

static int collect(const void *bytes, size_t size, void *context)
{
    struct out *all = context;
    all->data = realloc(all->data, all->size + size + 1);
    assert_non_null(all->data);
    memcpy(all->data + all->size, bytes, size);
    all->size += size;
    all->data[all->size] = 0;
    return 0;
}

static void add_line(struct out *csv, int32_t day, const char *side, int killed)
{
    struct civil date = civil_of(day);
    char line[80];
    int size = snprintf(line, sizeof line, "%04d-%02d-%02d,Sindh,%s,%d\n", date.year,
                        date.month, date.day, side, killed);
    collect(line, (size_t)size, csv);
}

/* The brief's only sentence. */
static char *sentence(const char *csv, const char *expression, const char *language,
                      const char *as_of)
{
    static const char path[] = "build/test-wording.md";
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file,
            "---\ntitle: T\nperiod: %s week\nmeasures:\n"
            "  attacks: count where side is attack\n"
            "  killed: sum of killed where side is attack\n---\n"
            "BEGIN {{ %s }} END\n",
            as_of ? "this" : "last complete", expression);
    fclose(file);
    struct out txt = {0};
    struct sitrep *s = sitrep_new(".");
    sitrep_add_data_bytes(s, "incidents", csv, strlen(csv));
    assert_int_equal(sitrep_set(s, "language", language), SITREP_OK);
    if (as_of)
        assert_int_equal(sitrep_set(s, "as-of", as_of), SITREP_OK);
    int status = sitrep_compose(s, path);
    for (size_t i = 0; status && i < sitrep_message_count(s); i++)
        print_error("%s", sitrep_message_text(s, i));
    assert_int_equal(status, SITREP_OK);
    assert_int_equal(sitrep_write(s, "txt", collect, &txt), SITREP_OK);
    sitrep_free(s);
    unlink(path);
    char *begin = strstr(txt.data, "BEGIN "), *end = strstr(txt.data, " END");
    assert_true(begin && end && end >= begin + 6);
    char *words = strndup(begin + 6, (size_t)(end - begin - 6));
    free(txt.data);
    return words;
}

/* Bidirectional isolates have no meaning of their own. */
static void drop_isolates(char *text)
{
    char *to = text;
    for (const char *from = text; *from;) {
        if (memcmp(from, "\xe2\x81", 2) == 0 && (unsigned char)from[2] >= 0xa6 &&
            (unsigned char)from[2] <= 0xa9)
            from += 3;
        else
            *to++ = *from++;
    }
    *to = 0;
}

static bool same_words(const char *csv, const char *expression, const char *language,
                       const char *as_of, const char *expected)
{
    char *words = sentence(csv, expression, language, as_of);
    drop_isolates(words);
    bool same = strcmp(words, expected) == 0;
    if (!same)
        print_error("%s: \"%s\", not \"%s\"\n", language, words, expected);
    free(words);
    return same;
}

/* -- Counts -------------------------------------------------------------------------- */

static char *weekly_csv(const struct row *row)
{
    struct out csv = {0};
    static const char head[] = "date,province,side,killed\n";
    collect(head, sizeof head - 1, &csv);
    add_line(&csv, FIRST_MONDAY, "operation", 0);
    for (size_t i = 0; i < row->weeks; i++)
        for (int j = 0; j < (int)row->count[i]; j++)
            add_line(&csv, FIRST_MONDAY + 7 * (int32_t)i + j % 2, "attack", 0);
    if (!row->as_of)
        add_line(&csv, FIRST_MONDAY + 7 * (int32_t)row->weeks - 1, "operation", 0);
    return csv.data;
}

static enum situation situation_of(const struct row *row)
{
    struct arena *arena = arena_new();
    const struct verdict_question question = {
        .count = row->count, .size = row->weeks, .provisional = row->as_of != NULL};
    struct verdict change;
    struct trend_verdict trend;
    verdict_of_change(&question, arena, &change);
    verdict_of_trend(&question, arena, &trend);
    arena_free(arena);
    return strstr(row->expression, "trend") ? trend.situation : change.situation;
}

static void every_row_is_worded_as_the_table_says(void **state)
{
    (void)state;
    bool ok = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        if (situation_of(row) != row->situation) {
            print_error("row %zu is \"%s\", not \"%s\"\n", i,
                        situation_key(situation_of(row)),
                        situation_key(row->situation));
            ok = false;
        }
        char *csv = weekly_csv(row);
        ok &= same_words(csv, row->expression, "en", row->as_of, row->en);
        ok &= same_words(csv, row->expression, "ur", row->as_of, row->ur);
        free(csv);
    }
    assert_true(ok);
}

/* -- Deaths --------------------------------------------------------------------------- */

/* So many incidents that kill `each`, and one that kills `largest`. */
struct toll {
    int incidents, each, largest;
};

struct deaths_row {
    enum situation situation;
    struct toll earlier, current;
    const char *en, *ur;
};

// clang-format off
static const struct deaths_row deaths_rows[] = {
#include "wording_deaths.def"
};
// clang-format on

static size_t list_toll(struct toll toll, double *killed)
{
    size_t count = 0;
    for (int i = 0; i < toll.incidents; i++)
        killed[count++] = toll.each;
    if (toll.largest)
        killed[count++] = toll.largest;
    return count;
}

static enum situation situation_of_deaths(const struct deaths_row *row)
{
    double now[100], before[100];
    struct deaths_question question = {.pair = {.killed1 = now,
                                                .n1 = list_toll(row->current, now),
                                                .t1 = 1,
                                                .killed0 = before,
                                                .n0 = list_toll(row->earlier, before),
                                                .t0 = 1}};
    struct deaths_verdict verdict;
    struct arena *arena = arena_new();
    verdict_of_deaths(&question, arena, &verdict);
    arena_free(arena);
    return verdict.situation;
}

static char *deaths_csv(const struct deaths_row *row)
{
    struct out csv = {0};
    static const char head[] = "date,province,side,killed\n";
    collect(head, sizeof head - 1, &csv);
    double killed[100];
    for (int week = 0; week < 12; week++) {
        struct toll toll = week < 11 ? row->earlier : row->current;
        size_t count = list_toll(toll, killed);
        for (size_t i = 0; i < count; i++)
            add_line(&csv, FIRST_MONDAY + 7 * week, "attack", (int)killed[i]);
    }
    add_line(&csv, FIRST_MONDAY, "operation", 0);
    add_line(&csv, FIRST_MONDAY + 83, "operation", 0);
    return csv.data;
}

static void every_row_of_deaths_is_worded_as_the_table_says(void **state)
{
    (void)state;
    static const char change[] = "killed | change(\"previous week\")";
    bool ok = true;
    for (size_t i = 0; i < sizeof deaths_rows / sizeof *deaths_rows; i++) {
        const struct deaths_row *row = &deaths_rows[i];
        if (situation_of_deaths(row) != row->situation) {
            print_error("row %zu is \"%s\", not \"%s\"\n", i,
                        situation_key(situation_of_deaths(row)),
                        situation_key(row->situation));
            ok = false;
        }
        char *csv = deaths_csv(row);
        ok &= same_words(csv, change, "en", NULL, row->en);
        ok &= same_words(csv, change, "ur", NULL, row->ur);
        free(csv);
    }
    assert_true(ok);
}

/* -- The table itself ------------------------------------------------------------------- */

/* Those that no series of weeks can be in: see test_verdict. */
static bool has_no_row(enum situation situation)
{
    return situation == SITUATION_UNKNOWN || situation == SITUATION_AFTER_BREAK ||
           situation == SITUATION_TREND_TOO_SHORT;
}

static void no_situation_is_missing_from_the_table(void **state)
{
    (void)state;
    bool is_there[SITUATION_COUNT] = {false};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is_there[rows[i].situation] = true;
    for (size_t i = 0; i < sizeof deaths_rows / sizeof *deaths_rows; i++)
        is_there[deaths_rows[i].situation] = true;
    for (int i = 0; i < SITUATION_COUNT; i++)
        if (!is_there[i] && !has_no_row((enum situation)i))
            fail_msg("no row is \"%s\"", situation_key((enum situation)i));
}

/* Digits of a sentence in order of size, "12,14": order differs between languages. */
static void list_numbers(const char *text, int number[16], size_t *count)
{
    static const char *const small[][2] = {
        {"two", "دو"},    {"three", "تین"}, {"four", "چار"},
        {"five", "پانچ"}, {"six", "چھ"},    {"seven", "سات"},
        {"eight", "آٹھ"}, {"nine", "نو"},   {"ten", "دس"},
    };
    *count = 0;
    for (const char *at = text; *at && *count < 16;) {
        char *end;
        long value = strtol(at, &end, 10);
        bool is_digit = *at >= '0' && *at <= '9';
        if (is_digit)
            number[(*count)++] = (int)value;
        bool begins = at == text || at[-1] == ' ' || at[-1] == '(';
        for (size_t i = 0; begins && i < sizeof small / sizeof *small; i++)
            for (int j = 0; j < 2; j++) {
                size_t size = strlen(small[i][j]);
                bool ends =
                    strncmp(at, small[i][j], size) == 0 &&
                    (strchr(" ,)", at[size]) || strncmp(at + size, "،", 2) == 0);
                if (ends && *count < 16)
                    number[(*count)++] = (int)i + 2;
            }
        at = is_digit ? end : at + 1;
    }
    for (size_t i = 1; i < *count; i++)
        for (size_t j = i; j && number[j] < number[j - 1]; j--) {
            int kept = number[j];
            number[j] = number[j - 1];
            number[j - 1] = kept;
        }
}

static void assert_same_numbers(const char *en, const char *ur)
{
    int a[16], b[16];
    size_t count_a, count_b;
    list_numbers(en, a, &count_a);
    list_numbers(ur, b, &count_b);
    bool same = count_a == count_b && memcmp(a, b, count_a * sizeof *a) == 0;
    if (!same)
        fail_msg("\"%s\" and \"%s\" differ in their numbers", en, ur);
}

/* What one language says in direction or certainty, the other says. */
static void assert_same_claim(const char *en, const char *ur)
{
    static const char *const pairs[][2] = {
        {"up ", "بڑھ کر"},
        {"down ", "گھٹ کر"},

        {"within usual variation", "معمول کے اتار چڑھاؤ"},
        {"no clear change", "کوئی واضح تبدیلی نہیں"},
        {"provisional", "عبوری"},
        {"rising", "اضافے کا رجحان"},
        {"falling", "کمی کا رجحان"},
        {"no clear trend", "کوئی واضح رجحان نہیں"},
        {"largest incident", "سب سے بڑے واقعے"},
    };
    assert_int_equal(strstr(en, " more than") != NULL,
                     strstr(en, " more than") && strstr(ur, "زیادہ"));
    assert_int_equal(strstr(en, " fewer than") != NULL,
                     strstr(en, " fewer than") && strstr(ur, " کم"));
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!strstr(en, pairs[i][0]) != !strstr(ur, pairs[i][1]))
            fail_msg("only one says \"%s\": \"%s\" and \"%s\"", pairs[i][0], en, ur);
}

static void both_languages_claim_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_same_numbers(rows[i].en, rows[i].ur);
        assert_same_claim(rows[i].en, rows[i].ur);
    }
    for (size_t i = 0; i < sizeof deaths_rows / sizeof *deaths_rows; i++) {
        assert_same_numbers(deaths_rows[i].en, deaths_rows[i].ur);
        assert_same_claim(deaths_rows[i].en, deaths_rows[i].ur);
    }
}

/* A percentage only where both counts are 10 or more; "rose" and "fell" only there
 * and where the rules say so. */
static void no_sentence_claims_more_than_its_situation(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        bool clear =
            row->situation == SITUATION_ROSE || row->situation == SITUATION_FELL;
        bool trend =
            row->situation == SITUATION_RISING || row->situation == SITUATION_FALLING;
        assert_int_equal(strchr(row->en, '%') != NULL, clear || trend);
        assert_int_equal(strncmp(row->en, "up ", 3) == 0 ||
                             strncmp(row->en, "down ", 5) == 0,
                         clear);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_worded_as_the_table_says),
        cmocka_unit_test(every_row_of_deaths_is_worded_as_the_table_says),
        cmocka_unit_test(no_situation_is_missing_from_the_table),
        cmocka_unit_test(both_languages_claim_the_same),
        cmocka_unit_test(no_sentence_claims_more_than_its_situation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

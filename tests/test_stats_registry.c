/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The registry: every method has a name, a line of help and, where it answers for one
 * series, values with names and reasons. */
#include "fixture.h"
#include "bench/steady.h"
#include "oracle_methods.h"

#include "stats/registry.h"

static void every_method_of_the_oracles_has_a_row(void **state)
{
    (void)state;
    size_t count, oracles = sizeof oracle_methods / sizeof *oracle_methods;
    const struct stat_method *method = stat_methods(&count);
    assert_int_equal(count, 25);
    assert_int_equal(count, oracles);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(oracle_find_method(method[i].name));
        assert_true(strlen(method[i].help) > 10 && strlen(method[i].title) > 3);
        const struct stat_manual *manual = method[i].manual;
        assert_true(strlen(manual->takes) > 4 && strlen(manual->unknown) > 4);
        assert_true(strlen(manual->definition) > 40 && strlen(manual->source) > 10);
        assert_ptr_equal(stat_method_find(slice_of(method[i].name)), &method[i]);
    }
}

static void names_are_found_exactly_and_by_the_editors_word(void **state)
{
    (void)state;
    assert_string_equal(stat_method_find(slice_of("usual_range"))->name, "baseline");
    assert_null(stat_method_find(slice_of("Trend")));
    assert_null(stat_method_find(slice_of("tren")));
    assert_null(stat_method_find(slice_of("")));
}

static struct stat_answer answer_of(const char *name, const struct stat_series *series)
{
    struct stat_answer out;
    const struct stat_method *method = stat_method_find(slice_of(name));
    assert_non_null(method);
    stat_method_answer(method, series, arena, &out);
    return out;
}

static double value_of(const struct stat_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->count; i++)
        if (strcmp(answer->value[i].name, name) == 0)
            return answer->value[i].number;
    fail_msg("no value \"%s\"", name);
    return NAN;
}

static void assert_answers_honestly(const struct stat_series *series, bool is_known)
{
    size_t count;
    const struct stat_method *method = stat_methods(&count);
    for (size_t i = 0; i < count; i++) {
        struct stat_answer out;
        stat_method_answer(&method[i], series, arena, &out);
        assert_true(out.count <= STAT_VALUES_AT_MOST);
        for (size_t j = 0; j < out.count; j++)
            assert_true(out.value[j].text != NULL || !isnan(out.value[j].number) ||
                        out.unknown_because != NULL);
        if (is_known && out.count < 2)
            print_error("%s: %s\n", method[i].name, out.unknown_because);
        assert_true(!is_known || out.count > 1);
        assert_true(out.count > 0 || out.unknown_because != NULL);
    }
}

static void a_long_series_has_all_its_answers(void **state)
{
    (void)state;
    struct steady steady = {1};
    double count[260];
    for (size_t i = 0; i < 260; i++)
        count[i] = steady_count(&steady, i < 150 ? 6 : 12, 4);
    struct stat_span week[260];
    int32_t day[260], unit[260];
    double deaths[260];
    for (int32_t i = 0; i < 260; i++) {
        week[i] = (struct stat_span){7 * i, 7 * i + 6};
        day[i] = 7 * i + i % 7;
        unit[i] = i % 9;
        deaths[i] = i % 4;
    }
    const double *const groups[] = {count, count};
    struct stat_around around = {groups, 2, 1, week, day, deaths, unit, 260};
    struct stat_series series = {count, NULL, 260, 52, 0.95, &around};
    assert_answers_honestly(&series, true);
    struct stat_answer change = answer_of("changepoint", &series);
    assert_near(value_of(&change, "last_change"), 150, 8);
    struct stat_answer trend = answer_of("trend", &series);
    assert_true(value_of(&trend, "pct_low") > 0);
    struct stat_answer usual = answer_of("usual_range", &series);
    assert_int_equal((int)value_of(&usual, "k"), 12);
}

/* What query prints as columns: no series has a value beyond them. */
static void every_value_is_among_the_names_of_the_method(void **state)
{
    (void)state;
    struct steady steady = {7};
    double count[300];
    size_t methods;
    const struct stat_method *method = stat_methods(&methods);
    for (size_t size = 0; size <= 300; size += 15) {
        for (size_t i = 0; i < size; i++)
            count[i] = steady_count(&steady, (double)(size % 4), 2);
        const struct stat_series series = {count, NULL, size, 12, 0.95, NULL};
        for (size_t i = 0; i < methods; i++) {
            struct stat_answer names, answer;
            stat_method_values(&method[i], arena, &names);
            assert_true(names.count > 0);
            stat_method_answer(&method[i], &series, arena, &answer);
            for (size_t j = 0; j < answer.count; j++) {
                bool is_there = false;
                for (size_t k = 0; k < names.count; k++)
                    is_there |= !strcmp(names.value[k].name, answer.value[j].name) &&
                                !names.value[k].text == !answer.value[j].text;
                if (!is_there)
                    fail_msg("%s.%s", method[i].name, answer.value[j].name);
            }
        }
    }
}

static void short_and_bad_series_have_reasons(void **state)
{
    (void)state;
    double count[260] = {3, -1, 2};
    struct stat_series series = {count, NULL, 0, 0, 0.95, NULL};
    for (series.size = 0; series.size <= 3; series.size++)
        assert_answers_honestly(&series, false);
    count[1] = 4;
    for (series.size = 0; series.size < 20; series.size++)
        assert_answers_honestly(&series, false);
    series.size = 260;
    series.cycle = SIZE_MAX;
    assert_answers_honestly(&series, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_method_of_the_oracles_has_a_row),
        cmocka_unit_test(names_are_found_exactly_and_by_the_editors_word),
        cmocka_unit_test(a_long_series_has_all_its_answers),
        cmocka_unit_test(every_value_is_among_the_names_of_the_method),
        cmocka_unit_test(short_and_bad_series_have_reasons),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

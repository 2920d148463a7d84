/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public reference values, and the comparison that judges them. */
#include "support.h"
#include "oracle_cases.h"

static void every_public_reference_value_agrees(void **state)
{
    (void)state;
    SKIP_WITHOUT(SHARED("oracles/README.md"));
    struct oracle_score score = oracle_run_folder("../shared/oracles");
    assert_int_equal(score.failed, 0);
    assert_true(score.passed >= 463);
}

static bool agrees(const char *got_text, const char *expected_text)
{
    struct oracle_tolerance tolerance = {1e-9, 1e-12};
    struct oracle_path path = {"case"};
    json_t *got = json_loads(got_text, JSON_DECODE_ANY, NULL);
    json_t *expected = json_loads(expected_text, JSON_DECODE_ANY, NULL);
    assert_non_null(got);
    assert_non_null(expected);
    bool agree = oracle_agrees(&path, got, expected, &tolerance);
    json_decref(got);
    json_decref(expected);
    return agree;
}

static void numbers_agree_within_the_tolerance_only(void **state)
{
    (void)state;
    assert_true(agrees("1.0000000005", "1"));
    assert_false(agrees("1.000000002", "1"));
    assert_true(agrees("5e-13", "0"));
    assert_false(agrees("5e-12", "0"));
    assert_true(agrees("10000001", "10000001.0"));
    assert_false(agrees("10000001.1", "10000001"));
}

static void null_and_inf_and_words_agree_exactly(void **state)
{
    (void)state;
    assert_true(agrees("null", "null"));
    assert_false(agrees("0", "null"));
    assert_false(agrees("null", "0"));
    assert_true(agrees("\"Inf\"", "\"Inf\""));
    assert_false(agrees("1e300", "\"Inf\""));
    assert_false(agrees("\"usual\"", "\"above\""));
    assert_false(agrees("1", "true"));
}

static void every_expected_key_and_item_is_compared(void **state)
{
    (void)state;
    assert_true(agrees("{\"a\": 1, \"more\": 2}", "{\"a\": 1}"));
    assert_false(agrees("{\"a\": 1}", "{\"a\": 1, \"b\": null}"));
    assert_true(agrees("[[1, null], {\"x\": [2]}]", "[[1, null], {\"x\": [2]}]"));
    assert_false(agrees("[[1, null], {\"x\": [2]}]", "[[1, null], {\"x\": [3]}]"));
    assert_false(agrees("[1, 2]", "[1]"));
    assert_false(agrees("[]", "[1]"));
    assert_false(agrees("1", "[1]"));
}

static struct oracle_score score_of(const char *text)
{
    json_t *file = json_loads(text, 0, NULL);
    assert_non_null(file);
    struct oracle_score score = oracle_run_cases(file, "file.json");
    json_decref(file);
    return score;
}

static void a_file_without_a_known_method_or_cases_fails(void **state)
{
    (void)state;
    assert_int_equal(score_of("{\"method\": \"tarot\", \"cases\": [{}, {}]}").failed,
                     2);
    assert_int_equal(score_of("{\"method\": \"wilson\", \"cases\": []}").failed, 1);
    assert_int_equal(score_of("{}").failed, 1);
    assert_int_equal(score_of("{\"method\": \"wilson\", \"cases\": [{}]}").failed, 1);
    assert_int_equal(oracle_run_folder("tests/no such folder").failed, 1);
}

static void a_wrong_reference_value_fails(void **state)
{
    (void)state;
    struct oracle_score score = score_of(
        "{\"method\": \"wilson\", \"tolerance\": {\"rel\": 1e-9, \"abs\": 0},"
        " \"cases\": [{\"id\": \"a\", \"input\": {\"x\": 1, \"n\": 2, \"conf\": "
        "0.95}, \"expected\": {\"estimate\": 0.5}}, {\"id\": \"b\", \"input\": "
        "{\"x\": 1, \"n\": 2, \"conf\": 0.95}, \"expected\": {\"estimate\": "
        "0.51}}]}");
    assert_int_equal(score.passed, 1);
    assert_int_equal(score.failed, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_public_reference_value_agrees),
        cmocka_unit_test(numbers_agree_within_the_tolerance_only),
        cmocka_unit_test(null_and_inf_and_words_agree_exactly),
        cmocka_unit_test(every_expected_key_and_item_is_compared),
        cmocka_unit_test(a_file_without_a_known_method_or_cases_fails),
        cmocka_unit_test(a_wrong_reference_value_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

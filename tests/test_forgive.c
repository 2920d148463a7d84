/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "base/yaml.h"

static const struct yaml *parse_slice(struct slice source)
{
    const struct yaml *root = NULL;
    diags_truncate(diags, 0);
    if (!yaml_parse(source, "weekly.md", 1, 'M', arena, &root, diags))
        fail_msg("%s", diags_at(diags, 0)->message);
    assert_int_equal(diags_total(diags), 0);
    return root;
}

static const struct yaml *parse(const char *source)
{
    return parse_slice(slice_of(source));
}

static void assert_place(const struct yaml *node, int line, int column, int width)
{
    assert_non_null(node);
    assert_int_equal(node->at.line, line);
    assert_int_equal(node->at.column, column);
    assert_int_equal(node->width, width);
}

static void assert_reads(const char *value, const char *want)
{
    const struct yaml *root = parse(arena_print(arena, "key: %s\nafter: 1\n", value));
    const struct yaml *got = yaml_find(root, "key");
    assert_int_equal(root->count, 2);
    assert_int_equal(got->kind, YAML_SCALAR);
    assert_slice(got->text, want);
    assert_place(got, 1, 6, (int)utf8_length(slice_of(want)));
    assert_false(got->quoted);
    assert_place(yaml_find(root, "after"), 2, 8, 1);
}

static void a_second_colon_is_forgiven(void **state)
{
    (void)state;
    assert_reads("Attacks: up", "Attacks: up");
    assert_reads("Attacks: it's: \"up\"  # why", "Attacks: it's: \"up\"");
    assert_reads("sum of killed where district is D.I. Khan: north",
                 "sum of killed where district is D.I. Khan: north");
    assert_reads("ends with:", "ends with:");
    assert_reads("a 'quote': b''c", "a 'quote': b''c");
    assert_reads("tab:\tseparated", "tab:\tseparated");
}

static void a_value_in_braces_is_forgiven(void **state)
{
    (void)state;
    assert_reads("{{ x }}", "{{ x }}");
    assert_reads("{{x}} of {{y}} # comment", "{{x}} of {{y}}");
    assert_reads("{{ attacks | say(rose: 'Attacks rise to') }} {{ attacks }}",
                 "{{ attacks | say(rose: 'Attacks rise to') }} {{ attacks }}");
    assert_reads("{{ \"a # b\" }} c", "{{ \"a # b\" }} c");
    assert_reads("up {{ \"a # b\" }} # c", "up {{ \"a # b\" }}");
    assert_reads("{{ never closed # x", "{{ never closed # x");
    assert_reads("Attacks {{ a | say(rose: 'x') }}",
                 "Attacks {{ a | say(rose: 'x') }}");
}

static void signs_that_only_make_sense_as_text_are_forgiven(void **state)
{
    (void)state;
    static const char *const values[] = {"**Toll.** They",
                                         "*emphasis*",
                                         "* star",
                                         "[sic] attacks",
                                         "{a} b",
                                         "[a](b)",
                                         "> 5",
                                         ">= 3",
                                         "|x|",
                                         "@here",
                                         "`code`",
                                         "%d",
                                         "& co",
                                         "! note",
                                         "-",
                                         "?",
                                         ", x",
                                         "] x",
                                         "\"per attack\", killed",
                                         "\"x\" is \"y\"",
                                         "'a' or 'b'"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_reads(values[i], values[i]);
}

static void forgiveness_reaches_into_lists(void **state)
{
    (void)state;
    const struct yaml *root = parse("list:\n"
                                    "- {{ x }}\n"
                                    "- **b:** c\n"
                                    "- name: a: b\n"
                                    "  other: {{ y }}\n"
                                    "- - {{ z }}\n"
                                    "- text {{ a | say(b: 'c') }}\n");
    const struct yaml *list = yaml_find(root, "list");
    assert_int_equal(list->count, 5);
    assert_slice(list->item[0].text, "{{ x }}");
    assert_place(&list->item[0], 2, 3, 7);
    assert_slice(list->item[1].text, "**b:** c");
    assert_slice(yaml_text(&list->item[2], "name", ""), "a: b");
    assert_slice(yaml_text(&list->item[2], "other", ""), "{{ y }}");
    assert_slice(list->item[3].item[0].text, "{{ z }}");
    assert_slice(list->item[4].text, "text {{ a | say(b: 'c') }}");
}

static void what_yaml_means_stays(void **state)
{
    (void)state;
    const struct yaml *root = parse("incidents: {file: x.csv, schema: acled}\n"
                                    "nap: [a, b] # c\n"
                                    "footer: \"{{ title }}, issue\"\n"
                                    "single: '{{ a }}: it''s'\n"
                                    "lines: [x,\n"
                                    "  'y: [',\n"
                                    "don't]\n"
                                    "long: \"one\n"
                                    "  two: 2\"\n"
                                    "plain: one\n"
                                    "  {{ two }}\n"
                                    "  \"three\n"
                                    "below:\n"
                                    "  {{ value }} x\n"
                                    "\"quoted key\": {{ v }}\n");
    assert_slice(yaml_text(yaml_find(root, "incidents"), "schema", ""), "acled");
    assert_int_equal(yaml_find(root, "nap")->count, 2);
    assert_slice(yaml_text(root, "footer", ""), "{{ title }}, issue");
    assert_true(yaml_find(root, "footer")->quoted);
    assert_slice(yaml_text(root, "single", ""), "{{ a }}: it's");
    assert_slice(yaml_find(root, "lines")->item[1].text, "y: [");
    assert_slice(yaml_find(root, "lines")->item[2].text, "don't");
    assert_slice(yaml_text(root, "long", ""), "one two: 2");
    assert_slice(yaml_text(root, "plain", ""), "one {{ two }} \"three");
    assert_slice(yaml_text(root, "below", ""), "{{ value }} x");
    assert_place(yaml_find(root, "below"), 14, 3, 13);
    assert_slice(yaml_text(root, "quoted key", ""), "{{ v }}");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_second_colon_is_forgiven),
        TEST(a_value_in_braces_is_forgiven),
        TEST(signs_that_only_make_sense_as_text_are_forgiven),
        TEST(forgiveness_reaches_into_lists),
        TEST(what_yaml_means_stays),
    };
    return cmocka_run_group_tests_name("forgive", tests, NULL, NULL);
}

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

/* The first diagnostic of a source that can't be read. */
static const struct diag *refused(struct slice source)
{
    const struct yaml *root = NULL;
    diags_truncate(diags, 0);
    if (yaml_parse(source, "weekly.md", 1, 'M', arena, &root, diags))
        fail_msg("read: %.*s", SLICE_PRINT(source));
    assert_null(root);
    assert_true(diags_count(diags, SEVERITY_ERROR) > 0);
    return diags_at(diags, 0);
}

static void assert_refused(const char *source, const char *code, int line, int column)
{
    const struct diag *diag = refused(slice_of(source));
    if (strcmp(diag->code, code) != 0 || diag->at.line != line ||
        diag->at.column != column)
        fail_msg("%d:%d: %s %s: %s", diag->at.line, diag->at.column, diag->code,
                 diag->message, source);
}

/* The tree */

static void mappings_keep_their_order_and_their_places(void **state)
{
    (void)state;
    const struct yaml *root = parse("title: Brief\n"
                                    "data:\n"
                                    "  incidents: a.csv\n"
                                    "show: [killed, 'per attack']\n");
    assert_int_equal(root->kind, YAML_MAPPING);
    assert_int_equal(root->count, 3);
    assert_slice(root->key[0].text, "title");
    assert_slice(root->key[2].text, "show");
    assert_place(yaml_find(root, "title"), 1, 8, 5);
    assert_place(&root->key[1], 2, 1, 4);
    const struct yaml *data = yaml_find(root, "data");
    assert_int_equal(data->kind, YAML_MAPPING);
    assert_place(data, 3, 3, 1);
    assert_place(yaml_find(data, "incidents"), 3, 14, 5);
    const struct yaml *show = yaml_find(root, "show");
    assert_int_equal(show->kind, YAML_SEQUENCE);
    assert_int_equal(show->count, 2);
    assert_place(&show->item[0], 4, 8, 6);
    assert_slice(show->item[1].text, "per attack");
    assert_true(show->item[1].quoted);
    assert_place(&show->item[1], 4, 16, 12);
    assert_null(yaml_find(root, "absent"));
    assert_null(yaml_find(show, "title"));
    assert_null(yaml_find(NULL, "title"));
}

static void scalars_stay_as_typed(void **state)
{
    (void)state;
    const struct yaml *root =
        parse("a: no\nb: 10:00\nc: 007\nd: null\ne: ~\nf: 1e3\n"
              "g: 2026-11-16\nh: 5 # comment\ni: side is \"attack\"\n"
              "j: http://x.y/z#f\n");
    static const char *const want[] = {"no",
                                       "10:00",
                                       "007",
                                       "null",
                                       "~",
                                       "1e3",
                                       "2026-11-16",
                                       "5",
                                       "side is \"attack\"",
                                       "http://x.y/z#f"};
    assert_int_equal(root->count, 10);
    for (size_t i = 0; i < root->count; i++)
        assert_slice(root->item[i].text, want[i]);
}

static void places_count_code_points_and_the_files_own_lines(void **state)
{
    (void)state;
    const struct yaml *root = NULL;
    struct slice source = slice_of("é: ü\r\n\"ñ\": 'x'\r\nlast: 1");
    assert_true(yaml_parse(source, "w.md", 12, 'M', arena, &root, diags));
    assert_place(&root->item[0], 12, 4, 1);
    assert_place(&root->key[1], 13, 1, 3);
    assert_place(&root->item[1], 13, 6, 3);
    assert_place(&root->item[2], 14, 7, 1);
    assert_string_equal(root->item[2].at.file, "w.md");
}

static void a_value_left_empty_has_the_place_of_its_key(void **state)
{
    (void)state;
    const struct yaml *root = parse("title:\nnext: x\n");
    assert_slice(yaml_find(root, "title")->text, "");
    assert_false(yaml_find(root, "title")->quoted);
    assert_place(yaml_find(root, "title"), 1, 1, 5);
    assert_int_equal(yaml_length(yaml_find(root, "title")), 0);
}

static void an_empty_source_is_an_empty_mapping(void **state)
{
    (void)state;
    static const char *const sources[] = {"",      "\n\n",         "# only a comment\n",
                                          "---\n", "\xEF\xBB\xBF", "   \t\n"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const struct yaml *root = parse(sources[i]);
        assert_int_equal(root->kind, YAML_MAPPING);
        assert_int_equal(root->count, 0);
    }
    assert_slice(parse("just text")->text, "just text");
}

static void block_scalars_keep_their_lines(void **state)
{
    (void)state;
    const struct yaml *root = parse("note: |\n"
                                    "\n"
                                    "  {{ x }}: [y\n"
                                    "    \tdeep: er: 'q\n"
                                    "folded: >-\n"
                                    "  one\n"
                                    "  two: 2\n"
                                    "after: a: b\n");
    assert_slice(root->item[0].text, "\n{{ x }}: [y\n  \tdeep: er: 'q\n");
    assert_true(root->item[0].quoted);
    assert_place(&root->item[0], 3, 3, 1);
    assert_slice(root->item[1].text, "one two: 2");
    assert_slice(root->item[2].text, "a: b");
}

static void quoted_scalars_fold_their_lines(void **state)
{
    (void)state;
    const struct yaml *root = parse("a: ' one''s  \n"
                                    "   two \t\r\n"
                                    "\n"
                                    " \n"
                                    "  three '\n"
                                    "b: \" one\\\"s  \n"
                                    "   two \t\r\n"
                                    "\n"
                                    " \n"
                                    "  three \"\n"
                                    "c: ''''''''\n"
                                    "d: ''\n"
                                    "e: '\n"
                                    "  x\n"
                                    "  '\n");
    assert_slice(root->item[0].text, " one's two\n\nthree ");
    assert_slice(root->item[1].text, " one\"s two\n\nthree ");
    assert_slice(root->item[2].text, "'''");
    assert_slice(root->item[3].text, "");
    assert_true(root->item[3].quoted);
    assert_place(&root->item[3], 12, 4, 2);
    assert_slice(root->item[4].text, " x ");
}

/* Errors */

static void what_is_not_read_here_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_refused("a:\n\tb: 1\n", "M011", 2, 1);
    assert_refused("a:\n  \tb: 1\n", "M011", 2, 3);
    assert_refused("a: 1\nb: 2\na: 3\n", "M012", 3, 1);
    assert_refused("a: &x 1\n", "M013", 1, 4);
    assert_refused("a: *x\n", "M013", 1, 4);
    assert_refused("a: !x 1\n", "M014", 1, 4);
    assert_refused("a: !!str 1\n", "M014", 1, 4);
    assert_refused("a: 1\n---\nb: 2\n", "M015", 2, 1);
    assert_refused("%YAML 1.1\n---\na: 1\n", "M015", 2, 1);
    assert_refused("a: [{{ b }}]\n", "M018", 1, 6);
    assert_refused(": a\n", "M018", 1, 1);
    for (size_t i = 0; i < diags_total(diags); i++)
        assert_int_equal(diags_at(diags, i)->severity, SEVERITY_ERROR);
}

static void broken_yaml_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_refused("a: [b\nc: d\n", "M010", 1, 4);
    assert_refused("b: 1\na: \"b\nc: d\n", "M010", 2, 4);
    assert_refused("a: 'x\n", "M010", 1, 4);
    assert_refused("a: 1\nfoo bar\nb: 2\n", "M010", 2, 1);
    assert_refused("a: \"He said \"no\" today\"\n", "M010", 1, 14);
    assert_refused("a: \"\\q\"\n", "M010", 1, 5);
    assert_refused("a: - b\n", "M010", 1, 4);
    assert_refused("a: [b,, c]\n", "M010", 1, 7);
    assert_refused("a: x: y\n  and on\n", "M010", 2, 3);
}

static void every_refusal_says_the_cure(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "a:\n\tb: 1\n",  "a: 1\na: 2\n",          "a: &x 1\n",
        "a: !x 1\n",     "a: 1\n---\nb: 1\n",     "a: [b\n",
        "a: \"b\n",      "a: 1\nfoo bar\nb: 1\n", "a: \"\\q\"\n",
        "a: 1\n b: 2\n", "a: [{{ b }}]\n",        "a: \"x\"y\n",
        "a: 1\n- b\n",   "  a: 1\n b: 2\n"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (!refused(slice_of(sources[i]))->hint)
            fail_msg("no hint: %s", sources[i]);
    }
}

static void all_keys_given_twice_are_listed(void **state)
{
    (void)state;
    refused(slice_of("a: 1\nb: 2\na: 3\nb: 4\nc: {d: 1, d: 2}\n"));
    assert_int_equal(diags_total(diags), 3);
    struct text many = {.arena = arena};
    for (int i = 0; i < 1000; i++)
        text_print(&many, "key %d: x\n", i);
    text_append_string(&many, "key 7: x\n");
    const struct diag *diag = refused(text_slice(&many));
    assert_int_equal(diag->at.line, 1001);
    assert_int_equal(diag->width, 5);
    assert_string_equal(diag->hint, "it is first given in line 8");
    assert_int_equal(diags_total(diags), 1);
}

static void the_letter_is_the_callers(void **state)
{
    (void)state;
    const struct yaml *root;
    assert_false(yaml_parse(slice_of("a: [\n"), "s.yaml", 5, 'D', arena, &root, diags));
    assert_string_equal(diags_at(diags, 0)->code, "D010");
    assert_int_equal(diags_at(diags, 0)->at.line, 5);
}

static void bytes_that_no_text_has_are_refused(void **state)
{
    (void)state;
    assert_refused("a: 1\nb: x\xFF\n", "M017", 2, 5);
    assert_refused("a: \x01\n", "M017", 1, 4);
    assert_string_equal(refused(SLICE_LITERAL("a: b\0c\n"))->code, "M017");
}

/* Limits */

static struct slice repeated(const char *head, const char *unit, size_t count,
                             const char *tail)
{
    struct text out = {.arena = arena};
    text_append_string(&out, head);
    for (size_t i = 0; i < count; i++)
        text_append_string(&out, unit);
    text_append_string(&out, tail);
    return text_slice(&out);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    struct text brackets = {.arena = arena};
    text_append(&brackets, repeated("a: ", "[", 63, ""));
    text_append(&brackets, repeated("", "]", 63, "\n"));
    assert_int_equal(parse_slice(text_slice(&brackets))->count, 1);
    assert_string_equal(refused(repeated("a: ", "[", 100000, "\n"))->code, "M016");
    assert_string_equal(refused(repeated("", "- ", 100000, "x\n"))->code, "M016");
    assert_string_equal(refused(repeated("", "? ", 100000, "x\n"))->code, "M016");
    struct text deep = {.arena = arena};
    for (int i = 0; i < 200; i++)
        text_print(&deep, "%*sa:\n", i, "");
    assert_string_equal(refused(text_slice(&deep))->code, "M016");
}

static void size_and_number_have_a_limit(void **state)
{
    (void)state;
    assert_string_equal(
        refused(repeated("a: ", "0123456789abcdef", 1 << 20, "\n"))->code, "M016");
    assert_string_equal(refused(repeated("a: [", "x,", 1000001, "]\n"))->code, "M016");
    assert_string_equal(refused(repeated("a: |\n x", "\n", 300, " y"))->code, "M016");
    assert_string_equal(refused(repeated("a: |\n x", " \r\n", 300, " y"))->code,
                        "M016");
    parse_slice(repeated("a: |\n x", "\n", 201, " y"));
}

/* A line that holds nothing, where the one that broke is looked for. */
static void a_broken_blank_line_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {"\t", "':l':':%", "tit,e: x\n- x\n", "\n\t\n"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct arena *one = arena_new();
        struct diags *said = diags_new(one);
        const struct yaml *root;
        bool ok = yaml_parse(slice_of(broken[i]), "x", 1, 'M', one, &root, said);
        assert_true(ok == (diags_count(said, SEVERITY_ERROR) == 0));
        arena_free(one);
    }
}

/* Sources that have made other readers take quadratic time; each is a megabyte. */
static void hostile_sources_end_soon(void **state)
{
    (void)state;
    static const char *const unit[] = {
        "\"",     "'",         "{{",      "{{ # ", ": ",        ":\n", "a: \"x\" y\n",
        "\n\t\n", "a: “",      "- ' '\n", "? a\n", "- &a x\n",  "#",   "x ",
        "\r",     "- don't\n", "[]",      "{},",   "- |\n x\n", "\\",  "a: [\n",
        "*",      "|\n",       "---\n"};
    static const char *const head[] = {"", "a: ", "a: \"", "a: [", "- {", "a: |\n "};
    const struct yaml *root;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        for (size_t j = 0; j < sizeof unit / sizeof *unit; j++) {
            struct arena *one = arena_new();
            struct diags *said = diags_new(one);
            struct slice source =
                repeated(head[i], unit[j], 100000 / strlen(unit[j]), "");
            bool ok = yaml_parse(source, "x", 1, 'M', one, &root, said);
            assert_true(ok == (diags_count(said, SEVERITY_ERROR) == 0));
            size_t count;
            if (ok && root->count)
                yaml_list(&root->item[0], one, &count);
            arena_free(one);
        }
    }
}

/* Every source cut short or with one byte changed ends in a tree or a diagnostic. */
static void mutilated_sources_end_in_an_answer(void **state)
{
    (void)state;
    static const char source[] =
        "title: \"{{ a | say(rose: 'x', fell: 'y') }} {{ a }}\"\n"
        "data: {incidents: {file: x.csv, schema: acled}, nap: [a, 'b, c', \"d\"]}\n"
        "note: >-\n  some {{ text }}: here\n\n  there\n"
        "show:\n- killed: sum: of\n  where: side is \"attack\"\n- [x, y]\n- {{ z }} # "
        "c\n"
        "? odd\n: **k:** \"u\" é\n";
    static const char bytes[] = "\n\t :-?[]{},&*!|>'\"%@`#\\x\xC3\xFF";
    const struct yaml *root;
    char mutant[sizeof source];
    for (size_t at = 0; at < sizeof source - 1; at++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            struct arena *one = arena_new();
            struct diags *said = diags_new(one);
            memcpy(mutant, source, sizeof source);
            mutant[at] = bytes[i];
            size_t size = i ? sizeof source - 1 : at;
            bool ok =
                yaml_parse((struct slice){mutant, size}, "x", 1, 'M', one, &root, said);
            assert_true(ok == (diags_count(said, SEVERITY_ERROR) == 0));
            arena_free(one);
        }
    }
}

/* Reading */

static void assert_list(const char *value, size_t want_count, const char *const *want)
{
    size_t count = 99;
    const struct yaml *root = parse(arena_print(arena, "k: %s\n", value));
    const struct yaml *list = yaml_list(yaml_find(root, "k"), arena, &count);
    assert_int_equal(count, want_count);
    for (size_t i = 0; i < count; i++)
        assert_slice(list[i].text, want[i]);
}

static void lists_read_the_same_however_they_were_written(void **state)
{
    (void)state;
    static const char *const two[] = {"killed", "per attack"};
    assert_list("killed, per attack", 2, two);
    assert_list("killed,per attack,", 2, two);
    assert_list("[killed, per attack]", 2, two);
    assert_list("\n- killed\n- \"per attack\"", 2, two);
    assert_list("killed, \"per attack\"", 2, two);
    assert_list("\"killed, 'per attack'\"", 2, two);
    assert_list("killed, “per attack”", 2, two);
    assert_list("killed", 1, two);
    assert_list("", 0, two);
    assert_list("\"\"", 0, two);
    assert_list(", ,", 0, two);
    size_t count = 9;
    assert_null(yaml_list(NULL, arena, &count));
    assert_int_equal(count, 0);
}

static void commas_in_quotes_and_brackets_do_not_divide(void **state)
{
    (void)state;
    static const char *const want[] = {"say(rose: 'a, b', fell: \"c\")", "x in (1, 2)",
                                       "it's", "don't", "d, e"};
    assert_list("say(rose: 'a, b', fell: \"c\"), x in (1, 2), it's, don't, 'd, e'", 5,
                want);
}

static void parts_of_a_list_have_places(void **state)
{
    (void)state;
    size_t count;
    const struct yaml *root = parse("a: é, bb ,ccc\nb: \"x, y\"\nc: \"\\x41, b\"\n");
    const struct yaml *list = yaml_list(&root->item[0], arena, &count);
    assert_place(&list[0], 1, 4, 1);
    assert_place(&list[1], 1, 7, 2);
    assert_place(&list[2], 1, 11, 3);
    list = yaml_list(&root->item[1], arena, &count);
    assert_place(&list[0], 2, 5, 1);
    assert_place(&list[1], 2, 8, 1);
    list = yaml_list(&root->item[2], arena, &count);
    assert_slice(list[0].text, "A");
    assert_place(&list[1], 3, 4, 9);
}

static void a_scalar_is_a_sequence_of_one(void **state)
{
    (void)state;
    const struct yaml *root = parse("a: x\nb: [y, z]\nc: {d: e}\n");
    assert_int_equal(yaml_length(yaml_find(root, "a")), 1);
    assert_slice(yaml_at(yaml_find(root, "a"), 0)->text, "x");
    assert_null(yaml_at(yaml_find(root, "a"), 1));
    assert_slice(yaml_at(yaml_find(root, "b"), 1)->text, "z");
    assert_int_equal(yaml_at(yaml_find(root, "c"), 0)->kind, YAML_MAPPING);
    assert_int_equal(yaml_length(NULL), 0);
    assert_null(yaml_at(NULL, 0));
}

static void texts_numbers_and_yes_or_no(void **state)
{
    (void)state;
    const struct yaml *root =
        parse("n: 1,234.5\nt: Yes\nf: 'off'\nw: maybe\nl: [1]\ne:\n");
    double number = 0;
    bool flag = false;
    assert_true(yaml_number(yaml_find(root, "n"), &number));
    assert_near(number, 1234.5, 0);
    assert_false(yaml_number(yaml_find(root, "t"), &number));
    assert_false(yaml_number(yaml_find(root, "l"), &number));
    assert_false(yaml_number(yaml_find(root, "e"), &number));
    assert_false(yaml_number(NULL, &number));
    assert_true(yaml_bool(yaml_find(root, "t"), &flag));
    assert_true(flag);
    assert_true(yaml_bool(yaml_find(root, "f"), &flag));
    assert_false(flag);
    assert_false(yaml_bool(yaml_find(root, "w"), &flag));
    assert_false(yaml_bool(yaml_find(root, "l"), &flag));
    assert_false(yaml_bool(NULL, &flag));
    assert_slice(yaml_text(root, "t", "z"), "Yes");
    assert_slice(yaml_text(root, "l", "z"), "z");
    assert_slice(yaml_text(root, "absent", NULL), "");
    assert_slice(yaml_text(root, "e", "z"), "");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

/* Found by fuzzing: the first collection closed with nothing read before it. */
static void a_document_of_empty_collections_is_read(void **state)
{
    (void)state;
    const struct yaml *root = parse("a: []\nb: {}\n");
    assert_int_equal(root->count, 2);
    assert_int_equal(yaml_length(yaml_find(root, "a")), 0);
    assert_int_equal(yaml_find(root, "b")->count, 0);
    const struct yaml *list;
    bool ok = yaml_parse(slice_of("[\n{}"), "list.yaml", 1, 'M', arena, &list, diags);
    assert_int_equal(ok, diags_count(diags, SEVERITY_ERROR) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_of_empty_collections_is_read),
        TEST(mappings_keep_their_order_and_their_places),
        TEST(scalars_stay_as_typed),
        TEST(places_count_code_points_and_the_files_own_lines),
        TEST(a_value_left_empty_has_the_place_of_its_key),
        TEST(an_empty_source_is_an_empty_mapping),
        TEST(block_scalars_keep_their_lines),
        TEST(quoted_scalars_fold_their_lines),
        TEST(what_is_not_read_here_is_refused_with_its_place),
        TEST(broken_yaml_is_refused_with_its_place),
        TEST(every_refusal_says_the_cure),
        TEST(all_keys_given_twice_are_listed),
        TEST(the_letter_is_the_callers),
        TEST(bytes_that_no_text_has_are_refused),
        TEST(nesting_has_a_limit),
        TEST(size_and_number_have_a_limit),
        TEST(a_broken_blank_line_is_refused),
        TEST(hostile_sources_end_soon),
        TEST(mutilated_sources_end_in_an_answer),
        TEST(lists_read_the_same_however_they_were_written),
        TEST(commas_in_quotes_and_brackets_do_not_divide),
        TEST(parts_of_a_list_have_places),
        TEST(a_scalar_is_a_sequence_of_one),
        TEST(texts_numbers_and_yes_or_no),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}

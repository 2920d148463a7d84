/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "base/json.h"

#include <jansson.h>

static struct arena *arena;
static struct text out;
static struct json json;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    out = (struct text){.arena = arena};
    json = (struct json){.out = &out};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void values_nest_and_indent(void **state)
{
    (void)state;
    json_open_object(&json);
    json_key(&json, "rows");
    json_open_array(&json);
    json_number(&json, 496);
    json_number(&json, 0.1);
    json_open_object(&json);
    json_close_object(&json);
    json_open_array(&json);
    json_close_array(&json);
    json_close_array(&json);
    json_key_slice(&json, slice_of("ok"));
    json_bool(&json, true);
    json_key(&json, "none");
    json_c_string(&json, NULL);
    json_close_object(&json);
    assert_slice(text_slice(&out), "{\n"
                                   "  \"rows\": [\n"
                                   "    496,\n"
                                   "    0.1,\n"
                                   "    {},\n"
                                   "    []\n"
                                   "  ],\n"
                                   "  \"ok\": true,\n"
                                   "  \"none\": null\n"
                                   "}");
}

static void what_is_no_number_is_null(void **state)
{
    (void)state;
    json_open_array(&json);
    json_number(&json, NAN);
    json_number(&json, INFINITY);
    json_number(&json, -INFINITY);
    json_close_array(&json);
    assert_slice(text_slice(&out), "[\n  null,\n  null,\n  null\n]");
}

static void texts_are_escaped(void **state)
{
    (void)state;
    json_text(&json, SLICE_LITERAL("a\"b\\c\n\r\t\b\f\v\0\x1F/\xE2\x80\xA8é"));
    assert_slice(text_slice(&out),
                 "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u000b\\u0000\\u001f/\\u2028é\"");
}

static void invalid_utf8_becomes_the_replacement_character(void **state)
{
    (void)state;
    json_text(&json, slice_of("\xFF"
                              "a\xC3"
                              "b\xED\xA0\x80"));
    assert_slice(text_slice(&out), "\"\uFFFDa\uFFFDb\uFFFD\uFFFD\uFFFD\"");
}

/* Another reader must get back what was written: every code point and odd numbers. */
static void another_library_reads_the_same_back(void **state)
{
    (void)state;
    struct text all = {.arena = arena};
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 997)
        text_append_rune(&all, c);
    json_open_object(&json);
    json_key_slice(&json, text_slice(&all));
    json_text(&json, text_slice(&all));
    json_key(&json, "number");
    json_number(&json, 1.0 / 3);
    json_key(&json, "large");
    json_number(&json, 1e300);
    json_close_object(&json);

    json_error_t error;
    json_t *root = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s at %d", error.text, error.position);
    const char *name = slice_c_string(arena, text_slice(&all));
    assert_string_equal(json_string_value(json_object_get(root, name)), name);
    assert_true(json_real_value(json_object_get(root, "number")) == 1.0 / 3);
    assert_true(json_real_value(json_object_get(root, "large")) == 1e300);
    json_decref(root);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_nest_and_indent),
        TEST(what_is_no_number_is_null),
        TEST(texts_are_escaped),
        TEST(invalid_utf8_becomes_the_replacement_character),
        TEST(another_library_reads_the_same_back),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "press/pdf_parse.h"

#include <stdlib.h>

struct state {
    struct arena *arena;
    struct diags *diags;
};

static int open_state(void **state)
{
    struct state *own = malloc(sizeof *own);
    own->arena = arena_new();
    own->diags = diags_new(own->arena);
    *state = own;
    return 0;
}

static int close_state(void **state)
{
    struct state *own = *state;
    arena_free(own->arena);
    free(own);
    return 0;
}

/* A file of body and an xref table that says what offset says; object 1 is the root. */
static struct slice close_file(struct text *body, const size_t *offset, size_t count)
{
    size_t start = body->size;
    text_print(body, "xref\n0 %zu\n0000000000 65535 f \n", count + 1);
    for (size_t i = 0; i < count; i++)
        text_print(body, "%010zu 00000 n \n", offset[i]);
    text_print(body,
               "trailer\n<< /Size %zu\n   /Root 1 0 R\n>>\nstartxref\n%zu\n%%%%EOF\n",
               count + 1, start);
    return text_slice(body);
}

static struct text open_file(struct arena *arena)
{
    struct text body = {.arena = arena};
    text_append_string(&body, "%PDF-1.5\n%\xB5\xED\xAE\xFB\n");
    return body;
}

/* A file whose objects are 1, 2 … */
static struct slice file_of(struct arena *arena, const char *const *object,
                            size_t count)
{
    struct text body = open_file(arena);
    size_t *offset = ARENA_ARRAY(arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        offset[i] = body.size;
        text_print(&body, "%zu 0 obj\n%s\nendobj\n", i + 1, object[i]);
    }
    return close_file(&body, offset, count);
}

static struct pdf_file parse_objects(struct state *own, const char *const *object,
                                     size_t count)
{
    struct pdf_file file = {0};
    assert_true(
        pdf_parse(file_of(own->arena, object, count), own->arena, &file, own->diags));
    assert_int_equal(diags_total(own->diags), 0);
    return file;
}

static struct pdf_file parse_one(struct state *own, const char *object)
{
    return parse_objects(own, &object, 1);
}

/* The whole file is refused, with one error that holds what was expected. */
static void assert_refused(struct state *own, struct slice bytes, const char *expected)
{
    struct pdf_file file = {0};
    struct diags *diags = diags_new(own->arena);
    assert_false(pdf_parse(bytes, own->arena, &file, diags));
    assert_int_equal(diags_count(diags, SEVERITY_ERROR), 1);
    const struct diag *diag = diags_at(diags, 0);
    assert_string_equal(diag->code, "I301");
    assert_non_null(strstr(diag->message, "cairo 1."));
    if (!strstr(diag->message, expected))
        fail_msg("\"%s\" doesn't hold \"%s\"", diag->message, expected);
}

static void assert_object_refused(struct state *own, const char *object,
                                  const char *expected)
{
    assert_refused(own, file_of(own->arena, &object, 1), expected);
}

static void a_number_before_a_reference_stays_a_number(void **state)
{
    struct pdf_file file = parse_one(*state, "<< /Nums [ 0 1 0 R 1 1 0 R 7 0 ] >>");
    uint32_t array = pdf_find(&file, pdf_value(&file, 1), "Nums");
    const enum pdf_kind expected[] = {PDF_NUMBER,    PDF_REFERENCE, PDF_NUMBER,
                                      PDF_REFERENCE, PDF_NUMBER,    PDF_NUMBER,
                                      PDF_CLOSE};
    for (uint32_t i = 0; i < 7; i++)
        assert_int_equal(pdf_kind_at(&file, array + 1 + i), expected[i]);
    assert_int_equal(pdf_target(&file, array + 2), 1);
}

static void comments_inside_a_dictionary_are_space(void **state)
{
    struct pdf_file file =
        parse_one(*state, "<< /Type /Page % 1 >> not the end\n   /Count 2 >>");
    uint32_t count;
    assert_true(
        pdf_integer(&file, pdf_find(&file, pdf_value(&file, 1), "Count"), &count));
    assert_int_equal(count, 2);
    assert_true(
        pdf_is_name(&file, pdf_find(&file, pdf_value(&file, 1), "Type"), "Page"));
}

static void every_kind_of_value_is_read_and_skipped(void **state)
{
    struct pdf_file file = parse_one(
        *state,
        "<</A(x\\)(y)z)/B<feff 00>/C[1 -2.5 +.5 4.]/D<</E[[]]>>/F true/G null/H/I>>");
    uint32_t dict = pdf_value(&file, 1);
    assert_slice(pdf_text(&file, pdf_find(&file, dict, "A")), "(x\\)(y)z)");
    assert_slice(pdf_text(&file, pdf_find(&file, dict, "B")), "<feff 00>");
    assert_slice(pdf_text(&file, pdf_find(&file, dict, "F")), "true");
    assert_slice(pdf_text(&file, pdf_find(&file, dict, "H")), "/I");
    assert_int_equal(pdf_find(&file, dict, "E"), 0); /* deeper */
    assert_int_equal(pdf_find(&file, pdf_find(&file, dict, "A"), "E"), 0);
    assert_int_equal(pdf_kind_at(&file, pdf_skip(&file, dict)), PDF_DICT); /* trailer */
}

static void integers_are_whole_and_not_negative(void **state)
{
    struct pdf_file file = parse_one(*state, "<< /A 12 /B -1 /C 1.5 /D 2147483647 >>");
    uint32_t dict = pdf_value(&file, 1), number;
    assert_true(pdf_integer(&file, pdf_find(&file, dict, "A"), &number));
    assert_int_equal(number, 12);
    assert_true(pdf_integer(&file, pdf_find(&file, dict, "D"), &number));
    assert_false(pdf_integer(&file, pdf_find(&file, dict, "B"), &number));
    assert_false(pdf_integer(&file, pdf_find(&file, dict, "C"), &number));
    assert_false(pdf_integer(&file, 0, &number));
}

static void a_stream_may_hold_anything_its_length_covers(void **state)
{
    const char *const objects[] = {
        "<< /Length 2 0 R >>\nstream\nendstream endobj 9 0 obj\n\nendstream", "   25",
        "<< /Length 3 >>\nstream\nabc\nendstream"};
    struct pdf_file file = parse_objects(*state, objects, 3);
    assert_true(file.object[1].is_stream);
    assert_slice(file.object[1].stream, "endstream endobj 9 0 obj\n");
    assert_false(file.object[2].is_stream);
    assert_slice(file.object[3].stream, "abc");
}

/* cairo gives a new number the offset at which it stands, and may never use it. */
static void an_object_that_was_numbered_but_never_written_is_absent(void **state)
{
    struct state *own = *state;
    struct text body = open_file(own->arena);
    const size_t offset[] = {body.size, body.size, 7};
    struct pdf_file file;
    text_append_string(&body, "1 0 obj\n<< /A 2 0 R >>\nendobj\n");
    assert_true(pdf_parse(close_file(&body, offset, 3), own->arena, &file, own->diags));
    assert_true(file.object[1].exists);
    assert_false(file.object[2].exists);
    assert_false(file.object[3].exists);
    assert_int_equal(pdf_target(&file, pdf_find(&file, pdf_value(&file, 1), "A")), 0);
}

static void a_reference_to_nothing_has_no_target(void **state)
{
    struct pdf_file file =
        parse_one(*state, "<< /A 2 0 R /B 0 0 R /C 2147483647 0 R >>");
    uint32_t dict = pdf_value(&file, 1);
    assert_int_equal(pdf_target(&file, pdf_find(&file, dict, "A")), 0);
    assert_int_equal(pdf_target(&file, pdf_find(&file, dict, "B")), 0);
    assert_int_equal(pdf_target(&file, pdf_find(&file, dict, "C")), 0);
    assert_int_equal(pdf_value(&file, 2), 0);
    assert_int_equal(pdf_value(&file, UINT32_MAX), 0);
}

static void what_cairo_does_not_write_is_refused(void **state)
{
    assert_object_refused(*state, "<< /A 1 1 R >>", "a key or \">>\", found \"1 R");
    assert_object_refused(*state, "<< /A foo >>", "a value, found \"foo");
    assert_object_refused(*state, "<< /A truer >>", "a value, found \"truer");
    assert_object_refused(*state, "<< /A 1.2.3 >>", "a number");
    assert_object_refused(*state, "<< /A - >>", "a number");
    assert_object_refused(*state, "<< /A (unclosed >>", "the end of a string");
    assert_object_refused(*state, "<< /A <12g4> >>", "hexadecimal digits");
    assert_object_refused(*state, "<< /A [ 1 2 >>", "a value, found \">>");
    assert_object_refused(*state, "<< 1 /A >>", "a key");
    assert_object_refused(*state, "<< / 1 >>", "a name");
    assert_object_refused(*state, "<< /A >>", "a value");
    assert_object_refused(*state, "<< >> << >>", "\"endobj\"");
    assert_object_refused(*state, "[ ]\nstream\nendstream", "a dictionary");
    assert_object_refused(*state, "<< >>\nstream\nendstream", "a /Length");
    assert_object_refused(*state, "<< /Length 1 0 R >>\nstream\nendstream",
                          "length is known");
    assert_object_refused(*state, "<< /Length 7 0 R >>\nstream\nendstream",
                          "length is known");
    assert_object_refused(*state, "<< /Length 3 >>\nstream\nabcd\nendstream",
                          "\"endstream\"");
    assert_object_refused(*state, "<< /Length 999999 >>\nstream\nabcd\nendstream",
                          "as many bytes");
}

static void nesting_ends_at_a_depth(void **state)
{
    char deep[2 * 2000 + 1] = {0};
    memset(deep, '[', 2000);
    memset(deep + 2000, ']', 2000);
    assert_object_refused(*state, deep, "nested less deeply");
    char fine[2 * 20 + 1] = {0};
    memset(fine, '[', 20);
    memset(fine + 20, ']', 20);
    parse_one(*state, fine);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    struct state *own = *state;
    const char *const objects[] = {"<< /A 2 0 R >>",
                                   "<< /Length 3 >>\nstream\nabc\nendstream"};
    struct slice whole = file_of(own->arena, objects, 2);
    for (size_t size = 0; size < whole.size; size++) {
        /* exact heap copies, so that a sanitizer sees a byte read beyond the end */
        char *cut = malloc(size ? size : 1);
        memcpy(cut, whole.data, size);
        assert_refused(own, (struct slice){cut, size}, "expected");
        free(cut);
    }
}

static void bytes_between_objects_are_refused(void **state)
{
    struct state *own = *state;
    const char *const objects[] = {"<< >>\nendobj\n9 0 obj\n<< >>"};
    assert_refused(own, file_of(own->arena, objects, 1),
                   "the xref table, found \"9 0 obj");
}

static void a_lying_xref_table_is_refused(void **state)
{
    struct state *own = *state;
    assert_refused(own,
                   SLICE_LITERAL("%PDF-1.5\nxref\n0 99999999\n0000000000 65535 f \n"
                                 "trailer\n<< >>\nstartxref\n9\n%%EOF\n"),
                   "as many xref entries");
    assert_refused(own,
                   SLICE_LITERAL("%PDF-1.5\nxref\n0 1\n0000000000 65535 f \n"
                                 "trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"),
                   "/Root");
    assert_refused(own, SLICE_LITERAL("startxref\n4294967295\n%%EOF\n"),
                   "the file's end");
    assert_refused(own, SLICE_LITERAL("startxref\n99\n%%EOF\n"), "inside the file");
    assert_refused(own, (struct slice){NULL, 0}, "the file's end");
}

/* Each object inside the string of the one before: read one by one, the work would
 * grow with the square of the bytes. */
static void objects_inside_each_other_are_refused(void **state)
{
    enum { MANY = 20000 };
    struct state *own = *state;
    struct text body = open_file(own->arena);
    size_t *offset = ARENA_ARRAY(own->arena, size_t, MANY);
    for (size_t i = 0; i < MANY; i++) {
        offset[i] = body.size;
        text_print(&body, "%zu 0 obj (", i + 1);
    }
    for (size_t i = 0; i < MANY; i++)
        text_append_string(&body, ") endobj ");
    assert_refused(own, close_file(&body, offset, MANY), "begins here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_number_before_a_reference_stays_a_number,
                                        open_state, close_state),
        cmocka_unit_test_setup_teardown(comments_inside_a_dictionary_are_space,
                                        open_state, close_state),
        cmocka_unit_test_setup_teardown(every_kind_of_value_is_read_and_skipped,
                                        open_state, close_state),
        cmocka_unit_test_setup_teardown(integers_are_whole_and_not_negative, open_state,
                                        close_state),
        cmocka_unit_test_setup_teardown(a_stream_may_hold_anything_its_length_covers,
                                        open_state, close_state),
        cmocka_unit_test_setup_teardown(
            an_object_that_was_numbered_but_never_written_is_absent, open_state,
            close_state),
        cmocka_unit_test_setup_teardown(a_reference_to_nothing_has_no_target,
                                        open_state, close_state),
        cmocka_unit_test_setup_teardown(what_cairo_does_not_write_is_refused,
                                        open_state, close_state),
        cmocka_unit_test_setup_teardown(nesting_ends_at_a_depth, open_state,
                                        close_state),
        cmocka_unit_test_setup_teardown(a_file_cut_anywhere_is_refused, open_state,
                                        close_state),
        cmocka_unit_test_setup_teardown(bytes_between_objects_are_refused, open_state,
                                        close_state),
        cmocka_unit_test_setup_teardown(a_lying_xref_table_is_refused, open_state,
                                        close_state),
        cmocka_unit_test_setup_teardown(objects_inside_each_other_are_refused,
                                        open_state, close_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

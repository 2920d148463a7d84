/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public interface as its header shows it, on the sample data. */
#include "support.h"

#include "sitrep.h"

#include <stdlib.h>

static const char template_path[] = "templates/weekly.md";

static struct sitrep *new_sitrep(void)
{
    return sitrep_new(".");
}

static void fail_with_messages(struct sitrep *s)
{
    for (size_t i = 0; i < sitrep_message_count(s); i++)
        print_error("%s", sitrep_message_text(s, i));
    fail();
}

/* The example at the head of sitrep.h. */
static void the_example_of_the_header_writes_a_pdf(void **state)
{
    (void)state;
    struct sitrep *s = new_sitrep();
    const char *path = "build/test-api.pdf";
    unlink(path);
    if (sitrep_set(s, "as-of", "2026-11-15") != SITREP_OK ||
        sitrep_compose(s, template_path) != SITREP_OK ||
        sitrep_write_file(s, path, NULL) != SITREP_OK)
        fail_with_messages(s);
    assert_int_equal(access(path, R_OK), 0);
    assert_true(sitrep_page_count(s) >= 2);
    assert_string_equal(sitrep_period_label(s), "2026-W46");
    assert_string_equal(sitrep_language(s), "en");
    sitrep_free(s);
    unlink(path);
}

struct bytes {
    char *data;
    size_t size;
};

static int collect(const void *bytes, size_t size, void *context)
{
    struct bytes *all = context;
    all->data = realloc(all->data, all->size + size + 1);
    assert_non_null(all->data);
    memcpy(all->data + all->size, bytes, size);
    all->size += size;
    all->data[all->size] = 0; /* for strstr */
    return 0;
}

static struct bytes brief_bytes(const char *format)
{
    struct bytes all = {0};
    struct sitrep *s = new_sitrep();
    if (sitrep_compose(s, template_path) != SITREP_OK ||
        sitrep_write(s, format, collect, &all) != SITREP_OK)
        fail_with_messages(s);
    sitrep_free(s);
    return all;
}

static void same_inputs_give_the_same_bytes(void **state)
{
    (void)state;
    static const char *const formats[] = {"pdf", "png", "svg", "txt", "json", "layout"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct bytes first = brief_bytes(formats[i]), second = brief_bytes(formats[i]);
        assert_true(first.size > 100);
        assert_int_equal(first.size, second.size);
        assert_memory_equal(first.data, second.data, first.size);
        free(first.data);
        free(second.data);
    }
}

static void a_second_brief_from_one_handle_is_the_first_again(void **state)
{
    (void)state;
    struct bytes once = brief_bytes("pdf"), twice = {0};
    struct sitrep *s = new_sitrep();
    assert_int_equal(sitrep_compose(s, template_path), SITREP_OK);
    assert_int_equal(sitrep_compose(s, template_path), SITREP_OK);
    assert_int_equal(sitrep_write(s, "pdf", collect, &twice), SITREP_OK);
    sitrep_free(s);
    assert_int_equal(once.size, twice.size);
    assert_memory_equal(once.data, twice.data, once.size);
    free(once.data);
    free(twice.data);
}

static void bytes_in_memory_are_data_as_well_as_files(void **state)
{
    (void)state;
    static const char csv[] = "date,province,side,killed\n"
                              "2026-11-10,Sindh,attack,2\n"
                              "2026-11-11,Punjab,operation,0\n";
    struct sitrep *s = new_sitrep();
    size_t count;
    assert_int_equal(sitrep_add_data_bytes(s, "incidents", csv, sizeof csv - 1),
                     SITREP_OK);
    assert_int_equal(
        sitrep_groups(s, "tests/cases/a-small-week/template.md", "province", &count),
        SITREP_OK);
    assert_int_equal(count, 2);
    assert_string_equal(sitrep_group_name(s, 0), "Punjab");
    assert_int_equal(sitrep_data_row_count(s), 2);
    sitrep_free(s);
}

static void each_group_has_a_brief_of_its_own(void **state)
{
    (void)state;
    struct sitrep *s = new_sitrep();
    size_t count;
    assert_int_equal(sitrep_groups(s, "templates/province.md", "province", &count),
                     SITREP_OK);
    assert_true(count >= 5);
    for (size_t i = 0; i < count; i++) {
        struct bytes all = {0};
        if (sitrep_compose_group(s, i) != SITREP_OK ||
            sitrep_write(s, "txt", collect, &all) != SITREP_OK)
            fail_with_messages(s);
        assert_non_null(strstr(all.data, sitrep_group_name(s, i)));
        free(all.data);
    }
    sitrep_free(s);
}

static struct bytes text_of_group(struct sitrep *s, size_t group)
{
    struct bytes all = {0};
    if (sitrep_compose_group(s, group) != SITREP_OK ||
        sitrep_write(s, "txt", collect, &all) != SITREP_OK)
        fail_with_messages(s);
    return all;
}

static void a_group_s_brief_lists_no_other_s_rows(void **state)
{
    (void)state;
    struct sitrep *s = new_sitrep();
    size_t count;
    assert_int_equal(
        sitrep_groups(s, "tests/cases/rows-of-a-group/template.md", "province", &count),
        SITREP_OK);
    assert_int_equal(count, 2);
    struct bytes punjab = text_of_group(s, 0), sindh = text_of_group(s, 1);
    assert_non_null(strstr(punjab.data, "Rawalpindi"));
    assert_null(strstr(punjab.data, "Karachi"));
    assert_non_null(strstr(sindh.data, "Karachi"));
    assert_null(strstr(sindh.data, "Rawalpindi"));
    free(punjab.data);
    free(sindh.data);
    sitrep_free(s);
}

static void an_unknown_setting_is_a_usage_error(void **state)
{
    (void)state;
    struct sitrep *s = new_sitrep();
    assert_int_equal(sitrep_set(s, "colour", "red"), SITREP_USAGE);
    assert_int_equal(sitrep_message_count(s), 1);
    assert_int_equal(sitrep_message_severity(s, 0), 2);
    sitrep_free(s);
}

static void a_missing_template_leaves_the_old_pdf(void **state)
{
    (void)state;
    const char *path = "build/test-api-old.pdf";
    FILE *old = fopen(path, "wb");
    assert_non_null(old);
    fputs("last week", old);
    fclose(old);
    struct sitrep *s = new_sitrep();
    assert_int_not_equal(sitrep_compose(s, "no-such.md"), SITREP_OK);
    assert_int_not_equal(sitrep_write_file(s, path, NULL), SITREP_OK);
    sitrep_free(s);
    char text[16] = "";
    old = fopen(path, "rb");
    assert_non_null(old);
    assert_non_null(fgets(text, sizeof text, old));
    fclose(old);
    assert_string_equal(text, "last week");
    unlink(path);
}

static void every_registry_has_rows_with_help(void **state)
{
    (void)state;
    static const char *const registries[] = {"charts",  "blocks",    "filters",
                                             "schemas", "themes",    "languages",
                                             "formats", "statistics"};
    struct sitrep *s = new_sitrep();
    for (size_t i = 0; i < sizeof registries / sizeof *registries; i++) {
        size_t count = sitrep_list(s, registries[i]);
        assert_true(count > 0);
        for (size_t j = 0; j < count; j++)
            assert_true(strlen(sitrep_list_name(s, j)) > 0);
    }
    assert_int_equal(sitrep_list(s, "colours"), 0);
    sitrep_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header_writes_a_pdf),
        cmocka_unit_test(same_inputs_give_the_same_bytes),
        cmocka_unit_test(a_second_brief_from_one_handle_is_the_first_again),
        cmocka_unit_test(bytes_in_memory_are_data_as_well_as_files),
        cmocka_unit_test(each_group_has_a_brief_of_its_own),
        cmocka_unit_test(a_group_s_brief_lists_no_other_s_rows),
        cmocka_unit_test(an_unknown_setting_is_a_usage_error),
        cmocka_unit_test(a_missing_template_leaves_the_old_pdf),
        cmocka_unit_test(every_registry_has_rows_with_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sitrep check, and the quality gate: what is found, where, and once. */
#include "support.h"

#include "sitrep.h"

#include <stdlib.h>

static const char csv[] = "date,province,district,side,killed,injured\n"
                          "2026-11-02,Sindh,Karachi,attack,1,0\n"
                          "2026-11-03,Sindh,Karachi,attack,2,1\n"
                          "2026-11-09,Sindh,Karachi,attack,2,0\n"
                          "2026-11-10,Punjab,Lahore,attack,3,2\n"
                          "2026-11-12,Punjab,Multan,operation,0,0\n"
                          "2026-11-15,Sindh,Karachi,attack,4,0\n";

static const char path[] = "build/test-check.md";

struct checked {
    struct sitrep *sitrep;
    int status;
};

static struct checked check_with(const char *data, const char *front, const char *body,
                                 int layout)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "---\ntitle: Test\n%s---\n%s", front, body);
    fclose(file);
    struct sitrep *s = sitrep_new(".");
    sitrep_add_data_bytes(s, "incidents", data, strlen(data));
    int status = sitrep_check(s, path, layout);
    unlink(path);
    return (struct checked){s, status};
}

static struct checked check(const char *front, const char *body)
{
    return check_with(csv, front, body, 0);
}

static size_t messages_with(const struct checked *checked, const char *part)
{
    size_t found = 0;
    for (size_t i = 0; i < sitrep_message_count(checked->sitrep); i++)
        found += strstr(sitrep_message_text(checked->sitrep, i), part) != NULL;
    return found;
}

static void assert_said_once(const struct checked *checked, const char *part)
{
    if (messages_with(checked, part) == 1)
        return;
    for (size_t i = 0; i < sitrep_message_count(checked->sitrep); i++)
        print_error("%s", sitrep_message_text(checked->sitrep, i));
    fail_msg("%zu messages with \"%s\"", messages_with(checked, part), part);
}

#define WEEK                                                                           \
    "period: last complete week\nmeasures:\n  attacks: count where side is attack\n"

static void a_sound_template_has_nothing_to_mend(void **state)
{
    (void)state;
    struct checked c =
        check(WEEK, "# Week\n\nThere were {{ attacks | count(\"attack\") "
                    "}}.\n");
    assert_int_equal(c.status, SITREP_OK);
    assert_int_equal(sitrep_message_count(c.sitrep), 0);
    sitrep_free(c.sitrep);
}

static void findings_typed_under_a_moving_period_are_told(void **state)
{
    (void)state;
    struct checked c = check(WEEK, "# Attacks rose\n\n"
                                   "The *highest* toll; {{ attacks }}.\n\n"
                                   "```chart\ntype: bars\nshow: attacks\nby: province\n"
                                   "title: Attacks FELL in Sindh\n```\n");
    assert_said_once(&c, "test-check.md:7:11: warning[M079]: \"rose\"");
    assert_said_once(&c, "test-check.md:9:6: warning[M079]: \"highest\"");
    assert_said_once(&c, "test-check.md:15:16: warning[M079]: \"FELL\"");
    assert_int_equal(messages_with(&c, "M079"), 3);
    assert_int_equal(c.status, SITREP_OK);
    sitrep_free(c.sitrep);
}

static void words_that_only_look_like_findings_are_left_alone(void **state)
{
    (void)state;
    struct checked c = check(
        WEEK, "# Roses and records\n\n"
              "{{ attacks | say(rose: \"rose\", fell: \"fell\", same: \"held\") }}.\n\n"
              "{{ if attacks > 30 }}Attacks rose to a record.{{ end }}\n\n"
              "{{ if attacks > 30 }}\n\nAttacks rose to a record.\n\n{{ end }}\n\n"
              "By province, highest first; recorded by prose.\n");
    assert_int_equal(messages_with(&c, "M079"), 0);
    sitrep_free(c.sitrep);
    c = check("period: 2026-W46\nmeasures:\n  attacks: count where side is attack\n",
              "Attacks rose to {{ attacks }}.\n");
    assert_int_equal(messages_with(&c, "M079"), 0);
    sitrep_free(c.sitrep);
}

static void measures_used_nowhere_are_told_at_their_line(void **state)
{
    (void)state;
    struct checked c = check("period: last complete week\nmeasures:\n"
                             "  attacks: count where side is attack\n"
                             "  killed: sum of killed\n"
                             "  injured: sum of injured\n"
                             "  deadly: killed per attacks\n",
                             "{{ deadly | number(1) }}\n");
    assert_said_once(&c, "warning[M131]");
    assert_said_once(&c,
                     "test-check.md:7:12: warning[M131]: measure \"injured\" is used "
                     "nowhere");
    sitrep_free(c.sitrep);
}

static void measures_of_conditions_orders_and_footers_are_used(void **state)
{
    (void)state;
    struct checked c = check("period: last complete week\nmeasures:\n"
                             "  attacks: count where side is attack\n"
                             "  killed: sum of killed\n"
                             "  injured: sum of injured\n"
                             "  raids: count where side is operation\n"
                             "footer: \"{{ raids }}\"\n",
                             "{{ if attacks > 1 }}Many.{{ end }}\n\n"
                             "::: each province where killed >= 1, injured highest "
                             "first\n{{ province }}\n::: end each\n");
    assert_int_equal(messages_with(&c, "M131"), 0);
    sitrep_free(c.sitrep);
}

static void a_block_without_rows_is_told_once(void **state)
{
    (void)state;
    struct checked c =
        check(WEEK "  sieges: count where district is Multan and side is "
                   "attack\n",
              "{{ attacks }}\n\n```chart\ntype: bars\nshow: sieges\nby: "
              "province\n```\n");
    assert_said_once(&c, "test-check.md:10:1: warning[M133]: this chart is empty");
    sitrep_free(c.sitrep);
}

static void an_each_that_nothing_meets_is_told(void **state)
{
    (void)state;
    struct checked c =
        check(WEEK, "::: each province where attacks >= 900\n{{ attacks }}\n::: end "
                    "each\n\n::: each province where attacks >= 901\n{{ attacks }}\n"
                    "::: otherwise\nNone.\n::: end each\n");
    assert_said_once(&c,
                     "test-check.md:7:1: warning[M144]: no province meets this each");
    assert_int_equal(messages_with(&c, "M144"), 1);
    sitrep_free(c.sitrep);
}

static void a_period_without_data_is_told_instead_of_every_block(void **state)
{
    (void)state;
    struct checked c =
        check("period: 2026-W47\nas of: 2026-11-22\nmeasures:\n"
              "  attacks: count where side is attack\n",
              "```chart\ntype: bars\nshow: attacks\nby: province\n```\n");
    assert_said_once(&c, "warning[M132]: the data hold no row of 2026-W47");
    assert_int_equal(messages_with(&c, "M133"), 0);
    sitrep_free(c.sitrep);
}

static void glyphs_that_no_font_has_are_told_at_their_line(void **state)
{
    (void)state;
    struct checked c = check_with(csv, WEEK,
                                  "{{ attacks }}\n\nA sign: "
                                  "\xf0\x92\x80\x80 and \xf0\x92\x80\x81.\n",
                                  1);
    assert_said_once(&c, "test-check.md:9:9: warning[L301]: page 1: no font has "
                         "\"\xf0\x92\x80\x80\" (U+12000)");
    assert_said_once(&c, "(U+12001)");
    assert_int_equal(messages_with(&c, "L301"), 2);
    sitrep_free(c.sitrep);
}

static void pages_are_counted_for_every_trial(void **state)
{
    (void)state;
    struct checked c = check_with(
        csv, "pages: 1\n" WEEK,
        "{{ attacks }}\n\n::: page break\n\nMore.\n\n::: page break\n\nMore.\n", 1);
    assert_said_once(&c, "note[L310]: 3 pages; with an empty period 3; with one "
                         "incident 3; with everything in one period 3");
    assert_said_once(&c, "test-check.md:3:8: warning[L302]: the brief has 3 pages, 2 "
                         "more than it should");
    sitrep_free(c.sitrep);
}

static void what_only_a_trial_shows_names_it(void **state)
{
    (void)state;
    char *many = malloc(400000);
    assert_non_null(many);
    size_t size = (size_t)sprintf(many, "date,province,side,killed\n");
    for (int i = 0; i < 3000; i++)
        size += (size_t)sprintf(many + size, "2026-%02d-%02d,Sindh,attack,1\n",
                                1 + i % 10, 1 + i % 28);
    struct checked c = check_with(many,
                                  "period: 2026-W46\nas of: 2026-11-15\nmeasures:\n"
                                  "  attacks: count where side is attack\n",
                                  "{{ attacks }}\n", 0);
    assert_said_once(&c, "warning[M132]");
    sitrep_free(c.sitrep);
    free(many);
}

/* -- The quality gate --------------------------------------------------------------- */

static void write_bad_csv(const char *file)
{
    FILE *out = fopen(file, "wb");
    assert_non_null(out);
    fputs("date,province,killed\n2026-01-01,Sindh,some\n2026-01-02,Sindh,3\n"
          "2026-01-03,Sindh,many\n",
          out);
    fclose(out);
}

static void queries_stop_at_the_quality_gate(void **state)
{
    (void)state;
    static const char file[] = "build/test-gate.csv";
    static const struct {
        const char *allowed;
        int status;
    } cases[] = {{"1", SITREP_QUALITY},   {"2", SITREP_OK},
                 {"50%", SITREP_QUALITY}, {"67%", SITREP_OK},
                 {"0", SITREP_QUALITY},   {"several", SITREP_USAGE}};
    write_bad_csv(file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sitrep *s = sitrep_new(".");
        const char *text;
        size_t size;
        const struct sitrep_query query = {.file = file, .show = "sum of killed"};
        sitrep_set(s, "max-rejects", cases[i].allowed);
        assert_int_equal(sitrep_run_query(s, &query, &text, &size), cases[i].status);
        sitrep_free(s);
    }
    unlink(file);
}

static void a_profile_is_shown_though_the_gate_refuses_the_file(void **state)
{
    (void)state;
    static const char file[] = "build/test-gate-profile.csv";
    write_bad_csv(file);
    struct sitrep *s = sitrep_new(".");
    const char *text;
    size_t size;
    sitrep_set(s, "max-rejects", "1");
    assert_int_equal(sitrep_profile(s, file, NULL, &text, &size), SITREP_QUALITY);
    assert_non_null(strstr(text, "2 cells that can't be used"));
    sitrep_free(s);
    unlink(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_template_has_nothing_to_mend),
        cmocka_unit_test(findings_typed_under_a_moving_period_are_told),
        cmocka_unit_test(words_that_only_look_like_findings_are_left_alone),
        cmocka_unit_test(measures_used_nowhere_are_told_at_their_line),
        cmocka_unit_test(measures_of_conditions_orders_and_footers_are_used),
        cmocka_unit_test(a_block_without_rows_is_told_once),
        cmocka_unit_test(an_each_that_nothing_meets_is_told),
        cmocka_unit_test(a_period_without_data_is_told_instead_of_every_block),
        cmocka_unit_test(glyphs_that_no_font_has_are_told_at_their_line),
        cmocka_unit_test(pages_are_counted_for_every_trial),
        cmocka_unit_test(what_only_a_trial_shows_names_it),
        cmocka_unit_test(queries_stop_at_the_quality_gate),
        cmocka_unit_test(a_profile_is_shown_though_the_gate_refuses_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files as they come: titles above the header, other scripts' digits, marks that show
 * nothing, names in brackets. Each is read as the same rows in plain CSV would be, or
 * refused with a cure; nothing is counted wrong in silence. */
#include "table_fixture.h"

#include "data/query.h"

#include <stdlib.h>

static bool open_bytes(struct fixture *f, struct slice bytes)
{
    struct table_options options = {
        .file = "incidents.csv",
        .bytes = bytes,
        .name = SLICE_LITERAL("incidents"),
        .schemas = f->schemas,
        .schema_count = f->schema_count,
    };
    table_close(f->table);
    f->table = NULL;
    diags_truncate(f->diags, 0);
    return table_open(&f->table, &options, f->diags);
}

/* The CSV of an answer, or the first message and its cure. */
static const char *ask(struct fixture *f, const char *bytes, const char *show,
                       const char *by)
{
    struct query_text text = {.show = slice_of(show), .by = slice_of(by)};
    struct query *query;
    struct query_result result;
    struct text out = {.arena = f->arena};
    if (open_bytes(f, slice_of(bytes)) &&
        query_prepare(&text, f->table, f->arena, &query, f->diags) &&
        table_read(f->table, f->diags) &&
        query_answer(query, f->arena, &result, f->diags)) {
        query_print_csv(&result, &out);
        return slice_c_string(f->arena, text_slice(&out));
    }
    const struct diag *diag = diags_at(f->diags, 0);
    return arena_print(f->arena, "%s: %s; %s", diag->code, diag->message,
                       diag->hint ? diag->hint : "");
}

static void assert_says_at(const char *got, const char *part, int line)
{
    if (strstr(got, part))
        return;
    print_error("\"%s\" isn't in:\n%s\n", part, got);
    _fail(__FILE__, line);
}
#define assert_says(got, part) assert_says_at((got), (part), __LINE__)

static size_t count_of(const struct fixture *f, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < diags_total(f->diags); i++)
        count += strcmp(diags_at(f->diags, i)->code, code) == 0;
    return count;
}

/* Headers ------------------------------------------------------------------------ */

static void titles_above_the_header_are_left_out(void **state)
{
    struct fixture *f = *state;
    static const char *const titles[] = {
        "Incidents of the desk\n",
        "Incidents of the desk,,,\nexported 2021-03-01,,,\n\n",
        "# exported\n# by the desk\n",
        "#date,#adm1+name,#affected+killed\n",
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        const char *bytes = arena_print(f->arena,
                                        "%sDate,Province,Killed\n2021-01-04,Sindh,3\n"
                                        "2021-02-05,Sindh,\"1,004\"\n",
                                        titles[i]);
        assert_string_equal(ask(f, bytes, "count, sum of killed", "year"),
                            "year,count,sum of killed\n2021,2,1007\n");
        assert_int_equal(count_of(f, "D215"), 1);
    }
}

static void a_header_that_fits_is_the_header(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(ask(f, "date,killed\ndate,province\n2021-01-04,3\n",
                            "count, sum of killed", "year"),
                        "year,count,sum of killed\n2021,1,3\n");
    assert_int_equal(count_of(f, "D215"), 0);
    assert_string_equal(ask(f, "colour,size\nred,3\n", "count", "colour"),
                        "colour,count\nred,1\n");
    assert_int_equal(count_of(f, "D215"), 0);
}

static void a_title_is_one_cell_above_wider_rows(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(
        ask(f, "Trees of 2021\n\nname,size\noak,3\nash,4\n", "count", "name"),
        "name,count\nash,1\noak,1\n");
    /* one stray comma makes no header */
    assert_string_equal(ask(f, "name\noak\nash, black\nelm\n", "count", "name"),
                        "name,count\nash,1\nelm,1\noak,1\n");
}

static void words_under_incidents_are_no_weight(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(ask(f,
                            "date,incidents,killed\n2021-01-05,Bomb,1\n"
                            "2021-01-06,Raid,2\n",
                            "count, sum of killed", "incidents"),
                        "incidents,count,sum of killed\nBomb,1,1\nRaid,1,2\n");
    assert_string_equal(ask(f,
                            "date,incidents,killed\n2021-01-05,3,1\n"
                            "2021-01-06,few,2\n",
                            "count, sum of killed", ""),
                        "count,sum of killed\n3,3\n");
    assert_int_equal(f->table->rows_excluded, 1);
    assert_says(ask(f, "date,incidents\n2021-01-05,-1\n", "count", ""),
                "no row can be counted");
}

static void the_line_of_a_bad_cell_counts_the_titles(void **state)
{
    struct fixture *f = *state;
    ask(f, "Title\n\nmore\ndate,killed\nsoon,3\n2021-01-04,x\n", "count", "year");
    assert_int_equal(f->table->reject_count, 1);
    assert_int_equal(f->table->reject[0].line, 5);
}

static void year_month_and_day_make_a_date(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(ask(f, "Year,Month,Day,Killed\n2021,1,5,3\n2021,Feb,6,4\n",
                            "sum of killed", "month"),
                        "month,sum of killed\n2021-01,3\n2021-02,4\n");
    ask(f, "Year,Month,Day\n2021,1,5\n2021,1,0\n2021,Mai,1\n", "count", "");
    assert_int_equal(f->table->reject_count, 2);
    assert_slice(f->table->reject[0].value, "2021-1-0");
    assert_string_equal(f->table->reject[0].rule, "no such day");
    assert_slice(f->table->reject[1].value, "2021-Mai-1");
    assert_string_equal(ask(f, "Day,Killed\n2021-01-05,3\n", "sum of killed", "month"),
                        "month,sum of killed\n2021-01,3\n");
}

static void other_headers_of_a_date_and_the_dead(void **state)
{
    struct fixture *f = *state;
    static const char *const date[] = {
        "Date of Attack", "When", "IncidentDate", "Date (dd/mm/yyyy)", "Dt.",
        "Date:",          "تاریخ"};
    static const char *const killed[] = {"# Killed",    "Killed*",
                                         "Killed_Best", "Fatalities Max",
                                         "Deaths Max",  "Casualties (killed)",
                                         "ہلاک"};
    for (size_t i = 0; i < sizeof date / sizeof *date; i++) {
        const char *bytes =
            arena_print(f->arena, "%s,%s\n2021-01-05,3\n", date[i], killed[i]);
        assert_string_equal(ask(f, bytes, "sum of killed", "year"),
                            "year,sum of killed\n2021,3\n");
    }
}

static void a_name_is_one_line(void **state)
{
    struct fixture *f = *state;
    ask(f, "\"Date\nof\r\nattack\",\"odd\tname\"\n2021-01-05,3\n", "count", "");
    assert_slice(f->table->header[0], "Date of  attack");
    assert_slice(f->table->header[1], "odd name");
    assert_non_null(f->table->date);
}

static void totals_are_known_by_more_words(void **state)
{
    struct fixture *f = *state;
    static const char *const word[] = {"Total", "Grand Total:", "Sub-total", "کل"};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        const char *bytes =
            arena_print(f->arena, "date,killed\n2021-01-05,3\n%s,3\n", word[i]);
        assert_string_equal(ask(f, bytes, "count, sum of killed", ""),
                            "count,sum of killed\n1,3\n");
        assert_int_equal(f->table->rows_skipped, 1);
        assert_int_equal(f->table->reject_count, 0);
    }
}

/* Cells -------------------------------------------------------------------------- */

static void numbers_of_other_scripts_and_habits_are_read(void **state)
{
    struct fixture *f = *state;
    static const char *const same[] = {
        "1250",
        "\"1,250\"",
        "1\xC2\xA0"
        "250",
        "1\xE2\x80\xAF"
        "250",
        "1'250",
        "1’250",
        "١٢٥٠",
        "۱۲۵۰",
        "１２５０",
        "۱٬۲۵۰",
        "\u200B1250",
        "\u200F1250\u202C",
        "'1250",
        "1250+",
        "\uFEFF1250",
        "\"=\"\"1250\"\"\"",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const char *bytes =
            arena_print(f->arena, "date,killed\n2021-01-05,%s\n", same[i]);
        assert_string_equal(ask(f, bytes, "sum of killed", ""),
                            "sum of killed\n1250\n");
        assert_int_equal(f->table->reject_count, 0);
    }
}

static void a_thousand_with_a_point_is_no_fraction(void **state)
{
    struct fixture *f = *state;
    ask(f, "date,killed,lat\n2021-01-05,1.250,33.684\n2021-01-06,2.5,-1.000\n",
        "sum of killed", "");
    assert_int_equal(f->table->reject_count, 1);
    assert_string_equal(f->table->reject[0].rule, "a thousand or a fraction");
    assert_string_equal(
        ask(f, "date,killed\n2021-01-05,0.250\n2021-01-06,2.5\n", "sum of killed", ""),
        "sum of killed\n2.75\n");
}

static void numbers_never_add_up_to_infinity(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(
        ask(f,
            "date,killed,cost\n2021-01-05,1.7e308,1e16\n"
            "2021-01-06,1.7e308,-1e16\n2021-01-07,1,1e15\n",
            "sum of killed, mean of killed, sum of cost", ""),
        "sum of killed,mean of killed,sum of cost\n1,1,1000000000000000\n");
    assert_int_equal(f->table->reject_count, 4);
    assert_string_equal(f->table->reject[0].rule, "too large a number");
    /* digits that no number keeps are words */
    assert_string_equal(ask(f,
                            "date,case\n2021-01-05,20210105000000000001\n"
                            "2021-01-05,20210105000000000002\n",
                            "count", "case"),
                        "case,count\n20210105000000000001,1\n20210105000000000002,1\n");
}

static void what_is_no_number_stays_none(void **state)
{
    struct fixture *f = *state;
    static const char *const odd[] = {"1''250", "12'50", "~15", "10-12",  "10–12",
                                      "1 250",  "'",     "’",   "\u200B", "=\"\"",
                                      "١x",     "1,0",   "12%", "(12)",   "inf"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const char *bytes = arena_print(f->arena, "date,killed\n2021-01-05,\"%s\"\n",
                                        strcmp(odd[i], "=\"\"") ? odd[i] : "=\"\"\"\"");
        assert_string_equal(ask(f, bytes, "sum of killed", ""), "sum of killed\n\n");
        assert_int_equal(f->table->reject_count, 1);
    }
}

static void days_of_other_scripts_and_habits_are_read(void **state)
{
    struct fixture *f = *state;
    static const char *const same[] = {
        "2021-03-05",
        "2021–03–05",
        "2021‑03‑05",
        "٢٠٢١-٠٣-٠٥",
        "۲۰۲۱-۰۳-۰۵",
        "'2021-03-05",
        "\u200E2021-03-05",
        "5\xC2\xA0March\xC2\xA0"
        "2021",
        "5 مارچ 2021",
        "۵ مارچ ۲۰۲۱",
        "Fri Mar 5 10:11:12 2021",
        "2021-03-05 10:36:00 PKT",
        "2021-03-05T22:36:58.340+05:00",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const char *bytes = arena_print(f->arena, "date,killed\n%s,1\n", same[i]);
        assert_string_equal(ask(f, bytes, "count", "day"), "day,count\n2021-03-05,1\n");
    }
}

static void two_digit_years_ask_for_their_layout(void **state)
{
    struct fixture *f = *state;
    const char *said = ask(f, "date,killed\n11/28/19,1\n", "count", "year");
    assert_says(said, "D204");
    assert_says(said, "--dates");
}

static void a_byte_order_is_guessed_for_the_cure(void **state)
{
    struct fixture *f = *state;
    static const char little[] = "d\0a\0t\0e\0\n\0", big[] = "\0d\0a\0t\0e\0\n";
    assert_false(open_bytes(f, (struct slice){little, sizeof little - 1}));
    assert_says(diags_at(f->diags, 0)->hint, "utf-16le");
    assert_false(open_bytes(f, (struct slice){big, sizeof big - 1}));
    assert_says(diags_at(f->diags, 0)->hint, "utf-16be");
}

static void a_file_without_a_date_gets_a_cure(void **state)
{
    struct fixture *f = *state;
    assert_says(ask(f, "begun,killed\n2021-01-04,3\n", "count", "year"),
                "\"begun\" holds days");
    assert_says(ask(f, "a^b\n1^2\n", "count", "year"), "is line 1 the header?");
}

static void a_blank_column_takes_the_type_that_is_asked(void **state)
{
    struct fixture *f = *state;
    const char *bytes = "date,cost,kind\n2021-01-04,,\n2021-01-05,,\n";
    assert_string_equal(ask(f, bytes, "sum of cost, count where cost > 3", ""),
                        "sum of cost,count where cost > 3\n,0\n");
    assert_string_equal(ask(f, bytes, "count where cost is x, number of cost", ""),
                        "count where cost is x,number of cost\n0,\n");
    assert_string_equal(ask(f, "date,cost\n", "sum of cost, mean of cost", ""),
                        "sum of cost,mean of cost\n0,\n");
    assert_says(ask(f, "date,cost\n2021-01-04,dear\n", "sum of cost", ""), "M214");
}

/* Words -------------------------------------------------------------------------- */

static const char *group(struct fixture *f, const char *header, const char *const *cell,
                         size_t count)
{
    struct text bytes = {.arena = f->arena};
    text_print(&bytes, "date,%s\n", header);
    for (size_t i = 0; i < count; i++)
        text_print(&bytes, "2021-01-05,\"%s\"\n", cell[i]);
    return ask(f, slice_c_string(f->arena, text_slice(&bytes)), "count", header);
}

static void a_name_with_another_in_brackets_is_one(void **state)
{
    struct fixture *f = *state;
    static const char *const ttp[] = {"TTP", "TTP (Tehrik-i-Taliban Pakistan)",
                                      "Tehrik e Taliban Pakistan (TTP)",
                                      "Fitna al-Khawarij (TTP)", "فتنہ الخوارج"};
    assert_string_equal(group(f, "actor", ttp, 5), "actor,count\nTTP,5\n");
    static const char *const wing[] = {
        "BLA", "BLA (Majeed Brigade)", "TTP (BLA)", "(BLA)", "BLA ()", ")"};
    assert_says(group(f, "actor", wing, 6), "BLA (Majeed Brigade),1");
    assert_says(group(f, "actor", wing, 6), "TTP (BLA),1");
}

static void urdu_names_meet_the_houses(void **state)
{
    struct fixture *f = *state;
    static const char *const province[] = {"Balochistan", "بلوچستان", "بلوچستان ",
                                           "بلوچستان\u200E", "Baluchistan"};
    assert_string_equal(group(f, "province", province, 5),
                        "province,count\nBalochistan,5\n");
    static const char *const district[] = {"DI Khan", "ڈیرہ اسماعیل خان"};
    assert_string_equal(group(f, "district", district, 2),
                        "district,count\nDera Ismail Khan,2\n");
}

static void values_that_a_sign_tells_apart_stay_apart(void **state)
{
    struct fixture *f = *state;
    static const char *const grade[] = {"A", "A-", "A+", "a-", "-9", "9", "x"};
    assert_string_equal(group(f, "grade", grade, 7),
                        "grade,count\n-9,1\n9,1\nA,1\nA-,2\nA+,1\nx,1\n");
}

static void a_cell_of_very_many_values_takes_linear_time(void **state)
{
    struct fixture *f = *state;
    enum { VALUES = 200000 };
    struct text bytes = {.arena = f->arena};
    text_append_string(&bytes, "date,agency\n2021-01-05,");
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < VALUES; i++)
            text_print(&bytes, "a%d;", i);
    }
    text_append_string(&bytes, "\n");
    assert_true(open_bytes(f, text_slice(&bytes)));
    struct column *agency = table_find(f->table, SLICE_LITERAL("agency"));
    table_want(f->table, agency);
    assert_true(table_read(f->table, f->diags));
    assert_int_equal(agency->set_start[2] - agency->set_start[1], VALUES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_above_the_header_are_left_out),
        cmocka_unit_test(a_header_that_fits_is_the_header),
        cmocka_unit_test(a_title_is_one_cell_above_wider_rows),
        cmocka_unit_test(words_under_incidents_are_no_weight),
        cmocka_unit_test(the_line_of_a_bad_cell_counts_the_titles),
        cmocka_unit_test(year_month_and_day_make_a_date),
        cmocka_unit_test(other_headers_of_a_date_and_the_dead),
        cmocka_unit_test(a_name_is_one_line),
        cmocka_unit_test(totals_are_known_by_more_words),
        cmocka_unit_test(numbers_of_other_scripts_and_habits_are_read),
        cmocka_unit_test(a_thousand_with_a_point_is_no_fraction),
        cmocka_unit_test(numbers_never_add_up_to_infinity),
        cmocka_unit_test(what_is_no_number_stays_none),
        cmocka_unit_test(days_of_other_scripts_and_habits_are_read),
        cmocka_unit_test(two_digit_years_ask_for_their_layout),
        cmocka_unit_test(a_byte_order_is_guessed_for_the_cure),
        cmocka_unit_test(a_file_without_a_date_gets_a_cure),
        cmocka_unit_test(a_blank_column_takes_the_type_that_is_asked),
        cmocka_unit_test(a_name_with_another_in_brackets_is_one),
        cmocka_unit_test(urdu_names_meet_the_houses),
        cmocka_unit_test(values_that_a_sign_tells_apart_stay_apart),
        cmocka_unit_test(a_cell_of_very_many_values_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

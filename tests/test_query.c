/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_fixture.h"

#include "data/query.h"

#define SUICIDE SHARED("data/pakistan-suicide-attacks/suicide-attacks-v11.csv")
#define UCDP    SHARED("data/ucdp-ged-pakistan/conflict_data_pak.csv")

static const char incidents[] =
    "date,province,district,type,agency,killed,injured\n"
    "2021-01-04,Sindh,Karachi,Bombing,police,5,1\n"
    "2021-01-05,KP,Swat,Raid,police; CTD,40+,\n"
    "2021-01-20,KP,Swat,Bombing,army,0,3\n"
    "2021-03-01,,,Raid,,,2\n"
    "2021-03-02,sindh,\"D.I, Khan\",Bombing,army; police,1.5,\n"
    "2021-03-09,Balochistan,Kech,Raid,CTD,2,0\n";

/* file NULL: the six incidents above. */
static void open_table(struct fixture *f, const char *file, const char *bytes)
{
    struct table_options options = {
        .file = file ? file : "incidents.csv",
        .name = SLICE_LITERAL("incidents"),
        .schemas = f->schemas,
        .schema_count = f->schema_count,
    };
    if (!file)
        options.bytes = slice_of(bytes ? bytes : incidents);
    table_close(f->table);
    f->table = NULL;
    if (!table_open(&f->table, &options, f->diags)) {
        print_error("%s\n", diags_at(f->diags, 0)->message);
        fail();
    }
}

static bool run(struct fixture *f, const struct query_text *text,
                struct query_result *result)
{
    struct query *query;
    return query_prepare(text, f->table, f->arena, &query, f->diags) &&
           table_read(f->table, f->diags) &&
           query_answer(query, f->arena, result, f->diags);
}

static const char *answer(struct fixture *f, const struct query_text *text,
                          void (*print)(const struct query_result *, struct text *))
{
    struct query_result result;
    struct text out = {.arena = f->arena};
    if (!run(f, text, &result)) {
        for (size_t i = 0; i < diags_total(f->diags); i++)
            print_error("%s\n", diags_at(f->diags, i)->message);
        fail();
    }
    print(&result, &out);
    return slice_c_string(f->arena, text_slice(&out));
}

#define csv_of(f, ...) answer((f), &(struct query_text){__VA_ARGS__}, query_print_csv)
#define SHOW(text)     .show = SLICE_LITERAL(text)
#define BY(text)       .by = SLICE_LITERAL(text)
#define WHERE(text)    .where = SLICE_LITERAL(text)
#define PERIOD(text)   .period = SLICE_LITERAL(text)
#define LAST(text)     .last = SLICE_LITERAL(text)
#define SORT(text)     .sort = SLICE_LITERAL(text)
#define LIMIT(text)    .limit = SLICE_LITERAL(text)
#define AS_OF(text)    .as_of = SLICE_LITERAL(text)

static void assert_refused_at(struct fixture *f, const struct query_text *text,
                              const char *code, const char *file, const char *part,
                              int line)
{
    struct query_result result;
    diags_truncate(f->diags, 0);
    bool ok = run(f, text, &result);
    const struct diag *diag = diags_total(f->diags) ? diags_at(f->diags, 0) : NULL;
    if (!ok && diag && strcmp(diag->code, code) == 0 &&
        strcmp(diag->at.file ? diag->at.file : "", file) == 0 &&
        (strstr(diag->message, part) || (diag->hint && strstr(diag->hint, part))))
        return;
    print_error("%d, %s, %s, %s, %s\n", ok, diag ? diag->code : "",
                diag && diag->at.file ? diag->at.file : "", diag ? diag->message : "",
                diag && diag->hint ? diag->hint : "");
    _fail(__FILE__, line);
}
#define assert_refused(code, file, part, ...)                                          \
    assert_refused_at(*state, &(struct query_text){__VA_ARGS__}, (code), (file),       \
                      (part), __LINE__)

static void groups_and_periods_are_rows(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    assert_string_equal(csv_of(f, SHOW("count, sum of killed"), BY("month, province")),
                        "month,province,count,sum of killed\n"
                        "2021-01,Balochistan,0,0\n"
                        "2021-01,Khyber Pakhtunkhwa,2,40\n"
                        "2021-01,Sindh,1,5\n"
                        "2021-01,,0,0\n"
                        "2021-02,Balochistan,0,0\n"
                        "2021-02,Khyber Pakhtunkhwa,0,0\n"
                        "2021-02,Sindh,0,0\n"
                        "2021-02,,0,0\n"
                        "2021-03,Balochistan,1,2\n"
                        "2021-03,Khyber Pakhtunkhwa,0,0\n"
                        "2021-03,Sindh,1,1.5\n"
                        "2021-03,,1,\n");
    assert_string_equal(
        csv_of(f, SHOW("count"), BY("province, month"), PERIOD("2021-01..2021-02")),
        "province,month,count\n"
        "Khyber Pakhtunkhwa,2021-01,2\n"
        "Khyber Pakhtunkhwa,2021-02,0\n"
        "Sindh,2021-01,1\n"
        "Sindh,2021-02,0\n");
}

static void a_query_without_groups_is_one_row(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    assert_string_equal(csv_of(f, SHOW(" Count ,mean of killed")),
                        "Count,mean of killed\n6,9.7\n");
    assert_string_equal(csv_of(f, SHOW("count"), WHERE("killed > 99")), "count\n0\n");
    assert_string_equal(csv_of(f, SHOW("mean of killed"), WHERE("killed > 99")),
                        "mean of killed\n\n");
}

static void headers_are_what_was_typed(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    const struct query_measure named[] = {
        {SLICE_LITERAL("attacks"), SLICE_LITERAL("count where type is bombing")},
        {SLICE_LITERAL("per attack"), SLICE_LITERAL("sum of killed per attacks")},
    };
    assert_string_equal(
        csv_of(f, SHOW("Attacks, per attack, count where province in (KP, Sindh)"),
               BY("Quarter"), .measure = named, .measure_count = 2),
        "Quarter,Attacks,per attack,\"count where province in (KP, Sindh)\"\n"
        "2021-Q1,3,16.166666666666668,4\n");
}

static void weeks_are_cut_to_the_period_and_keep_their_label(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL,
               "date,province\n2020-12-30,Sindh\n2021-01-02,Sindh\n2021-01-04,KP\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("week"), PERIOD("2021-01")),
                        "week,count\n2020-W53,1\n2021-W01,1\n2021-W02,\n2021-W03,\n"
                        "2021-W04,\n"); /* the file ends on 4 January */
    assert_string_equal(csv_of(f, SHOW("count"), BY("week")),
                        "week,count\n2020-W53,2\n2021-W01,1\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("week"), .week_start = 5),
                        "week,count\n2020-12-26,1\n2021-01-02,2\n");
}

static void the_last_weeks_and_the_day_spoken_of(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    /* 2021-03-09 is a Tuesday: the last complete week is 2021-W09. */
    assert_string_equal(csv_of(f, SHOW("count"), BY("week"), LAST("2 weeks")),
                        "week,count\n2021-W08,0\n2021-W09,2\n");
    assert_string_equal(csv_of(f, SHOW("count"), LAST("1 month")), "count\n0\n");
    assert_string_equal(csv_of(f, SHOW("count"), LAST("last 2 months")), "count\n3\n");
    assert_string_equal(
        csv_of(f, SHOW("count"), BY("month"), AS_OF("2021-01-19"), PERIOD("2021")),
        "month,count\n2021-01,2\n");
    assert_string_equal(csv_of(f, SHOW("count"), AS_OF("2021-01-19")), "count\n2\n");
    assert_string_equal(csv_of(f, SHOW("count"), AS_OF("2021-02-01"), LAST("1 month")),
                        "count\n3\n");
    assert_string_equal(
        csv_of(f, SHOW("count"), BY("day"), AS_OF("2021-01-19"), PERIOD("2021-02")),
        "day,count\n");
}

static void rows_are_sorted_and_limited(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    assert_string_equal(
        csv_of(f, SHOW("count, sum of killed"), BY("province"), SORT("sum of killed")),
        "province,count,sum of killed\nKhyber Pakhtunkhwa,2,40\nSindh,2,6.5\n"
        "Balochistan,1,2\n,1,\n");
    assert_string_equal(csv_of(f, SHOW("sum of killed"), BY("province"),
                               SORT("Sum of Killed, lowest first"), LIMIT("2")),
                        "province,sum of killed\nBalochistan,2\nSindh,6.5\n");
    assert_string_equal(
        csv_of(f, SHOW("count"), BY("province"),
               SORT("count lowest first, province z to a")),
        "province,count\n,1\nBalochistan,1\nSindh,2\nKhyber Pakhtunkhwa,2\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("province, month"),
                               SORT("month, newest first"), LIMIT("2"),
                               WHERE("province is known")),
                        "province,month,count\nBalochistan,2021-03,1\n"
                        "Khyber Pakhtunkhwa,2021-03,0\n");
}

static void lists_numbers_and_quoted_columns_are_groups(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    assert_string_equal(csv_of(f, SHOW("count"), BY("agency")),
                        "agency,count\nArmy,2\nCTD,2\nPolice,3\n,1\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("killed")),
                        "killed,count\n0,1\n1.5,1\n2,1\n5,1\n40,1\n,1\n");
    open_table(f, NULL, "date,year,killed\n2021-01-01,1990,1\n2022-01-01,2000,2\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("year")),
                        "year,count\n2021,1\n2022,1\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("'year'")),
                        "year,count\n1990,1\n2000,1\n");
}

static void a_period_that_runs_on_is_noted(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    struct query_result result;
    assert_true(run(f, &(struct query_text){SHOW("count"), BY("week")}, &result));
    assert_slice(result.note, "2021-W10 is provisional: complete until 2021-03-09");
    assert_true(run(f, &(struct query_text){SHOW("count"), BY("week"), LAST("2 weeks")},
                    &result));
    assert_slice(result.note, "");
}

static void json_keeps_numbers_and_unknowns(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, NULL);
    struct query_text text = {SHOW("count, mean of killed"), BY("province"),
                              WHERE("not province is Sindh or province is unknown")};
    assert_string_equal(answer(f, &text, query_print_json),
                        "[\n"
                        "  {\n"
                        "    \"province\": \"Balochistan\",\n"
                        "    \"count\": 1,\n"
                        "    \"mean of killed\": 2\n"
                        "  },\n"
                        "  {\n"
                        "    \"province\": \"Khyber Pakhtunkhwa\",\n"
                        "    \"count\": 2,\n"
                        "    \"mean of killed\": 20\n"
                        "  },\n"
                        "  {\n"
                        "    \"province\": null,\n"
                        "    \"count\": 1,\n"
                        "    \"mean of killed\": null\n"
                        "  }\n"
                        "]\n");
}

static void a_table_is_aligned(void **state)
{
    struct fixture *f = *state;
    open_table(
        f, NULL,
        "date,place,killed\n2021-01-01,\"Kot\nAddu\",1234567\n2021-01-02,,1\n"
        "2021-01-03,\xD9\x81\xD8\xA7\xD9\xB9\xD8\xA7,\n2021-01-04,Z\x1B[31m,2\n");
    struct query_text text = {SHOW("count, mean of killed"), BY("place"), LIMIT("4")};
    assert_string_equal(answer(f, &text, query_print_table),
                        "place      count  mean of killed\n"
                        "Kot Addu       1       1,234,567\n"
                        "Z [31m         1               2\n"
                        "\xD9\x81\xD8\xA7\xD9\xB9\xD8\xA7           1               "
                        "\xE2\x80\x93\n"
                        "(unknown)      1               1\n");
}

static void cells_with_commas_and_quotes_are_quoted(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, "date,place\n2021-01-01,\"a \"\"b\"\", c\"\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("place")),
                        "place,count\n\"a \"\"b\"\", c\",1\n");
}

static void free_text_is_searched_folded(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL,
               "date,province,summary\n"
               "2021-01-01,Sindh,\"A Suicide-bomber struck O'Brien Road\"\n"
               "2021-01-02,KP,\"Na\xC3\xAFve suici\xCC\x81"
               "de  BOMBER\"\n"
               "2021-01-03,KP,A bomber.\n"
               "2021-01-04,KP,\n");
    static const struct {
        const char *where, *count;
    } tests[] = {
        {"summary contains \"suicide bomber\"", "2"},
        {"summary contains bomber", "3"},
        {"summary contains \"o brien\"", "1"},
        {"summary contains naive", "1"},
        {"summary contains zebra", "0"},
        {"summary contains \"-\"", "3"},
        {"summary does not contain suicide", "1"},
        {"summary is \"a bomber\"", "1"},
        {"summary is not \"a bomber\"", "2"},
        {"summary is unknown", "1"},
        {"summary in (x, A BOMBER)", "1"},
        {"not summary is known", "1"},
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        struct query_text text = {SHOW("count"), .where = slice_of(tests[i].where)};
        const char *want = arena_print(f->arena, "count\n%s\n", tests[i].count);
        assert_string_equal(answer(f, &text, query_print_csv), want);
    }
    assert_refused("M222", "--show", "free text", SHOW("count"), BY("summary"));
    assert_refused("M203", "--where", "holds words", SHOW("count"),
                   WHERE("summary > 3"));
}

static void a_file_without_rows_or_dates_still_answers(void **state)
{
    struct fixture *f = *state;
    open_table(f, NULL, "place,killed\nSwat,3\nSwat,4\n");
    assert_string_equal(csv_of(f, SHOW("sum of killed"), BY("place")),
                        "place,sum of killed\nSwat,7\n");
    assert_refused("M221", "incidents.csv", "has no dates", SHOW("count"), BY("month"));
    assert_refused("M221", "incidents.csv", "has no dates", SHOW("count"),
                   PERIOD("2021"));
}

static void mistakes_are_shown_at_their_option(void **state)
{
    open_table(*state, NULL, NULL);
    assert_refused("U201", "--show", "nothing to show", BY("year"));
    assert_refused("M211", "--show", "\"killed\" is a column", SHOW("killed"));
    assert_refused("M201", "--show", "did you mean \"killed\"?", SHOW("sum of kiled"));
    assert_refused("U203", "--show", "is there twice", SHOW("count, Count"));
    assert_refused("M201", "--by", "did you mean \"province\"?", SHOW("count"),
                   BY("provnce"));
    assert_refused("M201", "--by", "did you mean \"month\"?", SHOW("count"),
                   BY("mnth"));
    assert_refused("U203", "--by", "one period", SHOW("count"), BY("year, month"));
    assert_refused("U203", "--by", "two columns", SHOW("count"),
                   BY("province, district, type"));
    assert_refused("U203", "--by", "once only", SHOW("count"), BY("type, Type"));
    assert_refused("U203", "--by", "isn't closed", SHOW("count"), BY("\"type"));
    assert_refused("M201", "--where", "kiled", SHOW("count"), WHERE("kiled > 3"));
    assert_refused("M207", "--where", "no number", SHOW("count"), WHERE("killed > x"));
    assert_refused("M301", "--period", "no period", SHOW("count"), PERIOD("soon"));
    assert_refused("M301", "--last", "26 weeks", SHOW("count"), LAST("some weeks"));
    assert_refused("U202", "--last", "together", SHOW("count"), LAST("2 weeks"),
                   PERIOD("2021"));
    assert_refused("U204", "--sort", "did you mean \"count\"?", SHOW("count"),
                   SORT("coun"));
    assert_refused("U204", "--sort", "no column", SHOW("count"), SORT("lowest first"));
    assert_refused("U205", "--limit", "whole number", SHOW("count"), LIMIT("1.5"));
    assert_refused("U206", "--as-of", "2026-11-15", SHOW("count"), AS_OF("2021-01"));
    assert_refused("M214", "--show", "needs numbers", SHOW("sum of type"));
}

/* Known answers of the public files ---------------------------------------------- */

static void suicide_attacks_have_their_known_sums(void **state)
{
    struct fixture *f = *state;
    SKIP_WITHOUT(SUICIDE);
    open_table(f, SUICIDE, NULL);
    assert_string_equal(csv_of(f, SHOW("count, sum of killed, sum of injured")),
                        "count,sum of killed,sum of injured\n496,7299,18331\n");
    assert_string_equal(
        csv_of(f, SHOW("count"), BY("year"), SORT("count, highest first"), LIMIT("1")),
        "year,count\n2009,90\n");
    assert_string_equal(csv_of(f, SHOW("count"), BY("district"),
                               SORT("count, highest first"), LIMIT("1")),
                        "district,count\nPeshawar,75\n");
    assert_string_equal(csv_of(f, SHOW("sum of killed"), BY("district"),
                               SORT("sum of killed"), LIMIT("1")),
                        "district,sum of killed\nQuetta,901\n");
}

static void ucdp_has_its_known_sums(void **state)
{
    struct fixture *f = *state;
    SKIP_WITHOUT(UCDP);
    open_table(f, UCDP, NULL);
    assert_string_equal(csv_of(f, SHOW("count, sum of killed")),
                        "count,sum of killed\n5500,40228\n");
    assert_string_equal(
        csv_of(f, SHOW("count, sum of killed"), BY("year"), PERIOD("2019..2021")),
        "year,count,sum of killed\n2019,72,240\n2020,110,342\n"
        "2021,187,446\n");
    assert_string_equal(
        csv_of(f, SHOW("count, sum of killed"), BY("year"), PERIOD("2008..2010")),
        "year,count,sum of killed\n2008,597,4270\n2009,852,7325\n"
        "2010,912,7032\n");
    assert_string_equal(
        csv_of(f, SHOW("count"), BY("month"), PERIOD("2021")),
        "month,count\n2021-01,11\n2021-02,20\n2021-03,13\n2021-04,10\n2021-05,14\n"
        "2021-06,15\n2021-07,8\n2021-08,25\n2021-09,19\n2021-10,24\n2021-11,10\n"
        "2021-12,18\n");
}

static void ucdps_low_and_high_are_their_own_sums(void **state)
{
    struct fixture *f = *state;
    SKIP_WITHOUT(UCDP);
    open_table(f, UCDP, NULL);
    assert_string_equal(csv_of(f, SHOW("sum of best, sum of low, sum of high")),
                        "sum of best,sum of low,sum of high\n40228,38152,45743\n");
}

static void other_public_files_are_counted(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *file, *by, *answer;
    } known[] = {
        {SHARED("data/maritime-piracy/pirate_attacks.csv"), "", "count\n7511\n"},
        {SHARED("data/faa-birdstrikes/birdstrikes.csv"), "", "count\n10000\n"},
        {SHARED("data/usgs-earthquakes/all_week.csv"), "", "count\n1386\n"},
        {SHARED("data/la-riots/la-riots.csv"), "year", "year,count\n1992,62\n1993,1\n"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        SKIP_WITHOUT(known[i].file);
        open_table(f, known[i].file, NULL);
        struct query_text text = {SHOW("count"), .by = slice_of(known[i].by)};
        assert_string_equal(answer(f, &text, query_print_csv), known[i].answer);
    }
}

#define query_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        query_test(groups_and_periods_are_rows),
        query_test(a_query_without_groups_is_one_row),
        query_test(headers_are_what_was_typed),
        query_test(weeks_are_cut_to_the_period_and_keep_their_label),
        query_test(the_last_weeks_and_the_day_spoken_of),
        query_test(rows_are_sorted_and_limited),
        query_test(lists_numbers_and_quoted_columns_are_groups),
        query_test(a_period_that_runs_on_is_noted),
        query_test(json_keeps_numbers_and_unknowns),
        query_test(a_table_is_aligned),
        query_test(cells_with_commas_and_quotes_are_quoted),
        query_test(free_text_is_searched_folded),
        query_test(a_file_without_rows_or_dates_still_answers),
        query_test(mistakes_are_shown_at_their_option),
        query_test(suicide_attacks_have_their_known_sums),
        query_test(ucdp_has_its_known_sums),
        query_test(other_public_files_are_counted),
        query_test(ucdps_low_and_high_are_their_own_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

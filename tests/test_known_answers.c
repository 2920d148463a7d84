/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What others have published about the shared public files, counted from our tables. */
#include "tables.h"

struct tally {
    size_t rows;
    double sum;
};

struct question {
    const char *sum;          /* number column, NULL = only rows */
    int year, month;          /* of the date column; 0 = any */
    const char *field, *word; /* NULL = any */
};

static bool is_asked(const struct table *table, const struct question *question,
                     const struct column *by, uint32_t code, size_t row)
{
    struct civil civil =
        table->date ? civil_of(table->date->as.day[row]) : (struct civil){0};
    return (!question->year || civil.year == question->year) &&
           (!question->month || civil.month == question->month) &&
           (!by || by->as.category[row] == code);
}

static struct tally tally(const struct table *table, struct question question)
{
    struct tally tally = {0};
    const struct column *number = question.sum ? column_of(table, question.sum) : NULL;
    const struct column *by = question.field ? column_of(table, question.field) : NULL;
    uint32_t code = by ? column_code(by, slice_of(question.word)) : 0;
    assert_int_not_equal(code, UINT32_MAX);
    for (size_t row = 0; row < table->row_count; row++) {
        if (!is_asked(table, &question, by, code, row))
            continue;
        tally.rows++;
        if (number && column_is_known(number, row))
            tally.sum += number->as.number[row];
    }
    return tally;
}

static size_t rows_of(const struct table *table, struct question question)
{
    return tally(table, question).rows;
}

static double sum_of(const struct table *table, struct question question)
{
    return tally(table, question).sum;
}

static void expect_clean(const struct table *table, const char *schema, size_t rows)
{
    assert_non_null(table->schema);
    assert_slice(table->schema->name, schema);
    assert_int_equal(table->row_count, rows);
    assert_int_equal(table->rows_excluded, 0);
    assert_int_equal(table->ragged_count, 0);
    assert_int_equal(table->rows_read, rows + table->rows_skipped);
}

#define SUICIDE SHARED("data/pakistan-suicide-attacks/suicide-attacks-v11.csv")
#define UCDP    SHARED("data/ucdp-ged-pakistan/conflict_data_pak.csv")

static void suicide_attacks_are_counted_as_published(void **state)
{
    SKIP_WITHOUT(SUICIDE);
    const struct table *table = tables_read_file(*state, SUICIDE);
    expect_clean(table, "suicide-attacks", 496);
    assert_near(sum_of(table, (struct question){.sum = "killed"}), 7299, 0);
    assert_near(sum_of(table, (struct question){.sum = "injured"}), 18331, 0);
    assert_int_equal(rows_of(table, (struct question){.year = 2009}), 90);
    for (int year = 1995; year <= 2017; year++)
        assert_true(year == 2009 ||
                    rows_of(table, (struct question){.year = year}) < 90);
    assert_int_equal(
        rows_of(table, (struct question){.field = "city", .word = "Peshawar"}), 75);
    assert_near(sum_of(table, (struct question){"killed", 0, 0, "city", "Quetta"}), 901,
                0);
}

static void no_city_had_more_suicide_attacks_or_deaths(void **state)
{
    SKIP_WITHOUT(SUICIDE);
    const struct table *table = tables_read_file(*state, SUICIDE);
    const struct column *city = column_of(table, "district");
    for (size_t code = 1; code < city->words.count; code++) {
        const char *word =
            slice_c_string(((struct tables *)*state)->arena, city->words.word[code]);
        struct tally of_city =
            tally(table, (struct question){"killed", 0, 0, "district", word});
        assert_true(of_city.rows <= 75 && of_city.sum <= 901);
        assert_true(of_city.rows < 75 || strcmp(word, "Peshawar") == 0);
        assert_true(of_city.sum < 901 || strcmp(word, "Quetta") == 0);
    }
}

static void suicide_attacks_keep_their_quirks(void **state)
{
    SKIP_WITHOUT(SUICIDE);
    struct tables *tables = *state;
    const struct table *table = tables_read_file(tables, SUICIDE);
    assert_int_equal(column_of(table, "killed")->known_count, 496 - 16);
    assert_int_equal(column_of(table, "killed low")->known_count, 496 - 146);
    assert_ptr_equal(column_of(table, "killed")->low, column_of(table, "killed low"));
    /* 40+ and 100+ are read, the address isn't */
    const struct column *injured = column_of(table, "injured");
    size_t at_least = 0;
    for (size_t row = 0; row < table->row_count; row++)
        at_least += injured->at_least[row / 64] >> (row % 64) & 1;
    assert_int_equal(at_least, 2);
    assert_int_equal(table->reject_count, 1);
    assert_slice(table->reject[0].header, "Injured Max");
    assert_int_equal(table->reject[0].column, 21);
    assert_true(slice_starts_with(table->reject[0].value, "http://www.samaa.tv/"));
    assert_string_equal(table->reject[0].rule, "not a number");
    assert_false(table->reject[0].excludes_row);
    /* Windows-1252, by the schema */
    assert_true(utf8_is_valid(table->source, NULL));
    assert_slice(day_at(tables, "date", 0), "1995-11-19");
    assert_int_equal(
        rows_of(table, (struct question){.field = "province", .word = "KP"}), 251);
    assert_int_equal(
        rows_of(table, (struct question){.field = "province", .word = "FATA"}), 73);
    assert_int_equal(
        rows_of(table, (struct question){.field = "province", .word = "Baluchistan"}),
        47);
    assert_int_equal(
        rows_of(table, (struct question){.field = "district", .word = "D.I. Khan"}),
        13);
    assert_slice(word_at(table, "side", 7), "attack");
}

static void ucdp_deaths_are_those_of_the_best_estimate(void **state)
{
    static const struct {
        int year;
        size_t events;
        double best;
    } years[] = {{2008, 597, 4270}, {2009, 852, 7325}, {2010, 912, 7032},
                 {2014, 385, 3435}, {2019, 72, 240},   {2020, 110, 342},
                 {2021, 187, 446}};
    static const size_t months[] = {11, 20, 13, 10, 14, 15, 8, 25, 19, 24, 10, 18};
    SKIP_WITHOUT(UCDP);
    const struct table *table = tables_read_file(*state, UCDP);
    expect_clean(table, "ucdp-ged", 5500);
    assert_int_equal(table->rows_skipped, 1);
    assert_near(sum_of(table, (struct question){.sum = "killed"}), 40228, 0);
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++) {
        struct tally of_year =
            tally(table, (struct question){.sum = "killed", .year = years[i].year});
        assert_int_equal(of_year.rows, years[i].events);
        assert_near(of_year.sum, years[i].best, 0);
    }
    for (int month = 1; month <= 12; month++)
        assert_int_equal(
            rows_of(table, (struct question){.year = 2021, .month = month}),
            months[month - 1]);
}

static void ucdp_names_are_the_houses(void **state)
{
    SKIP_WITHOUT(UCDP);
    const struct table *table = tables_read_file(*state, UCDP);
    assert_int_equal(
        rows_of(table, (struct question){.field = "province", .word = "KPK"}), 1359);
    assert_int_equal(
        rows_of(table, (struct question){.field = "adm_1", .word = "Sindh"}), 370);
    assert_int_equal(
        rows_of(table, (struct question){.field = "district", .word = "Swat"}), 535);
    assert_int_equal(
        rows_of(table, (struct question){.field = "district", .word = "Khyber"}), 576);
    assert_int_equal(
        rows_of(table, (struct question){.field = "district", .word = "Jaffarabad"}),
        1);
    assert_int_equal(column_of(table, "district")->known_count, 5500 - 59);
    assert_int_equal(rows_of(table, (struct question){.field = "actor",
                                                      .word = "Fitna al Khawaraj"}),
                     3834);
    size_t longer_than_a_day = 0;
    const struct column *start = column_of(table, "date"),
                        *end = column_of(table, "end date");
    for (size_t row = 0; row < table->row_count; row++)
        longer_than_a_day += start->as.day[row] != end->as.day[row];
    assert_int_equal(longer_than_a_day, 262);
    assert_non_null(column_of(table, "killed")->high);
}

static void piracy_is_counted(void **state)
{
    const char *path = SHARED("data/maritime-piracy/pirate_attacks.csv");
    SKIP_WITHOUT(path);
    const struct table *table = tables_read_file(*state, path);
    expect_clean(table, "maritime-piracy", 7511);
    assert_int_equal(table->reject_count, 0);
    assert_int_equal(
        rows_of(table, (struct question){.field = "type", .word = "Boarding"}),
        3421 + 1367);
    assert_int_equal(
        rows_of(table, (struct question){.field = "vessel status", .word = "Steaming"}),
        2587 + 11);
    assert_int_equal(column_of(table, "vessel type")->known_count, 7511 - 6338);
    /* a line break within a cell is read again from its record */
    struct tables *tables = *state;
    size_t broken = 0;
    for (size_t row = 7000; row < table->row_count; row++) {
        struct slice text =
            table_text(table, column_of(table, "summary"), row, tables->arena);
        broken += text.size && memchr(text.data, '\n', text.size) != NULL;
    }
    assert_true(broken > 100);
}

static void stanford_is_counted_by_its_totals(void **state)
{
    const char *path = SHARED("data/stanford-mass-shootings/Stanford_MSA_Database.csv");
    SKIP_WITHOUT(path);
    const struct table *table = tables_read_file(*state, path);
    expect_clean(table, "stanford-mass-shootings", 335);
    assert_near(sum_of(table, (struct question){.sum = "killed"}), 1331, 0);
    assert_near(sum_of(table, (struct question){.sum = "injured"}), 1418, 0);
    assert_slice(day_at(*state, "date", 0), "1966-08-01");
    assert_int_equal(rows_of(table, (struct question){.year = 2015}), 65);
}

static void riots_have_a_victim_a_row(void **state)
{
    const char *path = SHARED("data/la-riots/la-riots.csv");
    SKIP_WITHOUT(path);
    const struct table *table = tables_read_file(*state, path);
    expect_clean(table, "la-riots", 63);
    assert_true(table->schema->row_is_victim);
    assert_near(sum_of(table, (struct question){.sum = "killed"}), 63, 0);
    assert_int_equal(column_of(table, "age")->known_count, 62);
}

static void birdstrikes_are_counted(void **state)
{
    const char *path = SHARED("data/faa-birdstrikes/birdstrikes.csv");
    SKIP_WITHOUT(path);
    const struct table *table = tables_read_file(*state, path);
    expect_clean(table, "birdstrikes", 10000);
    assert_int_equal(rows_of(table, (struct question){.field = "type", .word = "None"}),
                     8939);
    assert_near(sum_of(table, (struct question){.sum = "Cost Total $"}), 40545276, 0);
}

static void earthquakes_are_counted(void **state)
{
    const char *path = SHARED("data/usgs-earthquakes/all_week.csv");
    SKIP_WITHOUT(path);
    const struct table *table = tables_read_file(*state, path);
    expect_clean(table, "earthquakes", 1386);
    const struct column *magnitude = column_of(table, "magnitude");
    double lowest = 9;
    for (size_t row = 0; row < table->row_count; row++)
        lowest = fmin(lowest, magnitude->as.number[row]);
    assert_near(lowest, -0.9, 0);
    assert_int_equal(table->last_day - table->first_day + 1, 8);
}

static void vulnerabilities_are_counted_on_the_day_they_were_added(void **state)
{
    const char *path = SHARED("data/cisa-kev/known_exploited_vulnerabilities.csv");
    SKIP_WITHOUT(path);
    const struct table *table = tables_read_file(*state, path);
    expect_clean(table, "cisa-kev", 1404);
    size_t on_one_day = 0;
    for (size_t row = 0; row < table->row_count; row++)
        on_one_day += table->date->as.day[row] == civil_day(2021, 11, 3);
    assert_int_equal(on_one_day, 287);
}

static void a_gazetteer_has_no_days(void **state)
{
    const char *path = SHARED("data/gazetteer-pakistan/places.csv");
    SKIP_WITHOUT(path);
    const struct table *table = tables_read_file(*state, path);
    expect_clean(table, "gazetteer", 5159);
    assert_null(table->date);
    assert_int_equal(column_of(table, "population")->known_count, 462);
    assert_int_equal(column_of(table, "urdu name")->known_count, 5135);
    assert_int_equal(column_of(table, "province")->known_count, 5159 - 242);
    assert_int_equal(column_of(table, "district")->known_count, 5159 - 222);
    assert_int_equal(
        rows_of(table, (struct question){.field = "province", .word = "NWFP"}),
        604 + 495);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, tables_set_up, tables_tear_down)
        TEST(suicide_attacks_are_counted_as_published),
        TEST(no_city_had_more_suicide_attacks_or_deaths),
        TEST(suicide_attacks_keep_their_quirks),
        TEST(ucdp_deaths_are_those_of_the_best_estimate),
        TEST(ucdp_names_are_the_houses),
        TEST(piracy_is_counted),
        TEST(stanford_is_counted_by_its_totals),
        TEST(riots_have_a_victim_a_row),
        TEST(birdstrikes_are_counted),
        TEST(earthquakes_are_counted),
        TEST(vulnerabilities_are_counted_on_the_day_they_were_added),
        TEST(a_gazetteer_has_no_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Profiles of files, known to a schema or not. */
#include "tables.h"

#include "data/profile.h"

static struct profile fill(void **state, struct table_options options)
{
    struct tables *tables = *state;
    struct profile profile;
    options.file = options.file ? options.file : "x.csv";
    if (!tables_open(tables, options) ||
        !profile_fill(tables->table, tables->arena, &profile, tables->diags)) {
        tables_print_diags(tables);
        fail_msg("no profile");
    }
    return profile;
}

static struct profile fill_bytes(void **state, const char *csv)
{
    return fill(state, (struct table_options){.bytes = slice_of(csv)});
}

static const struct profile_column *find(const struct profile *profile,
                                         const char *header)
{
    for (size_t i = 0; i < profile->column_count; i++) {
        if (slice_is(profile->column[i].header, header))
            return &profile->column[i];
    }
    fail_msg("no column \"%s\"", header);
    return NULL;
}

static void a_file_of_unknown_schema_is_described(void **state)
{
    struct profile profile = fill_bytes(state, "Id,When,Deaths?,What\n"
                                               "1,13/02/2026,4,bomb\n"
                                               "2,03/02/2026,,raid\n"
                                               "3,05/03/2026,-1.5,bomb\n"
                                               "4,05/03/2026,10,\n");
    assert_null(profile.table->schema);
    assert_int_equal(profile.column_count, 4);
    assert_int_equal(profile.date_column, 1);
    const struct profile_column *when = find(&profile, "When");
    assert_int_equal(when->type, COLUMN_DAY);
    assert_slice(when->layout, "d/M/yyyy");
    assert_false(when->order_is_open);
    assert_int_equal(when->first_day, civil_day(2026, 2, 3));
    assert_int_equal(when->last_day, civil_day(2026, 3, 5));
    assert_int_equal(when->distinct, 3);
    const struct profile_column *deaths = find(&profile, "Deaths?");
    assert_int_equal(deaths->type, COLUMN_NUMBER);
    assert_int_equal(deaths->known, 3);
    assert_near(deaths->lowest, -1.5, 0);
    assert_near(deaths->highest, 10, 0);
    const struct profile_column *what = find(&profile, "What");
    assert_int_equal(what->type, COLUMN_CATEGORY);
    assert_int_equal(what->distinct, 2);
    assert_int_equal(what->example_count, 2);
    assert_slice(what->example[0], "bomb");
    assert_slice(what->example[1], "raid");
    assert_false(what->has_range);
    assert_int_equal(profile.table->row_count, 4);
}

static void months_first_are_told(void **state)
{
    struct profile profile = fill_bytes(state, "d\n02/13/2026\n03/04/2026\n");
    assert_slice(profile.column[0].layout, "M/d/yyyy");
    assert_int_equal(profile.column[0].last_day, civil_day(2026, 3, 4));
}

static void an_open_order_is_told_and_has_no_range(void **state)
{
    struct profile profile = fill_bytes(state, "d\n02/03/2026\n03/04/2026\n");
    assert_int_equal(profile.column[0].type, COLUMN_DAY);
    assert_true(profile.column[0].order_is_open);
    assert_false(profile.column[0].has_range);
    assert_int_equal(profile.date_column, 0);
}

static void trouble_with_dates_is_told_and_no_error(void **state)
{
    struct tables *tables = *state;
    tables_load_schemas(tables);
    struct profile profile =
        fill_bytes(state, "date,killed\n02/03/2026,1\n03/04/2026,2\n");
    assert_non_null(profile.trouble);
    assert_string_equal(profile.trouble->code, "D203");
    assert_int_equal(diags_count(tables->diags, SEVERITY_ERROR), 0);
    assert_int_equal(find(&profile, "killed")->known, 2);
}

static void broken_csv_is_an_error(void **state)
{
    struct tables *tables = *state;
    struct profile profile;
    assert_true(tables_open(
        tables, (struct table_options){.file = "x.csv",
                                       .bytes = SLICE_LITERAL("a\n\"b\"c\n")}));
    assert_false(profile_fill(tables->table, tables->arena, &profile, tables->diags));
    assert_non_null(find_diag(tables, "D112"));
}

static void misfits_are_counted_with_an_example(void **state)
{
    struct tables *tables = *state;
    struct text csv = {.arena = tables->arena};
    text_append_string(&csv, "n\n");
    for (int i = 0; i < 95; i++)
        text_print(&csv, "%d\n", i);
    for (int i = 0; i < 5; i++)
        text_append_string(&csv, "NA\n");
    struct profile profile =
        fill(state, (struct table_options){.bytes = text_slice(&csv)});
    assert_int_equal(profile.column[0].type, COLUMN_NUMBER);
    assert_int_equal(profile.column[0].misfits, 5);
    assert_slice(profile.column[0].misfit, "NA");
    assert_int_equal(profile.column[0].example_count, 3);
}

static void distinct_cells_are_counted_up_to_a_bound(void **state)
{
    struct tables *tables = *state;
    struct text csv = {.arena = tables->arena};
    text_append_string(&csv, "few,many\n");
    for (int i = 0; i < PROFILE_DISTINCT + 10; i++)
        text_print(&csv, "%d,%d\n", i % 1000, i);
    struct profile profile =
        fill(state, (struct table_options){.bytes = text_slice(&csv)});
    assert_int_equal(profile.column[0].distinct, 1000);
    assert_false(profile.column[0].has_more);
    assert_int_equal(profile.column[1].distinct, PROFILE_DISTINCT);
    assert_true(profile.column[1].has_more);
    assert_int_equal(profile.column[1].known, PROFILE_DISTINCT + 10);
}

static void what_became_of_the_rows_has_reasons(void **state)
{
    struct tables *tables = *state;
    tables_load_schemas(tables);
    struct profile profile = fill_bytes(state, "date,killed,lat\n"
                                               "2026-01-01,1,33\n"
                                               "2026-01-02,x,133\n"
                                               "2026-01-03,y,\n"
                                               ",1,\n"
                                               "soon,1,\n"
                                               "later,1,\n"
                                               "Total,6,\n");
    const struct table *table = profile.table;
    assert_int_equal(table->rows_read, 7);
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->rows_excluded, 3);
    assert_int_equal(table->rows_skipped, 1);
    static const struct {
        const char *header, *rule;
        size_t count;
        int line;
        bool excludes_row;
    } want[] = {{"killed", "not a number", 2, 3, false},
                {"lat", "above 90", 1, 3, false},
                {"date", "no date", 1, 5, true},
                {"date", "not a date", 2, 6, true}};
    assert_int_equal(table->reason_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_slice(table->reason[i].header, want[i].header);
        assert_string_equal(table->reason[i].rule, want[i].rule);
        assert_int_equal(table->reason[i].count, want[i].count);
        assert_int_equal(table->reason[i].line, want[i].line);
        assert_int_equal(table->reason[i].excludes_row, want[i].excludes_row);
    }
    assert_slice(find(&profile, "killed")->field, "killed");
    assert_int_equal(find(&profile, "date")->misfits, 3);
}

static void a_known_file_is_described_in_the_schemas_words(void **state)
{
    const char *path = SHARED("data/pakistan-suicide-attacks/suicide-attacks-v11.csv");
    SKIP_WITHOUT(path);
    tables_load_schemas(*state);
    struct profile profile = fill(state, (struct table_options){.file = path});
    const struct profile_column *date = find(&profile, "Date");
    assert_slice(date->field, "date");
    assert_slice(date->layout, "EEEE-MMMM d-yyyy");
    assert_int_equal(date->first_day, civil_day(1995, 11, 19));
    assert_int_equal(date->misfits, 0);
    assert_slice(find(&profile, "City")->field, "district");
    assert_near(find(&profile, "Injured Max")->highest, 550, 0);
    assert_int_equal(find(&profile, "Injured Max")->misfits, 1);
    assert_int_equal(profile.table->row_count, 496);
    assert_null(profile.trouble);
}

static void an_unknown_file_with_a_time_stamp_is_described(void **state)
{
    const char *path = SHARED("data/usgs-earthquakes/all_week.csv");
    SKIP_WITHOUT(path);
    struct profile profile = fill(state, (struct table_options){.file = path});
    assert_null(profile.table->schema);
    assert_slice(profile.column[profile.date_column].header, "time");
    assert_slice(find(&profile, "updated")->layout, "yyyy-M-d");
    assert_int_equal(find(&profile, "mag")->type, COLUMN_NUMBER);
    assert_near(find(&profile, "mag")->lowest, -0.9, 0);
    assert_int_equal(find(&profile, "id")->distinct, 1386);
}

static void a_header_alone_has_a_profile(void **state)
{
    struct profile profile = fill_bytes(state, "a,b\n");
    assert_int_equal(profile.column[1].known, 0);
    assert_int_equal(profile.column[1].type, COLUMN_CATEGORY);
    assert_int_equal(profile.date_column, SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, tables_set_up, tables_tear_down)
        TEST(a_file_of_unknown_schema_is_described),
        TEST(months_first_are_told),
        TEST(an_open_order_is_told_and_has_no_range),
        TEST(trouble_with_dates_is_told_and_no_error),
        TEST(broken_csv_is_an_error),
        TEST(misfits_are_counted_with_an_example),
        TEST(distinct_cells_are_counted_up_to_a_bound),
        TEST(what_became_of_the_rows_has_reasons),
        TEST(a_known_file_is_described_in_the_schemas_words),
        TEST(an_unknown_file_with_a_time_stamp_is_described),
        TEST(a_header_alone_has_a_profile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

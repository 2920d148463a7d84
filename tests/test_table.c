/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables: which rows are used, what their cells are, and what is said about the rest. */
#include "tables.h"

static const char generic[] =
    "fields:\n"
    "  date: {type: day, required: yes}\n"
    "  end date: {type: day}\n"
    "  province:\n"
    "    missing: [N/A]\n"
    "    strip: [province]\n"
    "    values: {Khyber Pakhtunkhwa: [KP, KPK]}\n"
    "  agency: {separator: ;}\n"
    "  killed: {type: number, lowest: 0, missing: ['-9', NA],\n"
    "    low: killed low, high: killed high}\n"
    "  killed low: {type: number}\n"
    "  killed high: {type: number}\n"
    "  lat: {type: number, lowest: -90, highest: 90, "
    "at least: no}\n"
    "  summary: {type: text}\n"
    "  weight: {type: number, columns: count}\n";

static struct table *read_generic(void **state, const char *csv)
{
    tables_use_schema(*state, generic);
    return tables_read_bytes(*state, slice_of(csv));
}

static void expect_reject(const struct table *table, size_t index, int line, int column,
                          const char *value, const char *rule, bool excludes_row)
{
    assert_true(index < table->reject_count);
    const struct reject *reject = &table->reject[index];
    assert_int_equal(reject->line, line);
    assert_int_equal(reject->column, column);
    assert_slice(reject->value, value);
    assert_string_equal(reject->rule, rule);
    assert_int_equal(reject->excludes_row, excludes_row);
}

/* Rows ------------------------------------------------------------------------------ */

static void a_row_without_a_usable_date_is_excluded_and_listed(void **state)
{
    struct table *table = read_generic(state, "date,killed\n"
                                              "2026-01-01,1\n"
                                              "\"some\nday\",2\n"
                                              ",3\n"
                                              "2026-02-30,4\n"
                                              "2026-01-02,5\n");
    assert_int_equal(table->rows_read, 5);
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->rows_excluded, 3);
    assert_int_equal(table->reject_count, 3);
    expect_reject(table, 0, 3, 1, "some\nday", "not a date", true);
    expect_reject(table, 1, 5, 1, "", "no date", true);
    expect_reject(table, 2, 6, 1, "2026-02-30", "no such day", true);
    assert_near(number_at(table, "killed", 1), 5, 0);
    assert_int_equal(table->first_day, civil_day(2026, 1, 1));
    assert_int_equal(table->last_day, civil_day(2026, 1, 2));
    assert_int_equal(table_line(table, 0), 2);
    assert_int_equal(table_line(table, 1), 7);
}

static void a_row_of_tags_is_skipped(void **state)
{
    struct table *table = read_generic(state, "date,killed,own\n"
                                              ",#affected+killed,\n"
                                              "2026-01-01,1,7\n");
    assert_int_equal(table->rows_read, 2);
    assert_int_equal(table->rows_skipped, 1);
    assert_int_equal(table->row_count, 1);
    assert_int_equal(table->reject_count, 0);
    assert_int_equal(column_of(table, "own")->type, COLUMN_NUMBER);
}

static void tags_count_only_under_the_header(void **state)
{
    struct table *table = read_generic(state, "date,killed\n2026-01-01,1\n#date,#n\n");
    assert_int_equal(table->rows_skipped, 0);
    assert_int_equal(table->rows_excluded, 1);
}

static void a_units_row_is_skipped_where_the_schema_says_so(void **state)
{
    tables_use_schema(*state, "skip first: [(day)]\nfields: {date: {type: day}}\n");
    struct table *table =
        tables_read_bytes(*state, SLICE_LITERAL("date,km\n(day),(km)\n2026-01-01,1\n"));
    assert_int_equal(table->rows_skipped, 1);
    assert_int_equal(table->row_count, 1);
}

static void totals_rows_are_skipped(void **state)
{
    struct table *table = read_generic(state, "date,province,killed\n"
                                              "2026-01-01,Total,1\n"
                                              "Total,,1\n"
                                              ",Grand Total,1\n"
                                              "TOTALS,,1\n"
                                              "Totally,,1\n");
    assert_int_equal(table->row_count, 1);
    assert_int_equal(table->rows_skipped, 3);
    assert_int_equal(table->rows_excluded, 1);
}

static void totals_are_skipped_in_tables_without_dates_too(void **state)
{
    struct table *table =
        tables_read_bytes(*state, SLICE_LITERAL("point,done\na,1\nb,2\nTotal,3\n"));
    assert_null(table->schema);
    assert_null(table->date);
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->rows_skipped, 1);
}

static void empty_rows_are_skipped(void **state)
{
    struct table *table = read_generic(state, "date,killed\n2026-01-01,1\n,\n  , \n");
    assert_int_equal(table->row_count, 1);
    assert_int_equal(table->rows_skipped, 2);
    assert_int_equal(table->reject_count, 0);
}

static void a_separator_line_is_no_header(void **state)
{
    struct table *table =
        read_generic(state, "sep=;\r\ndate;killed\r\n2026-01-01;1\r\nx;2\r\n");
    assert_int_equal(table->header_count, 2);
    assert_int_equal(table->row_count, 1);
    assert_int_equal(table_line(table, 0), 3);
    expect_reject(table, 0, 4, 1, "x", "not a date", true);
}

static void a_separator_line_may_be_quoted(void **state)
{
    struct table *table = read_generic(state, "\"sep=|\"\ndate|killed\n2026-01-01|1\n");
    assert_near(number_at(table, "killed", 0), 1, 0);
}

static void a_header_may_begin_like_a_separator_line(void **state)
{
    struct table *table =
        tables_read_bytes(*state, SLICE_LITERAL("sep=x,date\n1,2026-01-01\n"));
    assert_slice(table->header[0], "sep=x");
}

static void ragged_rows_are_padded_and_counted(void **state)
{
    struct tables *tables = *state;
    struct table *table = read_generic(state, "date,killed,summary\n"
                                              "2026-01-01\n"
                                              "2026-01-02,2,x,y,z\n"
                                              "2026-01-03,3,z\n");
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->ragged_count, 2);
    assert_true(isnan(number_at(table, "killed", 0)));
    assert_near(number_at(table, "killed", 1), 2, 0);
    const struct diag *diag = find_diag(tables, "D211");
    assert_non_null(diag);
    assert_int_equal(diag->severity, SEVERITY_WARNING);
    assert_int_equal(diag->at.line, 2);
    assert_non_null(strstr(diag->message, "2 rows"));
    const struct slice *cell;
    size_t count;
    assert_true(table_row(table, 0, tables->arena, &cell, &count));
    assert_int_equal(count, 3);
    assert_slice(cell[0], "2026-01-01");
    assert_slice(cell[2], "");
    assert_true(table_row(table, 1, tables->arena, &cell, &count));
    assert_int_equal(count, 3);
    assert_slice(cell[2], "x");
}

static void twin_and_blank_headers_get_names(void **state)
{
    struct tables *tables = *state;
    struct table *table = read_generic(state, "date,killed,,Killed,killed (2),\n"
                                              "2026-01-01,1,2,3,4,5\n");
    assert_slice(table->header[2], "column 3");
    assert_slice(table->header[3], "Killed (2)");
    assert_slice(table->header[4], "killed (2) (2)");
    assert_slice(table->header[5], "column 6");
    assert_near(number_at(table, "killed", 0), 1, 0);
    assert_near(number_at(table, "killed (2)", 0), 3, 0);
    assert_near(number_at(table, "column 6", 0), 5, 0);
    assert_non_null(find_diag(tables, "D205"));
    assert_non_null(find_diag(tables, "D206"));
    assert_int_equal(diags_count(tables->diags, SEVERITY_WARNING), 4);
}

static void a_thousand_twins_are_named_and_warned_of_in_short(void **state)
{
    struct tables *tables = *state;
    struct text csv = {.arena = tables->arena};
    for (int i = 0; i < 60000; i++)
        text_append_string(&csv, "a,");
    struct table *table = tables_read_bytes(tables, text_slice(&csv));
    assert_int_equal(table->header_count, 60001);
    assert_slice(table->header[59999], "a (60000)");
    assert_true(diags_total(tables->diags) < 20);
}

static void rejects_are_counted_all_and_kept_in_part(void **state)
{
    struct tables *tables = *state;
    struct text csv = {.arena = tables->arena};
    text_append_string(&csv, "date,killed\n");
    for (int i = 0; i < 3000; i++)
        text_append_string(&csv, "2026-01-01,many\n");
    tables_use_schema(tables, generic);
    struct table *table = tables_read_bytes(tables, text_slice(&csv));
    assert_int_equal(table->reject_count, 3000);
    expect_reject(table, TABLE_REJECTS - 1, TABLE_REJECTS + 1, 2, "many",
                  "not a number", false);
}

static void a_listed_value_is_cut_between_characters(void **state)
{
    struct tables *tables = *state;
    struct text csv = {.arena = tables->arena};
    text_append_string(&csv, "date,killed\n2026-01-01,x");
    for (int i = 0; i < 100; i++)
        text_append_string(&csv, "é");
    tables_use_schema(tables, generic);
    struct table *table = tables_read_bytes(tables, text_slice(&csv));
    assert_int_equal(table->reject[0].value.size, 79);
    assert_true(utf8_is_valid(table->reject[0].value, NULL));
}

static void a_table_where_no_date_can_be_read_is_an_error(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, generic);
    assert_true(tables_open(
        tables,
        (struct table_options){.file = "x.csv",
                               .bytes = SLICE_LITERAL("date\n3.4.26\n4.4.26\n")}));
    assert_false(tables_read(tables));
    const struct diag *diag = find_diag(tables, "D204");
    assert_non_null(diag);
    assert_int_equal(diag->at.line, 2);
    assert_non_null(strstr(diag->hint, "layout"));
}

static void a_header_alone_is_an_empty_table(void **state)
{
    struct table *table = read_generic(state, "date,killed\n");
    assert_int_equal(table->row_count, 0);
    assert_int_equal(table->rows_read, 0);
    assert_true(table->last_day < table->first_day);
    assert_true(column_of(table, "killed")->is_read);
}

/* Dates ------------------------------------------------------------------------------ */

static void expect_ambiguous(void **state, const char *csv, int line, int column)
{
    struct tables *tables = *state;
    tables_use_schema(tables, generic);
    assert_true(tables_open(
        tables, (struct table_options){.file = "x.csv", .bytes = slice_of(csv)}));
    assert_false(tables_read(tables));
    const struct diag *diag = find_diag(tables, "D203");
    assert_non_null(diag);
    assert_int_equal(diag->at.line, line);
    assert_int_equal(diag->at.column, column);
    assert_non_null(strstr(diag->hint, "d/M/yyyy"));
}

static void an_order_that_nothing_settles_is_an_error(void **state)
{
    expect_ambiguous(state, "x,date\n1,05/05/2026\n2,03/04/2026\n3,01/02/2026\n", 3, 3);
}

static void an_order_that_contradicts_itself_is_an_error(void **state)
{
    expect_ambiguous(state, "date\n03/04/2026\n13/04/2026\n04/13/2026\n", 2, 1);
}

static void an_ambiguous_end_date_is_an_error_too(void **state)
{
    expect_ambiguous(state, "date,end date\n13/04/2026,03/04/2026\n", 2, 12);
}

static void one_cell_settles_the_whole_column(void **state)
{
    struct tables *tables = *state;
    read_generic(state, "date\n03/04/2026\n2026-05-06\n1/2/2026\n13/04/2026\n");
    assert_slice(day_at(tables, "date", 0), "2026-04-03");
    assert_slice(day_at(tables, "date", 1), "2026-05-06");
    assert_slice(day_at(tables, "date", 2), "2026-02-01");
    assert_slice(day_at(tables, "date", 3), "2026-04-13");
    assert_int_equal(tables->table->first_day, civil_day(2026, 2, 1));
}

static void a_schemas_layout_settles_the_order(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, "fields:\n  date: {type: day, layout: M/d/yyyy}\n");
    tables_read_bytes(tables, SLICE_LITERAL("date\n03/04/2026\n"));
    assert_slice(day_at(tables, "date", 0), "2026-03-04");
}

static void a_bad_end_date_is_listed_and_the_row_stays(void **state)
{
    struct tables *tables = *state;
    struct table *table =
        read_generic(state, "date,end date\n2026-01-01,soon\n2026-01-01,2026-01-05\n"
                            "2026-01-01,\n");
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->reject_count, 1);
    expect_reject(table, 0, 2, 2, "soon", "not a date", false);
    assert_slice(day_at(tables, "end date", 0), "");
    assert_slice(day_at(tables, "end date", 1), "2026-01-05");
    assert_int_equal(column_of(table, "end date")->as.day[2], INT32_MIN);
}

static void rows_may_be_counted_by_their_end(void **state)
{
    tables_use_schema(*state, "count by: end\nfields:\n  date: {type: day}\n"
                              "  end date: {type: day}\n");
    struct table *table = tables_read_bytes(
        *state, SLICE_LITERAL(
                    "date,end date,x\n2026-01-01,2026-01-05,1\n2026-01-02,,1\n,,1\n"));
    assert_slice(table->date->name, "end date");
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->first_day, civil_day(2026, 1, 2));
    assert_int_equal(table->last_day, civil_day(2026, 1, 5));
    assert_int_equal(table->rows_excluded, 1);
}

static void a_date_may_lie_in_three_columns(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, "fields:\n"
                              "  date: {type: day, required: yes, columns: [], parts: "
                              "[iyear, imonth, iday]}\n");
    struct table *table = tables_read_bytes(
        tables, SLICE_LITERAL("iyear,imonth,iday\n1970,7,2\n1970,7,0\n1970,x,1\n"));
    assert_int_equal(table->row_count, 1);
    assert_slice(day_at(tables, "date", 0), "1970-07-02");
    expect_reject(table, 0, 3, 1, "1970-7-0", "no such day", true);
    expect_reject(table, 1, 4, 1, "1970-x-1", "not a date", true);
    assert_int_equal(table->column_count, 1);
}

/* Numbers ----------------------------------------------------------------------------- */

static void blank_and_missing_numbers_are_unknown(void **state)
{
    struct table *table =
        read_generic(state, "date,killed\n2026-01-01,\n2026-01-01,-9\n"
                            "2026-01-01,na\n2026-01-01,9\n"
                            "2026-01-01,  \n2026-01-01,0\n");
    const struct column *killed = column_of(table, "killed");
    assert_int_equal(table->reject_count, 0);
    assert_int_equal(killed->known_count, 2);
    assert_near(number_at(table, "killed", 3), 9, 0);
    assert_near(number_at(table, "killed", 5), 0, 0);
    for (size_t row = 0; row < 3; row++)
        assert_false(column_is_known(killed, row));
}

static void numbers_are_read_exactly(void **state)
{
    static const char *const cells[] = {
        "0",
        "007",
        "-1.5",
        "33.718",
        "0.1",
        "123456789012345",
        "1,234",
        "1e3",
        "+5",
        "999999999999999.9",
        "0.30000000000000004",
        ".5",
        "5.",
        "−4",
    };
    struct tables *tables = *state;
    struct text csv = {.arena = tables->arena};
    text_append_string(&csv, "date;killed low\n");
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        text_print(&csv, "2026-01-01;%s\n", cells[i]);
    tables_use_schema(tables, generic);
    struct table *table = tables_read_bytes(tables, text_slice(&csv));
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        double want;
        bool is_number = number_parse(slice_of(cells[i]), &want);
        assert_int_equal(is_number, column_is_known(column_of(table, "killed low"), i));
        if (is_number)
            assert_near(number_at(table, "killed low", i), want, 0);
    }
}

static void bad_numbers_are_unknown_and_listed(void **state)
{
    struct table *table = read_generic(state, "date,killed,lat\n2026-01-01,1(0),95\n"
                                              "2026-01-01,-1,40+\n2026-01-01,~5,-91\n");
    assert_int_equal(table->row_count, 3);
    assert_int_equal(column_of(table, "killed")->known_count, 0);
    assert_int_equal(column_of(table, "lat")->known_count, 0);
    assert_int_equal(table->reject_count, 6);
    expect_reject(table, 0, 2, 2, "1(0)", "not a number", false);
    expect_reject(table, 1, 2, 3, "95", "above 90", false);
    expect_reject(table, 2, 3, 2, "-1", "below 0", false);
    expect_reject(table, 3, 3, 3, "40+", "not a number", false);
    expect_reject(table, 5, 4, 3, "-91", "below -90", false);
}

static void words_may_stand_for_numbers(void **state)
{
    tables_use_schema(
        *state, "fields:\n  killed: {type: number, values: {'0': [nil, none]}}\n");
    struct table *table =
        tables_read_bytes(*state, SLICE_LITERAL("killed,x\nNil,1\nno,1\n3,1\n"));
    assert_near(number_at(table, "killed", 0), 0, 0);
    assert_true(isnan(number_at(table, "killed", 1)));
    assert_near(number_at(table, "killed", 2), 3, 0);
    assert_int_equal(table->reject_count, 1);
}

static void forty_plus_is_at_least_forty(void **state)
{
    struct table *table = read_generic(state, "date,killed\n2026-01-01,3\n"
                                              "2026-01-01,40+\n2026-01-01,1 +\n"
                                              "2026-01-01,+\n");
    const struct column *killed = column_of(table, "killed");
    assert_near(number_at(table, "killed", 1), 40, 0);
    assert_near(number_at(table, "killed", 2), 1, 0);
    assert_non_null(killed->at_least);
    assert_int_equal(killed->at_least[0], 6);
    assert_int_equal(table->reject_count, 1);
}

static void bounds_are_read_with_their_number(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, generic);
    assert_true(tables_open(
        tables, (struct table_options){
                    .file = "x.csv",
                    .bytes = SLICE_LITERAL("date,killed,killed low,killed high\n"
                                           "2026-01-01,5,3,9\n")}));
    struct table *table = tables->table;
    table_want(table, column_of(table, "killed"));
    assert_true(table_read(table, tables->diags));
    const struct column *killed = column_of(table, "killed");
    assert_true(killed->low->is_read && killed->high->is_read);
    assert_near(killed->low->as.number[0], 3, 0);
    assert_near(killed->high->as.number[0], 9, 0);
}

static void a_row_without_a_weight_is_excluded(void **state)
{
    struct table *table =
        read_generic(state, "date,count\n2026-01-01,12\n2026-01-01,\n2026-01-01,-1\n"
                            "2026-01-01,2.5\n2026-01-01,0\n");
    assert_ptr_equal(table->weight, column_of(table, "count"));
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->rows_excluded, 2);
    assert_int_equal(table->weight->known_count, 3);
    expect_reject(table, 0, 3, 2, "", "not a count of incidents", true);
    assert_near(table->weight->as.number[1], 2.5, 0);
}

/* Words ------------------------------------------------------------------------------- */

static void spellings_of_a_word_are_one(void **state)
{
    struct table *table = read_generic(state, "date,province\n"
                                              "2026-01-01,sindh\n"
                                              "2026-01-01,\"Sindh \"\n"
                                              "2026-01-01,Sindh Province\n"
                                              "2026-01-01,K.P.K.\n"
                                              "2026-01-01,khyber-pakhtunkhwa\n"
                                              "2026-01-01,KP province\n"
                                              "2026-01-01,n/a\n"
                                              "2026-01-01,-\n"
                                              "2026-01-01,Sindh\n");
    const struct column *province = column_of(table, "province");
    assert_int_equal(province->words.count, 3);
    for (size_t row = 0; row < 3; row++)
        assert_slice(word_at(table, "province", row), "Sindh");
    for (size_t row = 3; row < 6; row++)
        assert_slice(word_at(table, "province", row), "Khyber Pakhtunkhwa");
    assert_int_equal(province->known_count, 7);
    assert_slice(word_at(table, "province", 6), "");
    assert_slice(word_at(table, "province", 7), "");
    assert_int_equal(column_code(province, SLICE_LITERAL("kpk")),
                     province->as.category[3]);
    assert_int_equal(column_code(province, SLICE_LITERAL(" SINDH")),
                     province->as.category[0]);
    assert_int_equal(column_code(province, SLICE_LITERAL("Punjab")), UINT32_MAX);
}

static void several_values_in_a_cell_are_a_set(void **state)
{
    struct tables *tables = *state;
    struct table *table = read_generic(state, "date,agency\n"
                                              "2026-01-01,police; CTD;army\n"
                                              "2026-01-01,CTD\n"
                                              "2026-01-01,\n"
                                              "2026-01-01,;Police;;police;\n"
                                              "2026-01-01,; ;\n");
    const struct column *agency = column_of(table, "agency");
    assert_true(agency->is_list);
    assert_int_equal(agency->words.count, 4);
    static const size_t sizes[] = {3, 1, 0, 1, 0};
    for (size_t row = 0; row < 5; row++) {
        uint32_t set = agency->as.category[row];
        assert_true(set < agency->set_count);
        assert_int_equal(agency->set_start[set + 1] - agency->set_start[set],
                         sizes[row]);
        assert_int_equal(column_is_known(agency, row), sizes[row] > 0);
    }
    assert_int_equal(agency->known_count, 3);
    assert_slice(table_text(table, agency, 0, tables->arena), "police, CTD, army");
    assert_slice(table_text(table, agency, 2, tables->arena), "");
    uint32_t police = column_code(agency, SLICE_LITERAL("Police"));
    uint32_t set = agency->as.category[3];
    assert_int_equal(agency->set_code[agency->set_start[set]], police);
}

static void a_column_without_several_values_is_no_list(void **state)
{
    struct table *table = read_generic(state, "date,agency\n2026-01-01,CTD\n"
                                              "2026-01-01,\n2026-01-01,police;\n"
                                              "2026-01-01,ctd\n");
    assert_false(column_of(table, "agency")->is_list);
    assert_slice(word_at(table, "agency", 0), "CTD");
    assert_slice(word_at(table, "agency", 1), "");
    assert_slice(word_at(table, "agency", 2), "police");
    assert_slice(word_at(table, "agency", 3), "CTD");
}

static void a_column_of_sets_may_be_all_blank(void **state)
{
    struct table *table = read_generic(state, "date,agency\n2026-01-01,\n");
    assert_false(column_of(table, "agency")->is_list);
    assert_int_equal(column_of(table, "agency")->words.count, 1);
}

static void many_words_keep_their_codes(void **state)
{
    struct tables *tables = *state;
    struct text csv = {.arena = tables->arena};
    text_append_string(&csv, "date,province\n");
    for (int i = 0; i < 5000; i++)
        text_print(&csv, "2026-01-01,w%d\n2026-01-01,\"W%d\"\n", i, i / 2);
    tables_use_schema(tables, generic);
    struct table *table = tables_read_bytes(tables, text_slice(&csv));
    assert_int_equal(column_of(table, "province")->words.count, 5001);
    for (int i = 0; i < 5000; i++) {
        const char *word = arena_print(tables->arena, "w%d", i);
        assert_true(slice_equal(
            slice_fold(tables->arena, word_at(table, "province", (size_t)i * 2)),
            slice_of(word)));
    }
}

/* Columns made of others ---------------------------------------------------------------- */

static const char made[] =
    "fields:\n"
    "  date: {type: day}\n"
    "  type: {separator: ;}\n"
    "  side:\n"
    "    from: type\n"
    "    values: {attack: [ied, '*attack*'], operation: ['*raid']}\n"
    "  dead:\n"
    "    type: number\n"
    "    columns: [dead, killed]\n"
    "    plus: civilians, soldiers\n"
    "  civilians: {type: number}\n"
    "  soldiers: {type: number}\n"
    "  country: {constant: Pakistan}\n"
    "  one: {type: number, constant: '1'}\n"
    "  class: {from: type, values: {bomb: ied}, otherwise: other}\n";

static void a_side_is_mapped_from_the_type(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, made);
    struct table *table = tables_read_bytes(
        tables, SLICE_LITERAL("date,type\n2026-01-01,IED\n2026-01-01,Night raid\n"
                              "2026-01-01,Clash\n2026-01-01,\n"
                              "2026-01-01,Clash; Armed attack\n2026-01-01,clash\n"));
    static const char *const sides[] = {"attack", "operation", "", "", "attack", ""};
    static const char *const classes[] = {"bomb", "other", "other",
                                          "",     "other", "other"};
    for (size_t row = 0; row < 6; row++) {
        assert_slice(word_at(table, "side", row), sides[row]);
        assert_slice(word_at(table, "class", row), classes[row]);
    }
    const struct diag *note = find_diag(tables, "D213");
    assert_non_null(note);
    assert_int_equal(note->severity, SEVERITY_NOTE);
    assert_non_null(strstr(note->message, "2 rows"));
    assert_int_equal(column_code(column_of(table, "side"), SLICE_LITERAL("operation")),
                     column_of(table, "side")->as.category[1]);
}

static void a_side_column_of_the_file_has_precedence(void **state)
{
    tables_use_schema(*state, made);
    struct table *table = tables_read_bytes(
        *state, SLICE_LITERAL("date,type,side\n2026-01-01,IED,operation\n"));
    assert_slice(word_at(table, "side", 0), "operation");
}

static void a_sum_stands_in_for_a_column_that_is_not_there(void **state)
{
    tables_use_schema(*state, made);
    struct table *table = tables_read_bytes(
        *state, SLICE_LITERAL("date,civilians,soldiers\n2026-01-01,1,2\n2026-01-01,,2\n"
                              "2026-01-01,,\n"));
    assert_near(number_at(table, "dead", 0), 3, 0);
    assert_near(number_at(table, "dead", 1), 2, 0);
    assert_true(isnan(number_at(table, "dead", 2)));
    assert_int_equal(column_of(table, "dead")->known_count, 2);
}

static void a_column_has_precedence_over_a_sum(void **state)
{
    tables_use_schema(*state, made);
    struct table *table = tables_read_bytes(
        *state, SLICE_LITERAL("date,civilians,killed\n2026-01-01,1,9\n"));
    assert_near(number_at(table, "dead", 0), 9, 0);
    assert_slice(word_at(table, "country", 0), "Pakistan");
    assert_near(number_at(table, "one", 0), 1, 0);
}

static void wanting_a_made_column_reads_its_parts(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, made);
    assert_true(tables_open(
        tables,
        (struct table_options){
            .file = "x.csv",
            .bytes = SLICE_LITERAL("date,type,civilians\n2026-01-01,IED,4\n")}));
    table_want(tables->table, column_of(tables->table, "side"));
    table_want(tables->table, column_of(tables->table, "dead"));
    assert_true(table_read(tables->table, tables->diags));
    assert_slice(word_at(tables->table, "side", 0), "attack");
    assert_near(number_at(tables->table, "dead", 0), 4, 0);
    assert_false(column_of(tables->table, "country")->is_read);
}

/* Own columns ------------------------------------------------------------------------------ */

static void own_columns_are_typed_by_their_values(void **state)
{
    struct table *table = tables_read_bytes(
        *state,
        SLICE_LITERAL(
            "n,code,when,when2,mixed,blank,long\n"
            "1,007,2026-01-01,3/14/2026,1,,\n"
            "-2.5,012,2026-01-02,1/2/2026,x,,"
            "a text that is far too long to be a word of any category that a person "
            "would ever group by\n"));
    static const struct {
        const char *name;
        enum column_type type;
    } columns[] = {{"n", COLUMN_NUMBER},       {"code", COLUMN_CATEGORY},
                   {"when", COLUMN_DAY},       {"when2", COLUMN_DAY},
                   {"mixed", COLUMN_CATEGORY}, {"blank", COLUMN_CATEGORY},
                   {"long", COLUMN_TEXT}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        assert_int_equal(column_of(table, columns[i].name)->type, columns[i].type);
    assert_slice(day_at(*state, "when2", 1), "2026-01-02");
    assert_int_equal(column_of(table, "long")->known_count, 1);
    assert_null(table->date);
}

static void own_days_that_nothing_settles_are_words(void **state)
{
    struct table *table =
        tables_read_bytes(*state, SLICE_LITERAL("when\n1/2/2026\n3/4/2026\n"));
    assert_int_equal(column_of(table, "when")->type, COLUMN_CATEGORY);
}

/* Reading again ------------------------------------------------------------------------------ */

static void a_second_read_fills_what_was_wanted_later(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, generic);
    assert_true(tables_open(
        tables, (struct table_options){.file = "x.csv",
                                       .bytes = SLICE_LITERAL("date,killed,province\n"
                                                              "2026-01-01,1,Sindh\n"
                                                              "never,2,Punjab\n"
                                                              "2026-01-02,x,KP\n")}));
    struct table *table = tables->table;
    assert_true(table_read(table, tables->diags));
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->reject_count, 1);
    assert_false(column_of(table, "killed")->is_read);
    table_want(table, column_of(table, "killed"));
    table_want(table, column_of(table, "province"));
    assert_true(table_read(table, tables->diags));
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->rows_read, 3);
    assert_near(number_at(table, "killed", 0), 1, 0);
    assert_slice(word_at(table, "province", 1), "Khyber Pakhtunkhwa");
    assert_int_equal(table->reject_count, 2);
    expect_reject(table, 1, 4, 2, "x", "not a number", false);
    const uint32_t *codes = column_of(table, "province")->as.category;
    assert_true(table_read(table, tables->diags));
    assert_ptr_equal(codes, column_of(table, "province")->as.category);
}

static void a_rows_text_is_read_at_its_place(void **state)
{
    struct tables *tables = *state;
    struct table *table =
        read_generic(state, "date,province,summary,killed\r\n"
                            "2026-01-01,KP,\"two\nlines, \"\"q\"\"\",NA\r\n"
                            "2026-01-02, kpk , plain ,40+\r\n");
    assert_slice(table_text(table, column_of(table, "summary"), 0, tables->arena),
                 "two\nlines, \"q\"");
    assert_slice(table_text(table, column_of(table, "summary"), 1, tables->arena),
                 "plain");
    assert_slice(table_text(table, column_of(table, "province"), 1, tables->arena),
                 "Khyber Pakhtunkhwa");
    assert_slice(table_text(table, column_of(table, "killed"), 0, tables->arena), "");
    assert_slice(table_text(table, column_of(table, "killed"), 1, tables->arena),
                 "40+");
    assert_int_equal(column_of(table, "summary")->known_count, 2);
    assert_int_equal(table_line(table, 1), 4);
}

/* Opening ------------------------------------------------------------------------------------ */

static void expect_open_error(void **state, struct table_options options,
                              const char *code)
{
    struct tables *tables = *state;
    options.file = options.file ? options.file : "x.csv";
    assert_false(tables_open(tables, options));
    if (!find_diag(tables, code)) {
        tables_print_diags(tables);
        fail_msg("no %s", code);
    }
}

static void files_that_cant_be_opened_are_errors(void **state)
{
    expect_open_error(state, (struct table_options){.file = "tests/no-such.csv"},
                      "D001");
    expect_open_error(state, (struct table_options){.bytes = SLICE_LITERAL("\n \n")},
                      "D115");
    expect_open_error(
        state, (struct table_options){.bytes = SLICE_LITERAL("a\n\xFF\n")}, "D101");
    expect_open_error(state, (struct table_options){.bytes = SLICE_LITERAL("a,\"b\n")},
                      "D111");
    expect_open_error(
        state,
        (struct table_options){.bytes = SLICE_LITERAL("a\n"), .encoding = "martian"},
        "D102");
}

static void a_schema_asked_for_by_name_must_fit(void **state)
{
    struct tables *tables = *state;
    tables_load_schemas(tables);
    expect_open_error(state,
                      (struct table_options){.bytes = SLICE_LITERAL("date,killed\n"),
                                             .schema = SLICE_LITERAL("incident")},
                      "D202");
    assert_non_null(strstr(find_diag(tables, "D202")->hint, "incidents"));
    expect_open_error(state,
                      (struct table_options){.bytes = SLICE_LITERAL("killed\n3\n"),
                                             .schema = SLICE_LITERAL("incidents")},
                      "D201");
    assert_non_null(strstr(find_diag(tables, "D201")->message, "\"date\""));
}

static void broken_rows_are_errors_when_read(void **state)
{
    struct tables *tables = *state;
    assert_true(tables_open(
        tables, (struct table_options){
                    .file = "x.csv", .bytes = SLICE_LITERAL("a,b\n1,2\n\"x\"y,3\n")}));
    assert_false(tables_read(tables));
    assert_non_null(find_diag(tables, "D112"));
}

static void a_schemas_encoding_is_used_where_bytes_need_it(void **state)
{
    struct tables *tables = *state;
    tables_use_schema(tables, "encoding: windows-1252\nfields: {date: {type: day}}\n");
    struct table *table =
        tables_read_bytes(tables, SLICE_LITERAL("date,who\n2026-01-01,Jos\xE9\n"));
    assert_slice(word_at(table, "who", 0), "José");
    table_close(table);
    tables->table = NULL;
    table = tables_read_bytes(tables, SLICE_LITERAL("date,who\n2026-01-01,José\n"));
    assert_slice(word_at(table, "who", 0), "José");
}

static void columns_are_found_by_any_of_their_names(void **state)
{
    struct tables *tables = *state;
    tables_load_schemas(tables);
    struct table *table = tables_read_bytes(
        tables,
        SLICE_LITERAL("Event Date;ADM1_EN;Number Killed;Own One\n2026-01-01;KP;3;x\n"));
    assert_int_equal(table->dialect.delimiter, ';');
    assert_slice(table->schema->name, "incidents");
    const struct column *killed = table_find(table, SLICE_LITERAL("Killed"));
    assert_slice(killed->header, "Number Killed");
    assert_ptr_equal(killed, table_find(table, SLICE_LITERAL("number_killed")));
    assert_ptr_equal(killed, table_find(table, SLICE_LITERAL("fatalities")));
    assert_ptr_equal(table_find(table, SLICE_LITERAL("adm1 en")),
                     table_find(table, SLICE_LITERAL("province")));
    assert_non_null(table_find(table, SLICE_LITERAL("own-one")));
    assert_null(table_find(table, SLICE_LITERAL("nothing")));
    assert_null(table_find(table, SLICE_LITERAL("")));
}

static void random_tables_end(void **state)
{
    static const char letters[] = "date,killed\n\n2026-01-01;\"\",#+3\xC3\xA9\t";
    struct tables *tables = *state;
    tables_load_schemas(tables);
    uint32_t seed = 99;
    for (int round = 0; round < 3000; round++) {
        char bytes[200];
        size_t size = (size_t)round % sizeof bytes;
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        memcpy(bytes, "date,killed\n", size < 12 ? size : round % 3 ? 12 : 0);
        struct diags *diags = diags_new(tables->arena);
        struct table_options options = {.file = "x.csv",
                                        .bytes = {bytes, size},
                                        .schemas = tables->schemas,
                                        .schema_count = tables->schema_count};
        struct table *table;
        if (!table_open(&table, &options, diags)) {
            assert_true(diags_count(diags, SEVERITY_ERROR) > 0);
            continue;
        }
        for (size_t i = 0; i < table->column_count; i++)
            table_want(table, &table->column[i]);
        if (table_read(table, diags))
            assert_int_equal(table->rows_read, table->row_count + table->rows_excluded +
                                                   table->rows_skipped);
        else
            assert_true(diags_count(diags, SEVERITY_ERROR) > 0);
        table_close(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, tables_set_up, tables_tear_down)
        TEST(a_row_without_a_usable_date_is_excluded_and_listed),
        TEST(a_row_of_tags_is_skipped),
        TEST(tags_count_only_under_the_header),
        TEST(a_units_row_is_skipped_where_the_schema_says_so),
        TEST(totals_rows_are_skipped),
        TEST(totals_are_skipped_in_tables_without_dates_too),
        TEST(empty_rows_are_skipped),
        TEST(a_separator_line_is_no_header),
        TEST(a_separator_line_may_be_quoted),
        TEST(a_header_may_begin_like_a_separator_line),
        TEST(ragged_rows_are_padded_and_counted),
        TEST(twin_and_blank_headers_get_names),
        TEST(a_thousand_twins_are_named_and_warned_of_in_short),
        TEST(rejects_are_counted_all_and_kept_in_part),
        TEST(a_listed_value_is_cut_between_characters),
        TEST(a_table_where_no_date_can_be_read_is_an_error),
        TEST(a_header_alone_is_an_empty_table),
        TEST(an_order_that_nothing_settles_is_an_error),
        TEST(an_order_that_contradicts_itself_is_an_error),
        TEST(an_ambiguous_end_date_is_an_error_too),
        TEST(one_cell_settles_the_whole_column),
        TEST(a_schemas_layout_settles_the_order),
        TEST(a_bad_end_date_is_listed_and_the_row_stays),
        TEST(rows_may_be_counted_by_their_end),
        TEST(a_date_may_lie_in_three_columns),
        TEST(blank_and_missing_numbers_are_unknown),
        TEST(numbers_are_read_exactly),
        TEST(bad_numbers_are_unknown_and_listed),
        TEST(words_may_stand_for_numbers),
        TEST(forty_plus_is_at_least_forty),
        TEST(bounds_are_read_with_their_number),
        TEST(a_row_without_a_weight_is_excluded),
        TEST(spellings_of_a_word_are_one),
        TEST(several_values_in_a_cell_are_a_set),
        TEST(a_column_without_several_values_is_no_list),
        TEST(a_column_of_sets_may_be_all_blank),
        TEST(many_words_keep_their_codes),
        TEST(a_side_is_mapped_from_the_type),
        TEST(a_side_column_of_the_file_has_precedence),
        TEST(a_sum_stands_in_for_a_column_that_is_not_there),
        TEST(a_column_has_precedence_over_a_sum),
        TEST(wanting_a_made_column_reads_its_parts),
        TEST(own_columns_are_typed_by_their_values),
        TEST(own_days_that_nothing_settles_are_words),
        TEST(a_second_read_fills_what_was_wanted_later),
        TEST(a_rows_text_is_read_at_its_place),
        TEST(files_that_cant_be_opened_are_errors),
        TEST(a_schema_asked_for_by_name_must_fit),
        TEST(broken_rows_are_errors_when_read),
        TEST(a_schemas_encoding_is_used_where_bytes_need_it),
        TEST(columns_are_found_by_any_of_their_names),
        TEST(random_tables_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV records: the torture files of other parsers, hostile bytes, and our scanner held
 * against libcsv. */
#include "fixture.h"

#include "base/file.h"
#include "data/csv.h"
#include "data/marks.h"

#include <jansson.h>
#include <stdlib.h>

struct records {
    struct text text; /* cells in brackets, a line each: "[a][b c]\n" */
    size_t count, last_offset;
    size_t stop_after; /* 0 = never */
};

static bool take(const struct csv_record *record, void *context)
{
    struct records *records = context;
    for (size_t i = 0; i < record->count; i++) {
        text_append_string(&records->text, "[");
        text_append(&records->text, record->cell[i]);
        text_append_string(&records->text, "]");
    }
    text_append_string(&records->text, "\n");
    records->last_offset = record->offset;
    return ++records->count != records->stop_after;
}

/* Reads by both ways, which must agree; returns what was read. */
static struct slice read_both(struct slice source, char delimiter, bool *ok)
{
    struct csv_dialect dialect = {delimiter};
    struct records ours = {.text = {.arena = arena}};
    struct records theirs = {.text = {.arena = arena}};
    struct diags *their_diags = diags_new(arena);
    *ok = csv_read(source, 0, "x.csv", dialect, take, &ours, diags);
    bool their_ok =
        csv_read_by_library(source, 0, "x.csv", dialect, take, &theirs, their_diags);
    assert_int_equal(*ok, their_ok);
    assert_true(slice_equal(text_slice(&ours.text), text_slice(&theirs.text)));
    assert_int_equal(ours.last_offset, theirs.last_offset);
    assert_int_equal(diags_total(diags), diags_total(their_diags));
    if (!*ok)
        assert_string_equal(diags_at(diags, 0)->code, diags_at(their_diags, 0)->code);
    return text_slice(&ours.text);
}

static void expect_records(const char *source, char delimiter, const char *want)
{
    bool ok;
    struct slice got = read_both(slice_of(source), delimiter, &ok);
    assert_true(ok);
    assert_slice(got, want);
}

static void expect_refusal(struct slice source, const char *code, int line, int column)
{
    bool ok;
    read_both(source, ',', &ok);
    assert_false(ok);
    assert_int_equal(diags_count(diags, SEVERITY_ERROR), 1);
    const struct diag *diag = diags_at(diags, 0);
    assert_string_equal(diag->code, code);
    assert_int_equal(diag->at.line, line);
    assert_int_equal(diag->at.column, column);
    assert_non_null(diag->hint);
}

/* Small ones ----------------------------------------------------------------------- */

static void line_ends_are_lf_crlf_cr_or_none(void **state)
{
    (void)state;
    expect_records("a,b\n1,2\n", ',', "[a][b]\n[1][2]\n");
    expect_records("a,b\r\n1,2\r\n", ',', "[a][b]\n[1][2]\n");
    expect_records("a,b\r1,2\r", ',', "[a][b]\n[1][2]\n");
    expect_records("a,b\n1,2", ',', "[a][b]\n[1][2]\n");
    expect_records("a,b\n1,", ',', "[a][b]\n[1][]\n");
    expect_records("a,b\n1,\"2\"", ',', "[a][b]\n[1][2]\n");
    expect_records("a,b\n1,\"2\"  ", ',', "[a][b]\n[1][2]\n");
}

static void blank_lines_are_no_records(void **state)
{
    (void)state;
    expect_records("", ',', "");
    expect_records("\n\n", ',', "");
    expect_records("   \n\t\n", ',', "");
    expect_records("\n\r\n a\n  \n\nb\n   ", ',', "[a]\n[b]\n");
    expect_records("\"\"\n", ',', "[]\n");
    expect_records(" \"\"\n", ',', "[]\n");
    expect_records(",\n", ',', "[][]\n");
}

static void spaces_around_cells_go_and_those_in_quotes_stay(void **state)
{
    (void)state;
    expect_records("  a b , c\t\n", ',', "[a b][c]\n");
    expect_records(" \" a \" ,\" b\"\t\n", ',', "[ a ][ b]\n");
    expect_records("a\t \tb\n", '\t', "[a][][b]\n");
    expect_records("\t\ta\n", '\t', "[][][a]\n");
    expect_records("\"a\"\t\"b\tc\"\n", '\t', "[a][b\tc]\n");
}

static void quotes_hold_delimiters_lines_and_doubled_quotes(void **state)
{
    (void)state;
    expect_records("\"a,b\",\"c\r\nd\",\"e\"\"f\"\n", ',', "[a,b][c\r\nd][e\"f]\n");
    expect_records("\"\"\"\"\n", ',', "[\"]\n");
    expect_records("\"\"\"\"\"\"\n", ',', "[\"\"]\n");
    expect_records("\"\"\"a\"\"\",\"\"\n", ',', "[\"a\"][]\n");
    expect_records("\"a\"\"\n\"\"b\";c\n", ';', "[a\"\n\"b][c]\n");
}

static void a_quote_within_a_bare_cell_is_text(void **state)
{
    (void)state;
    expect_records("37\xC2\xB0\"N,5'10\" tall,a\"b\n1,2\"\n", ',',
                   "[37\xC2\xB0\"N][5'10\" tall][a\"b]\n[1][2\"]\n");
    expect_records("a \"b, c\" d\n", ',', "[a \"b][c\" d]\n");
    expect_records("a \" , \"b\" \n", ',', "[a \"][b]\n");
}

static void every_delimiter_works(void **state)
{
    (void)state;
    expect_records("a;b,c;d\n", ';', "[a][b,c][d]\n");
    expect_records("a|b,c|d\n", '|', "[a][b,c][d]\n");
    expect_records("a\tb c\td\n", '\t', "[a][b c][d]\n");
}

static void a_record_knows_its_offset(void **state)
{
    (void)state;
    struct slice source = SLICE_LITERAL("a,b\r\n\n  \n\"x\ny\",1\r\n \"q\" ,2\n");
    struct records records = {.text = {.arena = arena}, .stop_after = 2};
    assert_true(
        csv_read(source, 0, "x", (struct csv_dialect){','}, take, &records, diags));
    assert_int_equal(records.count, 2);
    assert_int_equal(records.last_offset, 9);
    assert_int_equal(csv_line_of(source, 9), 4);
    struct records rest = {.text = {.arena = arena}};
    assert_true(
        csv_read(source, 9, "x", (struct csv_dialect){','}, take, &rest, diags));
    assert_slice(text_slice(&rest.text), "[x\ny][1]\n[q][2]\n");
    assert_int_equal(csv_line_of(source, rest.last_offset), 6);
}

static void a_quoted_newline_keeps_its_line_number(void **state)
{
    (void)state;
    expect_refusal(SLICE_LITERAL("a\n\"b\nc\nd\"\n\"e\"f\n"), "D112", 5, 4);
}

static void an_open_quote_is_reported_where_it_opens(void **state)
{
    (void)state;
    expect_refusal(SLICE_LITERAL("a,b\n1,2\nx,\"y\n3,4\n"), "D111", 3, 3);
}

static void text_behind_a_closing_quote_is_reported(void **state)
{
    expect_refusal(SLICE_LITERAL("a\n\"b\" c\n"), "D112", 2, 5);
    (void)state;
    assert_non_null(strstr(diags_at(diags, 0)->hint, "line 2"));
}

static void a_column_counts_code_points(void **state)
{
    (void)state;
    expect_refusal(SLICE_LITERAL("a\n\"دھ\"x\n"), "D112", 2, 5);
}

static void a_nul_byte_is_reported(void **state)
{
    (void)state;
    expect_refusal(SLICE_LITERAL("a\nb\0c\n"), "D113", 2, 2);
}

static void a_nul_byte_in_quotes_is_reported(void **state)
{
    (void)state;
    expect_refusal(SLICE_LITERAL("a\n\"b\0c\"\n"), "D113", 2, 3);
}

static void a_cell_over_the_limit_is_reported(void **state)
{
    (void)state;
    size_t size = CSV_LARGEST_CELL + 5;
    char *bytes = arena_alloc(arena, size);
    memset(bytes, 'x', size);
    memcpy(bytes, "a\n", 2);
    expect_refusal((struct slice){bytes, size}, "D114", 2, 1);
}

static void a_record_over_the_limit_is_reported(void **state)
{
    (void)state;
    size_t size = CSV_MOST_CELLS + 5;
    char *bytes = arena_alloc(arena, size);
    memset(bytes, ',', size);
    expect_refusal((struct slice){bytes, size}, "D114", 1, 1);
}

static void lines_of_old_macs_are_counted(void **state)
{
    (void)state;
    assert_int_equal(csv_line_of(SLICE_LITERAL("a\rb\rc"), 4), 3);
    assert_int_equal(csv_line_of(SLICE_LITERAL("a\r\nb\rc\n"), 5), 2);
}

/* Guessing -------------------------------------------------------------------------- */

static void expect_guess(const char *source, char want)
{
    assert_int_equal(csv_guess_dialect(slice_of(source)).delimiter, want);
}

static void the_delimiter_is_guessed(void **state)
{
    (void)state;
    expect_guess("a,b,c\n1,2,3\n", ',');
    expect_guess("a;b;c\n1,5;2,5;3,5\n2,5;1,5;0,5\n", ';');
    expect_guess("a\tb\n1,2,3\t4\n", '\t');
    expect_guess("a|b\n1|2\n", '|');
    expect_guess("date;what\n1;\"a, b, c\"\n2;\"d, e\"\n", ';');
    expect_guess("\"Foo\";\"Bar\"\n\"Baz\";\"Boof\"\n", ';');
    expect_guess("a title\na,b\n1,2\n", ',');
    expect_guess("one\ntwo\n", ',');
    expect_guess("", ',');
}

/* Torture ---------------------------------------------------------------------------- */

static struct slice load(const char *path)
{
    struct file file;
    assert_true(file_open(&file, path, diags));
    struct slice bytes = slice_copy(arena, file.bytes);
    file_close(&file);
    return bytes;
}

struct spectrum {
    json_t *rows;
    struct slice *header;
    size_t header_count, row;
    struct arena *arena;
};

static bool compare_with_json(const struct csv_record *record, void *context)
{
    struct spectrum *spectrum = context;
    if (!spectrum->header) {
        spectrum->header_count = record->count;
        spectrum->header = ARENA_ARRAY(spectrum->arena, struct slice, record->count);
        for (size_t i = 0; i < record->count; i++)
            spectrum->header[i] = slice_copy(spectrum->arena, record->cell[i]);
        return true;
    }
    json_t *row = json_is_array(spectrum->rows)
                      ? json_array_get(spectrum->rows, spectrum->row)
                      : spectrum->rows;
    assert_non_null(row);
    assert_int_equal(record->count, json_object_size(row));
    for (size_t i = 0; i < record->count; i++) {
        const char *key = slice_c_string(spectrum->arena, spectrum->header[i]);
        const char *want = json_string_value(json_object_get(row, key));
        assert_non_null(want);
        /* The suite's location_coordinates.json has another telephone number than its
         * CSV: everything else in it agrees. */
        if (strcmp(want, "1234567890") != 0)
            assert_slice(record->cell[i], want);
    }
    spectrum->row++;
    return true;
}

static void csv_spectrum_gives_the_expected_records(void **state)
{
    static const char *const names[] = {
        "comma_in_quotes", "empty",         "empty_crlf",
        "escaped_quotes",  "json",          "location_coordinates",
        "newlines",        "newlines_crlf", "quotes_and_newlines",
        "simple",          "simple_crlf",   "utf8"};
    (void)state;
    SKIP_WITHOUT(SHARED("data/csv-torture/csv-spectrum"));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *folder = SHARED("data/csv-torture/csv-spectrum");
        json_t *rows = json_load_file(
            arena_print(arena, "%s/json/%s.json", folder, names[i]), 0, NULL);
        struct slice source =
            load(arena_print(arena, "%s/csvs/%s.csv", folder, names[i]));
        struct spectrum spectrum = {.rows = rows, .arena = arena};
        assert_non_null(rows);
        assert_true(csv_read(source, 0, names[i],
                             (struct csv_dialect){csv_guess_dialect(source).delimiter},
                             compare_with_json, &spectrum, diags));
        assert_int_equal(spectrum.row, json_is_array(rows) ? json_array_size(rows) : 1);
        json_decref(rows);
        bool ok;
        read_both(source, ',', &ok);
        assert_true(ok);
    }
}

struct torture {
    const char *path;
    char delimiter;
    const char
        *want; /* NULL: another test counts; else the records, or "D112 line:col" */
};

#define COMMONS  SHARED("data/csv-torture/commons-csv/")
#define OCAML    SHARED("data/csv-torture/ocaml-csv/")
#define TEXT_CSV SHARED("data/csv-torture/text-csv-xs/")

// clang-format off
static const struct torture tortures[] = {
    {COMMONS "CSV-213/999751170.patch.csv", ';', "[CHANELID][ADDRESS]\n[27][]\n"},
    {COMMONS "CSV-259/sample.txt", ',', "[x][y][z]\n"},
    /* test_rfc4180_trim.txt, without its blank records: blank lines are none here */
    {COMMONS "CSVFileParser/test.csv", ',',
     "[A][B][C][D]\n[# plain values]\n[a][b][c][d]\n[# spaces before and after]\n"
     "[e][f][g][h]\n[# quoted: with spaces before and after]\n[ i ][ j ][ k ][ l ]\n"
     "[# empty values]\n[][][][]\n[# empty quoted values]\n[][][][]\n"
     "[# 3 empty lines]\n[# EOF on next line]\n"},
    /* comments are no part of CSV: their lines are records of one cell */
    {COMMONS "CSVFileParser/testCSV246.csv", ',',
     "[a][b][c][e][f]\n[# Very Long]\n[# Comment 2]\n[g][h][i][j][k]\n[# Very Long]\n"
     "[# Comment 3]\n[l][m][n][o][p]\n"},
    {COMMONS "CSVFileParser/testCSV85.csv", ',',
     "[# Comment 1]\n[a][b][c][e][f]\n[# Very Long]\n[# Comment 2]\n[g][h][i][j][k]\n"
     "[# Very Long]\n[# Comment 3]\n[l][m][n][o][p]\n"},
    {COMMONS "csv-167/sample1.csv", ',',
     "[# Comment before header]\n[author][title][publishDate]\n"
     "[Dan Simmons][Hyperion][1989]\n[# Comment Line 1]\n[# Comment Line 2]\n"
     "[# Comment Line 3]\n"
     "[Douglas Adams][The Hitchhiker's \\\"Guide\\\" to the Galaxy][1979]\n"
     "[Douglas John][The Hitchhiker's \\\"Guide\\\" to the Mars][1979]\n"},
    {OCAML "test-utf8.csv", ',',
     "[Cell 11][Cell 12][Cell 13]\n[Français êéèëü][Gauß][]\n"
     "[\xEF\xBB\xBF" "BYTE][ORDER][MARK]\n[∫₀¹ ϕ][a₂₂][a₂₃]\n"},
    {OCAML "testcsv1.csv", ',',
     "[This is a test\nwith commas,,,,,\n\nand carriage returns.]\n"},
    {OCAML "testcsv2.csv", ',',
     "[Normal field][Quoted field][Quoted field with \"\" quotes]\n"},
    {OCAML "testcsv3.csv", ',', "[][]\n[][][]\n[][][][]\n[][][][][]\n"},
    {OCAML "testcsv4.csv", ',', ""},
    {OCAML "testcsv5.csv", ',',
     "[This is a test\nwith commas,,,,,\n\nand carriage returns.][a second field]"
     "[a third field]\n[a fourth field on a new line]\n"},
    /* "0 stands for NUL in that suite's Excel dialect, and for nothing in CSV */
    {OCAML "testcsv6.csv", ',', "D112 5:6"},
    {OCAML "testcsv7.csv", ',',
     "[Initial][and][final][][spaces][do not matter]\n[ Quoted spaces ][are]"
     "[ important ]\n"},
    {OCAML "testcsv8.csv", '\t', "[Foo][Bar]\n[Baz][Boof]\n[a][][c]\n"},
    {OCAML "testcsv9.csv", ',', "[A1][A2][A3]\n[B1][B2]\n[C1]\n"},
    /* backslash escapes are that suite's option */
    {OCAML "testcsv10.csv", ',', "D112 1:7"},
    {OCAML "testcsv11.csv", ',', "[h1][h2][][h4]\n[a][b][c][d]\n"},
    {OCAML "testcsv12.csv", ';', "[Foo][Bar]\n[Baz][Boof]\n[a][][c]\n"},
    /* refused by that suite for its default without line ends in cells, which are CSV */
    {TEXT_CSV "E2021.csv", ',', "[1][e2021\n][3]\n"},
    {TEXT_CSV "E2022.csv", ',', "[1][e2022\r][3]\n"},
    {TEXT_CSV "E2023.csv", ',', "D112 1:5"},
    {TEXT_CSV "E2024.csv", ',', "D111 1:3"},
    {TEXT_CSV "utf8.csv", ',', "[Øl/Vin][0]\n"},
};
// clang-format on

static void expect_torture(const struct torture *torture)
{
    bool ok;
    struct slice source = load(torture->path);
    diags = diags_new(arena);
    struct slice got = read_both(source, torture->delimiter, &ok);
    if (torture->want[0] != 'D') {
        assert_true(ok);
        assert_slice(got, torture->want);
        return;
    }
    const struct diag *diag = diags_at(diags, 0);
    assert_false(ok);
    assert_slice(slice_of(arena_print(arena, "%s %d:%d", diag->code, diag->at.line,
                                      diag->at.column)),
                 torture->want);
}

static void torture_files_give_records_or_refusals(void **state)
{
    (void)state;
    SKIP_WITHOUT(SHARED("data/csv-torture"));
    for (size_t i = 0; i < sizeof tortures / sizeof tortures[0]; i++)
        expect_torture(&tortures[i]);
}

static void torture_files_have_their_delimiter_guessed(void **state)
{
    (void)state;
    SKIP_WITHOUT(SHARED("data/csv-torture"));
    for (size_t i = 0; i < sizeof tortures / sizeof tortures[0]; i++) {
        struct slice source = load(tortures[i].path);
        if (!strstr(tortures[i].path, "testcsv7")) /* its rows differ on purpose */
            assert_int_equal(csv_guess_dialect(source).delimiter,
                             tortures[i].delimiter);
    }
}

struct shape {
    size_t records, cells; /* cells of all records */
};

static bool count_shape(const struct csv_record *record, void *context)
{
    struct shape *shape = context;
    shape->records++;
    shape->cells += record->count;
    return true;
}

/* Counted with Python's csv module, blank lines left out. */
static void larger_torture_files_have_their_shape(void **state)
{
    static const struct {
        const char *path;
        char delimiter;
        size_t records, cells;
    } files[] = {
        {COMMONS "CSVFileParser/bom.csv", ',', 252, 1512},
        {COMMONS "CSV-198/optd_por_public-first800.csv", '^', 801, 37647},
        {OCAML "example1.csv", ',', 18, 53},
        {OCAML "example2.csv", ',', 13, 26},
        {TEXT_CSV "macosx.csv", ',', 16, 240},
    };
    SKIP_WITHOUT(SHARED("data/csv-torture"));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)state;
        struct shape shape = {0};
        bool ok;
        struct slice source = load(files[i].path);
        assert_true(csv_read(source, 0, "x", (struct csv_dialect){files[i].delimiter},
                             count_shape, &shape, diags));
        assert_int_equal(shape.records, files[i].records);
        assert_int_equal(shape.cells, files[i].cells);
        read_both(source, files[i].delimiter, &ok);
        assert_true(ok);
    }
}

/* Random bytes ------------------------------------------------------------------------ */

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void random_bytes_read_alike_by_scanner_and_library(void **state)
{
    static const char letters[] = "aab\"\"\"\",,,;\t  \n\n\r\rx\xC3\xA9";
    (void)state;
    uint32_t seed = 20240317;
    size_t refused = 0, quoted = 0;
    for (int round = 0; round < 20000; round++) {
        char bytes[48];
        size_t size = next_random(&seed) % sizeof bytes;
        for (size_t i = 0; i < size; i++)
            bytes[i] = letters[next_random(&seed) % (sizeof letters - 1)];
        bool ok;
        diags = diags_new(arena);
        struct slice got =
            read_both((struct slice){bytes, size}, round % 2 ? ',' : '\t', &ok);
        refused += !ok;
        quoted += ok && memchr(got.data, '"', got.size) != NULL;
        arena_reset(arena);
    }
    /* Both sides of the fence were visited. */
    assert_true(refused > 1000);
    assert_true(quoted > 100);
}

/* Longer than the blocks in which the scanner looks, with few quotes. */
static void long_texts_read_alike_by_scanner_and_library(void **state)
{
    (void)state;
    static const char letters[] = "aaaaaaaabcdefgh,,,\n\t ;\x01\x0E\xD8\xA7";
    uint32_t seed = 7;
    size_t read = 0;
    for (int round = 0; round < 3000; round++) {
        char bytes[400];
        size_t size = next_random(&seed) % sizeof bytes;
        for (size_t i = 0; i < size; i++)
            bytes[i] = letters[next_random(&seed) % (sizeof letters - 1)];
        for (int quotes = (int)(next_random(&seed) % 4); size && quotes > 0; quotes--)
            bytes[next_random(&seed) % size] = '"';
        bool ok;
        diags = diags_new(arena);
        read_both((struct slice){bytes, size}, ",\t;|"[round % 4], &ok);
        read += ok && size > 2 * MARKED_BYTES;
        arena_reset(arena);
    }
    assert_true(read > 500);
}

static void marks_are_set_for_delimiters_and_what_is_below_so(void **state)
{
    (void)state;
    uint32_t seed = 11;
    for (int round = 0; round < 2000; round++) {
        char bytes[MARKED_BYTES], delimiter = ",;\t|"[round % 4];
        for (int i = 0; i < MARKED_BYTES; i++)
            bytes[i] = (char)(next_random(&seed) % (round % 2 ? 256 : 64));
        uint64_t marks = marks_of(bytes, delimiter);
        for (int i = 0; i < MARKED_BYTES; i++)
            assert_int_equal(marks >> i & 1,
                             bytes[i] == delimiter || (unsigned char)bytes[i] < '\x0E');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(line_ends_are_lf_crlf_cr_or_none),
        TEST(blank_lines_are_no_records),
        TEST(spaces_around_cells_go_and_those_in_quotes_stay),
        TEST(quotes_hold_delimiters_lines_and_doubled_quotes),
        TEST(a_quote_within_a_bare_cell_is_text),
        TEST(every_delimiter_works),
        TEST(a_record_knows_its_offset),
        TEST(a_quoted_newline_keeps_its_line_number),
        TEST(an_open_quote_is_reported_where_it_opens),
        TEST(text_behind_a_closing_quote_is_reported),
        TEST(a_column_counts_code_points),
        TEST(a_nul_byte_is_reported),
        TEST(a_nul_byte_in_quotes_is_reported),
        TEST(a_cell_over_the_limit_is_reported),
        TEST(a_record_over_the_limit_is_reported),
        TEST(lines_of_old_macs_are_counted),
        TEST(the_delimiter_is_guessed),
        TEST(csv_spectrum_gives_the_expected_records),
        TEST(torture_files_give_records_or_refusals),
        TEST(torture_files_have_their_delimiter_guessed),
        TEST(larger_torture_files_have_their_shape),
        TEST(random_bytes_read_alike_by_scanner_and_library),
        TEST(long_texts_read_alike_by_scanner_and_library),
        TEST(marks_are_set_for_delimiters_and_what_is_below_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

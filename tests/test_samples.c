/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample files hold what samples/README.md says of them, and nothing that the
 * program would stumble over unasked. */
#include "support.h"

#include "base/civil.h"
#include "base/file.h"
#include "data/table.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { MOST_CELLS = 64, WEEKS = 104 };

/* Columns of incidents.csv, in the order of its header. */
enum {
    ID,
    DATE,
    PROVINCE,
    DISTRICT,
    PLACE,
    TYPE,
    SIDE,
    ACTOR,
    AGENCY,
    TARGET,
    KILLED,
    CIVILIANS,
    FORCES,
    MILITANTS,
    INJURED,
    ARRESTED,
    LAT,
    LON,
    PRECISION,
    SOURCES,
    SUMMARY,
    SOURCE,
    COLUMNS
};

struct reading {
    size_t rows;
    void (*check)(struct reading *reading, const struct slice *cell);
    int32_t last_day;
    size_t attacks[WEEKS], operations[WEEKS];
    double killed;
    size_t silent, in_wave;
};

static bool take(const struct csv_record *record, void *context)
{
    struct reading *reading = context;
    if (reading->rows++ && record->count == COLUMNS)
        reading->check(reading, record->cell);
    else
        assert_int_equal(record->count, COLUMNS);
    return true;
}

static void read_all(const char *path, csv_record_fn *each, void *context)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct file file;
    assert_true(file_open(&file, path, diags));
    assert_true(
        csv_read(file.bytes, 0, path, (struct csv_dialect){','}, each, context, diags));
    assert_int_equal(diags_total(diags), 0);
    file_close(&file);
    arena_free(arena);
}

static double number(struct slice cell)
{
    double value = NAN;
    assert_true(number_parse(cell, &value));
    return value;
}

static int32_t day_of(struct slice cell)
{
    assert_int_equal(cell.size, 10);
    char text[11];
    memcpy(text, cell.data, 10);
    text[10] = '\0';
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    assert_true(civil_is_valid(year, month, day));
    return civil_day(year, month, day);
}

static struct reading read_incidents(void (*check)(struct reading *,
                                                   const struct slice *))
{
    struct reading reading = {.check = check};
    read_all("samples/incidents.csv", take, &reading);
    return reading;
}

static void check_days(struct reading *reading, const struct slice *cell)
{
    int32_t day = day_of(cell[DATE]), first = civil_day(2024, 11, 18);
    assert_true(day >= reading->last_day);
    assert_in_range(day, first, first + 7 * WEEKS - 1);
    bool is_attack = slice_is(cell[SIDE], "attack");
    assert_true(is_attack || slice_is(cell[SIDE], "operation"));
    size_t week = (size_t)(day - first) / 7;
    if (is_attack)
        reading->attacks[week]++;
    else
        reading->operations[week]++;
    reading->last_day = day;
}

static void two_whole_years_stand_in_order_of_date(void **state)
{
    (void)state;
    struct reading reading = read_incidents(check_days);
    size_t attacks = 0, operations = 0;
    for (size_t i = 0; i < WEEKS; i++) {
        assert_true(reading.attacks[i] > 0 && reading.operations[i] > 0);
        attacks += reading.attacks[i];
        operations += reading.operations[i];
    }
    assert_int_equal(reading.rows, 1 + 5489);
    assert_int_equal(attacks, 3715);
    assert_int_equal(operations, 1774);
    assert_int_equal(reading.last_day, civil_day(2026, 11, 15));
}

static void the_last_weeks_are_those_of_the_mock_pages(void **state)
{
    (void)state;
    struct reading reading = read_incidents(check_days);
    assert_int_equal(reading.attacks[WEEKS - 1], 31);
    assert_int_equal(reading.attacks[WEEKS - 2], 37);
    assert_int_equal(reading.operations[WEEKS - 1], 22);
    for (size_t i = 0; i < WEEKS; i++)
        assert_true(i == 81 || reading.attacks[i] < reading.attacks[81]);
}

static void check_toll(struct reading *reading, const struct slice *cell)
{
    bool is_blank = !cell[KILLED].size;
    for (int i = CIVILIANS; i <= MILITANTS; i++)
        assert_int_equal(!cell[i].size, is_blank);
    if (is_blank)
        return;
    double killed = number(cell[KILLED]);
    assert_near(number(cell[CIVILIANS]) + number(cell[FORCES]) +
                    number(cell[MILITANTS]),
                killed, 0);
    reading->killed += killed;
    reading->silent += killed == 0;
}

static void the_dead_of_all_sides_sum_to_the_killed(void **state)
{
    (void)state;
    struct reading reading = read_incidents(check_toll);
    assert_near(reading.killed, 7545, 0);
    assert_true(reading.silent > (reading.rows - 1) / 2);
}

static void check_words(struct reading *reading, const struct slice *cell)
{
    (void)reading;
    size_t bad;
    static const int filled[] = {ID,    PROVINCE, DISTRICT, PLACE,   TYPE,
                                 ACTOR, TARGET,   SOURCES,  SUMMARY, SOURCE};
    for (size_t i = 0; i < sizeof filled / sizeof *filled; i++)
        assert_true(cell[filled[i]].size > 0);
    for (int i = 0; i < COLUMNS; i++)
        assert_true(utf8_is_valid(cell[i], &bad));
    for (size_t i = 0; i < cell[SUMMARY].size; i++)
        assert_false(strchr("${}|", cell[SUMMARY].data[i]) != NULL);
    assert_int_equal(cell[LAT].size == 0, cell[PRECISION].size == 0);
}

static void every_incident_is_told_in_whole_words(void **state)
{
    (void)state;
    read_incidents(check_words);
}

static void check_wave(struct reading *reading, const struct slice *cell)
{
    reading->in_wave += slice_is(cell[DATE], "2026-06-09") &&
                        slice_is(cell[SIDE], "attack") &&
                        slice_is(cell[PROVINCE], "Balochistan");
}

static void a_wave_of_eleven_attacks_falls_on_one_day(void **state)
{
    (void)state;
    assert_int_equal(read_incidents(check_wave).in_wave, 11);
}

/* The UCDP cut: sum of `best`, the 23rd of 25 columns, after the header and its tags. */
struct cut {
    size_t rows;
    double best;
};

static bool take_cut(const struct csv_record *record, void *context)
{
    struct cut *cut = context;
    assert_int_equal(record->count, 25);
    if (cut->rows++ >= 2)
        cut->best += number(record->cell[22]);
    else if (cut->rows == 1)
        assert_slice(record->cell[22], "best");
    return true;
}

static void the_real_cut_has_187_events_and_446_killed(void **state)
{
    (void)state;
    struct cut cut = {0};
    read_all("samples/ucdp-pakistan-2021.csv", take_cut, &cut);
    assert_int_equal(cut.rows, 2 + 187);
    assert_near(cut.best, 446, 0);
}

static bool take_width(const struct csv_record *record, void *context)
{
    size_t *width = context;
    assert_true(!*width || record->count == *width);
    *width = record->count;
    return true;
}

static void every_tracker_has_cells_under_each_head(void **state)
{
    (void)state;
    static const char *const path[] = {"samples/cases.csv", "samples/displaced.csv",
                                       "samples/people.csv", "samples/nap-points.csv"};
    static const size_t columns[] = {11, 8, 3, 8};
    for (size_t i = 0; i < sizeof path / sizeof *path; i++) {
        size_t width = 0;
        read_all(path[i], take_width, &width);
        assert_int_equal(width, columns[i]);
    }
}

/* Reads all columns of a file by the schemas that come with the program. */
static struct table *read_table(const char *path, struct arena *arena,
                                struct diags *diags)
{
    const struct schema *const *schemas;
    size_t schema_count;
    struct table *table;
    assert_true(
        schema_load_folder("templates/schemas", arena, &schemas, &schema_count, diags));
    const struct table_options options = {.file = path,
                                          .name = slice_of("incidents"),
                                          .schemas = schemas,
                                          .schema_count = schema_count};
    assert_true(table_open(&table, &options, diags));
    for (size_t i = 0; i < table->column_count; i++)
        table_want(table, &table->column[i]);
    assert_true(table_read(table, diags));
    return table;
}

static void assert_read_by(const char *path, const char *schema, size_t rows)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct table *table = read_table(path, arena, diags);
    assert_non_null(table->schema);
    assert_slice(table->schema->name, schema);
    assert_int_equal(table->row_count, rows);
    assert_int_equal(table->reject_count, 0);
    table_close(table);
    arena_free(arena);
}

static void the_schemas_refuse_no_cell(void **state)
{
    (void)state;
    assert_read_by("samples/incidents.csv", "incidents", 5489);
    assert_read_by("samples/ucdp-pakistan-2021.csv", "ucdp-ged", 187);
}

static void a_group_has_one_name_whoever_names_it(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct table *table = read_table("samples/incidents.csv", arena, diags_new(arena));
    const struct column *actor = table_find(table, slice_of("actor"));
    assert_non_null(actor);
    const uint32_t ttp = column_code(actor, slice_of("TTP"));
    assert_true(ttp != UINT32_MAX);
    assert_int_equal(column_code(actor, slice_of("Fitna al Khawaraj")), ttp);
    assert_int_equal(column_code(actor, slice_of("Tehrik-i-Taliban Pakistan")), ttp);
    assert_int_equal(column_code(actor, slice_of("Fitna al Hindustan")),
                     column_code(actor, slice_of("BLA")));
    table_close(table);
    arena_free(arena);
}

static void assert_same_file(const char *got, const char *want)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct file first, second;
    assert_true(file_open(&first, got, diags) && file_open(&second, want, diags));
    if (!slice_equal(first.bytes, second.bytes))
        fail_msg("%s isn't what `make samples` writes", want);
    file_close(&first);
    file_close(&second);
    arena_free(arena);
}

static void the_generator_writes_these_very_bytes(void **state)
{
    (void)state;
    static const char *const name[] = {"incidents.csv", "cases.csv", "displaced.csv",
                                       "people.csv"};
    SKIP_WITHOUT("build/samples/generate");
    char folder[] = "/tmp/sitrep-samples-XXXXXX", command[128], path[128], own[128];
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "build/samples/generate %s", folder);
    assert_int_equal(system(command), 0);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        snprintf(own, sizeof own, "samples/%s", name[i]);
        assert_same_file(path, own);
        remove(path);
    }
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_whole_years_stand_in_order_of_date),
        cmocka_unit_test(the_last_weeks_are_those_of_the_mock_pages),
        cmocka_unit_test(the_dead_of_all_sides_sum_to_the_killed),
        cmocka_unit_test(every_incident_is_told_in_whole_words),
        cmocka_unit_test(a_wave_of_eleven_attacks_falls_on_one_day),
        cmocka_unit_test(the_real_cut_has_187_events_and_446_killed),
        cmocka_unit_test(the_schemas_refuse_no_cell),
        cmocka_unit_test(a_group_has_one_name_whoever_names_it),
        cmocka_unit_test(every_tracker_has_cells_under_each_head),
        cmocka_unit_test(the_generator_writes_these_very_bytes),
    };
    return cmocka_run_group_tests_name("samples", tests, NULL, NULL);
}

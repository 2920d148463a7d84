/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Schema files: what they say, what is wrong with them, and which one fits a header. */
#include "fixture.h"

#include "data/schema.h"
#include "data/words.h"

#include <stdlib.h>

static const struct schema *parse(void **state, const char *source)
{
    (void)state;
    struct schema *schema;
    const struct schema *complete = NULL;
    bool ok = schema_parse(slice_of(source), "templates/schemas/test.yaml", arena,
                           &schema, diags) &&
              schema_complete(schema, arena, &complete, diags);
    for (size_t i = 0; !ok && i < diags_total(diags); i++)
        print_error("%s\n", diags_at(diags, i)->message);
    assert_true(ok);
    return complete;
}

static void expect_error(void **state, const char *source, const char *code, int line)
{
    (void)state;
    struct schema *schema;
    const struct schema *complete;
    diags = diags_new(arena);
    bool ok = schema_parse(slice_of(source), "templates/schemas/test.yaml", arena,
                           &schema, diags) &&
              schema_complete(schema, arena, &complete, diags);
    assert_false(ok);
    for (size_t i = 0; i < diags_total(diags); i++) {
        const struct diag *diag = diags_at(diags, i);
        if (strcmp(diag->code, code) == 0 && diag->at.line == line)
            return;
        print_error("%s at line %d: %s\n", diag->code, diag->at.line, diag->message);
    }
    fail_msg("no %s at line %d", code, line);
}

static const struct schema_field *field_of(const struct schema *schema,
                                           const char *name)
{
    const struct schema_field *field = schema_find_field(schema, slice_of(name));
    assert_non_null(field);
    return field;
}

static void a_schema_says_all_this(void **state)
{
    const struct schema *schema =
        parse(state, "title: Some files\n"
                     "signature: [Date_Start, best]\n"
                     "encoding: windows-1252\n"
                     "count by: end\n"
                     "row is: victim\n"
                     "complete: no\n"
                     "month first: yes\n"
                     "skip first: [units, '(unit)']\n"
                     "skip total: Sum, All\n"
                     "missing: ['-9', NA]\n"
                     "coverage note: Only deaths.\n"
                     "source line: Somebody (2020)\n"
                     "fields:\n"
                     "  date:\n"
                     "    type: day\n"
                     "    required: yes\n"
                     "    columns: Date_Start, Day of Event\n"
                     "    layout: [EEEE-MMMM d-yyyy, 'MMM d, yyyy']\n"
                     "  actor:\n"
                     "    separator: ;\n"
                     "    missing: [Unknown]\n"
                     "    values:\n"
                     "      TTP: [Fitna al-Khawaraj, '*taliban*']\n"
                     "      BLA: Baloch Liberation Army\n"
                     "  killed:\n"
                     "    type: number\n"
                     "    columns: best\n"
                     "    lowest: 0\n"
                     "    at least: no\n"
                     "    low: killed low\n"
                     "  killed low: {type: number}\n"
                     "  district: {strip: [District, Agency]}\n");
    assert_slice(schema->name, "test");
    assert_slice(schema->title, "Some files");
    assert_int_equal(schema->signature_count, 2);
    assert_slice(schema->signature[0], "date start");
    assert_slice(schema->encoding, "windows-1252");
    assert_slice(schema->count_by, "end");
    assert_true(schema->row_is_victim);
    assert_false(schema->complete);
    assert_true(schema->month_first);
    assert_slice(schema->skip_first, "units|(unit)");
    assert_slice(schema->skip_total, "sum|all");
    assert_slice(schema->coverage_note, "Only deaths.");
    assert_int_equal(schema->field_count, 5);
    const struct schema_field *date = field_of(schema, "date");
    assert_int_equal(date->type, COLUMN_DAY);
    assert_true(date->required);
    assert_int_equal(date->source_count, 2);
    assert_slice(date->source[1], "day of event");
    assert_int_equal(date->layout_count, 2);
    assert_slice(date->layout[1], "MMM d, yyyy");
    const struct schema_field *actor = field_of(schema, "actor");
    assert_int_equal(actor->separator, ';');
    assert_int_equal(actor->missing_count, 3);
    assert_int_equal(actor->alias_count, 5);
    assert_slice(actor->alias[1].from, "fitna al khawaraj");
    assert_slice(actor->alias[1].to, "TTP");
    const struct schema_field *killed = field_of(schema, "killed");
    assert_false(killed->reads_at_least);
    assert_true(killed->lowest == 0 && killed->highest == 1e15);
    assert_slice(field_of(schema, "district")->strip, "district|agency");
    /* a field without "columns:" answers to its own name */
    assert_slice(field_of(schema, "district")->source[0], "district");
}

static void defaults_are_those_of_the_generic_file(void **state)
{
    const struct schema *schema = parse(state, "fields:\n  date: {type: day}\n");
    assert_slice(schema->count_by, "start");
    assert_true(schema->complete);
    assert_false(schema->row_is_victim);
    assert_slice(schema->skip_total, SCHEMA_TOTALS);
}

static void mistakes_are_placed(void **state)
{
    expect_error(state, "tittle: x\nfields: {date: {}}\n", "D401", 1);
    expect_error(state, "title: x\n", "D402", 1);
    expect_error(state, "fields: []\n", "D402", 1);
    expect_error(state, "fields:\n  date:\n    typ: day\n", "D401", 3);
    expect_error(state, "fields:\n  date: {type: date}\n", "D404", 2);
    expect_error(state, "count by: middle\nfields: {date: {}}\n", "D404", 1);
    expect_error(state, "row is: death\nfields: {date: {}}\n", "D404", 1);
    expect_error(state, "complete: perhaps\nfields: {date: {}}\n", "D404", 1);
    expect_error(state, "title: [a]\nfields: {date: {}}\n", "D403", 1);
    expect_error(state, "fields:\n  date: {type: day, layout: DD/MM/YYYY}\n", "D405",
                 2);
    expect_error(state, "fields:\n  a: {separator: ', '}\n", "D404", 2);
    expect_error(state, "fields:\n  a: {lowest: few}\n", "D404", 2);
    expect_error(state, "fields:\n  a: {type: day, parts: [y, m]}\n", "D404", 2);
    expect_error(state, "fields:\n  a: {values: [x]}\n", "D403", 2);
    expect_error(state, "fields: {a: b\n", "D010", 1);
}

static void fields_that_name_others_are_checked(void **state)
{
    expect_error(state, "fields:\n  a: {type: number, low: b}\n", "D407", 2);
    expect_error(state, "fields:\n  a: {type: number, low: b}\n  b: {}\n", "D407", 2);
    expect_error(state, "fields:\n  a: {from: a}\n", "D407", 2);
    expect_error(state, "fields:\n  a: {from: b}\n  b: {from: c}\n  c: {}\n", "D407",
                 2);
    expect_error(state,
                 "fields:\n  a: {type: number, plus: 'b, c'}\n  b: {type: number}\n",
                 "D407", 2);
}

static void one_spelling_cant_stand_for_two_words(void **state)
{
    expect_error(state,
                 "fields:\n  a:\n    values:\n      X: [one, two]\n      Y: [Two]\n",
                 "D409", 5);
    parse(state, "fields:\n  a:\n    values:\n      X: [one, One, x]\n");
}

static void spellings_come_from_files_beside_and_nowhere_else(void **state)
{
    const struct schema *schema =
        parse(state, "fields:\n  a: {spellings: spellings/pakistan-provinces.yaml}\n");
    assert_true(schema->field[0].alias_count > 20);
    expect_error(state, "fields:\n  a: {spellings: ../weekly.md}\n", "D406", 2);
    expect_error(state, "fields:\n  a: {spellings: /etc/passwd}\n", "D406", 2);
    expect_error(state, "fields:\n  a: {spellings: spellings/none.yaml}\n", "D001", 2);
}

/* Matching --------------------------------------------------------------------------- */

static const struct schema *match(void **state, const char *const *header, size_t count)
{
    (void)state;
    const struct schema *const *schemas;
    size_t schema_count;
    struct slice name[64];
    assert_true(
        schema_load_folder("templates/schemas", arena, &schemas, &schema_count, diags));
    for (size_t i = 0; i < count; i++)
        name[i] = slice_of(header[i]);
    const struct schema *found;
    assert_true(schema_match(schemas, schema_count, (struct header_names){name, count},
                             &found, diags));
    return found;
}

#define MATCH(...)                                                                     \
    match(state, (const char *const[]){__VA_ARGS__},                                   \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void the_folder_of_schemas_has_no_mistakes(void **state)
{
    (void)state;
    const struct schema *const *schemas, *complete;
    size_t count;
    assert_true(
        schema_load_folder("templates/schemas", arena, &schemas, &count, diags));
    assert_true(count >= 12);
    for (size_t i = 0; i < count; i++) {
        assert_true(schema_complete(schemas[i], arena, &complete, diags));
        assert_true(complete->title.size > 0);
    }
    assert_int_equal(diags_total(diags), 0);
}

static void a_header_chooses_its_schema(void **state)
{
    assert_slice(MATCH("Date", "Province", "Killed")->name, "incidents");
    assert_slice(MATCH("incident_date", "x")->name, "incidents");
    assert_slice(MATCH("event_id_cnty", "event_date", "year", "event_type",
                       "sub_event_type", "actor1", "fatalities")
                     ->name,
                 "acled");
    assert_slice(MATCH("eventid", "iyear", "imonth", "iday", "gname", "attacktype1_txt",
                       "nkill", "nwound")
                     ->name,
                 "gtd");
    assert_slice(MATCH("id", "type_of_violence", "side_a", "side_b", "date_start",
                       "date_end", "best", "high", "low")
                     ->name,
                 "ucdp-ged");
    assert_slice(MATCH("case", "District", "verdict")->name, "places");
    assert_slice(MATCH("Date", "District", "Verdict")->name, "incidents");
    assert_null(MATCH("point", "status", "owner"));
}

static void a_file_that_lacks_a_part_of_the_signature_is_generic(void **state)
{
    /* without "fatalities" */
    assert_slice(MATCH("event_date", "event_type", "sub_event_type", "actor1")->name,
                 "incidents");
}

static void aliases_find_words_by_any_spelling(void **state)
{
    (void)state;
    const struct schema *const *schemas;
    size_t count;
    assert_true(
        schema_load_folder("templates/schemas", arena, &schemas, &count, diags));
    const struct schema *incidents = NULL;
    for (size_t i = 0; i < count; i++)
        incidents = slice_is(schemas[i]->name, "incidents") ? schemas[i] : incidents;
    assert_non_null(incidents);
    assert_true(schema_complete(incidents, arena, &incidents, diags));
    static const struct {
        const char *field, *typed, *want;
    } cases[] = {
        {"actor", "Fitna al Khawaraj", "TTP"},
        {"actor", "Fitna-al-Khawarij", "TTP"},
        {"actor", "Tehrik-i-Taliban Pakistan", "TTP"},
        {"actor", "Tehreek-e-Taliban Pakistan", "TTP"},
        {"actor", "fitna AL hindustan", "BLA"},
        {"actor", "Balochistan Liberation Army", "BLA"},
        {"province", "KPK", "Khyber Pakhtunkhwa"},
        {"province", "K.P.", "Khyber Pakhtunkhwa"},
        {"province", "N.W.F.P.", "Khyber Pakhtunkhwa"},
        {"province", "Khyber-Pakhtunkhwa", "Khyber Pakhtunkhwa"},
        {"province", "Baluchistan", "Balochistan"},
        {"province", "GB", "Gilgit-Baltistan"},
        {"province", "ICT", "Islamabad"},
        {"district", "D.I. Khan", "Dera Ismail Khan"},
        {"district", "D.I.Khan", "Dera Ismail Khan"},
        {"district", "DI Khan", "Dera Ismail Khan"},
        {"district", "Laki Marwat", "Lakki Marwat"},
        {"district", "lakki-marwat", "Lakki Marwat"},
        {"district", "Nowshehra", "Nowshera"},
        {"side", "Attacks", "attack"},
        {"side", "Intelligence-based operation", "operation"},
        {"side", "Suicide attack", "attack"},
        {"side", "IED", "attack"},
        {"side", "Vehicle-borne IED", "attack"},
        {"side", "Grenade attack", "attack"},
        {"side", "Abduction", "attack"},
        {"side", "Security operation", "operation"},
        {"side", "IBO", "operation"},
        {"side", "Clash", NULL},
        {"side", "Cross-border fire", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct schema_alias *alias =
            alias_find(field_of(incidents, cases[i].field),
                       word_fold(arena, slice_of(cases[i].typed)));
        if (!cases[i].want)
            assert_null(alias);
        else if (!alias)
            fail_msg("%s: \"%s\" has no alias", cases[i].field, cases[i].typed);
        else
            assert_slice(alias->to, cases[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(a_schema_says_all_this),
        TEST(defaults_are_those_of_the_generic_file),
        TEST(mistakes_are_placed),
        TEST(fields_that_name_others_are_checked),
        TEST(one_spelling_cant_stand_for_two_words),
        TEST(spellings_come_from_files_beside_and_nowhere_else),
        TEST(the_folder_of_schemas_has_no_mistakes),
        TEST(a_header_chooses_its_schema),
        TEST(a_file_that_lacks_a_part_of_the_signature_is_generic),
        TEST(aliases_find_words_by_any_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

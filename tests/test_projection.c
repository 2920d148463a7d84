/* Our three projections against libproj's, and what is chosen for which land. */
#include "map/projection.h"
#include "support.h"

#include <proj.h>

struct peer {
    PJ_CONTEXT *context;
    PJ *proj;
};

static struct peer peer_open(const char *definition)
{
    struct peer peer = {proj_context_create(), NULL};
    peer.proj = proj_create(peer.context, definition);
    assert_non_null(peer.proj);
    return peer;
}

static void peer_close(struct peer peer)
{
    proj_destroy(peer.proj);
    proj_context_destroy(peer.context);
}

/* Largest distance in metres over a grid of the extent. */
static double largest_distance(const struct projection *projection, const char *peer,
                               struct extent extent)
{
    struct peer other = peer_open(peer);
    double largest = 0;
    for (int i = 0; i <= 40; i++) {
        for (int j = 0; j <= 40; j++) {
            struct degrees at = {extent.west + (extent.east - extent.west) * i / 40,
                                 extent.south + (extent.north - extent.south) * j / 40};
            struct metres own = project(projection, at);
            PJ_COORD want =
                proj_trans(other.proj, PJ_FWD,
                           proj_coord(proj_torad(at.lon), proj_torad(at.lat), 0, 0));
            double away = hypot(own.x - want.xy.x, own.y - want.xy.y);
            largest = away > largest ? away : largest;
        }
    }
    peer_close(other);
    return largest;
}

static const struct extent pakistan = {60.87, 23.69, 77.01, 37.08};
static const double house[3] = {26, 35, 69.5};

static void albers_is_the_one_of_libproj_for_pakistan(void **state)
{
    (void)state;
    struct projection own;
    assert_true(projection_of_house(house, pakistan, &own));
    assert_int_equal(own.kind, PROJECTION_ALBERS);
    assert_near(largest_distance(&own,
                                 "+proj=aea +lat_1=26 +lat_2=35 +lon_0=69.5 "
                                 "+lat_0=30.5 +ellps=WGS84",
                                 pakistan),
                0, 1e-3);
}

static void albers_is_right_south_of_the_equator_and_with_one_parallel(void **state)
{
    (void)state;
    static const struct extent australia = {113, -44, 154, -10};
    struct projection south = projection_albers(-18, -36, 132, 0);
    assert_near(largest_distance(&south,
                                 "+proj=aea +lat_1=-18 +lat_2=-36 +lon_0=132 +lat_0=0 "
                                 "+ellps=WGS84",
                                 australia),
                0, 1e-3);
    struct projection single = projection_albers(30, 30, 70, 30);
    assert_near(largest_distance(&single,
                                 "+proj=aea +lat_1=30 +lat_2=30 +lon_0=70 +lat_0=30 "
                                 "+ellps=WGS84",
                                 pakistan),
                0, 1e-3);
}

static void the_plain_one_is_libproj_s_equidistant_cylindrical(void **state)
{
    (void)state;
    static const struct extent world = {-180, -90, 180, 90};
    struct projection own = projection_plain(20, 0);
    /* On a sphere of the ellipsoid's larger radius, which is what plain means. */
    assert_near(largest_distance(&own, "+proj=eqc +lat_ts=20 +R=6378137", world), 0,
                1e-3);
}

static void areas_keep_their_proportions_under_albers(void **state)
{
    (void)state;
    struct projection own = projection_for(pakistan);
    double area[2];
    for (int i = 0; i < 2; i++) {
        /* two cells of equal area on the ellipsoid lie at one latitude */
        double west = i ? 62 : 76, south = 30, size = 0.01;
        struct metres a = project(&own, (struct degrees){west, south});
        struct metres b = project(&own, (struct degrees){west + size, south});
        struct metres d = project(&own, (struct degrees){west, south + size});
        area[i] = (b.x - a.x) * (d.y - a.y) - (d.x - a.x) * (b.y - a.y);
    }
    assert_near(area[0] / area[1], 1, 1e-6);
}

static void parallels_come_from_the_extent(void **state)
{
    (void)state;
    struct projection own = projection_for((struct extent){60, 29, 75, 38.5});
    assert_near(own.parallel[0], 31, 0); /* Afghanistan: 29 + 9.5/6 = 30.6 */
    assert_near(own.parallel[1], 37, 0);
    assert_near(own.meridian, 68, 0); /* 67.5, rounded */
    own = projection_for((struct extent){71.2, 33.6, 71.9, 34.2});
    assert_near(own.parallel[0], 33.7, 1e-9);
    assert_near(own.meridian, 71.6, 0.05);
}

static void equal_earth_is_the_one_of_libproj(void **state)
{
    (void)state;
    static const struct extent world = {-180, -90, 180, 90};
    struct projection own = projection_equal_earth(0);
    assert_near(largest_distance(&own, "+proj=eqearth +ellps=WGS84", world), 0, 1e-3);
    static const struct extent pacific = {0, -80, 330, 80};
    own = projection_equal_earth(150);
    assert_near(
        largest_distance(&own, "+proj=eqearth +lon_0=150 +ellps=WGS84 +over", pacific),
        0, 1e-3);
}

static enum projection_kind kind_for(double west, double south, double east,
                                     double north)
{
    return projection_for((struct extent){west, south, east, north}).kind;
}

static void the_world_keeps_its_areas_and_so_does_a_continent(void **state)
{
    (void)state;
    assert_int_equal(kind_for(-180, -85, 180, 84), PROJECTION_EQUAL_EARTH);
    assert_int_equal(kind_for(-18, -35, 52, 38), PROJECTION_EQUAL_EARTH); /* Africa */
    assert_int_equal(kind_for(27, 41, 190, 82), PROJECTION_ALBERS);       /* Russia */
    assert_int_equal(kind_for(-188, 17, -65, 72), PROJECTION_ALBERS);
    assert_int_equal(kind_for(-10, -6, 10, 6), PROJECTION_PLAIN); /* no cone there */
    assert_int_equal(kind_for(-40, 78, 40, 84), PROJECTION_PLAIN);
}

static void a_house_s_own_is_for_lands_that_reach_over_it(void **state)
{
    (void)state;
    static const struct extent sindh = {66.6, 23.6, 71.1, 28.5};
    static const struct extent iran = {44, 25, 63.3, 39.8};
    static const struct extent world = {-180, -85, 180, 84};
    struct projection own = {.meridian = 1};
    assert_false(projection_of_house(house, sindh, &own));
    assert_false(projection_of_house(house, iran, &own));
    assert_false(projection_of_house(house, world, &own));
    assert_near(own.meridian, 1, 0);
    assert_true(projection_of_house(house, pakistan, &own));
    assert_near(own.meridian, 69.5, 0);
}

static void a_scale_bar_is_for_lands_and_not_for_the_world(void **state)
{
    (void)state;
    assert_true(extent_has_a_scale(pakistan));
    assert_true(extent_has_a_scale((struct extent){-188, 17, -65, 72}));
    assert_false(extent_has_a_scale((struct extent){-180, -56, 180, 84}));
    assert_false(extent_has_a_scale((struct extent){-18, -35, 52, 38}));
}

static void a_land_across_the_date_line_stays_together(void **state)
{
    (void)state;
    struct projection own = projection_plain(0, 178);
    struct metres a = project(&own, (struct degrees){179, 0});
    struct metres b = project(&own, (struct degrees){181, 0});
    assert_near(b.x - a.x, 2 * 111319.49, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(albers_is_the_one_of_libproj_for_pakistan),
        cmocka_unit_test(albers_is_right_south_of_the_equator_and_with_one_parallel),
        cmocka_unit_test(the_plain_one_is_libproj_s_equidistant_cylindrical),
        cmocka_unit_test(areas_keep_their_proportions_under_albers),
        cmocka_unit_test(parallels_come_from_the_extent),
        cmocka_unit_test(equal_earth_is_the_one_of_libproj),
        cmocka_unit_test(the_world_keeps_its_areas_and_so_does_a_continent),
        cmocka_unit_test(a_house_s_own_is_for_lands_that_reach_over_it),
        cmocka_unit_test(a_scale_bar_is_for_lands_and_not_for_the_world),
        cmocka_unit_test(a_land_across_the_date_line_stays_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

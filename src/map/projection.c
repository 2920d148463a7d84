/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Albers' equal-area conic projection, Equal Earth, and the equidistant cylindrical
 * one. */
#include "map/projection.h"

#include <math.h>

static const double RADIUS = 6378137, FLATTENING = 1 / 298.257223563;
static const double RADIAN = 0.017453292519943295769;

static double eccentricity(void)
{
    return sqrt(FLATTENING * (2 - FLATTENING));
}

/* Snyder's q (3-12): the area between the equator and a parallel. */
static double area_to(double sine)
{
    double e = eccentricity(), es = e * sine;
    return (1 - e * e) * (sine / (1 - es * es) + atanh(es) / e);
}

/* Snyder's m (14-15): the radius of a parallel. */
static double parallel_radius(double sine)
{
    double es = eccentricity() * sine;
    return sqrt((1 - sine * sine) / (1 - es * es));
}

static double cone_radius(const struct projection *projection, double sine)
{
    double squared = projection->c - projection->cone * area_to(sine);
    return RADIUS * sqrt(squared > 0 ? squared : 0) / projection->cone;
}

struct projection projection_plain(double parallel, double meridian)
{
    return (struct projection){.kind = PROJECTION_PLAIN,
                               .parallel = {parallel, parallel},
                               .meridian = meridian};
}

struct projection projection_albers(double parallel_1, double parallel_2,
                                    double meridian, double origin)
{
    double sine[2] = {sin(parallel_1 * RADIAN), sin(parallel_2 * RADIAN)};
    double m = parallel_radius(sine[0]), q = area_to(sine[0]);
    double cone = sine[0];
    if (fabs(parallel_1 - parallel_2) > 1e-9) {
        double other = parallel_radius(sine[1]);
        cone = (m * m - other * other) / (area_to(sine[1]) - q);
    }
    if (!(fabs(cone) > 1e-6))
        return projection_plain((fabs(parallel_1) + fabs(parallel_2)) / 2, meridian);
    struct projection projection = {.kind = PROJECTION_ALBERS,
                                    .parallel = {parallel_1, parallel_2},
                                    .meridian = meridian,
                                    .origin = origin,
                                    .cone = cone,
                                    .c = m * m + cone * q};
    projection.rho = cone_radius(&projection, sin(origin * RADIAN));
    return projection;
}

struct projection projection_equal_earth(double meridian)
{
    return (struct projection){.kind = PROJECTION_EQUAL_EARTH, .meridian = meridian};
}

/* Its polynomial, on the sphere that has the ellipsoid's area. */
static struct metres equal_earth(double lon, double sine)
{
    static const double A[] = {1.340264, -0.081106, 0.000893, 0.003796};
    double pole = area_to(1), m = sqrt(3) / 2;
    double authalic = area_to(sine) / pole;
    double theta = asin(m * fmax(-1, fmin(1, authalic)));
    double t2 = theta * theta, t6 = t2 * t2 * t2, radius = RADIUS * sqrt(pole / 2);
    return (struct metres){
        radius * lon * cos(theta) /
            (m * (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2))),
        radius * theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))};
}

/* Rounded to a step that is small against the span. */
static double rounded(double degrees, double span)
{
    double step = span > 8 ? 1 : span > 2 ? 0.5 : 0.1;
    return round(degrees / step) * step;
}

static const double WORLD = 300, HIGH = 60, WIDE = 140, WIDE_IN_NORTH = 220;

bool extent_has_a_scale(struct extent extent)
{
    return extent.north - extent.south <= HIGH && extent.east - extent.west <= WIDE;
}

bool projection_of_house(const double albers[3], struct extent extent,
                         struct projection *out)
{
    if (!extent_has_a_scale(extent) || extent.south > albers[0] ||
        extent.north < albers[1] || extent.west > albers[2] || extent.east < albers[2])
        return false;
    *out =
        projection_albers(albers[0], albers[1], albers[2], (albers[0] + albers[1]) / 2);
    return true;
}

struct projection projection_for(struct extent extent)
{
    double high = extent.north - extent.south, wide = extent.east - extent.west;
    double middle_lat = (extent.north + extent.south) / 2;
    double middle_lon = (extent.east + extent.west) / 2;
    double widest = fabs(middle_lat) > 30 ? WIDE_IN_NORTH : WIDE;
    if (fabs(middle_lat) > 75)
        return projection_plain(rounded(middle_lat, high), rounded(middle_lon, wide));
    if (high > HIGH || wide > widest)
        return projection_equal_earth(wide > WORLD ? 0 : rounded(middle_lon, wide));
    return projection_albers(rounded(extent.south + high / 6, high),
                             rounded(extent.north - high / 6, high),
                             rounded(middle_lon, wide), rounded(middle_lat, high));
}

struct metres project(const struct projection *projection, struct degrees at)
{
    double lon = (at.lon - projection->meridian) * RADIAN;
    if (projection->kind == PROJECTION_EQUAL_EARTH)
        return equal_earth(lon, sin(at.lat * RADIAN));
    if (projection->kind == PROJECTION_PLAIN)
        return (struct metres){RADIUS * lon * cos(projection->parallel[0] * RADIAN),
                               RADIUS * (at.lat - projection->origin) * RADIAN};
    double rho = cone_radius(projection, sin(at.lat * RADIAN));
    double theta = projection->cone * lon;
    return (struct metres){rho * sin(theta), projection->rho - rho * cos(theta)};
}

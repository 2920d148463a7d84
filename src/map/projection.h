/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From degrees to metres on a plane: Albers' equal-area conic on the WGS 84 ellipsoid
 * for a land, Equal Earth for the whole world, and the plain one (equidistant
 * cylindrical).
 *
 * Written out here, since linking libproj costs every run of the program some 10 ms and
 * the first projection 7 more; the tests hold it against libproj to a millimetre.
 *   source  Snyder (1987), Map Projections: A Working Manual, USGS 1395, pp. 98–103;
 *           Šavrič, Patterson and Jenny (2019), The Equal Earth map projection,
 *           IJGIS 33:454–465 */
#ifndef SITREP_MAP_PROJECTION_H
#define SITREP_MAP_PROJECTION_H

#include "map/boundary.h"

struct metres {
    double x, y; /* east and north */
};

enum projection_kind { PROJECTION_PLAIN, PROJECTION_ALBERS, PROJECTION_EQUAL_EARTH };

struct projection {
    enum projection_kind kind;
    double parallel[2], meridian, origin; /* degrees; plain: parallel[0] is true */
    double cone, c, rho;                  /* of Albers, set when it is made */
};

/* Parallels that lie symmetrically about the equator have no cone: then plain. */
struct projection projection_albers(double parallel_1, double parallel_2,
                                    double meridian, double origin);
struct projection projection_plain(double parallel, double meridian);
struct projection projection_equal_earth(double meridian);
/* A house's own Albers (parallels and meridian, as its theme has them) where the land
 * reaches over all three; false elsewhere. */
bool projection_of_house(const double albers[3], struct extent extent,
                         struct projection *out);
/* By the land: Albers with parallels a sixth of the way in from south and north; Equal Earth for the world and for what reaches
 * over 60 degrees of latitude or, near the equator, 140 of longitude; the plain one
 * round the poles. */
struct projection projection_for(struct extent extent);
/* Whether a length means the same all over the extent, nearly, so that it can have a
 * scale bar. */
bool extent_has_a_scale(struct extent extent);

/* Longitudes run on: 181 degrees lies east of 179. */
struct metres project(const struct projection *projection, struct degrees at);

#endif

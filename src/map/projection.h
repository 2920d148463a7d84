/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From degrees to metres on a plane: Albers' equal-area conic on the WGS 84 ellipsoid,
 * and the plain one (equidistant cylindrical) for the whole world.
 *
 * Written out here, since linking libproj costs every run of the program some 10 ms and
 * the first projection 7 more; the tests hold it against libproj to a millimetre.
 *   source  Snyder (1987), Map Projections: A Working Manual, USGS 1395, pp. 98–103 */
#ifndef SITREP_MAP_PROJECTION_H
#define SITREP_MAP_PROJECTION_H

#include "map/boundary.h"

struct metres {
    double x, y; /* east and north */
};

struct projection {
    bool is_conic;
    double parallel[2], meridian, origin; /* degrees; plain: parallel[0] is true */
    double cone, c, rho;                  /* of Albers, set when it is made */
};

/* Parallels that lie symmetrically about the equator have no cone: then plain. */
struct projection projection_albers(double parallel_1, double parallel_2,
                                    double meridian, double origin);
struct projection projection_plain(double parallel, double meridian);
/* The house's own for Pakistan (STYLE.md 6); elsewhere Albers with parallels a sixth
 * of the way in from south and north, and the plain one beyond 60 degrees of latitude
 * or 140 of longitude. */
struct projection projection_for(struct extent extent);

/* Longitudes run on: 181 degrees lies east of 179. */
struct metres project(const struct projection *projection, struct degrees at);

#endif

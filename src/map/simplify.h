/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines as coarse as the paper allows. Douglas and Peucker's rule (1973) between
 * junctions, where borders meet, and always in the same direction: two neighbours get
 * the same points for the border they share, so no gap opens between them. */
#ifndef SITREP_MAP_SIMPLIFY_H
#define SITREP_MAP_SIMPLIFY_H

#include "map/boundary.h"

struct simplify {
    const struct boundaries *boundaries;
    double tolerance;  /* degrees of latitude */
    double lon_factor; /* a degree of longitude in degrees of latitude */
};

/* Writes the indices of the points to keep, in the ring's order, to kept, which has
 * room for ring->count, and returns how many: at least 3.
 *   cost  count × at most 512 */
size_t simplify_ring(const struct simplify *simplify, const struct ring *ring,
                     uint32_t *kept);

#endif

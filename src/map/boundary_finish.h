/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside of boundaries: what is found once all units are there. */
#ifndef SITREP_MAP_BOUNDARY_FINISH_H
#define SITREP_MAP_BOUNDARY_FINISH_H

#include "map/boundary_build.h"

/* Names, parents, codes, extents, label points, junctions. F307, F308. */
bool boundary_finish(struct builder *builder);

/* boundary_names.c: which properties are names. F308 */
bool boundary_choose_names(struct builder *builder);

bool same_key(struct slice a, struct slice b);

#endif

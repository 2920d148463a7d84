/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A coarse picture of who owns the paper: for each small cell the shape that its
 * middle lies in. Tells where there is room for keys and names, and what lies on the
 * other side of a border, also where neighbours' lines don't quite meet. */
#ifndef SITREP_MAP_RASTER_H
#define SITREP_MAP_RASTER_H

#include "chart/plot.h"

struct raster {
    double cell; /* points */
    size_t columns, rows;
    uint32_t *owner; /* index + 1; 0 = nobody */
};

struct raster raster_new(double width, double height, double cell, struct arena *arena);
struct closed_line {
    const struct point *point;
    size_t count;
};
/* The shape whose lines are given takes the cells inside: of overlapping ones the
 * later. */
void raster_fill(struct raster *raster, uint32_t owner, const struct closed_line *line,
                 size_t line_count, struct arena *scratch);
/* 0 outside of the raster. */
uint32_t raster_at(const struct raster *raster, double x, double y);
void raster_set(struct raster *raster, double x, double y, uint32_t owner);
/* True also of a raster that was never made. */
bool raster_is_empty(const struct raster *raster, struct frame frame);

#endif

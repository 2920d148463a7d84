/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The base map of a figure: boundaries projected, simplified and fitted to the paper,
 * and the kinds of borders between them. Maps are never mirrored. */
#ifndef SITREP_MAP_BASE_MAP_H
#define SITREP_MAP_BASE_MAP_H

#include "map/projection.h"
#include "map/raster.h"

enum border_kind {
    BORDER_OUTER,  /* coast, or the end of the map */
    BORDER_INNER,  /* between districts of one province */
    BORDER_PARENT, /* between provinces */
    BORDER_OTHERS, /* the neighbour's line is drawn */
};

struct outline { /* a closed line on paper */
    size_t unit, first, count;
};

struct base_map {
    const struct boundaries *boundaries;
    struct projection projection;
    bool is_world;            /* from edge to edge a whole turn */
    double scale;             /* points a metre */
    struct metres west_north; /* what lies at the corner of the paper */
    double width, height;     /* what the land takes */
    size_t outline_count;
    struct outline *outline; /* sorted by unit */
    size_t *first_outline;   /* by unit; unit_count + 1 of them */
    struct point *point;
    uint8_t *border;      /* kind of the edge from each point to the next */
    struct raster raster; /* owners are units + 1 */
    size_t land_count;    /* lines round the whole land; 0 = not dissolved */
    struct closed_line *land;
};

struct base_request {
    const struct boundaries *boundaries;
    struct projection projection;
    const bool *is_drawn;        /* by unit */
    double width, height;        /* at most */
    const struct base_map *onto; /* the same paper as another map's, or NULL */
};

struct base_map *base_map_new(const struct base_request *request, struct arena *arena);
struct point base_map_point(const struct base_map *map, struct degrees at);

/* Finds the lines round the whole land, where they can be found (land.c). */
void base_map_dissolve(struct base_map *map, struct arena *arena);
/* Adds the whole land to the path: dissolved, else unit by unit. */
void base_map_trace_land(const struct base_map *map, cairo_t *cairo);
/* Adds a unit's outlines to the path. */
void base_map_trace(const struct base_map *map, size_t unit, cairo_t *cairo);
/* Adds all borders of a kind to the path. */
void base_map_trace_borders(const struct base_map *map, enum border_kind kind,
                            cairo_t *cairo);

#endif

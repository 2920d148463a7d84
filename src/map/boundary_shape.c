/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is found of shapes once: a place inside each unit for its symbol and name, and
 * the points at which lines of neighbours part. */
#include "map/boundary_finish.h"
#include "map/known.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_OF = 0.6;

/* -- Places inside -------------------------------------------------------------------- */

struct centroid {
    struct degrees at;
    double area;
};

static struct centroid ring_centroid(const struct boundaries *boundaries,
                                     const struct ring *ring)
{
    const struct degrees *point = boundaries->point + ring->first;
    struct degrees origin = point[0];
    double area = 0, x = 0, y = 0;
    for (size_t i = 0, j = ring->count - 1; i < ring->count; j = i++) {
        double ax = point[j].lon - origin.lon, ay = point[j].lat - origin.lat;
        double bx = point[i].lon - origin.lon, by = point[i].lat - origin.lat;
        double cross = ax * by - bx * ay;
        area += cross / 2;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    if (area == 0)
        return (struct centroid){origin, 0};
    return (struct centroid){{origin.lon + x / (6 * area), origin.lat + y / (6 * area)},
                             area};
}

/* whole: of all parts together. */
static const struct ring *largest_ring(const struct boundaries *boundaries,
                                       const struct unit *unit,
                                       struct centroid *centroid,
                                       struct centroid *whole)
{
    const struct ring *largest = NULL;
    *whole = (struct centroid){0};
    for (size_t i = 0; i < unit->ring_count; i++) {
        const struct ring *ring = &boundaries->ring[unit->first_ring + i];
        struct centroid own = ring_centroid(boundaries, ring);
        whole->at.lon += own.at.lon * own.area; /* holes have negative areas */
        whole->at.lat += own.at.lat * own.area;
        whole->area += own.area;
        if (ring->is_hole || (largest && fabs(own.area) <= fabs(centroid->area)))
            continue;
        largest = ring;
        *centroid = own;
    }
    if (whole->area > 0)
        whole->at =
            (struct degrees){whole->at.lon / whole->area, whole->at.lat / whole->area};
    return largest;
}

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Where the unit's lines cross a parallel, from west to east. */
static size_t crossings(const struct boundaries *boundaries, const struct unit *unit,
                        double lat, double *out)
{
    size_t count = 0;
    for (size_t i = 0; i < unit->ring_count; i++) {
        const struct ring *ring = &boundaries->ring[unit->first_ring + i];
        const struct degrees *point = boundaries->point + ring->first;
        for (size_t j = 0, k = ring->count - 1; j < ring->count; k = j++) {
            if ((point[j].lat > lat) != (point[k].lat > lat))
                out[count++] = point[j].lon + (point[k].lon - point[j].lon) *
                                                  (lat - point[j].lat) /
                                                  (point[k].lat - point[j].lat);
        }
    }
    qsort(out, count, sizeof *out, compare_numbers);
    return count;
}

/* The middle of the widest stretch inside the unit on one of some parallels. A bent
 * unit's centroid may lie outside of it. */
static struct degrees widest_middle(const struct boundaries *boundaries,
                                    const struct unit *unit, struct extent extent,
                                    double *scratch)
{
    enum { PARALLELS = 9 };
    struct degrees best = {(extent.west + extent.east) / 2,
                           (extent.south + extent.north) / 2};
    double best_width = 0;
    for (int i = 1; i <= PARALLELS; i++) {
        double lat = extent.south + (extent.north - extent.south) * i / (PARALLELS + 1);
        size_t count = crossings(boundaries, unit, lat, scratch);
        for (size_t j = 0; j + 1 < count; j += 2) {
            if (scratch[j + 1] - scratch[j] <= best_width)
                continue;
            best_width = scratch[j + 1] - scratch[j];
            best = (struct degrees){(scratch[j] + scratch[j + 1]) / 2, lat};
        }
    }
    return best;
}

static bool given_label(const struct boundaries *boundaries, const struct unit *unit,
                        struct degrees *out)
{
    static const char *const field[][2] = {
        {"lon", "lat"}, {"LABEL_X", "LABEL_Y"}, {"longitude", "latitude"}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        struct slice lon = unit_property(boundaries, unit, slice_of(field[i][0]));
        struct slice lat = unit_property(boundaries, unit, slice_of(field[i][1]));
        if (!number_parse(lon, &out->lon) || !number_parse(lat, &out->lat) ||
            !unit_holds(boundaries, unit, *out))
            continue;
        if (out->lon < unit->extent.west)
            out->lon += 360;
        else if (out->lon > unit->extent.east)
            out->lon -= 360;
        return true;
    }
    return false;
}

static void boundary_place_labels(struct boundaries *boundaries, struct arena *arena)
{
    size_t most = 0;
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        size_t points = 0;
        for (size_t j = 0; j < boundaries->unit[i].ring_count; j++)
            points += boundaries->ring[boundaries->unit[i].first_ring + j].count;
        most = points > most ? points : most;
    }
    double *scratch = ARENA_ARRAY(arena, double, most);
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        struct unit *unit = &boundaries->unit[i];
        struct centroid centroid = {0}, whole;
        const struct ring *largest = largest_ring(boundaries, unit, &centroid, &whole);
        if (!largest || given_label(boundaries, unit, &unit->label))
            continue;
        /* many parts side by side, not one with islands */
        if (centroid.area < MOST_OF * whole.area &&
            unit_holds(boundaries, unit, whole.at))
            centroid = whole;
        unit->label = unit_holds(boundaries, unit, centroid.at)
                          ? centroid.at
                          : widest_middle(boundaries, unit, largest->extent, scratch);
    }
}

/* -- Units of the past ---------------------------------------------------------------- */

/* 0 in Who's On First's is_current. */
static bool is_marked_ended(const struct boundaries *boundaries,
                            const struct unit *unit)
{
    return slice_is(unit_property(boundaries, unit, SLICE_LITERAL("is_current")), "0");
}

static bool has_successor(const struct boundaries *boundaries, size_t ended)
{
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *other = &boundaries->unit[i];
        if (i != ended &&
            unit_holds(boundaries, other, boundaries->unit[ended].label) &&
            !is_marked_ended(boundaries, other))
            return true;
    }
    return false;
}

/* A unit has ended when its file says so and another lies where it was; else the map
 * would have a hole. Files of very many units aren't searched for those. */
static void boundary_find_ended(struct boundaries *boundaries)
{
    enum { SEARCHED = 10000 };
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        if (boundaries->unit_count <= SEARCHED &&
            is_marked_ended(boundaries, &boundaries->unit[i]))
            boundaries->unit[i].has_ended = has_successor(boundaries, i);
    }
}

/* -- Junctions ---------------------------------------------------------------------------- */

/* A point is a junction when not all lines through it have the same two neighbours:
 * there a border ends or meets a third (Bostock's rule for topologies). */
struct vertex {
    uint32_t point; /* index of its first point + 1; 0 = free */
    uint32_t sides; /* both neighbours, whatever their order; bit 0: IS_JUNCTION */
};

struct vertices {
    struct vertex *vertex;
    uint32_t *slot; /* of each point */
    size_t mask;
};

static uint64_t mix(uint64_t bits)
{
    bits *= 0xD6E8FEB86659FD93u;
    bits ^= bits >> 32;
    bits *= 0xD6E8FEB86659FD93u;
    return bits ^ bits >> 32;
}

static uint64_t hash_of(struct degrees at)
{
    uint64_t lon, lat;
    memcpy(&lon, &at.lon, sizeof lon);
    memcpy(&lat, &at.lat, sizeof lat);
    return mix(lon ^ (lat << 31 | lat >> 33));
}

static struct vertex *find_vertex(const struct vertices *vertices,
                                  const struct boundaries *boundaries,
                                  struct degrees at, uint64_t hash)
{
    size_t slot = (size_t)hash & vertices->mask;
    while (vertices->vertex[slot].point) {
        struct degrees other = boundaries->point[vertices->vertex[slot].point - 1];
        if (other.lon == at.lon && other.lat == at.lat)
            break;
        slot = (slot + 1) & vertices->mask;
    }
    return &vertices->vertex[slot];
}

enum { IS_JUNCTION = 1 };

static void visit_ring(const struct boundaries *boundaries, const struct ring *ring,
                       struct vertices *vertices)
{
    const struct degrees *point = boundaries->point + ring->first;
    uint64_t before = hash_of(point[ring->count - 1]), here = hash_of(point[0]);
    for (size_t i = 0; i < ring->count; i++) {
        uint64_t after = hash_of(point[i + 1 < ring->count ? i + 1 : 0]);
        uint32_t sides = (uint32_t)((before + after) >> 32) & ~(uint32_t)IS_JUNCTION;
        struct vertex *vertex = find_vertex(vertices, boundaries, point[i], here);
        vertices->slot[ring->first + i] = (uint32_t)(vertex - vertices->vertex);
        if (!vertex->point)
            *vertex = (struct vertex){(uint32_t)(ring->first + i + 1), sides};
        else if ((vertex->sides & ~(uint32_t)IS_JUNCTION) != sides)
            vertex->sides |= IS_JUNCTION;
        before = here;
        here = after;
    }
}

static void boundary_find_junctions(struct boundaries *boundaries, struct arena *arena)
{
    size_t slots = 16, count = boundaries->point_count;
    while (slots < count + count / 4)
        slots *= 2;
    struct arena *scratch = arena_new();
    struct vertices vertices = {.vertex = ARENA_ARRAY(scratch, struct vertex, slots),
                                .slot = ARENA_ARRAY(scratch, uint32_t, count),
                                .mask = slots - 1};
    for (size_t i = 0; i < boundaries->ring_count; i++)
        visit_ring(boundaries, &boundaries->ring[i], &vertices);
    uint64_t *junction = ARENA_ARRAY(arena, uint64_t, count / 64 + 1);
    for (size_t i = 0; i < count; i++)
        junction[i / 64] |=
            (uint64_t)(vertices.vertex[vertices.slot[i]].sides & IS_JUNCTION)
            << (i % 64);
    boundaries->junction = junction;
    arena_free(scratch);
}

/* -- The date line ----------------------------------------------------------------------- */

static int compare_wests(const void *a, const void *b)
{
    const struct extent *left = a, *right = b;
    return (left->west > right->west) - (left->west < right->west);
}

/* The meridian in the middle of the widest stretch without land, when that isn't the
 * one across 180 degrees anyway; else INFINITY. */
static double widest_gap(const struct boundaries *boundaries, struct arena *scratch)
{
    size_t count = boundaries->ring_count;
    struct extent *extent = ARENA_ARRAY(scratch, struct extent, count);
    double east = -INFINITY, widest = 0, at = INFINITY;
    for (size_t i = 0; i < count; i++)
        extent[i] = boundaries->ring[i].extent;
    qsort(extent, count, sizeof *extent, compare_wests);
    for (size_t i = 0; i < count; i++) {
        if (i && extent[i].west - east > widest) {
            widest = extent[i].west - east;
            at = (extent[i].west + east) / 2;
        }
        east = fmax(east, extent[i].east);
    }
    return widest > extent[0].west + 360 - east ? at : INFINITY;
}

/* Lands on both sides of the date line (Fiji, the United States) come together: what
 * lies east of the widest gap moves a turn to the west. */
static void gather_across_date_line(struct boundaries *boundaries)
{
    struct arena *scratch = arena_new();
    double gap = widest_gap(boundaries, scratch);
    arena_free(scratch);
    for (size_t i = 0; i < boundaries->ring_count && isfinite(gap); i++) {
        struct ring *ring = &boundaries->ring[i];
        if (ring->extent.west < gap)
            continue;
        ring->extent.west -= 360;
        ring->extent.east -= 360;
        for (size_t j = 0; j < ring->count; j++)
            boundaries->point[ring->first + j].lon -= 360;
    }
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        struct unit *unit = &boundaries->unit[i];
        unit->extent = extent_nothing;
        for (size_t j = 0; j < unit->ring_count; j++)
            extent_join(&unit->extent, boundaries->ring[unit->first_ring + j].extent);
    }
}

/* -- Runs of points ----------------------------------------------------------------------- */

static void find_runs(struct boundaries *boundaries, struct arena *arena)
{
    size_t count = boundaries->point_count;
    struct latitudes *run =
        ARENA_ARRAY(arena, struct latitudes, count / BOUNDARY_RUN + 1);
    for (size_t first = 0; first < count; first += BOUNDARY_RUN) {
        struct latitudes reach = {INFINITY, -INFINITY};
        for (size_t i = first ? first - 1 : 0; i < first + BOUNDARY_RUN && i < count;
             i++) {
            double lat = boundaries->point[i].lat;
            reach.south = lat < reach.south ? lat : reach.south;
            reach.north = lat > reach.north ? lat : reach.north;
        }
        run[first / BOUNDARY_RUN] = reach;
    }
    boundaries->run = run;
}

/* -- All of it ------------------------------------------------------------------------------ */

bool boundary_finish(struct builder *builder)
{
    struct boundaries *out = builder->out;
    if (!out->ring_count) {
        builder_fail(builder, SIZE_MAX, "F307", "it holds no polygon");
        return false;
    }
    if (!boundary_choose_names(builder))
        return false;
    gather_across_date_line(out);
    find_runs(out, builder->arena);
    boundary_place_labels(out, builder->arena);
    boundary_find_ended(out);
    boundary_find_junctions(out, builder->arena);
    out->extent = extent_nothing;
    for (size_t i = 0; i < out->unit_count; i++) {
        if (!out->unit[i].has_ended)
            extent_join(&out->extent, out->unit[i].extent);
    }
    if (extent_is_empty(out->extent)) { /* all have ended: then that is the map */
        for (size_t i = 0; i < out->unit_count; i++)
            extent_join(&out->extent, out->unit[i].extent);
    }
    known_name_units(out, builder->arena);
    return true;
}

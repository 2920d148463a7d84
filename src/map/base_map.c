/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fitting boundaries to paper. First roughly, from a sample of the points, to know how
 * coarse the lines may be; then exactly, from the points that are kept. */
#include "map/base_map.h"
#include "map/simplify.h"

#include <math.h>

static const double TOLERANCE = 0.3; /* points of paper: finer than print shows */
/* Points stand on a grid of an eighth: half the bytes of a page's content. */
static const double GRID = 8;
static const double SMALLEST = 0.5; /* islands below it are left out */
static const double METRES_A_DEGREE = 111320, EDGE = 0.6, RADIAN = 0.01745329251994;
enum { SAMPLE = 4000, CELLS_ACROSS = 480 };

struct reach {
    double left, right, bottom, top; /* metres */
};

static void reach_include(struct reach *reach, struct metres at)
{
    reach->left = at.x < reach->left ? at.x : reach->left;
    reach->right = at.x > reach->right ? at.x : reach->right;
    reach->bottom = at.y < reach->bottom ? at.y : reach->bottom;
    reach->top = at.y > reach->top ? at.y : reach->top;
}

static const struct reach nothing = {INFINITY, -INFINITY, INFINITY, -INFINITY};

static double scale_to_fit(const struct reach *reach,
                           const struct base_request *request)
{
    double wide = reach->right - reach->left, high = reach->top - reach->bottom;
    double across = (request->width - 2 * EDGE) / fmax(wide, 1);
    return fmin(across, (request->height - 2 * EDGE) / fmax(high, 1));
}

static double rough_scale(const struct base_request *request)
{
    const struct boundaries *boundaries = request->boundaries;
    if (boundaries->extent.east - boundaries->extent.west > 300)
        return request->width / (360 * METRES_A_DEGREE);
    size_t step = boundaries->point_count / SAMPLE + 1, seen = 0;
    struct reach reach = nothing;
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        for (size_t j = 0; request->is_drawn[i] && j < unit->ring_count; j++) {
            const struct ring *ring = &boundaries->ring[unit->first_ring + j];
            for (size_t k = 0; k < ring->count; k++) {
                if (seen++ % step == 0)
                    reach_include(&reach, project(&request->projection,
                                                  boundaries->point[ring->first + k]));
            }
        }
    }
    return scale_to_fit(&reach, request);
}

/* -- Lines ----------------------------------------------------------------------------- */

struct fitting {
    const struct base_request *request;
    struct base_map *map;
    struct arena *arena;
    struct simplify simplify;
    uint32_t *kept;       /* room for the longest ring */
    struct degrees *line; /* room for eight times that */
    size_t outline_capacity, point_capacity, point_count;
    struct reach reach;
};

static const struct ring *main_ring(const struct boundaries *boundaries,
                                    const struct unit *unit)
{
    const struct ring *largest = NULL;
    double most = -1;
    for (size_t i = 0; i < unit->ring_count; i++) {
        const struct ring *ring = &boundaries->ring[unit->first_ring + i];
        double size = (ring->extent.east - ring->extent.west) *
                      (ring->extent.north - ring->extent.south);
        if (!ring->is_hole && size > most) {
            largest = ring;
            most = size;
        }
    }
    return largest;
}

static bool is_speck(const struct fitting *fitting, const struct ring *ring)
{
    double limit = fitting->simplify.tolerance / TOLERANCE * SMALLEST;
    double wide =
        (ring->extent.east - ring->extent.west) * fitting->simplify.lon_factor;
    return wide < limit && ring->extent.north - ring->extent.south < limit;
}

/* Points are metres for now. */
static void add_point(struct fitting *fitting, struct degrees at)
{
    struct base_map *map = fitting->map;
    struct metres metres = project(&map->projection, at);
    reach_include(&fitting->reach, metres);
    *ARENA_APPEND(fitting->arena, map->point, fitting->point_count,
                  fitting->point_capacity) = (struct point){metres.x, metres.y};
}

static bool is_at_edge(const struct base_map *map, struct degrees at)
{
    return map->is_world && fabs(fabs(at.lon - map->projection.meridian) - 180) < 1e-9;
}

/* The edge of the world is a curve, to which a straight line of many degrees doesn't
 * hold. */
static void follow_edge(struct fitting *fitting, struct degrees from, struct degrees to)
{
    static const double STEP = 3;
    double steps = ceil(fabs(to.lat - from.lat) / STEP);
    if (from.lon != to.lon || !is_at_edge(fitting->map, from))
        return;
    for (double i = 1; i < steps; i++)
        add_point(fitting, (struct degrees){from.lon, from.lat + (to.lat - from.lat) *
                                                                     i / steps});
}

static void add_outline(struct fitting *fitting, size_t unit, const struct degrees *at,
                        size_t count)
{
    struct base_map *map = fitting->map;
    size_t first = fitting->point_count;
    for (size_t i = 0; i < count; i++) {
        add_point(fitting, at[i]);
        follow_edge(fitting, at[i], at[i + 1 < count ? i + 1 : 0]);
    }
    *ARENA_APPEND(fitting->arena, map->outline, map->outline_count,
                  fitting->outline_capacity) =
        (struct outline){unit, first, fitting->point_count - first};
}

/* What of a closed line lies east (side 1) or west (side -1) of a meridian
 * (Sutherland and Hodgman 1974). out has room for twice the points. */
static size_t cut_at(double meridian, int side, const struct degrees *at, size_t count,
                     struct degrees *out)
{
    size_t kept = 0;
    for (size_t i = 0, before = count - 1; i < count; before = i++) {
        double from = (at[before].lon - meridian) * side;
        double to = (at[i].lon - meridian) * side;
        if ((from < 0) != (to < 0)) {
            double share = from / (from - to);
            out[kept++] = (struct degrees){
                meridian, at[before].lat + (at[i].lat - at[before].lat) * share};
        }
        if (to >= 0)
            out[kept++] = at[i];
    }
    return kept;
}

/* On a map of the world what crosses its edge comes back in on the other side. */
static void add_world_outlines(struct fitting *fitting, size_t unit,
                               struct extent extent, size_t count)
{
    double west = fitting->request->projection.meridian - 180;
    struct degrees *line = fitting->line, *turned = line + count;
    struct degrees *half = turned + count, *whole = half + 2 * count;
    double first = floor((extent.west - west) / 360);
    for (double turn = -first; extent.east + turn * 360 > west; turn--) {
        for (size_t i = 0; i < count; i++)
            turned[i] = (struct degrees){line[i].lon + turn * 360, line[i].lat};
        size_t kept = cut_at(west, 1, turned, count, half);
        kept = cut_at(west + 360, -1, half, kept, whole);
        if (kept >= 3)
            add_outline(fitting, unit, whole, kept);
    }
}

static void add_ring(struct fitting *fitting, size_t unit, const struct ring *ring)
{
    size_t count = simplify_ring(&fitting->simplify, ring, fitting->kept);
    for (size_t i = 0; i < count; i++)
        fitting->line[i] =
            fitting->request->boundaries->point[ring->first + fitting->kept[i]];
    if (fitting->map->is_world)
        add_world_outlines(fitting, unit, ring->extent, count);
    else
        add_outline(fitting, unit, fitting->line, count);
}

static size_t longest_ring(const struct boundaries *boundaries)
{
    size_t longest = 0;
    for (size_t i = 0; i < boundaries->ring_count; i++)
        longest =
            boundaries->ring[i].count > longest ? boundaries->ring[i].count : longest;
    return longest;
}

static void add_outlines(struct fitting *fitting)
{
    const struct boundaries *boundaries = fitting->request->boundaries;
    struct base_map *map = fitting->map;
    map->first_outline =
        ARENA_ARRAY(fitting->arena, size_t, boundaries->unit_count + 1);
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        const struct ring *largest = main_ring(boundaries, unit);
        map->first_outline[i] = map->outline_count;
        for (size_t j = 0; fitting->request->is_drawn[i] && j < unit->ring_count; j++) {
            const struct ring *ring = &boundaries->ring[unit->first_ring + j];
            if (ring == largest || !is_speck(fitting, ring))
                add_ring(fitting, i, ring);
        }
    }
    map->first_outline[boundaries->unit_count] = map->outline_count;
}

static double on_grid(double points)
{
    return round(points * GRID) / GRID;
}

static void place_outline(struct base_map *map, struct outline *outline)
{
    struct point *point = map->point + outline->first;
    size_t kept = 0;
    for (size_t i = 0; i < outline->count; i++) {
        struct point at = {on_grid((point[i].x - map->west_north.x) * map->scale),
                           on_grid((map->west_north.y - point[i].y) * map->scale)};
        if (!kept || at.x != point[kept - 1].x || at.y != point[kept - 1].y)
            point[kept++] = at;
    }
    outline->count = kept;
}

static void place_on_paper(struct fitting *fitting)
{
    struct base_map *map = fitting->map;
    const struct base_map *onto = fitting->request->onto;
    const struct reach *reach = &fitting->reach;
    map->scale = onto ? onto->scale : scale_to_fit(reach, fitting->request);
    map->west_north = onto ? onto->west_north
                           : (struct metres){reach->left - EDGE / map->scale,
                                             reach->top + EDGE / map->scale};
    map->width =
        onto ? onto->width : (reach->right - reach->left) * map->scale + 2 * EDGE;
    map->height =
        onto ? onto->height : (reach->top - reach->bottom) * map->scale + 2 * EDGE;
    for (size_t i = 0; i < map->outline_count; i++)
        place_outline(map, &map->outline[i]);
}

/* -- Owners and borders -------------------------------------------------------------------- */

static void fill_raster(struct fitting *fitting)
{
    struct base_map *map = fitting->map;
    double cell = fmax(0.5, fmax(map->width, map->height) / CELLS_ACROSS);
    struct arena *scratch = arena_new();
    map->raster = raster_new(map->width, map->height, cell, fitting->arena);
    struct closed_line *line =
        ARENA_ARRAY(scratch, struct closed_line, map->outline_count);
    for (size_t i = 0; i < map->boundaries->unit_count; i++) {
        size_t first = map->first_outline[i], count = map->first_outline[i + 1] - first;
        if (!count)
            continue;
        for (size_t j = 0; j < count; j++)
            line[j] = (struct closed_line){map->point + map->outline[first + j].first,
                                           map->outline[first + j].count};
        raster_fill(&map->raster, (uint32_t)i + 1, line, count, scratch);
    }
    arena_free(scratch);
}

/* Who lies across an edge: the first other owner within a small distance from its
 * middle. The inside of every line lies at its left hand. */
static uint32_t owner_across(const struct base_map *map, size_t unit, struct point a,
                             struct point b)
{
    static const double away[] = {0.5, 1.0, 1.7};
    double dx = b.x - a.x, dy = b.y - a.y, length = sqrt(dx * dx + dy * dy);
    for (size_t i = 0; length > 0 && i < sizeof away / sizeof *away; i++) {
        double x = (a.x + b.x) / 2 - dy / length * away[i];
        double y = (a.y + b.y) / 2 + dx / length * away[i];
        for (int side = 0; side < 2; side++) {
            uint32_t owner = raster_at(&map->raster, x, y);
            if (owner && owner != unit + 1)
                return owner;
            x = a.x + b.x - x; /* a sliver may lie on the other side */
            y = a.y + b.y - y;
        }
    }
    return 0;
}

static enum border_kind kind_between(const struct base_map *map, size_t unit,
                                     uint32_t across)
{
    enum { FEW = 40 };
    const struct boundaries *boundaries = map->boundaries;
    if (!across)
        return BORDER_OUTER;
    if (!boundaries->parent_field.size) /* a few units are provinces themselves */
        return boundaries->unit_count <= FEW ? BORDER_PARENT : BORDER_INNER;
    return slice_equal(boundaries->unit[unit].parent,
                       boundaries->unit[across - 1].parent)
               ? BORDER_INNER
               : BORDER_PARENT;
}

static void find_borders(struct fitting *fitting)
{
    struct base_map *map = fitting->map;
    map->border = ARENA_ARRAY(fitting->arena, uint8_t, fitting->point_count);
    for (size_t i = 0; i < map->outline_count; i++) {
        const struct outline *outline = &map->outline[i];
        const struct point *point = map->point + outline->first;
        for (size_t j = 0; j < outline->count; j++) {
            struct point next = point[j + 1 < outline->count ? j + 1 : 0];
            uint32_t across = owner_across(map, outline->unit, point[j], next);
            /* a border is drawn once, as the line of the first of both */
            map->border[outline->first + j] =
                across && across < outline->unit + 1
                    ? BORDER_OTHERS
                    : (uint8_t)kind_between(map, outline->unit, across);
        }
    }
}

struct base_map *base_map_new(const struct base_request *request, struct arena *arena)
{
    const struct boundaries *boundaries = request->boundaries;
    struct base_map *map = ARENA_NEW(arena, struct base_map);
    struct arena *scratch = arena_new();
    size_t longest = longest_ring(boundaries);
    map->boundaries = boundaries;
    map->projection = request->projection;
    map->is_world = map->projection.kind != PROJECTION_ALBERS &&
                    boundaries->extent.east - boundaries->extent.west > 300;
    double scale = request->onto ? request->onto->scale : rough_scale(request);
    double middle = (boundaries->extent.south + boundaries->extent.north) / 2;
    struct fitting fitting = {
        .request = request,
        .map = map,
        .arena = arena,
        .simplify = {boundaries, TOLERANCE / (scale * METRES_A_DEGREE),
                     cos(middle * RADIAN)},
        .kept = ARENA_ARRAY(scratch, uint32_t, longest),
        .line = ARENA_ARRAY(scratch, struct degrees, 8 * longest),
        .reach = nothing,
    };
    add_outlines(&fitting);
    place_on_paper(&fitting);
    fill_raster(&fitting);
    find_borders(&fitting);
    arena_free(scratch);
    return map;
}

struct point base_map_point(const struct base_map *map, struct degrees at)
{
    double west = map->projection.meridian - 180;
    if (map->is_world)
        at.lon -= floor((at.lon - west) / 360) * 360;
    else
        at = boundaries_place(map->boundaries, at);
    struct metres metres = project(&map->projection, at);
    return (struct point){(metres.x - map->west_north.x) * map->scale,
                          (map->west_north.y - metres.y) * map->scale};
}

/* -- Paths ------------------------------------------------------------------------------------ */

static void trace_line(const struct point *point, size_t count, cairo_t *cairo)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            cairo_line_to(cairo, point[i].x, point[i].y);
        else
            cairo_move_to(cairo, point[i].x, point[i].y);
    }
    cairo_close_path(cairo);
}

void base_map_trace(const struct base_map *map, size_t unit, cairo_t *cairo)
{
    for (size_t i = map->first_outline[unit]; i < map->first_outline[unit + 1]; i++)
        trace_line(map->point + map->outline[i].first, map->outline[i].count, cairo);
}

void base_map_trace_land(const struct base_map *map, cairo_t *cairo)
{
    for (size_t i = 0; i < map->land_count; i++)
        trace_line(map->land[i].point, map->land[i].count, cairo);
    for (size_t i = 0; !map->land_count && i < map->boundaries->unit_count; i++)
        base_map_trace(map, i, cairo);
}

void base_map_trace_borders(const struct base_map *map, enum border_kind kind,
                            cairo_t *cairo)
{
    for (size_t i = 0; i < map->outline_count; i++) {
        const struct outline *outline = &map->outline[i];
        const struct point *point = map->point + outline->first;
        bool drawing = false;
        for (size_t j = 0; j < outline->count; j++) {
            struct point next = point[j + 1 < outline->count ? j + 1 : 0];
            if (map->border[outline->first + j] != kind) {
                drawing = false;
                continue;
            }
            if (!drawing)
                cairo_move_to(cairo, point[j].x, point[j].y);
            cairo_line_to(cairo, next.x, next.y);
            drawing = true;
        }
    }
}

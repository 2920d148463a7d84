/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The land as one shape, for maps that don't draw districts: a page's content then
 * holds its coast and not every border twice. Each district's stretches of coast are
 * strung together, end to nearest beginning, since neighbours' points needn't meet.
 * The result is held against the raster; where it differs, the districts are drawn. */
#include "map/base_map.h"

#include <math.h>

static const double REACH = 25, SHORTEST = 0.8, DIFFERENCE = 0.004;
static const double LEAST_GAP = 2; /* square points */
enum { MOST_RUNS = 4000 };

struct run { /* of outer edges, from first to last point */
    const struct outline *outline;
    size_t start, edges; /* in the outline; edges == count: all of it */
    struct point first, last;
    bool is_used;
};

struct runs {
    size_t count, capacity;
    struct run *item;
};

static struct point outline_point(const struct base_map *map,
                                  const struct outline *outline, size_t i)
{
    return map->point[outline->first + i % outline->count];
}

static bool is_outer(const struct base_map *map, const struct outline *outline,
                     size_t i)
{
    return map->border[outline->first + i % outline->count] == BORDER_OUTER;
}

static void add_run(const struct base_map *map, const struct outline *outline,
                    size_t start, size_t edges, struct runs *runs, struct arena *arena)
{
    double length = 0;
    for (size_t i = 0; i < edges; i++) {
        struct point a = outline_point(map, outline, start + i);
        struct point b = outline_point(map, outline, start + i + 1);
        length += fabs(b.x - a.x) + fabs(b.y - a.y);
    }
    if (length < SHORTEST)
        return;
    *ARENA_APPEND(arena, runs->item, runs->count, runs->capacity) =
        (struct run){.outline = outline,
                     .start = start,
                     .edges = edges,
                     .first = outline_point(map, outline, start),
                     .last = outline_point(map, outline, start + edges)};
}

static void find_runs(const struct base_map *map, const struct outline *outline,
                      struct runs *runs, struct arena *arena)
{
    size_t inner = 0; /* an edge that isn't outer, to begin behind */
    while (inner < outline->count && is_outer(map, outline, inner))
        inner++;
    if (inner == outline->count) {
        add_run(map, outline, 0, outline->count, runs, arena);
        return;
    }
    for (size_t i = inner + 1; i < inner + outline->count;) {
        size_t edges = 0;
        while (i + edges < inner + outline->count && is_outer(map, outline, i + edges))
            edges++;
        if (edges)
            add_run(map, outline, i, edges, runs, arena);
        i += edges + 1;
    }
}

static double squared(struct point a, struct point b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/* The run that begins nearest to a point; its own first one closes the line. */
static struct run *next_run(const struct runs *runs, struct run *first, struct point at)
{
    struct run *best = first;
    double nearest = squared(first->first, at);
    for (size_t i = 0; i < runs->count; i++) {
        struct run *run = &runs->item[i];
        double away = run->is_used ? INFINITY : squared(run->first, at);
        if (away < nearest && away < REACH * REACH) {
            nearest = away;
            best = run;
        }
    }
    return best;
}

struct line_points {
    struct point *point;
    size_t count, capacity;
};

static struct closed_line string_runs(const struct base_map *map,
                                      const struct runs *runs, struct run *first,
                                      struct arena *arena)
{
    struct line_points line = {0};
    struct run *run = first;
    do {
        run->is_used = true;
        size_t points = run->edges + (run->edges < run->outline->count);
        for (size_t i = 0; i < points; i++)
            *ARENA_APPEND(arena, line.point, line.count, line.capacity) =
                outline_point(map, run->outline, run->start + i);
        run = next_run(runs, first, run->last);
    } while (run != first);
    return (struct closed_line){line.point, line.count};
}

/* A small gap between districts is a flaw of the file and no lake. On paper the lines
 * of land run with a negative area, those of gaps with a positive one. */
static bool is_flaw(const struct closed_line *line)
{
    double area = 0;
    for (size_t i = 0, j = line->count - 1; i < line->count; j = i++)
        area +=
            line->point[j].x * line->point[i].y - line->point[i].x * line->point[j].y;
    return area > 0 && area / 2 < LEAST_GAP;
}

/* The share of the land's cells that the lines get wrong. */
static double difference(const struct base_map *map, const struct closed_line *line,
                         size_t count)
{
    struct arena *scratch = arena_new();
    const struct raster *raster = &map->raster;
    struct raster own =
        raster_new((double)raster->columns * raster->cell,
                   (double)raster->rows * raster->cell, raster->cell, scratch);
    size_t land = 0, wrong = 0;
    raster_fill(&own, 1, line, count, scratch);
    for (size_t i = 0; i < raster->rows * raster->columns; i++) {
        land += raster->owner[i] != 0;
        wrong += (raster->owner[i] != 0) != (own.owner[i] != 0);
    }
    arena_free(scratch);
    return land ? (double)wrong / (double)land : 1;
}

void base_map_dissolve(struct base_map *map, struct arena *arena)
{
    struct arena *scratch = arena_new();
    struct runs runs = {0};
    for (size_t i = 0; i < map->outline_count && runs.count <= MOST_RUNS; i++)
        find_runs(map, &map->outline[i], &runs, scratch);
    struct closed_line *line = ARENA_ARRAY(arena, struct closed_line, runs.count);
    size_t count = 0;
    for (size_t i = 0; runs.count <= MOST_RUNS && i < runs.count; i++) {
        if (runs.item[i].is_used)
            continue;
        line[count] = string_runs(map, &runs, &runs.item[i], arena);
        count += !is_flaw(&line[count]);
    }
    if (count && difference(map, line, count) <= DIFFERENCE) {
        map->land = line;
        map->land_count = count;
    }
    arena_free(scratch);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scan lines: where a shape's lines cross the middle of a row of cells, it begins or
 * ends. */
#include "map/raster.h"

#include <math.h>
#include <stdlib.h>

struct crossing {
    size_t row;
    double x;
};

struct crossings {
    struct crossing *item;
    size_t count, capacity;
};

struct raster raster_new(double width, double height, double cell, struct arena *arena)
{
    struct raster raster = {.cell = cell,
                            .columns = (size_t)ceil(fmax(width, cell) / cell),
                            .rows = (size_t)ceil(fmax(height, cell) / cell)};
    raster.owner = ARENA_ARRAY(arena, uint32_t, raster.columns * raster.rows);
    return raster;
}

/* First row whose middle is not above y, within the raster. */
static size_t row_from(const struct raster *raster, double y)
{
    double row = ceil(y / raster->cell - 0.5);
    return row <= 0 ? 0 : row >= (double)raster->rows ? raster->rows : (size_t)row;
}

static void add_edge(const struct raster *raster, struct point a, struct point b,
                     struct crossings *out, struct arena *arena)
{
    if (a.y > b.y) {
        struct point kept = a;
        a = b;
        b = kept;
    }
    size_t end = row_from(raster, b.y);
    for (size_t row = row_from(raster, a.y); row < end; row++) {
        double y = ((double)row + 0.5) * raster->cell;
        *ARENA_APPEND(arena, out->item, out->count, out->capacity) =
            (struct crossing){row, a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)};
    }
}

static int compare_crossings(const void *a, const void *b)
{
    const struct crossing *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return (left->x > right->x) - (left->x < right->x);
}

static size_t column_from(const struct raster *raster, double x)
{
    double column = ceil(x / raster->cell - 0.5);
    return column <= 0                         ? 0
           : column >= (double)raster->columns ? raster->columns
                                               : (size_t)column;
}

void raster_fill(struct raster *raster, uint32_t owner, const struct closed_line *line,
                 size_t line_count, struct arena *scratch)
{
    struct crossings crossings = {0};
    for (size_t i = 0; i < line_count; i++) {
        const struct point *point = line[i].point;
        for (size_t j = 0, before = line[i].count - 1; j < line[i].count; before = j++)
            add_edge(raster, point[before], point[j], &crossings, scratch);
    }
    if (!crossings.count)
        return;
    qsort(crossings.item, crossings.count, sizeof *crossings.item, compare_crossings);
    for (size_t i = 0; i + 1 < crossings.count; i += 2) {
        size_t end = column_from(raster, crossings.item[i + 1].x);
        uint32_t *row = raster->owner + crossings.item[i].row * raster->columns;
        for (size_t j = column_from(raster, crossings.item[i].x); j < end; j++)
            row[j] = owner;
    }
}

/* NULL outside of the raster. */
static uint32_t *cell_at(const struct raster *raster, double x, double y)
{
    double column = x / raster->cell, row = y / raster->cell;
    if (!(column >= 0 && row >= 0 && column < (double)raster->columns &&
          row < (double)raster->rows))
        return NULL;
    return &raster->owner[(size_t)row * raster->columns + (size_t)column];
}

uint32_t raster_at(const struct raster *raster, double x, double y)
{
    const uint32_t *cell = cell_at(raster, x, y);
    return cell ? *cell : 0;
}

void raster_set(struct raster *raster, double x, double y, uint32_t owner)
{
    uint32_t *cell = cell_at(raster, x, y);
    if (cell)
        *cell = owner;
}

bool raster_is_empty(const struct raster *raster, struct frame frame)
{
    if (!raster->rows)
        return true;
    for (double y = frame.top; y < frame.bottom + raster->cell; y += raster->cell) {
        for (double x = frame.left; x < frame.right + raster->cell; x += raster->cell) {
            if (raster_at(raster, fmin(x, frame.right), fmin(y, frame.bottom)))
                return false;
        }
    }
    return true;
}

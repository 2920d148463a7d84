/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Packing circles: the largest in the middle, each further one where it touches one
 * that is placed and stays nearest to the middle. Above one that will be named a way
 * is left for the line from its name.
 *
 * cost: n² × ways for few; many are set in shelves, in n log n. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>

enum { FEW = 40, WAYS = 24 };
static const double PI = 3.14159265358979323846;
/* Columns grow upwards and downwards rather than sideways. */
static const double SIDEWAYS_COST = 1.3;
/* To either side of the line that comes from above. */
static const double CLEAR_WAY = 1.2;

static int compare_discs(const void *a, const void *b)
{
    const struct disc *left = a, *right = b;
    if (left->radius != right->radius)
        return left->radius > right->radius ? -1 : 1;
    return left->index < right->index ? -1 : 1;
}

static bool stands_over(const struct disc *upper, const struct disc *lower)
{
    return lower->is_named && upper->y < lower->y &&
           fabs(upper->x - lower->x) < upper->radius + CLEAR_WAY;
}

static bool is_free(const struct disc *disc, size_t placed, const struct disc *at,
                    double gap)
{
    for (size_t i = 0; i < placed; i++) {
        if (stands_over(at, &disc[i]) || stands_over(&disc[i], at))
            return false;
        double far = disc[i].radius + at->radius + gap;
        double dx = disc[i].x - at->x, dy = disc[i].y - at->y;
        if (dx * dx + dy * dy < far * far - 1e-6)
            return false;
    }
    return true;
}

static void place_next(struct disc *disc, size_t placed, double half_width, double gap)
{
    struct disc *next = &disc[placed], best = *next;
    double least = INFINITY;
    for (size_t i = 0; i < placed; i++) {
        double far = disc[i].radius + next->radius + gap + 1e-3;
        for (int way = 0; way < WAYS; way++) {
            double angle = PI / 2 + 2 * PI * way / WAYS;
            struct disc at = *next;
            at.x = disc[i].x + far * cos(angle);
            at.y = disc[i].y + far * sin(angle);
            double cost = hypot(at.x * SIDEWAYS_COST, at.y);
            if (cost >= least - 1e-6 || fabs(at.x) + at.radius > half_width ||
                !is_free(disc, placed, &at, gap))
                continue;
            least = cost;
            best = at;
        }
    }
    if (least == INFINITY) { /* straight below all others */
        for (size_t i = 0; i < placed; i++)
            best.y = fmax(best.y, disc[i].y + disc[i].radius + gap + next->radius);
        best.x = 0;
    }
    *next = best;
}

static bool has_names(const struct disc *disc, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (disc[i].is_named)
            return true;
    }
    return false;
}

/* Rows of circles, one above and one below the middle in turn; all below the first
 * where names lead to it from above. */
static void set_shelves(struct disc *disc, size_t count, double half_width, double gap)
{
    double up = 0, down = 0;
    bool grows_up = !has_names(disc, count);
    for (size_t first = 0, shelf = 0; first < count; shelf++) {
        double height = 2 * disc[first].radius, width = 0;
        size_t end = first;
        while (end < count &&
               (end == first || width + 2 * disc[end].radius <= 2 * half_width))
            width += 2 * disc[end++].radius + gap;
        bool above = shelf % 2 == 1 && grows_up;
        double middle = shelf == 0 ? 0
                        : above    ? up - gap - height / 2
                                   : down + gap + height / 2;
        double x = -(width - gap) / 2;
        for (size_t i = first; i < end; i++) {
            disc[i].x = x + disc[i].radius;
            disc[i].y = middle;
            x += 2 * disc[i].radius + gap;
        }
        up = fmin(up, middle - height / 2);
        down = fmax(down, middle + height / 2);
        first = end;
    }
}

struct disc_reach discs_pack(struct disc *disc, size_t count, double half_width,
                             double gap)
{
    struct disc_reach reach = {0, 0};
    qsort(disc, count, sizeof *disc, compare_discs);
    if (count > FEW)
        set_shelves(disc, count, half_width, gap);
    else if (count)
        disc[0].x = disc[0].y = 0;
    for (size_t i = 1; count <= FEW && i < count; i++)
        place_next(disc, i, half_width, gap);
    for (size_t i = 0; i < count; i++) {
        reach.up = fmax(reach.up, disc[i].radius - disc[i].y);
        reach.down = fmax(reach.down, disc[i].radius + disc[i].y);
    }
    return reach;
}

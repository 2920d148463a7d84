/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rings are cut into chains at junctions, long chains into pieces, and each piece is
 * simplified on its own. Where a chain begins and which way it runs depends on its
 * points alone, so that a border comes out the same from both sides. */
#include "map/simplify.h"

enum { PIECE = 512 };

/* A run of a ring's points, both ends included, in the direction of `step`. */
struct chain {
    const struct simplify *simplify;
    const struct ring *ring;
    size_t start, length; /* length: steps from end to end */
    bool is_backwards;
    uint32_t *is_kept; /* a flag for each point of the ring */
};

static size_t chain_index(const struct chain *chain, size_t i)
{
    size_t along = chain->is_backwards ? chain->length - i : i;
    return (chain->start + along) % chain->ring->count;
}

static struct degrees chain_point(const struct chain *chain, size_t i)
{
    return chain->simplify->boundaries
        ->point[chain->ring->first + chain_index(chain, i)];
}

static int compare_degrees(struct degrees a, struct degrees b)
{
    if (a.lon != b.lon)
        return a.lon < b.lon ? -1 : 1;
    return (a.lat > b.lat) - (a.lat < b.lat);
}

/* The same direction from whichever side it is met. */
static void choose_direction(struct chain *chain)
{
    int order =
        compare_degrees(chain_point(chain, 0), chain_point(chain, chain->length));
    if (!order)
        order = compare_degrees(chain_point(chain, 1),
                                chain_point(chain, chain->length - 1));
    chain->is_backwards = order > 0;
}

/* Squared distance from a segment. */
static double squared_distance(const struct chain *chain, size_t i, struct degrees a,
                               struct degrees b)
{
    double factor = chain->simplify->lon_factor;
    struct degrees p = chain_point(chain, i);
    double dx = (b.lon - a.lon) * factor, dy = b.lat - a.lat;
    double x = (p.lon - a.lon) * factor, y = p.lat - a.lat;
    double squared = dx * dx + dy * dy;
    double along = squared > 0 ? (x * dx + y * dy) / squared : 0;
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    x -= along * dx;
    y -= along * dy;
    return x * x + y * y;
}

static size_t farthest(const struct chain *chain, size_t from, size_t to,
                       double *largest)
{
    struct degrees a = chain_point(chain, from), b = chain_point(chain, to);
    size_t best = from;
    *largest = 0;
    for (size_t i = from + 1; i < to; i++) {
        double away = squared_distance(chain, i, a, b);
        if (away > *largest) {
            *largest = away;
            best = i;
        }
    }
    return best;
}

/* A piece has at most PIECE points, so that neither stack nor time can run away. */
static void simplify_piece(const struct chain *chain, size_t from, size_t to)
{
    struct {
        size_t from, to;
    } open[PIECE + 1];
    size_t count = 0;
    double limit = chain->simplify->tolerance * chain->simplify->tolerance, largest;
    chain->is_kept[chain_index(chain, from)] = 1;
    chain->is_kept[chain_index(chain, to)] = 1;
    open[count].from = from;
    open[count++].to = to;
    while (count) {
        size_t first = open[--count].from, last = open[count].to;
        size_t middle = farthest(chain, first, last, &largest);
        if (largest <= limit)
            continue;
        chain->is_kept[chain_index(chain, middle)] = 1;
        open[count].from = first;
        open[count++].to = middle;
        open[count].from = middle;
        open[count++].to = last;
    }
}

static void simplify_chain(struct chain *chain)
{
    choose_direction(chain);
    for (size_t from = 0; from < chain->length; from += PIECE) {
        size_t to = from + PIECE < chain->length ? from + PIECE : chain->length;
        simplify_piece(chain, from, to);
    }
}

static bool is_junction(const struct simplify *simplify, const struct ring *ring,
                        size_t i)
{
    size_t at = ring->first + i;
    return simplify->boundaries->junction[at / 64] >> (at % 64) & 1;
}

/* A ring without junctions begins at its first point from the west. */
static size_t first_corner(const struct simplify *simplify, const struct ring *ring)
{
    const struct degrees *point = simplify->boundaries->point + ring->first;
    size_t first = 0;
    for (size_t i = 0; i < ring->count; i++) {
        if (is_junction(simplify, ring, i))
            return i;
        if (compare_degrees(point[i], point[first]) < 0)
            first = i;
    }
    return first;
}

/* A ring too small for the tolerance stays as three of its points. */
static size_t coarse_ring(const struct ring *ring, uint32_t *kept)
{
    for (uint32_t i = 0; i < 3; i++)
        kept[i] = (uint32_t)(i * ring->count / 3);
    return 3;
}

size_t simplify_ring(const struct simplify *simplify, const struct ring *ring,
                     uint32_t *kept)
{
    size_t first = first_corner(simplify, ring), count = 0;
    for (size_t i = 0; i < ring->count; i++)
        kept[i] = 0;
    for (size_t from = 0; from < ring->count;) {
        size_t to = from + 1;
        while (to < ring->count &&
               !is_junction(simplify, ring, (first + to) % ring->count))
            to++;
        struct chain chain = {.simplify = simplify,
                              .ring = ring,
                              .start = (first + from) % ring->count,
                              .length = to - from,
                              .is_kept = kept};
        simplify_chain(&chain);
        from = to;
    }
    for (size_t i = 0; i < ring->count; i++) {
        if (kept[i])
            kept[count++] = (uint32_t)i;
    }
    return count >= 3 ? count : coarse_ring(ring, kept);
}

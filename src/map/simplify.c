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
    size_t at = chain->start + (chain->is_backwards ? chain->length - i : i);
    while (at >= chain->ring->count)
        at -= chain->ring->count;
    return at;
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

/* The point between from and to that is farthest from the segment between them. */
static size_t farthest(const struct degrees *point, double factor, size_t from,
                       size_t to, double *largest)
{
    struct degrees a = point[from], b = point[to];
    double dx = (b.lon - a.lon) * factor, dy = b.lat - a.lat;
    double squared = dx * dx + dy * dy, most = 0;
    size_t best = from;
    for (size_t i = from + 1; i < to; i++) {
        double x = (point[i].lon - a.lon) * factor, y = point[i].lat - a.lat;
        double along = squared > 0 ? (x * dx + y * dy) / squared : 0;
        along = along < 0 ? 0 : along > 1 ? 1 : along;
        x -= along * dx;
        y -= along * dy;
        double away = x * x + y * y;
        if (away > most) {
            most = away;
            best = i;
        }
    }
    *largest = most;
    return best;
}

/* A piece has at most PIECE points, so that neither stack nor time can run away. */
static void simplify_piece(const struct chain *chain, size_t from, size_t length)
{
    struct {
        size_t from, to;
    } open[PIECE + 1];
    struct degrees point[PIECE + 1];
    bool is_kept[PIECE + 1] = {[0] = true};
    size_t count = 0;
    double limit = chain->simplify->tolerance * chain->simplify->tolerance, largest;
    for (size_t i = 0; i <= length; i++)
        point[i] = chain_point(chain, from + i);
    is_kept[length] = true;
    open[count].from = 0;
    open[count++].to = length;
    while (count) {
        size_t first = open[--count].from, last = open[count].to;
        size_t middle =
            farthest(point, chain->simplify->lon_factor, first, last, &largest);
        if (largest <= limit)
            continue;
        is_kept[middle] = true;
        open[count].from = first;
        open[count++].to = middle;
        open[count].from = middle;
        open[count++].to = last;
    }
    for (size_t i = 0; i <= length; i++) {
        if (is_kept[i])
            chain->is_kept[chain_index(chain, from + i)] = 1;
    }
}

static void simplify_chain(struct chain *chain)
{
    choose_direction(chain);
    for (size_t from = 0; from < chain->length; from += PIECE) {
        size_t left = chain->length - from;
        simplify_piece(chain, from, left < PIECE ? left : PIECE);
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

/* Round the ring, once at most. */
static size_t turned(size_t i, size_t count)
{
    return i < count ? i : i - count;
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
               !is_junction(simplify, ring, turned(first + to, ring->count)))
            to++;
        struct chain chain = {.simplify = simplify,
                              .ring = ring,
                              .start = turned(first + from, ring->count),
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

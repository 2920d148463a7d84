/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes samples/districts.geojson, the sample briefs' base map, from a large file of
 * districts: districts FILE > samples/districts.geojson. Borders are as coarse as a map
 * of a hand's width needs, the same from both sides; shapes with one name are one
 * feature. */
#include "map/simplify.h"

#include <math.h>
#include <stdio.h>

static const double TOLERANCE = 0.012; /* degrees: half a point on a page */

struct writing {
    const struct boundaries *boundaries;
    struct simplify simplify;
    uint32_t *kept;
};

static void write_string(const char *key, struct slice text)
{
    printf("\"%s\":\"", key);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            putchar('\\');
        putchar(text.data[i]);
    }
    putchar('"');
}

static void write_ring(const struct writing *writing, const struct ring *ring)
{
    const size_t count = simplify_ring(&writing->simplify, ring, writing->kept);
    putchar('[');
    for (size_t i = 0; i <= count; i++) {
        const struct degrees at =
            writing->boundaries->point[ring->first + writing->kept[i % count]];
        printf("%s[%.3f,%.3f]", i ? "," : "", at.lon, at.lat);
    }
    putchar(']');
}

/* A polygon a ring: none of the file's has holes. */
static void write_rings(const struct writing *writing, const struct unit *unit,
                        const char *between)
{
    for (size_t i = 0; i < unit->ring_count; i++) {
        printf("%s[", i ? "," : between);
        write_ring(writing, &writing->boundaries->ring[unit->first_ring + i]);
        putchar(']');
    }
}

static void write_properties(const struct boundaries *boundaries,
                             const struct unit *unit)
{
    write_string("name", unit->name);
    putchar(',');
    write_string("province", unit->parent);
    putchar(',');
    write_string("name_ur", unit_property(boundaries, unit, slice_of("name_ur")));
}

static bool is_first_of_name(const struct boundaries *boundaries, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (slice_equal(boundaries->unit[i].name, boundaries->unit[index].name))
            return false;
    }
    return true;
}

static void write_feature(const struct writing *writing, size_t index)
{
    const struct boundaries *boundaries = writing->boundaries;
    const struct unit *unit = &boundaries->unit[index];
    printf("{\"type\":\"Feature\",\"properties\":{");
    write_properties(boundaries, unit);
    printf("},\n\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[");
    write_rings(writing, unit, "");
    for (size_t i = index + 1; i < boundaries->unit_count; i++) {
        if (slice_equal(boundaries->unit[i].name, unit->name))
            write_rings(writing, &boundaries->unit[i], ",");
    }
    printf("]}}");
}

static void write_collection(const struct writing *writing)
{
    bool is_first = true;
    printf("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for (size_t i = 0; i < writing->boundaries->unit_count; i++) {
        if (!is_first_of_name(writing->boundaries, i))
            continue;
        printf("%s", is_first ? "" : ",\n");
        write_feature(writing, i);
        is_first = false;
    }
    printf("\n]}\n");
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct boundaries *boundaries;
    const struct boundary_source source = {.file = argc > 1 ? argv[1] : ""};
    if (!boundaries_open(source, arena, &boundaries, diags)) {
        fprintf(stderr, "districts: can't read \"%s\"\n", source.file);
        return 1;
    }
    const struct extent extent = boundaries->extent;
    const double middle = (extent.south + extent.north) / 2;
    const struct writing writing = {
        .boundaries = boundaries,
        .simplify = {boundaries, TOLERANCE, cos(middle * 3.14159265358979 / 180)},
        .kept = ARENA_ARRAY(arena, uint32_t, boundaries->point_count)};
    write_collection(&writing);
    arena_free(arena);
    return 0;
}

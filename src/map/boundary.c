/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which format the bytes are, and what can be asked of boundaries once they are
 * read. */
#include "map/boundary_finish.h"

#include "base/file.h"

#include <math.h>
#include <string.h>

const struct extent extent_nothing = {INFINITY, INFINITY, -INFINITY, -INFINITY};

bool extent_is_empty(struct extent extent)
{
    return !(extent.west <= extent.east);
}

bool extent_holds(struct extent extent, struct degrees at)
{
    return at.lon >= extent.west && at.lon <= extent.east && at.lat >= extent.south &&
           at.lat <= extent.north;
}

void extent_join(struct extent *extent, struct extent other)
{
    extent->west = fmin(extent->west, other.west);
    extent->east = fmax(extent->east, other.east);
    extent->south = fmin(extent->south, other.south);
    extent->north = fmax(extent->north, other.north);
}

/* -- Points in polygons ---------------------------------------------------------------- */

static bool edge_crosses(struct degrees a, struct degrees b, struct degrees at)
{
    return (a.lat > at.lat) != (b.lat > at.lat) &&
           at.lon < (b.lon - a.lon) * (at.lat - a.lat) / (b.lat - a.lat) + a.lon;
}

/* Whether a line from the point to the east crosses the ring an odd number of times.
 * Most of a ring's runs lie wholly north or south of it. */
static bool ring_crosses_oddly(const struct boundaries *boundaries,
                               const struct ring *ring, struct degrees at)
{
    const struct degrees *point = boundaries->point;
    size_t end = ring->first + ring->count;
    bool is_odd = edge_crosses(point[ring->first], point[end - 1], at);
    for (size_t i = ring->first + 1, next; i < end; i = next) {
        const struct latitudes *run = &boundaries->run[i / BOUNDARY_RUN];
        next = (i / BOUNDARY_RUN + 1) * BOUNDARY_RUN;
        next = next < end ? next : end;
        if (at.lat < run->south || at.lat >= run->north)
            continue;
        for (; i < next; i++)
            is_odd ^= edge_crosses(point[i], point[i - 1], at);
    }
    return is_odd;
}

/* A whole turn nearer to the extent, if it lies outside. */
static struct degrees turned_into(struct extent extent, struct degrees at)
{
    if (at.lon < extent.west && at.lon + 360 <= extent.east)
        at.lon += 360;
    else if (at.lon > extent.east && at.lon - 360 >= extent.west)
        at.lon -= 360;
    return at;
}

struct degrees boundaries_place(const struct boundaries *boundaries, struct degrees at)
{
    return turned_into(boundaries->extent, at);
}

bool unit_holds(const struct boundaries *boundaries, const struct unit *unit,
                struct degrees at)
{
    at = turned_into(unit->extent, at);
    if (!extent_holds(unit->extent, at))
        return false;
    bool is_inside = false;
    for (size_t i = 0; i < unit->ring_count; i++) {
        const struct ring *ring = &boundaries->ring[unit->first_ring + i];
        if (extent_holds(ring->extent, at) && ring_crosses_oddly(boundaries, ring, at))
            is_inside = !is_inside;
    }
    return is_inside;
}

size_t boundaries_at(const struct boundaries *boundaries, struct degrees at)
{
    size_t ended = SIZE_MAX;
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        if ((unit->has_ended && ended != SIZE_MAX) || !unit_holds(boundaries, unit, at))
            continue;
        if (!unit->has_ended)
            return i;
        ended = i;
    }
    return ended;
}

/* Field names are written in any case: ADM2_EN, adm2_en. */
bool same_key(struct slice a, struct slice b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        char x = a.data[i], y = b.data[i];
        x = (char)(x >= 'A' && x <= 'Z' ? x + 32 : x);
        y = (char)(y >= 'A' && y <= 'Z' ? y + 32 : y);
        if (x != y)
            return false;
    }
    return true;
}

struct slice unit_property(const struct boundaries *boundaries, const struct unit *unit,
                           struct slice key)
{
    for (size_t i = 0; i < unit->property_count; i++) {
        const struct property *property =
            &boundaries->property[unit->first_property + i];
        if (same_key(property->key, key))
            return property->value;
    }
    return (struct slice){0};
}

/* -- Reading ------------------------------------------------------------------------------ */

static const char SHAPEFILE_MARK[] = {0, 0, 0x27, 0x0A};

static bool is_shapefile(struct slice bytes)
{
    return bytes.size >= 4 && memcmp(bytes.data, SHAPEFILE_MARK, 4) == 0;
}

static bool looks_like_json(struct slice bytes)
{
    if (slice_starts_with(bytes, "\xEF\xBB\xBF"))
        bytes = slice_from(bytes, 3);
    return slice_starts_with(
        slice_trim((struct slice){bytes.data, bytes.size < 64 ? bytes.size : 64}), "{");
}

static bool read_units(struct builder *builder)
{
    const struct boundary_source *source = builder->source;
    if (is_shapefile(source->bytes))
        return shapefile_read(builder);
    if (looks_like_json(source->bytes))
        return json_read(builder);
    builder_fail(builder, SIZE_MAX, "F302",
                 "expected GeoJSON, TopoJSON or a shapefile (.shp), found %s",
                 source->bytes.size ? "something else" : "an empty file");
    return false;
}

bool boundaries_parse(const struct boundary_source *source, struct arena *arena,
                      struct boundaries **out, struct diags *diags)
{
    struct boundaries *boundaries = ARENA_NEW(arena, struct boundaries);
    struct builder builder = {
        .source = source, .arena = arena, .diags = diags, .out = boundaries};
    boundaries->file = source->file;
    *out = boundaries;
    return read_units(&builder) && boundary_finish(&builder);
}

/* -- Files --------------------------------------------------------------------------------- */

/* The bytes of a file beside the boundaries, by another ending; empty without one. */
static struct slice read_beside(const char *path, const char *const ending[2],
                                struct arena *arena)
{
    const char *dot = strrchr(path, '.');
    size_t stem = dot ? (size_t)(dot - path) : strlen(path);
    for (int i = 0; i < 2; i++) {
        const char *other = arena_print(arena, "%.*s%s", (int)stem, path, ending[i]);
        struct diags *unheard = diags_new(arena);
        struct file file;
        if (!file_exists(other) || !file_open(&file, other, unheard))
            continue;
        struct slice bytes = slice_copy(arena, file.bytes);
        file_close(&file);
        return bytes;
    }
    return (struct slice){0};
}

static bool cannot_open(const struct boundary_source *source, const struct diags *why,
                        struct diags *diags)
{
    const struct diag *told = diags_total(why) ? diags_at(why, 0) : NULL;
    struct place at = source->at.file ? source->at : (struct place){source->file, 0, 0};
    struct diag *diag = diags_error(diags, at, "F301",
                                    "can't open the boundaries \"%s\"", source->file);
    if (source->width > 1)
        diag->width = source->width;
    diag_hint(diags, diag, "%s",
              told && told->hint
                  ? told->hint
                  : "boundaries come from the publisher: GeoJSON, TopoJSON or a "
                    "shapefile. Without the key \"boundaries\" a map prints the "
                    "ranking instead");
    return false;
}

bool boundaries_open(struct boundary_source source, struct arena *arena,
                     struct boundaries **out, struct diags *diags)
{
    static const char *const attributes[2] = {".dbf", ".DBF"};
    static const char *const encoding[2] = {".cpg", ".CPG"};
    struct diags *why = diags_new(arena);
    struct file file;
    if (!file_open(&file, source.file, why))
        return cannot_open(&source, why, diags);
    source.bytes = file.bytes;
    if (is_shapefile(file.bytes)) {
        source.attributes = read_beside(source.file, attributes, arena);
        source.encoding = read_beside(source.file, encoding, arena);
    }
    bool ok = boundaries_parse(&source, arena, out, diags);
    file_close(&file);
    return ok;
}

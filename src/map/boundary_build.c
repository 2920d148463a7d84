/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Units, rings and points as the readers find them. Rings are turned the way they
 * ought to run as soon as they are closed. */
#include "map/boundary_build.h"

#include <math.h>
#include <stdarg.h>

/* The place of a byte in a text; binary files have none. */
static struct place place_of(const struct builder *builder, size_t offset)
{
    struct place place = {builder->source->file, 0, 0};
    struct slice bytes = builder->source->bytes;
    if (offset > bytes.size)
        return builder->source->at.file ? builder->source->at : place;
    size_t line_start = 0;
    place.line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (bytes.data[i] != '\n')
            continue;
        place.line++;
        line_start = i + 1;
    }
    place.column = 1 + (int)utf8_length((struct slice){bytes.data + line_start,
                                                       offset - line_start});
    return place;
}

void builder_fail(struct builder *builder, size_t offset, const char *code,
                  const char *format, ...)
{
    if (builder->has_failed)
        return;
    builder->has_failed = true;
    va_list arguments;
    va_start(arguments, format);
    const char *trouble = arena_vprint(builder->arena, format, arguments);
    va_end(arguments);
    struct place at = place_of(builder, offset);
    struct diag *diag =
        diags_error(builder->diags, at, code, "the boundaries \"%s\" can't be used: %s",
                    builder->source->file, trouble);
    if (at.file == builder->source->at.file && builder->source->width > 1)
        diag->width = builder->source->width;
}

bool builder_open_unit(struct builder *builder)
{
    struct boundaries *out = builder->out;
    if (out->unit_count == BOUNDARY_UNITS) {
        builder_fail(builder, SIZE_MAX, "F305", "more than %d units", BOUNDARY_UNITS);
        return false;
    }
    *ARENA_APPEND(builder->arena, out->unit, out->unit_count, builder->unit_capacity) =
        (struct unit){.first_ring = out->ring_count,
                      .first_property = out->property_count,
                      .extent = extent_nothing};
    return true;
}

bool builder_property(struct builder *builder, struct slice key, struct slice value)
{
    struct boundaries *out = builder->out;
    value = slice_trim(value);
    if (!value.size || !out->unit_count)
        return true;
    if (out->property_count == BOUNDARY_PROPERTIES) {
        builder_fail(builder, SIZE_MAX, "F305", "more than %d properties",
                     BOUNDARY_PROPERTIES);
        return false;
    }
    *ARENA_APPEND(builder->arena, out->property, out->property_count,
                  builder->property_capacity) = (struct property){key, value};
    out->unit[out->unit_count - 1].property_count++;
    return true;
}

static bool same_place(struct degrees a, struct degrees b)
{
    return a.lon == b.lon && a.lat == b.lat;
}

/* A little more than the globe: rounding takes some files over its edge. */
static const double SLACK = 1e-6;

static bool no_degrees(struct builder *builder, double lon, double lat, size_t offset)
{
    builder_fail(builder, offset, "F306",
                 "the coordinates %.10g %.10g are no degrees; save it in WGS 84 "
                 "(EPSG:4326)",
                 lon, lat);
    return false;
}

static bool too_many_points(struct builder *builder, size_t offset)
{
    builder_fail(builder, offset, "F305", "more than %d points", BOUNDARY_POINTS);
    return false;
}

static double within(double value, double limit)
{
    return value > limit ? limit : value < -limit ? -limit : value;
}

/* Onto the globe, if it is beyond its edge by a rounding. */
static bool clamp_place(struct degrees *at)
{
    if (!(fabs(at->lon) <= 180 + SLACK && fabs(at->lat) <= 90 + SLACK))
        return false;
    *at = (struct degrees){within(at->lon, 180), within(at->lat, 90)};
    return true;
}

bool builder_point(struct builder *builder, double lon, double lat, size_t offset)
{
    struct boundaries *out = builder->out;
    struct degrees at = {lon, lat};
    bool is_on_globe = fabs(lon) <= 180 && fabs(lat) <= 90;
    if (!is_on_globe && !clamp_place(&at))
        return no_degrees(builder, lon, lat, offset);
    if (out->point_count > builder->ring_start &&
        same_place(out->point[out->point_count - 1], at))
        return true;
    if (out->point_count == BOUNDARY_POINTS)
        return too_many_points(builder, offset);
    if (out->point_count < builder->point_capacity)
        out->point[out->point_count++] = at;
    else
        *ARENA_APPEND(builder->arena, out->point, out->point_count,
                      builder->point_capacity) = at;
    return true;
}

bool builder_positions(struct builder *builder, const struct json_position *position,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!builder_point(builder, position[i].number[0], position[i].number[1],
                           position[i].offset))
            return false;
    }
    return true;
}

void builder_expect_points(struct builder *builder, size_t bytes)
{
    enum { BYTES_A_POINT = 16 };
    struct boundaries *out = builder->out;
    size_t most = bytes / BYTES_A_POINT;
    most = most < BOUNDARY_POINTS ? most : BOUNDARY_POINTS;
    if (most <= builder->point_capacity || out->point_count)
        return;
    out->point = ARENA_ARRAY(builder->arena, struct degrees, most);
    builder->point_capacity = most;
}

static double signed_area(const struct degrees *point, size_t count)
{
    double sum = 0;
    for (size_t i = 0, j = count - 1; i < count; j = i++)
        sum += (point[j].lon - point[0].lon) * (point[i].lat - point[0].lat) -
               (point[i].lon - point[0].lon) * (point[j].lat - point[0].lat);
    return sum / 2;
}

static void reverse(struct degrees *point, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct degrees kept = point[i];
        point[i] = point[count - 1 - i];
        point[count - 1 - i] = kept;
    }
}

static struct extent extent_of(const struct degrees *point, size_t count)
{
    struct extent extent = extent_nothing;
    for (size_t i = 0; i < count; i++) {
        extent.west = point[i].lon < extent.west ? point[i].lon : extent.west;
        extent.east = point[i].lon > extent.east ? point[i].lon : extent.east;
        extent.south = point[i].lat < extent.south ? point[i].lat : extent.south;
        extent.north = point[i].lat > extent.north ? point[i].lat : extent.north;
    }
    return extent;
}

/* A step of more than half the globe is one over the date line: from there on the ring
 * goes beyond 180 degrees. Returns how far its end is from its beginning: 0, or 360
 * either way for a ring round a pole. */
static double unroll(struct degrees *point, size_t count)
{
    double turn = 0, before = point[0].lon;
    for (size_t i = 0; i <= count; i++) {
        double lon = point[i < count ? i : 0].lon;
        if (lon - before > 180)
            turn -= 360;
        else if (before - lon > 180)
            turn += 360;
        before = lon;
        if (i < count)
            point[i].lon += turn;
    }
    return turn;
}

/* A ring round a pole is closed by way of the pole. */
static bool close_round_pole(struct builder *builder, double turn)
{
    struct boundaries *out = builder->out;
    struct degrees start = out->point[builder->ring_start];
    double pole = start.lat < 0 ? -90 : 90;
    const struct degrees corner[] = {
        {start.lon + turn, start.lat}, {start.lon + turn, pole}, {start.lon, pole}};
    for (size_t i = 0; i < sizeof corner / sizeof *corner; i++) {
        if (out->point_count == BOUNDARY_POINTS)
            return false;
        *ARENA_APPEND(builder->arena, out->point, out->point_count,
                      builder->point_capacity) = corner[i];
    }
    return true;
}

void builder_close_ring(struct builder *builder, bool is_hole)
{
    struct boundaries *out = builder->out;
    size_t first = builder->ring_start, count = out->point_count - first;
    if (!count)
        return;
    struct extent extent = extent_of(out->point + first, count);
    if (extent.east - extent.west > 180) {
        double turn = unroll(out->point + first, count);
        if (turn != 0 && close_round_pole(builder, turn))
            count = out->point_count - first;
        extent = extent_of(out->point + first, count);
    }
    struct degrees *point = out->point + first;
    while (count > 1 && same_place(point[0], point[count - 1]))
        count--;
    out->point_count = first + count;
    if (count < 3 || !out->unit_count) {
        out->point_count = first;
        return;
    }
    if (signed_area(point, count) < 0 ? !is_hole : is_hole)
        reverse(point, count);
    struct ring ring = {first, count, is_hole, extent};
    *ARENA_APPEND(builder->arena, out->ring, out->ring_count, builder->ring_capacity) =
        ring;
    builder->ring_start = out->point_count;
    struct unit *unit = &out->unit[out->unit_count - 1];
    unit->ring_count++;
    extent_join(&unit->extent, ring.extent);
}

void builder_drop_rings(struct builder *builder, size_t ring_count)
{
    struct boundaries *out = builder->out;
    out->point_count = builder->ring_start;
    if (ring_count >= out->ring_count || !out->unit_count)
        return;
    struct unit *unit = &out->unit[out->unit_count - 1];
    unit->ring_count -= out->ring_count - ring_count;
    out->point_count = builder->ring_start = out->ring[ring_count].first;
    out->ring_count = ring_count;
    unit->extent = extent_nothing;
    for (size_t i = 0; i < unit->ring_count; i++)
        extent_join(&unit->extent, out->ring[unit->first_ring + i].extent);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ESRI shapefiles (ESRI 1998): polygons in the .shp, names in the .dbf, a record each
 * in the same order. Read from the bytes: shapelib reads from files alone and prints
 * its own messages; the tests compare the two. */
#include "map/boundary_build.h"
#include "data/encoding.h"

#include <string.h>

enum { HEADER = 100, POLYGON = 5, POLYGON_Z = 15, POLYGON_M = 25, FIELDS = 255 };

static uint32_t big_endian(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 |
           byte[3];
}

static uint32_t little_endian(const char *at, int size)
{
    const unsigned char *byte = (const unsigned char *)at;
    uint32_t number = 0;
    for (int i = size; i-- > 0;)
        number = number << 8 | byte[i];
    return number;
}

static double real_at(const char *at)
{
    uint64_t bits = little_endian(at, 4) | (uint64_t)little_endian(at + 4, 4) << 32;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* -- Shapes ------------------------------------------------------------------------- */

struct shape { /* a record's parts, checked to lie inside of it */
    const char *parts, *points;
    size_t part_count, point_count;
    size_t offset; /* in the file */
};

static bool part_bounds(const struct shape *shape, size_t part, size_t *first,
                        size_t *end)
{
    *first = little_endian(shape->parts + part * 4, 4);
    *end = part + 1 < shape->part_count
               ? little_endian(shape->parts + (part + 1) * 4, 4)
               : shape->point_count;
    return *first <= *end && *end <= shape->point_count;
}

static double part_area(const struct shape *shape, size_t first, size_t end)
{
    double sum = 0;
    for (size_t i = first; i + 1 < end; i++) {
        const char *a = shape->points + i * 16, *b = a + 16;
        sum += real_at(a) * real_at(b + 8) - real_at(b) * real_at(a + 8);
    }
    return sum;
}

/* Outer rings run clockwise, holes the other way. A record all of whose rings run one
 * way has no holes, whichever way that is. */
static bool has_outer_rings(const struct shape *shape)
{
    size_t first, end;
    for (size_t i = 0; i < shape->part_count; i++) {
        if (part_bounds(shape, i, &first, &end) && part_area(shape, first, end) < 0)
            return true;
    }
    return false;
}

static bool add_shape(struct builder *builder, const struct shape *shape)
{
    bool has_outer = has_outer_rings(shape);
    for (size_t i = 0; i < shape->part_count; i++) {
        size_t first, end;
        if (!part_bounds(shape, i, &first, &end)) {
            builder_fail(builder, SIZE_MAX, "F304",
                         "the record at byte %zu has a part outside of it",
                         shape->offset);
            return false;
        }
        for (size_t j = first; j < end; j++) {
            const char *at = shape->points + j * 16;
            if (!builder_point(builder, real_at(at), real_at(at + 8), SIZE_MAX))
                return false;
        }
        builder_close_ring(builder, has_outer && part_area(shape, first, end) > 0);
    }
    return true;
}

/* A record's content: type, box, counts, parts, points; what a Z or M type has behind
 * its points isn't needed. */
static bool read_shape(struct builder *builder, const char *content, size_t size,
                       size_t offset)
{
    uint32_t type = size >= 4 ? little_endian(content, 4) : 0;
    if (type != POLYGON && type != POLYGON_Z && type != POLYGON_M)
        return true; /* an empty record, or no area */
    if (size >= 44) {
        struct shape shape = {.parts = content + 44,
                              .part_count = little_endian(content + 36, 4),
                              .point_count = little_endian(content + 40, 4),
                              .offset = offset};
        size_t room = size - 44;
        if (shape.part_count <= room / 4 &&
            shape.point_count <= (room - shape.part_count * 4) / 16) {
            shape.points = shape.parts + shape.part_count * 4;
            return add_shape(builder, &shape);
        }
    }
    builder_fail(builder, SIZE_MAX, "F304",
                 "the record at byte %zu is shorter than its points need", offset);
    return false;
}

/* -- Attributes ----------------------------------------------------------------------- */

struct field {
    struct slice name;
    size_t offset, size;
};

struct attributes {
    const char *record;
    size_t record_size, record_count;
    size_t field_count;
    struct field field[FIELDS];
    const char *encoding; /* of texts that aren't UTF-8 */
};

static const char *declared_encoding(struct builder *builder)
{
    struct slice name = slice_trim(builder->source->encoding);
    double number;
    if (!name.size || name.size > 32)
        return "windows-1252";
    if (number_parse(name, &number)) /* "1252" */
        return arena_print(builder->arena, "windows-%.*s", SLICE_PRINT(name));
    return slice_c_string(builder->arena, name);
}

static bool read_attribute_header(struct builder *builder, struct attributes *out)
{
    struct slice bytes = builder->source->attributes;
    *out = (struct attributes){0};
    if (!bytes.size)
        return true;
    size_t head = bytes.size >= 32 ? little_endian(bytes.data + 8, 2) : 0;
    out->record_size = head ? little_endian(bytes.data + 10, 2) : 0;
    if (head < 33 || head > bytes.size || out->record_size < 1) {
        builder_fail(builder, SIZE_MAX, "F304",
                     "the table of names beside it (.dbf) is broken");
        return false;
    }
    size_t inside = 1; /* behind the mark of deleted records */
    for (size_t at = 32;
         at + 32 <= head && bytes.data[at] != '\r' && out->field_count < FIELDS;
         at += 32) {
        const char *name = bytes.data + at;
        size_t size = little_endian(name + 16, 1);
        if (inside + size > out->record_size)
            break;
        out->field[out->field_count++] = (struct field){
            slice_copy(builder->arena, (struct slice){name, strnlen(name, 11)}), inside,
            size};
        inside += size;
    }
    size_t fits = (bytes.size - head) / out->record_size;
    size_t declared = little_endian(bytes.data + 4, 4);
    out->record = bytes.data + head;
    out->record_count = declared < fits ? declared : fits;
    out->encoding = declared_encoding(builder);
    return true;
}

/* Valid UTF-8 is taken for it; else the declared encoding, in silence where that
 * doesn't fit either. */
static struct slice decoded(struct builder *builder,
                            const struct attributes *attributes, struct slice raw)
{
    size_t bad;
    struct slice out;
    if (utf8_is_valid(raw, &bad))
        return slice_copy(builder->arena, raw);
    struct arena *arena = arena_new();
    bool ok = encoding_read(raw, attributes->encoding, builder->source->file, NULL,
                            builder->arena, &out, diags_new(arena)) &&
              utf8_is_valid(out, &bad);
    arena_free(arena);
    if (ok)
        return slice_copy(builder->arena, out);
    struct text valid = {.arena = builder->arena};
    for (size_t at = 0; at < raw.size;)
        text_append_rune(&valid, utf8_next(raw, &at));
    return text_slice(&valid);
}

static bool add_attributes(struct builder *builder, const struct attributes *attributes,
                           size_t index)
{
    if (index >= attributes->record_count)
        return true;
    const char *record = attributes->record + index * attributes->record_size;
    for (size_t i = 0; i < attributes->field_count; i++) {
        const struct field *field = &attributes->field[i];
        const char *cell = record + field->offset;
        struct slice raw = slice_trim((struct slice){cell, strnlen(cell, field->size)});
        if (raw.size &&
            !builder_property(builder, field->name, decoded(builder, attributes, raw)))
            return false;
    }
    return true;
}

bool shapefile_read(struct builder *builder)
{
    struct slice bytes = builder->source->bytes;
    struct attributes *attributes = ARENA_NEW(builder->arena, struct attributes);
    if (!read_attribute_header(builder, attributes))
        return false;
    size_t at = HEADER;
    for (size_t index = 0; at + 8 <= bytes.size; index++) {
        size_t size = (size_t)big_endian(bytes.data + at + 4) * 2;
        if (size > bytes.size - at - 8) {
            builder_fail(builder, SIZE_MAX, "F304",
                         "the record at byte %zu runs beyond the end", at);
            return false;
        }
        if (!builder_open_unit(builder) ||
            !add_attributes(builder, attributes, index) ||
            !read_shape(builder, bytes.data + at + 8, size, at))
            return false;
        at += 8 + size;
    }
    return true;
}

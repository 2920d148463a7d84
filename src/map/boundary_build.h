/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside of boundaries: what the three readers fill. A reader opens a unit, adds its
 * properties and rings in any order, and closes it; boundary.c then chooses names and
 * finds what belongs together. The first trouble ends it: every call answers whether
 * to go on. */
#ifndef SITREP_MAP_BOUNDARY_BUILD_H
#define SITREP_MAP_BOUNDARY_BUILD_H

#include "map/boundary.h"
#include "map/json_tokens.h"

struct builder {
    const struct boundary_source *source;
    struct arena *arena;
    struct diags *diags;
    bool has_failed;
    struct boundaries *out;
    size_t unit_capacity, ring_capacity, point_capacity, property_capacity;
    size_t ring_start; /* of the ring being built, in points */
};

/* F304 and others: the message names the file; offset is in the file, or SIZE_MAX. */
void builder_fail(struct builder *builder, size_t offset, const char *code,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));

bool builder_open_unit(struct builder *builder);
/* key and value lie in the builder's arena. Several values: more calls of one key. */
bool builder_property(struct builder *builder, struct slice key, struct slice value);
bool builder_point(struct builder *builder, double lon, double lat, size_t offset);
bool builder_positions(struct builder *builder, const struct json_position *position,
                       size_t count);
/* Room for points of a file of this size, so that they needn't move while it is read.
 * What isn't used of it costs nothing. */
void builder_expect_points(struct builder *builder, size_t bytes);
/* What was added since the last ring becomes one; less than three points, nothing. */
void builder_close_ring(struct builder *builder, bool is_hole);
/* Takes rings back: of a geometry that turned out to be a line. */
void builder_drop_rings(struct builder *builder, size_t ring_count);

bool json_read(struct builder *builder); /* either kind of JSON */
bool topojson_read(struct builder *builder, const struct json_tokens *objects,
                   const struct json_tokens *arcs, const struct json_tokens *transform);
bool shapefile_read(struct builder *builder);

/* The properties of a feature: an object whose first token was read. */
bool json_read_properties(struct builder *builder, struct json_tokens *tokens,
                          enum json_token first);
/* A feature's id: a text or a number. */
bool json_read_id(struct builder *builder, struct json_tokens *tokens);
/* Says why the tokens ended; false. */
bool json_trouble(struct builder *builder, const struct json_tokens *tokens);

#endif

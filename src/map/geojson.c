/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GeoJSON (RFC 7946): features are read as they come, whatever the order of their
 * keys: a geometry's type may stand behind its coordinates. Both kinds of JSON begin
 * here. */
#include "map/boundary_build.h"

/* -- What TopoJSON shares ------------------------------------------------------------ */

bool json_trouble(struct builder *builder, const struct json_tokens *tokens)
{
    if (!builder->has_failed)
        builder_fail(builder, tokens->trouble_at, "F303", "%s",
                     tokens->trouble ? tokens->trouble : "the file ends too early");
    return false;
}

static bool is_scalar(enum json_token token)
{
    return token == TOKEN_TEXT || token == TOKEN_NUMBER || token == TOKEN_TRUE ||
           token == TOKEN_FALSE;
}

static bool add_value(struct builder *builder, struct json_tokens *tokens,
                      struct slice key, enum json_token token)
{
    struct slice value = token == TOKEN_TRUE    ? SLICE_LITERAL("1")
                         : token == TOKEN_FALSE ? SLICE_LITERAL("0")
                                                : tokens_text(tokens, builder->arena);
    return builder_property(builder, key, value);
}

/* One property: a scalar, or a list of scalars. What lies deeper is passed over. */
static bool read_property(struct builder *builder, struct json_tokens *tokens)
{
    struct slice key = tokens_text(tokens, builder->arena);
    enum json_token token = tokens_next(tokens);
    if (is_scalar(token))
        return add_value(builder, tokens, key, token);
    if (token != TOKEN_ARRAY)
        return tokens_skip(tokens, token);
    while ((token = tokens_next(tokens)) != TOKEN_ARRAY_END) {
        if (is_scalar(token) ? !add_value(builder, tokens, key, token)
                             : !tokens_skip(tokens, token))
            return false;
    }
    return true;
}

bool json_read_properties(struct builder *builder, struct json_tokens *tokens,
                          enum json_token first)
{
    if (first != TOKEN_OBJECT)
        return tokens_skip(tokens, first);
    enum json_token token;
    while ((token = tokens_next(tokens)) == TOKEN_KEY) {
        if (!read_property(builder, tokens))
            return false;
    }
    return token == TOKEN_OBJECT_END;
}

bool json_read_id(struct builder *builder, struct json_tokens *tokens)
{
    enum json_token token = tokens_next(tokens);
    if (token != TOKEN_TEXT && token != TOKEN_NUMBER)
        return tokens_skip(tokens, token);
    return builder_property(builder, SLICE_LITERAL("(id)"),
                            tokens_text(tokens, builder->arena));
}

/* -- Coordinates ----------------------------------------------------------------------- */

enum { POLYGON = 3, MULTIPOLYGON = 4, COLLECTION_DEPTH = 8 };

/* Nested lists down to positions. Where the positions lie tells the kind of geometry;
 * the first ring of each polygon is its outer one. */
struct coordinates {
    int depth;     /* lists open */
    int positions; /* depth of a position's own list; 0 = none yet */
    size_t polygon_rings;
    bool is_uneven;
};

static bool read_position(struct builder *builder, struct json_tokens *tokens)
{
    double number[2];
    size_t count = 0, offset = tokens->at;
    enum json_token token = TOKEN_NUMBER;
    for (; token == TOKEN_NUMBER; token = tokens_next(tokens)) {
        if (count < 2 && !number_parse(tokens->text, &number[count])) {
            tokens_fail(tokens, "a coordinate that is no number");
            return false;
        }
        count++;
    }
    if (token == TOKEN_ARRAY_END && count < 2)
        tokens_fail(tokens, "a position with a single number");
    else if (token != TOKEN_ARRAY_END)
        tokens_fail(tokens, "a position that holds more than numbers");
    return token == TOKEN_ARRAY_END && count >= 2 &&
           builder_point(builder, number[0], number[1], offset);
}

static void close_list(struct builder *builder, struct coordinates *lists)
{
    if (lists->positions && lists->depth == lists->positions - 1)
        builder_close_ring(builder, lists->polygon_rings++ > 0);
    else if (lists->positions && lists->depth == lists->positions - 2)
        lists->polygon_rings = 0;
    lists->depth--;
}

static void close_position(struct coordinates *lists)
{
    lists->is_uneven |= lists->positions && lists->positions != lists->depth;
    lists->positions = lists->depth--;
}

/* Nearly every list there is: plain numbers, one position behind the other. */
static bool read_plain_positions(struct builder *builder, struct json_tokens *tokens,
                                 struct coordinates *lists)
{
    enum { AT_ONCE = 64 };
    struct json_position position[AT_ONCE];
    size_t count;
    while ((count = tokens_positions(tokens, position, AT_ONCE)) > 0) {
        lists->depth++;
        close_position(lists);
        if (!builder_positions(builder, position, count))
            return false;
    }
    return true;
}

static bool read_lists(struct builder *builder, struct json_tokens *tokens,
                       struct coordinates *lists)
{
    lists->depth = 1;
    while (lists->depth) {
        if (!read_plain_positions(builder, tokens, lists))
            return false;
        switch (tokens_next(tokens)) {
        case TOKEN_ARRAY: lists->depth++; break;
        case TOKEN_ARRAY_END: close_list(builder, lists); break;
        case TOKEN_NUMBER:
            if (!read_position(builder, tokens))
                return false;
            close_position(lists);
            break;
        default: tokens_fail(tokens, "expected lists of positions"); return false;
        }
    }
    return true;
}

static bool read_geometry(struct builder *builder, struct json_tokens *tokens,
                          int depth);

static bool read_collection(struct builder *builder, struct json_tokens *tokens,
                            int depth)
{
    enum json_token token = tokens_next(tokens);
    if (depth == COLLECTION_DEPTH)
        tokens_fail(tokens, "geometries inside geometries");
    if (token != TOKEN_ARRAY || depth == COLLECTION_DEPTH)
        return tokens_skip(tokens, token) && depth < COLLECTION_DEPTH;
    while ((token = tokens_next(tokens)) != TOKEN_ARRAY_END) {
        if (token != TOKEN_OBJECT)
            tokens_fail(tokens, "expected a geometry");
        if (token != TOKEN_OBJECT || !read_geometry(builder, tokens, depth + 1))
            return false;
    }
    return true;
}

static bool read_coordinates(struct builder *builder, struct json_tokens *tokens,
                             struct coordinates *lists)
{
    enum json_token token = tokens_next(tokens);
    if (token != TOKEN_ARRAY)
        return tokens_skip(tokens, token);
    return read_lists(builder, tokens, lists);
}

/* Behind the { of a geometry. Points and lines have no area and are left out. */
static bool read_geometry(struct builder *builder, struct json_tokens *tokens,
                          int depth)
{
    size_t rings = builder->out->ring_count;
    int wanted = 0;
    struct coordinates lists = {0};
    enum json_token token;
    while ((token = tokens_next(tokens)) == TOKEN_KEY) {
        bool ok = true;
        if (slice_is(tokens->text, "type")) {
            token = tokens_next(tokens);
            wanted = slice_is(tokens->text, "Polygon")        ? POLYGON
                     : slice_is(tokens->text, "MultiPolygon") ? MULTIPOLYGON
                                                              : 0;
            ok = tokens_skip(tokens, token);
        } else if (slice_is(tokens->text, "coordinates")) {
            ok = read_coordinates(builder, tokens, &lists);
        } else if (slice_is(tokens->text, "geometries")) {
            ok = read_collection(builder, tokens, depth);
            rings = builder->out->ring_count;
        } else {
            ok = tokens_skip(tokens, TOKEN_KEY);
        }
        if (!ok)
            return false;
    }
    if (wanted && lists.positions && (lists.positions != wanted || lists.is_uneven)) {
        tokens_fail(tokens, "lists of positions that don't fit the geometry's type");
        return false;
    }
    if (!wanted)
        builder_drop_rings(builder, rings);
    return token == TOKEN_OBJECT_END;
}

/* -- Features ---------------------------------------------------------------------------- */

static bool read_feature(struct builder *builder, struct json_tokens *tokens)
{
    enum json_token token;
    if (!builder_open_unit(builder))
        return false;
    while ((token = tokens_next(tokens)) == TOKEN_KEY) {
        bool ok;
        if (slice_is(tokens->text, "properties")) {
            ok = json_read_properties(builder, tokens, tokens_next(tokens));
        } else if (slice_is(tokens->text, "id")) {
            ok = json_read_id(builder, tokens);
        } else if (slice_is(tokens->text, "geometry")) {
            token = tokens_next(tokens);
            ok = token == TOKEN_OBJECT ? read_geometry(builder, tokens, 0)
                                       : tokens_skip(tokens, token);
        } else {
            ok = tokens_skip(tokens, TOKEN_KEY);
        }
        if (!ok)
            return false;
    }
    return token == TOKEN_OBJECT_END;
}

static bool geojson_read_features(struct builder *builder, struct json_tokens *tokens)
{
    enum json_token token = tokens_next(tokens);
    if (token != TOKEN_ARRAY)
        tokens_fail(tokens, "expected a list of features");
    if (token != TOKEN_ARRAY)
        return json_trouble(builder, tokens);
    while ((token = tokens_next(tokens)) != TOKEN_ARRAY_END) {
        if (token != TOKEN_OBJECT)
            tokens_fail(tokens, "expected a feature");
        if (token != TOKEN_OBJECT || !read_feature(builder, tokens))
            return json_trouble(builder, tokens);
    }
    return true;
}

/* -- The root ------------------------------------------------------------------------------ */

struct root {
    bool has_features, is_feature;
    struct json_tokens objects, arcs, transform; /* bookmarks; source NULL = absent */
};

static bool read_root_key(struct builder *builder, struct json_tokens *tokens,
                          struct root *root)
{
    struct json_tokens *bookmark = slice_is(tokens->text, "objects") ? &root->objects
                                   : slice_is(tokens->text, "arcs")  ? &root->arcs
                                   : slice_is(tokens->text, "transform")
                                       ? &root->transform
                                       : NULL;
    if (slice_is(tokens->text, "features") && !root->has_features) {
        root->has_features = true;
        builder_expect_points(builder, tokens->source.size - tokens->at);
        return geojson_read_features(builder, tokens);
    }
    if (slice_is(tokens->text, "geometry"))
        root->is_feature = true;
    if (bookmark)
        *bookmark = *tokens;
    return tokens_skip(tokens, TOKEN_KEY);
}

bool json_read(struct builder *builder)
{
    struct json_tokens tokens = tokens_of(builder->source->bytes);
    struct json_tokens start = tokens;
    struct root root = {0};
    enum json_token token = tokens_next(&tokens);
    if (token != TOKEN_OBJECT && token != TOKEN_ERROR)
        tokens_fail(&tokens, "expected a FeatureCollection or a Topology");
    while ((token = tokens_next(&tokens)) == TOKEN_KEY) {
        if (!read_root_key(builder, &tokens, &root))
            return json_trouble(builder, &tokens);
    }
    if (token != TOKEN_OBJECT_END || tokens_next(&tokens) != TOKEN_END)
        return json_trouble(builder, &tokens);
    if (root.has_features)
        return true;
    if (root.objects.source.data && root.arcs.source.data)
        return topojson_read(builder, &root.objects, &root.arcs, &root.transform);
    if (root.is_feature && tokens_next(&start) == TOKEN_OBJECT)
        return read_feature(builder, &start) || json_trouble(builder, &start);
    builder_fail(builder, SIZE_MAX, "F302",
                 "neither a FeatureCollection nor a Topology: it has no \"features\", "
                 "and no \"objects\" with \"arcs\"");
    return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * TopoJSON: lines shared by neighbours are written once, as arcs; rings list them by
 * number, ~number when they run backwards. With a transform, arcs are whole steps
 * from point to point. */
#include "map/boundary_build.h"

#include <math.h>

struct arc {
    size_t first, count;
};

struct topology {
    struct builder *builder;
    double scale[2], translate[2];
    bool is_quantized;
    struct arc *arc;
    size_t arc_count, arc_capacity;
    struct degrees *point;
    size_t point_count, point_capacity;
};

/* -- Transform and arcs ---------------------------------------------------------------- */

/* Behind the [ of two numbers. */
static bool read_numbers(struct json_tokens *tokens, double out[2])
{
    enum json_token token;
    size_t count = 0;
    for (; (token = tokens_next(tokens)) == TOKEN_NUMBER; count++) {
        if (count < 2 && !number_parse(tokens->text, &out[count]))
            tokens_fail(tokens, "not a number");
    }
    if (token == TOKEN_ARRAY_END && count >= 2)
        return true;
    tokens_fail(tokens, "expected two numbers");
    return false;
}

static bool read_pair(struct json_tokens *tokens, double out[2])
{
    if (tokens_next(tokens) == TOKEN_ARRAY)
        return read_numbers(tokens, out);
    tokens_fail(tokens, "expected two numbers");
    return false;
}

static bool read_transform(struct topology *topology, struct json_tokens tokens)
{
    if (!tokens.source.data)
        return true;
    enum json_token token = tokens_next(&tokens);
    if (token == TOKEN_NULL)
        return true;
    bool ok = token == TOKEN_OBJECT;
    while (ok && (token = tokens_next(&tokens)) == TOKEN_KEY) {
        if (slice_is(tokens.text, "scale"))
            ok = read_pair(&tokens, topology->scale);
        else if (slice_is(tokens.text, "translate"))
            ok = read_pair(&tokens, topology->translate);
        else
            ok = tokens_skip(&tokens, TOKEN_KEY);
    }
    topology->is_quantized = true;
    return (ok && token == TOKEN_OBJECT_END) ||
           json_trouble(topology->builder, &tokens);
}

/* With a transform each pair is a step from the point before. */
static bool add_arc_point(struct topology *topology, double at[2], const double pair[2],
                          size_t offset)
{
    for (int i = 0; i < 2; i++)
        at[i] = topology->is_quantized ? at[i] + pair[i] : pair[i];
    if (topology->point_count == BOUNDARY_POINTS) {
        builder_fail(topology->builder, offset, "F305", "more than %d points",
                     BOUNDARY_POINTS);
        return false;
    }
    *ARENA_APPEND(topology->builder->arena, topology->point, topology->point_count,
                  topology->point_capacity) =
        (struct degrees){at[0] * topology->scale[0] + topology->translate[0],
                         at[1] * topology->scale[1] + topology->translate[1]};
    return true;
}

static bool add_plain_points(struct topology *topology, struct json_tokens *tokens,
                             double at[2])
{
    enum { AT_ONCE = 64 };
    struct json_position pair[AT_ONCE];
    size_t count;
    while ((count = tokens_positions(tokens, pair, AT_ONCE)) > 0) {
        for (size_t i = 0; i < count; i++) {
            if (!add_arc_point(topology, at, pair[i].number, pair[i].offset))
                return false;
        }
    }
    return true;
}

/* Behind the [ of an arc. */
static bool read_arc(struct topology *topology, struct json_tokens *tokens)
{
    double at[2] = {0, 0}, pair[2];
    struct arc arc = {.first = topology->point_count};
    for (;;) {
        if (!add_plain_points(topology, tokens, at))
            return false;
        enum json_token token = tokens_next(tokens);
        if (token == TOKEN_ARRAY_END)
            break;
        if (token != TOKEN_ARRAY)
            tokens_fail(tokens, "expected two numbers");
        if (token != TOKEN_ARRAY || !read_numbers(tokens, pair) ||
            !add_arc_point(topology, at, pair, tokens->at))
            return false;
    }
    arc.count = topology->point_count - arc.first;
    *ARENA_APPEND(topology->builder->arena, topology->arc, topology->arc_count,
                  topology->arc_capacity) = arc;
    return true;
}

static bool read_arcs(struct topology *topology, struct json_tokens tokens)
{
    enum json_token token = tokens_next(&tokens);
    if (token != TOKEN_ARRAY)
        tokens_fail(&tokens, "expected a list of arcs");
    while (token != TOKEN_ERROR && (token = tokens_next(&tokens)) != TOKEN_ARRAY_END) {
        if (token != TOKEN_ARRAY)
            tokens_fail(&tokens, "expected an arc");
        if (token != TOKEN_ARRAY || !read_arc(topology, &tokens))
            return json_trouble(topology->builder, &tokens);
    }
    return token == TOKEN_ARRAY_END || json_trouble(topology->builder, &tokens);
}

/* -- Geometries -------------------------------------------------------------------------- */

enum { POLYGON = 2, MULTIPOLYGON = 3, COLLECTION_DEPTH = 8 };

static bool add_arc(struct topology *topology, struct json_tokens *tokens)
{
    double number;
    bool is_number = number_parse(tokens->text, &number) && number == trunc(number) &&
                     fabs(number) < 1e9;
    long index = is_number ? (long)number : 0;
    bool backwards = index < 0;
    size_t i = (size_t)(backwards ? ~index : index);
    if (!is_number || i >= topology->arc_count) {
        tokens_fail(tokens, "an arc that isn't in the file");
        return false;
    }
    const struct arc *arc = &topology->arc[i];
    for (size_t j = 0; j < arc->count; j++) {
        const struct degrees *at =
            &topology->point[arc->first + (backwards ? arc->count - 1 - j : j)];
        if (!builder_point(topology->builder, at->lon, at->lat, tokens->at))
            return false;
    }
    return true;
}

/* Lists of arcs, as deep as the type says; the depth of the numbers tells it. */
struct arc_lists {
    int depth, numbers;
    size_t polygon_rings;
    bool is_uneven;
};

static void close_list(struct topology *topology, struct arc_lists *lists)
{
    if (lists->numbers && lists->depth == lists->numbers)
        builder_close_ring(topology->builder, lists->polygon_rings++ > 0);
    else if (lists->numbers && lists->depth == lists->numbers - 1)
        lists->polygon_rings = 0;
    lists->depth--;
}

static bool read_lists(struct topology *topology, struct json_tokens *tokens,
                       struct arc_lists *lists)
{
    enum json_token token = tokens_next(tokens);
    if (token != TOKEN_ARRAY)
        return tokens_skip(tokens, token);
    lists->depth = 1;
    while (lists->depth) {
        switch (tokens_next(tokens)) {
        case TOKEN_ARRAY: lists->depth++; break;
        case TOKEN_ARRAY_END: close_list(topology, lists); break;
        case TOKEN_NUMBER:
            lists->is_uneven |= lists->numbers && lists->numbers != lists->depth;
            lists->numbers = lists->depth;
            if (!add_arc(topology, tokens))
                return false;
            break;
        default: tokens_fail(tokens, "expected lists of arcs"); return false;
        }
    }
    return true;
}

/* A geometry's keys come in any order; a collection's are read where they stand. */
struct geometry {
    int wanted; /* depth of arcs by its type, 0 = no area */
    struct arc_lists lists;
    struct json_tokens members; /* bookmark, source NULL = no collection */
};

static bool read_geometry_key(struct topology *topology, struct json_tokens *tokens,
                              struct geometry *geometry)
{
    struct builder *builder = topology->builder;
    if (slice_is(tokens->text, "type")) {
        enum json_token token = tokens_next(tokens);
        geometry->wanted = slice_is(tokens->text, "Polygon")        ? POLYGON
                           : slice_is(tokens->text, "MultiPolygon") ? MULTIPOLYGON
                                                                    : 0;
        return tokens_skip(tokens, token);
    }
    if (slice_is(tokens->text, "arcs"))
        return read_lists(topology, tokens, &geometry->lists);
    if (slice_is(tokens->text, "id"))
        return json_read_id(builder, tokens);
    if (slice_is(tokens->text, "properties"))
        return json_read_properties(builder, tokens, tokens_next(tokens));
    if (slice_is(tokens->text, "geometries"))
        geometry->members = *tokens;
    return tokens_skip(tokens, TOKEN_KEY);
}

/* Behind the { of a geometry, whose unit is open. */
static bool read_geometry(struct topology *topology, struct json_tokens *tokens,
                          struct geometry *geometry)
{
    size_t rings = topology->builder->out->ring_count;
    enum json_token token;
    *geometry = (struct geometry){0};
    while ((token = tokens_next(tokens)) == TOKEN_KEY) {
        if (!read_geometry_key(topology, tokens, geometry))
            return false;
    }
    const struct arc_lists *lists = &geometry->lists;
    if (geometry->wanted && lists->numbers &&
        (lists->numbers != geometry->wanted || lists->is_uneven)) {
        tokens_fail(tokens, "lists of arcs that don't fit the geometry's type");
        return false;
    }
    if (!geometry->wanted)
        builder_drop_rings(topology->builder, rings);
    return token == TOKEN_OBJECT_END;
}

/* Each member of a collection is a unit; members of members belong to theirs. */
static bool read_members(struct topology *topology, struct json_tokens *tokens,
                         int depth)
{
    enum json_token token = tokens_next(tokens);
    if (token != TOKEN_ARRAY || depth == COLLECTION_DEPTH) {
        tokens_fail(tokens, "expected a list of geometries");
        return false;
    }
    while ((token = tokens_next(tokens)) != TOKEN_ARRAY_END) {
        struct geometry geometry;
        if (token != TOKEN_OBJECT)
            tokens_fail(tokens, "expected a geometry");
        if (token != TOKEN_OBJECT ||
            (depth == 0 && !builder_open_unit(topology->builder)) ||
            !read_geometry(topology, tokens, &geometry))
            return false;
        if (geometry.members.source.data &&
            !read_members(topology, &geometry.members, depth + 1)) {
            *tokens = geometry.members;
            return false;
        }
    }
    return true;
}

/* -- Layers -------------------------------------------------------------------------------- */

static bool find_members(struct json_tokens *tokens, struct json_tokens *members)
{
    enum json_token token = tokens_next(tokens);
    members->source.data = NULL;
    if (token != TOKEN_OBJECT)
        return tokens_skip(tokens, token);
    while ((token = tokens_next(tokens)) == TOKEN_KEY) {
        if (slice_is(tokens->text, "geometries"))
            *members = *tokens;
        if (!tokens_skip(tokens, TOKEN_KEY))
            return false;
    }
    return token == TOKEN_OBJECT_END;
}

static size_t count_members(struct json_tokens members)
{
    size_t count = 0;
    enum json_token token = tokens_next(&members);
    if (token != TOKEN_ARRAY)
        return 0;
    while ((token = tokens_next(&members)) == TOKEN_OBJECT &&
           tokens_skip(&members, token))
        count++;
    return count;
}

enum { LAYERS_NAMED = 12 };

struct layers {
    size_t count, best_count;
    struct slice name[LAYERS_NAMED]; /* the first few, for the message */
    struct json_tokens best;         /* source NULL = none fits */
};

static bool find_layer(struct builder *builder, struct json_tokens *tokens,
                       struct layers *layers)
{
    enum json_token token = tokens_next(tokens);
    if (token != TOKEN_OBJECT)
        tokens_fail(tokens, "expected the objects of a topology");
    while ((token = tokens_next(tokens)) == TOKEN_KEY) {
        struct slice name = tokens_text(tokens, builder->arena);
        struct json_tokens members = {0};
        if (!find_members(tokens, &members))
            return false;
        if (layers->count < LAYERS_NAMED)
            layers->name[layers->count++] = name;
        size_t count = members.source.data ? count_members(members) : 0;
        bool fits = builder->source->layer.text.size
                        ? slice_equal(name, builder->source->layer.text)
                        : count > layers->best_count;
        if (!fits || !members.source.data)
            continue;
        layers->best = members;
        layers->best_count = count;
        builder->out->layer = name;
    }
    return token == TOKEN_OBJECT_END;
}

static bool no_layer(struct builder *builder, const struct layers *layers)
{
    const struct boundary_word *word = &builder->source->layer;
    struct slice wanted = word->text;
    if (!wanted.size) {
        builder_fail(builder, SIZE_MAX, "F307", "no object of it is a collection");
        return false;
    }
    builder->has_failed = true;
    struct diag *diag =
        diags_error(builder->diags, word->at, "F309", "\"%s\" has no layer \"%.*s\"",
                    builder->source->file, SLICE_PRINT(wanted));
    if (word->width > 1)
        diag->width = word->width;
    diag_suggest(builder->diags, diag, wanted, layers->name, layers->count);
    return false;
}

static void list_other_layers(struct builder *builder, const struct layers *layers)
{
    struct boundaries *out = builder->out;
    struct slice *name = ARENA_ARRAY(builder->arena, struct slice, layers->count);
    size_t count = 0;
    for (size_t i = 0; i < layers->count; i++) {
        if (!slice_equal(layers->name[i], out->layer))
            name[count++] = layers->name[i];
    }
    out->other_layers = (struct slices){count, name};
}

bool topojson_read(struct builder *builder, const struct json_tokens *objects,
                   const struct json_tokens *arcs, const struct json_tokens *transform)
{
    struct topology topology = {.builder = builder, .scale = {1, 1}};
    struct json_tokens tokens = *objects;
    struct layers layers = {0};
    if (!find_layer(builder, &tokens, &layers))
        return json_trouble(builder, &tokens);
    if (!layers.best.source.data)
        return no_layer(builder, &layers);
    list_other_layers(builder, &layers);
    if (!read_transform(&topology, *transform) || !read_arcs(&topology, *arcs))
        return false;
    return read_members(&topology, &layers.best, 0) ||
           json_trouble(builder, &layers.best);
}

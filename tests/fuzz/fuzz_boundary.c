/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as boundaries: shapes or a diagnostic; shapes are then asked, joined and
 * laid on paper. The first byte says how many belong to a shapefile's table. */
#include "map/base_map.h"
#include "map/join.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lay(const struct boundaries *boundaries, struct arena *arena)
{
    bool *is_drawn = ARENA_ARRAY(arena, bool, boundaries->unit_count);
    for (size_t i = 0; i < boundaries->unit_count; i++)
        is_drawn[i] = true;
    struct base_request request = {.boundaries = boundaries,
                                   .projection = projection_for(boundaries->extent),
                                   .is_drawn = is_drawn,
                                   .width = 200,
                                   .height = 200};
    struct base_map *map = base_map_new(&request, arena);
    base_map_dissolve(map, arena);
    if (!(map->width >= 0 && map->height >= 0))
        abort();
}

static void ask(const struct boundaries *boundaries, struct arena *arena)
{
    struct slice word[4] = {
        boundaries->unit[0].name, SLICE_LITERAL("Bannu"), {0}, SLICE_LITERAL("PAK")};
    struct join_request request = {.boundaries = boundaries, .count = 4, .word = word};
    struct joinable field[JOINABLE_MOST];
    struct slice nearest[NEAREST_MOST];
    if (join_fields(&request, arena, field) > JOINABLE_MOST ||
        join_nearest(boundaries, word[1], arena, nearest) > NEAREST_MOST)
        abort();
    struct match *match = join_places(&request, arena);
    if (match[0].unit != SIZE_MAX && match[0].unit >= boundaries->unit_count)
        abort();
    size_t unit = boundaries_at(boundaries, (struct degrees){70.6, 33});
    if (unit != SIZE_MAX && unit >= boundaries->unit_count)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct boundaries *boundaries;
    size_t table = data[0] < size ? data[0] : 0;
    struct boundary_source source = {
        .file = "fuzz",
        .bytes = {(const char *)data + 1, size - 1 - table},
        .attributes = {(const char *)data + size - table, table},
    };
    bool ok = boundaries_parse(&source, arena, &boundaries, diags);
    if (ok != (diags_count(diags, SEVERITY_ERROR) == 0))
        abort();
    if (ok) {
        ask(boundaries, arena);
        lay(boundaries, arena);
    }
    arena_free(arena);
    return 0;
}

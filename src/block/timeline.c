/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `timeline`: a chart of that type, by a shorter name. */
#include "block/chart_block.h"

extern const struct block_kind block_chart;

static const struct block_key keys[] = {
    {"lanes", "side", "field that gives a lane to each of its values"},
    {"size", "killed", "field that sets the area of circles; else killed"},
    {"colour", "province", "field that sets their colour"},
    {"labels", "3", "how many of the largest are named"},
    {"where", "side is attack", "only incidents that meet it"},
    {"last", "7 days", "how far back; else the brief's period"},
    {"limit", "2000", "most circles; more are thinned evenly and it is said"},
    {"title", "\"The week, day by day\"", "the finding; else the table's name"},
    {"subtitle", "\"One circle an incident\"", "else what is drawn"},
    {"height", "140 to 200",
     "of the plot, in points; a range takes what its page has left"},
    {"data", "nap", "another table than the main one"},
    {"source", "…", "under the figure"},
    {"alt", "…", "for readers who don't see it; else from the numbers"},
    {"id", "week", "name for links and single figures"},
    {0},
};

/* The block's keys with `type: timeline` before them. */
static const struct yaml *chart_keys(const struct yaml *body, struct place at,
                                     struct arena *arena)
{
    size_t count = body ? body->count : 0;
    struct yaml *key = ARENA_ARRAY(arena, struct yaml, count + 1);
    struct yaml *item = ARENA_ARRAY(arena, struct yaml, count + 1);
    key[0] = (struct yaml){.at = at, .width = 1, .text = SLICE_LITERAL("type")};
    item[0] = (struct yaml){.at = at, .width = 1, .text = SLICE_LITERAL("timeline")};
    for (size_t i = 0; i < count; i++) {
        key[i + 1] = body->key[i];
        item[i + 1] = body->item[i];
    }
    const struct yaml all = {YAML_MAPPING,       at,         1,
                             .count = count + 1, .key = key, .item = item};
    return arena_copy(arena, &all, sizeof all);
}

static bool read_timeline(struct block_reader *reader, const void **arguments)
{
    struct node node = *reader->node;
    struct block_reader own = *reader;
    node.body = chart_keys(node.body, node.at, reader->arena);
    own.node = arena_copy(reader->arena, &node, sizeof node);
    return block_chart.read(&own, arguments);
}

static struct box *lay_timeline(const void *arguments,
                                const struct block_context *context, double width)
{
    return block_chart.lay(arguments, context, width);
}

const struct block_kind block_timeline = {
    "timeline",   "each incident a circle by day, in lanes", keys, read_timeline,
    lay_timeline,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `timeline`: a chart of that type, by a shorter name. */
#include "block/chart_block.h"

extern const struct block_kind block_chart;

static const struct block_key keys[] = {
    {"lanes", "side", "field that gives a lane to each of its values", TAKES_WORD},
    {"size", "killed", "field that sets the area of circles; else killed", TAKES_WORD},
    {"colour", "province", "field that sets their colour", TAKES_WORD},
    {"labels", "3", "how many of the largest are named", TAKES_WHOLE(0, 20)},
    {"label", "3", "the same", TAKES_WHOLE(0, 20)},
    {"where", "side is attack", "only incidents that meet it", TAKES_WORD},
    {"last", "7 days", "how far back; else the brief's period", TAKES_LENGTH},
    {"limit", "2000", "most circles; more are thinned evenly and it is said",
     TAKES_WHOLE(1, 100000)},
    {"title", "\"The week, day by day\"", "the finding; else the table's name",
     TAKES_TEXT},
    {"subtitle", "\"One circle an incident\"", "else what is drawn", TAKES_TEXT},
    {"height", "140 to 200",
     "of the plot, in points; a range takes what its page has left",
     TAKES_RANGE(20, 1000)},
    {"data", "nap", "another table than the main one", TAKES_WORD},
    {"source", "…", "under the figure", TAKES_TEXT},
    {"alt", "…", "for readers who don't see it; else from the numbers", TAKES_TEXT},
    {"id", "week", "name for links and single figures", TAKES_WORD},
    {0},
};

/* The block's keys with `type: timeline` before them. */
static const struct yaml *as_chart(const struct yaml *body, struct place at,
                                   struct arena *arena)
{
    size_t count = body ? body->count : 0;
    struct yaml *key = ARENA_ARRAY(arena, struct yaml, count + 1);
    struct yaml *item = ARENA_ARRAY(arena, struct yaml, count + 1);
    key[0] = (struct yaml){.at = at, .width = 1, .text = SLICE_LITERAL("type")};
    item[0] = (struct yaml){.at = at, .width = 1, .text = SLICE_LITERAL("timeline")};
    for (size_t i = 0; i < count; i++) {
        key[i + 1] = body->key[i];
        if (slice_is(key[i + 1].text, "label"))
            key[i + 1].text = SLICE_LITERAL("labels");
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
    node.body = as_chart(node.body, node.at, reader->arena);
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

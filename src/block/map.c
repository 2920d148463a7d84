/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `map`: a measure by place, on boundaries that the publisher supplies. Without them
 * the ranking is printed instead. */
#include "block/map_block.h"

extern const struct block_kind block_chart; /* lays the ranking */

static const struct block_key keys[] = {
    {"show", "attacks", "the measure", TAKES_WORD, IS_NEEDED},
    {"by", "district", "the field whose words are joined to shapes", TAKES_WORD},
    {"style", "symbols",
     "symbols for counts, choropleth for rates, points for exact places",
     TAKES_CHOICE("symbols, choropleth, points")},
    {"boundaries", "districts.geojson",
     "GeoJSON, TopoJSON or shapefile; else the value \"boundaries\"; none: the "
     "ranking",
     TAKES_WORD},
    {"layer", "districts", "the object of a TopoJSON; else its fullest", TAKES_WORD},
    {"name field", "ADM2_EN", "the file's field of names; else a usual one",
     TAKES_WORD},
    {"code", "ADM2_PCODE",
     "the file's field of codes that the data have; else usual ones", TAKES_WORD},
    {"outlines", "provinces.geojson", "a second file, drawn as lines over the first",
     TAKES_WORD},
    {"places", "{Chaman: Killa Abdullah}", "shapes of places the file doesn't name so",
     TAKES_KEYS},
    {"population", "people",
     "a table with the field and a column population: per 100,000 people", TAKES_WORD},
    {"allow unmatched", "yes", "print though places have no shape, and say so",
     TAKES_YES_NO},
    {"label", "6, Quetta", "how many of the largest to name, and others by name; none",
     TAKES_WORD},
    {"inset", "yes", "the part where circles crowd, larger, in a free corner",
     TAKES_YES_NO},
    {"where", "killed >= 1", "only rows that meet it", TAKES_WORD},
    {"last", "4 weeks", "the window; else the brief's period", TAKES_LENGTH},
    {"classes", "5 quantile", "of a choropleth: quantile, natural, or limits: 1, 2, 5",
     TAKES_WORD},
    {"exact", "precision is exact", "which rows have an exact place, for points",
     TAKES_WORD},
    {"projection", "albers 26 35 69.5",
     "albers with parallels and central meridian, equal earth, or plain; else by the "
     "land",
     TAKES_WORD},
    {"title", "\"Attacks cluster in the south\"",
     "the finding; else the measure's name", TAKES_TEXT},
    {"subtitle", "\"Attacks by district\"", "else measure, field and period",
     TAKES_TEXT},
    {"height", "140 to 220",
     "of the map at most, in points; a range takes what its page has left",
     TAKES_RANGE(60, 1000)},
    {"source", "…", "under the figure", TAKES_TEXT},
    {"credit", "OCHA, Survey of Pakistan",
     "whose boundaries they are; else the file's name", TAKES_TEXT},
    {"disclaimer", "…", "what the map doesn't claim; else the language's own",
     TAKES_TEXT},
    {"data", "nap", "another table than the main one", TAKES_WORD},
    {"alt", "…", "for readers who don't see it; else from the numbers", TAKES_TEXT},
    {"id", "where", "name for links and single figures", TAKES_WORD},
    {0},
};

/* -- Laying ------------------------------------------------------------------------------------ */

static struct slice text_or(const struct template_text *text, const struct scope *scope,
                            struct slice fallback)
{
    return text ? template_text_print(text, scope) : fallback;
}

struct slice map_measure_name(const struct map_arguments *map,
                              const struct block_context *context)
{
    const struct shown *shown = &map->ranking.shown[0];
    struct slice name = shown->label.size
                            ? shown->label
                            : measure_label(shown->measure, context->chart.locale,
                                            context->chart.arena);
    const struct phrase_part part = {"measure", name};
    return map->people ? print_phrase(context, "map.rate", 1, &part, 1) : name;
}

static struct slice default_subtitle(const struct map_arguments *map,
                                     const struct block_context *context)
{
    struct arena *arena = context->chart.arena;
    const struct phrase_part part[] = {
        {"measure", map_measure_name(map, context)},
        {"by", locale_name(context->chart.locale, map->ranking.by.column->name, arena)},
        {"period",
         place_and_period(context, chart_window(&map->ranking, context->scope))},
    };
    return print_phrase(context, "chart.by field", 1, part, 3);
}

/* "Boundaries: OCHA. They …" */
static struct slice boundary_line(const struct map_arguments *map,
                                  const struct block_context *context)
{
    struct arena *arena = context->chart.arena;
    const struct phrase_part credit = {
        "credit", text_or(map->credit, context->scope,
                          slice_of(path_name(map->boundaries->file)))};
    struct text line = {.arena = arena};
    text_append(&line, print_phrase(context, "map.boundaries", 1, &credit, 1));
    struct slice disclaimer =
        text_or(map->disclaimer, context->scope,
                print_phrase(context, "map.disclaimer", 1, NULL, 0));
    if (disclaimer.size)
        text_append_string(&line, " ");
    text_append(&line, disclaimer);
    return text_slice(&line);
}

/* "Map: attacks by district, 9–15 November. Bannu 14, Kech 9, and 12 more." */
static struct slice alt_of(const struct map_binding *binding,
                           const struct block_context *context, struct slice subtitle)
{
    enum { NAMED = 12 };
    struct text list = {.arena = context->chart.arena};
    const struct map_data *data = &binding->data;
    size_t count = 0; /* largest first: what is nothing or unknown comes last */
    while (count < data->place_count && data->place[count].value > 0)
        count++;
    size_t named = count < NAMED ? count : NAMED;
    for (size_t i = 0; i < named; i++) {
        if (i)
            text_append(&list, print_phrase(context, "alt.comma", 1, NULL, 0));
        text_append(&list, data->place[i].name);
        text_append_string(&list, " ");
        text_append(&list, data->place[i].printed);
    }
    struct text more = {.arena = context->chart.arena};
    locale_number(context->chart.locale, (double)(count - named), 0, &more);
    const struct phrase_part part[] = {{"subtitle", subtitle},
                                       {"list", text_slice(&list)},
                                       {"count", text_slice(&more)}};
    const char *key = !named          ? "map.alt empty"
                      : named < count ? "map.alt more"
                                      : "map.alt";
    return print_phrase(context, key, 1, part, 3);
}

/* Of what can be counted there is none at all: no place, or zeros. */
static bool shows_nothing(const struct map_arguments *map, const struct map_data *data)
{
    const struct chart_arguments *chart = &map->ranking;
    const struct measure *measure = chart->shown_count ? chart->shown[0].measure : NULL;
    if (!measure || !measure_is_additive(measure) || map->style == MAP_POINTS)
        return false;
    for (size_t i = 0; i < data->place_count; i++) {
        if (!(data->place[i].value == 0))
            return false;
    }
    return true;
}

static struct map_options options_of(const struct map_arguments *map,
                                     const struct block_context *context,
                                     const struct map_binding *binding)
{
    const struct scope *scope = context->scope;
    const struct chart_arguments *texts = &map->ranking;
    struct slice *line = ARENA_ARRAY(context->chart.arena, struct slice, 7);
    struct map_options options = {
        .style = map->style,
        .projection = map->has_projection ? &map->projection : NULL,
        .line = line,
        .height = (double)map->ranking.height,
        .most_height = (double)map->ranking.most_height,
        .inset = map->inset,
        .label_count = map->label_count,
        .breaks = map->breaks,
        .class_count = map->class_count,
        .limit = map->limit,
    };
    options.title = text_or(texts->title, scope, (struct slice){0});
    if (slice_is(options.title, "finding"))
        options.title = map->style == MAP_SYMBOLS
                            ? map_finding(texts, context, &binding->data)
                            : (struct slice){0};
    if (!options.title.size)
        options.title = map_measure_name(map, context);
    options.subtitle = text_or(texts->subtitle, scope, default_subtitle(map, context));
    struct slice known = {0};
    if (texts->shown_count && texts->shown[0].measure)
        known = print_coverage(context, texts->shown[0].measure,
                               chart_window(texts, scope));
    if (known.size)
        line[options.line_count++] = known;
    else if (shows_nothing(map, &binding->data))
        line[options.line_count++] = print_none(context, texts->shown[0].measure);
    for (size_t i = 0; i < binding->line_count; i++)
        line[options.line_count++] = binding->line[i];
    struct slice source = text_or(texts->source, scope, (struct slice){0});
    if (source.size)
        line[options.line_count++] = source;
    line[options.line_count++] = boundary_line(map, context);
    options.alt =
        text_or(texts->alt, scope, alt_of(binding, context, options.subtitle));
    return options;
}

static struct box *lay_map(const void *arguments, const struct block_context *context,
                           double width)
{
    const struct map_arguments *map = arguments;
    if (!map->boundaries)
        return block_chart.lay(&map->ranking, context, width);
    struct map_binding binding = {0};
    bool ok = bind_map(map, context, &binding);
    struct map_options options = options_of(map, context, &binding);
    if (context->scope->rehearsal || !ok)
        return box_new(context->chart.arena, "map", width, 0);
    return map_lay(&context->chart, &options, &binding.data, width);
}

const struct block_kind block_map = {
    "map", "a measure by place, on boundaries that you supply", keys, map_read, lay_map,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From rows to shapes: each word of the field finds its shape, numbers of words that
 * share one are put together, and what finds none is said. */
#include "block/map_binding.h"
#include "block/rows.h"

#include <math.h>
#include <stdlib.h>

/* -- Questions -------------------------------------------------------------------------- */

static bool is_ratio(const struct measure *measure)
{
    return measure->kind == MEASURE_RATIO || measure->kind == MEASURE_SHARE;
}

static const struct cell *ask(const struct binding *binding,
                              const struct measure *measure)
{
    const struct chart_arguments *ranking = &binding->map->ranking;
    const struct column *const by[2] = {ranking->by.column, NULL};
    size_t groups[2];
    return scope_cells(binding->context->scope, measure, ranking->where, by,
                       &binding->window, 1, groups);
}

static void ask_all(struct binding *binding)
{
    const struct measure *measure = binding->measure;
    binding->cell = ask(binding, measure);
    if (!is_ratio(measure))
        return;
    binding->numerator = ask(binding, measure->numerator);
    binding->denominator = ask(binding, measure->denominator);
}

/* -- Rows: where their points lie ---------------------------------------------------------- */

static const struct condition *row_condition(const struct measure *measure)
{
    if (measure->bound || !measure->denominator)
        return measure->bound;
    return row_condition(measure->denominator);
}

static bool is_exact(const struct binding *binding, uint32_t row)
{
    const struct map_arguments *map = binding->map;
    const struct column *precision = map->precision;
    if (map->exact)
        return condition_accepts(map->exact, map->ranking.table->table, row);
    if (!precision || !precision->is_read)
        return true;
    if (precision->type == COLUMN_NUMBER)
        return precision->as.number[row] == 1;
    uint32_t exact = column_code(precision, SLICE_LITERAL("exact"));
    if (exact == UINT32_MAX)
        exact = column_code(precision, SLICE_LITERAL("1"));
    return precision->type == COLUMN_CATEGORY && exact != UINT32_MAX &&
           column_codes(precision, row).code[0] == exact;
}

static double row_weight(const struct binding *binding, uint32_t row)
{
    const struct column *weight = binding->map->ranking.table->table->weight;
    return weight ? number_in(weight, row) : 1;
}

/* Somewhat round the land: at sea off its coast, but not in another country's interior. */
static bool is_on_the_map(const struct boundaries *shapes, struct degrees at)
{
    static const double MARGIN = 0.03;
    struct extent extent = shapes->extent;
    double across = (extent.east - extent.west) * MARGIN;
    double along = (extent.north - extent.south) * MARGIN;
    struct extent wider = {extent.west - across, extent.south - along,
                           extent.east + across, extent.north + along};
    at = boundaries_place(shapes, at);
    return extent_holds(wider, at) || extent.east - extent.west > 300;
}

static void add_dot(struct binding *binding, struct degrees at)
{
    struct map_data *data = &binding->out->data;
    if (!is_on_the_map(binding->map->boundaries, at)) {
        binding->outside_rows++;
        return;
    }
    struct degrees *dot = (struct degrees *)data->dot;
    *ARENA_APPEND(binding->context->chart.arena, dot, data->dot_count,
                  binding->dot_capacity) = at;
    data->dot = dot;
    binding->dot_rows++;
}

static bool lies_near(const struct extent *extent, struct degrees at)
{
    static const double NEAR = 0.2;
    struct extent wider = {extent->west - NEAR, extent->south - NEAR,
                           extent->east + NEAR, extent->north + NEAR};
    return extent_holds(wider, at) ||
           extent_holds(wider, (struct degrees){at.lon + 360, at.lat}) ||
           extent_holds(wider, (struct degrees){at.lon - 360, at.lat});
}

/* Where the name and the point disagree, the name counts; here it is noticed. */
static void compare_point(struct binding *binding, struct place_tally *tally,
                          const struct match *match, struct degrees at)
{
    const struct boundaries *shapes = binding->map->boundaries;
    if (match_is_good(match) && unit_holds(shapes, &shapes->unit[match->unit], at))
        return;
    size_t unit = boundaries_at(shapes, at);
    if (unit == SIZE_MAX) { /* beyond all shapes, or off a coast drawn coarsely */
        tally->elsewhere +=
            match_is_good(match) && !lies_near(&shapes->unit[match->unit].extent, at);
        return;
    }
    if (match_is_good(match)) {
        tally->elsewhere++;
        return;
    }
    if (!tally->seen || tally->seen_in == unit) { /* majority vote (Boyer, Moore) */
        tally->seen_in = unit;
        tally->seen++;
    } else {
        tally->seen--;
    }
}

static void look_at_row(struct binding *binding, uint32_t row)
{
    const struct map_arguments *map = binding->map;
    struct degrees at = {number_in(map->longitude, row), number_in(map->latitude, row)};
    bool has_point = !isnan(at.lon) && !isnan(at.lat);
    bool is_dot = map->style == MAP_POINTS && has_point && is_exact(binding, row);
    struct codes codes = column_codes(binding->groups, row);
    if (is_dot)
        add_dot(binding, at);
    else if (map->style == MAP_POINTS)
        binding->coarse_rows++;
    for (size_t i = 0; i < codes.count; i++) {
        struct place_tally *tally = &binding->tally[codes.code[i]];
        tally->rows++;
        tally->coarse += is_dot ? 0 : row_weight(binding, row);
        if (has_point && codes.code[i] && codes.count == 1)
            compare_point(binding, tally, &binding->match[codes.code[i]], at);
    }
}

static void look_at_rows(struct binding *binding)
{
    const struct chart_arguments *ranking = &binding->map->ranking;
    const struct condition *condition = row_condition(binding->measure);
    size_t count;
    const uint32_t *row =
        rows_found(binding->context->scope, ranking->table, ranking->where,
                   &binding->window, (struct row_order){0}, &count);
    for (size_t i = 0; i < count; i++) {
        if (!condition || condition_accepts(condition, ranking->table->table, row[i]))
            look_at_row(binding, row[i]);
    }
    for (size_t i = 0; i < binding->groups->words.count; i++)
        binding->elsewhere += binding->tally[i].elsewhere;
}

/* -- Numbers by shape ------------------------------------------------------------------------ */

struct unit_sum {
    size_t words;
    double value, numerator, denominator;
    bool is_limit;
    struct slice word, name; /* of the only word, or of the last of several */
};

double word_value(const struct binding *binding, size_t word)
{
    if (binding->map->style == MAP_POINTS)
        return binding->tally[word].coarse;
    return binding->cell[word].value;
}

static bool is_code_of(const struct unit *unit, struct slice name)
{
    for (size_t i = 0; i < unit->code.count; i++) {
        if (slice_equal(unit->code.item[i], name))
            return true;
    }
    return false;
}

/* What the map calls a word of the field: of a code, the shape's name. */
static struct slice place_name(const struct binding *binding, size_t word)
{
    const struct match *match = &binding->match[word];
    struct slice own = binding->groups->words.word[word];
    if (match->kind != MATCH_CODE)
        return own;
    const struct unit *unit = &binding->map->boundaries->unit[match->unit];
    return is_code_of(unit, unit->name) ? own : unit->name;
}

static void add_word(const struct binding *binding, size_t word, struct unit_sum *sum)
{
    double value = word_value(binding, word);
    sum->word = binding->groups->words.word[word];
    sum->name = place_name(binding, word);
    sum->is_limit = sum->is_limit || (binding->map->style != MAP_POINTS &&
                                      is_limit(&binding->cell[word], binding->measure));
    sum->value = sum->words++ ? sum->value + value : value;
    if (!binding->numerator)
        return;
    sum->numerator += binding->numerator[word].value;
    sum->denominator += binding->denominator[word].value;
}

/* Means and medians of two places can't be put together. */
static double value_of_sum(const struct binding *binding, const struct unit_sum *sum)
{
    const struct measure *measure = binding->measure;
    if (sum->words == 1 || measure_is_additive(measure))
        return sum->value;
    if (!is_ratio(measure) || !(sum->denominator > 0))
        return NAN;
    double scale = measure->kind == MEASURE_SHARE ? 1 : measure->scale;
    return sum->numerator / sum->denominator * scale;
}

/* The sum, or how much of it falls on 100,000 people. */
static double shown_value(struct binding *binding, const struct unit_sum *sum,
                          size_t unit)
{
    const struct measure *measure = binding->measure;
    const struct scope *scope = binding->context->scope;
    bool is_known = !measure || scope_knows(scope, measure->table, binding->window);
    double value = sum->words ? value_of_sum(binding, sum) : is_known ? 0 : NAN;
    if (!binding->people)
        return value;
    binding->unpeopled += !(binding->people[unit] > 0);
    return binding->people[unit] > 0 ? value / binding->people[unit] * people_scale
                                     : NAN;
}

static struct slice print_shown(const struct binding *binding, double value,
                                bool at_least)
{
    struct text text = {.arena = binding->context->chart.arena};
    if (binding->people)
        locale_number(binding->context->chart.locale, value, 1, &text);
    else
        text_append(&text, print_value(binding->context, binding->measure, value));
    const struct phrase_part part = {"number", text_slice(&text)};
    return at_least ? print_phrase(binding->context, "table.at least", NAN, &part, 1)
                    : part.text;
}

static bool is_named(const struct binding *binding, struct slice name)
{
    const struct map_arguments *map = binding->map;
    struct arena *arena = binding->context->chart.arena;
    struct slice folded = place_key(arena, name);
    for (size_t i = 0; i < map->label_name_count; i++) {
        if (slice_equal(place_key(arena, map->label_name[i]), folded))
            return true;
    }
    return false;
}

static int compare_places(const void *a, const void *b)
{
    const struct map_place *left = a, *right = b;
    double x = isnan(left->value) ? -INFINITY : left->value;
    double y = isnan(right->value) ? -INFINITY : right->value;
    if (x != y)
        return x > y ? -1 : 1;
    int by_word = slice_compare(left->word, right->word);
    return by_word ? by_word : slice_compare(left->name, right->name);
}

static void fill_places(struct binding *binding)
{
    const struct block_context *context = binding->context;
    struct arena *arena = context->chart.arena;
    struct map_data *data = &binding->out->data;
    size_t units = data->boundaries->unit_count;
    struct unit_sum *sum = ARENA_ARRAY(arena, struct unit_sum, units);
    for (size_t i = 1; i < binding->groups->words.count; i++) {
        if (!match_is_good(&binding->match[i]))
            continue;
        add_word(binding, i, &sum[binding->match[i].unit]);
        record_figure(context, "map", binding->measure, binding->map->ranking.where,
                      binding->window, binding->groups->words.word[i],
                      &binding->cell[i], (struct slice){0});
    }
    struct map_place *place = ARENA_ARRAY(arena, struct map_place, units);
    for (size_t i = 0; i < units; i++) {
        if (!sum[i].words && !(binding->people && binding->people[i] > 0))
            continue;
        /* People only; or several words, none of them the whole. */
        if (sum[i].words != 1)
            sum[i].name = data->boundaries->unit[i].name;
        double value = shown_value(binding, &sum[i], i);
        place[data->place_count++] = (struct map_place){
            .unit = i,
            .name = locale_name(context->chart.locale, sum[i].name, arena),
            .word = sum[i].name,
            .printed = print_shown(binding, value, sum[i].is_limit),
            .value = value,
            .is_limit = sum[i].is_limit,
            .is_named =
                is_named(binding, sum[i].name) || is_named(binding, sum[i].word),
        };
    }
    qsort(place, data->place_count, sizeof *place, compare_places);
    data->place = place;
}

/* -- All of it ------------------------------------------------------------------------------------ */

static void join_words(struct binding *binding)
{
    const struct map_arguments *map = binding->map;
    struct arena *arena = binding->context->chart.arena;
    binding->request = (struct join_request){
        .boundaries = map->boundaries,
        .count = binding->groups->words.count,
        .word = binding->groups->words.word,
        .field = map->ranking.by.column->field,
        .given_count = map->given_count,
        .given = map->given,
    };
    binding->match = join_places(&binding->request, arena);
    binding->tally = ARENA_ARRAY(arena, struct place_tally, binding->request.count);
}

bool bind_map(const struct map_arguments *map, const struct block_context *context,
              struct map_binding *out)
{
    struct arena *arena = context->chart.arena;
    const struct chart_arguments *ranking = &map->ranking;
    const struct shown *shown = &ranking->shown[0];
    struct binding binding = {
        .map = map,
        .context = context,
        .measure = shown->measure,
        .window = chart_window(ranking, context->scope),
        .out = out,
    };
    *out = (struct map_binding){0};
    ask_all(&binding);
    out->data = (struct map_data){
        .boundaries = map->boundaries,
        .outlines = map->outlines,
        .measure = map->people ? print_phrase(context, "map.rate key", 1, NULL, 0)
                               : map_measure_name(map, context),
        .units = print_phrase(context, "map.places", 1, NULL, 0),
        .tone = measure_tone(shown->measure),
        .shares = shown->measure->kind == MEASURE_SHARE,
    };
    binding.groups = context->scope->rehearsal
                         ? NULL
                         : groups_of(ranking->table->table, ranking->by.column);
    if (!binding.groups)
        return true;
    join_words(&binding);
    if (map->people && map->people_place->is_read)
        binding.people = people_by_unit(map, arena);
    look_at_rows(&binding);
    fill_places(&binding);
    return !tell_lost(&binding) || map->allow_unmatched;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From rows to shapes: each word of the field finds its shape, numbers of words that
 * share one are put together, and what finds none is said. */
#include "block/map_block.h"
#include "block/rows.h"

#include <math.h>
#include <stdlib.h>

/* What is known of one word of the field, in the window. */
struct place_tally {
    size_t rows;      /* that the measure looks at */
    double coarse;    /* of points: rows without an exact place */
    size_t elsewhere; /* rows whose point lies in another shape than the named one */
    size_t seen_in; /* a shape that its points lie in, most of them; SIZE_MAX = none */
    size_t seen;
};

struct binding {
    const struct map_arguments *map;
    const struct block_context *context;
    const struct measure *measure;
    const struct column *groups; /* whose words name the places */
    struct period window;
    const struct cell *cell, *numerator, *denominator; /* by word; parts of a ratio */
    struct match *match;
    struct place_tally *tally;
    struct map_binding *out;
    size_t dot_capacity;
    size_t elsewhere, coarse_rows, dot_rows;
};

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

static void add_dot(struct binding *binding, struct degrees at)
{
    struct map_data *data = &binding->out->data;
    struct degrees *dot = (struct degrees *)data->dot;
    *ARENA_APPEND(binding->context->chart.arena, dot, data->dot_count,
                  binding->dot_capacity) = at;
    data->dot = dot;
    binding->dot_rows++;
}

/* Where the name and the point disagree, the name counts; here it is noticed. */
static void compare_point(struct binding *binding, struct place_tally *tally,
                          const struct match *match, struct degrees at)
{
    const struct boundaries *shapes = binding->map->boundaries;
    if (match_is_good(match) && unit_holds(shapes, &shapes->unit[match->unit], at))
        return;
    size_t unit = boundaries_at(shapes, at);
    if (unit == SIZE_MAX)
        return;
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
    struct slice name;
    double largest; /* of the word whose name it carries */
};

static double word_value(const struct binding *binding, size_t word)
{
    if (binding->map->style == MAP_POINTS)
        return binding->tally[word].coarse;
    return binding->cell[word].value;
}

static void add_word(const struct binding *binding, size_t word, struct unit_sum *sum)
{
    double value = word_value(binding, word);
    double rank = isnan(value) ? -1 : value;
    if (!sum->words++ || rank > sum->largest) {
        sum->name = binding->groups->words.word[word];
        sum->largest = rank;
    }
    sum->value = sum->words == 1 ? value : sum->value + value;
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
    return slice_compare(left->name, right->name);
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
        if (!sum[i].words)
            continue;
        double value = value_of_sum(binding, &sum[i]);
        place[data->place_count++] = (struct map_place){
            .unit = i,
            .name = locale_name(context->chart.locale, sum[i].name, arena),
            .printed = print_value(context, binding->measure, value),
            .value = value,
            .is_named = is_named(binding, sum[i].name),
        };
    }
    qsort(place, data->place_count, sizeof *place, compare_places);
    data->place = place;
}

/* -- What has no shape -------------------------------------------------------------------------- */

enum { LISTED = 12 };

struct lost {
    size_t word;
    double value;
};

static int compare_lost(const void *a, const void *b)
{
    const struct lost *left = a, *right = b;
    if (left->value != right->value)
        return left->value > right->value ? -1 : 1;
    return (left->word > right->word) - (left->word < right->word);
}

/* Exact places are drawn where they are, whatever shape they lie in. */
static bool is_shown(const struct binding *binding, size_t word)
{
    const struct place_tally *tally = &binding->tally[word];
    return binding->map->style == MAP_POINTS ? tally->coarse > 0 : tally->rows > 0;
}

static size_t find_lost(struct binding *binding, struct lost **out)
{
    size_t words = binding->groups->words.count, count = 0;
    struct lost *lost = ARENA_ARRAY(binding->context->chart.arena, struct lost, words);
    for (size_t i = 1; i < words; i++) {
        if (!is_shown(binding, i))
            continue;
        binding->out->named++;
        double value = word_value(binding, i);
        if (!match_is_good(&binding->match[i]))
            lost[count++] = (struct lost){i, isnan(value) ? 0 : value};
    }
    binding->out->matched = binding->out->named - count;
    qsort(lost, count, sizeof *lost, compare_lost);
    *out = lost;
    return count;
}

static struct slice word_of(const struct binding *binding, const struct lost *lost)
{
    return binding->groups->words.word[lost->word];
}

static struct slice unit_name(const struct binding *binding, size_t unit)
{
    return binding->map->boundaries->unit[unit].name;
}

/* "Chaman 21, Hub 30": for the reader in the brief's language, for the editor as the
 * data have it. */
static struct slice list_lost(const struct binding *binding, const struct lost *lost,
                              size_t count, bool for_reader)
{
    const struct block_context *context = binding->context;
    struct text list = {.arena = context->chart.arena};
    for (size_t i = 0; i < count && i < LISTED; i++) {
        struct slice name = word_of(binding, &lost[i]);
        if (i)
            text_append(&list, for_reader
                                   ? print_phrase(context, "alt.comma", 1, NULL, 0)
                                   : SLICE_LITERAL(", "));
        if (for_reader)
            name = locale_name(context->chart.locale, name, list.arena);
        text_append(&list, name);
        text_append_string(&list, " ");
        text_append(&list, print_value(context, binding->measure, lost[i].value));
    }
    return text_slice(&list);
}

/* "Chaman: Killa Abdullah, where its points lie, or Chagai" */
static void append_nearest(const struct binding *binding, const struct lost *lost,
                           struct text *out)
{
    struct slice near[NEAREST_MOST];
    const struct match *match = &binding->match[lost->word];
    const struct place_tally *tally = &binding->tally[lost->word];
    size_t count = join_nearest(binding->map->boundaries, word_of(binding, lost),
                                binding->context->chart.arena, near);
    text_print(out, "%s%.*s: ", out->size ? "; " : "",
               SLICE_PRINT(word_of(binding, lost)));
    if (match->kind == MATCH_SEVERAL)
        text_print(out, "%.*s (%.*s) or another of that name",
                   SLICE_PRINT(unit_name(binding, match->unit)),
                   SLICE_PRINT(binding->map->boundaries->unit[match->rival].name));
    else if (match->unit != SIZE_MAX)
        text_print(out, "another name of %.*s, which is there too",
                   SLICE_PRINT(unit_name(binding, match->unit)));
    else if (tally->seen)
        text_print(out, "its points lie in %.*s",
                   SLICE_PRINT(unit_name(binding, tally->seen_in)));
    else if (!count)
        text_append_string(out, "nothing like it");
    for (size_t i = 0; match->unit == SIZE_MAX && i < count; i++) {
        if (tally->seen && slice_equal(near[i], unit_name(binding, tally->seen_in)))
            continue;
        text_print(out, "%s%.*s", tally->seen || i ? " or " : "perhaps ",
                   SLICE_PRINT(near[i]));
    }
}

/* What the editor can copy: "Chaman: Killa Abdullah, Hub: Las Bela". */
static struct slice suggested_places(const struct binding *binding,
                                     const struct lost *lost, size_t count)
{
    struct text out = {.arena = binding->context->chart.arena};
    for (size_t i = 0; i < count && i < LISTED; i++) {
        const struct place_tally *tally = &binding->tally[lost[i].word];
        struct slice near[NEAREST_MOST], word = word_of(binding, &lost[i]);
        if (binding->match[lost[i].word].unit != SIZE_MAX)
            continue;
        if (tally->seen)
            near[0] = unit_name(binding, tally->seen_in);
        else if (!join_nearest(binding->map->boundaries, word, out.arena, near))
            continue;
        text_print(&out, "%s%.*s: %.*s", out.size ? ", " : "", SLICE_PRINT(word),
                   SLICE_PRINT(near[0]));
    }
    if (!out.size)
        text_print(&out, "%.*s: name or code of the shape",
                   SLICE_PRINT(word_of(binding, &lost[0])));
    return text_slice(&out);
}

static void report_lost(const struct binding *binding, const struct lost *lost,
                        size_t count)
{
    const struct map_arguments *map = binding->map;
    struct diags *diags = binding->context->chart.diags;
    struct place at = map->by_key ? map->by_key->at : binding->context->chart.at;
    struct text near = {.arena = binding->context->chart.arena};
    struct slice list = list_lost(binding, lost, count, false);
    const char *message = arena_print(
        near.arena,
        "%zu of %zu places of \"%.*s\" have no sure shape in \"%s\": %.*s%s", count,
        binding->out->named, SLICE_PRINT(map->ranking.by.column->name),
        map->boundaries->file, SLICE_PRINT(list), count > LISTED ? " and more" : "");
    struct diag *diag = map->allow_unmatched
                            ? diags_note(diags, at, "Q301", "%s", message)
                            : diags_error(diags, at, "Q301", "%s", message);
    for (size_t i = 0; i < count && i < LISTED; i++)
        append_nearest(binding, &lost[i], &near);
    struct slice places = suggested_places(binding, lost, count);
    diag_hint(diags, diag,
              "%.*s. Join them: `places: {%.*s}`; or print without them: `allow "
              "unmatched: yes`",
              SLICE_PRINT(text_slice(&near)), SLICE_PRINT(places));
}

/* -- The note ---------------------------------------------------------------------------------- */

static struct slice number_of(const struct binding *binding, size_t number)
{
    struct text text = {.arena = binding->context->chart.arena};
    locale_number(binding->context->chart.locale, (double)number, 0, &text);
    return text_slice(&text);
}

static void append_phrase(const struct binding *binding, struct text *out,
                          const char *key, double count, const struct phrase_part *part,
                          size_t part_count)
{
    if (out->size)
        text_append_string(out, " ");
    text_append(out, print_phrase(binding->context, key, count, part, part_count));
}

static void note_lost(const struct binding *binding, const struct lost *lost,
                      size_t count, struct text *note)
{
    enum { PRINTED = 4 };
    size_t printed = count > PRINTED + 1 ? PRINTED : count;
    const struct phrase_part part[] = {
        {"matched", number_of(binding, binding->out->matched)},
        {"all", number_of(binding, binding->out->named)},
        {"names", list_lost(binding, lost, printed, true)},
        {"count", number_of(binding, count - printed)},
    };
    append_phrase(binding, note, "map.matched", (double)binding->out->matched, part, 4);
    append_phrase(binding, note, printed < count ? "map.left out many" : "map.left out",
                  (double)(count - printed), part, 4);
}

static void write_note(struct binding *binding, const struct lost *lost, size_t count)
{
    struct text note = {.arena = binding->context->chart.arena};
    const struct locale *locale = binding->context->chart.locale;
    struct slice place = locale_name(locale, binding->map->ranking.by.column->name,
                                     binding->context->chart.arena);
    if (count)
        note_lost(binding, lost, count, &note);
    double unplaced = measure_is_additive(binding->measure)
                          ? word_value(binding, 0)
                          : (double)binding->tally[0].rows;
    if (is_shown(binding, 0) && unplaced > 0) {
        const struct phrase_part part[] = {
            {"measure", binding->out->data.measure},
            {"place", place},
            {"value", print_value(binding->context, binding->measure, unplaced)},
            {"count", number_of(binding, binding->tally[0].rows)}};
        append_phrase(binding, &note,
                      measure_is_additive(binding->measure) ? "map.unplaced"
                                                            : "map.unplaced records",
                      unplaced, part, 4);
    }
    if (binding->coarse_rows) {
        const struct phrase_part part[] = {
            {"count", number_of(binding, binding->coarse_rows)},
            {"all", number_of(binding, binding->coarse_rows + binding->dot_rows)},
            {"place", place}};
        append_phrase(binding, &note, "map.coarse", (double)binding->coarse_rows, part,
                      3);
    }
    if (binding->elsewhere) {
        const struct phrase_part part[] = {
            {"count", number_of(binding, binding->elsewhere)}, {"place", place}};
        append_phrase(binding, &note, "map.elsewhere", (double)binding->elsewhere, part,
                      2);
    }
    if (note.size)
        binding->out->line[binding->out->line_count++] = text_slice(&note);
}

/* -- All of it ------------------------------------------------------------------------------------ */

static void join_words(struct binding *binding)
{
    const struct map_arguments *map = binding->map;
    struct arena *arena = binding->context->chart.arena;
    const struct join_request request = {
        .boundaries = map->boundaries,
        .count = binding->groups->words.count,
        .word = binding->groups->words.word,
        .field = map->ranking.by.column->field,
        .given_count = map->given_count,
        .given = map->given,
    };
    binding->match = join_places(&request, arena);
    binding->tally = ARENA_ARRAY(arena, struct place_tally, request.count);
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
        .measure = shown->label.size
                       ? shown->label
                       : measure_label(shown->measure, context->chart.locale, arena),
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
    look_at_rows(&binding);
    fill_places(&binding);
    struct lost *lost;
    size_t count = find_lost(&binding, &lost);
    if (count)
        report_lost(&binding, lost, count);
    write_note(&binding, lost, count);
    return !count || map->allow_unmatched;
}

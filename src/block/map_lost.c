/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has no shape on a map: for the editor a message with the nearest names, for the
 * reader a note under the map, for the brief's own note how many matched. */
#include "block/map_binding.h"
#include "map/known.h"

#include <math.h>
#include <stdlib.h>

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

/* What a word of the data is known to mean, though there is no shape for it; empty. */
static struct slice known_meaning(struct known_places *known, struct slice word)
{
    bool is_code;
    const struct known_place *place =
        known->count ? known_place_of(known, word, &is_code) : NULL;
    return place ? known_name_of(place) : (struct slice){0};
}

/* "Chaman 21, Hub 30": for the reader in the brief's language, for the editor as the
 * data have it. */
static struct slice list_lost(const struct binding *binding, const struct lost *lost,
                              size_t count, bool for_reader)
{
    const struct block_context *context = binding->context;
    struct text list = {.arena = context->chart.arena};
    struct known_places known = {0};
    if (for_reader)
        known_find(binding->map->boundaries, list.arena, &known);
    for (size_t i = 0; i < count && i < LISTED; i++) {
        struct slice name = word_of(binding, &lost[i]);
        if (i)
            text_append(&list, for_reader
                                   ? print_phrase(context, "alt.comma", 1, NULL, 0)
                                   : SLICE_LITERAL(", "));
        struct slice meaning = known_meaning(&known, name);
        if (for_reader)
            name = locale_name(context->chart.locale, meaning.size ? meaning : name,
                               list.arena);
        text_append(&list, name);
        text_append_string(&list, " ");
        text_append(&list, print_value(context, binding->measure, lost[i].value));
    }
    return text_slice(&list);
}

/* "Bannu (11)": a code tells shapes of one name apart. */
static void append_unit(const struct binding *binding, size_t unit, struct text *out)
{
    const struct unit *shape = &binding->map->boundaries->unit[unit];
    text_append(out, shape->name);
    if (shape->code.count && !slice_equal(shape->code.item[0], shape->name))
        text_print(out, " (%.*s)", SLICE_PRINT(shape->code.item[0]));
}

/* "Chaman: Killa Abdullah, where its points lie, or Chagai" */
static void append_nearest(const struct binding *binding, struct known_places *known,
                           const struct lost *lost, struct text *out)
{
    struct slice meaning = known_meaning(known, word_of(binding, lost));
    struct slice near[NEAREST_MOST];
    const struct match *match = &binding->match[lost->word];
    const struct place_tally *tally = &binding->tally[lost->word];
    size_t count = join_nearest(binding->map->boundaries, word_of(binding, lost),
                                binding->context->chart.arena, near);
    text_print(out, "%s%.*s: ", out->size ? "; " : "",
               SLICE_PRINT(word_of(binding, lost)));
    if (match->kind == MATCH_SEVERAL) {
        append_unit(binding, match->unit, out);
        text_append_string(out, " or ");
        append_unit(binding, match->rival, out);
        text_append_string(out, ", which both go by it");
    } else if (match->unit != SIZE_MAX)
        text_print(out, "another name of %.*s, which is there too",
                   SLICE_PRINT(unit_name(binding, match->unit)));
    else if (meaning.size) {
        text_print(out, "%.*s, for which it has no shape", SLICE_PRINT(meaning));
        return;
    } else if (tally->seen)
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

/* "name (Fiji, Tanzania, W. Sahara), id (242, 834, 732)": when hardly any word has a
 * shape, the words aren't of the kind that the join looked at. */
static void append_fields(const struct binding *binding, struct text *out)
{
    struct joinable field[JOINABLE_MOST];
    size_t words = 0;
    size_t count = join_fields(&binding->request, out->arena, field);
    for (size_t i = 1; i < binding->request.count; i++)
        words += binding->request.word[i].size > 0;
    size_t told = 0;
    for (size_t i = 0; i < count; i++) {
        if (field[i].is_parent)
            continue;
        text_print(out, "%s%.*s (", told++ ? ", " : "its shapes are told apart by ",
                   SLICE_PRINT(field[i].field));
        for (size_t j = 0; j < field[i].examples; j++)
            text_print(out, "%s%.*s", j ? ", " : "", SLICE_PRINT(field[i].example[j]));
        text_append_string(out, ")");
    }
    if (!told)
        text_append_string(out, "no field of it tells its shapes apart");
    if (count && field[0].words > binding->out->matched)
        text_print(out, "; `%s: %.*s` would join %zu of %zu words",
                   field[0].is_parent ? "name field" : "code",
                   SLICE_PRINT(field[0].field), field[0].words, words);
    const struct boundaries *shapes = binding->map->boundaries;
    for (size_t i = 0; i < shapes->other_layers.count; i++)
        text_print(out, "%s%.*s", i ? ", " : "; it has other layers than this one: ",
                   SLICE_PRINT(shapes->other_layers.item[i]));
}

/* Hardly any word of the field has a shape, also of those that aren't in the window. */
static bool is_another_kind(const struct binding *binding)
{
    size_t words = 0, good = 0;
    for (size_t i = 1; i < binding->request.count; i++) {
        words += binding->request.word[i].size > 0;
        good += match_is_good(&binding->match[i]);
    }
    return good * 2 < words;
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
    struct known_places known;
    known_find(map->boundaries, near.arena, &known);
    bool is_other = is_another_kind(binding);
    for (size_t i = 0; !is_other && i < count && i < LISTED; i++)
        append_nearest(binding, &known, &lost[i], &near);
    if (is_other)
        append_fields(binding, &near);
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

/* "131 of 135 districts matched" */
static const char *matched_key(const struct binding *binding)
{
    struct slice field = binding->map->ranking.by.column->name;
    return slice_is(field, "district")   ? "map.matched districts"
           : slice_is(field, "province") ? "map.matched provinces"
                                         : "map.matched";
}

/* For the note on how the numbers were made, and for figures.json. */
static void record_matched(const struct binding *binding)
{
    const struct block_context *context = binding->context;
    const size_t number[] = {binding->out->matched, binding->out->named};
    const char *const what[] = {matched_key(binding), MAP_NAMED};
    for (size_t i = 0; context->scope->figures && i < 2; i++)
        figures_add(context->scope->figures,
                    &(struct figure){.at = context->chart.at,
                                     .expression = slice_of(what[i]),
                                     .printed = number_of(binding, number[i]),
                                     .number = (double)number[i],
                                     .low = NAN,
                                     .high = NAN,
                                     .period = binding->window});
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
    append_phrase(binding, note, matched_key(binding), (double)binding->out->matched,
                  part, 4);
    append_phrase(binding, note, printed < count ? "map.left out many" : "map.left out",
                  (double)(count - printed), part, 4);
}

/* What is counted, though the map may show how many of it fall on 100,000 people. */
static struct slice counted_name(const struct binding *binding)
{
    struct map_arguments plain = *binding->map;
    plain.people = NULL;
    return map_measure_name(&plain, binding->context);
}

static void note_count(const struct binding *binding, struct text *note,
                       const char *key, size_t count, size_t all)
{
    const struct phrase_part part[] = {
        {"count", number_of(binding, count)},
        {"all", number_of(binding, all)},
        {"place", locale_name(binding->context->chart.locale,
                              binding->map->ranking.by.column->name, note->arena)},
    };
    if (count)
        append_phrase(binding, note, key, (double)count, part, 3);
}

/* What names no place. */
static void note_unplaced(const struct binding *binding, struct text *note)
{
    bool is_sum = measure_is_additive(binding->measure);
    double unplaced = is_sum ? word_value(binding, 0) : (double)binding->tally[0].rows;
    const struct phrase_part part[] = {
        {"measure", counted_name(binding)},
        {"place", locale_name(binding->context->chart.locale,
                              binding->map->ranking.by.column->name, note->arena)},
        {"value", print_value(binding->context, binding->measure, unplaced)},
        {"count", number_of(binding, binding->tally[0].rows)}};
    if (is_shown(binding, 0) && unplaced > 0)
        append_phrase(binding, note, is_sum ? "map.unplaced" : "map.unplaced records",
                      unplaced, part, 4);
}

/* Circles show neither what isn't known nor what is below nothing. */
static void note_uncircled(const struct binding *binding, struct text *note)
{
    size_t unknown = 0, below = 0;
    const struct map_data *data = &binding->out->data;
    for (size_t i = 0; i < data->place_count; i++) {
        unknown += isnan(data->place[i].value) ? 1 : 0;
        below += data->place[i].value < 0;
    }
    if (binding->map->style == MAP_CHOROPLETH)
        return;
    if (!binding->people)
        note_count(binding, note, "map.no number", unknown, unknown);
    note_count(binding, note, "map.below zero", below, below);
}

static void write_note(struct binding *binding, const struct lost *lost, size_t count)
{
    struct text note = {.arena = binding->context->chart.arena};
    if (count)
        note_lost(binding, lost, count, &note);
    note_unplaced(binding, &note);
    note_uncircled(binding, &note);
    note_count(binding, &note, "map.coarse", binding->coarse_rows,
               binding->coarse_rows + binding->dot_rows + binding->outside_rows);
    note_count(binding, &note, "map.outside", binding->outside_rows, 0);
    note_count(binding, &note, "map.elsewhere", binding->elsewhere, 0);
    note_count(binding, &note, "map.no people", binding->unpeopled, 0);
    if (note.size)
        binding->out->line[binding->out->line_count++] = text_slice(&note);
}

size_t tell_lost(struct binding *binding)
{
    struct lost *lost;
    size_t count = find_lost(binding, &lost);
    if (count)
        report_lost(binding, lost, count);
    write_note(binding, lost, count);
    record_matched(binding);
    return count;
}

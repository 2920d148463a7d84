/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grammar of measures. */
#include "data/measure.h"

#include <string.h>

struct parser {
    struct phrase phrase;
    const struct measures *known;
    const struct name_list *fields;
    struct name_list measure_names;
};

enum taken { TAKEN, NOT_THERE, BROKEN };

/* Each measure owns copies of its parts and conditions, so both are limited. */
enum { MOST_PARTS = 64, MOST_TESTS = 1000 };

// clang-format off
static const struct {
    const char *words;
    enum measure_kind kind;
} openings[] = { /* longer ones first */
    {"sum of", MEASURE_SUM},
    {"total of", MEASURE_SUM},
    {"mean of", MEASURE_MEAN},
    {"average of", MEASURE_MEAN},
    {"median of", MEASURE_MEDIAN},
    {"highest of", MEASURE_HIGHEST},
    {"highest", MEASURE_HIGHEST},
    {"number of different", MEASURE_DISTINCT},
    {"number of", MEASURE_DISTINCT},
};
// clang-format on

static struct measure *new_measure(struct parser *parser, enum measure_kind kind,
                                   size_t from)
{
    struct measure *measure = ARENA_NEW(parser->phrase.arena, struct measure);
    measure->kind = kind;
    measure->scale = 1;
    measure->at = phrase_place(&parser->phrase, from);
    return measure;
}

/* Narrows a copy of a measure; composites pass the condition on to their parts, which
 * their copies own. */
static struct measure *copy_measure(const struct measure *measure,
                                    const struct condition *where, struct arena *arena)
{
    struct measure *copy = arena_copy(arena, measure, sizeof *measure);
    if (measure_is_composite(measure)) {
        copy->numerator = copy_measure(measure->numerator, where, arena);
        copy->denominator = copy_measure(measure->denominator, where, arena);
    } else {
        copy->where = condition_both(measure->where, where, arena);
    }
    return copy;
}

/* Fields ------------------------------------------------------------------------- */

static bool sees_field_end(struct phrase *phrase)
{
    return phrase_is_done(phrase) || phrase_sees_word(phrase, "where") ||
           phrase_sees_word(phrase, "per") || phrase_sees_word(phrase, "in");
}

/* Words up to what may follow a name, for names that nobody knows. */
static struct slice take_words(struct phrase *phrase)
{
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset, end = start;
    do {
        end = phrase_word_end(phrase->text, phrase->offset);
        phrase->offset = end;
    } while (!sees_field_end(phrase));
    phrase->offset = end;
    return phrase_part(phrase, start, end);
}

static enum taken take_field(struct parser *parser, struct measure *measure)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset;
    enum phrase_quote quote = phrase_take_quoted(phrase, "M210", &measure->field);
    if (quote == PHRASE_BROKEN)
        return BROKEN;
    bool found = quote == PHRASE_QUOTED;
    if (!found)
        found = phrase_take_name(phrase, parser->fields, &measure->field);
    if (!found || !sees_field_end(phrase)) {
        phrase->offset = start;
        if (sees_field_end(phrase))
            return NOT_THERE;
        measure->field = take_words(phrase);
    }
    struct slice typed = phrase_part(phrase, start, phrase->offset);
    measure->field_at = phrase_place(phrase, start);
    measure->field_width = (int)utf8_length(typed);
    return TAKEN;
}

/* Operands ----------------------------------------------------------------------- */

static enum taken take_simple(struct parser *parser, struct measure **out)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset;
    if (phrase_take_word(phrase, "count")) {
        *out = new_measure(parser, MEASURE_COUNT, start);
        (*out)->source = phrase_part(phrase, start, phrase->offset);
        return TAKEN;
    }
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        if (!phrase_take_words(phrase, openings[i].words))
            continue;
        struct measure *measure = new_measure(parser, openings[i].kind, start);
        enum taken taken = take_field(parser, measure);
        if (taken == NOT_THERE) {
            phrase_error(phrase, start, phrase->offset, "M210",
                         "expected a column's name after \"%s\"", openings[i].words);
            return BROKEN;
        }
        measure->source = phrase_part(phrase, start, phrase->offset);
        *out = measure;
        return taken;
    }
    return NOT_THERE;
}

/* "cout where …": the first word is nearly one that measures begin with. */
static bool suggest_opening(struct parser *parser, struct diag *diag,
                            struct slice words)
{
    const struct slice first[] = {
        SLICE_LITERAL("count"),   SLICE_LITERAL("sum"),    SLICE_LITERAL("total"),
        SLICE_LITERAL("mean"),    SLICE_LITERAL("median"), SLICE_LITERAL("average"),
        SLICE_LITERAL("highest"), SLICE_LITERAL("number"), SLICE_LITERAL("share"),
    };
    struct slice word = {words.data, phrase_word_end(words, 0)};
    if (text_nearest(word, first, sizeof first / sizeof *first) < 0)
        return false;
    diag->width = (int)utf8_length(word);
    diag_suggest(parser->phrase.diags, diag, word, first, sizeof first / sizeof *first);
    return true;
}

static void unknown_measure(struct parser *parser)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset;
    struct slice column, words = {0};
    if (phrase_take_name(phrase, parser->fields, &column) && sees_field_end(phrase)) {
        struct diag *diag =
            phrase_error(phrase, start, phrase->offset, "M211",
                         "\"%.*s\" is a column, not a measure", SLICE_PRINT(column));
        diag_hint(phrase->diags, diag, "write \"sum of %.*s\" or \"number of %.*s\"",
                  SLICE_PRINT(column), SLICE_PRINT(column));
        return;
    }
    phrase->offset = start;
    if (!sees_field_end(phrase))
        words = take_words(phrase);
    struct diag *diag = phrase_error(phrase, start, start + words.size, "M211",
                                     words.size ? "unknown measure \"%.*s\""
                                                : "expected a measure here%.*s",
                                     SLICE_PRINT(words));
    const struct name_list *known = &parser->measure_names;
    const char *meant =
        words.size ? measure_meant(words, parser->fields, phrase->arena) : NULL;
    if (meant)
        diag_hint(phrase->diags, diag, "%s", meant);
    else if (words.size && (text_nearest(words, known->name, known->count) >= 0 ||
                            !suggest_opening(parser, diag, words)))
        diag_suggest(phrase->diags, diag, words, known->name, known->count);
    if (!diag->hint)
        diag_hint(phrase->diags, diag,
                  "a measure reads: count, sum of killed, mean of killed, median of "
                  "killed, highest killed, number of district, A per B, A per 100,000 "
                  "B, share of A in B; and where …");
}

/* A known measure's name counts only where it ends, so that a measure called "number"
 * takes nothing away from "number of district". */
static enum taken take_operand(struct parser *parser, struct measure **out)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset;
    struct slice name;
    if (phrase_take_name(phrase, &parser->measure_names, &name) &&
        sees_field_end(phrase)) {
        const struct measure *known = measures_find(parser->known, name);
        *out = copy_measure(known, NULL, phrase->arena);
        return TAKEN;
    }
    phrase->offset = start;
    enum taken taken = take_simple(parser, out);
    if (taken == NOT_THERE)
        unknown_measure(parser);
    return taken == TAKEN ? TAKEN : BROKEN;
}

/* Definitions -------------------------------------------------------------------- */

static bool take_scale(struct parser *parser, double *scale)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset, end = start;
    *scale = 1;
    while (end < phrase->text.size && strchr("0123456789,.", phrase->text.data[end]) &&
           phrase->text.data[end])
        end++;
    if (end == start)
        return true;
    phrase->offset = end;
    if (number_parse(phrase_part(phrase, start, end), scale) && *scale > 0)
        return true;
    phrase_error(phrase, start, end, "M210",
                 "expected a number above 0 after \"per\", found \"%.*s\"",
                 SLICE_PRINT(phrase_part(phrase, start, end)));
    return false;
}

static struct measure *new_composite(struct parser *parser, enum measure_kind kind,
                                     struct measure *numerator,
                                     struct measure *denominator, size_t from)
{
    struct measure *measure = new_measure(parser, kind, from);
    measure->numerator = numerator;
    measure->denominator = denominator;
    return measure;
}

/* The same measure of all rows. */
static struct measure *without_condition(const struct measure *measure,
                                         struct arena *arena)
{
    struct measure *copy = arena_copy(arena, measure, sizeof *measure);
    if (measure_is_composite(measure)) {
        copy->numerator = without_condition(measure->numerator, arena);
        copy->denominator = without_condition(measure->denominator, arena);
    }
    copy->where = NULL;
    return copy;
}

static bool parse_share(struct parser *parser, struct measure **out, size_t start)
{
    struct phrase *phrase = &parser->phrase;
    struct measure *part, *whole;
    if (take_operand(parser, &part) != TAKEN)
        return false;
    if (!phrase_take_word(phrase, "in")) {
        phrase_skip_spaces(phrase);
        phrase_error(phrase, phrase->offset, phrase->offset, "M210",
                     "expected \"in\" and a measure: share of attacks in all");
        return false;
    }
    bool names_all = measures_find(parser->known, SLICE_LITERAL("all")) != NULL;
    if (!names_all && phrase_take_word(phrase, "all"))
        whole = without_condition(part, phrase->arena);
    else if (take_operand(parser, &whole) != TAKEN)
        return false;
    *out = new_composite(parser, MEASURE_SHARE, part, whole, start);
    return true;
}

static bool parse_definition(struct parser *parser, struct measure **out)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset;
    if (phrase_take_words(phrase, "share of"))
        return parse_share(parser, out, start);
    if (take_operand(parser, out) != TAKEN)
        return false;
    if (!phrase_take_word(phrase, "per"))
        return true;
    double scale;
    struct measure *denominator;
    if (!take_scale(parser, &scale) || take_operand(parser, &denominator) != TAKEN)
        return false;
    *out = new_composite(parser, MEASURE_RATIO, *out, denominator, start);
    (*out)->scale = scale;
    return true;
}

static bool parse_where(struct parser *parser, struct measure **out)
{
    struct phrase *phrase = &parser->phrase;
    if (phrase_is_done(phrase))
        return true;
    if (!phrase_take_word(phrase, "where")) {
        struct slice rest = phrase_rest(phrase);
        struct diag *diag =
            phrase_error(phrase, phrase->offset, phrase->text.size, "M210",
                         "didn't expect \"%.*s\" here", SLICE_PRINT(slice_trim(rest)));
        diag_hint(phrase->diags, diag, "%s", measure_rest_meant(slice_trim(rest)));
        return false;
    }
    const struct condition *where;
    if (!condition_parse(phrase_rest(phrase), phrase_place(phrase, phrase->offset),
                         parser->fields, phrase->arena, &where, phrase->diags))
        return false;
    *out = copy_measure(*out, where, phrase->arena);
    return true;
}

static size_t count_parts(const struct measure *measure)
{
    if (!measure_is_composite(measure))
        return 1;
    return count_parts(measure->numerator) + count_parts(measure->denominator);
}

static size_t count_tests(const struct condition *condition)
{
    size_t count = 0;
    for (; condition; condition = condition->right)
        count += condition->left ? count_tests(condition->left) : 1;
    return count;
}

static size_t most_tests(const struct measure *measure)
{
    if (!measure_is_composite(measure))
        return count_tests(measure->where);
    size_t above = most_tests(measure->numerator);
    size_t below = most_tests(measure->denominator);
    return above > below ? above : below;
}

static bool check_size(struct parser *parser, const struct measure *measure)
{
    if (count_parts(measure) <= MOST_PARTS && most_tests(measure) <= MOST_TESTS)
        return true;
    phrase_error(&parser->phrase, 0, parser->phrase.text.size, "M206",
                 "a measure of more than %d measures or %d tests", (int)MOST_PARTS,
                 (int)MOST_TESTS);
    return false;
}

/* Names -------------------------------------------------------------------------- */

static bool is_about(const struct measure *measure, struct slice folded,
                     struct arena *scratch)
{
    return measure->field.size &&
           slice_equal(slice_fold(scratch, measure->field), folded);
}

/* `killed` may be a sum of killed, not a count: readers would take it for the column. */
static bool check_name(struct parser *parser, const struct measure *measure)
{
    bool field_is_known = !measure->field.size;
    struct phrase *phrase = &parser->phrase;
    struct slice folded = slice_fold(phrase->arena, measure->name);
    if (!folded.size)
        return true;
    if (measures_find(parser->known, measure->name)) {
        struct diag *diag = diags_error(phrase->diags, phrase->at, "M212",
                                        "the measure \"%.*s\" is defined twice",
                                        SLICE_PRINT(measure->name));
        diag->width = (int)utf8_length(slice_trim(phrase->text));
        diag_hint(phrase->diags, diag,
                  "names that differ in capital letters or signs only are one");
        return false;
    }
    for (size_t i = 0; parser->fields && i < parser->fields->count; i++) {
        struct slice known = slice_fold(phrase->arena, parser->fields->name[i]);
        field_is_known = field_is_known || is_about(measure, known, phrase->arena);
    }
    if (!field_is_known)
        return true; /* of which measure_bind will tell */
    for (size_t i = 0; parser->fields && i < parser->fields->count; i++) {
        struct slice column = slice_fold(phrase->arena, parser->fields->name[i]);
        if (!slice_equal(column, folded) || is_about(measure, folded, phrase->arena))
            continue;
        struct diag *diag = diags_error(phrase->diags, phrase->at, "M213",
                                        "the measure \"%.*s\" has a column's name and "
                                        "means something else",
                                        SLICE_PRINT(measure->name));
        diag->width = (int)utf8_length(slice_trim(phrase->text));
        diag_hint(phrase->diags, diag,
                  "give it another name, or define it by the column: sum of %.*s",
                  SLICE_PRINT(parser->fields->name[i]));
        return false;
    }
    return true;
}

static struct name_list names_of(const struct measures *known, struct arena *arena)
{
    size_t count = known ? known->count : 0;
    struct slice *name = ARENA_ARRAY(arena, struct slice, count);
    struct slice *folded = ARENA_ARRAY(arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        name[i] = known->measure[i]->name;
        folded[i] = known->measure[i]->folded;
    }
    return (struct name_list){name, count, folded};
}

bool measure_parse(struct slice name, struct slice text, struct place at,
                   const struct measures *known, const struct name_list *fields,
                   struct arena *arena, struct measure **out, struct diags *diags)
{
    struct parser parser = {
        .phrase = {.text = text, .at = at, .arena = arena, .diags = diags},
        .known = known,
        .fields = fields,
        .measure_names = names_of(known, arena),
    };
    if (text.size > PHRASE_LONGEST) {
        phrase_error(&parser.phrase, 0, 0, "M206", "a measure of %zu bytes is too long",
                     text.size);
        return false;
    }
    struct measure *measure;
    if (!parse_definition(&parser, &measure) || !parse_where(&parser, &measure))
        return false;
    measure->name = name;
    measure->folded = slice_fold(arena, name);
    measure->label = (struct slice){0}; /* a measure again isn't called the same */
    measure->source = slice_trim(text);
    measure->at = at;
    *out = measure;
    return check_size(&parser, measure) && check_name(&parser, measure);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grammar of conditions: a chain of tests joined by and or by or, brackets, not. */
#include "data/filter.h"

#include <string.h>

enum { MOST_TESTS = 1000, DEEPEST_BRACKETS = 50 };

struct parser {
    struct phrase phrase;
    const struct name_list *fields;
    size_t tests, depth;
    size_t bare_start, bare_end; /* of the last value without quotes; 0, 0: none */
};

static struct condition *parse_chain(struct parser *parser);

/* Comparisons -------------------------------------------------------------------- */

// clang-format off
static const struct {
    const char *symbol;
    enum comparison comparison;
} symbols[] = { /* longer ones first */
    {">=", COMPARE_AT_LEAST}, {"=>", COMPARE_AT_LEAST}, {"\xE2\x89\xA5", COMPARE_AT_LEAST},
    {"<=", COMPARE_AT_MOST}, {"=<", COMPARE_AT_MOST}, {"\xE2\x89\xA4", COMPARE_AT_MOST},
    {"<>", COMPARE_NOT_EQUAL}, {"!=", COMPARE_NOT_EQUAL}, {"\xE2\x89\xA0", COMPARE_NOT_EQUAL},
    {"==", COMPARE_EQUAL}, {"=", COMPARE_EQUAL}, {">", COMPARE_MORE}, {"<", COMPARE_LESS},
};
enum value_shape { ONE_VALUE, LIST, NO_VALUE };
static const struct {
    const char *words;
    enum condition_kind kind;
    bool negated;
    enum value_shape shape;
} wordings[] = { /* longer ones first */
    {"is not in", CONDITION_IS, true, LIST},
    {"is in", CONDITION_IS, false, LIST},
    {"not in", CONDITION_IS, true, LIST},
    {"in", CONDITION_IS, false, LIST},
    {"is not known", CONDITION_KNOWN, true, NO_VALUE},
    {"is not unknown", CONDITION_KNOWN, false, NO_VALUE},
    {"is known", CONDITION_KNOWN, false, NO_VALUE},
    {"is unknown", CONDITION_KNOWN, true, NO_VALUE},
    {"is not", CONDITION_IS, true, ONE_VALUE},
    {"is", CONDITION_IS, false, ONE_VALUE},
    {"does not contain", CONDITION_CONTAINS, true, ONE_VALUE},
    {"not contains", CONDITION_CONTAINS, true, ONE_VALUE},
    {"contains", CONDITION_CONTAINS, false, ONE_VALUE},
};
// clang-format on
enum {
    SYMBOLS = sizeof symbols / sizeof *symbols,
    WORDINGS = sizeof wordings / sizeof *wordings
};

static bool sees_end(struct phrase *phrase)
{
    size_t before = phrase->offset;
    bool ends = phrase_is_done(phrase) || phrase_take_symbol(phrase, ")") ||
                phrase_sees_word(phrase, "and") || phrase_sees_word(phrase, "or");
    phrase->offset = before;
    return ends;
}

/* `status is in progress` and `note is known to police` hold values: a list needs
 * its bracket, `known` the end of the test. */
static bool take_wording(struct phrase *phrase, size_t index)
{
    size_t before = phrase->offset;
    if (!phrase_take_words(phrase, wordings[index].words))
        return false;
    size_t after = phrase->offset;
    bool fits = true;
    if (wordings[index].shape == LIST)
        fits = phrase_take_symbol(phrase, "(");
    if (wordings[index].shape == NO_VALUE)
        fits = sees_end(phrase);
    phrase->offset = fits ? after : before;
    return fits;
}

static bool take_comparison(struct phrase *phrase, struct condition *test,
                            enum value_shape *shape)
{
    *shape = ONE_VALUE;
    for (size_t i = 0; i < SYMBOLS; i++) {
        if (phrase_take_symbol(phrase, symbols[i].symbol)) {
            test->kind = CONDITION_COMPARE;
            test->comparison = symbols[i].comparison;
            return true;
        }
    }
    for (size_t i = 0; i < WORDINGS; i++) {
        if (take_wording(phrase, i)) {
            test->kind = wordings[i].kind;
            test->comparison = COMPARE_EQUAL;
            test->negated = wordings[i].negated;
            *shape = wordings[i].shape;
            return true;
        }
    }
    return false;
}

static bool sees_comparison(struct phrase *phrase)
{
    size_t before = phrase->offset;
    struct condition test;
    enum value_shape shape;
    bool found = take_comparison(phrase, &test, &shape);
    phrase->offset = before;
    return found;
}

/* Fields ------------------------------------------------------------------------- */

static void set_field(struct parser *parser, struct condition *test, struct slice name,
                      size_t from)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    test->field = name;
    struct slice typed = phrase_part(phrase, from, phrase->offset);
    from = (size_t)(typed.data - phrase->text.data);
    test->field_at = phrase_place(phrase, from);
    test->field_width = (int)utf8_length(typed);
}

/* Past a word or past brackets with what they hold: "(max)". */
static size_t past_word(struct slice text, size_t offset)
{
    const char *closing = NULL;
    if (offset < text.size && text.data[offset] == '(')
        closing = memchr(text.data + offset, ')', text.size - offset);
    return closing ? (size_t)(closing - text.data) + 1 : phrase_word_end(text, offset);
}

/* Words up to a comparison: a name that nobody knows. */
static bool take_unknown_name(struct phrase *phrase, struct slice *name)
{
    size_t start = phrase->offset, end = start;
    while (end < phrase->text.size) {
        phrase->offset = end;
        phrase_skip_spaces(phrase);
        if (phrase->offset > start && sees_comparison(phrase)) {
            phrase->offset = end;
            *name = phrase_part(phrase, start, end);
            return name->size > 0;
        }
        if (sees_end(phrase))
            break;
        end = past_word(phrase->text, phrase->offset);
    }
    phrase->offset = start;
    return false;
}

enum taken { TAKEN, NOT_THERE, BROKEN };

/* A name counts only where a comparison follows it, so that a column called "not" or
 * "killed" takes nothing away from `not …` and from `killed max >= 5`. */
static enum taken take_field(struct parser *parser, struct condition *test)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset;
    struct slice name;
    bool found =
        phrase_take_name(phrase, parser->fields, &name) && sees_comparison(phrase);
    if (!found) {
        phrase->offset = start;
        if (phrase_sees_word(phrase, "not"))
            return NOT_THERE;
        enum phrase_quote quote = phrase_take_quoted(phrase, "M204", &name);
        if (quote == PHRASE_BROKEN)
            return BROKEN;
        found = quote == PHRASE_QUOTED && sees_comparison(phrase);
    }
    if (!found) {
        phrase->offset = start;
        found = take_unknown_name(phrase, &name);
    }
    if (!found) {
        phrase->offset = start;
        return NOT_THERE;
    }
    set_field(parser, test, name, start);
    return TAKEN;
}

/* Values ------------------------------------------------------------------------- */

/* An Urdu keyboard has a comma of its own. */
static const char urdu_comma[] = "\xD8\x8C";

static bool is_list_comma(struct slice text, size_t at)
{
    return text.data[at] == ',' || slice_starts_with(slice_from(text, at), urdu_comma);
}

/* Bare words up to what ends a value; brackets inside it come in pairs. */
static size_t bare_end(struct phrase *phrase, bool in_list)
{
    size_t depth = 0, end = phrase->offset, before = phrase->offset;
    while (end < phrase->text.size) {
        phrase->offset = end;
        phrase_skip_spaces(phrase);
        end = phrase->offset;
        if (end >= phrase->text.size)
            break;
        char byte = phrase->text.data[end];
        if (depth == 0 &&
            (byte == ')' || (in_list && is_list_comma(phrase->text, end))))
            break;
        if (depth == 0 && !in_list &&
            (phrase_sees_word(phrase, "and") || phrase_sees_word(phrase, "or")))
            break;
        if (byte == '(')
            depth++;
        if (byte == ')')
            depth--;
        bool is_mark = strchr("(),", byte) != NULL;
        size_t start = end;
        end = is_mark ? end + 1 : phrase_word_end(phrase->text, end);
        for (size_t i = start + 1; in_list && i < end; i++)
            end = is_list_comma(phrase->text, i) ? i : end;
    }
    phrase->offset = before;
    return end;
}

struct values {
    struct slice *text;
    struct place *at;
    size_t count, capacity, at_count, at_capacity;
};

static void values_add(struct parser *parser, struct values *values, struct slice text,
                       size_t offset)
{
    struct arena *arena = parser->phrase.arena;
    *ARENA_APPEND(arena, values->text, values->count, values->capacity) = text;
    *ARENA_APPEND(arena, values->at, values->at_count, values->at_capacity) =
        phrase_place(&parser->phrase, offset);
}

/* "attack & killed > 1" as a value would be looked up, and spellings are forgiving. */
static bool holds_a_test(struct parser *parser, struct slice text, size_t start)
{
    static const char *const signs[] = {"<", ">", "=", "\xE2\x89\xA4", "\xE2\x89\xA5"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!memmem(text.data, text.size, signs[i], strlen(signs[i])))
            continue;
        struct diag *diag = phrase_error(
            &parser->phrase, start, start + text.size, "M204",
            "this value looks like another test: \"%.*s\"", SLICE_PRINT(text));
        diag_hint(
            parser->phrase.diags, diag,
            "tests are joined by \"and\" or \"or\"; a value with such a sign stands "
            "in quotes");
        return true;
    }
    return false;
}

static bool parse_value(struct parser *parser, struct values *values, bool in_list)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset;
    struct slice text;
    enum phrase_quote quote = phrase_take_quoted(phrase, "M204", &text);
    if (quote == PHRASE_BROKEN)
        return false;
    if (quote == PHRASE_NONE) {
        size_t end = bare_end(phrase, in_list);
        text = phrase_part(phrase, start, end);
        phrase->offset = start + text.size;
        parser->bare_start = start;
        parser->bare_end = phrase->offset;
    } else {
        parser->bare_end = 0;
    }
    if (!text.size) {
        struct diag *diag = phrase_error(phrase, start, phrase->offset, "M204",
                                         "expected a value here");
        diag_hint(phrase->diags, diag,
                  "as in province is Sindh; is known asks whether there is any");
        return false;
    }
    if (quote == PHRASE_NONE && holds_a_test(parser, text, start))
        return false;
    values_add(parser, values, text, start);
    return true;
}

static bool parse_list(struct parser *parser, struct values *values)
{
    struct phrase *phrase = &parser->phrase;
    phrase_take_symbol(phrase, "(");
    do {
        if (!parse_value(parser, values, true))
            return false;
    } while (phrase_take_symbol(phrase, ",") || phrase_take_symbol(phrase, urdu_comma));
    parser->bare_end = 0;
    if (phrase_take_symbol(phrase, ")"))
        return true;
    phrase_skip_spaces(phrase);
    struct diag *diag = phrase_error(phrase, phrase->offset, phrase->offset + 1, "M204",
                                     "expected \",\" or \")\" in the list of values");
    diag_hint(phrase->diags, diag, "a list reads: in (bombing, \"armed assault\")");
    return false;
}

/* Tests -------------------------------------------------------------------------- */

static struct slice next_words(struct phrase *phrase)
{
    size_t end = phrase_word_end(phrase->text, phrase->offset);
    return phrase_part(phrase, phrase->offset, end);
}

/* A column that is known, and no comparison behind it that is. */
static bool expected_comparison(struct parser *parser)
{
    struct phrase *phrase = &parser->phrase;
    size_t start = phrase->offset;
    struct slice field;
    if (!phrase_take_name(phrase, parser->fields, &field)) {
        phrase->offset = start;
        return false;
    }
    phrase_skip_spaces(phrase);
    struct slice word = next_words(phrase);
    size_t end = phrase->offset + word.size;
    struct diag *diag =
        phrase_error(phrase, phrase->offset, end, "M204",
                     word.size ? "expected a test behind \"%.*s\", found \"%.*s\""
                               : "expected a test behind \"%.*s\"%.*s",
                     SLICE_PRINT(field), SLICE_PRINT(word));
    const char *proper = condition_meant(word);
    diag_hint(phrase->diags, diag, "%s",
              proper
                  ? proper
                  : "tests are: is, is not, in (a, b), >= 5, contains \"x\", is known");
    return true;
}

static const char *cure_of_test(const struct parser *parser, struct slice found)
{
    if (slice_is(found, ")"))
        return "a bracket is closed here that isn't open: take it out";
    const struct phrase *phrase = &parser->phrase;
    if (slice_is(found, "is"))
        return "the column stands first: killed is known";
    if (parser->bare_end && found.size) {
        struct slice before = phrase_part(phrase, parser->bare_start, parser->bare_end);
        struct slice joint =
            slice_trim(phrase_part(phrase, parser->bare_end, phrase->offset));
        bool is_name = slice_is(joint, "and"); /* rather: Jammu and Kashmir */
        return arena_print(
            phrase->arena,
            is_name
                ? "a value that holds \"and\" needs quotes: \"%.*s and %.*s\"; any of "
                  "several reads: in (%.*s, %.*s)"
                : "any of several reads: in (%.*s, %.*s); a value that itself holds "
                  "\"or\" stands in quotes",
            SLICE_PRINT(before), SLICE_PRINT(found), SLICE_PRINT(before),
            SLICE_PRINT(found));
    }
    if (parser->tests)
        return "\"and\" and \"or\" stand between two tests";
    return "tests are: is, is not, in (a, b), >= 5, contains \"x\", is known; "
           "joined by and, or, not";
}

static void expected_test(struct parser *parser)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    struct slice found = next_words(phrase);
    if (found.size && expected_comparison(parser))
        return;
    struct diag *diag = phrase_error(
        phrase, phrase->offset, phrase->offset + found.size, "M204",
        found.size ? "expected a test such as \"killed >= 5\", found \"%.*s\""
                   : "expected a test such as \"killed >= 5\", found nothing%.*s",
        SLICE_PRINT(found));
    diag_hint(phrase->diags, diag, "%s", cure_of_test(parser, found));
}

static struct condition *new_condition(struct parser *parser, enum condition_kind kind,
                                       size_t from)
{
    struct condition *condition = ARENA_NEW(parser->phrase.arena, struct condition);
    condition->kind = kind;
    condition->at = phrase_place(&parser->phrase, from);
    return condition;
}

static struct condition *close_condition(struct parser *parser,
                                         struct condition *condition, size_t from)
{
    condition->source = phrase_part(&parser->phrase, from, parser->phrase.offset);
    return condition;
}

static bool is_too_much(struct parser *parser)
{
    struct phrase *phrase = &parser->phrase;
    bool is_deep = parser->depth > DEEPEST_BRACKETS;
    if (!is_deep && parser->tests <= MOST_TESTS)
        return false;
    phrase_error(phrase, phrase->offset, phrase->offset, "M206",
                 is_deep ? "more than %d brackets or \"not\"s inside each other"
                         : "more than %d tests in one condition",
                 is_deep ? (int)DEEPEST_BRACKETS : (int)MOST_TESTS);
    return true;
}

static struct condition *parse_test(struct parser *parser, size_t start)
{
    struct condition *test = new_condition(parser, CONDITION_IS, start);
    enum taken taken = take_field(parser, test);
    if (taken != TAKEN) {
        if (taken == NOT_THERE)
            expected_test(parser);
        return NULL;
    }
    parser->tests++;
    enum value_shape shape;
    take_comparison(&parser->phrase, test, &shape);
    struct values values = {0};
    parser->bare_end = 0;
    if (shape == LIST && !parse_list(parser, &values))
        return NULL;
    if (shape == ONE_VALUE && !parse_value(parser, &values, false))
        return NULL;
    test->value = values.text;
    test->value_at = values.at;
    test->value_count = values.count;
    return close_condition(parser, test, start);
}

static struct condition *parse_nested(struct parser *parser)
{
    struct phrase *phrase = &parser->phrase;
    size_t bracket = phrase->offset;
    phrase_take_symbol(phrase, "(");
    struct condition *inside = parse_chain(parser);
    if (!inside)
        return NULL;
    if (phrase_take_symbol(phrase, ")"))
        return close_condition(parser, inside, bracket);
    struct diag *diag = phrase_error(phrase, bracket, bracket + 1, "M204",
                                     "the bracket opened here isn't closed");
    diag_hint(phrase->diags, diag,
              "write the ) behind the last test that belongs to it");
    return NULL;
}

static struct condition *parse_unary(struct parser *parser)
{
    struct phrase *phrase = &parser->phrase;
    phrase_skip_spaces(phrase);
    if (is_too_much(parser))
        return NULL;
    size_t start = phrase->offset;
    struct condition *result = NULL;
    parser->depth++;
    struct condition probe;
    bool names_field =
        phrase_sees_word(phrase, "not") && take_field(parser, &probe) == TAKEN;
    phrase->offset = start;
    if (!names_field && phrase_take_word(phrase, "not")) {
        struct condition *inside = parse_unary(parser);
        if (inside) {
            result = new_condition(parser, CONDITION_NOT, start);
            result->left = inside;
            close_condition(parser, result, start);
        }
    } else if (slice_starts_with(phrase_rest(phrase), "(")) {
        result = parse_nested(parser);
    } else {
        result = parse_test(parser, start);
    }
    parser->depth--;
    return result;
}

/* Chains ------------------------------------------------------------------------- */

/* Chains lean to the right, so that whoever walks them loops instead of nesting. */
static struct condition *join(struct parser *parser, enum condition_kind kind,
                              struct condition *const *part, size_t count)
{
    struct condition *joined = part[count - 1];
    for (size_t i = count - 1; i-- > 0;) {
        struct condition *pair = ARENA_NEW(parser->phrase.arena, struct condition);
        pair->kind = kind;
        pair->at = part[i]->at;
        pair->left = part[i];
        pair->right = joined;
        const char *end = joined->source.data + joined->source.size;
        pair->source =
            (struct slice){part[i]->source.data, (size_t)(end - part[i]->source.data)};
        joined = pair;
    }
    return joined;
}

static bool take_joint(struct phrase *phrase, enum condition_kind *kind)
{
    bool is_and = phrase_take_word(phrase, "and");
    if (!is_and && !phrase_take_word(phrase, "or"))
        return false;
    *kind = is_and ? CONDITION_AND : CONDITION_OR;
    return true;
}

static struct condition *parse_chain(struct parser *parser)
{
    struct phrase *phrase = &parser->phrase;
    struct condition **parts = NULL;
    size_t count = 0, capacity = 0;
    enum condition_kind chain = CONDITION_AND, joint = CONDITION_AND;
    for (;;) {
        struct condition *part = parse_unary(parser);
        if (!part)
            return NULL;
        *ARENA_APPEND(phrase->arena, parts, count, capacity) = part;
        phrase_skip_spaces(phrase);
        size_t at = phrase->offset;
        if (!take_joint(phrase, &joint))
            break;
        if (count > 1 && joint != chain) {
            struct diag *diag =
                phrase_error(phrase, at, phrase->offset, "M205",
                             "\"and\" and \"or\" are mixed without brackets");
            diag_hint(phrase->diags, diag, "write a and (b or c), or (a and b) or c");
            return NULL;
        }
        chain = joint;
    }
    return join(parser, chain, parts, count);
}

bool condition_parse(struct slice text, struct place at, const struct name_list *fields,
                     struct arena *arena, const struct condition **out,
                     struct diags *diags)
{
    struct parser parser = {
        .phrase = {.text = text, .at = at, .arena = arena, .diags = diags},
        .fields = fields,
    };
    struct phrase *phrase = &parser.phrase;
    if (text.size > PHRASE_LONGEST) {
        phrase_error(phrase, 0, 0, "M206", "a condition of %zu bytes is too long",
                     text.size);
        return false;
    }
    struct condition *condition = parse_chain(&parser);
    if (!condition)
        return false;
    if (!phrase_is_done(phrase)) {
        expected_test(&parser);
        return false;
    }
    *out = condition;
    return true;
}

const struct condition *conditions_both(const struct condition *a,
                                        const struct condition *b, struct arena *arena)
{
    if (!a || !b)
        return a ? a : b;
    struct condition *both = ARENA_NEW(arena, struct condition);
    *both = (struct condition){
        .kind = CONDITION_AND,
        .at = a->at,
        .source = slice_of(arena_print(arena, "(%.*s) and (%.*s)",
                                       SLICE_PRINT(a->source), SLICE_PRINT(b->source))),
        .left = (struct condition *)a,
        .right = (struct condition *)b,
    };
    return both;
}

const struct condition *condition_both(const struct condition *a,
                                       const struct condition *b, struct arena *arena)
{
    if (!a || !b)
        return a ? a : b;
    return conditions_both(arena_copy(arena, a, sizeof *a),
                           arena_copy(arena, b, sizeof *b), arena);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the condition of an `if`: comparisons of values joined by and, or, not. */
#include "data/plain.h"
#include "template/pipeline.h"

#include <string.h>

enum { DEEPEST = 32 };

struct reading {
    struct slice text;
    size_t at;
    struct place start;
    const struct name_list *names;
    struct arena *arena;
    struct diags *diags;
    int depth;
};

static bool parse_either(struct reading *reading, const struct term **out);

static struct place place_at(const struct reading *reading, size_t at)
{
    struct place place = reading->start;
    place.column += (int)utf8_length((struct slice){reading->text.data, at});
    return place;
}

static bool refuse(struct reading *reading, size_t at, const char *why,
                   const char *hint)
{
    struct slice rest = slice_trim(slice_from(reading->text, at));
    struct diag *diag =
        diags_error(reading->diags, place_at(reading, at), "M103",
                    rest.size ? "%s: \"%.*s\"" : "%s%.*s", why, SLICE_PRINT(rest));
    diag->width = rest.size ? (int)utf8_length(rest) : 1;
    diag_hint(reading->diags, diag, "%s", hint);
    return false;
}

static void skip_spaces(struct reading *reading)
{
    while (reading->at < reading->text.size &&
           memchr(" \t\n", reading->text.data[reading->at], 3))
        reading->at++;
}

static bool is_boundary(struct slice text, size_t at)
{
    return at >= text.size || memchr(" \t\n()<>=!|", text.data[at], 10) != NULL;
}

static bool word_at(const struct reading *reading, size_t at, const char *word)
{
    size_t size = strlen(word);
    return slice_starts_with(slice_from(reading->text, at), word) &&
           is_boundary(reading->text, at + size);
}

static bool take_word(struct reading *reading, const char *word)
{
    skip_spaces(reading);
    if (!word_at(reading, reading->at, word))
        return false;
    reading->at += strlen(word);
    skip_spaces(reading);
    return true;
}

static struct term *new_term(struct reading *reading, enum term_kind kind, size_t at)
{
    struct term *term = ARENA_NEW(reading->arena, struct term);
    term->kind = kind;
    term->at = place_at(reading, at);
    return term;
}

/* Operands --------------------------------------------------------------------------- */

/* The length of the longest known name that text begins with. */
static size_t known_name(const struct reading *reading, size_t at)
{
    struct slice rest = slice_from(reading->text, at);
    size_t longest = 0;
    for (size_t i = 0; reading->names && i < reading->names->count; i++) {
        struct slice name = reading->names->name[i];
        if (name.size > longest && name.size <= rest.size &&
            memcmp(name.data, rest.data, name.size) == 0 &&
            (is_boundary(rest, name.size) || rest.data[name.size] == '.'))
            longest = name.size;
    }
    return longest;
}

static bool ends_operand(const struct reading *reading, size_t at)
{
    static const char *const ends[] = {
        "<", ">", "=", "!", "\xE2\x89\xA4", "\xE2\x89\xA5", "\xE2\x89\xA0"};
    static const char *const words[] = {"and", "or", "is"};
    struct slice rest = slice_from(reading->text, at);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (slice_starts_with(rest, ends[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (at && is_boundary(reading->text, at - 1) && word_at(reading, at, words[i]))
            return true;
    }
    return false;
}

/* Past the operand that begins here: brackets and quotes stay whole. */
static size_t operand_end(struct reading *reading)
{
    int depth = 0;
    size_t at = reading->at + known_name(reading, reading->at);
    while (at < reading->text.size) {
        size_t end = quoted_end(reading->text, at);
        if (end == SIZE_MAX)
            return SIZE_MAX;
        char c = reading->text.data[at];
        if (depth == 0 && end == at && (c == ')' || ends_operand(reading, at)))
            break;
        depth += (c == '(') - (c == ')');
        at = end > at ? end : at + 1;
    }
    return at;
}

static struct slice without_quotes(struct slice text)
{
    unsigned char first = (unsigned char)text.data[0];
    size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3;
    return (struct slice){text.data + size, text.size - 2 * size};
}

static bool parse_percent(struct slice text, double *out)
{
    if (text.data[text.size - 1] != '%' ||
        !number_parse((struct slice){text.data, text.size - 1}, out))
        return false;
    *out /= 100;
    return true;
}

/* A text in quotes, a number, a date, or else a value; behind `is` bare words. */
static bool sort_operand(struct reading *reading, struct slice text, bool is_word,
                         struct term *term)
{
    struct period period;
    bool is_quoted = quoted_end(text, 0) == text.size;
    term->text = is_quoted ? without_quotes(text) : text;
    term->kind = TERM_TEXT;
    if (is_quoted || is_word || (period_parse_date(text, &period) && text.size > 4))
        return true;
    term->kind = TERM_NUMBER;
    if (number_parse(text, &term->number) || parse_percent(text, &term->number))
        return true;
    size_t at = 0;
    uint32_t first = utf8_next(text, &at);
    bool has_digit = (first >= '0' && first <= '9') ||
                     (first >= 0x660 && first <= 0x669) ||
                     (first >= 0x6F0 && first <= 0x6F9);
    if (has_digit && reading->names && !known_name(reading, reading->at - text.size)) {
        struct diag *diag = diags_error(reading->diags, term->at, "M103",
                                        "\"%.*s\" is no number", SLICE_PRINT(text));
        diag->width = (int)utf8_length(text);
        char plain[PLAIN_SIZE];
        struct slice meant = plain_cell(text, ',', plain);
        if (number_parse(meant, &term->number))
            diag_hint(reading->diags, diag, "write %.*s", SLICE_PRINT(meant));
        else
            diag_hint(reading->diags, diag, "digits alone, as in attacks > 9");
        return false;
    }
    term->kind = TERM_VALUE;
    return pipeline_parse(text, term->at, reading->arena, &term->pipeline,
                          reading->diags);
}

static bool parse_operand(struct reading *reading, bool is_word,
                          const struct term **out)
{
    skip_spaces(reading);
    size_t start = reading->at, end = operand_end(reading);
    if (end == SIZE_MAX)
        return refuse(reading, start, "a quote isn't closed", "close the quote");
    struct slice text =
        slice_trim((struct slice){reading->text.data + start, end - start});
    if (!text.size)
        return refuse(reading, start, "something is missing here",
                      "as in {{ if civilians > 0 }}");
    struct term *term = new_term(reading, TERM_VALUE, start);
    reading->at = end;
    *out = term;
    return sort_operand(reading, text, is_word, term);
}

/* Comparisons --------------------------------------------------------------------------- */

struct sign {
    const char *text;
    enum comparison comparison;
};

static const struct sign signs[] = {
    {">=", COMPARE_AT_LEAST},
    {"<=", COMPARE_AT_MOST},
    {"!=", COMPARE_NOT_EQUAL},
    {"<>", COMPARE_NOT_EQUAL},
    {"==", COMPARE_EQUAL},
    {"=", COMPARE_EQUAL},
    {">", COMPARE_MORE},
    {"<", COMPARE_LESS},
    {"\xE2\x89\xA4", COMPARE_AT_MOST},
    {"\xE2\x89\xA5", COMPARE_AT_LEAST},
    {"\xE2\x89\xA0", COMPARE_NOT_EQUAL},
};

static bool take_sign(struct reading *reading, enum comparison *comparison)
{
    skip_spaces(reading);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (slice_starts_with(slice_from(reading->text, reading->at), signs[i].text)) {
            reading->at += strlen(signs[i].text);
            *comparison = signs[i].comparison;
            return true;
        }
    }
    return false;
}

static struct term *negate(struct reading *reading, const struct term *term)
{
    struct term *not = new_term(reading, TERM_NOT, 0);
    not ->at = term->at;
    not ->left = term;
    return not ;
}

/* `x is y`, `x is not y`, `x is known`, `x is unknown`. */
static bool parse_is(struct reading *reading, struct term *term,
                     const struct term **out)
{
    bool is_not = take_word(reading, "not");
    bool is_unknown = take_word(reading, "unknown");
    if (is_unknown || take_word(reading, "known")) {
        term->kind = TERM_KNOWN;
        *out = is_not != is_unknown ? negate(reading, term) : term;
        return true;
    }
    term->comparison = is_not ? COMPARE_NOT_EQUAL : COMPARE_EQUAL;
    *out = term;
    return parse_operand(reading, true, &term->right);
}

static bool parse_comparison(struct reading *reading, const struct term **out)
{
    struct term *term = new_term(reading, TERM_COMPARE, reading->at);
    if (!parse_operand(reading, false, &term->left))
        return false;
    if (take_word(reading, "is"))
        return parse_is(reading, term, out);
    if (!take_sign(reading, &term->comparison)) {
        *out = term->left;
        return true;
    }
    *out = term;
    return parse_operand(reading, false, &term->right);
}

/* and, or, not, brackets ------------------------------------------------------------------ */

static bool parse_one(struct reading *reading, const struct term **out)
{
    bool ok;
    if (++reading->depth > DEEPEST)
        return refuse(reading, reading->at, "nested too deeply", "use fewer brackets");
    if (!known_name(reading, reading->at) && take_word(reading, "not")) {
        const struct term *inner;
        ok = parse_one(reading, &inner);
        if (ok)
            *out = negate(reading, inner);
    } else if (reading->at < reading->text.size &&
               reading->text.data[reading->at] == '(') {
        size_t open = reading->at++;
        skip_spaces(reading);
        ok = parse_either(reading, out);
        skip_spaces(reading);
        if (ok && (reading->at >= reading->text.size ||
                   reading->text.data[reading->at++] != ')'))
            ok = refuse(reading, open, "a bracket isn't closed", "write the )");
    } else {
        ok = parse_comparison(reading, out);
    }
    reading->depth--;
    return ok;
}

static bool parse_either(struct reading *reading, const struct term **out)
{
    enum term_kind joined = TERM_VALUE;
    skip_spaces(reading);
    if (!parse_one(reading, out))
        return false;
    for (;;) {
        skip_spaces(reading);
        size_t at = reading->at;
        enum term_kind kind = take_word(reading, "and")  ? TERM_AND
                              : take_word(reading, "or") ? TERM_OR
                                                         : TERM_VALUE;
        if (kind == TERM_VALUE)
            return true;
        if (joined != TERM_VALUE && joined != kind)
            return refuse(reading, at, "and is mixed with or",
                          "put brackets around what belongs together");
        joined = kind;
        struct term *both = new_term(reading, kind, at);
        both->left = *out;
        if (!parse_one(reading, &both->right))
            return false;
        *out = both;
    }
}

bool term_parse(struct slice text, struct place at, const struct name_list *names,
                struct arena *arena, const struct term **out, struct diags *diags)
{
    struct reading reading = {text, 0, at, names, arena, diags, 0};
    *out = NULL;
    if (!slice_trim(text).size) {
        struct diag *diag = diags_error(diags, at, "M102", "if what?");
        diag_hint(diags, diag, "write a condition: {{ if civilians > 0 }}");
        return false;
    }
    if (!parse_either(&reading, out))
        return false;
    if (reading.at < text.size)
        return refuse(
            &reading, reading.at, "not understood in a condition",
            "comparisons are joined by and, or; as in attacks > 0 and killed > 0");
    return true;
}

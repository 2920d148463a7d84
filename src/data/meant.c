/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an editor may have meant by a measure or a condition that isn't understood. */
#include "data/measure.h"

#include "data/phrase.h"

#include <string.h>

static bool is_one_of(struct slice word, const char *const *known, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(word, known[i]))
            return true;
    }
    return false;
}

static struct slice first_word(struct slice words, struct slice *rest)
{
    size_t size = 0;
    while (size < words.size && words.data[size] != ' ')
        size++;
    *rest = slice_trim(slice_from(words, size));
    return (struct slice){words.data, size};
}

/* A sign of arithmetic between two spaces; 0 when there is none. */
static char sign_in(struct slice words)
{
    for (size_t i = 1; i + 1 < words.size; i++) {
        if (words.data[i - 1] == ' ' && words.data[i + 1] == ' ' &&
            strchr("+-*/", words.data[i]))
            return words.data[i];
    }
    return 0;
}

static struct slice without_of(struct slice words)
{
    struct slice rest;
    return slice_is(first_word(words, &rest), "of") ? rest : words;
}

const char *measure_meant(struct slice words, const struct name_list *fields,
                          struct arena *arena)
{
    static const char *const highest[] = {"max", "maximum", "most", "largest", "peak"};
    static const char *const verbs[] = {"sum", "total", "mean", "median", "average"};
    struct slice rest, verb = first_word(words, &rest), field = without_of(rest);
    double number;
    char sign = sign_in(words);
    if (number_parse(words, &number))
        return "a measure counts rows; a fixed number belongs under `values:`";
    if (sign == '/')
        return "a rate is written A per B, a share: share of A in B";
    if (sign)
        return "measures aren't calculated: count or sum over a wider `where`, or "
               "write "
               "A per B";
    if (is_one_of(verb, highest, sizeof highest / sizeof *highest) && field.size)
        return arena_print(arena, "write highest %.*s", SLICE_PRINT(field));
    for (size_t i = 0; fields && i < fields->count; i++) {
        if (is_one_of(verb, verbs, sizeof verbs / sizeof *verbs) &&
            slice_equal(field, fields->name[i]))
            return arena_print(arena, "write %.*s of %.*s", SLICE_PRINT(verb),
                               SLICE_PRINT(field));
    }
    if (memmem(words.data, words.size, " of ", 4))
        return "a share reads: share of A in B, a sum: sum of killed";
    return NULL;
}

/* What stands where `where` should. */
const char *measure_rest_meant(struct slice rest)
{
    static const char *const conditions[] = {"if",    "when",  "with",  "for",
                                             "wher",  "were",  "whre",  "whose",
                                             "Where", "WHERE", "having"};
    struct slice after, word = first_word(rest, &after);
    if (is_one_of(word, conditions, sizeof conditions / sizeof *conditions))
        return "a condition begins with \"where\"";
    if (word.size && word.data[0] == ',')
        return "take the comma out: count where …";
    if (slice_is(word, "of"))
        return "\"count\" counts rows and takes no name: count where …";
    return "a measure goes on with \"where\" and a condition, or ends";
}

const char *condition_meant(struct slice word)
{
    static const char *const wrong[][2] = {
        {"in", "a list stands in brackets: in (Sindh, Punjab)"},
        {"not", "write is not, or not in (…)"},
        {"isn", "write is not"},
        {"isnt", "write is not"},
        {"isn't", "write is not"},
        {"isn\xE2\x80\x99t", "write is not"},
        {"are", "write is"},
        {"was", "write is"},
        {"equals", "write is"},
        {"like", "write contains"},
        {"has", "write contains"},
        {"includes", "write contains"},
        {"over", "write >"},
        {"above", "write >"},
        {"under", "write <"},
        {"below", "write <"},
        {"between", "write killed >= 5 and killed <= 9"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (slice_is(word, wrong[i][0]))
            return wrong[i][1];
    }
    return NULL;
}

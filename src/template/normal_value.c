/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The normal form of what stands between {{ and }}: one space around bars, signs and
 * the words between comparisons, one behind commas and colons, none inside brackets.
 * Names and quoted texts stay as they are. What reads otherwise afterwards is left as it
 * was typed. */
#include "template/normal.h"

#include "template/pipeline.h"

#include <string.h>

struct tidying {
    struct slice text;
    size_t at;
    struct text out;
};

static void skip_spaces(struct tidying *tidying)
{
    while (tidying->at < tidying->text.size &&
           memchr(" \t\n", tidying->text.data[tidying->at], 3))
        tidying->at++;
}

static void drop_spaces(struct tidying *tidying)
{
    while (tidying->out.size &&
           memchr(" \t\n", tidying->out.data[tidying->out.size - 1], 3))
        tidying->out.size--;
}

static void put(struct tidying *tidying, const char *sign)
{
    text_append_string(&tidying->out, sign);
}

static bool is_done(const struct tidying *tidying)
{
    return tidying->at >= tidying->text.size;
}

static bool begins_with(const struct tidying *tidying, const char *sign)
{
    return slice_starts_with(slice_from(tidying->text, tidying->at), sign);
}

/* A quoted text, or else one byte. */
static void copy_one(struct tidying *tidying)
{
    size_t end = quoted_end(tidying->text, tidying->at);
    if (end == SIZE_MAX || end == tidying->at)
        end = tidying->at + 1;
    text_append(&tidying->out,
                (struct slice){tidying->text.data + tidying->at, end - tidying->at});
    tidying->at = end;
}

static bool is_name_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

static void copy_word(struct tidying *tidying)
{
    while (!is_done(tidying) && is_name_letter(tidying->text.data[tidying->at]))
        copy_one(tidying);
}

/* Filters ----------------------------------------------------------------------------- */

static void begin_argument(struct tidying *tidying)
{
    skip_spaces(tidying);
    copy_word(tidying);
    if (is_done(tidying) || tidying->text.data[tidying->at] != ':')
        return;
    put(tidying, ": ");
    tidying->at++;
    skip_spaces(tidying);
}

static void tidy_arguments(struct tidying *tidying)
{
    int depth = 1;
    put(tidying, "(");
    tidying->at++;
    begin_argument(tidying);
    while (!is_done(tidying) && depth > 0) {
        char c = tidying->text.data[tidying->at];
        bool is_urdu = begins_with(tidying, "\xD8\x8C");
        if (depth == 1 && (c == ',' || is_urdu)) {
            drop_spaces(tidying);
            put(tidying, ", ");
            tidying->at += is_urdu ? 2 : 1;
            begin_argument(tidying);
            continue;
        }
        depth += (c == '(') - (c == ')');
        if (!depth)
            drop_spaces(tidying);
        copy_one(tidying);
    }
}

/* Behind a bar. */
static void tidy_filter(struct tidying *tidying)
{
    bool is_escaped =
        tidying->out.size && tidying->out.data[tidying->out.size - 1] == '\\';
    tidying->out.size -= is_escaped;
    drop_spaces(tidying);
    put(tidying, is_escaped ? " \\| " : " | ");
    tidying->at++;
    skip_spaces(tidying);
    copy_word(tidying);
    size_t word_end = tidying->at;
    skip_spaces(tidying);
    if (!is_done(tidying) && tidying->text.data[tidying->at] == '(')
        tidy_arguments(tidying);
    else
        tidying->at = word_end;
}

static struct slice tidy_value(struct slice text, struct arena *arena)
{
    struct tidying tidying = {.text = text, .out = {.arena = arena}};
    int depth = 0;
    while (!is_done(&tidying)) {
        char c = text.data[tidying.at];
        depth += (c == '(') - (c == ')');
        if (c == '|' && depth == 0)
            tidy_filter(&tidying);
        else
            copy_one(&tidying);
    }
    drop_spaces(&tidying);
    return text_slice(&tidying.out);
}

/* Conditions -------------------------------------------------------------------------- */

static bool is_boundary(struct slice text, size_t at)
{
    return at >= text.size || memchr(" \t\n()<>=!|", text.data[at], 10) != NULL;
}

/* Takes a word that stands alone, with the spaces behind it. */
static bool take_word(struct tidying *tidying, const char *word)
{
    size_t at = tidying->at;
    if (!begins_with(tidying, word) || !is_boundary(tidying->text, at + strlen(word)) ||
        (at && !is_boundary(tidying->text, at - 1)))
        return false;
    drop_spaces(tidying);
    if (tidying->out.size && tidying->out.data[tidying->out.size - 1] != '(')
        put(tidying, " ");
    put(tidying, word);
    put(tidying, " ");
    tidying->at += strlen(word);
    skip_spaces(tidying);
    return true;
}

/* Signs for the same are written as one. */
static const char *const signs[][2] = {
    {">=", ">="},
    {"<=", "<="},
    {"!=", "!="},
    {"<>", "!="},
    {"==", "="},
    {"=", "="},
    {">", ">"},
    {"<", "<"},
    {"\xE2\x89\xA4", "<="},
    {"\xE2\x89\xA5", ">="},
    {"\xE2\x89\xA0", "!="},
};

static bool take_sign(struct tidying *tidying)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!begins_with(tidying, signs[i][0]))
            continue;
        drop_spaces(tidying);
        put(tidying, " ");
        put(tidying, signs[i][1]);
        put(tidying, " ");
        tidying->at += strlen(signs[i][0]);
        skip_spaces(tidying);
        return true;
    }
    return false;
}

/* A value with its filters, up to what compares or joins. */
static void tidy_operand(struct tidying *tidying)
{
    int depth = 0;
    while (!is_done(tidying)) {
        char c = tidying->text.data[tidying->at];
        if (depth == 0 && (c == ')' || take_sign(tidying)))
            return;
        if (depth == 0 && take_word(tidying, "is")) {
            take_word(tidying, "not");
            return;
        }
        if (depth == 0 && (take_word(tidying, "and") || take_word(tidying, "or")))
            return;
        depth += (c == '(') - (c == ')');
        if (c == '|' && depth == 0)
            tidy_filter(tidying);
        else
            copy_one(tidying);
    }
}

static struct slice tidy_condition(struct slice text, struct arena *arena)
{
    struct tidying tidying = {.text = text, .out = {.arena = arena}};
    while (!is_done(&tidying)) {
        skip_spaces(&tidying);
        if (is_done(&tidying) || take_word(&tidying, "not"))
            continue;
        char c = text.data[tidying.at];
        if (c == '(') {
            put(&tidying, "(");
            tidying.at++;
        } else if (c == ')') {
            drop_spaces(&tidying);
            put(&tidying, ")");
            tidying.at++;
        } else {
            tidy_operand(&tidying);
        }
    }
    drop_spaces(&tidying);
    return text_slice(&tidying.out);
}

/* The same tree ----------------------------------------------------------------------- */

static bool is_same_pipeline(const struct pipeline *a, const struct pipeline *b)
{
    if (!a || !b)
        return a == b;
    bool is_same = slice_equal(a->name, b->name) && a->call_count == b->call_count;
    for (size_t i = 0; is_same && i < a->call_count; i++) {
        const struct filter_call *one = &a->call[i], *other = &b->call[i];
        is_same = slice_equal(one->name, other->name) && one->count == other->count;
        for (size_t j = 0; is_same && j < one->count; j++)
            is_same = slice_equal(one->argument[j].name, other->argument[j].name) &&
                      slice_equal(one->argument[j].text, other->argument[j].text);
    }
    return is_same;
}

static bool is_same_term(const struct term *a, const struct term *b)
{
    if (!a || !b)
        return a == b;
    bool has_text = a->kind == TERM_TEXT || a->kind == TERM_NUMBER;
    return a->kind == b->kind && a->comparison == b->comparison &&
           (!has_text || slice_equal(a->text, b->text)) &&
           is_same_pipeline(a->pipeline, b->pipeline) &&
           is_same_term(a->left, b->left) && is_same_term(a->right, b->right);
}

bool value_is_same(struct slice a, struct slice b, bool is_condition,
                   struct arena *arena)
{
    struct diags *unheard = diags_new(arena);
    const struct place nowhere = {0};
    if (is_condition) {
        const struct term *one, *other;
        return term_parse(a, nowhere, NULL, arena, &one, unheard) &&
               term_parse(b, nowhere, NULL, arena, &other, unheard) &&
               is_same_term(one, other);
    }
    const struct pipeline *one, *other;
    return pipeline_parse(a, nowhere, arena, &one, unheard) &&
           pipeline_parse(b, nowhere, arena, &other, unheard) &&
           is_same_pipeline(one, other);
}

static struct slice tidied(struct slice text, bool is_condition, struct arena *arena)
{
    text = slice_trim(text);
    struct slice tidy =
        is_condition ? tidy_condition(text, arena) : tidy_value(text, arena);
    return value_is_same(text, tidy, is_condition, arena) ? tidy : text;
}

/* Words ------------------------------------------------------------------------------- */

/* The bytes of what a condition begins with; *word as the manual has it. */
static size_t condition_word(struct slice inside, const char **word)
{
    static const char *const words[][2] = {{"if", "if"},          {"#if", "if"},
                                           {"elseif", "else if"}, {"elsif", "else if"},
                                           {"elif", "else if"},   {"else", "else"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i][0]);
        if (inside.size < size || strncasecmp(inside.data, words[i][0], size) != 0 ||
            (inside.size > size && !memchr(" \t(", inside.data[size], 3)))
            continue;
        *word = words[i][1];
        struct slice rest = slice_trim(slice_from(inside, size));
        const char *unused;
        if (slice_is(slice_of(*word), "else") && condition_word(rest, &unused) == 2) {
            *word = "else if";
            return (size_t)(rest.data - inside.data) + 2;
        }
        return size;
    }
    return 0;
}

static bool ends_if(struct slice inside)
{
    return slice_equal_any_case(inside, slice_of("end")) ||
           slice_equal_any_case(inside, slice_of("end if")) ||
           slice_equal_any_case(inside, slice_of("endif")) ||
           slice_equal_any_case(inside, slice_of("/if"));
}

struct slice value_normal_form(struct slice inside, struct arena *arena)
{
    const char *word = "";
    inside = slice_trim(inside);
    if (memchr(inside.data, '\n', inside.size))
        return inside;
    if (ends_if(inside))
        return slice_of("end");
    size_t size = condition_word(inside, &word);
    if (!size)
        return tidied(inside, false, arena);
    struct slice condition = tidied(slice_from(inside, size), true, arena);
    return condition.size
               ? slice_of(arena_print(arena, "%s %.*s", word, SLICE_PRINT(condition)))
               : slice_of(word);
}

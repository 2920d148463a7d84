/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading what stands between {{ and }}: a name and its filters. */
#include "template/pipeline.h"

#include <string.h>

enum { MOST_CALLS = 16, MOST_ARGUMENTS = 16 };

/* Quotes ----------------------------------------------------------------------------- */

struct quote {
    const char *open, *close;
};

static const struct quote quotes[] = {
    {"\"", "\""},
    {"'", "'"},
    {"\xE2\x80\x9C", "\xE2\x80\x9D"},
    {"\xE2\x80\x9D", "\xE2\x80\x9D"},
    {"\xE2\x80\x9E", "\xE2\x80\x9C"},
    {"\xE2\x80\x98", "\xE2\x80\x99"},
    {"\xC2\xAB", "\xC2\xBB"},
    {"`", "`"},
};
enum { QUOTE_COUNT = sizeof quotes / sizeof *quotes };

static bool is_letter(struct slice text, size_t at)
{
    unsigned char c = at < text.size ? (unsigned char)text.data[at] : ' ';
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* An apostrophe closes only where a word can't go on: 'it's' is one text. */
static bool closes(struct slice text, size_t at, const struct quote *quote)
{
    if (!slice_starts_with(slice_from(text, at), quote->close))
        return false;
    size_t after = at + strlen(quote->close);
    bool is_apostrophe =
        quote->close[0] == '\'' || strcmp(quote->close, "\xE2\x80\x99") == 0;
    return !is_apostrophe || !is_letter(text, after) ||
           (unsigned char)text.data[after] >= 0x80;
}

static const struct quote *quote_at(struct slice text, size_t at)
{
    for (size_t i = 0; i < QUOTE_COUNT; i++) {
        if (slice_starts_with(slice_from(text, at), quotes[i].open))
            return &quotes[i];
    }
    return NULL;
}

size_t quoted_end(struct slice text, size_t at)
{
    const struct quote *quote = quote_at(text, at);
    if (!quote || (quote->open[0] == '\'' && at && is_letter(text, at - 1)))
        return at;
    for (size_t i = at + strlen(quote->open); i < text.size; i++) {
        if (closes(text, i, quote))
            return i + strlen(quote->close);
    }
    return SIZE_MAX;
}

/* A whole text in quotes without them; other text as it is. */
static struct slice unquote(struct slice text)
{
    const struct quote *quote = text.size ? quote_at(text, 0) : NULL;
    if (!quote || quoted_end(text, 0) != text.size)
        return text;
    size_t open = strlen(quote->open), close = strlen(quote->close);
    return (struct slice){text.data + open, text.size - open - close};
}

/* Reading ---------------------------------------------------------------------------- */

struct reading {
    struct slice all;
    struct place at;
    struct arena *arena;
    struct diags *diags;
};

static struct place place_of(const struct reading *reading, const char *data)
{
    struct place at = reading->at;
    struct slice before = {reading->all.data, (size_t)(data - reading->all.data)}, line;
    const char *start = before.data;
    struct slice rest = before;
    while (slice_cut(&rest, '\n', &line) && line.data + line.size < data) {
        at.line++;
        at.column = 1;
        start = line.data + line.size + 1;
    }
    at.column += (int)utf8_length((struct slice){start, (size_t)(data - start)});
    return at;
}

static bool refuse(const struct reading *reading, struct slice part, const char *why,
                   const char *hint)
{
    struct place at = place_of(reading, part.data ? part.data : reading->all.data);
    struct diag *diag =
        diags_error(reading->diags, at, "M101", part.size ? "%s: %.*s" : "%s%.*s", why,
                    SLICE_PRINT(part));
    diag->width = part.size ? (int)utf8_length(part) : 1;
    diag_hint(reading->diags, diag, "%s", hint);
    return false;
}

/* Bytes of the separator that text begins with, 0: none. Urdu's comma is one, too. */
static size_t separator_at(struct slice text, char separator)
{
    if (text.data[0] == separator)
        return 1;
    return separator == ',' && slice_starts_with(text, "\xD8\x8C") ? 2 : 0;
}

/* Cuts the part before the next separator outside quotes and brackets. False with an
 * error when a quote or bracket isn't closed, or when nothing is left. */
static bool cut(const struct reading *reading, struct slice *rest, char separator,
                struct slice *part, bool *ok)
{
    int depth = 0;
    if (!rest->data)
        return false;
    for (size_t i = 0; i <= rest->size;) {
        size_t size =
            i < rest->size ? separator_at(slice_from(*rest, i), separator) : 0;
        if (i == rest->size || (size && depth == 0)) {
            *part = slice_trim((struct slice){rest->data, i});
            *rest = i < rest->size ? slice_from(*rest, i + size) : (struct slice){0};
            if (depth > 0)
                *ok = refuse(reading, *part, "a bracket isn't closed", "write the )");
            return *ok;
        }
        size_t end = quoted_end(*rest, i);
        if (end == SIZE_MAX) {
            *ok = refuse(reading, slice_from(*rest, i), "a quote isn't closed",
                         "close it with the same kind of quote");
            return false;
        }
        depth += (rest->data[i] == '(') - (rest->data[i] == ')');
        i = end > i ? end : i + 1;
    }
    return false;
}

static bool is_name_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/* `rose: "…"`: the word before a colon is the argument's name. */
static struct slice cut_keyword(struct slice *text)
{
    size_t size = 0;
    while (size < text->size && is_name_letter(text->data[size]))
        size++;
    struct slice name = {text->data, size}, rest = slice_trim(slice_from(*text, size));
    if (!size || !slice_starts_with(rest, ":"))
        return (struct slice){0};
    *text = slice_trim(slice_from(rest, 1));
    return name;
}

/* "attack" "attacks", or rose="up": quotes inside a text are words of a text that
 * isn't quoted itself. */
static bool is_one_argument(const struct reading *reading, struct slice part)
{
    size_t end = part.size ? quoted_end(part, 0) : 0;
    if (end && end < part.size)
        return refuse(reading, slice_trim(slice_from(part, end)),
                      "not understood behind a quoted text",
                      "arguments are divided by commas: count(\"person\", \"people\")");
    const char *equals = part.size ? memchr(part.data, '=', part.size) : NULL;
    size_t at = equals ? (size_t)(equals - part.data) : 0;
    if (equals && !end && at + 1 < part.size && quoted_end(part, at + 1) > at + 1)
        return refuse(reading, part, "\"=\" stands where a colon belongs",
                      "write say(rose: \"…\", fell: \"…\", same: \"…\")");
    return true;
}

/* Texts in quotes are printed as they are. */
static void warn_of_braces(const struct reading *reading, const struct argument *one)
{
    if (!one->text.size || !memmem(one->text.data, one->text.size, "{{", 2))
        return;
    struct diag *diag = diags_warn(reading->diags, one->at, "M145",
                                   "{{ }} in quotes is printed as it stands");
    diag->width = one->width;
    diag_hint(
        reading->diags, diag,
        "values stand outside of quotes: {{ if … }} … {{ end }} around a sentence");
}

static bool parse_arguments(const struct reading *reading, struct slice inside,
                            struct filter_call *call)
{
    struct argument *argument =
        ARENA_ARRAY(reading->arena, struct argument, MOST_ARGUMENTS);
    struct slice rest = inside, part;
    bool ok = true;
    call->argument = argument;
    if (!slice_trim(inside).size)
        return true;
    while (cut(reading, &rest, ',', &part, &ok)) {
        if (call->count == MOST_ARGUMENTS)
            return refuse(reading, part, "too many arguments", "a filter takes a few");
        if (!part.size)
            return refuse(reading, inside, "an argument is missing",
                          "there is a comma too many");
        struct argument *one = &argument[call->count++];
        one->at = place_of(reading, part.data);
        one->width = (int)utf8_length(part);
        one->name = cut_keyword(&part);
        one->text = unquote(part);
        if (!is_one_argument(reading, part))
            return false;
        warn_of_braces(reading, one);
    }
    return ok;
}

static bool parse_call(const struct reading *reading, struct slice text,
                       struct filter_call *call)
{
    size_t size = 0;
    while (size < text.size && is_name_letter(text.data[size]))
        size++;
    *call = (struct filter_call){.name = {text.data, size}};
    struct slice rest = slice_trim(slice_from(text, size));
    if (!size)
        return refuse(reading, text, "no filter behind the bar",
                      "as in {{ attacks | number }}");
    call->at = place_of(reading, text.data);
    call->filter = filter_find(call->name);
    if (!rest.size)
        return true;
    if (rest.data[0] != '(' || rest.data[rest.size - 1] != ')')
        return refuse(reading, rest, "not understood behind the filter",
                      "arguments stand in brackets; filters are divided by |");
    return parse_arguments(reading, (struct slice){rest.data + 1, rest.size - 2}, call);
}

/* In a Markdown table other editors want the bar as \\|: the same here. */
static struct slice without_escape(struct slice part, struct slice rest)
{
    bool is_escaped = rest.data && part.size && part.data[part.size - 1] == '\\';
    return is_escaped ? slice_trim((struct slice){part.data, part.size - 1}) : part;
}

bool pipeline_parse(struct slice text, struct place at, struct arena *arena,
                    const struct pipeline **out, struct diags *diags)
{
    struct reading reading = {text, at, arena, diags};
    struct pipeline *pipeline = ARENA_NEW(arena, struct pipeline);
    struct filter_call *call = ARENA_ARRAY(arena, struct filter_call, MOST_CALLS);
    struct slice rest = text, part = {0};
    bool ok = true;
    pipeline->call = call;
    if (!cut(&reading, &rest, '|', &part, &ok))
        return false;
    part = without_escape(part, rest);
    if (!part.size)
        return refuse(&reading, text, "a value has no name", "as in {{ attacks }}");
    pipeline->name = part;
    pipeline->at = place_of(&reading, part.data);
    while (cut(&reading, &rest, '|', &part, &ok)) {
        if (pipeline->call_count == MOST_CALLS)
            return refuse(&reading, part, "too many filters", "a value takes a few");
        part = without_escape(part, rest);
        if (!parse_call(&reading, part, &call[pipeline->call_count++]))
            return false;
    }
    *out = pipeline;
    return ok;
}

static struct expression *new_expression(struct slice text, struct place at,
                                         struct arena *arena)
{
    struct expression *expression = ARENA_NEW(arena, struct expression);
    expression->source = slice_trim(text);
    expression->at = at;
    expression->manner = ARENA_NEW(arena, struct manner);
    return expression;
}

bool expression_parse_condition(struct slice text, struct place at, struct arena *arena,
                                const struct expression **out, struct diags *diags)
{
    struct expression *expression = new_expression(text, at, arena);
    struct condition_text *condition = ARENA_NEW(arena, struct condition_text);
    *condition = (struct condition_text){.text = text, .at = at, .arena = arena};
    expression->condition = condition;
    *out = NULL;
    if (!term_parse(text, at, NULL, arena, &condition->term, diags))
        return false;
    *out = expression;
    return true;
}

bool expression_parse(struct slice text, struct place at, struct arena *arena,
                      const struct expression **out, struct diags *diags)
{
    struct expression *expression = new_expression(text, at, arena);
    *out = NULL;
    if (!expression->source.size) {
        struct diag *diag = diags_error(diags, at, "M102", "nothing between {{ and }}");
        diag_hint(diags, diag, "write a name: {{ attacks }}");
        return false;
    }
    if (!pipeline_parse(text, at, arena, &expression->pipeline, diags))
        return false;
    *out = expression;
    return true;
}

/* Texts with values -------------------------------------------------------------------- */

struct part_list {
    struct text_part *item;
    size_t count, capacity;
};

/* The size of `{{ … }}` at the start of text; }} in quotes doesn't count. */
static size_t value_size(struct slice text)
{
    for (size_t i = 2; i + 1 < text.size;) {
        if (text.data[i] == '}' && text.data[i + 1] == '}')
            return i + 2;
        size_t end = quoted_end(text, i);
        i = end == SIZE_MAX || end == i ? i + 1 : end;
    }
    return 0;
}

static bool add_value(const struct reading *reading, struct slice value,
                      struct part_list *list)
{
    struct text_part part = {.literal = {0}};
    struct slice inner = {value.data + 2, value.size - 4};
    bool ok = expression_parse(inner, place_of(reading, inner.data), reading->arena,
                               &part.expression, reading->diags);
    if (ok && !list->count)
        part.expression->manner->begins_sentence = true;
    *ARENA_APPEND(reading->arena, list->item, list->count, list->capacity) = part;
    return ok;
}

bool template_text_parse(struct slice text, struct place at, struct arena *arena,
                         const struct template_text **out, struct diags *diags)
{
    struct reading reading = {text, at, arena, diags};
    struct template_text *parsed = ARENA_NEW(arena, struct template_text);
    struct part_list list = {0};
    bool ok = true;
    for (struct slice rest = text; rest.size;) {
        const char *open = memmem(rest.data, rest.size, "{{", 2);
        size_t plain = open ? (size_t)(open - rest.data) : rest.size;
        if (plain)
            *ARENA_APPEND(arena, list.item, list.count, list.capacity) =
                (struct text_part){.literal = {rest.data, plain}};
        rest = slice_from(rest, plain);
        size_t size = rest.size ? value_size(rest) : 0;
        if (rest.size && !size) {
            ok = refuse(&reading, rest, "{{ isn't closed", "write }} behind the value");
            break;
        }
        if (rest.size)
            ok = add_value(&reading, (struct slice){rest.data, size}, &list) && ok;
        rest = slice_from(rest, size);
    }
    *parsed = (struct template_text){list.count, list.item};
    *out = parsed;
    return ok;
}

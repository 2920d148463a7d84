/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a YAML tree: values by key, lists however they were written, numbers. */
#include "base/yaml.h"

#include <string.h>

const struct yaml *yaml_find(const struct yaml *node, const char *key)
{
    if (!node || node->kind != YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < node->count; i++) {
        if (slice_is(node->key[i].text, key))
            return &node->item[i];
    }
    return NULL;
}

struct slice yaml_text(const struct yaml *node, const char *key, const char *fallback)
{
    const struct yaml *value = yaml_find(node, key);
    return value && value->kind == YAML_SCALAR ? value->text : slice_of(fallback);
}

static bool is_left_empty(const struct yaml *node)
{
    return node->kind == YAML_SCALAR && !node->quoted && !node->text.size;
}

size_t yaml_length(const struct yaml *node)
{
    if (!node || is_left_empty(node))
        return 0;
    return node->kind == YAML_SEQUENCE ? node->count : 1;
}

const struct yaml *yaml_at(const struct yaml *node, size_t index)
{
    if (index >= yaml_length(node))
        return NULL;
    return node->kind == YAML_SEQUENCE ? &node->item[index] : node;
}

bool yaml_number(const struct yaml *scalar, double *out)
{
    return scalar && scalar->kind == YAML_SCALAR &&
           number_parse(slice_trim(scalar->text), out);
}

bool yaml_bool(const struct yaml *scalar, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"yes", true},    {"no", false}, {"true", true},
                 {"false", false}, {"on", true},  {"off", false}};
    if (!scalar || scalar->kind != YAML_SCALAR)
        return false;
    struct slice text = slice_trim(scalar->text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text.size == strlen(words[i].word) &&
            strncasecmp(text.data, words[i].word, text.size) == 0) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

/* Lists ---------------------------------------------------------------------------- */

static const struct {
    const char *open, *close;
} pairs[] = {{"\"", "\""}, {"'", "'"}, {"\u201C", "\u201D"}};
enum { PAIR_COUNT = sizeof pairs / sizeof *pairs, LONGEST_QUOTATION = 1000 };

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* The end of the quotation that begins at `at`, or `at` when none does: the quote of
 * don't opens nothing, nor does one that isn't closed soon. */
static size_t skip_quotation(struct slice text, size_t at)
{
    struct slice rest = slice_from(text, at);
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        size_t size = strlen(pairs[i].open);
        if (!slice_starts_with(rest, pairs[i].open))
            continue;
        if (size == 1 && at > 0 && is_word(text.data[at - 1]))
            continue;
        struct slice inner = slice_from(rest, size);
        if (inner.size > LONGEST_QUOTATION)
            inner.size = LONGEST_QUOTATION;
        const char *close = inner.size ? memmem(inner.data, inner.size, pairs[i].close,
                                                strlen(pairs[i].close))
                                       : NULL;
        if (close)
            return (size_t)(close - text.data) + strlen(pairs[i].close);
    }
    return at;
}

/* A comma, or the one of an Urdu keyboard. */
static size_t comma_size(struct slice text, size_t at)
{
    if (at < text.size && text.data[at] == ',')
        return 1;
    return slice_starts_with(slice_from(text, at), "\xD8\x8C") ? 2 : 0;
}

/* The end of the part that begins at start: the next comma that divides. */
static size_t find_comma(struct slice text, size_t start)
{
    int depth = 0;
    for (size_t at = start; at < text.size; at++) {
        size_t after = skip_quotation(text, at);
        if (after > at) {
            at = after - 1;
            continue;
        }
        char c = text.data[at];
        if (strchr("([{", c) && c)
            depth++;
        else if (strchr(")]}", c) && c && depth)
            depth--;
        else if (!depth && comma_size(text, at))
            return at;
    }
    return text.size;
}

static struct slice unquote(struct slice part, bool *was_quoted, size_t *opening)
{
    *was_quoted = false;
    *opening = 0;
    if (!part.size || skip_quotation(part, 0) != part.size)
        return part;
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        size_t open = strlen(pairs[i].open), close = strlen(pairs[i].close);
        if (slice_starts_with(part, pairs[i].open)) {
            *was_quoted = true;
            *opening = 1;
            return (struct slice){part.data + open, part.size - open - close};
        }
    }
    return part;
}

/* Columns inside a scalar are known when its text stands in the file as it is: on one
 * line, and without escapes when quoted. */
static bool has_columns(const struct yaml *scalar)
{
    size_t length = utf8_length(scalar->text);
    return (size_t)scalar->width == length + (scalar->quoted ? 2 : 0);
}

struct place yaml_text_at(const struct yaml *scalar)
{
    struct place at = scalar->at;
    at.column += scalar->quoted && scalar->width > 1 ? 1 : 0;
    return at;
}

static void append_part(const struct yaml *scalar, struct slice part, bool is_placed,
                        int column, struct yaml *out)
{
    size_t opening;
    *out = (struct yaml){.kind = YAML_SCALAR, .at = scalar->at, .width = scalar->width};
    out->text = unquote(part, &out->quoted, &opening);
    if (is_placed) {
        out->at.column = column;
        out->width = part.size ? (int)utf8_length(part) : 1;
    }
}

static const struct yaml *split(const struct yaml *scalar, struct arena *arena,
                                size_t *count)
{
    struct yaml *part = NULL;
    size_t capacity = 0, counted = 0;
    struct slice text = scalar->text;
    bool is_placed = has_columns(scalar);
    int column = yaml_text_at(scalar).column;
    *count = 0;
    for (size_t start = 0; start < text.size;) {
        size_t end = find_comma(text, start);
        struct slice one = slice_trim((struct slice){text.data + start, end - start});
        if (one.size) {
            size_t at = (size_t)(one.data - text.data);
            struct slice skipped = {text.data + counted, at - counted};
            column += is_placed ? (int)utf8_length(skipped) : 0;
            counted = at;
            append_part(scalar, one, is_placed, column,
                        ARENA_APPEND(arena, part, *count, capacity));
        }
        start = end + 1;
        if (end < text.size)
            start = end + comma_size(text, end);
    }
    return part;
}

const struct yaml *yaml_list(const struct yaml *node, struct arena *arena,
                             size_t *count)
{
    *count = yaml_length(node);
    if (!*count)
        return NULL;
    if (node->kind == YAML_SCALAR)
        return split(node, arena, count);
    if (node->kind == YAML_MAPPING)
        return node;
    struct yaml *list = ARENA_ARRAY(arena, struct yaml, *count);
    memcpy(list, node->item, *count * sizeof *list);
    for (size_t i = 0; i < *count; i++)
        list[i].text = slice_trim(list[i].text);
    return list;
}

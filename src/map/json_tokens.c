/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A state machine over bytes: what may come next depends on what came last and on
 * whether the innermost level is an object. */
#include "map/json_tokens.h"

#include <string.h>

enum expects {
    EXPECTS_VALUE,
    EXPECTS_VALUE_OR_END, /* behind [ */
    EXPECTS_KEY_OR_END,   /* behind { */
    EXPECTS_KEY,          /* behind a comma in an object */
    EXPECTS_COMMA_OR_END,
    EXPECTS_NOTHING, /* the root is complete */
    EXPECTS_ERROR,
};

struct json_tokens tokens_of(struct slice source)
{
    struct json_tokens tokens = {.source = source, .expects = EXPECTS_VALUE};
    if (slice_starts_with(source, "\xEF\xBB\xBF"))
        tokens.at = 3;
    return tokens;
}

static enum json_token fail_at(struct json_tokens *tokens, size_t at,
                               const char *trouble)
{
    if (tokens->expects != EXPECTS_ERROR) {
        tokens->trouble = trouble;
        tokens->trouble_at = at;
        tokens->expects = EXPECTS_ERROR;
    }
    return TOKEN_ERROR;
}

void tokens_fail(struct json_tokens *tokens, const char *trouble)
{
    fail_at(tokens, tokens->at ? tokens->at - 1 : 0, trouble);
}

static void skip_space(struct json_tokens *tokens)
{
    const char *data = tokens->source.data;
    while (tokens->at < tokens->source.size &&
           (data[tokens->at] == ' ' || data[tokens->at] == '\n' ||
            data[tokens->at] == '\r' || data[tokens->at] == '\t'))
        tokens->at++;
}

static bool in_object(const struct json_tokens *tokens)
{
    return tokens->depth && (tokens->is_object >> (tokens->depth - 1) & 1);
}

static void value_is_done(struct json_tokens *tokens)
{
    tokens->expects = tokens->depth ? EXPECTS_COMMA_OR_END : EXPECTS_NOTHING;
}

static enum json_token open_level(struct json_tokens *tokens, bool is_object)
{
    if (tokens->depth == JSON_DEPTH)
        return fail_at(tokens, tokens->at, "nested more than 64 levels deep");
    uint64_t bit = (uint64_t)1 << tokens->depth++;
    tokens->is_object = is_object ? tokens->is_object | bit : tokens->is_object & ~bit;
    tokens->expects = is_object ? EXPECTS_KEY_OR_END : EXPECTS_VALUE_OR_END;
    tokens->at++;
    return is_object ? TOKEN_OBJECT : TOKEN_ARRAY;
}

static enum json_token close_level(struct json_tokens *tokens)
{
    bool is_object = in_object(tokens);
    tokens->depth--;
    tokens->at++;
    value_is_done(tokens);
    return is_object ? TOKEN_OBJECT_END : TOKEN_ARRAY_END;
}

/* Reads to the closing quote; the text lies between. */
static bool read_quoted(struct json_tokens *tokens)
{
    const char *data = tokens->source.data;
    size_t start = ++tokens->at;
    tokens->has_escape = false;
    for (; tokens->at < tokens->source.size; tokens->at++) {
        unsigned char byte = (unsigned char)data[tokens->at];
        if (byte == '"') {
            tokens->text = (struct slice){data + start, tokens->at - start};
            tokens->at++;
            return true;
        }
        if (byte == '\\') {
            tokens->has_escape = true;
            tokens->at++;
        } else if (byte < 0x20) {
            fail_at(tokens, tokens->at, "a text holds a control character");
            return false;
        }
    }
    tokens->at = tokens->source.size;
    fail_at(tokens, start - 1, "a text isn't closed");
    return false;
}

static enum json_token read_key(struct json_tokens *tokens)
{
    if (!read_quoted(tokens))
        return TOKEN_ERROR;
    skip_space(tokens);
    if (tokens->at >= tokens->source.size || tokens->source.data[tokens->at] != ':')
        return fail_at(tokens, tokens->at, "expected \":\" behind a key");
    tokens->at++;
    tokens->expects = EXPECTS_VALUE;
    return TOKEN_KEY;
}

static bool is_of_number(char byte)
{
    return (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '+' ||
           byte == 'e' || byte == 'E';
}

static enum json_token read_number(struct json_tokens *tokens)
{
    size_t start = tokens->at;
    while (tokens->at < tokens->source.size &&
           is_of_number(tokens->source.data[tokens->at]))
        tokens->at++;
    tokens->text = (struct slice){tokens->source.data + start, tokens->at - start};
    value_is_done(tokens);
    return TOKEN_NUMBER;
}

static enum json_token read_word(struct json_tokens *tokens)
{
    static const struct {
        const char *word;
        enum json_token token;
    } words[] = {{"true", TOKEN_TRUE}, {"false", TOKEN_FALSE}, {"null", TOKEN_NULL}};
    struct slice rest = slice_from(tokens->source, tokens->at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!slice_starts_with(rest, words[i].word))
            continue;
        tokens->at += strlen(words[i].word);
        value_is_done(tokens);
        return words[i].token;
    }
    return fail_at(tokens, tokens->at, "expected a value");
}

static enum json_token read_value(struct json_tokens *tokens, char byte)
{
    switch (byte) {
    case '{': return open_level(tokens, true);
    case '[': return open_level(tokens, false);
    case '"':
        if (!read_quoted(tokens))
            return TOKEN_ERROR;
        value_is_done(tokens);
        return TOKEN_TEXT;
    default: break;
    }
    return byte == '-' || (byte >= '0' && byte <= '9') ? read_number(tokens)
                                                       : read_word(tokens);
}

enum json_token tokens_next(struct json_tokens *tokens)
{
    skip_space(tokens);
    if (tokens->expects == EXPECTS_ERROR)
        return TOKEN_ERROR;
    if (tokens->at >= tokens->source.size)
        return tokens->expects == EXPECTS_NOTHING
                   ? TOKEN_END
                   : fail_at(tokens, tokens->source.size, "the file ends too early");
    char byte = tokens->source.data[tokens->at];
    if (tokens->expects == EXPECTS_COMMA_OR_END && byte == ',') {
        tokens->at++;
        tokens->expects = in_object(tokens) ? EXPECTS_KEY : EXPECTS_VALUE;
        return tokens_next(tokens); /* once: a comma isn't expected twice */
    }
    bool may_end = tokens->expects == EXPECTS_COMMA_OR_END ||
                   tokens->expects == EXPECTS_VALUE_OR_END ||
                   tokens->expects == EXPECTS_KEY_OR_END;
    if (may_end && byte == (in_object(tokens) ? '}' : ']'))
        return close_level(tokens);
    switch ((enum expects)tokens->expects) {
    case EXPECTS_VALUE:
    case EXPECTS_VALUE_OR_END: return read_value(tokens, byte);
    case EXPECTS_KEY:
    case EXPECTS_KEY_OR_END:
        return byte == '"' ? read_key(tokens)
                           : fail_at(tokens, tokens->at, "expected a key in quotes");
    case EXPECTS_NOTHING:
        return fail_at(tokens, tokens->at, "something stands behind the end");
    default:
        return fail_at(tokens, tokens->at,
                       in_object(tokens) ? "expected \",\" or \"}\""
                                         : "expected \",\" or \"]\"");
    }
}

/* -- Lists of numbers ---------------------------------------------------------------- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A plain decimal at *at, without an exponent; NULL when it isn't one. 18 digits are
 * more than a double holds, so the last may be off by one: of degrees, an atom. */
static const char *read_decimal(const char *at, const char *end, double *out)
{
    static const double ten_to[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                    1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                    1e14, 1e15, 1e16, 1e17, 1e18};
    enum { MOST_DIGITS = 18 };
    uint64_t digits = 0;
    int count = 0, places = 0;
    bool is_negative = at < end && *at == '-';
    at += is_negative;
    for (; at < end && is_digit(*at) && count < MOST_DIGITS; at++, count++)
        digits = digits * 10 + (uint64_t)(*at - '0');
    if (!count || at == end || is_digit(*at))
        return NULL;
    if (*at == '.') {
        for (at++; at < end && is_digit(*at) && count < MOST_DIGITS;
             at++, count++, places++)
            digits = digits * 10 + (uint64_t)(*at - '0');
        while (at < end && is_digit(*at))
            at++;
    }
    if (at == end || *at == 'e' || *at == 'E' || *at == '.')
        return NULL;
    double value = (double)digits / ten_to[places];
    *out = is_negative ? -value : value;
    return at;
}

static const char *past_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    return at;
}

bool tokens_numbers(struct json_tokens *tokens, double *out, size_t most, size_t *count)
{
    const char *end = tokens->source.data + tokens->source.size;
    const char *at = tokens->source.data + tokens->at;
    if (tokens->expects != EXPECTS_VALUE_OR_END)
        return false;
    for (*count = 0;; at++) {
        double number;
        at = read_decimal(past_space(at, end), end, &number);
        at = at ? past_space(at, end) : end;
        if (at == end || (*at != ',' && *at != ']'))
            return false;
        if ((*count)++ < most)
            out[*count - 1] = number;
        if (*at == ']')
            break;
    }
    tokens->at = (size_t)(at - tokens->source.data);
    close_level(tokens);
    return true;
}

bool tokens_skip(struct json_tokens *tokens, enum json_token first)
{
    if (first == TOKEN_KEY)
        first = tokens_next(tokens);
    if (first != TOKEN_OBJECT && first != TOKEN_ARRAY)
        return first != TOKEN_ERROR && first != TOKEN_END;
    int outside = tokens->depth - 1;
    while (tokens->depth > outside) {
        if (tokens_next(tokens) == TOKEN_ERROR)
            return false;
    }
    return true;
}

/* -- Escapes ----------------------------------------------------------------------- */

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The four digits behind \u at offset; U+FFFD where they aren't. */
static uint32_t read_hex(struct slice text, size_t *offset)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = *offset < text.size ? hex_digit(text.data[*offset]) : -1;
        if (digit < 0)
            return 0xFFFD;
        unit = unit * 16 + (uint32_t)digit;
        (*offset)++;
    }
    return unit;
}

static uint32_t read_rune(struct slice text, size_t *offset)
{
    uint32_t high = read_hex(text, offset);
    if (high < 0xD800 || high > 0xDFFF)
        return high ? high : 0xFFFD;
    size_t ahead = *offset + 2;
    if (high > 0xDBFF || *offset + 1 >= text.size || text.data[*offset] != '\\' ||
        text.data[*offset + 1] != 'u')
        return 0xFFFD;
    uint32_t low = read_hex(text, &ahead);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *offset = ahead;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static uint32_t plain_escape(char byte)
{
    switch (byte) {
    case 'n':
    case 'r':
    case 't':
    case 'b':
    case 'f': return ' '; /* names and notes have no lines */
    default: return (unsigned char)byte;
    }
}

struct slice tokens_text(const struct json_tokens *tokens, struct arena *arena)
{
    struct slice raw = tokens->text;
    struct text text = {.arena = arena};
    size_t at = 0, bad;
    while (tokens->has_escape && at < raw.size) {
        if (raw.data[at] != '\\') {
            text_append(&text, (struct slice){raw.data + at++, 1});
            continue;
        }
        if (++at >= raw.size)
            break;
        if (raw.data[at++] == 'u')
            text_append_rune(&text, read_rune(raw, &at));
        else
            text_append_rune(&text, plain_escape(raw.data[at - 1]));
    }
    struct slice plain =
        tokens->has_escape ? text_slice(&text) : slice_copy(arena, raw);
    if (utf8_is_valid(plain, &bad))
        return plain;
    struct text valid = {.arena = arena};
    for (at = 0; at < plain.size;)
        text_append_rune(&valid, utf8_next(plain, &at));
    return text_slice(&valid);
}

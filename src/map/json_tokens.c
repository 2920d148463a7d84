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

/* -- Positions ------------------------------------------------------------------------ */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

enum { WORD = sizeof(uint64_t), MOST_DIGITS = 18 };
static const uint64_t ten_to_whole[WORD + 1] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

static const double ten_to[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                1e14, 1e15, 1e16, 1e17, 1e18};

/* The first byte lowest, whatever the machine's order. */
static uint64_t word_at(const char *at)
{
    uint64_t word;
    memcpy(&word, at, WORD);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* How many bytes of the word from its first on are digits. */
static int leading_digits(uint64_t word)
{
    uint64_t digit = word ^ 0x3030303030303030u; /* 0 to 9, else more */
    uint64_t others = ((digit + 0x7676767676767676u) | digit) & 0x8080808080808080u;
    return others ? __builtin_ctzll(others) / 8 : WORD;
}

/* The number that the word's first digits are: pairs, then fours, then all eight. */
static uint64_t digits_value(uint64_t word, int count)
{
    word = (word ^ 0x3030303030303030u) << (64 - 8 * count);
    word = word * 10 + (word >> 8);
    uint64_t outer = (word & 0x000000FF000000FFu) * 0x000F424000000064u;
    uint64_t inner = (word >> 16 & 0x000000FF000000FFu) * 0x0000271000000001u;
    return (outer + inner) >> 32;
}

/* The digits behind a point, as many as MOST_DIGITS leaves to them; the rest is passed
 * over. *count grows by those that were read. */
static const char *read_places(const char *at, const char *end, uint64_t *digits,
                               int *count)
{
    uint64_t value = *digits;
    int total = *count, found = WORD;
    while (found == WORD && total <= MOST_DIGITS - WORD && end - at >= WORD) {
        uint64_t word = word_at(at);
        found = leading_digits(word);
        if (found)
            value = value * ten_to_whole[found] + digits_value(word, found);
        total += found;
        at += found;
    }
    for (; found == WORD && at < end && is_digit(*at); at++) {
        if (total == MOST_DIGITS)
            continue;
        value = value * 10 + (uint64_t)(*at - '0');
        total++;
    }
    *digits = value;
    *count = total;
    return at;
}

/* A plain decimal at *at, without an exponent; NULL when it isn't one. 18 digits are
 * more than a double holds, so the last may be off by one: of degrees, an atom. */
static inline const char *read_decimal(const char *at, const char *end, double *out)
{
    bool is_negative = at < end && *at == '-';
    const char *start = at += is_negative;
    uint64_t digits = 0;
    for (; at < end && is_digit(*at); at++)
        digits = digits * 10 + (uint64_t)(*at - '0');
    if (at == start || at - start > MOST_DIGITS)
        return NULL;
    int whole = (int)(at - start), count = whole;
    if (at < end && *at == '.')
        at = read_places(at + 1, end, &digits, &count);
    if (at == end || *at == 'e' || *at == 'E' || *at == '.')
        return NULL;
    double value = (double)(int64_t)digits / ten_to[count - whole]; /* below 2^63 */
    *out = is_negative ? -value : value;
    return at;
}

static inline const char *past_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    return at;
}

/* A list of two plain numbers or more at *at; NULL when it is something else. */
static const char *read_any_position(const char *at, const char *end, double out[2])
{
    double number[3];
    int count = 0;
    if (at == end || *at != '[')
        return NULL;
    do {
        at = read_decimal(past_space(at + 1, end), end, &number[count]);
        at = at ? past_space(at, end) : end;
        if (at == end)
            return NULL;
        count += count < 2;
    } while (*at == ',');
    if (*at != ']' || count < 2)
        return NULL;
    out[0] = number[0];
    out[1] = number[1];
    return at + 1;
}

/* The number at *at as most files have it: few digits before the point, some behind
 * it. NULL when it looks otherwise. Reads up to QUICK_NUMBER bytes. */
enum { QUICK_NUMBER = 32 };
static inline const char *read_quick_decimal(const char *at, double *out)
{
    bool is_negative = *at == '-';
    at += is_negative;
    uint64_t word = word_at(at);
    int whole = leading_digits(word), more = 0;
    if (whole == 0 || whole == WORD || at[whole] != '.')
        return NULL;
    uint64_t digits = digits_value(word, whole);
    at += whole + 1;
    word = word_at(at);
    int places = leading_digits(word);
    if (places == 0)
        return NULL;
    digits = digits * ten_to_whole[places] + digits_value(word, places);
    if (places == WORD && (more = leading_digits(word_at(at + WORD))) > 0)
        digits = digits * ten_to_whole[more] + digits_value(word_at(at + WORD), more);
    if (whole + places + more > MOST_DIGITS || more == WORD)
        return NULL;
    double value = (double)(int64_t)digits / ten_to[places + more];
    *out = is_negative ? -value : value;
    return at + places + more;
}

/* A list of two plain numbers or more at *at; NULL when it is something else. */
static const char *read_position(const char *at, const char *end, double out[2])
{
    if (end - at < 4 * QUICK_NUMBER || *at != '[')
        return read_any_position(at, end, out);
    const char *next = at + 1 + (at[1] == ' ');
    next = read_quick_decimal(next, &out[0]);
    if (!next || *next != ',')
        return read_any_position(at, end, out);
    next = read_quick_decimal(next + 1 + (next[1] == ' '), &out[1]);
    if (!next)
        return read_any_position(at, end, out);
    next += *next == ' ';
    return *next == ']' ? next + 1 : read_any_position(at, end, out);
}

size_t tokens_positions(struct json_tokens *tokens, struct json_position *out,
                        size_t most)
{
    const char *end = tokens->source.data + tokens->source.size;
    const char *at = tokens->source.data + tokens->at;
    size_t count = 0;
    bool is_first = tokens->expects == EXPECTS_VALUE_OR_END;
    if (in_object(tokens) || tokens->depth == JSON_DEPTH ||
        (!is_first && tokens->expects != EXPECTS_COMMA_OR_END))
        return 0;
    for (; count < most; count++, is_first = false) {
        const char *next = past_space(at, end);
        if (!is_first && (next == end || *next != ','))
            break;
        next = past_space(next + !is_first, end);
        out[count].offset = (size_t)(next - tokens->source.data) + 1;
        next = read_position(next, end, out[count].number);
        if (!next)
            break;
        at = next;
    }
    if (!count)
        return 0;
    tokens->at = (size_t)(at - tokens->source.data);
    tokens->expects = EXPECTS_COMMA_OR_END;
    return count;
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words, names and quotes of a phrase. */
#include "data/phrase.h"

#include <string.h>

/* Marks that open and close each other. Editors' programs turn straight quotes into
 * curly ones and get the direction wrong, so any mark of a family closes any. */
static const struct {
    const char *mark;
    bool is_double;
} quotes[] = {
    {"\"", true},
    {"\xE2\x80\x9C", true},
    {"\xE2\x80\x9D", true},
    {"\xE2\x80\x9E", true},
    {"\xC2\xAB", true},
    {"\xC2\xBB", true},
    {"'", false},
    {"\xE2\x80\x98", false},
    {"\xE2\x80\x99", false},
    {"\xE2\x80\x9A", false},
    {"`", false},
};
enum { QUOTES = sizeof quotes / sizeof *quotes };

static int quote_at(struct slice text, size_t offset)
{
    for (int i = 0; i < QUOTES; i++)
        if (slice_starts_with(slice_from(text, offset), quotes[i].mark))
            return i;
    return -1;
}

/* Bytes of the quotation mark at offset, 0 when none stands there. */
static size_t phrase_quote_size(struct slice text, size_t offset)
{
    int quote = offset < text.size ? quote_at(text, offset) : -1;
    return quote < 0 ? 0 : strlen(quotes[quote].mark);
}

static size_t space_size(struct slice text, size_t offset)
{
    if (offset >= text.size)
        return 0;
    char byte = text.data[offset];
    if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
        return 1;
    return slice_starts_with(slice_from(text, offset), "\xC2\xA0") ? 2 : 0;
}

static bool is_word_byte(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '_' || (unsigned char)byte >= 0x80;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 'a' - 'A') : byte;
}

struct slice phrase_part(const struct phrase *phrase, size_t from, size_t to)
{
    return slice_trim((struct slice){phrase->text.data + from, to - from});
}

struct slice phrase_rest(const struct phrase *phrase)
{
    return slice_from(phrase->text, phrase->offset);
}

struct place phrase_place(const struct phrase *phrase, size_t offset)
{
    struct place at = phrase->at;
    if (at.line <= 0)
        return at;
    size_t line_start = 0;
    for (size_t i = 0; i < offset && i < phrase->text.size; i++) {
        if (phrase->text.data[i] == '\n') {
            at.line++;
            at.column = 1;
            line_start = i + 1;
        }
    }
    struct slice before = {phrase->text.data + line_start, offset - line_start};
    at.column += (int)utf8_length(before);
    return at;
}

void phrase_skip_spaces(struct phrase *phrase)
{
    size_t size;
    while ((size = space_size(phrase->text, phrase->offset)) > 0)
        phrase->offset += size;
}

bool phrase_is_done(struct phrase *phrase)
{
    phrase_skip_spaces(phrase);
    return phrase->offset >= phrase->text.size;
}

bool phrase_sees_word(struct phrase *phrase, const char *word)
{
    size_t before = phrase->offset;
    bool found = phrase_take_word(phrase, word);
    phrase->offset = before;
    return found;
}

static bool take_word(struct phrase *phrase, struct slice word)
{
    size_t before = phrase->offset;
    phrase_skip_spaces(phrase);
    struct slice rest = phrase_rest(phrase);
    bool fits = rest.size >= word.size;
    for (size_t i = 0; fits && i < word.size; i++)
        fits = lower(rest.data[i]) == word.data[i];
    if (fits && rest.size > word.size && is_word_byte(rest.data[word.size]))
        fits =
            space_size(rest, word.size) > 0 || phrase_quote_size(rest, word.size) > 0;
    phrase->offset = fits ? phrase->offset + word.size : before;
    return fits;
}

bool phrase_take_word(struct phrase *phrase, const char *word)
{
    return take_word(phrase, slice_of(word));
}

bool phrase_take_words(struct phrase *phrase, const char *words)
{
    size_t before = phrase->offset;
    struct slice rest = slice_of(words), part;
    while (slice_cut(&rest, ' ', &part)) {
        if (!take_word(phrase, part)) {
            phrase->offset = before;
            return false;
        }
    }
    return true;
}

bool phrase_take_symbol(struct phrase *phrase, const char *symbol)
{
    size_t before = phrase->offset;
    phrase_skip_spaces(phrase);
    if (slice_starts_with(phrase_rest(phrase), symbol)) {
        phrase->offset += strlen(symbol);
        return true;
    }
    phrase->offset = before;
    return false;
}

static bool is_divider(struct slice text, size_t offset)
{
    struct slice rest = slice_from(text, offset);
    return space_size(text, offset) > 0 || strchr("()<>=!,", text.data[offset]) ||
           slice_starts_with(rest, "\xE2\x89\xA4") || /* ≤ */
           slice_starts_with(rest, "\xE2\x89\xA5") || /* ≥ */
           slice_starts_with(rest, "\xE2\x89\xA0") || /* ≠ */
           phrase_quote_size(text, offset) > 0;
}

size_t phrase_word_end(struct slice text, size_t offset)
{
    size_t end = offset;
    if (end < text.size)
        end++;
    while (end < text.size && !is_divider(text, end))
        end++;
    return end;
}

static size_t longest_name(const struct name_list *names)
{
    size_t longest = 0;
    for (size_t i = 0; i < names->count; i++)
        if (names->name[i].size > longest)
            longest = names->name[i].size;
    return longest;
}

static const struct slice *fold_names(struct phrase *phrase,
                                      const struct name_list *names)
{
    if (names->folded)
        return names->folded;
    if (phrase->folded_of == names)
        return phrase->folded;
    struct slice *folded = ARENA_ARRAY(phrase->arena, struct slice, names->count);
    for (size_t i = 0; i < names->count; i++)
        folded[i] = slice_fold(phrase->arena, names->name[i]);
    phrase->folded_of = names;
    phrase->folded = folded;
    return folded;
}

/* Typed names may hold more spaces than listed ones; a few more bytes allow it. */
enum { NAME_SLACK = 16 };

bool phrase_take_name(struct phrase *phrase, const struct name_list *names,
                      struct slice *name)
{
    size_t before = phrase->offset;
    phrase_skip_spaces(phrase);
    size_t start = phrase->offset, limit = start;
    if (names && names->count)
        limit = start + longest_name(names) + NAME_SLACK;
    if (limit > phrase->text.size)
        limit = phrase->text.size;
    const struct slice *folded = limit > start ? fold_names(phrase, names) : NULL;
    phrase->offset = before;
    bool found = false;
    for (size_t end = start; end < limit;) {
        end = phrase_word_end(phrase->text, end);
        struct slice typed = slice_fold(phrase->arena, phrase_part(phrase, start, end));
        for (size_t i = 0; typed.size && i < names->count; i++) {
            if (slice_equal(typed, folded[i])) {
                *name = names->name[i];
                phrase->offset = end;
                found = true;
            }
        }
    }
    return found;
}

/* An apostrophe has a letter after it, a closing mark hasn't. */
static bool closes(struct slice text, size_t offset, bool is_double)
{
    int quote = quote_at(text, offset);
    if (quote < 0 || quotes[quote].is_double != is_double)
        return false;
    size_t after = offset + strlen(quotes[quote].mark);
    return is_double || after >= text.size || !is_word_byte(text.data[after]) ||
           space_size(text, after) > 0 || phrase_quote_size(text, after) > 0;
}

enum phrase_quote phrase_take_quoted(struct phrase *phrase, const char *code,
                                     struct slice *inside)
{
    size_t before = phrase->offset;
    phrase_skip_spaces(phrase);
    size_t mark = phrase->offset;
    size_t size = phrase_quote_size(phrase->text, mark);
    if (!size) {
        phrase->offset = before;
        return PHRASE_NONE;
    }
    bool is_double = quotes[quote_at(phrase->text, mark)].is_double;
    for (size_t end = mark + size; end < phrase->text.size; end++) {
        if (!closes(phrase->text, end, is_double))
            continue;
        *inside = phrase_part(phrase, mark + size, end);
        phrase->offset = end + phrase_quote_size(phrase->text, end);
        return PHRASE_QUOTED;
    }
    struct diag *diag = phrase_error(phrase, mark, mark + size, code,
                                     "the quotation mark opened here isn't closed");
    diag_hint(phrase->diags, diag, "close it with the same mark after the last word");
    return PHRASE_BROKEN;
}

struct diag *phrase_error(const struct phrase *phrase, size_t from, size_t to,
                          const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(phrase->arena, format, arguments);
    va_end(arguments);
    struct diag *diag =
        diags_error(phrase->diags, phrase_place(phrase, from), code, "%s", message);
    if (to > phrase->text.size)
        to = phrase->text.size;
    struct slice words = {phrase->text.data + from, to > from ? to - from : 0};
    int width = (int)utf8_length(words);
    diag->width = width > 0 ? width : 1;
    return diag;
}

static bool is_digit(struct slice text, size_t offset)
{
    return offset < text.size && text.data[offset] >= '0' && text.data[offset] <= '9';
}

/* 100,000 and 1,00,000: three digits follow, or two and a comma. */
static bool is_number_comma(struct slice text, size_t offset)
{
    if (offset == 0 || !is_digit(text, offset - 1))
        return false;
    size_t digits = 0;
    while (digits < 4 && is_digit(text, offset + 1 + digits))
        digits++;
    size_t after = offset + 1 + digits;
    return digits == 3 || (digits == 2 && after < text.size && text.data[after] == ',');
}

/* Where a quotation at offset ends, or offset when none does: an apostrophe, or a
 * mark that whoever reads the part will complain of. */
static size_t quotation_end(struct slice text, size_t offset)
{
    size_t size = phrase_quote_size(text, offset);
    bool in_word = offset > 0 && is_word_byte(text.data[offset - 1]);
    if (!size || in_word)
        return offset;
    bool is_double = quotes[quote_at(text, offset)].is_double;
    for (size_t end = offset + size; end < text.size; end++)
        if (closes(text, end, is_double))
            return end + phrase_quote_size(text, end);
    return offset;
}

size_t phrase_split(const struct phrase *phrase, const struct phrase_item **out)
{
    struct phrase_item *items = NULL;
    size_t count = 0, capacity = 0, start = 0, depth = 0;
    struct slice text = phrase->text;
    for (size_t i = 0; i <= text.size; i++) {
        size_t end = i < text.size ? quotation_end(text, i) : i;
        if (end > i) {
            i = end - 1;
            continue;
        }
        bool is_end = i == text.size;
        if (!is_end && text.data[i] == '(')
            depth++;
        if (!is_end && text.data[i] == ')' && depth > 0)
            depth--;
        bool divides =
            !is_end && text.data[i] == ',' && depth == 0 && !is_number_comma(text, i);
        if (!is_end && !divides)
            continue;
        struct slice part = phrase_part(phrase, start, i);
        size_t offset = part.size ? (size_t)(part.data - text.data) : start;
        *ARENA_APPEND(phrase->arena, items, count, capacity) =
            (struct phrase_item){part, offset};
        start = i + 1;
    }
    *out = items;
    return count;
}

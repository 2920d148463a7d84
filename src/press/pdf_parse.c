/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Objects are read in the order of their bytes, each beginning where the one before
 * ended, so that hostile offsets can't make the work more than linear. */
#include "press/pdf_parse.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEEPEST = 32,            /* cairo nests four */
    LONGEST = 1 << 30,       /* bytes; libharu counts in 32 bits */
    XREF_ENTRY = 20,         /* bytes, fixed by the format */
    LARGEST = (1 << 28) - 1, /* bytes of a value */
    TAIL = 64,               /* where "startxref" is looked for */
    SHOWN = 16,              /* bytes of a surprise that a message shows */
};

struct place_of_object {
    uint32_t number, offset;
};

struct parser {
    struct slice bytes;
    size_t at;
    struct arena *arena;
    struct diags *diags;
    struct pdf_token *token;
    size_t token_count, token_capacity;
    uint32_t *offset; /* by object number; 0 = never written */
    struct pdf_object *object;
    size_t object_count;
};

bool pdf_refuse(struct diags *diags, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *why = arena_vprint(diags_arena(diags), format, arguments);
    va_end(arguments);
    struct diag *diag = diags_error(diags, (struct place){0}, code,
                                    "can't graft the pages that cairo %s drew: %s",
                                    cairo_version_string(), why);
    diag_hint(
        diags, diag,
        "a fault of sitrep or of its libraries, not of the brief; cairo 1.16.0 is "
        "the version it was tried with");
    return false;
}

static bool expected(struct parser *parser, const char *what)
{
    char found[SHOWN + 1];
    size_t size = 0;
    while (size < SHOWN && parser->at + size < parser->bytes.size) {
        char byte = parser->bytes.data[parser->at + size];
        found[size++] = byte >= ' ' && byte <= '~' ? byte : '.';
    }
    found[size] = '\0';
    return pdf_refuse(parser->diags, "I301", "at byte %zu expected %s, found \"%s\"",
                      parser->at, what, found);
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t' ||
           byte == '\f' || byte == '\0';
}

static bool is_delimiter(char byte)
{
    return byte != '\0' && strchr("()<>[]{}/%", byte) != NULL;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The byte ahead, or a space at the end: a file may end after any token. */
static char peek(const struct parser *parser, size_t ahead)
{
    size_t at = parser->at + ahead;
    return at < parser->bytes.size ? parser->bytes.data[at] : ' ';
}

static bool at_end_of_word(const struct parser *parser)
{
    char byte = peek(parser, 0);
    return is_space(byte) || is_delimiter(byte);
}

/* White space and comments; cairo writes "/Type /Page % 1" inside a dictionary. */
static void skip_space(struct parser *parser)
{
    while (parser->at < parser->bytes.size) {
        char byte = parser->bytes.data[parser->at];
        if (byte == '%')
            while (parser->at < parser->bytes.size && peek(parser, 0) != '\n')
                parser->at++;
        else if (is_space(byte))
            parser->at++;
        else
            return;
    }
}

static bool take(struct parser *parser, const char *word)
{
    size_t size = strlen(word);
    if (parser->bytes.size - parser->at < size ||
        memcmp(parser->bytes.data + parser->at, word, size) != 0)
        return false;
    parser->at += size;
    return true;
}

/* Digits that fit 31 bits. */
static bool take_digits(struct parser *parser, uint32_t *out)
{
    uint64_t number = 0;
    size_t start = parser->at;
    while (is_digit(peek(parser, 0)) && parser->at - start < 10)
        number = number * 10 + (uint64_t)(parser->bytes.data[parser->at++] - '0');
    *out = (uint32_t)number;
    return parser->at > start && number <= INT32_MAX && !is_digit(peek(parser, 0));
}

static struct pdf_token *add_token(struct parser *parser, enum pdf_kind kind,
                                   size_t start)
{
    struct pdf_token *token = ARENA_APPEND(parser->arena, parser->token,
                                           parser->token_count, parser->token_capacity);
    *token = (struct pdf_token){.kind = kind & 15,
                                .start = (uint32_t)start,
                                .size = (uint32_t)(parser->at - start) & LARGEST};
    return token;
}

/* Most of cairo's objects are elements of the structure, of 12 to 16 tokens. */
static void expect_tokens(struct parser *parser, size_t objects)
{
    size_t wider = parser->token_capacity + 16 * objects;
    parser->token = arena_widen(parser->arena, parser->token,
                                parser->token_capacity * sizeof *parser->token,
                                wider * sizeof *parser->token);
    parser->token_capacity = wider;
}

static bool parse_name(struct parser *parser)
{
    size_t start = parser->at++;
    while (!at_end_of_word(parser))
        parser->at++;
    if (parser->at == start + 1)
        return expected(parser, "a name");
    add_token(parser, PDF_NAME, start);
    return true;
}

static bool parse_string(struct parser *parser)
{
    size_t start = parser->at, open = 0;
    while (parser->at < parser->bytes.size) {
        char byte = parser->bytes.data[parser->at++];
        if (byte == '\\' && parser->at < parser->bytes.size)
            parser->at++;
        else if (byte == '(')
            open++;
        else if (byte == ')' && --open == 0) {
            add_token(parser, PDF_STRING, start);
            return true;
        }
    }
    return expected(parser, "the end of a string");
}

static bool parse_hex_string(struct parser *parser)
{
    size_t start = parser->at++;
    while (is_digit(peek(parser, 0)) || is_space(peek(parser, 0)) ||
           strchr("abcdefABCDEF", peek(parser, 0)))
        if (++parser->at >= parser->bytes.size)
            break;
    if (!take(parser, ">"))
        return expected(parser, "hexadecimal digits or \">\"");
    add_token(parser, PDF_STRING, start);
    return true;
}

/* "6 0 R" after its first number has been read: three words that are one value. */
static bool take_reference_tail(struct parser *parser)
{
    size_t start = parser->at;
    skip_space(parser);
    if (parser->at > start && take(parser, "0") && is_space(peek(parser, 0))) {
        skip_space(parser);
        if (take(parser, "R") && at_end_of_word(parser))
            return true;
    }
    parser->at = start;
    return false;
}

static bool parse_number(struct parser *parser)
{
    size_t start = parser->at;
    uint32_t number;
    bool whole = take_digits(parser, &number) && at_end_of_word(parser);
    if (whole && take_reference_tail(parser)) {
        add_token(parser, PDF_REFERENCE, start)->value = number;
        return true;
    }
    size_t digits = 0;
    parser->at = start;
    if (peek(parser, 0) == '-' || peek(parser, 0) == '+')
        parser->at++;
    for (; is_digit(peek(parser, 0)); digits++)
        parser->at++;
    if (peek(parser, 0) == '.')
        for (parser->at++; is_digit(peek(parser, 0)); digits++)
            parser->at++;
    if (digits == 0 || !at_end_of_word(parser))
        return expected(parser, "a number");
    add_token(parser, PDF_NUMBER, start);
    return true;
}

static bool parse_word(struct parser *parser)
{
    size_t start = parser->at;
    if ((take(parser, "true") || take(parser, "false") || take(parser, "null")) &&
        at_end_of_word(parser)) {
        add_token(parser, PDF_WORD, start);
        return true;
    }
    parser->at = start;
    return expected(parser, "a value");
}

static bool parse_value(struct parser *parser, int depth);

static bool parse_array(struct parser *parser, int depth)
{
    size_t open = parser->token_count;
    parser->at++;
    add_token(parser, PDF_ARRAY, parser->at - 1);
    for (skip_space(parser); peek(parser, 0) != ']'; skip_space(parser))
        if (!parse_value(parser, depth + 1))
            return false;
    parser->at++;
    add_token(parser, PDF_CLOSE, parser->at - 1);
    parser->token[open].value = (uint32_t)parser->token_count;
    return true;
}

static bool parse_dict(struct parser *parser, int depth)
{
    size_t open = parser->token_count, start = parser->at;
    parser->at += 2;
    add_token(parser, PDF_DICT, start);
    for (;;) {
        skip_space(parser);
        start = parser->at;
        if (take(parser, ">>"))
            break;
        if (peek(parser, 0) != '/')
            return expected(parser, "a key or \">>\"");
        if (!parse_name(parser) || !parse_value(parser, depth + 1))
            return false;
    }
    add_token(parser, PDF_CLOSE, start);
    parser->token[open].value = (uint32_t)parser->token_count;
    return true;
}

static bool parse_any(struct parser *parser, int depth)
{
    if (depth > DEEPEST)
        return expected(parser, "values nested less deeply");
    if (parser->at >= parser->bytes.size)
        return expected(parser, "a value");
    switch (peek(parser, 0)) {
    case '/': return parse_name(parser);
    case '(': return parse_string(parser);
    case '[': return parse_array(parser, depth);
    case '<':
        return peek(parser, 1) == '<' ? parse_dict(parser, depth)
                                      : parse_hex_string(parser);
    case '+':
    case '-':
    case '.': return parse_number(parser);
    default:
        return is_digit(peek(parser, 0)) ? parse_number(parser) : parse_word(parser);
    }
}

static bool parse_value(struct parser *parser, int depth)
{
    skip_space(parser);
    size_t start = parser->at;
    return parse_any(parser, depth) && (parser->at - start <= LARGEST ||
                                        expected(parser, "a shorter value before"));
}

/* "12 0 obj" at an offset. An object that cairo numbered but never wrote has the
 * offset of another, so a mismatch means absent and is no error by itself. */
static bool take_head(struct parser *parser, uint32_t number)
{
    uint32_t found;
    return take_digits(parser, &found) && found == number && take(parser, " 0 obj") &&
           at_end_of_word(parser);
}

/* A stream's length when the object that holds it comes after the stream. */
static bool read_length(struct parser *parser, uint32_t number, uint32_t *length)
{
    size_t back = parser->at;
    bool ok = number < parser->object_count && parser->offset[number] != 0;
    if (ok) {
        parser->at = parser->offset[number];
        ok = take_head(parser, number) && take(parser, "\n   ") &&
             take_digits(parser, length) && at_end_of_word(parser);
    }
    parser->at = back;
    return ok || expected(parser, "a stream whose length is known");
}

static bool stream_length(struct parser *parser, uint32_t dict, uint32_t *length)
{
    const struct pdf_file so_far = {.bytes = parser->bytes,
                                    .token_count = parser->token_count,
                                    .token = parser->token};
    uint32_t token = pdf_find(&so_far, dict, "Length");
    if (pdf_kind_at(&so_far, token) == PDF_REFERENCE)
        return read_length(parser, parser->token[token].value, length);
    return pdf_integer(&so_far, token, length) || expected(parser, "a /Length before");
}

static bool parse_stream(struct parser *parser, struct pdf_object *object)
{
    uint32_t length;
    if (parser->token[object->token].kind != PDF_DICT || !take(parser, "\n"))
        return expected(parser, "a stream behind a dictionary");
    if (!stream_length(parser, object->token, &length))
        return false;
    if (length > parser->bytes.size - parser->at)
        return expected(parser, "as many bytes as the stream's length says");
    object->is_stream = true;
    object->stream = (struct slice){parser->bytes.data + parser->at, length};
    parser->at += length;
    skip_space(parser);
    return take(parser, "endstream") || expected(parser, "\"endstream\"");
}

static bool parse_object(struct parser *parser, uint32_t number)
{
    struct pdf_object *object = &parser->object[number];
    if (!take_head(parser, number))
        return expected(parser, "the next object");
    *object =
        (struct pdf_object){.exists = true, .token = (uint32_t)parser->token_count};
    if (!parse_value(parser, 0))
        return false;
    skip_space(parser);
    if (take(parser, "stream") && !parse_stream(parser, object))
        return false;
    skip_space(parser);
    return (take(parser, "endobj") && at_end_of_word(parser)) ||
           expected(parser, "\"endobj\"");
}

static int compare_offsets(const void *a, const void *b)
{
    const struct place_of_object *left = a, *right = b;
    return left->offset < right->offset ? -1 : left->offset > right->offset;
}

static bool parse_objects(struct parser *parser, size_t xref)
{
    struct place_of_object *place =
        ARENA_ARRAY(parser->arena, struct place_of_object, parser->object_count);
    size_t count = 0;
    for (uint32_t i = 1; i < parser->object_count; i++)
        if (parser->offset[i])
            place[count++] = (struct place_of_object){i, parser->offset[i]};
    qsort(place, count, sizeof *place, compare_offsets);
    parser->at = 0;
    if (!take(parser, "%PDF-1."))
        return expected(parser, "\"%PDF-1.\"");
    parser->at = 0; /* that line is a comment, too */
    for (size_t i = 0; i < count; i++) {
        skip_space(parser);
        if (parser->at != place[i].offset)
            return expected(parser, "the object that the xref table says begins here");
        if (!parse_object(parser, place[i].number))
            return false;
    }
    skip_space(parser);
    return parser->at == xref || expected(parser, "the xref table");
}

static bool parse_xref_entry(struct parser *parser, uint32_t number)
{
    size_t start = parser->at;
    uint32_t offset;
    if (!take_digits(parser, &offset) || parser->at != start + 10)
        return expected(parser, "an offset of ten digits");
    if (!(number == 0 ? take(parser, " 65535 f \n") : take(parser, " 00000 n \n")))
        return expected(parser, "the rest of an xref entry");
    size_t back = parser->at;
    parser->at = offset < parser->bytes.size ? offset : parser->bytes.size;
    parser->offset[number] = number && take_head(parser, number) ? offset : 0;
    parser->at = back;
    return true;
}

static bool parse_xref(struct parser *parser, size_t xref)
{
    uint32_t count;
    parser->at = xref;
    if (!take(parser, "xref\n0 ") || !take_digits(parser, &count) ||
        !take(parser, "\n"))
        return expected(parser, "one xref section that begins at 0");
    if (count == 0 || count > (parser->bytes.size - parser->at) / XREF_ENTRY)
        return expected(parser, "as many xref entries as announced");
    parser->object_count = count;
    parser->offset = ARENA_ARRAY(parser->arena, uint32_t, count);
    parser->object = ARENA_ARRAY(parser->arena, struct pdf_object, count);
    for (uint32_t i = 0; i < count; i++)
        if (!parse_xref_entry(parser, i))
            return false;
    return true;
}

static bool parse_trailer(struct parser *parser, struct pdf_file *out)
{
    skip_space(parser);
    size_t start = parser->token_count;
    if (!take(parser, "trailer\n") || peek(parser, 0) != '<' || !parse_value(parser, 0))
        return expected(parser, "a trailer");
    out->token = parser->token;
    out->token_count = parser->token_count;
    out->catalog = pdf_target(out, pdf_find(out, (uint32_t)start, "Root"));
    out->information = pdf_target(out, pdf_find(out, (uint32_t)start, "Info"));
    return out->catalog != 0 || expected(parser, "a trailer with a /Root before");
}

/* Offset of the xref table, from the file's last lines. */
static bool find_xref(struct parser *parser, uint32_t *xref)
{
    static const char word[] = "startxref\n";
    size_t size = parser->bytes.size;
    parser->at = size < TAIL ? 0 : size - TAIL;
    while (parser->at < size && !take(parser, word))
        parser->at++;
    if (!take_digits(parser, xref) || !take(parser, "\n%%EOF\n") || parser->at != size)
        return expected(parser, "the file's end");
    return *xref < size || expected(parser, "an xref table inside the file");
}

bool pdf_parse(struct slice bytes, struct arena *arena, struct pdf_file *out,
               struct diags *diags)
{
    struct parser parser = {.bytes = bytes, .arena = arena, .diags = diags};
    uint32_t xref;
    if (bytes.size > LONGEST)
        return pdf_refuse(diags, "I301", "%zu MB are more than it can hold",
                          bytes.size >> 20);
    add_token(&parser, PDF_NONE, 0);
    if (!find_xref(&parser, &xref) || !parse_xref(&parser, xref))
        return false;
    expect_tokens(&parser, parser.object_count);
    *out = (struct pdf_file){
        .bytes = bytes, .object = parser.object, .object_count = parser.object_count};
    size_t after_xref = parser.at;
    if (!parse_objects(&parser, xref))
        return false;
    parser.at = after_xref;
    return parse_trailer(&parser, out);
}

uint32_t pdf_skip(const struct pdf_file *file, uint32_t token)
{
    enum pdf_kind kind = file->token[token].kind;
    return kind == PDF_ARRAY || kind == PDF_DICT ? file->token[token].value : token + 1;
}

uint32_t pdf_find(const struct pdf_file *file, uint32_t dict, const char *key)
{
    if (pdf_kind_at(file, dict) != PDF_DICT)
        return 0;
    for (uint32_t i = dict + 1; file->token[i].kind != PDF_CLOSE;
         i = pdf_skip(file, i + 1))
        if (pdf_is_name(file, i, key))
            return i + 1;
    return 0;
}

enum pdf_kind pdf_kind_at(const struct pdf_file *file, uint32_t token)
{
    return (enum pdf_kind)file->token[token].kind;
}

struct slice pdf_text(const struct pdf_file *file, uint32_t token)
{
    return (struct slice){file->bytes.data + file->token[token].start,
                          file->token[token].size};
}

bool pdf_is_name(const struct pdf_file *file, uint32_t token, const char *name)
{
    return file->token[token].kind == PDF_NAME &&
           slice_is(slice_from(pdf_text(file, token), 1), name);
}

bool pdf_integer(const struct pdf_file *file, uint32_t token, uint32_t *out)
{
    struct slice text = pdf_text(file, token);
    struct parser parser = {.bytes = text};
    return file->token[token].kind == PDF_NUMBER && take_digits(&parser, out) &&
           parser.at == text.size;
}

uint32_t pdf_target(const struct pdf_file *file, uint32_t token)
{
    uint32_t number = file->token[token].value;
    if (file->token[token].kind != PDF_REFERENCE || number >= file->object_count ||
        !file->object[number].exists)
        return 0;
    return number;
}

uint32_t pdf_value(const struct pdf_file *file, uint32_t number)
{
    return number < file->object_count && file->object[number].exists
               ? file->object[number].token
               : 0;
}

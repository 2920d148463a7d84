/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Byte order marks, the check for UTF-8, and conversion by iconv. */
#include "data/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct mark {
    const char *bytes;
    size_t size;
    const char *name;
};

/* UTF-32LE begins as UTF-16LE does, so it comes first. */
static const struct mark marks[] = {
    {"\xEF\xBB\xBF", 3, "utf-8"},    {"\xFF\xFE\0\0", 4, "utf-32le"},
    {"\0\0\xFE\xFF", 4, "utf-32be"}, {"\xFF\xFE", 2, "utf-16le"},
    {"\xFE\xFF", 2, "utf-16be"},
};

/* What is offered for a name that iconv doesn't know. */
static const char *const common_names[] = {
    "utf-8",        "utf-16le",     "utf-16be",     "utf-32le",     "utf-32be",
    "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254",
    "windows-1256", "iso-8859-1",   "iso-8859-2",   "iso-8859-5",   "iso-8859-6",
    "iso-8859-9",   "iso-8859-15",  "macintosh",    "shift_jis",    "euc-jp",
    "euc-kr",       "gb18030",      "big5",         "koi8-r",       "cp437",
    "cp850",
};
enum { COMMON_NAMES = sizeof common_names / sizeof common_names[0] };

static const struct mark *find_mark(struct slice source)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (source.size >= marks[i].size &&
            memcmp(source.data, marks[i].bytes, marks[i].size) == 0)
            return &marks[i];
    }
    return NULL;
}

static bool is_utf8(const char *name)
{
    return strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0;
}

/* UTF-8 as it is ----------------------------------------------------------------- */

/* Place of a byte in text that is valid UTF-8 before it. */
static struct place place_of(struct slice text, const char *file, size_t offset)
{
    struct place place = {file, 1, 1};
    size_t line_start = 0;
    for (size_t i = 0; i < offset; i++) {
        if (text.data[i] == '\n') {
            place.line++;
            line_start = i + 1;
        }
    }
    struct slice before = {text.data + line_start, offset - line_start};
    place.column = 1 + (int)utf8_length(before);
    return place;
}

/* Stride by stride, each ending between two characters. */
static bool is_valid(struct slice text, const struct file *mapped, size_t *bad)
{
    for (size_t at = 0, end; at < text.size; at = end) {
        end = text.size - at < FILE_STRIDE ? text.size : at + FILE_STRIDE;
        for (int i = 0; i < 3 && end < text.size && (text.data[end] & 0xC0) == 0x80;
             i++)
            end--;
        const struct slice stride = {text.data + at, end - at};
        if (!utf8_is_valid(stride, bad)) {
            *bad += at;
            return false;
        }
        if (mapped)
            file_let_go(mapped, stride);
    }
    return true;
}

static bool check_utf8(struct slice text, bool is_guess, const char *file,
                       const struct file *mapped, struct diags *diags)
{
    size_t bad = 0;
    if (is_valid(text, mapped, &bad))
        return true;
    struct diag *diag = diags_error(diags, place_of(text, file, bad), "D101",
                                    "byte 0x%02x is not valid UTF-8",
                                    (unsigned)(unsigned char)text.data[bad]);
    if (is_guess)
        diag_hint(diags, diag,
                  "say what the file is in, for instance --encoding windows-1252");
    else
        diag_hint(diags, diag,
                  "the file is declared to be UTF-8; correct that byte, or declare "
                  "another encoding, for instance --encoding windows-1252");
    return false;
}

/* Conversion --------------------------------------------------------------------- */

/* Appends what iconv makes of the input; false at bytes that it refuses, to which
 * *in points then. */
static bool convert(iconv_t converter, struct slice *in, struct text *out)
{
    char buffer[16 * 1024];
    char *from = (char *)(uintptr_t)in->data;
    bool ok = true, is_flushing = false;
    for (;;) {
        char *to = buffer;
        size_t room = sizeof buffer;
        size_t result = is_flushing ? iconv(converter, NULL, NULL, &to, &room)
                                    : iconv(converter, &from, &in->size, &to, &room);
        text_append(out, (struct slice){buffer, sizeof buffer - room});
        if (result == (size_t)-1 && errno == E2BIG)
            continue;
        ok = result != (size_t)-1;
        if (!ok || is_flushing)
            break;
        is_flushing = true;
    }
    in->data = from;
    return ok;
}

static iconv_t open_converter(const char *name)
{
    /* A slash would ask iconv to drop or replace what it can't convert. */
    if (strchr(name, '/'))
        return (iconv_t)-1;
    return iconv_open("UTF-8", name);
}

static void report_unknown_name(const char *name, const char *file, struct diags *diags)
{
    struct slice candidate[COMMON_NAMES];
    for (size_t i = 0; i < COMMON_NAMES; i++)
        candidate[i] = slice_of(common_names[i]);
    struct diag *diag = diags_error(diags, (struct place){file, 0, 0}, "D102",
                                    "unknown encoding \"%s\"", name);
    diag_hint(diags, diag, "for instance utf-8, windows-1252, iso-8859-1, utf-16le");
    diag_suggest(diags, diag, slice_of(name), candidate, COMMON_NAMES);
}

static void report_bad_bytes(const char *name, struct slice rest, struct slice done,
                             const char *file, struct diags *diags)
{
    struct diag *diag;
    struct place at = place_of(done, file, done.size);
    if (rest.size)
        diag = diags_error(diags, at, "D101", "byte 0x%02x is not valid in %s",
                           (unsigned)(unsigned char)rest.data[0], name);
    else
        diag = diags_error(diags, at, "D101", "the text ends within a character of %s",
                           name);
    diag_hint(diags, diag, "is the file in another encoding than %s?", name);
}

static bool convert_all(struct slice source, const char *name, const char *file,
                        struct arena *arena, struct slice *out, struct diags *diags)
{
    iconv_t converter = open_converter(name);
    if (converter == (iconv_t)-1) {
        report_unknown_name(name, file, diags);
        return false;
    }
    struct text text = {.arena = arena};
    bool ok = convert(converter, &source, &text);
    iconv_close(converter);
    *out = text_slice(&text);
    if (!ok)
        report_bad_bytes(name, source, *out, file, diags);
    return ok;
}

/* -------------------------------------------------------------------------------- */

static bool is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    }
    return true;
}

static bool is_utf8_beyond_ascii(struct slice text)
{
    return utf8_is_valid(text, NULL) && !is_ascii(text);
}

/* Text in another encoding is hardly ever valid UTF-8 by chance. */
static void warn_of_utf8(struct slice text, const char *name, const char *file,
                         struct diags *diags)
{
    if (!is_utf8_beyond_ascii(text))
        return;
    struct diag *diag =
        diags_warn(diags, (struct place){file, 0, 0}, "D104",
                   "the file is read as %s, but looks like UTF-8", name);
    diag_hint(diags, diag, "leave the encoding out; names with marks come out wrong");
}

bool encoding_read(struct slice source, const char *declared, const char *file,
                   const struct file *mapped, struct arena *arena, struct slice *out,
                   struct diags *diags)
{
    const struct mark *mark = find_mark(source);
    bool is_declared = mark || (declared && declared[0]);
    const char *name = mark ? mark->name : is_declared ? declared : "utf-8";
    *out = slice_from(source, mark ? mark->size : 0);
    if (is_utf8(name))
        return check_utf8(*out, !is_declared, file, mapped, diags);
    struct slice bytes = *out;
    if (!convert_all(bytes, name, file, arena, out, diags))
        return false;
    if (!mark)
        warn_of_utf8(bytes, name, file, diags);
    return true;
}

const char *encoding_expect(struct slice source, const char *usual)
{
    return find_mark(source) || is_utf8_beyond_ascii(source) ? NULL : usual;
}

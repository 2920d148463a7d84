/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Collecting diagnostics and printing one under its source line. Source and words
 * come from strangers' files: what could upset a terminal is printed as an escape. */
#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BUCKETS = 64,
    WIDEST_LINE = 160,
    LEAD_IN = 100,
    LONGEST_LIST = 12,
    LONGEST_WORDS = 1000
};

struct entry {
    struct diag *diag;
    size_t next_in_bucket; /* index + 1; 0 ends */
};

struct source {
    const char *file;
    struct slice text;
    struct place from, also_from; /* of a part: the first places that name it */
};

struct diags {
    struct arena *arena;
    struct entry *entry;
    size_t count, capacity;
    size_t *bucket; /* index + 1 of the newest entry */
    size_t bucket_count;
    struct source *source;
    size_t source_count, source_capacity;
    size_t by_severity[SEVERITY_ERROR + 1];
};

struct diags *diags_new(struct arena *arena)
{
    struct diags *diags = ARENA_NEW(arena, struct diags);
    diags->arena = arena;
    diags->bucket_count = FIRST_BUCKETS;
    diags->bucket = ARENA_ARRAY(arena, size_t, FIRST_BUCKETS);
    return diags;
}

struct arena *diags_arena(struct diags *diags)
{
    return diags->arena;
}

static bool same_string(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static struct source *find_source(const struct diags *diags, const char *file)
{
    for (size_t i = 0; file && i < diags->source_count; i++) {
        if (same_string(diags->source[i].file, file))
            return &diags->source[i];
    }
    return NULL;
}

struct slice diags_add_source(struct diags *diags, const char *file, struct slice text)
{
    struct source *known = find_source(diags, file);
    if (!known) {
        known = ARENA_APPEND(diags->arena, diags->source, diags->source_count,
                             diags->source_capacity);
        *known = (struct source){
            .file = file ? slice_c_string(diags->arena, slice_of(file)) : NULL,
            .text = slice_copy(diags->arena, text)};
    } else if (!slice_equal(known->text, text)) {
        known->text = slice_copy(diags->arena, text);
    }
    return known->text;
}

/* A diagnostic outlives the template it is about: its file's name is the source's. */
static const char *name_of_source(const struct diags *diags, const char *file)
{
    const struct source *source = find_source(diags, file);
    return source ? source->file : file;
}

void diags_add_include(struct diags *diags, const char *file, struct place from)
{
    struct source *source = find_source(diags, file);
    if (!source)
        return;
    from.file = name_of_source(diags, from.file);
    if (!source->from.file)
        source->from = from;
    else if (source->from.line != from.line || source->from.file != from.file)
        source->also_from = from;
}

bool diags_find_text(const struct diags *diags, struct slice bytes, struct place *out)
{
    for (size_t i = 0; i < diags->source_count; i++) {
        const struct source *source = &diags->source[i];
        if (slice_place(source->text, bytes, &out->line, &out->column)) {
            out->file = source->file;
            return true;
        }
    }
    return false;
}

/* Collecting --------------------------------------------------------------------- */

static uint64_t hash_of(const struct diag *diag)
{
    uint64_t hash = slice_hash(slice_of(diag->code));
    hash = hash * 31 + slice_hash(slice_of(diag->at.file));
    hash = hash * 31 + (uint64_t)diag->at.line * 65537 + (uint64_t)diag->at.column;
    return hash ^ hash >> 29;
}

/* A place without a column names a line or a file: several different things can be
 * wrong there, so the words must agree too. */
static bool is_same(const struct diag *a, const struct diag *b)
{
    bool is_exact = a->at.line > 0 && a->at.column > 0;
    return a->at.line == b->at.line && a->at.column == b->at.column &&
           same_string(a->code, b->code) && same_string(a->at.file, b->at.file) &&
           (is_exact || same_string(a->message, b->message));
}

static size_t *find_bucket(struct diags *diags, const struct diag *diag)
{
    return &diags->bucket[hash_of(diag) % diags->bucket_count];
}

static void link_all(struct diags *diags)
{
    memset(diags->bucket, 0, diags->bucket_count * sizeof *diags->bucket);
    for (size_t i = 0; i < diags->count; i++) {
        size_t *bucket = find_bucket(diags, diags->entry[i].diag);
        diags->entry[i].next_in_bucket = *bucket;
        *bucket = i + 1;
    }
}

static struct diag *add(struct diags *diags, struct diag *diag)
{
    size_t *bucket = find_bucket(diags, diag);
    for (size_t at = *bucket; at; at = diags->entry[at - 1].next_in_bucket) {
        if (is_same(diags->entry[at - 1].diag, diag))
            return diag; /* a copy that nobody sees: its hint isn't the first one's */
    }
    diags->by_severity[diag->severity]++;
    *ARENA_APPEND(diags->arena, diags->entry, diags->count, diags->capacity) =
        (struct entry){diag, *bucket};
    *bucket = diags->count;
    if (diags->count > diags->bucket_count) {
        diags->bucket_count *= 4;
        diags->bucket = ARENA_ARRAY(diags->arena, size_t, diags->bucket_count);
        link_all(diags);
    }
    return diag;
}

static struct diag *vadd(struct diags *diags, enum severity severity, struct place at,
                         const char *code, const char *format, va_list arguments)
{
    struct diag *diag = ARENA_NEW(diags->arena, struct diag);
    *diag = (struct diag){.severity = severity, .at = at, .width = 1, .code = code};
    diag->at.file = name_of_source(diags, at.file);
    diag->message = arena_vprint(diags->arena, format, arguments);
    return add(diags, diag);
}

struct diag *diags_error(struct diags *diags, struct place at, const char *code,
                         const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diag *diag = vadd(diags, SEVERITY_ERROR, at, code, format, arguments);
    va_end(arguments);
    return diag;
}

struct diag *diags_warn(struct diags *diags, struct place at, const char *code,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diag *diag = vadd(diags, SEVERITY_WARNING, at, code, format, arguments);
    va_end(arguments);
    return diag;
}

struct diag *diags_note(struct diags *diags, struct place at, const char *code,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diag *diag = vadd(diags, SEVERITY_NOTE, at, code, format, arguments);
    va_end(arguments);
    return diag;
}

void diags_repeat(struct diags *diags, const struct diag *said)
{
    struct diag *diag = arena_copy(diags->arena, said, sizeof *said);
    diag->at.file = name_of_source(diags, said->at.file);
    diag->message = arena_print(diags->arena, "%s", said->message);
    diag->hint = said->hint ? arena_print(diags->arena, "%s", said->hint) : NULL;
    add(diags, diag);
}

void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
{
    if (!diag)
        return;
    va_list arguments;
    va_start(arguments, format);
    diag->hint = arena_vprint(diags->arena, format, arguments);
    va_end(arguments);
}

/* The only candidate that begins with the word, when none is near: "mon", "prov". */
static int find_beginning(struct slice word, const struct slice *candidate,
                          size_t count)
{
    int found = -1;
    for (size_t i = 0; i < count && word.size >= 3; i++) {
        if (candidate[i].size <= word.size ||
            memcmp(candidate[i].data, word.data, word.size) != 0)
            continue;
        if (found >= 0)
            return -1;
        found = (int)i;
    }
    return found;
}

/* Spaces without width and their kin, which word processors leave in words. */
static bool hides_letters(struct slice word)
{
    for (size_t at = 0; at < word.size;) {
        uint32_t rune = utf8_next(word, &at);
        if (rune == 0xA0 || rune == 0xAD || rune == 0x200B || rune == 0x2060 ||
            rune == 0xFEFF || rune == 0x202F)
            return true;
    }
    return false;
}

void diag_suggest(struct diags *diags, struct diag *diag, struct slice word,
                  const struct slice *candidate, size_t count)
{
    if (!diag || !count)
        return;
    int nearest = text_nearest(word, candidate, count);
    if (nearest < 0)
        nearest = find_beginning(word, candidate, count);
    if (nearest >= 0 && hides_letters(word)) {
        diag_hint(diags, diag,
                  "it is \"%.*s\" with a letter in it that can't be seen: type it anew",
                  SLICE_PRINT(candidate[nearest]));
        return;
    }
    if (nearest >= 0 && hides_letters(candidate[nearest])) {
        diag_hint(diags, diag,
                  "where \"%.*s\" is defined, it has a letter that can't be seen: type "
                  "that one anew",
                  SLICE_PRINT(word));
        return;
    }
    if (nearest >= 0) {
        diag_hint(diags, diag, "did you mean \"%.*s\"?",
                  SLICE_PRINT(candidate[nearest]));
        return;
    }
    if (count > LONGEST_LIST)
        return;
    struct text list = {.arena = diags->arena};
    for (size_t i = 0; i < count; i++)
        text_print(&list, "%s%.*s", i ? ", " : "", SLICE_PRINT(candidate[i]));
    diag_hint(diags, diag, "%s: %.*s", count == 1 ? "there is only" : "there are",
              SLICE_PRINT(text_slice(&list)));
}

size_t diags_count(const struct diags *diags, enum severity severity)
{
    return diags->by_severity[severity];
}

size_t diags_total(const struct diags *diags)
{
    return diags->count;
}

bool diags_has(const struct diags *diags, const char *code)
{
    for (size_t i = 0; i < diags->count; i++) {
        if (same_string(diags->entry[i].diag->code, code))
            return true;
    }
    return false;
}

const struct diag *diags_at(const struct diags *diags, size_t index)
{
    return index < diags->count ? diags->entry[index].diag : NULL;
}

/* A diagnostic with what it is sorted by; index keeps equal ones as they came. */
struct placed {
    struct diag *diag;
    size_t file, index;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *left = a, *right = b;
    if (left->file != right->file)
        return left->file < right->file ? -1 : 1;
    if (left->diag->at.line != right->diag->at.line)
        return left->diag->at.line < right->diag->at.line ? -1 : 1;
    if (left->diag->at.column != right->diag->at.column)
        return left->diag->at.column < right->diag->at.column ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

void diags_sort(struct diags *diags)
{
    struct arena *scratch = arena_new();
    struct placed *placed = ARENA_ARRAY(scratch, struct placed, diags->count);
    for (size_t i = 0; i < diags->count; i++) {
        struct diag *diag = diags->entry[i].diag;
        size_t first = i && same_string(placed[i - 1].diag->at.file, diag->at.file)
                           ? placed[i - 1].file
                           : 0;
        while (first < i && !same_string(placed[first].diag->at.file, diag->at.file))
            first++;
        placed[i] = (struct placed){diag, first, i};
    }
    if (diags->count)
        qsort(placed, diags->count, sizeof *placed, compare_placed);
    for (size_t i = 0; i < diags->count; i++)
        diags->entry[i].diag = placed[i].diag;
    arena_free(scratch);
    link_all(diags);
}

void diags_truncate(struct diags *diags, size_t keep)
{
    if (keep >= diags->count)
        return;
    for (size_t i = keep; i < diags->count; i++)
        diags->by_severity[diags->entry[i].diag->severity]--;
    diags->count = keep;
    link_all(diags);
}

/* Printing ----------------------------------------------------------------------- */

/* Controls, and the marks that turn the direction of the rest of the line. */
static bool is_unprintable(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
           code_point == 0x2028 || code_point == 0x2029 || code_point == 0xFEFF ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

static void print_safely(struct text *out, const char *words)
{
    struct slice a = slice_of(words);
    size_t left = LONGEST_WORDS;
    for (size_t at = 0; at < a.size && left; left--) {
        uint32_t code_point;
        size_t size = utf8_decode(a, at, &code_point);
        if (!size)
            text_print(out, "\\x%02x", (unsigned char)a.data[at]);
        else if (code_point == '\n')
            text_append_string(out, "\\n");
        else if (!is_unprintable(code_point))
            text_append(out, (struct slice){a.data + at, size});
        else if (code_point < 0x100)
            text_print(out, "\\x%02x", code_point);
        else
            text_print(out, "\\u%04x", code_point);
        at += size ? size : 1;
    }
    text_append_string(out, left ? "" : "…");
}

static void print_place(struct text *out, struct place at)
{
    if (!at.file)
        return;
    print_safely(out, at.file);
    if (at.line > 0)
        text_print(out, ":%d", at.line);
    if (at.line > 0 && at.column > 0)
        text_print(out, ":%d", at.column);
    text_append_string(out, ": ");
}

/* Lines end in LF, CR LF or CR, as they do for Markdown and YAML. */
static struct slice cut_line(struct slice *rest)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != '\n' && rest->data[size] != '\r')
        size++;
    struct slice line = {rest->data, size};
    bool is_pair = size + 1 < rest->size && rest->data[size] == '\r' &&
                   rest->data[size + 1] == '\n';
    *rest = slice_from(*rest, size + 1 + is_pair);
    return line;
}

static bool find_line(const struct diags *diags, struct place at, struct slice *line)
{
    const struct source *source = find_source(diags, at.file);
    struct slice rest = source ? source->text : (struct slice){0};
    if (slice_starts_with(rest, "\xEF\xBB\xBF"))
        rest = slice_from(rest, 3);
    for (int i = 0; i < at.line && rest.size; i++) {
        *line = cut_line(&rest);
        if (i + 1 == at.line)
            return true;
    }
    return false;
}

/* Prints the code points of line from `from` on, at most WIDEST_LINE; each takes its
 * place, so that the caret stands under the right one. */
static void print_line(struct text *out, struct slice line, int from)
{
    size_t at = 0;
    for (int i = 0; i < from && at < line.size; i++)
        utf8_next(line, &at);
    if (from)
        text_append_string(out, "…");
    for (int i = 0; i < WIDEST_LINE && at < line.size; i++) {
        uint32_t code_point = utf8_next(line, &at);
        if (code_point == '\t')
            code_point = ' ';
        text_append_rune(out, is_unprintable(code_point) ? 0xFFFD : code_point);
    }
    if (at < line.size)
        text_append_string(out, "…");
}

static int columns_of(uint32_t code_point)
{
    return is_unprintable(code_point) ? 1 : utf8_columns(code_point);
}

static void print_caret(struct text *out, struct slice line, const struct diag *diag,
                        int from)
{
    size_t at = 0;
    int column = 1, indent = from ? 1 : 0, width = 0;
    for (; column < diag->at.column && at < line.size; column++) {
        uint32_t code_point = utf8_next(line, &at);
        indent += column > from ? columns_of(code_point) : 0;
    }
    int end = from + WIDEST_LINE;
    for (int i = 0; i < diag->width && column + i <= end && at < line.size; i++)
        width += columns_of(utf8_next(line, &at));
    text_print(out, "%*s", indent, "");
    for (int i = 0; i < (width > 1 ? width : 1); i++)
        text_append_string(out, "^");
}

static void print_source(struct text *out, struct slice line, const struct diag *diag)
{
    int from = 0;
    if (diag->at.column > WIDEST_LINE)
        from = diag->at.column - LEAD_IN;
    text_print(out, "%5d | ", diag->at.line);
    print_line(out, line, from);
    text_append_string(out, "\n");
    if (diag->at.column < 1)
        return;
    text_append_string(out, "      | ");
    print_caret(out, line, diag, from);
    if (diag->hint) {
        text_append_string(out, " ");
        print_safely(out, diag->hint);
    }
    text_append_string(out, "\n");
}

static void print_source_place(struct text *out, struct place at)
{
    print_safely(out, at.file);
    text_print(out, ":%d", at.line);
}

/* Out to the template itself, which no file includes; parts in a circle end, too. */
static void print_includes(const struct diags *diags, const char *file,
                           struct text *out)
{
    enum { MOST = 10 };
    const struct source *source = find_source(diags, file);
    for (int i = 0; i < MOST && source && source->from.file; i++) {
        text_append_string(out, i ? ", " : "      = included from ");
        print_source_place(out, source->from);
        if (source->also_from.file) {
            text_append_string(out, " and ");
            print_source_place(out, source->also_from);
        }
        source = find_source(diags, source->from.file);
    }
    const struct source *part = find_source(diags, file);
    text_append_string(out, part && part->from.file ? "\n" : "");
}

void diag_print(const struct diags *diags, const struct diag *diag, struct text *out)
{
    static const char *const names[] = {"note", "warning", "error"};
    print_place(out, diag->at);
    text_print(out, "%s[%s]: ", names[diag->severity], diag->code);
    print_safely(out, diag->message);
    text_append_string(out, "\n");
    struct slice line;
    bool has_line = find_line(diags, diag->at, &line);
    if (has_line)
        print_source(out, line, diag);
    if (diag->hint && (!has_line || diag->at.column < 1)) {
        text_append_string(out, "      = ");
        print_safely(out, diag->hint);
        text_append_string(out, "\n");
    }
    print_includes(diags, diag->at.file, out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking values out of a line of text, and putting what was typed back where it turns
 * out to be code. */
#include "template/mark.h"

#include <string.h>

enum {
    FIRST_MARK = 0xF0000, /* planes 15 and 16 are private use */
    LAST_MARK = 0x10FFFD,
    MOST_MARKS = LAST_MARK - FIRST_MARK,
    LONGEST_VALUE = 4000, /* bytes between {{ and }} */
};

/* Places and marks ---------------------------------------------------------------- */

struct place cursor_place(struct cursor *cursor)
{
    if (cursor->counted_at < cursor->line_start || !cursor->column) {
        cursor->counted_at = cursor->line_start;
        cursor->column = 1;
    }
    struct slice since = {cursor->text.data + cursor->counted_at,
                          cursor->at - cursor->counted_at};
    cursor->column += (int)utf8_length(since);
    cursor->counted_at = cursor->at;
    return (struct place){cursor->file, cursor->line, cursor->column};
}

struct slice cursor_rest(const struct cursor *cursor)
{
    return slice_from(cursor->text, cursor->at);
}

void marker_start_line(struct marker *marker, const char *file, int line)
{
    *ARENA_APPEND(marker->aside, marker->line, marker->line_count,
                  marker->line_capacity) = (struct place){file, line, 1};
}

struct mark *marker_put(struct marker *marker, struct cursor *cursor,
                        enum mark_kind kind, size_t size)
{
    struct place at = cursor_place(cursor);
    if (marker->mark_count == MOST_MARKS) {
        if (marker->ok)
            diags_error(marker->diags, at, "M043",
                        "more than %d values in one template", MOST_MARKS);
        marker->ok = false;
        return NULL;
    }
    struct mark *mark = ARENA_APPEND(marker->arena, marker->mark, marker->mark_count,
                                     marker->mark_capacity);
    struct slice raw = {cursor->text.data + cursor->at, size};
    *mark = (struct mark){.kind = kind,
                          .at = at,
                          .width = (int)utf8_length(raw),
                          .raw = raw,
                          .text = raw,
                          .text_at = at,
                          .offset = marker->out.size};
    text_append_rune(&marker->out, (uint32_t)(FIRST_MARK + marker->mark_count - 1));
    return mark;
}

/* Values -------------------------------------------------------------------------- */

static bool is_word_end(struct slice text, size_t at)
{
    return at >= text.size || strchr(" \t\n(", text.data[at]) != NULL;
}

/* In any letter case: a word processor begins a sentence with a capital. */
static bool begins_with_word(struct slice text, const char *word)
{
    size_t size = strlen(word);
    return text.size >= size && strncasecmp(text.data, word, size) == 0 &&
           is_word_end(text, size);
}

static bool is_word(struct slice text, const char *word)
{
    return begins_with_word(text, word) && text.size == strlen(word);
}

/* The bytes of an `else if` in the words that other languages have for it. */
static size_t else_if_size(struct slice inner)
{
    static const char *const words[] = {"elseif", "elsif", "elif"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (begins_with_word(inner, words[i]))
            return strlen(words[i]);
    }
    return 0;
}

static int columns_of(struct slice whole, struct slice part)
{
    return part.size ? (int)utf8_length(
                           (struct slice){whole.data, (size_t)(part.data - whole.data)})
                     : 0;
}

/* Sorts a mark by its first word and leaves the condition in its text. */
static void classify(struct mark *mark)
{
    struct slice inner = slice_trim(mark->text);
    size_t skip = 0;
    if (begins_with_word(inner, "if") || begins_with_word(inner, "#if")) {
        mark->kind = MARK_IF;
        skip = inner.data[0] == '#' ? 3 : 2;
    } else if (is_word(inner, "end") || is_word(inner, "end if") ||
               is_word(inner, "endif") || is_word(inner, "/if")) {
        mark->kind = MARK_END;
        skip = inner.size;
    } else if (else_if_size(inner)) {
        mark->kind = MARK_ELSE;
        skip = else_if_size(inner);
    } else if (begins_with_word(inner, "else")) {
        mark->kind = MARK_ELSE;
        skip = 4;
        struct slice after = slice_trim(slice_from(inner, skip));
        if (begins_with_word(after, "if"))
            skip = (size_t)(after.data - inner.data) + 2;
    }
    struct slice text = slice_trim(slice_from(inner, skip));
    size_t before = text.size ? (size_t)(text.data - mark->raw.data) : 0;
    mark->text_at.column += (int)utf8_length((struct slice){mark->raw.data, before});
    mark->text = text;
}

/* "fi attacks > 0": what ends it is no second mistake. */
static void forgive_if(struct marker *marker, struct mark *mark)
{
    static const char *const slips[] = {"fi", "iff",  "uf",   "of",
                                        "ig", "whem", "when", "unless"};
    struct slice text = slice_trim(mark->text);
    size_t size = 0;
    while (size < text.size && text.data[size] != ' ')
        size++;
    bool compares = false, is_slip = false;
    for (size_t i = size; i < text.size; i++)
        compares |= strchr("<>=", text.data[i]) != NULL;
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        is_slip |= slice_is((struct slice){text.data, size}, slips[i]);
    if (mark->kind != MARK_VALUE || !is_slip || !compares)
        return;
    struct diag *diag = diags_error(marker->diags, mark->text_at, "M081",
                                    "unknown word \"%.*s\"", (int)size, text.data);
    diag->width = (int)size;
    diag_hint(marker->diags, diag, "a condition begins with \"if\"");
    mark->kind = MARK_IF;
    mark->text = slice_trim(slice_from(text, size));
    mark->text_at.column += columns_of(text, mark->text);
}

/* Double quotes that are still open at the end of text: "}}" may stand in them. */
static bool is_in_quotes(struct slice text)
{
    bool is_open = false;
    for (size_t i = 0; i < text.size; i++)
        is_open ^= text.data[i] == '"';
    return is_open;
}

static bool find_close(struct cursor *cursor, size_t from, size_t *close)
{
    if (!cursor->has_close || cursor->next_close < from) {
        struct slice rest = slice_from(cursor->text, from);
        const char *found = rest.size ? memmem(rest.data, rest.size, "}}", 2) : NULL;
        cursor->next_close = found ? from + (size_t)(found - rest.data) : SIZE_MAX;
        cursor->has_close = true;
    }
    *close = cursor->next_close;
    return *close != SIZE_MAX && *close - cursor->at <= LONGEST_VALUE;
}

/* Values don't reach over a blank line, a code fence or structure. */
static bool leaves_paragraph(struct slice text)
{
    struct slice line;
    for (bool is_first = true; slice_cut(&text, '\n', &line); is_first = false) {
        line = slice_trim(line);
        if (!is_first &&
            ((text.size && !line.size) || slice_starts_with(line, "```") ||
             slice_starts_with(line, "~~~") || slice_starts_with(line, ":::")))
            return true;
    }
    return false;
}

/* The end of a value whose first }} stands in quotes: the next }} outside of them. */
static size_t skip_quoted(const struct cursor *cursor, size_t from, size_t close)
{
    struct slice inner = {cursor->text.data + from, close - from};
    while (is_in_quotes(inner) && !leaves_paragraph(inner)) {
        struct slice rest = slice_from(cursor->text, from + inner.size + 2);
        if (rest.size > LONGEST_VALUE)
            rest.size = LONGEST_VALUE;
        const char *found = rest.size ? memmem(rest.data, rest.size, "}}", 2) : NULL;
        if (!found || inner.size > LONGEST_VALUE)
            return close;
        inner.size = (size_t)(found - inner.data);
    }
    return leaves_paragraph(inner) ? close : from + inner.size;
}

/* The bytes from {{ to }}, both included; 0 when it isn't closed. */
static size_t value_size(struct cursor *cursor)
{
    size_t close, from = cursor->at + 2;
    if (!find_close(cursor, from, &close))
        return 0;
    struct slice inner = {cursor->text.data + from, close - from};
    const char *next = inner.size ? memmem(inner.data, inner.size, "{{", 2) : NULL;
    bool swallows_next =
        next && next > inner.data &&
        !is_in_quotes((struct slice){inner.data, (size_t)(next - inner.data)});
    if (swallows_next || leaves_paragraph(inner))
        return 0;
    return skip_quoted(cursor, from, close) + 2 - cursor->at;
}

/* A value typed over several lines leaves a piece of glue at the start of each
 * further one, so that lines keep their numbers and no space appears. */
static void put_glue(struct marker *marker, struct cursor *cursor, struct slice raw)
{
    struct slice line;
    while (slice_cut(&raw, '\n', &line)) {
        cursor->at += line.size;
        if (!raw.size)
            return;
        text_append_string(&marker->out, "\n");
        cursor->line++;
        cursor->at++;
        cursor->line_start = cursor->at;
        cursor->column = 0;
        marker_start_line(marker, cursor->file, cursor->line);
        struct slice next = raw;
        const char *end = memchr(next.data, '\n', next.size);
        if (end)
            next.size = (size_t)(end - next.data);
        marker_put(marker, cursor, MARK_GLUE, next.size);
    }
}

static void put_value(struct marker *marker, struct cursor *cursor)
{
    size_t size = value_size(cursor);
    struct slice raw = {cursor_rest(cursor).data, size};
    struct mark *mark =
        marker_put(marker, cursor, size ? MARK_VALUE : MARK_UNCLOSED, size ? size : 2);
    if (!mark || !size) {
        cursor->at += 2;
        return;
    }
    const char *end = memchr(raw.data, '\n', size);
    mark->text = (struct slice){raw.data + 2, size - 4};
    classify(mark);
    forgive_if(marker, mark);
    if (!end) {
        cursor->at += size;
        return;
    }
    mark->width = (int)utf8_length((struct slice){raw.data, (size_t)(end - raw.data)});
    mark->raw.size = (size_t)(end - raw.data);
    put_glue(marker, cursor, raw);
}

/* Characters that would be mistaken for marks -------------------------------------- */

/* The bytes of a numeric character reference to a private code point, else 0. */
static size_t reference_size(struct slice text, uint32_t *code_point)
{
    size_t at = 2;
    uint32_t number = 0, base = 10;
    if (!slice_starts_with(text, "&#"))
        return 0;
    if (text.size > 2 && (text.data[2] == 'x' || text.data[2] == 'X')) {
        base = 16;
        at++;
    }
    for (; at < text.size && number <= LAST_MARK; at++) {
        char c = text.data[at];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 99;
        if (digit >= base)
            break;
        number = number * base + digit;
    }
    *code_point = number;
    return at < text.size && text.data[at] == ';' && number >= FIRST_MARK &&
                   number <= LAST_MARK
               ? at + 1
               : 0;
}

/* True when a private code point, typed or referred to, was put as a literal. */
static bool put_private(struct marker *marker, struct cursor *cursor)
{
    struct slice rest = cursor_rest(cursor);
    uint32_t code_point = 0;
    size_t size = 0;
    if (rest.data[0] == '&') {
        size = reference_size(rest, &code_point);
    } else if ((unsigned char)rest.data[0] >= 0xF3) {
        code_point = utf8_next(rest, &size);
        if (code_point < FIRST_MARK || code_point > LAST_MARK)
            return false;
    }
    if (!size)
        return false;
    struct mark *mark = marker_put(marker, cursor, MARK_LITERAL, size);
    if (mark) {
        struct text text = {.arena = marker->arena};
        text_append_rune(&text, code_point);
        mark->text = text_slice(&text);
    }
    cursor->at += size;
    return true;
}

void marker_copy_line(struct marker *marker, struct cursor *cursor, bool with_values)
{
    while (cursor->at < cursor->text.size && cursor->text.data[cursor->at] != '\n') {
        struct slice rest = cursor_rest(cursor);
        size_t plain = 0;
        while (plain < rest.size && !strchr("\n\\{&", rest.data[plain]) &&
               (unsigned char)rest.data[plain] < 0xF3)
            plain++;
        text_append(&marker->out, (struct slice){rest.data, plain});
        cursor->at += plain;
        rest = slice_from(rest, plain);
        if (!rest.size || rest.data[0] == '\n')
            continue;
        if (with_values && slice_starts_with(rest, "{{")) {
            put_value(marker, cursor);
        } else if (!put_private(marker, cursor)) {
            size_t take =
                rest.data[0] == '\\' && rest.size > 1 && strchr("\\{", rest.data[1])
                    ? 2
                    : 1;
            text_append(&marker->out, (struct slice){rest.data, take});
            cursor->at += take;
        }
    }
}

/* The marked text: block marks get their comment signs around them. */
static struct slice wrap_blocks(struct marker *marker)
{
    struct text out = {.arena = marker->aside};
    struct slice all = text_slice(&marker->out);
    size_t done = 0;
    if (!marker->mark_count)
        return all;
    text_room(&out, all.size + marker->mark_count * strlen("<!---->"));
    for (size_t i = 0; i < marker->mark_count; i++) {
        struct mark *mark = &marker->mark[i];
        text_append(&out, (struct slice){all.data + done, mark->offset - done});
        done = mark->offset + 4;
        text_append_string(&out, mark->is_block ? "<!--" : "");
        text_append(&out, (struct slice){all.data + mark->offset, 4});
        text_append_string(&out, mark->is_block ? "-->" : "");
    }
    text_append(&out, slice_from(all, done));
    return text_slice(&out);
}

struct marked marker_finish(struct marker *marker)
{
    return (struct marked){wrap_blocks(marker), marker->line_count, marker->line,
                           marker->mark_count, marker->mark};
}

/* Finding marks again ------------------------------------------------------------- */

const struct mark *marked_find(const struct marked *marked, uint32_t code_point)
{
    size_t index = code_point - FIRST_MARK;
    return code_point >= FIRST_MARK && index < marked->mark_count ? &marked->mark[index]
                                                                  : NULL;
}

static void drop_end(struct text *text, const char *ending)
{
    size_t size = strlen(ending);
    if (text->size >= size && memcmp(text->data + text->size - size, ending, size) == 0)
        text->size -= size;
}

struct slice marked_restore(const struct marked *marked, struct slice text,
                            struct arena *arena)
{
    struct text out = {.arena = arena};
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t code_point = utf8_next(text, &at);
        const struct mark *mark = marked_find(marked, code_point);
        if (!mark) {
            text_append(&out, (struct slice){text.data + start, at - start});
            continue;
        }
        if (mark->is_block)
            drop_end(&out, "<!--");
        text_append(&out, mark->raw);
        if (mark->is_block && slice_starts_with(slice_from(text, at), "-->"))
            at += 3;
    }
    return text_slice(&out);
}

struct slice without_comments(struct slice html, struct arena *arena)
{
    struct text out = {.arena = arena};
    while (html.size) {
        const char *open = memmem(html.data, html.size, "<!--", 4);
        size_t before = open ? (size_t)(open - html.data) : html.size;
        text_append(&out, (struct slice){html.data, before});
        html = slice_from(html, before);
        const char *close = html.size ? memmem(html.data, html.size, "-->", 3) : NULL;
        html = slice_from(html, close ? (size_t)(close - html.data) + 3 : html.size);
    }
    return text_slice(&out);
}

const struct mark *marked_line(const struct marked *marked, struct slice line)
{
    line = slice_trim(line);
    if (!slice_starts_with(line, "<!--") || line.size != 4 + 4 + 3 ||
        memcmp(line.data + 8, "-->", 3) != 0)
        return NULL;
    size_t at = 4;
    const struct mark *mark = marked_find(marked, utf8_next(line, &at));
    return mark && mark->is_block ? mark : NULL;
}

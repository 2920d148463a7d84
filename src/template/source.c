/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A template's lines: front matter, parts, comments, `:::` and lone `if`s. */
#include "template/tree.h"

#include "base/file.h"

#include <string.h>

enum {
    DEEPEST_INCLUDE = 8,
    DEEPEST_IF = 32,
    LARGEST_SOURCE = 16 << 20,
    MOST_IMAGES = 1000,       /* begun in one paragraph */
    MOST_CELLS = 1000 * 1000, /* of all Markdown tables together */
};

struct reader {
    const struct tree *tree;
    struct marker marker;
    const char *main_file;
    struct arena *arena;
    struct diags *diags;
    size_t open_if[DEEPEST_IF]; /* indexes of marks */
    size_t open_count;
    size_t size; /* bytes read, parts included */
    size_t image_count, column_count, cell_count;
};

/* A file being read: the template, or a part inside it. */
struct input {
    struct cursor cursor;
    const struct input *outer;
    int depth;
    struct follower follower;
    size_t skip; /* lines of a fence that isn't closed, still to be left out */
};

/* Cleaning and front matter ------------------------------------------------------- */

static struct place place_of(struct slice source, const char *file, size_t offset)
{
    struct place at = {file, 1, 1};
    for (size_t i = 0; i < offset;) {
        uint32_t code_point = utf8_next(source, &i);
        at.column = code_point == '\n' ? 1 : at.column + 1;
        at.line += code_point == '\n';
    }
    return at;
}

/* What an editor saved in another program's own form. */
static bool refuse_other_form(struct slice source, const char *file,
                              struct diags *diags)
{
    static const struct {
        const char *start, *what;
    } forms[] = {
        {"PK\x03\x04", "a word processor's or spreadsheet's file"},
        {"\xD0\xCF\x11\xE0", "an old word processor's or spreadsheet's file"},
        {"%PDF-", "a PDF"},
        {"{\\rtf", "a word processor's file (RTF)"},
        {"<!DOCTYPE", "a web page"},
        {"<html", "a web page"},
        {"\xFF\xFE", "text in UTF-16"},
        {"\xFE\xFF", "text in UTF-16"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!slice_starts_with(source, forms[i].start))
            continue;
        struct diag *diag = diags_error(diags, (struct place){file, 0, 0}, "M041",
                                        "this is %s, not a template", forms[i].what);
        diag_hint(diags, diag, "a template is plain text: save it as text, in UTF-8");
        return true;
    }
    return false;
}

bool source_clean(struct slice source, const char *file, struct arena *arena,
                  struct slice *out, struct diags *diags)
{
    size_t bad;
    if (slice_starts_with(source, "\xEF\xBB\xBF"))
        source = slice_from(source, 3);
    *out = source;
    if (source.size > LARGEST_SOURCE) {
        diags_error(diags, (struct place){file, 0, 0}, "M040",
                    "larger than the %d MiB a template may have", LARGEST_SOURCE >> 20);
        return false;
    }
    if (refuse_other_form(source, file, diags))
        return false;
    if (!utf8_is_valid(source, &bad)) {
        struct diag *diag =
            diags_error(diags, place_of(source, file, bad), "M041",
                        "byte 0x%02x is not UTF-8", (unsigned char)source.data[bad]);
        diag_hint(diags, diag, "save the template as UTF-8");
        return false;
    }
    if (!source.size || !memchr(source.data, '\r', source.size))
        return true;
    char *plain = arena_alloc(arena, source.size);
    size_t size = 0;
    for (size_t i = 0; i < source.size; i++) {
        bool is_end = source.data[i] == '\r';
        plain[size++] = is_end ? '\n' : source.data[i];
        if (is_end && i + 1 < source.size && source.data[i + 1] == '\n')
            i++;
    }
    *out = (struct slice){plain, size};
    return true;
}

static struct slice trim_end(struct slice line)
{
    while (line.size && strchr(" \t", line.data[line.size - 1]))
        line.size--;
    return line;
}

/* A front matter that doesn't begin as one: behind blank lines or spaces, with two
 * dashes, four, or the long dash that a word processor makes of them. Thematic breaks
 * are told from it by the "key: value" below. */
static bool is_nearly_front(struct slice source, struct place *at)
{
    static const char *const marks[] = {
        "--",           "---",          "----",          "-----",
        "\xE2\x80\x94", "\xE2\x80\x93", "\xE2\x80\x93-", "\xE2\x80\x94-",
        "- - -",        "***",          "===",           "```yaml"};
    struct slice line = {0};
    do {
        if (!slice_cut(&source, '\n', &line))
            return false;
        at->line++;
    } while (!slice_trim(line).size);
    struct slice mark = slice_trim(line);
    at->column = 1 + (int)(mark.data - line.data);
    bool is_mark = false;
    if (slice_starts_with(line, "title:") || slice_starts_with(line, "data:"))
        return source.size && memmem(source.data, source.size, "\n---\n", 5);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        is_mark |= slice_is(mark, marks[i]);
    if (!is_mark || !slice_cut(&source, '\n', &line))
        return false;
    const char *colon = line.size ? memchr(line.data, ':', line.size) : NULL;
    size_t key = colon ? (size_t)(colon - line.data) : 0;
    return key > 0 && key < 40 && (key + 1 == line.size || colon[1] == ' ');
}

static bool refuse_nearly_front(struct slice source, const char *file,
                                struct diags *diags)
{
    struct place at = {file, 0, 1};
    if (!is_nearly_front(source, &at))
        return true;
    struct diag *diag =
        diags_error(diags, at, "M080", "this isn't read as front matter");
    diag_hint(diags, diag, "it begins in the first line, with nothing but ---");
    return false;
}

bool source_cut_front(struct slice source, const char *file, struct slice *front,
                      struct slice *body, int *first_line, struct diags *diags)
{
    struct slice rest = source, line = {0};
    *front = (struct slice){0};
    *body = source;
    *first_line = 1;
    if (!slice_cut(&rest, '\n', &line) || !slice_is(trim_end(line), "---"))
        return refuse_nearly_front(source, file, diags);
    const char *start = rest.data;
    for (int number = 2; slice_cut(&rest, '\n', &line); number++) {
        struct slice word = trim_end(line);
        if (!slice_is(word, "---") && !slice_is(word, "..."))
            continue;
        *front = (struct slice){start, (size_t)(line.data - start)};
        *body = rest;
        *first_line = number + 1;
        return true;
    }
    struct diag *diag = diags_error(diags, (struct place){file, 1, 1}, "M042",
                                    "the front matter has no end");
    diag->width = 3;
    diag_hint(diags, diag, "close it with a line that is only ---");
    return false;
}

/* Lines --------------------------------------------------------------------------- */

static struct slice rest_of_line(const struct cursor *cursor)
{
    struct slice rest = cursor_rest(cursor);
    const char *end = rest.size ? memchr(rest.data, '\n', rest.size) : NULL;
    return (struct slice){rest.data, end ? (size_t)(end - rest.data) : rest.size};
}

static struct slice skip_spaces(struct slice line, size_t most)
{
    size_t count = 0;
    while (count < line.size && count < most && line.data[count] == ' ')
        count++;
    return slice_from(line, count);
}

static int columns_between(const char *from, const char *to)
{
    return (int)utf8_length((struct slice){from, (size_t)(to - from)});
}

/* What stands between the colons at the start of a line and those at its end. */
static void name_structure(struct mark *mark)
{
    struct slice text = mark->raw;
    while (text.size && text.data[0] == ':')
        text = slice_from(text, 1);
    while (text.size && text.data[text.size - 1] == ':')
        text.size--;
    mark->text = slice_trim(text);
    if (mark->text.size)
        mark->text_at.column += columns_between(mark->raw.data, mark->text.data);
}

static void put_structure(struct reader *reader, struct input *input)
{
    struct cursor *cursor = &input->cursor;
    struct slice line = rest_of_line(cursor), words = slice_trim(line);
    size_t indent = (size_t)(words.data - line.data);
    text_append(&reader->marker.out, (struct slice){line.data, indent});
    cursor->at += indent;
    struct mark *mark = marker_put(&reader->marker, cursor, MARK_STRUCTURE, words.size);
    if (mark) {
        mark->is_block = true;
        name_structure(mark);
    }
    cursor->at += line.size - indent;
}

/* `if`, `else` and `end` that stand alone on their lines go around whole blocks; when
 * one of them doesn't, all are parts of a sentence. */
static void join_sentence(struct reader *reader, size_t first, size_t last)
{
    int depth = 0;
    for (size_t i = first; i <= last; i++) {
        struct mark *mark = &reader->marker.mark[i];
        bool is_branch = mark->kind == MARK_ELSE || mark->kind == MARK_END;
        depth += mark->kind == MARK_IF && i > first;
        if (depth == 0 && (i == first || is_branch))
            mark->is_block = false;
        depth -= mark->kind == MARK_END && depth > 0;
    }
}

static void pair_if(struct reader *reader, size_t index, bool is_alone)
{
    struct mark *mark = &reader->marker.mark[index];
    mark->is_block = is_alone;
    if (mark->kind == MARK_IF) {
        if (reader->open_count < DEEPEST_IF)
            reader->open_if[reader->open_count] = index;
        reader->open_count++;
        return;
    }
    if (!reader->open_count)
        return;
    size_t depth = reader->open_count < DEEPEST_IF ? reader->open_count : DEEPEST_IF;
    size_t first = reader->open_if[depth - 1];
    if (!reader->marker.mark[first].is_block)
        mark->is_block = false;
    else if (!is_alone)
        join_sentence(reader, first, index);
    if (mark->kind == MARK_END)
        reader->open_count--;
}

static bool is_only_mark(const struct text *out, size_t line_start)
{
    struct slice line = slice_from(text_slice(out), line_start);
    return slice_trim(line).size == 4;
}

static void copy_text_line(struct reader *reader, struct input *input, bool is_text)
{
    struct marker *marker = &reader->marker;
    size_t first = marker->mark_count, start = marker->out.size;
    marker_copy_line(marker, &input->cursor, true);
    bool is_alone = is_only_mark(&marker->out, start);
    for (size_t i = first; i < marker->mark_count && is_text; i++) {
        enum mark_kind kind = marker->mark[i].kind;
        if (kind == MARK_IF || kind == MARK_ELSE || kind == MARK_END)
            pair_if(reader, i, is_alone);
    }
}

/* Includes ------------------------------------------------------------------------ */

static void read_input(struct reader *reader, struct input *input);

/* The name in a line that is only {{> name }}. */
static bool is_include(struct slice line, struct slice *name)
{
    line = slice_trim(line);
    if (!slice_starts_with(line, "{{") || line.size < 5 ||
        memcmp(line.data + line.size - 2, "}}", 2) != 0)
        return false;
    line = slice_trim((struct slice){line.data + 2, line.size - 4});
    if (!slice_starts_with(line, ">") || memmem(line.data, line.size, "}}", 2))
        return false;
    *name = slice_trim(slice_from(line, 1));
    if (name->size > 1 && (name->data[0] == '"' || name->data[0] == '\'') &&
        name->data[name->size - 1] == name->data[0])
        *name = (struct slice){name->data + 1, name->size - 2};
    else if (slice_starts_with(*name, "\xE2\x80\x9C") && name->size > 6 &&
             memcmp(name->data + name->size - 3, "\xE2\x80\x9D", 3) == 0)
        *name = (struct slice){name->data + 3, name->size - 6};
    return true;
}

/* A part that is asked for: its name as written, where, and its path. */
struct wanted {
    struct slice name;
    struct place at;
    const char *path;
};

static struct diag *refuse(struct reader *reader, const struct wanted *wanted,
                           const char *why)
{
    struct diag *diag =
        diags_error(reader->diags, wanted->at, "M044", "can't include \"%.*s\": %s",
                    SLICE_PRINT(wanted->name), why);
    diag->width = (int)utf8_length(wanted->name);
    return diag;
}

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path
               ? "/"
               : slice_c_string(arena, (struct slice){path, (size_t)(slash - path)});
}

static bool is_being_read(const struct input *input, const char *path)
{
    for (; input; input = input->outer) {
        if (strcmp(input->cursor.file, path) == 0)
            return true;
    }
    return false;
}

static bool may_include(struct reader *reader, const struct input *input,
                        const struct wanted *wanted)
{
    const char *folder = folder_of(reader->arena, reader->main_file);
    if (!wanted->name.size)
        refuse(reader, wanted, "no file is named");
    else if (wanted->name.data[0] == '/' || !path_is_below(wanted->path, folder))
        diag_hint(reader->diags,
                  refuse(reader, wanted, "it lies outside the template's folder"),
                  "put the part beside the template or in a folder below");
    else if (!file_exists(wanted->path))
        file_hint_nearest(reader->diags,
                          refuse(reader, wanted, "there is no such file"),
                          wanted->path);
    else if (is_being_read(input, wanted->path))
        refuse(reader, wanted, "it includes itself");
    else if (input->depth == DEEPEST_INCLUDE)
        refuse(reader, wanted, "parts in parts go at most 8 deep");
    else
        return true;
    return false;
}

static bool read_part(struct reader *reader, const struct wanted *wanted,
                      struct slice *text)
{
    struct file file;
    if (!file_open(&file, wanted->path, reader->diags))
        return false;
    reader->size += file.bytes.size;
    bool ok =
        source_clean(file.bytes, wanted->path, reader->arena, text, reader->diags);
    if (ok && reader->size > LARGEST_SOURCE) {
        refuse(reader, wanted, "the template would be too large");
        reader->marker.ok = ok = false;
    }
    if (ok)
        *text = slice_copy(reader->arena, *text);
    file_close(&file);
    return ok;
}

static bool open_part(struct reader *reader, const struct wanted *wanted,
                      struct cursor *cursor)
{
    struct slice text, front;
    if (!read_part(reader, wanted, &text))
        return false;
    diags_add_source(reader->diags, wanted->path, text);
    diags_add_include(reader->diags, wanted->path, wanted->at);
    *cursor = (struct cursor){.file = wanted->path};
    if (!source_cut_front(text, wanted->path, &front, &cursor->text, &cursor->line,
                          reader->diags))
        return false;
    if (front.size)
        diags_warn(reader->diags, (struct place){wanted->path, 1, 1}, "M045",
                   "the front matter of a part is not used");
    return true;
}

static void include(struct reader *reader, struct input *input, struct slice name)
{
    struct cursor *cursor = &input->cursor;
    struct wanted wanted = {.name = name, .at = cursor_place(cursor)};
    wanted.at.column += columns_between(cursor_rest(cursor).data, name.data);
    wanted.path =
        path_beside(reader->arena, cursor->file, slice_c_string(reader->arena, name));
    struct input part = {.outer = input, .depth = input->depth + 1};
    if (!may_include(reader, input, &wanted))
        return;
    if (open_part(reader, &wanted, &part.cursor))
        read_input(reader, &part);
}

/* The part's lines stand between two blank ones, which are the line that names it. */
static void put_include(struct reader *reader, struct input *input, struct slice name)
{
    struct cursor *cursor = &input->cursor;
    size_t size = rest_of_line(cursor).size;
    text_append_string(&reader->marker.out, "\n");
    include(reader, input, name);
    marker_start_line(&reader->marker, cursor->file, cursor->line);
    cursor->at += size;
}

/* The Markdown library takes time with the square of images that are begun and not
 * ended, and fills every row of a table up to its columns: both are kept small. */
static size_t count_images(struct slice line)
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < line.size; i++)
        count += line.data[i] == '!' && line.data[i + 1] == '[';
    return count;
}

/* Columns of a table's second line, |---|:--|; 0 for any other line. */
static size_t count_columns(struct slice line)
{
    size_t bars = 0, dashes = 0;
    for (size_t i = 0; i < line.size; i++) {
        if (!memchr("|-: \t>", line.data[i], 6))
            return 0;
        bars += line.data[i] == '|';
        dashes += line.data[i] == '-';
    }
    return dashes && bars ? bars + 1 : 0;
}

static void stop_at(struct reader *reader, struct input *input, const char *code,
                    const char *why)
{
    diags_error(reader->diags, cursor_place(&input->cursor), code, "%s", why);
    reader->marker.ok = false;
}

static void guard_library(struct reader *reader, struct input *input, struct slice line)
{
    size_t columns = count_columns(line);
    if (!slice_trim(line).size)
        reader->image_count = reader->column_count = 0;
    reader->image_count += count_images(line);
    if (columns > reader->column_count)
        reader->column_count = columns;
    reader->cell_count += reader->column_count;
    if (reader->image_count > MOST_IMAGES)
        stop_at(reader, input, "M048", "more than 1,000 pictures in one paragraph");
    else if (reader->cell_count > MOST_CELLS)
        stop_at(reader, input, "M049",
                "more than a million cells in Markdown tables; use a table block");
}

/* Leaves out the line at hand and goes on as if it were empty. */
static void skip_line(struct input *input, size_t size)
{
    follow_line(&input->follower, (struct slice){0});
    input->cursor.at += size;
    input->skip -= input->skip > 0;
}

/* True when code opens here that nothing closes: the line isn't read. */
static bool is_mended(struct reader *reader, struct input *input, struct slice line)
{
    struct cursor *cursor = &input->cursor;
    struct place at = cursor_place(cursor);
    struct slice content = input->follower.content;
    at.column += columns_between(line.data, content.data);
    input->skip = fence_mend(reader->tree, &input->follower,
                             slice_from(cursor_rest(cursor), line.size + 1), at);
    if (!input->skip)
        return false;
    input->follower.fence = 0;
    skip_line(input, line.size);
    return true;
}

static void copy_line(struct reader *reader, struct input *input, struct slice line,
                      enum line_kind kind)
{
    struct slice name;
    bool in_fence = kind == LINE_CODE || kind == LINE_ENDS_CODE;
    if (kind == LINE_COMMENT)
        marker_copy_line(&reader->marker, &input->cursor, false);
    else if (!in_fence && is_include(line, &name))
        put_include(reader, input, name);
    else if (!in_fence && slice_starts_with(skip_spaces(line, 3), ":::"))
        put_structure(reader, input);
    else
        copy_text_line(reader, input, kind == LINE_TEXT || kind == LINE_BLANK);
}

static void read_line(struct reader *reader, struct input *input)
{
    struct slice line = rest_of_line(&input->cursor);
    guard_library(reader, input, line);
    marker_start_line(&reader->marker, input->cursor.file, input->cursor.line);
    if (input->skip) {
        skip_line(input, line.size);
    } else {
        enum line_kind kind = follow_line(&input->follower, line);
        if (kind != LINE_OPENS_CODE || !is_mended(reader, input, line))
            copy_line(reader, input, line, kind);
    }
    text_append_string(&reader->marker.out, "\n");
}

static void read_input(struct reader *reader, struct input *input)
{
    struct cursor *cursor = &input->cursor;
    while (cursor->at < cursor->text.size && reader->marker.ok) {
        cursor->line_start = cursor->at;
        cursor->column = 0;
        read_line(reader, input);
        cursor->at++;
        cursor->line++;
    }
}

bool source_mark(struct slice body, const char *file, int first_line,
                 const struct tree *tree, struct arena *aside, struct marked *out)
{
    struct reader reader = {.tree = tree,
                            .marker = {.arena = tree->arena,
                                       .aside = aside,
                                       .diags = tree->diags,
                                       .out = {.arena = aside},
                                       .ok = true},
                            .main_file = file,
                            .arena = tree->arena,
                            .diags = tree->diags,
                            .size = body.size};
    struct input input = {.cursor = {.file = file, .text = body, .line = first_line}};
    text_room(&reader.marker.out, body.size);
    read_input(&reader, &input);
    *out = marker_finish(&reader.marker);
    return reader.marker.ok;
}

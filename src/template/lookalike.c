/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text that looks like a mark of ours and is none: two colons, one brace, apostrophes
 * for backticks, another program's {% if %}. It would be printed as it stands, and
 * nobody reads a brief for that on deadline night. */
#include "template/tree.h"

#include <string.h>

struct looking {
    const struct tree *tree;
    struct place at; /* of the line */
    bool in_value;
    bool in_note;      /* a footnote's text */
    bool after_bullet; /* the line before began with one */
};

static struct slice without_indent(struct slice line)
{
    while (line.size && (line.data[0] == ' ' || line.data[0] == '\t'))
        line = slice_from(line, 1);
    return line;
}

static void warn(const struct looking *looking, struct slice line, struct slice part,
                 const char *message, const char *hint)
{
    struct place at = looking->at;
    at.column = 1 + (int)utf8_length(
                        (struct slice){line.data, (size_t)(part.data - line.data)});
    struct diag *diag = diags_warn(looking->tree->diags, at, "M086", "%s", message);
    diag->width = (int)utf8_length(part);
    diag_hint(looking->tree->diags, diag, "%s", hint);
}

static struct slice first_word(struct slice text)
{
    size_t size = 0;
    text = without_indent(text);
    while (size < text.size && text.data[size] != ' ')
        size++;
    return (struct slice){text.data, size};
}

static bool is_structure_word(struct slice word)
{
    static const char *const words[] = {"columns",  "row",       "each", "note",
                                        "together", "landscape", "only", "page",
                                        "contents", "next",      "end",  "otherwise"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_is(word, words[i]))
            return true;
    }
    return false;
}

/* `:: columns`, `：：： columns`, and `text ::: page break`. */
static void look_for_colons(const struct looking *looking, struct slice line)
{
    static const char *const colons[] = {"\xEF\xBC\x9A\xEF\xBC\x9A",
                                         "::", ": ::", ":: :", ";;;"};
    struct slice text = without_indent(line);
    if (slice_starts_with(text, ":::")) {
        bool is_indented = text.data - line.data >= 4 || line.data[0] == '\t';
        if (looking->in_note && is_indented &&
            is_structure_word(first_word(slice_from(text, 3))))
            warn(looking, line, (struct slice){text.data, 3},
                 "a footnote holds no structure; this is printed as it stands",
                 "begin the line at its margin, and it stands in the brief itself");
        return;
    }
    for (size_t i = 0; i < sizeof colons / sizeof *colons; i++) {
        struct slice rest = slice_from(text, strlen(colons[i]));
        while (slice_starts_with(rest, "\xEF\xBC\x9A"))
            rest = slice_from(rest, 3);
        while (rest.size && rest.data[0] == ':')
            rest = slice_from(rest, 1);
        if (!slice_starts_with(text, colons[i]) || !is_structure_word(first_word(rest)))
            continue;
        warn(looking, line, (struct slice){text.data, (size_t)(rest.data - text.data)},
             "this begins no structure; the line is printed as it stands",
             "write three colons: :::");
        return;
    }
    const char *inside = text.size ? memmem(text.data, text.size, " ::: ", 5) : NULL;
    if (!inside)
        return;
    struct slice rest = slice_from(text, (size_t)(inside - text.data) + 5);
    if (is_structure_word(first_word(rest)))
        warn(looking, line, (struct slice){inside + 1, 3},
             "structure stands on a line of its own; this is printed as it stands",
             "begin a new line with :::");
}

/* '''chart, ``chart, ´´´chart and ’’’chart. */
static void look_for_fence(const struct looking *looking, struct slice line)
{
    struct slice text = without_indent(line);
    size_t marks = 0;
    while (marks < text.size) {
        bool is_acute = slice_starts_with(slice_from(text, marks), "\xC2\xB4");
        bool is_curly = slice_starts_with(slice_from(text, marks), "\xE2\x80\x98") ||
                        slice_starts_with(slice_from(text, marks), "\xE2\x80\x99");
        if (!is_acute && !is_curly && text.data[marks] != '\'' &&
            text.data[marks] != '`')
            break;
        marks += is_acute ? 2 : is_curly ? 3 : 1;
    }
    if (marks < 2 || slice_starts_with(text, "```"))
        return;
    struct slice word = first_word(slice_from(text, marks));
    for (size_t i = 0; i < looking->tree->fence_count; i++) {
        if (slice_equal(word, looking->tree->fence[i]))
            warn(looking, line, (struct slice){text.data, marks},
                 "this begins no block; the lines are printed as they stand",
                 "write three backticks, ```, before the block's name and below it");
    }
}

static bool is_measure(const struct looking *looking, struct slice name)
{
    name = slice_trim(name);
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '|')
            name.size = i;
    }
    name = slice_trim(name);
    const struct name_list *known = &looking->tree->measures;
    for (size_t i = 0; name.size && i < known->count; i++) {
        if (slice_equal(name, known->name[i]))
            return true;
    }
    return false;
}

/* {attacks} and { { attacks } }, where attacks is a measure. */
static void look_for_brace(const struct looking *looking, struct slice line)
{
    for (size_t i = 0; i + 1 < line.size; i++) {
        if (line.data[i] != '{')
            continue;
        if (line.data[i + 1] == '{') {
            while (i < line.size && line.data[i] != '}')
                i++;
            continue;
        }
        struct slice inner = slice_from(line, i + 1);
        const char *close = memchr(inner.data, '}', inner.size);
        if (!close)
            return;
        size_t end = (size_t)(close - inner.data);
        struct slice name = {inner.data, end};
        if (slice_starts_with(without_indent(name), "{"))
            name = slice_from(without_indent(name), 1);
        if (is_measure(looking, name))
            warn(looking, line, (struct slice){line.data + i, end + 2},
                 "one brace makes no value; this is printed as it stands",
                 "two braces do, with nothing between them: {{ attacks }}");
        i += end + 1;
    }
}

static void look_for_others(const struct looking *looking, struct slice line)
{
    static const char *const signs[] = {"{% ", "{%- ", "<% ", "<%= "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *found =
            line.size ? memmem(line.data, line.size, signs[i], strlen(signs[i])) : NULL;
        if (!found)
            continue;
        warn(looking, line, (struct slice){found, 2},
             "this is another program's mark; it is printed as it stands",
             "conditions read {{ if attacks > 0 }} … {{ end }}");
        return;
    }
}

/* Bullets that a word processor typed; its second kind is an "o". */
static void look_for_bullets(struct looking *looking, struct slice line)
{
    static const char *const bullets[] = {
        "\xE2\x80\xA2", "\xC2\xB7",     "\xE2\x96\xAA", "\xE2\x97\x8F", "\xEF\x82\xB7",
        "\xEF\x82\xA7", "\xE2\x9E\xA2", "o\t",          "o   "};
    struct slice text = without_indent(line);
    bool was_bullet = looking->after_bullet;
    looking->after_bullet = false;
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        size_t size = strlen(bullets[i]);
        struct slice rest = slice_from(text, size);
        bool is_apart = bullets[i][0] == 'o' || slice_starts_with(rest, " ") ||
                        slice_starts_with(rest, "\t") ||
                        slice_starts_with(rest, "\xC2\xA0");
        if (!slice_starts_with(text, bullets[i]) || !rest.size || !is_apart)
            continue;
        looking->after_bullet = true;
        size = bullets[i][0] == 'o' ? 1 : size;
        if (!was_bullet) /* once a list */
            warn(looking, line, (struct slice){text.data, size},
                 "this sign begins no list; its lines run together",
                 "begin each with a hyphen and a space: - like this");
    }
}

/* Commands of other programs for a new page, and a rule that was "corrected". */
static void look_for_commands(const struct looking *looking, struct slice line)
{
    static const char *const commands[] = {"\\pagebreak", "\\newpage", "\\clearpage",
                                           "---pagebreak", "<div style=\"page-break"};
    struct slice text = without_indent(line);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (slice_starts_with(text, commands[i]))
            warn(looking, line, (struct slice){text.data, strlen(commands[i])},
                 "this turns no page; it is printed as it stands",
                 "write ::: page break");
    }
    const char *note = line.size ? memmem(line.data, line.size, "^[", 2) : NULL;
    if (note && !(note > line.data && note[-1] == '['))
        warn(looking, line, (struct slice){note, 2},
             "this begins no footnote; it is printed as it stands",
             "write [^a] here, and the text on a line of its own: [^a]: …");
}

/* }} that ends nothing. A value may have begun in a line above. */
static void look_for_close(struct looking *looking, struct slice line)
{
    bool is_quoted = false;
    for (size_t i = 0; i + 1 < line.size; i++) {
        is_quoted ^= looking->in_value && line.data[i] == '"';
        if (is_quoted)
            continue;
        if (line.data[i] == '{' && line.data[i + 1] == '{') {
            looking->in_value = true;
            i++;
        } else if (line.data[i] == '}' && line.data[i + 1] == '}') {
            if (!looking->in_value)
                warn(looking, line, (struct slice){line.data + i, 2},
                     "}} ends a value, and none has begun; it is printed as it stands",
                     "write {{ before the name");
            else if (slice_starts_with(slice_from(line, i + 2), "}"))
                warn(looking, line, (struct slice){line.data + i + 2, 1},
                     "two braces end a value; the third is printed as it stands",
                     "take it out");
            looking->in_value = false;
            i++;
        }
    }
    if (!slice_trim(line).size)
        looking->in_value = false;
}

/* Bytes that no text has; they would be printed as boxes. */
static void look_for_controls(const struct looking *looking, struct slice line)
{
    for (size_t i = 0; i < line.size; i++) {
        unsigned char byte = (unsigned char)line.data[i];
        if (byte >= 0x20 || byte == '\t')
            continue;
        warn(looking, line, (struct slice){line.data + i, 1},
             "a control character, which can't be printed", "delete it");
        return;
    }
}

/* Lines of text --------------------------------------------------------------------- */

bool text_lines_next(struct text_lines *lines, struct slice *line)
{
    while (slice_cut(&lines->rest, '\n', line)) {
        bool was_comment = lines->follower.in_comment;
        enum line_kind kind = follow_line(&lines->follower, *line);
        lines->at.line++;
        if (!lines->follower.in_comment)
            lines->comment_line = 0;
        else if (!was_comment)
            lines->comment_line = lines->at.line;
        if (kind == LINE_TEXT || kind == LINE_BLANK)
            return true;
    }
    return false;
}

static void look_at(struct looking *looking, struct slice line)
{
    if (without_indent(line).size && line.data[0] != ' ' && line.data[0] != '\t')
        looking->in_note = slice_starts_with(line, "[^");
    look_for_controls(looking, line);
    look_for_colons(looking, line);
    look_for_fence(looking, line);
    look_for_others(looking, line);
    look_for_bullets(looking, line);
    look_for_commands(looking, line);
    if (line.size && memchr(line.data, '`', line.size))
        return; /* maybe code, which may show any of the others */
    look_for_brace(looking, line);
    if (!diags_has(looking->tree->diags, "M046"))
        look_for_close(looking, line);
}

void lookalikes_warn(const struct tree *tree, struct slice body, struct place at)
{
    struct looking looking = {.tree = tree};
    at.line--;
    struct text_lines lines = {.rest = body, .at = at};
    struct slice line;
    while (text_lines_next(&lines, &line)) {
        looking.at = lines.at;
        look_at(&looking, line);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fences: which are our blocks, and the slips that hide one: a word beside ours, a
 * fence that isn't closed, one that opens inside another. */
#include "template/tree.h"

#include <string.h>

bool fence_is_block(const struct tree *tree, struct slice word)
{
    for (size_t i = 0; i < tree->fence_count; i++) {
        if (slice_equal(tree->fence[i], word))
            return true;
    }
    return false;
}

struct slice fence_word(struct slice info, struct slice *rest)
{
    size_t size = 0;
    while (size < info.size && !memchr(" \t{", info.data[size], 3))
        size++;
    *rest = slice_trim(slice_from(info, size));
    return (struct slice){info.data, size};
}

/* A listing in a language has no two of these at the start of a line. */
static bool has_our_keys(struct slice body)
{
    static const char *const keys[] = {
        "show:", "type:", "rows:", "columns:", "file:", "title:", "data:", "by:"};
    struct slice line;
    size_t count = 0;
    while (slice_cut(&body, '\n', &line)) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            count += slice_starts_with(line, keys[i]);
    }
    return count > 1;
}

static bool is_language(struct slice word)
{
    static const char *const languages[] = {"yaml", "yml", "json",     "text",
                                            "csv",  "sh",  "markdown", "md"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (slice_is(word, languages[i]))
            return true;
    }
    return false;
}

void fence_check_word(const struct tree *tree, struct slice word, struct slice body,
                      struct place at)
{
    bool is_near = text_nearest(word, tree->fence, tree->fence_count) >= 0;
    if (!word.size || (!is_near && (is_language(word) || !has_our_keys(body))))
        return;
    at.column += 3;
    struct diag *diag = diags_error(tree->diags, at, "M073", "unknown block \"%.*s\"",
                                    SLICE_PRINT(word));
    diag->width = (int)utf8_length(word);
    diag_suggest(tree->diags, diag, word, tree->fence, tree->fence_count);
}

static bool closes(struct slice line)
{
    line = slice_trim(line);
    while (line.size && (line.data[0] == '>' || line.data[0] == ' '))
        line = slice_from(line, 1);
    return slice_starts_with(line, "```") || slice_starts_with(line, "~~~");
}

static struct slice line_of(struct slice text, int number)
{
    struct slice line = {0};
    for (int i = 0; i < number && slice_cut(&text, '\n', &line); i++)
        ;
    return line;
}

bool fence_check_closed(const struct tree *tree, const struct marked *marked,
                        const struct fence_lines *lines, struct slice word)
{
    if ((size_t)lines->last < marked->line_count ||
        (lines->last > lines->first && closes(line_of(marked->text, lines->last))))
        return true;
    struct diag *diag = diags_error(tree->diags, lines->at, "M074",
                                    "the block \"%.*s\" has no end", SLICE_PRINT(word));
    diag->width = (int)utf8_length(word) + 3;
    diag_hint(tree->diags, diag, "close it with a line that is only ```");
    return false;
}

bool fence_opens_inside(const struct tree *tree, struct slice body, struct slice word,
                        struct place at)
{
    struct slice line, rest;
    for (int i = 1; slice_cut(&body, '\n', &line); i++) {
        if (!slice_starts_with(line, "```"))
            continue;
        struct slice inner = fence_word(slice_trim(slice_from(line, 3)), &rest);
        if (!fence_is_block(tree, inner))
            continue;
        struct diag *diag =
            diags_error(tree->diags, (struct place){at.file, at.line + i, 1}, "M075",
                        "\"%.*s\" opens inside the block \"%.*s\" of line %d",
                        SLICE_PRINT(inner), SLICE_PRINT(word), at.line);
        diag->width = (int)utf8_length(line);
        diag_hint(tree->diags, diag, "close that one with ``` first");
        return true;
    }
    return false;
}

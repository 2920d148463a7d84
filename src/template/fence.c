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

/* Kinds of charts that somebody takes for blocks; the template knows nothing of the
 * registry of charts. */
static bool is_chart_kind(struct slice word)
{
    static const char *const kinds[] = {"bars", "bar",     "line",    "lines",
                                        "pie",  "columns", "stacked", "pyramid",
                                        "heat", "scatter"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (slice_is(word, kinds[i]))
            return true;
    }
    return false;
}

static void warn_nameless(const struct tree *tree, struct place at)
{
    struct diag *diag = diags_warn(tree->diags, at, "M082",
                                   "these keys have no block's name above them and are "
                                   "printed as they stand");
    diag->width = 3;
    diag_hint(tree->diags, diag, "write it behind the backticks: ```chart");
}

void fence_check_extra(const struct tree *tree, const struct node *fence)
{
    if (!fence->text.size)
        return;
    struct place at = fence->at;
    at.column += 3;
    struct diag *diag = diags_warn(tree->diags, at, "M085",
                                   "\"%.*s\" behind the block's name does nothing",
                                   SLICE_PRINT(fence->text));
    diag->width = (int)utf8_length(fence->word);
    diag_hint(tree->diags, diag, "a title is a key of its own: title: %.*s",
              SLICE_PRINT(fence->text));
}

void fence_check_word(const struct tree *tree, struct slice word, struct slice body,
                      struct place at)
{
    bool is_near = text_nearest(word, tree->fence, tree->fence_count) >= 0;
    if (!word.size && has_our_keys(body))
        warn_nameless(tree, at);
    if (!word.size || (!is_near && !is_chart_kind(word) &&
                       (is_language(word) || !has_our_keys(body))))
        return;
    at.column += 3;
    struct diag *diag = diags_error(tree->diags, at, "M073", "unknown block \"%.*s\"",
                                    SLICE_PRINT(word));
    diag->width = (int)utf8_length(word);
    if (is_chart_kind(word))
        diag_hint(tree->diags, diag, "write ```chart, and in it type: %.*s",
                  SLICE_PRINT(word));
    else if (is_near)
        diag_suggest(tree->diags, diag, word, tree->fence, tree->fence_count);
    else
        diag_hint(tree->diags, diag,
                  "cards, chart, table, map and incidents are some; \"sitrep list "
                  "blocks\" shows all");
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

/* The fence as it was opened, "````": it is closed by one that is as long. */
static struct slice fence_sign(const struct marked *marked, int line)
{
    struct slice text = line_of(marked->text, line);
    while (text.size && text.data[0] != '`' && text.data[0] != '~')
        text = slice_from(text, 1);
    size_t size = 0;
    while (size < text.size && text.data[size] == text.data[0])
        size++;
    return (struct slice){text.data, size};
}

/* A line that would close the block but for words behind its backticks; 0: none. */
static int spoilt_end(const struct marked *marked, const struct fence_lines *lines)
{
    struct slice line, rest = marked->text;
    for (int i = 1; i <= lines->last && slice_cut(&rest, '\n', &line); i++) {
        if (i > lines->first && slice_starts_with(line, "```") &&
            slice_trim(slice_from(line, 3)).size)
            return i;
    }
    return 0;
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
    struct slice sign = fence_sign(marked, lines->first);
    int spoilt = spoilt_end(marked, lines);
    if (spoilt)
        diag_hint(tree->diags, diag,
                  "line %d would close it, were there nothing behind its backticks",
                  lines->at.line + spoilt - lines->first);
    else
        diag_hint(tree->diags, diag, "close it with a line that is only %.*s",
                  SLICE_PRINT(sign));
    return false;
}

bool fence_opens_inside(const struct tree *tree, struct slice body, struct slice word,
                        struct place at)
{
    struct slice line, rest;
    for (int i = 1; slice_cut(&body, '\n', &line); i++) {
        if (slice_starts_with(line, ":::")) {
            struct diag *diag = diags_error(
                tree->diags, (struct place){at.file, at.line + i, 1}, "M075",
                "\"%.*s\" stands inside the block \"%.*s\" of line %d",
                SLICE_PRINT(slice_trim(line)), SLICE_PRINT(word), at.line);
            diag->width = (int)utf8_length(slice_trim(line));
            diag_hint(tree->diags, diag, "close the block with ``` before it");
            return true;
        }
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fences: which are our blocks, and the slips that hide one: a word beside ours, none
 * at all, words behind it. Fences that aren't closed: fence_end.c. */
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

bool fence_check_extra(const struct tree *tree, const struct node *fence)
{
    if (!fence->text.size)
        return true;
    bool is_key = memmem(fence->text.data, fence->text.size, ": ", 2);
    struct place at = fence->at;
    at.column += 3;
    const char *message = "\"%.*s\" behind the block's name does nothing";
    struct diag *diag =
        is_key ? diags_error(tree->diags, at, "M085", message, SLICE_PRINT(fence->text))
               : diags_warn(tree->diags, at, "M085", message, SLICE_PRINT(fence->text));
    diag->width = (int)utf8_length(fence->word);
    if (is_key)
        diag_hint(tree->diags, diag, "keys stand below it, each on a line of its own");
    else
        diag_hint(tree->diags, diag, "a title is a key of its own: title: %.*s",
                  SLICE_PRINT(fence->text));
    return !is_key;
}

void fence_check_word(const struct tree *tree, struct slice word, struct slice body,
                      struct place at)
{
    bool is_near = text_nearest(word, tree->fence, tree->fence_count) >= 0;
    struct slice rest = body, first = {0};
    slice_cut(&rest, '\n', &first);
    if (!word.size && (has_our_keys(body) || fence_is_block(tree, slice_trim(first))))
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

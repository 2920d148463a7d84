/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fence that isn't closed, or whose first line is missing: Markdown would read all
 * that follows as code. It is told once, and what follows is read as if it were mended,
 * so that nothing else is said of it. */
#include "template/tree.h"

#include <string.h>

/* What was found in the lines behind the one that opens: numbers of lines from it on,
 * 0: none. */
struct ending {
    int close;      /* that closes it */
    int blank;      /* the first empty one */
    int spoilt;     /* that would close it, but for its length or what is behind it */
    bool has_words; /* it is the latter */
    int inner;      /* of structure or another block, that can't stand in this one */
    int resumes;    /* where reading goes on when there is one */
    struct slice inner_line, inner_word;
};

static bool is_fence_line(const struct follower *follower, struct slice *behind)
{
    struct slice text = slice_trim(follower->content);
    size_t count = 0;
    while (count < text.size && text.data[count] == follower->fence)
        count++;
    *behind = slice_trim(slice_from(text, count));
    return count >= 3;
}

/* The block's own end may stand behind what can't stand in it: then the next fence is
 * one that nothing opens. */
static int resume_behind(struct follower inside, struct slice rest, int number)
{
    struct slice line, behind;
    for (int i = number + 1; slice_cut(&rest, '\n', &line); i++) {
        follow_line(&inside, line);
        if (!inside.fence)
            return i + 1;
        if (is_fence_line(&inside, &behind))
            return behind.size ? number : i + 1;
    }
    return number;
}

/* Looks ahead from behind the opening line. `:::` ends a block of ours, but may well
 * be shown in code. */
static struct ending find_end(const struct tree *tree, struct follower inside,
                              bool is_ours, struct slice rest)
{
    struct ending found = {0};
    struct slice line, behind, after;
    for (int i = 1; slice_cut(&rest, '\n', &line); i++) {
        enum line_kind kind = follow_line(&inside, line);
        if (kind == LINE_ENDS_CODE || !inside.fence || kind == LINE_OPENS_CODE) {
            found.close = i;
            return found;
        }
        if (!found.blank && !slice_trim(inside.content).size)
            found.blank = i;
        bool is_fence = is_fence_line(&inside, &behind);
        struct slice word = fence_word(behind, &after);
        bool is_inner = is_fence && fence_is_block(tree, word);
        bool is_structure = is_ours && slice_starts_with(inside.content, ":::");
        if (is_inner || is_structure) {
            found.inner = i;
            found.inner_line = slice_trim(inside.content);
            found.inner_word = is_structure ? found.inner_line : word;
            found.resumes = is_structure ? resume_behind(inside, rest, i) : i;
            return found;
        }
        if (is_fence && is_ours && !found.spoilt) {
            found.spoilt = i;
            found.has_words = behind.size > 0;
        }
    }
    return found;
}

static void tell_inner(const struct tree *tree, const struct ending *found,
                       struct slice word, struct place at)
{
    bool is_structure = slice_starts_with(found->inner_word, ":::");
    struct diag *diag = diags_error(
        tree->diags, (struct place){at.file, at.line + found->inner, 1}, "M075",
        is_structure ? "\"%.*s\" stands inside the block \"%.*s\" of line %d"
                     : "\"%.*s\" opens inside the block \"%.*s\" of line %d",
        SLICE_PRINT(found->inner_word), SLICE_PRINT(word), at.line);
    diag->width = (int)utf8_length(found->inner_line);
    diag_hint(tree->diags, diag,
              is_structure ? "close the block with ``` before it"
                           : "close that one with ``` first");
}

static void tell_unclosed(const struct tree *tree, const struct follower *opened,
                          const struct ending *found, struct slice word,
                          struct place at)
{
    struct diag *diag = diags_error(tree->diags, at, "M074",
                                    "the block \"%.*s\" has no end", SLICE_PRINT(word));
    diag->width = (int)(opened->fence_length + utf8_length(word));
    if (found->has_words)
        diag_hint(tree->diags, diag,
                  "line %d would close it, were there nothing behind its backticks",
                  at.line + found->spoilt);
    else
        diag_hint(tree->diags, diag, "close it with a line that is only %.*s",
                  (int)opened->fence_length, slice_trim(opened->content).data);
}

/* Code that nobody closes is most often the end of a block that nobody opened. */
static void tell_stray(const struct tree *tree, const struct follower *opened,
                       struct place at)
{
    struct diag *diag =
        diags_error(tree->diags, at, "M091",
                    "what this opens has no end: all below it would be code");
    diag->width = (int)(opened->fence_length + utf8_length(opened->info));
    if (opened->info.size)
        diag_hint(tree->diags, diag, "close it with a line that is only %.*s",
                  (int)opened->fence_length, slice_trim(opened->content).data);
    else
        diag_hint(tree->diags, diag,
                  "does it end a block? then that one's first line is missing, such as "
                  "```chart");
}

size_t fence_mend(const struct tree *tree, const struct follower *opened,
                  struct slice rest, struct place at)
{
    struct slice after, word = fence_word(opened->info, &after);
    bool is_ours = fence_is_block(tree, word);
    /* Without blocks this is plain Markdown, where code may go on to the end. */
    if (!tree->fence_count || (!is_ours && diags_has(tree->diags, "M091")))
        return 0;
    struct ending found = find_end(tree, *opened, is_ours, rest);
    if (found.close)
        return 0;
    if (!is_ours) {
        tell_stray(tree, opened, at);
        return 1;
    }
    if (found.inner)
        tell_inner(tree, &found, word, at);
    else
        tell_unclosed(tree, opened, &found, word, at);
    if (found.inner && (!found.blank || found.resumes > found.inner))
        return (size_t)found.resumes;
    return found.spoilt && !found.inner ? (size_t)found.spoilt + 1
           : found.blank                ? (size_t)found.blank
                                        : SIZE_MAX;
}

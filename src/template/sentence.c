/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences around values. "no attacks" at the start of one is printed "No attacks",
 * and the comma before a value that turns out empty goes with it. */
#include "template/pipeline.h"
#include "template/tree.h"

#include <string.h>

struct sentence {
    uint32_t last, before_last; /* characters seen; 0 at the start of a block */
};

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x06D4 ||
           c == 0x061F;
}

static bool is_at_start(const struct sentence *sentence)
{
    if (!sentence->last)
        return true;
    return sentence->last == ' ' &&
           (!sentence->before_last || ends_sentence(sentence->before_last));
}

/* Quotes and brackets are looked through: "(… end.) Six" begins a sentence. */
static bool is_transparent(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == ')' || c == '[' || c == ']' ||
           c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019;
}

static void see(struct sentence *sentence, struct slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c = utf8_next(text, &at);
        if (is_transparent(c) || (c == ' ' && sentence->last == ' '))
            continue;
        sentence->before_last = sentence->last;
        sentence->last = c;
    }
}

static bool may_be_empty(const struct expression *expression)
{
    const struct pipeline *pipeline = expression->pipeline;
    for (size_t i = 0; pipeline && i < pipeline->call_count; i++) {
        if (filter_may_be_empty(pipeline->call[i].filter))
            return true;
    }
    return false;
}

/* Moves ", " or " " from the end of the text before to the value. */
static void take_lead(struct inline_node *before, const struct expression *expression)
{
    static const char *const leads[] = {", ", "\xD8\x8C ", "; ", " "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        struct slice lead = slice_of(leads[i]);
        if (before->text.size < lead.size)
            continue;
        struct slice end = slice_from(before->text, before->text.size - lead.size);
        if (!slice_equal(end, lead))
            continue;
        expression->manner->lead = end;
        before->text.size -= lead.size;
        return;
    }
}

static void walk(struct sentence *sentence, struct inlines inlines);

static void walk_branches(struct sentence *sentence, const struct inline_node *node)
{
    struct sentence before = *sentence;
    for (size_t i = 0; i < node->branch_count; i++) {
        *sentence = before;
        walk(sentence, node->branch[i].body);
    }
}

static void walk_one(struct sentence *sentence, struct inline_node *node,
                     struct inline_node *before)
{
    switch (node->kind) {
    case INLINE_TEXT:
    case INLINE_CODE: see(sentence, node->text); break;
    case INLINE_BREAK: see(sentence, SLICE_LITERAL(" ")); break;
    case INLINE_VALUE:
        if (!node->expression)
            break;
        node->expression->manner->begins_sentence = is_at_start(sentence);
        if (before && before->kind == INLINE_TEXT && may_be_empty(node->expression))
            take_lead(before, node->expression);
        see(sentence, SLICE_LITERAL("x"));
        break;
    case INLINE_IF: walk_branches(sentence, node); break;
    case INLINE_NOTE: break;
    default: walk(sentence, node->children); break;
    }
}

static void walk(struct sentence *sentence, struct inlines inlines)
{
    struct inline_node *item = (struct inline_node *)inlines.item;
    for (size_t i = 0; i < inlines.count; i++)
        walk_one(sentence, &item[i], i ? &item[i - 1] : NULL);
}

void sentence_mark(struct inlines inlines)
{
    struct sentence sentence = {0};
    walk(&sentence, inlines);
}

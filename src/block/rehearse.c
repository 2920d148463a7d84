/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rehearsal: every value, block and condition of the template asks its
 * questions; both branches of every `if` are walked; an `each` is walked once, since
 * its questions are asked for all groups together. */
#include "block/walk.h"

struct rehearsal {
    const struct prepared *prepared;
    const struct block_context *context;
    struct note_visits visits;
};

static void ask_nodes(struct rehearsal *rehearsal, const struct nodes *nodes,
                      const struct scope *scope);

/* A note asks where its marks stand. */
static void ask_inlines(struct rehearsal *rehearsal, const struct inlines *inlines,
                        const struct scope *scope)
{
    for (size_t i = 0; i < inlines->count; i++) {
        const struct inline_node *node = &inlines->item[i];
        if (node->expression)
            expression_print(node->expression, scope, NULL);
        if (node->kind == INLINE_NOTE) {
            struct nodes note = notes_visit(&rehearsal->visits, node->note, scope);
            ask_nodes(rehearsal, &note, scope);
        }
        ask_inlines(rehearsal, &node->children, scope);
        for (size_t j = 0; j < node->branch_count; j++) {
            if (node->branch[j].condition)
                expression_is_true(node->branch[j].condition, scope);
            ask_inlines(rehearsal, &node->branch[j].body, scope);
        }
    }
}

static void ask_block(struct rehearsal *rehearsal, const struct node *node,
                      const struct scope *scope)
{
    const struct prepared_block *block = prepared_block_of(rehearsal->prepared, node);
    if (!block)
        return;
    struct block_context context = *rehearsal->context;
    context.scope = scope;
    block->kind->lay(block->arguments, &context, 0);
}

static void ask_each(struct rehearsal *rehearsal, const struct node *node,
                     const struct scope *scope)
{
    const struct prepared_each *each = prepared_each_of(rehearsal->prepared, node);
    if (!each)
        return;
    each_ask(each, scope);
    struct scope inner = each_scope(each, scope, 1);
    ask_nodes(rehearsal, &node->children, &inner);
    ask_nodes(rehearsal, &node->otherwise, scope);
}

static void ask_node(struct rehearsal *rehearsal, const struct node *node,
                     const struct scope *scope)
{
    if (node->kind == NODE_EACH) {
        ask_each(rehearsal, node, scope);
        return;
    }
    if (node->kind == NODE_FENCE)
        ask_block(rehearsal, node, scope);
    ask_inlines(rehearsal, &node->inlines, scope);
    for (size_t i = 0; i < node->row_count * node->column_count; i++)
        ask_inlines(rehearsal, &node->cell[i], scope);
    ask_nodes(rehearsal, &node->children, scope);
    ask_nodes(rehearsal, &node->otherwise, scope);
    for (size_t i = 0; i < node->part_count; i++)
        ask_nodes(rehearsal, &node->part[i], scope);
    for (size_t i = 0; i < node->branch_count; i++) {
        if (node->branch[i].condition)
            expression_is_true(node->branch[i].condition, scope);
        ask_nodes(rehearsal, &node->branch[i].body, scope);
    }
}

static void ask_nodes(struct rehearsal *rehearsal, const struct nodes *nodes,
                      const struct scope *scope)
{
    for (size_t i = 0; i < nodes->count; i++)
        ask_node(rehearsal, &nodes->item[i], scope);
}

void rehearse_template(const struct template *template, const struct prepared *prepared,
                       const struct block_context *context)
{
    struct rehearsal rehearsal = {prepared, context,
                                  notes_unvisited(template, context->scope->arena)};
    ask_nodes(&rehearsal, &template->body, context->scope);
}

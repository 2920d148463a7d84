/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding flat lists with marks into a tree: what stands between an opening mark and
 * its end. pairs.c has found these, so nothing here is open, stray or crossed. */
#include "template/tree.h"

#include "template/pipeline.h"

enum { DEEPEST = 24 };

struct fold {
    const struct tree *tree;
    const struct flat_node *item;
    size_t count, at;
    struct step *step; /* of the next mark */
    bool has_slip;
};

struct node_list {
    struct arena *arena;
    struct node *item;
    size_t count, capacity;
};

static struct node *add(struct node_list *list)
{
    return ARENA_APPEND(list->arena, list->item, list->count, list->capacity);
}

static struct nodes nodes_of(const struct node_list *list)
{
    return (struct nodes){list->count, list->item};
}

static struct nodes fold_list(struct fold *fold);

/* The mark at hand, NULL behind the last node. */
static const struct step *step_at(const struct fold *fold)
{
    return fold->at < fold->count ? fold->step : NULL;
}

static void pass_mark(struct fold *fold)
{
    fold->at++;
    fold->step++;
}

/* if ---------------------------------------------------------------------------------- */

static const struct expression *condition_of(const struct tree *tree,
                                             const struct mark *mark)
{
    const struct expression *condition = NULL;
    if (mark->kind == MARK_ELSE && !mark->text.size)
        return NULL;
    expression_parse_condition(mark->text, mark->text_at, tree->arena, &condition,
                               tree->diags);
    return condition;
}

static void after_else(const struct tree *tree, const struct mark *mark)
{
    struct diag *diag = diags_error(tree->diags, mark->at, "M061",
                                    "nothing can follow {{ else }} but {{ end }}");
    diag->width = mark->width;
    diag_hint(tree->diags, diag, "for a further case write {{ else if … }} before it");
}

static void fold_if(struct fold *fold, struct node *node)
{
    const struct tree *tree = fold->tree;
    const struct step *step = step_at(fold);
    struct node_branch *branch = NULL;
    size_t count = 0, capacity = 0;
    bool has_else = false;
    *node = (struct node){.kind = NODE_IF, .at = step->mark->at};
    while (step && step->role != STEP_ENDS) {
        const struct mark *mark = step->mark;
        if (has_else)
            after_else(tree, mark);
        has_else = mark->kind == MARK_ELSE && !mark->text.size;
        pass_mark(fold);
        struct node_branch one = {.condition = condition_of(tree, mark)};
        one.body = fold_list(fold);
        *ARENA_APPEND(tree->arena, branch, count, capacity) = one;
        step = step_at(fold);
    }
    pass_mark(fold);
    node->branch = branch;
    node->branch_count = count;
}

/* Containers ---------------------------------------------------------------------------- */

struct parts {
    struct nodes *item;
    size_t count, capacity;
    struct nodes otherwise;
};

static void second_otherwise(const struct tree *tree, const struct mark *mark)
{
    struct diag *diag =
        diags_error(tree->diags, mark->at, "M063", "each has one otherwise only");
    diag->width = mark->width;
    diag_hint(tree->diags, diag, "join the two, or end the each before it");
}

/* The parts between next and otherwise, up to the end. */
static void fold_parts(struct fold *fold, struct parts *parts)
{
    const struct tree *tree = fold->tree;
    const struct step *step = NULL;
    bool in_otherwise = false;
    do {
        pass_mark(fold);
        struct nodes part = fold_list(fold);
        if (in_otherwise)
            parts->otherwise = part;
        else
            *ARENA_APPEND(tree->arena, parts->item, parts->count, parts->capacity) =
                part;
        step = step_at(fold);
        bool is_otherwise = step && step->structure.kind == STRUCTURE_OTHERWISE;
        if (in_otherwise && is_otherwise)
            second_otherwise(tree, step->mark);
        in_otherwise = is_otherwise;
    } while (step && step->role != STEP_ENDS);
    pass_mark(fold);
}

static void check_part_count(const struct tree *tree, const struct mark *mark,
                             const struct node *node, size_t found)
{
    bool lost_a_fence = diags_has(tree->diags, "M074") ||
                        diags_has(tree->diags, "M075") ||
                        diags_has(tree->diags, "M091");
    if (!node->part_count || node->part_count == found || lost_a_fence)
        return;
    struct diag *diag = diags_error(tree->diags, mark->at, "M064",
                                    "\"%.*s\" says %zu parts and has %zu",
                                    SLICE_PRINT(mark->raw), node->part_count, found);
    diag->width = mark->width;
    diag_hint(tree->diags, diag, "parts are divided by ::: %s",
              node->kind == NODE_COLUMNS ? "next column" : "next");
}

static void fold_container(struct fold *fold, struct node *node)
{
    const struct step *step = step_at(fold);
    struct parts parts = {0};
    *node = (struct node){.kind = step->structure.node, .at = step->mark->at};
    structure_open(fold->tree, &step->structure, node);
    fold_parts(fold, &parts);
    node->otherwise = parts.otherwise;
    if (node->kind != NODE_COLUMNS && node->kind != NODE_ROW) {
        node->children = parts.item[0];
        return;
    }
    if (!fold->has_slip)
        check_part_count(fold->tree, step->mark, node, parts.count);
    node->part = parts.item;
    node->part_count = parts.count;
}

/* Lists ----------------------------------------------------------------------------------- */

/* Takes the mark at hand; false when it ends this list. */
static bool fold_mark(struct fold *fold, struct node_list *list)
{
    const struct step *step = step_at(fold);
    if (step->role == STEP_DIVIDES || step->role == STEP_ENDS)
        return false;
    if (step->role == STEP_OPENS) {
        struct node node;
        if (step->mark->kind == MARK_IF)
            fold_if(fold, &node);
        else
            fold_container(fold, &node);
        *add(list) = node;
        return true;
    }
    if (step->role == STEP_LEAF)
        *add(list) = (struct node){.kind = step->structure.node, .at = step->mark->at};
    pass_mark(fold);
    return true;
}

static struct nodes fold_list(struct fold *fold)
{
    struct node_list list = {.arena = fold->tree->arena};
    size_t mark = fold->at; /* most lists end there */
    while (mark < fold->count && !fold->item[mark].mark)
        mark++;
    list.capacity = mark - fold->at;
    list.item = ARENA_ARRAY(list.arena, struct node, list.capacity);
    while (fold->at < fold->count) {
        if (!fold->item[fold->at].mark)
            *add(&list) = fold->item[fold->at++].node;
        else if (!fold_mark(fold, &list))
            break;
    }
    return nodes_of(&list);
}

struct nodes tree_fold(const struct tree *tree, const struct flat_node *item,
                       size_t count)
{
    struct steps steps = pairs_find(tree, item, count);
    struct fold fold = {.tree = tree,
                        .item = item,
                        .count = count,
                        .step = steps.item,
                        .has_slip = steps.has_slip};
    return fold_list(&fold);
}

/* Inlines ----------------------------------------------------------------------------------- */

struct inline_fold {
    const struct tree *tree;
    const struct flat_inline *item;
    size_t count, at;
    int depth;
    bool has_stray; /* a mark without its if was told */
};

static struct inlines fold_inline_list(struct inline_fold *fold, bool in_if);

static const struct mark *inline_mark_at(const struct inline_fold *fold)
{
    return fold->at < fold->count ? fold->item[fold->at].mark : NULL;
}

static struct inline_node fold_inline_if(struct inline_fold *fold)
{
    const struct tree *tree = fold->tree;
    const struct mark *first = inline_mark_at(fold), *mark = first;
    struct inline_branch *branch = NULL;
    size_t count = 0, capacity = 0;
    bool has_else = false;
    do {
        if (has_else)
            after_else(tree, mark);
        has_else = mark->kind == MARK_ELSE && !mark->text.size;
        fold->at++;
        struct inline_branch one = {.condition = condition_of(tree, mark)};
        one.body = fold_inline_list(fold, true);
        *ARENA_APPEND(tree->arena, branch, count, capacity) = one;
        mark = inline_mark_at(fold);
    } while (mark && mark->kind == MARK_ELSE);
    if (mark) {
        fold->at++;
    } else {
        struct diag *diag =
            diags_error(tree->diags, first->at, "M066",
                        "{{ if }} has no {{ end }} in its sentence or block");
        diag->width = first->width;
        diag_hint(tree->diags, diag,
                  "end it in the same paragraph, or put if and end alone on lines");
    }
    return (struct inline_node){
        .kind = INLINE_IF, .at = first->at, .branch = branch, .branch_count = count};
}

static void no_if_open(const struct tree *tree, const struct mark *mark)
{
    if (diags_has(tree->diags, "M046"))
        return; /* the if isn't closed, and that is told */
    struct diag *diag = diags_error(tree->diags, mark->at, "M067",
                                    "\"%.*s\" stands where no {{ if }} is open",
                                    SLICE_PRINT(mark->raw));
    diag->width = mark->width;
    diag_hint(tree->diags, diag, "delete it, or write the {{ if … }} it belongs to");
}

static struct inlines fold_inline_list(struct inline_fold *fold, bool in_if)
{
    const struct tree *tree = fold->tree;
    struct inline_node *item = NULL;
    size_t count = 0, capacity = 0;
    fold->depth++;
    while (fold->at < fold->count) {
        const struct mark *mark = inline_mark_at(fold);
        if (mark && mark->kind != MARK_IF && in_if)
            break;
        if (!mark) {
            *ARENA_APPEND(tree->arena, item, count, capacity) =
                fold->item[fold->at++].node;
        } else if (mark->kind == MARK_IF && fold->depth <= DEEPEST) {
            struct inline_node node = fold_inline_if(fold);
            *ARENA_APPEND(tree->arena, item, count, capacity) = node;
        } else {
            if (!fold->has_stray && !diags_has(tree->diags, "M066"))
                no_if_open(tree, mark); /* its if stands in no other text */
            fold->has_stray = mark->kind != MARK_END;
            fold->at++;
        }
    }
    fold->depth--;
    return (struct inlines){count, item};
}

struct inlines tree_fold_inlines(const struct tree *tree,
                                 const struct flat_inline *item, size_t count)
{
    struct inline_fold fold = {.tree = tree, .item = item, .count = count};
    return fold_inline_list(&fold, false);
}

struct inlines tree_title(const struct tree *tree, struct slice text, struct place at)
{
    const struct template_text *title;
    if (!template_text_parse(text, at, tree->arena, &title, tree->diags))
        return (struct inlines){0};
    struct inline_node *item =
        ARENA_ARRAY(tree->arena, struct inline_node, title->count);
    for (size_t i = 0; i < title->count; i++) {
        const struct text_part *part = &title->part[i];
        item[i] =
            (struct inline_node){.kind = part->expression ? INLINE_VALUE : INLINE_TEXT,
                                 .at = at,
                                 .text = part->literal,
                                 .expression = part->expression};
    }
    return (struct inlines){title->count, item};
}

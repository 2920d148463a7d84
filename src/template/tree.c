/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding flat lists with marks into a tree. Whatever is left open, ends twice or
 * stands in the wrong order is reported where it stands, with the line of what was
 * open, and folding goes on. */
#include "template/tree.h"

#include "template/pipeline.h"

enum { DEEPEST = 24 };

/* What is open around the node at hand, innermost first. */
struct frame {
    const struct frame *outer;
    const struct mark *mark;
    bool is_if;
    enum node_kind node;
    int depth;
};

struct fold {
    const struct tree *tree;
    const struct flat_node *item;
    size_t count, at;
    bool is_crossed; /* ends came in the wrong order: what follows from it isn't said */
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

static struct nodes fold_list(struct fold *fold, const struct frame *frame);

/* Marks and frames ------------------------------------------------------------------ */

static const struct mark *mark_at(const struct fold *fold)
{
    return fold->at < fold->count ? fold->item[fold->at].mark : NULL;
}

static bool accepts_structure(const struct frame *frame,
                              const struct structure *structure)
{
    switch (structure->kind) {
    case STRUCTURE_NEXT: return frame->node == NODE_COLUMNS || frame->node == NODE_ROW;
    case STRUCTURE_OTHERWISE: return frame->node == NODE_EACH;
    case STRUCTURE_END: return !structure->has_node || frame->node == structure->node;
    default: return false;
    }
}

static bool accepts(const struct frame *frame, const struct mark *mark,
                    const struct structure *structure)
{
    if (!frame->mark)
        return false;
    if (frame->is_if)
        return mark->kind == MARK_ELSE || mark->kind == MARK_END;
    return mark->kind == MARK_STRUCTURE && accepts_structure(frame, structure);
}

static const char *frame_name(const struct tree *tree, const struct frame *frame)
{
    return frame->is_if
               ? "{{ if }}"
               : arena_print(tree->arena, "::: %s", structure_name(frame->node));
}

static const char *frame_end(const struct tree *tree, const struct frame *frame)
{
    return frame->is_if
               ? "{{ end }}"
               : arena_print(tree->arena, "::: end %s", structure_name(frame->node));
}

static void unclosed(struct fold *fold, const struct frame *frame)
{
    const struct tree *tree = fold->tree;
    const struct mark *mark = mark_at(fold);
    if (mark) {
        struct diag *diag =
            diags_error(tree->diags, mark->at, "M057",
                        "\"%.*s\" comes before %s; %s is open since line %d",
                        SLICE_PRINT(mark->raw), frame_end(tree, frame),
                        frame_name(tree, frame), frame->mark->at.line);
        diag->width = mark->width;
        diag_hint(tree->diags, diag, "write %s first", frame_end(tree, frame));
        fold->is_crossed = true;
        return;
    }
    struct diag *diag = diags_error(tree->diags, frame->mark->at, "M058",
                                    "%s has no end", frame_name(tree, frame));
    diag->width = frame->mark->width;
    diag_hint(tree->diags, diag, "write %s where it ends", frame_end(tree, frame));
}

static void nothing_open(const struct tree *tree, const struct frame *frame,
                         const struct mark *mark, const struct structure *structure)
{
    struct diag *diag = diags_error(tree->diags, mark->at, "M059",
                                    "\"%.*s\" stands where nothing fitting is open",
                                    SLICE_PRINT(mark->raw));
    diag->width = mark->width;
    if (mark->kind == MARK_STRUCTURE && structure->has_node)
        diag_hint(tree->diags, diag, "there is no ::: %s before it%s",
                  structure_name(structure->node),
                  frame->depth ? " that is still open" : "");
    else if (frame->mark)
        diag_hint(tree->diags, diag, "%s is open since line %d",
                  frame_name(tree, frame), frame->mark->at.line);
}

/* "::: end row" where a ::: columns is open and no row: it ends the columns. */
static void wrong_end(const struct tree *tree, const struct frame *frame,
                      const struct mark *mark)
{
    struct diag *diag = diags_error(
        tree->diags, mark->at, "M059", "\"%.*s\" can't end %s, open since line %d",
        SLICE_PRINT(mark->raw), frame_name(tree, frame), frame->mark->at.line);
    diag->width = mark->width;
    diag_hint(tree->diags, diag, "write %s", frame_end(tree, frame));
}

static bool is_too_deep(const struct tree *tree, const struct frame *frame,
                        const struct mark *mark)
{
    if (frame->depth < DEEPEST)
        return false;
    diags_error(tree->diags, mark->at, "M060", "structure nested more than %d deep",
                DEEPEST);
    return true;
}

/* True when the mark belongs to something that is open: the caller handles it. */
static bool belongs_outside(const struct frame *frame, const struct mark *mark,
                            const struct structure *structure)
{
    for (; frame; frame = frame->outer) {
        if (accepts(frame, mark, structure))
            return true;
    }
    return false;
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

static void fold_if(struct fold *fold, const struct frame *outer, struct node *node)
{
    const struct tree *tree = fold->tree;
    const struct mark *mark = mark_at(fold);
    struct frame frame = {outer, mark, .is_if = true, .depth = outer->depth + 1};
    struct node_branch *branch = NULL;
    size_t count = 0, capacity = 0;
    bool is_open = true, has_else = false;
    node->kind = NODE_IF;
    node->at = mark->at;
    while (is_open) {
        if (has_else)
            diags_error(tree->diags, mark->at, "M061",
                        "nothing can follow {{ else }} but {{ end }}");
        has_else = mark->kind == MARK_ELSE && !mark->text.size;
        fold->at++;
        struct node_branch one = {.condition = condition_of(tree, mark)};
        one.body = fold_list(fold, &frame);
        *ARENA_APPEND(tree->arena, branch, count, capacity) = one;
        mark = mark_at(fold);
        is_open = mark && mark->kind == MARK_ELSE;
    }
    if (mark && mark->kind == MARK_END)
        fold->at++;
    else
        unclosed(fold, &frame);
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

static void doubtful_end(const struct tree *tree, const struct frame *frame,
                         const struct mark *mark)
{
    for (const struct frame *outer = frame->outer; outer; outer = outer->outer) {
        if (!outer->mark || outer->is_if)
            continue;
        struct diag *diag = diags_error(
            tree->diags, mark->at, "M062", "which end? %s and %s are both open",
            frame_name(tree, outer), frame_name(tree, frame));
        diag->width = mark->width;
        diag_hint(tree->diags, diag, "write %s", frame_end(tree, frame));
        return;
    }
}

/* The parts between next and otherwise, up to the end. */
static void fold_parts(struct fold *fold, const struct frame *frame,
                       struct parts *parts)
{
    const struct tree *tree = fold->tree;
    bool in_otherwise = false;
    for (;;) {
        struct nodes part = fold_list(fold, frame);
        if (in_otherwise)
            parts->otherwise = part;
        else
            *ARENA_APPEND(tree->arena, parts->item, parts->count, parts->capacity) =
                part;
        const struct mark *mark = mark_at(fold);
        struct structure structure = {.kind = STRUCTURE_WRONG};
        if (mark && mark->kind == MARK_STRUCTURE)
            structure = structure_parse(tree, mark);
        bool is_wrong_end = structure.kind == STRUCTURE_END &&
                            !belongs_outside(frame, mark, &structure);
        if (is_wrong_end) {
            wrong_end(tree, frame, mark);
            fold->at++;
            return;
        }
        if (!mark || !accepts(frame, mark, &structure)) {
            unclosed(fold, frame);
            return;
        }
        fold->at++;
        if (structure.kind == STRUCTURE_END) {
            if (!structure.has_node)
                doubtful_end(tree, frame, mark);
            return;
        }
        if (in_otherwise)
            second_otherwise(tree, mark);
        in_otherwise = structure.kind == STRUCTURE_OTHERWISE;
    }
}

/* A fence that isn't closed has swallowed what came after it. */
static bool has_open_fence(const struct tree *tree)
{
    return diags_has(tree->diags, "M074") || diags_has(tree->diags, "M075");
}

static void check_part_count(const struct tree *tree, const struct mark *mark,
                             const struct node *node, size_t found)
{
    if (!node->part_count || node->part_count == found || has_open_fence(tree))
        return;
    struct diag *diag = diags_error(tree->diags, mark->at, "M064",
                                    "\"%.*s\" says %zu parts and has %zu",
                                    SLICE_PRINT(mark->raw), node->part_count, found);
    diag->width = mark->width;
    diag_hint(tree->diags, diag, "parts are divided by ::: %s",
              node->kind == NODE_COLUMNS ? "next column" : "next");
}

static void take_parts(const struct fold *fold, const struct mark *mark,
                       const struct parts *parts, struct node *node)
{
    node->otherwise = parts->otherwise;
    if (node->kind != NODE_COLUMNS && node->kind != NODE_ROW) {
        node->children = parts->item[0];
        return;
    }
    if (!fold->is_crossed)
        check_part_count(fold->tree, mark, node, parts->count);
    node->part = parts->item;
    node->part_count = parts->count;
}

/* Page turns need the page's full width. */
static void check_surroundings(const struct tree *tree, const struct frame *frame,
                               const struct mark *mark, enum node_kind kind)
{
    if (kind != NODE_PAGE_BREAK && kind != NODE_LANDSCAPE)
        return;
    for (; frame; frame = frame->outer) {
        if (!frame->mark || frame->is_if || frame->node == NODE_EACH ||
            frame->node == NODE_ONLY ||
            (kind == NODE_PAGE_BREAK && frame->node == NODE_LANDSCAPE))
            continue;
        struct diag *diag =
            diags_error(tree->diags, mark->at, "M065",
                        "a page can't %s inside %s (open since line %d)",
                        kind == NODE_PAGE_BREAK ? "break" : "turn",
                        frame_name(tree, frame), frame->mark->at.line);
        diag->width = mark->width;
        return;
    }
}

static void fold_container(struct fold *fold, const struct frame *outer,
                           const struct structure *structure, struct node *node)
{
    const struct mark *mark = mark_at(fold);
    struct frame frame = {outer, mark, .node = structure->node,
                          .depth = outer->depth + 1};
    struct parts parts = {0};
    node->kind = structure->node;
    node->at = mark->at;
    structure_open(fold->tree, structure, node);
    check_surroundings(fold->tree, outer, mark, node->kind);
    fold->at++;
    fold_parts(fold, &frame, &parts);
    take_parts(fold, mark, &parts, node);
}

/* Lists ----------------------------------------------------------------------------------- */

/* Takes the mark at hand; false when it ends this list. */
static bool fold_mark(struct fold *fold, const struct frame *frame,
                      struct node_list *list)
{
    const struct tree *tree = fold->tree;
    const struct mark *mark = mark_at(fold);
    struct structure structure = {.kind = STRUCTURE_WRONG};
    if (mark->kind == MARK_STRUCTURE)
        structure = structure_parse(tree, mark);
    bool opens = mark->kind == MARK_IF || structure.kind == STRUCTURE_OPEN;
    if (opens && !is_too_deep(tree, frame, mark)) {
        struct node node = {0};
        if (mark->kind == MARK_IF)
            fold_if(fold, frame, &node);
        else
            fold_container(fold, frame, &structure, &node);
        *add(list) = node;
        return true;
    }
    if (structure.kind == STRUCTURE_LEAF) {
        check_surroundings(tree, frame, mark, structure.node);
        *add(list) = (struct node){.kind = structure.node, .at = mark->at};
    } else if (belongs_outside(frame, mark, &structure) ||
               (structure.kind == STRUCTURE_END && frame->mark && !frame->is_if)) {
        return false;
    } else if (!opens && !fold->is_crossed &&
               (mark->kind != MARK_STRUCTURE || structure.kind != STRUCTURE_WRONG)) {
        nothing_open(tree, frame, mark, &structure);
    }
    fold->at++;
    return true;
}

static struct nodes fold_list(struct fold *fold, const struct frame *frame)
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
        else if (!fold_mark(fold, frame, &list))
            break;
    }
    return nodes_of(&list);
}

struct nodes tree_fold(const struct tree *tree, const struct flat_node *item,
                       size_t count)
{
    struct fold fold = {.tree = tree, .item = item, .count = count};
    return fold_list(&fold, &(struct frame){0});
}

/* Inlines ----------------------------------------------------------------------------------- */

struct inline_fold {
    const struct tree *tree;
    const struct flat_inline *item;
    size_t count, at;
    int depth;
};

static struct inlines fold_inline_list(struct inline_fold *fold, bool in_if);

static const struct mark *inline_mark_at(const struct inline_fold *fold)
{
    return fold->at < fold->count ? fold->item[fold->at].mark : NULL;
}

static void after_else(const struct tree *tree, const struct mark *mark)
{
    struct diag *diag = diags_error(tree->diags, mark->at, "M061",
                                    "nothing can follow {{ else }} but {{ end }}");
    diag->width = mark->width;
    diag_hint(tree->diags, diag, "for a further case write {{ else if … }} before it");
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
            if (!diags_has(tree->diags, "M066")) /* its if stands in another text */
                no_if_open(tree, mark);
            fold->at++;
        }
    }
    fold->depth--;
    return (struct inlines){count, item};
}

struct inlines tree_fold_inlines(const struct tree *tree,
                                 const struct flat_inline *item, size_t count)
{
    struct inline_fold fold = {tree, item, count, 0, 0};
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which ends belong to which beginnings. Each kind is matched alone first: so an end
 * whose beginning is missing is told from a beginning whose end is. Each such slip is
 * told once, where it is; all that follows from it, the divisions and ends that have
 * lost their beginning, is dropped without a word. */
#include "template/tree.h"

#include "template/pipeline.h"

#include <string.h>

enum { DEEPEST = 24, KINDS = 32, NOBODY = -1 };

/* What is open at the mark at hand. */
struct frame {
    int opener; /* NOBODY: a mark that divides or ends stood where none was open */
    enum node_kind kind;
    bool fits_next; /* columns or row: nobody knows which was meant */
};

struct pairing {
    const struct tree *tree;
    struct step *step;
    size_t count;
    struct frame *frame;
    size_t depth, capacity;
    int last_open[KINDS]; /* the innermost of each kind, or NOBODY */
    bool has_slip;
};

/* Reading the marks ------------------------------------------------------------------- */

static bool is_end_of(struct slice text, struct slice word)
{
    if (!word.size || !slice_starts_with(text, "end "))
        return false;
    return slice_equal(slice_trim(slice_from(text, 4)), word);
}

/* `::: end callout` after `::: callout`: the word was told where it opened. */
static void read_steps(struct pairing *pairing, const struct flat_node *item,
                       size_t count)
{
    struct slice slip = {0};
    enum node_kind meant = NODE_PARAGRAPH;
    for (size_t i = 0, at = 0; i < count; i++) {
        const struct mark *mark = item[i].mark;
        if (!mark)
            continue;
        struct step *step = &pairing->step[at++];
        *step = (struct step){.mark = mark, .opener = NOBODY, .partner = NOBODY};
        if (mark->kind != MARK_STRUCTURE) {
            step->structure.kind = mark->kind == MARK_IF     ? STRUCTURE_OPEN
                                   : mark->kind == MARK_ELSE ? STRUCTURE_OTHERWISE
                                                             : STRUCTURE_END;
            step->structure.node = NODE_IF;
            step->structure.has_node = true;
            continue;
        }
        if (is_end_of(mark->text, slip)) {
            step->structure =
                (struct structure){STRUCTURE_END, meant, .has_node = true};
            continue;
        }
        step->structure = structure_parse(pairing->tree, mark);
        if (step->structure.slip.size) {
            slip = step->structure.slip;
            meant = step->structure.node;
        }
    }
}

/* Each kind alone --------------------------------------------------------------------- */

static int innermost(const struct pairing *pairing)
{
    int last = NOBODY;
    for (size_t kind = 0; kind < KINDS; kind++) {
        if (kind != NODE_IF && pairing->last_open[kind] > last)
            last = pairing->last_open[kind];
    }
    return last;
}

static void match_kinds(struct pairing *pairing)
{
    for (size_t kind = 0; kind < KINDS; kind++)
        pairing->last_open[kind] = NOBODY;
    for (size_t i = 0; i < pairing->count; i++) {
        struct step *step = &pairing->step[i];
        int *last = &pairing->last_open[step->structure.node % KINDS];
        if (step->structure.kind == STRUCTURE_OPEN) {
            step->below = *last;
            *last = (int)i;
        }
        if (step->structure.kind != STRUCTURE_END)
            continue;
        int opener = step->structure.has_node ? *last : innermost(pairing);
        if (opener == NOBODY)
            continue;
        step->partner = opener;
        pairing->step[opener].partner = (int)i;
        pairing->last_open[pairing->step[opener].structure.node % KINDS] =
            pairing->step[opener].below;
    }
}

/* Frames ------------------------------------------------------------------------------ */

static const struct mark *mark_of(const struct pairing *pairing,
                                  const struct frame *frame)
{
    return pairing->step[frame->opener].mark;
}

static const char *frame_name(const struct pairing *pairing, const struct frame *frame)
{
    return frame->kind == NODE_IF ? "{{ if }}"
                                  : arena_print(pairing->tree->arena, "::: %s",
                                                structure_name(frame->kind));
}

static const char *frame_end(const struct pairing *pairing, const struct frame *frame)
{
    return frame->kind == NODE_IF ? "{{ end }}"
                                  : arena_print(pairing->tree->arena, "::: end %s",
                                                structure_name(frame->kind));
}

static void push(struct pairing *pairing, struct frame frame)
{
    *ARENA_APPEND(pairing->tree->arena, pairing->frame, pairing->depth,
                  pairing->capacity) = frame;
}

static bool is_real(const struct frame *frame)
{
    return frame->opener != NOBODY;
}

/* Its end is nowhere. */
static bool is_lost(const struct pairing *pairing, const struct frame *frame)
{
    return is_real(frame) && pairing->step[frame->opener].partner == NOBODY;
}

static const struct frame *top_real(const struct pairing *pairing)
{
    for (size_t i = pairing->depth; i-- > 0;) {
        if (is_real(&pairing->frame[i]))
            return &pairing->frame[i];
    }
    return NULL;
}

static void drop(struct pairing *pairing, const struct frame *frame)
{
    if (frame->opener != NOBODY)
        pairing->step[frame->opener].role = STEP_NOTHING;
}

/* Messages ---------------------------------------------------------------------------- */

static struct diag *slip(struct pairing *pairing, const struct mark *mark,
                         const char *code, const char *message)
{
    pairing->has_slip = true;
    struct diag *diag =
        diags_error(pairing->tree->diags, mark->at, code, "%s", message);
    diag->width = mark->width;
    return diag;
}

static void tell_before(struct pairing *pairing, const struct frame *frame,
                        const struct mark *mark)
{
    const struct tree *tree = pairing->tree;
    struct diag *diag = slip(
        pairing, mark, "M057",
        arena_print(tree->arena, "\"%.*s\" comes before %s; %s is open since line %d",
                    SLICE_PRINT(mark->raw), frame_end(pairing, frame),
                    frame_name(pairing, frame), mark_of(pairing, frame)->at.line));
    diag_hint(tree->diags, diag, "write %s first", frame_end(pairing, frame));
}

static void tell_no_end(struct pairing *pairing, const struct frame *frame)
{
    const struct tree *tree = pairing->tree;
    struct diag *diag =
        slip(pairing, mark_of(pairing, frame), "M058",
             arena_print(tree->arena, "%s has no end", frame_name(pairing, frame)));
    diag_hint(tree->diags, diag, "write %s where it ends", frame_end(pairing, frame));
}

static void tell_nothing_open(struct pairing *pairing, const struct step *step)
{
    const struct tree *tree = pairing->tree;
    const struct frame *top = top_real(pairing);
    if (step->mark->kind == MARK_STRUCTURE && !step->mark->text.size) {
        diag_hint(tree->diags,
                  slip(pairing, step->mark, "M050", "no word behind the colons"), "%s",
                  structure_words_hint);
        return;
    }
    struct diag *diag =
        slip(pairing, step->mark, "M059",
             arena_print(tree->arena, "\"%.*s\" stands where nothing fitting is open",
                         SLICE_PRINT(step->mark->raw)));
    if (step->mark->kind == MARK_STRUCTURE && step->structure.has_node)
        diag_hint(tree->diags, diag, "there is no ::: %s before it%s",
                  structure_name(step->structure.node),
                  top ? " that is still open" : "");
    else if (top)
        diag_hint(tree->diags, diag, "%s is open since line %d",
                  frame_name(pairing, top), mark_of(pairing, top)->at.line);
    else if (step->mark->kind != MARK_STRUCTURE)
        diag_hint(tree->diags, diag, "there is no {{ if … }} before it");
}

/* "::: end row" where a ::: columns is open and no row: it ends the columns. */
static void tell_wrong_end(struct pairing *pairing, const struct frame *frame,
                           const struct mark *mark)
{
    const struct tree *tree = pairing->tree;
    struct diag *diag =
        slip(pairing, mark, "M059",
             arena_print(tree->arena, "\"%.*s\" can't end %s, open since line %d",
                         SLICE_PRINT(mark->raw), frame_name(pairing, frame),
                         mark_of(pairing, frame)->at.line));
    diag_hint(tree->diags, diag, "write %s", frame_end(pairing, frame));
}

/* `::: end` alone where two are open, and `:::` alone. */
static void tell_doubtful(struct pairing *pairing, const struct mark *mark)
{
    const struct tree *tree = pairing->tree;
    const struct frame *frame = top_real(pairing);
    if (!mark->text.size) {
        struct diag *diag = slip(pairing, mark, "M050", "no word behind the colons");
        diag_hint(tree->diags, diag, "write %s", frame_end(pairing, frame));
        return;
    }
    for (size_t i = (size_t)(frame - pairing->frame); i-- > 0;) {
        const struct frame *outer = &pairing->frame[i];
        if (!is_real(outer) || outer->kind == NODE_IF)
            continue;
        struct diag *diag =
            slip(pairing, mark, "M062",
                 arena_print(tree->arena, "which end? %s and %s are both open",
                             frame_name(pairing, outer), frame_name(pairing, frame)));
        diag_hint(tree->diags, diag, "write %s", frame_end(pairing, frame));
        return;
    }
}

/* Page turns need the page's full width. */
static void check_surroundings(struct pairing *pairing, const struct step *step)
{
    enum node_kind kind = step->structure.node;
    if (kind != NODE_PAGE_BREAK && kind != NODE_LANDSCAPE)
        return;
    for (size_t i = pairing->depth; i-- > 0;) {
        const struct frame *frame = &pairing->frame[i];
        if (!is_real(frame) || is_lost(pairing, frame) || frame->kind == NODE_IF ||
            frame->kind == NODE_EACH || frame->kind == NODE_ONLY ||
            (kind == NODE_PAGE_BREAK && frame->kind == NODE_LANDSCAPE))
            continue;
        const struct tree *tree = pairing->tree;
        slip(pairing, step->mark, "M065",
             arena_print(tree->arena, "a page can't %s inside %s (open since line %d)",
                         kind == NODE_PAGE_BREAK ? "break" : "turn",
                         frame_name(pairing, frame), mark_of(pairing, frame)->at.line));
        return;
    }
}

/* Marks ------------------------------------------------------------------------------- */

static void take_opening(struct pairing *pairing, size_t index)
{
    struct step *step = &pairing->step[index];
    check_surroundings(pairing, step);
    if (pairing->depth < DEEPEST) {
        step->role = STEP_OPENS;
        push(pairing, (struct frame){(int)index, step->structure.node, false});
    } else if (!diags_has(pairing->tree->diags, "M060")) {
        slip(pairing, step->mark, "M060",
             arena_print(pairing->tree->arena, "structure nested more than %d deep",
                         DEEPEST));
    }
}

static bool accepts(const struct frame *frame, const struct structure *structure)
{
    bool is_parts = frame->kind == NODE_COLUMNS || frame->kind == NODE_ROW;
    if (structure->kind == STRUCTURE_NEXT)
        return is_parts;
    return (frame->fits_next &&
            (structure->node == NODE_COLUMNS || structure->node == NODE_ROW)) ||
           frame->kind == structure->node;
}

static size_t find_frame(const struct pairing *pairing,
                         const struct structure *structure)
{
    for (size_t i = pairing->depth; i-- > 0;) {
        if (accepts(&pairing->frame[i], structure))
            return i;
    }
    return SIZE_MAX;
}

static void take_division(struct pairing *pairing, struct step *step)
{
    size_t at = find_frame(pairing, &step->structure);
    if (at == SIZE_MAX) {
        tell_nothing_open(pairing, step);
        push(pairing, (struct frame){NOBODY, step->structure.node,
                                     step->structure.kind == STRUCTURE_NEXT});
        return;
    }
    const struct frame *top = top_real(pairing);
    if (top && top > &pairing->frame[at]) {
        tell_before(pairing, top, step->mark);
        if (!is_lost(pairing, top))
            return;
    }
    for (; pairing->depth > at + 1; pairing->depth--)
        drop(pairing, &pairing->frame[pairing->depth - 1]);
    if (is_real(&pairing->frame[at])) {
        step->role = STEP_DIVIDES;
        step->opener = pairing->frame[at].opener;
    }
}

/* Ends the frame at `at`. Of what is open in it the ends are still to come, and maybe
 * its own divisions: they are part of what is told here. */
static void end_frame(struct pairing *pairing, size_t at, struct step *step)
{
    const struct frame ended = pairing->frame[at];
    const struct frame *top = top_real(pairing);
    size_t kept = at;
    bool is_crossed = top && top > &pairing->frame[at];
    if (is_crossed)
        tell_before(pairing, top, step->mark);
    else if (is_real(&ended) && !step->structure.has_node)
        tell_doubtful(pairing, step->mark);
    for (size_t i = at + !is_crossed; i < pairing->depth; i++) {
        const struct frame crossed = pairing->frame[i];
        if (i > at)
            drop(pairing, &crossed);
        if (is_real(&crossed) && !is_lost(pairing, &crossed))
            pairing->frame[kept++] = (struct frame){NOBODY, crossed.kind, false};
    }
    pairing->depth = kept;
    if (is_real(&ended)) {
        step->role = STEP_ENDS;
        step->opener = ended.opener;
    }
}

/* What was told of is ended, too. */
static bool end_told(struct pairing *pairing, const struct step *step)
{
    for (size_t i = pairing->depth; i-- > 0;) {
        struct frame *frame = &pairing->frame[i];
        if (is_real(frame) || !accepts(frame, &step->structure))
            continue;
        pairing->depth--;
        memmove(frame, frame + 1, (pairing->depth - i) * sizeof *frame);
        return true;
    }
    return false;
}

/* The beginning is missing; or this is the wrong end of what is open. */
static void take_stray_end(struct pairing *pairing, struct step *step)
{
    const struct frame *top = top_real(pairing);
    bool is_wrong = top && is_lost(pairing, top) && top->kind != NODE_IF &&
                    step->structure.node != NODE_IF;
    if (end_told(pairing, step))
        return;
    if (!is_wrong) {
        tell_nothing_open(pairing, step);
        return;
    }
    tell_wrong_end(pairing, top, step->mark);
    end_frame(pairing, (size_t)(top - pairing->frame), step);
}

static void take_end(struct pairing *pairing, struct step *step)
{
    if (step->partner == NOBODY) {
        take_stray_end(pairing, step);
        return;
    }
    for (size_t i = pairing->depth; i-- > 0;) {
        if (pairing->frame[i].opener == step->partner) {
            end_frame(pairing, i, step);
            return;
        }
    }
    end_told(pairing, step);
}

static void walk(struct pairing *pairing)
{
    for (size_t i = 0; i < pairing->count; i++) {
        struct step *step = &pairing->step[i];
        switch (step->structure.kind) {
        case STRUCTURE_OPEN: take_opening(pairing, i); break;
        case STRUCTURE_LEAF:
            check_surroundings(pairing, step);
            step->role = STEP_LEAF;
            break;
        case STRUCTURE_NEXT:
        case STRUCTURE_OTHERWISE: take_division(pairing, step); break;
        case STRUCTURE_END: take_end(pairing, step); break;
        default: break;
        }
    }
    for (size_t i = 0; i < pairing->depth; i++) {
        if (is_real(&pairing->frame[i]))
            tell_no_end(pairing, &pairing->frame[i]);
        drop(pairing, &pairing->frame[i]);
    }
}

struct steps pairs_find(const struct tree *tree, const struct flat_node *item,
                        size_t count)
{
    struct pairing pairing = {.tree = tree};
    for (size_t i = 0; i < count; i++)
        pairing.count += item[i].mark != NULL;
    if (!pairing.count)
        return (struct steps){0};
    pairing.step = ARENA_ARRAY(tree->arena, struct step, pairing.count);
    read_steps(&pairing, item, count);
    match_kinds(&pairing);
    walk(&pairing);
    for (size_t i = 0; i < pairing.count; i++) {
        struct step *step = &pairing.step[i];
        if (step->opener != NOBODY && pairing.step[step->opener].role == STEP_NOTHING)
            step->role = STEP_NOTHING;
    }
    return (struct steps){pairing.step, pairing.has_slip};
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which footnotes a brief prints, and their numbers: in the order of their first marks
 * on paper. What a note says is said of the place of its mark: inside an `each` that is
 * the group at hand, so one note of the template becomes as many as there are different
 * texts of it. */
#include "block/walk.h"

enum note_kind {
    NOTE_UNSEEN,
    NOTE_PLAIN,   /* reads the same everywhere */
    NOTE_BY_TEXT, /* holds values: groups that make the same of it share it */
    NOTE_BY_GROUP /* holds a block, a link or such a note: one for each group */
};

struct marked_note { /* a note as one group's marks mean it */
    const struct scope *scope;
    struct slice text;
    size_t number;
};

struct template_note {
    enum note_kind kind;
    struct marked_note *mark;
    size_t count, capacity;
};

struct note_book {
    const struct template *template;
    struct arena *arena;
    struct template_note *note;
    struct printed_note *printed;
    size_t count, capacity;
    bool is_turned; /* marks stand on a turned page */
};

struct note_book *notes_begin(const struct template *template, struct arena *arena)
{
    struct note_book *book = ARENA_NEW(arena, struct note_book);
    *book = (struct note_book){
        .template = template,
        .arena = arena,
        .note = ARENA_ARRAY(arena, struct template_note, template->note_count + 1),
    };
    return book;
}

/* -- What a note depends on ----------------------------------------------------------- */

static enum note_kind kind_of(struct note_book *book, size_t note);

static enum note_kind larger(enum note_kind a, enum note_kind b)
{
    return a > b ? a : b;
}

static enum note_kind kind_of_inlines(struct note_book *book,
                                      const struct inlines *inlines)
{
    enum note_kind kind = NOTE_PLAIN;
    for (size_t i = 0; i < inlines->count; i++) {
        const struct inline_node *node = &inlines->item[i];
        if (node->expression || node->branch_count)
            kind = larger(kind, NOTE_BY_TEXT);
        if (node->target || slice_starts_with(node->url, "#") ||
            (node->kind == INLINE_NOTE && kind_of(book, node->note) != NOTE_PLAIN))
            kind = NOTE_BY_GROUP;
        kind = larger(kind, kind_of_inlines(book, &node->children));
        for (size_t j = 0; j < node->branch_count; j++)
            kind = larger(kind, kind_of_inlines(book, &node->branch[j].body));
    }
    return kind;
}

static enum note_kind kind_of_nodes(struct note_book *book, const struct nodes *nodes)
{
    enum note_kind kind = NOTE_PLAIN;
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        if (node->kind == NODE_FENCE || node->kind == NODE_EACH || node->branch_count)
            return NOTE_BY_GROUP;
        kind = larger(kind, kind_of_inlines(book, &node->inlines));
        for (size_t j = 0; j < node->row_count * node->column_count; j++)
            kind = larger(kind, kind_of_inlines(book, &node->cell[j]));
        kind = larger(kind, kind_of_nodes(book, &node->children));
        for (size_t j = 0; j < node->part_count; j++)
            kind = larger(kind, kind_of_nodes(book, &node->part[j]));
    }
    return kind;
}

/* Notes may hold each other's marks. */
static enum note_kind kind_of(struct note_book *book, size_t note)
{
    enum note_kind *kind = &book->note[note - 1].kind;
    if (*kind == NOTE_UNSEEN) {
        *kind = NOTE_PLAIN;
        *kind = kind_of_nodes(book, &book->template->note[note - 1]);
    }
    return *kind;
}

/* -- Places --------------------------------------------------------------------------- */

static const struct scope *next_each(const struct scope *scope)
{
    while (scope && !scope->each)
        scope = scope->outer;
    return scope;
}

static bool is_same_place(const struct scope *a, const struct scope *b, bool by_group)
{
    for (;;) {
        a = next_each(a);
        b = next_each(b);
        if (!a || !b)
            return !a && !b;
        if (a->each != b->each || (by_group && a->group != b->group))
            return false;
        a = a->outer;
        b = b->outer;
    }
}

/* A scope lives as long as its pass through the `each`; its notes are laid later. */
static const struct scope *keep_scope(const struct scope *scope, struct arena *arena)
{
    struct scope *kept = arena_copy(arena, scope, sizeof *scope);
    if (scope->outer)
        kept->outer = keep_scope(scope->outer, arena);
    return kept;
}

struct note_visit {
    const struct scope *scope;
    struct note_visit *before;
};

struct note_visits notes_unvisited(const struct template *template, struct arena *arena)
{
    return (struct note_visits){
        template, ARENA_ARRAY(arena, struct note_visit *, template->note_count + 1)};
}

struct nodes notes_visit(struct note_visits *visits, size_t note,
                         const struct scope *scope)
{
    struct note_visit **last = &visits->last[note - 1];
    for (const struct note_visit *visit = *last; visit; visit = visit->before) {
        if (is_same_place(visit->scope, scope, false))
            return (struct nodes){0};
    }
    struct note_visit *visit = ARENA_NEW(scope->arena, struct note_visit);
    *visit = (struct note_visit){keep_scope(scope, scope->arena), *last};
    *last = visit;
    return visits->template->note[note - 1];
}

/* -- What it says --------------------------------------------------------------------- */

static void print_inlines(const struct inlines *inlines, const struct scope *scope,
                          struct text *out)
{
    static const struct text_style plain = {.family = ""};
    static const struct theme none = {.name = {0}};
    const struct span *span;
    size_t count = inline_spans(inlines, scope, &none, &plain, &span);
    text_append(out, spans_text(span, count, false, scope->arena));
    text_append_string(out, "\n");
}

static void print_nodes(const struct nodes *nodes, const struct scope *scope,
                        struct text *out)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        print_inlines(&node->inlines, scope, out);
        for (size_t j = 0; j < node->row_count * node->column_count; j++)
            print_inlines(&node->cell[j], scope, out);
        print_nodes(&node->children, scope, out);
        for (size_t j = 0; j < node->part_count; j++)
            print_nodes(&node->part[j], scope, out);
    }
}

/* figures: where its numbers are noted; NULL, since whoever lays it does. */
static struct slice print_note(const struct note_book *book, size_t note,
                               const struct scope *scope, struct figures *figures)
{
    struct text text = {.arena = book->arena};
    struct scope aside = *scope;
    aside.figures = figures;
    aside.links = NULL;
    aside.notes = NULL;
    print_nodes(&book->template->note[note - 1], &aside, &text);
    return text_slice(&text);
}

/* -- Numbers -------------------------------------------------------------------------- */

static size_t add_mark(struct note_book *book, size_t note,
                       const struct marked_note *mark)
{
    struct template_note *own = &book->note[note - 1];
    *ARENA_APPEND(book->arena, own->mark, own->count, own->capacity) = *mark;
    return mark->number;
}

static size_t add_note(struct note_book *book, size_t note, struct marked_note *mark)
{
    *ARENA_APPEND(book->arena, book->printed, book->count, book->capacity) =
        (struct printed_note){&book->template->note[note - 1], mark->scope,
                              book->is_turned};
    mark->number = book->count;
    return add_mark(book, note, mark);
}

/* The newest first: marks of a group follow each other. */
static const struct marked_note *find_mark(const struct template_note *note,
                                           const struct scope *scope)
{
    for (size_t i = note->count; i-- > 0;) {
        if (note->kind == NOTE_PLAIN || is_same_place(note->mark[i].scope, scope, true))
            return &note->mark[i];
    }
    return NULL;
}

static const struct marked_note *find_text(const struct template_note *note,
                                           struct slice text)
{
    for (size_t i = 0; note->kind == NOTE_BY_TEXT && i < note->count; i++) {
        if (slice_equal(note->mark[i].text, text))
            return &note->mark[i];
    }
    return NULL;
}

size_t notes_number(size_t note, const struct scope *scope)
{
    struct note_book *book = scope->notes;
    if (!book)
        return note;
    kind_of(book, note);
    struct template_note *own = &book->note[note - 1];
    const struct marked_note *known = find_mark(own, scope);
    if (known)
        return known->number;
    struct marked_note mark = {.scope = keep_scope(scope, book->arena)};
    if (own->kind == NOTE_BY_TEXT)
        mark.text = print_note(book, note, scope, NULL);
    known = find_text(own, mark.text);
    if (!known)
        return add_note(book, note, &mark);
    mark.number = known->number;
    print_note(book, note, scope, scope->figures); /* of this group, too */
    return add_mark(book, note, &mark);
}

bool notes_turn(struct note_book *book, bool is_turned)
{
    bool before = book->is_turned;
    book->is_turned = is_turned;
    return before;
}

const struct printed_note *notes_printed(const struct note_book *book, size_t *count)
{
    *count = book->count;
    return book->printed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inline nodes become spans: emphasis changes the style, values are printed by the
 * locale, the branch of an `if` that holds is taken. */
#include "block/walk.h"
#include "template/anchor.h"
#include "template/gaps.h"

struct span_list {
    const struct scope *scope;
    const struct theme *theme;
    struct span *span;
    size_t count, capacity;
    bool has_gaps;
};

struct manner {
    const struct text_style *style;
    struct slice link;
};

static const struct text_style *style_variant(struct arena *arena,
                                              const struct text_style *style,
                                              enum inline_kind kind,
                                              const struct theme *theme)
{
    struct text_style *variant = arena_copy(arena, style, sizeof *style);
    switch (kind) {
    case INLINE_EMPHASIS: variant->italic = true; break;
    case INLINE_STRONG:
        variant->weight = 700;
        variant->arabic_weight = 700;
        break;
    case INLINE_STRIKE: variant->struck = true; break;
    case INLINE_CODE:
        variant->family = theme->text[TEXT_CODE].family;
        variant->size_pt = style->size_pt * 0.94;
        break;
    case INLINE_LINK: variant->colour = theme->colour[COLOUR_LINK]; break;
    default: break;
    }
    return variant;
}

static struct span *append_span(struct span_list *list, struct manner manner,
                                struct slice text)
{
    struct span *span =
        ARENA_APPEND(list->scope->arena, list->span, list->count, list->capacity);
    *span = (struct span){.text = text, .style = manner.style, .link = manner.link};
    return span;
}

/* A value or an `if` that says nothing: an empty span, until gaps are closed. */
static void append_gap(struct span_list *list, struct manner manner)
{
    append_span(list, manner, (struct slice){0});
    list->has_gaps = true;
}

static void close_gaps(struct span_list *list)
{
    struct gap_text *text =
        ARENA_ARRAY(list->scope->arena, struct gap_text, list->count);
    for (size_t i = 0; i < list->count; i++)
        text[i] = (struct gap_text){.text = list->span[i].text,
                                    .is_gap = !list->span[i].text.size,
                                    .is_fixed = list->span[i].note != 0};
    gaps_close(text, list->count);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        list->span[kept] = list->span[i];
        list->span[kept].text = text[i].text;
        kept += text[i].text.size > 0;
    }
    list->count = kept;
}

static void append_inlines(struct span_list *list, const struct inlines *inlines,
                           struct manner manner);

static void append_value(struct span_list *list, const struct inline_node *node,
                         struct manner manner)
{
    struct text printed = {.arena = list->scope->arena};
    expression_print(node->expression, list->scope, &printed);
    if (printed.size)
        append_span(list, manner, text_slice(&printed));
    else
        append_gap(list, manner);
}

static const struct inlines *branch_taken(const struct inline_node *node,
                                          const struct scope *scope)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct expression *condition = node->branch[i].condition;
        if (!condition || expression_is_true(condition, scope))
            return &node->branch[i].body;
    }
    return NULL;
}

static struct slice inner_link(struct slice target, struct place at,
                               const struct scope *scope)
{
    target = link_within(scope, target);
    if (scope->links)
        *ARENA_APPEND(scope->links->arena, scope->links->link, scope->links->count,
                      scope->links->capacity) = (struct inner_link){target, at};
    return slice_of(arena_print(scope->arena, "#%.*s", SLICE_PRINT(target)));
}

/* An address may hold values, which are no figures of the text; one in the brief is
 * made as headings' anchors are. */
static struct slice link_target(const struct inline_node *node,
                                const struct scope *scope)
{
    if (!node->target)
        return slice_starts_with(node->url, "#")
                   ? inner_link(slice_from(node->url, 1), node->at, scope)
                   : link_outward(scope, node->url, node->at);
    struct scope unrecorded = *scope;
    unrecorded.figures = NULL;
    struct slice printed = template_text_print(node->target, &unrecorded);
    if (!slice_starts_with(printed, "#"))
        return link_outward(scope, printed, node->at);
    return inner_link(anchor_of_words(slice_from(printed, 1), scope->arena), node->at,
                      scope);
}

static void append_inline(struct span_list *list, const struct inline_node *node,
                          struct manner manner)
{
    struct arena *arena = list->scope->arena;
    switch (node->kind) {
    case INLINE_TEXT: append_span(list, manner, node->text); break;
    case INLINE_BREAK: append_span(list, manner, SLICE_LITERAL("\xe2\x80\xa8")); break;
    case INLINE_CODE:
        manner.style = style_variant(arena, manner.style, node->kind, list->theme);
        append_span(list, manner, node->text);
        break;
    case INLINE_LINK:
        manner.link = link_target(node, list->scope);
        if (!manner.link.size) {
            append_inlines(list, &node->children, manner);
            break;
        }
        /* fall through */
    case INLINE_EMPHASIS:
    case INLINE_STRONG:
    case INLINE_STRIKE:
        manner.style = style_variant(arena, manner.style, node->kind, list->theme);
        append_inlines(list, &node->children, manner);
        break;
    case INLINE_IMAGE: append_inlines(list, &node->children, manner); break;
    case INLINE_NOTE: {
        struct text number = {.arena = arena};
        size_t note = notes_number(node->note, list->scope);
        locale_count(list->scope->locale, note, &number);
        append_span(list, manner, text_slice(&number))->note = note;
        break;
    }
    case INLINE_VALUE: append_value(list, node, manner); break;
    case INLINE_IF: {
        const struct inlines *taken = branch_taken(node, list->scope);
        if (taken && taken->count)
            append_inlines(list, taken, manner);
        else
            append_gap(list, manner);
        break;
    }
    }
}

static void append_inlines(struct span_list *list, const struct inlines *inlines,
                           struct manner manner)
{
    for (size_t i = 0; i < inlines->count; i++)
        append_inline(list, &inlines->item[i], manner);
}

size_t inline_spans(const struct inlines *inlines, const struct scope *scope,
                    const struct theme *theme, const struct text_style *style,
                    const struct span **out)
{
    struct span_list list = {.scope = scope, .theme = theme};
    append_inlines(&list, inlines, (struct manner){.style = style});
    if (list.has_gaps)
        close_gaps(&list);
    *out = list.span;
    return list.count;
}

/* Most paragraphs and cells are of one span. */
struct slice spans_text(const struct span *span, size_t count, bool with_marks,
                        struct arena *arena)
{
    struct text text = {.arena = arena};
    bool was_struck = false;
    if (count == 1 && !span->note && !span->style->struck)
        return span->text;
    for (size_t i = 0; i < count; i++) {
        if (span[i].note && with_marks)
            text_print(&text, "[%.*s]", SLICE_PRINT(span[i].text));
        if (span[i].note)
            continue;
        text_append_string(&text, span[i].style->struck != was_struck ? "~~" : "");
        text_append(&text, span[i].text);
        was_struck = span[i].style->struck;
    }
    text_append_string(&text, was_struck ? "~~" : "");
    return text_slice(&text);
}

struct slice inline_text(const struct inlines *inlines, const struct scope *scope)
{
    static const struct text_style plain = {.family = ""};
    static const struct theme none = {.name = {0}};
    const struct span *span;
    struct scope unrecorded = *scope; /* the same words are printed again, once */
    unrecorded.figures = NULL;
    unrecorded.links = NULL;
    unrecorded.notes = NULL;
    size_t count = inline_spans(inlines, &unrecorded, &none, &plain, &span);
    return spans_text(span, count, false, scope->arena);
}

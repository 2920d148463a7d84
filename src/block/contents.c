/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `::: contents`: the headings with their pages, linked. What the headings are is
 * known when all is composed, and their pages when all is cut: the box is filled then
 * and the numbers are drawn from what pages_fill found. */
#include "block/contents.h"

#include "block/prose.h"

#include <stdlib.h>

struct entry {
    struct slice anchor;
    const struct text_style *style;
    const struct chart_context *context;
    const struct label *number;
    struct box *line; /* that it stands in */
    bool mirrored;
};

void compose_contents(struct composer *composer, const struct node *node,
                      struct flow *flow)
{
    if (composer->contents.flow || flow != composer->outermost) {
        struct diags *diags = composer->context->chart.diags;
        struct diag *diag =
            diags_warn(diags, node->at, "M129", "this `::: contents` prints nothing");
        diag_hint(
            diags, diag, "%s",
            composer->contents.flow
                ? "one list of contents is enough"
                : "put it outside of columns, rows, notes and what is kept together");
        return;
    }
    struct box *box = box_new(flow->arena, "contents", flow->width, 0);
    box->at = node->at;
    struct flow_item *item = flow_add(flow, box);
    item->space_before = item->space_after =
        composer->context->chart.theme->length[LENGTH_PARAGRAPH_GAP];
    composer->contents = (struct contents_place){flow, flow->count - 1};
}

static void draw_entry(const struct box *box, cairo_t *cairo)
{
    const struct entry *entry = box->content;
    if (entry->number)
        label_draw(entry->number, cairo, entry->mirrored ? 0 : box->width,
                   first_baseline(entry->style, entry->mirrored),
                   entry->mirrored ? 0 : 1);
}

static void describe_entry(const struct box *box, struct text *out)
{
    const struct entry *entry = box->content;
    if (entry->number)
        text_append(out, entry->number->text);
}

enum { LEVELS = ROLE_H6 - ROLE_H1 + 1 };

struct heading_list {
    struct arena *arena;
    size_t count, capacity;
    const struct box **box;
};

static bool take_heading(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct heading_list *list = context;
    if (box->bookmark.size && box->role >= ROLE_H1 && box->role <= ROLE_H6)
        *ARENA_APPEND(list->arena, list->box, list->count, list->capacity) = box;
    return true;
}

static struct box *entry_box(const struct chart_context *context,
                             const struct box *heading, size_t depth, double width)
{
    static const double INDENT = 12;
    const struct text_style *style = &context->theme->text[TEXT_BODY];
    double indent = INDENT * (double)depth;
    bool mirrored =
        typesetter_direction(context->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    struct text target = {.arena = context->arena};
    text_append_string(&target, "#");
    text_append(&target, anchor_first(heading->anchor));
    const struct span span = {
        .text = heading->bookmark, .style = style, .link = text_slice(&target)};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *text =
        typeset_paragraph(context->typesetter, &paragraph, width - indent - 30);
    struct entry *entry = ARENA_NEW(context->arena, struct entry);
    *entry = (struct entry){
        anchor_first(heading->anchor), style, context, NULL, NULL, mirrored};
    struct box *number = box_new(context->arena, "page", width, text->height);
    number->draw = draw_entry;
    number->describe = describe_entry;
    number->content = entry;
    number->text = heading->bookmark; /* what the page is of */
    struct box *box = box_new(context->arena, "contents entry", width, text->height);
    box->role = ROLE_CONTENTS_ENTRY;
    box->text = heading->bookmark;
    entry->line = box;
    box_add(context->arena, box, text, mirrored ? 30 : indent, 0);
    box_add(context->arena, box, number, 0, 0);
    return box;
}

/* The first heading of the first level is the brief's headline where it stands above the
 * list; below it, it is a section like the others. */
static void leave_headline_out(struct heading_list *list)
{
    size_t at = 0;
    while (at < list->count && list->box[at]->role != ROLE_H1)
        at++;
    if (at == list->count)
        return;
    for (list->count--; at < list->count; at++)
        list->box[at] = list->box[at + 1];
}

/* A level that the list hasn't indents nothing: how deep each stands. */
static void find_depths(const struct heading_list *list, size_t depth[LEVELS])
{
    bool is_used[LEVELS] = {false};
    for (size_t i = 0; i < list->count; i++)
        is_used[list->box[i]->role - ROLE_H1] = true;
    for (size_t i = 0, used = 0; i < LEVELS; i++) {
        depth[i] = used;
        used += is_used[i];
    }
}

void contents_fill(struct composer *composer, struct flow *flow)
{
    struct contents_place *place = &composer->contents;
    if (!place->flow)
        return;
    struct heading_list list = {.arena = flow->arena};
    for (size_t i = 0; i < flow->count; i++) {
        if (i == place->item)
            leave_headline_out(&list);
        box_visit(flow->item[i].box, take_heading, &list);
    }
    const struct chart_context *context = &composer->context->chart;
    struct flow *inside = flow_of_width(flow->arena, flow->width);
    size_t depth[LEVELS];
    find_depths(&list, depth);
    for (size_t i = 0; i < list.count; i++)
        flow_add(inside, entry_box(context, list.box[i],
                                   depth[list.box[i]->role - ROLE_H1], flow->width))
            ->space_before = 2;
    struct box *box = flow_box(inside, "contents");
    box->role = ROLE_CONTENTS;
    box->at = flow->item[place->item].box->at;
    flow->item[place->item].box = box;
}

/* -- Page numbers ------------------------------------------------------------------ */

struct target {
    struct slice anchor;
    size_t page;
};

struct target_list {
    struct arena *arena;
    size_t page; /* being walked */
    size_t count, capacity;
    struct target *target;
};

static bool take_target(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct target_list *list = context;
    if (box->bookmark.size)
        *ARENA_APPEND(list->arena, list->target, list->count, list->capacity) =
            (struct target){anchor_first(box->anchor), list->page};
    return true;
}

/* Of equal anchors the first page comes first. */
static int compare_targets(const void *left, const void *right)
{
    const struct target *a = left, *b = right;
    int order = slice_compare(a->anchor, b->anchor);
    return order ? order : (a->page > b->page) - (a->page < b->page);
}

static size_t page_of(const struct target_list *list, struct slice anchor)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (slice_compare(list->target[middle].anchor, anchor) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_there = low < list->count && slice_equal(list->target[low].anchor, anchor);
    return is_there ? list->target[low].page : 0;
}

static bool number_entry(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    if (box->draw != draw_entry)
        return true;
    struct entry *entry = (struct entry *)box->content;
    size_t page = page_of(context, entry->anchor);
    struct text text = {.arena = entry->context->arena};
    if (page) {
        locale_number(entry->context->locale, (double)page, 0, &text);
        entry->number =
            typeset_label(entry->context->typesetter, text_slice(&text), entry->style);
        entry->line->text = slice_of(arena_print(entry->context->arena, "%.*s\t%.*s",
                                                 SLICE_PRINT(entry->line->text),
                                                 SLICE_PRINT(text_slice(&text))));
    }
    return false;
}

void contents_number(const struct pages *pages, struct arena *arena)
{
    struct target_list list = {.arena = arena};
    for (size_t i = 0; i < pages->count; i++) {
        list.page = pages->page[i].number;
        box_visit(pages->page[i].body, take_target, &list);
    }
    if (list.count)
        qsort(list.target, list.count, sizeof *list.target, compare_targets);
    for (size_t i = 0; i < pages->count; i++)
        box_visit(pages->page[i].body, number_entry, &list);
}

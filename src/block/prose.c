/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headings, paragraphs, lists, quotes and footnotes. */
#include "block/prose.h"
#include "block/walk.h"

#include <math.h>
#include <string.h>

static const struct theme *theme_of(const struct composer *composer)
{
    return composer->context->chart.theme;
}

struct box *spans_box(const struct composer *composer,
                      const struct paragraph *paragraph, const char *name, double width)
{
    struct box *box =
        typeset_paragraph(composer->context->chart.typesetter, paragraph, width);
    box->name = name;
    box->role = ROLE_P;
    box->text = spans_text(paragraph->span, paragraph->span_count, true,
                           composer->context->chart.arena);
    return box;
}

static enum text_align body_align(const struct composer *composer,
                                  const struct text_style *style)
{
    const struct theme *theme = theme_of(composer);
    return theme->justified && style == &theme->text[TEXT_BODY] ? ALIGN_JUSTIFY
                                                                : ALIGN_START;
}

/* Words of titles and labels stay whole. */
static bool is_running(const struct composer *composer, const struct text_style *style)
{
    const struct theme *theme = theme_of(composer);
    return theme->hyphenated &&
           (style == &theme->text[TEXT_BODY] || style == &theme->text[TEXT_CALLOUT]);
}

static struct paragraph prose_paragraph(const struct composer *composer,
                                        const struct inlines *inlines,
                                        const struct scope *scope,
                                        const struct text_style *style)
{
    const struct span *span;
    size_t count = inline_spans(inlines, scope, theme_of(composer), style, &span);
    return (struct paragraph){.span_count = count,
                              .span = span,
                              .align = body_align(composer, style),
                              .divided = is_running(composer, style)};
}

struct box *prose_box(const struct composer *composer, const struct inlines *inlines,
                      const struct scope *scope, const struct text_style *style,
                      const char *name, double width)
{
    struct paragraph paragraph = prose_paragraph(composer, inlines, scope, style);
    return spans_box(composer, &paragraph, name, width);
}

/* -- Paragraphs of long documents --------------------------------------------------- */

/* Those are kept; of further ones not even lines and glyphs, which are most of what a
 * page of prose takes. */
enum { MOST_PARAGRAPHS = 400 };

struct paragraph_recipe {
    struct recipe recipe;
    struct typesetter *typesetter;
    struct paragraph paragraph;
    const char *name;
    enum box_role role;
    struct place at;
    double width;
};

static struct box *make_paragraph(const struct recipe *recipe, struct arena *arena,
                                  bool again)
{
    const struct paragraph_recipe *own = (const struct paragraph_recipe *)recipe;
    const struct aside before = typesetter_lay_aside(own->typesetter, arena, again);
    struct box *box = typeset_paragraph(own->typesetter, &own->paragraph, own->width);
    typesetter_lay_back(own->typesetter, before);
    box->name = own->name;
    box->role = own->role;
    box->at = own->at;
    box->text = spans_text(own->paragraph.span, own->paragraph.span_count, true, arena);
    return box;
}

struct box *running_box(struct composer *composer, const struct paragraph *paragraph,
                        const char *name, enum box_role role, struct place at,
                        const struct flow *flow)
{
    struct arena *arena = composer->context->chart.arena;
    const struct paragraph_recipe recipe = {{make_paragraph},
                                            composer->context->chart.typesetter,
                                            *paragraph,
                                            name,
                                            role,
                                            at,
                                            flow->width};
    bool is_own = flow == composer->outermost || composer->note;
    if (++composer->paragraph_count <= MOST_PARAGRAPHS || !is_own)
        return make_paragraph(&recipe.recipe, arena, false);
    struct arena *aside = arena_new();
    const struct paragraph_recipe *kept = arena_copy(arena, &recipe, sizeof recipe);
    struct box *box = box_of_recipe(arena, aside, &kept->recipe);
    arena_free(aside);
    return box;
}

/* The first level-1 heading is the headline; sections come next, and below a level-1
 * section those of level 2 are smaller. */
static enum text_role heading_role(const struct composer *composer, int level)
{
    if (level == 1 && !composer->headline_is_set)
        return TEXT_HEADLINE;
    if (composer->in_callout)
        return TEXT_CALLOUT_TITLE;
    bool is_below = level == 2 && composer->in_section;
    return level <= 2 && !is_below ? TEXT_HEADING : TEXT_SUBHEADING;
}

/* Of a heading that is all value, like the province's of an `each`, the words are known
 * only now. */
static struct slice heading_names(struct composer *composer, const struct node *node,
                                  const struct scope *scope, struct slice text)
{
    if (node->anchor.size)
        return link_names(composer, scope, node->anchor);
    struct arena *arena = composer->context->chart.arena;
    return anchors_take(&composer->anchors, anchor_of_words(text, arena));
}

void compose_heading(struct composer *composer, const struct node *node,
                     const struct scope *scope, struct flow *flow)
{
    const struct theme *theme = theme_of(composer);
    enum text_role role = heading_role(composer, node->level);
    const struct span *span;
    size_t count =
        inline_spans(&node->inlines, scope, theme, &theme->text[role], &span);
    if (!count && node->inlines.count)
        return; /* {{ headline }} that isn't there */
    struct paragraph paragraph = {.span_count = count, .span = span, .balanced = true};
    struct box *box = spans_box(composer, &paragraph, "heading", flow->width);
    box->role = (enum box_role)(ROLE_H1 + node->level - 1);
    box->bookmark = spans_text(span, count, false, composer->context->chart.arena);
    box->anchor = heading_names(composer, node, scope, box->bookmark);
    box->at = node->at;
    check_width(composer, flow, box->bookmark);
    composer->in_section |= node->level == 1 && role == TEXT_HEADING;
    if (role == TEXT_HEADLINE) {
        composer->headline_is_set = true;
        composer->first_heading = box->bookmark;
    }
    struct flow_item *item = flow_add_title(flow, box);
    item->space_before = theme->length[LENGTH_HEADING_GAP] * (node->level <= 2 ? 2 : 1);
    if (composer->after_kicker)
        item->space_before = 1;
    composer->after_kicker = false;
    item->space_after =
        theme->length[LENGTH_HEADING_GAP] * (node->level <= 2 ? 1 : 0.5);
}

void compose_kicker(struct composer *composer, const struct node *node,
                    const struct scope *scope, struct flow *flow)
{
    const struct theme *theme = theme_of(composer);
    struct box *box = prose_box(composer, &node->inlines.item[0].children, scope,
                                &theme->text[TEXT_KICKER], "kicker", flow->width);
    box->at = node->at;
    struct flow_item *item = flow_add_title(flow, box);
    item->space_before = theme->length[LENGTH_HEADING_GAP] * 2;
    composer->after_kicker = true;
}

const struct text_style *running_style(const struct composer *composer)
{
    const struct text_style *text = theme_of(composer)->text;
    if (composer->note)
        return &text[TEXT_FOOTNOTE];
    return &text[composer->in_callout ? TEXT_CALLOUT : TEXT_BODY];
}

void compose_paragraph(struct composer *composer, const struct node *node,
                       const struct scope *scope, struct flow *flow)
{
    struct slice text = inline_text(&node->inlines, scope);
    if (!slice_trim(text).size)
        return; /* an `if` that said nothing leaves no gap */
    check_width(composer, flow, text);
    if (composer->note) {
        compose_note_paragraph(composer, node, scope, flow);
        return;
    }
    bool has_dots = is_confidence_line(text);
    struct paragraph paragraph =
        prose_paragraph(composer, &node->inlines, scope, running_style(composer));
    struct box *box = has_dots ? confidence_box(composer, node, scope, flow->width)
                               : running_box(composer, &paragraph, "paragraph", ROLE_P,
                                             node->at, flow);
    box->at = node->at;
    struct flow_item *item = flow_add(flow, box);
    double gap = theme_of(composer)->length[LENGTH_PARAGRAPH_GAP];
    item->space_before = item->space_after = has_dots ? gap * 0.5 : gap;
}

/* -- Lists ---------------------------------------------------------------------- */

struct marker {
    const struct label *label;
    bool is_square; /* over the label, a dot for who copies or hears it */
    struct colour colour;
    double size, baseline, x;
    double anchor;
};

/* A bullet's top above its baseline, in parts of its size. */
static const double BULLET_TOP = 1.6;

static void draw_marker(const struct box *box, cairo_t *cairo)
{
    const struct marker *marker = box->content;
    if (!marker->is_square) {
        label_draw(marker->label, cairo, marker->x, marker->baseline, marker->anchor);
        return;
    }
    label_draw_coloured(marker->label, cairo, marker->x + marker->size / 2,
                        marker->baseline - marker->size * 0.85, 0.5, marker->colour);
    fill_rectangle(cairo, marker->x, marker->baseline - marker->size * BULLET_TOP,
                   marker->size, marker->size, marker->colour);
}

static void describe_marker(const struct box *box, struct text *out)
{
    const struct marker *marker = box->content;
    text_print(out, "\"%.*s\" %.1f wide at %.2f", SLICE_PRINT(marker->label->text),
               marker->label->width, marker->baseline);
}

static struct slice marker_text(const struct composer *composer,
                                const struct node *list, const struct node *item,
                                size_t index)
{
    if (item->task)
        return item->task == 2 ? SLICE_LITERAL("\xe2\x98\x91")
                               : SLICE_LITERAL("\xe2\x98\x90");
    if (!list->ordered)
        return (struct slice){0};
    struct text text = {.arena = composer->context->chart.arena};
    locale_count(composer->context->chart.locale, (size_t)list->first_number + index,
                 &text);
    text_append_string(&text, ".");
    return text_slice(&text);
}

double first_baseline(const struct text_style *style, bool mirrored)
{
    static const double NASTALIQ_CLEAR = 2.1, CAPITAL_CENTRE = 0.36; /* layout/line.c */
    return mirrored ? NASTALIQ_CLEAR * style->arabic_size_pt
                    : style->leading_pt / 2 + CAPITAL_CENTRE * style->size_pt;
}

/* Of a line in Nastaliq that stands below so much room. */
static double baseline_below(const struct text_style *style, double room_above)
{
    static const double NASTALIQ_BELOW = 0.7; /* layout/line.c */
    return room_above + style->arabic_leading_pt -
           NASTALIQ_BELOW * style->arabic_size_pt;
}

/* The point stands at the side of the words. */
static struct slice shown_marker(const struct chart_context *chart, struct slice text)
{
    struct slice number = {text.data, text.size - 1};
    bool mirrored = typesetter_direction(chart->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    if (!mirrored || chart->locale->urdu_digits || text.data[text.size - 1] != '.')
        return text;
    return slice_of(arena_print(chart->arena, ".%.*s", SLICE_PRINT(number)));
}

/* What the list's items are set in by: its widest marker, most often the last, and a
 * gap behind it. */
static double list_indent(const struct composer *composer, const struct node *list)
{
    static const double ORDERED = 16, BULLETS = 10, GAP = 4;
    const struct chart_context *chart = &composer->context->chart;
    double indent = list->ordered ? ORDERED : BULLETS;
    for (size_t i = 0; i < list->children.count; i++) {
        struct slice text = marker_text(composer, list, &list->children.item[i], i);
        if (text.size)
            indent =
                fmax(indent, typeset_width(chart->typesetter, shown_marker(chart, text),
                                           running_style(composer)) +
                                 GAP);
    }
    return indent;
}

/* Beside the first line of what is inside, which in an Urdu brief may be Latin. */
static struct box *marker_box(const struct composer *composer, struct slice text,
                              const struct flow *inside, double indent)
{
    const struct chart_context *chart = &composer->context->chart;
    const struct text_style *style = running_style(composer);
    bool mirrored = typesetter_direction(chart->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    double room = mirrored && inside->count ? inside->item[0].box->room_above : 0;
    struct marker *marker = ARENA_NEW(chart->arena, struct marker);
    *marker = (struct marker){
        .colour = chart->theme->colour[COLOUR_SECONDARY],
        .size = 3.2,
        .baseline = room > 0 ? baseline_below(style, room)
                             : first_baseline(style, mirrored && !inside->count),
        .x = mirrored ? indent - 3.2 : 0};
    if (text.size) {
        marker->label =
            typeset_label(chart->typesetter, shown_marker(chart, text), style);
        marker->x = mirrored ? indent : 0;
        marker->anchor = mirrored ? 1 : 0;
    }
    const struct slice dot = SLICE_LITERAL("\xe2\x80\xa2");
    if (!text.size) {
        struct text_style small = *style;
        small.size_pt = small.arabic_size_pt = marker->size;
        marker->label = typeset_label(chart->typesetter, dot, &small);
        marker->is_square = true;
    }
    struct box *box = box_new(chart->arena, "marker", indent, style->leading_pt);
    box->role = ROLE_LABEL;
    box->draw = draw_marker;
    box->describe = marker->is_square ? NULL : describe_marker;
    box->content = marker;
    box->text = text.size ? text : dot;
    return box;
}

/* All it would hold is a value or an `if` that printed nothing; what is empty as typed,
 * Markdown keeps. */
static bool said_nothing(const struct nodes *nodes, const struct flow *inside)
{
    return !inside->count && nodes->count &&
           (nodes->item[0].kind == NODE_PARAGRAPH || nodes->item[0].kind == NODE_IF);
}

void compose_list(struct composer *composer, const struct node *node,
                  const struct scope *scope, struct flow *flow, compose_fn *compose)
{
    const struct chart_context *chart = &composer->context->chart;
    const double indent = list_indent(composer, node);
    double gap = chart->theme->length[LENGTH_PARAGRAPH_GAP];
    bool mirrored = typesetter_direction(chart->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    composer->list_depth++;
    size_t shown = 0;
    for (size_t i = 0; i < node->children.count; i++) {
        const struct node *entry = &node->children.item[i];
        struct flow *inside =
            flow_inside(composer, flow, flow->width - indent, entry->at);
        compose(composer, &entry->children, scope, inside);
        if (said_nothing(&entry->children, inside))
            continue;
        struct box *cell[2] = {marker_box(composer,
                                          marker_text(composer, node, entry, shown),
                                          inside, indent),
                               flow_box(inside, "item body")};
        const double width[2] = {indent, inside->width};
        struct box *row = row_box(flow->arena, cell, width, 2, 0, mirrored);
        row->name = "item";
        row->role = ROLE_ITEM;
        row->begins_list = !shown;
        row->at = entry->at;
        struct flow_item *item = flow_add(flow, row);
        item->space_before = shown++ ? (node->tight ? gap * 0.4 : gap) : gap;
        item->space_after = i + 1 < node->children.count ? 0 : gap;
    }
    composer->list_depth--;
}

/* -- Quotes, code, rules ---------------------------------------------------------- */

struct quote {
    struct colour colour;
    bool mirrored;
};

static void draw_quote(const struct box *box, cairo_t *cairo)
{
    const struct quote *quote = box->content;
    const double bar = 2.2;
    fill_rectangle(cairo, quote->mirrored ? box->width - bar : 0, 0, bar, box->height,
                   quote->colour);
}

void compose_quote(struct composer *composer, const struct node *node,
                   const struct scope *scope, struct flow *flow, compose_fn *compose)
{
    enum { INDENT = 12 };
    const struct theme *theme = theme_of(composer);
    struct quote *quote = ARENA_NEW(flow->arena, struct quote);
    *quote = (struct quote){
        .colour = theme->colour[COLOUR_GRIDLINE],
        .mirrored = typesetter_direction(composer->context->chart.typesetter) ==
                    DIRECTION_RIGHT_TO_LEFT};
    struct flow *inside = flow_inside(composer, flow, flow->width - INDENT, node->at);
    compose(composer, &node->children, scope, inside);
    if (said_nothing(&node->children, inside))
        return;
    const struct panel panel = {
        .name = "quote",
        .role = ROLE_QUOTE,
        .left = quote->mirrored ? 0 : INDENT,
        .right = quote->mirrored ? INDENT : 0,
        .draw = draw_quote,
        .content = quote,
    };
    struct box *box = panel_box(flow->arena, &panel, flow_box(inside, NULL));
    box->at = node->at;
    struct flow_item *item = flow_add(flow, box);
    item->space_before = item->space_after = theme->length[LENGTH_PARAGRAPH_GAP];
}

void compose_code(struct composer *composer, const struct node *node, struct flow *flow)
{
    const struct text_style *style = &theme_of(composer)->text[TEXT_CODE];
    struct slice rest = node->text, line;
    bool first = true;
    while (slice_cut(&rest, '\n', &line)) {
        struct span span = {.text = line, .style = style};
        struct paragraph paragraph = {.span_count = 1, .span = &span};
        struct box *box = spans_box(composer, &paragraph, "code", flow->width);
        box->role = ROLE_CODE;
        box->at = node->at;
        struct flow_item *item = flow_add(flow, box);
        item->space_before =
            first ? theme_of(composer)->length[LENGTH_PARAGRAPH_GAP] : 0;
        first = false;
    }
}

static void draw_rule(const struct box *box, cairo_t *cairo)
{
    const struct theme *theme = box->content;
    stroke_line(cairo, 0, box->height / 2, box->width, box->height / 2, 0.5,
                theme->colour[COLOUR_GRIDLINE]);
}

void compose_rule(struct composer *composer, struct flow *flow)
{
    struct box *box = box_new(flow->arena, "rule", flow->width, 6);
    box->role = ROLE_ARTIFACT;
    box->draw = draw_rule;
    box->content = theme_of(composer);
    struct flow_item *item = flow_add(flow, box);
    item->space_before = item->space_after =
        theme_of(composer)->length[LENGTH_PARAGRAPH_GAP];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Composing: the template's nodes become boxes in a flow. Which role of the theme a
 * node is set in is decided here and nowhere else. */
#include "block/prose.h"
#include "block/walk.h"

#include <math.h>
#include <string.h>

static void compose_nodes(struct composer *composer, const struct nodes *nodes,
                          const struct scope *scope, struct flow *flow);

struct flow *flow_of_width(struct arena *arena, double width)
{
    struct flow *flow = ARENA_NEW(arena, struct flow);
    *flow = (struct flow){.arena = arena, .width = width};
    return flow;
}

/* A word of some letters has room. */
bool flow_is_narrow(const struct composer *composer, const struct flow *flow)
{
    static const double LEAST_EM = 4;
    const struct theme *theme = composer->context->chart.theme;
    return flow->width < LEAST_EM * theme->text[TEXT_BODY].size_pt;
}

struct flow *flow_inside(struct composer *composer, const struct flow *outer,
                         double width, struct place at)
{
    struct flow *flow = flow_of_width(outer->arena, fmax(width, 1));
    if (flow_is_narrow(composer, flow) && !flow_is_narrow(composer, outer))
        composer->narrow_at = at;
    return flow;
}

static size_t longest_word(struct slice text)
{
    size_t longest = 0;
    struct slice word;
    while (slice_cut(&text, ' ', &word))
        longest = utf8_length(word) > longest ? utf8_length(word) : longest;
    return longest;
}

void check_width(const struct composer *composer, const struct flow *flow,
                 struct slice text)
{
    static const double LETTER_EM = 0.45;
    struct diags *diags = composer->context->chart.diags;
    const struct theme *theme = composer->context->chart.theme;
    double letter = LETTER_EM * theme->text[TEXT_BODY].size_pt;
    if (!flow_is_narrow(composer, flow) ||
        (double)longest_word(text) * letter <= flow->width)
        return;
    struct diag *diag =
        diags_warn(diags, composer->narrow_at, "L112",
                   "text in here is %.0f point%s wide, too narrow for its words",
                   flow->width, round(flow->width) > 1 ? "s" : "");
    diag_hint(diags, diag,
              "fewer columns, or fewer levels of lists, quotes and columns inside each "
              "other, leave it more");
}

/* The beginning of a long text, for a message. */
static struct slice first_letters(struct slice text)
{
    enum { MOST = 48 };
    size_t end = 0;
    for (int i = 0; end < text.size && i < MOST; i++)
        utf8_next(text, &end);
    return (struct slice){text.data, end};
}

/* What lost its end to an ellipsis while a block was laid: told once a block. */
static void note_shortened(const struct block_context *context, const struct box *box,
                           size_t before)
{
    const struct slice *text;
    size_t count = typesetter_shortened(context->chart.typesetter, &text);
    if (count == before || context->scope->rehearsal)
        return;
    const struct slice first = first_letters(text[before]);
    bool is_one = true;
    for (size_t i = before; i < count; i++)
        is_one &= slice_equal(text[i], text[before]);
    struct diag *diag = diags_note(context->chart.diags, context->chart.at, "L204",
                                   "\"%.*s…\" %s shortened", SLICE_PRINT(first),
                                   is_one ? "is" : "and others are");
    diag_hint(context->chart.diags, diag, "%s",
              box->alt.size ? "a wider figure or shorter names have room for them"
                            : "more `lines:` or wider columns have room for them");
}

static void compose_block(struct composer *composer, const struct node *node,
                          const struct scope *scope, struct flow *flow)
{
    const struct prepared_block *block = prepared_block_of(composer->prepared, node);
    if (!block)
        return;
    struct block_context context = *composer->context;
    context.scope = scope;
    context.chart.at = node->at;
    context.chart.wider = composer->wider;
    const struct slice *unused;
    size_t shortened = typesetter_shortened(context.chart.typesetter, &unused);
    struct box *box = block->kind->lay(block->arguments, &context, flow->width);
    if (strcmp(block->kind->name, "cards") != 0) /* they say so themselves: L202 */
        note_shortened(&context, box, shortened);
    box->at = node->at;
    box->anchor = link_names(composer, scope, yaml_text(node->body, "id", ""));
    struct flow_item *item = flow_add(flow, box);
    double gap = composer->context->chart.theme->length[LENGTH_ROW_GAP];
    item->space_before = item->space_after = gap;
}

static bool is_text(const struct box *box)
{
    return box->role == ROLE_P || box->role == ROLE_ITEM;
}

/* Lines of columns beside each other stand level: text begins a whole number of body
 * lines below the columns' top. Of a gap that is hardly more nothing is left. */
static void set_on_grid(const struct composer *composer, struct flow *flow)
{
    static const double HARDLY = 0.25;
    const struct chart_context *chart = &composer->context->chart;
    const struct text_style *body = &chart->theme->text[TEXT_BODY];
    bool mirrored = typesetter_direction(chart->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    double grid = mirrored ? body->arabic_leading_pt : body->leading_pt, bottom = 0;
    for (size_t i = 0; i < flow->count && grid > 0; i++) {
        struct flow_item *item = &flow->item[i];
        double room = item->box->room_above;
        double gap = i ? fmax(flow->item[i - 1].space_after, item->space_before) : 0;
        double first =
            i && is_text(flow->item[0].box) ? flow->item[0].box->room_above : room;
        if (i && is_text(item->box)) {
            double lines = (bottom + gap + room - first) / grid;
            double whole =
                fmax(ceil(lines - HARDLY), ceil((bottom - first) / grid - 0.01));
            item->space_before = whole * grid + first - room - bottom;
            flow->item[i - 1].space_after = 0;
            gap = item->space_before;
        }
        bottom += gap + item->box->height;
    }
}

/* What all cells keep clear at their top is the row's. */
static double cells_room_above(const struct box *row)
{
    double room = INFINITY;
    for (size_t i = 0; i < row->child_count; i++) {
        const struct box *cell = row->child[i];
        while (cell->child_count && !(cell->room_above > 0))
            cell = cell->child[0];
        room = fmin(room, cell->room_above);
    }
    return isfinite(room) ? room : 0;
}

/* Nothing inside has the page's width; what was said of its surroundings before. */
static const char *enter_part(struct composer *composer, const struct node *node)
{
    const char *before = composer->wider;
    const char *name = node->kind == NODE_COLUMNS ? "columns"
                       : node->kind == NODE_ROW   ? "row"
                                                  : "note";
    if (!before || !*before)
        composer->wider =
            arena_print(composer->context->chart.arena,
                        "take it out of the ::: %s of line %d", name, node->at.line);
    return before;
}

/* Columns of running text stand on the grid of the figures below them. */
static double gutter_of(const struct composer *composer)
{
    return composer->context->chart.theme->length[LENGTH_GUTTER];
}

static void compose_parts(struct composer *composer, const struct node *node,
                          const struct scope *scope, struct flow *flow,
                          const double *width)
{
    struct arena *arena = flow->arena;
    const struct theme *theme = composer->context->chart.theme;
    struct box **cell = ARENA_ARRAY(arena, struct box *, node->part_count);
    double *part_width = ARENA_ARRAY(arena, double, node->part_count);
    const char *wider = enter_part(composer, node);
    for (size_t i = 0; i < node->part_count; i++) {
        struct flow *part = flow_inside(composer, flow, width[i], node->at);
        part_width[i] = part->width;
        compose_nodes(composer, &node->part[i], scope, part);
        if (node->kind == NODE_COLUMNS)
            set_on_grid(composer, part);
        cell[i] = flow_box(part, "part");
    }
    composer->wider = wider;
    bool mirrored = typesetter_direction(composer->context->chart.typesetter) ==
                    DIRECTION_RIGHT_TO_LEFT;
    struct box *row = row_box(arena, cell, part_width, node->part_count,
                              gutter_of(composer), mirrored);
    row->at = node->at;
    row->room_above = cells_room_above(row);
    struct flow_item *item = flow_add(flow, row);
    item->space_before = item->space_after = theme->length[LENGTH_ROW_GAP];
    if (node->kind == NODE_COLUMNS) /* text below a headline or other text */
        item->space_before = theme->length[LENGTH_HEADING_GAP];
}

static void compose_columns(struct composer *composer, const struct node *node,
                            const struct scope *scope, struct flow *flow)
{
    double gutter = gutter_of(composer);
    double *width = ARENA_ARRAY(flow->arena, double, node->part_count);
    double count = (double)node->part_count;
    for (size_t i = 0; i < node->part_count; i++)
        width[i] = (flow->width - gutter * (count - 1)) / count;
    compose_parts(composer, node, scope, flow, width);
}

static void compose_row(struct composer *composer, const struct node *node,
                        const struct scope *scope, struct flow *flow)
{
    double *width = ARENA_ARRAY(flow->arena, double, node->part_count);
    if (grid_widths(node->span, node->part_count, flow->width, gutter_of(composer),
                    width))
        compose_parts(composer, node, scope, flow, width);
}

static void compose_each(struct composer *composer, const struct node *node,
                         const struct scope *scope, struct flow *flow)
{
    const struct prepared_each *each = prepared_each_of(composer->prepared, node);
    if (!each)
        return;
    const uint32_t *group;
    size_t count = each_groups(each, scope, &group);
    for (size_t i = 0; i < count; i++) {
        struct scope inner = each_scope(each, scope, group[i]);
        compose_nodes(composer, &node->children, &inner, flow);
    }
    if (!count)
        compose_nodes(composer, &node->otherwise, scope, flow);
}

static void compose_if(struct composer *composer, const struct node *node,
                       const struct scope *scope, struct flow *flow)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct expression *condition = node->branch[i].condition;
        if (condition && !expression_is_true(condition, scope))
            continue;
        compose_nodes(composer, &node->branch[i].body, scope, flow);
        return;
    }
}

/* A tint panel under an ochre rule (STYLE.md 5, callout). */
enum { CALLOUT_PADDING = 9 };

static void draw_callout(const struct box *box, cairo_t *cairo)
{
    const struct theme *theme = box->content;
    fill_rectangle(cairo, 0, 0, box->width, box->height, theme->colour[COLOUR_TINT]);
    fill_rectangle(cairo, 0, 0, box->width, 2.2, theme->colour[COLOUR_ATTENTION]);
}

static void compose_callout(struct composer *composer, const struct node *node,
                            const struct scope *scope, struct flow *flow)
{
    const struct theme *theme = composer->context->chart.theme;
    struct flow *inside =
        flow_inside(composer, flow, flow->width - 2 * CALLOUT_PADDING, node->at);
    struct composer narrowed = *composer;
    narrowed.in_callout = true;
    enter_part(&narrowed, node);
    if (slice_trim(inline_text(&node->inlines, scope)).size) {
        struct box *title =
            prose_box(composer, &node->inlines, scope, &theme->text[TEXT_CALLOUT_TITLE],
                      "callout title", inside->width);
        title->role = ROLE_H4;
        flow_add_title(inside, title)->space_after = 3;
    }
    compose_nodes(&narrowed, &node->children, scope, inside);
    narrowed.in_callout = composer->in_callout;
    narrowed.wider = composer->wider;
    *composer = narrowed;
    if (!inside->count)
        return;
    const struct panel panel = {
        .name = "callout",
        .role = ROLE_SECTION,
        .left = CALLOUT_PADDING,
        .right = CALLOUT_PADDING,
        .top = CALLOUT_PADDING,
        .bottom = CALLOUT_PADDING,
        .draw = draw_callout,
        .content = theme,
    };
    struct box *box =
        panel_box(flow->arena, &panel, flow_box(inside, "callout content"));
    box->at = node->at;
    struct flow_item *item = flow_add(flow, box);
    item->space_before = item->space_after = theme->length[LENGTH_ROW_GAP];
}

static void compose_together(struct composer *composer, const struct node *node,
                             const struct scope *scope, struct flow *flow)
{
    struct flow *inside = flow_of_width(flow->arena, flow->width);
    compose_nodes(composer, &node->children, scope, inside);
    struct box *box = flow_box(inside, "together");
    box->at = node->at;
    struct flow_item *item = flow_add(flow, box);
    item->keep_together = true;
    item->space_before = item->space_after =
        composer->context->chart.theme->length[LENGTH_PARAGRAPH_GAP];
}

/* Turned content that follows turned content, as in an `each`, goes on on its page. */
static void compose_landscape(struct composer *composer, const struct node *node,
                              const struct scope *scope, struct flow *flow)
{
    size_t first = flow->count;
    double width = flow->width;
    bool was_turned = notes_turn(scope->notes, true);
    composer->wider = "";
    flow->width = composer->landscape_width;
    compose_nodes(composer, &node->children, scope, flow);
    notes_turn(scope->notes, was_turned);
    composer->wider = NULL;
    flow->width = width;
    if (flow->count == first)
        return;
    if (first && flow->item[first - 1].ends_landscape)
        flow->item[first - 1].ends_landscape = false;
    else
        flow->item[first].starts_landscape = true;
    flow->item[flow->count - 1].ends_landscape = true;
}

static void compose_node(struct composer *composer, const struct node *node,
                         const struct scope *scope, struct flow *flow)
{
    switch (node->kind) {
    case NODE_HEADING: compose_heading(composer, node, scope, flow); break;
    case NODE_PARAGRAPH: compose_paragraph(composer, node, scope, flow); break;
    case NODE_LIST: compose_list(composer, node, scope, flow, compose_nodes); break;
    case NODE_QUOTE: compose_quote(composer, node, scope, flow, compose_nodes); break;
    case NODE_CODE: compose_code(composer, node, flow); break;
    case NODE_TABLE: compose_markdown_table(composer, node, scope, flow); break;
    case NODE_RULE: compose_rule(composer, flow); break;
    case NODE_FENCE: compose_block(composer, node, scope, flow); break;
    case NODE_COLUMNS: compose_columns(composer, node, scope, flow); break;
    case NODE_ROW: compose_row(composer, node, scope, flow); break;
    case NODE_EACH: compose_each(composer, node, scope, flow); break;
    case NODE_IF: compose_if(composer, node, scope, flow); break;
    case NODE_CALLOUT: compose_callout(composer, node, scope, flow); break;
    case NODE_TOGETHER: compose_together(composer, node, scope, flow); break;
    case NODE_LANDSCAPE: compose_landscape(composer, node, scope, flow); break;
    case NODE_PAGE_BREAK: composer->break_before_next = true; break;
    case NODE_CONTENTS: compose_contents(composer, node, flow); break;
    case NODE_ONLY:
    case NODE_ITEM: compose_nodes(composer, &node->children, scope, flow); break;
    }
}

/* A paragraph that is emphasised as a whole and stands before a heading is its
 * kicker. */
static bool is_kicker(const struct nodes *nodes, size_t i)
{
    const struct node *node = &nodes->item[i];
    return node->kind == NODE_PARAGRAPH && node->inlines.count == 1 &&
           node->inlines.item[0].kind == INLINE_EMPHASIS && i + 1 < nodes->count &&
           (nodes->item[i + 1].kind == NODE_HEADING ||
            nodes->item[i + 1].kind == NODE_IF);
}

static void compose_nodes(struct composer *composer, const struct nodes *nodes,
                          const struct scope *scope, struct flow *flow)
{
    for (size_t i = 0; i < nodes->count; i++) {
        size_t before = flow->count;
        bool break_before = composer->break_before_next;
        if (is_kicker(nodes, i))
            compose_kicker(composer, &nodes->item[i], scope, flow);
        else
            compose_node(composer, &nodes->item[i], scope, flow);
        if (break_before && flow->count > before) {
            flow->item[before].page_break_before = true;
            composer->break_before_next = false;
        }
    }
}

/* Notes may ask for further notes. */
static void compose_notes(struct composer *composer, struct note_book *book,
                          struct composition *out)
{
    struct arena *arena = composer->context->chart.arena;
    size_t count, capacity = 0;
    const struct printed_note *note = notes_printed(book, &count);
    composer->wider = "";
    while (out->note_count < count) {
        const struct printed_note own = note[out->note_count];
        double width = own.is_turned ? composer->landscape_width : out->flow.width;
        notes_turn(book, own.is_turned);
        struct box *box =
            footnote_box(composer, &own, out->note_count + 1, width, compose_nodes);
        *ARENA_APPEND(arena, out->note, out->note_count, capacity) = box;
        note = notes_printed(book, &count);
    }
}

void compose_template(const struct template *template, const struct prepared *prepared,
                      const struct block_context *context, double width,
                      double turned_width, struct composition *out)
{
    struct composer composer = {.prepared = prepared,
                                .context = context,
                                .landscape_width = turned_width,
                                .anchors = {.arena = context->chart.arena}};
    *out =
        (struct composition){.flow = {.arena = context->chart.arena, .width = width}};
    composer.outermost = &out->flow;
    composer.links.arena = context->chart.arena;
    struct block_context *own = arena_copy(out->flow.arena, context, sizeof *context);
    struct scope *scope =
        arena_copy(out->flow.arena, context->scope, sizeof *context->scope);
    scope->links = &composer.links;
    scope->notes = notes_begin(template, out->flow.arena);
    own->scope = scope;
    composer.context = own; /* boxes may keep it */
    links_begin(&composer, &template->body);
    compose_nodes(&composer, &template->body, scope, &out->flow);
    contents_fill(&composer, &out->flow);
    compose_notes(&composer, scope->notes, out);
    links_check(&composer);
    out->first_heading = composer.first_heading;
}

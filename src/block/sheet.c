/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sheets: once the widths are known, rows are laid and ruled. */
#include "block/sheet_layout.h"

enum { GROUP_SPACE = 6 };
static const double BAR_THICKNESS = 8.4, PITCH_SPARE = 4.2;
/* Nastaliq stands high and hangs low: its rows are 20 points, its baseline deeper. */
static const double ARABIC_SPARE = 3, BASELINE = 0.76, ARABIC_BASELINE = 0.72;
/* Its ink is kept so far from the rules: where a name needs it, its row is higher. */
static const double CLEAR_OF_RULE = 0.9;
/* Of a paragraph's lines, see layout/line.c. */
static const double ARABIC_BELOW = 0.7, CAPITAL_CENTRE = 0.36;

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double leading_of(const struct sheet_layout *layout,
                         const struct text_style *style)
{
    return layout->mirrored ? style->arabic_leading_pt : style->leading_pt;
}

static double spare_of(const struct sheet_layout *layout)
{
    return layout->mirrored ? ARABIC_SPARE : PITCH_SPARE;
}

const struct text_style *sheet_cell_style(const struct sheet_layout *layout, size_t row,
                                          size_t column)
{
    const struct sheet *sheet = layout->sheet;
    const struct sheet_cell *cell = &sheet->cell[row * sheet->column_count + column];
    if (cell->style)
        return cell->style;
    bool strong = sheet->column[column].strong ||
                  sheet->column[column].kind == SHEET_BAR ||
                  row + sheet->total_rows >= sheet->row_count ||
                  (sheet->is_sum && sheet->is_sum[row]);
    return &layout->context->theme->text[strong ? TEXT_TABLE_STRONG : TEXT_TABLE_CELL];
}

static const struct label *cell_label(const struct sheet_layout *layout, size_t row,
                                      size_t column)
{
    const struct sheet *sheet = layout->sheet;
    const struct sheet_cell *cell = &sheet->cell[row * sheet->column_count + column];
    return typeset_label(layout->context->typesetter, cell->text,
                         sheet_cell_style(layout, row, column));
}

/* Numbers stand right-aligned in every language: digits run from left to right in Urdu,
 * too, and units stand below units. */
static bool is_at_right(const struct sheet_layout *layout,
                        const struct sheet_column *column)
{
    return layout->mirrored || column->align == 'r' ||
           (!column->align && column->kind == SHEET_NUMBER);
}

/* -- Cells and rows ------------------------------------------------------------------ */

struct drawn_cell {
    const struct label *label;
    double x, baseline, anchor;
    double bar_x, bar_width, bar_y;
    struct colour bar;
};

static void draw_cell(const struct box *box, cairo_t *cairo)
{
    const struct drawn_cell *cell = box->content;
    if (cell->bar_width > 0)
        fill_rectangle(cairo, cell->bar_x, cell->bar_y, cell->bar_width, BAR_THICKNESS,
                       cell->bar);
    if (cell->label)
        label_draw(cell->label, cairo, cell->x, cell->baseline, cell->anchor);
}

static void describe_cell(const struct box *box, struct text *out)
{
    const struct drawn_cell *cell = box->content;
    text_print(out, "\"%.*s\"", SLICE_PRINT(cell->label->text));
}

/* Where a label's ink ends, clear of the rule below. */
static double ink_bottom(const struct drawn_cell *cell)
{
    return cell->baseline + label_baselines(cell->label) + cell->label->descent +
           CLEAR_OF_RULE;
}

static struct box *labelled_cell(const struct sheet_layout *layout,
                                 const struct sheet_column *column,
                                 const struct label *label, double width)
{
    struct arena *arena = layout->context->arena;
    struct drawn_cell *drawn = ARENA_NEW(arena, struct drawn_cell);
    double anchor = column->align == 'c' ? 0.5 : is_at_right(layout, column) ? 1 : 0;
    *drawn = (struct drawn_cell){
        .label = label,
        .x = anchor * width,
        .anchor = anchor,
        .baseline =
            spare_of(layout) / 2 + leading_of(layout, label->style) *
                                       (layout->mirrored ? ARABIC_BASELINE : BASELINE),
    };
    double height =
        label->line_count * leading_of(layout, label->style) + spare_of(layout);
    if (layout->mirrored && label->line_count) {
        drawn->baseline = larger(drawn->baseline, label->ascent + CLEAR_OF_RULE);
        height = larger(height, ink_bottom(drawn));
    }
    struct box *box = box_new(arena, "cell", width, height);
    box->role = ROLE_CELL;
    box->draw = draw_cell;
    box->describe = describe_cell;
    box->content = drawn;
    box->text = label->text;
    return box;
}

static struct box *bar_cell(const struct sheet_layout *layout, size_t row,
                            size_t column)
{
    const struct sheet *sheet = layout->sheet;
    const struct sheet_column *about = &sheet->column[column];
    const struct sheet_cell *cell = &sheet->cell[row * sheet->column_count + column];
    const struct label *label = cell_label(layout, row, column);
    double width = layout->width[column];
    struct box *box = labelled_cell(layout, about, label, width);
    struct drawn_cell *drawn = (struct drawn_cell *)box->content;
    double length = cell->share * (width - label->width - SHEET_BAR_GAP);
    if (length > SHEET_BAR_WIDTH * cell->share)
        length = SHEET_BAR_WIDTH * cell->share;
    drawn->bar_width = length;
    drawn->bar_x = layout->mirrored ? width - length : 0;
    drawn->bar_y = layout->mirrored ? drawn->baseline - BAR_THICKNESS / 2 - 2.8
                                    : (box->height - BAR_THICKNESS) / 2;
    drawn->x =
        layout->mirrored ? width - length - SHEET_BAR_GAP : length + SHEET_BAR_GAP;
    drawn->anchor = layout->mirrored ? 1 : 0;
    drawn->bar = cell->light ? tone_light_colour(layout->context->theme, about->tone)
                             : tone_colour(layout->context->theme, about->tone);
    return box;
}

static struct box *span_cell(const struct sheet_layout *layout,
                             const struct sheet_column *column,
                             const struct sheet_cell *cell, double width)
{
    struct paragraph paragraph = {
        .span_count = cell->span_count,
        .span = cell->span,
        .align = column->align == 'c'                              ? ALIGN_CENTRE
                 : is_at_right(layout, column) != layout->mirrored ? ALIGN_END
                                                                   : ALIGN_START,
    };
    struct box *text =
        typeset_paragraph(layout->context->typesetter, &paragraph, width);
    const struct panel panel = {
        .name = "cell",
        .role = ROLE_CELL,
        .top = PITCH_SPARE / 2,
        .bottom = PITCH_SPARE / 2,
        .content = cell->span[0].style, /* for its baseline */
    };
    struct box *box = panel_box(layout->context->arena, &panel, text);
    box->text = text->text;
    return box;
}

static struct box *box_cell(const struct sheet_layout *layout,
                            const struct sheet_cell *cell, double width)
{
    const struct text_style *style = &layout->context->theme->text[TEXT_TABLE_CELL];
    double height = leading_of(layout, style) + spare_of(layout);
    struct box *box = box_new(layout->context->arena, "cell", width, height);
    box->role = ROLE_CELL;
    if (cell->box)
        box_add(layout->context->arena, box, cell->box,
                layout->mirrored ? width - cell->box->width : 0,
                (height - cell->box->height) / 2);
    return box;
}

static struct box *lay_cell(const struct sheet_layout *layout, size_t row,
                            size_t column)
{
    const struct sheet *sheet = layout->sheet;
    const struct sheet_column *about = &sheet->column[column];
    const struct sheet_cell *cell = &sheet->cell[row * sheet->column_count + column];
    double width = layout->width[column];
    if (about->kind == SHEET_BAR)
        return bar_cell(layout, row, column);
    if (cell->box || about->kind == SHEET_BOX)
        return box_cell(layout, cell, width);
    if (cell->span_count)
        return span_cell(layout, about, cell, width);
    const struct label *label = cell_label(layout, row, column);
    if (label->width <= width + 0.5)
        return labelled_cell(layout, about, label, width);
    const struct span span = {.text = cell->text,
                              .style = sheet_cell_style(layout, row, column)};
    const struct sheet_cell wrapped = {.span_count = 1, .span = &span};
    return span_cell(layout, about, &wrapped, width);
}

/* Words in Nastaliq that are wrapped stand deeper than those on one line, and Latin ones
 * higher: all begin on the deepest baseline of their row. */
static double cell_baseline(const struct sheet_layout *layout, const struct box *cell)
{
    const struct text_style *style = &layout->context->theme->text[TEXT_TABLE_CELL];
    if (cell->draw == draw_cell)
        return ((const struct drawn_cell *)cell->content)->baseline;
    if (!cell->content)
        return spare_of(layout) / 2 + leading_of(layout, style) * ARABIC_BASELINE;
    const struct box *text = cell->child[0];
    style = cell->content;
    return text->y + (text->room_above > 0
                          ? text->room_above + style->arabic_leading_pt -
                                ARABIC_BELOW * style->arabic_size_pt
                          : style->leading_pt / 2 + CAPITAL_CENTRE * style->size_pt);
}

static void level_cells(const struct sheet_layout *layout, struct box **cell)
{
    size_t count = layout->sheet->column_count;
    double deepest = 0;
    for (size_t i = 0; i < count; i++)
        deepest = larger(deepest, cell_baseline(layout, cell[i]));
    for (size_t i = 0; i < count; i++) {
        double down = deepest - cell_baseline(layout, cell[i]);
        if (cell[i]->draw == draw_cell) {
            struct drawn_cell *drawn = (struct drawn_cell *)cell[i]->content;
            drawn->baseline += down;
            drawn->bar_y += down;
            cell[i]->height = larger(cell[i]->height, ink_bottom(drawn));
            continue;
        }
        cell[i]->height += down;
        if (cell[i]->child_count)
            cell[i]->child[0]->y += down;
    }
}

struct row_rule {
    struct colour colour;
    double width;
};

static void draw_row(const struct box *box, cairo_t *cairo)
{
    const struct row_rule *rule = box->content;
    stroke_line(cairo, 0, box->height, box->width, box->height, rule->width,
                rule->colour);
}

/* The rule stands below each part of a row that is cut between pages. */
static struct box *assemble_row(const struct sheet_layout *layout, struct box **cell,
                                const struct row_rule *rule)
{
    struct arena *arena = layout->context->arena;
    if (layout->mirrored)
        level_cells(layout, cell);
    struct box *row = row_box(arena, cell, layout->width, layout->sheet->column_count,
                              layout->gap, layout->mirrored);
    row->role = ROLE_ROW;
    const struct panel panel = {
        .name = "row",
        .draw = draw_row,
        .content = arena_copy(arena, rule, sizeof *rule),
    };
    return panel_box(arena, &panel, row);
}

static struct box *head_cell(const struct sheet_layout *layout,
                             const struct sheet_column *column, double width)
{
    const struct text_style *style = &layout->context->theme->text[TEXT_TABLE_HEAD];
    const struct sheet_cell spans = {.span_count = column->head_span_count,
                                     .span = column->head_span};
    if (spans.span_count)
        return span_cell(layout, column, &spans, width + 1);
    return labelled_cell(layout, column,
                         typeset_label_in(layout->context->typesetter, column->head,
                                          style, width + 1, 0),
                         width);
}

static struct box *head_row(const struct sheet_layout *layout)
{
    const struct sheet *sheet = layout->sheet;
    const struct theme *theme = layout->context->theme;
    struct box **cell =
        ARENA_ARRAY(layout->context->arena, struct box *, sheet->column_count);
    for (size_t i = 0; i < sheet->column_count; i++) {
        cell[i] = head_cell(layout, &sheet->column[i], layout->width[i]);
        cell[i]->role = ROLE_HEAD_CELL;
    }
    const struct row_rule rule = {theme->colour[COLOUR_INK], 0.5};
    return assemble_row(layout, cell, &rule);
}

static struct row_rule rule_below(const struct sheet_layout *layout, size_t row)
{
    const struct sheet *sheet = layout->sheet;
    const struct theme *theme = layout->context->theme;
    bool ends =
        row + 1 == sheet->row_count || row + 1 == sheet->row_count - sheet->total_rows;
    if (ends)
        return (struct row_rule){theme->colour[COLOUR_INK], 0.5};
    if (row + 1 == sheet->cut_row || (sheet->is_sum && sheet->is_sum[row + 1]))
        return (struct row_rule){theme->colour[COLOUR_TERTIARY], 0.5};
    return (struct row_rule){theme->colour[COLOUR_GRIDLINE], 0.4};
}

/* A group's name over the whole width, in place of a row. */
static struct box *group_row(const struct sheet_layout *layout, struct slice name)
{
    const struct theme *theme = layout->context->theme;
    const struct span span = {.text = name, .style = &theme->text[TEXT_TABLE_STRONG]};
    const struct sheet_cell cell = {.span_count = 1, .span = &span};
    const struct sheet_column column = {.kind = SHEET_TEXT};
    const struct row_rule rule = {theme->colour[COLOUR_TERTIARY], 0.5};
    struct box *box = span_cell(layout, &column, &cell, layout->total_width);
    box->role = ROLE_HEAD_CELL;
    const struct panel panel = {
        .name = "group row",
        .role = ROLE_ROW,
        .top = GROUP_SPACE,
        .draw = draw_row,
        .content = arena_copy(layout->context->arena, &rule, sizeof rule),
    };
    return panel_box(layout->context->arena, &panel, box);
}

static struct box *sheet_row(const struct sheet_layout *layout, size_t i,
                             struct box **cell)
{
    for (size_t j = 0; j < layout->sheet->column_count; j++)
        cell[j] = lay_cell(layout, i, j);
    struct row_rule rule = rule_below(layout, i);
    return assemble_row(layout, cell, &rule);
}

/* -- Rows that are made again ---------------------------------------------------------- */

struct row_recipe {
    struct recipe recipe;
    const struct sheet_layout *layout;
    size_t row;
};

static struct box *make_row(const struct recipe *recipe, struct arena *arena,
                            bool again)
{
    const struct row_recipe *own = (const struct row_recipe *)recipe;
    struct sheet_layout layout = *own->layout;
    struct chart_context context = *layout.context;
    struct typesetter *typesetter = context.typesetter;
    const struct aside before = typesetter_lay_aside(typesetter, arena, again);
    context.arena = arena;
    layout.context = &context;
    struct box **cell = ARENA_ARRAY(arena, struct box *, layout.sheet->column_count);
    struct box *row = sheet_row(&layout, own->row, cell);
    typesetter_lay_back(typesetter, before);
    return row;
}

static bool is_kept(const struct sheet *sheet)
{
    bool has_boxes = false;
    for (size_t i = 0; i < sheet->row_count * sheet->column_count; i++)
        has_boxes = has_boxes || sheet->cell[i].box;
    return has_boxes || sheet->row_count <= SHEET_MOST_KEPT;
}

/* What recipes share outlives the sheet. */
static const struct sheet_layout *keep_layout(const struct sheet_layout *layout)
{
    struct arena *arena = layout->context->arena;
    struct sheet_layout *kept = arena_copy(arena, layout, sizeof *layout);
    kept->context = arena_copy(arena, layout->context, sizeof *layout->context);
    kept->sheet = arena_copy(arena, layout->sheet, sizeof *layout->sheet);
    return kept;
}

/* Rows and the heads of groups above them; returns how many. */
static size_t lay_rows(const struct sheet_layout *layout, struct box **row,
                       bool *keep_with_next)
{
    const struct sheet *sheet = layout->sheet;
    struct arena *arena = layout->context->arena, *aside = arena_new();
    struct box **cell = ARENA_ARRAY(arena, struct box *, sheet->column_count);
    const struct sheet_layout *kept = is_kept(sheet) ? NULL : keep_layout(layout);
    size_t count = 0;
    for (size_t i = 0; i < sheet->row_count; i++) {
        bool has_group = sheet->group && sheet->group[i].size;
        keep_with_next[count] = has_group;
        if (has_group)
            row[count++] = group_row(layout, sheet->group[i]);
        if (!kept) {
            row[count++] = sheet_row(layout, i, cell);
            continue;
        }
        struct row_recipe *recipe = ARENA_NEW(arena, struct row_recipe);
        *recipe = (struct row_recipe){{make_row}, kept, i};
        row[count++] = box_of_recipe(arena, aside, &recipe->recipe);
    }
    arena_free(aside);
    return count;
}

struct box *sheet_box(const struct chart_context *context, const struct sheet *sheet,
                      double width)
{
    struct arena *arena = context->arena;
    struct sheet_layout layout = {
        .context = context,
        .sheet = sheet,
        .total_width = width,
        .mirrored =
            typesetter_direction(context->typesetter) == DIRECTION_RIGHT_TO_LEFT,
    };
    sheet_settle_widths(&layout);
    size_t most = sheet->row_count * (sheet->group ? 2 : 1);
    struct box **row = ARENA_ARRAY(arena, struct box *, most);
    bool *keep_with_next = ARENA_ARRAY(arena, bool, most);
    size_t count = lay_rows(&layout, row, keep_with_next);
    struct box *head = sheet->has_head ? head_row(&layout) : NULL;
    const struct row_stack rows = {.name = "table",
                                   .width = width,
                                   .head_count = head ? 1 : 0,
                                   .head = &head,
                                   .row_count = count,
                                   .row = row,
                                   .keep_with_next = keep_with_next};
    struct box *box = row_stack_box(arena, &rows);
    box->role = ROLE_TABLE;
    return box;
}

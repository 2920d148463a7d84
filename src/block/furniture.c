/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of a page that come back on every page. */
#include "block/furniture.h"

#include <math.h>

struct furniture_drawing {
    const struct chart_context *context;
    const struct furniture *furniture;
    struct slice footer;
    struct slice page_number;
    struct page_size size;
    double left, right; /* x of the content's edges */
    bool mirrored, is_cover;
    const struct label *foot; /* source or footer; or NULL */
};

static double length(const struct furniture_drawing *drawing, enum length_role role)
{
    return drawing->context->theme->length[role];
}

static const struct label *text_label(const struct furniture_drawing *drawing,
                                      struct slice text, enum text_role role)
{
    return typeset_label(drawing->context->typesetter, text,
                         &drawing->context->theme->text[role]);
}

/* x of the start edge (left in English) or the end edge. */
static double edge(const struct furniture_drawing *drawing, bool at_end)
{
    return at_end != drawing->mirrored ? drawing->right : drawing->left;
}

static void draw_at(const struct furniture_drawing *drawing, cairo_t *cairo,
                    struct slice text, enum text_role role, double y, bool at_end)
{
    if (!text.size)
        return;
    label_draw(text_label(drawing, text, role), cairo, edge(drawing, at_end), y,
               at_end != drawing->mirrored ? 1 : 0);
}

static double band_height(const struct theme *theme, bool right_to_left)
{
    return theme
        ->length[right_to_left ? LENGTH_BAND_HEIGHT_ARABIC : LENGTH_BAND_HEIGHT];
}

static void draw_cover(const struct furniture_drawing *drawing, cairo_t *cairo)
{
    const struct theme *theme = drawing->context->theme;
    const struct furniture *furniture = drawing->furniture;
    bool arabic = drawing->mirrored;
    double height = band_height(theme, arabic);
    double title_y = length(drawing, arabic ? LENGTH_MASTHEAD_BASELINE_ARABIC
                                            : LENGTH_MASTHEAD_BASELINE);
    double issue_y =
        length(drawing, arabic ? LENGTH_ISSUE_BASELINE_ARABIC : LENGTH_ISSUE_BASELINE);
    double width = ceil(drawing->size.width);
    fill_rectangle(cairo, 0, 0, width, height, theme->colour[COLOUR_BAND]);
    fill_rectangle(cairo, 0, height, width, length(drawing, LENGTH_STRIP_HEIGHT),
                   theme->colour[COLOUR_STRIP]);
    draw_at(drawing, cairo, furniture->title, TEXT_MASTHEAD, title_y, false);
    draw_at(drawing, cairo, furniture->issue_line, TEXT_ISSUE_LINE, issue_y, false);
    draw_at(drawing, cairo, furniture->notice, TEXT_BAND_NOTE, title_y, true);
    draw_at(drawing, cairo, furniture->notice_detail, TEXT_BAND_SMALL, issue_y, true);
}

static void draw_running_head(const struct furniture_drawing *drawing, cairo_t *cairo)
{
    const struct theme *theme = drawing->context->theme;
    const struct furniture *furniture = drawing->furniture;
    double baseline = length(drawing, LENGTH_RUNNING_BASELINE);
    fill_rectangle(cairo, 0, 0, ceil(drawing->size.width),
                   length(drawing, LENGTH_STRIP_HEIGHT), theme->colour[COLOUR_STRIP]);
    draw_at(drawing, cairo, furniture->title, TEXT_RUNNING_TITLE, baseline, false);
    const struct label *title =
        text_label(drawing, furniture->title, TEXT_RUNNING_TITLE);
    if (furniture->issue_line.size) {
        double gap = title->width + 8;
        label_draw(text_label(drawing, furniture->issue_line, TEXT_RUNNING_HEAD), cairo,
                   drawing->mirrored ? drawing->right - gap : drawing->left + gap,
                   baseline, drawing->mirrored ? 1 : 0);
    }
    draw_at(drawing, cairo, furniture->notice, TEXT_RUNNING_NOTE, baseline, true);
    double rule = length(drawing, LENGTH_RUNNING_RULE);
    stroke_line(cairo, drawing->left, rule, drawing->right, rule, 0.75,
                theme->colour[COLOUR_INK]);
}

static void draw_foot(const struct furniture_drawing *drawing, cairo_t *cairo)
{
    const struct theme *theme = drawing->context->theme;
    const struct text_style *style = &theme->text[TEXT_SOURCE];
    double rule = drawing->size.height - length(drawing, LENGTH_FOOT_RULE);
    double bottom = rule + (drawing->mirrored ? 3.625 * style->arabic_size_pt
                                              : 3 * style->leading_pt + 0.1);
    stroke_line(cairo, drawing->left, rule, drawing->right, rule, 0.4,
                theme->colour[COLOUR_GRIDLINE]);
    double anchor = drawing->mirrored ? 1 : 0;
    /* Nastaliq stands up to 1.9 em above its baseline, and not on the rule. */
    double y =
        rule + (drawing->mirrored ? 1.75 * style->arabic_size_pt : style->leading_pt);
    if (drawing->foot)
        label_draw(drawing->foot, cairo, edge(drawing, false), y, anchor);
    draw_at(drawing, cairo, drawing->furniture->notice_line, TEXT_NOTICE, bottom,
            false);
    draw_at(drawing, cairo, drawing->page_number, TEXT_PAGE_NUMBER, bottom, true);
}

/* cairo takes one rectangle over a whole page for a new beginning, and forgets the tags
 * that were begun before: on Letter, whose sides are whole points. Two aren't taken so. */
static void fill_paper(const struct box *box, cairo_t *cairo, struct colour colour)
{
    cairo_rectangle(cairo, 0, 0, ceil(box->width), ceil(box->height / 2));
    fill_rectangle(cairo, 0, 0, ceil(box->width), ceil(box->height), colour);
}

static void draw_furniture(const struct box *box, cairo_t *cairo)
{
    const struct furniture_drawing *drawing = box->content;
    const struct theme *theme = drawing->context->theme;
    fill_paper(box, cairo, theme->colour[COLOUR_PAPER]);
    if (drawing->is_cover)
        draw_cover(drawing, cairo);
    else
        draw_running_head(drawing, cairo);
    draw_foot(drawing, cairo);
}

static void draw_note_rule(const struct box *box, cairo_t *cairo)
{
    const struct theme *theme = box->content;
    stroke_line(cairo, 0, box->height / 2, box->width, box->height / 2, 0.5,
                theme->colour[COLOUR_TERTIARY]);
}

static struct box *note_rule(const struct theme *theme, struct arena *arena)
{
    enum { HEIGHT = 4 };
    struct box *box =
        box_new(arena, "note rule", theme->length[LENGTH_NOTE_RULE], HEIGHT);
    box->role = ROLE_ARTIFACT;
    box->draw = draw_note_rule;
    box->content = theme;
    return box;
}

/* Nastaliq has its room above in its lines. */
static const double BELOW_BAND = 12, BELOW_BAND_ARABIC = 5;

struct page_geometry furniture_geometry(const struct theme *theme, struct arena *arena,
                                        struct page_size size, bool has_cover,
                                        bool right_to_left)
{
    double top = theme->length[LENGTH_RUNNING_RULE] + 16;
    double cover = band_height(theme, right_to_left) +
                   theme->length[LENGTH_STRIP_HEIGHT] +
                   (right_to_left ? BELOW_BAND_ARABIC : BELOW_BAND);
    return (struct page_geometry){
        .size = size,
        .left = theme->length[LENGTH_MARGIN_SIDE],
        .right = theme->length[LENGTH_MARGIN_SIDE],
        .first_top = has_cover ? cover : top,
        .top = top,
        .bottom = size.height - theme->length[LENGTH_FOOT_CONTENT],
        .note_space = theme->length[LENGTH_NOTE_SPACE],
        .note_gap = theme->length[LENGTH_NOTE_GAP],
        .note_rule = note_rule(theme, arena),
    };
}

/* Sets the texts, though they are drawn later: what is lost of them is told with what is
 * lost of others. */
static void set_texts(struct furniture_drawing *drawing)
{
    const struct furniture *furniture = drawing->furniture;
    const struct slice source =
        drawing->footer.size ? drawing->footer : furniture->source;
    const struct {
        struct slice text;
        enum text_role cover, running;
    } texts[] = {
        {furniture->title, TEXT_MASTHEAD, TEXT_RUNNING_TITLE},
        {furniture->issue_line, TEXT_ISSUE_LINE, TEXT_RUNNING_HEAD},
        {furniture->notice, TEXT_BAND_NOTE, TEXT_RUNNING_NOTE},
        {furniture->notice_line, TEXT_NOTICE, TEXT_NOTICE},
        {drawing->is_cover ? furniture->notice_detail : (struct slice){0},
         TEXT_BAND_SMALL, TEXT_BAND_SMALL},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text.size)
            text_label(drawing, texts[i].text,
                       drawing->is_cover ? texts[i].cover : texts[i].running);
    }
    if (!source.size)
        return;
    drawing->foot = typeset_label_in(drawing->context->typesetter, source,
                                     &drawing->context->theme->text[TEXT_SOURCE],
                                     (drawing->right - drawing->left) * 0.95,
                                     furniture->notice_line.size ? 2 : 3);
    if (!drawing->foot->is_shortened)
        return;
    struct diags *diags = drawing->context->diags;
    struct diag *diag = diags_warn(diags, (struct place){0}, "L204",
                                   "the foot of the page is shortened");
    diag_hint(diags, diag, "it has room for %d lines: a shorter `footer:` or `source:`",
              furniture->notice_line.size ? 2 : 3);
}

struct box *furniture_box(const struct block_context *context,
                          const struct furniture *furniture, const struct page *page)
{
    struct arena *arena = context->chart.arena;
    const struct theme *theme = context->chart.theme;
    struct furniture_drawing *drawing = ARENA_NEW(arena, struct furniture_drawing);
    struct text number = {.arena = arena};
    locale_number(context->chart.locale, (double)page->number, 0, &number);
    *drawing = (struct furniture_drawing){
        .context = arena_copy(arena, &context->chart, sizeof context->chart),
        .furniture = furniture,
        .page_number = text_slice(&number),
        .size = page->size,
        .left = theme->length[LENGTH_MARGIN_SIDE],
        .right = page->size.width - theme->length[LENGTH_MARGIN_SIDE],
        .mirrored =
            typesetter_direction(context->chart.typesetter) == DIRECTION_RIGHT_TO_LEFT,
        .is_cover = furniture->has_cover && page->number == 1,
    };
    if (furniture->footer)
        drawing->footer = template_text_print(furniture->footer, context->scope);
    set_texts(drawing);
    struct box *box = box_new(arena, "furniture", page->size.width, page->size.height);
    box->role = ROLE_ARTIFACT;
    box->draw = draw_furniture;
    box->content = drawing;
    return box;
}

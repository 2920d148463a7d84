/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The head of a figure (STYLE.md 4): a rule across it with a block at the start, the
 * finding as title, measure, unit, place and period as subtitle. */
#include "chart/plot.h"

#include <math.h>

enum { LONGEST_TITLE = 60 };

static const double RULE = 0.75, BLOCK_WIDTH = 22, BLOCK_HEIGHT = 2.6;
/* Nastaliq stands higher than its size: clear of the block, and as far below the rule in
 * all figures that its letters allow, so that titles beside each other stand level. */
static const double BELOW_BLOCK = 3.6, CLEAR_OF_BLOCK = 4.2, NASTALIQ_ABOVE = 1.75;
static const double BELOW_NASTALIQ = 3;
static const double TITLE_BASELINE = 15, SUBTITLE_DROP = 12.2;
const double figure_below_subtitle = 6.6;
enum { HALVINGS = 6 };

struct head {
    const struct label *title, *subtitle;
    double title_y, subtitle_y;
    struct colour ink;
    bool mirrored;
};

static void draw_head(const struct box *box, cairo_t *cairo)
{
    const struct head *head = box->content;
    double start = head->mirrored ? box->width : 0;
    double anchor = head->mirrored ? 1 : 0;
    stroke_line(cairo, 0, RULE / 2, box->width, RULE / 2, RULE, head->ink);
    fill_rectangle(cairo, head->mirrored ? box->width - BLOCK_WIDTH : 0, 0, BLOCK_WIDTH,
                   BLOCK_HEIGHT, head->ink);
    if (head->title)
        label_draw(head->title, cairo, start, head->title_y, anchor);
    if (head->subtitle)
        label_draw(head->subtitle, cairo, start, head->subtitle_y, anchor);
}

const struct label *label_balanced(const struct chart_context *context,
                                   struct slice text, enum text_role role, double width)
{
    if (!text.size)
        return NULL;
    const struct text_style *style = &context->theme->text[role];
    const struct label *label =
        typeset_label_in(context->typesetter, text, style, width, 0);
    double low = width / 2, high = width;
    for (int i = 0; i < HALVINGS && label->line_count == 2; i++) {
        double middle = (low + high) / 2;
        const struct label *narrower =
            typeset_label_in(context->typesetter, text, style, middle, 0);
        bool fits = narrower->line_count == 2 && narrower->width <= middle;
        *(fits ? &high : &low) = middle;
        if (fits)
            label = narrower;
    }
    return label;
}

/* A finding, not a paragraph (STYLE.md 4). */
static void check_length(const struct chart_context *context, struct slice title)
{
    size_t length = utf8_length(title);
    if (length <= LONGEST_TITLE || !context->diags)
        return;
    struct place at = context->at;
    at.column = 0;
    struct diag *diag =
        diags_warn(context->diags, at, "L208",
                   "the title \"%.*s\" has %zu characters, expected at most %d",
                   SLICE_PRINT(title), length, LONGEST_TITLE);
    diag_hint(context->diags, diag,
              "say the finding alone; measure, place and period are the subtitle's");
}

struct box *figure_head(const struct chart_context *context, struct slice title,
                        struct slice subtitle, double width)
{
    struct head *head = ARENA_NEW(context->arena, struct head);
    check_length(context, title);
    bool arabic = typesetter_direction(context->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    *head = (struct head){
        .title = label_balanced(context, title, TEXT_FIGURE_TITLE, width),
        .subtitle = label_balanced(context, subtitle, TEXT_SUBTITLE, width),
        .ink = context->theme->colour[COLOUR_INK],
        .mirrored = arabic,
        .title_y = TITLE_BASELINE,
    };
    if (head->title)
        head->title_y = fmax(TITLE_BASELINE, head->title->ascent + CLEAR_OF_BLOCK);
    if (head->title && arabic)
        head->title_y =
            fmax(head->title_y,
                 NASTALIQ_ABOVE * head->title->style->arabic_size_pt + BELOW_BLOCK);
    double y =
        head->title ? head->title_y + label_baselines(head->title) : BLOCK_HEIGHT;
    if (head->subtitle) {
        const struct text_style *sub = &context->theme->text[TEXT_SUBTITLE];
        head->subtitle_y =
            y + label_drop(head->title, head->subtitle, arabic ? 1 : 0,
                           arabic ? sub->arabic_leading_pt : SUBTITLE_DROP);
        y = head->subtitle_y + label_baselines(head->subtitle);
    }
    struct box *box =
        box_new(context->arena, "figure head", width,
                y + figure_below_subtitle + (arabic ? BELOW_NASTALIQ : 0));
    struct text text = {.arena = context->arena};
    text_append(&text, title);
    if (title.size && subtitle.size)
        text_append_string(&text, "\n");
    text_append(&text, subtitle);
    box->role = ROLE_CAPTION;
    box->draw = draw_head;
    box->content = head;
    box->text = text_slice(&text);
    return box;
}

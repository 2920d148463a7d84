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

/* Ink is kept so far from rules and edges. The foot in Nastaliq: its first baseline below
 * its rule and its last one, in parts of the size; of two lines that are close by nature,
 * how much of the leading they need. In Latin three lines. */
static const double CLEAR = 0.9, CLEAR_OF_PAPER = 2.5, LOWEST_BASELINE = 9;
static const double NASTALIQ_BELOW_RULE = 1.75, NASTALIQ_FOOT = 3.625;
static const double LATIN_FOOT_LINES = 3, LATIN_FOOT_SPARE = 0.1, LEAST_DROP = 0.9;
static const double TITLE_GAP = 8; /* between title and period of a running head */

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
                    const struct label *label, double y, bool at_end)
{
    if (label)
        label_draw(label, cairo, edge(drawing, at_end), y,
                   at_end != drawing->mirrored ? 1 : 0);
}

static void draw_cover(const struct furniture_drawing *drawing, cairo_t *cairo)
{
    const struct theme *theme = drawing->context->theme;
    const struct furniture *furniture = drawing->furniture;
    double height = furniture->levels.band;
    double title_y = furniture->levels.title, issue_y = furniture->levels.issue;
    double width = ceil(drawing->size.width);
    fill_rectangle(cairo, 0, 0, width, height, theme->colour[COLOUR_BAND]);
    fill_rectangle(cairo, 0, height, width, length(drawing, LENGTH_STRIP_HEIGHT),
                   theme->colour[COLOUR_STRIP]);
    draw_at(drawing, cairo, furniture->label.title, title_y, false);
    draw_at(drawing, cairo, furniture->label.issue, issue_y, false);
    draw_at(drawing, cairo, furniture->label.notice, title_y, true);
    draw_at(drawing, cairo, furniture->label.detail, issue_y, true);
}

static void draw_running_head(const struct furniture_drawing *drawing, cairo_t *cairo)
{
    const struct theme *theme = drawing->context->theme;
    const struct furniture *furniture = drawing->furniture;
    const struct furniture_labels *label = &furniture->label;
    double baseline = furniture->levels.running;
    fill_rectangle(cairo, 0, 0, ceil(drawing->size.width),
                   length(drawing, LENGTH_STRIP_HEIGHT), theme->colour[COLOUR_STRIP]);
    draw_at(drawing, cairo, label->running_title, baseline, false);
    if (label->running_issue) {
        double gap = label->running_title ? label->running_title->width + TITLE_GAP : 0;
        label_draw(label->running_issue, cairo,
                   drawing->mirrored ? drawing->right - gap : drawing->left + gap,
                   baseline, drawing->mirrored ? 1 : 0);
    }
    draw_at(drawing, cairo, label->running_notice, baseline, true);
    double rule = furniture->levels.running_rule;
    stroke_line(cairo, drawing->left, rule, drawing->right, rule, 0.75,
                theme->colour[COLOUR_INK]);
}

/* The first baseline of the source below the rule, and the last one at the foot. Nastaliq
 * stands up to 1.9 em above its baseline, and higher where its ink says so. */
static double source_baseline(const struct furniture_drawing *drawing)
{
    const struct text_style *style = &drawing->context->theme->text[TEXT_SOURCE];
    if (!drawing->mirrored)
        return style->leading_pt;
    double least = NASTALIQ_BELOW_RULE * style->arabic_size_pt;
    return drawing->foot ? fmax(least, drawing->foot->ascent + CLEAR) : least;
}

static double last_baseline(const struct furniture_drawing *drawing)
{
    const struct text_style *style = &drawing->context->theme->text[TEXT_SOURCE];
    const struct label *notice = drawing->furniture->label.notice_line;
    double first = source_baseline(drawing);
    double least = drawing->mirrored
                       ? NASTALIQ_FOOT * style->arabic_size_pt
                       : LATIN_FOOT_LINES * style->leading_pt + LATIN_FOOT_SPARE;
    double last = drawing->foot ? first + label_baselines(drawing->foot) : first;
    if (!notice)
        return drawing->foot ? fmax(least, last) : least;
    if (!drawing->foot)
        return fmax(least, drawing->mirrored ? notice->ascent + CLEAR : 0);
    if (!drawing->mirrored)
        return least;
    return fmax(least, last + label_drop(drawing->foot, notice, 1,
                                         LEAST_DROP * style->arabic_leading_pt));
}

static void draw_foot(const struct furniture_drawing *drawing, cairo_t *cairo)
{
    const struct theme *theme = drawing->context->theme;
    const struct furniture_levels *levels = &drawing->furniture->levels;
    double rule = drawing->size.height - levels->foot_rule;
    double bottom = drawing->size.height - levels->foot_bottom;
    stroke_line(cairo, drawing->left, rule, drawing->right, rule, 0.4,
                theme->colour[COLOUR_GRIDLINE]);
    if (drawing->foot)
        label_draw(drawing->foot, cairo, edge(drawing, false),
                   rule + source_baseline(drawing), drawing->mirrored ? 1 : 0);
    draw_at(drawing, cairo, drawing->furniture->label.notice_line, bottom, false);
    draw_at(drawing, cairo, text_label(drawing, drawing->page_number, TEXT_PAGE_NUMBER),
            bottom, true);
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
static const double BELOW_BAND = 12, BELOW_BAND_ARABIC = 5, BELOW_RUNNING_RULE = 16;

/* The source, or the editor's own line. */
static void set_foot(struct furniture_drawing *drawing)
{
    const struct furniture *furniture = drawing->furniture;
    const struct slice source =
        drawing->footer.size ? drawing->footer : furniture->source;
    if (source.size)
        drawing->foot = typeset_label_in(drawing->context->typesetter, source,
                                         &drawing->context->theme->text[TEXT_SOURCE],
                                         (drawing->right - drawing->left) * 0.95,
                                         furniture->notice_line.size ? 2 : 3);
}

/* A text that is wider than its room is set smaller, down to three quarters of its size,
 * then on so many lines; what is longer still ends with an ellipsis. */
static const struct label *fit(const struct furniture_drawing *drawing,
                               struct slice text, enum text_role role, double room,
                               int lines)
{
    static const double SMALLEST = 0.75;
    const struct chart_context *context = drawing->context;
    const struct text_style *style = &context->theme->text[role];
    if (!text.size)
        return NULL;
    const struct label *label = typeset_label(context->typesetter, text, style);
    if (label->width <= room)
        return label;
    double factor = fmax(SMALLEST, room / label->width * 0.99);
    struct text_style *smaller = arena_copy(context->arena, style, sizeof *style);
    smaller->size_pt *= factor;
    smaller->arabic_size_pt *= factor;
    smaller->leading_pt *= factor;
    smaller->arabic_leading_pt *= factor;
    return typeset_label_in(context->typesetter, text, smaller, room, lines);
}

/* What a text at the other end leaves of a line. */
static double room_beside(double whole, const struct label *label, double gap)
{
    return label ? whole - label->width - gap : whole;
}

/* Notices are short: they get the less of a line, and what they need not the title gets.
 * The period stands in the issue's line, which is more than the title is on later pages. */
static void set_labels(const struct furniture_drawing *drawing,
                       struct furniture_labels *label)
{
    static const double NOTICE_SHARE = 0.4, ISSUE_SHARE = 0.7, GAP = 14, NUMBER = 36;
    const struct furniture *own = drawing->furniture;
    double whole = drawing->right - drawing->left;
    label->notice = fit(drawing, own->notice, TEXT_BAND_NOTE, whole * NOTICE_SHARE, 1);
    label->detail =
        fit(drawing, own->notice_detail, TEXT_BAND_SMALL, whole * NOTICE_SHARE, 2);
    label->title = fit(drawing, own->title, TEXT_MASTHEAD,
                       room_beside(whole, label->notice, GAP), 3);
    label->issue = fit(drawing, own->issue_line, TEXT_ISSUE_LINE,
                       room_beside(whole, label->detail, GAP), 2);
    label->running_notice =
        fit(drawing, own->notice, TEXT_RUNNING_NOTE, whole * NOTICE_SHARE, 1);
    double room = room_beside(whole, label->running_notice, GAP);
    label->running_issue =
        fit(drawing, own->issue_line, TEXT_RUNNING_HEAD, room * ISSUE_SHARE, 1);
    label->running_title = fit(drawing, own->title, TEXT_RUNNING_TITLE,
                               room_beside(room, label->running_issue, TITLE_GAP), 1);
    label->notice_line = fit(drawing, own->notice_line, TEXT_NOTICE, whole - NUMBER, 1);
}

static double ink_above(const struct label *label)
{
    return label ? label->ascent : 0;
}

static double ink_below(const struct label *label)
{
    return label ? label->descent : 0;
}

/* From the first baseline of a text in the band to that of the one below it at the same
 * side. */
static double band_drop(const struct furniture_drawing *drawing,
                        const struct label *upper, const struct label *lower,
                        double drop)
{
    if (!upper)
        return drop;
    double more = label_baselines(upper);
    return lower ? more + label_drop(upper, lower, drawing->mirrored ? 1 : 0, drop)
                 : more + drop;
}

static double lines_below(const struct label *label)
{
    return label ? label_baselines(label) : 0;
}

static void settle_cover(const struct furniture_drawing *drawing,
                         struct furniture_levels *levels)
{
    const struct furniture_labels *label = &drawing->furniture->label;
    bool arabic = drawing->mirrored;
    double title = length(drawing, arabic ? LENGTH_MASTHEAD_BASELINE_ARABIC
                                          : LENGTH_MASTHEAD_BASELINE);
    double issue =
        length(drawing, arabic ? LENGTH_ISSUE_BASELINE_ARABIC : LENGTH_ISSUE_BASELINE);
    double band =
        length(drawing, arabic ? LENGTH_BAND_HEIGHT_ARABIC : LENGTH_BAND_HEIGHT);
    double above = fmax(ink_above(label->title), ink_above(label->notice));
    double drop = fmax(band_drop(drawing, label->title, label->issue, issue - title),
                       band_drop(drawing, label->notice, label->detail, issue - title));
    double below = fmax(ink_below(label->issue), ink_below(label->detail));
    double more = fmax(lines_below(label->issue), lines_below(label->detail));
    levels->title = fmax(title, above + CLEAR_OF_PAPER);
    levels->issue = levels->title + drop;
    levels->band = levels->issue + more + fmax(band - issue, below + CLEAR);
}

static void settle_running_head(const struct furniture_drawing *drawing,
                                struct furniture_levels *levels)
{
    const struct furniture_labels *own = &drawing->furniture->label;
    const struct label *const part[] = {own->running_title, own->running_issue,
                                        own->running_notice};
    double baseline = length(drawing, LENGTH_RUNNING_BASELINE);
    double rule = length(drawing, LENGTH_RUNNING_RULE) - baseline;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        baseline = fmax(baseline, length(drawing, LENGTH_STRIP_HEIGHT) + CLEAR +
                                      ink_above(part[i]));
        rule = fmax(rule, ink_below(part[i]) + CLEAR);
    }
    levels->running = baseline;
    levels->running_rule = baseline + rule;
}

/* What the foot needs more than the theme gives it, its last line goes down, while there
 * is a margin for printers; then the rule goes up. */
static void settle_foot(const struct furniture_drawing *drawing,
                        struct furniture_levels *levels)
{
    const struct text_style *style = &drawing->context->theme->text[TEXT_SOURCE];
    double rule = length(drawing, LENGTH_FOOT_RULE);
    double least = drawing->mirrored
                       ? NASTALIQ_FOOT * style->arabic_size_pt
                       : LATIN_FOOT_LINES * style->leading_pt + LATIN_FOOT_SPARE;
    double more = last_baseline(drawing) - least;
    double down = fmin(more, fmax(0, rule - least - LOWEST_BASELINE));
    levels->foot_bottom = rule - least - down;
    levels->foot_rule = rule + more - down;
}

static struct furniture_drawing drawing_of(const struct block_context *context,
                                           const struct furniture *furniture,
                                           struct page_size size)
{
    const struct theme *theme = context->chart.theme;
    return (struct furniture_drawing){
        .context = &context->chart,
        .furniture = furniture,
        .size = size,
        .left = theme->length[LENGTH_MARGIN_SIDE],
        .right = size.width - theme->length[LENGTH_MARGIN_SIDE],
        .mirrored =
            typesetter_direction(context->chart.typesetter) == DIRECTION_RIGHT_TO_LEFT,
        .footer = furniture->footer
                      ? template_text_print(furniture->footer, context->scope)
                      : (struct slice){0},
    };
}

struct page_geometry furniture_geometry(const struct block_context *context,
                                        struct furniture *furniture,
                                        struct page_size size)
{
    const struct theme *theme = context->chart.theme;
    struct furniture_drawing drawing = drawing_of(context, furniture, size);
    struct furniture_levels *levels = &furniture->levels;
    set_labels(&drawing, &furniture->label);
    set_foot(&drawing);
    settle_cover(&drawing, levels);
    settle_running_head(&drawing, levels);
    settle_foot(&drawing, levels);
    double top = levels->running_rule + BELOW_RUNNING_RULE;
    double cover = levels->band + theme->length[LENGTH_STRIP_HEIGHT] +
                   (drawing.mirrored ? BELOW_BAND_ARABIC : BELOW_BAND);
    double foot = theme->length[LENGTH_FOOT_CONTENT] - theme->length[LENGTH_FOOT_RULE];
    return (struct page_geometry){
        .size = size,
        .left = theme->length[LENGTH_MARGIN_SIDE],
        .right = theme->length[LENGTH_MARGIN_SIDE],
        .first_top = furniture->has_cover ? cover : top,
        .top = top,
        .bottom = size.height - levels->foot_rule - foot,
        .note_space = theme->length[LENGTH_NOTE_SPACE],
        .note_gap = theme->length[LENGTH_NOTE_GAP],
        .note_rule = note_rule(theme, context->chart.arena),
        .right_to_left = drawing.mirrored,
    };
}

/* A page's own foot line may stand higher than the first page's. */
static void check_foot(const struct furniture_drawing *drawing)
{
    enum { SLACK = 1 };
    const struct furniture_levels *levels = &drawing->furniture->levels;
    if (levels->foot_bottom + last_baseline(drawing) <= levels->foot_rule + SLACK)
        return;
    struct diag *diag = diags_warn(drawing->context->diags, (struct place){0}, "L204",
                                   "the foot of page %.*s is higher than page 1's",
                                   SLICE_PRINT(drawing->page_number));
    diag_hint(drawing->context->diags, diag,
              "its lines touch: as many on each page have room");
}

/* What is lost of the foot is told with what is lost of others. */
static void settle_own_foot(struct furniture_drawing *drawing)
{
    const struct furniture *furniture = drawing->furniture;
    set_foot(drawing);
    if (!drawing->foot)
        return;
    check_foot(drawing);
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
    struct furniture_drawing *drawing = ARENA_NEW(arena, struct furniture_drawing);
    struct text number = {.arena = arena};
    locale_number(context->chart.locale, (double)page->number, 0, &number);
    *drawing = drawing_of(context, furniture, page->size);
    drawing->context = arena_copy(arena, &context->chart, sizeof context->chart);
    drawing->page_number = text_slice(&number);
    drawing->is_cover = furniture->has_cover && page->number == 1;
    settle_own_foot(drawing);
    struct box *box = box_new(arena, "furniture", page->size.width, page->size.height);
    box->role = ROLE_ARTIFACT;
    box->draw = draw_furniture;
    box->content = drawing;
    return box;
}

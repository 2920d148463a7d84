/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * KPI cards and sparklines (STYLE.md 5): label, number, change and average, the last
 * half year as a small line on its own scale. */
#include "chart/chart.h"

#include <math.h>

/* -- Sparklines ---------------------------------------------------------------------------- */

struct sparkline {
    const double *value, *band_low, *band_high;
    size_t count;
    double lowest, highest; /* of the scale */
    struct colour line, band, dot, paper;
    bool provisional_last;
};

/* Of rates, which have no unit of their own: this part of the highest. */
static const double RELATIVE_SPAN = 0.2;
static const double DOT_RADIUS = 2.3, SPARKLINE_WIDTH = 0.9;

static double spark_x(const struct box *box, const struct sparkline *line, size_t i)
{
    double inset = DOT_RADIUS + 0.3;
    double steps = line->count > 1 ? (double)(line->count - 1) : 1;
    return (box->width - 2 * inset) * (double)i / steps + inset;
}

static double spark_y(const struct box *box, const struct sparkline *line, double value)
{
    double inset = DOT_RADIUS * 0.6;
    double share = (value - line->lowest) / (line->highest - line->lowest);
    return box->height - inset - share * (box->height - 2 * inset);
}

static void draw_band(const struct box *box, const struct sparkline *line,
                      cairo_t *cairo)
{
    if (!line->band_low || !line->band_high || !line->count)
        return;
    cairo_new_path(cairo);
    for (size_t i = 0; i < line->count; i++) {
        if (!isnan(line->band_high[i]))
            cairo_line_to(cairo, spark_x(box, line, i),
                          spark_y(box, line, line->band_high[i]));
    }
    for (size_t i = line->count; i-- > 0;) {
        if (!isnan(line->band_low[i]))
            cairo_line_to(cairo, spark_x(box, line, i),
                          spark_y(box, line, line->band_low[i]));
    }
    cairo_close_path(cairo);
    set_colour(cairo, line->band);
    cairo_fill(cairo);
}

static void draw_trace(const struct box *box, const struct sparkline *line,
                       cairo_t *cairo)
{
    bool drawing = false;
    cairo_new_path(cairo);
    for (size_t i = 0; i < line->count; i++) {
        if (isnan(line->value[i])) {
            drawing = false; /* a gap is a gap */
            continue;
        }
        double x = spark_x(box, line, i), y = spark_y(box, line, line->value[i]);
        if (drawing)
            cairo_line_to(cairo, x, y);
        else
            cairo_move_to(cairo, x, y);
        drawing = true;
    }
    set_colour(cairo, line->line);
    cairo_set_line_width(cairo, SPARKLINE_WIDTH);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    stroke_path(cairo);
}

static void draw_sparkline(const struct box *box, cairo_t *cairo)
{
    const struct sparkline *line = box->content;
    draw_band(box, line, cairo);
    draw_trace(box, line, cairo);
    if (!line->count || isnan(line->value[line->count - 1]))
        return;
    size_t last = line->count - 1;
    cairo_new_path(cairo);
    circle_path(cairo, spark_x(box, line, last), spark_y(box, line, line->value[last]),
                DOT_RADIUS);
    set_colour(cairo, line->provisional_last ? line->paper : line->dot);
    cairo_fill_preserve(cairo);
    set_colour(cairo, line->dot);
    cairo_set_line_width(cairo, line->provisional_last ? 1.0 : 0.01);
    if (line->provisional_last)
        stroke_path(cairo);
    cairo_new_path(cairo);
}

static void describe_sparkline(const struct box *box, struct text *out)
{
    const struct sparkline *line = box->content;
    size_t known = 0;
    double sum = 0;
    for (size_t i = 0; i < line->count; i++) {
        known += isnan(line->value[i]) ? 0 : 1;
        sum += isnan(line->value[i]) ? 0 : spark_y(box, line, line->value[i]);
    }
    text_print(out, "%zu of %zu values, scale %.6g to %.6g, sum of heights %.1f%s",
               known, line->count, line->lowest, line->highest, sum,
               line->band_low && line->band_high ? ", banded" : "");
}

static void include(struct sparkline *line, const double *value)
{
    for (size_t i = 0; value && i < line->count; i++) {
        if (isnan(value[i]))
            continue;
        line->lowest = fmin(line->lowest, value[i]);
        line->highest = fmax(line->highest, value[i]);
    }
}

/* Its own scale, but small numbers don't become mountains. */
static void settle_scale(struct sparkline *line, double narrowest)
{
    line->lowest = INFINITY;
    line->highest = -INFINITY;
    include(line, line->value);
    include(line, line->band_low);
    include(line, line->band_high);
    if (line->lowest > line->highest)
        line->lowest = line->highest = 0;
    if (!(narrowest > 0))
        narrowest =
            RELATIVE_SPAN * fmax(fabs(line->lowest), fabs(line->highest)) + 1e-9;
    double missing = narrowest - (line->highest - line->lowest);
    if (missing <= 0)
        return;
    double below = fmin(missing / 2, line->lowest > 0 ? line->lowest : 0);
    line->lowest -= below;
    line->highest += missing - below;
}

struct box *sparkline_box(const struct chart_context *context, const double *value,
                          size_t count, const double *band_low, const double *band_high,
                          enum chart_tone tone, bool provisional_last, double narrowest,
                          double width, double height)
{
    const struct theme *theme = context->theme;
    struct sparkline *line = ARENA_NEW(context->arena, struct sparkline);
    *line = (struct sparkline){
        .value = value,
        .band_low = band_low,
        .band_high = band_high,
        .count = count,
        .line = theme->colour[COLOUR_NEUTRAL],
        .band = theme->colour[COLOUR_EXPECTED],
        .dot = tone_colour(theme, tone),
        .paper = theme->colour[COLOUR_PAPER],
        .provisional_last = provisional_last,
    };
    settle_scale(line, narrowest);
    struct box *box = box_new(context->arena, "sparkline", width, height);
    box->role = ROLE_ARTIFACT;
    box->draw = draw_sparkline;
    box->describe = describe_sparkline;
    box->content = line;
    return box;
}

/* -- Cards ------------------------------------------------------------------------------------ */

enum { CARD_HEIGHT = 60, CARD_HEIGHT_ARABIC = 72 };
static const double SMALLEST_PT = 6.6;
static const double EDGE = 2.2, START = 8.4, PADDING = 8.4, TRIANGLE = 4.4;

struct drawn_card {
    const struct label *label, *number, *change, *suffix, *average, *verdict, *standing;
    struct colour edge, tint, arrow;
    int direction;
    bool mirrored;
    double label_y, number_y, foot_y;
};

static void draw_triangle(cairo_t *cairo, double x, double baseline, int direction,
                          struct colour colour)
{
    double top = baseline - TRIANGLE - 0.6, bottom = baseline - 0.6;
    double tip = direction > 0 ? top : bottom, base = direction > 0 ? bottom : top;
    cairo_new_path(cairo);
    cairo_move_to(cairo, x, base);
    cairo_line_to(cairo, x + TRIANGLE + 0.8, base);
    cairo_line_to(cairo, x + (TRIANGLE + 0.8) / 2, tip);
    cairo_close_path(cairo);
    set_colour(cairo, colour);
    cairo_fill(cairo);
}

/* Who hears a card hears one thing after the other: each text is an element of its own,
 * or "316 fewer" would be read of 31 and "6 fewer". */
static void begin_part(cairo_t *cairo, const char *tag)
{
    if (drawing_is_tagged(cairo))
        cairo_tag_begin(cairo, tag, NULL);
}

static void end_part(cairo_t *cairo, const char *tag)
{
    if (drawing_is_tagged(cairo))
        cairo_tag_end(cairo, tag);
}

static void draw_part(const struct label *label, cairo_t *cairo, double x, double y,
                      double anchor, struct colour colour)
{
    begin_part(cairo, "Span");
    label_draw_coloured(label, cairo, x, y, anchor, colour);
    end_part(cairo, "Span");
}

/* Where a label begins in reading direction, or ends at the card's other side. */
static void start_label(const struct drawn_card *card, const struct label *label,
                        cairo_t *cairo, double x, double y)
{
    draw_part(label, cairo, x, y, card->mirrored ? 1 : 0, label->style->colour);
}

static void end_label(const struct box *box, const struct label *label, cairo_t *cairo,
                      double y)
{
    const struct drawn_card *card = box->content;
    double end = card->mirrored ? PADDING : box->width - PADDING;
    draw_part(label, cairo, end, y, card->mirrored ? 0 : 1, label->style->colour);
}

/* The arrow and its number; returns where the suffix begins. */
static double draw_change(const struct drawn_card *card, cairo_t *cairo, double x)
{
    double sign = card->mirrored ? -1 : 1;
    if (!card->direction)
        return x;
    begin_part(cairo, "Private");
    draw_triangle(cairo, card->mirrored ? x - TRIANGLE - 0.8 : x, card->foot_y,
                  card->direction, card->arrow);
    end_part(cairo, "Private");
    x += sign * (TRIANGLE + 3.6);
    draw_part(card->change, cairo, x, card->foot_y, card->mirrored ? 1 : 0,
              card->arrow);
    return x + sign * (card->change->width + 3.6);
}

static void draw_foot(const struct box *box, const struct drawn_card *card,
                      cairo_t *cairo)
{
    double x = card->mirrored ? box->width - START : START;
    if (card->verdict) {
        start_label(card, card->verdict, cairo, x, card->foot_y);
    } else if (card->change) {
        x = draw_change(card, cairo, x);
        if (card->suffix)
            start_label(card, card->suffix, cairo, x, card->foot_y);
    }
    if (card->average)
        end_label(box, card->average, cairo, card->foot_y);
}

static void draw_card(const struct box *box, cairo_t *cairo)
{
    const struct drawn_card *card = box->content;
    double start = card->mirrored ? box->width - START : START;
    begin_part(cairo, "Private");
    fill_rectangle(cairo, 0, 0, box->width, box->height, card->tint);
    fill_rectangle(cairo, card->mirrored ? box->width - EDGE : 0, 0, EDGE, box->height,
                   card->edge);
    end_part(cairo, "Private");
    start_label(card, card->label, cairo, start, card->label_y);
    if (card->standing)
        end_label(box, card->standing, cairo, card->label_y);
    start_label(card, card->number, cairo, start, card->number_y);
    draw_foot(box, card, cairo);
}

static void describe_label(const struct label *label, const char *what, double y,
                           struct text *out)
{
    if (label)
        text_print(out, "%s \"%.*s\" %.1f wide at %.1f", what, SLICE_PRINT(label->text),
                   label->width, y);
}

static void describe_card(const struct box *box, struct text *out)
{
    const struct drawn_card *card = box->content;
    describe_label(card->label, "label", card->label_y, out);
    describe_label(card->standing, ", standing", card->label_y, out);
    describe_label(card->number, ", number", card->number_y, out);
    describe_label(card->verdict, ", verdict", card->foot_y, out);
    describe_label(card->change,
                   card->direction < 0   ? ", down"
                   : card->direction > 0 ? ", up"
                                         : ", change",
                   card->foot_y, out);
    describe_label(card->suffix, ", suffix", card->foot_y, out);
    describe_label(card->average, ", average", card->foot_y, out);
}

static const struct label *card_text(const struct chart_context *context,
                                     struct slice text, enum text_role role)
{
    if (!text.size)
        return NULL;
    return typeset_label(context->typesetter, text, &context->theme->text[role]);
}

/* A text too wide for its card is set smaller, down to the smallest type; a name that
 * is wider still is cut. */
static const struct label *fitted(const struct chart_context *context,
                                  struct slice text, enum text_role role, double room,
                                  double smallest_pt, unsigned *losses)
{
    const struct text_style *style = &context->theme->text[role];
    const struct label *label = typeset_label(context->typesetter, text, style);
    if (label->width <= room)
        return label;
    struct text_style *smaller = arena_copy(context->arena, style, sizeof *style);
    double factor = room / label->width;
    smaller->size_pt = fmax(style->size_pt * factor, smallest_pt);
    smaller->arabic_size_pt = fmax(style->arabic_size_pt * factor, smallest_pt);
    label = typeset_label(context->typesetter, text, smaller);
    if (label->width <= room + 0.5)
        return label;
    *losses |= CARD_LABEL_CUT;
    return typeset_label_in(context->typesetter, text, smaller, room, 1);
}

static void append_said(const struct chart_context *context, struct text *text,
                        struct slice words)
{
    if (!words.size)
        return;
    locale_phrase(context->locale, "list.comma", 1, NULL, 0, text);
    text_append(text, words);
}

static struct slice card_words(const struct chart_context *context,
                               const struct card *card)
{
    struct text text = {.arena = context->arena};
    text_print(&text, "%.*s: %.*s", SLICE_PRINT(card->label),
               SLICE_PRINT(card->number));
    if (card->verdict.size) {
        append_said(context, &text, card->verdict);
    } else if (card->change_suffix.size) {
        const char *sign = card->direction > 0   ? "+"
                           : card->direction < 0 ? "\xe2\x88\x92"
                                                 : "";
        struct slice change = card->direction ? card->change : (struct slice){0};
        append_said(context, &text,
                    slice_of(arena_print(
                        context->arena, "%s%.*s%s%.*s", sign, SLICE_PRINT(change),
                        card->direction ? " " : "", SLICE_PRINT(card->change_suffix))));
    }
    append_said(context, &text, card->average);
    append_said(context, &text, card->standing);
    return text_slice(&text);
}

static struct colour arrow_colour(const struct theme *theme, const struct card *card)
{
    if (!card->direction_is_bad)
        return tone_text_colour(theme, card->tone);
    return card->direction > 0 ? theme->colour[COLOUR_ATTACK_TEXT]
                               : theme->colour[COLOUR_SECONDARY];
}

static double label_width(const struct label *label)
{
    return label ? label->width : 0;
}

static double foot_width(const struct drawn_card *card)
{
    enum { BETWEEN = 5 };
    double change = card->verdict ? label_width(card->verdict)
                                  : TRIANGLE + 7.2 + label_width(card->change) +
                                        label_width(card->suffix);
    return change + (card->average ? BETWEEN + card->average->width : 0);
}

/* Beside the label; where the label needs the room, in the foot instead of the
 * average, and where that is too narrow, in the words only. */
static void place_standing(const struct chart_context *context, const struct card *card,
                           double inner, struct drawn_card *drawn)
{
    enum { BETWEEN = 6 };
    const struct label *standing = card_text(context, card->standing, TEXT_CARD_NOTE);
    if (!standing)
        return;
    if (drawn->label->width + BETWEEN + standing->width <= inner) {
        drawn->standing = standing;
        return;
    }
    const struct label *average = drawn->average, *suffix = drawn->suffix;
    drawn->average = standing;
    if (foot_width(drawn) > inner)
        drawn->suffix = NULL;
    if (foot_width(drawn) <= inner)
        return;
    drawn->average = average;
    drawn->suffix = suffix;
}

/* A number is never cut: where it would be small beside its sparkline it takes that
 * one's room. */
static const struct label *card_number(const struct chart_context *context,
                                       const struct card *card, double inner,
                                       struct box **sparkline, unsigned *losses)
{
    enum { BESIDE = 6, READABLE_PT = 14, SMALLEST = 3 };
    const struct text_style *style = &context->theme->text[TEXT_CARD_NUMBER];
    const struct label *label = typeset_label(context->typesetter, card->number, style);
    double beside = inner - (*sparkline ? (*sparkline)->width + BESIDE : 0);
    if (label->width * READABLE_PT > beside * style->size_pt) {
        *sparkline = NULL;
        beside = inner;
    }
    return fitted(context, card->number, TEXT_CARD_NUMBER, beside, SMALLEST, losses);
}

/* Where the foot is too narrow the suffix goes, then the average. */
static void fit_foot(double inner, struct drawn_card *drawn)
{
    if (foot_width(drawn) > inner)
        drawn->suffix = NULL;
    if (foot_width(drawn) > inner)
        drawn->average = NULL;
}

/* The average's place may be taken by the standing. */
static unsigned losses_of(const struct card *card, const struct drawn_card *drawn,
                          const struct label *average)
{
    const bool has_comparison = card->change_suffix.size && !card->verdict.size;
    const bool is_standing_below = drawn->average && drawn->average != average;
    unsigned losses = 0;
    if (has_comparison && !drawn->suffix)
        losses |= CARD_WITHOUT_SUFFIX;
    if (card->average.size && is_standing_below)
        losses |= CARD_STANDING_FOR_AVERAGE;
    else if (card->average.size && !drawn->average)
        losses |= CARD_WITHOUT_AVERAGE;
    if (card->standing.size && !drawn->standing && !is_standing_below)
        losses |= CARD_WITHOUT_STANDING;
    return losses;
}

/* Baselines from the card's top: as STYLE.md has them, lower where Nastaliq stands or
 * hangs further than most. Sparkline and number stand level. Returns the height. */
static double settle_levels(struct drawn_card *card)
{
    static const double CLEAR = 1.2;
    static const struct levels {
        double label, number, foot, height;
    } ordinary[] = {{12.6, 36.4, 52.4, CARD_HEIGHT}, {19, 44, 63, CARD_HEIGHT_ARABIC}};
    const struct levels *at = &ordinary[card->mirrored];
    const struct label *const foot[] = {card->verdict, card->change, card->suffix,
                                        card->average};
    double anchor = card->mirrored ? 1 : 0, above = card->label->ascent, below = 0;
    double drop = label_drop(card->label, card->number, anchor, at->number - at->label);
    if (card->standing)
        above = fmax(above, card->standing->ascent);
    card->label_y = fmax(at->label, above + CLEAR);
    card->number_y = card->label_y + drop;
    drop = at->foot - at->number;
    for (size_t i = 0; i < sizeof foot / sizeof *foot; i++) {
        drop = foot[i] ? fmax(drop, foot[i]->ascent + CLEAR) : drop;
        below = foot[i] ? fmax(below, foot[i]->descent + CLEAR) : below;
    }
    card->foot_y = card->number_y + drop;
    return card->foot_y + fmax(at->height - at->foot, below);
}

static void lower_card(struct box *box, const struct drawn_card *lowest, double height)
{
    struct drawn_card *card = (struct drawn_card *)box->content;
    for (size_t i = 0; i < box->child_count; i++)
        box->child[i]->y += lowest->number_y - card->number_y;
    card->label_y = lowest->label_y;
    card->number_y = lowest->number_y;
    card->foot_y = lowest->foot_y;
    box->height = height;
}

void cards_level(struct box *const *card, size_t count)
{
    struct drawn_card lowest = {0};
    double number = 0, foot = 0, rest = 0;
    for (size_t i = 0; i < count; i++) {
        const struct drawn_card *own = card[i]->content;
        lowest.label_y = fmax(lowest.label_y, own->label_y);
        number = fmax(number, own->number_y - own->label_y);
        foot = fmax(foot, own->foot_y - own->number_y);
        rest = fmax(rest, card[i]->height - own->foot_y);
    }
    lowest.number_y = lowest.label_y + number;
    lowest.foot_y = lowest.number_y + foot;
    for (size_t i = 0; i < count; i++)
        lower_card(card[i], &lowest, lowest.foot_y + rest);
}

struct box *card_box(const struct chart_context *context, const struct card *card,
                     double width, unsigned *losses)
{
    const struct theme *theme = context->theme;
    struct box *sparkline = card->sparkline;
    bool arabic = typesetter_direction(context->typesetter) == DIRECTION_RIGHT_TO_LEFT;
    double inner = width - START - PADDING;
    *losses = 0;
    struct drawn_card *drawn = ARENA_NEW(context->arena, struct drawn_card);
    *drawn = (struct drawn_card){
        .label =
            fitted(context, card->label, TEXT_CARD_LABEL, inner, SMALLEST_PT, losses),
        .number = card_number(context, card, inner, &sparkline, losses),
        .change = card_text(context, card->change, TEXT_CARD_CHANGE),
        .suffix = card_text(context, card->change_suffix, TEXT_CARD_NOTE),
        .average = card_text(context, card->average, TEXT_CARD_NOTE),
        .verdict = card_text(context, card->verdict, TEXT_CARD_NOTE),
        .edge = tone_colour(theme, card->tone),
        .tint = theme->colour[COLOUR_TINT],
        .arrow = arrow_colour(theme, card),
        .direction = card->direction,
        .mirrored = arabic,
    };
    const struct label *average = drawn->average;
    place_standing(context, card, inner, drawn);
    fit_foot(inner, drawn);
    *losses |= losses_of(card, drawn, average);
    *losses |= card->sparkline && !sparkline ? CARD_WITHOUT_SPARKLINE : 0;
    struct box *box = box_new(context->arena, "card", width, settle_levels(drawn));
    box->role = ROLE_P;
    box->draw = draw_card;
    box->describe = describe_card;
    box->content = drawn;
    box->text = card_words(context, card);
    if (sparkline)
        box_add(context->arena, box, sparkline,
                arabic ? PADDING : width - PADDING - sparkline->width,
                drawn->number_y - 17.6);
    return box;
}

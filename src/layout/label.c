/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels: short texts that charts measure and place. */
#include "layout/box.h"
#include "layout/typesetter.h"

/* How far letters reach beyond the baseline, in parts of the size; Inter's figures
 * and capitals stand within 0.73. */
static const double LATIN_ABOVE = 0.76, LATIN_BELOW = 0.24;
/* No letter is narrower on average: more text can't fit, so it isn't shaped. */
static const double NARROWEST = 0.1;

enum { MOST_LABELS = 4096 }; /* that are kept of what is laid aside or measured */

struct label_lines {
    struct label label; /* first: callers see only this */
    struct set_lines lines;
    bool is_noted; /* something is missing or shortened, … */
    size_t brief;  /* … as this brief was told */
};

static struct slice text_that_can_fit(struct slice text, const struct text_style *style,
                                      double width, int max_lines)
{
    double most = (width / (NARROWEST * style->size_pt) + 16) * max_lines;
    if (max_lines <= 0 || most >= (double)text.size)
        return text;
    text.size = most > 1 ? (size_t)most : 1;
    return text;
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Where words of two lines would touch, at whichever side the label will be anchored,
 * the lower one stands lower. */
static void part_lines(const struct set_lines *lines)
{
    for (size_t i = 1; i < lines->count; i++) {
        const struct set_line *above = &lines->line[i - 1];
        struct set_line *line = &lines->line[i];
        if (!line->has_arabic && !above->has_arabic)
            continue;
        line->leading = lines_drop(above, 0, line, 0, line->leading);
        line->leading =
            lines_drop(above, -above->width, line, -line->width, line->leading);
    }
}

static void measure_label(struct label_lines *set)
{
    struct label *label = &set->label;
    double size = label->style->size_pt;
    label->line_count = (int)set->lines.count;
    label->ascent = LATIN_ABOVE * size;
    label->descent = LATIN_BELOW * size;
    part_lines(&set->lines);
    for (size_t i = 0; i < set->lines.count; i++) {
        const struct set_line *line = &set->lines.line[i];
        label->width = larger(label->width, line->width);
        label->height += i > 0 ? line->leading : 0;
        if (!line->has_arabic || (i > 0 && i + 1 < set->lines.count))
            continue;
        struct ink ink = line_ink(line);
        if (i == 0)
            label->ascent = larger(label->ascent, ink.above);
        if (i + 1 == set->lines.count)
            label->descent = larger(label->descent, ink.below);
    }
    label->height += label->ascent + label->descent;
}

/* In own, or where labels stay (NULL). */
static struct label *lay_label(struct typesetter *typesetter,
                               const struct label_key *key, struct arena *own,
                               bool again)
{
    const struct aside before = typesetter_lay_aside(typesetter, own, again);
    struct arena *arena = typesetter_arena(typesetter);
    struct label_lines *set = ARENA_NEW(arena, struct label_lines);
    struct set_text *text = ARENA_NEW(arena, struct set_text);
    const struct told told = typesetter_told(typesetter);
    const struct text_style *style = &key->style->style;
    struct span span = {.style = style};
    span.text = text_that_can_fit(key->text, style, key->width, key->max_lines);
    set_text_of(typesetter, &span, 1, text);
    struct line_request request = {
        .text = text, .width = key->width, .max_lines = key->max_lines};
    set_lines(typesetter, &request, &set->lines);
    set->label.text = slice_copy(arena, key->text);
    set->label.style = style;
    set->label.layout = &set->lines;
    set->label.is_shortened = set->lines.is_shortened;
    if (set->lines.is_shortened)
        typesetter_note_shortened(typesetter, set->label.text);
    measure_label(set);
    set->is_noted = typesetter_told(typesetter).notes > told.notes;
    set->brief = told.brief;
    typesetter_lay_back(typesetter, before);
    return &set->label;
}

/* Another brief's label, which has yet to be told of in this one. */
static bool is_untold(const struct typesetter *typesetter, const struct label *label)
{
    const struct label_lines *set = (const struct label_lines *)label;
    return set->is_noted && set->brief != typesetter_told(typesetter).brief;
}

/* Of a label that was only measured there are no lines. */
static bool is_laid(const struct label *label)
{
    return label && label->layout;
}

/* Words that come once, as in an annex of thousands of rows, aren't worth keeping. */
static bool is_kept(const struct typesetter *typesetter, const struct label *found)
{
    return found || typesetter_labels(typesetter) < MOST_LABELS;
}

static const struct label *find_label(struct typesetter *typesetter,
                                      const struct label_key *key)
{
    const struct label *found = typesetter_find_label(typesetter, key);
    struct aside aside;
    if (typesetter_is_aside(typesetter, &aside) && !is_kept(typesetter, found))
        return lay_label(typesetter, key, aside.arena, aside.again);
    struct label **slot = typesetter_label_slot(typesetter, key);
    if (!is_laid(*slot) || is_untold(typesetter, *slot))
        *slot = lay_label(typesetter, key, NULL, false);
    return *slot;
}

const struct label *typeset_label(struct typesetter *typesetter, struct slice text,
                                  const struct text_style *style)
{
    struct label_key key = {text, typesetter_style(typesetter, style), -1, 0};
    return find_label(typesetter, &key);
}

static double measure_width(struct typesetter *typesetter, const struct label_key *key)
{
    struct arena *aside = arena_new();
    double width = lay_label(typesetter, key, aside, false)->width;
    arena_free(aside);
    return width;
}

double typeset_width(struct typesetter *typesetter, struct slice text,
                     const struct text_style *style)
{
    struct label_key key = {text, typesetter_style(typesetter, style), -1, 0};
    const struct label *found = typesetter_find_label(typesetter, &key);
    if (found)
        return found->width;
    const struct label measured = {.width = measure_width(typesetter, &key)};
    if (is_kept(typesetter, NULL))
        *typesetter_label_slot(typesetter, &key) =
            typesetter_keep_label(typesetter, &measured);
    return measured.width;
}

static bool has_one_line(const struct label *label)
{
    const struct set_lines *lines = label->layout;
    return lines->count <= 1;
}

const struct label *typeset_label_in(struct typesetter *typesetter, struct slice text,
                                     const struct text_style *style, double width,
                                     int max_lines)
{
    struct label_key key = {text, typesetter_style(typesetter, style), -1, 0};
    const struct label *whole = typesetter_find_label(typesetter, &key);
    if (is_laid(whole) && whole->width <= width && has_one_line(whole) &&
        !is_untold(typesetter, whole))
        return whole; /* which needn't be set again */
    key.width = width > 0 ? width : 0;
    key.max_lines = max_lines > 0 ? max_lines : 0;
    return find_label(typesetter, &key);
}

double label_drop(const struct label *upper, const struct label *lower, double anchor,
                  double drop)
{
    const struct set_lines *above = upper ? upper->layout : NULL;
    const struct set_lines *below = lower ? lower->layout : NULL;
    if (!above || !below || !above->count || !below->count)
        return drop;
    const struct set_line *last = &above->line[above->count - 1];
    const struct set_line *first = &below->line[0];
    return lines_drop(last, -anchor * last->width, first, -anchor * first->width, drop);
}

double label_baselines(const struct label *label)
{
    return label->height - label->ascent - label->descent;
}

/* Drawing ------------------------------------------------------------------------ */

typedef void run_fn(cairo_t *cairo, const struct set_run *run, double x, double y);

static void each_run(const struct label *label, cairo_t *cairo, double x, double y,
                     double anchor, run_fn *show)
{
    const struct set_lines *lines = label->layout;
    for (size_t i = 0; i < lines->count; i++) {
        const struct set_line *line = &lines->line[i];
        double at = x - anchor * line->width;
        y += i > 0 ? line->leading : 0;
        for (size_t j = 0; j < line->run_count; j++) {
            show(cairo, &line->run[j], at, y);
            at += line->run[j].width;
        }
    }
}

void label_draw_coloured(const struct label *label, cairo_t *cairo, double x, double y,
                         double anchor, struct colour colour)
{
    set_colour(cairo, colour);
    each_run(label, cairo, x, y, anchor, draw_run);
}

void label_draw(const struct label *label, cairo_t *cairo, double x, double y,
                double anchor)
{
    label_draw_coloured(label, cairo, x, y, anchor, label->style->colour);
}

void label_draw_space(const struct label *label, cairo_t *cairo, double x, double y,
                      double anchor)
{
    const struct set_lines *lines = label->layout;
    const struct set_line *last = lines->count ? &lines->line[lines->count - 1] : NULL;
    if (!last || !last->run_count)
        return;
    draw_space(cairo, &last->run[last->run_count - 1], x - anchor * last->width,
               y + label_baselines(label));
}

void label_draw_halo(const struct label *label, cairo_t *cairo, double x, double y,
                     double anchor, struct colour colour, struct colour halo,
                     double width)
{
    cairo_save(cairo);
    cairo_new_path(cairo);
    each_run(label, cairo, x, y, anchor, trace_run);
    set_colour(cairo, halo);
    cairo_set_line_width(cairo, 2 * width);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    stroke_path(cairo);
    cairo_restore(cairo);
    label_draw_coloured(label, cairo, x, y, anchor, colour);
}

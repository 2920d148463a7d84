/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Widths of a sheet's columns: natural ones are measured, spread or squeezed to the
 * width at hand. */
#include "block/sheet_layout.h"

#include <math.h>

/* Width of a letter in parts of its size: hardly less, and usually. */
static const double NARROW_LETTER = 0.3, ORDINARY_LETTER = 0.5;

/* Widths of a column: without wrapping, and at least. */
struct wish {
    double natural, least;
};

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Whatever would be wider than the sheet is wide enough and isn't measured. */
static bool is_long(const struct sheet_layout *layout, struct slice text,
                    const struct text_style *style, double *width)
{
    double letters = (double)utf8_length(text);
    *width = letters * style->size_pt * ORDINARY_LETTER;
    return letters * style->size_pt * NARROW_LETTER > layout->total_width;
}

static double text_width(const struct sheet_layout *layout, struct slice text,
                         const struct text_style *style)
{
    double width;
    if (is_long(layout, text, style, &width))
        return width;
    if (layout->sheet->row_count > SHEET_MOST_KEPT) /* it is laid row by row, aside */
        return typeset_width(layout->context->typesetter, text, style);
    return typeset_label(layout->context->typesetter, text, style)->width;
}

/* White space at its ends is no part of a label's width. */
static double span_width(const struct sheet_layout *layout, const struct span *span)
{
    size_t inked = slice_trim(span->text).size;
    double spaces = (double)(span->text.size - inked), width;
    if (!is_long(layout, span->text, span->style, &width))
        width = typeset_width(layout->context->typesetter, span->text, span->style);
    return width + spaces * span->style->size_pt * ORDINARY_LETTER;
}

static double spans_width(const struct sheet_layout *layout, const struct span *span,
                          size_t count)
{
    double width = count ? 1 : 0;
    for (size_t i = 0; i < count; i++)
        width += span_width(layout, &span[i]);
    return width;
}

static double natural_width(const struct sheet_layout *layout, size_t row,
                            size_t column)
{
    const struct sheet *sheet = layout->sheet;
    const struct sheet_cell *cell = &sheet->cell[row * sheet->column_count + column];
    double width = spans_width(layout, cell->span, cell->span_count);
    if (!cell->span_count)
        width = text_width(layout, cell->text, sheet_cell_style(layout, row, column));
    if (sheet->column[column].kind == SHEET_BAR)
        width += SHEET_BAR_WIDTH + SHEET_BAR_GAP;
    return width;
}

/* The word with the most letters of those seen, in its style. */
struct long_word {
    struct slice text;
    size_t letters;
    const struct text_style *style;
};

static void seek_long_word(struct slice text, const struct text_style *style,
                           struct long_word *found)
{
    struct slice word;
    while (slice_cut(&text, ' ', &word)) {
        if (word.size <= found->letters)
            continue;
        size_t letters = utf8_length(word);
        if (letters > found->letters)
            *found = (struct long_word){word, letters, style};
    }
}

static double word_width(const struct sheet_layout *layout,
                         const struct long_word *word)
{
    double width = word->letters ? text_width(layout, word->text, word->style) + 1 : 0;
    double most = layout->total_width / 3; /* an address is broken */
    return width < most ? width : most;
}

/* What a column would like to have, and what it must: its longest word, or all of its
 * longest number; of its head the longest word. */
static void measure_column(const struct sheet_layout *layout, size_t column,
                           struct wish *wish)
{
    const struct sheet *sheet = layout->sheet;
    const struct sheet_column *about = &sheet->column[column];
    const struct text_style *head = &layout->context->theme->text[TEXT_TABLE_HEAD];
    struct long_word word = {0}, head_word = {0};
    double cells = about->box_width;
    for (size_t row = 0; row < sheet->row_count; row++) {
        const struct sheet_cell *cell =
            &sheet->cell[row * sheet->column_count + column];
        cells = larger(cells, natural_width(layout, row, column));
        for (size_t i = 0; i < cell->span_count; i++)
            seek_long_word(cell->span[i].text, cell->span[i].style, &word);
        if (!cell->span_count)
            seek_long_word(cell->text, sheet_cell_style(layout, row, column), &word);
    }
    wish->natural = wish->least = cells;
    if (about->kind == SHEET_TEXT)
        wish->least = word_width(layout, &word);
    if (!sheet->has_head)
        return;
    seek_long_word(about->head, head, &head_word);
    double head_width = spans_width(layout, about->head_span, about->head_span_count);
    wish->natural = larger(wish->natural,
                           larger(head_width, text_width(layout, about->head, head)));
    wish->least = larger(wish->least, word_width(layout, &head_word));
    wish->least = wish->least < wish->natural ? wish->least : wish->natural;
}

/* Each column that isn't settled gets its part of what the settled ones leave. */
static void spread(struct sheet_layout *layout, const struct wish *wish,
                   const bool *is_settled, double room)
{
    double weights = 0;
    for (size_t i = 0; i < layout->sheet->column_count; i++) {
        if (is_settled[i])
            room -= layout->width[i];
        else
            weights += sqrt(wish[i].natural);
    }
    for (size_t i = 0; i < layout->sheet->column_count; i++) {
        if (!is_settled[i])
            layout->width[i] = weights > 0 ? room * sqrt(wish[i].natural) / weights : 0;
    }
}

/* The longer a column's texts, the wider it gets, by the root of their length: so all
 * wrap to about as many lines. One whose part is less than it must have or more than it
 * would like gets that, and the others share the rest. */
static void share_width(struct sheet_layout *layout, const struct wish *wish,
                        double room)
{
    size_t count = layout->sheet->column_count, idle = 0;
    bool *is_settled = ARENA_ARRAY(layout->context->arena, bool, count);
    for (bool seeks_narrow = true; idle < 2; seeks_narrow = !seeks_narrow) {
        spread(layout, wish, is_settled, room);
        idle++;
        for (size_t i = 0; i < count; i++) {
            double limit = seeks_narrow ? wish[i].least : wish[i].natural;
            bool is_beyond =
                seeks_narrow ? layout->width[i] < limit : layout->width[i] > limit;
            if (is_settled[i] || !is_beyond)
                continue;
            layout->width[i] = limit;
            is_settled[i] = true;
            idle = 0;
        }
    }
}

static size_t count_fitting(const struct sheet_layout *layout, const struct wish *wish)
{
    size_t fitting = 0;
    double used = -layout->gap;
    while (fitting < layout->sheet->column_count &&
           used + layout->gap + wish[fitting].least <= layout->total_width)
        used += layout->gap + wish[fitting++].least;
    return fitting;
}

static void tell_crowded(const struct sheet_layout *layout, const struct wish *wish,
                         double needed, double room)
{
    const struct chart_context *context = layout->context;
    size_t count = layout->sheet->column_count, fitting = count_fitting(layout, wish);
    struct diag *diag =
        diags_warn(context->diags, context->at, "L110",
                   count == 1 ? "the table needs %.0f points and has %.0f"
                              : "the table needs %.0f points and has %.0f; its %zu "
                                "columns run together",
                   needed, room, count);
    struct text hint = {.arena = diags_arena(context->diags)};
    if (fitting)
        text_print(&hint, "show fewer columns (the first %zu fit%s)", fitting,
                   fitting == 1 ? "s" : "");
    const char *wider = context->wider ? context->wider
                                       : "put the table between `::: landscape` and "
                                         "`::: end landscape`";
    text_print(&hint, hint.size && *wider ? ", or %s" : "%s", wider);
    diag_hint(context->diags, diag, "%.*s", SLICE_PRINT(text_slice(&hint)));
}

/* Even the longest words don't fit beside each other: they are broken. */
static void crowd(struct sheet_layout *layout, const struct wish *wish, double needed,
                  double room)
{
    tell_crowded(layout, wish, needed, room);
    for (size_t i = 0; i < layout->sheet->column_count; i++)
        layout->width[i] = wish[i].least * room / needed;
}

void sheet_settle_widths(struct sheet_layout *layout)
{
    size_t count = layout->sheet->column_count;
    struct arena *arena = layout->context->arena;
    struct wish *wish = ARENA_ARRAY(arena, struct wish, count);
    double natural = 0, least = 0, gaps = (double)(count ? count - 1 : 0);
    layout->width = ARENA_ARRAY(arena, double, count);
    for (size_t i = 0; i < count; i++) {
        measure_column(layout, i, &wish[i]);
        natural += layout->width[i] = wish[i].natural;
        least += wish[i].least;
    }
    layout->gap = gaps * SHEET_GAP > layout->total_width / 3
                      ? layout->total_width / 3 / gaps
                      : SHEET_GAP;
    double room = layout->total_width - gaps * layout->gap;
    if (natural <= room)
        layout->gap += gaps > 0 ? (room - natural) / gaps : 0;
    else if (least <= room)
        share_width(layout, wish, room);
    else
        crowd(layout, wish, least, room);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows: what all horizontal charts share. Names above or before the bars, columns of
 * numbers at the end, the note on what was left out, and how high all of it is. */
#include "chart/plot.h"

#include <math.h>

enum { MOST_ROWS = 60, MANY_ROWS = 12, VERY_MANY_ROWS = 30 };
/* Nastaliq above a bar needs a row of its own: beside it as long as it can. */
static const double WIDEST_BESIDE_ARABIC = 84;
static const double WIDEST_BESIDE = 60, NAME_GAP = 8, COLUMN_GAP = 10, BAR_GAP = 9;
static const double TIGHT_SHARE = 0.9, LOOSEST = 1.8, SLACK = 0.001;
static const double PITCH = 14.6, PITCH_MANY = 11.6, PITCH_VERY_MANY = 10.2;
static const double HEAD_BASELINE = 7.2, BELOW_HEAD = 4.4;
static const double NAME_DROP = 7.8, NAME_TO_BAR = 9.7, BELOW_BAR = 9.2;
static const double NOTE_GAP = 5, BAR_SHARE = 0.64, HALF_CAPITAL = 2.75;
static const double BASELINE = 0.75, TALLEST = 620, WIDEST_NAMES = 0.46;
/* How far the baseline runs on beside a bar, and what names keep off it and a tick. */
static const double PAST_BAR = 2.4, NAME_OFF_BAR = 2.4, NAME_OFF_INK = 0.75;
static const double NARROWEST_BARS = 10, NAME_CLEAR = 0.6, NAMES_APART = 3;

/* Names as they are measured before anything is placed. */
struct names {
    double widest, ascent, descent;
    double pitch; /* at which none touches the next */
};

/* A long name of few rows wraps: cut at the end, names that begin alike would be told
 * apart no more. */
static const struct label *wrapped_name(const struct plot *plot, size_t row,
                                        double room, size_t count)
{
    return plot_measure_in(plot, print_period(plot, row), TEXT_LABEL, room,
                           count <= MANY_ROWS ? 3 : 1);
}

/* What lines after the first add. */
static double more_lines(const struct label *label)
{
    return label->height - label->ascent - label->descent;
}

static void include_name(struct names *names, const struct label *label, double *above)
{
    double more = more_lines(label) / 2;
    names->widest = fmax(names->widest, label->width);
    names->ascent = fmax(names->ascent, label->ascent);
    names->descent = fmax(names->descent, label->height - label->ascent);
    names->pitch = fmax(names->pitch, *above + label->ascent + more + NAME_CLEAR +
                                          (more > 0 ? NAMES_APART : 0));
    *above = label->descent + more;
}

static struct names measure_names(const struct plot *plot, size_t count)
{
    struct names names = {0};
    double above = 0; /* what the name before has below the middle of its lines */
    for (size_t i = 0; i < count; i++)
        include_name(&names, plot_measure(plot, print_period(plot, i), TEXT_LABEL),
                     &above);
    return names;
}

static void wrap_names(const struct plot *plot, size_t count, double room,
                       struct names *names)
{
    double above = 0;
    if (names->widest <= room)
        return;
    *names = (struct names){0};
    for (size_t i = 0; i < count; i++)
        include_name(names, wrapped_name(plot, i, room, count), &above);
}

static double column_width(const struct plot *plot, const struct row_column *column,
                           size_t count)
{
    double width = plot_measure(plot, column->head, TEXT_AXIS)->width;
    for (size_t i = 0; i < count; i++)
        width =
            fmax(width, plot_measure(plot, column->text[i],
                                     column->is_strong ? TEXT_LABEL_STRONG : TEXT_LABEL)
                            ->width);
    return width;
}

static double columns_width(const struct plot *plot, const struct row_request *request,
                            size_t count)
{
    double width = request->column_count ? BAR_GAP - COLUMN_GAP : 0;
    for (size_t c = 0; c < request->column_count; c++)
        width += column_width(plot, &request->column[c], count) + COLUMN_GAP;
    return width;
}

/* Right-aligned from the end on, and so they stay where the figure is turned round. */
static void place_columns(struct plot *plot, const struct row_request *request,
                          const struct rows *rows)
{
    double end = plot->width;
    for (size_t c = request->column_count; c-- > 0;) {
        const struct row_column *column = &request->column[c];
        double width = column_width(plot, column, rows->count);
        double anchor = plot->flips ? 0 : 1, x = plot->flips ? end - width : end;
        enum text_role role = column->is_strong ? TEXT_LABEL_STRONG : TEXT_LABEL;
        struct label_request *head = plot_label(
            plot, column->head, column->is_strong ? TEXT_AXIS_STRONG : TEXT_AXIS, x,
            rows->head_baseline, anchor);
        head->is_fixed = true;
        head->importance = 90;
        for (size_t i = 0; i < rows->count; i++) {
            struct label_request *number =
                plot_label(plot, column->text[i], role, x,
                           row_middle(rows, i) + HALF_CAPITAL, anchor);
            number->is_fixed = true;
            number->importance = 85;
            if (!column->is_strong)
                number->colour = plot_colour(plot, COLOUR_SECONDARY);
            if (column->colour)
                number->colour = column->colour[i];
        }
        end -= width + COLUMN_GAP;
    }
}

static void place_names(struct plot *plot, const struct rows *rows, double room)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct label *label = wrapped_name(plot, i, room, rows->count);
        double baseline = row_baseline(rows, i, label);
        if (rows->names_above)
            baseline =
                row_middle(rows, i) - rows->bar_offset + fmax(NAME_DROP, label->ascent);
        struct label_request *name = plot_place(plot, label, 0, baseline, 0);
        name->is_fixed = name->is_row_name = true;
        name->importance = 88;
    }
}

static void choose_pitch(const struct row_request *request, const struct names *names,
                         struct rows *rows)
{
    rows->thickness = request->thickness;
    if (rows->names_above) {
        double drop = fmax(NAME_DROP, names->ascent);
        rows->bar_offset =
            drop + fmax(NAME_TO_BAR, names->descent + request->thickness / 2 +
                                         PAST_BAR + NAME_OFF_INK);
        rows->pitch =
            rows->bar_offset + fmax(BELOW_BAR, request->thickness / 2 + PAST_BAR +
                                                   NAME_OFF_BAR + names->ascent - drop);
        return;
    }
    if (request->pitch > 0) {
        rows->pitch = fmax(request->pitch, names->pitch);
        return;
    }
    rows->pitch = rows->count > VERY_MANY_ROWS ? PITCH_VERY_MANY
                  : rows->count > MANY_ROWS    ? PITCH_MANY
                                               : PITCH;
    rows->pitch =
        fmax(rows->pitch, request->thickness / BAR_SHARE * (rows->pitch / PITCH));
    rows->pitch = fmax(rows->pitch, names->pitch);
}

/* As near as names and marks of one row may come to the next. */
static double tightest_pitch(const struct row_request *request,
                             const struct names *names)
{
    double marks = request->pitch > 0 ? request->thickness / TIGHT_SHARE : PITCH_MANY;
    return fmax(names->pitch, marks);
}

/* A height from the template spreads the rows or draws them nearer, and may leave some
 * out. */
static void fit_height(const struct plot *plot, const struct row_request *request,
                       const struct names *names, struct rows *rows)
{
    double foot = request->foot;
    bool tight = request->pitch > 0; /* the kind left its own room between rows */
    double fixed = plot->options->height;
    double room = (fixed > 0 ? fixed : TALLEST) - rows->top - foot;
    double tightest = rows->names_above ? rows->pitch : tightest_pitch(request, names);
    double most = fmax(1, floor(room / fmin(tightest, rows->pitch) + SLACK));
    if ((double)rows->count > most)
        rows->count = (size_t)most;
    if ((fixed > 0 || room < rows->pitch * (double)rows->count) && rows->count)
        rows->pitch = fmin(room / (double)rows->count, rows->pitch * LOOSEST);
    if (!rows->names_above) {
        rows->bar_offset = rows->pitch / 2;
        rows->thickness =
            fmin(rows->thickness, rows->pitch * (tight ? TIGHT_SHARE : BAR_SHARE));
    }
}

static double left_out_sum(const struct plot *plot, size_t shown)
{
    double sum = 0;
    for (size_t s = 0; s < plot->data->series_count; s++) {
        for (size_t i = shown; i < plot->data->count; i++) {
            double value = plot->data->series[s].value[i];
            sum += isfinite(value) ? value : 0;
        }
    }
    return sum;
}

/* What isn't shown is said, and how much it comes to: of counts their sum, of changes
 * the largest. */
static struct slice left_out(const struct plot *plot, size_t shown)
{
    const struct chart_data *data = plot->data;
    size_t cut = data->count - shown;
    size_t count = cut + (data->shows_changes ? data->left_out : 0);
    if (!count)
        return (struct slice){0};
    struct text number = plot_text(plot);
    locale_number(plot->context->locale, (double)count, 0, &number);
    const struct phrase_part part[] = {
        {"count", text_slice(&number)},
        {"sum", print_number(plot, left_out_sum(plot, shown))},
        {"most", print_number(plot, data->left_out_most)}};
    plot_report_cut(plot, cut, data->count);
    bool adds_up = data->values_are_counts && !data->shares && !data->tick;
    const char *key =
        data->shows_changes && data->left_out_most > 0    ? "chart.more changes"
        : data->shows_changes && data->left_out_most == 0 ? "chart.more unchanged"
        : adds_up && !data->shows_changes                 ? "chart.more rows"
                                                          : "chart.more";
    return print_words(plot, key, (double)count, part, 3);
}

static const struct label *note_label(struct plot *plot, size_t shown)
{
    struct text text = plot_text(plot);
    plot->left_out = left_out(plot, shown);
    text_append(&text, plot->left_out);
    if (text.size && plot->data->zero_note.size)
        text_append_string(&text, "\n");
    text_append(&text, plot->data->zero_note);
    if (!text.size)
        return NULL;
    return plot_measure_in(plot, text_slice(&text), TEXT_AXIS, plot->width, 0);
}

static void place_note(struct plot *plot, const struct label *note, double top)
{
    struct label_request *request = plot_place(plot, note, 0, top + note->ascent, 0);
    request->is_fixed = true;
    request->importance = 95;
}

/* Room for bars: behind the names, before the numbers. */
static void settle_sides(struct plot *plot, const struct row_request *request,
                         const struct names *names, const struct rows *rows)
{
    plot->frame.left = rows->names_above ? 0.4 : 0;
    if (!request->names_inside && !rows->names_above)
        plot->frame.left =
            fmin(names->widest, plot->width * WIDEST_NAMES) + 0.1 + NAME_GAP;
    plot->frame.right = plot->width - columns_width(plot, request, rows->count);
    plot->frame.right = fmax(plot->frame.right, plot->frame.left + NARROWEST_BARS);
}

/* The key stands over the bars where it fits, or before them; else higher up. */
static bool settle_key(struct plot *plot, const struct row_request *request, double *x)
{
    if (!request->has_key)
        return false;
    double width = plot_key_width(plot);
    *x = fmin(plot->frame.left, plot->frame.right - width);
    if (*x >= 0)
        return true;
    plot_key(plot);
    return false;
}

static void include_letters(const struct label *label, double *ascent, double *descent)
{
    *ascent = fmax(*ascent, label->ascent);
    *descent = fmax(*descent, label->descent);
}

static void settle_head(struct plot *plot, const struct row_request *request,
                        struct rows *rows)
{
    double key_x = 0, ascent = HEAD_BASELINE, descent = 0;
    bool key_in_head = settle_key(plot, request, &key_x), has_head = key_in_head;
    for (size_t c = 0; c < request->column_count; c++) {
        struct slice head = request->column[c].head;
        has_head |= head.size > 0;
        if (head.size)
            include_letters(plot_measure(plot, head, TEXT_AXIS), &ascent, &descent);
    }
    for (size_t i = 0; i < 2; i++) {
        struct slice word = request->head_word[i];
        if (word.size)
            include_letters(plot_measure(plot, word, TEXT_AXIS), &ascent, &descent);
    }
    for (size_t s = 0; key_in_head && s < plot->data->series_count; s++)
        include_letters(
            plot_measure(plot, plot->data->series[s].label, TEXT_LABEL_STRONG), &ascent,
            &descent);
    rows->head_baseline = plot->frame.top + ascent;
    rows->top = plot->frame.top;
    if (has_head)
        rows->top = rows->head_baseline + fmax(BELOW_HEAD, descent);
    if (key_in_head)
        plot_key_line(plot, key_x, rows->head_baseline, plot->frame.right);
}

static void settle_foot(struct plot *plot, const struct row_request *request,
                        const struct rows *rows)
{
    const struct label *note = note_label(plot, rows->count);
    double bottom = rows->top + rows->pitch * (double)rows->count;
    plot->frame.top = rows->top;
    plot->frame.bottom = bottom;
    plot->height = bottom + request->foot;
    if (!note)
        return;
    double top = plot->height + NOTE_GAP - (rows->names_above ? 3 : 0);
    plot->below = top + note->height - plot->height;
    plot->height += plot->below;
    place_note(plot, note, top);
}

/* How high rows are and how many of them there is room for. */
static struct rows arrange(struct plot *plot, const struct row_request *request)
{
    struct rows rows = {.count = plot->data->count};
    if (rows.count > MOST_ROWS)
        rows.count = MOST_ROWS;
    struct names names = measure_names(plot, rows.count);
    rows.names_above =
        !request->names_inside && !request->names_beside &&
        names.widest > (plot->mirrored ? WIDEST_BESIDE_ARABIC : WIDEST_BESIDE) &&
        rows.count <= MANY_ROWS;
    wrap_names(plot, rows.count,
               rows.names_above        ? plot->width
               : request->names_inside ? request->name_room
                                       : plot->width * WIDEST_NAMES,
               &names);
    settle_sides(plot, request, &names, &rows);
    settle_head(plot, request, &rows);
    choose_pitch(request, &names, &rows);
    fit_height(plot, request, &names, &rows);
    return rows;
}

size_t rows_fit(const struct plot *plot, const struct row_request *request)
{
    struct plot probe = *plot;
    return arrange(&probe, request).count;
}

struct rows rows_lay(struct plot *plot, const struct row_request *request)
{
    struct rows rows = arrange(plot, request);
    settle_foot(plot, request, &rows);
    if (!request->names_inside)
        place_names(plot, &rows,
                    rows.names_above ? plot->width : plot->frame.left - NAME_GAP);
    place_columns(plot, request, &rows);
    return rows;
}

double row_middle(const struct rows *rows, size_t row)
{
    return rows->top + rows->pitch * (double)row + rows->bar_offset;
}

const struct label *row_name(const struct plot *plot, const struct rows *rows,
                             size_t row, double room)
{
    return wrapped_name(plot, row, room, rows->count);
}

double row_baseline(const struct rows *rows, size_t row, const struct label *name)
{
    return row_middle(rows, row) + HALF_CAPITAL - more_lines(name) / 2;
}

/* Through the bars of these rows and a little further, as far as the figure goes. */
static void add_baseline(struct plot *plot, const struct rows *rows, double x,
                         size_t first, size_t last)
{
    double reach = rows->thickness / 2 + PAST_BAR;
    plot_segment(plot, x, fmax(row_middle(rows, first) - reach, 0), x,
                 fmin(row_middle(rows, last) + reach, plot->height), BASELINE,
                 plot_colour(plot, COLOUR_INK))
        ->layer = LAYER_OVER;
}

void rows_baseline(struct plot *plot, const struct rows *rows, double x)
{
    if (rows->count && !rows->names_above)
        add_baseline(plot, rows, x, 0, rows->count - 1);
    for (size_t i = 0; rows->names_above && i < rows->count; i++)
        add_baseline(plot, rows, x, i, i);
}

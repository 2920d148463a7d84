/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Heat: two fields as a grid of coloured cells, weeks × weekdays above all. Numbers
 * stand in the cells where they fit. */
#include "chart/plot.h"

#include <math.h>

static const double CELL_GAP = 0.9, FRAME = 0.9, NAME_GAP = 7, HALF_CAPITAL = 2.75;
static const double WIDEST_NAMES = 0.36, NUMBER_PADDING = 3, NUMBER_HEIGHT = 9.4;
static const double LOWEST_CELL = 8.4, HIGHEST_CELL = 16, WIDEST_WEEK = 15;
static const double NARROWEST_NAMED = 16, NARROWEST_WEEK = 2, NOTE_GAP = 4,
                    TALLEST = 560, LOOSE = 0.9, LINES_APART = 2;
enum { MOST_NUMBERS = 600, MOST_ROWS = 60, FEW_ROWS = 16 };

struct grid {
    size_t columns, rows;
    double left, top, width, height; /* of a cell, with its gap */
    struct classes classes;
    const double *value; /* rows × columns */
    bool has_numbers;
    size_t columns_left_out, rows_left_out;
};

static const double *all_values(const struct plot *plot, size_t rows)
{
    const struct chart_data *data = plot->data;
    double *value = ARENA_ARRAY(plot->context->arena, double, rows * data->count + 1);
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < data->count; i++)
            value[row * data->count + i] = data->series[row].value[i];
    }
    return value;
}

/* Long names of few rows wrap. */
static const struct label *row_label(const struct plot *plot, size_t row, double room)
{
    int lines = plot->data->series_count <= FEW_ROWS ? 2 : 1;
    return plot_measure_in(plot, plot->data->series[row].label, TEXT_AXIS, room, lines);
}

static double more_lines(const struct label *label)
{
    return label->height - label->ascent - label->descent;
}

static double names_width(const struct plot *plot, size_t rows, double *height)
{
    double width = 0, ascent = 0, descent = 0, more = 0;
    for (size_t row = 0; row < rows; row++) {
        const struct label *label = row_label(plot, row, plot->width * WIDEST_NAMES);
        width = fmax(width, label->width);
        ascent = fmax(ascent, label->ascent);
        descent = fmax(descent, label->descent);
        more = fmax(more, more_lines(label));
    }
    *height = ascent + descent + more;
    if (more > 0)
        *height += LINES_APART;
    else if (!plot->mirrored)
        *height *= LOOSE;
    return width + 0.1;
}

static struct slice cell_text(const struct plot *plot, size_t row, size_t column)
{
    const struct chart_series *series = &plot->data->series[row];
    return print_bounded(plot, series, column,
                         print_number(plot, series->value[column]));
}

static bool numbers_fit(const struct plot *plot, const struct grid *grid)
{
    /* A calendar is read by its pattern. */
    if (plot->data->period || !plot->options->show_values ||
        grid->height < NUMBER_HEIGHT || grid->rows * grid->columns > MOST_NUMBERS)
        return false;
    double widest = 0;
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        widest = fmax(
            widest,
            plot_measure(plot, cell_text(plot, i / grid->columns, i % grid->columns),
                         TEXT_AXIS)
                ->width);
    return widest + NUMBER_PADDING <= grid->width;
}

static void name_rows(struct plot *plot, const struct grid *grid, double room)
{
    bool at_right = plot->mirrored && !plot->flips;
    for (size_t row = 0; row < grid->rows; row++) {
        const struct label *label = row_label(plot, row, room);
        double y = grid->top + grid->height * ((double)row + 0.5) + HALF_CAPITAL -
                   more_lines(label) / 2;
        struct label_request *name =
            plot_place(plot, label, at_right ? plot->width : 0, y, at_right ? 1 : 0);
        name->is_fixed = true;
        name->is_row_name = true;
        name->importance = 88;
        name->colour = plot_colour(plot, COLOUR_INK);
    }
}

static void add_cell(struct plot *plot, const struct grid *grid, size_t row,
                     size_t column)
{
    double value = grid->value[row * grid->columns + column];
    double left = grid->left + grid->width * (double)column;
    double top = grid->top + grid->height * (double)row;
    struct frame at = {left, top, left + grid->width - CELL_GAP,
                       top + grid->height - CELL_GAP};
    if (!isfinite(value)) {
        struct mark *hatch = plot_rectangle(plot, at, (struct colour){0});
        hatch->shape = MARK_HATCH;
        hatch->stroke = plot_colour(plot, COLOUR_TERTIARY);
        return;
    }
    const struct class *class = class_of(&grid->classes, value);
    plot_rectangle(plot, at, class->colour);
    if (!grid->has_numbers)
        return;
    struct label_request *number = plot_label(
        plot, cell_text(plot, row, column), TEXT_AXIS, (at.left + at.right) / 2,
        (at.top + at.bottom) / 2 + HALF_CAPITAL - 0.1, 0.5);
    number->colour = colour_on(plot, class->colour);
    number->host = (long)plot->mark_count - 1;
    number->is_fixed = true;
    number->importance = 50;
}

/* The period the brief is about. */
static void frame_last(struct plot *plot, const struct grid *grid)
{
    double half = CELL_GAP / 2, line = FRAME / 2;
    double left = grid->left + grid->width * (double)(grid->columns - 1) - half;
    struct frame at = {left + line - half, grid->top - half,
                       left + grid->width - line + half,
                       grid->top + grid->height * (double)grid->rows - half};
    struct mark *frame = plot_rectangle(plot, at, (struct colour){0});
    frame->stroke = plot_colour(plot, COLOUR_INK);
    frame->line_width = FRAME;
    frame->is_obstacle = false;
    frame->layer = LAYER_OVER;
}

static void settle_cells(struct plot *plot, struct grid *grid, double name_height)
{
    bool by_period = plot->data->period != NULL;
    grid->width = (plot->frame.right - plot->frame.left) / (double)grid->columns;
    if (by_period)
        grid->width = fmin(grid->width, WIDEST_WEEK);
    grid->height = fmin(fmin(grid->width, HIGHEST_CELL), TALLEST / (double)grid->rows);
    grid->height = fmax(LOWEST_CELL, grid->height);
    grid->height = fmax(grid->height, name_height);
    if (plot->mirrored && !plot->flips)
        plot->frame.left = plot->frame.right - grid->width * (double)grid->columns;
    plot->frame.right = plot->frame.left + grid->width * (double)grid->columns;
    grid->left = plot->frame.left;
    axis_time_above(plot);
    grid->top = plot->frame.top;
    double fixed = plot->options->height;
    if (fixed > 0)
        grid->height = fmax(LOWEST_CELL, (fixed - grid->top) / (double)grid->rows);
    plot->frame.bottom = grid->top + grid->height * (double)grid->rows;
    plot->height = plot->frame.bottom + 1;
}

/* The first of categories; of periods the latest. */
static void keep_columns(const struct plot *plot, struct chart_data *data, size_t shown)
{
    size_t skipped = data->period ? data->count - shown : 0;
    struct chart_series *series =
        arena_copy(plot->context->arena, data->series,
                   data->series_count * sizeof(struct chart_series));
    for (size_t s = 0; s < data->series_count; s++) {
        series[s].value += skipped;
        if (series[s].at_least)
            series[s].at_least += skipped;
    }
    data->series = series;
    data->count = shown;
    if (data->period)
        data->period += skipped;
    if (data->state)
        data->state += skipped;
}

/* Names need columns of some width, and a page ends somewhere; what is left out is
 * said. */
static void cut_grid(struct plot *plot, double names, struct grid *grid)
{
    size_t columns = plot->data->count, rows = plot->data->series_count;
    double most = floor((plot->width - names - NAME_GAP) / NARROWEST_NAMED);
    struct chart_data *data =
        arena_copy(plot->context->arena, plot->data, sizeof *plot->data);
    if (data->period)
        most = floor((plot->width - names - NAME_GAP) / NARROWEST_WEEK);
    size_t shown = most < 1 ? 1 : (size_t)most;
    if (columns > shown)
        keep_columns(plot, data, shown);
    if (rows > MOST_ROWS)
        data->series_count = MOST_ROWS;
    plot->data = data;
    grid->columns = data->count;
    grid->rows = data->series_count;
    grid->columns_left_out = columns - grid->columns;
    grid->rows_left_out = rows - grid->rows;
}

static void say_left_out(struct plot *plot, const char *key, const char *what,
                         size_t count)
{
    if (!count)
        return;
    struct text number = plot_text(plot);
    locale_number(plot->context->locale, (double)count, 0, &number);
    const struct phrase_part part = {"count", text_slice(&number)};
    const struct label *label =
        plot_measure_in(plot, print_words(plot, key, (double)count, &part, 1),
                        TEXT_AXIS, plot->width, 0);
    bool at_right = plot->mirrored && !plot->flips;
    struct label_request *note =
        plot_place(plot, label, at_right ? plot->width : 0,
                   plot->height + NOTE_GAP + label->ascent, at_right ? 1 : 0);
    note->is_fixed = true;
    note->importance = 95;
    plot->below = NOTE_GAP + label->height;
    plot->height += plot->below;
    if (plot->context->diags)
        diags_note(plot->context->diags, plot_at(plot), "L203",
                   "%zu %s%s left out of the figure \"%.*s\"", count, what,
                   count == 1 ? "" : "s", SLICE_PRINT(plot->options->title));
}

static void lay_heat(struct plot *plot)
{
    struct grid grid = {.rows = 0};
    double name_height = 0;
    double names = names_width(plot, plot->data->series_count, &name_height);
    cut_grid(plot, names, &grid);
    grid.value = all_values(plot, grid.rows);
    grid.classes = classes_of(plot, grid.value, grid.rows * grid.columns);
    plot->flips = plot->mirrored && !plot->data->period;
    plot_class_key(plot, &grid.classes);
    bool at_right = plot->mirrored && !plot->flips;
    plot->frame.left = at_right ? 0 : names + NAME_GAP;
    plot->frame.right = plot->width - (at_right ? names + NAME_GAP : 0);
    settle_cells(plot, &grid, name_height);
    grid.has_numbers = numbers_fit(plot, &grid);
    name_rows(plot, &grid, names);
    for (size_t row = 0; row < grid.rows; row++) {
        for (size_t column = 0; column < grid.columns; column++)
            add_cell(plot, &grid, row, column);
    }
    if (plot->data->period)
        frame_last(plot, &grid);
    say_left_out(plot, "chart.more columns", "column", grid.columns_left_out);
    say_left_out(plot, "chart.more", "row", grid.rows_left_out);
}

const struct chart_kind chart_heat = {
    .name = "heat",
    .help =
        "a grid of two fields in classes of colour: weeks and weekdays, for example",
    .needs = NEEDS_SPLIT,
    .height_pt = 120,
    .height_by_count = true,
    .lay = lay_heat,
};

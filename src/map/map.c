/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * map_lay: the passes over a map: fit the land to the paper, lay the style's marks and
 * its key, the scale bar, names; solve the labels; draw. */
#include "chart/elastic.h"
#include "map/sheet.h"

#include <math.h>

static const double MOST_HEIGHT = 330, HIGH = 1.15, NARROWEST = 60;
static const double PARENT_LINE = 0.9, UNIT_LINE = 0.4, SEAM = 0.5;
static const double HATCH_STEP = 3, HATCH_LINE = 0.4, LINE_GAP = 4, WIDE = 0.35;

/* -- Drawing ------------------------------------------------------------------------------ */

/* One path for all, so that no seam shows between neighbours; a thin line of the same
 * colour closes those that the file itself has. */
static void draw_land(const struct sheet *sheet, cairo_t *cairo)
{
    cairo_new_path(cairo);
    base_map_trace_land(sheet->base, cairo);
    set_colour(cairo, plot_colour(&sheet->plot, COLOUR_LAND));
    cairo_fill_preserve(cairo);
    cairo_set_line_width(cairo, SEAM);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    stroke_path(cairo);
}

static void draw_fills(const struct sheet *sheet, cairo_t *cairo)
{
    for (size_t i = 0; i < sheet->data->boundaries->unit_count; i++) {
        if (sheet->fill[i].alpha <= 0)
            continue;
        cairo_new_path(cairo);
        base_map_trace(sheet->base, i, cairo);
        set_colour(cairo, sheet->fill[i]);
        cairo_fill(cairo);
    }
}

/* Lines at 45 degrees over what isn't known. */
static void draw_hatch(const struct sheet *sheet, cairo_t *cairo)
{
    double high = sheet->base->height, wide = sheet->base->width;
    cairo_save(cairo);
    cairo_new_path(cairo);
    for (size_t i = 0; i < sheet->data->boundaries->unit_count; i++) {
        if (sheet->fill[i].alpha <= 0)
            base_map_trace(sheet->base, i, cairo);
    }
    cairo_clip(cairo);
    for (double x = 0; x < wide + high; x += HATCH_STEP) {
        cairo_move_to(cairo, x, 0);
        cairo_line_to(cairo, x - high, high);
    }
    set_colour(cairo, plot_colour(&sheet->plot, COLOUR_TERTIARY));
    cairo_set_line_width(cairo, HATCH_LINE);
    stroke_path(cairo);
    cairo_restore(cairo);
}

static void draw_lines(const struct base_map *map, enum border_kind kind, double width,
                       cairo_t *cairo)
{
    cairo_new_path(cairo);
    base_map_trace_borders(map, kind, cairo);
    cairo_set_line_width(cairo, width);
    stroke_path(cairo);
}

/* Cut to its frame. */
static void draw_inset(const struct sheet *sheet, cairo_t *cairo)
{
    const struct inset *inset = &sheet->inset;
    const struct frame *frame = &inset->frame;
    cairo_save(cairo);
    cairo_rectangle(cairo, frame->left, frame->top, frame->right - frame->left,
                    frame->bottom - frame->top);
    cairo_clip(cairo);
    cairo_translate(cairo, frame->left, frame->top);
    cairo_new_path(cairo);
    base_map_trace_land(inset->base, cairo);
    set_colour(cairo, plot_colour(&sheet->plot, COLOUR_LAND));
    cairo_fill(cairo);
    set_colour(cairo, plot_colour(&sheet->plot, COLOUR_PAPER));
    draw_lines(inset->base, BORDER_INNER, UNIT_LINE, cairo);
    draw_lines(inset->base, BORDER_PARENT, PARENT_LINE, cairo);
    cairo_restore(cairo);
}

/* Thousands of counties would have more border than land. */
static double unit_line(const struct base_map *map)
{
    static const double OF_SIDE = 0.06;
    size_t cells = 0, units = 0;
    for (size_t i = 0; i < map->raster.rows * map->raster.columns; i++)
        cells += map->raster.owner[i] != 0;
    for (size_t i = 0; i < map->boundaries->unit_count; i++)
        units += map->first_outline[i + 1] > map->first_outline[i];
    double area = (double)cells * map->raster.cell * map->raster.cell;
    return fmin(UNIT_LINE, OF_SIDE * sqrt(area / fmax((double)units, 1)));
}

static void draw_borders(const struct sheet *sheet, cairo_t *cairo)
{
    set_colour(cairo, plot_colour(&sheet->plot, COLOUR_PAPER));
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    bool has_provinces =
        sheet->outlines || sheet->data->boundaries->parent_field.size > 0;
    if (sheet->fill || !has_provinces)
        draw_lines(sheet->base, BORDER_INNER, unit_line(sheet->base), cairo);
    if (sheet->fill || !sheet->outlines) /* the outlines may be another file's */
        draw_lines(sheet->base, BORDER_PARENT,
                   sheet->outlines ? UNIT_LINE : PARENT_LINE, cairo);
    if (sheet->outlines) {
        draw_lines(sheet->outlines, BORDER_INNER, PARENT_LINE, cairo);
        draw_lines(sheet->outlines, BORDER_PARENT, PARENT_LINE, cairo);
    }
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

static void draw_sheet(const struct box *box, cairo_t *cairo)
{
    const struct sheet *sheet = box->content;
    cairo_save(cairo);
    cairo_translate(cairo, sheet->offset.x, sheet->offset.y);
    draw_land(sheet, cairo);
    if (sheet->fill) {
        draw_fills(sheet, cairo);
        draw_hatch(sheet, cairo);
    }
    draw_borders(sheet, cairo);
    cairo_restore(cairo);
    if (sheet->inset.base)
        draw_inset(sheet, cairo);
    for (size_t i = 0; i < sheet->plot.mark_count; i++)
        mark_draw(&sheet->plot.mark[i], cairo);
    for (size_t i = 0; i < sheet->plot.label_count; i++)
        label_request_draw(&sheet->plot, &sheet->plot.label[i], cairo);
}

static void describe_sheet(const struct box *box, struct text *out)
{
    static const char *const name[] = {"symbols", "choropleth", "points"};
    const struct sheet *sheet = box->content;
    text_print(out, "%s, %zu places, %zu dots, %zu labels, %zu dropped",
               name[sheet->options->style], sheet->data->place_count,
               sheet->data->dot_count, sheet->plot.label_count - sheet->plot.dropped,
               sheet->plot.dropped);
}

/* -- The land on the paper ------------------------------------------------------------------- */

/* Antarctica takes a sixth of the world's height, and nobody lives there. */
static bool is_antarctic(const struct boundaries *boundaries, const struct unit *unit)
{
    static const double CIRCLE = -60, WORLD = 300;
    return unit->ring_count && unit->extent.north < CIRCLE &&
           boundaries->extent.east - boundaries->extent.west > WORLD;
}

/* What has ended is drawn where the data name it, and so is Antarctica. */
static bool *drawn_units(const struct boundaries *boundaries,
                         const struct map_data *data, struct arena *arena)
{
    bool *is_drawn = ARENA_ARRAY(arena, bool, boundaries->unit_count);
    for (size_t i = 0; i < boundaries->unit_count; i++)
        is_drawn[i] = !boundaries->unit[i].has_ended &&
                      !is_antarctic(boundaries, &boundaries->unit[i]);
    for (size_t i = 0; boundaries == data->boundaries && i < data->place_count; i++)
        is_drawn[data->place[i].unit] = true;
    return is_drawn;
}

/* How far circles reach over the land's own frame. */
static struct frame overflow_of(const struct sheet *sheet)
{
    struct frame over = {0};
    for (size_t i = 0; i < sheet->symbol_count; i++) {
        const struct symbol *symbol = &sheet->symbol[i];
        struct point at = base_map_point(
            sheet->base, sheet->data->boundaries->unit[symbol->place->unit].label);
        over.left = fmax(over.left, symbol->radius + 1 - at.x);
        over.top = fmax(over.top, symbol->radius + 1 - at.y);
        over.right = fmax(over.right, at.x + symbol->radius + 1 - sheet->base->width);
        over.bottom =
            fmax(over.bottom, at.y + symbol->radius + 1 - sheet->base->height);
    }
    return over;
}

/* The block's, else the theme's where it fits, else by the land. */
static struct projection projection_of(const struct sheet *sheet)
{
    const struct theme *theme = sheet->plot.context->theme;
    struct extent extent = sheet->data->boundaries->extent;
    struct projection house;
    if (sheet->options->projection)
        return *sheet->options->projection;
    if (theme->has_albers && projection_of_house(theme->albers, extent, &house))
        return house;
    return projection_for(extent);
}

static void place_land(struct sheet *sheet)
{
    struct plot *plot = &sheet->plot;
    struct arena *arena = plot->context->arena;
    const struct boundaries *boundaries = sheet->data->boundaries;
    double most = fmin(MOST_HEIGHT, plot->width * HIGH);
    struct base_request request = {
        .boundaries = boundaries,
        .projection = projection_of(sheet),
        .is_drawn = drawn_units(boundaries, sheet->data, arena),
        .width = plot->width,
        .height = sheet->options->height > 0 ? sheet->options->height : most,
    };
    sheet->base = base_map_new(&request, arena);
    struct frame over = overflow_of(sheet);
    if (over.left + over.right + over.top + over.bottom > 0) {
        request.width -= over.left + over.right;
        request.height -= over.top + over.bottom;
        sheet->base = base_map_new(&request, arena);
        sheet->offset = (struct point){over.left, over.top};
    }
    if (plot->mirrored) /* at the line's start, but never turned round */
        sheet->offset.x = plot->width - over.right - sheet->base->width;
    double free = plot->width - sheet->base->width - over.left - over.right;
    if (free > plot->width * WIDE && !sheet->options->inset) /* keys stand beside it */
        sheet->offset.x = over.left + free / 2;
    plot->height = sheet->base->height + over.top + over.bottom;
    if (sheet->options->style != MAP_CHOROPLETH)
        base_map_dissolve(sheet->base, arena);
    if (!sheet->data->outlines)
        return;
    request.boundaries = sheet->data->outlines;
    request.is_drawn = drawn_units(request.boundaries, sheet->data, arena);
    request.onto = sheet->base;
    sheet->outlines = base_map_new(&request, arena);
}

struct slice sheet_number(const struct sheet *sheet, double number)
{
    struct text text = plot_text(&sheet->plot);
    locale_number(sheet->plot.context->locale, number, 0, &text);
    return text_slice(&text);
}

void sheet_report_drop(struct sheet *sheet, struct slice name)
{
    const struct chart_context *context = sheet->plot.context;
    sheet->plot.dropped++;
    if (context->dropped_labels)
        ++*context->dropped_labels;
    diags_note(context->diags, context->at, "L201",
               "name of \"%.*s\" left out of the map \"%.*s\": no room for it",
               SLICE_PRINT(name), SLICE_PRINT(sheet->options->title));
}

/* -- The figure -------------------------------------------------------------------------------- */

static struct sheet *sheet_new(const struct chart_context *context,
                               const struct map_options *options,
                               const struct map_data *data, double width)
{
    struct arena *arena = context->arena;
    struct sheet *sheet = ARENA_NEW(arena, struct sheet);
    struct chart_options *figure = ARENA_NEW(arena, struct chart_options);
    struct chart_data *numbers = ARENA_NEW(arena, struct chart_data);
    *figure =
        (struct chart_options){.title = options->title, .subtitle = options->subtitle};
    numbers->shares = data->shares;
    sheet->options = arena_copy(arena, options, sizeof *options);
    sheet->data = arena_copy(arena, data, sizeof *data);
    sheet->plot = (struct plot){
        .context = arena_copy(arena, context, sizeof *context),
        .options = figure,
        .data = numbers,
        .width = fmax(width, NARROWEST),
        .mirrored =
            typesetter_direction(context->typesetter) == DIRECTION_RIGHT_TO_LEFT,
    };
    return sheet;
}

static void lay_sheet(struct sheet *sheet)
{
    if (sheet->options->style != MAP_CHOROPLETH)
        symbols_measure(sheet);
    place_land(sheet);
    if (sheet->options->style == MAP_CHOROPLETH) {
        choropleth_lay(sheet);
        sheet_scale_bar(sheet);
        place_labels(sheet);
    } else {
        dots_mark(sheet);
        symbols_lay(sheet);
        dots_lay(sheet);
        if (sheet->options->inset && sheet->options->style == MAP_SYMBOLS)
            inset_lay(sheet);
        sheet_scale_bar(sheet);
        symbol_labels(sheet);
    }
    labels_solve(&sheet->plot);
    plot_join_circles(&sheet->plot);
    if (!sheet->fill)
        province_names(sheet);
}

static struct slice figure_words(const struct sheet *sheet)
{
    const struct map_options *options = sheet->options;
    struct text text = plot_text(&sheet->plot);
    const struct slice part[] = {options->title, options->subtitle, options->alt};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (text.size && part[i].size)
            text_append_string(&text, "\n");
        text_append(&text, part[i]);
    }
    const struct slice labels = label_words(&sheet->plot, text_slice(&text));
    if (labels.size)
        text_append_string(&text, "\n");
    text_append(&text, labels);
    for (size_t i = 0; i < options->line_count; i++) {
        text_append_string(&text, "\n");
        text_append(&text, options->line[i]);
    }
    return text_slice(&text);
}

static struct box *line_box(const struct sheet *sheet, struct slice line)
{
    const struct span span = {.text = line,
                              .style = plot_style(&sheet->plot, TEXT_SOURCE)};
    const struct paragraph paragraph = {
        .span_count = 1, .span = &span, .no_lone_word = true};
    struct box *box = typeset_paragraph(sheet->plot.context->typesetter, &paragraph,
                                        sheet->plot.width);
    box->role = ROLE_NONE; /* the figure's own words hold it */
    return box;
}

static struct box *lay_figure(const struct chart_context *context,
                              const struct map_options *options,
                              const struct map_data *data, double width)
{
    struct arena *arena = context->arena;
    struct sheet *sheet = sheet_new(context, options, data, width);
    lay_sheet(sheet);
    struct box *head = figure_head(context, options->title, options->subtitle, width);
    struct box *body = box_new(arena, "map", width, sheet->plot.height);
    body->draw = draw_sheet;
    body->describe = describe_sheet;
    body->content = sheet;
    struct box **line = ARENA_ARRAY(arena, struct box *, options->line_count);
    double y = head->height + body->height;
    for (size_t i = 0; i < options->line_count; i++) {
        line[i] = line_box(sheet, options->line[i]);
        y += line[i]->height + (i ? 0 : LINE_GAP);
    }
    struct box *figure = box_new(arena, "figure", width, y);
    box_add(arena, figure, head, 0, 0);
    box_add(arena, figure, body, 0, head->height);
    y = head->height + body->height + LINE_GAP;
    for (size_t i = 0; i < options->line_count; i++) {
        box_add(arena, figure, line[i], 0, y);
        y += line[i]->height;
    }
    figure->role = ROLE_FIGURE;
    figure->at = context->at;
    figure->alt = options->alt;
    figure->picture = map_picture(sheet);
    figure->text = figure_words(sheet);
    return figure;
}

static struct box *lay_at_height(const struct elastic *asked,
                                 const struct chart_context *context, double height)
{
    struct map_options *options =
        arena_copy(context->arena, asked->options, sizeof(struct map_options));
    options->height = height;
    return lay_figure(context, options, asked->data, asked->width);
}

struct box *map_lay(const struct chart_context *context,
                    const struct map_options *options, const struct map_data *data,
                    double width)
{
    const struct elastic asked = {
        .context = *context,
        .width = width,
        .least = options->height,
        .most = options->most_height,
        .lay = lay_at_height,
        .options = arena_copy(context->arena, options, sizeof *options),
        .data = arena_copy(context->arena, data, sizeof *data)};
    return options->most_height > options->height
               ? elastic_box(&asked)
               : lay_figure(context, options, data, width);
}

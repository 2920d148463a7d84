/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of the largest places: beside their circle where one of eight places is free,
 * else further off with a line to it, which the figure's label solver finds or drops. */
#include "map/sheet.h"

#include <math.h>

static const double GAP = 2.6, HALF_HEIGHT = 2.7, MARGIN = 0.8;
/* What has its place already isn't pushed out by what still looks for one. */
enum { IMPORTANT = 70, NAMED = 75, BESIDE = 100 };

static struct slice label_text(const struct sheet *sheet, const struct map_place *place)
{
    struct text text = plot_text(&sheet->plot);
    text_append(&text, place->name);
    text_append_string(&text, " ");
    text_append(&text, place->printed);
    return text_slice(&text);
}

static struct frame box_of(const struct label *label, double x, double y, double anchor)
{
    double left = x - anchor * label->width;
    return (struct frame){left, y - label->ascent, left + label->width,
                          y - label->ascent + label->height};
}

static struct frame with_margin(struct frame frame)
{
    return (struct frame){frame.left - MARGIN, frame.top, frame.right + MARGIN,
                          frame.bottom};
}

/* Off the frame of an inset on all sides. */
static struct frame grown(struct frame frame)
{
    return (struct frame){frame.left - MARGIN, frame.top - MARGIN, frame.right + MARGIN,
                          frame.bottom + MARGIN};
}

struct spot {
    double dx, dy; /* of the circle's radius: where the label touches it */
    double anchor;
};

/* Level with the circle first, right before left; then above and below. */
static const struct spot spots[] = {
    {1, 0, 0},        {-1, 0, 1},      {0.8, -0.75, 0}, {0.8, 0.75, 0},
    {-0.8, -0.75, 1}, {-0.8, 0.75, 1}, {0, -1, 0.5},    {0, 1, 0.5},
};

static bool is_inside(struct frame box, const struct frame *room)
{
    return box.left >= room->left && box.right <= room->right && box.top >= room->top &&
           box.bottom <= room->bottom;
}

struct labelling {
    struct sheet *sheet;
    const struct symbol *symbol;
    const struct frame *room; /* the inset that it must not leave, or NULL */
    int importance;
};

static bool try_spot(const struct labelling *labelling, const struct label *label,
                     const struct spot *spot)
{
    struct sheet *sheet = labelling->sheet;
    const struct symbol *symbol = labelling->symbol;
    double way = symbol->radius + GAP, half = label->height / 2;
    double x = symbol->centre.x + spot->dx * way;
    double middle =
        symbol->centre.y + spot->dy * (spot->anchor == 0.5 ? way + half : way + 2);
    double y = middle - half + label->ascent;
    struct frame box = box_of(label, x, y, spot->anchor);
    if (!sheet_is_free(sheet, with_margin(box), true) ||
        (labelling->room && !is_inside(grown(box), labelling->room)))
        return false;
    struct label_request *request = plot_place(&sheet->plot, label, x, y, spot->anchor);
    request->reach = 0;
    request->has_halo = true;
    request->importance = BESIDE + labelling->importance;
    request->host = labelling->room ? sheet->inset.mark : NO_HOST;
    sheet_take(sheet, box);
    return true;
}

static bool try_spots(const struct labelling *labelling, const struct label *label)
{
    for (size_t i = 0; i < sizeof spots / sizeof *spots; i++) {
        if (try_spot(labelling, label, &spots[i]))
            return true;
    }
    return false;
}

/* Further off, with a line. */
static void label_afar(struct sheet *sheet, const struct label *label,
                       struct point target, double radius, int importance)
{
    struct label_request *request =
        plot_place(&sheet->plot, label, target.x, target.y, 0.5);
    request->has_leader = request->has_halo = true;
    request->target = target;
    request->target_radius = radius;
    request->importance = importance;
}

/* In an inset there is no room for lines: two rows, or the name stands on the map. */
static bool label_symbol(const struct labelling *labelling)
{
    struct sheet *sheet = labelling->sheet;
    const struct plot *plot = &sheet->plot;
    const struct symbol *symbol = labelling->symbol;
    struct slice text = label_text(sheet, symbol->place);
    const struct label *label = plot_measure(plot, text, TEXT_AXIS_STRONG);
    if (try_spots(labelling, label))
        return true;
    if (labelling->room)
        return try_spots(labelling, plot_measure_in(plot, text, TEXT_AXIS_STRONG,
                                                    label->width * 0.7, 2));
    label_afar(sheet, label, symbol->centre, symbol->radius, labelling->importance);
    return true;
}

static bool is_labelled(const struct sheet *sheet, size_t rank)
{
    const struct symbol *symbol = &sheet->symbol[rank];
    return rank < sheet->options->label_count || symbol->place->is_named;
}

static size_t rank_of(const struct sheet *sheet, const struct map_place *place)
{
    size_t rank = 0;
    while (sheet->symbol[rank].place != place)
        rank++;
    return rank;
}

static int importance_of(const struct map_place *place, size_t rank)
{
    return place->is_named ? NAMED : IMPORTANT - (int)rank;
}

void symbol_labels(struct sheet *sheet)
{
    bool *is_done =
        ARENA_ARRAY(sheet->plot.context->arena, bool, sheet->symbol_count + 1);
    for (size_t i = 0; i < sheet->inset.symbol_count; i++) {
        const struct symbol *symbol = &sheet->inset.symbol[i];
        size_t rank = rank_of(sheet, symbol->place);
        if (is_labelled(sheet, rank))
            is_done[rank] =
                label_symbol(&(struct labelling){sheet, symbol, &sheet->inset.frame,
                                                 importance_of(symbol->place, rank)});
    }
    inset_close(sheet);
    for (size_t i = 0; i < sheet->symbol_count; i++) {
        const struct symbol *symbol = &sheet->symbol[i];
        if (is_labelled(sheet, i) && !is_done[i])
            label_symbol(&(struct labelling){sheet, symbol, NULL,
                                             importance_of(symbol->place, i)});
    }
}

/* -- On shapes -------------------------------------------------------------------------- */

static bool lies_in_unit(const struct sheet *sheet, struct frame box, size_t unit)
{
    const struct raster *raster = &sheet->base->raster;
    for (double x = box.left; x <= box.right; x += 2) {
        if (raster_at(raster, x - sheet->offset.x, box.top - sheet->offset.y) !=
                unit + 1 ||
            raster_at(raster, x - sheet->offset.x, box.bottom - sheet->offset.y) !=
                unit + 1)
            return false;
    }
    return true;
}

static void label_shape(struct sheet *sheet, const struct map_place *place,
                        int importance)
{
    struct plot *plot = &sheet->plot;
    struct slice text = label_text(sheet, place);
    const struct label *label = plot_measure(plot, text, TEXT_AXIS_STRONG);
    struct point centre =
        sheet_point(sheet, sheet->data->boundaries->unit[place->unit].label);
    struct frame box = box_of(label, centre.x, centre.y + HALF_HEIGHT, 0.5);
    if (!lies_in_unit(sheet, box, place->unit) || !sheet_is_free(sheet, box, true)) {
        label_afar(sheet, label, centre, 0, importance);
        return;
    }
    struct label_request *request =
        plot_place(plot, label, centre.x, centre.y + HALF_HEIGHT, 0.5);
    request->reach = 0;
    request->importance = BESIDE + importance;
    request->colour = colour_on(plot, sheet->fill[place->unit]);
    sheet_take(sheet, box);
}

static const struct map_place *next_largest(const struct map_data *data,
                                            const bool *is_done)
{
    const struct map_place *best = NULL;
    for (size_t i = 0; i < data->place_count; i++) {
        const struct map_place *place = &data->place[i];
        if (is_done[i] || !isfinite(place->value))
            continue;
        if (!best || place->value > best->value)
            best = place;
    }
    return best;
}

void place_labels(struct sheet *sheet)
{
    const struct map_data *data = sheet->data;
    bool *is_done = ARENA_ARRAY(sheet->plot.context->arena, bool, data->place_count);
    for (size_t i = 0; i < sheet->options->label_count; i++) {
        const struct map_place *place = next_largest(data, is_done);
        if (!place || !(place->value > 0))
            break;
        is_done[place - data->place] = true;
        label_shape(sheet, place, IMPORTANT - (int)i);
    }
    for (size_t i = 0; i < data->place_count; i++) {
        if (data->place[i].is_named && !is_done[i])
            label_shape(sheet, &data->place[i], NAMED);
    }
}

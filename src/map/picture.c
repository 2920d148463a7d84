/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A map on its own: laid again to fill a frame, and its places with their values. */
#include "map/sheet.h"

#include <math.h>

/* First: the layout knows only this. */
struct map_picture {
    struct picture picture;
    const struct sheet *sheet;
};

enum { TRIES = 3 };
static const double LOWEST_MAP = 60, FIRST_REST = 60, CLOSE = 0.5;

static struct box *lay_again(const struct sheet *sheet, double width, double height)
{
    struct chart_context context = *sheet->plot.context;
    struct map_options options = *sheet->options;
    size_t dropped = 0;
    context.dropped_labels = &dropped;
    context.diags = diags_new(context.arena);
    options.height = height;
    options.most_height = 0;
    return map_lay(&context, &options, sheet->data, width);
}

static struct box *lay_picture(const struct picture *picture, double width,
                               double height)
{
    const struct sheet *sheet = ((const struct map_picture *)picture)->sheet;
    double tall = fmax(LOWEST_MAP, height - FIRST_REST);
    struct box *box = lay_again(sheet, width, tall);
    for (int i = 1; i < TRIES && fabs(height - box->height) > CLOSE; i++) {
        tall = fmax(LOWEST_MAP, tall + height - box->height);
        box = lay_again(sheet, width, tall);
    }
    return box->height > height + CLOSE
               ? box_scaled(sheet->plot.context->arena, box, height)
               : box;
}

/* Exact places have coordinates instead of a name. */
static void write_csv(const struct picture *picture, struct text *out)
{
    const struct map_data *data = ((const struct map_picture *)picture)->sheet->data;
    text_append_string(out, "place,");
    append_csv_word(out, data->measure.size ? data->measure : slice_of("value"));
    text_append_string(out, data->dot_count ? ",lon,lat\r\n" : "\r\n");
    for (size_t i = 0; i < data->place_count; i++) {
        append_csv_word(out, data->place[i].name);
        append_csv_limit(out, data->place[i].value, data->place[i].is_limit);
        text_append_string(out, data->dot_count ? ",,\r\n" : "\r\n");
    }
    for (size_t i = 0; i < data->dot_count; i++) {
        text_append_string(out, ",1");
        append_csv_number(out, data->dot[i].lon);
        append_csv_number(out, data->dot[i].lat);
        text_append_string(out, "\r\n");
    }
}

const struct picture *map_picture(const struct sheet *sheet)
{
    struct map_picture *own = ARENA_NEW(sheet->plot.context->arena, struct map_picture);
    *own = (struct map_picture){.picture = {.lay = lay_picture,
                                            .write_csv = write_csv,
                                            .plot_height = sheet->options->height,
                                            .dropped_labels = sheet->plot.dropped},
                                .sheet = sheet};
    return &own->picture;
}

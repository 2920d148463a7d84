/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A map in the making: the base map, and over it a plot's marks and labels. The styles
 * add theirs; furniture finds its corners; labels are solved once at the end. */
#ifndef SITREP_MAP_SHEET_H
#define SITREP_MAP_SHEET_H

#include "map/base_map.h"
#include "map/map.h"

struct symbol {
    const struct map_place *place;
    struct point centre;
    double radius;
    long mark; /* in the plot */
};

struct inset {                  /* of the crowded part; base NULL = none */
    struct frame frame, window; /* on the paper: of the inset, and of what it shows */
    struct base_map *base;
    long mark; /* its frame */
    size_t symbol_count;
    struct symbol *symbol;
};

struct sheet {
    struct plot plot;
    const struct map_options *options;
    const struct map_data *data;
    struct base_map *base, *outlines; /* outlines: NULL = none */
    struct point offset;              /* of the base map on the paper */
    size_t symbol_count;
    struct symbol *symbol; /* largest first */
    struct raster dots;    /* where dots are */
    struct inset inset;
    /* by unit, of a choropleth; else NULL */
    const struct colour *fill; /* alpha 0 = hatched: nothing is known */
    size_t taken_count, taken_capacity;
    struct frame *taken; /* by keys and labels */
};

struct point sheet_point(const struct sheet *sheet, struct degrees at);
/* True when nothing stands in the frame: no land (unless over_land), symbol, dot,
 * key, label; and it lies inside of the paper. */
bool sheet_is_free(const struct sheet *sheet, struct frame frame, bool over_land);
void sheet_take(struct sheet *sheet, struct frame frame);
/* A name that the label solver wasn't even asked to place is counted and noted too. */
void sheet_report_drop(struct sheet *sheet, struct slice name);

/* A number that isn't of the measure, which may be printed as a share. */
struct slice sheet_number(const struct sheet *sheet, double number);

/* corner.c: a free place at the edge for something of this size, taken from then on.
 * sheet_corner: below the map when there is none, which then grows. */
enum corner { BOTTOM_RIGHT, BOTTOM_LEFT, TOP_LEFT, TOP_RIGHT };
bool sheet_find_corner(struct sheet *sheet, double width, double height,
                       enum corner first, struct frame *out);
struct frame sheet_corner(struct sheet *sheet, double width, double height,
                          enum corner first);
void sheet_scale_bar(struct sheet *sheet);

/* symbols.c */
void symbols_measure(struct sheet *sheet); /* radii, before the base map is placed */
void symbols_lay(struct sheet *sheet);
void dots_mark(struct sheet *sheet); /* before anything looks for room */
void dots_lay(struct sheet *sheet);
/* inset.c: once symbols are laid; closed once the names in it are placed */
void inset_lay(struct sheet *sheet);
void inset_close(struct sheet *sheet);
/* picture.c: how the map stands alone */
const struct picture *map_picture(const struct sheet *sheet);
/* choropleth.c */
void choropleth_lay(struct sheet *sheet);
/* beside.c */
void symbol_labels(struct sheet *sheet);
void place_labels(struct sheet *sheet);
/* names.c */
void province_names(struct sheet *sheet); /* once the labels are solved */

#endif

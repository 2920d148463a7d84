/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A map as a figure (STYLE.md 5 and 6): circles for counts, classes of colour for
 * rates, dots for exact places. Never mirrored, never of raw counts in colour. Names
 * are joined to shapes before (join.h); where a record's point and its named district
 * disagree, the name has won. */
#ifndef SITREP_MAP_MAP_H
#define SITREP_MAP_MAP_H

#include "chart/chart.h"
#include "map/boundary.h"
#include "map/breaks.h"
#include "map/projection.h"

enum map_style { MAP_SYMBOLS, MAP_CHOROPLETH, MAP_POINTS };

struct map_place { /* a shape with a number */
    size_t unit;
    struct slice name, printed;
    struct slice
        word; /* the name as in the data: equal numbers go by it in every language */
    double value;  /* NAN = unknown */
    bool is_limit; /* "40+" went in */
    bool is_named; /* the editor wants its label */
};

struct map_data {
    const struct boundaries *boundaries;
    const struct boundaries *outlines; /* provinces over districts, or NULL */
    size_t place_count;
    const struct map_place *place; /* each unit at most once */
    size_t dot_count;
    const struct degrees *dot; /* exact places */
    struct slice measure;      /* "Attacks", over the key */
    struct slice units;        /* "District": over the counts of a key */
    enum chart_tone tone;
    bool shares; /* values are 0 to 1 */
};

struct map_options {
    enum map_style style;
    const struct projection *projection; /* NULL: by the extent */
    struct slice title, subtitle, alt;
    size_t line_count;
    const struct slice *line; /* below the map: note, source, boundaries, disclaimer */
    double height;            /* of the map at most; 0 = by the width */
    double most_height;       /* above height: as much of it as the page leaves */
    bool inset;               /* the crowded part of a map of symbols, larger */
    size_t label_count;       /* of the largest places, beside those that are named */
    enum break_rule breaks;
    size_t class_count;
    const double *limit; /* of BREAKS_GIVEN: class_count - 1 */
};

/* A figure of the given width (ROLE_FIGURE, with alt and text). Labels that find no
 * room are dropped, counted and noted (L201), province names among them. */
struct box *map_lay(const struct chart_context *context,
                    const struct map_options *options, const struct map_data *data,
                    double width);

#endif

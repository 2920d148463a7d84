/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boundaries: the shapes of districts, provinces or countries, from a file that the
 * publisher of the brief supplies: GeoJSON, TopoJSON or an ESRI shapefile. sitrep
 * brings none of its own.
 * Life: boundaries_open (once an edition) … read by any number of maps … the arena's.
 *
 * The file may hold any bytes: it ends in boundaries or in a diagnostic F3xx. */
#ifndef SITREP_MAP_BOUNDARY_H
#define SITREP_MAP_BOUNDARY_H

#include "base/diag.h"

/* WGS 84. Latitudes from -90 to 90. Longitudes from -180 to 180; those of boundaries
 * run on beyond where land crosses the date line, so that it stays in one piece. */
struct degrees {
    double lon, lat;
};

struct extent { /* empty: west > east */
    double west, south, east, north;
};

/* A closed line, its first point not repeated. Outer rings run counter-clockwise,
 * holes clockwise, whatever the file has. */
struct ring {
    size_t first, count; /* in points */
    bool is_hole;
    struct extent extent;
};

struct slices {
    size_t count;
    const struct slice *item;
};

struct property { /* of a unit, as the file has it; several values joined by '|' */
    struct slice key, value;
};

struct unit {
    struct slice name;     /* its code when the file has no names */
    struct slice parent;   /* a district's province; may be empty */
    struct slices code;    /* identifiers, each of one unit only */
    struct slices variant; /* other names; may stand for several units */
    bool has_ended;        /* a province of the past: drawn only where data name it */
    size_t first_ring, ring_count; /* none: the file has no shape for it */
    struct extent extent;
    struct degrees label; /* a place inside it */
    size_t first_property, property_count;
};

struct boundaries {
    const char *file;
    struct slice name_field, parent_field; /* parent_field may be empty */
    struct slice layer;                    /* of a TopoJSON; else empty */
    struct slices other_layers;            /* the first few */
    size_t unit_count, ring_count, point_count, property_count;
    struct unit *unit;
    struct ring *ring;
    struct degrees *point;
    struct property *property;
    const uint64_t *junction;    /* a bit a point: lines part here, so that a simplified
                                 line must keep it */
    struct extent extent;        /* of units that haven't ended */
    const struct latitudes *run; /* of each BOUNDARY_RUN points and the one before */
};

struct latitudes {
    double south, north;
};
enum { BOUNDARY_RUN = 32 };

/* Limits: what goes beyond is an error F305. */
enum {
    BOUNDARY_POINTS = 2 * 1000 * 1000,
    BOUNDARY_UNITS = 100 * 1000,
    BOUNDARY_PROPERTIES = 2 * 1000 * 1000,
};

/* What a template says, and where, for messages. */
struct boundary_word {
    struct slice text; /* empty: nothing */
    struct place at;
    int width; /* 0 = unknown */
};

struct boundary_source {
    const char *file; /* the name's ending doesn't matter */
    struct slice bytes;
    struct slice attributes;         /* of a shapefile: its .dbf, empty = none … */
    struct slice encoding;           /* … and its .cpg */
    struct boundary_word name_field; /* else the first known one that the file has */
    struct boundary_word code_field; /* else all known ones */
    struct boundary_word layer; /* object of a TopoJSON; else the one with most units */
    struct place at;            /* where the file was named */
    int width;
};

/* Reads bytes; nothing of source is borrowed.
 *   F302 none of the formats, F303 broken JSON, F304 broken shapes, F305 too large,
 *   F306 coordinates that aren't degrees, F307 no shape at all, F308 no such name
 *   field, F309 no such layer
 *   cost   linear; memory at most some 120 bytes a point while it runs */
bool boundaries_parse(const struct boundary_source *source, struct arena *arena,
                      struct boundaries **out, struct diags *diags);
/* The same from a file: source->bytes, attributes and encoding are filled from it and
 * the files beside it. F301 it isn't there or can't be read. */
bool boundaries_open(struct boundary_source source, struct arena *arena,
                     struct boundaries **out, struct diags *diags);

bool extent_is_empty(struct extent extent);
bool extent_holds(struct extent extent, struct degrees at);
void extent_join(struct extent *extent, struct extent other);
extern const struct extent extent_nothing;

/* The same place with the longitude that the boundaries have for it. */
struct degrees boundaries_place(const struct boundaries *boundaries, struct degrees at);
bool unit_holds(const struct boundaries *boundaries, const struct unit *unit,
                struct degrees at);
/* The unit that a point lies in, of several the first; SIZE_MAX = none. Those that
 * have ended come last. */
size_t boundaries_at(const struct boundaries *boundaries, struct degrees at);
/* A unit's property by its key; empty when it has none. */
struct slice unit_property(const struct boundaries *boundaries, const struct unit *unit,
                           struct slice key);

#endif

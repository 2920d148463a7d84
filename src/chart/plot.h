/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure in the making. chart_lay runs the passes; a kind says in its lay function
 * what its domains are, asks for guides, and adds marks and labels in points on paper.
 *
 *   take series   the kind looks at plot->data
 *   train         scale_train over what will be drawn
 *   guides        axis_values, axis_time, axis_names: measured with real text
 *   marks         plot_rectangle, plot_line, plot_area, plot_circle, plot_segment
 *   labels        plot_label: requests, solved once at the end (label.c)
 *   draw          marks in order, then labels */
#ifndef SITREP_CHART_PLOT_H
#define SITREP_CHART_PLOT_H

#include "chart/chart.h"

struct frame {
    double left, top, right, bottom;
};

struct point {
    double x, y;
};

struct scale {
    double low, high; /* domain */
    double from, to;  /* range on paper */
    bool logarithmic;
};

enum mark_shape { MARK_RECTANGLE, MARK_LINE, MARK_AREA, MARK_CIRCLE, MARK_HATCH };

struct mark {
    enum mark_shape shape;
    struct colour fill, stroke; /* alpha 0 = not drawn */
    double line_width;
    double dash_on, dash_off; /* 0 = solid */
    struct frame at;          /* rectangles, hatches */
    struct point centre;      /* circles */
    double radius;
    size_t count;              /* lines, areas */
    const struct point *point; /* NAN in x breaks a line */
    bool is_obstacle;          /* labels keep off it */
};

struct label_request {
    const struct label *label;
    struct colour colour;
    bool has_halo;
    double x, y, anchor; /* y: first baseline */
    double reach;        /* how far it may move; 0 = it stays or is dropped */
    bool sideways;       /* may move in x instead of y */
    int importance;      /* higher stays */
    bool has_leader;
    struct point target; /* of the leader */
    bool is_fixed;       /* axis labels: placed first, never moved */
    /* solved */
    bool is_dropped;
    struct frame box;
};

struct plot {
    const struct chart_context *context;
    const struct chart_options *options;
    const struct chart_data *data;
    double width, height; /* of the plot, without the figure's head */
    struct frame frame;   /* where marks go */
    struct scale x, y;
    bool mirrored;
    size_t mark_count, mark_capacity;
    struct mark *mark;
    size_t label_count, label_capacity;
    struct label_request *label;
    size_t dropped;
    const struct label *key[8]; /* coloured words on the subtitle line */
    struct colour key_colour[8];
    size_t key_count;
};

/* -- scale.c -- */
double scale_map(const struct scale *scale, double value);
/* Widens low and high to nice ends: steps of 1, 2 or 5 times a power of ten, about
 * one for each room_pt of range; ticks are written to out. Returns their number, at
 * most SCALE_TICKS. whole: no steps below 1. */
enum { SCALE_TICKS = 24 };
size_t scale_settle(struct scale *scale, double room_pt, bool whole,
                    double out[SCALE_TICKS]);
void scale_include(struct scale *scale, const double *value, size_t count);

/* -- axis.c: gridlines, baselines and their labels -- */
/* Horizontal gridlines with labels above them at the start edge. Sets plot->y over
 * values low … high (0 is always in unless tight) and the frame's own insets. */
void axis_values(struct plot *plot, double low, double high, bool tight);
/* The same along the foot, for horizontal bars. */
void axis_values_below(struct plot *plot, double low, double high);
/* Calendar ticks below the frame; sets plot->x. banded: positions own a band (bars),
 * else they stand at points (lines). */
void axis_time(struct plot *plot, bool banded);
double position_x(const struct plot *plot, size_t position); /* middle */
double position_width(const struct plot *plot);
struct slice print_number(const struct plot *plot, double value);
struct slice print_compact(const struct plot *plot, double value); /* axis labels */

/* -- mark.c -- */
struct mark *plot_rectangle(struct plot *plot, struct frame at, struct colour fill);
struct mark *plot_line(struct plot *plot, const struct point *point, size_t count,
                       double line_width, struct colour stroke);
struct mark *plot_area(struct plot *plot, const struct point *point, size_t count,
                       struct colour fill);
struct mark *plot_circle(struct plot *plot, struct point centre, double radius,
                         struct colour fill, struct colour stroke, double line_width);
struct mark *plot_segment(struct plot *plot, double x1, double y1, double x2, double y2,
                          double line_width, struct colour stroke);
void mark_draw(const struct mark *mark, cairo_t *cairo);

/* -- label.c -- */
struct label_request *plot_label(struct plot *plot, struct slice text,
                                 enum text_role role, double x, double y,
                                 double anchor);
/* Places all: fixed ones first, then by importance; what doesn't fit is dropped,
 * counted and noted (L201). */
void labels_solve(struct plot *plot);
void label_request_draw(const struct plot *plot, const struct label_request *request,
                        cairo_t *cairo);

/* Colours of several series: tones while they differ, else the theme's own order. */
struct colour series_colour(const struct plot *plot, size_t series);
struct colour series_text_colour(const struct plot *plot, size_t series);
bool needs_dark_text(struct colour fill);
/* The key as coloured words at the end of the subtitle's line. */
void plot_key(struct plot *plot);

/* -- alt.c -- */
struct slice alt_text(const struct plot *plot);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure in the making. chart_lay runs the passes; a kind says in its lay function
 * what its domains are, asks for guides, and adds marks and labels in points on paper.
 *
 *   take series   the kind looks at plot->data
 *   train         scale_include over what will be drawn
 *   guides        axis_foot, axis_values, axis_time, rows_lay: measured with real text
 *   marks         plot_rectangle, plot_line, plot_area, plot_circle, plot_segment
 *   labels        plot_label: requests, solved once at the end (label.c)
 *   draw          marks by layer and order, then labels
 *
 * All of it is laid from left to right. A kind that mirrors sets plot->flips, and the
 * finished figure is turned round when the brief runs from right to left. */
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
    bool keeps_ends; /* ticks stand inside the domain as it is */
};

enum mark_shape { MARK_RECTANGLE, MARK_LINE, MARK_AREA, MARK_CIRCLE, MARK_HATCH };
enum mark_layer { LAYER_GUIDE, LAYER_MARK, LAYER_OVER };

struct mark {
    enum mark_shape shape;
    enum mark_layer layer;
    struct colour fill, stroke; /* alpha 0 = not drawn */
    double line_width;
    double dash_on, dash_off; /* 0 = solid */
    struct frame at;          /* rectangles, hatches */
    struct point centre;      /* circles */
    double radius;
    size_t count;        /* lines, areas */
    struct point *point; /* NAN in x or y breaks a line */
    bool is_obstacle;    /* labels and leaders keep off it, unless it is a guide; off an
                       * area, where they couldn't be read on it */
    /* circles that are drawn with this one's strokes; they themselves are joined */
    const struct mark *next;
    bool is_joined;
};

enum { NO_HOST = -1 };
enum label_side { SIDE_ANY, SIDE_ABOVE, SIDE_BELOW };

struct label_request {
    const struct label *label;
    struct colour colour;
    bool has_halo;
    double x, y, anchor;  /* y: first baseline */
    double reach;         /* how far it may move; 0 = it stays or is dropped */
    bool sideways;        /* may move in x instead of y */
    int importance;       /* higher stays */
    bool has_leader;      /* stands round target, a thin line leads to it */
    bool is_tied;         /* stands where it is; the line from leader_end is its own */
    enum label_side side; /* of the target, tried first */
    struct point target;
    double target_radius; /* the leader ends outside it */
    bool crosses;         /* the one whose leader may lie over marks */
    bool is_fixed;        /* guides: placed first, never moved */
    bool is_row_name;     /* in Urdu it may share the slant of its box with the next */
    long host;            /* the mark it stands on, or NO_HOST */
    bool is_tick;         /* of an axis or a scale bar: no news in words */
    bool is_note;         /* an annotation, of which a figure has at most three */
    bool has_no_room;     /* too large for its mark: it is dropped, and told with all
                             others that are */
    /* solved */
    bool is_dropped;
    struct frame box;
    struct point leader_end; /* at the label */
};

struct plot {
    const struct chart_context *context;
    const struct chart_options *options;
    const struct chart_data *data;  /* a kind may put its own in this place */
    const struct chart_data *given; /* as it came */
    const struct chart_kind *kind;
    double width, height; /* of the plot, without the figure's head */
    double below;         /* of height: notes, which a height asked for doesn't count */
    double head_room;     /* of the subtitle's line, free at its end; 0 = none */
    struct frame frame;   /* where marks go */
    double overhang;      /* gridlines run on so far behind the frame */
    double axis_left, axis_right; /* what gridlines and their labels stand in */
    size_t not_on_log;            /* values that a logarithmic axis hasn't */
    bool hides_values;            /* gridlines without labels: panels of a row */
    bool names_ends;              /* of the first axis only its ends: panels */
    struct scale x, y;
    bool mirrored;            /* the brief runs from right to left */
    bool flips;               /* and so does this figure */
    bool banded;              /* positions own a band of x */
    struct slice value_title; /* above an axis that keeps its ends; else empty */
    size_t mark_count, mark_capacity;
    struct mark *mark;
    size_t label_count, label_capacity;
    struct label_request *label;
    struct label_request no_label; /* stands for requests of empty texts */
    size_t dropped;
    struct slice left_out; /* how many positions there was no room for, in words */
    struct text remark;    /* sentences below the figure: what it doesn't show */
};

/* -- plot.c -- */
void plot_remark(struct plot *plot, struct slice sentence);
struct slice plot_without_marks(const struct plot *plot); /* the words it says then */
struct text plot_text(const struct plot *plot); /* a text in the figure's arena */
const struct text_style *plot_style(const struct plot *plot, enum text_role role);
struct colour plot_colour(const struct plot *plot, enum colour_role role);
const struct label *plot_measure(const struct plot *plot, struct slice text,
                                 enum text_role role);
const struct label *plot_measure_in(const struct plot *plot, struct slice text,
                                    enum text_role role, double width, int max_lines);
/* The block's line, without a column: notes about one block are told apart by their
 * message. */
struct place plot_at(const struct plot *plot);
bool plot_is_provisional(const struct plot *plot, size_t position);

/* -- scale.c -- */
double scale_map(const struct scale *scale, double value);
/* Widens low and high to nice ends: steps of 1, 2 or 5 times a power of ten, 3 to 5
 * of them, one for each 26 to 60 pt of room; ticks are written to out. The domain may end a little
 * beyond the last tick. whole: no steps below 1. Returns their number. */
enum { SCALE_TICKS = 24 };
size_t scale_settle(struct scale *scale, double room_pt, bool whole,
                    double out[SCALE_TICKS]);
/* A domain that holds nothing yet, to be widened. */
struct scale scale_nothing(void);
void scale_include(struct scale *scale, const double *value, size_t count);

/* -- words.c: numbers, periods and phrases of a figure -- */
struct slice print_number(const struct plot *plot, double value);
/* Long numbers shortened: 1.36bn. */
struct slice print_short(const struct plot *plot, double value);
/* "40+" where it is a lower limit. */
struct slice print_least(const struct plot *plot, bool at_least, struct slice printed);
/* The number at a position of a series, or of the period before, bounded so. */
struct slice print_at(const struct plot *plot, const double *value, size_t position);
bool plot_is_limit(const struct plot *plot, const double *value, size_t position);
bool plot_has_limit(const struct plot *plot, size_t position); /* of any series */
/* A series' value as it is printed, bounded so. */
struct slice print_bounded(const struct plot *plot, const struct chart_series *series,
                           size_t position, struct slice printed);
struct slice print_signed(const struct plot *plot, double value);
struct slice print_percent(const struct plot *plot, double share);
struct slice print_compact(const struct plot *plot, double value); /* axis labels */
struct slice print_day(const struct plot *plot, int32_t day, const char *layout);
struct slice print_period(const struct plot *plot, size_t position);
struct slice print_words(const struct plot *plot, const char *key, double count,
                         const struct phrase_part *part, size_t part_count);

/* -- axis.c: gridlines, baselines and their labels -- */
/* Keeps the foot free for the labels of the first axis. Comes before axis_values. */
void axis_foot(struct plot *plot);
/* Horizontal gridlines with labels above them at the start edge. Sets plot->y over
 * values low … high (0 is always in unless tight) and the frame's left and top. */
void axis_values(struct plot *plot, double low, double high, bool tight);
/* Before it: one value of the figure, which a logarithmic axis may not have. */
void axis_count_unlogged(struct plot *plot, double value);
/* The same along the foot, for horizontal bars: sets plot->x between frame.left and
 * frame.right; without labels where values are printed beside the marks. */
void axis_values_below(struct plot *plot, double low, double high, bool labelled);
/* The same, tight, with a title at the end: for two axes of numbers. */
void axis_numbers_below(struct plot *plot, double low, double high, struct slice title);
/* Calendar ticks below the frame, or names; sets plot->x. banded: positions own a
 * band (columns), else they stand at points (lines). */
void axis_time(struct plot *plot, bool banded);
/* The same above the frame, without ticks; moves frame.top down. Bands only. */
void axis_time_above(struct plot *plot);
double position_x(const struct plot *plot, size_t position); /* middle */
double position_width(const struct plot *plot);

/* -- band.c -- */
/* Known stretches between low and high, one area each, behind everything. */
void plot_band(struct plot *plot, const double *low, const double *high,
               struct colour fill);

/* -- rows.c: horizontal charts: a row for each category -- */
enum { ROW_COLUMNS = 3 };

struct row_column { /* numbers at the end of the rows, right-aligned */
    struct slice head;
    const struct slice *text;    /* one per row */
    const struct colour *colour; /* one per row, or NULL */
    bool is_strong;
};

struct row_request {
    double thickness; /* of a bar at the ordinary pitch */
    double pitch;     /* of rows, 0 = by how many there are */
    size_t column_count;
    struct row_column column[ROW_COLUMNS];
    struct slice head_word[2]; /* that will stand on the heads' line, over the bars */
    bool has_key;              /* above the bars, or higher where there is no room */
    bool names_inside;         /* the kind places the names itself, */
    double name_room;          /* each in so much width */
    bool names_beside;         /* never above the bars */
    double foot;               /* for an axis below the rows */
};

struct rows {
    size_t count; /* rows drawn: fewer than positions when there are too many */
    double top, pitch, thickness;
    double bar_offset; /* of a bar's middle from its row's top */
    double head_baseline;
    bool names_above;
};

/* Places names, number columns and the zero note; sets the plot's height when the
 * template left it open, and frame to the room for bars. */
struct rows rows_lay(struct plot *plot, const struct row_request *request);
/* How many of the positions it would draw, for kinds that choose which: no key. */
size_t rows_fit(const struct plot *plot, const struct row_request *request);
double row_middle(const struct rows *rows, size_t row);
/* The name in so much width, of few rows in some lines, and the first one's baseline. */
const struct label *row_name(const struct plot *plot, const struct rows *rows,
                             size_t row, double room);
double row_baseline(const struct rows *rows, size_t row, const struct label *name);
/* The vertical ink line that bars stand on, at x. */
void rows_baseline(struct plot *plot, const struct rows *rows, double x);

/* -- columns.c: vertical bars over periods; one engine for bars, stacked, grouped -- */
void lay_columns(struct plot *plot);
void lay_stacked_columns(struct plot *plot);
void lay_grouped_columns(struct plot *plot);

/* -- mark.c -- What they return is good until the next mark is added. */
struct mark *plot_rectangle(struct plot *plot, struct frame at, struct colour fill);
struct mark *plot_line(struct plot *plot, const struct point *point, size_t count,
                       double line_width, struct colour stroke);
struct mark *plot_area(struct plot *plot, const struct point *point, size_t count,
                       struct colour fill);
struct mark *plot_circle(struct plot *plot, struct point centre, double radius,
                         struct colour fill, struct colour stroke, double line_width);
struct mark *plot_segment(struct plot *plot, double x1, double y1, double x2, double y2,
                          double line_width, struct colour stroke);
/* A line, and a dot for each known point that stands alone between unknown ones. */
void plot_trace(struct plot *plot, const struct point *point, size_t count,
                double line_width, struct colour stroke);
void mark_draw(const struct mark *mark, cairo_t *cairo);
void mark_flip(struct mark *mark, double width);

/* -- crowd.c -- Once all marks stand: which circles are drawn together. */
void plot_join_circles(struct plot *plot);

/* Whether a point lies in an area, by the even-odd rule; areas have no gaps. */
bool area_holds(const struct mark *area, struct point at);
/* -- label.c -- What they return is good until the next label is asked for. */
struct label_request *plot_label(struct plot *plot, struct slice text,
                                 enum text_role role, double x, double y,
                                 double anchor);
struct label_request *plot_place(struct plot *plot, const struct label *label, double x,
                                 double y, double anchor);
/* A text of at most two lines round a point, with a leader. */
struct label_request *plot_annotation(struct plot *plot, struct slice text,
                                      struct point target, double target_radius);
/* The same for a note of the data; the editor's go before sitrep's own. */
struct label_request *plot_note(struct plot *plot, const struct chart_note *note,
                                struct point target, double target_radius);
/* Its text as it will stand; NULL for none. */
const struct label *annotation_label(const struct plot *plot, struct slice text);
/* Places all: fixed ones first, then by importance; what doesn't fit is dropped,
 * counted and noted (L201). */
void labels_solve(struct plot *plot);
void label_request_draw(const struct plot *plot, const struct label_request *request,
                        cairo_t *cairo);
void label_request_flip(struct label_request *request, double width);

/* -- spread.c -- */
/* Moves middles apart so that blocks of these heights don't touch, within low …
 * high, as little as may be. Sorted by middle. */
void labels_spread(double *middle, const double *height, size_t count, double low,
                   double high);

/* -- key.c -- */
/* Colours of several series: tones while they differ, else the theme's own order. */
struct colour series_colour(const struct plot *plot, size_t series);
struct colour series_text_colour(const struct plot *plot, size_t series);
/* The nearest colour of its hue that can be read on paper. */
struct colour readable_colour(const struct plot *plot, struct colour colour);
struct colour mixed_colour(struct colour a, struct colour b, double share_of_b);
/* Ink or paper, whichever reads better on fill. */
struct colour colour_on(const struct plot *plot, struct colour fill);
/* One word of a key, cut to the room, behind its swatch; how wide both are; and their
 * place from x on, as the brief runs. */
const struct label *key_word_label(const struct plot *plot, struct slice text,
                                   double room);
double key_word_width(const struct label *label);
struct label_request *plot_key_word(struct plot *plot, const struct label *label,
                                    struct colour fill, double x, double baseline);
/* The key as coloured words behind swatches: at the end of the subtitle's line where they fit, else
 * in a line of their own at the top, which frame.top then leaves free. */
void plot_key(struct plot *plot);
double plot_key_width(const struct plot *plot);
/* The same in one line from x on; returns where it ends. */
double plot_key_line(struct plot *plot, double x, double baseline, double end);

/* -- order.c -- */
/* Positions by value, the largest first. */
size_t *order_by(const struct plot *plot, const double *value, size_t count);
/* Two periods or measures of each position. */
struct pair {
    const double *before, *now;
    struct slice before_name, now_name;
};
bool plot_pair(const struct plot *plot, struct pair *out);
const double *pair_changes(const struct plot *plot, const struct pair *pair);
/* Red for more harm, blue for less; where no harm is counted the series' own. */
struct colour change_colour(const struct plot *plot, double change);
struct colour change_text_colour(const struct plot *plot, double change);
struct row_column change_column(const struct plot *plot, const double *change);
/* Tells how many rows aren't shown, and whether the template's height or the page's is
 * why. */
void plot_report_cut(const struct plot *plot, size_t cut, size_t count);
/* Positions in the order of their changes, the greatest gain first; of more than there
 * is room for those that changed most, either way. Returns their changes. */
const double *plot_keep_changes(struct plot *plot, const double *change,
                                struct row_request (*request)(const struct plot *plot,
                                                              const double *change));

/* -- classes.c: values in few steps of colour -- */
struct class
{
    double low, high; /* high belongs to it */
    struct colour colour;
    struct slice name;
};
struct classes {
    size_t count;
    struct class of[THEME_SEQUENTIAL + 1];
    bool has_unknown;
};
struct classes classes_of(const struct plot *plot, const double *value, size_t count);
const struct class *class_of(const struct classes *classes, double value);
/* Swatches with the classes' names inside, on the subtitle's line or above. */
void plot_class_key(struct plot *plot, const struct classes *classes);

/* -- groups.c: points by group -- */
struct point_group {
    struct slice name;
    size_t code, count; /* code: as points and series have it */
    size_t known;       /* of these, points whose size is known */
    double sum, largest;
    bool sum_is_limit; /* "40+" went in */
    struct colour colour, text_colour;
};
/* The groups that have points, by code. */
size_t point_groups(const struct plot *plot, struct point_group **out);

/* -- pack.c: circles side by side -- */
struct disc {
    double x, y, radius; /* of its middle, from the middle of all */
    size_t index;        /* of what it stands for */
    bool is_named;       /* nothing stands above it, while there is room elsewhere */
};
struct disc_reach {
    double up, down; /* from the middle */
};
/* Largest in the middle, the others round it, none touching, no further than half_width
 * to either side. Sorts them; returns how far they reach. */
struct disc_reach discs_pack(struct disc *disc, size_t count, double half_width,
                             double gap);

/* -- alt.c -- */
struct slice alt_text(const struct plot *plot);
/* The labels that stand in the figure, but for ticks, bare numbers and what has been said
 * in these words: "Bannu: Car bomb, 19 killed · Four-week average". May be empty. */
struct slice label_words(const struct plot *plot, struct slice said);
/* -- picture.c -- */
/* How the figure stands alone. */
const struct picture *chart_picture(const struct plot *plot);

/* From the subtitle's baseline to the top of the plot. */
extern const double figure_below_subtitle;

#endif

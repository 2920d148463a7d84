/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Charts as a grammar: series -> scales -> marks and guides -> cairo.
 *
 * chart_lay runs the same passes for every kind: take series, train domains, measure
 * guides with real text extents, settle ranges and ticks, place labels, draw. A mark
 * knows points on paper, never data; a scale knows numbers, never cairo; label.c
 * places every label of a figure and reports what it had to drop. A kind is one file
 * and one row in kinds.def. No chart draws its own axis. */
#ifndef SITREP_CHART_CHART_H
#define SITREP_CHART_CHART_H

#include "data/period.h"
#include "layout/box.h"
#include "layout/text.h"
#include "template/locale.h"

/* What a series is about decides its colours. */
enum chart_tone { TONE_ATTACK, TONE_OPERATION, TONE_NEUTRAL, TONE_ATTENTION };

enum point_state { POINT_COMPLETE, POINT_PROVISIONAL, POINT_UNKNOWN };

struct chart_series {
    struct slice label;
    enum chart_tone tone;
    const double *value;      /* one per position; NAN = unknown */
    const double *low, *high; /* bounds of a triple, or NULL */
    const uint32_t *rows;     /* behind each value, for figures.json; or NULL */
    const bool *at_least;     /* values that are lower limits, "40+"; or NULL */
    /* Of a panel of its own, or NULL; series[0] of other kinds has them in the data. */
    const double *average, *band_low, *band_high;
};

/* One mark of a point cloud: scatter, dot strip, timeline. */
struct chart_point {
    double x, y;        /* lon/lat, or day and unused */
    double size;        /* killed; NAN unknown */
    bool at_least;      /* a lower limit: 40+ */
    size_t group;       /* series or lane */
    struct slice label; /* may be empty */
};

struct chart_note { /* an annotation at a position */
    size_t position;
    struct slice text;
    bool from_editor; /* goes before what sitrep found itself */
};

struct chart_data {
    size_t count;                  /* positions along the first axis */
    const struct slice *category;  /* names, or NULL when by period */
    const struct period *period;   /* or NULL */
    const enum point_state *state; /* a position, or NULL: all complete */
    size_t series_count;
    const struct chart_series *series;
    const double *average;                /* moving average of series[0], or NULL */
    const double *band_low, *band_high;   /* expected range of series[0], or NULL */
    struct slice band_name, average_name; /* "Expected range", "Four-week average" */
    const double *trend;                  /* of series[0], or NULL: none is clear */
    struct slice
        trend_name;      /* "Rising about 3% a week", "No clear trend", may be empty */
    const double *level; /* of series[0], the mean between change points, or NULL */
    const double *tick;  /* previous period by position, or NULL */
    const uint32_t *tick_rows; /* behind each of them, or NULL */
    const bool *tick_at_least; /* those that are lower limits, or NULL */
    const double *whole;  /* of all parts at each position, when that isn't their sum */
    const double *totals; /* before and now, when positions overlap; or NULL */
    size_t left_out;      /* positions that `top` leaves out */
    bool shows_changes;   /* then these are said, and the largest of their changes: */
    double left_out_most;
    size_t parts_left_out; /* series without a rest */
    size_t most_steps;     /* of a waterfall, by `top`; 0 = its own */
    struct slice
        not_compared;    /* why the period before isn't shown, where it should be */
    struct slice remark; /* lines under the plot: what else isn't shown */
    struct slice value_name, tick_name; /* column heads: "This", "Last" */
    struct slice zero_note; /* which categories are left out because they are 0 */
    size_t note_count;
    const struct chart_note *note;
    size_t point_count;
    const struct chart_point *point;
    /* What the numbers of points are; without names x and y are degrees on the globe. */
    struct slice x_name, y_name, size_name;
    bool size_is_other;      /* than deaths: it is told by its name */
    struct slice last_label; /* "31 this week" at the last point of a line */
    struct slice last_state; /* "(provisional)", may be empty */
    bool shares;             /* values are 0 to 1, print as percentages */
    bool values_are_counts;  /* axis in whole numbers */
};

/* Parts are plotted as counts, and said as shares of their position's whole: one part
 * alone is all of it. */
static inline bool chart_divides(const struct chart_data *data)
{
    return data->shares && (data->values_are_counts || data->series_count > 1);
}

struct chart_options {
    struct slice kind; /* row of kinds.def */
    struct slice title, subtitle;
    struct slice source;    /* under the figure, may be empty */
    struct slice condition; /* which rows alone are shown, in words; may be empty */
    struct slice alt;       /* editor's; empty = written from the numbers */
    double height;          /* of the plot; 0 = the kind's own */
    double most_height;     /* above height: as much of it as the page leaves */
    bool fills_row;         /* ends with the others of its row, where it can */
    size_t highlight;       /* position to colour, SIZE_MAX = none */
    bool logarithmic;
    int week_start;
    bool show_values;
};

/* What drawing needs beside the data. */
struct chart_context {
    struct typesetter *typesetter;
    const struct theme *theme;
    const struct locale *locale;
    struct arena *arena;
    struct diags *diags;
    struct place at;        /* of the block, for messages */
    const char *wider;      /* what would give it more width, for their hints; NULL: a
                               turned page */
    size_t *dropped_labels; /* counted up; every drop is also a note L2xx */
};

/* A figure of the given width as a box (ROLE_FIGURE, with alt and text). Without any
 * position it is a figure that says so in words; never NULL, never empty. */
struct box *chart_lay(const struct chart_context *context,
                      const struct chart_options *options,
                      const struct chart_data *data, double width);

struct plot; /* a figure in the making: plot.h */

struct chart_kind {
    const char *name, *help;
    /* what it needs of the data, for checks: bits below */
    unsigned needs;
    double height_pt;     /* of the plot, when the template says nothing */
    bool height_by_count; /* bars: the height grows with the positions */
    void (*lay)(struct plot *plot);
};
enum {
    NEEDS_TIME = 1,
    NEEDS_CATEGORIES = 2,
    NEEDS_POINTS = 4,
    NEEDS_SPLIT = 8,
    ONE_SERIES = 16,     /* one measure, or two where it draws their difference */
    NEEDS_BEFORE = 32,   /* the period before, whether or not `tick` asks for it */
    PARTS_OF_WHOLE = 64, /* shares are of the sum of all series */
    PANELS = 128,        /* each series has an average and a range of its own */
    DRAWS_CHANGES = 256, /* where the period before is asked for: nothing without it */
    TAKES_LOG = 512,     /* nothing stands on 0: the value axis may be logarithmic */
    TWO_SIDES = 1024     /* two measures or parts, no more */
};
const struct chart_kind *chart_kind_find(struct slice name);
const struct chart_kind *const *chart_kinds(size_t *count);

/* A cell of a figure's data, quoted where it must be; a comma and a number, empty when
 * it is unknown. */
void append_csv_word(struct text *out, struct slice word);
void append_csv_number(struct text *out, double number);
void append_csv_limit(struct text *out, double number, bool at_least); /* 40+ */

/* Two lines are balanced: set to the smallest width that takes no third. */
const struct label *label_balanced(const struct chart_context *context,
                                   struct slice text, enum text_role role,
                                   double width);
/* Title, subtitle, rule and block at the top of a figure (STYLE.md 4); the height it
 * takes. Tables and maps use it too. */
struct box *figure_head(const struct chart_context *context, struct slice title,
                        struct slice subtitle, double width);

/* A sparkline of `count` values in width × height, with the band behind it. Its scale
 * spans at least narrowest, in units of the values; 0: a part of the highest. */
struct box *sparkline_box(const struct chart_context *context, const double *value,
                          size_t count, const double *band_low, const double *band_high,
                          enum chart_tone tone, bool provisional_last, double narrowest,
                          double width, double height);
/* Four KPI cards beside each other are block/cards.c; one is: */
struct card {
    struct slice label, number, change, change_suffix, average;
    int direction;         /* 1 up, -1 down, 0 none: the triangle */
    bool direction_is_bad; /* colours it: attacks up = attack text */
    enum chart_tone tone;
    struct slice verdict;  /* instead of the change: provisional; may be empty */
    struct slice standing; /* beside the label: "usual", "19 in one"; may be empty */
    struct box *sparkline; /* or NULL */
};
/* What a card was too narrow for; its words keep all of it. */
enum card_loss {
    CARD_LABEL_CUT = 1,
    CARD_WITHOUT_SPARKLINE = 2,
    CARD_WITHOUT_SUFFIX = 4,
    CARD_WITHOUT_AVERAGE = 8,
    CARD_WITHOUT_STANDING = 16,
    CARD_STANDING_FOR_AVERAGE = 32, /* in its place */
};
/* *losses: bits of card_loss. */
struct box *card_box(const struct chart_context *context, const struct card *card,
                     double width, unsigned *losses);
/* Cards beside each other: their lines and edges stand level. */
void cards_level(struct box *const *card, size_t count);
struct colour tone_colour(const struct theme *theme, enum chart_tone tone);
struct colour tone_text_colour(const struct theme *theme, enum chart_tone tone);
struct colour tone_light_colour(const struct theme *theme, enum chart_tone tone);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The `chart` block: its keys, read once, and the ways its data are bound. */
#ifndef SITREP_BLOCK_CHART_BLOCK_H
#define SITREP_BLOCK_CHART_BLOCK_H

#include "block/block.h"

/* What the positions of a chart are. */
enum axis_kind {
    AXIS_PERIODS, /* by: week */
    AXIS_COLUMN,  /* by: province */
    AXIS_WEEKDAY, /* by: weekday */
    AXIS_MONTH,   /* by: month of year */
    AXIS_ROWS,    /* by: incident: one mark a row */
};

struct axis {
    enum axis_kind kind;
    enum period_unit unit;
    struct column *column;
};

struct chart_arguments {
    const struct chart_kind *kind;
    const struct source_table *table;
    const struct template_text *title, *subtitle, *source, *alt;
    const struct shown *shown;
    size_t shown_count;
    struct axis by, split; /* split.column NULL and kind AXIS_ROWS = none */
    bool is_split;
    struct condition *where;
    size_t last_count; /* 0: the brief's period, or the kind's own */
    enum period_unit last_unit;
    size_t average_count;
    bool band, trend, change_points;
    bool tick; /* the period before, as a mark beside each */
    long top;  /* 0 = all */
    bool others;
    const struct yaml *highlight; /* or NULL */
    long height, most_height;     /* 0 = the kind's own; no more than height */
    bool logarithmic, shares;
    const struct yaml *notes; /* { period: text } pairs */
    bool notes_are_many;      /* from a file: those beyond the chart are no news */
    struct column *size, *colour, *longitude, *latitude, *label;
    struct column *label_type, *label_place;
    long labels; /* so many of the largest marks are named */
    long limit;  /* most marks of AXIS_ROWS */
};

/* Warns of keys that the kind, by these positions, doesn't use; and takes back those
 * that would make numbers others than they are. written: the kind as it was asked for. */
void check_key_use(struct block_reader *reader, struct chart_arguments *chart,
                   const struct chart_kind *written);
extern const struct block_key chart_keys[];

/* `notes`: pairs of a period or word and a text, or a CSV that has them. Whether each
 * names a period or a word of the chart; which there are, is seen when the rows are
 * read. */
bool read_chart_notes(struct block_reader *reader, struct chart_arguments *chart);

/* The periods that a chart speaks of, as one. */
struct period chart_window(const struct chart_arguments *chart,
                           const struct scope *scope);
/* The table that decides whether an earlier period is known: the first of a measure's
 * that doesn't cover it, else the first measure's. */
const struct table *chart_table(const struct chart_arguments *chart,
                                const struct scope *scope, struct period earlier);
/* Whether the period before stands beside the chart's own, and if not, why not. */
enum comparison_state {
    NOT_ASKED,
    COMPARED,
    NOT_OVER,    /* the chart's own period isn't */
    ENDED,       /* the data end before it */
    NOT_COVERED, /* the data begin after the period before does, */
    BROKEN,      /* or reporting changed since */
};
enum comparison_state chart_comparison(const struct chart_arguments *chart,
                                       const struct scope *scope);
/* Which values are lower limits, "40+"; NULL when none is. */
const bool *limits_of(const struct cell *cell, size_t count,
                      const struct measure *measure, struct arena *arena);
/* The editor's annotations, where their period or category is shown. */
void note_positions(const struct chart_arguments *chart,
                    const struct block_context *context, struct chart_data *data);
/* chart_trend.c: the keys `trend` and `change points`, for one line of a count. */
bool read_trend(struct block_reader *reader, struct chart_arguments *chart);
void add_trend(const struct chart_arguments *chart, const struct block_context *context,
               const struct history *history, struct chart_data *data);
/* After the editor's notes: adds its own behind them. */
void add_levels(const struct chart_arguments *chart,
                const struct block_context *context, const struct history *history,
                struct chart_data *data);
/* Each fills what it knows; in the rehearsal only asks. */
void bind_periods(const struct chart_arguments *chart,
                  const struct block_context *context, struct chart_data *data);
void bind_categories(const struct chart_arguments *chart,
                     const struct block_context *context, struct chart_data *data,
                     size_t *highlight);
/* Each value of the field a point at its two measures. */
void bind_category_points(const struct chart_arguments *chart,
                          const struct block_context *context, struct chart_data *data);
void bind_grid(const struct chart_arguments *chart, const struct block_context *context,
               struct chart_data *data);
void bind_points(const struct chart_arguments *chart,
                 const struct block_context *context, struct chart_data *data);

/* chart_head.c: what stands over a chart whose template says nothing. */
struct slice chart_title(const struct chart_arguments *chart,
                         const struct block_context *context);
struct slice chart_subtitle(const struct chart_arguments *chart,
                            const struct block_context *context,
                            const struct chart_data *data);
/* condition_words.c: "Sindh, killed at least 1"; empty without a condition. */
struct slice condition_words(const struct block_context *context,
                             const struct condition *condition);

/* `title: finding`, once the data are bound; empty where nothing stands out. */
struct slice chart_finding(const struct chart_arguments *chart,
                           const struct block_context *context,
                           const struct chart_data *data);
struct map_data;
struct slice map_finding(const struct chart_arguments *ranking,
                         const struct block_context *context,
                         const struct map_data *data);
/* Once the data are bound: what they don't show, in words. */
void add_remarks(const struct chart_arguments *chart,
                 const struct block_context *context, struct chart_data *data);

/* Puts all that is shown into figures.json. */
void record_chart(const struct chart_arguments *chart,
                  const struct block_context *context, const struct chart_data *data);

#endif

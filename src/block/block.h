/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks: fences of the template that become boxes. A block reads its keys once,
 * before any row is read; then it lays itself, first in the rehearsal (see scope.h:
 * it asks and its box is thrown away) and then for good, and once per group inside an
 * `each`. A block is one file and one row in blocks.def. */
#ifndef SITREP_BLOCK_BLOCK_H
#define SITREP_BLOCK_BLOCK_H

#include "chart/chart.h"
#include "layout/flow.h"
#include "template/template.h"

#include <math.h>

/* What positions a chart has where it uses a key. */
enum {
    BY_PERIOD = 1,
    BY_FIELD = 2,
    BY_CYCLE = 4, /* weekday, month of year */
    BY_INCIDENT = 8,
};

/* What a key takes, for the readers below and the editor's schema. Whatever it is may be
 * given once a language. */
enum key_form {
    KEY_TEXT,   /* words that may hold {{ }} */
    KEY_WORD,   /* a name, a condition: read by the block */
    KEY_LIST,   /* names, with commas between them or as a list */
    KEY_LENGTH, /* 26 weeks */
    KEY_WHOLE,  /* a number from lowest to highest */
    KEY_RANGE,  /* the same, or two: 140 to 200 */
    KEY_YES_NO,
    KEY_CHOICE, /* one of words */
    KEY_KINDS,  /* a kind of chart */
    KEY_KEYS,   /* keys of the editor's own */
    KEY_NOTES,  /* the same, or a file that has them */
    KEY_SHARE,  /* 50%, or points */
    /* of front matter only */
    KEY_DAY,
    KEY_THEME,
    KEY_LANGUAGE,
    KEY_DATA,
    KEY_MEASURES,
    KEY_VALUES,
    KEY_BREAKS,
};
#define TAKES_TEXT         .form = KEY_TEXT
#define TAKES_WORD         .form = KEY_WORD
#define TAKES_LIST         .form = KEY_LIST
#define TAKES_LENGTH       .form = KEY_LENGTH
#define TAKES_WHOLE(a, b)  .form = KEY_WHOLE, .lowest = (a), .highest = (b)
#define TAKES_RANGE(a, b)  .form = KEY_RANGE, .lowest = (a), .highest = (b)
#define TAKES_YES_NO       .form = KEY_YES_NO
#define TAKES_CHOICE(list) .form = KEY_CHOICE, .words = (list)
#define TAKES_KINDS        .form = KEY_KINDS
#define TAKES_KEYS         .form = KEY_KEYS
#define TAKES_SHARE        .form = KEY_SHARE
#define TAKES_NOTES        .form = KEY_NOTES
#define IS_NEEDED          .is_needed = true

struct block_key {
    const char *name, *usage, *help;
    enum key_form form;
    long lowest, highest;
    const char *words; /* of a choice, the first is meant without it; or of a list */
    bool is_needed;
    const char *kinds; /* of charts that use it, "line, bars"; "-heat": all but it */
    unsigned by;       /* and their positions; 0: any */
    bool is_of_parts;  /* a field among positions or parts is enough */
    bool is_of_one;    /* one measure without parts; panels are one each */
};

/* What reading a block's keys needs: names are resolved, columns wanted, conditions
 * and texts parsed. */
struct block_reader {
    const struct scope *scope;
    const struct node *node;
    struct arena *arena;
    struct diags *diags;
    struct condition_list
        *conditions; /* bound before, resolved after the rows are read */
    struct boundary_list *boundaries; /* files of shapes read so far */
    const char *template_file;
};

struct condition_list {
    size_t count, capacity;
    struct bound_condition {
        struct condition *condition;
        struct table *table;
    } * item;
};

struct boundary_list {
    size_t count, capacity;
    struct read_boundaries {
        const char *file;
        struct slice layer, name_field, code_field;
        const struct boundaries *boundaries;
    } * item;
};

struct block_context {
    const struct scope *scope;
    struct chart_context chart; /* typesetter, theme, locale, arena, diags */
    size_t *figure_count;       /* figures so far, for ids and figures.json */
};

struct block_kind {
    const char *name, *help;
    const struct block_key *keys; /* ends with a NULL name */
    bool (*read)(struct block_reader *reader, const void **arguments);
    /* A box of the width, never NULL. In the rehearsal any box will do. */
    struct box *(*lay)(const void *arguments, const struct block_context *context,
                       double width);
};

const struct block_kind *block_find(struct slice word);
const struct block_kind *const *block_kinds(size_t *count);
/* Warns of keys that no block of this kind knows, with the nearest. */
void block_check_keys(struct block_reader *reader, const struct block_kind *kind);
/* Whether each key has one text, a list or keys, as it takes; errors M114. */
bool block_check_forms(struct block_reader *reader, const struct block_kind *kind);

/* -- Readers of common keys; false = an error was added ------------------------- */

/* What of a measure is shown: "killed change", "killed sparkline". */
enum aspect {
#define ASPECT(id, words) ASPECT_##id,
#include "block/aspects.def"
    ASPECT_COUNT
};

enum cell_format_kind { CELL_AS_PLAIN, CELL_AS_NUMBER, CELL_AS_PERCENT, CELL_AS_DATE };
struct cell_format { /* of a tracker's column: see cell_format.h */
    enum cell_format_kind kind;
    int decimals;        /* -1: not said */
    struct slice layout; /* of a date; empty: the language's */
};
struct shown {
    const struct measure *measure; /* NULL: a column of the table */
    struct column *column;
    struct cell_format format;
    enum aspect aspect;
    struct slice label;
    struct place at;
};

/* Of `killed as "People killed"` the measure's words, and the label of the block's own;
 * and what those words mean: a measure, or something of it. */
struct slice shown_word(struct slice word, struct slice *label);
bool find_shown(const struct scope *scope, struct slice word, struct shown *shown);
/* `show:` as a list of measures with aspects, or of columns where columns is set. */
bool read_shown(struct block_reader *reader, const char *key, bool columns,
                const struct shown **out, size_t *count);
/* `show:` as a list of measures, at least one. */
bool read_measures(struct block_reader *reader, const char *key,
                   const struct shown **out, size_t *count);
/* Which of its words the key has; 0, the first of them, when it is absent. */
bool read_choice(struct block_reader *reader, const char *key, size_t *out);
/* An error, always false: the block needs the key. It stands at a key that was
 * probably meant, else at the block with a line to add. */
bool reader_missing(struct block_reader *reader, const char *key, const char *example);
/* A text that may hold {{ }}; *out NULL when the key is absent. */
bool read_text(struct block_reader *reader, const char *key,
               const struct template_text **out);
/* A condition on rows of table; *out NULL when the key is absent. */
bool read_where(struct block_reader *reader, const char *key, struct table *table,
                struct condition **out);
/* A column of the table by the key's value; *out NULL when the key is absent. */
bool read_column(struct block_reader *reader, const char *key, struct table *table,
                 struct column **out);
/* One of words, which make groups: no numbers, days or free text. */
bool read_group_column(struct block_reader *reader, const char *key,
                       struct table *table, struct column **out);
/* The column that word, the whole or a part of value, names; wanted when there is one,
 * else an error with the nearest. */
bool find_column(struct block_reader *reader, struct table *table,
                 const struct yaml *value, struct slice word, struct column **out);
/* Whether word is a unit of time and no column of words. */
bool is_period_unit(const struct table *table, struct slice word,
                    enum period_unit *unit);
/* "52 weeks": *count 0 when the key is absent. */
bool read_length(struct block_reader *reader, const char *key, size_t *count,
                 enum period_unit *unit);
/* A whole number in the key's bounds; fallback when it is absent. */
bool read_whole(struct block_reader *reader, const char *key, long fallback, long *out);
/* The same, or two of them: "140 to 200"; *high 0 where there is one, both where the key
 * is absent. */
bool read_range(struct block_reader *reader, const char *key, long *low, long *high);
bool read_bool(struct block_reader *reader, const char *key, bool fallback, bool *out);
/* The path of a file named in `base`, the template or a part of it: beside the part, else
 * beside the template. false: it lies neither in the template's folder or below nor in a
 * folder "samples" beside it. It need not be there. */
bool find_named_file(struct block_reader *reader, const char *base, const char *typed,
                     const char **out);
/* The same of a file that a key names; an error M030 where it is elsewhere. */
bool find_beside(struct block_reader *reader, const struct yaml *value,
                 const char **out);
/* The table named by `data:`, else the one whose measures alone are shown, else the main
 * one. Errors: M105, M147 (across.h). */
bool read_table(struct block_reader *reader, const struct source_table **out);
/* The table that a value names. Errors: M105. */
bool read_table_named(struct block_reader *reader, const struct yaml *value,
                      const struct source_table **out);
/* An error at a key's value, or at the block when it has none. */
struct diag *reader_error(struct block_reader *reader, const struct yaml *value,
                          const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* -- What blocks share when they lay themselves ----------------------------------- */

/* A measure over consecutive periods, oldest first. */
struct history {
    size_t count;
    const struct period *period;
    double *value, *low, *high;
    const struct cell *cell;
    enum point_state *state;
    bool has_bounds;   /* low and high hold something */
    int32_t first_day; /* earlier periods are left out */
};
/* count periods of unit that end with the one holding the scope's period; periods
 * before the measure's table begins are left out. */
struct history history_of(const struct scope *scope, const struct measure *measure,
                          const struct condition *where, enum period_unit unit,
                          size_t count);
/* The same, from the period on that holds first_day, whenever the table begins: for
 * measures of several tables side by side. */
struct history history_from(const struct scope *scope, const struct measure *measure,
                            const struct condition *where, enum period_unit unit,
                            size_t count, int32_t first_day);
/* The first day of any table that the measures are of. */
int32_t first_day_shown(const struct shown *shown, size_t count,
                        const struct scope *scope);
/* The range to be expected at each position of a history of incidents; false when
 * there is none. Positions too early for one are NAN. */
bool expected_band(const struct scope *scope, const struct measure *measure,
                   const struct condition *where, const struct history *history,
                   double **low, double **high);
/* The same of values that count incidents in the periods of `longer`, of which the
 * first `ahead` come before the positions: low and high hold the others. */
bool expected_of(const struct scope *scope, const struct measure *measure,
                 const struct history *longer, const double *value, size_t ahead,
                 double **low, double **high);
/* The last count periods of unit up to the scope's last day, as one; count 0: the
 * scope's own period. */
struct period last_periods(const struct scope *scope, size_t count,
                           enum period_unit unit);
/* What a map records after how many places matched: how many the data name. */
#define MAP_NAMED "map.places named"
/* "Balochistan, 9–15 November 2026": the group at hand, and the period. */
struct slice place_and_period(const struct block_context *context,
                              struct period period);
/* A paragraph of one style. */
struct box *text_box(const struct block_context *context, struct slice text,
                     enum text_role role, double width);
/* Trailing mean over length values; NAN until there are enough. */
double *trailing_average(struct arena *arena, const double *value, size_t count,
                         size_t length);

/* What rows without a value of the column are called: "Place unknown", "Type unknown". */
struct slice unknown_name(const struct block_context *context,
                          const struct column *column);

/* The measure's label, or its name, as the language calls it. */
struct slice measure_label(const struct measure *measure, const struct locale *locale,
                           struct arena *arena);
/* "40+" went into a number: it is at least that. Rows of a count are known. */
static inline bool is_limit(const struct cell *cell, const struct measure *measure)
{
    return cell->at_least && measure->kind != MEASURE_COUNT && !isnan(cell->value);
}
/* The least that a sparkline's scale spans: 6 of what is counted, 6% of shares; of rates
 * 0, which is a part of the highest. */
double measure_span(const struct measure *measure);
/* "No attacks.": what a figure says that has none to show. */
struct slice print_none(const struct block_context *context,
                        const struct measure *measure);
/* "2 September 2026". */
struct slice print_full_day(const struct block_context *context, int32_t day);
/* "Families: the data begin on 2 September 2026.": where the measure's table knows no day
 * at one end of a longer window, or none of a period; else empty. */
struct slice print_coverage(const struct block_context *context,
                            const struct measure *measure, struct period window);
struct slice capitalised(const struct block_context *context, struct slice text);
/* Whether a tone is one of ours: attack, operation, neutral, attention. */
bool check_tone(struct diags *diags, const struct yaml *value);
enum chart_tone measure_tone(const struct measure *measure);
bool measure_is_harm(const struct measure *measure); /* more of it is worse */
/* A value as the brief prints it: counts whole, ratios with a decimal, shares in
 * percent, unknown as an en dash. */
struct slice print_value(const struct block_context *context,
                         const struct measure *measure, double value);
/* The same with the bounds of a triple, and marked where cells say "at least". */
struct slice print_cell(const struct block_context *context,
                        const struct measure *measure, const struct cell *cell);
/* The change of a share in percentage points: "+2.6 pts"; without its sign "2.6 pts". */
struct slice print_points(const struct block_context *context, double difference,
                          bool is_signed);
/* A measure's change: of a share in points, else by as many decimals as it has. */
struct slice print_change(const struct block_context *context,
                          const struct measure *measure, double difference);
struct slice print_phrase(const struct block_context *context, const char *key,
                          double count, const struct phrase_part *part,
                          size_t part_count);
/* Puts a number of a block into figures.json; nothing in the rehearsal. */
void record_figure(const struct block_context *context, const char *what,
                   const struct measure *measure, const struct condition *where,
                   struct period period, struct slice group, const struct cell *cell,
                   struct slice printed);

#endif

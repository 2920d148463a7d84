/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sitrep: incident CSVs and a template become a brief.
 *
 *     struct sitrep *s = sitrep_new("/usr/share/sitrep");
 *     if (sitrep_set(s, "as-of", "2026-11-15") == SITREP_OK &&
 *         sitrep_compose(s, "weekly.md") == SITREP_OK &&
 *         sitrep_write_file(s, "brief.pdf", NULL) == SITREP_OK)
 *         puts("written");
 *     for (size_t i = 0; i < sitrep_message_count(s); i++)
 *         fputs(sitrep_message_text(s, i), stderr);
 *     sitrep_free(s);
 *
 * One handle holds a session: fonts, schemas and tables are read once and serve any
 * number of briefs. A handle belongs to one thread at a time. The library reads no
 * clock, locale or environment, prints nothing and never exits. Every function that
 * can fail returns a status, which is also the command's exit code; what went wrong is
 * in the messages. Strings are UTF-8 and belong to the handle unless said otherwise. */
#ifndef SITREP_H
#define SITREP_H

#include <stddef.h>
#include <stdint.h>

struct sitrep;

enum sitrep_status {
    SITREP_OK = 0,
    SITREP_INTERNAL = 1, /* internal, input or output */
    SITREP_USAGE = 2,
    SITREP_TEMPLATE = 3,
    SITREP_DATA = 4,
    SITREP_QUALITY = 5, /* more rejects than max-rejects, places unmatched */
    SITREP_MISSING = 6, /* font, map or theme */
    SITREP_STRICT = 7,  /* warnings, and "strict" is set */
    SITREP_PARTLY = 8,  /* some of a batch failed */
};

/* resources: the folder that holds fonts/ and templates/. Never NULL. */
struct sitrep *sitrep_new(const char *resources);
void sitrep_free(struct sitrep *sitrep);
const char *sitrep_version(void);

/* Settings, before compose; a later one replaces an earlier:
 *   period        as in templates; over the template's own
 *   as-of         YYYY-MM-DD: the day the brief speaks of
 *   language      en, ur …: over the template's own
 *   theme, paper  over the template's own
 *   issue         path of the per-issue YAML
 *   encoding      of data files without a BOM or a schema that says it
 *   delimiter     of data files: , ; | or tab
 *   schema        of the main table, by name
 *   dates         layout of its dates, d/M/yyyy, where the file can't tell
 *   max-rejects   most bad cells and excluded rows allowed: "10" or "0.5%"
 *   strict        yes: warnings fail
 *   twins         yes: kept figures are compared with their words and values, too
 *   value:NAME    a value for {{ NAME }}
 * An unknown key or bad value is SITREP_USAGE. */
int sitrep_set(struct sitrep *sitrep, const char *key, const char *value);

/* A data file in place of the one the template names. "-" is standard input; bytes
 * are borrowed until sitrep_free. */
int sitrep_add_data(struct sitrep *sitrep, const char *name, const char *path);
int sitrep_add_data_bytes(struct sitrep *sitrep, const char *name, const char *bytes,
                          size_t size);

/* Reads the template, its data, and lays the brief out. The brief before, if any, is
 * forgotten; tables stay. */
int sitrep_compose(struct sitrep *sitrep, const char *template_path);

/* The same for the rows whose field is value: one brief per province or district.
 * Needs an earlier sitrep_groups for the same template and field. */
int sitrep_compose_group(struct sitrep *sitrep, size_t group);
/* Loads template and data and lists the field's values that occur, in name order:
 * sitrep_group_name(0 … count - 1). In the briefs the field is a value: {{ province }}. */
int sitrep_groups(struct sitrep *sitrep, const char *template_path, const char *field,
                  size_t *count);
const char *sitrep_group_name(const struct sitrep *sitrep, size_t group);

/* Twin editions: the figures of the brief at hand are kept; a later brief, of another
 * language, is compared with them: SITREP_QUALITY and messages where they differ. */
int sitrep_keep_figures(struct sitrep *sitrep);
int sitrep_compare_figures(struct sitrep *sitrep);

/* After compose. */
size_t sitrep_page_count(const struct sitrep *sitrep);
const char *sitrep_period_label(const struct sitrep *sitrep); /* "2026-W46" */
const char *sitrep_language(const struct sitrep *sitrep);
/* 1 when readers can't copy the words out of the PDF, as of Nastaliq: a text file
 * belongs beside it. */
int sitrep_needs_text(const struct sitrep *sitrep);
size_t sitrep_data_row_count(const struct sitrep *sitrep);

/* Formats, see sitrep_list("formats"): pdf, png, svg, csv (a figure's data), txt, json
 * (figures.json), layout (pages, boxes, lines and positions, for tests). A NULL format is taken from
 * the path's ending. The file is written beside, synced and renamed. */
typedef int sitrep_sink(const void *bytes, size_t size, void *context); /* 0 = go on */
int sitrep_write_file(struct sitrep *sitrep, const char *path, const char *format);
int sitrep_write(struct sitrep *sitrep, const char *format, sitrep_sink *sink,
                 void *context);
/* For png: page from 1 and dots per inch, before writing. */
void sitrep_choose_page(struct sitrep *sitrep, size_t page, double dpi);
/* For png, svg and csv: one figure by its id or number instead of a page. */
int sitrep_choose_figure(struct sitrep *sitrep, const char *id);
/* Its picture is laid out again to fill so many pixels, 192 to the inch; 200 to 8,000
 * a side. */
int sitrep_choose_size(struct sitrep *sitrep, size_t width, size_t height);
/* Every figure, or only the chosen one, for the web: NAME.svg, NAME.png, NAME@2x.png,
 * NAME-1200x675.png, NAME-1080x1080.png and NAME.csv in folder, NAME being the id or
 * "figure-3". */
int sitrep_write_figures(struct sitrep *sitrep, const char *folder);

/* check: composes also with an empty period, one incident and a huge week; messages
 * say what was found. layout = 1 adds dropped labels, overfull cells and missing
 * glyphs. */
int sitrep_check(struct sitrep *sitrep, const char *template_path, int layout);

/* fmt: writes a template in its normal form, unless only is 1; changed: whether it is
 * (or would be) another. A template with errors stays as it is: SITREP_TEMPLATE. */
int sitrep_format(struct sitrep *sitrep, const char *template_path, int only,
                  int *changed);

/* init: a first template for a data file, written to path, or text when path is NULL.
 * Its comments say what each column is read as. A file that is there already is not
 * overwritten: SITREP_USAGE. */
int sitrep_propose(struct sitrep *sitrep, const char *file, const char *path,
                   const char **text, size_t *size);

/* query: a table of measures by groups, as table, csv or json text. Any option may be
 * NULL. measures: count pairs of NAME=definition. */
struct sitrep_query {
    const char *file, *show, *by, *where, *period, *last, *sort, *limit, *format;
    const char *const *measure;
    size_t measure_count;
    const char *week_starts;
    const char *stat; /* methods, "trend, mann_kendall": their values for each series of
                         the complete periods in `by` instead of the measures */
};
int sitrep_run_query(struct sitrep *sitrep, const struct sitrep_query *query,
                     const char **text, size_t *size);
/* profile: what a file holds, as table or json text; with SITREP_QUALITY too. */
int sitrep_profile(struct sitrep *sitrep, const char *file, const char *format,
                   const char **text, size_t *size);

/* What a statistic is: definition, source, when it is unknown. */
int sitrep_explain(struct sitrep *sitrep, const char *statistic, const char **text,
                   size_t *size);

/* Registries, for help and completion: "keys", "blocks", "charts", "filters", "schemas",
 * "themes", "languages", "formats", "statistics", "measures". Rows of name, usage and
 * help; 0 rows for an unknown registry. */
size_t sitrep_list(struct sitrep *sitrep, const char *registry);
const char *sitrep_list_name(const struct sitrep *sitrep, size_t row);
const char *sitrep_list_usage(const struct sitrep *sitrep, size_t row);
const char *sitrep_list_help(const struct sitrep *sitrep, size_t row);

/* Messages so far, in order of place. text ends with a newline and holds the source
 * line, a caret and the cure. */
size_t sitrep_message_count(const struct sitrep *sitrep);
const char *sitrep_message_text(struct sitrep *sitrep, size_t message);
int sitrep_message_severity(const struct sitrep *sitrep, size_t message); /* 0 note
                                                        1 warning 2 error */
void sitrep_clear_messages(struct sitrep *sitrep);

/* Phases of the last compose and write, in milliseconds of processor time, when
 * "timings" is set: read, aggregate, layout, draw, press. clock is the caller's. */
typedef double sitrep_clock(void);
void sitrep_measure_time(struct sitrep *sitrep, sitrep_clock *clock);
size_t sitrep_timing_count(const struct sitrep *sitrep);
const char *sitrep_timing_name(const struct sitrep *sitrep, size_t phase);
double sitrep_timing(const struct sitrep *sitrep, size_t phase);

#endif

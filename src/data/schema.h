/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A schema says what the columns of a kind of file mean. It is a YAML file in
 * templates/schemas/ and no C; which one fits is decided by the header. How such a
 * file is written: templates/schemas/README.md. */
#ifndef SITREP_DATA_SCHEMA_H
#define SITREP_DATA_SCHEMA_H

#include "base/diag.h"
#include "base/yaml.h"

enum column_type {
    COLUMN_TEXT,     /* free text, read from the source when asked for */
    COLUMN_CATEGORY, /* words, coded */
    COLUMN_NUMBER,
    COLUMN_DAY,
};
const char *column_type_name(enum column_type type); /* "number" */

/* One spelling of a word. `from` is folded (word_fold); a * at its start or end stands
 * for anything: "*operation*". */
struct schema_alias {
    struct slice from, to;
    struct place at;
};

enum { DATE_PARTS = 3 };

struct schema_field {
    struct slice name; /* canonical: "killed" */
    struct place at;
    enum column_type type;
    size_t source_count;
    const struct slice *source;    /* folded header names it answers to, best first */
    struct slice part[DATE_PARTS]; /* folded headers of year, month, day, where a date
                                      lies in three columns; else empty */
    size_t layout_count;
    const struct slice *layout; /* of days, see dates.h; tried before the usual ones */
    size_t missing_count;
    const struct slice *missing; /* codes that mean unknown, beside blank; compared
                                    whatever their case, but not folded: "-9" isn't 9 */
    size_t alias_count;
    const struct schema_alias *alias; /* of numbers: words that stand for one */
    size_t spelling_file_count;
    const struct slice *spelling_file; /* whose spellings schema_complete adds */
    struct place spelling_at;
    struct slice otherwise; /* with `from`: the word for values without an alias */
    char separator;         /* of several values in one cell, 0 = one value */
    bool required;
    bool reads_at_least;    /* "40+" is read as 40 and counted as "at least" */
    bool is_whole;          /* counts things: 1.250 may be a thousand, a bad cell */
    double lowest, highest; /* a number outside is a bad cell; -INFINITY = free */
    struct slice strip;     /* '|'-separated folded word endings that are dropped:
                               "district|agency" */
    struct slice low, high; /* fields that bound this one, empty = none */
    struct slice constant;  /* value of every row when no source column is there */
    struct slice from;      /* another field whose words are mapped by alias when no
                               source column is there: side from type */
    struct slice plus;      /* comma-separated fields, summed when no source column is
                               there: killed = civilians killed + … */
};

#define SCHEMA_TOTALS "total|totals|grand total|subtotal|sub total|کل|میزان|مجموعہ"

struct schema {
    struct slice name, title;
    const char *file;
    size_t signature_count;
    const struct slice *signature; /* folded header names that must all be there */
    size_t field_count;
    const struct schema_field *field;
    struct slice encoding;   /* of such files when they aren't UTF-8, or empty */
    struct slice count_by;   /* "start" (default) or "end" */
    bool row_is_victim;      /* each row is one person killed */
    bool complete;           /* no rows = no incidents: absence is zero (default) */
    struct slice skip_first; /* folded first cells of units or tags rows,
                                '|'-separated. Rows of HXL tags are always known. */
    struct slice skip_total; /* folded words in the first filled cell of a totals row,
                                '|'-separated; SCHEMA_TOTALS by default */
    bool month_first;        /* numeric dates are month/day; else must be decidable */
    struct slice coverage_note; /* printed in the data note, may be empty */
    struct slice source_line;   /* how to cite, may be empty */
    struct unread *unread;      /* of a folder, and not read so far; else NULL */
};

/* slice_fold, and initials joined: "D.I. Khan", "DI Khan" and "d i khan" are "di khan". */
struct slice word_fold(struct arena *arena, struct slice word);

/* Reads one schema file. Errors D4xx. */
bool schema_parse(struct slice source, const char *file, struct arena *arena,
                  struct schema **out, struct diags *diags);

/* Every *.yaml of a folder, in name order. Of each only the name is known: it is read
 * when it may fit a header, since reading all takes longer than a small file's rows. */
bool schema_load_folder(const char *folder, struct arena *arena,
                        const struct schema *const **out, size_t *count,
                        struct diags *diags);

/* Reads what a folder's schema has left for now; true at once when it is read already.
 * It stays at its place. */
bool schema_read(const struct schema *schema, struct diags *diags);

/* A copy with the spellings of the files that its fields name, which lie in the
 * schema's folder or below. Only the schema that is used is completed: reading all of
 * them would take longer than drawing a brief. */
bool schema_complete(const struct schema *schema, struct arena *arena,
                     const struct schema **out, struct diags *diags);

/* Folded header names, for finding. */
struct header_names {
    const struct slice *name;
    size_t count;
};
/* The schema that fits a header best: all of its signature and required fields are
 * there; the longest signature wins, then the most fields matched. *out NULL: none.
 * Reads those that may fit, and fails when one of them has errors. */
bool schema_match(const struct schema *const *schema, size_t count,
                  struct header_names header, const struct schema **out,
                  struct diags *diags);

/* How many of its fields a header fills that it fits, 0 also for a schema with errors.
 * Reads it when it may fit. */
size_t schema_count_fields(const struct schema *schema, struct header_names header,
                           struct diags *diags);

const struct schema_field *schema_find_field(const struct schema *schema,
                                             struct slice name);
/* Index of the column that a field reads, SIZE_MAX when none is there; header holds
 * folded names. */
size_t schema_find_source(const struct schema_field *field, const struct slice *header,
                          size_t header_count);
/* The required field that a header lacks, or NULL. */
const struct schema_field *schema_find_lacking(const struct schema *schema,
                                               const struct slice *header,
                                               size_t header_count);

#endif

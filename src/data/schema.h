/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A schema says what the columns of a kind of file mean. It is a YAML file in
 * templates/schemas/ and no C; which one fits is decided by the header. */
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

/* Dates: how the day is written in a column. Layout letters as in Unicode (UTS 35):
 * yyyy MM dd M d MMM MMMM EEE EEEE HH mm ss, other characters as they are, [ ] for
 * an optional part, * for anything. */
struct schema_alias {
    struct slice from, to; /* from is folded (slice_fold) */
    struct place at;
};

struct schema_field {
    struct slice name; /* canonical: "killed" */
    enum column_type type;
    size_t source_count;
    const struct slice *source; /* folded header names it answers to, best first */
    size_t layout_count;
    const struct slice *layout; /* days */
    size_t missing_count;
    const struct slice *missing; /* folded codes that mean unknown, beside blank */
    size_t alias_count;
    const struct schema_alias *alias;
    char separator; /* of several values in one cell, 0 = one value */
    bool required;
    bool reads_at_least;    /* "40+" is read as 40 and counted as "at least" */
    double lowest, highest; /* a number outside is a bad cell; ±INFINITY = free */
    struct slice strip;     /* '|'-separated word endings dropped: "district|agency" */
    struct slice low, high; /* fields that bound this one: killed.low, killed.high */
    struct slice constant;  /* value of every row when no source column is there */
    struct slice
        from; /* another field whose value is mapped by alias: side from type */
    struct slice plus; /* comma-separated fields summed with it when none of the
                                source columns is there: killed = civilians killed + … */
};

struct schema {
    struct slice name, title;
    const char *file;
    size_t signature_count;
    const struct slice *signature; /* folded header names that must all be there */
    size_t field_count;
    const struct schema_field *field;
    struct slice encoding;   /* declared, or empty */
    struct slice count_by;   /* "start" (default) or "end" */
    bool row_is_victim;      /* each row is one person killed */
    bool complete;           /* no rows = no incidents: absence is zero (default) */
    struct slice skip_first; /* folded first cell of a units or tags row: "#" prefix
                                      = any cell beginning with # */
    struct slice skip_total; /* folded words in the first cell of a totals row,
                                      '|'-separated: "total|grand total" */
    bool month_first;        /* numeric dates are month/day; else must be decidable */
    struct slice coverage_note; /* printed in the data note, may be empty */
    struct slice source_line;   /* how to cite, may be empty */
    struct slice unknown_code;  /* for every field, '|'-separated */
};

/* Reads one schema file. Errors carry letter D. */
bool schema_parse(struct slice source, const char *file, struct arena *arena,
                  struct schema **out, struct diags *diags);

/* Reads every *.yaml of a folder, in name order. */
bool schema_load_folder(const char *folder, struct arena *arena,
                        const struct schema *const **out, size_t *count,
                        struct diags *diags);

/* The schema that fits a header best: all of its signature and required fields are
 * there; the longest signature wins, then the most fields matched. NULL: none. */
const struct schema *schema_match(const struct schema *const *schema, size_t count,
                                  const struct slice *header, size_t header_count,
                                  struct arena *scratch);

#endif

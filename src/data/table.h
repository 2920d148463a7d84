/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table: the rows of one CSV file as typed columns, one contiguous array each.
 * Categories are coded by a dictionary; free text stays in the source and is read
 * when somebody asks for it.
 * Life: table_open (header, schema) … table_want (columns) … table_read (rows) …
 * used by any number of briefs … table_close. */
#ifndef SITREP_DATA_TABLE_H
#define SITREP_DATA_TABLE_H

#include "base/file.h"
#include "data/csv.h"
#include "data/schema.h"

/* Dictionary of a category column. Code 0 is always "unknown" (the empty word). */
struct words {
    size_t count;
    const struct slice *word; /* by code: the schema's spelling, else the commonest */
};

/* Where the values of a column come from. */
enum column_origin {
    ORIGIN_SOURCE,   /* one column of the CSV */
    ORIGIN_PARTS,    /* three of them: year, month, day */
    ORIGIN_CONSTANT, /* the same in every row */
    ORIGIN_WORDS,    /* another column's words, mapped: side from type */
    ORIGIN_SUM,      /* other columns' numbers: killed = civilians killed + … */
};

struct dictionary;

struct column {
    struct slice name;   /* canonical ("district") or the header as typed */
    struct slice header; /* the source header as typed, may be empty */
    size_t source;       /* index of the CSV column, SIZE_MAX = none */
    enum column_type type;
    enum column_origin origin;
    const struct schema_field *field; /* NULL: own column, not in the schema */
    bool is_blank; /* an own column whose first rows hold nothing: any type fits */
    bool is_wanted;
    bool is_read;          /* the arrays below are filled */
    const uint64_t *known; /* a bit a row: blank is not zero. Text columns too */
    size_t known_count;
    union {
        const uint32_t *category; /* code a row; for several values, index of a set */
        const double *number;     /* NAN where unknown */
        const int32_t *day;       /* INT32_MIN where unknown */
    } as;
    const uint64_t *at_least; /* a bit a row ("40+"), NULL = none */
    struct words words;
    /* Several values a cell: category[row] is an index into set; the codes of set i are
     * set_code[set_start[i]] up to before set_code[set_start[i + 1]]. Only where some
     * cell does hold several; set 0 is empty. */
    bool is_list;
    size_t set_count;
    const uint32_t *set_start;
    const uint32_t *set_code;
    const struct column *low, *high;     /* bounds of a triple, or NULL */
    const struct dictionary *dictionary; /* what column_code looks words up in */
};

/* A cell that could not be used. Row rules exclude the whole row. */
struct reject {
    int line, column;           /* of the CSV; column counts cells from 1 */
    struct slice header, value; /* value cut to 80 bytes */
    const char *rule;           /* "not a date", "not a number", "below 0", … */
    bool excludes_row;
};

/* All rejects of one column and rule. */
struct reject_reason {
    struct slice header;
    const char *rule;
    bool excludes_row;
    size_t count;
    int line; /* of the first */
};

/* A column of numbers or days, and the same as words: its groups. */
struct grouped {
    const struct column *source, *groups;
};

/* What days repeat. */
enum calendar_cycle { CYCLE_WEEKDAY, CYCLE_MONTH, CALENDAR_CYCLES };

/* Byte offsets of records, ascending, in 4 bytes a row. */
struct row_offsets {
    uint32_t *low;
    size_t wrap_count;
    size_t *wrap; /* rows at which the high half grows by one */
};

struct table {
    struct slice name; /* "incidents" */
    const char *file;
    struct slice source; /* UTF-8 after BOM; borrowed, lives as long as the table */
    size_t start;        /* of the header in source: behind a line "sep=;"
                            and titles */
    struct csv_dialect dialect;
    const struct schema *schema; /* NULL: unknown */
    size_t header_count;
    const struct slice *header; /* as typed; "killed (2)", "column 5" where needed */
    size_t column_count;
    struct column *column; /* schema fields found, then own columns */
    size_t row_count;      /* rows used */
    struct row_offsets offsets;
    /* read = used + excluded + skipped; skipped: units, tags, totals and empty rows */
    size_t rows_read, rows_excluded, rows_skipped;
    size_t ragged_count; /* rows with more or fewer cells than the header */
    size_t reject_count; /* all; the first TABLE_REJECTS are kept */
    const struct reject *reject;
    size_t reason_count; /* the first TABLE_REASONS kinds, by first appearance */
    const struct reject_reason *reason;
    int32_t first_day, last_day; /* of the date column; 0, -1 without rows */
    struct column *date;         /* NULL for a table without days */
    struct column *weight;       /* rows aggregated already, or NULL = each counts 1.
                                    Known in every row: others are excluded */
    struct arena *arena;         /* for what is made of columns and lives as long */
    size_t grouped_count, grouped_capacity;
    struct grouped *grouped;                     /* by groups_of */
    const struct column *cycle[CALENDAR_CYCLES]; /* by calendar_groups, or NULL */
};
enum { TABLE_REJECTS = 1000, TABLE_REASONS = 100 };

struct table_options {
    const char *file;   /* path, "-" = standard input */
    struct place at;    /* where the file was named, for errors; may be nowhere */
    struct slice bytes; /* used instead of a file when data != NULL */
    struct slice name;
    const char *encoding; /* from the command line, or NULL */
    char delimiter;       /* 0 = guess */
    struct slice schema;  /* asked for by name, empty = by header */
    struct place schema_at;
    const struct schema *const *schemas;
    size_t schema_count;
    struct slice dates; /* layout of the date column, over the schema's; or empty */
    struct slice date_column; /* header of the column that is the date; or empty */
    struct place date_column_at;
};

/* Opens the file, decodes it, reads the header, chooses the schema, and lays out the
 * columns; no rows yet. Where the first record fits no schema and one of the next
 * twenty does, that one is the header. Unknown schema is no error: columns are own columns then.
 * Own columns are typed by the first 1,000 rows: all numbers -> number, all dates of
 * one layout -> day, long texts -> text, else category. A cell further down that
 * doesn't fit is unknown and listed. Errors D0xx (file), D1xx (encoding, CSV), D2xx. */
bool table_open(struct table **out, const struct table_options *options,
                struct diags *diags);
void table_close(struct table *table); /* NULL is fine */

/* The column called name: canonical name, then header, then another of the field's
 * header names; folded. NULL: none. */
struct column *table_find(const struct table *table, struct slice name);
/* Says that a column's values will be needed, and with it those that it is made from
 * and its bounds; table_read fills wanted columns, the date and the weight. */
void table_want(struct table *table, struct column *column);
/* The same for somebody who needs numbers: a column that was blank so far has them. */
void table_want_numbers(struct table *table, struct column *column);

/* One pass over the rows. Reading again after further wants reads only what is
 * missing. Returns false on broken CSV (D11x), a date column whose order can't be
 * decided (D203: 03/04/2026 …), or when no row has a usable date (D204).
 *   cost  linear; memory 4 bytes a row for its place, 4 a category or day, 8 a
 *         number, and a bit each */
bool table_read(struct table *table, struct diags *diags);

/* All cells of a row as written, by reading its record again; as many as the header
 * has. cells live in arena. */
bool table_row(const struct table *table, size_t row, struct arena *arena,
               const struct slice **cell, size_t *count);
/* The text of one column in a row, trimmed; canonical word for categories, several
 * joined by ", ". */
struct slice table_text(const struct table *table, const struct column *column,
                        size_t row, struct arena *arena);
int table_line(const struct table *table, size_t row);
size_t table_offset(const struct table *table, size_t row);

static inline bool column_is_known(const struct column *column, size_t row)
{
    return column->known[row / 64] >> (row % 64) & 1;
}
/* Code of a word in a category column by folded name and the field's aliases;
 * UINT32_MAX when it occurs nowhere. The column has been read. */
uint32_t column_code(const struct column *column, struct slice word);

#endif

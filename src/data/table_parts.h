/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the table share among themselves, and nobody else. */
#ifndef SITREP_DATA_TABLE_PARTS_H
#define SITREP_DATA_TABLE_PARTS_H

#include "data/dates.h"
#include "data/table.h"
#include "data/words.h"

/* Fills one column; owns the column's arrays. */
struct cell_reader {
    struct column *column;
    size_t source, part[DATE_PARTS];
    uint32_t *category;
    double *number;
    int32_t *day;
    uint64_t *known, *at_least;
    size_t known_count;
    struct dictionary *dictionary;
    struct date_reader dates;
    bool has_lookalike;        /* a missing code looks like a value: -9 */
    const char *below, *above; /* rules of numbers out of range */
};

struct table_store {
    struct table table; /* first: a table's store is at its own address */
    struct file file;
    bool has_file;
    struct arena *arena;
    struct slice date_layout; /* given from outside, or empty */
    const struct slice *folded_header;
    struct cell_reader *reader; /* by column */
    size_t capacity;            /* rows that the arrays have room for */
    double bytes_per_row;       /* of the first rows */
    bool has_rows;              /* the first pass is done */
    struct reject *reject;
    struct reject_reason *reason;
};

static inline struct table_store *store_of(struct table *table)
{
    return (struct table_store *)table;
}

static inline void bits_set(uint64_t *bits, size_t index)
{
    bits[index / 64] |= (uint64_t)1 << (index % 64);
}
static inline size_t bits_words(size_t count)
{
    return (count + 63) / 64;
}

/* Why a row can't be used. */
struct unusable {
    size_t source;
    struct slice cell;
    const char *rule;
};

/* One pass over the records. */
struct pass {
    struct table_store *store;
    struct diags *diags;
    struct arena *scratch;
    struct cell_reader **reader; /* of the columns that this pass fills */
    size_t reader_count;
    struct cell_reader *date, *weight; /* first pass only */
    size_t start_source;               /* the start date's, where the end counts */
    const struct csv_record *record;
    size_t record_index; /* 0 is the header */
    size_t row;
    size_t let_go_to; /* offset: before it the file's memory was given back */
    struct unusable unusable;
    char parts[48];    /* a date of three columns that can't be used, as one text */
    size_t counted_to; /* lines of rejects are counted on from here */
    int counted_lines;
    size_t first_ragged; /* offset, SIZE_MAX = none */
    size_t first_ragged_count;
    bool is_too_long;
};

/* table_preamble.c: moves the table's start behind titles above the header. */
void preamble_skip(struct table_store *store, const struct table_options *options,
                   struct diags *diags);
/* table_header.c: reads the names of columns, folded too. */
bool header_read(struct table_store *store, struct diags *diags);
/* table_columns.c: lays the columns out from header and schema. */
void columns_lay_out(struct table_store *store);
/* table_sniff.c: types own columns and learns how long a row is. */
void columns_sniff(struct table_store *store);

/* table_cells.c: memory of a column, and one cell of it. */
void cells_reserve(struct cell_reader *reader, size_t old_capacity, size_t capacity);
void cells_release(struct cell_reader *reader);
void cells_prepare(struct table_store *store, struct cell_reader *reader);
void cells_read(struct pass *pass, struct cell_reader *reader);
/* Date and weight, which decide whether the row can be used; else pass->unusable. */
bool cells_read_date(struct pass *pass);
bool cells_read_weight(struct pass *pass);
void pass_reject(struct pass *pass, size_t source, struct slice cell, const char *rule,
                 bool excludes_row);
/* Publishes what was read in the column; false on a date order nobody settled. */
bool cells_finish(struct pass *pass, struct cell_reader *reader);

/* table_derive.c: columns made of other columns. */
void columns_derive(struct table_store *store, struct diags *diags);

#endif

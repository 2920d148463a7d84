/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The `table` block: measures by the values of a field or by period, or the rows of
 * a tracker as they are. */
#ifndef SITREP_BLOCK_TABLE_BLOCK_H
#define SITREP_BLOCK_TABLE_BLOCK_H

#include "block/rows.h"
#include "block/sheet.h"

struct table_arguments {
    const struct source_table *table;
    const struct template_text *title, *subtitle;
    const struct shown *shown;
    size_t shown_count;
    struct column *rows;   /* one row for each value */
    struct column *groups; /* heads above rows that share its word, or NULL */
    bool by_period;        /* or for each period of unit */
    enum period_unit unit;
    struct condition *where;
    size_t last_count;
    enum period_unit last_unit;
    size_t compare_count; /* the last so many against as many before; 0: windows */
    enum period_unit compare_unit;
    size_t sparkline_count;
    enum period_unit sparkline_unit;
    struct column *beside; /* its word stands beside each row's name; or NULL */
    bool rank;             /* rows are numbered */
    long top, cut;
    bool others, total, subtotals;
    size_t sort;                   /* index of the shown measure that orders the rows */
    bool highest_first, is_sorted; /* is_sorted: the template says how */
    bool lists_rows;               /* a data table: rows of the file */
    struct row_order order;        /* data table */
    struct slice status;           /* data table: the column shown with status marks */
};

/* -- table_names.c: the columns that name the rows -- */
struct row_name {
    struct slice name;
    size_t rank;     /* 0: of the closing rows */
    uint32_t beside; /* word of the other field; 0: none */
};
size_t name_columns(const struct table_arguments *table);
/* Each writes so many columns or cells, and returns how many. */
size_t name_heads(const struct table_arguments *table,
                  const struct block_context *context, struct sheet_column *column);
size_t name_cells(const struct table_arguments *table,
                  const struct block_context *context, const struct row_name *row,
                  struct sheet_cell *cell);
/* By code of the rows' field; NULL when there is no other field. */
const uint32_t *words_beside(const struct table_arguments *table, struct arena *arena);

/* Measures by the values of a field. */
struct box *lay_measure_table(const struct table_arguments *table,
                              const struct block_context *context, double width);
/* Puts the first `count` rows of a sheet under heads, by each row's group. */
void group_sheet(const struct block_context *context, struct sheet *sheet,
                 const struct slice *group, size_t count);
/* The group of each row of the file, and as a word's number of each code of `rows`. */
struct slice *groups_of_rows(const struct table_arguments *table,
                             const struct block_context *context, const uint32_t *row,
                             size_t count);
const uint32_t *group_words(const struct table_arguments *table, struct arena *arena);
struct slice group_name(const struct table_arguments *table,
                        const struct block_context *context, uint32_t word);
/* Lists the rows of a file. */
struct box *lay_data_table(const struct table_arguments *table,
                           const struct block_context *context, double width);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV records with their places. The door to libcsv.
 *
 * A short scanner of ours takes the plain records (cells bare, or in quotes with
 * doubled quotes inside); every other record goes to libcsv, one physical line at a
 * time. So each record's byte offset is known without a second look at the text, and
 * libcsv stays the judge of what is odd. Both give the same records: the tests hold
 * csv_read against csv_read_by_library. */
#ifndef SITREP_DATA_CSV_H
#define SITREP_DATA_CSV_H

#include "base/diag.h"

struct csv_dialect {
    char delimiter; /* , ; tab | or 0 = decide from the first records */
};

struct csv_record {
    size_t offset; /* of the record's first byte in the source */
    size_t count;
    const struct slice *cell; /* unescaped; spaces and tabs around a cell are dropped,
                                 those within quotes stay. Valid during the call; a
                                 cell without doubled quotes borrows the source. */
};

/* Return false to stop reading early; that isn't an error. */
typedef bool csv_record_fn(const struct csv_record *record, void *context);

enum { CSV_LARGEST_CELL = 16 * 1024 * 1024, CSV_MOST_CELLS = 65536 };

/* Reads valid UTF-8 (see encoding.h) from byte `start` on, which must lie between
 * records. Lines end in LF, CRLF or CR; blank lines are no records. A quote within a
 * cell that doesn't begin with one is text: 37°36'37.8"N. An error names line and
 * column and ends the reading (diags NULL: nobody is told):
 *   D111  a quote that is never closed
 *   D112  text after a closing quote
 *   D113  a NUL byte
 *   D114  a cell over 16 MiB, a record over 65,536 cells
 *   cost  linear; memory of one record */
bool csv_read(struct slice source, size_t start, const char *file,
              struct csv_dialect dialect, csv_record_fn *take, void *context,
              struct diags *diags);

/* The same by libcsv alone, about five times slower: what csv_read must equal. */
bool csv_read_by_library(struct slice source, size_t start, const char *file,
                         struct csv_dialect dialect, csv_record_fn *take, void *context,
                         struct diags *diags);

/* Decides the delimiter: the one of , ; tab | that divides the first records into
 * the most equal counts of more than one cell; a comma when none does. */
struct csv_dialect csv_guess_dialect(struct slice source);

/* Spreadsheets may put "sep=;" in front of the header: its delimiter and the offset
 * behind that line; 0 when there is none. */
size_t csv_skip_separator_line(struct slice source, struct csv_dialect *dialect);

/* True for a row of HXL tags, "#date+start", and blanks, as it may stand under a header. */
bool csv_is_tags(const struct csv_record *record);

/* Place of a byte offset: line and column (code points), both from 1. Lines end in LF,
 * or in CR where the source has no LF. cost: a scan of the bytes before it. */
struct place csv_place_of(struct slice source, const char *file, size_t offset);
int csv_line_of(struct slice source, size_t offset);
/* Lines that end in source[from..to): for many places in ascending order. */
int csv_count_lines(struct slice source, size_t from, size_t to);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV records with their places. The door to libcsv.
 *
 * libcsv is fed one physical line at a time, so that every record's byte offset and
 * line number are known without a second look at the text. */
#ifndef SITREP_DATA_CSV_H
#define SITREP_DATA_CSV_H

#include "base/diag.h"

struct csv_dialect {
    char delimiter; /* , ; tab | or 0 = decide from the first records */
};

struct csv_record {
    size_t offset; /* of the record's first byte in the source */
    size_t count;
    const struct slice
        *cell; /* unescaped, ends trimmed of nothing; valid during the call */
};

/* Return false to stop reading early; that isn't an error. */
typedef bool csv_record_fn(const struct csv_record *record, void *context);

/* Reads valid UTF-8 (see encoding.h), after any BOM, from byte `start` on. Blank
 * lines are no records. A quote that is never closed, a quote inside an unquoted
 * cell that libcsv's strict mode refuses, a NUL byte, or a cell over 16 MiB are
 * errors naming line and column (code D1xx).
 *   cost  linear; memory of one record */
bool csv_read(struct slice source, size_t start, const char *file,
              struct csv_dialect dialect, csv_record_fn *take, void *context,
              struct diags *diags);

/* Decides the delimiter: the one of , ; tab | that divides the first records into
 * the most equal counts of more than one cell; a comma when none does. */
struct csv_dialect csv_guess_dialect(struct slice source);

/* Line (1-based) of a byte offset. cost: a scan of the bytes before it. */
int csv_line_of(struct slice source, size_t offset);

#endif

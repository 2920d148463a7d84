/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The house style's names for the words of a column: several words under one name,
 * and words that are nobody. */
#ifndef SITREP_BLOCK_NAMING_H
#define SITREP_BLOCK_NAMING_H

#include "block/question.h"

struct naming {
    const struct column *column;
    size_t count; /* names; 0 is "not known" */
    const struct slice *name;
    const uint32_t *of_code; /* the column's codes to names */
    const bool *left_out;    /* by name */
};

/* names: {"TTP": [Tehrik-i-Taliban Pakistan, …], Teachers: teacher}, or NULL; a word
 * that it doesn't mention keeps its own name, so does one that occurs nowhere, which
 * is a warning. leave_out: a list of words, or NULL: those of the language's list
 * under the key `nobody`, which may be NULL. After the rows are read. */
struct naming naming_of(const struct block_context *context,
                        const struct column *column, const struct yaml *names,
                        const struct yaml *leave_out, const char *nobody);
/* The different names of a row, but those left out; at most `most`, returns how many.
 * *is_known: the row has any name, left out or not. */
enum { NAMES_OF_ROW = 16 };
size_t names_of_row(const struct naming *naming, uint32_t row,
                    uint32_t name[NAMES_OF_ROW], bool *is_known);

#endif

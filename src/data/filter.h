/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conditions on rows: `side is attack and killed >= 5`. Parsed to a tree with places
 * (filter_parse.c), bound to a table's columns, evaluated over runs of rows.
 *
 *   FIELD is VALUE          FIELD is not VALUE         also = and !=
 *   FIELD in (A, B)         FIELD not in (A, B)        also `is in`, `is not in`
 *   FIELD >= NUMBER         > <= <, also ≥ and ≤; dates: date >= 2026-11-01
 *   FIELD contains "x"      FIELD does not contain "x"
 *   FIELD is known          FIELD is unknown
 *   and, or, not, ( )       mixing and with or needs brackets
 *
 * An unknown cell meets only `is unknown`: neither `killed >= 5` nor `not killed >= 5`
 * nor `killed is not 5` holds for a blank. In a column with several values a cell, a
 * test holds when any of the values meets it, and its `not` when none does.
 * Dates may be whole periods: `date is 2026-11`, `date > 2026-Q3`. */
#ifndef SITREP_DATA_FILTER_H
#define SITREP_DATA_FILTER_H

#include "data/phrase.h"
#include "data/table.h"

enum condition_kind {
    CONDITION_AND,
    CONDITION_OR,
    CONDITION_NOT,      /* NOT has a left only */
    CONDITION_IS,       /* field is a, field in (a, b) */
    CONDITION_COMPARE,  /* field >= number or day */
    CONDITION_CONTAINS, /* field contains "x", folded */
    CONDITION_KNOWN,    /* field is known */
};
enum comparison {
    COMPARE_LESS,
    COMPARE_AT_MOST,
    COMPARE_EQUAL,
    COMPARE_NOT_EQUAL,
    COMPARE_AT_LEAST,
    COMPARE_MORE
};

/* Numbers or days from low to high, both in it; days are exact as doubles. */
struct number_range {
    double low, high;
};

struct condition {
    enum condition_kind kind;
    bool negated; /* of a test: is not, not in, is unknown */
    struct place at;
    struct slice source; /* as written, for notes and figures.json */
    struct condition *left, *right;
    struct slice field;
    struct place field_at;
    int field_width;
    size_t value_count;
    const struct slice *value; /* words as written, without quotes */
    const struct place *value_at;
    enum comparison comparison;
    /* filled by condition_bind and condition_resolve */
    struct column *column;
    const uint8_t
        *verdict; /* category: by code or set, CONDITION_YES or _NO; 0 = unknown */
    const struct number_range *range; /* numbers and days: value_count of them */
    const struct slice *folded;       /* free text: the values folded */
};
enum { CONDITION_YES = 1, CONDITION_NO = 2 };

/* Parses text to its end; text is borrowed. Values may be bare words up to and, or, a
 * bracket; or quoted with any quotes. fields: the longest known name wins; a name that
 * isn't known is taken up to the next comparison and left to condition_bind. Errors:
 * M204 not understood, M205 and/or mixed without brackets, M206 too long (over 10,000
 * bytes, 1,000 tests or 50 nested brackets). */
bool condition_parse(struct slice text, struct place at, const struct name_list *fields,
                     struct arena *arena, const struct condition **out,
                     struct diags *diags);
/* Both of a and b; either may be NULL. Unbound ones only. */
const struct condition *condition_both(const struct condition *a,
                                       const struct condition *b, struct arena *arena);
/* The same of bound ones, linked as they are: what is resolved later is so here, too. */
const struct condition *conditions_both(const struct condition *a,
                                        const struct condition *b, struct arena *arena);
/* The names that conditions on a table may use: of columns, then headers as typed. */
struct name_list condition_fields(const struct table *table, struct arena *arena);

/* Before the rows are read: resolves columns and table_wants them. Unknown fields are
 * errors (M201) with the nearest name. The result is a bound copy. */
bool condition_bind(const struct condition *condition, struct table *table,
                    struct arena *arena, struct condition **out, struct diags *diags);
/* After the rows are read, when own columns have their types: resolves words to codes.
 * A value that occurs nowhere in its column is a warning (M202) with the nearest that
 * does; none when the schema knows the word. Errors: M203 a test that the column's
 * type can't have, M207 a value that isn't the number or date it must be. */
bool condition_resolve(struct condition *condition, const struct table *table,
                       struct arena *arena, struct diags *diags);
/* What to write for a word that stands where "is", "is not", "in (…)" or ">=" should;
 * NULL when nothing comes to mind. */
const char *condition_meant(struct slice word);
/* After the rows are read: the warning M202 when word occurs nowhere in a column of
 * words, with the nearest that does; NULL when it occurs or the schema knows it. */
struct diag *column_check_word(const struct column *column, struct slice word,
                               struct place at, struct diags *diags);
/* Sets accepted[i] to 1 or 0 for rows row[0..count). condition NULL accepts all.
 *   cost  count × tests; a test of free text reads its record again */
void condition_evaluate(const struct condition *condition, const struct table *table,
                        const uint32_t *row, size_t count, uint8_t *accepted);
bool condition_accepts(const struct condition *condition, const struct table *table,
                       uint32_t row);
/* A copy of the tree; texts and what was bound are shared. */
struct condition *condition_copy(const struct condition *condition,
                                 struct arena *arena);
/* The same test of the same columns: bound conditions that accept the same rows. */
bool condition_equal(const struct condition *a, const struct condition *b);
uint64_t condition_hash(const struct condition *condition); /* equal ones have one */

#endif

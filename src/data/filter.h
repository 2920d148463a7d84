/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conditions on rows: `side is attack and killed >= 5`. Parsed to a tree with
 * places, bound to a table's columns, evaluated over runs of rows. */
#ifndef SITREP_DATA_FILTER_H
#define SITREP_DATA_FILTER_H

#include "data/table.h"

enum condition_kind {
    CONDITION_AND,
    CONDITION_OR,
    CONDITION_NOT,
    CONDITION_IS,       /* field is a, field in (a, b); negated: is not, not in */
    CONDITION_COMPARE,  /* field >= number or day */
    CONDITION_CONTAINS, /* field contains "x", folded */
    CONDITION_KNOWN,    /* field is known / is unknown */
};
enum comparison {
    COMPARE_LESS,
    COMPARE_AT_MOST,
    COMPARE_EQUAL,
    COMPARE_NOT_EQUAL,
    COMPARE_AT_LEAST,
    COMPARE_MORE
};

struct condition {
    enum condition_kind kind;
    bool negated;
    struct place at;
    struct slice source; /* as written, for notes and figures.json */
    const struct condition *left, *right;
    struct slice field;
    struct place field_at;
    size_t value_count;
    const struct slice *value; /* words as written, without quotes */
    const struct place *value_at;
    enum comparison comparison;
    /* filled by condition_bind */
    struct column *column;
    const uint64_t *accepts; /* a bit per category code */
    double number;
    int32_t day;
};

/* Names that may hold spaces; the longest that fits wins. */
struct name_list {
    const struct slice *name;
    size_t count;
};

/* Parses text to its end. Values may be bare words up to and/or/)/, or quoted with
 * any quotes. Mixing and/or without brackets is an error. Errors M2xx. */
bool condition_parse(struct slice text, struct place at, const struct name_list *fields,
                     struct arena *arena, const struct condition **out,
                     struct diags *diags);
/* Before the rows are read: resolves columns and table_wants them. Unknown fields are
 * errors (M201) with the nearest name. The result is a bound copy. */
bool condition_bind(const struct condition *condition, struct table *table,
                    struct arena *arena, struct condition **out, struct diags *diags);
/* After the rows are read: resolves words to codes. A value that occurs nowhere in
 * its column is a warning (M202) with the nearest that does. */
void condition_resolve(struct condition *condition, const struct table *table,
                       struct arena *arena, struct diags *diags);
/* Sets accepted[i] for rows row[0..count). An unknown cell meets no comparison, and
 * neither `is` nor `is not`; only `is unknown`. condition NULL accepts all. */
void condition_evaluate(const struct condition *condition, const struct table *table,
                        const uint32_t *row, size_t count, uint8_t *accepted);
bool condition_accepts(const struct condition *condition, const struct table *table,
                       uint32_t row);

#endif

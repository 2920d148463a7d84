/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of a query share: a query that was read and bound. */
#ifndef SITREP_DATA_QUERY_PARTS_H
#define SITREP_DATA_QUERY_PARTS_H

#include "data/query.h"
#include "data/series.h"

enum { MOST_GROUPS = ASK_GROUPS + 1 };

/* One part of --by. */
struct query_group {
    struct slice header;
    bool is_period;
    enum period_unit unit;
    struct column *column;
    int which; /* of ask.by */
};

/* One key of --sort: a column of the answer, groups first. */
struct query_key {
    size_t column;
    bool is_descending;
};

struct query {
    struct table *table;
    struct query_text text;
    size_t shown_count;
    struct measure **shown; /* their names are what was typed */
    size_t group_count;
    struct query_group group[MOST_GROUPS];
    struct condition *where; /* NULL = all rows */
    size_t key_count;
    struct query_key *key; /* given ones, then the groups ascending */
    size_t limit;          /* SIZE_MAX = all */
    bool has_as_of;
    int32_t as_of;
};

#endif

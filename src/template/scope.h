/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What names mean at a place of the brief, and what a value is.
 *
 * A brief is bound twice by the very same code. The first time is the rehearsal:
 * every question that a value, a block or an `if` has goes into the plan, answers
 * are still empty (NAN), both branches of every `if` are walked, and the results are
 * thrown away. Then one scan answers all, and the second walk is for good. So no
 * code asks twice, and the rule for whoever asks is: ask first, then compute; never
 * let an answer decide whether to ask. (What wasn't asked in the rehearsal is
 * answered by a scan of its own, correct but slow.) */
#ifndef SITREP_TEMPLATE_SCOPE_H
#define SITREP_TEMPLATE_SCOPE_H

#include "data/series.h"
#include "template/locale.h"

enum value_kind {
    VALUE_UNKNOWN, /* printed as an en dash; unknown_because says why */
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_DAY,
    VALUE_PERIOD,
};

struct value {
    enum value_kind kind;
    double number, low, high; /* low, high: NAN or the triple's bounds */
    bool at_least;            /* "40+" went in */
    bool provisional;
    bool is_share; /* 0 to 1: prints as a percentage */
    int decimals;  /* asked for by number(1); -1 = by kind */
    struct slice text;
    int32_t day;
    struct period period;
    const struct measure *measure; /* the number's origin, or NULL */
    size_t rows;                   /* of the table, behind the number */
    bool is_phrase; /* words of the language file: capitals at a sentence's start */
    const char *unknown_because;
};

/* Every number that is printed, for figures.json: where it stands, what it is. */
struct figure {
    struct place at;
    struct slice
        expression; /* "attacks | change(\"previous week\")" or "chart 2: attacks" */
    struct slice printed; /* as in the brief; may be empty for chart data */
    double number, low, high;
    struct slice measure;   /* its definition, as written */
    struct slice condition; /* all filters in force, as written */
    struct period period;
    struct slice group; /* "province = Sindh", may be empty */
    size_t rows;        /* rows of the table behind it */
    bool at_least;      /* it is a lower limit: 40+ */
    bool is_of_length;  /* depends on how much of a list is shown, as "3 of 53" does */
    bool is_share;      /* printed as a part of a hundred */
};
/* What a value printed, words and all, for comparing editions. */
struct said_value {
    struct place at;
    struct slice expression, printed;
    struct slice plain; /* the same in the language of comparison; empty: the editor's
                           own words, which have no other */
};
/* What a test was of, for the method note. */
enum tested {
    TESTED_COUNT,
    TESTED_TREND,
    TESTED_DEATHS,
    TESTED_SHARE,
    TESTED_PLACES, /* many at once, with false discoveries held down */
    TESTED_OTHER,  /* waves, pairs, levels: their blocks say how */
    TESTED_KINDS
};
struct figures {
    struct arena *arena;
    size_t count, capacity;
    size_t tests[TESTED_KINDS];  /* made so far */
    const struct figures *whole; /* of the same brief composed before; or NULL */
    struct figure *figure;
    const struct locale
        *plain; /* language of comparison; NULL: none, nothing is said */
    size_t said_count, said_capacity;
    struct said_value *said;
};
void figures_add(struct figures *figures, const struct figure *figure);
void figures_add_said(struct figures *figures, const struct said_value *said);
void figures_count_test(struct figures *figures, enum tested tested); /* NULL-safe */

struct named_value {
    struct slice name;
    struct value value;
    struct place at, text_at; /* of the name, of what it is */
};

/* The days that a table knows of: of others nothing is known, which isn't 0. */
struct coverage {
    int32_t first_day, last_day;
    int32_t complete_until; /* later days are provisional */
};
struct source_table { /* a table of the brief under its name */
    struct slice name;
    struct table *table;
    struct coverage coverage;
    struct plan *plan;
    const struct rows *rows; /* NULL = all */
};

/* Where links within the brief lead, as they are composed. */
struct inner_links {
    struct arena *arena;
    size_t count, capacity;
    struct inner_link {
        struct slice target;
        struct place at;
    } * link;
};

struct scope {
    const struct scope *outer; /* NULL: the brief itself */
    size_t table_count;
    const struct source_table *tables; /* [0] is the main table */
    const struct measures *measures;
    const struct period_frame *frame;
    struct period_span period;        /* the brief's */
    struct period_span compare;       /* the period before, same unit */
    size_t average_count;             /* "12-week average": 12; 0 = none */
    const int32_t *break_day;         /* breaks in reporting that the editor has set: no
                                      comparison, range or trend looks behind them;
                                      ascending */
    const struct slice *break_reason; /* what changed on each; may be empty */
    size_t break_count;
    const struct condition *where; /* --each's and brief's filter, or NULL */
    const struct column *each;     /* inside `each`: its field, and the group at hand */
    uint32_t group;
    struct slice suffix; /* in an `each`: "-sindh", of the names of its headings */
    size_t name_count;   /* and which names those are */
    const struct slice *name;
    size_t value_count;
    const struct named_value *values; /* front matter, issue file, -P; nearest last */
    const struct locale *locale;
    struct figures *figures;   /* NULL in the rehearsal */
    struct inner_links *links; /* or NULL */
    struct note_book *notes; /* of what is being composed, see block/walk.h; or NULL */
    bool rehearsal;
    struct arena *arena;
    struct diags *diags;
    size_t page, pages; /* known in furniture only, else 0 */
};

/* The measure's history: its values over count consecutive periods of unit that end
 * with the one at `last` (a period of that unit). In an `each`, of the group at hand.
 * Composites are computed cell by cell. cells[i]: oldest first. */
struct cell {
    double value, low, high;
    uint32_t rows, unknown, at_least;
    bool provisional;
};
/* by: NULL, or up to 2 columns. Of a measure of another table than theirs, the groups
 * are those words in its column of the same name. *groups is the number of groups of each by (1 without);
 * cell index = (a * groups[1] + b) * bin_count + bin. Never NULL. */
const struct cell *scope_cells(const struct scope *scope, const struct measure *measure,
                               const struct condition *where,
                               const struct column *const by[2],
                               const struct period *bin, size_t bin_count,
                               size_t groups[2]);
/* The same, and the columns whose words name the groups: numbers and days that a
 * measure is taken by become words; NULL in the rehearsal. */
struct cells {
    const struct cell *cell;
    size_t groups[2];
    const struct column *by[2];
};
struct cells scope_cells_by(const struct scope *scope, const struct measure *measure,
                            const struct condition *where,
                            const struct column *const by[2], const struct period *bin,
                            size_t bin_count);
/* One cell: the measure over one period. */
struct cell scope_cell(const struct scope *scope, const struct measure *measure,
                       struct period period);
/* Before the rows are read: wants the columns by which an `each` around divides a
 * table; false: it has no column called *missing. */
bool scope_want_groups(const struct scope *scope, struct table *table,
                       struct slice *missing);
/* The groups of all `each` around in a table, outermost first. In another table than
 * the main one a group is the column of the same name and the same word in it. */
enum { GROUPS_MOST = 8 };
struct groups {
    size_t count;
    const struct column *column[GROUPS_MOST];
    uint32_t code[GROUPS_MOST];
    bool is_unknown; /* the table can't be divided by one of them */
};
struct groups scope_groups(const struct scope *scope, struct table *table);
/* Whether a row is in all of them. */
bool groups_hold(const struct groups *groups, uint32_t row);
const struct source_table *scope_table(const struct scope *scope, struct slice name);

/* Where breaks cut consecutive periods, oldest first: of each break inside them the
 * position of the first period that lies wholly after it, at most the last. */
const size_t *scope_breaks(const struct scope *scope, const struct period *period,
                           size_t count, size_t *break_count);
/* Of a table of the brief; NULL is the main one. */
struct coverage scope_coverage(const struct scope *scope, const struct table *table);
/* Whether the table knows the period from its first day on; any of its days. */
bool scope_covers(const struct scope *scope, const struct table *table,
                  struct period period);
bool scope_knows(const struct scope *scope, const struct table *table,
                 struct period period);
bool scope_is_provisional(const struct scope *scope, const struct table *table,
                          struct period period);
/* The first day that days up to last_day may be compared with: the table's first, or
 * that of the newest break. */
int32_t scope_compared_from(const struct scope *scope, const struct table *table,
                            int32_t last_day);
/* Whether the table covers the earlier period, knows of the later one, and both are on
 * one side of every break. */
bool scope_compares(const struct scope *scope, const struct table *table,
                    struct period earlier, struct period later);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a measure table may claim: the columns `verdict`, `expected` and `trend`, by
 * the rules of stats/verdict.h, and the notes that say what a dash means. */
#ifndef SITREP_BLOCK_TABLE_VERDICT_H
#define SITREP_BLOCK_TABLE_VERDICT_H

#include "block/table_block.h"

struct table_judge;

/* Asks what the columns need; late and before are the windows that changes compare. */
struct table_judge *judge_ask(const struct table_arguments *table,
                              const struct block_context *context, struct period late,
                              struct period before);

/* row: a group's code, or JUDGE_WHOLE for all of them. */
#define JUDGE_WHOLE ((int64_t)-1)
struct slice judge_text(struct table_judge *judge, size_t column, int64_t row);

/* The same of a count's verdict, where it says how the count stands; else empty. */
struct slice judge_standing(struct table_judge *judge, size_t column, int64_t row);

/* Why a cell is a dash, or what a range is: said once under the table. */
enum dash {
    DASH_TOO_FEW,  /* not enough periods before */
    DASH_NO_COUNT, /* only counts of incidents are tested */
    DASH_SMALL,    /* no percentage under 10 */
    DASH_SEEN,     /* deaths: the range is what was seen */
    DASH_LIMIT,    /* "40+" has no difference and no share */
    DASH_MANY,     /* no dash: rows were tested together */
    DASH_PERIODS,  /* rows are periods: they have no past of their own */
    DASH_COUNT
};
struct slice judge_dash(struct table_judge *judge, enum dash dash);
/* "+48%"; a dash where either is under ten. */
struct slice judge_percent(struct table_judge *judge, double now, double before);
/* A difference's colour: of harm, red when it grows. */
const struct text_style *change_style(const struct block_context *context,
                                      const struct measure *measure, double difference);
/* Adds the notes to the flow. */
void judge_notes(const struct table_judge *judge, struct flow *flow);

#endif

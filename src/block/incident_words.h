/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of an incident's entry, by the language and each alone. */
#ifndef SITREP_BLOCK_INCIDENT_WORDS_H
#define SITREP_BLOCK_INCIDENT_WORDS_H

#include "block/rows.h"

struct incidents {
    const struct source_table *table;
    const struct template_text *title;
    const struct shown *shown;
    size_t shown_count;
    struct condition *where;
    size_t last_count;
    enum period_unit last_unit;
    struct row_order order;
    long limit, lines;
    struct column *date, *type, *side, *district, *province, *place, *actor, *summary,
        *killed, *source, *sources;
    size_t other_count;
    const struct column **other; /* shown, and without a place of their own */
};

/* All are empty where the row doesn't know. */

/* As the table has it; categories by the language's names. */
struct slice incident_field(const struct incidents *incidents,
                            const struct column *column, uint32_t row,
                            const struct locale *locale, struct arena *arena);

/* "Place, district, province · actor". */
struct slice incident_place(const struct incidents *incidents, uint32_t row,
                            const struct locale *locale, struct arena *arena);

/* The summary and, in brackets, its source: one line. */
struct slice incident_words(const struct incidents *incidents, uint32_t row,
                            const struct locale *locale, struct arena *arena);

/* "Injured 12 · Target police": fields that an entry has no place for, by name. */
struct slice incident_others(const struct incidents *incidents,
                             const struct block_context *context, uint32_t row);

/* "1,240", "40+". */
struct slice incident_number(const struct column *column,
                             const struct block_context *context, uint32_t row);

/* With its weekday in a window of up to a month. */
struct slice incident_date(const struct incidents *incidents,
                           const struct block_context *context, uint32_t row);

/* The date, the type and all of these but the number, for readers of plain text. */
void incident_append(const struct incidents *incidents,
                     const struct block_context *context, uint32_t row,
                     struct text *out);

#endif

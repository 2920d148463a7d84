/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the blocks that answer a question of the field have in common: keys, windows,
 * the rows they look at, and a reply of sentences, tables and notes under one head. */
#ifndef SITREP_BLOCK_QUESTION_H
#define SITREP_BLOCK_QUESTION_H

#include "block/rows.h"
#include "block/sheet.h"
#include "stats/verdict.h"

/* Keys that every one of them has. */
#define QUESTION_KEYS                                                                  \
    {"title", "\"A quiet week\"", "the finding; else what the block is about",         \
     TAKES_TEXT},                                                                      \
        {"subtitle", "\"Last 26 weeks\"", "else the days looked at", TAKES_TEXT},      \
        {"where", "province is Sindh", "only rows that meet it", TAKES_WORD},          \
        {"last", "26 weeks", "the window; else the brief's period", TAKES_LENGTH},     \
    {                                                                                  \
        "id", "tempo", "name for links", TAKES_WORD                                    \
    }

struct question {
    const struct source_table *table; /* the main one */
    const struct template_text *title, *subtitle;
    struct condition *where;
    size_t last_count;
    enum period_unit last_unit;
};

bool read_question(struct block_reader *reader, struct question *out);
/* The same for a block on another table, a tracker. */
bool read_data_question(struct block_reader *reader, const struct source_table *table,
                        struct question *out);
/* A measure that counts rows of the main table, by the key's value, else called as
 * the key is. */
bool read_count_measure(struct block_reader *reader, const char *key,
                        const struct measure **out);
/* The column of words that the key names, else the first of the names that is there;
 * an error when there is none. */
bool read_category(struct block_reader *reader, const char *key, const char *name,
                   struct column **out);
/* The same for any column; *out NULL when the key is absent and so is the column. */
bool read_optional(struct block_reader *reader, const char *key, struct table *table,
                   const char *name, struct column **out);
/* The column that stands first in the file, wanted; a table has at least one. */
struct column *first_column(struct table *table);
/* The table has an incident a row: no weights. */
bool needs_incidents(struct block_reader *reader, const struct question *question);
/* Another measure of the rows that `counted` counts. */
const struct measure *measure_of_rows(const struct measure *counted,
                                      enum measure_kind kind, struct column *column,
                                      struct arena *arena);

struct period question_window(const struct question *question,
                              const struct scope *scope);
/* The window of the same length before; the brief's comparison when it has its own. */
struct period question_before(const struct question *question,
                              const struct scope *scope);
/* Whether the window before lies in the data and the window itself is complete. */
bool may_compare(const struct question *question, const struct scope *scope);
/* Rows that a measure counts in a period, by date. */
const uint32_t *question_rows(const struct question *question,
                              const struct scope *scope, const struct measure *counted,
                              struct period period, size_t *count);

/* -- Replies --------------------------------------------------------------------- */

struct reply {
    const struct block_context *context;
    const struct question *question;
    const char *what; /* for figures.json */
    double width;
    struct flow flow;
};

/* Ask for the title's values first: in the rehearsal this is all there is to do. */
struct reply reply_begin(const struct question *question,
                         const struct block_context *context, const char *what,
                         double width);
/* The head with the editor's words, else the language's: KEY.title, and the window. */
void reply_head(struct reply *reply, const char *key);
/* Of a tracker: without days under it, but where the editor gives them. */
void reply_title(struct reply *reply, const char *key);
void reply_text(struct reply *reply, struct slice text, enum text_role role);
void reply_say(struct reply *reply, const char *key, double count,
               const struct phrase_part *part, size_t part_count);
void reply_note(struct reply *reply, const char *key, double count,
                const struct phrase_part *part, size_t part_count);
void reply_sheet(struct reply *reply, const struct sheet *sheet);
struct box *reply_box(struct reply *reply);

/* Puts a number that isn't a measure's own into figures.json. */
struct traced {
    const struct measure *measure;
    struct period period;
    struct slice group;
    double value, low, high;
    size_t rows;
};
void reply_trace(const struct reply *reply, const struct traced *traced,
                 struct slice printed);

struct slice plain_number(const struct block_context *context, double number,
                          int decimals);
/* The same of a whole number that may be a lower limit, as 40+. */
struct slice traced_limit(const struct reply *reply, struct traced traced,
                          bool at_least);
/* A number that is printed and traced at once. */
struct slice traced_number(const struct reply *reply, struct traced traced,
                           int decimals);
/* "34%" of 0.34, as the language has it. */
struct slice plain_percent(const struct block_context *context, double share);
/* "14 of 31 (45%, 95% range 29–62%)"; counts only below 20, "–" of none. */
struct slice plain_share(const struct block_context *context, double part,
                         double whole);
struct slice plain_period(const struct block_context *context, struct period period);
struct slice plain_day(const struct block_context *context, int32_t day);
/* "week", or "26 weeks" where a window is given: for "in the 26 weeks before". */
struct slice window_words(const struct question *question,
                          const struct block_context *context);
struct slice word_name(const struct block_context *context, const struct column *column,
                       uint32_t code);
/* "usual", "clearly more": a verdict in a cell; an en dash where there is none. */
struct slice situation_words(const struct block_context *context,
                             enum situation situation);
/* A column's own heading, as the language has it. */
struct slice column_title(const struct block_context *context,
                          const struct column *column);
bool is_written_day(struct slice text, int32_t *day); /* 2026-11-03 */
/* A tracker's cell by its column's type; an en dash where it is blank. */
struct slice tracker_cell(const struct block_context *context,
                          const struct table *table, const struct column *column,
                          uint32_t row);
#define EN_DASH SLICE_LITERAL("\xe2\x80\x93")

/* Sheets made cell by cell. */
struct sheet *sheet_new(struct arena *arena, size_t columns, size_t rows);
void sheet_head(const struct block_context *context, struct sheet *sheet, size_t column,
                const char *key, enum sheet_kind kind);
void tracker_head(const struct block_context *context, struct sheet *sheet,
                  size_t column, const struct column *of);
void sheet_put(struct sheet *sheet, size_t row, size_t column, struct slice text);

#endif

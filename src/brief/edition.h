/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An edition: one template with its data read and its names resolved, ready for any
 * number of briefs, one for each province or district. */
#ifndef SITREP_BRIEF_EDITION_H
#define SITREP_BRIEF_EDITION_H

#include "block/compose.h"
#include "block/furniture.h"
#include "brief/session.h"

struct front { /* front matter, read */
    struct slice title, author, subject, keywords, kind;
    struct slice language, theme, paper;
    struct page_size page;
    struct slice notice, notice_detail, notice_line;
    const struct template_text *footer, *source;
    struct slice period;
    struct place period_at;
    struct slice as_of, complete_until;
    struct place as_of_at, complete_at;
    int week_start;
    size_t compare_shift; /* 1: the period before; 0: none */
    bool compare_year;    /* the same period a year before */
    size_t average_count;
    bool cover;
    size_t break_count;
    int32_t *break_day; /* ascending */
    struct slice *break_reason;
};

struct edition {
    struct session *session;
    struct arena *arena;
    const char *path;
    struct slice language; /* asked for from outside; empty: the template's own */
    const struct template *template;
    struct front front;
    struct locale *locale;
    struct theme *theme;
    size_t table_count;
    struct source_table *tables; /* with plans over all rows */
    struct measures measures;
    size_t value_count, value_capacity;
    struct named_value *values;
    struct prepared prepared;
    struct period_frame frame;
    struct scope scope; /* of the whole; no figures yet */
    /* for one brief after the other; NULL: none so far */
    struct typesetter *typesetter;
    struct arena *typeset; /* its own */
    bool is_typesetting;   /* for a brief that isn't freed */
};

/* Reads template, front matter, data and everything they name. */
bool edition_open(struct session *session, const char *path, struct edition **out);
void edition_close(struct edition *edition);

/* The parts of edition_open, each in a file of its own. */
bool front_check(struct edition *edition); /* each key has the kind of value it takes */
bool front_read(struct edition *edition);
/* The keys that front matter may have, for "did you mean" and the manual. */
const struct block_key *front_keys(size_t *count);
bool values_read(struct edition *edition); /* after the language is settled */
/* The last value given to a name; empty when none is. */
struct slice value_given(const struct edition *edition, const char *name);
bool edition_load_tables(struct edition *edition); /* headers and schemas */
bool edition_read_measures(struct edition *edition);
bool edition_read_rows(struct edition *edition); /* rows, quality gate, periods */

/* A template's text and its normal form; false after errors: what can't be read isn't
 * changed. */
bool template_tidy(struct session *session, const char *path, struct arena *arena,
                   struct slice *source, struct slice *tidy);

bool setting_is_yes(struct slice value);

#endif

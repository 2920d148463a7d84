/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What sitrep answers without a template: queries, profiles and its registries. */
#ifndef SITREP_BRIEF_REPORT_H
#define SITREP_BRIEF_REPORT_H

#include "brief/session.h"
#include "data/query.h"
#include "stats/registry.h"

struct report_query {
    const char *file, *show, *by, *where, *period, *last, *sort, *limit, *format, *stat;
    const char *const *measure; /* measure_count of "NAME=definition" */
    size_t measure_count;
    const char *week_starts;
};

/* One file with the session's settings; the session closes it. */
bool report_open_file(struct session *session, const char *file, struct table **out);
/* The same, with a column by whose days its rows are counted. */
bool report_open_dated(struct session *session, const char *file,
                       struct slice date_column, struct table **out);
bool report_query(struct session *session, const struct report_query *query,
                  struct arena *arena, struct slice *out);
/* format NULL or "table", else "json". A file that the quality gate refuses is shown
 * all the same: false, and *out holds what is in it. */
bool report_profile(struct session *session, const char *file, const char *format,
                    struct arena *arena, struct slice *out);

/* --stat: methods by name, "trend, mann_kendall". Errors U209. */
struct stat_choice {
    size_t count;
    const struct stat_method **method;
    struct slice *name; /* as asked for: "usual_range" is baseline's */
};
bool read_stat_choice(struct session *session, const char *text, struct arena *arena,
                      struct stat_choice *out);
/* Whether one of them looks at the incidents behind the counts. */
bool stat_choice_needs_incidents(const struct stat_choice *choice);
/* The methods' values for each series of an answer, one row a group and, of several
 * measures, a measure. Only complete periods count. */
void answer_statistics(const struct query *query, const struct query_result *series,
                       const struct stat_choice *choice, struct arena *arena,
                       struct query_result *out);

/* What a statistic is, for reading; U209 with the nearest name when there is none. */
bool report_statistic(struct session *session, const char *name, struct arena *arena,
                      struct slice *out);

struct report_row {
    const char *name, *usage, *help;
};
size_t report_list(struct session *session, struct slice registry, struct arena *arena,
                   const struct report_row **out);

/* init: a template for a file of data, that will lie at path; path NULL: beside it. */
bool report_init(struct session *session, const char *file, const char *path,
                 struct arena *arena, struct slice *out);
/* No column is one of dates by its name; the one that is by its cells. false, and why a
 * brief can't begin with the file, where none is. */
bool report_find_days(struct session *session, const struct table *table,
                      struct arena *arena, struct slice *column);

#endif

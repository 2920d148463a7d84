/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What sitrep answers without a template: queries, profiles and its registries. */
#ifndef SITREP_BRIEF_REPORT_H
#define SITREP_BRIEF_REPORT_H

#include "brief/session.h"

struct report_query {
    const char *file, *show, *by, *where, *period, *last, *sort, *limit, *format;
    const char *const *measure; /* measure_count of "NAME=definition" */
    size_t measure_count;
    const char *week_starts;
};

/* One file with the session's settings; the session closes it. */
bool report_open_file(struct session *session, const char *file, struct table **out);
bool report_query(struct session *session, const struct report_query *query,
                  struct arena *arena, struct slice *out);
/* format NULL or "table", else "json". */
bool report_profile(struct session *session, const char *file, const char *format,
                    struct arena *arena, struct slice *out);

struct report_row {
    const char *name, *usage, *help;
};
size_t report_list(struct session *session, struct slice registry, struct arena *arena,
                   const struct report_row **out);

#endif

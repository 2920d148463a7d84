/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A session: what is read once and serves any number of briefs: fonts, schemas,
 * themes, languages, tables, settings.
 * Life: session_new … edition_open … brief_compose … session_free. */
#ifndef SITREP_BRIEF_SESSION_H
#define SITREP_BRIEF_SESSION_H

#include "data/table.h"
#include "layout/text.h"
#include "template/locale.h"

struct setting {
    struct slice key, value;
};

struct data_source { /* given from outside, over the template's own */
    struct slice name;
    const char *path;
    struct slice bytes;
    bool is_bytes;
};

struct opened_table {
    struct table *table;
    struct table_options options; /* it was opened with: asked again, it is the same */
};

struct session {
    struct arena *arena;
    struct diags *diags;
    const char *resources;
    struct fonts *fonts;
    size_t schema_count;
    const struct schema *const *schemas;
    bool has_schemas;
    size_t setting_count, setting_capacity;
    struct setting *setting;
    size_t source_count, source_capacity;
    struct data_source *source;
    size_t table_count, table_capacity;
    struct opened_table *table; /* closed with the session */
    struct locale *comparison;  /* read on first use */
    struct slice group_field;   /* of --each: its value is known in every brief */
    double (*clock)(void);      /* milliseconds; NULL = not measured */
    double aggregated, drawn;   /* when the last brief had its answers, its pages */
    double pressing;            /* seconds between drawing its parts */
};

struct session *session_new(const char *resources);
void session_free(struct session *session);

/* A setting's value, empty when it isn't set. */
struct slice session_setting(const struct session *session, const char *key);
bool session_set(struct session *session, struct slice key, struct slice value);

/* The table of these options, opened or found among those that are. */
bool session_table(struct session *session, struct table_options *options,
                   struct table **out);
/* A table that was read has no more rejects than "max-rejects" allows; else Q101, with
 * the first of them as notes. */
bool session_accepts(struct session *session, const struct table *table);

/* False (U111) for a file that the brief is made from: a table's, the issue's, or the
 * template itself. */
bool session_may_write(struct session *session, const char *template_path,
                       const char *path);

/* Each reads its resource on first use. Errors F1xx name what is missing and what
 * there is. */
bool session_fonts(struct session *session, struct fonts **out);
bool session_schemas(struct session *session);
bool session_locale(struct session *session, struct slice tag, struct place at,
                    struct arena *arena, struct locale **out);
/* The language that editions are compared in, when "twins" is set; else NULL. */
bool session_comparison(struct session *session, const struct locale **out);
bool session_theme(struct session *session, struct slice name, struct place at,
                   struct arena *arena, struct theme **out);
/* The names (without ending) of the files in a folder below the resources, sorted. */
size_t session_resource_names(struct session *session, const char *folder,
                              const struct slice **out);
bool read_whole_file(const char *path, char letter, struct arena *arena,
                     struct slice *out, struct diags *diags);

#endif

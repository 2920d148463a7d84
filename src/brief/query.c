/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Queries of one file from the command line. */
#include "data/query.h"

#include "brief/report.h"

#include <string.h>

bool report_open_file(struct session *session, const char *file, struct table **out)
{
    return report_open_dated(session, file, (struct slice){0}, out);
}

bool report_open_dated(struct session *session, const char *file,
                       struct slice date_column, struct table **out)
{
    if (!session_schemas(session))
        return false;
    struct slice encoding = session_setting(session, "encoding");
    struct slice delimiter = session_setting(session, "delimiter");
    struct table_options options = {
        .file = file,
        .name = slice_of("incidents"),
        .encoding = encoding.size ? slice_c_string(session->arena, encoding) : NULL,
        .delimiter = slice_is(delimiter, "tab") ? '\t'
                     : delimiter.size           ? delimiter.data[0]
                                                : (char)0,
        .schema = session_setting(session, "schema"),
        .dates = session_setting(session, "dates"),
        .date_column = date_column,
        .schemas = session->schemas,
        .schema_count = session->schema_count,
    };
    return session_table(session, &options, out);
}

static bool read_week_start(struct session *session, const char *word, int *out)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    *out = 0;
    struct slice folded = slice_fold(session->arena, slice_of(word));
    for (int i = 0; i < 7; i++) {
        if (slice_is(folded, days[i]))
            *out = i;
        if (!folded.size || slice_is(folded, days[i]))
            return true;
    }
    struct diag *diag =
        diags_error(session->diags, (struct place){"--week-starts", 0, 0}, "U107",
                    "\"%s\" is no day of the week", word);
    diag_hint(session->diags, diag,
              "write it out in English: monday, saturday, sunday");
    return false;
}

static bool read_measures(struct session *session, const struct report_query *query,
                          struct query_text *text)
{
    struct query_measure *measure =
        ARENA_ARRAY(session->arena, struct query_measure, query->measure_count);
    for (size_t i = 0; i < query->measure_count; i++) {
        struct slice rest = slice_of(query->measure[i]), name;
        slice_cut(&rest, '=', &name);
        if (!rest.size) {
            diags_error(session->diags, (struct place){"--measure", 0, 0}, "U108",
                        "--measure wants NAME=definition, not \"%s\"",
                        query->measure[i]);
            return false;
        }
        measure[i] = (struct query_measure){slice_trim(name), slice_trim(rest)};
    }
    text->measure = measure;
    text->measure_count = query->measure_count;
    return true;
}

typedef void query_printer(const struct query_result *result, struct text *out);

static query_printer *find_printer(struct session *session, const char *format)
{
    static const struct {
        const char *name;
        query_printer *print;
    } printers[] = {{"table", query_print_table},
                    {"csv", query_print_csv},
                    {"json", query_print_json}};
    static const struct slice names[] = {{"table", 5}, {"csv", 3}, {"json", 4}};
    for (size_t i = 0; i < 3; i++) {
        if (!format || strcmp(format, printers[i].name) == 0)
            return printers[i].print;
    }
    struct diag *diag = diags_error(session->diags, (struct place){"--format", 0, 0},
                                    "U106", "there is no format \"%s\"", format);
    diag_suggest(session->diags, diag, slice_of(format), names, 3);
    return NULL;
}

/* Waves are told by the districts of incidents. */
static void want_districts(struct table *table, const struct stat_choice *choice)
{
    struct column *district = table_find(table, SLICE_LITERAL("district"));
    if (district && stat_choice_needs_incidents(choice))
        table_want(table, district);
}

/* A CSV holds plain numbers: that some are lower limits, as 40+, is said beside it. */
static void note_limits(const struct query_result *result, const char *file,
                        struct diags *diags)
{
    for (size_t j = 0; j < result->column_count; j++) {
        size_t limits = 0;
        for (size_t i = 0; i < result->row_count; i++)
            limits += result->cell[i * result->column_count + j].at_least;
        if (limits)
            diags_note(diags, (struct place){file, 0, 0}, "D304",
                       "\"%.*s\" is at least what is shown in %zu of %zu rows: numbers "
                       "like 40+ went in",
                       SLICE_PRINT(result->column[j].header), limits,
                       result->row_count);
    }
}

bool report_query(struct session *session, const struct report_query *query,
                  struct arena *arena, struct slice *out)
{
    struct query_text text = {
        .show = slice_of(query->show ? query->show : "count"),
        .by = slice_of(query->by),
        .where = slice_of(query->where),
        .period = slice_of(query->period),
        .last = slice_of(query->last),
        .sort = slice_of(query->sort),
        .limit = slice_of(query->limit),
        .as_of = session_setting(session, "as-of"),
        .as_series = query->stat != NULL,
    };
    struct stat_choice choice = {0};
    struct table *table;
    struct query *prepared;
    struct query_result result;
    query_printer *print = find_printer(session, query->format);
    if (!print ||
        (query->stat && !read_stat_choice(session, query->stat, arena, &choice)) ||
        !read_week_start(session, query->week_starts, &text.week_start) ||
        !read_measures(session, query, &text) ||
        !report_open_file(session, query->file, &table) ||
        !query_prepare(&text, table, arena, &prepared, session->diags))
        return false;
    want_districts(table, &choice);
    if (!table_read(table, session->diags) || !session_accepts(session, table) ||
        !query_answer(prepared, arena, &result, session->diags))
        return false;
    if (query->stat)
        answer_statistics(prepared, &result, &choice, arena, &result);
    struct text printed = {.arena = arena};
    print(&result, &printed);
    *out = text_slice(&printed);
    note_limits(&result, query->file, session->diags);
    if (result.note.size)
        diags_note(session->diags, (struct place){query->file, 0, 0}, "D302", "%.*s",
                   SLICE_PRINT(result.note));
    return true;
}

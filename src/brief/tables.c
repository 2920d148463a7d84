/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The data of an edition: which files, by which schema, and the days of its periods. */
#include "brief/edition.h"

#include <stdlib.h>
#include <string.h>

/* -- Files ------------------------------------------------------------------------------- */

static const struct data_source *given_source(const struct session *session,
                                              struct slice name)
{
    for (size_t i = session->source_count; i-- > 0;) {
        if (slice_equal(session->source[i].name, name))
            return &session->source[i];
    }
    return NULL;
}

/* A template reaches files in its own folder or below, and in a folder "samples"
 * beside its own; the command line reaches any. */
static bool may_reach(const struct edition *edition, const char *path)
{
    const char *beside = path_beside(edition->arena, edition->path, ".");
    const char *samples = path_beside(edition->arena, edition->path, "../samples");
    return path_is_below(path, beside) || path_is_below(path, samples);
}

static const char *named_path(struct edition *edition, const struct yaml *value)
{
    struct diags *diags = edition->session->diags;
    const char *path = path_beside(edition->arena, edition->path,
                                   slice_c_string(edition->arena, value->text));
    /* What isn't there is named when it is opened, with the nearest that is. */
    if (may_reach(edition, path) || !file_exists(path))
        return path;
    struct diag *diag = diags_error(diags, value->at, "M030",
                                    "\"%.*s\" lies outside the template's folder",
                                    SLICE_PRINT(value->text));
    diag->width = value->width;
    diag_hint(diags, diag,
              "put it beside the template, or give it on the command line: "
              "--data NAME=FILE");
    return NULL;
}

struct table_order {
    struct slice name;
    const struct yaml *value;   /* NULL: from the command line only */
    const struct yaml *details; /* mapping {file: …, schema: …} or NULL */
};

static bool apply_details(struct table_options *options, const struct yaml *details,
                          struct arena *arena, struct diags *diags)
{
    if (!details)
        return true;
    const struct yaml *schema = yaml_find(details, "schema");
    if (schema) {
        options->schema = schema->text;
        options->schema_at = yaml_text_at(schema);
    }
    struct slice encoding = yaml_text(details, "encoding", "");
    struct slice delimiter = yaml_text(details, "delimiter", "");
    options->dates = yaml_text(details, "dates", "");
    const struct yaml *date = yaml_find(details, "date");
    if (date) {
        options->date_column = date->text;
        options->date_column_at = yaml_text_at(date);
    }
    if (encoding.size && !options->encoding)
        options->encoding = slice_c_string(arena, encoding);
    if (delimiter.size && !options->delimiter)
        options->delimiter = slice_is(delimiter, "tab") ? '\t' : delimiter.data[0];
    if (!delimiter.size || slice_is(delimiter, "tab") || delimiter.size == 1)
        return true;
    diags_error(diags, yaml_text_at(yaml_find(details, "delimiter")), "M036",
                "\"%.*s\" is none of , ; | and tab", SLICE_PRINT(delimiter));
    return false;
}

static void apply_settings(struct table_options *options, const struct session *session,
                           bool is_main)
{
    struct slice encoding = session_setting(session, "encoding");
    struct slice delimiter = session_setting(session, "delimiter");
    struct slice schema = session_setting(session, "schema");
    struct slice dates = session_setting(session, "dates");
    if (dates.size && is_main)
        options->dates = dates;
    if (encoding.size)
        options->encoding = slice_c_string(session->arena, encoding);
    if (delimiter.size)
        options->delimiter = slice_is(delimiter, "tab") ? '\t' : delimiter.data[0];
    if (schema.size && is_main) {
        options->schema = schema;
        options->schema_at = (struct place){"--schema", 0, 0};
    }
}

static bool open_table(struct edition *edition, const struct table_order *order)
{
    struct session *session = edition->session;
    struct table_options options = {.name = order->name,
                                    .schemas = session->schemas,
                                    .schema_count = session->schema_count};
    const struct data_source *given = given_source(session, order->name);
    if (!apply_details(&options, order->details, edition->arena, session->diags))
        return false;
    apply_settings(&options, session, edition->table_count == 0);
    if (given && given->is_bytes) {
        options.bytes = given->bytes;
        options.file = given->path;
    } else if (given) {
        options.file = given->path;
    } else {
        options.file = named_path(edition, order->value);
        options.at = yaml_text_at(order->value);
        if (!options.file)
            return false;
    }
    struct table *table;
    if (!session_table(session, &options, &table))
        return false;
    edition->tables[edition->table_count++] =
        (struct source_table){.name = order->name, .table = table};
    return true;
}

/* {file: nap.csv, shema: nap}: a key that nobody reads. */
static void check_details(const struct yaml *details, struct diags *diags)
{
    static const struct slice known[] = {
        SLICE_LITERAL("file"),      SLICE_LITERAL("schema"), SLICE_LITERAL("encoding"),
        SLICE_LITERAL("delimiter"), SLICE_LITERAL("dates"),  SLICE_LITERAL("date"),
        SLICE_LITERAL("as of")};
    enum { KNOWN = sizeof known / sizeof *known };
    for (size_t i = 0; i < details->count; i++) {
        const struct yaml *key = &details->key[i];
        bool is_known = false;
        for (size_t j = 0; j < KNOWN; j++)
            is_known |= slice_equal(key->text, known[j]);
        if (is_known)
            continue;
        struct diag *diag = diags_warn(
            diags, key->at, "M110", "a data file has no key \"%.*s\"; it does nothing",
            SLICE_PRINT(key->text));
        diag->width = key->width;
        diag_suggest(diags, diag, key->text, known, KNOWN);
    }
}

/* A mistyped `file` is told with what it leaves out. */
static void no_file(struct slice name, const struct yaml *details, struct diags *diags)
{
    const struct slice wanted = SLICE_LITERAL("file");
    const struct yaml *slip = NULL;
    for (size_t i = 0; i < details->count; i++) {
        if (text_nearest(details->key[i].text, &wanted, 1) == 0)
            slip = &details->key[i];
    }
    struct diag *diag = diags_error(diags, slip ? slip->at : details->at, "M031",
                                    "data \"%.*s\" names no file", SLICE_PRINT(name));
    if (slip) {
        diag->width = slip->width;
        diag_hint(diags, diag, "did you mean \"file\"?");
    } else {
        diag_hint(diags, diag, "write {file: incidents.csv, schema: acled}");
    }
}

static struct table_order order_of(struct slice name, const struct yaml *value,
                                   struct diags *diags, bool *ok)
{
    struct table_order order = {.name = name, .value = value};
    if (value->kind != YAML_MAPPING)
        return order;
    order.details = value;
    order.value = yaml_find(value, "file");
    if (order.value && order.value->text.size) {
        check_details(value, diags);
    } else {
        no_file(name, value, diags);
        *ok = false;
    }
    return order;
}

/* --data with a name that the template doesn't have would leave last week's data in. */
static bool unknown_data(struct session *session, const struct table_order *order,
                         size_t count, struct slice wanted)
{
    struct slice *name = ARENA_ARRAY(session->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        name[i] = order[i].name;
    struct diag *diag =
        diags_error(session->diags, (struct place){"--data", 0, 0}, "U110",
                    "the template has no data called \"%.*s\"", SLICE_PRINT(wanted));
    diag_suggest(session->diags, diag, wanted, name, count);
    return false;
}

static size_t list_orders(struct edition *edition, struct table_order *order, bool *ok)
{
    const struct yaml *data = yaml_find(edition->template->front, "data");
    struct diags *diags = edition->session->diags;
    size_t count = 0;
    if (data && data->kind == YAML_SCALAR && data->text.size)
        order[count++] = (struct table_order){slice_of("incidents"), data, NULL};
    for (size_t i = 0; data && data->kind == YAML_MAPPING && i < data->count; i++)
        order[count++] = order_of(data->key[i].text, &data->item[i], diags, ok);
    struct session *session = edition->session;
    const size_t named = count;
    for (size_t i = 0; i < session->source_count; i++) {
        bool known = false;
        for (size_t j = 0; j < count; j++)
            known = known || slice_equal(order[j].name, session->source[i].name);
        if (!known && named)
            *ok = unknown_data(session, order, named, session->source[i].name);
        else if (!known)
            order[count++] = (struct table_order){session->source[i].name, NULL, NULL};
    }
    return count;
}

bool edition_load_tables(struct edition *edition)
{
    struct session *session = edition->session;
    const struct yaml *data = yaml_find(edition->template->front, "data");
    size_t most = session->source_count + (data ? data->count : 0) + 1;
    struct table_order *order = ARENA_ARRAY(edition->arena, struct table_order, most);
    bool ok = true;
    size_t count = list_orders(edition, order, &ok);
    if (data && data->kind == YAML_SEQUENCE && data->count) {
        struct diag *diag = diags_error(session->diags, data->at, "M035",
                                        "data is a list; each file needs a name");
        diag_hint(session->diags, diag,
                  "write `data: incidents.csv`, or below it `  NAME: FILE` for each");
        return false;
    }
    if (!count) {
        struct diag *diag =
            diags_error(session->diags, (struct place){edition->path, 1, 1}, "M032",
                        "the template names no data");
        size_t length = strlen(edition->path);
        if (length > 4 && strcmp(edition->path + length - 4, ".csv") == 0)
            diag_hint(
                session->diags, diag,
                "this looks like the data: \"sitrep init --from %s\" writes a first "
                "template for them",
                edition->path);
        else
            diag_hint(session->diags, diag,
                      "add `data: incidents.csv` to the front matter, or give "
                      "--data incidents=FILE");
        return false;
    }
    edition->tables = ARENA_ARRAY(edition->arena, struct source_table, most);
    for (size_t i = 0; ok && i < count; i++)
        ok = open_table(edition, &order[i]);
    return ok;
}

/* -- Rows ------------------------------------------------------------------------------------ */

static bool read_day(struct slice text, struct place at, struct edition *edition,
                     int32_t *day)
{
    if (!text.size)
        return true;
    const struct period_frame frame = edition->frame;
    return period_parse_day(text, &frame, at, day, edition->session->diags);
}

static const struct yaml *source_as_of(const struct edition *edition, struct slice name)
{
    const struct yaml *data = yaml_find(edition->template->front, "data");
    for (size_t i = 0; data && data->kind == YAML_MAPPING && i < data->count; i++) {
        if (slice_equal(data->key[i].text, name) && data->item[i].kind == YAML_MAPPING)
            return yaml_find(&data->item[i], "as of");
    }
    return NULL;
}

static const char *written_day(const struct edition *edition, int32_t day)
{
    const struct civil date = civil_of(day);
    return arena_print(edition->arena, "%d-%02d-%02d", date.year, date.month, date.day);
}

/* "No attacks" of a week that the file knows nothing of would be a lie. A later week is
 * known to be empty where `as of` says that the file is complete so far. */
static bool refuse_other_days(const struct edition *edition, const struct table *table)
{
    const struct front *front = &edition->front;
    const struct period whole = edition->scope.period.whole;
    int32_t last =
        table->last_day > edition->frame.as_of ? table->last_day : edition->frame.as_of;
    char label[PERIOD_LABEL_SIZE];
    bool is_outside = whole.last_day < table->first_day || whole.first_day > last;
    if (!table->date || !table->row_count || !is_outside)
        return true;
    period_label(whole, front->week_start, label);
    struct diags *diags = edition->session->diags;
    if (front->as_of.size && edition->frame.as_of < table->first_day) {
        struct diag *early = diags_error(
            diags, front->as_of_at, "D214",
            "\"%.*s\" lies before the data, which begin on %s",
            SLICE_PRINT(front->as_of), written_day(edition, table->first_day));
        early->width = (int)utf8_length(front->as_of);
        return false;
    }
    struct diag *diag =
        diags_error(diags, front->period_at, "D214",
                    "the data hold no day of %s: it is unknown, not empty", label);
    diag->width = (int)utf8_length(front->period);
    const char *first_day = written_day(edition, table->first_day);
    const char *last_day = written_day(edition, table->last_day);
    if (whole.first_day > last)
        diag_hint(diags, diag,
                  "they run from %s to %s; if the file is complete to a later day and "
                  "nothing happened, say so: --as-of %s",
                  first_day, last_day, written_day(edition, whole.last_day));
    else
        diag_hint(diags, diag, "they run from %s to %s", first_day, last_day);
    return false;
}

/* A head and nothing below it: that nothing happened isn't known, unless `as of` says
 * that the file is complete. */
static bool refuse_no_rows(const struct edition *edition, const struct table *table)
{
    if (!table->date || table->row_count || edition->front.as_of.size)
        return true;
    struct diags *diags = edition->session->diags;
    const bool are_left_out = table->rows_read > 0;
    struct diag *diag = diags_error(diags, (struct place){table->file, 1, 0}, "D218",
                                    are_left_out ? "no row of the file can be counted"
                                                 : "the file has no rows");
    if (are_left_out)
        diag_hint(diags, diag,
                  "%zu were read and all are left out; sitrep profile says why",
                  table->rows_read);
    else
        diag_hint(
            diags, diag,
            "what the period held is unknown, not nothing; if nothing happened up "
            "to a day, say so: --as-of 2026-11-15");
    return false;
}

/* A file of a few days has no complete week behind it: "last" is the one it is in, and
 * that one is provisional. */
static void take_the_newest(struct edition *edition, const struct table *table)
{
    const struct front *front = &edition->front;
    const struct period_frame *frame = &edition->frame;
    struct period_span *span = &edition->scope.period;
    char label[PERIOD_LABEL_SIZE];
    if (!table->row_count || span->whole.last_day >= table->first_day ||
        frame->as_of < table->first_day || !slice_starts_with(front->period, "last"))
        return;
    span->whole = period_holding(span->unit, frame->as_of, front->week_start);
    span->count = 1;
    period_label(span->whole, front->week_start, label);
    struct diags *diags = edition->session->diags;
    struct diag *diag = diags_warn(diags, front->period_at, "D217",
                                   "the data begin after the %.*s: %s is printed",
                                   SLICE_PRINT(front->period), label);
    diag->width = (int)utf8_length(front->period);
    diag_hint(diags, diag, "they run from %s to %s",
              written_day(edition, table->first_day),
              written_day(edition, table->last_day));
}

/* The brief's own `as of` speaks for the first file. Another is complete to its last day,
 * or to the day that its entry says; "brief" is the brief's own. */
static bool cover_other(struct edition *edition, struct source_table *source)
{
    const struct table *table = source->table;
    const struct yaml *as_of = source_as_of(edition, source->name);
    struct coverage *known = &source->coverage;
    *known = edition->tables[0].coverage;
    if (!table->date)
        return true;
    known->first_day = table->first_day;
    known->last_day = table->last_day;
    if (!as_of)
        return true;
    int32_t day = edition->frame.as_of;
    if (!slice_is(as_of->text, "brief") &&
        !read_day(as_of->text, yaml_text_at(as_of), edition, &day))
        return false;
    known->last_day = day > table->last_day ? day : table->last_day;
    if (day < known->complete_until)
        known->complete_until = day;
    return true;
}

static bool settle_coverage(struct edition *edition)
{
    const struct period_frame *frame = &edition->frame;
    bool ok = true;
    edition->tables[0].coverage = (struct coverage){
        frame->data_first,
        frame->as_of > frame->data_last ? frame->as_of : frame->data_last,
        frame->complete_until,
    };
    for (size_t i = 1; i < edition->table_count; i++)
        ok &= cover_other(edition, &edition->tables[i]);
    return ok;
}

static bool settle_periods(struct edition *edition)
{
    const struct front *front = &edition->front;
    const struct table *table = edition->tables[0].table;
    struct period_frame *frame = &edition->frame;
    *frame = (struct period_frame){front->week_start, table->first_day, table->last_day,
                                   table->last_day, table->last_day};
    if (!refuse_no_rows(edition, table) ||
        !read_day(front->as_of, front->as_of_at, edition, &frame->as_of))
        return false;
    if (!table->row_count) /* all that is known is that nothing happened */
        frame->data_first = frame->data_last = frame->as_of;
    frame->complete_until = frame->as_of;
    if (!read_day(front->complete_until, front->complete_at, edition,
                  &frame->complete_until))
        return false;
    if (!period_parse(front->period, frame, front->period_at, &edition->scope.period,
                      edition->session->diags))
        return false;
    const struct period whole = edition->scope.period.whole;
    if (!table->row_count && whole.first_day < frame->data_first)
        frame->data_first = whole.first_day;
    take_the_newest(edition, table);
    return refuse_other_days(edition, table) && settle_coverage(edition);
}

bool edition_read_rows(struct edition *edition)
{
    struct session *session = edition->session;
    bool ok = true;
    for (size_t i = 0; i < edition->table_count; i++) {
        struct table *table = edition->tables[i].table;
        ok &= table_read(table, session->diags) && session_accepts(session, table);
    }
    if (!ok || !settle_periods(edition))
        return false;
    for (size_t i = 0; i < edition->measures.count; i++)
        ok &= measure_resolve((struct measure *)edition->measures.measure[i],
                              edition->arena, session->diags);
    const struct condition_list *conditions = &edition->prepared.conditions;
    for (size_t i = 0; i < conditions->count; i++)
        ok &=
            condition_resolve(conditions->item[i].condition, conditions->item[i].table,
                              edition->arena, session->diags);
    return ok;
}

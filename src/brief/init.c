/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A first template for a file: what its columns are read as, measures that they allow,
 * and blocks that print at once. */
#include "brief/report.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST_GROUPS = 2, MOST_GROUPS = 60, OWN_SUMS = 2, DAYS_A_WEEK = 7 };

struct proposal {
    struct table *table;
    struct text *out;
    struct arena *arena;
    const struct column *group; /* for bars, or NULL */
    struct slice main;          /* the first measure's name */
    struct slice shown;         /* "attacks, killed" */
    struct slice date; /* header of the column of days, where none is called so */
};

static const struct column *number_column(const struct table *table, const char *name)
{
    const struct column *column = table_find(table, slice_of(name));
    return column && column->type == COLUMN_NUMBER ? column : NULL;
}

static bool has_word(const struct table *table, const char *field, const char *word)
{
    const struct column *column = table_find(table, slice_of(field));
    for (size_t i = 1; column && column->is_read && i < column->words.count; i++) {
        if (slice_is(column->words.word[i], word))
            return true;
    }
    return false;
}

/* A name that conditions and measures can hold without quotes. */
static bool is_plain_name(struct slice name)
{
    static const char *const taken[] = {"where", "and", "or", "per", "in", "of", "is"};
    struct slice rest = name, word;
    for (size_t i = 0; i < name.size; i++) {
        unsigned char c = (unsigned char)name.data[i];
        bool is_sign = c == 0xE2; /* quotes, dashes, arrows */
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        if (is_sign || (!is_letter && c != ' ' && c != '_'))
            return false;
    }
    while (slice_cut(&rest, ' ', &word)) {
        for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
            if (slice_is(word, taken[i]))
                return false;
        }
    }
    return name.size > 0;
}

/* A header in a comment's line: what would end the line is a space. */
static const char *on_a_line(const struct proposal *p, struct slice text)
{
    char *line = arena_alloc(p->arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        line[i] = (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i];
    line[text.size] = 0;
    return line;
}

/* A path in double quotes. */
static void put_path(struct text *out, const char *path)
{
    for (; *path; path++) {
        if (*path == '"' || *path == '\\')
            text_append_string(out, "\\");
        text_append(out, (struct slice){path, 1});
    }
}

static const char *in_quotes(const struct proposal *p, struct slice text)
{
    struct text out = {.arena = p->arena};
    put_path(&out, on_a_line(p, text));
    return slice_c_string(p->arena, text_slice(&out));
}

/* -- What the columns are ---------------------------------------------------------------- */

/* Required fields are all there, or the schema wouldn't fit. */
static void put_missing(const struct proposal *p)
{
    const struct schema *schema = p->table->schema;
    const char *before = "# Optional and not in the file: ";
    for (size_t i = 0; i < schema->field_count; i++) {
        if (table_find(p->table, schema->field[i].name))
            continue;
        text_print(p->out, "%s%.*s", before, SLICE_PRINT(schema->field[i].name));
        before = ", ";
    }
    if (before[0] == ',')
        text_append_string(p->out, "\n");
}

static void put_matches(const struct proposal *p)
{
    const struct table *table = p->table;
    text_print(p->out, "# The file is read as \"%.*s\":\n",
               SLICE_PRINT(table->schema->name));
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->column[i];
        if (!column->field)
            continue;
        text_print(p->out, "#   %.*s (%s%s)", SLICE_PRINT(column->name),
                   column_type_name(column->type),
                   column->field->required ? ", required" : "");
        if (column->header.size && !slice_equal(column->header, column->name))
            text_print(p->out, " from \"%s\"", on_a_line(p, column->header));
        text_append_string(p->out, "\n");
    }
    put_missing(p);
}

static void put_own_columns(const struct proposal *p)
{
    const struct table *table = p->table;
    bool is_first = true;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->column[i];
        if (column->field)
            continue;
        if (is_first)
            text_append_string(p->out, table->schema
                                           ? "# Columns of your own, usable by their "
                                             "headers:\n"
                                           : "# No schema fits; the columns as they "
                                             "are:\n");
        is_first = false;
        text_print(p->out, "#   %s (%s)\n", on_a_line(p, column->name),
                   column_type_name(column->type));
    }
}

/* -- Measures ------------------------------------------------------------------------------ */

static void put_measure(struct proposal *p, struct slice name, const char *definition)
{
    text_print(p->out, "  %.*s: %s\n", SLICE_PRINT(name), definition);
    if (!p->main.size)
        p->main = name;
    p->shown = p->shown.size
                   ? slice_of(arena_print(p->arena, "%.*s, %.*s", SLICE_PRINT(p->shown),
                                          SLICE_PRINT(name)))
                   : name;
}

/* Places, years, codes and measurements of nature add up to nothing. */
static bool is_no_amount(struct slice name, struct arena *arena)
{
    static const char *const parts[] = {
        "lat",   "lon", "mag",   "year", "code", "id",          "zip",
        "depth", "rms", "gap",   "dmin", "nst",  "temperature", "distance",
        "error", "age", "point", "no",   "nr",   "number"};
    struct slice folded = slice_fold(arena, name), word;
    while (slice_cut(&folded, ' ', &word)) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            size_t size = strlen(parts[i]);
            bool begins = i < 3 && slice_starts_with(word, parts[i]);
            bool holds = size > 4 && memmem(word.data, word.size, parts[i], size);
            if (begins || holds || slice_is(word, parts[i]))
                return true;
        }
    }
    return false;
}

static void put_own_sums(struct proposal *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->table->column_count && count < OWN_SUMS; i++) {
        const struct column *column = &p->table->column[i];
        struct slice name = column->name;
        if (column->field || column->type != COLUMN_NUMBER || !is_plain_name(name) ||
            is_no_amount(name, p->arena))
            continue;
        const char *total = arena_print(p->arena, "total %.*s", SLICE_PRINT(name));
        put_measure(p, slice_of(total),
                    arena_print(p->arena, "sum of %.*s", SLICE_PRINT(name)));
        count++;
    }
}

static void put_measures(struct proposal *p)
{
    bool attacks = has_word(p->table, "side", "attack");
    text_append_string(p->out, "measures:\n");
    put_measure(p, slice_of(attacks ? "attacks" : "cases"),
                attacks ? "count where side is attack" : "count");
    if (has_word(p->table, "side", "operation"))
        put_measure(p, slice_of("operations"), "count where side is operation");
    if (number_column(p->table, "killed"))
        put_measure(p, slice_of("killed"),
                    attacks ? "sum of killed where side is attack" : "sum of killed");
    if (number_column(p->table, "injured"))
        put_measure(p, slice_of("injured"), "sum of injured");
    if (!number_column(p->table, "killed"))
        put_own_sums(p);
}

/* -- The rest ------------------------------------------------------------------------------ */

static bool divides(const struct column *column)
{
    /* of attacks alone there is one side */
    return column && !slice_is(column->name, "side") &&
           column->type == COLUMN_CATEGORY && column->is_read &&
           is_plain_name(column->name) && column->words.count > FEWEST_GROUPS &&
           column->words.count <= MOST_GROUPS;
}

/* another: not this one. */
static const struct column *choose_group(const struct table *table,
                                         const struct column *another)
{
    static const char *const usual[] = {"province", "district", "country", "type"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        const struct column *column = table_find(table, slice_of(usual[i]));
        if (divides(column) && column != another)
            return column;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        if (divides(&table->column[i]) && &table->column[i] != another)
            return &table->column[i];
    }
    return NULL;
}

/* Whether the last such period that the file covers whole holds a row. */
static bool last_holds_rows(const struct table *table, enum period_unit unit)
{
    struct period last = period_holding(unit, table->last_day, 0);
    if (last.last_day > table->last_day)
        last = period_shift(last, -1, 0);
    for (uint32_t i = 0; i < table->row_count; i++) {
        int32_t day = table->date->as.day[i];
        if (day >= last.first_day && day <= last.last_day)
            return true;
    }
    return false;
}

/* The shortest period that holds a few rows on average, and some at the end. */
static const char *fitting_unit(const struct table *table)
{
    double days = (double)(table->last_day - table->first_day) + 1;
    double rows = days > 0 ? (double)table->row_count / days : 0;
    if (days >= 3 * DAYS_A_WEEK && rows * DAYS_A_WEEK >= 3 &&
        last_holds_rows(table, PERIOD_WEEK))
        return "week";
    if (days >= 93 && rows * 30 >= 2 && last_holds_rows(table, PERIOD_MONTH))
        return "month";
    return days >= 800 && last_holds_rows(table, PERIOD_YEAR) ? "year" : NULL;
}

static void put_sentences(const struct proposal *p, const char *unit)
{
    text_print(p->out, "# {{ %.*s | count(\"%s\") }}, {{ period }}\n",
               SLICE_PRINT(p->main), slice_is(p->main, "attacks") ? "attack" : "case");
    if (unit)
        text_print(p->out, "\n{{ %.*s | change(\"previous %s\") }}.\n",
                   SLICE_PRINT(p->main), unit);
    if (p->group)
        text_print(p->out,
                   "%s{{ if %.*s > 0 }}By %.*s, most were in {{ %.*s | "
                   "top(\"%.*s\", 3) }}.{{ end }}\n",
                   unit ? "" : "\n", SLICE_PRINT(p->main), SLICE_PRINT(p->group->name),
                   SLICE_PRINT(p->main), SLICE_PRINT(p->group->name));
}

/* The gravest, where the file tells of single incidents; else another division. */
static void put_details(const struct proposal *p)
{
    static const char *const fields[] = {"date",  "province", "district", "type",
                                         "actor", "summary",  "killed"};
    const struct table *table = p->table;
    const struct column *other = choose_group(table, p->group);
    const char *before = "\n```incidents\nshow: ";
    bool tells = table_find(table, SLICE_LITERAL("summary")) != NULL;
    for (size_t i = 0; tells && i < sizeof fields / sizeof *fields; i++) {
        if (!table_find(table, slice_of(fields[i])))
            continue;
        text_print(p->out, "%s%s", before, fields[i]);
        before = ", ";
    }
    if (tells && number_column(table, "killed"))
        text_append_string(p->out, "\nsort: killed, highest first");
    if (tells)
        text_append_string(p->out, "\nlimit: 5\n```\n");
    else if (other)
        text_print(p->out, "\n```table\nrows: %.*s\nshow: %.*s\ntop: 8\n```\n",
                   SLICE_PRINT(other->name), SLICE_PRINT(p->shown));
}

static void put_body(const struct proposal *p, const char *unit)
{
    put_sentences(p, unit);
    text_print(p->out, "\n```cards\nshow: %.*s\n```\n", SLICE_PRINT(p->shown));
    if (unit)
        text_print(p->out,
                   "\n```chart\ntype: line\nshow: %.*s\nby: %s\nlast: %s\n```\n",
                   SLICE_PRINT(p->main), unit,
                   strcmp(unit, "week") == 0    ? "26 weeks"
                   : strcmp(unit, "month") == 0 ? "12 months"
                                                : "5 years");
    if (p->group)
        text_print(p->out,
                   "\n```chart\ntype: bars\nshow: %.*s\nby: %.*s\ntop: 10\n```\n",
                   SLICE_PRINT(p->main), SLICE_PRINT(p->group->name));
    put_details(p);
    text_append_string(p->out, "\n```method\n```\n");
}

/* The data as the template will name it: from the template's own folder where it lies
 * below it, else by its name alone, to be put there. */
static const char *named_from(const char *file, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    const char *name = strrchr(file, '/');
    if (folder && strncmp(file, path, folder) == 0)
        return file + folder;
    bool is_below = !folder && file[0] != '/' && strncmp(file, "..", 2) != 0;
    return is_below || !name ? file : name + 1;
}

/* Periods and measures are chosen by the rows. */
static bool report_no_rows(struct session *session, const struct table *table)
{
    struct diag *diag = diags_error(session->diags, (struct place){table->file, 1, 0},
                                    "D218", "the file has no rows that can be counted");
    diag_hint(
        session->diags, diag,
        "a template is proposed from what the columns hold: give a file with rows");
    return false;
}

/* With the column of its days, and how they are written, where the file needs it. */
static void put_data(const struct proposal *p, const char *path, struct slice dates)
{
    const bool is_plain = !p->date.size && !dates.size;
    text_append_string(p->out,
                       is_plain ? "data: \"" : "data:\n  incidents:\n    file: \"");
    put_path(p->out, path);
    text_append_string(p->out, "\"\n");
    if (p->date.size)
        text_print(p->out,
                   "    date: \"%s\" # no column is called date; this one holds days\n",
                   in_quotes(p, p->date));
    if (dates.size)
        text_print(p->out, "    dates: %.*s\n", SLICE_PRINT(dates));
}

static bool read_all(struct session *session, struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        table_want(table, &table->column[i]);
    return table_read(table, session->diags);
}

bool report_init(struct session *session, const char *file, const char *path,
                 struct arena *arena, struct slice *out)
{
    struct text text = {.arena = arena};
    struct proposal p = {.out = &text, .arena = arena};
    if (!report_open_file(session, file, &p.table))
        return false;
    if (!read_all(session, p.table))
        return false;
    if (!p.table->date && (!report_find_days(session, p.table, arena, &p.date) ||
                           !report_open_dated(session, file, p.date, &p.table) ||
                           !read_all(session, p.table)))
        return false;
    if (!p.table->row_count)
        return report_no_rows(session, p.table);
    const char *unit = fitting_unit(p.table);
    p.group = choose_group(p.table, NULL);
    text_append_string(&text, "---\ntitle: A first brief\n");
    put_data(&p, named_from(file, path), session_setting(session, "dates"));
    if (unit)
        text_print(&text, "period: last complete %s\n", unit);
    if (p.table->schema)
        put_matches(&p);
    put_own_columns(&p);
    put_measures(&p);
    text_append_string(&text, "---\n\n");
    put_body(&p, unit);
    *out = text_slice(&text);
    return true;
}

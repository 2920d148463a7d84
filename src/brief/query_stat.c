/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statistics from the command line: the methods' values for each series of a query,
 * and what a method is. */
#include "brief/report.h"

#include "data/series.h"

#include <math.h>

/* -- Which ------------------------------------------------------------------------- */

static void unknown_method(struct session *session, struct slice name, bool for_series)
{
    size_t count, known = 0;
    const struct stat_method *method = stat_methods(&count);
    struct slice *names = ARENA_ARRAY(session->arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++)
        names[known++] = slice_of(method[i].name);
    names[known++] = slice_of("usual_range");
    struct place at = {for_series ? "--stat" : "stats", 1, 1};
    struct diag *diag =
        diags_error(session->diags, at, "U209", "there is no statistic \"%.*s\"",
                    SLICE_PRINT(name));
    diag_suggest(session->diags, diag, name, names, known);
}

static bool read_method(struct session *session, struct slice name,
                        struct stat_choice *choice)
{
    const struct stat_method *method = stat_method_find(name);
    if (!method) {
        unknown_method(session, name, true);
        return false;
    }
    for (size_t i = 0; i < choice->count; i++)
        if (choice->method[i] == method)
            return true;
    choice->name[choice->count] = name;
    choice->method[choice->count++] = method;
    return true;
}

bool read_stat_choice(struct session *session, const char *text, struct arena *arena,
                      struct stat_choice *out)
{
    size_t most;
    stat_methods(&most);
    *out = (struct stat_choice){
        .method = ARENA_ARRAY(arena, const struct stat_method *, most),
        .name = ARENA_ARRAY(arena, struct slice, most)};
    struct slice rest = slice_of(text), name;
    bool ok = true;
    while (rest.size) {
        slice_cut(&rest, ',', &name);
        name = slice_trim(name);
        ok = (!name.size || read_method(session, name, out)) && ok;
    }
    if (ok && !out->count) {
        diags_error(session->diags, (struct place){"--stat", 1, 1}, "U209",
                    "--stat names no statistic");
        return false;
    }
    return ok;
}

bool stat_choice_needs_incidents(const struct stat_choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (stat_method_needs_incidents(choice->method[i]))
            return true;
    return false;
}

/* -- Columns ------------------------------------------------------------------------ */

struct answering {
    const struct query *query;
    const struct query_result *series;
    const struct stat_choice *choice;
    struct stat_answer *values; /* a method: its values by name */
    struct arena *arena, *scratch;
    size_t words, measures; /* columns of groups; measures shown */
    size_t groups;
    const double ***count; /* by measure and group, their complete periods */
    bool needs_incidents;
    struct query_column *column;
    size_t column_count;
    struct query_cell *cell; /* the next to fill */
};

static void add_column(struct answering *a, struct query_column column)
{
    a->column[a->column_count++] = column;
}

static void lay_method_columns(struct answering *a, size_t which)
{
    struct slice name = a->choice->name[which];
    struct stat_answer *values = &a->values[which];
    stat_method_values(a->choice->method[which], a->scratch, values);
    for (size_t i = 0; i < values->count; i++) {
        const char *header =
            arena_print(a->arena, "%.*s.%s", SLICE_PRINT(name), values->value[i].name);
        add_column(a, (struct query_column){.header = slice_of(header),
                                            .is_number = !values->value[i].text,
                                            .is_statistic = true});
    }
    const char *header =
        arena_print(a->arena, "%.*s.unknown_because", SLICE_PRINT(name));
    add_column(a, (struct query_column){.header = slice_of(header), .is_reason = true});
}

static void lay_columns(struct answering *a)
{
    const struct query_result *series = a->series;
    size_t methods = a->choice->count;
    a->column =
        ARENA_ARRAY(a->arena, struct query_column,
                    series->column_count + 4 + methods * (STAT_VALUES_AT_MOST + 1));
    a->values = ARENA_ARRAY(a->scratch, struct stat_answer, methods);
    while (!series->column[a->words + 1].is_number)
        a->words++;
    a->measures = series->column_count - a->words - 1;
    for (size_t i = 0; i < a->words; i++)
        add_column(a, series->column[i]);
    if (a->measures > 1)
        add_column(a, (struct query_column){.header = SLICE_LITERAL("measure")});
    add_column(a, (struct query_column){.header = SLICE_LITERAL("from"),
                                        .is_statistic = true});
    add_column(
        a, (struct query_column){.header = SLICE_LITERAL("to"), .is_statistic = true});
    add_column(a, (struct query_column){.header = SLICE_LITERAL("periods"),
                                        .is_number = true});
    for (size_t i = 0; i < methods; i++)
        lay_method_columns(a, i);
}

/* -- Cells --------------------------------------------------------------------------- */

static void add_number(struct answering *a, double number)
{
    *a->cell++ = (struct query_cell){.number = number, .is_unknown = isnan(number)};
}

static void add_word(struct answering *a, const char *word)
{
    *a->cell++ = (struct query_cell){.word = slice_of(word), .is_unknown = !word};
}

static void add_value(struct answering *a, const struct stat_value *wanted,
                      const struct stat_answer *answer)
{
    const struct stat_value *found = NULL;
    for (size_t i = 0; i < answer->count && !found; i++)
        if (slice_is(slice_of(answer->value[i].name), wanted->name))
            found = &answer->value[i];
    if (wanted->text) /* which may lie in the scratch */
        add_word(a, found ? arena_print(a->arena, "%s", found->text) : NULL);
    else
        add_number(a, found ? found->number : NAN);
}

static void answer_method(struct answering *a, size_t which,
                          const struct stat_series *series, bool is_count)
{
    const struct stat_method *method = a->choice->method[which];
    const struct stat_answer *values = &a->values[which];
    struct stat_answer answer = {.count = 0};
    if (is_count || stat_method_takes_any_numbers(method))
        stat_method_answer(method, series, a->scratch, &answer);
    else
        answer.unknown_because = "only counts of incidents are tested so";
    for (size_t i = 0; i < values->count; i++)
        add_value(a, &values->value[i], &answer);
    add_word(a, answer.unknown_because);
}

static size_t cycle_of(enum period_unit unit)
{
    return unit == PERIOD_WEEK      ? 52
           : unit == PERIOD_MONTH   ? 12
           : unit == PERIOD_QUARTER ? 4
                                    : 0;
}

static size_t complete_periods(const struct answering *a)
{
    return a->series->end_complete - a->series->first_complete;
}

/* The complete periods of a measure in a group. */
static const double *counts_of(const struct answering *a, size_t group, size_t measure)
{
    const struct query_result *from = a->series;
    size_t size = complete_periods(a);
    double *count = ARENA_ARRAY(a->arena, double, size + 1);
    for (size_t i = 0; i < size; i++) {
        size_t row = group * from->bin_count + from->first_complete + i;
        const struct query_cell *cell =
            &from->cell[row * from->column_count + a->words + 1 + measure];
        count[i] = cell->is_unknown ? NAN : cell->number;
    }
    return count;
}

/* The incidents behind a group's counts. */
static void find_incidents(struct answering *a, size_t measure,
                           struct stat_around *around)
{
    const struct table *table = query_table(a->query);
    const struct query_result *from = a->series;
    const struct column *summed = query_summed(a->query, measure);
    const struct column *district = table_find(table, SLICE_LITERAL("district"));
    const struct query_cell *name =
        &from->cell[around->at * from->bin_count * from->column_count];
    if (!a->needs_incidents || !query_groups_are_words(a->query))
        return;
    uint32_t *row = ARENA_ARRAY(a->scratch, uint32_t, table->row_count + 1);
    size_t count = query_rows(a->query, name, measure, row);
    int32_t *day = ARENA_ARRAY(a->scratch, int32_t, count + 1);
    double *deaths = ARENA_ARRAY(a->scratch, double, count + 1);
    int32_t *unit = ARENA_ARRAY(a->scratch, int32_t, count + 1);
    bool has_units = district && district->is_read && district->type == COLUMN_CATEGORY;
    for (size_t i = 0; i < count; i++) {
        day[i] = table->date->as.day[row[i]];
        deaths[i] =
            summed && column_is_known(summed, row[i]) ? summed->as.number[row[i]] : NAN;
        if (has_units)
            unit[i] = (int32_t)column_codes(district, row[i]).code[0];
    }
    around->events = count;
    around->day = day;
    around->deaths = summed ? deaths : NULL;
    around->unit = has_units ? unit : NULL;
}

static const struct stat_around *around_of(struct answering *a, size_t group,
                                           size_t measure)
{
    struct stat_around *around = ARENA_NEW(a->scratch, struct stat_around);
    size_t size = complete_periods(a);
    bool has_all = a->words && a->series->total_count == a->series->row_count;
    struct stat_span *bin = ARENA_ARRAY(a->scratch, struct stat_span, size + 1);
    for (size_t i = 0; i < size; i++) {
        const struct period period = a->series->bin[a->series->first_complete + i];
        bin[i] = (struct stat_span){period.first_day, period.last_day};
    }
    *around = (struct stat_around){.count = has_all ? a->count[measure] : NULL,
                                   .groups = a->groups,
                                   .at = group,
                                   .bin = bin};
    find_incidents(a, measure, around);
    return around;
}

static struct stat_series series_of(struct answering *a, size_t group, size_t measure)
{
    const struct query_result *from = a->series;
    size_t size = complete_periods(a);
    double *days = ARENA_ARRAY(a->scratch, double, size + 1);
    for (size_t i = 0; i < size; i++)
        days[i] = period_days(from->bin[from->first_complete + i]);
    enum period_unit unit = from->bin[0].unit;
    bool are_equal = unit == PERIOD_DAY || unit == PERIOD_WEEK;
    return (struct stat_series){a->count[measure][group],
                                are_equal ? NULL : days,
                                size,
                                cycle_of(unit),
                                0.95,
                                around_of(a, group, measure)};
}

static void lay_counts(struct answering *a)
{
    a->count = ARENA_ARRAY(a->arena, const double **, a->measures);
    for (size_t j = 0; j < a->measures; j++) {
        a->count[j] = ARENA_ARRAY(a->arena, const double *, a->groups + 1);
        for (size_t i = 0; i < a->groups; i++)
            a->count[j][i] = counts_of(a, i, j);
    }
}

static void answer_row(struct answering *a, size_t group, size_t measure)
{
    const struct query_result *from = a->series;
    size_t first = group * from->bin_count;
    const struct query_cell *cell = &from->cell[first * from->column_count];
    for (size_t i = 0; i < a->words; i++)
        *a->cell++ = cell[i];
    if (a->measures > 1)
        *a->cell++ =
            (struct query_cell){.word = from->column[a->words + 1 + measure].header};
    struct stat_series series = series_of(a, group, measure);
    size_t period = a->words;
    struct query_cell none = {.is_unknown = true};
    *a->cell++ =
        series.size ? cell[from->first_complete * from->column_count + period] : none;
    *a->cell++ = series.size
                     ? cell[(from->end_complete - 1) * from->column_count + period]
                     : none;
    add_number(a, (double)series.size);
    for (size_t i = 0; i < a->choice->count; i++)
        answer_method(a, i, &series, query_shows_count(a->query, measure));
    arena_reset(a->scratch);
}

void answer_statistics(const struct query *query, const struct query_result *series,
                       const struct stat_choice *choice, struct arena *arena,
                       struct query_result *out)
{
    struct arena *names = arena_new();
    struct answering a = {
        .query = query,
        .series = series,
        .choice = choice,
        .arena = arena,
        .scratch = names,
    };
    lay_columns(&a);
    a.scratch = arena_new();
    size_t groups = series->bin_count ? series->row_count / series->bin_count : 0;
    a.groups = groups;
    a.needs_incidents = stat_choice_needs_incidents(choice);
    lay_counts(&a);
    struct query_result result = {
        .column_count = a.column_count,
        .row_count = groups * a.measures,
        .column = a.column,
        .note = series->note,
    };
    if (series->bin_count)
        result.total_count = series->total_count / series->bin_count * a.measures;
    result.cell = a.cell =
        ARENA_ARRAY(arena, struct query_cell, result.row_count * a.column_count + 1);
    for (size_t i = 0; i < groups; i++)
        for (size_t j = 0; j < a.measures; j++)
            answer_row(&a, i, j);
    *out = result;
    arena_free(a.scratch);
    arena_free(names);
}

/* -- What a method is ------------------------------------------------------------------ */

/* Paragraphs of at most 78 columns, from the fourth on after the first line's label. */
static void print_paragraph(struct text *out, const char *label, struct slice words)
{
    enum { WIDTH = 80, INDENT = 12 };
    struct slice word;
    size_t used = INDENT;
    text_print(out, "%-*s", (int)INDENT, label);
    for (bool is_first = true; words.size; is_first = false) {
        slice_cut(&words, ' ', &word);
        if (!is_first && used + 1 + word.size > WIDTH) {
            text_print(out, "\n%*s", (int)INDENT, "");
            used = INDENT;
            is_first = true;
        }
        text_print(out, is_first ? "%.*s" : " %.*s", SLICE_PRINT(word));
        used += word.size + (is_first ? 0 : 1);
    }
    text_append_string(out, "\n");
}

static void print_values(struct text *out, const struct stat_method *method,
                         struct arena *arena)
{
    struct stat_answer values;
    struct text names = {.arena = arena};
    stat_method_values(method, arena, &values);
    for (size_t i = 0; i < values.count; i++)
        text_print(&names, i ? ", %s" : "%s", values.value[i].name);
    print_paragraph(out, "query", text_slice(&names));
}

bool report_statistic(struct session *session, const char *name, struct arena *arena,
                      struct slice *out)
{
    const struct stat_method *method = stat_method_find(slice_of(name));
    if (!method) {
        unknown_method(session, slice_of(name), false);
        return false;
    }
    struct text text = {.arena = arena};
    text_print(&text, "%s: %s\n%s\n\n", method->name, method->title, method->help);
    print_paragraph(&text, "takes", slice_of(method->manual->takes));
    print_paragraph(&text, "definition", slice_of(method->manual->definition));
    print_paragraph(&text, "unknown", slice_of(method->manual->unknown));
    print_paragraph(&text, "source", slice_of(method->manual->source));
    print_values(&text, method, arena);
    *out = text_slice(&text);
    return true;
}

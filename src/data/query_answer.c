/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answering a query: one plan, one scan, then the cells that occur are put in order. */
#include "data/query_parts.h"

#include <math.h>
#include <stdlib.h>

/* A row of the answer: its groups and its period. */
struct place_in_answer {
    uint32_t group[ASK_GROUPS], bin;
};

struct answering {
    struct query *query;
    struct arena *arena;
    struct diags *diags;
    struct period_frame frame;
    bool has_bins; /* false: all rows, dated or not */
    const struct period *bin;
    size_t bin_count;
    const struct answer **answer; /* a measure */
    uint32_t *rank[ASK_GROUPS];   /* of each code among its words; unknown last */
    struct place_in_answer *row;
    size_t row_count;
};

/* Periods ------------------------------------------------------------------------ */

static const struct query_group *period_group(const struct query *query)
{
    for (size_t i = 0; i < query->group_count; i++)
        if (query->group[i].is_period)
            return &query->group[i];
    return NULL;
}

static bool read_last(struct answering *a, struct period_span *span)
{
    struct slice text = slice_trim(a->query->text.last);
    struct phrase phrase = {.text = text};
    if (phrase_take_word(&phrase, "last"))
        text = slice_trim(phrase_rest(&phrase));
    struct place at = {"--last", 1, 1};
    size_t count;
    enum period_unit unit;
    diags_add_source(a->diags, "--last", text);
    if (!period_parse_length(text, &count, &unit)) {
        struct diag *diag = diags_error(
            a->diags, at, "M301", "\"%.*s\" is no length of time", SLICE_PRINT(text));
        diag->width = (int)utf8_length(text) > 0 ? (int)utf8_length(text) : 1;
        diag_hint(a->diags, diag, "write 26 weeks, 12 months or 30 days");
        return false;
    }
    const char *whole =
        arena_print(a->arena, "last %zu %s", count, period_unit_name(unit));
    return period_parse(slice_of(whole), &a->frame, at, span, a->diags);
}

static bool read_period(struct answering *a, struct period_span *span)
{
    struct slice text = a->query->text.period;
    if (a->query->text.last.size)
        return read_last(a, span);
    if (!text.size)
        text = SLICE_LITERAL("all");
    diags_add_source(a->diags, "--period", text);
    return period_parse(text, &a->frame, (struct place){"--period", 1, 1}, span,
                        a->diags);
}

/* What comes after the day that is spoken of isn't known yet. */
static bool cut_at_as_of(struct answering *a, struct period *whole)
{
    if (a->query->has_as_of && whole->last_day > a->frame.as_of)
        whole->last_day = a->frame.as_of;
    return whole->first_day <= whole->last_day;
}

static void report_no_dates(struct answering *a)
{
    const struct table *table = a->query->table;
    struct place at = {table->file, csv_line_of(table->source, table->start), 0};
    struct diag *diag =
        diags_error(a->diags, at, "M221", "\"%.*s\" has no dates to tell periods by",
                    SLICE_PRINT(table->name));
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->column[i].type != COLUMN_DAY)
            continue;
        diag_hint(
            a->diags, diag,
            "\"%.*s\" holds days: call it \"date\" in the header, or name it in a "
            "schema under \"date\"",
            SLICE_PRINT(table->column[i].name));
        return;
    }
    diag_hint(
        a->diags, diag,
        "is line %d the header? Its date is called \"date\", or as a schema says; "
        "sitrep profile shows the columns",
        at.line);
}

static bool lay_bins(struct answering *a)
{
    const struct query *query = a->query;
    const struct table *table = query->table;
    const struct query_group *group = period_group(query);
    bool is_asked = query->text.period.size || query->text.last.size;
    a->frame = (struct period_frame){query->text.week_start, table->first_day,
                                     table->last_day, table->last_day, table->last_day};
    if (query->has_as_of)
        a->frame.as_of = a->frame.complete_until = query->as_of;
    a->has_bins = group || is_asked || query->has_as_of;
    if (!a->has_bins)
        return true;
    if (!table->date) {
        report_no_dates(a);
        return false;
    }
    if (!is_asked && table->last_day < table->first_day)
        return true;
    struct period_span span;
    if (!read_period(a, &span))
        return false;
    if (cut_at_as_of(a, &span.whole))
        a->bin_count =
            period_list_within(group ? group->unit : PERIOD_RANGE, span.whole,
                               query->text.week_start, a->arena, &a->bin);
    return true;
}

/* Asking ------------------------------------------------------------------------- */

static bool ask_all(struct answering *a)
{
    const struct query *query = a->query;
    struct plan *plan = plan_new(query->table, a->arena);
    a->answer = ARENA_ARRAY(a->arena, const struct answer *, query->shown_count);
    for (size_t i = 0; i < query->shown_count; i++) {
        struct ask ask = {
            .measure = query->shown[i],
            .where = query->where,
            .bin = a->bin,
            .bin_count = a->bin_count,
        };
        for (size_t j = 0; j < query->group_count; j++)
            if (query->group[j].column)
                ask.by[query->group[j].which] = query->group[j].column;
        a->answer[i] = plan_ask(plan, &ask, a->diags);
        if (!a->answer[i])
            return false;
    }
    plan_fill(plan, NULL);
    return true;
}

/* Rows --------------------------------------------------------------------------- */

static bool group_occurs(const struct answering *a, size_t first, size_t second)
{
    for (size_t i = 0; i < a->query->shown_count; i++) {
        const struct answer *answer = a->answer[i];
        const struct answer *part = answer->part[0] ? answer->part[0] : answer;
        for (size_t bin = 0; bin < answer->bin_count; bin++) {
            size_t index = answer_index(answer, first, second, bin);
            if (answer->rows[index] || part->rows[index])
                return true;
        }
    }
    return false;
}

/* Without a group there is one row a period, and one without a period too. */
static bool list_rows(struct answering *a)
{
    const struct answer *answer = a->answer[0];
    bool is_whole = answer->groups[0] * answer->groups[1] == 1 && !answer->by[0];
    size_t capacity = 0;
    for (uint32_t i = 0; i < answer->groups[0]; i++) {
        for (uint32_t j = 0; j < answer->groups[1]; j++) {
            if (!is_whole && !group_occurs(a, i, j))
                continue;
            for (uint32_t bin = 0; bin < answer->bin_count; bin++)
                *ARENA_APPEND(a->arena, a->row, a->row_count, capacity) =
                    (struct place_in_answer){{i, j}, bin};
            if (a->row_count > QUERY_ROWS)
                return false;
        }
    }
    return true;
}

struct ranked {
    struct slice folded, word;
    uint32_t code;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = slice_compare(a->folded, b->folded);
    return order ? order : slice_compare(a->word, b->word);
}

/* Numbers and days made into words are in order already. */
static uint32_t *rank_words(const struct answering *a, const struct column *asked,
                            const struct column *groups)
{
    size_t count = groups->words.count ? groups->words.count : 1;
    uint32_t *rank = ARENA_ARRAY(a->arena, uint32_t, count);
    struct arena *scratch = arena_new();
    struct ranked *ranked = ARENA_ARRAY(scratch, struct ranked, count);
    for (uint32_t code = 1; code < count; code++) {
        struct slice word = groups->words.word[code];
        ranked[code] = (struct ranked){slice_fold(scratch, word), word, code};
    }
    if (asked == groups && count > 2)
        qsort(ranked + 1, count - 1, sizeof *ranked, compare_ranked);
    for (uint32_t i = 1; i < count; i++)
        rank[ranked[i].code] = i;
    rank[0] = (uint32_t)count;
    arena_free(scratch);
    return rank;
}

/* Before the first and after the last day nothing is known, which isn't 0. */
static bool knows_bin(const struct answering *a, size_t bin)
{
    const struct period_frame *frame = &a->frame;
    int32_t last = frame->as_of > frame->data_last ? frame->as_of : frame->data_last;
    return !a->bin_count ||
           (a->bin[bin].last_day >= frame->data_first && a->bin[bin].first_day <= last);
}

static double number_at(const struct answering *a, const struct place_in_answer *row,
                        size_t shown)
{
    const struct answer *answer = a->answer[shown];
    if (!knows_bin(a, row->bin))
        return NAN;
    return answer->value[answer_index(answer, row->group[0], row->group[1], row->bin)];
}

/* "40+" went into a sum; how many rows there are is known. */
static bool is_limit_at(const struct answering *a, const struct place_in_answer *row,
                        size_t shown)
{
    const struct answer *answer = a->answer[shown];
    return answer->at_least && a->query->shown[shown]->kind != MEASURE_COUNT &&
           answer
               ->at_least[answer_index(answer, row->group[0], row->group[1], row->bin)];
}

static uint32_t rank_at(const struct answering *a, const struct place_in_answer *row,
                        const struct query_group *group)
{
    if (group->is_period)
        return row->bin;
    return a->rank[group->which][row->group[group->which]];
}

static int compare_numbers(double x, double y, bool is_descending)
{
    if (isnan(x) || isnan(y))
        return isnan(x) - isnan(y);
    int order = (x > y) - (x < y);
    return is_descending ? -order : order;
}

static int compare_rows(const void *left, const void *right, void *context)
{
    const struct place_in_answer *x = left, *y = right;
    const struct answering *a = context;
    const struct query *query = a->query;
    int order = 0;
    for (size_t i = 0; !order && i < query->key_count; i++) {
        const struct query_key *key = &query->key[i];
        if (key->column >= query->group_count) {
            size_t shown = key->column - query->group_count;
            order = compare_numbers(number_at(a, x, shown), number_at(a, y, shown),
                                    key->is_descending);
            continue;
        }
        const struct query_group *group = &query->group[key->column];
        uint32_t first = rank_at(a, x, group), second = rank_at(a, y, group);
        order = (first > second) - (first < second);
        order = key->is_descending ? -order : order;
    }
    return order;
}

static void sort_rows(struct answering *a)
{
    const struct query *query = a->query;
    for (size_t i = 0; i < query->group_count; i++) {
        const struct query_group *group = &query->group[i];
        if (group->column)
            a->rank[group->which] =
                rank_words(a, group->column, a->answer[0]->by[group->which]);
    }
    if (a->row_count > 1)
        qsort_r(a->row, a->row_count, sizeof *a->row, compare_rows, a);
}

/* The result --------------------------------------------------------------------- */

static struct query_cell group_cell(const struct answering *a,
                                    const struct place_in_answer *row,
                                    const struct query_group *group)
{
    if (group->is_period) {
        char label[PERIOD_LABEL_SIZE];
        period_label(a->bin[row->bin], a->frame.week_start, label);
        return (struct query_cell){.word = slice_copy(a->arena, slice_of(label))};
    }
    uint32_t code = row->group[group->which];
    if (code == 0)
        return (struct query_cell){.is_unknown = true};
    return (struct query_cell){.word =
                                   a->answer[0]->by[group->which]->words.word[code]};
}

static void lay_columns(const struct query *query, struct arena *arena,
                        struct query_result *out)
{
    out->column_count = query->group_count + query->shown_count;
    struct query_column *column =
        ARENA_ARRAY(arena, struct query_column, out->column_count);
    for (size_t i = 0; i < query->group_count; i++)
        column[i].header = query->group[i].header;
    for (size_t i = 0; i < query->shown_count; i++)
        column[query->group_count + i] =
            (struct query_column){.header = query->shown[i]->name, .is_number = true};
    out->column = column;
}

static void lay_cells(const struct answering *a, struct query_result *out)
{
    const struct query *query = a->query;
    size_t limit = query->limit;
    if (query->text.as_series && limit < a->row_count)
        limit *= a->bin_count;
    out->total_count = a->row_count;
    out->row_count = a->row_count < limit ? a->row_count : limit;
    struct query_cell *cell =
        ARENA_ARRAY(a->arena, struct query_cell, out->row_count * out->column_count);
    out->cell = cell;
    for (size_t i = 0; i < out->row_count; i++) {
        const struct place_in_answer *row = &a->row[i];
        for (size_t j = 0; j < query->group_count; j++)
            *cell++ = group_cell(a, row, &query->group[j]);
        for (size_t j = 0; j < query->shown_count; j++) {
            double number = number_at(a, row, j);
            *cell++ = (struct query_cell){.number = number,
                                          .is_unknown = isnan(number),
                                          .at_least = is_limit_at(a, row, j)};
        }
    }
}

/* Of the periods, those that are whole and as old as the data are complete. */
static void lay_bins_of_series(const struct answering *a, struct query_result *out)
{
    const struct query_group *group = period_group(a->query);
    size_t first = 0, end = 0;
    for (size_t i = 0; i < a->bin_count; i++) {
        struct period whole =
            period_holding(group->unit, a->bin[i].first_day, a->frame.week_start);
        bool is_complete = whole.first_day == a->bin[i].first_day &&
                           whole.last_day == a->bin[i].last_day &&
                           !period_is_provisional(whole, &a->frame) &&
                           whole.first_day >= a->frame.data_first;
        if (is_complete && end == 0)
            first = i;
        if (is_complete)
            end = i + 1;
    }
    out->bin = a->bin;
    out->bin_count = a->bin_count;
    out->first_complete = first;
    out->end_complete = end;
}

/* The last period may run on after the last day known. */
static struct slice provisional_note(const struct answering *a)
{
    const struct query_group *group = period_group(a->query);
    if (!group || !a->bin_count)
        return (struct slice){0};
    struct period last = a->bin[a->bin_count - 1];
    struct period whole =
        period_holding(group->unit, last.first_day, a->frame.week_start);
    if (!period_is_provisional(whole, &a->frame))
        return (struct slice){0};
    char label[PERIOD_LABEL_SIZE], until[PERIOD_LABEL_SIZE];
    int32_t day = a->frame.complete_until;
    period_label(whole, a->frame.week_start, label);
    period_label((struct period){PERIOD_DAY, day, day}, 0, until);
    return slice_of(
        arena_print(a->arena, "%s is provisional: complete until %s", label, until));
}

static bool resolve(struct query *query, struct arena *arena, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < query->shown_count; i++)
        ok = measure_resolve(query->shown[i], arena, diags) && ok;
    return condition_resolve(query->where, query->table, arena, diags) && ok;
}

bool query_answer(struct query *query, struct arena *arena, struct query_result *out,
                  struct diags *diags)
{
    struct answering a = {.query = query, .arena = arena, .diags = diags};
    *out = (struct query_result){0};
    lay_columns(query, arena, out);
    if (!resolve(query, arena, diags) || !lay_bins(&a))
        return false;
    if (query->text.as_series)
        lay_bins_of_series(&a, out);
    if (a.has_bins && !a.bin_count)
        return true;
    if (!ask_all(&a))
        return false;
    if (!list_rows(&a)) {
        struct diag *diag =
            diags_error(diags, (struct place){"--by", 1, 1}, "U207",
                        "the answer has more than %d rows", (int)QUERY_ROWS);
        diag_hint(diags, diag, "ask for fewer groups or longer periods");
        return false;
    }
    sort_rows(&a);
    lay_cells(&a, out);
    out->note = provisional_note(&a);
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asking a measure's values at a place of the brief. Inside an `each` all groups are
 * asked at once, so that one scan answers the whole brief. */
#include "template/scope.h"

#include <math.h>

const struct source_table *scope_table(const struct scope *scope, struct slice name)
{
    for (size_t i = 0; i < scope->table_count; i++) {
        if (slice_equal(scope->tables[i].name, name))
            return &scope->tables[i];
    }
    return NULL;
}

/* Breaks ------------------------------------------------------------------------------ */

const size_t *scope_breaks(const struct scope *scope, const struct period *period,
                           size_t count, size_t *break_count)
{
    size_t *at = ARENA_ARRAY(scope->arena, size_t, scope->break_count);
    *break_count = 0;
    for (size_t i = 0; count && i < scope->break_count; i++) {
        size_t first = 0;
        if (scope->break_day[i] > period[count - 1].last_day)
            continue;
        while (first + 1 < count && period[first].first_day < scope->break_day[i])
            first++;
        at[(*break_count)++] = first;
    }
    return at;
}

/* Coverage ---------------------------------------------------------------------------- */

struct coverage scope_coverage(const struct scope *scope, const struct table *table)
{
    for (size_t i = 1; table && i < scope->table_count; i++) {
        if (scope->tables[i].table == table)
            return scope->tables[i].coverage;
    }
    return scope->tables[0].coverage;
}

bool scope_covers(const struct scope *scope, const struct table *table,
                  struct period period)
{
    return period.first_day >= scope_coverage(scope, table).first_day;
}

bool scope_knows(const struct scope *scope, const struct table *table,
                 struct period period)
{
    const struct coverage days = scope_coverage(scope, table);
    return period.last_day >= days.first_day && period.first_day <= days.last_day;
}

bool scope_is_provisional(const struct scope *scope, const struct table *table,
                          struct period period)
{
    return period.last_day > scope_coverage(scope, table).complete_until;
}

int32_t scope_compared_from(const struct scope *scope, const struct table *table,
                            int32_t last_day)
{
    int32_t first = scope_coverage(scope, table).first_day;
    for (size_t i = 0; i < scope->break_count; i++) {
        int32_t day = scope->break_day[i];
        first = day > first && day <= last_day ? day : first;
    }
    return first;
}

bool scope_compares(const struct scope *scope, const struct table *table,
                    struct period earlier, struct period later)
{
    int32_t last =
        later.last_day > earlier.last_day ? later.last_day : earlier.last_day;
    return earlier.first_day >= scope_compared_from(scope, table, last) &&
           scope_knows(scope, table, earlier) && scope_knows(scope, table, later);
}

/* Tables ------------------------------------------------------------------------------ */

static const struct source_table *table_of(const struct scope *scope,
                                           const struct measure *measure)
{
    for (size_t i = 0; i < scope->table_count; i++) {
        if (scope->tables[i].table == measure->table)
            return &scope->tables[i];
    }
    return &scope->tables[0];
}

/* Groups -------------------------------------------------------------------------- */

static struct column *column_in(const struct scope *scope, struct table *table)
{
    return table == scope->tables[0].table ? (struct column *)scope->each
                                           : table_find(table, scope->each->name);
}

static uint32_t code_in(const struct scope *scope, const struct column *column)
{
    if (column == scope->each)
        return scope->group;
    if (scope->group >= scope->each->words.count)
        return UINT32_MAX;
    return column_code(column, scope->each->words.word[scope->group]);
}

static void collect_groups(const struct scope *scope, struct table *table,
                           struct groups *groups)
{
    if (scope->outer)
        collect_groups(scope->outer, table, groups);
    if (!scope->each)
        return;
    struct column *column = column_in(scope, table);
    size_t i = groups->count;
    if (!column || i == GROUPS_MOST || (column != scope->each && !column->is_read)) {
        groups->is_unknown = true;
        return;
    }
    groups->column[i] = column;
    groups->code[i] = code_in(scope, column);
    groups->count++;
}

struct groups scope_groups(const struct scope *scope, struct table *table)
{
    struct groups groups = {0};
    collect_groups(scope, table, &groups);
    return groups;
}

static bool holds_code(const struct column *column, uint32_t row, uint32_t code)
{
    const struct codes codes = column_codes(column, row);
    for (size_t i = 0; i < codes.count; i++) {
        if (codes.code[i] == code)
            return true;
    }
    return false;
}

bool groups_hold(const struct groups *groups, uint32_t row)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct column *column = groups->column[i];
        if (column->is_read && !holds_code(column, row, groups->code[i]))
            return false;
    }
    return true;
}

bool scope_want_groups(const struct scope *scope, struct table *table,
                       struct slice *missing)
{
    for (; scope; scope = scope->outer) {
        struct column *column = scope->each ? column_in(scope, table) : NULL;
        if (column)
            table_want(table, column);
        else if (scope->each) {
            *missing = scope->each->name;
            return false;
        }
    }
    return true;
}

static const uint8_t *verdict_on(const struct column *column, uint32_t code,
                                 struct arena *arena)
{
    size_t count = column->is_list ? column->set_count : column->words.count;
    uint8_t *verdict = ARENA_ARRAY(arena, uint8_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool holds = !column->is_list && i == code;
        size_t from = column->is_list ? column->set_start[i] : 0;
        size_t to = column->is_list ? column->set_start[i + 1] : 0;
        for (size_t j = from; j < to; j++)
            holds = holds || column->set_code[j] == code;
        verdict[i] = holds ? CONDITION_YES : CONDITION_NO;
    }
    return verdict;
}

/* `column is word`, bound. */
static struct condition *group_condition(const struct column *column, uint32_t code,
                                         struct arena *arena)
{
    struct condition *condition = ARENA_NEW(arena, struct condition);
    struct slice *word = ARENA_NEW(arena, struct slice);
    if (code < column->words.count)
        *word = column->words.word[code];
    *condition = (struct condition){
        .kind = CONDITION_IS,
        .source = slice_of(arena_print(arena, "%.*s is %.*s", SLICE_PRINT(column->name),
                                       SLICE_PRINT(*word))),
        .field = column->name,
        .value_count = 1,
        .value = word,
        .column = (struct column *)column,
        .verdict = verdict_on(column, code, arena),
    };
    return condition;
}

/* Asking -------------------------------------------------------------------------- */

/* A question on its way: the caller's columns and the groups that fix some of them. */
struct question {
    const struct scope *scope;
    const struct source_table *source;
    struct ask ask;
    struct groups groups;
    size_t fixed;    /* by-columns that groups take */
    size_t by_count; /* of the caller */
    /* The caller's columns that are of another table: the codes that their words have in
     * the measure's, UINT32_MAX = none. NULL: the column is the measure's own. */
    const uint32_t *code[2];
};

static bool owns(const struct table *table, const struct column *column)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (&table->column[i] == column)
            return true;
    }
    for (size_t i = 0; i < table->grouped_count; i++) {
        if (table->grouped[i].groups == column)
            return true;
    }
    for (size_t i = 0; i < CALENDAR_CYCLES; i++) {
        if (table->cycle[i] == column)
            return true;
    }
    return false;
}

/* The column of the same meaning: the same cycle of the calendar, or the same name. */
static const struct column *column_alike(const struct scope *scope, struct table *table,
                                         const struct column *column)
{
    for (size_t i = 0; i < scope->table_count; i++) {
        for (size_t cycle = 0; cycle < CALENDAR_CYCLES; cycle++) {
            if (scope->tables[i].table->cycle[cycle] == column)
                return calendar_groups(table, (enum calendar_cycle)cycle);
        }
    }
    return table_find(table, column->name);
}

static const uint32_t *codes_across(const struct column *from, const struct column *to,
                                    struct arena *arena)
{
    uint32_t *code = ARENA_ARRAY(arena, uint32_t, from->words.count + 1);
    for (size_t i = 1; i < from->words.count; i++) /* 0 is the blank word in both */
        code[i] = column_code(to, from->words.word[i]);
    return code;
}

/* A column of the caller in the measure's table. */
static const struct column *column_across(struct question *question, size_t place,
                                          const struct column *column)
{
    struct table *table = question->source->table;
    if (owns(table, column))
        return column;
    const struct column *own = column_alike(question->scope, table, column);
    const bool fits =
        own && own->type == COLUMN_CATEGORY && column->type == COLUMN_CATEGORY;
    if (!fits || (!question->scope->rehearsal && !own->is_read)) {
        question->groups.is_unknown = true;
        return column;
    }
    if (!question->scope->rehearsal)
        question->code[place] = codes_across(column, own, question->scope->arena);
    return own;
}

/* Groups take the first columns of the ask, as many as the caller leaves; the others,
 * outermost first, become conditions. */
static void fix_groups(struct question *question, const struct column *const by[2])
{
    const struct scope *scope = question->scope;
    while (question->by_count < ASK_GROUPS && by && by[question->by_count])
        question->by_count++;
    size_t room = ASK_GROUPS - question->by_count, i = 0;
    const struct groups *groups = &question->groups;
    for (; groups->count - i > room; i++)
        question->ask.where = conditions_both(
            question->ask.where,
            group_condition(groups->column[i], groups->code[i], scope->arena),
            scope->arena);
    size_t used = 0;
    for (; i < groups->count; i++)
        question->ask.by[used++] = groups->column[i];
    question->fixed = used;
    for (size_t j = 0; j < question->by_count; j++)
        question->ask.by[used++] = column_across(question, j, by[j]);
}

static const struct answer *ask(struct question *question)
{
    const struct scope *scope = question->scope;
    bool is_one_group = question->groups.count + question->by_count > ASK_GROUPS;
    if (question->groups.is_unknown || (scope->rehearsal && is_one_group))
        return NULL; /* in the rehearsal it isn't known yet which group it will be */
    const struct answer *answer =
        plan_ask(question->source->plan, &question->ask, scope->diags);
    if (scope->rehearsal || !answer)
        return NULL;
    if (!answer->is_filled)
        plan_fill(question->source->plan, question->source->rows);
    return answer;
}

static size_t group_count(const struct column *column)
{
    return column->words.count ? column->words.count : 1;
}

static size_t answer_group(const struct question *question, size_t place, size_t group)
{
    if (place < question->fixed)
        return question->groups.code[question->groups.count - question->fixed + place];
    if (place >= question->fixed + question->by_count)
        return 0;
    const uint32_t *code = question->code[place - question->fixed];
    return code ? code[group] : group;
}

static struct cell cell_at(const struct answer *answer, size_t index)
{
    return (struct cell){
        .value = answer->value[index],
        .low = answer->low ? answer->low[index] : NAN,
        .high = answer->high ? answer->high[index] : NAN,
        .rows = answer->rows[index],
        .unknown = answer->unknown ? answer->unknown[index] : 0,
        .at_least = answer->at_least ? answer->at_least[index] : 0,
    };
}

/* Where the cells of the caller's groups a and b begin. A group that has no code in this
 * table has no rows: SIZE_MAX. */
static size_t first_cell(const struct question *question, const struct answer *answer,
                         size_t a, size_t b)
{
    size_t group[2] = {
        answer_group(question, 0, question->fixed == 0 ? a : 0),
        answer_group(question, 1, question->fixed == 1 ? a : b),
    };
    if (group[0] >= answer->groups[0] || group[1] >= answer->groups[1])
        return SIZE_MAX;
    return answer_index(answer, group[0], group[1], 0);
}

static void fill_cells(const struct question *question, const struct answer *answer,
                       struct cell *cell, const size_t groups[2])
{
    static const struct cell unknown = {.value = NAN, .low = NAN, .high = NAN};
    const struct ask *asked = &question->ask;
    const struct table *table = question->source->table;
    const struct cell none = {.value = measure_is_additive(asked->measure) ? 0 : NAN,
                              .low = NAN,
                              .high = NAN};
    const size_t bins = asked->bin_count ? asked->bin_count : 1;
    for (size_t i = 0; i < groups[0] * groups[1]; i++) {
        const size_t first =
            answer ? first_cell(question, answer, i / groups[1], i % groups[1]) : 0;
        for (size_t bin = 0; bin < bins; bin++, cell++) {
            const bool is_known = !asked->bin_count ||
                                  scope_knows(question->scope, table, asked->bin[bin]);
            *cell = !answer || !is_known ? unknown
                    : first == SIZE_MAX  ? none
                                         : cell_at(answer, first + bin);
            cell->provisional =
                asked->bin_count &&
                scope_is_provisional(question->scope, table, asked->bin[bin]);
        }
    }
}

static struct slice name_or_source(const struct measure *measure)
{
    return measure->name.size ? measure->name : measure->source;
}

/* The first measure of a share is no part of the second, or other rows are negative. */
static void warn_above_whole(const struct scope *scope, const struct measure *measure,
                             const struct cell *cell, size_t count)
{
    double most = 0;
    if (measure->kind != MEASURE_SHARE || scope->rehearsal)
        return;
    for (size_t i = 0; i < count; i++)
        most = cell[i].value > most ? cell[i].value : most;
    if (most <= 1 + 1e-9)
        return;
    const struct slice part = name_or_source(measure->numerator);
    const struct slice whole = name_or_source(measure->denominator);
    bool is_own = slice_equal(part, whole);
    struct diag *diag = diags_warn(
        scope->diags, measure->at, "M215",
        is_own ? "share \"%.*s\" is above 100%%: others of \"%.*s\" are below zero"
               : "share \"%.*s\" is above 100%%: \"%.*s\" is no part of \"%.*s\"",
        SLICE_PRINT(measure->name), SLICE_PRINT(part), SLICE_PRINT(whole));
    diag->width = (int)utf8_length(measure->source);
    diag_hint(scope->diags, diag,
              is_own ? "show the amounts beside each other"
                     : "write a rate: %.*s per %.*s; or take a whole that holds it",
              SLICE_PRINT(part), SLICE_PRINT(whole));
}

/* A file that ended, or hasn't begun: its numbers of the brief's own days are unknown.
 * Of the first file that is an error, met when it is read. */
static void tell_unknown(const struct question *question)
{
    const struct scope *scope = question->scope;
    const struct table *table = question->source->table;
    const struct ask *asked = &question->ask;
    const struct period whole = scope->period.whole;
    const size_t bins = asked->bin_count;
    const bool is_own = bins && asked->bin[bins - 1].last_day >= whole.first_day;
    if (scope->rehearsal || !is_own || table == scope->tables[0].table)
        return;
    for (size_t i = 0; i < bins; i++) {
        if (scope_knows(scope, table, asked->bin[i]))
            return;
    }
    char label[PERIOD_LABEL_SIZE], first[PERIOD_LABEL_SIZE], last[PERIOD_LABEL_SIZE],
        end[PERIOD_LABEL_SIZE];
    const struct period run = {PERIOD_RANGE, asked->bin[0].first_day,
                               asked->bin[bins - 1].last_day};
    period_label(bins == 1 ? asked->bin[0] : run, scope->frame->week_start, label);
    period_label((struct period){PERIOD_DAY, table->first_day, 0}, 0, first);
    period_label((struct period){PERIOD_DAY, table->last_day, 0}, 0, last);
    period_label((struct period){PERIOD_DAY, run.last_day, 0}, 0, end);
    struct diag *diag =
        diags_warn(scope->diags, asked->measure->at, "D214",
                   "the data \"%.*s\" hold no day of %s: \"%.*s\" is unknown, not 0",
                   SLICE_PRINT(table->name), label, SLICE_PRINT(asked->measure->name));
    if (run.last_day < table->first_day)
        diag_hint(scope->diags, diag, "they run from %s to %s", first, last);
    else
        diag_hint(scope->diags, diag,
                  "they run from %s to %s; if the file is complete to a later day and "
                  "nothing happened, say so: `%.*s: {file: …, as of: %s}`",
                  first, last, SLICE_PRINT(table->name), end);
}

struct cells scope_cells_by(const struct scope *scope, const struct measure *measure,
                            const struct condition *where,
                            const struct column *const by[2], const struct period *bin,
                            size_t bin_count)
{
    struct question question = {.scope = scope, .source = table_of(scope, measure)};
    bool is_main = question.source->table == scope->tables[0].table;
    question.groups = scope_groups(scope, question.source->table);
    question.ask = (struct ask){
        .measure = measure,
        .where = conditions_both(is_main ? scope->where : NULL, where, scope->arena),
        .bin = bin,
        .bin_count = bin_count,
    };
    fix_groups(&question, by);
    const struct answer *answer = ask(&question);
    tell_unknown(&question);
    struct cells cells = {.groups = {1, 1}};
    for (size_t i = 0; i < question.by_count; i++) {
        size_t place = question.fixed + i;
        const bool is_own = answer && !question.code[i];
        cells.by[i] = is_own ? answer->by[place] : answer ? by[i] : NULL;
        cells.groups[i] = is_own ? answer->groups[place] : group_count(by[i]);
    }
    size_t count = cells.groups[0] * cells.groups[1] * (bin_count ? bin_count : 1);
    struct cell *cell = ARENA_ARRAY(scope->arena, struct cell, count);
    fill_cells(&question, answer, cell, cells.groups);
    warn_above_whole(scope, measure, cell, count);
    cells.cell = cell;
    return cells;
}

const struct cell *scope_cells(const struct scope *scope, const struct measure *measure,
                               const struct condition *where,
                               const struct column *const by[2],
                               const struct period *bin, size_t bin_count,
                               size_t groups[2])
{
    struct cells cells = scope_cells_by(scope, measure, where, by, bin, bin_count);
    if (groups) {
        groups[0] = cells.groups[0];
        groups[1] = cells.groups[1];
    }
    return cells.cell;
}

struct cell scope_cell(const struct scope *scope, const struct measure *measure,
                       struct period period)
{
    const struct column *const none[2] = {NULL, NULL};
    return scope_cells(scope, measure, NULL, none, &period, 1, NULL)[0];
}

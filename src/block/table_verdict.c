/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts of a measure table, column by column and row by row. */
#include "block/table_verdict.h"
#include "block/question.h"

#include <math.h>

enum { PAST = VERDICT_PHI_PERIODS + 1 };

/* What one column was told. */
struct told {
    const struct cell *past, *past_whole; /* windows like the table's, oldest first */
    const struct cell *trend, *trend_whole;
    struct cells toll, toll_whole; /* rows by deaths an incident, before and now */
    size_t groups;                 /* of past */
    struct districts_verdict *all; /* over all groups; NULL: not asked yet */
};

struct table_judge {
    const struct table_arguments *table;
    const struct block_context *context;
    size_t past_count, trend_count, back;
    struct period past[PAST], *trend;
    struct period late, before;
    struct told *told; /* by column */
    bool dash[DASH_COUNT];
};

/* -- Asking ------------------------------------------------------------------------------ */

/* The first day of the table that begins first; what a measure's own doesn't cover is
 * left out when it is judged. */
static int32_t first_day_judged(const struct table_judge *judge)
{
    return first_day_shown(judge->table->shown, judge->table->shown_count,
                           judge->context->scope);
}

static void settle_past(struct table_judge *judge)
{
    const struct scope *scope = judge->context->scope;
    const int32_t first = first_day_judged(judge);
    for (int back = PAST - 1; back >= 0; back--) {
        struct period one = period_shift(judge->late, -back, scope->frame->week_start);
        if (back && one.first_day < first)
            continue;
        judge->past[judge->past_count++] = one;
    }
    judge->back = 1;
    for (size_t back = 1; back < judge->past_count; back++) {
        struct period one = judge->past[judge->past_count - 1 - back];
        if (one.first_day == judge->before.first_day &&
            one.last_day == judge->before.last_day)
            judge->back = back;
    }
}

static void settle_trend(struct table_judge *judge)
{
    const struct table_arguments *table = judge->table;
    const struct scope *scope = judge->context->scope;
    int week_start = scope->frame->week_start;
    const int32_t first = first_day_judged(judge);
    struct period last =
        period_holding(table->sparkline_unit, scope->period.whole.last_day, week_start);
    judge->trend = ARENA_ARRAY(scope->arena, struct period, table->sparkline_count);
    for (size_t i = 0; i < table->sparkline_count; i++) {
        struct period one =
            period_shift(last, (int)i + 1 - (int)table->sparkline_count, week_start);
        if (one.first_day >= first)
            judge->trend[judge->trend_count++] = one;
    }
}

/* The rows of a sum, each under its own number of deaths. */
static struct measure *rows_of(const struct measure *sum, struct arena *arena)
{
    struct measure *count = arena_copy(arena, sum, sizeof *sum);
    count->kind = MEASURE_COUNT;
    count->column = NULL;
    return count;
}

static void ask_toll(struct table_judge *judge, const struct measure *sum,
                     struct told *told)
{
    const struct scope *scope = judge->context->scope;
    const struct period bin[2] = {judge->before, judge->late};
    const struct column *const by[2] = {judge->table->rows, sum->column};
    const struct column *const whole[2] = {sum->column, NULL};
    const struct measure *rows = rows_of(sum, scope->arena);
    if (judge->before.last_day >= judge->late.first_day || sum->table->weight)
        return;
    told->toll_whole = scope_cells_by(scope, rows, judge->table->where, whole, bin, 2);
    if (judge->table->rows)
        told->toll = scope_cells_by(scope, rows, judge->table->where, by, bin, 2);
}

static void ask_column(struct table_judge *judge, size_t column)
{
    const struct table_arguments *table = judge->table;
    const struct scope *scope = judge->context->scope;
    const struct shown *shown = &table->shown[column];
    struct told *told = &judge->told[column];
    const struct column *const by[2] = {table->rows, NULL};
    const struct column *const whole[2] = {NULL, NULL};
    if (shown->aspect == ASPECT_TREND) {
        told->trend = scope_cells(scope, shown->measure, table->where, by, judge->trend,
                                  judge->trend_count, NULL);
        told->trend_whole = scope_cells(scope, shown->measure, table->where, whole,
                                        judge->trend, judge->trend_count, NULL);
    }
    if (shown->aspect != ASPECT_VERDICT && shown->aspect != ASPECT_EXPECTED)
        return;
    size_t groups[2];
    told->past = scope_cells(scope, shown->measure, table->where, by, judge->past,
                             judge->past_count, groups);
    told->groups = groups[0];
    told->past_whole = scope_cells(scope, shown->measure, table->where, whole,
                                   judge->past, judge->past_count, NULL);
    if (shown->aspect == ASPECT_VERDICT && shown->measure->kind == MEASURE_SUM)
        ask_toll(judge, shown->measure, told);
}

struct table_judge *judge_ask(const struct table_arguments *table,
                              const struct block_context *context, struct period late,
                              struct period before)
{
    struct arena *arena = context->scope->arena;
    struct table_judge *judge = ARENA_NEW(arena, struct table_judge);
    judge->table = table;
    judge->context = context;
    judge->late = late;
    judge->before = before;
    judge->told = ARENA_ARRAY(arena, struct told, table->shown_count);
    settle_past(judge);
    settle_trend(judge);
    for (size_t i = 0; i < table->shown_count; i++)
        ask_column(judge, i);
    return judge;
}

/* -- Answering ----------------------------------------------------------------------------- */

struct slice judge_dash(struct table_judge *judge, enum dash dash)
{
    judge->dash[dash] = true;
    return EN_DASH;
}

/* How many of the periods come before the measure's table. */
static size_t uncovered(const struct table_judge *judge, const struct measure *measure,
                        const struct period *period, size_t count)
{
    size_t skipped = 0;
    while (skipped + 1 < count &&
           !scope_covers(judge->context->scope, measure->table, period[skipped]))
        skipped++;
    return skipped;
}

static struct verdict_question question_about(struct table_judge *judge,
                                              const struct measure *measure,
                                              const struct cell *cell, int64_t row,
                                              const struct period *period, size_t count)
{
    const size_t skipped = uncovered(judge, measure, period, count);
    struct arena *arena = judge->context->scope->arena;
    double *value = ARENA_ARRAY(arena, double, count);
    double *days = ARENA_ARRAY(arena, double, count);
    struct verdict_question question = {.count = value, .size = count};
    if (row != JUDGE_WHOLE)
        cell += (size_t)row * count;
    cell += skipped;
    period += skipped;
    question.size = count -= skipped;
    bool alike = true;
    for (size_t i = 0; i < count; i++) {
        value[i] = cell[i].value;
        days[i] = period_days(period[i]);
        alike = alike && days[i] == days[0];
        question.provisional = cell[i].provisional ? question.provisional + 1 : 0;
    }
    question.exposure = alike ? NULL : days;
    question.breaks =
        scope_breaks(judge->context->scope, period, count, &question.break_count);
    return question;
}

/* All groups of the column at once, those without any incident too; the first is of
 * rows that name none. */
static const struct districts_verdict *
ask_all(struct table_judge *judge, const struct measure *measure, struct told *told)
{
    struct arena *arena = judge->context->scope->arena;
    if (told->all)
        return told->all;
    const struct verdict_question about =
        question_about(judge, measure, told->past, 0, judge->past, judge->past_count);
    const size_t size = about.size, groups = told->groups;
    double *count = ARENA_ARRAY(arena, double, groups *size);
    for (size_t i = 0; i < groups * size; i++) {
        double value =
            told->past[(i / size + 1) * judge->past_count - size + i % size].value;
        count[i] = isnan(value) ? 0 : value;
    }
    const struct districts_question question = {
        .count = count + size,
        .districts = groups - 1,
        .exposure = about.exposure,
        .size = size,
        .provisional = about.provisional,
        .breaks = about.breaks,
        .break_count = about.break_count,
    };
    told->all = ARENA_NEW(arena, struct districts_verdict);
    verdict_of_districts(&question, arena, told->all);
    for (size_t i = 0; i < told->all->tests; i++)
        figures_count_test(judge->context->scope->figures, TESTED_PLACES);
    return told->all;
}

static struct verdict change_of(struct table_judge *judge, size_t column, int64_t row)
{
    const struct measure *measure = judge->table->shown[column].measure;
    struct told *told = &judge->told[column];
    const struct cell *cell = row == JUDGE_WHOLE ? told->past_whole : told->past;
    struct verdict_question question =
        question_about(judge, measure, cell, row, judge->past, judge->past_count);
    question.back = judge->back < question.size ? judge->back : 1;
    struct verdict verdict;
    verdict_of_change(&question, judge->context->scope->arena, &verdict);
    figures_count_test(judge->context->scope->figures, TESTED_COUNT);
    bool is_change =
        verdict.direction == DIRECTION_ROSE || verdict.direction == DIRECTION_FELL;
    if (!is_change || row < 1 || told->groups < 2)
        return verdict;
    judge_dash(judge, DASH_MANY);
    verdict_among_many(ask_all(judge, measure, told), (size_t)row - 1, &verdict);
    return verdict;
}

/* The deaths of each incident of a row; false: they are no whole numbers. */
static bool unfold(const struct cells *cells, int64_t row, size_t bin,
                   struct arena *arena, const double **out, size_t *count)
{
    bool by_row = row != JUDGE_WHOLE;
    const struct column *words = cells->by[by_row];
    size_t values = cells->groups[by_row];
    const struct cell *cell = cells->cell + (by_row ? (size_t)row * values * 2 : 0);
    double rows = 0;
    for (size_t i = 1; i < values; i++)
        rows += cell[i * 2 + bin].value;
    double *killed = ARENA_ARRAY(arena, double, (size_t)rows + 1);
    *count = 0;
    *out = killed;
    for (size_t i = 1; words && i < values; i++) {
        double times = cell[i * 2 + bin].value, value;
        if (!(times > 0))
            continue;
        if (!number_parse(words->words.word[i], &value) || value < 0 ||
            value != floor(value))
            return false;
        for (double j = 0; j < times; j++)
            killed[(*count)++] = value;
    }
    return words != NULL;
}

/* "40+" went into one of the two sums. */
static bool is_of_limits(const struct table_judge *judge, const struct told *told,
                         int64_t row)
{
    const size_t last = judge->past_count - 1;
    const struct cell *cell = row == JUDGE_WHOLE
                                  ? told->past_whole
                                  : told->past + (size_t)row * judge->past_count;
    return cell[last].at_least ||
           (judge->back <= last && cell[last - judge->back].at_least);
}

static struct slice deaths_text(struct table_judge *judge,
                                const struct measure *measure, const struct told *told,
                                int64_t row)
{
    const struct scope *scope = judge->context->scope;
    const struct cells *toll = row == JUDGE_WHOLE ? &told->toll_whole : &told->toll;
    struct deaths_question question = {
        .provisional = scope_is_provisional(scope, measure->table, judge->late)};
    question.pair.t1 = period_days(judge->late);
    question.pair.t0 = period_days(judge->before);
    if (!toll->cell ||
        !scope_compares(scope, measure->table, judge->before, judge->late))
        return judge_dash(judge, DASH_TOO_FEW);
    if (is_of_limits(judge, told, row))
        return judge_dash(judge, DASH_LIMIT);
    if (!unfold(toll, row, 1, scope->arena, &question.pair.killed1,
                &question.pair.n1) ||
        !unfold(toll, row, 0, scope->arena, &question.pair.killed0, &question.pair.n0))
        return judge_dash(judge, DASH_NO_COUNT);
    struct deaths_verdict verdict;
    verdict_of_deaths(&question, scope->arena, &verdict);
    figures_count_test(scope->figures, TESTED_DEATHS);
    return situation_words(judge->context, verdict.situation);
}

static struct slice verdict_text(struct table_judge *judge, size_t column, int64_t row)
{
    const struct measure *measure = judge->table->shown[column].measure;
    struct told *told = &judge->told[column];
    if (measure->kind == MEASURE_SUM)
        return deaths_text(judge, measure, told, row);
    if (!measure_is_count(measure))
        return judge_dash(judge, DASH_NO_COUNT);
    return situation_words(judge->context, change_of(judge, column, row).situation);
}

struct slice judge_standing(struct table_judge *judge, size_t column, int64_t row)
{
    struct verdict verdict = change_of(judge, column, row);
    switch (verdict.situation) {
    case SITUATION_USUAL:
    case SITUATION_ABOVE:
    case SITUATION_BELOW:
    case SITUATION_NO_CLEAR_CHANGE:
    case SITUATION_ROSE:
    case SITUATION_FELL:
    case SITUATION_ROSE_FEW:
    case SITUATION_FELL_FEW: return situation_words(judge->context, verdict.situation);
    default: return (struct slice){0};
    }
}

static struct slice range_text(const struct table_judge *judge, double low, double high)
{
    struct text text = {.arena = judge->context->chart.arena};
    locale_range(judge->context->chart.locale, low, high, 0, &text);
    return text_slice(&text);
}

/* Sums have no usual range: the lowest and the highest of the periods before. */
static struct slice seen_text(struct table_judge *judge, const struct measure *measure,
                              const struct told *told, int64_t row)
{
    const struct cell *cell = row == JUDGE_WHOLE
                                  ? told->past_whole
                                  : told->past + (size_t)row * judge->past_count;
    double low = INFINITY, high = -INFINITY;
    bool is_limit = false;
    size_t known = 0;
    int32_t from = scope_compared_from(judge->context->scope, measure->table,
                                       judge->late.last_day);
    for (size_t i = judge->past_count - 1; i-- > 0 && known < VERDICT_BASE;) {
        if (isnan(cell[i].value) || cell[i].provisional ||
            judge->past[i].first_day < from)
            continue;
        is_limit = is_limit || cell[i].at_least;
        low = fmin(low, cell[i].value);
        high = fmax(high, cell[i].value);
        known++;
    }
    if (known < VERDICT_PERIODS_LEAST)
        return judge_dash(judge, DASH_TOO_FEW);
    if (is_limit)
        return judge_dash(judge, DASH_LIMIT);
    judge_dash(judge, DASH_SEEN);
    return range_text(judge, low, high);
}

static struct slice expected_text(struct table_judge *judge, size_t column, int64_t row)
{
    const struct measure *measure = judge->table->shown[column].measure;
    struct told *told = &judge->told[column];
    if (measure->kind == MEASURE_SUM)
        return seen_text(judge, measure, told, row);
    if (!measure_is_count(measure))
        return judge_dash(judge, DASH_NO_COUNT);
    struct verdict verdict = change_of(judge, column, row);
    if (isnan(verdict.usual_low))
        return judge_dash(judge, DASH_TOO_FEW);
    return range_text(judge, verdict.usual_least, verdict.usual_most);
}

static struct slice trend_text(struct table_judge *judge, size_t column, int64_t row)
{
    const struct measure *measure = judge->table->shown[column].measure;
    const struct told *told = &judge->told[column];
    if (!measure_is_count(measure))
        return judge_dash(judge, DASH_NO_COUNT);
    const struct cell *cell = row == JUDGE_WHOLE ? told->trend_whole : told->trend;
    struct verdict_question question =
        question_about(judge, measure, cell, row, judge->trend, judge->trend_count);
    struct trend_verdict trend;
    verdict_of_trend(&question, judge->context->scope->arena, &trend);
    if (trend.situation == SITUATION_TREND_TOO_SHORT)
        return judge_dash(judge, DASH_TOO_FEW);
    figures_count_test(judge->context->scope->figures, TESTED_TREND);
    if (trend.direction != DIRECTION_ROSE && trend.direction != DIRECTION_FELL)
        return situation_words(judge->context, trend.situation);
    const struct phrase_part part[] = {
        {"percent", plain_percent(judge->context, fabs(trend.pct) / 100)},
        {"unit",
         locale_unit(judge->context->chart.locale, judge->table->sparkline_unit, 1)},
    };
    const char *key =
        trend.direction == DIRECTION_ROSE ? "table.rising" : "table.falling";
    return print_phrase(judge->context, key, NAN, part, 2);
}

struct slice judge_text(struct table_judge *judge, size_t column, int64_t row)
{
    if (judge->table->by_period)
        return judge_dash(judge, DASH_PERIODS);
    switch (judge->table->shown[column].aspect) {
    case ASPECT_VERDICT: return verdict_text(judge, column, row);
    case ASPECT_EXPECTED: return expected_text(judge, column, row);
    default: return trend_text(judge, column, row);
    }
}

struct slice judge_percent(struct table_judge *judge, double now, double before)
{
    struct text text = {.arena = judge->context->chart.arena};
    /* No percentages of small numbers: they say more than the counts do. */
    if (isnan(now) || isnan(before) || before < 10 || now < 10)
        return judge_dash(judge, DASH_SMALL);
    double percent = round(100 * (now - before) / before);
    if (percent > 0)
        locale_plus(judge->context->chart.locale, &text);
    locale_number(judge->context->chart.locale, percent, 0, &text);
    text_append_string(&text, locale_percent_sign(judge->context->chart.locale));
    return text_slice(&text);
}

const struct text_style *change_style(const struct block_context *context,
                                      const struct measure *measure, double difference)
{
    const struct theme *theme = context->chart.theme;
    struct text_style *style = arena_copy(
        context->chart.arena, &theme->text[TEXT_TABLE_STRONG], sizeof *style);
    style->colour = theme->colour[COLOUR_SECONDARY];
    if (measure_is_harm(measure) && difference > 0)
        style->colour = theme->colour[COLOUR_ATTACK_TEXT];
    if (measure_is_harm(measure) && difference < 0)
        style->colour = theme->colour[COLOUR_OPERATION_TEXT];
    return style;
}

void judge_notes(const struct table_judge *judge, struct flow *flow)
{
    static const char *const keys[DASH_COUNT] = {
        [DASH_TOO_FEW] = "table.because.too few",
        [DASH_NO_COUNT] = "table.because.no count",
        [DASH_SMALL] = "table.because.small",
        [DASH_SEEN] = "table.because.seen",
        [DASH_PERIODS] = "table.because.periods",
        [DASH_LIMIT] = "table.because.limit",
        [DASH_MANY] = "table.because.many",
    };
    enum { ABOVE = 3 };
    for (size_t i = 0; i < DASH_COUNT; i++) {
        if (!judge->dash[i])
            continue;
        struct slice words = print_phrase(judge->context, keys[i], 1, NULL, 0);
        struct box *box = text_box(judge->context, words, TEXT_SOURCE, flow->width);
        box->role = ROLE_CAPTION;
        flow_add(flow, box)->space_before = ABOVE;
    }
}

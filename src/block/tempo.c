/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tempo`: a count a period as a line over its usual range, and the verdict on the
 * newest one and on the trend in words. */
#include "block/chart_block.h"
#include "block/question.h"
#include "stats/verdict.h"

#include <math.h>

struct tempo {
    struct question question;
    struct chart_arguments chart; /* the line, as a chart block would have it */
    struct shown shown;
    const struct measure *measure;
};

enum { WEEKS = 26, AVERAGE = 4, HEIGHT = 120, HISTORY = VERDICT_PHI_PERIODS + 1 };

static const struct block_key keys[] = {
    {"show", "operations", "the measure, a count; else operations", TAKES_WORD},
    {"by", "month", "else week", TAKES_CHOICE("week, day, month, quarter, year")},
    {"height", "120 to 200",
     "of the plot, in points; a range takes what its page has left",
     TAKES_RANGE(20, 1000)},
    QUESTION_KEYS,
    {0},
};

static bool read_unit(struct block_reader *reader, struct tempo *tempo)
{
    static const enum period_unit unit[] = {PERIOD_WEEK, PERIOD_DAY, PERIOD_MONTH,
                                            PERIOD_QUARTER, PERIOD_YEAR};
    size_t choice;
    if (!read_choice(reader, "by", &choice))
        return false;
    tempo->chart.by = (struct axis){.kind = AXIS_PERIODS, .unit = unit[choice]};
    return true;
}

static bool read_measure(struct block_reader *reader, struct tempo *tempo)
{
    const struct yaml *value = yaml_find(reader->node->body, "show");
    const char *key = value && value->text.size ? "show" : "operations";
    return read_count_measure(reader, key, &tempo->measure);
}

static bool read_tempo(struct block_reader *reader, const void **arguments)
{
    struct tempo *tempo = ARENA_NEW(reader->arena, struct tempo);
    *arguments = tempo;
    bool ok = read_question(reader, &tempo->question);
    ok &= read_measure(reader, tempo) && read_unit(reader, tempo);
    ok &= read_range(reader, "height", &tempo->chart.height, &tempo->chart.most_height);
    if (ok && !tempo->chart.height)
        tempo->chart.height = HEIGHT;
    tempo->shown = (struct shown){.measure = tempo->measure, .at = reader->node->at};
    if (!tempo->question.last_count) {
        tempo->question.last_count = WEEKS;
        tempo->question.last_unit = tempo->chart.by.unit;
    }
    struct chart_arguments *chart = &tempo->chart;
    chart->kind = chart_kind_find(SLICE_LITERAL("line"));
    chart->table = tempo->question.table;
    chart->shown = &tempo->shown;
    chart->shown_count = 1;
    chart->where = tempo->question.where;
    chart->last_count = tempo->question.last_count;
    chart->last_unit = tempo->question.last_unit;
    chart->average_count = AVERAGE;
    chart->band = true;
    return ok;
}

/* -- Verdicts -------------------------------------------------------------------------- */

struct verdicts {
    struct history history;
    struct verdict change;
    struct trend_verdict trend;
    size_t periods; /* of the trend */
};

static double *exposures(const struct scope *scope, const struct history *history)
{
    double *days = ARENA_ARRAY(scope->arena, double, history->count);
    bool alike = true;
    for (size_t i = 0; i < history->count; i++) {
        days[i] = period_days(history->period[i]);
        alike = alike && days[i] == days[0];
    }
    return alike ? NULL : days;
}

static void judge(const struct tempo *tempo, const struct scope *scope,
                  struct verdicts *out)
{
    const struct history *history = &out->history;
    struct verdict_question question = {.count = history->value,
                                        .exposure = exposures(scope, history),
                                        .size = history->count};
    question.breaks =
        scope_breaks(scope, history->period, history->count, &question.break_count);
    for (size_t i = history->count; i-- > 0 && history->state[i] == POINT_PROVISIONAL;)
        question.provisional++;
    verdict_of_change(&question, scope->arena, &out->change);
    figures_count_test(scope->figures, TESTED_COUNT);
    size_t reach = tempo->question.last_count < question.size
                       ? tempo->question.last_count
                       : question.size;
    size_t left_out = question.size - reach;
    question.count += left_out;
    question.size = reach;
    if (question.exposure)
        question.exposure += left_out;
    question.breaks =
        scope_breaks(scope, history->period + left_out, reach, &question.break_count);
    verdict_of_trend(&question, scope->arena, &out->trend);
    figures_count_test(scope->figures, TESTED_TREND);
    out->periods = out->trend.n ? out->trend.n : reach;
}

/* -- Words ------------------------------------------------------------------------------ */

static struct slice expected_words(const struct reply *reply,
                                   const struct verdict *verdict)
{
    static const char *const positions[] = {
        [USUAL_NO_HISTORY] = "expected.usual.provisional",
        [USUAL_BELOW] = "expected.usual.below",
        [USUAL_INSIDE] = "expected.usual.inside",
        [USUAL_ABOVE] = "expected.usual.above",
    };
    const struct block_context *context = reply->context;
    if (isnan(verdict->usual_low))
        return print_phrase(context, "expected.too early", 1, NULL, 0);
    struct text range = {.arena = context->chart.arena};
    locale_range(context->chart.locale, verdict->usual_least, verdict->usual_most, 0,
                 &range);
    const struct phrase_part part = {"range", text_slice(&range)};
    return print_phrase(context, positions[verdict->position], NAN, &part, 1);
}

static struct slice trend_words(const struct reply *reply,
                                const struct trend_verdict *trend,
                                enum period_unit unit)
{
    const struct block_context *context = reply->context;
    const char *key = trend->direction == DIRECTION_ROSE   ? "trend.rising range"
                      : trend->direction == DIRECTION_FELL ? "trend.falling range"
                      : trend->situation == SITUATION_TREND_TOO_SHORT
                          ? "trend.too short"
                          : "trend.unclear";
    struct text range = {.arena = context->chart.arena};
    if (!isnan(trend->pct_low))
        locale_range(context->chart.locale, trend->pct_low, trend->pct_high, 1, &range);
    const struct phrase_part part[] = {
        {"percent", plain_percent(context, fabs(trend->pct) / 100)},
        {"range", text_slice(&range)},
        {"unit", locale_unit(context->chart.locale, unit, 1)},
    };
    return print_phrase(context, key, NAN, part, 3);
}

/* "22 this week, within its usual range (9–24); no clear trend over 26 weeks." */
static struct slice verdict_line(const struct tempo *tempo, const struct reply *reply,
                                 const struct verdicts *verdicts)
{
    const struct block_context *context = reply->context;
    const struct locale *locale = context->chart.locale;
    enum period_unit unit = tempo->chart.by.unit;
    const struct history *history = &verdicts->history;
    double now = history->value[history->count - 1];
    const struct phrase_part part[] = {
        {"count", plain_number(context, now, 0)},
        {"unit", locale_unit(locale, unit, 1)},
        {"expected", expected_words(reply, &verdicts->change)},
        {"trend", trend_words(reply, &verdicts->trend, unit)},
        {"periods", plain_number(context, (double)verdicts->periods, 0)},
        {"units", locale_unit(locale, unit, (double)verdicts->periods)},
    };
    struct slice words = print_phrase(context, "tempo.verdict", now, part, 6);
    reply_trace(reply,
                &(struct traced){tempo->measure,
                                 history->period[history->count - 1],
                                 {0},
                                 now,
                                 verdicts->change.usual_low,
                                 verdicts->change.usual_high,
                                 history->cell[history->count - 1].rows},
                words);
    return words;
}

static struct box *lay_tempo(const void *arguments, const struct block_context *context,
                             double width)
{
    const struct tempo *tempo = arguments;
    const struct scope *scope = context->scope;
    struct reply reply = reply_begin(&tempo->question, context, "tempo", width);
    struct chart_data data = {.values_are_counts = true};
    struct verdicts verdicts = {.history = history_of(scope, tempo->measure,
                                                      tempo->chart.where,
                                                      tempo->chart.by.unit, HISTORY)};
    bind_periods(&tempo->chart, context, &data);
    if (scope->rehearsal)
        return reply_box(&reply);
    struct chart_options options = {
        .kind = SLICE_LITERAL("line"),
        .height = (double)tempo->chart.height,
        .most_height = (double)tempo->chart.most_height,
        .highlight = SIZE_MAX,
        .week_start = scope->frame->week_start,
        .show_values = true,
    };
    const struct phrase_part part[] = {
        {"measure", measure_label(tempo->measure, context->chart.locale, scope->arena)},
        {"unit", locale_unit(context->chart.locale, tempo->chart.by.unit, 1)},
    };
    options.title = tempo->question.title
                        ? template_text_print(tempo->question.title, scope)
                        : print_phrase(context, "tempo.title", 1, part, 2);
    if (tempo->question.subtitle) {
        options.subtitle = template_text_print(tempo->question.subtitle, scope);
    } else if (verdicts.history.count) {
        judge(tempo, scope, &verdicts);
        options.subtitle = verdict_line(tempo, &reply, &verdicts);
    }
    record_chart(&tempo->chart, context, &data);
    return chart_lay(&context->chart, &options, &data, width);
}

const struct block_kind block_tempo = {
    "tempo",   "a count a week over its usual range, and its trend in words",
    keys,      read_tempo,
    lay_tempo,
};

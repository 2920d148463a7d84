/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The trend of a line and the levels it went through, of counts of incidents only:
 * deaths come in clumps and have neither. */
#include "block/chart_block.h"
#include "stats/changepoint.h"
#include "stats/trend.h"
#include "stats/verdict.h"

#include <math.h>

enum { SHORTEST_LEVEL = 4 };

/* Deaths come in clumps: no range of theirs can be expected. */
static void check_band(struct block_reader *reader, struct chart_arguments *chart)
{
    const struct yaml *value = yaml_find(reader->node->body, "band");
    if (!chart->band || measure_is_count(chart->shown[0].measure))
        return;
    struct diag *diag =
        diags_warn(reader->diags, value->at, "M149",
                   "\"%.*s\" has no expected range: only counts of incidents have one",
                   SLICE_PRINT(chart->shown[0].measure->name));
    diag->width = value->width;
    diag_hint(reader->diags, diag, "leave band out, or show a `count where …`");
    chart->band = false;
}

bool read_trend(struct block_reader *reader, struct chart_arguments *chart)
{
    static const char *const names[] = {"trend", "change points"};
    bool *const wanted[] = {&chart->trend, &chart->change_points};
    bool ok = true;
    check_band(reader, chart);
    for (size_t i = 0; i < 2; i++) {
        const struct yaml *value = yaml_find(reader->node->body, names[i]);
        ok &= read_bool(reader, names[i], false, wanted[i]);
        if (!*wanted[i] || !value)
            continue;
        if (!slice_is(slice_of(chart->kind->name), "line"))
            continue; /* see chart_keys.c */
        bool is_line = chart->shown_count == 1 && !chart->is_split;
        if (is_line && measure_is_count(chart->shown[0].measure))
            continue;
        struct diag *diag = reader_error(reader, value, "M143", "%s of %s", names[i],
                                         is_line ? "what doesn't count incidents"
                                                 : "more than one line");
        diag_hint(
            reader->diags, diag,
            "they are drawn over a line of one measure that is a `count where …`");
        ok = false;
    }
    return ok;
}

/* The complete periods since the last break, of those that are shown. */
struct stretch_shown {
    size_t first, count;
};

static struct stretch_shown stretch_of_line(const struct scope *scope,
                                            const struct history *history)
{
    struct stretch_shown shown = {0};
    size_t breaks, end = history->count;
    const size_t *at = scope_breaks(scope, history->period, history->count, &breaks);
    while (end > 0 && history->state[end - 1] == POINT_PROVISIONAL)
        end--;
    for (size_t i = 0; i < breaks; i++)
        shown.first = at[i] > shown.first ? at[i] : shown.first;
    for (size_t i = shown.first; i < end; i++)
        shown.first = isnan(history->value[i]) ? i + 1 : shown.first;
    shown.count = shown.first < end ? end - shown.first : 0;
    return shown;
}

static double *exposures(const struct scope *scope, const struct history *history,
                         struct stretch_shown shown)
{
    double *days = ARENA_ARRAY(scope->arena, double, shown.count);
    bool alike = true;
    for (size_t i = 0; i < shown.count; i++) {
        days[i] = period_days(history->period[shown.first + i]);
        alike = alike && days[i] == days[0];
    }
    return alike ? NULL : days;
}

/* -- The trend ----------------------------------------------------------------------- */

static struct slice trend_words(const struct block_context *context,
                                const struct trend_verdict *verdict,
                                enum period_unit unit)
{
    const struct locale *locale = context->chart.locale;
    const char *key = verdict->direction == DIRECTION_ROSE   ? "trend.rising"
                      : verdict->direction == DIRECTION_FELL ? "trend.falling"
                      : verdict->situation == SITUATION_TREND_UNCLEAR
                          ? "trend.unclear"
                          : "trend.too short";
    double percent = fabs(verdict->pct);
    struct text number = {.arena = context->chart.arena};
    locale_number(locale, percent, percent < 1 ? 1 : 0, &number);
    const struct phrase_part figure = {"number", text_slice(&number)};
    const struct phrase_part part[] = {
        {"percent", print_phrase(context, "number.percent", NAN, &figure, 1)},
        {"unit", locale_unit(locale, unit, 1)},
    };
    return capitalised(context, print_phrase(context, key, NAN, part, 2));
}

/* A line is drawn only where the verdict is clear; else words say that none is. */
void add_trend(const struct chart_arguments *chart, const struct block_context *context,
               const struct history *history, struct chart_data *data)
{
    const struct scope *scope = context->scope;
    if (!chart->trend || scope->rehearsal || !history->count)
        return;
    struct stretch_shown shown = stretch_of_line(scope, history);
    const struct trend_question asked = {.y = history->value + shown.first,
                                         .exposure = exposures(scope, history, shown),
                                         .n = shown.count,
                                         .conf = 0.95};
    const struct verdict_question question = {
        .count = asked.y, .exposure = asked.exposure, .size = asked.n};
    struct trend_verdict verdict;
    struct trend trend;
    verdict_of_trend(&question, scope->arena, &verdict);
    figures_count_test(scope->figures, TESTED_TREND);
    data->trend_name = trend_words(context, &verdict, chart->by.unit);
    if (verdict.direction != DIRECTION_ROSE && verdict.direction != DIRECTION_FELL)
        return;
    stat_trend(&asked, scope->arena, &trend);
    double *line = ARENA_ARRAY(scope->arena, double, history->count);
    for (size_t i = 0; i < history->count; i++) {
        bool inside = i >= shown.first && i < shown.first + shown.count;
        double at = (double)i - (double)shown.first;
        line[i] = inside ? exp(trend.intercept + trend.slope * at) : NAN;
        if (inside && asked.exposure)
            line[i] *= asked.exposure[i - shown.first];
    }
    data->trend = line;
}

/* -- Levels -------------------------------------------------------------------------- */

static struct slice level_words(const struct block_context *context, double before,
                                double after, enum period_unit unit)
{
    const struct locale *locale = context->chart.locale;
    struct text from = {.arena = context->chart.arena}, to = from;
    locale_number(locale, before, before < 10 ? 1 : 0, &from);
    locale_number(locale, after, after < 10 ? 1 : 0, &to);
    const struct phrase_part part[] = {
        {"before", text_slice(&from)},
        {"after", text_slice(&to)},
        {"unit", locale_unit(locale, unit, 1)},
    };
    return print_phrase(context, "chart.level", NAN, part, 3);
}

static void note_levels(const struct chart_arguments *chart,
                        const struct block_context *context, size_t first,
                        const struct changepoints *found, struct chart_data *data)
{
    struct chart_note *note = ARENA_ARRAY(context->chart.arena, struct chart_note,
                                          data->note_count + found->count);
    for (size_t i = 0; i < data->note_count; i++)
        note[i] = data->note[i];
    for (size_t i = 0; i < found->count; i++)
        note[data->note_count++] = (struct chart_note){
            .position = first + found->first[i],
            .text = level_words(context, found->mean[i], found->mean[i + 1],
                                chart->by.unit),
        };
    data->note = note;
}

/* The mean of each stretch; the penalty grows with the clumping, so that it takes more
 * than noise to begin a new one. */
void add_levels(const struct chart_arguments *chart,
                const struct block_context *context, const struct history *history,
                struct chart_data *data)
{
    const struct scope *scope = context->scope;
    if (!chart->change_points || scope->rehearsal || !history->count)
        return;
    struct stretch_shown shown = stretch_of_line(scope, history);
    const double *value = history->value + shown.first;
    struct changepoints found;
    if (shown.count < 2 * SHORTEST_LEVEL)
        return;
    double penalty =
        changepoint_penalty(shown.count, changepoint_phi(value, shown.count));
    stat_changepoint(value, shown.count, penalty, SHORTEST_LEVEL, scope->arena, &found);
    if (found.unknown_because)
        return;
    figures_count_test(scope->figures, TESTED_OTHER);
    double *level = ARENA_ARRAY(scope->arena, double, history->count);
    size_t segment = 0;
    for (size_t i = 0; i < history->count; i++) {
        bool inside = i >= shown.first && i < shown.first + shown.count;
        while (inside && segment < found.count &&
               i - shown.first >= found.first[segment])
            segment++;
        level[i] = inside ? found.mean[segment] : NAN;
    }
    data->level = level;
    note_levels(chart, context, shown.first, &found, data);
}

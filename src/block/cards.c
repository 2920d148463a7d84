/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `cards`: one number a card with its change, its average and a sparkline. */
#include "block/question.h"
#include "block/table_verdict.h"
#include "template/filters.h"

#include <math.h>

struct cards {
    const struct shown *shown;
    size_t count;
    size_t sparkline_count; /* 0 = none */
    enum period_unit sparkline_unit;
    size_t average_count;
    bool compares, with_year; /* by its own key: with the year before */
    const struct yaml *edge;  /* tones by position, or NULL */
    size_t edge_count;
    struct condition *where;
    const struct measure **largest; /* by card: of a sum of deaths, else NULL */
    struct table_arguments judged;  /* the cards as columns of a table, for verdicts */
};

static const struct block_key keys[] = {
    {"show", "attacks, killed", "measures, one card each", TAKES_LIST, IS_NEEDED},
    {"sparkline", "26 weeks", "a small line of so many periods", TAKES_LENGTH},
    {"average", "12 weeks", "the average beside the change; else the brief's",
     TAKES_LENGTH},
    {"compare", "year before, 12-week average",
     "what they are against; else the brief's", TAKES_LIST},
    {"edge", "attack, neutral", "colours of the edges, by card", TAKES_LIST,
     .words = "attack, operation, neutral, attention"},
    {"where", "province is Sindh", "only rows that meet it", TAKES_WORD},
    {0},
};

static bool is_toll(const struct measure *measure)
{
    static const char killed[] = "killed";
    struct slice field = measure->field;
    if (measure->kind != MEASURE_SUM || !measure->column)
        return false;
    for (size_t i = 0; i + sizeof killed - 1 <= field.size; i++) {
        if (slice_starts_with(slice_from(field, i), killed))
            return true;
    }
    return false;
}

/* What the cards claim: of counts the verdict, of deaths the largest incident. */
static void read_claims(struct block_reader *reader, const struct source_table *source,
                        struct cards *cards)
{
    struct shown *judged = ARENA_ARRAY(reader->arena, struct shown, cards->count);
    cards->largest = ARENA_ARRAY(reader->arena, const struct measure *, cards->count);
    for (size_t i = 0; i < cards->count; i++) {
        const struct measure *measure = cards->shown[i].measure;
        judged[i] = cards->shown[i];
        judged[i].aspect = measure_is_count(measure) ? ASPECT_VERDICT : ASPECT_VALUE;
        if (is_toll(measure))
            cards->largest[i] = measure_of_rows(measure, MEASURE_HIGHEST,
                                                measure->column, reader->arena);
    }
    cards->judged = (struct table_arguments){.table = source,
                                             .shown = judged,
                                             .shown_count = cards->count,
                                             .where = cards->where,
                                             .sparkline_count = 1,
                                             .sparkline_unit = PERIOD_WEEK};
}

/* "year before, 12-week average" */
static bool read_comparison(struct block_reader *reader, struct cards *cards)
{
    size_t count;
    const struct yaml *item =
        yaml_list(yaml_find(reader->node->body, "compare"), reader->arena, &count);
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        struct base base;
        if (base_parse(item[i].text, reader->scope, &base)) {
            cards->compares = true;
            cards->with_year = cards->with_year || base.kind == BASE_YEAR_BEFORE;
            if (base.kind == BASE_AVERAGE && !cards->average_count)
                cards->average_count = base.count;
            continue;
        }
        struct diag *diag =
            reader_error(reader, &item[i], "M021", "can't compare with \"%.*s\"",
                         SLICE_PRINT(item[i].text));
        diag->width = (int)utf8_length(item[i].text);
        diag_hint(reader->diags, diag,
                  "of a %s: previous %s, year before, 12-%s average",
                  period_unit_name(reader->scope->period.unit),
                  period_unit_name(reader->scope->period.unit),
                  period_unit_name(reader->scope->period.unit));
        ok = false;
    }
    return ok;
}

/* The brief's scope, with the block's own comparison. */
static const struct scope *compared_scope(const struct cards *cards,
                                          const struct scope *scope)
{
    if (!cards->compares)
        return scope;
    const int week_start = scope->frame->week_start;
    const struct period whole = scope->period.whole;
    struct scope *own = arena_copy(scope->arena, scope, sizeof *scope);
    own->compare.whole = cards->with_year ? period_year_before(whole, week_start)
                                          : period_shift(whole, -1, week_start);
    own->average_count = 0; /* its own, or none */
    return own;
}

static bool read_cards(struct block_reader *reader, const void **arguments)
{
    struct cards *cards = ARENA_NEW(reader->arena, struct cards);
    const struct source_table *source;
    enum period_unit average_unit;
    *arguments = cards;
    if (!read_table(reader, &source))
        return false;
    bool ok = read_measures(reader, "show", &cards->shown, &cards->count);
    ok &= read_length(reader, "sparkline", &cards->sparkline_count,
                      &cards->sparkline_unit);
    ok &= read_length(reader, "average", &cards->average_count, &average_unit);
    ok &= read_comparison(reader, cards);
    ok &= read_where(reader, "where", source->table, &cards->where);
    cards->edge = yaml_list(yaml_find(reader->node->body, "edge"), reader->arena,
                            &cards->edge_count);
    for (size_t i = 0; i < cards->edge_count; i++)
        ok &= check_tone(reader->diags, &cards->edge[i]);
    if (ok)
        read_claims(reader, source, cards);
    return ok;
}

static enum chart_tone card_tone(const struct cards *cards, size_t i)
{
    if (i < cards->edge_count) {
        struct measure named = {.tone = cards->edge[i].text};
        return measure_tone(&named);
    }
    return measure_tone(cards->shown[i].measure);
}

/* Counts by their difference, ratios with a decimal, shares in points. */
static struct slice printed_difference(const struct block_context *context,
                                       const struct measure *measure, double difference)
{
    struct text text = {.arena = context->chart.arena};
    double size = fabs(difference);
    if (measure->kind == MEASURE_SHARE)
        return print_points(context, size, false);
    locale_number(context->chart.locale, size, size == floor(size) ? 0 : 1, &text);
    return text_slice(&text);
}

/* What the change is on: the week, the four weeks before, or the year when the same
 * days of last year are compared with. */
static struct slice comparison_words(const struct block_context *context, bool differs)
{
    const struct scope *scope = context->scope;
    const struct period_span *compare = &scope->compare;
    struct arena *arena = context->chart.arena;
    struct period before =
        period_shift(scope->period.whole, -1, scope->frame->week_start);
    bool is_year = !period_equal(before, compare->whole);
    bool is_several = !is_year && compare->count > 1;
    struct text count = {.arena = arena};
    locale_number(context->chart.locale, (double)compare->count, 0, &count);
    const struct phrase_part part[] = {
        {"count", text_slice(&count)},
        {"unit", locale_unit(context->chart.locale, compare->unit, 1)},
        {"units",
         locale_unit(context->chart.locale, compare->unit, (double)compare->count)},
    };
    const char *unit = is_year      ? period_unit_name(PERIOD_YEAR)
                       : is_several ? "several"
                                    : period_unit_name(compare->unit);
    const char *key = arena_print(arena, "card.%s.%s", differs ? "on" : "same", unit);
    return print_phrase(context, key, 1, part, 3);
}

static void fill_change(const struct block_context *context, const struct cards *cards,
                        const struct measure *measure, struct card *card)
{
    const struct scope *scope = context->scope;
    const struct column *const by[2] = {NULL, NULL};
    size_t groups[2];
    const struct cell *now =
        scope_cells(scope, measure, cards->where, by, &scope->period.whole, 1, groups);
    const struct cell *before =
        scope_cells(scope, measure, cards->where, by, &scope->compare.whole, 1, groups);
    card->number = print_cell(context, measure, now);
    record_figure(context, "card", measure, cards->where, scope->period.whole,
                  (struct slice){0}, now, card->number);
    if (now->provisional) {
        card->verdict = print_phrase(context, "provisional", 1, NULL, 0);
        return; /* a period that isn't over is compared with nothing */
    }
    double difference = now->value - before->value;
    bool is_of_limits = is_limit(now, measure) || is_limit(before, measure);
    if (isnan(difference) || is_of_limits ||
        !scope_compares(scope, measure->table, scope->compare.whole,
                        scope->period.whole))
        return;
    card->direction = (difference > 0) - (difference < 0);
    card->direction_is_bad = measure_is_harm(measure);
    card->change = printed_difference(context, measure, difference);
    card->change_suffix = comparison_words(context, difference != 0);
    struct text printed = {.arena = context->chart.arena};
    text_print(&printed, "%s%.*s",
               difference > 0   ? "+"
               : difference < 0 ? "\xe2\x88\x92"
                                : "",
               SLICE_PRINT(card->change));
    record_figure(context, "card, compared with", measure, cards->where,
                  scope->compare.whole, (struct slice){0}, before,
                  text_slice(&printed));
}

/* The mean of the count periods before this one. */
static void fill_average(const struct block_context *context, const struct cards *cards,
                         const struct measure *measure, struct card *card)
{
    const struct scope *scope = context->scope;
    size_t count = cards->average_count ? cards->average_count : scope->average_count;
    if (!count)
        return;
    /* A brief of four weeks has the average of as many four weeks. */
    enum period_unit unit = scope->period.count > 1 ? PERIOD_RANGE : scope->period.unit;
    struct history history = history_of(scope, measure, cards->where, unit, count + 1);
    struct cell all = {.low = NAN, .high = NAN};
    double sum = 0;
    for (size_t i = 0; i + 1 < history.count; i++) {
        sum += history.value[i];
        all.rows += history.cell ? history.cell[i].rows : 0;
        all.at_least += history.cell ? history.cell[i].at_least : 0;
    }
    if (history.count != count + 1 || isnan(sum) ||
        !scope_compares(scope, measure->table, history.period[0],
                        history.period[count]))
        return;
    double mean = sum / (double)count;
    struct text number = {.arena = context->chart.arena};
    bool whole = measure->kind == MEASURE_COUNT || measure->kind == MEASURE_SUM;
    if (measure->kind == MEASURE_SHARE)
        text_append(&number, print_value(context, measure, mean));
    else
        locale_number(context->chart.locale, mean, whole && mean >= 10 ? 0 : 1,
                      &number);
    const struct phrase_part digits = {"number", text_slice(&number)};
    struct text periods = {.arena = context->chart.arena};
    locale_number(context->chart.locale, (double)count, 0, &periods);
    const struct phrase_part part[] = {
        {"count", text_slice(&periods)},
        {"average", is_limit(&all, measure)
                        ? print_phrase(context, "table.at least", NAN, &digits, 1)
                        : text_slice(&number)},
    };
    const char *key =
        arena_print(context->chart.arena, "card.average.%s", period_unit_name(unit));
    card->average = print_phrase(context, key, mean, part, 2);
    all.value = mean;
    const struct period span = {PERIOD_RANGE, history.period[0].first_day,
                                history.period[count - 1].last_day};
    record_figure(context, "card, average", measure, cards->where, span,
                  (struct slice){0}, &all, text_slice(&number));
}

/* "19 in one": deaths come in clumps, and the card says how large the largest is. */
static void fill_largest(const struct block_context *context, const struct cards *cards,
                         size_t i, struct card *card)
{
    const struct scope *scope = context->scope;
    const struct measure *measure = cards->largest[i];
    const struct column *const by[2] = {NULL, NULL};
    if (!measure)
        return;
    const struct cell *all = scope_cells(scope, cards->shown[i].measure, cards->where,
                                         by, &scope->period.whole, 1, NULL);
    const struct cell *largest =
        scope_cells(scope, measure, cards->where, by, &scope->period.whole, 1, NULL);
    if (!(largest->value >= 2) || !(largest->value < all->value))
        return;
    const struct phrase_part part[] = {
        {"largest", print_cell(context, measure, largest)},
        {"share", plain_percent(context, largest->value / all->value)},
    };
    card->standing = print_phrase(context,
                                  all->value < VERDICT_PERCENT_LEAST || all->at_least
                                      ? "card.largest"
                                      : "card.largest share",
                                  largest->value, part, 2);
    record_figure(context, "card, largest incident", measure, cards->where,
                  scope->period.whole, (struct slice){0}, largest, part[0].text);
}

static void fill_standing(const struct block_context *context,
                          const struct cards *cards, struct table_judge *judge,
                          size_t i, struct card *card)
{
    fill_largest(context, cards, i, card);
    if (context->scope->rehearsal || !measure_is_count(cards->shown[i].measure) ||
        card->verdict.size)
        return;
    card->standing = judge_standing(judge, i, JUDGE_WHOLE);
}

static struct card bind_card(const struct block_context *context,
                             const struct cards *cards, struct table_judge *judge,
                             size_t i, double width)
{
    const struct shown *shown = &cards->shown[i];
    struct card card = {.tone = card_tone(cards, i)};
    card.label = shown->label.size
                     ? shown->label
                     : measure_label(shown->measure, context->chart.locale,
                                     context->chart.arena);
    fill_change(context, cards, shown->measure, &card);
    fill_average(context, cards, shown->measure, &card);
    fill_standing(context, cards, judge, i, &card);
    if (!cards->sparkline_count)
        return card;
    struct history history = history_of(context->scope, shown->measure, cards->where,
                                        cards->sparkline_unit, cards->sparkline_count);
    double *low = NULL, *high = NULL;
    bool banded = expected_band(context->scope, shown->measure, cards->where, &history,
                                &low, &high);
    if (context->scope->rehearsal || history.count < 2)
        return card;
    bool provisional = history.state[history.count - 1] == POINT_PROVISIONAL;
    card.sparkline =
        sparkline_box(&context->chart, history.value, history.count,
                      banded ? low : NULL, banded ? high : NULL, card.tone, provisional,
                      measure_span(shown->measure), width * 0.52, 18);
    return card;
}

/* What the change is against is said by the others, too; and what is unusual goes before
 * an average that nobody asked for. */
static unsigned losses_told(const struct cards *cards, const unsigned *losses)
{
    unsigned lost = ~0U, suffixes = 0;
    for (size_t i = 0; i < cards->count; i++)
        suffixes += losses[i] & CARD_WITHOUT_SUFFIX ? 1 : 0;
    if (suffixes < cards->count)
        lost &= ~(unsigned)CARD_WITHOUT_SUFFIX;
    if (!cards->average_count)
        lost &= ~(unsigned)CARD_STANDING_FOR_AVERAGE;
    return lost;
}

/* One note a block, since it has one cure. */
static void tell_losses(const struct block_context *context, const struct cards *cards,
                        const struct slice *label, const unsigned *losses)
{
    static const struct {
        unsigned loss;
        const char *what;
    } kinds[] = {{CARD_LABEL_CUT, "all of the label"},
                 {CARD_WITHOUT_SPARKLINE, "sparkline"},
                 {CARD_WITHOUT_SUFFIX, "what the change is against"},
                 {CARD_WITHOUT_AVERAGE | CARD_STANDING_FOR_AVERAGE, "average"},
                 {CARD_WITHOUT_STANDING, "verdict or largest incident"}};
    const unsigned told = losses_told(cards, losses);
    struct text text = {.arena = context->chart.arena};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        bool is_first = true;
        for (size_t i = 0; i < cards->count; i++) {
            if (!(losses[i] & kinds[k].loss & told))
                continue;
            text_print(&text, "%s%s%s\"%.*s\"",
                       !is_first   ? ", "
                       : text.size ? "; "
                                   : "",
                       is_first ? kinds[k].what : "", is_first ? " (" : "",
                       SLICE_PRINT(label[i]));
            is_first = false;
        }
        text_append_string(&text, is_first ? "" : ")");
    }
    if (!text.size)
        return;
    struct diag *diag =
        diags_note(context->chart.diags, context->chart.at, "L202",
                   "no room in the cards for: %.*s", SLICE_PRINT(text_slice(&text)));
    diag_hint(context->chart.diags, diag,
              "fewer cards in a block are wider, and labels may be short: show: killed "
              "as \"Dead\"");
}

static struct box *lay_cards(const void *arguments, const struct block_context *brief,
                             double width)
{
    const struct cards *cards = arguments;
    struct block_context own = *brief;
    const struct block_context *context = &own;
    own.scope = compared_scope(cards, brief->scope);
    struct arena *arena = context->chart.arena;
    double gutter = context->chart.theme->length[LENGTH_GUTTER];
    double count = (double)cards->count;
    double one = (width - gutter * (count - 1)) / count;
    struct table_judge *judge =
        judge_ask(&cards->judged, context, context->scope->period.whole,
                  context->scope->compare.whole);
    struct box **cell = ARENA_ARRAY(arena, struct box *, cards->count);
    double *widths = ARENA_ARRAY(arena, double, cards->count);
    unsigned *losses = ARENA_ARRAY(arena, unsigned, cards->count);
    struct slice *label = ARENA_ARRAY(arena, struct slice, cards->count);
    for (size_t i = 0; i < cards->count; i++) {
        struct card card = bind_card(context, cards, judge, i, one);
        widths[i] = one;
        label[i] = card.label;
        if (!context->scope->rehearsal)
            cell[i] = card_box(&context->chart, &card, one, &losses[i]);
    }
    if (context->scope->rehearsal)
        return box_new(arena, "rehearsal", 0, 0);
    tell_losses(context, cards, label, losses);
    cards_level(cell, cards->count);
    bool mirrored =
        typesetter_direction(context->chart.typesetter) == DIRECTION_RIGHT_TO_LEFT;
    return row_box(arena, cell, widths, cards->count, gutter, mirrored);
}

const struct block_kind block_cards = {
    "cards",   "numbers with their change, average and sparkline", keys, read_cards,
    lay_cards,
};

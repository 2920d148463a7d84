/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `convergence`: pairs of groups in the same incident, and in the same district in the
 * same week, against what chance gives groups that share districts and seasons. */
#include "block/naming.h"
#include "stats/district.h"
#include "stats/pairs.h"

#include <math.h>
#include <stdlib.h>

struct convergence {
    struct question question;
    const struct measure *measure;
    struct column *actor, *district;
    const struct yaml *prefer, *leave_out;
    long top, groups;
};

/* A season: groups that rise and fall together over months aren't said to meet. */
enum { WEEKS = 26, SEASON = 13, MOST_GROUPS = 40, MOST_CELLS = 100000000 };
static const double FALSE_DISCOVERIES = 0.1;

static const struct block_key keys[] = {
    {"show", "attacks", "the measure that counts them; else attacks", TAKES_WORD},
    {"by", "actor", "the column of groups, which may hold several; else actor",
     TAKES_WORD},
    {"in", "district", "the column of places; else district", TAKES_WORD},
    {"prefer", "{Fitna al Khawaraj: TTP}", "the house's name for these words",
     TAKES_KEYS},
    {"leave out", "unidentified", "words that are no group", TAKES_LIST},
    {"groups", "12", "so many of the most active are paired",
     TAKES_WHOLE(2, MOST_GROUPS)},
    {"top", "10", "most pairs listed", TAKES_WHOLE(1, 1000)},
    QUESTION_KEYS,
    {0},
};

static bool read_convergence(struct block_reader *reader, const void **arguments)
{
    struct convergence *pairs = ARENA_NEW(reader->arena, struct convergence);
    *arguments = pairs;
    const struct yaml *body = reader->node->body, *value = yaml_find(body, "show");
    bool ok = read_question(reader, &pairs->question);
    ok &= read_count_measure(reader, value && value->text.size ? "show" : "attacks",
                             &pairs->measure);
    ok &= read_category(reader, "by", "actor", &pairs->actor);
    ok &= read_category(reader, "in", "district", &pairs->district);
    ok &= read_whole(reader, "groups", 12, &pairs->groups);
    ok &= read_whole(reader, "top", 10, &pairs->top);
    pairs->prefer = yaml_find(body, "prefer");
    pairs->leave_out = yaml_find(body, "leave out");
    if (!pairs->question.last_count) {
        pairs->question.last_count = WEEKS;
        pairs->question.last_unit = PERIOD_WEEK;
    }
    return needs_incidents(reader, &pairs->question) && ok;
}

/* -- Presence -------------------------------------------------------------------------------- */

/* Which of the most active groups were in which district in which week, a bit each. */
struct presence {
    struct naming naming;
    size_t weeks, districts, groups;
    uint32_t group[MOST_GROUPS];               /* names, most active first */
    double active[MOST_GROUPS];                /* district-weeks */
    uint64_t *seen;                            /* districts × weeks */
    double together[MOST_GROUPS][MOST_GROUPS]; /* incidents that name both */
    struct period window;
};

static size_t rows_in(const struct convergence *pairs, const struct scope *scope,
                      const struct presence *presence, const uint32_t **row)
{
    size_t count;
    *row = question_rows(&pairs->question, scope, pairs->measure, presence->window,
                         &count);
    return count;
}

static void choose_groups(const struct convergence *pairs, const uint32_t *row,
                          size_t rows, struct arena *arena, struct presence *presence)
{
    double *count = ARENA_ARRAY(arena, double, presence->naming.count);
    for (size_t r = 0; r < rows; r++) {
        uint32_t name[NAMES_OF_ROW];
        bool is_known;
        size_t names = names_of_row(&presence->naming, row[r], name, &is_known);
        for (size_t i = 0; i < names; i++)
            count[name[i]]++;
    }
    size_t most = (size_t)pairs->groups;
    for (uint32_t name = 1; name < presence->naming.count; name++) {
        if (!(count[name] > 0))
            continue;
        size_t at = presence->groups < most ? presence->groups++ : most;
        if (at == most && count[presence->group[most - 1]] >= count[name])
            continue;
        at = at == most ? most - 1 : at;
        for (; at > 0 && count[presence->group[at - 1]] < count[name]; at--)
            presence->group[at] = presence->group[at - 1];
        presence->group[at] = name;
    }
}

static uint64_t groups_of_row(const struct presence *presence, uint32_t row)
{
    uint32_t name[NAMES_OF_ROW];
    bool is_known;
    uint64_t bits = 0;
    size_t names = names_of_row(&presence->naming, row, name, &is_known);
    for (size_t i = 0; i < names; i++) {
        for (size_t g = 0; g < presence->groups; g++)
            bits |= (uint64_t)(presence->group[g] == name[i]) << g;
    }
    return bits;
}

static void mark_presence(const struct convergence *pairs, const uint32_t *row,
                          size_t rows, struct presence *presence)
{
    const struct column *date = pairs->question.table->table->date;
    for (size_t r = 0; r < rows; r++) {
        uint64_t bits = groups_of_row(presence, row[r]);
        int32_t day = (int32_t)number_in(date, row[r]) - presence->window.first_day;
        struct codes codes = column_codes(pairs->district, row[r]);
        for (size_t i = 0; i < presence->groups; i++) {
            for (size_t j = i + 1; j < presence->groups; j++)
                presence->together[i][j] += (bits >> i & 1) && (bits >> j & 1);
        }
        for (size_t i = 0; i < codes.count; i++) {
            if (codes.code[i])
                presence->seen[codes.code[i] * presence->weeks + (size_t)day / 7] |=
                    bits;
        }
    }
    for (size_t i = 0; i < presence->districts * presence->weeks; i++) {
        for (size_t g = 0; g < presence->groups; g++)
            presence->active[g] += (double)(presence->seen[i] >> g & 1);
    }
}

/* -- Pairs -------------------------------------------------------------------------------------- */

struct pair {
    size_t a, b;
    double observed, together, p;
    struct pair_chance chance;
};

/* One stratum a district and season: how many of its weeks saw either. */
static size_t fill_strata(const struct presence *presence, struct pair *pair,
                          struct pair_stratum *stratum)
{
    size_t count = 0;
    for (size_t d = 1; d < presence->districts; d++) {
        const uint64_t *seen = &presence->seen[d * presence->weeks];
        for (size_t start = 0; start < presence->weeks; start += SEASON) {
            struct pair_stratum one = {0};
            for (size_t w = start; w < start + SEASON && w < presence->weeks; w++) {
                bool a = seen[w] >> pair->a & 1, b = seen[w] >> pair->b & 1;
                one.size++;
                one.a += a;
                one.b += b;
                pair->observed += a && b;
            }
            if (one.a && one.b)
                stratum[count++] = one;
        }
    }
    return count;
}

static int compare_pairs(const void *left_pair, const void *right_pair)
{
    const struct pair *left = left_pair, *right = right_pair;
    double before = isnan(left->p) ? INFINITY : left->p; /* untested pairs last */
    double after = isnan(right->p) ? INFINITY : right->p;
    if (before != after)
        return before < after ? -1 : 1;
    if (left->observed != right->observed)
        return left->observed > right->observed ? -1 : 1;
    return left->a * MOST_GROUPS + left->b < right->a * MOST_GROUPS + right->b ? -1 : 1;
}

static struct pair *find_pairs(const struct presence *presence,
                               const struct scope *scope, size_t *out)
{
    size_t groups = presence->groups, count = 0;
    struct pair *pair = ARENA_ARRAY(scope->arena, struct pair, groups * groups);
    double *p = ARENA_ARRAY(scope->arena, double, groups *groups);
    size_t seasons = presence->weeks / SEASON + 1;
    struct pair_stratum *stratum =
        ARENA_ARRAY(scope->arena, struct pair_stratum, presence->districts * seasons);
    for (size_t a = 0; a < groups; a++) {
        for (size_t b = a + 1; b < groups; b++) {
            struct pair one = {.a = a, .b = b, .together = presence->together[a][b]};
            size_t strata = fill_strata(presence, &one, stratum);
            const struct pair_question question = {stratum, strata, one.observed, 0.95};
            stat_pair_chance(&question, scope->arena, &one.chance);
            if (one.chance.unknown_because && one.together == 0)
                continue; /* nowhere in the same district and season */
            if (!one.chance.unknown_because)
                figures_count_test(scope->figures, TESTED_OTHER);
            p[count] = one.chance.p_at_least;
            pair[count++] = one;
        }
    }
    stat_bh(p, count, scope->arena, p);
    for (size_t i = 0; i < count; i++)
        pair[i].p = p[i];
    qsort(pair, count, sizeof *pair, compare_pairs);
    *out = count;
    return pair;
}

/* -- The table ------------------------------------------------------------------------------------ */

static void put_pair(struct reply *reply, const struct convergence *pairs,
                     const struct presence *presence, struct sheet *sheet, size_t row,
                     const struct pair *pair)
{
    const struct block_context *context = reply->context;
    struct text range = {.arena = context->chart.arena};
    const struct phrase_part names[] = {
        {"first", presence->naming.name[presence->group[pair->a]]},
        {"last", presence->naming.name[presence->group[pair->b]]},
    };
    struct traced traced = {pairs->measure,
                            presence->window,
                            print_phrase(context, "join.and", NAN, names, 2),
                            pair->together,
                            NAN,
                            NAN,
                            (size_t)pair->together};
    sheet_put(sheet, row, 0, traced.group);
    sheet_put(sheet, row, 1, traced_number(reply, traced, 0));
    traced.value = pair->observed;
    traced.rows = (size_t)pair->observed;
    sheet_put(sheet, row, 2, traced_number(reply, traced, 0));
    if (pair->chance.unknown_because) {
        sheet_put(sheet, row, 3, EN_DASH);
        sheet_put(sheet, row, 4, EN_DASH);
        return;
    }
    locale_range(context->chart.locale, pair->chance.low, pair->chance.high, 0, &range);
    const struct phrase_part part[] = {
        {"number", plain_number(context, pair->chance.expected, 1)},
        {"range", text_slice(&range)},
    };
    struct slice printed = print_phrase(context, "range.with", NAN, part, 2);
    traced.value = pair->chance.expected;
    traced.low = pair->chance.low;
    traced.high = pair->chance.high;
    reply_trace(reply, &traced, printed);
    sheet_put(sheet, row, 3, printed);
    sheet_put(sheet, row, 4,
              print_phrase(context,
                           pair->p <= FALSE_DISCOVERIES ? "convergence.more"
                                                        : "convergence.chance",
                           1, NULL, 0));
}

static void lay_pairs(struct reply *reply, const struct convergence *pairs,
                      const struct presence *presence, const struct pair *pair,
                      size_t count)
{
    static const char *const heads[] = {"convergence.pair", "convergence.incidents",
                                        "convergence.weeks", "convergence.expected",
                                        "convergence.verdict"};
    size_t shown = count < (size_t)pairs->top ? count : (size_t)pairs->top;
    struct sheet *sheet = sheet_new(reply->context->chart.arena, 5, shown);
    for (size_t j = 0; j < 5; j++)
        sheet_head(reply->context, sheet, j, heads[j],
                   j == 0 || j == 4 ? SHEET_TEXT : SHEET_NUMBER);
    for (size_t i = 0; i < shown; i++)
        put_pair(reply, pairs, presence, sheet, i, &pair[i]);
    reply_sheet(reply, sheet);
    struct traced traced = {
        pairs->measure, presence->window, {0}, (double)count, NAN, NAN, 0};
    struct slice all = traced_number(reply, traced, 0);
    traced.value = (double)shown;
    const struct phrase_part part[] = {
        {"all", all},
        {"shown", traced_number(reply, traced, 0)},
        {"season", plain_number(reply->context, SEASON, 0)},
    };
    traced.value = SEASON;
    reply_trace(reply, &traced, part[2].text);
    if (shown < count)
        reply_note(reply, "convergence.rest", (double)count, part, 2);
    reply_note(reply, "convergence.rule", (double)count, part, 3);
}

static struct box *lay_convergence(const void *arguments,
                                   const struct block_context *context, double width)
{
    const struct convergence *pairs = arguments;
    const struct scope *scope = context->scope;
    struct reply reply = reply_begin(&pairs->question, context, "convergence", width);
    if (scope->rehearsal)
        return reply_box(&reply);
    struct presence *presence = ARENA_NEW(scope->arena, struct presence);
    presence->window = question_window(&pairs->question, scope);
    int32_t first = scope_compared_from(scope, pairs->question.table->table,
                                        presence->window.last_day);
    if (presence->window.first_day < first)
        presence->window.first_day = first;
    size_t places = pairs->district->words.count;
    if (presence->window.last_day < presence->window.first_day ||
        places * (size_t)period_days(presence->window) > MOST_CELLS) {
        reply_head(&reply, "convergence"); /* before the data, or no places at all */
        reply_say(&reply, "convergence.none", 1, NULL, 0);
        return reply_box(&reply);
    }
    presence->weeks = (size_t)(period_days(presence->window) + 6) / 7;
    presence->districts = pairs->district->words.count;
    presence->seen =
        ARENA_ARRAY(scope->arena, uint64_t, presence->districts * presence->weeks);
    presence->naming = naming_of(context, pairs->actor, pairs->prefer, pairs->leave_out,
                                 "actors.nobody");
    const uint32_t *row;
    size_t rows = rows_in(pairs, scope, presence, &row), count;
    choose_groups(pairs, row, rows, scope->arena, presence);
    mark_presence(pairs, row, rows, presence);
    const struct pair *pair = find_pairs(presence, scope, &count);
    reply_head(&reply, "convergence");
    if (count)
        lay_pairs(&reply, pairs, presence, pair, count);
    else
        reply_say(&reply, "convergence.none", 1, NULL, 0);
    return reply_box(&reply);
}

const struct block_kind block_convergence = {
    "convergence",
    "pairs of groups that meet, against what chance gives",
    keys,
    read_convergence,
    lay_convergence,
};

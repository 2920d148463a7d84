/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"
#include "built_table.h"

#include "data/samples.h"
#include "data/series.h"

#include <stdlib.h>

/* Ten rows:
 *      side       province  killed (low-high)  agency       day
 *   0  attack     Sindh     5 (4-6)            police       2021-01-01
 *   1  attack     KP        40+ (40-50)        police;CTD   2021-01-02
 *   2  operation  KP        0 (0-0)            army         2021-02-01
 *   3  operation            blank              (none)       2021-02-02
 *   4  attack     Sindh     12 (blank)         army;police  2021-02-28
 *   5  attack     Sindh     1 (3-0: swapped)   CTD          2021-03-01
 *   6  attack     KP        7 (7-7)            CTD;army;police  no day
 *   7  operation  Sindh     blank              police       2021-03-31
 *   8  attack     Punjab    blank              police       2021-03-31
 *   9  attack     KP        7 (7-9)            police       2022-01-01 */
enum { ROWS = 10, SINDH = 1, KP = 2, PUNJAB = 3 };

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct table *table;
    struct name_list fields;
    struct measures none;
    struct plan *plan;
    const struct period *months;
    size_t month_count;
};

static void build_columns(struct fixture *f)
{
    struct arena *arena = f->arena;
    built_words(
        f->table, arena, "side",
        "attack|attack|operation|operation|attack|attack|attack|operation|attack|"
        "attack");
    built_words(f->table, arena, "province",
                "Sindh|KP|KP||Sindh|Sindh|KP|Sindh|Punjab|KP");
    const double killed[ROWS] = {5, 40, 0, NAN, 12, 1, 7, NAN, NAN, 7};
    const double low[ROWS] = {4, 40, 0, NAN, NAN, 3, 7, NAN, NAN, 7};
    const double high[ROWS] = {6, 50, 0, NAN, NAN, 0, 7, NAN, NAN, 9};
    struct column *column = built_numbers(f->table, arena, "killed", killed);
    built_at_least(column, f->table, arena, 1);
    column->low = built_numbers(f->table, arena, "killed low", low);
    column->high = built_numbers(f->table, arena, "killed high", high);
    built_lists(f->table, arena, "agency",
                "police|police;CTD|army||army;police|CTD|CTD;army;police|police|police|"
                "police");
    const double grade[ROWS] = {3, 1, 10, NAN, 3, 3, 1, -1, 1, 10};
    built_numbers(f->table, arena, "grade", grade);
    const int32_t days[ROWS] = {civil_day(2021, 1, 1),
                                civil_day(2021, 1, 2),
                                civil_day(2021, 2, 1),
                                civil_day(2021, 2, 2),
                                civil_day(2021, 2, 28),
                                civil_day(2021, 3, 1),
                                NO_DAY,
                                civil_day(2021, 3, 31),
                                civil_day(2021, 3, 31),
                                civil_day(2022, 1, 1)};
    built_days(f->table, arena, "date", days);
    built_column(f->table, arena, "summary", COLUMN_TEXT);
}

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = arena;
    f->diags = diags_new(arena);
    f->table = built_table(arena, ROWS);
    build_columns(f);
    f->fields = condition_fields(f->table, arena);
    f->plan = plan_new(f->table, arena);
    f->month_count = period_list(PERIOD_MONTH, civil_day(2021, 1, 1),
                                 civil_day(2021, 3, 1), 0, arena, &f->months);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    built_free(f->table);
    arena_free(f->arena);
    return 0;
}

static const struct measure *measure_of(struct fixture *f, const char *words)
{
    const char *text = slice_c_string(f->arena, slice_of(words)); /* is borrowed */
    struct measure *measure;
    struct place at = {"t.md", 5, 1};
    if (measure_parse(slice_of(text), slice_of(text), at, &f->none, &f->fields,
                      f->arena, &measure, f->diags) &&
        measure_bind(measure, f->table, f->arena, f->diags) &&
        measure_resolve(measure, f->arena, f->diags))
        return measure;
    print_error("\"%s\": %s\n", text, diags_at(f->diags, 0)->message);
    fail();
    return NULL;
}

static const struct condition *condition_of(struct fixture *f, const char *text)
{
    const struct condition *parsed;
    struct condition *bound;
    struct place at = {"t.md", 5, 1};
    if (condition_parse(slice_of(text), at, &f->fields, f->arena, &parsed, f->diags) &&
        condition_bind(parsed, f->table, f->arena, &bound, f->diags) &&
        condition_resolve(bound, f->table, f->arena, f->diags))
        return bound;
    fail();
    return NULL;
}

static const struct column *column_of(struct fixture *f, const char *name)
{
    return name ? table_find(f->table, slice_of(name)) : NULL;
}

/* by: NULL or names; by month: bins of the first quarter of 2021. */
static const struct answer *ask(struct fixture *f, const char *text, const char *by_one,
                                const char *by_two, bool by_month)
{
    struct ask question = {
        .measure = measure_of(f, text),
        .by = {column_of(f, by_one), column_of(f, by_two)},
        .bin = by_month ? f->months : NULL,
        .bin_count = by_month ? f->month_count : 0,
    };
    return plan_ask(f->plan, &question, f->diags);
}

static double whole(struct fixture *f, const char *text)
{
    const struct answer *answer = ask(f, text, NULL, NULL, false);
    assert_non_null(answer);
    plan_fill(f->plan, NULL);
    assert_true(answer->is_filled);
    return answer->value[0];
}

static void each_kind_answers_for_all_rows(void **state)
{
    struct fixture *f = *state;
    assert_near(whole(f, "count"), 10, 0);
    assert_near(whole(f, "count where side is attack"), 7, 0);
    assert_near(whole(f, "sum of killed"), 72, 0);
    assert_near(whole(f, "mean of killed"), 72.0 / 7, 1e-15);
    assert_near(whole(f, "median of killed"), 7, 0);
    assert_near(whole(f, "median of killed where killed < 7"), 1, 0);
    assert_near(whole(f, "median of killed where killed in (1, 40)"), 20.5, 0);
    assert_near(whole(f, "highest killed"), 40, 0);
    assert_near(whole(f, "highest killed where killed <= 0"), 0, 0);
    assert_near(whole(f, "number of province"), 3, 0);
    assert_near(whole(f, "number of agency"), 3, 0);
    assert_near(whole(f, "number of killed"), 6, 0);
    assert_near(whole(f, "number of date"), 8, 0);
    assert_near(whole(f, "sum of killed per count"), 7.2, 0);
    assert_near(whole(f, "sum of killed per 1,000 count"), 7200, 1e-9);
    assert_near(whole(f, "share of count in all where side is attack"), 1, 0);
}

static void nothing_there_is_zero_and_nothing_known_is_unknown(void **state)
{
    struct fixture *f = *state;
    assert_near(whole(f, "count where killed > 99"), 0, 0);
    assert_near(whole(f, "sum of killed where killed > 99"), 0, 0);
    assert_near(whole(f, "number of province where killed > 99"), 0, 0);
    assert_near(whole(f, "mean of killed where killed > 99"), NAN, 0);
    assert_near(whole(f, "median of killed where killed > 99"), NAN, 0);
    assert_near(whole(f, "highest killed where killed > 99"), NAN, 0);
    assert_near(whole(f, "sum of killed where killed is unknown"), NAN, 0);
    assert_near(whole(f, "mean of killed where killed is unknown"), NAN, 0);
    assert_near(whole(f, "median of killed where killed is unknown"), NAN, 0);
    assert_near(whole(f, "number of province where province is unknown"), NAN, 0);
    assert_near(whole(f, "count per count where killed > 99"), NAN, 0);
}

static void rows_unknown_and_at_least_are_counted(void **state)
{
    struct fixture *f = *state;
    const struct answer *sum = ask(f, "sum of killed", "province", NULL, false);
    const struct answer *count = ask(f, "count", "province", NULL, false);
    plan_fill(f->plan, NULL);
    static const uint32_t rows[] = {1, 4, 4, 1}, unknown[] = {1, 1, 0, 1},
                          at_least[] = {0, 0, 1, 0};
    assert_int_equal(sum->groups[0], 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(sum->rows[i], rows[i]);
        assert_int_equal(sum->unknown[i], unknown[i]);
        assert_int_equal(sum->at_least[i], at_least[i]);
        assert_near(count->value[i], rows[i], 0);
    }
    assert_near(sum->value[PUNJAB], NAN, 0);
    assert_near(sum->value[SINDH], 18, 0);
    assert_null(count->unknown);
    assert_null(count->at_least);
    assert_ptr_equal(sum->rows, count->rows);
}

static void triples_carry_their_bounds(void **state)
{
    struct fixture *f = *state;
    const struct answer *sum = ask(f, "sum of killed", "province", NULL, false);
    const struct answer *mean = ask(f, "mean of killed", "province", NULL, false);
    const struct answer *ratio =
        ask(f, "sum of killed per count", "province", NULL, false);
    const struct answer *count = ask(f, "count", NULL, NULL, false);
    plan_fill(f->plan, NULL);
    /* KP: 40 (40-50), 0 (0-0), 7 (7-7), 7 (7-9). */
    assert_near(sum->value[KP], 54, 0);
    assert_near(sum->low[KP], 54, 0);
    assert_near(sum->high[KP], 66, 0);
    assert_near(mean->high[KP], 16.5, 0);
    assert_near(ratio->low[KP], 13.5, 0);
    assert_near(ratio->high[KP], 16.5, 0);
    /* Sindh: 5 (4-6), 12 (no bounds), 1 (3-0): 19 to 18, held to the value of 18. */
    assert_near(sum->low[SINDH], 18, 0);
    assert_near(sum->high[SINDH], 18, 0);
    assert_near(sum->low[PUNJAB], NAN, 0);
    assert_null(count->low);
}

static void periods_are_zero_filled_and_undated_rows_stay_out(void **state)
{
    struct fixture *f = *state;
    const struct answer *months = ask(f, "count", NULL, NULL, true);
    const struct answer *sums = ask(f, "sum of killed", "province", NULL, true);
    plan_fill(f->plan, NULL);
    static const double counts[] = {2, 3, 3};
    for (size_t i = 0; i < 3; i++)
        assert_near(months->value[i], counts[i], 0);
    assert_near(sums->value[answer_index(sums, KP, 0, 0)], 40, 0);
    assert_near(sums->value[answer_index(sums, KP, 0, 1)], 0, 0);
    assert_near(sums->value[answer_index(sums, KP, 0, 2)], 0, 0);
    assert_near(sums->value[answer_index(sums, SINDH, 0, 1)], 12, 0);
    assert_near(sums->value[answer_index(sums, 0, 0, 1)], NAN, 0);
}

static void days_between_bins_belong_to_none(void **state)
{
    struct fixture *f = *state;
    const struct period bins[] = {
        {PERIOD_RANGE, civil_day(2021, 1, 2), civil_day(2021, 1, 31)},
        {PERIOD_RANGE, civil_day(2021, 2, 28), civil_day(2021, 3, 1)},
    };
    struct ask question = {
        .measure = measure_of(f, "count"), .bin = bins, .bin_count = 2};
    const struct answer *answer = plan_ask(f->plan, &question, f->diags);
    plan_fill(f->plan, NULL);
    assert_near(answer->value[0], 1, 0);
    assert_near(answer->value[1], 2, 0);
}

static void a_row_with_several_values_counts_in_each_group(void **state)
{
    struct fixture *f = *state;
    const struct answer *agency = ask(f, "count", "agency", NULL, false);
    const struct answer *matrix = ask(f, "sum of killed", "agency", "agency", false);
    const struct answer *months = ask(f, "count", "agency", "side", true);
    plan_fill(f->plan, NULL);
    enum { NONE, POLICE, CTD, ARMY };
    static const double counts[] = {1, 7, 3, 3};
    for (size_t i = 0; i < 4; i++)
        assert_near(agency->value[i], counts[i], 0);
    assert_near(matrix->value[answer_index(matrix, POLICE, CTD, 0)], 47, 0);
    assert_near(matrix->value[answer_index(matrix, CTD, POLICE, 0)], 47, 0);
    assert_near(matrix->value[answer_index(matrix, ARMY, POLICE, 0)], 19, 0);
    assert_near(matrix->value[answer_index(matrix, NONE, NONE, 0)], NAN, 0);
    assert_near(months->value[answer_index(months, ARMY, 1, 1)], 1, 0);
    assert_near(months->value[answer_index(months, ARMY, 2, 1)], 1, 0);
    assert_near(months->value[answer_index(months, POLICE, 2, 2)], 1, 0);
}

static void numbers_and_days_are_groups_in_order(void **state)
{
    struct fixture *f = *state;
    const struct answer *grade = ask(f, "count", "grade", NULL, false);
    const struct answer *date = ask(f, "count", "date", NULL, false);
    const struct answer *again = ask(f, "sum of killed", "grade", NULL, false);
    plan_fill(f->plan, NULL);
    static const char *const words[] = {"", "-1", "1", "3", "10"};
    static const double counts[] = {1, 1, 3, 3, 2};
    assert_int_equal(grade->groups[0], 5);
    for (size_t i = 0; i < 5; i++) {
        assert_slice(grade->by[0]->words.word[i], words[i]);
        assert_near(grade->value[i], counts[i], 0);
    }
    assert_ptr_equal(again->by[0], grade->by[0]);
    assert_slice(date->by[0]->words.word[1], "2021-01-01");
    assert_near(date->value[0], 1, 0);
    assert_near(date->value[7], 2, 0);
}

static void the_same_question_is_one_answer(void **state)
{
    struct fixture *f = *state;
    const struct answer *a =
        ask(f, "sum of killed where side is attack", "province", NULL, true);
    assert_ptr_equal(
        a, ask(f, "sum of Killed where (side is attack)", "province", NULL, true));
    assert_ptr_not_equal(a, ask(f, "sum of killed", "province", NULL, true));
    assert_ptr_not_equal(
        a, ask(f, "sum of killed where side is attack", "side", NULL, true));
    assert_ptr_not_equal(
        a, ask(f, "sum of killed where side is attack", "province", NULL, false));
    const struct answer *ratio = ask(f, "sum of killed per count", NULL, NULL, false);
    assert_ptr_equal(ratio->part[0], ask(f, "sum of killed", NULL, NULL, false));
    assert_ptr_equal(ratio->part[1], ask(f, "count", NULL, NULL, false));
}

static void the_asker_may_narrow_a_measure(void **state)
{
    struct fixture *f = *state;
    struct ask question = {
        .measure = measure_of(f, "count where side is attack"),
        .where = condition_of(f, "province is Sindh"),
    };
    const struct answer *both = plan_ask(f->plan, &question, f->diags);
    question.measure = measure_of(f, "sum of killed per count where side is attack");
    const struct answer *ratio = plan_ask(f->plan, &question, f->diags);
    question.measure = measure_of(f, "count");
    const struct answer *asked = plan_ask(f->plan, &question, f->diags);
    plan_fill(f->plan, NULL);
    assert_near(both->value[0], 3, 0);
    assert_near(ratio->value[0], 6, 0);
    assert_near(asked->value[0], 4, 0);
}

static void answers_are_empty_until_filled_and_new_ones_may_follow(void **state)
{
    struct fixture *f = *state;
    const struct answer *first = ask(f, "count", "province", NULL, false);
    assert_false(first->is_filled);
    assert_null(first->value);
    plan_fill(f->plan, NULL);
    const double *value = first->value;
    const struct answer *second = ask(f, "sum of killed", "province", NULL, false);
    assert_false(second->is_filled);
    plan_fill(f->plan, NULL);
    assert_ptr_equal(first->value, value);
    assert_near(first->value[SINDH], 4, 0);
    assert_near(second->value[SINDH], 18, 0);
    assert_int_equal(second->rows[SINDH], 4);
}

static void only_the_given_rows_are_scanned(void **state)
{
    struct fixture *f = *state;
    const uint32_t some[] = {1, 4, 9};
    const struct answer *sum = ask(f, "sum of killed", NULL, NULL, false);
    plan_fill(f->plan, &(struct rows){some, 3});
    assert_near(sum->value[0], 59, 0);
    struct plan *none = plan_new(f->table, f->arena);
    struct ask question = {.measure = measure_of(f, "count")};
    const struct answer *count = plan_ask(none, &question, f->diags);
    plan_fill(none, &(struct rows){some, 0});
    assert_near(count->value[0], 0, 0);
}

static void weights_weigh_every_measure(void **state)
{
    struct fixture *f = *state;
    const double weight[ROWS] = {2, 1, 1, 1, 1, 4, 1, 1, NAN, 2};
    f->table->weight = built_numbers(f->table, f->arena, "count", weight);
    f->fields.count = 0;
    assert_near(whole(f, "count"), 14, 0);
    assert_near(whole(f, "sum of killed"), 10 + 40 + 12 + 4 + 7 + 14, 0);
    assert_near(whole(f, "mean of killed"), 87.0 / 12, 1e-14);
    /* 0 1 1 1 1 5 5 7 7 7 12 40: the middle two are 5 and 5 */
    assert_near(whole(f, "median of killed"), 5, 0);
    assert_near(whole(f, "highest killed"), 40, 0);
    assert_near(whole(f, "number of province"), 2, 0);
    assert_near(whole(f, "sum of killed per count"), 87.0 / 14, 1e-14);
    const struct answer *sum = ask(f, "sum of killed", "province", NULL, false);
    const struct answer *count = ask(f, "count", "province", NULL, false);
    plan_fill(f->plan, NULL);
    assert_int_equal(count->rows[PUNJAB], 1);
    assert_int_equal(count->unknown[PUNJAB], 1);
    assert_near(count->value[PUNJAB], NAN, 0);
    assert_near(sum->low[KP], 40 + 0 + 7 + 7 * 2, 0);
    assert_near(sum->high[KP], 50 + 0 + 7 + 9 * 2, 0);
}

static void what_would_not_fit_is_refused(void **state)
{
    struct fixture *f = *state;
    const struct period *days;
    size_t count = period_list(PERIOD_DAY, civil_day(1, 1, 1), civil_day(9999, 12, 31),
                               0, f->arena, &days);
    struct ask question = {
        .measure = measure_of(f, "count"),
        .by = {column_of(f, "province"), column_of(f, "agency")},
        .bin = days,
        .bin_count = count,
    };
    assert_null(plan_ask(f->plan, &question, f->diags));
    const struct diag *diag = diags_at(f->diags, 0);
    assert_string_equal(diag->code, "M220");
    assert_int_equal(diag->at.line, 5);
    assert_non_null(strstr(diag->message, "4 × 4 groups"));
    question.by[0] = column_of(f, "summary");
    assert_null(plan_ask(f->plan, &question, f->diags));
    assert_string_equal(diags_at(f->diags, 1)->code, "M222");
    question.by[0] = question.by[1] = NULL;
    f->table->date = NULL;
    assert_null(plan_ask(f->plan, &question, f->diags));
    assert_string_equal(diags_at(f->diags, 2)->code, "M221");
}

static void all_questions_together_have_a_limit(void **state)
{
    struct fixture *f = *state;
    const struct period *days;
    size_t count = period_list(PERIOD_DAY, civil_day(1, 1, 1), civil_day(9999, 12, 31),
                               0, f->arena, &days);
    struct ask question = {.bin = days, .bin_count = count};
    size_t asked = 0;
    char text[40];
    do {
        snprintf(text, sizeof text, "count where killed > %zu", asked++);
        question.measure = measure_of(f, text);
    } while (plan_ask(f->plan, &question, f->diags) && asked < 100);
    assert_int_equal(asked, PLAN_CELLS / count + 1);
    assert_non_null(strstr(diags_at(f->diags, 0)->message, "all other questions"));
}

static void rows_that_would_fall_apart_without_end_are_refused(void **state)
{
    struct fixture *f = *state;
    enum { WIDE_ROWS = 50, WORDS = 5000 };
    struct text cells = {.arena = f->arena};
    for (int row = 0; row < WIDE_ROWS; row++)
        for (int word = 0; word < WORDS; word++)
            text_print(&cells, "w%d%c", word, word + 1 < WORDS ? ';' : '|');
    built_free(f->table);
    f->table = built_table(f->arena, WIDE_ROWS);
    const char *text = slice_c_string(f->arena, text_slice(&cells));
    struct ask question = {.by = {built_lists(f->table, f->arena, "one", text),
                                  built_lists(f->table, f->arena, "two", text)}};
    f->plan = plan_new(f->table, f->arena);
    question.measure = measure_of(f, "count");
    assert_null(plan_ask(f->plan, &question, f->diags));
    assert_non_null(strstr(diags_at(f->diags, 0)->message, "1250000000 entries"));
    question.by[1] = NULL;
    const struct answer *answer = plan_ask(f->plan, &question, f->diags);
    plan_fill(f->plan, NULL);
    assert_near(answer->value[WORDS], WIDE_ROWS, 0);
}

static void rows_are_indexed_by_word(void **state)
{
    struct fixture *f = *state;
    struct row_index index = rows_by(f->table, column_of(f, "province"), f->arena);
    assert_int_equal(index.start[KP + 1] - index.start[KP], 4);
    static const uint32_t kp[] = {1, 2, 6, 9};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(index.row[index.start[KP] + i], kp[i]);
    assert_int_equal(index.start[0], 0);
    assert_int_equal(index.start[1], 1);
    assert_int_equal(index.start[4], ROWS);
    index = rows_by(f->table, column_of(f, "agency"), f->arena);
    assert_int_equal(index.start[4], 1 + 7 + 3 + 3);
    assert_int_equal(index.row[0], 3);
}

/* Against a count without any cleverness, on random rows ------------------------- */

enum { MANY = 9001, DISTRICTS = 37, AGENCIES = 70 };

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

enum order { SHUFFLED, BY_DAY };

static struct table *random_table(struct arena *arena, uint32_t seed, enum order order)
{
    struct table *table = built_table(arena, MANY);
    struct text district = {.arena = arena}, agency = {.arena = arena};
    double *killed = ARENA_ARRAY(arena, double, MANY);
    int32_t *day = ARENA_ARRAY(arena, int32_t, MANY);
    for (size_t i = 0; i < MANY; i++) {
        uint32_t which = next_random(&seed) % (DISTRICTS + 1);
        if (which)
            text_print(&district, "D%u", which);
        text_append_string(&district, "|");
        uint32_t agencies = next_random(&seed) % 4, start = next_random(&seed);
        for (uint32_t j = 0; j < agencies; j++)
            text_print(&agency, "A%u;", (start + j * 7) % AGENCIES);
        text_append_string(&agency, "|");
        killed[i] = next_random(&seed) % 5 ? next_random(&seed) % 90 / 4.0 : NAN;
        day[i] = next_random(&seed) % 50 ? (int32_t)(next_random(&seed) % 800) : NO_DAY;
        if (order == BY_DAY && day[i] != NO_DAY)
            day[i] = (int32_t)(i * 800 / MANY);
    }
    built_words(table, arena, "district", slice_c_string(arena, text_slice(&district)));
    built_lists(table, arena, "agency", slice_c_string(arena, text_slice(&agency)));
    built_numbers(table, arena, "killed", killed);
    built_days(table, arena, "date", day);
    return table;
}

struct naive {
    double *value; /* of one cell, in order of rows */
    uint8_t *seen;
    size_t count, rows, unknown;
};

static bool row_has(const struct column *column, uint32_t row, uint32_t code)
{
    if (!column)
        return true;
    struct codes codes = column_codes(column, row);
    for (size_t i = 0; i < codes.count; i++)
        if (codes.code[i] == code)
            return true;
    return false;
}

static void collect(const struct answer *answer, size_t a, size_t b, size_t bin,
                    struct naive *out)
{
    const struct measure *measure = answer->ask.measure;
    const struct table *table = measure->table;
    const struct period *period = &answer->ask.bin[bin];
    out->count = out->rows = out->unknown = 0;
    for (uint32_t row = 0; row < table->row_count; row++) {
        int32_t day = table->date->as.day[row];
        if (!row_has(answer->by[0], row, (uint32_t)a) ||
            !row_has(answer->by[1], row, (uint32_t)b) ||
            !column_is_known(table->date, row) || day < period->first_day ||
            day > period->last_day || !condition_accepts(measure->where, table, row) ||
            !condition_accepts(answer->ask.where, table, row))
            continue;
        out->rows++;
        if (measure->column && !column_is_known(measure->column, row)) {
            out->unknown++;
            continue;
        }
        if (measure->column && measure->column->type == COLUMN_NUMBER)
            out->value[out->count++] = measure->column->as.number[row];
        if (measure->column && measure->column->type == COLUMN_CATEGORY)
            for (size_t i = 0; i < column_codes(measure->column, row).count; i++)
                out->value[out->count++] = column_codes(measure->column, row).code[i];
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double naive_value(enum measure_kind kind, struct naive *cell)
{
    double sum = 0, different = 0;
    size_t n = cell->count;
    if (kind == MEASURE_COUNT)
        return (double)cell->rows;
    for (size_t i = 0; i < n; i++)
        sum += cell->value[i];
    if (cell->rows && cell->unknown == cell->rows)
        return NAN;
    if (kind == MEASURE_SUM || (kind == MEASURE_MEAN && !n))
        return n || kind == MEASURE_SUM ? sum : NAN;
    if (kind == MEASURE_MEAN)
        return sum / (double)n;
    qsort(cell->value, n, sizeof *cell->value, compare_doubles);
    for (size_t i = 0; i < n; i++)
        different += i == 0 || cell->value[i] > cell->value[i - 1];
    if (kind == MEASURE_DISTINCT)
        return different;
    if (!n)
        return NAN;
    if (kind == MEASURE_HIGHEST)
        return cell->value[n - 1];
    return (cell->value[(n - 1) / 2] + cell->value[n / 2]) / 2;
}

static void assert_as_counted(const struct answer *answer, struct arena *arena)
{
    struct naive cell = {.value = ARENA_ARRAY(arena, double, (size_t)MANY * 4)};
    for (size_t a = 0; a < answer->groups[0]; a += 5) {
        for (size_t b = 0; b < answer->groups[1]; b += 3) {
            for (size_t bin = 0; bin < answer->bin_count; bin += 2) {
                size_t index = answer_index(answer, a, b, bin);
                collect(answer, a, b, bin, &cell);
                assert_int_equal(answer->rows[index], cell.rows);
                if (answer->unknown)
                    assert_int_equal(answer->unknown[index], cell.unknown);
                assert_near(answer->value[index],
                            naive_value(answer->ask.measure->kind, &cell), 0);
            }
        }
    }
}

/* Questions of all the time, of its last part and of its first. */
static const struct answer *ask_of_part(struct fixture *f, struct ask question,
                                        size_t which)
{
    const struct period *quarter;
    const size_t count = period_list(PERIOD_QUARTER, 30, 700, 0, f->arena, &quarter);
    question.bin = which % 3 == 1 ? quarter + count - 2 : quarter;
    question.bin_count = which % 3 ? 2 : count;
    return plan_ask(f->plan, &question, f->diags);
}

static void agree_with_plain_counting(struct fixture *f, enum order order)
{
    built_free(f->table);
    f->table = random_table(f->arena, 7, order);
    f->fields = condition_fields(f->table, f->arena);
    f->plan = plan_new(f->table, f->arena);
    static const char *const texts[] = {
        "count",
        "sum of killed",
        "mean of killed where killed < 20",
        "median of killed",
        "highest killed where not killed is 22.25",
        "number of district",
        "number of agency where killed >= 1",
        "number of killed",
    };
    static const char *const by[][2] = {
        {NULL, NULL}, {"district", NULL}, {"agency", NULL}, {"district", "agency"}};
    const struct answer *answers[64];
    size_t asked = 0;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        for (size_t g = 0; g < 4; g++) {
            struct ask question = {
                .measure = measure_of(f, texts[t]),
                .where = g == 1 ? condition_of(f, "agency is known") : NULL,
                .by = {column_of(f, by[g][0]), column_of(f, by[g][1])},
            };
            answers[asked++] = ask_of_part(f, question, t);
        }
    }
    plan_fill(f->plan, NULL);
    for (size_t i = 0; i < asked; i += 1)
        assert_as_counted(answers[i], f->arena);
}

static void answers_agree_with_plain_counting(void **state)
{
    agree_with_plain_counting(*state, SHUFFLED);
}

static void rows_by_day_are_answered_alike(void **state)
{
    agree_with_plain_counting(*state, BY_DAY);
}

/* Medians ------------------------------------------------------------------------ */

static double median_of(const double *value, const double *weight, size_t count)
{
    struct sample sample[64];
    for (size_t i = 0; i < count; i++)
        sample[i] = (struct sample){value[i], weight ? weight[i] : 1};
    return weight ? median_weighted(sample, count) : median_plain(sample, count);
}

static void medians_are_the_middle(void **state)
{
    (void)state;
    assert_near(median_of((double[]){3}, NULL, 1), 3, 0);
    assert_near(median_of((double[]){4, 1}, NULL, 2), 2.5, 0);
    assert_near(median_of((double[]){9, 1, 5}, NULL, 3), 5, 0);
    assert_near(median_of((double[]){2, 2, 2, 2, 9}, NULL, 5), 2, 0);
    assert_near(median_of(NULL, NULL, 0), NAN, 0);
    assert_near(median_of((double[]){1, 2, 3}, (double[]){1, 1, 2}, 3), 2.5, 0);
    assert_near(median_of((double[]){1, 2, 3}, (double[]){1, 1, 5}, 3), 3, 0);
    assert_near(median_of((double[]){1, 2, 3}, (double[]){3, 0, 3}, 3), 2, 0);
    assert_near(median_of((double[]){1, 2}, (double[]){0, 0}, 2), NAN, 0);
}

static void medians_of_any_order_agree_with_sorting(void **state)
{
    (void)state;
    uint32_t seed = 11;
    enum { LONGEST = 3000 };
    static struct sample sample[LONGEST], copy[LONGEST];
    for (size_t round = 0; round < 60; round++) {
        size_t count = 1 + next_random(&seed) % LONGEST;
        for (size_t i = 0; i < count; i++) {
            double pipe = (double)(i < count / 2 ? i : count - i);
            double value = (double)(next_random(&seed) % (1 + round * 4));
            if (round % 3 == 0)
                value = pipe;
            sample[i] = copy[i] = (struct sample){value, 1};
        }
        samples_sort(copy, count);
        double want = (copy[(count - 1) / 2].value + copy[count / 2].value) / 2;
        assert_near(median_plain(sample, count), want, 0);
        assert_near(median_weighted(sample, count), want, 0);
    }
}

#define series_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        series_test(each_kind_answers_for_all_rows),
        series_test(nothing_there_is_zero_and_nothing_known_is_unknown),
        series_test(rows_unknown_and_at_least_are_counted),
        series_test(triples_carry_their_bounds),
        series_test(periods_are_zero_filled_and_undated_rows_stay_out),
        series_test(days_between_bins_belong_to_none),
        series_test(a_row_with_several_values_counts_in_each_group),
        series_test(numbers_and_days_are_groups_in_order),
        series_test(the_same_question_is_one_answer),
        series_test(the_asker_may_narrow_a_measure),
        series_test(answers_are_empty_until_filled_and_new_ones_may_follow),
        series_test(only_the_given_rows_are_scanned),
        series_test(weights_weigh_every_measure),
        series_test(what_would_not_fit_is_refused),
        series_test(all_questions_together_have_a_limit),
        series_test(rows_that_would_fall_apart_without_end_are_refused),
        series_test(rows_are_indexed_by_word),
        series_test(answers_agree_with_plain_counting),
        series_test(rows_by_day_are_answered_alike),
        series_test(medians_are_the_middle),
        series_test(medians_of_any_order_agree_with_sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

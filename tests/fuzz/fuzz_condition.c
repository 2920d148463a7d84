/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a condition, a measure, a period and a query: an answer or a
 * diagnostic. What is accepted means the same when it is read again from its source,
 * and no row meets both a condition and its not. */
#include "data/query.h"
#include "data/series.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char rows[] = "date,side,province,agency,killed,killed max,not,\"space "
                           "(open, closed)\",where_prec\n"
                           "2021-01-04,attack,Sindh,police,5,6,a,x,1\n"
                           "2021-01-05,attack,KP,police; CTD,40+,50,b,,2\n"
                           "2021-02-20,operation,KP,army,0,,a,y,\n"
                           "2021-03-01,,Jammu and Kashmir,,,7,,x,5\n";
enum { ROWS = 4 };

struct bench {
    struct arena *arena;
    struct diags *diags;
    struct table *table;
    struct name_list fields;
};

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static struct condition *compile(struct bench *b, struct slice text)
{
    const struct condition *parsed;
    struct condition *bound;
    size_t before = diags_count(b->diags, SEVERITY_ERROR);
    bool ok = condition_parse(text, (struct place){"fuzz", 1, 1}, &b->fields, b->arena,
                              &parsed, b->diags) &&
              condition_bind(parsed, b->table, b->arena, &bound, b->diags) &&
              table_read(b->table, b->diags) &&
              condition_resolve(bound, b->table, b->arena, b->diags);
    require(ok || diags_count(b->diags, SEVERITY_ERROR) > before ||
            diags_total(b->diags) > 0);
    return ok ? bound : NULL;
}

static void try_condition(struct bench *b, struct slice text)
{
    struct condition *condition = compile(b, text);
    if (!condition)
        return;
    struct condition negation = {.kind = CONDITION_NOT, .left = condition};
    struct condition *again = compile(b, condition->source);
    require(again && condition_equal(condition, again));
    for (uint32_t row = 0; row < ROWS; row++) {
        bool meets = condition_accepts(condition, b->table, row);
        require(!meets || !condition_accepts(&negation, b->table, row));
        require(meets == condition_accepts(again, b->table, row));
    }
}

static void try_measure(struct bench *b, struct slice text)
{
    const struct measures none = {0, NULL};
    struct measure *measure;
    struct column *agency = table_find(b->table, SLICE_LITERAL("agency"));
    table_want(b->table, agency);
    if (!measure_parse(SLICE_LITERAL("m"), text, (struct place){"fuzz", 1, 1}, &none,
                       &b->fields, b->arena, &measure, b->diags) ||
        !measure_bind(measure, b->table, b->arena, b->diags) ||
        !table_read(b->table, b->diags) ||
        !measure_resolve(measure, b->arena, b->diags))
        return;
    struct plan *plan = plan_new(b->table, b->arena);
    struct ask ask = {.measure = measure, .by = {agency}};
    const struct answer *answer = plan_ask(plan, &ask, b->diags);
    require(answer);
    require(answer == plan_ask(plan, &ask, b->diags));
    plan_fill(plan, NULL);
    require(answer->is_filled && answer->rows[0] <= ROWS);
}

static void try_period(struct bench *b, struct slice text)
{
    struct period_frame frame = {0, 18600, 18700, 18690, 18680};
    struct period_span span;
    if (!period_parse(text, &frame, (struct place){"fuzz", 1, 1}, &span, b->diags))
        return;
    require(span.whole.first_day <= span.whole.last_day && span.count >= 1);
    char label[PERIOD_LABEL_SIZE];
    period_label(span.whole, frame.week_start, label);
    period_year_before(span.whole, frame.week_start);
    period_shift(span.whole, -(int)span.count, frame.week_start);
}

/* Lines are the options of a query. */
static void try_query(struct bench *b, struct slice text)
{
    struct query_text typed = {.week_start = 0};
    struct slice *option[] = {&typed.show, &typed.by,    &typed.where, &typed.sort,
                              &typed.last, &typed.limit, &typed.period};
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        if (!slice_cut(&text, '\n', option[i]))
            break;
    struct query *query;
    struct query_result result;
    if (!query_prepare(&typed, b->table, b->arena, &query, b->diags) ||
        !table_read(b->table, b->diags) ||
        !query_answer(query, b->arena, &result, b->diags))
        return;
    struct text out = {.arena = b->arena};
    query_print_csv(&result, &out);
    query_print_json(&result, &out);
    query_print_table(&result, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bench b = {.arena = arena_new()};
    struct table_options options = {
        .file = "rows.csv",
        .name = SLICE_LITERAL("incidents"),
        .bytes = SLICE_LITERAL(rows),
    };
    b.diags = diags_new(b.arena);
    require(table_open(&b.table, &options, b.diags));
    b.fields = condition_fields(b.table, b.arena);
    struct slice text = {(const char *)data + (size > 0), size - (size > 0)};
    switch (size ? data[0] % 4 : 0) {
    case 0: try_condition(&b, text); break;
    case 1: try_measure(&b, text); break;
    case 2: try_period(&b, text); break;
    default: try_query(&b, text); break;
    }
    struct text out = {.arena = b.arena};
    for (size_t i = 0; i < diags_total(b.diags); i++)
        diag_print(b.diags, diags_at(b.diags, i), &out);
    table_close(b.table);
    arena_free(b.arena);
    return 0;
}

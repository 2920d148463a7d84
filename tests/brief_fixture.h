/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small brief for tests: a CSV in memory, measures, a period and a language, and
 * printing an expression as a brief does: check, rehearse, one scan, print. */
#ifndef SITREP_TESTS_BRIEF_FIXTURE_H
#define SITREP_TESTS_BRIEF_FIXTURE_H

#include "support.h"

#include <stdlib.h>

#include "data/table.h"
#include "locale_fixture.h"
#include "template/pipeline.h"

enum { FIXTURE_MEASURES = 16, FIXTURE_VALUES = 8 };

struct brief {
    struct arena *arena;
    struct diags *diags;
    struct table *table;
    struct plan *plan;
    struct measure *measure[FIXTURE_MEASURES];
    const struct measure *const_measure[FIXTURE_MEASURES];
    struct measures measures;
    struct named_value value[FIXTURE_VALUES];
    struct source_table source;
    struct period_frame frame;
    struct figures figures;
    struct scope scope;
    int line; /* each expression stands on its own */
};

/* definitions: "name: definition" by line. */
static inline void brief_measures(struct brief *brief, const char *definitions)
{
    struct slice rest = slice_of(definitions), line;
    brief->measures.measure = brief->const_measure;
    struct name_list fields = condition_fields(brief->table, brief->arena);
    while (slice_cut(&rest, '\n', &line)) {
        struct slice name = {0};
        slice_cut(&line, ':', &name);
        size_t i = brief->measures.count;
        bool ok =
            measure_parse(name, slice_trim(line), (struct place){"m", (int)i + 1, 1},
                          &brief->measures, &fields, brief->arena, &brief->measure[i],
                          brief->diags) &&
            measure_bind(brief->measure[i], brief->table, brief->arena, brief->diags);
        if (!ok)
            print_diags_whole(brief->diags, brief->arena);
        assert_true(ok);
        brief->const_measure[i] = brief->measure[i];
        brief->measures.count++;
    }
}

/* Without a schema a table doesn't know which of its days counts. */
static inline void brief_date(struct table *table)
{
    struct column *date = table_find(table, SLICE_LITERAL("date"));
    if (!date || date->type != COLUMN_DAY)
        return;
    table->date = date;
    table->first_day = INT32_MAX;
    table->last_day = INT32_MIN;
    for (size_t i = 0; i < table->row_count; i++) {
        int32_t day = date->as.day[i];
        table->first_day = day < table->first_day ? day : table->first_day;
        table->last_day = day > table->last_day ? day : table->last_day;
    }
}

/* The CSV is copied: a table borrows its bytes. */
static inline void brief_open(struct brief *brief, struct slice csv,
                              const char *definitions, const char *language)
{
    memset(brief, 0, sizeof *brief);
    struct arena *arena = brief->arena = arena_new();
    brief->diags = diags_new(arena);
    struct table_options options = {.file = "incidents.csv",
                                    .bytes = slice_copy(arena, csv),
                                    .name = SLICE_LITERAL("incidents")};
    assert_true(table_open(&brief->table, &options, brief->diags));
    for (size_t i = 0; i < brief->table->column_count; i++)
        table_want(brief->table, &brief->table->column[i]);
    brief_measures(brief, definitions);
    bool ok = table_read(brief->table, brief->diags);
    for (size_t i = 0; i < brief->measures.count; i++)
        ok = ok && measure_resolve(brief->measure[i], arena, brief->diags);
    if (!ok)
        print_diags_whole(brief->diags, arena);
    assert_true(ok);
    brief_date(brief->table);
    brief->plan = plan_new(brief->table, arena);
    brief->source = (struct source_table){
        .name = SLICE_LITERAL("incidents"),
        .table = brief->table,
        .coverage = {brief->table->first_day, brief->table->last_day,
                     brief->table->last_day},
        .plan = brief->plan,
    };
    brief->frame =
        (struct period_frame){0, brief->table->first_day, brief->table->last_day,
                              brief->table->last_day, brief->table->last_day};
    brief->figures.arena = arena;
    brief->scope = (struct scope){.table_count = 1,
                                  .tables = &brief->source,
                                  .measures = &brief->measures,
                                  .frame = &brief->frame,
                                  .average_count = 12,
                                  .values = brief->value,
                                  .locale = fixture_locale(language, arena),
                                  .figures = &brief->figures,
                                  .arena = arena,
                                  .diags = brief->diags};
}

static inline void brief_period(struct brief *brief, const char *period)
{
    struct scope *scope = &brief->scope;
    assert_true(period_parse(slice_of(period), &brief->frame, (struct place){0},
                             &scope->period, brief->diags));
    scope->compare = scope->period;
    scope->compare.whole =
        period_shift(scope->period.whole, -1, brief->frame.week_start);
}

static inline void brief_value(struct brief *brief, const char *name, const char *text)
{
    brief->value[brief->scope.value_count++] =
        (struct named_value){slice_of(name), value_text(slice_of(text)), {0}, {0}};
}

static inline void brief_close(struct brief *brief)
{
    table_close(brief->table);
    arena_free(brief->arena);
}

/* The expression as the brief prints it at this scope, or the first error. */
static inline struct slice brief_say_in(struct brief *brief, const struct scope *scope,
                                        const char *expression)
{
    const struct expression *parsed;
    struct arena *arena = brief->arena;
    struct text out = {.arena = arena}, unused = {.arena = arena};
    size_t before = diags_total(brief->diags);
    struct scope rehearsal = *scope;
    rehearsal.rehearsal = true;
    rehearsal.figures = NULL;
    if (!expression_parse(slice_of(expression),
                          (struct place){"t.md", ++brief->line, 4}, arena, &parsed,
                          brief->diags) ||
        !expression_check(parsed, scope))
        return slice_of(diags_at(brief->diags, before)->message);
    expression_print(parsed, &rehearsal, &unused);
    plan_fill(brief->plan, NULL);
    expression_print(parsed, scope, &out);
    return text_slice(&out);
}

static inline struct slice brief_say(struct brief *brief, const char *expression)
{
    return brief_say_in(brief, &brief->scope, expression);
}

static inline bool brief_holds(struct brief *brief, const char *condition)
{
    const struct expression *parsed;
    struct scope rehearsal = brief->scope;
    rehearsal.rehearsal = true;
    if (!expression_parse_condition(slice_of(condition),
                                    (struct place){"t.md", ++brief->line, 7},
                                    brief->arena, &parsed, brief->diags) ||
        !expression_check(parsed, &brief->scope)) {
        print_diags_whole(brief->diags, brief->arena);
        fail();
    }
    expression_is_true(parsed, &rehearsal);
    plan_fill(brief->plan, NULL);
    return expression_is_true(parsed, &brief->scope);
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trial briefs: what goes wrong on a quiet week or a terrible one should be known
 * before that week. */
#include "brief/check.h"

#include <string.h>

struct trial {
    const char *name;
    const struct rows *rows; /* NULL: all */
    struct period_span period;
};

/* A period before all data: nothing happened. */
static struct period_span empty_period(const struct edition *edition)
{
    struct period_span span = edition->scope.period;
    int32_t days = period_days(span.whole);
    int32_t before = edition->frame.data_first - 4000;
    span.whole = period_holding(span.unit, before, edition->frame.week_start);
    if (span.unit == PERIOD_RANGE)
        span.whole.last_day = span.whole.first_day + days - 1;
    return span;
}

/* Every row of the table at once, as if all had happened in one period. */
static struct period_span huge_period(const struct edition *edition)
{
    struct period_span span = edition->scope.period;
    span.whole = (struct period){PERIOD_RANGE, edition->frame.data_first,
                                 edition->frame.data_last};
    span.unit = PERIOD_RANGE;
    span.count = 1;
    return span;
}

static const struct rows *one_row(struct edition *edition)
{
    const struct table *table = edition->tables[0].table;
    const struct period whole = edition->scope.period.whole;
    struct rows *rows = ARENA_NEW(edition->arena, struct rows);
    uint32_t *row = ARENA_NEW(edition->arena, uint32_t);
    rows->row = row;
    for (uint32_t i = 0; table->date && i < table->row_count; i++) {
        int32_t day = table->date->as.day[i];
        if (day < whole.first_day || day > whole.last_day)
            continue;
        *row = i;
        rows->count = 1;
        break;
    }
    return rows;
}

static void report_layout(const struct brief *brief, const char *trial)
{
    struct diags *diags = brief->edition->session->diags;
    struct place at = {brief->edition->path, 0, 0};
    const uint32_t *rune;
    size_t missing = typesetter_missing(brief->typesetter, &rune);
    for (size_t i = 0; i < missing; i++)
        diags_warn(diags, at, arena_print(brief->edition->arena, "L30%zu", i % 10),
                   "no font has U+%04X", rune[i]);
    diags_note(diags, at, "L310", "%s: %zu page%s, %zu label%s dropped", trial,
               brief->pages.count, brief->pages.count == 1 ? "" : "s",
               brief->dropped_labels, brief->dropped_labels == 1 ? "" : "s");
}

static bool run_trial(struct edition *edition, const struct trial *trial, bool layout)
{
    struct scope kept = edition->scope;
    struct source_table *tables =
        ARENA_ARRAY(edition->arena, struct source_table, edition->table_count);
    memcpy(tables, edition->tables, sizeof *tables * edition->table_count);
    for (size_t i = 0; i < edition->table_count; i++)
        tables[i].plan = plan_new(tables[i].table, edition->arena);
    tables[0].rows = trial->rows;
    edition->scope.tables = tables;
    edition->scope.period = trial->period;
    edition->scope.compare = trial->period;
    edition->scope.compare.whole =
        period_shift(trial->period.whole, -1, edition->frame.week_start);
    struct brief *brief;
    bool ok = brief_compose(edition, NULL, 0, trial->rows, &brief);
    if (ok && layout)
        report_layout(brief, trial->name);
    brief_free(brief);
    edition->scope = kept;
    return ok;
}

bool check_edition(struct edition *edition, bool layout)
{
    const struct trial trials[] = {
        {"as asked", NULL, edition->scope.period},
        {"an empty period", NULL, empty_period(edition)},
        {"one incident", one_row(edition), edition->scope.period},
        {"everything in one period", NULL, huge_period(edition)},
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        ok &= run_trial(edition, &trials[i], layout);
    return ok;
}

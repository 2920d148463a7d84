/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trial briefs: what goes wrong on a quiet week or a terrible one should be known
 * before that week. */
#include "brief/check.h"

#include "template/contrast.h"

#include <string.h>

struct trial {
    const char *name;        /* "with an empty period"; NULL: as asked */
    const struct rows *rows; /* NULL: all */
    struct period_span period;
    size_t page_count, dropped_labels; /* found */
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

/* The first row of the period, or none. */
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

/* -- What the brief as asked shows -------------------------------------------------- */

static void warn_unused_measures(const struct edition *edition)
{
    for (size_t i = 1; i < edition->measures.count; i++) {
        const struct measure *measure = edition->measures.measure[i];
        bool is_asked = false;
        for (size_t j = 0; j < edition->table_count && !is_asked; j++)
            is_asked = plan_asks(edition->scope.tables[j].plan, measure);
        if (is_asked || !measure->at.line)
            continue;
        struct diag *diag =
            diags_warn(edition->session->diags, measure->at, "M131",
                       "measure \"%.*s\" is used nowhere", SLICE_PRINT(measure->name));
        diag->width = (int)utf8_length(measure->source);
        diag_hint(edition->session->diags, diag, "show it, or take the line out");
    }
}

static bool has_rows_in_period(const struct edition *edition)
{
    const struct table *table = edition->tables[0].table;
    const struct period whole = edition->scope.period.whole;
    for (uint32_t i = 0; table->date && i < table->row_count; i++) {
        int32_t day = table->date->as.day[i];
        if (day >= whole.first_day && day <= whole.last_day)
            return true;
    }
    return !table->date;
}

struct block_search {
    const struct node *node;
    bool is_laid;
};

static bool is_at(struct place at, const struct node *node)
{
    return at.line == node->at.line && at.file && strcmp(at.file, node->at.file) == 0;
}

static bool find_block(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct block_search *search = context;
    search->is_laid = search->is_laid || is_at(box->at, search->node);
    return !search->is_laid;
}

/* A picture holds no numbers, and a block in an `if` may not be there at all. */
static bool should_hold_numbers(const struct brief *brief, const struct node *node)
{
    static const char *const kinds[] = {"chart", "table", "map", "incidents",
                                        "timeline"};
    struct block_search search = {node, false};
    bool is_kind = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        is_kind = is_kind || slice_is(node->word, kinds[i]);
    bool lists_rows = yaml_find(node->body, "columns"); /* a tracker has no measures */
    for (size_t i = 0; is_kind && !lists_rows && i < brief->pages.count; i++)
        box_visit(brief->pages.page[i].body, find_block, &search);
    return search.is_laid;
}

/* All numbers of a block come from no row at all, or it has none. */
static bool is_empty(const struct brief *brief, const struct node *node)
{
    size_t numbers = 0;
    for (size_t i = 0; i < brief->figures.count; i++) {
        const struct figure *figure = &brief->figures.figure[i];
        if (!is_at(figure->at, node))
            continue;
        numbers++;
        if (figure->rows)
            return false;
    }
    return numbers > 0 || should_hold_numbers(brief, node);
}

static void warn_empty_blocks(const struct brief *brief)
{
    const struct edition *edition = brief->edition;
    struct diags *diags = edition->session->diags;
    char label[PERIOD_LABEL_SIZE];
    period_label(edition->scope.period.whole, edition->frame.week_start, label);
    if (!has_rows_in_period(edition)) {
        diags_warn(diags, edition->front.period_at, "M132",
                   "the data hold no row of %s", label);
        return;
    }
    for (size_t i = 0; i < edition->prepared.block_count; i++) {
        const struct node *node = edition->prepared.block[i].node;
        if (!is_empty(brief, node))
            continue;
        struct diag *diag =
            diags_warn(diags, node->at, "M133", "this %.*s is empty: no row meets it",
                       SLICE_PRINT(node->word));
        diag_hint(diags, diag, "look at its `where` and at its measures' conditions");
    }
}

/* -- Trials -------------------------------------------------------------------------------- */

/* "with one incident", and of what was laid the page: "page 2". */
static const char *where_found(const struct brief *brief, const struct diag *found,
                               const char *name, struct arena *arena)
{
    size_t page = brief && found->code[0] == 'L' ? check_page_of(brief, found->at) : 0;
    if (!page)
        return name;
    return name ? arena_print(arena, "%s, page %zu", name, page)
                : arena_print(arena, "page %zu", page);
}

/* What only a trial shows is said with the trial's name. */
static void name_trial(const struct brief *brief, struct diags *diags, size_t first,
                       const char *name)
{
    size_t count = diags_total(diags) - first;
    struct diag *found = ARENA_ARRAY(diags_arena(diags), struct diag, count + 1);
    for (size_t i = 0; i < count; i++)
        found[i] = *diags_at(diags, first + i);
    diags_truncate(diags, first);
    for (size_t i = 0; i < count; i++) {
        struct diag *(*const add)(struct diags *, struct place, const char *,
                                  const char *, ...) =
            found[i].severity == SEVERITY_ERROR     ? diags_error
            : found[i].severity == SEVERITY_WARNING ? diags_warn
                                                    : diags_note;
        const char *where = where_found(brief, &found[i], name, diags_arena(diags));
        struct diag *diag =
            add(diags, found[i].at, found[i].code, "%s%s%s", where ? where : "",
                where ? ": " : "", found[i].message);
        diag->width = found[i].width;
        diag->hint = found[i].hint;
    }
}

static void look_at(struct brief *brief, struct trial *trial)
{
    trial->page_count = brief->pages.count;
    trial->dropped_labels = brief->dropped_labels;
    if (trial->name)
        return;
    check_page_target(brief);
    warn_unused_measures(brief->edition);
    warn_empty_blocks(brief);
    check_empty_sections(brief);
}

/* In a trial nothing is unknown: its period is one in which so much happened. */
static void suppose_known(struct coverage *known, struct period period)
{
    if (period.first_day < known->first_day)
        known->first_day = period.first_day;
    if (period.last_day > known->last_day)
        known->last_day = period.last_day;
}

static bool run_trial(struct edition *edition, struct trial *trial)
{
    struct diags *diags = edition->session->diags;
    size_t before = diags_total(diags);
    struct scope kept = edition->scope;
    struct source_table *tables =
        ARENA_ARRAY(edition->arena, struct source_table, edition->table_count);
    memcpy(tables, edition->tables, sizeof *tables * edition->table_count);
    for (size_t i = 0; i < edition->table_count; i++)
        tables[i].plan = plan_new(tables[i].table, edition->arena);
    tables[0].rows = trial->rows;
    for (size_t i = 0; trial->name && i < edition->table_count; i++)
        suppose_known(&tables[i].coverage, trial->period.whole);
    edition->scope.tables = tables;
    edition->scope.period = trial->period;
    edition->scope.compare = trial->period;
    edition->scope.compare.whole =
        period_shift(trial->period.whole, -1, edition->frame.week_start);
    if (!trial->name)
        edition->scope.compare = kept.compare;
    struct brief *brief;
    bool ok = brief_compose(edition, NULL, 0, trial->rows, &brief);
    if (ok)
        look_at(brief, trial);
    name_trial(ok ? brief : NULL, diags, before, trial->name);
    if (ok)
        check_orphans(brief, trial->name);
    brief_free(brief);
    edition->scope = kept;
    return ok;
}

static void note_layout(struct edition *edition, const struct trial *trial,
                        size_t count)
{
    struct text pages = {.arena = edition->arena};
    size_t dropped = 0;
    for (size_t i = 0; i < count; i++) {
        text_print(&pages, i ? "; %s %zu" : "%s%zu", trial[i].name ? trial[i].name : "",
                   trial[i].page_count);
        if (i == 0)
            text_append_string(&pages, trial[i].page_count == 1 ? " page" : " pages");
        dropped += trial[i].dropped_labels;
    }
    diags_note(edition->session->diags, (struct place){edition->path, 0, 0}, "L310",
               "%.*s", SLICE_PRINT(text_slice(&pages)));
    if (dropped)
        diags_note(edition->session->diags, (struct place){edition->path, 0, 0}, "L311",
                   "labels left out in all of these: %zu", dropped);
}

bool check_edition(struct edition *edition, bool layout)
{
    struct trial trials[] = {
        {NULL, NULL, edition->scope.period, 0, 0},
        {"with an empty period", NULL, empty_period(edition), 0, 0},
        {"with one incident", one_row(edition), edition->scope.period, 0, 0},
        {"with everything in one period", NULL, huge_period(edition), 0, 0},
    };
    enum { TRIALS = sizeof trials / sizeof *trials };
    bool ok = true;
    template_warn_stale(edition->template, edition->locale, edition->session->diags);
    for (size_t i = 0; i < TRIALS; i++)
        ok &= run_trial(edition, &trials[i]);
    theme_check(edition->theme, edition->session->diags);
    if (ok && layout) {
        note_layout(edition, trials, TRIALS);
        theme_report(edition->theme, edition->session->diags);
    }
    diags_sort(edition->session->diags);
    return ok;
}

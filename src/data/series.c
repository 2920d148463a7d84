/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asking: equal questions become one, equal conditions, bins and cells are shared,
 * and what would not fit in memory is refused before a row is read. */
#include "data/series.h"

#include "data/plan.h"

#include <assert.h>
#include <string.h>

struct plan *plan_new(struct table *table, struct arena *arena)
{
    struct plan *plan = ARENA_NEW(arena, struct plan);
    plan->table = table;
    plan->arena = arena;
    return plan;
}

/* Equality ----------------------------------------------------------------------- */

static bool bins_equal(const struct period *a, size_t a_count, const struct period *b,
                       size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (a[i].first_day != b[i].first_day || a[i].last_day != b[i].last_day)
            return false;
    return true;
}

static bool ask_equal(const struct ask *a, const struct ask *b)
{
    return a->by[0] == b->by[0] && a->by[1] == b->by[1] &&
           bins_equal(a->bin, a->bin_count, b->bin, b->bin_count) &&
           measure_equal(a->measure, b->measure) && condition_equal(a->where, b->where);
}

static uint64_t ask_hash(const struct ask *ask)
{
    uint64_t hash = hash_join(measure_hash(ask->measure), condition_hash(ask->where));
    hash = hash_join(hash, (uintptr_t)ask->by[0]);
    hash = hash_join(hash, (uintptr_t)ask->by[1]);
    for (size_t i = 0; i < ask->bin_count; i++)
        hash = hash_join(hash, (uint64_t)ask->bin[i].first_day << 32 ^
                                   (uint32_t)ask->bin[i].last_day);
    return hash;
}

static struct question *find_question(const struct plan *plan, const struct ask *ask,
                                      uint64_t hash)
{
    struct question *question;
    for (size_t at = 0; (question = shelf_next(&plan->known_questions, hash, &at));)
        if (ask_equal(&question->answer.ask, ask))
            return question;
    return NULL;
}

/* Shared parts ------------------------------------------------------------------- */

/* Periods don't overlap, but at the calendar's ends, where those beyond are the first
 * or last again: there the later one has the days. */
static bool is_in_order(struct period before, struct period after)
{
    return before.first_day <= after.first_day && before.last_day <= after.last_day;
}

static const uint32_t *map_days(const struct binning *binning, struct arena *arena)
{
    uint32_t *map = ARENA_ARRAY(arena, uint32_t, binning->day_count);
    for (uint32_t i = 0; i < binning->day_count; i++)
        map[i] = NO_CELL;
    for (size_t i = 0; i < binning->bin_count; i++) {
        assert(i == 0 || is_in_order(binning->bin[i - 1], binning->bin[i]));
        for (int32_t day = binning->bin[i].first_day; day <= binning->bin[i].last_day;
             day++)
            map[day - binning->first_day] = (uint32_t)i;
    }
    return map;
}

static const struct binning *share_binning(struct plan *plan, const struct ask *ask)
{
    if (!ask->bin_count)
        return NULL;
    for (size_t i = 0; i < plan->binning_count; i++)
        if (bins_equal(plan->binning[i]->bin, plan->binning[i]->bin_count, ask->bin,
                       ask->bin_count))
            return plan->binning[i];
    struct binning *binning = ARENA_NEW(plan->arena, struct binning);
    binning->bin = ask->bin;
    binning->bin_count = ask->bin_count;
    binning->first_day = ask->bin[0].first_day;
    binning->day_count =
        (uint32_t)(ask->bin[ask->bin_count - 1].last_day - binning->first_day + 1);
    binning->bin_of_day = map_days(binning, plan->arena);
    *ARENA_APPEND(plan->arena, plan->binning, plan->binning_count,
                  plan->binning_capacity) = binning;
    return binning;
}

static const struct grid *share_grid(struct plan *plan, const struct grid *wanted)
{
    for (size_t i = 0; i < plan->grid_count; i++) {
        const struct grid *grid = plan->grid[i];
        if (grid->by[0] == wanted->by[0] && grid->by[1] == wanted->by[1] &&
            grid->binning == wanted->binning)
            return grid;
    }
    struct grid *grid = arena_copy(plan->arena, wanted, sizeof *wanted);
    *ARENA_APPEND(plan->arena, plan->grid, plan->grid_count, plan->grid_capacity) =
        grid;
    return grid;
}

static struct selection *share_selection(struct plan *plan,
                                         const struct condition *condition)
{
    if (!condition)
        return NULL;
    uint64_t hash = condition_hash(condition);
    struct selection *selection;
    for (size_t at = 0; (selection = shelf_next(&plan->known_selections, hash, &at));)
        if (condition_equal(selection->condition, condition))
            return selection;
    selection = ARENA_NEW(plan->arena, struct selection);
    shelf_add(&plan->known_selections, plan->arena, hash, selection);
    selection->condition = condition;
    *ARENA_APPEND(plan->arena, plan->selection, plan->selection_count,
                  plan->selection_capacity) = selection;
    return selection;
}

static struct lane *share_lane(struct plan *plan, const struct grid *grid,
                               struct selection *own, struct selection *asked)
{
    if (!own || own == asked) {
        own = asked;
        asked = NULL;
    }
    uint64_t hash = hash_join((uintptr_t)grid, (uintptr_t)own);
    hash = hash_join(hash, (uintptr_t)asked);
    struct lane *lane;
    for (size_t at = 0; (lane = shelf_next(&plan->known_lanes, hash, &at));)
        if (lane->grid == grid && lane->selection[0] == own &&
            lane->selection[1] == asked)
            return lane;
    lane = ARENA_NEW(plan->arena, struct lane);
    shelf_add(&plan->known_lanes, plan->arena, hash, lane);
    *lane = (struct lane){.grid = grid, .selection = {own, asked}};
    *ARENA_APPEND(plan->arena, plan->lane, plan->lane_count, plan->lane_capacity) =
        lane;
    return lane;
}

/* Limits ------------------------------------------------------------------------- */

static double codes_in_row(const struct column *column, uint32_t row)
{
    return column && column->is_list ? (double)column_codes(column, row).count : 1;
}

static double most_codes(const struct column *column)
{
    uint32_t most = 1;
    for (size_t i = 0; column && column->is_list && i < column->set_count; i++) {
        uint32_t codes = column->set_start[i + 1] - column->set_start[i];
        most = codes > most ? codes : most;
    }
    return most;
}

/* How often a row is counted, over all rows: once, or once per pair of its groups. An
 * upper bound where that settles it, since counting takes a look at every row. */
static double count_entries(const struct plan *plan, const struct grid *grid,
                            const struct column *field, bool is_exact)
{
    double rows = (double)plan->table->row_count, entries = 0;
    double most = most_codes(grid->by[0]) * most_codes(grid->by[1]) * most_codes(field);
    if (!(most > 1) || (!is_exact && rows * most <= PLAN_ENTRIES))
        return rows * most;
    for (size_t row = 0; row < plan->table->row_count; row++)
        entries += codes_in_row(grid->by[0], (uint32_t)row) *
                   codes_in_row(grid->by[1], (uint32_t)row) *
                   codes_in_row(field, (uint32_t)row);
    return entries;
}

static bool refuse(const struct ask *ask, struct diags *diags, const char *code,
                   const char *hint, const char *what)
{
    struct diag *diag =
        diags_error(diags, ask->measure->at, code, "\"%.*s\" %s",
                    SLICE_PRINT(ask->measure->name.size ? ask->measure->name
                                                        : ask->measure->source),
                    what);
    diag_hint(diags, diag, "%s", hint);
    return false;
}

static const char *too_many_cells(const struct grid *grid, double cells, bool is_alone,
                                  struct arena *arena)
{
    return arena_print(arena,
                       "by %zu × %zu groups and %zu periods takes %.0f cells, %smore "
                       "than %d",
                       grid->groups[0], grid->groups[1], grid->bin_count, cells,
                       is_alone ? "" : "with all other questions ", (int)PLAN_CELLS);
}

/* What a question takes of the plan's cells: its answers, and while the scan runs the
 * values or words it must remember. Sets grid->cell_count; false = refused. */
static bool check_size(const struct plan *plan, const struct ask *ask,
                       struct grid *grid, size_t *taken, struct diags *diags)
{
    const struct measure *measure = ask->measure;
    double cells =
        (double)grid->groups[0] * (double)grid->groups[1] * (double)grid->bin_count;
    double entries = 0;
    if (cells <= PLAN_CELLS) {
        grid->cell_count = grid->groups[0] * grid->groups[1] * grid->bin_count;
        bool is_set = measure->kind == MEASURE_DISTINCT;
        bool gathers = tally_gathers(measure, grid->cell_count);
        entries = count_entries(plan, grid, is_set ? measure->column : NULL, gathers);
        cells += (double)tally_seen_words(measure, grid->cell_count);
        cells += gathers ? entries : 0;
    }
    if (cells + (double)plan->cells > PLAN_CELLS) {
        const char *what =
            too_many_cells(grid, cells, cells > PLAN_CELLS, diags_arena(diags));
        return refuse(ask, diags, "M220", "ask for fewer groups or longer periods",
                      what);
    }
    *taken = (size_t)cells;
    if (entries <= PLAN_ENTRIES)
        return true;
    const char *what = arena_print(
        diags_arena(diags), "takes its rows apart into %.0f entries, more than %d",
        entries, (int)PLAN_ENTRIES);
    return refuse(ask, diags, "M220", "group by columns with fewer values a cell",
                  what);
}

/* Asking ------------------------------------------------------------------------- */

static bool lay_grid(struct plan *plan, const struct ask *ask, struct grid *grid,
                     struct diags *diags)
{
    *grid = (struct grid){.groups = {1, 1}, .bin_count = 1};
    for (int i = 0; i < ASK_GROUPS && ask->by[i]; i++) {
        assert(ask->by[i]->is_read || ask->by[i]->type == COLUMN_TEXT);
        grid->by[i] = groups_of(plan->table, ask->by[i]);
        if (!grid->by[i])
            return refuse(ask, diags, "M222",
                          "give the column few different values, or search it with "
                          "contains",
                          arena_print(diags_arena(diags),
                                      "can't be grouped by \"%.*s\", which holds free "
                                      "text",
                                      SLICE_PRINT(ask->by[i]->name)));
        grid->groups[i] = grid->by[i]->words.count ? grid->by[i]->words.count : 1;
        grid->has_list = grid->has_list || grid->by[i]->is_list;
    }
    if (ask->bin_count && !plan->table->date)
        return refuse(ask, diags, "M221",
                      "give the file a date column, or ask by place",
                      "is asked by period, but the table has no dates");
    if (ask->bin_count)
        grid->bin_count = ask->bin_count;
    return true;
}

static struct question *add_question(struct plan *plan, const struct ask *ask,
                                     const struct grid *grid, size_t cells)
{
    struct question *question = ARENA_NEW(plan->arena, struct question);
    question->answer = (struct answer){
        .ask = *ask,
        .by = {grid->by[0], grid->by[1]},
        .groups = {grid->groups[0], grid->groups[1]},
        .bin_count = grid->bin_count,
    };
    /* Whoever asks may be gone before the plan is: a brief before its edition. */
    question->answer.ask.bin =
        arena_copy(plan->arena, ask->bin, ask->bin_count * sizeof *ask->bin);
    question->answer.ask.measure = measure_copy(ask->measure, plan->arena);
    question->answer.ask.where = condition_copy(ask->where, plan->arena);
    plan->cells += cells;
    *ARENA_APPEND(plan->arena, plan->question, plan->question_count,
                  plan->question_capacity) = question;
    return question;
}

static void join_lane(struct plan *plan, struct question *question, struct grid *grid)
{
    const struct ask *ask = &question->answer.ask;
    grid->binning = share_binning(plan, ask);
    struct lane *lane = share_lane(plan, share_grid(plan, grid),
                                   share_selection(plan, ask->measure->where),
                                   share_selection(plan, ask->where));
    question->lane = lane;
    question->column = ask->measure->column;
    question->weight = plan->table->weight;
    if (lane->last)
        lane->last->next_in_lane = question;
    else
        lane->first = question;
    lane->last = question;
}

static struct question *ask_part(struct plan *plan, const struct ask *ask,
                                 const struct measure *measure, struct diags *diags)
{
    struct ask part = *ask;
    part.measure = measure;
    return (struct question *)plan_ask(plan, &part, diags);
}

const struct answer *plan_ask(struct plan *plan, const struct ask *ask,
                              struct diags *diags)
{
    const struct measure *measure = ask->measure;
    assert(measure->table == plan->table);
    uint64_t hash = ask_hash(ask);
    struct question *question = find_question(plan, ask, hash);
    if (question)
        return &question->answer;
    struct question *part[2] = {NULL, NULL};
    if (measure_is_composite(measure)) {
        part[0] = ask_part(plan, ask, measure->numerator, diags);
        part[1] = part[0] ? ask_part(plan, ask, measure->denominator, diags) : NULL;
        if (!part[1])
            return NULL;
    }
    struct grid grid;
    size_t cells = 0;
    if (!lay_grid(plan, ask, &grid, diags) ||
        !check_size(plan, ask, &grid, &cells, diags))
        return NULL;
    question = add_question(plan, ask, &grid, cells);
    shelf_add(&plan->known_questions, plan->arena, hash, question);
    for (int i = 0; part[0] && i < 2; i++) {
        question->part[i] = part[i];
        question->answer.part[i] = &part[i]->answer;
    }
    if (!part[0])
        join_lane(plan, question, &grid);
    return &question->answer;
}

bool plan_asks(const struct plan *plan, const struct measure *measure)
{
    for (size_t i = 0; i < plan->question_count; i++)
        if (measure_equal(plan->question[i]->answer.ask.measure, measure))
            return true;
    return false;
}

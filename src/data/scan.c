/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scan: batches of rows become windows (a set of periods each), masks (a condition
 * each), cells (a grid each) and entries (a lane each), and every question adds its
 * lane's entries up. */
#include "data/plan.h"

#include <math.h>
#include <string.h>

struct scan {
    const struct plan *plan;
    int32_t first_day, last_day; /* no question looks at other days */
    bool has_dates;              /* false: some question looks at all rows */
    struct window everything;
    uint32_t row[BATCH]; /* of the batch */
    size_t count;
    uint32_t entry_row[BATCH], entry_cell[BATCH];
    uint8_t always[BATCH];
};

/* Windows ------------------------------------------------------------------------ */

/* The days of the batch; rows whose day isn't known have the earliest there is. */
static struct period days_of(const struct scan *scan, const int32_t *day)
{
    struct period days = {.first_day = INT32_MAX, .last_day = INT32_MIN};
    for (size_t i = 0; i < scan->count; i++) {
        int32_t own = day[scan->row[i]];
        days.first_day = own < days.first_day ? own : days.first_day;
        days.last_day = own > days.last_day ? own : days.last_day;
    }
    return days;
}

/* An unknown day is before every bin. */
static void find_window(const struct binning *binning, const struct scan *scan,
                        const int32_t *day)
{
    struct window *window = binning->window;
    size_t count = 0;
    for (size_t i = 0; i < scan->count; i++) {
        uint32_t index = (uint32_t)day[scan->row[i]] - (uint32_t)binning->first_day;
        uint32_t bin =
            index < binning->day_count ? binning->bin_of_day[index] : NO_CELL;
        window->at[count] = (uint16_t)i;
        window->bin[count] = bin;
        count += bin != NO_CELL;
    }
    window->count = count;
}

static void find_windows(struct scan *scan)
{
    const struct plan *plan = scan->plan;
    scan->everything.count = scan->count;
    if (!plan->table->date)
        return;
    const int32_t *day = plan->table->date->as.day;
    const struct period days = days_of(scan, day);
    for (size_t i = 0; i < plan->binning_count; i++) {
        const struct binning *binning = plan->binning[i];
        if (!binning->window)
            continue;
        binning->window->count = 0;
        if (days.last_day >= binning->first_day &&
            days.first_day < (int64_t)binning->first_day + binning->day_count)
            find_window(binning, scan, day);
    }
}

/* Cells -------------------------------------------------------------------------- */

static void add_group(const struct grid *grid, int which, const struct scan *scan)
{
    const struct window *window = grid->window;
    const uint32_t *category = grid->by[which]->as.category;
    uint32_t step = (uint32_t)grid->bin_count;
    if (which == 0)
        step *= (uint32_t)grid->groups[1];
    for (size_t i = 0; i < window->count; i++)
        grid->cell[i] += category[scan->row[window->at[i]]] * step;
}

static void place_rows(const struct grid *grid, const struct scan *scan)
{
    if (grid->window->count)
        memcpy(grid->cell, grid->window->bin, grid->window->count * sizeof *grid->cell);
    for (int which = 0; which < ASK_GROUPS; which++)
        if (grid->by[which] && !grid->has_list)
            add_group(grid, which, scan);
}

/* Entries ------------------------------------------------------------------------ */

static void flush(struct lane *lane, const struct scan *scan, size_t count)
{
    struct entries entries = {scan->entry_row, scan->entry_cell, count};
    for (size_t i = 0; i < count; i++)
        lane->rows[entries.cell[i]]++;
    for (struct question *q = lane->first; q && count; q = q->next_in_lane)
        tally_add(q, entries);
}

/* Evaluated for the first lane that has rows to ask for. */
static const uint8_t *mask_of(const struct scan *scan, struct selection *selection)
{
    if (!selection)
        return scan->always;
    if (!selection->is_evaluated)
        condition_evaluate(selection->condition, scan->plan->table, scan->row,
                           scan->count, selection->mask);
    selection->is_evaluated = true;
    return selection->mask;
}

/* Writes without a branch: a row that isn't taken is overwritten by the next. */
static void enter_rows(struct lane *lane, struct scan *scan)
{
    const uint8_t *own = mask_of(scan, lane->selection[0]);
    const uint8_t *asked = mask_of(scan, lane->selection[1]);
    const struct window *window = lane->grid->window;
    const uint32_t *cell = lane->grid->cell;
    size_t count = 0;
    for (size_t i = 0; i < window->count; i++) {
        const size_t at = window->at[i];
        scan->entry_row[count] = scan->row[at];
        scan->entry_cell[count] = cell[i];
        count += own[at] & asked[at];
    }
    flush(lane, scan, count);
}

static struct codes codes_of(const struct column *column, uint32_t row)
{
    static const uint32_t only[1] = {0};
    return column ? column_codes(column, row) : (struct codes){only, 1};
}

/* All pairs of the groups that a row is in; count entries wait already. */
static size_t enter_groups(struct lane *lane, struct scan *scan, uint32_t row,
                           uint32_t bin, size_t count)
{
    const struct grid *grid = lane->grid;
    struct codes first = codes_of(grid->by[0], row);
    struct codes second = codes_of(grid->by[1], row);
    for (size_t a = 0; a < first.count; a++) {
        for (size_t b = 0; b < second.count; b++) {
            if (count == BATCH) {
                flush(lane, scan, count);
                count = 0;
            }
            size_t group = first.code[a] * grid->groups[1] + second.code[b];
            scan->entry_row[count] = row;
            scan->entry_cell[count++] = (uint32_t)(group * grid->bin_count) + bin;
        }
    }
    return count;
}

static void enter_lists(struct lane *lane, struct scan *scan)
{
    const uint8_t *own = mask_of(scan, lane->selection[0]);
    const uint8_t *asked = mask_of(scan, lane->selection[1]);
    const struct window *window = lane->grid->window;
    size_t count = 0;
    for (size_t i = 0; i < window->count; i++) {
        const size_t at = window->at[i];
        if (own[at] & asked[at])
            count = enter_groups(lane, scan, scan->row[at], window->bin[i], count);
    }
    flush(lane, scan, count);
}

static void scan_batch(struct scan *scan)
{
    const struct plan *plan = scan->plan;
    find_windows(scan);
    for (size_t i = 0; i < plan->selection_count; i++)
        plan->selection[i]->is_evaluated = false;
    for (size_t i = 0; i < plan->grid_count; i++)
        place_rows(plan->grid[i], scan);
    for (size_t i = 0; i < plan->lane_count; i++) {
        struct lane *lane = plan->lane[i];
        if (lane->grid->window->count == 0)
            continue;
        if (lane->grid->has_list)
            enter_lists(lane, scan);
        else
            enter_rows(lane, scan);
    }
    scan->count = 0;
}

static bool is_asked_for(const struct scan *scan, const int32_t *day, uint32_t row)
{
    return !scan->has_dates ||
           (day[row] >= scan->first_day && day[row] <= scan->last_day);
}

/* Batches are filled with the rows that some question looks at. */
static void scan_rows(struct scan *scan, const struct rows *rows)
{
    const struct table *table = scan->plan->table;
    const bool is_part = rows && rows->row;
    const size_t total = is_part ? rows->count : table->row_count;
    const int32_t *day = scan->has_dates ? table->date->as.day : NULL;
    for (size_t i = 0; i < total; i++) {
        const uint32_t row = is_part ? rows->row[i] : (uint32_t)i;
        scan->row[scan->count] = row;
        scan->count += is_asked_for(scan, day, row);
        if (scan->count == BATCH)
            scan_batch(scan);
    }
    if (scan->count)
        scan_batch(scan);
}

/* Ratios ------------------------------------------------------------------------- */

static double divide(double numerator, double denominator, double scale)
{
    return denominator > 0 || denominator < 0 ? numerator / denominator * scale : NAN;
}

static const double *either(const double *bound, const double *value)
{
    return bound ? bound : value;
}

/* Lower limits, as 40+, in a part or in its whole. */
static const uint32_t *limits_of_ratio(const struct answer *part,
                                       const struct answer *whole, size_t cells,
                                       struct arena *arena)
{
    if (!whole->at_least)
        return part->at_least;
    uint32_t *limits = ARENA_ARRAY(arena, uint32_t, cells);
    for (size_t i = 0; i < cells; i++)
        limits[i] = whole->at_least[i] + (part->at_least ? part->at_least[i] : 0);
    return limits;
}

/* The lowest a ratio can be is the lowest part of the highest whole. Of a whole that is a
 * lower limit neither share nor rate is known. */
static void finish_ratio(struct question *question, struct arena *arena)
{
    const struct answer *part = &question->part[0]->answer;
    const struct answer *whole = &question->part[1]->answer;
    struct answer *answer = &question->answer;
    size_t cells = answer->groups[0] * answer->groups[1] * answer->bin_count;
    double scale = answer->ask.measure->scale;
    bool has_bounds = part->low || whole->low;
    double *value = ARENA_ARRAY(arena, double, cells);
    double *low = has_bounds ? ARENA_ARRAY(arena, double, cells) : NULL;
    double *high = has_bounds ? ARENA_ARRAY(arena, double, cells) : NULL;
    for (size_t i = 0; i < cells; i++) {
        const bool is_limit = whole->at_least && whole->at_least[i];
        value[i] = is_limit ? NAN : divide(part->value[i], whole->value[i], scale);
    }
    for (size_t i = 0; has_bounds && i < cells; i++) {
        low[i] = divide(either(part->low, part->value)[i],
                        either(whole->high, whole->value)[i], scale);
        high[i] = divide(either(part->high, part->value)[i],
                         either(whole->low, whole->value)[i], scale);
    }
    answer->value = value;
    answer->low = low;
    answer->high = high;
    answer->rows = whole->rows;
    answer->unknown = part->unknown;
    answer->at_least = limits_of_ratio(part, whole, cells, arena);
    answer->is_filled = true;
}

/* Filling ------------------------------------------------------------------------ */

/* The days that questions look at, and room for what a batch holds of them. */
static void begin_windows(struct scan *scan, struct arena *scratch)
{
    const struct plan *plan = scan->plan;
    scan->has_dates = true;
    scan->first_day = INT32_MAX;
    scan->last_day = INT32_MIN;
    for (size_t i = 0; i < BATCH; i++)
        scan->everything.at[i] = (uint16_t)i;
    for (size_t i = 0; i < plan->grid_count; i++) {
        struct grid *grid = plan->grid[i];
        struct binning *binning = (struct binning *)grid->binning;
        grid->cell = ARENA_ARRAY(scratch, uint32_t, BATCH);
        grid->window = &scan->everything;
        scan->has_dates = scan->has_dates && binning;
        if (!binning)
            continue;
        if (!binning->window)
            binning->window = ARENA_NEW(scratch, struct window);
        grid->window = binning->window;
        const int32_t last = binning->bin[binning->bin_count - 1].last_day;
        if (binning->first_day < scan->first_day)
            scan->first_day = binning->first_day;
        if (last > scan->last_day)
            scan->last_day = last;
    }
}

static void begin(struct plan *plan, struct arena *scratch)
{
    for (size_t i = 0; i < plan->selection_count; i++)
        plan->selection[i]->mask = ARENA_ARRAY(scratch, uint8_t, BATCH);
    for (size_t i = 0; i < plan->lane_count; i++) {
        struct lane *lane = plan->lane[i];
        lane->rows = ARENA_ARRAY(plan->arena, uint32_t, lane->grid->cell_count);
        for (struct question *q = lane->first; q; q = q->next_in_lane)
            tally_begin(q, plan->arena, scratch);
    }
}

/* Parts were asked before what is made of them. */
static void finish(struct plan *plan)
{
    for (size_t i = plan->filled_count; i < plan->question_count; i++) {
        struct question *question = plan->question[i];
        if (question->lane)
            tally_finish(question);
        else
            finish_ratio(question, plan->arena);
    }
    for (size_t i = 0; i < plan->binning_count; i++)
        plan->binning[i]->window = NULL;
    plan->filled_count = plan->question_count;
    plan->lane_count = plan->grid_count = plan->selection_count = 0;
    shelf_clear(&plan->known_lanes);
    shelf_clear(&plan->known_selections);
}

void plan_fill(struct plan *plan, const struct rows *rows)
{
    if (plan->filled_count == plan->question_count)
        return;
    struct arena *scratch = arena_new();
    struct scan *scan = ARENA_NEW(scratch, struct scan);
    scan->plan = plan;
    memset(scan->always, 1, sizeof scan->always);
    begin_windows(scan, scratch);
    begin(plan, scratch);
    scan_rows(scan, rows);
    finish(plan);
    arena_free(scratch);
}

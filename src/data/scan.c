/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scan: batches of rows become masks (a condition each), cells (a grid each) and
 * entries (a lane each), and every question adds its lane's entries up. */
#include "data/plan.h"

#include <math.h>
#include <string.h>

struct scan {
    const struct plan *plan;
    const uint32_t *row; /* of the batch */
    size_t count;
    uint32_t own_row[BATCH]; /* when all rows are scanned */
    uint32_t entry_row[BATCH], entry_cell[BATCH];
    uint8_t everything[BATCH];
};

/* Cells -------------------------------------------------------------------------- */

static uint32_t bin_of(const struct binning *binning, const struct column *date,
                       uint32_t row)
{
    if (!binning)
        return 0;
    uint32_t index = (uint32_t)date->as.day[row] - (uint32_t)binning->first_day;
    if (index >= binning->day_count || !column_is_known(date, row))
        return NO_CELL;
    return binning->bin_of_day[index];
}

static void add_group(const struct grid *grid, int which, const struct scan *scan)
{
    const uint32_t *category = grid->by[which]->as.category;
    uint32_t step = (uint32_t)grid->bin_count;
    if (which == 0)
        step *= (uint32_t)grid->groups[1];
    for (size_t i = 0; i < scan->count; i++) {
        uint32_t offset = category[scan->row[i]] * step;
        grid->cell[i] += grid->cell[i] == NO_CELL ? 0 : offset;
    }
}

static void place_rows(const struct grid *grid, const struct scan *scan)
{
    const struct column *date = scan->plan->table->date;
    for (size_t i = 0; i < scan->count; i++)
        grid->cell[i] = bin_of(grid->binning, date, scan->row[i]);
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

static const uint8_t *mask_of(const struct scan *scan,
                              const struct selection *selection)
{
    return selection ? selection->mask : scan->everything;
}

/* Writes without a branch: a row that isn't taken is overwritten by the next. */
static void enter_rows(struct lane *lane, struct scan *scan)
{
    const uint8_t *own = mask_of(scan, lane->selection[0]);
    const uint8_t *asked = mask_of(scan, lane->selection[1]);
    const uint32_t *cell = lane->grid->cell;
    size_t count = 0;
    for (size_t i = 0; i < scan->count; i++) {
        scan->entry_row[count] = scan->row[i];
        scan->entry_cell[count] = cell[i];
        count += (own[i] & asked[i]) & (cell[i] != NO_CELL);
    }
    flush(lane, scan, count);
}

static struct codes codes_of(const struct column *column, uint32_t row)
{
    static const uint32_t only[1] = {0};
    return column ? column_codes(column, row) : (struct codes){only, 1};
}

static size_t enter_groups(struct lane *lane, struct scan *scan, size_t i, size_t count)
{
    const struct grid *grid = lane->grid;
    struct codes first = codes_of(grid->by[0], scan->row[i]);
    struct codes second = codes_of(grid->by[1], scan->row[i]);
    for (size_t a = 0; a < first.count; a++) {
        for (size_t b = 0; b < second.count; b++) {
            if (count == BATCH) {
                flush(lane, scan, count);
                count = 0;
            }
            size_t group = first.code[a] * grid->groups[1] + second.code[b];
            scan->entry_row[count] = scan->row[i];
            scan->entry_cell[count++] =
                (uint32_t)(group * grid->bin_count) + grid->cell[i];
        }
    }
    return count;
}

static void enter_lists(struct lane *lane, struct scan *scan)
{
    const uint8_t *own = mask_of(scan, lane->selection[0]);
    const uint8_t *asked = mask_of(scan, lane->selection[1]);
    size_t count = 0;
    for (size_t i = 0; i < scan->count; i++)
        if (own[i] & asked[i] && lane->grid->cell[i] != NO_CELL)
            count = enter_groups(lane, scan, i, count);
    flush(lane, scan, count);
}

static void scan_batch(struct scan *scan)
{
    const struct plan *plan = scan->plan;
    for (size_t i = 0; i < plan->selection_count; i++)
        condition_evaluate(plan->selection[i]->condition, plan->table, scan->row,
                           scan->count, plan->selection[i]->mask);
    for (size_t i = 0; i < plan->grid_count; i++)
        place_rows(plan->grid[i], scan);
    for (size_t i = 0; i < plan->lane_count; i++) {
        if (plan->lane[i]->grid->has_list)
            enter_lists(plan->lane[i], scan);
        else
            enter_rows(plan->lane[i], scan);
    }
}

static void scan_rows(struct scan *scan, const struct rows *rows)
{
    size_t total = rows && rows->row ? rows->count : scan->plan->table->row_count;
    for (size_t start = 0; start < total; start += BATCH) {
        scan->count = total - start < BATCH ? total - start : BATCH;
        scan->row = rows && rows->row ? rows->row + start : scan->own_row;
        for (size_t i = 0; scan->row == scan->own_row && i < scan->count; i++)
            scan->own_row[i] = (uint32_t)(start + i);
        scan_batch(scan);
    }
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

/* The lowest a ratio can be is the lowest part of the highest whole. */
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
    for (size_t i = 0; i < cells; i++)
        value[i] = divide(part->value[i], whole->value[i], scale);
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
    answer->at_least = part->at_least;
    answer->is_filled = true;
}

/* Filling ------------------------------------------------------------------------ */

static void begin(struct plan *plan, struct arena *scratch)
{
    for (size_t i = 0; i < plan->selection_count; i++)
        plan->selection[i]->mask = ARENA_ARRAY(scratch, uint8_t, BATCH);
    for (size_t i = 0; i < plan->grid_count; i++)
        plan->grid[i]->cell = ARENA_ARRAY(scratch, uint32_t, BATCH);
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
    plan->filled_count = plan->question_count;
    plan->lane_count = plan->grid_count = plan->selection_count = 0;
}

void plan_fill(struct plan *plan, const struct rows *rows)
{
    if (plan->filled_count == plan->question_count)
        return;
    struct arena *scratch = arena_new();
    struct scan *scan = ARENA_NEW(scratch, struct scan);
    scan->plan = plan;
    memset(scan->everything, 1, sizeof scan->everything);
    begin(plan, scratch);
    scan_rows(scan, rows);
    finish(plan);
    arena_free(scratch);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A measure table: which rows, in which order, and what each cell says. */
#include "block/question.h"
#include "block/table_data.h"
#include "stats/kendall.h"

#include <math.h>
#include <stdlib.h>

static void settle_windows(struct table_data *data)
{
    const struct table_arguments *table = data->table;
    const struct scope *scope = data->context->scope;
    int week_start = scope->frame->week_start;
    data->window[NOW] = table->last_count
                            ? last_periods(scope, table->last_count, table->last_unit)
                            : scope->period.whole;
    data->window[LATE] =
        table->compare_count
            ? last_periods(scope, table->compare_count, table->compare_unit)
            : data->window[NOW];
    data->window[BEFORE] = table->compare_count || table->last_count
                               ? period_shift(data->window[LATE], -1, week_start)
                               : scope->compare.whole;
}

/* The periods that are rows. */
static void settle_slots(struct table_data *data)
{
    const struct period window = data->window[NOW];
    const struct scope *scope = data->context->scope;
    /* nothing is known of earlier ones */
    int32_t first =
        first_day_shown(data->table->shown, data->table->shown_count, scope);
    if (first < window.first_day || first > window.last_day)
        first = window.first_day;
    if (data->table->by_period)
        data->groups = period_list(data->table->unit, first, window.last_day,
                                   scope->frame->week_start, scope->arena, &data->slot);
}

static const struct period *slots_of(const struct table_data *data, enum window window)
{
    const struct scope *scope = data->context->scope;
    if (window != BEFORE)
        return data->slot;
    struct period *before = ARENA_ARRAY(scope->arena, struct period, data->groups);
    for (size_t i = 0; i < data->groups; i++)
        before[i] = period_shift(data->slot[i], -1, scope->frame->week_start);
    return before;
}

static size_t sparkline_bins(const struct table_arguments *table,
                             const struct scope *scope, const struct period **out)
{
    int week_start = scope->frame->week_start;
    struct period last =
        period_holding(table->sparkline_unit, scope->period.whole.last_day, week_start);
    struct period *bin =
        ARENA_ARRAY(scope->arena, struct period, table->sparkline_count);
    for (size_t i = 0; i < table->sparkline_count; i++)
        bin[i] =
            period_shift(last, (int)i + 1 - (int)table->sparkline_count, week_start);
    *out = bin;
    return table->sparkline_count;
}

static bool needs_history(enum aspect aspect)
{
    return aspect == ASPECT_SPARKLINE || aspect == ASPECT_TAU || aspect == ASPECT_P;
}

static void ask_window(struct table_data *data, enum window window)
{
    const struct table_arguments *table = data->table;
    const struct scope *scope = data->context->scope;
    const struct column *const by[2] = {table->rows, NULL};
    const struct column *const whole[2] = {NULL, NULL};
    const struct period *period = &data->window[window];
    size_t groups[2] = {1, 1}, none[2];
    data->cell[window] =
        ARENA_ARRAY(scope->arena, const struct cell *, table->shown_count);
    data->total[window] = ARENA_ARRAY(scope->arena, struct cell, table->shown_count);
    for (size_t i = 0; i < table->shown_count; i++) {
        const struct measure *measure = table->shown[i].measure;
        data->cell[window][i] =
            data->slot
                ? scope_cells(scope, measure, table->where, whole,
                              slots_of(data, window), data->groups, none)
                : scope_cells(scope, measure, table->where, by, period, 1, groups);
        data->total[window][i] =
            *scope_cells(scope, measure, table->where, whole, period, 1, none);
    }
    if (!data->slot)
        data->groups = groups[0];
}

static void ask_table(struct table_data *data)
{
    const struct table_arguments *table = data->table;
    const struct scope *scope = data->context->scope;
    const struct column *const by[2] = {table->rows, NULL};
    size_t groups[2];
    data->history = ARENA_ARRAY(scope->arena, const struct cell *, table->shown_count);
    for (size_t i = 0; i < table->shown_count; i++) {
        if (needs_history(table->shown[i].aspect))
            data->history[i] = scope_cells(scope, table->shown[i].measure, table->where,
                                           by, data->bin, data->bin_count, groups);
    }
    for (enum window window = NOW; window < WINDOWS; window++)
        ask_window(data, window);
    data->judge =
        judge_ask(table, data->context, data->window[LATE], data->window[BEFORE]);
}

static int compare_rows(const void *a, const void *b)
{
    const struct table_row *left = a, *right = b;
    if (left->key > right->key)
        return -1;
    if (left->key < right->key)
        return 1;
    /* Equal ones go by the word; the unknown place, which has none, goes last. */
    if (!left->word.size != !right->word.size)
        return left->word.size ? -1 : 1;
    return slice_compare(left->word, right->word);
}

static bool has_rows(const struct table_data *data, uint32_t code)
{
    for (size_t i = 0; !data->slot && i < data->table->shown_count; i++) {
        if (data->cell[NOW][i][code].rows || data->cell[BEFORE][i][code].rows)
            return true;
    }
    return data->slot != NULL; /* a period without incidents is a row, too */
}

static double sort_key(const struct table_data *data, uint32_t code)
{
    const struct table_arguments *table = data->table;
    double key = data->cell[NOW][table->sort][code].value;
    if (data->slot && !table->is_sorted)
        return -(double)code; /* as time goes */
    if (isnan(key))
        return -1e300;
    return table->highest_first ? key : -key;
}

static struct slice period_name(const struct table_data *data, struct period period)
{
    const struct block_context *context = data->context;
    struct text text = {.arena = context->chart.arena};
    locale_period(context->chart.locale, period, &text);
    if (period_is_provisional(period, context->scope->frame))
        text_print(&text, " %.*s",
                   SLICE_PRINT(print_phrase(context, "chart.provisional", 1, NULL, 0)));
    return text_slice(&text);
}

static struct slice row_name(const struct table_data *data, uint32_t code)
{
    if (data->slot)
        return period_name(data, data->slot[code]);
    if (!code)
        return unknown_name(data->context, data->table->rows);
    return locale_name(data->context->chart.locale, data->table->rows->words.word[code],
                       data->context->chart.arena);
}

static void choose_rows(struct table_data *data)
{
    const struct table_arguments *table = data->table;
    struct arena *arena = data->context->chart.arena;
    data->row = ARENA_ARRAY(arena, struct table_row, data->groups + 2);
    size_t count = 0;
    for (uint32_t code = 0; code < data->groups; code++) {
        if (!has_rows(data, code))
            continue;
        data->row[count++] = (struct table_row){
            .name = row_name(data, code),
            .word = data->slot ? (struct slice){0} : table->rows->words.word[code],
            .code = code,
            .key = sort_key(data, code),
        };
    }
    qsort(data->row, count, sizeof *data->row, compare_rows);
    data->row_count = count;
}

static size_t add_closing_rows(struct table_data *data)
{
    const struct table_arguments *table = data->table;
    size_t all = data->row_count, added = 0;
    if (table->top && all > (size_t)table->top) {
        data->row_count = (size_t)table->top;
        if (table->others)
            data->row[data->row_count++] = (struct table_row){
                .name = print_phrase(data->context, "others", 1, NULL, 0),
                .is_others = true};
    }
    if (table->total) {
        data->row[data->row_count++] = (struct table_row){
            .name = print_phrase(data->context, "total", 1, NULL, 0), .is_total = true};
        added = 1;
    }
    return added;
}

static double row_value(const struct table_data *data, const struct table_row *row,
                        size_t column, enum window window)
{
    return row_cell(data, row, column, window).value;
}

/* -- Cells ------------------------------------------------------------------------------- */

static double largest(const struct table_data *data, size_t column)
{
    double most = 0;
    for (size_t i = 0; i < data->row_count; i++) {
        double value = row_value(data, &data->row[i], column, NOW);
        if (!data->row[i].is_total && !data->row[i].members && value > most)
            most = value;
    }
    return most;
}

static struct box *row_sparkline(const struct table_data *data,
                                 const struct table_row *row, size_t column)
{
    const struct shown *shown = &data->table->shown[column];
    const struct cell *history = data->history[column];
    if (!row_is_own(row) || !history)
        return NULL;
    struct arena *arena = data->context->chart.arena;
    double *value = ARENA_ARRAY(arena, double, data->bin_count);
    for (size_t i = 0; i < data->bin_count; i++)
        value[i] = history[row->code * data->bin_count + i].value;
    bool provisional =
        data->bin_count &&
        history[row->code * data->bin_count + data->bin_count - 1].provisional;
    return sparkline_box(&data->context->chart, value, data->bin_count, NULL, NULL,
                         measure_tone(shown->measure), provisional,
                         measure_span(shown->measure), 60, 9);
}

/* Mann–Kendall over the complete periods of a row's history: tau, or its p. */
static struct slice trend_text(const struct table_data *data,
                               const struct table_row *row, size_t column)
{
    struct arena *arena = data->context->chart.arena;
    const struct cell *history = data->history[column];
    struct text text = {.arena = arena};
    struct mann_kendall kendall;
    if (!row_is_own(row))
        return text_slice(&text);
    double *value = ARENA_ARRAY(arena, double, data->bin_count);
    size_t count = 0;
    for (size_t i = 0; i < data->bin_count; i++) {
        const struct cell *cell = &history[row->code * data->bin_count + i];
        if (!cell->provisional && !isnan(cell->value))
            value[count++] = cell->value;
    }
    stat_mann_kendall(value, count, 0.95, arena, &kendall);
    if (kendall.status != KENDALL_OK)
        return judge_dash(data->judge, DASH_TOO_FEW);
    double pairs = (double)count * ((double)count - 1) / 2;
    bool is_tau = data->table->shown[column].aspect == ASPECT_TAU;
    if (is_tau && kendall.s > 0)
        locale_plus(data->context->chart.locale, &text);
    locale_number(data->context->chart.locale, is_tau ? kendall.s / pairs : kendall.p,
                  is_tau ? 2 : 3, &text);
    return text_slice(&text);
}

static void record_cell(const struct table_data *data, const struct table_row *row,
                        size_t column, struct slice printed)
{
    const struct shown *shown = &data->table->shown[column];
    struct cell cell = row_cell(data, row, column, NOW);
    if (row->is_others)
        cell.rows = cell.unknown = 0; /* they are spread over many groups */
    bool is_slot = data->slot && row_is_own(row);
    record_figure(data->context, "table", shown->measure, data->table->where,
                  is_slot ? data->slot[row->code] : data->window[NOW], row->name, &cell,
                  printed);
}

/* A period that isn't over is compared with nothing; below weeks that are compared with
 * the week before, a total has no such change. */
static bool is_alone(const struct table_data *data, const struct table_row *row,
                     size_t column)
{
    if (data->slot && row->is_total)
        return true;
    return row_cell(data, row, column, LATE).provisional;
}

/* Unknown where the data don't reach back to the period's first day. */
static double row_before(const struct table_data *data, const struct table_row *row,
                         size_t column)
{
    const struct scope *scope = data->context->scope;
    bool is_slot = data->slot && row_is_own(row);
    struct period late = is_slot ? data->slot[row->code] : data->window[LATE];
    struct period before = is_slot ? period_shift(late, -1, scope->frame->week_start)
                                   : data->window[BEFORE];
    const struct table *table = data->table->shown[column].measure->table;
    return scope_compares(scope, table, before, late)
               ? row_value(data, row, column, BEFORE)
               : NAN;
}

/* "40+" went into what a cell is made of: a difference is of two periods, a share of a
 * row and the whole; of lower limits neither is known. */
static bool is_of_limits(const struct table_data *data, const struct table_row *row,
                         size_t column)
{
    const struct shown *shown = &data->table->shown[column];
    if (shown->measure->kind == MEASURE_COUNT)
        return false;
    switch (shown->aspect) {
    case ASPECT_CHANGE:
    case ASPECT_PERCENT:
        return row_cell(data, row, column, LATE).at_least ||
               row_cell(data, row, column, BEFORE).at_least;
    case ASPECT_SHARE:
        return row_cell(data, row, column, NOW).at_least ||
               data->total[NOW][column].at_least;
    default: return false;
    }
}

/* The number of the period before, which may be a lower limit, too. */
static void fill_previous(const struct table_data *data, const struct table_row *row,
                          size_t column, double before, struct sheet_cell *cell)
{
    struct cell earlier = row_cell(data, row, column, BEFORE);
    earlier.value = before;
    cell->text =
        print_cell(data->context, data->table->shown[column].measure, &earlier);
    sheet_know(cell, before);
    cell->at_least = is_limit(&earlier, data->table->shown[column].measure);
}

static struct slice value_text(const struct table_data *data,
                               const struct table_row *row, size_t column)
{
    const struct cell cell = row_cell(data, row, column, NOW);
    return print_cell(data->context, data->table->shown[column].measure, &cell);
}

static struct slice claim_text(const struct table_data *data,
                               const struct table_row *row, size_t column)
{
    if (row->is_others)
        return (struct slice){0};
    int64_t which = row->is_total ? JUDGE_WHOLE : (int64_t)row->code;
    return judge_text(data->judge, column, which);
}

static const struct measure a_share = {.kind = MEASURE_SHARE};

static void fill_cell(const struct table_data *data, const struct table_row *row,
                      size_t column, struct sheet_cell *cell)
{
    const struct block_context *context = data->context;
    const struct shown *shown = &data->table->shown[column];
    if (row_is_blank(data, row, column))
        return;
    const struct cell own = row_cell(data, row, column, NOW);
    double now = own.value;
    double late =
        is_alone(data, row, column) ? NAN : row_value(data, row, column, LATE);
    double before = row_before(data, row, column);
    double whole = data->total[NOW][column].value;
    if (is_of_limits(data, row, column)) {
        cell->text = judge_dash(data->judge, DASH_LIMIT);
        record_cell(data, row, column, cell->text);
        return;
    }
    switch (shown->aspect) {
    case ASPECT_CHANGE: {
        double difference = late - before;
        cell->text = print_change(context, shown->measure, difference);
        sheet_know(cell, difference);
        cell->style = change_style(context, shown->measure, difference);
        break;
    }
    case ASPECT_PERCENT:
        cell->text = judge_percent(data->judge, late, before);
        cell->style = change_style(context, shown->measure, late - before);
        break;
    case ASPECT_PREVIOUS: fill_previous(data, row, column, before, cell); break;
    case ASPECT_SPARKLINE: cell->box = row_sparkline(data, row, column); break;
    case ASPECT_SHARE:
        cell->text = print_value(context, &a_share, whole > 0 ? now / whole : NAN);
        break;
    case ASPECT_BAR: {
        double most = largest(data, column);
        cell->text = value_text(data, row, column);
        sheet_know(cell, now);
        cell->at_least = is_limit(&own, shown->measure);
        cell->share =
            most > 0 && now > 0 && !row->is_total && !row->members ? now / most : 0;
        if (cell->share > 1)
            cell->share = 1;
        cell->light =
            data->table->cut && (!row->rank || row->rank > (size_t)data->table->cut);
        break;
    }
    case ASPECT_TAU:
    case ASPECT_P: cell->text = trend_text(data, row, column); break;
    case ASPECT_VERDICT:
    case ASPECT_EXPECTED:
    case ASPECT_TREND: cell->text = claim_text(data, row, column); break;
    default:
        cell->text = isnan(now) && own.at_least ? judge_dash(data->judge, DASH_LIMIT)
                                                : value_text(data, row, column);
        sheet_know(cell, now);
        cell->at_least = is_limit(&own, shown->measure);
        break;
    }
    record_cell(data, row, column, cell->text);
}

static size_t count_aspect(const struct table_data *data, enum aspect aspect)
{
    size_t count = 0;
    for (size_t i = 0; i < data->table->shown_count; i++)
        count += data->table->shown[i].aspect == aspect;
    return count;
}

static struct slice column_head(const struct table_data *data,
                                const struct shown *shown)
{
    static const char *const keys_of[ASPECT_COUNT] = {
        [ASPECT_CHANGE] = "table.change",
        [ASPECT_PERCENT] = "table.percent",
        [ASPECT_PREVIOUS] = "table.before",
        [ASPECT_SHARE] = "table.share",
        [ASPECT_TREND] = "table.trend",
        [ASPECT_VERDICT] = "table.verdict",
        [ASPECT_EXPECTED] = "table.expected",
        [ASPECT_TAU] = "table.tau",
        [ASPECT_P] = "table.p",
    };
    const struct block_context *context = data->context;
    if (shown->label.size)
        return shown->label;
    struct slice label =
        measure_label(shown->measure, context->chart.locale, context->chart.arena);
    if (shown->aspect == ASPECT_SPARKLINE) {
        struct text count = {.arena = context->chart.arena};
        locale_number(context->chart.locale, (double)data->bin_count, 0, &count);
        const struct phrase_part part[] = {
            {"count", text_slice(&count)},
            {"unit", locale_unit(context->chart.locale, data->table->sparkline_unit,
                                 (double)data->bin_count)},
        };
        return print_phrase(context, "table.sparkline", (double)data->bin_count, part,
                            2);
    }
    if (!keys_of[shown->aspect])
        return label;
    const struct phrase_part part = {"measure", label};
    if (shown->aspect == ASPECT_CHANGE && count_aspect(data, ASPECT_CHANGE) > 1)
        return print_phrase(context, "table.measure change", 1, &part, 1);
    return print_phrase(context, keys_of[shown->aspect], 1, &part, 1);
}

static void fill_columns(const struct table_data *data, struct sheet_column *column)
{
    const struct table_arguments *table = data->table;
    column += name_heads(table, data->context, column);
    for (size_t i = 0; i < table->shown_count; i++) {
        const struct shown *shown = &table->shown[i];
        column[i] = (struct sheet_column){
            .head = column_head(data, shown),
            .kind = shown->aspect == ASPECT_BAR         ? SHEET_BAR
                    : shown->aspect == ASPECT_SPARKLINE ? SHEET_BOX
                    : shown->aspect == ASPECT_VERDICT || shown->aspect == ASPECT_TREND
                        ? SHEET_TEXT
                        : SHEET_NUMBER,
            .tone = measure_tone(shown->measure),
            .box_width = shown->aspect == ASPECT_SPARKLINE ? 62 : 0,
        };
    }
}

static void fill_row(const struct table_data *data, const uint32_t *beside,
                     const struct table_row *row, struct sheet_cell *cell)
{
    const struct row_name name = {
        .name = row->name,
        .rank = row->rank,
        .beside = row_is_own(row) && beside ? beside[row->code] : 0};
    cell += name_cells(data->table, data->context, &name, cell);
    for (size_t j = 0; j < data->table->shown_count; j++)
        fill_cell(data, row, j, &cell[j]);
}

static struct sheet build_sheet(struct table_data *data)
{
    struct arena *arena = data->context->chart.arena;
    const uint32_t *beside = words_beside(data->table, arena);
    size_t columns = data->table->shown_count + name_columns(data->table);
    struct sheet sheet = {.column_count = columns, .has_head = true};
    choose_rows(data);
    name_row_groups(data);
    sheet.total_rows = add_closing_rows(data);
    if (data->table->groups)
        group_table_rows(data, &sheet);
    sheet.row_count = data->row_count;
    sheet.cut_row = data->table->cut > 0 ? (size_t)data->table->cut : 0;
    struct sheet_column *column = ARENA_ARRAY(arena, struct sheet_column, columns);
    fill_columns(data, column);
    sheet.column = column;
    sheet.cell = ARENA_ARRAY(arena, struct sheet_cell, columns * sheet.row_count);
    bool *is_sum = ARENA_ARRAY(arena, bool, sheet.row_count + 1);
    for (size_t i = 0; i < sheet.row_count; i++) {
        is_sum[i] = data->row[i].members > 0;
        fill_row(data, beside, &data->row[i], &sheet.cell[i * columns]);
    }
    sheet.is_sum = is_sum;
    return sheet;
}

/* What a file doesn't know of the window: below the dashes that stand for it. */
static void note_coverage(const struct table_data *data, struct flow *flow)
{
    enum { ABOVE = 3 };
    const struct block_context *context = data->context;
    struct period window = data->window[NOW];
    if (data->slot && data->groups)
        window.first_day = data->slot[0].first_day;
    for (size_t i = 0; i < data->table->shown_count; i++) {
        const struct measure *measure = data->table->shown[i].measure;
        struct slice words = print_coverage(context, measure, window);
        for (size_t j = 0; j < i; j++) {
            if (data->table->shown[j].measure == measure)
                words.size = 0;
        }
        if (!words.size)
            continue;
        struct box *box = text_box(context, words, TEXT_SOURCE, flow->width);
        box->role = ROLE_CAPTION;
        flow_add(flow, box)->space_before = ABOVE;
    }
}

struct box *lay_measure_table(const struct table_arguments *table,
                              const struct block_context *context, double width)
{
    struct table_data data = {.table = table, .context = context};
    settle_windows(&data);
    settle_slots(&data);
    data.bin_count = sparkline_bins(table, context->scope, &data.bin);
    ask_table(&data);
    if (context->scope->rehearsal)
        return box_new(context->chart.arena, "rehearsal", 0, 0);
    struct sheet sheet = build_sheet(&data);
    struct flow *flow = ARENA_NEW(context->chart.arena, struct flow);
    *flow = (struct flow){.arena = context->chart.arena, .width = width};
    if (sheet.row_count)
        flow_add(flow, sheet_box(&context->chart, &sheet, width));
    else /* a head over nothing says nothing */
        flow_add(flow, text_box(context, print_none(context, table->shown[0].measure),
                                TEXT_BODY, width));
    judge_notes(data.judge, flow);
    note_coverage(&data, flow);
    struct box *box =
        flow->count > 1 ? flow_box(flow, "table and notes") : flow->item[0].box;
    box->picture = sheet_picture(&sheet, context->chart.arena);
    return box;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `table`: measures in columns, the values of a field in rows. */
#include "block/table_block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct block_key keys[] = {
    {"rows", "district", "field or period that gives the rows"},
    {"show", "attacks, killed change, killed bar",
     "columns: measures and their aspects"},
    {"columns", "point, status", "columns of a data table, as written in the file"},
    {"data", "nap", "another table than the main one"},
    {"where", "province is Sindh", "only rows that meet it"},
    {"last", "4 weeks", "the window; else the brief's period"},
    {"sparkline", "26 weeks", "how far back sparklines reach"},
    {"sort", "killed, highest first", "else by the first measure, highest first"},
    {"top", "10", "only so many rows"},
    {"cut", "5", "a rule below so many rows, and the rest in a lighter tint"},
    {"others", "yes", "the rest as one more row"},
    {"total", "yes", "a last row with the whole"},
    {"title", "\"Five districts …\"", "the finding; else the measure's name"},
    {"subtitle", "\"Last four weeks\"", "else measure and period"},
    {"status", "status", "the column of a data table to mark done, partly, none"},
    {"id", "districts", "name for links"},
    {0},
};

static bool read_rows(struct block_reader *reader, struct table_arguments *table)
{
    const struct yaml *value = yaml_find(reader->node->body, "rows");
    if (!value)
        value = yaml_find(reader->node->body, "by");
    if (!value || !value->text.size) {
        table->lists_rows = true;
        return true;
    }
    if (!table_find(table->table->table, value->text) &&
        period_parse_unit(value->text, &table->unit)) {
        table->by_period = true;
        return true;
    }
    return read_column(reader, "rows", table->table->table, &table->rows);
}

static bool read_numbers(struct block_reader *reader, struct table_arguments *table)
{
    bool ok = read_length(reader, "last", &table->last_count, &table->last_unit);
    ok &= read_length(reader, "sparkline", &table->sparkline_count,
                      &table->sparkline_unit);
    ok &= read_whole(reader, "top", 1, 100000, 0, &table->top);
    ok &= read_whole(reader, "cut", 1, 100000, 0, &table->cut);
    ok &= read_bool(reader, "others", false, &table->others);
    ok &= read_bool(reader, "total", false, &table->total);
    if (!table->sparkline_count) {
        table->sparkline_count = 26;
        table->sparkline_unit = PERIOD_WEEK;
    }
    return ok;
}

static bool read_table_block(struct block_reader *reader, const void **arguments)
{
    struct table_arguments *table = ARENA_NEW(reader->arena, struct table_arguments);
    *arguments = table;
    if (!read_table(reader, &table->table) || !read_rows(reader, table))
        return false;
    const char *key = table->lists_rows && yaml_find(reader->node->body, "columns")
                          ? "columns"
                          : "show";
    bool ok =
        read_shown(reader, key, table->lists_rows, &table->shown, &table->shown_count);
    ok &= read_numbers(reader, table);
    ok &= read_where(reader, "where", table->table->table, &table->where);
    ok &= read_text(reader, "title", &table->title);
    ok &= read_text(reader, "subtitle", &table->subtitle);
    if (table->lists_rows)
        ok &= read_row_order(reader, "sort", table->table->table, &table->order);
    else
        table->sort = yaml_text(reader->node->body, "sort", "");
    table->status = yaml_text(reader->node->body, "status", "");
    if (ok && !table->shown_count && !table->lists_rows) {
        struct diag *diag =
            reader_error(reader, NULL, "M124", "table without \"show\"");
        diag_hint(reader->diags, diag, "add a line such as `show: attacks, killed`");
        ok = false;
    }
    return ok;
}

/* -- Rows of a measure table ------------------------------------------------------------ */

struct table_row {
    struct slice name;
    uint32_t code;
    double key; /* sorts */
    bool is_total, is_others;
};

struct table_data {
    const struct table_arguments *table;
    const struct block_context *context;
    struct period now, before;
    size_t groups;
    const struct cell **cell;    /* [shown] over now, by group */
    const struct cell **earlier; /* [shown] over before */
    const struct cell **history; /* [shown] sparkline bins, NULL if none asked */
    const struct cell *total;    /* [shown] over now, all groups together */
    const struct cell *total_before;
    const struct period *bin;
    size_t bin_count;
    size_t row_count;
    struct table_row *row;
};

static struct period table_window(const struct table_arguments *table,
                                  const struct scope *scope)
{
    if (!table->last_count)
        return scope->period.whole;
    int week_start = scope->frame->week_start;
    struct period last =
        period_holding(table->last_unit, scope->period.whole.last_day, week_start);
    if (last.last_day > scope->period.whole.last_day)
        last = period_shift(last, -1, week_start);
    struct period first = period_shift(last, 1 - (int)table->last_count, week_start);
    return (struct period){PERIOD_RANGE, first.first_day, last.last_day};
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
    return aspect == ASPECT_SPARKLINE || aspect == ASPECT_TREND ||
           aspect == ASPECT_TAU || aspect == ASPECT_P;
}

static void ask_table(struct table_data *data)
{
    const struct table_arguments *table = data->table;
    const struct scope *scope = data->context->scope;
    const struct column *const by[2] = {table->rows, NULL};
    const struct column *const whole[2] = {NULL, NULL};
    size_t groups[2] = {1, 1}, none[2];
    data->cell = ARENA_ARRAY(scope->arena, const struct cell *, table->shown_count);
    data->earlier = ARENA_ARRAY(scope->arena, const struct cell *, table->shown_count);
    data->history = ARENA_ARRAY(scope->arena, const struct cell *, table->shown_count);
    struct cell *total = ARENA_ARRAY(scope->arena, struct cell, table->shown_count);
    struct cell *before = ARENA_ARRAY(scope->arena, struct cell, table->shown_count);
    for (size_t i = 0; i < table->shown_count; i++) {
        const struct measure *measure = table->shown[i].measure;
        if (!measure)
            continue;
        data->cell[i] =
            scope_cells(scope, measure, table->where, by, &data->now, 1, groups);
        data->earlier[i] =
            scope_cells(scope, measure, table->where, by, &data->before, 1, groups);
        if (needs_history(table->shown[i].aspect))
            data->history[i] = scope_cells(scope, measure, table->where, by, data->bin,
                                           data->bin_count, groups);
        total[i] =
            *scope_cells(scope, measure, table->where, whole, &data->now, 1, none);
        before[i] =
            *scope_cells(scope, measure, table->where, whole, &data->before, 1, none);
    }
    data->total = total;
    data->total_before = before;
    data->groups = groups[0];
}

static int compare_rows(const void *a, const void *b)
{
    const struct table_row *left = a, *right = b;
    if (left->key > right->key)
        return -1;
    if (left->key < right->key)
        return 1;
    return slice_compare(left->name, right->name);
}

/* The shown column that the rows are sorted by: `sort: killed, lowest first`. */
static size_t sort_column(const struct table_arguments *table, bool *highest_first)
{
    struct slice rest = table->sort, name;
    *highest_first = true;
    if (!slice_cut(&rest, ',', &name))
        return 0;
    *highest_first = !slice_is(slice_trim(rest), "lowest first");
    name = slice_trim(name);
    for (size_t i = 0; i < table->shown_count; i++) {
        if (table->shown[i].measure && slice_equal(table->shown[i].measure->name, name))
            return i;
    }
    return 0;
}

static void choose_rows(struct table_data *data)
{
    const struct table_arguments *table = data->table;
    bool highest;
    size_t by = sort_column(table, &highest);
    struct arena *arena = data->context->chart.arena;
    data->row = ARENA_ARRAY(arena, struct table_row, data->groups + 2);
    size_t count = 0;
    for (uint32_t code = 0; code < data->groups; code++) {
        bool any = false;
        for (size_t i = 0; i < table->shown_count; i++)
            any = any || (data->cell[i] && data->cell[i][code].rows) ||
                  (data->earlier[i] && data->earlier[i][code].rows);
        if (!any || !data->cell[by])
            continue;
        double key = data->cell[by][code].value;
        data->row[count++] = (struct table_row){
            .name = code ? table->rows->words.word[code]
                         : print_phrase(data->context, "unknown group", 1, NULL, 0),
            .code = code,
            .key = isnan(key) ? -1e300
                   : highest  ? key
                              : -key,
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

/* "Others" is the whole less the rows shown; only sums can be taken apart so. */
static double others_value(const struct table_data *data, size_t column,
                           const struct cell *by_group, double whole)
{
    if (!measure_is_additive(data->table->shown[column].measure))
        return NAN;
    for (size_t i = 0; i < data->row_count && !data->row[i].is_others; i++) {
        double value = by_group[data->row[i].code].value;
        whole -= isnan(value) ? 0 : value;
    }
    return whole;
}

static double row_value(const struct table_data *data, const struct table_row *row,
                        size_t column, bool earlier)
{
    const struct cell *by_group = earlier ? data->earlier[column] : data->cell[column];
    const struct cell *whole =
        earlier ? &data->total_before[column] : &data->total[column];
    if (row->is_total)
        return whole->value;
    if (row->is_others)
        return others_value(data, column, by_group, whole->value);
    return by_group[row->code].value;
}

/* -- Cells ------------------------------------------------------------------------------- */

static double largest(const struct table_data *data, size_t column)
{
    double most = 0;
    for (size_t i = 0; i < data->row_count; i++) {
        double value = row_value(data, &data->row[i], column, false);
        if (!data->row[i].is_total && value > most)
            most = value;
    }
    return most;
}

static struct slice percent_change(const struct table_data *data, double now,
                                   double before)
{
    struct text text = {.arena = data->context->chart.arena};
    /* No percentages of small numbers: they say more than the counts do. */
    if (isnan(now) || isnan(before) || before < 10 || now < 10)
        return SLICE_LITERAL("\xe2\x80\x93");
    double percent = round(100 * (now - before) / before);
    if (percent > 0)
        text_append_string(&text, "+");
    locale_number(data->context->chart.locale, percent, 0, &text);
    text_append_string(&text, "%");
    return text_slice(&text);
}

static const struct text_style *change_style(const struct table_data *data,
                                             const struct measure *measure,
                                             double difference)
{
    const struct theme *theme = data->context->chart.theme;
    struct text_style *style = arena_copy(
        data->context->chart.arena, &theme->text[TEXT_TABLE_STRONG], sizeof *style);
    style->colour = theme->colour[COLOUR_SECONDARY];
    if (measure_is_harm(measure) && difference > 0)
        style->colour = theme->colour[COLOUR_ATTACK_TEXT];
    if (measure_is_harm(measure) && difference < 0)
        style->colour = theme->colour[COLOUR_OPERATION_TEXT];
    return style;
}

static struct box *row_sparkline(const struct table_data *data,
                                 const struct table_row *row, size_t column)
{
    const struct shown *shown = &data->table->shown[column];
    const struct cell *history = data->history[column];
    if (row->is_total || row->is_others || !history)
        return NULL;
    struct arena *arena = data->context->chart.arena;
    double *value = ARENA_ARRAY(arena, double, data->bin_count);
    for (size_t i = 0; i < data->bin_count; i++)
        value[i] = history[row->code * data->bin_count + i].value;
    bool provisional =
        data->bin_count &&
        history[row->code * data->bin_count + data->bin_count - 1].provisional;
    return sparkline_box(&data->context->chart, value, data->bin_count, NULL, NULL,
                         measure_tone(shown->measure), provisional, 60, 9);
}

static struct slice print_share(const struct table_data *data, double part,
                                double whole)
{
    struct text text = {.arena = data->context->chart.arena};
    if (!(whole > 0) || isnan(part))
        return SLICE_LITERAL("\xe2\x80\x93");
    locale_number(data->context->chart.locale, round(100 * part / whole), 0, &text);
    text_append_string(&text, "%");
    return text_slice(&text);
}

static void fill_cell(const struct table_data *data, size_t row_number, size_t column,
                      struct sheet_cell *cell)
{
    const struct block_context *context = data->context;
    const struct table_row *row = &data->row[row_number];
    const struct shown *shown = &data->table->shown[column];
    double now = row_value(data, row, column, false);
    double before = row_value(data, row, column, true);
    switch (shown->aspect) {
    case ASPECT_CHANGE: {
        double difference = now - before;
        bool whole = difference == floor(difference);
        cell->text = print_signed(context, difference, whole ? 0 : 1);
        cell->style = change_style(data, shown->measure, difference);
        break;
    }
    case ASPECT_PERCENT:
        cell->text = percent_change(data, now, before);
        cell->style = change_style(data, shown->measure, now - before);
        break;
    case ASPECT_PREVIOUS:
        cell->text = print_value(context, shown->measure, before);
        break;
    case ASPECT_SPARKLINE: cell->box = row_sparkline(data, row, column); break;
    case ASPECT_SHARE:
        cell->text = print_share(data, now, data->total[column].value);
        break;
    case ASPECT_BAR: {
        double most = largest(data, column);
        cell->text = print_value(context, shown->measure, now);
        cell->share = most > 0 && now > 0 && !row->is_total ? now / most : 0;
        if (cell->share > 1)
            cell->share = 1;
        cell->light = data->table->cut && row_number >= (size_t)data->table->cut;
        break;
    }
    default: cell->text = print_value(context, shown->measure, now); break;
    }
    if (!row->is_others && !row->is_total)
        record_figure(context, "table", shown->measure, data->table->where, data->now,
                      row->name, &data->cell[column][row->code], cell->text);
}

static struct slice column_head(const struct table_data *data,
                                const struct shown *shown)
{
    static const char *const keys_of[ASPECT_COUNT] = {
        [ASPECT_CHANGE] = "table.change",   [ASPECT_PERCENT] = "table.percent",
        [ASPECT_PREVIOUS] = "table.before", [ASPECT_SHARE] = "table.share",
        [ASPECT_TAU] = "table.tau",         [ASPECT_P] = "table.p",
        [ASPECT_TREND] = "table.trend",
    };
    const struct block_context *context = data->context;
    if (shown->label.size)
        return shown->label;
    struct slice label = measure_label(shown->measure, context->chart.arena);
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
    return print_phrase(context, keys_of[shown->aspect], 1, &part, 1);
}

static void fill_columns(const struct table_data *data, struct sheet_column *column)
{
    const struct table_arguments *table = data->table;
    column[0] = (struct sheet_column){
        .head = table->rows ? table->rows->name : (struct slice){0}, .strong = true};
    struct measure named = {.name = column[0].head};
    column[0].head = measure_label(&named, data->context->chart.arena);
    for (size_t i = 0; i < table->shown_count; i++) {
        const struct shown *shown = &table->shown[i];
        column[i + 1] = (struct sheet_column){
            .head = column_head(data, shown),
            .kind = shown->aspect == ASPECT_BAR         ? SHEET_BAR
                    : shown->aspect == ASPECT_SPARKLINE ? SHEET_BOX
                                                        : SHEET_NUMBER,
            .tone = measure_tone(shown->measure),
            .box_width = shown->aspect == ASPECT_SPARKLINE ? 62 : 0,
        };
    }
}

static struct sheet build_sheet(struct table_data *data)
{
    struct arena *arena = data->context->chart.arena;
    size_t columns = data->table->shown_count + 1;
    choose_rows(data);
    struct sheet sheet = {.column_count = columns, .has_head = true};
    sheet.total_rows = add_closing_rows(data);
    sheet.row_count = data->row_count;
    sheet.cut_row = data->table->cut > 0 ? (size_t)data->table->cut : 0;
    struct sheet_column *column = ARENA_ARRAY(arena, struct sheet_column, columns);
    fill_columns(data, column);
    sheet.column = column;
    sheet.cell = ARENA_ARRAY(arena, struct sheet_cell, columns * sheet.row_count);
    for (size_t i = 0; i < sheet.row_count; i++) {
        sheet.cell[i * columns].text = data->row[i].name;
        for (size_t j = 0; j < data->table->shown_count; j++)
            fill_cell(data, i, j, &sheet.cell[i * columns + j + 1]);
    }
    return sheet;
}

static struct slice printed_or(const struct template_text *text,
                               const struct scope *scope, struct slice fallback)
{
    return text ? template_text_print(text, scope) : fallback;
}

static struct box *lay_table(const void *arguments, const struct block_context *context,
                             double width)
{
    const struct table_arguments *table = arguments;
    const struct scope *scope = context->scope;
    struct slice title = printed_or(table->title, scope, (struct slice){0});
    struct slice subtitle = printed_or(table->subtitle, scope, (struct slice){0});
    struct box *body;
    if (table->lists_rows) {
        body = lay_data_table(table, context, width);
    } else {
        struct table_data data = {
            .table = table, .context = context, .now = table_window(table, scope)};
        data.before = table->last_count
                          ? period_shift(data.now, -1, scope->frame->week_start)
                          : scope->compare.whole;
        data.bin_count = sparkline_bins(table, scope, &data.bin);
        ask_table(&data);
        if (scope->rehearsal)
            return box_new(context->chart.arena, "rehearsal", 0, 0);
        struct sheet sheet = build_sheet(&data);
        body = sheet_box(&context->chart, &sheet, width);
    }
    if (scope->rehearsal || !title.size)
        return body;
    struct flow *flow = ARENA_NEW(context->chart.arena, struct flow);
    *flow = (struct flow){.arena = context->chart.arena, .width = width};
    flow_add(flow, figure_head(&context->chart, title, subtitle, width))
        ->keep_with_next = true;
    flow_add(flow, body)->space_before = 6;
    return flow_box(flow, "table figure");
}

const struct block_kind block_table = {
    "table",   "measures by a field or a period, or the rows of a tracker",
    keys,      read_table_block,
    lay_table,
};

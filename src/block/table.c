/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `table`: measures in columns, the values of a field in rows. */
#include "block/table_block.h"

static const struct block_key keys[] = {
    {"rows", "district", "field or period that gives the rows", TAKES_WORD},
    {"rank", "yes", "rows are numbered", TAKES_YES_NO},
    {"beside", "province", "another field's word behind each name", TAKES_WORD},
    {"show", "attacks, killed change, killed bar",
     "columns: measures and their aspects", TAKES_LIST},
    {"columns", "point, status", "columns of a data table, as written in the file",
     TAKES_LIST},
    {"data", "nap", "another table than the main one", TAKES_WORD},
    {"where", "province is Sindh", "only rows that meet it", TAKES_WORD},
    {"last", "4 weeks", "the window; else the brief's period", TAKES_LENGTH},
    {"compare", "26 weeks", "changes: the last so many against as many before",
     TAKES_LENGTH},
    {"sparkline", "26 weeks", "how far back sparklines and tests reach", TAKES_LENGTH},
    {"sort", "killed, highest first", "else by the first measure, highest first",
     TAKES_WORD},
    {"groups", "province", "rows of one province below each other, under its name",
     TAKES_WORD},
    {"subtotals", "yes", "below a group's rows their sum, of counts and sums",
     TAKES_YES_NO},
    {"top", "10", "only so many rows", TAKES_WHOLE(1, 100000)},
    {"cut", "5", "a rule below so many rows, and the rest in a lighter tint",
     TAKES_WHOLE(1, 100000)},
    {"others", "yes", "the rest as one more row", TAKES_YES_NO},
    {"total", "yes", "a last row with the whole; yes where there are subtotals",
     TAKES_YES_NO},
    {"title", "\"Five districts …\"", "the finding; else the measure's name",
     TAKES_TEXT},
    {"subtitle", "\"Last four weeks\"", "else measure and period", TAKES_TEXT},
    {"status", "status", "the column of a data table to mark done, partly, none",
     TAKES_WORD},
    {"id", "districts", "name for links", TAKES_WORD},
    {0},
};

/* Without `rows` a table lists a file's rows, of which measures say nothing. */
static bool shows_measures(struct block_reader *reader)
{
    size_t count;
    struct slice label;
    const struct yaml *list =
        yaml_list(yaml_find(reader->node->body, "show"), reader->arena, &count);
    struct shown shown = {0};
    bool has_columns = yaml_find(reader->node->body, "columns") != NULL;
    for (size_t i = 0; !has_columns && i < count; i++) {
        if (find_shown(reader->scope, shown_word(list[i].text, &label), &shown))
            return true;
    }
    return false;
}

static bool read_rows(struct block_reader *reader, struct table_arguments *table)
{
    const struct yaml *value = yaml_find(reader->node->body, "rows");
    if (!value || !value->text.size) {
        table->lists_rows = true;
        return !shows_measures(reader) || reader_missing(reader, "rows", "province");
    }
    if (is_period_unit(table->table->table, value->text, &table->unit)) {
        table->by_period = true;
        return true;
    }
    return read_group_column(reader, "rows", table->table->table, &table->rows);
}

static bool read_numbers(struct block_reader *reader, struct table_arguments *table)
{
    bool ok = read_length(reader, "last", &table->last_count, &table->last_unit);
    ok &= read_length(reader, "compare", &table->compare_count, &table->compare_unit);
    ok &= read_length(reader, "sparkline", &table->sparkline_count,
                      &table->sparkline_unit);
    ok &= read_whole(reader, "top", 0, &table->top);
    ok &= read_whole(reader, "cut", 0, &table->cut);
    ok &= read_bool(reader, "others", false, &table->others);
    ok &= read_bool(reader, "subtotals", false, &table->subtotals);
    ok &= read_bool(reader, "total", table->subtotals, &table->total);
    if (!table->sparkline_count) {
        table->sparkline_count = 26;
        table->sparkline_unit = PERIOD_WEEK;
    }
    return ok;
}

static bool unsorted(struct block_reader *reader, const struct table_arguments *table,
                     const struct yaml *value, struct slice name)
{
    struct slice *known = ARENA_ARRAY(reader->arena, struct slice, table->shown_count);
    for (size_t i = 0; i < table->shown_count; i++)
        known[i] = table->shown[i].measure->name;
    struct diag *diag =
        reader_error(reader, value, "M126", "the table shows no \"%.*s\" to sort by",
                     SLICE_PRINT(name));
    diag->width = (int)utf8_length(name);
    diag_suggest(reader->diags, diag, name, known, table->shown_count);
    return false;
}

/* A measure table is sorted by one of the measures that it shows. */
static bool read_sort(struct block_reader *reader, struct table_arguments *table)
{
    const struct yaml *value = yaml_find(reader->node->body, "sort");
    table->highest_first = true;
    if (!value || !value->text.size)
        return true;
    struct slice rest = value->text, name;
    slice_cut(&rest, ',', &name);
    name = slice_trim(name);
    rest = slice_trim(rest);
    table->is_sorted = true;
    while (table->sort < table->shown_count &&
           !slice_equal(table->shown[table->sort].measure->name, name))
        table->sort++;
    if (table->sort == table->shown_count)
        return unsorted(reader, table, value, name);
    table->highest_first = !slice_is(rest, "lowest first");
    if (!rest.size || slice_is(rest, "highest first") || !table->highest_first)
        return true;
    struct diag *diag =
        reader_error(reader, value, "M125", "sort order \"%.*s\"", SLICE_PRINT(rest));
    diag_hint(reader->diags, diag, "write highest first or lowest first");
    return false;
}

/* One period has no history of its own. */
static bool aspects_fit(struct block_reader *reader,
                        const struct table_arguments *table)
{
    for (size_t i = 0; table->by_period && i < table->shown_count; i++) {
        const struct shown *shown = &table->shown[i];
        if (shown->aspect != ASPECT_SPARKLINE && shown->aspect != ASPECT_TAU &&
            shown->aspect != ASPECT_P)
            continue;
        struct diag *diag =
            diags_error(reader->diags, shown->at, "M115", "a row of one %s has no %s",
                        period_unit_name(table->unit),
                        shown->aspect == ASPECT_SPARKLINE ? "sparkline" : "trend");
        diag->width = (int)utf8_length(shown->measure->name);
        diag_hint(reader->diags, diag, "it has change, percent change and previous");
        return false;
    }
    return true;
}

static bool read_status(struct block_reader *reader, struct table_arguments *table)
{
    struct column *column;
    table->status = yaml_text(reader->node->body, "status", "");
    return read_column(reader, "status", table->table->table, &column);
}

/* Rows that are one of several words each, or periods, lie in no one group. */
static bool read_groups(struct block_reader *reader, struct table_arguments *table)
{
    const struct yaml *value = yaml_find(reader->node->body, "groups");
    if (!read_group_column(reader, "groups", table->table->table, &table->groups))
        return false;
    if (!table->groups || table->rows || table->lists_rows)
        return true;
    struct diag *diag =
        reader_error(reader, value, "M115", "a row of one %s is in no %.*s",
                     period_unit_name(table->unit), SLICE_PRINT(value->text));
    diag_hint(reader->diags, diag, "groups are for rows such as district");
    return false;
}

static bool subtotals_fit(struct block_reader *reader,
                          const struct table_arguments *table)
{
    if (!table->subtotals || (table->groups && !table->lists_rows))
        return true;
    const struct yaml *value = yaml_find(reader->node->body, "subtotals");
    bool has_groups = yaml_find(reader->node->body, "groups") != NULL;
    if (has_groups && !table->lists_rows)
        return true; /* the groups are wrong, and that is told */
    struct diag *diag =
        reader_error(reader, value, "M115",
                     table->lists_rows ? "a table of a file's rows has no subtotals"
                                       : "subtotals of what?");
    diag_hint(reader->diags, diag, "%s",
              table->lists_rows
                  ? "they are sums of measures: rows: district, show: attacks"
                  : "groups: province says whose rows are added up");
    return false;
}

/* The rows of a file have no sums, windows or ranks, a table of measures no columns. */
static void warn_unused(struct block_reader *reader,
                        const struct table_arguments *table)
{
    static const char *const of_measures[] = {
        "rank", "beside", "last", "compare", "sparkline", "cut", "others", "total"};
    static const char *const of_files[] = {"columns", "status"};
    const struct yaml *body = reader->node->body;
    const bool lists = table->lists_rows;
    const bool has_columns = lists && yaml_find(body, "columns");
    for (size_t i = 0; i < body->count; i++) {
        const struct yaml *key = &body->key[i];
        bool is_unused = has_columns && slice_is(key->text, "show");
        for (size_t j = 0; lists && j < sizeof of_measures / sizeof *of_measures; j++)
            is_unused = is_unused || slice_is(key->text, of_measures[j]);
        for (size_t j = 0; !lists && j < sizeof of_files / sizeof *of_files; j++)
            is_unused = is_unused || slice_is(key->text, of_files[j]);
        if (!is_unused)
            continue;
        struct diag *diag = diags_warn(
            reader->diags, key->at, "M110", "\"%.*s\" does nothing in a table of %s",
            SLICE_PRINT(key->text), lists ? "a file's rows" : "measures");
        diag->width = key->width;
        diag_hint(reader->diags, diag, "%s",
                  has_columns && slice_is(key->text, "show")
                      ? "`columns` says already what is shown"
                  : lists ? "take it out, or say what is counted: rows: district, "
                            "show: attacks"
                          : "take it out; it is for tables without `rows`");
    }
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
    ok &= read_groups(reader, table);
    ok &= subtotals_fit(reader, table);
    ok &= read_bool(reader, "rank", false, &table->rank);
    ok &= read_group_column(reader, "beside", table->table->table, &table->beside);
    ok &= read_where(reader, "where", table->table->table, &table->where);
    ok &= read_text(reader, "title", &table->title);
    ok &= read_text(reader, "subtitle", &table->subtitle);
    if (table->lists_rows)
        ok &= read_row_order(reader, "sort", table->table->table, &table->order);
    else if (ok)
        ok = table->shown_count ? read_sort(reader, table) && aspects_fit(reader, table)
                                : reader_missing(reader, "show", "attacks, killed");
    for (size_t i = 0; table->lists_rows && !table->shown_count && ok &&
                       i < table->table->table->column_count;
         i++)
        table_want(table->table->table, &table->table->table->column[i]);
    warn_unused(reader, table);
    return read_status(reader, table) && ok;
}

/* -- Laying ------------------------------------------------------------------------ */

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
    struct box *body = table->lists_rows ? lay_data_table(table, context, width)
                                         : lay_measure_table(table, context, width);
    if (scope->rehearsal || !title.size)
        return body;
    const struct picture *data = body->picture;
    body->picture = NULL;
    struct flow *flow = ARENA_NEW(context->chart.arena, struct flow);
    *flow = (struct flow){.arena = context->chart.arena, .width = width};
    flow_add(flow, figure_head(&context->chart, title, subtitle, width))
        ->keep_with_next = true;
    flow_add(flow, body)->space_before = 4;
    struct box *box = flow_box(flow, "table figure");
    box->picture = data;
    return box;
}

const struct block_kind block_table = {
    "table",   "measures by a field or a period, or the rows of a tracker",
    keys,      read_table_block,
    lay_table,
};

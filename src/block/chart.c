/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `chart`: a figure of any kind in the registry. */
#include "block/chart_block.h"

#include <string.h>

static void suggest_kinds(struct block_reader *reader, struct diag *diag,
                          struct slice word)
{
    size_t count;
    const struct chart_kind *const *kind = chart_kinds(&count);
    struct slice *name = ARENA_ARRAY(reader->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        name[i] = slice_of(kind[i]->name);
    if (slice_is(word, "pie") || slice_is(word, "donut") || slice_is(word, "doughnut"))
        diag_hint(reader->diags, diag,
                  "parts of a whole are read from bars: type: bars, or stacked with "
                  "shares: yes");
    else
        diag_suggest(reader->diags, diag, word, name, count);
    if (!diag->hint)
        diag_hint(reader->diags, diag, "\"sitrep list charts\" shows them all");
}

static bool read_kind(struct block_reader *reader, struct chart_arguments *chart)
{
    const struct yaml *value = yaml_find(reader->node->body, "type");
    chart->kind = chart_kind_find(value ? value->text : SLICE_LITERAL("line"));
    if (chart->kind)
        return true;
    struct diag *diag =
        reader_error(reader, value, "M121", "there is no chart type \"%.*s\"",
                     SLICE_PRINT(value->text));
    suggest_kinds(reader, diag, value->text);
    return false;
}

static bool read_axis(struct block_reader *reader, const char *key,
                      struct chart_arguments *chart, struct axis *axis, bool *is_there)
{
    const struct yaml *value = yaml_find(reader->node->body, key);
    *is_there = value && value->text.size;
    if (!*is_there)
        return true;
    struct table *table = chart->table->table;
    if (slice_is(value->text, "weekday"))
        axis->kind = AXIS_WEEKDAY;
    else if (slice_is(value->text, "month of year"))
        axis->kind = AXIS_MONTH;
    else if (slice_is(value->text, "incident") || slice_is(value->text, "row"))
        axis->kind = AXIS_ROWS;
    else if (is_period_unit(table, value->text, &axis->unit))
        axis->kind = AXIS_PERIODS;
    else {
        axis->kind = AXIS_COLUMN;
        return read_group_column(reader, key, table, &axis->column);
    }
    return true;
}

/* The period before the chart's: the words must say what will be drawn. */
static bool tick_fits(const struct chart_arguments *chart, const struct scope *scope,
                      struct slice words)
{
    enum period_unit unit,
        wanted = chart->last_count ? chart->last_unit : scope->period.unit;
    size_t count = 1,
           expected = chart->last_count ? chart->last_count : scope->period.count;
    if (!slice_starts_with(words, "previous"))
        return false;
    words = slice_trim(slice_from(words, strlen("previous")));
    if (!words.size || slice_is(words, "period"))
        return true;
    return (period_parse_unit(words, &unit) ||
            period_parse_length(words, &count, &unit)) &&
           unit == wanted && count == (expected ? expected : 1);
}

static bool read_tick(struct block_reader *reader, struct chart_arguments *chart)
{
    const char *key = yaml_find(reader->node->body, "tick") ? "tick" : "compare";
    const struct yaml *value = yaml_find(reader->node->body, key);
    const struct scope *scope = reader->scope;
    if (chart->kind->needs & NEEDS_BEFORE)
        chart->tick = true;
    if (!value || !value->text.size || yaml_bool(value, &chart->tick))
        return true;
    chart->tick = tick_fits(chart, scope, slice_fold(reader->arena, value->text));
    if (chart->tick)
        return true;
    size_t count = chart->last_count ? chart->last_count : scope->period.count;
    enum period_unit unit = chart->last_count ? chart->last_unit : scope->period.unit;
    struct diag *diag = reader_error(reader, value, "M114", "%s is \"%.*s\"", key,
                                     SLICE_PRINT(value->text));
    if (unit == PERIOD_RANGE)
        diag_hint(reader->diags, diag, "write %s: previous period", key);
    else if (count > 1)
        diag_hint(reader->diags, diag, "the chart shows %zu %ss: %s: previous %zu %ss",
                  count, period_unit_name(unit), key, count, period_unit_name(unit));
    else
        diag_hint(reader->diags, diag, "the chart shows a %s: %s: previous %s",
                  period_unit_name(unit), key, period_unit_name(unit));
    return false;
}

/* An average over weeks of a chart by month would be one over as many months. */
static bool read_average(struct block_reader *reader, struct chart_arguments *chart)
{
    const struct yaml *value = yaml_find(reader->node->body, "average");
    enum period_unit unit;
    if (!read_length(reader, "average", &chart->average_count, &unit))
        return false;
    if (!chart->average_count || chart->by.kind != AXIS_PERIODS ||
        unit == chart->by.unit)
        return true;
    const char *by = period_unit_name(chart->by.unit);
    struct diag *diag = reader_error(reader, value, "M119", "the chart is by %s", by);
    diag_hint(reader->diags, diag, "give the average in %ss: %zu %ss", by,
              chart->average_count, by);
    return false;
}

/* What stands on 0 has no place on a logarithmic axis: it is drawn on an even one. */
static void check_scale(struct block_reader *reader, struct chart_arguments *chart)
{
    const struct yaml *scale = yaml_find(reader->node->body, "scale");
    if (!chart->logarithmic || !scale || chart->kind->needs & TAKES_LOG)
        return;
    chart->logarithmic = false;
    struct diag *diag =
        diags_warn(reader->diags, scale->at, "M158",
                   "\"%s\" stands on 0, which a logarithmic scale doesn't have",
                   chart->kind->name);
    diag->width = scale->width;
    diag_hint(reader->diags, diag,
              "the scale is left even; type: line, multiples or scatter take scale: "
              "log");
}

static bool read_options(struct block_reader *reader, struct chart_arguments *chart)
{
    size_t band, scale;
    bool ok = read_text(reader, "title", &chart->title);
    ok &= read_text(reader, "subtitle", &chart->subtitle);
    ok &= read_text(reader, "source", &chart->source);
    ok &= read_text(reader, "alt", &chart->alt);
    ok &= read_length(reader, "last", &chart->last_count, &chart->last_unit);
    ok &= read_average(reader, chart);
    ok &= read_tick(reader, chart);
    ok &= read_chart_notes(reader, chart);
    ok &= read_choice(reader, "band", &band);
    ok &= read_choice(reader, "scale", &scale);
    ok &= read_whole(reader, "top", 0, &chart->top);
    ok &= read_range(reader, "height", &chart->height, &chart->most_height);
    ok &= read_whole(reader, "limit", 2000, &chart->limit);
    ok &= read_bool(reader, "others", false, &chart->others);
    ok &= read_bool(reader, "shares", false, &chart->shares);
    chart->highlight = yaml_find(reader->node->body, "highlight");
    chart->band = band == 1;
    chart->logarithmic = scale == 1;
    check_scale(reader, chart);
    return ok;
}

static struct column *wanted(struct table *table, const char *name)
{
    struct column *column = table_find(table, slice_of(name));
    if (column)
        table_want(table, column);
    return column;
}

/* Lanes bring the colours of what they are. */
static void warn_of_two_colours(struct block_reader *reader)
{
    const struct yaml *colour = yaml_find(reader->node->body, "colour");
    if (!colour || !yaml_find(reader->node->body, "lanes"))
        return;
    struct diag *diag = diags_warn(reader->diags, colour->at, "M159",
                                   "\"colour\" is not used: the lanes have colours");
    diag->width = colour->width;
    diag_hint(reader->diags, diag, "lanes: %.*s instead colours by it",
              SLICE_PRINT(colour->text));
}

static bool read_marks(struct block_reader *reader, struct chart_arguments *chart)
{
    struct table *table = chart->table->table;
    bool ok = read_column(reader, "size", table, &chart->size) &&
              read_column(reader, "colour", table, &chart->colour);
    if (!(chart->kind->needs & NEEDS_POINTS))
        return ok;
    if (!chart->size)
        chart->size = wanted(table, "killed");
    chart->label_type = wanted(table, "type");
    chart->label_place = wanted(table, "district");
    ok = ok && read_whole(reader, "labels", 3, &chart->labels);
    if (!(chart->kind->needs & NEEDS_TIME)) {
        chart->longitude = wanted(table, "lon");
        chart->latitude = wanted(table, "lat");
        return ok;
    }
    warn_of_two_colours(reader);
    if (yaml_find(reader->node->body, "lanes"))
        ok = ok && read_column(reader, "lanes", table, &chart->colour);
    if (!chart->colour)
        chart->colour = wanted(table, "side");
    return ok;
}

/* Marks that don't stand along time stand at their coordinates. */
static bool has_places(struct block_reader *reader, const struct chart_arguments *chart)
{
    if ((chart->kind->needs & NEEDS_TIME) || (chart->longitude && chart->latitude))
        return true;
    const struct yaml *type = yaml_find(reader->node->body, "type");
    struct diag *diag = reader_error(reader, type, "M127", "the table has no %s",
                                     chart->longitude ? "\"lat\"" : "\"lon\"");
    diag_hint(reader->diags, diag, "a %s needs coordinates; type: timeline doesn't",
              chart->kind->name);
    return false;
}

static bool wrong_axis(struct block_reader *reader, const char *what, const char *cure)
{
    const struct yaml *by = yaml_find(reader->node->body, "by");
    struct diag *diag = reader_error(reader, by, "M124", "%s", what);
    diag_hint(reader->diags, diag, "%s", cure);
    return false;
}

/* Marks of a field's values stand at two measures, and not along time. */
static bool has_two_measures(struct block_reader *reader,
                             const struct chart_arguments *chart)
{
    if (chart->kind->needs & NEEDS_TIME)
        return wrong_axis(reader,
                          arena_print(reader->arena, "\"%s\" has a mark an incident",
                                      chart->kind->name),
                          "write by: incident, or leave it out");
    if (chart->shown_count == 2)
        return true;
    struct diag *diag =
        reader_error(reader, yaml_find(reader->node->body, "show"), "M139",
                     "a scatter by a field shows %zu measures", chart->shown_count);
    diag_hint(reader->diags, diag, "it needs two: show: attacks, killed");
    return false;
}

/* Bars in parts: on each other where these add up, else side by side. */
static void choose_bars(struct chart_arguments *chart)
{
    bool is_bars = slice_is(slice_of(chart->kind->name), "bars");
    if (!is_bars || (!chart->is_split && chart->shown_count < 2))
        return;
    bool adds_up = chart->is_split && measure_is_additive(chart->shown[0].measure);
    chart->kind = chart_kind_find(slice_of(adds_up ? "stacked" : "grouped"));
}

/* More than a kind draws would be left out without a word. */
static bool draws_all(struct block_reader *reader, const struct chart_arguments *chart)
{
    unsigned needs = chart->kind->needs;
    bool is_one = needs & ONE_SERIES, is_change = needs & DRAWS_CHANGES;
    size_t most = chart->is_split                    ? 1
                  : is_one && !is_change             ? 1
                  : needs & (ONE_SERIES | TWO_SIDES) ? 2
                                                     : SIZE_MAX;
    bool has_parts = is_one && chart->is_split;
    if ((needs & NEEDS_POINTS) || (!has_parts && chart->shown_count <= most))
        return true;
    const char *key = has_parts ? "split by" : "show";
    struct diag *diag = reader_error(reader, yaml_find(reader->node->body, key), "M150",
                                     "\"%s\" shows %s%s", chart->kind->name,
                                     most == 2 ? "two measures" : "one measure",
                                     has_parts         ? " without parts"
                                     : chart->is_split ? " in parts"
                                                       : "");
    diag_hint(reader->diags, diag,
              has_parts ? "write type: grouped, stacked or heat"
                        : "write type: grouped, or a chart for each");
    return false;
}

/* Parts of one whole lie on each other: of counts and sums, or shares of the same. */
static bool parts_add_up(struct block_reader *reader,
                         const struct chart_arguments *chart)
{
    bool is_stack = (chart->kind->needs & PARTS_OF_WHOLE) &&
                    (chart->is_split || chart->shown_count > 1);
    bool is_sum = is_stack || slice_is(slice_of(chart->kind->name), "waterfall");
    for (size_t i = 0; is_sum && i < chart->shown_count; i++) {
        const struct measure *measure = chart->shown[i].measure;
        bool is_share = measure->kind == MEASURE_SHARE && !chart->is_split &&
                        chart->shown_count > 1;
        if (measure_is_additive(measure) || is_share)
            continue;
        struct diag *diag = reader_error(
            reader, yaml_find(reader->node->body, "show"), "M147",
            "parts of \"%.*s\" don't add up to a whole", SLICE_PRINT(measure->name));
        diag_hint(
            reader->diags, diag,
            chart->by.kind == AXIS_PERIODS
                ? "counts and sums do; of others write type: line or multiples"
                : "counts and sums do; of others write type: grouped or dumbbell");
        return false;
    }
    return true;
}

/* Counts printed as percent of nothing would be a hundred times too large. Of a kind
 * without parts `shares` is told to do nothing, see chart_keys.c. */
static bool shares_have_a_whole(struct block_reader *reader,
                                const struct chart_arguments *chart)
{
    bool has_parts = chart->is_split || chart->shown_count > 1, are_shares = true;
    for (size_t i = 0; i < chart->shown_count; i++)
        are_shares &= chart->shown[i].measure->kind == MEASURE_SHARE;
    if (!chart->shares || (are_shares && chart->shown_count) || has_parts)
        return true;
    const struct yaml *key = yaml_find(reader->node->body, "shares");
    struct diag *diag = reader_error(reader, key, "M161",
                                     "\"shares\" needs parts, and this is one measure");
    diag_hint(reader->diags, diag, "write split by: side, or leave shares out");
    return false;
}

/* One axis, one unit: else a count would be printed as a percentage. */
static bool is_one_unit(struct block_reader *reader,
                        const struct chart_arguments *chart)
{
    if (chart->kind->needs & NEEDS_POINTS)
        return true;
    for (size_t i = 1; i < chart->shown_count; i++) {
        const struct measure *first = chart->shown[0].measure,
                             *other = chart->shown[i].measure;
        if ((first->kind == MEASURE_SHARE) == (other->kind == MEASURE_SHARE))
            continue;
        bool is_first = first->kind == MEASURE_SHARE;
        const struct measure *share = is_first ? first : other;
        const struct measure *number = is_first ? other : first;
        struct diag *diag = reader_error(
            reader, yaml_find(reader->node->body, "show"), "M162",
            "\"%.*s\" is a share and \"%.*s\" isn't: one axis can't hold both",
            SLICE_PRINT(share->name), SLICE_PRINT(number->name));
        diag_hint(reader->diags, diag, "give each a chart, or show both in a table");
        return false;
    }
    return true;
}

static bool has_what_kind_needs(struct block_reader *reader,
                                const struct chart_arguments *chart, bool has_by)
{
    unsigned needs = chart->kind->needs;
    const char *name = chart->kind->name;
    if (needs & NEEDS_POINTS && chart->by.kind == AXIS_COLUMN)
        return has_two_measures(reader, chart);
    if (needs & NEEDS_POINTS)
        return has_places(reader, chart);
    if (!has_by)
        return reader_missing(reader, "by", needs & NEEDS_TIME ? "week" : "province");
    if (needs & NEEDS_TIME && chart->by.kind != AXIS_PERIODS)
        return wrong_axis(reader,
                          arena_print(reader->arena, "\"%s\" goes along time", name),
                          "write by: week, or type: bars");
    if (chart->by.kind == AXIS_ROWS)
        return wrong_axis(
            reader, arena_print(reader->arena, "\"%s\" has no mark an incident", name),
            "write by: province, or type: scatter or timeline");
    if (needs & NEEDS_CATEGORIES && chart->by.kind == AXIS_PERIODS)
        return wrong_axis(
            reader,
            arena_print(reader->arena, "\"%s\" compares the values of a field", name),
            "write by: province, or type: bars");
    if (chart->is_split && chart->split.kind == AXIS_ROWS)
        return wrong_axis(reader, "parts can't be incidents",
                          "write split by: province, or weekday");
    if (chart->is_split && chart->split.kind == AXIS_PERIODS &&
        chart->by.kind == AXIS_PERIODS)
        return wrong_axis(reader, "both fields are periods",
                          "write split by: weekday, or by: province");
    bool is_calendar = chart->by.kind == AXIS_PERIODS;
    if (needs & NEEDS_SPLIT && !chart->is_split && !is_calendar)
        return reader_missing(reader, "split by", "weekday");
    return true;
}

static bool read_chart_measures(struct block_reader *reader,
                                struct chart_arguments *chart)
{
    if (chart->kind->needs & NEEDS_POINTS)
        return read_shown(reader, "show", false, &chart->shown, &chart->shown_count);
    return read_measures(reader, "show", &chart->shown, &chart->shown_count);
}

static bool read_chart(struct block_reader *reader, const void **arguments)
{
    struct chart_arguments *chart = ARENA_NEW(reader->arena, struct chart_arguments);
    *arguments = chart;
    bool has_by = false;
    if (!read_kind(reader, chart) || !read_table(reader, &chart->table))
        return false;
    chart->by.kind = AXIS_ROWS;
    bool ok = read_chart_measures(reader, chart);
    ok &= read_axis(reader, "by", chart, &chart->by, &has_by);
    ok &= read_axis(reader, "split by", chart, &chart->split, &chart->is_split);
    ok &= read_where(reader, "where", chart->table->table, &chart->where);
    ok &= read_options(reader, chart);
    ok = ok && read_trend(reader, chart);
    ok &= read_marks(reader, chart);
    if (!ok)
        return false;
    const struct chart_kind *written = chart->kind;
    choose_bars(chart);
    check_key_use(reader, chart, written);
    return has_what_kind_needs(reader, chart, has_by) && draws_all(reader, chart) &&
           parts_add_up(reader, chart) && shares_have_a_whole(reader, chart) &&
           is_one_unit(reader, chart);
}

/* -- Laying ---------------------------------------------------------------------------- */

struct period chart_window(const struct chart_arguments *chart,
                           const struct scope *scope)
{
    bool is_cycle = chart->by.kind == AXIS_WEEKDAY || chart->by.kind == AXIS_MONTH;
    /* The calendar's own rhythm is read off all data. */
    if (is_cycle && !chart->last_count) {
        const struct table *table = chart->shown_count && chart->shown[0].measure
                                        ? chart->shown[0].measure->table
                                        : chart->table->table;
        return (struct period){PERIOD_RANGE, table->first_day, table->last_day};
    }
    return last_periods(scope, chart->last_count, chart->last_unit);
}

const struct table *chart_table(const struct chart_arguments *chart,
                                const struct scope *scope, struct period earlier)
{
    for (size_t i = 0; i < chart->shown_count; i++) {
        const struct measure *measure = chart->shown[i].measure;
        if (measure && !scope_covers(scope, measure->table, earlier))
            return measure->table;
    }
    return chart->shown_count && chart->shown[0].measure
               ? chart->shown[0].measure->table
               : chart->table->table;
}

enum comparison_state chart_comparison(const struct chart_arguments *chart,
                                       const struct scope *scope)
{
    struct period window = chart_window(chart, scope);
    struct period before = period_shift(window, -1, scope->frame->week_start);
    if (!chart->tick)
        return NOT_ASKED;
    const struct table *table = chart_table(chart, scope, before);
    if (scope_is_provisional(scope, table, window))
        return NOT_OVER;
    if (scope_compares(scope, table, before, window))
        return COMPARED;
    if (!scope_knows(scope, table, window))
        return ENDED;
    return scope_covers(scope, table, before) ? BROKEN : NOT_COVERED;
}

static void bind_data(const struct chart_arguments *chart,
                      const struct block_context *context, struct chart_data *data,
                      size_t *highlight)
{
    bool is_cyclic = chart->by.kind == AXIS_WEEKDAY || chart->by.kind == AXIS_MONTH ||
                     (chart->is_split && chart->split.kind != AXIS_COLUMN);
    if (chart->kind->needs & NEEDS_POINTS && chart->by.kind == AXIS_COLUMN)
        bind_category_points(chart, context, data);
    else if (chart->kind->needs & NEEDS_POINTS)
        bind_points(chart, context, data);
    else if (is_cyclic)
        bind_grid(chart, context, data);
    else if (chart->by.kind == AXIS_PERIODS)
        bind_periods(chart, context, data);
    else
        bind_categories(chart, context, data, highlight);
}

static struct slice text_or(const struct template_text *text, const struct scope *scope,
                            struct slice fallback)
{
    return text ? template_text_print(text, scope) : fallback;
}

static struct box *lay_chart(const void *arguments, const struct block_context *context,
                             double width)
{
    const struct chart_arguments *chart = arguments;
    const struct scope *scope = context->scope;
    struct chart_data data = {.values_are_counts = true, .shares = chart->shares};
    struct chart_options options = {
        .kind = slice_of(chart->kind->name),
        .height = (double)chart->height,
        .most_height = (double)chart->most_height,
        .fills_row = !chart->height,
        .highlight = SIZE_MAX,
        .logarithmic = chart->logarithmic,
        .week_start = scope->frame->week_start,
        .show_values = true,
    };
    bind_data(chart, context, &data, &options.highlight);
    options.title = text_or(chart->title, scope, (struct slice){0});
    options.subtitle = text_or(chart->subtitle, scope, (struct slice){0});
    options.source = text_or(chart->source, scope, (struct slice){0});
    options.alt = text_or(chart->alt, scope, (struct slice){0});
    if (scope->rehearsal)
        return box_new(context->chart.arena, "rehearsal", 0, 0);
    add_remarks(chart, context, &data);
    if (slice_is(options.title, "finding"))
        options.title = chart_finding(chart, context, &data);
    if (!options.title.size)
        options.title = chart_title(chart, context);
    if (!options.subtitle.size)
        options.subtitle = chart_subtitle(chart, context, &data);
    options.condition = condition_words(context, chart->where);
    record_chart(chart, context, &data);
    return chart_lay(&context->chart, &options, &data, width);
}

const struct block_kind block_chart = {
    "chart",   "a figure of any kind: line, bars, stacked …", chart_keys, read_chart,
    lay_chart,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `incidents`: the period's incidents one by one, as entries (STYLE.md 5): a coloured
 * edge, date and type, place in bold with source dots, two lines of text, the deaths
 * at the end. "10 of 23" is always said. */
#include "block/incident_words.h"

#include <math.h>

static const struct block_key keys[] = {
    {"show", "date, district, actor, summary, killed", "fields of an entry",
     TAKES_LIST},
    {"where", "killed >= 5", "only incidents that meet it", TAKES_WORD},
    {"last", "26 weeks", "the window; else the brief's period", TAKES_LENGTH},
    {"sort", "killed, highest first", "else by date", TAKES_WORD},
    {"limit", "10", "most entries; how many there are is always said",
     TAKES_WHOLE(1, 1000000)},
    {"lines", "2", "most lines of text an entry; 0 = all", TAKES_WHOLE(0, 1000)},
    {"title", "\"Main incidents\"", "a figure title above", TAKES_TEXT},
    {"data", "incidents", "another table than the main one", TAKES_WORD},
    {"id", "main", "name for links", TAKES_WORD},
    {0},
};

/* A column is used when it is there and `show` names it or is absent. */
static struct column *shown_column(struct incidents *incidents, const char *name)
{
    struct table *table = incidents->table->table;
    struct column *column = table_find(table, slice_of(name));
    bool is_shown = !incidents->shown_count;
    for (size_t i = 0; i < incidents->shown_count; i++)
        is_shown = is_shown || incidents->shown[i].column == column;
    if (!column || !is_shown)
        return NULL;
    table_want(table, column);
    return column;
}

/* `show` names columns only here, even where a measure has the same name. */
static bool read_fields(struct block_reader *reader, struct incidents *incidents)
{
    size_t count;
    const struct yaml *list =
        yaml_list(yaml_find(reader->node->body, "show"), reader->arena, &count);
    struct table *table = incidents->table->table;
    struct shown *shown = ARENA_ARRAY(reader->arena, struct shown, count);
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        ok &= find_column(reader, table, &list[i], list[i].text, &shown[i].column);
    incidents->shown = shown;
    incidents->shown_count = count;
    return ok;
}

static bool has_place(const struct incidents *incidents, const struct column *column)
{
    const struct column *const placed[] = {
        incidents->date,   incidents->type,    incidents->district, incidents->province,
        incidents->place,  incidents->actor,   incidents->summary,  incidents->killed,
        incidents->source, incidents->sources,
    };
    for (size_t i = 0; i < sizeof placed / sizeof *placed; i++) {
        if (placed[i] == column)
            return true;
    }
    return false;
}

static void want_others(struct incidents *incidents)
{
    struct table *table = incidents->table->table;
    incidents->other =
        ARENA_ARRAY(table->arena, const struct column *, incidents->shown_count);
    for (size_t i = 0; i < incidents->shown_count; i++) {
        struct column *column = incidents->shown[i].column;
        if (has_place(incidents, column))
            continue;
        table_want(table, column);
        incidents->other[incidents->other_count++] = column;
    }
}

static void want_fields(struct incidents *incidents)
{
    struct table *table = incidents->table->table;
    incidents->date = shown_column(incidents, "date");
    incidents->type = shown_column(incidents, "type");
    incidents->district = shown_column(incidents, "district");
    incidents->province = shown_column(incidents, "province");
    incidents->place = shown_column(incidents, "place");
    incidents->actor = shown_column(incidents, "actor");
    incidents->summary = shown_column(incidents, "summary");
    incidents->killed = shown_column(incidents, "killed");
    incidents->source = shown_column(incidents, "source");
    incidents->sources = table_find(table, SLICE_LITERAL("sources"));
    incidents->side = table_find(table, SLICE_LITERAL("side"));
    want_others(incidents);
    if (incidents->sources)
        table_want(table, incidents->sources);
    if (incidents->side)
        table_want(table, incidents->side);
}

static bool read_incidents(struct block_reader *reader, const void **arguments)
{
    struct incidents *incidents = ARENA_NEW(reader->arena, struct incidents);
    *arguments = incidents;
    if (!read_table(reader, &incidents->table))
        return false;
    struct table *table = incidents->table->table;
    bool ok = read_fields(reader, incidents);
    ok &= read_where(reader, "where", table, &incidents->where);
    ok &= read_length(reader, "last", &incidents->last_count, &incidents->last_unit);
    ok &= read_row_order(reader, "sort", table, &incidents->order);
    ok &= read_whole(reader, "limit", 0, &incidents->limit);
    ok &= read_whole(reader, "lines", 0, &incidents->lines);
    ok &= read_text(reader, "title", &incidents->title);
    if (ok)
        want_fields(incidents);
    if (!incidents->order.column && ok) {
        incidents->order.column = (struct column *)table->date;
    }
    return ok;
}

/* -- One entry ---------------------------------------------------------------------- */

enum {
    EDGE = 12,
    DATE_WIDTH = 54,
    TEXT_START = EDGE + DATE_WIDTH + 12,
    NUMBER_WIDTH = 44,
    ENTRY_PADDING = 5,
};
static const double EDGE_WIDTH = 2.2, DOT_STEP = 6.2;

/* From the entry's top. Nastaliq needs the room of two Latin lines above its first. */
struct baselines {
    double date, type, number, unit, dots;
};
static const struct baselines baselines[] = {
    {7.2, 16.8, 10.6, 19.6, 4.8},
    {19.5, 35, 21, 36, 16.4},
};

struct entry {
    const struct label *date, *type, *number, *unit;
    struct baselines at;
    struct colour edge, rule;
    bool mirrored, is_last;
    double dots_x; /* of the first source dot, beside the place */
    int dots;      /* filled, of 3; 0 = none are drawn */
    struct colour dot;
};

static void draw_dots(cairo_t *cairo, const struct entry *entry, double y)
{
    for (int i = 0; i < 3; i++) {
        cairo_new_path(cairo);
        circle_path(cairo, entry->dots_x + (entry->mirrored ? -i : i) * DOT_STEP, y,
                    2.0);
        set_colour(cairo, entry->dot);
        if (i < entry->dots) {
            cairo_fill(cairo);
        } else {
            cairo_set_line_width(cairo, 0.7);
            stroke_path(cairo);
        }
    }
}

/* Lower where the ink of Nastaliq reaches further than most. */
static struct baselines entry_baselines(const struct entry *entry)
{
    static const double CLEAR = 0.9;
    struct baselines at = baselines[entry->mirrored];
    double anchor = entry->mirrored ? 1 : 0, drop = at.type - at.date;
    if (entry->date) {
        at.date = fmax(at.date, entry->date->ascent + CLEAR);
        drop = label_drop(entry->date, entry->type, anchor, drop) +
               label_baselines(entry->date);
        at.type = at.date + drop;
    } else if (entry->type) {
        at.type = fmax(at.type, entry->type->ascent + CLEAR);
    }
    at.unit = at.number +
              label_drop(entry->number, entry->unit, 1 - anchor, at.unit - at.number);
    return at;
}

/* Apart from what comes next also for those who hear it or copy it. */
static void draw_word(const struct label *label, cairo_t *cairo, double x, double y,
                      double anchor, struct colour colour)
{
    if (!label)
        return;
    label_draw_coloured(label, cairo, x, y, anchor, colour);
    if (drawing_is_tagged(cairo))
        label_draw_space(label, cairo, x, y, anchor);
}

static void draw_entry(const struct box *box, cairo_t *cairo)
{
    const struct entry *entry = box->content;
    double height = box->height - ENTRY_PADDING;
    double edge = entry->mirrored ? box->width - EDGE_WIDTH : 0;
    double start = entry->mirrored ? box->width - EDGE + 2 : EDGE - 2;
    double end = entry->mirrored ? 0 : box->width;
    double anchor = entry->mirrored ? 1 : 0;
    const struct baselines *at = &entry->at;
    fill_rectangle(cairo, edge, 0, EDGE_WIDTH, height, entry->edge);
    if (entry->date)
        draw_word(entry->date, cairo, start, at->date, anchor,
                  entry->date->style->colour);
    draw_word(entry->type, cairo, start, at->type, anchor, entry->edge);
    if (entry->number)
        draw_word(entry->number, cairo, end, at->number, 1 - anchor,
                  entry->number->style->colour);
    if (entry->unit)
        label_draw(entry->unit, cairo, end, at->unit, 1 - anchor);
    if (entry->dots)
        draw_dots(cairo, entry, at->dots);
    if (!entry->is_last)
        stroke_line(cairo, 0, box->height - 0.2, box->width, box->height - 0.2, 0.4,
                    entry->rule);
}

/* By the side's own word, whatever the brief's language calls it. */
static enum chart_tone entry_tone(const struct incidents *incidents, uint32_t row,
                                  struct arena *arena)
{
    struct measure named = {0};
    if (incidents->side)
        named.tone = table_text(incidents->table->table, incidents->side, row, arena);
    return measure_tone(&named);
}

static struct box *entry_text_box(const struct incidents *incidents,
                                  const struct block_context *context, uint32_t row,
                                  double width)
{
    const struct theme *theme = context->chart.theme;
    const struct locale *locale = context->chart.locale;
    struct arena *arena = context->chart.arena;
    struct flow *flow = ARENA_NEW(arena, struct flow);
    *flow = (struct flow){.arena = arena, .width = width};
    const struct span head = {.text = incident_place(incidents, row, locale, arena),
                              .style = &theme->text[TEXT_INCIDENT_HEAD]};
    const struct span words = {.text = incident_words(incidents, row, locale, arena),
                               .style = &theme->text[TEXT_INCIDENT]};
    const struct span others = {.text = incident_others(incidents, context, row),
                                .style = &theme->text[TEXT_CARD_NOTE]};
    const struct paragraph paragraphs[] = {
        {.span_count = 1, .span = &head},
        {.span_count = 1,
         .span = &words,
         .divided = theme->hyphenated,
         .max_lines = (int)incidents->lines},
        {.span_count = 1, .span = &others},
    };
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++) {
        if (!paragraphs[i].span->text.size)
            continue;
        struct box *box =
            typeset_paragraph(context->chart.typesetter, &paragraphs[i], width);
        box->role = ROLE_P;
        box->text = paragraphs[i].span->text;
        flow_add(flow, box);
    }
    return flow_box(flow, "incident text");
}

static const struct label *styled_label(const struct block_context *context,
                                        struct slice text, enum text_role role,
                                        double width)
{
    const struct text_style *style = &context->chart.theme->text[role];
    if (!text.size)
        return NULL;
    return width > 0
               ? typeset_label_in(context->chart.typesetter, text, style, width, 0)
               : typeset_label(context->chart.typesetter, text, style);
}

static const char LISTED[] = "incidents, listed of all";

static void record_rows(const struct incidents *incidents,
                        const struct block_context *context, const char *what,
                        double number, size_t rows, struct period period,
                        struct slice printed)
{
    if (!context->scope->figures)
        return;
    figures_add(context->scope->figures,
                &(struct figure){
                    .at = context->chart.at,
                    .expression = slice_of(what),
                    .printed = slice_copy(context->scope->figures->arena, printed),
                    .number = number,
                    .low = NAN,
                    .high = NAN,
                    .condition =
                        incidents->where ? incidents->where->source : (struct slice){0},
                    .period = period,
                    .rows = rows,
                    .is_of_length = slice_is(slice_of(what), LISTED),
                });
}

/* "No incidents were recorded", unless the file knows no day of the window. */
static struct slice why_none(const struct incidents *incidents,
                             const struct block_context *context, struct period window)
{
    struct table *table = incidents->table->table;
    const struct measure rows = {.name = table->name, .table = table};
    const struct slice unknown =
        table->date && !scope_knows(context->scope, table, window)
            ? print_coverage(context, &rows, window)
            : (struct slice){0};
    return unknown.size ? unknown : print_phrase(context, "incidents.none", 0, NULL, 0);
}

static void fill_number(const struct incidents *incidents,
                        const struct block_context *context, uint32_t row,
                        struct entry *entry, struct text *plain)
{
    double killed = number_in(incidents->killed, row);
    if (!incidents->killed || isnan(killed))
        return;
    const struct slice number = incident_number(incidents->killed, context, row);
    struct slice unit = print_phrase(context, "incident.killed", killed, NULL, 0);
    entry->number = styled_label(context, number, TEXT_INCIDENT_NUMBER, 0);
    entry->unit = styled_label(context, unit, TEXT_CARD_NOTE, 0);
    text_print(plain, " %.*s %.*s", SLICE_PRINT(number), SLICE_PRINT(unit));
    double day = number_in(incidents->date, row);
    struct period on = {PERIOD_DAY, isnan(day) ? 0 : (int32_t)day,
                        isnan(day) ? 0 : (int32_t)day};
    record_rows(incidents, context, "incidents, a row", killed, 1, on,
                slice_of(arena_print(context->chart.arena, "%.*s %.*s",
                                     SLICE_PRINT(number), SLICE_PRINT(unit))));
}

/* Dots beside the place, where they fit (STYLE.md 5): three for two or more independent
 * sources, two for one, one for a claim alone. */
static void place_dots(const struct incidents *incidents,
                       const struct block_context *context, uint32_t row, double width,
                       double text_width, struct entry *entry)
{
    enum { BEFORE_DOTS = 9, DOTS_WIDTH = 22 };
    struct arena *arena = context->chart.arena;
    double sources = number_in(incidents->sources, row);
    if (isnan(sources))
        return;
    double head =
        typeset_width(context->chart.typesetter,
                      incident_place(incidents, row, context->chart.locale, arena),
                      &context->chart.theme->text[TEXT_INCIDENT_HEAD]);
    if (head > text_width - DOTS_WIDTH - 2)
        return;
    double x = TEXT_START + head + BEFORE_DOTS;
    entry->dots = sources >= 2 ? 3 : sources >= 1 ? 2 : 1;
    entry->dots_x = entry->mirrored ? width - x : x;
}

/* How much lower than others a place stands whose ink needs more above it. */
static double lowered_head(const struct block_context *context, const struct box *words)
{
    static const double CLEAR = 2.1, BELOW = 0.7; /* see layout/line.c */
    const struct text_style *style = &context->chart.theme->text[TEXT_INCIDENT_HEAD];
    const struct box *head = words->child_count ? words->child[0] : NULL;
    double ordinary =
        (CLEAR + BELOW) * style->arabic_size_pt - style->arabic_leading_pt;
    return head && head->room_above > ordinary ? head->room_above - ordinary : 0;
}

static struct slice entry_plain(const struct incidents *incidents,
                                const struct block_context *context, uint32_t row,
                                struct entry *entry)
{
    struct text plain = {.arena = context->chart.arena};
    incident_append(incidents, context, row, &plain);
    fill_number(incidents, context, row, entry, &plain);
    return text_slice(&plain);
}

/* Beside the words, of a toll of millions more than of others. */
static double number_room(const struct incidents *incidents,
                          const struct block_context *context, uint32_t row)
{
    enum { BEFORE_NUMBER = 8 };
    if (!incidents->killed)
        return 0;
    if (isnan(number_in(incidents->killed, row)))
        return NUMBER_WIDTH;
    double width = typeset_width(context->chart.typesetter,
                                 incident_number(incidents->killed, context, row),
                                 &context->chart.theme->text[TEXT_INCIDENT_NUMBER]);
    return fmax(NUMBER_WIDTH, width + BEFORE_NUMBER);
}

static struct box *lay_entry(const struct incidents *incidents,
                             const struct block_context *context, uint32_t row,
                             bool is_last, double width)
{
    const struct theme *theme = context->chart.theme;
    const struct locale *locale = context->chart.locale;
    struct arena *arena = context->chart.arena;
    struct entry *entry = ARENA_NEW(arena, struct entry);
    *entry = (struct entry){
        .date = styled_label(context, incident_date(incidents, context, row),
                             TEXT_INCIDENT_HEAD, DATE_WIDTH + 8),
        .type = styled_label(
            context, incident_field(incidents, incidents->type, row, locale, arena),
            TEXT_INCIDENT_TYPE, DATE_WIDTH + 8),
        .mirrored =
            typesetter_direction(context->chart.typesetter) == DIRECTION_RIGHT_TO_LEFT,
        .edge = tone_colour(theme, entry_tone(incidents, row, arena)),
        .rule = theme->colour[COLOUR_GRIDLINE],
        .dot = theme->colour[COLOUR_SECONDARY],
        .is_last = is_last,
    };
    double text_width =
        fmax(width / 4, width - TEXT_START - number_room(incidents, context, row));
    struct box *words = entry_text_box(incidents, context, row, text_width);
    double height = fmax(words->height, 22);
    const struct slice plain = entry_plain(incidents, context, row, entry);
    entry->at = entry_baselines(entry);
    if (entry->type)
        height =
            fmax(height, entry->at.type - baselines[0].type + 8 + entry->type->height);
    struct box *box = box_new(arena, "incident", width, height + 2 * ENTRY_PADDING);
    box->role = ROLE_ITEM;
    box->draw = draw_entry;
    box->content = entry;
    box->text = plain;
    place_dots(incidents, context, row, width, text_width, entry);
    entry->at.dots += lowered_head(context, words);
    box_add(arena, box, words,
            entry->mirrored ? width - TEXT_START - text_width : TEXT_START, 0);
    return box;
}

/* More entries than a few pages hold aren't kept. */
enum { MOST_KEPT = 60 };

struct entry_recipe {
    struct recipe recipe;
    const struct incidents *incidents;
    const struct block_context *context;
    uint32_t row;
    bool is_last;
    double width;
};

static struct box *make_entry(const struct recipe *recipe, struct arena *arena,
                              bool again)
{
    const struct entry_recipe *own = (const struct entry_recipe *)recipe;
    struct block_context context = *own->context;
    struct scope scope = *context.scope;
    struct typesetter *typesetter = context.chart.typesetter;
    const struct aside before = typesetter_lay_aside(typesetter, arena, again);
    context.scope = &scope;
    context.chart.arena = scope.arena = arena;
    if (again)
        scope.figures = NULL;
    struct box *box =
        lay_entry(own->incidents, &context, own->row, own->is_last, own->width);
    typesetter_lay_back(typesetter, before);
    return box;
}

/* Each row's entry. */
static struct box **entry_boxes(const struct incidents *incidents,
                                const struct block_context *context,
                                const uint32_t *row, size_t count, double width)
{
    struct arena *arena = context->chart.arena, *aside = arena_new();
    struct box **box = ARENA_ARRAY(arena, struct box *, count);
    struct block_context *kept = arena_copy(arena, context, sizeof *context);
    kept->scope = arena_copy(arena, context->scope, sizeof *context->scope);
    for (size_t i = 0; i < count; i++) {
        const struct entry_recipe recipe = {{make_entry}, incidents,      kept,
                                            row[i],       i + 1 == count, width};
        box[i] = count <= MOST_KEPT
                     ? make_entry(&recipe.recipe, arena, false)
                     : box_of_recipe(arena, aside,
                                     arena_copy(arena, &recipe, sizeof recipe));
    }
    arena_free(aside);
    return box;
}

/* -- The list ------------------------------------------------------------------------- */

static struct slice count_phrase(const struct block_context *context, const char *key,
                                 size_t shown, size_t all)
{
    struct text some = {.arena = context->chart.arena};
    struct text total = {.arena = context->chart.arena};
    locale_number(context->chart.locale, (double)shown, 0, &some);
    locale_number(context->chart.locale, (double)all, 0, &total);
    const struct phrase_part part[] = {{"shown", text_slice(&some)},
                                       {"all", text_slice(&total)}};
    return print_phrase(context, key, (double)all, part, 2);
}

static struct box *lay_incidents(const void *arguments,
                                 const struct block_context *context, double width)
{
    const struct incidents *incidents = arguments;
    const struct scope *scope = context->scope;
    struct arena *arena = context->chart.arena;
    struct slice title = incidents->title ? template_text_print(incidents->title, scope)
                                          : (struct slice){0};
    if (scope->rehearsal)
        return box_new(arena, "rehearsal", 0, 0);
    struct period window =
        last_periods(scope, incidents->last_count, incidents->last_unit);
    size_t all;
    const uint32_t *row = rows_found(scope, incidents->table, incidents->where, &window,
                                     incidents->order, &all);
    size_t shown = incidents->limit && all > (size_t)incidents->limit
                       ? (size_t)incidents->limit
                       : all;
    struct flow *flow = ARENA_NEW(arena, struct flow);
    *flow = (struct flow){.arena = arena, .width = width};
    struct slice listed = shown < all
                              ? count_phrase(context, "incidents.shown", shown, all)
                              : (struct slice){0};
    record_rows(incidents, context, LISTED, (double)shown, all, window, listed);
    if (title.size)
        flow_add(flow, figure_head(&context->chart, title, (struct slice){0}, width))
            ->keep_with_next = true;
    struct box **entry = entry_boxes(incidents, context, row, shown, width);
    for (size_t i = 0; i < shown; i++) {
        struct flow_item *item = flow_add(flow, entry[i]);
        item->space_before = ENTRY_PADDING;
        /* How many there are isn't said on a page without any. */
        item->keep_with_next = i + 1 == shown && shown < all;
    }
    if (!all)
        flow_add(flow, text_box(context, why_none(incidents, context, window),
                                TEXT_BODY, width));
    else if (shown < all)
        flow_add(flow, text_box(context, listed, TEXT_SOURCE, width))->space_before = 2;
    return flow_box(flow, "incidents");
}

const struct block_kind block_incidents = {
    "incidents",   "the period's incidents, one entry each", keys, read_incidents,
    lay_incidents,
};

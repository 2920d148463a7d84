/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Composing a brief: rehearse, one scan, compose, cut into pages, dress them. */
#include "brief/brief.h"

#include "block/contents.h"

#include <assert.h>
#include <string.h>

/* The rows of another table that have the group's word in their column of that name. A
 * table without one is the same in every brief. */
static void take_group(struct source_table *source, const struct column *column,
                       uint32_t group, struct arena *arena)
{
    const struct column *own = table_find(source->table, column->name);
    if (!own || own->type != COLUMN_CATEGORY || !own->is_read)
        return;
    const struct groups groups = {
        .count = 1,
        .column = {own},
        .code = {column_code(own, column->words.word[group])},
    };
    struct rows *rows = ARENA_NEW(arena, struct rows);
    uint32_t *row = ARENA_ARRAY(arena, uint32_t, source->table->row_count + 1);
    for (uint32_t i = 0; i < source->table->row_count; i++) {
        row[rows->count] = i;
        rows->count += groups_hold(&groups, i);
    }
    rows->row = row;
    source->rows = rows;
    source->plan = plan_new(source->table, arena);
}

static void build_scopes(struct brief *brief, const struct column *column,
                         uint32_t group, const struct rows *rows)
{
    struct edition *edition = brief->edition;
    brief->whole = edition->scope;
    brief->whole.arena = brief->arena;
    brief->scope = brief->whole;
    if (!column)
        return;
    /* `national.` reaches the whole; plain names mean the group's rows. */
    struct source_table *tables =
        ARENA_ARRAY(brief->arena, struct source_table, edition->table_count);
    memcpy(tables, edition->tables, sizeof *tables * edition->table_count);
    tables[0].rows = rows;
    tables[0].plan = plan_new(tables[0].table, brief->arena);
    for (size_t i = 1; i < edition->table_count; i++)
        take_group(&tables[i], column, group, brief->arena);
    struct named_value *values =
        ARENA_ARRAY(brief->arena, struct named_value, edition->value_count + 1);
    if (edition->value_count)
        memcpy(values, edition->values, sizeof *values * edition->value_count);
    brief->group_name =
        locale_word(edition->locale, column->words.word[group], brief->arena);
    values[edition->value_count] = (struct named_value){
        .name = column->name,
        .value = {.kind = VALUE_TEXT, .text = brief->group_name, .decimals = -1}};
    brief->scope.outer = &brief->whole;
    brief->scope.tables = tables;
    brief->scope.values = values;
    brief->scope.value_count = edition->value_count + 1;
}

static void build_context(struct brief *brief)
{
    struct edition *edition = brief->edition;
    brief->context = (struct block_context){
        .scope = &brief->scope,
        .chart = {.typesetter = brief->typesetter,
                  .theme = edition->theme,
                  .locale = edition->locale,
                  .arena = brief->arena,
                  .diags = edition->session->diags,
                  .dropped_labels = &brief->dropped_labels},
        .figure_count = &brief->figure_count,
    };
}

static void fill_plans(struct brief *brief)
{
    for (size_t i = 0; i < brief->whole.table_count; i++) {
        const struct source_table *whole = &brief->whole.tables[i];
        const struct source_table *own = &brief->scope.tables[i];
        plan_fill(whole->plan, whole->rows);
        if (own->plan != whole->plan)
            plan_fill(own->plan, own->rows);
    }
}

/* -- Furniture ---------------------------------------------------------------------------- */

static struct slice value_text(const struct scope *scope, const char *name)
{
    for (size_t i = scope->value_count; i-- > 0;) {
        if (!slice_is(scope->values[i].name, name))
            continue;
        struct text text = {.arena = scope->arena};
        locale_digits(scope->locale, scope->values[i].value.text, &text);
        return text_slice(&text);
    }
    return (struct slice){0};
}

/* Each item keeps its own order: beside a point, "No. 46" and "9 to 15" would otherwise
 * exchange their numbers in Urdu. */
static void append_item(struct text *line, struct slice item, bool isolated)
{
    if (!item.size)
        return;
    if (line->size)
        text_append_string(line, "  \xc2\xb7  ");
    text_print(line, isolated ? "\xe2\x81\xa8%.*s\xe2\x81\xa9" : "%.*s",
               SLICE_PRINT(item));
}

/* "Weekly · No. 46 · 9–15 November 2026" */
static struct slice issue_line(const struct brief *brief)
{
    const struct front *front = &brief->edition->front;
    const struct locale *locale = brief->edition->locale;
    struct text line = {.arena = brief->arena}, part = {.arena = brief->arena};
    struct slice own = value_text(&brief->scope, "issue line");
    if (own.size)
        return own;
    append_item(&line, front->kind, locale->right_to_left);
    const struct phrase_part issue = {"issue", value_text(&brief->scope, "issue")};
    if (issue.text.size) {
        locale_phrase(locale, "issue number", 1, &issue, 1, &part);
        append_item(&line, text_slice(&part), locale->right_to_left);
    }
    append_item(&line, brief->group_name, locale->right_to_left);
    struct text period = {.arena = brief->arena};
    locale_period(locale, brief->scope.period.whole, &period);
    append_item(&line, text_slice(&period), locale->right_to_left);
    return text_slice(&line);
}

/* The editor's own line, or the source; and the notice below. */
static struct slice foot_words(const struct brief *brief, const struct scope *scope)
{
    const struct furniture *furniture = &brief->furniture;
    struct text words = {.arena = brief->arena};
    struct slice own = {0};
    if (furniture->footer)
        own = template_text_print(furniture->footer, scope);
    text_append(&words, own.size ? own : furniture->source);
    if (words.size && furniture->notice_line.size)
        text_append_string(&words, "\n");
    text_append(&words, furniture->notice_line);
    return text_slice(&words);
}

/* Other editions say the same in it; figures.json lists what stands on pages once. */
static void compare_source(struct brief *brief)
{
    struct figures aside = {.arena = brief->arena, .plain = brief->figures.plain};
    struct scope scope = brief->scope;
    scope.figures = &aside;
    if (!aside.plain || !brief->edition->front.source)
        return;
    template_text_print(brief->edition->front.source, &scope);
    for (size_t i = 0; i < aside.said_count; i++)
        figures_add_said(&brief->figures, &aside.said[i]);
}

static void take_furniture(struct brief *brief)
{
    const struct front *front = &brief->edition->front;
    brief->furniture = (struct furniture){
        .title = front->title,
        .issue_line = issue_line(brief),
        .notice = front->notice,
        .notice_detail = front->notice_detail,
        .notice_line = front->notice_line,
        .footer = front->footer,
        .has_cover = front->cover,
    };
}

static struct place key_place(const struct edition *edition, const char *key)
{
    const struct yaml *value = yaml_find(edition->template->front, key);
    return value ? value->at : (struct place){.file = edition->path};
}

/* What had to be cut; a title that is whole on the cover may be short in later heads. */
static void tell_shortened(const struct brief *brief)
{
    const struct furniture_labels *label = &brief->furniture.label;
    const bool cover = brief->furniture.has_cover;
    const struct {
        const struct label *label;
        const char *key, *place;
    } texts[] = {
        {cover ? label->title : label->running_title, "title", "the page's head"},
        {cover ? label->issue : label->running_issue, "kind", "the page's head"},
        {cover ? label->notice : label->running_notice, "notice", "the page's head"},
        {cover ? label->detail : NULL, "notice detail", "the page's head"},
        {label->notice_line, "notice line", "the page's foot"},
    };
    struct diags *diags = brief->edition->session->diags;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!texts[i].label || !texts[i].label->is_shortened)
            continue;
        struct diag *diag =
            diags_warn(diags, key_place(brief->edition, texts[i].key), "L204",
                       "%s has no room for all of `%s`", texts[i].place, texts[i].key);
        diag_hint(diags, diag, "shorten it; wider paper has more room");
    }
}

/* By the foot of page 1, how high the furniture is. */
static struct page_geometry settle_furniture(struct brief *brief)
{
    const struct front *front = &brief->edition->front;
    struct scope scope = brief->scope;
    struct block_context context = brief->context;
    context.scope = &scope;
    scope.figures = NULL;
    scope.page = scope.pages = 1;
    take_furniture(brief);
    if (front->source)
        brief->furniture.source = template_text_print(front->source, &scope);
    struct page_geometry geometry =
        furniture_geometry(&context, &brief->furniture, front->page);
    tell_shortened(brief);
    return geometry;
}

static void dress_pages(struct brief *brief)
{
    const struct front *front = &brief->edition->front;
    struct scope scope = brief->scope;
    struct block_context context = brief->context;
    context.scope = &scope;
    compare_source(brief);
    scope.figures = NULL;
    scope.pages = brief->pages.count;
    brief->foot = ARENA_ARRAY(brief->arena, struct slice, brief->pages.count);
    for (size_t i = 0; i < brief->pages.count; i++) {
        scope.page = brief->pages.page[i].number;
        if (front->source)
            brief->furniture.source = template_text_print(front->source, &scope);
        brief->foot[i] = foot_words(brief, &scope);
        struct furniture *own =
            arena_copy(brief->arena, &brief->furniture, sizeof brief->furniture);
        brief->pages.page[i].furniture =
            furniture_box(&context, own, &brief->pages.page[i]);
    }
}

/* -- All of it ------------------------------------------------------------------------------ */

static void rehearse(struct brief *brief)
{
    brief->scope.rehearsal = true;
    rehearse_template(brief->edition->template, &brief->edition->prepared,
                      &brief->context);
    const struct template_text *text[] = {brief->edition->front.footer,
                                          brief->edition->front.source};
    for (size_t i = 0; i < 2; i++) {
        if (text[i])
            template_text_print(text[i], &brief->scope);
    }
}

/* A method note that doesn't stand last has to know what is tested below it. */
static bool must_look_ahead(const struct prepared *prepared)
{
    for (size_t i = 0; i + 1 < prepared->block_count; i++) {
        if (slice_is(slice_of(prepared->block[i].kind->name), "method"))
            return true;
    }
    return false;
}

/* The brief is composed once for its tests alone; messages and numbers come later. */
static void look_ahead(struct brief *brief, double width, double height)
{
    struct figures *whole = ARENA_NEW(brief->arena, struct figures);
    struct composition *aside = ARENA_NEW(brief->arena, struct composition);
    size_t figure_count = 0, dropped = 0;
    struct scope scope = brief->scope;
    struct block_context context = brief->context;
    whole->arena = brief->arena;
    scope.figures = whole;
    scope.diags = context.chart.diags = diags_new(brief->arena);
    context.scope = &scope;
    context.figure_count = &figure_count;
    context.chart.dropped_labels = &dropped;
    compose_template(brief->edition->template, &brief->edition->prepared, &context,
                     width, height, aside);
    brief->figures.whole = whole;
}

static bool lay_pages(struct brief *brief)
{
    struct edition *edition = brief->edition;
    brief->scope.rehearsal = brief->whole.rehearsal = false;
    brief->scope.figures = brief->whole.figures = &brief->figures;
    struct page_geometry geometry = settle_furniture(brief);
    double margins = geometry.left + geometry.right;
    double width = geometry.size.width - margins,
           height = geometry.size.height - margins;
    if (must_look_ahead(&edition->prepared))
        look_ahead(brief, width, height);
    compose_template(edition->template, &edition->prepared, &brief->context, width,
                     height, &brief->composition);
    if (!pages_fill(&brief->composition.flow, &geometry, brief->composition.note,
                    brief->composition.note_count, brief->arena, &brief->pages,
                    edition->session->diags))
        return false;
    brief_fill_pages(brief, &geometry);
    return true;
}

/* What the typesetter keeps of briefs before has an end. */
static const size_t most_typeset = (size_t)32 << 20;

static struct typesetter *take_typesetter(struct edition *edition, struct fonts *fonts)
{
    assert(!edition->is_typesetting);
    edition->is_typesetting = true;
    if (edition->typesetter && arena_size(edition->typeset) <= most_typeset) {
        typesetter_begin(edition->typesetter);
        return edition->typesetter;
    }
    typesetter_free(edition->typesetter);
    arena_free(edition->typeset);
    edition->typeset = arena_new();
    edition->typesetter =
        typesetter_new(fonts, slice_c_string(edition->typeset, edition->front.language),
                       edition->locale->right_to_left ? DIRECTION_RIGHT_TO_LEFT
                                                      : DIRECTION_LEFT_TO_RIGHT,
                       edition->typeset);
    return edition->typesetter;
}

/* A brief with its questions asked. */
static bool begin_brief(struct edition *edition, const struct column *column,
                        uint32_t group, const struct rows *rows, struct brief **out)
{
    struct arena *arena = arena_new();
    struct brief *brief = ARENA_NEW(arena, struct brief);
    struct fonts *fonts;
    *out = brief;
    brief->arena = arena;
    brief->edition = edition;
    brief->figures.arena = arena;
    if (!session_fonts(edition->session, &fonts) ||
        !session_comparison(edition->session, &brief->figures.plain))
        return false;
    brief->typesetter = take_typesetter(edition, fonts);
    build_scopes(brief, column, group, rows);
    build_context(brief);
    rehearse(brief);
    return true;
}

bool brief_compose(struct edition *edition, const struct column *column, uint32_t group,
                   const struct rows *rows, struct brief **out)
{
    if (!begin_brief(edition, column, group, rows, out))
        return false;
    struct brief *brief = *out;
    fill_plans(brief);
    if (edition->session->clock)
        edition->session->aggregated = edition->session->clock();
    if (!lay_pages(brief))
        return false;
    contents_number(&brief->pages, brief->arena);
    dress_pages(brief);
    brief_check_letters(brief);
    return true;
}

void brief_expect(struct edition *edition, const struct column *column, uint32_t group)
{
    const struct rows none = {.row = (const uint32_t[1]){0}, .count = 0};
    struct diags *diags = edition->session->diags;
    const size_t messages = diags_total(diags);
    struct brief *brief;
    if (begin_brief(edition, column, group, &none, &brief)) {
        for (size_t i = 0; i < edition->table_count; i++)
            plan_fill(edition->tables[i].plan, edition->tables[i].rows);
    }
    diags_truncate(diags, messages);
    brief_free(brief);
}

void brief_free(struct brief *brief)
{
    if (!brief)
        return;
    if (brief->typesetter)
        brief->edition->is_typesetting = false;
    arena_free(brief->arena);
}

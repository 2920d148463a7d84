/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening an edition: template, front matter, tables, measures, names, rows. A stage
 * collects all its errors; the next isn't entered after one. */
#include "brief/edition.h"

#include "template/normal.h"

static const struct slice *block_words(struct arena *arena, size_t *count)
{
    const struct block_kind *const *kind = block_kinds(count);
    struct slice *word = ARENA_ARRAY(arena, struct slice, *count);
    for (size_t i = 0; i < *count; i++)
        word[i] = slice_of(kind[i]->name);
    return word;
}

bool template_tidy(struct session *session, const char *path, struct arena *arena,
                   struct slice *source, struct slice *tidy)
{
    struct template *template;
    size_t count;
    const struct slice *fence = block_words(arena, &count);
    if (!read_whole_file(path, 'M', arena, source, session->diags))
        return false;
    diags_add_source(session->diags, path, *source);
    if (!template_parse(*source, path, fence, count, arena, &template, session->diags))
        return false;
    *tidy = template_normal_form(*source, fence, count, arena);
    return true;
}

/* The diagnostics' own copy, which they show lines of, serves for the template too. */
static bool read_source(struct session *session, const char *path, struct slice *out)
{
    struct arena *aside = arena_new();
    bool ok = read_whole_file(path, 'M', aside, out, session->diags);
    if (ok)
        *out = diags_add_source(session->diags, path, *out);
    arena_free(aside);
    return ok;
}

static bool parse_template(struct edition *edition)
{
    struct session *session = edition->session;
    struct slice source;
    if (!read_source(session, edition->path, &source))
        return false;
    size_t count;
    const struct slice *fence = block_words(edition->arena, &count);
    struct template *template;
    if (!template_parse(source, edition->path, fence, count, edition->arena, &template,
                        session->diags))
        return false;
    const struct slice *language;
    size_t languages = session_resource_names(session, "templates/locales", &language);
    template_check_languages(template, language, languages, session->diags);
    template_choose_language(template, session_setting(session, "language"),
                             edition->arena, session->diags);
    edition->template = template;
    return true;
}

/* The field of --each is wanted before the rows are read, and is a value in every brief.
 * Which group it will be isn't known yet, only that it has a name. */
static void expect_groups(struct edition *edition)
{
    const struct slice field = edition->session->group_field;
    struct table *table = edition->tables[0].table;
    struct column *column = field.size ? table_find(table, field) : NULL;
    if (!column)
        return;
    table_want(table, column);
    for (size_t i = 1; i < edition->table_count; i++) {
        struct column *own = table_find(edition->tables[i].table, column->name);
        if (own)
            table_want(edition->tables[i].table, own);
    }
    for (size_t i = 0; i < edition->value_count; i++) {
        if (slice_equal(edition->values[i].name, column->name))
            return;
    }
    *ARENA_APPEND(edition->arena, edition->values, edition->value_count,
                  edition->value_capacity) = (struct named_value){
        .name = column->name, .value = {.kind = VALUE_TEXT, .decimals = -1}};
}

static void settle_comparison(struct edition *edition)
{
    const struct front *front = &edition->front;
    struct scope *scope = &edition->scope;
    scope->compare = scope->period;
    scope->compare.whole =
        front->compare_year ? period_year_before(scope->period.whole, front->week_start)
                            : period_shift(scope->period.whole, -1, front->week_start);
    scope->average_count = front->average_count;
}

static void build_scope(struct edition *edition)
{
    edition->scope = (struct scope){
        .table_count = edition->table_count,
        .tables = edition->tables,
        .measures = &edition->measures,
        .frame = &edition->frame,
        .value_count = edition->value_count,
        .values = edition->values,
        .locale = edition->locale,
        .break_day = edition->front.break_day,
        .break_reason = edition->front.break_reason,
        .break_count = edition->front.break_count,
        .rehearsal = true,
        .arena = edition->arena,
        .diags = edition->session->diags,
    };
}

/* What unit the brief's period has is known before its days are: "last complete month"
 * is a month whatever the file covers. */
static bool settle_unit(struct edition *edition)
{
    const struct front *front = &edition->front;
    const int32_t last = civil_day(2100, 12, 31);
    const struct period_frame any = {front->week_start, civil_day(1900, 1, 1), last,
                                     last, last};
    struct scope *scope = &edition->scope;
    struct diags *diags = edition->session->diags;
    int32_t day;
    bool ok =
        period_parse(front->period, &any, front->period_at, &scope->period, diags);
    if (front->as_of.size)
        ok &= period_parse_day(front->as_of, &any, front->as_of_at, &day, diags);
    if (front->complete_until.size)
        ok &= period_parse_day(front->complete_until, &any, front->complete_at, &day,
                               diags);
    scope->compare = scope->period;
    return ok;
}

static bool check_texts(struct edition *edition)
{
    const struct template_text *text[] = {edition->front.footer, edition->front.source};
    struct scope furniture = edition->scope;
    furniture.page = furniture.pages = 1;
    bool ok = true;
    for (size_t i = 0; i < 2; i++)
        ok &= !text[i] || template_text_check(text[i], &furniture);
    return ok;
}

static bool open_stages(struct edition *edition)
{
    struct session *session = edition->session;
    edition->prepared.arena = edition->arena;
    if (!parse_template(edition) || !front_check(edition) || !front_read(edition) ||
        !session_schemas(session) || !edition_load_tables(edition) ||
        !edition_read_measures(edition))
        return false;
    expect_groups(edition);
    build_scope(edition);
    bool ok = settle_unit(edition);
    ok &= prepare_template(edition->template, &edition->scope, &edition->prepared,
                           session->diags);
    ok &= check_texts(edition);
    if (!ok || !edition_read_rows(edition))
        return false;
    settle_comparison(edition);
    for (size_t i = 0; i < edition->table_count; i++)
        edition->tables[i].plan = plan_new(edition->tables[i].table, edition->arena);
    return true;
}

bool edition_open(struct session *session, const char *path, struct edition **out)
{
    struct arena *arena = arena_new();
    struct edition *edition = ARENA_NEW(arena, struct edition);
    edition->session = session;
    edition->arena = arena;
    edition->path = slice_c_string(arena, slice_of(path));
    edition->language = slice_copy(arena, session_setting(session, "language"));
    if (!open_stages(edition)) {
        /* Diagnostics may point into the arena: it lives as long as the session. */
        *out = edition;
        return false;
    }
    *out = edition;
    return true;
}

void edition_close(struct edition *edition)
{
    if (!edition)
        return;
    typesetter_free(edition->typesetter);
    arena_free(edition->typeset);
    arena_free(edition->arena);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Registries as lists, for help, completion and the manual. */
#include "brief/report.h"

#include "block/block.h"
#include "brief/brief.h"
#include "brief/rules.h"
#include "stats/registry.h"
#include "template/expression.h"

struct rows_out {
    struct arena *arena;
    size_t count, capacity;
    struct report_row *row;
};

static void add_row(struct rows_out *out, const char *name, const char *usage,
                    const char *help)
{
    *ARENA_APPEND(out->arena, out->row, out->count, out->capacity) =
        (struct report_row){name, usage ? usage : "", help ? help : ""};
}

static void list_charts(struct session *session, struct rows_out *out)
{
    (void)session;
    size_t count;
    const struct chart_kind *const *kind = chart_kinds(&count);
    for (size_t i = 0; i < count; i++)
        add_row(out, kind[i]->name, "", kind[i]->help);
}

/* Its help, and which charts it is for. */
static const char *key_help(const struct block_key *key, struct arena *arena)
{
    if (!key->kinds || key->kinds[0] == '-')
        return key->help;
    return arena_print(arena, "%s (%s)", key->help, key->kinds);
}

static void list_blocks(struct session *session, struct rows_out *out)
{
    (void)session;
    size_t count;
    const struct block_kind *const *kind = block_kinds(&count);
    for (size_t i = 0; i < count; i++) {
        add_row(out, kind[i]->name, "", kind[i]->help);
        for (const struct block_key *key = kind[i]->keys; key->name; key++)
            add_row(out, arena_print(out->arena, "  %s", key->name), key->usage,
                    key_help(key, out->arena));
    }
}

static void list_filters(struct session *session, struct rows_out *out)
{
    (void)session;
    size_t count;
    const struct filter_entry *filter = filters_list(&count);
    for (size_t i = 0; i < count; i++)
        add_row(out, filter[i].name, filter[i].usage, filter[i].help);
}

static void list_keys(struct session *session, struct rows_out *out)
{
    (void)session;
    size_t count;
    const struct block_key *key = front_keys(&count);
    for (size_t i = 0; i < count; i++)
        add_row(out, key[i].name, key[i].usage, key[i].help);
}

static void list_formats(struct session *session, struct rows_out *out)
{
    (void)session;
    size_t count;
    const struct brief_format *format = brief_formats(&count);
    for (size_t i = 0; i < count; i++)
        add_row(out, format[i].name, "", format[i].help);
}

static void list_schemas(struct session *session, struct rows_out *out)
{
    if (!session_schemas(session))
        return;
    for (size_t i = 0; i < session->schema_count; i++) {
        const struct schema *schema = session->schemas[i];
        if (!schema_read(schema, session->diags))
            continue;
        add_row(out, slice_c_string(out->arena, schema->name), "",
                slice_c_string(out->arena, schema->title));
    }
}

static void list_folder(struct session *session, const char *folder,
                        struct rows_out *out)
{
    const struct slice *name;
    size_t count = session_resource_names(session, folder, &name);
    for (size_t i = 0; i < count; i++)
        add_row(out, slice_c_string(out->arena, name[i]), "", "");
}

static void list_themes(struct session *session, struct rows_out *out)
{
    list_folder(session, "templates/themes", out);
}

static void list_languages(struct session *session, struct rows_out *out)
{
    list_folder(session, "templates/locales", out);
}

static void list_statistics(struct session *session, struct rows_out *out)
{
    (void)session;
    size_t count;
    const struct stat_method *method = stat_methods(&count);
    for (size_t i = 0; i < count; i++)
        add_row(out, method[i].name, "",
                arena_print(out->arena, "%s: %s", method[i].title, method[i].help));
}

static void list_lines(struct text *text, struct rows_out *out)
{
    struct slice rest = text_slice(text), line;
    while (slice_cut(&rest, '\n', &line))
        add_row(out, slice_c_string(out->arena, line), "", "");
}

static void list_front_schema(struct session *session, struct rows_out *out)
{
    struct text text = {.arena = out->arena};
    rules_print_front(session, &text);
    list_lines(&text, out);
}

static void list_block_schema(struct session *session, struct rows_out *out)
{
    struct text text = {.arena = out->arena};
    rules_print_blocks(session, &text);
    list_lines(&text, out);
}

static const struct {
    const char *name;
    void (*list)(struct session *session, struct rows_out *out);
} registries[] = {
    {"charts", list_charts},
    {"blocks", list_blocks},
    {"filters", list_filters},
    {"keys", list_keys},
    {"formats", list_formats},
    {"schemas", list_schemas},
    {"themes", list_themes},
    {"languages", list_languages},
    {"statistics", list_statistics},
    {"front-matter-schema", list_front_schema},
    {"block-schema", list_block_schema},
};

size_t report_list(struct session *session, struct slice registry, struct arena *arena,
                   const struct report_row **out)
{
    struct rows_out rows = {.arena = arena};
    for (size_t i = 0; i < sizeof registries / sizeof *registries; i++) {
        if (slice_is(registry, registries[i].name))
            registries[i].list(session, &rows);
    }
    *out = rows.row;
    return rows.count;
}

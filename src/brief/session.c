/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sessions: resources by name, settings by key. */
#include "brief/session.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct session *session_new(const char *resources)
{
    struct arena *arena = arena_new();
    struct session *session = ARENA_NEW(arena, struct session);
    session->arena = arena;
    session->diags = diags_new(arena);
    session->resources = slice_c_string(arena, slice_of(resources));
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    for (size_t i = 0; i < session->table_count; i++)
        table_close(session->table[i].table);
    if (session->fonts)
        fonts_close(session->fonts);
    arena_free(session->arena);
}

struct slice session_setting(const struct session *session, const char *key)
{
    for (size_t i = session->setting_count; i-- > 0;) {
        if (slice_is(session->setting[i].key, key))
            return session->setting[i].value;
    }
    return (struct slice){0};
}

static bool setting_is_known(struct slice key)
{
    static const char *const keys[] = {
        "period",    "as-of",       "language", "theme",    "paper", "issue", "schema",
        "delimiter", "max-rejects", "strict",   "encoding", "dates", "twins",
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (slice_is(key, keys[i]))
            return true;
    }
    return slice_starts_with(key, "value:");
}

static bool is_delimiter(struct slice value)
{
    return slice_is(value, "tab") ||
           (value.size == 1 && strchr(",;|\t", value.data[0]));
}

bool session_set(struct session *session, struct slice key, struct slice value)
{
    if (!setting_is_known(key)) {
        diags_error(session->diags, (struct place){0}, "U101",
                    "unknown setting \"%.*s\"", SLICE_PRINT(key));
        return false;
    }
    if (slice_is(key, "delimiter") && !is_delimiter(value)) {
        diags_error(session->diags, (struct place){"--delimiter", 0, 0}, "U109",
                    "\"%.*s\" is none of , ; | and tab", SLICE_PRINT(value));
        return false;
    }
    *ARENA_APPEND(session->arena, session->setting, session->setting_count,
                  session->setting_capacity) = (struct setting){
        slice_copy(session->arena, key), slice_copy(session->arena, value)};
    return true;
}

static const char *session_path(const struct session *session, const char *relative)
{
    return arena_print(session->arena, "%s/%s", session->resources, relative);
}

bool read_whole_file(const char *path, char letter, struct arena *arena,
                     struct slice *out, struct diags *diags)
{
    struct file file;
    if (!file_open_as(&file, path, letter, (struct place){0}, diags))
        return false;
    *out = slice_copy(arena, file.bytes);
    file_close(&file);
    return true;
}

/* -- Tables --------------------------------------------------------------------------- */

static bool same_words(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_options(const struct table_options *a, const struct table_options *b)
{
    return same_words(a->file, b->file) && a->bytes.data == b->bytes.data &&
           slice_equal(a->name, b->name) && same_words(a->encoding, b->encoding) &&
           a->delimiter == b->delimiter && slice_equal(a->schema, b->schema) &&
           slice_equal(a->dates, b->dates) &&
           slice_equal(a->date_column, b->date_column);
}

/* The table outlives the edition that asked for it. */
static void keep_options(struct session *session, struct table_options *options)
{
    struct arena *arena = session->arena;
    options->file = slice_c_string(arena, slice_of(options->file));
    options->name = slice_copy(arena, options->name);
    if (options->encoding)
        options->encoding = slice_c_string(arena, slice_of(options->encoding));
    options->schema = slice_copy(arena, options->schema);
    options->dates = slice_copy(arena, options->dates);
    options->date_column = slice_copy(arena, options->date_column);
}

bool session_table(struct session *session, struct table_options *options,
                   struct table **out)
{
    for (size_t i = 0; i < session->table_count; i++) {
        *out = session->table[i].table;
        if (same_options(&session->table[i].options, options))
            return true;
    }
    keep_options(session, options);
    if (!table_open(out, options, session->diags))
        return false;
    *ARENA_APPEND(session->arena, session->table, session->table_count,
                  session->table_capacity) = (struct opened_table){*out, *options};
    return true;
}

/* -- Resources by name ---------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

size_t session_resource_names(struct session *session, const char *folder,
                              const struct slice **out)
{
    struct slice *name = NULL;
    size_t count = 0, capacity = 0;
    DIR *directory = opendir(session_path(session, folder));
    const struct dirent *entry;
    while (directory && (entry = readdir(directory))) {
        size_t size = strlen(entry->d_name);
        if (size <= 5 || strcmp(entry->d_name + size - 5, ".yaml") != 0)
            continue;
        *ARENA_APPEND(session->arena, name, count, capacity) =
            slice_copy(session->arena, (struct slice){entry->d_name, size - 5});
    }
    if (directory)
        closedir(directory);
    if (count)
        qsort(name, count, sizeof *name, compare_names);
    *out = name;
    return count;
}

/* A resource as it was asked for. */
struct wanted {
    const char *what, *folder;
    struct slice name;
    struct place at;
};

static bool resource_is_missing(struct session *session, const struct wanted *wanted)
{
    const struct slice *names;
    size_t count = session_resource_names(session, wanted->folder, &names);
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(names[i], wanted->name))
            return false;
    }
    if (!count) {
        struct diag *empty = diags_error(session->diags, (struct place){0}, "F101",
                                         "no languages, themes and schemas in \"%s\"",
                                         session_path(session, "templates"));
        diag_hint(session->diags, empty, "is SITREP_HOME right?");
        return true;
    }
    struct diag *diag =
        diags_error(session->diags, wanted->at, "F102", "there is no %s \"%.*s\"",
                    wanted->what, SLICE_PRINT(wanted->name));
    diag->width = (int)utf8_length(wanted->name);
    /* Two letters are near to any two others: tags are listed. */
    bool is_tag = wanted->name.size < 4;
    diag_suggest(session->diags, diag, is_tag ? (struct slice){0} : wanted->name, names,
                 count);
    return true;
}

bool session_fonts(struct session *session, struct fonts **out)
{
    if (!session->fonts &&
        !fonts_open(&session->fonts, session_path(session, "fonts/families.conf"),
                    session->diags))
        return false;
    *out = session->fonts;
    return true;
}

bool session_schemas(struct session *session)
{
    if (session->has_schemas)
        return true;
    session->has_schemas =
        schema_load_folder(session_path(session, "templates/schemas"), session->arena,
                           &session->schemas, &session->schema_count, session->diags);
    return session->has_schemas;
}

static const char *yaml_path(const struct session *session, const char *folder,
                             struct slice name)
{
    return arena_print(session->arena, "%s/%s/%.*s.yaml", session->resources, folder,
                       SLICE_PRINT(name));
}

/* A language may inherit from another the words it lacks; not in a circle. */
static bool load_locale(struct session *session, struct slice tag, struct place at,
                        struct arena *arena, struct locale **out, int depth)
{
    struct slice source;
    const struct wanted wanted = {"language", "templates/locales", tag, at};
    if (resource_is_missing(session, &wanted))
        return false;
    const char *path = yaml_path(session, "templates/locales", tag);
    if (!read_whole_file(path, 'F', arena, &source, session->diags))
        return false;
    struct slice base_tag = locale_inherits(source, path, arena);
    struct locale *base = NULL;
    if (base_tag.size && depth > 4) {
        diags_error(session->diags, (struct place){path, 1, 1}, "F203",
                    "languages inherit from each other in a circle");
        return false;
    }
    const struct place here = {path, 0, 0};
    if (base_tag.size && !load_locale(session, base_tag, here, arena, &base, depth + 1))
        return false;
    return locale_parse(source, path, base, arena, out, session->diags);
}

bool session_locale(struct session *session, struct slice tag, struct place at,
                    struct arena *arena, struct locale **out)
{
    return load_locale(session, tag, at, arena, out, 0);
}

bool session_comparison(struct session *session, const struct locale **out)
{
    const struct place nowhere = {0};
    *out = NULL;
    if (!session_setting(session, "twins").size)
        return true;
    bool ok =
        session->comparison || session_locale(session, SLICE_LITERAL("en"), nowhere,
                                              session->arena, &session->comparison);
    *out = session->comparison;
    return ok;
}

/* A theme may extend another, which may extend a third; not in a circle. */
static bool load_theme(struct session *session, struct slice name, struct place at,
                       struct arena *arena, struct theme **out, int depth)
{
    struct slice source;
    const struct wanted wanted = {"theme", "templates/themes", name, at};
    if (resource_is_missing(session, &wanted))
        return false;
    const char *path = yaml_path(session, "templates/themes", name);
    if (!read_whole_file(path, 'F', arena, &source, session->diags))
        return false;
    struct slice base_name = theme_extends(source, path, arena);
    struct theme *base = NULL;
    if (base_name.size && depth > 8) {
        diags_error(session->diags, (struct place){path, 1, 1}, "F103",
                    "themes extend each other in a circle");
        return false;
    }
    const struct place here = {path, 0, 0};
    if (base_name.size &&
        !load_theme(session, base_name, here, arena, &base, depth + 1))
        return false;
    return theme_parse(source, path, base, arena, out, session->diags);
}

bool session_theme(struct session *session, struct slice name, struct place at,
                   struct arena *arena, struct theme **out)
{
    return load_theme(session, name, at, arena, out, 0);
}

bool session_may_write(struct session *session, const char *template_path,
                       const char *path)
{
    const char *issue =
        slice_c_string(session->arena, session_setting(session, "issue"));
    bool is_source = file_is_same(path, template_path) || file_is_same(path, issue);
    for (size_t i = 0; i < session->table_count; i++)
        is_source = is_source || file_is_same(path, session->table[i].table->file);
    if (!is_source)
        return true;
    struct diag *diag =
        diags_error(session->diags, (struct place){0}, "U111",
                    "can't write \"%s\": the brief is made from it", path);
    diag_hint(session->diags, diag, "name another file to write");
    return false;
}

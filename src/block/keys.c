/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the keys that blocks have in common. Every reader places its errors at the
 * editor's own word. */
#include "block/across.h"
#include "block/cell_format.h"

#include "base/file.h"
#include "data/plain.h"
#include "template/pipeline.h"

#include <stdarg.h>
#include <string.h>

static const struct yaml *value_of(const struct block_reader *reader, const char *key)
{
    return yaml_find(reader->node->body, key);
}

/* The key as the block's own registry has it; NULL: it has none, whatever is written. */
static const struct block_key *find_key(const struct block_reader *reader,
                                        const char *name)
{
    const struct block_kind *kind = block_find(reader->node->word);
    for (const struct block_key *key = kind->keys; key->name; key++) {
        if (strcmp(key->name, name) == 0)
            return key;
    }
    return NULL;
}

struct diag *reader_error(struct block_reader *reader, const struct yaml *value,
                          const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(reader->arena, format, arguments);
    va_end(arguments);
    struct diag *diag = diags_error(reader->diags, value ? value->at : reader->node->at,
                                    code, "%s", message);
    if (value && value->width > 1)
        diag->width = value->width;
    return diag;
}

void block_check_keys(struct block_reader *reader, const struct block_kind *kind)
{
    struct slice name[64];
    size_t count = 0;
    for (const struct block_key *key = kind->keys; key->name && count < 64; key++)
        name[count++] = slice_of(key->name);
    const struct yaml *body = reader->node->body;
    for (size_t i = 0; body && body->kind == YAML_MAPPING && i < body->count; i++) {
        bool known = false;
        for (size_t j = 0; j < count; j++)
            known = known || slice_equal(body->key[i].text, name[j]);
        if (known)
            continue;
        struct diag *diag = diags_warn(reader->diags, body->key[i].at, "M110",
                                       "a %s has no key \"%.*s\"; it does nothing",
                                       kind->name, SLICE_PRINT(body->key[i].text));
        diag->width = (int)utf8_length(body->key[i].text);
        diag_suggest(reader->diags, diag, body->key[i].text, name, count);
    }
}

static bool fits_form(const struct block_key *key, const struct yaml *value)
{
    bool is_empty = value->kind == YAML_SCALAR && !value->text.size;
    switch (key->form) {
    case KEY_LIST: return value->kind != YAML_MAPPING;
    case KEY_KEYS: return value->kind == YAML_MAPPING || is_empty;
    case KEY_NOTES: return true; /* what they name is read by the chart */
    default: return value->kind == YAML_SCALAR;
    }
}

/* `rows: [district, province]` would be read as if nothing were there. */
bool block_check_forms(struct block_reader *reader, const struct block_kind *kind)
{
    bool ok = true;
    for (const struct block_key *key = kind->keys; key->name; key++) {
        const struct yaml *value = value_of(reader, key->name);
        if (!value || fits_form(key, value))
            continue;
        struct diag *diag =
            reader_error(reader, value, "M114", "%s takes %s, and here %s", key->name,
                         key->form == KEY_KEYS   ? "keys of its own"
                         : key->form == KEY_LIST ? "names"
                                                 : "one text",
                         value->kind == YAML_MAPPING    ? "stand keys"
                         : value->kind == YAML_SEQUENCE ? "stands a list"
                                                        : "stands a text");
        diag_hint(reader->diags, diag, "as in %s: %s", key->name, key->usage);
        ok = false;
    }
    return ok;
}

/* The key of the body that was probably meant to be another: no key of the kind, and
 * nearly this one. */
static const struct yaml *find_slip(const struct block_reader *reader,
                                    const struct block_kind *kind, const char *wanted)
{
    const struct yaml *body = reader->node->body;
    const struct slice name = slice_of(wanted);
    for (size_t i = 0; body && body->kind == YAML_MAPPING && i < body->count; i++) {
        bool known = false;
        for (const struct block_key *key = kind->keys; key->name; key++)
            known = known || slice_is(body->key[i].text, key->name);
        if (!known && text_nearest(body->key[i].text, &name, 1) == 0)
            return &body->key[i];
    }
    return NULL;
}

bool reader_missing(struct block_reader *reader, const char *key, const char *example)
{
    const struct block_kind *kind = block_find(reader->node->word);
    const struct yaml *slip = find_slip(reader, kind, key);
    if (slip) {
        struct diag *diag = reader_error(reader, slip, "M110",
                                         "a %s has no key \"%.*s\" and needs \"%s\"",
                                         kind->name, SLICE_PRINT(slip->text), key);
        diag_hint(reader->diags, diag, "did you mean \"%s\"?", key);
        return false;
    }
    struct diag *diag =
        reader_error(reader, NULL, "M122", "%s without \"%s\"", kind->name, key);
    diag->width = 3 + (int)utf8_length(reader->node->word);
    diag_hint(reader->diags, diag, "add a line such as `%s: %s`", key, example);
    return false;
}

/* -- Measures and columns ----------------------------------------------------------- */

static bool ends_with_word(struct slice text, const char *word, struct slice *before)
{
    size_t size = strlen(word);
    if (!size || text.size <= size + 1 || text.data[text.size - size - 1] != ' ' ||
        memcmp(text.data + text.size - size, word, size) != 0)
        return false;
    *before = slice_trim((struct slice){text.data, text.size - size - 1});
    return true;
}

/* The longest measure name wins; what follows it must be an aspect. */
bool find_shown(const struct scope *scope, struct slice word, struct shown *shown)
{
    static const char *const aspects[] = {
#define ASPECT(id, words) words,
#include "block/aspects.def"
    };
    shown->measure = measures_find(scope->measures, word);
    if (shown->measure)
        return true;
    for (size_t i = 1; i < ASPECT_COUNT; i++) {
        struct slice before;
        if (!ends_with_word(word, aspects[i], &before))
            continue;
        shown->measure = measures_find(scope->measures, before);
        shown->aspect = (enum aspect)i;
        if (shown->measure)
            return true;
    }
    return false;
}

/* "killed chnge": the measure is known, what is wanted of it isn't. */
static bool unknown_aspect(struct block_reader *reader, const struct yaml *value,
                           struct slice word)
{
    static const char *const aspects[] = {
#define ASPECT(id, words) words,
#include "block/aspects.def"
    };
    struct slice name[ASPECT_COUNT], measure = word;
    while (measure.size && !measures_find(reader->scope->measures, measure)) {
        const char *space = memrchr(measure.data, ' ', measure.size);
        measure.size = space ? (size_t)(space - measure.data) : 0;
    }
    if (!measure.size)
        return false;
    struct slice rest = slice_trim(slice_from(word, measure.size));
    for (size_t i = 1; i < ASPECT_COUNT; i++)
        name[i - 1] = slice_of(aspects[i]);
    struct diag *diag =
        reader_error(reader, value, "M104", "nothing of \"%.*s\" is called \"%.*s\"",
                     SLICE_PRINT(measure), SLICE_PRINT(rest));
    if (slice_starts_with(rest, "and ") || slice_starts_with(rest, "& "))
        diag_hint(reader->diags, diag, "measures are divided by commas");
    else
        diag_suggest(reader->diags, diag, rest, name, ASPECT_COUNT - 1);
    return true;
}

/* What to make of a column where a measure is wanted: numbers can be summed, words be
 * counted or give the rows. */
static void hint_of_column(struct block_reader *reader, struct diag *diag,
                           const struct column *column, struct slice word)
{
    bool is_table = slice_is(reader->node->word, "table");
    if (column->type == COLUMN_NUMBER)
        diag_hint(reader->diags, diag,
                  "it is a column: add `%.*s: sum of %.*s` to the measures",
                  SLICE_PRINT(word), SLICE_PRINT(word));
    else if (column->type == COLUMN_CATEGORY)
        diag_hint(reader->diags, diag,
                  "it is a column of words: `%s: %.*s` gives one %s each; how many "
                  "there are is a measure, `number of %.*s`",
                  is_table ? "rows" : "by", SLICE_PRINT(word),
                  is_table ? "row" : "position", SLICE_PRINT(word));
    else if (column->type == COLUMN_DAY)
        diag_hint(reader->diags, diag,
                  "it is a column of days: `%s: week` counts by them",
                  is_table ? "rows" : "by");
    else
        diag_hint(reader->diags, diag,
                  "it is a column of texts; entries show them: ```incidents");
}

static bool unknown_shown(struct block_reader *reader, const struct yaml *value,
                          struct slice word)
{
    const struct measures *measures = reader->scope->measures;
    if (unknown_aspect(reader, value, word))
        return false;
    struct slice *name = ARENA_ARRAY(reader->arena, struct slice, measures->count);
    for (size_t i = 0; i < measures->count; i++)
        name[i] = measures->measure[i]->name;
    struct diag *diag = reader_error(reader, value, "M104", "unknown measure \"%.*s\"",
                                     SLICE_PRINT(word));
    const struct column *column = table_find(reader->scope->tables[0].table, word);
    if (column)
        hint_of_column(reader, diag, column, word);
    else if (word.size && memchr(word.data, ';', word.size))
        diag_hint(reader->diags, diag, "measures are divided by commas");
    else
        diag_suggest(reader->diags, diag, word, name, measures->count);
    return false;
}

struct slice shown_word(struct slice word, struct slice *label)
{
    for (size_t i = 0; i + 4 < word.size; i++) {
        if (memcmp(word.data + i, " as ", 4) != 0)
            continue;
        *label = slice_trim(slice_from(word, i + 4));
        if (label->size > 1 && (label->data[0] == '"' || label->data[0] == '\'') &&
            label->data[label->size - 1] == label->data[0])
            *label = (struct slice){label->data + 1, label->size - 2};
        return slice_trim((struct slice){word.data, i});
    }
    return word;
}

bool find_column(struct block_reader *reader, struct table *table,
                 const struct yaml *value, struct slice word, struct column **out)
{
    *out = table_find(table, word);
    if (*out) {
        table_want(table, *out);
        return true;
    }
    struct slice *name = ARENA_ARRAY(reader->arena, struct slice, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        name[i] = table->column[i].name;
    struct diag *diag =
        reader_error(reader, value, "M201", "unknown field \"%.*s\" in %.*s",
                     SLICE_PRINT(word), SLICE_PRINT(table->name));
    diag->width = (int)utf8_length(word);
    if (measures_find(reader->scope->measures, word))
        diag_hint(reader->diags, diag, "%s",
                  slice_is(reader->node->word, "table")
                      ? "it is a measure: add a line such as `rows: province`"
                      : "it is a measure, and here stand columns of the file");
    else
        diag_suggest(reader->diags, diag, word, name, table->column_count);
    return false;
}

/* A name that the brief's language doesn't know is warned of once, where it is made. */
static bool is_named(const struct block_reader *reader, const struct shown *shown)
{
    const struct measure *measure = shown->measure;
    const struct locale *locale = reader->scope->locale;
    if (!shown->label.size)
        locale_warn_foreign(
            locale, measure_label(measure, locale, reader->arena), measure->at, 0,
            "give the measure a label: {en: …, %.*s: …}", reader->diags);
    else
        locale_warn_foreign(locale, shown->label, shown->at,
                            (int)utf8_length(shown->label),
                            "write show: {en: …, %.*s: …}", reader->diags);
    return true;
}

bool read_shown(struct block_reader *reader, const char *key, bool columns,
                const struct shown **out, size_t *count)
{
    const struct yaml *list = yaml_list(value_of(reader, key), reader->arena, count);
    const struct source_table *source;
    if (!read_table(reader, &source))
        return false;
    struct shown *shown = ARENA_ARRAY(reader->arena, struct shown, *count);
    bool ok = true;
    for (size_t i = 0; i < *count; i++) {
        shown[i].at = list[i].at;
        struct slice word = shown_word(list[i].text, &shown[i].label);
        if (columns && !table_find(source->table, word))
            cell_format_take(&word, &shown[i].format);
        if (columns)
            ok &= find_column(reader, source->table, &list[i], word, &shown[i].column);
        else if (!find_shown(reader->scope, word, &shown[i]))
            ok = unknown_shown(reader, &list[i], word);
        else
            ok &= fits_table(reader, &shown[i], source) && is_named(reader, &shown[i]);
    }
    *out = shown;
    return ok;
}

bool read_measures(struct block_reader *reader, const char *key,
                   const struct shown **out, size_t *count)
{
    if (!read_shown(reader, key, false, out, count))
        return false;
    for (size_t i = 0; i < *count; i++) {
        if ((*out)[i].aspect == ASPECT_VALUE)
            continue;
        struct diag *diag = diags_error(reader->diags, (*out)[i].at, "M115",
                                        "\"%.*s\" is shown here as it is only",
                                        SLICE_PRINT((*out)[i].measure->name));
        diag->width = (int)utf8_length((*out)[i].measure->name);
        diag_hint(reader->diags, diag,
                  "change, share, sparkline … of a measure stand in a table");
        return false;
    }
    return *count > 0 || reader_missing(reader, key, "attacks, killed");
}

bool read_column(struct block_reader *reader, const char *key, struct table *table,
                 struct column **out)
{
    const struct yaml *value = value_of(reader, key);
    *out = NULL;
    return !value || !value->text.size ||
           find_column(reader, table, value, value->text, out);
}

/* "day" is often another name of the date's column: by: day means the period. */
bool is_period_unit(const struct table *table, struct slice word,
                    enum period_unit *unit)
{
    const struct column *column = table_find(table, word);
    return (!column || column->type != COLUMN_CATEGORY) &&
           period_parse_unit(word, unit);
}

bool read_group_column(struct block_reader *reader, const char *key,
                       struct table *table, struct column **out)
{
    static const char *const periods[] = {"day", "week", "month", "quarter", "year"};
    enum { PERIODS = sizeof periods / sizeof *periods };
    const struct yaml *value = value_of(reader, key);
    *out = value && value->text.size ? table_find(table, value->text) : NULL;
    if (*out)
        table_want(table, *out);
    if (!value || !value->text.size || (*out && (*out)->type == COLUMN_CATEGORY))
        return true;
    struct slice *name =
        ARENA_ARRAY(reader->arena, struct slice, table->column_count + PERIODS);
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->column[i].type == COLUMN_CATEGORY)
            name[count++] = table->column[i].name;
    }
    for (size_t i = 0; i < PERIODS; i++)
        name[count++] = slice_of(periods[i]);
    struct diag *diag = reader_error(reader, value, "M201",
                                     *out ? "\"%.*s\" holds no words to divide by"
                                          : "unknown field or period \"%.*s\"",
                                     SLICE_PRINT(value->text));
    if (slice_is(value->text, "weekday") || slice_is(value->text, "month of year"))
        diag_hint(reader->diags, diag, "a chart divides by it: `by: %.*s`",
                  SLICE_PRINT(value->text));
    else
        diag_suggest(reader->diags, diag, value->text, name, count);
    return false;
}

bool read_where(struct block_reader *reader, const char *key, struct table *table,
                struct condition **out)
{
    const struct yaml *value = value_of(reader, key);
    *out = NULL;
    if (!value || !value->text.size)
        return true;
    struct name_list fields = condition_fields(table, reader->arena);
    const struct condition *condition;
    if (!condition_parse(value->text, yaml_text_at(value), &fields, reader->arena,
                         &condition, reader->diags) ||
        !condition_bind(condition, table, reader->arena, out, reader->diags))
        return false;
    struct condition_list *list = reader->conditions;
    *ARENA_APPEND(reader->arena, list->item, list->count, list->capacity) =
        (struct bound_condition){*out, table};
    return true;
}

bool read_table_named(struct block_reader *reader, const struct yaml *value,
                      const struct source_table **out)
{
    *out = scope_table(reader->scope, value->text);
    if (*out)
        return true;
    size_t count = reader->scope->table_count;
    struct slice *name = ARENA_ARRAY(reader->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        name[i] = reader->scope->tables[i].name;
    struct diag *diag = reader_error(
        reader, value, "M105", "unknown data table \"%.*s\"", SLICE_PRINT(value->text));
    diag_suggest(reader->diags, diag, value->text, name, count);
    return false;
}

bool read_table(struct block_reader *reader, const struct source_table **out)
{
    const struct yaml *value = value_of(reader, "data");
    size_t count;
    const struct yaml *list =
        yaml_list(value_of(reader, "show"), reader->arena, &count);
    *out = table_shown(reader, list, count);
    return !value || !value->text.size ||
           (read_table_named(reader, value, out) && fits_each(reader, value, *out));
}

/* -- Texts, lengths, numbers --------------------------------------------------------- */

/* Footnotes are the text's: a figure moves from page to page. */
static void warn_of_note(struct block_reader *reader, const struct yaml *value,
                         struct slice text)
{
    const char *mark = text.size ? memmem(text.data, text.size, "[^", 2) : NULL;
    const char *end =
        mark ? memchr(mark, ']', text.size - (size_t)(mark - text.data)) : NULL;
    if (!end || end == mark + 2 || memchr(mark, ' ', (size_t)(end - mark)))
        return;
    struct diag *diag =
        diags_warn(reader->diags, value->at, "M086",
                   "a figure has no footnotes; %.*s is printed as it stands",
                   (int)(end - mark) + 1, mark);
    diag->width = value->width;
    diag_hint(reader->diags, diag, "say it in source:, or in the text around it");
}

bool read_text(struct block_reader *reader, const char *key,
               const struct template_text **out)
{
    const struct yaml *value = value_of(reader, key);
    *out = NULL;
    if (!value || !value->text.size)
        return true;
    if (!template_text_parse(value->text, yaml_text_at(value), reader->arena, out,
                             reader->diags))
        return false;
    struct text literal = {.arena = reader->arena};
    for (size_t i = 0; i < (*out)->count; i++)
        text_append(&literal, (*out)->part[i].literal);
    bool is_word = slice_is(value->text, "finding"); /* no text: see chart_finding */
    warn_of_note(reader, value, text_slice(&literal));
    if (!value->is_substitute && !is_word)
        locale_warn_foreign(reader->scope->locale, text_slice(&literal),
                            yaml_text_at(value), value->width, "write {en: …, %.*s: …}",
                            reader->diags);
    return template_text_check(*out, reader->scope);
}

bool read_length(struct block_reader *reader, const char *key, size_t *count,
                 enum period_unit *unit)
{
    const struct yaml *value = value_of(reader, key);
    *count = 0;
    if (!value || !value->text.size || period_parse_length(value->text, count, unit))
        return true;
    struct diag *diag =
        reader_error(reader, value, "M111", "\"%.*s\" is no length of time",
                     SLICE_PRINT(value->text));
    char plain[PLAIN_SIZE];
    struct slice meant = plain_cell(value->text, ' ', plain);
    if (period_parse_length(meant, count, unit))
        diag_hint(reader->diags, diag, "write %.*s", SLICE_PRINT(meant));
    else
        diag_hint(reader->diags, diag,
                  "write a number and a unit: 26 weeks, 12 months");
    return false;
}

static bool parse_whole(struct slice text, long lowest, long highest, long *out)
{
    const struct yaml value = {.kind = YAML_SCALAR, .text = text};
    double number;
    if (!yaml_number(&value, &number) || number < (double)lowest ||
        number > (double)highest || number != (double)(long)number)
        return false;
    *out = (long)number;
    return true;
}

static bool not_whole(struct block_reader *reader, const struct yaml *value,
                      const struct block_key *key)
{
    struct diag *diag = reader_error(
        reader, value, "M112", "%s is \"%.*s\", not a whole number from %ld to %ld",
        key->name, SLICE_PRINT(value->text), key->lowest, key->highest);
    diag_hint(reader->diags, diag, "digits alone, as in %s: %s", key->name, key->usage);
    return false;
}

bool read_whole(struct block_reader *reader, const char *name, long fallback, long *out)
{
    const struct block_key *key = find_key(reader, name);
    const struct yaml *value = key ? value_of(reader, name) : NULL;
    *out = fallback;
    return !value || !value->text.size ||
           parse_whole(value->text, key->lowest, key->highest, out) ||
           not_whole(reader, value, key);
}

bool read_range(struct block_reader *reader, const char *name, long *low, long *high)
{
    const struct block_key *key = find_key(reader, name);
    const struct yaml *value = key ? value_of(reader, name) : NULL;
    *low = *high = 0;
    if (!value || !value->text.size)
        return true;
    struct slice rest = value->text, first, word;
    slice_cut(&rest, ' ', &first);
    rest = slice_trim(rest);
    bool is_range = slice_cut(&rest, ' ', &word) && slice_is(word, "to");
    return (parse_whole(is_range ? first : value->text, key->lowest, key->highest,
                        low) &&
            (!is_range || parse_whole(slice_trim(rest), *low, key->highest, high))) ||
           not_whole(reader, value, key);
}

bool read_bool(struct block_reader *reader, const char *key, bool fallback, bool *out)
{
    const struct yaml *value = value_of(reader, key);
    *out = fallback;
    if (!value || !value->text.size || yaml_bool(value, out))
        return true;
    reader_error(reader, value, "M113", "%s is \"%.*s\", not yes or no", key,
                 SLICE_PRINT(value->text));
    return false;
}

bool read_choice(struct block_reader *reader, const char *name, size_t *out)
{
    enum { MOST_WORDS = 8 };
    const struct block_key *key = find_key(reader, name);
    const struct yaml *value = key ? value_of(reader, name) : NULL;
    *out = 0;
    if (!value || !value->text.size)
        return true;
    struct slice word[MOST_WORDS], rest = slice_of(key->words);
    size_t count = 0;
    while (count < MOST_WORDS && slice_cut(&rest, ',', &word[count])) {
        word[count] = slice_trim(word[count]);
        *out = count;
        if (slice_equal(slice_fold(reader->arena, value->text), word[count++]))
            return true;
    }
    struct diag *diag = reader_error(reader, value, "M114", "%s is \"%.*s\"", name,
                                     SLICE_PRINT(value->text));
    diag_suggest(reader->diags, diag, value->text, word, count);
    return false;
}

bool find_named_file(struct block_reader *reader, const char *base, const char *typed,
                     const char **out)
{
    struct arena *arena = reader->arena;
    const char *template = reader->template_file;
    *out = path_beside(arena, base, typed);
    const char *beside_template = path_beside(arena, template, typed);
    if (!file_exists(*out) && file_exists(beside_template))
        *out = beside_template;
    return !file_exists(*out) ||
           path_is_below(*out, path_beside(arena, template, ".")) ||
           path_is_below(*out, path_beside(arena, template, "../samples"));
}

bool find_beside(struct block_reader *reader, const struct yaml *value,
                 const char **out)
{
    if (find_named_file(reader, value->at.file,
                        slice_c_string(reader->arena, value->text), out))
        return true;
    struct diag *diag = reader_error(reader, value, "M030",
                                     "\"%.*s\" lies outside the template's folder",
                                     SLICE_PRINT(value->text));
    diag_hint(reader->diags, diag, "put it beside the template or in a folder below");
    return false;
}

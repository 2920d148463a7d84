/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The measures of a front matter: what each is, and whether it can be reached by its
 * name. */
#include "brief/edition.h"

#include <string.h>

struct measure_list {
    struct measure **measure;
    size_t count;
};

/* -- How one is written ------------------------------------------------------------------ */

static const char *const measure_keys[] = {"is", "label", "tone", "data"};
enum { MEASURE_KEYS = sizeof measure_keys / sizeof *measure_keys };

static bool check_details(struct edition *edition, const struct yaml *value)
{
    struct diags *diags = edition->session->diags;
    struct slice known[MEASURE_KEYS];
    bool ok = true;
    for (size_t i = 0; i < MEASURE_KEYS; i++)
        known[i] = slice_of(measure_keys[i]);
    for (size_t i = 0; value->kind == YAML_MAPPING && i < value->count; i++) {
        const struct yaml *key = &value->key[i];
        bool is_known = false;
        for (size_t j = 0; j < MEASURE_KEYS; j++)
            is_known |= slice_equal(key->text, known[j]);
        if (slice_is(key->text, "tone"))
            ok &= check_tone(diags, &value->item[i]);
        if (is_known)
            continue;
        struct diag *diag = diags_warn(diags, key->at, "M110",
                                       "a measure has no key \"%.*s\"; it does nothing",
                                       SLICE_PRINT(key->text));
        diag->width = key->width;
        diag_suggest(diags, diag, key->text, known, MEASURE_KEYS);
    }
    return ok;
}

/* A name that {{ }} reads as something else could never be printed. */
static bool check_name(struct edition *edition, const struct yaml *key)
{
    static const char *const taken[] = {"if",    "else", "end",  "period",
                                        "pages", "page", "data", "national",
                                        "not",   "and",  "or"};
    const struct slice name = key->text;
    const char *why = NULL;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (slice_is(name, taken[i]))
            why = "that word has a meaning of its own";
    }
    for (size_t i = 0; i < name.size && !why; i++) {
        if (strchr("|.{}()\"<>=!,", name.data[i]))
            why = "a name is made of letters, digits, spaces and hyphens";
    }
    if (!why)
        return true;
    struct diag *diag =
        diags_error(edition->session->diags, key->at, "M037",
                    "a measure can't be called \"%.*s\"", SLICE_PRINT(name));
    diag->width = key->width;
    diag_hint(edition->session->diags, diag, "%s", why);
    return false;
}

static const struct source_table *measure_table(struct edition *edition,
                                                const struct yaml *value)
{
    struct slice name = yaml_text(value, "data", "");
    if (!name.size)
        return &edition->tables[0];
    for (size_t i = 0; i < edition->table_count; i++) {
        if (slice_equal(edition->tables[i].name, name))
            return &edition->tables[i];
    }
    struct diag *diag =
        diags_error(edition->session->diags, yaml_find(value, "data")->at, "M105",
                    "unknown data table \"%.*s\"", SLICE_PRINT(name));
    diag_hint(edition->session->diags, diag, "name it in the front matter's data");
    return NULL;
}

/* Of the main table, and there once however many measures it has; of another where the
 * template asks for it. */
static bool undated(struct edition *edition, const struct table *table,
                    const struct yaml *asked)
{
    struct diags *diags = edition->session->diags;
    struct slice *name = ARENA_ARRAY(edition->arena, struct slice, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        name[i] = table->column[i].header.size ? table->column[i].header
                                               : table->column[i].name;
    const struct place head = {table->file, 1, 0};
    struct diag *diag = diags_error(diags, asked ? asked->at : head, "D208",
                                    "\"%.*s\" has no column of dates to count by",
                                    SLICE_PRINT(table->name));
    if (!asked)
        diag_suggest(diags, diag, (struct slice){0}, name, table->column_count);
    else
        diag_hint(diags, diag,
                  "a measure counts by days; how many rows there are, "
                  "{{ data.%.*s.rows }} says",
                  SLICE_PRINT(table->name));
    return false;
}

static bool read_measure(struct edition *edition, const struct yaml *key,
                         const struct yaml *value, struct measure_list *list)
{
    struct diags *diags = edition->session->diags;
    const struct yaml *definition = value;
    const struct source_table *source = measure_table(edition, value);
    if (!source || !check_name(edition, key) || !check_details(edition, value))
        return false;
    if (value->kind == YAML_MAPPING)
        definition = yaml_find(value, "is");
    if (!definition || definition->kind != YAML_SCALAR) {
        struct diag *diag =
            diags_error(diags, key->at, "M033", "measure \"%.*s\" isn't defined",
                        SLICE_PRINT(key->text));
        diag_hint(diags, diag,
                  "write NAME: count where …, or NAME: {is: count where …, "
                  "label: …, tone: attack}");
        return false;
    }
    if (!source->table->date)
        return undated(edition, source->table, yaml_find(value, "data"));
    struct name_list fields = condition_fields(source->table, edition->arena);
    const struct measures known = {
        .count = list->count, .measure = (const struct measure *const *)list->measure};
    struct measure *measure;
    if (!measure_parse(key->text, definition->text, yaml_text_at(definition), &known,
                       &fields, edition->arena, &measure, diags))
        return false;
    measure->label = yaml_text(value, "label", "");
    measure->tone = yaml_text(value, "tone", "");
    list->measure[list->count++] = measure;
    return measure_bind(measure, source->table, edition->arena, diags);
}

/* -- All of them -------------------------------------------------------------------------- */

/* Every brief has the measure of all rows, under its table's name; it stands first. */
static bool add_row_count(struct edition *edition, const struct yaml *definitions,
                          struct measure_list *list)
{
    struct diags *diags = edition->session->diags;
    const struct source_table *main = &edition->tables[0];
    const char *name = slice_c_string(edition->arena, main->name);
    struct measure *measure;
    const struct name_list none = {0};
    if (!measure_parse(main->name, slice_of("count"), (struct place){0},
                       &(struct measures){0}, &none, edition->arena, &measure, diags) ||
        !measure_bind(measure, main->table, edition->arena, diags))
        return false;
    if (yaml_find(definitions, name))
        measure->name = measure->folded = slice_of("");
    list->measure[list->count++] = measure;
    return true;
}

/* Which definition the only message since `before` lacks; count when none. */
static size_t lacked_definition(const struct edition *edition,
                                const struct yaml *definitions, size_t before)
{
    const struct diags *diags = edition->session->diags;
    if (diags_total(diags) != before + 1)
        return definitions->count;
    const char *message = diags_at(diags, before)->message;
    for (size_t i = 0; i < definitions->count; i++) {
        if (strcmp(message, arena_print(edition->arena, "unknown measure \"%.*s\"",
                                        SLICE_PRINT(definitions->key[i].text))) == 0)
            return i;
    }
    return definitions->count;
}

/* A measure of one that is wrong itself needs no message; two that are made of each
 * other need another. */
static void explain_lack(struct edition *edition, const struct yaml *lacked,
                         bool has_failed, size_t before)
{
    struct diags *diags = edition->session->diags;
    if (has_failed)
        diags_truncate(diags, before);
    else
        diag_hint(diags, (struct diag *)diags_at(diags, before),
                  "it is made of this one itself, line %d", lacked->at.line);
}

/* In their order, but those made of measures further below after these. What is
 * lacking when a round finds nothing more isn't there. */
static bool read_all(struct edition *edition, const struct yaml *definitions,
                     struct measure_list *list)
{
    enum { MOST_ROUNDS = 16 };
    struct diags *diags = edition->session->diags;
    bool *is_done = ARENA_ARRAY(edition->arena, bool, definitions->count);
    bool *has_failed = ARENA_ARRAY(edition->arena, bool, definitions->count);
    bool ok = true, has_changed = true;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        bool is_last = !has_changed || round + 1 == MOST_ROUNDS;
        has_changed = false;
        for (size_t i = 0; i < definitions->count; i++) {
            size_t before = diags_total(diags);
            if (is_done[i])
                continue;
            is_done[i] = read_measure(edition, &definitions->key[i],
                                      &definitions->item[i], list);
            size_t lacked = is_done[i]
                                ? definitions->count
                                : lacked_definition(edition, definitions, before);
            bool is_lacking = lacked < definitions->count;
            if (is_lacking && !is_last) {
                diags_truncate(diags, before);
                continue;
            }
            if (is_lacking)
                explain_lack(edition, &definitions->key[lacked], has_failed[lacked],
                             before);
            has_changed |= is_done[i];
            has_failed[i] = !is_done[i] && !is_lacking;
            ok &= is_done[i];
            is_done[i] = true;
        }
        if (is_last)
            break;
    }
    return ok;
}

/* {{ }} finds the measure first: the value of the same name never shows. */
static void warn_of_hidden_values(struct edition *edition)
{
    struct diags *diags = edition->session->diags;
    for (size_t i = 0; i < edition->value_count; i++) {
        const struct named_value *value = &edition->values[i];
        bool is_measure = false;
        for (size_t j = 0; j < edition->measures.count; j++)
            is_measure |= slice_equal(edition->measures.measure[j]->name, value->name);
        if (!is_measure || !value->at.file) /* a batch sets each group's name */
            continue;
        struct diag *diag = diags_warn(
            diags, value->at, "M038",
            "\"%.*s\" is a measure: this value of the same name is never printed",
            SLICE_PRINT(value->name));
        diag->width = (int)utf8_length(value->name);
        diag_hint(diags, diag, "give the value another name");
    }
}

bool edition_read_measures(struct edition *edition)
{
    const struct yaml *definitions = yaml_find(edition->template->front, "measures");
    size_t most = (definitions ? definitions->count : 0) + 1;
    struct measure_list list = {
        .measure = ARENA_ARRAY(edition->arena, struct measure *, most)};
    bool ok = add_row_count(edition, definitions, &list);
    if (definitions && definitions->kind != YAML_MAPPING &&
        (definitions->text.size || definitions->count)) {
        struct diag *diag = diags_error(edition->session->diags, definitions->at,
                                        "M034", "measures have no names");
        diag_hint(
            edition->session->diags, diag,
            "write one a line, indented: `  attacks: count where side is attack`");
        return false;
    }
    ok = ok && (!definitions || read_all(edition, definitions, &list));
    edition->measures = (struct measures){
        .count = list.count, .measure = (const struct measure *const *)list.measure};
    measures_index(&edition->measures, edition->arena);
    warn_of_hidden_values(edition);
    return ok;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading schema files. One table names the keys of a schema and one those of a
 * field, each with the function that reads its value. */
#include "data/schema.h"

#include "data/dates.h"
#include "data/schema_parts.h"

#include <math.h>
#include <string.h>

/* Above it a number isn't whole any more in a double, and is a slip of the keyboard: a
 * sum with it would drown all others. */
static const double MOST_SENSIBLE = 1e15;

struct parser {
    const char *file;
    struct arena *arena;
    struct diags *diags;
    struct schema *schema;
    struct slice *missing; /* codes for every field */
    size_t missing_count;
    bool ok;
};

typedef void read_fn(struct parser *parser, const struct yaml *value, void *into);

struct key {
    const char *name;
    read_fn *read;
    size_t offset; /* of the member that it fills */
};

static struct diag *report(struct parser *parser, const struct yaml *node,
                           const char *code, const char *what, struct slice found)
{
    parser->ok = false;
    struct diag *diag = found.size
                            ? diags_error(parser->diags, node->at, code,
                                          "%s, not \"%.*s\"", what, SLICE_PRINT(found))
                            : diags_error(parser->diags, node->at, code, "%s", what);
    diag->width = node->width;
    return diag;
}

static bool is_scalar(struct parser *parser, const struct yaml *node)
{
    if (node->kind == YAML_SCALAR)
        return true;
    report(parser, node, "D403", "expected one value here", (struct slice){0});
    return false;
}

/* Values ------------------------------------------------------------------------- */

static void read_text(struct parser *parser, const struct yaml *value, void *into)
{
    if (is_scalar(parser, value))
        *(struct slice *)into = slice_copy(parser->arena, value->text);
}

static void read_yes(struct parser *parser, const struct yaml *value, void *into)
{
    if (is_scalar(parser, value) && !yaml_bool(value, into))
        report(parser, value, "D404", "expected yes or no", value->text);
}

static void read_number(struct parser *parser, const struct yaml *value, void *into)
{
    if (is_scalar(parser, value) && !yaml_number(value, into))
        report(parser, value, "D404", "expected a number", value->text);
}

/* A list as one text, its items folded and joined by '|'. */
static void read_joined(struct parser *parser, const struct yaml *value, void *into)
{
    struct text text = {.arena = parser->arena};
    size_t count = 0;
    const struct yaml *item = yaml_list(value, parser->arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (!is_scalar(parser, &item[i]))
            return;
        if (i > 0)
            text_append_string(&text, "|");
        text_append(&text, slice_fold(parser->arena, item[i].text));
    }
    *(struct slice *)into = text_slice(&text);
}

static void read_comma_list(struct parser *parser, const struct yaml *value, void *into)
{
    struct text text = {.arena = parser->arena};
    size_t count = 0;
    const struct yaml *item = yaml_list(value, parser->arena, &count);
    for (size_t i = 0; i < count; i++)
        text_print(&text, "%s%.*s", i ? "," : "", SLICE_PRINT(item[i].text));
    *(struct slice *)into = text_slice(&text);
}

struct list {
    size_t count;
    const struct slice *item;
};

static struct list read_list(struct parser *parser, const struct yaml *value, bool fold)
{
    size_t count;
    const struct yaml *node = yaml_list(value, parser->arena, &count);
    struct slice *item = ARENA_ARRAY(parser->arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        if (!is_scalar(parser, &node[i]))
            return (struct list){0};
        item[i] = fold ? slice_fold(parser->arena, node[i].text)
                       : slice_copy(parser->arena, slice_trim(node[i].text));
    }
    return (struct list){count, item};
}

static void read_count_by(struct parser *parser, const struct yaml *value, void *into)
{
    read_text(parser, value, into);
    struct slice word = *(struct slice *)into;
    if (!slice_is(word, "start") && !slice_is(word, "end"))
        report(parser, value, "D404", "expected start or end", word);
}

static void read_row_is(struct parser *parser, const struct yaml *value, void *into)
{
    bool is_victim = slice_is(value->text, "victim");
    if (!is_victim && !slice_is(value->text, "incident"))
        report(parser, value, "D404", "expected incident or victim", value->text);
    *(bool *)into = is_victim;
}

static void read_signature(struct parser *parser, const struct yaml *value, void *into)
{
    struct schema *schema = into;
    struct list list = read_list(parser, value, true);
    schema->signature = list.item;
    schema->signature_count = list.count;
}

/* Keys that read_schema reads in its own order. */
static void read_elsewhere(struct parser *parser, const struct yaml *value, void *into)
{
    (void)parser;
    (void)value;
    (void)into;
}

static void read_type(struct parser *parser, const struct yaml *value, void *into)
{
    for (int type = COLUMN_TEXT; type <= COLUMN_DAY; type++) {
        if (slice_is(value->text, column_type_name((enum column_type)type))) {
            *(enum column_type *)into = (enum column_type)type;
            return;
        }
    }
    report(parser, value, "D404", "expected text, category, number or day",
           value->text);
}

static void read_columns(struct parser *parser, const struct yaml *value, void *into)
{
    struct schema_field *field = into;
    struct list list = read_list(parser, value, true);
    field->source = list.item;
    field->source_count = list.count;
}

static void read_parts(struct parser *parser, const struct yaml *value, void *into)
{
    struct schema_field *field = into;
    struct list list = read_list(parser, value, true);
    if (list.count != DATE_PARTS)
        report(parser, value, "D404", "expected three columns: year, month, day",
               (struct slice){0});
    for (size_t i = 0; i < list.count && i < DATE_PARTS; i++)
        field->part[i] = list.item[i];
}

/* A layout holds commas, so a list of them is always written as one. */
static void read_layout(struct parser *parser, const struct yaml *value, void *into)
{
    struct schema_field *field = into;
    field->layout_count = yaml_length(value);
    struct slice *layout =
        ARENA_ARRAY(parser->arena, struct slice, field->layout_count);
    for (size_t i = 0; i < field->layout_count; i++) {
        struct date_layout parsed;
        const struct yaml *item = yaml_at(value, i);
        if (!is_scalar(parser, item))
            return;
        layout[i] = slice_copy(parser->arena, item->text);
        const char *why = date_layout_parse(layout[i], &parsed);
        if (why)
            report(parser, item, "D405", why, layout[i]);
    }
    field->layout = layout;
}

static void read_missing(struct parser *parser, const struct yaml *value, void *into)
{
    struct schema_field *field = into;
    struct list list = read_list(parser, value, false);
    size_t count = list.count + parser->missing_count;
    struct slice *code = ARENA_ARRAY(parser->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        code[i] = i < list.count ? list.item[i] : parser->missing[i - list.count];
    field->missing = code;
    field->missing_count = count;
}

static void read_separator(struct parser *parser, const struct yaml *value, void *into)
{
    if (value->kind != YAML_SCALAR || value->text.size != 1)
        report(parser, value, "D404", "expected one character", value->text);
    else
        *(char *)into = value->text.data[0];
}

static void read_values(struct parser *parser, const struct yaml *value, void *into)
{
    struct schema_field *field = into;
    if (!spellings_append(value, field, parser->arena, parser->diags))
        parser->ok = false;
}

static void read_spelling_files(struct parser *parser, const struct yaml *value,
                                void *into)
{
    struct schema_field *field = into;
    struct slice *file = ARENA_ARRAY(parser->arena, struct slice, yaml_length(value));
    for (size_t i = 0; i < yaml_length(value); i++) {
        if (!is_scalar(parser, yaml_at(value, i)))
            return;
        file[i] = slice_copy(parser->arena, yaml_at(value, i)->text);
    }
    field->spelling_file = file;
    field->spelling_file_count = yaml_length(value);
    field->spelling_at = value->at;
}

/* Keys --------------------------------------------------------------------------- */

#define FIELD(member)  offsetof(struct schema_field, member)
#define SCHEMA(member) offsetof(struct schema, member)

// clang-format off
static const struct key field_keys[] = {
    {"type",      read_type,           FIELD(type)},
    {"columns",   read_columns,        0},
    {"parts",     read_parts,          0},
    {"layout",    read_layout,         0},
    {"missing",   read_missing,        0},
    {"values",    read_values,         0},
    {"spellings", read_spelling_files, 0},
    {"otherwise", read_text,           FIELD(otherwise)},
    {"separator", read_separator,      FIELD(separator)},
    {"required",  read_yes,            FIELD(required)},
    {"at least",  read_yes,            FIELD(reads_at_least)},
    {"whole",     read_yes,            FIELD(is_whole)},
    {"lowest",    read_number,         FIELD(lowest)},
    {"highest",   read_number,         FIELD(highest)},
    {"strip",     read_joined,         FIELD(strip)},
    {"low",       read_text,           FIELD(low)},
    {"high",      read_text,           FIELD(high)},
    {"constant",  read_text,           FIELD(constant)},
    {"from",      read_text,           FIELD(from)},
    {"plus",      read_comma_list,     FIELD(plus)},
};
static const struct key schema_keys[] = {
    {"name",          read_text,           SCHEMA(name)},
    {"title",         read_text,           SCHEMA(title)},
    {"signature",     read_signature,      0},
    {"encoding",      read_text,           SCHEMA(encoding)},
    {"count by",      read_count_by,       SCHEMA(count_by)},
    {"row is",        read_row_is,         SCHEMA(row_is_victim)},
    {"complete",      read_yes,            SCHEMA(complete)},
    {"skip first",    read_joined,         SCHEMA(skip_first)},
    {"skip total",    read_joined,         SCHEMA(skip_total)},
    {"month first",   read_yes,            SCHEMA(month_first)},
    {"missing",       read_elsewhere,      0},
    {"coverage note", read_text,           SCHEMA(coverage_note)},
    {"source line",   read_text,           SCHEMA(source_line)},
    {"fields",        read_elsewhere,      0},
};
// clang-format on

static void report_unknown_key(struct parser *parser, const struct yaml *node,
                               const struct key *keys, size_t count)
{
    struct slice name[32];
    for (size_t i = 0; i < count; i++)
        name[i] = slice_of(keys[i].name);
    parser->ok = false;
    struct diag *diag = diags_error(parser->diags, node->at, "D401",
                                    "unknown key \"%.*s\"", SLICE_PRINT(node->text));
    diag->width = node->width;
    diag_suggest(parser->diags, diag, node->text, name, count);
}

static const struct key *find_key(struct slice name, const struct key *keys,
                                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, keys[i].name))
            return &keys[i];
    }
    return NULL;
}

static void read_keys(struct parser *parser, const struct yaml *node,
                      const struct key *keys, size_t count, void *into)
{
    if (node->kind != YAML_MAPPING) {
        report(parser, node, "D403", "expected lines like \"key: value\"",
               (struct slice){0});
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct key *key = find_key(node->key[i].text, keys, count);
        if (key)
            key->read(parser, &node->item[i], (char *)into + key->offset);
        else
            report_unknown_key(parser, &node->key[i], keys, count);
    }
}

static void read_field(struct parser *parser, const struct yaml *name,
                       const struct yaml *node, struct schema_field *field)
{
    *field = (struct schema_field){.name = slice_copy(parser->arena, name->text),
                                   .at = name->at,
                                   .type = COLUMN_CATEGORY,
                                   .missing = parser->missing,
                                   .missing_count = parser->missing_count,
                                   .reads_at_least = true,
                                   .lowest = -INFINITY,
                                   .highest = MOST_SENSIBLE};
    read_keys(parser, node, field_keys, sizeof field_keys / sizeof field_keys[0],
              field);
    if (!yaml_find(node, "columns")) {
        struct slice *source = ARENA_NEW(parser->arena, struct slice);
        *source = slice_fold(parser->arena, field->name);
        field->source = source;
        field->source_count = 1;
    }
}

static void read_fields(struct parser *parser, const struct yaml *fields)
{
    if (!fields || fields->kind != YAML_MAPPING || fields->count == 0) {
        struct yaml nowhere = {.at = {parser->file, 1, 1}, .width = 1};
        report(parser, fields ? fields : &nowhere, "D402", "a schema needs \"fields:\"",
               (struct slice){0});
        return;
    }
    struct schema_field *field =
        ARENA_ARRAY(parser->arena, struct schema_field, fields->count);
    for (size_t i = 0; i < fields->count; i++)
        read_field(parser, &fields->key[i], &fields->item[i], &field[i]);
    parser->schema->field = field;
    parser->schema->field_count = fields->count;
}

/* What one field says of another ------------------------------------------------- */

static void check_type(struct parser *parser, const struct schema_field *field,
                       struct slice name, enum column_type type, const char *key)
{
    if (!name.size)
        return;
    const struct schema_field *other = schema_find_field(parser->schema, name);
    if (other && other != field && other->type == type && field->type == type)
        return;
    parser->ok = false;
    const char *problem = !other           ? "is no field of this schema"
                          : other == field ? "is the field itself"
                                           : "is of another type";
    struct diag *diag = diags_error(
        parser->diags, field->at, "D407", "\"%s: %.*s\" of field \"%.*s\" %s", key,
        SLICE_PRINT(name), SLICE_PRINT(field->name), problem);
    diag_hint(parser->diags, diag, "\"%s\" names a %s field of the same schema", key,
              column_type_name(type));
}

/* A derived field is made from read ones: one step, so there are no circles. */
static void check_one_step(struct parser *parser, const struct schema_field *field,
                           struct slice name)
{
    const struct schema_field *other = schema_find_field(parser->schema, name);
    if (!other || !(other->from.size || other->plus.size))
        return;
    parser->ok = false;
    diags_error(parser->diags, field->at, "D407",
                "field \"%.*s\" is derived from \"%.*s\", which is derived itself",
                SLICE_PRINT(field->name), SLICE_PRINT(name));
}

static void check_field(struct parser *parser, const struct schema_field *field)
{
    check_type(parser, field, field->low, COLUMN_NUMBER, "low");
    check_type(parser, field, field->high, COLUMN_NUMBER, "high");
    check_type(parser, field, field->from, COLUMN_CATEGORY, "from");
    check_one_step(parser, field, field->from);
    struct slice rest = field->plus, name;
    while (slice_cut(&rest, ',', &name)) {
        check_type(parser, field, name, COLUMN_NUMBER, "plus");
        check_one_step(parser, field, name);
    }
}

/* Files -------------------------------------------------------------------------- */

struct slice schema_name_of(const char *file, struct arena *arena)
{
    const char *slash = strrchr(file, '/');
    struct slice name = slice_of(slash ? slash + 1 : file);
    const char *dot = name.size ? memchr(name.data, '.', name.size) : NULL;
    if (dot)
        name.size = (size_t)(dot - name.data);
    return slice_copy(arena, name);
}

static void read_schema(struct parser *parser, const struct yaml *root)
{
    const struct yaml *missing = yaml_find(root, "missing");
    if (missing) {
        struct list list = read_list(parser, missing, false);
        parser->missing = (struct slice *)list.item;
        parser->missing_count = list.count;
    }
    read_keys(parser, root, schema_keys, sizeof schema_keys / sizeof schema_keys[0],
              parser->schema);
    read_fields(parser, yaml_find(root, "fields"));
    for (size_t i = 0; i < parser->schema->field_count; i++)
        check_field(parser, &parser->schema->field[i]);
}

bool schema_parse(struct slice source, const char *file, struct arena *arena,
                  struct schema **out, struct diags *diags)
{
    const struct yaml *root;
    if (!yaml_parse(source, file, 1, 'D', arena, &root, diags))
        return false;
    struct schema *schema = ARENA_NEW(arena, struct schema);
    *schema = (struct schema){.name = schema_name_of(file, arena),
                              .file = file,
                              .count_by = SLICE_LITERAL("start"),
                              .complete = true,
                              .skip_total = SLICE_LITERAL(SCHEMA_TOTALS)};
    struct parser parser = {
        .file = file, .arena = arena, .diags = diags, .schema = schema, .ok = true};
    read_schema(&parser, root);
    *out = schema;
    return parser.ok;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before any row is read: every name of the template exists, every block's keys are
 * read, the columns they need are wanted. Runs to the end and collects. */
#include "block/walk.h"
#include "data/plain.h"

#include <string.h>

struct preparation {
    struct prepared *prepared;
    const char *template_file;
    struct note_visits visits;
    struct diags *diags;
    bool ok, in_notes;
    struct slice *anchor; /* what links may lead to */
    size_t anchor_count, anchor_capacity;
    bool has_late_names; /* some are known only when they are composed */
};

static void prepare_nodes(struct preparation *p, const struct nodes *nodes,
                          const struct scope *scope);

const struct prepared_block *prepared_block_of(const struct prepared *prepared,
                                               const struct node *node)
{
    for (size_t i = 0; i < prepared->block_count; i++) {
        if (prepared->block[i].node == node)
            return &prepared->block[i];
    }
    return NULL;
}

const struct prepared_each *prepared_each_of(const struct prepared *prepared,
                                             const struct node *node)
{
    for (size_t i = 0; i < prepared->each_count; i++) {
        if (prepared->each[i].node == node)
            return &prepared->each[i];
    }
    return NULL;
}

static void check_expression(struct preparation *p, const struct expression *expression,
                             const struct scope *scope)
{
    if (expression && !expression_check(expression, scope))
        p->ok = false;
}

/* -- Links inside the brief ------------------------------------------------------------- */

static void collect_anchor(struct preparation *p, struct slice anchor)
{
    if (anchor.size)
        *ARENA_APPEND(p->prepared->arena, p->anchor, p->anchor_count,
                      p->anchor_capacity) = anchor;
}

/* A link or --figure to an id that two blocks have would find the first only. */
static void collect_id(struct preparation *p, const struct yaml *id)
{
    if (!id || id->kind != YAML_SCALAR)
        return;
    for (size_t i = 0; i < p->anchor_count; i++) {
        if (!slice_equal(p->anchor[i], id->text))
            continue;
        struct diag *diag = diags_warn(p->diags, id->at, "M129",
                                       "there is another \"%.*s\" in this template",
                                       SLICE_PRINT(id->text));
        diag->width = id->width;
        diag_hint(p->diags, diag,
                  "links find the first of them: give this one a name of its own");
        return;
    }
    collect_anchor(p, id->text);
}

/* Headings and the ids of blocks, wherever they stand. */
static void collect_anchors(struct preparation *p, const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        collect_anchor(p, node->anchor);
        p->has_late_names = p->has_late_names || node->kind == NODE_EACH ||
                            (node->kind == NODE_HEADING && !node->anchor.size);
        if (node->kind == NODE_FENCE)
            collect_id(p, yaml_find(node->body, "id"));
        collect_anchors(p, &node->children);
        collect_anchors(p, &node->otherwise);
        for (size_t j = 0; j < node->part_count; j++)
            collect_anchors(p, &node->part[j]);
        for (size_t j = 0; j < node->branch_count; j++)
            collect_anchors(p, &node->branch[j].body);
    }
}

static void check_link(struct preparation *p, const struct inline_node *link)
{
    if (link->target || !slice_starts_with(link->url, "#") || p->has_late_names)
        return; /* where it leads is known when all is composed: links.c */
    struct slice wanted = slice_from(link->url, 1);
    for (size_t i = 0; i < p->anchor_count; i++) {
        if (slice_equal(p->anchor[i], wanted))
            return;
    }
    struct diag *diag =
        diags_warn(p->diags, link->at, "M128", "the link \"#%.*s\" leads nowhere",
                   SLICE_PRINT(wanted));
    diag_suggest(p->diags, diag, wanted, p->anchor, p->anchor_count);
}

/* -- Names ------------------------------------------------------------------------------ */

/* Names in a note mean what they mean where its mark stands. */
static void prepare_inlines(struct preparation *p, const struct inlines *inlines,
                            const struct scope *scope)
{
    for (size_t i = 0; i < inlines->count; i++) {
        const struct inline_node *node = &inlines->item[i];
        check_expression(p, node->expression, scope);
        if (node->kind == INLINE_LINK)
            check_link(p, node);
        if (node->kind == INLINE_NOTE) {
            struct nodes note = notes_visit(&p->visits, node->note, scope);
            bool was_in_notes = p->in_notes;
            p->in_notes = true;
            prepare_nodes(p, &note, scope);
            p->in_notes = was_in_notes;
        }
        if (node->target && !template_text_check(node->target, scope))
            p->ok = false;
        prepare_inlines(p, &node->children, scope);
        for (size_t j = 0; j < node->branch_count; j++) {
            check_expression(p, node->branch[j].condition, scope);
            prepare_inlines(p, &node->branch[j].body, scope);
        }
    }
}

static bool has_keys(struct block_reader *reader)
{
    const struct yaml *body = reader->node->body;
    if (!body || body->kind == YAML_MAPPING || (!body->count && !body->text.size))
        return true;
    struct diag *diag = reader_error(reader, body, "M116", "a %.*s is made of keys",
                                     SLICE_PRINT(reader->node->word));
    diag_hint(reader->diags, diag, "each on a line: `show: attacks`");
    return false;
}

/* The foot of a page has room for words alone. */
static bool may_stand_here(struct preparation *p, const struct node *node)
{
    if (!p->in_notes || slice_is(node->word, "table"))
        return true;
    struct diag *diag = diags_error(p->diags, node->at, "M163",
                                    "\"%.*s\" can't stand in a footnote, which holds "
                                    "paragraphs, lists and tables",
                                    SLICE_PRINT(node->word));
    diag_hint(p->diags, diag,
              "begin its lines at the margin, and it stands in the brief itself");
    return p->ok = false;
}

static void prepare_block(struct preparation *p, const struct node *node,
                          const struct scope *scope)
{
    struct prepared *prepared = p->prepared;
    const struct block_kind *kind = block_find(node->word);
    if (!kind || !may_stand_here(p, node))
        return; /* template_parse let through only our words */
    struct block_reader reader = {scope,
                                  node,
                                  prepared->arena,
                                  p->diags,
                                  &prepared->conditions,
                                  &prepared->boundaries,
                                  p->template_file};
    const void *arguments = NULL;
    bool ok = has_keys(&reader) && block_check_forms(&reader, kind) &&
              kind->read(&reader, &arguments);
    block_check_keys(&reader, kind);
    if (!ok) {
        p->ok = false;
        return;
    }
    *ARENA_APPEND(prepared->arena, prepared->block, prepared->block_count,
                  prepared->block_capacity) =
        (struct prepared_block){node, kind, arguments};
}

static size_t measure_names(const struct scope *scope, const struct slice **out)
{
    struct slice *name =
        ARENA_ARRAY(scope->arena, struct slice, scope->measures->count);
    for (size_t i = 0; i < scope->measures->count; i++)
        name[i] = scope->measures->measure[i]->name;
    *out = name;
    return scope->measures->count;
}

static void unknown_measure(struct preparation *p, const struct scope *scope,
                            struct slice name, struct place at)
{
    const struct slice *names;
    size_t count = measure_names(scope, &names);
    struct diag *diag = diags_error(p->diags, at, "M104", "unknown measure \"%.*s\"",
                                    SLICE_PRINT(name));
    diag->width = (int)utf8_length(name);
    struct slice rest = name;
    static const char *const orders[] = {"highest ", "lowest "};
    for (size_t i = 0; i < 2; i++) {
        if (slice_starts_with(name, orders[i]))
            rest = slice_trim(slice_from(name, strlen(orders[i])));
    }
    if (rest.size < name.size && measures_find(scope->measures, rest))
        diag_hint(p->diags, diag, "write %.*s %.*sfirst", SLICE_PRINT(rest),
                  (int)(name.size - rest.size), name.data);
    else if (text_nearest(name, names, count) < 0 &&
             table_find(scope->tables[0].table, name))
        diag_hint(p->diags, diag,
                  "it is a column; each is narrowed by measures: where attacks >= 3");
    else
        diag_suggest(p->diags, diag, name, names, count);
    p->ok = false;
}

/* What an `each` is narrowed or ordered by is asked for its groups: a measure of another
 * table needs them there. */
static void want_groups(struct preparation *p, const struct prepared_each *each,
                        const struct measure *measure, struct place at)
{
    struct column *own =
        each->column ? table_find(measure->table, each->column->name) : NULL;
    if (own && own->type == COLUMN_CATEGORY) {
        table_want(measure->table, own);
        return;
    }
    if (!each->column)
        return;
    struct diag *diag =
        diags_error(p->diags, at, "M147",
                    "\"%.*s\" counts \"%.*s\", which has no words in "
                    "\"%.*s\"",
                    SLICE_PRINT(measure->name), SLICE_PRINT(measure->table->name),
                    SLICE_PRINT(each->column->name));
    diag->width = (int)utf8_length(measure->name);
    diag_hint(p->diags, diag, "take a measure of a table that has the column");
    p->ok = false;
}

/* "attacks >= many" holds for no group. */
static void check_each_number(struct preparation *p, const struct condition *condition)
{
    double number;
    if (condition->kind != CONDITION_COMPARE || !condition->value_count ||
        number_parse(condition->value[0], &number))
        return;
    const struct slice value = condition->value[0];
    char plain[PLAIN_SIZE];
    struct slice meant = plain_cell(value, ',', plain);
    struct diag *diag = diags_error(p->diags, condition->value_at[0], "M103",
                                    "\"%.*s\" is no number", SLICE_PRINT(value));
    diag->width = (int)utf8_length(value);
    if (number_parse(meant, &number))
        diag_hint(p->diags, diag, "write %.*s", SLICE_PRINT(meant));
    else
        diag_hint(p->diags, diag, "as in %.*s >= 3", SLICE_PRINT(condition->field));
    p->ok = false;
}

static void check_each_condition(struct preparation *p, const struct scope *scope,
                                 const struct prepared_each *each,
                                 const struct condition *condition)
{
    if (!condition)
        return;
    bool names_field =
        condition->kind == CONDITION_IS && each->column &&
        table_find(scope->tables[0].table, condition->field) == each->column;
    bool is_leaf = condition->kind != CONDITION_AND &&
                   condition->kind != CONDITION_OR && condition->kind != CONDITION_NOT;
    const struct measure *measure =
        is_leaf && !names_field ? measures_find(scope->measures, condition->field)
                                : NULL;
    if (measure) {
        want_groups(p, each, measure, condition->field_at);
        check_each_number(p, condition);
    } else if (is_leaf && !names_field) {
        unknown_measure(p, scope, condition->field, condition->field_at);
    }
    check_each_condition(p, scope, each, condition->left);
    check_each_condition(p, scope, each, condition->right);
}

/* "killed higest first": the measure is known, the order isn't. */
static bool unknown_order(struct preparation *p, const struct scope *scope,
                          struct slice order, struct place at)
{
    struct slice name = order;
    while (name.size && !measures_find(scope->measures, name)) {
        const char *space = memrchr(name.data, ' ', name.size);
        name.size = space ? (size_t)(space - name.data) : 0;
    }
    if (!name.size || name.size == order.size)
        return false;
    struct slice rest = slice_trim(slice_from(order, name.size));
    at.column += (int)(utf8_length(order) - utf8_length(rest));
    struct diag *diag =
        diags_error(p->diags, at, "M125", "unknown order \"%.*s\"", SLICE_PRINT(rest));
    diag->width = (int)utf8_length(rest);
    diag_hint(p->diags, diag, "write highest first or lowest first");
    p->ok = false;
    return true;
}

/* "killed highest first", "lowest first by killed", "killed" (highest first). */
static void read_order(struct preparation *p, const struct scope *scope,
                       struct prepared_each *each)
{
    struct slice order = slice_trim(each->node->order);
    each->highest_first = true;
    if (!order.size)
        return;
    static const char *const endings[] = {" highest first", " lowest first"};
    for (size_t i = 0; i < 2; i++) {
        size_t size = strlen(endings[i]);
        if (order.size > size &&
            memcmp(order.data + order.size - size, endings[i], size) == 0) {
            order.size -= size;
            each->highest_first = i == 0;
            break;
        }
    }
    order = slice_trim(order);
    if (order.size && order.data[order.size - 1] == ',')
        order.size--;
    each->order = measures_find(scope->measures, order);
    if (each->order)
        want_groups(p, each, each->order, each->node->order_at);
    else if (!unknown_order(p, scope, order, each->node->order_at))
        unknown_measure(p, scope, order, each->node->order_at);
}

/* "province wher attacks >= 3", "province in Sindh": the field is there. */
static bool words_behind_field(struct preparation *p, const struct scope *scope,
                               const struct node *node)
{
    const struct slice where[] = {SLICE_LITERAL("where")};
    const struct table *table = scope->tables[0].table;
    struct slice field = node->field, word;
    do {
        const char *space = field.size ? memrchr(field.data, ' ', field.size) : NULL;
        field.size = space ? (size_t)(space - field.data) : 0;
    } while (field.size && !table_find(table, field));
    if (!field.size)
        return false;
    struct slice rest = slice_trim(slice_from(node->field, field.size)), after = rest;
    slice_cut(&after, ' ', &word);
    struct place at = node->field_at;
    at.column += (int)(utf8_length(node->field) - utf8_length(rest));
    struct diag *diag =
        diags_error(p->diags, at, "M201", "not understood behind \"%.*s\": \"%.*s\"",
                    SLICE_PRINT(field), SLICE_PRINT(rest));
    diag->width = (int)utf8_length(rest);
    diag_hint(
        p->diags, diag,
        text_nearest(word, where, 1) == 0
            ? "did you mean \"where\"?"
            : "a condition begins with \"where\" and a measure: where attacks >= 3");
    p->ok = false;
    return true;
}

/* A field that isn't there, or one of numbers, days or free text, which make no
 * groups. */
static void unfit_field(struct preparation *p, const struct scope *scope,
                        const struct node *node, const struct column *column)
{
    const struct table *table = scope->tables[0].table;
    struct slice *name = ARENA_ARRAY(scope->arena, struct slice, table->column_count);
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (!column || table->column[i].type == COLUMN_CATEGORY)
            name[count++] = table->column[i].name;
    }
    if (!column && words_behind_field(p, scope, node))
        return;
    struct diag *diag = diags_error(p->diags, node->field_at, "M201",
                                    column ? "\"%.*s\" holds no words to divide by"
                                           : "unknown field \"%.*s\"",
                                    SLICE_PRINT(node->field));
    diag->width = (int)utf8_length(node->field);
    enum period_unit unit;
    if (period_parse_unit(node->field, &unit))
        diag_hint(p->diags, diag,
                  "each goes through words; periods stand in a table: rows: %.*s",
                  SLICE_PRINT(node->field));
    else
        diag_suggest(p->diags, diag, node->field, name, count);
    p->ok = false;
}

static void prepare_each(struct preparation *p, const struct node *node,
                         const struct scope *scope)
{
    struct table *table = scope->tables[0].table;
    struct prepared_each each = {.node = node,
                                 .column = table_find(table, node->field)};
    if (!each.column || each.column->type != COLUMN_CATEGORY) {
        unfit_field(p, scope, node, each.column);
        return;
    }
    table_want(table, each.column);
    check_each_condition(p, scope, &each, node->where);
    read_order(p, scope, &each);
    each.name_count = names_inside(&node->children, p->prepared->arena, &each.name);
    struct prepared *prepared = p->prepared;
    *ARENA_APPEND(prepared->arena, prepared->each, prepared->each_count,
                  prepared->each_capacity) = each;
    struct scope inner = each_scope(&each, scope, 0);
    prepare_nodes(p, &node->children, &inner);
    prepare_nodes(p, &node->otherwise, scope);
}

static void literal_text(const struct inlines *inlines, struct text *out)
{
    for (size_t i = 0; i < inlines->count; i++) {
        const struct inline_node *node = &inlines->item[i];
        text_append(out, node->kind == INLINE_TEXT ? node->text : (struct slice){0});
        literal_text(&node->children, out);
        for (size_t j = 0; j < node->branch_count; j++)
            literal_text(&node->branch[j].body, out);
    }
}

/* A sentence that nobody has put into the brief's language. */
static void warn_foreign(struct preparation *p, const struct node *node,
                         const struct scope *scope)
{
    enum { A_SENTENCE = 4 };
    struct text text = {.arena = scope->arena};
    if (!node->is_shared)
        return;
    literal_text(&node->inlines, &text);
    if (!locale_is_foreign(scope->locale, text_slice(&text), A_SENTENCE))
        return;
    struct slice tag = scope->locale->tag;
    struct diag *diag =
        diags_warn(p->diags, node->at, "M090",
                   "this isn't in \"%.*s\" and is printed so", SLICE_PRINT(tag));
    diag_hint(p->diags, diag,
              "put it between `::: only en` and `::: end only`, and what says the same "
              "after `::: only %.*s`",
              SLICE_PRINT(tag));
}

static void prepare_node(struct preparation *p, const struct node *node,
                         const struct scope *scope)
{
    if (node->kind == NODE_EACH) {
        prepare_each(p, node, scope);
        return;
    }
    if (node->kind == NODE_FENCE)
        prepare_block(p, node, scope);
    warn_foreign(p, node, scope);
    prepare_inlines(p, &node->inlines, scope);
    for (size_t i = 0; i < node->row_count * node->column_count; i++)
        prepare_inlines(p, &node->cell[i], scope);
    prepare_nodes(p, &node->children, scope);
    prepare_nodes(p, &node->otherwise, scope);
    for (size_t i = 0; i < node->part_count; i++)
        prepare_nodes(p, &node->part[i], scope);
    for (size_t i = 0; i < node->branch_count; i++) {
        check_expression(p, node->branch[i].condition, scope);
        prepare_nodes(p, &node->branch[i].body, scope);
    }
}

static void prepare_nodes(struct preparation *p, const struct nodes *nodes,
                          const struct scope *scope)
{
    for (size_t i = 0; i < nodes->count; i++)
        prepare_node(p, &nodes->item[i], scope);
}

bool prepare_template(const struct template *template, const struct scope *scope,
                      struct prepared *prepared, struct diags *diags)
{
    struct preparation p = {.prepared = prepared,
                            .template_file = template->file,
                            .visits = notes_unvisited(template, prepared->arena),
                            .diags = diags,
                            .ok = true};
    collect_anchors(&p, &template->body);
    prepare_nodes(&p, &template->body, scope);
    return p.ok;
}

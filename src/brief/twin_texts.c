/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts of an edition that may be others in each language: what stands in
 * `::: only`, keys of blocks and of the front matter, the editor's own values, and the
 * words of a drawing. */
#include "brief/twins.h"

#include "template/pipeline.h"

#include <stdlib.h>

struct gathering {
    const struct brief *brief;
    struct arena *arena;
    const struct number_words *words;
    struct twin *twin;
    struct diags *unheard;
    const struct place *only;   /* of the sections at hand, or NULL */
    bool *has_note, *has_value; /* gathered already */
    struct place section; /* the last that was gathered, and its paragraphs so far */
    size_t block, shape;
};

/* -- Numbers of one text ---------------------------------------------------------------- */

static struct place copy_place(struct place at, struct arena *arena)
{
    if (at.file)
        at.file = slice_c_string(arena, slice_of(at.file));
    return at;
}

/* The place behind so much of a text that begins at `at`. */
static struct place place_behind(struct place at, struct slice text)
{
    for (size_t i = 0; at.line && i < text.size;) {
        uint32_t rune = utf8_next(text, &i);
        at.column = rune == '\n' ? 1 : at.column + 1;
        at.line += rune == '\n';
    }
    return at;
}

static struct slice place_key(const struct gathering *gathering, struct place at,
                              struct slice word)
{
    return slice_of(arena_print(gathering->arena, "%s:%d:%d %.*s",
                                at.file ? at.file : "", at.line, at.column,
                                SLICE_PRINT(word)));
}

static struct twin_text *add_text(struct gathering *gathering, enum twin_text_kind kind,
                                  struct slice key, struct slice what, struct place at)
{
    struct twin *twin = gathering->twin;
    struct arena *arena = gathering->arena;
    struct twin_text *text =
        ARENA_APPEND(arena, twin->text, twin->text_count, twin->text_capacity);
    *text = (struct twin_text){.kind = kind,
                               .key = key,
                               .what = slice_copy(arena, what),
                               .at = copy_place(at, arena)};
    return text;
}

/* literal is a part of whole, which begins at `at`; of an empty whole all stands there. */
static void add_numbers(struct gathering *gathering, struct twin_text *text,
                        struct slice literal, struct slice whole, struct place at)
{
    struct arena *arena = gathering->arena;
    const struct number_said *number;
    if (!literal.size)
        return;
    struct slice kept = slice_copy(arena, literal);
    size_t count = numbers_typed(kept, gathering->words, arena, &number), behind = 0;
    struct place here = copy_place(at, arena);
    if (whole.size)
        here = place_behind(
            here, (struct slice){whole.data, (size_t)(literal.data - whole.data)});
    for (size_t i = 0; i < count; i++) {
        size_t stands = (size_t)(number[i].typed.data - kept.data);
        if (whole.size && stands > behind)
            here =
                place_behind(here, (struct slice){kept.data + behind, stands - behind});
        behind = stands > behind ? stands : behind;
        *ARENA_APPEND(arena, text->number, text->count, text->capacity) =
            (struct twin_number){number[i], here};
    }
}

static void add_value(struct gathering *gathering, struct twin_text *text,
                      struct place at)
{
    *ARENA_APPEND(gathering->arena, text->value, text->value_count,
                  text->value_capacity) = copy_place(at, gathering->arena);
}

static void add_scalar(struct gathering *gathering, struct twin_text *text,
                       struct slice scalar, struct place at)
{
    const struct template_text *parsed;
    if (!template_text_parse(scalar, at, gathering->arena, &parsed, gathering->unheard))
        return;
    for (size_t i = 0; i < parsed->count; i++) {
        if (parsed->part[i].expression)
            add_value(gathering, text, parsed->part[i].expression->at);
        else
            add_numbers(gathering, text, parsed->part[i].literal, scalar, at);
    }
}

/* -- Drawings --------------------------------------------------------------------------- */

/* The words in <text> of an SVG, its tags left out. */
static struct slice drawn_words(struct slice svg, struct arena *arena)
{
    struct text out = {.arena = arena};
    bool inside = false;
    for (struct slice rest = svg; rest.size;) {
        const char *open = memchr(rest.data, '<', rest.size);
        size_t plain = open ? (size_t)(open - rest.data) : rest.size;
        if (inside)
            text_append(&out, (struct slice){rest.data, plain});
        rest = slice_from(rest, plain);
        const char *close = rest.size ? memchr(rest.data, '>', rest.size) : NULL;
        bool begins = slice_starts_with(rest, "<text"),
             ends = slice_starts_with(rest, "</text");
        inside = begins || (inside && !ends);
        if (begins || ends)
            text_append_string(&out, "\n");
        rest = close ? slice_from(rest, (size_t)(close - rest.data) + 1)
                     : (struct slice){0};
    }
    return text_slice(&out);
}

static bool ends_with(struct slice word, const char *ending)
{
    struct slice end = slice_of(ending);
    return word.size > end.size &&
           slice_equal_any_case(slice_from(word, word.size - end.size), end);
}

/* Numbers in an SVG, and in a list of notes, stand where the file is named. */
static bool add_file(struct gathering *gathering, struct twin_text *text,
                     const struct yaml *value)
{
    bool is_drawing = ends_with(value->text, ".svg");
    if (ends_with(value->text, ".png"))
        return true;
    if (!is_drawing && !ends_with(value->text, ".csv"))
        return false;
    struct file file;
    struct arena *arena = gathering->arena;
    const char *typed = slice_c_string(arena, value->text);
    const char *path = path_beside(arena, value->at.file, typed);
    const char *beside = gathering->brief->edition->template->file;
    if (!file_exists(path))
        path = path_beside(arena, beside, typed);
    if (!file_exists(path) || !file_open(&file, path, gathering->unheard))
        return false;
    struct slice words = is_drawing ? drawn_words(file.bytes, arena) : file.bytes;
    add_numbers(gathering, text, words, (struct slice){0}, value->at);
    file_close(&file);
    return true;
}

/* -- Keys of YAML ----------------------------------------------------------------------- */

static bool is_one_of(struct slice word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(word, list[i]))
            return true;
    }
    return false;
}
#define IS_ONE_OF(word, list) is_one_of((word), (list), sizeof(list) / sizeof *(list))

/* What a language may have its own way: sizes, and how many rows are printed. */
static const char *const FREE[] = {
    "height", "width",    "lines",      "top",        "limit",    "cut",      "last",
    "label",  "labels",   "sparkline",  "id",         "data",     "inset",    "layer",
    "paper",  "theme",    "pages",      "language",   "digits",   "edge",     "values",
    "period", "measures", "boundaries", "projection", "outlines", "keywords",
};
/* What decides about numbers though it holds none. */
static const char *const SETTINGS[] = {"shares", "compare",      "tick",      "rank",
                                       "total",  "trend",        "subtotals", "average",
                                       "band",   "change points"};
static const char *const SHOWN[] = {"show", "columns"};
static void add_raw(struct text *raw, const struct yaml *node)
{
    text_append(raw, node->text);
    text_append_string(raw, "\n");
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == YAML_MAPPING)
            add_raw(raw, &node->key[i]);
        add_raw(raw, &node->item[i]);
    }
}

static void add_yaml(struct gathering *gathering, struct twin_text *text,
                     const struct yaml *node)
{
    if (node->kind == YAML_SCALAR && !add_file(gathering, text, node))
        add_scalar(gathering, text, node->text, yaml_text_at(node));
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == YAML_MAPPING)
            add_scalar(gathering, text, node->key[i].text, yaml_text_at(&node->key[i]));
        add_yaml(gathering, text, &node->item[i]);
    }
}

static int compare_words(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* What is shown, in whatever order; its labels are words. A language may have columns of
 * texts of its own: of columns only how many counts. */
static struct slice shown_words(const struct gathering *gathering,
                                const struct yaml *value, bool are_columns)
{
    size_t count;
    struct slice label;
    struct text out = {.arena = gathering->arena};
    const struct yaml *item = yaml_list(value, gathering->arena, &count);
    if (are_columns)
        return slice_of(arena_print(gathering->arena, "%zu of them", count));
    struct slice *word = ARENA_ARRAY(gathering->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        word[i] = shown_word(item[i].text, &label);
    if (count)
        qsort(word, count, sizeof *word, compare_words);
    for (size_t i = 0; i < count; i++)
        text_print(&out, "%s%.*s", i ? ", " : "", SLICE_PRINT(word[i]));
    return text_slice(&out);
}

static void add_shown_labels(struct gathering *gathering, struct twin_text *text,
                             const struct yaml *value)
{
    size_t count;
    const struct yaml *item = yaml_list(value, gathering->arena, &count);
    for (size_t i = 0; i < count; i++) {
        struct slice label = {0};
        shown_word(item[i].text, &label);
        add_numbers(gathering, text, label, item[i].text, yaml_text_at(&item[i]));
    }
}

static void add_setting(struct gathering *gathering, struct place owner,
                        struct slice key, const struct yaml *value, struct slice raw)
{
    struct slice name =
        slice_of(arena_print(gathering->arena, "%.*s, set", SLICE_PRINT(key)));
    struct twin_text *text =
        add_text(gathering, TWIN_SETTING, place_key(gathering, owner, name), key,
                 yaml_text_at(value));
    text->raw = slice_copy(gathering->arena, slice_trim(raw));
}

/* A key that the languages share, each with a value of its own. */
static void add_key(struct gathering *gathering, struct place owner, struct slice key,
                    const struct yaml *value, bool are_columns)
{
    struct text raw = {.arena = gathering->arena};
    add_raw(&raw, value);
    bool is_shown = IS_ONE_OF(key, SHOWN);
    if (is_shown)
        add_setting(gathering, owner, key, value,
                    shown_words(gathering, value, are_columns));
    else if (IS_ONE_OF(key, SETTINGS))
        add_setting(gathering, owner, key, value, text_slice(&raw));
    struct twin_text *text =
        add_text(gathering, TWIN_KEYED, place_key(gathering, owner, key), key,
                 yaml_text_at(value));
    text->raw = text_slice(&raw);
    if (is_shown)
        add_shown_labels(gathering, text, value);
    else if (!IS_ONE_OF(key, SETTINGS))
        add_yaml(gathering, text, value);
}

static void begin_block(struct gathering *gathering, size_t shape)
{
    const struct place *only = gathering->only, *section = &gathering->section;
    if (!only)
        return;
    bool is_same = only->line == section->line && only->column == section->column &&
                   slice_equal(slice_of(only->file), slice_of(section->file));
    gathering->block = is_same ? gathering->block + 1 : 0;
    gathering->section = *only;
    gathering->shape = shape;
}

static struct twin_text *running_text(struct gathering *gathering, struct place at)
{
    struct slice key =
        place_key(gathering, *gathering->only, SLICE_LITERAL("and beside"));
    struct twin_text *text =
        add_text(gathering, TWIN_RUNNING, key, (struct slice){0}, at);
    text->block = gathering->block;
    text->shape = gathering->shape;
    return text;
}

static void gather_fence(struct gathering *gathering, const struct node *node)
{
    const struct yaml *body = node->body;
    if (gathering->only) /* its figures are the section's */
        add_value(gathering, running_text(gathering, node->at), node->at);
    for (size_t i = 0; body && body->kind == YAML_MAPPING && i < body->count; i++) {
        struct slice key = body->key[i].text;
        const struct yaml *value = &body->item[i];
        if (IS_ONE_OF(key, FREE))
            continue;
        if (!gathering->only)
            add_key(gathering, node->at, key, value,
                    slice_is(key, "columns") || slice_is(node->word, "incidents"));
        else if (IS_ONE_OF(key, SHOWN))
            add_shown_labels(gathering, running_text(gathering, yaml_text_at(value)),
                             value);
        else
            add_yaml(gathering, running_text(gathering, yaml_text_at(value)), value);
    }
}

/* -- Running text ----------------------------------------------------------------------- */

static void gather_nodes(struct gathering *gathering, const struct nodes *nodes);

static void gather_inlines(struct gathering *gathering, const struct inlines *inlines)
{
    const struct template *template = gathering->brief->edition->template;
    for (size_t i = 0; gathering->only && i < inlines->count; i++) {
        const struct inline_node *node = &inlines->item[i];
        struct twin_text *text = running_text(gathering, node->at);
        add_numbers(gathering, text, node->text, node->text, node->at);
        if (node->kind == INLINE_VALUE)
            add_value(gathering, text, node->expression->at);
        if (node->kind == INLINE_NOTE && node->note &&
            node->note <= template->note_count &&
            !gathering->has_note[node->note - 1]) {
            gathering->has_note[node->note - 1] = true;
            gather_nodes(gathering, &template->note[node->note - 1]);
        }
        gather_inlines(gathering, &node->children);
        for (size_t j = 0; j < node->branch_count; j++)
            gather_inlines(gathering, &node->branch[j].body);
    }
}

static void gather_node(struct gathering *gathering, const struct node *node)
{
    const struct place *outer = gathering->only;
    if (node->only.line)
        gathering->only = &node->only;
    if (node->inlines.count || node->kind == NODE_FENCE || node->kind == NODE_CODE)
        begin_block(gathering, node->kind);
    gather_inlines(gathering, &node->inlines);
    if (gathering->only && node->kind == NODE_CODE)
        add_numbers(gathering, running_text(gathering, node->at), node->text,
                    (struct slice){0}, node->at);
    if (node->kind == NODE_FENCE)
        gather_fence(gathering, node);
    for (size_t i = 0; i < node->row_count * node->column_count; i++) {
        begin_block(gathering, node->kind);
        gather_inlines(gathering, &node->cell[i]);
    }
    for (size_t i = 0; node->part && i < node->part_count; i++)
        gather_nodes(gathering, &node->part[i]);
    for (size_t i = 0; i < node->branch_count; i++)
        gather_nodes(gathering, &node->branch[i].body);
    gather_nodes(gathering, &node->children);
    gather_nodes(gathering, &node->otherwise);
    gathering->only = outer;
}

static void gather_nodes(struct gathering *gathering, const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        gather_node(gathering, &nodes->item[i]);
}

/* -- Front matter and values ------------------------------------------------------------ */

static const char *const WORD_VALUES[] = {"title",         "kind",        "notice",
                                          "notice detail", "notice line", "author",
                                          "subject",       "issue",       "issue line"};

static const struct named_value *find_value(const struct edition *edition,
                                            struct slice name)
{
    for (size_t i = edition->value_count; i-- > 0;) {
        if (slice_equal_any_case(edition->values[i].name, name))
            return &edition->values[i];
    }
    return NULL;
}

static void add_own_value(struct gathering *gathering, struct slice name,
                          struct place printed_at)
{
    const struct edition *edition = gathering->brief->edition;
    const struct named_value *value = find_value(edition, name);
    if (!value || value->value.kind != VALUE_TEXT)
        return;
    bool *has_value = &gathering->has_value[value - edition->values];
    if (*has_value)
        return;
    *has_value = true;
    struct slice key =
        slice_of(arena_print(gathering->arena, "value %.*s", SLICE_PRINT(value->name)));
    struct twin_text *text =
        add_text(gathering, TWIN_KEYED, key, value->name, value->text_at);
    struct slice words = value->value.text;
    text->printed_at = copy_place(printed_at, gathering->arena);
    text->raw = slice_copy(gathering->arena, words);
    add_numbers(gathering, text, words, words, value->text_at);
}

static void gather_front(struct gathering *gathering)
{
    const struct yaml *front = gathering->brief->edition->template->front;
    size_t count;
    const struct block_key *known = front_keys(&count);
    for (size_t i = 0; i < sizeof WORD_VALUES / sizeof *WORD_VALUES; i++)
        add_own_value(gathering, slice_of(WORD_VALUES[i]), (struct place){0});
    for (size_t i = 0; i < count; i++) {
        struct slice key = slice_of(known[i].name);
        const struct yaml *value = yaml_find(front, known[i].name);
        if (value && !IS_ONE_OF(key, FREE) && !IS_ONE_OF(key, WORD_VALUES))
            add_key(gathering, front->at, key, value, false);
    }
    const struct yaml *measures = yaml_find(front, "measures");
    for (size_t i = 0;
         measures && measures->kind == YAML_MAPPING && i < measures->count; i++)
        add_key(gathering, measures->key[i].at, measures->key[i].text,
                &measures->item[i], false);
}

void twin_keep_texts(const struct brief *brief, const struct number_words *words,
                     struct arena *arena, struct twin *out)
{
    const struct edition *edition = brief->edition;
    const struct figures *figures = &brief->figures;
    struct gathering gathering = {
        .brief = brief,
        .arena = arena,
        .words = words,
        .twin = out,
        .unheard = diags_new(arena),
        .has_note = ARENA_ARRAY(arena, bool, edition->template->note_count),
        .has_value = ARENA_ARRAY(arena, bool, edition->value_count),
    };
    gather_front(&gathering);
    gather_nodes(&gathering, &edition->template->body);
    for (size_t i = 0; i < figures->said_count; i++) {
        if (!figures->said[i].plain.size)
            add_own_value(&gathering, figures->said[i].expression, figures->said[i].at);
    }
}

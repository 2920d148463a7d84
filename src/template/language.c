/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One template, several languages: `{en: Weekly, ur: ہفتہ وار}` becomes the text of the
 * brief's language, and `::: only ur` stays or goes. Footnotes are numbered anew, for a
 * mark may have gone with its paragraph. */
#include "template/template.h"

struct choice {
    struct slice language, own; /* the brief's, the template's */
    struct arena *arena;
    struct diags *diags;
    size_t note_count;
    size_t *number; /* of each footnote, by its old number - 1; 0: not met yet */
    size_t *chosen; /* and which old one each of the new is, from 0 */
    struct nodes *note;
    struct place only; /* of what stands in `::: only`: the first of the sections */
};

/* Mappings ------------------------------------------------------------------------------ */

bool is_language_tag(struct slice key)
{
    size_t letters = 0;
    while (letters < key.size && key.data[letters] >= 'a' && key.data[letters] <= 'z')
        letters++;
    return (letters == 2 || letters == 3) &&
           (letters == key.size || key.data[letters] == '-');
}

static const struct yaml *text_in(const struct yaml *node, struct slice language)
{
    for (size_t i = 0; i < node->count; i++) {
        if (slice_equal(node->key[i].text, language))
            return &node->item[i];
    }
    return NULL;
}

/* Languages that briefs come in: a text may be there in another one only. */
static bool has_known_tag(const struct yaml *node)
{
    static const char *const known[] = {"en", "ur", "sd", "ps", "ar"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (yaml_find(node, known[i]))
            return true;
    }
    return false;
}

/* {en: …, ur: …}: every key is a language, and one is the brief's, the template's or
 * another of ours. A measure's {is: …} is none. */
static bool is_choice(const struct choice *choice, const struct yaml *node)
{
    if (node->kind != YAML_MAPPING || !node->count)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        if (!is_language_tag(node->key[i].text))
            return false;
    }
    return text_in(node, choice->language) || text_in(node, choice->own) ||
           has_known_tag(node);
}

static const struct yaml *chosen_text(const struct choice *choice,
                                      const struct yaml *node)
{
    const struct yaml *text = text_in(node, choice->language);
    if (text)
        return text;
    struct slice own = choice->own;
    text = text_in(node, own);
    if (!text) {
        text = &node->item[0];
        own = node->key[0].text;
    }
    struct diag *diag = diags_warn(choice->diags, node->at, "M083",
                                   "nothing in \"%.*s\" here; \"%.*s\" is printed",
                                   SLICE_PRINT(choice->language), SLICE_PRINT(own));
    diag_hint(choice->diags, diag, "add `%.*s: …` beside it",
              SLICE_PRINT(choice->language));
    return text;
}

static struct yaml choose_text(const struct choice *choice, const struct yaml *node)
{
    bool is_substitute = is_choice(choice, node) && !text_in(node, choice->language);
    if (is_choice(choice, node))
        node = chosen_text(choice, node);
    struct yaml own = *node;
    own.is_substitute = is_substitute;
    if (!node->count)
        return own;
    struct yaml *item = ARENA_ARRAY(choice->arena, struct yaml, node->count);
    for (size_t i = 0; i < node->count; i++)
        item[i] = choose_text(choice, &node->item[i]);
    own.item = item;
    return own;
}

/* The root itself is never a choice: its keys are the editor's own. */
static const struct yaml *choose_values(const struct choice *choice,
                                        const struct yaml *root)
{
    if (!root || root->kind != YAML_MAPPING || !root->count)
        return root;
    struct yaml *own = arena_copy(choice->arena, root, sizeof *root);
    struct yaml *item = ARENA_ARRAY(choice->arena, struct yaml, root->count);
    for (size_t i = 0; i < root->count; i++)
        item[i] = choose_text(choice, &root->item[i]);
    own->item = item;
    return own;
}

const struct yaml *language_choose_values(const struct yaml *root,
                                          struct slice language, struct slice own,
                                          struct arena *arena, struct diags *diags)
{
    const struct choice choice = {
        .language = language, .own = own, .arena = arena, .diags = diags};
    return choose_values(&choice, root);
}

/* Nodes --------------------------------------------------------------------------------- */

static struct nodes choose_nodes(struct choice *choice, const struct nodes *nodes);

static size_t note_number(struct choice *choice, size_t old)
{
    size_t *number = &choice->number[old - 1];
    if (!*number) {
        choice->chosen[choice->note_count] = old - 1;
        *number = ++choice->note_count;
    }
    return *number;
}

/* In place: the parser made them for this. */
static struct inlines choose_inlines(struct choice *choice,
                                     const struct inlines *inlines)
{
    struct inline_node *item = (struct inline_node *)inlines->item;
    for (size_t i = 0; i < inlines->count; i++) {
        if (item[i].kind == INLINE_NOTE && item[i].note)
            item[i].note = note_number(choice, item[i].note);
        item[i].children = choose_inlines(choice, &item[i].children);
        struct inline_branch *branch = (struct inline_branch *)item[i].branch;
        for (size_t j = 0; j < item[i].branch_count; j++)
            branch[j].body = choose_inlines(choice, &branch[j].body);
    }
    return (struct inlines){inlines->count, item};
}

static void choose_parts(struct choice *choice, struct node *node)
{
    struct inlines *cell = (struct inlines *)node->cell;
    for (size_t i = 0; i < node->row_count * node->column_count; i++)
        cell[i] = choose_inlines(choice, &cell[i]);
    if (node->part) {
        struct nodes *part = ARENA_ARRAY(choice->arena, struct nodes, node->part_count);
        for (size_t i = 0; i < node->part_count; i++)
            part[i] = choose_nodes(choice, &node->part[i]);
        node->part = part;
    }
    struct node_branch *branch =
        ARENA_ARRAY(choice->arena, struct node_branch, node->branch_count);
    for (size_t i = 0; i < node->branch_count; i++) {
        branch[i] = node->branch[i];
        branch[i].body = choose_nodes(choice, &branch[i].body);
    }
    node->branch = branch;
}

static struct node choose_node(struct choice *choice, const struct node *node)
{
    struct node own = *node;
    own.is_shared = !choice->only.line && !slice_equal(choice->language, choice->own);
    own.only = choice->only;
    own.inlines = choose_inlines(choice, &node->inlines);
    own.children = choose_nodes(choice, &node->children);
    own.otherwise = choose_nodes(choice, &node->otherwise);
    choose_parts(choice, &own);
    own.body = choose_values(choice, node->body);
    return own;
}

static bool has_only(const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        if (nodes->item[i].kind == NODE_ONLY)
            return true;
    }
    return false;
}

/* Of the `only` that stand one behind the other: all belong together, or where they come
 * by turns (en, ur, en, ur) each turn does. */
static size_t count_together(const struct nodes *nodes, size_t first)
{
    size_t count = 0, turn = 0;
    const struct node *node = nodes->item + first;
    while (first + count < nodes->count && node[count].kind == NODE_ONLY)
        count++;
    for (bool is_new = true; is_new && turn < count; turn += is_new) {
        for (size_t i = 0; i < turn; i++)
            is_new = is_new && !slice_equal(node[i].word, node[turn].word);
    }
    bool by_turns = count % turn == 0;
    for (size_t i = turn; by_turns && i < count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < turn; j++)
            is_known = is_known || slice_equal(node[j].word, node[i].word);
        for (size_t j = i - i % turn; j < i; j++)
            is_known = is_known && !slice_equal(node[j].word, node[i].word);
        by_turns = is_known;
    }
    return by_turns ? turn : count;
}

/* The children of `::: only` stand where it stood. */
static struct nodes choose_nodes(struct choice *choice, const struct nodes *nodes)
{
    size_t count = 0, capacity = nodes->count;
    struct node *item = (struct node *)nodes->item;
    const struct place outer = choice->only;
    size_t together = 0; /* so many more `only` belong to the first */
    struct place first = {0};
    if (has_only(nodes))
        item = ARENA_ARRAY(choice->arena, struct node, capacity);
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        if (node->kind != NODE_ONLY) {
            struct node own = choose_node(choice, node);
            *ARENA_APPEND(choice->arena, item, count, capacity) = own;
            continue;
        }
        if (!together) {
            together = count_together(nodes, i);
            first = node->at;
        }
        together--;
        if (slice_equal(node->word, choice->language)) {
            choice->only = first;
            struct nodes inside = choose_nodes(choice, &node->children);
            choice->only = outer;
            for (size_t j = 0; j < inside.count; j++)
                *ARENA_APPEND(choice->arena, item, count, capacity) = inside.item[j];
        }
    }
    return (struct nodes){count, item};
}

/* Notes may hold marks of further notes, which come behind them. */
static void choose_notes(struct choice *choice, struct template *template)
{
    const size_t old_count = template->note_count;
    choice->note = ARENA_ARRAY(choice->arena, struct nodes, old_count);
    for (size_t done = 0; done < choice->note_count; done++)
        choice->note[done] =
            choose_nodes(choice, &template->note[choice->chosen[done]]);
    template->note = choice->note;
    template->note_count = choice->note_count;
}

void template_choose_language(struct template *template, struct slice language,
                              struct arena *arena, struct diags *diags)
{
    struct choice choice = {.own = yaml_text(template->front, "language", "en"),
                            .arena = arena,
                            .diags = diags};
    choice.language = language.size ? language : choice.own;
    choice.number = ARENA_ARRAY(arena, size_t, template->note_count);
    choice.chosen = ARENA_ARRAY(arena, size_t, template->note_count);
    template->front = choose_values(&choice, template->front);
    template->body = choose_nodes(&choice, &template->body);
    choose_notes(&choice, template);
}

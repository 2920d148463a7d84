/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A template from its text: front matter, then the body in three steps. Marks are
 * taken out (source.c, mark.c), Markdown is read (markdown.c), and what is flat is
 * folded into a tree (tree.c, structure.c). */
#include "template/anchor.h"
#include "template/tree.h"

#include <string.h>

/* Names of measures may hold spaces: `each … where` has to know them. */
static struct name_list measure_names(const struct yaml *front, struct arena *arena)
{
    const struct yaml *measures = yaml_find(front, "measures");
    if (!measures || measures->kind != YAML_MAPPING)
        return (struct name_list){0};
    struct slice *name = ARENA_ARRAY(arena, struct slice, measures->count);
    for (size_t i = 0; i < measures->count; i++)
        name[i] = measures->key[i].text;
    return (struct name_list){name, measures->count, NULL};
}

/* Typographic quotes and dashes: `smart: yes` or no, by default in English only. */
static bool is_smart(const struct yaml *front, struct diags *diags)
{
    bool smart = slice_starts_with(yaml_text(front, "language", "en"), "en");
    const struct yaml *node = yaml_find(front, "smart");
    if (node && !yaml_bool(node, &smart)) {
        struct diag *diag =
            diags_error(diags, node->at, "M076", "smart is \"%.*s\", not yes or no",
                        SLICE_PRINT(node->text));
        diag->width = node->width;
    }
    return smart;
}

/* Anchors ------------------------------------------------------------------------------ */

static void append_words(const struct inlines *inlines, struct text *out)
{
    for (size_t i = 0; i < inlines->count; i++) {
        text_append(out, inlines->item[i].text);
        append_words(&inlines->item[i].children, out);
    }
}

static struct slice words_of(const struct inlines *inlines, struct arena *arena)
{
    struct text words = {.arena = arena};
    append_words(inlines, &words);
    return text_slice(&words);
}

static void name_headings(struct anchors *anchors, const struct nodes *nodes)
{
    struct node *item = (struct node *)nodes->item;
    for (size_t i = 0; i < nodes->count; i++) {
        struct node *node = &item[i];
        if (node->kind == NODE_HEADING)
            node->anchor = anchors_take(
                anchors, anchor_of_words(words_of(&node->inlines, anchors->arena),
                                         anchors->arena));
        name_headings(anchors, &node->children);
        name_headings(anchors, &node->otherwise);
        for (size_t j = 0; j < node->part_count && node->part; j++)
            name_headings(anchors, &node->part[j]);
        for (size_t j = 0; j < node->branch_count; j++)
            name_headings(anchors, &node->branch[j].body);
    }
}

/* The whole ---------------------------------------------------------------------------- */

static bool parse_front(struct slice front, const char *file, struct arena *arena,
                        struct template *out, struct diags *diags)
{
    if (!yaml_parse(front, file, 2, 'M', arena, &out->front, diags))
        return false;
    if (out->front->kind == YAML_MAPPING)
        return true;
    struct diag *diag = diags_error(diags, out->front->at, "M077",
                                    "the front matter is no list of keys and values");
    diag_hint(diags, diag, "as in title: Pakistan Security Brief");
    return false;
}

/* aside: of what is needed only here. */
static bool parse_source(struct template *template, const struct slice *fence,
                         size_t fence_count, struct arena *arena, struct arena *aside,
                         struct diags *diags)
{
    const char *file = template->file;
    struct slice clean, front, body;
    struct marked marked;
    int first_line;
    if (!source_clean(template->source, file, arena, &clean, diags) ||
        !source_cut_front(clean, file, &front, &body, &first_line, diags) ||
        !parse_front(front, file, arena, template, diags))
        return false;
    struct tree tree = {.arena = arena,
                        .diags = diags,
                        .measures = measure_names(template->front, arena),
                        .fence = fence,
                        .fence_count = fence_count,
                        .is_smart = is_smart(template->front, diags)};
    if (!source_mark(body, file, first_line, &tree, aside, &marked))
        return false;
    markdown_parse(&tree, &marked, template);
    lookalikes_warn(&tree, body, (struct place){file, first_line, 1});
    losses_warn(&tree, body, (struct place){file, first_line, 1});
    struct anchors anchors = {.arena = arena};
    name_headings(&anchors, &template->body);
    return true;
}

bool template_parse(struct slice source, const char *file, const struct slice *fence,
                    size_t fence_count, struct arena *arena, struct template **out,
                    struct diags *diags)
{
    size_t errors = diags_count(diags, SEVERITY_ERROR);
    struct template *template = ARENA_NEW(arena, struct template);
    struct arena *aside = arena_new();
    *out = template;
    template->file = file ? file : "-";
    template->source = source;
    bool ok = parse_source(template, fence, fence_count, arena, aside, diags);
    arena_free(aside);
    return ok && diags_count(diags, SEVERITY_ERROR) == errors;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A template from its text: front matter, then the body in three steps. Marks are
 * taken out (source.c, mark.c), Markdown is read (markdown.c), and what is flat is
 * folded into a tree (tree.c, structure.c). */
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
    return (struct name_list){name, measures->count};
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

/* How often each anchor was given, in an open hash table. */
struct taken {
    struct slice anchor;
    size_t times;
};

struct anchors {
    struct arena *arena;
    struct taken *slot;
    size_t count, slot_count; /* a power of two */
};

static struct taken *find_taken(const struct anchors *anchors, struct slice anchor)
{
    size_t i = (size_t)slice_hash(anchor) & (anchors->slot_count - 1);
    while (anchors->slot[i].times && !slice_equal(anchors->slot[i].anchor, anchor))
        i = (i + 1) & (anchors->slot_count - 1);
    return &anchors->slot[i];
}

static void make_room(struct anchors *anchors)
{
    struct anchors wider = *anchors;
    if (anchors->count * 2 < anchors->slot_count)
        return;
    wider.slot_count = anchors->slot_count ? anchors->slot_count * 4 : 64;
    wider.slot = ARENA_ARRAY(anchors->arena, struct taken, wider.slot_count);
    for (size_t i = 0; i < anchors->slot_count; i++) {
        if (anchors->slot[i].times)
            *find_taken(&wider, anchors->slot[i].anchor) = anchors->slot[i];
    }
    *anchors = wider;
}

/* Times it was taken before. */
static size_t take(struct anchors *anchors, struct slice anchor)
{
    make_room(anchors);
    struct taken *taken = find_taken(anchors, anchor);
    anchors->count += !taken->times;
    taken->anchor = anchor;
    return taken->times++;
}

static void append_words(const struct inlines *inlines, struct text *out)
{
    for (size_t i = 0; i < inlines->count; i++) {
        text_append(out, inlines->item[i].text);
        append_words(&inlines->item[i].children, out);
    }
}

/* "Khyber Pakhtunkhwa: the week" is khyber-pakhtunkhwa-the-week. */
static struct slice words_as_anchor(const struct inlines *inlines, struct arena *arena)
{
    struct text words = {.arena = arena}, out = {.arena = arena};
    append_words(inlines, &words);
    struct slice folded = slice_fold(arena, text_slice(&words));
    for (size_t at = 0; at < folded.size;) {
        uint32_t c = utf8_next(folded, &at);
        bool is_word = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
        if (is_word)
            text_append_rune(&out, c);
        else if (out.size && out.data[out.size - 1] != '-')
            text_append_string(&out, "-");
    }
    while (out.size && out.data[out.size - 1] == '-')
        out.size--;
    return text_slice(&out);
}

static struct slice anchor_of(struct anchors *anchors, const struct inlines *inlines)
{
    struct slice words = words_as_anchor(inlines, anchors->arena);
    size_t before = take(anchors, words);
    while (before) {
        struct slice numbered = slice_of(
            arena_print(anchors->arena, "%.*s-%zu", SLICE_PRINT(words), before));
        if (!take(anchors, numbered))
            return numbered;
        before = take(anchors, words);
    }
    return words;
}

static void name_headings(struct anchors *anchors, const struct nodes *nodes)
{
    struct node *item = (struct node *)nodes->item;
    for (size_t i = 0; i < nodes->count; i++) {
        struct node *node = &item[i];
        if (node->kind == NODE_HEADING)
            node->anchor = anchor_of(anchors, &node->inlines);
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

bool template_parse(struct slice source, const char *file, const struct slice *fence,
                    size_t fence_count, struct arena *arena, struct template **out,
                    struct diags *diags)
{
    size_t errors = diags_count(diags, SEVERITY_ERROR);
    struct template *template = ARENA_NEW(arena, struct template);
    struct slice clean, front, body;
    struct marked marked;
    int first_line;
    if (!file)
        file = "-";
    *out = template;
    template->file = file;
    template->source = source;
    if (!source_clean(source, file, arena, &clean, diags) ||
        !source_cut_front(clean, file, &front, &body, &first_line, diags) ||
        !parse_front(front, file, arena, template, diags) ||
        !source_mark(body, file, first_line, arena, &marked, diags))
        return false;
    struct tree tree = {.arena = arena,
                        .diags = diags,
                        .measures = measure_names(template->front, arena),
                        .fence = fence,
                        .fence_count = fence_count,
                        .is_smart = is_smart(template->front, diags)};
    markdown_parse(&tree, &marked, template);
    lookalikes_warn(&tree, body, (struct place){file, first_line, 1});
    losses_warn(&tree, body, (struct place){file, first_line, 1});
    struct anchors anchors = {.arena = arena};
    name_headings(&anchors, &template->body);
    return diags_count(diags, SEVERITY_ERROR) == errors;
}

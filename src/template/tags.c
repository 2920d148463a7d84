/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Languages that a template names and none is: what stands under them would never be
 * printed, in any edition, without a word. */
#include "template/template.h"

#include <string.h>

struct tags {
    const struct slice *known;
    size_t known_count;
    struct diags *diags;
};

static bool is_known(const struct tags *tags, struct slice tag)
{
    for (size_t i = 0; i < tags->known_count; i++) {
        if (slice_equal(tags->known[i], tag))
            return true;
    }
    return false;
}

/* "en-GB" and "urd" are near to "en" and "ur"; two letters are near to any two others,
 * and are told what there is. */
static void hint_tags(const struct tags *tags, struct slice tag, struct diag *diag)
{
    for (size_t i = 0; i < tags->known_count && tag.size > 2; i++) {
        if (memcmp(tag.data, tags->known[i].data, 2) != 0)
            continue;
        diag_hint(tags->diags, diag, "did you mean \"%.*s\"?",
                  SLICE_PRINT(tags->known[i]));
        return;
    }
    diag_suggest(tags->diags, diag, (struct slice){0}, tags->known, tags->known_count);
}

static void check_tag(const struct tags *tags, struct slice tag, struct place at)
{
    if (is_known(tags, tag))
        return;
    struct diag *diag = diags_warn(tags->diags, at, "M089",
                                   "there is no language \"%.*s\": what stands here is "
                                   "never printed",
                                   SLICE_PRINT(tag));
    diag->width = (int)utf8_length(tag);
    hint_tags(tags, tag, diag);
}

/* {en: …, fr: …}: every key looks like a language, and one is. */
static bool is_choice(const struct tags *tags, const struct yaml *node)
{
    bool has_known = false;
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind != YAML_MAPPING || !is_language_tag(node->key[i].text))
            return false;
        has_known = has_known || is_known(tags, node->key[i].text);
    }
    return has_known;
}

static void check_texts(const struct tags *tags, const struct yaml *node)
{
    if (!node)
        return;
    bool chooses = is_choice(tags, node);
    for (size_t i = 0; i < node->count; i++) {
        if (chooses)
            check_tag(tags, node->key[i].text, node->key[i].at);
        check_texts(tags, &node->item[i]);
    }
}

static void check_nodes(const struct tags *tags, const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        if (node->kind == NODE_ONLY)
            check_tag(tags, node->word, node->field_at);
        check_texts(tags, node->body);
        check_nodes(tags, &node->children);
        check_nodes(tags, &node->otherwise);
        for (size_t j = 0; node->part && j < node->part_count; j++)
            check_nodes(tags, &node->part[j]);
        for (size_t j = 0; j < node->branch_count; j++)
            check_nodes(tags, &node->branch[j].body);
    }
}

void template_check_languages(const struct template *template,
                              const struct slice *known, size_t count,
                              struct diags *diags)
{
    const struct tags tags = {.known = known, .known_count = count, .diags = diags};
    for (size_t i = 0; template->front && i < template->front->count; i++)
        check_texts(&tags, &template->front->item[i]);
    check_nodes(&tags, &template->body);
    for (size_t i = 0; i < template->note_count; i++)
        check_nodes(&tags, &template->note[i]);
}

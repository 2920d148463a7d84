/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Findings that somebody typed into a template that is printed again every week. */
#include "template/template.h"

#include <string.h>

struct search {
    const struct yaml *words;
    struct arena *arena;
    struct diags *diags;
};

/* The word of text that is one of the list, as typed; empty when there is none. */
static struct slice find_stale(const struct search *search, struct slice text)
{
    static const char dividers[] = " \t.,;:!?()\"'";
    while (text.size) {
        size_t size = 0;
        while (size < text.size &&
               !memchr(dividers, text.data[size], sizeof dividers - 1))
            size++;
        struct slice word = {text.data, size};
        struct slice folded = slice_fold(search->arena, word);
        for (size_t i = 0; size && i < yaml_length(search->words); i++) {
            if (slice_equal(folded,
                            slice_fold(search->arena, yaml_at(search->words, i)->text)))
                return word;
        }
        text = slice_from(text, size + 1);
    }
    return (struct slice){0};
}

static void search_inlines(const struct search *search, const struct inlines *inlines,
                           struct place at)
{
    for (size_t i = 0; i < inlines->count; i++) {
        const struct inline_node *node = &inlines->item[i];
        if (node->kind == INLINE_TEXT) {
            struct slice word = find_stale(search, node->text);
            if (word.size) {
                struct diag *diag = diags_warn(
                    search->diags, at, "M079",
                    "\"%.*s\" is typed into the template and will be wrong when the "
                    "numbers turn",
                    SLICE_PRINT(word));
                diag_hint(
                    search->diags, diag,
                    "let {{ … | say }}, {{ … | record }} or the issue file say it");
            }
        }
        search_inlines(search, &node->children, at);
        for (size_t j = 0; j < node->branch_count; j++)
            search_inlines(search, &node->branch[j].body, at);
    }
}

static void search_nodes(const struct search *search, const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        search_inlines(search, &node->inlines, node->at);
        for (size_t j = 0; j < node->row_count * node->column_count; j++) {
            const struct inlines *cell = &node->cell[j];
            if (cell->count)
                search_inlines(search, cell, cell->item[0].at);
        }
        search_nodes(search, &node->children);
        search_nodes(search, &node->otherwise);
        for (size_t j = 0; j < node->part_count && node->part; j++)
            search_nodes(search, &node->part[j]);
        for (size_t j = 0; j < node->branch_count; j++)
            search_nodes(search, &node->branch[j].body);
    }
}

/* "2026-W46", "2026-11-01..2026-11-15": the same words stay true. */
static bool is_fixed(struct slice period)
{
    struct period found;
    return period_parse_date(slice_trim(period), &found) ||
           (period.size && memmem(period.data, period.size, "..", 2));
}

void template_warn_stale(const struct template *template, const struct locale *locale,
                         struct diags *diags)
{
    struct search search = {.words = yaml_find(locale->root, "stale"), .diags = diags};
    if (is_fixed(yaml_text(template->front, "period", "")))
        return;
    search.arena = arena_new();
    search_nodes(&search, &template->body);
    arena_free(search.arena);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `pages: 4`: by how much a brief is over, and which of its blocks could give. */
#include "brief/check.h"

#include <stdlib.h>

enum { LISTED = 4 };

/* A block of the template, with all that it takes on paper: an `each` lays it often. */
struct taker {
    const struct node *node;
    double height;
};

struct taker_list {
    const struct prepared *prepared;
    struct taker *taker; /* by block */
};

static bool add_height(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct taker_list *list = context;
    for (size_t i = 0; box->at.line && box->name && i < list->prepared->block_count;
         i++) {
        const struct place at = list->prepared->block[i].node->at;
        if (at.line != box->at.line || at.file != box->at.file)
            continue;
        list->taker[i].height += box->height;
        return false;
    }
    return true;
}

static int compare_takers(const void *left, const void *right)
{
    const struct taker *a = left, *b = right;
    if (a->height != b->height)
        return a->height > b->height ? -1 : 1;
    return a->node->at.line - b->node->at.line;
}

static struct taker *largest_blocks(const struct brief *brief, size_t *count)
{
    const struct prepared *prepared = &brief->edition->prepared;
    *count = prepared->block_count;
    struct taker_list list = {prepared,
                              ARENA_ARRAY(brief->arena, struct taker, *count)};
    for (size_t i = 0; i < *count; i++)
        list.taker[i].node = prepared->block[i].node;
    for (size_t i = 0; i < brief->pages.count; i++)
        box_visit(brief->pages.page[i].body, add_height, &list);
    if (*count)
        qsort(list.taker, *count, sizeof *list.taker, compare_takers);
    return list.taker;
}

/* The key that makes a block of this kind smaller. */
static const char *lever_of(struct slice word)
{
    static const char *const levers[][2] = {
        {"incidents", "limit"}, {"table", "top"},      {"chart", "height"},
        {"map", "height"},      {"figure", "width"},   {"timeline", "height"},
        {"tempo", "height"},    {"actors", "top"},     {"targets", "top"},
        {"waves", "limit"},     {"regrouping", "top"}, {"convergence", "top"},
    };
    for (size_t i = 0; i < sizeof levers / sizeof *levers; i++) {
        if (slice_is(word, levers[i][0]))
            return levers[i][1];
    }
    return NULL;
}

/* Pages of content beyond the target; the last page counts by how full it is. */
static double pages_over(const struct pages *pages, double target)
{
    const struct page *last = &pages->page[pages->count - 1];
    double used = last->body->child_count ? last->body->child[0]->height : 0;
    used += last->notes ? last->notes->height : 0;
    double full = last->body->height > 0 ? used / last->body->height : 1;
    return (double)pages->count - 1 - target + (full < 0.1 ? 0.1 : full);
}

static void say_who_could_give(const struct brief *brief, struct diag *diag)
{
    struct diags *diags = brief->edition->session->diags;
    struct text hint = {.arena = diags_arena(diags)};
    size_t count;
    const struct taker *taker = largest_blocks(brief, &count);
    double page = brief->pages.page[0].body->height;
    for (size_t i = 0; i < count && i < LISTED && taker[i].height > 0; i++) {
        const struct node *node = taker[i].node;
        const char *lever = lever_of(node->word);
        text_print(&hint, "%sthe %.*s at line %d (%.1f pages",
                   i ? ", " : "what could give: ", SLICE_PRINT(node->word),
                   node->at.line, taker[i].height / page);
        text_print(&hint, lever ? "; `%s`)" : ")", lever);
    }
    if (hint.size)
        diag_hint(diags, diag, "%.*s", SLICE_PRINT(text_slice(&hint)));
}

void check_page_target(const struct brief *brief)
{
    const struct edition *edition = brief->edition;
    const struct yaml *wanted = yaml_find(edition->template->front, "pages");
    double target;
    if (!wanted || !yaml_number(wanted, &target) ||
        (double)brief->pages.count <= target)
        return;
    double over = pages_over(&brief->pages, target);
    struct diag *diag = diags_warn(
        edition->session->diags, yaml_text_at(wanted), "L302",
        "the brief has %zu pages, %.0f more than it should: %.1f pages have to go",
        brief->pages.count, (double)brief->pages.count - target, over);
    diag->width = wanted->width;
    say_who_could_give(brief, diag);
}

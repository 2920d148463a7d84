/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands forlorn on the pages: headings with nothing below them, and pages made for
 * a few lines that didn't fit on the one before. Inside paragraphs, lists and tables the
 * layout leaves no line or row alone. */
#include "brief/check.h"

#include <math.h>
#include <string.h>

/* A page of fewer lines is a page for nothing. */
enum { FEWEST_LINES = 4 };

struct orphans {
    const struct brief *brief;
    const struct page *page;
    const char *trial;
};

static struct diag *tell(const struct orphans *orphans, struct place at,
                         const char *code, const char *message)
{
    return diags_note(orphans->brief->edition->session->diags, at, code,
                      "%s%spage %zu %s", orphans->trial ? orphans->trial : "",
                      orphans->trial ? ", " : "", orphans->page->number, message);
}

static bool is_named(const struct box *box, const char *name)
{
    return box->name && strcmp(box->name, name) == 0;
}

static void tell_heading(const struct orphans *orphans, const struct box *box)
{
    enum { MOST = 60 };
    size_t end = 0;
    for (int i = 0; end < box->text.size && i < MOST; i++)
        utf8_next(box->text, &end);
    struct arena *arena = orphans->brief->arena;
    const char *message =
        arena_print(arena, "has nothing below the heading \"%.*s%s\"",
                    SLICE_PRINT(((struct slice){box->text.data, end})),
                    end < box->text.size ? "\xe2\x80\xa6" : "");
    struct diag *diag = tell(orphans, box->at, "L313", message);
    diag_hint(orphans->brief->edition->session->diags, diag,
              "write a sentence under it, or take it out with what it announces");
}

static const struct box *lowest_child(const struct box *box)
{
    const struct box *lowest = NULL;
    for (size_t i = 0; i < box->child_count; i++) {
        const struct box *child = box->child[i];
        if (child->role != ROLE_ARTIFACT && child->height > 0)
            lowest = child;
    }
    return lowest;
}

/* Down to what ends the box, but not into a row, whose columns end by themselves. */
static void look_at_end(const struct orphans *orphans, const struct box *box)
{
    while (box && !is_named(box, "heading") && !is_named(box, "row"))
        box = lowest_child(box);
    if (box && is_named(box, "heading"))
        tell_heading(orphans, box);
}

static bool look_at_columns(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    for (size_t i = 0; is_named(box, "row") && i < box->child_count; i++)
        look_at_end(context, box->child[i]);
    return box->role != ROLE_ARTIFACT;
}

static double line_height(const struct brief *brief)
{
    const struct text_style *body = &brief->edition->theme->text[TEXT_BODY];
    return brief->edition->locale->right_to_left ? body->arabic_leading_pt
                                                 : body->leading_pt;
}

/* A page with text of its own that goes on from the one before and ends soon. */
static void look_at_height(const struct orphans *orphans)
{
    const struct brief *brief = orphans->brief;
    const struct page *page = orphans->page;
    double line = line_height(brief);
    if (!page->goes_on || !page->body->child_count || page->notes || !(line > 0))
        return;
    double lines = ceil(page->body->child[0]->height / line - 0.1);
    const struct page *end = brief->pages.page + brief->pages.count;
    bool is_filled = page + 1 < end && page[1].goes_on;
    if (is_filled || lines >= FEWEST_LINES)
        return;
    const char *message =
        arena_print(brief->arena,
                    "holds only what %.0f line%s take%s, left over from "
                    "the page before",
                    lines, lines > 1 ? "s" : "", lines > 1 ? "" : "s");
    struct diag *diag = tell(orphans, check_first_place(page), "L314", message);
    diag_hint(brief->edition->session->diags, diag,
              "with so much less above it the page isn't needed");
}

void check_orphans(const struct brief *brief, const char *trial)
{
    for (size_t i = 0; i < brief->pages.count; i++) {
        const struct page *page = &brief->pages.page[i];
        struct orphans orphans = {brief, page, trial};
        look_at_end(&orphans, page->body);
        box_visit(page->body, look_at_columns, &orphans);
        look_at_height(&orphans);
    }
}

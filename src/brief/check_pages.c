/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What check finds in a brief that is laid: on which page a line of the template
 * stands, and sections that nothing fills. */
#include "brief/check.h"

#include "block/walk.h"

#include <string.h>

/* -- Pages ------------------------------------------------------------------------------- */

struct line_search {
    struct place at;
    bool is_found;
};

static bool find_line(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct line_search *search = context;
    search->is_found =
        search->is_found || (box->at.line == search->at.line && box->at.file &&
                             strcmp(box->at.file, search->at.file) == 0);
    return !search->is_found;
}

size_t check_page_of(const struct brief *brief, struct place at)
{
    struct line_search search = {at, false};
    for (size_t i = 0; at.file && at.line && i < brief->pages.count; i++) {
        const struct page *page = &brief->pages.page[i];
        box_visit(page->body, find_line, &search);
        if (page->notes)
            box_visit(page->notes, find_line, &search);
        if (search.is_found)
            return i + 1;
    }
    return 0;
}

static bool find_place(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct place *at = context;
    if (box->at.line && !at->line)
        *at = box->at;
    return !at->line;
}

struct place check_first_place(const struct page *page)
{
    struct place at = {0};
    box_visit(page->body, find_place, &at);
    return at;
}

/* -- Sections ---------------------------------------------------------------------------- */

void check_empty_sections(const struct brief *brief)
{
    const struct prepared *prepared = &brief->edition->prepared;
    struct diags *diags = brief->edition->session->diags;
    for (size_t i = 0; i < prepared->each_count; i++) {
        const struct prepared_each *each = &prepared->each[i];
        const uint32_t *group;
        if (each->node->otherwise.count || each_groups(each, &brief->scope, &group))
            continue;
        struct diag *diag =
            diags_warn(diags, each->node->at, "M144",
                       "no %.*s meets this each, and nothing is printed in its place",
                       SLICE_PRINT(each->node->field));
        diag->width = 3;
        diag_hint(diags, diag, "::: otherwise says what is printed then");
    }
}

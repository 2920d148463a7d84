/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `pages: 4`: by how much a brief is over, and which of its blocks could give. */
#include "brief/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED = 4 };
/* What stays of a figure's plot, of a picture, and of a table or list, at least. */
static const double LEAST_PLOT = 60, LEAST_PICTURE = 60, LEAST_ROWS = 80;
/* Pages that aren't worth a word. */
static const double HARDLY = 0.05;

/* Something in the template, with all that it could give: an `each` lays it often. */
struct giver {
    const char *words, *lever; /* lever: the key that does it, or NULL */
    struct place at;
    double height;
};

struct survey {
    const struct brief *brief;
    size_t count, capacity;
    struct giver *giver;
    double text_height; /* of all that is no block, nor beside one */
};

static void add_giver(struct survey *survey, const struct giver *giver)
{
    for (size_t i = 0; i < survey->count; i++) {
        struct giver *known = &survey->giver[i];
        if (known->at.line == giver->at.line && known->at.file == giver->at.file &&
            strcmp(known->words, giver->words) == 0) {
            known->height += giver->height;
            return;
        }
    }
    *ARENA_APPEND(survey->brief->arena, survey->giver, survey->count,
                  survey->capacity) = *giver;
}

/* -- What a block could give ---------------------------------------------------------- */

static const struct node *block_of(const struct survey *survey, const struct box *box)
{
    const struct prepared *prepared = &survey->brief->edition->prepared;
    for (size_t i = 0; box->at.line && box->name && i < prepared->block_count; i++) {
        const struct node *node = prepared->block[i].node;
        if (node->at.line == box->at.line && node->at.file == box->at.file)
            return node;
    }
    return NULL;
}

/* The key that makes a block of this kind smaller. */
static const char *lever_of(const struct node *node)
{
    static const char *const levers[][2] = {
        {"incidents", "limit"}, {"table", "top"},      {"chart", "height"},
        {"map", "height"},      {"figure", "width"},   {"timeline", "height"},
        {"tempo", "height"},    {"actors", "top"},     {"targets", "top"},
        {"waves", "limit"},     {"regrouping", "top"}, {"convergence", "top"},
    };
    for (size_t i = 0; i < sizeof levers / sizeof *levers; i++) {
        if (slice_is(node->word, levers[i][0]))
            return levers[i][1];
    }
    return NULL;
}

static bool add_plot(const struct box *box, double x, double y, void *context)
{
    double *height = context;
    (void)x;
    (void)y;
    if (box->picture && box->picture->plot_height > LEAST_PLOT)
        *height += box->picture->plot_height - LEAST_PLOT;
    return true;
}

static double block_gives(const struct node *node, const struct box *box)
{
    const char *lever = lever_of(node);
    double plots = 0;
    if (!lever)
        return 0;
    if (strcmp(lever, "height") == 0)
        box_visit(box, add_plot, &plots);
    else
        plots = fmax(0, box->height -
                            (strcmp(lever, "width") == 0 ? LEAST_PICTURE : LEAST_ROWS));
    return fmin(plots, box->height);
}

static bool is_row(const struct box *box)
{
    return box->name && strcmp(box->name, "row") == 0;
}

/* What the blocks inside could give together: a row is as high as its highest cell.
 * *lever: theirs, NULL where they differ. *blocks: how many there are. */
static double box_gives(const struct survey *survey, const struct box *box,
                        const char **lever, size_t *blocks)
{
    const struct node *node = block_of(survey, box);
    if (node) {
        const char *own = lever_of(node);
        bool is_same = !*blocks || (*lever && own && strcmp(*lever, own) == 0);
        *lever = is_same ? own : NULL;
        ++*blocks;
        return block_gives(node, box);
    }
    double least = 0, sum = 0;
    for (size_t i = 0; i < box->child_count; i++) {
        double gives = box_gives(survey, box->child[i], lever, blocks);
        least = fmax(least, box->child[i]->height - gives);
        sum += gives;
    }
    return is_row(box) ? fmax(0, box->height - least) : sum;
}

/* -- What of a page could give -------------------------------------------------------- */

static void survey_box(struct survey *survey, const struct box *box)
{
    size_t blocks = 0;
    struct giver giver = {.at = box->at};
    const struct node *node = block_of(survey, box);
    giver.height = box_gives(survey, box, &giver.lever, &blocks);
    if (!blocks)
        return;
    if (node)
        giver.words =
            arena_print(survey->brief->arena, "the %.*s at", SLICE_PRINT(node->word));
    else if (is_row(box))
        giver.words = "what stands side by side at";
    if (!node && is_row(box) && !(giver.height > 0))
        return; /* as high as the text beside its blocks */
    if (giver.words) {
        survey->text_height -= box->height;
        add_giver(survey, &giver);
        return;
    }
    for (size_t i = 0; i < box->child_count; i++)
        survey_box(survey, box->child[i]);
}

static double height_used(const struct page *page)
{
    double used = page->notes ? page->notes->height : 0;
    for (size_t i = 0; i < page->body->child_count; i++)
        used += page->body->child[i]->height;
    return used;
}

/* Room that a break leaves empty on the page before. */
static void survey_break(struct survey *survey, const struct page *page)
{
    const struct page *before = page - 1;
    struct giver giver = {.at = check_first_place(page),
                          .words = "the page break before"};
    if (page->goes_on || !giver.at.line)
        return;
    if (before->size.width != page->size.width)
        giver.words = "the turn of the page before";
    giver.height = before->body->height - height_used(before);
    add_giver(survey, &giver);
}

static void survey_pages(struct survey *survey)
{
    const struct pages *pages = &survey->brief->pages;
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->page[i];
        survey->text_height += height_used(page);
        survey_box(survey, page->body);
        if (i)
            survey_break(survey, page);
    }
}

static int compare_givers(const void *left, const void *right)
{
    const struct giver *a = left, *b = right;
    if (a->height != b->height)
        return a->height > b->height ? -1 : 1;
    return a->at.line - b->at.line;
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

static void print_giver(const struct survey *survey, const struct giver *giver,
                        double page, struct text *out)
{
    const char *own = survey->brief->edition->path;
    bool is_elsewhere = giver->at.file && strcmp(giver->at.file, own) != 0;
    bool is_break = !strstr(giver->words, " at");
    text_print(out, "%s line %d%s%s (%.1f pages%s", giver->words, giver->at.line,
               is_elsewhere ? " of " : "", is_elsewhere ? giver->at.file : "",
               giver->height / page, is_break ? " empty" : "");
    text_print(out, giver->lever ? "; `%s`)" : ")", giver->lever);
}

static void say_what_could_give(const struct brief *brief, double over,
                                struct diag *diag)
{
    struct diags *diags = brief->edition->session->diags;
    struct text hint = {.arena = diags_arena(diags)};
    struct survey survey = {.brief = brief};
    survey_pages(&survey);
    if (survey.count)
        qsort(survey.giver, survey.count, sizeof *survey.giver, compare_givers);
    double page = brief->pages.page[0].body->height, given = 0;
    for (size_t i = 0; i < survey.count && i < LISTED; i++) {
        if (survey.giver[i].height < HARDLY * page)
            break;
        text_append_string(&hint, i ? ", " : "what could give: ");
        print_giver(&survey, &survey.giver[i], page, &hint);
        given += survey.giver[i].height / page;
    }
    double text = survey.text_height / page;
    if (given < over && text >= HARDLY)
        text_print(&hint,
                   hint.size ? "; %.1f pages are text"
                             : "%.1f pages of it are text: no block could give",
                   text);
    diag_hint(diags, diag, "%.*s",
              SLICE_PRINT(hint.size ? text_slice(&hint)
                                    : SLICE_LITERAL("no block could give: one of them "
                                                    "has to go")));
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
    say_what_could_give(brief, over, diag);
}

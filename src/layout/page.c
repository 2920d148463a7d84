/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cutting a flow into pages.
 *
 * The flow is cut into runs that begin on a page of their own: at page breaks and
 * where portrait turns to landscape or back. Each run is one flow_box, and a page is
 * its first part at the height the page has left beside its footnotes. */
#include "layout/page.h"

#include <math.h>
#include <string.h>

static const double SLACK = 0.01;
/* Footnotes carried over take at most this share of a page that has other content. */
static const double CARRIED_SHARE = 0.6;
/* Enough halvings of a page's height to find a line. */
enum { BISECTIONS = 10 };

struct note_list {
    struct box **box;
    size_t count, capacity;
    double height; /* with rule, gaps and the space above */
};

struct filler {
    const struct page_geometry *geometry;
    struct box *const *note;
    size_t note_count;
    bool *is_placed;          /* by footnote */
    struct note_list carried; /* what didn't fit on earlier pages */
    size_t carried_from;      /* the first of carried that still waits */
    struct arena *arena;
    struct pages *pages;
    size_t page_capacity;
    struct diags *diags;
};

/* The page being filled. */
struct sheet {
    struct page_size size;
    double top, width, height; /* of the content */
    struct note_list notes;
};

/* Footnotes ---------------------------------------------------------------------- */

static double notes_overhead(const struct filler *filler)
{
    const struct box *rule = filler->geometry->note_rule;
    return filler->geometry->note_space + (rule ? rule->height : 0);
}

/* What a list of footnotes grows by with one more of this height. */
static double note_growth(const struct filler *filler, const struct note_list *list,
                          double height)
{
    return height + (list->count ? filler->geometry->note_gap : notes_overhead(filler));
}

static void list_note(struct filler *filler, struct note_list *list, struct box *box)
{
    list->height += note_growth(filler, list, box->height);
    *ARENA_APPEND(filler->arena, list->box, list->count, list->capacity) = box;
}

struct mark_list {
    struct filler *filler;
    size_t *mark; /* from 0 */
    size_t count, capacity;
    bool reports;    /* warns of every box that was scaled down or split */
    struct place at; /* of what was visited last and has one */
};

/* What an editor calls boxes that are all words. */
static const char *const wordy_boxes[][2] = {{"figure head", "the title"},
                                             {"row", "the table's head"}};

static void warn_scaled(struct filler *filler, const struct box *box, struct place at)
{
    const char *name = box->child[0]->name ? box->child[0]->name : "row";
    const char *words = arena_print(filler->arena, "\"%s\"", name);
    const char *hint = "give it less height or fewer rows";
    for (size_t i = 0; i < sizeof wordy_boxes / sizeof *wordy_boxes; i++) {
        if (strcmp(name, wordy_boxes[i][0]) != 0)
            continue;
        words = wordy_boxes[i][1];
        hint = "say it in fewer words";
    }
    struct diag *diag = diags_warn(filler->diags, box->at.line ? box->at : at, "L101",
                                   "%s is higher than a page and can't be split; "
                                   "it was scaled down to %.0f%%",
                                   words, box->scale * 100);
    diag_hint(filler->diags, diag, "%s", hint);
}

static bool is_split_together(const struct box *box)
{
    return box->is_rest && box->name && strcmp(box->name, "together") == 0;
}

static void warn_split(struct filler *filler, const struct box *box)
{
    struct diag *diag =
        diags_warn(filler->diags, box->at, "L103",
                   "::: together holds more than a page and was split all the same");
    diag_hint(filler->diags, diag,
              "put only what must not be parted between it and ::: end together");
}

/* Marks in a part, of footnotes that aren't placed yet, in order. */
static bool collect_marks(const struct box *box, double x, double y, void *context)
{
    struct mark_list *list = context;
    (void)x;
    (void)y;
    if (box->role == ROLE_ARTIFACT)
        return false;
    list->at = box->at.line ? box->at : list->at;
    if (box->scale > 0 && list->reports)
        warn_scaled(list->filler, box, list->at);
    if (list->reports && is_split_together(box))
        warn_split(list->filler, box);
    for (size_t i = 0; i < box->note_count; i++) {
        size_t mark = box->note[i] - 1;
        if (mark < list->filler->note_count && !list->filler->is_placed[mark])
            *ARENA_APPEND(list->filler->arena, list->mark, list->count,
                          list->capacity) = mark;
    }
    return true;
}

/* Height that the sheet's footnotes would have with those of part. */
static double notes_height_with(struct filler *filler, const struct sheet *sheet,
                                const struct box *part)
{
    const struct arena_mark before = arena_mark(filler->arena);
    struct mark_list list = {.filler = filler};
    box_visit(part, collect_marks, &list);
    struct note_list trial = {.count = sheet->notes.count,
                              .height = sheet->notes.height};
    for (size_t i = 0; i < list.count; i++) { /* which grows by marks in footnotes */
        size_t mark = list.mark[i];
        if (filler->is_placed[mark])
            continue;
        trial.height += note_growth(filler, &trial, filler->note[mark]->height);
        trial.count++;
        filler->is_placed[mark] = true;
        box_visit(filler->note[mark], collect_marks, &list);
    }
    for (size_t i = 0; i < list.count; i++)
        filler->is_placed[list.mark[i]] = false;
    arena_release(filler->arena, before);
    return trial.height;
}

/* Puts a footnote on the sheet, as much of it as room takes; what is left waits for
 * the next page. must: even a note that can't be split goes here. What was put there, or
 * NULL. */
static struct box *place_note(struct filler *filler, struct sheet *sheet,
                              struct box *note, double room, bool must,
                              struct box **left)
{
    struct box *first = note;
    double overhead = note_growth(filler, &sheet->notes, 0);
    room -= overhead;
    *left = NULL;
    if (note->height > room + SLACK &&
        !(room > 0 && (box_split(note, room, SPLIT_WELL, filler->arena, &first, left) ||
                       (must && box_split(note, room, SPLIT_ANYWHERE, filler->arena,
                                          &first, left))))) {
        if (!must) {
            *left = note;
            return NULL;
        }
        first = note;
        if (note->height > sheet->height - overhead) {
            first = box_scaled(filler->arena, note, sheet->height - overhead);
            warn_scaled(filler, first, first->at);
        }
    }
    list_note(filler, &sheet->notes, first);
    return first;
}

static bool notes_wait(const struct filler *filler)
{
    return filler->carried_from < filler->carried.count;
}

static void let_wait(struct filler *filler, size_t index)
{
    filler->is_placed[index] = true;
    list_note(filler, &filler->carried, filler->note[index]);
}

/* The footnotes whose marks stand in content or in another footnote. */
static void let_marked_wait(struct filler *filler, const struct box *part, bool reports)
{
    struct mark_list list = {.filler = filler, .reports = reports};
    box_visit(part, collect_marks, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (!filler->is_placed[list.mark[i]])
            let_wait(filler, list.mark[i]);
    }
}

/* A footnote is set for the page of its mark; a turned page may be narrower. */
static bool is_too_wide(const struct box *note, double width)
{
    return note->width > width + SLACK;
}

/* Puts the footnotes that wait on the sheet, until the notes are as high as limit. must:
 * the first in any case. */
static void place_waiting(struct filler *filler, struct sheet *sheet, double limit,
                          bool must)
{
    while (notes_wait(filler)) {
        struct box *note = filler->carried.box[filler->carried_from], *left;
        bool is_forced = must && sheet->notes.count == 0;
        if (!is_forced && is_too_wide(note, sheet->width))
            return;
        struct box *placed = place_note(filler, sheet, note,
                                        limit - sheet->notes.height, is_forced, &left);
        if (placed)
            let_marked_wait(filler, placed, false);
        if (left) {
            filler->carried.box[filler->carried_from] = left;
            return;
        }
        filler->carried_from++;
    }
}

/* Those of the sheet's content, below it; not where earlier ones wait already. */
static void place_marked(struct filler *filler, struct sheet *sheet,
                         const struct box *part)
{
    bool waits = notes_wait(filler);
    let_marked_wait(filler, part, true);
    if (!waits)
        place_waiting(filler, sheet, sheet->height - part->height, false);
}

/* Footnotes that no mark on a page asked for are printed all the same. */
static void place_unmarked(struct filler *filler, struct sheet *sheet,
                           double content_height)
{
    bool waits = notes_wait(filler);
    for (size_t i = 0; i < filler->note_count; i++) {
        if (!filler->is_placed[i])
            let_wait(filler, i);
    }
    if (!waits)
        place_waiting(filler, sheet, sheet->height - content_height, false);
}

/* Pages -------------------------------------------------------------------------- */

static double content_width(const struct filler *filler, bool landscape)
{
    const struct page_geometry *geometry = filler->geometry;
    return (landscape ? geometry->size.height : geometry->size.width) - geometry->left -
           geometry->right;
}

static struct sheet open_sheet(const struct filler *filler, bool landscape)
{
    const struct page_geometry *geometry = filler->geometry;
    struct sheet sheet = {.size = geometry->size};
    if (landscape)
        sheet.size = (struct page_size){geometry->size.height, geometry->size.width};
    sheet.width = content_width(filler, landscape);
    sheet.top = filler->pages->count == 0 ? geometry->first_top : geometry->top;
    sheet.height =
        sheet.size.height - (geometry->size.height - geometry->bottom) - sheet.top;
    return sheet;
}

static struct box *notes_box(const struct filler *filler, const struct sheet *sheet)
{
    const struct page_geometry *geometry = filler->geometry;
    const struct note_list *notes = &sheet->notes;
    if (notes->count == 0)
        return NULL;
    struct box *box = box_new(filler->arena, "notes", sheet->width, 0);
    if (geometry->note_rule) {
        const struct box *rule = geometry->note_rule;
        box_add(filler->arena, box, arena_copy(filler->arena, rule, sizeof *rule),
                geometry->right_to_left ? sheet->width - rule->width : 0, 0);
        box->height = rule->height;
    }
    for (size_t i = 0; i < notes->count; i++) {
        box->height += i > 0 ? geometry->note_gap : 0;
        box_add(filler->arena, box, notes->box[i], 0, box->height);
        box->height += notes->box[i]->height;
    }
    box->x = geometry->left;
    box->y = sheet->top + sheet->height - box->height;
    return box;
}

static struct page *close_sheet(struct filler *filler, const struct sheet *sheet,
                                struct box *part)
{
    struct pages *pages = filler->pages;
    const struct page_geometry *geometry = filler->geometry;
    struct page *page =
        ARENA_APPEND(filler->arena, pages->page, pages->count, filler->page_capacity);
    *page = (struct page){.size = sheet->size, .number = pages->count};
    page->body = box_new(filler->arena, "body", sheet->width, sheet->height);
    page->body->x = geometry->left;
    page->body->y = sheet->top;
    if (part)
        box_add(filler->arena, page->body, part, 0, 0);
    page->notes = notes_box(filler, sheet);
    return page;
}

struct part {
    struct box *first, *rest;
};

static bool take_part(struct box *content, double height, enum split_rule rule,
                      struct arena *arena, struct part *out)
{
    *out = (struct part){content, NULL};
    if (content->height <= height + SLACK)
        return true;
    return box_split(content, height, rule, arena, &out->first, &out->rest);
}

static bool notes_fit(struct filler *filler, const struct sheet *sheet,
                      const struct box *part)
{
    return part->height + notes_height_with(filler, sheet, part) <=
           sheet->height + SLACK;
}

/* The highest first part that leaves room for its footnotes. When even the lowest
 * doesn't, that one is taken and its footnotes go on overleaf. */
static void leave_room_for_notes(struct filler *filler, const struct sheet *sheet,
                                 struct box *content, struct part *best)
{
    double low = 0, high = sheet->height - sheet->notes.height;
    bool is_found = false;
    for (int i = 0; i < BISECTIONS && high - low > 1; i++) {
        double middle = (low + high) / 2;
        const struct arena_mark before = arena_mark(filler->arena);
        struct part trial;
        bool is_part = take_part(content, middle, SPLIT_WELL, filler->arena, &trial);
        bool fits = is_part && notes_fit(filler, sheet, trial.first);
        if (fits || (is_part && !is_found))
            *best = trial;
        else
            arena_release(filler->arena, before);
        is_found = is_found || fits;
        *(fits || !is_part ? &low : &high) = middle;
    }
}

/* What of content goes on the sheet; nothing where only carried footnotes do. */
static struct part take_fitting(struct filler *filler, const struct sheet *sheet,
                                struct box *content)
{
    double room = sheet->height - sheet->notes.height;
    struct part part;
    if (!take_part(content, room, SPLIT_WELL, filler->arena, &part)) {
        if (sheet->notes.count)
            return (struct part){NULL, content};
        take_part(content, room, SPLIT_ANYWHERE, filler->arena, &part);
    }
    if (!notes_fit(filler, sheet, part.first))
        leave_room_for_notes(filler, sheet, content, &part);
    return part;
}

static void fill_run(struct filler *filler, struct box *content, bool landscape,
                     bool is_last)
{
    bool goes_on = false;
    while (content) {
        struct sheet sheet = open_sheet(filler, landscape);
        place_waiting(filler, &sheet, sheet.height * CARRIED_SHARE, true);
        struct part part = take_fitting(filler, &sheet, content);
        if (part.first)
            place_marked(filler, &sheet, part.first);
        if (part.first && !part.rest && is_last)
            place_unmarked(filler, &sheet, part.first->height);
        close_sheet(filler, &sheet, part.first)->goes_on = goes_on;
        goes_on = part.first != NULL;
        content = part.rest;
    }
}

/* Items up to the next page break or turn of the page. */
static size_t run_end(const struct flow *flow, size_t from)
{
    size_t end = from;
    do {
        end++;
    } while (end < flow->count && !flow->item[end].page_break_before &&
             !flow->item[end].starts_landscape && !flow->item[end - 1].ends_landscape);
    return end;
}

/* Footnotes alone. */
static void fill_sheet_of_notes(struct filler *filler, bool landscape)
{
    struct sheet sheet = open_sheet(filler, landscape);
    place_waiting(filler, &sheet, sheet.height, true);
    close_sheet(filler, &sheet, NULL);
}

static bool some_note_is_too_wide(const struct filler *filler, double width)
{
    const struct note_list *carried = &filler->carried;
    for (size_t i = filler->carried_from; i < carried->count; i++) {
        if (is_too_wide(carried->box[i], width))
            return true;
    }
    return false;
}

static void fill_flow(struct filler *filler, const struct flow *flow)
{
    bool landscape = false;
    for (size_t from = 0, end; from < flow->count; from = end) {
        landscape = landscape || flow->item[from].starts_landscape;
        while (some_note_is_too_wide(filler, content_width(filler, landscape)))
            fill_sheet_of_notes(filler, !landscape);
        end = run_end(flow, from);
        struct flow run = *flow;
        run.item = flow->item + from;
        run.count = end - from;
        fill_run(filler, flow_box(&run, NULL), landscape, end == flow->count);
        landscape = landscape && !flow->item[end - 1].ends_landscape;
    }
}

/* What is left of the footnotes once all content stands; at least one page. */
static void fill_last(struct filler *filler)
{
    if (filler->pages->count == 0) {
        struct sheet sheet = open_sheet(filler, false);
        place_unmarked(filler, &sheet, 0);
        close_sheet(filler, &sheet, NULL);
    }
    while (notes_wait(filler)) {
        const struct box *next = filler->carried.box[filler->carried_from];
        fill_sheet_of_notes(filler, is_too_wide(next, content_width(filler, false)));
    }
}

static bool has_room(const struct page_geometry *geometry, const struct flow *flow)
{
    double lower =
        geometry->top > geometry->first_top ? geometry->top : geometry->first_top;
    double height = geometry->bottom - lower;
    double turned = height + geometry->size.width - geometry->size.height;
    for (size_t i = 0; i < flow->count; i++) {
        if (flow->item[i].starts_landscape && turned < height)
            height = turned;
    }
    return height >= 1;
}

bool pages_fill(const struct flow *flow, const struct page_geometry *geometry,
                struct box *const *note, size_t note_count, struct arena *arena,
                struct pages *out, struct diags *diags)
{
    *out = (struct pages){0};
    if (!has_room(geometry, flow)) {
        struct diag *diag = diags_error(
            diags, (struct place){0}, "L102",
            "a page of %.0f x %.0f points has no room between %.0f from the top and "
            "%.0f, where content ends",
            geometry->size.width, geometry->size.height, geometry->first_top,
            geometry->bottom);
        diag_hint(diags, diag, "make the theme's margins smaller");
        return false;
    }
    struct filler filler = {.geometry = geometry,
                            .note = note,
                            .note_count = note_count,
                            .arena = arena,
                            .pages = out,
                            .diags = diags};
    filler.is_placed = ARENA_ARRAY(arena, bool, note_count);
    fill_flow(&filler, flow);
    fill_last(&filler);
    return true;
}

/* Output ------------------------------------------------------------------------- */

void pages_dump(const struct pages *pages, struct text *out)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->page[i];
        text_print(out, "page %zu %.1f x %.1f\n", page->number, page->size.width,
                   page->size.height);
        const struct box *box[] = {page->furniture, page->body, page->notes};
        for (size_t j = 0; j < sizeof box / sizeof *box; j++) {
            if (box[j])
                box_dump(box[j], 1, out);
        }
    }
}

void page_draw(const struct page *page, cairo_t *cairo, bool tagged)
{
    const struct box *box[] = {page->furniture, page->body, page->notes};
    for (size_t i = 0; i < sizeof box / sizeof *box; i++) {
        if (box[i])
            box_draw(box[i], cairo, tagged);
    }
}

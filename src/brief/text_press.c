/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text file: what text_press.h says. */
#include "brief/text_press.h"

struct press {
    struct text *out;
    bool in_row; /* the last that was printed is a cell */
    bool joins;  /* the next may be the rest of the paragraph that was printed last */
    /* Split rows whose cells are printed whole, one after the other. */
    const void **whole;
    size_t whole_count, whole_capacity;
};

static void end_row(struct text *out)
{
    bool is_open = out->size && out->data[out->size - 1] == '\t';
    while (out->size && out->data[out->size - 1] == '\t')
        out->size--;
    if (is_open)
        text_append_string(out, "\n");
}

static bool append_words(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct text *out = context;
    if (!box->text.size)
        return true;
    text_append_string(out, out->size ? " " : "");
    text_append(out, box->text);
    return false;
}

/* Of a cell whose words stand in paragraphs inside. */
static struct slice words_inside(const struct box *box, struct arena *arena)
{
    struct text words = {.arena = arena};
    box_visit_all(box, append_words, &words);
    return text_slice(&words);
}

static bool append_text(const struct box *box, double x, double y, void *context);

static struct slice cell_words(const struct box *cell, struct arena *arena)
{
    return cell->text.size ? cell->text : words_inside(cell, arena);
}

static void append_whole_cell(struct press *press, const struct box *first,
                              const struct box *rest)
{
    struct text *out = press->out;
    if (first->role != ROLE_CELL && first->role != ROLE_HEAD_CELL) {
        box_visit_all(first, append_text, press);
        press->joins = true;
        box_visit_all(rest, append_text, press);
        press->joins = false;
        return;
    }
    struct slice above = cell_words(first, out->arena),
                 below = cell_words(rest, out->arena);
    text_append(out, above);
    text_append_string(out, above.size && below.size ? " " : "");
    text_append(out, below);
    text_append_string(out, "\t");
    press->in_row = true;
}

/* A cell goes on overleaf and another after it begins here: read in the order of the
 * pages, their words would be mixed. */
static bool is_mixed(const struct box *box, const struct box *rest)
{
    bool goes_on = false;
    for (size_t i = 0; i < box->child_count; i++) {
        if (goes_on && box->child[i]->height > 0)
            return true;
        goes_on = goes_on ||
                  (rest->child[i]->role != ROLE_ARTIFACT && rest->child[i]->height > 0);
    }
    return false;
}

/* A row that goes on: cell by cell with what is left of each; true when it is printed,
 * now or before. */
static bool append_split_row(struct press *press, const struct box *box)
{
    const struct row_part *part = row_part_of(box);
    if (!part)
        return false;
    for (size_t i = press->whole_count; box->is_rest && i-- > 0;) {
        if (press->whole[i] == part->whole)
            return true;
    }
    if (!part->rest || !is_mixed(box, part->rest))
        return false;
    *ARENA_APPEND(press->out->arena, press->whole, press->whole_count,
                  press->whole_capacity) = part->whole;
    end_row(press->out);
    for (size_t i = 0; i < box->child_count; i++)
        append_whole_cell(press, box->child[i], part->rest->child[i]);
    return true;
}

/* Takes back the line's end before the rest of a paragraph. */
static void join_paragraph(struct press *press, const struct box *box)
{
    struct text *out = press->out;
    if (press->joins && box->role == ROLE_P && box->is_rest && out->size &&
        out->data[out->size - 1] == '\n')
        out->size--;
    press->joins = false;
}

/* Cells of a row are divided by tabs; everything else stands on lines of its own. */
static bool append_text(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct press *press = context;
    struct text *out = press->out;
    if (append_split_row(press, box))
        return false;
    bool is_label = box->role == ROLE_LABEL;
    bool is_cell = box->role == ROLE_CELL || box->role == ROLE_HEAD_CELL || is_label;
    bool is_heading = box->role >= ROLE_H1 && box->role <= ROLE_H6;
    bool goes_on = is_cell || (box->role == ROLE_P && !press->in_row);
    if (box->role == ROLE_ROW || (box->text.size && !goes_on))
        end_row(out);
    struct slice text = box->text;
    if (is_cell && !text.size)
        text = words_inside(box, out->arena);
    bool is_empty_cell =
        is_cell && !is_label && !text.size; /* the next keeps its head */
    if (!text.size && !is_empty_cell)
        return true;
    join_paragraph(press, box);
    text_append(out, text);
    text_append_string(out, is_cell ? "\t" : is_heading ? "\n\n" : "\n");
    press->in_row = is_cell && !is_label;
    return false;
}

static void append_line(struct text *out, struct slice line)
{
    if (!line.size)
        return;
    text_append(out, line);
    text_append_string(out, "\n");
}

static void append_head(const struct brief *brief, struct text *out)
{
    const struct furniture *furniture = &brief->furniture;
    append_line(out, furniture->title);
    append_line(out, furniture->issue_line);
    append_line(out, furniture->notice);
    if (furniture->has_cover)
        append_line(out, furniture->notice_detail);
    text_append_string(out, "\n");
}

static void append_foot(const struct brief *brief, size_t page, struct text *out)
{
    const struct slice foot = brief->foot[page];
    if (page && slice_equal(foot, brief->foot[page - 1]))
        return;
    text_append_string(out, foot.size ? "\n" : "");
    append_line(out, foot);
}

/* Footnotes stand between what goes on overleaf: an empty line tells them apart. */
static void append_page(const struct brief *brief, size_t i, struct press *press)
{
    const struct page *page = &brief->pages.page[i];
    box_visit_all(page->body, append_text, press);
    end_row(press->out);
    if (page->notes) {
        text_append_string(press->out, "\n");
        box_visit_all(page->notes, append_text, press);
        end_row(press->out);
    }
    append_foot(brief, i, press->out);
}

void text_press(const struct brief *brief, struct text *out)
{
    struct press press = {.out = out};
    append_head(brief, out);
    for (size_t i = 0; i < brief->pages.count; i++) {
        append_page(brief, i, &press);
        if (i + 1 < brief->pages.count)
            text_append_string(out, "\f");
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures on their own: named, framed and written in every form. */
#include "brief/picture.h"

#include "base/file.h"

#include <math.h>
#include <string.h>

static const double MARGIN = 10, FRAME_MARGIN = 18, FOOT_GAP = 8, LINE_GAP = 2.5;

/* -- Names --------------------------------------------------------------------------------- */

/* Letters and digits of any script and "_"; all else becomes one "-", none first. */
static struct slice file_name(struct arena *arena, struct slice id)
{
    struct text name = {.arena = arena};
    for (size_t i = 0; i < id.size; i++) {
        unsigned char byte = (unsigned char)id.data[i];
        bool fits = byte >= 0x80 || (byte >= '0' && byte <= '9') ||
                    ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '_';
        if (fits)
            text_append(&name, (struct slice){id.data + i, 1});
        else if (name.size && name.data[name.size - 1] != '-')
            text_append_string(&name, "-");
    }
    return text_slice(&name);
}

struct figure_list {
    const struct brief *brief;
    size_t count, capacity, tables;
    struct named_figure *figure;
};

static bool is_taken(const struct figure_list *list, struct slice name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (slice_equal(list->figure[i].name, name))
            return true;
    }
    return false;
}

/* Names that differ in letters only that a file's name can't have are numbered. */
static struct slice own_name(const struct figure_list *list, struct slice id)
{
    struct arena *arena = list->brief->arena;
    struct slice name = file_name(arena, id), tried = name;
    if (!name.size)
        tried = name = slice_of(arena_print(arena, "figure-%zu", list->count + 1));
    for (size_t i = 2; is_taken(list, tried); i++)
        tried = slice_of(arena_print(arena, "%.*s-%zu", SLICE_PRINT(name), i));
    return tried;
}

static bool take_figure(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct figure_list *list = context;
    if (box->role != ROLE_FIGURE)
        return true;
    struct slice name = own_name(list, anchor_first(box->anchor));
    *ARENA_APPEND(list->brief->arena, list->figure, list->count, list->capacity) =
        (struct named_figure){name, box};
    return false;
}

size_t brief_figures(const struct brief *brief, const struct named_figure **out)
{
    struct figure_list list = {.brief = brief};
    for (size_t i = 0; i < brief->pages.count; i++)
        box_visit(brief->pages.page[i].body, take_figure, &list);
    *out = list.figure;
    return list.count;
}

/* -- Alone ----------------------------------------------------------------------------------- */

struct alone {
    struct colour paper;
    struct theme *theme;
    size_t line_count;
    const struct label *line[3]; /* source, brief, notice */
    double line_y[3];
    double margin;
    bool mirrored;
};

static void draw_alone(const struct box *box, cairo_t *cairo)
{
    const struct alone *alone = box->content;
    fill_rectangle(cairo, 0, 0, box->width, box->height, alone->paper);
    for (size_t i = 0; i < alone->line_count; i++)
        label_draw(alone->line[i], cairo,
                   alone->mirrored ? box->width - alone->margin : alone->margin,
                   alone->line_y[i], alone->mirrored ? 1 : 0);
}

/* "Pakistan Security Brief · Weekly · 9–15 November 2026" */
static struct slice brief_line(const struct brief *brief)
{
    struct text line = {.arena = brief->arena};
    text_append(&line, brief->furniture.title);
    if (line.size && brief->furniture.issue_line.size)
        text_append_string(&line, " \xc2\xb7 ");
    text_append(&line, brief->furniture.issue_line);
    return text_slice(&line);
}

static void add_line(const struct brief *brief, struct alone *alone, struct slice text,
                     enum text_role role, double width)
{
    if (!text.size)
        return;
    alone->line[alone->line_count++] = typeset_label_in(
        brief->typesetter, text, &brief->edition->theme->text[role], width, 3);
}

static void add_lines(const struct brief *brief, const struct box *figure,
                      struct alone *alone, double width)
{
    const struct furniture *furniture = &brief->furniture;
    if (!figure->picture || !figure->picture->has_source)
        add_line(brief, alone, furniture->source, TEXT_SOURCE, width);
    add_line(brief, alone, brief_line(brief), TEXT_SOURCE, width);
    add_line(brief, alone,
             furniture->notice_line.size ? furniture->notice_line : furniture->notice,
             TEXT_NOTICE, width);
}

/* Their height, and where each begins below it when top is known. */
static double place_lines(struct alone *alone, double top)
{
    double y = top;
    for (size_t i = 0; i < alone->line_count; i++) {
        alone->line_y[i] = y + alone->line[i]->ascent;
        y += alone->line[i]->height + LINE_GAP;
    }
    return alone->line_count ? y - LINE_GAP - top : 0;
}

/* The figure for a frame: laid again when it can be, else drawn smaller. */
static struct box *fitted(const struct brief *brief, const struct box *figure,
                          double width, double height)
{
    struct arena *arena = brief->arena;
    if (figure->picture && figure->picture->lay)
        return figure->picture->lay(figure->picture, width, height);
    double scale = fmin(width / figure->width, height / figure->height);
    return box_scaled(arena, figure, figure->height * scale);
}

struct box *picture_alone(const struct brief *brief, const struct box *figure,
                          struct surface_size frame)
{
    struct arena *arena = brief->arena;
    bool framed = frame.width_pt > 0;
    struct alone *alone = ARENA_NEW(arena, struct alone);
    *alone = (struct alone){
        .paper = brief->edition->theme->colour[COLOUR_PAPER],
        .margin = framed ? FRAME_MARGIN : MARGIN,
        .mirrored = brief->edition->locale->right_to_left,
    };
    double width = framed ? frame.width_pt - 2 * alone->margin : figure->width;
    add_lines(brief, figure, alone, width);
    double foot = place_lines(alone, 0) + (alone->line_count ? FOOT_GAP : 0);
    struct box *inside = arena_copy(arena, figure, sizeof *figure);
    if (framed)
        inside =
            fitted(brief, figure, width, frame.height_pt - 2 * alone->margin - foot);
    double height =
        framed ? frame.height_pt : figure->height + foot + 2 * alone->margin;
    struct box *box = box_new(arena, "picture", width + 2 * alone->margin, height);
    place_lines(alone,
                height - alone->margin - foot + (alone->line_count ? FOOT_GAP : 0));
    box->draw = draw_alone;
    box->content = alone;
    box_add(arena, box, inside, alone->margin, alone->margin);
    return box;
}

/* -- Forms ----------------------------------------------------------------------------------- */

struct form {
    const char *ending, *format;
    double dpi;
    struct surface_size frame; /* in points */
};

/* 8 pixels for 3 points: a title of 27 pixels across 1200. */
static const struct form forms[] = {
    {".svg", "svg", 0, {0, 0}},
    {".png", "png", 96, {0, 0}},
    {"@2x.png", "png", 192, {0, 0}},
    {"-1200x675.png", "png", 192, {450, 253.125}},
    {"-1080x1080.png", "png", 192, {405, 405}},
    {".csv", "csv", 0, {0, 0}},
};

static bool write_output(const void *bytes, size_t size, void *context)
{
    return output_write(context, bytes, size);
}

static bool write_file(const struct brief *brief, const struct brief_choice *choice,
                       const char *format, const char *folder, const char *name)
{
    struct diags *diags = brief->edition->session->diags;
    size_t size = strlen(folder);
    const char *slash = size && folder[size - 1] == '/' ? "" : "/";
    const char *path = arena_print(brief->arena, "%s%s%s", folder, slash, name);
    struct output *output;
    if (!output_open(&output, path, diags))
        return false;
    if (brief_format_find(slice_of(format))->write(brief, choice, write_output, output))
        return output_commit(output, diags);
    output_discard(output);
    return false;
}

static bool write_form(const struct brief *brief, const struct named_figure *figure,
                       const struct form *form, const char *folder)
{
    const struct brief_choice choice = {.dpi = form->dpi,
                                        .figure = figure->box,
                                        .width_pt = form->frame.width_pt,
                                        .height_pt = form->frame.height_pt};
    return write_file(
        brief, &choice, form->format, folder,
        arena_print(brief->arena, "%.*s%s", SLICE_PRINT(figure->name), form->ending));
}

static bool write_forms(const struct brief *brief, const struct named_figure *figure,
                        const char *folder)
{
    const struct picture *picture = figure->box->picture;
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof forms / sizeof *forms; i++) {
        bool is_data = strcmp(forms[i].format, "csv") == 0;
        if (!is_data || (picture && picture->write_csv))
            ok = write_form(brief, figure, &forms[i], folder);
    }
    return ok;
}

bool picture_write(const struct brief *brief, const struct box *figure,
                   const char *folder)
{
    const struct named_figure *named;
    size_t count = brief_figures(brief, &named);
    for (size_t i = 0; i < count; i++) {
        if (named[i].box == figure)
            return write_forms(brief, &named[i], folder);
    }
    /* A table or list: no figure, but it can stand alone. */
    const struct figure_list none = {.brief = brief};
    const struct named_figure other = {own_name(&none, anchor_first(figure->anchor)),
                                       figure};
    return write_forms(brief, &other, folder);
}

/* Tables: no figures, but with data. One that goes on over pages is there once. */
static bool take_table(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct figure_list *list = context;
    if (box->role == ROLE_FIGURE)
        return false;
    if (!box->picture)
        return true;
    for (size_t i = 0; i < list->count; i++) {
        if (list->figure[i].box->picture == box->picture)
            return false;
    }
    struct arena *arena = list->brief->arena;
    struct slice id = box->anchor.size
                          ? anchor_first(box->anchor)
                          : slice_of(arena_print(arena, "table-%zu", list->tables + 1));
    list->tables++;
    *ARENA_APPEND(arena, list->figure, list->count, list->capacity) =
        (struct named_figure){own_name(list, id), box};
    return false;
}

static bool write_all(const struct brief *brief, const char *folder, size_t *count)
{
    struct figure_list list = {.brief = brief};
    const struct pages *pages = &brief->pages;
    for (size_t i = 0; i < pages->count; i++)
        box_visit(pages->page[i].body, take_figure, &list);
    for (size_t i = 0; i < pages->count; i++)
        box_visit(pages->page[i].body, take_table, &list);
    for (size_t i = 0; i < pages->count; i++) {
        if (pages->page[i].notes)
            box_visit(pages->page[i].notes, take_table, &list);
    }
    bool ok = true;
    for (size_t i = 0; ok && i < list.count; i++)
        ok = write_forms(brief, &list.figure[i], folder);
    *count = list.count;
    const struct brief_choice all = {0};
    return ok && write_file(brief, &all, "json", folder, "figures.json");
}

bool pictures_write(const struct brief *brief, const char *folder)
{
    size_t count;
    bool ok = write_all(brief, folder, &count);
    if (!count)
        diags_note(brief->edition->session->diags,
                   (struct place){brief->edition->path, 0, 0}, "M140",
                   "the brief has no figures to write");
    return ok;
}

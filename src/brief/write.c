/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing a brief: PDF, PNG, SVG, text, figures.json and the layout dump. One
 * row a format. */
#include "base/json.h"
#include "brief/picture.h"
#include "brief/text_press.h"
#include "press/pdf.h"

#include <math.h>
#include <string.h>

/* Of a PDF: a part that is drawn, grafted, written and forgotten. Each embeds its fonts
 * anew, some 60 kB; an ordinary brief is one part. */
enum { PAGES_AT_ONCE = 64 };

static void draw_brief_page(cairo_t *cairo, size_t page, void *context)
{
    const struct brief *brief = context;
    page_draw(&brief->pages.page[page], cairo, false);
}

static void draw_tagged_page(cairo_t *cairo, size_t page, void *context)
{
    const struct brief *brief = context;
    page_draw(&brief->pages.page[page], cairo, true);
}

static struct surface_drawing drawing_of(const struct brief *brief, bool tagged)
{
    struct surface_size *size =
        ARENA_ARRAY(brief->arena, struct surface_size, brief->pages.count);
    for (size_t i = 0; i < brief->pages.count; i++)
        size[i] = (struct surface_size){brief->pages.page[i].size.width,
                                        brief->pages.page[i].size.height};
    return (struct surface_drawing){
        .page_count = brief->pages.count,
        .size = size,
        .tagged = tagged,
        .draw = tagged ? draw_tagged_page : draw_brief_page,
        .context = (void *)brief,
        .title = brief->edition->front.title,
    };
}

/* -- PDF ------------------------------------------------------------------------------------- */

struct bookmark_list {
    struct arena *arena;
    size_t page;
    size_t count, capacity;
    struct pdf_bookmark *item;
};

static bool take_bookmark(const struct box *box, double x, double y, void *context)
{
    (void)x;
    struct bookmark_list *list = context;
    if (!box->bookmark.size)
        return true;
    int level = box->role >= ROLE_H1 && box->role <= ROLE_H6
                    ? (int)(box->role - ROLE_H1) + 1
                    : 1;
    *ARENA_APPEND(list->arena, list->item, list->count, list->capacity) =
        (struct pdf_bookmark){level, box->bookmark, list->page, y};
    return true;
}

static struct bookmark_list bookmarks_of(const struct brief *brief)
{
    struct bookmark_list list = {.arena = brief->arena};
    for (size_t i = 0; i < brief->pages.count; i++) {
        list.page = i;
        box_visit(brief->pages.page[i].body, take_bookmark, &list);
    }
    return list;
}

static size_t figures_of(const struct brief *brief, struct pdf_figure **out)
{
    size_t count = 0, capacity = 0;
    struct pdf_figure *figure = NULL;
    for (size_t i = 0; i < brief->pages.count; i++) {
        const struct box *const *box;
        size_t found = box_figures(brief->pages.page[i].body, brief->arena, &box);
        for (size_t j = 0; j < found; j++)
            *ARENA_APPEND(brief->arena, figure, count, capacity) =
                (struct pdf_figure){box[j]->alt};
    }
    *out = figure;
    return count;
}

static struct slice title_of(const struct brief *brief)
{
    struct text title = {.arena = brief->arena};
    text_append(&title, brief->edition->front.title);
    if (brief->furniture.issue_line.size) {
        text_append_string(&title, " \xc2\xb7 ");
        text_append(&title, brief->furniture.issue_line);
    }
    return text_slice(&title);
}

/* Sheets of whole points, which cairo paints to their edges; what pages are cut to. */
static const struct pdf_size *take_whole_points(const struct brief *brief,
                                                struct surface_drawing *drawing)
{
    size_t count = drawing->page_count;
    struct pdf_size *size = ARENA_ARRAY(brief->arena, struct pdf_size, count);
    struct surface_size *sheet = ARENA_ARRAY(brief->arena, struct surface_size, count);
    for (size_t i = 0; i < count; i++) {
        size[i] =
            (struct pdf_size){drawing->size[i].width_pt, drawing->size[i].height_pt};
        sheet[i] =
            (struct surface_size){ceil(size[i].width_pt), ceil(size[i].height_pt)};
    }
    drawing->size = sheet;
    return size;
}

static struct pdf_info describe_pdf(const struct brief *brief,
                                    const struct pdf_size *page_size)
{
    const struct front *front = &brief->edition->front;
    struct bookmark_list bookmarks = bookmarks_of(brief);
    struct pdf_figure *figure;
    struct pdf_info info = {
        .title = title_of(brief),
        .author = front->author,
        .subject =
            front->subject.size ? front->subject : brief->composition.first_heading,
        .keywords = front->keywords,
        .creator = slice_of("sitrep"),
        .language = front->language,
        .created_day = brief->edition->frame.as_of,
        .bookmark_count = bookmarks.count,
        .bookmark = bookmarks.item,
        .figure_count = figures_of(brief, &figure),
        .page_size = page_size,
        .first_page_number = 1,
    };
    info.figure = figure;
    return info;
}

/* Draws and writes pages from first on, whose memory is given back. The session keeps
 * when the last of them would have been drawn if nothing had been written between. */
static bool write_pages(const struct brief *brief,
                        const struct surface_drawing *drawing, size_t first,
                        struct pdf *pdf)
{
    struct session *session = brief->edition->session;
    size_t left = drawing->page_count - first;
    size_t count = left < PAGES_AT_ONCE ? left : PAGES_AT_ONCE;
    struct arena *arena = arena_new(); /* of the pages as cairo writes them */
    struct slice pages;
    bool ok = surface_draw_pages(drawing, first, count, arena, &pages, session->diags);
    double drawn = session->clock ? session->clock() : 0;
    ok = ok && pdf_add(pdf, pages, count == left);
    arena_free(arena);
    session->drawn = drawn - session->pressing;
    session->pressing += session->clock ? session->clock() - drawn : 0;
    return ok;
}

static bool write_pdf(const struct brief *brief, const struct brief_choice *choice,
                      brief_sink *sink, void *context)
{
    (void)choice;
    struct surface_drawing drawing = drawing_of(brief, true);
    const struct pdf_size *page_size = take_whole_points(brief, &drawing);
    const struct pdf_info info = describe_pdf(brief, page_size);
    struct pdf *pdf = pdf_open(&info, sink, context, brief->edition->session->diags);
    bool ok = pdf != NULL;
    brief->edition->session->pressing = 0;
    for (size_t i = 0; ok && (i == 0 || i < drawing.page_count); i += PAGES_AT_ONCE)
        ok = write_pages(brief, &drawing, i, pdf);
    ok = ok && pdf_finish(pdf);
    pdf_close(pdf);
    return ok;
}

/* -- Pictures ---------------------------------------------------------------------------------- */

static void draw_chosen_figure(cairo_t *cairo, size_t page, void *context)
{
    (void)page;
    const struct box *figure = context;
    box_draw(figure, cairo, false);
}

struct chosen {
    struct surface_drawing drawing;
    struct surface_size size;
    size_t page;
};

/* The first line of its text; of what has none, the brief's. */
static struct slice figure_title(const struct brief *brief, const struct box *figure)
{
    struct slice text = figure->text, line;
    return slice_cut(&text, '\n', &line) && line.size ? line
                                                      : brief->edition->front.title;
}

static void choose_figure(const struct brief *brief, const struct brief_choice *choice,
                          struct chosen *chosen)
{
    const struct surface_size frame = {choice->width_pt, choice->height_pt};
    struct box *box = picture_alone(brief, choice->figure, frame);
    chosen->size = (struct surface_size){box->width, box->height};
    chosen->drawing =
        (struct surface_drawing){.page_count = 1,
                                 .size = &chosen->size,
                                 .draw = draw_chosen_figure,
                                 .context = box,
                                 .title = figure_title(brief, choice->figure),
                                 .description = choice->figure->alt};
}

/* A figure stands alone; else a page. */
static bool choose(const struct brief *brief, const struct brief_choice *choice,
                   struct chosen *chosen)
{
    if (choice->figure) {
        choose_figure(brief, choice, chosen);
        return true;
    }
    size_t page = choice->page ? choice->page : 1;
    if (page > brief->pages.count) {
        diags_error(brief->edition->session->diags, (struct place){0}, "U103",
                    "there is no page %zu; the brief has %zu", page,
                    brief->pages.count);
        return false;
    }
    chosen->drawing = drawing_of(brief, false);
    chosen->page = page - 1;
    return true;
}

static bool write_png(const struct brief *brief, const struct brief_choice *choice,
                      brief_sink *sink, void *context)
{
    struct chosen chosen = {0};
    const struct surface_sink to = {sink, context};
    return choose(brief, choice, &chosen) &&
           surface_draw_png(&chosen.drawing, chosen.page,
                            choice->dpi > 0 ? choice->dpi : 96, &to,
                            brief->edition->session->diags);
}

static bool write_svg(const struct brief *brief, const struct brief_choice *choice,
                      brief_sink *sink, void *context)
{
    struct chosen chosen = {0};
    const struct surface_sink to = {sink, context};
    return choose(brief, choice, &chosen) &&
           surface_draw_svg(&chosen.drawing, chosen.page, &to,
                            brief->edition->session->diags);
}

static bool write_csv(const struct brief *brief, const struct brief_choice *choice,
                      brief_sink *sink, void *context)
{
    const struct box *figure = choice->figure;
    struct text out = {.arena = brief->arena};
    if (figure && figure->picture && figure->picture->write_csv) {
        figure->picture->write_csv(figure->picture, &out);
        return sink(out.data, out.size, context);
    }
    struct diags *diags = brief->edition->session->diags;
    struct diag *diag = diags_error(diags, (struct place){0}, "U107",
                                    figure ? "the figure has no data of its own"
                                           : "csv is the data of one figure");
    if (!figure)
        diag_hint(diags, diag,
                  "choose it by its `id:`, or by its number: 1 is the "
                  "first");
    return false;
}

struct figure_search {
    const struct box *found, *wanted;
    struct slice id;
    size_t number, seen;
};

static bool seek_figure(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct figure_search *search = context;
    if (search->found)
        return false;
    bool is_named = search->id.size && anchor_has(box->anchor, search->id);
    if (box->role == ROLE_FIGURE)
        search->seen++;
    if (is_named || (box->role == ROLE_FIGURE && search->seen == search->number))
        search->found = box;
    return !search->found;
}

static bool seek_box(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct figure_search *search = context;
    if (box == search->wanted)
        search->found = box;
    return !search->found;
}

const struct box *brief_figure(const struct brief *brief, struct slice id)
{
    double number;
    struct figure_search search = {.id = id};
    if (number_parse(id, &number) && number >= 1)
        search.number = (size_t)number;
    for (size_t i = 0; i < brief->pages.count && !search.found; i++)
        box_visit(brief->pages.page[i].body, seek_figure, &search);
    return search.found;
}

static bool write_text(const struct brief *brief, const struct brief_choice *choice,
                       brief_sink *sink, void *context)
{
    (void)choice;
    struct text out = {.arena = brief->arena};
    text_press(brief, &out);
    return sink(out.data, out.size, context);
}

/* -- figures.json ---------------------------------------------------------------------------------- */

static void write_place(struct json *json, const struct place *at)
{
    json_key(json, "file");
    json_c_string(json, at->file);
    json_key(json, "line");
    json_number(json, at->line);
}

static void write_figure(struct json *json, const struct brief *brief,
                         const struct figure *figure)
{
    char label[PERIOD_LABEL_SIZE];
    period_label(figure->period, brief->edition->front.week_start, label);
    json_open_object(json);
    json_key(json, "expression");
    json_text(json, figure->expression);
    json_key(json, "printed");
    json_text(json, figure->printed);
    json_key(json, "value");
    json_number(json, figure->number);
    if (figure->low < figure->high) {
        json_key(json, "low");
        json_number(json, figure->low);
        json_key(json, "high");
        json_number(json, figure->high);
    }
    if (figure->at_least) {
        json_key(json, "at least");
        json_bool(json, true);
    }
    json_key(json, "measure");
    json_text(json, figure->measure);
    json_key(json, "filter");
    json_text(json, figure->condition);
    json_key(json, "period");
    json_c_string(json, label);
    json_key(json, "group");
    json_text(json, figure->group);
    json_key(json, "rows");
    json_number(json, (double)figure->rows);
    write_place(json, &figure->at);
    json_close_object(json);
}

static size_t page_of(const struct brief *brief, const struct box *figure)
{
    struct figure_search search = {.wanted = figure};
    for (size_t i = 0; i < brief->pages.count; i++) {
        box_visit(brief->pages.page[i].body, seek_box, &search);
        if (search.found)
            return i + 1;
    }
    return 0;
}

/* Each chart and map: its files' name, its words, and how many labels it left out. */
static void write_drawn(struct json *json, const struct brief *brief,
                        const struct named_figure *drawn)
{
    const struct box *figure = drawn->box;
    json_open_object(json);
    json_key(json, "name");
    json_text(json, drawn->name);
    json_key(json, "title");
    json_text(json, figure_title(brief, figure));
    json_key(json, "alt");
    json_text(json, figure->alt);
    json_key(json, "page");
    json_number(json, (double)page_of(brief, figure));
    json_key(json, "dropped_labels");
    json_number(json, figure->picture ? (double)figure->picture->dropped_labels : 0);
    write_place(json, &figure->at);
    json_close_object(json);
}

static void write_all_drawn(struct json *json, const struct brief *brief)
{
    const struct named_figure *drawn;
    size_t count = brief_figures(brief, &drawn);
    json_key(json, "drawn");
    json_open_array(json);
    for (size_t i = 0; i < count; i++)
        write_drawn(json, brief, &drawn[i]);
    json_close_array(json);
}

static void write_table_facts(struct json *json, const struct source_table *source)
{
    const struct table *table = source->table;
    json_open_object(json);
    json_key(json, "name");
    json_text(json, source->name);
    json_key(json, "file");
    json_c_string(json, table->file);
    json_key(json, "schema");
    if (table->schema)
        json_text(json, table->schema->name);
    else
        json_number(json, NAN);
    json_key(json, "rows_read");
    json_number(json, (double)table->rows_read);
    json_key(json, "rows_used");
    json_number(json, (double)table->row_count);
    json_key(json, "rows_excluded");
    json_number(json, (double)table->rows_excluded);
    json_key(json, "rejects");
    json_number(json, (double)table->reject_count);
    json_close_object(json);
}

static bool write_json(const struct brief *brief, const struct brief_choice *choice,
                       brief_sink *sink, void *context)
{
    (void)choice;
    struct text out = {.arena = brief->arena};
    struct json json = {.out = &out};
    char label[PERIOD_LABEL_SIZE];
    period_label(brief->scope.period.whole, brief->edition->front.week_start, label);
    json_open_object(&json);
    json_key(&json, "title");
    json_text(&json, brief->edition->front.title);
    json_key(&json, "period");
    json_c_string(&json, label);
    json_key(&json, "pages");
    json_number(&json, (double)brief->pages.count);
    json_key(&json, "dropped_labels");
    json_number(&json, (double)brief->dropped_labels);
    write_all_drawn(&json, brief);
    json_key(&json, "data");
    json_open_array(&json);
    for (size_t i = 0; i < brief->whole.table_count; i++)
        write_table_facts(&json, &brief->whole.tables[i]);
    json_close_array(&json);
    json_key(&json, "figures");
    json_open_array(&json);
    for (size_t i = 0; i < brief->figures.count; i++)
        write_figure(&json, brief, &brief->figures.figure[i]);
    json_close_array(&json);
    json_close_object(&json);
    text_append_string(&out, "\n");
    return sink(out.data, out.size, context);
}

static bool write_layout(const struct brief *brief, const struct brief_choice *choice,
                         brief_sink *sink, void *context)
{
    (void)choice;
    struct text out = {.arena = brief->arena};
    pages_dump(&brief->pages, &out);
    return sink(out.data, out.size, context);
}

static const struct brief_format formats[] = {
    {"pdf", "the brief, tagged, with bookmarks and links", write_pdf},
    {"png", "one page or one figure as a picture", write_png},
    {"svg", "one page or one figure as vectors", write_svg},
    {"csv", "the data of one figure", write_csv},
    {"txt", "the words in reading order, exact Unicode", write_text},
    {"json", "figures.json: every number with its expression, period, filter and rows",
     write_json},
    {"layout", "pages, boxes, lines and positions, for tests", write_layout},
};

const struct brief_format *brief_formats(size_t *count)
{
    *count = sizeof formats / sizeof *formats;
    return formats;
}

const struct brief_format *brief_format_find(struct slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const char *known = formats[i].name; /* BRIEF.PDF is one, too */
        if (name.size == strlen(known) && strncasecmp(name.data, known, name.size) == 0)
            return &formats[i];
    }
    return NULL;
}

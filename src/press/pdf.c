/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What cairo's PDF lacks as a document: information, language, outline, page labels,
 * XMP and the words for figures. The pages come by graft.c. */
#include "press/pdf.h"

#include "press/graft.h"
#include "press/pdf_text.h"

#include <math.h>
#include <cairo.h>

enum {
    DEEPEST = 8,        /* levels of bookmarks */
    LONGEST_TEXT = 2000 /* code points of a title or a bookmark */
};

/* Readers show a line of a title or bookmark at most; the format ends a string at
 * 65,535 bytes. */
static struct slice clip(struct arena *arena, struct slice text)
{
    size_t at = 0;
    for (size_t runes = 0; at < text.size && runes < LONGEST_TEXT; runes++)
        utf8_next(text, &at);
    if (at == text.size)
        return text;
    return slice_of(arena_print(arena, "%.*s…", (int)at, text.data));
}

static struct pdf_info clip_all(struct arena *arena, const struct pdf_info *info)
{
    struct pdf_info clipped = *info;
    clipped.title = clip(arena, info->title);
    clipped.author = clip(arena, info->author);
    clipped.subject = clip(arena, info->subject);
    clipped.keywords = clip(arena, info->keywords);
    clipped.creator = clip(arena, info->creator);
    clipped.language = clip(arena, info->language);
    return clipped;
}

static struct slice name_producer(struct arena *arena)
{
    return slice_of(arena_print(arena, "libharu %s, cairo %s", HPDF_GetVersion(),
                                cairo_version_string()));
}

static void describe_document(struct graft *graft, const struct pdf_info *info)
{
    HPDF_Dict dict = graft->document->info;
    struct text text = {.arena = graft->arena}, day = {.arena = graft->arena};
    HPDF_Dict_RemoveElement(dict, "Producer");
    pdf_print_entry(&text, "Title", info->title);
    pdf_print_entry(&text, "Author", info->author);
    pdf_print_entry(&text, "Subject", info->subject);
    pdf_print_entry(&text, "Keywords", info->keywords);
    pdf_print_entry(&text, "Creator", info->creator);
    pdf_print_entry(&text, "Producer", name_producer(graft->arena));
    pdf_print_day(&day, info->created_day, "");
    if (day.size)
        for (int i = 0; i < 2; i++)
            text_print(&text, "/%s (D:%.*s000000Z)\n", i ? "ModDate" : "CreationDate",
                       SLICE_PRINT(text_slice(&day)));
    graft_add_text(graft, dict, text_slice(&text));
}

static void add_xmp(struct graft *graft, const struct pdf_info *info)
{
    HPDF_Doc document = graft->document;
    struct text text = {.arena = graft->arena};
    HPDF_Dict xmp = HPDF_DictStream_New(document->mmgr, document->xref);
    if (!xmp)
        return;
    pdf_print_xmp(&text, info, name_producer(graft->arena));
    HPDF_Dict_AddName(xmp, "Type", "Metadata");
    HPDF_Dict_AddName(xmp, "Subtype", "XML");
    HPDF_Stream_Write(xmp->stream, (const HPDF_BYTE *)text.data, (HPDF_UINT)text.size);
    HPDF_Dict_Add(document->catalog, "Metadata", xmp);
}

/* Viewers that show two pages side by side begin at the right for these. */
static bool is_right_to_left(struct slice language)
{
    static const char *const tags[] = {"ar", "fa", "he", "ks", "ps", "sd", "ug", "ur"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (slice_starts_with(language, tags[i]) &&
            (language.size == 2 || language.data[2] == '-'))
            return true;
    return false;
}

static void describe_reading(struct graft *graft, const struct pdf_info *info)
{
    HPDF_Doc document = graft->document;
    struct text text = {.arena = graft->arena};
    size_t first = info->first_page_number ? info->first_page_number : 1;
    pdf_print_entry(&text, "Lang", info->language);
    text_print(&text, "/ViewerPreferences << /DisplayDocTitle true%s >>\n",
               is_right_to_left(info->language) ? " /Direction /R2L" : "");
    graft_add_text(graft, document->catalog, text_slice(&text));
    HPDF_AddPageLabel(document, 0, HPDF_PAGE_NUM_STYLE_DECIMAL, (HPDF_UINT)first, "");
}

static void add_bookmark(struct graft *graft, const struct pdf_bookmark *bookmark,
                         HPDF_Outline parent, HPDF_Outline *out)
{
    struct text text = {.arena = graft->arena};
    HPDF_Outline outline = HPDF_CreateOutline(graft->document, parent, "", NULL);
    *out = outline;
    if (!outline)
        return;
    HPDF_Dict_RemoveElement(outline, "Title");
    pdf_print_entry(&text, "Title", clip(graft->arena, bookmark->title));
    if (text.size == 0)
        text_append_string(&text, "/Title ()\n");
    /* No zoom: a reader who follows it keeps the size at which he reads. */
    text_print(&text, "/Dest [ %u 0 R /XYZ null %.2f null ]\n",
               graft_number(graft->page[bookmark->page].page),
               graft->page[bookmark->page].height_pt - bookmark->y_pt);
    graft_add_text(graft, outline, text_slice(&text));
}

/* A bookmark hangs below the nearest one before it that is of a higher level, so that
 * a skipped level gives no empty entry. */
static bool add_bookmarks(struct graft *graft, const struct pdf_info *info)
{
    HPDF_Outline open[DEEPEST + 1] = {NULL};
    int level[DEEPEST + 1] = {0}, depth = 0;
    for (size_t i = 0; i < info->bookmark_count; i++) {
        const struct pdf_bookmark *bookmark = &info->bookmark[i];
        while (depth > 0 && (level[depth] >= bookmark->level || depth == DEEPEST))
            depth--;
        add_bookmark(graft, bookmark, open[depth], &open[depth + 1]);
        if (!open[depth + 1])
            break;
        level[++depth] = bookmark->level;
    }
    return graft_is_sound(graft, "adding bookmarks");
}

/* cairo paints whole points only: pages are drawn on sheets that are, and cut. */
static void cut_pages(struct graft *graft, const struct pdf_info *info)
{
    for (size_t i = graft->first_page; info->page_size && i < graft->page_count; i++) {
        const struct pdf_size size = info->page_size[i];
        double top = graft->page[i].height_pt;
        struct text text = {.arena = graft->part};
        text_print(&text, "/MediaBox [ 0 %g %g %g ]\n",
                   round((top - size.height_pt) * 1000) / 1000, size.width_pt, top);
        graft_add_text(graft, graft->page[i].page, text_slice(&text));
    }
}

/* Of count figures from first on. */
static const struct slice *describe_figures(const struct pdf_info *info, size_t first,
                                            size_t count, struct arena *arena)
{
    struct slice *alt = ARENA_ARRAY(arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        struct text text = {.arena = arena};
        pdf_print_entry(&text, "Alt", info->figure[first + i].alt);
        alt[i] = text_slice(&text);
    }
    return alt;
}

/* -- Parts ----------------------------------------------------------------------------- */

struct pdf {
    struct arena *arena;
    struct diags *diags;
    struct pdf_info info;
    struct graft graft;
};

struct pdf *pdf_open(const struct pdf_info *info, pdf_sink_fn *sink, void *context,
                     struct diags *diags)
{
    struct arena *arena = arena_new();
    struct pdf *pdf = ARENA_NEW(arena, struct pdf);
    pdf->arena = arena;
    pdf->diags = diags;
    pdf->info = clip_all(arena, info);
    if (!graft_open(&pdf->graft, sink, context, arena, diags)) {
        pdf_close(pdf);
        return NULL;
    }
    pdf->graft.cuts_pages = info->page_size != NULL;
    return pdf;
}

void pdf_close(struct pdf *pdf)
{
    if (!pdf)
        return;
    graft_close(&pdf->graft);
    arena_free(pdf->arena);
}

static bool has_figures(const struct pdf *pdf, size_t count, bool is_last)
{
    size_t tagged = pdf->graft.figure_count + count, described = pdf->info.figure_count;
    return (is_last ? tagged == described : tagged <= described) ||
           pdf_refuse(pdf->diags, "I302", "%zu figures are tagged, %zu were described",
                      tagged, described);
}

static bool has_targets(const struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->info.bookmark_count; i++) {
        const struct pdf_bookmark *bookmark = &pdf->info.bookmark[i];
        if (bookmark->page >= pdf->graft.page_count)
            return pdf_refuse(pdf->diags, "I303",
                              "bookmark \"%.*s\" leads to page %zu of %zu",
                              SLICE_PRINT(bookmark->title), bookmark->page + 1,
                              pdf->graft.page_count);
    }
    return true;
}

static bool add_part(struct pdf *pdf, struct slice pages, bool is_last,
                     struct arena *arena)
{
    struct graft *graft = &pdf->graft;
    struct pdf_file file;
    struct pdf_structure structure;
    if (!pdf_parse(pages, arena, &file, pdf->diags) ||
        !pdf_read_structure(&file, arena, &structure, pdf->diags) ||
        !has_figures(pdf, structure.figure_count, is_last))
        return false;
    const struct slice *alt = describe_figures(&pdf->info, graft->figure_count,
                                               structure.figure_count, arena);
    if (!graft_part(graft, &file, &structure, alt, arena) ||
        (is_last && !has_targets(pdf)))
        return false;
    cut_pages(graft, &pdf->info);
    return graft_write_part(graft);
}

bool pdf_add(struct pdf *pdf, struct slice pages, bool is_last)
{
    struct arena *arena = arena_new();
    bool ok = add_part(pdf, pages, is_last, arena);
    arena_free(arena);
    return ok;
}

bool pdf_finish(struct pdf *pdf)
{
    struct graft *graft = &pdf->graft;
    graft_begin_end(graft);
    describe_document(graft, &pdf->info);
    describe_reading(graft, &pdf->info);
    add_xmp(graft, &pdf->info);
    return add_bookmarks(graft, &pdf->info) && graft_finish(graft);
}

bool pdf_write(struct slice pages, const struct pdf_info *info, pdf_sink_fn *sink,
               void *context, struct diags *diags)
{
    struct pdf *pdf = pdf_open(info, sink, context, diags);
    bool ok = pdf && pdf_add(pdf, pages, true) && pdf_finish(pdf);
    pdf_close(pdf);
    return ok;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/surface.h"

#include "press/svg_ids.h"
#include "press/svg_words.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_SIDE = 32767, MOST_PIXELS = 250 * 1000 * 1000 };

static const double points_per_inch = 72;

static cairo_status_t keep_bytes(void *context, const unsigned char *bytes,
                                 unsigned int size)
{
    text_append(context, (struct slice){(const char *)bytes, size});
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t pass_bytes(void *context, const unsigned char *bytes,
                                 unsigned int size)
{
    const struct surface_sink *sink = context;
    return sink->write(bytes, size, sink->context) ? CAIRO_STATUS_SUCCESS
                                                   : CAIRO_STATUS_WRITE_ERROR;
}

static bool refuse(struct diags *diags, cairo_status_t status, const char *what)
{
    struct diag *diag =
        diags_error(diags, (struct place){0}, "I306", "cairo %s can't draw %s: %s",
                    cairo_version_string(), what, cairo_status_to_string(status));
    if (status == CAIRO_STATUS_TAG_ERROR)
        diag_hint(diags, diag,
                  "a structure tag was ended that wasn't the last begun, "
                  "or has a wrong name or attribute");
    return false;
}

static bool refuse_output(struct diags *diags, const char *what)
{
    diags_error(diags, (struct place){0}, "I305", "can't write the finished %s", what);
    return false;
}

static bool is_drawable(const struct surface_drawing *drawing, size_t page,
                        struct diags *diags)
{
    if (page < drawing->page_count && drawing->size[page].width_pt > 0 &&
        drawing->size[page].height_pt > 0 && drawing->size[page].width_pt < 14400 &&
        drawing->size[page].height_pt < 14400)
        return true;
    if (page >= drawing->page_count)
        diags_error(diags, (struct place){0}, "I306",
                    "there is no page %zu, there are %zu", page + 1,
                    drawing->page_count);
    else
        diags_error(diags, (struct place){0}, "I306",
                    "page %zu can't be %g by %g points, expected more than 0 and less "
                    "than 14,400",
                    page + 1, drawing->size[page].width_pt,
                    drawing->size[page].height_pt);
    return false;
}

cairo_font_options_t *surface_font_options(void)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    return options;
}

/* A page begins with cairo's defaults, whatever the one before set. */
static void draw_page(const struct surface_drawing *drawing, size_t page,
                      cairo_t *cairo)
{
    cairo_save(cairo);
    drawing->draw(cairo, page, drawing->context);
    cairo_restore(cairo);
}

static void draw_pages(const struct surface_drawing *drawing, size_t first, size_t end,
                       cairo_surface_t *surface, cairo_t *cairo)
{
    for (size_t i = first; i < end; i++) {
        cairo_pdf_surface_set_size(surface, drawing->size[i].width_pt,
                                   drawing->size[i].height_pt);
        if (drawing->tagged && i == first)
            cairo_tag_begin(cairo, "Document", NULL);
        draw_page(drawing, i, cairo);
        if (drawing->tagged && i + 1 == end)
            cairo_tag_end(cairo, "Document");
        cairo_show_page(cairo);
    }
}

/* Errors of drawing are the cairo_t's, errors of tags come with the finish. */
static cairo_status_t finish(cairo_surface_t *surface, cairo_t *cairo)
{
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

/* A document while cairo writes it. It grows on the heap: what an arena's text outgrows
 * stays with it, twice the document of a hundred pages. */
struct heap_bytes {
    char *data;
    size_t size, capacity;
};

static cairo_status_t heap_bytes_add(void *context, const unsigned char *bytes,
                                     unsigned int size)
{
    struct heap_bytes *heap = context;
    if (heap->capacity - heap->size < size) {
        size_t wider = heap->capacity + heap->capacity / 2 + size;
        char *moved = realloc(heap->data, wider);
        if (!moved)
            return CAIRO_STATUS_NO_MEMORY;
        heap->data = moved;
        heap->capacity = wider;
    }
    memcpy(heap->data + heap->size, bytes, size);
    heap->size += size;
    return CAIRO_STATUS_SUCCESS;
}

bool surface_draw_pages(const struct surface_drawing *drawing, size_t first,
                        size_t count, struct arena *arena, struct slice *out,
                        struct diags *diags)
{
    struct heap_bytes bytes = {0};
    for (size_t i = first; i == first || i < first + count; i++)
        if (!is_drawable(drawing, i, diags))
            return false;
    const struct surface_size *size = &drawing->size[first];
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        heap_bytes_add, &bytes, size->width_pt, size->height_pt);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_t *cairo = cairo_create(surface);
    draw_pages(drawing, first, first + count, surface, cairo);
    cairo_status_t status = finish(surface, cairo);
    arena_own(arena, bytes.data);
    *out = (struct slice){bytes.data, bytes.size};
    return status == CAIRO_STATUS_SUCCESS || refuse(diags, status, "the pages");
}

bool surface_draw_pdf(const struct surface_drawing *drawing, struct arena *arena,
                      struct slice *out, struct diags *diags)
{
    return surface_draw_pages(drawing, 0, drawing->page_count, arena, out, diags);
}

static bool measure_png(const struct surface_size *size, double dpi, int *width,
                        int *height, struct diags *diags)
{
    double across = ceil(size->width_pt * dpi / points_per_inch - 1e-6);
    double down = ceil(size->height_pt * dpi / points_per_inch - 1e-6);
    if (!(dpi > 0) || !(across <= LONGEST_SIDE) || !(down <= LONGEST_SIDE) ||
        across * down > MOST_PIXELS) {
        struct diag *diag =
            diags_error(diags, (struct place){0}, "I306",
                        "a picture of %.0f by %.0f pixels is too large", across, down);
        diag_hint(diags, diag,
                  "at most 32,767 a side and 250 million in all; %g dpi is "
                  "too much for this page",
                  dpi);
        return false;
    }
    *width = across < 1 ? 1 : (int)across;
    *height = down < 1 ? 1 : (int)down;
    return true;
}

bool surface_draw_png(const struct surface_drawing *drawing, size_t page, double dpi,
                      const struct surface_sink *sink, struct diags *diags)
{
    int width, height;
    if (!is_drawable(drawing, page, diags) ||
        !measure_png(&drawing->size[page], dpi, &width, &height, diags))
        return false;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_font_options_t *options = surface_font_options();
    cairo_set_font_options(cairo, options);
    cairo_font_options_destroy(options);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_scale(cairo, dpi / points_per_inch, dpi / points_per_inch);
    draw_page(drawing, page, cairo);
    cairo_status_t status = cairo_status(cairo);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, pass_bytes,
                                                   (void *)(uintptr_t)sink);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_WRITE_ERROR)
        return refuse_output(diags, "PNG");
    return status == CAIRO_STATUS_SUCCESS || refuse(diags, status, "the picture");
}

bool surface_draw_svg(const struct surface_drawing *drawing, size_t page,
                      const struct surface_sink *sink, struct diags *diags)
{
    if (!is_drawable(drawing, page, diags))
        return false;
    struct arena *arena = arena_new();
    struct text bytes = {.arena = arena}, named = bytes, out = bytes;
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        keep_bytes, &bytes, drawing->size[page].width_pt,
        drawing->size[page].height_pt);
    cairo_t *cairo = cairo_create(surface);
    draw_page(drawing, page, cairo);
    cairo_status_t status = finish(surface, cairo);
    bool ok = status == CAIRO_STATUS_SUCCESS || refuse(diags, status, "the figure");
    if (ok) {
        svg_renumber(text_slice(&bytes), &named);
        svg_add_words(text_slice(&named), drawing->title, drawing->description, &out);
        ok = sink->write(out.data, out.size, sink->context) ||
             refuse_output(diags, "SVG");
    }
    arena_free(arena);
    return ok;
}

const char *surface_link_uri(struct arena *arena, struct slice uri)
{
    struct text text = {.arena = arena};
    text_append_string(&text, "uri='");
    for (size_t i = 0; i < uri.size; i++) {
        unsigned char byte = (unsigned char)uri.data[i];
        if (byte <= ' ' || byte > '~' || strchr("()\\'\"<>", byte))
            text_print(&text, "%%%02X", byte);
        else
            text_append(&text, (struct slice){&uri.data[i], 1});
    }
    text_append_string(&text, "'");
    return slice_c_string(arena, text_slice(&text));
}

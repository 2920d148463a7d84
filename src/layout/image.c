/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures from files: told apart by their bytes, whatever the name ends in. */
#include "layout/image.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More pixels than paper can show; a PNG of a few bytes can claim as many. */
static const double MOST_PIXELS = 40e6;
enum { LARGEST_FILE = 64 * 1024 * 1024, HEAD_SIZE = 24 };
static const char png_signature[] = "\x89PNG\r\n\x1a\n";

struct naming { /* who asked for the file */
    const char *path;
    struct place at;
    int width;
    struct diags *diags;
};

static bool refuse(const struct naming *naming, const char *code, const char *what,
                   const char *hint)
{
    struct diag *diag =
        diags_error(naming->diags, naming->at, code, "\"%s\" %s", naming->path, what);
    diag->width = naming->width;
    diag_hint(naming->diags, diag, "%s", hint);
    return false;
}

/* PNG ------------------------------------------------------------------------------- */

static bool is_png(struct slice bytes)
{
    return bytes.size >= HEAD_SIZE && memcmp(bytes.data, png_signature, 8) == 0;
}

static double big_endian(const char *bytes)
{
    const unsigned char *byte = (const unsigned char *)bytes;
    return byte[0] * 16777216.0 + byte[1] * 65536.0 + byte[2] * 256.0 + byte[3];
}

static cairo_status_t read_bytes(void *context, unsigned char *out, unsigned int size)
{
    struct slice *rest = context;
    if (size > rest->size)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, rest->data, size);
    *rest = slice_from(*rest, size);
    return CAIRO_STATUS_SUCCESS;
}

/* One picture that stands in a brief several times is embedded once. */
static void name_pixels(cairo_surface_t *surface, struct slice bytes)
{
    char *name = malloc(32);
    if (!name)
        return;
    snprintf(name, 32, "%016llx", (unsigned long long)slice_hash(bytes));
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_UNIQUE_ID,
                                    (unsigned char *)name, strlen(name), free,
                                    name) != CAIRO_STATUS_SUCCESS)
        free(name);
}

static cairo_surface_t *decode_png(struct slice bytes)
{
    struct slice rest = bytes;
    cairo_surface_t *surface =
        cairo_image_surface_create_from_png_stream(read_bytes, &rest);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
        name_pixels(surface, bytes);
    return surface;
}

static bool measure_png(const struct naming *naming, struct image *image)
{
    image->width = big_endian(image->bytes.data + 16);
    image->height = big_endian(image->bytes.data + 20);
    if (image->width * image->height > MOST_PIXELS)
        return refuse(naming, "F404", "has more than 40 million pixels",
                      "make it smaller: 2,000 pixels across are enough for a page");
    cairo_surface_t *surface = decode_png(image->bytes);
    bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return ok || refuse(naming, "F403", "is a damaged PNG", "save it once more");
}

static bool draw_png(const struct image *image, cairo_t *cairo, double width,
                     double height)
{
    cairo_surface_t *surface = decode_png(image->bytes);
    bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        cairo_save(cairo);
        cairo_scale(cairo, width / image->width, height / image->height);
        cairo_set_source_surface(cairo, surface, 0, 0);
        cairo_paint(cairo);
        cairo_restore(cairo);
    }
    cairo_surface_destroy(surface);
    return ok;
}

/* SVG ------------------------------------------------------------------------------- */

static bool is_svg(struct slice bytes)
{
    size_t head = bytes.size < 4096 ? bytes.size : 4096;
    return memmem(bytes.data, head, "<svg", 4) && !memchr(bytes.data, 0, head);
}

/* A drawing that doesn't say its language would be set in the machine's, which chooses
 * other letters. */
static struct slice with_language(struct slice svg, struct arena *arena)
{
    const char *root = memmem(svg.data, svg.size, "<svg", 4);
    if (!root)
        return svg;
    size_t before = (size_t)(root - svg.data) + 4;
    const char *end = memchr(root, '>', svg.size - before + 4);
    if (!end || memmem(root, (size_t)(end - root), "xml:lang", 8) ||
        !strchr(" \t\r\n>", root[4]))
        return svg;
    struct text out = {.arena = arena};
    text_append(&out, (struct slice){svg.data, before});
    text_append_string(&out, " xml:lang=\"en\"");
    text_append(&out, slice_from(svg, before));
    return text_slice(&out);
}

static bool measure_svg(const struct naming *naming, struct image *image,
                        struct arena *arena)
{
    image->is_vector = true;
    image->bytes = with_language(image->bytes, arena);
    image->has_words = memmem(image->bytes.data, image->bytes.size, "text", 4) != NULL;
    if (!svg_is_possible())
        return refuse(naming, "F405", "is an SVG, and librsvg isn't installed",
                      "on Debian: apt install librsvg2-2, or save it as PNG");
    if (!svg_measure(image->bytes, &image->width, &image->height))
        return refuse(naming, "F403", "is a damaged SVG", "save it once more");
    if (!(image->width > 0) || !(image->height > 0))
        return refuse(naming, "F403", "says no size",
                      "give its svg element a width and a height, or a viewBox");
    return true;
}

/* All ------------------------------------------------------------------------------- */

static bool measure(const struct naming *naming, struct image *image,
                    struct arena *arena)
{
    if (is_png(image->bytes))
        return measure_png(naming, image);
    if (is_svg(image->bytes))
        return measure_svg(naming, image, arena);
    bool is_jpeg = slice_starts_with(image->bytes, "\xff\xd8");
    return refuse(naming, "F402", is_jpeg ? "is a JPEG" : "is neither PNG nor SVG",
                  "save it as PNG, or as SVG where it is drawn");
}

bool image_open(const char *path, struct place named_at, int named_width,
                struct arena *arena, struct image *out, struct diags *diags)
{
    const struct naming naming = {path, named_at, named_width, diags};
    struct file file;
    *out = (struct image){.path = path};
    if (!file_exists(path)) {
        struct diag *diag =
            diags_error(diags, named_at, "F401", "\"%s\" isn't there", path);
        diag->width = named_width;
        file_hint_nearest(diags, diag, path);
        if (!diag->hint)
            diag_hint(diags, diag,
                      "put the file beside the template, or correct its name");
        return false;
    }
    if (!file_open_as(&file, path, 'F', named_at, diags))
        return false;
    bool fits = file.bytes.size <= LARGEST_FILE;
    if (fits)
        out->bytes = slice_copy(arena, file.bytes);
    file_close(&file);
    if (!fits)
        return refuse(&naming, "F404", "has more than 64 MB", "make it smaller");
    return measure(&naming, out, arena);
}

bool image_draw(const struct image *image, cairo_t *cairo, double width, double height)
{
    return image->is_vector ? svg_draw(image->bytes, cairo, width, height)
                            : draw_png(image, cairo, width, height);
}

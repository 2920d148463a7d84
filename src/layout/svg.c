/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SVG by librsvg, loaded at run time. It reads nothing but the bytes it is given: files
 * and addresses that an SVG names stay closed to it. */
#include "layout/image.h"

#include <dlfcn.h>
#include <glib-object.h>

/* What we call of librsvg, as its manual has it. */
struct rsvg_rectangle {
    double x, y, width, height;
};
struct rsvg_length {
    double length;
    int unit;
};
struct rsvg {
    void *(*open)(const unsigned char *bytes, gsize size, GError **error);
    gboolean (*size)(void *handle, double *width, double *height);
    void (*dimensions)(void *handle, gboolean *has_width, struct rsvg_length *width,
                       gboolean *has_height, struct rsvg_length *height,
                       gboolean *has_box, struct rsvg_rectangle *box);
    gboolean (*render)(void *handle, cairo_t *cairo,
                       const struct rsvg_rectangle *viewport, GError **error);
};

/* POSIX makes pointers to functions and to objects one; C doesn't. */
static bool find(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    *(void **)function = found;
    return found != NULL;
}

/* The library stays loaded: what it keeps for a process can't be unloaded. */
static bool load(struct rsvg *rsvg)
{
    void *library = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    return library && find(library, "rsvg_handle_new_from_data", &rsvg->open) &&
           find(library, "rsvg_handle_get_intrinsic_size_in_pixels", &rsvg->size) &&
           find(library, "rsvg_handle_get_intrinsic_dimensions", &rsvg->dimensions) &&
           find(library, "rsvg_handle_render_document", &rsvg->render);
}

bool svg_is_possible(void)
{
    struct rsvg rsvg;
    return load(&rsvg);
}

static void *open_handle(const struct rsvg *rsvg, struct slice bytes)
{
    GError *error = NULL;
    void *handle =
        rsvg->open((const unsigned char *)bytes.data, (gsize)bytes.size, &error);
    g_clear_error(&error);
    return handle;
}

bool svg_measure(struct slice bytes, double *width, double *height)
{
    struct rsvg rsvg;
    void *handle = load(&rsvg) ? open_handle(&rsvg, bytes) : NULL;
    *width = *height = 0;
    if (!handle)
        return false;
    if (!rsvg.size(handle, width, height)) {
        gboolean has_width, has_height, has_box = FALSE;
        struct rsvg_length across, down;
        struct rsvg_rectangle box = {0};
        rsvg.dimensions(handle, &has_width, &across, &has_height, &down, &has_box,
                        &box);
        *width = has_box ? box.width : 0;
        *height = has_box ? box.height : 0;
    }
    g_object_unref(handle);
    return true;
}

bool svg_draw(struct slice bytes, cairo_t *cairo, double width, double height)
{
    struct rsvg rsvg;
    const struct rsvg_rectangle viewport = {0, 0, width, height};
    GError *error = NULL;
    void *handle = load(&rsvg) ? open_handle(&rsvg, bytes) : NULL;
    if (!handle)
        return false;
    bool ok = rsvg.render(handle, cairo, &viewport, &error);
    g_clear_error(&error);
    g_object_unref(handle);
    return ok;
}

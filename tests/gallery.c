/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gallery: one picture a kind of chart, with the ordinary figure and the ugly
 * ones, to be looked at. gallery DIR [KIND] writes DIR/<kind>.png. */
#include "figures.h"

static const double SCALE = 2, MARGIN = 18, GAP = 22;
enum { COLUMNS = 3 };

struct sheet {
    cairo_t *cairo;
    double x, y, row_height, width;
};

static void place(struct sheet *sheet, const struct box *box)
{
    if (sheet->x + box->width > sheet->width - MARGIN + 1 && sheet->x > MARGIN) {
        sheet->x = MARGIN;
        sheet->y += sheet->row_height + GAP;
        sheet->row_height = 0;
    }
    if (sheet->cairo) {
        cairo_save(sheet->cairo);
        cairo_translate(sheet->cairo, sheet->x, sheet->y);
        box_draw(box, sheet->cairo, false);
        cairo_restore(sheet->cairo);
    }
    sheet->x += box->width + GAP;
    sheet->row_height = fmax(sheet->row_height, box->height);
}

static void fill(struct sheet *sheet, struct box *const *box, size_t count)
{
    sheet->x = sheet->y = MARGIN;
    sheet->row_height = 0;
    for (size_t i = 0; i < count; i++)
        place(sheet, box[i]);
    sheet->y += sheet->row_height + MARGIN;
}

static bool write_page(const char *path, double width, struct box *const *box,
                       size_t count)
{
    struct sheet sheet = {.width = width};
    fill(&sheet, box, count);
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(width * SCALE), (int)(sheet.y * SCALE));
    sheet.cairo = cairo_create(surface);
    cairo_scale(sheet.cairo, SCALE, SCALE);
    cairo_set_source_rgb(sheet.cairo, 1, 1, 1);
    cairo_paint(sheet.cairo);
    fill(&sheet, box, count);
    bool ok = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(sheet.cairo);
    cairo_surface_destroy(surface);
    return ok;
}

static bool write_kind(struct studio *studio, const struct figure_maker *maker,
                       const char *folder)
{
    struct box *box[CASE_COUNT];
    size_t told = diags_total(studio->diags);
    double width = fmax(maker->width, 240);
    for (int i = 0; i < CASE_COUNT; i++) {
        struct figure figure = figure_of(studio, maker, (enum figure_case)i);
        if (i && i != CASE_URDU)
            figure.options.title = slice_of(
                arena_print(studio->arena, "%s: %s", maker->kind, case_names[i]));
        size_t before = studio->dropped;
        box[i] = figure_lay(studio, &figure, maker->width);
        printf("%s, %s: %.*s\n", maker->kind, case_names[i], SLICE_PRINT(box[i]->alt));
        if (studio->dropped > before)
            printf("  (%zu labels dropped)\n", studio->dropped - before);
        for (; told < diags_total(studio->diags); told++)
            printf("  %s\n", diags_at(studio->diags, told)->message);
    }
    char *path = arena_print(studio->arena, "%s/%s.png", folder, maker->kind);
    return write_page(path, COLUMNS * width + 2 * GAP + 2 * MARGIN, box, CASE_COUNT);
}

int main(int argument_count, char **argument)
{
    struct studio studio;
    const char *folder = argument_count > 1 ? argument[1] : "build/gallery";
    if (!studio_open(&studio))
        return 1;
    bool ok = true;
    for (size_t i = 0; i < FIGURE_MAKERS; i++) {
        if (argument_count < 3 || !strcmp(argument[2], figure_makers[i].kind))
            ok &= write_kind(&studio, &figure_makers[i], folder);
    }
    studio_close(&studio);
    return ok ? 0 : 1;
}

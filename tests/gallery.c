/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gallery: one picture a kind of chart, of cards, and of maps, with the ordinary
 * figure and the ugly ones, to be looked at. gallery DIR [KIND] writes DIR/<kind>.png. */
#include "sheets.h"

static const double SCALE = 2, MARGIN = 18, GAP = 22, CAPTION = 14;
enum { COLUMNS = 3 };

struct canvas {
    cairo_t *cairo;
    double x, y, row_height, width;
};

static void place(struct canvas *canvas, const struct box *box)
{
    if (canvas->x + box->width > canvas->width - MARGIN + 1 && canvas->x > MARGIN) {
        canvas->x = MARGIN;
        canvas->y += canvas->row_height + GAP;
        canvas->row_height = 0;
    }
    if (canvas->cairo) {
        cairo_save(canvas->cairo);
        cairo_translate(canvas->cairo, canvas->x, canvas->y);
        box_draw(box, canvas->cairo, false);
        cairo_restore(canvas->cairo);
    }
    canvas->x += box->width + GAP;
    canvas->row_height = fmax(canvas->row_height, box->height);
}

static void fill(struct canvas *canvas, struct box *const *box, size_t count)
{
    canvas->x = canvas->y = MARGIN;
    canvas->row_height = 0;
    for (size_t i = 0; i < count; i++)
        place(canvas, box[i]);
    canvas->y += canvas->row_height + MARGIN;
}

static bool write_page(const char *path, double width, struct box *const *box,
                       size_t count)
{
    struct canvas canvas = {.width = width};
    fill(&canvas, box, count);
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(width * SCALE), (int)(canvas.y * SCALE));
    canvas.cairo = cairo_create(surface);
    cairo_scale(canvas.cairo, SCALE, SCALE);
    cairo_set_source_rgb(canvas.cairo, 1, 1, 1);
    cairo_paint(canvas.cairo);
    fill(&canvas, box, count);
    bool ok = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(canvas.cairo);
    cairo_surface_destroy(surface);
    return ok;
}

/* Its case stands over each figure. */
static struct box *captioned(struct studio *studio, struct box *figure,
                             const char *name)
{
    const struct text_style *style = &studio->theme->text[TEXT_AXIS_STRONG];
    const struct span span = {.text = slice_of(name), .style = style};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *caption =
        typeset_paragraph(studio->typesetter[0], &paragraph, figure->width);
    struct box *box =
        box_new(studio->arena, "case", figure->width, figure->height + CAPTION);
    box_add(studio->arena, box, caption, 0, 0);
    box_add(studio->arena, box, figure, 0, CAPTION);
    return box;
}

static bool write_sheet(struct studio *studio, const struct gallery_sheet *sheet,
                        const char *folder)
{
    struct box **box = ARENA_ARRAY(studio->arena, struct box *, sheet->case_count);
    size_t told = diags_total(studio->diags);
    double width = fmax(sheet->width, 240);
    for (size_t i = 0; i < sheet->case_count; i++) {
        size_t before = studio->dropped;
        struct box *figure = sheet_lay(studio, sheet, i);
        box[i] = captioned(studio, figure, sheet->case_name[i]);
        printf("%s, %s: %.*s\n", sheet->name, sheet->case_name[i],
               SLICE_PRINT(figure->alt));
        if (studio->dropped > before)
            printf("  (%zu labels dropped)\n", studio->dropped - before);
        for (; told < diags_total(studio->diags); told++)
            printf("  %s\n", diags_at(studio->diags, told)->message);
    }
    char *path = arena_print(studio->arena, "%s/%s.png", folder, sheet->name);
    return write_page(path, COLUMNS * width + 2 * GAP + 2 * MARGIN, box,
                      sheet->case_count);
}

int main(int argument_count, char **argument)
{
    struct studio studio;
    const char *folder = argument_count > 1 ? argument[1] : "build/gallery";
    if (!studio_open(&studio))
        return 1;
    bool ok = true;
    for (size_t i = 0; i < SHEETS; i++) {
        struct gallery_sheet sheet = sheet_at(i);
        if (argument_count < 3 || !strcmp(argument[2], sheet.name))
            ok &= write_sheet(&studio, &sheet, folder);
    }
    studio_close(&studio);
    return ok ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gallery as it was last looked at: where every label and mark of each kind and
 * case stands (golden/KIND.layout), and a few pictures pixel by pixel (golden/KIND-LANGUAGE.png).
 * GOLDEN=write renews them all: look at the difference, and at `make gallery`. */
#include "support.h"

#include "sheets.h"

#include <sys/stat.h>

#define GOLDEN "tests/golden"
#define GOT    "build/golden"

static int open_studio(void **state)
{
    struct studio *studio = calloc(1, sizeof *studio);
    *state = studio;
    mkdir("build", 0777);
    mkdir(GOT, 0777);
    return studio_open(studio) ? 0 : -1;
}

static int shut_studio(void **state)
{
    studio_close(*state);
    free(*state);
    return 0;
}

static bool is_writing(void)
{
    const char *word = getenv("GOLDEN");
    return word && !strcmp(word, "write");
}

/* -- The layout as text -------------------------------------------------------------- */

static const char *const shape_names[] = {"rectangle", "line", "area", "circle",
                                          "hatch"};

static struct frame mark_frame(const struct mark *mark)
{
    struct frame frame = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    if (mark->shape == MARK_CIRCLE)
        return (struct frame){
            mark->centre.x - mark->radius, mark->centre.y - mark->radius,
            mark->centre.x + mark->radius, mark->centre.y + mark->radius};
    if (mark->shape == MARK_RECTANGLE || mark->shape == MARK_HATCH)
        return mark->at;
    for (size_t i = 0; i < mark->count; i++) {
        if (!isfinite(mark->point[i].x) || !isfinite(mark->point[i].y))
            continue;
        frame.left = fmin(frame.left, mark->point[i].x);
        frame.right = fmax(frame.right, mark->point[i].x);
        frame.top = fmin(frame.top, mark->point[i].y);
        frame.bottom = fmax(frame.bottom, mark->point[i].y);
    }
    return frame;
}

static bool same_look(const struct mark *a, const struct mark *b)
{
    return a->shape == b->shape && a->layer == b->layer &&
           !memcmp(&a->fill, &b->fill, sizeof a->fill) &&
           !memcmp(&a->stroke, &b->stroke, sizeof a->stroke);
}

static double rounded(double value)
{
    return round(value * 10) / 10 + 0.0;
}

/* Marks that follow each other and look alike are one line: how many, and what room
 * they take together. The sum of all corners tells when one of them moves. */
static size_t dump_marks(const struct plot *plot, size_t from, bool mixed,
                         struct text *out)
{
    struct frame all = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    const struct mark *first = &plot->mark[from];
    double sum = 0;
    size_t to = from;
    for (; to < plot->mark_count && (mixed || same_look(first, &plot->mark[to]));
         to++) {
        struct frame one = mark_frame(&plot->mark[to]);
        if (!isfinite(one.left) || !isfinite(one.top))
            continue;
        all.left = fmin(all.left, one.left);
        all.top = fmin(all.top, one.top);
        all.right = fmax(all.right, one.right);
        all.bottom = fmax(all.bottom, one.bottom);
        sum += one.left + one.right + one.top + one.bottom;
    }
    text_print(out, "    %zu %s", to - from,
               mixed ? "more" : shape_names[first->shape]);
    if (isfinite(all.left))
        text_print(out, " %.1f %.1f to %.1f %.1f, sum %.0f", rounded(all.left),
                   rounded(all.top), rounded(all.right), rounded(all.bottom), sum);
    text_append_string(out, "\n");
    return to;
}

static void dump_label(const struct label_request *label, struct text *out)
{
    text_print(out, "    %s%.1f %.1f \"%.*s\"%s\n", label->is_dropped ? "dropped " : "",
               rounded(label->box.left), rounded(label->y),
               SLICE_PRINT(label->label->text),
               !label->is_dropped && label->has_leader ? " led" : "");
}

static const struct plot *plot_of(const struct box *figure)
{
    const struct box *body = figure->child[1];
    return body->describe ? body->content : NULL;
}

/* Of a map: the land, its colours, and the inset. */
static void dump_map(const struct sheet *sheet, struct text *out)
{
    const struct base_map *map = sheet->base;
    double sum = 0;
    for (size_t i = 0; i < map->outline_count; i++) {
        for (size_t j = 0; j < map->outline[i].count; j++) {
            struct point at = map->point[map->outline[i].first + j];
            sum += at.x + at.y;
        }
    }
    text_print(out, "  land %.1f x %.1f at %.1f %.1f, %zu outlines, sum %.0f\n",
               rounded(map->width), rounded(map->height), rounded(sheet->offset.x),
               rounded(sheet->offset.y), map->outline_count, sum);
    if (sheet->fill) {
        text_append_string(out, "  fills ");
        for (size_t i = 0; i < map->boundaries->unit_count; i++) {
            struct colour fill = sheet->fill[i];
            size_t class = 0;
            while (class < THEME_SEQUENTIAL &&
                   memcmp(&sheet->plot.context->theme->sequential[class], &fill,
                          sizeof fill))
                class ++;
            text_print(out, "%c",
                       fill.alpha <= 0             ? '-'
                       : class == THEME_SEQUENTIAL ? '0'
                                                   : (char)('1' + class));
        }
        text_append_string(out, "\n");
    }
    if (sheet->inset.base)
        text_print(out, "  inset %.1f %.1f to %.1f %.1f, %zu circles\n",
                   rounded(sheet->inset.frame.left), rounded(sheet->inset.frame.top),
                   rounded(sheet->inset.frame.right),
                   rounded(sheet->inset.frame.bottom), sheet->inset.symbol_count);
}

static void dump_plot(const struct plot *plot, struct text *out)
{
    enum { MOST_LABELS = 90, MOST_LINES = 40 };
    text_append_string(out, "  marks\n");
    for (size_t i = 0, lines = 0; i < plot->mark_count; lines++)
        i = dump_marks(plot, i, lines == MOST_LINES, out);
    text_print(out, "  %zu labels\n", plot->label_count);
    for (size_t i = 0; i < plot->label_count && i < MOST_LABELS; i++)
        dump_label(&plot->label[i], out);
}

static void dump_case(struct studio *studio, const struct gallery_sheet *sheet,
                      size_t which, struct text *out)
{
    const struct box *box = sheet_lay(studio, sheet, which);
    text_print(out, "%s: %.1f x %.1f\n", sheet->case_name[which], box->width,
               box->height);
    text_print(out, "  alt: %.*s\n", SLICE_PRINT(box->alt));
    if (!strcmp(box->name, "cards")) {
        box_dump(box, 1, out);
        return;
    }
    const struct plot *plot = plot_of(box);
    if (plot && !strcmp(box->child[1]->name, "map"))
        dump_map(box->child[1]->content, out);
    if (plot)
        dump_plot(plot, out);
}

/* -- Compared ---------------------------------------------------------------------------- */

static struct slice read_whole_file(const char *path, struct arena *arena)
{
    FILE *file = fopen(path, "rb");
    struct text text = {.arena = arena};
    char buffer[4096];
    size_t size;
    while (file && (size = fread(buffer, 1, sizeof buffer, file)) > 0)
        text_append(&text, (struct slice){buffer, size});
    if (file)
        fclose(file);
    return text_slice(&text);
}

static void write_whole_file(const char *path, struct slice bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.data, 1, bytes.size, file) != bytes.size)
        fail_msg("can't write %s", path);
    fclose(file);
}

static void first_difference(struct slice want, struct slice got, const char *path)
{
    struct slice wanted = {0}, found = {0};
    for (int line = 1;; line++) {
        bool has_want = slice_cut(&want, '\n', &wanted);
        bool has_got = slice_cut(&got, '\n', &found);
        if (has_want == has_got && slice_equal(wanted, found) && has_want)
            continue;
        print_error("%s:%d: want \"%.*s\"\n%*sgot  \"%.*s\"\n", path, line,
                    SLICE_PRINT(wanted), (int)strlen(path) + 4, "", SLICE_PRINT(found));
        return;
    }
}

static bool is_as_before(struct studio *studio, const struct gallery_sheet *sheet)
{
    struct text got = {.arena = studio->arena};
    char *path = arena_print(studio->arena, GOLDEN "/%s.layout", sheet->name);
    for (size_t which = 0; which < sheet->case_count; which++)
        dump_case(studio, sheet, which, &got);
    if (is_writing())
        write_whole_file(path, text_slice(&got));
    struct slice want = read_whole_file(path, studio->arena);
    if (slice_equal(want, text_slice(&got)))
        return true;
    write_whole_file(arena_print(studio->arena, GOT "/%s.layout", sheet->name),
                     text_slice(&got));
    first_difference(want, text_slice(&got), path);
    return false;
}

static void every_figure_of_the_gallery_is_laid_as_before(void **state)
{
    size_t moved = 0;
    for (size_t i = 0; i < SHEETS; i++) {
        struct gallery_sheet sheet = sheet_at(i);
        moved += !is_as_before(*state, &sheet);
    }
    if (moved)
        fail_msg("%zu sheets differ; what was laid: " GOT, moved);
}

/* -- Pictures ------------------------------------------------------------------------------ */

/* At most 0.1 % of the pixels may differ by more than 16 of 255 in any colour. */
static const double DIFFERENT_PIXELS = 0.001;
enum { DIFFERENT = 16 };

static cairo_surface_t *draw_figure(const struct box *box)
{
    const double margin = 6;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(box->width + 2 * margin),
                                   (int)(box->height + 2 * margin));
    cairo_t *cairo = cairo_create(surface);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_set_font_options(cairo, options);
    cairo_font_options_destroy(options);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_translate(cairo, margin, margin);
    box_draw(box, cairo, false);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

static bool pixels_differ(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8) {
        int one = (int)(a >> shift & 255), other = (int)(b >> shift & 255);
        if (abs(one - other) > DIFFERENT)
            return true;
    }
    return false;
}

/* Share of the pixels that differ; 1 when the sizes do. */
static double difference(cairo_surface_t *a, cairo_surface_t *b)
{
    int width = cairo_image_surface_get_width(a);
    int height = cairo_image_surface_get_height(a);
    if (width != cairo_image_surface_get_width(b) ||
        height != cairo_image_surface_get_height(b))
        return 1;
    size_t different = 0;
    for (int y = 0; y < height; y++) {
        const uint32_t *one =
            (const uint32_t *)(const void *)(cairo_image_surface_get_data(a) +
                                             y * cairo_image_surface_get_stride(a));
        const uint32_t *other =
            (const uint32_t *)(const void *)(cairo_image_surface_get_data(b) +
                                             y * cairo_image_surface_get_stride(b));
        for (int x = 0; x < width; x++)
            different += pixels_differ(one[x], other[x]);
    }
    return (double)different / ((double)width * height);
}

static bool looks_as_before(struct studio *studio, const char *kind, size_t which)
{
    struct gallery_sheet sheet = sheet_named(kind);
    cairo_surface_t *got = draw_figure(sheet_lay(studio, &sheet, which));
    char *name =
        arena_print(studio->arena, "%s-%s.png", kind, which == CASE_URDU ? "ur" : "en");
    char *path = arena_print(studio->arena, GOLDEN "/%s", name);
    if (is_writing())
        cairo_surface_write_to_png(got, path);
    cairo_surface_t *want = cairo_image_surface_create_from_png(path);
    double share = cairo_surface_status(want) ? 1 : difference(got, want);
    if (share > DIFFERENT_PIXELS) {
        print_error("%s: %.2f%% of the pixels differ\n", path, share * 100);
        cairo_surface_write_to_png(got, arena_print(studio->arena, GOT "/%s", name));
    }
    cairo_surface_destroy(want);
    cairo_surface_destroy(got);
    return share <= DIFFERENT_PIXELS;
}

static void a_few_pictures_look_as_before(void **state)
{
    static const struct {
        const char *kind;
        size_t which;
    } picture[] = {{"line", CASE_ORDINARY},       {"line", CASE_URDU},
                   {"bars", CASE_ORDINARY},       {"heat", CASE_ORDINARY},
                   {"timeline", CASE_ORDINARY},   {"dumbbell", CASE_ORDINARY},
                   {"multiples", CASE_ORDINARY},  {"stacked", CASE_URDU},
                   {"cards", CASE_ORDINARY},      {"cards", CASE_URDU},
                   {"map-symbols", CASE_BOUNDS},  {"map-symbols", CASE_URDU},
                   {"map-choropleth", CASE_GAPS}, {"map-points", CASE_ORDINARY}};
    size_t different = 0;
    for (size_t i = 0; i < sizeof picture / sizeof *picture; i++)
        different += !looks_as_before(*state, picture[i].kind, picture[i].which);
    if (different)
        fail_msg("%zu pictures differ; what was drawn: " GOT, different);
}

static void a_moved_label_is_seen_in_the_picture(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_of(studio, &figure_makers[1], CASE_ORDINARY);
    cairo_surface_t *before =
        draw_figure(figure_lay(studio, &figure, figure_makers[1].width));
    figure.options.title = SLICE_LITERAL("Two of every three");
    figure.options.subtitle = SLICE_LITERAL("A subtitle in one line\nand another");
    cairo_surface_t *after =
        draw_figure(figure_lay(studio, &figure, figure_makers[1].width));
    assert_true(difference(before, before) == 0);
    assert_true(difference(before, after) > DIFFERENT_PIXELS);
    cairo_surface_destroy(before);
    cairo_surface_destroy(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_of_the_gallery_is_laid_as_before),
        cmocka_unit_test(a_few_pictures_look_as_before),
        cmocka_unit_test(a_moved_label_is_seen_in_the_picture),
    };
    return cmocka_run_group_tests(tests, open_studio, shut_studio);
}

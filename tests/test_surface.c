/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "layout/box.h"
#include "press/svg_ids.h"
#include "press/svg_words.h"
#include "sample_pages.h"

static bool keep(const void *bytes, size_t size, void *context)
{
    text_append(context, (struct slice){bytes, size});
    return true;
}

static bool refuse(const void *bytes, size_t size, void *context)
{
    (void)bytes;
    (void)size;
    (void)context;
    return false;
}

static int open_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void draw_square(cairo_t *cairo, size_t page, void *context)
{
    (void)context;
    cairo_set_source_rgb(cairo, page ? 1 : 0, 0, 0);
    cairo_set_line_width(cairo, 50);
    cairo_rectangle(cairo, 0, 0, 36, 36);
    cairo_fill(cairo);
}

static const struct surface_size squares[2] = {{72, 72}, {72, 36}};
static const struct surface_drawing square_drawing = {
    .page_count = 2, .size = squares, .draw = draw_square};

static struct slice draw_png(struct arena *arena, const struct surface_drawing *drawing,
                             size_t page, double dpi)
{
    struct text out = {.arena = arena};
    const struct surface_sink sink = {keep, &out};
    assert_true(surface_draw_png(drawing, page, dpi, &sink, diags_new(arena)));
    return text_slice(&out);
}

struct png_reader {
    struct slice bytes;
    size_t at;
};

static cairo_status_t read_png(void *context, unsigned char *out, unsigned int size)
{
    struct png_reader *reader = context;
    if (size > reader->bytes.size - reader->at)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, reader->bytes.data + reader->at, size);
    reader->at += size;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *load_png(struct slice bytes)
{
    struct png_reader reader = {.bytes = bytes};
    cairo_surface_t *image =
        cairo_image_surface_create_from_png_stream(read_png, &reader);
    assert_int_equal(cairo_surface_status(image), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_format(image), CAIRO_FORMAT_RGB24);
    return image;
}

static uint32_t pixel(cairo_surface_t *image, int x, int y)
{
    const unsigned char *row =
        cairo_image_surface_get_data(image) + y * cairo_image_surface_get_stride(image);
    uint32_t value;
    memcpy(&value, row + 4 * x, sizeof value);
    return value & 0xFFFFFF;
}

static void a_png_has_the_resolution_asked_for_on_white(void **state)
{
    cairo_surface_t *image = load_png(draw_png(*state, &square_drawing, 0, 144));
    assert_int_equal(cairo_image_surface_get_width(image), 144);
    assert_int_equal(cairo_image_surface_get_height(image), 144);
    assert_int_equal(pixel(image, 70, 70), 0x000000);
    assert_int_equal(pixel(image, 74, 70), 0xFFFFFF);
    cairo_surface_destroy(image);
}

static void each_page_has_its_own_size(void **state)
{
    cairo_surface_t *image = load_png(draw_png(*state, &square_drawing, 1, 72));
    assert_int_equal(cairo_image_surface_get_width(image), 72);
    assert_int_equal(cairo_image_surface_get_height(image), 36);
    assert_int_equal(pixel(image, 35, 35), 0xFF0000);
    cairo_surface_destroy(image);
    struct slice pdf;
    struct diags *diags = diags_new(*state);
    assert_true(surface_draw_pdf(&square_drawing, *state, &pdf, diags));
    assert_non_null(memmem(pdf.data, pdf.size, "/MediaBox [ 0 0 72 72 ]", 23));
    assert_non_null(memmem(pdf.data, pdf.size, "/MediaBox [ 0 0 72 36 ]", 23));
    assert_memory_equal(pdf.data, "%PDF-1.5", 8);
}

static void a_picture_that_is_too_large_is_refused(void **state)
{
    struct text out = {.arena = *state};
    const struct surface_sink sink = {keep, &out};
    const double dpi[] = {0, -96, NAN, INFINITY, 1e9, 32768, 20000};
    for (size_t i = 0; i < sizeof dpi / sizeof *dpi; i++) {
        struct diags *diags = diags_new(*state);
        assert_false(surface_draw_png(&square_drawing, 0, dpi[i], &sink, diags));
        assert_string_equal(diags_at(diags, 0)->code, "I306");
        assert_int_equal(out.size, 0);
    }
    struct diags *diags = diags_new(*state);
    assert_false(surface_draw_png(&square_drawing, 2, 96, &sink, diags));
    assert_string_equal(diags_at(diags, 0)->message, "there is no page 3, there are 2");
}

static void a_page_without_area_is_refused(void **state)
{
    const struct surface_size sizes[] = {{0, 10}, {10, -1}, {NAN, 10}, {10, 20000}};
    for (size_t i = 0; i < 4; i++) {
        struct surface_drawing drawing = square_drawing;
        struct diags *diags = diags_new(*state);
        struct slice pdf;
        drawing.page_count = 1;
        drawing.size = &sizes[i];
        assert_false(surface_draw_pdf(&drawing, *state, &pdf, diags));
        assert_string_equal(diags_at(diags, 0)->code, "I306");
    }
}

static void a_sink_that_fails_is_told(void **state)
{
    const struct surface_sink sink = {refuse, NULL};
    struct diags *diags = diags_new(*state);
    assert_false(surface_draw_png(&square_drawing, 0, 96, &sink, diags));
    assert_string_equal(diags_at(diags, 0)->message, "can't write the finished PNG");
    diags = diags_new(*state);
    assert_false(surface_draw_svg(&square_drawing, 0, &sink, diags));
    assert_string_equal(diags_at(diags, 0)->message, "can't write the finished SVG");
}

static void draw_tag(cairo_t *cairo, size_t page, void *context)
{
    (void)page;
    cairo_tag_begin(cairo, "P", NULL);
    cairo_rectangle(cairo, 0, 0, 5, 5);
    cairo_fill(cairo);
    cairo_tag_end(cairo, context);
}

/* cairo tells of it only after the end, and the file is cut short by then. */
static void tags_that_do_not_match_are_an_error(void **state)
{
    struct surface_drawing drawing = {
        .page_count = 1, .size = squares, .draw = draw_tag, .context = "H1"};
    struct diags *diags = diags_new(*state);
    struct slice pdf;
    assert_false(surface_draw_pdf(&drawing, *state, &pdf, diags));
    assert_non_null(strstr(diags_at(diags, 0)->message, "tag"));
    assert_non_null(diags_at(diags, 0)->hint);
    drawing.context = "P";
    diags = diags_new(*state);
    assert_true(surface_draw_pdf(&drawing, *state, &pdf, diags));
    assert_int_equal(diags_total(diags), 0);
}

static void draw_and_fail(cairo_t *cairo, size_t page, void *context)
{
    (void)page;
    (void)context;
    cairo_scale(cairo, 0, 0);
}

static void an_error_while_drawing_is_told(void **state)
{
    const struct surface_drawing drawing = {
        .page_count = 1, .size = squares, .draw = draw_and_fail};
    struct text out = {.arena = *state};
    const struct surface_sink sink = {keep, &out};
    struct diags *diags = diags_new(*state);
    struct slice pdf;
    assert_false(surface_draw_pdf(&drawing, *state, &pdf, diags));
    assert_false(surface_draw_png(&drawing, 0, 96, &sink, diags));
    assert_false(surface_draw_svg(&drawing, 0, &sink, diags));
    assert_non_null(strstr(diags_at(diags, 0)->message, "invalid matrix"));
    assert_int_equal(out.size, 0);
}

static struct slice draw_svg(struct arena *arena, size_t page)
{
    struct text out = {.arena = arena};
    const struct surface_sink sink = {keep, &out};
    struct surface_drawing drawing = sample_drawing;
    bool for_svg = true;
    drawing.context = &for_svg;
    assert_true(surface_draw_svg(&drawing, page, &sink, diags_new(arena)));
    return text_slice(&out);
}

static void same_drawing_gives_the_same_bytes(void **state)
{
    struct slice svg = draw_svg(*state, 0),
                 png = draw_png(*state, &sample_drawing, 0, 96);
    for (int i = 0; i < 3; i++) { /* what moves cairo's counters on */
        cairo_surface_t *other = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
        draw_svg(*state, 1);
        assert_true(slice_equal(draw_svg(*state, 0), svg));
        assert_true(slice_equal(draw_png(*state, &sample_drawing, 0, 96), png));
        cairo_surface_destroy(other);
    }
    assert_non_null(memmem(svg.data, svg.size, "id=\"surface1\"", 13));
    assert_non_null(memmem(svg.data, svg.size, "width=\"595.28pt\"", 16));
    assert_null(memmem(svg.data, svg.size, "<image", 6)); /* vectors throughout */
}

static void ids_are_numbered_in_order_and_nothing_else_changes(void **state)
{
    struct text out = {.arena = *state};
    svg_renumber(
        SLICE_LITERAL("<g id=\"surface31\"/><use href=\"#surface45\"/>#surface31 "
                      "url(#pattern7) id=\"clip9\" surface31 #image #surface"),
        &out);
    assert_slice(text_slice(&out),
                 "<g id=\"surface1\"/><use href=\"#surface2\"/>#surface1 "
                 "url(#pattern3) id=\"clip9\" surface31 #image #surface");
}

static void an_address_cannot_leave_its_string(void **state)
{
    assert_string_equal(
        surface_link_uri(*state, SLICE_LITERAL("https://a.org/x?y=z#b")),
        "uri='https://a.org/x?y=z#b'");
    assert_string_equal(
        surface_link_uri(*state,
                         SLICE_LITERAL("https://a.org/(x)' dest='\\\xC3\xA9\n")),
        "uri='https://a.org/%28x%29%27%20dest=%27%5C%C3%A9%0A'");
}

/* -- Strokes ----------------------------------------------------------------------------- */

static void trace_shape(cairo_t *cairo, int shape)
{
    cairo_new_path(cairo);
    if (shape == 0) {
        cairo_arc(cairo, 50, 50, 20, 0, 6);
    } else if (shape == 1) {
        cairo_move_to(cairo, 50, 50);
        cairo_line_to(cairo, 50, 50);
    } else {
        cairo_move_to(cairo, 10, 10);
        cairo_curve_to(cairo, 90, 10, 10, 90, 90.5, 89.5);
        cairo_line_to(cairo, 20, 90);
    }
}

/* Every width, shape and scale, as cairo strokes it or as we do. */
static void draw_strokes(cairo_t *cairo, size_t page, void *context)
{
    static const double width[] = {0.1, 0.25, 0.5, 1, 3, 20};
    const bool *is_ours = context;
    (void)page;
    for (size_t i = 0; i < sizeof width / sizeof *width * 9; i++) {
        cairo_save(cairo);
        cairo_scale(cairo, i / 3 % 3 == 2 ? 0.5 : 1, i / 3 % 3 == 1 ? 2 : 1);
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(cairo, width[i / 9]);
        trace_shape(cairo, (int)(i % 3));
        if (*is_ours)
            stroke_path(cairo);
        else
            cairo_stroke(cairo);
        cairo_restore(cairo);
    }
}

static void a_rough_measure_leaves_no_stroke_out(void **state)
{
    static const struct surface_size size = {200, 200};
    struct slice bytes[2];
    for (int i = 0; i < 2; i++) {
        bool is_ours = i;
        struct surface_drawing drawing = {
            .page_count = 1, .size = &size, .draw = draw_strokes, .context = &is_ours};
        assert_true(surface_draw_pdf(&drawing, *state, &bytes[i], diags_new(*state)));
        const char *date = memmem(bytes[i].data, bytes[i].size, "/CreationDate",
                                  strlen("/CreationDate"));
        assert_non_null(date);
        bytes[i].size = (size_t)(date - bytes[i].data);
    }
    assert_true(slice_equal(bytes[0], bytes[1]));
}

static void an_svg_says_what_it_shows_as_words_not_markup(void **state)
{
    struct text out = {.arena = *state};
    svg_add_words(SLICE_LITERAL("<?xml?>\n<svg width=\"9\">\n<g/></svg>"),
                  SLICE_LITERAL("A & B: 3 > 2 <b>"), SLICE_LITERAL("Bars.\nTwo."),
                  &out);
    assert_slice(text_slice(&out), "<?xml?>\n<svg width=\"9\" role=\"img\">\n"
                                   "<title>A &amp; B: 3 &gt; 2 &lt;b&gt;</title>\n"
                                   "<desc>Bars.\nTwo.</desc>\n<g/></svg>");
    static const char *const same[] = {"", "<svg", "no element at all"};
    for (size_t i = 0; i < 3; i++) {
        out.size = 0;
        svg_add_words(slice_of(same[i]), SLICE_LITERAL("Title"), (struct slice){0},
                      &out);
        assert_slice(text_slice(&out), same[i]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_png_has_the_resolution_asked_for_on_white),
        TEST(each_page_has_its_own_size),
        TEST(a_picture_that_is_too_large_is_refused),
        TEST(a_page_without_area_is_refused),
        TEST(a_sink_that_fails_is_told),
        TEST(tags_that_do_not_match_are_an_error),
        TEST(an_error_while_drawing_is_told),
        TEST(same_drawing_gives_the_same_bytes),
        TEST(ids_are_numbered_in_order_and_nothing_else_changes),
        TEST(an_svg_says_what_it_shows_as_words_not_markup),
        TEST(an_address_cannot_leave_its_string),
        TEST(a_rough_measure_leaves_no_stroke_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

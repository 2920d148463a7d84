/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_fixture.h"

#include "layout/typesetter.h"

#include <cairo-pdf.h>
#include <pthread.h>
#include <unistd.h>

static double label_width(const struct fixture *fixture, const char *text,
                          const struct text_style *style)
{
    return typeset_label(fixture->typesetter, slice_of(text), style)->width;
}

static size_t line_count(const struct fixture *fixture, const struct box *box)
{
    struct slice dump = dump_of(fixture, box);
    size_t quotes = 0;
    for (size_t i = 0; i < dump.size; i++)
        quotes += dump.data[i] == '"';
    return quotes / 2;
}

/* Where something other than white was drawn, in points. */
struct drawn {
    double left, right, top, bottom;
    bool anything;
};

enum { CANVAS = 400, PER_POINT = 2 };

static struct drawn ink_on(cairo_surface_t *surface)
{
    cairo_surface_flush(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface), size = CANVAS * PER_POINT;
    struct drawn ink = {1e9, -1e9, 1e9, -1e9, false};
    for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
            if (data[y * stride + 4 * x + 1] > 200)
                continue;
            ink.anything = true;
            ink.left = fmin(ink.left, (double)x / PER_POINT);
            ink.right = fmax(ink.right, (double)(x + 1) / PER_POINT);
            ink.top = fmin(ink.top, (double)y / PER_POINT);
            ink.bottom = fmax(ink.bottom, (double)(y + 1) / PER_POINT);
        }
    }
    return ink;
}

static cairo_t *open_canvas(void)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, CANVAS * PER_POINT, CANVAS * PER_POINT);
    cairo_t *cairo = cairo_create(surface);
    cairo_surface_destroy(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, PER_POINT, PER_POINT);
    return cairo;
}

static struct drawn close_canvas(cairo_t *cairo)
{
    struct drawn ink = ink_on(cairo_get_target(cairo));
    cairo_destroy(cairo);
    return ink;
}

static struct drawn ink_of_box(struct box *box, double x, double y)
{
    cairo_t *cairo = open_canvas();
    box->x = x;
    box->y = y;
    box_draw(box, cairo, false);
    return close_canvas(cairo);
}

/* Fonts */

static void a_family_that_isnt_there_names_its_package(void **state)
{
    struct fixture *fixture = *state;
    char path[] = "/tmp/sitrep-families-XXXXXX";
    int fd = mkstemp(path);
    const char conf[] =
        "# nothing\n"
        "Nowhere Sans | 400 | no | nowhere/Nowhere.ttf | fonts-nowhere\n"
        "Nowhere Sans | 700 | no | nowhere/NowhereB.ttf | fonts-nowhere\n"
        "Inter | 400 | no | opentype/inter/Inter-Regular.otf |\n";
    assert_int_equal(write(fd, conf, sizeof conf - 1), sizeof conf - 1);
    close(fd);
    struct fonts *fonts;
    assert_false(fonts_open(&fonts, path, fixture->diags));
    assert_null(fonts);
    assert_int_equal(diags_count(fixture->diags, SEVERITY_ERROR), 1);
    const struct diag *diag = diags_at(fixture->diags, 0);
    assert_string_equal(diag->code, "F101");
    assert_int_equal(diag->at.line, 2);
    assert_non_null(strstr(diag->message, "\"Nowhere Sans\""));
    assert_non_null(strstr(diag->hint, "\"fonts-nowhere\""));
    unlink(path);
}

static void a_missing_weight_is_a_warning(void **state)
{
    struct fixture *fixture = *state;
    char path[] = "/tmp/sitrep-families-XXXXXX";
    int fd = mkstemp(path);
    const char conf[] = "Inter | 400 | no | Inter-Regular.otf | fonts-inter\n"
                        "Inter | 900 | no | Inter-Nowhere.otf | fonts-inter\n";
    assert_int_equal(write(fd, conf, sizeof conf - 1), sizeof conf - 1);
    close(fd);
    struct fonts *fonts;
    assert_true(fonts_open(&fonts, path, fixture->diags));
    assert_int_equal(diags_count(fixture->diags, SEVERITY_WARNING), 1);
    assert_string_equal(diags_at(fixture->diags, 0)->code, "F102");
    fonts_close(fonts);
    unlink(path);
}

static void a_file_that_is_no_font_is_as_good_as_none(void **state)
{
    struct fixture *fixture = *state;
    char path[] = "/tmp/sitrep-families-XXXXXX";
    int fd = mkstemp(path);
    char conf[200];
    int size = snprintf(conf, sizeof conf,
                        "Inter | 400 | no | Inter-Regular.otf | fonts-inter\n"
                        "Inter | 700 | no | %s | fonts-inter\n",
                        strrchr(path, '/') + 1);
    assert_int_equal(write(fd, conf, (size_t)size), size);
    close(fd);
    struct fonts *fonts;
    assert_true(fonts_open(&fonts, path, fixture->diags));
    assert_int_equal(diags_count(fixture->diags, SEVERITY_WARNING), 1);
    assert_string_equal(diags_at(fixture->diags, 0)->code, "F102");
    fonts_close(fonts);
    unlink(path);
}

static void a_broken_list_of_fonts_is_refused_line_by_line(void **state)
{
    struct fixture *fixture = *state;
    char path[] = "/tmp/sitrep-families-XXXXXX";
    int fd = mkstemp(path);
    const char conf[] =
        "Inter | bold | no | a.otf | p\nInter | 400 | maybe | a.otf\n\n|\n";
    assert_int_equal(write(fd, conf, sizeof conf - 1), sizeof conf - 1);
    close(fd);
    struct fonts *fonts;
    assert_false(fonts_open(&fonts, path, fixture->diags));
    assert_int_equal(diags_count(fixture->diags, SEVERITY_ERROR), 3);
    assert_int_equal(diags_at(fixture->diags, 2)->at.line, 4);
    unlink(path);
    assert_false(fonts_open(&fonts, "/nowhere/families.conf", fixture->diags));
}

static void each_listed_weight_is_a_face_of_its_own(void **state)
{
    const struct fixture *fixture = *state;
    const int weights[] = {400, 500, 600, 700};
    double before = 0;
    for (size_t i = 0; i < 4; i++) {
        struct text_style style = style_of("Inter", 20, 24, weights[i]);
        double width = label_width(fixture, "Waziristan", &style);
        assert_true(width > before + 0.1);
        before = width;
    }
    struct text_style regular = style_of("Noto Serif", 20, 24, 400), italic = regular;
    italic.italic = true;
    assert_true(fabs(label_width(fixture, "affair", &regular) -
                     label_width(fixture, "affair", &italic)) > 0.5);
}

static void nastaliq_bold_is_bold_whatever_the_file_says(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style bold = BODY;
    bold.arabic_weight = 700;
    cairo_t *cairo[2] = {open_canvas(), open_canvas()};
    double dark[2] = {0, 0};
    const struct text_style *style[2] = {&BODY, &bold};
    for (int i = 0; i < 2; i++) {
        label_draw(typeset_label(fixture->typesetter, slice_of("حملے"), style[i]),
                   cairo[i], 50, 50, 0);
        cairo_surface_t *surface = cairo_get_target(cairo[i]);
        cairo_surface_flush(surface);
        const unsigned char *data = cairo_image_surface_get_data(surface);
        int size = cairo_image_surface_get_stride(surface) * CANVAS * PER_POINT;
        for (int j = 1; j < size; j += 4)
            dark[i] += 255 - data[j];
        cairo_destroy(cairo[i]);
    }
    assert_true(dark[0] > 0);
    assert_true(dark[1] > 1.15 * dark[0]);
}

/* Labels */

static void equal_calls_share_one_label(void **state)
{
    const struct fixture *fixture = *state;
    struct typesetter *typesetter = fixture->typesetter;
    struct text_style copy = BODY, red = BODY;
    red.colour.red = 1;
    const struct label *label = typeset_label(typesetter, slice_of("Khyber"), &BODY);
    char again[] = "Khyber";
    assert_ptr_equal(label, typeset_label(typesetter, slice_of(again), &copy));
    assert_ptr_not_equal(label, typeset_label(typesetter, slice_of("Khyber"), &red));
    assert_ptr_not_equal(label, typeset_label(typesetter, slice_of("Kurram"), &BODY));
}

static void a_label_that_fits_its_width_is_not_set_again(void **state)
{
    const struct fixture *fixture = *state;
    struct typesetter *typesetter = fixture->typesetter;
    const struct label *narrow =
        typeset_label_in(typesetter, slice_of("Khyber"), &BODY, 12, 1);
    const struct label *label = typeset_label(typesetter, slice_of("Khyber"), &BODY);
    double width = label->width;
    assert_ptr_equal(label,
                     typeset_label_in(typesetter, slice_of("Khyber"), &BODY, width, 1));
    assert_ptr_equal(narrow,
                     typeset_label_in(typesetter, slice_of("Khyber"), &BODY, 12, 1));
    assert_ptr_not_equal(label, narrow);
    assert_true(narrow->is_shortened && !label->is_shortened);
    label = typeset_label(typesetter,
                          slice_of("Lower\xE2\x80\xA8"
                                   "Dir"),
                          &BODY);
    narrow = typeset_label_in(typesetter,
                              slice_of("Lower\xE2\x80\xA8"
                                       "Dir"),
                              &BODY, 99, 1);
    assert_ptr_not_equal(label, narrow); /* one line of two */
}

static void thousands_of_labels_are_all_found_again(void **state)
{
    const struct fixture *fixture = *state;
    enum { COUNT = 2000 };
    const struct label *label[COUNT];
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < COUNT; i++) {
            char text[16];
            snprintf(text, sizeof text, "n%d", i);
            const struct label *found =
                typeset_label(fixture->typesetter, slice_of(text), &BODY);
            if (pass == 0)
                label[i] = found;
            assert_ptr_equal(label[i], found);
            assert_slice(found->text, text);
        }
    }
}

static void tabular_figures_are_equally_wide(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style inter = style_of("Inter", 8, 10, 400), plain = inter;
    plain.tabular = false;
    assert_near(label_width(fixture, "1111", &inter),
                label_width(fixture, "8088", &inter), 0.001);
    assert_true(label_width(fixture, "1111", &plain) <
                label_width(fixture, "8088", &plain) - 1);
}

static void text_is_kerned(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style style = style_of("Noto Serif", 40, 50, 400);
    double apart =
        label_width(fixture, "A", &style) + label_width(fixture, "V", &style);
    assert_true(label_width(fixture, "AV", &style) < apart - 1);
}

static void positions_arent_rounded_to_points(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style small = style_of("Inter", 1, 2, 400),
                      large = style_of("Inter", 100, 120, 400);
    assert_near(label_width(fixture, "Balochistan", &small) * 100,
                label_width(fixture, "Balochistan", &large), 1);
}

static void letter_spacing_widens(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style spaced = BODY;
    spaced.letter_spacing_pt = 1;
    assert_near(label_width(fixture, "SAMPLE", &spaced),
                label_width(fixture, "SAMPLE", &BODY) + 5, 0.1);
}

static void lines_of_a_label_add_their_leading(void **state)
{
    const struct fixture *fixture = *state;
    struct typesetter *typesetter = fixture->typesetter;
    const struct label *one = typeset_label(typesetter, slice_of("Four-week"), &BODY);
    const struct label *two =
        typeset_label(typesetter, slice_of("Four-week\naverage"), &BODY);
    assert_int_equal(one->line_count, 1);
    assert_int_equal(two->line_count, 2);
    assert_near(two->height, one->height + BODY.leading_pt, 1e-9);
    assert_near(two->width, one->width, 1e-9);
    assert_near(one->height, one->ascent + one->descent, 1e-9);
}

static void a_label_too_long_ends_in_an_ellipsis_and_is_reported(void **state)
{
    const struct fixture *fixture = *state;
    const char *text = "No attacks in either week: Islamabad, Gilgit-Baltistan, Azad "
                       "Kashmir and everywhere else in the country";
    const struct label *label =
        typeset_label_in(fixture->typesetter, slice_of(text), &BODY, 100, 2);
    assert_int_equal(label->line_count, 2);
    assert_true(label->width <= 100);
    assert_true(label->is_shortened);
    assert_slice(label->text, text);
    const struct slice *shortened;
    assert_int_equal(typesetter_shortened(fixture->typesetter, &shortened), 1);
    assert_slice(shortened[0], text);
    label = typeset_label_in(fixture->typesetter, slice_of(text), &BODY, 100, 0);
    assert_true(label->line_count > 2);
    assert_false(label->is_shortened);
    label = typeset_label_in(fixture->typesetter, slice_of("short"), &BODY, 100, 1);
    assert_false(label->is_shortened);
}

static void labels_serve_the_next_brief_which_is_told_anew(void **state)
{
    struct fixture *fixture = *state;
    struct typesetter *typesetter = fixture->typesetter;
    const struct text_style *style = &BODY;
    const struct slice plain = SLICE_LITERAL("12 attacks"),
                       strange = SLICE_LITERAL("a rune: \xE4\xB8\xAD"),
                       wordy = SLICE_LITERAL("many words that end in dots");
    const struct label *kept = typeset_label(typesetter, plain, style);
    const uint32_t *rune;
    const struct slice *shortened;
    for (int brief = 0; brief < 3; brief++) {
        assert_ptr_equal(typeset_label(typesetter, plain, style), kept);
        assert_int_equal(typesetter_missing(typesetter, &rune), 0);
        assert_int_equal(typesetter_shortened(typesetter, &shortened), 0);
        for (int again = 0; again < 2; again++) {
            typeset_label(typesetter, strange, style);
            typeset_label_in(typesetter, wordy, style, 40, 1);
            assert_int_equal(typesetter_missing(typesetter, &rune), 1);
            assert_int_equal(typesetter_shortened(typesetter, &shortened), 1);
        }
        assert_int_equal(rune[0], 0x4E2D);
        assert_slice(shortened[0], "many words that end in dots");
        typesetter_begin(typesetter);
    }
}

static void a_megabyte_in_a_label_of_one_line_is_no_trouble(void **state)
{
    const struct fixture *fixture = *state;
    size_t size = 1 << 20;
    char *text = arena_alloc(fixture->arena, size);
    memset(text, 'x', size);
    const struct label *label =
        typeset_label_in(fixture->typesetter, (struct slice){text, size}, &BODY, 60, 1);
    assert_true(label->is_shortened);
    assert_true(label->width <= 60);
}

static void an_anchor_decides_where_a_label_stands(void **state)
{
    const struct fixture *fixture = *state;
    const struct label *label =
        typeset_label(fixture->typesetter, slice_of("HHHHHH"), &BODY);
    for (int i = 0; i < 3; i++) {
        cairo_t *cairo = open_canvas();
        label_draw(label, cairo, 200, 100, i * 0.5);
        assert_false(cairo_has_current_point(cairo));
        struct drawn ink = close_canvas(cairo);
        assert_near(ink.left, 200 - i * 0.5 * label->width, 1.5);
        assert_near(ink.right, 200 + (1 - i * 0.5) * label->width, 1.5);
        assert_near(ink.bottom, 100, 0.6);
        assert_true(ink.top >= 100 - label->ascent);
    }
}

static void a_halo_surrounds_the_letters(void **state)
{
    const struct fixture *fixture = *state;
    const struct label *label =
        typeset_label(fixture->typesetter, slice_of("H"), &BODY);
    const struct colour blue = {0, 0, 1, 1}, red = {1, 0, 0, 1};
    cairo_t *cairo = open_canvas();
    label_draw_coloured(label, cairo, 100, 100, 0, red);
    struct drawn bare = close_canvas(cairo);
    cairo = open_canvas();
    label_draw_halo(label, cairo, 100, 100, 0, red, blue, 2);
    struct drawn haloed = close_canvas(cairo);
    assert_near(bare.left - haloed.left, 2, 0.6);
    assert_near(haloed.bottom - bare.bottom, 2, 0.6);
}

/* Paragraphs */

static const char PROSE[] =
    "They killed 74 people, or 2.4 per attack, against a 12-week average of 1.6. Two "
    "bombings account for 33 of the dead. Security forces carried out 22 operations, "
    "the most since June; 15 of them were in southern Khyber Pakhtunkhwa.";

static void a_paragraph_is_as_high_as_its_leadings(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = set_paragraph(fixture, PROSE, 160);
    size_t lines = line_count(fixture, box);
    assert_true(lines >= 6);
    assert_near(box->height, (double)lines * BODY.leading_pt, 1e-9);
    assert_slice(box->text, PROSE);
    struct drawn ink = ink_of_box(box, 100, 50);
    assert_true(ink.left >= 99.5 && ink.right <= 260.5);
    assert_true(ink.top >= 50 && ink.bottom <= 50 + box->height);
    assert_near(box->height, ink.bottom - ink.top, BODY.leading_pt);
}

static void a_larger_span_opens_its_line_only(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style large = style_of("Noto Serif", 14, 20, 400);
    const struct span span[] = {{slice_of("a small\n"), &BODY, {0}, 0},
                                {slice_of("LARGE"), &large, {0}, 0},
                                {slice_of(" and\nsmall"), &BODY, {0}, 0}};
    const struct paragraph paragraph = {.span_count = 3, .span = span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 300);
    assert_near(box->height, 12.4 + 20 + 12.4, 1e-9);
}

static void empty_text_takes_no_room(void **state)
{
    const struct fixture *fixture = *state;
    assert_near(set_paragraph(fixture, "", 100)->height, 0, 0);
    const struct paragraph none = {0};
    struct box *box = typeset_paragraph(fixture->typesetter, &none, 100);
    assert_near(box->height, 0, 0);
    ink_of_box(box, 0, 0);
    assert_int_equal(
        typeset_label(fixture->typesetter, slice_of(""), &BODY)->line_count, 0);
}

static void a_hard_break_ends_a_line_and_isnt_justified(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span = {.text = slice_of("one two\n\nthree"), .style = &BODY};
    struct paragraph paragraph = {
        .span_count = 1, .span = &span, .align = ALIGN_JUSTIFY};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 300);
    assert_near(box->height, 3 * 12.4, 1e-9);
    assert_slice(box->text, "one two\n\nthree");
    assert_true(ink_of_box(box, 10, 10).right < 80);
}

static void justified_lines_reach_the_edge(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span = {.text = slice_of(PROSE), .style = &BODY};
    struct paragraph paragraph = {
        .span_count = 1, .span = &span, .align = ALIGN_JUSTIFY};
    struct drawn ink =
        ink_of_box(typeset_paragraph(fixture->typesetter, &paragraph, 160), 10, 10);
    assert_near(ink.right, 170, 1);
}

static void lines_align_to_start_end_and_centre(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span = {.text = slice_of("HHH"), .style = &BODY};
    struct paragraph paragraph = {.span_count = 1, .span = &span};
    double width = label_width(fixture, "HHH", &BODY);
    const enum text_align align[] = {ALIGN_START, ALIGN_CENTRE, ALIGN_END};
    for (int i = 0; i < 3; i++) {
        paragraph.align = align[i];
        struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 200);
        assert_near(ink_of_box(box, 100, 10).left, 100 + i * 0.5 * (200 - width), 1.5);
    }
}

static void indents_move_the_first_line_or_the_others(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span = {.text = slice_of("HHH\nHHH"), .style = &BODY};
    struct paragraph paragraph = {.span_count = 1, .span = &span, .first_indent = 20};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 200);
    assert_near(ink_of_box(box, 100, 10).left, 100, 1.5);
    paragraph.first_indent = 30;
    paragraph.hanging_indent = 20;
    box = typeset_paragraph(fixture->typesetter, &paragraph, 200);
    assert_near(ink_of_box(box, 100, 10).left, 120, 1.5);
    struct span long_span = {.text = slice_of(PROSE), .style = &BODY};
    paragraph.span = &long_span;
    struct drawn ink =
        ink_of_box(typeset_paragraph(fixture->typesetter, &paragraph, 120), 100, 10);
    assert_near(ink.left, 120, 1.5);
    assert_true(ink.right <= 220.5);
}

static void a_line_is_drawn_through_struck_words_also_where_they_wrap(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style struck = BODY;
    struct span span = {.text = slice_of("....\n...."), .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct drawn plain =
        ink_of_box(typeset_paragraph(fixture->typesetter, &paragraph, 200), 10, 10);
    struck.struck = true;
    span.style = &struck;
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 200);
    struct drawn line = ink_of_box(box, 10, 10);
    assert_true(line.top < plain.top - 0.1 * BODY.size_pt);
    assert_near(line.bottom, plain.bottom, 0.5);
    assert_slice(box->text, "~~....\n....~~");
    span.text = slice_of("\n....");
    line = ink_of_box(typeset_paragraph(fixture->typesetter, &paragraph, 200), 10, 10);
    assert_near(line.top, 10 + 1.5 * BODY.leading_pt, 1); /* of the second line */
}

static void a_letter_that_no_font_has_is_a_box_with_its_number(void **state)
{
    const struct fixture *fixture = *state;
    struct span span = {.text = slice_of("\xf0\x90\x8c\xb0"), .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    cairo_t *canvas[2] = {open_canvas(), open_canvas()};
    for (int i = 0; i < 2; i++) {
        struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 200);
        box->x = box->y = 10;
        box_draw(box, canvas[i], false);
        assert_true(ink_on(cairo_get_target(canvas[i])).anything);
        span.text = slice_of("\xf0\x90\x8c\xb1"); /* another letter, other digits */
    }
    const size_t size =
        (size_t)cairo_image_surface_get_stride(cairo_get_target(canvas[0])) * CANVAS *
        PER_POINT;
    assert_memory_not_equal(cairo_image_surface_get_data(cairo_get_target(canvas[0])),
                            cairo_image_surface_get_data(cairo_get_target(canvas[1])),
                            size);
    for (int i = 0; i < 2; i++)
        cairo_destroy(canvas[i]);
    const uint32_t *rune;
    assert_int_equal(typesetter_missing(fixture->typesetter, &rune), 2);
    assert_int_equal(rune[0], 0x10330);
}

static void a_balanced_heading_keeps_its_line_count(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style head = style_of("Noto Serif Display", 23, 27, 700);
    const struct span span = {
        .text = slice_of("Attacks fall for a second week, but each one is killing more "
                         "people"),
        .style = &head};
    struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *ragged = typeset_paragraph(fixture->typesetter, &paragraph, 510);
    paragraph.balanced = true;
    struct box *balanced = typeset_paragraph(fixture->typesetter, &paragraph, 510);
    assert_near(balanced->height, ragged->height, 1e-9);
    assert_slice(balanced->text, "Attacks fall for a second week, but each one is "
                                 "killing more people");
    assert_non_null(strstr(
        arena_print(fixture->arena, "%.*s", SLICE_PRINT(dump_of(fixture, balanced))),
        "\"Attacks fall for a second week, but\" "
        "\"each one is killing more people\""));
    assert_true(line_count(fixture, ragged) == 2);
}

static void a_word_wider_than_the_column_is_broken_not_lost(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = set_paragraph(fixture, "Donaudampfschifffahrtsgesellschaft", 30);
    assert_true(line_count(fixture, box) > 4);
    assert_slice(box->text, "Donaudampfschifffahrtsgesellschaft");
    assert_true(set_paragraph(fixture, "abc", 0)->height > 0);
    assert_true(set_paragraph(fixture, "abc", -5)->height > 0);
}

static void text_past_the_last_line_is_reported(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span = {.text = slice_of(PROSE), .style = &BODY};
    struct paragraph paragraph = {.span_count = 1, .span = &span, .max_lines = 2};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 160);
    assert_near(box->height, 2 * 12.4, 1e-9);
    const struct slice *shortened;
    assert_int_equal(typesetter_shortened(fixture->typesetter, &shortened), 1);
    assert_slice(shortened[0], PROSE);
}

static void a_footnotes_mark_is_raised_and_counted(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span[] = {{slice_of("dead."), &BODY, {0}, 0},
                                {slice_of("7"), &BODY, {0}, 7},
                                {slice_of(" More."), &BODY, {0}, 0},
                                {slice_of("8"), &BODY, {0}, 8}};
    const struct paragraph paragraph = {.span_count = 4, .span = span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 200);
    assert_int_equal(box->note_count, 2);
    assert_int_equal(box->note[0], 7);
    assert_int_equal(box->note[1], 8);
    assert_near(box->height, 12.4, 1e-9);
    assert_slice(box->text, "dead.[7] More.[8]");
    const struct span mark = {slice_of("H"), &BODY, {0}, 1};
    const struct paragraph alone = {.span_count = 1, .span = &mark};
    struct drawn ink =
        ink_of_box(typeset_paragraph(fixture->typesetter, &alone, 200), 10, 10);
    struct drawn letter = ink_of_box(set_paragraph(fixture, "H", 200), 10, 10);
    assert_true(ink.bottom < letter.bottom - 2);
    assert_true(ink.bottom - ink.top < 0.75 * (letter.bottom - letter.top));
}

static void paragraphs_split_between_lines_and_lose_nothing(void **state)
{
    const struct fixture *fixture = *state;
    struct box *whole = set_paragraph(fixture, PROSE, 120), *first, *rest;
    size_t lines = line_count(fixture, whole);
    struct slice before = dump_of(fixture, whole);
    for (size_t fit = 1; fit <= lines; fit++) {
        double height = (double)fit * 12.4 + 3;
        bool ok =
            whole->split(whole, height, SPLIT_WELL, fixture->arena, &first, &rest);
        assert_int_equal(ok, fit >= ORPHAN_LINES);
        if (!ok)
            continue;
        size_t upper = line_count(fixture, first), lower = line_count(fixture, rest);
        assert_int_equal(upper + lower, lines);
        assert_true(upper >= ORPHAN_LINES && lower >= WIDOW_LINES && upper <= fit);
        assert_near(first->height + rest->height, whole->height, 1e-9);
        assert_slice(whole->text,
                     arena_print(fixture->arena, "%.*s%.*s", SLICE_PRINT(first->text),
                                 SLICE_PRINT(rest->text)));
    }
    assert_true(slice_equal(before, dump_of(fixture, whole)));
    assert_true(whole->split(whole, 13, SPLIT_ANYWHERE, fixture->arena, &first, &rest));
    assert_int_equal(line_count(fixture, first), 1);
    assert_false(whole->split(whole, 9, SPLIT_ANYWHERE, fixture->arena, &first, &rest));
}

static void three_lines_arent_split(void **state)
{
    const struct fixture *fixture = *state;
    struct box *whole = set_paragraph(fixture, "a\nb\nc", 120), *first, *rest;
    assert_false(whole->split(whole, 30, SPLIT_WELL, fixture->arena, &first, &rest));
    whole = set_paragraph(fixture, "a\nb\nc\nd", 120);
    assert_true(whole->split(whole, 30, SPLIT_WELL, fixture->arena, &first, &rest));
}

static void a_mark_goes_with_its_line(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span[] = {{slice_of("a\nb"), &BODY, {0}, 0},
                                {slice_of("1"), &BODY, {0}, 1},
                                {slice_of("\nc\nd"), &BODY, {0}, 0},
                                {slice_of("2"), &BODY, {0}, 2}};
    const struct paragraph paragraph = {.span_count = 4, .span = span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 200), *first,
               *rest;
    assert_true(box->split(box, 25, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_int_equal(first->note_count, 1);
    assert_int_equal(first->note[0], 1);
    assert_int_equal(rest->note_count, 1);
    assert_int_equal(rest->note[0], 2);
}

static void a_hundred_thousand_words_are_set_in_linear_time(void **state)
{
    const struct fixture *fixture = *state;
    struct text text = {.arena = fixture->arena};
    for (int i = 0; i < 100000; i++)
        text_print(&text, "%sword%d", i ? " " : "", i);
    const struct span span = {.text = text_slice(&text), .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 160);
    assert_true(slice_equal(box->text, text_slice(&text)));
    assert_true(box->height > 12.4 * 20000);
}

/* Letters that glyphs share ("ffi") and that need two ("o" with a dot below and an
 * acute) are no exception. */
static void a_word_of_200000_letters_loses_none(void **state)
{
    const struct fixture *fixture = *state;
    struct text text = {.arena = fixture->arena};
    while (text.size < 200000)
        text_append_string(&text, "affiro\xcc\xa3\xcc\x81");
    const struct span span = {.text = text_slice(&text), .style = &BODY};
    struct set_text set;
    struct set_lines lines;
    set_text_of(fixture->typesetter, &span, 1, &set);
    const struct line_request request = {.text = &set, .width = 160};
    set_lines(fixture->typesetter, &request, &lines);
    struct text found = {.arena = fixture->arena};
    bool has_letters = false;
    for (size_t i = 0; i < lines.count; i++) {
        for (size_t j = 0; j < lines.line[i].run_count; j++) {
            const struct set_run *run = &lines.line[i].run[j];
            text_append(&found, run->text);
            has_letters = has_letters || run->letter;
            for (size_t k = 1; run->letter && k < run->glyph_count; k++)
                assert_in_range(run->letter[k], run->letter[k - 1], run->text.size - 1);
        }
    }
    assert_true(slice_equal(text_slice(&found), text_slice(&text)));
    assert_true(has_letters);
}

/* Lines of text in a style at a width, as the typesetter breaks it. */
static struct set_lines break_text(const struct fixture *fixture, struct slice source,
                                   double width, struct set_text *text)
{
    const struct span span = {.text = source, .style = &BODY};
    struct set_lines lines;
    set_text_of(fixture->typesetter, &span, 1, text);
    const struct line_request request = {.text = text, .width = width};
    set_lines(fixture->typesetter, &request, &lines);
    return lines;
}

static void lines_break_where_pango_would_break_them(void **state)
{
    const struct fixture *fixture = *state;
    struct text text = {.arena = fixture->arena};
    for (int i = 0; text.size < 20000; i++) {
        text_print(&text, "%s%s%d%s", i ? " " : "", i % 3 ? "killed" : "at well-known",
                   i % 11, i % 17 ? "" : " Gilgit/Oberamt (x)");
    }
    struct set_text set;
    struct set_lines lines = break_text(fixture, text_slice(&text), 90, &set);
    PangoLayout *layout =
        pango_layout_new(typesetter_context(fixture->typesetter, false));
    pango_layout_set_font_description(layout, set.span[0].style->latin);
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_font_features_new("tnum=1"));
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, 90 * PANGO_SCALE);
    pango_layout_set_text(layout, set.runs.text.data, (int)set.runs.text.size);
    assert_int_equal(lines.count, pango_layout_get_line_count(layout));
    for (size_t i = 0; i < lines.count; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, (int)i);
        assert_int_equal(lines.line[i].start, line->start_index);
        PangoRectangle extents;
        pango_layout_line_get_extents(line, NULL, &extents);
        assert_near(lines.line[i].width, (double)extents.width / PANGO_SCALE, 0.05);
    }
    g_object_unref(layout);
}

/* What a line cut out of a long one looks like: as the same words set alone. */
static void assert_lines_look_set_alone(const struct fixture *fixture, const char *text,
                                        double width)
{
    struct set_text set;
    struct set_lines lines = break_text(fixture, slice_of(text), width, &set);
    assert_true(lines.count > 3);
    for (size_t i = 0; i < lines.count; i++) {
        const struct set_line *line = &lines.line[i];
        struct slice words =
            runs_plain(&set.runs, line->start, line->end, fixture->arena);
        struct set_text alone_text;
        struct set_lines alone =
            break_text(fixture, slice_trim(words), -1, &alone_text);
        struct ink got = line_ink(line), want = line_ink(&alone.line[0]);
        assert_int_equal(alone.count, 1);
        assert_near(line->width, alone.line[0].width, 0.35);
        assert_near(got.left, want.left, 0.35);
        assert_near(got.right, want.right, 0.35);
        assert_near(got.above, want.above, 0.01);
        assert_near(got.below, want.below, 0.01);
    }
}

static void lines_look_like_the_same_words_set_alone(void **state)
{
    assert_lines_look_set_alone(*state, PROSE, 90);
}

static void urdu_lines_look_like_the_same_words_set_alone(void **state)
{
    assert_lines_look_set_alone(
        *state,
        "حملے کم ہوئے۔ اس ہفتے 31 حملے ہوئے، پچھلے ہفتے سے چھ کم اور موسم کی متوقع حد "
        "کے "
        "اندر۔ ادارہ Reuters کے مطابق 15 جنوبی خیبر پختونخوا میں، 26% اور 2,400 افراد۔ "
        "سکیورٹی فورسز نے 22 کارروائیاں کیں، جون کے بعد سب سے زیادہ۔",
        120);
}

static void a_soft_hyphen_shows_where_a_line_breaks_at_it(void **state)
{
    const struct fixture *fixture = *state;
    struct set_text set;
    const char *text = "Donaudampf\xC2\xADschifffahrts\xC2\xADgesellschaft";
    double wide = label_width(fixture, "Donaudampf-", &BODY);
    struct set_lines lines = break_text(fixture, slice_of(text), wide, &set);
    assert_near(lines.line[0].width, wide, 0.3);
    assert_null(lines.line[0].run[lines.line[0].run_count - 1].text.data);
    assert_int_equal(lines.line[1].start, 12);
    lines = break_text(fixture, slice_of(text), wide - 1, &set); /* no room for it */
    assert_true(lines.line[0].start == 0 && lines.line[1].start < 12);
    lines = break_text(fixture, slice_of(text), 500, &set);
    assert_int_equal(lines.count, 1);
    assert_near(lines.line[0].width,
                label_width(fixture, "Donaudampfschifffahrtsgesellschaft", &BODY), 0.6);
}

static void a_width_is_measured_without_keeping_lines(void **state)
{
    const struct fixture *fixture = *state;
    const struct slice text = slice_of("Khyber Pakhtunkhwa, 31 (\xE2\x88\x92"
                                       "2)");
    double width = typeset_width(fixture->typesetter, text, &BODY);
    const size_t shaped = typesetter_shaped(fixture->typesetter);
    assert_true(width == typeset_width(fixture->typesetter, text, &BODY));
    assert_int_equal(typesetter_shaped(fixture->typesetter), shaped);
    const struct label *label = typeset_label(fixture->typesetter, text, &BODY);
    assert_true(label->width == width);
    assert_non_null(label->layout);
    assert_slice(label->text, text.data);
    assert_int_equal(label->line_count, 1);
}

/* Lines go where the caller says, labels stay, and nothing is told twice. */
static void paragraphs_are_laid_aside(void **state)
{
    const struct fixture *fixture = *state;
    const struct slice *shortened;
    struct arena *aside = arena_new();
    const struct span span = {.text = slice_of(PROSE), .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span, .max_lines = 2};
    const struct aside before = typesetter_lay_aside(fixture->typesetter, aside, false);
    const struct label *label =
        typeset_label(fixture->typesetter, slice_of("kept"), &BODY);
    const size_t used = arena_used(fixture->arena);
    typeset_paragraph(fixture->typesetter, &paragraph, 90);
    assert_true(arena_used(aside) > 0);
    assert_true(arena_used(fixture->arena) - used < 4096);
    typesetter_lay_aside(fixture->typesetter, aside, true);
    typeset_paragraph(fixture->typesetter, &paragraph, 90);
    typesetter_lay_back(fixture->typesetter, before);
    arena_free(aside);
    assert_int_equal(typesetter_shortened(fixture->typesetter, &shortened), 1);
    assert_true(slice_starts_with(
        slice_of(PROSE),
        slice_c_string(fixture->arena, (struct slice){shortened->data, 20})));
    assert_ptr_equal(typeset_label(fixture->typesetter, slice_of("kept"), &BODY),
                     label);
}

static void an_ellipsis_ends_the_last_line_at_a_word_in_urdu(void **state)
{
    const struct fixture *fixture = *state;
    const struct label *label = typeset_label_in(
        fixture->typesetter,
        slice_of(
            "دونوں ہفتوں میں کوئی حملہ نہیں: اسلام آباد، گلگت بلتستان، آزاد کشمیر"),
        &BODY, 100, 2);
    assert_int_equal(label->line_count, 2);
    const struct set_lines *lines = label->layout;
    const struct set_line *last = &lines->line[1];
    assert_true(last->width <= 100.01);
    assert_null(last->run[0].text.data); /* visually first: the left end */
    label = typeset_label_in(fixture->typesetter, slice_of("ایک"), &BODY, 5, 1);
    assert_int_equal(label->line_count, 1);
}

static void a_break_past_the_last_line_shortens_too(void **state)
{
    const struct fixture *fixture = *state;
    const struct label *label =
        typeset_label_in(fixture->typesetter, slice_of("one\ntwo"), &BODY, 300, 1);
    assert_true(label->is_shortened);
    assert_true(label->width > label_width(fixture, "one", &BODY));
    label = typeset_label_in(fixture->typesetter, slice_of("one\n"), &BODY, 300, 1);
    assert_false(label->is_shortened);
}

/* Hostile text */

static void bytes_that_arent_text_are_shown_as_such(void **state)
{
    const struct fixture *fixture = *state;
    struct slice bad = {"a\xFF"
                        "b\0c\x01",
                        6};
    const struct span span = {.text = bad, .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 100);
    assert_slice(box->text, "a\xEF\xBF\xBD"
                            "b\xEF\xBF\xBD"
                            "c\xEF\xBF\xBD");
    assert_true(ink_of_box(box, 10, 10).anything);
}

static void overrides_in_the_data_cant_turn_a_sentence_round(void **state)
{
    const struct fixture *fixture = *state;
    double plain = ink_of_box(set_paragraph(fixture, "abc def", 100), 10, 10).right;
    struct box *box = set_paragraph(fixture,
                                    "abc \xE2\x80\xAE"
                                    "def",
                                    100);
    assert_slice(box->text, "abc def");
    assert_near(ink_of_box(box, 10, 10).right, plain, 0.01);
}

static void random_bytes_are_set_without_a_word(void **state)
{
    const struct fixture *fixture = *state;
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        char bytes[64];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(seed >> 24);
            if (seed >> 8 & 1 && i % 2 == 0) /* Arabic letters among them */
                bytes[i] = (char)(0xD8 + (seed >> 9 & 1));
        }
        const struct span span[] = {{{bytes, 20}, &BODY, {bytes, 9}, 0},
                                    {{bytes + 20, 44}, &BODY, {0}, 3}};
        const struct paragraph paragraph = {.span_count = 2, .span = span};
        struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 40);
        assert_true(utf8_is_valid(box->text, &(size_t){0}));
        typeset_label_in(fixture->typesetter, span[1].text, &BODY, 20, 2);
    }
}

static void characters_without_a_glyph_are_listed_once(void **state)
{
    const struct fixture *fixture = *state;
    const uint32_t *rune;
    set_paragraph(fixture, "known words only −–€é", 300);
    assert_int_equal(typesetter_missing(fixture->typesetter, &rune), 0);
    set_paragraph(fixture, "\xE4\xB8\xAD \xE4\xB8\xAD \xE4\xB8\xAD", 100);
    typeset_label(fixture->typesetter, slice_of("\xE4\xB8\xAD\xE6\x96\x87"), &BODY);
    assert_int_equal(typesetter_missing(fixture->typesetter, &rune), 2);
    assert_int_equal(rune[0], 0x4E2D);
    assert_int_equal(rune[1], 0x6587);
}

/* Scripts */

static struct run_text runs(const struct fixture *fixture, const char *text,
                            enum text_direction direction)
{
    struct run_text out;
    const struct span span = {.text = slice_of(text), .style = &BODY};
    runs_of(&span, 1, direction, fixture->arena, &out);
    return out;
}

/* Runs as text: Arabic ones in <>, isolates as [ ]. */
static const char *show_runs(const struct fixture *fixture, const struct run_text *runs)
{
    struct text out = {.arena = fixture->arena};
    for (size_t i = 0; i < runs->run_count; i++) {
        const struct text_run *run = &runs->run[i];
        text_append_string(&out, run->is_arabic ? "<" : "");
        for (size_t at = run->start; at < run->end;) {
            uint32_t rune = utf8_next(runs->text, &at);
            bool is_isolate = rune == 0x2066 || rune == 0x2067;
            if (is_isolate || rune == 0x2069)
                text_append_string(&out, is_isolate ? "[" : "]");
            else
                text_append_rune(&out, rune);
        }
        text_append_string(&out, run->is_arabic ? ">" : "");
    }
    return slice_c_string(fixture->arena, text_slice(&out));
}

static void assert_runs(const struct fixture *fixture, const char *text,
                        enum text_direction direction, const char *want)
{
    struct run_text out = runs(fixture, text, direction);
    assert_string_equal(show_runs(fixture, &out), want);
    assert_slice(runs_plain(&out, 0, out.text.size, fixture->arena), text);
}

static void scripts_are_told_apart(void **state)
{
    const struct fixture *fixture = *state;
    const enum text_direction left = DIRECTION_LEFT_TO_RIGHT,
                              right = DIRECTION_RIGHT_TO_LEFT;
    assert_runs(fixture, "Khyber 31", right, "Khyber 31");
    assert_runs(fixture, "اس ہفتے 31 حملے ہوئے، کم", right,
                "<اس ہفتے >31< حملے ہوئے، کم>");
    assert_runs(fixture, "(عبوری)", right, "<(عبوری)>");
    assert_runs(fixture, "حد (24–41) کے", right, "<حد >([24–41])< کے>");
    assert_runs(fixture, "کم (−6)", right, "<کم >([−6])");
    assert_runs(fixture, "ادارہ AP (KP) نے", right, "<ادارہ >[AP (KP)]< نے>");
    assert_runs(fixture, "26% اور 2,400", right, "[26%]< اور >2,400");
    /* Two numbers, not one text from left to right. */
    assert_runs(fixture, "11.1 (6 تا 16)", right, "11.1 (6< تا >16)");
    assert_runs(fixture, "205 میں سے 98 (48%، حد", right,
                "205< میں سے >98 ([48%]<، حد>");
    /* A bracket whose partner stands among the Urdu is of the Urdu. */
    assert_runs(fixture, "حملے (BLA اور BLF): 12 اور", right,
                "<حملے >([BLA]< اور >[BLF]): 12< اور>");
    assert_runs(fixture, "31 (BLA اور) TTP–BLA", right, "31 ([BLA]< اور) >[TTP–BLA]");
    assert_runs(fixture, "اخبار Dawn’s news نے", right, "<اخبار >[Dawn’s news]< نے>");
    /* A sentence keeps its stop; after a name it is the Urdu's. */
    assert_runs(fixture, "Two men died there. (پولیس", right,
                "[Two men died there.]< (پولیس>");
    assert_runs(fixture, "گروہ BLA. وہ", right, "<گروہ >[BLA].< وہ>");
    /* Groups of a telephone number stay in order; numbers side by side are Urdu's. */
    assert_runs(fixture, "نمبر +92 51 111 222 پر", right,
                "<نمبر >[+92 51 111 222]< پر>");
    assert_runs(fixture, "فرق +7 12 19 پر", right, "<فرق >[+7 12 19]< پر>");
    assert_runs(fixture, "فرق +7 12 پر", right, "<فرق >[+7] 12< پر>");
    /* Quotes stay with what they quote, and so does its stop. */
    assert_runs(fixture, "He said: \"Stop!\" اور", right, "[He said: \"Stop!\"]< اور>");
    assert_runs(fixture, "اور \"Stop!\" کہا", right, "<اور >[\"Stop!\"]< کہا>");
    assert_runs(fixture, "اور \"Stop\" he said کہا", right,
                "<اور >[\"Stop\" he said]< کہا>");
    assert_runs(fixture, "اخبار \"Dawn\" کا", right, "<اخبار >\"[Dawn]\"< کا>");
    assert_runs(fixture, "the word پشاور 31", left, "the word< [پشاور] >31");
    assert_runs(fixture, "پشاور 31", left, "<پشاور >31");
}

static void the_base_direction_follows_the_letters(void **state)
{
    const struct fixture *fixture = *state;
    const enum text_direction left = DIRECTION_LEFT_TO_RIGHT,
                              right = DIRECTION_RIGHT_TO_LEFT;
    assert_false(runs(fixture, "24–41", right).right_to_left);
    assert_false(runs(fixture, "Reuters", right).right_to_left);
    assert_true(runs(fixture, "Reuters نے", right).right_to_left);
    assert_false(runs(fixture, "Reuters نے", left).right_to_left);
    assert_true(runs(fixture, "حملے 31", left).right_to_left);
}

static void urdu_starts_at_the_right_and_clears_its_ink(void **state)
{
    const struct fixture *fixture = *state;
    const char *text = "حملے کم ہوئے۔ اس ہفتے 31 حملے ہوئے، پچھلے ہفتے سے چھ کم اور "
                       "موسم کی متوقع حد کے اندر۔";
    struct box *box = set_paragraph(fixture, text, 160);
    size_t lines = line_count(fixture, box);
    double extra = box->height - (double)lines * BODY.arabic_leading_pt;
    assert_true(lines >= 2);
    assert_near(extra, (2.1 + 0.7) * 10.9 - 19.5, 0.01);
    assert_slice(box->text, text);
    struct drawn ink = ink_of_box(box, 100, 50);
    assert_near(ink.right, 260, 3);
    assert_true(ink.top >= 50 && ink.bottom <= 50 + box->height);
}

static void urdu_ink_stays_inside_its_label(void **state)
{
    const struct fixture *fixture = *state;
    const char *const texts[] = {"شمالی وزیرستان 26", "خیبر پختونخوا", "پچھلے ہفتے سے",
                                 "گلگت بلتستان\nکوئٹہ", "ڈیرہ اسماعیل خان"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct label *label =
            typeset_label(fixture->typesetter, slice_of(texts[i]), &BODY);
        cairo_t *cairo = open_canvas();
        label_draw(label, cairo, 100, 100, 0);
        struct drawn ink = close_canvas(cairo);
        assert_true(ink.anything);
        assert_true(ink.top >= 100 - label->ascent - 0.5);
        assert_true(ink.bottom <= 100 - label->ascent + label->height + 0.5);
    }
}

static void urdu_labels_part_where_their_ink_would_touch(void **state)
{
    const struct fixture *fixture = *state;
    const struct label *flat =
        typeset_label(fixture->typesetter, SLICE_LITERAL("دو"), &BODY);
    const struct label *tall = typeset_label(
        fixture->typesetter, SLICE_LITERAL("سمجھنے یکجہتی پیچیدگی بیچنے"), &BODY);
    const struct label *latin =
        typeset_label(fixture->typesetter, SLICE_LITERAL("Hxg"), &BODY);
    double drop = label_drop(tall, tall, 1, 15);
    assert_true(drop > 20);
    assert_near(label_drop(tall, tall, 1, drop), drop, 0.01);
    assert_near(label_drop(flat, flat, 1, 15), 15, 1e-9);
    assert_near(label_drop(latin, latin, 0, 10), 10, 1e-9);
    assert_near(label_drop(NULL, tall, 1, 15), 15, 1e-9);
    /* Less than their heights alone would need: columns are compared. */
    assert_true(drop < tall->ascent + tall->descent);
}

/* What stands between a foreign word and an Urdu one, beyond their own widths. */
static double joint_between(const struct fixture *fixture, const char *latin,
                            const char *urdu)
{
    struct text both = {.arena = fixture->arena};
    text_print(&both, "اور %s %s", latin, urdu);
    struct text before = {.arena = fixture->arena};
    text_print(&before, "اور %s", latin);
    return typeset_width(fixture->typesetter, text_slice(&both), &BODY) -
           typeset_width(fixture->typesetter, text_slice(&before), &BODY) -
           typeset_width(fixture->typesetter, slice_of(urdu), &BODY);
}

/* "پیچیدگی" leans 0.2 em out to the right, over the space; "اور" stands upright. */
static void a_leaning_word_keeps_its_space_after_latin_and_numbers(void **state)
{
    const struct fixture *fixture = *state;
    const char *const latin[] = {"Reuters", "(2026)", "(The News, 12 June)", "12"};
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
        double upright = joint_between(fixture, latin[i], "اور");
        double leaning = joint_between(fixture, latin[i], "پیچیدگی");
        assert_true(leaning > upright + 0.1 * BODY.arabic_size_pt);
        assert_true(leaning < upright + 0.4 * BODY.arabic_size_pt);
    }
    assert_near(joint_between(fixture, "اور", "پیچیدگی"),
                joint_between(fixture, "اور", "اور"), 0.01);
}

static void lines_of_an_urdu_label_part_too(void **state)
{
    const struct fixture *fixture = *state;
    const struct label *flat =
        typeset_label(fixture->typesetter, SLICE_LITERAL("دو\nدو"), &BODY);
    const struct label *tall =
        typeset_label(fixture->typesetter,
                      SLICE_LITERAL("پیچیدگی بیچنے یکجہتی\nیکجہتی سمجھنے"), &BODY);
    assert_near(label_baselines(flat), BODY.arabic_leading_pt, 1e-9);
    assert_true(label_baselines(tall) > BODY.arabic_leading_pt + 1);
}

static void an_urdu_headline_parts_its_lines_and_running_text_does_not(void **state)
{
    const struct fixture *fixture = *state;
    struct text_style large = BODY;
    large.arabic_size_pt = 19;
    large.arabic_leading_pt = 36;
    const char text[] = "پیچیدگی بیچنے بیچنے بیچنے بیچنے\nسمجھنے یکجہتی نتیجتاً یکجہتی";
    struct span span = {.text = SLICE_LITERAL(text), .style = &large};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *display = typeset_paragraph(fixture->typesetter, &paragraph, 300);
    assert_true(display->height - display->room_above > 2 * 36 + 3);
    span.style = &BODY;
    struct box *body = typeset_paragraph(fixture->typesetter, &paragraph, 300);
    assert_near(body->height - body->room_above, 2 * BODY.arabic_leading_pt, 1e-6);
}

static void the_rest_of_an_urdu_paragraph_clears_its_ink_too(void **state)
{
    const struct fixture *fixture = *state;
    struct text text = {.arena = fixture->arena};
    for (int i = 0; i < 12; i++)
        text_append_string(&text, "پچھلے ہفتے سے چھ کم اور موسم کی متوقع حد کے اندر۔ ");
    const struct span span = {.text = slice_trim(text_slice(&text)), .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 160), *first,
               *rest;
    assert_true(
        box->split(box, box->height / 2, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_true(first->height <= box->height / 2 + 0.01);
    struct drawn ink = ink_of_box(rest, 100, 50);
    assert_true(ink.top >= 50 && ink.bottom <= 50 + rest->height);
    assert_true(rest->height > box->height - first->height + 5);
}

static void latin_runs_in_urdu_keep_their_order(void **state)
{
    const struct fixture *fixture = *state;
    /* The dash would turn 24–41 into 41–24 without an isolate. */
    struct text_style style = BODY;
    double isolated = label_width(fixture, "حد 24–41 کے", &style);
    assert_true(isolated > 0);
    assert_runs(fixture, "حد 24–41 کے", DIRECTION_RIGHT_TO_LEFT, "<حد >[24–41]< کے>");
}

/* Drawing into PDF */

static cairo_status_t count_bytes(void *closure, const unsigned char *data,
                                  unsigned int size)
{
    struct text *out = closure;
    text_append(out, (struct slice){(const char *)data, size});
    return CAIRO_STATUS_SUCCESS;
}

static struct slice draw_pdf(const struct fixture *fixture, struct box *box,
                             bool tagged)
{
    struct text out = {.arena = fixture->arena};
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(count_bytes, &out, 400, 400);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_t *cairo = cairo_create(surface);
    box_draw(box, cairo, tagged);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
    return text_slice(&out);
}

static size_t occurrences(struct slice haystack, const char *needle)
{
    size_t count = 0;
    const char *at = haystack.data, *end = haystack.data + haystack.size;
    while ((at = memmem(at, (size_t)(end - at), needle, strlen(needle)))) {
        count++;
        at++;
    }
    return count;
}

static void links_become_link_tags_and_anchors_destinations(void **state)
{
    const struct fixture *fixture = *state;
    const struct span span[] = {
        {slice_of("See "), &BODY, {0}, 0},
        {slice_of("this"), &BODY, slice_of("https://example.org/it's?q=\\پ"), 0},
        {slice_of(" and "), &BODY, {0}, 0},
        {slice_of("that"), &BODY, slice_of("#it's (پ) here"), 0}};
    const struct paragraph paragraph = {.span_count = 4, .span = span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 300);
    struct box *page = box_new(fixture->arena, "page", 400, 400);
    struct box *target = set_paragraph(fixture, "Target", 300);
    target->anchor = slice_of("it's (پ) here");
    target->role = ROLE_H2;
    box_add(fixture->arena, page, box, 20, 20);
    box_add(fixture->arena, page, target, 20, 200);
    struct slice pdf = draw_pdf(fixture, page, true);
    assert_int_equal(occurrences(pdf, "/Subtype /Link"), 2);
    assert_int_equal(occurrences(pdf, "(https://example.org/it%27s?q=%5C%D9%BE)"), 1);
    assert_int_equal(occurrences(pdf, "/S /Link"), 2);
    assert_int_equal(occurrences(pdf, "/S /Span"), 2);
    assert_int_equal(occurrences(pdf, "/S /H2"), 1);
    pdf = draw_pdf(fixture, page, false);
    assert_int_equal(occurrences(pdf, "/S /Span"), 0);
}

static void two_runs_give_the_same_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct slice pdf[2];
    for (int i = 0; i < 2; i++) {
        struct fixture own = *fixture;
        own.typesetter = typesetter_new(fixture->fonts, "en", DIRECTION_LEFT_TO_RIGHT,
                                        fixture->arena);
        pdf[i] = draw_pdf(&own, set_paragraph(&own, PROSE, 160), true);
        typesetter_free(own.typesetter);
    }
    /* cairo writes the time of day; nothing else may differ */
    assert_int_equal(pdf[0].size, pdf[1].size);
    size_t differing = 0;
    for (size_t i = 0; i < pdf[0].size; i++)
        differing += pdf[0].data[i] != pdf[1].data[i];
    assert_true(differing <= 2);
}

struct job {
    struct fonts *fonts;
    enum text_direction direction;
    char dump[4096];
};

static void *set_in_thread(void *context)
{
    struct job *job = context;
    for (int round = 0; round < 5; round++) {
        struct arena *arena = arena_new();
        struct fixture own = {.fonts = job->fonts, .arena = arena};
        own.typesetter = typesetter_new(job->fonts, "ur", job->direction, arena);
        struct box *box = set_paragraph(&own,
                                        "اس ہفتے 31 حملے ہوئے، Reuters (KP) کے مطابق "
                                        "22 operations in Khyber Pakhtunkhwa.",
                                        90);
        struct text out = {.arena = arena};
        box_dump(box, 0, &out);
        text_print(&out, "%.6f",
                   typeset_label(own.typesetter, slice_of("گلگت 14"), &BODY)->ascent);
        snprintf(job->dump, sizeof job->dump, "%.*s", SLICE_PRINT(text_slice(&out)));
        typesetter_free(own.typesetter);
        arena_free(arena);
    }
    return NULL;
}

static void threads_set_the_same_lines(void **state)
{
    const struct fixture *fixture = *state;
    enum { THREADS = 4 };
    static struct job job[THREADS];
    pthread_t thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
        job[i].fonts = fixture->fonts;
        job[i].direction = DIRECTION_RIGHT_TO_LEFT;
        assert_int_equal(pthread_create(&thread[i], NULL, set_in_thread, &job[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    assert_true(strlen(job[0].dump) > 100);
    for (int i = 1; i < THREADS; i++)
        assert_string_equal(job[0].dump, job[i].dump);
}

#define ENGLISH(name) cmocka_unit_test_setup_teardown(name, open_english, close_test)
#define URDU(name)    cmocka_unit_test_setup_teardown(name, open_urdu, close_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENGLISH(a_family_that_isnt_there_names_its_package),
        ENGLISH(a_missing_weight_is_a_warning),
        ENGLISH(a_file_that_is_no_font_is_as_good_as_none),
        ENGLISH(a_broken_list_of_fonts_is_refused_line_by_line),
        ENGLISH(each_listed_weight_is_a_face_of_its_own),
        URDU(nastaliq_bold_is_bold_whatever_the_file_says),
        ENGLISH(equal_calls_share_one_label),
        ENGLISH(a_label_that_fits_its_width_is_not_set_again),
        ENGLISH(thousands_of_labels_are_all_found_again),
        ENGLISH(tabular_figures_are_equally_wide),
        ENGLISH(text_is_kerned),
        ENGLISH(positions_arent_rounded_to_points),
        ENGLISH(letter_spacing_widens),
        ENGLISH(lines_of_a_label_add_their_leading),
        ENGLISH(a_label_too_long_ends_in_an_ellipsis_and_is_reported),
        ENGLISH(labels_serve_the_next_brief_which_is_told_anew),
        ENGLISH(a_megabyte_in_a_label_of_one_line_is_no_trouble),
        ENGLISH(an_anchor_decides_where_a_label_stands),
        ENGLISH(a_halo_surrounds_the_letters),
        ENGLISH(a_paragraph_is_as_high_as_its_leadings),
        ENGLISH(a_larger_span_opens_its_line_only),
        ENGLISH(empty_text_takes_no_room),
        ENGLISH(a_hard_break_ends_a_line_and_isnt_justified),
        ENGLISH(justified_lines_reach_the_edge),
        ENGLISH(lines_align_to_start_end_and_centre),
        ENGLISH(indents_move_the_first_line_or_the_others),
        ENGLISH(a_letter_that_no_font_has_is_a_box_with_its_number),
        ENGLISH(a_line_is_drawn_through_struck_words_also_where_they_wrap),
        ENGLISH(a_balanced_heading_keeps_its_line_count),
        ENGLISH(a_word_wider_than_the_column_is_broken_not_lost),
        ENGLISH(text_past_the_last_line_is_reported),
        ENGLISH(a_footnotes_mark_is_raised_and_counted),
        ENGLISH(paragraphs_split_between_lines_and_lose_nothing),
        ENGLISH(three_lines_arent_split),
        ENGLISH(a_mark_goes_with_its_line),
        ENGLISH(a_hundred_thousand_words_are_set_in_linear_time),
        ENGLISH(a_word_of_200000_letters_loses_none),
        ENGLISH(lines_break_where_pango_would_break_them),
        ENGLISH(lines_look_like_the_same_words_set_alone),
        URDU(urdu_lines_look_like_the_same_words_set_alone),
        ENGLISH(a_soft_hyphen_shows_where_a_line_breaks_at_it),
        ENGLISH(a_width_is_measured_without_keeping_lines),
        ENGLISH(paragraphs_are_laid_aside),
        URDU(an_ellipsis_ends_the_last_line_at_a_word_in_urdu),
        ENGLISH(a_break_past_the_last_line_shortens_too),
        ENGLISH(bytes_that_arent_text_are_shown_as_such),
        ENGLISH(overrides_in_the_data_cant_turn_a_sentence_round),
        ENGLISH(random_bytes_are_set_without_a_word),
        URDU(random_bytes_are_set_without_a_word),
        ENGLISH(characters_without_a_glyph_are_listed_once),
        ENGLISH(scripts_are_told_apart),
        ENGLISH(the_base_direction_follows_the_letters),
        URDU(urdu_starts_at_the_right_and_clears_its_ink),
        URDU(urdu_ink_stays_inside_its_label),
        URDU(urdu_labels_part_where_their_ink_would_touch),
        URDU(a_leaning_word_keeps_its_space_after_latin_and_numbers),
        URDU(lines_of_an_urdu_label_part_too),
        URDU(an_urdu_headline_parts_its_lines_and_running_text_does_not),
        URDU(the_rest_of_an_urdu_paragraph_clears_its_ink_too),
        URDU(latin_runs_in_urdu_keep_their_order),
        ENGLISH(links_become_link_tags_and_anchors_destinations),
        ENGLISH(two_runs_give_the_same_bytes),
        ENGLISH(threads_set_the_same_lines),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}

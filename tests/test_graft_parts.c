/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document that is grafted page by page is the one that is grafted whole: the same
 * words, pixels, elements, names, links. And it needs no more memory the longer it is,
 * but for where its objects stand. */
#include "support.h"

#include "press/pdf.h"
#include "press_fixture.h"
#include "sample_pages.h"

#include <malloc.h>
#include <stdlib.h>

static const struct pdf_figure figures[SAMPLE_FIGURES] = {
    {SLICE_LITERAL("First")}, {SLICE_LITERAL("Second")}, {SLICE_LITERAL("Third")}};

static const struct pdf_bookmark bookmarks[] = {{1, SLICE_LITERAL("Weekly"), 0, 50},
                                                {2, SLICE_LITERAL("Notes"), 2, 50}};

static const struct pdf_info sample_info = {.title = SLICE_LITERAL("Parts"),
                                            .language = SLICE_LITERAL("en"),
                                            .bookmark_count = 2,
                                            .bookmark = bookmarks,
                                            .figure_count = SAMPLE_FIGURES,
                                            .figure = figures};

static bool forget(const void *bytes, size_t size, void *context)
{
    (void)bytes;
    *(size_t *)context += size;
    return true;
}

/* Draws and adds each_time pages at a time. */
static bool add_pages(const struct surface_drawing *drawing, size_t each_time,
                      struct pdf *pdf, struct diags *diags)
{
    for (size_t first = 0; first < drawing->page_count; first += each_time) {
        struct arena *arena = arena_new();
        size_t left = drawing->page_count - first;
        size_t count = left < each_time ? left : each_time;
        struct slice pages;
        bool ok = surface_draw_pages(drawing, first, count, arena, &pages, diags) &&
                  pdf_add(pdf, pages, count == left);
        arena_free(arena);
        if (!ok)
            return false;
    }
    return pdf_finish(pdf);
}

static bool write_parts(const struct surface_drawing *drawing, size_t each_time,
                        const struct pdf_info *info, struct text *out,
                        struct diags *diags)
{
    struct pdf *pdf = pdf_open(info, keep, out, diags);
    assert_non_null(pdf);
    bool ok = add_pages(drawing, each_time, pdf, diags);
    pdf_close(pdf);
    return ok;
}

static const struct surface_drawing sample = {.page_count = SAMPLE_PAGES,
                                              .size = sample_size,
                                              .tagged = true,
                                              .draw = sample_draw};

static void save_parts(struct state *own, const char *name, size_t each_time)
{
    struct text out = {.arena = own->arena};
    assert_true(write_parts(&sample, each_time, &sample_info, &out, own->diags));
    save(own, name, text_slice(&out));
}

static int open_group(void **state)
{
    struct state *own = open_folder("test_graft_parts");
    save_parts(own, "whole.pdf", SAMPLE_PAGES);
    save_parts(own, "parts.pdf", 1);
    save_parts(own, "again.pdf", 1);
    *state = own;
    return 0;
}

static bool runs(struct state *own, const char *command)
{
    char line[1024];
    snprintf(line, sizeof line, "cd %s && { %s; } >said 2>&1", own->folder, command);
    return system(line) == 0;
}

#define SKIP_WITHOUT_TOOL(tool)                                                        \
    do {                                                                               \
        if (!runs(*state, "command -v " tool)) {                                       \
            printf("SKIPPED: %s is not installed\n", (tool));                          \
            skip();                                                                    \
        }                                                                              \
    } while (0)

/* A command says the same, and something, of both documents; $f is the file. */
static void assert_same(struct state *own, const char *command)
{
    char line[512];
    snprintf(line, sizeof line,
             "f=whole.pdf; %s >whole.said && f=parts.pdf && %s >parts.said && "
             "test -s whole.said && cmp whole.said parts.said",
             command, command);
    if (!runs(own, line))
        fail_msg("\"%s\" differs", command);
}

static void parts_are_a_sound_document(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    assert_true(runs(*state,
                     "qpdf --check parts.pdf && ! qpdf --check parts.pdf 2>&1 | "
                     "grep -q WARNING"));
    assert_true(runs(*state, "cmp parts.pdf again.pdf"));
}

static void parts_say_and_show_what_the_whole_does(void **state)
{
    SKIP_WITHOUT_TOOL("pdftotext");
    assert_same(*state, "pdftotext $f -");
    assert_same(*state, "{ pdftoppm -r 96 $f page && cat page-?.ppm; }");
    assert_same(*state, "pdfinfo -struct-text $f | sed 's,Object .*,,'");
    assert_same(*state, "pdfinfo -struct $f | sed 's,Object .*,,'");
    assert_same(*state, "pdfinfo -dests $f");
    assert_same(*state, "pdfinfo -url $f");
}

/* Every page links to a name on the last one. */
static void links_lead_from_one_part_to_another(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    assert_same(*state, "qpdf --json --json-key=outlines $f | sed 's/[0-9]* 0 R//'");
    assert_true(runs(*state, "pdfinfo -dests parts.pdf | grep '3 .*\"notes\"'"));
    assert_true(runs(*state, "test $(grep -ac '/Dest (notes)' parts.pdf) = 3"));
}

/* Each mark's page and annotation finds its element by a number of its own. */
static void what_has_marks_is_numbered_on(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    assert_true(runs(*state, "grep -aoE '/StructParents? [0-9]+' parts.pdf | "
                             "grep -oE '[0-9]+' | sort -n >keys && "
                             "test $(wc -l <keys) = 9 && seq 0 8 | cmp keys -"));
}

static void assert_said(const struct diags *diags, const char *code, const char *words)
{
    assert_int_equal(diags_count(diags, SEVERITY_ERROR), 1);
    assert_string_equal(diags_at(diags, 0)->code, code);
    if (!strstr(diags_at(diags, 0)->message, words))
        fail_msg("\"%s\" isn't in: %s", words, diags_at(diags, 0)->message);
}

static void refused(struct state *own, const struct surface_drawing *drawing,
                    const struct pdf_info *info, const char *code, const char *words)
{
    struct diags *diags = diags_new(own->arena);
    struct text out = {.arena = own->arena};
    assert_false(write_parts(drawing, 1, info, &out, diags));
    assert_said(diags, code, words);
}

static void draw_same_name(cairo_t *cairo, size_t page, void *context)
{
    (void)page;
    (void)context;
    cairo_tag_begin(cairo, CAIRO_TAG_DEST, "name='here'");
    sample_element(cairo, "P", "Inter 10", 50, 90, "words");
    cairo_tag_end(cairo, CAIRO_TAG_DEST);
}

static void a_name_of_two_parts_is_refused(void **state)
{
    struct surface_drawing drawing = sample;
    const struct pdf_info info = {.title = SLICE_LITERAL("t")};
    drawing.draw = draw_same_name;
    refused(*state, &drawing, &info, "I302", "two places are named (here)");
}

static void words_for_other_figures_are_refused(void **state)
{
    struct pdf_info info = sample_info;
    info.figure_count = 2;
    refused(*state, &sample, &info, "I302", "3 figures are tagged, 2 were described");
    const struct pdf_figure more[4] = {{SLICE_LITERAL("a")}};
    info.figure = more;
    info.figure_count = 4;
    refused(*state, &sample, &info, "I302", "3 figures are tagged, 4 were described");
}

static void draw_untagged(cairo_t *cairo, size_t page, void *context)
{
    (void)page;
    (void)context;
    cairo_rectangle(cairo, 10, 10, 20, 20);
    cairo_fill(cairo);
}

static void some_tagged_pages_among_others_are_refused(void **state)
{
    struct state *own = *state;
    struct diags *diags = diags_new(own->arena);
    struct text out = {.arena = own->arena};
    struct surface_drawing tagged = sample, plain = sample;
    const struct pdf_info info = {.title = SLICE_LITERAL("t")};
    struct slice pages;
    tagged.draw = draw_same_name;
    plain.draw = draw_untagged;
    plain.tagged = false;
    struct pdf *pdf = pdf_open(&info, keep, &out, diags);
    assert_true(surface_draw_pages(&tagged, 0, 1, own->arena, &pages, diags));
    assert_true(pdf_add(pdf, pages, false));
    assert_true(surface_draw_pages(&plain, 1, 1, own->arena, &pages, diags));
    assert_false(pdf_add(pdf, pages, true));
    pdf_close(pdf);
    assert_said(diags, "I302", "only some of the pages are tagged");
}

static bool take_some(const void *bytes, size_t size, void *context)
{
    size_t *left = context;
    (void)bytes;
    if (size > *left)
        return false;
    *left -= size;
    return true;
}

/* Wherever the disk is full, it is told once. */
static void a_disk_that_fills_up_is_told(void **state)
{
    struct state *own = *state;
    struct text whole = {.arena = own->arena};
    assert_true(write_parts(&sample, 1, &sample_info, &whole, own->diags));
    const size_t enough = whole.size;
    for (size_t eighth = 0; eighth <= 8; eighth++) {
        const size_t room = enough * eighth / 8;
        struct diags *diags = diags_new(own->arena);
        size_t left = room;
        struct pdf *pdf = pdf_open(&sample_info, take_some, &left, diags);
        bool ok = add_pages(&sample, 1, pdf, diags);
        pdf_close(pdf);
        assert_int_equal(ok, room == enough);
        if (!ok)
            assert_said(diags, "I305", "takes no more");
    }
}

static void draw_cells(cairo_t *cairo, size_t page, void *context)
{
    (void)page;
    (void)context;
    cairo_tag_begin(cairo, "Table", NULL);
    for (int row = 0; row < 25; row++) {
        cairo_tag_begin(cairo, "TR", NULL);
        for (int cell = 0; cell < 4; cell++) {
            cairo_tag_begin(cairo, "TD", NULL);
            cairo_rectangle(cairo, 20 + 100 * cell, 20 + 20 * row, 50, 10);
            cairo_fill(cairo);
            cairo_tag_end(cairo, "TD");
        }
        cairo_tag_end(cairo, "TR");
    }
    cairo_tag_end(cairo, "Table");
}

/* What is held between two parts, after so many pages. */
static size_t held_after(size_t pages, struct diags *diags)
{
    const struct pdf_info info = {.title = SLICE_LITERAL("t")};
    size_t written = 0, held = 0;
    struct pdf *pdf = pdf_open(&info, forget, &written, diags);
    struct surface_drawing drawing = {
        .page_count = 1, .size = sample_size, .tagged = true, .draw = draw_cells};
    for (size_t i = 0; i < pages; i++) {
        struct arena *arena = arena_new();
        struct slice bytes;
        assert_true(surface_draw_pages(&drawing, 0, 1, arena, &bytes, diags));
        assert_true(pdf_add(pdf, bytes, i + 1 == pages));
        arena_free(arena);
    }
    held = mallinfo2().uordblks + mallinfo2().hblkhd;
    assert_true(pdf_finish(pdf));
    pdf_close(pdf);
    return held;
}

/* A page of 100 cells is 50 kB while it is written, its elements alone 25. */
static void a_page_that_is_written_leaves_little_behind(void **state)
{
    struct state *own = *state;
    held_after(2, own->diags);
    size_t few = held_after(10, own->diags), many = held_after(210, own->diags);
    assert_in_range(many, few, few + (size_t)200 * 14000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_a_sound_document),
        cmocka_unit_test(parts_say_and_show_what_the_whole_does),
        cmocka_unit_test(links_lead_from_one_part_to_another),
        cmocka_unit_test(what_has_marks_is_numbered_on),
        cmocka_unit_test(a_name_of_two_parts_is_refused),
        cmocka_unit_test(words_for_other_figures_are_refused),
        cmocka_unit_test(some_tagged_pages_among_others_are_refused),
        cmocka_unit_test(a_disk_that_fills_up_is_told),
        cmocka_unit_test(a_page_that_is_written_leaves_little_behind),
    };
    return cmocka_run_group_tests(tests, open_group, close_folder);
}

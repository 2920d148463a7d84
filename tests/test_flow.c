/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_fixture.h"

#include <cairo-pdf.h>

static int open_plain(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    *state = fixture;
    return 0;
}

static int close_plain(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static struct box *block(const struct fixture *fixture, const char *name, double height)
{
    struct box *box = box_new(fixture->arena, name, 100, height);
    box->text = slice_of(name);
    return box;
}

/* A box of unit-high lines named a, b, c … that splits anywhere between them. */
static struct box *lines(const struct fixture *fixture, const char *letters)
{
    struct flow flow = {.arena = fixture->arena, .width = 100};
    for (; *letters; letters++)
        flow_add(&flow, block(fixture, arena_print(fixture->arena, "%c", *letters), 1));
    return flow_box(&flow, "lines");
}

static bool collect_letters(const struct box *box, double x, double y, void *context)
{
    struct text *out = context;
    (void)x;
    (void)y;
    if (box->role == ROLE_ARTIFACT)
        return false;
    text_append(out, box->text);
    return true;
}

/* The texts of all boxes below, in order, without artifacts. */
static const char *letters_of(const struct fixture *fixture, const struct box *box)
{
    struct text out = {.arena = fixture->arena};
    box_visit(box, collect_letters, &out);
    return slice_c_string(fixture->arena, text_slice(&out));
}

/* Cuts a box into parts of a height, and shows them as "abc|de|f". */
static const char *cut(const struct fixture *fixture, struct box *box, double height)
{
    struct text out = {.arena = fixture->arena};
    for (int parts = 0; box; parts++) {
        struct box *first = box, *rest = NULL;
        assert_true(parts < 200);
        if (box->height > height + 0.01 &&
            !(box->split &&
              (box->split(box, height, SPLIT_WELL, fixture->arena, &first, &rest) ||
               box->split(box, height, SPLIT_ANYWHERE, fixture->arena, &first, &rest))))
            text_append_string(&out, "!");
        assert_true(first->height <= height + 0.01 || first == box);
        text_print(&out, "%s%s", parts ? "|" : "", letters_of(fixture, first));
        box = rest;
    }
    return slice_c_string(fixture->arena, text_slice(&out));
}

static struct flow_item *add(const struct fixture *fixture, struct flow *flow,
                             const char *name, double height)
{
    return flow_add(flow, block(fixture, name, height));
}

/* Grid */

static void spans_of_the_grid_share_the_width(void **state)
{
    (void)state;
    const int two[] = {8, 4}, three[] = {4, 4, 4}, whole[] = {12};
    double width[3];
    assert_true(grid_widths(two, 2, 510.24, 12, width));
    assert_near(width[0], 8 * 31.52 + 7 * 12, 1e-9);
    assert_near(width[1], 4 * 31.52 + 3 * 12, 1e-9);
    assert_near(width[0] + 12 + width[1], 510.24, 1e-9);
    assert_true(grid_widths(three, 3, 510.24, 12, width));
    assert_near(width[0] + width[1] + width[2] + 24, 510.24, 1e-9);
    assert_true(grid_widths(whole, 1, 510.24, 12, width));
    assert_near(width[0], 510.24, 1e-9);
}

static void spans_that_dont_fill_the_grid_are_refused(void **state)
{
    (void)state;
    const int few[] = {8, 3}, many[] = {8, 5}, odd[] = {13, -1}, none[] = {0, 12};
    double width[2];
    assert_false(grid_widths(few, 2, 510, 12, width));
    assert_false(grid_widths(many, 2, 510, 12, width));
    assert_false(grid_widths(odd, 2, 510, 12, width));
    assert_false(grid_widths(none, 2, 510, 12, width));
}

/* Stacking */

static void neighbours_share_the_larger_space(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    add(fixture, &flow, "a", 10)->space_after = 6;
    add(fixture, &flow, "b", 10)->space_before = 4;
    struct flow_item *last = add(fixture, &flow, "c", 10);
    last->space_before = 15;
    last->space_after = 99;
    flow.item[0].space_before = 99;
    assert_near(flow_height(&flow), 10 + 6 + 10 + 15 + 10, 1e-9);
    struct box *box = flow_box(&flow, "stack");
    assert_near(box->height, 51, 1e-9);
    assert_slice(dump_of(fixture, box), "stack 0.0 0.0 100.0 51.0\n"
                                        "  a 0.0 0.0 100.0 10.0\n"
                                        "  b 0.0 16.0 100.0 10.0\n"
                                        "  c 0.0 41.0 100.0 10.0\n");
}

static void a_split_drops_the_space_at_the_break(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    for (int i = 0; i < 3; i++)
        add(fixture, &flow, i == 0 ? "a" : i == 1 ? "b" : "c", 10)->space_after = 5;
    struct box *box = flow_box(&flow, "stack"), *first, *rest;
    assert_true(box->split(box, 27, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_near(first->height, 25, 1e-9);
    assert_near(rest->height, 10, 1e-9);
    assert_slice(dump_of(fixture, rest), "stack 0.0 0.0 100.0 10.0\n"
                                         "  c 0.0 0.0 100.0 10.0\n");
}

static void an_empty_flow_is_an_empty_box(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    struct box *box = flow_box(&flow, "stack"), *first, *rest;
    assert_near(box->height, 0, 0);
    assert_near(flow_height(&flow), 0, 0);
    assert_false(box->split(box, 10, SPLIT_ANYWHERE, fixture->arena, &first, &rest));
}

static void a_split_tried_and_thrown_away_leaves_no_trace(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = lines(fixture, "abcdefgh"), *first, *rest;
    struct slice before = dump_of(fixture, box);
    for (double height = 0.5; height < 8; height += 0.5)
        box->split(box, height, SPLIT_ANYWHERE, fixture->arena, &first, &rest);
    assert_true(slice_equal(before, dump_of(fixture, box)));
    assert_string_equal(cut(fixture, box, 3), "abc|def|gh");
}

/* Keeps */

static void a_heading_goes_with_what_follows(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    add(fixture, &flow, "a", 6);
    add(fixture, &flow, "H", 2)->keep_with_next = true;
    add(fixture, &flow, "h", 1)->keep_with_next = true;
    add(fixture, &flow, "b", 4);
    assert_string_equal(cut(fixture, flow_box(&flow, "f"), 10), "a|Hhb");
}

static void a_heading_stays_with_the_first_lines_of_what_splits(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    add(fixture, &flow, "X", 6);
    add(fixture, &flow, "H", 2)->keep_with_next = true;
    flow_add(&flow, lines(fixture, "abcdef"));
    assert_string_equal(cut(fixture, flow_box(&flow, "f"), 10), "XHab|cdef");
}

static void a_chain_longer_than_a_page_is_broken(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    for (const char *name = "abcdefgh"; *name; name++)
        add(fixture, &flow, arena_print(fixture->arena, "%c", *name), 3)
            ->keep_with_next = true;
    assert_string_equal(cut(fixture, flow_box(&flow, "f"), 10), "abc|def|gh");
}

static void together_holds_unless_it_is_higher_than_a_page(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    add(fixture, &flow, "X", 7);
    flow_add(&flow, lines(fixture, "abcde"))->keep_together = true;
    assert_string_equal(cut(fixture, flow_box(&flow, "f"), 10), "X|abcde");
    struct flow high = {.arena = fixture->arena, .width = 100};
    flow_add(&high, lines(fixture, "abcdefghijklmno"))->keep_together = true;
    add(fixture, &high, "X", 1);
    assert_string_equal(cut(fixture, flow_box(&high, "f"), 10), "abcdefghij|klmnoX");
}

static void what_is_too_high_and_cant_split_is_scaled(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    add(fixture, &flow, "a", 2);
    add(fixture, &flow, "F", 40);
    add(fixture, &flow, "b", 2);
    struct box *box = flow_box(&flow, "f"), *first, *rest;
    assert_string_equal(cut(fixture, box, 10), "a|F|b");
    assert_true(box->split(box, 10, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_false(rest->split(rest, 10, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_true(rest->split(rest, 10, SPLIT_ANYWHERE, fixture->arena, &first, &rest));
    assert_slice(dump_of(fixture, first), "f 0.0 0.0 100.0 10.0\n"
                                          "  scaled 0.0 0.0 25.0 10.0\n"
                                          "    F 0.0 0.0 100.0 40.0\n");
}

static void boxes_without_height_go_anywhere(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = {.arena = fixture->arena, .width = 100};
    for (int i = 0; i < 1000; i++)
        add(fixture, &flow, "", 0)->keep_with_next = true;
    add(fixture, &flow, "a", 10);
    for (int i = 0; i < 1000; i++)
        add(fixture, &flow, "", 0);
    add(fixture, &flow, "b", 10);
    assert_string_equal(cut(fixture, flow_box(&flow, "f"), 10), "a|b");
}

/* Rows */

static void cells_stand_side_by_side_from_the_start(void **state)
{
    const struct fixture *fixture = *state;
    const double width[] = {30, 58};
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        struct box *cell[] = {block(fixture, "a", 5), block(fixture, "b", 9)};
        struct box *row = row_box(fixture->arena, cell, width, 2, 12, mirrored);
        assert_near(row->width, 100, 1e-9);
        assert_near(row->height, 9, 1e-9);
        assert_near(cell[0]->x, mirrored ? 70 : 0, 1e-9);
        assert_near(cell[1]->x, mirrored ? 0 : 42, 1e-9);
        assert_string_equal(letters_of(fixture, row), "ab");
    }
}

static struct box *row_of(const struct fixture *fixture, struct box *a, struct box *b)
{
    const double width[] = {50, 50};
    struct box *cell[] = {a, b};
    return row_box(fixture->arena, cell, width, 2, 0, false);
}

static void columns_split_side_by_side(void **state)
{
    const struct fixture *fixture = *state;
    struct box *row = row_of(fixture, lines(fixture, "abcdefg"), lines(fixture, "ABC"));
    assert_string_equal(cut(fixture, row, 2), "abAB|cdC|ef|g");
    row = row_of(fixture, lines(fixture, "abc"), block(fixture, "F", 5));
    struct box *first, *rest;
    assert_false(row->split(row, 4, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_string_equal(cut(fixture, row, 2), "abF|c");
}

static void columns_of_flows_in_rows_of_flows_split(void **state)
{
    const struct fixture *fixture = *state;
    struct flow left = {.arena = fixture->arena, .width = 50};
    add(fixture, &left, "H", 1)->keep_with_next = true;
    flow_add(&left, row_of(fixture, lines(fixture, "abcd"), lines(fixture, "efg")));
    flow_add(&left, lines(fixture, "hij"));
    struct flow outer = {.arena = fixture->arena, .width = 100};
    add(fixture, &outer, "X", 2);
    flow_add(&outer,
             row_of(fixture, flow_box(&left, "left"), lines(fixture, "123456")));
    add(fixture, &outer, "Y", 1);
    assert_string_equal(cut(fixture, flow_box(&outer, "f"), 5),
                        "XHabef123|cdghij456|Y");
}

static void a_bar_beside_text_is_as_high_as_its_part(void **state)
{
    const struct fixture *fixture = *state;
    struct box *bar = box_new(fixture->arena, "bar", 2, 1);
    bar->role = ROLE_ARTIFACT;
    struct box *row = row_of(fixture, bar, lines(fixture, "abcde")), *first, *rest;
    assert_true(row->split(row, 3, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_near(first->child[0]->height, 3, 1e-9);
    assert_near(rest->child[0]->height, 2, 1e-9);
}

/* Panels */

static void a_panel_pads_every_part(void **state)
{
    const struct fixture *fixture = *state;
    const struct panel panel = {.name = "callout",
                                .role = ROLE_SECTION,
                                .left = 9,
                                .right = 9,
                                .top = 2,
                                .bottom = 1};
    struct box *box = panel_box(fixture->arena, &panel, lines(fixture, "abcdefg"));
    assert_near(box->width, 118, 1e-9);
    assert_near(box->height, 10, 1e-9);
    assert_string_equal(cut(fixture, box, 6), "abc|def|g");
    struct box *first, *rest;
    assert_true(box->split(box, 6, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_near(first->height, 6, 1e-9);
    assert_near(rest->height, 7, 1e-9);
    assert_int_equal(rest->role, ROLE_SECTION);
}

/* Tables */

static struct box *table(const struct fixture *fixture, const char *letters,
                         const bool *keep)
{
    struct box *head[] = {block(fixture, "H", 2)};
    struct box **row = ARENA_ARRAY(fixture->arena, struct box *, strlen(letters));
    for (size_t i = 0; letters[i]; i++)
        row[i] = block(fixture, arena_print(fixture->arena, "%c", letters[i]), 1);
    const struct row_stack rows = {.name = "table",
                                   .width = 100,
                                   .head_count = 1,
                                   .head = head,
                                   .row_count = strlen(letters),
                                   .row = row,
                                   .keep_with_next = keep,
                                   .foot = box_new(fixture->arena, "rule", 100, 0.5)};
    struct box *box = row_stack_box(fixture->arena, &rows);
    box->role = ROLE_TABLE;
    return box;
}

static void a_table_repeats_its_head_as_an_artifact(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = table(fixture, "abcdefg", NULL), *first, *rest;
    assert_near(box->height, 9.5, 1e-9);
    assert_string_equal(cut(fixture, box, 5.5), "Habc|de|fg");
    assert_true(box->split(box, 5.5, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_slice(dump_of(fixture, rest), "table 0.0 0.0 100.0 6.5\n"
                                         "  H 0.0 0.0 100.0 2.0\n"
                                         "  d 0.0 2.0 100.0 1.0\n"
                                         "  e 0.0 3.0 100.0 1.0\n"
                                         "  f 0.0 4.0 100.0 1.0\n"
                                         "  g 0.0 5.0 100.0 1.0\n"
                                         "  rule 0.0 6.0 100.0 0.5\n");
    assert_int_equal(first->child[0]->role, ROLE_NONE);
    assert_int_equal(rest->child[0]->role, ROLE_ARTIFACT);
    assert_int_equal(rest->role, ROLE_TABLE);
}

static void a_table_leaves_no_row_alone(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = table(fixture, "abcde", NULL), *first, *rest;
    assert_false(box->split(box, 4, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_true(box->split(box, 6.5, SPLIT_WELL, fixture->arena, &first, &rest));
    assert_string_equal(letters_of(fixture, rest), "de");
}

static void a_group_head_stays_with_its_rows(void **state)
{
    const struct fixture *fixture = *state;
    const bool keep[] = {false, false, true, true, false, false};
    assert_string_equal(cut(fixture, table(fixture, "abGgcd", keep), 6.5), "Hab|Ggcd");
}

static void a_row_higher_than_a_page_splits_its_cells(void **state)
{
    const struct fixture *fixture = *state;
    struct box *head[] = {block(fixture, "H", 1)};
    struct box *row[] = {
        row_of(fixture, block(fixture, "1", 1), lines(fixture, "ab")),
        row_of(fixture, block(fixture, "2", 1), lines(fixture, "cdefghij")),
        row_of(fixture, block(fixture, "3", 1), lines(fixture, "kl"))};
    struct box *box = rows_box(fixture->arena, "table", 100, head, 1, row, 3);
    assert_string_equal(cut(fixture, box, 5), "H1ab|2cdef|ghij|3kl");
}

static void a_row_lower_than_a_page_isnt_split(void **state)
{
    const struct fixture *fixture = *state;
    struct box *row[] = {
        row_of(fixture, block(fixture, "1", 1), lines(fixture, "abc")),
        row_of(fixture, block(fixture, "2", 1), lines(fixture, "defg")),
        row_of(fixture, block(fixture, "3", 1), lines(fixture, "hi"))};
    struct box *box = rows_box(fixture->arena, "list", 100, NULL, 0, row, 3);
    assert_string_equal(cut(fixture, box, 5), "1abc|2defg|3hi");
}

static void a_head_as_high_as_the_page_is_printed_once(void **state)
{
    const struct fixture *fixture = *state;
    struct box *head[] = {block(fixture, "H", 4)};
    struct box *row[] = {block(fixture, "a", 2), block(fixture, "b", 2),
                         block(fixture, "c", 2), block(fixture, "d", 2)};
    struct box *box = rows_box(fixture->arena, "table", 100, head, 1, row, 4);
    assert_string_equal(cut(fixture, box, 5), "H|ab|cd");
    head[0]->height = 40;
    box = rows_box(fixture->arena, "table", 100, head, 1, row, 4);
    assert_string_equal(cut(fixture, box, 5), "H|ab|cd");
}

static void rows_without_any_row_are_a_head(void **state)
{
    const struct fixture *fixture = *state;
    struct box *head[] = {block(fixture, "H", 4)};
    struct box *box = rows_box(fixture->arena, "table", 100, head, 1, NULL, 0);
    assert_near(box->height, 4, 1e-9);
    assert_string_equal(cut(fixture, box, 5), "H");
}

/* Load */

static void a_hundred_thousand_rows_are_cut_in_linear_time(void **state)
{
    const struct fixture *fixture = *state;
    enum { COUNT = 100000 };
    struct box **row = ARENA_ARRAY(fixture->arena, struct box *, COUNT);
    for (int i = 0; i < COUNT; i++)
        row[i] = block(fixture, "r", 14.6);
    struct box *head[] = {block(fixture, "H", 20)};
    struct box *box = rows_box(fixture->arena, "table", 100, head, 1, row, COUNT);
    size_t held = arena_size(fixture->arena), pages = 0;
    while (box) {
        struct box *first = box, *rest = NULL;
        if (box->height > 700)
            assert_true(
                box->split(box, 700, SPLIT_WELL, fixture->arena, &first, &rest));
        box = rest;
        pages++;
    }
    assert_int_equal(pages, 2174);
    assert_true(arena_size(fixture->arena) - held < 8 << 20);
}

static void every_letter_comes_out_once_and_in_order(void **state)
{
    const struct fixture *fixture = *state;
    uint32_t seed = 7;
    for (int round = 0; round < 200; round++) {
        struct flow flow = {.arena = fixture->arena, .width = 100};
        struct text wanted = {.arena = fixture->arena};
        for (int i = 0; i < 30; i++) {
            seed = seed * 1664525u + 1013904223u;
            char name[12] = "abcdefghijk";
            name[1 + (seed >> 12) % 9] = 0;
            struct box *box =
                seed >> 30 ? lines(fixture, name)
                           : block(fixture, arena_print(fixture->arena, "%s", name),
                                   (seed >> 16) % 12);
            struct flow_item *item = flow_add(&flow, box);
            item->space_after = (seed >> 20) % 4;
            item->keep_with_next = (seed >> 24) % 3 == 0;
            item->keep_together = (seed >> 26) % 5 == 0;
            text_append_string(&wanted, name);
        }
        const char *got = cut(fixture, flow_box(&flow, "f"), 3 + round % 9);
        struct text joined = {.arena = fixture->arena};
        for (; *got; got++)
            text_append(&joined, (struct slice){got, *got != '|'});
        assert_true(slice_equal(text_slice(&joined), text_slice(&wanted)));
    }
}

/* Boxes */

static cairo_status_t append_bytes(void *closure, const unsigned char *data,
                                   unsigned int size)
{
    text_append(closure, (struct slice){(const char *)data, size});
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t draw_tagged(struct box *box, struct text *pdf)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append_bytes, pdf, 400, 400);
    cairo_t *cairo = cairo_create(surface);
    box_draw(box, cairo, true);
    assert_false(drawing_is_tagged(cairo));
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

struct position {
    const char *name;
    double x, y;
};

static bool find_named(const struct box *box, double x, double y, void *context)
{
    struct position *position = context;
    if (strcmp(box->name, position->name) == 0)
        *position = (struct position){box->name, x, y};
    return true;
}

static void nesting_a_hundred_thousand_deep_does_no_harm(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = block(fixture, "a", 1);
    for (int i = 0; i < 100000; i++) {
        struct box *outer = box_new(fixture->arena, "", 100, 1);
        outer->role = ROLE_QUOTE;
        box_add(fixture->arena, outer, box, i == 10 ? 5 : 0, i == 70000 ? 7 : 0);
        box = outer;
    }
    assert_string_equal(letters_of(fixture, box), "a");
    struct position a = {"a", 0, 0};
    box_visit(box, find_named, &a);
    assert_near(a.x, 5, 1e-9);
    assert_near(a.y, 7, 1e-9);
    assert_slice(dump_of(fixture, box), "a 5.0 7.0 100.0 1.0\n");
    struct text pdf = {.arena = fixture->arena};
    assert_int_equal(draw_tagged(box, &pdf), CAIRO_STATUS_SUCCESS);
    box = lines(fixture, "abcdef");
    for (int i = 0; i < 1000; i++)
        box = row_of(fixture, box, block(fixture, "", 0));
    struct box *first, *rest;
    assert_false(box_split(box, 3, SPLIT_ANYWHERE, fixture->arena, &first, &rest));
}

static void draw_dot(const struct box *box, cairo_t *cairo)
{
    fill_rectangle(cairo, 0, 0, box->width, box->height, (struct colour){0, 0, 0, 1});
}

/* The structure types of the PDF in order of their objects. */
static const char *tags_of(const struct fixture *fixture, struct box *box)
{
    struct text pdf = {.arena = fixture->arena}, out = {.arena = fixture->arena};
    assert_int_equal(draw_tagged(box, &pdf), CAIRO_STATUS_SUCCESS);
    const char *at = pdf.data, *end = pdf.data + pdf.size;
    while ((at = memmem(at, (size_t)(end - at), "/S /", 4))) {
        size_t size = strcspn(at + 4, "\n ");
        if (strncmp(at + 4, "Transparency", size) != 0)
            text_print(&out, "%s%.*s", out.size ? " " : "", (int)size, at + 4);
        at += 4;
    }
    return slice_c_string(fixture->arena, text_slice(&out));
}

static struct box *drawn(const struct fixture *fixture, enum box_role role,
                         const char *text)
{
    struct box *box = box_new(fixture->arena, "drawn", 10, 10);
    box->role = role;
    box->text = slice_of(text);
    box->draw = draw_dot;
    return box;
}

static void roles_become_structure_tags(void **state)
{
    const struct fixture *fixture = *state;
    struct box *page = box_new(fixture->arena, "page", 400, 400);
    for (int role = ROLE_DOCUMENT; role <= ROLE_CONTENTS_ENTRY; role++)
        box_add(fixture->arena, page, drawn(fixture, (enum box_role)role, "x"), 0, 0);
    assert_string_equal(
        tags_of(fixture, page),
        "Document Sect H1 H2 H3 H4 H5 H6 P BlockQuote Code Note Caption "
        "L LI Lbl LBody Table TR TH TD Figure TOC TOCI");
}

static struct box *item_of(const struct fixture *fixture, const char *text)
{
    struct box *item = box_new(fixture->arena, "item", 100, 20);
    item->role = ROLE_ITEM;
    box_add(fixture->arena, item, drawn(fixture, ROLE_LABEL, "1."), 0, 0);
    box_add(fixture->arena, item, drawn(fixture, ROLE_NONE, text), 0, 0);
    return item;
}

static void items_that_follow_one_another_are_a_list(void **state)
{
    const struct fixture *fixture = *state;
    struct box *page = box_new(fixture->arena, "page", 400, 400);
    struct box *wrapper = box_new(fixture->arena, NULL, 400, 400);
    box_add(fixture->arena, wrapper, item_of(fixture, "two"), 0, 0);
    box_add(fixture->arena, page, item_of(fixture, "one"), 0, 0);
    box_add(fixture->arena, page, wrapper, 0, 0);
    assert_string_equal(tags_of(fixture, page), "L LI Lbl LBody LI Lbl LBody");
    struct box *other = item_of(fixture, "another list");
    other->begins_list = true;
    box_add(fixture->arena, page, other, 0, 0);
    box_add(fixture->arena, page, drawn(fixture, ROLE_P, "words"), 0, 0);
    box_add(fixture->arena, page, item_of(fixture, "a third"), 0, 0);
    assert_string_equal(tags_of(fixture, page),
                        "L LI Lbl LBody LI Lbl LBody L LI Lbl LBody P L LI Lbl LBody");
}

static void what_a_box_with_children_draws_has_a_tag_of_its_own(void **state)
{
    const struct fixture *fixture = *state;
    struct box *row = drawn(fixture, ROLE_ROW, "");
    struct box *cell = drawn(fixture, ROLE_CELL, "x");
    box_add(fixture->arena, cell, drawn(fixture, ROLE_NONE, "label"), 0, 0);
    box_add(fixture->arena, cell, drawn(fixture, ROLE_NONE, ""), 0, 0);
    box_add(fixture->arena, row, cell, 0, 0);
    assert_string_equal(tags_of(fixture, row), "TR Private TD Span Span Private");
}

static void inside_figures_and_artifacts_nothing_is_tagged(void **state)
{
    const struct fixture *fixture = *state;
    struct box *page = box_new(fixture->arena, "page", 400, 400);
    const enum box_role roles[] = {ROLE_FIGURE, ROLE_ARTIFACT};
    for (int i = 0; i < 2; i++) {
        struct box *box = drawn(fixture, roles[i], "x");
        box_add(fixture->arena, box, drawn(fixture, ROLE_P, "y"), 0, 0);
        box_add(fixture->arena, box, drawn(fixture, ROLE_FIGURE, "z"), 0, 0);
        box_add(fixture->arena, page, box, 0, 0);
    }
    box_add(fixture->arena, page, drawn(fixture, ROLE_P, "z"), 0, 0);
    assert_string_equal(tags_of(fixture, page), "Figure Private P");
    const struct box *const *figure;
    assert_int_equal(box_figures(page, fixture->arena, &figure), 1);
    assert_slice(figure[0]->text, "x");
}

/* Boxes from recipes ----------------------------------------------------------------- */

/* A column of lines with a footnote's mark that counts how often it is made. */
struct counted {
    struct recipe recipe;
    const struct fixture *fixture;
    const char *letters;
    size_t *first, *again;
};

static struct box *make_counted(const struct recipe *recipe, struct arena *arena,
                                bool again)
{
    static const size_t notes[] = {7, 9};
    const struct counted *own = (const struct counted *)recipe;
    const struct fixture inside = {.arena = arena};
    ++*(again ? own->again : own->first);
    struct box *box = lines(&inside, own->letters);
    box->note = notes;
    box->note_count = 2;
    box->draw = draw_dot;
    return box;
}

struct made {
    struct box *box;
    struct arena *aside;
    size_t first, again;
};

static void make_once(const struct fixture *fixture, const char *letters,
                      struct made *made)
{
    const struct counted recipe = {
        {make_counted}, fixture, letters, &made->first, &made->again};
    made->aside = arena_new();
    made->box = box_of_recipe(
        fixture->arena, made->aside,
        &((struct counted *)arena_copy(fixture->arena, &recipe, sizeof recipe))
             ->recipe);
}

static void a_box_of_a_recipe_is_measured_and_forgotten(void **state)
{
    struct made made = {0};
    make_once(*state, "abc", &made);
    assert_near(made.box->height, 3, 0);
    assert_int_equal(made.box->note_count, 2);
    assert_int_equal(made.box->note[1], 9);
    assert_int_equal(arena_used(made.aside), 0);
    assert_int_equal(made.first, 1);
    assert_string_equal(letters_of(*state, made.box), ""); /* which doesn't look in */
    assert_int_equal(made.again, 0);
    arena_free(made.aside);
}

static void a_box_of_a_recipe_is_made_again_to_be_looked_at(void **state)
{
    const struct fixture *fixture = *state;
    struct made made = {0};
    struct text seen = {.arena = fixture->arena};
    make_once(fixture, "abc", &made);
    box_visit_all(made.box, collect_letters, &seen);
    assert_slice(text_slice(&seen), "abc");
    assert_int_equal(made.again, 1);
    const size_t used = arena_used(fixture->arena);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 9, 9);
    cairo_t *cairo = cairo_create(surface);
    box_draw(made.box, cairo, false);
    assert_int_equal(cairo_status(cairo), CAIRO_STATUS_SUCCESS);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    assert_int_equal(made.again, 2);
    assert_int_equal(arena_used(fixture->arena), used);
    const struct box *alone = lines(fixture, "abc");
    assert_slice(dump_of(fixture, made.box),
                 slice_c_string(fixture->arena, dump_of(fixture, alone)));
    assert_int_equal(made.first, 1);
    arena_free(made.aside);
}

static void a_box_of_a_recipe_splits_like_what_it_makes(void **state)
{
    struct made made = {0};
    make_once(*state, "abcdefg", &made);
    assert_string_equal(cut(*state, made.box, 3), "abc|def|g");
    assert_int_equal(made.again, 1);
    arena_free(made.aside);
}

static void nonsense_lengths_are_zero(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = box_new(fixture->arena, "x", NAN, -3);
    assert_near(box->width, 0, 0);
    assert_near(box->height, 0, 0);
    assert_near(box_new(fixture->arena, "x", INFINITY, 1)->width, 0, 0);
}

static void the_dump_has_no_negative_zero(void **state)
{
    const struct fixture *fixture = *state;
    struct box *box = box_new(fixture->arena, "x", 1, 1);
    box->x = -0.04;
    assert_slice(dump_of(fixture, box), "x 0.0 0.0 1.0 1.0\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_plain, close_plain)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(spans_of_the_grid_share_the_width),
        TEST(spans_that_dont_fill_the_grid_are_refused),
        TEST(neighbours_share_the_larger_space),
        TEST(a_split_drops_the_space_at_the_break),
        TEST(an_empty_flow_is_an_empty_box),
        TEST(a_split_tried_and_thrown_away_leaves_no_trace),
        TEST(a_heading_goes_with_what_follows),
        TEST(a_heading_stays_with_the_first_lines_of_what_splits),
        TEST(a_chain_longer_than_a_page_is_broken),
        TEST(together_holds_unless_it_is_higher_than_a_page),
        TEST(what_is_too_high_and_cant_split_is_scaled),
        TEST(boxes_without_height_go_anywhere),
        TEST(cells_stand_side_by_side_from_the_start),
        TEST(columns_split_side_by_side),
        TEST(columns_of_flows_in_rows_of_flows_split),
        TEST(a_bar_beside_text_is_as_high_as_its_part),
        TEST(a_panel_pads_every_part),
        TEST(a_table_repeats_its_head_as_an_artifact),
        TEST(a_table_leaves_no_row_alone),
        TEST(a_group_head_stays_with_its_rows),
        TEST(a_row_higher_than_a_page_splits_its_cells),
        TEST(a_row_lower_than_a_page_isnt_split),
        TEST(a_head_as_high_as_the_page_is_printed_once),
        TEST(rows_without_any_row_are_a_head),
        TEST(a_hundred_thousand_rows_are_cut_in_linear_time),
        TEST(every_letter_comes_out_once_and_in_order),
        TEST(nesting_a_hundred_thousand_deep_does_no_harm),
        TEST(roles_become_structure_tags),
        TEST(items_that_follow_one_another_are_a_list),
        TEST(what_a_box_with_children_draws_has_a_tag_of_its_own),
        TEST(inside_figures_and_artifacts_nothing_is_tagged),
        TEST(a_box_of_a_recipe_is_measured_and_forgotten),
        TEST(a_box_of_a_recipe_is_made_again_to_be_looked_at),
        TEST(a_box_of_a_recipe_splits_like_what_it_makes),
        TEST(nonsense_lengths_are_zero),
        TEST(the_dump_has_no_negative_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

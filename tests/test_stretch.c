/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_fixture.h"

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

/* A figure that can grow: how often it was laid and settled is counted. */
struct rubber {
    struct picture picture; /* first */
    struct arena *arena;
    double height;
    double step; /* grows in steps of so much; 0 = by any height */
    int *laid, *settled;
};

static struct box *rubber_box(const struct rubber *rubber);

static struct box *rubber_grow(const struct picture *picture, double by)
{
    const struct rubber *rubber = (const struct rubber *)picture;
    struct rubber *higher = arena_copy(rubber->arena, rubber, sizeof *rubber);
    double growth = rubber->step > 0 ? ceil(by / rubber->step) * rubber->step : by;
    higher->height += growth;
    higher->picture.give -= growth;
    ++*rubber->laid;
    return rubber_box(higher);
}

static void rubber_settle(const struct picture *picture)
{
    ++*((const struct rubber *)picture)->settled;
}

static struct box *rubber_box(const struct rubber *rubber)
{
    struct box *box = box_new(rubber->arena, "figure", 100, rubber->height);
    box->role = ROLE_FIGURE;
    box->picture = &rubber->picture;
    return box;
}

static struct rubber *rubber_new(const struct fixture *fixture, double height,
                                 double give)
{
    struct rubber *rubber = ARENA_NEW(fixture->arena, struct rubber);
    *rubber = (struct rubber){
        .picture = {.give = give, .grow = rubber_grow, .settle = rubber_settle},
        .arena = fixture->arena,
        .height = height,
        .laid = ARENA_NEW(fixture->arena, int),
        .settled = ARENA_NEW(fixture->arena, int)};
    return rubber;
}

static struct box *plain(const struct fixture *fixture, double height)
{
    return box_new(fixture->arena, "block", 100, height);
}

static struct box *column(const struct fixture *fixture, struct box *const *box,
                          size_t count)
{
    struct flow flow = {.arena = fixture->arena, .width = 100};
    for (size_t i = 0; i < count; i++)
        flow_add(&flow, box[i]);
    return flow_box(&flow, "column");
}

static const struct page_geometry page_of_100 = {.size = {120, 120},
                                                 .left = 10,
                                                 .right = 10,
                                                 .first_top = 10,
                                                 .top = 10,
                                                 .bottom = 110};

static void fill(const struct fixture *fixture, const struct flow *flow,
                 struct pages *pages)
{
    assert_true(
        pages_fill(flow, &page_of_100, NULL, 0, fixture->arena, pages, fixture->diags));
}

static void a_figure_takes_what_its_page_has_left(void **state)
{
    const struct fixture *fixture = *state;
    struct rubber *rubber = rubber_new(fixture, 40, 50);
    struct box *figure = rubber_box(rubber), *below = plain(fixture, 20);
    struct flow flow = {.arena = fixture->arena, .width = 100};
    figure->anchor = slice_of("weeks");
    flow_add(&flow, figure)->space_after = 5;
    flow_add(&flow, below);
    struct pages pages;
    fill(fixture, &flow, &pages);
    assert_int_equal(pages.count, 1);
    assert_near(figure->height, 75, 1e-9);
    assert_near(below->y, 80, 1e-9);
    assert_slice(figure->anchor, "weeks");
    assert_int_equal(*rubber->laid, 1);
    assert_int_equal(*rubber->settled, 1);
}

static void no_figure_grows_beyond_its_most(void **state)
{
    const struct fixture *fixture = *state;
    struct rubber *rubber = rubber_new(fixture, 40, 10);
    struct box *figure = rubber_box(rubber);
    struct flow flow = {.arena = fixture->arena, .width = 100};
    flow_add(&flow, figure);
    struct pages pages;
    fill(fixture, &flow, &pages);
    assert_near(figure->height, 50, 1e-9);
}

static void figures_below_each_other_share_by_what_they_can_take(void **state)
{
    const struct fixture *fixture = *state;
    struct box *first = rubber_box(rubber_new(fixture, 20, 60));
    struct box *second = rubber_box(rubber_new(fixture, 20, 30));
    struct flow flow = {.arena = fixture->arena, .width = 100};
    flow_add(&flow, first);
    flow_add(&flow, second);
    struct pages pages;
    fill(fixture, &flow, &pages);
    assert_near(first->height, 60, 1e-9);
    assert_near(second->height, 40, 1e-9);
    assert_near(second->y, 60, 1e-9);
}

static void neighbours_become_as_high_as_their_row(void **state)
{
    const struct fixture *fixture = *state;
    struct box *high = rubber_box(rubber_new(fixture, 50, 20));
    struct box *low = rubber_box(rubber_new(fixture, 30, 60));
    struct box *fixed = plain(fixture, 10), *head = plain(fixture, 5);
    struct box *const with_head[] = {head, low};
    struct box *const cell[] = {column(fixture, &high, 1),
                                column(fixture, with_head, 2), fixed};
    const double width[] = {30, 30, 30};
    struct flow flow = {.arena = fixture->arena, .width = 100};
    struct box *row = row_box(fixture->arena, cell, width, 3, 5, false);
    flow_add(&flow, row);
    struct pages pages;
    fill(fixture, &flow, &pages);
    assert_near(row->height, 95, 1e-9);
    assert_near(high->height, 70, 1e-9);
    assert_near(low->height, 90, 1e-9);
    assert_near(low->y, 5, 1e-9);
    assert_near(fixed->height, 10, 1e-9);
}

static void a_page_that_is_full_moves_nothing(void **state)
{
    const struct fixture *fixture = *state;
    struct rubber *rubber = rubber_new(fixture, 60, 50);
    struct box *figure = rubber_box(rubber);
    struct flow flow = {.arena = fixture->arena, .width = 100};
    flow_add(&flow, figure);
    flow_add(&flow, plain(fixture, 40));
    struct pages pages;
    fill(fixture, &flow, &pages);
    assert_int_equal(pages.count, 1);
    assert_near(figure->height, 60, 1e-9);
    assert_int_equal(*rubber->laid, 0);
    assert_int_equal(*rubber->settled, 1);
}

static void what_does_not_fit_goes_overleaf_before_figures_grow(void **state)
{
    const struct fixture *fixture = *state;
    struct box *first = rubber_box(rubber_new(fixture, 60, 50));
    struct box *second = rubber_box(rubber_new(fixture, 60, 10));
    struct flow flow = {.arena = fixture->arena, .width = 100};
    flow_add(&flow, first);
    flow_add(&flow, second);
    struct pages pages;
    fill(fixture, &flow, &pages);
    assert_int_equal(pages.count, 2);
    assert_near(first->height, 100, 1e-9);
    assert_near(second->height, 70, 1e-9);
}

static void a_figure_that_comes_out_too_high_stays_as_it_was(void **state)
{
    const struct fixture *fixture = *state;
    struct rubber *rubber = rubber_new(fixture, 40, 100);
    rubber->step = 50; /* 90, or 140 where 100 are free */
    struct box *figure = rubber_box(rubber);
    struct flow flow = {.arena = fixture->arena, .width = 100};
    flow_add(&flow, figure);
    struct pages pages;
    fill(fixture, &flow, &pages);
    assert_near(figure->height, 40, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_figure_takes_what_its_page_has_left,
                                        open_plain, close_plain),
        cmocka_unit_test_setup_teardown(no_figure_grows_beyond_its_most, open_plain,
                                        close_plain),
        cmocka_unit_test_setup_teardown(
            figures_below_each_other_share_by_what_they_can_take, open_plain,
            close_plain),
        cmocka_unit_test_setup_teardown(neighbours_become_as_high_as_their_row,
                                        open_plain, close_plain),
        cmocka_unit_test_setup_teardown(a_page_that_is_full_moves_nothing, open_plain,
                                        close_plain),
        cmocka_unit_test_setup_teardown(
            what_does_not_fit_goes_overleaf_before_figures_grow, open_plain,
            close_plain),
        cmocka_unit_test_setup_teardown(
            a_figure_that_comes_out_too_high_stays_as_it_was, open_plain, close_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

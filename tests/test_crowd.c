/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "chart/plot.h"

#include <stdlib.h>

enum { WIDTH = 300, HEIGHT = 160, CIRCLES = 600 };

static double random_below(uint32_t *seed, double limit)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1 << 24) * limit;
}

static struct colour colour_number(int i, double alpha)
{
    return (struct colour){i % 2, i / 2 % 2, i / 4 % 2, alpha};
}

/* Translucent circles of some sizes and colours, the largest with a ring; a few stand
 * outside. Whole pixels, so that rounding can't differ. */
static void add_circles(struct plot *plot, uint32_t seed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double radius = 1 + floor(random_below(&seed, 4));
        struct point centre = {floor(random_below(&seed, WIDTH + 40)) - 20,
                               floor(random_below(&seed, HEIGHT + 40)) - 20};
        plot_circle(plot, centre, radius,
                    colour_number((int)random_below(&seed, 4), 0.6),
                    (struct colour){1, 1, 1, radius > 3 ? 1 : 0}, 0.6);
    }
}

static cairo_surface_t *draw_all(const struct plot *plot)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    for (size_t i = 0; i < plot->mark_count; i++)
        mark_draw(&plot->mark[i], cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

static size_t count_strokes(const struct plot *plot)
{
    size_t count = 0;
    for (size_t i = 0; i < plot->mark_count; i++)
        count += !plot->mark[i].is_joined;
    return count;
}

static size_t count_differing(cairo_surface_t *a, cairo_surface_t *b)
{
    const unsigned char *left = cairo_image_surface_get_data(a);
    const unsigned char *right = cairo_image_surface_get_data(b);
    size_t count = 0, size = (size_t)cairo_image_surface_get_stride(a) * HEIGHT;
    for (size_t i = 0; i < size; i++)
        count += i % 4 < 3 && abs(left[i] - right[i]) > 1;
    return count;
}

static struct plot open_plot(struct chart_context *context)
{
    *context = (struct chart_context){.arena = arena_new()};
    return (struct plot){.context = context, .width = WIDTH, .height = HEIGHT};
}

static void joined_circles_make_the_same_picture(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct chart_context context;
        struct plot plot = open_plot(&context);
        add_circles(&plot, seed, CIRCLES);
        cairo_surface_t *apart = draw_all(&plot);
        plot_join_circles(&plot);
        assert_in_range(count_strokes(&plot), 8, CIRCLES / 2);
        cairo_surface_t *joined = draw_all(&plot);
        assert_int_equal(count_differing(apart, joined), 0);
        cairo_surface_destroy(apart);
        cairo_surface_destroy(joined);
        arena_free(context.arena);
    }
}

static void each_circle_is_drawn_once(void **state)
{
    (void)state;
    struct chart_context context;
    struct plot plot = open_plot(&context);
    add_circles(&plot, 7, CIRCLES);
    plot_join_circles(&plot);
    size_t drawn = 0;
    for (size_t i = 0; i < plot.mark_count; i++)
        for (const struct mark *mark = plot.mark[i].is_joined ? NULL : &plot.mark[i];
             mark; mark = mark->next)
            drawn++;
    assert_int_equal(drawn, CIRCLES);
    arena_free(context.arena);
}

static void circles_on_one_spot_stay_apart(void **state)
{
    (void)state;
    struct chart_context context;
    struct plot plot = open_plot(&context);
    for (int i = 0; i < 50; i++)
        plot_circle(&plot, (struct point){50, 50}, 3, colour_number(1, 0.1),
                    (struct colour){0}, 0);
    plot_join_circles(&plot);
    assert_int_equal(count_strokes(&plot), 50);
    arena_free(context.arena);
}

static void a_rectangle_between_keeps_circles_apart(void **state)
{
    (void)state;
    struct chart_context context;
    struct plot plot = open_plot(&context);
    for (int i = 0; i < 40; i++) {
        if (i == 20)
            plot_rectangle(&plot, (struct frame){0, 0, WIDTH, HEIGHT},
                           colour_number(3, 1));
        plot_circle(&plot, (struct point){10 + 20 * (i % 10), 10 + 40 * (i / 10)}, 3,
                    colour_number(1, 1), (struct colour){0}, 0);
    }
    plot_join_circles(&plot);
    assert_int_equal(count_strokes(&plot), 3);
    assert_false(plot.mark[20].is_joined || plot.mark[21].is_joined);
    arena_free(context.arena);
}

static void vast_and_endless_circles_do_no_harm(void **state)
{
    (void)state;
    struct chart_context context;
    struct plot plot = open_plot(&context);
    const double far[] = {0, 1e300, -1e300, INFINITY, NAN};
    for (int i = 0; i < 25; i++)
        plot_circle(&plot, (struct point){far[i % 5], far[i / 5]}, far[(i + 1) % 5],
                    colour_number(1, 1), (struct colour){0}, 0);
    plot.width = 1e9;
    plot_join_circles(&plot);
    assert_in_range(count_strokes(&plot), 1, 25);
    arena_free(context.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined_circles_make_the_same_picture),
        cmocka_unit_test(each_circle_is_drawn_once),
        cmocka_unit_test(circles_on_one_spot_stay_apart),
        cmocka_unit_test(a_rectangle_between_keeps_circles_apart),
        cmocka_unit_test(vast_and_endless_circles_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

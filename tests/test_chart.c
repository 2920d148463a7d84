/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "studio_fixture.h"

static const struct figure_maker *maker_of(const char *kind)
{
    for (size_t i = 0; i < FIGURE_MAKERS; i++) {
        if (!strcmp(figure_makers[i].kind, kind))
            return &figure_makers[i];
    }
    fail_msg("no figure of kind %s", kind);
    return NULL;
}

static const struct plot *plot_in(const struct box *figure)
{
    const struct box *body = figure->child[1];
    assert_non_null(body->describe);
    return body->content;
}

static const struct plot *lay_case(struct studio *studio, const char *kind,
                                   enum figure_case which)
{
    const struct figure_maker *maker = maker_of(kind);
    struct figure figure = figure_of(studio, maker, which);
    return plot_in(figure_lay(studio, &figure, maker->width));
}

static const struct label_request *find_label(const struct plot *plot, const char *text)
{
    for (size_t i = 0; i < plot->label_count; i++) {
        if (slice_is(plot->label[i].label->text, text))
            return &plot->label[i];
    }
    return NULL;
}

static bool same_colour(struct colour a, struct colour b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* Marks of a shape in a colour, in order. */
static size_t marks_in(const struct plot *plot, enum mark_shape shape,
                       struct colour fill, const struct mark *found[], size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < plot->mark_count && count < most; i++) {
        const struct mark *mark = &plot->mark[i];
        if (mark->shape == shape && mark->fill.alpha > 0 &&
            same_colour(mark->fill, fill))
            found[count++] = mark;
    }
    return count;
}

/* -- Scales ------------------------------------------------------------------------------ */

static void ticks_are_steps_of_1_2_or_5(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int i = 0; i < 2000; i++) {
        double span = pow(10, noise_in(&seed, -2, 9));
        double low = noise_in(&seed, -100, 100) * span, high = low + span;
        double tick[SCALE_TICKS];
        struct scale scale = {.low = low, .high = high, .from = 0, .to = 1};
        size_t count = scale_settle(&scale, noise_in(&seed, 60, 300), false, tick);
        assert_in_range(count, 2, 7);
        double step = tick[1] - tick[0];
        double part = step / pow(10, floor(log10(step) + 1e-6));
        assert_true(fabs(part - 1) < 1e-6 || fabs(part - 2) < 1e-6 ||
                    fabs(part - 5) < 1e-6);
        assert_true(scale.low <= low && scale.high >= high);
        assert_true(tick[0] >= scale.low - step * 1e-6);
        assert_true(tick[count - 1] <= scale.high + step * 1e-6);
    }
}

static void counts_have_no_ticks_between_whole_numbers(void **state)
{
    (void)state;
    double tick[SCALE_TICKS];
    struct scale scale = {.low = 0, .high = 2};
    size_t count = scale_settle(&scale, 200, true, tick);
    assert_int_equal(count, 3);
    assert_near(tick[1], 1, 0);
}

static void a_domain_of_nothing_still_has_a_length(void **state)
{
    (void)state;
    double tick[SCALE_TICKS];
    const double levels[] = {0, 5, -5, 1e9, -0.001, NAN, INFINITY};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        struct scale scale = {
            .low = levels[i], .high = levels[i], .from = 0, .to = 100};
        assert_true(scale_settle(&scale, 100, i % 2, tick) >= 2);
        assert_true(isfinite(scale.low) && isfinite(scale.high));
        assert_true(scale.high > scale.low);
    }
}

static void logarithmic_ticks_are_powers_of_ten(void **state)
{
    (void)state;
    double tick[SCALE_TICKS];
    struct scale scale = {
        .low = 3, .high = 40000, .from = 100, .to = 0, .logarithmic = true};
    size_t count = scale_settle(&scale, 160, true, tick);
    assert_true(count >= 3);
    assert_near(tick[0], 1, 1e-9);
    for (size_t i = 0; i < count; i++)
        assert_near(log10(tick[i]), round(log10(tick[i])), 1e-9);
    assert_near(scale_map(&scale, scale.low), 100, 1e-9);
    assert_near(scale_map(&scale, scale.high), 0, 1e-9);
    assert_true(isnan(scale_map(&scale, 0)));
    assert_true(isnan(scale_map(&scale, -1)));
}

/* -- Axes -------------------------------------------------------------------------------- */

static void the_last_date_is_labelled_in_medium_weight(void **state)
{
    const struct plot *plot = lay_case(*state, "line", CASE_ORDINARY);
    const struct label_request *last = find_label(plot, "15 Nov");
    assert_non_null(last);
    assert_false(last->is_dropped);
    assert_int_equal(last->label->style->weight, 500);
}

static void the_year_stands_on_the_first_label_and_at_each_change(void **state)
{
    const struct plot *plot = lay_case(*state, "line", CASE_MANY);
    assert_non_null(find_label(plot, "Oct 2025"));
    assert_non_null(find_label(plot, "Jan 2026"));
    assert_non_null(find_label(plot, "Apr"));
    assert_null(find_label(plot, "Apr 2026"));
}

static void bars_begin_at_zero_and_their_lengths_are_in_proportion(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "bars", CASE_ORDINARY);
    const struct mark *bar[8];
    struct colour full = studio->theme->colour[COLOUR_ATTACK];
    struct colour light = studio->theme->colour[COLOUR_ATTACK_LIGHT];
    assert_int_equal(marks_in(plot, MARK_RECTANGLE, full, bar, 8), 1);
    assert_int_equal(marks_in(plot, MARK_RECTANGLE, light, bar + 1, 7), 3);
    const double *value = plot->data->series[0].value;
    double unit = (bar[0]->at.right - bar[0]->at.left) / value[0];
    for (size_t i = 0; i < 4; i++) {
        assert_near(bar[i]->at.left, scale_map(&plot->x, 0), 1e-9);
        assert_near(bar[i]->at.right - bar[i]->at.left, unit * value[i], 1e-6);
    }
}

static void a_narrow_span_may_leave_zero_but_says_so(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_of(studio, maker_of("line"), CASE_BOUNDS);
    double value[53];
    for (size_t i = 0; i < 53; i++)
        value[i] = 100 + (double)(i % 7);
    struct chart_series series = {.label = SLICE_LITERAL("Posts"), .value = value};
    figure.data.series = &series;
    const struct plot *plot = plot_in(figure_lay(studio, &figure, 300));
    assert_true(plot->y.low > 0);
    char *words = arena_print(studio->arena, "(axis starts at %g)", plot->y.low);
    assert_non_null(find_label(plot, words));
    value[20] = 20;
    assert_near(plot_in(figure_lay(studio, &figure, 300))->y.low, 0, 0);
}

static void a_logarithmic_axis_is_named(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_of(studio, maker_of("line"), CASE_OUTLIER);
    figure.options.logarithmic = true;
    const struct plot *plot = plot_in(figure_lay(studio, &figure, 336));
    assert_non_null(find_label(plot, "(log scale)"));
}

/* -- Incomplete, unknown ------------------------------------------------------------------ */

static void an_unfinished_period_is_hollow_and_its_link_is_dashed(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "line", CASE_ORDINARY);
    size_t hollow = 0, dashed = 0;
    for (size_t i = 0; i < plot->mark_count; i++) {
        const struct mark *mark = &plot->mark[i];
        hollow += mark->shape == MARK_CIRCLE && mark->line_width > 1 &&
                  same_colour(mark->fill, studio->theme->colour[COLOUR_PAPER]);
        dashed += mark->shape == MARK_LINE && mark->dash_on > 0 && mark->count == 2;
    }
    assert_int_equal(hollow, 1);
    assert_int_equal(dashed, 1);
}

static void an_unknown_value_breaks_the_line(void **state)
{
    const struct plot *plot = lay_case(*state, "line", CASE_GAPS);
    const struct mark *line = NULL;
    for (size_t i = 0; i < plot->mark_count && !line; i++) {
        if (plot->mark[i].shape == MARK_LINE && plot->mark[i].count > 40)
            line = &plot->mark[i];
    }
    assert_non_null(line);
    for (size_t i = 0; i < line->count; i++)
        assert_int_equal(isnan(line->point[i].y),
                         isnan(plot->data->series[0].value[i]));
}

static void no_data_are_a_sentence(void **state)
{
    struct studio *studio = *state;
    for (size_t i = 0; i < FIGURE_MAKERS; i++) {
        struct figure figure = figure_of(studio, &figure_makers[i], CASE_EMPTY);
        const struct box *box = figure_lay(studio, &figure, 200);
        assert_true(box->height > 20);
        /* Nothing of what is counted is told as such; it isn't a lack of data. */
        struct slice words = figure.data.zero_note.size
                                 ? figure.data.zero_note
                                 : SLICE_LITERAL("There are no data for this figure.");
        assert_non_null(memmem(box->alt.data, box->alt.size, words.data, words.size));
    }
}

/* -- Kinds ---------------------------------------------------------------------------------- */

/* The segments of the row at y, from the first's start to the last's end. */
static void assert_row_is_full(const struct plot *plot, double y)
{
    double end = plot->frame.left;
    size_t parts = 0;
    for (size_t i = 0; i < plot->mark_count; i++) {
        const struct mark *mark = &plot->mark[i];
        if (mark->shape != MARK_RECTANGLE || mark->at.top > y || mark->at.bottom < y)
            continue;
        assert_near(mark->at.left, end, 0.81); /* the white between parts */
        end = mark->at.right;
        parts++;
    }
    assert_int_equal(parts, 3);
    assert_near(end, plot->frame.right, 1e-6);
}

static void parts_of_a_stack_fill_it(void **state)
{
    const struct plot *plot = lay_case(*state, "stacked", CASE_ORDINARY);
    double pitch = (plot->frame.bottom - plot->frame.top) / 4;
    for (int row = 0; row < 4; row++)
        assert_row_is_full(plot, plot->frame.top + (row + 0.5) * pitch);
}

static void areas_of_circles_are_in_proportion_to_deaths(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "timeline", CASE_ORDINARY);
    double unit = 0;
    size_t full = 0, hollow = 0, known_full = 0, known_hollow = 0;
    for (size_t i = 0; i < plot->given->point_count; i++) {
        known_full += plot->given->point[i].size > 0;
        known_hollow += plot->given->point[i].size == 0;
    }
    for (size_t i = 0; i < plot->mark_count; i++) {
        const struct mark *mark = &plot->mark[i];
        if (mark->shape != MARK_CIRCLE)
            continue;
        hollow += mark->stroke.alpha > 0;
        full += mark->stroke.alpha == 0;
    }
    for (size_t i = 0; i < plot->label_count; i++) {
        const struct label_request *label = &plot->label[i];
        if (label->host == NO_HOST)
            continue;
        double deaths = atof(slice_c_string(studio->arena, label->label->text));
        double radius = plot->mark[label->host].radius;
        if (unit == 0)
            unit = radius / sqrt(deaths);
        assert_near(radius, unit * sqrt(deaths), 1e-9);
        assert_true(deaths >= 5);
    }
    assert_true(unit > 0);
    assert_int_equal(full, known_full);
    assert_int_equal(hollow, known_hollow);
}

static void packed_circles_dont_touch(void **state)
{
    (void)state;
    uint32_t seed = 9;
    for (size_t count = 1; count < 120; count += 7) {
        struct disc disc[120];
        for (size_t i = 0; i < count; i++)
            disc[i] = (struct disc){.radius = noise_in(&seed, 1, 9), .index = i};
        struct disc_reach reach = discs_pack(disc, count, 18, 1);
        for (size_t i = 0; i < count; i++) {
            assert_true(fabs(disc[i].x) + disc[i].radius <= 18 + 1e-6);
            assert_true(disc[i].radius - disc[i].y <= reach.up + 1e-9);
            assert_true(disc[i].radius + disc[i].y <= reach.down + 1e-9);
            for (size_t j = 0; j < i; j++)
                assert_true(hypot(disc[i].x - disc[j].x, disc[i].y - disc[j].y) >=
                            disc[i].radius + disc[j].radius + 1 - 1e-3);
        }
    }
}

static void whole_numbers_get_classes_of_whole_numbers(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "heat", CASE_OUTLIER);
    double value[100];
    for (size_t i = 0; i < 100; i++)
        value[i] = i == 50 ? 30 : (double)(i % 11);
    struct classes classes = classes_of(plot, value, 100);
    assert_int_equal(classes.count, 6);
    assert_slice(classes.of[0].name, "0");
    assert_slice(classes.of[1].name, "1–2");
    assert_slice(classes.of[5].name, "9+");
    for (size_t i = 0; i < 100; i++) {
        const struct class *class = class_of(&classes, value[i]);
        assert_true(value[i] <= class->high);
        assert_true(class == &classes.of[0] || value[i] > class->low);
    }
}

static void a_waterfall_ends_at_the_total_now(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "waterfall", CASE_MANY);
    const struct mark *bar[4];
    double now = 0, before = 0;
    for (size_t i = 0; i < plot->given->count; i++) {
        now += plot->given->series[0].value[i];
        before += plot->given->tick[i];
    }
    assert_int_equal(
        marks_in(plot, MARK_RECTANGLE, studio->theme->colour[COLOUR_NEUTRAL], bar, 4),
        2);
    assert_near(bar[0]->at.right, scale_map(&plot->x, before), 1e-6);
    assert_near(bar[1]->at.right, scale_map(&plot->x, now), 1e-6);
}

static void dumbbells_are_sorted_by_change(void **state)
{
    const struct plot *plot = lay_case(*state, "dumbbell", CASE_ORDINARY);
    double before = INFINITY;
    for (size_t i = 0; i < plot->data->count; i++) {
        double change = plot->data->series[0].value[i] - plot->data->tick[i];
        assert_true(change <= before);
        before = change;
    }
}

static void a_figure_in_urdu_is_the_mirror_of_itself(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "bars", CASE_URDU);
    assert_true(plot->flips);
    const struct mark *bar[1];
    assert_int_equal(
        marks_in(plot, MARK_RECTANGLE, studio->theme->colour[COLOUR_ATTACK], bar, 1),
        1);
    const struct label_request *name = find_label(plot, "خیبر پختونخوا");
    assert_non_null(name);
    assert_near(name->anchor, 1, 0);
    assert_true(name->box.left > bar[0]->at.right);
    assert_false(lay_case(studio, "line", CASE_URDU)->flips);
}

/* "جمعرات 12" is wider than its day, but stands between narrow ones. */
static void a_week_in_urdu_names_all_its_days(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_of(studio, maker_of("timeline"), CASE_URDU);
    const struct plot *plot = plot_in(figure_lay(studio, &figure, 302));
    static const char *const days[] = {"پیر 9",   "منگل 10", "بدھ 11",  "جمعرات 12",
                                       "جمعہ 13", "ہفتہ 14", "اتوار 15"};
    double end = INFINITY;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct label_request *label = find_label(plot, days[i]);
        assert_non_null(label);
        assert_false(label->is_dropped);
        if (i > 0)
            assert_true(label->box.left > end + 1);
        end = label->box.right;
    }
}

static void titles_of_panels_stand_on_one_line(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "multiples", CASE_URDU);
    const struct label_request *first = find_label(plot, "خیبر پختونخوا");
    const struct label_request *second = find_label(plot, "سندھ");
    assert_non_null(first);
    assert_non_null(second);
    assert_true(first->label->ascent > second->label->ascent + 1);
    assert_near(first->y, second->y, 1e-9);
}

static void a_lines_label_of_two_lines_is_balanced(void **state)
{
    struct studio *studio = *state;
    const struct plot *plot = lay_case(studio, "line", CASE_URDU);
    const struct label_request *label = find_label(plot, "چار ہفتوں کا اوسط");
    assert_non_null(label);
    assert_int_equal(label->label->line_count, 2);
    double longer = typeset_width(studio->typesetter[1], SLICE_LITERAL("چار ہفتوں"),
                                  label->label->style);
    assert_near(label->label->width, longer, 1);
}

static void alt_text_tells_the_numbers(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_of(studio, maker_of("bars"), CASE_ORDINARY);
    const struct box *box = figure_lay(studio, &figure, 162);
    assert_slice(box->alt,
                 "Bar chart. Khyber Pakhtunkhwa 50, before 58; Balochistan 41, "
                 "before 48; Sindh 35, before 41; Punjab 13, before 16. No "
                 "attacks in either week: Islamabad, Gilgit-Baltistan, Azad "
                 "Kashmir.");
    figure.options.alt = SLICE_LITERAL("Said by the editor");
    assert_slice(figure_lay(studio, &figure, 162)->alt, "Said by the editor");
    figure = figure_of(studio, maker_of("stacked"), CASE_ORDINARY);
    box = figure_lay(studio, &figure, 205);
    assert_non_null(memmem(box->alt.data, box->alt.size, "Security forces 51%", 19));
}

static void the_words_of_a_figure_are_its_title_subtitle_and_alt(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_of(studio, maker_of("line"), CASE_ONE);
    const struct box *box = figure_lay(studio, &figure, 300);
    assert_int_equal(box->role, ROLE_FIGURE);
    assert_true(slice_starts_with(box->text, "Attacks are back inside the expected "
                                             "range\nAttacks per week"));
    assert_non_null(
        memmem(box->text.data, box->text.size, box->alt.data, box->alt.size));
}

/* -- All kinds, all ugly cases ----------------------------------------------------------------- */

static bool is_on_paper(const struct plot *plot, double x, double y)
{
    const double slack = 3; /* strokes and dots may hang over the edge */
    return x > -slack && x < plot->width + slack && y > -plot->head_room - slack &&
           y < plot->height + slack;
}

static void check_mark(const struct plot *plot, const struct mark *mark, int which)
{
    bool ok = true;
    for (size_t i = 0; i < mark->count; i++) {
        struct point at = mark->point[i];
        ok &= !isfinite(at.x + at.y) || is_on_paper(plot, at.x, at.y);
    }
    ok &= isfinite(mark->radius) && isfinite(mark->centre.x + mark->centre.y);
    ok &= is_on_paper(plot, mark->at.left, mark->at.top);
    ok &= is_on_paper(plot, mark->at.right, mark->at.bottom);
    if (mark->shape == MARK_CIRCLE)
        ok &= is_on_paper(plot, mark->centre.x, mark->centre.y);
    if (!ok)
        fail_msg("%s, %s: a mark is off the paper", plot->kind->name,
                 case_names[which]);
}

static void draw_somewhere(const struct box *box)
{
    cairo_surface_t *surface =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cairo = cairo_create(surface);
    box_draw(box, cairo, false);
    assert_int_equal(cairo_status(cairo), CAIRO_STATUS_SUCCESS);
    assert_false(cairo_has_current_point(cairo));
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static void every_kind_takes_every_ugly_case(void **state)
{
    struct studio *studio = *state;
    static const double widths[] = {60, 162, 510};
    for (size_t i = 0; i < FIGURE_MAKERS; i++) {
        for (int which = 0; which < CASE_COUNT; which++) {
            struct figure figure =
                figure_of(studio, &figure_makers[i], (enum figure_case)which);
            for (size_t w = 0; w < 3; w++) {
                struct box *box = figure_lay(studio, &figure, widths[w]);
                assert_near(box->child[1]->width, widths[w], 0);
                assert_true(box->alt.size && box->text.size);
                draw_somewhere(box);
                if (!box->child[1]->describe)
                    continue;
                const struct plot *plot = plot_in(box);
                for (size_t m = 0; m < plot->mark_count; m++)
                    check_mark(plot, &plot->mark[m], which);
            }
        }
    }
}

static void fill_many(struct studio *studio, struct figure *figure, bool by_period,
                      size_t count)
{
    struct slice *name = ARENA_ARRAY(studio->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        name[i] = slice_of(arena_print(studio->arena, "Place %zu", i));
    figure->data = (struct chart_data){.count = count, .values_are_counts = true};
    if (by_period)
        add_weeks(studio, &figure->data, count);
    else
        figure->data.category = name;
    add_series(studio, &figure->data, CASE_MANY, 3);
}

static void twenty_thousand_positions_stay_on_the_page(void **state)
{
    struct studio *studio = *state;
    for (size_t i = 0; i < FIGURE_MAKERS; i++) {
        const struct chart_kind *kind =
            chart_kind_find(slice_of(figure_makers[i].kind));
        if (kind->needs & NEEDS_POINTS)
            continue;
        for (int by_period = 0; by_period < 2; by_period++) {
            struct figure figure = figure_of(studio, &figure_makers[i], CASE_ORDINARY);
            fill_many(studio, &figure, by_period, 20000);
            const struct box *box = figure_lay(studio, &figure, 300);
            assert_true(box->height < 720);
            assert_true(plot_in(box)->label_count < 2000);
        }
    }
}

static void every_kind_has_its_words(void **state)
{
    struct studio *studio = *state;
    size_t count;
    const struct chart_kind *const *kinds = chart_kinds(&count);
    assert_int_equal(count, FIGURE_MAKERS);
    for (size_t i = 0; i < count; i++) {
        char *key = arena_print(studio->arena, "alt.kind.%s", kinds[i]->name);
        assert_true(locale_has(studio->locale[0], key));
        assert_true(locale_has(studio->locale[1], key));
        assert_ptr_equal(chart_kind_find(slice_of(kinds[i]->name)), kinds[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_steps_of_1_2_or_5),
        cmocka_unit_test(counts_have_no_ticks_between_whole_numbers),
        cmocka_unit_test(a_domain_of_nothing_still_has_a_length),
        cmocka_unit_test(logarithmic_ticks_are_powers_of_ten),
        cmocka_unit_test(the_last_date_is_labelled_in_medium_weight),
        cmocka_unit_test(the_year_stands_on_the_first_label_and_at_each_change),
        cmocka_unit_test(bars_begin_at_zero_and_their_lengths_are_in_proportion),
        cmocka_unit_test(a_narrow_span_may_leave_zero_but_says_so),
        cmocka_unit_test(a_logarithmic_axis_is_named),
        cmocka_unit_test(an_unfinished_period_is_hollow_and_its_link_is_dashed),
        cmocka_unit_test(an_unknown_value_breaks_the_line),
        cmocka_unit_test(no_data_are_a_sentence),
        cmocka_unit_test(parts_of_a_stack_fill_it),
        cmocka_unit_test(areas_of_circles_are_in_proportion_to_deaths),
        cmocka_unit_test(packed_circles_dont_touch),
        cmocka_unit_test(whole_numbers_get_classes_of_whole_numbers),
        cmocka_unit_test(a_waterfall_ends_at_the_total_now),
        cmocka_unit_test(dumbbells_are_sorted_by_change),
        cmocka_unit_test(a_figure_in_urdu_is_the_mirror_of_itself),
        cmocka_unit_test(a_week_in_urdu_names_all_its_days),
        cmocka_unit_test(titles_of_panels_stand_on_one_line),
        cmocka_unit_test(a_lines_label_of_two_lines_is_balanced),
        cmocka_unit_test(alt_text_tells_the_numbers),
        cmocka_unit_test(the_words_of_a_figure_are_its_title_subtitle_and_alt),
        cmocka_unit_test(every_kind_takes_every_ugly_case),
        cmocka_unit_test(twenty_thousand_positions_stay_on_the_page),
        cmocka_unit_test(every_kind_has_its_words),
    };
    return cmocka_run_group_tests(tests, open_studio, shut_studio);
}

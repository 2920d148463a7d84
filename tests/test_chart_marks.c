/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a figure's marks may be read as, and by whom. */
#include "studio_fixture.h"

static const struct plot *lay(struct studio *studio, const struct figure *figure,
                              double width)
{
    diags_truncate(studio->diags, 0);
    studio->dropped = 0;
    const struct box *box = figure_lay(studio, figure, width);
    assert_non_null(box->child[1]->describe);
    assert_int_equal(box->picture->dropped_labels, studio->dropped);
    return box->child[1]->content;
}

static struct figure figure_as(struct studio *studio, const char *kind,
                               enum figure_case which)
{
    for (size_t i = 0; i < FIGURE_MAKERS; i++) {
        if (!strcmp(figure_makers[i].kind, kind))
            return figure_of(studio, &figure_makers[i], which);
    }
    fail_msg("no figure of kind %s", kind);
    return (struct figure){0};
}

static const struct label_request *label_of(const struct plot *plot, const char *part)
{
    for (size_t i = 0; i < plot->label_count; i++) {
        struct slice text = plot->label[i].label->text;
        char *copy = arena_print(plot->context->arena, "%.*s", SLICE_PRINT(text));
        if (!plot->label[i].is_dropped && strstr(copy, part))
            return &plot->label[i];
    }
    return NULL;
}

static bool same_fill(struct colour a, struct colour b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* -- Keys ---------------------------------------------------------------------------------- */

/* The mark that stands right before the word, level with it. */
static const struct mark *swatch_of(const struct plot *plot,
                                    const struct label_request *word)
{
    for (size_t i = 0; i < plot->mark_count; i++) {
        const struct mark *mark = &plot->mark[i];
        double before = plot->flips || plot->mirrored ? mark->at.left - word->box.right
                                                      : word->box.left - mark->at.right;
        if (mark->shape == MARK_RECTANGLE && before > 0 && before < 5 &&
            mark->at.top > word->box.top && mark->at.bottom < word->box.bottom)
            return mark;
    }
    return NULL;
}

static void check_swatches(struct studio *studio, const char *kind,
                           enum figure_case which)
{
    struct figure figure = figure_as(studio, kind, which);
    const struct plot *plot = lay(studio, &figure, 292.6);
    for (size_t s = 0; s < figure.data.series_count; s++) {
        const char *name = arena_print(studio->arena, "%.*s",
                                       SLICE_PRINT(figure.data.series[s].label));
        const struct label_request *word = label_of(plot, name);
        assert_non_null(word);
        const struct mark *swatch = swatch_of(plot, word);
        if (!swatch)
            fail_msg("%s: \"%s\" has no swatch", kind, name);
        assert_true(same_fill(swatch->fill, series_colour(plot, s)));
    }
}

/* Readable colours of words are all dark: in greys only the swatches differ. */
static void words_of_keys_stand_behind_swatches_of_their_colours(void **state)
{
    check_swatches(*state, "stacked", CASE_ORDINARY);
    check_swatches(*state, "stacked", CASE_NEGATIVE);
    check_swatches(*state, "stacked", CASE_URDU);
    check_swatches(*state, "area", CASE_ORDINARY);
    check_swatches(*state, "area", CASE_URDU);
    check_swatches(*state, "grouped", CASE_GAPS);
}

/* -- Logarithmic scales -------------------------------------------------------------------- */

static struct figure months_on_log(struct studio *studio, const char *kind,
                                   const double *value, size_t count)
{
    struct figure figure = figure_as(studio, kind, CASE_ORDINARY);
    struct chart_series *series = ARENA_NEW(studio->arena, struct chart_series);
    double *own = numbers(studio, count);
    for (size_t i = 0; i < count; i++)
        own[i] = value[i];
    series->value = own;
    figure.data = (struct chart_data){.count = count, .values_are_counts = true};
    add_weeks(studio, &figure.data, count);
    figure.data.series = series;
    figure.data.series_count = 1;
    figure.options.logarithmic = true;
    return figure;
}

static void what_a_logarithmic_axis_lacks_is_counted_on_the_page(void **state)
{
    struct studio *studio = *state;
    static const double value[] = {3, 0, 40, NAN, 0, 700, 2};
    struct figure figure = months_on_log(studio, "line", value, 7);
    const struct plot *plot = lay(studio, &figure, 400);
    assert_non_null(label_of(plot, "2 values of 0 or less aren't drawn"));
    assert_int_equal(diags_total(studio->diags), 1);
    assert_string_equal(diags_at(studio->diags, 0)->code, "L207");
}

static void areas_and_columns_stand_on_0_whatever_is_asked(void **state)
{
    struct studio *studio = *state;
    static const double value[] = {3, 0, 40, 1, 700};
    const char *const kinds[] = {"area", "bars", "stacked", "grouped"};
    for (size_t i = 0; i < 4; i++) {
        struct figure figure = months_on_log(studio, kinds[i], value, 5);
        const struct plot *plot = lay(studio, &figure, 400);
        assert_false(plot->y.logarithmic);
        assert_near(plot->y.low, 0, 0);
        assert_null(label_of(plot, "log scale"));
    }
}

static void the_top_of_a_logarithmic_scatter_has_its_number(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_as(studio, "scatter", CASE_ORDINARY);
    struct chart_point *point = (struct chart_point *)figure.data.point;
    for (size_t i = 0; i < figure.data.point_count; i++)
        point[i].y = pow(10, 2.9 * (double)i / (double)figure.data.point_count);
    point[0].y = 0;
    figure.data.x_name = SLICE_LITERAL("attacks");
    figure.data.y_name = SLICE_LITERAL("killed");
    figure.options.logarithmic = true;
    const struct plot *plot = lay(studio, &figure, 300);
    assert_non_null(label_of(plot, "1,000"));
    assert_non_null(label_of(plot, "one value of 0 or less"));
    assert_non_null(label_of(plot, "killed"));
}

/* -- Notes, and points without neighbours -------------------------------------------------- */

static size_t messages_with(const struct studio *studio, const char *part)
{
    size_t count = 0;
    for (size_t i = 0; i < diags_total(studio->diags); i++)
        count += strstr(diags_at(studio->diags, i)->message, part) != NULL;
    return count;
}

static void a_figure_has_at_most_three_notes_the_editors_first(void **state)
{
    struct studio *studio = *state;
    const char *const kinds[] = {"line", "area", "bars"};
    for (size_t k = 0; k < 3; k++) {
        static const double value[] = {3, 9, 4, 30, 40, 5, 12, 7, 2, 8, 20, 6};
        struct figure figure = months_on_log(studio, kinds[k], value, 12);
        const struct chart_note note[] = {{1, SLICE_LITERAL("found one"), false},
                                          {3, SLICE_LITERAL("found two"), false},
                                          {5, SLICE_LITERAL("mine one"), true},
                                          {7, SLICE_LITERAL("mine two"), true},
                                          {10, SLICE_LITERAL("mine three"), true}};
        figure.options.logarithmic = false;
        figure.data.note = note;
        figure.data.note_count = 5;
        const struct plot *plot = lay(studio, &figure, 500);
        assert_non_null(label_of(plot, "mine one"));
        assert_non_null(label_of(plot, "mine two"));
        assert_non_null(label_of(plot, "mine three"));
        assert_null(label_of(plot, "found"));
        assert_int_equal(messages_with(studio, "it has three notes"), 2);
        assert_int_equal(messages_with(studio, "\"found one\""), 1);
    }
}

static void a_note_is_wider_before_a_word_of_it_is_cut(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_as(studio, "line", CASE_ORDINARY);
    const struct chart_note note = {
        20, SLICE_LITERAL("The first week after the ceasefire of both sides had ended"),
        true};
    figure.data.note = &note;
    figure.data.note_count = 1;
    const struct label_request *label =
        label_of(lay(studio, &figure, 500), "The first week");
    assert_non_null(label);
    assert_false(label->label->is_shortened);
    assert_in_range(label->label->line_count, 1, 2);
}

static size_t dots_at_unknown_neighbours(const struct plot *plot)
{
    size_t dots = 0;
    for (size_t i = 0; i < plot->mark_count; i++)
        dots += plot->mark[i].shape == MARK_CIRCLE &&
                plot->mark[i].layer == LAYER_MARK && plot->mark[i].radius > 1;
    return dots;
}

static void a_known_point_between_unknown_ones_is_a_dot(void **state)
{
    struct studio *studio = *state;
    static const double value[] = {NAN, 9, NAN, 30, 40, NAN, 12, NAN, 2, 8};
    struct figure figure = months_on_log(studio, "line", value, 10);
    figure.options.logarithmic = false;
    assert_int_equal(dots_at_unknown_neighbours(lay(studio, &figure, 400)), 2);
    figure.options.kind = SLICE_LITERAL("multiples");
    assert_int_equal(dots_at_unknown_neighbours(lay(studio, &figure, 400)), 2);
}

static void the_name_of_an_average_stands_where_the_average_ends(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_as(studio, "line", CASE_ORDINARY);
    figure.data.note_count = 0;
    double *average = (double *)figure.data.average;
    for (size_t i = 20; i < figure.data.count; i++)
        average[i] = NAN;
    const struct plot *plot = lay(studio, &figure, 400);
    const struct label_request *name = label_of(plot, "average");
    assert_non_null(name);
    assert_true(name->has_leader);
    assert_true(fabs(name->target.x - position_x(plot, 19)) < 8);
    for (size_t i = 0; i < figure.data.count; i++)
        average[i] = NAN;
    assert_null(label_of(lay(studio, &figure, 400), "average"));
}

static void more_than_four_parts_are_told(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_as(studio, "stacked", CASE_BOUNDS);
    lay(studio, &figure, 300);
    assert_int_equal(messages_with(studio, "parts stand on each other"), 0);
    struct chart_series *series = ARENA_ARRAY(studio->arena, struct chart_series, 5);
    for (size_t i = 0; i < 5; i++)
        series[i] = figure.data.series[i % 4];
    figure.data.series = series;
    figure.data.series_count = 5;
    lay(studio, &figure, 300);
    assert_int_equal(messages_with(studio, "5 parts stand on each other"), 1);
}

/* -- Guides and titles --------------------------------------------------------------------- */

static size_t upright_guides(const struct plot *plot)
{
    size_t count = 0;
    for (size_t i = 0; i < plot->mark_count; i++)
        count += plot->mark[i].layer == LAYER_GUIDE &&
                 plot->mark[i].shape == MARK_LINE &&
                 plot->mark[i].point[0].x == plot->mark[i].point[1].x;
    return count;
}

static void guides_of_a_long_timeline_are_the_calendars_not_its_days(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_as(studio, "timeline", CASE_ORDINARY);
    assert_int_equal(upright_guides(lay(studio, &figure, 292.6)), 6);
    struct period *day = ARENA_ARRAY(studio->arena, struct period, 365);
    for (int32_t i = 0; i < 365; i++) {
        int32_t at = civil_day(2025, 11, 16) + i;
        day[i] = (struct period){PERIOD_DAY, at, at};
    }
    figure.data.period = day;
    figure.data.count = 365;
    assert_int_equal(upright_guides(lay(studio, &figure, 292.6)), 12); /* months */
}

static void a_title_beyond_sixty_characters_is_warned_of(void **state)
{
    struct studio *studio = *state;
    struct figure figure = figure_as(studio, "bars", CASE_ORDINARY);
    figure.options.title =
        SLICE_LITERAL("Attacks are back inside the range that was to be expected ..");
    lay(studio, &figure, 300);
    assert_int_equal(messages_with(studio, "characters"), 0);
    figure.options.title =
        SLICE_LITERAL("Attacks are back inside the range that was to be expected ...");
    lay(studio, &figure, 300);
    assert_int_equal(messages_with(studio, "has 61 characters"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_keys_stand_behind_swatches_of_their_colours),
        cmocka_unit_test(what_a_logarithmic_axis_lacks_is_counted_on_the_page),
        cmocka_unit_test(areas_and_columns_stand_on_0_whatever_is_asked),
        cmocka_unit_test(the_top_of_a_logarithmic_scatter_has_its_number),
        cmocka_unit_test(a_figure_has_at_most_three_notes_the_editors_first),
        cmocka_unit_test(a_note_is_wider_before_a_word_of_it_is_cut),
        cmocka_unit_test(the_name_of_an_average_stands_where_the_average_ends),
        cmocka_unit_test(guides_of_a_long_timeline_are_the_calendars_not_its_days),
        cmocka_unit_test(more_than_four_parts_are_told),
        cmocka_unit_test(a_title_beyond_sixty_characters_is_warned_of),
        cmocka_unit_test(a_known_point_between_unknown_ones_is_a_dot),
    };
    return cmocka_run_group_tests(tests, open_studio, shut_studio);
}

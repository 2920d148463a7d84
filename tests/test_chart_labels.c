/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The label solver on random figures: nothing overlaps, nothing is dropped in silence. */
#include "studio_fixture.h"
#include "ink.h"

enum { RANDOM_FIGURES = 1000 };

/* -- Random figures ------------------------------------------------------------------ */

static double random_value(uint32_t *seed, int temper)
{
    double value = noise_in(seed, 0, 60);
    switch (temper) {
    case 0: return floor(value);
    case 1: return floor(value / 20);
    case 2: return noise(seed) % 9 == 0 ? NAN : floor(value);
    case 3: return floor(value) - 30;
    case 4: return floor(value * value * value * value * 80);
    case 5: return value / 60;
    case 6: return noise(seed) % 40 == 0 ? value * 500 : floor(value);
    default: return 0;
    }
}

static struct slice random_name(struct studio *studio, uint32_t *seed, bool urdu)
{
    static const char letters[] = "abcdefghij klmnop qrstuvwxyz";
    if (urdu)
        return slice_of(urdu_names[noise(seed) % 8]);
    size_t length = 2 + noise(seed) % (noise(seed) % 3 ? 14 : 40);
    char *name = arena_alloc(studio->arena, length + 1);
    for (size_t i = 0; i < length; i++)
        name[i] = letters[noise(seed) % (sizeof letters - 1)];
    return (struct slice){name, length};
}

static double *random_values(struct studio *studio, uint32_t *seed, size_t count,
                             int temper)
{
    double *value = numbers(studio, count);
    for (size_t i = 0; i < count; i++)
        value[i] = random_value(seed, temper);
    return value;
}

static void random_positions(struct studio *studio, uint32_t *seed,
                             struct chart_data *data, bool by_period, bool urdu)
{
    static const enum period_unit units[] = {PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH,
                                             PERIOD_QUARTER, PERIOD_YEAR};
    size_t count = 1 + noise(seed) % (noise(seed) % 4 ? 30 : 90);
    data->count = count;
    if (!by_period) {
        struct slice *name = ARENA_ARRAY(studio->arena, struct slice, count);
        for (size_t i = 0; i < count; i++)
            name[i] = random_name(studio, seed, urdu);
        data->category = name;
        return;
    }
    enum period_unit unit = units[noise(seed) % 5];
    struct period *period = ARENA_ARRAY(studio->arena, struct period, count);
    enum point_state *state = ARENA_ARRAY(studio->arena, enum point_state, count);
    period[0] =
        period_holding(unit, civil_day(2019, 1, 1) + (int32_t)(noise(seed) % 900), 0);
    for (size_t i = 1; i < count; i++)
        period[i] = period_shift(period[i - 1], 1, 0);
    if (noise(seed) % 2)
        state[count - 1] = POINT_PROVISIONAL;
    data->period = period;
    data->state = state;
}

static void random_points(struct studio *studio, uint32_t *seed,
                          struct chart_data *data, int temper, bool by_day)
{
    size_t count = 1 + noise(seed) % (noise(seed) % 4 ? 60 : 400);
    struct chart_point *point = ARENA_ARRAY(studio->arena, struct chart_point, count);
    uint32_t span = noise(seed) % 3 ? 7 : 500;
    for (size_t i = 0; i < count; i++) {
        point[i] = (struct chart_point){
            .x = by_day ? civil_day(2026, 3, 2) + (int32_t)(noise(seed) % span)
                        : noise_in(seed, 61, 76),
            .y = by_day ? 0 : noise_in(seed, 24, 37),
            .size = random_value(seed, temper),
            .group = noise(seed) % data->series_count,
        };
        if (noise(seed) % 12 == 0)
            point[i].label = random_name(studio, seed, false);
    }
    data->point = point;
    data->point_count = count;
}

static void random_series(struct studio *studio, uint32_t *seed,
                          struct chart_data *data, int temper, bool urdu)
{
    size_t count = noise(seed) % 2 ? 1 : 1 + noise(seed) % 9;
    struct chart_series *series =
        ARENA_ARRAY(studio->arena, struct chart_series, count);
    for (size_t i = 0; i < count; i++)
        series[i] = (struct chart_series){
            .label = random_name(studio, seed, urdu),
            .tone = (enum chart_tone)(noise(seed) % 4),
            .value = random_values(studio, seed, data->count, temper),
            .average = noise(seed) % 3
                           ? NULL
                           : random_values(studio, seed, data->count, temper)};
    data->series = series;
    data->series_count = count;
}

static void random_extras(struct studio *studio, uint32_t *seed,
                          struct chart_data *data, int temper, bool urdu)
{
    if (noise(seed) % 2)
        data->tick = random_values(studio, seed, data->count, temper);
    if (noise(seed) % 2 && data->period) {
        data->average = random_values(studio, seed, data->count, temper);
        data->average_name = random_name(studio, seed, urdu);
        data->last_label = random_name(studio, seed, urdu);
        data->last_state = random_name(studio, seed, urdu);
    }
    if (noise(seed) % 2) {
        data->band_low = random_values(studio, seed, data->count, 1);
        data->band_high = random_values(studio, seed, data->count, 6);
    }
    if (noise(seed) % 3 == 0)
        data->zero_note = random_name(studio, seed, urdu);
    size_t notes = noise(seed) % 5;
    struct chart_note *note = ARENA_ARRAY(studio->arena, struct chart_note, notes + 1);
    for (size_t i = 0; i < notes; i++)
        note[i] = (struct chart_note){noise(seed) % (data->count + 1),
                                      random_name(studio, seed, urdu), i % 2 == 0};
    data->note = note;
    data->note_count = notes;
}

static struct figure random_figure(struct studio *studio, uint32_t *seed)
{
    size_t kind_count;
    const struct chart_kind *const *kinds = chart_kinds(&kind_count);
    const struct chart_kind *kind = kinds[noise(seed) % kind_count];
    int temper = (int)(noise(seed) % 8);
    bool urdu = noise(seed) % 5 == 0;
    bool by_period = kind->needs & NEEDS_TIME ||
                     (!(kind->needs & NEEDS_CATEGORIES) && noise(seed) % 2);
    struct figure figure = {.is_urdu = urdu};
    random_positions(studio, seed, &figure.data, by_period, urdu);
    random_series(studio, seed, &figure.data, temper, urdu);
    random_extras(studio, seed, &figure.data, temper, urdu);
    if (kind->needs & NEEDS_POINTS) {
        random_points(studio, seed, &figure.data, temper, kind->needs & NEEDS_TIME);
        figure.data.period = NULL;
    }
    figure.data.values_are_counts = temper != 5;
    figure.data.shares = temper == 5 && noise(seed) % 2;
    figure.options = (struct chart_options){
        .kind = slice_of(kind->name),
        .title = SLICE_LITERAL("A random figure"),
        .subtitle = random_name(studio, seed, urdu),
        .highlight = noise(seed) % 2 ? noise(seed) % 9 : SIZE_MAX,
        .height = noise(seed) % 4 ? 0 : noise_in(seed, 60, 300),
        .logarithmic = noise(seed) % 9 == 0,
        .show_values = noise(seed) % 3 != 0,
    };
    return figure;
}

/* -- What must hold: measured here, not by the solver ------------------------------------ */

/* Nastaliq fills a slant of its box: names of rows may share an eighth of theirs. */
static struct frame inked(const struct label_request *label)
{
    double shared = 0.12 * label->label->height;
    return (struct frame){label->box.left, label->box.top + shared, label->box.right,
                          label->box.bottom - shared};
}

static bool labels_overlap(const struct plot *plot, const struct label_request *a,
                           const struct label_request *b)
{
    if (!plot->mirrored || !a->is_row_name || !b->is_row_name)
        return frames_overlap(&a->box, &b->box);
    struct frame own = inked(a), other = inked(b);
    return frames_overlap(&own, &b->box) && frames_overlap(&a->box, &other);
}

static const char *label_fault(const struct plot *plot, size_t at)
{
    const struct label_request *label = &plot->label[at];
    if (!isfinite(label->box.left + label->box.top + label->x + label->y))
        return "is nowhere";
    if (label->box.left < -INK_SLACK || label->box.right > plot->width + INK_SLACK ||
        label->box.top < -plot->head_room - INK_SLACK ||
        label->box.bottom > plot->height + INK_SLACK)
        return "leaves the figure";
    for (size_t i = 0; i < at; i++) {
        if (!plot->label[i].is_dropped && labels_overlap(plot, label, &plot->label[i]))
            return "overlaps a label";
    }
    for (size_t i = 0; i < plot->mark_count; i++) {
        const struct mark *mark = &plot->mark[i];
        if (is_drawn(mark) && !is_ground(mark, label->colour) &&
            (long)i != label->host && mark_inks_frame(mark, &label->box))
            return "overlaps a mark";
    }
    return NULL;
}

/* What a leader leads to may stand as near as this to its tip. */
static const double TIP = 3;

static const char *leader_fault(const struct plot *plot, size_t at)
{
    const struct label_request *label = &plot->label[at];
    struct point from = label->leader_end, tip = label->target;
    double length = hypot(from.x - tip.x, from.y - tip.y);
    for (size_t i = 0; i < plot->label_count; i++) {
        const struct label_request *other = &plot->label[i];
        if (other->is_dropped)
            continue;
        if (segment_to_frame(from, tip, &other->box) <= 0)
            return "has a leader through a label";
        bool is_fan = hypot(tip.x - other->target.x, tip.y - other->target.y) < 0.01;
        if (i < at && other->has_leader && !is_fan &&
            segment_to_segment(from, tip, other->leader_end, other->target) <= 0)
            return "has a leader across another";
    }
    for (size_t i = 0; label->crosses && i < plot->label_count; i++) {
        if (i != at && plot->label[i].crosses)
            return "is a second one that crosses marks";
    }
    if (length <= TIP || label->crosses)
        return NULL;
    struct point near = {tip.x + (from.x - tip.x) / length * TIP,
                         tip.y + (from.y - tip.y) / length * TIP};
    for (size_t i = 0; i < plot->mark_count; i++) {
        const struct mark *mark = &plot->mark[i];
        if (is_drawn(mark) && !is_ground(mark, label->colour) &&
            mark_inks_segment(mark, from, near))
            return "has a leader over a mark";
    }
    return NULL;
}

/* Half a line may stand over the very edge. */
static const double EDGE = 0.56;

static bool mark_leaves(const struct plot *plot, const struct mark *mark)
{
    struct frame at = mark_extent(mark);
    return is_drawn(mark) && at.left <= at.right &&
           (at.left < -EDGE || at.right > plot->width + EDGE ||
            at.top < -plot->head_room - EDGE || at.bottom > plot->height + EDGE);
}

static bool is_reported(const struct studio *studio, const struct label_request *label)
{
    for (size_t i = 0; i < diags_total(studio->diags); i++) {
        const struct diag *diag = diags_at(studio->diags, i);
        char *quoted =
            arena_print(studio->arena, "\"%.*s\"", SLICE_PRINT(label->label->text));
        const char *found = label->has_no_room ? "too wide for" : quoted;
        if (!strcmp(diag->code, "L201") && strstr(diag->message, found))
            return true;
    }
    return false;
}

static size_t count_drops(const struct plot *plot)
{
    size_t dropped = 0;
    for (size_t i = 0; i < plot->label_count; i++)
        dropped += plot->label[i].is_dropped;
    return dropped;
}

/* The first thing wrong with the figure, and the label it is about; NULL for none. */
static const char *figure_fault(const struct studio *studio, const struct plot *plot,
                                size_t *at)
{
    for (size_t i = *at = 0; i < plot->label_count; *at = ++i) {
        const struct label_request *label = &plot->label[i];
        const char *fault = NULL;
        if (!label->is_dropped)
            fault = label_fault(plot, i);
        else if (!is_reported(studio, label))
            fault = "is dropped in silence";
        if (!fault && !label->is_dropped && label->has_leader)
            fault = leader_fault(plot, i);
        if (fault)
            return fault;
    }
    for (size_t i = 0; i < plot->mark_count; i++) {
        if (mark_leaves(plot, &plot->mark[i]))
            return "or another isn't alone: a mark leaves the figure";
    }
    return count_drops(plot) == plot->dropped ? NULL
                                              : "or another is dropped uncounted";
}

static const struct plot *plot_of(const struct box *figure)
{
    const struct box *body = figure->child[1];
    return body->describe ? body->content : NULL;
}

static const struct plot *random_plot(struct studio *studio, uint32_t seed)
{
    uint32_t noise_state = seed * 2654435761u + 1;
    struct figure figure = random_figure(studio, &noise_state);
    double width = noise_in(&noise_state, 110, 520);
    diags_truncate(studio->diags, 0);
    studio->dropped = 0;
    return plot_of(figure_lay(studio, &figure, width));
}

static void one_random_figure(struct studio *studio, uint32_t seed)
{
    const struct plot *plot = random_plot(studio, seed);
    size_t at;
    const char *fault = plot ? figure_fault(studio, plot, &at) : NULL;
    struct slice text = {0};
    if (fault && at < plot->label_count)
        text = plot->label[at].label->text;
    if (fault)
        fail_msg("%s, %.0f pt, seed %u: label \"%.*s\" %s", plot->kind->name,
                 plot->width, seed, SLICE_PRINT(text), fault);
    if (plot)
        assert_int_equal(count_drops(plot), studio->dropped);
}

static void no_label_of_1000_random_figures_overlaps_or_is_lost(void **state)
{
    for (uint32_t seed = 1; seed <= RANDOM_FIGURES; seed++)
        one_random_figure(*state, seed);
}

/* -- What a broken solver would do is found ------------------------------------------------ */

/* A bar on its baseline with its number beside it, and a circle with a leader. */
static struct plot plain_plot(const struct chart_context *context,
                              const struct chart_options *options)
{
    struct plot plot = {
        .context = context, .options = options, .width = 200, .height = 100};
    const struct colour ink = {0, 0, 0, 1};
    plot_rectangle(&plot, (struct frame){10, 40, 30, 80}, ink);
    plot_segment(&plot, 0, 80, 200, 80, 0.75, ink)->layer = LAYER_OVER;
    plot_circle(&plot, (struct point){120, 60}, 5, ink, (struct colour){0}, 0);
    plot_label(&plot, SLICE_LITERAL("12"), TEXT_LABEL, 20, 36, 0.5);
    plot_annotation(&plot, SLICE_LITERAL("a circle"), (struct point){120, 60}, 5);
    labels_solve(&plot);
    return plot;
}

static void move_label(struct label_request *label, double dx, double dy)
{
    label->box.left += dx;
    label->box.right += dx;
    label->box.top += dy;
    label->box.bottom += dy;
}

static void assert_fault(const struct studio *studio, const struct plot *plot,
                         const char *expected)
{
    size_t at;
    const char *fault = figure_fault(studio, plot, &at);
    if (!expected)
        assert_null(fault);
    else if (!fault || !strstr(fault, expected))
        fail_msg("expected \"%s\", found \"%s\"", expected, fault ? fault : "nothing");
}

static void every_fault_a_solver_could_make_is_found(void **state)
{
    struct studio *studio = *state;
    struct chart_context context = studio_context(studio, false);
    struct chart_options options = {.title = SLICE_LITERAL("Faults")};
    enum { FAULTS = 9 };
    static const char *const expected[FAULTS] = {NULL,
                                                 "overlaps a mark",
                                                 "overlaps a mark",
                                                 "leaves",
                                                 "over a mark",
                                                 "through a label",
                                                 "a mark leaves",
                                                 "in silence",
                                                 "overlaps a label"};
    for (int i = 0; i < FAULTS; i++) {
        diags_truncate(studio->diags, 0);
        struct plot plot = plain_plot(&context, &options);
        struct label_request *number = &plot.label[0], *note = &plot.label[1];
        note->has_leader |= i == 4 || i == 5;
        switch (i) {
        case 1: move_label(number, 0, 6); break; /* onto its bar */
        case 2: move_label(number, 40, 80 - number->box.bottom + 1); break;
        case 3: move_label(number, -20, 0); break;
        case 4: /* through the bar */
            move_label(note, 0, -40);
            note->leader_end = (struct point){5, 60};
            break;
        case 5:
            note->leader_end = (struct point){0, number->box.top + 4};
            note->target = (struct point){60, number->box.top + 4};
            break;
        case 6: plot.mark[2].centre.x = 198; break;
        case 7: number->is_dropped = true; break;
        case 8: note->box = number->box; break;
        default: break;
        }
        assert_fault(studio, &plot, expected[i]);
    }
}

/* As if the solver had left all as it was asked for, give or take a little. */
static void shaken_labels_are_found_in_most_figures(void **state)
{
    size_t figures = 0, found = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct plot *plot = (struct plot *)random_plot(*state, seed);
        if (!plot || plot->label_count < 4)
            continue;
        for (size_t i = 0; i < plot->label_count; i += 2)
            move_label(&plot->label[i], 0, 7);
        size_t at;
        figures++;
        found += figure_fault(*state, plot, &at) != NULL;
    }
    assert_true(figures > 40);
    assert_true(found > figures * 3 / 4);
}

/* -- Single rules --------------------------------------------------------------------------- */

static void spread_labels_keep_their_order_and_distance(void **state)
{
    (void)state;
    double middle[] = {50, 51, 52, 90}, height[] = {10, 10, 10, 10};
    labels_spread(middle, height, 4, 0, 100);
    assert_near(middle[0], 41, 1e-9);
    assert_near(middle[1], 51, 1e-9);
    assert_near(middle[2], 61, 1e-9);
    assert_near(middle[3], 90, 1e-9);
}

static void spread_labels_stay_inside(void **state)
{
    (void)state;
    double middle[] = {1, 2, 99, 99.5}, height[] = {12, 12, 12, 12};
    labels_spread(middle, height, 4, 0, 100);
    assert_near(middle[0], 6, 1e-9);
    assert_near(middle[1], 18, 1e-9);
    assert_near(middle[2], 82, 1e-9);
    assert_near(middle[3], 94, 1e-9);
}

static void the_least_important_of_two_labels_in_one_place_is_dropped(void **state)
{
    struct studio *studio = *state;
    struct chart_context context = studio_context(studio, false);
    struct chart_options options = {.title = SLICE_LITERAL("Two")};
    struct plot plot = {
        .context = &context, .options = &options, .width = 40, .height = 10};
    diags_truncate(studio->diags, 0);
    plot_label(&plot, SLICE_LITERAL("lesser"), TEXT_LABEL, 2, 8, 0)->importance = 5;
    plot_label(&plot, SLICE_LITERAL("greater"), TEXT_LABEL, 2, 8, 0)->importance = 6;
    labels_solve(&plot);
    assert_true(plot.label[0].is_dropped);
    assert_false(plot.label[1].is_dropped);
    assert_int_equal(diags_total(studio->diags), 1);
    assert_string_equal(diags_at(studio->diags, 0)->code, "L201");
    assert_non_null(strstr(diags_at(studio->diags, 0)->message, "\"lesser\""));
}

static void a_label_moves_at_most_its_reach(void **state)
{
    struct studio *studio = *state;
    struct chart_context context = studio_context(studio, false);
    struct chart_options options = {.title = SLICE_LITERAL("Reach")};
    struct plot plot = {
        .context = &context, .options = &options, .width = 100, .height = 100};
    plot_rectangle(&plot, (struct frame){0, 46, 100, 54}, (struct colour){0, 0, 0, 1});
    plot_label(&plot, SLICE_LITERAL("near"), TEXT_LABEL, 10, 52, 0);
    plot_label(&plot, SLICE_LITERAL("stuck"), TEXT_LABEL, 60, 52, 0)->reach = 2;
    labels_solve(&plot);
    assert_false(plot.label[0].is_dropped);
    assert_true(fabs(plot.label[0].y - 52) <= 12);
    assert_true(plot.label[1].is_dropped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_label_of_1000_random_figures_overlaps_or_is_lost),
        cmocka_unit_test(every_fault_a_solver_could_make_is_found),
        cmocka_unit_test(shaken_labels_are_found_in_most_figures),
        cmocka_unit_test(spread_labels_keep_their_order_and_distance),
        cmocka_unit_test(spread_labels_stay_inside),
        cmocka_unit_test(the_least_important_of_two_labels_in_one_place_is_dropped),
        cmocka_unit_test(a_label_moves_at_most_its_reach),
    };
    return cmocka_run_group_tests(tests, open_studio, shut_studio);
}

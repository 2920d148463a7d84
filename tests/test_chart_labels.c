/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The label solver on random figures: nothing overlaps, nothing is dropped in silence. */
#include "support.h"

#include "figures.h"

enum { RANDOM_FIGURES = 1000 };

static int open_studio(void **state)
{
    struct studio *studio = calloc(1, sizeof *studio);
    *state = studio;
    return studio_open(studio) ? 0 : -1;
}

static int shut_studio(void **state)
{
    studio_close(*state);
    free(*state);
    return 0;
}

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

static bool overlap(const struct frame *a, const struct frame *b)
{
    const double slack = 0.01;
    return a->left < b->right - slack && b->left < a->right - slack &&
           a->top < b->bottom - slack && b->top < a->bottom - slack;
}

/* Walks along the segment in small steps. */
static bool line_touches(const struct mark *mark, const struct frame *box)
{
    for (size_t i = 0; i + 1 < mark->count; i++) {
        struct point a = mark->point[i], b = mark->point[i + 1];
        if (!isfinite(a.x + a.y + b.x + b.y))
            continue;
        for (int step = 0; step <= 50; step++) {
            double t = step / 50.0;
            double x = a.x + t * (b.x - a.x), y = a.y + t * (b.y - a.y);
            if (x > box->left && x < box->right && y > box->top && y < box->bottom)
                return true;
        }
    }
    return false;
}

static bool mark_touches(const struct mark *mark, const struct frame *box)
{
    double dx, dy;
    switch (mark->shape) {
    case MARK_LINE: return line_touches(mark, box);
    case MARK_CIRCLE:
        dx = fmax(fmax(box->left - mark->centre.x, 0), mark->centre.x - box->right);
        dy = fmax(fmax(box->top - mark->centre.y, 0), mark->centre.y - box->bottom);
        return mark->radius > 0 && hypot(dx, dy) < mark->radius - 0.01;
    case MARK_RECTANGLE:
    case MARK_HATCH: return mark->at.right > mark->at.left && overlap(&mark->at, box);
    default: return false;
    }
}

static void fail_figure(const struct plot *plot, const struct label_request *label,
                        const char *why, uint32_t seed)
{
    fail_msg("%s, %.0f pt, seed %u: label \"%.*s\" %s", plot->kind->name, plot->width,
             seed, SLICE_PRINT(label->label->text), why);
}

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
        return overlap(&a->box, &b->box);
    struct frame own = inked(a), other = inked(b);
    return overlap(&own, &b->box) && overlap(&a->box, &other);
}

static void check_label(const struct plot *plot, size_t at, uint32_t seed)
{
    const struct label_request *label = &plot->label[at];
    const double slack = 0.02;
    if (!isfinite(label->box.left + label->box.top + label->x + label->y))
        fail_figure(plot, label, "is nowhere", seed);
    if (label->box.left < -slack || label->box.right > plot->width + slack ||
        label->box.top < -plot->head_room - slack ||
        label->box.bottom > plot->height + slack)
        fail_figure(plot, label, "leaves the figure", seed);
    for (size_t i = 0; i < at; i++) {
        if (!plot->label[i].is_dropped && labels_overlap(plot, label, &plot->label[i]))
            fail_figure(plot, label, "overlaps a label", seed);
    }
    for (size_t i = 0; i < plot->mark_count; i++) {
        if (plot->mark[i].is_obstacle && (long)i != label->host &&
            mark_touches(&plot->mark[i], &label->box))
            fail_figure(plot, label, "overlaps a mark", seed);
    }
}

static bool is_reported(const struct studio *studio, const struct label_request *label)
{
    for (size_t i = 0; i < diags_total(studio->diags); i++) {
        const struct diag *diag = diags_at(studio->diags, i);
        char *quoted =
            arena_print(studio->arena, "\"%.*s\"", SLICE_PRINT(label->label->text));
        if (!strcmp(diag->code, "L201") && strstr(diag->message, quoted))
            return true;
    }
    return false;
}

static const struct plot *plot_of(const struct box *figure)
{
    const struct box *body = figure->child[1];
    return body->describe ? body->content : NULL;
}

static void one_random_figure(struct studio *studio, uint32_t seed)
{
    uint32_t noise_state = seed * 2654435761u + 1;
    struct figure figure = random_figure(studio, &noise_state);
    double width = noise_in(&noise_state, 110, 520);
    diags_truncate(studio->diags, 0);
    studio->dropped = 0;
    const struct plot *plot = plot_of(figure_lay(studio, &figure, width));
    if (!plot)
        return;
    size_t dropped = 0;
    for (size_t i = 0; i < plot->label_count; i++) {
        if (!plot->label[i].is_dropped) {
            check_label(plot, i, seed);
            continue;
        }
        dropped++;
        if (!is_reported(studio, &plot->label[i]))
            fail_figure(plot, &plot->label[i], "is dropped in silence", seed);
    }
    assert_int_equal(dropped, studio->dropped);
    assert_int_equal(dropped, plot->dropped);
}

static void no_label_of_1000_random_figures_overlaps_or_is_lost(void **state)
{
    for (uint32_t seed = 1; seed <= RANDOM_FIGURES; seed++)
        one_random_figure(*state, seed);
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
        cmocka_unit_test(spread_labels_keep_their_order_and_distance),
        cmocka_unit_test(spread_labels_stay_inside),
        cmocka_unit_test(the_least_important_of_two_labels_in_one_place_is_dropped),
        cmocka_unit_test(a_label_moves_at_most_its_reach),
    };
    return cmocka_run_group_tests(tests, open_studio, shut_studio);
}

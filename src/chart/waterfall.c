/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Waterfall: what made the change. The total before, what each category added or took
 * away, the total now. */
#include "chart/plot.h"

#include <math.h>

static const double THICKNESS = 9.4, CONNECTOR = 0.5;
/* Small changes of large totals: the scale is cut where what happens takes less than
 * this part of it, and begins so many parts of it below. */
static const double CUT_BELOW = 0.3, LEAD = 0.6;
static const double BREAK_AT = 9, BREAK_WIDTH = 2.4, BREAK_SLANT = 3, BREAK_REACH = 1.6,
                    BREAK_LINE = 0.5;
enum { MOST_STEPS = 12, LEAST_STEPS = 2 };

struct step {
    struct slice name;
    double from, to; /* of the bar */
    bool is_total;
    bool is_limit; /* "40+" went in */
};

struct steps {
    size_t count, capacity;
    struct step *step;
    double level; /* reached so far */
    double cut;   /* where the scale begins; 0 = whole */
    bool has_limit;
};

static void add_step(const struct plot *plot, struct steps *steps, struct slice name,
                     double change)
{
    if (!isfinite(change))
        return;
    struct step *step =
        ARENA_APPEND(plot->context->arena, steps->step, steps->count, steps->capacity);
    *step = (struct step){name, steps->level, steps->level + change, false, false};
    steps->level += change;
}

static void add_total(const struct plot *plot, struct steps *steps, struct slice name,
                      double value)
{
    struct step *step =
        ARENA_APPEND(plot->context->arena, steps->step, steps->count, steps->capacity);
    *step = (struct step){name, 0, value, true, false};
    steps->level = value;
}

/* The newest step is of a lower limit; so is the total that comes of it. */
static void mark_limit(struct steps *steps, bool is_limit)
{
    if (is_limit && steps->count)
        steps->step[steps->count - 1].is_limit = true;
    steps->has_limit = steps->has_limit || is_limit;
}

static double known_sum(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += isfinite(value[i]) ? value[i] : 0;
    return sum;
}

/* The most largest changes in order of the data's changes; the small ones in one step. */
static void add_changes(const struct plot *plot, struct steps *steps,
                        const double *change, size_t most)
{
    size_t count = plot->data->count, shown = 0, moved = 0;
    double *size = ARENA_ARRAY(plot->context->arena, double, count + 1), rest = 0;
    bool rest_is_limit = false;
    for (size_t i = 0; i < count; i++) {
        size[i] = isfinite(change[i]) ? fabs(change[i]) : NAN;
        moved += size[i] > 0;
    }
    const size_t *by_size = order_by(plot, size, count);
    bool *is_shown = ARENA_ARRAY(plot->context->arena, bool, count + 1);
    for (size_t i = 0; i < count && shown < (moved > most ? most - 1 : most); i++) {
        is_shown[by_size[i]] = size[by_size[i]] > 0;
        shown += is_shown[by_size[i]];
    }
    const size_t *order = order_by(plot, change, count);
    for (size_t i = 0; i < count; i++) {
        const bool is_limit = plot_is_limit(plot, change, order[i]);
        if (is_shown[order[i]]) {
            add_step(plot, steps, print_period(plot, order[i]), change[order[i]]);
            mark_limit(steps, is_limit);
        } else if (isfinite(change[order[i]])) {
            rest += change[order[i]];
            rest_is_limit = rest_is_limit || is_limit;
        }
    }
    if (rest != 0) {
        add_step(plot, steps, print_words(plot, "others", 1, NULL, 0), rest);
        mark_limit(steps, rest_is_limit);
    }
}

/* What is known now less what was: an unknown part counts on neither side. */
static const double *known_changes(const struct plot *plot, const struct pair *pair)
{
    size_t count = plot->data->count;
    double *change = ARENA_ARRAY(plot->context->arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        change[i] = (isfinite(pair->now[i]) ? pair->now[i] : 0) -
                    (isfinite(pair->before[i]) ? pair->before[i] : 0);
    return change;
}

static struct steps gather(const struct plot *plot, size_t most)
{
    struct steps steps = {0};
    struct pair pair;
    const double *totals = plot->data->totals;
    if (!plot_pair(plot, &pair)) {
        add_changes(plot, &steps, plot->data->series[0].value, most);
        add_total(plot, &steps, print_words(plot, "chart.total", 1, NULL, 0),
                  steps.level);
        mark_limit(&steps, steps.has_limit);
        return steps;
    }
    add_total(plot, &steps, pair.before_name,
              totals ? totals[0] : known_sum(pair.before, plot->data->count));
    add_changes(plot, &steps, known_changes(plot, &pair), most);
    if (totals && steps.level != totals[1])
        add_step(plot, &steps, print_words(plot, "chart.overlap", 1, NULL, 0),
                 totals[1] - steps.level);
    add_total(plot, &steps, pair.now_name, steps.level);
    return steps;
}

/* The largest of 1, 2 and 5 times a power of ten up to value. */
static double round_step(double value)
{
    double power = pow(10, floor(log10(value))), part = value / power;
    return power * (part >= 5 ? 5 : part >= 2 ? 2 : 1);
}

/* Counts from zero unless all that happens is far above it. */
static void cut_scale(struct steps *steps)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];
        low = fmin(low, fmin(step->to, step->is_total ? step->to : step->from));
        high = fmax(high, fmax(step->to, step->from));
    }
    double span = high - low;
    if (!(low > 0) || !(span > 0) || span > CUT_BELOW * high)
        return;
    double step = round_step(fmax(span / 2, low * 1e-9));
    steps->cut = fmax(0, floor((low - LEAD * span) / step) * step);
}

/* What is cut is said below the rows. */
static void say_cut(const struct plot *plot, const struct steps *steps,
                    struct chart_data *data)
{
    struct text note = plot_text(plot);
    const struct phrase_part part = {"number", print_short(plot, steps->cut)};
    if (!(steps->cut > 0))
        return;
    text_append(&note, print_words(plot, "chart.cut totals", 1, &part, 1));
    if (data->zero_note.size)
        text_append_string(&note, "\n");
    text_append(&note, data->zero_note);
    data->zero_note = text_slice(&note);
}

/* The steps take the place of the positions, so that rows name them. */
static void make_steps_positions(struct plot *plot, const struct steps *steps)
{
    struct arena *arena = plot->context->arena;
    struct chart_data *data = arena_copy(arena, plot->data, sizeof *plot->data);
    struct slice *name = ARENA_ARRAY(arena, struct slice, steps->count + 1);
    double *size = ARENA_ARRAY(arena, double, steps->count + 1);
    struct chart_series *series = arena_copy(arena, data->series, sizeof *series);
    for (size_t i = 0; i < steps->count; i++) {
        name[i] = steps->step[i].name;
        size[i] = steps->step[i].to - steps->step[i].from;
    }
    *series = (struct chart_series){
        .label = series->label, .tone = series->tone, .value = size};
    data->series = series;
    data->tick = NULL;
    data->count = steps->count;
    data->category = name;
    data->period = NULL;
    data->state = NULL;
    data->series_count = 1;
    say_cut(plot, steps, data);
    plot->data = data;
}

static struct row_column number_column(const struct plot *plot,
                                       const struct steps *steps)
{
    struct arena *arena = plot->context->arena;
    struct slice *text = ARENA_ARRAY(arena, struct slice, steps->count + 1);
    struct colour *colour = ARENA_ARRAY(arena, struct colour, steps->count + 1);
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];
        text[i] = step->is_total ? print_short(plot, step->to)
                                 : print_signed(plot, step->to - step->from);
        text[i] = print_least(plot, step->is_limit, text[i]);
        colour[i] = step->is_total ? plot_colour(plot, COLOUR_INK)
                                   : change_text_colour(plot, step->to - step->from);
    }
    return (struct row_column){.text = text, .colour = colour, .is_strong = true};
}

/* Two slanted lines over a total that doesn't begin at zero. */
static void add_break(struct plot *plot, double middle, double half)
{
    double x = plot->frame.left + BREAK_AT, reach = half + BREAK_REACH;
    const struct point white[] = {
        {x - BREAK_SLANT / 2, middle + reach},
        {x + BREAK_SLANT / 2, middle - reach},
    };
    struct point line[2][2];
    for (int i = 0; i < 2; i++) {
        double aside = i ? BREAK_WIDTH / 2 : -BREAK_WIDTH / 2;
        line[i][0] = (struct point){white[0].x + aside, white[0].y};
        line[i][1] = (struct point){white[1].x + aside, white[1].y};
    }
    plot_line(plot, white, 2, BREAK_WIDTH, plot_colour(plot, COLOUR_PAPER))->layer =
        LAYER_OVER;
    for (int i = 0; i < 2; i++)
        plot_line(plot, line[i], 2, BREAK_LINE, plot_colour(plot, COLOUR_INK))->layer =
            LAYER_OVER;
}

static void add_row(struct plot *plot, const struct rows *rows,
                    const struct steps *steps, size_t row)
{
    const struct step *step = &steps->step[row];
    double middle = row_middle(rows, row), half = rows->thickness / 2;
    double start = steps->cut > 0 ? fmax(step->from, steps->cut) : step->from;
    double from = scale_map(&plot->x, start), to = scale_map(&plot->x, step->to);
    struct colour fill = step->is_total ? plot_colour(plot, COLOUR_NEUTRAL)
                                        : change_colour(plot, step->to - step->from);
    if (step->from != step->to)
        plot_rectangle(plot, (struct frame){from, middle - half, to, middle + half},
                       fill);
    if (step->is_total && steps->cut > 0)
        add_break(plot, middle, half);
    if (row + 1 < rows->count)
        plot_segment(plot, to, middle + half, to, row_middle(rows, row + 1) - half,
                     CONNECTOR, plot_colour(plot, COLOUR_TERTIARY));
}

static struct row_request request_rows(const struct plot *plot,
                                       const struct steps *steps)
{
    return (struct row_request){.thickness = THICKNESS,
                                .names_beside = true,
                                .column_count = 1,
                                .column = {number_column(plot, steps)}};
}

/* It always closes: what there is no room for goes into the step of the others. */
static struct steps settle_steps(struct plot *plot)
{
    const struct chart_data *data = plot->data;
    size_t most = data->most_steps ? data->most_steps + 1 : MOST_STEPS;
    for (;; most--) {
        plot->data = data;
        struct steps steps = gather(plot, most);
        cut_scale(&steps);
        make_steps_positions(plot, &steps);
        struct row_request request = request_rows(plot, &steps);
        if (most <= LEAST_STEPS || rows_fit(plot, &request) >= steps.count)
            return steps;
    }
}

static void lay_waterfall(struct plot *plot)
{
    struct steps steps = settle_steps(plot);
    struct row_request request = request_rows(plot, &steps);
    plot->flips = plot->mirrored;
    struct rows rows = rows_lay(plot, &request);
    struct scale domain = scale_nothing();
    for (size_t i = 0; i < steps.count; i++) {
        scale_include(&domain, &steps.step[i].from, 1);
        scale_include(&domain, &steps.step[i].to, 1);
    }
    axis_values_below(plot, domain.low, domain.high, false);
    if (steps.cut > 0)
        plot->x.low = steps.cut;
    for (size_t i = 0; i < rows.count; i++)
        add_row(plot, &rows, &steps, i);
    rows_baseline(plot, &rows, scale_map(&plot->x, steps.cut));
}

const struct chart_kind chart_waterfall = {
    .name = "waterfall",
    .help = "from the total before to the total now, category by category",
    .needs = NEEDS_CATEGORIES | ONE_SERIES | DRAWS_CHANGES | NEEDS_BEFORE,
    .height_pt = 150,
    .height_by_count = true,
    .lay = lay_waterfall,
};

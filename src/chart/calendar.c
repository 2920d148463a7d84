/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The axis of positions: calendar ticks at days, weeks, months, quarters and years,
 * as few as can be read, the last date always; or names. */
#include "chart/plot.h"

#include <math.h>

static const double ABOVE_FRAME = 3.2, CLEAR = 1, NARROWEST_NAME = 14;
enum { MOST_MEASURED = 60 };
static const double TICK_LENGTH = 3.5, TICK_LINE = 0.5, LABEL_DROP = 11.5;
static const double ROOM_PER_LABEL = 48, ROOM_ABOVE = 36, ROOM_PER_BAND = 6,
                    LABEL_GAP = 6, DAY_GAP = 2;

enum step_unit { STEP_POSITION, STEP_WEEK, STEP_MONTH, STEP_YEAR };

struct step {
    enum step_unit unit;
    int count;
};

static const struct step steps[] = {
    {STEP_POSITION, 1}, {STEP_POSITION, 2}, {STEP_WEEK, 1},   {STEP_WEEK, 2},
    {STEP_MONTH, 1},    {STEP_MONTH, 2},    {STEP_MONTH, 3},  {STEP_MONTH, 6},
    {STEP_YEAR, 1},     {STEP_YEAR, 2},     {STEP_YEAR, 5},   {STEP_YEAR, 10},
    {STEP_YEAR, 20},    {STEP_YEAR, 50},    {STEP_YEAR, 100}, {STEP_YEAR, 1000},
};
enum { STEP_COUNT = sizeof steps / sizeof *steps };

static int floor_divide(int a, int b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Number of the step that a day lies in. */
static int step_index(struct step step, int32_t day, int week_start)
{
    struct civil date = civil_of(day);
    switch (step.unit) {
    case STEP_WEEK: return floor_divide(day + 3 - week_start, 7 * step.count);
    case STEP_MONTH: return (date.year * 12 + date.month - 1) / step.count;
    case STEP_YEAR: return date.year / step.count;
    default: return day;
    }
}

/* A tick stands where a step begins inside a position. */
static bool begins_step(const struct plot *plot, struct step step, size_t position)
{
    if (step.unit == STEP_POSITION)
        return (plot->data->count - 1 - position) % (size_t)step.count == 0;
    struct period period = plot->data->period[position];
    int week_start = plot->options->week_start;
    return step_index(step, period.first_day - 1, week_start) !=
           step_index(step, period.last_day, week_start);
}

static bool is_finer(struct step step, enum period_unit unit)
{
    switch (unit) {
    case PERIOD_DAY: return false;
    case PERIOD_WEEK: return step.unit == STEP_WEEK;
    case PERIOD_MONTH:
        return step.unit == STEP_WEEK || (step.unit == STEP_MONTH && step.count < 2);
    case PERIOD_QUARTER:
        return step.unit == STEP_WEEK || (step.unit == STEP_MONTH && step.count < 6);
    case PERIOD_YEAR:
        return step.unit != STEP_POSITION && (step.unit != STEP_YEAR || step.count < 2);
    default: return step.unit != STEP_POSITION;
    }
}

/* A week or two by day: each day by its name. */
static bool names_days(const struct plot *plot)
{
    return plot->data->period[0].unit == PERIOD_DAY && plot->data->count <= 14;
}

/* Names of days are short and alike: they may stand close. */
static double label_gap(const struct plot *plot)
{
    return names_days(plot) ? DAY_GAP : LABEL_GAP;
}

/* Every second week isn't a round step; every second day isn't either. */
static bool is_usable(const struct plot *plot, struct step step)
{
    enum period_unit unit = plot->data->period[0].unit;
    if (step.unit == STEP_POSITION && step.count > 1)
        return names_days(plot) && unit == PERIOD_DAY;
    return !is_finer(step, unit);
}

/* -- Texts ------------------------------------------------------------------------ */

static struct slice position_text(const struct plot *plot, size_t position,
                                  bool with_year)
{
    struct period period = plot->data->period[position];
    switch (period.unit) {
    case PERIOD_DAY:
        if (names_days(plot))
            return print_day(plot, period.first_day, "EEE d");
        break;
    case PERIOD_MONTH:
        return print_day(plot, period.first_day, with_year ? "MMM yyyy" : "MMM");
    case PERIOD_QUARTER:
    case PERIOD_YEAR: return print_period(plot, position);
    default: break;
    }
    return print_day(plot, period.last_day, with_year ? "d MMM yyyy" : "d MMM");
}

static struct slice step_text(const struct plot *plot, struct step step,
                              size_t position, bool with_year)
{
    struct period period = plot->data->period[position];
    switch (step.unit) {
    case STEP_MONTH:
        if (period.unit != PERIOD_QUARTER)
            return print_day(plot, period.last_day, with_year ? "MMM yyyy" : "MMM");
        break;
    case STEP_YEAR:
        if (period.unit != PERIOD_QUARTER)
            return print_day(plot, period.last_day, "yyyy");
        break;
    default: break;
    }
    return position_text(plot, position, with_year);
}

static int year_at(const struct plot *plot, size_t position)
{
    return civil_of(plot->data->period[position].last_day).year;
}

/* -- Placing ---------------------------------------------------------------------- */

/* A wide name may stand between narrow ones. */
static bool days_fit(const struct plot *plot, size_t stride)
{
    double pitch = position_width(plot) * (double)stride, before = 0;
    for (size_t i = (plot->data->count - 1) % stride; i < plot->data->count;
         i += stride) {
        double half =
            plot_measure(plot, position_text(plot, i, false), TEXT_AXIS)->width / 2;
        if (before > 0 && before + half + DAY_GAP > pitch)
            return false;
        before = half;
    }
    return true;
}

static bool step_fits(const struct plot *plot, struct step step, double room)
{
    size_t ticks = 0, count = plot->data->count;
    double widest = 0;
    for (size_t i = 0; i < count; i++)
        ticks += begins_step(plot, step, i);
    if (!plot->banded || step.unit != STEP_POSITION) {
        double length = plot->frame.right - plot->frame.left;
        return (double)ticks * room <= fmax(length, room);
    }
    if (count > 40)
        return false;
    if (names_days(plot))
        return days_fit(plot, (size_t)step.count);
    for (size_t i = 0; i < count; i++)
        widest =
            fmax(widest,
                 plot_measure(plot, position_text(plot, i, false), TEXT_AXIS)->width);
    return widest + ROOM_PER_BAND <= position_width(plot) * step.count;
}

static struct step choose_step(const struct plot *plot, double room)
{
    for (size_t i = 0; i < STEP_COUNT; i++) {
        if (is_usable(plot, steps[i]) && step_fits(plot, steps[i], room))
            return steps[i];
    }
    return steps[STEP_COUNT - 1];
}

struct foot { /* the labels of the axis while they are placed */
    double baseline, free_from, free_until;
    int year; /* of the label before */
    bool has_ticks;
    bool is_above;
};

static double clamped_middle(const struct plot *plot, double x, double width)
{
    return fmax(plot->axis_left + width / 2, fmin(x, plot->axis_right - width / 2));
}

static void add_foot_label(struct plot *plot, const struct foot *foot,
                           const struct label *label, double middle, int importance)
{
    struct label_request *request =
        plot_place(plot, label, middle, foot->baseline, 0.5);
    request->is_fixed = request->is_tick = true;
    request->importance = importance;
}

static void add_tick(struct plot *plot, double x)
{
    plot_segment(plot, x, plot->frame.bottom, x, plot->frame.bottom + TICK_LENGTH,
                 TICK_LINE, plot_colour(plot, COLOUR_INK))
        ->layer = LAYER_OVER;
}

static void label_last(struct plot *plot, struct foot *foot, bool year_is_told)
{
    size_t last = plot->data->count - 1;
    struct slice text = position_text(plot, last, !year_is_told);
    enum text_role role = names_days(plot) ? TEXT_AXIS : TEXT_AXIS_STRONG;
    const struct label *label = plot_measure(plot, text, role);
    double middle = clamped_middle(plot, position_x(plot, last), label->width);
    add_foot_label(plot, foot, label, middle, 60);
    foot->free_until = middle - label->width / 2 - label_gap(plot);
    if (foot->has_ticks)
        add_tick(plot, position_x(plot, last));
}

static void label_step(struct plot *plot, struct foot *foot, struct step step,
                       size_t position)
{
    int year = year_at(plot, position);
    struct slice text = step_text(plot, step, position, year != foot->year);
    const struct label *label = plot_measure(plot, text, TEXT_AXIS);
    double x = position_x(plot, position);
    double middle = clamped_middle(plot, x, label->width);
    if (foot->has_ticks)
        add_tick(plot, x);
    if (middle - label->width / 2 < foot->free_from ||
        middle + label->width / 2 > foot->free_until)
        return;
    add_foot_label(plot, foot, label, middle, 30);
    foot->free_from = middle + label->width / 2 + label_gap(plot);
    foot->year = year;
}

struct letters { /* how far labels reach above and below their baseline */
    double above, below;
};

static void include_letters(const struct plot *plot, struct slice text,
                            struct letters *letters)
{
    const struct label *label = plot_measure(plot, text, TEXT_AXIS_STRONG);
    letters->above = fmax(letters->above, label->ascent);
    letters->below = fmax(letters->below, label->descent);
}

/* Latin letters are all alike; of Nastaliq each month has a height of its own. */
static struct letters measure_letters(const struct plot *plot)
{
    struct letters letters = {0};
    size_t count = plot->data->count, stride = count / MOST_MEASURED + 1;
    if (!plot->data->period) {
        include_letters(plot, print_period(plot, 0), &letters);
        return letters;
    }
    include_letters(plot, position_text(plot, count - 1, true), &letters);
    for (size_t i = 0; plot->mirrored && i < count; i += stride) {
        struct period period = plot->data->period[i];
        include_letters(plot, position_text(plot, i, false), &letters);
        if (period.unit < PERIOD_QUARTER)
            include_letters(plot, print_day(plot, period.last_day, "MMM"), &letters);
    }
    return letters;
}

static double foot_drop(const struct letters *letters)
{
    return fmax(LABEL_DROP, letters->above + TICK_LENGTH + TICK_LINE);
}

void axis_foot(struct plot *plot)
{
    struct letters letters = measure_letters(plot);
    plot->frame.bottom = plot->height - foot_drop(&letters) - letters.below;
}

enum { LINES_ABOVE = 3, LINES_BELOW = 1 };

/* Every how many positions there is room for a name. */
static size_t name_stride(const struct plot *plot)
{
    double width = fmax(position_width(plot), 1e-6);
    return (size_t)fmax(1, ceil(NARROWEST_NAME / width));
}

static bool words_fit(const struct plot *plot, struct slice name, double room)
{
    struct slice word;
    while (slice_cut(&name, ' ', &word)) {
        if (plot_measure(plot, word, TEXT_AXIS)->width > room)
            return false;
    }
    return true;
}

/* A word that no line can hold isn't broken: the name ends with an ellipsis. */
static const struct label *name_label(const struct plot *plot, size_t position,
                                      int most_lines)
{
    double room = fmax(1, position_width(plot) * (double)name_stride(plot) - 2);
    struct slice name = plot->data->category[position];
    return plot_measure_in(plot, name, TEXT_AXIS, room,
                           words_fit(plot, name, room) ? most_lines : 1);
}

static void report_unnamed(const struct plot *plot, size_t stride)
{
    size_t count = plot->data->count, named = (count + stride - 1) / stride;
    if (named < count && plot->context->diags)
        diags_note(plot->context->diags, plot_at(plot), "L203",
                   "%zu of %zu names left out of the figure \"%.*s\"", count - named,
                   count, SLICE_PRINT(plot->options->title));
}

static void label_names(struct plot *plot, const struct foot *foot)
{
    size_t stride = name_stride(plot);
    for (size_t i = 0; plot->data->category && i < plot->data->count; i += stride) {
        const struct label *label =
            name_label(plot, i, foot->is_above ? LINES_ABOVE : LINES_BELOW);
        double middle = clamped_middle(plot, position_x(plot, i), label->width);
        add_foot_label(plot, foot, label, middle, 30);
        if (foot->is_above) /* all end on one line */
            plot->label[plot->label_count - 1].y -=
                label->height - label->ascent - label->descent;
    }
    report_unnamed(plot, stride);
}

/* "Nov 2025" and "15 Nov" at the ends of a small panel. */
static void label_ends(struct plot *plot, struct foot *foot)
{
    label_last(plot, foot, plot->data->count > 1);
    if (plot->data->count < 2)
        return;
    enum period_unit unit = plot->data->period[0].unit;
    struct step step = {unit < PERIOD_MONTH ? STEP_MONTH : STEP_POSITION, 1};
    label_step(plot, foot, step, 0);
}

static void place_labels(struct plot *plot, struct foot *foot)
{
    if (!plot->data->period) {
        label_names(plot, foot);
        return;
    }
    if (plot->names_ends) {
        label_ends(plot, foot);
        return;
    }
    struct step step = choose_step(plot, foot->is_above ? ROOM_ABOVE : ROOM_PER_LABEL);
    size_t last = plot->data->count - 1;
    /* The last label tells its year where no other label will. */
    bool year_is_told = false;
    for (size_t i = 0; i < last && !year_is_told; i++)
        year_is_told =
            begins_step(plot, step, i) && year_at(plot, i) == year_at(plot, last);
    label_last(plot, foot, year_is_told);
    for (size_t i = 0; i < last; i++) {
        if (begins_step(plot, step, i))
            label_step(plot, foot, step, i);
    }
}

static void settle_positions(struct plot *plot, bool banded)
{
    double count = (double)plot->data->count;
    plot->banded = banded;
    plot->x = (struct scale){.low = banded ? -0.5 : 0,
                             .high = banded ? count - 0.5 : fmax(count - 1, 0),
                             .from = plot->frame.left,
                             .to = plot->frame.right};
}

void axis_time(struct plot *plot, bool banded)
{
    settle_positions(plot, banded);
    struct letters letters = measure_letters(plot);
    struct foot foot = {.has_ticks = !banded && plot->data->period,
                        .free_from = plot->axis_left};
    foot.baseline = plot->frame.bottom + foot_drop(&letters);
    place_labels(plot, &foot);
}

/* Ascent of the first line above the last one's baseline, of all names. */
static double names_height(const struct plot *plot, double *descent)
{
    double height = 0;
    for (size_t i = 0; plot->data->category && i < plot->data->count;
         i += name_stride(plot)) {
        const struct label *label = name_label(plot, i, LINES_ABOVE);
        height = fmax(height, label->height - label->descent);
        *descent = fmax(*descent, label->descent);
    }
    return height;
}

void axis_time_above(struct plot *plot)
{
    settle_positions(plot, true);
    struct letters letters = measure_letters(plot);
    double height = letters.above, descent = letters.below;
    if (!plot->data->period)
        height = names_height(plot, &descent);
    struct foot foot = {.baseline = plot->frame.top + height, .is_above = true};
    place_labels(plot, &foot);
    plot->frame.top += height + fmax(descent + CLEAR, ABOVE_FRAME);
}

double position_x(const struct plot *plot, size_t position)
{
    /* A single point stands at the end, where its label is. */
    if (!plot->banded && plot->data->count < 2)
        return plot->frame.right;
    return scale_map(&plot->x, (double)position);
}

double position_width(const struct plot *plot)
{
    double count = (double)plot->data->count;
    if (!plot->banded)
        count = fmax(count - 1, 1);
    return (plot->frame.right - plot->frame.left) / fmax(count, 1);
}

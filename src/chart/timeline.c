/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Timeline: each incident a circle in its day's column and its group's lane; area is
 * proportional to size, hollow means none. Long spans get a column a week or more. */
#include "chart/plot.h"

#include <math.h>

static const double UNIT_RADIUS = 3.8, WIDEST_SHARE = 0.47, HOLLOW = 1.5;
static const double HOLLOW_LINE = 0.7, OPACITY = 0.82, DISC_GAP = 1.2, SHRINK = 0.85;
static const double LANE_PADDING = 8, LANE_GAP = 10, NOTE_ROOM = 24, NOTE_GAP = 2,
                    TALLEST_LANE = 150;
static const double HALF_DIGIT = 2.75, GUIDE = 0.5, BASELINE = 0.75, LABEL_FOOT = 5;
static const double SMALLEST_UNIT = 0.4, NEAREST_GUIDES = 12, NUMBER_MARGIN = 0.6,
                    WIDEST_LANE_NAME = 0.24;
enum { NUMBERS_FROM = 5, MOST_LANES = 6, MOST_COLUMNS = 31, MOST_LABELS = 6 };

struct strip { /* one lane */
    struct point_group group;
    double top, height;
    struct disc_reach reach;
    struct disc *disc; /* by column, one run after the other */
    size_t *first;     /* of each column's discs, and the end */
    double note;       /* height of the tallest annotation; 0 = none */
};

struct timeline {
    const struct period *column;
    size_t column_count, lane_count, left_out;
    struct strip *lane;
    double unit; /* radius of one */
    double name_width;
};

/* -- Columns -------------------------------------------------------------------------- */

static void day_range(const struct chart_data *data, int32_t *first, int32_t *last)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < data->point_count; i++) {
        low = fmin(low, data->point[i].x);
        high = fmax(high, data->point[i].x);
    }
    const double earliest = -719162, latest = 2932896; /* years 1 to 9999 */
    low = fmax(earliest, fmin(isfinite(low) ? low : 0, latest));
    high = fmax(low, fmin(isfinite(high) ? high : low, latest));
    *first = (int32_t)floor(low);
    *last = (int32_t)floor(high);
}

/* Centuries: columns of as many days each. */
static void equal_columns(const struct plot *plot, struct timeline *timeline,
                          int32_t first, int32_t last)
{
    struct period *column =
        ARENA_ARRAY(plot->context->arena, struct period, MOST_COLUMNS);
    int32_t days = (last - first) / MOST_COLUMNS + 1;
    timeline->column = column;
    timeline->column_count = MOST_COLUMNS;
    for (int32_t i = 0; i < MOST_COLUMNS; i++) {
        int32_t from = first + i * days, to = from + days - 1;
        column[i] = (struct period){PERIOD_RANGE, from, to < last ? to : last};
    }
}

static void choose_columns(const struct plot *plot, struct timeline *timeline)
{
    const struct chart_data *data = plot->data;
    static const enum period_unit units[] = {PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH,
                                             PERIOD_QUARTER, PERIOD_YEAR};
    if (data->period && data->count) {
        timeline->column = data->period;
        timeline->column_count = data->count;
        return;
    }
    int32_t first, last;
    day_range(data, &first, &last);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double days = (double)last - first + 1;
        if (units[i] == PERIOD_DAY && days > MOST_COLUMNS)
            continue;
        timeline->column_count =
            period_list(units[i], first, last, plot->options->week_start,
                        plot->context->arena, &timeline->column);
        if (timeline->column_count <= MOST_COLUMNS)
            return;
    }
    equal_columns(plot, timeline, first, last);
}

static size_t column_of(const struct timeline *timeline, double day)
{
    size_t low = 0, high = timeline->column_count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if ((double)timeline->column[middle].first_day <= day)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* -- Lanes ---------------------------------------------------------------------------- */

static double disc_radius(const struct timeline *timeline, double size)
{
    if (!(size > 0) || !isfinite(size))
        return HOLLOW;
    return fmax(timeline->unit * sqrt(size), HOLLOW * 0.8);
}

static void sort_into_columns(const struct plot *plot, const struct timeline *timeline,
                              struct strip *lane)
{
    const struct chart_data *data = plot->data;
    size_t columns = timeline->column_count;
    lane->first = ARENA_ARRAY(plot->context->arena, size_t, columns + 2);
    lane->disc = ARENA_ARRAY(plot->context->arena, struct disc, lane->group.count + 1);
    for (size_t i = 0; i < data->point_count; i++) {
        if (data->point[i].group != lane->group.code)
            continue;
        lane->first[column_of(timeline, data->point[i].x) + 2]++;
        const struct label *note = annotation_label(plot, data->point[i].label);
        lane->note = note ? fmax(lane->note, note->height) : lane->note;
    }
    for (size_t i = 2; i <= columns + 1; i++)
        lane->first[i] += lane->first[i - 1];
    for (size_t i = 0; i < data->point_count; i++) {
        if (data->point[i].group != lane->group.code)
            continue;
        size_t at = lane->first[column_of(timeline, data->point[i].x) + 1]++;
        lane->disc[at].index = i;
        lane->disc[at].is_named = data->point[i].label.size > 0;
    }
}

static struct disc_reach pack_lane(const struct plot *plot,
                                   const struct timeline *timeline, struct strip *lane)
{
    double half = position_width(plot) / 2 - 0.6;
    struct disc_reach reach = {0, 0};
    for (size_t column = 0; column < timeline->column_count; column++) {
        struct disc *disc = lane->disc + lane->first[column];
        size_t count = lane->first[column + 1] - lane->first[column];
        for (size_t i = 0; i < count; i++)
            disc[i].radius =
                disc_radius(timeline, plot->data->point[disc[i].index].size);
        struct disc_reach column_reach = discs_pack(disc, count, half, DISC_GAP);
        reach.up = fmax(reach.up, column_reach.up);
        reach.down = fmax(reach.down, column_reach.down);
    }
    return reach;
}

static double lane_height(const struct strip *lane)
{
    return lane->reach.up + lane->reach.down + 2 * LANE_PADDING +
           (lane->note > 0 ? fmax(NOTE_ROOM, lane->note + NOTE_GAP) : 0);
}

/* Circles as large as the columns and the height allow, the same in all lanes. */
static double settle_sizes(const struct plot *plot, struct timeline *timeline,
                           double room)
{
    double largest = 1, total = 0;
    for (size_t i = 0; i < timeline->lane_count; i++)
        largest = fmax(largest, timeline->lane[i].group.largest);
    timeline->unit =
        fmin(UNIT_RADIUS, WIDEST_SHARE * position_width(plot) / sqrt(largest));
    for (;; timeline->unit *= SHRINK) {
        bool fits = true;
        total = 0;
        for (size_t i = 0; i < timeline->lane_count; i++) {
            struct strip *lane = &timeline->lane[i];
            lane->reach = pack_lane(plot, timeline, lane);
            lane->height = lane_height(lane);
            fits &= lane->height <= TALLEST_LANE;
            total += lane->height;
        }
        if ((fits && total <= room) || timeline->unit < SMALLEST_UNIT)
            return total;
    }
}

/* -- Drawing -------------------------------------------------------------------------- */

/* As wide as the circle is at a digit's height; what doesn't fit is told as dropped. */
static void add_number(struct plot *plot, const struct strip *lane,
                       const struct disc *disc, struct point at)
{
    const struct chart_point *point = &plot->data->point[disc->index];
    const struct label *label = plot_measure(
        plot, print_least(plot, point->at_least, print_number(plot, point->size)),
        TEXT_LABEL_STRONG);
    double room = sqrt(fmax(disc->radius * disc->radius - HALF_DIGIT * HALF_DIGIT, 0));
    struct label_request *number =
        plot_place(plot, label, at.x, at.y + HALF_DIGIT, 0.5);
    number->colour = colour_on(plot, lane->group.colour);
    number->host = (long)plot->mark_count - 1;
    number->is_fixed = true;
    number->importance = 70;
    number->has_no_room = label->width + NUMBER_MARGIN > 2 * room;
}

static void add_disc(struct plot *plot, const struct strip *lane,
                     const struct disc *disc, struct point at)
{
    const struct chart_point *point = &plot->data->point[disc->index];
    struct colour fill = lane->group.colour;
    if (!(point->size > 0)) {
        plot_circle(plot, at, disc->radius - HOLLOW_LINE / 2,
                    plot_colour(plot, COLOUR_PAPER), fill, HOLLOW_LINE);
        if (isnan(point->size)) /* not known: quieter than none */
            plot->mark[plot->mark_count - 1].stroke =
                plot_colour(plot, COLOUR_TERTIARY);
        return;
    }
    fill.alpha *= OPACITY;
    plot_circle(plot, at, disc->radius, fill, (struct colour){0}, 0);
    if (point->size >= NUMBERS_FROM)
        add_number(plot, lane, disc, at);
}

static void draw_lane(struct plot *plot, const struct timeline *timeline,
                      const struct strip *lane)
{
    double spare = fmax(0, lane->height - lane_height(lane));
    double middle =
        lane->top + lane->height - LANE_PADDING - lane->reach.down - spare / 2;
    for (size_t column = 0; column < timeline->column_count; column++) {
        double x = position_x(plot, column);
        for (size_t i = lane->first[column]; i < lane->first[column + 1]; i++) {
            const struct disc *disc = &lane->disc[i];
            struct point at = {x + disc->x, middle + disc->y};
            add_disc(plot, lane, disc, at);
            const struct chart_point *point = &plot->data->point[disc->index];
            if (!point->label.size)
                continue;
            struct label_request *note =
                plot_annotation(plot, point->label, at, disc->radius);
            note->side = SIDE_ABOVE;
            note->importance = 30 + (int)fmin(point->size > 0 ? point->size : 0, 20);
        }
    }
}

static void print_count(const struct plot *plot, const char *key, double count,
                        struct slice *out)
{
    const struct phrase_part part = {"count", print_short(plot, count)};
    *out = print_words(plot, key, count, &part, 1);
}

/* Name, incidents and killed, as they stand at the start of a lane. */
static size_t lane_words(const struct plot *plot, const struct strip *lane,
                         struct slice words[3])
{
    size_t count = 0;
    if (lane->group.name.size)
        words[count++] = lane->group.name;
    print_count(plot, "chart.incidents", (double)lane->group.count, &words[count++]);
    const struct phrase_part part[] = {
        {"count", print_least(plot, lane->group.sum_is_limit,
                              print_short(plot, lane->group.sum))},
        {"name", plot->data->size_name}};
    if (lane->group.known) /* a file without the field tells nothing, not 0 */
        words[count++] =
            print_words(plot, plot->data->size_is_other ? "chart.size" : "chart.killed",
                        lane->group.sum, part, 2);
    return count;
}

static enum text_role word_role(const struct strip *lane, size_t i)
{
    return i == 0 && lane->group.name.size ? TEXT_LABEL_STRONG : TEXT_AXIS;
}

static double words_height(const struct plot *plot, const struct strip *lane)
{
    struct slice words[3];
    double height = 0;
    size_t count = lane_words(plot, lane, words);
    for (size_t i = 0; i < count; i++)
        height += plot_measure(plot, words[i], word_role(lane, i))->height + 1.5;
    return height + LABEL_FOOT;
}

static void label_lane(struct plot *plot, const struct timeline *timeline,
                       const struct strip *lane)
{
    struct slice words[3];
    size_t count = lane_words(plot, lane, words);
    double y = lane->top + lane->height - LABEL_FOOT;
    double x = plot->mirrored ? plot->width : 0;
    for (size_t i = count; i-- > 0;) {
        const struct label *label = plot_measure_in(plot, words[i], word_role(lane, i),
                                                    timeline->name_width, 1);
        y -= label->descent;
        struct label_request *request =
            plot_place(plot, label, x, y, plot->mirrored ? 1 : 0);
        request->is_fixed = true;
        request->importance = 90 - (int)i;
        if (word_role(lane, i) == TEXT_LABEL_STRONG)
            request->colour = lane->group.text_colour;
        y -= label->ascent + 1.5;
    }
}

static double names_width(const struct plot *plot, const struct timeline *timeline)
{
    double width = 0;
    for (size_t lane = 0; lane < timeline->lane_count; lane++) {
        struct slice words[3];
        size_t count = lane_words(plot, &timeline->lane[lane], words);
        for (size_t i = 0; i < count; i++)
            width = fmax(
                width, plot_measure(plot, words[i], word_role(&timeline->lane[lane], i))
                           ->width);
    }
    return fmin(width, plot->width * WIDEST_LANE_NAME) + 0.1;
}

/* A stretch of the calendar begins with the column. */
static bool begins(const struct plot *plot, const struct timeline *timeline,
                   size_t column, enum period_unit unit)
{
    int week_start = plot->options->week_start;
    int32_t before = timeline->column[column - 1].first_day;
    int32_t here = timeline->column[column].first_day;
    return unit == PERIOD_DAY || period_holding(unit, before, week_start).first_day !=
                                     period_holding(unit, here, week_start).first_day;
}

/* What guides divide: columns while they are wide, else weeks, months, quarters, years. */
static enum period_unit guide_unit(const struct plot *plot,
                                   const struct timeline *timeline)
{
    static const enum period_unit units[] = {PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH,
                                             PERIOD_QUARTER};
    double room = plot->frame.right - plot->frame.left;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t guides = 0;
        for (size_t c = 1; c < timeline->column_count; c++)
            guides += begins(plot, timeline, c, units[i]);
        if ((double)(guides + 1) * NEAREST_GUIDES <= room)
            return units[i];
    }
    return PERIOD_YEAR;
}

static void draw_guides(struct plot *plot, const struct timeline *timeline)
{
    double half = position_width(plot) / 2;
    struct colour grid = plot_colour(plot, COLOUR_GRIDLINE);
    enum period_unit unit = guide_unit(plot, timeline);
    for (size_t i = 1; i < timeline->column_count; i++) {
        if (!begins(plot, timeline, i, unit))
            continue;
        double x = position_x(plot, i) - half;
        plot_segment(plot, x, plot->frame.top, x, plot->frame.bottom, GUIDE, grid)
            ->layer = LAYER_GUIDE;
    }
    for (size_t i = 0; i < timeline->lane_count; i++) {
        const struct strip *lane = &timeline->lane[i];
        bool is_last = i + 1 == timeline->lane_count;
        double y = lane->top + lane->height;
        plot_segment(plot, 0, y, plot->width, y, is_last ? BASELINE : GUIDE,
                     plot_colour(plot, is_last ? COLOUR_INK : COLOUR_NEUTRAL))
            ->layer = LAYER_OVER;
    }
}

/* -- The whole ------------------------------------------------------------------------ */

static void gather_lanes(struct plot *plot, struct timeline *timeline)
{
    struct point_group *group;
    size_t count = point_groups(plot, &group);
    if (count > MOST_LANES) {
        timeline->left_out = count - MOST_LANES;
        count = MOST_LANES;
    }
    timeline->lane_count = count;
    timeline->lane = ARENA_ARRAY(plot->context->arena, struct strip, count + 1);
    for (size_t i = 0; i < count; i++) {
        timeline->lane[i].group = group[i];
        sort_into_columns(plot, timeline, &timeline->lane[i]);
    }
}

/* The columns take the place of the positions, so that the common axis serves. */
static void make_columns_positions(struct plot *plot, const struct timeline *timeline)
{
    struct chart_data *data =
        arena_copy(plot->context->arena, plot->data, sizeof *plot->data);
    data->count = timeline->column_count;
    data->period = timeline->column;
    data->category = NULL;
    data->state = NULL;
    plot->data = data;
}

static void stack_lanes(struct plot *plot, struct timeline *timeline, double total)
{
    double fixed = plot->options->height, spare = 0, y = plot->frame.top;
    double foot = plot->height - plot->frame.bottom;
    if (fixed > 0)
        spare = fmax(0, fixed - foot - y - total) / (double)timeline->lane_count;
    for (size_t i = 0; i < timeline->lane_count; i++) {
        struct strip *lane = &timeline->lane[i];
        lane->top = y;
        lane->height = fmax(lane->height + spare, words_height(plot, lane));
        y += lane->height;
    }
    plot->frame.bottom = y;
    plot->height = y + foot;
}

static void say_left_out(struct plot *plot, const struct timeline *timeline)
{
    if (!timeline->left_out)
        return;
    struct slice words;
    print_count(plot, "chart.more lanes", (double)timeline->left_out, &words);
    const struct label *label = plot_measure_in(plot, words, TEXT_AXIS, plot->width, 0);
    struct label_request *note =
        plot_place(plot, label, plot->mirrored ? plot->width : 0,
                   plot->height + LANE_GAP / 2 + label->ascent, plot->mirrored ? 1 : 0);
    note->is_fixed = true;
    plot->below = LANE_GAP / 2 + label->height;
    plot->height += plot->below;
    if (plot->context->diags)
        diags_note(plot->context->diags, plot_at(plot), "L203",
                   "%zu lane%s left out of the figure \"%.*s\"", timeline->left_out,
                   timeline->left_out == 1 ? "" : "s",
                   SLICE_PRINT(plot->options->title));
}

static void lay_timeline(struct plot *plot)
{
    struct timeline timeline = {.lane_count = 0};
    choose_columns(plot, &timeline);
    make_columns_positions(plot, &timeline);
    gather_lanes(plot, &timeline);
    timeline.name_width = names_width(plot, &timeline);
    double names = timeline.name_width + LANE_GAP;
    plot->frame.left = plot->mirrored ? 0 : names;
    plot->frame.right = plot->width - (plot->mirrored ? names : 0);
    axis_foot(plot);
    double foot = plot->height - plot->frame.bottom;
    /* Widths of bands are needed for packing, before the foot's place is known. */
    plot->banded = true;
    double fixed = plot->options->height;
    double room = fixed > 0 ? fixed - foot - plot->frame.top
                            : TALLEST_LANE * (double)timeline.lane_count;
    stack_lanes(plot, &timeline, settle_sizes(plot, &timeline, room));
    axis_time(plot, true);
    draw_guides(plot, &timeline);
    for (size_t i = 0; i < timeline.lane_count; i++) {
        draw_lane(plot, &timeline, &timeline.lane[i]);
        label_lane(plot, &timeline, &timeline.lane[i]);
    }
    say_left_out(plot, &timeline);
}

const struct chart_kind chart_timeline = {
    .name = "timeline",
    .help = "each incident a circle by day, area by its size, a lane for each group",
    .needs = NEEDS_POINTS | NEEDS_TIME,
    .height_pt = 200,
    .lay = lay_timeline,
};

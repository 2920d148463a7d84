/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart on its own: laid again to fill a frame, and its data as CSV, one line a
 * position, period or mark. */
#include "chart/plot.h"

#include <math.h>
#include <string.h>

/* First: the layout knows only this. */
struct chart_picture {
    struct picture picture;
    const struct plot *plot;
};

/* -- Another frame --------------------------------------------------------------------- */

enum { TRIES = 3 };
static const double LOWEST_PLOT = 60, FIRST_HEAD = 40, CLOSE = 0.5;

/* The same again, for a height of the plot; what it drops is no news of the brief. */
static struct box *lay_again(const struct plot *plot, double width, double height)
{
    struct chart_context context = *plot->context;
    struct chart_options options = *plot->options;
    size_t dropped = 0;
    context.dropped_labels = &dropped;
    context.diags = diags_new(context.arena);
    options.height = height;
    options.most_height = 0;
    options.fills_row = false;
    return chart_lay(&context, &options, plot->data, width);
}

/* Title, key and axis need what they need: the plot takes the rest of the height. */
static struct box *lay_picture(const struct picture *picture, double width,
                               double height)
{
    const struct plot *plot = ((const struct chart_picture *)picture)->plot;
    double tall = fmax(LOWEST_PLOT, height - FIRST_HEAD);
    struct box *box = lay_again(plot, width, tall);
    for (int i = 1; i < TRIES && fabs(height - box->height) > CLOSE; i++) {
        tall = fmax(LOWEST_PLOT, tall + height - box->height);
        box = lay_again(plot, width, tall);
    }
    return box->height > height + CLOSE ? box_scaled(plot->context->arena, box, height)
                                        : box;
}

/* -- CSV ----------------------------------------------------------------------------------- */

void append_csv_word(struct text *out, struct slice word)
{
    bool quote = false;
    for (size_t i = 0; i < word.size; i++)
        quote = quote || memchr(",\"\r\n", word.data[i], 4);
    if (!quote) {
        text_append(out, word);
        return;
    }
    text_append_string(out, "\"");
    for (size_t i = 0; i < word.size; i++) {
        text_append(out, (struct slice){word.data + i, 1});
        if (word.data[i] == '"')
            text_append_string(out, "\"");
    }
    text_append_string(out, "\"");
}

void append_csv_limit(struct text *out, double number, bool at_least)
{
    append_csv_number(out, number);
    if (at_least && isfinite(number))
        text_append_string(out, "+");
}

void append_csv_number(struct text *out, double number)
{
    char printed[NUMBER_TEXT_SIZE];
    text_append_string(out, ",");
    if (!isfinite(number))
        return;
    number_print(printed, number);
    text_append_string(out, printed);
}

static void add_head(struct text *out, struct slice name, const char *suffix,
                     const char *fallback)
{
    struct text head = {.arena = out->arena};
    text_append(&head, name.size ? name : slice_of(fallback));
    text_append_string(&head, suffix);
    text_append_string(out, ",");
    append_csv_word(out, text_slice(&head));
}

static void add_heads(struct text *out, const struct chart_data *data)
{
    text_append_string(out, data->period ? "period,from,to" : "category");
    for (size_t s = 0; s < data->series_count; s++) {
        const struct chart_series *series = &data->series[s];
        add_head(out, series->label, "", "value");
        if (series->low)
            add_head(out, series->label, " low", "value");
        if (series->high)
            add_head(out, series->label, " high", "value");
        if (series->average)
            add_head(out, series->label, " average", "value");
        if (series->band_low && series->band_high) {
            add_head(out, series->label, " expected low", "value");
            add_head(out, series->label, " expected high", "value");
        }
    }
    if (data->average)
        add_head(out, data->average_name, "", "average");
    if (data->band_low && data->band_high) {
        add_head(out, data->band_name, " low", "band");
        add_head(out, data->band_name, " high", "band");
    }
    if (data->trend)
        add_head(out, (struct slice){0}, "", "trend");
    if (data->level)
        add_head(out, (struct slice){0}, "", "level");
    if (data->tick)
        add_head(out, data->tick_name, "", "before");
    text_append_string(out, data->state ? ",state\r\n" : "\r\n");
}

static void add_period(struct text *out, struct period period, int week_start)
{
    char label[PERIOD_LABEL_SIZE];
    period_label(period, week_start, label);
    text_append_string(out, label);
    const int32_t day[] = {period.first_day, period.last_day};
    for (size_t i = 0; i < 2; i++) {
        period_label((struct period){PERIOD_DAY, day[i], day[i]}, week_start, label);
        text_append_string(out, ",");
        text_append_string(out, label);
    }
}

static void add_values(struct text *out, const struct chart_data *data, size_t i)
{
    for (size_t s = 0; s < data->series_count; s++) {
        const struct chart_series *series = &data->series[s];
        append_csv_limit(out, series->value[i],
                         series->at_least && series->at_least[i]);
        if (series->low)
            append_csv_number(out, series->low[i]);
        if (series->high)
            append_csv_number(out, series->high[i]);
        if (series->average)
            append_csv_number(out, series->average[i]);
        if (series->band_low && series->band_high) {
            append_csv_number(out, series->band_low[i]);
            append_csv_number(out, series->band_high[i]);
        }
    }
    if (data->average)
        append_csv_number(out, data->average[i]);
    if (data->band_low && data->band_high) {
        append_csv_number(out, data->band_low[i]);
        append_csv_number(out, data->band_high[i]);
    }
    if (data->trend)
        append_csv_number(out, data->trend[i]);
    if (data->level)
        append_csv_number(out, data->level[i]);
    if (data->tick)
        append_csv_limit(out, data->tick[i],
                         data->tick_at_least && data->tick_at_least[i]);
}

static void add_position(struct text *out, const struct plot *plot, size_t i)
{
    static const char *const state[] = {"complete", "provisional", "unknown"};
    const struct chart_data *data = plot->data;
    if (data->period)
        add_period(out, data->period[i], plot->options->week_start);
    else if (data->category)
        append_csv_word(out, data->category[i]);
    add_values(out, data, i);
    text_append_string(out, ",");
    if (data->state)
        text_append_string(out, state[data->state[i]]);
    else
        out->size--;
    text_append_string(out, "\r\n");
}

/* Marks: their day or place, size, group and words. */
static void add_points(struct text *out, const struct plot *plot)
{
    const struct chart_data *data = plot->data;
    bool by_day = (plot->kind->needs & NEEDS_TIME) != 0;
    text_append_string(out, by_day ? "date,size,group,label\r\n"
                                   : "x,y,size,group,label\r\n");
    for (size_t i = 0; i < data->point_count; i++) {
        const struct chart_point *point = &data->point[i];
        char first[PERIOD_LABEL_SIZE + NUMBER_TEXT_SIZE] = "";
        int32_t day = (int32_t)floor(point->x);
        if (by_day)
            period_label((struct period){PERIOD_DAY, day, day},
                         plot->options->week_start, first);
        else if (isfinite(point->x))
            number_print(first, point->x);
        text_append_string(out, first);
        if (!by_day)
            append_csv_number(out, point->y);
        append_csv_number(out, point->size);
        text_append_string(out, ",");
        if (point->group < data->series_count)
            append_csv_word(out, data->series[point->group].label);
        text_append_string(out, ",");
        append_csv_word(out, point->label);
        text_append_string(out, "\r\n");
    }
}

static void write_csv(const struct picture *picture, struct text *out)
{
    const struct plot *plot = ((const struct chart_picture *)picture)->plot;
    if (plot->kind->needs & NEEDS_POINTS && !plot->data->category) {
        add_points(out, plot);
        return;
    }
    add_heads(out, plot->data);
    for (size_t i = 0; i < plot->data->count; i++)
        add_position(out, plot, i);
}

const struct picture *chart_picture(const struct plot *plot)
{
    struct chart_picture *own = ARENA_NEW(plot->context->arena, struct chart_picture);
    double asked = plot->options->height;
    own->picture.has_source = plot->options->source.size > 0;
    own->picture.lay = lay_picture;
    own->picture.write_csv = write_csv;
    own->picture.plot_height = asked > 0 ? asked : plot->height - plot->below;
    own->picture.dropped_labels = plot->dropped;
    own->plot = plot;
    return &own->picture;
}

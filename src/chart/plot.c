/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * chart_lay: the passes over a figure, the same for every kind, and the registry. */
#include "chart/elastic.h"
#include "chart/plot.h"

#include <math.h>

#define CHART_KIND(name) extern const struct chart_kind chart_##name;
#include "chart/kinds.def"
#undef CHART_KIND

static const struct chart_kind *const kinds[] = {
#define CHART_KIND(name) &chart_##name,
#include "chart/kinds.def"
#undef CHART_KIND
};

enum { MOST_PARTS = 4 };
static const double SOURCE_GAP = 5, EMPTY_HEIGHT = 36, NARROWEST = 40, CLEAR = 1.5;

const struct chart_kind *const *chart_kinds(size_t *count)
{
    *count = sizeof kinds / sizeof *kinds;
    return kinds;
}

const struct chart_kind *chart_kind_find(struct slice name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (slice_is(name, kinds[i]->name))
            return kinds[i];
    }
    return NULL;
}

/* -- What kinds ask of a plot ----------------------------------------------------------- */

struct text plot_text(const struct plot *plot)
{
    return (struct text){.arena = plot->context->arena};
}

const struct text_style *plot_style(const struct plot *plot, enum text_role role)
{
    return &plot->context->theme->text[role];
}

struct colour plot_colour(const struct plot *plot, enum colour_role role)
{
    return plot->context->theme->colour[role];
}

const struct label *plot_measure(const struct plot *plot, struct slice text,
                                 enum text_role role)
{
    return typeset_label(plot->context->typesetter, text, plot_style(plot, role));
}

const struct label *plot_measure_in(const struct plot *plot, struct slice text,
                                    enum text_role role, double width, int max_lines)
{
    return typeset_label_in(plot->context->typesetter, text, plot_style(plot, role),
                            width, max_lines);
}

void plot_remark(struct plot *plot, struct slice sentence)
{
    if (!sentence.size)
        return;
    if (plot->remark.size)
        text_append_string(&plot->remark, " ");
    text_append(&plot->remark, sentence);
}

struct place plot_at(const struct plot *plot)
{
    struct place at = plot->context->at;
    at.column = 0;
    return at;
}

bool plot_is_provisional(const struct plot *plot, size_t position)
{
    return plot->data->state && plot->data->state[position] == POINT_PROVISIONAL;
}

/* -- Drawing ------------------------------------------------------------------------------ */

static void draw_plot(const struct box *box, cairo_t *cairo)
{
    const struct plot *plot = box->content;
    for (int layer = LAYER_GUIDE; layer <= LAYER_OVER; layer++) {
        for (size_t i = 0; i < plot->mark_count; i++) {
            if ((int)plot->mark[i].layer == layer)
                mark_draw(&plot->mark[i], cairo);
        }
    }
    for (size_t i = 0; i < plot->label_count; i++)
        label_request_draw(plot, &plot->label[i], cairo);
}

static void describe_plot(const struct box *box, struct text *out)
{
    const struct plot *plot = box->content;
    text_print(out, "%s, %zu marks, %zu labels, %zu dropped", plot->kind->name,
               plot->mark_count, plot->label_count - plot->dropped, plot->dropped);
}

static struct box *plot_box(const struct plot *plot)
{
    struct box *box = box_new(plot->context->arena, "plot", plot->width, plot->height);
    box->draw = draw_plot;
    box->describe = describe_plot;
    box->content = plot;
    return box;
}

/* -- Without data --------------------------------------------------------------------------- */

static void draw_sentence(const struct box *box, cairo_t *cairo)
{
    const struct label *label = box->content;
    label_draw(label, cairo, 0, label->ascent + 4, 0);
}

static void draw_sentence_mirrored(const struct box *box, cairo_t *cairo)
{
    const struct label *label = box->content;
    label_draw(label, cairo, box->width, label->ascent + 4, 1);
}

struct slice plot_without_marks(const struct plot *plot)
{
    const struct chart_data *data = plot->data;
    if (data->not_compared.size && (plot->kind->needs & DRAWS_CHANGES))
        return data->not_compared;
    return data->zero_note.size ? data->zero_note
                                : print_words(plot, "chart.no data", 1, NULL, 0);
}

static struct box *plot_empty(const struct plot *plot)
{
    const struct label *label =
        plot_measure_in(plot, plot_without_marks(plot), TEXT_SUBTITLE, plot->width, 0);
    struct box *box = box_new(plot->context->arena, "plot", plot->width,
                              fmax(EMPTY_HEIGHT, label->height + 8));
    box->draw = plot->mirrored ? draw_sentence_mirrored : draw_sentence;
    box->content = label;
    return box;
}

static bool has_any(const double *value, size_t count)
{
    for (size_t i = 0; value && i < count; i++) {
        if (isfinite(value[i]))
            return true;
    }
    return false;
}

static bool has_data(const struct chart_data *data, const struct chart_kind *kind)
{
    if (kind->needs & NEEDS_POINTS)
        return data->point_count > 0;
    for (size_t s = 0; data->count && s < data->series_count; s++) {
        if (has_any(data->series[s].value, data->count))
            return true;
    }
    return false;
}

/* -- The passes ---------------------------------------------------------------------------- */

static void flip(struct plot *plot)
{
    for (size_t i = 0; i < plot->mark_count; i++)
        mark_flip(&plot->mark[i], plot->width);
    for (size_t i = 0; i < plot->label_count; i++)
        label_request_flip(&plot->label[i], plot->width);
}

/* More than four parts are told apart by nobody (STYLE.md 5). */
static void check_parts(const struct plot *plot)
{
    if (!(plot->kind->needs & PARTS_OF_WHOLE) || !plot->context->diags ||
        plot->data->series_count <= MOST_PARTS)
        return;
    struct diag *diag = diags_note(
        plot->context->diags, plot_at(plot), "L209",
        "%zu parts stand on each other in the figure \"%.*s\", expected at most %d",
        plot->data->series_count, SLICE_PRINT(plot->options->title), MOST_PARTS);
    diag_hint(plot->context->diags, diag, "type: multiples gives each its own panel");
}

static struct box *lay_plot(struct plot *plot)
{
    bool lacks_changes =
        plot->data->not_compared.size && (plot->kind->needs & DRAWS_CHANGES);
    if (lacks_changes || !has_data(plot->data, plot->kind))
        return plot_empty(plot);
    check_parts(plot);
    plot->kind->lay(plot);
    labels_solve(plot);
    plot_join_circles(plot);
    if (plot->flips)
        flip(plot);
    return plot_box(plot);
}

/* How far the subtitle's letters hang into the plot: Nastaliq does. */
static double tail_of_subtitle(const struct plot *plot)
{
    if (!plot->mirrored || !plot->options->subtitle.size)
        return 0;
    double descent =
        plot_measure_in(plot, plot->options->subtitle, TEXT_SUBTITLE, plot->width, 0)
            ->descent;
    return fmax(0, descent + CLEAR - figure_below_subtitle);
}

static struct plot *plot_new(const struct chart_context *context,
                             const struct chart_options *options,
                             const struct chart_data *data, double width)
{
    struct plot *plot = ARENA_NEW(context->arena, struct plot);
    const struct chart_kind *kind = chart_kind_find(options->kind);
    struct chart_options own = *options;
    if (kind && !(kind->needs & TAKES_LOG))
        own.logarithmic = false;
    *plot = (struct plot){
        .context = arena_copy(context->arena, context, sizeof *context),
        .options = arena_copy(context->arena, &own, sizeof own),
        .data = arena_copy(context->arena, data, sizeof *data),
        .kind = kind ? kind : kinds[0],
        .width = isfinite(width) ? fmax(width, NARROWEST) : NARROWEST,
        .mirrored =
            typesetter_direction(context->typesetter) == DIRECTION_RIGHT_TO_LEFT,
    };
    plot->given = plot->data;
    plot->remark = plot_text(plot);
    if (!(plot->kind->needs & DRAWS_CHANGES)) /* they say it in place of marks */
        plot_remark(plot, data->not_compared);
    plot_remark(plot, data->remark);
    plot->height = options->height > 0 ? options->height : plot->kind->height_pt;
    plot->frame = (struct frame){0, 0, plot->width, plot->height};
    plot->axis_right = plot->width;
    if (options->subtitle.size)
        plot->head_room =
            (plot->mirrored ? plot_style(plot, TEXT_SUBTITLE)->arabic_leading_pt
                            : plot_style(plot, TEXT_SUBTITLE)->size_pt) +
            figure_below_subtitle;
    plot->frame.top = tail_of_subtitle(plot);
    return plot;
}

static void add_line(struct text *text, struct slice line)
{
    if (text->size && line.size)
        text_append_string(text, "\n");
    text_append(text, line);
}

/* For the text file: all that stands in the figure, but for its axes. */
static struct slice figure_words(const struct plot *plot, struct slice alt)
{
    const struct chart_options *options = plot->options;
    struct text text = plot_text(plot);
    add_line(&text, options->title);
    add_line(&text, options->subtitle);
    add_line(&text, alt);
    if (options->alt.size) /* else it says them */
        add_line(&text, text_slice(&plot->remark));
    add_line(&text, label_words(plot, text_slice(&text)));
    add_line(&text, options->source);
    return text_slice(&text);
}

static void draw_source(const struct box *box, cairo_t *cairo)
{
    const struct label *label = box->content;
    label_draw(label, cairo, 0, label->ascent, 0);
}

static void draw_source_mirrored(const struct box *box, cairo_t *cairo)
{
    const struct label *label = box->content;
    label_draw(label, cairo, box->width, label->ascent, 1);
}

static struct box *small_print(const struct plot *plot, const char *name,
                               struct slice text)
{
    const struct label *label =
        plot_measure_in(plot, text, TEXT_SOURCE, plot->width, 0);
    struct box *box = box_new(plot->context->arena, name, plot->width, label->height);
    box->draw = plot->mirrored ? draw_source_mirrored : draw_source;
    box->content = label;
    return box;
}

static void add_below(const struct plot *plot, struct box *figure, const char *name,
                      struct slice text)
{
    if (!text.size)
        return;
    struct box *box = small_print(plot, name, text);
    box_add(plot->context->arena, figure, box, 0, figure->height + SOURCE_GAP);
    figure->height += SOURCE_GAP + box->height;
}

static struct box *lay_figure(struct plot *plot, double width)
{
    const struct chart_context *context = plot->context;
    const struct chart_options *options = plot->options;
    struct arena *arena = context->arena;
    struct box *head = figure_head(context, options->title, options->subtitle, width);
    struct box *body = lay_plot(plot);
    struct box *figure = box_new(arena, "figure", width, head->height + body->height);
    box_add(arena, figure, head, 0, 0);
    box_add(arena, figure, body, 0, head->height);
    add_below(plot, figure, "figure remark", text_slice(&plot->remark));
    add_below(plot, figure, "figure source", options->source);
    figure->role = ROLE_FIGURE;
    figure->at = context->at;
    figure->picture = chart_picture(plot);
    figure->alt = options->alt.size ? options->alt : alt_text(plot);
    figure->text = figure_words(plot, figure->alt);
    return figure;
}

static struct box *lay_at_height(const struct elastic *asked,
                                 const struct chart_context *context, double height)
{
    struct chart_options options = *(const struct chart_options *)asked->options;
    options.height = height;
    return lay_figure(plot_new(context, &options, asked->data, asked->width),
                      asked->width);
}

static struct box *lay_elastic(const struct chart_context *context,
                               const struct chart_options *options,
                               const struct chart_data *data, double width)
{
    const struct elastic asked = {
        .context = *context,
        .width = width,
        .least = options->height,
        .most = options->most_height,
        .fills_row = options->fills_row,
        .lay = lay_at_height,
        .options = arena_copy(context->arena, options, sizeof *options),
        .data = arena_copy(context->arena, data, sizeof *data)};
    return elastic_box(&asked);
}

struct box *chart_lay(const struct chart_context *context,
                      const struct chart_options *options,
                      const struct chart_data *data, double width)
{
    if (options->most_height > options->height || options->fills_row)
        return lay_elastic(context, options, data, width);
    return lay_figure(plot_new(context, options, data, width), width);
}

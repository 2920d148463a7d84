/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `figure`: a picture from a file, with the words for whoever doesn't see it. */
#include "block/block.h"

#include "base/file.h"
#include "layout/image.h"

struct figure_arguments {
    struct image image;
    double share, width_pt; /* of the column, or in points; 0: by its own size */
    const struct template_text *title, *caption, *source, *alt;
};

static const struct block_key keys[] = {
    {"file", "sketch.svg", "PNG or SVG, beside the template or below", TAKES_WORD,
     IS_NEEDED},
    {"alt", "Sketch of the checkpoint: a gate, two huts",
     "what it shows, for readers who don't see it", TAKES_TEXT, IS_NEEDED},
    {"caption", "\"The checkpoint in 2024\"", "below the picture", TAKES_TEXT},
    {"title", "\"The road was open\"", "a figure title above", TAKES_TEXT},
    {"source", "\"Sketch: Amna\"", "below the caption", TAKES_TEXT},
    {"width", "50%", "of the column, or in points: 240; else by its own size",
     TAKES_SHARE},
    {"id", "sketch", "name for links and single figures", TAKES_WORD},
    {0},
};

/* -- Reading ----------------------------------------------------------------------- */

static bool read_file(struct block_reader *reader, struct image *out)
{
    const struct yaml *value = yaml_find(reader->node->body, "file");
    if (!value || !value->text.size)
        return reader_missing(reader, "file", "sketch.svg");
    const char *path;
    if (!find_beside(reader, value, &path))
        return false;
    return image_open(path, yaml_text_at(value), value->width, reader->arena, out,
                      reader->diags);
}

static bool read_width(struct block_reader *reader, struct figure_arguments *figure)
{
    const struct yaml *value = yaml_find(reader->node->body, "width");
    if (!value || !value->text.size)
        return true;
    struct slice text = value->text;
    bool is_share = text.data[text.size - 1] == '%';
    double number;
    text.size -= is_share;
    if (number_parse(slice_trim(text), &number) && number >= (is_share ? 5 : 20) &&
        number <= (is_share ? 100 : 2000)) {
        *(is_share ? &figure->share : &figure->width_pt) =
            is_share ? number / 100 : number;
        return true;
    }
    struct diag *diag = reader_error(reader, value, "M114", "width is \"%.*s\"",
                                     SLICE_PRINT(value->text));
    diag_hint(reader->diags, diag, "%s",
              "write a share of the column, 5% to 100%, or points, 20 to 2000");
    return false;
}

static bool read_figure(struct block_reader *reader, const void **arguments)
{
    struct figure_arguments *figure = ARENA_NEW(reader->arena, struct figure_arguments);
    *arguments = figure;
    bool ok = read_file(reader, &figure->image);
    ok &= read_width(reader, figure);
    ok &= read_text(reader, "title", &figure->title);
    ok &= read_text(reader, "caption", &figure->caption);
    ok &= read_text(reader, "source", &figure->source);
    ok &= read_text(reader, "alt", &figure->alt);
    if (ok && !figure->alt)
        ok = reader_missing(reader, "alt", "what the picture shows");
    return ok;
}

/* -- Laying ------------------------------------------------------------------------ */

/* Pixels to the inch: as printed without a width, and the fewest that look well. */
enum { ORDINARY_DPI = 144, FEWEST_DPI = 100, SVG_DPI = 96 };
static const double HIGHEST = 560, CAPTION_GAP = 4;

static void draw_figure(const struct box *box, cairo_t *cairo)
{
    image_draw(box->content, cairo, box->width, box->height);
}

static void warn_coarse(const struct figure_arguments *figure,
                        const struct block_context *context, double width)
{
    const struct image *image = &figure->image;
    double dpi = image->width / width * 72;
    if (image->is_vector || dpi >= FEWEST_DPI)
        return;
    struct diag *diag = diags_warn(
        context->chart.diags, context->chart.at, "L111",
        "\"%s\" has %.0f pixels across %.0f points, %.0f an inch: it will look coarse",
        path_name(image->path), image->width, width, dpi);
    diag_hint(context->chart.diags, diag,
              "give one of %.0f pixels across or more, an SVG, or a smaller width",
              width / 72 * ORDINARY_DPI);
}

/* Of its letters those that no font has, each once. */
static size_t missing_letters(const struct block_context *context, struct slice words,
                              uint32_t **out)
{
    enum { FIRST_LETTER = 0x21 };
    const struct fonts *fonts = typesetter_fonts(context->chart.typesetter);
    size_t count = 0, capacity = 0;
    *out = NULL;
    for (size_t offset = 0; offset < words.size;) {
        uint32_t rune = utf8_next(words, &offset);
        bool is_known = rune < FIRST_LETTER || rune == 0xFFFD ||
                        (rune >= 0x2000 && rune < 0x2070) || /* spaces and marks */
                        fonts_have_for_svg(fonts, rune);
        for (size_t i = 0; i < count && !is_known; i++)
            is_known = (*out)[i] == rune;
        if (!is_known)
            *ARENA_APPEND(context->chart.arena, *out, count, capacity) = rune;
    }
    return count;
}

static void warn_missing(const struct figure_arguments *figure,
                         const struct block_context *context, struct slice words)
{
    enum { MOST_NAMED = 6 };
    uint32_t *rune;
    size_t count = missing_letters(context, words, &rune);
    struct text list = {.arena = context->chart.arena};
    for (size_t i = 0; i < count && i < MOST_NAMED; i++) {
        char bytes[5] = "";
        utf8_encode(rune[i], bytes);
        text_print(&list, "%s\"%s\" (U+%04X)", i ? ", " : "", bytes, rune[i]);
    }
    if (count > MOST_NAMED)
        text_print(&list, " and %zu others", count - MOST_NAMED);
    if (!count)
        return;
    struct diag *diag =
        diags_warn(context->chart.diags, context->chart.at, "L301",
                   "no font has %.*s, which stand%s in \"%s\": a box is printed",
                   SLICE_PRINT(text_slice(&list)), count == 1 ? "s" : "",
                   path_name(figure->image.path));
    diag_hint(context->chart.diags, diag,
              "draw it as lines, or put a font that has it into fonts/");
}

/* For the text file: what it shows, and what stands in it. */
static struct slice picture_words(const struct figure_arguments *figure,
                                  const struct block_context *context, struct slice alt)
{
    struct arena *arena = context->chart.arena;
    struct slice words = svg_words(figure->image.bytes, arena);
    warn_missing(figure, context, words);
    return words.size ? slice_of(arena_print(arena, "%.*s\n%.*s", SLICE_PRINT(alt),
                                             SLICE_PRINT(words)))
                      : alt;
}

static struct box *picture_box(const struct figure_arguments *figure,
                               const struct block_context *context, double column)
{
    const struct image *image = &figure->image;
    double dpi = image->is_vector ? SVG_DPI : ORDINARY_DPI;
    double width = image->width / dpi * 72;
    if (figure->share > 0 || figure->width_pt > 0)
        width = figure->share > 0 ? figure->share * column : figure->width_pt;
    width = width < column ? width : column;
    double height = width * image->height / image->width;
    if (height > HIGHEST) {
        width *= HIGHEST / height;
        height = HIGHEST;
    }
    warn_coarse(figure, context, width);
    if (image->has_words)
        fonts_serve_svg(typesetter_fonts(context->chart.typesetter));
    struct box *box = box_new(context->chart.arena, "figure picture", width, height);
    box->role = ROLE_FIGURE;
    box->alt = template_text_print(figure->alt, context->scope);
    box->text = image->has_words ? picture_words(figure, context, box->alt) : box->alt;
    box->draw = draw_figure;
    box->content = image;
    box->at = context->chart.at;
    return box;
}

static void add_line(struct flow *flow, const struct template_text *text,
                     enum text_role role, const struct block_context *context)
{
    if (!text)
        return;
    flow->item[flow->count - 1].keep_with_next = true;
    struct slice printed = template_text_print(text, context->scope);
    struct box *box = text_box(context, printed, role, flow->width);
    box->role = ROLE_CAPTION;
    flow_add(flow, box)->space_before = CAPTION_GAP;
}

static struct box *lay_figure(const void *arguments,
                              const struct block_context *context, double width)
{
    const struct figure_arguments *figure = arguments;
    struct arena *arena = context->chart.arena;
    struct flow *flow = ARENA_NEW(arena, struct flow);
    *flow = (struct flow){.arena = arena, .width = width};
    if (context->scope->rehearsal) {
        const struct template_text *text[] = {figure->title, figure->caption,
                                              figure->source, figure->alt};
        for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
            if (text[i])
                template_text_print(text[i], context->scope);
        }
        return box_new(arena, "figure", width, 0);
    }
    if (figure->title)
        flow_add(flow, figure_head(&context->chart,
                                   template_text_print(figure->title, context->scope),
                                   (struct slice){0}, width))
            ->keep_with_next = true;
    struct box *picture = picture_box(figure, context, width);
    const double spare = width - picture->width;
    bool mirrored =
        typesetter_direction(context->chart.typesetter) == DIRECTION_RIGHT_TO_LEFT;
    struct box *line = box_new(arena, NULL, width, picture->height);
    box_add(arena, line, picture, mirrored ? spare : 0, 0);
    flow_add(flow, line);
    add_line(flow, figure->caption, TEXT_LABEL, context);
    add_line(flow, figure->source, TEXT_SOURCE, context);
    return flow_box(flow, "figure");
}

const struct block_kind block_figure = {
    "figure", "a picture from a file: PNG or SVG", keys, read_figure, lay_figure,
};

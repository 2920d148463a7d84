/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A face at a size: HarfBuzz's tables for Pango to shape and measure with, cairo's
 * outlines to draw. */
#include "layout/font.h"

#include <cairo-ft.h>
#include <hb-ot.h>

#include <string.h>

typedef struct font {
    PangoFont parent;
    PangoFontMap *map;
    const struct loaded_face *face;
    int size;
    cairo_scaled_font_t *outlines; /* NULL until drawn */
    struct font *next;             /* of the same face */
} SitrepFont;

typedef struct {
    PangoFontClass parent;
} SitrepFontClass;

GType sitrep_font_get_type(void);
G_DEFINE_TYPE(SitrepFont, sitrep_font, PANGO_TYPE_FONT)

/* Pango exports this for its backends without a header that says so. */
PangoFontMetrics *pango_font_metrics_new(void);

/* Faces -------------------------------------------------------------------------- */

static PangoCoverage *characters_of(hb_face_t *shapes)
{
    PangoCoverage *characters = pango_coverage_new();
    hb_set_t *set = hb_set_create();
    hb_face_collect_unicodes(shapes, set);
    hb_codepoint_t first, last = HB_SET_VALUE_INVALID;
    while (hb_set_next_range(set, &first, &last))
        for (hb_codepoint_t rune = first; rune <= last; rune++)
            pango_coverage_set(characters, (int)rune, PANGO_COVERAGE_EXACT);
    hb_set_destroy(set);
    return characters;
}

/* By its path, so that cairo opens and closes the file as it needs it. */
static cairo_font_face_t *outlines_of(const char *path)
{
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)path);
    FcPatternAddInteger(pattern, FC_INDEX, 0);
    cairo_font_face_t *outlines = cairo_ft_font_face_create_for_pattern(pattern);
    FcPatternDestroy(pattern);
    return outlines;
}

static void face_load(struct loaded_face *face)
{
    if (face->shapes)
        return;
    hb_blob_t *file = hb_blob_create_from_file(face->face->path);
    face->shapes = hb_face_create(file, 0);
    hb_blob_destroy(file);
    hb_face_make_immutable(face->shapes);
    face->characters = characters_of(face->shapes);
    face->outlines = outlines_of(face->face->path);
}

void face_unload(struct loaded_face *face)
{
    for (struct font *font = face->fonts, *next; font; font = next) {
        next = font->next;
        g_object_unref(font);
    }
    if (!face->shapes)
        return;
    hb_face_destroy(face->shapes);
    g_object_unref(face->characters);
    cairo_font_face_destroy(face->outlines);
}

/* What Pango asks of a font ------------------------------------------------------ */

static struct font *font_of(PangoFont *font)
{
    return (struct font *)font;
}

/* Noto Nastaliq Urdu Bold 2.000 gives one of its letters, the heh of "بڑھی" before a yeh,
 * a width of 1.5 em where it is 0.75 em of ink: the word falls apart. In the regular face
 * the same letter ends 0.058 em after its ink. */
static const char MENDED_FAMILY[] = "Noto Nastaliq Urdu",
                  WIDE_LETTER[] = "HehDoIni.outD2Y";
static const double MENDED_WEIGHT = 700, TOO_WIDE = 0.5, AFTER_INK = 0.058;

struct mended_width {
    hb_codepoint_t glyph;
    hb_position_t width;
};

static hb_position_t width_of_glyph(hb_font_t *font, void *font_data,
                                    hb_codepoint_t glyph, void *own)
{
    const struct mended_width *mended = font_data;
    (void)own;
    return glyph == mended->glyph
               ? mended->width
               : hb_font_get_glyph_h_advance(hb_font_get_parent(font), glyph);
}

/* Whether the face has that letter, and with a width that is wrong. Others aren't asked:
 * sorting the names of a face's letters takes a tenth of a brief. */
static bool find_wide_letter(hb_font_t *shapes, const struct face *face,
                             struct mended_width *out)
{
    hb_glyph_extents_t ink;
    int em, unused;
    if (face->weight != MENDED_WEIGHT || strcmp(face->family, MENDED_FAMILY) != 0)
        return false;
    hb_font_get_scale(shapes, &em, &unused);
    if (!hb_font_get_glyph_from_name(shapes, WIDE_LETTER, -1, &out->glyph) ||
        !hb_font_get_glyph_extents(shapes, out->glyph, &ink))
        return false;
    double end = ink.x_bearing + ink.width;
    out->width = (hb_position_t)(end + AFTER_INK * em);
    return hb_font_get_glyph_h_advance(shapes, out->glyph) > end + TOO_WIDE * em;
}

static hb_font_t *with_width(hb_font_t *shapes, const struct mended_width *mended)
{
    hb_font_t *own = hb_font_create_sub_font(shapes);
    hb_font_funcs_t *functions = hb_font_funcs_create();
    struct mended_width *kept = g_new(struct mended_width, 1);
    *kept = *mended;
    hb_font_funcs_set_glyph_h_advance_func(functions, width_of_glyph, NULL, NULL);
    hb_font_set_funcs(own, functions, kept, g_free);
    hb_font_funcs_destroy(functions);
    hb_font_destroy(shapes);
    return own;
}

static hb_font_t *create_shapes(PangoFont *font)
{
    struct mended_width mended;
    const struct loaded_face *loaded = font_of(font)->face;
    hb_font_t *shapes = hb_font_create(loaded->shapes);
    hb_font_set_scale(shapes, font_of(font)->size, font_of(font)->size);
    return find_wide_letter(shapes, loaded->face, &mended) ? with_width(shapes, &mended)
                                                           : shapes;
}

static PangoCoverage *find_characters(PangoFont *font, PangoLanguage *language)
{
    (void)language;
    return g_object_ref(font_of(font)->face->characters);
}

static PangoFontMap *find_map(PangoFont *font)
{
    return font_of(font)->map;
}

static PangoFontDescription *describe(PangoFont *font)
{
    const struct face *face = font_of(font)->face->face;
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, face->family);
    pango_font_description_set_weight(description, (PangoWeight)face->weight);
    pango_font_description_set_style(description, face->is_italic ? PANGO_STYLE_ITALIC
                                                                  : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(description, font_of(font)->size);
    return description;
}

static PangoFontMetrics *measure_font(PangoFont *font, PangoLanguage *language)
{
    (void)language;
    hb_font_extents_t extents;
    PangoFontMetrics *metrics = pango_font_metrics_new();
    hb_font_get_h_extents(pango_font_get_hb_font(font), &extents);
    metrics->ascent = extents.ascender;
    metrics->descent = -extents.descender;
    metrics->height = extents.ascender - extents.descender + extents.line_gap;
    return metrics;
}

/* A character that no font has takes the room of the font's own sign for that. */
static hb_codepoint_t font_drawn_glyph(PangoGlyph glyph)
{
    return glyph & PANGO_GLYPH_UNKNOWN_FLAG ? 0 : glyph;
}

PangoGlyph font_blank_glyph(PangoFont *font)
{
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(pango_font_get_hb_font(font), ' ', &glyph);
    return glyph;
}

static void measure_glyph(PangoFont *font, PangoGlyph glyph, PangoRectangle *ink,
                          PangoRectangle *logical)
{
    hb_font_t *shapes = pango_font_get_hb_font(font);
    hb_glyph_extents_t box = {0};
    hb_font_extents_t line;
    bool is_empty = glyph == PANGO_GLYPH_EMPTY;
    if (ink && !is_empty)
        hb_font_get_glyph_extents(shapes, font_drawn_glyph(glyph), &box);
    if (ink)
        *ink = (PangoRectangle){box.x_bearing, -box.y_bearing, box.width, -box.height};
    if (!logical)
        return;
    hb_font_get_h_extents(shapes, &line);
    *logical =
        (PangoRectangle){.y = -line.ascender, .height = line.ascender - line.descender};
    if (!is_empty)
        logical->width = hb_font_get_glyph_h_advance(shapes, font_drawn_glyph(glyph));
}

/* Life --------------------------------------------------------------------------- */

static void finalize_font(GObject *object)
{
    cairo_scaled_font_destroy(((struct font *)object)->outlines);
    G_OBJECT_CLASS(sitrep_font_parent_class)->finalize(object);
}

static void sitrep_font_init(SitrepFont *font)
{
    (void)font;
}

static void sitrep_font_class_init(SitrepFontClass *type)
{
    G_OBJECT_CLASS(type)->finalize = finalize_font;
    type->parent.describe = describe;
    type->parent.describe_absolute = describe;
    type->parent.get_coverage = find_characters;
    type->parent.get_glyph_extents = measure_glyph;
    type->parent.get_metrics = measure_font;
    type->parent.get_font_map = find_map;
    type->parent.create_hb_font = create_shapes;
}

PangoFont *font_find(const struct loaded_face *face, int size)
{
    for (struct font *font = face->fonts; font; font = font->next) {
        if (font->size == size)
            return &font->parent;
    }
    return NULL;
}

PangoFont *font_new(PangoFontMap *map, struct loaded_face *face, int size)
{
    struct font *font = g_object_new(sitrep_font_get_type(), NULL);
    face_load(face);
    font->map = map;
    font->face = face;
    font->size = size;
    font->next = face->fonts;
    face->fonts = font;
    return &font->parent;
}

cairo_scaled_font_t *font_outlines(PangoFont *font)
{
    struct font *own = font_of(font);
    if (own->outlines)
        return own->outlines;
    cairo_matrix_t size, identity;
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_matrix_init_scale(&size, (double)own->size / PANGO_SCALE,
                            (double)own->size / PANGO_SCALE);
    cairo_matrix_init_identity(&identity);
    own->outlines =
        cairo_scaled_font_create(own->face->outlines, &size, &identity, options);
    cairo_font_options_destroy(options);
    return own->outlines;
}

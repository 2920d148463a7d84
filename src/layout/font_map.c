/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which face a style means: the families it names in their order, of each the nearest
 * weight; then all other families, in the order of the list. */
#include "layout/font.h"

#include <math.h>
#include <string.h>

typedef struct font_map {
    PangoFontMap parent;
    struct loaded_face *face;
    size_t face_count;
    GHashTable *sets; /* by description */
} SitrepFontMap;

typedef struct {
    PangoFontMapClass parent;
} SitrepFontMapClass;

/* The faces of a description in the order they are asked for a character. */
typedef struct font_set {
    PangoFontset parent;
    struct font_map *map;
    PangoLanguage *language;
    int size;
    size_t face_count;
    struct loaded_face **face;
} SitrepFontSet;

typedef struct {
    PangoFontsetClass parent;
} SitrepFontSetClass;

GType sitrep_font_map_get_type(void);
GType sitrep_font_set_get_type(void);
G_DEFINE_TYPE(SitrepFontMap, sitrep_font_map, PANGO_TYPE_FONT_MAP)
G_DEFINE_TYPE(SitrepFontSet, sitrep_font_set, PANGO_TYPE_FONTSET)

/* Choosing faces ----------------------------------------------------------------- */

/* An upright face stands in for an italic one before another weight does. */
static double distance(const struct face *face, double weight, bool italic)
{
    return fabs(face->weight - weight) + (face->is_italic != italic ? 10000 : 0);
}

/* family: the first size bytes. NULL when the list has no such family. */
static struct loaded_face *nearest_face(const struct font_map *map, const char *family,
                                        size_t size, double weight, bool italic)
{
    struct loaded_face *nearest = NULL;
    for (size_t i = 0; i < map->face_count; i++) {
        const struct face *face = map->face[i].face;
        if (strlen(face->family) != size || strncmp(face->family, family, size) != 0)
            continue;
        if (!nearest ||
            distance(face, weight, italic) < distance(nearest->face, weight, italic))
            nearest = &map->face[i];
    }
    return nearest;
}

static void add_face(struct font_set *set, struct loaded_face *face)
{
    for (size_t i = 0; i < set->face_count; i++) {
        if (set->face[i] == face)
            return;
    }
    if (face)
        set->face[set->face_count++] = face;
}

static void choose_faces(struct font_set *set, const PangoFontDescription *description)
{
    const struct font_map *map = set->map;
    double weight = pango_font_description_get_weight(description);
    bool italic = pango_font_description_get_style(description) != PANGO_STYLE_NORMAL;
    const char *family = pango_font_description_get_family(description);
    set->face = g_new(struct loaded_face *, map->face_count);
    for (size_t size; family && *family; family += size + (family[size] == ',')) {
        size = strcspn(family, ",");
        add_face(set, nearest_face(map, family, size, weight, italic));
    }
    for (size_t i = 0; i < map->face_count; i++) {
        family = map->face[i].face->family;
        add_face(set, nearest_face(map, family, strlen(family), weight, italic));
    }
}

/* Sets --------------------------------------------------------------------------- */

static PangoFont *font_at(struct font_set *set, size_t index)
{
    PangoFont *font = font_find(set->face[index], set->size);
    return font ? font : font_new(&set->map->parent, set->face[index], set->size);
}

static bool has_character(const struct loaded_face *face, guint rune)
{
    return pango_coverage_get(face->characters, (int)rune) != PANGO_COVERAGE_NONE;
}

static PangoFont *find_font(PangoFontset *fonts, guint rune)
{
    struct font_set *set = (struct font_set *)fonts;
    for (size_t i = 0; i < set->face_count; i++) {
        PangoFont *font = font_at(set, i);
        if (has_character(set->face[i], rune))
            return g_object_ref(font);
    }
    return g_object_ref(font_at(set, 0));
}

static void each_font(PangoFontset *fonts, PangoFontsetForeachFunc visit, gpointer data)
{
    struct font_set *set = (struct font_set *)fonts;
    for (size_t i = 0; i < set->face_count; i++) {
        if (visit(fonts, font_at(set, i), data))
            return;
    }
}

static PangoLanguage *language_of(PangoFontset *fonts)
{
    return ((struct font_set *)fonts)->language;
}

static void finalize_set(GObject *object)
{
    g_free(((struct font_set *)object)->face);
    G_OBJECT_CLASS(sitrep_font_set_parent_class)->finalize(object);
}

static void sitrep_font_set_init(SitrepFontSet *set)
{
    (void)set;
}

static void sitrep_font_set_class_init(SitrepFontSetClass *type)
{
    G_OBJECT_CLASS(type)->finalize = finalize_set;
    type->parent.get_font = find_font;
    type->parent.get_language = language_of;
    type->parent.foreach = each_font;
}

/* Maps --------------------------------------------------------------------------- */

static PangoFontset *load_set(PangoFontMap *fonts, PangoContext *context,
                              const PangoFontDescription *description,
                              PangoLanguage *language)
{
    (void)context;
    struct font_map *map = (struct font_map *)fonts;
    struct font_set *set = g_hash_table_lookup(map->sets, description);
    if (!set) {
        set = g_object_new(sitrep_font_set_get_type(), NULL);
        set->map = map;
        set->language = language;
        set->size = pango_font_description_get_size(description);
        choose_faces(set, description);
        g_hash_table_insert(map->sets, pango_font_description_copy(description), set);
    }
    return g_object_ref(&set->parent);
}

static PangoFont *load_font(PangoFontMap *fonts, PangoContext *context,
                            const PangoFontDescription *description)
{
    PangoFontset *set = load_set(fonts, context, description, NULL);
    PangoFont *font = g_object_ref(font_at((struct font_set *)set, 0));
    g_object_unref(set);
    return font;
}

static void list_no_families(PangoFontMap *map, PangoFontFamily ***families, int *count)
{
    (void)map;
    *families = NULL;
    *count = 0;
}

static void finalize_map(GObject *object)
{
    struct font_map *map = (struct font_map *)object;
    g_hash_table_destroy(map->sets);
    for (size_t i = 0; i < map->face_count; i++)
        face_unload(&map->face[i]);
    g_free(map->face);
    G_OBJECT_CLASS(sitrep_font_map_parent_class)->finalize(object);
}

static void sitrep_font_map_init(SitrepFontMap *map)
{
    map->sets = g_hash_table_new_full((GHashFunc)pango_font_description_hash,
                                      (GEqualFunc)pango_font_description_equal,
                                      (GDestroyNotify)pango_font_description_free,
                                      g_object_unref);
}

static void sitrep_font_map_class_init(SitrepFontMapClass *type)
{
    G_OBJECT_CLASS(type)->finalize = finalize_map;
    type->parent.load_font = load_font;
    type->parent.load_fontset = load_set;
    type->parent.list_families = list_no_families;
}

PangoFontMap *font_map_new(const struct face *face, size_t count)
{
    struct font_map *map = g_object_new(sitrep_font_map_get_type(), NULL);
    map->face = g_new0(struct loaded_face, count);
    map->face_count = count;
    for (size_t i = 0; i < count; i++)
        map->face[i].face = &face[i];
    return &map->parent;
}

size_t font_map_size(PangoFontMap *map)
{
    return g_hash_table_size(((struct font_map *)map)->sets);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The private list of faces. fontconfig would open each file and judge it for several
 * milliseconds; families.conf says what a face is, so all that is read here is which
 * characters it has. */
#include "layout/fonts.h"

#include "base/file.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangofc-fontmap.h>

#include <fts.h>
#include <pthread.h>
#include <string.h>

enum { IDLE_MAPS = 16 };

static const char *const font_folders[] = {"/usr/share/fonts",
                                           "/usr/local/share/fonts"};

struct fonts {
    FcConfig *config;
    pthread_mutex_t lock; /* over the idle font maps */
    PangoFontMap *idle[IDLE_MAPS];
    size_t idle_count;
};

/* The list ----------------------------------------------------------------------- */

struct face {
    struct slice family, weight, italic, file, package;
    struct place at;
    bool is_found;
};

struct face_list {
    struct face *face;
    size_t count, capacity;
};

static bool parse_face(struct slice line, struct place at, struct face *face,
                       struct diags *diags)
{
    double weight;
    struct slice *field[] = {&face->family, &face->weight, &face->italic, &face->file,
                             &face->package};
    *face = (struct face){.at = at};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        if (slice_cut(&line, '|', field[i]))
            *field[i] = slice_trim(*field[i]);
    }
    bool is_whole = face->family.size && face->file.size &&
                    number_parse(face->weight, &weight) && weight >= 1 &&
                    weight <= 1000 &&
                    (slice_is(face->italic, "yes") || slice_is(face->italic, "no"));
    if (!is_whole)
        diags_error(diags, at, "F103",
                    "expected \"family | weight | italic | file | package\", with a "
                    "weight of 1 to 1000 and italic yes or no");
    return is_whole;
}

static bool parse_list(struct slice rest, const char *path, struct arena *arena,
                       struct face_list *list, struct diags *diags)
{
    struct slice line;
    bool ok = true;
    for (int number = 1; slice_cut(&rest, '\n', &line); number++) {
        struct face face;
        line = slice_trim(line);
        if (line.size == 0 || line.data[0] == '#')
            continue;
        if (parse_face(line, (struct place){path, number, 1}, &face, diags))
            *ARENA_APPEND(arena, list->face, list->count, list->capacity) = face;
        else
            ok = false;
    }
    return ok;
}

/* Finding files ------------------------------------------------------------------ */

static struct slice base_name(struct slice path)
{
    for (size_t i = path.size; i > 0; i--) {
        if (path.data[i - 1] == '/')
            return slice_from(path, i);
    }
    return path;
}

/* Other systems keep the same files in other folders. */
static const char *search_folders(struct arena *arena, struct slice name)
{
    char *roots[] = {(char *)font_folders[0], (char *)font_folders[1], NULL};
    const char *found = NULL;
    FTS *walk = fts_open(roots, FTS_LOGICAL | FTS_NOSTAT | FTS_NOCHDIR, NULL);
    if (!walk)
        return NULL;
    for (FTSENT *entry; !found && (entry = fts_read(walk));) {
        if (slice_is(name, entry->fts_name))
            found = arena_print(arena, "%s", entry->fts_path);
    }
    fts_close(walk);
    return found;
}

static const char *find_face_file(struct arena *arena, const char *conf,
                                  struct slice file)
{
    const char *beside =
        path_beside(arena, conf, slice_c_string(arena, base_name(file)));
    if (file_exists(beside))
        return beside;
    for (size_t i = 0; i < sizeof font_folders / sizeof *font_folders; i++) {
        const char *path =
            arena_print(arena, "%s/%.*s", font_folders[i], SLICE_PRINT(file));
        if (file_exists(path))
            return path;
    }
    return search_folders(arena, base_name(file));
}

/* Reading faces ------------------------------------------------------------------ */

static FcCharSet *characters_of(hb_face_t *face)
{
    FcCharSet *characters = FcCharSetCreate();
    hb_set_t *set = hb_set_create();
    hb_face_collect_unicodes(face, set);
    for (hb_codepoint_t rune = HB_SET_VALUE_INVALID; hb_set_next(set, &rune);)
        FcCharSetAddChar(characters, rune);
    hb_set_destroy(set);
    return characters;
}

static bool is_cff(hb_blob_t *file)
{
    unsigned int size;
    const char *bytes = hb_blob_get_data(file, &size);
    return size >= 4 && memcmp(bytes, "OTTO", 4) == 0;
}

static FcPattern *face_pattern(struct arena *arena, const struct face *face,
                               const char *path, FcCharSet *characters, bool cff)
{
    double weight = 400;
    number_parse(face->weight, &weight);
    const char *family = slice_c_string(arena, face->family);
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)path);
    FcPatternAddInteger(pattern, FC_INDEX, 0);
    FcPatternAddDouble(pattern, FC_WEIGHT, FcWeightFromOpenTypeDouble(weight));
    FcPatternAddInteger(pattern, FC_SLANT,
                        slice_is(face->italic, "yes") ? FC_SLANT_ITALIC
                                                      : FC_SLANT_ROMAN);
    FcPatternAddInteger(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcPatternAddBool(pattern, FC_OUTLINE, FcTrue);
    FcPatternAddBool(pattern, FC_VARIABLE, FcFalse);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    FcPatternAddString(pattern, FC_FONTFORMAT,
                       (const FcChar8 *)(cff ? "CFF" : "TrueType"));
    FcPatternAddCharSet(pattern, FC_CHARSET, characters);
    return pattern;
}

/* False when the file isn't a font. */
static bool add_face(struct arena *arena, FcFontSet *set, const struct face *face,
                     const char *path)
{
    hb_blob_t *file = hb_blob_create_from_file(path);
    hb_face_t *outlines = hb_face_create(file, 0);
    bool ok = hb_face_get_glyph_count(outlines) > 0;
    if (ok) {
        FcCharSet *characters = characters_of(outlines);
        FcFontSetAdd(set, face_pattern(arena, face, path, characters, is_cff(file)));
        FcCharSetDestroy(characters);
    }
    hb_face_destroy(outlines);
    hb_blob_destroy(file);
    return ok;
}

/* The set that the configuration's own faces are kept in. fontconfig makes it when
 * it is first asked to add a file, whether or not there is one. */
static FcFontSet *own_set(FcConfig *config)
{
    FcConfigAppFontAddFile(config, (const FcChar8 *)"/dev/null");
    return FcConfigGetFonts(config, FcSetApplication);
}

static bool load_faces(struct arena *arena, FcFontSet *set, const char *conf,
                       struct face_list *list)
{
    bool all_found = true;
    for (size_t i = 0; i < list->count; i++) {
        struct face *face = &list->face[i];
        const char *path = find_face_file(arena, conf, face->file);
        face->is_found = path && add_face(arena, set, face, path);
        all_found = all_found && face->is_found;
    }
    return all_found;
}

/* Reporting what is missing ------------------------------------------------------ */

static bool family_is_found(const struct face_list *list, struct slice family)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->face[i].is_found && slice_equal(list->face[i].family, family))
            return true;
    }
    return false;
}

static bool is_first_of_family(const struct face_list *list, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (slice_equal(list->face[i].family, list->face[index].family))
            return false;
    }
    return true;
}

static void hint_package(struct diags *diags, struct diag *diag,
                         const struct face *face)
{
    if (face->package.size)
        diag_hint(diags, diag,
                  "install the package \"%.*s\", or put the file beside %s",
                  SLICE_PRINT(face->package), face->at.file);
}

static bool report_missing(const struct face_list *list, struct diags *diags)
{
    bool ok = list->count > 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct face *face = &list->face[i];
        struct diag *diag = NULL;
        if (face->is_found)
            continue;
        if (family_is_found(list, face->family)) {
            diag = diags_warn(diags, face->at, "F102",
                              "font file \"%.*s\" isn't there or isn't a font; another "
                              "weight of \"%.*s\" stands in",
                              SLICE_PRINT(face->file), SLICE_PRINT(face->family));
        } else if (is_first_of_family(list, i)) {
            diag = diags_error(diags, face->at, "F101",
                               "no font file of the family \"%.*s\" was found",
                               SLICE_PRINT(face->family));
            ok = false;
        }
        if (diag)
            hint_package(diags, diag, face);
    }
    return ok;
}

/* Opening and closing ------------------------------------------------------------ */

static bool read_fonts(FcConfig *config, const char *conf, struct slice list_text,
                       struct diags *diags)
{
    struct arena *arena = arena_new();
    struct face_list list = {0};
    FcFontSet *set = own_set(config);
    bool ok = parse_list(list_text, conf, arena, &list, diags);
    if (ok && (!set || list.count == 0)) {
        diags_error(diags, (struct place){conf, 0, 0}, "F103", "no font is listed");
        ok = false;
    }
    if (ok && !load_faces(arena, set, conf, &list))
        ok = report_missing(&list, diags);
    arena_free(arena);
    return ok;
}

bool fonts_open(struct fonts **out, const char *families_conf, struct diags *diags)
{
    struct file file;
    *out = NULL;
    if (!file_open(&file, families_conf, diags))
        return false;
    FcConfig *config = FcConfigCreate();
    const char *conf = arena_print(diags_arena(diags), "%s", families_conf);
    bool ok = read_fonts(config, conf, file.bytes, diags);
    file_close(&file);
    if (!ok) {
        FcConfigDestroy(config);
        return false;
    }
    struct fonts *fonts = g_new0(struct fonts, 1);
    fonts->config = config;
    pthread_mutex_init(&fonts->lock, NULL);
    *out = fonts;
    return true;
}

void fonts_own_process(struct fonts *fonts)
{
    FcConfigSetCurrent(fonts->config);
}

void fonts_close(struct fonts *fonts)
{
    if (!fonts)
        return;
    for (size_t i = 0; i < fonts->idle_count; i++)
        g_object_unref(fonts->idle[i]);
    FcConfigDestroy(fonts->config);
    pthread_mutex_destroy(&fonts->lock);
    g_free(fonts);
}

PangoFontMap *fonts_take_map(struct fonts *fonts)
{
    PangoFontMap *map = NULL;
    pthread_mutex_lock(&fonts->lock);
    if (fonts->idle_count > 0)
        map = fonts->idle[--fonts->idle_count];
    pthread_mutex_unlock(&fonts->lock);
    if (map)
        return map;
    map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), fonts->config);
    return map;
}

void fonts_return_map(struct fonts *fonts, PangoFontMap *map)
{
    pthread_mutex_lock(&fonts->lock);
    bool is_kept = fonts->idle_count < IDLE_MAPS;
    if (is_kept)
        fonts->idle[fonts->idle_count++] = map;
    pthread_mutex_unlock(&fonts->lock);
    if (!is_kept)
        g_object_unref(map);
}
